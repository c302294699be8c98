/* kvar-date-text.c: dates and times as people write them, exact to the microsecond
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-records"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>

#include "kvar-error.h"
#include "records/kvar-date-text.h"
#include "records/kvar-iso-time.h"

static void
append_date (GString           *string,
             const KvarIsoTime *time,
             KvarLocale        *locale)
{
  char separator = kvar_locale_get_date_separator (locale);

  switch (kvar_locale_get_date_order (locale))
    {
    case KVAR_DATE_ORDER_DMY:
      g_string_append_printf (string, "%02d%c%02d%c%04d", time->day, separator, time->month,
                              separator, time->year);
      break;
    case KVAR_DATE_ORDER_MDY:
      g_string_append_printf (string, "%02d%c%02d%c%04d", time->month, separator, time->day,
                              separator, time->year);
      break;
    case KVAR_DATE_ORDER_YMD:
    default:
      g_string_append_printf (string, "%04d%c%02d%c%02d", time->year, separator, time->month,
                              separator, time->day);
    }
}

/* Whether the offset has to be written, because the clock shows this time twice that day. */
static gboolean
is_repeated (const KvarIsoTime *time,
             GTimeZone         *zone)
{
  KvarIsoTime plain = *time;

  return !kvar_iso_time_take_zone (&plain, zone) || plain.offset != time->offset;
}

/**
 * kvar_date_text_format:
 * @type: a date, time or timestamp type
 * @text: the value as PostgreSQL writes it
 * @shortened: for reading only: leaves out the fraction of a second
 *
 * Returns: (transfer full): the value as people write it where they are, a timestamptz as their
 *   clocks show it. What has no such form, such as infinity, stays as it is.
 */
char *
kvar_date_text_format (KvarType   *type,
                       const char *text,
                       KvarLocale *locale,
                       gboolean    shortened)
{
  KvarKind kind = kvar_type_get_kind (type);
  g_autoptr(GTimeZone) zone = kvar_locale_get_zone (locale);
  GString *string;
  KvarIsoTime time;

  if (!kvar_iso_time_parse (text, &time) ||
      time.has_date != (kind != KVAR_KIND_TIME) ||
      time.has_time != (kind != KVAR_KIND_DATE) ||
      time.has_offset != (kind == KVAR_KIND_TIMESTAMPTZ))
    return g_strdup (text);
  if (kind == KVAR_KIND_TIMESTAMPTZ && !kvar_iso_time_move_to_zone (&time, zone))
    return g_strdup (text);

  if (shortened)
    time.microsecond = 0;

  string = g_string_new (NULL);
  if (time.has_date)
    append_date (string, &time, locale);
  if (time.has_date && time.has_time)
    g_string_append_c (string, ' ');
  if (time.has_time)
    kvar_iso_time_append_time (&time, string, TRUE);
  if (time.has_offset && is_repeated (&time, zone))
    kvar_iso_time_append_offset (&time, string);
  return g_string_free (string, FALSE);
}

static gboolean
set_date (KvarIsoTime *time,
          int          year,
          int          month,
          int          day)
{
  if (year < 1 || month < 1 || month > 12 || day < 1 || day > 31 ||
      !g_date_valid_dmy ((GDateDay) day, (GDateMonth) month, (GDateYear) year))
    return FALSE;

  time->year = year;
  time->month = month;
  time->day = day;
  time->has_date = TRUE;
  return TRUE;
}

/* Years of two digits are those from 1970 to 2069. */
static int
full_year (int      year,
           gboolean short_year)
{
  if (!short_year)
    return year;

  return year < 70 ? 2000 + year : 1900 + year;
}

/* Passes over the mark between two numbers, with blanks around it or blanks alone; '\0' if what
 * stands there is none. */
static char
take_mark (const char **text)
{
  const char *p = *text + strspn (*text, " ");
  char mark = ' ';

  if (*p != '\0' && strchr ("-./", *p) != NULL)
    mark = *p++;
  else if (p == *text)
    return '\0';

  *text = p + strspn (p, " ");
  return mark;
}

