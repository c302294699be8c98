/* test-json-rows.c: rows read from a reply's body as text
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib.h>
#include <string.h>

#include "kvar-error.h"
#include "records/kvar-json-rows.h"

static KvarJsonRows *
read_rows (const char *json)
{
  g_autoptr(GBytes) bytes = g_bytes_new_static (json, strlen (json));
  g_autoptr(GError) error = NULL;
  KvarJsonRows *rows = kvar_json_rows_new (bytes, &error);

  g_assert_no_error (error);
  return rows;
}

static void
assert_next (KvarJsonRows *rows)
{
  g_autoptr(GError) error = NULL;
  gboolean is_there = kvar_json_rows_next (rows, &error);

  g_assert_no_error (error);
  g_assert_true (is_there);
}

static void
assert_end (KvarJsonRows *rows)
{
  g_autoptr(GError) error = NULL;

  g_assert_false (kvar_json_rows_next (rows, &error));
  g_assert_no_error (error);
}

static void
assert_cell (KvarJsonRows *rows,
             guint         cell,
             const char   *name,
             const char   *text)
{
  gsize length;

  g_assert_cmpuint (cell, <, kvar_json_rows_get_n_cells (rows));
  g_assert_cmpstr (kvar_json_rows_get_name (rows, cell), ==, name);
  g_assert_cmpstr (kvar_json_rows_get_text (rows, cell, &length), ==, text);
  g_assert_cmpuint (length, ==, text != NULL ? strlen (text) : 0);
}

static void
test_rows_reads_as_postgrest_writes (void)
{
  g_autoptr(KvarJsonRows) rows =
    read_rows ("[{\"id\":9007199254740993,\"price\":126.00,\"note\":null}, \n "
               "{\"id\":2,\"price\":-0.10,\"note\":\"x\"}]\n");

  assert_next (rows);
  g_assert_cmpuint (kvar_json_rows_get_n_cells (rows), ==, 3);
  assert_cell (rows, 0, "id", "9007199254740993");
  assert_cell (rows, 1, "price", "126.00");
  assert_cell (rows, 2, "note", NULL);
  assert_next (rows);
  assert_cell (rows, 0, "id", "2");
  assert_cell (rows, 1, "price", "-0.10");
  assert_cell (rows, 2, "note", "x");
  assert_end (rows);
  assert_end (rows);
}

static void
test_rows_unescapes_strings (void)
{
  g_autoptr(KvarJsonRows) rows =
    read_rows ("[{\"a\\u00e5\":\"\\\"\\\\\\/\\b\\f\\n\\r\\t\",\"b\":\"\\ud83d\\ude00 \\u20ac\","
               "\"c\":\"\\ud83d x \\ude00\",\"d\":\"\",\"e\":\"null\"}]");

  assert_next (rows);
  assert_cell (rows, 0, "aå", "\"\\/\b\f\n\r\t");
  assert_cell (rows, 1, "b", "😀 €");
  assert_cell (rows, 2, "c", "\ufffd x \ufffd");
  assert_cell (rows, 3, "d", "");
  assert_cell (rows, 4, "e", "null");
  g_assert_false (kvar_json_rows_get_is_raw (rows, 4));
  assert_end (rows);
}

static void
test_rows_keeps_nested_as_written (void)
{
  g_autoptr(KvarJsonRows) rows =
    read_rows ("[{\"a\":{\"n\": 1.00, \"s\": \"]}\\\"\"},\"b\":[1, [\"[\\\\\"]] ,\"c\":true,"
               "\"d\":{},\"e\":[]}]");

  assert_next (rows);
  assert_cell (rows, 0, "a", "{\"n\": 1.00, \"s\": \"]}\\\"\"}");
  assert_cell (rows, 1, "b", "[1, [\"[\\\\\"]]");
  assert_cell (rows, 2, "c", "true");
  assert_cell (rows, 3, "d", "{}");
  assert_cell (rows, 4, "e", "[]");
  g_assert_true (kvar_json_rows_get_is_raw (rows, 0));
  assert_end (rows);
}

static void
test_rows_keeps_digits (void)
{
  g_autoptr(KvarJsonRows) rows =
    read_rows ("[{\"n\":1234567890123456789012345678901234567890.00000000000000000001,"
               "\"e\":1E+20}]");

  assert_next (rows);
  assert_cell (rows, 0, "n", "1234567890123456789012345678901234567890.00000000000000000001");
  assert_cell (rows, 1, "e", "1E+20");
}

static void
test_rows_reads_none (void)
{
  static const char *const documents[] = { "[]", " [ ] ", "[\n]\n" };

  for (gsize i = 0; i < G_N_ELEMENTS (documents); i++)
    {
      g_autoptr(KvarJsonRows) rows = read_rows (documents[i]);

      assert_end (rows);
    }
}

static void
test_rows_reads_one_object (void)
{
  g_autoptr(KvarJsonRows) rows = read_rows (" {\"a\": 1 , \"b\" : null } \n");
  g_autoptr(KvarJsonRows) empty = read_rows ("[{}]");

  assert_next (rows);
  assert_cell (rows, 0, "a", "1");
  assert_cell (rows, 1, "b", NULL);
  assert_end (rows);

  assert_next (empty);
  g_assert_cmpuint (kvar_json_rows_get_n_cells (empty), ==, 0);
  assert_end (empty);
}

static void
test_rows_tells_shapes_apart (void)
{
  g_autoptr(KvarJsonRows) rows =
    read_rows ("[{\"a\":1,\"b\":2},{\"a\":3,\"b\":4},{\"b\":5,\"a\":6},{\"b\":7}]");
  guint shape;

  assert_next (rows);
  shape = kvar_json_rows_get_shape (rows);
  g_assert_cmpint (kvar_json_rows_find (rows, "b"), ==, 1);
  assert_next (rows);
  g_assert_cmpuint (kvar_json_rows_get_shape (rows), ==, shape);
  assert_next (rows);
  g_assert_cmpuint (kvar_json_rows_get_shape (rows), !=, shape);
  g_assert_cmpint (kvar_json_rows_find (rows, "b"), ==, 0);
  shape = kvar_json_rows_get_shape (rows);
  assert_next (rows);
  g_assert_cmpuint (kvar_json_rows_get_shape (rows), !=, shape);
  g_assert_cmpint (kvar_json_rows_find (rows, "a"), ==, -1);
}

static void
test_rows_outlive_the_next_row (void)
{
  g_autoptr(KvarJsonRows) rows = read_rows ("[{\"a\":12},{\"a\":\"x\"}]");
  const char *first;

  assert_next (rows);
  first = kvar_json_rows_get_text (rows, 0, NULL);
  assert_next (rows);
  g_assert_cmpstr (first, ==, "12");
}

/* A cut body must never look like fewer rows. */
static void
test_rows_notices_every_cut (void)
{
  static const char whole[] =
    "[{\"a\":1,\"b\":{\"c\":[\"\\u00e5\"]}}, \n {\"a\":null,\"b\":\"x\\ny\"}]";

  for (gsize length = 0; length < strlen (whole); length++)
    {
      g_autoptr(GBytes) bytes = g_bytes_new_static (whole, length);
      g_autoptr(GError) error = NULL;
      g_autoptr(KvarJsonRows) rows = kvar_json_rows_new (bytes, &error);

      while (rows != NULL && kvar_json_rows_next (rows, &error))
        ;

      g_test_message ("%.*s", (int) length, whole);
      g_assert_error (error, KVAR_ERROR, KVAR_ERROR_BAD_REPLY);
    }
}

