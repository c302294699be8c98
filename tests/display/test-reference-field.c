/* test-reference-field.c: a linked record is found where it was seen, or made, and then chosen
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define RELATION(name, keys, columns) \
  "{\"schema\":\"public\",\"name\":\"" name "\",\"kind\":\"table\",\"comment\":null," \
  "\"insertable\":true,\"updatable\":true,\"deletable\":true,\"select_all\":true," \
  "\"primary_key\":[\"id\"],\"unique_keys\":[],\"foreign_keys\":[" keys "],\"columns\":[" \
  columns "]}"

#define RECORDS_SCHEMA \
  "{\"version\":1,\"settings\":{},\"functions\":[],\"relations\":[" \
  RELATION ("jobs", "{\"name\":\"jobs_contact_fkey\",\"columns\":[\"contact_id\"]," \
            "\"foreign_schema\":\"public\",\"foreign_table\":\"contacts\"," \
            "\"foreign_columns\":[\"id\"]}", \
            RECORDS_COLUMN ("id", "bigint", "bigint", "false", "") "," \
            RECORDS_COLUMN ("title", "text", "text", "false", "") "," \
            RECORDS_COLUMN ("contact_id", "bigint", "bigint", "true", "")) "," \
  RELATION ("contacts", "", \
            RECORDS_COLUMN ("id", "bigint", "bigint", "false", "") "," \
            RECORDS_COLUMN ("title", "text", "text", "false", "")) "]}"

#include "kvar-press.h"
#include "kvar-records-fixture.h"
#include "pages/kvar-record-page.h"
#include "widgets/kvar-reference-field.h"
#include "widgets/kvar-reference-picker.h"

typedef RecordsFixture Fixture;

static void
set_up (Fixture       *f,
        gconstpointer  unused)
{
  static const char *const columns[] = { "id", "title", "xmin", NULL };
  static const char *const names[] = { "Anna Berg", "Bo Ek", "Björn Annell", "Hanna Alm" };

  records_set_up (f, NULL);
  kvar_test_rows_free (f->rows);
  f->rows = kvar_test_rows_new (columns);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *id = g_strdup_printf ("%u", i + 1);
      const char *const values[] = { id, names[i], "811", NULL };

      kvar_test_rows_add (f->rows, values);
    }
}

static KvarTable *
find_table (Fixture    *f,
            const char *name)
{
  return kvar_schema_find_table (kvar_workspace_get_schema (f->display.workspace), name);
}

/* The records of contacts, as somebody has just looked through them. */
static void
look_through_contacts (Fixture *f)
{
  g_autoptr(KvarQuery) query = kvar_query_new ();
  g_autoptr(KvarRecordList) list =
    kvar_record_list_new (f->display.session, find_table (f, "contacts"), query, NULL);

  kvar_record_list_load_more (list);
  kvar_test_wait_until (g_list_model_get_n_items (G_LIST_MODEL (list)) == 4);
  kvar_workspace_set_list (f->display.workspace, list);
}

static KvarField *
get_field (Fixture    *f,
           const char *column)
{
  return kvar_form_get_field (records_form (f->page), column);
}

static gpointer
find_widget (GtkWidget *widget,
             GType      type)
{
  if (g_type_is_a (G_OBJECT_TYPE (widget), type))
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      gpointer found = find_widget (child, type);

      if (found != NULL)
        return found;
    }

  return NULL;
}

/* A new job with a title, and the picker of its contact open. */
static KvarReferencePicker *
open_picker (Fixture *f)
{
  records_open (f, KVAR_TYPE_RECORD_PAGE, "/records/jobs/new");
  kvar_test_wait_until (g_str_equal (records_stack_page (f->page), "form"));
  gtk_editable_set_text (records_entry (f->page, "title"), "Roof");
  g_assert_true (kvar_field_open_picker (get_field (f, "contact_id")));

  return find_widget (GTK_WIDGET (get_field (f, "contact_id")), KVAR_TYPE_REFERENCE_PICKER);
}

static GtkEditable *
get_entry (KvarReferencePicker *picker)
{
  return GTK_EDITABLE (display_child (picker, "entry"));
}

