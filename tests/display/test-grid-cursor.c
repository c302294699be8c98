/* test-grid-cursor.c: the keys of the grid, and the focus that goes with the cursor
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kvar-grid-fixture.h"

static void
open_grid (GridFixture *f,
           guint        n_rows)
{
  grid_fill_rows (f, n_rows);
  grid_show (f);
  gtk_widget_grab_focus (GTK_WIDGET (f->grid));
}

static void
assert_focus (GridFixture *f)
{
  const char *id = kvar_grid_column_get_id (kvar_grid_get_cursor_column (f->grid));

  g_assert_nonnull (grid_focus (f));
  g_assert_true (grid_focus (f) ==
                 GTK_WIDGET (grid_cell (f, kvar_grid_get_cursor_row (f->grid), id)));
}

static void
test_grid_cursor_moves (GridFixture   *f,
                        gconstpointer  unused)
{
  static const struct
  {
    guint            keyval;
    GdkModifierType  state;
    guint            row;
    const char      *column;
  } presses[] = {
    { GDK_KEY_Down, 0, 1, "a" },
    { GDK_KEY_Right, 0, 1, "b" },
    { GDK_KEY_End, 0, 1, "h" },
    { GDK_KEY_Right, 0, 1, "h" },
    { GDK_KEY_Home, 0, 1, "a" },
    { GDK_KEY_End, GDK_CONTROL_MASK, 999, "h" },
    { GDK_KEY_Up, 0, 998, "h" },
    { GDK_KEY_Home, GDK_CONTROL_MASK, 0, "a" },
    { GDK_KEY_KP_Right, 0, 0, "b" },
    { GDK_KEY_Right, GDK_CONTROL_MASK, 0, "h" },
    { GDK_KEY_Left, GDK_CONTROL_MASK, 0, "a" },
    { GDK_KEY_Down, GDK_CONTROL_MASK, 999, "a" },
    { GDK_KEY_Up, GDK_CONTROL_MASK, 0, "a" },
  };

  open_grid (f, 1000);
  for (gsize i = 0; i < G_N_ELEMENTS (presses); i++)
    {
      g_assert_true (grid_press (f, presses[i].keyval, presses[i].state));
      grid_assert_cursor (f, presses[i].row, presses[i].column);
      assert_focus (f);
    }
}

static void
test_grid_cursor_moves_by_pages (GridFixture   *f,
                                 gconstpointer  unused)
{
  guint page;

  open_grid (f, 1000);
  page = f->grid->body_height / f->grid->row_height;
  grid_press (f, GDK_KEY_Page_Down, 0);
  grid_assert_cursor (f, page, "a");
  grid_press (f, GDK_KEY_Page_Up, 0);
  grid_press (f, GDK_KEY_Page_Up, 0);
  grid_assert_cursor (f, 0, "a");
}

static void
test_grid_cursor_stops_at_gaps (GridFixture   *f,
                                gconstpointer  unused)
{
  open_grid (f, 1000);
  kvar_grid_set_cursor (f->grid, 0, kvar_grid_find_column (f->grid, "gaps"));
  grid_press (f, GDK_KEY_Down, GDK_CONTROL_MASK);
  grid_assert_cursor (f, 1, "gaps");
  grid_press (f, GDK_KEY_Down, GDK_CONTROL_MASK);
  grid_assert_cursor (f, 3, "gaps");
}

/* A cell that is moved to can be seen, whole, at once. */
static void
test_grid_cursor_is_scrolled_to (GridFixture   *f,
                                 gconstpointer  unused)
{
  graphene_rect_t area;
  int height;

  open_grid (f, 1000);
  kvar_grid_set_cursor (f->grid, 500, kvar_grid_find_column (f->grid, "h"));
  grid_wait_frame (f);
  height = gtk_widget_get_height (GTK_WIDGET (f->grid));
  area = grid_area (f, grid_cell (f, 500, "h"));
  g_assert_cmpfloat (area.origin.y + area.size.height, <=, height);
  g_assert_cmpfloat (area.origin.y, >=, f->grid->header_height);
  g_assert_cmpfloat (area.origin.x + area.size.width, <=, f->grid->width);

  kvar_grid_set_cursor (f->grid, 300, NULL);
  grid_wait_frame (f);
  g_assert_cmpfloat (grid_area (f, grid_cell (f, 300, "h")).origin.y, ==, f->grid->header_height);
}

