/* test-draft-base.c: a draft begun on a part of a record is made whole, and its guard still holds
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "kvar-test-table.h"
#include "records/kvar-draft-base.h"
#include "records/kvar-draft-store.h"
#include "records/kvar-guard.h"

typedef struct
{
  KvarTable      *table;
  KvarClock      *clock;
  KvarDraftStore *store;
  KvarColumn     *title;
  KvarColumn     *price;
} Fixture;

static void
fixture_set_up (Fixture       *f,
                gconstpointer  unused)
{
  f->table = kvar_test_table_new_jobs ();
  f->title = kvar_table_find_column (f->table, "title");
  f->price = kvar_table_find_column (f->table, "price");
  f->clock = kvar_clock_new_simulated ();
  f->store = kvar_draft_store_new (NULL, f->clock);
}

static void
fixture_tear_down (Fixture       *f,
                   gconstpointer  unused)
{
  g_assert_finalize_object (f->store);
  g_assert_finalize_object (f->clock);
  g_assert_finalize_object (f->table);
}

/* What is %NULL is not loaded. */
static KvarRecord *
make (Fixture    *f,
      const char *title,
      const char *price,
      const char *xmin)
{
  KvarRecord *record = kvar_record_new (f->table);

  kvar_record_set_text (record, 0, "1");
  if (title != NULL)
    kvar_record_set_text (record, 1, title);
  if (price != NULL)
    kvar_record_set_text (record, 2, price);
  if (xmin != NULL)
    kvar_record_set_xmin (record, xmin);

  return record;
}

/* The first condition of the guard of a change to @column of @base. */
static char *
dup_guard (Fixture    *f,
           KvarRecord *base,
           KvarColumn *column)
{
  g_autoptr(KvarDraft) draft = kvar_draft_new (f->table, base);
  g_autoptr(GPtrArray) changes = NULL;
  g_autoptr(GPtrArray) guard = NULL;
  KvarFilter *first;
  gboolean whole;

  kvar_draft_set_input (draft, column, "99");
  changes = kvar_draft_list_changes (draft);
  guard = kvar_guard_new (base, changes, &whole);
  g_assert_true (whole);
  g_assert_cmpuint (guard->len, ==, 1);
  first = g_ptr_array_index (guard, 0);

  return g_strconcat (kvar_filter_get_column (first), "=", kvar_filter_get_value (first), NULL);
}

typedef struct
{
  const char *seen_xmin;
  const char *other_xmin;
  const char *guard_of_title;
  const char *guard_of_price;
} Case;

/* Whichever of the two is the newer one: what is guarded is what was seen. */
static const Case cases[] = {
  { "811", "811", "xmin=811", "xmin=811" },
  { "811", "812", "title=Roof", "price=12.50" },
  { "811", NULL, "title=Roof", "price=12.50" },
  { NULL, "812", "title=Roof", "price=12.50" },
  { NULL, NULL, "title=Roof", "price=12.50" },
};

static void
test_guard_holds (Fixture       *f,
                  gconstpointer  unused)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(KvarRecord) seen = make (f, "Roof", NULL, cases[i].seen_xmin);
      g_autoptr(KvarRecord) other = make (f, "Cellar", "12.50", cases[i].other_xmin);
      g_autoptr(KvarRecord) whole = kvar_draft_base_complete (seen, other);
      g_autofree char *of_title = NULL;
      g_autofree char *of_price = NULL;

      g_assert_nonnull (whole);
      g_assert_cmpstr (kvar_record_get_text (whole, 1), ==, "Roof");
      g_assert_cmpstr (kvar_record_get_text (whole, 2), ==, "12.50");
      of_title = dup_guard (f, whole, f->title);
      of_price = dup_guard (f, whole, f->price);
      g_assert_cmpstr (of_title, ==, cases[i].guard_of_title);
      g_assert_cmpstr (of_price, ==, cases[i].guard_of_price);
    }
}

