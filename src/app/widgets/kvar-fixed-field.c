/* kvar-fixed-field.c: a value that can be read and copied, not changed
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-fixed-field"

#include "config.h"

#include <glib/gi18n.h>

#include "kvar-fixed-field.h"
#include "records/kvar-value-words.h"

struct _KvarFixedField
{
  KvarField  parent_instance;

  GtkLabel  *label;
};

G_DEFINE_FINAL_TYPE (KvarFixedField, kvar_fixed_field, KVAR_TYPE_FIELD)

/* The linked record's label says more than its key, long text is shown whole. */
static char *
describe_value (KvarField *field)
{
  KvarDraft *draft = kvar_field_get_draft (field);
  KvarColumn *column = kvar_field_get_column (field);
  KvarRecord *base = kvar_draft_get_base (draft);
  g_autoptr(KvarValue) value = kvar_draft_get_value (draft, column);
  const char *linked = NULL;

  /* Typed before the server said that it may not be, and perhaps not to be read. */
  if (value == NULL && kvar_draft_is_column_changed (draft, column))
    return kvar_draft_get_input (draft, column);
  if (value != NULL && kvar_value_is_default (value))
    return g_strdup (kvar_default_in_words ());
  if (value == NULL || kvar_value_is_null (value))
    return NULL;

  if (base != NULL && kvar_column_get_reference (column) != NULL)
    linked = kvar_record_get_label_of (base, column);
  if (linked != NULL)
    {
      /* Translators: the label of a linked record, then its key. */
      return g_strdup_printf (_("%1$s (%2$s)"), linked, kvar_value_get_text (value));
    }

  switch (kvar_column_get_kind (column))
    {
    case KVAR_KIND_TEXT:
    case KVAR_KIND_JSON:
    case KVAR_KIND_ARRAY:
    case KVAR_KIND_UUID:
    case KVAR_KIND_OTHER:
      return g_strdup (kvar_value_get_text (value));

    default:
      return kvar_value_to_display (value);
    }
}

static void
kvar_fixed_field_refresh (KvarField *field)
{
  KvarFixedField *self = KVAR_FIXED_FIELD (field);
  KvarColumn *column = kvar_field_get_column (field);
  g_autofree char *text = describe_value (field);

  if (text != NULL)
    {
      gtk_label_set_label (self->label, text);
      gtk_widget_remove_css_class (GTK_WIDGET (self->label), "dim-label");
    }
  else
    {
      gboolean later = kvar_draft_is_new (kvar_field_get_draft (field)) &&
                       (kvar_column_get_is_generated (column) ||
                        kvar_column_get_has_default (column) ||
                        kvar_column_get_identity (column) != KVAR_IDENTITY_NONE);

      if (kvar_field_is_unknown (kvar_field_get_draft (field), column))
        gtk_label_set_label (self->label, _("This value isn't loaded yet."));
      else
        gtk_label_set_label (self->label, later ? _("Set by the server") : _("No value"));
      gtk_widget_add_css_class (GTK_WIDGET (self->label), "dim-label");
    }
}

static void
kvar_fixed_field_constructed (GObject *object)
{
  KvarFixedField *self = KVAR_FIXED_FIELD (object);
  KvarColumn *column;

  G_OBJECT_CLASS (kvar_fixed_field_parent_class)->constructed (object);

  column = kvar_field_get_column (KVAR_FIELD (self));

  self->label = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (self->label, 0);
  gtk_label_set_wrap (self->label, TRUE);
  gtk_label_set_wrap_mode (self->label, PANGO_WRAP_WORD_CHAR);
  gtk_label_set_selectable (self->label, TRUE);
  gtk_label_set_lines (self->label, 12);
  gtk_label_set_ellipsize (self->label, PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (GTK_WIDGET (self->label), "fixed-value");
  if (kvar_column_get_is_generated (column) && kvar_column_get_help (column) == NULL)
    kvar_field_set_note (KVAR_FIELD (self), _("Set by the server"));

  kvar_field_set_editor (KVAR_FIELD (self), GTK_WIDGET (self->label), GTK_WIDGET (self->label));
}

static void
kvar_fixed_field_class_init (KvarFixedFieldClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  KvarFieldClass *field_class = KVAR_FIELD_CLASS (klass);

  object_class->constructed = kvar_fixed_field_constructed;

  field_class->refresh = kvar_fixed_field_refresh;
}

static void
kvar_fixed_field_init (KvarFixedField *self)
{
}

KvarField *
kvar_fixed_field_new (KvarDraft  *draft,
                      KvarColumn *column)
{
  return g_object_new (KVAR_TYPE_FIXED_FIELD, "draft", draft, "column", column, NULL);
}
