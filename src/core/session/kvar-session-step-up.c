/* kvar-session-step-up.c: trades a second factor in for a token, never while one is renewed
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Verifying a factor rotates like a renewal, but twice: a client that lost the answer must
 * not present its old refresh token any more, since the server would take that for a theft
 * and end the session. So this takes the renewal's lock, and no renewal begins while it waits
 * for that or for its answer. After a lost answer none does while the access token still
 * lives: a new challenge with it comes first, and brings a good token.
 */

#define G_LOG_DOMAIN "kvar-core"

#include "config.h"

#include "kvar-error.h"
#include "session/kvar-credential-lock.h"
#include "session/kvar-session-private.h"

typedef struct
{
  KvarRequest        *request;
  KvarCredentialLock *lock;
  KvarToken          *base;          /* (nullable): what the answer follows */
  KvarToken          *fresh;         /* (nullable) */
  guint               generation;
  gint64              asked_at;
  gboolean            counted;       /* among those that are under way */
} StepUp;

/* Step up: token → lock → ask → store → adopt. */
static void step_up_token_cb   (GObject *object, GAsyncResult *result, gpointer user_data);
static void step_up_locked_cb  (GObject *object, GAsyncResult *result, gpointer user_data);
static void step_up_replied_cb (GObject *object, GAsyncResult *result, gpointer user_data);
static void step_up_stored_cb  (GObject *object, GAsyncResult *result, gpointer user_data);

static void
step_up_free (gpointer data)
{
  StepUp *step_up = data;

  kvar_credential_lock_release (step_up->lock);
  g_object_unref (step_up->lock);
  kvar_request_unref (step_up->request);
  g_clear_pointer (&step_up->base, kvar_token_unref);
  g_clear_pointer (&step_up->fresh, kvar_token_unref);
  g_free (step_up);
}

static void
count (KvarSession *self,
       StepUp      *step_up)
{
  step_up->counted = TRUE;
  self->n_stepping_up++;
}

static void
uncount (KvarSession *self,
         StepUp      *step_up)
{
  if (step_up->counted)
    self->n_stepping_up--;
  step_up->counted = FALSE;
}

/* It has brought nothing: whoever waited for its token, and the next renewal, have their own
 * way again. */
static void
give_way (KvarSession *self,
          StepUp      *step_up)
{
  g_autoptr(GError) error = NULL;

  kvar_credential_lock_release (step_up->lock);
  uncount (self, step_up);
  if (self->token == NULL || self->n_stepping_up > 0)
    return;

  kvar_session_schedule_renewal (self);
  if (self->waiters == NULL || kvar_session_start_renewal (self))
    return;

  error = kvar_session_make_error (self);
  kvar_session_release_waiters (self, error);
}

/* Whoever asked has left, or the session has ended, or another has begun. */
static gboolean
return_if_over (KvarSession *self,
                GTask       *task)
{
  StepUp *step_up = g_task_get_task_data (task);

  if (step_up->generation == self->generation && self->token != NULL)
    return FALSE;

  give_way (self, step_up);
  g_task_return_error (task, kvar_error_new_full (KVAR_ERROR_SIGNED_OUT, 0, NULL,
                                                  "the session has ended"));

  return TRUE;
}

/**
 * kvar_session_step_up_async:
 * @request: a factor's verification, without credentials
 *
 * Sends @request between two renewals, and goes on with the token that it brings.
 */
void
kvar_session_step_up_async (KvarSession         *self,
                            KvarRequest         *request,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;
  StepUp *step_up;

  g_return_if_fail (KVAR_IS_SESSION (self));
  g_return_if_fail (request != NULL);
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, kvar_session_step_up_async);

  if (!kvar_session_is_usable (self))
    {
      g_task_return_error (task, kvar_session_make_error (self));
      return;
    }

  step_up = g_new0 (StepUp, 1);
  step_up->request = kvar_request_ref (request);
  step_up->generation = self->generation;
  step_up->lock = kvar_credential_lock_new (self->state_dir, kvar_project_get_id (self->project),
                                            self->user_id, self->clock);
  g_task_set_task_data (task, step_up, step_up_free);

  kvar_session_ensure_token_async (self, cancellable, step_up_token_cb, g_steal_pointer (&task));
}

