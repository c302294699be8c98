/* test-error-text.c: people read sentences of ours, never what a server wrote
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <gio/gio.h>
#include <string.h>

#include "kvar-clock.h"
#include "kvar-error-text.h"
#include "kvar-error.h"

static KvarTable *
new_contacts (void)
{
  KvarTable *table = kvar_table_new ("contacts");
  g_autoptr(KvarType) type = kvar_type_new ("text", NULL);
  g_autoptr(KvarColumn) column = kvar_column_new ("email", type);

  kvar_column_set_title (column, "E-mail");
  kvar_table_add_column (table, column);

  return table;
}

static void
assert_text (const GError *error,
             const char   *expected)
{
  g_autofree char *text = kvar_error_text (error);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_named_by_code (void)
{
  static const struct { KvarError code; int status; const char *provider; const char *text; }
  cases[] = {
    { KVAR_ERROR_REFUSED, 400, "invalid_credentials", "E-mail or password is incorrect." },
    { KVAR_ERROR_SIGNED_OUT, 400, "session_expired",
      "Your organisation asks you to sign in again." },
    { KVAR_ERROR_SIGNED_OUT, 400, "refresh_token_not_found",
      "Your session expired — please sign in again." },
    { KVAR_ERROR_BLOCKED, 400, "user_banned",
      "Your account is paused. Ask your administrator. What you typed is safe." },
    { KVAR_ERROR_INVALID, 409, "23505", "Another record already has this value." },
    { KVAR_ERROR_INVALID, 409, "23503", "A record that this one points to doesn't exist." },
    { KVAR_ERROR_REFUSED, 409, "23503",
      "Other records still point to this one, so it can't be deleted." },
    { KVAR_ERROR_INVALID, 400, "22P02", "A value doesn't fit its field." },
    { KVAR_ERROR_INVALID, 400, "22007", "A date or time isn't valid." },
    { KVAR_ERROR_REFUSED, 404, "PGRST205", "This table isn't available in the project." },
    { KVAR_ERROR_OFFLINE, 540, NULL, "This project is paused. Ask your administrator." },
    { KVAR_ERROR_OFFLINE, 0, NULL, "Can't reach the server right now. Try again in a moment." },
    { KVAR_ERROR_UNKNOWN_OUTCOME, 0, NULL,
      "It may already have run. Check before running it again." },
    { KVAR_ERROR_GONE, 406, "PGRST116", "This record no longer exists." },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GError) error = kvar_error_new_full (cases[i].code, cases[i].status,
                                                     cases[i].provider, "provider text");

      assert_text (error, cases[i].text);
    }
}

static void
test_too_many_attempts (void)
{
  static const struct { gint64 wait; const char *text; } waits[] = {
    { -1, "Too many attempts. Wait a little, then try again." },
    { 0, "Too many attempts. You can try again in 1 minute." },
    { KVAR_CLOCK_MINUTE, "Too many attempts. You can try again in 1 minute." },
    { KVAR_CLOCK_MINUTE + 1, "Too many attempts. You can try again in 2 minutes." },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (waits); i++)
    {
      g_autoptr(GError) error =
        kvar_error_new_full (KVAR_ERROR_REFUSED, 429, "over_request_rate_limit", "m");

      kvar_error_set_retry_after (error, waits[i].wait);
      assert_text (error, waits[i].text);
    }
}

static void
test_owner_is_quoted (void)
{
  g_autoptr(GError) error = kvar_error_new_full (KVAR_ERROR_REFUSED, 400, "P0001", "m");

  kvar_error_set_owner_words (error, "The month is closed.");
  assert_text (error, "The project says: “The month is closed.”");
}

static void
test_own_sentence_is_kept (void)
{
  g_autoptr(GError) error = g_error_new (KVAR_ERROR, KVAR_ERROR_INVALID, "This isn't a date.");

  assert_text (error, "This isn't a date.");
}

static void
test_unknown_has_a_reference (void)
{
  g_autoptr(GError) error =
    kvar_error_new_full (KVAR_ERROR_REFUSED, 418, "XX123", "provider text");
  g_autofree char *expected =
    g_strdup_printf ("That didn't work. Your text is kept. Try again, or tell your "
                     "administrator: %s.", kvar_error_get_reference (error));

  assert_text (error, expected);
}

static void
test_foreign_error_is_not_shown (void)
{
  g_autoptr(GError) error = g_error_new (G_IO_ERROR, G_IO_ERROR_FAILED, "provider text");
  g_autofree char *text = kvar_error_text (error);

  g_assert_true (g_str_has_prefix (text, "That didn't work."));
  g_assert_null (strstr (text, "provider"));
}

static void
test_cancellation_is_silent (void)
{
  g_autoptr(GError) error = g_error_new (G_IO_ERROR, G_IO_ERROR_CANCELLED, "cancelled");

  assert_text (error, "");
}

/* Whatever comes from a server, none of it comes out here. */
static void
test_nothing_of_the_server_is_shown (void)
{
  static const char *const codes[] = {
    NULL, "23505", "23502", "42501", "PGRST116", "PGRST999", "XX000", "bad_jwt", "P0001",
    "unknown", "over_email_send_rate_limit", "LEAK",
  };

  for (int code = KVAR_ERROR_OFFLINE; code <= KVAR_ERROR_BAD_REPLY; code++)
    for (gsize i = 0; i < G_N_ELEMENTS (codes); i++)
      {
        g_autoptr(KvarTable) table = new_contacts ();
        g_autoptr(GError) error =
          kvar_error_new_full (code, 418, codes[i], "{\"provider\":\"LEAK\"} LEAK");
        g_autofree char *text = NULL;
        g_autofree char *table_text = NULL;

        kvar_error_set_details (error, "LEAK");
        kvar_error_set_field (error, "LEAK");
        text = kvar_error_text (error);
        table_text = kvar_error_text_for_table (error, table);
        g_assert_null (strstr (text, "LEAK"));
        g_assert_null (strstr (table_text, "LEAK"));
      }
}

