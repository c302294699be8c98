/* kvar-export-news.c: says that an export has begun, and how it has ended
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-export-news"

#include "config.h"

#include <glib/gi18n.h>

#include "kvar-error-text.h"
#include "kvar-export-news.h"
#include "widgets/kvar-errand-text.h"

/* Somebody who started a longer one does something else meanwhile. */
#define LONG_EXPORT (10 * KVAR_CLOCK_SECOND)

/**
 * kvar_export_news_start:
 * @parent: in the window that says so
 *
 * Starts @job, which belongs to the workspace: it goes on when the page is left.
 */
void
kvar_export_news_start (GtkWidget     *parent,
                        KvarWorkspace *workspace,
                        KvarExportJob *job)
{
  g_autofree char *text = NULL;

  g_return_if_fail (GTK_IS_WIDGET (parent));
  g_return_if_fail (KVAR_IS_WORKSPACE (workspace));
  g_return_if_fail (KVAR_IS_EXPORT_JOB (job));

  kvar_errand_list_start (kvar_workspace_get_exports (workspace), KVAR_ERRAND (job));

  /* Translators: %s is the name of a file. */
  text = g_strdup_printf (_("Exporting %s. You can keep working."),
                          kvar_export_job_get_title (job));
  gtk_widget_activate_action (parent, "win.toast", "s", text);
}

/* Who waits elsewhere, or has left it to itself since a restart, hears of it from the desktop. */
static gboolean
is_awaited (KvarExportJob *job,
            GtkWindow     *window)
{
  if (window != NULL && gtk_window_is_active (window))
    return FALSE;

  return kvar_export_job_get_resumed (job) || kvar_export_job_get_elapsed (job) >= LONG_EXPORT;
}

/**
 * kvar_export_news_tell:
 * @job: that is over
 * @application: (nullable): through which the desktop hears of it
 * @window: (nullable): where the person is, or was last
 *
 * Says wherever the person has gone meanwhile that the file is there. Whatever else came of it
 * is said on the page of exports, and by the desktop.
 */
void
kvar_export_news_tell (KvarExportJob *job,
                       GApplication  *application,
                       GtkWindow     *window)
{
  gboolean done = kvar_export_job_get_state (job) == KVAR_ERRAND_DONE;
  const GError *error = kvar_export_job_get_error (job);
  g_autoptr(GNotification) notification = NULL;
  g_autofree char *text = NULL;

  g_return_if_fail (KVAR_IS_EXPORT_JOB (job));

  if (done)
    text = kvar_errand_text_done (KVAR_ERRAND (job));
  else if (error != NULL)
    text = kvar_error_text_for_table (error, kvar_export_job_get_table (job));
  if (text == NULL)
    return;

  if (done && window != NULL)
    gtk_widget_activate_action (GTK_WIDGET (window), "win.toast", "s", text);
  if (application == NULL || !is_awaited (job, window))
    return;

  notification = g_notification_new (kvar_export_job_get_title (job));
  g_notification_set_body (notification, text);
  g_application_send_notification (application, "export", notification);
}
