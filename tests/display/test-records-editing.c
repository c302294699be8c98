/* test-records-editing.c: records are typed into row by row, and nothing is changed by accident
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kvar-records-fixture.h"
#include "pages/kvar-records-page-private.h"
#include "widgets/grid/kvar-grid.h"
#include "widgets/kvar-cell-field.h"
#include "widgets/kvar-edit-bar.h"

static KvarGrid *
get_grid (RecordsFixture *f)
{
  return display_child (f->page, "grid");
}

static const char *
get_text (RecordsFixture *f)
{
  return kvar_edit_bar_get_text (display_child (f->page, "edit_bar"));
}

static gboolean
press (RecordsFixture  *f,
       guint            keyval,
       GdkModifierType  state)
{
  gboolean handled = FALSE;

  for (guint i = 0;; i++)
    {
      g_autoptr(GListModel) controllers =
        gtk_widget_observe_controllers (GTK_WIDGET (get_grid (f)));
      g_autoptr(GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (controller == NULL)
        return handled;
      if (GTK_IS_EVENT_CONTROLLER_KEY (controller) && !handled)
        g_signal_emit_by_name (controller, "key-pressed", keyval, 0, state, &handled);
    }
}

/* Into the editor that is open, as the keyboard does it. */
static void
type (RecordsFixture *f,
      const char     *text)
{
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (f->display.window));
  int position;

  g_assert_nonnull (kvar_grid_get_editor (get_grid (f)));
  g_assert_true (GTK_IS_TEXT (focus));
  gtk_editable_delete_selection (GTK_EDITABLE (focus));
  position = gtk_editable_get_position (GTK_EDITABLE (focus));
  gtk_editable_insert_text (GTK_EDITABLE (focus), text, -1, &position);
}

static void
go_to (RecordsFixture *f,
       guint           row,
       const char     *column)
{
  kvar_grid_set_cursor (get_grid (f), row, kvar_grid_find_column (get_grid (f), column));
}

static void
assert_at (RecordsFixture *f,
           guint           row,
           const char     *column)
{
  g_assert_cmpuint (kvar_grid_get_cursor_row (get_grid (f)), ==, row);
  g_assert_cmpstr (kvar_grid_column_get_id (kvar_grid_get_cursor_column (get_grid (f))), ==,
                   column);
}

static void
open_jobs (RecordsFixture *f,
           const char     *route)
{
  records_open (f, KVAR_TYPE_RECORDS_PAGE, route);
  kvar_test_wait_until (strstr (display_label (f->page, "count_label"), "record") != NULL);
  gtk_widget_grab_focus (GTK_WIDGET (get_grid (f)));
}

static void
begin (RecordsFixture *f)
{
  open_jobs (f, "/records/jobs");
  records_activate (f->page, "edit-in-list", NULL);
  g_assert_true (kvar_grid_get_edit_mode (get_grid (f)));
}

static KvarDraft *
find_draft (RecordsFixture *f,
            const char     *key)
{
  return kvar_draft_store_lookup (kvar_workspace_get_drafts (f->display.workspace), "jobs", key);
}

static char *
dup_input (RecordsFixture *f,
           const char     *key,
           const char     *column)
{
  KvarDraft *draft = find_draft (f, key);

  return draft != NULL
           ? kvar_draft_get_input (draft, kvar_table_find_column (kvar_draft_get_table (draft),
                                                                  column))
           : NULL;
}

static void
assert_input (RecordsFixture *f,
              const char     *key,
              const char     *column,
              const char     *expected)
{
  g_autofree char *input = dup_input (f, key, column);

  g_assert_cmpstr (input, ==, expected);
}

