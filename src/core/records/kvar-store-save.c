/* kvar-store-save.c: Saves one draft, whatever comes in between.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * An update carries a guard in its address and asks the server to refuse anything but exactly
 * one row. When it hits none, or its answer is lost, the row is read again, and what is found
 * there says what has happened. An insert bears a key made here where it can, so that it may
 * be repeated, and found again.
 */

#define G_LOG_DOMAIN "kvar-store-save"

#include "config.h"

#include "kvar-error.h"
#include "records/kvar-guard.h"
#include "records/kvar-insert-key.h"
#include "records/kvar-merge.h"
#include "records/kvar-record-load.h"
#include "records/kvar-rest-api.h"
#include "records/kvar-store-save.h"
#include "routes/kvar-route.h"

/* How often a row that changed underneath, or an answer that was lost, is tried again. */
#define MAX_TRIES 3

#define MAX_SELECT_BYTES (KVAR_REST_MAX_URL / 2)

typedef struct
{
  KvarDraft  *draft;
  GPtrArray  *sent;             /* (element-type KvarChange) of the request under way */
  char      **key;              /* (nullable) of the row that is read again */
  guint       n_tries;
  gboolean    answer_was_lost;  /* of an earlier request of this save, or of the one before */
  gboolean    hears_whole;      /* the answer brings the whole row */
  gboolean    key_is_typed;     /* by a person: a row that bears it may be somebody else's */
  KvarRecord *so_far;           /* (nullable) what is known of a wide row that is saved */
  GError     *lost;             /* (nullable) what to say if the truth cannot be found out */
} Save;

/* What a row that was read again says about an update that hit no row. */
typedef enum
{
  VERDICT_SAVED,       /* our values are there */
  VERDICT_CONFLICT,    /* others' are, where we have changed something too */
  VERDICT_AGAIN,       /* it changed, but not where we did; or the answer was lost on the way */
  VERDICT_DENIED,      /* nothing has changed but that we may not */
} Verdict;

/* Update: (read the row, if the guard has gaps) → PATCH → hit no row: read it again → verdict.
 * Insert: POST → lost: the same again → key taken: read the row. */
static void save_next     (GTask *task);
static void reread_cb     (GObject *object, GAsyncResult *result, gpointer user_data);
static void read_first_cb (GObject *object, GAsyncResult *result, gpointer user_data);
static void updated_cb    (GObject *object, GAsyncResult *result, gpointer user_data);
static void inserted_cb   (GObject *object, GAsyncResult *result, gpointer user_data);
static void arrived_cb    (GObject *object, GAsyncResult *result, gpointer user_data);
static void completed_cb  (GObject *object, GAsyncResult *result, gpointer user_data);

static void
save_free (Save *save)
{
  g_clear_object (&save->draft);
  g_clear_pointer (&save->sent, g_ptr_array_unref);
  g_clear_pointer (&save->key, g_strfreev);
  g_clear_object (&save->so_far);
  g_clear_error (&save->lost);
  g_free (save);
}

static KvarSession *
get_session (GTask *task)
{
  return g_task_get_source_object (task);
}

static void
read_row (GTask               *task,
          GAsyncReadyCallback  callback)
{
  Save *save = g_task_get_task_data (task);

  kvar_record_load_async (get_session (task), kvar_draft_get_table (save->draft),
                          (const char *const *)save->key, g_task_get_cancellable (task),
                          callback, task);
}

static void
return_conflict (GTask      *task,
                 KvarRecord *theirs)
{
  Save *save = g_task_get_task_data (task);

  kvar_draft_set_theirs (save->draft, theirs);
  g_task_return_new_error (task, KVAR_ERROR, KVAR_ERROR_CONFLICT,
                           "Somebody else has changed the same columns");
}

/* What was typed after the changes were sent may stand against what others have saved in the
 * meantime: on the new row as its base, it would overwrite that unseen. */