static void
test_grid_cursor_extends_the_selection (GridFixture   *f,
                                        gconstpointer  unused)
{
  KvarGridSelection *selection = kvar_grid_get_selection (f->grid);

  open_grid (f, 1000);
  kvar_grid_set_cursor (f->grid, 5, NULL);
  grid_press (f, GDK_KEY_Down, GDK_SHIFT_MASK);
  grid_press (f, GDK_KEY_Down, GDK_SHIFT_MASK);
  g_assert_cmpuint (kvar_grid_selection_get_n_rows (selection), ==, 3);
  grid_press (f, GDK_KEY_Up, GDK_SHIFT_MASK);
  grid_press (f, GDK_KEY_Up, GDK_SHIFT_MASK);
  grid_press (f, GDK_KEY_Up, GDK_SHIFT_MASK);
  g_assert_cmpuint (kvar_grid_selection_get_n_rows (selection), ==, 2);
  g_assert_true (kvar_grid_selection_contains (selection, 4));
  g_assert_true (kvar_grid_selection_contains (selection, 5));

  /* Moving on without Shift leaves it, so that rows can be picked one by one. */
  grid_press (f, GDK_KEY_Down, 0);
  grid_press (f, GDK_KEY_Down, 0);
  grid_press (f, GDK_KEY_Down, 0);
  grid_press (f, GDK_KEY_space, GDK_CONTROL_MASK);
  g_assert_cmpuint (kvar_grid_selection_get_n_rows (selection), ==, 3);
  grid_press (f, GDK_KEY_space, GDK_SHIFT_MASK);
  g_assert_cmpuint (kvar_grid_selection_get_n_rows (selection), ==, 1);
  g_assert_true (kvar_grid_selection_contains (selection, kvar_grid_get_cursor_row (f->grid)));
}

static void
test_grid_cursor_selects_all_at_once (GridFixture   *f,
                                      gconstpointer  unused)
{
  GridRows *rows;
  guint n_asked;

  open_grid (f, 1000000);
  rows = GRID_ROWS (f->model);
  n_asked = rows->n_asked;
  grid_press (f, GDK_KEY_a, GDK_CONTROL_MASK);
  g_assert_cmpuint (kvar_grid_selection_get_n_rows (kvar_grid_get_selection (f->grid)), ==,
                    1000000);
  g_assert_cmpuint (rows->n_asked, ==, n_asked);
  g_assert_true (gtk_widget_get_state_flags (GTK_WIDGET (kvar_grid_layout_get_row (f->grid, 3))) &
                 GTK_STATE_FLAG_SELECTED);

  grid_press (f, GDK_KEY_A, GDK_CONTROL_MASK | GDK_SHIFT_MASK);
  g_assert_cmpuint (kvar_grid_selection_get_n_rows (kvar_grid_get_selection (f->grid)), ==, 0);
}

/* Left is where the eye sees it. */
static void
test_grid_cursor_follows_the_eye (GridFixture   *f,
                                  gconstpointer  unused)
{
  gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
  open_grid (f, 100);
  grid_press (f, GDK_KEY_Left, 0);
  grid_assert_cursor (f, 0, "b");
  grid_press (f, GDK_KEY_Right, 0);
  grid_assert_cursor (f, 0, "a");
  grid_press (f, GDK_KEY_End, 0);
  grid_assert_cursor (f, 0, "h");
  gtk_widget_set_default_direction (GTK_TEXT_DIR_LTR);
}

static void
count_rows_cb (guint *activated,
               guint  row)
{
  *activated = row;
}

