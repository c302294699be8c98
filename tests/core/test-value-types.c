/* test-value-types.c: every type of PostgreSQL shown, edited and read back, at random
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * KVAR_TEST_SEED takes other values than usual.
 */

#include <glib.h>

#include "kvar-error.h"
#include "records/kvar-array-text.h"
#include "records/kvar-value-format.h"
#include "records/kvar-value-parse.h"
#include "records/kvar-value-words.h"

#define N_ROUNDS 100

typedef struct
{
  KvarLocale *locales[2];    /* English and Swedish */
  GRand      *rand;
} Fixture;

/* Writes some value of a type as PostgreSQL does. */
typedef char *(*Generate) (GRand *rand);

static const char *const labels[] = { "draft", "in_progress", "a b", "Ångström", NULL };

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

static int
dice (GRand *rand,
      int    sides)
{
  return g_rand_int_range (rand, 0, sides);
}

static char *
digits (GRand *rand,
        int    n)
{
  GString *text = g_string_new (NULL);

  g_string_append_c (text, '1' + dice (rand, 9));
  while (--n > 0)
    g_string_append_c (text, '0' + dice (rand, 10));

  return g_string_free (text, FALSE);
}

static char *
from (GRand      *rand,
      const char *alphabet,
      int         n)
{
  GString *text = g_string_new (NULL);

  for (; n > 0; n--)
    {
      const char *c = g_utf8_offset_to_pointer (alphabet,
                                                dice (rand, g_utf8_strlen (alphabet, -1)));

      g_string_append_unichar (text, g_utf8_get_char (c));
    }

  return g_string_free (text, FALSE);
}

static char *
a_text (GRand *rand)
{
  return from (rand, "aÅ漢😀\u0301\u200d\u202b ,;\"'\\{}[]()%_*\n\t-+0.NULL", dice (rand, 30));
}

static char *
an_integer (GRand *rand)
{
  return g_strdup_printf ("%d", (int)g_rand_int (rand));
}

static char *
a_numeric (GRand *rand)
{
  static const char *const special[] = { "NaN", "Infinity", "-Infinity", "0", "0.00" };
  g_autofree char *whole = digits (rand, 1 + dice (rand, 40));
  g_autofree char *fraction = digits (rand, 1 + dice (rand, 20));

  if (dice (rand, 10) == 0)
    return g_strdup (special[dice (rand, G_N_ELEMENTS (special))]);

  return g_strconcat (dice (rand, 2) ? "-" : "", dice (rand, 4) ? whole : "0",
                      dice (rand, 2) ? "." : NULL, fraction, NULL);
}

static char *
a_float (GRand *rand)
{
  static const char *const special[] = { "NaN", "Infinity", "-Infinity", "-0", "1e+30" };
  g_autofree char *fraction = digits (rand, 15);

  if (dice (rand, 5) == 0)
    return g_strdup (special[dice (rand, G_N_ELEMENTS (special))]);

  return g_strdup_printf ("%s%d.%s%s", dice (rand, 2) ? "-" : "", dice (rand, 10), fraction,
                          dice (rand, 2) ? "e-07" : "");
}

static char *
a_date (GRand *rand)
{
  static const char *const special[] = {
    "infinity", "-infinity", "0044-03-15 BC", "0001-01-01", "9999-12-31", "12026-01-01"
  };

  if (dice (rand, 8) == 0)
    return g_strdup (special[dice (rand, G_N_ELEMENTS (special))]);

  return g_strdup_printf ("%04d-%02d-%02d", 1 + dice (rand, 9999), 1 + dice (rand, 12),
                          1 + dice (rand, 28));
}

static char *
a_time (GRand *rand)
{
  g_autofree char *micros = dice (rand, 2) ? g_strdup_printf (".%05d%d", dice (rand, 100000),
                                                              1 + dice (rand, 9))
                                           : g_strdup ("");

  return g_strdup_printf ("%02d:%02d:%02d%s", dice (rand, 24), dice (rand, 60), dice (rand, 60),
                          micros);
}

