/* kvar-field.c: one column of a record in a form: its title, editor, note and problem
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-field"

#include "config.h"

#include <glib/gi18n.h>

#include "kvar-field-layout.h"
#include "kvar-field.h"
#include "kvar-pin-button.h"
#include "kvar-text-replace.h"
#include "records/kvar-draft-outcome.h"

typedef struct
{
  KvarDraft  *draft;
  KvarColumn *column;

  GtkLabel   *title_label;
  GtkBox     *editor_box;
  GtkWidget  *problem_box;
  GtkLabel   *problem_label;
  GtkLabel   *note_label;

  GtkWidget  *editor;          /* in row */
  GtkBox     *row;             /* in editor_box */
  GtkWidget  *pin;             /* (nullable) beside the editor */
  GtkWidget  *focus;           /* what the title names and the focus goes to */
  char       *title;           /* (nullable) instead of the column's */
  char       *note;            /* (nullable) of the kind of field; help stands otherwise */

  guint       compact : 1;       /* only its editor is shown */
  guint       show_problem : 1;
  guint       committing : 1;  /* the draft's own signal is not to overwrite what is typed */
} KvarFieldPrivate;

enum {
  PROP_DRAFT = 1,
  PROP_COLUMN,
  N_PROPS
};

enum {
  SIGNAL_CURSOR_MOVED,
  SIGNAL_PICKED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (KvarField, kvar_field, GTK_TYPE_WIDGET)

static gboolean
is_required (KvarField *self)
{
  KvarFieldPrivate *priv = kvar_field_get_instance_private (self);

  return kvar_field_is_editable (self) &&
         !kvar_column_get_nullable (priv->column) &&
         !kvar_column_get_has_default (priv->column) &&
         kvar_column_get_kind (priv->column) != KVAR_KIND_BOOLEAN;
}

static void
update_title (KvarField *self)
{
  KvarFieldPrivate *priv = kvar_field_get_instance_private (self);
  const char *title = priv->title != NULL ? priv->title : kvar_column_get_title (priv->column);
  g_autofree char *marked = NULL;

  if (is_required (self))
    {
      /* Translators: %s is the name of a field that has to be filled in. */
      marked = g_strdup_printf (_("%s *"), title);
      title = marked;
    }

  gtk_label_set_label (priv->title_label, title);
}

/* What a trigger or a default made of it comes before all help. */
static void
update_note (KvarField *self)
{
  KvarFieldPrivate *priv = kvar_field_get_instance_private (self);
  const char *note = priv->note != NULL ? priv->note : kvar_column_get_help (priv->column);

  if (kvar_draft_is_set_by_server (priv->draft, priv->column))
    note = _("Set by the server");

  gtk_label_set_label (priv->note_label, note != NULL ? note : "");
  gtk_widget_set_visible (GTK_WIDGET (priv->note_label),
                          note != NULL && *note != '\0' && !priv->compact);
}

static void
update_problem (KvarField *self)
{
  KvarFieldPrivate *priv = kvar_field_get_instance_private (self);
  const char *problem = kvar_draft_get_problem (priv->draft, priv->column);
  gboolean shown = problem != NULL && priv->show_problem;

  if (problem == NULL)
    priv->show_problem = FALSE;

  gtk_label_set_label (priv->problem_label, shown ? problem : "");
  gtk_widget_set_visible (priv->problem_box, shown && !priv->compact);

  if (priv->focus != NULL)
    {
      if (shown)
        gtk_widget_add_css_class (priv->focus, "error");
      else
        gtk_widget_remove_css_class (priv->focus, "error");
      gtk_accessible_update_state (GTK_ACCESSIBLE (priv->focus), GTK_ACCESSIBLE_STATE_INVALID,
                                   shown ? GTK_ACCESSIBLE_INVALID_TRUE
                                         : GTK_ACCESSIBLE_INVALID_FALSE, -1);
    }
}

static void
update_changed (KvarField *self)
{
  KvarFieldPrivate *priv = kvar_field_get_instance_private (self);

  if (kvar_draft_is_column_changed (priv->draft, priv->column))
    gtk_widget_add_css_class (GTK_WIDGET (self), "changed");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "changed");
}