/* Up to three numbers with one mark between them; how many there are, 0 if it is anything else.
 * A point may stand after the last one too. */
static int
take_numbers (const char *text,
              int        *numbers,
              gsize      *lengths,
              char       *mark)
{
  *mark = '\0';
  for (int n = 0; n < 3; n++)
    {
      char next;

      lengths[n] = strspn (text, "0123456789");
      if (lengths[n] == 0 || lengths[n] > 8)
        return 0;
      numbers[n] = atoi (text);
      text += lengths[n];

      next = take_mark (&text);
      if (*text == '\0')
        return next == '\0' || next == '.' ? n + 1 : 0;
      if (next == '\0' || (*mark != '\0' && next != *mark))
        return 0;
      *mark = next;
    }

  return 0;
}

/* 20261120, and 261120 where the year comes first. */
static gboolean
take_compact_date (KvarIsoTime   *time,
                   int            number,
                   gsize          length,
                   KvarDateOrder  order)
{
  if (length == 8)
    return set_date (time, number / 10000, number / 100 % 100, number % 100);
  if (length == 6 && order == KVAR_DATE_ORDER_YMD)
    return set_date (time, full_year (number / 10000, TRUE), number / 100 % 100, number % 100);

  return FALSE;
}

/* Where the year comes first, "11-20" is a month and a day, whatever "20/11" and "20.11" are. */
static gboolean
take_numeric_date (KvarIsoTime   *time,
                   const char    *typed,
                   KvarLocale    *locale,
                   KvarShortDate  short_date)
{
  KvarDateOrder order = kvar_locale_get_date_order (locale);
  int numbers[3];
  gsize lengths[3];
  char mark;
  int n = take_numbers (typed, numbers, lengths, &mark);
  GDate today;

  kvar_locale_get_today (locale, &today);
  if (n == 1)
    return take_compact_date (time, numbers[0], lengths[0], order);

  if (n == 3 && lengths[0] == 4)
    return set_date (time, numbers[0], numbers[1], numbers[2]);
  if (n == 3 && order == KVAR_DATE_ORDER_YMD && lengths[2] != 4)
    return mark == '-' && set_date (time, full_year (numbers[0], TRUE), numbers[1], numbers[2]);

  if (n < 2 || (n == 3 && lengths[2] != 2 && lengths[2] != 4))
    return FALSE;
  if (n == 2)
    numbers[2] = g_date_get_year (&today);
  else
    numbers[2] = full_year (numbers[2], lengths[2] == 2);

  if (short_date == KVAR_SHORT_DATE_MONTH_FIRST ||
      (order == KVAR_DATE_ORDER_YMD && n == 2 && mark == '-'))
    return set_date (time, numbers[2], numbers[0], numbers[1]);

  return set_date (time, numbers[2], numbers[1], numbers[0]);
}

static gboolean
take_days_from_today (KvarIsoTime *time,
                      int          days,
                      KvarLocale  *locale)
{
  GDate date;

  kvar_locale_get_today (locale, &date);
  if (days >= 0)
    g_date_add_days (&date, (guint) days);
  else
    g_date_subtract_days (&date, (guint) -days);
  return set_date (time, g_date_get_year (&date), g_date_get_month (&date),
                   g_date_get_day (&date));
}

/* The words of both languages are understood in both, and those of the translation. */
static gboolean
take_word (KvarIsoTime *time,
           const char  *typed,
           KvarLocale  *locale)
{
  const struct { const char *word; const char *translated; int days; } words[] = {
    /* Translators: what people type into a date field for the present day, small letters. */
    { "today", C_("typed date", "today"), 0 },
    { "tomorrow", C_("typed date", "tomorrow"), 1 },
    { "yesterday", C_("typed date", "yesterday"), -1 },
    { "idag", "i dag", 0 },
    { "imorgon", "i morgon", 1 },
    { "igår", "i går", -1 },
  };
  g_autofree char *word = g_utf8_strdown (typed, -1);

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    {
      if (g_str_equal (word, words[i].word) || g_str_equal (word, words[i].translated))
        return take_days_from_today (time, words[i].days, locale);
    }

  return FALSE;
}

