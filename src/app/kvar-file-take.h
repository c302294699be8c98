/* kvar-file-take.h: takes a file out of a bucket, to look at it or to keep it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kvar-workspace.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* @transfer has set out for the file that @widget asked for. */
typedef void (*KvarFileTakeFunc) (GtkWidget    *widget,
                                  KvarTransfer *transfer);

void kvar_file_take_open (GtkWidget        *widget,
                          KvarWorkspace    *workspace,
                          const char       *bucket,
                          const char       *key,
                          const char       *content_type,
                          KvarFileTakeFunc  begun);
void kvar_file_take_save (GtkWidget        *widget,
                          KvarWorkspace    *workspace,
                          const char       *bucket,
                          const char       *key,
                          KvarFileTakeFunc  begun);

G_END_DECLS
