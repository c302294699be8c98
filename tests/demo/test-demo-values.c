/* test-demo-values.c: the demo's numerics, times, arrays and JSON keep what PostgreSQL keeps
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "kvar-demo-array.h"
#include "kvar-demo-datetime.h"
#include "kvar-demo-json.h"
#include "kvar-demo-numeric.h"
#include "kvar-demo-type.h"

static void
test_numeric_reads (void)
{
  static const char * const cases[][2] = {
    { "12.50", "12.50" }, { " 007 ", "7" }, { "-0", "0" }, { "-0.00", "0.00" }, { ".5", "0.5" },
    { "5.", "5" }, { "1e3", "1000" }, { "1.5e-3", "0.0015" }, { "-12.345E1", "-123.45" },
    { "12345678901234567890.12345678901234567890", "12345678901234567890.12345678901234567890" },
    { "nan", "NaN" }, { "-inf", "-Infinity" }, { "+4", "4" },
    { "", NULL }, { "1,5", NULL }, { "1.2.3", NULL }, { "x", NULL }, { "1e", NULL },
    { "--1", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *numeric = kvar_demo_numeric_parse (cases[i][0]);

      g_assert_cmpstr (numeric, ==, cases[i][1]);
    }
}

static void
test_numeric_rounds (void)
{
  static const struct { const char *text; int precision, scale; const char *rounded; } cases[] = {
    { "12.5", 12, 2, "12.50" }, { "0.125", 12, 2, "0.13" }, { "-0.125", 12, 2, "-0.13" },
    { "0.124", 12, 2, "0.12" }, { "9.999", 4, 2, "10.00" }, { "99.999", 4, 2, NULL },
    { "-0.001", 4, 2, "0.00" }, { "99999999999", 12, 2, NULL }, { "9999999999.99", 12, 2,
    "9999999999.99" }, { "Infinity", 12, 2, NULL }, { "NaN", 12, 2, "NaN" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *rounded = NULL;

      rounded = kvar_demo_numeric_round (cases[i].text, cases[i].precision, cases[i].scale);
      g_assert_cmpstr (rounded, ==, cases[i].rounded);
    }
}

static void
test_numeric_sorts_exactly (void)
{
  static const char * const sorted[] = {
    "-Infinity", "-100.5", "-100.49", "-2", "0", "0.1", "2", "9", "10", "10.0000000000000000001",
    "9007199254740992", "9007199254740993", "Infinity", "NaN",
  };

  for (guint i = 0; i < G_N_ELEMENTS (sorted); i++)
    for (guint j = 0; j < G_N_ELEMENTS (sorted); j++)
      {
        int result = kvar_demo_numeric_compare (sorted[i], strlen (sorted[i]), sorted[j],
                                                strlen (sorted[j]));

        g_assert_cmpint (CLAMP (result, -1, 1), ==, i < j ? -1 : i > j);
      }

  g_assert_cmpint (kvar_demo_numeric_compare ("12.5", 4, "12.50", 5), ==, 0);
}

static void
test_times_round_trip (void)
{
  static const char * const cases[][3] = {
    /* text, as JSON, as text */
    { "2025-01-13T07:30:00.123456+01:00", "2025-01-13T06:30:00.123456+00:00",
      "2025-01-13 06:30:00.123456+00" },
    { "2026-02-28 23:59:59.5", "2026-02-28T23:59:59.5+00:00", "2026-02-28 23:59:59.5+00" },
    { "20240229", "2024-02-29T00:00:00+00:00", "2024-02-29 00:00:00+00" },
    { "0044-03-15 12:00 BC", "0044-03-15T12:00:00+00:00 BC", "0044-03-15 12:00:00+00 BC" },
    { "infinity", "infinity", "infinity" },
    { "12026-01-01Z", "12026-01-01T00:00:00+00:00", "12026-01-01 00:00:00+00" },
    { "now", "1970-01-02T00:00:00+00:00", "1970-01-02 00:00:00+00" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GString) json = g_string_new (NULL);
      g_autoptr(GString) text = g_string_new (NULL);
      gint64 usec;

      g_assert_cmpint (kvar_demo_timestamp_parse (cases[i][0], G_GINT64_CONSTANT (86400000000),
                                                  &usec), ==, KVAR_DEMO_DATETIME_GOOD);
      kvar_demo_timestamp_append (json, usec, NULL, TRUE);
      kvar_demo_timestamp_append (text, usec, NULL, FALSE);
      g_assert_cmpstr (json->str, ==, cases[i][1]);
      g_assert_cmpstr (text->str, ==, cases[i][2]);
    }
}

