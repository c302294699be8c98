/* kvar-reports-page.h: the project's reports
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kvar-page.h"

G_BEGIN_DECLS

#define KVAR_TYPE_REPORTS_PAGE (kvar_reports_page_get_type ())

G_DECLARE_FINAL_TYPE (KvarReportsPage, kvar_reports_page, KVAR, REPORTS_PAGE, KvarPage)

G_END_DECLS
