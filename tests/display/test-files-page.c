/* test-files-page.c: buckets and folders, and files on their way
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib/gstdio.h>

#include "kvar-paths.h"
#include "kvar-files-fixture.h"
#include "pages/kvar-files-page.h"
#include "storage/kvar-opened-files.h"
#include "widgets/kvar-file-row.h"
#include "widgets/kvar-table-sidebar.h"
#include "widgets/kvar-errand-row.h"

static KvarPage *
open_page (FilesFixture *f,
           const char   *route)
{
  return records_open (&f->r, KVAR_TYPE_FILES_PAGE, route);
}

static GtkListBoxRow *
get_row (FilesFixture *f,
         const char   *list,
         int           index)
{
  return gtk_list_box_get_row_at_index (display_child (f->r.page, list), index);
}

static char *
describe_rows (FilesFixture *f)
{
  GString *text = g_string_new (NULL);
  GtkListBoxRow *row = NULL;

  for (int i = 0; (row = get_row (f, "files_box", i)) != NULL; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? "|" : "", display_label (row, "name_label"));

  return g_string_free (text, FALSE);
}

#define assert_rows(f, expected) \
  G_STMT_START { \
    g_autofree char *rows_ = describe_rows (f); \
    g_assert_cmpstr (rows_, ==, expected); \
  } G_STMT_END

static void
wait_for_rows (FilesFixture *f)
{
  kvar_test_wait_until (get_row (f, "files_box", 0) != NULL);
  kvar_test_settle ();
}

static const char *
get_message (FilesFixture *f)
{
  GtkWidget *status = display_child (f->r.page, "status");

  return adw_status_page_get_title (display_child (status, "message"));
}

static KvarErrandRow *
get_transfer (FilesFixture *f)
{
  return KVAR_ERRAND_ROW (get_row (f, "transfers_box", 0));
}

static void
wait_for_end (FilesFixture *f)
{
  kvar_test_wait_until (get_transfer (f) != NULL);
  kvar_test_wait_until (kvar_errand_is_over (kvar_errand_row_get_errand (get_transfer (f))));
}

static void
test_files_page_lists_buckets (FilesFixture  *f,
                               gconstpointer  unused)
{
  open_page (f, "/files");
  wait_for_rows (f);
  assert_rows (f, "drawings|pictures");
  g_signal_emit_by_name (display_child (f->r.page, "files_box"), "row-activated",
                         get_row (f, "files_box", 1));
  g_assert_cmpstr (f->r.navigated, ==, "/files/pictures");
  g_assert_false (records_action_enabled (f->r.page, "upload"));
}

/* REST-119: none are shown; one that is named is remembered. */
static void
test_files_page_takes_a_name (FilesFixture  *f,
                              gconstpointer  unused)
{
  f->buckets = "[]";
  open_page (f, "/files");
  kvar_test_wait_until (g_strcmp0 (get_message (f), "No buckets yet") == 0);

  gtk_editable_set_text (display_child (f->r.page, "name_row"), "a/b");
  g_signal_emit_by_name (display_child (f->r.page, "name_row"), "apply");
  g_assert_cmpstr (display_label (f->r.page, "problem_label"), ==,
                   "This isn't the name of a bucket. Check the spelling.");

  gtk_editable_set_text (display_child (f->r.page, "name_row"), " drawings ");
  g_signal_emit_by_name (display_child (f->r.page, "name_row"), "apply");
  g_assert_cmpstr (f->r.navigated, ==, "/files/drawings");
  assert_rows (f, "drawings");

  gtk_widget_activate_action (GTK_WIDGET (get_row (f, "files_box", 0)), "file.remove", NULL);
  assert_rows (f, "");
}

static void
test_files_page_lists_a_folder (FilesFixture  *f,
                                gconstpointer  unused)
{
  open_page (f, "/files/drawings");
  wait_for_rows (f);
  assert_rows (f, "property-1|Read me.txt|setup.exe");
  g_assert_true (g_str_has_prefix (display_label (get_row (f, "files_box", 1), "detail_label"),
                                   "5 bytes"));
  g_assert_cmpstr (kvar_page_get_title (f->r.page), ==, "drawings");

  g_signal_emit_by_name (display_child (f->r.page, "files_box"), "row-activated",
                         get_row (f, "files_box", 0));
  g_assert_cmpstr (f->r.navigated, ==, "/files/drawings/property-1");
  records_activate (f->r.page, "up", NULL);
  g_assert_cmpstr (f->r.navigated, ==, "/files");

  gtk_editable_set_text (display_child (f->r.page, "search_entry"), "read");
  kvar_test_wait_until (get_row (f, "files_box", 1) == NULL);
  assert_rows (f, "Read me.txt");
}