static char *
a_timetz (GRand *rand)
{
  g_autofree char *time = a_time (rand);

  return g_strdup_printf ("%s%+03d%s", time, dice (rand, 25) - 12, dice (rand, 3) ? "" : ":30");
}

static char *
a_timestamp (GRand *rand)
{
  static const char *const special[] = {
    "infinity", "-infinity", "0044-03-15T12:00:00 BC", "12026-01-01T00:00:00"
  };
  g_autofree char *time = a_time (rand);

  if (dice (rand, 8) == 0)
    return g_strdup (special[dice (rand, G_N_ELEMENTS (special))]);

  return g_strdup_printf ("%04d-%02d-%02dT%s", 1 + dice (rand, 9999), 1 + dice (rand, 12),
                          1 + dice (rand, 28), time);
}

static char *
a_timestamptz (GRand *rand)
{
  g_autofree char *moment = a_timestamp (rand);

  return strchr (moment, 'f') != NULL || g_str_has_suffix (moment, "BC")
           ? g_steal_pointer (&moment)
           : g_strconcat (moment, "+00:00", NULL);
}

static char *
an_interval (GRand *rand)
{
  g_autofree char *time = a_time (rand);

  return g_strdup_printf ("%d years %d mons -%d days %s", dice (rand, 9), dice (rand, 12),
                          dice (rand, 99), time);
}

static char *
bytes (GRand *rand)
{
  g_autofree char *hex = from (rand, "0123456789abcdef", 2 * dice (rand, 20));

  return g_strconcat ("\\x", hex, NULL);
}

static char *
a_boolean (GRand *rand)
{
  return g_strdup (dice (rand, 2) ? "true" : "false");
}

static char *
a_label (GRand *rand)
{
  return g_strdup (labels[dice (rand, 4)]);
}

static char *
a_uuid (GRand *rand)
{
  return g_strdup_printf ("%08x-%04x-4%03x-8%03x-%012x", g_rand_int (rand), dice (rand, 65536),
                          dice (rand, 4096), dice (rand, 4096), g_rand_int (rand));
}

static char *
an_inet (GRand *rand)
{
  return dice (rand, 2) ? g_strdup_printf ("%d.%d.%d.%d/%d", dice (rand, 256), dice (rand, 256),
                                           dice (rand, 256), dice (rand, 256), dice (rand, 32))
                        : g_strdup_printf ("2001:db8::%x", dice (rand, 65536));
}

static char *
a_cidr (GRand *rand)
{
  return g_strdup_printf ("%d.%d.0.0/16", dice (rand, 256), dice (rand, 256));
}

static char *
a_macaddr (GRand *rand)
{
  return g_strdup_printf ("08:00:2b:%02x:%02x:%02x", dice (rand, 256), dice (rand, 256),
                          dice (rand, 256));
}

static char *
eight_bits (GRand *rand)
{
  return from (rand, "01", 8);
}

static char *
some_bits (GRand *rand)
{
  return from (rand, "01", 1 + dice (rand, 12));
}

static char *
a_range (GRand *rand)
{
  int from = dice (rand, 1000) - 500;

  switch (dice (rand, 4))
    {
    case 0:
      return g_strdup ("empty");
    case 1:
      return g_strdup_printf ("[%d,)", from);
    case 2:
      return g_strdup_printf ("(,%d)", from);
    default:
      return g_strdup_printf ("[%d,%d)", from, from + 1 + dice (rand, 100));
    }
}

static char *
a_tstzrange (GRand *rand)
{
  return g_strdup_printf ("[\"2026-%02d-01 10:00:00+00\",\"2027-01-01 00:00:00.5+00\")",
                          1 + dice (rand, 12));
}

static char *
a_multirange (GRand *rand)
{
  return g_strdup (dice (rand, 3) == 0 ? "{}" : "{[1,3),[5,8),[10,)}");
}

static char *
money (GRand *rand)
{
  return g_strdup_printf ("%s$%d,%03d.%02d", dice (rand, 2) ? "-" : "", 1 + dice (rand, 999),
                          dice (rand, 1000), dice (rand, 100));
}