/* "+3" and "-1" are days from today; three digits are enough for that. */
static gboolean
take_date (KvarIsoTime   *time,
           const char    *typed,
           KvarLocale    *locale,
           KvarShortDate  short_date)
{
  gsize digits = strspn (typed + (*typed != '\0'), "0123456789");

  if ((*typed == '+' || *typed == '-') && digits > 0 && digits <= 4 && typed[digits + 1] == '\0')
    return take_days_from_today (time, atoi (typed), locale);

  return take_numeric_date (time, typed, locale, short_date) || take_word (time, typed, locale);
}

/* 14:32, 14.32, 1432, 2:30 pm; what follows a colon is read as ISO has it. */
static gboolean
take_time (KvarIsoTime *time,
           const char  *typed)
{
  g_autofree char *text = g_ascii_strdown (typed, -1);
  gboolean pm = g_str_has_suffix (text, "pm");
  gboolean am = g_str_has_suffix (text, "am");
  KvarIsoTime read;

  if (am || pm)
    text[strlen (text) - 2] = '\0';
  g_strchomp (text);

  if (strlen (text) == 5 && text[2] == '.')
    text[2] = ':';
  else if (strlen (text) == 4 && text[1] == '.')
    text[1] = ':';
  else if (strspn (text, "0123456789") == strlen (text) &&
           (strlen (text) == 4 || ((am || pm) && strlen (text) <= 2 && *text != '\0')))
    {
      g_autofree char *colon = strlen (text) == 4
                                 ? g_strdup_printf ("%.2s:%s", text, text + 2)
                                 : g_strconcat (text, ":00", NULL);

      g_free (text);
      text = g_steal_pointer (&colon);
    }

  if (!kvar_iso_time_parse (text, &read) || read.has_date || read.has_offset ||
      ((am || pm) && (read.hour < 1 || read.hour > 12)))
    return FALSE;

  if (am || pm)
    read.hour = read.hour % 12 + (pm ? 12 : 0);
  time->hour = read.hour;
  time->minute = read.minute;
  time->second = read.second;
  time->microsecond = read.microsecond;
  time->has_time = TRUE;
  return TRUE;
}

/* A time zone at the end of a typed time: Z, +02, +02:00. Cuts it off. */
static gboolean
take_offset (KvarIsoTime *time,
             char        *text)
{
  char *colon = strchr (text, ':');
  char *sign = colon != NULL ? colon + strcspn (colon, "+-Zz") : text + strlen (text);
  g_autofree char *iso = NULL;
  KvarIsoTime read;

  if (*sign == '\0')
    return TRUE;

  iso = g_strconcat ("00:00", sign, NULL);
  if (g_str_has_suffix (iso, "z"))
    iso[strlen (iso) - 1] = 'Z';
  if (!kvar_iso_time_parse (iso, &read) || !read.has_offset)
    return FALSE;

  time->has_offset = TRUE;
  time->offset = read.offset;
  *sign = '\0';
  g_strchomp (text);
  return TRUE;
}

/* A date, a time, or both: the blank before the last part that has the form of a time divides
 * them, since dates may have blanks too. A date alone is the day's beginning. */
