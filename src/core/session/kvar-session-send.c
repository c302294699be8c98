/* kvar-session-send.c: sends requests as the signed-in person, and again with a new token
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-core"

#include "config.h"

#include "kvar-error.h"
#include "session/kvar-session-private.h"

#define FUTURE_WAIT  (2 * KVAR_CLOCK_SECOND)
#define REFUSED_WAIT (60 * KVAR_CLOCK_SECOND)

/* What a request on its way remembers. */
typedef struct
{
  KvarRequest *request;
  KvarToken   *token;         /* (nullable): the one it went out with */
  guint        departures;    /* who asked is gone when the session's number differs */
  guint        number;        /* in the trace */
  gboolean     replayed;
  gboolean     waited;
  guint        timer_id;
  KvarClock   *clock;
  GSource     *leaving;       /* (nullable): ends the wait for a server's slow clock */
} Send;

/* Send: token → send → (renew → send again). */
static void send_token_cb   (GObject *object, GAsyncResult *result, gpointer user_data);
static void send_replied_cb (GObject *object, GAsyncResult *result, gpointer user_data);
static void send_renewed_cb (GObject *object, GAsyncResult *result, gpointer user_data);
static void send_waited_cb  (gpointer user_data);

static void
send_stop_waiting (Send *send)
{
  if (send->timer_id != 0)
    kvar_clock_remove_timer (send->clock, send->timer_id);
  send->timer_id = 0;
  if (send->leaving != NULL)
    g_source_destroy (send->leaving);
  g_clear_pointer (&send->leaving, g_source_unref);
}

static void
send_free (gpointer data)
{
  Send *send = data;

  send_stop_waiting (send);
  g_clear_pointer (&send->request, kvar_request_unref);
  g_clear_pointer (&send->token, kvar_token_unref);
  g_clear_object (&send->clock);
  g_free (send);
}

static void
send_now (KvarSession *self,
          GTask       *owned_task)
{
  g_autoptr(GTask) task = owned_task;
  Send *send = g_task_get_task_data (task);
  g_autoptr(KvarRequest) authorised = NULL;
  GCancellable *cancellable = g_task_get_cancellable (task);

  g_clear_pointer (&send->token, kvar_token_unref);
  send->token = kvar_token_ref (self->token);
  kvar_session_note_step (self, KVAR_SESSION_STEP_SENT, send->number, 0, NULL);
  authorised = kvar_request_with_bearer (send->request, kvar_token_get_access (self->token));
  kvar_transport_send_async (self->transport, authorised, cancellable, send_replied_cb,
                             g_steal_pointer (&task));
}

/* Whoever asked has left: what was theirs is neither shown nor sent as somebody else. */
static gboolean
return_if_departed (KvarSession *self,
                    GTask       *task)
{
  Send *send = g_task_get_task_data (task);

  if (send->departures == self->departures)
    return FALSE;

  if (!g_task_return_error_if_cancelled (task))
    g_task_return_error (task, kvar_error_new_full (KVAR_ERROR_SIGNED_OUT, 0, NULL,
                                                    "the person who asked has signed out"));

  return TRUE;
}

/* The same after the request was on its way. What cannot be repeated may have happened: who comes
 * back has to know that before they send it again. */
static gboolean
return_if_departed_since (KvarSession  *self,
                          GTask        *task,
                          KvarReply    *reply,
                          const GError *error)
{
  Send *send = g_task_get_task_data (task);
  gboolean refused = reply != NULL && kvar_reply_get_status (reply) >= 400 &&
                     kvar_reply_get_status (reply) < 500;
  gboolean not_sent = g_error_matches (error, KVAR_ERROR, KVAR_ERROR_OFFLINE);

  if (send->departures == self->departures || kvar_request_get_repeatable (send->request) ||
      refused || not_sent)
    return return_if_departed (self, task);

  if (!g_task_return_error_if_cancelled (task))
    g_task_return_error (task, kvar_error_new_full (KVAR_ERROR_UNKNOWN_OUTCOME, 0, NULL,
                                                    "the person who asked signed out meanwhile"));

  return TRUE;
}

static void
return_reply (GTask     *task,
              KvarReply *reply)
{
  g_task_return_pointer (task, kvar_reply_ref (reply), (GDestroyNotify)kvar_reply_unref);
}

/**
 * kvar_session_send_async:
 * @request: what to ask, without credentials
 *
 * Sends @request as the signed-in person: waits for a usable token, and where a service
 * does not take it, renews it once and sends once more. Whatever is answered otherwise,
 * errors too, is handed back; check it with kvar_reply_check(). While there is a session
 * nothing is ever sent as anon.
 */
void
kvar_session_send_async (KvarSession         *self,
                         KvarRequest         *request,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;
  Send *send;

  g_return_if_fail (KVAR_IS_SESSION (self));
  g_return_if_fail (request != NULL);
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  send = g_new0 (Send, 1);
  send->request = kvar_request_ref (request);
  send->departures = self->departures;
  send->number = ++self->last_number;
  send->clock = g_object_ref (self->clock);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, kvar_session_send_async);
  g_task_set_task_data (task, send, send_free);

  kvar_session_ensure_token_async (self, cancellable, send_token_cb, g_steal_pointer (&task));
}

static void
send_token_cb (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  KvarSession *self = KVAR_SESSION (object);
  g_autoptr(GTask) task = user_data;
  g_autoptr(GError) error = NULL;

  if (!kvar_session_ensure_token_finish (self, result, &error))
    g_task_return_error (task, g_steal_pointer (&error));
  else if (!return_if_departed (self, task))
    send_now (self, g_steal_pointer (&task));
}