static void
step_up_token_cb (GObject      *object,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  KvarSession *self = KVAR_SESSION (object);
  g_autoptr(GTask) task = user_data;
  StepUp *step_up = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;

  if (!kvar_session_ensure_token_finish (self, result, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  count (self, step_up);
  kvar_credential_lock_take_async (step_up->lock, NULL, step_up_locked_cb,
                                   g_steal_pointer (&task));
}

static void
step_up_locked_cb (GObject      *object,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  KvarSession *self = g_task_get_source_object (task);
  StepUp *step_up = g_task_get_task_data (task);
  g_autoptr(KvarRequest) authorised = NULL;

  kvar_credential_lock_take_finish (KVAR_CREDENTIAL_LOCK (object), result, NULL);
  if (g_task_return_error_if_cancelled (task))
    {
      give_way (self, step_up);
      return;
    }
  if (return_if_over (self, task))
    return;

  /* From here on nobody can cancel it: an answer that nobody reads is a lost one. */
  step_up->base = kvar_token_ref (self->token);
  step_up->asked_at = kvar_clock_get_boottime (self->clock);
  g_task_set_check_cancellable (task, FALSE);
  authorised = kvar_request_with_bearer (step_up->request,
                                         kvar_token_get_access (step_up->base));
  kvar_transport_send_async (self->transport, authorised, NULL, step_up_replied_cb,
                             g_steal_pointer (&task));
}

/* Whether the server may have rotated without our knowing to what. */
static gboolean
may_have_rotated (KvarReply    *reply,
                  const GError *error)
{
  int status;

  if (reply == NULL)
    return g_error_matches (error, KVAR_ERROR, KVAR_ERROR_UNKNOWN_OUTCOME);

  status = kvar_reply_get_status (reply);

  return (status >= 200 && status < 300) || status == 504 || status == 520 || status == 524 ||
         status == 544;
}

static void
step_up_replied_cb (GObject      *object,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  KvarSession *self = g_task_get_source_object (task);
  StepUp *step_up = g_task_get_task_data (task);
  gint64 now = kvar_clock_get_boottime (self->clock);
  g_autoptr(KvarReply) reply = NULL;
  g_autoptr(GError) error = NULL;

  reply = kvar_transport_send_finish (KVAR_TRANSPORT (object), result, &error);
  if (return_if_over (self, task))
    return;

  if (reply != NULL && kvar_reply_check (reply, KVAR_SERVICE_AUTH, &error))
    step_up->fresh = kvar_token_new_from_reply (reply, (step_up->asked_at + now) / 2,
                                                kvar_clock_get_server_time (self->clock),
                                                &error);

  if (step_up->fresh != NULL && g_strcmp0 (kvar_token_get_user_id (step_up->fresh),
                                           self->user_id) == 0)
    {
      kvar_token_follow (step_up->fresh, step_up->base);
      kvar_session_store_async (self, step_up->fresh, step_up_stored_cb, g_steal_pointer (&task));
      return;
    }

  self->refresh_in_doubt |= may_have_rotated (reply, error);
  if (error == NULL)
    error = kvar_error_new_full (KVAR_ERROR_BAD_REPLY, 0, NULL, "somebody else's session");
  g_message ("The second factor was not taken: %s", error->message);
  give_way (self, step_up);
  g_task_return_error (task, g_steal_pointer (&error));
}

static void
step_up_stored_cb (GObject      *object,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  KvarSession *self = KVAR_SESSION (object);
  g_autoptr(GTask) task = user_data;
  StepUp *step_up = g_task_get_task_data (task);

  kvar_session_store_finish (self, result, NULL);
  kvar_credential_lock_release (step_up->lock);
  uncount (self, step_up);
  if (return_if_over (self, task))
    return;

  kvar_session_note_step (self, KVAR_SESSION_STEP_ADOPTED,
                          kvar_token_get_serial (step_up->fresh), step_up->generation, NULL);
  kvar_session_adopt (self, step_up->fresh);
  kvar_session_release_waiters (self, NULL);
  g_task_return_boolean (task, TRUE);
}

/**
 * kvar_session_step_up_finish:
 *
 * Returns: whether the factor was taken. A wrong code is %KVAR_ERROR_REFUSED; after
 *   %KVAR_ERROR_UNKNOWN_OUTCOME ask for a new challenge and verify that
 */
gboolean
kvar_session_step_up_finish (KvarSession   *self,
                             GAsyncResult  *result,
                             GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
