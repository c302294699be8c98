/* kvar-sign-out.c: asks what is to become of unsent work before somebody is signed out
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-sign-out"

#include "config.h"

#include <glib/gi18n.h>

#include "kvar-error-text.h"
#include "kvar-sign-out.h"

typedef struct
{
  KvarWindow    *window;       /* (nullable) weak: it may be closed meanwhile */
  KvarWorkspace *workspace;
} SignOut;

/* Ask, if anything is not sent: keep it → sign out; send it → all sent: sign out; something is
 * left: ask again. */
static void ask         (SignOut *self);
static void response_cb (GtkWidget *dialog, const char *response, SignOut *self);

static SignOut *
sign_out_new (KvarWindow *window)
{
  SignOut *self = g_new0 (SignOut, 1);

  g_set_weak_pointer (&self->window, window);
  self->workspace = g_object_ref (kvar_window_get_workspace (window));

  return self;
}

static void
sign_out_free (SignOut *self)
{
  g_signal_handlers_disconnect_by_data (kvar_workspace_get_outbox (self->workspace), self);
  g_clear_weak_pointer (&self->window);
  g_clear_object (&self->workspace);
  g_free (self);
}

static void
signed_out_cb (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  SignOut *self = user_data;
  g_autoptr(GError) error = NULL;

  if (!kvar_session_sign_out_finish (KVAR_SESSION (object), result, &error) &&
      !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) && self->window != NULL)
    {
      g_autofree char *text = kvar_error_text (error);

      kvar_window_show_toast (self->window, text, 0);
    }

  sign_out_free (self);
}

static void
sign_out (SignOut *self)
{
  kvar_session_sign_out_async (kvar_workspace_get_session (self->workspace),
                               KVAR_SIGN_OUT_LOCAL, NULL, signed_out_cb, self);
}

static guint
count_unsent (SignOut *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (kvar_workspace_get_drafts (self->workspace)));
}

/* The line is empty, or it has stopped: what is left now is left for another reason. To be
 * signed out by it in an hour is not what anybody has asked for. */
static void
line_changed_cb (SignOut *self)
{
  KvarOutbox *outbox = kvar_workspace_get_outbox (self->workspace);
  gboolean usable = kvar_session_is_usable (kvar_workspace_get_session (self->workspace));

  if (kvar_outbox_get_n_waiting (outbox) > 0 && !kvar_outbox_get_held_up (outbox) && usable)
    return;

  g_signal_handlers_disconnect_by_data (outbox, self);
  if (self->window == NULL || !usable)
    sign_out_free (self);
  else if (count_unsent (self) == 0)
    sign_out (self);
  else
    ask (self);
}

static void
send_now (SignOut *self)
{
  KvarOutbox *outbox = kvar_workspace_get_outbox (self->workspace);

  g_signal_connect_swapped (outbox, "notify::n-waiting", G_CALLBACK (line_changed_cb), self);
  g_signal_connect_swapped (outbox, "notify::held-up", G_CALLBACK (line_changed_cb), self);
  if (kvar_outbox_send_all (outbox) == 0 || kvar_outbox_get_held_up (outbox))
    line_changed_cb (self);
}

static void
response_cb (GtkWidget  *dialog,
             const char *response,
             SignOut    *self)
{
  /* Closing it would be a second answer. */
  g_signal_handlers_disconnect_by_func (dialog, response_cb, self);
  gtk_window_destroy (GTK_WINDOW (dialog));

  if (g_strcmp0 (response, "send") == 0)
    send_now (self);
  else if (g_strcmp0 (response, "keep") == 0)
    sign_out (self);
  else
    sign_out_free (self);
}

static void
ask (SignOut *self)
{
  KvarSession *session = kvar_workspace_get_session (self->workspace);
  guint n = count_unsent (self);
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (self->window), _("Sign out?"), NULL);

  adw_message_dialog_format_body (
    ADW_MESSAGE_DIALOG (dialog),
    /* Translators: %u changes in records. */
    ngettext ("%u change hasn't been sent yet.", "%u changes haven't been sent yet.", n), n);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog),
                                    "cancel", _("_Cancel"),
                                    "keep", _("_Keep on This Computer"),
                                    "send", _("_Send Now"),
                                    NULL);
  adw_message_dialog_set_response_enabled (ADW_MESSAGE_DIALOG (dialog), "send",
                                           kvar_session_is_usable (session));
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "send",
                                              ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect (dialog, "response", G_CALLBACK (response_cb), self);
  gtk_window_present (GTK_WINDOW (dialog));
}

/**
 * kvar_sign_out_begin:
 *
 * Signs the window's user out. Work that has not been sent is never left behind in silence:
 * it can be sent first, or kept for when they are back.
 */
void
kvar_sign_out_begin (KvarWindow *window)
{
  SignOut *self = NULL;

  g_return_if_fail (KVAR_IS_WINDOW (window));

  if (kvar_window_get_workspace (window) == NULL)
    return;

  self = sign_out_new (window);
  kvar_outbox_commit_deletes (kvar_workspace_get_outbox (self->workspace));
  if (count_unsent (self) > 0)
    ask (self);
  else
    sign_out (self);
}
