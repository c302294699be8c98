/* kvar-bulk-run.c: Runs a bulk job, chunk by chunk, whatever comes in between.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A chunk of rows is one request, which the database does whole or not at all. The rows that the
 * answer does not name are read again: that tells who else was there. The same is done when the
 * answer is lost, so that nothing is done twice and nothing forgotten. A chunk that is refused
 * is halved until the row is found that the database does not take.
 */

#define G_LOG_DOMAIN "kvar-bulk"

#include "config.h"

#include "kvar-backoff.h"
#include "kvar-error.h"
#include "records/kvar-bulk-job-private.h"
#include "records/kvar-bulk-kept.h"
#include "records/kvar-outbox-verdict.h"
#include "records/kvar-rest-api.h"

/* After so many refusals without a row that was taken in between, the others would be refused
 * too. */
#define MAX_REFUSALS 20

/* A row that is as it was, and yet is not hit, is not tried again for ever; nor is one whose
 * answers are all lost. */
#define MAX_TRIES 3
#define MAX_LOST  10

/* Run: a chunk → note it → send it → reply → rows it does not name: read them → the next chunk. */
static void noted_cb   (GObject *object, GAsyncResult *result, gpointer user_data);
static void replied_cb (GObject *object, GAsyncResult *result, gpointer user_data);
static void reread_cb  (GObject *object, GAsyncResult *result, gpointer user_data);

static void go_on (KvarBulkJob *self);

static KvarBulkChunk *
chunk_new (GPtrArray *rows)
{
  KvarBulkChunk *chunk = g_new0 (KvarBulkChunk, 1);

  chunk->rows = rows;

  return chunk;
}

static void
chunk_free (KvarBulkChunk *chunk)
{
  g_ptr_array_unref (chunk->rows);
  g_free (chunk);
}

static void
settle (KvarBulkJob     *self,
        KvarBulkRow     *row,
        KvarBulkOutcome  outcome)
{
  g_assert (self->counts[row->outcome] > 0);

  self->counts[row->outcome]--;
  row->outcome = outcome;
  row->unnoted = TRUE;
  self->counts[outcome]++;
}

static void
settle_chunk (KvarBulkJob     *self,
              KvarBulkChunk   *chunk,
              KvarBulkOutcome  outcome)
{
  for (guint i = 0; i < chunk->rows->len; i++)
    settle (self, g_ptr_array_index (chunk->rows, i), outcome);
}

static void
note_refusal (KvarBulkJob  *self,
              const GError *error)
{
  if (self->refusal == NULL)
    self->refusal = g_error_copy (error);
}

/* @now: what the server says of the row, where it says so */
static void
row_done (KvarBulkJob *self,
          KvarBulkRow *row,
          KvarRecord  *now)
{
  int index = -1;

  if (self->column != NULL && now != NULL)
    index = kvar_table_find_column_index (self->table, kvar_column_get_name (self->column));
  if (index >= 0 && kvar_record_has_column (now, index))
    {
      g_free (row->after);
      row->after = g_strdup (kvar_record_get_text (now, index));
      g_free (row->xmin);
      row->xmin = g_strdup (kvar_record_get_xmin (now));
    }

  settle (self, row, KVAR_BULK_DONE);
  kvar_bulk_kept_note_edit (self, row);
}

static void
drop_chunks (KvarBulkJob *self)
{
  KvarBulkChunk *chunk = NULL;

  while ((chunk = g_queue_pop_head (&self->chunks)) != NULL)
    chunk_free (chunk);
}

static gboolean
is_ours (KvarBulkJob *self)
{
  return g_strcmp0 (self->user_id, kvar_session_get_user_id (self->session)) == 0;
}

/* What nobody may show any more, and what everybody has to read anew. */
static void
tell_store (KvarBulkJob *self)
{
  g_autoptr(GPtrArray) keys = g_ptr_array_new ();

  if (self->store == NULL || !is_ours (self))
    return;

  for (guint i = 0; i < self->rows->len && self->column == NULL; i++)
    {
      KvarBulkRow *row = g_ptr_array_index (self->rows, i);

      if (row->outcome == KVAR_BULK_DONE || row->outcome == KVAR_BULK_GONE)
        g_ptr_array_add (keys, row->id);
    }
  kvar_store_note_many (self->store, self->table, keys);
}

