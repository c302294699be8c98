/* kvar-drafts-page-edits.c: the drafts page's half about what was saved from this computer lately
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-drafts-page"

#include "config.h"

#include <glib/gi18n.h>

#include "kvar-drafts-page-private.h"
#include "kvar-error-text.h"
#include "records/kvar-draft-edits.h"

/* The newest ones; older ones are rarely what somebody looks for. */
#define MOST_EDITS 50

/* An edit whose record is being read, so that it can be taken back there. */
typedef struct
{
  KvarDraftsPage *page;    /* (nullable) weak */
  KvarTable      *table;
  KvarOwnEdit    *edit;
} Undo;

/* List: read the journal → rows. Undo: read the record → its draft → the record's page. */
static void listed_cb (GObject *object, GAsyncResult *result, gpointer user_data);
static void loaded_cb (GObject *object, GAsyncResult *result, gpointer user_data);

static void
undo_free (Undo *undo)
{
  g_clear_weak_pointer (&undo->page);
  g_clear_object (&undo->table);
  g_clear_pointer (&undo->edit, kvar_own_edit_free);
  g_free (undo);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Undo, undo_free)

static KvarWorkspace *
get_workspace (KvarDraftsPage *self)
{
  return kvar_page_get_workspace (KVAR_PAGE (self));
}

static KvarTable *
find_table (KvarDraftsPage *self,
            KvarOwnEdit    *edit)
{
  KvarSchema *schema = kvar_workspace_get_schema (get_workspace (self));

  return schema != NULL ? kvar_schema_find_table (schema, edit->relation) : NULL;
}

/* "Title: Roof → Roofs · Price: 1 → 2", with the columns' titles. */
static char *
describe_changes (KvarTable   *table,
                  KvarOwnEdit *edit)
{
  g_autoptr(GString) text = g_string_new (NULL);
  GVariantIter iter;
  const char *name = NULL;
  const char *before = NULL;
  const char *after = NULL;

  g_variant_iter_init (&iter, edit->changes);
  while (g_variant_iter_next (&iter, "{&s(m&sm&s)}", &name, &before, &after))
    {
      KvarColumn *column = kvar_table_find_column (table, name);
      const char *title = column != NULL ? kvar_column_get_title (column) : name;

      if (text->len > 0)
        g_string_append (text, " · ");
      if (edit->is_new)
        g_string_append_printf (text, "%s: %s", title, after != NULL ? after : _("No value"));
      else
        g_string_append_printf (text, "%s: %s → %s", title,
                                before != NULL ? before : _("No value"),
                                after != NULL ? after : _("No value"));
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
loaded_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(Undo) undo = user_data;
  g_autoptr(KvarRecord) record = NULL;
  g_autoptr(KvarDraft) draft = NULL;
  g_autoptr(KvarRoute) route = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *text = NULL;

  record = kvar_store_load_finish (KVAR_STORE (object), result, &error);
  if (undo->page == NULL || gtk_widget_get_root (GTK_WIDGET (undo->page)) == NULL)
    return;
  if (record == NULL)
    {
      text = kvar_error_text_for_table (error, undo->table);
      gtk_widget_activate_action (GTK_WIDGET (undo->page), "win.toast", "s", text);
      return;
    }

  draft = kvar_draft_store_open (kvar_workspace_get_drafts (get_workspace (undo->page)),
                                 undo->table, undo->edit->key, record);
  if (!kvar_draft_undo_edit (draft, undo->edit))
    gtk_widget_activate_action (GTK_WIDGET (undo->page), "win.toast", "s",
                                _("Some of it has been changed again since."));

  route = kvar_draft_new_route (draft);
  text = kvar_route_to_string (route);
  gtk_widget_activate_action (GTK_WIDGET (undo->page), "win.navigate", "s", text);
}

/* What was there before comes into the record's draft, to be looked at and saved. */
static void
undo_cb (KvarDraftsPage *self,
         GtkButton      *button)
{
  KvarOwnEdit *edit = g_object_get_data (G_OBJECT (button), "kvar-edit");
  KvarTable *table = find_table (self, edit);
  Undo *undo = NULL;

  if (table == NULL)
    return;

  undo = g_new0 (Undo, 1);
  g_set_weak_pointer (&undo->page, self);
  undo->table = g_object_ref (table);
  undo->edit = kvar_own_edit_copy (edit);
  kvar_store_load_async (kvar_workspace_get_store (get_workspace (self)), table, edit->key,
                         kvar_page_get_cancellable (KVAR_PAGE (self)), loaded_cb, undo);
}

static GtkWidget *
create_undo (KvarDraftsPage *self,
             KvarOwnEdit    *edit)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (_("_Undo"));

  g_object_set_data_full (G_OBJECT (button), "kvar-edit", kvar_own_edit_copy (edit),
                          (GDestroyNotify)kvar_own_edit_free);
  g_signal_connect_object (button, "clicked", G_CALLBACK (undo_cb), self, G_CONNECT_SWAPPED);

  return button;
}

static void
add_edit (KvarDraftsPage *self,
          KvarTable      *table,
          KvarOwnEdit    *edit)
{
  g_autoptr(GDateTime) then = g_date_time_new_from_unix_local (edit->made_at / G_USEC_PER_SEC);
  g_autofree char *time = g_date_time_format (then, "%x %H:%M");
  g_autofree char *changes = describe_changes (table, edit);
  g_autofree char *title = NULL;

  /* Translators: the title of a record, of its table, and when it was saved. */
  title = g_strdup_printf (_("%1$s · %2$s, %3$s"), edit->title, kvar_table_get_title (table),
                           time);
  gtk_list_box_append (self->edits_box,
                       kvar_drafts_page_create_row (title, changes,
                                                    edit->is_new ? NULL
                                                                 : create_undo (self, edit)));
}

static void
listed_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(KvarDraftsPage) self = user_data;
  g_autoptr(GPtrArray) edits = NULL;
  guint n = 0;

  edits = kvar_draft_store_list_edits_finish (KVAR_DRAFT_STORE (object), result, NULL);
  if (edits == NULL || self->edits_box == NULL ||
      g_cancellable_is_cancelled (kvar_page_get_cancellable (KVAR_PAGE (self))))
    return;

  kvar_drafts_page_clear_box (self->edits_box);
  for (guint i = 0; i < edits->len && n < MOST_EDITS; i++)
    {
      KvarTable *table = find_table (self, g_ptr_array_index (edits, i));

      if (table == NULL)
        continue;

      add_edit (self, table, g_ptr_array_index (edits, i));
      n++;
    }

  self->has_edits = n > 0;
  gtk_widget_set_visible (self->edits_group, self->has_edits);
  kvar_drafts_page_update (self);
}

/* Reads anew what was saved; the rows are replaced when it is there. */
void
kvar_drafts_page_list_edits (KvarDraftsPage *self)
{
  kvar_draft_store_list_edits_async (kvar_workspace_get_drafts (get_workspace (self)),
                                     kvar_page_get_cancellable (KVAR_PAGE (self)), listed_cb,
                                     g_object_ref (self));
}
