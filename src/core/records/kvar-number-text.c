/* kvar-number-text.c: numbers as people write them, digit by digit, never as doubles
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-records"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "kvar-error.h"
#include "records/kvar-number-text.h"

/* Numeric and floating point types have these three besides numbers. */
static const char *const special_numbers[] = { "NaN", "Infinity", "-Infinity" };

static const char *
find_special (const char *text)
{
  for (gsize i = 0; i < G_N_ELEMENTS (special_numbers); i++)
    {
      if (g_ascii_strcasecmp (text, special_numbers[i]) == 0)
        return special_numbers[i];
    }

  return NULL;
}

static void
append_grouped (GString    *string,
                const char *digits,
                gsize       n_digits,
                const char *group)
{
  for (gsize i = 0; i < n_digits; i++)
    {
      if (i > 0 && (n_digits - i) % 3 == 0)
        g_string_append (string, group);
      g_string_append_c (string, digits[i]);
    }
}

/**
 * kvar_number_text_format:
 * @text: a number as PostgreSQL writes it
 * @grouped: whether thousands are set apart, for reading
 *
 * Returns: (transfer full): the same digits as people write them
 */
char *
kvar_number_text_format (const char *text,
                         KvarLocale *locale,
                         gboolean    grouped)
{
  g_autoptr(GString) string = g_string_new (NULL);
  gsize n_digits;

  g_return_val_if_fail (text != NULL && locale != NULL, NULL);

  if (find_special (text) != NULL)
    return g_strdup (text);

  if (*text == '-')
    g_string_append_c (string, *text++);
  n_digits = strspn (text, "0123456789");
  append_grouped (string, text, n_digits, grouped ? kvar_locale_get_group (locale) : "");
  text += n_digits;

  if (*text == '.')
    {
      g_string_append (string, kvar_locale_get_decimal (locale));
      text++;
    }
  g_string_append (string, text);
  return g_string_free (g_steal_pointer (&string), FALSE);
}

/* All the blanks that are used between groups become one, and the minus sign of typesetters the
 * one of keyboards; "'" groups in Switzerland. */
static char *
simplify (const char *typed,
          KvarLocale *locale)
{
  g_autofree char *stripped = g_strstrip (g_strdup (typed));
  const char *decimal = kvar_locale_get_decimal (locale);
  GString *string = g_string_new (NULL);

  for (const char *p = stripped; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c == 0x2212)
        g_string_append_c (string, '-');
      else if (c == '\'' || c == 0x2019 || g_unichar_isspace (c))
        g_string_append_c (string, ' ');
      else if (strlen (decimal) > 1 && g_str_has_prefix (p, decimal))
        g_string_append_c (string, '.');
      else
        g_string_append_unichar (string, c);
    }

  return g_string_free (string, FALSE);
}

/* "1 234 567": one to three digits, then groups of three after @separator. Appends the digits. */
static gboolean
take_groups (const char *text,
             gsize       length,
             char        separator,
             GString    *digits)
{
  gsize run = 0;
  gboolean grouped = FALSE;

  for (gsize i = 0; i < length; i++)
    {
      if (text[i] == separator)
        {
          if (run == 0 || run > 3 || (grouped && run != 3))
            return FALSE;
          grouped = TRUE;
          run = 0;
        }
      else if (g_ascii_isdigit (text[i]))
        {
          g_string_append_c (digits, text[i]);
          run++;
        }
      else
        return FALSE;
    }

  return !grouped || run == 3;
}

static gsize
count_char (const char *text,
            char        c)
{
  gsize n = 0;

  for (; *text != '\0'; text++)
    n += *text == c;

  return n;
}

/* What stands between the groups before @end: a blank, the mark that is not the decimal one, or
 * nothing at all. */
static char
find_separator (const char *text,
                gsize       length,
                char        other)
{
  return memchr (text, other, length) != NULL ? other : ' ';
}

/* The place of the mark before the decimals, or of the end. A single mark that is not the
 * locale's decimal one can mean either, unless the digits around it leave only one reading. */
