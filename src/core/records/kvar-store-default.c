/* kvar-store-default.c: Finds out whether the server sets defaults, before it is asked to.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A server that doesn't know how to set a default puts null instead, and says nothing. So the
 * change is tried on no row first, every time: it costs one request where somebody has asked
 * for a default, and nothing that was learned earlier can be out of date.
 */

#define G_LOG_DOMAIN "kvar-store-save"

#include "config.h"

#include "kvar-error.h"
#include "records/kvar-rest-api.h"
#include "records/kvar-store-save-private.h"

/* Try, if there are defaults → the next step. */
static void tried_cb (GObject *object, GAsyncResult *result, gpointer user_data);

/* (nullable): the first column that is to get its default */
static KvarColumn *
find_default (KvarSave *save)
{
  for (guint i = 0; i < save->sent->len; i++)
    {
      KvarChange *change = g_ptr_array_index (save->sent, i);

      if (kvar_value_is_default (change->value))
        return change->column;
    }

  return NULL;
}

static gboolean
says_applied (KvarReply *reply)
{
  return kvar_rest_api_sets_default (kvar_reply_get_header (reply, "Preference-Applied"));
}

/* Takes @task, and gives it to @next where nothing but a default can come of asking for one. */
void
kvar_save_try_defaults (GTask        *task,
                        KvarSaveStep  next)
{
  KvarSave *save = g_task_get_task_data (task);
  g_autoptr(KvarBody) body = NULL;
  g_autoptr(KvarRequest) request = NULL;

  if (find_default (save) == NULL)
    {
      next (task);
      return;
    }
  if (kvar_save_return_if_left (task))
    return;

  save->next = next;
  body = kvar_save_make_body (save);
  request = kvar_rest_api_try_default (kvar_draft_get_table (save->draft), body);
  kvar_session_send_async (kvar_save_get_session (task), request, g_task_get_cancellable (task),
                           tried_cb, task);
}

static void
tried_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  g_autoptr(KvarReply) reply = NULL;
  g_autoptr(GError) error = NULL;
  KvarSave *save = g_task_get_task_data (task);
  KvarSaveStep next = save->next;

  reply = kvar_session_send_finish (KVAR_SESSION (object), result, &error);
  if (reply == NULL || !kvar_reply_check (reply, KVAR_SERVICE_REST, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  if (says_applied (reply))
    {
      next (g_steal_pointer (&task));
      return;
    }

  error = kvar_error_new_full (KVAR_ERROR_INVALID, 0, KVAR_ERROR_NO_DEFAULTS,
                               "The server doesn't apply missing=default");
  kvar_error_set_field (error, kvar_column_get_name (find_default (save)));
  g_task_return_error (task, g_steal_pointer (&error));
}

/* What was tried and yet not done, by another server behind the same address say: the row itself
 * tells what it has now. */
gboolean
kvar_save_check_defaults (KvarSave   *save,
                          KvarReply  *reply,
                          GError    **error)
{
  if (find_default (save) == NULL || says_applied (reply))
    return TRUE;

  g_set_error_literal (error, KVAR_ERROR, KVAR_ERROR_UNKNOWN_OUTCOME,
                       "The server doesn't say that it has applied missing=default");

  return FALSE;
}
