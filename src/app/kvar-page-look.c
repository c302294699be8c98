/* kvar-page-look.c: how a table looks to one user, in all its views and windows
 *
 * The columns of a table are arranged once, not anew for every filter. So this part of a page's
 * view state lies in the state file beside the views, under the project, the user and the table.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-page-look"

#include "config.h"

#include "kvar-page-look.h"
#include "kvar-workspace.h"

/* It is the same in every window. */
#define WINDOW 0

/* No route begins like this. */
static char *
dup_key (KvarPage *page)
{
  KvarRoute *route = kvar_page_get_route (page);
  KvarWorkspace *workspace = kvar_page_get_workspace (page);
  const char *user = workspace != NULL ? kvar_workspace_get_user_id (workspace) : NULL;
  KvarPlace place = kvar_route_get_place (route);
  g_autofree char *host = NULL;

  if (user == NULL || (place != KVAR_PLACE_TABLE && place != KVAR_PLACE_RECORD &&
                       place != KVAR_PLACE_NEW_RECORD))
    return NULL;

  host = kvar_workspace_dup_host (workspace);

  /* The list has one look, the form another. */
  return g_strdup_printf ("%s:%s/%s/%s", place == KVAR_PLACE_TABLE ? "look" : "form", host, user,
                          kvar_route_get_name (route));
}

/**
 * kvar_page_look_keep:
 * @state: what the page has saved
 *
 * Keeps the part of @state that all views of the page's table share.
 */
void
kvar_page_look_keep (KvarStateFile *file,
                     KvarPage      *page,
                     GVariant      *state)
{
  g_autofree char *key = dup_key (page);
  g_autoptr(GVariant) look = g_variant_lookup_value (state, KVAR_PAGE_LOOK, NULL);
  g_autoptr(GVariant) before = NULL;
  g_autoptr(GVariant) view = NULL;
  GVariantDict dict;

  if (key == NULL || look == NULL)
    return;

  g_variant_dict_init (&dict, NULL);
  g_variant_dict_insert_value (&dict, KVAR_PAGE_LOOK, look);
  view = g_variant_ref_sink (g_variant_dict_end (&dict));
  before = kvar_state_file_get_view (file, WINDOW, key);
  if (before == NULL || !g_variant_equal (before, view))
    kvar_state_file_set_view (file, WINDOW, key, view);
}

/**
 * kvar_page_look_add:
 * @state: (nullable): the view state of the page's route
 *
 * Returns: (transfer full) (nullable): @state with what all views of the page's table share
 */
GVariant *
kvar_page_look_add (KvarStateFile *file,
                    KvarPage      *page,
                    GVariant      *state)
{
  g_autofree char *key = dup_key (page);
  g_autoptr(GVariant) view = key != NULL ? kvar_state_file_get_view (file, WINDOW, key) : NULL;
  g_autoptr(GVariant) look = NULL;
  GVariantDict dict;

  if (view != NULL)
    look = g_variant_lookup_value (view, KVAR_PAGE_LOOK, NULL);
  if (look == NULL)
    return state != NULL ? g_variant_ref (state) : NULL;

  g_variant_dict_init (&dict, state);
  g_variant_dict_insert_value (&dict, KVAR_PAGE_LOOK, look);

  return g_variant_ref_sink (g_variant_dict_end (&dict));
}
