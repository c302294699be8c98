/* kvar-http-pool.c: a few connections, and who may use them next
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * libsoup would queue by itself, but knows no lanes, and a request that waits in there
 * cannot be told from one whose connection is not made.
 */

#define G_LOG_DOMAIN "kvar-core"

#include "config.h"

#include "net/kvar-http-call-private.h"
#include "net/kvar-http-pool-private.h"

/* After that much rest a server may have closed the connection, unnoticed: what must not
 * be sent twice then gets one of its own. */
#define REST (10 * KVAR_CLOCK_SECOND)

/* As much of a server's warning as a log has room for, in bytes. */
#define WARNING_MAX 500

typedef struct
{
  KvarRequest  *request;
  GCancellable *cancellable;    /* (nullable) */
  gulong        cancelled_id;
} Turn;

struct _KvarHttpPool
{
  GObject      parent_instance;

  SoupSession *session;
  KvarClock   *clock;
  char        *base_url;
  char        *api_key;
  guint        n_connections;
  guint        n_bulk;

  GQueue       waiting[KVAR_LANE_BULK + 1];    /* of GTask with a Turn */
  guint        running[KVAR_LANE_BULK + 1];
  gint64       last_heard;                     /* boottime */
  char        *told;                           /* (nullable) what the server warned of last */
};

G_DEFINE_FINAL_TYPE (KvarHttpPool, kvar_http_pool, G_TYPE_OBJECT)

static void replied_cb (GObject *object, GAsyncResult *result, gpointer user_data);

static SoupSession *
new_session (KvarHttpPool *self)
{
  SoupSession *session;

  session = soup_session_new_with_options ("max-conns", (int)self->n_connections,
                                           "max-conns-per-host", (int)self->n_connections,
                                           "timeout", 0,
                                           "idle-timeout", 30,
                                           "user-agent", "Kvar/" KVAR_VERSION " (Linux)",
                                           NULL);

  return session;
}

static void
turn_stop_waiting (Turn *turn)
{
  if (turn->cancelled_id != 0)
    g_signal_handler_disconnect (turn->cancellable, turn->cancelled_id);
  turn->cancelled_id = 0;
}

static void
turn_free (gpointer data)
{
  Turn *turn = data;

  turn_stop_waiting (turn);
  g_clear_object (&turn->cancellable);
  kvar_request_unref (turn->request);
  g_free (turn);
}

static gboolean
may_run (KvarHttpPool *self,
         KvarLane      lane)
{
  if (g_queue_is_empty (&self->waiting[lane]) ||
      self->running[KVAR_LANE_USER] + self->running[KVAR_LANE_BULK] >= self->n_connections)
    return FALSE;

  return lane == KVAR_LANE_USER || self->running[KVAR_LANE_BULK] < self->n_bulk;
}

static void
run_next (KvarHttpPool *self,
          KvarLane      lane)
{
  g_autoptr(GTask) task = g_queue_pop_head (&self->waiting[lane]);
  Turn *turn = g_task_get_task_data (task);
  gboolean rested = kvar_clock_get_boottime (self->clock) - self->last_heard > REST;

  turn_stop_waiting (turn);
  self->running[lane]++;
  kvar_http_call_send_async (self->session, self->clock, self->base_url, self->api_key,
                             turn->request,
                             rested && !kvar_request_get_repeatable (turn->request),
                             turn->cancellable, replied_cb, g_object_ref (task));
}

static void
run_waiting (KvarHttpPool *self)
{
  while (may_run (self, KVAR_LANE_USER))
    run_next (self, KVAR_LANE_USER);
  while (may_run (self, KVAR_LANE_BULK))
    run_next (self, KVAR_LANE_BULK);
}

/* A newer server says by "Warning: 299" what it will not understand much longer: once is enough
 * for whoever reads the log. */
static void
note_warning (KvarHttpPool *self,
              KvarReply    *reply)
{
  const char *warning = kvar_reply_get_header (reply, "Warning");

  if (warning == NULL || !g_str_has_prefix (warning, "299") ||
      g_strcmp0 (warning, self->told) == 0)
    return;

  g_message ("The server warns: %.*s", WARNING_MAX, warning);
  g_free (self->told);
  self->told = g_strdup (warning);
}

