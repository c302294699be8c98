/* kvar-conflict-row.c: one field that two people have changed, and what it is to become
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-conflict-row"

#include "config.h"

#include <glib/gi18n.h>

#include "kvar-changed-words.h"
#include "kvar-conflict-row.h"
#include "kvar-form.h"
#include "kvar-sides-layout.h"

/* A text longer than this is compared word by word. */
#define LONG_TEXT 60

struct _KvarConflictRow
{
  GtkWidget      parent_instance;

  KvarConflict  *conflict;
  KvarColumn    *column;
  gboolean       refreshing;

  GtkLabel      *title_label;
  GtkWidget     *sides;
  GtkWidget     *before_box;
  GtkLabel      *before_label;
  GtkWidget     *their_button;
  GtkLabel      *their_label;
  GtkWidget     *your_button;
  GtkLabel      *your_label;
  GtkBox        *result_box;

  KvarField     *result;      /* in result_box */
};

G_DEFINE_FINAL_TYPE (KvarConflictRow, kvar_conflict_row, GTK_TYPE_WIDGET)

/* Whole, not shortened: what differs may be at the end. NULL for no value. */
static char *
describe (KvarValue *value)
{
  if (value == NULL || kvar_value_is_null (value))
    return NULL;
  if (kvar_type_get_kind (kvar_value_get_type_of (value)) == KVAR_KIND_TEXT ||
      kvar_type_get_kind (kvar_value_get_type_of (value)) == KVAR_KIND_JSON)
    return g_strdup (kvar_value_get_text (value));

  return kvar_value_to_display (value);
}

static gboolean
is_long (const char *text)
{
  return text != NULL && (strchr (text, '\n') != NULL || g_utf8_strlen (text, -1) > LONG_TEXT);
}

static void
show_side (KvarConflictRow *self,
           GtkWidget       *button,
           GtkLabel        *label,
           const char      *side,
           const char      *before,
           const char      *text,
           gboolean         as_words)
{
  g_autofree char *described = NULL;
  g_autofree char *name = NULL;

  if (as_words)
    {
      kvar_changed_words_show (label, before != NULL ? before : "", text != NULL ? text : "");
      described = kvar_changed_words_describe (before != NULL ? before : "",
                                               text != NULL ? text : "");
    }
  else
    {
      gtk_label_set_attributes (label, NULL);
      gtk_label_set_label (label, text != NULL ? text : _("No value"));
      described = g_strdup (text != NULL ? text : _("No value"));
    }

  /* Translators: read aloud: whose value it is, such as "Theirs", and the value. */
  name = g_strdup_printf (_("%1$s: %2$s"), side, described);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  -1);
}

static void
refresh (KvarConflictRow *self)
{
  g_autoptr(KvarValue) before_value = kvar_conflict_get_before (self->conflict, self->column);
  g_autoptr(KvarValue) their_value = kvar_conflict_get_theirs (self->conflict, self->column);
  g_autofree char *before = describe (before_value);
  g_autofree char *theirs = describe (their_value);
  g_autofree char *yours = kvar_conflict_get_yours (self->conflict, self->column);
  gboolean words = is_long (before) || is_long (theirs) || is_long (yours);
  KvarSide side = kvar_conflict_get_side (self->conflict, self->column);

  self->refreshing = TRUE;
  gtk_label_set_label (self->before_label, before != NULL ? before : _("No value"));
  /* What is gone from a long text is struck out in what became of it. */
  gtk_widget_set_visible (self->before_box, !words);
  kvar_sides_layout_set_stacked (
    KVAR_SIDES_LAYOUT (gtk_widget_get_layout_manager (self->sides)), words);
  /* Where there was nothing before, what counts is how the two differ. */
  show_side (self, self->their_button, self->their_label, _("Theirs"), before, theirs,
             words && before != NULL);
  show_side (self, self->your_button, self->your_label, _("Yours"),
             before != NULL ? before : theirs, yours, words);

  gtk_check_button_set_active (GTK_CHECK_BUTTON (self->their_button), side == KVAR_SIDE_THEIRS);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (self->your_button), side == KVAR_SIDE_YOURS);
  self->refreshing = FALSE;
}

static void
changed_cb (KvarConflictRow *self,
            KvarColumn      *column,
            KvarConflict    *conflict)
{
  if (column == self->column)
    refresh (self);
}

static void
toggled_cb (KvarConflictRow *self,
            GtkCheckButton  *button)
{
  if (self->refreshing || !gtk_check_button_get_active (button))
    return;

  kvar_conflict_choose (self->conflict, self->column,
                        GTK_WIDGET (button) == self->their_button ? KVAR_SIDE_THEIRS
                                                                  : KVAR_SIDE_YOURS);
}