/* The focus waits for the rows, and stays where somebody has moved it meanwhile. */
static void
test_files_page_takes_the_focus (FilesFixture  *f,
                                 gconstpointer  unused)
{
  open_page (f, "/files/drawings");
  wait_for_rows (f);
  g_assert_true (display_has_focus (get_row (f, "files_box", 0)));

  open_page (f, "/files/drawings");
  gtk_widget_grab_focus (display_child (f->r.page, "search_entry"));
  wait_for_rows (f);
  g_assert_true (display_has_focus (display_child (f->r.page, "search_entry")));
}

static void
test_files_page_goes_up (FilesFixture  *f,
                         gconstpointer  unused)
{
  open_page (f, "/files/drawings/a/b");
  wait_for_rows (f);
  g_assert_cmpstr (kvar_page_get_title (f->r.page), ==, "b");
  g_assert_cmpstr (kvar_page_get_subtitle (f->r.page), ==, "drawings/a");
  records_activate (f->r.page, "up", NULL);
  g_assert_cmpstr (f->r.navigated, ==, "/files/drawings/a");
}

static void
test_files_page_says_why_not (FilesFixture  *f,
                              gconstpointer  unused)
{
  f->offline = TRUE;
  open_page (f, "/files/drawings");
  kvar_test_wait_until (g_strcmp0 (get_message (f), "The files can't be shown") == 0);
  f->offline = FALSE;
  records_activate (f->r.page, "refresh", NULL);
  wait_for_rows (f);
  g_assert_cmpstr (records_stack_page (f->r.page), ==, "list");
}

/* REST-117: what is empty and what is hidden look alike. */
static void
test_files_page_empty (FilesFixture  *f,
                       gconstpointer  unused)
{
  open_page (f, "/files/nothing");
  kvar_test_wait_until (g_strcmp0 (get_message (f), "No files here") == 0);
}

static void
test_files_page_fetches_to_open (FilesFixture  *f,
                                 gconstpointer  unused)
{
  g_autoptr(GFile) copy = kvar_opened_files_get (f->r.display.session, "drawings",
                                                 "Read me.txt");
  g_autofree char *data = NULL;

  open_page (f, "/files/drawings");
  wait_for_rows (f);
  g_signal_emit_by_name (display_child (f->r.page, "files_box"), "row-activated",
                         get_row (f, "files_box", 1));
  wait_for_end (f);
  g_assert_cmpstr (display_label (get_transfer (f), "state_label"), ==, "Downloaded. 5 bytes.");
  g_assert_true (g_file_load_contents (copy, NULL, &data, NULL, NULL, NULL));
  g_assert_cmpstr (data, ==, "hello");
  g_assert_cmpstr (f->opened, ==, g_file_peek_path (copy));

  gtk_widget_activate_action (GTK_WIDGET (get_transfer (f)), "errand.end", NULL);
  g_assert_null (get_row (f, "transfers_box", 0));
  g_assert_false (display_is_shown (f->r.page, "transfers_group"));
}

/* REST-121: what could run is never opened. */
static void
test_files_page_never_runs (FilesFixture  *f,
                            gconstpointer  unused)
{
  open_page (f, "/files/drawings");
  wait_for_rows (f);
  gtk_widget_activate_action (GTK_WIDGET (get_row (f, "files_box", 2)), "file.open", NULL);
  g_assert_cmpuint (f->r.toasts->len, ==, 1);
  g_assert_cmpstr (f->r.toasts->pdata[0], ==,
                   "This file could run a program, so it's only saved.");
  g_assert_null (get_row (f, "transfers_box", 0));
}

static GtkWindow *
find_dialog (FilesFixture *f)
{
  g_autoptr(GList) windows = gtk_window_list_toplevels ();

  for (GList *link = windows; link != NULL; link = link->next)
    if (ADW_IS_MESSAGE_DIALOG (link->data))
      return link->data;

  return NULL;
}

static void
test_files_page_asks_before_deleting (FilesFixture  *f,
                                      gconstpointer  unused)
{
  open_page (f, "/files/drawings");
  wait_for_rows (f);
  gtk_widget_activate_action (GTK_WIDGET (get_row (f, "files_box", 1)), "file.remove", NULL);
  g_assert_cmpstr (adw_message_dialog_get_heading (ADW_MESSAGE_DIALOG (find_dialog (f))), ==,
                   "Delete “Read me.txt”?");
  g_assert_cmpuint (f->n_deleted, ==, 0);

  adw_message_dialog_response (ADW_MESSAGE_DIALOG (find_dialog (f)), "delete");
  kvar_test_wait_until (f->n_deleted == 1);
  kvar_test_wait_until (get_row (f, "files_box", 2) == NULL);
  assert_rows (f, "property-1|setup.exe");
  kvar_test_settle ();
}

