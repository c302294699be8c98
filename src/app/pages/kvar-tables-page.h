/* kvar-tables-page.h: all tables of the project, or the ones that a person names
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kvar-page.h"

G_BEGIN_DECLS

#define KVAR_TYPE_TABLES_PAGE (kvar_tables_page_get_type ())

G_DECLARE_FINAL_TYPE (KvarTablesPage, kvar_tables_page, KVAR, TABLES_PAGE, KvarPage)

G_END_DECLS