static const char *
find_decimal (const char *text,
              KvarLocale *locale,
              gboolean    whole,
              gboolean   *ambiguous)
{
  char decimal = kvar_locale_get_decimal (locale)[0] == ',' ? ',' : '.';
  char other = decimal == ',' ? '.' : ',';
  const char *mark = strchr (text, decimal);
  gsize before;

  *ambiguous = FALSE;
  if (mark != NULL && !(whole && strlen (mark + 1) == 3))
    return mark;
  if (mark == NULL)
    mark = strchr (text, other);
  if (mark == NULL || count_char (text, *mark) > 1)
    return text + strlen (text);

  before = (gsize) (mark - text);
  if (strlen (mark + 1) != 3 || before == 0 || before > 3 || text[0] == '0')
    return mark;
  if (whole || kvar_locale_get_group (locale)[0] == *mark)
    return text + strlen (text);

  *ambiguous = TRUE;
  return mark;
}

static char *
fail (GError     **error,
      const char  *sentence)
{
  g_set_error_literal (error, KVAR_ERROR, KVAR_ERROR_INVALID, sentence);
  return NULL;
}

static char *
fail_ambiguous (const char  *text,
                KvarLocale  *locale,
                GError     **error)
{
  const char *mark = text + strcspn (text, ".,");
  g_autofree char *joined = g_strdup_printf ("%.*s%s", (int) (mark - text), text, mark + 1);
  g_autofree char *split = g_strdup_printf ("%.*s%s%s", (int) (mark - text), text,
                                            kvar_locale_get_decimal (locale), mark + 1);

  g_set_error (error, KVAR_ERROR, KVAR_ERROR_INVALID,
               /* Translators: a number or a date as typed, then the two ways to write it clearly,
                * such as “3/4 can be read in two ways. Write 2026-04-03 or 2026-03-04.” */
               _("%1$s can be read in two ways. Write %2$s or %3$s."), text, joined, split);
  return NULL;
}

/* Reads the unsigned number in @text into its digits before and after the point. */
static gboolean
take_number (const char  *text,
             KvarLocale  *locale,
             gboolean     whole,
             GString     *integer,
             GString     *fraction,
             GError     **error)
{
  gboolean ambiguous;
  const char *mark = find_decimal (text, locale, whole, &ambiguous);
  char other;
  gsize before = (gsize) (mark - text);

  if (ambiguous)
    {
      fail_ambiguous (text, locale, error);
      return FALSE;
    }

  /* Without decimals, either mark may stand between the groups. */
  other = *mark == '\0' ? text[strcspn (text, ".,")] : (*mark == ',' ? '.' : ',');
  if (other == '\0')
    other = ' ';

  if (!take_groups (text, before, find_separator (text, before, other), integer) ||
      (*mark != '\0' && strspn (mark + 1, "0123456789") != strlen (mark + 1)) ||
      (integer->len == 0 && (*mark == '\0' || mark[1] == '\0')))
    {
      fail (error, _("This is not a number."));
      return FALSE;
    }

  if (*mark != '\0')
    g_string_append (fraction, mark + 1);
  while (integer->len > 1 && integer->str[0] == '0')
    g_string_erase (integer, 0, 1);
  if (integer->len == 0)
    g_string_append_c (integer, '0');
  return TRUE;
}

/* Compares two numbers of digits without leading zeros. */
static gboolean
is_greater (const char *a,
            const char *b)
{
  gsize a_length = strlen (a);
  gsize b_length = strlen (b);

  return a_length != b_length ? a_length > b_length : strcmp (a, b) > 0;
}

static gboolean
check_integer (KvarType    *type,
               gboolean     negative,
               GString     *integer,
               GString     *fraction,
               GError     **error)
{
  static const struct { int size; const char *most; const char *least; } limits[] = {
    { 2, "32767", "32768" },
    { 4, "2147483647", "2147483648" },
    { 8, "9223372036854775807", "9223372036854775808" },
  };

  if (fraction->len > 0)
    {
      fail (error, _("Write a whole number."));
      return FALSE;
    }

  for (gsize i = 0; i < G_N_ELEMENTS (limits); i++)
    {
      if (limits[i].size != kvar_type_get_size (type) ||
          !is_greater (integer->str, negative ? limits[i].least : limits[i].most))
        continue;

      g_set_error (error, KVAR_ERROR, KVAR_ERROR_INVALID,
                   /* Translators: the smallest and the largest number that a field can hold. */
                   _("Write a number from −%1$s to %2$s."), limits[i].least, limits[i].most);
      return FALSE;
    }

  return TRUE;
}

