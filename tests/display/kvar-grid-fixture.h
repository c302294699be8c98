/* kvar-grid-fixture.h: a grid over any number of rows, in a window
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "kvar-test.h"
#include "widgets/grid/kvar-grid-private.h"

/* An item says "row/column"; every third one says nothing in the column "gaps". */
G_DECLARE_FINAL_TYPE (GridItem, grid_item, GRID, ITEM, GObject)

struct _GridItem
{
  GObject   parent_instance;
  guint     number;
  gboolean  missing;    /* its values have not come yet */
  char     *edited;     /* (nullable) what was typed into its column "b" */
};

G_DEFINE_FINAL_TYPE (GridItem, grid_item, G_TYPE_OBJECT)

static void
grid_item_finalize (GObject *object)
{
  g_free (GRID_ITEM (object)->edited);

  G_OBJECT_CLASS (grid_item_parent_class)->finalize (object);
}

static void
grid_item_class_init (GridItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = grid_item_finalize;
  g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                G_TYPE_NONE, 0);
}

static void
grid_item_init (GridItem *self)
{
}

static inline gpointer
grid_item_new (guint number)
{
  GridItem *self = g_object_new (grid_item_get_type (), NULL);

  self->number = number;

  return self;
}

/* Rows that are made when they are asked for, and counted. */
G_DECLARE_FINAL_TYPE (GridRows, grid_rows, GRID, ROWS, GObject)

struct _GridRows
{
  GObject parent_instance;
  guint   n_items;
  guint   n_asked;
};

static GType
grid_rows_get_item_type (GListModel *list)
{
  return grid_item_get_type ();
}

static guint
grid_rows_get_n_items (GListModel *list)
{
  return GRID_ROWS (list)->n_items;
}

static gpointer
grid_rows_get_item (GListModel *list,
                    guint       position)
{
  GridRows *self = GRID_ROWS (list);

  self->n_asked++;

  return position < self->n_items ? grid_item_new (position) : NULL;
}

static void
grid_rows_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = grid_rows_get_item_type;
  iface->get_n_items = grid_rows_get_n_items;
  iface->get_item = grid_rows_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (GridRows, grid_rows, G_TYPE_OBJECT,
                         G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, grid_rows_iface_init))

static void
grid_rows_class_init (GridRowsClass *klass)
{
}

static void
grid_rows_init (GridRows *self)
{
}

/* Knows the items, and edits the column "b". */
G_DECLARE_FINAL_TYPE (GridSource, grid_source, GRID, SOURCE, GObject)

struct _GridSource
{
  GObject   parent_instance;
  guint     n_edits;
  gboolean  committed;
  char     *typed;       /* (nullable) what the last editor held */
  guint     row;         /* whose */
};

static char *
grid_source_dup_text (KvarGridSource *source,
                      KvarGridColumn *column,
                      gpointer        object)
{
  GridItem *item = object;
  const char *id = kvar_grid_column_get_id (column);

  if (item->missing || (g_str_equal (id, "gaps") && item->number % 3 == 2))
    return NULL;
  if (g_str_equal (id, "b") && item->edited != NULL)
    return g_strdup (item->edited);

  return g_strdup_printf ("%u/%s", item->number, id);
}

static char *
grid_source_dup_title (KvarGridSource *source,
                       gpointer        object)
{
  return g_strdup_printf ("Item %u", GRID_ITEM (object)->number);
}

static const char *
grid_source_get_mark (KvarGridSource  *source,
                      gpointer         object,
                      const char     **icon_name)
{
  GridItem *item = object;

  *icon_name = item->edited != NULL ? "document-edit-symbolic" : NULL;

  return item->edited != NULL ? "Edited" : NULL;
}

static GtkWidget *
grid_source_create_editor (KvarGridSource *source,
                           KvarGridColumn *column,
                           gpointer        object)
{
  g_autofree char *text = grid_source_dup_text (source, column, object);
  GtkWidget *editor = gtk_entry_new ();

  gtk_editable_set_text (GTK_EDITABLE (editor), text != NULL ? text : "");

  return editor;
}