static void
test_rows_refuses_what_is_none (void)
{
  static const char *const documents[] = {
    "<html>", "null", "\"x\"", "[1]", "[{\"a\":1}{\"a\":2}]", "[{\"a\":1},]", "[{\"a\" 1}]",
    "[{a:1}]", "[{\"a\":}]", "[{\"a\":1,}]", "[{\"a\":nope}]", "[{\"a\":\"\\x\"}]", "[{}] x",
    "[{\"a\":\"\\u00zz\"}]", "[{\"a\":\"\\u0000\"}]", "{\"a\":1} {\"a\":2}", "[{\"a\":\"\xff\"}]",
    "[{\"a\":1]]", "{},", "[{\"a\":--1}]",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (documents); i++)
    {
      g_autoptr(GBytes) bytes = g_bytes_new_static (documents[i], strlen (documents[i]));
      g_autoptr(GError) error = NULL;
      g_autoptr(KvarJsonRows) rows = kvar_json_rows_new (bytes, &error);

      while (rows != NULL && kvar_json_rows_next (rows, &error))
        ;

      g_test_message ("document %zu", i);
      g_assert_error (error, KVAR_ERROR, KVAR_ERROR_BAD_REPLY);
    }
}

/* Any bytes at all: no crash, and an end. */
static void
test_rows_survives_noise (void)
{
  static const char alphabet[] = "[]{}\":,\\u00e5d8 tfn1.-\n";
  g_autoptr(GRand) rand = g_rand_new_with_seed (2026);

  for (int i = 0; i < 20000; i++)
    {
      g_autoptr(GString) noise = g_string_new ("[{\"a\":");
      g_autoptr(GBytes) bytes = NULL;
      g_autoptr(KvarJsonRows) rows = NULL;
      int n = 0;

      for (int j = g_rand_int_range (rand, 0, 30); j > 0; j--)
        g_string_append_c (noise,
                           alphabet[g_rand_int_range (rand, 0, sizeof alphabet - 1)]);
      bytes = g_bytes_new (noise->str, noise->len);
      rows = kvar_json_rows_new (bytes, NULL);
      while (rows != NULL && kvar_json_rows_next (rows, NULL))
        g_assert_cmpint (n++, <, 30);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/json-rows/as-postgrest-writes", test_rows_reads_as_postgrest_writes);
  g_test_add_func ("/json-rows/unescapes-strings", test_rows_unescapes_strings);
  g_test_add_func ("/json-rows/keeps-nested", test_rows_keeps_nested_as_written);
  g_test_add_func ("/json-rows/keeps-digits", test_rows_keeps_digits);
  g_test_add_func ("/json-rows/none", test_rows_reads_none);
  g_test_add_func ("/json-rows/one-object", test_rows_reads_one_object);
  g_test_add_func ("/json-rows/shapes", test_rows_tells_shapes_apart);
  g_test_add_func ("/json-rows/outlive", test_rows_outlive_the_next_row);
  g_test_add_func ("/json-rows/every-cut", test_rows_notices_every_cut);
  g_test_add_func ("/json-rows/refuses", test_rows_refuses_what_is_none);
  g_test_add_func ("/json-rows/noise", test_rows_survives_noise);

  return g_test_run ();
}
