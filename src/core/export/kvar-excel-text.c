/* kvar-excel-text.c: What Excel makes of a text, and how it is kept from making too much.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-excel-text"

#include "config.h"

#include <string.h>

#include "export/kvar-excel-text.h"
#include "records/kvar-iso-time.h"

/* Excel's day 0; its calendar has a 29 February 1900, so that days are right from March on. */
#define DAY_ZERO_JULIAN 693594
#define FIRST_RIGHT_DAY 61

/**
 * kvar_excel_text_is_formula:
 *
 * Returns: whether a spreadsheet might calculate @text, were it read from a CSV file: with what
 *   it begins with tells, in its wide form too
 */
gboolean
kvar_excel_text_is_formula (const char *text)
{
  static const char *const wide[] = { "\uff1d", "\uff0b", "\uff0d", "\uff20" };

  g_return_val_if_fail (text != NULL, FALSE);

  if (*text != '\0' && strchr ("=+-@\t\r\n", *text) != NULL)
    return TRUE;

  for (gsize i = 0; i < G_N_ELEMENTS (wide); i++)
    if (g_str_has_prefix (text, wide[i]))
      return TRUE;

  return FALSE;
}

/**
 * kvar_excel_text_is_number:
 * @n_digits: (out): how many digits a reader has to keep
 *
 * Returns: whether @text is a number as JSON and PostgreSQL write them; not "NaN" or "Infinity"
 */
gboolean
kvar_excel_text_is_number (const char *text,
                           guint      *n_digits)
{
  const char *p = text;
  gsize n_whole;
  gsize n_zeros;
  gsize n = 0;

  g_return_val_if_fail (text != NULL, FALSE);

  if (*p == '-')
    p++;
  n_whole = strspn (p, "0123456789");
  if (n_whole == 0 || (*p == '0' && n_whole > 1))
    return FALSE;

  n_zeros = *p == '0' ? 1 : 0;
  n = n_whole - n_zeros;
  p += n_whole;
  if (*p == '.')
    {
      gsize n_fraction = strspn (p + 1, "0123456789");

      if (n_fraction == 0)
        return FALSE;
      n += n == 0 ? n_fraction - strspn (p + 1, "0") : n_fraction;
      p += 1 + n_fraction;
    }
  if (*p == 'e' || *p == 'E')
    {
      p += p[1] == '-' || p[1] == '+' ? 2 : 1;
      /* Beyond what a double holds. */
      if (strspn (p, "0123456789") > 2)
        n = G_MAXUINT16;
      if (!g_ascii_isdigit (*p))
        return FALSE;
      p += strspn (p, "0123456789");
    }

  *n_digits = MIN (n, G_MAXUINT16);

  return *p == '\0';
}

static gboolean
parse (const char  *text,
       GTimeZone   *zone,
       KvarIsoTime *time)
{
  return kvar_iso_time_parse (text, time) &&
         (!time->has_offset || !time->has_date || kvar_iso_time_move_to_zone (time, zone));
}

/**
 * kvar_excel_text_to_days:
 * @kind: date, time or one of the timestamps
 * @zone: whose clocks a moment is shown by, as Excel knows of no zones
 * @days: (out): days since Excel's day 0, and the part of one that has gone
 *
 * Returns: %FALSE for what Excel's calendar does not have: what is before March 1900, infinite,
 *   or a time of day in a zone
 */
gboolean
kvar_excel_text_to_days (const char *text,
                         KvarKind    kind,
                         GTimeZone  *zone,
                         double     *days)
{
  gboolean wants_date = kind != KVAR_KIND_TIME;
  KvarIsoTime time;
  GDate date;
  int day = 0;

  g_return_val_if_fail (text != NULL, FALSE);

  if (!parse (text, zone, &time) || time.has_date != wants_date ||
      (!wants_date && time.has_offset))
    return FALSE;

  if (wants_date)
    {
      g_date_clear (&date, 1);
      g_date_set_dmy (&date, time.day, time.month, time.year);
      day = (int)g_date_get_julian (&date) - DAY_ZERO_JULIAN;
      if (day < FIRST_RIGHT_DAY)
        return FALSE;
    }

  *days = day + (time.hour * 3600 + time.minute * 60 + time.second +
                 time.microsecond / 1e6) / 86400.0;

  return TRUE;
}

/**
 * kvar_excel_text_from_time:
 * @text: a timestamp, with an offset or without
 * @zone: whose clocks a moment is shown by
 *
 * Returns: (transfer full) (nullable): @text as Excel reads it where numbers have a decimal
 *   comma, to the millisecond; %NULL if it is no plain moment
 */
char *
kvar_excel_text_from_time (const char *text,
                           GTimeZone  *zone)
{
  g_autoptr(GString) out = NULL;
  KvarIsoTime time;

  g_return_val_if_fail (text != NULL, NULL);

  if (!parse (text, zone, &time) || !time.has_date || !time.has_time)
    return NULL;

  out = g_string_new (NULL);
  kvar_iso_time_append_date (&time, out);
  g_string_append_printf (out, " %02d:%02d:%02d", time.hour, time.minute, time.second);
  if (time.microsecond >= 1000)
    g_string_append_printf (out, ",%03d", time.microsecond / 1000);

  return g_string_free (g_steal_pointer (&out), FALSE);
}
