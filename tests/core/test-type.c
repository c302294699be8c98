/* test-type.c: PostgreSQL's names of types
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib.h>

#include "schema/kvar-type.h"

static void
assert_kind (const char *name,
             KvarKind    kind)
{
  g_autoptr(KvarType) type = kvar_type_new (name, NULL);

  g_test_message ("%s", name);
  g_assert_cmpint (kvar_type_get_kind (type), ==, kind);
  g_assert_cmpstr (kvar_type_get_name (type), ==, name);
}

static void
test_type_knows_spellings (void)
{
  assert_kind ("text", KVAR_KIND_TEXT);
  assert_kind ("character varying(120)", KVAR_KIND_TEXT);
  assert_kind ("varchar", KVAR_KIND_TEXT);
  assert_kind ("int32", KVAR_KIND_INTEGER);
  assert_kind ("integer", KVAR_KIND_INTEGER);
  assert_kind ("numeric(12,2)", KVAR_KIND_DECIMAL);
  assert_kind ("double precision", KVAR_KIND_FLOAT);
  assert_kind ("timestamp(3) with time zone", KVAR_KIND_TIMESTAMPTZ);
  assert_kind ("timestamptz", KVAR_KIND_TIMESTAMPTZ);
  assert_kind ("timestamp without time zone", KVAR_KIND_TIMESTAMP);
  assert_kind ("time(0) without time zone", KVAR_KIND_TIME);
  assert_kind ("interval day to second", KVAR_KIND_INTERVAL);
  assert_kind ("interval(3)", KVAR_KIND_INTERVAL);
  assert_kind ("pg_catalog.int4", KVAR_KIND_INTEGER);
  assert_kind ("jsonb", KVAR_KIND_JSON);
  assert_kind ("money", KVAR_KIND_OTHER);
  assert_kind ("public.job_status", KVAR_KIND_OTHER);
  assert_kind ("text[][]", KVAR_KIND_ARRAY);
  assert_kind ("_int4", KVAR_KIND_ARRAY);
  assert_kind ("", KVAR_KIND_OTHER);
  assert_kind ("numeric(", KVAR_KIND_OTHER);
}

static void
test_type_reads_modifiers (void)
{
  g_autoptr(KvarType) numeric = kvar_type_new ("numeric(12,2)", NULL);
  g_autoptr(KvarType) whole = kvar_type_new ("numeric(5)", NULL);
  g_autoptr(KvarType) hundreds = kvar_type_new ("numeric(3,-2)", NULL);
  g_autoptr(KvarType) free = kvar_type_new ("numeric", NULL);
  g_autoptr(KvarType) text = kvar_type_new ("character varying(120)", NULL);
  g_autoptr(KvarType) list = kvar_type_new ("character varying(5)[]", NULL);

  g_assert_cmpint (kvar_type_get_precision (numeric), ==, 12);
  g_assert_cmpint (kvar_type_get_scale (numeric), ==, 2);
  g_assert_cmpstr (kvar_type_get_base_name (numeric), ==, "numeric");
  g_assert_cmpint (kvar_type_get_scale (whole), ==, 0);
  g_assert_cmpint (kvar_type_get_scale (hundreds), ==, -2);
  g_assert_cmpint (kvar_type_get_precision (free), ==, -1);
  g_assert_cmpint (kvar_type_get_max_length (text), ==, 120);
  g_assert_cmpint (kvar_type_get_max_length (kvar_type_get_element (list)), ==, 5);
}

static void
test_type_looks_below_domains (void)
{
  g_autoptr(KvarType) money = kvar_type_new_domain ("price", "numeric(10,2)", NULL);
  g_autoptr(KvarType) same = kvar_type_new_domain ("integer", "integer", NULL);

  g_assert_cmpint (kvar_type_get_kind (money), ==, KVAR_KIND_DECIMAL);
  g_assert_cmpstr (kvar_type_get_name (money), ==, "price");
  g_assert_cmpint (kvar_type_get_scale (money), ==, 2);
  g_assert_cmpint (kvar_type_get_size (same), ==, 4);
}

static void
test_type_takes_labels (void)
{
  static const char *const labels[] = { "draft", "open", NULL };
  g_autoptr(KvarType) status = kvar_type_new ("job_status", labels);
  g_autoptr(KvarType) list = kvar_type_new ("job_status[]", labels);

  g_assert_cmpint (kvar_type_get_kind (status), ==, KVAR_KIND_ENUM);
  g_assert_cmpstr (kvar_type_get_labels (status)[1], ==, "open");
  g_assert_null (kvar_type_get_labels (list));
  g_assert_cmpint (kvar_type_get_kind (kvar_type_get_element (list)), ==, KVAR_KIND_ENUM);
}

static void
test_type_says_how_to_ask (void)
{
  static const struct { const char *name; gboolean cast, sortable, equality; } cases[] = {
    { "text", TRUE, TRUE, TRUE },
    { "numeric(12,2)", TRUE, TRUE, TRUE },
    { "date", FALSE, TRUE, TRUE },
    { "timestamp with time zone", FALSE, TRUE, TRUE },
    { "time with time zone", FALSE, TRUE, TRUE },
    { "json", TRUE, FALSE, FALSE },
    { "jsonb", TRUE, FALSE, TRUE },
    { "xml", TRUE, FALSE, FALSE },
    { "point", TRUE, FALSE, FALSE },
    { "extensions.geometry", TRUE, FALSE, TRUE },
    { "json[]", TRUE, FALSE, FALSE },
    { "text[]", TRUE, TRUE, TRUE },
    { "unknown", TRUE, FALSE, FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(KvarType) type = kvar_type_new (cases[i].name, NULL);

      g_test_message ("%s", cases[i].name);
      g_assert_cmpint (kvar_type_is_text_cast (type), ==, cases[i].cast);
      g_assert_cmpint (kvar_type_is_sortable (type), ==, cases[i].sortable);
      g_assert_cmpint (kvar_type_has_equality (type), ==, cases[i].equality);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/type/new/knows-spellings", test_type_knows_spellings);
  g_test_add_func ("/type/new/reads-modifiers", test_type_reads_modifiers);
  g_test_add_func ("/type/new/looks-below-domains", test_type_looks_below_domains);
  g_test_add_func ("/type/new/takes-labels", test_type_takes_labels);
  g_test_add_func ("/type/says-how-to-ask", test_type_says_how_to_ask);

  return g_test_run ();
}
