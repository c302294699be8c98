/* kvar-session-renewal.c: trades the refresh token in, once for everybody who waits
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One renewal: lock the credential → make sure the last rotation is stored → read the
 * vault (another process may have been here) → ask /token → judge → store → only then
 * tell those who wait. It belongs to the session: nobody who waits can cancel it. When
 * the session ends or another begins, it is dropped: its late answer finds nobody.
 */

#define G_LOG_DOMAIN "kvar-core"

#include "config.h"

#include "kvar-error.h"
#include "kvar-fault.h"
#include "session/kvar-auth-api.h"
#include "session/kvar-credential-lock.h"
#include "session/kvar-session-private.h"

#define DEADLINE (15 * KVAR_CLOCK_SECOND)

/* After an answer that was lost on the way: the same refresh token again, soon enough for
 * the server's reuse interval. */
static const gint64 lost_waits[] = {
  300 * KVAR_CLOCK_MILLISECOND,
  1000 * KVAR_CLOCK_MILLISECOND,
  2500 * KVAR_CLOCK_MILLISECOND,
};

struct _KvarRenewal
{
  gatomicrefcount     ref_count;

  KvarSession        *session;
  KvarToken          *base;          /* what is traded in */
  KvarToken          *fresh;         /* (nullable): what came for it */
  KvarCredentialLock *lock;
  GCancellable       *cancellable;
  guint               deadline_id;
  guint               timer_id;
  guint               n_lost;
  guint               generation;
  gboolean            undue;         /* no token's life calls for it; until it was noted */
  gboolean            rationed;      /* it counts as one of the few, unless nobody hears of it */
  guint               n_heard;       /* how often the server may have been asked */
  gint64              asked_at;
  gboolean            doubted;       /* the vault was read again after a refusal */
};

/* One renewal, in running order. */
static void renewal_locked_cb      (GObject *object, GAsyncResult *result, gpointer user_data);
static void renewal_caught_up_cb   (GObject *object, GAsyncResult *result, gpointer user_data);
static void renewal_looked_up_cb   (GObject *object, GAsyncResult *result, gpointer user_data);
static void renewal_deadline_cb    (gpointer user_data);
static void renewal_replied_cb     (GObject *object, GAsyncResult *result, gpointer user_data);
static void renewal_ask_again_cb   (gpointer user_data);
static void renewal_stored_cb      (GObject *object, GAsyncResult *result, gpointer user_data);
static void renewal_doubted_cb     (GObject *object, GAsyncResult *result, gpointer user_data);
static void renewal_cleared_cb     (GObject *object, GAsyncResult *result, gpointer user_data);

static KvarRenewal *
renewal_ref (KvarRenewal *renewal)
{
  g_atomic_ref_count_inc (&renewal->ref_count);

  return renewal;
}

static void
renewal_unref (KvarRenewal *renewal)
{
  if (!g_atomic_ref_count_dec (&renewal->ref_count))
    return;

  kvar_credential_lock_release (renewal->lock);
  g_object_unref (renewal->lock);
  g_clear_pointer (&renewal->base, kvar_token_unref);
  g_clear_pointer (&renewal->fresh, kvar_token_unref);
  g_object_unref (renewal->cancellable);
  g_object_unref (renewal->session);
  g_free (renewal);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KvarRenewal, renewal_unref)

static gboolean
is_live (KvarRenewal *renewal)
{
  return renewal->session->renewal == renewal;
}

/* Timers hold no reference: the session does, and stops them when it lets go. */
static void
stop_timers (KvarRenewal *renewal)
{
  KvarClock *clock = renewal->session->clock;

  if (renewal->deadline_id != 0)
    kvar_clock_remove_timer (clock, renewal->deadline_id);
  if (renewal->timer_id != 0)
    kvar_clock_remove_timer (clock, renewal->timer_id);
  renewal->deadline_id = renewal->timer_id = 0;
}

/* The session lets go of it; whatever is still under way holds the lock until it is back. */
static void
leave_session (KvarRenewal *renewal)
{
  KvarSession *self = renewal->session;

  g_assert (is_live (renewal));

  stop_timers (renewal);
  if (renewal->rationed && renewal->n_heard == 0)
    kvar_renewal_limit_give_back (&self->limit);
  self->renewal = NULL;
  kvar_session_note_renewal_done (self);
  renewal_unref (renewal);
}

