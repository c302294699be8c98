/* test-project.c: which addresses and keys Kvar takes, and what it says about others
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "kvar-error.h"
#include "kvar-test-transport.h"
#include "kvar-test.h"
#include "session/kvar-project.h"

#define KEY          "sb_publishable_abc"
#define ANON_JWT     "e30.eyJyb2xlIjoiYW5vbiJ9.c2ln"
#define SERVICE_JWT  "e30.eyJyb2xlIjoic2VydmljZV9yb2xlIn0.c2ln"
#define SETTINGS     "{\"external\":{\"email\":true},\"disable_signup\":false}"

static void
test_addresses (void)
{
  static const struct { const char *typed, *url, *id; } good[] = {
    { "https://abc.supabase.co", "https://abc.supabase.co", "abc.supabase.co" },
    { "  https://ABC.supabase.co/ \n", "https://abc.supabase.co", "abc.supabase.co" },
    { "norr.example.org", "https://norr.example.org", "norr.example.org" },
    { "https://x.example.org:8443/supabase/", "https://x.example.org:8443/supabase",
      "x.example.org-8443-supabase" },
    { "https://x.example.org/?a=b#c", "https://x.example.org", "x.example.org" },
    { "http://127.0.0.1:54321", "http://127.0.0.1:54321", "127.0.0.1-54321" },
    { "http://localhost:1", "http://localhost:1", "localhost-1" },
    { "http://[::1]:8000", "http://[::1]:8000", "--1-8000" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(KvarProject) project = kvar_project_new (good[i].typed, KEY, &error);

      g_assert_no_error (error);
      g_assert_cmpstr (kvar_project_get_url (project), ==, good[i].url);
      g_assert_cmpstr (kvar_project_get_id (project), ==, good[i].id);
    }
}

/* Without encryption only on this computer: not even in the house, and never by default. */
static void
test_no_encryption (void)
{
  static const char *const refused[] = {
    "http://192.168.1.5:8000", "http://10.0.0.1", "http://172.16.0.1", "http://[fe80::1]",
    "http://server.local", "http://localhost.example.org", "http://128.0.0.1",
    "HTTP://norr.example.org",
  };
  static const char *const here[] = { "http://127.0.0.1:1", "http://[::1]:1",
                                      "http://localhost:1", "http://127.9.9.9:1" };
  g_autoptr(KvarProject) bare = kvar_project_new ("192.168.1.5:8000", KEY, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autoptr(GError) error = NULL;

      g_assert_null (kvar_project_new (refused[i], KEY, &error));
      g_assert_error (error, KVAR_ERROR, KVAR_ERROR_INVALID);
      g_assert_nonnull (strstr (error->message, "https://"));
    }
  for (gsize i = 0; i < G_N_ELEMENTS (here); i++)
    {
      g_autoptr(KvarProject) project = kvar_project_new (here[i], KEY, NULL);

      g_assert_cmpstr (kvar_project_get_url (project), ==, here[i]);
    }
  g_assert_cmpstr (kvar_project_get_url (bare), ==, "https://192.168.1.5:8000");
}

static void
test_bad_addresses (void)
{
  static const char *const bad[] = {
    "", " ", "https://", "http://norr.example.org", "ftp://norr.example.org", "file:///etc",
    "https://user:secret@norr.example.org", "https:// /", "http://127.0.0.1.example.org",
    "http://0x7f000001", "not an address", "https://[::1",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr(GError) error = NULL;

      g_assert_null (kvar_project_new (bad[i], KEY, &error));
      g_assert_error (error, KVAR_ERROR, KVAR_ERROR_INVALID);
      g_assert_cmpstr (kvar_error_get_field (error), ==, "url");
    }
}

static void
test_keys (void)
{
  static const char *const bad[] = {
    "", "  ", "sb_secret_abc", SERVICE_JWT, " " SERVICE_JWT "\n", "two words", "sb_påblishable",
  };
  static const char *const good[] = { KEY, ANON_JWT, "\t" KEY "\n", "anything-else" };

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr(GError) error = NULL;

      g_assert_null (kvar_project_new ("https://a.example.org", bad[i], &error));
      g_assert_error (error, KVAR_ERROR, KVAR_ERROR_INVALID);
      g_assert_cmpstr (kvar_error_get_field (error), ==, "key");
    }

  for (gsize i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(KvarProject) project = kvar_project_new ("https://a.example.org", good[i],
                                                         &error);

      g_assert_no_error (error);
      g_assert_null (strpbrk (kvar_project_get_key (project), " \t\n"));
    }
}

static void
test_secret_key_sentence (void)
{
  g_autoptr(GError) error = NULL;

  g_assert_null (kvar_project_new ("https://a.example.org", "sb_secret_abc", &error));
  g_assert_cmpstr (error->message, ==,
                   "This is an administrator key. For your safety Kvar doesn't use it. "
                   "Ask for the public key.");
}

static void
test_demo_id (void)
{
  g_autoptr(KvarProject) project = kvar_project_new ("http://127.0.0.1:4711", KEY, NULL);

  kvar_project_set_is_demo (project, TRUE);
  g_assert_cmpstr (kvar_project_get_id (project), ==, "demo");
}

typedef struct
{
  int         status;
  const char *body;
  int         code;       /* -1 is accepted */
  const char *field;      /* (nullable) */
} Answer;

static void
check_answer (const Answer *answer)
{
  g_autoptr(KvarTestTransport) transport = kvar_test_transport_new ();
  g_autoptr(KvarProject) project = kvar_project_new ("https://a.example.org", KEY, NULL);
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  gboolean accepted;

  kvar_test_transport_answer (transport, answer->status, answer->body);
  kvar_project_check_async (project, KVAR_TRANSPORT (transport), NULL, kvar_test_keep_result,
                            &result);
  kvar_test_wait_until (result != NULL);
  accepted = kvar_project_check_finish (project, result, &error);

  g_assert_cmpint (accepted, ==, answer->code < 0);
  if (!accepted)
    {
      g_assert_error (error, KVAR_ERROR, answer->code);
      g_assert_cmpstr (kvar_error_get_field (error), ==, answer->field);
    }
}

static void
test_check (void)
{
  static const Answer answers[] = {
    { 200, SETTINGS, -1, NULL },
    { 200, "{\"hello\":1}", KVAR_ERROR_INVALID, "url" },
    { 200, "<html>", KVAR_ERROR_INVALID, "url" },
    { 404, "{}", KVAR_ERROR_INVALID, "url" },
    { 301, "", KVAR_ERROR_INVALID, "url" },
    { 401, "{\"message\":\"Invalid API key\"}", KVAR_ERROR_INVALID, "key" },
    { 503, "{}", KVAR_ERROR_OFFLINE, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (answers); i++)
    check_answer (&answers[i]);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/project/new/addresses", test_addresses);
  g_test_add_func ("/project/new/bad-addresses", test_bad_addresses);
  g_test_add_func ("/project/K09/no-encryption", test_no_encryption);
  g_test_add_func ("/project/new/keys", test_keys);
  g_test_add_func ("/project/new/secret-key-sentence", test_secret_key_sentence);
  g_test_add_func ("/project/id/demo", test_demo_id);
  g_test_add_func ("/project/check/answers", test_check);

  return g_test_run ();
}
