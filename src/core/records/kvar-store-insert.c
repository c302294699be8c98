/* kvar-store-insert.c: Saves a new record, and finds it again if the answer is lost.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * An insert bears a key made here where it can, so that it may be repeated, and found again.
 */

#define G_LOG_DOMAIN "kvar-store-save"

#include "config.h"

#include "kvar-error.h"
#include "kvar-fault.h"
#include "records/kvar-insert-key.h"
#include "records/kvar-rest-api.h"
#include "records/kvar-store-save-private.h"
#include "routes/kvar-route.h"

/* To disk, with its key → POST → lost: the same again → key taken: read the row. */
static void inserted_cb (GObject *object, GAsyncResult *result, gpointer user_data);
static void arrived_cb  (GObject *object, GAsyncResult *result, gpointer user_data);

static KvarSelectFlags
insert_flags (KvarSave *save)
{
  return kvar_table_get_is_partitioned (kvar_draft_get_table (save->draft))
         ? KVAR_SELECT_VALUES : KVAR_SELECT_VERSION;
}

static void
send_insert (GTask *task)
{
  KvarSave *save = g_task_get_task_data (task);
  g_autoptr(KvarSelection) selection = kvar_save_make_selection (save, insert_flags (save));
  g_autoptr(KvarBody) body = kvar_save_make_body (save);
  g_autoptr(KvarRequest) request = NULL;

  if (kvar_draft_get_unseen (save->draft))
    request = kvar_rest_api_insert_unseen (kvar_draft_get_table (save->draft), body);
  else
    request = kvar_rest_api_insert (selection, body);

  if (kvar_save_return_if_left (task))
    return;

  kvar_session_send_async (kvar_save_get_session (task), request, g_task_get_cancellable (task),
                           inserted_cb, task);
}

/* A key that never left this computer says nothing about a row that bears it: only one that
 * was noted by an earlier save may be our own row's. */
void
kvar_save_begin_insert (GTask *task)
{
  KvarSave *save = g_task_get_task_data (task);
  g_autofree char *key = NULL;

  g_clear_pointer (&save->key, g_strfreev);
  save->key = kvar_insert_key_choose (save->draft, save->sent, &save->key_is_typed);
  save->answer_was_lost = kvar_draft_get_insert_key (save->draft) != NULL &&
                          kvar_draft_get_insert_sent (save->draft);
  save->lost_before = save->answer_was_lost;

  if (save->key != NULL)
    key = kvar_route_join_key ((const char *const *)save->key);
  kvar_draft_note_insert (save->draft, key);
  kvar_save_to_disk (task, send_insert);
}

/* What has certainly not become a row. A typed key is typed anew, or another is. */
static void
note_refused (KvarSave     *save,
              const GError *error)
{
  if (save->answer_was_lost || error->domain != KVAR_ERROR || kvar_save_may_have_happened (error))
    return;

  if (save->key_is_typed)
    kvar_draft_forget_insert (save->draft);
  else
    kvar_draft_note_refused (save->draft);
}

static gboolean
is_key_taken (const GError *error)
{
  return g_strcmp0 (kvar_error_get_provider_code (error), "23505") == 0;
}

/* Without being read. Our own key that is taken after an answer was lost is this row. */
static gboolean
is_added_unseen (KvarSave      *save,
                 KvarSession   *session,
                 GAsyncResult  *result,
                 GError       **error)
{
  g_autoptr(KvarReply) reply = kvar_session_send_finish (session, result, error);

  if (reply == NULL)
    return FALSE;
  if (kvar_reply_check (reply, KVAR_SERVICE_REST, error))
    return TRUE;
  if (!is_key_taken (*error) || !save->answer_was_lost || save->key_is_typed)
    return FALSE;

  g_clear_error (error);

  return TRUE;
}

/* Takes @task, and @error. */
static void
insert_failed (GTask  *failed,
               GError *reason)
{
  g_autoptr(GTask) task = failed;
  g_autoptr(GError) error = reason;
  KvarSave *save = g_task_get_task_data (task);

  if (kvar_save_may_have_happened (error) && save->key != NULL &&
           save->n_tries + 1 < KVAR_SAVE_MAX_TRIES)
    {
      save->n_tries++;
      save->answer_was_lost = TRUE;
      g_clear_error (&save->lost);
      save->lost = g_steal_pointer (&error);
      send_insert (g_steal_pointer (&task));
    }
  else if (is_key_taken (error) && save->key != NULL && save->answer_was_lost)
    {
      g_clear_error (&save->lost);
      save->lost = g_steal_pointer (&error);
      kvar_save_read_row (g_steal_pointer (&task), arrived_cb);
    }
  else if (save->lost != NULL && g_error_matches (error, KVAR_ERROR, KVAR_ERROR_OFFLINE))
    {
      g_task_return_error (task, g_steal_pointer (&save->lost));
    }
  else if (kvar_save_may_have_happened (error))
    {
      g_task_return_error (task, kvar_error_new_full (KVAR_ERROR_UNKNOWN_OUTCOME,
                                                      kvar_error_get_status (error),
                                                      kvar_error_get_provider_code (error),
                                                      error->message));
    }
  else
    {
      note_refused (save, error);
      g_task_return_error (task, g_steal_pointer (&error));
    }
}

static void
inserted_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  g_autoptr(KvarRecord) saved = NULL;
  g_autoptr(GError) error = NULL;
  KvarSave *save = g_task_get_task_data (task);

  if (!kvar_draft_get_unseen (save->draft))
    {
      saved = kvar_save_read_saved (save, KVAR_SESSION (object), result, insert_flags (save),
                                    &error);
    }
  else if (is_added_unseen (save, KVAR_SESSION (object), result, &error))
    {
      kvar_save_finish_unseen (task);
      return;
    }

  if (saved != NULL && save->hears_whole)
    {
      kvar_save_finish (task, saved);
    }
  else if (saved != NULL)
    {
      kvar_save_complete (g_steal_pointer (&task), saved);
    }
  else
    {
      insert_failed (g_steal_pointer (&task), g_steal_pointer (&error));
    }
}

/* Our own key is taken, by an insert whose answer was lost. If that was of this save, the row had
 * all that we have, and what differs is what the server or somebody has made of it since. What was
 * typed after an earlier save is an update of that row, if nobody but us can have made it. */
static void
arrived_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  g_autoptr(KvarRecord) row = NULL;
  g_autoptr(GError) error = NULL;
  KvarSave *save = g_task_get_task_data (task);

  row = kvar_record_load_finish (KVAR_SESSION (object), result, &error);
  if (g_error_matches (error, KVAR_ERROR, KVAR_ERROR_GONE) ||
      (row != NULL && save->key_is_typed && !kvar_save_has_our_values (save, row)))
    {
      /* Another unique column was the matter, or the row is another: the server's first word
       * stands. */
      kvar_draft_forget_insert (save->draft);
      g_task_return_error (task, g_steal_pointer (&save->lost));
    }
  else if (row == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
    }
  else if (!save->lost_before || kvar_save_has_our_values (save, row))
    {
      kvar_save_finish (task, row);
    }
  else
    {
      kvar_draft_forget_insert (save->draft);
      kvar_draft_set_base (save->draft, row);
      save->rebased = TRUE;
      save->answer_was_lost = FALSE;
      kvar_save_next (g_steal_pointer (&task));
    }
}