/**
 * kvar_session_drop_renewal:
 *
 * Whatever a renewal under way still brings is no longer for this session. An answer that
 * is lost by this does no harm: whoever still needs the credential, such as a sign-out,
 * trades the same token in again.
 */
void
kvar_session_drop_renewal (KvarSession *self)
{
  if (self->renewal == NULL)
    return;

  g_cancellable_cancel (self->renewal->cancellable);
  leave_session (self->renewal);
}

static void
finish_not_now (KvarRenewal *renewal,
                gint64       retry_after)
{
  g_autoptr(KvarRenewal) hold G_GNUC_UNUSED = renewal_ref (renewal);
  KvarSession *self = renewal->session;
  g_autoptr(GError) error = NULL;

  leave_session (renewal);
  kvar_session_back_off (self, retry_after);
  kvar_session_note_token (self);
  error = kvar_session_make_error (self);
  kvar_session_release_waiters (self, error);
}

static void
finish_renewed (KvarRenewal *renewal,
                KvarToken   *token)
{
  g_autoptr(KvarRenewal) hold G_GNUC_UNUSED = renewal_ref (renewal);
  KvarSession *self = renewal->session;

  kvar_session_note_step (self, KVAR_SESSION_STEP_ADOPTED, kvar_token_get_serial (token),
                          renewal->generation, NULL);
  leave_session (renewal);
  self->auth_seen_at = kvar_clock_get_boottime (self->clock);
  self->unreachable = FALSE;
  kvar_session_end_back_off (self);
  kvar_session_adopt (self, token);
  KVAR_FAULT_POINT ("renewal-releasing");
  kvar_session_release_waiters (self, NULL);
}

/* It is given up before it asked; what there is can still be used. */
static void
finish_needless (KvarRenewal *renewal)
{
  g_autoptr(KvarRenewal) hold G_GNUC_UNUSED = renewal_ref (renewal);
  KvarSession *self = renewal->session;

  leave_session (renewal);
  self->renewal_wanted = FALSE;
  kvar_session_schedule_renewal (self);
  kvar_session_note_token (self);
  kvar_session_release_waiters (self, NULL);
}

static void
finish_blocked (KvarRenewal *renewal)
{
  g_autoptr(KvarRenewal) hold G_GNUC_UNUSED = renewal_ref (renewal);
  KvarSession *self = renewal->session;
  g_autoptr(GError) error = NULL;

  leave_session (renewal);
  self->unreachable = FALSE;
  kvar_session_handle (self, KVAR_SESSION_EVENT_BAN, KVAR_REASON_BLOCKED);
  kvar_session_back_off (self, -1);
  error = kvar_session_make_error (self);
  kvar_session_release_waiters (self, error);
}

/* The credential is worth nothing any more; nothing else of the person's is touched. */
static void
finish_over (KvarRenewal *renewal,
             KvarReason   reason)
{
  KvarSession *self = renewal->session;

  kvar_vault_clear_async (self->vault, kvar_project_get_id (self->project),
                          kvar_token_get_user_id (renewal->base), NULL,
                          renewal_cleared_cb, renewal_ref (renewal));
  kvar_session_end (self, KVAR_SESSION_EVENT_OVER, reason);
}

static void
renewal_cleared_cb (GObject      *object,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  g_autoptr(KvarRenewal) renewal G_GNUC_UNUSED = user_data;
  g_autoptr(GError) error = NULL;

  if (!kvar_vault_clear_finish (KVAR_VAULT (object), result, &error))
    g_message ("A spent credential stays in the vault: %s", error->message);
}

static void
look_up (KvarRenewal         *renewal,
         GAsyncReadyCallback  callback)
{
  KvarSession *self = renewal->session;

  kvar_vault_lookup_async (self->vault, kvar_project_get_id (self->project),
                           kvar_token_get_user_id (renewal->base), NULL,
                           callback, renewal_ref (renewal));
}

/* Asks with the base; a renewal that waits for nothing else has 15 s for all its asking. */
static void
ask (KvarRenewal *renewal)
{
  KvarSession *self = renewal->session;
  g_autoptr(KvarRequest) request = NULL;

  if (renewal->deadline_id == 0)
    renewal->deadline_id = kvar_clock_add_timer (self->clock, DEADLINE, renewal_deadline_cb,
                                                 renewal);

  KVAR_FAULT_POINT ("renewal-asking");
  kvar_session_note_step (self, KVAR_SESSION_STEP_ASKED, kvar_token_get_serial (renewal->base),
                          (renewal->undue ? KVAR_SESSION_ASK_UNDUE : 0) |
                          (self->unstored ? KVAR_SESSION_ASK_AT_RISK : 0), NULL);
  renewal->undue = FALSE;
  renewal->n_heard++;
  renewal->asked_at = kvar_clock_get_boottime (self->clock);
  request = kvar_auth_api_new_refresh (kvar_token_get_refresh (renewal->base));
  kvar_transport_send_async (self->transport, request, renewal->cancellable,
                             renewal_replied_cb, renewal_ref (renewal));
}

