/* kvar-test-values.c: values of every type as PostgreSQL writes them, made up at random
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "kvar-test-values.h"
#include "records/kvar-array-text.h"

/* Writes some value of a type as PostgreSQL does. */
typedef char *(*Generate) (GRand *rand);

const char *const kvar_test_labels[] = { "draft", "in_progress", "a b", "Ångström", NULL };

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
  return g_strdup (kvar_test_labels[dice (rand, 4)]);
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


static char *
a_smallint (GRand *rand)
{
  return g_strdup_printf ("%d", dice (rand, 65536) - 32768);
}

static char *
a_bigint (GRand *rand)
{
  static const char *const special[] = {
    "9223372036854775807", "-9223372036854775808", "9007199254740993"
  };

  if (dice (rand, 4) == 0)
    return g_strdup (special[dice (rand, G_N_ELEMENTS (special))]);

  return g_strdup_printf ("%" G_GINT64_FORMAT,
                          (gint64)(((guint64)g_rand_int (rand) << 32) | g_rand_int (rand)));
}

static char *
a_macaddr8 (GRand *rand)
{
  return g_strdup_printf ("08:00:2b:01:02:%02x:%02x:%02x", dice (rand, 256), dice (rand, 256),
                          dice (rand, 256));
}

static char *
a_daterange (GRand *rand)
{
  return g_strdup_printf (dice (rand, 4) ? "[2026-01-%02d,2027-01-01)" : "[2026-01-%02d,infinity)",
                          1 + dice (rand, 28));
}

static char *
a_tsrange (GRand *rand)
{
  return g_strdup_printf ("(\"2026-01-%02d 10:00:00.000001\",)", 1 + dice (rand, 28));
}

static char *
a_line (GRand *rand)
{
  return g_strdup_printf ("{%d,-1,0.5}", 1 + dice (rand, 90));
}

static char *
an_lseg (GRand *rand)
{
  return g_strdup_printf ("[(%d,0),(1,2)]", dice (rand, 90));
}

static char *
a_polygon (GRand *rand)
{
  return g_strdup_printf ("((0,0),(%d,1),(1,0))", dice (rand, 90));
}

static char *
a_circle (GRand *rand)
{
  return g_strdup_printf ("<(%d,0),1.5>", dice (rand, 90));
}

static char *
a_tsquery (GRand *rand)
{
  return g_strdup_printf ("'roof' & !( 'tak''et':%c* | '\\\\' )", "ABCD"[dice (rand, 4)]);
}

static char *
a_composite (GRand *rand)
{
  g_autofree char *text = from (rand, "ab ,()\\", dice (rand, 10));
  g_autofree char *escaped = g_strescape (text, NULL);

  return g_strdup_printf ("(\"%s\",%d)", escaped, dice (rand, 100));
}

/* In arrays there are t and f, and a blank stands where JSON has its T. */
static char *
a_boolean_element (GRand *rand)
{
  return g_strdup (dice (rand, 2) ? "t" : "f");
}

static char *
a_timestamp_element (GRand *rand)
{
  char *moment = a_timestamp (rand);

  return g_strdelimit (moment, "T", ' ');
}

static char *
a_timestamptz_element (GRand *rand)
{
  g_autofree char *moment = a_timestamp_element (rand);

  return strchr (moment, 'f') != NULL || g_str_has_suffix (moment, "BC")
           ? g_steal_pointer (&moment)
           : g_strconcat (moment, "+00", NULL);
}

