/* test-record-set.c: Rows that come in any order end where they belong, once each.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "kvar-test-table.h"
#include "records/kvar-record-plan.h"

#define PAGE 5

/* The rows as a server has them, and everybody else changes them. */
typedef struct
{
  guint rank;
  guint id;
} Row;

typedef struct
{
  KvarTable     *table;
  KvarRecordSet *set;
  GPtrArray     *mirror;    /* the set's rows, kept by its steps; NULL where one is missing */
  GArray        *server;    /* of Row, sorted */
  GHashTable    *touched;   /* the ids that have been changed */
  GHashTable    *held;      /* (element-type KvarRecord) that somebody shows */
  guint          next_id;
  guint          n_steps;
} SetFixture;

static KvarRecord *
new_record (KvarTable *table,
            guint      rank,
            guint      id)
{
  g_autofree char *id_text = g_strdup_printf ("%u", id);
  g_autofree char *title = g_strdup_printf ("%u", rank);
  KvarRecord *record = kvar_record_new (table);

  kvar_record_set_text (record, 0, id_text);
  kvar_record_set_text (record, 1, title);

  return record;
}

static Row
row_of (KvarRecord *record)
{
  return (Row) { g_ascii_strtoull (kvar_record_get_text (record, 1), NULL, 10),
                 g_ascii_strtoull (kvar_record_get_text (record, 0), NULL, 10) };
}

static int
compare_rows (gconstpointer a,
              gconstpointer b)
{
  const Row *x = a;
  const Row *y = b;

  if (x->rank != y->rank)
    return x->rank < y->rank ? -1 : 1;

  return (x->id > y->id) - (x->id < y->id);
}

static void
step_cb (guint    position,
         guint    n_removed,
         guint    n_added,
         gpointer user_data)
{
  SetFixture *f = user_data;

  f->n_steps++;
  if (n_removed > 0)
    g_ptr_array_remove_range (f->mirror, position, n_removed);
  for (guint i = position; i < position + n_added; i++)
    g_ptr_array_insert (f->mirror, i, kvar_record_set_get (f->set, i));
  g_assert_cmpuint (f->mirror->len, ==, kvar_record_set_get_size (f->set));
}

/* A row that somebody has is moved or taken out in steps only. */
static void
check (SetFixture *f)
{
  g_autoptr(GHashTable) seen = g_hash_table_new (NULL, NULL);
  guint n_loaded = 0;

  g_assert_cmpuint (f->mirror->len, ==, kvar_record_set_get_size (f->set));
  for (guint i = 0; i < f->mirror->len; i++)
    {
      KvarRecord *record = kvar_record_set_get (f->set, i);

      if (g_hash_table_contains (f->held, f->mirror->pdata[i]))
        g_assert_true (record == f->mirror->pdata[i]);
      f->mirror->pdata[i] = record;
      if (record == NULL)
        continue;

      g_assert_true (g_hash_table_add (seen, GUINT_TO_POINTER (row_of (record).id)));
      n_loaded++;
    }
  g_assert_cmpuint (kvar_record_set_get_n_loaded (f->set), ==, n_loaded);
}

static void
set_up (SetFixture    *f,
        gconstpointer  unused)
{
  f->table = kvar_test_table_new_jobs ();
  f->set = kvar_record_set_new (f->table, step_cb, f);
  f->mirror = g_ptr_array_new ();
  f->server = g_array_new (FALSE, FALSE, sizeof (Row));
  f->touched = g_hash_table_new (NULL, NULL);
  f->held = g_hash_table_new_full (NULL, NULL, g_object_unref, NULL);
  f->next_id = 1;
}

static void
tear_down (SetFixture    *f,
           gconstpointer  unused)
{
  kvar_record_set_free (f->set);
  g_ptr_array_unref (f->mirror);
  g_array_unref (f->server);
  g_hash_table_unref (f->touched);
  g_hash_table_unref (f->held);
  g_assert_finalize_object (f->table);
}

static void
add_row (SetFixture *f,
         guint       rank)
{
  Row row = { rank, f->next_id++ };

  g_array_append_val (f->server, row);
  g_array_sort (f->server, compare_rows);
}

static void
add_rows (SetFixture *f,
          guint       n_rows)
{
  for (guint i = 0; i < n_rows; i++)
    add_row (f, i * 10);
}

static void
hold (SetFixture *f,
      guint       position)
{
  g_hash_table_add (f->held, kvar_record_set_dup_item (f->set, position));
}

