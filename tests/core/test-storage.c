/* test-storage.c: names and places of files, and lists of buckets and folders
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "kvar-error-text.h"
#include "kvar-session-fixture.h"
#include "storage/kvar-bucket-list.h"
#include "storage/kvar-file-list.h"
#include "storage/kvar-file-name.h"
#include "storage/kvar-storage-place.h"

static void
test_name_for_disk (void)
{
  static const struct {
    const char *key;
    const char *name;
  } cases[] = {
    { "a/b/report.pdf", "report.pdf" },
    { "a/../../etc/passwd", "passwd" },
    { "..", "file" },
    { "a/..", "file" },
    { "a/", "file" },
    { ".bashrc", "bashrc" },
    { "what?.txt", "what_.txt" },
    { "c:\\evil.txt", "c__evil.txt" },
    { "two\nlines.txt", "two_lines.txt" },
    { "invoice\xe2\x80\xae" "fdp.exe", "invoice_fdp.exe" },
    { "CON", "_CON" },
    { "nul.txt", "_nul.txt" },
    { "dots...", "dots" },
    { "Ritning å.pdf", "Ritning å.pdf" },
    { "\xff.txt", "\xef\xbf\xbd.txt" },
  };
  g_autofree char *long_key = g_strnfill (300, 'x');
  g_autofree char *with_ending = g_strconcat (long_key, ".pdf", NULL);
  g_autofree char *short_name = kvar_file_name_for_disk (with_ending);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *name = kvar_file_name_for_disk (cases[i].key);

      g_assert_cmpstr (name, ==, cases[i].name);
    }

  g_assert_cmpuint (strlen (short_name), ==, 150);
  g_assert_true (g_str_has_suffix (short_name, "x.pdf"));
}

static void
test_name_for_key (void)
{
  static const struct {
    const char *name;
    const char *key;
  } cases[] = {
    { "report 2.pdf", "report 2.pdf" },
    { "Ritning å.pdf", "Ritning a.pdf" },
    { "Ritning a\xcc\x8a.pdf", "Ritning a.pdf" },
    { "50 % #1.txt", "50 _ _1.txt" },
    { "what?.txt", "what_.txt" },
    { "図面.pdf", "file.pdf" },
    { "…", "..." },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *key = kvar_file_name_for_key (cases[i].name);

      if (i + 1 < G_N_ELEMENTS (cases))
        g_assert_cmpstr (key, ==, cases[i].key);
      g_assert_true (kvar_file_name_is_key (key));
    }

  g_assert_false (kvar_file_name_is_key ("å.pdf"));
  g_assert_false (kvar_file_name_is_key (".."));
  g_assert_true (kvar_file_name_is_key ("a (1) & b.pdf"));
}

static void
test_name_never_runs (void)
{
  g_assert_true (kvar_file_name_may_open ("a.pdf", "application/pdf"));
  g_assert_true (kvar_file_name_may_open ("a.txt", "text/plain;charset=UTF-8"));
  g_assert_true (kvar_file_name_may_open ("a", NULL));
  g_assert_false (kvar_file_name_may_open ("a.exe", "application/pdf"));
  g_assert_false (kvar_file_name_may_open ("a.pdf.SH", "text/plain"));
  g_assert_false (kvar_file_name_may_open ("a.desktop", NULL));
  g_assert_false (kvar_file_name_may_open ("a.pdf", "application/x-executable"));
  g_assert_false (kvar_file_name_may_open ("a", "application/x-shellscript; charset=utf-8"));
}

#define URL "https://abc.supabase.co"

static void
test_place_read (void)
{
  static const struct {
    const char *text;
    const char *usual;
    const char *place;   /* (nullable) */
  } cases[] = {
    { "a/b.pdf", "files", "files a/b.pdf" },
    { "/a/b.pdf", "files", "files a/b.pdf" },
    { "files/a/b.pdf", "files", "files a/b.pdf" },
    { "a/b.pdf", NULL, NULL },
    { "../b.pdf", "files", NULL },
    { "a//b.pdf", "files", NULL },
    { "a\\b.pdf", "files", NULL },
    { "two\nlines", "files", NULL },
    { "", "files", NULL },
    { URL "/storage/v1/object/public/files/a%20b/c.pdf", NULL, "files a b/c.pdf" },
    { URL "/storage/v1/object/sign/files/c.pdf?token=old", NULL, "files c.pdf" },
    { URL "/storage/v1/object/authenticated/files/c.pdf", "other", "files c.pdf" },
    { URL "/storage/v1/render/image/public/files/c.png?width=3", NULL, "files c.png" },
    { URL "/storage/v1/object/files/c.pdf", NULL, "files c.pdf" },
    { "https://abc.storage.supabase.co/storage/v1/object/public/f/c", NULL, "f c" },
    { URL "/storage/v1/object/public/files/..%2f..%2fsecret", NULL, NULL },
    { URL "/storage/v1/bucket", NULL, NULL },
    { "https://evil.example/storage/v1/object/public/files/c.pdf", "files", NULL },
    { "https://abc.supabase.co.evil.example/storage/v1/object/public/f/c", NULL, NULL },
    { "https://[", "files", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *bucket = NULL;
      g_autofree char *key = NULL;
      g_autofree char *place = NULL;

      if (kvar_storage_place_read (cases[i].text, URL, cases[i].usual, &bucket, &key))
        place = g_strconcat (bucket, " ", key, NULL);
      g_assert_cmpstr (place, ==, cases[i].place);
    }
}