static const struct { const char *type; Generate value; Generate element; } types[] = {
  { "text", a_text, a_text },
  { "character varying(40)", a_text, a_text },
  { "character(8)", eight_bits, eight_bits },
  { "citext", a_text, a_text },
  { "smallint", a_smallint, a_smallint },
  { "integer", an_integer, an_integer },
  { "bigint", a_bigint, a_bigint },
  { "numeric", a_numeric, a_numeric },
  { "double precision", a_float, a_float },
  { "real", a_float, a_float },
  { "date", a_date, a_date },
  { "time without time zone", a_time, a_time },
  { "time with time zone", a_timetz, a_timetz },
  { "timestamp without time zone", a_timestamp, a_timestamp_element },
  { "timestamp with time zone", a_timestamptz, a_timestamptz_element },
  { "interval", an_interval, an_interval },
  { "interval day to second(3)", an_interval, an_interval },
  { "boolean", a_boolean, a_boolean_element },
  { "job_status", a_label, a_label },
  { "uuid", a_uuid, a_uuid },
  { "bytea", bytes, bytes },
  { "inet", an_inet, an_inet },
  { "cidr", a_cidr, a_cidr },
  { "macaddr", a_macaddr, a_macaddr },
  { "macaddr8", a_macaddr8, a_macaddr8 },
  { "bit(8)", eight_bits, eight_bits },
  { "bit varying(12)", some_bits, some_bits },
  { "bit varying", some_bits, some_bits },
  { "int4range", a_range, a_range },
  { "int8range", a_range, a_range },
  { "numrange", a_range, a_range },
  { "daterange", a_daterange, a_daterange },
  { "tsrange", a_tsrange, a_tsrange },
  { "tstzrange", a_tstzrange, a_tstzrange },
  { "int4multirange", a_multirange, a_multirange },
  { "money", money, money },
  { "xml", xml, xml },
  { "json", json, json },
  { "jsonb", json, json },
  { "point", a_point, a_point },
  { "line", a_line, a_line },
  { "lseg", an_lseg, an_lseg },
  { "box", a_box, a_box },
  { "path", an_lseg, an_lseg },
  { "polygon", a_polygon, a_polygon },
  { "circle", a_circle, a_circle },
  { "tsvector", a_tsvector, a_tsvector },
  { "tsquery", a_tsquery, a_tsquery },
  { "address", a_composite, a_composite },
  { "extensions.geometry", bytes, bytes },
};

guint
kvar_test_values_get_n_types (void)
{
  return G_N_ELEMENTS (types);
}

const char *
kvar_test_values_get_type_name (guint index)
{
  return types[index].type;
}

KvarType *
kvar_test_values_new_type (guint    index,
                           gboolean is_array)
{
  gboolean is_enum = g_str_equal (types[index].type, "job_status");
  g_autofree char *name = g_strconcat (types[index].type, is_array ? "[]" : NULL, NULL);

  return kvar_type_new (name, is_enum ? kvar_test_labels : NULL);
}

/* Some value of the type with this index; what is empty is a text. */
char *
kvar_test_values_make (guint  index,
                       GRand *rand)
{
  return types[index].value (rand);
}

/* Boxes have commas of their own, so PostgreSQL sets them apart by semicolons. */
static char *
join (GPtrArray *elements,
      gboolean   of_boxes)
{
  GString *literal;

  if (!of_boxes)
    return kvar_array_text_join (elements);

  literal = g_string_new ("{");
  for (guint i = 0; i < elements->len; i++)
    {
      const char *element = g_ptr_array_index (elements, i);

      g_string_append_printf (literal, "%s%s", i > 0 ? ";" : "", element ? element : "NULL");
    }
  g_string_append_c (literal, '}');

  return g_string_free (literal, FALSE);
}

static char *
make_list (guint  index,
           guint  length,
           GRand *rand)
{
  g_autoptr(GPtrArray) elements = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < length; i++)
    g_ptr_array_add (elements, dice (rand, 6) ? types[index].element (rand) : NULL);

  return join (elements, g_str_equal (types[index].type, "box"));
}

/* Some array of that type: flat, of several dimensions, or with bounds of its own; with nulls. */
char *
kvar_test_values_make_array (guint  index,
                             GRand *rand)
{
  char delimiter = g_str_equal (types[index].type, "box") ? ';' : ',';
  guint length = dice (rand, 5);
  g_autofree char *list = make_list (index, length, rand);
  g_autofree char *other = make_list (index, length, rand);

  switch (length > 0 ? dice (rand, 5) : 0)
    {
    case 1:
      return g_strdup_printf ("{%s%c%s}", list, delimiter, other);
    case 2:
      return g_strdup_printf ("{{%s}%c{%s}}", list, delimiter, other);
    case 3:
      return g_strdup_printf ("[-1:%d]=%s", (int)length - 2, list);
    default:
      return g_steal_pointer (&list);
    }
}
