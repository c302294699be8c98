/* kvar-list-news.c: Whether somebody else has changed what a list shows.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The rows that are looked at are read again by their keys, and all are counted. The list itself
 * is left as it is: only the person says when other rows take the place of those they look at.
 */

#define G_LOG_DOMAIN "kvar-list-news"

#include "config.h"

#include "records/kvar-key-filter.h"
#include "records/kvar-list-news.h"
#include "records/kvar-record-collect.h"
#include "records/kvar-record-count.h"

/* As long as the condition may be in an address. */
#define MAX_BYTES 4096

struct _KvarListNews
{
  GObject          parent_instance;

  KvarSession     *session;
  KvarRecordList  *list;
  KvarQuery       *query;
  char           **columns;       /* (nullable) */
  GCancellable    *cancellable;   /* (nullable) while it looks */
  GPtrArray       *shown;         /* (nullable) (element-type KvarRecord) which are looked at */
  guint            n_different;   /* of those: changed, or no longer there */
  guint            n_gone;
  guint            n_changed;
};

enum {
  PROP_N_CHANGED = 1,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (KvarListNews, kvar_list_news, G_TYPE_OBJECT)

/* Look: read those in view by their keys → count all → say how many are different. */
static void collected_cb (GObject *object, GAsyncResult *result, gpointer user_data);
static void counted_cb   (GObject *object, GAsyncResult *result, gpointer user_data);

static void
set_n_changed (KvarListNews *self,
               guint         n_changed)
{
  if (self->n_changed == n_changed)
    return;

  self->n_changed = n_changed;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_CHANGED]);
}

static void
stop (KvarListNews *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->shown, g_ptr_array_unref);
}

static gboolean
is_different (KvarRecord *shown,
              KvarRecord *now)
{
  KvarTable *table = kvar_record_get_table (shown);

  for (guint i = 0; i < kvar_table_get_n_columns (table); i++)
    {
      if (kvar_record_has_column (shown, i) && kvar_record_has_column (now, i) &&
          g_strcmp0 (kvar_record_get_text (shown, i), kvar_record_get_text (now, i)) != 0)
        return TRUE;
    }

  return FALSE;
}

static void
compare (KvarListNews *self,
         GPtrArray    *rows)
{
  g_autoptr(GHashTable) found = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < rows->len; i++)
    g_hash_table_replace (found, kvar_record_get_key_string (g_ptr_array_index (rows, i)),
                          g_ptr_array_index (rows, i));

  for (guint i = 0; i < self->shown->len; i++)
    {
      KvarRecord *shown = g_ptr_array_index (self->shown, i);
      g_autofree char *key = kvar_record_get_key_string (shown);
      KvarRecord *now = g_hash_table_lookup (found, key);

      self->n_gone += now == NULL;
      self->n_different += now == NULL || is_different (shown, now);
    }
}

static void
count (KvarListNews *self)
{
  kvar_record_count_async (self->session, kvar_record_list_get_table (self->list), self->query,
                           self->cancellable, counted_cb, g_object_ref (self));
}

static void
collected_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(KvarListNews) self = user_data;
  g_autoptr(GPtrArray) rows = NULL;
  g_autoptr(GError) error = NULL;

  rows = kvar_record_collect_finish (KVAR_SESSION (object), result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (rows == NULL)
    {
      stop (self);
      return;
    }

  compare (self, rows);
  count (self);
}

/* New rows are only known where both counts are exact. */
static void
counted_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(KvarListNews) self = user_data;
  g_autoptr(GError) error = NULL;
  gint64 before = kvar_record_list_get_total (self->list);
  gboolean exact = FALSE;
  gint64 now;

  now = kvar_record_count_finish (KVAR_SESSION (object), result, &exact, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (now >= 0 && exact && before >= 0 && kvar_record_list_get_total_is_exact (self->list))
    self->n_different += ABS (now - (before - self->n_gone));
  stop (self);
  set_n_changed (self, self->n_different);
}

