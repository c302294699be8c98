/* test-cache.c: what was seen is kept, for its own user, as long as there is room
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "journal/kvar-cache.h"
#include "kvar-error.h"
#include "kvar-test-table.h"
#include "kvar-test.h"
#include "records/kvar-record-pack.h"

#define USER  "11111111-1111-4111-8111-111111111111"
#define OTHER "22222222-2222-4222-8222-222222222222"

#define LOADED_AT (G_GINT64_CONSTANT (1700000000) * G_USEC_PER_SEC)

typedef struct
{
  char         *folder;
  char         *path;
  KvarDatabase *database;
  KvarCache    *cache;
  KvarTable    *table;
} Fixture;

static void
open_cache (Fixture *f)
{
  f->database = kvar_cache_open_database (f->folder);
  f->cache = kvar_cache_new (f->database, "norr", USER);
}

static void
close_cache (Fixture *f)
{
  kvar_database_close (f->database);
  kvar_test_settle ();
  g_assert_finalize_object (f->cache);
  g_assert_finalize_object (f->database);
}

static void
set_up (Fixture       *f,
        gconstpointer  unused)
{
  f->folder = g_dir_make_tmp ("kvar-cache-XXXXXX", NULL);
  f->path = g_build_filename (f->folder, "cache.sqlite", NULL);
  f->table = kvar_test_table_new_jobs ();
  open_cache (f);
}

static void
remove_files (Fixture *f)
{
  static const char *const suffixes[] = { "", "-wal", "-shm" };

  for (gsize i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *path = g_strconcat (f->path, suffixes[i], NULL);

      g_unlink (path);
    }
  g_assert_cmpint (g_rmdir (f->folder), ==, 0);
}

static void
tear_down (Fixture       *f,
           gconstpointer  unused)
{
  close_cache (f);
  g_assert_finalize_object (f->table);
  remove_files (f);
  g_free (f->path);
  g_free (f->folder);
}

static KvarRecord *
new_record (KvarTable  *table,
            const char *id,
            const char *title)
{
  KvarRecord *record = kvar_record_new (table);

  kvar_record_set_text (record, 0, id);
  kvar_record_set_text (record, 1, title);

  return record;
}

static void
keep (Fixture    *f,
      KvarCache  *cache,
      const char *what,
      const char *title)
{
  g_autoptr(GPtrArray) records = g_ptr_array_new_with_free_func (g_object_unref);
  KvarCachedRows rows = { records, LOADED_AT, 812, FALSE };

  g_ptr_array_add (records, new_record (f->table, "1", title));
  kvar_cache_keep (cache, f->table, what, &rows);
}

static KvarCachedRows *
find (Fixture    *f,
      KvarCache  *cache,
      const char *what)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  KvarCachedRows *rows;

  kvar_cache_find_async (cache, f->table, what, NULL, kvar_test_keep_result, &result);
  kvar_test_wait_until (result != NULL);
  rows = kvar_cache_find_finish (cache, result, &error);
  g_assert_no_error (error);

  return rows;
}

static gboolean
has (Fixture    *f,
     const char *what)
{
  g_autoptr(KvarCachedRows) rows = find (f, f->cache, what);

  return rows != NULL;
}

static void
test_clear_is_for_everybody (Fixture       *f,
                             gconstpointer  unused)
{
  g_autoptr(KvarCache) other = kvar_cache_new (f->database, "syd", OTHER);
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(KvarCachedRows) others = NULL;
  g_autoptr(GError) error = NULL;

  keep (f, f->cache, "open", "Roof");
  keep (f, other, "open", "Cellar");
  kvar_cache_clear_async (f->cache, NULL, kvar_test_keep_result, &result);
  kvar_test_wait_until (result != NULL);
  g_assert_true (kvar_cache_clear_finish (f->cache, result, &error));
  g_assert_no_error (error);
  others = find (f, other, "open");
  g_assert_null (others);
  g_assert_false (has (f, "open"));

  keep (f, f->cache, "open", "Roof");
  g_assert_true (has (f, "open"));
}

static void
test_rows_come_back (Fixture       *f,
                     gconstpointer  unused)
{
  g_autoptr(KvarCachedRows) rows = NULL;

  keep (f, f->cache, "open", "Roof");
  close_cache (f);
  open_cache (f);

  rows = find (f, f->cache, "open");
  g_assert_nonnull (rows);
  g_assert_cmpuint (rows->records->len, ==, 1);
  g_assert_cmpint (rows->loaded_at, ==, LOADED_AT);
  g_assert_cmpint (rows->total, ==, 812);
  g_assert_false (rows->total_is_exact);
  g_assert_false (has (f, "done"));
}

static void
test_new_rows_replace (Fixture       *f,
                       gconstpointer  unused)
{
  g_autoptr(KvarCachedRows) rows = NULL;

  keep (f, f->cache, "open", "Roof");
  keep (f, f->cache, "open", "Cellar");
  rows = find (f, f->cache, "open");
  g_assert_cmpstr (kvar_record_get_text (g_ptr_array_index (rows->records, 0), 1), ==, "Cellar");
}

static void
test_users_are_apart (Fixture       *f,
                      gconstpointer  unused)
{
  g_autoptr(KvarCache) other = kvar_cache_new (f->database, "norr", OTHER);
  g_autoptr(KvarCachedRows) theirs = NULL;

  keep (f, f->cache, "open", "Roof");
  theirs = find (f, other, "open");
  g_assert_null (theirs);

  kvar_cache_close_and_forget (other);
  g_assert_true (has (f, "open"));
}

static void
test_signing_out_forgets_all (Fixture       *f,
                              gconstpointer  unused)
{
  g_autoptr(KvarCache) again = kvar_cache_new (f->database, "norr", USER);
  g_autoptr(KvarCachedRows) rows = NULL;

  keep (f, f->cache, "open", "Roof");
  kvar_cache_close_and_forget (f->cache);
  keep (f, f->cache, "open", "Roof");    /* a list that goes only now */
  g_assert_false (has (f, "open"));

  rows = find (f, again, "open");
  g_assert_null (rows);
  keep (f, again, "open", "Roof");
  rows = find (f, again, "open");
  g_assert_nonnull (rows);
}