static void
test_place_name (void)
{
  static const struct
  {
    const char *text;
    const char *name;
  } cases[] = {
    { "a.pdf", "a.pdf" },
    { "property-1/ground-floor.pdf", "ground-floor.pdf" },
    { "/drawings/a%20b.pdf", "a%20b.pdf" },
    { URL "/storage/v1/object/sign/drawings/a/b%20c.pdf?token=x", "b c.pdf" },
    { "folder/", "folder/" },
    { "", "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *name = kvar_storage_place_dup_name (cases[i].text);

      g_assert_cmpstr (name, ==, cases[i].name);
    }
}

/* Lists */

#define FILE_ROW(name) \
  "{\"name\":\"" name "\",\"id\":\"1\",\"updated_at\":\"2026-11-20T10:00:00Z\"," \
  "\"metadata\":{\"size\":5,\"mimetype\":\"text/plain\"}}"
#define FOLDER_ROW(name) "{\"name\":\"" name "\",\"id\":null,\"metadata\":null}"

static char *
describe (gpointer list)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr(KvarFileEntry) entry = g_list_model_get_item (list, i);

      g_string_append_printf (text, "%s%s%s", i > 0 ? " " : "", kvar_file_entry_get_key (entry),
                              kvar_file_entry_is_folder (entry) ? "/" : "");
    }

  return g_string_free (text, FALSE);
}

#define assert_list(list, expected) \
  G_STMT_START { \
    g_autofree char *text_ = describe (list); \
    g_assert_cmpstr (text_, ==, expected); \
  } G_STMT_END

static const char *
get_body (KvarRequest *request)
{
  static char text[512];
  gsize length;
  const char *data = g_bytes_get_data (kvar_request_get_body (request), &length);

  g_strlcpy (text, data, MIN (sizeof text, length + 1));

  return text;
}

static KvarReply *
v2_cb (KvarRequest  *request,
       gpointer      user_data,
       GError      **error)
{
  if (strstr (get_body (request), "\"cursor\":\"Yg==\"") != NULL)
    return kvar_test_reply_new (200, "{\"hasNext\":false,\"folders\":[{\"name\":\"in/z/\"}],"
                                     "\"objects\":[" FILE_ROW ("in/c.txt") "]}");

  return kvar_test_reply_new (200, "{\"hasNext\":true,\"nextCursor\":\"Yg==\","
                                   "\"folders\":[{\"name\":\"in/a/\"}],\"objects\":["
                                   FILE_ROW ("in/b.txt") ","
                                   FILE_ROW ("in/.emptyFolderPlaceholder") "]}");
}

