/* kvar-record-list.c: The rows that answer a query, loaded page by page as they are needed.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-record-list"

#include "config.h"

#include "kvar-error.h"
#include "records/kvar-record-count.h"
#include "records/kvar-record-list-private.h"

enum {
  PROP_LOADING = 1,
  PROP_COMPLETE,
  PROP_ERROR,
  PROP_TOTAL,
  PROP_TOTAL_IS_EXACT,
  PROP_LOADED_AT,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (KvarRecordList, kvar_record_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

/* First: what the cache has → shown, and reloaded. More: a page → its rows behind the others.
 * Beside them: the count. */
static void kept_found_cb (GObject *object, GAsyncResult *result, gpointer user_data);
static void more_paged_cb (GObject *object, GAsyncResult *result, gpointer user_data);
static void counted_cb    (GObject *object, GAsyncResult *result, gpointer user_data);

static void
notify (KvarRecordList *self,
        guint           property)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

void
kvar_record_list_set_error (KvarRecordList *self,
                            GError         *error)
{
  if (self->error == NULL && error == NULL)
    return;

  g_clear_error (&self->error);
  self->error = error;
  notify (self, PROP_ERROR);
}

void
kvar_record_list_set_total (KvarRecordList *self,
                            gint64          total,
                            gboolean        exact)
{
  if (self->total != total)
    {
      self->total = total;
      notify (self, PROP_TOTAL);
    }

  if (self->total_is_exact != exact)
    {
      self->total_is_exact = exact;
      notify (self, PROP_TOTAL_IS_EXACT);
    }
}

/* @time is on the wall clock, in microseconds since 1970. */
void
kvar_record_list_set_loaded_at (KvarRecordList *self,
                                gint64          time)
{
  g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc (time / G_USEC_PER_SEC);

  g_clear_pointer (&self->loaded_at, g_date_time_unref);
  self->loaded_at = g_date_time_to_local (utc);
  notify (self, PROP_LOADED_AT);
}

void
kvar_record_list_note_loaded (KvarRecordList *self)
{
  gint64 now = kvar_clock_get_wall (kvar_session_get_clock (self->session));

  kvar_record_list_set_loaded_at (self, now);
}

void
kvar_record_list_note_complete (KvarRecordList *self)
{
  gboolean complete = kvar_record_list_get_complete (self);

  if (self->was_complete == complete)
    return;

  self->was_complete = complete;
  notify (self, PROP_COMPLETE);
}

/* Starts something that can be cancelled, in place of what was under way. */
GCancellable *
kvar_record_list_begin (KvarRecordList *self)
{
  gboolean was_loading = self->cancellable != NULL;

  kvar_record_list_stop_view (self);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  kvar_record_list_set_error (self, NULL);
  if (!was_loading)
    notify (self, PROP_LOADING);

  return self->cancellable;
}

/* Whoever may not read the table any more does not keep what was read before. */
static void
forget_if_denied (KvarRecordList *self,
                  const GError   *error)
{
  guint n_rows = kvar_record_set_get_size (self->records);

  if (!kvar_cache_is_denial (error))
    return;

  kvar_record_list_forget (self);
  kvar_record_set_remove (self->records, 0, n_rows);
}

void
kvar_record_list_end (KvarRecordList *self,
                      GError         *error)
{
  if (kvar_record_list_fall_back (self, error))
    return;

  g_clear_object (&self->cancellable);
  forget_if_denied (self, error);
  kvar_record_list_set_error (self, error);
  notify (self, PROP_LOADING);
}

/* How many of the first rows are there. */
static guint
get_head (KvarRecordList *self)
{
  guint start, end;

  return kvar_record_set_get_stretch (self->records, 0, &start, &end) ? end : 0;
}

static void
ask_more (KvarRecordList *self)
{
  kvar_record_pager_next_async (self->pager, self->cancellable, more_paged_cb,
                                g_object_ref (self));
}

static void
kept_found_cb (GObject      *object,
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
    kvar_record_list_show_kept (self, rows);
  kvar_record_list_reload (self);
}

