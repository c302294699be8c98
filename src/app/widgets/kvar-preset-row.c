/* kvar-preset-row.c: how a table is exported, chosen and kept by name
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-preset-row"

#include "config.h"

#include <glib/gi18n.h>

#include "kvar-inner-name.h"
#include "kvar-preset-row.h"

struct _KvarPresetRow
{
  AdwActionRow      parent_instance;

  KvarSession      *session;      /* (nullable) until the table is set */
  char             *state_dir;
  char             *table;
  KvarExportPreset *last;         /* (nullable) how it was exported last */
  GPtrArray        *names;        /* of the choices; the first is NULL: as it is shown */
  KvarExportPreset *chosen;       /* (nullable) */
  gboolean          listing;      /* the list is being made, nobody chooses */

  GtkDropDown      *choice;
  GtkMenuButton    *save_button;
  GtkPopover       *popover;
  GtkEntry         *name_entry;
  GtkWidget        *keep_button;
  GtkWidget        *forget_button;
};

enum {
  CHOSEN,
  SAVE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KvarPresetRow, kvar_preset_row, ADW_TYPE_ACTION_ROW)

static KvarExportPreset *
read_preset (KvarPresetRow *self,
             const char    *name)
{
  if (name == NULL)
    return NULL;

  return kvar_export_presets_read (self->session, self->state_dir, self->table, name);
}

static void
take_selected (KvarPresetRow *self)
{
  const char *name = kvar_preset_row_get_name (self);

  g_clear_pointer (&self->chosen, kvar_export_preset_free);
  self->chosen = read_preset (self, name);
  gtk_widget_set_visible (self->forget_button, name != NULL && *name != '\0');
}

static void
selected_cb (KvarPresetRow *self)
{
  if (self->listing || self->session == NULL)
    return;

  take_selected (self);
  g_signal_emit (self, signals[CHOSEN], 0);
}

static void
add_choice (KvarPresetRow *self,
            GtkStringList *titles,
            const char    *name,
            const char    *title)
{
  g_ptr_array_add (self->names, g_strdup (name));
  gtk_string_list_append (titles, title);
}

/* @name is selected, if it is there. */
static void
list_presets (KvarPresetRow *self,
              const char    *name)
{
  g_autoptr(GtkStringList) titles = gtk_string_list_new (NULL);
  g_auto(GStrv) names = kvar_export_presets_list (self->session, self->state_dir, self->table);

  self->listing = TRUE;
  g_ptr_array_set_size (self->names, 0);
  add_choice (self, titles, NULL, _("As shown"));
  if (self->last != NULL && self->last->columns != NULL && self->last->name == NULL)
    add_choice (self, titles, KVAR_EXPORT_LAST, _("As last time"));
  for (guint i = 0; names[i] != NULL; i++)
    add_choice (self, titles, names[i], names[i]);

  gtk_drop_down_set_model (self->choice, G_LIST_MODEL (titles));
  gtk_drop_down_set_selected (self->choice, 0);
  for (guint i = 0; name != NULL && i < self->names->len; i++)
    if (g_strcmp0 (g_ptr_array_index (self->names, i), name) == 0)
      gtk_drop_down_set_selected (self->choice, i);
  take_selected (self);
  self->listing = FALSE;
}

static char *
dup_typed_name (KvarPresetRow *self)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->name_entry))));
}

static void
name_typed_cb (KvarPresetRow *self)
{
  g_autofree char *name = dup_typed_name (self);

  gtk_widget_set_sensitive (self->keep_button, *name != '\0');
}

static void
save_cb (KvarPresetRow *self)
{
  g_autofree char *name = dup_typed_name (self);

  if (*name == '\0')
    return;

  gtk_popover_popdown (self->popover);
  g_signal_emit (self, signals[SAVE], 0, name);
}

static void
forget_cb (KvarPresetRow *self)
{
  g_autofree char *name = g_strdup (kvar_preset_row_get_name (self));

  kvar_preset_row_keep (self, name, NULL);
  gtk_widget_grab_focus (GTK_WIDGET (self->choice));
}

static void
kvar_preset_row_dispose (GObject *object)
{
  KvarPresetRow *self = KVAR_PRESET_ROW (object);

  g_clear_object (&self->session);

  G_OBJECT_CLASS (kvar_preset_row_parent_class)->dispose (object);
}

static void
kvar_preset_row_finalize (GObject *object)
{
  KvarPresetRow *self = KVAR_PRESET_ROW (object);

  g_clear_pointer (&self->state_dir, g_free);
  g_clear_pointer (&self->table, g_free);
  g_clear_pointer (&self->last, kvar_export_preset_free);
  g_clear_pointer (&self->chosen, kvar_export_preset_free);
  g_clear_pointer (&self->names, g_ptr_array_unref);

  G_OBJECT_CLASS (kvar_preset_row_parent_class)->finalize (object);
}

