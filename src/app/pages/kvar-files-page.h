/* kvar-files-page.h: the project's buckets, and what is in them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kvar-page.h"

G_BEGIN_DECLS

#define KVAR_TYPE_FILES_PAGE (kvar_files_page_get_type ())

G_DECLARE_FINAL_TYPE (KvarFilesPage, kvar_files_page, KVAR, FILES_PAGE, KvarPage)

G_END_DECLS
