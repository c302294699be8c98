/* test-log.c: the log holds what happened and no secrets, and stays small
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-test"
#define G_LOG_USE_STRUCTURED

#include "config.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#include "kvar-log.h"

#define JWT "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhIn0.c2lnbmF0dXJl"

static char *dir;
static char *path;
static char *earlier;

static void
test_redact_takes_secrets_out (void)
{
  static const char *const texts[] = {
    "token " JWT " was refused",
    "cut off: eyJhbGciOiJIUzI1NiJ9.eyJ",
    "Authorization: Bearer abc.SECRET",
    "apikey: SECRETKEY",
    "key sb_publishable_SECRET_x and sb_secret_SECRET",
    "{\"refresh_token\":\"SECRET\",\"x\":1}",
    "{\"refresh_token\" : \"a\\\"SECRET\"}",
    "{\"password\":\"SECRET with, spaces}\"}",
    "grant_type=password&password=SECRET&x=1",
    "/callback?access_token=SECRET#x",
    "Anna.SECRET+x@example.org signed in",
    "email=anna.SECRET%40example.org&y",
    "Key (email)=(SECRET@example.com) already exists.",
    "{\"email\":\"SECRET\"}",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *redacted = kvar_log_redact (texts[i]);

      g_test_message ("%s → %s", texts[i], redacted);
      g_assert_null (strstr (redacted, "SECRET"));
      g_assert_null (strstr (redacted, "eyJ"));
    }
}

static void
test_redact_leaves_the_rest (void)
{
  static const char *const texts[] = {
    "", "400 23505: duplicate key value violates unique constraint \"contacts_email_key\"",
    "GET /rest/v1/jobs: 200 after 12 ms", "Resumed after 3600 s", "å ä ö → 🙂",
    "401 PGRST301: JWT expired",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *redacted = kvar_log_redact (texts[i]);

      g_assert_cmpstr (redacted, ==, texts[i]);
    }
}

static void
test_redact_survives_anything (void)
{
  g_autofree char *redacted = kvar_log_redact ("\xff\xfe eyJaaaaa\xff");
  g_autofree char *large = g_strnfill (200000, '"');
  g_autofree char *large_redacted = kvar_log_redact (large);

  g_assert_true (g_utf8_validate (redacted, -1, NULL));
  g_assert_nonnull (large_redacted);
}

static char *
read_log (const char *name)
{
  char *content = NULL;

  g_assert_true (g_file_get_contents (name, &content, NULL, NULL));

  return content;
}

static void
test_file_has_redacted_lines (void)
{
  g_autofree char *content = NULL;
  struct stat info;

  g_info ("Reference K7Q2FD: %s", JWT);
  g_info ("two\nlines");
  g_debug ("a whisper");
  content = read_log (path);

  g_assert_nonnull (strstr (content, "info kvar-test["));
  g_assert_nonnull (strstr (content, "Reference K7Q2FD: [token]\n"));
  g_assert_nonnull (strstr (content, "two lines\n"));
  g_assert_null (strstr (content, "whisper"));
  g_assert_cmpint (stat (path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
}

static void
test_file_stays_small (void)
{
  g_autofree char *filler = g_strnfill (10000, 'x');
  struct stat first, second;

  for (int i = 0; i < 400; i++)
    g_info ("%s", filler);

  g_assert_cmpint (stat (path, &first), ==, 0);
  g_assert_cmpint (stat (earlier, &second), ==, 0);
  g_assert_cmpint (first.st_size, <=, 1024 * 1024);
  g_assert_cmpint (second.st_size, <=, 1024 * 1024);
  g_assert_cmpint (second.st_size, >, 1000 * 1000);
}

static void
test_file_comes_back_after_deletion (void)
{
  g_autofree char *content = NULL;

  g_assert_cmpint (g_unlink (path), ==, 0);
  g_info ("after the deletion");
  content = read_log (path);
  g_assert_nonnull (strstr (content, "after the deletion"));
}

int
main (int   argc,
      char *argv[])
{
  int status;

  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  dir = g_dir_make_tmp ("kvar-log-XXXXXX", NULL);
  path = g_build_filename (dir, "kvar.log", NULL);
  earlier = g_strconcat (path, ".1", NULL);
  kvar_log_open (dir);

  g_test_add_func ("/log/redact/takes-secrets-out", test_redact_takes_secrets_out);
  g_test_add_func ("/log/redact/leaves-the-rest", test_redact_leaves_the_rest);
  g_test_add_func ("/log/redact/survives-anything", test_redact_survives_anything);
  g_test_add_func ("/log/file/has-redacted-lines", test_file_has_redacted_lines);
  g_test_add_func ("/log/file/stays-small", test_file_stays_small);
  g_test_add_func ("/log/file/comes-back-after-deletion", test_file_comes_back_after_deletion);
  status = g_test_run ();

  g_unlink (path);
  g_unlink (earlier);
  g_rmdir (dir);
  g_free (dir);
  g_free (path);
  g_free (earlier);

  return status;
}
