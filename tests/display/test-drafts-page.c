/* test-drafts-page.c: what is typed and not on the server, what was discarded, what was saved
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "kvar-records-fixture.h"
#include "pages/kvar-drafts-page.h"
#include "pages/kvar-record-page.h"
#include "widgets/kvar-draft-row.h"

#define CHANGED(title) \
  "{\"id\":\"1\",\"title\":\"" title "\",\"price\":\"12.50\",\"due_on\":null," \
  "\"remark\":null,\"done\":null,\"xmin\":\"812\"}"

static KvarTable *
jobs (RecordsFixture *f)
{
  return kvar_schema_find_table (kvar_workspace_get_schema (f->display.workspace), "jobs");
}

static KvarDraft *
open_draft (RecordsFixture *f)
{
  KvarStore *store = kvar_workspace_get_store (f->display.workspace);
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(KvarRecord) record = NULL;

  kvar_store_load_async (store, jobs (f), "1", NULL, kvar_test_keep_result, &result);
  kvar_test_wait_until (result != NULL);
  record = kvar_store_load_finish (store, result, NULL);
  g_assert_nonnull (record);

  return kvar_draft_store_open (kvar_workspace_get_drafts (f->display.workspace), jobs (f), "1",
                                record);
}

static KvarDraft *
type (RecordsFixture *f,
      const char     *title)
{
  KvarDraft *draft = open_draft (f);

  kvar_draft_set_input (draft, kvar_table_find_column (jobs (f), "title"), title);

  return draft;
}

static void
save (RecordsFixture *f,
      KvarDraft      *draft)
{
  KvarOutbox *outbox = kvar_workspace_get_outbox (f->display.workspace);
  g_autoptr(GAsyncResult) result = NULL;
  KvarRecord *saved = NULL;

  kvar_outbox_save_async (outbox, draft, kvar_test_keep_result, &result);
  kvar_test_wait_until (result != NULL);
  saved = kvar_outbox_save_finish (outbox, result, NULL);
  g_clear_object (&saved);
}

static void
open_page (RecordsFixture *f)
{
  records_open (f, KVAR_TYPE_DRAFTS_PAGE, "/drafts");
}

static guint
count_rows (RecordsFixture *f,
            const char     *box)
{
  guint n = 0;

  while (gtk_list_box_get_row_at_index (GTK_LIST_BOX (display_child (f->page, box)), n) != NULL)
    n++;

  return n;
}

static GtkListBoxRow *
first_row (RecordsFixture *f,
           const char     *box)
{
  return gtk_list_box_get_row_at_index (GTK_LIST_BOX (display_child (f->page, box)), 0);
}

static GtkWidget *
find_button (GtkWidget *widget)
{
  if (GTK_IS_BUTTON (widget))
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget);
       child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_button (child);

      if (found != NULL)
        return found;
    }

  return NULL;
}

static void
test_drafts_page_is_empty (RecordsFixture *f,
                           gconstpointer   unused)
{
  open_page (f);
  g_assert_cmpstr (records_stack_page (f->page), ==, "empty");
}

/* Typed, then waiting, then refused: in another group each time, and gone when it is saved. */
static void
test_drafts_page_follows_the_state (RecordsFixture *f,
                                    gconstpointer   unused)
{
  g_autoptr(KvarDraft) draft = type (f, "Boat");

  open_page (f);
  g_assert_cmpuint (count_rows (f, "open_box"), ==, 1);

  f->offline = TRUE;
  save (f, draft);
  g_assert_cmpuint (count_rows (f, "open_box"), ==, 0);
  g_assert_cmpuint (count_rows (f, "queued_box"), ==, 1);

  f->offline = FALSE;
  f->status = 403;
  f->reply = "{\"code\":\"42501\",\"message\":\"permission denied\"}";
  gtk_widget_activate_action (GTK_WIDGET (first_row (f, "queued_box")), "draft.retry", NULL);
  kvar_test_wait_until (count_rows (f, "parked_box") == 1);
  g_assert_cmpuint (count_rows (f, "queued_box"), ==, 0);

  f->status = 200;
  f->reply = CHANGED ("Boat");
  gtk_widget_activate_action (GTK_WIDGET (first_row (f, "parked_box")), "draft.retry", NULL);
  kvar_test_wait_until (g_strcmp0 (records_stack_page (f->page), "empty") == 0);
}

static void
test_drafts_page_opens_the_record (RecordsFixture *f,
                                   gconstpointer   unused)
{
  g_autoptr(KvarDraft) draft = type (f, "Boat");

  open_page (f);
  g_signal_emit_by_name (display_child (f->page, "open_box"), "row-activated",
                         first_row (f, "open_box"));
  g_assert_cmpstr (f->navigated, ==, "/records/jobs/1");
}

static void
test_drafts_page_restores_what_was_discarded (RecordsFixture *f,
                                              gconstpointer   unused)
{
  g_autoptr(KvarDraft) draft = type (f, "Boat");
  g_autofree char *title = NULL;

  open_page (f);
  gtk_widget_activate_action (GTK_WIDGET (first_row (f, "open_box")), "draft.discard", NULL);
  g_assert_false (kvar_draft_get_changed (draft));
  kvar_test_wait_until (count_rows (f, "discarded_box") == 1);

  display_click (find_button (GTK_WIDGET (first_row (f, "discarded_box"))));
  g_assert_cmpuint (count_rows (f, "open_box"), ==, 1);
  title = kvar_draft_get_input (draft, kvar_table_find_column (jobs (f), "title"));
  g_assert_cmpstr (title, ==, "Boat");
}

