/* kvar-value-words.c: what somebody typed said back, so that a slip is seen before it is saved
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-records"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "records/kvar-iso-time.h"
#include "records/kvar-number-text.h"
#include "records/kvar-value-words.h"

static char *
day_in_words (GDateTime *moment)
{
  /* Translators: a day, for g_date_time_format(): “Friday 20 November 2026”. */
  return g_date_time_format (moment, C_("date", "%A %-d %B %Y"));
}

/* The weekday tells a wrong date from a right one at a glance. */
static char *
time_to_words (KvarType   *type,
               const char *text,
               KvarLocale *locale)
{
  gboolean with_zone = kvar_type_get_kind (type) == KVAR_KIND_TIMESTAMPTZ;
  g_autoptr(GTimeZone) zone = with_zone ? kvar_locale_get_zone (locale) : g_time_zone_new_utc ();
  g_autoptr(GDateTime) moment = NULL;
  g_autoptr(GString) clock = NULL;
  g_autofree char *day = NULL;
  g_autofree char *abbreviation = NULL;
  KvarIsoTime time;

  if (!kvar_iso_time_parse (text, &time) || !time.has_date || time.has_offset != with_zone ||
      (with_zone && !kvar_iso_time_move_to_zone (&time, zone)))
    return NULL;

  moment = g_date_time_new (zone, time.year, time.month, time.day, time.hour, time.minute,
                            time.second);
  if (moment == NULL)
    return NULL;

  day = day_in_words (moment);
  if (!time.has_time)
    return g_steal_pointer (&day);

  clock = g_string_new (NULL);
  kvar_iso_time_append_time (&time, clock, TRUE);
  if (!with_zone)
    /* Translators: a day and a time of day: “Friday 20 November 2026, 14:30”. */
    return g_strdup_printf (_("%1$s, %2$s"), day, clock->str);

  abbreviation = g_date_time_format (moment, "%Z");
  /* Translators: a day, a time of day and its time zone: “Friday 20 November 2026, 14:30 (CET)”. */
  return g_strdup_printf (_("%1$s, %2$s (%3$s)"), day, clock->str, abbreviation);
}

/**
 * kvar_value_to_words:
 *
 * Returns: (transfer full) (nullable): @value as it can be checked by reading: a date with its
 *   weekday, a moment with its time zone, a number with its thousands set apart; %NULL where
 *   that says no more than what was typed
 */
char *
kvar_value_to_words (KvarValue  *value,
                     KvarLocale *locale)
{
  KvarType *type;
  const char *text;

  g_return_val_if_fail (value != NULL && locale != NULL, NULL);

  type = kvar_value_get_type_of (value);
  text = kvar_value_get_text (value);
  if (text == NULL)
    return NULL;

  switch (kvar_type_get_kind (type))
    {
    case KVAR_KIND_DATE:
    case KVAR_KIND_TIMESTAMP:
    case KVAR_KIND_TIMESTAMPTZ:
      return time_to_words (type, text, locale);

    case KVAR_KIND_DECIMAL:
    case KVAR_KIND_FLOAT:
      return kvar_number_text_format (text, locale, TRUE);

    default:
      return NULL;
    }
}

/**
 * kvar_zone_to_words:
 *
 * Returns: (transfer full) (nullable): whose clocks are meant by what is typed for @type; %NULL
 *   where that makes no difference
 */
char *
kvar_zone_to_words (KvarType   *type,
                    KvarLocale *locale)
{
  g_autoptr(GTimeZone) zone = NULL;
  g_autoptr(GDateTime) now = NULL;
  g_autofree char *abbreviation = NULL;
  const char *name;

  g_return_val_if_fail (type != NULL && locale != NULL, NULL);

  if (kvar_type_get_kind (type) != KVAR_KIND_TIMESTAMPTZ)
    return NULL;

  zone = kvar_locale_get_zone (locale);
  name = g_time_zone_get_identifier (zone);
  if (g_path_is_absolute (name))
    {
      /* A file that somebody has put in place: its path says nothing. */
      now = g_date_time_new_now (zone);
      abbreviation = g_date_time_format (now, "%Z");
      name = abbreviation;
    }

  /* Translators: %s is a time zone, such as "Europe/Stockholm". */
  return g_strdup_printf (_("In your time zone: %s"), name);
}

/**
 * kvar_default_in_words:
 *
 * Returns: what stands where a value is the default, which the server alone knows
 */
const char *
kvar_default_in_words (void)
{
  return _("Default (set by the server)");
}
