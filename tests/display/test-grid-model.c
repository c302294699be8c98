/* test-grid-model.c: cursor, view and selection stay with their rows while the rows change
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kvar-grid-fixture.h"

static void
insert (GListStore *store,
        guint       position,
        guint       n)
{
  for (guint i = 0; i < n; i++)
    {
      g_autoptr(GObject) item = grid_item_new (1000 + i);

      g_list_store_insert (store, position + i, item);
    }
}

static double
get_cursor_y (GridFixture *f)
{
  const char *id = kvar_grid_column_get_id (kvar_grid_get_cursor_column (f->grid));

  return grid_area (f, grid_cell (f, kvar_grid_get_cursor_row (f->grid), id)).origin.y;
}

static guint
get_cursor_number (GridFixture *f)
{
  g_autoptr(GridItem) item = kvar_grid_get_cursor_item (f->grid);

  return item->number;
}

static GListStore *
open_store (GridFixture *f,
            guint        n_rows)
{
  GListStore *store = grid_fill_store (f, n_rows);

  grid_show (f);
  gtk_widget_grab_focus (GTK_WIDGET (f->grid));

  return store;
}

static void
test_grid_model_cursor_stays_with_its_row (GridFixture   *f,
                                           gconstpointer  unused)
{
  GListStore *store = open_store (f, 100);
  GtkWidget *focus;
  double y;

  kvar_grid_set_cursor (f->grid, 50, kvar_grid_find_column (f->grid, "b"));
  grid_wait_frame (f);
  focus = grid_focus (f);
  y = get_cursor_y (f);

  insert (store, 10, 3);
  grid_wait_frame (f);
  grid_assert_cursor (f, 53, "b");
  g_assert_true (grid_focus (f) == focus);
  g_assert_cmpfloat (get_cursor_y (f), ==, y);

  g_list_store_splice (store, 0, 20, NULL, 0);
  grid_wait_frame (f);
  grid_assert_cursor (f, 33, "b");
  g_assert_true (grid_focus (f) == focus);
  g_assert_cmpfloat (get_cursor_y (f), ==, y);
  g_assert_cmpuint (get_cursor_number (f), ==, 50);
}

static void
test_grid_model_view_stays_where_it_is (GridFixture   *f,
                                        gconstpointer  unused)
{
  GListStore *store = open_store (f, 100);

  gtk_adjustment_set_value (f->v, 1000);
  grid_wait_frame (f);
  insert (store, 0, 2);
  grid_wait_frame (f);
  g_assert_cmpfloat (gtk_adjustment_get_value (f->v), ==, 1000 + 2 * f->grid->row_height);

  insert (store, 90, 2);
  grid_wait_frame (f);
  g_assert_cmpfloat (gtk_adjustment_get_value (f->v), ==, 1000 + 2 * f->grid->row_height);
}

/* A row that is sorted to another place is taken out and put in again. */
static void
test_grid_model_cursor_follows_a_moved_row (GridFixture   *f,
                                            gconstpointer  unused)
{
  GListStore *store = open_store (f, 100);
  g_autoptr(GObject) item = NULL;

  kvar_grid_set_cursor (f->grid, 5, NULL);
  item = g_list_model_get_item (G_LIST_MODEL (store), 5);
  g_list_store_remove (store, 5);
  g_list_store_insert (store, 60, item);
  grid_wait_frame (f);
  grid_assert_cursor (f, 60, "a");
  g_assert_true (KVAR_IS_GRID_CELL (grid_focus (f)));
}

static void
test_grid_model_cursor_goes_on_from_a_deleted_row (GridFixture   *f,
                                                   gconstpointer  unused)
{
  GListStore *store = open_store (f, 10);

  kvar_grid_set_cursor (f->grid, 5, kvar_grid_find_column (f->grid, "b"));
  g_list_store_remove (store, 5);
  grid_assert_cursor (f, 5, "b");
  g_assert_cmpuint (get_cursor_number (f), ==, 6);
  g_assert_true (grid_focus (f) == GTK_WIDGET (grid_cell (f, 5, "b")));

  g_list_store_splice (store, 4, 5, NULL, 0);
  grid_assert_cursor (f, 3, "b");

  g_list_store_remove_all (store);
  g_assert_cmpuint (kvar_grid_get_cursor_row (f->grid), ==, KVAR_GRID_NO_ROW);
  g_assert_true (grid_focus (f) == GTK_WIDGET (f->grid));
  grid_wait_frame (f);

  insert (store, 0, 3);
  grid_wait_frame (f);
  grid_assert_cursor (f, 0, "b");
  g_assert_true (grid_focus (f) == GTK_WIDGET (grid_cell (f, 0, "b")));
}

static void
test_grid_model_selection_stays_with_its_rows (GridFixture   *f,
                                               gconstpointer  unused)
{
  GListStore *store = open_store (f, 100);
  KvarGridSelection *selection = kvar_grid_get_selection (f->grid);

  kvar_grid_selection_select_range (selection, 5, 2);
  insert (store, 0, 1);
  grid_wait_frame (f);
  g_assert_true (kvar_grid_selection_contains (selection, 7));
  g_assert_false (kvar_grid_selection_contains (selection, 5));
  g_assert_false (gtk_widget_get_state_flags (GTK_WIDGET (kvar_grid_layout_get_row (f->grid, 5))) &
                  GTK_STATE_FLAG_SELECTED);
  g_assert_true (gtk_widget_get_state_flags (GTK_WIDGET (kvar_grid_layout_get_row (f->grid, 6))) &
                 GTK_STATE_FLAG_SELECTED);
}

