/* test-value.c: values shown, edited and read back exactly
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib.h>

#include "kvar-error.h"
#include "records/kvar-array-text.h"
#include "records/kvar-value-format.h"
#include "records/kvar-value-parse.h"

typedef struct
{
  KvarLocale *english;     /* 1,234.5 and 11/20/2026 */
  KvarLocale *british;     /* 20/11/2026 */
  KvarLocale *swedish;     /* 1 234,5 and 2026-11-20 */
  KvarLocale *german;      /* 1.234,5 and 20.11.2026 */
} Fixture;

static void
set_up (Fixture       *f,
        gconstpointer  unused)
{
  g_autoptr(GTimeZone) stockholm = g_time_zone_new_identifier ("Europe/Stockholm");
  GDate today;

  g_assert_nonnull (stockholm);
  g_date_clear (&today, 1);
  g_date_set_dmy (&today, 20, G_DATE_NOVEMBER, 2026);

  f->english = kvar_locale_new (".", ",", KVAR_DATE_ORDER_MDY, '/', stockholm);
  f->british = kvar_locale_new (".", ",", KVAR_DATE_ORDER_DMY, '/', stockholm);
  f->swedish = kvar_locale_new (",", "\u202f", KVAR_DATE_ORDER_YMD, '-', stockholm);
  f->german = kvar_locale_new (",", ".", KVAR_DATE_ORDER_DMY, '.', stockholm);
  kvar_locale_set_today (f->english, &today);
  kvar_locale_set_today (f->british, &today);
  kvar_locale_set_today (f->swedish, &today);
  kvar_locale_set_today (f->german, &today);
}

static void
tear_down (Fixture       *f,
           gconstpointer  unused)
{
  kvar_locale_free (f->english);
  kvar_locale_free (f->british);
  kvar_locale_free (f->swedish);
  kvar_locale_free (f->german);
}

static void
assert_display (const char *type_name,
                const char *text,
                KvarLocale *locale,
                const char *expected)
{
  g_autoptr(KvarType) type = kvar_type_new (type_name, NULL);
  g_autoptr(KvarValue) value = kvar_value_new (type, text);
  g_autofree char *shown = kvar_value_format_display (value, locale);

  g_assert_cmpstr (shown, ==, expected);
}

static void
assert_input (const char *type_name,
              const char *text,
              KvarLocale *locale,
              const char *expected)
{
  g_autoptr(KvarType) type = kvar_type_new (type_name, NULL);
  g_autoptr(KvarValue) value = kvar_value_new (type, text);
  g_autofree char *shown = kvar_value_format_input (value, locale);

  g_assert_cmpstr (shown, ==, expected);
}

