/* test-records-bulk.c: many records at once: all that match selected, copied, changed, deleted
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kvar-records-fixture.h"
#include "pages/kvar-paste-dialog.h"
#include "pages/kvar-records-page-private.h"

#define N_ROWS 3000

static KvarGrid *
get_grid (RecordsFixture *f)
{
  return display_child (f->page, "grid");
}

static KvarGridSelection *
get_selection (RecordsFixture *f)
{
  return kvar_grid_get_selection (get_grid (f));
}

static guint
get_n_loaded (RecordsFixture *f)
{
  GtkFlattenListModel *rows = GTK_FLATTEN_LIST_MODEL (kvar_grid_get_model (get_grid (f)));
  g_autoptr(KvarRecordList) list =
    g_list_model_get_item (gtk_flatten_list_model_get_model (rows), 0);

  return kvar_record_list_get_n_loaded (list);
}

static gboolean
press (GtkWidget       *widget,
       guint            keyval,
       GdkModifierType  state)
{
  g_autoptr(GListModel) controllers = gtk_widget_observe_controllers (widget);
  gboolean handled = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (controllers) && !handled; i++)
    {
      g_autoptr(GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_EVENT_CONTROLLER_KEY (controller))
        g_signal_emit_by_name (controller, "key-pressed", keyval, 0, state, &handled);
    }

  return handled;
}

static void
select_all (RecordsFixture *f)
{
  g_assert_true (press (GTK_WIDGET (get_grid (f)), GDK_KEY_a, GDK_CONTROL_MASK));
}

/* How many are selected, as the page says it. */
static void
assert_selected (RecordsFixture *f,
                 guint           n)
{
  g_autofree char *expected = g_strdup_printf ("· %u selected", n);
  const char *count = display_label (f->page, "count_label");
  g_autoptr(GString) plain = g_string_new (count);

  g_string_replace (plain, ",", "", 0);
  if (!g_str_has_suffix (plain->str, expected))
    g_error ("“%s” does not say “%s”", count, expected);
}

static gboolean
count_says (RecordsFixture *f,
            const char     *part)
{
  return strstr (display_label (f->page, "count_label"), part) != NULL;
}

/* More jobs than are loaded at first, whose number is known. */
static void
open_many (RecordsFixture *f)
{
  for (guint i = 4; i <= N_ROWS; i++)
    {
      g_autofree char *id = g_strdup_printf ("%u", i);

      records_add_row (f, id, "Wall", "1.00");
    }

  records_open (f, KVAR_TYPE_RECORDS_PAGE, "/records/jobs?select=title,price");
  kvar_test_wait_until (count_says (f, "of 3,000"));
  g_assert_cmpuint (get_n_loaded (f), <, N_ROWS);
}

static char *
dup_copied (RecordsFixture *f)
{
  GdkClipboard *clipboard = gtk_widget_get_clipboard (GTK_WIDGET (f->page));
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  char *text;

  gdk_clipboard_read_text_async (clipboard, NULL, kvar_test_keep_result, &result);
  kvar_test_wait_until (result != NULL);
  text = gdk_clipboard_read_text_finish (clipboard, result, &error);
  g_assert_no_error (error);

  return text;
}

static void
test_records_bulk_offers_all_that_match (RecordsFixture *f,
                                         gconstpointer   unused)
{
  GtkButton *button;

  open_many (f);
  button = display_child (f->page, "select_all_button");
  g_assert_false (records_action_enabled (f->page, "select-all-matching"));
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (button)));

  select_all (f);
  assert_selected (f, get_n_loaded (f));
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (button)));
  g_assert_cmpstr (gtk_button_get_label (button), ==, "Select all 3,000 matching records");

  select_all (f);
  g_assert_true (kvar_grid_selection_get_all_matching (get_selection (f)));
  assert_selected (f, N_ROWS);
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (button)));

  /* One record less is no longer all that match. */
  g_assert_true (press (GTK_WIDGET (get_grid (f)), GDK_KEY_space, GDK_CONTROL_MASK));
  assert_selected (f, get_n_loaded (f) - 1);
  g_assert_false (kvar_grid_selection_get_all_matching (get_selection (f)));
}

