/* kvar-route-private.h: what reading, writing and spelling routes share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "routes/kvar-route.h"

G_BEGIN_DECLS

#define KVAR_ROUTE_FROM_MAX 2048

struct _KvarRoute
{
  KvarPlace  place;
  char      *host;      /* (nullable): the current project */
  char      *name;      /* (nullable): table, function or bucket, plain */
  char      *key;       /* (nullable): as it stands in a route; a file's path, plain */
  char      *query;     /* (nullable): encoded; never for login */
  char      *draft;     /* (nullable): of a new record, as the query names it */
  char      *reason;    /* (nullable) */
  char      *from;      /* (nullable): a safe route */
};

/* kvar-route.c */
KvarRoute  *kvar_route_new_blank         (KvarPlace    place);
gboolean    kvar_route_is_reason         (const char  *reason);

/* kvar-route-parse.c */
const char *kvar_route_first_segment     (KvarPlace    place);

/* kvar-route-spelling.c */
char       *kvar_route_dup_parameter     (const char  *query,
                                          const char  *name);
gboolean    kvar_route_has_control       (const char  *text);
gboolean    kvar_route_is_dots           (const char  *segment);
void        kvar_route_append_value      (GString     *string,
                                          const char  *value);
char       *kvar_route_dup_value         (const char  *segment);
char       *kvar_route_dup_query         (const char  *raw);
char       *kvar_route_dup_canonical_key (const char  *segment);

G_END_DECLS
