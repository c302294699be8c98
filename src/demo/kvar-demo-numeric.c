/* kvar-demo-numeric.c: PostgreSQL's numeric as decimal text: exact, never a double
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The canonical form has an optional minus, at least one digit before the point, no leading
 * zeros, and as many digits after the point as the value's scale. "NaN", "Infinity" and
 * "-Infinity" stand for themselves.
 */

#define G_LOG_DOMAIN "kvar-demo"

#include "config.h"

#include <string.h>

#include "kvar-demo-numeric.h"

/* Larger exponents are an overflow in PostgreSQL too; here they bound the memory. */
#define MAX_EXPONENT 1000

static char *
parse_special (const char *text)
{
  gboolean negative = *text == '-';
  const char *word = *text == '-' || *text == '+' ? text + 1 : text;

  if (g_ascii_strcasecmp (text, "nan") == 0)
    return g_strdup ("NaN");

  if (g_ascii_strcasecmp (word, "infinity") == 0 || g_ascii_strcasecmp (word, "inf") == 0)
    return g_strdup (negative ? "-Infinity" : "Infinity");

  return NULL;
}

/* The canonical text of digits with a point after the first @point of them. */
static char *
assemble (gboolean    negative,
          const char *digits,
          gssize      n_digits,
          gssize      point)
{
  GString *out = g_string_new (NULL);
  gboolean zero = strspn (digits, "0") >= (gsize)n_digits;
  gssize start = 0;

  while (start < point - 1 && start < n_digits && digits[start] == '0')
    start++;

  if (negative && !zero)
    g_string_append_c (out, '-');

  for (gssize i = start; i < point; i++)
    g_string_append_c (out, i < n_digits ? digits[i] : '0');

  if (point <= 0)
    g_string_append_c (out, '0');

  if (n_digits > point)
    {
      g_string_append_c (out, '.');
      for (gssize i = point; i < 0; i++)
        g_string_append_c (out, '0');
      g_string_append_len (out, digits + MAX (point, 0), n_digits - MAX (point, 0));
    }

  return g_string_free (out, FALSE);
}

/**
 * kvar_demo_numeric_parse:
 * @text: what PostgreSQL's numeric_in takes: sign, digits, point, exponent, NaN, Infinity
 *
 * Returns: (transfer full) (nullable): the canonical form
 */
char *
kvar_demo_numeric_parse (const char *text)
{
  g_autofree char *stripped = g_strstrip (g_strdup (text));
  g_autoptr(GString) digits = g_string_new (NULL);
  const char *p = stripped;
  gboolean negative = FALSE;
  gssize point = -1;

  if (*p == '-' || *p == '+')
    negative = *p++ == '-';

  if (!g_ascii_isdigit (*p) && !(*p == '.' && g_ascii_isdigit (p[1])))
    return parse_special (stripped);

  for (; g_ascii_isdigit (*p) || (*p == '.' && point < 0); p++)
    {
      if (*p == '.')
        point = digits->len;
      else
        g_string_append_c (digits, *p);
    }

  if (point < 0)
    point = digits->len;

  if (*p == 'e' || *p == 'E')
    {
      char *end;
      gint64 exponent = g_ascii_strtoll (p + 1, &end, 10);

      if (end == p + 1 || g_ascii_isspace (p[1]) || exponent < -MAX_EXPONENT ||
          exponent > MAX_EXPONENT)
        return NULL;

      point += exponent;
      p = end;
    }

  if (*p != '\0')
    return NULL;

  return assemble (negative, digits->str, digits->len, point);
}

static gboolean
is_finite (const char *numeric)
{
  return g_ascii_isdigit (numeric[0]) || (numeric[0] == '-' && g_ascii_isdigit (numeric[1]));
}

/* Adds one to the last place of a string of digits; it may grow by one. */
static void
increment (GString *digits)
{
  gssize i = (gssize)digits->len - 1;

  while (i >= 0 && digits->str[i] == '9')
    digits->str[i--] = '0';

  if (i >= 0)
    digits->str[i]++;
  else
    g_string_prepend_c (digits, '1');
}

/**
 * kvar_demo_numeric_round:
 * @numeric: canonical
 *
 * Rounds half away from zero, as PostgreSQL does, to @scale places.
 *
 * Returns: (transfer full) (nullable): canonical with exactly @scale places, or %NULL when it
 *   has more than @precision digits
 */
char *
kvar_demo_numeric_round (const char *numeric,
                         int         precision,
                         int         scale)
{
  gboolean negative = numeric[0] == '-';
  const char *whole = negative ? numeric + 1 : numeric;
  const char *dot = strchr (whole, '.');
  gsize n_whole = dot != NULL ? (gsize)(dot - whole) : strlen (whole);
  const char *places = dot != NULL ? dot + 1 : "";
  g_autoptr(GString) digits = NULL;
  gsize n_places = strlen (places);
  gsize leading;

  if (strcmp (numeric, "NaN") == 0)
    return g_strdup (numeric);
  if (!is_finite (numeric))
    return NULL;

  digits = g_string_new_len (whole, n_whole);
  for (int i = 0; i < scale; i++)
    g_string_append_c (digits, (gsize)i < n_places ? places[i] : '0');

  if ((gsize)scale < n_places && places[scale] >= '5')
    increment (digits);

  leading = strspn (digits->str, "0");
  if (digits->len - MIN (leading, digits->len) > (gsize)precision)
    return NULL;

  return assemble (negative, digits->str, digits->len, digits->len - scale);
}

