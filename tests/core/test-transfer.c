/* test-transfer.c: files on their way, over wires that break
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "kvar-error-text.h"
#include "kvar-paths.h"
#include "kvar-session-fixture.h"
#include "storage/kvar-transfer.h"

#define MIB (1024 * 1024)

#define WRAPPED_TOKEN "{\"statusCode\":\"403\",\"code\":\"AccessDenied\"," \
  "\"error\":\"Unauthorized\",\"message\":\"\\\"exp\\\" claim timestamp check failed\"}"
#define MISSING "{\"statusCode\":\"404\",\"code\":\"NoSuchKey\",\"error\":\"not_found\"," \
  "\"message\":\"Object not found\"}"

typedef struct
{
  Fixture      s;
  char        *folder;
  GFile       *file;       /* on this computer */
  /* The scripted Storage. */
  GByteArray  *stored;     /* (nullable) the object, when it is there */
  const char  *etag;
  GByteArray  *pieces;     /* (nullable) an upload that is begun */
  gsize        length;     /* of it */
  gboolean     ignores_ranges;
  /* What the n-th request gets instead, counted from 1; -1: the answer is lost after all. */
  guint        n_requests;
  guint        bad_request;
  int          bad_status;
  const char  *bad_body;
} TransferFixture;

static KvarReply *
new_reply (int         status,
           const void *data,
           gsize       size)
{
  g_autoptr(GBytes) body = g_bytes_new (data, size);

  return kvar_reply_new (status, body);
}

static void
add_number (KvarReply  *reply,
            const char *name,
            gsize       value)
{
  g_autofree char *text = g_strdup_printf ("%" G_GSIZE_FORMAT, value);

  kvar_reply_add_header (reply, name, text);
}

static KvarReply *
answer_get (TransferFixture *f,
            KvarRequest     *request)
{
  const char *range = kvar_request_get_header (request, "Range");
  g_autofree char *content_range = NULL;
  gsize first = 0, last;
  KvarReply *reply;

  if (f->stored == NULL)
    return kvar_test_reply_new (400, MISSING);

  if (range == NULL || f->ignores_ranges)
    {
      reply = new_reply (200, f->stored->data, f->stored->len);
      kvar_reply_add_header (reply, "ETag", f->etag);
      return reply;
    }

  g_assert_cmpint (sscanf (range, "bytes=%zu-%zu", &first, &last), ==, 2);
  if (first >= f->stored->len)
    return kvar_test_reply_new (400, "{\"statusCode\":\"416\",\"code\":\"InvalidRange\","
                                     "\"error\":\"InvalidRange\",\"message\":\"no\"}");

  last = MIN (last, f->stored->len - 1);
  content_range = g_strdup_printf ("bytes %zu-%zu/%u", first, last, f->stored->len);
  reply = new_reply (206, f->stored->data + first, last - first + 1);
  kvar_reply_add_header (reply, "ETag", f->etag);
  kvar_reply_add_header (reply, "Content-Range", content_range);
  kvar_reply_add_header (reply, "Content-Type", "application/pdf");

  return reply;
}

static KvarReply *
answer_info (TransferFixture *f)
{
  g_autofree char *sum = NULL;
  g_autofree char *body = NULL;

  if (f->stored == NULL)
    return kvar_test_reply_new (400, MISSING);

  sum = g_compute_checksum_for_data (G_CHECKSUM_MD5, f->stored->data, f->stored->len);
  body = g_strdup_printf ("{\"size\":%u,\"etag\":\"\\\"%s\\\"\"}", f->stored->len, sum);

  return kvar_test_reply_new (200, body);
}

static void
take_body (GByteArray  *into,
           KvarRequest *request)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (kvar_request_get_body (request), &size);

  g_byte_array_append (into, data, size);
}

static KvarReply *
answer_upload (TransferFixture *f,
               KvarRequest     *request)
{
  if (f->stored != NULL && !g_str_equal (kvar_request_get_header (request, "x-upsert"), "true"))
    return kvar_test_reply_new (400, "{\"statusCode\":\"409\",\"code\":\"KeyAlreadyExists\","
                                     "\"error\":\"Duplicate\",\"message\":\"exists\"}");

  g_clear_pointer (&f->stored, g_byte_array_unref);
  f->stored = g_byte_array_new ();
  take_body (f->stored, request);

  return kvar_test_reply_new (200, "{\"Id\":\"1\",\"Key\":\"files/a\"}");
}

