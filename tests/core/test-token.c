/* test-token.c: reading tokens, how long they live, and how they are kept
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "kvar-error.h"
#include "session/kvar-jwt.h"
#include "session/kvar-token.h"

#define SECOND KVAR_CLOCK_SECOND

static char *
make_jwt (const char *claims)
{
  g_autofree char *payload = g_base64_encode ((const guchar *)claims, strlen (claims));

  g_strdelimit (payload, "+", '-');
  g_strdelimit (payload, "/", '_');
  g_strdelimit (payload, "=", '\0');

  return g_strconcat ("e30.", payload, ".c2ln", NULL);
}

static KvarToken *
read_token (const char  *claims,
            const char  *expires_in,
            gint64       issued_at,
            GError     **error)
{
  g_autofree char *jwt = claims != NULL ? make_jwt (claims) : g_strdup ("opaque");
  g_autofree char *json = NULL;
  g_autoptr(GBytes) body = NULL;
  g_autoptr(KvarReply) reply = NULL;

  json = g_strdup_printf ("{\"access_token\":\"%s\",\"refresh_token\":\"r\",\"surprise\":[1],"
                          "%s\"user\":{\"id\":\"anna\",\"email\":\"a@b.se\"}}", jwt, expires_in);
  body = g_bytes_new (json, strlen (json));
  reply = kvar_reply_new (200, body);

  return kvar_token_new_from_reply (reply, issued_at, 1000 * SECOND, error);
}

static void
assert_lifetime (const char *claims,
                 const char *expires_in,
                 gint64      seconds)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(KvarToken) token = read_token (claims, expires_in, 0, &error);

  g_assert_no_error (error);
  g_assert_cmpint (kvar_token_get_lifetime (token), ==, seconds * SECOND);
}

static void
test_lifetime (void)
{
  assert_lifetime (NULL, "\"expires_in\":3600,", 3600);
  assert_lifetime (NULL, "\"expires_in\":\"60\",", 60);
  assert_lifetime (NULL, "", 300);
  assert_lifetime (NULL, "\"expires_in\":0,", 300);
  assert_lifetime (NULL, "\"expires_in\":-5,", 300);
  assert_lifetime (NULL, "\"expires_in\":null,", 300);
  assert_lifetime (NULL, "\"expires_in\":1e300,", 300);
  assert_lifetime ("{\"iat\":1000,\"exp\":1600}", "\"expires_in\":3600,", 600);
  assert_lifetime ("{\"iat\":1000,\"exp\":4600}", "\"expires_in\":5,", 5);
  assert_lifetime ("{\"iat\":1000,\"exp\":4600}", "", 3600);
  assert_lifetime ("{\"iat\":1000,\"exp\":-1}", "\"expires_in\":3600,", 3600);
  assert_lifetime ("{\"iat\":\"x\",\"exp\":[]}", "\"expires_in\":3600,", 3600);
}

static void
test_due_and_usable (void)
{
  g_autoptr(KvarToken) hour = read_token (NULL, "\"expires_in\":3600,", 0, NULL);
  g_autoptr(KvarToken) blink = read_token (NULL, "\"expires_in\":2,", 0, NULL);

  g_assert_cmpint (kvar_token_get_due (hour), ==, 3510 * SECOND);
  g_assert_false (kvar_token_is_due (hour, 3509 * SECOND));
  g_assert_true (kvar_token_is_due (hour, 3510 * SECOND));
  g_assert_true (kvar_token_is_usable (hour, 3598 * SECOND));
  g_assert_false (kvar_token_is_usable (hour, 3600 * SECOND));

  g_assert_cmpint (kvar_token_get_due (blink), ==, SECOND * 16 / 10);
  g_assert_true (kvar_token_is_due (blink, SECOND));
  g_assert_true (kvar_token_is_usable (blink, SECOND * 18 / 10));
  g_assert_false (kvar_token_is_usable (blink, 2 * SECOND));
}

static void
test_incomplete (void)
{
  static const char *const bodies[] = {
    "", "[]", "{}", "<html>", "{\"access_token\":\"a\"}",
    "{\"access_token\":\"a\",\"refresh_token\":\"\",\"user\":{\"id\":\"u\"}}",
    "{\"access_token\":\"a\",\"refresh_token\":\"r\",\"user\":{}}",
    "{\"access_token\":\"a\",\"refresh_token\":\"r\",\"user\":\"u\"}",
    "{\"access_token\":1,\"refresh_token\":\"r\",\"user\":{\"id\":\"u\"}}",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      g_autoptr(GBytes) body = g_bytes_new_static (bodies[i], strlen (bodies[i]));
      g_autoptr(KvarReply) reply = kvar_reply_new (200, body);
      g_autoptr(GError) error = NULL;

      g_assert_null (kvar_token_new_from_reply (reply, 0, 0, &error));
      g_assert_error (error, KVAR_ERROR, KVAR_ERROR_BAD_REPLY);
    }
}

static void
test_secret_round_trip (void)
{
  g_autoptr(KvarClock) clock = kvar_clock_new_simulated ();
  g_autoptr(KvarToken) token = NULL;
  g_autoptr(KvarToken) again = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *claims = NULL;
  g_autofree char *secret = NULL;
  gint64 now = kvar_clock_get_server_time (clock) / SECOND;

  claims = g_strdup_printf ("{\"iat\":%" G_GINT64_FORMAT ",\"exp\":%" G_GINT64_FORMAT
                            ",\"session_id\":\"s\"}", now, now + 3600);
  token = read_token (claims, "\"expires_in\":3600,", kvar_clock_get_boottime (clock), NULL);
  secret = kvar_token_to_secret (token);
  kvar_clock_advance (clock, 600 * SECOND);
  again = kvar_token_parse (secret, clock, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (kvar_token_get_access (again), ==, kvar_token_get_access (token));
  g_assert_cmpstr (kvar_token_get_refresh (again), ==, "r");
  g_assert_cmpstr (kvar_token_get_user_id (again), ==, "anna");
  g_assert_cmpstr (kvar_token_get_email (again), ==, "a@b.se");
  g_assert_cmpstr (kvar_token_get_session_id (again), ==, "s");
  g_assert_cmpint (ABS (kvar_token_get_end (again) - kvar_token_get_end (token)), <=, SECOND);

  /* A wall clock set back does not make it younger than new. */
  kvar_clock_set_wall (clock, 0);
  g_clear_pointer (&again, kvar_token_unref);
  again = kvar_token_parse (secret, clock, NULL);
  g_assert_cmpint (kvar_token_get_end (again), <=,
                   kvar_clock_get_boottime (clock) + 3600 * SECOND);
}