static void
test_times_refuse (void)
{
  gint64 value;

  g_assert_cmpint (kvar_demo_timestamp_parse ("yesterday-ish", 0, &value), ==,
                   KVAR_DEMO_DATETIME_SYNTAX);
  g_assert_cmpint (kvar_demo_date_parse ("¤{", 0, &value), ==, KVAR_DEMO_DATETIME_SYNTAX);
  g_assert_cmpint (kvar_demo_date_parse ("2025-02-29", 0, &value), ==,
                   KVAR_DEMO_DATETIME_OUT_OF_RANGE);
  g_assert_cmpint (kvar_demo_date_parse ("2025-13-01", 0, &value), ==,
                   KVAR_DEMO_DATETIME_OUT_OF_RANGE);
}

static void
test_arrays_quote (void)
{
  static const char text[] = "{even,\"a,b\",\"q\\\"uote\",NULL,\"null\",\"\",\"c d\"}";
  g_autoptr(GPtrArray) elements = kvar_demo_array_parse (text);
  g_autoptr(GString) json = g_string_new (NULL);
  g_autofree char *back = NULL;

  g_assert_nonnull (elements);
  g_assert_cmpuint (elements->len, ==, 7);
  g_assert_cmpstr (elements->pdata[2], ==, "q\"uote");
  g_assert_null (elements->pdata[3]);

  back = kvar_demo_array_to_text (elements);
  g_assert_cmpstr (back, ==, text);
  kvar_demo_array_append_json (json, text, FALSE);
  g_assert_cmpstr (json->str, ==, "[\"even\",\"a,b\",\"q\\\"uote\",null,\"null\",\"\",\"c d\"]");

  g_assert_null (kvar_demo_array_parse ("¤{"));
  g_assert_null (kvar_demo_array_parse ("{a"));
  g_assert_null (kvar_demo_array_parse ("{a,}"));
  g_assert_null (kvar_demo_array_parse ("{a} b"));
}

