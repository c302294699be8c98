/* kvar-store-save.c: Saves one draft, whatever comes in between.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * An update carries a guard in its address and asks the server to refuse anything but exactly
 * one row. When it hits none, or its answer is lost, the row is read again, and what is found
 * there says what has happened.
 *
 * Nothing is asked of the server before the draft is on the disk, with the key of an insert:
 * whatever becomes of this process, the next one knows what may have been sent.
 */

#define G_LOG_DOMAIN "kvar-store-save"

#include "config.h"

#include "kvar-error.h"
#include "records/kvar-draft-edits.h"
#include "records/kvar-draft-outcome.h"
#include "records/kvar-guard.h"
#include "records/kvar-merge.h"
#include "records/kvar-record-load.h"
#include "records/kvar-rest-api.h"
#include "records/kvar-store-save-private.h"

#define MAX_SELECT_BYTES (KVAR_REST_MAX_URL / 2)

/* What a row that was read again says about an update that hit no row. */
typedef enum
{
  VERDICT_SAVED,       /* our values are there */
  VERDICT_CONFLICT,    /* others' are, where we have changed something too */
  VERDICT_AGAIN,       /* it changed, but not where we did; or the answer was lost on the way */
  VERDICT_DENIED,      /* nothing has changed but that we may not */
} Verdict;

/* Update: to disk → (read the row, if the guard has gaps) → (try, if there are defaults) → PATCH →
 * hit no row: read it again → verdict → what is left: to disk. For an insert see
 * kvar-store-insert, for the trying kvar-store-default. */
static void flushed_cb    (GObject *object, GAsyncResult *result, gpointer user_data);
static void reread_cb     (GObject *object, GAsyncResult *result, gpointer user_data);
static void read_first_cb (GObject *object, GAsyncResult *result, gpointer user_data);
static void updated_cb    (GObject *object, GAsyncResult *result, gpointer user_data);
static void completed_cb  (GObject *object, GAsyncResult *result, gpointer user_data);

static void
save_free (KvarSave *save)
{
  g_clear_object (&save->drafts);
  g_clear_pointer (&save->user_id, g_free);
  g_clear_object (&save->draft);
  g_clear_pointer (&save->sent, g_ptr_array_unref);
  g_clear_pointer (&save->key, g_strfreev);
  g_clear_object (&save->begun_on);
  g_clear_object (&save->so_far);
  g_clear_object (&save->saved);
  g_clear_error (&save->lost);
  g_free (save);
}

KvarSession *
kvar_save_get_session (GTask *task)
{
  return g_task_get_source_object (task);
}

static gboolean
has_left (GTask *task)
{
  KvarSave *save = g_task_get_task_data (task);

  return g_strcmp0 (kvar_session_get_user_id (kvar_save_get_session (task)), save->user_id) != 0;
}

/* Whoever saves may sign out while an answer is waited for, and somebody else sign in: the rest
 * is not done as them, and what they may read says nothing. Takes @task if that is so. */
gboolean
kvar_save_return_if_left (GTask *task)
{
  if (!has_left (task))
    return FALSE;

  g_task_return_new_error (task, KVAR_ERROR, KVAR_ERROR_SIGNED_OUT,
                           "Who saved has signed out meanwhile");
  g_object_unref (task);

  return TRUE;
}

/* Takes @task, and gives it to @next when the draft is on the disk. Where that cannot be, the
 * server is all the more the place for it. */
void
kvar_save_to_disk (GTask        *task,
                   KvarSaveStep  next)
{
  KvarSave *save = g_task_get_task_data (task);

  if (save->drafts == NULL)
    {
      next (task);
      return;
    }

  save->next = next;
  kvar_draft_store_flush_async (save->drafts, NULL, flushed_cb, task);
}

static void
flushed_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  g_autoptr(GError) error = NULL;
  KvarSave *save = g_task_get_task_data (task);
  KvarSaveStep next = save->next;

  if (!kvar_draft_store_flush_finish (KVAR_DRAFT_STORE (object), result, &error))
    g_message ("Saving without the draft on disk: %s", error->message);

  next (g_steal_pointer (&task));
}

