/* kvar-cache.h: what one user has seen of a project, kept to be shown before the server answers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "journal/kvar-database.h"
#include "schema/kvar-table.h"

G_BEGIN_DECLS

/* How many rows of a list are kept at most. */
#define KVAR_CACHE_MAX_ROWS 1000

typedef struct
{
  GPtrArray *records;         /* (element-type KvarRecord) */
  gint64     loaded_at;       /* wall clock, in microseconds since 1970 */
  gint64     total;           /* on the server; -1 if it was not known */
  gboolean   total_is_exact;
} KvarCachedRows;

void kvar_cached_rows_free (KvarCachedRows *rows);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KvarCachedRows, kvar_cached_rows_free)

#define KVAR_TYPE_CACHE (kvar_cache_get_type ())

G_DECLARE_FINAL_TYPE (KvarCache, kvar_cache, KVAR, CACHE, GObject)

KvarDatabase   *kvar_cache_open_database    (const char           *folder);
KvarCache      *kvar_cache_new              (KvarDatabase         *database,
                                             const char           *project_id,
                                             const char           *user_id);
void            kvar_cache_set_max_bytes    (KvarCache            *self,
                                             gint64                max_bytes);
void            kvar_cache_keep             (KvarCache            *self,
                                             KvarTable            *table,
                                             const char           *what,
                                             const KvarCachedRows *rows);
void            kvar_cache_find_async       (KvarCache            *self,
                                             KvarTable            *table,
                                             const char           *what,
                                             GCancellable         *cancellable,
                                             GAsyncReadyCallback   callback,
                                             gpointer              user_data);
KvarCachedRows *kvar_cache_find_finish      (KvarCache            *self,
                                             GAsyncResult         *result,
                                             GError              **error);
void            kvar_cache_find_all_async   (KvarCache            *self,
                                             KvarTable            *table,
                                             GCancellable         *cancellable,
                                             GAsyncReadyCallback   callback,
                                             gpointer              user_data);
void            kvar_cache_forget           (KvarCache            *self,
                                             KvarTable            *table,
                                             const char           *what);
void            kvar_cache_forget_table     (KvarCache            *self,
                                             KvarTable            *table);
void            kvar_cache_close_and_forget (KvarCache            *self);
void            kvar_cache_clear_async      (KvarCache            *self,
                                             GCancellable         *cancellable,
                                             GAsyncReadyCallback   callback,
                                             gpointer              user_data);
gboolean        kvar_cache_clear_finish     (KvarCache            *self,
                                             GAsyncResult         *result,
                                             GError              **error);
gboolean        kvar_cache_is_denial        (const GError         *error);

G_END_DECLS
