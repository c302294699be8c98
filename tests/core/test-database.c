/* test-database.c: One thread works on the file in order; a bad file is never fatal.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "journal/kvar-database.h"
#include "journal/kvar-sql.h"
#include "kvar-error.h"
#include "kvar-test.h"

typedef struct
{
  char         *folder;
  char         *path;
  KvarDatabase *database;
} Fixture;

/* Takes over the numbers that can be read. */
static gboolean
salvage (const char  *damaged,
         sqlite3     *fresh,
         GError     **error)
{
  sqlite3 *old = NULL;
  sqlite3_stmt *statement = NULL;

  if (sqlite3_open_v2 (damaged, &old, SQLITE_OPEN_READWRITE, NULL) == SQLITE_OK &&
      sqlite3_prepare_v2 (old, "SELECT n FROM numbers", -1, &statement, NULL) == SQLITE_OK)
    while (sqlite3_step (statement) == SQLITE_ROW)
      {
        g_autofree char *sql = g_strdup_printf ("INSERT INTO numbers VALUES (%d)",
                                                sqlite3_column_int (statement, 0));

        g_assert_true (kvar_sql_exec (fresh, sql, error));
      }
  sqlite3_finalize (statement);
  sqlite3_close (old);

  return TRUE;
}

static const char *const steps[] = { "CREATE TABLE numbers (n INTEGER NOT NULL)", NULL };
static const char *const more_steps[] = {
  "CREATE TABLE numbers (n INTEGER NOT NULL)",
  "ALTER TABLE numbers ADD COLUMN word TEXT; UPDATE numbers SET word = 'old'",
  NULL
};
static const char *const bad_steps[] = {
  "CREATE TABLE numbers (n INTEGER NOT NULL)",
  "DELETE FROM numbers; INSERT INTO nowhere VALUES (1)",
  NULL
};

static const KvarDatabaseKind kind = { steps, salvage };
static const KvarDatabaseKind throwaway_kind = { steps, NULL };
static const KvarDatabaseKind later_kind = { more_steps, salvage };
static const KvarDatabaseKind bad_kind = { bad_steps, salvage };

static void
fixture_set_up (Fixture       *f,
                gconstpointer  unused)
{
  f->folder = g_dir_make_tmp ("kvar-database-XXXXXX", NULL);
  f->path = g_build_filename (f->folder, "inner", "file.sqlite", NULL);
  f->database = kvar_database_new (f->path, &kind);
}

static void
fixture_tear_down (Fixture       *f,
                   gconstpointer  unused)
{
  g_assert_finalize_object (f->database);
  g_free (f->path);
  g_free (f->folder);
}

static void
reopen (Fixture                *f,
        const KvarDatabaseKind *as)
{
  g_assert_finalize_object (f->database);
  f->database = kvar_database_new (f->path, as);
}

static gpointer
add_number (sqlite3   *database,
            gpointer   data,
            GError   **error)
{
  g_autofree char *sql = g_strdup_printf ("INSERT INTO numbers (n) VALUES (%d)",
                                          GPOINTER_TO_INT (data));

  return GINT_TO_POINTER (kvar_sql_exec (database, sql, error));
}