void
kvar_save_read_row (GTask               *task,
                    GAsyncReadyCallback  callback)
{
  KvarSave *save = g_task_get_task_data (task);

  if (kvar_save_return_if_left (task))
    return;

  kvar_record_load_async (kvar_save_get_session (task), kvar_draft_get_table (save->draft),
                          (const char *const *)save->key, g_task_get_cancellable (task),
                          callback, task);
}

static void
return_conflict (GTask      *task,
                 KvarRecord *theirs)
{
  KvarSave *save = g_task_get_task_data (task);

  kvar_draft_set_theirs (save->draft, theirs);
  g_task_return_new_error (task, KVAR_ERROR, KVAR_ERROR_CONFLICT,
                           "Somebody else has changed the same columns");
}

/* What was typed after the changes were sent may stand against what others have saved in the
 * meantime: on the new row as its base, it would overwrite that unseen. */
static gboolean
has_conflict_since (KvarSave   *save,
                    KvarRecord *saved)
{
  KvarTable *table = kvar_draft_get_table (save->draft);

  if (kvar_draft_is_new (save->draft))
    return FALSE;

  for (guint i = 0; i < kvar_table_get_n_columns (table); i++)
    {
      KvarColumn *column = kvar_table_get_column (table, i);

      if (kvar_draft_find_change (save->sent, column) == NULL &&
          kvar_merge_judge (save->draft, saved, column) == KVAR_MERGE_CONFLICT)
        return TRUE;
    }

  return FALSE;
}

/* Takes @task. */
static void
return_saved (GTask *task)
{
  KvarSave *save = g_task_get_task_data (task);

  g_task_return_pointer (task, g_steal_pointer (&save->saved), g_object_unref);
  g_object_unref (task);
}

static void
note_edit (KvarSave   *save,
           KvarRecord *saved)
{
  KvarOwnEdit *edit = kvar_draft_make_edit (save->draft, saved, save->sent);

  if (edit != NULL && save->drafts != NULL)
    kvar_draft_store_note_edit (save->drafts, edit);
  kvar_draft_note_outcome (save->draft, save->begun_on, saved, save->sent, edit);
}

void
kvar_save_finish (GTask      *task,
                  KvarRecord *saved)
{
  KvarSave *save = g_task_get_task_data (task);
  g_autofree char *key = kvar_record_get_key_string (saved);

  if (has_conflict_since (save, saved))
    {
      return_conflict (task, saved);
      return;
    }

  note_edit (save, saved);
  kvar_draft_accept (save->draft, saved, save->sent);
  if (save->drafts != NULL && key != NULL)
    kvar_draft_store_rekey (save->drafts, save->draft, key);
  g_set_object (&save->saved, saved);
  kvar_save_to_disk (g_object_ref (task), return_saved);
}

/* A new record that nobody may read here is no draft any more, and nothing else is known of it. */
void
kvar_save_finish_unseen (GTask *task)
{
  KvarSave *save = g_task_get_task_data (task);

  kvar_draft_accept (save->draft, NULL, save->sent);
  g_clear_object (&save->saved);
  save->saved = kvar_record_new (kvar_draft_get_table (save->draft));
  kvar_save_to_disk (g_object_ref (task), return_saved);
}

KvarBody *
kvar_save_make_body (KvarSave *save)
{
  KvarBody *body = kvar_body_new ();

  for (guint i = 0; i < save->sent->len; i++)
    {
      KvarChange *change = g_ptr_array_index (save->sent, i);

      kvar_body_add (body, kvar_column_get_name (change->column), change->value);
    }

  return body;
}

/* Wide rows are heard back in part only and read in full afterwards. */
KvarSelection *
kvar_save_make_selection (KvarSave        *save,
                          KvarSelectFlags  flags)
{
  g_autoptr(KvarSelection) all = NULL;
  g_autoptr(GPtrArray) parts = NULL;

  all = kvar_selection_new (kvar_draft_get_table (save->draft), NULL,
                            flags | KVAR_SELECT_LABELS);
  parts = kvar_selection_split (all, MAX_SELECT_BYTES);
  save->hears_whole = parts->len == 1;

  return kvar_selection_ref (g_ptr_array_index (parts, 0));
}