/* The names to choose from, in their order. */
static char *
list_names (KvarReferencePicker *picker)
{
  GListModel *model = G_LIST_MODEL (gtk_list_view_get_model (display_child (picker, "view")));
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  g_auto(GStrv) names = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr(KvarRecord) record = g_list_model_get_item (model, i);
      g_autofree char *title = kvar_record_get_title (record);

      g_strv_builder_add (builder, title);
    }
  names = g_strv_builder_end (builder);

  return g_strjoinv (", ", names);
}

static gboolean
names_are (KvarReferencePicker *picker,
           const char          *expected)
{
  g_autofree char *names = list_names (picker);

  return g_str_equal (names, expected);
}

static KvarDraft *
find_draft (Fixture    *f,
            const char *table)
{
  return kvar_draft_store_lookup (kvar_workspace_get_drafts (f->display.workspace), table, "new");
}

static gboolean
input_is (KvarDraft  *draft,
          const char *name,
          const char *expected)
{
  KvarColumn *column = kvar_table_find_column (kvar_draft_get_table (draft), name);
  g_autofree char *input = kvar_draft_get_input (draft, column);

  return g_str_equal (input, expected);
}

/* With the keystroke, before any time has passed; the server's answer moves nothing. */
static void
test_finds_here_first (Fixture       *f,
                       gconstpointer  unused)
{
  const char *const later[] = { "7", "Susanna Ek", "811", NULL };
  KvarReferencePicker *picker;
  guint n_asked;

  look_through_contacts (f);
  picker = open_picker (f);
  kvar_test_wait_until (names_are (picker, "Anna Berg, Björn Annell, Bo Ek, Hanna Alm") ||
                        names_are (picker, "Anna Berg, Bo Ek, Björn Annell, Hanna Alm"));
  kvar_test_rows_add (f->rows, later);

  n_asked = kvar_test_transport_get_n_requests (f->display.transport);
  gtk_editable_set_text (get_entry (picker), "ann");
  g_assert_true (names_are (picker, "Anna Berg, Björn Annell, Hanna Alm"));
  g_assert_cmpuint (kvar_test_transport_get_n_requests (f->display.transport), ==, n_asked);

  kvar_clock_advance (f->display.clock, G_TIME_SPAN_SECOND);
  kvar_test_wait_until (names_are (picker, "Anna Berg, Björn Annell, Hanna Alm, Susanna Ek"));
  /* What the server told of is known here by now. */
  gtk_editable_set_text (get_entry (picker), "susa");
  g_assert_true (names_are (picker, "Susanna Ek"));
  gtk_popover_popdown (GTK_POPOVER (picker));
}

static void
test_finds_here_offline (Fixture       *f,
                         gconstpointer  unused)
{
  KvarReferencePicker *picker;

  look_through_contacts (f);
  f->offline = TRUE;
  picker = open_picker (f);
  gtk_editable_set_text (get_entry (picker), "bo");
  kvar_clock_advance (f->display.clock, G_TIME_SPAN_SECOND);
  kvar_test_settle ();
  g_assert_true (names_are (picker, "Bo Ek"));

  g_signal_emit_by_name (get_entry (picker), "activate");
  g_assert_true (input_is (find_draft (f, "jobs"), "contact_id", "2"));
  g_assert_true (display_has_focus (get_field (f, "contact_id")));
}

/* Asks for somebody who is not there, and presses Enter until they are made. */
static void
want_zoe (Fixture *f)
{
  KvarReferencePicker *picker = open_picker (f);

  gtk_editable_set_text (get_entry (picker), "Zoe");
  g_signal_emit_by_name (get_entry (picker), "activate");
  kvar_test_wait_until (g_str_equal (gtk_stack_get_visible_child_name (
    GTK_STACK (display_child (picker, "stack"))), "message"));
  kvar_test_wait_until (g_str_equal (display_label (picker, "message"), "No records found."));
  g_signal_emit_by_name (get_entry (picker), "activate");
  g_assert_cmpstr (f->navigated, ==, "/records/contacts/new");
}

static void
save_zoe (Fixture *f)
{
  f->status = 201;
  f->reply = "{\"id\":\"9\",\"title\":\"Zoe\",\"xmin\":\"900\"}";
  gtk_editable_set_text (records_entry (f->page, "id"), "9");
  records_activate (f->page, "save", NULL);
  kvar_test_wait_until (f->n_sent == 1);
  g_assert_cmpstr (f->sent, ==, "{\"id\":\"9\",\"title\":\"Zoe\"}");
}

