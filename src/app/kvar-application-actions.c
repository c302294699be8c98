/* kvar-application-actions.c: the program's verbs, "app.*"
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-application"

#include "config.h"

#include "kvar-application-private.h"
#include "kvar-shortcuts.h"

static void
new_window_activated (GSimpleAction *action,
                      GVariant      *parameter,
                      gpointer       user_data)
{
  kvar_application_new_window (KVAR_APPLICATION (user_data));
}

/* Address, public key, whether it is the demo. Checked again here: it may come over D-Bus. */
static void
open_project_activated (GSimpleAction *action,
                        GVariant      *parameter,
                        gpointer       user_data)
{
  g_autoptr(KvarProject) project = NULL;
  g_autoptr(GError) error = NULL;
  const char *url = NULL;
  const char *key = NULL;
  gboolean is_demo;

  g_variant_get (parameter, "(&s&sb)", &url, &key, &is_demo);
  project = kvar_project_new (url, key, &error);
  if (project == NULL)
    {
      g_warning ("No project: %s", error->message);
      return;
    }

  kvar_project_set_is_demo (project, is_demo);
  kvar_application_open_project (KVAR_APPLICATION (user_data), project);
}

/* From a notification: what has to be done is done in the window. */
static void
sign_in_activated (GSimpleAction *action,
                   GVariant      *parameter,
                   gpointer       user_data)
{
  KvarApplication *self = KVAR_APPLICATION (user_data);
  g_autoptr(GPtrArray) windows = NULL;

  kvar_application_raise (self, FALSE, NULL);
  windows = kvar_application_list_windows (self);
  gtk_widget_activate_action (g_ptr_array_index (windows, 0), "win.sign-in", NULL);
}

static void
quit_activated (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       user_data)
{
  KvarApplication *self = KVAR_APPLICATION (user_data);
  GtkApplication *application = GTK_APPLICATION (self);
  g_autoptr(GList) windows = g_list_copy (gtk_application_get_windows (application));

  /* Closed one by one, so that each keeps its place and size. */
  self->quitting = TRUE;
  for (GList *l = windows; l != NULL; l = l->next)
    if (GTK_IS_APPLICATION_WINDOW (l->data))
      gtk_window_close (GTK_WINDOW (l->data));
  kvar_application_quit_when_settled (self);
}

static const GActionEntry actions[] = {
  { "new-window", new_window_activated },
  { "open-project", open_project_activated, "(ssb)" },
  { "sign-in", sign_in_activated },
  { "quit", quit_activated },
};

void
kvar_application_install_actions (KvarApplication *self)
{
  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
  kvar_shortcuts_install (GTK_APPLICATION (self));
}
