/* kvar-as-of-text.c: of when what is shown is
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-as-of-text"

#include "config.h"

#include <glib/gi18n.h>

#include "widgets/kvar-as-of-text.h"

static GDateTime *
local_time (gint64 time)
{
  g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc (time / G_TIME_SPAN_SECOND);

  return g_date_time_to_local (utc);
}

static gboolean
is_same_day (GDateTime *a,
             GDateTime *b)
{
  return g_date_time_get_year (a) == g_date_time_get_year (b) &&
         g_date_time_get_day_of_year (a) == g_date_time_get_day_of_year (b);
}

/**
 * kvar_as_of_text:
 * @loaded_at: wall clock, in microseconds since 1970
 *
 * Returns: (transfer full): "As of 14:32", with the day before the time when it was another day
 */
char *
kvar_as_of_text (gint64     loaded_at,
                 KvarClock *clock)
{
  g_autoptr(GDateTime) then = local_time (loaded_at);
  g_autoptr(GDateTime) now = local_time (kvar_clock_get_wall (clock));
  g_autofree char *time = NULL;

  time = g_date_time_format (then, is_same_day (then, now) ? "%H:%M" : "%x %H:%M");

  /* Translators: %s is a time of day, after a date if it was not today. */
  return g_strdup_printf (_("As of %s"), time);
}
