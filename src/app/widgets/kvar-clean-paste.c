/* kvar-clean-paste.c: pastes into a text without what no database takes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-clean-paste"

#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "kvar-clean-paste.h"
#include "kvar-clipboard-text.h"
#include "kvar-count-text.h"
#include "records/kvar-clean-text.h"

static void
insert_in_line (GtkEditable *editable,
                const char  *text)
{
  int position;

  if (strlen (gtk_editable_get_text (editable)) + strlen (text) > KVAR_LINE_MAX_BYTES)
    {
      gtk_widget_activate_action (GTK_WIDGET (editable), "win.toast", "s",
                                  _("What is on the clipboard is too long for this field."));
      return;
    }

  gtk_editable_delete_selection (editable);
  position = gtk_editable_get_position (editable);
  gtk_editable_insert_text (editable, text, -1, &position);
  gtk_editable_set_position (editable, position);
}

static void
insert_in_lines (GtkTextView *view,
                 const char  *text)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (view);
  gboolean editable = gtk_text_view_get_editable (view);

  gtk_text_buffer_begin_user_action (buffer);
  gtk_text_buffer_delete_selection (buffer, TRUE, editable);
  gtk_text_buffer_insert_interactive_at_cursor (buffer, text, -1, editable);
  gtk_text_buffer_end_user_action (buffer);
  gtk_text_view_scroll_mark_onscreen (view, gtk_text_buffer_get_insert (buffer));
}

static void
tell (GtkWidget *widget,
      guint      n_removed)
{
  g_autofree char *number = kvar_count_text (n_removed);
  g_autofree char *text = NULL;

  /* Translators: %s is a number of characters. */
  text = g_strdup_printf (ngettext ("%s character that no database takes was left out.",
                                    "%s characters that no database takes were left out.",
                                    n_removed), number);
  gtk_widget_activate_action (widget, "win.toast", "s", text);
}

static void
read_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(GtkWidget) widget = user_data;
  g_autoptr(GBytes) bytes = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *text = NULL;
  guint n_removed;

  bytes = kvar_clipboard_text_read_finish (GDK_CLIPBOARD (object), result, &error);
  if (gtk_widget_get_root (widget) == NULL)
    return;

  if (bytes == NULL)
    {
      g_debug ("Nothing is pasted: %s", error->message);
      gtk_widget_error_bell (widget);
      return;
    }

  text = kvar_clean_text (bytes, &n_removed);
  if (GTK_IS_TEXT_VIEW (widget))
    insert_in_lines (GTK_TEXT_VIEW (widget), text);
  else
    insert_in_line (GTK_EDITABLE (widget), text);
  if (n_removed > 0)
    tell (widget, n_removed);
}

static void
paste_cb (GtkWidget *widget)
{
  g_signal_stop_emission_by_name (widget, "paste-clipboard");
  kvar_clipboard_text_read_async (gtk_widget_get_clipboard (widget), NULL, read_cb,
                                  g_object_ref (widget));
}

/**
 * kvar_clean_paste_attach:
 * @text: a #GtkTextView, or a #GtkEntry
 *
 * From now on what is pasted into @text is all of the text on the clipboard that a database can
 * store. The person hears how much was left out, and when it is too much for one line.
 */
void
kvar_clean_paste_attach (GtkWidget *text)
{
  GtkWidget *widget = text;

  g_return_if_fail (GTK_IS_TEXT_VIEW (text) || GTK_IS_ENTRY (text));

  if (GTK_IS_ENTRY (text))
    widget = GTK_WIDGET (gtk_editable_get_delegate (GTK_EDITABLE (text)));
  g_signal_connect (widget, "paste-clipboard", G_CALLBACK (paste_cb), NULL);
}
