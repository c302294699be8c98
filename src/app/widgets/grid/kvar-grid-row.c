/* kvar-grid-row.c: one row of a grid: its cells, and the item they show
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-grid"

#include "config.h"

#include "kvar-grid-private.h"

struct _KvarGridRow
{
  GtkWidget  parent_instance;

  KvarGrid  *grid;          /* (not owned) the parent */
  guint      index;
  GObject   *item;          /* (nullable) while the row is not in use */
  gulong     changed_id;
  GPtrArray *cells;         /* (not owned) children: in use */
  GPtrArray *spare_cells;
  guint      stamp;         /* of the grid, when the cells were chosen */
  gpointer   marked;        /* (not owned) (nullable) the column of the mark, then */
  guint      own_column;    /* the cursor's, in its row; else G_MAXUINT */
};

G_DEFINE_FINAL_TYPE (KvarGridRow, kvar_grid_row, GTK_TYPE_WIDGET)

static void
set_in_use (GtkWidget *widget,
            gboolean   in_use)
{
  gtk_widget_set_child_visible (widget, in_use);
  if (in_use)
    gtk_accessible_reset_state (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_STATE_HIDDEN);
  else
    gtk_accessible_update_state (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
}

/* The column whose cell says what is special about the row. */
static gpointer
get_marked (KvarGridRow *self)
{
  KvarGrid *grid = self->grid;

  return grid->mark_column < grid->shown->len ? kvar_grid_get_shown (grid, grid->mark_column)
                                              : NULL;
}

static void
show_cell (KvarGridRow  *self,
           KvarGridCell *cell,
           const char   *mark,
           const char   *icon_name)
{
  KvarGridColumn *column = kvar_grid_cell_get_column (cell);
  gboolean marks = column == get_marked (self);
  g_autofree char *text = NULL;
  g_autofree char *both = NULL;
  const char *css_class;
  const char *state;

  if (self->item == NULL)
    return;

  text = kvar_grid_source_dup_text (self->grid->source, column, self->item);
  state = kvar_grid_source_get_state (self->grid->source, column, self->item, &css_class);
  if (marks && mark != NULL && state != NULL)
    both = g_strdup_printf ("%s, %s", state, mark);
  else if (marks && mark != NULL)
    both = g_strdup (mark);
  kvar_grid_cell_show (cell, text, css_class, marks ? icon_name : NULL, marks ? mark : NULL);
  kvar_grid_cell_set_struck (cell, kvar_grid_source_is_struck (self->grid->source, self->item));
  kvar_grid_access_name_cell (cell, column, text, both != NULL ? both : state);
}

static void
show_cells (KvarGridRow *self)
{
  const char *icon_name = NULL;
  const char *mark = NULL;

  if (self->item != NULL)
    mark = kvar_grid_source_get_mark (self->grid->source, self->item, &icon_name);
  for (guint i = 0; i < self->cells->len; i++)
    show_cell (self, g_ptr_array_index (self->cells, i), mark, icon_name);
}

static gboolean
is_needed (KvarGridRow *self,
           guint        index)
{
  KvarGrid *grid = self->grid;

  return index < grid->shown->len &&
         (index < grid->n_frozen || index == self->own_column ||
          (index >= grid->first_column && index < grid->end_column));
}

static void
spare_cells (KvarGridRow *self)
{
  for (guint i = self->cells->len; i > 0; i--)
    {
      KvarGridCell *cell = g_ptr_array_index (self->cells, i - 1);

      if (!is_needed (self, kvar_grid_find_shown (self->grid, kvar_grid_cell_get_column (cell))))
        g_ptr_array_add (self->spare_cells, g_ptr_array_remove_index_fast (self->cells, i - 1));
    }
}

static void
add_cell (KvarGridRow *self,
          guint        index,
          const char  *mark,
          const char  *icon_name)
{
  KvarGridColumn *column = kvar_grid_get_shown (self->grid, index);
  KvarGridCell *cell;

  if (self->spare_cells->len > 0)
    {
      cell = g_ptr_array_steal_index_fast (self->spare_cells, self->spare_cells->len - 1);
    }
  else
    {
      cell = kvar_grid_cell_new ();
      gtk_widget_set_parent (GTK_WIDGET (cell), GTK_WIDGET (self));
    }
  g_ptr_array_add (self->cells, cell);
  kvar_grid_cell_set_column (cell, column);
  set_in_use (GTK_WIDGET (cell), TRUE);
  show_cell (self, cell, mark, icon_name);
}

static void
update_cursor_cell (KvarGridRow *self)
{
  for (guint i = 0; i < self->cells->len; i++)
    {
      KvarGridCell *cell = g_ptr_array_index (self->cells, i);

      kvar_grid_cell_set_cursor (cell,
                                 self->own_column != G_MAXUINT &&
                                 kvar_grid_cell_get_column (cell) ==
                                 kvar_grid_get_shown (self->grid, self->own_column));
    }
}

static void
disconnect_item (KvarGridRow *self)
{
  if (self->changed_id != 0)
    g_signal_handler_disconnect (self->item, self->changed_id);
  self->changed_id = 0;
  g_clear_object (&self->item);
}

static void
kvar_grid_row_measure (GtkWidget      *widget,
                       GtkOrientation  orientation,
                       int             for_size,
                       int            *minimum,
                       int            *natural,
                       int            *minimum_baseline,
                       int            *natural_baseline)
{
  GtkWidget *cell = gtk_widget_get_first_child (widget);

  *minimum = *natural = 0;
  if (cell != NULL && orientation == GTK_ORIENTATION_VERTICAL)
    gtk_widget_measure (cell, orientation, -1, minimum, natural, NULL, NULL);
}

static void
kvar_grid_row_size_allocate (GtkWidget *widget,
                             int        width,
                             int        height,
                             int        baseline)
{
  KvarGridRow *self = KVAR_GRID_ROW (widget);
  gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;

  for (guint i = 0; i < self->cells->len; i++)
    {
      GtkWidget *cell = g_ptr_array_index (self->cells, i);
      guint index = kvar_grid_find_shown (self->grid,
                                          kvar_grid_cell_get_column (KVAR_GRID_CELL (cell)));
      int cell_width, x;

      if (index == G_MAXUINT)
        continue;

      cell_width = kvar_grid_get_column_width (self->grid, index);
      x = kvar_grid_get_column_x (self->grid, index);
      gtk_widget_measure (cell, GTK_ORIENTATION_HORIZONTAL, -1, NULL, NULL, NULL, NULL);
      gtk_widget_size_allocate (cell, &(GtkAllocation) { rtl ? width - x - cell_width : x, 0,
                                                         cell_width, height }, -1);
    }
}

/* Those that scroll are drawn beside the frozen ones, never below them. */
static void
kvar_grid_row_snapshot (GtkWidget   *widget,
                        GtkSnapshot *snapshot)
{
  KvarGridRow *self = KVAR_GRID_ROW (widget);
  gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int width = gtk_widget_get_width (widget);
  int frozen = self->grid->frozen_width;

  gtk_snapshot_push_clip (snapshot, &GRAPHENE_RECT_INIT (rtl ? 0 : frozen, 0, width - frozen,
                                                         gtk_widget_get_height (widget)));
  for (guint i = 0; i < self->cells->len; i++)
    {
      KvarGridCell *cell = g_ptr_array_index (self->cells, i);

      if (!kvar_grid_column_get_frozen (kvar_grid_cell_get_column (cell)))
        gtk_widget_snapshot_child (widget, GTK_WIDGET (cell), snapshot);
    }
  gtk_snapshot_pop (snapshot);

  for (guint i = 0; frozen > 0 && i < self->cells->len; i++)
    {
      KvarGridCell *cell = g_ptr_array_index (self->cells, i);

      if (kvar_grid_column_get_frozen (kvar_grid_cell_get_column (cell)))
        gtk_widget_snapshot_child (widget, GTK_WIDGET (cell), snapshot);
    }
}

static void
kvar_grid_row_dispose (GObject *object)
{
  KvarGridRow *self = KVAR_GRID_ROW (object);
  GtkWidget *child;

  disconnect_item (self);
  g_ptr_array_set_size (self->cells, 0);
  g_ptr_array_set_size (self->spare_cells, 0);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (kvar_grid_row_parent_class)->dispose (object);
}

static void
kvar_grid_row_finalize (GObject *object)
{
  KvarGridRow *self = KVAR_GRID_ROW (object);

  g_clear_pointer (&self->cells, g_ptr_array_unref);
  g_clear_pointer (&self->spare_cells, g_ptr_array_unref);

  G_OBJECT_CLASS (kvar_grid_row_parent_class)->finalize (object);
}

static void
kvar_grid_row_class_init (KvarGridRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = kvar_grid_row_dispose;
  object_class->finalize = kvar_grid_row_finalize;

  widget_class->measure = kvar_grid_row_measure;
  widget_class->size_allocate = kvar_grid_row_size_allocate;
  widget_class->snapshot = kvar_grid_row_snapshot;

  gtk_widget_class_set_css_name (widget_class, "row");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_ROW);
}