static void
more_paged_cb (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(KvarRecordList) self = user_data;
  g_autoptr(GPtrArray) records = NULL;
  g_autoptr(GError) error = NULL;
  guint position;

  records = kvar_record_pager_next_finish (KVAR_RECORD_PAGER (object), result, &error);
  if (kvar_record_list_was_replaced (error))
    return;

  if (records == NULL)
    {
      kvar_record_list_end (self, g_steal_pointer (&error));
      return;
    }

  position = get_head (self);
  kvar_record_set_place_after (self->records, position, records);
  kvar_record_list_note_complete (self);
  if (!kvar_record_list_get_complete (self) &&
      kvar_record_pager_get_last_was_short (self->pager))
    {
      ask_more (self);
      return;
    }

  kvar_record_list_apply_total (self);
  kvar_record_list_note_loaded (self);
  if (position < KVAR_CACHE_MAX_ROWS)
    kvar_record_list_keep_soon (self);
  kvar_record_list_end (self, NULL);
  kvar_record_list_fill_view (self);
}

static void
spliced_cb (guint    position,
            guint    n_removed,
            guint    n_added,
            gpointer user_data)
{
  g_list_model_items_changed (G_LIST_MODEL (user_data), position, n_removed, n_added);
}

void
kvar_record_list_count (KvarRecordList *self)
{
  g_cancellable_cancel (self->count_cancellable);
  g_clear_object (&self->count_cancellable);
  self->count_cancellable = g_cancellable_new ();

  kvar_record_count_async (self->session, self->table, self->query, self->count_cancellable,
                           counted_cb, g_object_ref (self));
}

static void
counted_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(KvarRecordList) self = user_data;
  gboolean exact;
  gint64 total;

  total = kvar_record_count_finish (KVAR_SESSION (object), result, &exact, NULL);
  if (total < 0)
    return;

  kvar_record_list_set_total (self, total, exact);
  kvar_record_list_apply_total (self);
  kvar_record_list_keep_soon (self);
  kvar_record_list_fill_view (self);
}

/* What could not be loaded for want of a session or a server is loaded when both are back. */
static void
session_state_cb (KvarSession    *session,
                  GParamSpec     *pspec,
                  KvarRecordList *self)
{
  if (self->error == NULL || self->cancellable != NULL ||
      kvar_session_get_state (session) != KVAR_SESSION_SIGNED_IN)
    return;

  if (!g_error_matches (self->error, KVAR_ERROR, KVAR_ERROR_OFFLINE) &&
      !g_error_matches (self->error, KVAR_ERROR, KVAR_ERROR_SIGNED_OUT) &&
      !g_error_matches (self->error, KVAR_ERROR, KVAR_ERROR_BLOCKED))
    return;

  if (kvar_record_set_get_n_loaded (self->records) == 0 || self->fresh_pager != NULL)
    kvar_record_list_reload (self);
  else
    kvar_record_list_load_more (self);
}

static GType
kvar_record_list_get_item_type (GListModel *model)
{
  return KVAR_TYPE_RECORD;
}

static guint
kvar_record_list_get_n_items (GListModel *model)
{
  return kvar_record_set_get_size (KVAR_RECORD_LIST (model)->records);
}

static gpointer
kvar_record_list_get_item (GListModel *model,
                           guint       position)
{
  KvarRecordList *self = KVAR_RECORD_LIST (model);

  if (position >= kvar_record_set_get_size (self->records))
    return NULL;

  return kvar_record_set_dup_item (self->records, position);
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = kvar_record_list_get_item_type;
  iface->get_n_items = kvar_record_list_get_n_items;
  iface->get_item = kvar_record_list_get_item;
}

