/* test-journal.c: A bad disk or a bad file is said, and costs nothing that can be read.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <stdlib.h>
#include <string.h>

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

#define N_DRAFTS 24

/* So many that their table has a root above its leaves, and one that needs pages of its own. */
static void
fill (Fixture *f)
{
  g_autofree char *large = g_strnfill (20000, 'y');
  g_autoptr(GError) error = NULL;

  for (int i = 0; i < N_DRAFTS; i++)
    {
      g_autofree char *key = g_strdup_printf ("%d", i);
      g_autofree char *title = g_strdup_printf ("Title %d %0900d", i, i);
      g_autoptr(KvarDraft) draft = NULL;

      draft = kvar_draft_store_open (f->store, f->table, key, f->record);
      kvar_draft_set_input (draft, f->title, i == 0 ? large : title);
    }
  journal_flush (f, &error);
  g_assert_no_error (error);
}

static void
end (Fixture *f)
{
  journal_close (f);
}

static char *
read_file (Fixture    *f,
           const char *suffix,
           gsize      *length)
{
  g_autofree char *path = g_strconcat (f->path, suffix, NULL);
  char *contents;

  g_assert_true (g_file_get_contents (path, &contents, length, NULL));

  return contents;
}

static void
write_file (Fixture    *f,
            const char *suffix,
            const char *contents,
            gsize       length)
{
  g_autofree char *path = g_strconcat (f->path, suffix, NULL);

  g_assert_true (g_file_set_contents (path, contents, length, NULL));
}

static void
begin (Fixture *f)
{
  g_autoptr(GError) error = NULL;

  f->database = kvar_journal_new_database (f->folder);
  journal_open_store (f, USER_ID);
  kvar_draft_store_set_schema (f->store, f->schema);
  journal_load (f, &error);
  g_assert_no_error (error);
}

/* What has come back is what was typed. */
static void
assert_restored (Fixture *f,
                 guint    at_least)
{
  g_test_message ("%u of %u drafts came back", journal_count (f), N_DRAFTS);
  g_assert_cmpuint (journal_count (f), >=, at_least);
  for (guint i = 0; i < journal_count (f); i++)
    {
      KvarDraft *draft = journal_nth (f, i);
      int n = atoi (kvar_draft_get_key (draft));
      g_autofree char *title = g_strdup_printf ("Title %d %0900d", n, n);

      if (n > 0)
        assert_input (draft, f->title, title);
    }
}

static void
assert_set_aside (Fixture *f)
{
  const char *aside = kvar_draft_store_get_set_aside (f->store);

  g_assert_nonnull (aside);
  g_assert_true (g_file_test (aside, G_FILE_TEST_EXISTS));
  g_assert_true (strstr (aside, "journal.sqlite.damaged-") != NULL);
}

static void
forget_everything (Fixture *f)
{
  journal_remove_dir (f->folder);
  g_assert_cmpint (g_mkdir (f->folder, 0700), ==, 0);
}

static void
test_each_page (Fixture       *f,
                gconstpointer  unused)
{
  g_autofree char *whole = NULL;
  gsize length;

  fill (f);
  end (f);
  whole = read_file (f, "", &length);
  g_assert_cmpuint (length % 4096, ==, 0);

  for (gsize page = 0; page < length / 4096; page++)
    {
      g_autofree char *damaged = g_memdup2 (whole, length);

      for (gsize i = 0; i < 4096; i++)
        damaged[page * 4096 + i] ^= 0xff;
      forget_everything (f);
      write_file (f, "", damaged, length);
      g_test_message ("Page %" G_GSIZE_FORMAT, page);
      begin (f);
      assert_restored (f, N_DRAFTS - 8);

      /* The inside of a long text bears no mark by which it could be told. */
      if (kvar_database_get_set_aside (f->database) != NULL)
        assert_set_aside (f);
      end (f);
    }

  /* It is whole from then on. */
  begin (f);
  g_assert_null (kvar_database_get_set_aside (f->database));
  assert_restored (f, N_DRAFTS - 8);
}

static void
test_no_header (Fixture       *f,
                gconstpointer  unused)
{
  g_autofree char *file = NULL;
  gsize length;

  fill (f);
  end (f);
  file = read_file (f, "", &length);
  memset (file, 0xa5, 100);
  write_file (f, "", file, length);
  begin (f);
  assert_set_aside (f);
  assert_restored (f, N_DRAFTS);
}