static GPtrArray *
read_rows (SetFixture *f,
           int         start,
           int         end)
{
  GPtrArray *records = g_ptr_array_new_with_free_func (g_object_unref);

  for (int i = MAX (start, 0); i < MIN (end, (int)f->server->len); i++)
    {
      Row *row = &g_array_index (f->server, Row, i);

      g_ptr_array_add (records, new_record (f->table, row->rank, row->id));
    }

  return records;
}

static int
count_up_to (SetFixture *f,
             Row         row,
             gboolean    including)
{
  int n = 0;

  while (n < (int)f->server->len &&
         compare_rows (&g_array_index (f->server, Row, n), &row) < (including ? 1 : 0))
    n++;

  return n;
}

static void
load (SetFixture *f,
      KvarPlan    plan)
{
  g_autoptr(GPtrArray) rows = NULL;
  int start = plan.position;

  switch (plan.kind)
    {
    case KVAR_PLAN_AFTER:
      if (start > 0)
        start = count_up_to (f, row_of (kvar_record_set_get (f->set, start - 1)), TRUE);
      rows = read_rows (f, start, start + PAGE);
      kvar_record_set_place_after (f->set, plan.position, rows);
      break;

    case KVAR_PLAN_BEFORE:
      if (plan.position < kvar_record_set_get_size (f->set))
        start = count_up_to (f, row_of (kvar_record_set_get (f->set, start)), FALSE);
      else
        start = f->server->len;
      rows = read_rows (f, start - PAGE, start);
      kvar_record_set_place_before (f->set, plan.position, rows);
      break;

    default:
      rows = read_rows (f, start, start + PAGE);
      kvar_record_set_place_at (f->set, plan.position, rows);
      break;
    }
  check (f);
}

/* As the list does while somebody looks at these rows. */
static void
look (SetFixture *f,
      guint       first,
      guint       end)
{
  for (guint i = 0; ; i++)
    {
      KvarPlan plan = kvar_record_plan (f->set, first, end, PAGE);

      if (plan.kind == KVAR_PLAN_NOTHING)
        return;

      load (f, plan);
      g_assert_cmpuint (i, <, 200);
    }
}

/* Rows that have moved shift what has been looked at already: sometimes it takes two rounds. */
static void
walk_all (SetFixture *f)
{
  for (guint round = 0; round < 5 && !kvar_record_set_get_complete (f->set); round++)
    for (guint first = 0; first < MAX (kvar_record_set_get_size (f->set), 1); first += 3)
      look (f, first, first + 3);
}

static void
assert_same (SetFixture *f)
{
  g_assert_true (kvar_record_set_get_complete (f->set));
  g_assert_cmpuint (kvar_record_set_get_size (f->set), ==, f->server->len);
  for (guint i = 0; i < f->server->len; i++)
    g_assert_cmpuint (row_of (kvar_record_set_get (f->set, i)).id, ==,
                      g_array_index (f->server, Row, i).id);
}

static void
test_full_length_at_once (SetFixture    *f,
                          gconstpointer  unused)
{
  add_rows (f, 100);
  look (f, 0, 3);
  kvar_record_set_set_size (f->set, 100);
  check (f);
  g_assert_cmpuint (kvar_record_set_get_size (f->set), ==, 100);
  g_assert_cmpuint (kvar_record_set_get_n_loaded (f->set), <=, 15);

  /* Going on and jumping change nothing of which row is where. */
  f->n_steps = 0;
  look (f, 50, 53);
  look (f, 97, 100);
  look (f, 90, 93);
  look (f, 10, 13);
  walk_all (f);
  g_assert_cmpuint (f->n_steps, ==, 0);
  assert_same (f);
}

static void
test_awaited_rows_are_filled (SetFixture    *f,
                              gconstpointer  unused)
{
  g_autoptr(KvarRecord) awaited = NULL;
  g_autoptr(KvarRecord) same = NULL;

  add_rows (f, 100);
  look (f, 0, 3);
  kvar_record_set_set_size (f->set, 100);
  awaited = kvar_record_set_dup_item (f->set, 60);
  same = kvar_record_set_dup_item (f->set, 60);
  g_assert_true (awaited == same);
  g_assert_false (kvar_record_has_column (awaited, 0));

  look (f, 59, 62);
  g_assert_true (kvar_record_set_get (f->set, 60) == awaited);
  g_assert_cmpuint (row_of (awaited).id, ==, 61);
}

static void
test_gap_was_longer (SetFixture    *f,
                     gconstpointer  unused)
{
  add_rows (f, 60);
  look (f, 0, 3);
  kvar_record_set_set_size (f->set, 60);
  look (f, 57, 60);
  for (guint i = 0; i < 9; i++)
    add_row (f, 301);

  walk_all (f);
  assert_same (f);
}

