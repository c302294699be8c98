/* kvar-application.c: the window program: its projects, sessions and windows
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-application"

#include "config.h"

#include <glib-unix.h>
#include <glib/gi18n.h>
#include <stdlib.h>

#include "kvar-application-private.h"
#include "kvar-paths.h"

/* How long saves and renewals that are under way may keep the program from ending. */
#define QUIT_WAIT (15 * KVAR_CLOCK_SECOND)

#define DEMO_EMAIL "demo@kvar.example"

G_DEFINE_FINAL_TYPE (KvarApplication, kvar_application, ADW_TYPE_APPLICATION)

static char *
workspace_key (KvarSession *session,
               const char  *user_id)
{
  return g_strconcat (kvar_project_get_id (kvar_session_get_project (session)), "/", user_id, NULL);
}

/* One that another window shows already, also before anybody knows whose it is. */
static KvarWorkspace *
find_shown_workspace (KvarApplication *self,
                      KvarSession     *session)
{
  const char *user_id = kvar_session_get_user_id (session);

  for (GList *l = gtk_application_get_windows (GTK_APPLICATION (self)); l != NULL; l = l->next)
    {
      KvarWorkspace *workspace = KVAR_IS_WINDOW (l->data) ? kvar_window_get_workspace (l->data)
                                                          : NULL;

      if (workspace != NULL && kvar_workspace_get_session (workspace) == session &&
          g_strcmp0 (kvar_workspace_get_user_id (workspace), user_id) == 0)
        return workspace;
    }

  return NULL;
}

/* The workspace whose user is signed in to @session, or a new one for somebody unknown. A user
 * who comes back finds the drafts of before. */
static KvarWorkspace *
find_workspace (KvarApplication *self,
                KvarSession     *session)
{
  const char *user_id = kvar_session_get_user_id (session);
  g_autofree char *key = user_id != NULL ? workspace_key (session, user_id) : NULL;
  KvarWorkspace *workspace = key != NULL ? g_hash_table_lookup (self->workspaces, key) : NULL;

  if (workspace == NULL || kvar_workspace_get_session (workspace) != session)
    workspace = find_shown_workspace (self, session);
  if (workspace != NULL)
    return g_object_ref (workspace);

  workspace = kvar_workspace_new (session);
  kvar_workspace_set_journal_database (workspace, self->journals);
  kvar_workspace_set_cache_database (workspace, self->cache);

  return workspace;
}

static void
remember_user (KvarApplication *self,
               KvarSession     *session)
{
  KvarProject *project = kvar_session_get_project (session);
  g_autoptr(GError) error = NULL;

  if (kvar_project_get_is_demo (project) || !kvar_session_is_usable (session))
    return;

  kvar_project_list_set_last (self->projects, project, kvar_session_get_email (session));
  if (!kvar_project_list_save (self->projects, &error))
    g_warning ("The list of projects could not be kept: %s", error->message);
}

/* The program ends as soon as nothing else holds it; somebody may have opened a window again. */
static void
end_now (gpointer user_data)
{
  KvarApplication *self = user_data;

  if (self->end_timer != 0)
    kvar_clock_remove_timer (self->clock, self->end_timer);
  self->end_timer = 0;

  if (self->quitting)
    g_application_quit (G_APPLICATION (self));
  g_application_release (G_APPLICATION (self));
}

static void
end_when_settled (KvarApplication *self)
{
  if (self->end_timer != 0 && self->n_closing == 0 && !kvar_application_is_saving (self))
    end_now (self);
}

static void
session_closed_cb (GObject      *object,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr(KvarApplication) self = user_data;

  kvar_session_close_finish (KVAR_SESSION (object), result, NULL);
  self->n_closing--;
  end_when_settled (self);
}

/* An answer to a renewal that comes after the end is lost, and the token with it. Saves come
 * first: one of them may want a renewal yet. */
void
kvar_application_close_sessions (KvarApplication *self)
{
  GHashTableIter iter;
  gpointer session;

  if (kvar_application_is_saving (self))
    return;

  self->n_closing++;
  g_hash_table_iter_init (&iter, self->sessions);
  while (g_hash_table_iter_next (&iter, NULL, &session))
    {
      self->n_closing++;
      kvar_session_close_async (session, session_closed_cb, g_object_ref (self));
    }
  self->n_closing--;
  end_when_settled (self);
}

