/* kvar-export-news.h: says that an export has begun, and how it has ended
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "kvar-workspace.h"

G_BEGIN_DECLS

void kvar_export_news_start (GtkWidget     *parent,
                             KvarWorkspace *workspace,
                             KvarExportJob *job);
void kvar_export_news_tell  (KvarExportJob *job,
                             GApplication  *application,
                             GtkWindow     *window);

G_END_DECLS
