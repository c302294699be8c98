/* test-export-file.c: CSV as RFC 4180 has it, pages cut where they end, files whole or absent.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "export/kvar-csv.h"
#include "export/kvar-export-error.h"
#include "export/kvar-export-name.h"
#include "export/kvar-export-page.h"
#include "export/kvar-export-part.h"
#include "export/kvar-export-target.h"
#include "kvar-error.h"

static void
assert_field (const char *text,
              const char *expected)
{
  g_autoptr(GString) csv = g_string_new (NULL);

  kvar_csv_append_field (csv, ',', text, text != NULL ? strlen (text) : 0);
  g_assert_cmpstr (csv->str, ==, expected);
}

static void
test_csv_fields (void)
{
  assert_field (NULL, "");
  assert_field ("", "\"\"");
  assert_field ("plain text", "plain text");
  assert_field ("å ä ö", "å ä ö");
  assert_field ("a,b", "\"a,b\"");
  assert_field ("a\nb", "\"a\nb\"");
  assert_field ("a\rb", "\"a\rb\"");
  assert_field ("say \"hi\"", "\"say \"\"hi\"\"\"");
  assert_field ("\"", "\"\"\"\"");
  assert_field ("C:\\dir", "C:\\dir");
  assert_field ("=1+1", "=1+1");
}

static void
test_csv_rows (void)
{
  g_autoptr(GString) csv = g_string_new (NULL);

  kvar_csv_append_field (csv, ',', "a", 1);
  g_string_append_c (csv, ',');
  kvar_csv_append_field (csv, ',', NULL, 0);
  g_string_append_c (csv, ',');
  kvar_csv_append_field (csv, ',', "", 0);
  kvar_csv_end_row (csv);
  g_assert_cmpstr (csv->str, ==, "a,,\"\"\r\n");
}

static gboolean
find_last (const char  *body,
           GPtrArray  **values,
           guint       *n_rows,
           GError     **error)
{
  static const char *const terms[] = { "id", "b", NULL };
  g_autoptr(GBytes) bytes = g_bytes_new_static (body, strlen (body));

  return kvar_export_page_find_last (bytes, terms, values, n_rows, error);
}

static void
test_page_last_row (void)
{
  static const char body[] =
    "[{\"id\":\"1\",\"b\":\"x ] } \\\\\"}, \n {\"b\":null,\"c\":[{\"d\":\"\\\"}]\"}],\"id\":42}]\n";
  g_autoptr(GPtrArray) values = NULL;
  g_autoptr(GPtrArray) none = NULL;
  g_autoptr(GError) error = NULL;
  guint n_rows;

  g_assert_true (find_last (body, &values, &n_rows, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (n_rows, ==, 2);
  g_assert_cmpstr (g_ptr_array_index (values, 0), ==, "42");
  g_assert_null (g_ptr_array_index (values, 1));

  g_assert_true (find_last (" [ ] ", &none, &n_rows, &error));
  g_assert_null (none);
  g_assert_cmpuint (n_rows, ==, 0);
}

static gboolean
peek_last (const char  *body,
           GPtrArray  **values)
{
  static const char *const terms[] = { "id", NULL };
  g_autoptr(GBytes) bytes = g_bytes_new_static (body, strlen (body));

  return kvar_export_page_peek_last (bytes, terms, values);
}

/* A glance at the end is enough for what PostgREST writes, and never wrong about the rest. */
static void
test_page_last_line (void)
{
  static const char *const unclear[] = {
    "", "[]", "[\n]", "[{\"id\":\"1\"}]", "[{\"id\":\"1\"}, \n {\"id\":\"2\"}",
    "[{\"id\":\"1\"}, \n {\"id\":\"2\",\"b\":\"x]", "[{\"a\":[{\"id\":1},\n {\"id\":2}]}]",
    "[{\"a\":\n {\"id\":2}}]", "[{\"id\":\"1\"}, \n {\"id\":\"2\"},{\"id\":\"3\"}]",
    "[{\"id\":\"1\"}, \n {\"b\":\"2\"}]", "{\"id\":\"1\"}\n",
  };
  g_autoptr(GPtrArray) values = NULL;

  g_assert_true (peek_last ("[{\"id\":\"1\"}, \n {\"b\":\"]}\",\"id\":\"2\"}]\n", &values));
  g_assert_cmpstr (g_ptr_array_index (values, 0), ==, "2");
  g_assert_null (g_ptr_array_index (values, 1));

  for (gsize i = 0; i < G_N_ELEMENTS (unclear); i++)
    {
      g_autoptr(GPtrArray) none = NULL;

      if (peek_last (unclear[i], &none))
        g_error ("%s was taken for a page", unclear[i]);
      g_assert_null (none);
    }
}