/* Ends the program once what is under way has its answers, or at once if nothing is. */
void
kvar_application_begin_to_end (KvarApplication *self)
{
  if (self->end_timer != 0)
    return;

  g_application_hold (G_APPLICATION (self));
  self->end_timer = kvar_clock_add_timer (self->clock, QUIT_WAIT, end_now, self);
  kvar_application_close_sessions (self);
}

static void
adopt_workspace (KvarApplication *self,
                 KvarWorkspace   *workspace)
{
  KvarSession *session = kvar_workspace_get_session (workspace);
  const char *user_id = kvar_workspace_get_user_id (workspace);

  if (user_id != NULL)
    g_hash_table_insert (self->workspaces, workspace_key (session, user_id),
                         g_object_ref (workspace));
}

static void
show_workspace (KvarApplication *self,
                KvarWorkspace   *workspace,
                KvarWindow      *window)
{
  KvarProject *project = kvar_workspace_get_project (workspace);

  if (kvar_workspace_get_email (workspace) == NULL)
    kvar_workspace_set_email (workspace, kvar_project_get_is_demo (project)
                                           ? DEMO_EMAIL
                                           : kvar_project_list_get_last_email (self->projects));
  adopt_workspace (self, workspace);
  kvar_application_follow_work (self, workspace);
  kvar_window_set_workspace (window, workspace);
}

static void
tell_of_drafts (KvarWindow    *window,
                KvarWorkspace *before)
{
  g_autofree char *text = NULL;

  if (g_list_model_get_n_items (G_LIST_MODEL (kvar_workspace_get_drafts (before))) == 0)
    return;

  /* Translators: %s is an e-mail address. */
  text = g_strdup_printf (_("Drafts from %s are kept and show up when that account signs in."),
                          kvar_workspace_get_email (before));
  kvar_window_show_toast (window, text, 0);
}

/* Another user than the window's: a clean start, with that user's own workspace.
 *
 * Returns: (transfer full) (nullable): the workspace that the window showed, if it is another */
static KvarWorkspace *
follow_user (KvarApplication *self,
             KvarSession     *session,
             KvarWindow      *window)
{
  KvarWorkspace *current = kvar_window_get_workspace (window);
  g_autoptr(KvarWorkspace) before = NULL;
  g_autoptr(KvarWorkspace) workspace = NULL;

  if (current == NULL || kvar_workspace_get_session (current) != session)
    return NULL;

  if (g_strcmp0 (kvar_workspace_get_user_id (current), kvar_session_get_user_id (session)) == 0)
    {
      adopt_workspace (self, current);
      return NULL;
    }

  before = g_object_ref (current);
  workspace = find_workspace (self, session);
  show_workspace (self, workspace, window);

  return g_steal_pointer (&before);
}

/* In every window; what is kept for whoever was there before is said once, where somebody is
 * likely to look. */
static void
user_changed_cb (KvarSession     *session,
                 GParamSpec      *pspec,
                 KvarApplication *self)
{
  g_autoptr(GPtrArray) windows = kvar_application_list_windows (self);
  g_autoptr(KvarWorkspace) before = NULL;
  KvarWindow *told = NULL;

  if (kvar_session_get_user_id (session) == NULL)
    return;

  remember_user (self, session);
  for (guint i = 0; i < windows->len; i++)
    {
      g_autoptr(KvarWorkspace) left = follow_user (self, session, g_ptr_array_index (windows, i));

      if (left != NULL && told == NULL)
        {
          told = g_ptr_array_index (windows, i);
          before = g_steal_pointer (&left);
        }
    }

  if (told != NULL)
    tell_of_drafts (told, before);
}

static void
state_changed_cb (KvarSession     *session,
                  GParamSpec      *pspec,
                  KvarApplication *self)
{
  if (kvar_session_get_state (session) == KVAR_SESSION_SIGNED_IN)
    remember_user (self, session);
}

/* What came of it is in the session's state, which the window follows. */
static void
restored_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(GError) error = NULL;

  if (!kvar_session_restore_finish (KVAR_SESSION (object), result, &error))
    g_debug ("Not restored: %s", error->message);
}

static KvarSession *
ensure_session (KvarApplication *self,
                KvarProject     *project)
{
  const char *id = kvar_project_get_id (project);
  KvarSession *session = g_hash_table_lookup (self->sessions, id);

  /* The demo comes back on another port. */
  if (session != NULL &&
      g_strcmp0 (kvar_project_get_url (kvar_session_get_project (session)),
                 kvar_project_get_url (project)) == 0)
    return session;

  session = kvar_session_open (project);
  g_hash_table_insert (self->sessions, g_strdup (id), session);
  kvar_sleep_watch_add (self->sleep_watch, session);
  g_signal_connect_object (session, "notify::user-id", G_CALLBACK (user_changed_cb), self, 0);
  g_signal_connect_object (session, "notify::state", G_CALLBACK (state_changed_cb), self, 0);
  kvar_application_follow_session (self, session);
  kvar_session_restore_async (session, NULL, NULL, restored_cb, NULL);

  return session;
}

