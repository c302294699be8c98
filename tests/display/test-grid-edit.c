/* test-grid-edit.c: what a key does to a cell, which cell is next, and what is said of a row
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kvar-row-mark.h"
#include "widgets/grid/kvar-grid-edit.h"

typedef struct
{
  gboolean         edit_mode;
  guint            keyval;
  GdkModifierType  state;
  KvarGridEdit     edit;
} KeyCase;

static const KeyCase key_cases[] = {
  { FALSE, GDK_KEY_F2, 0, KVAR_GRID_EDIT_BEGIN },
  { FALSE, GDK_KEY_a, 0, KVAR_GRID_EDIT_NONE },
  { FALSE, GDK_KEY_Delete, 0, KVAR_GRID_EDIT_NONE },
  { FALSE, GDK_KEY_Return, 0, KVAR_GRID_EDIT_NONE },
  { FALSE, GDK_KEY_d, GDK_CONTROL_MASK, KVAR_GRID_EDIT_NONE },
  { TRUE, GDK_KEY_F2, 0, KVAR_GRID_EDIT_BEGIN },
  { TRUE, GDK_KEY_Return, 0, KVAR_GRID_EDIT_BEGIN },
  { TRUE, GDK_KEY_KP_Enter, 0, KVAR_GRID_EDIT_BEGIN },
  { TRUE, GDK_KEY_Return, GDK_CONTROL_MASK, KVAR_GRID_EDIT_NONE },
  { TRUE, GDK_KEY_a, 0, KVAR_GRID_EDIT_TYPE },
  { TRUE, GDK_KEY_A, GDK_SHIFT_MASK, KVAR_GRID_EDIT_TYPE },
  { TRUE, GDK_KEY_odiaeresis, 0, KVAR_GRID_EDIT_TYPE },
  { TRUE, GDK_KEY_7, 0, KVAR_GRID_EDIT_TYPE },
  { TRUE, GDK_KEY_KP_7, 0, KVAR_GRID_EDIT_TYPE },
  { TRUE, GDK_KEY_dead_acute, 0, KVAR_GRID_EDIT_TYPE },
  { TRUE, GDK_KEY_a, GDK_CONTROL_MASK, KVAR_GRID_EDIT_NONE },
  { TRUE, GDK_KEY_a, GDK_ALT_MASK, KVAR_GRID_EDIT_NONE },
  { TRUE, GDK_KEY_space, 0, KVAR_GRID_EDIT_NONE },
  { TRUE, GDK_KEY_Down, 0, KVAR_GRID_EDIT_NONE },
  { TRUE, GDK_KEY_Down, GDK_ALT_MASK, KVAR_GRID_EDIT_CHOOSE },
  { TRUE, GDK_KEY_F4, 0, KVAR_GRID_EDIT_CHOOSE },
  { TRUE, GDK_KEY_Delete, 0, KVAR_GRID_EDIT_CLEAR },
  { TRUE, GDK_KEY_Delete, GDK_SHIFT_MASK, KVAR_GRID_EDIT_NONE },
  { TRUE, GDK_KEY_d, GDK_CONTROL_MASK, KVAR_GRID_EDIT_FILL },
  { TRUE, GDK_KEY_apostrophe, GDK_CONTROL_MASK, KVAR_GRID_EDIT_FILL },
  { TRUE, GDK_KEY_Tab, 0, KVAR_GRID_EDIT_NEXT },
  { TRUE, GDK_KEY_ISO_Left_Tab, GDK_SHIFT_MASK, KVAR_GRID_EDIT_PREVIOUS },
};

static void
test_keys (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (key_cases); i++)
    g_assert_cmpint (kvar_grid_edit_choose (key_cases[i].edit_mode, key_cases[i].keyval,
                                            key_cases[i].state), ==, key_cases[i].edit);
}

/* Of three columns the middle one cannot be edited, and row 1 not at all. */
static gboolean
is_editable_cb (KvarGridPlace place,
                gpointer      user_data)
{
  return place.column != 1 && place.row != 1;
}

static gboolean
is_never_editable_cb (KvarGridPlace place,
                      gpointer      user_data)
{
  guint *n = user_data;

  (*n)++;

  return FALSE;
}