/* Wherever a page is cut, it is not taken for a whole one. */
static void
test_page_cut_anywhere (void)
{
  static const char body[] = "[{\"id\":\"1\",\"b\":\"x\\\"\"}, \n {\"b\":[1,{}],\"id\":\"2\"}]";

  for (gsize i = 0; i < strlen (body); i++)
    {
      g_autofree char *cut = g_strndup (body, i);
      g_autoptr(GPtrArray) values = NULL;
      g_autoptr(GError) error = NULL;
      guint n_rows;

      g_assert_false (find_last (cut, &values, &n_rows, &error));
      g_assert_error (error, KVAR_ERROR, KVAR_ERROR_BAD_REPLY);
      g_assert_null (values);
    }
}

static KvarExportFormat *
create_csv (const char *const *names)
{
  g_autoptr(GPtrArray) columns = NULL;

  columns = g_ptr_array_new_with_free_func ((GDestroyNotify)kvar_export_column_free);
  for (gsize i = 0; names[i] != NULL; i++)
    g_ptr_array_add (columns, kvar_export_column_new (names[i], KVAR_KIND_TEXT, -1));

  return kvar_export_format_new (KVAR_FILE_CSV, columns, "jobs");
}

static void
test_page_to_csv (void)
{
  static const char body[] =
    "[{\"id\":\"1\",\"b\":\"x,y\",\"c\":null},{\"c\":\"\",\"id\":\"2\",\"b\":\"z\"},"
    "{\"id\":\"1\",\"b\":\"again\",\"c\":null}]";
  static const char *const columns[] = { "c", "b", NULL };
  static const char *const identity[] = { "id", NULL };
  g_autoptr(GBytes) bytes = g_bytes_new_static (body, strlen (body));
  g_autoptr(KvarExportFormat) format = create_csv (columns);
  g_autoptr(KvarExportJournal) seen = NULL;
  g_autoptr(GString) csv = g_string_new (NULL);
  g_autoptr(GString) all = g_string_new (NULL);
  g_autoptr(GError) error = NULL;
  guint64 n_altered = 0;
  guint n_written;

  seen = kvar_export_journal_open (NULL, &error);
  g_assert_no_error (error);
  g_assert_true (kvar_export_page_write (bytes, columns, identity, seen, format, 0, csv,
                                         &n_written, &n_altered, &error));
  g_assert_cmpstr (csv->str, ==, ",\"x,y\"\r\n\"\",z\r\n");
  g_assert_cmpuint (n_written, ==, 2);
  g_assert_cmpuint (n_altered, ==, 0);

  g_assert_true (kvar_export_page_write (bytes, columns, identity, NULL, format, 2, all,
                                         &n_written, &n_altered, &error));
  g_assert_cmpuint (n_written, ==, 3);
}

/* Keys of several columns are told apart by where one ends. */
static void
test_seen_tells_apart (void)
{
  static const char body[] =
    "[{\"a\":\"x\",\"b\":\"yz\"},{\"a\":\"xy\",\"b\":\"z\"},{\"a\":null,\"b\":\"\"},"
    "{\"a\":\"\",\"b\":null}]";
  static const char *const both[] = { "a", "b", NULL };
  g_autoptr(GBytes) bytes = g_bytes_new_static (body, strlen (body));
  g_autoptr(KvarExportFormat) format = create_csv (both);
  g_autoptr(KvarExportJournal) seen = kvar_export_journal_open (NULL, NULL);
  g_autoptr(GString) csv = g_string_new (NULL);
  guint64 n_altered = 0;
  guint n_written;

  g_assert_true (kvar_export_page_write (bytes, both, both, seen, format, 0, csv, &n_written,
                                         &n_altered, NULL));
  g_assert_cmpuint (n_written, ==, 4);
}

