/* kvar-conflict-view.c: what somebody else saved beside what was typed here, to choose from
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-conflict-view"

#include "config.h"

#include <glib/gi18n.h>

#include "kvar-conflict-view.h"
#include "records/kvar-merge.h"

struct _KvarConflictView
{
  AdwBin      parent_instance;

  KvarDraft  *draft;         /* (nullable) until shown */
  KvarRecord *theirs;
  GPtrArray  *columns;       /* KvarColumn, both sides changed it */
  GPtrArray  *choices;       /* GtkCheckButton, active = theirs; one for each of columns */

  GtkLabel   *explanation;
  GtkBox     *box;
  GtkLabel   *combined_label;
};

G_DEFINE_FINAL_TYPE (KvarConflictView, kvar_conflict_view, ADW_TYPE_BIN)

static char *
describe (KvarValue *value)
{
  if (value == NULL || kvar_value_is_null (value))
    return g_strdup (_("No value"));

  /* Whole, not shortened: what differs may be at the end. */
  if (kvar_type_get_kind (kvar_value_get_type_of (value)) == KVAR_KIND_TEXT)
    return g_strdup (kvar_value_get_text (value));

  return kvar_value_to_display (value);
}

static AdwActionRow *
add_choice (AdwPreferencesGroup *group,
            const char          *side,
            const char          *text,
            GtkWidget           *button)
{
  AdwActionRow *row = ADW_ACTION_ROW (adw_action_row_new ());

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), text);
  adw_action_row_set_subtitle (row, side);
  adw_action_row_set_title_lines (row, 0);
  adw_action_row_add_prefix (row, button);
  adw_action_row_set_activatable_widget (row, button);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  adw_preferences_group_add (group, GTK_WIDGET (row));

  return row;
}

static void
add_column (KvarConflictView *self,
            KvarColumn       *column)
{
  KvarRecord *base = kvar_draft_get_base (self->draft);
  g_autoptr(KvarValue) before_value = base != NULL ? kvar_record_get_value (base, column) : NULL;
  g_autoptr(KvarValue) their_value = kvar_record_get_value (self->theirs, column);
  g_autofree char *before = describe (before_value);
  g_autofree char *theirs = describe (their_value);
  g_autofree char *mine = kvar_draft_get_input (self->draft, column);
  GtkWidget *group = adw_preferences_group_new ();
  GtkWidget *their_button = gtk_check_button_new ();
  GtkWidget *my_button = gtk_check_button_new ();
  g_autofree char *title = g_markup_escape_text (kvar_column_get_title (column), -1);
  g_autofree char *description = NULL;
  g_autofree char *escaped = NULL;

  /* Translators: %s is the value a field had before two people changed it. */
  description = g_strdup_printf (_("Before: %s"), before);
  escaped = g_markup_escape_text (description, -1);
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title);
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group), escaped);

  gtk_check_button_set_group (GTK_CHECK_BUTTON (my_button), GTK_CHECK_BUTTON (their_button));
  gtk_check_button_set_active (GTK_CHECK_BUTTON (my_button), TRUE);
  add_choice (ADW_PREFERENCES_GROUP (group), _("Theirs"), theirs, their_button);
  add_choice (ADW_PREFERENCES_GROUP (group), _("Yours"),
              mine != NULL && *mine != '\0' ? mine : _("No value"), my_button);

  gtk_box_append (self->box, group);
  g_ptr_array_add (self->columns, g_object_ref (column));
  g_ptr_array_add (self->choices, their_button);
}

static void
update_texts (KvarConflictView *self)
{
  guint n = kvar_merge_count (self->draft, self->theirs, KVAR_MERGE_THEIRS);
  g_autofree char *combined = NULL;

  gtk_label_set_label (self->explanation,
                       self->columns->len > 0
                       ? _("It was saved while you were editing. Choose what is to stay.")
                       : _("It was saved while you were editing. Nothing you typed is affected."));

  /* Translators: fields that only the other person changed. */
  combined = g_strdup_printf (ngettext ("%d other change was combined without conflict.",
                                        "%d other changes were combined without conflict.", n),
                              n);
  gtk_label_set_label (self->combined_label, combined);
  gtk_widget_set_visible (GTK_WIDGET (self->combined_label), n > 0);
}