static KvarReply *
answer_tus (TransferFixture *f,
            KvarRequest     *request)
{
  const char *method = kvar_request_get_method (request);
  gsize size;
  KvarReply *reply;

  if (g_str_equal (method, "POST"))
    {
      f->pieces = g_byte_array_new ();
      f->length = g_ascii_strtoull (kvar_request_get_header (request, "Upload-Length"), NULL, 10);
      reply = new_reply (201, "", 0);
      kvar_reply_add_header (reply, "Location",
                             "https://elsewhere.example/storage/v1/upload/resumable/xyz");
      return reply;
    }

  g_assert_cmpstr (kvar_request_get_path (request), ==, "/storage/v1/upload/resumable/xyz");
  if (f->pieces == NULL)
    return kvar_test_reply_new (404, "not found");

  if (g_str_equal (method, "DELETE"))
    {
      g_clear_pointer (&f->pieces, g_byte_array_unref);
      return new_reply (204, "", 0);
    }

  if (g_str_equal (method, "PATCH"))
    {
      if (g_ascii_strtoull (kvar_request_get_header (request, "Upload-Offset"), NULL, 10) !=
          f->pieces->len)
        return kvar_test_reply_new (409, "conflict");
      take_body (f->pieces, request);
    }

  size = f->pieces->len;
  if (size == f->length)
    {
      g_clear_pointer (&f->stored, g_byte_array_unref);
      f->stored = g_steal_pointer (&f->pieces);
    }
  reply = new_reply (g_str_equal (method, "PATCH") ? 204 : 200, "", 0);
  add_number (reply, "Upload-Offset", size);

  return reply;
}

static KvarReply *
answer (TransferFixture *f,
        KvarRequest     *request)
{
  const char *path = kvar_request_get_path (request);

  if (g_str_has_prefix (path, "/storage/v1/upload/resumable"))
    return answer_tus (f, request);
  if (g_str_has_prefix (path, "/storage/v1/object/info/"))
    return answer_info (f);
  if (g_str_equal (kvar_request_get_method (request), "POST"))
    return answer_upload (f, request);

  return answer_get (f, request);
}

static KvarReply *
storage_cb (KvarRequest  *request,
            gpointer      user_data,
            GError      **error)
{
  TransferFixture *f = user_data;
  g_autofree char *bearer = NULL;

  /* An old token is the auth server's business. */
  bearer = g_strconcat ("Bearer ", kvar_test_auth_get_access (f->s.auth), NULL);
  if (g_strcmp0 (kvar_request_get_header (request, "Authorization"), bearer) != 0)
    return NULL;

  f->n_requests++;
  if (f->n_requests != f->bad_request)
    return answer (f, request);

  if (f->bad_status > 0)
    return kvar_test_reply_new (f->bad_status, f->bad_body);

  if (f->bad_status < 0)
    {
      g_autoptr(KvarReply) lost = answer (f, request);

      *error = fixture_lost ();
    }
  else
    *error = fixture_no_route ();

  return NULL;
}

static GByteArray *
make_content (gsize size)
{
  GByteArray *content = g_byte_array_sized_new (size);

  g_byte_array_set_size (content, size);
  for (gsize i = 0; i < size; i++)
    content->data[i] = (i * 7 + i / 4096) % 251;

  return content;
}

static void
set_up (TransferFixture *f,
        gconstpointer    unused)
{
  g_autofree char *path = NULL;

  fixture_set_up_signed_in (&f->s, NULL);
  kvar_test_transport_on (f->s.transport, NULL, "/storage/v1/", storage_cb, f);
  f->folder = g_dir_make_tmp ("kvar-transfer-XXXXXX", NULL);
  path = g_build_filename (f->folder, "Ritning å.pdf", NULL);
  f->file = g_file_new_for_path (path);
  f->etag = "\"one\"";
}