static char *
xml (GRand *rand)
{
  return g_strdup_printf (" <job ref=\"J-%d\">\n  <b/>&amp;å</job>\n", dice (rand, 100));
}

static char *
json (GRand *rand)
{
  g_autofree char *number = digits (rand, 40);

  return g_strdup_printf ("{\"b\" : 1.00,  \"b\":[%s, null, \"\\u00e5\"]}\n", number);
}

static char *
a_point (GRand *rand)
{
  return g_strdup_printf ("(%d.5,-%d)", dice (rand, 90), dice (rand, 90));
}

static char *
a_box (GRand *rand)
{
  return g_strdup_printf ("(%d,3),(1,2)", dice (rand, 90));
}

static char *
a_tsvector (GRand *rand)
{
  return g_strdup_printf ("'roof':%d,5A 'tak''et':2", 1 + dice (rand, 9));
}

static const struct { const char *type; Generate generate; gboolean in_arrays; } types[] = {
  { "text", a_text, TRUE },
  { "character varying(40)", a_text, TRUE },
  { "integer", an_integer, TRUE },
  { "bigint", an_integer, TRUE },
  { "numeric", a_numeric, TRUE },
  { "double precision", a_float, TRUE },
  { "real", a_float, TRUE },
  { "date", a_date, TRUE },
  { "time without time zone", a_time, TRUE },
  { "time with time zone", a_timetz, TRUE },
  { "timestamp without time zone", a_timestamp, FALSE },    /* a blank for the T in arrays */
  { "timestamp with time zone", a_timestamptz, FALSE },
  { "interval", an_interval, TRUE },
  { "interval day to second(3)", an_interval, TRUE },
  { "boolean", a_boolean, FALSE },                          /* t and f in arrays */
  { "job_status", a_label, TRUE },
  { "uuid", a_uuid, TRUE },
  { "bytea", bytes, TRUE },
  { "inet", an_inet, TRUE },
  { "cidr", a_cidr, TRUE },
  { "macaddr", a_macaddr, TRUE },
  { "bit(8)", eight_bits, TRUE },
  { "bit varying(12)", some_bits, TRUE },
  { "bit varying", some_bits, TRUE },
  { "int4range", a_range, TRUE },
  { "numrange", a_range, TRUE },
  { "tstzrange", a_tstzrange, TRUE },
  { "int4multirange", a_multirange, TRUE },
  { "money", money, TRUE },
  { "xml", xml, TRUE },
  { "json", json, TRUE },
  { "jsonb", json, TRUE },
  { "point", a_point, TRUE },
  { "box", a_box, FALSE },
  { "tsvector", a_tsvector, TRUE },
  { "extensions.geometry", bytes, TRUE },
};

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
  for (gsize i = 0; i < G_N_ELEMENTS (types); i++)
    {
      gboolean is_enum = g_str_equal (types[i].type, "job_status");
      g_autoptr(KvarType) type = kvar_type_new (types[i].type, is_enum ? labels : NULL);

      for (int n = 0; n < N_ROUNDS; n++)
        {
          g_autofree char *text = types[i].generate (f->rand);

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
  for (gsize i = 0; i < G_N_ELEMENTS (types); i++)
    {
      gboolean is_enum = g_str_equal (types[i].type, "job_status");
      g_autofree char *name = g_strconcat (types[i].type, "[]", NULL);
      g_autoptr(KvarType) type = kvar_type_new (name, is_enum ? labels : NULL);

      for (int n = 0; n < N_ROUNDS && types[i].in_arrays; n++)
        {
          g_autoptr(GPtrArray) elements = g_ptr_array_new_with_free_func (g_free);
          g_autofree char *literal = NULL;

          for (int m = dice (f->rand, 5); m > 0; m--)
            g_ptr_array_add (elements, dice (f->rand, 6) ? types[i].generate (f->rand) : NULL);
          literal = kvar_array_text_join (elements);
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