static void
assert_parse (const char *type_name,
              const char *typed,
              KvarLocale *locale,
              const char *expected)
{
  g_autoptr(KvarType) type = kvar_type_new (type_name, NULL);
  g_autoptr(GError) error = NULL;
  g_autoptr(KvarValue) value = kvar_value_parse_typed (type, typed, locale, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (kvar_value_get_text (value), ==, expected);
}

static void
assert_refused (const char *type_name,
                const char *typed,
                KvarLocale *locale,
                const char *sentence)
{
  g_autoptr(KvarType) type = kvar_type_new (type_name, NULL);
  g_autoptr(GError) error = NULL;
  g_autoptr(KvarValue) value = kvar_value_parse_typed (type, typed, locale, &error);

  if (value != NULL)
    g_test_message ("“%s” was read as %s", typed, kvar_value_get_text (value));
  g_assert_null (value);
  g_assert_error (error, KVAR_ERROR, KVAR_ERROR_INVALID);
  g_assert_cmpstr (error->message, ==, sentence);
}

/* What is edited and left as it is must be the same to the letter. */
static void
assert_round_trip (const char *type_name,
                   const char *text,
                   KvarLocale *locale)
{
  static const char *const labels[] = { "draft", "in_progress", "a b", "IN", NULL };
  gboolean is_enum = g_str_has_prefix (type_name, "job_status");
  g_autoptr(KvarType) type = kvar_type_new (type_name, is_enum ? labels : NULL);
  g_autoptr(KvarValue) value = kvar_value_new (type, text);
  g_autofree char *input = kvar_value_format_input (value, locale);
  g_autoptr(GError) error = NULL;
  g_autoptr(KvarValue) again = kvar_value_parse_typed (type, input, locale, &error);

  g_test_message ("%s %s is edited as “%s”", type_name, text, input);
  g_assert_no_error (error);
  g_assert_cmpstr (kvar_value_get_text (again), ==, text);
}

static void
test_value_null_is_not_empty (Fixture       *f,
                              gconstpointer  unused)
{
  g_autoptr(KvarType) type = kvar_type_new ("text", NULL);
  g_autoptr(KvarValue) null = kvar_value_new (type, NULL);
  g_autoptr(KvarValue) empty = kvar_value_new (type, "");

  g_assert_true (kvar_value_is_null (null));
  g_assert_false (kvar_value_is_null (empty));
  g_assert_false (kvar_value_equal (null, empty));
  g_assert_true (kvar_value_equal (null, null));
  assert_parse ("text", "", f->english, "");
  assert_parse ("integer", "", f->english, NULL);
  assert_parse ("date", "  ", f->swedish, NULL);
  assert_parse ("jsonb", "", f->swedish, NULL);
  assert_parse ("jsonb", " null ", f->swedish, NULL);
  assert_parse ("jsonb", "[null]", f->swedish, "[null]");
  assert_parse ("text[]", "", f->swedish, NULL);
}

static void
test_value_keeps_base_when_untouched (Fixture       *f,
                                      gconstpointer  unused)
{
  g_autoptr(KvarType) type = kvar_type_new ("timestamptz", NULL);
  g_autoptr(KvarValue) base = kvar_value_new (type, "2026-11-20T14:30:00+05:30");
  g_autofree char *shown = kvar_value_to_input (base);
  g_autoptr(KvarValue) same = kvar_value_parse_over (base, shown, NULL);
  g_autoptr(KvarValue) other = kvar_value_parse_over (base, "2026-11-20 10:01", NULL);

  g_assert_cmpstr (shown, ==, "2026-11-20 10:00");
  g_assert_cmpstr (kvar_value_get_text (same), ==, "2026-11-20T14:30:00+05:30");
  g_assert_cmpstr (kvar_value_get_text (other), ==, "2026-11-20T09:01:00+00:00");
}

static const struct { const char *type; const char *text; } round_trips[] = {
  { "text", "two\nlines, and “quotes” \\ " },
  { "character varying(20)", "  blanks stay " },
  { "boolean", "true" },
  { "boolean", "false" },
  { "smallint", "-32768" },
  { "integer", "2147483647" },
  { "bigint", "-9223372036854775808" },
  { "bigint", "9007199254740993" },
  { "numeric", "1234567890123456789012345678901234567890" },
  { "numeric", "-0.00000000000000000000000000000000000001" },
  { "numeric", "1.234" },
  { "numeric", "1234.567" },
  { "numeric", "NaN" },
  { "numeric", "-Infinity" },
  { "numeric(12,2)", "12.50" },
  { "numeric(3,3)", "0.125" },
  { "double precision", "0.1428571428571428" },
  { "double precision", "1e+300" },
  { "double precision", "-1.5e-05" },
  { "double precision", "-0" },
  { "real", "Infinity" },
  { "date", "2026-11-20" },
  { "date", "2024-02-29" },
  { "date", "0044-03-15 BC" },
  { "date", "12026-01-01" },
  { "date", "infinity" },
  { "date", "0001-01-01" },
  { "time without time zone", "14:32:05.000001" },
  { "time without time zone", "00:00:00" },
  { "time without time zone", "24:00:00" },
  { "time with time zone", "14:32:05+02" },
  { "timestamp without time zone", "2026-11-20T14:32:05.123456" },
  { "timestamp without time zone", "2026-11-20T00:00:00" },
  { "timestamp without time zone", "-infinity" },
  { "timestamp without time zone", "0044-03-15T12:00:00 BC" },
  { "timestamp with time zone", "2025-01-13T06:30:00.123456+00:00" },
  { "timestamp with time zone", "2026-06-01T00:00:00.1+00:00" },
  { "timestamp with time zone", "2026-10-25T00:30:00+00:00" },    /* 02:30, the first one */
  { "timestamp with time zone", "2026-10-25T01:30:00+00:00" },    /* 02:30, the second one */
  { "timestamp with time zone", "1850-01-01T12:00:00+00:00" },    /* an offset with seconds */
  { "timestamp with time zone", "9999-12-31T23:59:59.999999+00:00" },
  { "timestamp with time zone", "0001-01-01T00:00:00+00:00" },
  { "timestamp with time zone", "infinity" },
  { "interval", "1 year 2 mons 3 days 04:05:06.5" },
  { "uuid", "00000000-0000-4000-8000-00000000000a" },
  { "job_status", "in_progress" },
  { "job_status", "a b" },
  { "job_status", "IN" },
  { "json", "{\"b\" : 1.00,  \"b\":2, \"big\": 123456789012345678901234567890}\n" },
  { "jsonb", "{\"a\": [1, null, \"x\"]}" },
  { "text[]", "{}" },
  { "text[]", "{urgent,\"x,y\",\"q\\\"uote\",\"back\\\\slash\",\" s\",\"\",NULL,\"NULL\"}" },
  { "text[]", "{\"{braces}\",\"[0:1]={x}\",\"line\nbreak\"}" },
  { "text[]", "{{a,b},{c,d}}" },
  { "integer[]", "{12,NULL,-1}" },
  { "integer[]", "[0:1]={1,2}" },
  { "numeric[]", "{1.50,12345678901234567890.1}" },
  { "boolean[]", "{t,f,NULL}" },
  { "job_status[]", "{draft,\"a b\"}" },
  { "uuid[]", "{00000000-0000-4000-8000-00000000000a}" },
  { "timestamp with time zone[]", "{\"2025-01-13 06:30:00+00\"}" },
  { "bytea", "\\xdeadbeef" },
  { "int4range", "[1,10)" },
  { "money", "$1,000.00" },
  { "point", "(1,2)" },
};

static void
test_value_round_trips (Fixture       *f,
                        gconstpointer  unused)
{
  for (gsize i = 0; i < G_N_ELEMENTS (round_trips); i++)
    {
      assert_round_trip (round_trips[i].type, round_trips[i].text, f->english);
      assert_round_trip (round_trips[i].type, round_trips[i].text, f->british);
      assert_round_trip (round_trips[i].type, round_trips[i].text, f->swedish);
      assert_round_trip (round_trips[i].type, round_trips[i].text, f->german);
    }
}

/* Any digits, any moment of a century, any list. */
static void
test_value_round_trips_at_random (Fixture       *f,
                                  gconstpointer  unused)
{
  KvarLocale *locales[] = { f->english, f->british, f->swedish, f->german };
  g_autoptr(GRand) rand = g_rand_new_with_seed (20261120);

  for (int i = 0; i < 600; i++)
    {
      KvarLocale *locale = locales[i % 4];
      g_autofree char *number = g_strdup_printf ("%s%u%u.%u%u", i % 3 == 0 ? "-" : "",
                                                 1 + g_rand_int (rand) % 1000, g_rand_int (rand),
                                                 g_rand_int (rand), g_rand_int (rand));
      g_autoptr(GDateTime) moment =
        g_date_time_new_from_unix_utc (g_rand_int_range (rand, 0, G_MAXINT));
      g_autofree char *stamp = g_date_time_format (moment, "%Y-%m-%dT%H:%M:%S");
      g_autofree char *micro =
        g_strdup_printf ("%s.%05d%d+00:00", stamp, g_rand_int_range (rand, 0, 100000),
                         g_rand_int_range (rand, 1, 10));
      g_autofree char *plain = g_strconcat (stamp, "+00:00", NULL);
      g_autoptr(GString) word = g_string_new (NULL);
      g_autoptr(GPtrArray) words = g_ptr_array_new ();
      g_autofree char *literal = NULL;

      assert_round_trip ("numeric", number, locale);
      assert_round_trip ("timestamptz", micro, locale);
      assert_round_trip ("timestamptz", plain, locale);
      assert_round_trip ("timestamp", stamp, locale);

      for (int n = g_rand_int_range (rand, 0, 8); n >= 0; n--)
        g_string_append_c (word, "ab ,;\"\\{}[N\nUL"[g_rand_int_range (rand, 0, 14)]);
      g_ptr_array_add (words, word->str);
      g_ptr_array_add (words, NULL);
      g_ptr_array_add (words, word->str);
      literal = kvar_array_text_join (words);
      assert_round_trip ("text[]", literal, locale);
    }
}

static void
test_value_displays_numbers (Fixture       *f,
                             gconstpointer  unused)
{
  assert_display ("numeric", "1234567.50", f->english, "1,234,567.50");
  assert_display ("numeric", "-1234.50", f->swedish, "-1\u202f234,50");
  assert_display ("numeric", "999", f->german, "999");
  assert_display ("integer", "1987", f->english, "1987");
  assert_display ("double precision", "1e+20", f->swedish, "1e+20");
  assert_input ("numeric", "1234567.50", f->swedish, "1234567,50");
}

static void
test_value_displays_times (Fixture       *f,
                           gconstpointer  unused)
{
  assert_display ("date", "2026-11-20", f->english, "11/20/2026");
  assert_display ("date", "2026-11-20", f->german, "20.11.2026");
  assert_display ("timestamptz", "2026-11-20T13:32:00+00:00", f->swedish, "2026-11-20 14:32");
  assert_display ("timestamptz", "2026-07-01T13:32:07.25+00:00", f->british,
                  "01/07/2026 15:32:07");
  assert_display ("time", "14:32:00", f->english, "14:32");
  assert_display ("timestamptz", "infinity", f->swedish, "infinity");
}

static void
test_value_displays_one_line (Fixture       *f,
                              gconstpointer  unused)
{
  g_autofree char *many = g_strnfill (500, 'x');
  g_autofree char *some = g_strnfill (200, 'x');
  g_autofree char *shortened = g_strconcat (some, "…", NULL);

  assert_display ("text", "a\n\n  b\tc ", f->english, "a b c");
  assert_display ("text", many, f->english, shortened);
  assert_display ("boolean", "t", f->english, "Yes");
  assert_display ("boolean", "false", f->english, "No");
  assert_display ("text[]", "{a,\"b c\",NULL}", f->english, "a, b c, –");
  assert_display ("numeric[]", "{1.5,2}", f->swedish, "1,5; 2");
  assert_display ("bytea", "\\xdead", f->english, "2 bytes");
  assert_display ("integer", NULL, f->english, "");
}

static void
test_value_parses_numbers (Fixture       *f,
                           gconstpointer  unused)
{
  assert_parse ("numeric", "1 234,50", f->swedish, "1234.50");
  assert_parse ("numeric", "1\u00a0234,50", f->swedish, "1234.50");
  assert_parse ("numeric", "1234.50", f->swedish, "1234.50");
  assert_parse ("numeric", "0.125", f->swedish, "0.125");
  assert_parse ("numeric", "1,234.50", f->english, "1234.50");
  assert_parse ("numeric", "1,234", f->english, "1234");
  assert_parse ("numeric", "1,5", f->english, "1.5");
  assert_parse ("numeric", "1.234,50", f->german, "1234.50");
  assert_parse ("numeric", "1.234.567", f->german, "1234567");
  assert_parse ("numeric", "1'234.50", f->english, "1234.50");
  assert_parse ("numeric", "−12", f->english, "-12");
  assert_parse ("numeric", "+007", f->english, "7");
  assert_parse ("numeric", ".5", f->english, "0.5");
  assert_parse ("numeric", "5,", f->swedish, "5");
  assert_parse ("integer", "1.234", f->swedish, "1234");
  assert_parse ("integer", "1 234", f->english, "1234");
  assert_parse ("double precision", "1,5E3", f->swedish, "1.5e3");
  assert_parse ("double precision", "nan", f->swedish, "NaN");
}

static void
test_value_asks_about_two_readings (Fixture       *f,
                                    gconstpointer  unused)
{
  assert_refused ("numeric", "1.234", f->swedish,
                  "1.234 can be read in two ways. Write 1234 or 1,234.");
}

static void
test_value_refuses_numbers (Fixture       *f,
                            gconstpointer  unused)
{
  static const char *const wrong[] = {
    "abc", "-", "1,2,3", "12 34", "1.2.3", "1,234,56", "0x10", "1e5", "--1", "1 ,5 ,", "."
  };

  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    assert_refused ("numeric", wrong[i], f->english, "This is not a number.");

  assert_refused ("integer", "1.5", f->english, "Write a whole number.");
  assert_refused ("smallint", "32768", f->english, "Write a number from −32768 to 32767.");
  assert_refused ("integer", "-2147483649", f->english,
                  "Write a number from −2147483648 to 2147483647.");
  assert_parse ("smallint", "-32768", f->english, "-32768");
  assert_refused ("numeric(12,2)", "1.005", f->english, "Write at most 2 decimals.");
  assert_refused ("numeric(4,0)", "1.5", f->english, "Write a number without decimals.");
  assert_parse ("numeric(12,2)", "1.500", f->english, "1.500");
  assert_refused ("numeric(4,2)", "100", f->english,
                  "The number is too large: it may have 2 digits before the decimals.");
  assert_refused ("double precision", "1e", f->english, "This is not a number.");
  assert_refused ("double precision", "1e400", f->english, "The number is too large.");
  assert_refused ("real", "-1e39", f->english, "The number is too large.");
  assert_parse ("real", "3.4e38", f->english, "3.4e38");
}

static void
test_value_parses_dates (Fixture       *f,
                         gconstpointer  unused)
{
  assert_parse ("date", "idag", f->swedish, "2026-11-20");
  assert_parse ("date", "Today", f->english, "2026-11-20");
  assert_parse ("date", "i morgon", f->swedish, "2026-11-21");
  assert_parse ("date", "igår", f->swedish, "2026-11-19");
  assert_parse ("date", "+3", f->swedish, "2026-11-23");
  assert_parse ("date", "-20", f->swedish, "2026-10-31");
  assert_parse ("date", "20/11", f->swedish, "2026-11-20");
  assert_parse ("date", "11-20", f->swedish, "2026-11-20");
  assert_parse ("date", "20/11/2026", f->british, "2026-11-20");
  assert_parse ("date", "20/11/26", f->british, "2026-11-20");
  assert_parse ("date", "11/20", f->english, "2026-11-20");
  assert_parse ("date", "20. 11. 2026", f->german, "2026-11-20");
  assert_parse ("date", "20.11.", f->german, "2026-11-20");
  assert_parse ("date", "2026-11-20", f->english, "2026-11-20");
  assert_parse ("date", "20261120", f->english, "2026-11-20");
  assert_parse ("date", "261120", f->swedish, "2026-11-20");
  assert_parse ("date", "12/24/99", f->english, "1999-12-24");
}

static void
test_value_refuses_dates (Fixture       *f,
                          gconstpointer  unused)
{
  static const char *const wrong[] = {
    "soon", "2026-02-30", "2026-13-01", "20", "1/2/3/4", "20-11/2026", "0000-01-01", "++3", "-",
    "20/11", "99999999", "2026-11-20 14:00", "12026-1-1"
  };

  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    assert_refused ("date", wrong[i], f->english,
                    "This is not a date. Write it like 11/20/2026.");
}

static void
test_value_parses_times (Fixture       *f,
                         gconstpointer  unused)
{
  assert_parse ("time", "14:32", f->swedish, "14:32:00");
  assert_parse ("time", "14.32", f->swedish, "14:32:00");
  assert_parse ("time", "1432", f->swedish, "14:32:00");
  assert_parse ("time", "2:30 PM", f->english, "14:30:00");
  assert_parse ("time", "12am", f->english, "00:00:00");
  assert_parse ("timestamptz", "2026-11-20 14:32", f->swedish, "2026-11-20T13:32:00+00:00");
  assert_parse ("timestamptz", "20/11 14:32", f->swedish, "2026-11-20T13:32:00+00:00");
  assert_parse ("timestamptz", "idag 8:05", f->swedish, "2026-11-20T07:05:00+00:00");
  assert_parse ("timestamptz", "11/20/2026 2:30 pm", f->english, "2026-11-20T13:30:00+00:00");
  assert_parse ("timestamptz", "2026-11-20", f->swedish, "2026-11-19T23:00:00+00:00");
  assert_parse ("timestamptz", "2026-11-20 14:32Z", f->swedish, "2026-11-20T14:32:00+00:00");
  assert_parse ("timestamptz", "2026-11-20 14:32 -03:30", f->swedish,
                "2026-11-20T18:02:00+00:00");
  assert_parse ("timestamp", "20.11.2026 14:32", f->german, "2026-11-20T14:32:00");
  assert_refused ("timestamptz", "2026-03-29 02:30", f->swedish,
                  "The clocks skip this time on that day.");
  assert_refused ("time", "25:00", f->swedish, "This is not a time. Write it like 14:30.");
  assert_refused ("timestamp", "2026-11-20 99:00", f->swedish,
                  "This is not a date and time. Write it like 2026-11-20 14:30.");
}

static void
test_value_parses_the_rest (Fixture       *f,
                            gconstpointer  unused)
{
  assert_parse ("boolean", "Ja", f->english, "true");
  assert_parse ("boolean", "no", f->swedish, "false");
  assert_refused ("boolean", "maybe", f->english, "Write yes or no.");
  assert_parse ("uuid", "{0000000000004000800000000000000A}", f->english,
                "00000000-0000-4000-8000-00000000000a");
  assert_refused ("uuid", "123", f->english,
                  "This is not a UUID: it has 32 digits and letters from a to f.");
  assert_parse ("text[]", "a, \"b, c\" , d,", f->english, "{a,\"b, c\",d}");
  assert_parse ("text[]", "say \"hi\"", f->english, "{\"say \\\"hi\\\"\"}");
  assert_parse ("integer[]", "1, 2", f->english, "{1,2}");
  assert_parse ("numeric[]", "1,5; 2", f->swedish, "{1.5,2}");
  assert_refused ("text[]", "a, \"b", f->english, "A quotation mark is not closed.");
  assert_refused ("text[]", "{a,{b}", f->english,
                  "A list in braces must end with a brace, and have its quotes closed.");
  assert_refused ("integer[]", "1, x", f->english, "This is not a number.");
  assert_refused ("jsonb", "{\"å\": }", f->english,
                  "This is not JSON: it goes wrong at character 7.");
  assert_refused ("character varying(3)", "åäöx", f->english, "At most 3 characters fit here.");
  assert_refused ("bytea", "hello", f->english,
                  "Write bytes as \\x and two digits for each.");
}

static void
test_value_parses_enums (Fixture       *f,
                         gconstpointer  unused)
{
  static const char *const labels[] = { "in_progress", "done", NULL };
  g_autoptr(KvarType) type = kvar_type_new ("job_status", labels);
  g_autoptr(KvarValue) shown = kvar_value_parse_typed (type, "In progress", f->english, NULL);
  g_autoptr(GError) error = NULL;

  g_assert_cmpstr (kvar_value_get_text (shown), ==, "in_progress");
  g_assert_null (kvar_value_parse_typed (type, "open", f->english, &error));
  g_assert_error (error, KVAR_ERROR, KVAR_ERROR_INVALID);
}

/* What glibc says of dates in languages that differ. */
static void
test_locale_reads_date_formats (Fixture       *f,
                                gconstpointer  unused)
{
  static const struct { const char *format; const char *shown; } cases[] = {
    { "%Y-%m-%d", "2026-11-05" },
    { "%F", "2026-11-05" },
    { "%m/%d/%Y", "11/05/2026" },
    { "%D", "11/05/2026" },
    { "%d/%m/%y", "05/11/2026" },
    { "%d.%m.%Y", "05.11.2026" },
    { "%-d.%-m.%Y", "05.11.2026" },
    { "%d-%m-%y", "05-11-2026" },
    { "%Y.%m.%d.", "2026.11.05" },
    { "%Y年%m月%d日", "2026-11-05" },
    { "%e %b %Y", "05-11-2026" },
    { "%", "2026-11-05" },
    { "", "2026-11-05" },
  };
  g_autoptr(KvarType) type = kvar_type_new ("date", NULL);
  g_autoptr(KvarValue) value = kvar_value_new (type, "2026-11-05");

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(KvarLocale) locale =
        kvar_locale_new_from_formats ("", "", cases[i].format, NULL);
      g_autofree char *shown = kvar_value_format_display (value, locale);

      g_assert_cmpstr (shown, ==, cases[i].shown);
      g_assert_cmpstr (kvar_locale_get_decimal (locale), ==, ".");
      assert_round_trip ("date", "2026-11-05", locale);
    }
}

#define ADD(path, func) g_test_add ("/value/" path, Fixture, NULL, set_up, func, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  ADD ("null-is-not-empty", test_value_null_is_not_empty);
  ADD ("parse-over/keeps-untouched", test_value_keeps_base_when_untouched);
  ADD ("round-trip/listed", test_value_round_trips);
  ADD ("round-trip/random", test_value_round_trips_at_random);
  ADD ("display/numbers", test_value_displays_numbers);
  ADD ("display/times", test_value_displays_times);
  ADD ("display/one-line", test_value_displays_one_line);
  ADD ("parse/numbers", test_value_parses_numbers);
  ADD ("parse/two-readings", test_value_asks_about_two_readings);
  ADD ("parse/refuses-numbers", test_value_refuses_numbers);
  ADD ("parse/dates", test_value_parses_dates);
  ADD ("parse/refuses-dates", test_value_refuses_dates);
  ADD ("parse/times", test_value_parses_times);
  ADD ("parse/the-rest", test_value_parses_the_rest);
  ADD ("parse/enums", test_value_parses_enums);

  ADD ("locale/date-formats", test_locale_reads_date_formats);

  return g_test_run ();
}
