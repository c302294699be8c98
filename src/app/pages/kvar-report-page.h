/* kvar-report-page.h: one report: what it is asked, and what it gives
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kvar-page.h"

G_BEGIN_DECLS

#define KVAR_TYPE_REPORT_PAGE (kvar_report_page_get_type ())

G_DECLARE_FINAL_TYPE (KvarReportPage, kvar_report_page, KVAR, REPORT_PAGE, KvarPage)

G_END_DECLS
