/* kvar-record-pager.c: Fetches the rows that answer a query, one page after the other.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-record-pager"

#include "config.h"

#include "kvar-error.h"
#include "records/kvar-record-pager.h"
#include "records/kvar-rest-api.h"

#define PAGE_SIZE 200

/* Pages that turn out heavier than this are asked for in fewer rows. */
#define MAX_PAGE_BYTES (4 * 1024 * 1024)

/* Larger pages are parsed on a thread, so that no frame is late for them. */
#define MAX_INLINE_BYTES (64 * 1024)

struct _KvarRecordPager
{
  GObject         parent_instance;

  KvarSession    *session;
  KvarTable      *table;
  KvarQuery      *query;
  char          **columns;          /* (nullable) */
  KvarKeyset     *keyset;
  KvarSelection  *selection;
  GPtrArray      *after;            /* (nullable) the last row's place */
  gboolean        backward;
  guint64         n_seen;
  guint           page_size;
  guint           max_page_size;    /* as far as the server goes, and there is room */
  gsize           body_size;        /* of the page that came last */
  gboolean        last_was_short;
  gboolean        complete;
};

typedef struct
{
  KvarSelection *selection;
  GBytes        *body;
} Parse;

G_DEFINE_FINAL_TYPE (KvarRecordPager, kvar_record_pager, G_TYPE_OBJECT)

/* Next: ask → reply → parse, here or on a thread → done. */
static void page_replied_cb (GObject *object, GAsyncResult *result, gpointer user_data);
static void page_parsed_cb  (GObject *object, GAsyncResult *result, gpointer user_data);

static void
parse_free (Parse *parse)
{
  kvar_selection_unref (parse->selection);
  g_bytes_unref (parse->body);
  g_free (parse);
}

static void
kvar_record_pager_finalize (GObject *object)
{
  KvarRecordPager *self = KVAR_RECORD_PAGER (object);

  g_clear_pointer (&self->after, g_ptr_array_unref);
  g_clear_pointer (&self->keyset, kvar_keyset_unref);
  g_clear_pointer (&self->selection, kvar_selection_unref);
  g_clear_pointer (&self->query, kvar_query_unref);
  g_clear_pointer (&self->columns, g_strfreev);
  g_clear_object (&self->table);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (kvar_record_pager_parent_class)->finalize (object);
}

static void
kvar_record_pager_class_init (KvarRecordPagerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = kvar_record_pager_finalize;
}

static void
kvar_record_pager_init (KvarRecordPager *self)
{
  self->page_size = PAGE_SIZE;
  self->max_page_size = PAGE_SIZE;
}

static void
set_keyset (KvarRecordPager *self,
            KvarKeyset      *keyset)
{
  /* The version, because what is typed into a row of the list is guarded by it. */
  KvarSelectFlags flags = KVAR_SELECT_LABELS | KVAR_SELECT_VERSION;

  if (kvar_keyset_get_mode (keyset) == KVAR_KEYSET_CTID)
    flags |= KVAR_SELECT_PLACE;

  g_clear_pointer (&self->after, g_ptr_array_unref);
  g_clear_pointer (&self->keyset, kvar_keyset_unref);
  g_clear_pointer (&self->selection, kvar_selection_unref);
  self->keyset = keyset;
  self->selection =
    kvar_selection_new_for_query (self->table, self->query,
                                  (const char *const *)self->columns, flags);
}

/* What has no key may refuse its system columns too: views that look like tables, tables of
 * which only some columns may be seen. Counting is left. */
static gboolean
refuses_place (KvarRecordPager *self,
               const GError    *error)
{
  const char *code = kvar_error_get_provider_code (error);

  return kvar_keyset_get_mode (self->keyset) == KVAR_KEYSET_CTID && self->after == NULL &&
         code != NULL && (g_str_equal (code, "42703") || g_str_equal (code, "42501") ||
                          g_str_equal (code, "0A000") || g_str_equal (code, "42883"));
}

static void
ask (KvarRecordPager *self,
     GTask           *task)
{
  gpointer *after = self->after != NULL ? self->after->pdata : NULL;
  g_autoptr(KvarRequest) request = NULL;

  request = kvar_rest_api_select_page (self->selection, self->query, self->keyset,
                                       (const char *const *)after, self->n_seen,
                                       self->page_size);
  kvar_session_send_async (self->session, request, g_task_get_cancellable (task),
                           page_replied_cb, task);
}

static const char *
term_text (KvarRecordPager *self,
           KvarRecord      *record,
           guint            term)
{
  const char *name = kvar_keyset_get_term (self->keyset, term);
  int index;

  if (kvar_keyset_get_mode (self->keyset) == KVAR_KEYSET_CTID)
    {
      if (g_str_equal (name, "ctid"))
        return kvar_record_get_ctid (record);
      if (g_str_equal (name, "tableoid"))
        return kvar_record_get_tableoid (record);
    }

  index = kvar_table_find_column_index (self->table, name);

  return index >= 0 ? kvar_record_get_text (record, index) : NULL;
}

