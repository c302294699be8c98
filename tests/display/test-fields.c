/* test-fields.c: what a form's fields take, and what they say
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kvar-records-fixture.h"
#include "pages/kvar-record-page.h"
#include "widgets/kvar-cell-field.h"
#include "widgets/kvar-flag-field.h"

static void
open_record (RecordsFixture *f)
{
  records_open (f, KVAR_TYPE_RECORD_PAGE, "/records/jobs/2");
  kvar_test_wait_until (g_str_equal (records_stack_page (f->page), "form"));
}

static GtkWidget *
find_text (RecordsFixture *f,
           const char     *column)
{
  return records_find_text (GTK_WIDGET (kvar_form_get_field (records_form (f->page), column)));
}

static char *
input_of (RecordsFixture *f,
          const char     *column)
{
  KvarField *field = kvar_form_get_field (records_form (f->page), column);

  return kvar_draft_get_input (kvar_field_get_draft (field), kvar_field_get_column (field));
}

static gboolean
input_is (RecordsFixture *f,
          const char     *column,
          const char     *expected)
{
  g_autofree char *input = input_of (f, column);

  return g_str_equal (input, expected);
}

/* As another program has it on the clipboard, byte for byte. */
static void
copy (RecordsFixture *f,
      const char     *data,
      gsize           size)
{
  g_autoptr(GBytes) bytes = g_bytes_new (data, size);
  g_autoptr(GdkContentProvider) content =
    gdk_content_provider_new_for_bytes ("text/plain;charset=utf-8", bytes);

  gdk_clipboard_set_content (gtk_widget_get_clipboard (GTK_WIDGET (f->page)), content);
}

static void
paste (RecordsFixture *f,
       const char     *column)
{
  GtkWidget *text = find_text (f, column);

  if (GTK_IS_ENTRY (text))
    text = GTK_WIDGET (gtk_editable_get_delegate (GTK_EDITABLE (text)));
  g_signal_emit_by_name (text, "paste-clipboard");
}

static void
test_nul_is_left_out (RecordsFixture *f,
                      gconstpointer   unused)
{
  open_record (f);
  gtk_editable_select_region (records_entry (f->page, "title"), 3, -1);
  copy (f, "a\0rd\0en", 7);
  paste (f, "title");
  kvar_test_wait_until (input_is (f, "title", "Celarden"));
  kvar_test_wait_until (f->toasts->len == 1);
  g_assert_cmpstr (g_ptr_array_index (f->toasts, 0), ==,
                   "2 characters that no database takes were left out.");
  g_assert_cmpint (gtk_editable_get_position (records_entry (f->page, "title")), ==, 8);
}

static void
test_nul_is_left_out_of_lines (RecordsFixture *f,
                               gconstpointer   unused)
{
  GtkTextBuffer *buffer;

  open_record (f);
  g_assert_true (GTK_IS_TEXT_VIEW (find_text (f, "remark")));
  copy (f, "one\n\0two", 8);
  paste (f, "remark");
  kvar_test_wait_until (input_is (f, "remark", "one\ntwo"));
  kvar_test_wait_until (f->toasts->len == 1);
  g_assert_cmpstr (g_ptr_array_index (f->toasts, 0), ==,
                   "1 character that no database takes was left out.");

  /* It is one step to be undone. */
  buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (find_text (f, "remark")));
  gtk_text_buffer_undo (buffer);
  g_assert_true (input_is (f, "remark", ""));
}

/* GTK would paste nothing at all. */
static void
test_what_is_no_text_is_left_out (RecordsFixture *f,
                                  gconstpointer   unused)
{
  open_record (f);
  gtk_editable_select_region (records_entry (f->page, "title"), 0, -1);
  copy (f, "sm\xf6rg\xc3\xa5s \xed\xa0\x80", 12);
  paste (f, "title");
  kvar_test_wait_until (input_is (f, "title", "smrgås "));
  kvar_test_wait_until (f->toasts->len == 1);
  g_assert_cmpstr (g_ptr_array_index (f->toasts, 0), ==,
                   "4 characters that no database takes were left out.");
}

static void
test_text_is_pasted_as_it_is (RecordsFixture *f,
                              gconstpointer   unused)
{
  open_record (f);
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (f->page)), "Förråd 🏠");
  gtk_editable_select_region (records_entry (f->page, "title"), 0, -1);
  paste (f, "title");
  kvar_test_wait_until (input_is (f, "title", "Förråd 🏠"));
  g_assert_cmpuint (f->toasts->len, ==, 0);
}

/* More than GTK's entries take: they cut it off without a word. */
static char *
make_long (void)
{
  return g_strnfill (100000, 'x');
}

static void
test_long_text_is_not_cut (RecordsFixture *f,
                           gconstpointer   unused)
{
  g_autofree char *text = make_long ();
  KvarField *field;
  KvarField *cell;
  GtkEditable *entry;

  open_record (f);
  field = kvar_form_get_field (records_form (f->page), "title");
  entry = records_entry (f->page, "title");
  kvar_draft_set_input (kvar_field_get_draft (field), kvar_field_get_column (field), text);
  g_signal_emit_by_name (gtk_editable_get_delegate (entry), "delete-from-cursor",
                         GTK_DELETE_CHARS, 1);
  g_assert_true (input_is (f, "title", text));

  cell = kvar_cell_field_new (kvar_field_get_draft (field), kvar_field_get_column (field),
                              kvar_page_get_workspace (f->page));
  g_object_ref_sink (cell);
  g_assert_true (kvar_field_is_multiline (cell));
  g_object_unref (cell);

  kvar_draft_reset_column (kvar_field_get_draft (field), kvar_field_get_column (field));
  g_assert_true (gtk_editable_get_editable (entry));
}

