/* test-report-page.c: reports: what they are asked, how they run, and what they give
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define ARGUMENT(name, type, has_default, mode) \
  "{\"name\":\"" name "\",\"type\":\"" type "\",\"base_type\":\"" type "\",\"enum\":null," \
  "\"mode\":\"" mode "\",\"has_default\":" has_default "}"

#define RECORDS_FUNCTIONS \
  "{\"schema\":\"public\",\"name\":\"job_stats\",\"volatility\":\"stable\",\"returns_set\":true," \
  "\"result\":\"TABLE(status text, jobs bigint)\",\"comment\":\"How many\",\"arguments\":[" \
  ARGUMENT ("status", "text", "false", "table") "," \
  ARGUMENT ("jobs", "bigint", "false", "table") "]}," \
  "{\"schema\":\"public\",\"name\":\"search_jobs\",\"volatility\":\"stable\"," \
  "\"returns_set\":true,\"result\":\"SETOF jobs\",\"comment\":\"Titles\",\"arguments\":[" \
  ARGUMENT ("term", "text", "false", "in") "," \
  ARGUMENT ("min_price", "numeric", "true", "in") "]}," \
  "{\"schema\":\"public\",\"name\":\"close_year\",\"volatility\":\"volatile\"," \
  "\"returns_set\":false,\"result\":\"jsonb\"," \
  "\"comment\":\"@kvar({\\\"report\\\": true})\",\"arguments\":[]}"

#include "kvar-paths.h"
#include "kvar-records-fixture.h"
#include "pages/kvar-export-dialog.h"
#include "pages/kvar-report-page.h"
#include "pages/kvar-reports-page.h"
#include "widgets/grid/kvar-grid.h"
#include "widgets/kvar-form.h"
#include "widgets/kvar-result-view.h"

#define STATS "[{\"status\":\"open\",\"jobs\":\"7\"},{\"status\":\"done\",\"jobs\":\"1234\"}]"
#define ROOF  "[{\"id\":\"1\",\"title\":\"Roof\",\"price\":\"12.50\",\"due_on\":null," \
              "\"remark\":null,\"done\":null}]"

static void
open_report (RecordsFixture *f,
             const char     *route)
{
  records_open (f, KVAR_TYPE_REPORT_PAGE, route);
}

static const char *
get_state (RecordsFixture *f)
{
  return display_label (f->page, "state_label");
}

static const char *
get_shown (RecordsFixture *f)
{
  return gtk_stack_get_visible_child_name (display_child (display_child (f->page, "result_view"),
                                                          "stack"));
}

static KvarGrid *
get_grid (RecordsFixture *f)
{
  return display_child (display_child (f->page, "result_view"), "grid");
}

static void
type_term (RecordsFixture *f,
           const char     *text)
{
  KvarField *field = kvar_form_get_field (display_child (f->page, "form"), "term");

  kvar_draft_set_input (kvar_field_get_draft (field), kvar_field_get_column (field), text);
}

static guint
count_calls (RecordsFixture *f,
             const char     *function)
{
  g_autofree char *path = g_strconcat ("/rest/v1/rpc/", function, NULL);

  return kvar_test_transport_count (f->display.transport, "POST", path);
}

static void
test_reports_page_lists (RecordsFixture *f,
                         gconstpointer   unused)
{
  GtkListBox *list_box;

  records_open (f, KVAR_TYPE_REPORTS_PAGE, "/reports");
  g_assert_cmpstr (records_stack_page (f->page), ==, "list");
  list_box = display_child (f->page, "list_box");
  g_assert_cmpstr (adw_preferences_row_get_title (
                     ADW_PREFERENCES_ROW (gtk_list_box_get_row_at_index (list_box, 0))), ==,
                   "Close year");
  g_assert_cmpstr (adw_action_row_get_subtitle (
                     ADW_ACTION_ROW (gtk_list_box_get_row_at_index (list_box, 1))), ==,
                   "How many");

  g_signal_emit_by_name (list_box, "row-activated",
                         gtk_list_box_get_row_at_index (list_box, 2));
  g_assert_cmpstr (f->navigated, ==, "/reports/search_jobs");
}

/* The schema is loaded anew behind the list that somebody walks through. */
static void
test_reports_page_keeps_the_focus (RecordsFixture *f,
                                   gconstpointer   unused)
{
  GtkListBox *list_box;

  records_open (f, KVAR_TYPE_REPORTS_PAGE, "/reports");
  list_box = display_child (f->page, "list_box");
  gtk_widget_grab_focus (GTK_WIDGET (gtk_list_box_get_row_at_index (list_box, 1)));
  kvar_workspace_load_schema (f->display.workspace);
  kvar_test_wait_until (!kvar_workspace_get_loading (f->display.workspace));
  g_assert_true (display_has_focus (gtk_list_box_get_row_at_index (list_box, 1)));
}

