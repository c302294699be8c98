/* kvar-demo-prefer.h: the Prefer header: what was asked, and what was heeded
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

#include "kvar-demo-sql-error.h"

G_BEGIN_DECLS

typedef enum
{
  KVAR_DEMO_RETURN_UNSAID,
  KVAR_DEMO_RETURN_MINIMAL,
  KVAR_DEMO_RETURN_HEADERS_ONLY,
  KVAR_DEMO_RETURN_REPRESENTATION,
} KvarDemoReturn;

typedef enum
{
  KVAR_DEMO_RESOLUTION_NONE,
  KVAR_DEMO_RESOLUTION_MERGE,
  KVAR_DEMO_RESOLUTION_IGNORE,
} KvarDemoResolution;

typedef struct
{
  KvarDemoReturn      answer;
  KvarDemoResolution  resolution;
  char               *count;           /* (nullable): exact, planned or estimated */
  char               *missing;         /* (nullable): default or null */
  char               *handling;        /* (nullable): strict or lenient */
  char               *timezone;        /* (nullable): a zone that exists */
  GTimeZone          *zone;            /* (nullable) */
  gint64              max_affected;    /* -1: any */
} KvarDemoPrefer;

KvarDemoPrefer *kvar_demo_prefer_parse       (const char            *header,
                                              KvarDemoSqlError     **error);
void            kvar_demo_prefer_free        (KvarDemoPrefer        *self);
char           *kvar_demo_prefer_get_applied (const KvarDemoPrefer  *self,
                                              gboolean               write);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KvarDemoPrefer, kvar_demo_prefer_free)

G_END_DECLS
