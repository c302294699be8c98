/* kvar-clipboard-text.h: what the clipboard holds as text, byte for byte
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gdk/gdk.h>

G_BEGIN_DECLS

void    kvar_clipboard_text_read_async  (GdkClipboard         *clipboard,
                                         GCancellable         *cancellable,
                                         GAsyncReadyCallback   callback,
                                         gpointer              user_data);
GBytes *kvar_clipboard_text_read_finish (GdkClipboard         *clipboard,
                                         GAsyncResult         *result,
                                         GError              **error);

G_END_DECLS