/* What is sent may be older than what is typed. */
static gboolean
is_overwritten (KvarSave   *save,
                KvarChange *change,
                KvarRecord *theirs)
{
  KvarRecord *base = kvar_draft_get_base (save->draft);
  g_autoptr(KvarValue) before = kvar_record_get_value (base, change->column);
  g_autoptr(KvarValue) value = kvar_record_get_value (theirs, change->column);

  return before != NULL && value != NULL && !kvar_value_equal (before, value) &&
         !kvar_value_equal (value, change->value);
}

/* A row that others have changed in other columns is as good as the one we began with. Columns
 * that were changed here since are changed here as well. */
static gboolean
has_conflict (KvarSave   *save,
              KvarRecord *theirs)
{
  for (guint i = 0; i < save->sent->len; i++)
    if (is_overwritten (save, g_ptr_array_index (save->sent, i), theirs))
      return TRUE;

  return kvar_merge_count (save->draft, theirs, KVAR_MERGE_CONFLICT) > 0;
}

gboolean
kvar_save_has_our_values (KvarSave   *save,
                          KvarRecord *row)
{
  for (guint i = 0; i < save->sent->len; i++)
    {
      KvarChange *change = g_ptr_array_index (save->sent, i);
      g_autoptr(KvarValue) value = kvar_record_get_value (row, change->column);

      if (value == NULL || !kvar_value_equal (value, change->value))
        return FALSE;
    }

  return TRUE;
}

/* Also of the columns that were not touched: a version that is a trigger's, say. */
static gboolean
has_changed (KvarRecord *base,
             KvarRecord *row)
{
  KvarTable *table = kvar_record_get_table (base);

  if (g_strcmp0 (kvar_record_get_xmin (base), kvar_record_get_xmin (row)) != 0)
    return TRUE;

  for (guint i = 0; i < kvar_table_get_n_columns (table); i++)
    if (kvar_record_has_column (base, i) && kvar_record_has_column (row, i) &&
        g_strcmp0 (kvar_record_get_text (base, i), kvar_record_get_text (row, i)) != 0)
      return TRUE;

  return FALSE;
}

static Verdict
judge (KvarSave   *save,
       KvarRecord *row)
{
  if (kvar_save_has_our_values (save, row))
    return VERDICT_SAVED;
  if (has_conflict (save, row))
    return VERDICT_CONFLICT;
  if (has_changed (kvar_draft_get_base (save->draft), row) || save->answer_was_lost)
    return VERDICT_AGAIN;

  return VERDICT_DENIED;
}

static gboolean
hit_no_row (const GError *error)
{
  return g_strcmp0 (kvar_error_get_provider_code (error), "PGRST116") == 0;
}

/* A success that cannot be read is one all the same, unless it is a portal's. */
gboolean
kvar_save_may_have_happened (const GError *error)
{
  return g_error_matches (error, KVAR_ERROR, KVAR_ERROR_UNKNOWN_OUTCOME) ||
         g_error_matches (error, KVAR_ERROR, KVAR_ERROR_BAD_REPLY);
}

static void
send_update (GTask *task)
{
  KvarSave *save = g_task_get_task_data (task);
  KvarRecord *base = kvar_draft_get_base (save->draft);
  g_autoptr(KvarSelection) selection = kvar_save_make_selection (save, KVAR_SELECT_VERSION);
  g_autoptr(KvarBody) body = kvar_save_make_body (save);
  g_autoptr(GPtrArray) guard = NULL;
  g_autoptr(KvarRequest) request = NULL;
  gboolean whole;

  if (kvar_save_return_if_left (task))
    return;

  guard = kvar_guard_new (base, save->sent, &whole);
  request = kvar_rest_api_update (selection, (const char *const *)save->key, guard, body);
  kvar_session_send_async (kvar_save_get_session (task), request, g_task_get_cancellable (task),
                           updated_cb, task);
}

static void
begin_update (GTask *task)
{
  KvarSave *save = g_task_get_task_data (task);
  KvarRecord *base = kvar_draft_get_base (save->draft);
  g_autoptr(GPtrArray) guard = NULL;
  gboolean whole;

  g_clear_pointer (&save->key, g_strfreev);
  save->key = kvar_record_dup_key (base);
  if (save->key == NULL)
    {
      g_task_return_new_error (task, KVAR_ERROR, KVAR_ERROR_DENIED,
                               "A row without a key cannot be changed");
      g_object_unref (task);
      return;
    }

  guard = kvar_guard_new (base, save->sent, &whole);
  if (whole)
    kvar_save_try_defaults (task, send_update);
  else
    kvar_save_read_row (task, read_first_cb);
}

