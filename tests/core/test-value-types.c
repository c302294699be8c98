/* test-value-types.c: every type of PostgreSQL shown, edited and read back, at random
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * KVAR_TEST_SEED takes other values than usual.
 */

#include <glib.h>

#include "kvar-error.h"
#include "kvar-test-values.h"
#include "records/kvar-value-format.h"
#include "records/kvar-value-parse.h"
#include "records/kvar-value-words.h"

#define N_ROUNDS 100

typedef struct
{
  KvarLocale *locales[2];    /* English and Swedish */
  GRand      *rand;
} Fixture;

static void
set_up (Fixture       *f,
        gconstpointer  unused)
{
  g_autoptr(GTimeZone) stockholm = g_time_zone_new_identifier ("Europe/Stockholm");
  const char *chosen = g_getenv ("KVAR_TEST_SEED");
  guint32 seed = chosen != NULL ? (guint32)g_ascii_strtoull (chosen, NULL, 10) : 20261125;
  GDate today;

  g_date_clear (&today, 1);
  g_date_set_dmy (&today, 20, G_DATE_NOVEMBER, 2026);
  f->locales[0] = kvar_locale_new (".", ",", KVAR_DATE_ORDER_MDY, '/', stockholm);
  f->locales[1] = kvar_locale_new (",", "\u00a0", KVAR_DATE_ORDER_YMD, '-', stockholm);
  kvar_locale_set_today (f->locales[0], &today);
  kvar_locale_set_today (f->locales[1], &today);

  g_test_message ("seed %u", seed);
  f->rand = g_rand_new_with_seed (seed);
}

static void
tear_down (Fixture       *f,
           gconstpointer  unused)
{
  kvar_locale_free (f->locales[0]);
  kvar_locale_free (f->locales[1]);
  g_rand_free (f->rand);
}

/* What is edited and left as it is must be the same to the letter, and look the same again. */
static void
assert_round_trip (KvarType   *type,
                   const char *text,
                   KvarLocale *locale)
{
  g_autoptr(KvarValue) value = kvar_value_new (type, text);
  g_autofree char *input = kvar_value_format_input (value, locale);
  g_autofree char *display = kvar_value_format_display (value, locale);
  g_autoptr(GError) error = NULL;
  g_autoptr(KvarValue) again = kvar_value_parse_typed (type, input, locale, &error);
  g_autofree char *input_again = NULL;

  if (again == NULL || g_strcmp0 (kvar_value_get_text (again), text) != 0)
    g_test_message ("%s %s is shown as “%s” and edited as “%s”", kvar_type_get_name (type), text,
                    display, input);
  g_assert_no_error (error);
  g_assert_cmpstr (kvar_value_get_text (again), ==, text);
  g_assert_null (strchr (display, '\n'));
  g_assert_true (g_utf8_validate (display, -1, NULL));

  input_again = kvar_value_format_input (again, locale);
  g_assert_cmpstr (input_again, ==, input);
}

static void
test_round_trips (Fixture       *f,
                  gconstpointer  unused)
{
  for (guint i = 0; i < kvar_test_values_get_n_types (); i++)
    {
      g_autoptr(KvarType) type = kvar_test_values_new_type (i, FALSE);

      for (int n = 0; n < N_ROUNDS; n++)
        {
          g_autofree char *text = kvar_test_values_make (i, f->rand);

          /* Nothing at all is null, where it is no text. */
          if (*text != '\0' || kvar_type_get_kind (type) == KVAR_KIND_TEXT)
            assert_round_trip (type, text, f->locales[n % 2]);
        }
    }
}

static void
test_arrays_round_trip (Fixture       *f,
                        gconstpointer  unused)
{
  for (guint i = 0; i < kvar_test_values_get_n_types (); i++)
    {
      g_autoptr(KvarType) type = kvar_test_values_new_type (i, TRUE);

      for (int n = 0; n < N_ROUNDS; n++)
        {
          g_autofree char *literal = kvar_test_values_make_array (i, f->rand);

          assert_round_trip (type, literal, f->locales[n % 2]);
        }
    }
}

/* What PostgreSQL writes differently in arrays. */
static void
test_odd_arrays_round_trip (Fixture       *f,
                            gconstpointer  unused)
{
  static const struct { const char *type; const char *text; } cases[] = {
    { "boolean[]", "{t,f,NULL}" },
    { "timestamp with time zone[]", "{\"2026-03-29 00:30:00.123456+00\",infinity,NULL}" },
    { "timestamp without time zone[]", "{\"2026-03-29 02:30:00\",\"0044-03-15 12:00:00 BC\"}" },
    { "box[]", "{(1,1),(0,0);(3,3),(2,2)}" },
    { "point[]", "{\"(1,2)\",\"(3,4)\"}" },
    { "int4range[]", "{\"[1,3)\",empty,NULL}" },
    { "int4multirange[]", "{\"{[1,3),[5,8)}\"}" },
    { "numeric[][]", "{{1.5,2},{3,4}}" },
    { "_inet", "{10.0.0.1,NULL}" },
  };

  for (gsize i = 0; i < 2 * G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(KvarType) type = kvar_type_new (cases[i / 2].type, NULL);

      assert_round_trip (type, cases[i / 2].text, f->locales[i % 2]);
    }
}

