/* kvar-session-sign-in.c: begins a session with e-mail and password
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-core"

#include "config.h"

#include "session/kvar-auth-api.h"
#include "session/kvar-credential-lock.h"
#include "session/kvar-session-private.h"

typedef struct
{
  KvarToken          *token;      /* (nullable) */
  KvarCredentialLock *lock;       /* (nullable) */
  gint64              asked_at;
} SignIn;

/* Sign in: ask → lock → store → begin. */
static void sign_in_replied_cb (GObject *object, GAsyncResult *result, gpointer user_data);
static void sign_in_locked_cb  (GObject *object, GAsyncResult *result, gpointer user_data);
static void sign_in_stored_cb  (GObject *object, GAsyncResult *result, gpointer user_data);

static void
sign_in_free (gpointer data)
{
  SignIn *sign_in = data;

  g_clear_pointer (&sign_in->token, kvar_token_unref);
  if (sign_in->lock != NULL)
    kvar_credential_lock_release (sign_in->lock);
  g_clear_object (&sign_in->lock);
  g_free (sign_in);
}

/**
 * kvar_session_sign_in_async:
 *
 * Signs in; whoever was signed in before leaves when this succeeds. A second sign-in while
 * one is under way is ignored: it ends as cancelled.
 */
void
kvar_session_sign_in_async (KvarSession         *self,
                            const char          *email,
                            const char          *password,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;
  g_autoptr(KvarRequest) request = NULL;
  g_autofree char *stripped = NULL;
  SignIn *sign_in;

  g_return_if_fail (KVAR_IS_SESSION (self));
  g_return_if_fail (email != NULL && password != NULL);
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, kvar_session_sign_in_async);

  if (self->signing_in)
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED,
                               "another sign-in is under way");
      return;
    }

  self->signing_in = TRUE;
  sign_in = g_new0 (SignIn, 1);
  sign_in->asked_at = kvar_clock_get_boottime (self->clock);
  g_task_set_task_data (task, sign_in, sign_in_free);

  stripped = g_strstrip (g_strdup (email));
  request = kvar_auth_api_new_sign_in (stripped, password);
  kvar_transport_send_async (self->transport, request, cancellable, sign_in_replied_cb,
                             g_steal_pointer (&task));
}

static KvarToken *
read_session (KvarSession  *self,
              SignIn       *sign_in,
              KvarReply    *reply,
              GError      **error)
{
  gint64 now = kvar_clock_get_boottime (self->clock);

  if (!kvar_reply_check (reply, KVAR_SERVICE_AUTH, error))
    return NULL;

  return kvar_token_new_from_reply (reply, (sign_in->asked_at + now) / 2,
                                    kvar_clock_get_server_time (self->clock), error);
}

static void
sign_in_replied_cb (GObject      *object,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  KvarSession *self = g_task_get_source_object (task);
  SignIn *sign_in = g_task_get_task_data (task);
  g_autoptr(KvarReply) reply = NULL;
  GError *error = NULL;

  reply = kvar_transport_send_finish (KVAR_TRANSPORT (object), result, &error);
  if (reply != NULL)
    sign_in->token = read_session (self, sign_in, reply, &error);

  if (sign_in->token == NULL)
    {
      self->signing_in = FALSE;
      g_task_return_error (task, error);
      return;
    }

  /* A renewal of the session that this one replaces would only hold the lock. */
  kvar_session_drop_renewal (self);
  sign_in->lock = kvar_credential_lock_new (self->state_dir, kvar_project_get_id (self->project),
                                            kvar_token_get_user_id (sign_in->token),
                                            self->clock);
  kvar_credential_lock_take_async (sign_in->lock, NULL, sign_in_locked_cb,
                                   g_steal_pointer (&task));
}

static void
sign_in_locked_cb (GObject      *object,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  KvarSession *self = g_task_get_source_object (task);
  SignIn *sign_in = g_task_get_task_data (task);

  kvar_credential_lock_take_finish (KVAR_CREDENTIAL_LOCK (object), result, NULL);

  self->vault_locked = FALSE;    /* a person is here who can unlock it */
  kvar_session_store_async (self, sign_in->token, sign_in_stored_cb, g_steal_pointer (&task));
}

static void
sign_in_stored_cb (GObject      *object,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  KvarSession *self = KVAR_SESSION (object);
  g_autoptr(GTask) task = user_data;
  SignIn *sign_in = g_task_get_task_data (task);

  kvar_session_store_finish (self, result, NULL);
  kvar_credential_lock_release (sign_in->lock);

  self->signing_in = FALSE;
  self->auth_seen_at = kvar_clock_get_boottime (self->clock);
  kvar_session_spare_user (self, kvar_token_get_user_id (sign_in->token));
  kvar_session_begin (self, sign_in->token);
  g_task_return_boolean (task, TRUE);
}

/**
 * kvar_session_sign_in_finish:
 *
 * Returns: whether somebody is signed in now. Wrong credentials are %KVAR_ERROR_REFUSED
 *   with the provider code "invalid_credentials"
 */
gboolean
kvar_session_sign_in_finish (KvarSession   *self,
                             GAsyncResult  *result,
                             GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