static void
test_table_names_the_column (void)
{
  static const struct { const char *provider; const char *field; const char *message;
                        const char *text; } cases[] = {
    { "23505", "email", "m", "Another record already has this E-mail." },
    { "23505", NULL, "409 23505: duplicate key value violates unique constraint "
                     "\"contacts_email_key\"", "Another record already has this E-mail." },
    { "23505", NULL, "unique constraint \"contacts_other_key\"",
      "Another record already has this value." },
    { "23505", NULL, "unique constraint \"email_unique\"",
      "Another record already has this value." },
    { "23514", NULL, "check constraint \"contacts_email_check\"",
      "E-mail isn't allowed by the rules of this table." },
    { "23502", "email", "m", "E-mail needs a value." },
    { "22P02", "email", "m", "A value doesn't fit its field." },
  };
  g_autoptr(KvarTable) table = new_contacts ();

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GError) error =
        kvar_error_new_full (KVAR_ERROR_INVALID, 409, cases[i].provider, cases[i].message);
      g_autofree char *text = NULL;

      kvar_error_set_field (error, cases[i].field);
      text = kvar_error_text_for_table (error, table);
      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

static void
test_table_says_that_text_is_kept (void)
{
  g_autoptr(KvarTable) table = new_contacts ();
  g_autoptr(GError) denied = kvar_error_new_full (KVAR_ERROR_DENIED, 403, "42501", "m");
  g_autoptr(GError) gone = kvar_error_new_full (KVAR_ERROR_GONE, 406, "PGRST116", "m");
  g_autofree char *denied_text = kvar_error_text_for_table (denied, table);
  g_autofree char *gone_text = kvar_error_text_for_table (gone, table);

  g_assert_cmpstr (denied_text, ==, "You don't have permission to change this record. "
                                    "Your text is kept as a draft.");
  g_assert_cmpstr (gone_text, ==, "This record no longer exists. Your draft is kept.");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/error-text/code/named", test_named_by_code);
  g_test_add_func ("/error-text/code/too-many-attempts", test_too_many_attempts);
  g_test_add_func ("/error-text/owner/is-quoted", test_owner_is_quoted);
  g_test_add_func ("/error-text/own/is-kept", test_own_sentence_is_kept);
  g_test_add_func ("/error-text/fallback/has-a-reference", test_unknown_has_a_reference);
  g_test_add_func ("/error-text/fallback/foreign-error", test_foreign_error_is_not_shown);
  g_test_add_func ("/error-text/cancelled/is-silent", test_cancellation_is_silent);
  g_test_add_func ("/error-text/fuzz/nothing-of-the-server", test_nothing_of_the_server_is_shown);
  g_test_add_func ("/error-text/table/names-the-column", test_table_names_the_column);
  g_test_add_func ("/error-text/table/says-that-text-is-kept", test_table_says_that_text_is_kept);

  return g_test_run ();
}
