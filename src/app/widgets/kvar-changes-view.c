/* kvar-changes-view.c: what a draft changes, field by field, each of which can be taken back
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-changes-view"

#include "config.h"

#include <glib/gi18n.h>

#include "records/kvar-value-words.h"
#include "widgets/kvar-changes-view.h"

struct _KvarChangesView
{
  AdwBin      parent_instance;

  GtkListBox *list_box;

  KvarDraft  *draft;    /* (nullable) */
};

G_DEFINE_FINAL_TYPE (KvarChangesView, kvar_changes_view, ADW_TYPE_BIN)

/* Whole, not shortened: what differs may be at the end. */
static char *
describe_before (KvarDraft  *draft,
                 KvarColumn *column)
{
  KvarRecord *base = kvar_draft_get_base (draft);
  g_autoptr(KvarValue) value = base != NULL ? kvar_record_get_value (base, column) : NULL;

  if (value == NULL || kvar_value_is_null (value))
    return g_strdup (_("No value"));
  if (kvar_type_get_kind (kvar_value_get_type_of (value)) == KVAR_KIND_TEXT)
    return g_strdup (kvar_value_get_text (value));

  return kvar_value_to_display (value);
}

static char *
describe_now (KvarDraft  *draft,
              KvarColumn *column)
{
  g_autoptr(KvarValue) value = kvar_draft_get_value (draft, column);

  if (value != NULL && kvar_value_is_default (value))
    return g_strdup (kvar_default_in_words ());
  if (value != NULL && kvar_value_is_null (value))
    return g_strdup (_("No value"));

  return kvar_draft_get_input (draft, column);
}

static void
take_back_cb (GtkButton *button,
              KvarDraft *draft)
{
  kvar_draft_reset_column (draft, g_object_get_data (G_OBJECT (button), "kvar-column"));
}

static GtkWidget *
create_take_back (KvarChangesView *self,
                  KvarColumn      *column)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("edit-undo-symbolic");
  g_autofree char *name = NULL;

  /* Translators: %s is the title of a field, whose change is taken back. */
  name = g_strdup_printf (_("Take Back %s"), kvar_column_get_title (column));
  gtk_widget_set_tooltip_text (button, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  g_object_set_data_full (G_OBJECT (button), "kvar-column", g_object_ref (column), g_object_unref);
  g_signal_connect_object (button, "clicked", G_CALLBACK (take_back_cb), self->draft, 0);

  return button;
}

static GtkWidget *
create_row (KvarChangesView *self,
            KvarColumn      *column)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *before = describe_before (self->draft, column);
  g_autofree char *now = describe_now (self->draft, column);
  g_autofree char *text = NULL;

  /* Translators: what a field held, and what somebody has typed into it. */
  text = g_strdup_printf (_("Before: %1$s\nNow: %2$s"), before, now);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), kvar_column_get_title (column));
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), text);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), create_take_back (self, column));

  return row;
}

static void
rebuild (KvarChangesView *self)
{
  GtkListBoxRow *row = NULL;
  KvarTable *table = NULL;

  while ((row = gtk_list_box_get_row_at_index (self->list_box, 0)) != NULL)
    gtk_list_box_remove (self->list_box, GTK_WIDGET (row));
  if (self->draft == NULL)
    return;

  table = kvar_draft_get_table (self->draft);
  for (guint i = 0; i < kvar_table_get_n_columns (table); i++)
    {
      KvarColumn *column = kvar_table_get_column (table, i);

      if (kvar_draft_is_column_changed (self->draft, column))
        gtk_list_box_append (self->list_box, create_row (self, column));
    }
}

static void
kvar_changes_view_dispose (GObject *object)
{
  KvarChangesView *self = KVAR_CHANGES_VIEW (object);

  g_clear_object (&self->draft);

  G_OBJECT_CLASS (kvar_changes_view_parent_class)->dispose (object);
}

static void
kvar_changes_view_class_init (KvarChangesViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = kvar_changes_view_dispose;

  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/kvarapp/Kvar/widgets/kvar-changes-view.ui");
  gtk_widget_class_bind_template_child (widget_class, KvarChangesView, list_box);
}

static void
kvar_changes_view_init (KvarChangesView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * kvar_changes_view_set_draft:
 * @draft: (nullable): followed until another one is set
 */
void
kvar_changes_view_set_draft (KvarChangesView *self,
                             KvarDraft       *draft)
{
  g_return_if_fail (KVAR_IS_CHANGES_VIEW (self));
  g_return_if_fail (draft == NULL || KVAR_IS_DRAFT (draft));

  if (self->draft == draft)
    return;

  if (self->draft != NULL)
    g_signal_handlers_disconnect_by_func (self->draft, rebuild, self);
  g_set_object (&self->draft, draft);
  if (draft != NULL)
    g_signal_connect_object (draft, "column-changed", G_CALLBACK (rebuild), self,
                             G_CONNECT_SWAPPED);
  rebuild (self);
}