static char *
make_file (FilesFixture *f,
           const char   *name)
{
  char *path = g_build_filename (f->r.display.state_dir, name, NULL);

  g_assert_true (g_file_set_contents (path, "text", -1, NULL));

  return path;
}

static void
test_files_page_uploads (FilesFixture  *f,
                         gconstpointer  unused)
{
  g_autofree char *path = make_file (f, "plan.txt");

  f->exists = TRUE;
  open_page (f, "/files/drawings/property-1");
  wait_for_rows (f);
  records_activate (f->r.page, "upload-file", g_variant_new_string (path));
  wait_for_end (f);
  g_assert_cmpstr (f->uploaded, ==, "/storage/v1/object/drawings/property-1/plan.txt");
  g_assert_cmpstr (display_label (get_transfer (f), "state_label"), ==,
                   "There's already a file with this name.");
  g_assert_cmpstr (gtk_button_get_label (display_child (get_transfer (f), "again_button")), ==,
                   "Replace");

  gtk_widget_activate_action (GTK_WIDGET (get_transfer (f)), "errand.again", NULL);
  wait_for_end (f);
  g_assert_cmpstr (display_label (get_transfer (f), "state_label"), ==,
                   "Uploaded to drawings. 4 bytes.");
  g_assert_null (get_row (f, "transfers_box", 1));
  kvar_test_settle ();
}

/* REST-123: a name in other letters gets one that the server takes, and the person a say. */
static void
test_files_page_proposes_a_name (FilesFixture  *f,
                                 gconstpointer  unused)
{
  g_autofree char *path = make_file (f, "Ritning å.txt");
  AdwMessageDialog *dialog = NULL;
  GtkEditable *entry = NULL;

  open_page (f, "/files/drawings");
  wait_for_rows (f);
  records_activate (f->r.page, "upload-file", g_variant_new_string (path));
  dialog = ADW_MESSAGE_DIALOG (find_dialog (f));
  entry = GTK_EDITABLE (adw_message_dialog_get_extra_child (dialog));
  g_assert_cmpstr (gtk_editable_get_text (entry), ==, "Ritning a.txt");
  gtk_editable_set_text (entry, "å");
  g_assert_false (adw_message_dialog_get_response_enabled (dialog, "upload"));
  gtk_editable_set_text (entry, "b.txt");
  adw_message_dialog_response (dialog, "upload");
  wait_for_end (f);
  g_assert_cmpstr (f->uploaded, ==, "/storage/v1/object/drawings/b.txt");
  kvar_test_settle ();
}

/* Only a project that keeps files has a row for them. */
static void
test_sidebar_shows_files (FilesFixture  *f,
                          gconstpointer  unused)
{
  GtkWidget *sidebar = g_object_new (KVAR_TYPE_TABLE_SIDEBAR, NULL);
  KvarBucketList *buckets = NULL;

  buckets = kvar_files_get_buckets (kvar_workspace_get_files (f->r.display.workspace));
  kvar_table_sidebar_set_workspace (KVAR_TABLE_SIDEBAR (sidebar), f->r.display.workspace);
  display_show (&f->r.display, sidebar);
  g_assert_false (display_is_shown (sidebar, "files_row"));

  f->buckets = "[]";
  kvar_bucket_list_refresh (buckets);
  kvar_test_wait_until (!kvar_bucket_list_get_loading (buckets));
  kvar_test_settle ();
  g_assert_true (gtk_widget_get_visible (display_child (sidebar, "files_row")));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();

#define ADD(path, test) \
  g_test_add ("/files-page/" path, FilesFixture, NULL, files_set_up, test, files_tear_down)
  ADD ("lists-buckets", test_files_page_lists_buckets);
  ADD ("REST-119/takes-a-name", test_files_page_takes_a_name);
  ADD ("lists-a-folder", test_files_page_lists_a_folder);
  ADD ("takes-the-focus", test_files_page_takes_the_focus);
  ADD ("goes-up", test_files_page_goes_up);
  ADD ("says-why-not", test_files_page_says_why_not);
  ADD ("REST-117/empty-or-hidden", test_files_page_empty);
  ADD ("fetches-to-open", test_files_page_fetches_to_open);
  ADD ("REST-121/never-runs", test_files_page_never_runs);
  ADD ("asks-before-deleting", test_files_page_asks_before_deleting);
  ADD ("uploads", test_files_page_uploads);
  ADD ("REST-123/proposes-a-name", test_files_page_proposes_a_name);
  ADD ("sidebar-shows-files", test_sidebar_shows_files);
#undef ADD

  return g_test_run ();
}
