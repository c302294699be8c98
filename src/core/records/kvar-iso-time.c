/* kvar-iso-time.c: ISO 8601 as PostgreSQL writes it, with its microseconds
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-records"

#include "config.h"

#include <string.h>

#include "records/kvar-iso-time.h"

/* Exactly @n digits, or one or two if @n is 0. */
static gboolean
take_digits (const char **p,
             int          n,
             int         *value)
{
  int taken = 0;

  *value = 0;
  while (taken < (n > 0 ? n : 2) && g_ascii_isdigit (**p))
    {
      *value = *value * 10 + (**p - '0');
      (*p)++;
      taken++;
    }

  return n > 0 ? taken == n : taken > 0;
}

static gboolean
take_char (const char **p,
           char         c)
{
  if (**p != c)
    return FALSE;

  (*p)++;
  return TRUE;
}

static gboolean
take_date (const char  **p,
           KvarIsoTime  *time)
{
  if (!take_digits (p, 4, &time->year) || !take_char (p, '-') ||
      !take_digits (p, 2, &time->month) || !take_char (p, '-') ||
      !take_digits (p, 2, &time->day))
    return FALSE;

  time->has_date = TRUE;
  return time->year > 0 && time->month >= 1 && time->month <= 12 &&
         g_date_valid_dmy ((GDateDay) time->day, (GDateMonth) time->month,
                           (GDateYear) time->year);
}

/* Up to six digits after the point; more would not be kept by PostgreSQL. */
static gboolean
take_fraction (const char  **p,
               KvarIsoTime  *time)
{
  int unit = 100000;

  if (!g_ascii_isdigit (**p))
    return FALSE;
  for (; g_ascii_isdigit (**p); (*p)++)
    {
      if (unit == 0)
        return FALSE;
      time->microsecond += (**p - '0') * unit;
      unit /= 10;
    }

  return TRUE;
}

static gboolean
take_time (const char  **p,
           KvarIsoTime  *time)
{
  if (!take_digits (p, 0, &time->hour) || !take_char (p, ':') ||
      !take_digits (p, 2, &time->minute))
    return FALSE;
  if (take_char (p, ':'))
    {
      if (!take_digits (p, 2, &time->second))
        return FALSE;
      if (take_char (p, '.') && !take_fraction (p, time))
        return FALSE;
    }

  time->has_time = TRUE;
  return time->hour < 24 && time->minute < 60 && time->second < 60;
}

static gboolean
take_offset (const char  **p,
             KvarIsoTime  *time)
{
  int hours;
  int minutes = 0;
  int seconds = 0;
  int sign = **p == '-' ? -1 : 1;

  time->has_offset = TRUE;
  if (take_char (p, 'Z'))
    return TRUE;
  if (!take_char (p, '+') && !take_char (p, '-'))
    return FALSE;
  if (!take_digits (p, 2, &hours))
    return FALSE;
  take_char (p, ':');
  if (g_ascii_isdigit (**p) && !take_digits (p, 2, &minutes))
    return FALSE;
  if (take_char (p, ':') && !take_digits (p, 2, &seconds))
    return FALSE;

  time->offset = sign * (hours * 3600 + minutes * 60 + seconds);
  return hours < 24 && minutes < 60 && seconds < 60;
}

/**
 * kvar_iso_time_parse:
 * @text: a date, a time, or both with T or a blank between them, with an offset or without
 *
 * Reads the plain cases. What GDateTime cannot hold, or is no moment at all (years after 9999 or
 * before Christ, infinity, the hour 24), is left to be shown and kept as text.
 *
 * Returns: whether @text is one of the plain cases, and all of it
 */
gboolean
kvar_iso_time_parse (const char  *text,
                     KvarIsoTime *time)
{
  const char *p = text;

  g_return_val_if_fail (text != NULL && time != NULL, FALSE);

  memset (time, 0, sizeof *time);
  if (strspn (text, "0123456789") == 4)
    {
      if (!take_date (&p, time))
        return FALSE;
      if (*p == '\0')
        return TRUE;
      if (!take_char (&p, 'T') && !take_char (&p, ' '))
        return FALSE;
    }

  if (!take_time (&p, time))
    return FALSE;
  take_char (&p, ' ');
  return *p == '\0' || (take_offset (&p, time) && *p == '\0');
}