static gboolean
take_date_and_time (KvarIsoTime   *time,
                    const char    *typed,
                    KvarLocale    *locale,
                    KvarShortDate  short_date)
{
  g_autofree char *text = g_strdup (typed);
  char *colon;
  char *divide;

  if (kvar_iso_time_parse (text, time) && time->has_date && time->has_time)
    return TRUE;

  memset (time, 0, sizeof *time);
  if (!take_offset (time, text))
    return FALSE;
  if (take_date (time, text, locale, short_date))
    {
      time->has_time = TRUE;
      return TRUE;
    }

  colon = strrchr (text, ':');
  divide = colon != NULL ? g_strrstr_len (text, colon - text, " ") : strrchr (text, ' ');
  if (divide == NULL)
    return FALSE;

  *divide = '\0';
  g_strchomp (text);
  return take_date (time, text, locale, short_date) && take_time (time, divide + 1);
}

/* What PostgreSQL understands and people's calendars do not: kept as it was typed. */
static gboolean
is_beyond_calendars (const char *typed,
                     gboolean    has_time)
{
#define DAY "-[0-9]{2}-[0-9]{2}"
#define TIME "[T ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\\.[0-9]{1,6})?)?([+-][0-9]{2}(:?[0-9]{2}){0,2}|Z)?"
  static const char pattern[] =
    "^(-?infinity|[0-9]{4,6}" DAY "(" TIME ")? BC|[0-9]{5,6}" DAY "(" TIME ")?)$";
  gboolean has_colon = strchr (typed, ':') != NULL;

  return (has_time || !has_colon) && g_regex_match_simple (pattern, typed, 0, 0);
}

static char *
fail_with_example (KvarKind     kind,
                   KvarLocale  *locale,
                   GError     **error)
{
  g_autoptr(GString) example = g_string_new (NULL);
  KvarIsoTime time = { .hour = 14, .minute = 30 };

  take_days_from_today (&time, 0, locale);
  if (kind != KVAR_KIND_TIME)
    append_date (example, &time, locale);
  if (kind == KVAR_KIND_TIMESTAMP || kind == KVAR_KIND_TIMESTAMPTZ)
    g_string_append_c (example, ' ');
  if (kind != KVAR_KIND_DATE)
    kvar_iso_time_append_time (&time, example, TRUE);

  g_set_error (error, KVAR_ERROR, KVAR_ERROR_INVALID,
               kind == KVAR_KIND_DATE
                 /* Translators: an example of a date, as it is written where the person is. */
                 ? _("This is not a date. Write it like %s.")
                 : kind == KVAR_KIND_TIME
                   /* Translators: an example of a time of day. */
                   ? _("This is not a time. Write it like %s.")
                   /* Translators: an example of a date with a time of day. */
                   : _("This is not a date and time. Write it like %s."),
               example->str);
  return NULL;
}

/* In UTC, as Supabase's servers write it, so that nothing changes by being edited back. */
static char *
write_timestamptz (KvarIsoTime  *time,
                   KvarLocale   *locale,
                   GError      **error)
{
  g_autoptr(GTimeZone) zone = kvar_locale_get_zone (locale);
  g_autoptr(GTimeZone) utc = g_time_zone_new_utc ();
  GString *string;

  if (!time->has_offset && !kvar_iso_time_take_zone (time, zone))
    {
      g_set_error_literal (error, KVAR_ERROR, KVAR_ERROR_INVALID,
                           _("The clocks skip this time on that day."));
      return NULL;
    }
  if (!kvar_iso_time_move_to_zone (time, utc))
    return fail_with_example (KVAR_KIND_TIMESTAMPTZ, locale, error);

  string = g_string_new (NULL);
  kvar_iso_time_append_date (time, string);
  g_string_append_c (string, 'T');
  kvar_iso_time_append_time (time, string, FALSE);
  kvar_iso_time_append_offset (time, string);
  return g_string_free (string, FALSE);
}

static gboolean
take_typed (KvarIsoTime   *time,
            KvarKind       kind,
            const char    *text,
            KvarLocale    *locale,
            KvarShortDate  short_date)
{
  memset (time, 0, sizeof *time);

  switch (kind)
    {
    case KVAR_KIND_DATE:
      return take_date (time, text, locale, short_date);
    case KVAR_KIND_TIME:
      return take_time (time, text);
    case KVAR_KIND_TIMESTAMP:
      return take_date_and_time (time, text, locale, short_date) && !time->has_offset;
    case KVAR_KIND_TIMESTAMPTZ:
    default:
      return take_date_and_time (time, text, locale, short_date);
    }
}