static gboolean
start (KvarSession *self,
       gboolean     undue)
{
  KvarRenewal *renewal = g_new0 (KvarRenewal, 1);

  g_atomic_ref_count_init (&renewal->ref_count);
  renewal->session = g_object_ref (self);
  renewal->base = kvar_token_ref (self->token);
  renewal->generation = self->generation;
  renewal->undue = renewal->rationed = undue;
  renewal->cancellable = g_cancellable_new ();
  renewal->lock = kvar_credential_lock_new (self->state_dir, kvar_project_get_id (self->project),
                                            kvar_token_get_user_id (self->token), self->clock);
  self->renewal = renewal;
  self->renewal_wanted = TRUE;
  kvar_session_note_token (self);

  kvar_credential_lock_take_async (renewal->lock, NULL, renewal_locked_cb,
                                   renewal_ref (renewal));

  return TRUE;
}

/**
 * kvar_session_start_renewal:
 *
 * Renews unless that is under way already, or it is one that no token's life calls for
 * and there have been too many of those.
 *
 * Returns: whether a renewal is under way
 */
gboolean
kvar_session_start_renewal (KvarSession *self)
{
  gint64 now = kvar_clock_get_boottime (self->clock);
  gboolean undue;

  if (self->renewal != NULL)
    return TRUE;
  if (self->token == NULL || kvar_session_must_not_renew (self))
    return FALSE;

  undue = self->attempt > 0 || !kvar_token_is_due (self->token, now);
  if (undue && !kvar_renewal_limit_take (&self->limit, now))
    return FALSE;

  return start (self, undue);
}

static void
renewal_locked_cb (GObject      *object,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr(KvarRenewal) renewal = user_data;
  KvarSession *self = renewal->session;

  kvar_credential_lock_take_finish (KVAR_CREDENTIAL_LOCK (object), result, NULL);
  KVAR_FAULT_POINT ("renewal-locked");
  if (!is_live (renewal))
    return;

  /* Two rotations that were not stored would end the session at the next start. */
  if (self->unstored)
    kvar_session_store_async (self, renewal->base, renewal_caught_up_cb, renewal_ref (renewal));
  else
    look_up (renewal, renewal_looked_up_cb);
}

static void
renewal_caught_up_cb (GObject      *object,
                      GAsyncResult *result,
                      gpointer      user_data)
{
  g_autoptr(KvarRenewal) renewal = user_data;
  KvarSession *self = KVAR_SESSION (object);
  gboolean stored = kvar_session_store_finish (self, result, NULL);
  gint64 now = kvar_clock_get_boottime (self->clock);

  if (!is_live (renewal))
    return;

  if (!stored && now + DEADLINE < kvar_token_get_end (renewal->base))
    {
      finish_not_now (renewal, -1);
      return;
    }

  if (!stored)
    g_message ("Renewing although the last renewal could not be stored: a crash now would "
               "end the session");
  look_up (renewal, renewal_looked_up_cb);
}

/* A stored token counts only when it is newer: a vault that was locked or full may be
 * behind us. */
static KvarToken *
read_newer (KvarRenewal  *renewal,
            GAsyncResult *result)
{
  KvarSession *self = renewal->session;
  g_autofree char *secret = NULL;
  g_autoptr(KvarToken) stored = NULL;
  g_autoptr(GError) error = NULL;

  secret = kvar_vault_lookup_finish (self->vault, result, &error);
  if (error != NULL)
    kvar_session_note_vault_error (self, error);
  else if (secret != NULL)
    stored = kvar_token_parse (secret, self->clock, NULL);

  if (stored == NULL || !kvar_token_is_newer (stored, renewal->base) ||
      g_strcmp0 (kvar_token_get_user_id (stored), kvar_token_get_user_id (renewal->base)) != 0)
    return NULL;

  return g_steal_pointer (&stored);
}

