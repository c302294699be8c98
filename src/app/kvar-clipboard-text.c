/* kvar-clipboard-text.c: what the clipboard holds as text, byte for byte
 *
 * GDK makes a string of it, which ends at the first NUL, and refuses all of it for one bad byte.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-clipboard"

#include "config.h"

#include "kvar-clipboard-text.h"

/* Read: what is there as text → its bytes. */
static void offered_cb (GObject *object, GAsyncResult *result, gpointer user_data);
static void spliced_cb (GObject *object, GAsyncResult *result, gpointer user_data);

/**
 * kvar_clipboard_text_read_async:
 *
 * Reads the clipboard. Fails with an error of GIO where there is no text on it.
 */
void
kvar_clipboard_text_read_async (GdkClipboard        *clipboard,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  const char *types[] = { "text/plain;charset=utf-8", "text/plain", NULL };
  g_autoptr(GTask) task = NULL;

  g_return_if_fail (GDK_IS_CLIPBOARD (clipboard));

  task = g_task_new (clipboard, cancellable, callback, user_data);
  g_task_set_source_tag (task, kvar_clipboard_text_read_async);
  gdk_clipboard_read_async (clipboard, types, G_PRIORITY_DEFAULT, cancellable, offered_cb,
                            g_steal_pointer (&task));
}

static void
offered_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  g_autoptr(GInputStream) input = NULL;
  g_autoptr(GOutputStream) output = NULL;
  GCancellable *cancellable = g_task_get_cancellable (task);
  GError *error = NULL;

  input = gdk_clipboard_read_finish (GDK_CLIPBOARD (object), result, NULL, &error);
  if (input == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  output = g_memory_output_stream_new_resizable ();
  g_output_stream_splice_async (output, input,
                                G_OUTPUT_STREAM_SPLICE_CLOSE_SOURCE |
                                G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET,
                                G_PRIORITY_DEFAULT, cancellable, spliced_cb,
                                g_steal_pointer (&task));
}

static void
spliced_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  GError *error = NULL;

  if (g_output_stream_splice_finish (G_OUTPUT_STREAM (object), result, &error) < 0)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (
      task, g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (object)),
      (GDestroyNotify)g_bytes_unref);
}

/**
 * kvar_clipboard_text_read_finish:
 *
 * Returns: (transfer full) (nullable):
 */
GBytes *
kvar_clipboard_text_read_finish (GdkClipboard  *clipboard,
                                 GAsyncResult  *result,
                                 GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, clipboard), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