static char *
fail_ambiguous (const char        *typed,
                const KvarIsoTime *one,
                const KvarIsoTime *other,
                KvarLocale        *locale,
                GError           **error)
{
  g_autoptr(GString) first = g_string_new (NULL);
  g_autoptr(GString) second = g_string_new (NULL);

  append_date (first, one, locale);
  append_date (second, other, locale);
  g_set_error (error, KVAR_ERROR, KVAR_ERROR_INVALID,
               /* Translators: a number or a date as typed, then the two ways to write it clearly,
                * such as “3/4 can be read in two ways. Write 2026-04-03 or 2026-03-04.” */
               _("%1$s can be read in two ways. Write %2$s or %3$s."), typed, first->str,
               second->str);
  return NULL;
}

/* Where nobody knows whether the day or the month comes first, what makes sense in only one of
 * the two orders is read in that one. */
static gboolean
take_settled (KvarIsoTime  *time,
              KvarKind      kind,
              const char   *text,
              KvarLocale   *locale,
              GError      **error)
{
  KvarShortDate short_date = kvar_locale_get_short_date (locale);
  KvarIsoTime other;
  gboolean taken;

  if (short_date != KVAR_SHORT_DATE_UNSETTLED)
    {
      taken = take_typed (time, kind, text, locale, short_date);
    }
  else
    {
      taken = take_typed (time, kind, text, locale, KVAR_SHORT_DATE_DAY_FIRST);
      if (take_typed (&other, kind, text, locale, KVAR_SHORT_DATE_MONTH_FIRST))
        {
          if (taken && (time->month != other.month || time->day != other.day))
            return fail_ambiguous (text, time, &other, locale, error) != NULL;

          *time = other;
          taken = TRUE;
        }
    }

  return taken || fail_with_example (kind, locale, error) != NULL;
}

/**
 * kvar_date_text_parse:
 * @type: a date, time or timestamp type
 * @typed: what a person typed: "20/11", "idag", "+3", "2026-11-20 14:30"
 *
 * Reads a date or time by @locale; a timestamptz without an offset is meant by the clocks there.
 *
 * Returns: (transfer full): the value in ISO 8601, as PostgreSQL writes it; or %NULL with
 *   %KVAR_ERROR_INVALID and a sentence
 */
char *
kvar_date_text_parse (KvarType    *type,
                      const char  *typed,
                      KvarLocale  *locale,
                      GError     **error)
{
  KvarKind kind = kvar_type_get_kind (type);
  g_autofree char *text = g_strstrip (g_strdup (typed));
  KvarIsoTime time = { 0 };
  GString *string;

  if (kind != KVAR_KIND_TIME && is_beyond_calendars (text, kind != KVAR_KIND_DATE))
    return g_steal_pointer (&text);
  if (kind == KVAR_KIND_TIME && kvar_iso_time_parse (text, &time) && time.has_offset)
    return g_steal_pointer (&text);
  if (kind == KVAR_KIND_TIME && (g_str_equal (text, "24:00") || g_str_equal (text, "24:00:00")))
    return g_strdup ("24:00:00");

  if (!take_settled (&time, kind, text, locale, error))
    return NULL;
  if (kind == KVAR_KIND_TIMESTAMPTZ)
    return write_timestamptz (&time, locale, error);

  string = g_string_new (NULL);
  if (kind != KVAR_KIND_TIME)
    kvar_iso_time_append_date (&time, string);
  if (kind == KVAR_KIND_TIMESTAMP)
    g_string_append_c (string, 'T');
  if (kind != KVAR_KIND_DATE)
    kvar_iso_time_append_time (&time, string, FALSE);
  return g_string_free (string, FALSE);
}