static gpointer
read_numbers (sqlite3   *database,
              gpointer   data,
              GError   **error)
{
  g_autoptr(KvarStatement) statement = NULL;
  g_autoptr(GString) text = g_string_new (NULL);
  gboolean has_row;

  statement = kvar_sql_prepare (database, "SELECT n FROM numbers ORDER BY rowid", error);
  if (statement == NULL)
    return NULL;
  while (kvar_sql_step (statement, &has_row, error) && has_row)
    g_string_append_printf (text, "%d ", sqlite3_column_int (statement, 0));

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static gpointer
add_and_fail (sqlite3   *database,
              gpointer   data,
              GError   **error)
{
  add_number (database, data, error);
  g_set_error_literal (error, KVAR_ERROR, KVAR_ERROR_REFUSED, "No");

  return NULL;
}

static gpointer
run (Fixture             *f,
     KvarDatabaseAccess   access,
     KvarDatabaseWork     work,
     int                  number,
     GDestroyNotify       free_result,
     GError             **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  kvar_database_run_async (f->database, access, work, GINT_TO_POINTER (number), NULL, free_result,
                           NULL, kvar_test_keep_result, &result);
  kvar_test_wait_until (result != NULL);

  return kvar_database_run_finish (f->database, result, error);
}

static void
add (Fixture *f,
     int      number)
{
  g_autoptr(GError) error = NULL;

  run (f, KVAR_DATABASE_WRITE, add_number, number, NULL, &error);
  g_assert_no_error (error);
}

static void
assert_numbers (Fixture    *f,
                const char *expected)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *numbers = run (f, KVAR_DATABASE_READ, read_numbers, 0, g_free, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (numbers, ==, expected);
}

static void
assert_refused (Fixture    *f,
                const char *code)
{
  g_autoptr(GError) error = NULL;

  run (f, KVAR_DATABASE_WRITE, add_number, 9, NULL, &error);
  g_assert_error (error, KVAR_ERROR, KVAR_ERROR_REFUSED);
  g_assert_cmpstr (kvar_error_get_provider_code (error), ==, code);
}

static guint
mode_of (const char *path)
{
  GStatBuf info;

  g_assert_cmpint (g_stat (path, &info), ==, 0);

  return info.st_mode & 0777;
}

static void
test_is_private (Fixture       *f,
                 gconstpointer  unused)
{
  g_autofree char *folder = g_path_get_dirname (f->path);
  g_autofree char *wal = g_strconcat (f->path, "-wal", NULL);

  g_assert_false (g_file_test (f->path, G_FILE_TEST_EXISTS));
  add (f, 1);
  g_assert_cmpuint (mode_of (folder), ==, 0700);
  g_assert_cmpuint (mode_of (f->path), ==, 0600);
  g_assert_cmpuint (mode_of (wal), ==, 0600);

  /* Also one that somebody has opened to others. */
  g_assert_cmpint (g_chmod (f->path, 0644), ==, 0);
  reopen (f, &kind);
  assert_numbers (f, "1 ");
  g_assert_cmpuint (mode_of (f->path), ==, 0600);
}

static void
count_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  guint *n_done = user_data;

  g_assert_true (GPOINTER_TO_INT (kvar_database_run_finish (KVAR_DATABASE (object), result,
                                                            NULL)));
  (*n_done)++;
}

static void
test_keeps_order (Fixture       *f,
                  gconstpointer  unused)
{
  guint n_done = 0;

  for (int i = 0; i < 5; i++)
    kvar_database_run_async (f->database, KVAR_DATABASE_WRITE, add_number, GINT_TO_POINTER (i),
                             NULL, NULL, NULL, count_cb, &n_done);
  assert_numbers (f, "0 1 2 3 4 ");
  g_assert_cmpuint (n_done, ==, 5);
}

static void
test_close_finishes (Fixture       *f,
                     gconstpointer  unused)
{
  guint n_done = 0;

  for (int i = 0; i < 5; i++)
    kvar_database_run_async (f->database, KVAR_DATABASE_WRITE, add_number, GINT_TO_POINTER (i),
                             NULL, NULL, NULL, count_cb, &n_done);
  kvar_database_close (f->database);
  g_assert_cmpuint (n_done, ==, 0);
  kvar_test_wait_until (n_done == 5);
  assert_refused (f, KVAR_DATABASE_FAILED);

  reopen (f, &kind);
  assert_numbers (f, "0 1 2 3 4 ");
}

static void
test_failure_rolls_back (Fixture       *f,
                         gconstpointer  unused)
{
  g_autoptr(GError) error = NULL;

  run (f, KVAR_DATABASE_WRITE, add_and_fail, 7, NULL, &error);
  g_assert_error (error, KVAR_ERROR, KVAR_ERROR_REFUSED);
  assert_numbers (f, "");
}