static void
test_gap_was_shorter (SetFixture    *f,
                      gconstpointer  unused)
{
  add_rows (f, 60);
  look (f, 0, 3);
  kvar_record_set_set_size (f->set, 60);
  look (f, 57, 60);
  g_array_remove_range (f->server, 25, 20);

  walk_all (f);
  assert_same (f);
}

/* A guess of the planner, far off. */
static void
test_size_was_guessed (SetFixture    *f,
                       gconstpointer  guess)
{
  add_rows (f, 60);
  look (f, 0, 3);
  kvar_record_set_set_size (f->set, GPOINTER_TO_UINT (guess));
  check (f);
  look (f, GPOINTER_TO_UINT (guess) - 3, GPOINTER_TO_UINT (guess));
  look (f, 30, 33);

  walk_all (f);
  assert_same (f);
}

static void
test_held_rows_stay (SetFixture    *f,
                     gconstpointer  unused)
{
  KvarRecord *held;
  guint position;

  add_rows (f, 100);
  walk_all (f);
  held = kvar_record_set_get (f->set, 20);
  hold (f, 20);
  f->n_steps = 0;
  kvar_record_set_let_go (f->set, 5, 50);
  kvar_record_set_let_go (f->set, 60, 100);
  check (f);
  g_assert_cmpuint (kvar_record_set_get_n_loaded (f->set), ==, 16);
  g_assert_cmpuint (kvar_record_set_get_size (f->set), ==, 100);

  walk_all (f);
  assert_same (f);
  g_assert_true (kvar_record_set_find (f->set, "21", &position));
  g_assert_true (kvar_record_set_get (f->set, position) == held);
  g_assert_cmpuint (f->n_steps, ==, 0);
}

static void
change_something (SetFixture *f)
{
  guint index = g_test_rand_int_range (0, MAX (f->server->len, 1));

  switch (g_test_rand_int_range (0, 3))
    {
    case 0:
      g_hash_table_add (f->touched, GUINT_TO_POINTER (f->next_id));
      add_row (f, g_test_rand_int_range (0, 700));
      break;

    case 1:
      if (f->server->len == 0)
        break;
      g_hash_table_add (f->touched,
                        GUINT_TO_POINTER (g_array_index (f->server, Row, index).id));
      g_array_remove_index (f->server, index);
      break;

    default:
      if (f->server->len == 0)
        break;
      g_hash_table_add (f->touched,
                        GUINT_TO_POINTER (g_array_index (f->server, Row, index).id));
      g_array_index (f->server, Row, index).rank = g_test_rand_int_range (0, 700);
      g_array_sort (f->server, compare_rows);
      break;
    }
}

static void
assert_has_untouched (SetFixture *f)
{
  for (guint i = 0; i < f->server->len; i++)
    {
      guint id = g_array_index (f->server, Row, i).id;
      g_autofree char *identity = g_strdup_printf ("%u", id);

      if (!g_hash_table_contains (f->touched, GUINT_TO_POINTER (id)))
        g_assert_true (kvar_record_set_find (f->set, identity, NULL));
    }
}

/* Whatever others do between two pages: no row is there twice (check() sees to it), and none
 * that nobody has touched is left out. */
static void
test_others_change_rows (SetFixture    *f,
                         gconstpointer  unused)
{
  for (guint round = 0; round < 60; round++)
    {
      tear_down (f, NULL);
      set_up (f, NULL);
      add_rows (f, g_test_rand_int_range (0, 70));
      look (f, 0, 3);
      kvar_record_set_set_size (f->set, f->server->len);

      for (guint i = 0; i < 30; i++)
        {
          guint size = kvar_record_set_get_size (f->set);
          guint first = g_test_rand_int_range (0, MAX (size, 1));

          for (int j = g_test_rand_int_range (0, 3); j > 0; j--)
            change_something (f);
          if (i % 10 == 9)
            kvar_record_set_let_go (f->set, 5, first);
          if (i % 10 == 5)
            kvar_record_set_set_size (f->set, f->server->len);
          check (f);
          look (f, first, first + 3);
          if (i % 6 == 0 && kvar_record_set_get_size (f->set) > first)
            hold (f, first);
        }

      walk_all (f);
      if (kvar_record_set_get_size (f->set) == 0)
        continue;
      assert_has_untouched (f);
      g_hash_table_remove_all (f->held);
      kvar_record_set_let_go (f->set, 0, kvar_record_set_get_size (f->set));
      check (f);
      walk_all (f);
      assert_same (f);
    }
}

