/* kvar-drafts-page-past.c: the drafts page's half about what was discarded, or has lost its field
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-drafts-page"

#include "config.h"

#include <glib/gi18n.h>

#include "kvar-drafts-page-private.h"
#include "records/kvar-value-words.h"

static KvarDraftStore *
get_drafts (KvarDraftsPage *self)
{
  return kvar_workspace_get_drafts (kvar_page_get_workspace (KVAR_PAGE (self)));
}

/* The table's title where it is still known, else its name. */
static const char *
table_title (KvarDraftsPage *self,
             const char     *relation)
{
  KvarSchema *schema = kvar_workspace_get_schema (kvar_page_get_workspace (KVAR_PAGE (self)));
  KvarTable *table = schema != NULL ? kvar_schema_find_table (schema, relation) : NULL;

  return table != NULL ? kvar_table_get_title (table) : relation;
}

void
kvar_drafts_page_clear_box (GtkListBox *box)
{
  GtkListBoxRow *row = NULL;

  while ((row = gtk_list_box_get_row_at_index (box, 0)) != NULL)
    gtk_list_box_remove (box, GTK_WIDGET (row));
}

GtkWidget *
kvar_drafts_page_create_row (const char *title,
                             const char *subtitle,
                             GtkWidget  *button)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 3);
  if (button == NULL)
    return row;

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), button);

  return row;
}

static void
restore_cb (KvarDraftsPage *self,
            GtkButton      *button)
{
  const char *id = g_object_get_data (G_OBJECT (button), "kvar-id");
  g_autoptr(KvarDraft) draft = kvar_draft_store_restore (get_drafts (self), id);

  if (draft == NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s",
                                _("This record has another draft by now."));
}

/* What was typed, in a few words: the values of the first fields. */
static char *
describe_typed (KvarKeptDraft *kept)
{
  g_autoptr(GPtrArray) texts = g_ptr_array_new ();
  GVariantIter iter;
  const char *name = NULL;
  const char *input = NULL;
  const char *text = NULL;

  g_variant_iter_init (&iter, kept->typed);
  while (texts->len < 4 && g_variant_iter_next (&iter, "{&s(m&sm&s)}", &name, &input, &text))
    if (g_str_equal (name, KVAR_KEPT_DEFAULT))
      g_ptr_array_add (texts, (gpointer)kvar_default_in_words ());
    else if (input != NULL || text != NULL)
      g_ptr_array_add (texts, (gpointer)(input != NULL ? input : text));
  g_ptr_array_add (texts, NULL);

  return g_strjoinv (" · ", (char **)texts->pdata);
}

static GtkWidget *
create_discarded (KvarDraftsPage *self,
                  KvarKeptDraft  *kept)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (_("_Restore"));
  g_autoptr(GDateTime) then = NULL;
  g_autofree char *time = NULL;
  g_autofree char *title = NULL;
  g_autofree char *typed = describe_typed (kept);

  then = g_date_time_new_from_unix_local (kept->discarded_at / G_USEC_PER_SEC);
  time = g_date_time_format (then, "%x %H:%M");
  /* Translators: the title of a table, and when a draft of it was discarded. */
  title = g_strdup_printf (_("%1$s, discarded %2$s"), table_title (self, kept->relation), time);
  g_object_set_data_full (G_OBJECT (button), "kvar-id", g_strdup (kept->id), g_free);
  g_signal_connect_object (button, "clicked", G_CALLBACK (restore_cb), self, G_CONNECT_SWAPPED);

  return kvar_drafts_page_create_row (title, typed, button);
}

static void
copy_cb (GtkButton *button)
{
  const char *text = g_object_get_data (G_OBJECT (button), "kvar-text");

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (button)), text);
}

static GtkWidget *
create_lost (KvarDraftsPage *self,
             KvarLostText   *lost)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (_("_Copy"));
  const char *text = lost->text != NULL ? lost->text : "";
  g_autofree char *title = NULL;

  /* Translators: the title of a table, and the name of one of its fields. */
  title = g_strdup_printf (_("%1$s, %2$s"), table_title (self, lost->relation), lost->column);
  g_object_set_data_full (G_OBJECT (button), "kvar-text", g_strdup (text), g_free);
  g_signal_connect (button, "clicked", G_CALLBACK (copy_cb), NULL);

  return kvar_drafts_page_create_row (title, text, button);
}

/* Returns whether there is anything to show. */
gboolean
kvar_drafts_page_show_past (KvarDraftsPage *self)
{
  g_autoptr(GPtrArray) lost = kvar_draft_store_list_lost (get_drafts (self));
  g_autoptr(GPtrArray) discarded = kvar_draft_store_list_discarded (get_drafts (self));

  kvar_drafts_page_clear_box (self->lost_box);
  for (guint i = 0; i < lost->len; i++)
    gtk_list_box_append (self->lost_box, create_lost (self, g_ptr_array_index (lost, i)));
  gtk_widget_set_visible (self->lost_group, lost->len > 0);

  /* The newest first. */
  kvar_drafts_page_clear_box (self->discarded_box);
  for (guint i = discarded->len; i > 0; i--)
    gtk_list_box_append (self->discarded_box,
                         create_discarded (self, g_ptr_array_index (discarded, i - 1)));
  gtk_widget_set_visible (self->discarded_group, discarded->len > 0);

  return lost->len > 0 || discarded->len > 0;
}
