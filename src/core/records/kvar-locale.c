/* kvar-locale.c: how numbers, dates and times are written where the person is
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-records"

#include "config.h"

#include <langinfo.h>
#include <locale.h>
#include <string.h>

#include "records/kvar-locale.h"

struct _KvarLocale
{
  char          *decimal;
  char          *group;             /* "" where digits are not grouped */
  KvarDateOrder  date_order;
  char           date_separator;
  KvarShortDate  short_date;
  GTimeZone     *zone;              /* (nullable): the machine's, asked each time */
  GDate          today;             /* invalid: the machine's */
};

/* The order of day, month and year in a strftime() format, and what stands between them. */
static void
read_date_format (const char    *format,
                  KvarDateOrder *order,
                  char          *separator)
{
  char first = '\0';

  *order = KVAR_DATE_ORDER_YMD;
  *separator = '-';

  if (strstr (format, "%F") != NULL)
    return;

  for (const char *p = format; *p != '\0'; p++)
    {
      if (*p != '%')
        continue;

      p++;
      while (*p != '\0' && strchr ("-_0EO", *p) != NULL)
        p++;
      if (*p == '\0')
        return;
      if (first == '\0' && strchr ("demBbhYyD", *p) != NULL)
        {
          first = *p;
          if (p[1] != '\0' && strchr ("-./", p[1]) != NULL)
            *separator = p[1];
        }
    }

  if (first == 'd' || first == 'e')
    *order = KVAR_DATE_ORDER_DMY;
  else if (first == 'm' || first == 'D')
    *order = KVAR_DATE_ORDER_MDY;
  if (first == 'D')
    *separator = '/';
}

/**
 * kvar_locale_new:
 * @decimal: what stands before the fraction
 * @group: what stands between groups of three digits, "" for nothing
 * @zone: (nullable): the time zone, %NULL for the machine's
 */
KvarLocale *
kvar_locale_new (const char    *decimal,
                 const char    *group,
                 KvarDateOrder  date_order,
                 char           date_separator,
                 GTimeZone     *zone)
{
  KvarLocale *self = g_new0 (KvarLocale, 1);

  self->decimal = g_strdup (decimal);
  self->group = g_strdup (group);
  self->date_order = date_order;
  self->date_separator = date_separator;
  self->short_date = date_order == KVAR_DATE_ORDER_MDY ? KVAR_SHORT_DATE_MONTH_FIRST
                                                       : KVAR_SHORT_DATE_DAY_FIRST;
  self->zone = zone != NULL ? g_time_zone_ref (zone) : NULL;
  g_date_clear (&self->today, 1);
  return self;
}

/**
 * kvar_locale_new_from_formats:
 * @date_format: how a date is written, for strftime(): "%d/%m/%y"
 * @zone: (nullable): the time zone, %NULL for the machine's
 *
 * Takes the order and the separator of @date_format; days, months and years are always numbers
 * here, the years with four digits.
 */
KvarLocale *
kvar_locale_new_from_formats (const char *decimal,
                              const char *group,
                              const char *date_format,
                              GTimeZone  *zone)
{
  KvarDateOrder order;
  char separator;

  g_return_val_if_fail (decimal != NULL && group != NULL && date_format != NULL, NULL);

  read_date_format (date_format, &order, &separator);
  return kvar_locale_new (*decimal != '\0' ? decimal : ".", group, order, separator, zone);
}

/* Where the year comes first, Swedes and most others put the day before the month when they leave
 * the year out, and Hungarians and East Asians the month. Of English and of Canada's French one
 * cannot know. */
static KvarShortDate
short_date_of_language (const char *time_locale)
{
  static const char *const month_first[] = { "hu", "ja", "ko", "mn", "zh", NULL };
  static const char *const unsettled[] = { "C", "POSIX", "en", "fr", NULL };
  g_autofree char *language = g_strndup (time_locale, strcspn (time_locale, "_.@"));

  if (g_strv_contains (month_first, language))
    return KVAR_SHORT_DATE_MONTH_FIRST;

  return g_strv_contains (unsettled, language) ? KVAR_SHORT_DATE_UNSETTLED
                                               : KVAR_SHORT_DATE_DAY_FIRST;
}