static void
test_records_bulk_selects_what_comes_later (RecordsFixture *f,
                                            gconstpointer   unused)
{
  guint n;

  open_many (f);
  select_all (f);
  records_activate (f->page, "select-all-matching", NULL);
  n = get_n_loaded (f);
  kvar_grid_set_cursor (get_grid (f), N_ROWS - 1, NULL);
  kvar_test_wait_until (get_n_loaded (f) > n);

  g_assert_true (kvar_grid_selection_get_all_matching (get_selection (f)));
  g_assert_cmpuint (kvar_grid_selection_get_n_rows (get_selection (f)), ==, N_ROWS);
  assert_selected (f, N_ROWS);
}

/* Many rows at once are those that are here: nobody copies what has not come. */
static void
test_records_bulk_leaves_out_what_has_not_come (RecordsFixture *f,
                                                gconstpointer   unused)
{
  open_many (f);
  g_assert_true (press (GTK_WIDGET (get_grid (f)), GDK_KEY_End,
                        GDK_CONTROL_MASK | GDK_SHIFT_MASK));
  g_assert_cmpuint (kvar_grid_get_cursor_row (get_grid (f)), ==, N_ROWS - 1);
  assert_selected (f, get_n_loaded (f));
  kvar_test_wait_until (get_n_loaded (f) > 200);
  assert_selected (f, 200);
}

static void
test_records_bulk_offers_nothing_more (RecordsFixture *f,
                                       gconstpointer   unused)
{
  records_open (f, KVAR_TYPE_RECORDS_PAGE, "/records/jobs");
  kvar_test_wait_until (count_says (f, "3 records"));
  select_all (f);
  select_all (f);

  g_assert_false (records_action_enabled (f->page, "select-all-matching"));
  g_assert_false (kvar_grid_selection_get_all_matching (get_selection (f)));
  assert_selected (f, 3);
}

