/* kvar-iso-time.h: ISO 8601 as PostgreSQL writes it, with its microseconds
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  int      year;
  int      month;
  int      day;
  int      hour;
  int      minute;
  int      second;
  int      microsecond;
  gboolean has_date;
  gboolean has_time;
  gboolean has_offset;
  int      offset;        /* seconds east of UTC */
} KvarIsoTime;

gboolean   kvar_iso_time_parse         (const char        *text,
                                        KvarIsoTime       *time);
void       kvar_iso_time_append_date   (const KvarIsoTime *time,
                                        GString           *string);
void       kvar_iso_time_append_time   (const KvarIsoTime *time,
                                        GString           *string,
                                        gboolean           short_seconds);
void       kvar_iso_time_append_offset (const KvarIsoTime *time,
                                        GString           *string);
gboolean   kvar_iso_time_move_to_zone  (KvarIsoTime       *time,
                                        GTimeZone         *zone);
gboolean   kvar_iso_time_take_zone     (KvarIsoTime       *time,
                                        GTimeZone         *zone);

G_END_DECLS
