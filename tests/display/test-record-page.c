/* test-record-page.c: a form that loses nothing and sends what was changed, once
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kvar-records-fixture.h"
#include "pages/kvar-record-page.h"

#define CHANGED_ROW(title, price) \
  "[{\"id\":\"2\",\"title\":\"" title "\",\"price\":\"" price "\",\"due_on\":null," \
  "\"remark\":null,\"done\":null,\"xmin\":\"812\"}]"
#define CHANGED_OBJECT(title, price) \
  "{\"id\":\"2\",\"title\":\"" title "\",\"price\":\"" price "\",\"due_on\":null," \
  "\"remark\":null,\"done\":null,\"xmin\":\"812\"}"
#define NO_ROW \
  "{\"code\":\"PGRST116\",\"details\":\"The result contains 0 rows\",\"message\":\"no\"}"

static gboolean
form_is_shown (KvarPage *page)
{
  return g_str_equal (records_stack_page (page), "form");
}

static void
open_cellar (RecordsFixture *f)
{
  records_open (f, KVAR_TYPE_RECORD_PAGE, "/records/jobs/2");
  kvar_test_wait_until (form_is_shown (f->page));
}

static gboolean
state_begins_with (RecordsFixture *f,
                   const char     *text)
{
  return g_str_has_prefix (display_label (f->page, "state_label"), text);
}

static void
test_record_page_shows_a_field_for_every_column (RecordsFixture *f,
                                                 gconstpointer   unused)
{
  open_cellar (f);

  g_assert_cmpstr (gtk_editable_get_text (records_entry (f->page, "title")), ==, "Cellar");
  g_assert_cmpstr (gtk_editable_get_text (records_entry (f->page, "price")), ==, "7.00");
  g_assert_false (kvar_field_is_editable (kvar_form_get_field (records_form (f->page), "id")));
  g_assert_true (kvar_field_is_multiline (kvar_form_get_field (records_form (f->page), "remark")));
  g_assert_cmpstr (kvar_page_get_title (f->page), ==, "Cellar");
  g_assert_cmpstr (kvar_page_get_subtitle (f->page), ==, "Jobs");
  g_assert_false (records_action_enabled (f->page, "save"));
}

static void
test_record_page_sends_the_changed_columns_only (RecordsFixture *f,
                                                 gconstpointer   unused)
{
  f->reply = CHANGED_OBJECT ("Cellar", "8.25");
  open_cellar (f);
  gtk_editable_set_text (records_entry (f->page, "price"), "8.25");
  g_assert_true (state_begins_with (f, "Draft kept "));

  records_activate (f->page, "save", NULL);
  g_assert_true (state_begins_with (f, "Saving…"));
  kvar_test_wait_until (state_begins_with (f, "Saved "));
  g_assert_cmpstr (f->sent, ==, "{\"price\":\"8.25\"}");
  g_assert_cmpuint (records_count (f, "PATCH", "id=eq.2&xmin=eq.811"), ==, 1);
  g_assert_false (records_action_enabled (f->page, "save"));
}

static void
test_record_page_keeps_what_makes_no_sense (RecordsFixture *f,
                                            gconstpointer   unused)
{
  KvarField *price;

  open_cellar (f);
  price = kvar_form_get_field (records_form (f->page), "price");
  gtk_editable_set_text (records_entry (f->page, "price"), "12,x");
  g_assert_false (gtk_widget_get_visible (
    GTK_WIDGET (gtk_widget_get_template_child (GTK_WIDGET (price), KVAR_TYPE_FIELD,
                                               "problem_box"))));

  records_activate (f->page, "save", NULL);
  g_assert_cmpuint (f->n_sent, ==, 0);
  g_assert_true (state_begins_with (f, "1 field needs your attention."));
  g_assert_cmpstr (gtk_editable_get_text (records_entry (f->page, "price")), ==, "12,x");
  g_assert_true (gtk_widget_get_visible (
    GTK_WIDGET (gtk_widget_get_template_child (GTK_WIDGET (price), KVAR_TYPE_FIELD,
                                               "problem_box"))));
  g_assert_true (display_has_focus (price));
}

static const char *
note_of (RecordsFixture *f,
         const char     *column)
{
  KvarField *field = kvar_form_get_field (records_form (f->page), column);

  return gtk_label_get_label (GTK_LABEL (
    gtk_widget_get_template_child (GTK_WIDGET (field), KVAR_TYPE_FIELD, "note_label")));
}

/* A wrong day or a lost thousand is seen before it is saved. */
static void
test_record_page_says_back_in_words (RecordsFixture *f,
                                     gconstpointer   unused)
{
  open_cellar (f);
  gtk_editable_set_text (records_entry (f->page, "due_on"), "20/11/2026");
  g_assert_cmpstr (note_of (f, "due_on"), ==, "Friday 20 November 2026");
  gtk_editable_set_text (records_entry (f->page, "price"), "1 234,5");
  g_assert_cmpstr (note_of (f, "price"), ==, "1234.5");

  /* In the C locale nobody knows what comes first. */
  gtk_editable_set_text (records_entry (f->page, "due_on"), "3/4/2026");
  g_assert_cmpstr (note_of (f, "due_on"), ==, "");
  records_activate (f->page, "save", NULL);
  g_assert_cmpuint (f->n_sent, ==, 0);
  g_assert_true (state_begins_with (f, "1 field needs your attention."));
}

