/* kvar-application-files.c: the program's half that looks after files and what is on its way
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-application"

#include "config.h"

#include "kvar-application-private.h"
#include "kvar-workspace.h"

/* Whether an export or a file is on its way in any workspace. */
gboolean
kvar_application_is_moving (KvarApplication *self)
{
  GHashTableIter iter;
  gpointer workspace;

  g_hash_table_iter_init (&iter, self->workspaces);
  while (g_hash_table_iter_next (&iter, NULL, &workspace))
    {
      KvarTransferList *transfers = NULL;

      transfers = kvar_files_get_transfers (kvar_workspace_get_files (workspace));
      if (kvar_export_list_get_n_running (kvar_workspace_get_exports (workspace)) > 0 ||
          kvar_transfer_list_get_n_running (transfers) > 0)
        return TRUE;
    }

  return FALSE;
}

static void
schema_changed_cb (KvarWorkspace *workspace,
                   GParamSpec    *pspec,
                   gpointer       user_data)
{
  if (kvar_workspace_get_schema (workspace) != NULL)
    kvar_bucket_list_refresh (kvar_files_get_buckets (kvar_workspace_get_files (workspace)));
}

/**
 * kvar_application_follow_files:
 * @changed: what is told when a file sets out or arrives, with @self
 *
 * Finds out whether the project keeps files, as soon as its tables are known.
 */
void
kvar_application_follow_files (KvarApplication *self,
                               KvarWorkspace   *workspace,
                               GCallback        changed)
{
  KvarTransferList *transfers = NULL;

  transfers = kvar_files_get_transfers (kvar_workspace_get_files (workspace));
  g_signal_handlers_disconnect_by_data (transfers, self);
  g_signal_connect_object (transfers, "notify::n-running", changed, self, G_CONNECT_SWAPPED);

  g_signal_handlers_disconnect_by_func (workspace, schema_changed_cb, NULL);
  g_signal_connect (workspace, "notify::schema", G_CALLBACK (schema_changed_cb), NULL);
  schema_changed_cb (workspace, NULL, NULL);
}
