/* kvar-application-work.c: what is under way keeps the program running, and somebody logged in
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-application"

#include "config.h"

#include <glib/gi18n.h>

#include "kvar-application-private.h"
#include "kvar-error-text.h"
#include "kvar-export-news.h"

/* What waits for a network is on the disk and needs nobody to stay. */
static const char *
find_reason (KvarApplication *self)
{
  if (self->moving)
    return _("An export or a file is on its way");
  if (kvar_application_is_saving (self))
    return _("Changes are being saved");

  return NULL;
}

/* The desktop shows the reason to somebody who is about to log out. */
static void
update_inhibitor (KvarApplication *self)
{
  GtkApplication *application = GTK_APPLICATION (self);
  GtkApplicationInhibitFlags flags = GTK_APPLICATION_INHIBIT_LOGOUT;
  const char *reason = find_reason (self);

  if (reason == self->inhibit_reason)
    return;

  if (self->inhibitor != 0)
    gtk_application_uninhibit (application, self->inhibitor);
  self->inhibitor = 0;
  self->inhibit_reason = reason;
  if (self->moving)
    flags |= GTK_APPLICATION_INHIBIT_SUSPEND;
  if (reason != NULL)
    self->inhibitor = gtk_application_inhibit (application,
                                               gtk_application_get_active_window (application),
                                               flags, reason);
}

static KvarErrandList *
get_transfers (KvarWorkspace *workspace)
{
  return kvar_files_get_transfers (kvar_workspace_get_files (workspace));
}

gboolean
kvar_application_is_saving (KvarApplication *self)
{
  GHashTableIter iter;
  gpointer workspace;

  g_hash_table_iter_init (&iter, self->workspaces);
  while (g_hash_table_iter_next (&iter, NULL, &workspace))
    if (kvar_store_get_saving (kvar_workspace_get_store (workspace)))
      return TRUE;

  return FALSE;
}

/* What somebody has saved is saved, also when they close the window at once. */
static void
saving_changed_cb (KvarStore       *store,
                   GParamSpec      *pspec,
                   KvarApplication *self)
{
  if (kvar_store_get_saving (store))
    g_application_hold (G_APPLICATION (self));
  else
    g_application_release (G_APPLICATION (self));

  update_inhibitor (self);
  if (self->end_timer != 0)
    kvar_application_close_sessions (self);
}

/* Whether an export or a file is on its way in any workspace. */
static gboolean
is_moving (KvarApplication *self)
{
  GHashTableIter iter;
  gpointer workspace;

  g_hash_table_iter_init (&iter, self->workspaces);
  while (g_hash_table_iter_next (&iter, NULL, &workspace))
    if (kvar_errand_list_get_n_running (kvar_workspace_get_exports (workspace)) > 0 ||
        kvar_errand_list_get_n_running (get_transfers (workspace)) > 0)
      return TRUE;

  return FALSE;
}

/* What is on its way goes there when the window is closed too, and keeps the computer from
 * logging out and from falling asleep by itself. */
static void
errands_changed_cb (KvarApplication *self)
{
  gboolean running = is_moving (self);

  if (running && !self->moving)
    {
      self->moving = TRUE;
      update_inhibitor (self);
      g_application_hold (G_APPLICATION (self));
    }
  else if (!running && self->moving)
    {
      self->moving = FALSE;
      update_inhibitor (self);
      if (!kvar_application_has_windows (self))
        kvar_application_begin_to_end (self);
      g_application_release (G_APPLICATION (self));
    }
}

/* (nullable): where the person was last, of the windows that show these exports. */
static GtkWindow *
find_window (KvarApplication *self,
             KvarErrandList  *exports)
{
  g_autoptr(GPtrArray) windows = kvar_application_list_windows (self);

  for (guint i = 0; i < windows->len; i++)
    {
      KvarWorkspace *workspace = kvar_window_get_workspace (g_ptr_array_index (windows, i));

      if (workspace != NULL && kvar_workspace_get_exports (workspace) == exports)
        return g_ptr_array_index (windows, i);
    }

  return NULL;
}

static void
export_ended_cb (KvarErrandList  *exports,
                 KvarExportJob   *job,
                 KvarApplication *self)
{
  kvar_export_news_tell (job, G_APPLICATION (self), find_window (self, exports));
}

static void
tell (KvarApplication *self,
      const char      *text)
{
  g_autoptr(GPtrArray) windows = kvar_application_list_windows (self);

  if (windows->len > 0)
    kvar_window_show_toast (g_ptr_array_index (windows, 0), text, 0);
}

/* Said once: what is typed stays in memory, and writing it is tried again. */
static void
journal_problem_cb (KvarDraftStore  *drafts,
                    GParamSpec      *pspec,
                    KvarApplication *self)
{
  const GError *problem = kvar_draft_store_get_problem (drafts);
  g_autofree char *text = problem != NULL ? kvar_error_text (problem) : NULL;

  if (text != NULL)
    tell (self, text);
}

static void
journal_set_aside_cb (KvarDraftStore  *drafts,
                      GParamSpec      *pspec,
                      KvarApplication *self)
{
  if (kvar_draft_store_get_set_aside (drafts) != NULL)
    tell (self, _("The file with your drafts was damaged. What could be read of it is here, "
                  "and the damaged file is kept beside it."));
}

/* Whether the project keeps files is asked as soon as its tables are known. */
static void
schema_changed_cb (KvarWorkspace   *workspace,
                   GParamSpec      *pspec,
                   KvarApplication *self)
{
  if (kvar_workspace_get_schema (workspace) != NULL)
    kvar_bucket_list_refresh (kvar_files_get_buckets (kvar_workspace_get_files (workspace)));
}

static void
follow_errands (KvarApplication *self,
                KvarErrandList  *errands)
{
  g_signal_handlers_disconnect_by_data (errands, self);
  g_signal_connect_object (errands, "notify::n-running", G_CALLBACK (errands_changed_cb), self,
                           G_CONNECT_SWAPPED);
}

/**
 * kvar_application_follow_work:
 *
 * Follows what is under way in @workspace. Once per workspace: it may be shown again.
 */
void
kvar_application_follow_work (KvarApplication *self,
                              KvarWorkspace   *workspace)
{
  KvarErrandList *exports = kvar_workspace_get_exports (workspace);
  KvarStore *store = kvar_workspace_get_store (workspace);
  KvarDraftStore *drafts = kvar_workspace_get_drafts (workspace);

  g_signal_handlers_disconnect_by_data (drafts, self);
  g_signal_handlers_disconnect_by_data (store, self);
  g_signal_handlers_disconnect_by_func (workspace, schema_changed_cb, self);
  follow_errands (self, get_transfers (workspace));
  follow_errands (self, exports);
  g_signal_connect_object (exports, "ended", G_CALLBACK (export_ended_cb), self, 0);
  g_signal_connect_object (store, "notify::saving", G_CALLBACK (saving_changed_cb), self, 0);
  g_signal_connect_object (drafts, "notify::problem", G_CALLBACK (journal_problem_cb), self, 0);
  g_signal_connect_object (drafts, "notify::set-aside", G_CALLBACK (journal_set_aside_cb), self, 0);
  g_signal_connect_object (workspace, "notify::schema", G_CALLBACK (schema_changed_cb), self, 0);
  schema_changed_cb (workspace, NULL, self);
}
