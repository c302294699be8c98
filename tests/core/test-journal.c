/* test-journal.c: A bad disk or a bad file is said, and costs nothing that can be read.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "kvar-error-text.h"
#include "kvar-error.h"
#include "kvar-journal-fixture.h"

typedef JournalFixture Fixture;

static KvarDraft *
open_one (Fixture *f)
{
  return kvar_draft_store_open (f->store, f->table, "1", f->record);
}

static void
assert_input (KvarDraft  *draft,
              KvarColumn *column,
              const char *expected)
{
  g_autofree char *input = kvar_draft_get_input (draft, column);

  g_assert_cmpstr (input, ==, expected);
}

static void
assert_on_disk (Fixture    *f,
                const char *title)
{
  g_autofree char *typed = journal_typed_on_disk (f, "title");

  g_assert_cmpstr (typed, ==, title);
}

static gpointer
limit_pages (sqlite3   *database,
             gpointer   data,
             GError   **error)
{
  g_autofree char *sql = g_strdup_printf ("PRAGMA max_page_count = %d", GPOINTER_TO_INT (data));

  return GINT_TO_POINTER (kvar_sql_exec (database, sql, error));
}

static void
set_limit (Fixture *f,
           int      n_pages)
{
  kvar_database_run_async (f->database, KVAR_DATABASE_READ, limit_pages,
                           GINT_TO_POINTER (n_pages), NULL, NULL, NULL, NULL, NULL);
}

static void
count_cb (guint *n)
{
  (*n)++;
}

static void
test_full_disk (Fixture       *f,
                gconstpointer  unused)
{
  g_autoptr(KvarDraft) draft = open_one (f);
  g_autofree char *large = g_strnfill (60000, 'x');
  g_autoptr(GError) error = NULL;
  g_autofree char *sentence = NULL;
  guint n_told = 0;

  g_signal_connect_swapped (f->store, "notify::problem", G_CALLBACK (count_cb), &n_told);
  kvar_draft_set_input (draft, f->title, "Small");
  g_assert_true (journal_flush (f, NULL));
  set_limit (f, 8);

  kvar_draft_set_input (draft, f->title, large);
  g_assert_false (journal_flush (f, &error));
  g_assert_error (error, KVAR_ERROR, KVAR_ERROR_REFUSED);
  g_assert_cmpuint (n_told, ==, 1);
  g_assert_nonnull (kvar_draft_store_get_problem (f->store));
  sentence = kvar_error_text (kvar_draft_store_get_problem (f->store));
  g_assert_true (g_str_has_prefix (sentence, "The disk is full."));
  assert_on_disk (f, "Small");
  assert_input (draft, f->title, large);

  /* It is tried again by itself, and succeeds when there is room. */
  g_assert_cmpint (kvar_clock_get_next_timer (f->clock), <, G_MAXINT64);
  set_limit (f, 10000);
  kvar_clock_advance (f->clock, KVAR_CLOCK_MINUTE);
  kvar_test_wait_until (kvar_draft_store_get_problem (f->store) == NULL);
  assert_on_disk (f, large);
  g_assert_cmpint (kvar_clock_get_next_timer (f->clock), ==, G_MAXINT64);
}

static void
test_full_disk_and_gone (Fixture       *f,
                         gconstpointer  unused)
{
  g_autoptr(KvarDraft) draft = open_one (f);
  g_autofree char *large = g_strnfill (60000, 'x');

  kvar_draft_set_input (draft, f->title, "Small");
  g_assert_true (journal_flush (f, NULL));
  set_limit (f, 8);
  kvar_draft_set_input (draft, f->title, large);
  g_assert_false (journal_flush (f, NULL));

  /* Nothing that was dropped meanwhile comes back. */
  kvar_draft_discard (draft);
  set_limit (f, 10000);
  g_assert_true (journal_flush (f, NULL));
  g_clear_object (&draft);
  journal_restart (f);
  g_assert_cmpuint (journal_count (f), ==, 0);
}

static void
test_newer_file (Fixture       *f,
                 gconstpointer  unused)
{
  g_autoptr(KvarDraft) draft = open_one (f);
  g_autoptr(GError) error = NULL;
  g_autofree char *sentence = NULL;
  sqlite3 *database = NULL;

  kvar_draft_set_input (draft, f->title, "Roofs");
  g_assert_true (journal_flush (f, NULL));
  g_clear_object (&draft);
  journal_close (f);
  g_assert_cmpint (sqlite3_open (f->path, &database), ==, SQLITE_OK);
  g_assert_true (kvar_sql_exec (database, "PRAGMA user_version = 1000", NULL));
  sqlite3_close (database);

  f->database = kvar_journal_new_database (f->folder);
  journal_open_store (f, USER_ID);
  g_assert_false (journal_load (f, &error));
  g_assert_true (kvar_draft_store_get_loaded (f->store));
  sentence = kvar_error_text (kvar_draft_store_get_problem (f->store));
  g_assert_true (g_str_has_prefix (sentence, "A newer Kvar"));

  draft = open_one (f);
  kvar_draft_set_input (draft, f->title, "In memory");
  g_assert_false (journal_flush (f, NULL));
  assert_on_disk (f, "Roofs");
}

#define ADD(path, func) \
  g_test_add (path, Fixture, NULL, journal_set_up, func, journal_tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  ADD ("/journal/full-disk", test_full_disk);
  ADD ("/journal/full-disk-and-gone", test_full_disk_and_gone);
  ADD ("/journal/newer-file", test_newer_file);

  return g_test_run ();
}