/* The wire failed: nobody is signed out by that. */
static void
note_failure (KvarSession  *self,
              const GError *error)
{
  if (g_error_matches (error, KVAR_ERROR, KVAR_ERROR_OFFLINE) &&
      self->phase == KVAR_SESSION_SIGNED_IN && !self->unreachable)
    {
      kvar_session_set_unreachable (self, TRUE);
      if (self->renewal == NULL && self->retry_id == 0)
        kvar_session_back_off (self, -1);
    }
}

/* A service that refused a token it had just been given is broken by itself; a new token
 * for every request would only cost the whole office its share of renewals. */
static gboolean
may_renew_for (KvarSession *self,
               Send        *send)
{
  KvarService service = kvar_request_get_service (send->request);
  gint64 now = kvar_clock_get_boottime (self->clock);

  if (!send->replayed)
    return now >= self->refused_until[service] || kvar_token_is_due (self->token, now);

  if (send->token == self->token)
    self->refused_until[service] = now + REFUSED_WAIT;

  return FALSE;
}

static void
replay (KvarSession *self,
        GTask       *owned_task)
{
  g_autoptr(GTask) task = owned_task;
  Send *send = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);

  send->replayed = TRUE;

  /* A straggler: somebody else has already brought a new one. */
  if (send->token != self->token && kvar_session_has_usable_token (self))
    send_now (self, g_steal_pointer (&task));
  else
    kvar_session_renew_async (self, cancellable, send_renewed_cb, g_steal_pointer (&task));
}

static gboolean
send_left_cb (GCancellable *cancellable,
              gpointer      user_data)
{
  GTask *task = user_data;
  g_autoptr(GTask) owned G_GNUC_UNUSED = g_object_ref (task);

  send_stop_waiting (g_task_get_task_data (task));
  g_task_return_error_if_cancelled (task);
  g_object_unref (task);    /* the timer's */

  return G_SOURCE_REMOVE;
}

/* The server's clock is behind the one that made the token. A new token would be even
 * further ahead, so the same one is tried again when the server has caught up. */
static void
wait_for_server (KvarSession *self,
                 GTask       *owned_task)
{
  Send *send = g_task_get_task_data (owned_task);
  GCancellable *cancellable = g_task_get_cancellable (owned_task);

  send->waited = TRUE;
  send->timer_id = kvar_clock_add_timer (self->clock, FUTURE_WAIT, send_waited_cb, owned_task);
  if (cancellable == NULL)
    return;

  send->leaving = g_cancellable_source_new (cancellable);
  g_source_set_callback (send->leaving, G_SOURCE_FUNC (send_left_cb), owned_task, NULL);
  g_source_attach (send->leaving, g_task_get_context (owned_task));
}

static void
send_replied_cb (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  KvarSession *self = g_task_get_source_object (task);
  Send *send = g_task_get_task_data (task);
  g_autoptr(KvarReply) reply = NULL;
  g_autoptr(GError) error = NULL;
  KvarTokenProblem problem;

  reply = kvar_transport_send_finish (KVAR_TRANSPORT (object), result, &error);
  if (return_if_departed_since (self, task, reply, error))
    return;

  if (reply == NULL)
    {
      note_failure (self, error);
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  problem = kvar_reply_token_problem (reply, kvar_request_get_service (send->request));
  if (self->phase == KVAR_SESSION_SIGNED_IN && self->token != NULL)
    {
      kvar_session_note_answer (self, send->request, reply);

      if (problem == KVAR_TOKEN_PROBLEM_FUTURE && !send->waited)
        {
          wait_for_server (self, g_steal_pointer (&task));
          return;
        }

      if (problem == KVAR_TOKEN_PROBLEM_EXPIRED && may_renew_for (self, send))
        {
          replay (self, g_steal_pointer (&task));
          return;
        }
    }
  else if (problem != KVAR_TOKEN_PROBLEM_NONE)
    {
      g_task_return_error (task, kvar_session_make_error (self));
      return;
    }

  return_reply (task, reply);
}

static void
send_renewed_cb (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  KvarSession *self = KVAR_SESSION (object);
  g_autoptr(GTask) task = user_data;
  g_autoptr(GError) error = NULL;

  if (!kvar_session_renew_finish (self, result, &error))
    g_task_return_error (task, g_steal_pointer (&error));
  else if (!return_if_departed (self, task))
    send_now (self, g_steal_pointer (&task));
}

static void
send_waited_cb (gpointer user_data)
{
  g_autoptr(GTask) task = user_data;
  KvarSession *self = g_task_get_source_object (task);
  Send *send = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);

  send->timer_id = 0;
  send_stop_waiting (send);

  if (return_if_departed (self, task))
    return;

  kvar_session_ensure_token_async (self, cancellable, send_token_cb, g_steal_pointer (&task));
}

/**
 * kvar_session_send_finish:
 *
 * Returns: (transfer full): the reply, a success or not. Errors are %KVAR_ERROR_OFFLINE,
 *   %KVAR_ERROR_UNKNOWN_OUTCOME, %KVAR_ERROR_SIGNED_OUT, %KVAR_ERROR_BLOCKED and
 *   %G_IO_ERROR_CANCELLED
 */
KvarReply *
kvar_session_send_finish (KvarSession   *self,
                          GAsyncResult  *result,
                          GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