/* The last reference but the caller's may be the one that running held. */
static void
finish (KvarBulkJob *self)
{
  drop_chunks (self);
  if (self->looks)
    {
      self->looks = FALSE;
      kvar_bulk_job_set_state (self, KVAR_BULK_CUT_OFF);
      g_object_unref (self);
      return;
    }

  tell_store (self);
  if (self->note_id != NULL && self->drafts != NULL)
    kvar_draft_store_drop_bulk (self->drafts, self->note_id);
  kvar_bulk_job_set_state (self, KVAR_BULK_FINISHED);
  g_object_unref (self);
}

static void
retry_cb (gpointer user_data)
{
  KvarBulkJob *self = user_data;

  self->retry_timer = 0;
  go_on (self);
}

static void
clear_timer (KvarBulkJob *self)
{
  if (self->retry_timer != 0)
    kvar_clock_remove_timer (kvar_session_get_clock (self->session), self->retry_timer);
  self->retry_timer = 0;
}

/* The chunk is the next one again. */
static void
wait (KvarBulkJob  *self,
      const GError *error)
{
  gboolean reads = self->chunk->reads;
  gint64 delay;

  g_queue_push_head (&self->chunks, g_steal_pointer (&self->chunk));
  if (self->cancelled && !reads)
    {
      finish (self);
      return;
    }

  kvar_bulk_job_set_state (self, KVAR_BULK_WAITING);
  if (!kvar_session_is_usable (self->session) || !is_ours (self))
    return;

  delay = kvar_backoff_delay (self->n_failures++, kvar_error_get_retry_after (error), NULL);
  self->retry_timer = kvar_clock_add_timer (kvar_session_get_clock (self->session), delay,
                                            retry_cb, self);
}

static void
end_chunk (KvarBulkJob *self)
{
  g_clear_pointer (&self->chunk, chunk_free);
  self->n_failures = 0;
  kvar_bulk_job_notify_progress (self);
  go_on (self);
}

static KvarSelection *
make_selection (KvarBulkJob     *self,
                KvarSelectFlags  flags)
{
  const char *columns[] = { NULL, NULL };

  if (self->column != NULL)
    columns[0] = kvar_column_get_name (self->column);

  return kvar_selection_new (self->table, columns, flags);
}

/* The rows that a reply tells of, by their keys as routes have them. */
static GHashTable *
read_rows (KvarBulkJob     *self,
           KvarReply       *reply,
           KvarSelectFlags  flags,
           GError         **error)
{
  g_autoptr(KvarSelection) selection = make_selection (self, flags);
  g_autoptr(GPtrArray) records = NULL;
  GHashTable *rows;

  records = kvar_selection_read (selection, kvar_reply_get_body (reply), error);
  if (records == NULL)
    return NULL;

  rows = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  for (guint i = 0; i < records->len; i++)
    {
      KvarRecord *record = g_ptr_array_index (records, i);
      char *id = kvar_record_get_key_string (record);

      if (id != NULL)
        g_hash_table_insert (rows, id, g_object_ref (record));
    }

  return rows;
}

/* A change's version is what it takes to undo it, where values cannot be compared. */
static KvarSelectFlags
write_flags (KvarBulkJob *self)
{
  return self->column != NULL ? KVAR_SELECT_VERSION : KVAR_SELECT_VALUES;
}

/* PostgREST (12.0) holds and() and or() also against the rows as they are after the change, and
 * leaves out of its answer those that they do not fit any more. */
static gboolean
has_group (GPtrArray *filters)
{
  for (guint i = 0; i < filters->len; i++)
    if (kvar_filter_get_kind (g_ptr_array_index (filters, i)) != KVAR_FILTER_CONDITION)
      return TRUE;

  return FALSE;
}

