/* kvar-go-sources.h: gathers what there is to go to
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "kvar-go-index.h"
#include "kvar-page.h"
#include "kvar-workspace.h"

G_BEGIN_DECLS

void kvar_go_sources_add_places   (KvarGoIndex   *index,
                                   KvarWorkspace *workspace);
void kvar_go_sources_add_commands (KvarGoIndex   *index,
                                   GtkWindow     *window,
                                   KvarPage      *page);
void kvar_go_sources_add_records  (KvarGoIndex   *index,
                                   KvarTable     *table,
                                   GListModel    *records);

G_END_DECLS