static void
kvar_preset_row_class_init (KvarPresetRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = kvar_preset_row_dispose;
  object_class->finalize = kvar_preset_row_finalize;

  /* The person wants it as kvar_preset_row_get_chosen() has it. */
  signals[CHOSEN] =
    g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  /* The person wants it kept as it is now, under this name. */
  signals[SAVE] =
    g_signal_new ("save", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/kvarapp/Kvar/widgets/kvar-preset-row.ui");
  gtk_widget_class_bind_template_child (widget_class, KvarPresetRow, choice);
  gtk_widget_class_bind_template_child (widget_class, KvarPresetRow, save_button);
  gtk_widget_class_bind_template_child (widget_class, KvarPresetRow, popover);
  gtk_widget_class_bind_template_child (widget_class, KvarPresetRow, name_entry);
  gtk_widget_class_bind_template_child (widget_class, KvarPresetRow, keep_button);
  gtk_widget_class_bind_template_child (widget_class, KvarPresetRow, forget_button);
  gtk_widget_class_bind_template_callback (widget_class, selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, name_typed_cb);
  gtk_widget_class_bind_template_callback (widget_class, save_cb);
  gtk_widget_class_bind_template_callback (widget_class, forget_cb);
}

static void
kvar_preset_row_init (KvarPresetRow *self)
{
  self->names = g_ptr_array_new_with_free_func (g_free);
  gtk_widget_init_template (GTK_WIDGET (self));
  kvar_inner_name_set (GTK_WIDGET (self->choice), GTK_TYPE_TOGGLE_BUTTON, _("Preset"));
  kvar_inner_name_use_tooltip (GTK_WIDGET (self->save_button), GTK_TYPE_TOGGLE_BUTTON);
}

/**
 * kvar_preset_row_set_table:
 * @state_dir: where presets are kept
 * @table: a table's name
 *
 * Lists what there is for @table, and chooses what it was exported with last.
 */
void
kvar_preset_row_set_table (KvarPresetRow *self,
                           KvarSession   *session,
                           const char    *state_dir,
                           const char    *table)
{
  g_return_if_fail (KVAR_IS_PRESET_ROW (self));
  g_return_if_fail (KVAR_IS_SESSION (session) && self->session == NULL);

  self->session = g_object_ref (session);
  self->state_dir = g_strdup (state_dir);
  self->table = g_strdup (table);
  self->last = read_preset (self, KVAR_EXPORT_LAST);
  if (self->last == NULL)
    list_presets (self, NULL);
  else if (self->last->name != NULL)
    list_presets (self, self->last->name);
  else
    list_presets (self, KVAR_EXPORT_LAST);
}

/**
 * kvar_preset_row_get_chosen:
 *
 * Returns: (transfer none) (nullable): %NULL for the columns that are shown
 */
KvarExportPreset *
kvar_preset_row_get_chosen (KvarPresetRow *self)
{
  g_return_val_if_fail (KVAR_IS_PRESET_ROW (self), NULL);

  return self->chosen;
}

/**
 * kvar_preset_row_get_last:
 *
 * Returns: (transfer none) (nullable): how the table was exported last
 */
KvarExportPreset *
kvar_preset_row_get_last (KvarPresetRow *self)
{
  g_return_val_if_fail (KVAR_IS_PRESET_ROW (self), NULL);

  return self->last;
}

/**
 * kvar_preset_row_get_name:
 *
 * Returns: (nullable): what the chosen one is called; %NULL for none
 */
const char *
kvar_preset_row_get_name (KvarPresetRow *self)
{
  guint selected;

  g_return_val_if_fail (KVAR_IS_PRESET_ROW (self), NULL);

  selected = gtk_drop_down_get_selected (self->choice);

  return selected < self->names->len ? g_ptr_array_index (self->names, selected) : NULL;
}

/**
 * kvar_preset_row_keep:
 * @name: what the person calls it, or %KVAR_EXPORT_LAST
 * @preset: (nullable): %NULL to forget it
 */
void
kvar_preset_row_keep (KvarPresetRow          *self,
                      const char             *name,
                      const KvarExportPreset *preset)
{
  g_autoptr(GError) error = NULL;

  g_return_if_fail (KVAR_IS_PRESET_ROW (self));
  g_return_if_fail (name != NULL);

  if (!kvar_export_presets_write (self->session, self->state_dir, self->table, name, preset,
                                  &error))
    g_warning ("The preset is not kept: %s", error->message);

  if (*name != '\0')
    list_presets (self, preset != NULL ? name : NULL);
}
