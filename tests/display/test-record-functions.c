/* test-record-functions.c: what can be done with a record: once, after asking, and said
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define ARGUMENT(name, type, has_default) \
  "{\"name\":\"" name "\",\"type\":\"" type "\",\"base_type\":\"" type "\",\"enum\":null," \
  "\"mode\":\"in\",\"has_default\":" has_default "}"

#define RECORDS_FUNCTIONS \
  "{\"schema\":\"public\",\"name\":\"close_job\",\"volatility\":\"volatile\"," \
  "\"returns_set\":false,\"result\":\"integer\"," \
  "\"comment\":\"@kvar({\\\"action\\\": \\\"jobs\\\"})\",\"arguments\":[" \
  ARGUMENT ("id", "bigint", "false") "]}," \
  "{\"schema\":\"public\",\"name\":\"send_bill\",\"volatility\":\"volatile\"," \
  "\"returns_set\":false,\"result\":\"void\",\"comment\":" \
  "\"Sends the bill @kvar({\\\"action\\\": \\\"jobs\\\", \\\"confirm\\\": true})\"," \
  "\"arguments\":[" ARGUMENT ("p_job", "bigint", "false") "," \
  ARGUMENT ("copies", "integer", "false") "]}"

#include "kvar-go-sources.h"
#include "kvar-records-fixture.h"
#include "pages/kvar-record-page.h"
#include "widgets/kvar-form.h"

#define MAYBE "It may already have run. Check before running it again."

static void
open_record (RecordsFixture *f,
             const char     *reply)
{
  f->reply = reply;
  records_open (f, KVAR_TYPE_RECORD_PAGE, "/records/jobs/1");
  kvar_test_wait_until (g_str_equal (records_stack_page (f->page), "form"));
}

static void
call (RecordsFixture *f,
      const char     *function)
{
  records_activate (f->page, "call-function", g_variant_new_string (function));
}

static const char *
get_state (RecordsFixture *f)
{
  return display_label (f->page, "call_label");
}

static AdwMessageDialog *
find_dialog (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr(GtkWindow) window = g_list_model_get_item (windows, i);

      if (ADW_IS_MESSAGE_DIALOG (window))
        return ADW_MESSAGE_DIALOG (window);
    }

  return NULL;
}

static void
test_functions_are_in_the_menu (RecordsFixture *f,
                                gconstpointer   unused)
{
  GMenuModel *section;
  g_autofree char *label = NULL;

  open_record (f, "7");
  section = display_child (f->page, "functions_section");
  g_assert_cmpint (g_menu_model_get_n_items (section), ==, 2);
  g_menu_model_get_item_attribute (section, 1, G_MENU_ATTRIBUTE_LABEL, "s", &label);
  g_assert_cmpstr (label, ==, "Send bill…");
  g_assert_true (records_action_enabled (f->page, "call-function"));
}

/* A few letters away, as long as there is a record to do it to. */
static void
test_functions_are_found_by_letters (RecordsFixture *f,
                                     gconstpointer   unused)
{
  g_autoptr(KvarGoIndex) index = kvar_go_index_new ("en");
  g_autoptr(KvarGoIndex) without = kvar_go_index_new ("en");
  g_autoptr(GPtrArray) found = NULL;
  g_autoptr(GPtrArray) none = NULL;
  KvarGoEntry *entry;

  open_record (f, "7");
  kvar_go_sources_add_commands (index, f->display.window, f->page);
  found = kvar_go_index_find (index, "close j", 5);
  g_assert_cmpuint (found->len, ==, 1);
  entry = g_ptr_array_index (found, 0);
  g_assert_cmpstr (kvar_go_entry_get_title (entry), ==, "Close job");
  g_assert_cmpstr (kvar_go_entry_get_action (entry), ==, "page.call-function");

  records_open (f, KVAR_TYPE_RECORD_PAGE, "/records/jobs/new");
  kvar_go_sources_add_commands (without, f->display.window, f->page);
  none = kvar_go_index_find (without, "close j", 5);
  g_assert_cmpuint (none->len, ==, 0);
}

static void
test_functions_run_and_refresh (RecordsFixture *f,
                                gconstpointer   unused)
{
  guint n_read;

  open_record (f, "7");
  n_read = records_count (f, "GET", "id=eq.1");
  call (f, "close_job");
  kvar_test_wait_until (g_str_equal (get_state (f), "Close job: 7"));
  g_assert_cmpstr (f->sent, ==, "{\"id\":\"1\"}");
  g_assert_cmpuint (f->n_sent, ==, 1);
  g_assert_cmpuint (records_count (f, "GET", "id=eq.1"), ==, n_read + 1);
}