static void
send_chunk (KvarBulkJob *self)
{
  guint max_affected = self->lenient ? 0 : self->chunk->rows->len;
  g_autoptr(KvarSelection) selection = make_selection (self, write_flags (self));
  g_autoptr(GPtrArray) filters = kvar_bulk_plan_filters (self->table, self->column,
                                                         self->chunk->rows);
  g_autoptr(KvarRequest) request = NULL;

  self->chunk->unheard = has_group (filters);
  if (self->column != NULL)
    {
      KvarBulkRow *row = g_ptr_array_index (self->chunk->rows, 0);
      KvarType *type = kvar_column_get_column_type (self->column);
      g_autoptr(KvarValue) value = kvar_value_new (type, row->after);
      g_autoptr(KvarBody) body = kvar_body_new ();

      kvar_body_add (body, kvar_column_get_name (self->column), value);
      request = kvar_rest_api_update_many (selection, filters, body, max_affected);
    }
  else
    {
      request = kvar_rest_api_delete_many (selection, filters, max_affected);
    }

  kvar_session_send_async (self->session, request, NULL, replied_cb, g_object_ref (self));
}

/* A crash must not forget what was asked for, nor what was there before. */
static void
note_chunk (KvarBulkJob *self)
{
  if (self->drafts == NULL || self->column == NULL)
    {
      send_chunk (self);
      return;
    }

  kvar_bulk_kept_mark_sent (self->chunk->rows);
  kvar_draft_store_note_bulk_async (self->drafts, kvar_bulk_kept_new (self), noted_cb,
                                    g_object_ref (self));
}

/* Where it cannot be noted, the server is all the more the place for it. */
static void
noted_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(KvarBulkJob) self = user_data;
  g_autoptr(GError) error = NULL;

  if (!kvar_draft_store_note_bulk_finish (KVAR_DRAFT_STORE (object), result, &error))
    g_message ("Changing records without a note on disk: %s", error->message);

  if (self->cancelled)
    {
      g_queue_push_head (&self->chunks, g_steal_pointer (&self->chunk));
      finish (self);
    }
  else if (!is_ours (self) || !kvar_session_is_usable (self->session))
    {
      wait (self, NULL);
    }
  else
    {
      send_chunk (self);
    }
}

static void
read_chunk (KvarBulkJob *self)
{
  g_autoptr(KvarSelection) selection = make_selection (self, KVAR_SELECT_VERSION);
  g_autoptr(GPtrArray) filters = kvar_bulk_plan_filters (self->table, NULL, self->chunk->rows);
  g_autoptr(KvarRequest) request = kvar_rest_api_select_many (selection, filters);

  self->chunk->reads = TRUE;
  kvar_session_send_async (self->session, request, NULL, reread_cb, g_object_ref (self));
}

/* What may have happened already is looked up also when the rest is not wanted any more. */
static gboolean
has_to_read (KvarBulkJob *self)
{
  KvarBulkChunk *next = g_queue_peek_head (&self->chunks);

  return next != NULL && next->reads;
}

static void
go_on (KvarBulkJob *self)
{
  g_assert (self->chunk == NULL);

  if (self->cancelled && !has_to_read (self))
    {
      finish (self);
      return;
    }

  self->chunk = g_queue_pop_head (&self->chunks);
  if (self->chunk == NULL)
    {
      finish (self);
      return;
    }

  kvar_bulk_job_set_state (self, KVAR_BULK_RUNNING);
  if (!is_ours (self) || !kvar_session_is_usable (self->session))
    wait (self, NULL);
  else if (self->chunk->reads)
    read_chunk (self);
  else
    note_chunk (self);
}

/* Two halves take the chunk's place. */
static void
halve (KvarBulkJob *self)
{
  KvarBulkChunk *chunk = self->chunk;
  KvarBulkChunk *halves[] = { chunk_new (g_ptr_array_new ()), chunk_new (g_ptr_array_new ()) };

  for (guint i = 0; i < chunk->rows->len; i++)
    g_ptr_array_add (halves[i >= chunk->rows->len / 2]->rows, g_ptr_array_index (chunk->rows, i));

  for (guint i = G_N_ELEMENTS (halves); i > 0; i--)
    {
      halves[i - 1]->reads = chunk->reads;
      halves[i - 1]->lost = chunk->lost;
      halves[i - 1]->n_tries = chunk->n_tries;
      g_queue_push_head (&self->chunks, halves[i - 1]);
    }
  end_chunk (self);
}

