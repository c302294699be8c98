/* test-draft-copy.c: What another record is begun with, and what is this one's alone.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "kvar-test-table.h"
#include "records/kvar-draft-copy.h"

typedef struct
{
  KvarTable  *table;
  KvarRecord *base;
  KvarDraft  *from;
  KvarDraft  *to;
} Fixture;

static void
add_column (Fixture    *f,
            const char *name,
            const char *type_name,
            const char *default_text)
{
  g_autoptr(KvarType) type = kvar_type_new (type_name, NULL);
  g_autoptr(KvarColumn) column = kvar_column_new (name, type);

  kvar_column_set_default (column, default_text);
  kvar_column_set_privileges (column, TRUE, TRUE, TRUE);
  kvar_table_add_column (f->table, column);
}

static void
fixture_set_up (Fixture       *f,
                gconstpointer  unused)
{
  static const char *const texts[] = {
    "11111111-1111-4111-8111-111111111111", "Roof", "12.50", "2026-11-20", "7", "{\"a\": 1}",
    "99.00", "J-1", "2026-11-01T00:00:00+00:00", "open"
  };

  f->table = kvar_test_table_new_jobs ();
  add_column (f, "ref", "text", NULL);
  add_column (f, "created_at", "timestamptz", "now()");
  add_column (f, "status", "text", "'new'::text");
  kvar_column_set_is_unique (kvar_table_find_column (f->table, "ref"), TRUE);
  f->base = kvar_record_new (f->table);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    kvar_record_set_text (f->base, i, texts[i]);
  f->from = kvar_draft_new (f->table, f->base);
  kvar_draft_set_input (f->from, kvar_table_find_column (f->table, "title"), "Roofs");
  kvar_draft_set_input (f->from, kvar_table_find_column (f->table, "price"), "12,x");
  f->to = kvar_draft_new (f->table, NULL);
}

static void
fixture_tear_down (Fixture       *f,
                   gconstpointer  unused)
{
  g_assert_finalize_object (f->to);
  g_assert_finalize_object (f->from);
  g_assert_finalize_object (f->base);
  g_assert_finalize_object (f->table);
}

static void
assert_input (Fixture    *f,
              const char *column,
              const char *expected)
{
  g_autofree char *input = kvar_draft_get_input (f->to, kvar_table_find_column (f->table,
                                                                                column));

  g_assert_cmpstr (input, ==, expected);
}

static void
test_duplicate (Fixture       *f,
                gconstpointer  unused)
{
  kvar_draft_copy_from (f->to, f->from, KVAR_COPY_DUPLICATE);
  assert_input (f, "title", "Roofs");
  assert_input (f, "price", "12,x");
  assert_input (f, "due_on", "2026-11-20");
  assert_input (f, "contact_id", "7");
  assert_input (f, "status", "open");
  assert_input (f, "id", "");
  assert_input (f, "ref", "");
  assert_input (f, "total", "");
  assert_input (f, "created_at", "");
}

/* What is gone may be there once more, but for what the server makes. */
static void
test_again (Fixture       *f,
            gconstpointer  unused)
{
  kvar_draft_copy_from (f->to, f->from, KVAR_COPY_AGAIN);
  assert_input (f, "ref", "J-1");
  assert_input (f, "title", "Roofs");
  assert_input (f, "id", "");
  assert_input (f, "total", "");
}

static void
test_to_text (Fixture       *f,
              gconstpointer  unused)
{
  g_autofree char *text = kvar_draft_copy_to_text (f->from);

  g_assert_cmpstr (text, ==, "Title: Roofs\nPrice: 12,x\n");
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, fixture_set_up, func, fixture_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  ADD ("/draft-copy/FORM-6/duplicate", test_duplicate);
  ADD ("/draft-copy/REST-59/again", test_again);
  ADD ("/draft-copy/DRF-7/to-text", test_to_text);

  return g_test_run ();
}
