/* test-export-format.c: Every kind of file says what the database says, as exactly as it can.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

#include "export/kvar-excel-text.h"
#include "export/kvar-export-format.h"
#include "export/kvar-xlsx-format.h"
#include "kvar-test-zip.h"

/* One cell of a file with one column. */
typedef struct
{
  KvarKind    kind;
  const char *text;
  const char *expected;
} Case;

static GPtrArray *
create_columns (const char *name,
                KvarKind    kind,
                int         scale)
{
  GPtrArray *columns = g_ptr_array_new_with_free_func ((GDestroyNotify)kvar_export_column_free);

  g_ptr_array_add (columns, kvar_export_column_new (name, kind, scale));

  return columns;
}

static char *
write_one (KvarFileFormat  file_format,
           KvarKind        kind,
           const char     *text,
           guint          *n_altered)
{
  g_autoptr(GPtrArray) columns = create_columns ("c", kind, -1);
  g_autoptr(KvarExportFormat) format = kvar_export_format_new (file_format, columns, "jobs");
  KvarExportCell cell = { text, text != NULL ? strlen (text) : 0 };
  GString *out = g_string_new (NULL);

  *n_altered = kvar_export_format_append_row (format, &cell, 0, out);

  return g_string_free (out, FALSE);
}

static void
test_json_cells (void)
{
  static const Case cases[] = {
    { KVAR_KIND_TEXT, NULL, "null" },
    { KVAR_KIND_TEXT, "", "\"\"" },
    { KVAR_KIND_TEXT, "007", "\"007\"" },
    { KVAR_KIND_TEXT, "a\"b\\c\n\t\r\001\177/å\xe2\x80\xa8",
      "\"a\\\"b\\\\c\\n\\t\\r\\u0001\177/å\xe2\x80\xa8\"" },
    { KVAR_KIND_INTEGER, "-42", "-42" },
    { KVAR_KIND_INTEGER, "123456789012345", "123456789012345" },
    { KVAR_KIND_INTEGER, "9007199254740993", "\"9007199254740993\"" },
    { KVAR_KIND_DECIMAL, "12.50", "12.50" },
    { KVAR_KIND_DECIMAL, "0.0000000000000001", "0.0000000000000001" },
    { KVAR_KIND_DECIMAL, "1.1234567890123456", "\"1.1234567890123456\"" },
    { KVAR_KIND_DECIMAL, "NaN", "\"NaN\"" },
    { KVAR_KIND_FLOAT, "1e+20", "1e+20" },
    { KVAR_KIND_FLOAT, "-Infinity", "\"-Infinity\"" },
    { KVAR_KIND_FLOAT, "1e+308", "\"1e+308\"" },
    { KVAR_KIND_BOOLEAN, "true", "true" },
    { KVAR_KIND_BOOLEAN, "t", "\"t\"" },
    { KVAR_KIND_JSON, "{\"a\" :  1.50,\n \"a\":\"\\ud800\"}",
      "{\"a\" :  1.50,  \"a\":\"\\ud800\"}" },
    { KVAR_KIND_JSON, "null", "null" },
    { KVAR_KIND_JSON, "{no json", "\"{no json\"" },
    { KVAR_KIND_ARRAY, "{\"a b\",1}", "\"{\\\"a b\\\",1}\"" },
    { KVAR_KIND_DATE, "2026-11-20", "\"2026-11-20\"" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      guint n_altered;
      g_autofree char *row = write_one (KVAR_FILE_NDJSON, cases[i].kind, cases[i].text,
                                        &n_altered);
      g_autofree char *expected = g_strdup_printf ("{\"c\":%s}\n", cases[i].expected);

      g_assert_cmpstr (row, ==, expected);
      g_assert_cmpuint (n_altered, ==, 0);
    }
}

/* In an array, where lines mean nothing, the text of a json column stays as it is. */
static void
test_json_array (void)
{
  g_autoptr(GPtrArray) columns = create_columns ("a\"b", KVAR_KIND_JSON, -1);
  g_autoptr(KvarExportFormat) format = kvar_export_format_new (KVAR_FILE_JSON, columns, "jobs");
  const KvarExportCell first = { "[\n]", 3 };
  const KvarExportCell second = { NULL, 0 };
  g_autoptr(GString) out = g_string_new (NULL);
  g_autoptr(GString) empty = g_string_new (NULL);

  kvar_export_format_begin (format, out);
  kvar_export_format_append_row (format, &first, 0, out);
  kvar_export_format_append_row (format, &second, 1, out);
  kvar_export_format_end (format, 2, out);
  g_assert_cmpstr (out->str, ==, "[\n{\"a\\\"b\":[\n]},\n{\"a\\\"b\":null}\n]\n");

  kvar_export_format_begin (format, empty);
  kvar_export_format_end (format, 0, empty);
  g_assert_cmpstr (empty->str, ==, "[\n]\n");
}

static void
test_excel_cells (void)
{
  static const struct { KvarKind kind; const char *text; const char *expected; guint altered; }
  cases[] = {
    { KVAR_KIND_TEXT, NULL, "", 0 },
    { KVAR_KIND_TEXT, "", "\"\"", 0 },
    { KVAR_KIND_TEXT, "å, 1.5", "å, 1.5", 0 },
    { KVAR_KIND_TEXT, "a;b", "\"a;b\"", 0 },
    { KVAR_KIND_TEXT, "a\nb", "\"a\nb\"", 0 },
    { KVAR_KIND_TEXT, "=1+1", "'=1+1", 1 },
    { KVAR_KIND_TEXT, "=HYPERLINK(\"x\";\"y\")", "\"'=HYPERLINK(\"\"x\"\";\"\"y\"\")\"", 1 },
    { KVAR_KIND_TEXT, "+46 70 123", "'+46 70 123", 1 },
    { KVAR_KIND_TEXT, "-5", "'-5", 1 },
    { KVAR_KIND_TEXT, "@cmd", "'@cmd", 1 },
    { KVAR_KIND_TEXT, "\t=1", "'\t=1", 1 },
    { KVAR_KIND_TEXT, "\r=1", "\"'\r=1\"", 1 },
    { KVAR_KIND_TEXT, "\uff1d1", "'\uff1d1", 1 },
    { KVAR_KIND_TEXT, "1=1", "1=1", 0 },
    { KVAR_KIND_INTEGER, "-5", "-5", 0 },
    { KVAR_KIND_DECIMAL, "-1234.50", "-1234,50", 0 },
    { KVAR_KIND_FLOAT, "1.5e-05", "1,5e-05", 0 },
    { KVAR_KIND_FLOAT, "-Infinity", "'-Infinity", 1 },
    { KVAR_KIND_DATE, "2026-11-20", "2026-11-20", 0 },
    { KVAR_KIND_TIMESTAMP, "2026-11-20T08:05:00", "2026-11-20 08:05:00", 0 },
    { KVAR_KIND_TIMESTAMP, "2026-11-20T08:05:00.123456", "2026-11-20 08:05:00,123", 0 },
    /* The tests' clocks are Stockholm's. */
    { KVAR_KIND_TIMESTAMPTZ, "2026-07-01T23:30:00+00:00", "2026-07-02 01:30:00", 0 },
    { KVAR_KIND_TIMESTAMPTZ, "-infinity", "'-infinity", 1 },
    { KVAR_KIND_OTHER, "-$5.00", "'-$5.00", 1 },
    { KVAR_KIND_INTERVAL, "-1 days", "'-1 days", 1 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      guint n_altered;
      g_autofree char *row = write_one (KVAR_FILE_EXCEL_CSV, cases[i].kind, cases[i].text,
                                        &n_altered);
      g_autofree char *expected = g_strdup_printf ("%s\r\n", cases[i].expected);

      g_assert_cmpstr (row, ==, expected);
      g_assert_cmpuint (n_altered, ==, cases[i].altered);
    }
}

static void
test_excel_begins (void)
{
  g_autoptr(GPtrArray) columns = create_columns ("=evil", KVAR_KIND_TEXT, -1);
  g_autoptr(KvarExportFormat) format = NULL;
  g_autoptr(GString) out = g_string_new (NULL);
  g_autofree char *said = NULL;
  g_autofree char *nothing = NULL;

  g_ptr_array_add (columns, kvar_export_column_new ("b", KVAR_KIND_TEXT, -1));
  format = kvar_export_format_new (KVAR_FILE_EXCEL_CSV, columns, "jobs");
  g_assert_cmpuint (kvar_export_format_begin (format, out), ==, 1);
  g_assert_cmpstr (out->str, ==, "\xef\xbb\xbf'=evil;b\r\n");

  said = kvar_export_format_describe (format, 10, 1);
  nothing = kvar_export_format_describe (format, 10, 0);
  g_assert_cmpstr (said, ==, "1 text that looked like a formula begins with an apostrophe.");
  g_assert_null (nothing);
}

static void
test_standard_csv_keeps_formulas (void)
{
  guint n_altered;
  g_autofree char *row = write_one (KVAR_FILE_CSV, KVAR_KIND_TEXT, "=1+1", &n_altered);

  g_assert_cmpstr (row, ==, "=1+1\r\n");
  g_assert_cmpuint (n_altered, ==, 0);
}

static void
test_numbers (void)
{
  static const struct { const char *text; int n_digits; } cases[] = {
    { "0", 0 }, { "7", 1 }, { "-10", 2 }, { "0.5", 1 }, { "0.050", 2 }, { "1.50", 3 },
    { "1e5", 1 }, { "1.5E-7", 2 }, { "100000000000000000000", 21 },
    { "", -1 }, { "-", -1 }, { "01", -1 }, { ".5", -1 }, { "5.", -1 }, { "1e", -1 },
    { "1 000", -1 }, { "NaN", -1 }, { "0x10", -1 }, { "1,5", -1 }, { "+1", -1 }, { "1e+", -1 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      guint n_digits = 0;
      gboolean is_number = kvar_excel_text_is_number (cases[i].text, &n_digits);

      if (is_number != (cases[i].n_digits >= 0))
        g_error ("%s", cases[i].text);
      if (is_number)
        g_assert_cmpint (n_digits, ==, cases[i].n_digits);
    }
}

static void
test_days (void)
{
  static const struct { KvarKind kind; const char *text; double days; } cases[] = {
    { KVAR_KIND_DATE, "1900-03-01", 61 },
    { KVAR_KIND_DATE, "2026-11-20", 46346 },
    { KVAR_KIND_DATE, "9999-12-31", 2958465 },
    { KVAR_KIND_TIMESTAMP, "2026-11-20T12:00:00", 46346.5 },
    { KVAR_KIND_TIMESTAMPTZ, "2026-11-20T23:00:00+00:00", 46347 },
    { KVAR_KIND_TIME, "06:00:00", 0.25 },
    { KVAR_KIND_DATE, "1900-02-28", -1 }, { KVAR_KIND_DATE, "infinity", -1 },
    { KVAR_KIND_DATE, "0044-03-15 BC", -1 }, { KVAR_KIND_TIME, "24:00:00", -1 },
    { KVAR_KIND_TIME, "06:00:00+01", -1 }, { KVAR_KIND_DATE, "06:00:00", -1 },
  };
  g_autoptr(GTimeZone) zone = g_time_zone_new_identifier ("Europe/Stockholm");

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      double days = -1;

      kvar_excel_text_to_days (cases[i].text, cases[i].kind, zone, &days);
      if (fabs (days - cases[i].days) > 1e-9)
        g_error ("%s: %f", cases[i].text, days);
    }
}

typedef struct
{
  char    *from;
  char    *to;
  guint64  n_altered;
} Book;

static void
book_set_up (Book          *book,
             gconstpointer  unused)
{
  g_mkdir_with_parents (g_get_user_data_dir (), 0700);
  book->from = g_build_filename (g_get_user_data_dir (), "cells", NULL);
  book->to = g_build_filename (g_get_user_data_dir (), "book.xlsx", NULL);
}

static void
book_tear_down (Book          *book,
                gconstpointer  unused)
{
  g_unlink (book->from);
  g_unlink (book->to);
  g_free (book->from);
  g_free (book->to);
}

static void
make_book (Book              *book,
           KvarExportFormat  *format,
           const char *const *texts)
{
  g_autoptr(GString) out = g_string_new (NULL);
  g_autoptr(GError) error = NULL;

  kvar_export_format_begin (format, out);
  for (gsize i = 0; texts[i] != NULL; i++)
    {
      KvarExportCell cell = { texts[i], strlen (texts[i]) };

      if (g_str_equal (texts[i], "(null)"))
        cell.text = NULL;
      kvar_export_format_append_row (format, &cell, i, out);
    }
  kvar_export_format_end (format, g_strv_length ((char **)texts), out);

  g_assert_true (g_file_set_contents (book->from, out->str, out->len, NULL));
  g_assert_true (kvar_export_format_converts (format));
  kvar_export_format_convert (format, book->from, book->to, &book->n_altered, &error);
  g_assert_no_error (error);
}

/* The row below the header, without its own element. */
static char *
write_cell (Book       *book,
            KvarKind    kind,
            int         scale,
            const char *text)
{
  const char *const texts[] = { text, NULL };
  g_autoptr(GPtrArray) columns = create_columns ("c", kind, scale);
  g_autoptr(KvarExportFormat) format = kvar_export_format_new (KVAR_FILE_XLSX, columns, "a/b");
  g_autofree char *xml = NULL;
  char *start;

  make_book (book, format, texts);
  xml = kvar_test_zip_read (book->to, "xl/worksheets/sheet1.xml");
  start = strstr (xml, "<row r=\"2\"");
  if (start == NULL)
    return g_strdup ("");

  *strstr (start, "</row>") = '\0';

  return g_strdup (strchr (start, '>') + 1);
}

static void
test_xlsx_cells (Book          *book,
                 gconstpointer  unused)
{
  static const struct { KvarKind kind; int scale; const char *text; const char *expected; }
  cases[] = {
    { KVAR_KIND_TEXT, -1, "007", "<c r=\"A2\" t=\"inlineStr\"><is><t>007</t></is></c>" },
    { KVAR_KIND_TEXT, -1, "=1+1", "<c r=\"A2\" t=\"inlineStr\"><is><t>=1+1</t></is></c>" },
    { KVAR_KIND_TEXT, -1, " a<&\n", "<c r=\"A2\" t=\"inlineStr\"><is>"
      "<t xml:space=\"preserve\"> a&lt;&amp;\n</t></is></c>" },
    { KVAR_KIND_TEXT, -1, "\001\r", "<c r=\"A2\" t=\"inlineStr\"><is>"
      "<t>_x0001__x000D_</t></is></c>" },
    { KVAR_KIND_TEXT, -1, "_x0041_", "<c r=\"A2\" t=\"inlineStr\"><is>"
      "<t>_x005F_x0041_</t></is></c>" },
    { KVAR_KIND_TEXT, -1, "http://x", "<c r=\"A2\" t=\"inlineStr\"><is><t>http://x</t></is></c>" },
    { KVAR_KIND_INTEGER, -1, "123456789012345", "<c r=\"A2\" s=\"2\"><v>123456789012345</v></c>" },
    { KVAR_KIND_INTEGER, -1, "1234567890123456",
      "<c r=\"A2\" t=\"inlineStr\"><is><t>1234567890123456</t></is></c>" },
    { KVAR_KIND_DECIMAL, 2, "12.50", "<c r=\"A2\" s=\"2\"><v>12.5</v></c>" },
    { KVAR_KIND_DECIMAL, -1, "12.50", "<c r=\"A2\"><v>12.5</v></c>" },
    { KVAR_KIND_DECIMAL, -1, "NaN", "<c r=\"A2\" t=\"inlineStr\"><is><t>NaN</t></is></c>" },
    { KVAR_KIND_BOOLEAN, -1, "false", "<c r=\"A2\" t=\"b\"><v>0</v></c>" },
    { KVAR_KIND_DATE, -1, "2026-11-20", "<c r=\"A2\" s=\"2\"><v>46346</v></c>" },
    { KVAR_KIND_DATE, -1, "1850-01-01",
      "<c r=\"A2\" t=\"inlineStr\"><is><t>1850-01-01</t></is></c>" },
    { KVAR_KIND_TEXT, -1, "(null)", "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *cell = write_cell (book, cases[i].kind, cases[i].scale, cases[i].text);

      g_assert_cmpstr (cell, ==, cases[i].expected);
    }
  g_assert_cmpuint (book->n_altered, ==, 0);
}

static void
test_xlsx_long_text (Book          *book,
                     gconstpointer  unused)
{
  g_autoptr(GString) text = g_string_new (NULL);
  g_autofree char *fits = NULL;
  g_autofree char *longer = NULL;

  /* Each counts twice in Excel. */
  for (guint i = 0; i < 16383; i++)
    g_string_append (text, "😀");
  g_string_append_c (text, 'x');
  fits = write_cell (book, KVAR_KIND_TEXT, -1, text->str);
  g_assert_nonnull (strstr (fits, "x</t>"));
  g_assert_cmpuint (book->n_altered, ==, 0);

  g_string_append_c (text, 'y');
  longer = write_cell (book, KVAR_KIND_TEXT, -1, text->str);
  g_assert_nonnull (strstr (longer, "😀…</t>"));
  g_assert_cmpuint (book->n_altered, ==, 1);
}

static void
test_xlsx_sheets (Book          *book,
                  gconstpointer  unused)
{
  static const char *const rows[] = { "1", "2", "3", "4", "5", NULL };
  g_autoptr(GPtrArray) columns = create_columns ("c", KVAR_KIND_INTEGER, -1);
  g_autoptr(KvarExportFormat) format = NULL;
  g_autofree char *workbook = NULL;
  g_autofree char *third = NULL;
  g_autofree char *said = NULL;

  format = kvar_export_format_new (KVAR_FILE_XLSX, columns,
                                   "A name of more than thirty-one signs: [jobs]");
  kvar_xlsx_format_set_max_rows (KVAR_XLSX_FORMAT (format), 2);
  make_book (book, format, rows);

  workbook = kvar_test_zip_read (book->to, "xl/workbook.xml");
  g_assert_nonnull (strstr (workbook, "<sheet name=\"A name of more than thirty-one \" "));
  g_assert_nonnull (strstr (workbook, "<sheet name=\"A name of more than thirty-on 3\" "));
  third = kvar_test_zip_read (book->to, "xl/worksheets/sheet3.xml");
  g_assert_nonnull (strstr (third, "<pane ySplit=\"1\""));
  g_assert_nonnull (strstr (third, "<t>c</t></is></c></row><row r=\"2\"><c r=\"A2\" s=\"2\">"
                                   "<v>5</v></c></row></sheetData>"));
  said = kvar_export_format_describe (format, 5, 0);
  g_assert_cmpstr (said, ==, "The rows are on 3 sheets.");
}

static void
test_names (void)
{
  KvarFileFormat format = KVAR_FILE_CSV;

  for (guint i = 0; i < KVAR_N_FILE_FORMATS; i++)
    {
      g_assert_true (kvar_file_format_find (kvar_file_format_get_name (i), &format));
      g_assert_cmpuint (format, ==, i);
    }
  g_assert_false (kvar_file_format_find ("odt", &format));
  g_assert_true (kvar_file_format_guess ("a.b/Jobs.XLSX", &format));
  g_assert_cmpuint (format, ==, KVAR_FILE_XLSX);
  g_assert_true (kvar_file_format_guess ("jobs.csv", &format));
  g_assert_cmpuint (format, ==, KVAR_FILE_CSV);
  g_assert_false (kvar_file_format_guess ("xlsx", &format));
}

#define ADD(path, func) g_test_add (path, Book, NULL, book_set_up, func, book_tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/export/EXP-6/json-keeps-what-it-can", test_json_cells);
  g_test_add_func ("/export/EXP-6/json-is-one-array", test_json_array);
  g_test_add_func ("/export/EXP-6/formats-have-names", test_names);
  g_test_add_func ("/export/EXP-7/cells-as-excel-reads-them", test_excel_cells);
  g_test_add_func ("/export/EXP-14/headers-too-and-said", test_excel_begins);
  g_test_add_func ("/export/EXP-8/standard-csv-keeps-formulas", test_standard_csv_keeps_formulas);
  g_test_add_func ("/excel-text/is-number/counts-digits", test_numbers);
  g_test_add_func ("/excel-text/to-days/has-excels-calendar", test_days);
  ADD ("/export/EXP-6/xlsx-has-types", test_xlsx_cells);
  ADD ("/export/EXP-6/xlsx-cuts-what-no-cell-holds", test_xlsx_long_text);
  ADD ("/export/EXP-3/xlsx-goes-on-on-another-sheet", test_xlsx_sheets);

  return g_test_run ();
}