static void
test_report_page_runs_what_asks_nothing (RecordsFixture *f,
                                         gconstpointer   unused)
{
  g_autofree char *text = NULL;
  g_autoptr(KvarRecord) record = NULL;

  f->reply = STATS;
  open_report (f, "/reports/job_stats");
  kvar_test_wait_until (g_str_equal (get_shown (f), "rows"));

  g_assert_cmpuint (kvar_grid_get_n_columns (get_grid (f)), ==, 2);
  g_assert_true (g_str_has_prefix (get_state (f), "2 rows. As of "));
  g_assert_false (gtk_widget_get_visible (display_child (f->page, "form")));
  record = g_list_model_get_item (kvar_grid_get_model (get_grid (f)), 1);
  text = kvar_grid_source_dup_text (display_child (f->page, "result_view"),
                                    kvar_grid_get_column (get_grid (f), 1), record);
  g_assert_cmpstr (text, ==, "1234");
}

static void
test_report_page_asks_for_values (RecordsFixture *f,
                                  gconstpointer   unused)
{
  open_report (f, "/reports/search_jobs");
  g_assert_cmpstr (get_shown (f), ==, "none");
  g_assert_cmpuint (count_calls (f, "search_jobs"), ==, 0);

  records_activate (f->page, "run", NULL);
  g_assert_cmpuint (count_calls (f, "search_jobs"), ==, 0);
  g_assert_true (kvar_field_has_problem (
    kvar_form_get_field (display_child (f->page, "form"), "term")));
  g_assert_true (display_has_focus (
    kvar_form_get_field (display_child (f->page, "form"), "term")));

  f->reply = ROOF;
  type_term (f, "roof");
  records_activate (f->page, "run", NULL);
  kvar_test_wait_until (g_str_equal (get_shown (f), "rows"));
  g_assert_cmpstr (f->sent, ==, "{\"term\":\"roof\"}");

  g_signal_emit_by_name (get_grid (f), "row-activated", 0);
  g_assert_cmpstr (f->navigated, ==, "/records/jobs/1");
}

static void
test_report_page_remembers (RecordsFixture *f,
                            gconstpointer   unused)
{
  g_autofree char *input = NULL;
  KvarField *field;

  f->reply = ROOF;
  open_report (f, "/reports/search_jobs");
  type_term (f, "cellar");
  records_activate (f->page, "run", NULL);
  kvar_test_wait_until (g_str_equal (get_shown (f), "rows"));

  /* As after a restart: another workspace of the same person. */
  gtk_window_set_child (f->display.window, NULL);
  kvar_test_settle ();
  g_assert_finalize_object (g_steal_pointer (&f->display.workspace));
  display_add_workspace (&f->display);
  kvar_test_wait_until (kvar_workspace_get_schema (f->display.workspace) != NULL);
  open_report (f, "/reports/search_jobs");
  field = kvar_form_get_field (display_child (f->page, "form"), "term");
  input = kvar_draft_get_input (kvar_field_get_draft (field), kvar_field_get_column (field));
  g_assert_cmpstr (input, ==, "cellar");

  records_activate (f->page, "refresh", NULL);
  kvar_test_wait_until (g_str_equal (get_shown (f), "rows"));
  g_assert_cmpstr (f->sent, ==, "{\"term\":\"cellar\"}");
}