static GPtrArray *
random_records (SetFixture *f)
{
  GPtrArray *records = g_ptr_array_new_with_free_func (g_object_unref);
  int n = g_test_rand_int_range (0, 12);

  for (int i = 0; i < n; i++)
    g_ptr_array_add (records, new_record (f->table, g_test_rand_int_range (0, 2),
                                          g_test_rand_int_range (0, 12)));

  return records;
}

static void
test_renew_says_what_it_does (SetFixture    *f,
                              gconstpointer  unused)
{
  for (int round = 0; round < 300; round++)
    {
      g_autoptr(GPtrArray) fresh = random_records (f);

      kvar_record_set_renew (f->set, 0, fresh, FALSE, TRUE);
      check (f);
      for (guint i = 0, j = 0; i < fresh->len; i++)
        {
          KvarRecord *record = g_ptr_array_index (fresh, i);
          g_autofree char *identity = kvar_record_get_identity (record);
          guint position;

          /* The second of a name is left out. */
          g_assert_true (kvar_record_set_find (f->set, identity, &position));
          if (position < j)
            continue;
          g_assert_cmpuint (position, ==, j++);
          g_assert_cmpstr (kvar_record_get_text (kvar_record_set_get (f->set, position), 1), ==,
                           kvar_record_get_text (record, 1));
        }
    }
}

static void
test_renew_keeps_objects (SetFixture    *f,
                          gconstpointer  unused)
{
  g_autoptr(GPtrArray) old = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(GPtrArray) fresh = g_ptr_array_new_with_free_func (g_object_unref);
  KvarRecord *record = new_record (f->table, 1, 1);

  g_ptr_array_add (old, record);
  g_assert_cmpuint (kvar_record_set_place_after (f->set, 0, old), ==, 1);
  g_ptr_array_add (fresh, new_record (f->table, 3, 2));
  g_ptr_array_add (fresh, new_record (f->table, 4, 1));
  kvar_record_set_renew (f->set, 0, fresh, TRUE, TRUE);

  g_assert_true (kvar_record_set_get (f->set, 1) == record);
  g_assert_cmpuint (row_of (record).rank, ==, 4);
  g_assert_true (kvar_record_set_get_complete (f->set));
}

/* What is looked at is read anew in its place; the rest comes when it is looked at. */
static void
test_renew_part (SetFixture    *f,
                 gconstpointer  unused)
{
  g_autoptr(KvarRecord) held = NULL;
  g_autoptr(GPtrArray) fresh = NULL;
  guint position;

  add_rows (f, 60);
  walk_all (f);
  held = g_object_ref (kvar_record_set_get (f->set, 32));
  for (guint i = 0; i < 2; i++)
    add_row (f, 305);

  fresh = read_rows (f, 30, 40);
  kvar_record_set_renew (f->set, 30, fresh, FALSE, FALSE);
  check (f);
  g_assert_cmpuint (kvar_record_set_get_n_loaded (f->set), ==, 10);
  g_assert_cmpuint (kvar_record_set_get_size (f->set), ==, 62);
  g_assert_true (kvar_record_set_find (f->set, "33", &position));
  g_assert_cmpuint (position, ==, 34);
  g_assert_true (kvar_record_set_get (f->set, position) == held);

  walk_all (f);
  assert_same (f);
}

#define ADD(path, data, func) g_test_add (path, SetFixture, data, set_up, func, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  ADD ("/record-set/place/full-length-at-once", NULL, test_full_length_at_once);
  ADD ("/record-set/place/awaited-rows-are-filled", NULL, test_awaited_rows_are_filled);
  ADD ("/record-set/place/gap-was-longer", NULL, test_gap_was_longer);
  ADD ("/record-set/place/gap-was-shorter", NULL, test_gap_was_shorter);
  ADD ("/record-set/place/guessed-too-many", GUINT_TO_POINTER (500), test_size_was_guessed);
  ADD ("/record-set/place/guessed-too-few", GUINT_TO_POINTER (20), test_size_was_guessed);
  ADD ("/record-set/place/others-change-rows", NULL, test_others_change_rows);
  ADD ("/record-set/drop/held-rows-stay", NULL, test_held_rows_stay);
  ADD ("/record-set/renew/says-what-it-does", NULL, test_renew_says_what_it_does);
  ADD ("/record-set/renew/keeps-objects", NULL, test_renew_keeps_objects);
  ADD ("/record-set/renew/part", NULL, test_renew_part);

  return g_test_run ();
}