static void
column_changed_cb (KvarField  *self,
                   KvarColumn *column,
                   KvarDraft  *draft)
{
  KvarFieldPrivate *priv = kvar_field_get_instance_private (self);

  if (column != NULL && column != priv->column)
    return;

  if (!priv->committing)
    KVAR_FIELD_GET_CLASS (self)->refresh (self);
  update_problem (self);
  update_changed (self);
  update_note (self);
}

static void
focus_leave_cb (KvarField *self)
{
  KvarFieldPrivate *priv = kvar_field_get_instance_private (self);

  if (KVAR_FIELD_GET_CLASS (self)->left != NULL)
    KVAR_FIELD_GET_CLASS (self)->left (self);

  if (kvar_draft_get_problem (priv->draft, priv->column) != NULL)
    kvar_field_show_problem (self);
}

/* Ctrl+Backspace in an empty field: No Value, and back to the empty text where there is one. */
static gboolean
toggle_no_value (KvarField *self)
{
  KvarFieldPrivate *priv = kvar_field_get_instance_private (self);
  g_autofree char *input = kvar_draft_get_input (priv->draft, priv->column);
  g_autoptr(KvarValue) value = NULL;
  gboolean null;

  if (KVAR_FIELD_GET_CLASS (self)->typed && input != NULL && *input != '\0')
    return FALSE;
  if (!kvar_column_get_nullable (priv->column))
    return FALSE;

  value = kvar_draft_get_value (priv->draft, priv->column);
  null = value == NULL || (kvar_value_is_null (value) && !kvar_value_is_default (value));
  if (null && kvar_column_get_kind (priv->column) == KVAR_KIND_TEXT)
    kvar_field_commit_value (self, "");
  else if (!null)
    kvar_field_commit_value (self, NULL);

  return TRUE;
}

static gboolean
key_pressed_cb (KvarField             *self,
                guint                  keyval,
                guint                  keycode,
                GdkModifierType        state,
                GtkEventControllerKey *controller)
{
  GdkModifierType modifiers = state & gtk_accelerator_get_default_mod_mask ();

  if (!kvar_field_is_editable (self))
    return GDK_EVENT_PROPAGATE;

  if (keyval == GDK_KEY_BackSpace && modifiers == GDK_CONTROL_MASK)
    return toggle_no_value (self);

  if ((keyval == GDK_KEY_F4 && modifiers == 0) ||
      ((keyval == GDK_KEY_Down || keyval == GDK_KEY_KP_Down) && modifiers == GDK_ALT_MASK))
    return kvar_field_open_picker (self);

  return GDK_EVENT_PROPAGATE;
}

static gboolean
kvar_field_grab_focus (GtkWidget *widget)
{
  KvarFieldPrivate *priv = kvar_field_get_instance_private (KVAR_FIELD (widget));
  GtkRoot *root = gtk_widget_get_root (widget);

  if (priv->focus == NULL)
    return FALSE;

  /* GTK 4.8's label looks at what had the focus before, which may be gone with its form. */
  if (GTK_IS_LABEL (priv->focus) && root != NULL)
    {
      gtk_root_set_focus (root, priv->focus);
      return TRUE;
    }

  return gtk_widget_grab_focus (priv->focus);
}