static guint
count_files (const char *folder)
{
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  guint n = 0;

  while (dir != NULL && g_dir_read_name (dir) != NULL)
    n++;

  return n;
}

/* Whatever happened, nothing half done lies about. */
static void
tear_down (TransferFixture *f,
           gconstpointer    unused)
{
  g_autofree char *kept = g_build_filename (kvar_paths_get_data_dir (), "transfers", NULL);

  g_assert_cmpuint (count_files (kept), ==, 0);
  g_file_delete (f->file, NULL, NULL);
  g_assert_cmpint (g_rmdir (f->folder), ==, 0);
  g_clear_pointer (&f->stored, g_byte_array_unref);
  g_clear_pointer (&f->pieces, g_byte_array_unref);
  g_object_unref (f->file);
  g_free (f->folder);
  fixture_tear_down (&f->s, NULL);
}

static void
assert_content (TransferFixture *f)
{
  g_autofree char *data = NULL;
  gsize size;

  g_assert_true (g_file_load_contents (f->file, NULL, &data, &size, NULL, NULL));
  g_assert_cmpmem (data, size, f->stored->data, f->stored->len);
}

static KvarTransfer *
download (TransferFixture *f)
{
  KvarTransfer *transfer = kvar_transfer_new_download (f->s.session, "files", "a/b c.pdf",
                                                       f->file);

  kvar_errand_start (KVAR_ERRAND (transfer));

  return transfer;
}

static KvarTransfer *
upload (TransferFixture *f,
        gsize            size,
        gboolean         replace)
{
  g_autoptr(GByteArray) content = make_content (size);
  KvarTransfer *transfer;

  g_assert_true (g_file_replace_contents (f->file, (char *)content->data, size, NULL, FALSE,
                                          G_FILE_CREATE_NONE, NULL, NULL, NULL));
  transfer = kvar_transfer_new_upload (f->s.session, "files", "a.pdf", f->file, replace);
  kvar_errand_start (KVAR_ERRAND (transfer));

  return transfer;
}

static void
finish (KvarTransfer      *transfer,
        KvarErrandState  state)
{
  kvar_test_wait_until (kvar_errand_is_over (KVAR_ERRAND (transfer)));
  g_assert_cmpint (kvar_errand_get_state (KVAR_ERRAND (transfer)), ==, state);
}

/* It pauses; when the time for it has come it goes on. */
static void
pass_pause (TransferFixture *f,
            KvarTransfer    *transfer)
{
  kvar_test_wait_until (kvar_errand_get_state (KVAR_ERRAND (transfer)) == KVAR_ERRAND_PAUSED);
  fixture_pass (&f->s, KVAR_CLOCK_MINUTE);
}

static void
test_download_in_pieces (TransferFixture *f,
                         gconstpointer    unused)
{
  g_autoptr(KvarTransfer) transfer = NULL;

  f->stored = make_content (5 * MIB);
  transfer = download (f);
  finish (transfer, KVAR_ERRAND_DONE);
  assert_content (f);
  g_assert_cmpuint (f->n_requests, ==, 3);
  g_assert_cmpstr (kvar_transfer_get_content_type (transfer), ==, "application/pdf");
  g_assert_cmpint (kvar_transfer_get_done (transfer), ==, 5 * MIB);
}

static void
test_download_empty (TransferFixture *f,
                     gconstpointer    unused)
{
  g_autoptr(KvarTransfer) transfer = NULL;

  f->stored = make_content (0);
  transfer = download (f);
  finish (transfer, KVAR_ERRAND_DONE);
  assert_content (f);
}

static void
test_download_without_ranges (TransferFixture *f,
                              gconstpointer    unused)
{
  g_autoptr(KvarTransfer) transfer = NULL;

  f->stored = make_content (5 * MIB);
  f->ignores_ranges = TRUE;
  transfer = download (f);
  finish (transfer, KVAR_ERRAND_DONE);
  assert_content (f);
}

static void
test_download_goes_on (TransferFixture *f,
                       gconstpointer    unused)
{
  g_autoptr(KvarTransfer) transfer = NULL;

  f->stored = make_content (5 * MIB);
  f->bad_request = 2;
  transfer = download (f);
  pass_pause (f, transfer);
  finish (transfer, KVAR_ERRAND_DONE);
  assert_content (f);
  g_assert_cmpuint (f->n_requests, ==, 4);
}

