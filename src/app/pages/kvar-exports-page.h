/* kvar-exports-page.h: the exports of this user, newest first
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kvar-page.h"

G_BEGIN_DECLS

#define KVAR_TYPE_EXPORTS_PAGE (kvar_exports_page_get_type ())

G_DECLARE_FINAL_TYPE (KvarExportsPage, kvar_exports_page, KVAR, EXPORTS_PAGE, KvarPage)

G_END_DECLS
