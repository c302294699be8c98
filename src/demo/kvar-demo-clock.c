/* kvar-demo-clock.c: the demo's wall clock, which tests can move forward
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "kvar-demo-clock.h"

struct _KvarDemoClock
{
  gint64 offset;    /* µs, added to the system's time */
  gint64 frozen;    /* µs since 1970, or -1 while the system's clock counts */
};

KvarDemoClock *
kvar_demo_clock_new (void)
{
  KvarDemoClock *self = g_new0 (KvarDemoClock, 1);

  self->frozen = -1;

  return self;
}

void
kvar_demo_clock_free (KvarDemoClock *self)
{
  g_free (self);
}

/**
 * kvar_demo_clock_get_usec:
 *
 * Returns: the server's time in µs since 1970. Every time that the demo shows, compares or
 *   stores comes from here.
 */
gint64
kvar_demo_clock_get_usec (KvarDemoClock *self)
{
  gint64 now = self->frozen >= 0 ? self->frozen : g_get_real_time ();

  return now + self->offset;
}

gint64
kvar_demo_clock_get_seconds (KvarDemoClock *self)
{
  return kvar_demo_clock_get_usec (self) / G_USEC_PER_SEC;
}

/**
 * kvar_demo_clock_advance:
 * @seconds: how far; a negative number moves it back
 */
void
kvar_demo_clock_advance (KvarDemoClock *self,
                         double         seconds)
{
  self->offset += (gint64)(seconds * G_USEC_PER_SEC);
}

/**
 * kvar_demo_clock_freeze:
 * @usec: µs since 1970
 *
 * Stops the clock at @usec; from here only kvar_demo_clock_advance() moves it.
 */
void
kvar_demo_clock_freeze (KvarDemoClock *self,
                        gint64         usec)
{
  self->frozen = usec;
  self->offset = 0;
}

/**
 * kvar_demo_clock_format_iso:
 *
 * Returns: (transfer full): @usec in UTC as GoTrue writes times, 2026-11-20T20:18:36.188453Z
 */
char *
kvar_demo_clock_format_iso (gint64 usec)
{
  g_autoptr(GDateTime) second = g_date_time_new_from_unix_utc (usec / G_USEC_PER_SEC);
  g_autofree char *text = g_date_time_format (second, "%Y-%m-%dT%H:%M:%S");

  return g_strdup_printf ("%s.%06dZ", text, (int)(usec % G_USEC_PER_SEC));
}