/* A05, A06: the token dies on the way; Storage says so in a 400. */
static void
test_download_renews (TransferFixture *f,
                      gconstpointer    unused)
{
  g_autoptr(KvarTransfer) transfer = NULL;

  f->stored = make_content (5 * MIB);
  f->bad_request = 2;
  f->bad_status = 400;
  f->bad_body = WRAPPED_TOKEN;
  transfer = download (f);
  finish (transfer, KVAR_ERRAND_DONE);
  assert_content (f);
}

/* Pieces of two versions are never put together. */
static void
test_download_of_another_version (TransferFixture *f,
                                  gconstpointer    unused)
{
  g_autoptr(KvarTransfer) transfer = NULL;

  f->stored = make_content (5 * MIB);
  f->bad_request = 3;
  transfer = download (f);
  kvar_test_wait_until (kvar_errand_get_state (KVAR_ERRAND (transfer)) == KVAR_ERRAND_PAUSED);
  g_byte_array_unref (f->stored);
  f->stored = make_content (3 * MIB);
  f->etag = "\"two\"";
  fixture_pass (&f->s, KVAR_CLOCK_MINUTE);
  finish (transfer, KVAR_ERRAND_DONE);
  assert_content (f);
}

/* The program ends and begins again: the part is gone on with. */
static void
test_download_after_restart (TransferFixture *f,
                             gconstpointer    unused)
{
  g_autoptr(KvarErrandList) list = kvar_errand_list_new ();
  g_autoptr(KvarErrandList) later = kvar_errand_list_new ();
  g_autoptr(KvarTransfer) transfer = NULL;

  f->stored = make_content (5 * MIB);
  f->bad_request = 3;
  transfer = kvar_transfer_new_download (f->s.session, "files", "a/b c.pdf", f->file);
  kvar_errand_list_start (list, KVAR_ERRAND (transfer));
  kvar_test_wait_until (kvar_errand_get_state (KVAR_ERRAND (transfer)) == KVAR_ERRAND_PAUSED);
  kvar_errand_list_suspend (list);
  g_assert_false (g_file_query_exists (f->file, NULL));

  kvar_transfer_restore (later, f->s.session);
  g_assert_cmpuint (kvar_errand_list_get_n_running (later), ==, 1);
  kvar_test_wait_until (kvar_errand_list_get_n_running (later) == 0);
  assert_content (f);
  g_assert_cmpuint (f->n_requests, ==, 4);
}

static void
test_download_missing (TransferFixture *f,
                       gconstpointer    unused)
{
  g_autoptr(KvarTransfer) transfer = download (f);
  g_autofree char *text = NULL;

  finish (transfer, KVAR_ERRAND_FAILED);
  text = kvar_error_text (kvar_errand_get_error (KVAR_ERRAND (transfer)));
  g_assert_cmpstr (text, ==, "The file doesn't exist, or you don't have access to it.");
  g_assert_false (g_file_query_exists (f->file, NULL));
}

static void
test_download_cancelled (TransferFixture *f,
                         gconstpointer    unused)
{
  g_autoptr(KvarTransfer) transfer = NULL;

  f->stored = make_content (5 * MIB);
  f->bad_request = 2;
  transfer = download (f);
  kvar_test_wait_until (kvar_errand_get_state (KVAR_ERRAND (transfer)) == KVAR_ERRAND_PAUSED);
  kvar_errand_cancel (KVAR_ERRAND (transfer));
  finish (transfer, KVAR_ERRAND_CANCELLED);
  g_assert_false (g_file_query_exists (f->file, NULL));
}

