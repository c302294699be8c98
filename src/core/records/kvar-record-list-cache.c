/* kvar-record-list-cache.c: The half of the record list that keeps its first rows.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-record-list"

#include "config.h"

#include "kvar-error.h"
#include "records/kvar-query-match.h"
#include "records/kvar-record-list-private.h"

/* What the rows are kept as: the same rows in other columns are not the same. */
static char *
dup_what (KvarRecordList *self)
{
  g_autofree char *query = kvar_query_to_string (self->query);
  g_autofree char *columns = self->columns != NULL ? g_strjoinv (",", self->columns) : NULL;

  return g_strdup_printf ("list %s columns %s", query, columns != NULL ? columns : "*");
}

static void
keep (KvarRecordList *self)
{
  g_autofree char *what = dup_what (self);
  g_autoptr(GPtrArray) records = g_ptr_array_new ();
  guint n_rows = 0;
  KvarCachedRows rows = {
    .records = records,
    .loaded_at = g_date_time_to_unix (self->loaded_at) * G_USEC_PER_SEC,
    .total = self->total,
    .total_is_exact = self->total_is_exact,
  };

  while (n_rows < KVAR_CACHE_MAX_ROWS && kvar_record_set_get (self->records, n_rows) != NULL)
    g_ptr_array_add (records, kvar_record_set_get (self->records, n_rows++));
  if (n_rows == 0 && kvar_record_set_get_size (self->records) > 0)
    return;

  kvar_cache_keep (self->cache, self->table, what, &rows);
}

static gboolean
keep_idle_cb (gpointer user_data)
{
  KvarRecordList *self = user_data;

  self->keep_idle = 0;
  keep (self);

  return G_SOURCE_REMOVE;
}

/**
 * kvar_record_list_look:
 *
 * Asks the cache for the rows, the first time that any are wanted.
 *
 * Returns: %FALSE if there is no cache to ask
 */
gboolean
kvar_record_list_look (KvarRecordList      *self,
                       GAsyncReadyCallback  callback)
{
  g_autofree char *what = NULL;

  if (self->cache == NULL || self->looked || kvar_record_set_get_size (self->records) > 0)
    return FALSE;

  self->looked = TRUE;
  what = dup_what (self);
  kvar_cache_find_async (self->cache, self->table, what, self->cancellable, callback,
                         g_object_ref (self));

  return TRUE;
}

/* Before anything has come from the server. */
void
kvar_record_list_show_kept (KvarRecordList       *self,
                            const KvarCachedRows *rows)
{
  self->from_cache = TRUE;
  if (rows->records->len > 0)
    kvar_record_set_place_after (self->records, 0, rows->records);
  kvar_record_list_set_total (self, rows->total, rows->total_is_exact);
  kvar_record_list_set_loaded_at (self, rows->loaded_at);
}

static void
show_found (KvarRecordList *self,
            KvarCachedRows *rows)
{
  g_autoptr(GPtrArray) found = kvar_query_match (self->query, self->table, rows->records);

  if (found == NULL || found->len == 0)
    return;

  self->judged_here = TRUE;
  g_ptr_array_unref (rows->records);
  rows->records = g_steal_pointer (&found);
  kvar_record_list_show_kept (self, rows);
}

static void
all_found_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(KvarRecordList) self = user_data;
  g_autoptr(KvarCachedRows) rows = NULL;
  g_autoptr(GError) error = NULL;

  rows = kvar_cache_find_finish (KVAR_CACHE (object), result, &error);
  if (kvar_record_list_was_replaced (error))
    return;

  if (rows != NULL && kvar_record_set_get_size (self->records) == 0)
    show_found (self, rows);
  kvar_record_list_end (self, g_error_copy (self->error));
}

/**
 * kvar_record_list_fall_back:
 * @error: (transfer full) (nullable): why the first rows do not come
 *
 * Where the server cannot be reached, looks for the rows among all that is kept of the table.
 *
 * Returns: whether that is under way, and has taken @error
 */
gboolean
kvar_record_list_fall_back (KvarRecordList *self,
                            GError         *error)
{
  if (self->cache == NULL || self->fell_back || kvar_record_set_get_size (self->records) > 0 ||
      (!g_error_matches (error, KVAR_ERROR, KVAR_ERROR_OFFLINE) &&
       !g_error_matches (error, KVAR_ERROR, KVAR_ERROR_SIGNED_OUT)))
    return FALSE;

  self->fell_back = TRUE;
  self->error = error;
  kvar_cache_find_all_async (self->cache, self->table, self->cancellable, all_found_cb,
                             g_object_ref (self));

  return TRUE;
}

/**
 * kvar_record_list_get_judged_here:
 *
 * Returns: whether the rows are those that match among the ones stored on this computer, because
 *   the server cannot be reached: there may be more
 */
gboolean
kvar_record_list_get_judged_here (KvarRecordList *self)
{
  g_return_val_if_fail (KVAR_IS_RECORD_LIST (self), FALSE);

  return self->judged_here && self->from_cache;
}

/**
 * kvar_record_list_keep_soon:
 *
 * Keeps the rows as they are now, when there is nothing more urgent to do.
 */
void
kvar_record_list_keep_soon (KvarRecordList *self)
{
  if (self->cache == NULL || self->from_cache || self->loaded_at == NULL || self->keep_idle != 0)
    return;

  self->keep_idle = g_idle_add_full (G_PRIORITY_LOW, keep_idle_cb, self, NULL);
}

/**
 * kvar_record_list_keep_now:
 *
 * Keeps what was to be kept soon: the list is about to go.
 */
void
kvar_record_list_keep_now (KvarRecordList *self)
{
  if (self->keep_idle == 0)
    return;

  g_clear_handle_id (&self->keep_idle, g_source_remove);
  keep (self);
}

/**
 * kvar_record_list_forget:
 *
 * Drops everything that is kept of the table, in whatever list it was.
 */
void
kvar_record_list_forget (KvarRecordList *self)
{
  if (self->cache == NULL)
    return;

  g_clear_handle_id (&self->keep_idle, g_source_remove);
  kvar_cache_forget_table (self->cache, self->table);
}

/**
 * kvar_record_list_set_cache:
 * @cache: (nullable): of the user whose rows these are
 *
 * Shows at once what @cache has, and keeps there what comes. To be set before the first rows
 * are loaded.
 */
void
kvar_record_list_set_cache (KvarRecordList *self,
                            KvarCache      *cache)
{
  g_return_if_fail (KVAR_IS_RECORD_LIST (self));
  g_return_if_fail (cache == NULL || KVAR_IS_CACHE (cache));

  g_set_object (&self->cache, cache);
}
