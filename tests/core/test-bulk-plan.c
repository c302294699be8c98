/* test-bulk-plan.c: what a change of many rows will do, and how it is asked for
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "kvar-test-table.h"
#include "records/kvar-bulk-plan.h"

typedef struct
{
  KvarTable  *table;
  KvarColumn *title;
  KvarColumn *price;
  GPtrArray  *records;
} Fixture;

static void
fixture_set_up (Fixture       *f,
                gconstpointer  unused)
{
  f->table = kvar_test_table_new_jobs ();
  f->title = kvar_table_find_column (f->table, "title");
  f->price = kvar_table_find_column (f->table, "price");
  f->records = g_ptr_array_new_with_free_func (g_object_unref);
}

static void
fixture_tear_down (Fixture       *f,
                   gconstpointer  unused)
{
  g_ptr_array_unref (f->records);
  g_assert_finalize_object (f->table);
}

static KvarRecord *
add_record (Fixture    *f,
            const char *id,
            const char *title,
            const char *price)
{
  KvarRecord *record = kvar_record_new (f->table);

  kvar_record_set_text (record, 0, id);
  kvar_record_set_text (record, 1, title);
  kvar_record_set_text (record, 2, price);
  g_ptr_array_add (f->records, record);

  return record;
}

static KvarBulkPlan *
plan (Fixture    *f,
      KvarColumn *column,
      const char *text)
{
  g_autoptr(KvarValue) value = kvar_value_new (kvar_column_get_column_type (column), text);

  return kvar_bulk_plan_new (column, f->records, value);
}

static void
free_chunks (GQueue *chunks)
{
  g_queue_free_full (chunks, (GDestroyNotify)g_ptr_array_unref);
}

static char *
describe_filters (Fixture    *f,
                  KvarColumn *column,
                  GPtrArray  *rows)
{
  g_autoptr(GPtrArray) filters = kvar_bulk_plan_filters (f->table, column, rows);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < filters->len; i++)
    {
      g_autofree char *name = kvar_filter_to_name (g_ptr_array_index (filters, i));
      g_autofree char *value = kvar_filter_to_value (g_ptr_array_index (filters, i));

      g_string_append_printf (text, "%s%s=%s", i > 0 ? "&" : "", name, value);
    }

  return g_string_free (text, FALSE);
}

static void
test_bulk_plan_counts (Fixture       *f,
                       gconstpointer  unused)
{
  g_autoptr(KvarBulkPlan) prices = NULL;
  KvarRecord *unread = kvar_record_new (f->table);

  add_record (f, "1", "Roof", "12.50");
  add_record (f, "2", "Wall", "12.5");
  add_record (f, "3", "Attic", NULL);
  add_record (f, "4", "Cellar", "7.00");
  kvar_record_set_text (unread, 0, "5");
  g_ptr_array_add (f->records, unread);

  prices = plan (f, f->price, "12.500");
  g_assert_cmpuint (prices->rows->len, ==, 2);
  g_assert_cmpuint (prices->n_already, ==, 2);
  g_assert_cmpuint (prices->n_unable, ==, 1);
  g_assert_true (kvar_bulk_plan_needs_read (f->price, unread));
  g_assert_false (kvar_bulk_plan_needs_read (f->price, g_ptr_array_index (f->records, 0)));
}

static void
test_bulk_plan_groups_equal_rows (Fixture       *f,
                                  gconstpointer  unused)
{
  g_autoptr(KvarBulkPlan) change = NULL;
  g_autofree char *filters = NULL;
  g_autofree char *keys = NULL;
  GQueue *chunks;

  add_record (f, "1", "Roof", NULL);
  add_record (f, "a,b", "Wall", NULL);
  change = plan (f, f->price, "1");
  chunks = kvar_bulk_plan_chunks (f->table, change->rows);
  g_assert_cmpuint (g_queue_get_length (chunks), ==, 1);
  filters = describe_filters (f, f->price, g_queue_peek_head (chunks));
  g_assert_cmpstr (filters, ==, "id=in.(1,\"a,b\")&price=is.null");
  keys = describe_filters (f, NULL, g_queue_peek_head (chunks));
  g_assert_cmpstr (keys, ==, "id=in.(1,\"a,b\")");
  free_chunks (chunks);
}

static void
test_bulk_plan_joins_differing_rows (Fixture       *f,
                                     gconstpointer  unused)
{
  g_autoptr(KvarBulkPlan) change = NULL;
  g_autofree char *filters = NULL;
  GQueue *chunks;

  add_record (f, "1", "B (old)", NULL);
  add_record (f, "2", "A", NULL);
  add_record (f, "3", "B (old)", NULL);
  change = plan (f, f->title, "New");
  chunks = kvar_bulk_plan_chunks (f->table, change->rows);
  g_assert_cmpuint (g_queue_get_length (chunks), ==, 1);
  filters = describe_filters (f, f->title, g_queue_peek_head (chunks));
  g_assert_cmpstr (filters, ==, "or=(and(id.in.(2),title.eq.A),"
                                "and(id.in.(1,3),title.eq.\"B (old)\"))");
  free_chunks (chunks);
}

static void
test_bulk_plan_keeps_addresses_short (Fixture       *f,
                                      gconstpointer  unused)
{
  g_autoptr(KvarBulkPlan) change = NULL;
  GQueue *chunks;
  guint n = 0;

  for (guint i = 0; i < 1000; i++)
    {
      g_autofree char *id = g_uuid_string_random ();
      g_autofree char *title = g_strdup_printf ("Title %u", i % 3);

      add_record (f, id, title, NULL);
    }

  change = plan (f, f->title, "New");
  chunks = kvar_bulk_plan_chunks (f->table, change->rows);
  g_assert_cmpuint (g_queue_get_length (chunks), <=, 12);
  for (GList *l = chunks->head; l != NULL; l = l->next)
    {
      g_autofree char *filters = describe_filters (f, f->title, l->data);
      g_autofree char *escaped = g_uri_escape_string (filters, NULL, FALSE);

      g_assert_cmpuint (strlen (escaped), <, 6144);
      n += ((GPtrArray *)l->data)->len;
    }
  g_assert_cmpuint (n, ==, 1000);
  free_chunks (chunks);
}

static void
test_bulk_plan_judges (Fixture       *f,
                       gconstpointer  unused)
{
  static const struct
  {
    const char      *now;     /* NULL: the row is gone */
    gboolean         lost;
    KvarBulkOutcome  outcome;
  } cases[] = {
    { "Roof", FALSE, KVAR_BULK_DENIED },
    { "Roof", TRUE, KVAR_BULK_PENDING },
    { "New", FALSE, KVAR_BULK_OVERTAKEN },
    { "New", TRUE, KVAR_BULK_DONE },
    { "Other", FALSE, KVAR_BULK_OVERTAKEN },
    { "Other", TRUE, KVAR_BULK_OVERTAKEN },
    { NULL, FALSE, KVAR_BULK_GONE },
    { NULL, TRUE, KVAR_BULK_GONE },
  };
  g_autoptr(KvarBulkPlan) change = NULL;

  add_record (f, "1", "Roof", NULL);
  change = plan (f, f->title, "New");
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      KvarRecord *now = cases[i].now != NULL ? add_record (f, "1", cases[i].now, NULL) : NULL;

      g_assert_cmpint (kvar_bulk_plan_judge (f->title, g_ptr_array_index (change->rows, 0), now,
                                             cases[i].lost), ==, cases[i].outcome);
    }
}