void
kvar_iso_time_append_date (const KvarIsoTime *time,
                           GString           *string)
{
  g_string_append_printf (string, "%04d-%02d-%02d", time->year, time->month, time->day);
}

/**
 * kvar_iso_time_append_time:
 * @short_seconds: leaves out seconds that are zero
 *
 * Appends the time of day; the fraction has no zeros at its end, as PostgreSQL writes it.
 */
void
kvar_iso_time_append_time (const KvarIsoTime *time,
                           GString           *string,
                           gboolean           short_seconds)
{
  g_string_append_printf (string, "%02d:%02d", time->hour, time->minute);
  if (!short_seconds || time->second != 0 || time->microsecond != 0)
    g_string_append_printf (string, ":%02d", time->second);
  if (time->microsecond != 0)
    {
      g_string_append_printf (string, ".%06d", time->microsecond);
      while (string->str[string->len - 1] == '0')
        g_string_truncate (string, string->len - 1);
    }
}

void
kvar_iso_time_append_offset (const KvarIsoTime *time,
                             GString           *string)
{
  int offset = abs (time->offset);

  g_string_append_printf (string, "%c%02d:%02d", time->offset < 0 ? '-' : '+', offset / 3600,
                          offset / 60 % 60);
  if (offset % 60 != 0)
    g_string_append_printf (string, ":%02d", offset % 60);
}

static void
take_date_time (KvarIsoTime *time,
                GDateTime   *moment)
{
  time->year = g_date_time_get_year (moment);
  time->month = g_date_time_get_month (moment);
  time->day = g_date_time_get_day_of_month (moment);
  time->hour = g_date_time_get_hour (moment);
  time->minute = g_date_time_get_minute (moment);
  time->second = g_date_time_get_second (moment);
  time->offset = (int) (g_date_time_get_utc_offset (moment) / G_USEC_PER_SEC);
  time->has_offset = TRUE;
}

/**
 * kvar_iso_time_move_to_zone:
 * @time: a date and time with an offset
 *
 * Writes the same moment as the clocks of @zone show it.
 *
 * Returns: %FALSE if that is outside the years 1 to 9999
 */
gboolean
kvar_iso_time_move_to_zone (KvarIsoTime *time,
                            GTimeZone   *zone)
{
  g_autoptr(GDateTime) fields = NULL;
  g_autoptr(GDateTime) utc = NULL;
  g_autoptr(GDateTime) moment = NULL;

  g_return_val_if_fail (time != NULL && time->has_offset, FALSE);

  fields = g_date_time_new_utc (time->year, time->month, time->day, time->hour, time->minute,
                                time->second);
  utc = fields != NULL ? g_date_time_add_seconds (fields, -time->offset) : NULL;
  moment = utc != NULL ? g_date_time_to_timezone (utc, zone) : NULL;
  if (moment == NULL)
    return FALSE;

  take_date_time (time, moment);
  return TRUE;
}

/**
 * kvar_iso_time_take_zone:
 * @time: a date and time without an offset
 *
 * Gives @time the offset that @zone has then; of two in the hour that the clocks repeat, always
 * the same one.
 *
 * Returns: %FALSE if the clocks of @zone never show that time
 */
gboolean
kvar_iso_time_take_zone (KvarIsoTime *time,
                         GTimeZone   *zone)
{
  KvarIsoTime taken = *time;
  g_autoptr(GDateTime) moment = NULL;

  moment = g_date_time_new (zone, time->year, time->month, time->day, time->hour, time->minute,
                            time->second);
  if (moment == NULL)
    return FALSE;

  take_date_time (&taken, moment);
  if (taken.day != time->day || taken.hour != time->hour || taken.minute != time->minute)
    return FALSE;

  *time = taken;
  return TRUE;
}
