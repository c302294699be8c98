/* test-bytes-field.c: a field of bytes is saved as a file, and taken from one
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define RECORDS_SCHEMA \
  "{\"version\":1,\"settings\":{},\"functions\":[]," \
  "\"relations\":[{\"schema\":\"public\"," \
  "\"name\":\"jobs\",\"kind\":\"table\",\"comment\":null,\"insertable\":true," \
  "\"updatable\":true,\"deletable\":true,\"select_all\":true,\"primary_key\":[\"id\"]," \
  "\"unique_keys\":[],\"foreign_keys\":[],\"columns\":[" \
  RECORDS_COLUMN ("id", "bigint", "bigint", "false", "") "," \
  RECORDS_COLUMN ("title", "text", "text", "false", "") "," \
  RECORDS_COLUMN ("remark", "bytea", "bytea", "true", "") "]}]}"

#include "kvar-records-fixture.h"
#include "pages/kvar-record-page.h"
#include "records/kvar-bytes-text.h"
#include "widgets/kvar-bytes-field.h"

#define PICTURE "\\x89504e470d0a1a0a000102030405060708090a0b"

static GFile *
new_file (RecordsFixture *f,
          const char     *contents,
          gsize           size)
{
  g_autofree char *path = g_build_filename (f->display.state_dir, "picked", NULL);

  if (contents != NULL)
    g_assert_true (g_file_set_contents (path, contents, (gssize)size, NULL));

  return g_file_new_for_path (path);
}

static KvarBytesField *
open_record (RecordsFixture *f,
             const char     *value)
{
  const char *const values[] = { "9", "Stored", NULL, NULL, value, NULL, "811" };

  kvar_test_rows_add (f->rows, values);
  records_open (f, KVAR_TYPE_RECORD_PAGE, "/records/jobs/9");
  kvar_test_wait_until (g_str_equal (records_stack_page (f->page), "form"));

  return KVAR_BYTES_FIELD (kvar_form_get_field (records_form (f->page), "remark"));
}

/* Whether some label in @widget says @text. */
static gboolean
says (GtkWidget  *widget,
      const char *text)
{
  gboolean found = GTK_IS_LABEL (widget) && gtk_widget_get_mapped (widget) &&
                   strstr (gtk_label_get_text (GTK_LABEL (widget)), text) != NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget);
       child != NULL && !found;
       child = gtk_widget_get_next_sibling (child))
    found = says (child, text);

  return found;
}

static void
test_shows_what_it_is (RecordsFixture *f,
                       gconstpointer   unused)
{
  KvarBytesField *field = open_record (f, PICTURE);

  g_assert_true (says (GTK_WIDGET (field), "PNG image, 20 bytes"));
  g_assert_true (says (GTK_WIDGET (field), "89 50 4e 47 0d 0a 1a 0a 00 01 02 03 04 05 06 07 …"));
  g_assert_false (records_action_enabled (f->page, "save"));
}

static void
test_is_saved_as_a_file (RecordsFixture *f,
                         gconstpointer   unused)
{
  KvarBytesField *field = open_record (f, PICTURE);
  g_autoptr(GFile) file = new_file (f, NULL, 0);
  g_autofree char *contents = NULL;
  gsize size;

  kvar_bytes_field_save (field, file);
  kvar_test_wait_until (f->toasts->len == 1);
  g_assert_cmpstr (g_ptr_array_index (f->toasts, 0), ==, "The file is saved.");
  g_assert_true (g_file_load_contents (file, NULL, &contents, &size, NULL, NULL));
  g_assert_cmpmem (contents, size,
                   "\x89PNG\r\n\x1a\n\0\x01\x02\x03\x04\x05\x06\x07\x08\x09\x0a\x0b", 20);
}

static void
test_is_taken_from_a_file (RecordsFixture *f,
                           gconstpointer   unused)
{
  KvarBytesField *field = open_record (f, NULL);
  g_autoptr(GFile) file = new_file (f, "a\0b", 3);

  f->reply = "{\"id\":\"9\",\"title\":\"Stored\",\"remark\":\"\\\\x610062\",\"xmin\":\"812\"}";
  g_assert_true (says (GTK_WIDGET (field), "No value"));
  kvar_bytes_field_take (field, file);
  kvar_test_wait_until (records_action_enabled (f->page, "save"));
  g_assert_true (says (GTK_WIDGET (field), "3 bytes"));

  records_activate (f->page, "save", NULL);
  kvar_test_wait_until (f->n_sent == 1);
  g_assert_cmpstr (f->sent, ==, "{\"remark\":\"\\\\x610062\"}");
}

static void
test_too_large_is_refused (RecordsFixture *f,
                           gconstpointer   unused)
{
  KvarBytesField *field = open_record (f, PICTURE);
  g_autofree char *large = g_malloc0 (KVAR_BYTES_MAX + 1);
  g_autoptr(GFile) file = new_file (f, large, KVAR_BYTES_MAX + 1);

  kvar_bytes_field_take (field, file);
  kvar_test_wait_until (f->toasts->len == 1);
  g_assert_true (g_str_has_prefix (g_ptr_array_index (f->toasts, 0), "The file is larger than "));
  g_assert_false (records_action_enabled (f->page, "save"));
  g_assert_true (says (GTK_WIDGET (field), "20 bytes"));
}

static void
test_what_cannot_be_read_is_said (RecordsFixture *f,
                                  gconstpointer   unused)
{
  KvarBytesField *field = open_record (f, PICTURE);
  g_autoptr(GFile) file = new_file (f, NULL, 0);

  kvar_bytes_field_take (field, file);
  kvar_test_wait_until (f->toasts->len == 1);
  g_assert_cmpstr (g_ptr_array_index (f->toasts, 0), ==, "The file couldn't be read.");
  g_assert_false (records_action_enabled (f->page, "save"));
}

#define ADD(path, func) \
  g_test_add ("/bytes-field/" path, RecordsFixture, NULL, records_set_up, func, records_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  adw_init ();

  ADD ("REST-49/shows-what-it-is", test_shows_what_it_is);
  ADD ("REST-49/is-saved-as-a-file", test_is_saved_as_a_file);
  ADD ("REST-49/is-taken-from-a-file", test_is_taken_from_a_file);
  ADD ("REST-49/too-large-is-refused", test_too_large_is_refused);
  ADD ("REST-49/what-cannot-be-read-is-said", test_what_cannot_be_read_is_said);

  return g_test_run ();
}