static void
test_cancelled_is_not_begun (Fixture       *f,
                             gconstpointer  unused)
{
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  g_cancellable_cancel (cancellable);
  kvar_database_run_async (f->database, KVAR_DATABASE_WRITE, add_number, GINT_TO_POINTER (1),
                           NULL, NULL, cancellable, kvar_test_keep_result, &result);
  kvar_test_wait_until (result != NULL);
  kvar_database_run_finish (f->database, result, &error);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  assert_numbers (f, "");
}

static void
test_migrates (Fixture       *f,
               gconstpointer  unused)
{
  add (f, 1);
  reopen (f, &later_kind);
  add (f, 2);
  assert_numbers (f, "1 2 ");
  reopen (f, &later_kind);
  assert_numbers (f, "1 2 ");
}

static void
test_bad_step_changes_nothing (Fixture       *f,
                               gconstpointer  unused)
{
  add (f, 1);
  reopen (f, &bad_kind);
  assert_refused (f, KVAR_DATABASE_FAILED);
  reopen (f, &kind);
  assert_numbers (f, "1 ");
}

static void
test_newer_is_left_alone (Fixture       *f,
                          gconstpointer  unused)
{
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  gsize length;
  gsize length_after;

  reopen (f, &later_kind);
  add (f, 1);
  reopen (f, &kind);
  g_assert_true (g_file_get_contents (f->path, &before, &length, NULL));
  assert_refused (f, KVAR_DATABASE_NEWER);
  reopen (f, &kind);
  g_assert_true (g_file_get_contents (f->path, &after, &length_after, NULL));
  g_assert_cmpmem (before, length, after, length_after);
  g_assert_null (kvar_database_get_set_aside (f->database));
}

static void
write_garbage (const char *path,
               gssize      at,
               gsize       n)
{
  g_autofree char *contents = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (path, &contents, &length, NULL));
  g_assert_cmpuint (at + n, <=, length);
  memset (contents + at, 0xa5, n);
  g_assert_true (g_file_set_contents (path, contents, length, NULL));
}

static void
test_damaged_is_set_aside (Fixture       *f,
                           gconstpointer  unused)
{
  g_autofree char *aside = NULL;

  add (f, 1);
  reopen (f, &kind);
  write_garbage (f->path, 0, 100);

  assert_numbers (f, "");
  aside = g_strdup (kvar_database_get_set_aside (f->database));
  g_assert_nonnull (aside);
  g_assert_true (g_file_test (aside, G_FILE_TEST_EXISTS));
  g_assert_true (g_str_has_prefix (aside, f->path));
  g_assert_cmpuint (mode_of (f->path), ==, 0600);

  add (f, 2);
  reopen (f, &kind);
  assert_numbers (f, "2 ");
  g_assert_null (kvar_database_get_set_aside (f->database));
}

static gpointer
find_damage (sqlite3   *database,
             gpointer   data,
             GError   **error)
{
  gboolean *found = data;

  if (*found)
    return add_number (database, GINT_TO_POINTER (3), error);

  *found = TRUE;
  g_propagate_error (error, kvar_error_new_full (KVAR_ERROR_REFUSED, 0, KVAR_DATABASE_DAMAGED,
                                                 "Found on the way"));

  return NULL;
}

static void
test_damage_on_the_way (Fixture       *f,
                        gconstpointer  unused)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  gboolean found = FALSE;

  add (f, 1);
  kvar_database_run_async (f->database, KVAR_DATABASE_WRITE, find_damage, &found, NULL, NULL,
                           NULL, kvar_test_keep_result, &result);
  kvar_test_wait_until (result != NULL);
  g_assert_true (GPOINTER_TO_INT (kvar_database_run_finish (f->database, result, &error)));
  g_assert_no_error (error);
  g_assert_nonnull (kvar_database_get_set_aside (f->database));

  /* The old rows were taken over. */
  assert_numbers (f, "1 3 ");
}

static void
test_throwaway_is_thrown_away (Fixture       *f,
                               gconstpointer  unused)
{
  add (f, 1);
  reopen (f, &throwaway_kind);
  write_garbage (f->path, 0, 100);
  assert_numbers (f, "");
  g_assert_null (kvar_database_get_set_aside (f->database));
}

