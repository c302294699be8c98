/* test-grid-layout.c: what is in view, exactly, whatever was scrolled
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kvar-grid-fixture.h"

static guint
count_children (gpointer widget)
{
  guint n = 1;

  for (GtkWidget *child = gtk_widget_get_first_child (widget);
       child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n += count_children (child);

  return n;
}

/* Steps of 77 px, so many in each frame, arrive where they add up to. */
static void
test_grid_layout_is_exact (GridFixture   *f,
                           gconstpointer  unused)
{
  grid_fill_rows (f, 1000000);
  grid_show (f);

  for (guint steps = 1; steps <= 8; steps *= 2)
    {
      double expected = 0;
      guint first;

      gtk_adjustment_set_value (f->v, 0);
      for (guint frame = 0; frame < 3; frame++)
        {
          for (guint i = 0; i < steps; i++)
            gtk_adjustment_set_value (f->v, gtk_adjustment_get_value (f->v) + 77);
          expected += 77 * steps;
          grid_wait_frame (f);
          g_assert_cmpfloat (gtk_adjustment_get_value (f->v), ==, expected);
        }

      first = (guint)expected / f->grid->row_height;
      grid_assert_text (f, first, "a");
      g_assert_cmpfloat (grid_area (f, grid_cell (f, first, "a")).origin.y, ==,
                         f->grid->header_height + (double)first * f->grid->row_height - expected);
    }
}

static void
test_grid_layout_makes_few_widgets (GridFixture   *f,
                                    gconstpointer  unused)
{
  GridRows *rows;
  guint n;

  grid_fill_rows (f, 1000000);
  rows = GRID_ROWS (f->model);
  grid_show (f);
  n = count_children (f->grid);
  g_assert_cmpuint (n, <, 300);
  g_assert_cmpuint (rows->n_asked, <, 60);

  for (guint i = 0; i < 8; i++)
    {
      gtk_adjustment_set_value (f->v, i * 1234567.0);
      grid_wait_frame (f);
    }
  g_assert_cmpuint (count_children (f->grid), <=, n + 12);
  g_assert_cmpuint (rows->n_asked, <, 60 + 8 * 30);
}

static void
test_grid_layout_shows_the_last_row (GridFixture   *f,
                                     gconstpointer  unused)
{
  graphene_rect_t area;

  grid_fill_rows (f, 1000000);
  grid_show (f);
  gtk_adjustment_set_value (f->v, G_MAXDOUBLE);
  grid_wait_frame (f);

  area = grid_area (f, kvar_grid_layout_get_row (f->grid, 999999));
  g_assert_cmpfloat (area.origin.y + area.size.height, ==,
                     gtk_widget_get_height (GTK_WIDGET (f->grid)));
}

static void
test_grid_layout_keeps_the_cursor_row (GridFixture   *f,
                                       gconstpointer  unused)
{
  GtkWidget *cell;

  grid_fill_rows (f, 1000);
  grid_show (f);
  gtk_widget_grab_focus (GTK_WIDGET (f->grid));
  kvar_grid_set_cursor (f->grid, 3, kvar_grid_find_column (f->grid, "b"));
  cell = GTK_WIDGET (grid_cell (f, 3, "b"));
  g_assert_true (grid_focus (f) == cell);

  for (guint i = 0; i < 6; i++)
    {
      gtk_adjustment_set_value (f->v, i * 2000);
      grid_wait_frame (f);
      g_assert_true (gtk_widget_get_mapped (cell));
      g_assert_true (grid_focus (f) == cell);
    }
  grid_assert_cursor (f, 3, "b");
  g_assert_cmpstr (kvar_grid_cell_get_text (KVAR_GRID_CELL (cell)), ==, "3/b");
}

static void
test_grid_layout_keeps_the_cursor_column (GridFixture   *f,
                                          gconstpointer  unused)
{
  GtkWidget *cell;

  grid_fill_rows (f, 1000);
  grid_show (f);
  gtk_widget_grab_focus (GTK_WIDGET (f->grid));
  cell = GTK_WIDGET (grid_cell (f, 0, "a"));
  gtk_adjustment_set_value (f->h, 600);
  grid_wait_frame (f);

  g_assert_null (grid_cell (f, 1, "a"));
  g_assert_true (gtk_widget_get_mapped (cell));
  g_assert_true (grid_focus (f) == cell);
  g_assert_cmpfloat (grid_area (f, grid_cell (f, 1, "e")).origin.x, ==, 5 * 150 - 600);
}

static void
test_grid_layout_freezes_columns (GridFixture   *f,
                                  gconstpointer  unused)
{
  grid_fill_rows (f, 1000);
  kvar_grid_column_set_frozen (kvar_grid_find_column (f->grid, "b"), TRUE);
  grid_show (f);
  g_assert_cmpfloat (grid_area (f, grid_cell (f, 1, "b")).origin.x, ==, 0);
  g_assert_cmpfloat (grid_area (f, grid_cell (f, 1, "a")).origin.x, ==, 150);

  gtk_adjustment_set_value (f->h, 200);
  grid_wait_frame (f);
  g_assert_cmpfloat (grid_area (f, grid_cell (f, 1, "b")).origin.x, ==, 0);
  g_assert_null (grid_cell (f, 1, "a"));
  g_assert_cmpfloat (grid_area (f, grid_cell (f, 1, "gaps")).origin.x, ==, 100);

  /* A column that is moved to does not stay below the frozen one. */
  kvar_grid_scroll_to (f->grid, 1, kvar_grid_find_column (f->grid, "a"));
  grid_wait_frame (f);
  g_assert_cmpfloat (gtk_adjustment_get_value (f->h), ==, 0);
}