static void
grid_source_edit_done (KvarGridSource *source,
                       KvarGridColumn *column,
                       gpointer        object,
                       GtkWidget      *editor,
                       gboolean        committed)
{
  GridSource *self = GRID_SOURCE (source);
  GridItem *item = object;

  self->n_edits++;
  self->committed = committed;
  self->row = item->number;
  g_free (self->typed);
  self->typed = g_strdup (gtk_editable_get_text (GTK_EDITABLE (editor)));
  if (!committed)
    return;

  g_free (item->edited);
  item->edited = g_strdup (self->typed);
  g_signal_emit_by_name (item, "changed");
}

static void
grid_source_iface_init (KvarGridSourceInterface *iface)
{
  iface->dup_text = grid_source_dup_text;
  iface->dup_title = grid_source_dup_title;
  iface->get_mark = grid_source_get_mark;
  iface->create_editor = grid_source_create_editor;
  iface->edit_done = grid_source_edit_done;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (GridSource, grid_source, G_TYPE_OBJECT,
                         G_IMPLEMENT_INTERFACE (KVAR_TYPE_GRID_SOURCE, grid_source_iface_init))

static void
grid_source_finalize (GObject *object)
{
  g_free (GRID_SOURCE (object)->typed);

  G_OBJECT_CLASS (grid_source_parent_class)->finalize (object);
}

static void
grid_source_class_init (GridSourceClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = grid_source_finalize;
}

static void
grid_source_init (GridSource *self)
{
}

typedef struct
{
  GtkWindow         *window;
  GtkScrolledWindow *scrolled;
  KvarGrid          *grid;
  GridSource        *source;
  GListModel        *model;
  GtkAdjustment     *h;
  GtkAdjustment     *v;
  gboolean           drawn;
} GridFixture;

static inline void
grid_drawn_cb (GridFixture *f)
{
  f->drawn = TRUE;
}

/* Until the next frame has been laid out and drawn. */
static inline void
grid_wait_frame (GridFixture *f)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (f->window));

  f->drawn = FALSE;
  gdk_frame_clock_request_phase (clock, GDK_FRAME_CLOCK_PHASE_AFTER_PAINT);
  kvar_test_wait_until (f->drawn);
}

static inline void
grid_add_column (GridFixture *f,
                 const char  *id,
                 int          width)
{
  g_autoptr(KvarGridColumn) column = kvar_grid_column_new (id, id);

  kvar_grid_column_set_width (column, width);
  kvar_grid_column_set_sortable (column, TRUE);
  kvar_grid_column_set_editable (column, g_str_equal (id, "b"));
  kvar_grid_append_column (f->grid, column);
}

static inline void
grid_make (GridFixture *f)
{
  f->source = g_object_new (grid_source_get_type (), NULL);
  f->grid = KVAR_GRID (kvar_grid_new ());
  kvar_grid_set_source (f->grid, KVAR_GRID_SOURCE (f->source));
  f->scrolled = GTK_SCROLLED_WINDOW (gtk_scrolled_window_new ());
  gtk_scrolled_window_set_child (f->scrolled, GTK_WIDGET (f->grid));
  f->h = gtk_scrolled_window_get_hadjustment (f->scrolled);
  f->v = gtk_scrolled_window_get_vadjustment (f->scrolled);
  gtk_window_set_child (f->window, GTK_WIDGET (f->scrolled));
}

static inline void
grid_set_up (GridFixture   *f,
             gconstpointer  unused)
{
  f->window = g_object_ref (GTK_WINDOW (gtk_window_new ()));
  gtk_window_set_default_size (f->window, 500, 330);
  grid_make (f);
}

/* Rows as many as there are, of the columns a, b, gaps and c to h. */
static inline void
grid_fill (GridFixture *f,
           GListModel  *model)
{
  static const char *const ids[] = { "a", "b", "gaps", "c", "d", "e", "f", "g", "h" };

  for (gsize i = 0; i < G_N_ELEMENTS (ids); i++)
    grid_add_column (f, ids[i], 150);
  g_set_object (&f->model, model);
  kvar_grid_set_model (f->grid, model);
}