/* A folder for one test, with an earlier file in it. */

typedef struct
{
  char           *folder;
  char           *path;
  GFile          *target;
  KvarExportPart *growing;
  const char     *part;
  int             fd;
} Fixture;

static GVariant *
describe (const char *table)
{
  GVariantDict description;

  g_variant_dict_init (&description, NULL);
  g_variant_dict_insert (&description, "table", "s", table);

  return g_variant_ref_sink (g_variant_dict_end (&description));
}

static void
fixture_set_up (Fixture       *f,
                gconstpointer  unused)
{
  g_autoptr(GVariant) description = describe ("jobs");
  g_autoptr(GError) error = NULL;

  f->folder = g_dir_make_tmp ("kvar-export-XXXXXX", NULL);
  f->path = g_build_filename (f->folder, "jobs.csv", NULL);
  f->target = g_file_new_for_path (f->path);
  g_assert_true (g_file_set_contents (f->path, "earlier", -1, NULL));

  f->growing = kvar_export_part_new (description, &error);
  g_assert_no_error (error);
  f->part = kvar_export_part_get_path (f->growing);
  f->fd = kvar_export_part_get_fd (f->growing);
  g_assert_cmpint (write (f->fd, "new rows", 8), ==, 8);
}

static void
fixture_tear_down (Fixture       *f,
                   gconstpointer  unused)
{
  kvar_export_part_discard (f->growing);
  kvar_export_part_free (f->growing);
  g_chmod (f->folder, 0700);
  g_unlink (f->path);
  g_rmdir (f->folder);
  g_assert_false (g_file_test (f->folder, G_FILE_TEST_EXISTS));
  g_free (f->folder);
  g_free (f->path);
  g_object_unref (f->target);
}

static void
assert_contents (const char *path,
                 const char *expected)
{
  g_autofree char *contents = NULL;
  g_autoptr(GError) error = NULL;

  g_file_get_contents (path, &contents, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (contents, ==, expected);
}

static void
test_target_replaces (Fixture       *f,
                      gconstpointer  unused)
{
  g_autoptr(GError) error = NULL;
  GStatBuf info;

  g_assert_cmpint (g_chmod (f->path, 0640), ==, 0);
  g_assert_true (kvar_export_target_put (f->target, f->fd, f->part, NULL, &error));
  g_assert_no_error (error);
  assert_contents (f->path, "new rows");
  g_assert_cmpint (g_stat (f->path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0640);
}

/* Where the part lies on another file system, it is copied. */
static void
test_target_elsewhere (Fixture       *f,
                       gconstpointer  unused)
{
  g_autofree char *folder = g_strdup ("/dev/shm/kvar-export-XXXXXX");
  g_autofree char *path = NULL;
  g_autoptr(GFile) target = NULL;
  g_autoptr(GError) error = NULL;

  if (mkdtemp (folder) == NULL)
    {
      g_test_skip ("There is no second file system here");
      return;
    }

  path = g_build_filename (folder, "jobs.csv", NULL);
  target = g_file_new_for_path (path);
  g_assert_true (kvar_export_target_put (target, f->fd, f->part, NULL, &error));
  g_assert_no_error (error);
  assert_contents (path, "new rows");
  g_assert_true (g_file_test (f->part, G_FILE_TEST_EXISTS));
  g_unlink (path);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

static void
test_target_follows_a_link (Fixture       *f,
                            gconstpointer  unused)
{
  g_autofree char *link = g_build_filename (f->folder, "link.csv", NULL);
  g_autoptr(GFile) target = g_file_new_for_path (link);

  g_assert_cmpint (symlink ("jobs.csv", link), ==, 0);
  g_assert_true (kvar_export_target_put (target, f->fd, f->part, NULL, NULL));
  assert_contents (f->path, "new rows");
  g_assert_true (g_file_test (link, G_FILE_TEST_IS_SYMLINK));
  g_unlink (link);
}

/* GIO replaces a file also by half of a new one, if its stream is closed after a failure. */
static void
test_target_of_a_portal_stays_whole (Fixture       *f,
                                     gconstpointer  unused)
{
  g_autofree char *folder = g_build_filename (g_get_user_runtime_dir (), "doc", "id", NULL);
  g_autofree char *path = g_build_filename (folder, "jobs.csv", NULL);
  g_autofree char *rows = g_strnfill (100000, 'x');
  g_autoptr(GFile) target = g_file_new_for_path (path);
  g_autoptr(GError) error = NULL;
  struct rlimit old;
  struct rlimit tiny;

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, "earlier", -1, NULL));
  g_assert_cmpint (write (f->fd, rows, 100000), ==, 100000);

  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &old), ==, 0);
  tiny = old;
  tiny.rlim_cur = 600;
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &tiny), ==, 0);
  g_assert_false (kvar_export_target_put (target, f->fd, f->part, NULL, &error));
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &old), ==, 0);

  g_assert_error (error, KVAR_ERROR, KVAR_ERROR_REFUSED);
  assert_contents (path, "earlier");
  g_unlink (path);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