static void
test_record_page_shows_the_servers_problem_at_its_field (RecordsFixture *f,
                                                         gconstpointer   unused)
{
  KvarField *title;

  f->status = 400;
  f->reply = "{\"code\":\"23502\",\"message\":\"null value in column \\\"title\\\" of relation "
             "\\\"jobs\\\" violates not-null constraint\",\"details\":null,\"hint\":null}";
  open_cellar (f);
  title = kvar_form_get_field (records_form (f->page), "title");
  gtk_editable_set_text (records_entry (f->page, "title"), "Boat");
  records_activate (f->page, "save", NULL);

  kvar_test_wait_until (kvar_field_has_problem (title));
  g_assert_cmpstr (gtk_editable_get_text (records_entry (f->page, "title")), ==, "Boat");
  g_assert_true (records_action_enabled (f->page, "save"));
}

/* Under row-level security PostgreSQL names the constraint only. */
static void
test_record_page_finds_the_field_of_a_constraint (RecordsFixture *f,
                                                  gconstpointer   unused)
{
  KvarField *title;

  f->status = 409;
  f->reply = "{\"code\":\"23505\",\"message\":\"duplicate key value violates unique "
             "constraint \\\"jobs_title_key\\\"\",\"details\":null,\"hint\":null}";
  open_cellar (f);
  title = kvar_form_get_field (records_form (f->page), "title");
  gtk_editable_set_text (records_entry (f->page, "title"), "Boat");
  records_activate (f->page, "save", NULL);

  kvar_test_wait_until (kvar_field_has_problem (title));
  g_assert_false (display_is_shown (f->page, "problem_label"));
}

static void
test_record_page_keeps_the_draft_when_denied (RecordsFixture *f,
                                              gconstpointer   unused)
{
  g_autofree char *input = NULL;
  KvarField *title;

  f->status = 403;
  f->reply = "{\"code\":\"42501\",\"message\":\"permission denied for table jobs\"}";
  open_cellar (f);
  gtk_editable_set_text (records_entry (f->page, "title"), "Boat");
  records_activate (f->page, "save", NULL);

  kvar_test_wait_until (display_is_shown (f->page, "problem_label"));
  g_assert_cmpstr (display_label (f->page, "problem_label"), ==,
                   "You don't have permission to change this record. "
                   "Your text is kept as a draft.");
  title = kvar_form_get_field (records_form (f->page), "title");
  g_assert_false (kvar_field_is_editable (title));
  input = kvar_draft_get_input (kvar_field_get_draft (title), kvar_field_get_column (title));
  g_assert_cmpstr (input, ==, "Boat");
}

