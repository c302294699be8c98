/* test-exports-page.c: exports that go on by themselves and say where they stand
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib/gstdio.h>

#include "kvar-records-fixture.h"
#include "kvar-export-news.h"
#include "pages/kvar-export-dialog.h"
#include "pages/kvar-exports-page.h"
#include "pages/kvar-records-page.h"
#include "widgets/kvar-errand-row.h"

static KvarErrandRow *
get_row (RecordsFixture *f)
{
  return KVAR_ERRAND_ROW (gtk_list_box_get_row_at_index (display_child (f->page, "list_box"), 0));
}

static KvarErrandState
get_state (RecordsFixture *f)
{
  return kvar_errand_get_state (kvar_errand_row_get_errand (get_row (f)));
}

static char *
get_target (RecordsFixture *f)
{
  return g_build_filename (f->display.state_dir, "jobs.csv", NULL);
}

static void
start_export (RecordsFixture *f)
{
  KvarTable *table = kvar_schema_find_table (kvar_workspace_get_schema (f->display.workspace),
                                             "jobs");
  g_autoptr(KvarQuery) query = kvar_query_new ();
  g_autofree char *path = get_target (f);
  g_autoptr(GFile) file = g_file_new_for_path (path);

  g_autoptr(KvarExportJob) job = NULL;

  job = kvar_export_job_new (f->display.session, table, query, NULL, KVAR_FILE_CSV, file);
  kvar_export_news_start (GTK_WIDGET (f->page), f->display.workspace, job);
}

/* As the application does. */
static void
ended_cb (KvarErrandList *exports,
          KvarExportJob  *job,
          RecordsFixture *f)
{
  kvar_export_news_tell (job, NULL, f->display.window);
}

static void
test_exports_page_begins_empty (RecordsFixture *f,
                                gconstpointer   unused)
{
  records_open (f, KVAR_TYPE_EXPORTS_PAGE, "/exports");
  g_assert_cmpstr (records_stack_page (f->page), ==, "empty");
}

static void
test_exports_page_says_when_the_file_is_there (RecordsFixture *f,
                                               gconstpointer   unused)
{
  g_autofree char *path = get_target (f);
  g_autofree char *csv = NULL;

  records_open (f, KVAR_TYPE_EXPORTS_PAGE, "/exports");
  g_signal_connect (kvar_workspace_get_exports (f->display.workspace), "ended",
                    G_CALLBACK (ended_cb), f);
  start_export (f);
  g_assert_cmpstr (records_stack_page (f->page), ==, "list");
  kvar_test_wait_until (get_state (f) == KVAR_ERRAND_DONE);

  g_assert_cmpstr (display_label (get_row (f), "title_label"), ==, "jobs.csv");
  g_assert_cmpstr (display_label (get_row (f), "state_label"), ==, "jobs.csv is ready. 3 rows.");
  g_assert_cmpuint (f->toasts->len, ==, 2);
  g_assert_cmpstr (f->toasts->pdata[0], ==, "Exporting jobs.csv. You can keep working.");
  g_assert_cmpstr (f->toasts->pdata[1], ==, "jobs.csv is ready. 3 rows.");
  g_assert_true (gtk_widget_get_visible (display_child (get_row (f), "open_button")));
  g_assert_true (g_file_get_contents (path, &csv, NULL, NULL));
  g_assert_nonnull (strstr (csv, "2,Cellar,7.00"));
}

static void
test_exports_page_cancels (RecordsFixture *f,
                           gconstpointer   unused)
{
  g_autofree char *path = get_target (f);

  records_open (f, KVAR_TYPE_EXPORTS_PAGE, "/exports");
  kvar_test_transport_hold (f->display.transport);
  start_export (f);
  kvar_test_settle ();
  g_assert_true (gtk_widget_get_visible (display_child (get_row (f), "progress")));

  gtk_widget_activate_action (GTK_WIDGET (get_row (f)), "errand.end", NULL);
  kvar_test_transport_release (f->display.transport);
  kvar_test_wait_until (get_state (f) == KVAR_ERRAND_CANCELLED);
  g_assert_cmpstr (display_label (get_row (f), "state_label"), ==,
                   "Export cancelled. No file was written.");
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));

  gtk_widget_activate_action (GTK_WIDGET (get_row (f)), "errand.end", NULL);
  g_assert_cmpstr (records_stack_page (f->page), ==, "empty");
}

static void
test_exports_page_tries_again (RecordsFixture *f,
                               gconstpointer   unused)
{
  g_autofree char *path = get_target (f);
  KvarErrandList *exports = kvar_workspace_get_exports (f->display.workspace);

  records_open (f, KVAR_TYPE_EXPORTS_PAGE, "/exports");
  kvar_test_transport_hold (f->display.transport);
  start_export (f);
  kvar_test_settle ();
  g_assert_false (gtk_widget_get_visible (display_child (get_row (f), "again_button")));
  gtk_widget_activate_action (GTK_WIDGET (get_row (f)), "errand.end", NULL);
  kvar_test_transport_release (f->display.transport);
  kvar_test_wait_until (get_state (f) == KVAR_ERRAND_CANCELLED);

  display_click (display_child (get_row (f), "again_button"));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (exports)), ==, 1);
  kvar_test_wait_until (get_state (f) == KVAR_ERRAND_DONE);
  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));

  /* The same once more, as there may be new rows. */
  g_assert_cmpint (g_remove (path), ==, 0);
  display_click (display_child (get_row (f), "again_button"));
  kvar_test_wait_until (get_state (f) == KVAR_ERRAND_DONE);
  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
}