static void
read_first_cb (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  g_autoptr(KvarRecord) row = NULL;
  g_autoptr(GError) error = NULL;
  KvarSave *save = g_task_get_task_data (task);

  row = kvar_record_load_finish (KVAR_SESSION (object), result, &error);
  if (row == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else if (has_conflict (save, row))
    return_conflict (task, row);
  else
    kvar_save_try_defaults (g_steal_pointer (&task), send_update);
}

/* Wide rows are read in full once they are saved. Whatever becomes of that, saved they are:
 * trying again might make a second one. */
void
kvar_save_complete (GTask      *task,
                    KvarRecord *part)
{
  KvarSave *save = g_task_get_task_data (task);
  KvarTable *table = kvar_draft_get_table (save->draft);
  KvarRecord *base = kvar_draft_get_base (save->draft);

  g_clear_object (&save->so_far);
  save->so_far = kvar_record_dup (base != NULL ? base : part);
  kvar_record_update (save->so_far, part);
  for (guint i = 0; i < save->sent->len; i++)
    {
      KvarChange *change = g_ptr_array_index (save->sent, i);
      int index = kvar_table_find_column_index (table, kvar_column_get_name (change->column));

      if (kvar_record_has_column (part, index))
        continue;
      if (kvar_value_is_default (change->value))
        kvar_record_forget_text (save->so_far, index);
      else
        kvar_record_set_text (save->so_far, index, kvar_value_get_text (change->value));
    }

  g_clear_pointer (&save->key, g_strfreev);
  save->key = kvar_record_dup_key (part);
  if (save->key != NULL && !has_left (task))
    {
      kvar_save_read_row (task, completed_cb);
      return;
    }

  kvar_save_finish (task, save->so_far);
  g_object_unref (task);
}

/* The row as the answer to an update or an insert tells it, in the columns that were asked for. */
KvarRecord *
kvar_save_read_saved (KvarSave         *save,
                      KvarSession      *session,
                      GAsyncResult     *result,
                      KvarSelectFlags   flags,
                      GError          **error)
{
  g_autoptr(KvarReply) reply = kvar_session_send_finish (session, result, error);
  g_autoptr(KvarSelection) selection = NULL;

  if (reply == NULL || !kvar_reply_check (reply, KVAR_SERVICE_REST, error) ||
      !kvar_save_check_defaults (save, reply, error))
    return NULL;

  selection = kvar_save_make_selection (save, flags);

  return kvar_selection_read_one (selection, kvar_reply_get_body (reply), error);
}

static void
updated_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  g_autoptr(KvarRecord) saved = NULL;
  g_autoptr(GError) error = NULL;
  KvarSave *save = g_task_get_task_data (task);

  saved = kvar_save_read_saved (save, KVAR_SESSION (object), result, KVAR_SELECT_VERSION, &error);
  if (saved != NULL && save->hears_whole)
    {
      kvar_save_finish (task, saved);
    }
  else if (saved != NULL)
    {
      kvar_save_complete (g_steal_pointer (&task), saved);
    }
  else if (hit_no_row (error) || kvar_save_may_have_happened (error))
    {
      if (kvar_save_may_have_happened (error))
        {
          save->answer_was_lost = TRUE;
          g_clear_error (&save->lost);
          save->lost = g_error_copy (error);
        }
      kvar_save_read_row (g_steal_pointer (&task), reread_cb);
    }
  else
    {
      g_task_return_error (task, g_steal_pointer (&error));
    }
}

static void
reread_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  g_autoptr(KvarRecord) row = NULL;
  g_autoptr(GError) error = NULL;
  KvarSave *save = g_task_get_task_data (task);

  row = kvar_record_load_finish (KVAR_SESSION (object), result, &error);
  if (row == NULL)
    {
      if (save->lost != NULL && (g_error_matches (error, KVAR_ERROR, KVAR_ERROR_OFFLINE) ||
                                 kvar_save_may_have_happened (error)))
        g_task_return_error (task, g_steal_pointer (&save->lost));
      else
        g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  switch (judge (save, row))
    {
    case VERDICT_SAVED:
      kvar_save_finish (task, row);
      break;

    case VERDICT_CONFLICT:
      return_conflict (task, row);
      break;

    case VERDICT_AGAIN:
      if (++save->n_tries >= KVAR_SAVE_MAX_TRIES)
        {
          return_conflict (task, row);
          break;
        }
      save->answer_was_lost = FALSE;
      kvar_draft_set_base (save->draft, row);
      save->rebased = TRUE;
      kvar_save_next (g_steal_pointer (&task));
      break;

    case VERDICT_DENIED:
    default:
      g_task_return_error (task, kvar_error_new_full (KVAR_ERROR_DENIED, 0,
                                                      KVAR_ERROR_NOT_APPLIED,
                                                      "The row is as it was"));
      break;
    }
}

