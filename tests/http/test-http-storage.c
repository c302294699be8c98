/* test-http-storage.c: files to and from kvar-demo, over connections that break
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "kvar-error-text.h"
#include "kvar-test-person.h"
#include "kvar-test-proxy.h"
#include "kvar-test.h"
#include "storage/kvar-transfer.h"

#define MIB (1024 * 1024)
#define DOWNLOADS "GET /storage/v1/object/authenticated/drawings/"
#define PIECES "PATCH /storage/v1/upload/resumable"

typedef struct
{
  KvarTestDemo  *demo;
  KvarTestProxy *proxy;
  KvarClock     *clock;
  char          *dir;
  KvarSession   *session;    /* through the proxy */
  KvarSession   *eva;        /* whose connections never break */
} Fixture;

static void
fixture_set_up (Fixture       *f,
                gconstpointer  unused)
{
  f->demo = kvar_test_demo_new (NULL);
  f->proxy = kvar_test_proxy_new (kvar_test_demo_get_url (f->demo), NULL);
  f->clock = kvar_clock_new ();
  f->dir = g_dir_make_tmp ("kvar-storage-XXXXXX", NULL);
  f->session = kvar_test_person_sign_in (f->demo, kvar_test_proxy_get_url (f->proxy),
                                         "demo@kvar.example", f->clock, f->dir);
  f->eva = kvar_test_person_sign_in (f->demo, kvar_test_demo_get_url (f->demo),
                                     "eva@kvar.example", f->clock, f->dir);
}

static void
fixture_tear_down (Fixture       *f,
                   gconstpointer  unused)
{
  kvar_test_wait_until (G_OBJECT (f->session)->ref_count == 1 &&
                        G_OBJECT (f->eva)->ref_count == 1);
  g_assert_finalize_object (f->session);
  g_assert_finalize_object (f->eva);
  kvar_test_proxy_free (f->proxy);
  g_assert_finalize_object (f->clock);
  kvar_test_demo_free (f->demo);
  kvar_test_person_remove_dir (f->dir);
  g_free (f->dir);
}

/* So many bytes, which differ from place to place and from @seed to @seed. */
static GBytes *
make_content (gsize   size,
              guint32 seed)
{
  guint32 *words = g_new (guint32, size / 4);

  for (gsize i = 0; i < size / 4; i++)
    words[i] = (guint32)(i * 2654435761u) ^ seed;

  return g_bytes_new_take (words, size / 4 * 4);
}

static GFile *
get_file (Fixture    *f,
          const char *name)
{
  g_autofree char *path = g_build_filename (f->dir, name, NULL);

  return g_file_new_for_path (path);
}

static void
write_file (GFile  *file,
            GBytes *content)
{
  g_autoptr(GError) error = NULL;

  g_file_replace_contents (file, g_bytes_get_data (content, NULL), g_bytes_get_size (content),
                           NULL, FALSE, G_FILE_CREATE_NONE, NULL, NULL, &error);
  g_assert_no_error (error);
}

static KvarErrand *
download (Fixture     *f,
          KvarSession *session,
          const char  *key,
          const char  *name)
{
  g_autoptr(GFile) target = get_file (f, name);
  KvarTransfer *transfer = kvar_transfer_new_download (session, "drawings", key, target);

  kvar_errand_start (KVAR_ERRAND (transfer));

  return KVAR_ERRAND (transfer);
}

static KvarErrand *
upload (Fixture     *f,
        KvarSession *session,
        const char  *key,
        GBytes      *content)
{
  g_autofree char *name = g_strconcat ("source-", key, NULL);
  g_autoptr(GFile) source = get_file (f, name);
  KvarTransfer *transfer = NULL;

  write_file (source, content);
  transfer = kvar_transfer_new_upload (session, "drawings", key, source, TRUE);
  kvar_errand_start (KVAR_ERRAND (transfer));

  return KVAR_ERRAND (transfer);
}

static void
finish (KvarErrand *errand)
{
  kvar_test_wait_until (kvar_errand_is_over (errand));
  if (kvar_errand_get_error (errand) != NULL)
    g_test_message ("%s", kvar_errand_get_error (errand)->message);
  g_assert_cmpint (kvar_errand_get_state (errand), ==, KVAR_ERRAND_DONE);
}

/* What the server has as eva sees it. */
static void
put_there (Fixture    *f,
           const char *key,
           GBytes     *content)
{
  g_autoptr(KvarErrand) errand = upload (f, f->eva, key, content);

  finish (errand);
}

static void
assert_content (Fixture    *f,
                const char *name,
                GBytes     *content)
{
  g_autoptr(GFile) file = get_file (f, name);
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) found = g_file_load_bytes (file, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (found, content));
}

static void
wait_for_piece (KvarErrand *errand)
{
  kvar_test_wait_until (kvar_transfer_get_done (KVAR_TRANSFER (errand)) > 0);
}