/* Held until somebody has signed in, then it goes on by itself. */
static void
test_download_held (TransferFixture *f,
                    gconstpointer    unused)
{
  g_autoptr(KvarTransfer) transfer = NULL;

  f->stored = make_content (5 * MIB);
  f->bad_request = 2;
  transfer = download (f);
  kvar_test_wait_until (kvar_errand_get_state (KVAR_ERRAND (transfer)) == KVAR_ERRAND_PAUSED);
  kvar_test_auth_revoke (f->s.auth);
  kvar_clock_advance (f->s.clock, KVAR_CLOCK_HOUR);
  kvar_test_wait_until (kvar_session_get_state (f->s.session) == KVAR_SESSION_EXPIRED);
  fixture_pass (&f->s, KVAR_CLOCK_MINUTE);
  kvar_test_wait_until (kvar_errand_get_state (KVAR_ERRAND (transfer)) == KVAR_ERRAND_HELD);

  kvar_test_session_sign_in (f->s.session);
  finish (transfer, KVAR_ERRAND_DONE);
  assert_content (f);
}

static void
test_upload_small (TransferFixture *f,
                   gconstpointer    unused)
{
  g_autoptr(KvarTransfer) transfer = upload (f, MIB, FALSE);
  KvarRequest *request = NULL;

  finish (transfer, KVAR_ERRAND_DONE);
  assert_content (f);
  g_assert_cmpuint (f->n_requests, ==, 1);
  request = kvar_test_transport_get_request (f->s.transport,
                                             kvar_test_transport_get_n_requests (f->s.transport)
                                             - 1);
  g_assert_cmpstr (kvar_request_get_path (request), ==, "/storage/v1/object/files/a.pdf");
  /* {"filename":"Ritning å.pdf"} */
  g_assert_cmpstr (kvar_request_get_header (request, "x-metadata"), ==,
                   "eyJmaWxlbmFtZSI6IlJpdG5pbmcgw6UucGRmIn0=");
}

/* The answer got lost although the file has arrived: it is not sent twice. */
static void
test_upload_answer_lost (TransferFixture *f,
                         gconstpointer    unused)
{
  g_autoptr(KvarTransfer) transfer = NULL;

  f->bad_request = 1;
  f->bad_status = -1;
  transfer = upload (f, MIB, FALSE);
  pass_pause (f, transfer);
  finish (transfer, KVAR_ERRAND_DONE);
  g_assert_cmpuint (f->n_requests, ==, 2);
}

static void
test_upload_duplicate (TransferFixture *f,
                       gconstpointer    unused)
{
  g_autoptr(KvarTransfer) transfer = NULL;
  g_autoptr(KvarTransfer) again = NULL;
  g_autofree char *text = NULL;

  f->stored = make_content (10);
  transfer = upload (f, MIB, FALSE);
  finish (transfer, KVAR_ERRAND_FAILED);
  text = kvar_error_text (kvar_errand_get_error (KVAR_ERRAND (transfer)));
  g_assert_cmpstr (text, ==, "There's already a file with this name.");

  again = upload (f, MIB, TRUE);
  finish (again, KVAR_ERRAND_DONE);
  assert_content (f);
}

static void
test_upload_in_pieces (TransferFixture *f,
                       gconstpointer    unused)
{
  g_autoptr(KvarTransfer) transfer = upload (f, 13 * MIB, FALSE);

  finish (transfer, KVAR_ERRAND_DONE);
  assert_content (f);
  g_assert_cmpuint (f->n_requests, ==, 4);
}

/* Whichever request breaks, before or after it was carried out, the file arrives once. */
static void
test_upload_any_break (TransferFixture *f,
                       gconstpointer    unused)
{
  for (guint i = 1; i <= 4; i++)
    for (int status = -1; status <= 0; status++)
      {
        g_autoptr(KvarTransfer) transfer = NULL;

        g_clear_pointer (&f->stored, g_byte_array_unref);
        f->n_requests = 0;
        f->bad_request = i;
        f->bad_status = status;
        transfer = upload (f, 13 * MIB, FALSE);
        pass_pause (f, transfer);
        finish (transfer, KVAR_ERRAND_DONE);
        assert_content (f);
      }
}