static void
completed_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  g_autoptr(KvarRecord) row = NULL;
  KvarSave *save = g_task_get_task_data (task);

  row = kvar_record_load_finish (KVAR_SESSION (object), result, NULL);
  kvar_save_finish (task, row != NULL ? row : save->so_far);
}

/* What the row that was read again has already, by an earlier try. */
static void
drop_saved (KvarDraft *draft,
            GPtrArray *changes)
{
  KvarRecord *base = kvar_draft_get_base (draft);

  for (guint i = changes->len; base != NULL && i > 0; i--)
    {
      KvarChange *change = g_ptr_array_index (changes, i - 1);
      g_autoptr(KvarValue) value = kvar_record_get_value (base, change->column);

      if (value != NULL && kvar_value_equal (value, change->value))
        g_ptr_array_remove_index (changes, i - 1);
    }
}

/* What waits in the queue is sent as it was when it was put there; also a value that is the
 * base's, which was typed back after another one may have been sent. */
static GPtrArray *
list_sent (KvarSave *save)
{
  GPtrArray *queued = kvar_draft_get_queued (save->draft);
  GPtrArray *changes = NULL;

  if (kvar_draft_get_state (save->draft) != KVAR_DRAFT_QUEUED || queued == NULL)
    return kvar_draft_list_changes (save->draft);

  changes = kvar_draft_copy_changes (queued);
  if (save->rebased)
    drop_saved (save->draft, changes);

  return changes;
}

/* Takes @task. */
void
kvar_save_next (GTask *task)
{
  KvarSave *save = g_task_get_task_data (task);

  g_clear_pointer (&save->sent, g_ptr_array_unref);
  save->sent = list_sent (save);

  if (kvar_draft_is_new (save->draft))
    {
      kvar_save_begin_insert (task);
    }
  else if (save->sent->len > 0)
    {
      kvar_save_to_disk (task, begin_update);
    }
  else
    {
      kvar_save_finish (task, kvar_draft_get_base (save->draft));
      g_object_unref (task);
    }
}

/**
 * kvar_store_save_run_async:
 *
 * @drafts: (nullable): where @draft is kept on disk
 *
 * Saves @draft: see kvar_store_save_async().
 */
void
kvar_store_save_run_async (KvarSession         *session,
                           KvarDraftStore      *drafts,
                           KvarDraft           *draft,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;
  GError *error = NULL;
  KvarSave *save;

  g_return_if_fail (KVAR_IS_SESSION (session));
  g_return_if_fail (KVAR_IS_DRAFT (draft));

  save = g_new0 (KvarSave, 1);
  save->draft = g_object_ref (draft);
  g_set_object (&save->begun_on, kvar_draft_get_base (draft));
  save->user_id = g_strdup (kvar_session_get_user_id (session));
  g_set_object (&save->drafts, drafts);
  task = g_task_new (session, cancellable, callback, user_data);
  g_task_set_source_tag (task, kvar_store_save_run_async);
  g_task_set_task_data (task, save, (GDestroyNotify)save_free);

  /* What waits was good when it was put there, whatever is being typed now. */
  if (kvar_draft_get_state (draft) != KVAR_DRAFT_QUEUED && !kvar_draft_check (draft, &error))
    {
      g_task_return_error (task, error);
      return;
    }

  kvar_save_next (g_steal_pointer (&task));
}

/**
 * kvar_store_save_run_finish:
 *
 * Returns: (transfer full) (nullable): the record as the server has it now
 */
KvarRecord *
kvar_store_save_run_finish (KvarSession   *session,
                            GAsyncResult  *result,
                            GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, session), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