static void
test_list_by_cursor (Fixture       *f,
                     gconstpointer  unused)
{
  g_autoptr(KvarFileList) list = kvar_file_list_new (f->session, "files", "in");
  g_autoptr(KvarFileEntry) entry = NULL;

  kvar_test_transport_on (f->transport, "POST", "/storage/v1/object/list-v2/files", v2_cb, NULL);
  kvar_file_list_load_more (list);
  kvar_test_wait_until (!kvar_file_list_get_loading (list));
  assert_list (list, "in/a/ in/b.txt");
  g_assert_false (kvar_file_list_get_complete (list));
  entry = g_list_model_get_item (G_LIST_MODEL (list), 1);
  g_assert_cmpstr (kvar_file_entry_get_name (entry), ==, "b.txt");
  g_assert_cmpint (kvar_file_entry_get_size (entry), ==, 5);

  kvar_file_list_load_more (list);
  kvar_test_wait_until (!kvar_file_list_get_loading (list));
  assert_list (list, "in/a/ in/z/ in/b.txt in/c.txt");
  g_assert_true (kvar_file_list_get_complete (list));
}

static KvarReply *
no_v2_cb (KvarRequest  *request,
          gpointer      user_data,
          GError      **error)
{
  return kvar_test_reply_new (400, "{\"statusCode\":\"400\",\"code\":\"FeatureNotEnabled\","
                                   "\"error\":\"feature_not_enabled\",\"message\":\"no\"}");
}

static KvarReply *
v1_cb (KvarRequest  *request,
       gpointer      user_data,
       GError      **error)
{
  if (strstr (get_body (request), "\"search\":\"b\"") != NULL)
    return kvar_test_reply_new (200, "[" FILE_ROW ("b.txt") "]");

  return kvar_test_reply_new (200, "[" FOLDER_ROW ("a") "," FILE_ROW ("b.txt") "]");
}

static void
test_list_without_cursor (Fixture       *f,
                          gconstpointer  unused)
{
  g_autoptr(KvarFileList) list = kvar_file_list_new (f->session, "files", "");

  kvar_test_transport_on (f->transport, "POST", "/storage/v1/object/list-v2/", no_v2_cb, NULL);
  kvar_test_transport_on (f->transport, "POST", "/storage/v1/object/list/files", v1_cb, NULL);
  kvar_file_list_load_more (list);
  kvar_test_wait_until (!kvar_file_list_get_loading (list));
  assert_list (list, "a/ b.txt");
  g_assert_true (kvar_file_list_get_complete (list));

  kvar_file_list_set_search (list, "b");
  kvar_test_wait_until (!kvar_file_list_get_loading (list));
  assert_list (list, "b.txt");
  g_assert_cmpuint (kvar_test_transport_count (f->transport, "POST",
                                               "/storage/v1/object/list-v2/"), ==, 1);
}

static KvarReply *
missing_cb (KvarRequest  *request,
            gpointer      user_data,
            GError      **error)
{
  return kvar_test_reply_new (400, "{\"statusCode\":\"404\",\"code\":\"NoSuchKey\","
                                   "\"error\":\"not_found\",\"message\":\"Object not found\"}");
}

/* A 400 on the wire, a 404 in the body, and neither is what a person should read. */
static void
test_list_missing_in_words (Fixture       *f,
                            gconstpointer  unused)
{
  g_autoptr(KvarFileList) list = kvar_file_list_new (f->session, "files", "");
  g_autofree char *text = NULL;

  kvar_test_transport_on (f->transport, "POST", "/storage/v1/object/list-v2/", missing_cb, NULL);
  kvar_file_list_load_more (list);
  kvar_test_wait_until (!kvar_file_list_get_loading (list));
  g_assert_error (kvar_file_list_get_error (list), KVAR_ERROR, KVAR_ERROR_GONE);
  text = kvar_error_text (kvar_file_list_get_error (list));
  g_assert_cmpstr (text, ==, "The file doesn't exist, or you don't have access to it.");
}

static KvarReply *
delete_cb (KvarRequest  *request,
           gpointer      user_data,
           GError      **error)
{
  gboolean *allowed = user_data;

  g_assert_cmpstr (get_body (request), ==, "{\"prefixes\":[\"in/b.txt\"]}");

  return kvar_test_reply_new (200, *allowed ? "[" FILE_ROW ("in/b.txt") "]" : "[]");
}