static void
test_browsing_changes_nothing (RecordsFixture *f,
                               gconstpointer   unused)
{
  open_jobs (f, "/records/jobs");
  go_to (f, 0, "title");
  press (f, GDK_KEY_x, 0);
  press (f, GDK_KEY_Delete, 0);
  press (f, GDK_KEY_d, GDK_CONTROL_MASK);
  g_assert_null (kvar_grid_get_editor (get_grid (f)));
  g_assert_null (find_draft (f, "1"));

  g_assert_true (press (f, GDK_KEY_F2, 0));
  type (f, "Roofs");
  g_assert_true (press (f, GDK_KEY_Return, 0));
  assert_at (f, 1, "title");
  kvar_test_wait_until (f->n_sent == 1);
}

static void
test_mode_is_remembered (RecordsFixture *f,
                         gconstpointer   unused)
{
  g_autoptr(GVariant) state = NULL;
  g_autoptr(GVariant) mode = NULL;

  begin (f);
  state = g_variant_ref_sink (kvar_page_save_state (f->page));
  open_jobs (f, "/records/jobs?order=title");
  g_assert_false (kvar_grid_get_edit_mode (get_grid (f)));
  kvar_page_restore_state (f->page, state);
  g_assert_true (kvar_grid_get_edit_mode (get_grid (f)));
  mode = g_action_group_get_action_state (G_ACTION_GROUP (kvar_page_get_actions (f->page)),
                                          "edit-in-list");
  g_assert_true (g_variant_get_boolean (mode));
}

/* Also half of a cell is in the record's draft, which is the form's. */
static void
test_typing_is_the_draft (RecordsFixture *f,
                          gconstpointer   unused)
{
  begin (f);
  go_to (f, 0, "title");
  g_assert_true (press (f, GDK_KEY_Return, 0));
  type (f, "Ro");
  assert_input (f, "1", "title", "Ro");
  g_assert_true (press (f, GDK_KEY_Escape, 0));
  g_assert_false (kvar_draft_get_changed (find_draft (f, "1")));
  assert_at (f, 0, "title");
  g_assert_cmpuint (f->n_sent, ==, 0);
}

/* The key cannot be edited: Tab passes it by. */
static void
test_tab_and_enter_keep (RecordsFixture *f,
                         gconstpointer   unused)
{
  begin (f);
  go_to (f, 0, "title");
  press (f, GDK_KEY_F2, 0);
  type (f, "Roofs");
  g_assert_true (press (f, GDK_KEY_Tab, 0));
  assert_at (f, 0, "price");
  assert_input (f, "1", "title", "Roofs");
  g_assert_cmpuint (f->n_sent, ==, 0);

  press (f, GDK_KEY_F2, 0);
  type (f, "13");
  g_assert_true (press (f, GDK_KEY_ISO_Left_Tab, GDK_SHIFT_MASK));
  assert_at (f, 0, "title");
  g_assert_cmpuint (f->n_sent, ==, 0);

  press (f, GDK_KEY_Down, 0);
  kvar_test_wait_until (f->n_sent == 1);
  g_assert_nonnull (strstr (f->sent, "\"title\":\"Roofs\""));
  g_assert_nonnull (strstr (f->sent, "\"price\":\"13\""));
  g_assert_cmpuint (records_count (f, "PATCH", "id=eq.1"), ==, 1);
  g_assert_cmpuint (records_count (f, "PATCH", "xmin=eq.811"), ==, 1);
}

static GtkWidget *
find_list (GtkWidget *outer)
{
  GtkWidget *found = GTK_IS_LIST_VIEW (outer) ? outer : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (outer);
       child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_list (child);

  return found;
}

