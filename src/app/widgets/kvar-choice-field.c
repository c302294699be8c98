/* kvar-choice-field.c: an enum's label, or yes or no, chosen from a list or by its first letter
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-choice-field"

#include "config.h"

#include <glib/gi18n.h>

#include "kvar-choice-field.h"
#include "kvar-inner-name.h"
#include "records/kvar-value-words.h"

struct _KvarChoiceField
{
  KvarField      parent_instance;

  GtkDropDown   *dropdown;
  GtkStringList *choices;      /* as people read them */
  GPtrArray     *labels;       /* as PostgreSQL writes them; (nullable) first for no value */
  guint          by_default;   /* where the server's default stands, once it has been chosen */
  gboolean       refreshing;
};

G_DEFINE_FINAL_TYPE (KvarChoiceField, kvar_choice_field, KVAR_TYPE_FIELD)

static guint
find_choice (KvarChoiceField *self,
             const char      *label)
{
  for (guint i = 0; i < self->labels->len; i++)
    {
      if (i != self->by_default && g_strcmp0 (g_ptr_array_index (self->labels, i), label) == 0)
        return i;
    }

  return GTK_INVALID_LIST_POSITION;
}

static void
add_choice (KvarChoiceField *self,
            const char      *label)
{
  KvarColumn *column = kvar_field_get_column (KVAR_FIELD (self));
  g_autoptr(KvarValue) value = kvar_value_new (kvar_column_get_column_type (column), label);
  g_autofree char *text = kvar_value_to_display (value);

  gtk_string_list_append (self->choices, text);
  g_ptr_array_add (self->labels, g_strdup (label));
}

static guint
find_default (KvarChoiceField *self)
{
  if (self->by_default == GTK_INVALID_LIST_POSITION)
    {
      self->by_default = self->labels->len;
      gtk_string_list_append (self->choices, kvar_default_in_words ());
      g_ptr_array_add (self->labels, NULL);
    }

  return self->by_default;
}

static void
selected_cb (KvarChoiceField *self)
{
  guint position = gtk_drop_down_get_selected (self->dropdown);

  if (self->refreshing || position == GTK_INVALID_LIST_POSITION)
    return;
  if (position == self->by_default)
    {
      kvar_field_commit_default (KVAR_FIELD (self));
      return;
    }

  kvar_field_commit_value (KVAR_FIELD (self), g_ptr_array_index (self->labels, position));
}

/* A letter chooses the next label that begins with it. */
static gboolean
key_pressed_cb (KvarChoiceField       *self,
                guint                  keyval,
                guint                  keycode,
                GdkModifierType        state,
                GtkEventControllerKey *controller)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->choices));
  guint from = gtk_drop_down_get_selected (self->dropdown);
  gunichar wanted = g_unichar_tolower (gdk_keyval_to_unicode (keyval));

  if (!g_unichar_isalnum (wanted) ||
      (state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK)) != 0)
    return GDK_EVENT_PROPAGATE;

  for (guint i = 1; i <= n; i++)
    {
      guint position = (from == GTK_INVALID_LIST_POSITION ? i - 1 : from + i) % n;
      const char *label = gtk_string_list_get_string (self->choices, position);

      if (g_unichar_tolower (g_utf8_get_char (label)) == wanted)
        {
          gtk_drop_down_set_selected (self->dropdown, position);
          return GDK_EVENT_STOP;
        }
    }

  return GDK_EVENT_PROPAGATE;
}

static void
kvar_choice_field_refresh (KvarField *field)
{
  KvarChoiceField *self = KVAR_CHOICE_FIELD (field);
  g_autoptr(KvarValue) value = kvar_draft_get_value (kvar_field_get_draft (field),
                                                     kvar_field_get_column (field));
  const char *text = value != NULL ? kvar_value_get_text (value) : NULL;
  guint position;

  /* PostgreSQL has more than one word for it. */
  if (text != NULL && kvar_column_get_kind (kvar_field_get_column (field)) == KVAR_KIND_BOOLEAN)
    text = *text == 't' ? "true" : "false";

  self->refreshing = TRUE;
  position = value != NULL && kvar_value_is_default (value) ? find_default (self)
                                                           : find_choice (self, text);
  /* A label that was added to the type after the schema was read. */
  if (position == GTK_INVALID_LIST_POSITION && text != NULL)
    {
      add_choice (self, text);
      position = self->labels->len - 1;
    }
  gtk_drop_down_set_selected (self->dropdown, position);
  self->refreshing = FALSE;
}

