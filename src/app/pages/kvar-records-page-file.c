/* kvar-records-page-file.c: the file that the cursor's cell names, opened or saved
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-records-page"

#include "config.h"

#include <glib/gi18n.h>

#include "kvar-error-text.h"
#include "kvar-file-take.h"
#include "kvar-records-page-private.h"
#include "storage/kvar-storage-place.h"

/* Whether the cursor's cell names a file, and which. */
static gboolean
find_file (KvarRecordsPage  *self,
           char            **bucket,
           char            **key)
{
  KvarSession *session = kvar_workspace_get_session (kvar_page_get_workspace (KVAR_PAGE (self)));
  KvarGridColumn *shown = kvar_grid_get_cursor_column (self->grid);
  g_autoptr(KvarRecord) record = kvar_grid_get_cursor_item (self->grid);
  g_autoptr(KvarValue) value = NULL;
  KvarColumn *column = NULL;

  if (record != NULL && shown != NULL)
    column = kvar_table_find_column (self->table, kvar_grid_column_get_id (shown));
  if (column != NULL && kvar_column_get_kind (column) == KVAR_KIND_TEXT)
    value = kvar_record_get_value (record, column);

  return value != NULL && !kvar_value_is_null (value) &&
         kvar_storage_place_read (kvar_value_get_text (value),
                                  kvar_project_get_url (kvar_session_get_project (session)),
                                  kvar_column_get_bucket (column), bucket, key);
}

static void
say (GtkWidget  *widget,
     const char *text)
{
  gtk_widget_activate_action (widget, "win.toast", "s", text);
}

/* A list has no place for how far a file is: only a failure is worth a word. */
static void
opening_ended_cb (GtkWidget  *widget,
                  GParamSpec *pspec,
                  KvarErrand *errand)
{
  g_autofree char *text = NULL;

  if (kvar_errand_get_state (errand) != KVAR_ERRAND_FAILED)
    return;

  text = kvar_error_text (kvar_errand_get_error (errand));
  say (widget, text);
}

static void
opening_cb (GtkWidget    *widget,
            KvarTransfer *transfer)
{
  g_signal_connect_object (transfer, "notify::state", G_CALLBACK (opening_ended_cb), widget,
                           G_CONNECT_SWAPPED);
}

static void
saving_ended_cb (GtkWidget  *widget,
                 GParamSpec *pspec,
                 KvarErrand *errand)
{
  g_autofree char *text = NULL;

  if (kvar_errand_get_state (errand) != KVAR_ERRAND_DONE)
    {
      opening_ended_cb (widget, pspec, errand);
      return;
    }

  /* Translators: %s is the name of a file. */
  text = g_strdup_printf (_("%s is saved."), kvar_errand_get_title (errand));
  say (widget, text);
}

static void
saving_cb (GtkWidget    *widget,
           KvarTransfer *transfer)
{
  g_signal_connect_object (transfer, "notify::state", G_CALLBACK (saving_ended_cb), widget,
                           G_CONNECT_SWAPPED);
}

gboolean
kvar_records_page_has_file (KvarRecordsPage *self)
{
  g_autofree char *bucket = NULL;
  g_autofree char *key = NULL;

  return find_file (self, &bucket, &key);
}

/* Opens the file that the cursor's cell names; FALSE if it names none. */
gboolean
kvar_records_page_open_file (KvarRecordsPage *self)
{
  g_autofree char *bucket = NULL;
  g_autofree char *key = NULL;

  if (!find_file (self, &bucket, &key))
    return FALSE;

  kvar_file_take_open (GTK_WIDGET (self), kvar_page_get_workspace (KVAR_PAGE (self)), bucket,
                       key, NULL, opening_cb);

  return TRUE;
}

static void
save_file_cb (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       user_data)
{
  KvarRecordsPage *self = user_data;
  g_autofree char *bucket = NULL;
  g_autofree char *key = NULL;

  if (find_file (self, &bucket, &key))
    kvar_file_take_save (GTK_WIDGET (self), kvar_page_get_workspace (KVAR_PAGE (self)), bucket,
                         key, saving_cb);
}

static const GActionEntry actions[] = {
  { "save-file", save_file_cb },
};

void
kvar_records_page_install_file (KvarRecordsPage *self)
{
  g_action_map_add_action_entries (kvar_page_get_actions (KVAR_PAGE (self)),
                                   actions, G_N_ELEMENTS (actions), self);
}