/* PostgreSQL would round what has too many decimals without a word. */
static gboolean
check_decimal (KvarType    *type,
               GString     *integer,
               GString     *fraction,
               GError     **error)
{
  int precision = kvar_type_get_precision (type);
  int scale = kvar_type_get_scale (type);
  gsize n_integer = integer->len;
  gsize n_fraction = fraction->len;

  if (precision < 0)
    return TRUE;

  while (n_fraction > 0 && fraction->str[n_fraction - 1] == '0')
    n_fraction--;
  if (integer->len == 1 && integer->str[0] == '0')
    n_integer = 0;

  if (scale >= 0 && n_fraction > (gsize) scale)
    {
      g_set_error (error, KVAR_ERROR, KVAR_ERROR_INVALID,
                   scale == 0 ? _("Write a number without decimals.")
                              /* Translators: %d is how many decimals a field keeps. */
                              : ngettext ("Write at most %d decimal.",
                                          "Write at most %d decimals.", (gulong) scale), scale);
      return FALSE;
    }
  if ((int) n_integer > precision - scale)
    {
      int most = MAX (precision - scale, 0);

      g_set_error (error, KVAR_ERROR, KVAR_ERROR_INVALID,
                   /* Translators: %d is how many digits a field has room for. */
                   ngettext ("The number is too large: it may have %d digit before the decimals.",
                             "The number is too large: it may have %d digits before the decimals.",
                             (gulong) most), most);
      return FALSE;
    }

  return TRUE;
}

/* The largest that the type holds; what is too small becomes 0, as the server would make it. */
static gboolean
check_float (KvarType    *type,
             const char  *number,
             GError     **error)
{
  const char *name = kvar_type_get_base_name (type);
  gboolean is_real = g_str_equal (name, "real") || g_str_equal (name, "float4");
  double value = g_ascii_strtod (number, NULL);

  if (ABS (value) <= (is_real ? G_MAXFLOAT : G_MAXDOUBLE))
    return TRUE;

  fail (error, _("The number is too large."));
  return FALSE;
}

/* Cuts "e-05" off a number with an exponent, and checks it. */
static gboolean
split_exponent (char        *text,
                char       **exponent,
                GError     **error)
{
  char *e = text + strcspn (text, "eE");
  const char *digits;

  *exponent = NULL;
  if (*e == '\0')
    return TRUE;

  digits = e[1] == '+' || e[1] == '-' ? e + 2 : e + 1;
  if (*digits == '\0' || strspn (digits, "0123456789") != strlen (digits) || strlen (digits) > 4)
    {
      fail (error, _("This is not a number."));
      return FALSE;
    }

  *exponent = g_strconcat ("e", e + 1, NULL);
  *e = '\0';
  return TRUE;
}

/**
 * kvar_number_text_parse:
 * @type: an integer, a numeric or a floating point type
 * @typed: what a person typed: "1 234,50" or "1234.50"
 *
 * Reads a number by @locale, and by the other common way where only that makes sense; what can
 * be read in two ways is asked about.
 *
 * Returns: (transfer full): the number as PostgreSQL reads it, all its digits kept; or %NULL
 *   with %KVAR_ERROR_INVALID and a sentence
 */
char *
kvar_number_text_parse (KvarType    *type,
                        const char  *typed,
                        KvarLocale  *locale,
                        GError     **error)
{
  KvarKind kind = kvar_type_get_kind (type);
  g_autofree char *simple = simplify (typed, locale);
  g_autofree char *exponent = NULL;
  g_autoptr(GString) integer = g_string_new (NULL);
  g_autoptr(GString) fraction = g_string_new (NULL);
  const char *special = kind != KVAR_KIND_INTEGER ? find_special (simple) : NULL;
  const char *number = simple;
  gboolean negative = *number == '-';
  g_autofree char *text = NULL;

  if (special != NULL)
    return g_strdup (special);

  if (*number == '-' || *number == '+')
    number++;
  number += strspn (number, " ");
  if (kind == KVAR_KIND_FLOAT && !split_exponent (simple, &exponent, error))
    return NULL;
  if (!take_number (number, locale, kind == KVAR_KIND_INTEGER, integer, fraction, error))
    return NULL;
  if (kind == KVAR_KIND_INTEGER && !check_integer (type, negative, integer, fraction, error))
    return NULL;
  if (kind == KVAR_KIND_DECIMAL && !check_decimal (type, integer, fraction, error))
    return NULL;

  text = g_strconcat (negative ? "-" : "", integer->str, fraction->len > 0 ? "." : "",
                      fraction->str, exponent, NULL);
  if (kind == KVAR_KIND_FLOAT && !check_float (type, text, error))
    return NULL;

  return g_steal_pointer (&text);
}
