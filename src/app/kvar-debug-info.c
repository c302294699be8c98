/* kvar-debug-info.c: which versions, which session and what the log says, without secrets
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-debug-info"

#include "config.h"

#include <adwaita.h>

#include "kvar-debug-info.h"
#include "kvar-diagnostics.h"
#include "kvar-paths.h"

static void
add_toolkit (GString *text)
{
  GdkDisplay *display = gdk_display_get_default ();
  GtkSettings *settings = gtk_settings_get_default ();
  int dpi = 0;

  g_string_append_printf (text, "GTK: %u.%u.%u\n", gtk_get_major_version (),
                          gtk_get_minor_version (), gtk_get_micro_version ());
  g_string_append_printf (text, "libadwaita: %u.%u.%u\n", adw_get_major_version (),
                          adw_get_minor_version (), adw_get_micro_version ());
  g_string_append_printf (text, "Display: %s\n",
                          display != NULL ? G_OBJECT_TYPE_NAME (display) : "none");
  if (settings == NULL)
    return;

  g_object_get (settings, "gtk-xft-dpi", &dpi, NULL);
  g_string_append_printf (text, "Text: %d %%\n", dpi > 0 ? dpi * 100 / (96 * 1024) : 100);
}

static void
add_work (GString       *text,
          KvarWorkspace *workspace)
{
  GListModel *drafts = G_LIST_MODEL (kvar_workspace_get_drafts (workspace));

  g_string_append_printf (text, "Drafts: %u\n", g_list_model_get_n_items (drafts));
  g_string_append_printf (text, "Waiting to be sent: %u\n",
                          kvar_outbox_get_n_waiting (kvar_workspace_get_outbox (workspace)));
  g_string_append_printf (text, "Exports under way: %u\n",
                          kvar_errand_list_get_n_running (kvar_workspace_get_exports (workspace)));
}

/**
 * kvar_debug_info_write:
 * @workspace: (nullable): of the window, if it has a project
 *
 * Returns: (transfer full): a text for an administrator, without anything of a record
 */
char *
kvar_debug_info_write (KvarWorkspace *workspace)
{
  GString *text = g_string_new (NULL);

  g_return_val_if_fail (workspace == NULL || KVAR_IS_WORKSPACE (workspace), NULL);

  kvar_diagnostics_add_program (text);
  add_toolkit (text);
  if (workspace == NULL)
    {
      kvar_diagnostics_add_session (text, NULL, NULL);
    }
  else
    {
      KvarSession *session = kvar_workspace_get_session (workspace);

      kvar_diagnostics_add_session (text, session, kvar_workspace_get_schema (workspace));
      add_work (text, workspace);
      kvar_diagnostics_add_trace (text, session);
    }
  kvar_diagnostics_add_log (text, kvar_paths_get_state_dir ());

  return g_string_free (text, FALSE);
}