static void
test_report_page_takes_its_time (RecordsFixture *f,
                                 gconstpointer   unused)
{
  f->reply = STATS;
  kvar_test_transport_hold (f->display.transport);
  open_report (f, "/reports/job_stats");
  kvar_test_settle ();
  g_assert_cmpstr (get_state (f), ==, "Running…");
  for (guint i = 0; i < 192; i++)
    kvar_clock_advance (f->display.clock, KVAR_CLOCK_SECOND);
  g_assert_cmpstr (display_label (f->page, "elapsed_label"), ==, "3:12");
  g_assert_cmpstr (get_state (f), ==, "Still running. You can go on with something else.");

  /* Another page, and back to a new one of the same report. */
  gtk_window_set_child (f->display.window, NULL);
  kvar_test_settle ();
  open_report (f, "/reports/job_stats");
  g_assert_cmpstr (display_label (f->page, "elapsed_label"), ==, "3:12");
  g_assert_cmpuint (count_calls (f, "job_stats"), ==, 1);

  kvar_test_transport_release (f->display.transport);
  kvar_test_wait_until (g_str_equal (get_shown (f), "rows"));
  g_assert_false (gtk_widget_get_visible (display_child (f->page, "elapsed_label")));
}

static void
test_report_page_cancels (RecordsFixture *f,
                          gconstpointer   unused)
{
  kvar_test_transport_hold (f->display.transport);
  open_report (f, "/reports/job_stats");
  kvar_test_settle ();
  g_assert_true (display_is_shown (f->page, "cancel_button"));
  display_click (display_child (f->page, "cancel_button"));
  records_activate (f->page, "cancel", NULL);
  kvar_test_transport_release (f->display.transport);
  kvar_test_wait_until (g_str_equal (get_state (f), "Cancelled"));
  g_assert_false (display_is_shown (f->page, "cancel_button"));
  g_assert_true (records_action_enabled (f->page, "run"));
}

static void
test_report_page_tells_a_timeout (RecordsFixture *f,
                                  gconstpointer   unused)
{
  static const struct { int status; const char *reply; const char *sentence; } cases[] = {
    { 500, "{\"code\":\"57014\",\"message\":\"canceling statement due to statement timeout\"}",
      "The server took too long for this. Ask for less, or try again later." },
    { 504, "<html>Gateway Timeout</html>",
      "It may already have run. Check before running it again." },
    { 400, "{\"code\":\"P0001\",\"message\":\"The year is closed already\"}",
      "The project says: “The year is closed already”" },
    { 405, "{\"code\":\"25006\",\"message\":\"cannot execute UPDATE\"}",
      "This report tries to change something, and isn't allowed to. Tell your administrator." },
    { 300, "{\"code\":\"PGRST203\",\"message\":\"Could not choose the best candidate\"}",
      "This function isn't available in the project." },
  };

  open_report (f, "/reports/close_year");
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      f->status = cases[i].status;
      f->reply = cases[i].reply;
      records_activate (f->page, "run", NULL);
      kvar_test_wait_until (g_str_equal (display_label (f->page, "problem_label"),
                                         cases[i].sentence));
      g_assert_cmpuint (f->n_sign_ins, ==, 0);
      g_assert_cmpint (kvar_session_get_state (f->display.session), ==, KVAR_SESSION_SIGNED_IN);
    }
  g_assert_cmpuint (count_calls (f, "close_year"), ==, G_N_ELEMENTS (cases));
}

static guint
count_schemas (RecordsFixture *f)
{
  return kvar_test_transport_count (f->display.transport, "GET", "/rest/v1/rpc/kvar_schema");
}

/* It has another name by now, or other arguments: what there is is asked for again. */
static void
test_report_page_learns_of_changes (RecordsFixture *f,
                                    gconstpointer   unused)
{
  guint n_before;

  open_report (f, "/reports/close_year");
  n_before = count_schemas (f);
  f->status = 404;
  f->reply = "{\"code\":\"PGRST202\",\"message\":\"Could not find the function\"}";
  records_activate (f->page, "run", NULL);
  kvar_test_wait_until (g_str_equal (display_label (f->page, "problem_label"),
                                     "This function isn't available in the project."));
  kvar_test_wait_until (count_schemas (f) == n_before + 1);
}

static void
test_report_page_waits_for_sign_in (RecordsFixture *f,
                                    gconstpointer   unused)
{
  f->reply = "{\"jobs\": 7}";
  open_report (f, "/reports/close_year");
  display_end_session (&f->display);
  records_activate (f->page, "run", NULL);
  kvar_test_wait_until (g_str_equal (get_state (f), "Runs when you've signed in."));
  g_assert_cmpuint (f->n_sign_ins, ==, 1);

  kvar_test_session_sign_in (f->display.session);
  kvar_test_wait_until (g_str_equal (get_shown (f), "document"));
  g_assert_cmpuint (count_calls (f, "close_year"), ==, 1);
}