static void
kvar_field_constructed (GObject *object)
{
  KvarField *self = KVAR_FIELD (object);
  KvarFieldPrivate *priv = kvar_field_get_instance_private (self);

  G_OBJECT_CLASS (kvar_field_parent_class)->constructed (object);

  gtk_widget_set_name (GTK_WIDGET (self), kvar_column_get_name (priv->column));
  update_title (self);
  update_note (self);
  g_signal_connect_object (priv->column, "notify::title", G_CALLBACK (update_title), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (priv->draft, "column-changed",
                           G_CALLBACK (column_changed_cb), self, G_CONNECT_SWAPPED);
}

static void
kvar_field_dispose (GObject *object)
{
  KvarFieldPrivate *priv = kvar_field_get_instance_private (KVAR_FIELD (object));
  GtkWidget *child;

  priv->editor = NULL;
  priv->focus = NULL;
  priv->row = NULL;
  priv->pin = NULL;
  /* The kinds of field have no template of their own, so GTK would not find this one's. */
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (kvar_field_parent_class)->dispose (object);
}

static void
kvar_field_finalize (GObject *object)
{
  KvarFieldPrivate *priv = kvar_field_get_instance_private (KVAR_FIELD (object));

  g_clear_object (&priv->draft);
  g_clear_object (&priv->column);
  g_clear_pointer (&priv->title, g_free);
  g_clear_pointer (&priv->note, g_free);

  G_OBJECT_CLASS (kvar_field_parent_class)->finalize (object);
}

static void
kvar_field_get_property (GObject    *object,
                         guint       prop_id,
                         GValue     *value,
                         GParamSpec *pspec)
{
  KvarFieldPrivate *priv = kvar_field_get_instance_private (KVAR_FIELD (object));

  switch (prop_id)
    {
    case PROP_DRAFT:
      g_value_set_object (value, priv->draft);
      break;

    case PROP_COLUMN:
      g_value_set_object (value, priv->column);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
kvar_field_set_property (GObject      *object,
                         guint         prop_id,
                         const GValue *value,
                         GParamSpec   *pspec)
{
  KvarFieldPrivate *priv = kvar_field_get_instance_private (KVAR_FIELD (object));

  switch (prop_id)
    {
    case PROP_DRAFT:
      priv->draft = g_value_dup_object (value);
      break;

    case PROP_COLUMN:
      priv->column = g_value_dup_object (value);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
kvar_field_class_init (KvarFieldClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = kvar_field_constructed;
  object_class->dispose = kvar_field_dispose;
  object_class->finalize = kvar_field_finalize;
  object_class->get_property = kvar_field_get_property;
  object_class->set_property = kvar_field_set_property;

  widget_class->grab_focus = kvar_field_grab_focus;

  properties[PROP_DRAFT] =
    g_param_spec_object ("draft", NULL, NULL, KVAR_TYPE_DRAFT,
                         G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  properties[PROP_COLUMN] =
    g_param_spec_object ("column", NULL, NULL, KVAR_TYPE_COLUMN,
                         G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);

  /* A person has moved the cursor in the text, or typed. */
  signals[SIGNAL_CURSOR_MOVED] =
    g_signal_new ("cursor-moved", KVAR_TYPE_FIELD, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);
  /* The whole value was chosen in the picker: there is nothing left to type. */
  signals[SIGNAL_PICKED] =
    g_signal_new ("picked", KVAR_TYPE_FIELD, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);

  gtk_widget_class_set_layout_manager_type (widget_class, KVAR_TYPE_FIELD_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/kvarapp/Kvar/widgets/kvar-field.ui");
  gtk_widget_class_bind_template_child_private (widget_class, KvarField, title_label);
  gtk_widget_class_bind_template_child_private (widget_class, KvarField, editor_box);
  gtk_widget_class_bind_template_child_private (widget_class, KvarField, problem_box);
  gtk_widget_class_bind_template_child_private (widget_class, KvarField, problem_label);
  gtk_widget_class_bind_template_child_private (widget_class, KvarField, note_label);
}

static void
kvar_field_init (KvarField *self)
{
  GtkEventController *keys;
  GtkEventController *focus;

  gtk_widget_init_template (GTK_WIDGET (self));

  keys = gtk_event_controller_key_new ();
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);

  focus = gtk_event_controller_focus_new ();
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (focus_leave_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), focus);
}

KvarDraft *
kvar_field_get_draft (KvarField *self)
{
  KvarFieldPrivate *priv = kvar_field_get_instance_private (self);

  g_return_val_if_fail (KVAR_IS_FIELD (self), NULL);

  return priv->draft;
}

KvarColumn *
kvar_field_get_column (KvarField *self)
{
  KvarFieldPrivate *priv = kvar_field_get_instance_private (self);

  g_return_val_if_fail (KVAR_IS_FIELD (self), NULL);

  return priv->column;
}

gboolean
kvar_field_is_multiline (KvarField *self)
{
  g_return_val_if_fail (KVAR_IS_FIELD (self), FALSE);

  return KVAR_FIELD_GET_CLASS (self)->multiline;
}

/* Puts @extra below the editor: what is there for the value that stands in it. */
void
kvar_field_set_extra (KvarField *self,
                      GtkWidget *extra)
{
  KvarFieldPrivate *priv = kvar_field_get_instance_private (self);

  g_return_if_fail (KVAR_IS_FIELD (self));
  g_return_if_fail (priv->row != NULL);

  gtk_box_insert_child_after (priv->editor_box, extra, GTK_WIDGET (priv->row));
}

/* Shows nothing but the editor, for a cell: who puts it there says the rest. */
void
kvar_field_set_compact (KvarField *self)
{
  KvarFieldPrivate *priv = kvar_field_get_instance_private (self);

  g_return_if_fail (KVAR_IS_FIELD (self));

  priv->compact = TRUE;
  gtk_widget_add_css_class (GTK_WIDGET (self), "compact");
  gtk_widget_set_visible (GTK_WIDGET (priv->title_label), FALSE);
  update_note (self);
  update_problem (self);
}

gboolean
kvar_field_get_compact (KvarField *self)
{
  KvarFieldPrivate *priv = kvar_field_get_instance_private (self);

  g_return_val_if_fail (KVAR_IS_FIELD (self), FALSE);

  return priv->compact;
}

/**
 * kvar_field_show_problem:
 *
 * Shows the draft's problem with this column, if there is one, until it is mended. Before
 * that, somebody who is still typing is not corrected.
 */
void
kvar_field_show_problem (KvarField *self)
{
  KvarFieldPrivate *priv = kvar_field_get_instance_private (self);

  g_return_if_fail (KVAR_IS_FIELD (self));

  priv->show_problem = TRUE;
  update_problem (self);
}

gboolean
kvar_field_open_picker (KvarField *self)
{
  KvarFieldClass *klass = KVAR_FIELD_GET_CLASS (self);

  g_return_val_if_fail (KVAR_IS_FIELD (self), FALSE);

  return klass->open_picker != NULL && klass->open_picker (self);
}

int
kvar_field_get_cursor (KvarField *self)
{
  KvarFieldClass *klass = KVAR_FIELD_GET_CLASS (self);

  g_return_val_if_fail (KVAR_IS_FIELD (self), -1);

  return klass->get_cursor != NULL ? klass->get_cursor (self) : -1;
}

/* For the kinds of fields that have a cursor: it is somewhere else. */
void
kvar_field_note_cursor (KvarField *self)
{
  g_return_if_fail (KVAR_IS_FIELD (self));

  /* Where nobody is, it moves because another value is shown. */
  if (gtk_widget_get_state_flags (GTK_WIDGET (self)) & GTK_STATE_FLAG_FOCUS_WITHIN)
    g_signal_emit (self, signals[SIGNAL_CURSOR_MOVED], 0);
}

/* For the kinds of fields that have a picker: the value was chosen in it. */
void
kvar_field_note_picked (KvarField *self)
{
  g_return_if_fail (KVAR_IS_FIELD (self));

  g_signal_emit (self, signals[SIGNAL_PICKED], 0);
}

void
kvar_field_set_cursor (KvarField *self,
                       int        offset)
{
  KvarFieldClass *klass = KVAR_FIELD_GET_CLASS (self);

  g_return_if_fail (KVAR_IS_FIELD (self));

  if (klass->set_cursor != NULL && offset >= 0)
    klass->set_cursor (self, offset);
  else
    gtk_widget_grab_focus (GTK_WIDGET (self));
}

/**
 * kvar_field_set_editor:
 * @editor: shown beside the title
 * @focus: the widget in @editor that takes the focus, or @editor itself
 *
 * Gives the field its control, once, and shows the draft's value in it.
 */
void
kvar_field_set_editor (KvarField *self,
                       GtkWidget *editor,
                       GtkWidget *focus)
{
  KvarFieldPrivate *priv = kvar_field_get_instance_private (self);

  g_return_if_fail (KVAR_IS_FIELD (self));
  g_return_if_fail (priv->editor == NULL);

  priv->editor = editor;
  priv->focus = focus;
  priv->row = GTK_BOX (gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6));
  gtk_widget_set_hexpand (editor, TRUE);
  gtk_box_append (priv->row, editor);
  gtk_box_prepend (priv->editor_box, GTK_WIDGET (priv->row));

  gtk_accessible_update_property (GTK_ACCESSIBLE (focus),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  kvar_column_get_title (priv->column),
                                  GTK_ACCESSIBLE_PROPERTY_REQUIRED, is_required (self),
                                  -1);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (focus),
                                  GTK_ACCESSIBLE_RELATION_DESCRIBED_BY,
                                  priv->problem_label, priv->note_label, NULL,
                                  -1);

  KVAR_FIELD_GET_CLASS (self)->refresh (self);
  update_changed (self);
}

/**
 * kvar_field_set_title:
 *
 * For a field that stands where the column's title has been said already.
 */
void
kvar_field_set_title (KvarField  *self,
                      const char *title)
{
  KvarFieldPrivate *priv = kvar_field_get_instance_private (self);

  g_return_if_fail (KVAR_IS_FIELD (self));

  kvar_text_replace (&priv->title, title);
  update_title (self);
}

/**
 * kvar_field_set_pin:
 * @shown: whether what is typed here can be kept for the next new record
 * @pinned: whether it is kept
 */
void
kvar_field_set_pin (KvarField *self,
                    gboolean   shown,
                    gboolean   pinned)
{
  KvarFieldPrivate *priv = kvar_field_get_instance_private (self);

  g_return_if_fail (KVAR_IS_FIELD (self));
  g_return_if_fail (priv->row != NULL);

  if (shown && priv->pin == NULL)
    {
      priv->pin = kvar_pin_button_new (priv->column);
      gtk_box_append (priv->row, priv->pin);
    }
  if (priv->pin == NULL)
    return;

  gtk_widget_set_visible (priv->pin, shown);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (priv->pin), pinned);
}

/**
 * kvar_field_set_note:
 * @note: (nullable): stands below the editor instead of the column's help
 */
void
kvar_field_set_note (KvarField  *self,
                     const char *note)
{
  KvarFieldPrivate *priv = kvar_field_get_instance_private (self);
  g_autofree char *copy = NULL;

  g_return_if_fail (KVAR_IS_FIELD (self));

  if (g_strcmp0 (priv->note, note) == 0)
    return;

  copy = g_strdup (note);
  g_free (priv->note);
  priv->note = g_steal_pointer (&copy);
  update_note (self);
}

/**
 * kvar_field_commit_input:
 * @typed: what stands in the editor now
 *
 * Hands what was typed to the draft, which keeps it exactly, whether it makes sense or not.
 */
void
kvar_field_commit_input (KvarField  *self,
                         const char *typed)
{
  KvarFieldPrivate *priv = kvar_field_get_instance_private (self);
  gboolean outer = priv->committing;

  g_return_if_fail (KVAR_IS_FIELD (self));

  priv->committing = TRUE;
  kvar_draft_set_input (priv->draft, priv->column, typed);
  priv->committing = outer;
}
