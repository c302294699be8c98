/* kvar-invite.c: asks before a project is used that a link or a file tells of
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-invite"

#include "config.h"

#include <glib/gi18n.h>

#include "kvar-error-text.h"
#include "kvar-invite.h"
#include "pages/kvar-connect-page.h"
#include "session/kvar-invitation.h"

/* Open: the file → its bytes → whose project it tells of; ask; connect as by hand. */
static void opened_cb (GObject *object, GAsyncResult *result, gpointer user_data);
static void read_cb   (GObject *object, GAsyncResult *result, gpointer user_data);

static void
response_cb (AdwMessageDialog *dialog,
             const char       *response,
             KvarProject      *project)
{
  KvarWindow *window = KVAR_WINDOW (gtk_window_get_transient_for (GTK_WINDOW (dialog)));
  KvarNavigator *navigator = kvar_window_get_navigator (window);
  KvarPage *page = NULL;

  if (g_strcmp0 (response, "connect") != 0)
    return;

  kvar_navigator_connect (navigator);
  page = kvar_navigator_get_visible_page (navigator);
  if (KVAR_IS_CONNECT_PAGE (page))
    kvar_connect_page_connect_to (KVAR_CONNECT_PAGE (page), kvar_project_get_url (project),
                                  kvar_project_get_key (project));
}

static void
ask (KvarWindow  *window,
     KvarProject *project)
{
  g_autoptr(GUri) uri = g_uri_parse (kvar_project_get_url (project), G_URI_FLAGS_NONE, NULL);
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (window), NULL,
                                              _("Only do this if you know the sender."));

  adw_message_dialog_format_heading (ADW_MESSAGE_DIALOG (dialog),
                                     /* Translators: %s is the host of a project. */
                                     _("Connect to %s?"), g_uri_get_host (uri));
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog),
                                    "cancel", _("_Cancel"),
                                    "connect", _("C_onnect"),
                                    NULL);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_data (dialog, "response", G_CALLBACK (response_cb), g_object_ref (project),
                         (GClosureNotify)g_object_unref, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

/**
 * kvar_invite_open_text:
 * @text: a link, or what stands in a file
 * @length: of @text, or -1
 *
 * Asks whether to connect to the project that @text tells of, by the name of its host.
 */
void
kvar_invite_open_text (KvarWindow *window,
                       const char *text,
                       gssize      length)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(KvarProject) project = NULL;
  g_autofree char *problem = NULL;

  g_return_if_fail (KVAR_IS_WINDOW (window));

  project = kvar_invitation_read (text, length, &error);
  if (project != NULL)
    {
      ask (window, project);
      return;
    }

  problem = kvar_error_text (error);
  kvar_window_show_toast (window, problem, 0);
}

static void
tell_unreadable (KvarWindow   *window,
                 const GError *error)
{
  g_message ("The file cannot be read: %s", error->message);
  kvar_window_show_toast (window, _("This file can't be read."), 0);
}

/**
 * kvar_invite_open_file:
 *
 * The same with what stands in @file.
 */
void
kvar_invite_open_file (KvarWindow *window,
                       GFile      *file)
{
  g_return_if_fail (KVAR_IS_WINDOW (window));
  g_return_if_fail (G_IS_FILE (file));

  g_file_read_async (file, G_PRIORITY_DEFAULT, NULL, opened_cb, g_object_ref (window));
}

static void
opened_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(KvarWindow) window = user_data;
  g_autoptr(GFileInputStream) stream = NULL;
  g_autoptr(GError) error = NULL;

  stream = g_file_read_finish (G_FILE (object), result, &error);
  if (stream == NULL)
    tell_unreadable (window, error);
  else
    g_input_stream_read_bytes_async (G_INPUT_STREAM (stream), KVAR_INVITATION_MAX + 1,
                                     G_PRIORITY_DEFAULT, NULL, read_cb,
                                     g_steal_pointer (&window));
}

static void
read_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(KvarWindow) window = user_data;
  g_autoptr(GBytes) bytes = NULL;
  g_autoptr(GError) error = NULL;
  const char *text;
  gsize length;

  bytes = g_input_stream_read_bytes_finish (G_INPUT_STREAM (object), result, &error);
  if (bytes == NULL)
    {
      tell_unreadable (window, error);
      return;
    }

  text = g_bytes_get_data (bytes, &length);
  kvar_invite_open_text (window, text != NULL ? text : "", length);
}