static void
test_grid_cursor_activates (GridFixture   *f,
                            gconstpointer  unused)
{
  guint activated = KVAR_GRID_NO_ROW;

  open_grid (f, 100);
  g_signal_connect_swapped (f->grid, "row-activated", G_CALLBACK (count_rows_cb), &activated);
  kvar_grid_set_cursor (f->grid, 7, NULL);
  grid_press (f, GDK_KEY_Return, 0);
  g_assert_cmpuint (activated, ==, 7);
}

static void
test_grid_cursor_stops_twice_for_tab (GridFixture   *f,
                                      gconstpointer  unused)
{
  open_grid (f, 100);
  grid_press (f, GDK_KEY_Right, 0);
  gtk_widget_child_focus (GTK_WIDGET (f->grid), GTK_DIR_TAB_BACKWARD);
  g_assert_true (gtk_widget_get_parent (grid_focus (f)) == GTK_WIDGET (f->grid->header));
  g_assert_false (gtk_widget_child_focus (GTK_WIDGET (f->grid), GTK_DIR_TAB_BACKWARD));
  gtk_widget_child_focus (GTK_WIDGET (f->grid), GTK_DIR_TAB_FORWARD);
  assert_focus (f);
  grid_assert_cursor (f, 0, "b");
  g_assert_false (gtk_widget_child_focus (GTK_WIDGET (f->grid), GTK_DIR_TAB_FORWARD));
}

typedef struct
{
  char     *column;
  gboolean  add;
} Sorted;

static void
sorted_cb (Sorted         *sorted,
           KvarGridColumn *column,
           gboolean        add)
{
  g_free (sorted->column);
  sorted->column = g_strdup (kvar_grid_column_get_id (column));
  sorted->add = add;
}

static void
test_grid_header_takes_keys (GridFixture   *f,
                             gconstpointer  unused)
{
  g_autoptr(GPtrArray) shown = NULL;
  KvarGridColumn *b;
  Sorted sorted = { NULL, FALSE };

  open_grid (f, 100);
  b = kvar_grid_find_column (f->grid, "b");
  g_signal_connect_swapped (f->grid, "sort-requested", G_CALLBACK (sorted_cb), &sorted);
  kvar_grid_header_focus (f->grid->header, kvar_grid_find_column (f->grid, "a"));
  grid_press (f, GDK_KEY_Right, 0);
  grid_press (f, GDK_KEY_Return, 0);
  g_assert_cmpstr (sorted.column, ==, "b");
  g_assert_false (sorted.add);
  grid_press (f, GDK_KEY_Return, GDK_SHIFT_MASK);
  g_assert_true (sorted.add);

  grid_press (f, GDK_KEY_Right, GDK_SHIFT_MASK);
  g_assert_cmpint (kvar_grid_column_get_width (b), ==, 160);
  grid_press (f, GDK_KEY_Left, GDK_SHIFT_MASK);
  grid_press (f, GDK_KEY_Left, GDK_SHIFT_MASK);
  g_assert_cmpint (kvar_grid_column_get_width (b), ==, 140);

  grid_press (f, GDK_KEY_Left, GDK_CONTROL_MASK | GDK_SHIFT_MASK);
  shown = kvar_grid_list_shown_columns (f->grid);
  g_assert_true (g_ptr_array_index (shown, 0) == b);
  g_assert_true (gtk_widget_get_focus_child (GTK_WIDGET (f->grid)) ==
                 GTK_WIDGET (f->grid->header));

  grid_press (f, GDK_KEY_Down, 0);
  grid_assert_cursor (f, 0, "b");
  assert_focus (f);
  g_free (sorted.column);
}

static GMenuModel *
column_menu_cb (GridFixture    *f,
                KvarGridColumn *column)
{
  GMenu *menu = g_menu_new ();

  g_menu_append (menu, kvar_grid_column_get_id (column), "none.one");
  g_menu_append (menu, "Two", "none.two");

  return G_MENU_MODEL (menu);
}