/* A new list starts at the top. */
static void
test_grid_model_starts_anew (GridFixture   *f,
                             gconstpointer  unused)
{
  g_autoptr(GridRows) rows = g_object_new (grid_rows_get_type (), NULL);

  open_store (f, 100);
  kvar_grid_set_cursor (f->grid, 50, kvar_grid_find_column (f->grid, "b"));
  kvar_grid_selection_select_range (kvar_grid_get_selection (f->grid), 0, 100);

  rows->n_items = 30;
  kvar_grid_set_model (f->grid, G_LIST_MODEL (rows));
  grid_wait_frame (f);
  grid_assert_cursor (f, 0, "b");
  g_assert_cmpfloat (gtk_adjustment_get_value (f->v), ==, 0);
  g_assert_cmpuint (kvar_grid_selection_get_n_rows (kvar_grid_get_selection (f->grid)), ==, 0);
  g_assert_true (grid_focus (f) == GTK_WIDGET (grid_cell (f, 0, "b")));
}

/* Saved, made anew, and put back before there is a window or a row: to the pixel. */
static void
test_grid_state_comes_back (GridFixture   *f,
                            gconstpointer  unused)
{
  g_autoptr(GVariant) columns = NULL;
  g_autoptr(GVariant) place = NULL;
  g_autoptr(KvarGrid) before = NULL;
  g_autoptr(GridSource) source = NULL;
  GListStore *store;

  open_store (f, 200);
  kvar_grid_column_set_width (kvar_grid_find_column (f->grid, "c"), 77);
  kvar_grid_column_set_frozen (kvar_grid_find_column (f->grid, "b"), TRUE);
  kvar_grid_column_set_visible (kvar_grid_find_column (f->grid, "d"), FALSE);
  kvar_grid_move_column (f->grid, kvar_grid_find_column (f->grid, "h"), 0);
  kvar_grid_set_cursor (f->grid, 3, kvar_grid_find_column (f->grid, "gaps"));
  grid_wait_frame (f);
  gtk_adjustment_set_value (f->v, 1234);
  gtk_adjustment_set_value (f->h, 111);
  grid_wait_frame (f);
  columns = g_variant_ref_sink (kvar_grid_save_columns (f->grid));
  place = g_variant_ref_sink (kvar_grid_save_place (f->grid));

  before = g_object_ref (f->grid);
  source = g_steal_pointer (&f->source);
  grid_make (f);
  store = grid_fill_store (f, 20);
  kvar_grid_restore_columns (f->grid, columns);
  kvar_grid_restore_place (f->grid, place);
  grid_wait_frame (f);
  g_assert_cmpfloat (gtk_adjustment_get_value (f->v), <, 1234);

  /* The rest of the rows comes later, as pages do. */
  insert (store, 20, 100);
  grid_wait_frame (f);
  g_assert_cmpfloat (gtk_adjustment_get_value (f->v), ==, 1234);
  g_assert_cmpfloat (gtk_adjustment_get_value (f->h), ==, 111);
  grid_assert_cursor (f, 3, "gaps");
  g_assert_cmpstr (kvar_grid_column_get_id (kvar_grid_get_column (f->grid, 0)), ==, "h");
  g_assert_cmpint (kvar_grid_column_get_width (kvar_grid_find_column (f->grid, "c")), ==, 77);
  g_assert_true (kvar_grid_column_get_frozen (kvar_grid_find_column (f->grid, "b")));
  g_assert_false (kvar_grid_column_get_visible (kvar_grid_find_column (f->grid, "d")));

  /* Somebody has scrolled: more rows leave the view alone. */
  gtk_adjustment_set_value (f->v, 500);
  insert (store, 100, 100);
  grid_wait_frame (f);
  g_assert_cmpfloat (gtk_adjustment_get_value (f->v), ==, 500);
}

/* What was written by another version, or by nobody, changes nothing. */
static void
test_grid_state_takes_no_nonsense (GridFixture   *f,
                                   gconstpointer  unused)
{
  g_autoptr(GVariant) other = g_variant_ref_sink (g_variant_new ("a{si}", NULL));
  g_autoptr(GVariant) none = g_variant_ref_sink (
    g_variant_new_parsed ("[('a', 5, false, false), ('x', -7, true, true)]"));
  g_autoptr(GVariant) place = g_variant_ref_sink (g_variant_new_parsed (
    "{'top': <uint32 4000000000>, 'pixels': <-5.0>, 'row': <uint32 77>, 'column': <'?'>}"));
  g_autoptr(GPtrArray) shown = NULL;

  open_store (f, 20);
  kvar_grid_restore_columns (f->grid, other);
  kvar_grid_restore_columns (f->grid, none);
  kvar_grid_restore_place (f->grid, place);
  grid_wait_frame (f);
  shown = kvar_grid_list_shown_columns (f->grid);
  g_assert_cmpuint (shown->len, ==, 9);
  grid_assert_cursor (f, 19, "a");
}

#define add(path, func) g_test_add (path, GridFixture, NULL, grid_set_up, func, grid_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();

  add ("/grid/model/cursor-stays-with-its-row", test_grid_model_cursor_stays_with_its_row);
  add ("/grid/model/view-stays-where-it-is", test_grid_model_view_stays_where_it_is);
  add ("/grid/model/cursor-follows-a-moved-row", test_grid_model_cursor_follows_a_moved_row);
  add ("/grid/model/cursor-goes-on-from-a-deleted-row",
       test_grid_model_cursor_goes_on_from_a_deleted_row);
  add ("/grid/model/selection-stays-with-its-rows",
       test_grid_model_selection_stays_with_its_rows);
  add ("/grid/model/starts-anew", test_grid_model_starts_anew);
  add ("/grid/state/comes-back", test_grid_state_comes_back);
  add ("/grid/state/takes-no-nonsense", test_grid_state_takes_no_nonsense);

  return g_test_run ();
}