/* Gone is what was wanted of it; still there it is not ours to delete, or the answer was lost. */
static void
test_bulk_plan_judges_deletes (Fixture       *f,
                               gconstpointer  unused)
{
  g_autoptr(KvarBulkPlan) gone = NULL;
  KvarRecord *record = add_record (f, "1", "Roof", NULL);
  KvarBulkRow *row;

  gone = kvar_bulk_plan_new_delete (f->records);
  row = g_ptr_array_index (gone->rows, 0);
  g_assert_cmpint (kvar_bulk_plan_judge (NULL, row, NULL, TRUE), ==, KVAR_BULK_DONE);
  g_assert_cmpint (kvar_bulk_plan_judge (NULL, row, NULL, FALSE), ==, KVAR_BULK_GONE);
  g_assert_cmpint (kvar_bulk_plan_judge (NULL, row, record, TRUE), ==, KVAR_BULK_PENDING);
  g_assert_cmpint (kvar_bulk_plan_judge (NULL, row, record, FALSE), ==, KVAR_BULK_DENIED);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, func) g_test_add (path, Fixture, NULL, fixture_set_up, func, fixture_tear_down)

  ADD ("/bulk-plan/counts", test_bulk_plan_counts);
  ADD ("/bulk-plan/groups-equal-rows", test_bulk_plan_groups_equal_rows);
  ADD ("/bulk-plan/joins-differing-rows", test_bulk_plan_joins_differing_rows);
  ADD ("/bulk-plan/keeps-addresses-short", test_bulk_plan_keeps_addresses_short);
  ADD ("/bulk-plan/judges", test_bulk_plan_judges);
  ADD ("/bulk-plan/judges-deletes", test_bulk_plan_judges_deletes);

  return g_test_run ();
}