static void
test_a_table_is_forgotten (Fixture       *f,
                           gconstpointer  unused)
{
  g_autoptr(KvarTable) logs = kvar_test_table_new_logs ();

  keep (f, f->cache, "open", "Roof");
  keep (f, f->cache, "done", "Cellar");
  kvar_cache_forget_table (f->cache, logs);
  g_assert_true (has (f, "open"));

  kvar_cache_forget (f->cache, f->table, "open");
  g_assert_false (has (f, "open"));
  g_assert_true (has (f, "done"));

  kvar_cache_forget_table (f->cache, f->table);
  g_assert_false (has (f, "done"));
}

static void
test_what_is_unused_makes_room (Fixture       *f,
                                gconstpointer  unused)
{
  g_autofree char *long_title = g_strnfill (1500, 'x');
  g_autofree char *endless_title = g_strnfill (3000, 'x');

  kvar_cache_set_max_bytes (f->cache, 16000);
  for (guint i = 0; i < 7; i++)
    {
      g_autofree char *what = g_strdup_printf ("%u", i);

      keep (f, f->cache, what, long_title);
      g_assert_true (has (f, "0"));    /* the first one is looked at all the time */
    }
  g_assert_true (has (f, "1"));

  for (guint i = 7; i < 10; i++)
    {
      g_autofree char *what = g_strdup_printf ("%u", i);

      keep (f, f->cache, what, long_title);
      g_assert_true (has (f, "0"));
    }
  g_assert_false (has (f, "2"));
  g_assert_true (has (f, "9"));

  keep (f, f->cache, "9", endless_title);
  g_assert_false (has (f, "9"));
  g_assert_true (has (f, "0"));
}

static void
test_damage_is_thrown_away (Fixture       *f,
                            gconstpointer  unused)
{
  GLogLevelFlags fatal;
  GStatBuf info;

  keep (f, f->cache, "open", "Roof");
  close_cache (f);
  g_assert_true (g_file_set_contents (f->path, "not a database, whatever it was", -1, NULL));
  open_cache (f);

  fatal = g_log_set_always_fatal (G_LOG_LEVEL_ERROR | G_LOG_LEVEL_CRITICAL);
  g_assert_false (has (f, "open"));
  g_log_set_always_fatal (fatal);
  keep (f, f->cache, "open", "Roof");
  g_assert_true (has (f, "open"));
  g_assert_cmpint (g_stat (f->path, &info), ==, 0);
  g_assert_cmpuint (info.st_mode & 0777, ==, 0600);
}

