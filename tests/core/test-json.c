/* test-json.c: a document that is not what was promised is an error, never a crash
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "kvar-error.h"
#include "kvar-json.h"

static JsonObject *
parse (const char  *text,
       GError     **error)
{
  g_autoptr(GBytes) bytes = g_bytes_new (text, strlen (text));

  return kvar_json_parse_object (bytes, error);
}

static void
test_reads_members (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonObject) object =
    parse ("{\"s\":\"text\",\"i\":-7,\"o\":{\"in\":\"side\"}}", &error);
  JsonObject *inner;
  gint64 number = 0;

  g_assert_no_error (error);
  g_assert_cmpstr (kvar_json_get_string (object, "s", &error), ==, "text");
  g_assert_true (kvar_json_get_int (object, "i", &number, &error));
  g_assert_cmpint (number, ==, -7);
  inner = kvar_json_get_object (object, "o", &error);
  g_assert_cmpstr (kvar_json_get_string (inner, "in", &error), ==, "side");
  g_assert_no_error (error);
}

static void
test_other_types_are_errors (void)
{
  g_autoptr(JsonObject) object =
    parse ("{\"null\":null,\"a\":[],\"o\":{},\"b\":true,\"d\":1.5,\"s\":\"1\",\"i\":1}", NULL);
  static const char *const not_strings[] = { "null", "a", "o", "b", "d", "i", "missing" };
  static const char *const not_ints[] = { "null", "a", "o", "b", "d", "s", "missing" };
  static const char *const not_objects[] = { "null", "a", "b", "d", "s", "i", "missing" };
  gint64 number;

  for (gsize i = 0; i < 7; i++)
    {
      g_autoptr(GError) no_string = NULL;
      g_autoptr(GError) no_int = NULL;
      g_autoptr(GError) no_object = NULL;

      g_assert_null (kvar_json_get_string (object, not_strings[i], &no_string));
      g_assert_error (no_string, KVAR_ERROR, KVAR_ERROR_BAD_REPLY);
      g_assert_false (kvar_json_get_int (object, not_ints[i], &number, &no_int));
      g_assert_error (no_int, KVAR_ERROR, KVAR_ERROR_BAD_REPLY);
      g_assert_null (kvar_json_get_object (object, not_objects[i], &no_object));
      g_assert_error (no_object, KVAR_ERROR, KVAR_ERROR_BAD_REPLY);
    }
}

static void
test_other_documents_are_errors (void)
{
  static const char *const texts[] = { "", " ", "[]", "\"x\"", "1", "null", "{", "<html>",
                                       "{\"a\":}", "\xff" };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr(GError) error = NULL;

      g_assert_null (parse (texts[i], &error));
      g_assert_error (error, KVAR_ERROR, KVAR_ERROR_BAD_REPLY);
    }
}

static void
test_half_pairs_are_errors (void)
{
  static const struct { const char *text; const char *read; } cases[] = {
    { "{\"a\":\"\\ud83d\\ude00\"}", "😀" },
    { "{\"a\":\"\\\\ud83d\"}", "\\ud83d" },
    { "{\"a\":\"\\u00e5\"}", "å" },
    { "{\"a\":\"\\ud83d\"}", NULL },
    { "{\"a\":\"\\ud83d x\"}", NULL },
    { "{\"a\":\"\\ud83d\\ud83d\\ude00\"}", NULL },
    { "{\"a\":\"\\uDE00\"}", NULL },
    { "{\"a\":\"x\",\"\\udbff\":1}", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(JsonObject) object = parse (cases[i].text, NULL);

      g_test_message ("%s", cases[i].text);
      g_assert_cmpint (object != NULL, ==, cases[i].read != NULL);
      if (object != NULL)
        g_assert_cmpstr (kvar_json_get_string (object, "a", NULL), ==, cases[i].read);
    }
}

/* json-glib calls itself for each level. */
static void
test_deep_documents_are_errors (void)
{
  g_autofree char *opened = g_strnfill (500000, '[');
  g_autofree char *closed = g_strnfill (500000, ']');
  g_autofree char *deep = g_strdup_printf ("{\"a\":%s%s}", opened, closed);
  g_autofree char *open = g_strdup_printf ("{\"a\":%s", opened);
  g_autofree char *comment = g_strdup_printf ("/* \" */ {\"a\":%s", opened);
  const char *const texts[] = { deep, open, comment };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr(GError) error = NULL;

      g_assert_null (parse (texts[i], &error));
      g_assert_error (error, KVAR_ERROR, KVAR_ERROR_BAD_REPLY);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/json/get/reads-members", test_reads_members);
  g_test_add_func ("/json/get/other-types-are-errors", test_other_types_are_errors);
  g_test_add_func ("/json/parse/other-documents-are-errors", test_other_documents_are_errors);
  g_test_add_func ("/json/parse/half-pairs-are-errors", test_half_pairs_are_errors);
  g_test_add_func ("/json/parse/deep-documents-are-errors", test_deep_documents_are_errors);

  return g_test_run ();
}