/* None of the chunk was changed: the database refuses it whole. */
static void
refused (KvarBulkJob  *self,
         const GError *error)
{
  g_info ("%u rows are refused: %s", self->chunk->rows->len, error->message);
  if (self->chunk->rows->len > 1)
    {
      halve (self);
      return;
    }

  note_refusal (self, error);
  settle_chunk (self, self->chunk, KVAR_BULK_REFUSED);
  if (++self->n_refusals == MAX_REFUSALS)
    {
      for (GList *l = self->chunks.head; l != NULL; l = l->next)
        settle_chunk (self, l->data, KVAR_BULK_REFUSED);
      drop_chunks (self);
    }
  end_chunk (self);
}

static gboolean
may_have_happened (const GError *error)
{
  return g_error_matches (error, KVAR_ERROR, KVAR_ERROR_UNKNOWN_OUTCOME) ||
         g_error_matches (error, KVAR_ERROR, KVAR_ERROR_BAD_REPLY);
}

/* A key that was only guessed may find more rows than one: then nothing else protects them. */
static gboolean
takes_no_limit (KvarBulkJob  *self,
                const GError *error)
{
  return !self->lenient && !kvar_table_get_key_guessed (self->table) &&
         g_strcmp0 (kvar_error_get_provider_code (error), "PGRST122") == 0;
}

static void
failed (KvarBulkJob  *self,
        const GError *error)
{
  if (may_have_happened (error))
    {
      self->chunk->lost = TRUE;
      self->chunk->reads = TRUE;
      read_chunk (self);
    }
  else if (takes_no_limit (self, error))
    {
      self->lenient = TRUE;
      send_chunk (self);
    }
  else if (kvar_outbox_judge (error, TRUE) == KVAR_OUTBOX_WAIT)
    {
      wait (self, error);
    }
  else
    {
      refused (self, error);
    }
}

static void
take_changed (KvarBulkJob *self,
              GHashTable  *changed)
{
  for (guint i = self->chunk->rows->len; i > 0; i--)
    {
      KvarBulkRow *row = g_ptr_array_index (self->chunk->rows, i - 1);

      if (!g_hash_table_contains (changed, row->id))
        continue;

      row_done (self, row, g_hash_table_lookup (changed, row->id));
      g_ptr_array_remove_index (self->chunk->rows, i - 1);
      self->n_refusals = 0;
    }
}

static void
replied_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(KvarBulkJob) self = user_data;
  g_autoptr(KvarReply) reply = NULL;
  g_autoptr(GHashTable) changed = NULL;
  g_autoptr(GError) error = NULL;

  reply = kvar_session_send_finish (KVAR_SESSION (object), result, &error);
  if (reply == NULL || !kvar_reply_check (reply, KVAR_SERVICE_REST, &error))
    {
      failed (self, error);
      return;
    }

  /* What cannot be read, or was cut off, has happened all the same. */
  changed = read_rows (self, reply, write_flags (self), NULL);
  self->chunk->lost = changed == NULL || self->chunk->unheard ||
                      kvar_reply_get_total (reply) > (gint64)g_hash_table_size (changed);
  if (changed != NULL)
    take_changed (self, changed);

  if (self->chunk->rows->len > 0)
    read_chunk (self);
  else
    end_chunk (self);
}

/* Returns: whether the row is to be sent again */
static gboolean
judge_row (KvarBulkJob *self,
           KvarBulkRow *row,
           KvarRecord  *now)
{
  KvarBulkChunk *chunk = self->chunk;
  KvarBulkOutcome outcome = kvar_bulk_plan_judge (self->column, row, now, chunk->lost);

  if (outcome == KVAR_BULK_DONE)
    {
      row_done (self, row, now);
      return FALSE;
    }
  if (outcome != KVAR_BULK_PENDING)
    {
      settle (self, row, outcome);
      return FALSE;
    }
  if (chunk->n_tries + 1 >= (chunk->lost ? MAX_LOST : MAX_TRIES))
    {
      settle (self, row, KVAR_BULK_DENIED);
      return FALSE;
    }

  g_free (row->xmin);
  row->xmin = g_strdup (kvar_record_get_xmin (now));
  row->sent = FALSE;
  row->unnoted = TRUE;

  return !self->looks;
}

