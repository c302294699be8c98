/* test-body.c: request bodies, and the JSON that people type
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib.h>
#include <string.h>

#include "records/kvar-body.h"
#include "records/kvar-json-text.h"

static void
add (KvarBody   *body,
     const char *column,
     const char *type_name,
     const char *text)
{
  g_autoptr(KvarType) type = kvar_type_new (type_name, NULL);
  g_autoptr(KvarValue) value = kvar_value_new (type, text);

  kvar_body_add (body, column, value);
}

static void
assert_body (KvarBody   *body,
             const char *expected)
{
  g_autoptr(GBytes) bytes = kvar_body_to_bytes (body);
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);
  g_autofree char *text = g_strndup (data, length);

  g_assert_cmpstr (text, ==, expected);
  g_assert_cmpuint (length, ==, strlen (expected));
}

static void
test_body_writes_nothing (void)
{
  g_autoptr(KvarBody) body = kvar_body_new ();

  assert_body (body, "{}");
}

static void
test_body_writes_strings (void)
{
  g_autoptr(KvarBody) body = kvar_body_new ();

  add (body, "id", "bigint", "9007199254740993");
  add (body, "price", "numeric(12,2)", "12.50");
  add (body, "on", "boolean", "true");
  add (body, "tags", "text[]", "{a,\"b c\"}");
  add (body, "note", "text", NULL);
  add (body, "empty", "text", "");
  add (body, "the \"name\"", "text", "a\"b\\c\nd\te\x01 å");
  assert_body (body,
               "{\"id\":\"9007199254740993\",\"price\":\"12.50\",\"on\":\"true\","
               "\"tags\":\"{a,\\\"b c\\\"}\",\"note\":null,\"empty\":\"\","
               "\"the \\\"name\\\"\":\"a\\\"b\\\\c\\nd\\te\\u0001 å\"}");
}

static void
test_body_splices_json (void)
{
  g_autoptr(KvarBody) body = kvar_body_new ();

  add (body, "a", "json", " {\"n\": 1.00, \"n\": 123456789012345678901234567890} ");
  add (body, "b", "jsonb", "null");
  add (body, "c", "jsonb", NULL);
  add (body, "d", "jsonb", "\"text\"");
  assert_body (body,
               "{\"a\": {\"n\": 1.00, \"n\": 123456789012345678901234567890} ,"
               "\"b\":null,\"c\":null,\"d\":\"text\"}");
}

/* Text that would end the value and begin another column stays a string. */
static void
test_body_never_splices_more (void)
{
  static const char *const texts[] = { "1, \"admin\": true", "1}", "", "{\"a\":1", "// x", "1 2" };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr(KvarBody) body = kvar_body_new ();
      g_autoptr(GString) expected = g_string_new ("{\"a\":");

      add (body, "a", "jsonb", texts[i]);
      kvar_json_text_append_quoted (expected, texts[i]);
      g_string_append_c (expected, '}');
      assert_body (body, expected->str);
    }
}

static void
test_json_text_accepts (void)
{
  static const char *const texts[] = {
    "null", "true", " false ", "0", "-0.5e-10", "1E400", "\"\"", "\"\\u00e5\\n\\/\"", "[]", "{}",
    "[1, [2, [\"x\"]], {\"a\": null, \"a\": {}}]", "\n{\t\"å\" : [ ] }\r",
    "12345678901234567890123456789012345678901234567890",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_test_message ("%s", texts[i]);
      g_assert_true (kvar_json_text_check (texts[i], NULL));
    }
}

static void
test_json_text_refuses_and_says_where (void)
{
  static const struct { const char *text; gsize offset; } cases[] = {
    { "", 0 },
    { "  ", 2 },
    { "nul", 0 },
    { "nullx", 4 },
    { "01", 1 },
    { "+1", 0 },
    { "1.", 0 },
    { ".5", 0 },
    { "'a'", 0 },
    { "\"a", 2 },
    { "\"a\nb\"", 2 },
    { "\"\\x\"", 1 },
    { "\"\\u12g4\"", 1 },
    { "[1,]", 3 },
    { "[1 2]", 3 },
    { "[1", 2 },
    { "[1}", 2 },
    { "{\"a\"}", 4 },
    { "{\"a\":}", 5 },
    { "{\"a\":1,}", 7 },
    { "{a:1}", 1 },
    { "{,}", 1 },
    { "1 2", 2 },
    { "]", 0 },
    { "[]]", 2 },
    { "{\"a\":1}}", 7 },
    { "NaN", 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gsize offset = 999;

      g_test_message ("%s", cases[i].text);
      g_assert_false (kvar_json_text_check (cases[i].text, &offset));
      g_assert_cmpuint (offset, ==, cases[i].offset);
    }
}

static void
test_json_text_takes_any_depth (void)
{
  g_autofree char *opened = g_strnfill (100000, '[');
  g_autofree char *closed = g_strnfill (100000, ']');
  g_autofree char *deep = g_strconcat (opened, closed, NULL);

  g_assert_true (kvar_json_text_check (deep, NULL));
  g_assert_false (kvar_json_text_check (opened, NULL));
  g_assert_false (kvar_json_text_is_shallow (deep, 99999));
  g_assert_true (kvar_json_text_is_shallow (deep, 100000));
}

/* A line for each bracket, and no more in it the deeper it stands. */
static void
test_json_text_indents_any_depth (void)
{
  g_autofree char *opened = g_strnfill (100000, '[');
  g_autofree char *closed = g_strnfill (100000, ']');
  g_autofree char *deep = g_strconcat (opened, "1", closed, NULL);
  g_autofree char *lines = kvar_json_text_indent (deep);

  g_assert_true (g_str_has_prefix (lines, "[\n  [\n    ["));
  g_assert_cmpuint (strlen (lines), <, 200 * 100000);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/body/nothing", test_body_writes_nothing);
  g_test_add_func ("/body/strings", test_body_writes_strings);
  g_test_add_func ("/body/splices-json", test_body_splices_json);
  g_test_add_func ("/body/never-splices-more", test_body_never_splices_more);
  g_test_add_func ("/json-text/accepts", test_json_text_accepts);
  g_test_add_func ("/json-text/refuses", test_json_text_refuses_and_says_where);
  g_test_add_func ("/json-text/any-depth", test_json_text_takes_any_depth);
  g_test_add_func ("/json-text/indents-any-depth", test_json_text_indents_any_depth);

  return g_test_run ();
}