static void
test_jsonb_is_canonical (void)
{
  static const char * const cases[][2] = {
    { "{\"floor\": 3,\"note\":\"a\\u00e5\\n\", \"n\" :1.50}",
      "{\"n\": 1.50, \"note\": \"aå\\n\", \"floor\": 3}" },
    { "{\"a\":1,\"a\":2}", "{\"a\": 2}" },
    { "[1e2,-0,null,true,{}]", "[100, 0, null, true, {}]" },
    { "12345678901234567890123", "12345678901234567890123" },
    { "\"\\ud83d\\ude00\"", "\"😀\"" },
    { "{\"a\":}", NULL }, { "", NULL }, { "[1,]", NULL }, { "01", NULL }, { "\"\\u0000\"", NULL },
    { "\"\\ud83d\"", NULL }, { "nul", NULL }, { "{} x", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(KvarDemoJson) json = kvar_demo_json_parse (cases[i][0], -1, NULL);
      g_autofree char *text = json != NULL ? kvar_demo_json_to_jsonb (json) : NULL;

      g_assert_cmpstr (text, ==, cases[i][1]);
    }
}

static void
test_jsonb_contains (void)
{
  static const struct { const char *a, *b; gboolean contains; } cases[] = {
    { "{\"a\": 1, \"b\": [1, 2, {\"c\": 3}]}", "{\"b\": [{\"c\": 3}, 1]}", TRUE },
    { "{\"a\": 1}", "{\"a\": 1.0}", TRUE }, { "{\"a\": 1}", "{\"a\": 2}", FALSE },
    { "[\"x\"]", "\"x\"", TRUE }, { "\"x\"", "[\"x\"]", FALSE }, { "[]", "{}", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(KvarDemoJson) a = kvar_demo_json_parse (cases[i].a, -1, NULL);
      g_autoptr(KvarDemoJson) b = kvar_demo_json_parse (cases[i].b, -1, NULL);

      g_assert_cmpint (kvar_demo_json_contains (a, b), ==, cases[i].contains);
    }
}

/* Design §7: what cannot be read names the type. */
static void
test_types_name_themselves (void)
{
  static const struct { KvarDemoKind kind; const char *code, *message; } cases[] = {
    { KVAR_DEMO_KIND_UUID, "22P02", "invalid input syntax for type uuid: \"¤{\"" },
    { KVAR_DEMO_KIND_BOOLEAN, "22P02", "invalid input syntax for type boolean: \"¤{\"" },
    { KVAR_DEMO_KIND_SMALLINT, "22P02", "invalid input syntax for type smallint: \"¤{\"" },
    { KVAR_DEMO_KIND_INTEGER, "22P02", "invalid input syntax for type integer: \"¤{\"" },
    { KVAR_DEMO_KIND_BIGINT, "22P02", "invalid input syntax for type bigint: \"¤{\"" },
    { KVAR_DEMO_KIND_DOUBLE, "22P02", "invalid input syntax for type double precision: \"¤{\"" },
    { KVAR_DEMO_KIND_NUMERIC, "22P02", "invalid input syntax for type numeric: \"¤{\"" },
    { KVAR_DEMO_KIND_DATE, "22007", "invalid input syntax for type date: \"¤{\"" },
    { KVAR_DEMO_KIND_TIMESTAMPTZ, "22007",
      "invalid input syntax for type timestamp with time zone: \"¤{\"" },
    { KVAR_DEMO_KIND_JSONB, "22P02", "invalid input syntax for type json" },
    { KVAR_DEMO_KIND_TEXT_ARRAY, "22P02", "malformed array literal: \"¤{\"" },
    { KVAR_DEMO_KIND_TID, "22P02", "invalid input syntax for type tid: \"¤{\"" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const KvarDemoType type = { .kind = cases[i].kind };
      KvarDemoValue value = KVAR_DEMO_VALUE_NULL;
      g_autoptr(KvarDemoSqlError) error = NULL;

      g_assert_false (kvar_demo_type_parse (&type, "¤{", 0, &value, &error));
      g_assert_cmpstr (error->code, ==, cases[i].code);
      g_assert_cmpstr (error->message, ==, cases[i].message);
    }
}

/* What goes in as text comes out as PostgreSQL's text and JSON. */
static void
test_types_round_trip (void)
{
  static const struct { KvarDemoKind kind; const char *in, *text, *json; } cases[] = {
    { KVAR_DEMO_KIND_BIGINT, "9007199254740993", "9007199254740993", "9007199254740993" },
    { KVAR_DEMO_KIND_BIGINT, "-9223372036854775808", "-9223372036854775808",
      "-9223372036854775808" },
    { KVAR_DEMO_KIND_BOOLEAN, "yes", "true", "true" },
    { KVAR_DEMO_KIND_NUMERIC, "12.50", "12.50", "12.50" },
    { KVAR_DEMO_KIND_NUMERIC, "NaN", "NaN", "\"NaN\"" },
    { KVAR_DEMO_KIND_DOUBLE, "0.1", "0.1", "0.1" },
    { KVAR_DEMO_KIND_DOUBLE, "0.14285714285714285", "0.14285714285714285",
      "0.14285714285714285" },
    { KVAR_DEMO_KIND_UUID, "{AAAAAAAA00004000800000000000000A}",
      "aaaaaaaa-0000-4000-8000-00000000000a", "\"aaaaaaaa-0000-4000-8000-00000000000a\"" },
    { KVAR_DEMO_KIND_DATE, "2026-11-20", "2026-11-20", "\"2026-11-20\"" },
    { KVAR_DEMO_KIND_JSONB, "{\"a\":1}", "{\"a\": 1}", "{\"a\": 1}" },
    { KVAR_DEMO_KIND_JSON, "{ \"a\":1}", "{ \"a\":1}", "{ \"a\":1}" },
    { KVAR_DEMO_KIND_INTEGER_ARRAY, "{ 12, NULL,-01}", "{12,NULL,-1}", "[12,null,-1]" },
    { KVAR_DEMO_KIND_TEXT, "a\"\\\n\x01å", "a\"\\\n\x01å", "\"a\\\"\\\\\\n\\u0001å\"" },
    { KVAR_DEMO_KIND_TID, "(3,7)", "(3,7)", "\"(3,7)\"" },
    { KVAR_DEMO_KIND_XID, "742", "742", "\"742\"" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const KvarDemoType type = { .kind = cases[i].kind };
      KvarDemoValue value = KVAR_DEMO_VALUE_NULL;
      g_autoptr(KvarDemoSqlError) error = NULL;
      g_autoptr(GString) json = g_string_new (NULL);
      g_autofree char *text = NULL;

      g_assert_true (kvar_demo_type_parse (&type, cases[i].in, 0, &value, &error));
      text = kvar_demo_type_to_text (&type, &value);
      kvar_demo_type_append_json (&type, &value, NULL, json);
      g_assert_cmpstr (text, ==, cases[i].text);
      g_assert_cmpstr (json->str, ==, cases[i].json);
      kvar_demo_value_clear (&value);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/demo/numeric/parse/is-canonical", test_numeric_reads);
  g_test_add_func ("/demo/numeric/round/half-away-from-zero", test_numeric_rounds);
  g_test_add_func ("/demo/numeric/compare/is-exact", test_numeric_sorts_exactly);
  g_test_add_func ("/demo/datetime/parse/round-trips", test_times_round_trip);
  g_test_add_func ("/demo/datetime/parse/refuses", test_times_refuse);
  g_test_add_func ("/demo/array/parse/quotes", test_arrays_quote);
  g_test_add_func ("/demo/json/jsonb/is-canonical", test_jsonb_is_canonical);
  g_test_add_func ("/demo/json/contains", test_jsonb_contains);
  g_test_add_func ("/demo/type/parse/names-the-type", test_types_name_themselves);
  g_test_add_func ("/demo/type/parse/round-trips", test_types_round_trip);

  return g_test_run ();
}
