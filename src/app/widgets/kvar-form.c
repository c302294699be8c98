/* kvar-form.c: a record's fields, generated from its table
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-form"

#include "config.h"

#include "kvar-bytes-field.h"
#include "kvar-choice-field.h"
#include "kvar-file-line.h"
#include "kvar-fixed-field.h"
#include "kvar-flag-field.h"
#include "kvar-form.h"
#include "kvar-long-text-field.h"
#include "kvar-reference-field.h"
#include "kvar-text-field.h"

/* A text longer than this is given room to grow. */
#define LONG_TEXT 90

struct _KvarForm
{
  AdwBin      parent_instance;

  GtkBox     *box;
  GPtrArray  *fields;       /* KvarField, in order, owned by box */
  GStrv       pins;         /* columns whose values are kept for the next new record */
  KvarField  *last_field;   /* (nullable) where the person was, kept while another page is up */
  GSettings  *settings;
};

enum {
  MOVED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KvarForm, kvar_form, ADW_TYPE_BIN)

/* Names of columns that hold prose more often than not. */
static gboolean
names_prose (const char *name)
{
  static const char *const words[] = {
    "body", "comment", "comments", "content", "description", "details", "message", "note",
    "notes", "remark", "remarks", "summary", "text", NULL
  };
  g_auto(GStrv) parts = g_strsplit (name, "_", -1);

  for (guint i = 0; parts[i] != NULL; i++)
    {
      if (g_strv_contains (words, parts[i]))
        return TRUE;
    }

  return FALSE;
}

static gboolean
is_long_text (KvarDraft  *draft,
              KvarColumn *column)
{
  int max_length = kvar_type_get_max_length (kvar_column_get_column_type (column));
  g_autofree char *input = NULL;

  if (kvar_column_get_kind (column) == KVAR_KIND_JSON)
    return TRUE;
  if (kvar_column_get_kind (column) != KVAR_KIND_TEXT ||
      column == kvar_table_get_label_column (kvar_draft_get_table (draft)))
    return FALSE;
  if (column == kvar_table_get_body_column (kvar_draft_get_table (draft)))
    return TRUE;
  if (names_prose (kvar_column_get_name (column)) && (max_length < 0 || max_length > LONG_TEXT))
    return TRUE;

  input = kvar_draft_get_input (draft, column);

  return input != NULL && (strchr (input, '\n') != NULL || g_utf8_strlen (input, -1) > LONG_TEXT);
}

/* A key that the machine made says nothing to people: it comes last. */
static gboolean
is_meaningless (KvarDraft  *draft,
                KvarColumn *column)
{
  return kvar_column_get_kind (column) == KVAR_KIND_UUID &&
         kvar_table_is_key_column (kvar_draft_get_table (draft), column);
}

static int
find_index (KvarForm  *self,
            KvarField *field)
{
  guint index;

  return field != NULL && g_ptr_array_find (self->fields, field, &index) ? (int)index : -1;
}

static void
focus_field (KvarForm  *self,
             KvarField *field)
{
  gtk_widget_grab_focus (GTK_WIDGET (field));
}

static void
field_entered_cb (KvarForm                *self,
                  GtkEventControllerFocus *controller)
{
  GtkWidget *field = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (controller));

  self->last_field = KVAR_FIELD (field);
  g_signal_emit (self, signals[MOVED], 0);
}

static void
cursor_moved_cb (KvarForm *self)
{
  g_signal_emit (self, signals[MOVED], 0);
}

/* Whether the focus is in the field itself and not in a calendar or list that it has opened. */
static gboolean
focus_is_in_field (KvarForm  *self,
                   KvarField *field)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  GtkWidget *popover;

  if (focus == NULL || field == NULL || !gtk_widget_is_ancestor (focus, GTK_WIDGET (field)))
    return FALSE;

  /* Enter on a button beside the editor presses it. */
  if (gtk_widget_get_ancestor (focus, KVAR_TYPE_FILE_LINE) != NULL)
    return FALSE;

  popover = gtk_widget_get_ancestor (focus, GTK_TYPE_POPOVER);

  return popover == NULL || !gtk_widget_is_ancestor (popover, GTK_WIDGET (field));
}

