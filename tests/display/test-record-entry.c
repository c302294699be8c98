/* test-record-entry.c: records entered one after the other, and those that cannot be saved
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kvar-press.h"
#include "kvar-records-fixture.h"
#include "pages/kvar-record-page.h"

#define OBJECT(id, title, price) \
  "{\"id\":\"" id "\",\"title\":\"" title "\",\"price\":\"" price "\",\"due_on\":null," \
  "\"remark\":null,\"done\":null,\"xmin\":\"812\"}"
#define NO_ROW \
  "{\"code\":\"PGRST116\",\"details\":\"The result contains 0 rows\",\"message\":\"no\"}"

static gboolean
form_is_shown (RecordsFixture *f)
{
  return g_str_equal (records_stack_page (f->page), "form");
}

static void
open_record (RecordsFixture *f,
             const char     *route)
{
  records_open (f, KVAR_TYPE_RECORD_PAGE, route);
  kvar_test_wait_until (form_is_shown (f));
}

static void
type (RecordsFixture *f,
      const char     *column,
      const char     *text)
{
  gtk_editable_set_text (records_entry (f->page, column), text);
}

static const char *
text_of (RecordsFixture *f,
         const char     *column)
{
  return gtk_editable_get_text (records_entry (f->page, column));
}

static const char *
note_of (RecordsFixture *f,
         const char     *column)
{
  KvarField *field = kvar_form_get_field (records_form (f->page), column);

  return gtk_label_get_label (GTK_LABEL (
    gtk_widget_get_template_child (GTK_WIDGET (field), KVAR_TYPE_FIELD, "note_label")));
}

static gboolean
state_is (RecordsFixture *f,
          const char     *text)
{
  return g_str_has_prefix (display_label (f->page, "state_label"), text);
}

static char *
route_of (RecordsFixture *f)
{
  return kvar_route_to_string (kvar_page_get_route (f->page));
}

static guint
n_drafts (RecordsFixture *f)
{
  return g_list_model_get_n_items (
    G_LIST_MODEL (kvar_workspace_get_drafts (f->display.workspace)));
}

/* The first three rows, in the list that records are opened from. */
static KvarRecordList *
add_list (RecordsFixture *f)
{
  KvarTable *table = kvar_schema_find_table (kvar_workspace_get_schema (f->display.workspace),
                                             "jobs");
  g_autoptr(KvarQuery) query = kvar_query_new ();
  KvarRecordList *list = kvar_record_list_new (f->display.session, table, query, NULL);

  kvar_record_list_load_more (list);
  kvar_test_wait_until (g_list_model_get_n_items (G_LIST_MODEL (list)) >= 3);
  kvar_workspace_set_list (f->display.workspace, list);

  return list;
}

static void
test_save_and_new (RecordsFixture *f,
                   gconstpointer   unused)
{
  g_autofree char *route = NULL;

  f->reply = OBJECT ("2", "Boat", "7.00");
  open_record (f, "/records/jobs/2");
  type (f, "title", "Boat");
  records_activate (f->page, "save-and-new", NULL);

  route = route_of (f);
  g_assert_cmpstr (route, ==, "/records/jobs/new");
  g_assert_cmpstr (text_of (f, "title"), ==, "");
  g_assert_true (display_has_focus (records_entry (f->page, "id")));
  kvar_test_wait_until (f->n_sent == 1);
  g_assert_cmpstr (f->sent, ==, "{\"title\":\"Boat\"}");
  kvar_test_wait_until (n_drafts (f) == 0);
}

/* What can't be saved is not left. */
static void
test_save_and_new_checks_first (RecordsFixture *f,
                                gconstpointer   unused)
{
  g_autofree char *route = NULL;

  open_record (f, "/records/jobs/2");
  type (f, "price", "7,x");
  records_activate (f->page, "save-and-new", NULL);
  route = route_of (f);
  g_assert_cmpstr (route, ==, "/records/jobs/2");
  g_assert_true (display_has_focus (records_entry (f->page, "price")));
  g_assert_cmpuint (f->n_sent, ==, 0);
}

static void
test_pinned_fields_carry_over (RecordsFixture *f,
                               gconstpointer   unused)
{
  g_autoptr(GVariant) state = NULL;

  f->status = 201;
  f->reply = OBJECT ("4", "Boat", "7.00");
  open_record (f, "/records/jobs/new");
  records_activate (f->page, "toggle-pin", g_variant_new_string ("price"));
  type (f, "id", "4");
  type (f, "title", "Boat");
  type (f, "price", "7.00");
  records_activate (f->page, "save-and-new", NULL);
  g_assert_cmpstr (text_of (f, "price"), ==, "7.00");
  g_assert_cmpstr (text_of (f, "title"), ==, "");
  kvar_test_wait_until (f->n_sent == 1);

  /* It is remembered, and one in which nobody has typed is no draft. */
  state = kvar_page_save_state (f->page);
  f->page = records_new_page (f, KVAR_TYPE_RECORD_PAGE, "/records/jobs/new");
  display_show (&f->display, GTK_WIDGET (f->page));
  kvar_test_wait_until (n_drafts (f) == 0);
  kvar_page_load (f->page);
  kvar_page_restore_state (f->page, state);
  g_assert_cmpstr (text_of (f, "price"), ==, "7.00");
}