static void
test_record_page_holds_the_save_until_sign_in (RecordsFixture *f,
                                               gconstpointer   unused)
{
  f->reply = CHANGED_OBJECT ("Boat", "7.00");
  open_cellar (f);
  gtk_editable_set_text (records_entry (f->page, "title"), "Boat");
  display_end_session (&f->display);
  records_activate (f->page, "save", NULL);

  g_assert_true (state_begins_with (f, "Will be saved when you've signed in."));
  kvar_test_wait_until (f->n_sign_ins == 1);
  g_assert_cmpuint (f->n_sent, ==, 0);

  kvar_test_session_sign_in (f->display.session);
  kvar_page_session_resumed (f->page);
  kvar_test_wait_until (state_begins_with (f, "Saved "));
  kvar_page_session_resumed (f->page);
  kvar_test_settle ();
  g_assert_cmpuint (f->n_sent, ==, 1);
}

static void
test_record_page_learns_of_the_end_by_saving (RecordsFixture *f,
                                              gconstpointer   unused)
{
  open_cellar (f);
  gtk_editable_set_text (records_entry (f->page, "title"), "Boat");
  kvar_test_auth_revoke (f->display.auth);
  f->status = 401;
  f->reply = "{\"code\":\"PGRST303\",\"message\":\"JWT expired\",\"details\":null}";
  records_activate (f->page, "save", NULL);

  kvar_test_wait_until (f->n_sign_ins == 1);
  g_assert_true (state_begins_with (f, "Will be saved when you've signed in."));
  g_assert_cmpstr (gtk_editable_get_text (records_entry (f->page, "title")), ==, "Boat");
}

static void
count_cb (guint *counter)
{
  (*counter)++;
}

/* The place is kept as it changes: nobody asks a program that is killed where it was. */
static void
test_record_page_tells_where_the_cursor_is (RecordsFixture *f,
                                            gconstpointer   unused)
{
  guint n_told = 0;

  open_cellar (f);
  kvar_form_focus_field (records_form (f->page), "title", 2);
  g_signal_connect_swapped (f->page, "view-changed", G_CALLBACK (count_cb), &n_told);
  gtk_editable_set_position (records_entry (f->page, "title"), 4);
  g_assert_cmpuint (n_told, ==, 1);
}

static void
test_record_page_comes_back_to_field_and_cursor (RecordsFixture *f,
                                                 gconstpointer   unused)
{
  g_autoptr(GVariant) state = NULL;

  open_cellar (f);
  kvar_form_focus_field (records_form (f->page), "price", 2);
  state = kvar_page_save_state (f->page);

  f->page = records_new_page (f, KVAR_TYPE_RECORD_PAGE, "/records/jobs/2");
  display_show (&f->display, GTK_WIDGET (f->page));
  kvar_page_load (f->page);
  kvar_page_restore_state (f->page, state);
  kvar_test_wait_until (form_is_shown (f->page));

  g_assert_true (display_has_focus (records_entry (f->page, "price")));
  g_assert_cmpint (gtk_editable_get_position (records_entry (f->page, "price")), ==, 2);
  g_assert_false (gtk_editable_get_selection_bounds (records_entry (f->page, "price"), NULL, NULL));
}

static void
test_record_page_shows_one_draft_in_two_windows (RecordsFixture *f,
                                                 gconstpointer   unused)
{
  g_autoptr(KvarPage) other = NULL;

  open_cellar (f);
  other = g_object_ref_sink (records_new_page (f, KVAR_TYPE_RECORD_PAGE, "/records/jobs/2"));
  kvar_page_load (other);
  kvar_test_wait_until (form_is_shown (other));

  gtk_editable_set_text (records_entry (f->page, "title"), "Half a sent");
  g_assert_cmpstr (gtk_editable_get_text (records_entry (other, "title")), ==, "Half a sent");
}