static gboolean
has_conflict_since (Save       *save,
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

static void
finish (GTask      *task,
        KvarRecord *saved)
{
  Save *save = g_task_get_task_data (task);

  if (has_conflict_since (save, saved))
    {
      return_conflict (task, saved);
      return;
    }

  kvar_draft_accept (save->draft, saved, save->sent);
  g_task_return_pointer (task, g_object_ref (saved), g_object_unref);
}

static KvarBody *
make_body (Save *save)
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
static KvarSelection *
make_selection (Save            *save,
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

/* A row that others have changed in other columns is as good as the one we began with. Columns
 * that were changed here since are changed here as well. */
static gboolean
has_conflict (Save       *save,
              KvarRecord *theirs)
{
  return kvar_merge_count (save->draft, theirs, KVAR_MERGE_CONFLICT) > 0;
}

static gboolean
has_our_values (Save       *save,
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
judge (Save       *save,
       KvarRecord *row)
{
  if (has_our_values (save, row))
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
static gboolean
may_have_happened (const GError *error)
{
  return g_error_matches (error, KVAR_ERROR, KVAR_ERROR_UNKNOWN_OUTCOME) ||
         g_error_matches (error, KVAR_ERROR, KVAR_ERROR_BAD_REPLY);
}

static void
send_update (GTask *task)
{
  Save *save = g_task_get_task_data (task);
  KvarRecord *base = kvar_draft_get_base (save->draft);
  g_autoptr(KvarSelection) selection = make_selection (save, KVAR_SELECT_VERSION);
  g_autoptr(KvarBody) body = make_body (save);
  g_autoptr(GPtrArray) guard = NULL;
  g_autoptr(KvarRequest) request = NULL;
  gboolean whole;

  guard = kvar_guard_new (base, save->sent, &whole);
  request = kvar_rest_api_update (selection, (const char *const *)save->key, guard, body);
  kvar_session_send_async (get_session (task), request, g_task_get_cancellable (task),
                           updated_cb, task);
}

static void
begin_update (GTask *task)
{
  Save *save = g_task_get_task_data (task);
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
    send_update (task);
  else
    read_row (task, read_first_cb);
}

static void
read_first_cb (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  g_autoptr(KvarRecord) row = NULL;
  g_autoptr(GError) error = NULL;
  Save *save = g_task_get_task_data (task);

  row = kvar_record_load_finish (KVAR_SESSION (object), result, &error);
  if (row == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else if (has_conflict (save, row))
    return_conflict (task, row);
  else
    send_update (g_steal_pointer (&task));
}

/* Wide rows are read in full once they are saved. Whatever becomes of that, saved they are:
 * trying again might make a second one. */
static void
complete (GTask      *task,
          KvarRecord *part)
{
  Save *save = g_task_get_task_data (task);
  KvarTable *table = kvar_draft_get_table (save->draft);
  KvarRecord *base = kvar_draft_get_base (save->draft);

  g_clear_object (&save->so_far);
  save->so_far = kvar_record_dup (base != NULL ? base : part);
  kvar_record_update (save->so_far, part);
  for (guint i = 0; i < save->sent->len; i++)
    {
      KvarChange *change = g_ptr_array_index (save->sent, i);
      int index = kvar_table_find_column_index (table, kvar_column_get_name (change->column));

      if (!kvar_record_has_column (part, index))
        kvar_record_set_text (save->so_far, index, kvar_value_get_text (change->value));
    }

  g_clear_pointer (&save->key, g_strfreev);
  save->key = kvar_record_dup_key (part);
  if (save->key != NULL)
    {
      read_row (task, completed_cb);
      return;
    }

  finish (task, save->so_far);
  g_object_unref (task);
}

/* The row as the answer to an update or an insert tells it, in the columns that were asked for. */
static KvarRecord *
read_saved (Save             *save,
            KvarSession      *session,
            GAsyncResult     *result,
            KvarSelectFlags   flags,
            GError          **error)
{
  g_autoptr(KvarReply) reply = kvar_session_send_finish (session, result, error);
  g_autoptr(KvarSelection) selection = NULL;

  if (reply == NULL || !kvar_reply_check (reply, KVAR_SERVICE_REST, error))
    return NULL;

  selection = make_selection (save, flags);

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
  Save *save = g_task_get_task_data (task);

  saved = read_saved (save, KVAR_SESSION (object), result, KVAR_SELECT_VERSION, &error);
  if (saved != NULL && save->hears_whole)
    {
      finish (task, saved);
    }
  else if (saved != NULL)
    {
      complete (g_steal_pointer (&task), saved);
    }
  else if (hit_no_row (error) || may_have_happened (error))
    {
      if (may_have_happened (error))
        {
          save->answer_was_lost = TRUE;
          g_clear_error (&save->lost);
          save->lost = g_error_copy (error);
        }
      read_row (g_steal_pointer (&task), reread_cb);
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
  Save *save = g_task_get_task_data (task);

  row = kvar_record_load_finish (KVAR_SESSION (object), result, &error);
  if (row == NULL)
    {
      if (save->lost != NULL && (g_error_matches (error, KVAR_ERROR, KVAR_ERROR_OFFLINE) ||
                                 may_have_happened (error)))
        g_task_return_error (task, g_steal_pointer (&save->lost));
      else
        g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  switch (judge (save, row))
    {
    case VERDICT_SAVED:
      finish (task, row);
      break;

    case VERDICT_CONFLICT:
      return_conflict (task, row);
      break;

    case VERDICT_AGAIN:
      if (++save->n_tries >= MAX_TRIES)
        {
          return_conflict (task, row);
          break;
        }
      save->answer_was_lost = FALSE;
      kvar_draft_set_base (save->draft, row);
      save_next (g_steal_pointer (&task));
      break;

    case VERDICT_DENIED:
    default:
      g_task_return_new_error (task, KVAR_ERROR, KVAR_ERROR_DENIED,
                               "The row is as it was, but may not be changed");
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
  Save *save = g_task_get_task_data (task);

  row = kvar_record_load_finish (KVAR_SESSION (object), result, NULL);
  finish (task, row != NULL ? row : save->so_far);
}

static KvarSelectFlags
insert_flags (Save *save)
{
  return kvar_table_get_is_partitioned (kvar_draft_get_table (save->draft))
         ? KVAR_SELECT_VALUES : KVAR_SELECT_VERSION;
}

static void
send_insert (GTask *task)
{
  Save *save = g_task_get_task_data (task);
  g_autoptr(KvarSelection) selection = make_selection (save, insert_flags (save));
  g_autoptr(KvarBody) body = make_body (save);
  g_autoptr(KvarRequest) request = kvar_rest_api_insert (selection, body);

  kvar_session_send_async (get_session (task), request, g_task_get_cancellable (task),
                           inserted_cb, task);
}

static void
begin_insert (GTask *task)
{
  Save *save = g_task_get_task_data (task);

  g_clear_pointer (&save->key, g_strfreev);
  save->key = kvar_insert_key_choose (save->draft, save->sent, &save->key_is_typed);
  save->answer_was_lost = kvar_draft_get_insert_key (save->draft) != NULL;

  send_insert (task);
}

/* Only now: a key that never left this computer says nothing about a row that bears it. */
static void
remember_key (Save *save)
{
  g_autofree char *key = kvar_route_join_key ((const char *const *)save->key);

  save->answer_was_lost = TRUE;
  kvar_draft_set_insert_key (save->draft, key);
}

static gboolean
is_key_taken (const GError *error)
{
  return g_strcmp0 (kvar_error_get_provider_code (error), "23505") == 0;
}

static void
inserted_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  g_autoptr(KvarRecord) saved = NULL;
  g_autoptr(GError) error = NULL;
  Save *save = g_task_get_task_data (task);

  saved = read_saved (save, KVAR_SESSION (object), result, insert_flags (save), &error);
  if (saved != NULL && save->hears_whole)
    {
      finish (task, saved);
    }
  else if (saved != NULL)
    {
      complete (g_steal_pointer (&task), saved);
    }
  else if (may_have_happened (error) && save->key != NULL && save->n_tries + 1 < MAX_TRIES)
    {
      save->n_tries++;
      remember_key (save);
      g_clear_error (&save->lost);
      save->lost = g_steal_pointer (&error);
      send_insert (g_steal_pointer (&task));
    }
  else if (is_key_taken (error) && save->key != NULL && save->answer_was_lost)
    {
      g_clear_error (&save->lost);
      save->lost = g_steal_pointer (&error);
      read_row (g_steal_pointer (&task), arrived_cb);
    }
  else if (save->lost != NULL && g_error_matches (error, KVAR_ERROR, KVAR_ERROR_OFFLINE))
    {
      g_task_return_error (task, g_steal_pointer (&save->lost));
    }
  else if (may_have_happened (error))
    {
      g_task_return_error (task, kvar_error_new_full (KVAR_ERROR_UNKNOWN_OUTCOME,
                                                      kvar_error_get_status (error),
                                                      kvar_error_get_provider_code (error),
                                                      error->message));
    }
  else
    {
      g_task_return_error (task, g_steal_pointer (&error));
    }
}

/* Our own key is taken, by an insert whose answer was lost. What was typed since is an update
 * of that row, if nobody but us can have made it. */
static void
arrived_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  g_autoptr(KvarRecord) row = NULL;
  g_autoptr(GError) error = NULL;
  Save *save = g_task_get_task_data (task);

  row = kvar_record_load_finish (KVAR_SESSION (object), result, &error);
  if (g_error_matches (error, KVAR_ERROR, KVAR_ERROR_GONE) ||
      (row != NULL && save->key_is_typed && !has_our_values (save, row)))
    {
      /* Another unique column was the matter, or the row is another: the server's first word
       * stands. */
      kvar_draft_set_insert_key (save->draft, NULL);
      g_task_return_error (task, g_steal_pointer (&save->lost));
    }
  else if (row == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
    }
  else if (has_our_values (save, row))
    {
      finish (task, row);
    }
  else
    {
      kvar_draft_set_insert_key (save->draft, NULL);
      kvar_draft_set_base (save->draft, row);
      save->answer_was_lost = FALSE;
      save_next (g_steal_pointer (&task));
    }
}

/* Takes @task. */
static void
save_next (GTask *task)
{
  Save *save = g_task_get_task_data (task);

  g_clear_pointer (&save->sent, g_ptr_array_unref);
  save->sent = kvar_draft_list_changes (save->draft);

  if (kvar_draft_is_new (save->draft))
    {
      begin_insert (task);
    }
  else if (save->sent->len > 0)
    {
      begin_update (task);
    }
  else
    {
      finish (task, kvar_draft_get_base (save->draft));
      g_object_unref (task);
    }
}

/**
 * kvar_store_save_run_async:
 *
 * Saves @draft: see kvar_store_save_async().
 */
void
kvar_store_save_run_async (KvarSession         *session,
                           KvarDraft           *draft,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;
  KvarColumn *problem;
  Save *save;

  g_return_if_fail (KVAR_IS_SESSION (session));
  g_return_if_fail (KVAR_IS_DRAFT (draft));

  save = g_new0 (Save, 1);
  save->draft = g_object_ref (draft);
  task = g_task_new (session, cancellable, callback, user_data);
  g_task_set_source_tag (task, kvar_store_save_run_async);
  g_task_set_task_data (task, save, (GDestroyNotify)save_free);

  if (!kvar_draft_validate (draft, &problem))
    {
      GError *error = g_error_new_literal (KVAR_ERROR, KVAR_ERROR_INVALID,
                                           kvar_draft_get_problem (draft, problem));

      kvar_error_set_field (error, kvar_column_get_name (problem));
      g_task_return_error (task, error);
      return;
    }

  save_next (g_steal_pointer (&task));
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
