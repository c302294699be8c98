/* test-grid-editing.c: nothing typed into a cell is lost, whatever happens to its row
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kvar-grid-fixture.h"

static GListStore *
open_editor (GridFixture *f,
             guint        row)
{
  GListStore *store = grid_fill_store (f, 200);

  grid_show (f);
  gtk_widget_grab_focus (GTK_WIDGET (f->grid));
  kvar_grid_set_cursor (f->grid, row, kvar_grid_find_column (f->grid, "b"));
  g_assert_true (grid_press (f, GDK_KEY_F2, 0));
  g_assert_nonnull (kvar_grid_get_editor (f->grid));

  return store;
}

/* As the keyboard does it: into whatever has the focus. */
static void
type (GridFixture *f,
      const char  *text)
{
  GtkWidget *focus = grid_focus (f);
  int position;

  g_assert_true (GTK_IS_TEXT (focus));
  gtk_editable_delete_selection (GTK_EDITABLE (focus));
  position = gtk_editable_get_position (GTK_EDITABLE (focus));
  gtk_editable_insert_text (GTK_EDITABLE (focus), text, -1, &position);
  gtk_editable_set_position (GTK_EDITABLE (focus), position);
}

static void
assert_edited (GridFixture *f,
               guint        row,
               const char  *text)
{
  g_assert_null (kvar_grid_get_editor (f->grid));
  g_assert_cmpuint (f->source->n_edits, ==, 1);
  g_assert_true (f->source->committed);
  g_assert_cmpuint (f->source->row, ==, row);
  g_assert_cmpstr (f->source->typed, ==, text);
}

static void
test_grid_editing_survives_scrolling (GridFixture   *f,
                                      gconstpointer  unused)
{
  GtkWidget *editor;

  open_editor (f, 3);
  editor = kvar_grid_get_editor (f->grid);
  type (f, "ab");
  gtk_adjustment_set_value (f->v, 3000);
  grid_wait_frame (f);
  g_assert_true (gtk_widget_get_mapped (editor));
  type (f, "cd");
  gtk_adjustment_set_value (f->v, 0);
  grid_wait_frame (f);
  g_assert_cmpfloat (grid_area (f, editor).origin.x, ==, 150);

  g_assert_true (grid_press (f, GDK_KEY_Tab, 0));
  assert_edited (f, 3, "abcd");
  grid_assert_cursor (f, 4, "b");
  g_assert_cmpstr (kvar_grid_cell_get_text (grid_cell (f, 3, "b")), ==, "abcd");
}

static void
test_grid_editing_survives_new_rows (GridFixture   *f,
                                     gconstpointer  unused)
{
  GListStore *store = open_editor (f, 3);
  g_autoptr(GObject) item = grid_item_new (999);
  g_autoptr(GObject) edited = g_list_model_get_item (G_LIST_MODEL (store), 3);

  type (f, "ab");
  g_list_store_insert (store, 0, item);
  type (f, "cd");
  grid_assert_cursor (f, 4, "b");

  /* Sorted to another place, the row takes the editor along. */
  g_list_store_remove (store, 4);
  g_list_store_insert (store, 100, edited);
  grid_wait_frame (f);
  grid_assert_cursor (f, 100, "b");
  type (f, "ef");
  grid_press (f, GDK_KEY_Return, 0);
  assert_edited (f, 3, "abcdef");
  grid_assert_cursor (f, 101, "b");
}

static void
test_grid_editing_ends_with_its_row (GridFixture   *f,
                                     gconstpointer  unused)
{
  GListStore *store = open_editor (f, 3);

  type (f, "ab");
  g_list_store_remove (store, 3);
  kvar_test_wait_until (kvar_grid_get_editor (f->grid) == NULL);
  assert_edited (f, 3, "ab");
  g_assert_true (KVAR_IS_GRID_CELL (grid_focus (f)));
}

static void
test_grid_editing_ends_with_the_rows (GridFixture   *f,
                                      gconstpointer  unused)
{
  open_editor (f, 3);
  type (f, "ab");
  kvar_grid_set_model (f->grid, NULL);
  assert_edited (f, 3, "ab");
}

/* As when the page is left in the middle of a word. */
static void
test_grid_editing_ends_with_the_grid (GridFixture   *f,
                                      gconstpointer  unused)
{
  open_editor (f, 3);
  type (f, "ab");
  g_assert_nonnull (kvar_grid_get_editor (f->grid));
}

/* Nothing may hold the editor any longer, or run without it. */
static void
tear_down_edited (GridFixture   *f,
                  gconstpointer  unused)
{
  GtkWidget *editor = g_object_ref (kvar_grid_get_editor (f->grid));

  grid_tear_down (f, unused);
  kvar_test_settle ();
  g_assert_finalize_object (editor);
}

