/* kvar-text-field.c: a field typed on one line: text, numbers, dates, times
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-text-field"

#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "kvar-clean-paste.h"
#include "kvar-date-picker.h"
#include "kvar-text-field.h"
#include "records/kvar-value-words.h"

struct _KvarTextField
{
  KvarField   parent_instance;

  GtkEntry   *entry;
  GtkWidget  *picker;       /* (nullable) the calendar, where the column holds a day */
  gboolean    refreshing;
};

G_DEFINE_FINAL_TYPE (KvarTextField, kvar_text_field, KVAR_TYPE_FIELD)

static gboolean
holds_day (KvarKind kind)
{
  return kind == KVAR_KIND_DATE || kind == KVAR_KIND_TIMESTAMP || kind == KVAR_KIND_TIMESTAMPTZ;
}

/* Beside the column's help, in which time zone a moment is typed. */
static void
set_resting_note (KvarField *field)
{
  KvarColumn *column = kvar_field_get_column (field);
  const char *help = kvar_column_get_help (column);
  g_autofree char *zone = kvar_zone_to_words (kvar_column_get_column_type (column),
                                              kvar_locale_get_default ());
  g_autofree char *note = NULL;

  if (zone != NULL && help != NULL && *help != '\0')
    note = g_strjoin ("\n", help, zone, NULL);
  kvar_field_set_note (field, note != NULL ? note : zone);
}

/* What the person typed, said back in the words of their language: "idag" becomes a date. */
static void
update_note (KvarTextField *self)
{
  KvarField *field = KVAR_FIELD (self);
  KvarDraft *draft = kvar_field_get_draft (field);
  KvarColumn *column = kvar_field_get_column (field);
  g_autoptr(KvarValue) value = NULL;
  g_autofree char *words = NULL;

  if (!kvar_draft_is_column_changed (draft, column) ||
      kvar_draft_get_problem (draft, column) != NULL)
    {
      set_resting_note (field);
      return;
    }

  value = kvar_draft_get_value (draft, column);
  if (value != NULL && !kvar_value_is_null (value))
    words = kvar_value_to_words (value, kvar_locale_get_default ());
  if (g_strcmp0 (words, gtk_editable_get_text (GTK_EDITABLE (self->entry))) == 0)
    g_clear_pointer (&words, g_free);
  kvar_field_set_note (field, words);
}

static gboolean
is_for_one_line (const char *text)
{
  return strlen (text) <= KVAR_LINE_MAX_BYTES;
}

static void
changed_cb (KvarTextField *self,
            GtkEditable   *editable)
{
  if (self->refreshing)
    return;

  kvar_field_commit_input (KVAR_FIELD (self), gtk_editable_get_text (editable));
  gtk_entry_set_placeholder_text (self->entry, kvar_field_get_empty_text (KVAR_FIELD (self)));
  update_note (self);
}

static void
picked_cb (KvarTextField  *self,
           const char     *day,
           KvarDatePicker *picker)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->entry));
  KvarKind kind = kvar_column_get_kind (kvar_field_get_column (KVAR_FIELD (self)));
  g_autofree char *typed = NULL;

  /* A time of day that is there already stays. */
  if (kind == KVAR_KIND_DATE)
    typed = g_strdup (day);
  else if (strlen (text) > 10 && text[4] == '-' && text[7] == '-')
    typed = g_strconcat (day, text + 10, NULL);
  else
    typed = g_strconcat (day, " 00:00", NULL);

  gtk_editable_set_text (GTK_EDITABLE (self->entry), typed);
  gtk_editable_set_position (GTK_EDITABLE (self->entry), -1);
  gtk_entry_grab_focus_without_selecting (self->entry);
  /* A time of day is still to be typed. */
  if (kind == KVAR_KIND_DATE)
    kvar_field_note_picked (KVAR_FIELD (self));
}

static void
kvar_text_field_refresh (KvarField *field)
{
  KvarTextField *self = KVAR_TEXT_FIELD (field);
  g_autofree char *input = kvar_draft_get_input (kvar_field_get_draft (field),
                                                 kvar_field_get_column (field));
  const char *text = input != NULL ? input : "";

  self->refreshing = TRUE;
  if (strcmp (gtk_editable_get_text (GTK_EDITABLE (self->entry)), text) != 0)
    {
      int position = gtk_editable_get_position (GTK_EDITABLE (self->entry));

      /* Undo would join this text with what is typed after it, and take both away. */
      gtk_editable_set_enable_undo (GTK_EDITABLE (self->entry), FALSE);
      gtk_editable_set_text (GTK_EDITABLE (self->entry), text);
      gtk_editable_set_enable_undo (GTK_EDITABLE (self->entry), TRUE);
      gtk_editable_set_position (GTK_EDITABLE (self->entry),
                                 MIN (position, (int)g_utf8_strlen (text, -1)));
    }
  /* It grew elsewhere, and a keystroke here would leave of it what is shown. */
  gtk_editable_set_editable (GTK_EDITABLE (self->entry), is_for_one_line (text));
  gtk_entry_set_placeholder_text (self->entry, kvar_field_get_empty_text (field));
  self->refreshing = FALSE;
  update_note (self);
}