static inline void
grid_fill_rows (GridFixture *f,
                guint        n_rows)
{
  g_autoptr(GridRows) rows = g_object_new (grid_rows_get_type (), NULL);

  rows->n_items = n_rows;
  grid_fill (f, G_LIST_MODEL (rows));
}

/* Rows that can be changed: items 0 to @n_rows - 1. */
static inline GListStore *
grid_fill_store (GridFixture *f,
                 guint        n_rows)
{
  g_autoptr(GListStore) store = g_list_store_new (grid_item_get_type ());

  for (guint i = 0; i < n_rows; i++)
    {
      g_autoptr(GObject) item = grid_item_new (i);

      g_list_store_append (store, item);
    }
  grid_fill (f, G_LIST_MODEL (store));

  return store;
}

static inline void
grid_show (GridFixture *f)
{
  gtk_window_present (f->window);
  kvar_test_wait_until (gtk_widget_get_mapped (GTK_WIDGET (f->grid)));
  g_signal_connect_swapped (gtk_widget_get_frame_clock (GTK_WIDGET (f->window)), "after-paint",
                            G_CALLBACK (grid_drawn_cb), f);
  grid_wait_frame (f);
  kvar_test_settle ();
}

static inline void
grid_tear_down (GridFixture   *f,
                gconstpointer  unused)
{
  if (gtk_widget_get_realized (GTK_WIDGET (f->window)))
    g_signal_handlers_disconnect_by_func (gtk_widget_get_frame_clock (GTK_WIDGET (f->window)),
                                          grid_drawn_cb, f);
  g_object_ref (f->grid);
  gtk_window_destroy (f->window);
  kvar_test_settle ();
  g_assert_finalize_object (f->window);
  g_assert_finalize_object (f->grid);
  g_assert_finalize_object (f->source);
  g_clear_object (&f->model);
}

static inline GtkWidget *
grid_focus (GridFixture *f)
{
  return gtk_root_get_focus (GTK_ROOT (f->window));
}

/* Presses a key where the focus is, as the grid's own controllers get it. */
static inline gboolean
grid_press (GridFixture     *f,
            guint            keyval,
            GdkModifierType  state)
{
  GtkWidget *widget = GTK_WIDGET (f->grid);
  gboolean handled = FALSE;

  if (gtk_widget_get_focus_child (widget) == GTK_WIDGET (f->grid->header))
    widget = GTK_WIDGET (f->grid->header);

  for (guint i = 0;; i++)
    {
      g_autoptr(GListModel) controllers = gtk_widget_observe_controllers (widget);
      g_autoptr(GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (controller == NULL)
        return handled;
      if (GTK_IS_EVENT_CONTROLLER_KEY (controller) && !handled)
        g_signal_emit_by_name (controller, "key-pressed", keyval, 0, state, &handled);
    }
}

static inline KvarGridCell *
grid_cell (GridFixture *f,
           guint        row,
           const char  *id)
{
  KvarGridRow *widget = kvar_grid_layout_get_row (f->grid, row);

  return widget != NULL ? kvar_grid_row_get_cell (widget, kvar_grid_find_column (f->grid, id))
                        : NULL;
}

static inline void
grid_assert_cursor (GridFixture *f,
                    guint        row,
                    const char  *id)
{
  g_assert_cmpuint (kvar_grid_get_cursor_row (f->grid), ==, row);
  g_assert_cmpstr (kvar_grid_column_get_id (kvar_grid_get_cursor_column (f->grid)), ==, id);
}

static inline void
grid_assert_text (GridFixture *f,
                  guint        row,
                  const char  *id)
{
  g_autofree char *expected = g_strdup_printf ("%u/%s", row, id);

  g_assert_cmpstr (kvar_grid_cell_get_text (grid_cell (f, row, id)), ==, expected);
}

/* Where a cell is drawn, in the grid's coordinates. */
static inline graphene_rect_t
grid_area (GridFixture *f,
           gpointer     widget)
{
  graphene_rect_t area;

  g_assert_true (gtk_widget_compute_bounds (widget, GTK_WIDGET (f->grid), &area));

  return area;
}