static void
test_grid_editing_ends_with_its_column (GridFixture   *f,
                                        gconstpointer  unused)
{
  open_editor (f, 3);
  type (f, "ab");
  kvar_grid_column_set_visible (kvar_grid_find_column (f->grid, "b"), FALSE);
  assert_edited (f, 3, "ab");
  grid_wait_frame (f);
}

static void
test_grid_editing_is_kept_by_a_click_elsewhere (GridFixture   *f,
                                                gconstpointer  unused)
{
  open_editor (f, 3);
  type (f, "ab");
  kvar_grid_header_focus (f->grid->header, NULL);
  assert_edited (f, 3, "ab");
  g_assert_true (gtk_widget_get_parent (grid_focus (f)) == GTK_WIDGET (f->grid->header));
  grid_wait_frame (f);
}

static void
test_grid_editing_is_given_up_by_escape (GridFixture   *f,
                                         gconstpointer  unused)
{
  open_editor (f, 3);
  type (f, "ab");
  g_assert_true (grid_press (f, GDK_KEY_Escape, 0));
  g_assert_false (f->source->committed);
  grid_assert_text (f, 3, "b");
  grid_assert_cursor (f, 3, "b");
  g_assert_true (grid_focus (f) == GTK_WIDGET (grid_cell (f, 3, "b")));
}

/* What an input method holds is its own: Enter, Escape and Tab too. */
static void
test_grid_editing_leaves_keys_to_the_input_method (GridFixture   *f,
                                                   gconstpointer  unused)
{
  open_editor (f, 3);
  g_signal_emit_by_name (grid_focus (f), "preedit-changed", "に");
  g_assert_false (grid_press (f, GDK_KEY_Return, 0));
  g_assert_false (grid_press (f, GDK_KEY_Escape, 0));
  g_assert_nonnull (kvar_grid_get_editor (f->grid));

  g_signal_emit_by_name (grid_focus (f), "preedit-changed", "");
  g_assert_true (grid_press (f, GDK_KEY_Return, 0));
  g_assert_null (kvar_grid_get_editor (f->grid));
}

/* The editor has the arrows while it is open. */
static void
test_grid_editing_takes_no_other_keys (GridFixture   *f,
                                       gconstpointer  unused)
{
  open_editor (f, 3);
  g_assert_false (grid_press (f, GDK_KEY_Left, 0));
  g_assert_false (grid_press (f, GDK_KEY_a, GDK_CONTROL_MASK));
  g_assert_false (grid_press (f, GDK_KEY_Home, GDK_CONTROL_MASK));
  grid_assert_cursor (f, 3, "b");
}

static void
test_grid_editing_only_where_it_can (GridFixture   *f,
                                     gconstpointer  unused)
{
  grid_fill_store (f, 20);
  grid_show (f);
  gtk_widget_grab_focus (GTK_WIDGET (f->grid));
  g_assert_false (grid_press (f, GDK_KEY_F2, 0));

  kvar_grid_set_cursor (f->grid, 0, kvar_grid_find_column (f->grid, "b"));
  g_assert_true (kvar_grid_start_editing (f->grid, "x"));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (kvar_grid_get_editor (f->grid))), ==, "x");
  type (f, "y");
  kvar_grid_commit (f->grid);
  assert_edited (f, 0, "xy");
}

#define add(path, func) g_test_add (path, GridFixture, NULL, grid_set_up, func, grid_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();

  add ("/grid/editing/survives-scrolling", test_grid_editing_survives_scrolling);
  add ("/grid/editing/survives-new-rows", test_grid_editing_survives_new_rows);
  add ("/grid/editing/ends-with-its-row", test_grid_editing_ends_with_its_row);
  add ("/grid/editing/ends-with-the-rows", test_grid_editing_ends_with_the_rows);
  g_test_add ("/grid/editing/ends-with-the-grid", GridFixture, NULL, grid_set_up,
              test_grid_editing_ends_with_the_grid, tear_down_edited);
  add ("/grid/editing/ends-with-its-column", test_grid_editing_ends_with_its_column);
  add ("/grid/editing/is-kept-by-a-click-elsewhere",
       test_grid_editing_is_kept_by_a_click_elsewhere);
  add ("/grid/editing/is-given-up-by-escape", test_grid_editing_is_given_up_by_escape);
  add ("/grid/editing/leaves-keys-to-the-input-method",
       test_grid_editing_leaves_keys_to_the_input_method);
  add ("/grid/editing/takes-no-other-keys", test_grid_editing_takes_no_other_keys);
  add ("/grid/editing/only-where-it-can", test_grid_editing_only_where_it_can);

  return g_test_run ();
}