static void
kvar_record_list_get_property (GObject    *object,
                               guint       prop_id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  KvarRecordList *self = KVAR_RECORD_LIST (object);

  switch (prop_id)
    {
    case PROP_LOADING:
      g_value_set_boolean (value, self->cancellable != NULL);
      break;

    case PROP_COMPLETE:
      g_value_set_boolean (value, kvar_record_list_get_complete (self));
      break;

    case PROP_ERROR:
      g_value_set_boxed (value, self->error);
      break;

    case PROP_TOTAL:
      g_value_set_int64 (value, self->total);
      break;

    case PROP_TOTAL_IS_EXACT:
      g_value_set_boolean (value, self->total_is_exact);
      break;

    case PROP_LOADED_AT:
      g_value_set_boxed (value, self->loaded_at);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
kvar_record_list_dispose (GObject *object)
{
  KvarRecordList *self = KVAR_RECORD_LIST (object);

  g_cancellable_cancel (self->cancellable);
  g_cancellable_cancel (self->count_cancellable);
  kvar_record_list_stop_view (self);
  kvar_record_list_keep_now (self);

  G_OBJECT_CLASS (kvar_record_list_parent_class)->dispose (object);
}

static void
kvar_record_list_finalize (GObject *object)
{
  KvarRecordList *self = KVAR_RECORD_LIST (object);

  g_clear_object (&self->cancellable);
  g_clear_object (&self->count_cancellable);
  g_clear_object (&self->pager);
  g_clear_object (&self->fresh_pager);
  g_clear_pointer (&self->fresh, g_ptr_array_unref);
  g_clear_object (&self->view_pager);
  g_clear_pointer (&self->places, g_hash_table_unref);
  g_clear_pointer (&self->records, kvar_record_set_free);
  g_clear_pointer (&self->held, g_hash_table_unref);
  g_clear_pointer (&self->loaded_at, g_date_time_unref);
  g_clear_error (&self->error);
  g_clear_pointer (&self->query, kvar_query_unref);
  g_clear_pointer (&self->columns, g_strfreev);
  g_clear_object (&self->table);
  g_clear_object (&self->cache);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (kvar_record_list_parent_class)->finalize (object);
}

static void
kvar_record_list_class_init (KvarRecordListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->dispose = kvar_record_list_dispose;
  object_class->finalize = kvar_record_list_finalize;
  object_class->get_property = kvar_record_list_get_property;

  properties[PROP_LOADING] = g_param_spec_boolean ("loading", NULL, NULL, FALSE, flags);
  properties[PROP_COMPLETE] = g_param_spec_boolean ("complete", NULL, NULL, FALSE, flags);
  properties[PROP_ERROR] = g_param_spec_boxed ("error", NULL, NULL, G_TYPE_ERROR, flags);
  properties[PROP_TOTAL] =
    g_param_spec_int64 ("total", NULL, NULL, -1, G_MAXINT64, -1, flags);
  properties[PROP_TOTAL_IS_EXACT] =
    g_param_spec_boolean ("total-is-exact", NULL, NULL, TRUE, flags);
  properties[PROP_LOADED_AT] =
    g_param_spec_boxed ("loaded-at", NULL, NULL, G_TYPE_DATE_TIME, flags);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
kvar_record_list_init (KvarRecordList *self)
{
  self->held = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->places = g_hash_table_new_full (NULL, NULL, g_object_unref,
                                        (GDestroyNotify)g_ptr_array_unref);
  self->total = -1;
  self->total_is_exact = TRUE;
}

/**
 * kvar_record_list_new:
 * @columns: (nullable): the names of the columns to load beside the key; %NULL for all
 *
 * Makes an empty list; kvar_record_list_load_more() brings its first page.
 */
KvarRecordList *
kvar_record_list_new (KvarSession       *session,
                      KvarTable         *table,
                      KvarQuery         *query,
                      const char *const *columns)
{
  KvarRecordList *self;

  g_return_val_if_fail (KVAR_IS_SESSION (session), NULL);
  g_return_val_if_fail (KVAR_IS_TABLE (table), NULL);
  g_return_val_if_fail (query != NULL, NULL);

  self = g_object_new (KVAR_TYPE_RECORD_LIST, NULL);
  self->session = g_object_ref (session);
  self->table = g_object_ref (table);
  self->query = kvar_query_ref (query);
  self->columns = g_strdupv ((char **)columns);
  self->records = kvar_record_set_new (table, spliced_cb, self);
  self->pager = kvar_record_pager_new (session, table, query, columns);
  g_signal_connect_object (session, "notify::state", G_CALLBACK (session_state_cb), self, 0);

  return self;
}

KvarTable *
kvar_record_list_get_table (KvarRecordList *self)
{
  g_return_val_if_fail (KVAR_IS_RECORD_LIST (self), NULL);

  return self->table;
}

gboolean
kvar_record_list_get_loading (KvarRecordList *self)
{
  g_return_val_if_fail (KVAR_IS_RECORD_LIST (self), FALSE);

  return self->cancellable != NULL;
}

/**
 * kvar_record_list_get_n_loaded:
 *
 * Returns: how many rows are there with their values
 */
guint
kvar_record_list_get_n_loaded (KvarRecordList *self)
{
  g_return_val_if_fail (KVAR_IS_RECORD_LIST (self), 0);

  return kvar_record_set_get_n_loaded (self->records);
}

/**
 * kvar_record_list_get_complete:
 *
 * Returns: whether all rows are there
 */
gboolean
kvar_record_list_get_complete (KvarRecordList *self)
{
  g_return_val_if_fail (KVAR_IS_RECORD_LIST (self), FALSE);

  return kvar_record_set_get_complete (self->records);
}

/**
 * kvar_record_list_get_error:
 *
 * Returns: (nullable): why the last page did not come; the rows before it stay
 */
const GError *
kvar_record_list_get_error (KvarRecordList *self)
{
  g_return_val_if_fail (KVAR_IS_RECORD_LIST (self), NULL);

  return self->error;
}

/**
 * kvar_record_list_get_total:
 *
 * Returns: how many rows there are on the server; -1 if that is not known
 */
gint64
kvar_record_list_get_total (KvarRecordList *self)
{
  g_return_val_if_fail (KVAR_IS_RECORD_LIST (self), -1);

  return self->total;
}

/**
 * kvar_record_list_get_total_is_exact:
 *
 * Returns: %FALSE if the total is the planner's guess
 */
gboolean
kvar_record_list_get_total_is_exact (KvarRecordList *self)
{
  g_return_val_if_fail (KVAR_IS_RECORD_LIST (self), TRUE);

  return self->total_is_exact;
}

/**
 * kvar_record_list_get_loaded_at:
 *
 * Returns: (transfer none) (nullable): the local time of which the rows are
 */
GDateTime *
kvar_record_list_get_loaded_at (KvarRecordList *self)
{
  g_return_val_if_fail (KVAR_IS_RECORD_LIST (self), NULL);

  return self->loaded_at;
}

/**
 * kvar_record_list_load_more:
 *
 * Fetches the next page, unless one is under way or all rows are there. The first rows come
 * from the cache, where it has them, and are renewed at once.
 */
void
kvar_record_list_load_more (KvarRecordList *self)
{
  g_return_if_fail (KVAR_IS_RECORD_LIST (self));

  if (self->cancellable != NULL || kvar_record_list_get_complete (self))
    return;

  if (self->from_cache)
    {
      kvar_record_list_reload (self);
      return;
    }

  if (self->full_length && kvar_record_set_get_n_loaded (self->records) > 0)
    {
      kvar_record_list_go_on (self);
      return;
    }

  kvar_record_list_begin (self);
  if (kvar_record_list_look (self, kept_found_cb))
    return;

  if (kvar_record_set_get_size (self->records) == 0)
    kvar_record_list_count (self);
  ask_more (self);
}

/**
 * kvar_record_list_cancel:
 *
 * Stops what is under way; what is there stays.
 */
void
kvar_record_list_cancel (KvarRecordList *self)
{
  g_return_if_fail (KVAR_IS_RECORD_LIST (self));

  if (self->cancellable == NULL)
    return;

  g_cancellable_cancel (self->cancellable);
  kvar_record_list_stop_view (self);
  kvar_record_list_end (self, NULL);
}

/**
 * kvar_record_list_find_key:
 * @key: a route's key
 * @position: (out) (optional): where that record is
 *
 * Returns: whether the record is among the loaded ones
 */
gboolean
kvar_record_list_find_key (KvarRecordList *self,
                           const char     *key,
                           guint          *position)
{
  g_return_val_if_fail (KVAR_IS_RECORD_LIST (self), FALSE);
  g_return_val_if_fail (key != NULL, FALSE);

  return kvar_record_set_find (self->records, key, position);
}