static gboolean
kvar_choice_field_open_picker (KvarField *field)
{
  return gtk_widget_activate (GTK_WIDGET (KVAR_CHOICE_FIELD (field)->dropdown));
}

static void
fill_choices (KvarChoiceField *self)
{
  KvarField *field = KVAR_FIELD (self);
  KvarColumn *column = kvar_field_get_column (field);
  static const char *const flags[] = { "true", "false", NULL };
  const char *const *labels = kvar_column_get_kind (column) == KVAR_KIND_BOOLEAN
                                ? flags
                                : kvar_type_get_labels (kvar_column_get_column_type (column));
  const char *none = NULL;

  if (kvar_column_get_nullable (column))
    none = _("No value");
  else if (kvar_draft_is_new (kvar_field_get_draft (field)) &&
           kvar_column_get_has_default (column))
    none = _("Set by the server");
  if (none != NULL)
    {
      gtk_string_list_append (self->choices, none);
      g_ptr_array_add (self->labels, NULL);
    }

  for (guint i = 0; labels != NULL && labels[i] != NULL; i++)
    add_choice (self, labels[i]);
}

static GtkWidget *
find_list (GtkWidget *outer)
{
  GtkWidget *found = GTK_IS_LIST_VIEW (outer) ? outer : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (outer);
       child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_list (child);

  return found;
}

/* Also the choice that was made already can be picked: only the list inside tells. */
static void
watch_list (KvarChoiceField *self)
{
  GtkWidget *list = find_list (GTK_WIDGET (self->dropdown));

  if (list != NULL)
    g_signal_connect_object (list, "activate", G_CALLBACK (kvar_field_note_picked), self,
                             G_CONNECT_SWAPPED | G_CONNECT_AFTER);
}

static void
kvar_choice_field_constructed (GObject *object)
{
  KvarChoiceField *self = KVAR_CHOICE_FIELD (object);
  GtkEventController *keys;

  G_OBJECT_CLASS (kvar_choice_field_parent_class)->constructed (object);

  self->by_default = GTK_INVALID_LIST_POSITION;
  self->choices = gtk_string_list_new (NULL);
  self->labels = g_ptr_array_new_with_free_func (g_free);
  fill_choices (self);
  self->dropdown = GTK_DROP_DOWN (gtk_drop_down_new (G_LIST_MODEL (g_object_ref (self->choices)),
                                                     NULL));
  kvar_field_set_editor (KVAR_FIELD (self), GTK_WIDGET (self->dropdown),
                         GTK_WIDGET (self->dropdown));
  kvar_inner_name_set (GTK_WIDGET (self->dropdown), GTK_TYPE_TOGGLE_BUTTON,
                       kvar_column_get_title (kvar_field_get_column (KVAR_FIELD (self))));

  watch_list (self);

  keys = gtk_event_controller_key_new ();
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->dropdown), keys);
  g_signal_connect_swapped (self->dropdown, "notify::selected", G_CALLBACK (selected_cb), self);
}

static void
kvar_choice_field_finalize (GObject *object)
{
  KvarChoiceField *self = KVAR_CHOICE_FIELD (object);

  g_clear_object (&self->choices);
  g_clear_pointer (&self->labels, g_ptr_array_unref);

  G_OBJECT_CLASS (kvar_choice_field_parent_class)->finalize (object);
}

static void
kvar_choice_field_class_init (KvarChoiceFieldClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  KvarFieldClass *field_class = KVAR_FIELD_CLASS (klass);

  object_class->constructed = kvar_choice_field_constructed;
  object_class->finalize = kvar_choice_field_finalize;

  field_class->refresh = kvar_choice_field_refresh;
  field_class->open_picker = kvar_choice_field_open_picker;
}

static void
kvar_choice_field_init (KvarChoiceField *self)
{
}

KvarField *
kvar_choice_field_new (KvarDraft  *draft,
                       KvarColumn *column)
{
  return g_object_new (KVAR_TYPE_CHOICE_FIELD, "draft", draft, "column", column, NULL);
}
