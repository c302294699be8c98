/* test-demo-storage.c: the demo's Storage half, asked without HTTP
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "kvar-demo-storage.h"

#define NOW (G_GINT64_CONSTANT (1795176000) * G_USEC_PER_SEC)

#define OWN "private/" KVAR_DEMO_USER_DEMO

typedef struct
{
  KvarDemoConfig    config;
  KvarDemoDatabase *database;
  KvarDemoClock    *clock;
  KvarDemoStorage  *storage;
  const char       *user;     /* (nullable): who asks; NULL: nobody */
  KvarDemoExchange *exchange; /* (nullable): the last one */
  char             *body;     /* of its reply */
} Fixture;

static void
set_up (Fixture       *f,
        gconstpointer  unused)
{
  g_autoptr(GError) error = NULL;

  f->config = (KvarDemoConfig) KVAR_DEMO_CONFIG_INIT;
  f->config.rows = 40;
  f->database = kvar_demo_database_open (":memory:", &error);
  g_assert_no_error (error);
  f->clock = kvar_demo_clock_new ();
  kvar_demo_clock_freeze (f->clock, NOW);
  f->storage = kvar_demo_storage_new (&f->config, f->database, f->clock);
  f->user = KVAR_DEMO_USER_DEMO;
}

static void
tear_down (Fixture       *f,
           gconstpointer  unused)
{
  g_free (f->body);
  g_clear_pointer (&f->exchange, kvar_demo_exchange_free);
  kvar_demo_storage_free (f->storage);
  kvar_demo_clock_free (f->clock);
  kvar_demo_database_free (f->database);
}

/* "GET object/drawings/a.pdf", headers "Range: bytes=1-\nX: y" */
static const char *
ask (Fixture    *f,
     const char *request,
     const char *headers,
     const char *body)
{
  g_auto(GStrv) words = g_strsplit (request, " ", 2);
  g_auto(GStrv) lines = g_strsplit (headers != NULL ? headers : "", "\n", -1);
  g_autofree char *target = g_strconcat ("/storage/v1/", words[1], NULL);
  gsize length = 0;
  const char *data = NULL;

  g_clear_pointer (&f->exchange, kvar_demo_exchange_free);
  f->exchange = kvar_demo_exchange_new (words[0], target);
  f->exchange->role = f->user != NULL ? "authenticated" : "anon";
  f->exchange->user_id = g_strdup (f->user);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_auto(GStrv) pair = g_strsplit (lines[i], ": ", 2);

      if (g_strv_length (pair) == 2)
        kvar_demo_exchange_set_header (f->exchange, pair[0], pair[1]);
    }
  if (body != NULL)
    kvar_demo_exchange_set_body (f->exchange, body);

  kvar_demo_storage_handle (f->storage, f->exchange);
  if (f->exchange->reply_body != NULL)
    data = g_bytes_get_data (f->exchange->reply_body, &length);
  g_free (f->body);
  f->body = g_strndup (data != NULL ? data : "", length);

  return f->body;
}

#define assert_status(f, expected) \
  g_assert_cmpuint ((f)->exchange->status, ==, expected)

#define assert_header(f, name, expected) \
  g_assert_cmpstr (kvar_demo_exchange_reply_header ((f)->exchange, name), ==, expected)

/* The status on the wire is 400; the true one is text. */
static void
assert_refused (Fixture    *f,
                const char *status_code,
                const char *code)
{
  g_autofree char *head = g_strdup_printf ("{\"statusCode\":\"%s\",\"code\":\"%s\"", status_code,
                                           code);

  assert_status (f, 400);
  g_assert_true (g_str_has_prefix (f->body, head));
}

