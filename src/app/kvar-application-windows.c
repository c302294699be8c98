/* kvar-application-windows.c: opens the windows that were there, and another one when asked to
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Each window has a number, by which the state file knows it. One that is closed while others
 * stay is done with, and those after it move up; those that are there at the end are there
 * again at the next start.
 */

#define G_LOG_DOMAIN "kvar-application"

#include "config.h"

#include "kvar-application-private.h"
#include "kvar-invite.h"
#include "session/kvar-invitation.h"

/* So many windows come back at once at the most. */
#define MOST_RESTORED 8

/* Whoever looks at a window reads there what has happened. */
static void
active_changed_cb (GtkWindow       *window,
                   GParamSpec      *pspec,
                   KvarApplication *self)
{
  if (gtk_window_is_active (window))
    kvar_application_withdraw_call (self);
}

static KvarWindow *
open_window (KvarApplication *self,
             guint            number)
{
  g_autoptr(GVariant) state = kvar_state_file_lookup_window (self->state_file, number);
  KvarWindow *window = kvar_window_new (GTK_APPLICATION (self), self->state_file, number);

  kvar_navigator_load_variant (kvar_window_get_navigator (window), state);
  g_signal_connect_object (window, "notify::is-active", G_CALLBACK (active_changed_cb), self, 0);

  return window;
}

static char *
dup_project_id (KvarApplication *self,
                guint            number)
{
  g_autoptr(GVariant) state = kvar_state_file_lookup_window (self->state_file, number);
  char *project = NULL;

  g_variant_lookup (state, "project", "s", &project);

  return project;
}

static gboolean
was_in_demo (KvarApplication *self,
             guint            number)
{
  g_autofree char *id = dup_project_id (self, number);

  return g_strcmp0 (id, "demo") == 0;
}

/* Where the window was: its project, or the one that was used last. */
static void
restore_project (KvarApplication *self,
                 KvarWindow      *window)
{
  g_autofree char *id = dup_project_id (self, kvar_window_get_number (window));
  KvarProject *project = id != NULL ? kvar_project_list_find (self->projects, id) : NULL;

  if (project == NULL)
    project = kvar_project_list_get_last (self->projects);

  if (project != NULL)
    kvar_application_open_in (self, window, project);
  else
    kvar_window_set_workspace (window, NULL);
}

/* The first one is opened last, so that it is in front. One of those that were in the demo
 * starts it; the others wait for it. */
static void
restore_windows (KvarApplication *self,
                 gboolean         demo)
{
  guint n_windows = CLAMP (kvar_state_file_get_n_windows (self->state_file), 1, MOST_RESTORED);
  KvarWindow *starter = NULL;

  for (guint number = n_windows; number-- > 0;)
    {
      KvarWindow *window = open_window (self, number);

      if ((demo && number == 0) || was_in_demo (self, number))
        {
          kvar_window_set_workspace (window, NULL);
          starter = window;
        }
      else
        {
          restore_project (self, window);
        }
      gtk_window_present (GTK_WINDOW (window));
    }

  if (starter != NULL)
    kvar_window_try_demo (starter);
}

static gboolean
shows_demo (KvarWindow *window)
{
  KvarWorkspace *workspace = kvar_window_get_workspace (window);

  return workspace != NULL && kvar_project_get_is_demo (kvar_workspace_get_project (workspace));
}

static KvarWindow *
get_active_window (KvarApplication *self)
{
  g_autoptr(GPtrArray) windows = kvar_application_list_windows (self);

  return windows->len > 0 ? g_ptr_array_index (windows, 0) : NULL;
}

/* Whoever looks at the connect page is waiting for a project. */
static gboolean
waits_for_project (KvarWindow *window)
{
  KvarNavigator *navigator = kvar_window_get_navigator (window);

  return kvar_window_get_workspace (window) == NULL ||
         g_strcmp0 (kvar_navigator_get_route (navigator), "/connect") == 0;
}

static void
follow_route (KvarWindow *window,
              const char *route)
{
  g_autoptr(GFile) file = NULL;

  if (kvar_invitation_is_link (route))
    {
      kvar_invite_open_text (window, route, -1);
    }
  else if (g_str_has_prefix (route, "file:"))
    {
      file = g_file_new_for_uri (route);
      kvar_invite_open_file (window, file);
    }
  else
    {
      gtk_widget_activate_action (GTK_WIDGET (window), "win.navigate", "s", route);
    }
}