static void
test_cut_off (Fixture       *f,
              gconstpointer  unused)
{
  g_autofree char *file = NULL;
  gsize length;

  fill (f);
  end (f);
  file = read_file (f, "", &length);
  write_file (f, "", file, length / 4 * 3 + 100);
  begin (f);
  assert_set_aside (f);
  assert_restored (f, N_DRAFTS / 4);
}

/* As a crash leaves it: all that was typed is in the log. */
static void
test_log_without_a_file (Fixture       *f,
                         gconstpointer  damage)
{
  g_autofree char *file = NULL;
  g_autofree char *log = NULL;
  gsize length;
  gsize log_length;

  fill (f);
  file = read_file (f, "", &length);
  log = read_file (f, "-wal", &log_length);
  end (f);
  forget_everything (f);

  if (GPOINTER_TO_INT (damage) == 0)
    length = 0;
  else
    memset (file, 0xa5, MIN (length, 4096));
  write_file (f, "", file, length);
  write_file (f, "-wal", log, log_length);
  begin (f);
  assert_restored (f, N_DRAFTS);
}

/* Whatever a file holds, it is never fatal. */
static void
test_fuzz (Fixture       *f,
           gconstpointer  unused)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed (20261125);
  int n_rounds = g_test_slow () ? 1000 : 16;
  g_autofree char *whole = NULL;
  gsize length;

  fill (f);
  end (f);
  whole = read_file (f, "", &length);

  for (int i = 0; i < n_rounds; i++)
    {
      g_autofree char *damaged = g_memdup2 (whole, length);
      g_autoptr(GError) error = NULL;

      /* A page or two, the first of all pages as often as any other. */
      for (int j = g_rand_int_range (rand, 1, 100); j > 0; j--)
        damaged[g_rand_int_range (rand, 0, i % 2 == 0 ? 4096 : length)] =
          g_rand_int_range (rand, 0, 256);
      forget_everything (f);
      write_file (f, "", damaged, length);

      f->database = kvar_journal_new_database (f->folder);
      journal_open_store (f, USER_ID);
      kvar_draft_store_set_schema (f->store, f->schema);
      g_test_message ("Round %d", i);
      if (!journal_load (f, &error))
        g_assert_cmpstr (kvar_error_get_provider_code (error), ==, KVAR_DATABASE_NEWER);
      end (f);
    }

  forget_everything (f);
  begin (f);
}

static void
test_full_disk_while_recovering (Fixture       *f,
                                 gconstpointer  unused)
{
  g_autofree char *blocked = g_strconcat (f->path, ".partial", NULL);
  g_autofree char *file = NULL;
  g_autoptr(GError) error = NULL;
  gsize length;

  fill (f);
  end (f);
  file = read_file (f, "", &length);
  memset (file, 0xa5, 100);
  write_file (f, "", file, length);

  /* Where the new file should be made, none can be. */
  g_assert_cmpint (g_mkdir (blocked, 0700), ==, 0);
  f->database = kvar_journal_new_database (f->folder);
  journal_open_store (f, USER_ID);
  g_assert_false (journal_load (f, &error));
  g_assert_null (kvar_database_get_set_aside (f->database));
  end (f);

  /* Nothing was lost by trying. */
  g_assert_cmpint (g_rmdir (blocked), ==, 0);
  begin (f);
  assert_restored (f, N_DRAFTS);
}

#define ADD(path, func) ADD_WITH (path, 0, func)
#define ADD_WITH(path, data, func) \
  g_test_add (path, Fixture, GINT_TO_POINTER (data), journal_set_up, func, journal_tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  /* Damage is worth a warning. */
  g_log_set_always_fatal (G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_ERROR);

  ADD ("/journal/full-disk", test_full_disk);
  ADD ("/journal/full-disk-and-gone", test_full_disk_and_gone);
  ADD ("/journal/newer-file", test_newer_file);
  ADD ("/journal/damage/each-page", test_each_page);
  ADD ("/journal/damage/no-header", test_no_header);
  ADD ("/journal/damage/cut-off", test_cut_off);
  ADD_WITH ("/journal/damage/log-without-a-file", 0, test_log_without_a_file);
  ADD_WITH ("/journal/damage/log-without-a-header", 1, test_log_without_a_file);
  ADD ("/journal/damage/fuzz", test_fuzz);
  ADD ("/journal/damage/no-room-to-recover", test_full_disk_while_recovering);

  return g_test_run ();
}