static void
test_duplicate (RecordsFixture *f,
                gconstpointer   unused)
{
  g_autofree char *route = NULL;

  open_record (f, "/records/jobs/2");
  type (f, "price", "8.00");
  records_activate (f->page, "duplicate", NULL);
  route = route_of (f);
  g_assert_cmpstr (route, ==, "/records/jobs/new");
  g_assert_cmpstr (text_of (f, "id"), ==, "");
  g_assert_cmpstr (text_of (f, "title"), ==, "Cellar");
  g_assert_cmpstr (text_of (f, "price"), ==, "8.00");
  /* What was typed in the first one is still there. */
  g_assert_cmpuint (n_drafts (f), ==, 2);
  g_assert_cmpuint (f->n_sent, ==, 0);
}

static void
test_value_from_above (RecordsFixture *f,
                       gconstpointer   unused)
{
  g_autoptr(KvarRecordList) list = add_list (f);

  open_record (f, "/records/jobs/2");
  kvar_form_focus_field (records_form (f->page), "price", -1);
  records_activate (f->page, "fill-from-previous", NULL);
  g_assert_cmpstr (text_of (f, "price"), ==, "12.50");
}

static void
test_default (RecordsFixture *f,
              gconstpointer   unused)
{
  KvarColumn *column;

  open_record (f, "/records/jobs/2");
  column = kvar_field_get_column (kvar_form_get_field (records_form (f->page), "price"));
  kvar_form_focus_field (records_form (f->page), "price", -1);
  records_activate (f->page, "set-default", NULL);
  g_assert_cmpstr (text_of (f, "price"), ==, "7.00");

  kvar_column_set_default (column, "0");
  records_activate (f->page, "set-default", NULL);
  g_assert_cmpstr (text_of (f, "price"), ==, "");
  g_assert_cmpstr (gtk_entry_get_placeholder_text (GTK_ENTRY (records_entry (f->page, "price"))),
                   ==, "Default (set by the server)");
  g_assert_cmpuint (n_drafts (f), ==, 1);
  g_assert_cmpuint (f->n_sent, ==, 0);

  type (f, "price", "8.00");
  g_assert_cmpstr (text_of (f, "price"), ==, "8.00");
}

static void
test_value_of_the_last_one (RecordsFixture *f,
                            gconstpointer   unused)
{
  f->reply = OBJECT ("2", "Boat", "7.00");
  open_record (f, "/records/jobs/2");
  type (f, "title", "Boat");
  records_activate (f->page, "save-and-new", NULL);
  kvar_form_focus_field (records_form (f->page), "title", -1);
  records_activate (f->page, "fill-from-previous", NULL);
  g_assert_cmpstr (text_of (f, "title"), ==, "Boat");
  kvar_test_wait_until (f->n_sent == 1);
}

static void
test_marks_what_the_server_set (RecordsFixture *f,
                                gconstpointer   unused)
{
  f->reply = OBJECT ("2", "boat", "9.00");
  open_record (f, "/records/jobs/2");
  type (f, "title", "BOAT");
  records_activate (f->page, "save", NULL);
  kvar_test_wait_until (state_is (f, "Saved "));
  g_assert_cmpstr (text_of (f, "title"), ==, "boat");
  g_assert_cmpstr (note_of (f, "title"), ==, "Set by the server");
  g_assert_cmpstr (note_of (f, "price"), ==, "Set by the server");
  g_assert_cmpstr (note_of (f, "due_on"), ==, "");

  type (f, "price", "9.50");
  g_assert_cmpstr (note_of (f, "price"), ==, "");
}

static void
test_undoes_the_last_save (RecordsFixture *f,
                           gconstpointer   unused)
{
  f->reply = OBJECT ("2", "Boat", "7.00");
  open_record (f, "/records/jobs/2");
  g_assert_false (display_is_shown (f->page, "undo_button"));
  type (f, "title", "Boat");
  records_activate (f->page, "save", NULL);
  kvar_test_wait_until (state_is (f, "Saved "));
  kvar_test_wait_until (display_is_shown (f->page, "undo_button"));

  f->reply = OBJECT ("2", "Cellar", "7.00");
  records_activate (f->page, "undo", NULL);
  kvar_test_wait_until (f->n_sent == 2);
  g_assert_cmpstr (f->sent, ==, "{\"title\":\"Cellar\"}");
  g_assert_cmpuint (records_count (f, "PATCH", "xmin=eq.812"), ==, 1);
  kvar_test_wait_until (g_str_equal (text_of (f, "title"), "Cellar"));
}