static void
test_exports_page_waits_for_sign_in (RecordsFixture *f,
                                     gconstpointer   unused)
{
  records_open (f, KVAR_TYPE_EXPORTS_PAGE, "/exports");
  display_end_session (&f->display);
  start_export (f);
  kvar_test_wait_until (get_state (f) == KVAR_ERRAND_HELD);
  g_assert_cmpstr (display_label (get_row (f), "state_label"), ==,
                   "Waiting for sign-in. Nothing is lost.");
  g_assert_true (gtk_widget_get_visible (display_child (get_row (f), "sign_in_button")));

  kvar_test_session_sign_in (f->display.session);
  kvar_test_wait_until (get_state (f) == KVAR_ERRAND_DONE);
}

static GtkWindow *
open_dialog (RecordsFixture *f)
{
  GListModel *windows = gtk_window_get_toplevels ();
  GtkWindow *dialog = NULL;

  records_activate (f->page, "export", NULL);
  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr(GtkWindow) window = g_list_model_get_item (windows, i);

      if (KVAR_IS_EXPORT_DIALOG (window) && gtk_widget_get_visible (GTK_WIDGET (window)))
        g_set_object (&dialog, window);
    }
  g_assert_nonnull (dialog);

  return dialog;
}

static void
export_and_wait (RecordsFixture *f,
                 GtkWindow      *dialog)
{
  KvarErrandList *exports = kvar_workspace_get_exports (f->display.workspace);
  guint n_before = g_list_model_get_n_items (G_LIST_MODEL (exports));

  display_click (display_child (dialog, "export_button"));
  kvar_test_wait_until (g_list_model_get_n_items (G_LIST_MODEL (exports)) == n_before + 1);
  kvar_test_wait_until (kvar_errand_list_get_n_running (exports) == 0);
}

static void
test_exports_page_opens_the_dialog (RecordsFixture *f,
                                    gconstpointer   unused)
{
  g_autoptr(GtkWindow) dialog = NULL;

  records_open (f, KVAR_TYPE_RECORDS_PAGE, "/records/jobs?title=eq.Roof");
  kvar_test_wait_until (g_str_equal (display_label (f->page, "count_label"), "1 record"));
  dialog = open_dialog (f);
  g_assert_cmpstr (gtk_window_get_title (dialog), ==, "Export Jobs");
  g_assert_cmpstr (adw_action_row_get_subtitle (display_child (dialog, "view_row")), ==,
                   "1 row · Title is Roof");
  g_assert_true (display_has_focus (display_child (dialog, "export_button")));
  kvar_test_wait_until (g_strcmp0 (adw_action_row_get_subtitle (display_child (dialog,
                                                                               "whole_row")),
                                   "3 rows") == 0);
  export_and_wait (f, dialog);
}

static const char *
get_file_name (GtkWindow *dialog)
{
  return adw_preferences_row_get_title (display_child (dialog, "file_row"));
}

/* The format is chosen once; the file's name follows it. */
static void
test_exports_page_remembers_the_format (RecordsFixture *f,
                                        gconstpointer   unused)
{
  g_autoptr(GtkWindow) dialog = NULL;
  g_autoptr(GtkWindow) again = NULL;
  GtkDropDown *choice;

  records_open (f, KVAR_TYPE_RECORDS_PAGE, "/records/jobs");
  kvar_test_wait_until (g_str_equal (display_label (f->page, "count_label"), "3 records"));
  dialog = open_dialog (f);
  choice = display_child (dialog, "format_choice");
  g_assert_cmpuint (gtk_drop_down_get_selected (choice), ==, 2);
  g_assert_true (g_str_has_suffix (get_file_name (dialog), ".csv"));

  gtk_drop_down_set_selected (choice, 1);
  g_assert_cmpstr (adw_action_row_get_subtitle (display_child (dialog, "format_row")), ==,
                   "A workbook with numbers and dates");
  g_assert_true (g_str_has_suffix (get_file_name (dialog), ".xlsx"));
  export_and_wait (f, dialog);

  again = open_dialog (f);
  g_assert_cmpuint (gtk_drop_down_get_selected (display_child (again, "format_choice")), ==, 1);
  g_assert_true (g_str_has_suffix (get_file_name (again), ".xlsx"));
  gtk_window_close (again);
}

#define add(path, func) \
  g_test_add (path, RecordsFixture, NULL, records_set_up, func, records_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();

  add ("/exports-page/begins-empty", test_exports_page_begins_empty);
  add ("/exports-page/says-when-the-file-is-there", test_exports_page_says_when_the_file_is_there);
  add ("/exports-page/cancels", test_exports_page_cancels);
  add ("/export/EXP-13/runs-again", test_exports_page_tries_again);
  add ("/exports-page/waits-for-sign-in", test_exports_page_waits_for_sign_in);
  add ("/export/EXP-4/dialog-has-the-view", test_exports_page_opens_the_dialog);
  add ("/export/EXP-13/remembers-the-format", test_exports_page_remembers_the_format);

  return g_test_run ();
}