static void
kvar_conflict_view_dispose (GObject *object)
{
  KvarConflictView *self = KVAR_CONFLICT_VIEW (object);

  g_clear_object (&self->draft);
  g_clear_object (&self->theirs);
  g_clear_pointer (&self->columns, g_ptr_array_unref);
  g_clear_pointer (&self->choices, g_ptr_array_unref);

  G_OBJECT_CLASS (kvar_conflict_view_parent_class)->dispose (object);
}

static void
kvar_conflict_view_class_init (KvarConflictViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = kvar_conflict_view_dispose;

  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/kvarapp/Kvar/widgets/kvar-conflict-view.ui");
  gtk_widget_class_bind_template_child (widget_class, KvarConflictView, explanation);
  gtk_widget_class_bind_template_child (widget_class, KvarConflictView, box);
  gtk_widget_class_bind_template_child (widget_class, KvarConflictView, combined_label);

  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0,
                                       "page.leave-conflict", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, GDK_CONTROL_MASK,
                                       "page.save-combined", NULL);
}

static void
kvar_conflict_view_init (KvarConflictView *self)
{
  self->columns = g_ptr_array_new_with_free_func (g_object_unref);
  self->choices = g_ptr_array_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * kvar_conflict_view_show:
 * @theirs: the record as it is on the server now
 */
void
kvar_conflict_view_show (KvarConflictView *self,
                         KvarDraft        *draft,
                         KvarRecord       *theirs)
{
  KvarTable *table;

  g_return_if_fail (KVAR_IS_CONFLICT_VIEW (self));
  g_return_if_fail (KVAR_IS_DRAFT (draft));
  g_return_if_fail (KVAR_IS_RECORD (theirs));

  kvar_conflict_view_clear (self);
  g_set_object (&self->draft, draft);
  g_set_object (&self->theirs, theirs);

  table = kvar_draft_get_table (draft);
  for (guint i = 0; i < kvar_table_get_n_columns (table); i++)
    {
      KvarColumn *column = kvar_table_get_column (table, i);

      if (kvar_merge_judge (draft, theirs, column) == KVAR_MERGE_CONFLICT)
        add_column (self, column);
    }
  update_texts (self);
}

void
kvar_conflict_view_clear (KvarConflictView *self)
{
  GtkWidget *child;

  g_return_if_fail (KVAR_IS_CONFLICT_VIEW (self));

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->box))) != NULL)
    gtk_box_remove (self->box, child);
  g_ptr_array_set_size (self->columns, 0);
  g_ptr_array_set_size (self->choices, 0);
  g_clear_object (&self->draft);
  g_clear_object (&self->theirs);
}

/**
 * kvar_conflict_view_apply:
 *
 * Puts the draft on top of the other person's record: what was chosen as theirs is taken
 * over, the rest stays a change of ours.
 *
 * Returns: whether anything of ours is left to save
 */
gboolean
kvar_conflict_view_apply (KvarConflictView *self)
{
  g_return_val_if_fail (KVAR_IS_CONFLICT_VIEW (self), FALSE);
  g_return_val_if_fail (self->draft != NULL, FALSE);

  kvar_draft_set_base (self->draft, self->theirs);
  kvar_draft_set_theirs (self->draft, NULL);
  for (guint i = 0; i < self->columns->len; i++)
    {
      if (gtk_check_button_get_active (g_ptr_array_index (self->choices, i)))
        kvar_draft_reset_column (self->draft, g_ptr_array_index (self->columns, i));
    }

  return kvar_draft_get_changed (self->draft);
}