/* Somebody has changed it since: their value is not undone. */
static void
test_undoes_only_its_own (RecordsFixture *f,
                          gconstpointer   unused)
{
  static const char *const theirs[] = { "2", "Theirs", "7.00", NULL, NULL, NULL, "813" };

  f->reply = OBJECT ("2", "Boat", "7.00");
  open_record (f, "/records/jobs/2");
  type (f, "title", "Boat");
  records_activate (f->page, "save", NULL);
  kvar_test_wait_until (state_is (f, "Saved "));

  f->status = 406;
  f->reply = NO_ROW;
  kvar_test_rows_clear (f->rows);
  kvar_test_rows_add (f->rows, theirs);
  records_activate (f->page, "undo", NULL);
  kvar_test_wait_until (g_str_equal (records_stack_page (f->page), "conflict"));
}

/* It is gone: what was typed can be made a record again, copied, or thrown away. */
static void
test_gone_is_created_again (RecordsFixture *f,
                            gconstpointer   unused)
{
  g_autofree char *route = NULL;

  f->status = 406;
  f->reply = NO_ROW;
  open_record (f, "/records/jobs/2");
  type (f, "title", "Boat");
  kvar_test_rows_clear (f->rows);
  records_activate (f->page, "save", NULL);
  kvar_test_wait_until (display_is_shown (f->page, "kept_box"));
  g_assert_cmpstr (display_label (f->page, "problem_label"), ==,
                   "This record no longer exists. Your draft is kept.");

  records_activate (f->page, "create-again", NULL);
  route = route_of (f);
  g_assert_cmpstr (route, ==, "/records/jobs/new");
  g_assert_cmpstr (text_of (f, "title"), ==, "Boat");
  g_assert_cmpstr (text_of (f, "price"), ==, "7.00");
  g_assert_cmpuint (n_drafts (f), ==, 1);

  f->status = 201;
  f->reply = OBJECT ("2", "Boat", "7.00");
  records_activate (f->page, "save", NULL);
  kvar_test_wait_until (state_is (f, "Saved "));
  g_assert_cmpstr (f->sent, ==, "{\"id\":\"2\",\"title\":\"Boat\",\"price\":\"7.00\"}");
}

/* The row is as it was, and no change arrives: nobody types in vain, and nothing is lost. */
static void
test_denied_is_read_only (RecordsFixture *f,
                          gconstpointer   unused)
{
  f->status = 406;
  f->reply = NO_ROW;
  open_record (f, "/records/jobs/2");
  type (f, "title", "Boat");
  records_activate (f->page, "save", NULL);
  kvar_test_wait_until (display_is_shown (f->page, "read_only_label"));
  g_assert_false (kvar_field_is_editable (kvar_form_get_field (records_form (f->page), "title")));
  g_assert_true (g_str_has_prefix (display_label (f->page, "problem_label"),
                                   "The server didn't apply the change"));
  g_assert_cmpuint (kvar_outbox_get_n_parked (kvar_workspace_get_outbox (f->display.workspace)),
                    ==, 1);
  g_assert_false (display_is_shown (f->page, "again_button"));

  /* Allowed by now, it goes as it was typed. */
  f->status = 200;
  f->reply = OBJECT ("2", "Boat", "7.00");
  records_activate (f->page, "save", NULL);
  kvar_test_wait_until (state_is (f, "Saved "));
  g_assert_cmpstr (text_of (f, "title"), ==, "Boat");
}

/* That a row may not be as it is typed is no reason to close the form. */
static void
test_refused_value_can_be_typed_anew (RecordsFixture *f,
                                      gconstpointer   unused)
{
  f->status = 403;
  f->reply = "{\"code\":\"42501\",\"message\":\"new row violates row-level security policy for "
             "table \\\"jobs\\\"\"}";
  open_record (f, "/records/jobs/2");
  type (f, "title", "Boat");
  records_activate (f->page, "save", NULL);
  kvar_test_wait_until (display_is_shown (f->page, "problem_label"));
  g_assert_true (kvar_field_is_editable (kvar_form_get_field (records_form (f->page), "title")));
}

