/* test-grid-access.c: what a screen reader says of the grid
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kvar-grid-fixture.h"

#define assert_property(widget, property, value) \
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (widget), \
                                       GTK_ACCESSIBLE_PROPERTY_##property, value)

static void
test_grid_access_names_cells (GridFixture   *f,
                              gconstpointer  unused)
{
  g_autoptr(GridItem) item = NULL;
  GListStore *store = grid_fill_store (f, 30);

  grid_show (f);
  item = g_list_model_get_item (G_LIST_MODEL (store), 2);
  assert_property (grid_cell (f, 2, "b"), LABEL, "b, 2/b");
  assert_property (grid_cell (f, 2, "gaps"), LABEL, "gaps");

  item->edited = g_strdup ("new");
  g_signal_emit_by_name (item, "changed");
  assert_property (grid_cell (f, 2, "b"), LABEL, "b, new");
  assert_property (grid_cell (f, 2, "a"), LABEL, "a, 2/a, Edited");
}

/* Whatever is scrolled; a cell that is cut off is not where one looks. */
static void
test_grid_access_marks_what_is_in_view (GridFixture   *f,
                                        gconstpointer  unused)
{
  g_autoptr(GridItem) item = NULL;
  GListStore *store = grid_fill_store (f, 30);

  grid_show (f);
  item = g_list_model_get_item (G_LIST_MODEL (store), 2);
  item->edited = g_strdup ("new");
  g_signal_emit_by_name (item, "changed");
  assert_property (grid_cell (f, 2, "a"), LABEL, "a, 2/a, Edited");

  gtk_adjustment_set_value (f->h, 40);
  grid_wait_frame (f);
  assert_property (grid_cell (f, 2, "a"), LABEL, "a, 2/a");
  assert_property (grid_cell (f, 2, "b"), LABEL, "b, new, Edited");
  assert_property (grid_cell (f, 1, "b"), LABEL, "b, 1/b");

  gtk_adjustment_set_value (f->h, 0);
  grid_wait_frame (f);
  assert_property (grid_cell (f, 2, "a"), LABEL, "a, 2/a, Edited");
  assert_property (grid_cell (f, 2, "b"), LABEL, "b, new");

  kvar_grid_column_set_frozen (kvar_grid_find_column (f->grid, "b"), TRUE);
  gtk_adjustment_set_value (f->h, 200);
  grid_wait_frame (f);
  assert_property (grid_cell (f, 2, "b"), LABEL, "b, new, Edited");
}

static void
test_grid_access_tells_the_place (GridFixture   *f,
                                  gconstpointer  unused)
{
  g_autoptr(GridItem) item = grid_item_new (100);
  GListStore *store = grid_fill_store (f, 30);

  grid_show (f);
  kvar_grid_set_cursor (f->grid, 2, NULL);
  assert_property (kvar_grid_layout_get_row (f->grid, 2), LABEL, "Item 2");
  assert_property (kvar_grid_layout_get_row (f->grid, 2), DESCRIPTION, "Row 3 of 30");
  assert_property (grid_cell (f, 2, "a"), DESCRIPTION, "Row 3 of 30");

  g_list_store_insert (store, 0, item);
  assert_property (kvar_grid_layout_get_row (f->grid, 3), DESCRIPTION, "Row 4 of 31");
  assert_property (grid_cell (f, 3, "a"), DESCRIPTION, "Row 4 of 31");

  /* Only of the cursor's cell, also when the cell comes to serve another row. */
  kvar_grid_set_cursor (f->grid, 2, NULL);
  g_assert_false (gtk_test_accessible_has_property (GTK_ACCESSIBLE (grid_cell (f, 3, "a")),
                                                    GTK_ACCESSIBLE_PROPERTY_DESCRIPTION));
}

static void
test_grid_access_tells_the_place_in_new_rows (GridFixture   *f,
                                              gconstpointer  unused)
{
  g_autoptr(GridRows) rows = g_object_new (grid_rows_get_type (), NULL);

  grid_fill_store (f, 30);
  grid_show (f);
  kvar_grid_set_cursor (f->grid, 5, NULL);
  rows->n_items = 77;
  kvar_grid_set_model (f->grid, G_LIST_MODEL (rows));
  assert_property (grid_cell (f, 0, "a"), DESCRIPTION, "Row 1 of 77");
}

static void
test_grid_access_has_roles (GridFixture   *f,
                            gconstpointer  unused)
{
  GtkWidget *title;

  grid_fill_store (f, 30);
  grid_show (f);
  title = gtk_widget_get_first_child (GTK_WIDGET (f->grid->header));
  gtk_test_accessible_assert_role (GTK_ACCESSIBLE (f->grid), GTK_ACCESSIBLE_ROLE_GRID);
  gtk_test_accessible_assert_role (GTK_ACCESSIBLE (kvar_grid_layout_get_row (f->grid, 0)),
                                   GTK_ACCESSIBLE_ROLE_ROW);
  gtk_test_accessible_assert_role (GTK_ACCESSIBLE (grid_cell (f, 0, "a")),
                                   GTK_ACCESSIBLE_ROLE_GRID_CELL);
  gtk_test_accessible_assert_role (GTK_ACCESSIBLE (title), GTK_ACCESSIBLE_ROLE_COLUMN_HEADER);
  assert_property (title, LABEL, "a");

  kvar_grid_column_set_sort (kvar_grid_find_column (f->grid, "a"), KVAR_GRID_DESCENDING, 2);
  assert_property (title, DESCRIPTION, "Sorted descending, level 2");
}

static void
test_grid_access_tells_what_is_selected (GridFixture   *f,
                                         gconstpointer  unused)
{
  KvarGridRow *row;

  grid_fill_store (f, 30);
  grid_show (f);
  row = kvar_grid_layout_get_row (f->grid, 1);
  gtk_test_accessible_assert_state (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_STATE_SELECTED, FALSE);
  kvar_grid_selection_toggle (kvar_grid_get_selection (f->grid), 1);
  gtk_test_accessible_assert_state (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_STATE_SELECTED, TRUE);
}

#define add(path, func) g_test_add (path, GridFixture, NULL, grid_set_up, func, grid_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  /* Kept in memory, to be asked here. */
  g_setenv ("GTK_A11Y", "test", TRUE);
  adw_init ();

  add ("/grid/access/names-cells", test_grid_access_names_cells);
  add ("/grid/access/GRID-8/marks-what-is-in-view", test_grid_access_marks_what_is_in_view);
  add ("/grid/access/tells-the-place", test_grid_access_tells_the_place);
  add ("/grid/access/tells-the-place-in-new-rows", test_grid_access_tells_the_place_in_new_rows);
  add ("/grid/access/has-roles", test_grid_access_has_roles);
  add ("/grid/access/tells-what-is-selected", test_grid_access_tells_what_is_selected);

  return g_test_run ();
}
