/* kvar-conflict-view.c: what somebody else saved beside what was typed here, to choose from
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-conflict-view"

#include "config.h"

#include <glib/gi18n.h>

#include "kvar-conflict-row.h"
#include "kvar-conflict-view.h"
#include "records/kvar-conflict.h"

struct _KvarConflictView
{
  AdwBin           parent_instance;

  KvarConflict    *conflict;        /* (nullable) until shown */

  GtkWidget       *back_button;
  GtkLabel        *explanation;
  GtkBox          *box;
  GtkWidget       *combined_box;
  GtkLabel        *combined_label;
  GtkToggleButton *combined_button;
  GtkListBox      *combined_list;
};

G_DEFINE_FINAL_TYPE (KvarConflictView, kvar_conflict_view, ADW_TYPE_BIN)

static char *
describe (KvarValue *value)
{
  return value != NULL && !kvar_value_is_null (value) ? kvar_value_to_display (value)
                                                      : g_strdup (_("No value"));
}

/* A time of day is enough for today. */
static char *
format_moment (gint64 wall)
{
  g_autoptr(GDateTime) then = g_date_time_new_from_unix_local (wall / G_TIME_SPAN_SECOND);
  g_autoptr(GDateTime) now = g_date_time_new_now_local ();

  if (g_date_time_get_year (then) == g_date_time_get_year (now) &&
      g_date_time_get_day_of_year (then) == g_date_time_get_day_of_year (now))
    return g_date_time_format (then, "%H:%M");

  return g_date_time_format (then, "%x %H:%M");
}

/* Who it was and when, as far as the row tells. */
static char *
describe_save (KvarConflict *conflict)
{
  g_autofree char *author = kvar_conflict_get_author (conflict);
  gint64 wall = kvar_conflict_get_time (conflict);
  g_autofree char *moment = wall != 0 ? format_moment (wall) : NULL;

  if (author != NULL && moment != NULL)
    /* Translators: a person's name, and a time of day such as 14:31. */
    return g_strdup_printf (_("%1$s saved at %2$s, while you were editing."), author, moment);
  if (author != NULL)
    /* Translators: %s is a person's name. */
    return g_strdup_printf (_("%s saved while you were editing."), author);
  if (moment != NULL)
    /* Translators: %s is a time of day such as 14:31. */
    return g_strdup_printf (_("It was saved at %s, while you were editing."), moment);

  return g_strdup (_("It was saved while you were editing."));
}

static void
explain (KvarConflictView *self,
         guint             n_rounds)
{
  g_autofree char *save = describe_save (self->conflict);
  g_autofree char *text = NULL;
  const char *advice;

  if (n_rounds >= KVAR_CONFLICT_VIEW_MAX_ROUNDS)
    advice = _("Others go on saving this record, so yours doesn't get through. What you typed is "
               "kept: go back to the form, and try again when they are done.");
  else if (kvar_conflict_get_n_columns (self->conflict) > 0)
    advice = _("Choose what is to stay.");
  else
    advice = _("Nothing you typed is affected.");

  /* Translators: two whole sentences: who has saved, and what to do now. */
  text = g_strdup_printf (_("%1$s %2$s"), save, advice);
  gtk_label_set_label (self->explanation, text);
}

static GtkWidget *
create_combined_row (KvarConflictView *self,
                     KvarColumn       *column)
{
  GtkWidget *row = adw_action_row_new ();
  g_autoptr(KvarValue) before_value = kvar_conflict_get_before (self->conflict, column);
  g_autoptr(KvarValue) now_value = kvar_conflict_get_theirs (self->conflict, column);
  g_autofree char *before = describe (before_value);
  g_autofree char *now = describe (now_value);
  g_autofree char *text = NULL;

  /* Translators: what a field held, and what somebody else has saved there. */
  text = g_strdup_printf (_("Before: %1$s\nNow: %2$s"), before, now);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), kvar_column_get_title (column));
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), text);

  return row;
}