static void
remember_last (KvarRecordPager *self,
               KvarRecord      *record)
{
  g_clear_pointer (&self->after, g_ptr_array_unref);
  self->after = kvar_record_pager_get_place_of (self, record);
}

static void
reverse (GPtrArray *records)
{
  for (guint i = 0; i < records->len / 2; i++)
    {
      gpointer record = records->pdata[i];

      records->pdata[i] = records->pdata[records->len - 1 - i];
      records->pdata[records->len - 1 - i] = record;
    }
}

/* The server cuts pages at a limit of its own without a word. A page is the last one only if
 * it is empty; one that was short and had a successor tells the limit. */
static void
note_page (KvarRecordPager *self,
           GPtrArray       *records)
{
  if (records->len == 0)
    {
      self->complete = TRUE;
      return;
    }

  if (self->last_was_short)
    self->max_page_size = MIN (self->page_size, MAX (records->len, 1));
  self->page_size = MIN (self->page_size, self->max_page_size);

  self->last_was_short = records->len < self->page_size;
  self->n_seen += records->len;
  remember_last (self, g_ptr_array_index (records, records->len - 1));
}

/* Rows may hold megabytes, which nobody knows before the first ones have come: then fewer are
 * asked for at once, and slowly more again. */
static void
note_weight (KvarRecordPager *self,
             GPtrArray       *records)
{
  gsize weight = records->len > 0 ? self->body_size / records->len : 0;

  if (weight > 0)
    self->page_size = (guint)CLAMP (MAX_PAGE_BYTES / weight, 1,
                                    MIN (2 * self->page_size, self->max_page_size));
}

static void
parse_in_thread (GTask        *task,
                 gpointer      source,
                 gpointer      task_data,
                 GCancellable *cancellable)
{
  Parse *parse = task_data;
  GPtrArray *records;
  GError *error = NULL;

  records = kvar_selection_read (parse->selection, parse->body, &error);
  if (records == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, records, (GDestroyNotify)g_ptr_array_unref);
}

static void
return_page (GTask     *task,
             GPtrArray *records,
             GError    *error)
{
  if (records == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, records, (GDestroyNotify)g_ptr_array_unref);
}

static void
page_replied_cb (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  GCancellable *cancellable;
  g_autoptr(GTask) parsing = NULL;
  g_autoptr(KvarReply) reply = NULL;
  g_autoptr(GError) error = NULL;
  KvarRecordPager *self = g_task_get_source_object (task);
  GBytes *body;
  Parse *parse;

  reply = kvar_session_send_finish (KVAR_SESSION (object), result, &error);
  if (reply == NULL || !kvar_reply_check (reply, KVAR_SERVICE_REST, &error))
    {
      if (reply != NULL && refuses_place (self, error))
        {
          set_keyset (self, kvar_keyset_new_for_mode (self->table, self->query,
                                                      KVAR_KEYSET_OFFSET));
          ask (self, g_steal_pointer (&task));
          return;
        }

      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  body = kvar_reply_get_body (reply);
  self->body_size = g_bytes_get_size (body);
  if (g_bytes_get_size (body) <= MAX_INLINE_BYTES)
    {
      GPtrArray *records = kvar_selection_read (self->selection, body, &error);

      return_page (task, records, g_steal_pointer (&error));
      return;
    }

  parse = g_new0 (Parse, 1);
  parse->selection = kvar_selection_ref (self->selection);
  parse->body = g_bytes_ref (body);
  cancellable = g_task_get_cancellable (task);
  parsing = g_task_new (self, cancellable, page_parsed_cb, g_steal_pointer (&task));
  g_task_set_task_data (parsing, parse, (GDestroyNotify)parse_free);
  g_task_run_in_thread (parsing, parse_in_thread);
}

static void
page_parsed_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  GPtrArray *records;
  GError *error = NULL;

  records = g_task_propagate_pointer (G_TASK (result), &error);
  return_page (task, records, error);
}

/**
 * kvar_record_pager_new:
 * @columns: (nullable): the names of the columns to load; %NULL for all
 */
KvarRecordPager *
kvar_record_pager_new (KvarSession       *session,
                       KvarTable         *table,
                       KvarQuery         *query,
                       const char *const *columns)
{
  KvarRecordPager *self;

  g_return_val_if_fail (KVAR_IS_SESSION (session), NULL);
  g_return_val_if_fail (KVAR_IS_TABLE (table), NULL);
  g_return_val_if_fail (query != NULL, NULL);

  self = g_object_new (KVAR_TYPE_RECORD_PAGER, NULL);
  self->session = g_object_ref (session);
  self->table = g_object_ref (table);
  self->query = kvar_query_ref (query);
  self->columns = g_strdupv ((char **)columns);
  set_keyset (self, kvar_keyset_new (table, query));

  return self;
}

/**
 * kvar_record_pager_new_at:
 * @like: a pager of which a page has come
 * @place: (nullable): of the row that its pages begin behind, or before if @backward; %NULL for
 *   the first or last of all
 * @skip: how many rows to leave out there
 * @backward: whether to walk towards the first row; not where rows are only counted
 *
 * Makes a pager that begins somewhere else.
 */