/* Enter leaves a one-line field for the next one that can be typed into. */
static gboolean
key_pressed_cb (KvarForm              *self,
                guint                  keyval,
                guint                  keycode,
                GdkModifierType        state,
                GtkEventControllerKey *controller)
{
  int index = find_index (self, self->last_field);

  if (keyval != GDK_KEY_Return && keyval != GDK_KEY_KP_Enter && keyval != GDK_KEY_ISO_Enter)
    return GDK_EVENT_PROPAGATE;
  if (!g_settings_get_boolean (self->settings, "enter-moves-on") ||
      (state & gtk_accelerator_get_default_mod_mask ()) != 0 || index < 0 ||
      kvar_field_is_multiline (self->last_field) || !focus_is_in_field (self, self->last_field))
    return GDK_EVENT_PROPAGATE;

  for (guint i = index + 1; i < self->fields->len; i++)
    {
      KvarField *field = g_ptr_array_index (self->fields, i);

      if (kvar_field_is_editable (field))
        {
          focus_field (self, field);
          break;
        }
    }

  return GDK_EVENT_STOP;
}

static void
clear_fields (KvarForm *self)
{
  for (guint i = 0; i < self->fields->len; i++)
    gtk_box_remove (self->box, g_ptr_array_index (self->fields, i));
  g_ptr_array_set_size (self->fields, 0);

  /* Afterwards: GTK moves the focus from each field that goes to one that is still there. */
  self->last_field = NULL;
}

/* Only where a new record is entered, and for what may be the same in the next one. */
static void
show_pin (KvarForm  *self,
          KvarField *field)
{
  KvarDraft *draft = kvar_field_get_draft (field);
  KvarColumn *column = kvar_field_get_column (field);
  const char *name = kvar_column_get_name (column);

  if (kvar_field_is_editable (field) && !kvar_column_get_is_unique (column) &&
      !kvar_table_is_key_column (kvar_draft_get_table (draft), column))
    kvar_field_set_pin (field, kvar_draft_is_new (draft),
                        g_strv_contains ((const char *const *)self->pins, name));
}

static void
add_field (KvarForm  *self,
           KvarField *field)
{
  GtkEventController *focus = gtk_event_controller_focus_new ();

  g_signal_connect_object (focus, "enter", G_CALLBACK (field_entered_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (field), focus);
  g_signal_connect_object (field, "cursor-moved", G_CALLBACK (cursor_moved_cb), self,
                           G_CONNECT_SWAPPED);

  gtk_box_append (self->box, GTK_WIDGET (field));
  g_ptr_array_add (self->fields, field);
  show_pin (self, field);
}

/* The file that a field names stands below it. */
static KvarField *
make_field (KvarDraft     *draft,
            KvarColumn    *column,
            KvarWorkspace *workspace)
{
  KvarField *field = kvar_form_new_field (draft, column, workspace);

  if (kvar_file_line_suits (draft, column, workspace))
    kvar_field_set_extra (field, kvar_file_line_new (draft, column, workspace));

  return field;
}

static void
kvar_form_dispose (GObject *object)
{
  KvarForm *self = KVAR_FORM (object);

  self->last_field = NULL;
  g_clear_pointer (&self->pins, g_strfreev);
  g_clear_pointer (&self->fields, g_ptr_array_unref);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (kvar_form_parent_class)->dispose (object);
}

static void
kvar_form_class_init (KvarFormClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = kvar_form_dispose;

  /* The focus is in another field, or the cursor in another place. */
  signals[MOVED] =
    g_signal_new ("moved", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "kvar-form");
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_FORM);
}

static void
kvar_form_init (KvarForm *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->fields = g_ptr_array_new ();
  self->pins = g_new0 (char *, 1);
  self->settings = g_settings_new (APPLICATION_ID);
  self->box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 12));
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->box));

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