/* Negative infinity < finite < infinity < NaN, as PostgreSQL sorts them. */
static int
special_rank (const char *numeric,
              gsize       length)
{
  if (length > 0 && numeric[0] == 'N')
    return 2;
  if (length > 0 && numeric[0] == 'I')
    return 1;
  if (length > 1 && numeric[0] == '-' && numeric[1] == 'I')
    return -1;

  return 0;
}

static int
compare_places (const char *a,
                gsize       n_a,
                const char *b,
                gsize       n_b)
{
  for (gsize i = 0; i < MAX (n_a, n_b); i++)
    {
      int digit_a = i < n_a ? a[i] : '0';
      int digit_b = i < n_b ? b[i] : '0';

      if (digit_a != digit_b)
        return digit_a < digit_b ? -1 : 1;
    }

  return 0;
}

/**
 * kvar_demo_numeric_compare:
 *
 * Compares two canonical numerics exactly; 12.5 equals 12.50.
 */
int
kvar_demo_numeric_compare (const char *a,
                           gsize       a_length,
                           const char *b,
                           gsize       b_length)
{
  int rank_a = special_rank (a, a_length);
  int rank_b = special_rank (b, b_length);
  gboolean negative = a_length > 0 && a[0] == '-';
  const char *dot_a, *dot_b;
  gsize whole_a, whole_b;
  int result;

  if (rank_a != rank_b || rank_a != 0)
    return rank_a - rank_b;

  if (negative != (b_length > 0 && b[0] == '-'))
    return negative ? -1 : 1;

  if (negative)
    a++, a_length--, b++, b_length--;

  dot_a = memchr (a, '.', a_length);
  dot_b = memchr (b, '.', b_length);
  whole_a = dot_a != NULL ? (gsize)(dot_a - a) : a_length;
  whole_b = dot_b != NULL ? (gsize)(dot_b - b) : b_length;

  if (whole_a != whole_b)
    result = whole_a < whole_b ? -1 : 1;
  else
    result = memcmp (a, b, whole_a);

  if (result == 0)
    result = compare_places (dot_a != NULL ? dot_a + 1 : "", dot_a ? a_length - whole_a - 1 : 0,
                             dot_b != NULL ? dot_b + 1 : "", dot_b ? b_length - whole_b - 1 : 0);

  return negative ? -result : result;
}

/**
 * kvar_demo_numeric_to_scaled:
 * @scaled: (out): @numeric × 10^@scale; @numeric has no more places than that
 *
 * Returns: whether it fits
 */
gboolean
kvar_demo_numeric_to_scaled (const char *numeric,
                             int         scale,
                             gint64     *scaled)
{
  g_autofree char *rounded = kvar_demo_numeric_round (numeric, 18, scale);
  gint64 value = 0;

  if (rounded == NULL || !is_finite (rounded))
    return FALSE;

  for (const char *p = rounded; *p != '\0'; p++)
    if (g_ascii_isdigit (*p))
      value = value * 10 + (*p - '0');

  *scaled = rounded[0] == '-' ? -value : value;

  return TRUE;
}

/**
 * kvar_demo_numeric_from_scaled:
 *
 * Returns: (transfer full): @scaled / 10^@scale with all its places
 */
char *
kvar_demo_numeric_from_scaled (gint64 scaled,
                               int    scale)
{
  g_autofree char *digits = g_strdup_printf ("%0*" G_GINT64_FORMAT, scale + 1, ABS (scaled));
  gsize length = strlen (digits);

  return assemble (scaled < 0, digits, length, length - scale);
}

/**
 * kvar_demo_numeric_multiply:
 * @a: at most 14 digits, 2 places
 * @b: at most 6 digits, 2 places
 * @scale: at most 2
 *
 * Returns: (transfer full) (nullable): the product rounded to @scale places
 */
char *
kvar_demo_numeric_multiply (const char *a,
                            const char *b,
                            int         scale)
{
  g_autofree char *product = NULL;
  gint64 scaled_a, scaled_b, result;

  if (!kvar_demo_numeric_to_scaled (a, 2, &scaled_a) ||
      !kvar_demo_numeric_to_scaled (b, 2, &scaled_b) ||
      __builtin_mul_overflow (scaled_a, scaled_b, &result))
    return NULL;

  product = kvar_demo_numeric_from_scaled (result, 4);

  return kvar_demo_numeric_round (product, 18, scale);
}