/* The value that was there already is picked, too. */
static void
test_picked_is_kept (RecordsFixture *f,
                     gconstpointer   unused)
{
  begin (f);
  for (guint i = 0; i < 2; i++)
    {
      GtkWidget *editor, *list;

      go_to (f, 0, "done");
      g_assert_true (press (f, GDK_KEY_Down, GDK_ALT_MASK));
      editor = kvar_grid_get_editor (get_grid (f));
      kvar_test_wait_until (gtk_widget_get_mapped (find_list (editor)));
      list = find_list (editor);
      gtk_single_selection_set_selected (
        GTK_SINGLE_SELECTION (gtk_list_view_get_model (GTK_LIST_VIEW (list))), 1);
      g_signal_emit_by_name (list, "activate", 1);
      g_assert_null (kvar_grid_get_editor (get_grid (f)));
      assert_at (f, 0, "done");
      assert_input (f, "1", "done", "Yes");
      kvar_test_settle ();
      g_assert_true (display_has_focus (GTK_WIDGET (get_grid (f))));
    }
}

static void
test_cell_says_why_not (RecordsFixture *f,
                        gconstpointer   unused)
{
  begin (f);
  go_to (f, 0, "id");
  g_assert_true (press (f, GDK_KEY_Return, 0));
  g_assert_null (kvar_grid_get_editor (get_grid (f)));
  g_assert_cmpstr (get_text (f), ==, "The key of a record stays as it is.");
  go_to (f, 1, "id");
  g_assert_cmpstr (get_text (f), ==, "");
}

static void
test_delete_clears (RecordsFixture *f,
                    gconstpointer   unused)
{
  begin (f);
  go_to (f, 0, "price");
  g_assert_true (press (f, GDK_KEY_Delete, 0));
  go_to (f, 1, "title");
  kvar_test_wait_until (f->n_sent == 1);
  g_assert_cmpstr (f->sent, ==, "{\"price\":null}");

  g_assert_true (press (f, GDK_KEY_Delete, 0));
  assert_input (f, "2", "title", "");
}

static void
test_fills_from_above (RecordsFixture *f,
                       gconstpointer   unused)
{
  begin (f);
  go_to (f, 1, "title");
  g_assert_true (press (f, GDK_KEY_d, GDK_CONTROL_MASK));
  assert_input (f, "2", "title", "Roof");
  go_to (f, 1, "price");
  g_assert_true (press (f, GDK_KEY_apostrophe, GDK_CONTROL_MASK));
  assert_input (f, "2", "price", "12.50");

  go_to (f, 2, "title");
  kvar_test_wait_until (f->n_sent == 1);
  g_assert_cmpstr (f->sent, ==, "{\"title\":\"Roof\",\"price\":\"12.50\"}");
}

static void
edit_title (RecordsFixture *f,
            guint           row,
            const char     *text)
{
  go_to (f, row, "title");
  press (f, GDK_KEY_F2, 0);
  type (f, text);
  press (f, GDK_KEY_Return, 0);
}

static void
test_says_where_it_is (RecordsFixture *f,
                       gconstpointer   unused)
{
  begin (f);
  f->reply = "{\"id\":\"1\",\"title\":\"Roofs\",\"price\":\"12.50\",\"due_on\":null,"
             "\"remark\":null,\"done\":null,\"xmin\":\"812\"}";
  go_to (f, 0, "title");
  press (f, GDK_KEY_F2, 0);
  type (f, "Roofs");
  press (f, GDK_KEY_Tab, 0);
  g_assert_cmpstr (get_text (f), ==, "Edited");

  records_activate (f->page, "save", NULL);
  g_assert_cmpstr (get_text (f), ==, "Saving…");
  kvar_test_wait_until (g_str_equal (get_text (f), "Saved"));
  g_assert_cmpuint (f->n_sent, ==, 1);
}

static void
test_problem_stays (RecordsFixture *f,
                    gconstpointer   unused)
{
  begin (f);
  go_to (f, 0, "price");
  press (f, GDK_KEY_F2, 0);
  g_assert_cmpfloat (
    gtk_editable_get_alignment (
      GTK_EDITABLE (gtk_root_get_focus (GTK_ROOT (f->display.window)))), ==, 1);
  type (f, "12,x");
  press (f, GDK_KEY_Return, 0);
  assert_at (f, 1, "price");
  g_assert_true (g_str_has_prefix (get_text (f), "Price: ") || *get_text (f) == '\0');
  g_assert_cmpuint (f->n_sent, ==, 0);
  assert_input (f, "1", "price", "12,x");
  go_to (f, 0, "price");
  g_assert_true (g_str_has_prefix (get_text (f), "Price: "));
}

