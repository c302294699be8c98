/* kvar-workspace-host.c: which project an address with a host in it means
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-workspace"

#include "config.h"

#include "kvar-workspace.h"

/**
 * kvar_workspace_dup_host:
 *
 * Returns: (transfer full): the host that the project's address names, for people and links
 */
char *
kvar_workspace_dup_host (KvarWorkspace *self)
{
  g_autoptr(GUri) uri = NULL;

  g_return_val_if_fail (KVAR_IS_WORKSPACE (self), NULL);

  uri = g_uri_parse (kvar_project_get_url (kvar_workspace_get_project (self)),
                     G_URI_FLAGS_NONE, NULL);

  return g_strdup (uri != NULL ? g_uri_get_host (uri) : "");
}

/**
 * kvar_workspace_has_host:
 *
 * Returns: whether a link that names @host is one of this project
 */
gboolean
kvar_workspace_has_host (KvarWorkspace *self,
                         const char    *host)
{
  g_autofree char *own = NULL;

  g_return_val_if_fail (KVAR_IS_WORKSPACE (self), FALSE);
  g_return_val_if_fail (host != NULL, FALSE);

  own = kvar_workspace_dup_host (self);

  return g_ascii_strcasecmp (own, host) == 0;
}