static void
test_record_page_takes_a_discard_back (RecordsFixture *f,
                                       gconstpointer   unused)
{
  open_cellar (f);
  gtk_editable_set_text (records_entry (f->page, "title"), "Boat");
  records_activate (f->page, "discard", NULL);
  g_assert_cmpstr (gtk_editable_get_text (records_entry (f->page, "title")), ==, "Cellar");

  records_activate (f->page, "undo", NULL);
  g_assert_cmpstr (gtk_editable_get_text (records_entry (f->page, "title")), ==, "Boat");
}

/* Somebody else saves another title and another price; here only the title was typed. */
static void
meet_conflict (RecordsFixture *f)
{
  static const char *const theirs[] = { "2", "Theirs", "9.00", NULL, NULL, NULL, "812" };

  f->status = 406;
  f->reply = NO_ROW;
  open_cellar (f);
  gtk_editable_set_text (records_entry (f->page, "title"), "Mine");
  kvar_test_rows_clear (f->rows);
  kvar_test_rows_add (f->rows, theirs);
  records_activate (f->page, "save", NULL);
  kvar_test_wait_until (g_str_equal (records_stack_page (f->page), "conflict"));
}

static void
test_record_page_shows_both_sides_of_a_conflict (RecordsFixture *f,
                                                 gconstpointer   unused)
{
  meet_conflict (f);
  g_assert_cmpstr (display_label (display_child (f->page, "conflict"), "combined_label"), ==,
                   "1 other change was combined without conflict.");

  f->status = 200;
  f->reply = CHANGED_OBJECT ("Mine", "9.00");
  records_activate (f->page, "save-combined", NULL);
  kvar_test_wait_until (state_begins_with (f, "Saved "));
  g_assert_cmpstr (f->sent, ==, "{\"title\":\"Mine\"}");
  g_assert_cmpuint (records_count (f, "PATCH", "xmin=eq.812"), ==, 1);
  g_assert_cmpstr (gtk_editable_get_text (records_entry (f->page, "price")), ==, "9.00");
}

static void
test_record_page_uses_theirs_and_loses_nothing (RecordsFixture *f,
                                                gconstpointer   unused)
{
  meet_conflict (f);
  records_activate (f->page, "use-theirs", NULL);
  g_assert_true (form_is_shown (f->page));
  g_assert_cmpstr (gtk_editable_get_text (records_entry (f->page, "title")), ==, "Theirs");

  records_activate (f->page, "undo", NULL);
  g_assert_cmpstr (gtk_editable_get_text (records_entry (f->page, "title")), ==, "Mine");
}

/* A draft of the cellar as an earlier run of Kvar has left it, refused because somebody had
 * changed the record. */
static KvarDraft *
leave_in_conflict (RecordsFixture *f,
                   gboolean        deletes)
{
  static const char *const theirs[] = { "2", "Theirs", "7.00", NULL, NULL, NULL, "812" };
  g_autoptr(GError) error = g_error_new_literal (KVAR_ERROR, KVAR_ERROR_CONFLICT, "Changed");
  KvarTable *table = kvar_schema_find_table (kvar_workspace_get_schema (f->display.workspace),
                                             "jobs");
  g_autoptr(KvarRecord) base = kvar_record_new (table);
  KvarDraft *draft = NULL;

  kvar_record_set_text (base, 0, "2");
  kvar_record_set_text (base, 1, "Cellar");
  kvar_record_set_xmin (base, "811");
  draft = kvar_draft_store_open (kvar_workspace_get_drafts (f->display.workspace), table, "2",
                                 base);
  kvar_draft_set_deletes (draft, deletes);
  if (!deletes)
    kvar_draft_set_input (draft, kvar_table_find_column (table, "title"), "Mine");
  kvar_draft_park (draft, error);
  kvar_test_rows_clear (f->rows);
  kvar_test_rows_add (f->rows, theirs);

  return draft;
}