static void
test_target_cancelled (Fixture       *f,
                       gconstpointer  unused)
{
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_false (kvar_export_target_put (f->target, f->fd, f->part, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  assert_contents (f->path, "earlier");
}

static void
test_target_folder_gone (Fixture       *f,
                         gconstpointer  unused)
{
  g_autofree char *path = g_build_filename (f->folder, "gone", "jobs.csv", NULL);
  g_autoptr(GFile) target = g_file_new_for_path (path);
  g_autoptr(GError) checked = NULL;
  g_autoptr(GError) put = NULL;

  g_assert_false (kvar_export_target_check (target, &checked));
  g_assert_cmpstr (kvar_error_get_provider_code (checked), ==, KVAR_EXPORT_NO_FOLDER);
  g_assert_false (kvar_export_target_put (target, f->fd, f->part, NULL, &put));
  g_assert_cmpstr (kvar_error_get_provider_code (put), ==, KVAR_EXPORT_NO_FOLDER);
}

static void
test_target_is_a_folder (Fixture       *f,
                         gconstpointer  unused)
{
  g_autoptr(GFile) target = g_file_new_for_path (f->folder);
  g_autoptr(GError) error = NULL;

  g_assert_false (kvar_export_target_check (target, &error));
  g_assert_cmpstr (kvar_error_get_provider_code (error), ==, KVAR_EXPORT_UNWRITABLE);
}

/* As root, somebody would have no /dev/null any more. */
static void
test_target_is_a_pipe (Fixture       *f,
                       gconstpointer  unused)
{
  g_autofree char *path = g_build_filename (f->folder, "pipe", NULL);
  g_autoptr(GFile) target = g_file_new_for_path (path);
  g_autoptr(GError) error = NULL;

  g_assert_cmpint (mkfifo (path, 0600), ==, 0);
  g_assert_false (kvar_export_target_check (target, &error));
  g_assert_cmpstr (kvar_error_get_provider_code (error), ==, KVAR_EXPORT_UNWRITABLE);
  g_unlink (path);
}

static void
test_part_of_the_dead_is_swept (Fixture       *f,
                                gconstpointer  unused)
{
  const struct timespec long_ago[] = { { .tv_sec = 1000 }, { .tv_sec = 1000 } };
  g_autofree char *parts = g_path_get_dirname (f->part);
  g_autofree char *dead = g_build_filename (parts, "dead.part", NULL);
  g_autofree char *fresh = g_build_filename (parts, "fresh.part", NULL);
  g_autofree char *orphan = g_build_filename (parts, "gone.journal-wal", NULL);
  g_autoptr(GPtrArray) left = NULL;

  g_assert_true (g_file_set_contents (dead, "rows", -1, NULL));
  g_assert_true (g_file_set_contents (fresh, "rows", -1, NULL));
  g_assert_true (g_file_set_contents (orphan, "state", -1, NULL));
  g_assert_cmpint (utimensat (AT_FDCWD, dead, long_ago, 0), ==, 0);
  g_assert_cmpint (futimens (f->fd, long_ago), ==, 0);

  left = kvar_export_part_list ();
  g_assert_cmpuint (left->len, ==, 0);
  g_assert_false (g_file_test (dead, G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test (orphan, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (fresh, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (f->part, G_FILE_TEST_EXISTS));
  g_unlink (fresh);
}

static GVariant *
describe_size (guint64 size)
{
  GVariantDict progress;

  g_variant_dict_init (&progress, NULL);
  g_variant_dict_insert (&progress, "size", "t", size);

  return g_variant_dict_end (&progress);
}

/* Only what was committed counts, for the rows that were met too. */
static void
test_part_is_taken_up (Fixture       *f,
                       gconstpointer  unused)
{
  g_autoptr(GVariant) jobs = describe ("jobs");
  g_autoptr(GVariant) contacts = describe ("contacts");
  g_autoptr(GPtrArray) left = NULL;
  g_autofree char *path = g_strdup (f->part);
  g_autofree char *contents = NULL;
  gboolean fresh;

  g_assert_true (kvar_export_journal_add_key (kvar_export_part_get_journal (f->growing), "a", 1,
                                              &fresh, NULL));
  g_assert_true (kvar_export_part_commit (f->growing, describe_size (3), NULL));
  g_assert_true (kvar_export_journal_add_key (kvar_export_part_get_journal (f->growing), "b", 1,
                                              &fresh, NULL));
  g_assert_null (kvar_export_part_find (jobs));

  kvar_export_part_free (f->growing);
  g_assert_null (kvar_export_part_find (contacts));
  left = kvar_export_part_list ();
  g_assert_cmpuint (left->len, ==, 1);
  g_assert_true (g_variant_equal (g_ptr_array_index (left, 0), jobs));

  f->growing = kvar_export_part_find (jobs);
  g_assert_nonnull (f->growing);
  g_assert_cmpint (write (kvar_export_part_get_fd (f->growing), "!", 1), ==, 1);
  g_file_get_contents (path, &contents, NULL, NULL);
  g_assert_cmpstr (contents, ==, "new!");
  kvar_export_journal_add_key (kvar_export_part_get_journal (f->growing), "a", 1, &fresh, NULL);
  g_assert_false (fresh);
  kvar_export_journal_add_key (kvar_export_part_get_journal (f->growing), "b", 1, &fresh, NULL);
  g_assert_true (fresh);
}

static void
test_part_that_lost_bytes (Fixture       *f,
                           gconstpointer  unused)
{
  g_autoptr(GVariant) jobs = describe ("jobs");

  g_assert_true (kvar_export_part_commit (f->growing, describe_size (9), NULL));
  kvar_export_part_free (f->growing);
  g_assert_null (kvar_export_part_find (jobs));

  f->growing = kvar_export_part_new (jobs, NULL);
  g_assert_nonnull (f->growing);
}

/* Who begins anew has no use for what is left of the same. */
static void
test_part_is_replaced (Fixture       *f,
                       gconstpointer  unused)
{
  g_autoptr(GVariant) jobs = describe ("jobs");
  g_autofree char *path = g_strdup (f->part);

  g_assert_true (kvar_export_part_commit (f->growing, describe_size (8), NULL));
  kvar_export_part_free (f->growing);
  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));

  f->growing = kvar_export_part_new (jobs, NULL);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
}

static void
test_target_unwritable (Fixture       *f,
                        gconstpointer  unused)
{
  g_autoptr(GError) checked = NULL;
  g_autoptr(GError) put = NULL;

  gboolean is_root = geteuid () == 0;

  /* Root may write everywhere: be nobody meanwhile. */
  g_assert_cmpint (g_chmod (f->folder, 0555), ==, 0);
  if (is_root)
    g_assert_cmpint (seteuid (65534), ==, 0);

  g_assert_false (kvar_export_target_check (f->target, &checked));
  g_assert_cmpstr (kvar_error_get_provider_code (checked), ==, KVAR_EXPORT_UNWRITABLE);
  g_assert_false (kvar_export_target_put (f->target, f->fd, f->part, NULL, &put));
  g_assert_cmpstr (kvar_error_get_provider_code (put), ==, KVAR_EXPORT_UNWRITABLE);

  if (is_root)
    g_assert_cmpint (seteuid (0), ==, 0);
  assert_contents (f->path, "earlier");
}

static void
test_errno_is_a_sentence (void)
{
  static const struct { int number; const char *code; } cases[] = {
    { ENOSPC, KVAR_EXPORT_NO_SPACE },
    { EDQUOT, KVAR_EXPORT_NO_SPACE },
    { EFBIG, KVAR_EXPORT_NO_SPACE },
    { ENOENT, KVAR_EXPORT_NO_FOLDER },
    { EACCES, KVAR_EXPORT_UNWRITABLE },
    { EROFS, KVAR_EXPORT_UNWRITABLE },
    { EPIPE, KVAR_EXPORT_BROKEN_OFF },
    { EIO, KVAR_EXPORT_WRITE_FAILED },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GError) error = kvar_export_error_from_errno (cases[i].number);

      g_assert_error (error, KVAR_ERROR, KVAR_ERROR_REFUSED);
      g_assert_cmpstr (kvar_error_get_provider_code (error), ==, cases[i].code);
    }
}

/* 2026-11-20 23:00 UTC, which is the 21st in Stockholm. */
#define NIGHT G_GINT64_CONSTANT (1795215600000000)

static void
test_name (void)
{
  g_autoptr(KvarTable) plain = kvar_table_new ("jobs");
  g_autoptr(KvarTable) odd = kvar_table_new (".a/b:c");
  g_autofree char *name = kvar_export_name_suggest (plain, KVAR_FILE_CSV, NIGHT);
  g_autofree char *safe = kvar_export_name_suggest (odd, KVAR_FILE_XLSX, NIGHT);

  g_assert_cmpstr (name, ==, "jobs 2026-11-21.csv");
  g_assert_cmpstr (safe, ==, "_a_b_c 2026-11-21.xlsx");
}

#define ADD(path, func) \
  g_test_add (path, Fixture, NULL, fixture_set_up, func, fixture_tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/csv/append-field/quotes-what-needs-it", test_csv_fields);
  g_test_add_func ("/csv/end-row/null-is-not-empty", test_csv_rows);
  g_test_add_func ("/export-page/find-last/reads-the-last-row", test_page_last_row);
  g_test_add_func ("/export-page/peek-last/is-never-wrong", test_page_last_line);
  g_test_add_func ("/export-page/find-last/refuses-a-cut-page", test_page_cut_anywhere);
  g_test_add_func ("/export-page/to-csv/keeps-the-chosen-order", test_page_to_csv);
  g_test_add_func ("/export-journal/add-key/tells-keys-apart", test_seen_tells_apart);
  ADD ("/export/EXP-11/put-replaces-and-keeps-the-mode", test_target_replaces);
  ADD ("/export/EXP-11/put-on-another-file-system", test_target_elsewhere);
  ADD ("/export/EXP-11/put-follows-a-link", test_target_follows_a_link);
  ADD ("/export/EXP-11/put-portal-stays-whole", test_target_of_a_portal_stays_whole);
  ADD ("/export/EXP-11/put-cancelled-changes-nothing", test_target_cancelled);
  ADD ("/export/EXP-11/put-folder-gone", test_target_folder_gone);
  ADD ("/export/EXP-11/check-is-a-folder", test_target_is_a_folder);
  ADD ("/export/EXP-11/check-is-a-pipe", test_target_is_a_pipe);
  ADD ("/export-part/list/sweeps-what-the-dead-left", test_part_of_the_dead_is_swept);
  ADD ("/export/EXP-10/part-is-taken-up", test_part_is_taken_up);
  ADD ("/export/EXP-10/part-that-lost-bytes-is-not", test_part_that_lost_bytes);
  ADD ("/export/EXP-10/part-is-replaced", test_part_is_replaced);
  ADD ("/export/EXP-11/check-unwritable", test_target_unwritable);
  g_test_add_func ("/export-error/from-errno/says-what-to-do", test_errno_is_a_sentence);
  g_test_add_func ("/export-name/suggest/is-safe-and-dated", test_name);

  return g_test_run ();
}