/**
 * kvar_form_new_field:
 *
 * Returns: (transfer floating): the field that suits @column, as it is in the form of @draft
 */
KvarField *
kvar_form_new_field (KvarDraft     *draft,
                     KvarColumn    *column,
                     KvarWorkspace *workspace)
{
  if (kvar_column_get_kind (column) == KVAR_KIND_BYTES)
    return kvar_bytes_field_new (draft, column);
  if (!kvar_field_can_edit (draft, column))
    return kvar_fixed_field_new (draft, column);
  if (kvar_reference_field_find_table (workspace, column) != NULL)
    return kvar_reference_field_new (draft, column, workspace);

  switch (kvar_column_get_kind (column))
    {
    case KVAR_KIND_BOOLEAN:
      return kvar_flag_field_new (draft, column);

    case KVAR_KIND_ENUM:
      return kvar_choice_field_new (draft, column);

    default:
      return is_long_text (draft, column) || !kvar_text_field_can_hold (draft, column)
               ? kvar_long_text_field_new (draft, column)
               : kvar_text_field_new (draft, column);
    }
}

/**
 * kvar_form_set_draft:
 *
 * Shows @draft, with new fields. The focus, if it was here, goes to the same column; in the same
 * draft to the same place in it, as somebody may be typing there.
 */
void
kvar_form_set_draft (KvarForm      *self,
                     KvarDraft     *draft,
                     KvarWorkspace *workspace)
{
  g_autofree char *column_name = NULL;
  KvarTable *table;
  KvarField *field;
  int cursor = -1;

  g_return_if_fail (KVAR_IS_FORM (self));
  g_return_if_fail (KVAR_IS_DRAFT (draft));
  g_return_if_fail (KVAR_IS_WORKSPACE (workspace));

  if (self->last_field != NULL && focus_is_in_field (self, self->last_field))
    {
      column_name =
        g_strdup (kvar_column_get_name (kvar_field_get_column (self->last_field)));
      if (kvar_field_get_draft (self->last_field) == draft)
        cursor = kvar_field_get_cursor (self->last_field);
    }

  clear_fields (self);
  table = kvar_draft_get_table (draft);
  for (guint i = 0; i < 2 * kvar_table_get_n_columns (table); i++)
    {
      KvarColumn *column = kvar_table_get_column (table, i % kvar_table_get_n_columns (table));
      gboolean last = i >= kvar_table_get_n_columns (table);

      if (is_meaningless (draft, column) != last)
        continue;
      if (kvar_column_get_can_select (column) || kvar_field_can_edit (draft, column))
        add_field (self, make_field (draft, column, workspace));
    }

  if (column_name == NULL)
    return;

  /* What could be typed into a new record may be fixed in one that exists. */
  field = kvar_form_get_field (self, column_name);
  if (field != NULL && kvar_field_is_editable (field))
    kvar_field_set_cursor (field, cursor);
  else
    kvar_form_focus_first (self);
}

/**
 * kvar_form_set_pins:
 * @pins: names of the columns whose values the next new record begins with
 */
void
kvar_form_set_pins (KvarForm          *self,
                    const char *const *pins)
{
  g_return_if_fail (KVAR_IS_FORM (self));
  g_return_if_fail (pins != NULL);

  g_strfreev (self->pins);
  self->pins = g_strdupv ((char **)pins);
  for (guint i = 0; i < self->fields->len; i++)
    show_pin (self, g_ptr_array_index (self->fields, i));
}

/**
 * kvar_form_get_field:
 *
 * Returns: (transfer none) (nullable):
 */
KvarField *
kvar_form_get_field (KvarForm   *self,
                     const char *column)
{
  g_return_val_if_fail (KVAR_IS_FORM (self), NULL);

  for (guint i = 0; i < self->fields->len; i++)
    {
      KvarField *field = g_ptr_array_index (self->fields, i);

      if (g_strcmp0 (kvar_column_get_name (kvar_field_get_column (field)), column) == 0)
        return field;
    }

  return NULL;
}

/**
 * kvar_form_get_last_field:
 *
 * Returns: (transfer none) (nullable): the field that has the focus or had it last
 */