static void
kvar_conflict_row_dispose (GObject *object)
{
  KvarConflictRow *self = KVAR_CONFLICT_ROW (object);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->conflict);
  g_clear_object (&self->column);

  G_OBJECT_CLASS (kvar_conflict_row_parent_class)->dispose (object);
}

static void
kvar_conflict_row_class_init (KvarConflictRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = kvar_conflict_row_dispose;

  g_type_ensure (KVAR_TYPE_SIDES_LAYOUT);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/kvarapp/Kvar/widgets/kvar-conflict-row.ui");
  gtk_widget_class_bind_template_child (widget_class, KvarConflictRow, title_label);
  gtk_widget_class_bind_template_child (widget_class, KvarConflictRow, sides);
  gtk_widget_class_bind_template_child (widget_class, KvarConflictRow, before_box);
  gtk_widget_class_bind_template_child (widget_class, KvarConflictRow, before_label);
  gtk_widget_class_bind_template_child (widget_class, KvarConflictRow, their_button);
  gtk_widget_class_bind_template_child (widget_class, KvarConflictRow, their_label);
  gtk_widget_class_bind_template_child (widget_class, KvarConflictRow, your_button);
  gtk_widget_class_bind_template_child (widget_class, KvarConflictRow, your_label);
  gtk_widget_class_bind_template_child (widget_class, KvarConflictRow, result_box);
  gtk_widget_class_bind_template_callback (widget_class, toggled_cb);
}

static void
kvar_conflict_row_init (KvarConflictRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
kvar_conflict_row_new (KvarConflict  *conflict,
                       KvarColumn    *column,
                       KvarWorkspace *workspace)
{
  KvarConflictRow *self;
  const char *title;

  g_return_val_if_fail (KVAR_IS_CONFLICT (conflict), NULL);
  g_return_val_if_fail (KVAR_IS_COLUMN (column), NULL);

  self = g_object_new (KVAR_TYPE_CONFLICT_ROW, NULL);
  self->conflict = g_object_ref (conflict);
  self->column = g_object_ref (column);

  title = kvar_column_get_title (column);
  gtk_label_set_label (self->title_label, title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, title,
                                  -1);
  self->result = kvar_form_new_field (kvar_conflict_get_result (conflict), column, workspace);
  /* Translators: what a field is to hold after two people have changed it. */
  kvar_field_set_title (self->result, _("Result"));
  gtk_box_append (self->result_box, GTK_WIDGET (self->result));

  g_signal_connect_object (conflict, "changed", G_CALLBACK (changed_cb), self,
                           G_CONNECT_SWAPPED);
  refresh (self);

  return GTK_WIDGET (self);
}

void
kvar_conflict_row_choose (KvarConflictRow *self,
                          KvarSide         side)
{
  g_return_if_fail (KVAR_IS_CONFLICT_ROW (self));

  kvar_conflict_choose (self->conflict, self->column, side);
  kvar_conflict_row_focus (self);
}

/**
 * kvar_conflict_row_focus:
 *
 * Moves to the side that is chosen; to theirs where the result is neither.
 */
void
kvar_conflict_row_focus (KvarConflictRow *self)
{
  g_return_if_fail (KVAR_IS_CONFLICT_ROW (self));

  gtk_widget_grab_focus (kvar_conflict_get_side (self->conflict, self->column) == KVAR_SIDE_YOURS
                         ? self->your_button : self->their_button);
}

/**
 * kvar_conflict_row_edit:
 *
 * Moves to the result, to be typed in.
 */
void
kvar_conflict_row_edit (KvarConflictRow *self)
{
  g_return_if_fail (KVAR_IS_CONFLICT_ROW (self));

  gtk_widget_grab_focus (GTK_WIDGET (self->result));
}

/**
 * kvar_conflict_row_is_edited:
 *
 * Returns: whether somebody is in the result
 */
gboolean
kvar_conflict_row_is_edited (KvarConflictRow *self)
{
  g_return_val_if_fail (KVAR_IS_CONFLICT_ROW (self), FALSE);

  return (gtk_widget_get_state_flags (GTK_WIDGET (self->result)) &
          GTK_STATE_FLAG_FOCUS_WITHIN) != 0;
}

/**
 * kvar_conflict_row_show_problem:
 *
 * Returns: whether the result can't be saved as it is, which is then said beside it
 */
gboolean
kvar_conflict_row_show_problem (KvarConflictRow *self)
{
  g_return_val_if_fail (KVAR_IS_CONFLICT_ROW (self), FALSE);

  kvar_field_show_problem (self->result);

  return kvar_field_has_problem (self->result);
}