/* In RTL the first column is at the right, and the scrollbar's end is the start. */
static void
test_grid_layout_runs_from_right_to_left (GridFixture   *f,
                                          gconstpointer  unused)
{
  int width;

  grid_fill_rows (f, 1000);
  gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
  grid_show (f);
  width = gtk_widget_get_width (GTK_WIDGET (f->grid));
  g_assert_cmpfloat (grid_area (f, grid_cell (f, 0, "a")).origin.x, ==, width - 150);
  g_assert_cmpfloat (gtk_adjustment_get_value (f->h), ==, 9 * 150 - width);

  gtk_adjustment_set_value (f->h, 0);
  grid_wait_frame (f);
  g_assert_cmpfloat (grid_area (f, grid_cell (f, 1, "h")).origin.x, ==, 0);

  kvar_grid_set_cursor (f->grid, 0, kvar_grid_find_column (f->grid, "a"));
  grid_wait_frame (f);
  g_assert_cmpfloat (gtk_adjustment_get_value (f->h), ==, 9 * 150 - width);
  gtk_widget_set_default_direction (GTK_TEXT_DIR_LTR);
}

static void
test_grid_layout_gives_the_rest_to_the_last_column (GridFixture   *f,
                                                    gconstpointer  unused)
{
  grid_fill_rows (f, 10);
  for (guint i = 2; i < kvar_grid_get_n_columns (f->grid); i++)
    kvar_grid_column_set_visible (kvar_grid_get_column (f->grid, i), FALSE);
  grid_show (f);

  g_assert_cmpfloat (grid_area (f, grid_cell (f, 1, "b")).size.width, ==,
                     gtk_widget_get_width (GTK_WIDGET (f->grid)) - 150);
}

static void
test_grid_layout_draws_what_comes_later (GridFixture   *f,
                                         gconstpointer  unused)
{
  g_autoptr(GListStore) store = g_list_store_new (grid_item_get_type ());
  GridItem *item = grid_item_new (7);

  item->missing = TRUE;
  g_list_store_append (store, item);
  grid_fill (f, G_LIST_MODEL (store));
  grid_show (f);
  g_assert_cmpstr (kvar_grid_cell_get_text (grid_cell (f, 0, "a")), ==, "");

  item->missing = FALSE;
  g_signal_emit_by_name (item, "changed");
  g_assert_cmpstr (kvar_grid_cell_get_text (grid_cell (f, 0, "a")), ==, "7/a");
  g_object_unref (item);
}

static void
test_grid_layout_follows_hidden_columns (GridFixture   *f,
                                         gconstpointer  unused)
{
  grid_fill_rows (f, 100);
  grid_show (f);
  gtk_widget_grab_focus (GTK_WIDGET (f->grid));
  kvar_grid_set_cursor (f->grid, 2, kvar_grid_find_column (f->grid, "b"));

  kvar_grid_column_set_visible (kvar_grid_find_column (f->grid, "a"), FALSE);
  grid_wait_frame (f);
  grid_assert_cursor (f, 2, "b");
  g_assert_cmpfloat (grid_area (f, grid_cell (f, 2, "b")).origin.x, ==, 0);

  kvar_grid_column_set_visible (kvar_grid_find_column (f->grid, "b"), FALSE);
  grid_wait_frame (f);
  grid_assert_cursor (f, 2, "gaps");

  kvar_grid_move_column (f->grid, kvar_grid_find_column (f->grid, "d"), 0);
  grid_wait_frame (f);
  g_assert_cmpfloat (grid_area (f, grid_cell (f, 2, "d")).origin.x, ==, 0);
  grid_assert_cursor (f, 2, "gaps");
}

#define add(path, func) g_test_add (path, GridFixture, NULL, grid_set_up, func, grid_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();

  add ("/grid/layout/is-exact", test_grid_layout_is_exact);
  add ("/grid/layout/makes-few-widgets", test_grid_layout_makes_few_widgets);
  add ("/grid/layout/shows-the-last-row", test_grid_layout_shows_the_last_row);
  add ("/grid/layout/keeps-the-cursor-row", test_grid_layout_keeps_the_cursor_row);
  add ("/grid/layout/keeps-the-cursor-column", test_grid_layout_keeps_the_cursor_column);
  add ("/grid/layout/freezes-columns", test_grid_layout_freezes_columns);
  add ("/grid/layout/runs-from-right-to-left", test_grid_layout_runs_from_right_to_left);
  add ("/grid/layout/gives-the-rest-to-the-last-column",
       test_grid_layout_gives_the_rest_to_the_last_column);
  add ("/grid/layout/draws-what-comes-later", test_grid_layout_draws_what_comes_later);
  add ("/grid/layout/follows-hidden-columns", test_grid_layout_follows_hidden_columns);

  return g_test_run ();
}
