/* kvar-route.c: where somebody is: a place, a table, a record, a way of looking at it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-core"

#include "config.h"

#include "routes/kvar-route.h"

struct _KvarRoute { int x; };
G_DEFINE_BOXED_TYPE (KvarRoute, kvar_route, kvar_route_ref, kvar_route_unref)

KvarRoute *
kvar_route_parse (const char *route, GError **error)
{
  return 0;
}

KvarRoute *
kvar_route_new_place (KvarPlace place)
{
  return 0;
}

KvarRoute *
kvar_route_new_table (const char *table, const char *query)
{
  return 0;
}

KvarRoute *
kvar_route_new_record (const char *table, const char *key)
{
  return 0;
}

KvarRoute *
kvar_route_new_new_record (const char *table)
{
  return 0;
}

KvarRoute *
kvar_route_new_article (const char *table, const char *key)
{
  return 0;
}

KvarRoute *
kvar_route_new_report (const char *function, const char *query)
{
  return 0;
}

KvarRoute *
kvar_route_new_file (const char *bucket, const char *path)
{
  return 0;
}

KvarRoute *
kvar_route_new_login (const char *reason, const char *from)
{
  return 0;
}

KvarRoute *
kvar_route_ref (KvarRoute *self)
{
  return 0;
}

void
kvar_route_unref (KvarRoute *self)
{
}

char *
kvar_route_to_string (KvarRoute *self)
{
  return 0;
}

KvarPlace
kvar_route_get_place (KvarRoute *self)
{
  return 0;
}

const char *
kvar_route_get_name (KvarRoute *self)
{
  return 0;
}

const char *
kvar_route_get_key (KvarRoute *self)
{
  return 0;
}

const char *
kvar_route_get_query (KvarRoute *self)
{
  return 0;
}

const char *
kvar_route_get_reason (KvarRoute *self)
{
  return 0;
}

const char *
kvar_route_get_from (KvarRoute *self)
{
  return 0;
}

const char *
kvar_route_get_host (KvarRoute *self)
{
  return 0;
}

gboolean
kvar_route_equal (KvarRoute *a, KvarRoute *b)
{
  return 0;
}

char *
kvar_route_safe_from (const char *from)
{
  return 0;
}

char *
kvar_route_join_key (const char *const *values)
{
  return 0;
}

char **
kvar_route_split_key (const char *key)
{
  return 0;
}