KvarRecordPager *
kvar_record_pager_new_at (KvarRecordPager *like,
                          GPtrArray       *place,
                          guint64          skip,
                          gboolean         backward)
{
  KvarRecordPager *self;

  g_return_val_if_fail (KVAR_IS_RECORD_PAGER (like), NULL);
  g_return_val_if_fail (!backward || !kvar_record_pager_get_counts (like), NULL);

  self = kvar_record_pager_new (like->session, like->table, like->query,
                                (const char *const *)like->columns);
  if (kvar_record_pager_get_counts (like))
    set_keyset (self, kvar_keyset_ref (like->keyset));
  else if (backward)
    set_keyset (self, kvar_keyset_reverse (self->keyset));
  self->backward = backward;
  self->after = place != NULL ? g_ptr_array_ref (place) : NULL;
  self->n_seen = skip;
  self->page_size = like->page_size;
  self->max_page_size = like->max_page_size;

  return self;
}

gboolean
kvar_record_pager_get_backward (KvarRecordPager *self)
{
  g_return_val_if_fail (KVAR_IS_RECORD_PAGER (self), FALSE);

  return self->backward;
}

/**
 * kvar_record_pager_get_counts:
 *
 * Returns: whether rows have nothing to be found by but how many are before them
 */
gboolean
kvar_record_pager_get_counts (KvarRecordPager *self)
{
  g_return_val_if_fail (KVAR_IS_RECORD_PAGER (self), FALSE);

  return kvar_keyset_get_mode (self->keyset) == KVAR_KEYSET_OFFSET;
}

/**
 * kvar_record_pager_get_page_size:
 *
 * Returns: how many rows are asked for at once, as far as the server gives so many
 */
guint
kvar_record_pager_get_page_size (KvarRecordPager *self)
{
  g_return_val_if_fail (KVAR_IS_RECORD_PAGER (self), PAGE_SIZE);

  return self->page_size;
}

/**
 * kvar_record_pager_set_page_size:
 *
 * Asks for pages of this many rows: there is room for no more.
 */
void
kvar_record_pager_set_page_size (KvarRecordPager *self,
                                 guint            page_size)
{
  g_return_if_fail (KVAR_IS_RECORD_PAGER (self));
  g_return_if_fail (page_size > 0);

  self->page_size = page_size;
  self->max_page_size = page_size;
}

/**
 * kvar_record_pager_get_place_of:
 *
 * Returns: (transfer full) (nullable) (element-type utf8): what pages that begin at @record are
 *   asked for by; %NULL where rows are only counted
 */
GPtrArray *
kvar_record_pager_get_place_of (KvarRecordPager *self,
                                KvarRecord      *record)
{
  GPtrArray *place;

  g_return_val_if_fail (KVAR_IS_RECORD_PAGER (self), NULL);
  g_return_val_if_fail (KVAR_IS_RECORD (record), NULL);

  if (kvar_record_pager_get_counts (self))
    return NULL;

  place = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < kvar_keyset_get_n_terms (self->keyset); i++)
    g_ptr_array_add (place, g_strdup (term_text (self, record, i)));

  return place;
}

/**
 * kvar_record_pager_get_complete:
 *
 * Returns: whether an empty page has said that there are no more rows
 */
gboolean
kvar_record_pager_get_complete (KvarRecordPager *self)
{
  g_return_val_if_fail (KVAR_IS_RECORD_PAGER (self), FALSE);

  return self->complete;
}

/**
 * kvar_record_pager_get_last_was_short:
 *
 * Returns: whether the last page had fewer rows than were asked for, so that the next one is
 *   likely to be empty
 */
gboolean
kvar_record_pager_get_last_was_short (KvarRecordPager *self)
{
  g_return_val_if_fail (KVAR_IS_RECORD_PAGER (self), FALSE);

  return self->last_was_short;
}

/**
 * kvar_record_pager_next_async:
 *
 * Fetches the next page. One at a time; after an error the same page is asked for again.
 */
void
kvar_record_pager_next_async (KvarRecordPager     *self,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;

  g_return_if_fail (KVAR_IS_RECORD_PAGER (self));
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, kvar_record_pager_next_async);

  ask (self, g_steal_pointer (&task));
}

/**
 * kvar_record_pager_next_finish:
 *
 * Returns: (transfer full) (element-type KvarRecord) (nullable): the rows in the order that
 *   they are seen in; none at the end
 */
GPtrArray *
kvar_record_pager_next_finish (KvarRecordPager  *self,
                               GAsyncResult     *result,
                               GError          **error)
{
  GPtrArray *records;

  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  /* Only now: a page that is cancelled after it came must be asked for again. */
  records = g_task_propagate_pointer (G_TASK (result), error);
  if (records != NULL)
    {
      note_page (self, records);
      note_weight (self, records);
    }
  if (records != NULL && self->backward)
    reverse (records);

  return records;
}