static void
replied_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  g_autoptr(KvarReply) reply = NULL;
  g_autoptr(GError) error = NULL;
  KvarHttpPool *self = g_task_get_source_object (task);
  Turn *turn = g_task_get_task_data (task);

  reply = kvar_http_call_send_finish (result, &error);
  self->running[kvar_request_get_lane (turn->request)]--;
  if (reply != NULL)
    {
      self->last_heard = kvar_clock_get_boottime (self->clock);
      note_warning (self, reply);
    }
  run_waiting (self);

  if (reply != NULL)
    g_task_return_pointer (task, g_steal_pointer (&reply), (GDestroyNotify)kvar_reply_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
cancelled_cb (GCancellable *cancellable,
              gpointer      user_data)
{
  g_autoptr(GTask) task = g_object_ref (G_TASK (user_data));
  KvarHttpPool *self = g_task_get_source_object (task);
  Turn *turn = g_task_get_task_data (task);

  if (!g_queue_remove (&self->waiting[kvar_request_get_lane (turn->request)], task))
    return;

  g_object_unref (task);
  turn_stop_waiting (turn);
  g_task_return_error_if_cancelled (task);
}

/* Connections do not outlive a sleep; what is under way keeps the old session until its
 * own timer ends it. */
static void
resumed_cb (KvarHttpPool *self)
{
  g_object_unref (self->session);
  self->session = new_session (self);
}

static void
kvar_http_pool_finalize (GObject *object)
{
  KvarHttpPool *self = KVAR_HTTP_POOL (object);

  g_clear_object (&self->session);
  g_clear_object (&self->clock);
  g_clear_pointer (&self->base_url, g_free);
  g_clear_pointer (&self->api_key, g_free);
  g_clear_pointer (&self->told, g_free);

  G_OBJECT_CLASS (kvar_http_pool_parent_class)->finalize (object);
}

static void
kvar_http_pool_class_init (KvarHttpPoolClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = kvar_http_pool_finalize;
}

static void
kvar_http_pool_init (KvarHttpPool *self)
{
  g_queue_init (&self->waiting[KVAR_LANE_USER]);
  g_queue_init (&self->waiting[KVAR_LANE_BULK]);
}

/**
 * kvar_http_pool_new:
 * @n_connections: how many requests may be under way at once
 * @n_bulk: how many of them may be of the bulk lane
 */
KvarHttpPool *
kvar_http_pool_new (const char *base_url,
                    const char *api_key,
                    KvarClock  *clock,
                    guint       n_connections,
                    guint       n_bulk)
{
  KvarHttpPool *self = g_object_new (KVAR_TYPE_HTTP_POOL, NULL);

  self->base_url = g_strdup (base_url);
  self->api_key = g_strdup (api_key);
  self->clock = g_object_ref (clock);
  self->n_connections = n_connections;
  self->n_bulk = n_bulk;
  self->session = new_session (self);
  g_signal_connect_object (clock, "resumed", G_CALLBACK (resumed_cb), self, G_CONNECT_SWAPPED);

  return self;
}

void
kvar_http_pool_send_async (KvarHttpPool        *self,
                           KvarRequest         *request,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (self, cancellable, callback, user_data);
  Turn *turn = g_new0 (Turn, 1);

  turn->request = kvar_request_ref (request);
  g_task_set_source_tag (task, kvar_http_pool_send_async);
  g_task_set_task_data (task, turn, turn_free);
  if (g_task_return_error_if_cancelled (task))
    return;

  if (cancellable != NULL)
    {
      turn->cancellable = g_object_ref (cancellable);
      turn->cancelled_id = g_signal_connect (cancellable, "cancelled",
                                             G_CALLBACK (cancelled_cb), task);
    }

  g_queue_push_tail (&self->waiting[kvar_request_get_lane (request)], g_steal_pointer (&task));
  run_waiting (self);
}

KvarReply *
kvar_http_pool_send_finish (KvarHttpPool  *self,
                            GAsyncResult  *result,
                            GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
