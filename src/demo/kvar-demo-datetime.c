/* kvar-demo-datetime.c: dates as days and timestamps as microseconds, read and written as text
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Both count from 1970-01-01 in the proleptic Gregorian calendar, so that integers sort as time
 * does. Text without a zone is UTC.
 */

#define G_LOG_DOMAIN "kvar-demo"

#include "config.h"

#include "kvar-demo-datetime.h"

#define DAY_USEC (G_GINT64_CONSTANT (86400) * G_USEC_PER_SEC)

typedef struct
{
  gint64 year;
  int    month;
  int    day;
} Civil;

/* Days since 1970-01-01; the year 0 is 1 BC. */
static gint64
days_from_civil (gint64 year,
                 int    month,
                 int    day)
{
  gint64 y = month <= 2 ? year - 1 : year;
  gint64 era = (y >= 0 ? y : y - 399) / 400;
  gint64 yoe = y - era * 400;
  gint64 doy = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
  gint64 doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;

  return era * 146097 + doe - 719468;
}

static Civil
civil_from_days (gint64 days)
{
  gint64 z = days + 719468;
  gint64 era = (z >= 0 ? z : z - 146096) / 146097;
  gint64 doe = z - era * 146097;
  gint64 yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
  gint64 doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
  int mp = (5 * doy + 2) / 153;
  int month = mp < 10 ? mp + 3 : mp - 9;

  return (Civil) { yoe + era * 400 + (month <= 2), month, (int)(doy - (153 * mp + 2) / 5 + 1) };
}

static gint64
floor_div (gint64 a,
           gint64 b)
{
  return a >= 0 ? a / b : -((-a + b - 1) / b);
}

static gboolean
read_number (const char **p,
             int          min_digits,
             int          max_digits,
             gint64      *value)
{
  int n = 0;

  for (*value = 0; n < max_digits && g_ascii_isdigit (**p); n++, (*p)++)
    *value = *value * 10 + (**p - '0');

  return n >= min_digits;
}

static int
days_in_month (gint64 year,
               int    month)
{
  static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
  gboolean leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);

  return month == 2 && leap ? 29 : days[month - 1];
}

/* YYYY-MM-DD, YYYY-M-D or YYYYMMDD */
static KvarDemoDatetimeResult
read_date (const char **p,
           Civil       *civil)
{
  const char *start = *p;
  gint64 month, day;

  if (!read_number (p, 4, 6, &civil->year))
    return KVAR_DEMO_DATETIME_SYNTAX;

  if (**p == '-')
    {
      (*p)++;
      if (!read_number (p, 1, 2, &month) || **p != '-')
        return KVAR_DEMO_DATETIME_SYNTAX;
      (*p)++;
      if (!read_number (p, 1, 2, &day))
        return KVAR_DEMO_DATETIME_SYNTAX;
    }
  else
    {
      *p = start;
      if (!read_number (p, 4, 4, &civil->year) || !read_number (p, 2, 2, &month) ||
          !read_number (p, 2, 2, &day))
        return KVAR_DEMO_DATETIME_SYNTAX;
    }

  if (month < 1 || month > 12 || day < 1 || day > days_in_month (civil->year, month) ||
      civil->year < 1)
    return KVAR_DEMO_DATETIME_OUT_OF_RANGE;

  civil->month = month;
  civil->day = day;

  return KVAR_DEMO_DATETIME_GOOD;
}

/* HH:MM[:SS[.ffffff]] */
static KvarDemoDatetimeResult
read_time (const char **p,
           gint64      *usec)
{
  gint64 hours, minutes, seconds = 0, fraction = 0;

  if (!read_number (p, 1, 2, &hours) || **p != ':')
    return KVAR_DEMO_DATETIME_SYNTAX;
  (*p)++;
  if (!read_number (p, 2, 2, &minutes))
    return KVAR_DEMO_DATETIME_SYNTAX;

  if (**p == ':')
    {
      (*p)++;
      if (!read_number (p, 2, 2, &seconds))
        return KVAR_DEMO_DATETIME_SYNTAX;

      if (**p == '.')
        {
          gint64 unit = 100000;

          for ((*p)++; g_ascii_isdigit (**p); (*p)++, unit /= 10)
            fraction += unit * (**p - '0');
        }
    }

  if (hours > 24 || minutes > 59 || seconds > 60 || (hours == 24 && (minutes || seconds)))
    return KVAR_DEMO_DATETIME_OUT_OF_RANGE;

  *usec = ((hours * 60 + minutes) * 60 + seconds) * G_USEC_PER_SEC + fraction;

  return KVAR_DEMO_DATETIME_GOOD;
}

