/* kvar-export-columns.c: the columns of an export, to be chosen and put in order
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-export-columns"

#include "config.h"

#include <glib/gi18n.h>

#include "kvar-export-columns.h"

typedef struct
{
  KvarColumn     *column;
  GtkWidget      *row;
  GtkCheckButton *check;
} Item;

struct _KvarExportColumns
{
  AdwExpanderRow  parent_instance;

  KvarTable      *table;       /* (nullable) until it is set */
  GPtrArray      *items;       /* (element-type Item) in the order of the file */
  gboolean        choosing;    /* not the person, but a view or a preset */
};

enum {
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KvarExportColumns, kvar_export_columns, ADW_TYPE_EXPANDER_ROW)

static gboolean
is_chosen (Item *item)
{
  return gtk_check_button_get_active (item->check);
}

static void
update_subtitle (KvarExportColumns *self)
{
  g_autofree char *text = NULL;

  /* Translators: how many columns of a table are exported, and how many it has. */
  text = g_strdup_printf (_("%1$u of %2$u"), kvar_export_columns_get_n_chosen (self),
                          self->items->len);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self), text);
}

static void
changed (KvarExportColumns *self)
{
  update_subtitle (self);
  if (!self->choosing)
    g_signal_emit (self, signals[CHANGED], 0);
}

static guint
find_row (KvarExportColumns *self,
          GtkWidget         *row)
{
  for (guint i = 0; i < self->items->len; i++)
    if (((Item *)g_ptr_array_index (self->items, i))->row == row)
      return i;

  return self->items->len;
}

/* The list that an expander row keeps its rows in is its own: the rows know it. */
static void
move_item (KvarExportColumns *self,
           guint              from,
           guint              to)
{
  Item *item = g_ptr_array_steal_index (self->items, from);
  GtkWidget *row = g_object_ref (item->row);
  GtkListBox *list_box = GTK_LIST_BOX (gtk_widget_get_parent (row));

  g_ptr_array_insert (self->items, (int)to, item);
  gtk_list_box_remove (list_box, row);
  gtk_list_box_insert (list_box, row, (int)to);
  g_object_unref (row);
}

/**
 * kvar_export_columns_move_focus:
 * @step: 1 to the file's end, -1 to its beginning
 *
 * Moves the column that the focus is on.
 */
gboolean
kvar_export_columns_move_focus (KvarExportColumns *self,
                                int                step)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  GtkWidget *row = NULL;
  guint from;

  g_return_val_if_fail (KVAR_IS_EXPORT_COLUMNS (self), FALSE);

  if (focus != NULL)
    row = ADW_IS_ACTION_ROW (focus) ? focus : gtk_widget_get_ancestor (focus, ADW_TYPE_ACTION_ROW);
  from = find_row (self, row);
  if (from == self->items->len)
    return FALSE;

  if ((int)from + step >= 0 && from + step < self->items->len)
    {
      move_item (self, from, from + step);
      gtk_widget_grab_focus (row);
      changed (self);
    }

  return TRUE;
}

/* In the capture phase: the list would only move the focus. */
static gboolean
key_pressed_cb (KvarExportColumns *self,
                guint              keyval,
                guint              keycode,
                GdkModifierType    state)
{
  GdkModifierType held = state & gtk_accelerator_get_default_mod_mask ();

  if (held != (GDK_CONTROL_MASK | GDK_SHIFT_MASK))
    return FALSE;
  if (keyval == GDK_KEY_Up || keyval == GDK_KEY_KP_Up)
    return kvar_export_columns_move_focus (self, -1);
  if (keyval == GDK_KEY_Down || keyval == GDK_KEY_KP_Down)
    return kvar_export_columns_move_focus (self, 1);

  return FALSE;
}

static GdkContentProvider *
drag_prepare_cb (GtkDragSource *source,
                 double         x,
                 double         y,
                 GtkWidget     *row)
{
  return gdk_content_provider_new_typed (ADW_TYPE_ACTION_ROW, row);
}

static void
drag_begin_cb (GtkDragSource *source,
               GdkDrag       *drag,
               GtkWidget     *row)
{
  g_autoptr(GdkPaintable) picture = gtk_widget_paintable_new (row);

  gtk_drag_source_set_icon (source, picture, 0, 0);
}

/* The one that is dragged takes the place of the one it is dropped on. */
static gboolean
drop_cb (KvarExportColumns *self,
         const GValue      *value,
         double             x,
         double             y,
         GtkDropTarget     *target)
{
  GtkWidget *on = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (target));
  guint from = find_row (self, g_value_get_object (value));
  guint to = find_row (self, on);

  if (from == self->items->len || to == self->items->len || from == to)
    return FALSE;

  move_item (self, from, to);
  changed (self);

  return TRUE;
}