static void
kvar_list_news_get_property (GObject    *object,
                             guint       prop_id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_N_CHANGED:
      g_value_set_uint (value, KVAR_LIST_NEWS (object)->n_changed);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
kvar_list_news_dispose (GObject *object)
{
  stop (KVAR_LIST_NEWS (object));

  G_OBJECT_CLASS (kvar_list_news_parent_class)->dispose (object);
}

static void
kvar_list_news_finalize (GObject *object)
{
  KvarListNews *self = KVAR_LIST_NEWS (object);

  g_clear_object (&self->session);
  g_clear_object (&self->list);
  g_clear_pointer (&self->query, kvar_query_unref);
  g_clear_pointer (&self->columns, g_strfreev);

  G_OBJECT_CLASS (kvar_list_news_parent_class)->finalize (object);
}

static void
kvar_list_news_class_init (KvarListNewsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = kvar_list_news_dispose;
  object_class->finalize = kvar_list_news_finalize;
  object_class->get_property = kvar_list_news_get_property;

  properties[PROP_N_CHANGED] =
    g_param_spec_uint ("n-changed", NULL, NULL, 0, G_MAXUINT, 0,
                       G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
kvar_list_news_init (KvarListNews *self)
{
}

/**
 * kvar_list_news_new:
 * @query: whose answer @list is
 * @columns: (nullable): those that it loads
 */
KvarListNews *
kvar_list_news_new (KvarSession       *session,
                    KvarRecordList    *list,
                    KvarQuery         *query,
                    const char *const *columns)
{
  KvarListNews *self;

  g_return_val_if_fail (KVAR_IS_SESSION (session), NULL);
  g_return_val_if_fail (KVAR_IS_RECORD_LIST (list), NULL);
  g_return_val_if_fail (query != NULL, NULL);

  self = g_object_new (KVAR_TYPE_LIST_NEWS, NULL);
  self->session = g_object_ref (session);
  self->list = g_object_ref (list);
  self->query = kvar_query_ref (query);
  self->columns = g_strdupv ((char **)columns);

  return self;
}

/* Those of the rows that have come, as many as can be asked for at once. */
static GPtrArray *
list_keys (KvarListNews *self,
           guint         first,
           guint         end)
{
  GPtrArray *keys = g_ptr_array_new_with_free_func (g_free);

  end = MIN (end, g_list_model_get_n_items (G_LIST_MODEL (self->list)));
  for (guint i = first; i < end; i++)
    {
      g_autoptr(KvarRecord) record = g_list_model_get_item (G_LIST_MODEL (self->list), i);
      guint start, stretch_end;
      char *key = NULL;

      if (kvar_record_list_get_stretch (self->list, i, &start, &stretch_end))
        key = kvar_record_get_key_string (record);
      if (key == NULL)
        continue;

      g_ptr_array_add (keys, key);
      g_ptr_array_add (self->shown, g_object_ref (record));
    }
  g_ptr_array_add (keys, NULL);

  return keys;
}

/**
 * kvar_list_news_look:
 * @first: of the rows that are looked at
 * @end: behind them
 *
 * Asks how these rows are now, and how many there are; "n-changed" tells. Does nothing while the
 * list is loading anyway, or nobody could answer.
 */
void
kvar_list_news_look (KvarListNews *self,
                     guint         first,
                     guint         end)
{
  g_autoptr(KvarFilter) filter = NULL;
  g_autoptr(KvarQuery) query = NULL;
  g_autoptr(GPtrArray) keys = NULL;
  KvarTable *table;
  guint n;

  g_return_if_fail (KVAR_IS_LIST_NEWS (self));

  if (self->cancellable != NULL || kvar_record_list_get_loading (self->list) ||
      kvar_record_list_get_loaded_at (self->list) == NULL ||
      kvar_session_get_state (self->session) != KVAR_SESSION_SIGNED_IN)
    return;

  self->cancellable = g_cancellable_new ();
  self->shown = g_ptr_array_new_with_free_func (g_object_unref);
  self->n_different = 0;
  self->n_gone = 0;
  keys = list_keys (self, first, end);
  if (self->shown->len == 0)
    {
      count (self);
      return;
    }

  table = kvar_record_list_get_table (self->list);
  n = kvar_key_filter_fit (table, (const char *const *)keys->pdata, MAX_BYTES);
  g_ptr_array_set_size (self->shown, n);
  filter = kvar_key_filter_new (table, (const char *const *)keys->pdata, n);
  query = kvar_query_with_condition (self->query, filter);
  kvar_record_collect_async (self->session, table, query, (const char *const *)self->columns,
                             self->cancellable, collected_cb, g_object_ref (self));
}

/**
 * kvar_list_news_clear:
 *
 * The list is read anew: there is nothing to tell.
 */
void
kvar_list_news_clear (KvarListNews *self)
{
  g_return_if_fail (KVAR_IS_LIST_NEWS (self));

  stop (self);
  set_n_changed (self, 0);
}

guint
kvar_list_news_get_n_changed (KvarListNews *self)
{
  g_return_val_if_fail (KVAR_IS_LIST_NEWS (self), 0);

  return self->n_changed;
}
