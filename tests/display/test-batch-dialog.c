/* test-batch-dialog.c: something is done to the selected records: asked, counted, and said of each
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define ARGUMENT(name, type, has_default) \
  "{\"name\":\"" name "\",\"type\":\"" type "\",\"base_type\":\"" type "\",\"enum\":null," \
  "\"mode\":\"in\",\"has_default\":" has_default "}"

#define RECORDS_FUNCTIONS \
  "{\"schema\":\"public\",\"name\":\"close_job\",\"volatility\":\"volatile\"," \
  "\"returns_set\":false,\"result\":\"integer\"," \
  "\"comment\":\"Closes it @kvar({\\\"action\\\": \\\"jobs\\\"})\",\"arguments\":[" \
  ARGUMENT ("id", "bigint", "false") "," ARGUMENT ("reason", "text", "false") "]}"

#include "kvar-records-fixture.h"
#include "pages/kvar-batch-dialog.h"
#include "pages/kvar-records-page.h"
#include "widgets/grid/kvar-grid.h"
#include "widgets/kvar-form.h"

static KvarGridSelection *
get_selection (RecordsFixture *f)
{
  return kvar_grid_get_selection (display_child (f->page, "grid"));
}

static GtkWindow *
find_dialog (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr(GtkWindow) window = g_list_model_get_item (windows, i);

      if (KVAR_IS_BATCH_DIALOG (window))
        return window;
    }

  return NULL;
}

static void
type_reason (GtkWindow *dialog)
{
  GtkWidget *form = gtk_widget_get_last_child (display_child (dialog, "ask_box"));
  KvarField *field = kvar_form_get_field (KVAR_FORM (form), "reason");

  g_assert_null (kvar_form_get_field (KVAR_FORM (form), "id"));
  kvar_draft_set_input (kvar_field_get_draft (field), kvar_field_get_column (field), "Paid");
}

/* The dialog for the first two records, with all that it wants to know. */
static GtkWindow *
open_dialog (RecordsFixture *f)
{
  GtkWindow *dialog;

  records_open (f, KVAR_TYPE_RECORDS_PAGE, "/records/jobs");
  kvar_test_wait_until (g_str_equal (display_label (f->page, "count_label"), "3 records"));
  g_assert_false (display_is_shown (f->page, "selected_button"));
  kvar_grid_selection_toggle (get_selection (f), 0);
  kvar_grid_selection_toggle (get_selection (f), 1);
  kvar_test_wait_until (display_is_shown (f->page, "selected_button"));

  records_activate (f->page, "call-selected", g_variant_new_string ("close_job"));
  dialog = find_dialog ();
  g_assert_nonnull (dialog);
  g_assert_cmpstr (gtk_window_get_title (dialog), ==, "Close job");
  g_assert_cmpstr (display_label (dialog, "question_label"), ==,
                   "Closes it\n\nThis is done to 2 records in Jobs.");
  g_assert_false (gtk_widget_is_sensitive (display_child (dialog, "run_button")));
  type_reason (dialog);
  g_assert_cmpuint (f->n_sent, ==, 0);

  return dialog;
}

static void
test_dialog_runs_for_each (RecordsFixture *f,
                           gconstpointer   unused)
{
  GtkWindow *dialog;
  guint n_read;

  f->reply = "7";
  dialog = open_dialog (f);
  n_read = records_count (f, "GET", "limit");
  display_click (display_child (dialog, "run_button"));
  kvar_test_wait_until (g_str_equal (display_label (dialog, "status_label"),
                                     "2 of 2 records are done."));
  g_assert_cmpuint (f->n_sent, ==, 2);
  g_assert_cmpstr (f->sent, ==, "{\"id\":\"2\",\"reason\":\"Paid\"}");
  g_assert_cmpuint (kvar_grid_selection_get_n_rows (get_selection (f)), ==, 0);
  kvar_test_wait_until (records_count (f, "GET", "limit") > n_read);
  g_assert_true (display_is_shown (dialog, "close_button"));
  gtk_window_close (dialog);
}

static void
test_dialog_keeps_what_failed_selected (RecordsFixture *f,
                                        gconstpointer   unused)
{
  GtkWindow *dialog;

  f->reply = "{\"code\":\"P0001\",\"message\":\"It is closed already\"}";
  f->status = 400;
  dialog = open_dialog (f);
  display_click (display_child (dialog, "run_button"));
  kvar_test_wait_until (g_str_equal (display_label (dialog, "status_label"),
                                     "0 of 2 records are done. "
                                     "2 did not succeed, and are still selected."));
  kvar_test_settle ();
  g_assert_cmpuint (kvar_grid_selection_get_n_rows (get_selection (f)), ==, 2);
  g_assert_true (kvar_grid_selection_contains (get_selection (f), 0));
  gtk_window_close (dialog);
}

static void
test_dialog_waits_for_sign_in (RecordsFixture *f,
                               gconstpointer   unused)
{
  GtkWindow *dialog;

  f->reply = "7";
  dialog = open_dialog (f);
  display_end_session (&f->display);
  display_click (display_child (dialog, "run_button"));
  g_assert_cmpstr (display_label (dialog, "status_label"), ==, "Goes on when you've signed in.");
  display_click (display_child (dialog, "sign_in_button"));
  g_assert_cmpuint (f->n_sign_ins, ==, 1);
  g_assert_cmpuint (f->n_sent, ==, 0);

  kvar_test_session_sign_in (f->display.session);
  kvar_test_wait_until (g_str_equal (display_label (dialog, "status_label"),
                                     "2 of 2 records are done."));
  g_assert_cmpuint (f->n_sent, ==, 2);
  gtk_window_close (dialog);
}

/* What has begun ends, and the rest is left as it was. */
static void
test_dialog_stops (RecordsFixture *f,
                   gconstpointer   unused)
{
  GtkWindow *dialog;

  f->reply = "7";
  dialog = open_dialog (f);
  kvar_test_transport_hold (f->display.transport);
  display_click (display_child (dialog, "run_button"));
  g_assert_cmpstr (display_label (dialog, "status_label"), ==, "Record 1 of 2");
  display_click (display_child (dialog, "stop_button"));
  kvar_test_transport_release (f->display.transport);
  kvar_test_wait_until (g_str_equal (display_label (dialog, "status_label"),
                                     "1 of 2 records are done. 1 is left, and still selected."));
  g_assert_cmpuint (f->n_sent, ==, 1);
  gtk_window_close (dialog);
}

#define add(path, func) \
  g_test_add (path, RecordsFixture, NULL, records_set_up, func, records_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();

  add ("/batch-dialog/REP-9/dialog-runs-for-each", test_dialog_runs_for_each);
  add ("/batch-dialog/REP-9/failed-stay-selected", test_dialog_keeps_what_failed_selected);
  add ("/batch-dialog/REP-9/dialog-waits-for-sign-in", test_dialog_waits_for_sign_in);
  add ("/batch-dialog/REP-9/dialog-stops", test_dialog_stops);

  return g_test_run ();
}