static void
test_crash_between_the_steps (Fixture       *f,
                              gconstpointer  unused)
{
  g_autofree char *fresh = g_strconcat (f->path, ".new", NULL);
  g_autofree char *partial = g_strconcat (f->path, ".partial", NULL);

  /* The old one had gone, the new one had not come. */
  add (f, 1);
  reopen (f, &kind);
  g_assert_cmpint (g_rename (f->path, fresh), ==, 0);
  assert_numbers (f, "1 ");
  g_assert_false (g_file_test (fresh, G_FILE_TEST_EXISTS));

  /* What was never whole is not used. */
  g_assert_true (g_file_set_contents (partial, "half", -1, NULL));
  reopen (f, &kind);
  assert_numbers (f, "1 ");
}

static gpointer
limit_pages (sqlite3   *database,
             gpointer   data,
             GError   **error)
{
  g_autofree char *sql = g_strdup_printf ("PRAGMA max_page_count = %d", GPOINTER_TO_INT (data));

  return GINT_TO_POINTER (kvar_sql_exec (database, sql, error));
}

static gpointer
add_much (sqlite3   *database,
          gpointer   data,
          GError   **error)
{
  return GINT_TO_POINTER (kvar_sql_exec (database, "INSERT INTO numbers SELECT zeroblob(90000)",
                                         error));
}

static void
test_full_disk (Fixture       *f,
                gconstpointer  unused)
{
  g_autoptr(GError) error = NULL;

  add (f, 1);
  run (f, KVAR_DATABASE_READ, limit_pages, 4, NULL, NULL);
  run (f, KVAR_DATABASE_WRITE, add_much, 0, NULL, &error);
  g_assert_error (error, KVAR_ERROR, KVAR_ERROR_REFUSED);
  g_assert_cmpstr (kvar_error_get_provider_code (error), ==, KVAR_DATABASE_NO_SPACE);
  g_clear_error (&error);

  run (f, KVAR_DATABASE_READ, limit_pages, 1000, NULL, NULL);
  run (f, KVAR_DATABASE_WRITE, add_much, 0, NULL, &error);
  g_assert_no_error (error);
}

static void
test_no_folder (Fixture       *f,
                gconstpointer  unused)
{
  g_autofree char *folder = g_path_get_dirname (f->path);

  /* A file where the folder should be: later it may be gone. */
  g_assert_true (g_file_set_contents (folder, "", -1, NULL));
  assert_refused (f, KVAR_DATABASE_FAILED);
  g_assert_cmpint (g_unlink (folder), ==, 0);
  add (f, 1);
  assert_numbers (f, "1 ");
}

#define ADD(path, func) \
  g_test_add (path, Fixture, NULL, fixture_set_up, func, fixture_tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_log_set_always_fatal (G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_ERROR);

  ADD ("/database/open/is-private", test_is_private);
  ADD ("/database/run/keeps-order", test_keeps_order);
  ADD ("/database/run/failure-rolls-back", test_failure_rolls_back);
  ADD ("/database/run/cancelled-is-not-begun", test_cancelled_is_not_begun);
  ADD ("/database/close/finishes-what-was-asked", test_close_finishes);
  ADD ("/database/migrations/run-once", test_migrates);
  ADD ("/database/migrations/bad-step-changes-nothing", test_bad_step_changes_nothing);
  ADD ("/database/migrations/newer-is-left-alone", test_newer_is_left_alone);
  ADD ("/database/damage/is-set-aside", test_damaged_is_set_aside);
  ADD ("/database/damage/on-the-way", test_damage_on_the_way);
  ADD ("/database/damage/throwaway", test_throwaway_is_thrown_away);
  ADD ("/database/damage/crash-between-the-steps", test_crash_between_the_steps);
  ADD ("/database/errors/full-disk", test_full_disk);
  ADD ("/database/errors/no-folder", test_no_folder);

  return g_test_run ();
}