/**
 * kvar_application_list_windows:
 *
 * Returns: (transfer full) (element-type KvarWindow): the main windows, without their dialogs,
 *   the one used last first
 */
GPtrArray *
kvar_application_list_windows (KvarApplication *self)
{
  GPtrArray *windows = g_ptr_array_new_with_free_func (g_object_unref);

  for (GList *l = gtk_application_get_windows (GTK_APPLICATION (self)); l != NULL; l = l->next)
    if (KVAR_IS_WINDOW (l->data))
      g_ptr_array_add (windows, g_object_ref (l->data));

  return windows;
}

gboolean
kvar_application_has_windows (KvarApplication *self)
{
  return get_active_window (self) != NULL;
}

/**
 * kvar_application_raise:
 * @demo: whether the demo was asked for
 * @route: (nullable): where to go, or the link or the address of a file that tells of a project
 *
 * Brings the window used last to the front. When there is none, all that were there are opened
 * where they were; the demo only if it was asked for, or was the last place.
 */
void
kvar_application_raise (KvarApplication *self,
                        gboolean         demo,
                        const char      *route)
{
  KvarWindow *window = get_active_window (self);

  self->quitting = FALSE;
  if (window == NULL)
    {
      restore_windows (self, demo);
      window = get_active_window (self);
    }
  else if (demo && !shows_demo (window))
    {
      kvar_window_try_demo (window);
    }

  gtk_window_present (GTK_WINDOW (window));
  if (route != NULL)
    follow_route (window, route);
}

/**
 * kvar_application_new_window:
 *
 * Opens another window on what the window used last shows; both show the same drafts.
 */
void
kvar_application_new_window (KvarApplication *self)
{
  g_autoptr(GPtrArray) windows = kvar_application_list_windows (self);
  KvarWindow *before = get_active_window (self);
  KvarWindow *window = NULL;
  KvarPage *page = NULL;

  if (before == NULL)
    {
      kvar_application_raise (self, FALSE, NULL);
      return;
    }

  window = open_window (self, windows->len);
  kvar_window_set_workspace (window, kvar_window_get_workspace (before));
  page = kvar_navigator_get_page (kvar_window_get_navigator (before));
  if (page != NULL)
    {
      g_autofree char *route = kvar_route_to_string (kvar_page_get_route (page));

      kvar_navigator_navigate (kvar_window_get_navigator (window), route);
    }
  gtk_window_present (GTK_WINDOW (window));
}

/**
 * kvar_application_forget_window:
 * @window: one that has been closed
 *
 * Forgets where it was, unless it is the last one, or all are closed to quit.
 *
 * Returns: whether it was the last one
 */
gboolean
kvar_application_forget_window (KvarApplication *self,
                                KvarWindow      *window)
{
  g_autoptr(GPtrArray) windows = kvar_application_list_windows (self);
  guint number = kvar_window_get_number (window);

  g_ptr_array_remove (windows, window);
  if (windows->len == 0)
    return TRUE;
  if (self->quitting)
    return FALSE;

  kvar_state_file_remove_window (self->state_file, number);
  for (guint i = 0; i < windows->len; i++)
    {
      KvarWindow *other = g_ptr_array_index (windows, i);

      if (kvar_window_get_number (other) > number)
        kvar_window_set_number (other, kvar_window_get_number (other) - 1);
    }

  return FALSE;
}

/**
 * kvar_application_open_project:
 *
 * Shows @project in the windows that ask for one, else in the one used last.
 */
void
kvar_application_open_project (KvarApplication *self,
                               KvarProject     *project)
{
  g_autoptr(GPtrArray) windows = NULL;
  gboolean opened = FALSE;

  g_return_if_fail (KVAR_IS_APPLICATION (self));
  g_return_if_fail (KVAR_IS_PROJECT (project));

  windows = kvar_application_list_windows (self);
  for (guint i = 0; i < windows->len; i++)
    if (waits_for_project (g_ptr_array_index (windows, i)))
      {
        kvar_application_open_in (self, g_ptr_array_index (windows, i), project);
        opened = TRUE;
      }

  if (!opened && windows->len > 0)
    kvar_application_open_in (self, g_ptr_array_index (windows, 0), project);
}
