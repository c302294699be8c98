/* kvar-grid.c: rows and columns with a cell cursor, over any GListModel
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-grid"

#include "config.h"

#include "kvar-grid-private.h"

enum {
  PROP_MODEL = 1,
  PROP_EDITOR,
  N_PROPS,

  PROP_HADJUSTMENT = N_PROPS,
  PROP_VADJUSTMENT,
  PROP_HSCROLL_POLICY,
  PROP_VSCROLL_POLICY
};

enum {
  ROW_ACTIVATED,
  SORT_REQUESTED,
  COLUMN_MENU,
  RENAME_REQUESTED,
  CELL_MENU,
  COPY,
  ALL_SELECTED,
  LOADED_ROWS,
  CURSOR_MOVED,
  VIEW_CHANGED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static gboolean
kvar_grid_get_border (GtkScrollable *scrollable,
                      GtkBorder     *border)
{
  *border = (GtkBorder) { .top = KVAR_GRID (scrollable)->header_height };

  return TRUE;
}

static void
scrollable_iface_init (GtkScrollableInterface *iface)
{
  iface->get_border = kvar_grid_get_border;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (KvarGrid, kvar_grid, GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_SCROLLABLE, scrollable_iface_init))

void
kvar_grid_notify_editor (KvarGrid *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_EDITOR]);
}

void
kvar_grid_emit_row_activated (KvarGrid *self,
                              guint     row)
{
  g_signal_emit (self, signals[ROW_ACTIVATED], 0, row);
}

void
kvar_grid_emit_sort_requested (KvarGrid       *self,
                               KvarGridColumn *column,
                               gboolean        add)
{
  g_signal_emit (self, signals[SORT_REQUESTED], 0, column, add);
}

GMenuModel *
kvar_grid_emit_column_menu (KvarGrid       *self,
                            KvarGridColumn *column)
{
  GMenuModel *menu = NULL;

  g_signal_emit (self, signals[COLUMN_MENU], 0, column, &menu);

  return menu;
}

void
kvar_grid_emit_rename_requested (KvarGrid       *self,
                                 KvarGridColumn *column)
{
  g_signal_emit (self, signals[RENAME_REQUESTED], 0, column);
}

GMenuModel *
kvar_grid_emit_cell_menu (KvarGrid *self)
{
  GMenuModel *menu = NULL;

  g_signal_emit (self, signals[CELL_MENU], 0, &menu);

  return menu;
}

void
kvar_grid_emit_copy (KvarGrid *self,
                     gboolean  with_titles)
{
  g_signal_emit (self, signals[COPY], 0, with_titles);
}

/* All that can be selected together: (transfer full) */
GtkBitset *
kvar_grid_list_loaded_rows (KvarGrid *self)
{
  GtkBitset *rows = NULL;

  g_signal_emit (self, signals[LOADED_ROWS], 0, &rows);

  return rows != NULL ? rows : gtk_bitset_new_range (0, self->n_rows);
}

void
kvar_grid_emit_all_selected (KvarGrid *self)
{
  g_signal_emit (self, signals[ALL_SELECTED], 0);
}

void
kvar_grid_emit_cursor_moved (KvarGrid *self)
{
  g_signal_emit (self, signals[CURSOR_MOVED], 0);
}

void
kvar_grid_emit_view_changed (KvarGrid *self)
{
  g_signal_emit (self, signals[VIEW_CHANGED], 0);
}

static void
selection_changed_cb (KvarGrid *self)
{
  kvar_grid_layout_refresh_rows (self);
}

static void
items_changed_cb (KvarGrid *self,
                  guint     position,
                  guint     removed,
                  guint     added)
{
  kvar_grid_selection_splice (self->selection, position, removed, added);
  kvar_grid_layout_items_changed (self, position, removed, added);
  kvar_grid_layout_refresh_rows (self);
  kvar_grid_access_name_rows (self);
}

static gboolean
kvar_grid_grab_focus (GtkWidget *widget)
{
  KvarGrid *self = KVAR_GRID (widget);

  if (self->editor != NULL)
    return gtk_widget_grab_focus (self->editor);

  return kvar_grid_cursor_grab_focus (self) ||
         GTK_WIDGET_CLASS (kvar_grid_parent_class)->grab_focus (widget);
}