static void
kvar_grid_row_init (KvarGridRow *self)
{
  self->cells = g_ptr_array_new ();
  self->spare_cells = g_ptr_array_new ();
  self->own_column = G_MAXUINT;
}

KvarGridRow *
kvar_grid_row_new (KvarGrid *grid)
{
  KvarGridRow *self = g_object_new (KVAR_TYPE_GRID_ROW, NULL);

  self->grid = grid;

  return self;
}

guint
kvar_grid_row_get_index (KvarGridRow *self)
{
  return self->index;
}

/* The same item at another place: the model has changed before it. */
void
kvar_grid_row_set_index (KvarGridRow *self,
                         guint        index)
{
  self->index = index;
}

gpointer
kvar_grid_row_get_item (KvarGridRow *self)
{
  return self->item;
}

/**
 * kvar_grid_row_bind:
 *
 * Shows another item. The cells are kept, and drawn anew where they differ.
 */
void
kvar_grid_row_bind (KvarGridRow *self,
                    guint        index,
                    gpointer     item)
{
  if (self->item != item)
    {
      disconnect_item (self);
      self->item = g_object_ref (item);
      if (g_signal_lookup ("changed", G_OBJECT_TYPE (item)) != 0)
        self->changed_id = g_signal_connect_swapped (item, "changed",
                                                     G_CALLBACK (kvar_grid_row_update), self);
    }
  self->index = index;
  set_in_use (GTK_WIDGET (self), TRUE);
  kvar_grid_row_update (self);
  kvar_grid_row_update_flags (self);
  kvar_grid_row_sync_cells (self);
}