static void
test_pack_is_exact (Fixture       *f,
                    gconstpointer  unused)
{
  g_autoptr(GPtrArray) records = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(GPtrArray) read = NULL;
  g_autoptr(GBytes) bytes = NULL;
  KvarRecord *record = new_record (f->table, "1", "");

  kvar_record_set_text (record, 3, NULL);
  kvar_record_set_label (record, 4, "Anna Berg");
  kvar_record_set_xmin (record, "811");
  kvar_record_set_place (record, "16", "(0,1)");
  g_ptr_array_add (records, record);

  bytes = kvar_record_pack (f->table, records, 1);
  read = kvar_record_unpack (f->table, bytes);
  g_assert_cmpuint (read->len, ==, 1);
  record = g_ptr_array_index (read, 0);
  g_assert_cmpstr (kvar_record_get_text (record, 0), ==, "1");
  g_assert_cmpstr (kvar_record_get_text (record, 1), ==, "");
  g_assert_false (kvar_record_has_column (record, 2));
  g_assert_true (kvar_record_has_column (record, 3));
  g_assert_null (kvar_record_get_text (record, 3));
  g_assert_cmpstr (kvar_record_get_label_of (record, kvar_table_get_column (f->table, 4)), ==,
                   "Anna Berg");
  g_assert_cmpstr (kvar_record_get_xmin (record), ==, "811");
  g_assert_cmpstr (kvar_record_get_tableoid (record), ==, "16");
  g_assert_cmpstr (kvar_record_get_ctid (record), ==, "(0,1)");
}

static void
test_pack_of_another_table_is_none (Fixture       *f,
                                    gconstpointer  unused)
{
  g_autoptr(KvarTable) logs = kvar_test_table_new_logs ();
  g_autoptr(GPtrArray) records = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(GBytes) bytes = NULL;

  g_ptr_array_add (records, new_record (f->table, "1", "Roof"));
  bytes = kvar_record_pack (f->table, records, 1);
  g_assert_null (kvar_record_unpack (logs, bytes));
}

/* Whatever the disk makes of it: rows or none, never a crash. */
static void
test_pack_survives_damage (Fixture       *f,
                           gconstpointer  unused)
{
  g_autoptr(GPtrArray) records = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(GBytes) bytes = NULL;
  const guint8 *data;
  gsize size;

  g_ptr_array_add (records, new_record (f->table, "1", "Roof"));
  bytes = kvar_record_pack (f->table, records, 1);
  data = g_bytes_get_data (bytes, &size);

  for (gsize i = 0; i < size; i++)
    {
      g_autofree guint8 *broken = g_memdup2 (data, size);
      g_autoptr(GBytes) cut = g_bytes_new (data, i);
      g_autoptr(GPtrArray) read = kvar_record_unpack (f->table, cut);
      g_autoptr(GBytes) wrong = NULL;
      g_autoptr(GPtrArray) read_wrong = NULL;

      broken[i] ^= 0xa5;
      wrong = g_bytes_new (broken, size);
      read_wrong = kvar_record_unpack (f->table, wrong);
      g_assert_null (read);
    }
}

static void
test_denial (Fixture       *f,
             gconstpointer  unused)
{
  static const struct
  {
    KvarError   code;
    int         status;
    const char *provider;
    gboolean    denies;
  } cases[] = {
    { KVAR_ERROR_DENIED, 403, "42501", TRUE },
    { KVAR_ERROR_DENIED, 401, "42501", TRUE },
    { KVAR_ERROR_DENIED, 403, NULL, TRUE },
    { KVAR_ERROR_DENIED, 405, "25006", FALSE },
    { KVAR_ERROR_BAD_REPLY, 403, NULL, FALSE },
    { KVAR_ERROR_OFFLINE, 0, NULL, FALSE },
    { KVAR_ERROR_SIGNED_OUT, 0, NULL, FALSE },
  };

  g_assert_false (kvar_cache_is_denial (NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GError) error = kvar_error_new_full (cases[i].code, cases[i].status,
                                                     cases[i].provider, "no");

      g_assert_cmpint (kvar_cache_is_denial (error), ==, cases[i].denies);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

#define ADD(path, func) g_test_add ("/cache/" path, Fixture, NULL, set_up, func, tear_down)

  ADD ("rows-come-back", test_rows_come_back);
  ADD ("clear-is-for-everybody", test_clear_is_for_everybody);
  ADD ("new-rows-replace", test_new_rows_replace);
  ADD ("users-are-apart", test_users_are_apart);
  ADD ("signing-out-forgets-all", test_signing_out_forgets_all);
  ADD ("a-table-is-forgotten", test_a_table_is_forgotten);
  ADD ("what-is-unused-makes-room", test_what_is_unused_makes_room);
  ADD ("damage-is-thrown-away", test_damage_is_thrown_away);
  ADD ("denial", test_denial);
  ADD ("pack/is-exact", test_pack_is_exact);
  ADD ("pack/of-another-table-is-none", test_pack_of_another_table_is_none);
  ADD ("pack/survives-damage", test_pack_survives_damage);

  return g_test_run ();
}
