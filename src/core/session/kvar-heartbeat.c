/* kvar-heartbeat.c: asks the auth server every few minutes whether the session still stands
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * PostgREST goes on accepting a revoked token until it expires, so only a question to the
 * auth server shows a revocation in minutes. The question is an ordinary request of the
 * session; what the answer means for it is decided where all answers are.
 */

#define G_LOG_DOMAIN "kvar-core"

#include "config.h"

#include "session/kvar-auth-api.h"
#include "session/kvar-heartbeat.h"
#include "session/kvar-session-private.h"

#define INTERVAL     (4 * KVAR_CLOCK_MINUTE)
#define FIRST        (30 * KVAR_CLOCK_SECOND)   /* a stored token may have been revoked */
#define SPREAD       (5 * KVAR_CLOCK_SECOND)    /* an office's lids open together */
#define SPACING      (30 * KVAR_CLOCK_SECOND)   /* a network may come and go all the time */

struct _KvarHeartbeat
{
  KvarSession     *session;       /* unowned: it owns us */
  GNetworkMonitor *network;
  GCancellable    *cancellable;   /* (nullable): of the question under way */
  guint            timer_id;
  gint64           next_at;       /* boottime; while there is a timer */
  gint64           hinted_at;     /* boottime of the last question that a hint brought; 0: none */
  gulong           resumed_id;
  gulong           network_id;
  gulong           connectivity_id;
  gboolean         available;
  gboolean         connected;
};

static void schedule (KvarHeartbeat *self, gint64 delay);

static void
beat_replied_cb (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(GCancellable) cancellable = user_data;
  KvarSession *session = KVAR_SESSION (object);
  g_autoptr(KvarReply) reply = NULL;
  g_autoptr(GError) error = NULL;

  reply = kvar_session_send_finish (session, result, &error);
  if (reply == NULL)
    g_debug ("The heartbeat was not answered: %s", error->message);

  if (session->heartbeat != NULL && session->heartbeat->cancellable == cancellable)
    g_clear_object (&session->heartbeat->cancellable);
}

/**
 * kvar_heartbeat_beat:
 *
 * Asks now, unless a question is under way.
 */
void
kvar_heartbeat_beat (KvarHeartbeat *self)
{
  g_autoptr(KvarRequest) request = NULL;

  if (self->cancellable != NULL || !kvar_session_is_usable (self->session))
    return;

  self->cancellable = g_cancellable_new ();
  request = kvar_auth_api_new_user ();
  kvar_session_send_async (self->session, request, self->cancellable, beat_replied_cb,
                           g_object_ref (self->cancellable));
}

/* Skipped only when the auth server itself has answered well lately. */
static void
timer_cb (gpointer user_data)
{
  KvarHeartbeat *self = user_data;
  KvarSession *session = self->session;
  gint64 now = kvar_clock_get_boottime (session->clock);
  gint64 next = session->auth_seen_at + INTERVAL;

  self->timer_id = 0;

  if (next > now)
    {
      schedule (self, next - now);
      return;
    }

  schedule (self, INTERVAL);
  kvar_heartbeat_beat (self);
}

static void
schedule (KvarHeartbeat *self,
          gint64         delay)
{
  if (self->timer_id != 0)
    kvar_clock_remove_timer (self->session->clock, self->timer_id);
  self->timer_id = kvar_clock_add_timer (self->session->clock, delay, timer_cb, self);
  self->next_at = kvar_clock_get_boottime (self->session->clock) + delay;
  kvar_session_save_status (self->session);
}

/* Asks soon, whatever was heard before; but hints that come one after the other bring no
 * more than a question each half minute. */
static void
beat_soon (KvarHeartbeat *self)
{
  gint64 now = kvar_clock_get_boottime (self->session->clock);
  gint64 wait = self->hinted_at != 0 ? MAX (self->hinted_at + SPACING - now, 0) : 0;

  if (self->timer_id == 0 || self->hinted_at > now)
    return;

  wait += (gint64)(g_rand_double (self->session->rand) * SPREAD);
  self->session->auth_seen_at = 0;
  self->hinted_at = now + wait;
  schedule (self, wait);
}

/* Much may have happened while the lid was closed. A token that died meanwhile is renewed
 * by the first who needs it, or by its own timer, which is late by now. */
static void
resumed_cb (KvarHeartbeat *self)
{
  beat_soon (self);
}

/* Only a hint: monitors have been wrong both ways. */
static void
network_came_up (KvarHeartbeat *self)
{
  if (self->timer_id == 0)
    return;

  kvar_session_try_again (self->session);
  beat_soon (self);
}

static void
network_changed_cb (KvarHeartbeat *self,
                    gboolean       available)
{
  gboolean came_up = available && !self->available;

  self->available = available;
  if (came_up)
    network_came_up (self);
}

static gboolean
is_connected (KvarHeartbeat *self)
{
  return g_network_monitor_get_connectivity (self->network) == G_NETWORK_CONNECTIVITY_FULL;
}

/* Somebody has signed in at the hotel's page, or the cable is in at last. */
static void
connectivity_changed_cb (KvarHeartbeat *self)
{
  gboolean connected = is_connected (self);
  gboolean came_up = connected && !self->connected;

  self->connected = connected;
  if (came_up)
    network_came_up (self);
}

KvarHeartbeat *
kvar_heartbeat_new (KvarSession *session)
{
  KvarHeartbeat *self = g_new0 (KvarHeartbeat, 1);

  self->session = session;
  self->network = g_object_ref (g_network_monitor_get_default ());
  self->available = g_network_monitor_get_network_available (self->network);
  self->connected = is_connected (self);
  self->resumed_id = g_signal_connect_swapped (session->clock, "resumed",
                                               G_CALLBACK (resumed_cb), self);
  self->network_id = g_signal_connect_swapped (self->network, "network-changed",
                                               G_CALLBACK (network_changed_cb), self);
  self->connectivity_id = g_signal_connect_swapped (self->network, "notify::connectivity",
                                                    G_CALLBACK (connectivity_changed_cb), self);

  return self;
}

void
kvar_heartbeat_free (KvarHeartbeat *self)
{
  kvar_heartbeat_stop (self);
  g_clear_signal_handler (&self->resumed_id, self->session->clock);
  g_clear_signal_handler (&self->network_id, self->network);
  g_clear_signal_handler (&self->connectivity_id, self->network);
  g_clear_object (&self->network);
  g_free (self);
}

/**
 * kvar_heartbeat_start:
 *
 * Begins to ask every four minutes; for the first time soon, unless the auth server has
 * just been heard.
 */
void
kvar_heartbeat_start (KvarHeartbeat *self)
{
  schedule (self, FIRST);
}

void
kvar_heartbeat_stop (KvarHeartbeat *self)
{
  if (self->timer_id != 0)
    kvar_clock_remove_timer (self->session->clock, self->timer_id);
  self->timer_id = 0;

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

/**
 * kvar_heartbeat_get_next:
 *
 * Returns: the boottime at which the auth server may be asked next; 0 for never
 */
gint64
kvar_heartbeat_get_next (KvarHeartbeat *self)
{
  return self->timer_id != 0 ? self->next_at : 0;
}