static void
renewal_looked_up_cb (GObject      *object,
                      GAsyncResult *result,
                      gpointer      user_data)
{
  g_autoptr(KvarRenewal) renewal = user_data;
  KvarSession *self = renewal->session;
  g_autoptr(KvarToken) newer = read_newer (renewal, result);
  gint64 now = kvar_clock_get_boottime (self->clock);

  if (!is_live (renewal))
    return;

  if (newer == NULL && kvar_session_have_others_left (self))
    {
      kvar_session_end (self, KVAR_SESSION_EVENT_LEAVE, KVAR_REASON_SIGNED_OUT);
      return;
    }

  if (newer != NULL)
    {
      if (kvar_token_is_usable (newer, now) && !kvar_token_is_due (newer, now))
        {
          finish_renewed (renewal, newer);
          return;
        }

      g_clear_pointer (&renewal->base, kvar_token_unref);
      renewal->base = g_steal_pointer (&newer);
    }
  else if (kvar_session_must_not_renew (self))
    {
      finish_needless (renewal);
      return;
    }

  ask (renewal);
}

/* Nobody waits longer. The request is given up, and with it an answer that may be on its
 * way: the server takes the same token again. */
static void
renewal_deadline_cb (gpointer user_data)
{
  KvarRenewal *renewal = user_data;
  g_autoptr(KvarRenewal) hold G_GNUC_UNUSED = renewal_ref (renewal);

  renewal->deadline_id = 0;
  renewal->session->unreachable = TRUE;
  g_cancellable_cancel (renewal->cancellable);
  finish_not_now (renewal, -1);
}

static void
note_verdict (KvarSession *self,
              KvarReply   *reply,
              gboolean     heard)
{
  const char *code = reply != NULL ? kvar_reply_get_code (reply) : NULL;

  self->verdict_at = kvar_clock_get_boottime (self->clock);
  g_free (self->verdict);
  if (code == NULL && reply != NULL)
    self->verdict = g_strdup_printf ("%d", kvar_reply_get_status (reply));
  else
    self->verdict = g_strdup (code != NULL ? code : heard ? "no answer" : "not reached");
}

/* Half of the round trip, so that the token's life is counted from about its birth. */
static KvarToken *
read_token (KvarRenewal *renewal,
            KvarReply   *reply)
{
  KvarSession *self = renewal->session;
  gint64 now = kvar_clock_get_boottime (self->clock);
  KvarToken *token;

  token = kvar_token_new_from_reply (reply, (renewal->asked_at + now) / 2,
                                     kvar_clock_get_server_time (self->clock), NULL);

  return token != NULL ? kvar_token_follow (token, renewal->base) : NULL;
}

static void
lost (KvarRenewal *renewal)
{
  KvarSession *self = renewal->session;

  if (renewal->n_lost < G_N_ELEMENTS (lost_waits) && self->attempt == 0)
    renewal->timer_id = kvar_clock_add_timer (self->clock, lost_waits[renewal->n_lost++],
                                              renewal_ask_again_cb, renewal);
  else
    finish_not_now (renewal, -1);
}

static void
act (KvarRenewal *renewal,
     KvarVerdict  verdict,
     KvarReply   *reply)
{
  KvarSession *self = renewal->session;

  switch (verdict)
    {
    case KVAR_VERDICT_RENEWED:
      stop_timers (renewal);    /* what has come is not given up any more */
      kvar_session_store_async (self, renewal->fresh, renewal_stored_cb, renewal_ref (renewal));
      KVAR_FAULT_POINT ("renewal-storing");
      break;

    case KVAR_VERDICT_LOST:
      lost (renewal);
      break;

    case KVAR_VERDICT_DOUBTFUL:
      if (!renewal->doubted)
        look_up (renewal, renewal_doubted_cb);
      else
        finish_over (renewal, kvar_verdict_reason (self->verdict));
      break;

    case KVAR_VERDICT_OVER:
      finish_over (renewal, kvar_verdict_reason (self->verdict));
      break;

    case KVAR_VERDICT_BLOCKED:
      finish_blocked (renewal);
      break;

    case KVAR_VERDICT_NOT_NOW:
    default:
      finish_not_now (renewal,
                      reply != NULL ? kvar_reply_get_retry_after (reply, self->clock) : -1);
      break;
    }
}

