/* kvar-record-cell.c: one column of one record in a list, with the mark of a draft in the first
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-record-cell"

#include "config.h"

#include <glib/gi18n.h>

#include "kvar-record-cell.h"

struct _KvarRecordCell
{
  GtkWidget       parent_instance;

  KvarColumn     *column;
  KvarDraftStore *drafts;    /* (nullable) in the column that bears the mark */
  KvarRecord     *record;    /* (nullable) while the cell is not in use */

  GtkWidget      *mark;      /* (nullable) */
  GtkLabel       *label;
};

G_DEFINE_FINAL_TYPE (KvarRecordCell, kvar_record_cell, GTK_TYPE_WIDGET)

static char *
describe (KvarRecordCell *self)
{
  const char *linked = kvar_record_get_label_of (self->record, self->column);
  g_autoptr(KvarValue) value = NULL;

  if (linked != NULL)
    return g_strdup (linked);

  value = kvar_record_get_value (self->record, self->column);
  if (value == NULL || kvar_value_is_null (value))
    return g_strdup ("");

  return kvar_value_to_display (value);
}

static void
update_mark (KvarRecordCell *self)
{
  g_autofree char *key = NULL;
  KvarDraft *draft = NULL;

  if (self->mark == NULL || self->record == NULL)
    return;

  key = kvar_record_get_key_string (self->record);
  if (key != NULL)
    draft = kvar_draft_store_lookup (self->drafts,
                                     kvar_table_get_name (kvar_record_get_table (self->record)),
                                     key);
  gtk_widget_set_visible (self->mark, draft != NULL && kvar_draft_get_changed (draft));
}

/* GTK 4.8 lets nobody name a row but through its cells: theirs is the row two levels up. */
static void
name_row (KvarRecordCell *self)
{
  GtkWidget *cell = gtk_widget_get_parent (GTK_WIDGET (self));
  GtkWidget *row = cell != NULL ? gtk_widget_get_parent (cell) : NULL;
  g_autofree char *title = NULL;

  if (self->mark == NULL || row == NULL || self->record == NULL)
    return;

  title = kvar_record_get_title (self->record);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
}

static void
update_text (KvarRecordCell *self)
{
  g_autofree char *text = describe (self);

  gtk_label_set_label (self->label, text);
  name_row (self);
}

static gboolean
is_number (KvarColumn *column)
{
  KvarKind kind = kvar_column_get_kind (column);

  return kvar_column_get_reference (column) == NULL &&
         (kind == KVAR_KIND_INTEGER || kind == KVAR_KIND_DECIMAL || kind == KVAR_KIND_FLOAT);
}

static void
kvar_record_cell_dispose (GObject *object)
{
  KvarRecordCell *self = KVAR_RECORD_CELL (object);

  kvar_record_cell_set_record (self, NULL);
  g_clear_pointer (&self->mark, gtk_widget_unparent);
  if (self->label != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->label));
  self->label = NULL;
  g_clear_object (&self->drafts);
  g_clear_object (&self->column);

  G_OBJECT_CLASS (kvar_record_cell_parent_class)->dispose (object);
}

static void
kvar_record_cell_class_init (KvarRecordCellClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = kvar_record_cell_dispose;

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
}

static void
kvar_record_cell_init (KvarRecordCell *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 6);
}

/**
 * kvar_record_cell_new:
 * @drafts: (nullable): where to look for a draft of the record, in the column that says so
 */
GtkWidget *
kvar_record_cell_new (KvarColumn     *column,
                      KvarDraftStore *drafts)
{
  KvarRecordCell *self;

  g_return_val_if_fail (KVAR_IS_COLUMN (column), NULL);
  g_return_val_if_fail (drafts == NULL || KVAR_IS_DRAFT_STORE (drafts), NULL);

  self = g_object_new (KVAR_TYPE_RECORD_CELL, NULL);
  self->column = g_object_ref (column);
  if (drafts != NULL)
    {
      self->drafts = g_object_ref (drafts);
      self->mark = gtk_image_new_from_icon_name ("document-edit-symbolic");
      gtk_widget_set_visible (self->mark, FALSE);
      gtk_widget_set_tooltip_text (self->mark, _("Draft"));
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->mark),
                                      GTK_ACCESSIBLE_PROPERTY_LABEL, _("Draft"), -1);
      gtk_widget_set_parent (self->mark, GTK_WIDGET (self));
    }

  self->label = GTK_LABEL (gtk_label_new (NULL));
  gtk_widget_set_hexpand (GTK_WIDGET (self->label), TRUE);
  gtk_label_set_xalign (self->label, is_number (column) ? 1 : 0);
  gtk_label_set_ellipsize (self->label, PANGO_ELLIPSIZE_END);
  gtk_label_set_single_line_mode (self->label, TRUE);
  if (kvar_column_get_kind (column) != KVAR_KIND_TEXT)
    gtk_widget_add_css_class (GTK_WIDGET (self->label), "numeric");
  gtk_widget_set_parent (GTK_WIDGET (self->label), GTK_WIDGET (self));

  return GTK_WIDGET (self);
}

/**
 * kvar_record_cell_set_record:
 * @record: (nullable): shown from now on, also when it changes
 */
void
kvar_record_cell_set_record (KvarRecordCell *self,
                             KvarRecord     *record)
{
  g_return_if_fail (KVAR_IS_RECORD_CELL (self));

  if (self->record != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->record, self);
      if (self->drafts != NULL)
        g_signal_handlers_disconnect_by_data (self->drafts, self);
      g_clear_object (&self->record);
    }
  if (record == NULL)
    return;

  self->record = g_object_ref (record);
  g_signal_connect_swapped (record, "changed", G_CALLBACK (update_text), self);
  if (self->drafts != NULL)
    g_signal_connect_swapped (self->drafts, "items-changed", G_CALLBACK (update_mark), self);
  update_text (self);
  update_mark (self);
}
