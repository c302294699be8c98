/* test-demo-jwt.c: the demo signs real JWTs and sees what is wrong with others
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "kvar-demo-jwt.h"

#define SECRET "super-secret-jwt-token-with-at-least-32-characters-long"

/* jwt.io's own example, signed with "your-256-bit-secret". */
#define FOREIGN \
  "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9." \
  "eyJzdWIiOiIxMjM0NTY3ODkwIiwibmFtZSI6IkpvaG4gRG9lIiwiaWF0IjoxNTE2MjM5MDIyfQ." \
  "SflKxwRJSMeKKF2QT4fwpMeJf36POk6yJV_adQssw5c"

static JsonObject *
make_claims (gint64 iat,
             gint64 exp)
{
  JsonObject *claims = json_object_new ();

  json_object_set_string_member (claims, "sub", "åäö");
  json_object_set_int_member (claims, "iat", iat);
  json_object_set_int_member (claims, "exp", exp);

  return claims;
}

static void
test_jwt_knows_foreign_signature (void)
{
  g_autoptr(JsonObject) claims = NULL;

  g_assert_cmpint (kvar_demo_jwt_read (FOREIGN, "your-256-bit-secret", &claims), ==,
                   KVAR_DEMO_TOKEN_GOOD);
  g_assert_cmpstr (json_object_get_string_member (claims, "name"), ==, "John Doe");
}

static void
test_jwt_round_trips (void)
{
  g_autoptr(JsonObject) claims = make_claims (1, 2);
  g_autoptr(JsonObject) back = NULL;
  g_autofree char *token = kvar_demo_jwt_sign (claims, SECRET);

  g_assert_cmpint (kvar_demo_jwt_read (token, SECRET, &back), ==, KVAR_DEMO_TOKEN_GOOD);
  g_assert_cmpstr (json_object_get_string_member (back, "sub"), ==, "åäö");
  g_assert_cmpint (json_object_get_int_member (back, "exp"), ==, 2);
  g_assert_null (strpbrk (token, "+/="));
}

static void
test_jwt_refuses_wrong_secret (void)
{
  g_autoptr(JsonObject) claims = NULL;

  g_assert_cmpint (kvar_demo_jwt_read (FOREIGN, SECRET, &claims), ==, KVAR_DEMO_TOKEN_BAD);
  g_assert_null (claims);
}

static void
test_jwt_refuses_unsigned (void)
{
  /* {"alg":"none"}.{"role":"service_role"} */
  const char *token = "eyJhbGciOiJub25lIn0.eyJyb2xlIjoic2VydmljZV9yb2xlIn0.";
  g_autoptr(JsonObject) claims = NULL;

  g_assert_cmpint (kvar_demo_jwt_read (token, SECRET, &claims), ==, KVAR_DEMO_TOKEN_BAD);
}

static void
test_jwt_refuses_garbage (void)
{
  const char *const tokens[] = { "", "garbage", "a.b", "a.b.c", "..", "a.b.c.d", "e30.e30",
                                 "W10.W10.x", "å.ä.ö" };
  g_autoptr(JsonObject) claims = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (tokens); i++)
    g_assert_cmpint (kvar_demo_jwt_read (tokens[i], SECRET, &claims), ==,
                     KVAR_DEMO_TOKEN_MALFORMED);
}

static void
test_jwt_times (void)
{
  const struct {
    double             now;
    gint64             leeway;
    KvarDemoTokenState state;
  } cases[] = {
    { 100, 0, KVAR_DEMO_TOKEN_GOOD },
    { 159.99, 0, KVAR_DEMO_TOKEN_GOOD },
    { 160, 0, KVAR_DEMO_TOKEN_EXPIRED },
    { 160.02, 0, KVAR_DEMO_TOKEN_EXPIRED },
    { 189, 30, KVAR_DEMO_TOKEN_GOOD },
    { 190, 30, KVAR_DEMO_TOKEN_EXPIRED },
    { 99.5, 0, KVAR_DEMO_TOKEN_FUTURE },
    { 70, 30, KVAR_DEMO_TOKEN_GOOD },
    { 69, 30, KVAR_DEMO_TOKEN_FUTURE },
  };
  g_autoptr(JsonObject) claims = make_claims (100, 160);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (kvar_demo_jwt_check_times (claims, cases[i].now * G_USEC_PER_SEC,
                                                cases[i].leeway), ==, cases[i].state);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/demo/jwt/read/knows-foreign-signature", test_jwt_knows_foreign_signature);
  g_test_add_func ("/demo/jwt/sign/round-trips", test_jwt_round_trips);
  g_test_add_func ("/demo/jwt/read/refuses-wrong-secret", test_jwt_refuses_wrong_secret);
  g_test_add_func ("/demo/jwt/read/refuses-unsigned", test_jwt_refuses_unsigned);
  g_test_add_func ("/demo/jwt/read/refuses-garbage", test_jwt_refuses_garbage);
  g_test_add_func ("/demo/jwt/check-times/table", test_jwt_times);

  return g_test_run ();
}
