/* test-diagnostics.c: the diagnostics tell what went wrong, and nothing that is nobody's business
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "kvar-diagnostics.h"
#include "kvar-test-auth.h"
#include "kvar-test-vault.h"
#include "kvar-test.h"

static void
test_diagnostics_leave_out_records (void)
{
  static const char *const lines[] = {
    "2026-11-25T10:00:00.000Z info kvar-core[7]: K7Q2FD is 409 23505: Key (name)=(PRIVATE) exists",
    "info kvar-core[7]: Shown as K7Q2FD: 400 22P02: invalid input syntax: PRIVATE",
    "info kvar-outbox[7]: A save needs a person: 403 42501: PRIVATE is not yours",
    "info kvar-core[7]: K7Q2FD is 400 validation_failed: PRIVATE is no address",
    "info kvar-core[7]: K7Q2FD is 502 without a code: PRIVATE",
    "warning kvar-records-page[7]: No filter “title=PRIVATE”: no such comparison",
    "warning x[7]: a \"PRIVATE\\\" PRIVATE\" text and 'PRIVATE'",
    "info x[7]: GET /rest/v1/jobs?title=eq.PRIVATE took 12 ms",
    "info x[7]: token eyJhbGciOiJIUzI1NiJ9.eyJQUklWQVRFIn0.PRIVATE for PRIVATE@example.org",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_autofree char *clean = kvar_diagnostics_clean_line (lines[i]);

      g_test_message ("%s → %s", lines[i], clean);
      g_assert_null (strstr (clean, "PRIVATE"));
    }
}

static void
test_diagnostics_leave_the_rest (void)
{
  g_autofree char *code = kvar_diagnostics_clean_line ("K7Q2FD is 409 23505: Key exists");
  g_autofree char *plain = kvar_diagnostics_clean_line ("info x[7]: The vault hasn't answered; "
                                                        "it's late");

  g_assert_cmpstr (code, ==, "K7Q2FD is 409 23505: [the server's words]");
  g_assert_cmpstr (plain, ==, "info x[7]: The vault hasn't answered; it's late");
}

static void
test_diagnostics_hide_the_home_folder (void)
{
  g_autofree char *line = g_strdup_printf ("Cannot read %s/x: no", g_get_home_dir ());
  g_autofree char *clean = kvar_diagnostics_clean_line (line);

  g_assert_cmpstr (clean, ==, "Cannot read ~/x: no");
}

static void
test_diagnostics_end_with_the_log (void)
{
  const char *dir = g_get_user_state_dir ();
  g_autofree char *path = g_build_filename (dir, "kvar.log", NULL);
  g_autoptr(GString) log = g_string_new (NULL);
  g_autoptr(GString) text = g_string_new (NULL);
  g_autoptr(GString) none = g_string_new (NULL);

  g_assert_cmpint (g_mkdir_with_parents (dir, 0700), ==, 0);
  kvar_diagnostics_add_log (none, dir);
  g_assert_cmpstr (none->str, ==, "\nThe log:\nThere is none.\n");

  for (guint i = 1; i <= 500; i++)
    g_string_append_printf (log, "line %u.\n", i);
  g_assert_true (g_file_set_contents (path, log->str, -1, NULL));
  kvar_diagnostics_add_log (text, dir);
  g_assert_null (strstr (text->str, "line 300.\n"));
  g_assert_nonnull (strstr (text->str, "line 301.\n"));
  g_assert_true (g_str_has_suffix (text->str, "line 500.\n"));
}

static void
test_diagnostics_tell_of_the_session (void)
{
  g_autoptr(KvarTestTransport) transport = kvar_test_transport_new ();
  g_autoptr(KvarTestVault) vault = kvar_test_vault_new ();
  g_autoptr(KvarClock) clock = kvar_clock_new_simulated ();
  g_autoptr(KvarTestAuth) auth = kvar_test_auth_new (transport, clock);
  KvarSession *session = NULL;
  g_autoptr(GString) text = g_string_new (NULL);

  g_assert_cmpint (g_mkdir_with_parents (g_get_user_state_dir (), 0700), ==, 0);
  session = kvar_test_session_new (transport, KVAR_VAULT (vault), clock,
                                   g_get_user_state_dir ());
  kvar_test_session_sign_in (session);
  kvar_diagnostics_add_program (text);
  kvar_diagnostics_add_session (text, session, NULL);
  kvar_diagnostics_add_trace (text, session);

  g_test_message ("%s", text->str);
  g_assert_true (g_str_has_prefix (text->str, "Kvar " KVAR_VERSION));
  g_assert_nonnull (strstr (text->str, "\nSession: signed-in\n"));
  g_assert_nonnull (strstr (text->str, "\nSchema from: none yet\n"));
  g_assert_nonnull (strstr (text->str, ": state 0 2 token\n"));
  g_assert_null (strstr (text->str, kvar_session_get_email (session)));
  g_assert_null (strstr (text->str, kvar_session_get_user_id (session)));

  kvar_test_settle ();
  g_assert_finalize_object (session);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/diagnostics/leave-out-records", test_diagnostics_leave_out_records);
  g_test_add_func ("/diagnostics/leave-the-rest", test_diagnostics_leave_the_rest);
  g_test_add_func ("/diagnostics/hide-the-home-folder", test_diagnostics_hide_the_home_folder);
  g_test_add_func ("/diagnostics/end-with-the-log", test_diagnostics_end_with_the_log);
  g_test_add_func ("/diagnostics/tell-of-the-session", test_diagnostics_tell_of_the_session);

  return g_test_run ();
}
