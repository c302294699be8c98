/* test-grid-find.c: what is typed in a column goes to the next cell that begins with it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kvar-grid-fixture.h"
#include "widgets/grid/kvar-grid-find.h"

typedef struct
{
  GridFixture   grid;
  KvarClock    *clock;
  KvarGridFind *find;
} FindFixture;

static void
find_set_up (FindFixture   *f,
             gconstpointer  unused)
{
  grid_set_up (&f->grid, NULL);
  f->clock = kvar_clock_new_simulated ();
  f->find = kvar_grid_find_new (f->grid.grid, f->clock);
}

static void
find_tear_down (FindFixture   *f,
                gconstpointer  unused)
{
  g_assert_finalize_object (f->find);
  g_assert_finalize_object (f->clock);
  grid_tear_down (&f->grid, NULL);
}

static void
open_grid (FindFixture *f,
           guint        n_rows)
{
  grid_fill_rows (&f->grid, n_rows);
  grid_show (&f->grid);
  gtk_widget_grab_focus (GTK_WIDGET (f->grid.grid));
}

static guint
get_row (FindFixture *f)
{
  return kvar_grid_get_cursor_row (f->grid.grid);
}

/* The first letter leads on from here, so that the same one leads on again; more of them keep
 * to a row that has them all. */
static void
test_grid_find_goes_to_the_next (FindFixture   *f,
                                 gconstpointer  unused)
{
  open_grid (f, 1000);
  kvar_grid_set_cursor (f->grid.grid, 1, kvar_grid_find_column (f->grid.grid, "c"));
  kvar_grid_find_type (f->find, "1");
  grid_assert_cursor (&f->grid, 10, "c");
  g_assert_true (kvar_grid_find_get_found (f->find));

  kvar_grid_find_type (f->find, "0");
  g_assert_cmpuint (get_row (f), ==, 10);
  kvar_grid_find_type (f->find, "0");
  g_assert_cmpuint (get_row (f), ==, 100);
  g_assert_cmpstr (kvar_grid_find_get_text (f->find), ==, "100");
}

static void
test_grid_find_does_not_wrap (FindFixture   *f,
                              gconstpointer  unused)
{
  open_grid (f, 100);
  kvar_grid_set_cursor (f->grid.grid, 50, NULL);
  kvar_grid_find_type (f->find, "4");
  g_assert_cmpuint (get_row (f), ==, 50);
  g_assert_false (kvar_grid_find_get_found (f->find));

  /* From the last row there is nothing below either. */
  kvar_grid_find_stop (f->find);
  kvar_grid_set_cursor (f->grid.grid, 99, NULL);
  kvar_grid_find_type (f->find, "9");
  g_assert_cmpuint (get_row (f), ==, 99);
  g_assert_false (kvar_grid_find_get_found (f->find));
}

static void
test_grid_find_ends_after_a_pause (FindFixture   *f,
                                   gconstpointer  unused)
{
  open_grid (f, 100);
  kvar_grid_find_type (f->find, "2");
  kvar_clock_advance (f->clock, 2 * KVAR_CLOCK_SECOND);
  kvar_grid_find_type (f->find, "1");
  kvar_clock_advance (f->clock, 2 * KVAR_CLOCK_SECOND);
  g_assert_cmpstr (kvar_grid_find_get_text (f->find), ==, "21");

  kvar_clock_advance (f->clock, 2 * KVAR_CLOCK_SECOND);
  g_assert_null (kvar_grid_find_get_text (f->find));
  g_assert_cmpuint (get_row (f), ==, 21);
}

static void
test_grid_find_ends_as_the_cursor_moves (FindFixture   *f,
                                         gconstpointer  unused)
{
  open_grid (f, 100);
  kvar_grid_find_type (f->find, "2");
  grid_press (&f->grid, GDK_KEY_Down, 0);
  g_assert_null (kvar_grid_find_get_text (f->find));
  kvar_grid_find_type (f->find, "5");
  g_assert_cmpuint (get_row (f), ==, 5);
}

/* Keys that belong to the grid otherwise. */
static void
test_grid_find_has_keys_of_its_own (FindFixture   *f,
                                    gconstpointer  unused)
{
  KvarGridSelection *selection = kvar_grid_get_selection (f->grid.grid);

  open_grid (f, 1000);
  kvar_grid_find_type (f->find, "10");
  g_assert_true (grid_press (&f->grid, GDK_KEY_space, 0));
  g_assert_cmpstr (kvar_grid_find_get_text (f->find), ==, "10 ");
  g_assert_cmpuint (kvar_grid_selection_get_n_rows (selection), ==, 0);
  g_assert_true (grid_press (&f->grid, GDK_KEY_BackSpace, 0));
  g_assert_true (grid_press (&f->grid, GDK_KEY_BackSpace, 0));
  g_assert_cmpstr (kvar_grid_find_get_text (f->find), ==, "1");
  g_assert_true (kvar_grid_find_get_found (f->find));
  g_assert_true (grid_press (&f->grid, GDK_KEY_BackSpace, 0));
  g_assert_null (kvar_grid_find_get_text (f->find));

  kvar_grid_find_type (f->find, "2");
  g_assert_true (grid_press (&f->grid, GDK_KEY_Escape, 0));
  g_assert_null (kvar_grid_find_get_text (f->find));

  /* And theirs again. */
  g_assert_true (grid_press (&f->grid, GDK_KEY_space, 0));
  g_assert_cmpuint (kvar_grid_selection_get_n_rows (selection), ==, 1);
}

/* A cell without a value begins with nothing, and is no trap. */
static void
test_grid_find_passes_gaps (FindFixture   *f,
                            gconstpointer  unused)
{
  open_grid (f, 100);
  kvar_grid_set_cursor (f->grid.grid, 0, kvar_grid_find_column (f->grid.grid, "gaps"));
  kvar_grid_find_type (f->find, "2");
  g_assert_cmpuint (get_row (f), ==, 21);
}

static void
test_grid_find_lives_without_rows (FindFixture   *f,
                                   gconstpointer  unused)
{
  open_grid (f, 0);
  kvar_grid_find_type (f->find, "a");
  g_assert_null (kvar_grid_find_get_text (f->find));
}

#define add(path, func) g_test_add (path, FindFixture, NULL, find_set_up, func, find_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();

  add ("/grid/find/goes-to-the-next", test_grid_find_goes_to_the_next);
  add ("/grid/find/does-not-wrap", test_grid_find_does_not_wrap);
  add ("/grid/find/ends-after-a-pause", test_grid_find_ends_after_a_pause);
  add ("/grid/find/ends-as-the-cursor-moves", test_grid_find_ends_as_the_cursor_moves);
  add ("/grid/find/has-keys-of-its-own", test_grid_find_has_keys_of_its_own);
  add ("/grid/find/passes-gaps", test_grid_find_passes_gaps);
  add ("/grid/find/lives-without-rows", test_grid_find_lives_without_rows);

  return g_test_run ();
}