/* A domain is edited as what is below it. */
static void
test_domains_round_trip (Fixture       *f,
                         gconstpointer  unused)
{
  static const struct { const char *domain, *base, *text, *input; } cases[] = {
    { "price", "numeric(10,2)", "12.50", "12,50" },
    { "tags", "text[]", "{a,\"b c\"}", "a, b c" },
    { "host", "inet", "10.0.0.1/8", "10.0.0.1/8" },
    { "day", "date", "2026-11-20", "2026-11-20" },
    { "mask", "bit(4)", "0110", "0110" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(KvarType) type = kvar_type_new_domain (cases[i].domain, cases[i].base, NULL);
      g_autoptr(KvarValue) value = kvar_value_new (type, cases[i].text);
      g_autofree char *input = kvar_value_format_input (value, f->locales[1]);

      g_assert_cmpstr (input, ==, cases[i].input);
      g_assert_true (kvar_type_is_writable (type));
      assert_round_trip (type, cases[i].text, f->locales[0]);
      assert_round_trip (type, cases[i].text, f->locales[1]);
    }
}

static void
test_unknown_types_are_read_only (Fixture       *f,
                                  gconstpointer  unused)
{
  static const struct { const char *name; gboolean writable; } cases[] = {
    { "text", TRUE }, { "inet", TRUE }, { "int4range[]", TRUE }, { "xml", TRUE },
    { "bytea", FALSE }, { "bytea[]", FALSE }, { "tsvector", FALSE }, { "address", FALSE },
    { "extensions.geometry", FALSE }, { "unknown", FALSE }, { "address[]", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(KvarType) type = kvar_type_new (cases[i].name, NULL);

      g_test_message ("%s", cases[i].name);
      g_assert_cmpint (kvar_type_is_writable (type), ==, cases[i].writable);
    }
}

/* What is read is NULL where it is refused. */
static void
test_checks_what_is_written (Fixture       *f,
                             gconstpointer  unused)
{
  static const struct { const char *type, *typed, *read; } cases[] = {
    { "inet", " 192.168.0.10 ", "192.168.0.10" },
    { "inet", "192.168.0.10/24", "192.168.0.10/24" },
    { "inet", "2001:db8::1/64", "2001:db8::1/64" },
    { "inet", "192.168.0", NULL },
    { "inet", "192.168.0.10/33", NULL },
    { "inet", "192.168.0.10/", NULL },
    { "inet", "kvar.example", NULL },
    { "cidr", "10.1/16", "10.1/16" },
    { "cidr", "10.1.2.3.4", NULL },
    { "cidr", "10.x", NULL },
    { "macaddr", "08-00-2b-01-02-03", "08-00-2b-01-02-03" },
    { "macaddr", "0800.2b01.0203", "0800.2b01.0203" },
    { "macaddr", "08:00:2b:01:02", NULL },
    { "macaddr8", "08:00:2b:01:02:03:04:05", "08:00:2b:01:02:03:04:05" },
    { "bit(4)", "0110", "0110" },
    { "bit(4)", "011", NULL },
    { "bit varying(4)", "01101", NULL },
    { "varbit", "0120", NULL },
    { "int4range", "[1,10)", "[1,10)" },
    { "int4range", "1-10", NULL },
    { "int4range", "[1,10", NULL },
    { "int4range", "[1,2,3)", NULL },
    { "tstzrange", "[\"2026-01-01, 10:00\",)", "[\"2026-01-01, 10:00\",)" },
    { "int4multirange", "{[1,3), [5,8)}", "{[1,3), [5,8)}" },
    { "int4multirange", "[1,3)", NULL },
    { "int4multirange", "{[1,3)", NULL },
    { "interval", "2 days", "2 days" },
    { "interval", "soon", NULL },
    { "date[]", "idag, 24/12", "{2026-11-20,2026-12-24}" },
    { "inet[]", "10.0.0.1, x", NULL },
    { "box[]", "(1,1),(0,0)", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(KvarType) type = kvar_type_new (cases[i].type, NULL);
      g_autoptr(GError) error = NULL;
      g_autoptr(KvarValue) value =
        kvar_value_parse_typed (type, cases[i].typed, f->locales[1], &error);

      g_test_message ("%s “%s”", cases[i].type, cases[i].typed);
      if (cases[i].read == NULL)
        g_assert_error (error, KVAR_ERROR, KVAR_ERROR_INVALID);
      else
        g_assert_cmpstr (kvar_value_get_text (value), ==, cases[i].read);
    }
}

/* In an English of unknown country "3/4" is a day of April or of March; "20/11" can be only one
 * day. */
static void
test_asks_which_day_is_meant (Fixture       *f,
                              gconstpointer  unused)
{
  g_autoptr(KvarType) date = kvar_type_new ("date", NULL);
  g_autoptr(KvarType) stamp = kvar_type_new ("timestamp", NULL);
  g_autoptr(KvarValue) settled = NULL;
  g_autoptr(KvarValue) same = NULL;
  g_autoptr(KvarValue) reversed = NULL;
  g_autoptr(KvarValue) dashed = NULL;
  g_autoptr(GError) error = NULL;

  kvar_locale_set_short_date (f->locales[1], KVAR_SHORT_DATE_UNSETTLED);
  settled = kvar_value_parse_typed (date, "20/11", f->locales[1], NULL);
  reversed = kvar_value_parse_typed (stamp, "11/20/2027 8:05", f->locales[1], NULL);
  same = kvar_value_parse_typed (date, "4/4", f->locales[1], NULL);
  dashed = kvar_value_parse_typed (date, "04-03", f->locales[1], NULL);
  g_assert_cmpstr (kvar_value_get_text (settled), ==, "2026-11-20");
  g_assert_cmpstr (kvar_value_get_text (reversed), ==, "2027-11-20T08:05:00");
  g_assert_cmpstr (kvar_value_get_text (same), ==, "2026-04-04");
  g_assert_cmpstr (kvar_value_get_text (dashed), ==, "2026-04-03");

  g_assert_null (kvar_value_parse_typed (date, "3/4", f->locales[1], &error));
  g_assert_error (error, KVAR_ERROR, KVAR_ERROR_INVALID);
  g_assert_cmpstr (error->message, ==,
                   "3/4 can be read in two ways. Write 2026-04-03 or 2026-03-04.");
  g_clear_error (&error);
  g_assert_null (kvar_value_parse_typed (date, "soon", f->locales[1], &error));
  g_assert_cmpstr (error->message, ==, "This is not a date. Write it like 2026-11-20.");
}

static void
test_says_back_in_words (Fixture       *f,
                         gconstpointer  unused)
{
  static const struct { const char *type, *text, *words; } cases[] = {
    { "date", "2026-11-20", "Friday 20 November 2026" },
    { "date", "infinity", NULL },
    { "timestamp", "2026-11-02T14:30:00", "Monday 2 November 2026, 14:30" },
    { "timestamptz", "2026-11-20T13:30:05+00:00", "Friday 20 November 2026, 14:30:05 (CET)" },
    { "timestamptz", "2026-07-01T22:30:00+00:00", "Thursday 2 July 2026, 00:30 (CEST)" },
    { "numeric", "1234567.50", "1\u00a0234\u00a0567,50" },
    { "text", "1234", NULL },
    { "date", NULL, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(KvarType) type = kvar_type_new (cases[i].type, NULL);
      g_autoptr(KvarValue) value = kvar_value_new (type, cases[i].text);
      g_autofree char *words = kvar_value_to_words (value, f->locales[1]);

      g_assert_cmpstr (words, ==, cases[i].words);
    }
}

static void
test_says_the_time_zone (Fixture       *f,
                         gconstpointer  unused)
{
  g_autoptr(KvarType) moment = kvar_type_new ("timestamptz", NULL);
  g_autoptr(KvarType) local = kvar_type_new ("timestamp", NULL);
  g_autofree char *words = kvar_zone_to_words (moment, f->locales[1]);
  g_autofree char *none = kvar_zone_to_words (local, f->locales[1]);

  g_assert_cmpstr (words, ==, "In your time zone: Europe/Stockholm");
  g_assert_null (none);
}

#define ADD(path, func) g_test_add ("/value-types/" path, Fixture, NULL, set_up, func, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  ADD ("round-trip/values", test_round_trips);
  ADD ("round-trip/arrays", test_arrays_round_trip);
  ADD ("round-trip/odd-arrays", test_odd_arrays_round_trip);
  ADD ("round-trip/domains", test_domains_round_trip);
  ADD ("unknown-types-are-read-only", test_unknown_types_are_read_only);
  ADD ("checks-what-is-written", test_checks_what_is_written);
  ADD ("asks-which-day-is-meant", test_asks_which_day_is_meant);
  ADD ("says-back-in-words", test_says_back_in_words);
  ADD ("FORM-10/says-the-time-zone", test_says_the_time_zone);

  return g_test_run ();
}