static void
test_long_text_is_not_pasted_in_part (RecordsFixture *f,
                                      gconstpointer   unused)
{
  g_autofree char *text = make_long ();

  open_record (f);
  gtk_editable_select_region (records_entry (f->page, "title"), 0, -1);
  copy (f, text, strlen (text));
  paste (f, "title");
  kvar_test_wait_until (f->toasts->len == 1);
  g_assert_cmpstr (g_ptr_array_index (f->toasts, 0), ==,
                   "What is on the clipboard is too long for this field.");
  g_assert_true (input_is (f, "title", "Cellar"));
}

static GtkCheckButton *
find_check_button (GtkWidget *widget)
{
  GtkCheckButton *found = NULL;

  if (GTK_IS_CHECK_BUTTON (widget))
    return GTK_CHECK_BUTTON (widget);

  for (GtkWidget *child = gtk_widget_get_first_child (widget);
       child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_check_button (child);

  return found;
}

/* As its cast to text has it, or what is the same would look changed. */
static void
test_flag_is_postgresql_text (RecordsFixture *f,
                              gconstpointer   unused)
{
  g_autoptr(KvarValue) yes = NULL;
  g_autoptr(KvarValue) no = NULL;
  GtkWidget *flag;
  KvarColumn *column;
  KvarDraft *draft;

  open_record (f);
  draft = kvar_field_get_draft (kvar_form_get_field (records_form (f->page), "title"));
  column = kvar_table_find_column (kvar_draft_get_table (draft), "done");
  flag = g_object_ref_sink (GTK_WIDGET (kvar_flag_field_new (draft, column)));
  gtk_check_button_set_active (find_check_button (flag), TRUE);
  yes = kvar_draft_get_value (draft, column);
  g_assert_cmpstr (kvar_value_get_text (yes), ==, "true");
  gtk_check_button_set_active (find_check_button (flag), FALSE);
  no = kvar_draft_get_value (draft, column);
  g_assert_cmpstr (kvar_value_get_text (no), ==, "false");
  g_object_unref (flag);
}

#define add(path, func) \
  g_test_add (path, RecordsFixture, NULL, records_set_up, func, records_tear_down)

/* A list had loaded no more of the record when somebody began to type into it. */
static KvarDraft *
begin_in_list (RecordsFixture *f)
{
  KvarTable *table = kvar_schema_find_table (kvar_workspace_get_schema (f->display.workspace),
                                             "jobs");
  g_autoptr(KvarRecord) seen = kvar_record_new (table);
  KvarDraft *draft;

  kvar_record_set_text (seen, 0, "2");
  kvar_record_set_text (seen, 1, "Cellar");
  kvar_record_set_xmin (seen, "811");
  draft = kvar_draft_store_open (kvar_workspace_get_drafts (f->display.workspace), table, "2",
                                 seen);
  kvar_draft_set_input (draft, kvar_table_find_column (table, "title"), "Mine");

  return draft;
}

static gboolean
is_editable (RecordsFixture *f,
             const char     *column)
{
  return kvar_field_is_editable (kvar_form_get_field (records_form (f->page), column));
}

/* A field that is not loaded looks empty, and what is typed there would take the place of what
 * nobody here has seen. */
static void
test_unknown_is_not_typed_over (RecordsFixture *f,
                                gconstpointer   unused)
{
  g_autoptr(KvarDraft) draft = begin_in_list (f);

  f->offline = TRUE;
  open_record (f);
  g_assert_true (is_editable (f, "title"));
  g_assert_false (is_editable (f, "price"));
  g_assert_null (records_find_text (GTK_WIDGET (kvar_form_get_field (records_form (f->page),
                                                                     "remark"))));

  gtk_editable_set_position (records_entry (f->page, "title"), 2);
  f->offline = FALSE;
  records_activate (f->page, "refresh", NULL);
  kvar_test_wait_until (is_editable (f, "price"));
  g_assert_true (input_is (f, "price", "7.00"));
  g_assert_true (input_is (f, "title", "Mine"));
  g_assert_nonnull (find_text (f, "remark"));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();

  add ("/fields/REST-73/nul-is-left-out", test_nul_is_left_out);
  add ("/fields/REST-73/nul-is-left-out-of-lines", test_nul_is_left_out_of_lines);
  add ("/fields/REST-74/what-is-no-text-is-left-out", test_what_is_no_text_is_left_out);
  add ("/fields/REST-74/text-is-pasted-as-it-is", test_text_is_pasted_as_it_is);

  add ("/fields/flag/is-postgresql-text", test_flag_is_postgresql_text);
  add ("/fields/long-text/is-not-cut", test_long_text_is_not_cut);
  add ("/fields/long-text/is-not-pasted-in-part", test_long_text_is_not_pasted_in_part);
  add ("/fields/unknown/is-not-typed-over", test_unknown_is_not_typed_over);

  return g_test_run ();
}