/* Reads LC_NUMERIC and LC_TIME, which may differ from the language of the texts. The C locale
 * writes years with two digits; there dates are ISO. */
static KvarLocale *
new_from_system (void)
{
  KvarLocale *self;
  const struct lconv *numbers = localeconv ();
  const char *time_locale = setlocale (LC_TIME, NULL);
  gboolean is_c = time_locale == NULL || g_str_equal (time_locale, "POSIX") ||
                  g_str_equal (time_locale, "C") || g_str_has_prefix (time_locale, "C.");

  self = kvar_locale_new_from_formats (numbers->decimal_point, numbers->thousands_sep,
                                       is_c ? "%F" : nl_langinfo (D_FMT), NULL);
  if (self->date_order == KVAR_DATE_ORDER_YMD)
    self->short_date = short_date_of_language (time_locale != NULL ? time_locale : "C");

  return self;
}

void
kvar_locale_free (KvarLocale *self)
{
  if (self == NULL)
    return;

  g_free (self->decimal);
  g_free (self->group);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  g_free (self);
}

/**
 * kvar_locale_get_default:
 *
 * Returns: (transfer none): the locale of the process, as it was when first asked for
 */
KvarLocale *
kvar_locale_get_default (void)
{
  static KvarLocale *locale = NULL;

  if (g_once_init_enter (&locale))
    g_once_init_leave (&locale, new_from_system ());

  return locale;
}

const char *
kvar_locale_get_decimal (KvarLocale *self)
{
  g_return_val_if_fail (self != NULL, ".");

  return self->decimal;
}

const char *
kvar_locale_get_group (KvarLocale *self)
{
  g_return_val_if_fail (self != NULL, "");

  return self->group;
}

KvarDateOrder
kvar_locale_get_date_order (KvarLocale *self)
{
  g_return_val_if_fail (self != NULL, KVAR_DATE_ORDER_YMD);

  return self->date_order;
}

char
kvar_locale_get_date_separator (KvarLocale *self)
{
  g_return_val_if_fail (self != NULL, '-');

  return self->date_separator;
}

/**
 * kvar_locale_get_short_date:
 *
 * Returns: how a date without its year, or with the year at its end, is read
 */
KvarShortDate
kvar_locale_get_short_date (KvarLocale *self)
{
  g_return_val_if_fail (self != NULL, KVAR_SHORT_DATE_UNSETTLED);

  return self->short_date;
}

void
kvar_locale_set_short_date (KvarLocale    *self,
                            KvarShortDate  short_date)
{
  g_return_if_fail (self != NULL);

  self->short_date = short_date;
}

/**
 * kvar_locale_get_zone:
 *
 * Returns: (transfer full): the time zone, which may change while Kvar runs
 */
GTimeZone *
kvar_locale_get_zone (KvarLocale *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->zone != NULL ? g_time_zone_ref (self->zone) : g_time_zone_new_local ();
}

/**
 * kvar_locale_get_today:
 * @today: (out caller-allocates): the date where the person is
 */
void
kvar_locale_get_today (KvarLocale *self,
                       GDate      *today)
{
  g_autoptr(GTimeZone) zone = NULL;
  g_autoptr(GDateTime) now = NULL;

  g_return_if_fail (self != NULL);
  g_return_if_fail (today != NULL);

  g_date_clear (today, 1);
  if (g_date_valid (&self->today))
    {
      *today = self->today;
      return;
    }

  zone = kvar_locale_get_zone (self);
  now = g_date_time_new_now (zone);
  g_date_set_dmy (today, (GDateDay) g_date_time_get_day_of_month (now),
                  (GDateMonth) g_date_time_get_month (now),
                  (GDateYear) g_date_time_get_year (now));
}

/**
 * kvar_locale_set_today:
 *
 * Holds the date still, for tests.
 */
void
kvar_locale_set_today (KvarLocale  *self,
                       const GDate *today)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (today != NULL);

  self->today = *today;
}
