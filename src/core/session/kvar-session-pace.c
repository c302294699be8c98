/* kvar-session-pace.c: when the session renews, pauses, and tries again
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-core"

#include "config.h"

#include "kvar-backoff.h"
#include "session/kvar-session-private.h"

#define BLOCKED_PAUSE (5 * KVAR_CLOCK_MINUTE)

/* Of the renewals that are rationed, retries leave these to a person and to the network's
 * return: however long the server was away, its return is then noticed at once. */
#define KEPT_FOR_HINTS 1

static void
clear_timer (KvarSession *self,
             guint       *id)
{
  if (*id != 0)
    kvar_clock_remove_timer (self->clock, *id);
  *id = 0;
}

void
kvar_session_stop_timers (KvarSession *self)
{
  clear_timer (self, &self->due_id);
  clear_timer (self, &self->retry_id);
  clear_timer (self, &self->store_id);
  self->retry_at = 0;
}

/* During a pause the retry that ends it renews. */
static void
due_cb (gpointer user_data)
{
  KvarSession *self = user_data;

  self->due_id = 0;
  if (self->phase != KVAR_SESSION_SIGNED_IN)
    return;

  if (kvar_session_must_not_renew (self))
    kvar_session_schedule_renewal (self);
  else if (self->retry_id == 0)
    kvar_session_start_renewal (self);
  else
    self->renewal_wanted = TRUE;
}

/**
 * kvar_session_schedule_renewal:
 *
 * Ahead of time, a little earlier or later so that computers that were switched on
 * together do not come together. Counted from receipt on a clock that nobody sets.
 */
void
kvar_session_schedule_renewal (KvarSession *self)
{
  gint64 now = kvar_clock_get_boottime (self->clock);
  gint64 due = kvar_token_get_due (self->token);
  gint64 room = kvar_token_get_end (self->token) - due;

  clear_timer (self, &self->due_id);
  due += (gint64)(g_rand_double (self->rand) * room / 4);
  if (kvar_session_must_not_renew (self))
    due = kvar_token_get_end (self->token);
  self->due_id = kvar_clock_add_timer (self->clock, MAX (due - now, 0), due_cb, self);
}

static void retry_cb (gpointer user_data);

static void
pause_for (KvarSession *self,
           gint64       delay)
{
  clear_timer (self, &self->retry_id);
  self->retry_at = kvar_clock_get_boottime (self->clock) + delay;
  self->retry_id = kvar_clock_add_timer (self->clock, delay, retry_cb, self);
}

static gboolean
wants_renewal (KvarSession *self)
{
  return self->token != NULL && !self->signing_out && !kvar_session_must_not_renew (self) &&
         (self->phase == KVAR_SESSION_BLOCKED || self->renewal_wanted ||
          kvar_token_is_due (self->token, kvar_clock_get_boottime (self->clock)));
}

/* The pause is over. */
static void
retry_cb (gpointer user_data)
{
  KvarSession *self = user_data;
  gint64 wait = kvar_renewal_limit_wait (&self->limit, kvar_clock_get_boottime (self->clock),
                                         KEPT_FOR_HINTS);

  self->retry_id = 0;
  self->retry_at = 0;
  if (wait > 0 && wants_renewal (self))
    pause_for (self, wait);
  else
    kvar_session_try_again (self);
}

/**
 * kvar_session_back_off:
 * @retry_after: what the server asked for, or -1
 *
 * Not now: the next try is a while away, longer every time.
 */
void
kvar_session_back_off (KvarSession *self,
                       gint64       retry_after)
{
  gint64 delay = kvar_backoff_delay (self->attempt, retry_after, self->rand);

  if (self->phase == KVAR_SESSION_BLOCKED)
    delay = BLOCKED_PAUSE;

  self->attempt++;
  pause_for (self, delay);
}

void
kvar_session_end_back_off (KvarSession *self)
{
  clear_timer (self, &self->retry_id);
  self->retry_at = 0;
}

/**
 * kvar_session_try_again:
 *
 * Ends a pause now and asks the server whatever there is to ask: for a new token where
 * one is wanted, else whether it is there.
 */
void
kvar_session_try_again (KvarSession *self)
{
  gint64 now = kvar_clock_get_boottime (self->clock);

  kvar_session_end_back_off (self);
  if (self->phase == KVAR_SESSION_LOCKED)
    kvar_session_vault_unlocked (self);
  if (self->token == NULL || self->signing_out)
    return;

  if (wants_renewal (self))
    {
      if (!kvar_session_start_renewal (self))
        pause_for (self, MAX (kvar_renewal_limit_wait (&self->limit, now, 0),
                              KVAR_CLOCK_SECOND));
    }
  else if (self->unreachable)
    {
      kvar_session_back_off (self, -1);
      self->retry_at = 0;    /* the token is good: whoever wants may try the wire */
      kvar_heartbeat_beat (self->heartbeat);
    }
}

/**
 * kvar_session_poke:
 *
 * A person acted, or the network came up: whatever the session is waiting for, it now
 * tries again at once.
 */
void
kvar_session_poke (KvarSession *self)
{
  g_return_if_fail (KVAR_IS_SESSION (self));

  if (self->phase == KVAR_SESSION_LOCKED)
    kvar_session_unlock (self);
  else if (self->unreachable || self->retry_id != 0 || self->phase == KVAR_SESSION_BLOCKED)
    kvar_session_try_again (self);
}

/* An answer that shows that the project is there: its own JSON or data, no portal's page. */
static gboolean
is_from_project (KvarReply *reply)
{
  int status = kvar_reply_get_status (reply);
  const char *type = kvar_reply_get_header (reply, "Content-Type");

  if (type != NULL && g_ascii_strncasecmp (type, "text/html", strlen ("text/html")) == 0)
    return FALSE;

  return (status >= 200 && status < 300) || (status < 500 && kvar_reply_is_json (reply));
}

/**
 * kvar_session_note_answer:
 *
 * Draws from an ordinary answer what it tells about the session: that the server is
 * there, or that the session may be over, which only a renewal can confirm.
 */
void
kvar_session_note_answer (KvarSession *self,
                          KvarRequest *request,
                          KvarReply   *reply)
{
  gboolean from_auth = kvar_request_get_service (request) == KVAR_SERVICE_AUTH;

  if (!is_from_project (reply))
    return;

  if (from_auth && kvar_reply_get_status (reply) < 300)
    self->auth_seen_at = kvar_clock_get_boottime (self->clock);

  if (self->unreachable)
    {
      kvar_session_set_unreachable (self, FALSE);
      if (self->renewal_wanted)
        kvar_session_try_again (self);
      else
        {
          kvar_session_end_back_off (self);
          self->attempt = 0;
        }
    }

  if (from_auth && kvar_verdict_suspicion (reply) && self->retry_id == 0)
    kvar_session_start_renewal (self);
}