static void
test_functions_run_one_at_a_time (RecordsFixture *f,
                                  gconstpointer   unused)
{
  KvarFunctionRuns *runs;
  KvarPage *first;

  open_record (f, "7");
  first = g_object_ref (f->page);
  kvar_test_transport_hold (f->display.transport);
  call (f, "close_job");
  g_assert_false (records_action_enabled (f->page, "call-function"));
  call (f, "close_job");
  runs = kvar_workspace_get_runs (f->display.workspace);
  g_assert_false (kvar_function_runs_claim (runs, "jobs", "1"));
  g_assert_true (kvar_function_runs_claim (runs, "jobs", "2"));

  kvar_test_transport_release (f->display.transport);
  kvar_test_wait_until (records_action_enabled (first, "call-function"));
  g_assert_cmpuint (f->n_sent, ==, 1);
  g_object_unref (first);
}

static void
test_functions_are_not_repeated (RecordsFixture *f,
                                 gconstpointer   unused)
{
  open_record (f, "<html>Gateway Timeout</html>");
  f->status = 504;
  call (f, "close_job");
  kvar_test_wait_until (g_str_equal (display_label (f->page, "problem_label"), MAYBE));
  kvar_clock_advance (f->display.clock, KVAR_CLOCK_MINUTE);
  kvar_test_settle ();
  g_assert_cmpuint (f->n_sent, ==, 1);
  g_assert_true (records_action_enabled (f->page, "call-function"));
}

static void
test_functions_ask_first (RecordsFixture *f,
                          gconstpointer   unused)
{
  AdwMessageDialog *dialog;
  KvarForm *form;
  KvarField *field;

  open_record (f, "");
  call (f, "send_bill");
  dialog = find_dialog ();
  g_assert_nonnull (dialog);
  g_assert_cmpstr (adw_message_dialog_get_heading (dialog), ==, "Send bill");
  g_assert_cmpstr (adw_message_dialog_get_body (dialog), ==,
                   "Sends the bill\n\nThis is done to one record: “Roof” in Jobs.");
  g_assert_cmpstr (adw_message_dialog_get_default_response (dialog), ==, "cancel");
  g_assert_false (adw_message_dialog_get_response_enabled (dialog, "run"));

  form = KVAR_FORM (adw_message_dialog_get_extra_child (dialog));
  g_assert_null (kvar_form_get_field (form, "p_job"));
  field = kvar_form_get_field (form, "copies");
  kvar_draft_set_input (kvar_field_get_draft (field), kvar_field_get_column (field), "2");
  g_assert_true (adw_message_dialog_get_response_enabled (dialog, "run"));
  g_assert_cmpuint (f->n_sent, ==, 0);

  adw_message_dialog_response (dialog, "run");
  gtk_window_close (GTK_WINDOW (dialog));
  kvar_test_wait_until (g_str_equal (get_state (f), "“Send bill” is done."));
  g_assert_cmpstr (f->sent, ==, "{\"p_job\":\"1\",\"copies\":\"2\"}");
}

static void
test_functions_take_no_for_an_answer (RecordsFixture *f,
                                      gconstpointer   unused)
{
  open_record (f, "");
  call (f, "send_bill");
  gtk_window_close (GTK_WINDOW (find_dialog ()));
  kvar_test_wait_until (find_dialog () == NULL);
  g_assert_cmpuint (f->n_sent, ==, 0);
  g_assert_true (records_action_enabled (f->page, "call-function"));
}

static void
test_functions_wait_for_sign_in (RecordsFixture *f,
                                 gconstpointer   unused)
{
  open_record (f, "7");
  display_end_session (&f->display);
  call (f, "close_job");
  kvar_test_wait_until (g_str_equal (get_state (f), "Runs when you've signed in."));
  g_assert_cmpuint (f->n_sign_ins, ==, 1);
  g_assert_cmpuint (f->n_sent, ==, 0);

  kvar_test_session_sign_in (f->display.session);
  kvar_test_wait_until (g_str_equal (get_state (f), "Close job: 7"));
  g_assert_cmpuint (f->n_sent, ==, 1);
}

#define add(path, func) \
  g_test_add (path, RecordsFixture, NULL, records_set_up, func, records_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();

  add ("/record-functions/REP-4/menu", test_functions_are_in_the_menu);
  add ("/record-functions/REP-4/found-by-letters", test_functions_are_found_by_letters);
  add ("/record-functions/REP-4/run-and-refresh", test_functions_run_and_refresh);
  add ("/record-functions/REP-4/one-at-a-time", test_functions_run_one_at_a_time);
  add ("/record-functions/REP-4/wait-for-sign-in", test_functions_wait_for_sign_in);
  add ("/record-functions/REP-5/not-repeated", test_functions_are_not_repeated);
  add ("/record-functions/REP-6/ask-first", test_functions_ask_first);
  add ("/record-functions/REP-6/take-no-for-an-answer", test_functions_take_no_for_an_answer);

  return g_test_run ();
}
