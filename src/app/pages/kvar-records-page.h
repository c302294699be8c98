/* kvar-records-page.h: the records of one table as a list
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kvar-page.h"

G_BEGIN_DECLS

#define KVAR_TYPE_RECORDS_PAGE (kvar_records_page_get_type ())

G_DECLARE_FINAL_TYPE (KvarRecordsPage, kvar_records_page, KVAR, RECORDS_PAGE, KvarPage)

G_END_DECLS
