/* kvar-session-close.c: lets a renewal under way arrive before the program ends
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-core"

#include "config.h"

#include "session/kvar-session-private.h"

#define LIMIT (3 * KVAR_CLOCK_SECOND)    /* so long nobody minds that a program is still there */

static void
finish (KvarSession *self,
        gboolean     done)
{
  g_autoptr(GTask) task = g_steal_pointer (&self->closing);

  if (self->closing_id != 0)
    kvar_clock_remove_timer (self->clock, self->closing_id);
  self->closing_id = 0;

  g_task_return_boolean (task, done);
}

static void
limit_cb (gpointer user_data)
{
  KvarSession *self = user_data;

  self->closing_id = 0;
  g_message ("The program ends before a renewal was answered");
  finish (self, FALSE);
}

/**
 * kvar_session_close_async:
 *
 * To be called when the program is about to end: an answer that it does not wait for would
 * be lost. Waits until what has been asked of the auth server is answered and stored, three
 * seconds at most; mostly there is nothing to wait for.
 */
void
kvar_session_close_async (KvarSession         *self,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;

  g_return_if_fail (KVAR_IS_SESSION (self));

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, kvar_session_close_async);

  if (self->renewal == NULL || self->closing != NULL)
    {
      g_task_return_boolean (task, self->renewal == NULL);
      return;
    }

  self->closing = g_steal_pointer (&task);
  self->closing_id = kvar_clock_add_timer (self->clock, LIMIT, limit_cb, self);
}

/**
 * kvar_session_close_finish:
 *
 * Returns: whether nothing was left under way
 */
gboolean
kvar_session_close_finish (KvarSession   *self,
                           GAsyncResult  *result,
                           GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * kvar_session_note_renewal_done:
 *
 * A renewal has come to its end, with whatever it brought in the vault.
 */
void
kvar_session_note_renewal_done (KvarSession *self)
{
  if (self->closing != NULL)
    finish (self, TRUE);
}