/* Arrows move within the menu, and the title has the focus again when it closes. */
static void
test_grid_header_opens_a_menu (GridFixture   *f,
                               gconstpointer  unused)
{
  g_autoptr(GSimpleActionGroup) group = g_simple_action_group_new ();
  const GActionEntry actions[] = { { "one" }, { "two" } };
  GtkWidget *title, *menu, *first;

  open_grid (f, 100);
  g_action_map_add_action_entries (G_ACTION_MAP (group), actions, G_N_ELEMENTS (actions), NULL);
  gtk_widget_insert_action_group (GTK_WIDGET (f->grid), "none", G_ACTION_GROUP (group));
  g_signal_connect_swapped (f->grid, "column-menu", G_CALLBACK (column_menu_cb), f);
  kvar_grid_header_focus (f->grid->header, kvar_grid_find_column (f->grid, "b"));
  title = grid_focus (f);

  g_assert_true (grid_press (f, GDK_KEY_Menu, 0));
  menu = f->grid->menu;
  g_assert_nonnull (menu);
  kvar_test_wait_until (gtk_widget_get_mapped (menu));
  kvar_test_settle ();
  gtk_widget_child_focus (GTK_WIDGET (f->window), GTK_DIR_DOWN);
  first = grid_focus (f);
  gtk_widget_child_focus (GTK_WIDGET (f->window), GTK_DIR_DOWN);
  g_assert_true (gtk_widget_is_ancestor (grid_focus (f), menu));
  g_assert_true (grid_focus (f) != first);

  gtk_popover_popdown (GTK_POPOVER (menu));
  kvar_test_settle ();
  g_assert_null (f->grid->menu);
  g_assert_true (grid_focus (f) == title);
}

static GMenuModel *
cell_menu_cb (GridFixture *f)
{
  GMenu *menu = g_menu_new ();

  g_menu_append (menu, "One", "none.one");

  return G_MENU_MODEL (menu);
}

/* At the cursor, by both keys; the cell has the focus again when it closes. */
static void
test_grid_cursor_opens_a_menu (GridFixture   *f,
                               gconstpointer  unused)
{
  open_grid (f, 100);
  g_assert_false (grid_press (f, GDK_KEY_Menu, 0));
  g_signal_connect_swapped (f->grid, "cell-menu", G_CALLBACK (cell_menu_cb), f);
  kvar_grid_set_cursor (f->grid, 3, kvar_grid_find_column (f->grid, "b"));

  g_assert_true (grid_press (f, GDK_KEY_F10, GDK_SHIFT_MASK));
  kvar_test_wait_until (gtk_widget_get_mapped (f->grid->menu));
  gtk_popover_popdown (GTK_POPOVER (f->grid->menu));
  kvar_test_settle ();
  g_assert_null (f->grid->menu);
  grid_assert_cursor (f, 3, "b");
  assert_focus (f);

  g_assert_true (grid_press (f, GDK_KEY_Menu, 0));
  kvar_test_wait_until (gtk_widget_get_mapped (f->grid->menu));
  gtk_popover_popdown (GTK_POPOVER (f->grid->menu));
  kvar_test_settle ();
}

#define add(path, func) g_test_add (path, GridFixture, NULL, grid_set_up, func, grid_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();

  add ("/grid/cursor/moves", test_grid_cursor_moves);
  add ("/grid/cursor/moves-by-pages", test_grid_cursor_moves_by_pages);
  add ("/grid/cursor/stops-at-gaps", test_grid_cursor_stops_at_gaps);
  add ("/grid/cursor/is-scrolled-to", test_grid_cursor_is_scrolled_to);
  add ("/grid/cursor/extends-the-selection", test_grid_cursor_extends_the_selection);
  add ("/grid/cursor/selects-all-at-once", test_grid_cursor_selects_all_at_once);
  add ("/grid/cursor/follows-the-eye", test_grid_cursor_follows_the_eye);
  add ("/grid/cursor/activates", test_grid_cursor_activates);
  add ("/grid/cursor/stops-twice-for-tab", test_grid_cursor_stops_twice_for_tab);
  add ("/grid/cursor/opens-a-menu", test_grid_cursor_opens_a_menu);
  add ("/grid/header/takes-keys", test_grid_header_takes_keys);
  add ("/grid/header/opens-a-menu", test_grid_header_opens_a_menu);

  return g_test_run ();
}