static void
test_upload_after_restart (TransferFixture *f,
                           gconstpointer    unused)
{
  g_autoptr(KvarErrandList) later = kvar_errand_list_new ();
  g_autoptr(KvarTransfer) transfer = NULL;

  f->bad_request = 3;
  transfer = upload (f, 13 * MIB, FALSE);
  kvar_test_wait_until (kvar_errand_get_state (KVAR_ERRAND (transfer)) == KVAR_ERRAND_PAUSED);
  kvar_errand_suspend (KVAR_ERRAND (transfer));

  kvar_transfer_restore (later, f->s.session);
  kvar_test_wait_until (kvar_errand_list_get_n_running (later) == 0);
  assert_content (f);
  /* Begun once; asked once where it stands. */
  g_assert_cmpuint (kvar_test_transport_count (f->s.transport, "POST", "/storage/v1/upload/"),
                    ==, 1);
  g_assert_cmpuint (kvar_test_transport_count (f->s.transport, "HEAD", "/storage/v1/upload/"),
                    ==, 1);
}

/* The server has let it expire: it begins again. */
static void
test_upload_expired (TransferFixture *f,
                     gconstpointer    unused)
{
  g_autoptr(KvarTransfer) transfer = NULL;

  f->bad_request = 3;
  f->bad_status = 410;
  f->bad_body = "gone";
  transfer = upload (f, 13 * MIB, FALSE);
  kvar_test_wait_until (kvar_errand_get_state (KVAR_ERRAND (transfer)) == KVAR_ERRAND_PAUSED);
  g_clear_pointer (&f->pieces, g_byte_array_unref);
  fixture_pass (&f->s, KVAR_CLOCK_MINUTE);
  finish (transfer, KVAR_ERRAND_DONE);
  assert_content (f);
  g_assert_cmpuint (kvar_test_transport_count (f->s.transport, "POST", "/storage/v1/upload/"),
                    ==, 2);
}

static void
test_upload_cancelled (TransferFixture *f,
                       gconstpointer    unused)
{
  g_autoptr(KvarTransfer) transfer = NULL;

  f->bad_request = 3;
  transfer = upload (f, 13 * MIB, FALSE);
  kvar_test_wait_until (kvar_errand_get_state (KVAR_ERRAND (transfer)) == KVAR_ERRAND_PAUSED);
  kvar_errand_cancel (KVAR_ERRAND (transfer));
  kvar_test_wait_until (f->pieces == NULL);
  g_assert_null (f->stored);
}

static void
test_upload_unreadable (TransferFixture *f,
                        gconstpointer    unused)
{
  g_autoptr(KvarTransfer) transfer = NULL;

  transfer = kvar_transfer_new_upload (f->s.session, "files", "a.pdf", f->file, FALSE);
  kvar_errand_start (KVAR_ERRAND (transfer));
  finish (transfer, KVAR_ERRAND_FAILED);
  g_assert_error (kvar_errand_get_error (KVAR_ERRAND (transfer)), KVAR_ERROR, KVAR_ERROR_INVALID);
  g_assert_cmpuint (f->n_requests, ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

#define ADD(path, test) \
  g_test_add ("/transfer/" path, TransferFixture, NULL, set_up, test, tear_down)
  ADD ("REST-117/missing-in-words", test_download_missing);
  ADD ("REST-118/in-pieces", test_download_in_pieces);
  ADD ("REST-118/goes-on", test_download_goes_on);
  ADD ("REST-118/another-version", test_download_of_another_version);
  ADD ("REST-118/after-restart", test_download_after_restart);
  ADD ("REST-118/without-ranges", test_download_without_ranges);
  ADD ("download/empty", test_download_empty);
  ADD ("A04/renews-unseen", test_download_renews);
  ADD ("download/held-until-sign-in", test_download_held);
  ADD ("download/cancelled-leaves-nothing", test_download_cancelled);
  ADD ("REST-123/keeps-the-name", test_upload_small);
  ADD ("upload/answer-lost", test_upload_answer_lost);
  ADD ("upload/duplicate", test_upload_duplicate);
  ADD ("A06/in-pieces", test_upload_in_pieces);
  ADD ("A06/any-break", test_upload_any_break);
  ADD ("A06/after-restart", test_upload_after_restart);
  ADD ("A06/expired", test_upload_expired);
  ADD ("upload/cancelled-leaves-nothing", test_upload_cancelled);
  ADD ("upload/unreadable", test_upload_unreadable);
#undef ADD

  return g_test_run ();
}
