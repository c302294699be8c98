/* kvar-file-line.h: the file that a field names: its name and size, opened or saved from here
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kvar-workspace.h"
#include "records/kvar-draft.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define KVAR_TYPE_FILE_LINE (kvar_file_line_get_type ())

G_DECLARE_FINAL_TYPE (KvarFileLine, kvar_file_line, KVAR, FILE_LINE, AdwBin)

gboolean   kvar_file_line_suits (KvarDraft     *draft,
                                 KvarColumn    *column,
                                 KvarWorkspace *workspace);
GtkWidget *kvar_file_line_new   (KvarDraft     *draft,
                                 KvarColumn    *column,
                                 KvarWorkspace *workspace);

G_END_DECLS
