/* kvar-export-target.h: Puts a finished file in its place: whole, or not at all.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

gboolean kvar_export_target_write  (int            fd,
                                    const char    *data,
                                    gsize          size,
                                    GError       **error);
gboolean kvar_export_target_check  (GFile         *target,
                                    GError       **error);
gboolean kvar_export_target_put    (GFile         *target,
                                    int            part_fd,
                                    const char    *part,
                                    GCancellable  *cancellable,
                                    GError       **error);
gboolean kvar_export_target_stream (int            part_fd,
                                    int            fd,
                                    GCancellable  *cancellable,
                                    GError       **error);

G_END_DECLS