/* Asked to end from outside: as by hand, so that places and sizes are kept. */
static gboolean
quit_cb (gpointer user_data)
{
  g_action_group_activate_action (G_ACTION_GROUP (user_data), "quit", NULL);

  return G_SOURCE_CONTINUE;
}

static void
kvar_application_startup (GApplication *application)
{
  KvarApplication *self = KVAR_APPLICATION (application);
  g_autofree char *projects = g_build_filename (kvar_paths_get_config_dir (), "projects.conf",
                                                NULL);
  g_autofree char *windows = g_build_filename (kvar_paths_get_state_dir (), "windows", NULL);

  G_APPLICATION_CLASS (kvar_application_parent_class)->startup (application);

  self->clock = kvar_clock_new ();
  self->sleep_watch = kvar_sleep_watch_new ();
  self->projects = kvar_project_list_new (projects);
  self->state_file = kvar_state_file_new (windows, self->clock);
  self->cache = kvar_cache_open_database (kvar_paths_get_cache_dir ());
  self->journals = kvar_journal_new_database (kvar_paths_get_data_dir ());
  kvar_application_install_actions (self);
  gtk_window_set_default_icon_name (APPLICATION_ID);
  self->signals[0] = g_unix_signal_add (SIGINT, quit_cb, self);
  self->signals[1] = g_unix_signal_add (SIGTERM, quit_cb, self);
}

/* The last words too are on the disk before this ends. */
static void
finish_drafts (KvarApplication *self)
{
  GHashTableIter iter;
  gpointer workspace;

  g_hash_table_iter_init (&iter, self->workspaces);
  while (g_hash_table_iter_next (&iter, NULL, &workspace))
    {
      kvar_outbox_commit_deletes (kvar_workspace_get_outbox (workspace));
      kvar_draft_store_flush_async (kvar_workspace_get_drafts (workspace), NULL, NULL, NULL);
    }

  kvar_database_close (self->journals);
}

static void
kvar_application_shutdown (GApplication *application)
{
  KvarApplication *self = KVAR_APPLICATION (application);
  g_autoptr(GError) error = NULL;

  g_clear_handle_id (&self->signals[0], g_source_remove);
  g_clear_handle_id (&self->signals[1], g_source_remove);
  if (!kvar_state_file_flush (self->state_file, &error))
    g_warning ("Where the windows were could not be kept: %s", error->message);
  finish_drafts (self);

  G_APPLICATION_CLASS (kvar_application_parent_class)->shutdown (application);
}

static void
kvar_application_window_removed (GtkApplication *application,
                                 GtkWindow      *window)
{
  KvarApplication *self = KVAR_APPLICATION (application);

  if (KVAR_IS_WINDOW (window) && kvar_application_forget_window (self, KVAR_WINDOW (window)) &&
      !self->moving)
    kvar_application_begin_to_end (self);

  GTK_APPLICATION_CLASS (kvar_application_parent_class)->window_removed (application, window);
}

static void
kvar_application_activate (GApplication *application)
{
  kvar_application_raise (KVAR_APPLICATION (application), FALSE, NULL);
}

static void
kvar_application_open (GApplication  *application,
                       GFile        **files,
                       int            n_files,
                       const char    *hint)
{
  g_autofree char *uri = g_file_get_uri (files[0]);

  kvar_application_raise (KVAR_APPLICATION (application), FALSE, uri);
}

/* Returns (transfer full): a file's address where @word names one, else @word: a route. */
static char *
find_place (GApplicationCommandLine *command_line,
            const char              *word)
{
  g_autoptr(GFile) file = NULL;

  if (!g_str_has_suffix (word, ".kvar") || g_str_has_prefix (word, "kvar:"))
    return g_strdup (word);

  file = g_application_command_line_create_file_for_arg (command_line, word);

  return g_file_query_exists (file, NULL) ? g_file_get_uri (file) : g_strdup (word);
}