/* The field is gone from the table; what was typed into it is not. */
static void
test_drafts_page_copies_lost_text (RecordsFixture *f,
                                   gconstpointer   unused)
{
  g_autoptr(KvarDraft) draft = type (f, "Boat");
  g_autoptr(GVariant) typed = NULL;

  typed = g_variant_ref_sink (g_variant_new_parsed ("{'gone': (@ms 'Once typed', @ms nothing)}"));
  kvar_draft_restore_changes (draft, typed);
  open_page (f);

  g_assert_cmpuint (count_rows (f, "lost_box"), ==, 1);
  g_assert_cmpstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (first_row (f, "lost_box"))), ==,
                   "Once typed");
}

/* What was saved from here is listed with what was there before, which Undo brings back into
 * the record's form. */
static void
test_drafts_page_takes_an_edit_back (RecordsFixture *f,
                                     gconstpointer   unused)
{
  g_autoptr(KvarDatabase) database = kvar_journal_new_database (f->display.state_dir);
  g_autoptr(KvarDraft) draft = NULL;
  g_autofree char *title = NULL;

  kvar_workspace_set_journal_database (f->display.workspace, database);
  draft = type (f, "Boat");
  f->reply = CHANGED ("Boat");
  save (f, draft);
  kvar_test_rows_clear (f->rows);
  records_add_row (f, "1", "Boat", "12.50");

  open_page (f);
  kvar_test_wait_until (count_rows (f, "edits_box") == 1);
  g_assert_nonnull (strstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (first_row (f,
                                                                                     "edits_box"))),
                            "Roof → Boat"));

  display_click (find_button (GTK_WIDGET (first_row (f, "edits_box"))));
  kvar_test_wait_until (f->navigated != NULL);
  g_assert_cmpstr (f->navigated, ==, "/records/jobs/1");
  title = kvar_draft_get_input (draft, kvar_table_find_column (jobs (f), "title"));
  g_assert_cmpstr (title, ==, "Roof");
}

/* As after a crash: another workspace of the same user over the same journal. */
static void
test_record_says_what_was_restored (RecordsFixture *f,
                                    gconstpointer   unused)
{
  g_autoptr(KvarDatabase) database = kvar_journal_new_database (f->display.state_dir);
  g_autoptr(GAsyncResult) result = NULL;
  KvarDraftStore *drafts = kvar_workspace_get_drafts (f->display.workspace);
  KvarDraft *draft = NULL;

  kvar_workspace_set_journal_database (f->display.workspace, database);
  draft = type (f, "Boat");
  kvar_draft_store_flush_async (drafts, NULL, kvar_test_keep_result, &result);
  kvar_test_wait_until (result != NULL);
  g_assert_true (kvar_draft_store_flush_finish (drafts, result, NULL));
  g_object_unref (draft);
  g_clear_object (&result);
  kvar_test_settle ();
  g_assert_finalize_object (g_steal_pointer (&f->display.workspace));

  display_add_workspace (&f->display);
  kvar_workspace_set_journal_database (f->display.workspace, database);
  drafts = kvar_workspace_get_drafts (f->display.workspace);
  kvar_test_wait_until (kvar_draft_store_get_loaded (drafts) &&
                        g_list_model_get_n_items (G_LIST_MODEL (drafts)) == 1);
  records_open (f, KVAR_TYPE_RECORD_PAGE, "/records/jobs/1");
  kvar_test_wait_until (g_strcmp0 (records_stack_page (f->page), "form") == 0);

  g_assert_true (display_is_shown (f->page, "restored_box"));
  g_assert_true (g_str_has_prefix (display_label (f->page, "restored_label"),
                                   "Unsaved changes from "));
  g_assert_cmpstr (gtk_editable_get_text (records_entry (f->page, "title")), ==, "Boat");

  kvar_page_set_hushed (f->page, TRUE);
  g_assert_false (display_is_shown (f->page, "restored_box"));
  kvar_page_set_hushed (f->page, FALSE);

  records_activate (f->page, "compare", NULL);
  g_assert_cmpstr (records_stack_page (f->page), ==, "changes");
  records_activate (f->page, "discard", NULL);
  g_assert_false (display_is_shown (f->page, "restored_box"));
}

#define ADD(path, func) \
  g_test_add ("/drafts-page/" path, RecordsFixture, NULL, records_set_up, func, records_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();

  ADD ("is-empty", test_drafts_page_is_empty);
  ADD ("DRF-9/follows-the-state", test_drafts_page_follows_the_state);
  ADD ("opens-the-record", test_drafts_page_opens_the_record);
  ADD ("DRF-2/restores-what-was-discarded", test_drafts_page_restores_what_was_discarded);
  ADD ("DRF-2/says-what-was-restored", test_record_says_what_was_restored);
  ADD ("DRF-12/copies-lost-text", test_drafts_page_copies_lost_text);
  ADD ("DRF-14/takes-an-edit-back", test_drafts_page_takes_an_edit_back);

  return g_test_run ();
}
