/* test-schema-refresh.c: the project's schema changes while its pages are open
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The numbers are those of tests/rest-cases.txt.
 */

#include <glib/gstdio.h>

#include "kvar-records-fixture.h"
#include "pages/kvar-record-page.h"
#include "pages/kvar-records-page-private.h"
#include "pages/kvar-tables-page.h"

#define OTHER_SCHEMA \
  "{\"version\":1,\"settings\":{},\"functions\":[],\"relations\":[{\"schema\":\"public\"," \
  "\"name\":\"jobs\",\"kind\":\"table\",\"comment\":\"Now with words\",\"insertable\":true," \
  "\"updatable\":true,\"deletable\":true,\"select_all\":true,\"primary_key\":[\"id\"]," \
  "\"unique_keys\":[],\"foreign_keys\":[],\"columns\":[" \
  RECORDS_COLUMN ("id", "bigint", "bigint", "false", "") "," \
  RECORDS_COLUMN ("title", "text", "text", "false", "") "," \
  RECORDS_COLUMN ("price", "numeric(12,2)", "numeric(12,2)", "true", "") "]}]}"
#define NO_TABLES "{\"version\":1,\"settings\":{},\"functions\":[],\"relations\":[]}"

static const char *told_schema;

static KvarReply *
answer_schema_cb (KvarRequest  *request,
                  gpointer      user_data,
                  GError      **error)
{
  return kvar_test_reply_new (200, told_schema);
}

static KvarReply *
answer_gone_cb (KvarRequest  *request,
                gpointer      user_data,
                GError      **error)
{
  return kvar_test_reply_new (404, "{\"code\":\"PGRST205\",\"message\":\"Could not find the table "
                                   "'public.jobs' in the schema cache\"}");
}

static KvarReply *
answer_denied_cb (KvarRequest  *request,
                  gpointer      user_data,
                  GError      **error)
{
  return kvar_test_reply_new (403, "{\"code\":\"42501\",\"message\":\"permission denied for table "
                                   "jobs\",\"hint\":\"Grant the required privileges\"}");
}

/* From now on the project tells @schema, and its rows are @answer's. */
static void
change_project (RecordsFixture           *f,
                const char               *schema,
                KvarTestTransportHandler  answer)
{
  told_schema = schema;
  if (answer != NULL)
    kvar_test_transport_on (f->display.transport, "GET", "/rest/v1/jobs", answer, f);
  kvar_test_transport_on (f->display.transport, "GET", "/rest/v1/rpc/kvar_schema",
                          answer_schema_cb, f);
}

static KvarRecordsPage *
open_list (RecordsFixture *f)
{
  records_open (f, KVAR_TYPE_RECORDS_PAGE, "/records/jobs");
  kvar_test_wait_until (KVAR_RECORDS_PAGE (f->page)->list != NULL);
  kvar_test_settle ();
  g_assert_cmpuint (kvar_records_page_get_n_rows (KVAR_RECORDS_PAGE (f->page)), ==, 3);

  return KVAR_RECORDS_PAGE (f->page);
}

static void
load_schema (RecordsFixture *f)
{
  KvarSchema *before = kvar_workspace_get_schema (f->display.workspace);

  kvar_workspace_load_schema (f->display.workspace);
  kvar_test_wait_until (!kvar_workspace_get_loading (f->display.workspace));
  kvar_test_settle ();
  g_assert_true (kvar_workspace_get_schema (f->display.workspace) != before);
}

/* Text, cursor and focus are the person's, whatever becomes of the table meanwhile. */
static void
test_form_is_not_disturbed (RecordsFixture *f,
                            gconstpointer   unused)
{
  static const char *const schemas[] = { OTHER_SCHEMA, NO_TABLES };
  GtkEditable *entry = NULL;
  GtkWidget *focus = NULL;

  records_open (f, KVAR_TYPE_RECORD_PAGE, "/records/jobs/1");
  kvar_test_wait_until (g_strcmp0 (records_stack_page (f->page), "form") == 0);
  kvar_form_focus_field (records_form (f->page), "price", -1);
  entry = records_entry (f->page, "price");
  gtk_editable_set_text (entry, "12.5 and");
  gtk_editable_set_position (entry, 4);
  focus = gtk_window_get_focus (GTK_WINDOW (f->display.window));
  g_assert_true (gtk_widget_is_ancestor (focus, GTK_WIDGET (entry)) ||
                 focus == GTK_WIDGET (entry));

  for (gsize i = 0; i < G_N_ELEMENTS (schemas); i++)
    {
      change_project (f, schemas[i], NULL);
      load_schema (f);
      g_assert_cmpstr (records_stack_page (f->page), ==, "form");
      g_assert_true (records_entry (f->page, "price") == entry);
      g_assert_cmpstr (gtk_editable_get_text (entry), ==, "12.5 and");
      g_assert_cmpint (gtk_editable_get_position (entry), ==, 4);
      g_assert_true (gtk_window_get_focus (GTK_WINDOW (f->display.window)) == focus);
    }
}

static char *
dup_clipboard (RecordsFixture *f)
{
  GdkClipboard *clipboard = gtk_widget_get_clipboard (GTK_WIDGET (f->page));
  g_autoptr(GAsyncResult) result = NULL;

  gdk_clipboard_read_text_async (clipboard, NULL, kvar_test_keep_result, &result);
  kvar_test_wait_until (result != NULL);

  return gdk_clipboard_read_text_finish (clipboard, result, NULL);
}