static void
test_record_page_shows_a_conflict_of_before (RecordsFixture *f,
                                             gconstpointer   unused)
{
  g_autoptr(KvarDraft) draft = leave_in_conflict (f, FALSE);

  records_open (f, KVAR_TYPE_RECORD_PAGE, "/records/jobs/2");
  kvar_test_wait_until (g_str_equal (records_stack_page (f->page), "conflict"));
  records_activate (f->page, "use-theirs", NULL);
  g_assert_cmpstr (gtk_editable_get_text (records_entry (f->page, "title")), ==, "Theirs");
}

static void
test_record_page_takes_a_refused_delete_back (RecordsFixture *f,
                                              gconstpointer   unused)
{
  g_autoptr(KvarDraft) draft = leave_in_conflict (f, TRUE);

  records_open (f, KVAR_TYPE_RECORD_PAGE, "/records/jobs/2");
  kvar_test_wait_until (form_is_shown (f->page));
  g_assert_true (display_is_shown (f->page, "undo_button"));
  records_activate (f->page, "undo", NULL);
  g_assert_false (kvar_draft_get_kept (draft));
  g_assert_false (display_is_shown (f->page, "undo_button"));

  /* What the others have made of it is there, and could be deleted. */
  kvar_test_wait_until (g_str_equal (gtk_editable_get_text (records_entry (f->page, "title")),
                                     "Theirs"));
  g_assert_true (records_action_enabled (f->page, "delete"));
}

static void
test_record_page_tells_no_value_from_empty_text (RecordsFixture *f,
                                                 gconstpointer   unused)
{
  KvarField *remark;
  g_autoptr(KvarValue) value = NULL;

  open_cellar (f);
  remark = kvar_form_get_field (records_form (f->page), "remark");
  g_assert_cmpstr (kvar_field_get_empty_text (remark), ==, "No value");

  kvar_field_commit_value (remark, "");
  g_assert_cmpstr (kvar_field_get_empty_text (remark), ==, "");
  value = kvar_draft_get_value (kvar_field_get_draft (remark), kvar_field_get_column (remark));
  g_assert_cmpstr (kvar_value_get_text (value), ==, "");
}

static void
test_record_page_becomes_the_new_records_page (RecordsFixture *f,
                                               gconstpointer   unused)
{
  g_autofree char *route = NULL;

  f->status = 201;
  f->reply = CHANGED_OBJECT ("Boat", "7.00");
  records_open (f, KVAR_TYPE_RECORD_PAGE, "/records/jobs/new");
  g_assert_true (form_is_shown (f->page));
  g_assert_cmpstr (kvar_page_get_title (f->page), ==, "New Record");
  gtk_editable_set_text (records_entry (f->page, "id"), "2");
  gtk_editable_set_text (records_entry (f->page, "title"), "Boat");
  records_activate (f->page, "save", NULL);

  kvar_test_wait_until (state_begins_with (f, "Saved "));
  route = kvar_route_to_string (kvar_page_get_route (f->page));
  g_assert_cmpstr (route, ==, "/records/jobs/2");
  g_assert_cmpstr (f->sent, ==, "{\"id\":\"2\",\"title\":\"Boat\"}");
  g_assert_cmpstr (kvar_page_get_title (f->page), ==, "Boat");
}

/* The form is another one once the record is there, and somebody types on in it. */
static void
test_record_page_lets_type_on_in_a_new_record (RecordsFixture *f,
                                               gconstpointer   unused)
{
  GtkEditable *entry;

  f->status = 201;
  f->reply = CHANGED_OBJECT ("Boat", "7.00");
  records_open (f, KVAR_TYPE_RECORD_PAGE, "/records/jobs/new");
  gtk_editable_set_text (records_entry (f->page, "id"), "2");
  gtk_editable_set_text (records_entry (f->page, "title"), "Boat");
  kvar_form_focus_field (records_form (f->page), "title", 4);
  records_activate (f->page, "save", NULL);
  gtk_editable_set_text (records_entry (f->page, "title"), "Boats");
  gtk_editable_set_position (records_entry (f->page, "title"), 5);
  kvar_test_wait_until (state_begins_with (f, "Draft kept "));

  entry = records_entry (f->page, "title");
  g_assert_cmpstr (gtk_editable_get_text (entry), ==, "Boats");
  g_assert_cmpint (gtk_editable_get_position (entry), ==, 5);
  g_assert_false (gtk_editable_get_selection_bounds (entry, NULL, NULL));
  g_assert_true (display_has_focus (kvar_form_get_field (records_form (f->page), "title")));
}