static void
test_undo_before_saving (RecordsFixture *f,
                         gconstpointer   unused)
{
  begin (f);
  go_to (f, 0, "title");
  press (f, GDK_KEY_F2, 0);
  type (f, "Roofs");
  press (f, GDK_KEY_Tab, 0);
  g_assert_true (records_action_enabled (f->page, "undo-row"));
  records_activate (f->page, "undo-row", NULL);
  assert_input (f, "1", "title", "Roof");
  g_assert_false (records_action_enabled (f->page, "undo-row"));

  records_activate (f->page, "redo-row", NULL);
  assert_input (f, "1", "title", "Roofs");
  go_to (f, 1, "title");
  kvar_test_wait_until (f->n_sent == 1);
}

/* The reverse is saved as any change is: guarded. */
static void
test_undo_after_saving (RecordsFixture *f,
                        gconstpointer   unused)
{
  begin (f);
  f->reply = "{\"id\":\"1\",\"title\":\"Roofs\",\"price\":\"12.50\",\"due_on\":null,"
             "\"remark\":null,\"done\":null,\"xmin\":\"812\"}";
  edit_title (f, 0, "Roofs");
  kvar_test_wait_until (f->n_sent == 1);
  kvar_test_wait_until (records_action_enabled (f->page, "undo-row"));

  f->reply = "{\"id\":\"1\",\"title\":\"Roof\",\"price\":\"12.50\",\"due_on\":null,"
             "\"remark\":null,\"done\":null,\"xmin\":\"813\"}";
  records_activate (f->page, "undo-row", NULL);
  kvar_test_wait_until (f->n_sent == 2);
  g_assert_cmpstr (f->sent, ==, "{\"title\":\"Roof\"}");
  g_assert_cmpuint (records_count (f, "PATCH", "xmin=eq.812"), ==, 1);
  kvar_test_wait_until (records_action_enabled (f->page, "redo-row"));
}

static void
test_new_row (RecordsFixture *f,
              gconstpointer   unused)
{
  begin (f);
  records_activate (f->page, "new-record", NULL);
  g_assert_null (f->navigated);
  g_assert_cmpuint (g_list_model_get_n_items (kvar_grid_get_model (get_grid (f))), ==, 4);
  assert_at (f, 3, "title");

  /* Seen once: no chip stands for it. */
  g_assert_false (gtk_revealer_get_reveal_child (
                    GTK_REVEALER (adw_bin_get_child (display_child (f->page, "new_drafts_bar")))));

  /* Left as it is, it is none. */
  go_to (f, 2, "title");
  g_assert_cmpuint (g_list_model_get_n_items (kvar_grid_get_model (get_grid (f))), ==, 3);

  records_activate (f->page, "new-record", NULL);
  press (f, GDK_KEY_F2, 0);
  type (f, "Garage");
  press (f, GDK_KEY_Tab, 0);
  g_assert_false (gtk_revealer_get_reveal_child (
                    GTK_REVEALER (adw_bin_get_child (display_child (f->page, "new_drafts_bar")))));
  assert_at (f, 3, "id");
  press (f, GDK_KEY_F2, 0);
  type (f, "4");
  f->status = 201;
  f->reply = "{\"id\":\"4\",\"title\":\"Garage\",\"price\":null,\"due_on\":null,"
             "\"remark\":null,\"done\":null,\"xmin\":\"820\"}";
  go_to (f, 0, "title");
  kvar_test_wait_until (f->n_sent == 1);
  g_assert_nonnull (strstr (f->sent, "\"title\":\"Garage\""));
  g_assert_cmpuint (records_count (f, "POST", "/jobs"), ==, 1);
}