/* Two stops for Tab: the titles, and the cursor's cell. Arrows never leave the grid. */
static gboolean
kvar_grid_focus (GtkWidget        *widget,
                 GtkDirectionType  direction)
{
  KvarGrid *self = KVAR_GRID (widget);
  GtkWidget *inside = gtk_widget_get_focus_child (widget);
  gboolean in_header = inside == GTK_WIDGET (self->header);
  gboolean in_cells = kvar_grid_has_focus (self) || (inside != NULL && !in_header);

  /* What is open within moves its own focus. */
  if (inside != NULL && inside == self->menu)
    return gtk_widget_child_focus (self->menu, direction);
  if (inside != NULL && inside == self->editor)
    return gtk_widget_child_focus (self->editor, direction);

  if (direction != GTK_DIR_TAB_FORWARD && direction != GTK_DIR_TAB_BACKWARD)
    return !in_header && !in_cells && gtk_widget_grab_focus (widget);

  if (direction == GTK_DIR_TAB_FORWARD)
    {
      if (in_cells)
        return FALSE;
      if (!in_header && kvar_grid_header_focus (self->header, kvar_grid_get_cursor_column (self)))
        return TRUE;
      return gtk_widget_grab_focus (widget);
    }

  if (in_header)
    return FALSE;
  if (in_cells)
    return kvar_grid_header_focus (self->header, kvar_grid_get_cursor_column (self));

  return gtk_widget_grab_focus (widget);
}

static void
kvar_grid_direction_changed (GtkWidget        *widget,
                             GtkTextDirection  before)
{
  KvarGrid *self = KVAR_GRID (widget);

  kvar_grid_update_edges (self);
  kvar_grid_layout_sync (self);

  GTK_WIDGET_CLASS (kvar_grid_parent_class)->direction_changed (widget, before);
}

static void
kvar_grid_dispose (GObject *object)
{
  KvarGrid *self = KVAR_GRID (object);
  GtkWidget *child;

  kvar_grid_commit (self);
  kvar_grid_cursor_forget_item (self);
  g_clear_weak_pointer (&self->described);
  g_clear_object (&self->menu_column);
  if (self->model != NULL)
    g_signal_handlers_disconnect_by_func (self->model, items_changed_cb, self);
  g_clear_object (&self->model);
  self->n_rows = 0;
  g_hash_table_remove_all (self->rows);
  g_ptr_array_set_size (self->spare_rows, 0);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  self->header = NULL;
  self->menu = NULL;
  g_clear_object (&self->hadjustment);
  g_clear_object (&self->vadjustment);
  g_clear_object (&self->source);

  G_OBJECT_CLASS (kvar_grid_parent_class)->dispose (object);
}

static void
kvar_grid_finalize (GObject *object)
{
  KvarGrid *self = KVAR_GRID (object);

  g_clear_object (&self->selection);
  g_clear_pointer (&self->columns, g_ptr_array_unref);
  g_clear_pointer (&self->shown, g_ptr_array_unref);
  g_clear_pointer (&self->edges, g_array_unref);
  g_clear_pointer (&self->rows, g_hash_table_unref);
  g_clear_pointer (&self->spare_rows, g_ptr_array_unref);

  G_OBJECT_CLASS (kvar_grid_parent_class)->finalize (object);
}