/* What is seen of a table that is no more stays, and can be taken along. */
static void
test_rows_stay (RecordsFixture *f,
                gconstpointer   unused)
{
  KvarRecordsPage *page = open_list (f);
  g_autofree char *copied = NULL;

  change_project (f, NO_TABLES, answer_gone_cb);
  records_activate (f->page, "refresh", NULL);
  kvar_test_wait_until (*gtk_label_get_label (page->problem_label) != '\0');
  load_schema (f);
  g_assert_cmpstr (records_stack_page (f->page), ==, "list");
  g_assert_cmpuint (kvar_records_page_get_n_rows (page), ==, 3);
  g_assert_cmpstr (gtk_label_get_label (page->problem_label), ==,
                   "This table isn't available in the project.");

  kvar_grid_set_cursor (page->grid, 0, NULL);
  g_signal_emit_by_name (page->grid, "copy", FALSE);
  copied = dup_clipboard (f);
  g_assert_nonnull (strstr (copied, "Roof"));
}

/* It is said above them that they are all there is, and they go along in one step. */
static void
test_rows_are_copied (RecordsFixture *f,
                      gconstpointer   unused)
{
  KvarRecordsPage *page = open_list (f);
  g_autofree char *copied = NULL;
  guint n_requests;

  g_assert_false (gtk_revealer_get_reveal_child (page->gone_revealer));
  change_project (f, NO_TABLES, answer_gone_cb);
  records_activate (f->page, "refresh", NULL);
  kvar_test_wait_until (gtk_revealer_get_reveal_child (page->gone_revealer));
  g_assert_true (g_str_has_prefix (gtk_label_get_label (page->gone_label),
                                   "This table is no longer in the project."));
  kvar_test_settle ();

  n_requests = records_count (f, "GET", "");
  g_signal_emit_by_name (page->gone_button, "clicked");
  copied = dup_clipboard (f);
  g_assert_cmpuint (records_count (f, "GET", ""), ==, n_requests);
  g_assert_true (g_str_has_prefix (copied, "Title\t") || strstr (copied, "\tTitle\t") != NULL);
  g_assert_nonnull (strstr (copied, "Roof"));
  g_assert_nonnull (strstr (copied, "Cellar"));
  g_assert_nonnull (strstr (copied, "Attic"));
  g_assert_cmpuint (f->toasts->len, ==, 1);
  g_assert_cmpstr (g_ptr_array_index (f->toasts, 0), ==, "3 records copied");

  /* It was renamed for a moment only. */
  kvar_test_transport_on (f->display.transport, "GET", "/rest/v1/jobs", records_answer_cb, f);
  gtk_widget_grab_focus (page->gone_button);
  records_activate (f->page, "refresh", NULL);
  kvar_test_wait_until (!gtk_revealer_get_reveal_child (page->gone_revealer));
  g_assert_true (display_has_focus (page->grid));
}

/* It is said once, in our words, with what the project's owner needs for it. */
static void
test_grant_can_be_copied (RecordsFixture *f,
                          gconstpointer   unused)
{
  g_autofree char *copied = NULL;
  AdwStatusPage *message = NULL;
  GtkWidget *status = NULL;
  guint n_requests;

  kvar_test_transport_on (f->display.transport, "GET", "/rest/v1/jobs", answer_denied_cb, f);
  records_open (f, KVAR_TYPE_RECORDS_PAGE, "/records/jobs");
  status = display_child (f->page, "status");
  message = display_child (status, "message");
  kvar_test_wait_until (g_strcmp0 (adw_status_page_get_title (message),
                                   "You may not read this table") == 0);
  g_assert_null (strstr (adw_status_page_get_description (message), "privileges"));
  g_assert_true (display_is_shown (status, "button"));

  n_requests = records_count (f, "GET", "xmin");
  g_assert_cmpuint (n_requests, >, 0);
  kvar_clock_advance (f->display.clock, KVAR_CLOCK_MINUTE);
  kvar_test_settle ();
  g_assert_cmpuint (records_count (f, "GET", "xmin"), ==, n_requests);

  g_signal_emit_by_name (display_child (status, "button"), "clicked");
  copied = dup_clipboard (f);
  g_assert_cmpstr (copied, ==,
                   "GRANT SELECT ON \"public\".\"jobs\" TO \"authenticated\";\n");
  g_assert_cmpuint (f->toasts->len, ==, 1);
}

/* What is no file of tables is said. The loader's own tests open one that is. */
static void
test_file_is_opened (RecordsFixture *f,
                     gconstpointer   unused)
{
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "kvar-schema-XXXXXX", NULL);
  int fd = g_mkstemp (path);

  g_assert_cmpint (fd, >=, 0);
  g_close (fd, NULL);
  records_open (f, KVAR_TYPE_TABLES_PAGE, "/records");

  g_assert_true (g_file_set_contents (path, "{\"name\":\"package\"}", -1, NULL));
  records_activate (f->page, "open-schema-file", g_variant_new_string (path));
  kvar_test_wait_until (*display_label (f->page, "file_label") != '\0');
  g_assert_cmpstr (display_label (f->page, "file_label"), ==,
                   "This file doesn't describe the tables of a project.");
  g_unlink (path);

  records_activate (f->page, "open-schema-file", g_variant_new_string (path));
  kvar_test_wait_until (g_str_equal (display_label (f->page, "file_label"),
                                     "This file can't be read."));
}

static void
add (const char *path,
     void      (*test) (RecordsFixture *, gconstpointer))
{
  g_test_add (path, RecordsFixture, NULL, records_set_up, test, records_tear_down);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();

  add ("/schema-refresh/form-is-not-disturbed", test_form_is_not_disturbed);
  add ("/schema-refresh/REST-14/rows-stay", test_rows_stay);
  add ("/schema-refresh/REST-14/rows-are-copied", test_rows_are_copied);
  add ("/schema-refresh/REST-9/grant-can-be-copied", test_grant_can_be_copied);
  add ("/schema-refresh/file-is-opened", test_file_is_opened);

  return g_test_run ();
}
