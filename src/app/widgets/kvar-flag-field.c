/* kvar-flag-field.c: a yes or no, or neither
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-flag-field"

#include "config.h"

#include <glib/gi18n.h>

#include "kvar-flag-field.h"

struct _KvarFlagField
{
  KvarField        parent_instance;

  GtkCheckButton  *button;
  gboolean         refreshing;
};

G_DEFINE_FINAL_TYPE (KvarFlagField, kvar_flag_field, KVAR_TYPE_FIELD)

static void
toggled_cb (KvarFlagField  *self,
            GtkCheckButton *button)
{
  if (self->refreshing)
    return;

  /* As PostgreSQL casts it to text: what is flipped twice is what it was. */
  kvar_field_commit_value (KVAR_FIELD (self),
                           gtk_check_button_get_active (button) ? "true" : "false");
}

static void
kvar_flag_field_refresh (KvarField *field)
{
  KvarFlagField *self = KVAR_FLAG_FIELD (field);
  g_autoptr(KvarValue) value = kvar_draft_get_value (kvar_field_get_draft (field),
                                                     kvar_field_get_column (field));
  const char *text = value != NULL ? kvar_value_get_text (value) : NULL;
  gboolean active = text != NULL && *text == 't';

  self->refreshing = TRUE;
  gtk_check_button_set_inconsistent (self->button, text == NULL);
  gtk_check_button_set_active (self->button, active);
  if (text != NULL)
    gtk_check_button_set_label (self->button, active ? _("Yes") : _("No"));
  else
    gtk_check_button_set_label (self->button, kvar_field_get_empty_text (field));
  self->refreshing = FALSE;
}

static void
kvar_flag_field_constructed (GObject *object)
{
  KvarFlagField *self = KVAR_FLAG_FIELD (object);

  G_OBJECT_CLASS (kvar_flag_field_parent_class)->constructed (object);

  self->button = GTK_CHECK_BUTTON (gtk_check_button_new ());
  gtk_widget_set_halign (GTK_WIDGET (self->button), GTK_ALIGN_START);
  kvar_field_set_editor (KVAR_FIELD (self), GTK_WIDGET (self->button), GTK_WIDGET (self->button));
  g_signal_connect_swapped (self->button, "toggled", G_CALLBACK (toggled_cb), self);
}

static void
kvar_flag_field_class_init (KvarFlagFieldClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  KvarFieldClass *field_class = KVAR_FIELD_CLASS (klass);

  object_class->constructed = kvar_flag_field_constructed;

  field_class->refresh = kvar_flag_field_refresh;
}

static void
kvar_flag_field_init (KvarFlagField *self)
{
}

KvarField *
kvar_flag_field_new (KvarDraft  *draft,
                     KvarColumn *column)
{
  return g_object_new (KVAR_TYPE_FLAG_FIELD, "draft", draft, "column", column, NULL);
}
