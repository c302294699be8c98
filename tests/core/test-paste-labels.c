/* test-paste-labels.c: pasted labels become the keys of the records that they stand for
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "kvar-session-fixture.h"
#include "records/kvar-paste-labels.h"
#include "records/kvar-paste-text.h"
#include "schema/kvar-schema-parser.h"

/* Two are called Ola. */
static KvarReply *
contacts_cb (KvarRequest  *request,
             gpointer      user_data,
             GError      **error)
{
  guint *n = user_data;

  return kvar_test_reply_new (200, (*n)++ > 0 ? "[]" :
    "[{\"full_name\":\"Eva Ek\",\"id\":\"5\"},{\"full_name\":\"Ola\",\"id\":\"6\"},"
    "{\"full_name\":\"Ola\",\"id\":\"7\"}]");
}

static KvarSchema *
read_schema (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "kvar-schema.json", NULL);
  g_autoptr(GBytes) bytes = NULL;
  char *json = NULL;
  gsize size;

  g_assert_true (g_file_get_contents (path, &json, &size, NULL));
  bytes = g_bytes_new_take (json, size);

  return kvar_schema_parse (bytes, NULL);
}

static KvarPastePlan *
plan_text (KvarTable  *table,
           const char *text)
{
  g_autoptr(GBytes) bytes = g_bytes_new_static (text, strlen (text));
  g_autoptr(GPtrArray) columns = g_ptr_array_new ();
  g_autoptr(GPtrArray) rows = NULL;
  guint n_removed;

  g_ptr_array_add (columns, kvar_table_find_column (table, "title"));
  g_ptr_array_add (columns, kvar_table_find_column (table, "contact_id"));
  rows = kvar_paste_text_read (bytes, &n_removed);

  return kvar_paste_plan_new (table, columns, rows);
}

static const char *
get_contact (KvarPastePlan *plan,
             guint          row)
{
  return ((char **)g_ptr_array_index (plan->rows, row))[1];
}

static const char *
find_sentence (KvarPastePlan *plan,
               guint          row)
{
  for (guint i = 0; i < plan->problems->len; i++)
    {
      KvarPasteProblem *problem = g_ptr_array_index (plan->problems, i);

      if (problem->row == row &&
          g_str_equal (kvar_column_get_name (problem->column), "contact_id"))
        return problem->sentence;
    }

  return NULL;
}

/* A key stays one; what nobody is called, or two are, is told of. */
static void
test_become_keys (Fixture       *f,
                  gconstpointer  unused)
{
  g_autoptr(KvarSchema) schema = read_schema ();
  g_autoptr(KvarPastePlan) plan = NULL;
  g_autoptr(GAsyncResult) result = NULL;
  guint n = 0;

  kvar_test_transport_on (f->transport, "GET", "/rest/v1/contacts", contacts_cb, &n);
  plan = plan_text (kvar_schema_find_table (schema, "jobs"),
                    "Roof\tEva Ek\nShed\t9\nAttic\tOla\nCellar\tNobody\n");
  g_assert_true (kvar_paste_labels_are_there (schema, plan));
  kvar_paste_labels_async (f->session, schema, plan, NULL, kvar_test_keep_result, &result);
  kvar_test_wait_until (result != NULL);
  g_assert_true (kvar_paste_labels_finish (f->session, result, NULL));
  kvar_paste_plan_check (plan);

  g_assert_cmpstr (get_contact (plan, 0), ==, "5");
  g_assert_null (find_sentence (plan, 1));
  g_assert_cmpstr (get_contact (plan, 1), ==, "9");
  g_assert_cmpstr (get_contact (plan, 2), ==, "Ola");
  g_assert_cmpstr (find_sentence (plan, 3), ==, "There is not exactly one record called “Ola”.");
  g_assert_cmpstr (find_sentence (plan, 4), ==,
                   "There is not exactly one record called “Nobody”.");
}

static void
test_keys_ask_nobody (Fixture       *f,
                      gconstpointer  unused)
{
  g_autoptr(KvarSchema) schema = read_schema ();
  g_autoptr(KvarPastePlan) plan = plan_text (kvar_schema_find_table (schema, "jobs"),
                                             "Roof\t5\nShed\t\n");

  g_assert_false (kvar_paste_labels_are_there (schema, plan));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add ("/paste-labels/GRID-12/become-keys", Fixture, NULL, fixture_set_up_signed_in,
              test_become_keys, fixture_tear_down);
  g_test_add ("/paste-labels/GRID-12/keys-ask-nobody", Fixture, NULL, fixture_set_up_signed_in,
              test_keys_ask_nobody, fixture_tear_down);

  return g_test_run ();
}