static void
test_creates_and_comes_back (Fixture       *f,
                             gconstpointer  unused)
{
  g_autoptr(KvarDraft) job = NULL;

  want_zoe (f);
  g_set_object (&job, find_draft (f, "jobs"));
  records_open (f, KVAR_TYPE_RECORD_PAGE, "/records/contacts/new");
  g_assert_cmpstr (gtk_editable_get_text (records_entry (f->page, "title")), ==, "Zoe");
  g_assert_cmpstr (display_label (f->page, "errand_label"), ==,
                   "Once it is saved, it is chosen as “Contact” in Jobs, and you are back there.");
  g_assert_true (input_is (job, "title", "Roof"));
  g_assert_true (input_is (job, "contact_id", ""));

  save_zoe (f);
  kvar_test_wait_until (g_str_equal (f->navigated, "/records/jobs/new"));
  g_assert_true (input_is (job, "contact_id", "9"));
  g_assert_true (input_is (job, "title", "Roof"));
  g_assert_false (display_is_shown (f->page, "errand_label"));
}

/* Who has chosen somebody else meanwhile has chosen. */
static void
test_leaves_another_choice (Fixture       *f,
                            gconstpointer  unused)
{
  g_autoptr(KvarDraft) job = NULL;

  want_zoe (f);
  g_set_object (&job, find_draft (f, "jobs"));
  records_open (f, KVAR_TYPE_RECORD_PAGE, "/records/contacts/new");
  kvar_draft_set_input (job, kvar_table_find_column (find_table (f, "jobs"), "contact_id"), "2");
  save_zoe (f);
  kvar_test_wait_until (g_str_equal (f->navigated, "/records/jobs/new"));
  g_assert_true (input_is (job, "contact_id", "2"));
}

/* Saved while another record is looked at, it is chosen all the same, and nobody is moved. */
static void
test_is_chosen_behind (Fixture       *f,
                       gconstpointer  unused)
{
  g_autoptr(KvarDraft) job = NULL;

  want_zoe (f);
  g_set_object (&job, find_draft (f, "jobs"));
  records_open (f, KVAR_TYPE_RECORD_PAGE, "/records/contacts/new");
  f->status = 201;
  f->reply = "{\"id\":\"9\",\"title\":\"Zoe\",\"xmin\":\"900\"}";
  gtk_editable_set_text (records_entry (f->page, "id"), "9");
  records_activate (f->page, "save-and-new", NULL);
  kvar_test_wait_until (input_is (job, "contact_id", "9"));
  g_assert_cmpstr (f->navigated, ==, "/records/contacts/new");
}

static void
test_is_made_by_keys (Fixture       *f,
                      gconstpointer  unused)
{
  KvarReferencePicker *picker = open_picker (f);

  gtk_editable_set_text (get_entry (picker), "Bo");
  kvar_clock_advance (f->display.clock, G_TIME_SPAN_SECOND);
  kvar_test_wait_until (names_are (picker, "Bo Ek"));
  g_assert_true (press (f->display.window, GDK_KEY_Down, 0));
  g_assert_true (display_has_focus (display_child (picker, "create_button")));
  g_assert_true (press (f->display.window, GDK_KEY_Up, 0));
  g_assert_true (display_has_focus (get_entry (picker)));
  gtk_popover_popdown (GTK_POPOVER (picker));
}

#define add(path, func) \
  g_test_add (path, Fixture, NULL, set_up, func, records_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();

  add ("/reference-field/FORM-11/finds-here-first", test_finds_here_first);
  add ("/reference-field/FORM-11/finds-here-offline", test_finds_here_offline);
  add ("/reference-field/FORM-11/creates-and-comes-back", test_creates_and_comes_back);
  add ("/reference-field/FORM-11/leaves-another-choice", test_leaves_another_choice);
  add ("/reference-field/FORM-11/is-chosen-behind", test_is_chosen_behind);
  add ("/reference-field/FORM-11/is-made-by-keys", test_is_made_by_keys);

  return g_test_run ();
}
