/* kvar-session-waiters.c: those who wait for a token, and leave when they no longer want it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-core"

#include "config.h"

#include "session/kvar-session-private.h"

typedef struct
{
  KvarSession *session;    /* unowned: the task holds it */
  GTask       *task;
  guint        number;     /* in the trace */
  GSource     *leaving;    /* (nullable): fires when the task's cancellable is cancelled */
} Waiter;

static void
stop_leaving (Waiter *waiter)
{
  if (waiter->leaving != NULL)
    g_source_destroy (waiter->leaving);
  g_clear_pointer (&waiter->leaving, g_source_unref);
}

static void
waiter_free (gpointer data)
{
  Waiter *waiter = data;

  stop_leaving (waiter);
  kvar_session_note_step (waiter->session, KVAR_SESSION_STEP_SERVED, waiter->number, 0, NULL);
  g_clear_object (&waiter->task);
  g_free (waiter);
}

/* Only this one leaves; what the others wait for goes on. */
static gboolean
leave_cb (GCancellable *cancellable,
          gpointer      user_data)
{
  Waiter *waiter = user_data;
  g_autoptr(GTask) task = g_object_ref (waiter->task);

  g_ptr_array_remove (waiter->session->waiters, waiter);
  g_task_return_error_if_cancelled (task);

  return G_SOURCE_REMOVE;
}

/**
 * kvar_session_wait:
 * @task: (transfer full): returns TRUE or the error of kvar_session_release_waiters()
 */
void
kvar_session_wait (KvarSession *self,
                   GTask       *task)
{
  GCancellable *cancellable = g_task_get_cancellable (task);
  Waiter *waiter = g_new0 (Waiter, 1);

  waiter->session = self;
  waiter->task = task;
  waiter->number = ++self->last_number;
  kvar_session_note_step (self, KVAR_SESSION_STEP_WAITING, waiter->number, 0, NULL);

  if (cancellable != NULL)
    {
      waiter->leaving = g_cancellable_source_new (cancellable);
      g_source_set_callback (waiter->leaving, G_SOURCE_FUNC (leave_cb), waiter, NULL);
      g_source_attach (waiter->leaving, g_task_get_context (task));
    }

  if (self->waiters == NULL)
    self->waiters = g_ptr_array_new_with_free_func (waiter_free);
  g_ptr_array_add (self->waiters, waiter);
}

/**
 * kvar_session_release_waiters:
 * @error: (nullable): why there is no token
 *
 * Callers come back in the order in which they came; they may ask again at once.
 */
void
kvar_session_release_waiters (KvarSession  *self,
                              const GError *error)
{
  g_autoptr(GPtrArray) waiters = g_steal_pointer (&self->waiters);

  for (guint i = 0; waiters != NULL && i < waiters->len; i++)
    {
      Waiter *waiter = g_ptr_array_index (waiters, i);
      g_autoptr(GTask) task = g_steal_pointer (&waiter->task);

      /* It must not leave any more, whatever the callbacks of the others do. */
      stop_leaving (waiter);

      if (error != NULL)
        g_task_return_error (task, g_error_copy (error));
      else
        g_task_return_boolean (task, TRUE);
    }
}