static void
test_storage_lists_folders_first (Fixture       *f,
                                  gconstpointer  unused)
{
  const char *body = ask (f, "POST object/list/drawings", NULL, "{\"prefix\":\"\",\"limit\":1}");

  g_assert_nonnull (strstr (body, "\"name\":\"property-1\",\"id\":null"));
  g_assert_null (strstr (body, "property-2"));

  body = ask (f, "POST object/list/drawings", NULL,
              "{\"prefix\":\"\",\"limit\":1,\"offset\":9}");
  g_assert_nonnull (strstr (body, "\"name\":\"Read me.txt\""));

  body = ask (f, "POST object/list/drawings", NULL, "{\"prefix\":\"property-2\"}");
  g_assert_nonnull (strstr (body, "\"name\":\"ground-floor.pdf\""));
  g_assert_nonnull (strstr (body, "\"mimetype\":\"application/pdf\""));

  body = ask (f, "POST object/list/drawings", NULL, "{\"prefix\":\"\",\"search\":\"READ\"}");
  g_assert_nonnull (strstr (body, "Read me.txt"));
  g_assert_null (strstr (body, "property"));
  g_assert_cmpstr (ask (f, "POST object/list/nowhere", NULL, "{\"prefix\":\"\"}"), ==, "[]");
}

static void
test_storage_lists_by_cursor (Fixture       *f,
                              gconstpointer  unused)
{
  const char *body = ask (f, "POST object/list-v2/drawings", NULL,
                          "{\"limit\":2,\"with_delimiter\":true}");

  g_assert_true (g_str_has_prefix (body, "{\"hasNext\":true,"
                                   "\"nextCursor\":\"cHJvcGVydHktMQ==\""));
  g_assert_nonnull (strstr (body, "\"folders\":[{\"name\":\"property-1/\","
                            "\"key\":\"property-1\"}"));
  g_assert_nonnull (strstr (body, "\"objects\":[{\"name\":\"Read me.txt\""));

  body = ask (f, "POST object/list-v2/drawings", NULL,
              "{\"cursor\":\"cHJvcGVydHktMQ==\",\"with_delimiter\":true}");
  g_assert_true (g_str_has_prefix (body, "{\"hasNext\":false,"
                                   "\"folders\":[{\"name\":\"property-2/\""));
}

static void
test_storage_keeps_users_apart (Fixture       *f,
                                gconstpointer  unused)
{
  g_assert_nonnull (strstr (ask (f, "GET bucket", NULL, NULL), "\"drawings\""));
  g_assert_null (strstr (f->body, "\"private\""));
  g_assert_cmpstr (ask (f, "GET object/" OWN "/notes.txt", NULL, NULL), ==,
                   "Only the demo user sees this.\n");

  f->user = KVAR_DEMO_USER_EVA;
  ask (f, "GET object/" OWN "/notes.txt", NULL, NULL);
  assert_refused (f, "404", "NoSuchKey");
  ask (f, "POST object/" OWN "/more.txt", "Content-Type: text/plain", "x");
  assert_refused (f, "403", "AccessDenied");
  ask (f, "DELETE object/" OWN "/notes.txt", NULL, NULL);
  assert_refused (f, "404", "NoSuchKey");
  g_assert_cmpstr (ask (f, "DELETE object/private", NULL,
                        "{\"prefixes\":[\"" KVAR_DEMO_USER_DEMO "/notes.txt\"]}"), ==, "[]");

  f->user = NULL;
  g_assert_cmpstr (ask (f, "GET bucket", NULL, NULL), ==, "[]");
  ask (f, "GET object/drawings/Read%20me.txt", NULL, NULL);
  assert_refused (f, "404", "NoSuchKey");
  ask (f, "GET object/public/drawings/Read%20me.txt", NULL, NULL);
  assert_refused (f, "404", "NoSuchBucket");
  ask (f, "GET object/public/pictures/house-1.svg", NULL, NULL);
  assert_status (f, 200);
}