/* What the rows are now says what has become of them. */
static void
judge_rows (KvarBulkJob *self,
            GHashTable  *now)
{
  g_autoptr(GPtrArray) again = g_ptr_array_new ();
  KvarBulkChunk *next;

  for (guint i = 0; i < self->chunk->rows->len; i++)
    {
      KvarBulkRow *row = g_ptr_array_index (self->chunk->rows, i);

      if (judge_row (self, row, g_hash_table_lookup (now, row->id)))
        g_ptr_array_add (again, row);
    }

  if (again->len == 0)
    return;

  next = chunk_new (g_steal_pointer (&again));
  next->n_tries = self->chunk->n_tries + 1;
  g_queue_push_head (&self->chunks, next);
}

static void
reread_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(KvarBulkJob) self = user_data;
  g_autoptr(KvarReply) reply = NULL;
  g_autoptr(GHashTable) now = NULL;
  g_autoptr(GError) error = NULL;

  reply = kvar_session_send_finish (KVAR_SESSION (object), result, &error);
  if (reply != NULL && kvar_reply_check (reply, KVAR_SERVICE_REST, &error))
    now = read_rows (self, reply, KVAR_SELECT_VERSION, &error);

  if (now != NULL && kvar_reply_get_total (reply) > (gint64)g_hash_table_size (now) &&
      self->chunk->rows->len > 1)
    {
      halve (self);
    }
  else if (now != NULL)
    {
      judge_rows (self, now);
      end_chunk (self);
    }
  else if (may_have_happened (error) || kvar_outbox_judge (error, TRUE) == KVAR_OUTBOX_WAIT)
    {
      wait (self, error);
    }
  else
    {
      note_refusal (self, error);
      settle_chunk (self, self->chunk, KVAR_BULK_REFUSED);
      end_chunk (self);
    }
}

static void
queue_rows (KvarBulkJob *self,
            gboolean     sent)
{
  g_autoptr(GPtrArray) pending = g_ptr_array_new ();
  g_autoptr(GQueue) chunks = NULL;
  GPtrArray *rows = NULL;

  for (guint i = 0; i < self->rows->len; i++)
    {
      KvarBulkRow *row = g_ptr_array_index (self->rows, i);

      if (row->outcome == KVAR_BULK_PENDING && row->sent == sent)
        g_ptr_array_add (pending, row);
    }

  chunks = kvar_bulk_plan_chunks (self->table, pending);
  while ((rows = g_queue_pop_head (chunks)) != NULL)
    {
      KvarBulkChunk *chunk = chunk_new (rows);

      chunk->reads = sent;
      chunk->lost = sent;
      g_queue_push_tail (&self->chunks, chunk);
    }
}

/* Starts @self, which keeps itself alive until all rows are settled. */
void
kvar_bulk_run_begin (KvarBulkJob *self)
{
  queue_rows (self, TRUE);
  queue_rows (self, FALSE);

  g_object_ref (self);
  go_on (self);
}

/* What the rows are now says what was done of it, as it does of any answer that was lost. */
void
kvar_bulk_run_look (KvarBulkJob *self)
{
  self->looks = TRUE;
  queue_rows (self, TRUE);

  g_object_ref (self);
  go_on (self);
}

/* What was waited for may be there. */
void
kvar_bulk_run_hurry (KvarBulkJob *self)
{
  if (self->state != KVAR_BULK_WAITING || !is_ours (self) ||
      kvar_session_get_state (self->session) != KVAR_SESSION_SIGNED_IN)
    return;

  clear_timer (self);
  self->n_failures = 0;
  go_on (self);
}

void
kvar_bulk_run_cancel (KvarBulkJob *self)
{
  self->cancelled = TRUE;
  if (self->state != KVAR_BULK_WAITING || has_to_read (self))
    return;

  clear_timer (self);
  finish (self);
}

void
kvar_bulk_run_clear (KvarBulkJob *self)
{
  clear_timer (self);
  drop_chunks (self);
}