static void
test_records_bulk_copies_all_that_match (RecordsFixture *f,
                                         gconstpointer   unused)
{
  g_autofree char *text = NULL;
  g_auto(GStrv) lines = NULL;

  open_many (f);
  select_all (f);
  select_all (f);
  g_signal_emit_by_name (get_grid (f), "copy", TRUE);
  kvar_test_wait_until (f->toasts->len == 2);

  g_assert_cmpstr (g_ptr_array_index (f->toasts, 0), ==, "Copying all records that match…");
  g_assert_cmpstr (g_ptr_array_index (f->toasts, 1), ==, "3,000 records copied");
  text = dup_copied (f);
  lines = g_strsplit (text, "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, N_ROWS + 1);
  g_assert_cmpstr (lines[0], ==, "Title\tPrice");
  g_assert_cmpstr (lines[N_ROWS], ==, "Wall\t1.00");
}

static void
open_three (RecordsFixture *f)
{
  records_open (f, KVAR_TYPE_RECORDS_PAGE, "/records/jobs");
  kvar_test_wait_until (count_says (f, "3 records"));
}

static gboolean
is_struck (RecordsFixture *f,
           guint           row)
{
  g_autoptr(GObject) item = g_list_model_get_item (kvar_grid_get_model (get_grid (f)), row);

  return kvar_grid_source_is_struck (KVAR_GRID_SOURCE (KVAR_RECORDS_PAGE (f->page)->source), item);
}

static void
delete_first_two (RecordsFixture *f)
{
  kvar_grid_selection_select_range (get_selection (f), 0, 2);
  g_assert_true (press (GTK_WIDGET (get_grid (f)), GDK_KEY_Delete, 0));
}

static void
test_records_bulk_waits_with_deletes (RecordsFixture *f,
                                      gconstpointer   unused)
{
  GtkWidget *bar;

  open_three (f);
  g_assert_false (press (GTK_WIDGET (get_grid (f)), GDK_KEY_Delete, 0));
  delete_first_two (f);
  bar = display_child (f->page, "bulk_bar");
  g_assert_cmpstr (display_label (bar, "label"), ==, "2 records deleted.");
  g_assert_true (is_struck (f, 0) && is_struck (f, 1) && !is_struck (f, 2));
  g_assert_cmpuint (kvar_grid_selection_get_n_rows (get_selection (f)), ==, 0);
  g_assert_cmpuint (f->n_sent, ==, 0);

  records_activate (f->page, "bulk-undo", NULL);
  g_assert_false (is_struck (f, 0));
  kvar_clock_advance (f->display.clock, KVAR_CLOCK_MINUTE);
  kvar_test_settle ();
  g_assert_cmpuint (f->n_sent, ==, 0);
}

/* One of two is gone; the other one is still there when it is looked for. */
static void
test_records_bulk_tells_deletes_apart (RecordsFixture *f,
                                       gconstpointer   unused)
{
  GtkWidget *bar;

  open_three (f);
  f->reply = "[{\"id\":\"1\"}]";
  delete_first_two (f);
  kvar_clock_advance (f->display.clock, KVAR_OUTBOX_DELETE_AFTER);
  kvar_test_wait_until (f->n_sent == 1);
  g_assert_cmpuint (records_count (f, "DELETE", "id=in.(1,2)"), ==, 1);

  bar = display_child (f->page, "bulk_bar");
  kvar_test_wait_until (g_str_equal (display_label (bar, "label"),
                                     "1 record deleted. You may not delete 1."));
  g_assert_cmpuint (kvar_outbox_get_n_parked (
                      kvar_workspace_get_outbox (f->display.workspace)), ==, 1);
}

/* Another window shows the same rows. */
static void
test_records_bulk_tells_other_lists (RecordsFixture *f,
                                     gconstpointer   unused)
{
  g_autoptr(KvarRecordList) other = NULL;
  g_autoptr(KvarQuery) query = kvar_query_new ();

  open_three (f);
  other = kvar_record_list_new (f->display.session, KVAR_RECORDS_PAGE (f->page)->table, query,
                                NULL);
  kvar_record_list_follow (other, kvar_workspace_get_store (f->display.workspace));
  kvar_record_list_load_more (other);
  kvar_test_wait_until (g_list_model_get_n_items (G_LIST_MODEL (other)) == 3);

  f->reply = "[{\"id\":\"1\"},{\"id\":\"2\"}]";
  delete_first_two (f);
  kvar_test_rows_clear (f->rows);
  records_add_row (f, "3", "Attic", NULL);
  kvar_clock_advance (f->display.clock, KVAR_OUTBOX_DELETE_AFTER);
  kvar_test_wait_until (g_list_model_get_n_items (G_LIST_MODEL (other)) == 1);
  kvar_test_wait_until (count_says (f, "1 record"));
}

/* Leaving the list is making up one's mind. */
static void
test_records_bulk_deletes_when_left (RecordsFixture *f,
                                     gconstpointer   unused)
{
  open_three (f);
  f->reply = "[{\"id\":\"1\"},{\"id\":\"2\"}]";
  delete_first_two (f);
  gtk_widget_set_visible (GTK_WIDGET (f->page), FALSE);
  kvar_test_wait_until (f->n_sent == 1);
  kvar_test_wait_until (kvar_outbox_get_n_waiting (
                          kvar_workspace_get_outbox (f->display.workspace)) == 0);
  g_assert_false (display_is_shown (display_child (f->page, "bulk_bar"), "label"));
}

/* What is typed into a record is not swept away with it. */
static void
test_records_bulk_keeps_drafts (RecordsFixture *f,
                                gconstpointer   unused)
{
  KvarDraftStore *drafts = kvar_workspace_get_drafts (f->display.workspace);
  g_autoptr(KvarRecord) record = NULL;
  g_autoptr(KvarDraft) draft = NULL;

  open_three (f);
  record = g_list_model_get_item (kvar_grid_get_model (get_grid (f)), 0);
  draft = kvar_draft_store_open (drafts, kvar_record_get_table (record), "1", record);
  kvar_draft_set_input (draft, kvar_table_find_column (kvar_record_get_table (record), "title"),
                        "Roofs");
  delete_first_two (f);
  g_assert_true (!is_struck (f, 0) && is_struck (f, 1));
  g_assert_cmpstr (g_ptr_array_index (f->toasts, 0), ==,
                   "Records with changes that aren't saved stay.");
  records_activate (f->page, "bulk-undo", NULL);
  kvar_draft_discard (draft);
}

static KvarKeptBulkRow *
kept_row (const char *key,
          const char *state)
{
  const char *const keys[] = { key, NULL };
  KvarKeptBulkRow *row = g_new0 (KvarKeptBulkRow, 1);

  row->id = g_uuid_string_random ();
  row->state = g_strdup (state);
  row->data = g_variant_ref_sink (g_variant_new ("(^asssmsmsbms)", keys, key, "", "Old", "810",
                                                 FALSE, "New"));

  return row;
}

/* As after a crash: the journal tells of three records, of which the first was changed, and the
 * second sent; that it was changed, too, is for the server to say. */
static void
open_cut_off (RecordsFixture *f)
{
  g_autoptr(KvarDatabase) database = kvar_journal_new_database (f->display.state_dir);
  g_autoptr(KvarJournal) journal = NULL;
  g_autoptr(GAsyncResult) result = NULL;
  KvarKeptBulk *bulk = kvar_kept_bulk_new ();

  bulk->id = g_uuid_string_random ();
  bulk->relation = g_strdup ("jobs");
  bulk->column = g_strdup ("title");
  bulk->began_at = kvar_clock_get_wall (f->display.clock);
  g_ptr_array_add (bulk->rows, kept_row ("1", "done"));
  g_ptr_array_add (bulk->rows, kept_row ("2", "sent"));
  g_ptr_array_add (bulk->rows, kept_row ("3", "pending"));
  journal = kvar_journal_new (database,
                              kvar_project_get_id (kvar_session_get_project (f->display.session)),
                              kvar_session_get_user_id (f->display.session));
  kvar_journal_write_bulk_async (journal, bulk, kvar_test_keep_result, &result);
  kvar_test_wait_until (result != NULL);
  g_assert_true (kvar_journal_write_bulk_finish (journal, result, NULL));

  kvar_test_rows_clear (f->rows);
  records_add_row (f, "1", "New", "12.50");
  records_add_row (f, "2", "New", "7.00");
  records_add_row (f, "3", "Old", NULL);
  kvar_workspace_set_journal_database (f->display.workspace, database);
  open_three (f);
}

static void
wait_for_bar (RecordsFixture *f,
              const char     *text)
{
  GtkWidget *bar = display_child (f->page, "bulk_bar");

  kvar_test_wait_until (g_strcmp0 (display_label (bar, "label"), text) == 0);
}

static void
assert_offers_nothing (RecordsFixture *f)
{
  records_open (f, KVAR_TYPE_RECORDS_PAGE, "/records/jobs");
  kvar_test_wait_until (count_says (f, "3 records"));
  kvar_test_settle ();
  g_assert_null (kvar_bulk_bar_get_job (KVAR_RECORDS_PAGE (f->page)->bulk_bar));
}

static void
test_records_bulk_continues_what_was_cut_off (RecordsFixture *f,
                                              gconstpointer   unused)
{
  open_cut_off (f);
  wait_for_bar (f, "Changing 3 records was cut off: 2 are done.");
  g_assert_cmpuint (f->n_sent, ==, 0);
  kvar_test_wait_until (display_is_shown (display_child (f->page, "bulk_bar"), "leave_button"));

  f->reply = "[{\"id\":\"3\",\"title\":\"New\",\"xmin\":\"820\"}]";
  records_activate (f->page, "bulk-continue", NULL);
  wait_for_bar (f, "3 records changed.");
  g_assert_cmpuint (f->n_sent, ==, 1);
  g_assert_cmpuint (records_count (f, "PATCH", "id=in.(3)"), ==, 1);
  assert_offers_nothing (f);
}

static void
test_records_bulk_undoes_what_was_cut_off (RecordsFixture *f,
                                           gconstpointer   unused)
{
  open_cut_off (f);
  wait_for_bar (f, "Changing 3 records was cut off: 2 are done.");
  f->reply = "[{\"id\":\"1\",\"title\":\"Old\",\"xmin\":\"820\"},"
             "{\"id\":\"2\",\"title\":\"Old\",\"xmin\":\"820\"}]";
  records_activate (f->page, "bulk-undo", NULL);
  wait_for_bar (f, "2 records changed back.");
  g_assert_cmpstr (f->sent, ==, "{\"title\":\"Old\"}");
  g_assert_cmpuint (records_count (f, "PATCH", "title=eq.New"), ==, 1);
  assert_offers_nothing (f);
}

static void
test_records_bulk_leaves_what_was_cut_off (RecordsFixture *f,
                                           gconstpointer   unused)
{
  open_cut_off (f);
  wait_for_bar (f, "Changing 3 records was cut off: 2 are done.");
  records_activate (f->page, "bulk-leave", NULL);
  g_assert_null (kvar_bulk_bar_get_job (KVAR_RECORDS_PAGE (f->page)->bulk_bar));
  assert_offers_nothing (f);
  g_assert_cmpuint (f->n_sent, ==, 0);
}

static GtkWidget *
find_dialog (void)
{
  g_autoptr(GListModel) windows = g_object_ref (gtk_window_get_toplevels ());

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr(GtkWidget) window = g_list_model_get_item (windows, i);

      if (KVAR_IS_PASTE_DIALOG (window))
        return window;
    }

  return NULL;
}