static void
kvar_grid_get_property (GObject    *object,
                        guint       prop_id,
                        GValue     *value,
                        GParamSpec *pspec)
{
  KvarGrid *self = KVAR_GRID (object);

  switch (prop_id)
    {
    case PROP_MODEL:
      g_value_set_object (value, self->model);
      break;

    case PROP_EDITOR:
      g_value_set_object (value, self->editor);
      break;

    case PROP_HADJUSTMENT:
      g_value_set_object (value, self->hadjustment);
      break;

    case PROP_VADJUSTMENT:
      g_value_set_object (value, self->vadjustment);
      break;

    case PROP_HSCROLL_POLICY:
      g_value_set_enum (value, self->hscroll_policy);
      break;

    case PROP_VSCROLL_POLICY:
      g_value_set_enum (value, self->vscroll_policy);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
kvar_grid_set_property (GObject      *object,
                        guint         prop_id,
                        const GValue *value,
                        GParamSpec   *pspec)
{
  KvarGrid *self = KVAR_GRID (object);

  switch (prop_id)
    {
    case PROP_MODEL:
      kvar_grid_set_model (self, g_value_get_object (value));
      break;

    case PROP_HADJUSTMENT:
      kvar_grid_layout_set_adjustment (self, GTK_ORIENTATION_HORIZONTAL,
                                       g_value_get_object (value));
      break;

    case PROP_VADJUSTMENT:
      kvar_grid_layout_set_adjustment (self, GTK_ORIENTATION_VERTICAL, g_value_get_object (value));
      break;

    case PROP_HSCROLL_POLICY:
      self->hscroll_policy = g_value_get_enum (value);
      break;

    case PROP_VSCROLL_POLICY:
      self->vscroll_policy = g_value_get_enum (value);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
add_selection_signals (GType type)
{
  /**
   * KvarGrid::loaded-rows:
   *
   * Returns: (transfer full) (nullable): the rows whose values have come; %NULL for all. Only
   *     they are selected when many are selected at once.
   */
  signals[LOADED_ROWS] = g_signal_new ("loaded-rows", type, G_SIGNAL_RUN_LAST, 0,
                                       g_signal_accumulator_first_wins, NULL, NULL,
                                       GTK_TYPE_BITSET, 0);
}

static void
add_title_signals (GType type)
{
  /**
   * KvarGrid::rename-requested:
   *
   * F2 was pressed at a column's title.
   */
  signals[RENAME_REQUESTED] = g_signal_new ("rename-requested", type, G_SIGNAL_RUN_LAST, 0, NULL,
                                            NULL, NULL, G_TYPE_NONE, 1, KVAR_TYPE_GRID_COLUMN);
}

static void
add_signals (GType type)
{
  /**
   * KvarGrid::row-activated:
   *
   * Enter was pressed in a row, or it was double-clicked.
   */
  signals[ROW_ACTIVATED] = g_signal_new ("row-activated", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                         NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  /**
   * KvarGrid::sort-requested:
   * @add: as one more level, after those that there are
   */
  signals[SORT_REQUESTED] = g_signal_new ("sort-requested", type, G_SIGNAL_RUN_LAST, 0, NULL,
                                          NULL, NULL, G_TYPE_NONE, 2, KVAR_TYPE_GRID_COLUMN,
                                          G_TYPE_BOOLEAN);
  /**
   * KvarGrid::column-menu:
   *
   * Returns: (transfer full) (nullable): what to show at a column's title
   */
  signals[COLUMN_MENU] = g_signal_new ("column-menu", type, G_SIGNAL_RUN_LAST, 0,
                                       g_signal_accumulator_first_wins, NULL, NULL,
                                       G_TYPE_MENU_MODEL, 1, KVAR_TYPE_GRID_COLUMN);
  /**
   * KvarGrid::cell-menu:
   *
   * Returns: (transfer full) (nullable): what to show at the cursor's cell
   */
  signals[CELL_MENU] = g_signal_new ("cell-menu", type, G_SIGNAL_RUN_LAST, 0,
                                     g_signal_accumulator_first_wins, NULL, NULL,
                                     G_TYPE_MENU_MODEL, 0);
  /**
   * KvarGrid::copy:
   * @with_titles: whether the columns' titles come first
   *
   * The selected rows, or else the cursor's cell, are to go to the clipboard.
   */
  signals[COPY] = g_signal_new ("copy", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
  /**
   * KvarGrid::all-selected:
   *
   * All rows were to be selected which are so already: more than the model has may be meant.
   */
  signals[ALL_SELECTED] = g_signal_new ("all-selected", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                        NULL, G_TYPE_NONE, 0);
  signals[CURSOR_MOVED] = g_signal_new ("cursor-moved", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                        NULL, G_TYPE_NONE, 0);
  /**
   * KvarGrid::view-changed:
   *
   * Columns, cursor or scroll position are not as they were.
   */
  signals[VIEW_CHANGED] = g_signal_new ("view-changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                        NULL, G_TYPE_NONE, 0);
}

static void
kvar_grid_class_init (KvarGridClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = kvar_grid_dispose;
  object_class->finalize = kvar_grid_finalize;
  object_class->get_property = kvar_grid_get_property;
  object_class->set_property = kvar_grid_set_property;

  widget_class->measure = kvar_grid_layout_measure;
  widget_class->size_allocate = kvar_grid_layout_size_allocate;
  widget_class->snapshot = kvar_grid_layout_snapshot;
  widget_class->focus = kvar_grid_focus;
  widget_class->grab_focus = kvar_grid_grab_focus;
  widget_class->direction_changed = kvar_grid_direction_changed;

  properties[PROP_MODEL] =
    g_param_spec_object ("model", NULL, NULL, G_TYPE_LIST_MODEL,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  /* What a cell is being edited with; NULL while none is. */
  properties[PROP_EDITOR] =
    g_param_spec_object ("editor", NULL, NULL, GTK_TYPE_WIDGET,
                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  g_object_class_override_property (object_class, PROP_HADJUSTMENT, "hadjustment");
  g_object_class_override_property (object_class, PROP_VADJUSTMENT, "vadjustment");
  g_object_class_override_property (object_class, PROP_HSCROLL_POLICY, "hscroll-policy");
  g_object_class_override_property (object_class, PROP_VSCROLL_POLICY, "vscroll-policy");

  add_signals (G_TYPE_FROM_CLASS (klass));
  add_title_signals (G_TYPE_FROM_CLASS (klass));
  add_selection_signals (G_TYPE_FROM_CLASS (klass));

  gtk_widget_class_set_css_name (widget_class, "grid");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GRID);
}

static void
kvar_grid_init (KvarGrid *self)
{
  self->selection = kvar_grid_selection_new ();
  self->columns = g_ptr_array_new_with_free_func (g_object_unref);
  self->shown = g_ptr_array_new ();
  self->edges = g_array_new (FALSE, FALSE, sizeof (int));
  self->rows = g_hash_table_new (NULL, NULL);
  self->spare_rows = g_ptr_array_new ();
  self->cursor_row = KVAR_GRID_NO_ROW;
  self->anchor_row = KVAR_GRID_NO_ROW;
  self->header = kvar_grid_header_new (self);

  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  gtk_widget_set_parent (GTK_WIDGET (self->header), GTK_WIDGET (self));
  kvar_grid_update_edges (self);
  kvar_grid_keys_install (self);
  kvar_grid_pointer_install (self);
  g_signal_connect_object (self->selection, "changed", G_CALLBACK (selection_changed_cb), self,
                           G_CONNECT_SWAPPED);
}

GtkWidget *
kvar_grid_new (void)
{
  return g_object_new (KVAR_TYPE_GRID, NULL);
}

/**
 * kvar_grid_set_source:
 * @source: who knows the model's items; a reference is held, so the owner drops it when it
 *     is disposed of
 */
void
kvar_grid_set_source (KvarGrid       *self,
                      KvarGridSource *source)
{
  g_return_if_fail (KVAR_IS_GRID (self));
  g_return_if_fail (source == NULL || KVAR_IS_GRID_SOURCE (source));

  if (g_set_object (&self->source, source) && source != NULL)
    kvar_grid_layout_rebind (self);
}

/**
 * kvar_grid_get_model:
 *
 * Returns: (transfer none) (nullable)
 */
GListModel *
kvar_grid_get_model (KvarGrid *self)
{
  g_return_val_if_fail (KVAR_IS_GRID (self), NULL);

  return self->model;
}

/**
 * kvar_grid_set_model:
 * @model: (nullable): rows of any number; items need not have their values yet
 *
 * Shows other rows, from the top. An editor that is open keeps what was typed.
 */
void
kvar_grid_set_model (KvarGrid   *self,
                     GListModel *model)
{
  guint n_before;

  g_return_if_fail (KVAR_IS_GRID (self));
  g_return_if_fail (model == NULL || G_IS_LIST_MODEL (model));

  if (self->model == model)
    return;

  kvar_grid_commit (self);
  if (self->model != NULL)
    g_signal_handlers_disconnect_by_func (self->model, items_changed_cb, self);
  n_before = self->n_rows;
  g_set_object (&self->model, model);
  if (model != NULL)
    g_signal_connect_object (model, "items-changed", G_CALLBACK (items_changed_cb), self,
                             G_CONNECT_SWAPPED);

  kvar_grid_selection_clear (self->selection);
  self->y_offset = 0;
  self->restoring = FALSE;
  kvar_grid_layout_items_changed (self, 0, n_before,
                                  model != NULL ? g_list_model_get_n_items (model) : 0);
  kvar_grid_cursor_forget_item (self);
  if (self->n_rows > 0 && self->shown->len > 0)
    kvar_grid_cursor_go (self, (KvarGridPlace) { 0, self->cursor_column }, FALSE);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MODEL]);
}

/**
 * kvar_grid_update_item:
 *
 * What the source says of @item has changed. Does nothing when the item is not in view.
 */
void
kvar_grid_update_item (KvarGrid *self,
                       gpointer  item)
{
  GHashTableIter iter;
  gpointer row;

  g_return_if_fail (KVAR_IS_GRID (self));

  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, NULL, &row))
    {
      if (item == NULL || kvar_grid_row_get_item (row) == item)
        kvar_grid_row_update (row);
    }
}

/**
 * kvar_grid_update_items:
 *
 * What the source says of any item may have changed.
 */
void
kvar_grid_update_items (KvarGrid *self)
{
  g_return_if_fail (KVAR_IS_GRID (self));

  kvar_grid_update_item (self, NULL);
}