/* PostgreSQL refuses to show the new row, and says no more than that. */
static void
test_saves_unseen (RecordsFixture *f,
                   gconstpointer   unused)
{
  f->status = 403;
  f->reply = "{\"code\":\"42501\",\"message\":\"new row violates row-level security policy for "
             "table \\\"jobs\\\"\"}";
  open_record (f, "/records/jobs/new");
  type (f, "id", "9");
  type (f, "title", "Note");
  g_assert_false (display_is_shown (f->page, "unseen_button"));
  records_activate (f->page, "save", NULL);
  kvar_test_wait_until (display_is_shown (f->page, "unseen_button"));
  g_assert_cmpstr (display_label (f->page, "problem_label"), ==,
                   "The server refused this record. You may be allowed to add records here "
                   "but not to see them.");

  f->status = 201;
  f->reply = "";
  display_click (display_child (f->page, "unseen_button"));
  kvar_test_wait_until (f->n_sent == 2);
  g_assert_cmpstr (f->sent, ==, "{\"id\":\"9\",\"title\":\"Note\"}");
  g_assert_cmpuint (records_count (f, "POST", "select="), ==, 1);
  kvar_test_wait_until (f->toasts->len == 1);
  g_assert_cmpstr (g_ptr_array_index (f->toasts, 0), ==,
                   "Saved. You can't see this record here.");
  /* The next one can be typed, and nothing of this one is left to be sent. */
  g_assert_cmpstr (text_of (f, "title"), ==, "");
  kvar_test_wait_until (n_drafts (f) == 0);
  g_assert_false (display_is_shown (f->page, "unseen_button"));
}

/* What has the value already is a press away, until another value is typed. */
static void
test_shows_the_other (RecordsFixture *f,
                      gconstpointer   unused)
{
  f->status = 409;
  f->reply = "{\"code\":\"23505\",\"message\":\"duplicate key value violates unique constraint "
             "\\\"jobs_title_key\\\"\",\"details\":\"Key (title)=(Roof) already exists.\"}";
  open_record (f, "/records/jobs/2");
  type (f, "title", "Roof");
  records_activate (f->page, "save", NULL);
  kvar_test_wait_until (display_is_shown (f->page, "others_button"));
  gtk_widget_activate (GTK_WIDGET (display_child (f->page, "others_button")));
  kvar_test_wait_until (f->navigated != NULL);
  g_assert_cmpstr (f->navigated, ==, "/records/jobs?title=eq.Roof");

  type (f, "title", "Roof 2");
  g_assert_false (display_is_shown (f->page, "others_button"));
}

static void
test_names_the_referring_table (RecordsFixture *f,
                                gconstpointer   unused)
{
  f->status = 409;
  f->reply = "{\"code\":\"23503\",\"message\":\"update or delete on table \\\"jobs\\\" violates "
             "foreign key constraint \\\"parts_fkey\\\" on table \\\"jobs\\\"\"}";
  open_record (f, "/records/jobs/2");
  records_activate (f->page, "delete", NULL);
  kvar_outbox_commit_deletes (kvar_workspace_get_outbox (f->display.workspace));
  kvar_test_wait_until (display_is_shown (f->page, "problem_label"));
  g_assert_cmpstr (display_label (f->page, "problem_label"), ==,
                   "Records in Jobs still point to this one, so it can't be deleted.");
  g_assert_false (display_is_shown (f->page, "others_button"));
}

#define add(path, func) \
  g_test_add (path, RecordsFixture, NULL, records_set_up, func, records_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();

  add ("/record-entry/FORM-6/save-and-new", test_save_and_new);
  add ("/record-entry/FORM-6/checks-first", test_save_and_new_checks_first);
  add ("/record-entry/FORM-6/pinned-fields-carry-over", test_pinned_fields_carry_over);
  add ("/record-entry/FORM-6/duplicate", test_duplicate);
  add ("/record-entry/KEY-6/value-from-above", test_value_from_above);
  add ("/record-entry/REST-70/default", test_default);
  add ("/record-entry/KEY-6/value-of-the-last-one", test_value_of_the_last_one);
  add ("/record-entry/FORM-13/marks-what-the-server-set", test_marks_what_the_server_set);
  add ("/record-entry/FORM-15/undoes-the-last-save", test_undoes_the_last_save);
  add ("/record-entry/FORM-15/undoes-only-its-own", test_undoes_only_its_own);
  add ("/record-entry/DRF-7/created-again", test_gone_is_created_again);
  add ("/record-entry/FORM-14/denied-is-read-only", test_denied_is_read_only);
  add ("/record-entry/FORM-14/refused-value-can-be-typed-anew",
       test_refused_value_can_be_typed_anew);
  add ("/record-entry/REST-78/saves-unseen", test_saves_unseen);
  add ("/record-entry/REST-61/shows-the-other", test_shows_the_other);
  add ("/record-entry/REST-63/names-the-table", test_names_the_referring_table);

  return g_test_run ();
}