KvarField *
kvar_form_get_last_field (KvarForm *self)
{
  g_return_val_if_fail (KVAR_IS_FORM (self), NULL);

  return self->last_field;
}

/**
 * kvar_form_focus_field:
 * @cursor: a character offset, -1 to select what is there, as Tab does
 */
gboolean
kvar_form_focus_field (KvarForm   *self,
                       const char *column,
                       int         cursor)
{
  KvarField *field;

  g_return_val_if_fail (KVAR_IS_FORM (self), FALSE);

  field = kvar_form_get_field (self, column);
  if (field == NULL)
    return FALSE;

  kvar_field_set_cursor (field, cursor);

  return TRUE;
}

/* The number of a new record, which the server gives unless somebody insists. */
static gboolean
is_given_by_server (KvarField *field)
{
  KvarDraft *draft = kvar_field_get_draft (field);
  KvarColumn *column = kvar_field_get_column (field);

  return kvar_draft_is_new (draft) &&
         kvar_table_is_key_column (kvar_draft_get_table (draft), column) &&
         (kvar_column_get_has_default (column) ||
          kvar_column_get_identity (column) != KVAR_IDENTITY_NONE);
}

/**
 * kvar_form_focus_first:
 *
 * Moves to the first field that is there to be typed in, or else to be read.
 */
gboolean
kvar_form_focus_first (KvarForm *self)
{
  KvarField *first = NULL;

  g_return_val_if_fail (KVAR_IS_FORM (self), FALSE);

  for (guint i = 0; i < self->fields->len; i++)
    {
      KvarField *field = g_ptr_array_index (self->fields, i);

      if (!kvar_field_is_editable (field))
        continue;
      if (!is_given_by_server (field))
        return gtk_widget_grab_focus (GTK_WIDGET (field));
      if (first == NULL)
        first = field;
    }

  if (first != NULL)
    return gtk_widget_grab_focus (GTK_WIDGET (first));

  return self->fields->len > 0 && gtk_widget_grab_focus (g_ptr_array_index (self->fields, 0));
}

/**
 * kvar_form_focus_problem:
 *
 * Moves to the next field that needs attention, round the end.
 */
gboolean
kvar_form_focus_problem (KvarForm *self,
                         gboolean  backwards)
{
  guint n;
  int from;

  g_return_val_if_fail (KVAR_IS_FORM (self), FALSE);

  n = self->fields->len;
  from = find_index (self, self->last_field);
  if (from < 0)
    from = backwards ? 0 : (int)n - 1;

  for (guint i = 1; i <= n; i++)
    {
      guint index = backwards ? (from + n - i) % n : (from + i) % n;
      KvarField *field = g_ptr_array_index (self->fields, index);

      if (kvar_field_has_problem (field))
        {
          kvar_field_show_problem (field);
          return gtk_widget_grab_focus (GTK_WIDGET (field));
        }
    }

  return FALSE;
}

/**
 * kvar_form_show_problems:
 *
 * Shows every problem beside its field and moves to the first.
 *
 * Returns: how many there are
 */
guint
kvar_form_show_problems (KvarForm *self)
{
  KvarField *first = NULL;
  guint n = 0;

  g_return_val_if_fail (KVAR_IS_FORM (self), 0);

  for (guint i = 0; i < self->fields->len; i++)
    {
      KvarField *field = g_ptr_array_index (self->fields, i);

      if (!kvar_field_has_problem (field))
        continue;

      kvar_field_show_problem (field);
      if (first == NULL)
        first = field;
      n++;
    }

  if (first != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (first));

  return n;
}

/**
 * kvar_form_commit:
 *
 * Does for the field that has the focus what leaving it would do.
 */
void
kvar_form_commit (KvarForm *self)
{
  g_return_if_fail (KVAR_IS_FORM (self));

  if (self->last_field != NULL && KVAR_FIELD_GET_CLASS (self->last_field)->left != NULL)
    KVAR_FIELD_GET_CLASS (self->last_field)->left (self->last_field);
}