/* "idag" and "3/4" become the date they mean, so that it can be read before it is saved. */
static void
kvar_text_field_left (KvarField *field)
{
  KvarDraft *draft = kvar_field_get_draft (field);
  KvarColumn *column = kvar_field_get_column (field);
  KvarKind kind = kvar_column_get_kind (column);
  g_autoptr(KvarValue) value = NULL;

  if ((!holds_day (kind) && kind != KVAR_KIND_TIME) ||
      !kvar_draft_is_column_changed (draft, column) ||
      kvar_draft_get_problem (draft, column) != NULL)
    return;

  value = kvar_draft_get_value (draft, column);
  if (value != NULL && !kvar_value_is_null (value))
    kvar_draft_set_value (draft, column, value);
}

static gboolean
kvar_text_field_open_picker (KvarField *field)
{
  KvarTextField *self = KVAR_TEXT_FIELD (field);
  g_autoptr(KvarValue) value = NULL;

  if (self->picker == NULL)
    return FALSE;

  value = kvar_draft_get_value (kvar_field_get_draft (field), kvar_field_get_column (field));
  kvar_date_picker_open (KVAR_DATE_PICKER (self->picker),
                         value != NULL ? kvar_value_get_text (value) : NULL);

  return TRUE;
}

static int
kvar_text_field_get_cursor (KvarField *field)
{
  return gtk_editable_get_position (GTK_EDITABLE (KVAR_TEXT_FIELD (field)->entry));
}

static void
kvar_text_field_set_cursor (KvarField *field,
                            int        offset)
{
  KvarTextField *self = KVAR_TEXT_FIELD (field);

  gtk_entry_grab_focus_without_selecting (self->entry);
  gtk_editable_set_position (GTK_EDITABLE (self->entry), offset);
}

static void
add_calendar (KvarTextField *self,
              GtkWidget     *parent)
{
  gtk_entry_set_icon_from_icon_name (self->entry, GTK_ENTRY_ICON_SECONDARY,
                                     "x-office-calendar-symbolic");
  gtk_entry_set_icon_tooltip_text (self->entry, GTK_ENTRY_ICON_SECONDARY,
                                   _("Choose a Date (F4)"));
  g_signal_connect_swapped (self->entry, "icon-press", G_CALLBACK (kvar_field_open_picker), self);

  self->picker = kvar_date_picker_new ();
  gtk_widget_set_parent (self->picker, parent);
  g_signal_connect_object (self->picker, "picked", G_CALLBACK (picked_cb), self, G_CONNECT_SWAPPED);
}

static void
kvar_text_field_constructed (GObject *object)
{
  KvarTextField *self = KVAR_TEXT_FIELD (object);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  KvarColumn *column;
  KvarKind kind;

  G_OBJECT_CLASS (kvar_text_field_parent_class)->constructed (object);

  column = kvar_field_get_column (KVAR_FIELD (self));
  kind = kvar_column_get_kind (column);

  self->entry = GTK_ENTRY (gtk_entry_new ());
  if (kind == KVAR_KIND_INTEGER || kind == KVAR_KIND_DECIMAL || kind == KVAR_KIND_FLOAT)
    {
      gtk_entry_set_input_purpose (self->entry, GTK_INPUT_PURPOSE_NUMBER);
      gtk_widget_add_css_class (GTK_WIDGET (self->entry), "numeric");
    }
  gtk_widget_set_hexpand (GTK_WIDGET (self->entry), TRUE);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->entry));
  if (holds_day (kind))
    add_calendar (self, box);

  kvar_clean_paste_attach (GTK_WIDGET (self->entry));
  kvar_field_set_editor (KVAR_FIELD (self), box, GTK_WIDGET (self->entry));
  g_signal_connect_swapped (self->entry, "changed", G_CALLBACK (changed_cb), self);
  g_signal_connect_swapped (self->entry, "notify::cursor-position",
                            G_CALLBACK (kvar_field_note_cursor), self);
}

static void
kvar_text_field_class_init (KvarTextFieldClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  KvarFieldClass *field_class = KVAR_FIELD_CLASS (klass);

  object_class->constructed = kvar_text_field_constructed;

  field_class->refresh = kvar_text_field_refresh;
  field_class->left = kvar_text_field_left;
  field_class->open_picker = kvar_text_field_open_picker;
  field_class->get_cursor = kvar_text_field_get_cursor;
  field_class->set_cursor = kvar_text_field_set_cursor;
  field_class->typed = TRUE;
}

static void
kvar_text_field_init (KvarTextField *self)
{
}

/**
 * kvar_text_field_can_hold:
 *
 * Returns: whether what @column holds in @draft can be edited on one line without being cut off
 */
gboolean
kvar_text_field_can_hold (KvarDraft  *draft,
                          KvarColumn *column)
{
  g_autofree char *input = NULL;

  g_return_val_if_fail (KVAR_IS_DRAFT (draft), FALSE);
  g_return_val_if_fail (KVAR_IS_COLUMN (column), FALSE);

  input = kvar_draft_get_input (draft, column);

  return input == NULL || is_for_one_line (input);
}

KvarField *
kvar_text_field_new (KvarDraft  *draft,
                     KvarColumn *column)
{
  return g_object_new (KVAR_TYPE_TEXT_FIELD, "draft", draft, "column", column, NULL);
}