/* A filter that the saved row no longer answers. */
static void
test_row_stays (RecordsFixture *f,
                gconstpointer   unused)
{
  static const char *const roofs[] = { "1", "Shed", "12.50", NULL, NULL, NULL, "812" };

  open_jobs (f, "/records/jobs?title=eq.Roof");
  kvar_test_wait_until (g_str_equal (display_label (f->page, "count_label"), "1 record"));
  records_activate (f->page, "edit-in-list", NULL);
  f->reply = "{\"id\":\"1\",\"title\":\"Shed\",\"price\":\"12.50\",\"due_on\":null,"
             "\"remark\":null,\"done\":null,\"xmin\":\"812\"}";
  kvar_test_rows_clear (f->rows);
  kvar_test_rows_add (f->rows, roofs);
  go_to (f, 0, "title");
  press (f, GDK_KEY_F2, 0);
  type (f, "Shed");
  records_activate (f->page, "save", NULL);
  kvar_test_wait_until (g_str_equal (get_text (f), "No longer matches the filter"));

  /* Also when the list is read anew without being asked for it. */
  kvar_page_session_resumed (f->page);
  kvar_test_settle ();
  g_assert_cmpuint (g_list_model_get_n_items (kvar_grid_get_model (get_grid (f))), ==, 1);
  records_activate (f->page, "refresh", NULL);
  kvar_test_wait_until (
    g_list_model_get_n_items (kvar_grid_get_model (get_grid (f))) == 0);
}

static char *
dup_cell (RecordsFixture *f,
          guint           row,
          const char     *column)
{
  g_autoptr(KvarRecord) record = g_list_model_get_item (kvar_grid_get_model (get_grid (f)), row);
  KvarTable *table = kvar_record_get_table (record);

  return g_strdup (kvar_record_get_text (record, kvar_table_find_column_index (table, column)));
}

/* It says so, and leaves it to the person: what is under the cursor stays as it is. */
static void
test_news_of_others (RecordsFixture *f,
                     gconstpointer   unused)
{
  KvarRecordsPage *page = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  begin (f);
  page = KVAR_RECORDS_PAGE (f->page);
  kvar_test_wait_until (gtk_widget_get_height (GTK_WIDGET (get_grid (f))) > 0);
  go_to (f, 1, "title");
  press (f, GDK_KEY_F2, 0);
  type (f, "Half");

  kvar_test_rows_clear (f->rows);
  records_add_row (f, "1", "Gable", "12.50");
  records_add_row (f, "2", "Vault", "7.00");
  records_add_row (f, "3", "Attic", NULL);
  kvar_records_page_look_for_news (page);
  kvar_test_wait_until (gtk_revealer_get_reveal_child (page->news_revealer));
  g_assert_cmpstr (gtk_label_get_text (page->news_label), ==, "2 rows changed");
  before = dup_cell (f, 0, "title");
  g_assert_cmpstr (before, ==, "Roof");
  assert_at (f, 1, "title");
  g_assert_nonnull (kvar_grid_get_editor (get_grid (f)));
  g_assert_true (display_has_focus (kvar_grid_get_editor (get_grid (f))));

  records_activate (f->page, "refresh", NULL);
  g_assert_false (gtk_revealer_get_reveal_child (page->news_revealer));
  kvar_test_wait_until (!kvar_record_list_get_loading (page->list));
  after = dup_cell (f, 0, "title");
  g_assert_cmpstr (after, ==, "Gable");
  assert_input (f, "2", "title", "Half");
}

/* Where it was, with what was typed, and the cursor behind it. */
static void
assert_typing_in (RecordsFixture *f,
                  GtkWidget      *focus)
{
  kvar_test_settle ();
  g_assert_true (gtk_root_get_focus (GTK_ROOT (f->display.window)) == focus);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (focus)), ==, "Half");
  g_assert_cmpint (gtk_editable_get_position (GTK_EDITABLE (focus)), ==, 4);
  assert_at (f, 1, "title");
}

