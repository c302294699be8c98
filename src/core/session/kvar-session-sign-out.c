/* kvar-session-sign-out.c: ends a session by the person's own will
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-core"

#include "config.h"

#include "session/kvar-auth-api.h"
#include "session/kvar-session-private.h"

#define LIMIT (10 * KVAR_CLOCK_SECOND)    /* so long the person sees "Signing out…" */

typedef struct
{
  KvarSession *session;    /* unowned: the task holds it */
  guint        limit_id;
} SignOut;

static void sign_out_revoked_cb   (GObject *object, GAsyncResult *result, gpointer user_data);
static void sign_out_limit_cb     (gpointer user_data);
static void sign_out_cleared_cb   (GObject *object, GAsyncResult *result, gpointer user_data);
static void sign_out_others_cb    (GObject *object, GAsyncResult *result, gpointer user_data);

static void
sign_out_free (gpointer data)
{
  SignOut *sign_out = data;

  if (sign_out->limit_id != 0)
    kvar_clock_remove_timer (sign_out->session->clock, sign_out->limit_id);
  g_free (sign_out);
}

static void
finish (KvarSession *self,
        GTask       *task)
{
  SignOut *sign_out = g_task_get_task_data (task);

  if (sign_out->limit_id != 0)
    kvar_clock_remove_timer (self->clock, sign_out->limit_id);
  sign_out->limit_id = 0;

  g_object_freeze_notify (G_OBJECT (self));
  kvar_session_set_signing_out (self, FALSE);
  kvar_session_set_who (self, NULL, self->email);
  g_object_thaw_notify (G_OBJECT (self));

  g_task_return_boolean (task, TRUE);
}

/**
 * kvar_session_sign_out_async:
 *
 * Signs out at once: nothing is sent any more for this person, and nobody who waits is
 * served. The server is told now if it can be reached, else later; either way this
 * succeeds. %KVAR_SIGN_OUT_OTHERS leaves this session as it is and can fail.
 */
void
kvar_session_sign_out_async (KvarSession         *self,
                             KvarSignOutScope     scope,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;
  g_autoptr(KvarToken) token = NULL;
  SignOut *sign_out;

  g_return_if_fail (KVAR_IS_SESSION (self));
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, kvar_session_sign_out_async);
  g_task_set_check_cancellable (task, scope == KVAR_SIGN_OUT_OTHERS);

  if (scope == KVAR_SIGN_OUT_OTHERS)
    {
      g_autoptr(KvarRequest) request = kvar_auth_api_new_sign_out ("others");

      kvar_session_send_async (self, request, cancellable, sign_out_others_cb,
                               g_steal_pointer (&task));
      return;
    }

  if (self->signing_out || self->user_id == NULL)
    {
      g_task_return_boolean (task, TRUE);
      return;
    }

  sign_out = g_new0 (SignOut, 1);
  sign_out->session = self;
  g_task_set_task_data (task, sign_out, sign_out_free);

  token = self->token != NULL ? kvar_token_ref (self->token) : NULL;
  self->departures++;
  kvar_session_set_signing_out (self, TRUE);
  kvar_session_end (self, KVAR_SESSION_EVENT_LEAVE, KVAR_REASON_NONE);

  sign_out->limit_id = kvar_clock_add_timer (self->clock, LIMIT, sign_out_limit_cb, task);
  if (token != NULL)
    kvar_session_revoke_async (self, token, scope, sign_out_revoked_cb,
                               g_steal_pointer (&task));
  else
    kvar_vault_clear_async (self->vault, kvar_project_get_id (self->project), self->user_id,
                            cancellable, sign_out_cleared_cb, g_steal_pointer (&task));
}

/* The server has not been told yet; that goes on by itself. */
static void
sign_out_limit_cb (gpointer user_data)
{
  GTask *task = user_data;
  SignOut *sign_out = g_task_get_task_data (task);

  sign_out->limit_id = 0;
  finish (sign_out->session, task);
}

static void
sign_out_revoked_cb (GObject      *object,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  KvarSession *self = KVAR_SESSION (object);
  g_autoptr(GTask) task = user_data;
  SignOut *sign_out = g_task_get_task_data (task);

  kvar_session_revoke_finish (self, result, NULL);
  if (sign_out->limit_id != 0)
    finish (self, task);
}

static void
sign_out_cleared_cb (GObject      *object,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  KvarSession *self = g_task_get_source_object (task);
  SignOut *sign_out = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;

  if (!kvar_vault_clear_finish (KVAR_VAULT (object), result, &error))
    g_message ("The vault was not cleared: %s", error->message);
  if (sign_out->limit_id != 0)
    finish (self, task);
}

static void
sign_out_others_cb (GObject      *object,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  KvarSession *self = KVAR_SESSION (object);
  g_autoptr(GTask) task = user_data;
  g_autoptr(KvarReply) reply = NULL;
  GError *error = NULL;

  reply = kvar_session_send_finish (self, result, &error);
  if (reply == NULL || !kvar_reply_check (reply, KVAR_SERVICE_AUTH, &error))
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

gboolean
kvar_session_sign_out_finish (KvarSession   *self,
                              GAsyncResult  *result,
                              GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