/* Each piece that is cut is asked for again, and none that is here. */
static void
test_download_cut (Fixture       *f,
                   gconstpointer  unused)
{
  g_autoptr(GBytes) content = make_content (5 * MIB, 1);
  g_autoptr(KvarErrand) errand = NULL;

  put_there (f, "big.bin", content);
  errand = download (f, f->session, "big.bin", "copy.bin");
  wait_for_piece (errand);
  kvar_test_proxy_set_down (f->proxy, TRUE);
  kvar_test_wait_until (kvar_errand_get_state (errand) == KVAR_ERRAND_PAUSED);
  kvar_test_proxy_break (f->proxy, KVAR_TEST_FAULT_CUT_BODY, DOWNLOADS "big.bin", 1);
  kvar_test_proxy_set_down (f->proxy, FALSE);
  finish (errand);

  assert_content (f, "copy.bin", content);
  g_assert_cmpuint (kvar_test_proxy_count_broken (f->proxy), ==, 1);
  g_assert_cmpuint (kvar_test_proxy_count_seen (f->proxy, DOWNLOADS "big.bin"), <=, 5);
}

/* Pieces of two versions are never put together. */
static void
test_download_changed (Fixture       *f,
                       gconstpointer  unused)
{
  g_autoptr(GBytes) content = make_content (5 * MIB, 1);
  g_autoptr(GBytes) later = make_content (5 * MIB, 2);
  g_autoptr(KvarErrand) errand = NULL;

  put_there (f, "big.bin", content);
  errand = download (f, f->session, "big.bin", "copy.bin");
  wait_for_piece (errand);
  kvar_test_proxy_set_down (f->proxy, TRUE);
  kvar_test_wait_until (kvar_errand_get_state (errand) == KVAR_ERRAND_PAUSED);
  put_there (f, "big.bin", later);
  kvar_test_proxy_set_down (f->proxy, FALSE);
  finish (errand);
  assert_content (f, "copy.bin", later);
}

/* The answer to a piece is lost: how much has arrived is asked, and nothing is sent twice. */
static void
test_upload_cut (Fixture       *f,
                 gconstpointer  fault)
{
  g_autoptr(GBytes) content = make_content (13 * MIB, 3);
  g_autoptr(KvarErrand) errand = NULL;
  g_autoptr(KvarErrand) back = NULL;

  kvar_test_proxy_break (f->proxy, GPOINTER_TO_INT (fault), PIECES, 1);
  errand = upload (f, f->session, "up.bin", content);
  finish (errand);
  g_assert_cmpuint (kvar_test_proxy_count_broken (f->proxy), ==, 1);
  g_assert_cmpuint (kvar_test_proxy_count_seen (f->proxy, "HEAD /storage/v1/upload/resumable"),
                    >=, 1);

  back = download (f, f->eva, "up.bin", "back.bin");
  finish (back);
  assert_content (f, "back.bin", content);
}

/* Storage says it in its own way that a token is too old; the person hears nothing of it. */
static void
test_token_dies (Fixture       *f,
                 gconstpointer  unused)
{
  g_autoptr(GBytes) content = make_content (5 * MIB, 4);
  g_autoptr(KvarErrand) errand = NULL;
  guint n_before = 0;

  put_there (f, "big.bin", content);
  n_before = kvar_test_proxy_count_seen (f->proxy, "POST /auth/v1/token");
  errand = download (f, f->session, "big.bin", "copy.bin");
  wait_for_piece (errand);
  kvar_test_demo_control (f->demo, "clock", "{\"advance\": 7200}");
  finish (errand);
  assert_content (f, "copy.bin", content);
  g_assert_cmpuint (kvar_test_proxy_count_seen (f->proxy, "POST /auth/v1/token"), ==,
                    n_before + 1);
}

/* HTTP 400 whose body says 404. */
static void
test_missing (Fixture       *f,
              gconstpointer  unused)
{
  g_autoptr(KvarErrand) errand = download (f, f->session, "nothing.bin", "copy.bin");
  g_autoptr(GFile) copy = get_file (f, "copy.bin");
  g_autofree char *text = NULL;

  kvar_test_wait_until (kvar_errand_is_over (errand));
  g_assert_cmpint (kvar_errand_get_state (errand), ==, KVAR_ERRAND_FAILED);
  text = kvar_error_text (kvar_errand_get_error (errand));
  g_assert_cmpstr (text, ==, "The file doesn't exist, or you don't have access to it.");
  g_assert_false (g_file_query_exists (copy, NULL));
}

#define ADD(path, data, func) \
  g_test_add (path, Fixture, data, fixture_set_up, func, fixture_tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  ADD ("/http-storage/REST-118/cut", NULL, test_download_cut);
  ADD ("/http-storage/REST-118/another-version", NULL, test_download_changed);
  ADD ("/http-storage/upload/answer-is-lost", GINT_TO_POINTER (KVAR_TEST_FAULT_CUT_AFTER),
       test_upload_cut);
  ADD ("/http-storage/upload/piece-is-lost", GINT_TO_POINTER (KVAR_TEST_FAULT_RESET_BEFORE),
       test_upload_cut);
  ADD ("/http-storage/token/dies-half-way", NULL, test_token_dies);
  ADD ("/http-storage/REST-117/missing-in-words", NULL, test_missing);

  return g_test_run ();
}
