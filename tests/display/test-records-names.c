/* test-records-names.c: what a person calls things, and by what they tell records apart
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kvar-records-fixture.h"
#include "pages/kvar-record-page.h"
#include "pages/kvar-records-page-private.h"
#include "widgets/kvar-rename-dialog.h"

static void
open_page (RecordsFixture *f)
{
  records_open (f, KVAR_TYPE_RECORDS_PAGE, "/records/jobs");
  kvar_test_wait_until (KVAR_RECORDS_PAGE (f->page)->list != NULL);
  kvar_test_settle ();
}

static KvarTable *
get_table (RecordsFixture *f)
{
  return kvar_schema_find_table (kvar_workspace_get_schema (f->display.workspace), "jobs");
}

static AdwMessageDialog *
find_dialog (void)
{
  g_autoptr(GList) windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l != NULL; l = l->next)
    if (ADW_IS_MESSAGE_DIALOG (l->data))
      return l->data;

  return NULL;
}

static void
rename_to (RecordsFixture *f,
           const char     *column,
           const char     *name)
{
  AdwMessageDialog *dialog = NULL;

  kvar_rename_dialog_present (GTK_WIDGET (f->page), f->display.workspace, "jobs", column);
  dialog = find_dialog ();
  g_assert_nonnull (dialog);
  gtk_editable_set_text (GTK_EDITABLE (adw_message_dialog_get_extra_child (dialog)), name);
  adw_message_dialog_response (dialog, "save");
  kvar_test_settle ();
}

/* In a list that is open, at once, and as it was when the name is taken away. */
static void
test_list_shows_new_names (RecordsFixture *f,
                           gconstpointer   unused)
{
  KvarGridColumn *column = NULL;

  open_page (f);
  column = kvar_grid_find_column (KVAR_RECORDS_PAGE (f->page)->grid, "title");
  g_assert_cmpstr (kvar_page_get_title (f->page), ==, "Jobs");
  g_assert_cmpstr (kvar_grid_column_get_title (column), ==, "Title");

  rename_to (f, NULL, "Åtaganden & <b>");
  rename_to (f, "title", " Rubrik ");
  g_assert_cmpstr (kvar_page_get_title (f->page), ==, "Åtaganden & <b>");
  g_assert_cmpstr (kvar_grid_column_get_title (column), ==, "Rubrik");

  rename_to (f, NULL, "");
  rename_to (f, "title", "  ");
  g_assert_cmpstr (kvar_page_get_title (f->page), ==, "Jobs");
  g_assert_cmpstr (kvar_grid_column_get_title (column), ==, "Title");
}

static gboolean
has_label (GtkWidget  *widget,
           const char *text)
{
  if (GTK_IS_LABEL (widget) && g_str_equal (gtk_label_get_label (GTK_LABEL (widget)), text))
    return TRUE;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (has_label (child, text))
      return TRUE;

  return FALSE;
}

/* In a form that is being typed in, without touching what is typed. */
static void
test_form_shows_new_names (RecordsFixture *f,
                           gconstpointer   unused)
{
  GtkEditable *entry = NULL;
  GtkWidget *field = NULL;

  records_open (f, KVAR_TYPE_RECORD_PAGE, "/records/jobs/1");
  kvar_test_wait_until (g_strcmp0 (records_stack_page (f->page), "form") == 0);
  entry = records_entry (f->page, "price");
  field = GTK_WIDGET (kvar_form_get_field (records_form (f->page), "price"));
  gtk_editable_set_text (entry, "12.5 and");
  gtk_editable_set_position (entry, 4);
  g_assert_true (has_label (field, "Price"));

  rename_to (f, "price", "Pris");
  g_assert_true (has_label (field, "Pris"));
  g_assert_cmpstr (gtk_editable_get_text (entry), ==, "12.5 and");
  g_assert_cmpint (gtk_editable_get_position (entry), ==, 4);

  rename_to (f, "price", "");
}

static GtkWidget *
find_named (GtkWidget  *widget,
            const char *name)
{
  if (g_str_equal (gtk_widget_get_name (widget), name))
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_named (child, name);

      if (found != NULL)
        return found;
    }

  return NULL;
}

/* The project says no key of a view: its rows are read only, with the reason, until the person
 * says one. */
static void
test_key_is_chosen (RecordsFixture *f,
                    gconstpointer   unused)
{
  KvarRecordsPage *page = NULL;
  AdwMessageDialog *dialog = NULL;
  GtkWidget *row = NULL;

  kvar_table_set_kind (get_table (f), KVAR_TABLE_VIEW);
  kvar_table_set_key (get_table (f), NULL, FALSE);
  open_page (f);
  page = KVAR_RECORDS_PAGE (f->page);
  g_assert_true (kvar_records_page_can_choose_key (page));
  kvar_grid_set_cursor (page->grid, 0, NULL);
  records_activate (f->page, "open", NULL);
  g_assert_null (f->navigated);
  g_assert_cmpuint (f->toasts->len, ==, 1);
  g_assert_nonnull (strstr (g_ptr_array_index (f->toasts, 0), "have no key"));

  records_activate (f->page, "choose-key", NULL);
  dialog = find_dialog ();
  g_assert_false (adw_message_dialog_get_response_enabled (dialog, "save"));
  row = find_named (GTK_WIDGET (dialog), "id");
  gtk_widget_activate (adw_action_row_get_activatable_widget (ADW_ACTION_ROW (row)));
  g_assert_true (adw_message_dialog_get_response_enabled (dialog, "save"));
  adw_message_dialog_response (dialog, "save");
  kvar_test_wait_until (page->next_list == NULL);
  kvar_test_settle ();

  g_assert_true (kvar_table_get_key_guessed (get_table (f)));
  kvar_grid_set_cursor (page->grid, 0, NULL);
  records_activate (f->page, "open", NULL);
  g_assert_cmpstr (f->navigated, ==, "/records/jobs/1");
}

/* Where the project knows the key, nobody is asked. */
static void
test_key_is_known (RecordsFixture *f,
                   gconstpointer   unused)
{
  open_page (f);
  g_assert_false (kvar_records_page_can_choose_key (KVAR_RECORDS_PAGE (f->page)));
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

  add ("/records-names/list-shows-new-names", test_list_shows_new_names);
  add ("/records-names/form-shows-new-names", test_form_shows_new_names);
  add ("/records-names/REST-8/key-is-chosen", test_key_is_chosen);
  add ("/records-names/REST-8/key-is-known", test_key_is_known);

  return g_test_run ();
}