static GtkWidget *
paste (RecordsFixture *f,
       const char     *text)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (f->page)), text);
  records_activate (f->page, "paste-rows", NULL);
  kvar_test_wait_until (find_dialog () != NULL);

  return find_dialog ();
}

/* What can be saved is saved; what cannot is kept as a draft, and nothing is lost. */
static void
test_records_bulk_pastes_rows (RecordsFixture *f,
                               gconstpointer   unused)
{
  KvarOutbox *outbox = kvar_workspace_get_outbox (f->display.workspace);
  KvarDraftStore *drafts = kvar_workspace_get_drafts (f->display.workspace);
  g_autoptr(KvarDraft) draft = NULL;
  GtkWidget *dialog;

  open_three (f);
  dialog = paste (f, "id\tTitle\tPrice\n4\tShed\t3.50\n5\tBarn\tmuch\n");
  g_assert_cmpstr (display_label (dialog, "count_label"), ==,
                   "2 new records.\n1 has a problem and is kept as a draft to be completed.");
  f->status = 201;
  f->reply = "{\"id\":\"4\",\"title\":\"Shed\",\"price\":\"3.50\",\"due_on\":null,"
             "\"remark\":null,\"done\":null,\"xmin\":\"900\"}";
  display_click (display_child (dialog, "add_button"));
  kvar_test_wait_until (f->n_sent == 1);
  g_assert_nonnull (strstr (f->sent, "\"title\":\"Shed\""));
  kvar_test_wait_until (kvar_outbox_get_n_waiting (outbox) == 0);

  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (drafts)), ==, 1);
  draft = g_list_model_get_item (G_LIST_MODEL (drafts), 0);
  g_assert_cmpuint (kvar_draft_get_n_problems (draft), ==, 1);
  kvar_draft_discard (draft);
}