static gboolean
delete (KvarFileList  *list,
        guint          position,
        GError       **error)
{
  g_autoptr(KvarFileEntry) entry = g_list_model_get_item (G_LIST_MODEL (list), position);
  g_autoptr(GAsyncResult) result = NULL;

  kvar_file_list_delete_async (list, entry, kvar_test_keep_result, &result);
  kvar_test_wait_until (result != NULL);

  return kvar_file_list_delete_finish (list, result, error);
}

/* What a policy protects is left out of the answer: that is no success. */
static void
test_list_delete (Fixture       *f,
                  gconstpointer  unused)
{
  g_autoptr(KvarFileList) list = kvar_file_list_new (f->session, "files", "in");
  g_autoptr(GError) error = NULL;
  gboolean allowed = FALSE;

  kvar_test_transport_on (f->transport, "POST", "/storage/v1/object/list-v2/files", v2_cb, NULL);
  kvar_test_transport_on (f->transport, "DELETE", "/storage/v1/object/files", delete_cb,
                          &allowed);
  kvar_file_list_load_more (list);
  kvar_test_wait_until (!kvar_file_list_get_loading (list));

  g_assert_false (delete (list, 1, &error));
  g_assert_error (error, KVAR_ERROR, KVAR_ERROR_DENIED);
  assert_list (list, "in/a/ in/b.txt");

  g_clear_error (&error);
  allowed = TRUE;
  g_assert_true (delete (list, 1, &error));
  g_assert_no_error (error);
  assert_list (list, "in/a/");
}

static KvarReply *
buckets_cb (KvarRequest  *request,
            gpointer      user_data,
            GError      **error)
{
  return kvar_test_reply_new (200, user_data);
}

/* Users are often shown none; what they type is remembered. */
static void
test_buckets_typed (Fixture       *f,
                    gconstpointer  unused)
{
  g_autoptr(KvarBucketList) list = kvar_bucket_list_new (f->session, f->state_dir);
  g_autoptr(KvarBucketList) later = NULL;
  g_autoptr(GError) error = NULL;

  kvar_test_transport_on (f->transport, "GET", "/storage/v1/bucket", buckets_cb, (char *)"[]");
  kvar_bucket_list_refresh (list);
  kvar_test_wait_until (!kvar_bucket_list_get_loading (list));
  assert_list (list, "");
  g_assert_no_error (kvar_bucket_list_get_error (list));

  g_assert_false (kvar_bucket_list_add (list, " a/b ", &error));
  g_assert_error (error, KVAR_ERROR, KVAR_ERROR_INVALID);
  g_assert_true (kvar_bucket_list_add (list, " drawings ", NULL));
  g_assert_true (kvar_bucket_list_add (list, "drawings", NULL));
  assert_list (list, "drawings/");
  g_assert_true (kvar_bucket_list_is_typed (list, "drawings"));

  later = kvar_bucket_list_new (f->session, f->state_dir);
  kvar_test_transport_on (f->transport, "GET", "/storage/v1/bucket", buckets_cb,
                          (char *)"[{\"id\":\"a\"},{\"id\":\"drawings\"}]");
  kvar_bucket_list_refresh (later);
  assert_list (later, "drawings/");
  kvar_test_wait_until (!kvar_bucket_list_get_loading (later));
  assert_list (later, "a/ drawings/");
  g_assert_false (kvar_bucket_list_is_typed (later, "drawings"));

  kvar_bucket_list_forget (list, "drawings");
  assert_list (list, "");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/storage/REST-121/name-for-disk", test_name_for_disk);
  g_test_add_func ("/storage/REST-121/never-runs", test_name_never_runs);
  g_test_add_func ("/storage/REST-121/place", test_place_read);
  g_test_add_func ("/storage/REST-121/name-of-place", test_place_name);
  g_test_add_func ("/storage/REST-123/name-for-key", test_name_for_key);

#define ADD(path, test) \
  g_test_add ("/storage/" path, Fixture, NULL, fixture_set_up_signed_in, test, fixture_tear_down)
  ADD ("REST-117/missing-in-words", test_list_missing_in_words);
  ADD ("REST-119/typed-buckets", test_buckets_typed);
  ADD ("REST-120/by-cursor", test_list_by_cursor);
  ADD ("REST-120/without-cursor", test_list_without_cursor);
  ADD ("delete/tells-what-stays", test_list_delete);
#undef ADD

  return g_test_run ();
}