static void
type_beside_a_conflict (RecordsFixture *f)
{
  static const char *const theirs[] = { "1", "Theirs", "12.50", NULL, NULL, NULL, "900" };

  f->status = 406;
  f->reply = "{\"code\":\"PGRST116\",\"details\":\"The result contains 0 rows\","
             "\"message\":\"no\"}";
  edit_title (f, 0, "Mine");
  press (f, GDK_KEY_F2, 0);
  type (f, "Half");
  kvar_test_rows_clear (f->rows);
  kvar_test_rows_add (f->rows, theirs);
  records_add_row (f, "2", "Cellar", "7.00");
  records_add_row (f, "3", "Attic", NULL);
}

/* Whatever happens elsewhere, what somebody types goes on going where they look. */
static void
test_focus_is_never_stolen (RecordsFixture *f,
                            gconstpointer   unused)
{
  g_autofree char *path = g_build_filename (f->display.state_dir, "jobs.csv", NULL);
  GtkWidget *focus;

  begin (f);
  type_beside_a_conflict (f);
  focus = gtk_root_get_focus (GTK_ROOT (f->display.window));
  gtk_editable_set_position (GTK_EDITABLE (focus), 4);
  kvar_test_wait_until (find_draft (f, "1") != NULL &&
                        kvar_draft_get_state (find_draft (f, "1")) == KVAR_DRAFT_PARKED);
  assert_typing_in (f, focus);

  kvar_records_page_look_for_news (KVAR_RECORDS_PAGE (f->page));
  assert_typing_in (f, focus);

  f->offline = TRUE;
  kvar_page_session_resumed (f->page);
  assert_typing_in (f, focus);
  f->offline = FALSE;
  kvar_page_session_resumed (f->page);
  assert_typing_in (f, focus);

  kvar_workspace_load_schema (f->display.workspace);
  assert_typing_in (f, focus);

  records_activate (f->page, "export-to", g_variant_new_string (path));
  kvar_test_wait_until (g_file_test (path, G_FILE_TEST_EXISTS));
  kvar_test_wait_until (f->toasts->len > 0);
  assert_typing_in (f, focus);

  display_end_session (&f->display);
  assert_typing_in (f, focus);
}

#define add(path, func) \
  g_test_add (path, RecordsFixture, NULL, records_set_up, func, records_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();

  add ("/records-page/GRID-5/row-stays", test_row_stays);
  add ("/records-page/GRID-6/browsing-changes-nothing", test_browsing_changes_nothing);
  add ("/records-page/GRID-6/mode-is-remembered", test_mode_is_remembered);
  add ("/records-page/GRID-7/typing-is-the-draft", test_typing_is_the_draft);
  add ("/records-page/GRID-7/tab-and-enter-keep", test_tab_and_enter_keep);
  add ("/records-page/GRID-7/picked-is-kept", test_picked_is_kept);
  add ("/records-page/GRID-7/says-why-not", test_cell_says_why_not);
  add ("/records-page/GRID-7/delete-clears", test_delete_clears);
  add ("/records-page/GRID-8/says-where-it-is", test_says_where_it_is);
  add ("/records-page/GRID-8/problem-stays", test_problem_stays);
  add ("/records-page/GRID-8/undo-before-saving", test_undo_before_saving);
  add ("/records-page/GRID-8/undo-after-saving", test_undo_after_saving);
  add ("/records-page/GRID-9/new-row", test_new_row);
  add ("/records-page/GRID-15/news-of-others", test_news_of_others);
  add ("/records-page/KEY-10/focus-is-never-stolen", test_focus_is_never_stolen);
  add ("/records-page/KEY-6/fills-from-above", test_fills_from_above);

  return g_test_run ();
}