static void
test_records_bulk_pastes_nothing (RecordsFixture *f,
                                  gconstpointer   unused)
{
  GtkWidget *dialog;

  open_three (f);
  dialog = paste (f, "\n\n");
  g_assert_cmpstr (display_label (dialog, "count_label"), ==,
                   "There are no rows on the clipboard.");
  g_assert_false (gtk_widget_is_sensitive (display_child (dialog, "add_button")));
  gtk_window_close (GTK_WINDOW (dialog));
}

#define add(path, func) \
  g_test_add (path, RecordsFixture, NULL, records_set_up, func, records_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();

  add ("/records-bulk/GRID-13/offers-all-that-match", test_records_bulk_offers_all_that_match);
  add ("/records-bulk/GRID-13/selects-what-comes-later",
       test_records_bulk_selects_what_comes_later);
  add ("/records-bulk/GRID-13/leaves-out-what-has-not-come",
       test_records_bulk_leaves_out_what_has_not_come);
  add ("/records-bulk/GRID-13/offers-nothing-more", test_records_bulk_offers_nothing_more);
  add ("/records-bulk/GRID-11/copies-all-that-match", test_records_bulk_copies_all_that_match);

  add ("/records-bulk/deletes/wait-with-undo", test_records_bulk_waits_with_deletes);
  add ("/records-bulk/REST-81/tells-apart", test_records_bulk_tells_deletes_apart);
  add ("/records-bulk/deletes/tell-other-lists", test_records_bulk_tells_other_lists);
  add ("/records-bulk/deletes/go-when-left", test_records_bulk_deletes_when_left);
  add ("/records-bulk/deletes/keep-drafts", test_records_bulk_keeps_drafts);

  add ("/records-bulk/cut-off/continues", test_records_bulk_continues_what_was_cut_off);
  add ("/records-bulk/cut-off/undoes", test_records_bulk_undoes_what_was_cut_off);
  add ("/records-bulk/cut-off/leaves", test_records_bulk_leaves_what_was_cut_off);

  add ("/records-bulk/GRID-12/pastes-rows", test_records_bulk_pastes_rows);
  add ("/records-bulk/GRID-12/pastes-nothing", test_records_bulk_pastes_nothing);

  return g_test_run ();
}