/* The last new record's view state is under the same route. */
static void
test_record_page_begins_a_new_record_at_its_beginning (RecordsFixture *f,
                                                       gconstpointer   unused)
{
  GVariantBuilder builder;
  g_autoptr(GVariant) state = NULL;

  g_variant_builder_init (&builder, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&builder, "{sv}", "field", g_variant_new_string ("title"));
  state = g_variant_ref_sink (g_variant_builder_end (&builder));

  records_open (f, KVAR_TYPE_RECORD_PAGE, "/records/jobs/new");
  kvar_page_restore_state (f->page, state);
  g_assert_false (display_has_focus (records_entry (f->page, "title")));

  gtk_editable_set_text (records_entry (f->page, "title"), "Half a title");
  kvar_page_restore_state (f->page, state);
  g_assert_true (display_has_focus (records_entry (f->page, "title")));
}

/* Save, type, Save: faster than the server answers. */
static void
test_record_page_saves_again_what_was_typed_since (RecordsFixture *f,
                                                   gconstpointer   unused)
{
  f->reply = CHANGED_OBJECT ("Cellar", "8.25");
  open_cellar (f);
  gtk_editable_set_text (records_entry (f->page, "price"), "8.25");
  records_activate (f->page, "save", NULL);
  gtk_editable_set_text (records_entry (f->page, "title"), "Cellars");
  g_assert_true (records_action_enabled (f->page, "save"));
  records_activate (f->page, "save", NULL);

  kvar_test_wait_until (f->n_sent == 2);
  g_assert_cmpstr (f->sent, ==, "{\"title\":\"Cellars\"}");
  g_assert_cmpuint (records_count (f, "PATCH", "id=eq.2&xmin=eq.812"), ==, 1);
}

static void
test_record_page_asks_for_what_is_missing (RecordsFixture *f,
                                           gconstpointer   unused)
{
  records_open (f, KVAR_TYPE_RECORD_PAGE, "/records/jobs/new");
  records_activate (f->page, "save", NULL);

  g_assert_cmpuint (f->n_sent, ==, 0);
  g_assert_true (state_begins_with (f, "2 fields need your attention."));
  records_activate (f->page, "next-problem", NULL);
  g_assert_true (display_has_focus (kvar_form_get_field (records_form (f->page), "title")));
}

static void
test_record_page_steps_through_the_list (RecordsFixture *f,
                                         gconstpointer   unused)
{
  KvarTable *table = kvar_schema_find_table (kvar_workspace_get_schema (f->display.workspace),
                                             "jobs");
  g_autoptr(KvarQuery) query = kvar_query_new ();
  g_autoptr(KvarRecordList) list = NULL;

  list = kvar_record_list_new (f->display.session, table, query, NULL);
  kvar_record_list_load_more (list);
  kvar_test_wait_until (g_list_model_get_n_items (G_LIST_MODEL (list)) == 3);
  kvar_workspace_set_list (f->display.workspace, list);

  f->reply = CHANGED_OBJECT ("Boat", "7.00");
  open_cellar (f);
  kvar_form_focus_field (records_form (f->page), "price", -1);
  gtk_editable_set_text (records_entry (f->page, "title"), "Boat");
  records_activate (f->page, "next-record", NULL);
  kvar_test_wait_until (form_is_shown (f->page));

  g_assert_cmpstr (kvar_page_get_title (f->page), ==, "Attic");
  g_assert_true (display_has_focus (records_entry (f->page, "price")));
  g_assert_false (records_action_enabled (f->page, "next-record"));
  kvar_test_wait_until (f->n_sent == 1);
  g_assert_cmpstr (f->sent, ==, "{\"title\":\"Boat\"}");
  kvar_test_settle ();
}