static int
kvar_application_command_line (GApplication            *application,
                               GApplicationCommandLine *command_line)
{
  GVariantDict *options = g_application_command_line_get_options_dict (command_line);
  g_autofree const char **routes = NULL;
  g_autofree char *place = NULL;
  gboolean demo = FALSE;
  gboolean new_window = FALSE;

  g_variant_dict_lookup (options, "demo", "b", &demo);
  g_variant_dict_lookup (options, "new-window", "b", &new_window);
  g_variant_dict_lookup (options, G_OPTION_REMAINING, "^a&ay", &routes);

  if (routes != NULL && routes[0] != NULL && routes[1] != NULL)
    {
      g_application_command_line_printerr (command_line, "kvar: %s\n",
                                           _("Only one route can be opened at a time."));
      return 2;
    }

  if (new_window)
    kvar_application_new_window (KVAR_APPLICATION (application));
  if (routes != NULL && routes[0] != NULL)
    place = find_place (command_line, routes[0]);
  if (!new_window || demo || routes != NULL)
    kvar_application_raise (KVAR_APPLICATION (application), demo, place);

  return EXIT_SUCCESS;
}

static int
kvar_application_handle_local_options (GApplication *application,
                                       GVariantDict *options)
{
  if (!g_variant_dict_contains (options, "version"))
    return -1;

  g_print ("kvar %s\n", KVAR_VERSION);

  return EXIT_SUCCESS;
}

static void
kvar_application_dispose (GObject *object)
{
  KvarApplication *self = KVAR_APPLICATION (object);

  g_clear_pointer (&self->workspaces, g_hash_table_unref);
  g_clear_pointer (&self->sessions, g_hash_table_unref);
  g_clear_object (&self->cache);
  g_clear_object (&self->journals);
  g_clear_object (&self->sleep_watch);
  g_clear_object (&self->state_file);
  g_clear_object (&self->projects);
  g_clear_object (&self->clock);

  G_OBJECT_CLASS (kvar_application_parent_class)->dispose (object);
}

static void
kvar_application_class_init (KvarApplicationClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);
  GtkApplicationClass *gtk_class = GTK_APPLICATION_CLASS (klass);

  object_class->dispose = kvar_application_dispose;
  gtk_class->window_removed = kvar_application_window_removed;

  application_class->startup = kvar_application_startup;
  application_class->shutdown = kvar_application_shutdown;
  application_class->activate = kvar_application_activate;
  application_class->open = kvar_application_open;
  application_class->command_line = kvar_application_command_line;
  application_class->handle_local_options = kvar_application_handle_local_options;

}

static void
kvar_application_init (KvarApplication *self)
{
  const GOptionEntry options[] = {
    { "demo", 0, 0, G_OPTION_ARG_NONE, NULL, N_("Open the demo project"), NULL },
    { "new-window", 0, 0, G_OPTION_ARG_NONE, NULL, N_("Open another window"), NULL },
    { "version", 0, 0, G_OPTION_ARG_NONE, NULL, N_("Print the version and exit"), NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, NULL, NULL,
      /* Translators: what may follow the command: a place in the project. */
      N_("[ROUTE | kvar: URI]") },
    { NULL }
  };

  self->sessions = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self->workspaces = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  g_application_add_main_option_entries (G_APPLICATION (self), options);
}

KvarApplication *
kvar_application_new (void)
{
  return g_object_new (KVAR_TYPE_APPLICATION,
                       "application-id", APPLICATION_ID,
                       "resource-base-path", "/io/github/kvarapp/Kvar",
                       "flags", G_APPLICATION_HANDLES_COMMAND_LINE | G_APPLICATION_HANDLES_OPEN,
                       NULL);
}

/**
 * kvar_application_quit_when_settled:
 *
 * Ends the program once the saves and renewals under way have their answers, or at once if
 * there are none.
 */
void
kvar_application_quit_when_settled (KvarApplication *self)
{
  g_return_if_fail (KVAR_IS_APPLICATION (self));

  self->quitting = TRUE;
  kvar_application_begin_to_end (self);
}

/**
 * kvar_application_open_in:
 *
 * Remembers @project, goes on with its session where there is one stored, and shows it in
 * @window. Windows of one project share everything but what they look at.
 */
void
kvar_application_open_in (KvarApplication *self,
                          KvarWindow      *window,
                          KvarProject     *project)
{
  g_autoptr(KvarWorkspace) workspace = NULL;
  KvarSession *session = NULL;
  const char *id = kvar_project_get_id (project);

  if (!kvar_project_get_is_demo (project) && kvar_project_list_find (self->projects, id) == NULL)
    kvar_project_list_add (self->projects, project);

  session = ensure_session (self, project);
  workspace = find_workspace (self, session);
  show_workspace (self, workspace, window);
}
