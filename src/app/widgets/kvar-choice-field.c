/* kvar-choice-field.c: one of an enum's labels, chosen from a list or by its first letter
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-choice-field"

#include "config.h"

#include <glib/gi18n.h>

#include "kvar-choice-field.h"

struct _KvarChoiceField
{
  KvarField      parent_instance;

  GtkDropDown   *dropdown;
  GtkStringList *choices;
  gboolean       has_none;     /* the first choice is that there is no value */
  gboolean       refreshing;
};

G_DEFINE_FINAL_TYPE (KvarChoiceField, kvar_choice_field, KVAR_TYPE_FIELD)

static guint
find_choice (KvarChoiceField *self,
             const char      *label)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->choices));

  for (guint i = self->has_none; i < n; i++)
    {
      if (strcmp (gtk_string_list_get_string (self->choices, i), label) == 0)
        return i;
    }

  return GTK_INVALID_LIST_POSITION;
}

static void
selected_cb (KvarChoiceField *self)
{
  guint position = gtk_drop_down_get_selected (self->dropdown);

  if (self->refreshing || position == GTK_INVALID_LIST_POSITION)
    return;

  if (self->has_none && position == 0)
    kvar_field_commit_value (KVAR_FIELD (self), NULL);
  else
    kvar_field_commit_value (KVAR_FIELD (self),
                             gtk_string_list_get_string (self->choices, position));
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

  self->refreshing = TRUE;
  if (text == NULL)
    {
      position = self->has_none ? 0 : GTK_INVALID_LIST_POSITION;
    }
  else
    {
      position = find_choice (self, text);
      /* A label that was added to the type after the schema was read. */
      if (position == GTK_INVALID_LIST_POSITION)
        {
          gtk_string_list_append (self->choices, text);
          position = g_list_model_get_n_items (G_LIST_MODEL (self->choices)) - 1;
        }
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
  const char *const *labels = kvar_type_get_labels (kvar_column_get_column_type (column));

  if (kvar_column_get_nullable (column))
    gtk_string_list_append (self->choices, _("No value"));
  else if (kvar_draft_is_new (kvar_field_get_draft (field)) &&
           kvar_column_get_has_default (column))
    gtk_string_list_append (self->choices, _("Set by the server"));
  self->has_none = g_list_model_get_n_items (G_LIST_MODEL (self->choices)) > 0;

  for (guint i = 0; labels != NULL && labels[i] != NULL; i++)
    gtk_string_list_append (self->choices, labels[i]);
}

static void
kvar_choice_field_constructed (GObject *object)
{
  KvarChoiceField *self = KVAR_CHOICE_FIELD (object);
  GtkEventController *keys;

  G_OBJECT_CLASS (kvar_choice_field_parent_class)->constructed (object);

  self->choices = gtk_string_list_new (NULL);
  fill_choices (self);
  self->dropdown = GTK_DROP_DOWN (gtk_drop_down_new (G_LIST_MODEL (g_object_ref (self->choices)),
                                                     NULL));
  kvar_field_set_editor (KVAR_FIELD (self), GTK_WIDGET (self->dropdown),
                         GTK_WIDGET (self->dropdown));

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