static void
test_record_page_says_that_the_record_is_gone (RecordsFixture *f,
                                               gconstpointer   unused)
{
  GtkWidget *status;

  records_open (f, KVAR_TYPE_RECORD_PAGE, "/records/jobs/77");
  status = display_child (f->page, "status");
  kvar_test_wait_until (display_is_shown (status, "message"));
  g_assert_cmpstr (adw_status_page_get_title (display_child (status, "message")), ==,
                   "This record no longer exists");
  g_assert_cmpstr (gtk_actionable_get_action_name (display_child (status, "button")), ==,
                   "win.navigate");
  g_assert_cmpstr (g_variant_get_string (gtk_actionable_get_action_target_value (
                     display_child (status, "button")), NULL), ==, "/records/jobs");
}

#define add(path, func) \
  g_test_add (path, RecordsFixture, NULL, records_set_up, func, records_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();

  add ("/record-page/shows-a-field-for-every-column",
       test_record_page_shows_a_field_for_every_column);
  add ("/record-page/save/sends-the-changed-columns-only",
       test_record_page_sends_the_changed_columns_only);
  add ("/record-page/save/keeps-what-makes-no-sense", test_record_page_keeps_what_makes_no_sense);
  add ("/record-page/FORM-10/says-back-in-words", test_record_page_says_back_in_words);
  add ("/record-page/save/shows-the-servers-problem-at-its-field",
       test_record_page_shows_the_servers_problem_at_its_field);
  add ("/record-page/save/finds-the-field-of-a-constraint",
       test_record_page_finds_the_field_of_a_constraint);
  add ("/record-page/save/keeps-the-draft-when-denied",
       test_record_page_keeps_the_draft_when_denied);
  add ("/record-page/save/holds-until-sign-in", test_record_page_holds_the_save_until_sign_in);
  add ("/record-page/save/learns-of-the-end", test_record_page_learns_of_the_end_by_saving);
  add ("/record-page/RET-3/tells-where-the-cursor-is", test_record_page_tells_where_the_cursor_is);
  add ("/record-page/comes-back-to-field-and-cursor",
       test_record_page_comes_back_to_field_and_cursor);
  add ("/record-page/shows-one-draft-in-two-windows",
       test_record_page_shows_one_draft_in_two_windows);
  add ("/record-page/takes-a-discard-back", test_record_page_takes_a_discard_back);
  add ("/record-page/conflict/shows-both-sides", test_record_page_shows_both_sides_of_a_conflict);
  add ("/record-page/conflict/uses-theirs-and-loses-nothing",
       test_record_page_uses_theirs_and_loses_nothing);
  add ("/record-page/conflict/of-before", test_record_page_shows_a_conflict_of_before);
  add ("/record-page/takes-a-refused-delete-back",
       test_record_page_takes_a_refused_delete_back);
  add ("/record-page/tells-no-value-from-empty-text",
       test_record_page_tells_no_value_from_empty_text);
  add ("/record-page/new/becomes-the-records-page",
       test_record_page_becomes_the_new_records_page);
  add ("/record-page/new/lets-type-on", test_record_page_lets_type_on_in_a_new_record);
  add ("/record-page/new/begins-at-its-beginning",
       test_record_page_begins_a_new_record_at_its_beginning);
  add ("/record-page/save/saves-again-what-was-typed-since",
       test_record_page_saves_again_what_was_typed_since);
  add ("/record-page/new/asks-for-what-is-missing", test_record_page_asks_for_what_is_missing);
  add ("/record-page/steps-through-the-list", test_record_page_steps_through_the_list);
  add ("/record-page/says-that-the-record-is-gone",
       test_record_page_says_that_the_record_is_gone);

  return g_test_run ();
}
