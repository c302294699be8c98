/* kvar-application-attention.c: calls somebody who looks elsewhere when their session has ended
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Once for each session, and never while one of the windows has the focus: the bar says it there.
 */

#define G_LOG_DOMAIN "kvar-application"

#include "config.h"

#include <glib/gi18n.h>

#include "kvar-application-private.h"

#define ID   "sign-in-needed"
#define LIVE "kvar-live"    /* on a session whose end nobody has heard of yet */

static gboolean
is_looked_at (KvarApplication *self)
{
  g_autoptr(GPtrArray) windows = kvar_application_list_windows (self);

  for (guint i = 0; i < windows->len; i++)
    if (gtk_window_is_active (g_ptr_array_index (windows, i)))
      return TRUE;

  return FALSE;
}

/* In the words that the bar has for it. */
static void
call (KvarApplication *self,
      KvarReason       reason)
{
  g_autoptr(GNotification) notification = NULL;

  notification = g_notification_new (kvar_reason_to_sentence (reason));
  /* The sentence for an account that is paused says this too. */
  if (reason != KVAR_REASON_BLOCKED && reason != KVAR_REASON_SIGNED_OUT)
    g_notification_set_body (notification, _("What you typed is safe."));
  g_notification_set_default_action (notification, "app.sign-in");
  if (reason != KVAR_REASON_BLOCKED)
    g_notification_add_button (notification, _("Sign In"), "app.sign-in");
  g_application_send_notification (G_APPLICATION (self), ID, notification);
}

static void
state_changed_cb (KvarSession     *session,
                  GParamSpec      *pspec,
                  KvarApplication *self)
{
  KvarReason reason = kvar_session_get_reason (session);

  if (kvar_session_is_usable (session))
    {
      g_object_set_data (G_OBJECT (session), LIVE, GINT_TO_POINTER (TRUE));
      kvar_application_withdraw_call (self);
    }
  else if (kvar_reason_to_sentence (reason) != NULL &&
           g_object_steal_data (G_OBJECT (session), LIVE) != NULL && !is_looked_at (self))
    {
      call (self, reason);
    }
}

/**
 * kvar_application_follow_session:
 * @session: one that has just been opened
 *
 * From now on whoever is signed in there is called when the session ends.
 */
void
kvar_application_follow_session (KvarApplication *self,
                                 KvarSession     *session)
{
  g_signal_connect_object (session, "notify::state", G_CALLBACK (state_changed_cb), self, 0);
}

/**
 * kvar_application_withdraw_call:
 *
 * Somebody is here, or signed in again: the call has nothing left to say.
 */
void
kvar_application_withdraw_call (KvarApplication *self)
{
  g_application_withdraw_notification (G_APPLICATION (self), ID);
}