static void
add_dragging (KvarExportColumns *self,
              GtkWidget         *row)
{
  GtkDragSource *source = gtk_drag_source_new ();
  GtkDropTarget *target = gtk_drop_target_new (ADW_TYPE_ACTION_ROW, GDK_ACTION_MOVE);

  gtk_drag_source_set_actions (source, GDK_ACTION_MOVE);
  g_signal_connect (source, "prepare", G_CALLBACK (drag_prepare_cb), row);
  g_signal_connect (source, "drag-begin", G_CALLBACK (drag_begin_cb), row);
  g_signal_connect_object (target, "drop", G_CALLBACK (drop_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (row, GTK_EVENT_CONTROLLER (source));
  gtk_widget_add_controller (row, GTK_EVENT_CONTROLLER (target));
}

static Item *
create_item (KvarExportColumns *self,
             KvarColumn        *column)
{
  Item *item = g_new0 (Item, 1);
  GtkWidget *check = gtk_check_button_new ();
  GtkWidget *handle = gtk_image_new_from_icon_name ("list-drag-handle-symbolic");

  item->column = column;
  item->row = adw_action_row_new ();
  item->check = GTK_CHECK_BUTTON (check);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (item->row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (item->row), kvar_column_get_title (column));
  gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
  gtk_widget_set_sensitive (item->row, kvar_column_get_can_select (column));
  gtk_widget_set_tooltip_text (handle, _("Drag to move, or press Ctrl+Shift+Up or Down"));
  adw_action_row_add_prefix (ADW_ACTION_ROW (item->row), check);
  adw_action_row_add_suffix (ADW_ACTION_ROW (item->row), handle);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (item->row), check);
  add_dragging (self, item->row);
  g_signal_connect_object (check, "toggled", G_CALLBACK (changed), self, G_CONNECT_SWAPPED);

  return item;
}

static void
kvar_export_columns_dispose (GObject *object)
{
  KvarExportColumns *self = KVAR_EXPORT_COLUMNS (object);

  g_ptr_array_set_size (self->items, 0);
  g_clear_object (&self->table);

  G_OBJECT_CLASS (kvar_export_columns_parent_class)->dispose (object);
}

static void
kvar_export_columns_finalize (GObject *object)
{
  KvarExportColumns *self = KVAR_EXPORT_COLUMNS (object);

  g_clear_pointer (&self->items, g_ptr_array_unref);

  G_OBJECT_CLASS (kvar_export_columns_parent_class)->finalize (object);
}

static void
kvar_export_columns_class_init (KvarExportColumnsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = kvar_export_columns_dispose;
  object_class->finalize = kvar_export_columns_finalize;

  /* By the person. */
  signals[CHANGED] =
    g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
kvar_export_columns_init (KvarExportColumns *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->items = g_ptr_array_new_with_free_func (g_free);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

/**
 * kvar_export_columns_set_table:
 * @table: whose columns they are; once
 */
void
kvar_export_columns_set_table (KvarExportColumns *self,
                               KvarTable         *table)
{
  g_return_if_fail (KVAR_IS_EXPORT_COLUMNS (self));
  g_return_if_fail (KVAR_IS_TABLE (table) && self->table == NULL);

  self->table = g_object_ref (table);
  for (guint i = 0; i < kvar_table_get_n_columns (table); i++)
    {
      Item *item = create_item (self, kvar_table_get_column (table, i));

      g_ptr_array_add (self->items, item);
      adw_expander_row_add_row (ADW_EXPANDER_ROW (self), item->row);
    }
  kvar_export_columns_choose (self, NULL);
}

static guint
find_column (KvarExportColumns *self,
             KvarColumn        *column)
{
  for (guint i = 0; i < self->items->len; i++)
    if (((Item *)g_ptr_array_index (self->items, i))->column == column)
      return i;

  return self->items->len;
}

/* Next in the order, if it is not yet among the first @n. */
static void
put_next (KvarExportColumns *self,
          KvarColumn        *column,
          gboolean           chosen,
          guint             *n)
{
  guint from = find_column (self, column);
  Item *item;

  if (from < *n || from == self->items->len)
    return;

  item = g_ptr_array_index (self->items, from);
  gtk_check_button_set_active (item->check, chosen && kvar_column_get_can_select (column));
  if (from != *n)
    move_item (self, from, *n);
  (*n)++;
}

/**
 * kvar_export_columns_choose:
 * @names: (nullable): the columns to export, in their order; %NULL for all of them
 *
 * The others come after them: the key first, then in the table's order.
 */
void
kvar_export_columns_choose (KvarExportColumns *self,
                            const char *const *names)
{
  const guint *key;
  guint n_key;
  guint n = 0;

  g_return_if_fail (KVAR_IS_EXPORT_COLUMNS (self));
  g_return_if_fail (self->table != NULL);

  self->choosing = TRUE;
  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    put_next (self, kvar_table_find_column (self->table, names[i]), TRUE, &n);

  key = kvar_table_get_key (self->table, &n_key);
  for (guint i = 0; i < n_key; i++)
    put_next (self, kvar_table_get_column (self->table, key[i]), names == NULL, &n);
  for (guint i = 0; i < kvar_table_get_n_columns (self->table); i++)
    put_next (self, kvar_table_get_column (self->table, i), names == NULL, &n);
  self->choosing = FALSE;
  update_subtitle (self);
}

/**
 * kvar_export_columns_dup_chosen:
 *
 * Returns: (transfer full): the names of the columns to export, in their order
 */
char **
kvar_export_columns_dup_chosen (KvarExportColumns *self)
{
  g_autoptr(GStrvBuilder) names = g_strv_builder_new ();

  g_return_val_if_fail (KVAR_IS_EXPORT_COLUMNS (self), NULL);

  for (guint i = 0; i < self->items->len; i++)
    {
      Item *item = g_ptr_array_index (self->items, i);

      if (is_chosen (item))
        g_strv_builder_add (names, kvar_column_get_name (item->column));
    }

  return g_strv_builder_end (names);
}

guint
kvar_export_columns_get_n_chosen (KvarExportColumns *self)
{
  guint n = 0;

  g_return_val_if_fail (KVAR_IS_EXPORT_COLUMNS (self), 0);

  for (guint i = 0; i < self->items->len; i++)
    n += is_chosen (g_ptr_array_index (self->items, i));

  return n;
}