/* Nothing, Z, UTC, or ±HH[[:]MM] */
static KvarDemoDatetimeResult
read_zone (const char **p,
           gint64      *offset_usec)
{
  gint64 hours, minutes = 0;
  int sign;

  while (**p == ' ')
    (*p)++;

  *offset_usec = 0;
  if (g_ascii_strncasecmp (*p, "utc", 3) == 0)
    *p += 3;
  else if (**p == 'Z' || **p == 'z')
    *p += 1;
  else if (**p == '+' || **p == '-')
    {
      sign = *(*p)++ == '-' ? -1 : 1;
      if (!read_number (p, 1, 2, &hours))
        return KVAR_DEMO_DATETIME_SYNTAX;
      if (**p == ':')
        (*p)++;
      read_number (p, 0, 2, &minutes);
      if (hours > 15 || minutes > 59)
        return KVAR_DEMO_DATETIME_OUT_OF_RANGE;
      *offset_usec = sign * (hours * 60 + minutes) * 60 * G_USEC_PER_SEC;
    }

  return KVAR_DEMO_DATETIME_GOOD;
}

static gboolean
read_word (const char *text,
           gint64      now_usec,
           gint64     *usec)
{
  gint64 today = floor_div (now_usec, DAY_USEC) * DAY_USEC;
  const struct { const char *word; gint64 value; } words[] = {
    { "infinity", KVAR_DEMO_INFINITY }, { "-infinity", KVAR_DEMO_MINUS_INFINITY },
    { "now", now_usec }, { "today", today }, { "yesterday", today - DAY_USEC },
    { "tomorrow", today + DAY_USEC }, { "epoch", 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_ascii_strcasecmp (text, words[i].word) == 0)
      {
        *usec = words[i].value;
        return TRUE;
      }

  return FALSE;
}

/**
 * kvar_demo_timestamp_parse:
 * @now_usec: what "now" and "today" mean
 * @usec: (out): microseconds since 1970, UTC
 */
KvarDemoDatetimeResult
kvar_demo_timestamp_parse (const char *text,
                           gint64      now_usec,
                           gint64     *usec)
{
  g_autofree char *stripped = g_strstrip (g_strdup (text));
  const char *p = stripped;
  gint64 time = 0, offset = 0;
  KvarDemoDatetimeResult result;
  Civil civil;

  if (read_word (stripped, now_usec, usec))
    return KVAR_DEMO_DATETIME_GOOD;

  result = read_date (&p, &civil);
  if (result == KVAR_DEMO_DATETIME_GOOD && (*p == 'T' || *p == 't' || *p == ' ') &&
      g_ascii_isdigit (p[1]))
    {
      p++;
      result = read_time (&p, &time);
    }

  if (result == KVAR_DEMO_DATETIME_GOOD)
    result = read_zone (&p, &offset);

  if (result != KVAR_DEMO_DATETIME_GOOD)
    return result;

  while (*p == ' ')
    p++;
  if (g_ascii_strcasecmp (p, "bc") == 0)
    civil.year = 1 - civil.year;
  else if (*p != '\0')
    return KVAR_DEMO_DATETIME_SYNTAX;

  *usec = days_from_civil (civil.year, civil.month, civil.day) * DAY_USEC +
          time - offset;

  return KVAR_DEMO_DATETIME_GOOD;
}

/**
 * kvar_demo_date_parse:
 * @days: (out): days since 1970-01-01; a time of day is read and dropped
 */
KvarDemoDatetimeResult
kvar_demo_date_parse (const char *text,
                      gint64      now_usec,
                      gint64     *days)
{
  KvarDemoDatetimeResult result;
  gint64 usec;

  result = kvar_demo_timestamp_parse (text, now_usec, &usec);
  if (result != KVAR_DEMO_DATETIME_GOOD)
    return result;

  if (usec == KVAR_DEMO_INFINITY || usec == KVAR_DEMO_MINUS_INFINITY)
    *days = usec;
  else
    *days = floor_div (usec, DAY_USEC);

  return KVAR_DEMO_DATETIME_GOOD;
}

static gboolean
append_infinity (GString *out,
                 gint64   value)
{
  if (value == KVAR_DEMO_INFINITY)
    g_string_append (out, "infinity");
  else if (value == KVAR_DEMO_MINUS_INFINITY)
    g_string_append (out, "-infinity");
  else
    return FALSE;

  return TRUE;
}

static void
append_padded (GString *out,
               gint64   value,
               int      width)
{
  char digits[20];
  int n = 0;

  do
    digits[n++] = '0' + value % 10;
  while ((value /= 10) > 0);

  for (; width > n; width--)
    g_string_append_c (out, '0');
  while (n > 0)
    g_string_append_c (out, digits[--n]);
}

static void
append_civil (GString *out,
              Civil    civil)
{
  append_padded (out, civil.year > 0 ? civil.year : 1 - civil.year, 4);
  g_string_append_c (out, '-');
  append_padded (out, civil.month, 2);
  g_string_append_c (out, '-');
  append_padded (out, civil.day, 2);
}

/**
 * kvar_demo_date_append:
 *
 * Appends a date as PostgreSQL writes it.
 */
void
kvar_demo_date_append (GString *out,
                       gint64   days)
{
  Civil civil;

  if (append_infinity (out, days))
    return;

  civil = civil_from_days (days);
  append_civil (out, civil);
  if (civil.year <= 0)
    g_string_append (out, " BC");
}

static void
append_time (GString *out,
             gint64   usec)
{
  gint64 fraction = usec % G_USEC_PER_SEC;
  gint64 seconds = usec / G_USEC_PER_SEC;

  append_padded (out, seconds / 3600, 2);
  g_string_append_c (out, ':');
  append_padded (out, seconds / 60 % 60, 2);
  g_string_append_c (out, ':');
  append_padded (out, seconds % 60, 2);

  if (fraction > 0)
    {
      g_string_append_c (out, '.');
      append_padded (out, fraction, 6);
      while (out->str[out->len - 1] == '0')
        g_string_truncate (out, out->len - 1);
    }
}

/* "+00:00" in JSON; in text the minutes only when there are some */
static void
append_offset (GString *out,
               int      seconds,
               gboolean iso)
{
  int minutes = ABS (seconds) / 60;

  g_string_append_c (out, seconds < 0 ? '-' : '+');
  append_padded (out, minutes / 60, 2);
  if (iso || minutes % 60 != 0)
    {
      g_string_append_c (out, ':');
      append_padded (out, minutes % 60, 2);
    }
}

/**
 * kvar_demo_timestamp_append:
 * @zone: (nullable): the session's time zone; UTC without
 * @iso: TRUE for the form in JSON, FALSE for PostgreSQL's text
 */
void
kvar_demo_timestamp_append (GString   *out,
                            gint64     usec,
                            GTimeZone *zone,
                            gboolean   iso)
{
  gint64 days, local;
  int offset = 0;
  Civil civil;

  if (append_infinity (out, usec))
    return;

  if (zone != NULL)
    {
      gint64 seconds = floor_div (usec, G_USEC_PER_SEC);

      offset = g_time_zone_get_offset (zone, g_time_zone_find_interval (zone,
                                       G_TIME_TYPE_UNIVERSAL, seconds));
    }

  local = usec + (gint64)offset * G_USEC_PER_SEC;
  days = floor_div (local, DAY_USEC);
  civil = civil_from_days (days);

  append_civil (out, civil);
  g_string_append_c (out, iso ? 'T' : ' ');
  append_time (out, local - days * DAY_USEC);
  append_offset (out, offset, iso);
  if (civil.year <= 0)
    g_string_append (out, " BC");
}