static void
show_combined (KvarConflictView *self)
{
  g_autoptr(GPtrArray) combined = kvar_conflict_list_combined (self->conflict);
  g_autofree char *text = NULL;

  for (guint i = 0; i < combined->len; i++)
    gtk_list_box_append (self->combined_list,
                         create_combined_row (self, g_ptr_array_index (combined, i)));

  /* Translators: fields that only the other person changed. */
  text = g_strdup_printf (ngettext ("%d other change was combined without conflict.",
                                    "%d other changes were combined without conflict.",
                                    combined->len),
                          (int)combined->len);
  gtk_label_set_label (self->combined_label, text);
  gtk_widget_set_visible (self->combined_box, combined->len > 0);
}

/* The field that the focus is in; NULL if it is in none. */
static KvarConflictRow *
find_current (KvarConflictView *self)
{
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->box));
       child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      if (gtk_widget_get_state_flags (child) & GTK_STATE_FLAG_FOCUS_WITHIN)
        return KVAR_CONFLICT_ROW (child);
    }

  return NULL;
}

static gboolean
move (KvarConflictRow *row,
      gboolean         down)
{
  GtkWidget *next = down ? gtk_widget_get_next_sibling (GTK_WIDGET (row))
                         : gtk_widget_get_prev_sibling (GTK_WIDGET (row));

  if (next != NULL)
    kvar_conflict_row_focus (KVAR_CONFLICT_ROW (next));

  return GDK_EVENT_STOP;
}

/* Theirs stands before yours, which is left where one writes to the right. */
static gboolean
choose (KvarConflictRow *row,
        gboolean         left)
{
  gboolean mirrored = gtk_widget_get_direction (GTK_WIDGET (row)) == GTK_TEXT_DIR_RTL;

  kvar_conflict_row_choose (row, left != mirrored ? KVAR_SIDE_THEIRS : KVAR_SIDE_YOURS);

  return GDK_EVENT_STOP;
}

static gboolean
row_key_pressed (KvarConflictRow *row,
                 guint            keyval)
{
  switch (keyval)
    {
    case GDK_KEY_Up:
    case GDK_KEY_KP_Up:
      return move (row, FALSE);

    case GDK_KEY_Down:
    case GDK_KEY_KP_Down:
      return move (row, TRUE);

    case GDK_KEY_Left:
    case GDK_KEY_KP_Left:
      return choose (row, TRUE);

    case GDK_KEY_Right:
    case GDK_KEY_KP_Right:
      return choose (row, FALSE);

    case GDK_KEY_F2:
      kvar_conflict_row_edit (row);
      return GDK_EVENT_STOP;

    default:
      return GDK_EVENT_PROPAGATE;
    }
}

static gboolean
key_pressed_cb (KvarConflictView      *self,
                guint                  keyval,
                guint                  keycode,
                GdkModifierType        state,
                GtkEventControllerKey *controller)
{
  KvarConflictRow *row = find_current (self);

  if ((state & gtk_accelerator_get_default_mod_mask ()) != 0 || row == NULL)
    return GDK_EVENT_PROPAGATE;
  if (!kvar_conflict_row_is_edited (row))
    return row_key_pressed (row, keyval);
  /* A list or a calendar that is open takes its own Escape. */
  if (keyval != GDK_KEY_Escape ||
      gtk_widget_get_ancestor (gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (self))),
                               GTK_TYPE_POPOVER) != NULL)
    return GDK_EVENT_PROPAGATE;

  kvar_conflict_row_focus (row);

  return GDK_EVENT_STOP;
}

static void
kvar_conflict_view_dispose (GObject *object)
{
  KvarConflictView *self = KVAR_CONFLICT_VIEW (object);

  g_clear_object (&self->conflict);

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
  gtk_widget_class_bind_template_child (widget_class, KvarConflictView, back_button);
  gtk_widget_class_bind_template_child (widget_class, KvarConflictView, explanation);
  gtk_widget_class_bind_template_child (widget_class, KvarConflictView, box);
  gtk_widget_class_bind_template_child (widget_class, KvarConflictView, combined_box);
  gtk_widget_class_bind_template_child (widget_class, KvarConflictView, combined_label);
  gtk_widget_class_bind_template_child (widget_class, KvarConflictView, combined_button);
  gtk_widget_class_bind_template_child (widget_class, KvarConflictView, combined_list);

  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0,
                                       "page.leave-compare", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, GDK_CONTROL_MASK,
                                       "page.save-combined", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_KP_Enter, GDK_CONTROL_MASK,
                                       "page.save-combined", NULL);
}