static void
test_storage_hands_out_the_rest (Fixture       *f,
                                 gconstpointer  unused)
{
  g_autofree char *etag = NULL;

  ask (f, "POST object/drawings/a.txt", "Content-Type: text/plain", "0123456789");
  assert_status (f, 200);
  g_assert_cmpstr (ask (f, "GET object/authenticated/drawings/a.txt", NULL, NULL), ==,
                   "0123456789");
  assert_header (f, "Accept-Ranges", "bytes");
  etag = g_strdup (kvar_demo_exchange_reply_header (f->exchange, "ETag"));

  /* If-Range is not passed on: the part comes whatever it says. */
  g_assert_cmpstr (ask (f, "GET object/drawings/a.txt", "Range: bytes=6-\nIf-Range: \"other\"",
                        NULL), ==, "6789");
  assert_status (f, 206);
  assert_header (f, "Content-Range", "bytes 6-9/10");
  assert_header (f, "ETag", etag);
  g_assert_cmpstr (ask (f, "GET object/drawings/a.txt", "Range: bytes=-3", NULL), ==, "789");
  g_assert_cmpstr (ask (f, "GET object/drawings/a.txt", "Range: bytes=2-4", NULL), ==, "234");
  ask (f, "GET object/drawings/a.txt", "Range: bytes=10-", NULL);
  assert_refused (f, "416", "InvalidRange");

  ask (f, "HEAD object/drawings/a.txt", NULL, NULL);
  assert_status (f, 200);
  assert_header (f, "Content-Length", "10");
  ask (f, "GET object/drawings/a.txt?download=b.txt", NULL, NULL);
  assert_header (f, "Content-Disposition", "attachment; filename=b.txt; filename*=UTF-8''b.txt;");
}

static void
test_storage_refuses_in_its_way (Fixture       *f,
                                 gconstpointer  unused)
{
  ask (f, "GET object/drawings/none.pdf", NULL, NULL);
  assert_refused (f, "404", "NoSuchKey");
  ask (f, "POST object/nowhere/a.txt", "Content-Type: text/plain", "x");
  assert_refused (f, "404", "NoSuchBucket");
  ask (f, "POST object/drawings/ritning%20%C3%A5.pdf", "Content-Type: application/pdf", "x");
  assert_refused (f, "400", "InvalidKey");
  ask (f, "POST object/pictures/a.txt", "Content-Type: text/plain", "x");
  assert_refused (f, "415", "InvalidMimeType");
  ask (f, "POST object/drawings/Read%20me.txt", "Content-Type: text/plain", "x");
  assert_refused (f, "409", "KeyAlreadyExists");
  ask (f, "POST object/drawings/Read%20me.txt", "Content-Type: text/plain\nx-upsert: true", "x");
  assert_status (f, 200);
  g_assert_cmpstr (ask (f, "GET object/drawings/Read%20me.txt", NULL, NULL), ==, "x");
}

static void
test_storage_signs_for_a_while (Fixture       *f,
                                gconstpointer  unused)
{
  g_autofree char *address = NULL;
  g_autofree char *request = NULL;
  const char *body = ask (f, "POST object/sign/drawings/Read%20me.txt", NULL,
                          "{\"expiresIn\":60}");

  g_assert_true (g_str_has_prefix (body, "{\"signedURL\":\"/object/sign/drawings/Read me.txt?"));
  address = g_strndup (body + strlen ("{\"signedURL\":\"/"), strlen (body) - 17);
  request = g_strconcat ("GET ", address, NULL);
  g_assert_nonnull (strchr (request, '?'));

  f->user = NULL;
  ask (f, request, NULL, NULL);
  assert_status (f, 200);
  kvar_demo_clock_freeze (f->clock, NOW + 61 * G_USEC_PER_SEC);
  ask (f, request, NULL, NULL);
  assert_refused (f, "400", "InvalidJWT");
  ask (f, "GET object/sign/drawings/Read%20me.txt?token=x", NULL, NULL);
  assert_refused (f, "400", "InvalidJWT");
}

/* bucketName "drawings", objectName "big.bin" */
#define TUS "Tus-Resumable: 1.0.0\n"
#define CREATE TUS "Upload-Length: 10\nHost: h:1\n" \
  "Upload-Metadata: bucketName ZHJhd2luZ3M=,objectName YmlnLmJpbg=="
#define PIECE(offset) TUS "Content-Type: application/offset+octet-stream\nUpload-Offset: " offset

