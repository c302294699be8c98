/* test-grid-motion.c: where a step of the cell cursor leads, and which rows are selected
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "widgets/grid/kvar-grid-motion.h"
#include "widgets/grid/kvar-grid-selection.h"

/* Six rows of five columns; an x holds something. */
static const char *const cells[] = {
  "xx.xx",
  "xx...",
  "x..xx",
  ".....",
  "x.x..",
  "x....",
};

static gboolean
is_filled_cb (KvarGridPlace place,
              gpointer      unused)
{
  return cells[place.row][place.column] == 'x';
}

static void
test_grid_motion_leads (void)
{
  static const struct
  {
    KvarGridMove  move;
    KvarGridPlace from;
    KvarGridPlace to;
  } cases[] = {
    { KVAR_GRID_MOVE_UP, { 2, 1 }, { 1, 1 } },
    { KVAR_GRID_MOVE_UP, { 0, 1 }, { 0, 1 } },
    { KVAR_GRID_MOVE_DOWN, { 5, 1 }, { 5, 1 } },
    { KVAR_GRID_MOVE_LEFT, { 1, 0 }, { 1, 0 } },
    { KVAR_GRID_MOVE_RIGHT, { 1, 4 }, { 1, 4 } },
    { KVAR_GRID_MOVE_RIGHT, { 1, 2 }, { 1, 3 } },
    { KVAR_GRID_MOVE_PAGE_UP, { 2, 3 }, { 0, 3 } },
    { KVAR_GRID_MOVE_PAGE_DOWN, { 1, 3 }, { 5, 3 } },
    { KVAR_GRID_MOVE_PAGE_DOWN, { 0, 3 }, { 4, 3 } },
    { KVAR_GRID_MOVE_ROW_START, { 2, 3 }, { 2, 0 } },
    { KVAR_GRID_MOVE_ROW_END, { 2, 3 }, { 2, 4 } },
    { KVAR_GRID_MOVE_FIRST, { 2, 3 }, { 0, 0 } },
    { KVAR_GRID_MOVE_LAST, { 2, 3 }, { 5, 4 } },
    /* Out of a run only at its end; over a gap; to the end when nothing more is filled. */
    { KVAR_GRID_MOVE_EDGE_RIGHT, { 0, 0 }, { 0, 1 } },
    { KVAR_GRID_MOVE_EDGE_RIGHT, { 0, 1 }, { 0, 3 } },
    { KVAR_GRID_MOVE_EDGE_RIGHT, { 0, 2 }, { 0, 3 } },
    { KVAR_GRID_MOVE_EDGE_RIGHT, { 1, 1 }, { 1, 4 } },
    { KVAR_GRID_MOVE_EDGE_RIGHT, { 0, 4 }, { 0, 4 } },
    { KVAR_GRID_MOVE_EDGE_LEFT, { 0, 4 }, { 0, 3 } },
    { KVAR_GRID_MOVE_EDGE_LEFT, { 2, 3 }, { 2, 0 } },
    { KVAR_GRID_MOVE_EDGE_DOWN, { 0, 0 }, { 2, 0 } },
    { KVAR_GRID_MOVE_EDGE_DOWN, { 2, 0 }, { 4, 0 } },
    { KVAR_GRID_MOVE_EDGE_DOWN, { 4, 2 }, { 5, 2 } },
    { KVAR_GRID_MOVE_EDGE_UP, { 5, 0 }, { 4, 0 } },
    { KVAR_GRID_MOVE_EDGE_UP, { 3, 3 }, { 2, 3 } },
    { KVAR_GRID_MOVE_EDGE_UP, { 0, 3 }, { 0, 3 } },
  };
  KvarGridPlace size = { G_N_ELEMENTS (cells), 5 };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      KvarGridPlace to = kvar_grid_motion_step (cases[i].from, cases[i].move, size, 4,
                                                is_filled_cb, NULL);

      g_test_message ("case %zu", i);
      g_assert_cmpuint (to.row, ==, cases[i].to.row);
      g_assert_cmpuint (to.column, ==, cases[i].to.column);
    }
}

static void
test_grid_selection_takes_all_at_once (void)
{
  g_autoptr(KvarGridSelection) selection = kvar_grid_selection_new ();

  kvar_grid_selection_select_range (selection, 0, 1000000);
  g_assert_cmpuint (kvar_grid_selection_get_n_rows (selection), ==, 1000000);

  kvar_grid_selection_toggle (selection, 500000);
  g_assert_cmpuint (kvar_grid_selection_get_n_rows (selection), ==, 999999);
  g_assert_false (kvar_grid_selection_contains (selection, 500000));
}

static void
test_grid_selection_follows_its_rows (void)
{
  g_autoptr(KvarGridSelection) selection = kvar_grid_selection_new ();

  kvar_grid_selection_select_range (selection, 5, 3);
  kvar_grid_selection_splice (selection, 0, 0, 2);
  g_assert_false (kvar_grid_selection_contains (selection, 6));
  g_assert_true (kvar_grid_selection_contains (selection, 7));
  g_assert_true (kvar_grid_selection_contains (selection, 9));

  kvar_grid_selection_splice (selection, 8, 1, 0);
  g_assert_cmpuint (kvar_grid_selection_get_n_rows (selection), ==, 2);
}

/* What everything means is taken back with the next change. */
static void
test_grid_selection_means_all_that_match (void)
{
  g_autoptr(KvarGridSelection) selection = kvar_grid_selection_new ();

  kvar_grid_selection_select_range (selection, 0, 10);
  kvar_grid_selection_set_all_matching (selection, TRUE);
  g_assert_true (kvar_grid_selection_get_all_matching (selection));

  kvar_grid_selection_toggle (selection, 3);
  g_assert_false (kvar_grid_selection_get_all_matching (selection));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/grid/motion/leads", test_grid_motion_leads);
  g_test_add_func ("/grid/selection/takes-all-at-once", test_grid_selection_takes_all_at_once);
  g_test_add_func ("/grid/selection/follows-its-rows", test_grid_selection_follows_its_rows);
  g_test_add_func ("/grid/selection/means-all-that-match",
                   test_grid_selection_means_all_that_match);

  return g_test_run ();
}