static void
test_next_cell (void)
{
  const KvarGridPlace size = { 1000000, 3 };
  KvarGridPlace next = { 0, 0 };
  guint n = 0;

  g_assert_true (kvar_grid_edit_next ((KvarGridPlace) { 0, 0 }, 1, size, is_editable_cb, NULL,
                                      &next));
  g_assert_cmpuint (next.row, ==, 0);
  g_assert_cmpuint (next.column, ==, 2);
  g_assert_true (kvar_grid_edit_next (next, 1, size, is_editable_cb, NULL, &next));
  g_assert_cmpuint (next.row, ==, 2);
  g_assert_cmpuint (next.column, ==, 0);
  g_assert_true (kvar_grid_edit_next (next, -1, size, is_editable_cb, NULL, &next));
  g_assert_cmpuint (next.row, ==, 0);
  g_assert_cmpuint (next.column, ==, 2);
  g_assert_false (kvar_grid_edit_next ((KvarGridPlace) { 0, 0 }, -1, size, is_editable_cb, NULL,
                                       &next));

  /* Nothing can be edited: that is found out soon. */
  g_assert_false (kvar_grid_edit_next ((KvarGridPlace) { 5, 0 }, 1, size, is_never_editable_cb, &n,
                                       &next));
  g_assert_cmpuint (n, <, 10);
}

typedef struct
{
  KvarRowFacts facts;
  KvarRowMark  mark;
} MarkCase;

static const MarkCase mark_cases[] = {
  { { .save = KVAR_SAVE_STATE_NONE }, KVAR_ROW_MARK_NONE },
  { { .save = KVAR_SAVE_STATE_DRAFT }, KVAR_ROW_MARK_DRAFT },
  { { .save = KVAR_SAVE_STATE_DRAFT, .here = TRUE }, KVAR_ROW_MARK_EDITED },
  { { .save = KVAR_SAVE_STATE_DRAFT, .here = TRUE, .n_problems = 1 }, KVAR_ROW_MARK_PROBLEM },
  { { .save = KVAR_SAVE_STATE_SAVING }, KVAR_ROW_MARK_SAVING },
  { { .save = KVAR_SAVE_STATE_OFFLINE }, KVAR_ROW_MARK_OFFLINE },
  { { .save = KVAR_SAVE_STATE_SIGN_IN }, KVAR_ROW_MARK_SIGN_IN },
  { { .save = KVAR_SAVE_STATE_ATTENTION }, KVAR_ROW_MARK_ATTENTION },
  { { .save = KVAR_SAVE_STATE_ATTENTION, .n_problems = 2 }, KVAR_ROW_MARK_PROBLEM },
  { { .save = KVAR_SAVE_STATE_ATTENTION, .conflict = TRUE }, KVAR_ROW_MARK_CONFLICT },
  { { .save = KVAR_SAVE_STATE_DELETING }, KVAR_ROW_MARK_DELETING },
  { { .save = KVAR_SAVE_STATE_SAVED }, KVAR_ROW_MARK_SAVED },
  { { .save = KVAR_SAVE_STATE_SAVED, .no_match = TRUE }, KVAR_ROW_MARK_NO_MATCH },
  { { .save = KVAR_SAVE_STATE_DRAFT, .no_match = TRUE, .here = TRUE }, KVAR_ROW_MARK_EDITED },
};

/* Every mark has both an icon and a word. */
static void
test_marks (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (mark_cases); i++)
    g_assert_cmpint (kvar_row_mark_choose (&mark_cases[i].facts), ==, mark_cases[i].mark);

  for (KvarRowMark mark = KVAR_ROW_MARK_NONE + 1; mark <= KVAR_ROW_MARK_SAVED; mark++)
    {
      g_assert_nonnull (kvar_row_mark_get_word (mark));
      g_assert_nonnull (kvar_row_mark_get_icon (mark));
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/grid-edit/keys", test_keys);
  g_test_add_func ("/grid-edit/next-cell", test_next_cell);
  g_test_add_func ("/row-mark/choose", test_marks);

  return g_test_run ();
}
