/* kvar-record-page.h: one record in a form generated from its table
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kvar-page.h"

G_BEGIN_DECLS

#define KVAR_TYPE_RECORD_PAGE (kvar_record_page_get_type ())

G_DECLARE_FINAL_TYPE (KvarRecordPage, kvar_record_page, KVAR, RECORD_PAGE, KvarPage)

G_END_DECLS