static void
renewal_replied_cb (GObject      *object,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  g_autoptr(KvarRenewal) renewal = user_data;
  KvarSession *self = renewal->session;
  g_autoptr(KvarReply) reply = NULL;
  g_autoptr(GError) error = NULL;
  KvarVerdict verdict;
  gboolean heard;

  reply = kvar_transport_send_finish (KVAR_TRANSPORT (object), result, &error);
  KVAR_FAULT_POINT ("renewal-answered");
  if (!is_live (renewal))
    return;

  g_clear_pointer (&renewal->fresh, kvar_token_unref);
  heard = !g_error_matches (error, KVAR_ERROR, KVAR_ERROR_OFFLINE);
  if (!heard)
    renewal->n_heard--;    /* nothing of a POST has left */
  if (reply != NULL && kvar_reply_get_status (reply) == 200)
    renewal->fresh = read_token (renewal, reply);

  verdict = kvar_verdict_judge (reply, error, renewal->fresh,
                                kvar_token_get_user_id (renewal->base));
  note_verdict (self, reply, heard);
  kvar_session_note_step (self, KVAR_SESSION_STEP_VERDICT, 0, verdict, self->verdict);
  self->unreachable = reply == NULL;
  if (verdict != KVAR_VERDICT_RENEWED)
    g_info ("The renewal was answered with “%s”%s%s", self->verdict,
            error != NULL ? ": " : "", error != NULL ? error->message : "");

  act (renewal, verdict, reply);
}

static void
renewal_ask_again_cb (gpointer user_data)
{
  KvarRenewal *renewal = user_data;

  renewal->timer_id = 0;
  ask (renewal);
}

static void
renewal_stored_cb (GObject      *object,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr(KvarRenewal) renewal = user_data;

  kvar_session_store_finish (KVAR_SESSION (object), result, NULL);
  KVAR_FAULT_POINT ("renewal-stored");
  if (is_live (renewal))
    finish_renewed (renewal, renewal->fresh);
}

static void
renewal_doubted_cb (GObject      *object,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  g_autoptr(KvarRenewal) renewal = user_data;
  KvarSession *self = renewal->session;
  g_autoptr(KvarToken) newer = read_newer (renewal, result);

  if (!is_live (renewal))
    return;

  if (newer == NULL)
    {
      finish_over (renewal, kvar_verdict_reason (self->verdict));
      return;
    }

  renewal->doubted = TRUE;
  g_clear_pointer (&renewal->base, kvar_token_unref);
  renewal->base = g_steal_pointer (&newer);
  ask (renewal);
}

/**
 * kvar_session_renew_async:
 *
 * Waits for a token other than the present one.
 */
void
kvar_session_renew_async (KvarSession         *self,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, kvar_session_renew_async);
  if (g_task_return_error_if_cancelled (task))
    return;

  /* A second factor brings a token too. */
  if (self->phase == KVAR_SESSION_SIGNED_IN && self->n_stepping_up > 0 &&
      kvar_session_must_not_renew (self))
    {
      kvar_session_wait (self, g_steal_pointer (&task));
      return;
    }

  if (self->phase != KVAR_SESSION_SIGNED_IN ||
      (self->renewal == NULL && kvar_clock_get_boottime (self->clock) < self->retry_at) ||
      !kvar_session_start_renewal (self))
    {
      self->renewal_wanted |= self->phase == KVAR_SESSION_SIGNED_IN;
      kvar_session_note_token (self);
      g_task_return_error (task, kvar_session_make_error (self));
      return;
    }

  kvar_session_wait (self, g_steal_pointer (&task));
}

gboolean
kvar_session_renew_finish (KvarSession   *self,
                           GAsyncResult  *result,
                           GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * kvar_session_ensure_token_async:
 *
 * Waits for a usable token, which mostly is there. While the server cannot be reached
 * only the first who needs one waits for the outcome; the others hear at once that it is
 * not now, until the pause is over.
 */
void
kvar_session_ensure_token_async (KvarSession         *self,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;

  if (self->phase == KVAR_SESSION_SIGNED_IN && !kvar_session_has_usable_token (self))
    {
      kvar_session_renew_async (self, cancellable, callback, user_data);
      return;
    }

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, kvar_session_ensure_token_async);

  if (g_task_return_error_if_cancelled (task))
    return;

  if (self->phase == KVAR_SESSION_SIGNED_IN)
    g_task_return_boolean (task, TRUE);
  else if (self->phase == KVAR_SESSION_RESTORING)
    kvar_session_wait (self, g_steal_pointer (&task));
  else
    g_task_return_error (task, kvar_session_make_error (self));
}

gboolean
kvar_session_ensure_token_finish (KvarSession   *self,
                                  GAsyncResult  *result,
                                  GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
