/* kvar-route.h: where somebody is: a place, a table, a record, a way of looking at it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

typedef enum
{
  KVAR_PLACE_HOME,
  KVAR_PLACE_RECORDS,
  KVAR_PLACE_TABLE,
  KVAR_PLACE_RECORD,
  KVAR_PLACE_NEW_RECORD,
  KVAR_PLACE_READ,
  KVAR_PLACE_ARTICLE,
  KVAR_PLACE_REPORTS,
  KVAR_PLACE_REPORT,
  KVAR_PLACE_EXPORTS,
  KVAR_PLACE_DRAFTS,
  KVAR_PLACE_FILES,
  KVAR_PLACE_FILE,
  KVAR_PLACE_ACCOUNT,
  KVAR_PLACE_LOGIN,
  KVAR_PLACE_CONNECT,
} KvarPlace;

#define KVAR_TYPE_ROUTE (kvar_route_get_type ())

typedef struct _KvarRoute KvarRoute;

GType        kvar_route_get_type       (void) G_GNUC_CONST;

KvarRoute   *kvar_route_parse          (const char         *route,
                                        GError            **error);
KvarRoute   *kvar_route_new_place      (KvarPlace           place);
KvarRoute   *kvar_route_new_table      (const char         *table,
                                        const char         *query);
KvarRoute   *kvar_route_new_record     (const char         *table,
                                        const char         *key);
KvarRoute   *kvar_route_new_new_record (const char         *table);
KvarRoute   *kvar_route_new_kept_record
                                       (const char         *table,
                                        const char         *draft);
KvarRoute   *kvar_route_new_report     (const char         *function);
KvarRoute   *kvar_route_new_file       (const char         *bucket,
                                        const char         *key);
KvarRoute   *kvar_route_new_login      (const char         *reason,
                                        const char         *from);
KvarRoute   *kvar_route_ref            (KvarRoute          *self);
void         kvar_route_unref          (KvarRoute          *self);

char        *kvar_route_to_string      (KvarRoute          *self);
KvarPlace    kvar_route_get_place      (KvarRoute          *self);
const char  *kvar_route_get_name       (KvarRoute          *self);
const char  *kvar_route_get_key        (KvarRoute          *self);
const char  *kvar_route_get_draft      (KvarRoute          *self);
const char  *kvar_route_get_query      (KvarRoute          *self);
const char  *kvar_route_get_reason     (KvarRoute          *self);
const char  *kvar_route_get_from       (KvarRoute          *self);
const char  *kvar_route_get_host       (KvarRoute          *self);
gboolean     kvar_route_equal          (KvarRoute          *a,
                                        KvarRoute          *b);

char        *kvar_route_safe_from      (const char         *from);

char        *kvar_route_join_key       (const char *const  *values);
char       **kvar_route_split_key      (const char         *key);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KvarRoute, kvar_route_unref)

G_END_DECLS