static void
test_report_page_keeps_its_view (RecordsFixture *f,
                                 gconstpointer   unused)
{
  g_autoptr(GVariant) state = NULL;
  g_autofree char *input = NULL;
  KvarField *field;

  open_report (f, "/reports/search_jobs");
  type_term (f, "half a wo");
  state = kvar_page_save_state (f->page);
  type_term (f, "something else");

  f->page = records_new_page (f, KVAR_TYPE_REPORT_PAGE, "/reports/search_jobs");
  display_show (&f->display, GTK_WIDGET (f->page));
  kvar_page_load (f->page);
  kvar_page_restore_state (f->page, state);
  field = kvar_form_get_field (display_child (f->page, "form"), "term");
  input = kvar_draft_get_input (kvar_field_get_draft (field), kvar_field_get_column (field));
  g_assert_cmpstr (input, ==, "half a wo");
}

static void
test_report_page_exports (RecordsFixture *f,
                          gconstpointer   unused)
{
  GListModel *windows = gtk_window_get_toplevels ();
  g_autoptr(GtkWindow) dialog = NULL;

  f->reply = "{\"jobs\": 7}";
  open_report (f, "/reports/close_year");
  records_activate (f->page, "run", NULL);
  kvar_test_wait_until (g_str_equal (get_shown (f), "document"));
  g_assert_false (records_action_enabled (f->page, "export"));

  f->reply = STATS;
  open_report (f, "/reports/job_stats");
  kvar_test_wait_until (g_str_equal (get_shown (f), "rows"));
  records_activate (f->page, "export", NULL);
  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr(GtkWindow) window = g_list_model_get_item (windows, i);

      if (KVAR_IS_EXPORT_DIALOG (window))
        g_set_object (&dialog, window);
    }
  g_assert_nonnull (dialog);
  g_assert_cmpstr (gtk_window_get_title (dialog), ==, "Export Job stats");
  g_assert_cmpuint (count_calls (f, "job_stats"), ==, 1);

  display_click (display_child (dialog, "export_button"));
  kvar_test_wait_until (g_list_model_get_n_items (G_LIST_MODEL (
                          kvar_workspace_get_exports (f->display.workspace))) == 1);
  f->reply = "[]";
  kvar_test_wait_until (kvar_errand_list_get_n_running (
                          kvar_workspace_get_exports (f->display.workspace)) == 0);
  g_assert_cmpuint (count_calls (f, "job_stats"), >, 1);
}

static void
test_report_page_knows_no_such_report (RecordsFixture *f,
                                       gconstpointer   unused)
{
  open_report (f, "/reports/nope");
  g_assert_cmpstr (records_stack_page (f->page), ==, "status");
}

static void
set_up (RecordsFixture *f,
        gconstpointer   unused)
{
  g_autofree char *path = g_build_filename (kvar_paths_get_state_dir (), "reports.ini", NULL);

  g_unlink (path);
  records_set_up (f, unused);
}

#define add(path, func) \
  g_test_add (path, RecordsFixture, NULL, set_up, func, records_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();

  add ("/reports-page/REP-1/lists", test_reports_page_lists);
  add ("/reports-page/REP-1/keeps-the-focus", test_reports_page_keeps_the_focus);
  add ("/report-page/REP-1/runs-what-asks-nothing", test_report_page_runs_what_asks_nothing);
  add ("/report-page/REP-1/asks-for-values", test_report_page_asks_for_values);
  add ("/report-page/REP-1/knows-no-such-report", test_report_page_knows_no_such_report);
  add ("/report-page/REP-2/remembers", test_report_page_remembers);
  add ("/report-page/REP-2/keeps-its-view", test_report_page_keeps_its_view);
  add ("/report-page/REP-3/takes-its-time", test_report_page_takes_its_time);
  add ("/report-page/REP-3/cancels", test_report_page_cancels);
  add ("/report-page/REP-3/tells-a-timeout", test_report_page_tells_a_timeout);
  add ("/report-page/REST-113/learns-of-changes", test_report_page_learns_of_changes);
  add ("/report-page/REP-8/exports", test_report_page_exports);
  add ("/report-page/REP-3/waits-for-sign-in", test_report_page_waits_for_sign_in);

  return g_test_run ();
}
