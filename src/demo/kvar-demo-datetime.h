/* kvar-demo-datetime.h: dates as days and timestamps as microseconds, read and written as text
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define KVAR_DEMO_INFINITY        G_MAXINT64
#define KVAR_DEMO_MINUS_INFINITY  G_MININT64

typedef enum
{
  KVAR_DEMO_DATETIME_GOOD,
  KVAR_DEMO_DATETIME_SYNTAX,       /* 22007 */
  KVAR_DEMO_DATETIME_OUT_OF_RANGE, /* 22008 */
} KvarDemoDatetimeResult;

KvarDemoDatetimeResult kvar_demo_date_parse       (const char *text,
                                                   gint64      now_usec,
                                                   gint64     *days);
KvarDemoDatetimeResult kvar_demo_timestamp_parse  (const char *text,
                                                   gint64      now_usec,
                                                   gint64     *usec);
void                   kvar_demo_date_append      (GString    *out,
                                                   gint64      days);
void                   kvar_demo_timestamp_append (GString    *out,
                                                   gint64      usec,
                                                   GTimeZone  *zone,
                                                   gboolean    iso);

G_END_DECLS