static void
test_damaged_secrets (void)
{
  static const char *const secrets[] = {
    "", "null", "[]", "{", "{\"version\":1}", "{\"refresh_token\":\"r\"}",
    "{\"refresh_token\":\"\",\"user_id\":\"u\"}", "{\"refresh_token\":7,\"user_id\":\"u\"}",
  };
  g_autoptr(KvarClock) clock = kvar_clock_new_simulated ();
  g_autoptr(KvarToken) bare = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (secrets); i++)
    {
      g_autoptr(GError) error = NULL;

      g_assert_null (kvar_token_parse (secrets[i], clock, &error));
      g_assert_nonnull (error);
    }

  /* Enough to go on with, whatever else a newer version may have written. */
  bare = kvar_token_parse ("{\"version\":9,\"refresh_token\":\"r\",\"user_id\":\"u\","
                           "\"lifetime\":-4,\"serial\":-1,\"new\":{}}", clock, NULL);
  g_assert_nonnull (bare);
  g_assert_false (kvar_token_is_usable (bare, 0));
  g_assert_true (kvar_token_is_due (bare, 0));
}

static void
test_newer (void)
{
  g_autoptr(KvarToken) first = read_token ("{\"iat\":1000,\"exp\":2000,\"session_id\":\"s\"}",
                                           "", 0, NULL);
  g_autoptr(KvarToken) second = read_token ("{\"iat\":1000,\"exp\":2000,\"session_id\":\"s\"}",
                                            "", 0, NULL);
  g_autoptr(KvarToken) other = read_token ("{\"iat\":1500,\"exp\":2000,\"session_id\":\"t\"}",
                                           "", 0, NULL);

  g_assert_false (kvar_token_is_newer (second, first));
  kvar_token_follow (second, first);
  g_assert_true (kvar_token_is_newer (second, first));
  g_assert_false (kvar_token_is_newer (first, second));
  g_assert_true (kvar_token_is_newer (other, second));
  g_assert_false (kvar_token_is_newer (second, other));
}

#define STORED(session, serial, issued) \
  "{\"refresh_token\":\"r\",\"user_id\":\"u\",\"session_id\":\"" session "\"," \
  "\"serial\":" #serial ",\"issued\":" #issued "}"

static void
test_of_two_secrets (void)
{
  static const struct { const char *older; const char *newer; } secrets[] = {
    { STORED ("s", 9, 1), STORED ("s", 10, 1) },
    { STORED ("s", 9, 500), STORED ("s", 10, 1) },    /* a clock was set back */
    { STORED ("s", 10, 1), STORED ("t", 0, 2) },      /* signed in anew */
    { "{\"serial\":99", STORED ("s", 0, 0) },
    { "", STORED ("s", 0, 0) },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (secrets); i++)
    {
      g_assert_true (kvar_token_secret_is_newer (secrets[i].newer, secrets[i].older));
      g_assert_false (kvar_token_secret_is_newer (secrets[i].older, secrets[i].newer));
    }
  g_assert_false (kvar_token_secret_is_newer ("", "{"));
  g_assert_false (kvar_token_secret_is_newer ("{", ""));
}

static void
test_jwt_is_total (void)
{
  static const char *const tokens[] = {
    "", ".", "..", "...", "a.b", "a.b.c", "a.e30.c", "a.W10.c", "a.!!!.c", "sb_publishable_x",
    "a.eyJyb2xlIjoxfQ.c",
  };
  g_autofree char *role = NULL;
  gint64 seconds;

  for (gsize i = 0; i < G_N_ELEMENTS (tokens); i++)
    {
      g_assert_null (kvar_jwt_get_string (tokens[i], "role"));
      g_assert_false (kvar_jwt_get_time (tokens[i], "exp", &seconds));
    }

  role = kvar_jwt_get_string ("a.eyJyb2xlIjoiYW5vbiJ9.c", "role");
  g_assert_cmpstr (role, ==, "anon");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/token/A09/lifetime", test_lifetime);
  g_test_add_func ("/token/A07/due-and-usable", test_due_and_usable);
  g_test_add_func ("/token/new_from_reply/incomplete", test_incomplete);
  g_test_add_func ("/token/parse/round-trip", test_secret_round_trip);
  g_test_add_func ("/token/I06/damaged", test_damaged_secrets);
  g_test_add_func ("/token/H04/newer", test_newer);
  g_test_add_func ("/token/I08/of-two-secrets", test_of_two_secrets);
  g_test_add_func ("/token/jwt/total", test_jwt_is_total);

  return g_test_run ();
}