void
kvar_grid_row_unbind (KvarGridRow *self)
{
  disconnect_item (self);
  set_in_use (GTK_WIDGET (self), FALSE);
}

/* What the item says is read again. */
void
kvar_grid_row_update (KvarGridRow *self)
{
  show_cells (self);
  kvar_grid_access_name_row (self->grid, self);
}

/**
 * kvar_grid_row_sync_cells:
 *
 * There are cells for the columns in view afterwards, and for the cursor's in its row.
 */
void
kvar_grid_row_sync_cells (KvarGridRow *self)
{
  KvarGrid *grid = self->grid;
  guint own_column = self->index == grid->cursor_row ? grid->cursor_column : G_MAXUINT;
  const char *icon_name = NULL;
  const char *mark = NULL;

  if (self->stamp == grid->stamp && self->own_column == own_column)
    return;

  self->stamp = grid->stamp;
  self->own_column = own_column;
  if (self->item != NULL)
    mark = kvar_grid_source_get_mark (grid->source, self->item, &icon_name);
  spare_cells (self);
  for (guint i = 0; i < grid->shown->len; i++)
    {
      if (is_needed (self, i) &&
          kvar_grid_row_get_cell (self, kvar_grid_get_shown (grid, i)) == NULL)
        add_cell (self, i, mark, icon_name);
    }
  if (self->marked != get_marked (self) && (mark != NULL || icon_name != NULL))
    show_cells (self);
  self->marked = get_marked (self);
  for (guint i = 0; i < self->spare_cells->len; i++)
    set_in_use (g_ptr_array_index (self->spare_cells, i), FALSE);
  update_cursor_cell (self);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

/* Whether the row is selected, and the cursor's. */
void
kvar_grid_row_update_flags (KvarGridRow *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  gboolean selected = kvar_grid_selection_contains (self->grid->selection, self->index);

  if (selected != ((gtk_widget_get_state_flags (widget) & GTK_STATE_FLAG_SELECTED) != 0))
    {
      if (selected)
        gtk_widget_set_state_flags (widget, GTK_STATE_FLAG_SELECTED, FALSE);
      else
        gtk_widget_unset_state_flags (widget, GTK_STATE_FLAG_SELECTED);
    }
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_SELECTED, selected, -1);

  if (self->index == self->grid->cursor_row)
    gtk_widget_add_css_class (widget, "current");
  else
    gtk_widget_remove_css_class (widget, "current");
}

/**
 * kvar_grid_row_get_cell:
 *
 * Returns: (transfer none) (nullable): %NULL when the column is not in view
 */
KvarGridCell *
kvar_grid_row_get_cell (KvarGridRow    *self,
                        KvarGridColumn *column)
{
  for (guint i = 0; i < self->cells->len; i++)
    {
      KvarGridCell *cell = g_ptr_array_index (self->cells, i);

      if (kvar_grid_cell_get_column (cell) == column)
        return cell;
    }

  return NULL;
}