static char *
begin_upload (Fixture *f)
{
  const char *location;

  ask (f, "POST upload/resumable", CREATE, NULL);
  assert_status (f, 201);
  location = kvar_demo_exchange_reply_header (f->exchange, "Location");
  g_assert_true (g_str_has_prefix (location, "http://h:1/storage/v1/upload/resumable/"));

  return g_strdup (location + strlen ("http://h:1/storage/v1/"));
}

static void
test_storage_takes_pieces (Fixture       *f,
                           gconstpointer  unused)
{
  g_autofree char *address = begin_upload (f);
  g_autofree char *patch = g_strconcat ("PATCH ", address, NULL);
  g_autofree char *head = g_strconcat ("HEAD ", address, NULL);

  ask (f, patch, PIECE ("0"), "01234");
  assert_status (f, 204);
  assert_header (f, "Upload-Offset", "5");
  ask (f, patch, PIECE ("0"), "01234");
  assert_status (f, 409);
  assert_header (f, "Content-Type", "text/plain; charset=utf-8");
  ask (f, head, TUS, NULL);
  assert_status (f, 200);
  assert_header (f, "Upload-Offset", "5");
  assert_header (f, "Upload-Length", "10");
  ask (f, patch, PIECE ("5"), "56789x");
  assert_status (f, 413);

  ask (f, patch, PIECE ("5"), "56789");
  assert_status (f, 204);
  g_assert_cmpstr (ask (f, "GET object/drawings/big.bin", NULL, NULL), ==, "0123456789");
  ask (f, head, TUS, NULL);
  assert_status (f, 404);
  ask (f, "POST upload/resumable", CREATE, NULL);
  assert_status (f, 409);
}

static void
test_storage_forgets_old_uploads (Fixture       *f,
                                  gconstpointer  unused)
{
  g_autofree char *address = begin_upload (f);
  g_autofree char *head = g_strconcat ("HEAD ", address, NULL);
  g_autofree char *delete = g_strconcat ("DELETE ", address, NULL);

  f->user = KVAR_DEMO_USER_EVA;
  ask (f, head, TUS, NULL);
  assert_status (f, 404);
  f->user = KVAR_DEMO_USER_DEMO;
  ask (f, head, NULL, NULL);
  assert_status (f, 412);
  kvar_demo_clock_freeze (f->clock, NOW + G_GINT64_CONSTANT (3600) * G_USEC_PER_SEC);
  ask (f, head, TUS, NULL);
  assert_status (f, 410);
  ask (f, delete, TUS, NULL);
  assert_status (f, 404);
}

/* An expired token is a 400 here, with the true status as text. */
static void
test_storage_wraps_token_errors (Fixture       *f,
                                 gconstpointer  unused)
{
  f->exchange = kvar_demo_exchange_new ("GET", "/storage/v1/object/drawings/Read%20me.txt");
  f->exchange->token_state = KVAR_DEMO_TOKEN_EXPIRED;
  kvar_demo_storage_handle (f->storage, f->exchange);
  f->body = g_strndup (g_bytes_get_data (f->exchange->reply_body, NULL),
                       g_bytes_get_size (f->exchange->reply_body));
  assert_refused (f, "403", "AccessDenied");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, test) \
  g_test_add ("/demo-storage/" path, Fixture, NULL, set_up, test, tear_down)
  ADD ("list/folders-first", test_storage_lists_folders_first);
  ADD ("list/by-cursor", test_storage_lists_by_cursor);
  ADD ("policy/keeps-users-apart", test_storage_keeps_users_apart);
  ADD ("download/hands-out-the-rest", test_storage_hands_out_the_rest);
  ADD ("error/refuses-in-its-way", test_storage_refuses_in_its_way);
  ADD ("error/wraps-token-errors", test_storage_wraps_token_errors);
  ADD ("sign/for-a-while", test_storage_signs_for_a_while);
  ADD ("tus/takes-pieces", test_storage_takes_pieces);
  ADD ("tus/forgets-old-uploads", test_storage_forgets_old_uploads);
#undef ADD

  return g_test_run ();
}