static void
kvar_conflict_view_init (KvarConflictView *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_widget_init_template (GTK_WIDGET (self));

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

/**
 * kvar_conflict_view_show:
 * @draft: with what somebody else has saved
 * @n_rounds: how often in a row a result could not be saved, as it had changed again
 */
void
kvar_conflict_view_show (KvarConflictView *self,
                         KvarDraft        *draft,
                         KvarWorkspace    *workspace,
                         guint             n_rounds)
{
  g_return_if_fail (KVAR_IS_CONFLICT_VIEW (self));
  g_return_if_fail (KVAR_IS_DRAFT (draft));
  g_return_if_fail (kvar_draft_get_theirs (draft) != NULL);

  kvar_conflict_view_clear (self);
  self->conflict = kvar_conflict_new (draft, kvar_draft_get_theirs (draft));
  for (guint i = 0; i < kvar_conflict_get_n_columns (self->conflict); i++)
    gtk_box_append (self->box,
                    kvar_conflict_row_new (self->conflict,
                                           kvar_conflict_get_column (self->conflict, i),
                                           workspace));
  explain (self, n_rounds);
  show_combined (self);
}

/**
 * kvar_conflict_view_focus:
 *
 * Moves to the first field; where there is none, to the way back.
 */
void
kvar_conflict_view_focus (KvarConflictView *self)
{
  GtkWidget *first;

  g_return_if_fail (KVAR_IS_CONFLICT_VIEW (self));

  first = gtk_widget_get_first_child (GTK_WIDGET (self->box));
  if (first != NULL)
    kvar_conflict_row_focus (KVAR_CONFLICT_ROW (first));
  else
    gtk_widget_grab_focus (self->back_button);
}

/**
 * kvar_conflict_view_show_problems:
 *
 * Says beside each result that cannot be saved why, and moves to the first of them.
 *
 * Returns: whether there is any
 */
gboolean
kvar_conflict_view_show_problems (KvarConflictView *self)
{
  KvarConflictRow *first = NULL;

  g_return_val_if_fail (KVAR_IS_CONFLICT_VIEW (self), FALSE);
  g_return_val_if_fail (self->conflict != NULL, FALSE);

  kvar_draft_validate (kvar_conflict_get_result (self->conflict), NULL);
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->box));
       child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      if (kvar_conflict_row_show_problem (KVAR_CONFLICT_ROW (child)) && first == NULL)
        first = KVAR_CONFLICT_ROW (child);
    }

  if (first != NULL)
    kvar_conflict_row_edit (first);

  return first != NULL;
}

/**
 * kvar_conflict_view_apply:
 *
 * Puts the draft on top of the other person's record, with the results in it.
 *
 * Returns: whether anything of ours is left to save
 */
gboolean
kvar_conflict_view_apply (KvarConflictView *self)
{
  g_return_val_if_fail (KVAR_IS_CONFLICT_VIEW (self), FALSE);
  g_return_val_if_fail (self->conflict != NULL, FALSE);

  return kvar_conflict_apply (self->conflict);
}

void
kvar_conflict_view_clear (KvarConflictView *self)
{
  GtkWidget *child;
  GtkListBoxRow *row;

  g_return_if_fail (KVAR_IS_CONFLICT_VIEW (self));

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->box))) != NULL)
    gtk_box_remove (self->box, child);
  while ((row = gtk_list_box_get_row_at_index (self->combined_list, 0)) != NULL)
    gtk_list_box_remove (self->combined_list, GTK_WIDGET (row));
  gtk_toggle_button_set_active (self->combined_button, FALSE);
  g_clear_object (&self->conflict);
}
