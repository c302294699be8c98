/* kvar-records-page-paste.c: rows from the clipboard as new records
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-records-page"

#include "config.h"

#include <glib/gi18n.h>

#include "kvar-clipboard-text.h"
#include "kvar-paste-dialog.h"
#include "kvar-records-page-private.h"

/* From the cursor's column on, as they are seen. */
static GPtrArray *
list_columns (KvarRecordsPage *self)
{
  g_autoptr(GPtrArray) shown = kvar_grid_list_shown_columns (self->grid);
  KvarGridColumn *cursor = kvar_grid_get_cursor_column (self->grid);
  GPtrArray *columns = g_ptr_array_new ();
  guint first = 0;

  if (cursor == NULL || !g_ptr_array_find (shown, cursor, &first))
    first = 0;
  for (guint i = first; i < shown->len; i++)
    {
      const char *id = kvar_grid_column_get_id (g_ptr_array_index (shown, i));
      KvarColumn *column = kvar_table_find_column (self->table, id);

      if (column != NULL)
        g_ptr_array_add (columns, column);
    }

  return columns;
}

static void
say_nothing_there (KvarRecordsPage *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s",
                              _("There are no rows on the clipboard."));
}

static void
read_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(KvarRecordsPage) self = user_data;
  g_autoptr(GPtrArray) columns = NULL;
  g_autoptr(GBytes) bytes = NULL;
  g_autoptr(GError) error = NULL;

  bytes = kvar_clipboard_text_read_finish (GDK_CLIPBOARD (object), result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) ||
      self->table == NULL || gtk_widget_get_root (GTK_WIDGET (self)) == NULL)
    return;

  if (bytes == NULL)
    {
      g_debug ("The clipboard cannot be read: %s", error->message);
      say_nothing_there (self);
      return;
    }

  columns = list_columns (self);
  kvar_paste_dialog_new (GTK_WIDGET (self), kvar_page_get_workspace (KVAR_PAGE (self)),
                         self->table, columns, bytes);
}

/* As bytes: text that is none is taken apart by us, and told of. */
static void
paste_rows_activated_cb (GSimpleAction *action,
                         GVariant      *parameter,
                         gpointer       user_data)
{
  GdkClipboard *clipboard = gtk_widget_get_clipboard (GTK_WIDGET (user_data));

  kvar_clipboard_text_read_async (clipboard, kvar_page_get_cancellable (KVAR_PAGE (user_data)),
                                  read_cb, g_object_ref (user_data));
}

static const GActionEntry actions[] = {
  { "paste-rows", paste_rows_activated_cb },
};

/**
 * kvar_records_page_update_paste:
 *
 * Offers to paste where there can be new records.
 */
void
kvar_records_page_update_paste (KvarRecordsPage *self)
{
  GActionMap *map = kvar_page_get_actions (KVAR_PAGE (self));

  g_simple_action_set_enabled (G_SIMPLE_ACTION (g_action_map_lookup_action (map, "paste-rows")),
                               self->table != NULL && kvar_table_can_insert (self->table));
}

void
kvar_records_page_install_paste (KvarRecordsPage *self)
{
  g_action_map_add_action_entries (kvar_page_get_actions (KVAR_PAGE (self)),
                                   actions, G_N_ELEMENTS (actions), self);
  kvar_records_page_update_paste (self);
}