/* A version column of another version is no guard of what was not seen with it. */
static void
test_version_column_goes (Fixture       *f,
                          gconstpointer  unused)
{
  g_autoptr(KvarRecord) seen = make (f, "Roof", NULL, NULL);
  g_autoptr(KvarRecord) other = make (f, "Roof", "12.50", NULL);
  g_autoptr(KvarRecord) whole = NULL;
  g_autofree char *guard = NULL;
  int due_on = kvar_table_find_column_index (f->table, "due_on");

  kvar_table_set_version_column (f->table, kvar_table_find_column (f->table, "due_on"));
  kvar_record_set_text (seen, due_on, "2026-01-01");
  kvar_record_set_text (other, due_on, "2026-01-02");
  whole = kvar_draft_base_complete (seen, other);
  guard = dup_guard (f, whole, f->price);
  g_assert_cmpstr (guard, ==, "price=12.50");
  g_assert_false (kvar_record_has_column (whole, due_on));

  kvar_record_set_text (other, due_on, "2026-01-01");
  g_clear_object (&whole);
  g_clear_pointer (&guard, g_free);
  whole = kvar_draft_base_complete (seen, other);
  guard = dup_guard (f, whole, f->price);
  g_assert_cmpstr (guard, ==, "due_on=2026-01-01");
}

static void
test_nothing_is_missing (Fixture       *f,
                         gconstpointer  unused)
{
  g_autoptr(KvarRecord) seen = make (f, "Roof", "12.50", "811");
  g_autoptr(KvarRecord) other = make (f, "Cellar", NULL, "812");

  g_assert_null (kvar_draft_base_complete (seen, other));
}

/* Typed into a row of a list, then opened in the form, which has loaded all of it. */
static void
test_form_makes_it_whole (Fixture       *f,
                          gconstpointer  unused)
{
  g_autoptr(KvarRecord) row = make (f, "Roof", NULL, "811");
  g_autoptr(KvarRecord) loaded = make (f, "Cellar", "12.50", "812");
  g_autoptr(KvarDraft) draft = kvar_draft_store_open (f->store, f->table, "1", row);
  g_autoptr(KvarDraft) again = NULL;

  kvar_draft_set_input (draft, f->title, "Attic");
  again = kvar_draft_store_open (f->store, f->table, "1", loaded);
  g_assert_true (again == draft);
  g_assert_cmpstr (kvar_record_get_text (kvar_draft_get_base (draft), 1), ==, "Roof");
  g_assert_cmpstr (kvar_record_get_text (kvar_draft_get_base (draft), 2), ==, "12.50");
  g_assert_null (kvar_record_get_xmin (kvar_draft_get_base (draft)));
}

/* A form that lies below goes on showing all of its record. */
static void
test_row_takes_nothing_away (Fixture       *f,
                             gconstpointer  unused)
{
  g_autoptr(KvarRecord) loaded = make (f, "Roof", "12.50", "811");
  g_autoptr(KvarRecord) row = make (f, "Roof", NULL, "811");
  g_autoptr(KvarDraft) draft = kvar_draft_store_open (f->store, f->table, "1", loaded);
  g_autoptr(KvarDraft) again = kvar_draft_store_open (f->store, f->table, "1", row);

  g_assert_cmpstr (kvar_record_get_text (kvar_draft_get_base (again), 2), ==, "12.50");
  g_assert_cmpstr (kvar_record_get_xmin (kvar_draft_get_base (again)), ==, "811");
}

#define ADD(path, func) \
  g_test_add (path, Fixture, NULL, fixture_set_up, func, fixture_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  ADD ("/draft-base/guard-holds", test_guard_holds);
  ADD ("/draft-base/version-column-goes", test_version_column_goes);
  ADD ("/draft-base/nothing-is-missing", test_nothing_is_missing);
  ADD ("/draft-base/form-makes-it-whole", test_form_makes_it_whole);
  ADD ("/draft-base/row-takes-nothing-away", test_row_takes_nothing_away);

  return g_test_run ();
}
