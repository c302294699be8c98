/* kvar-project-list.c: the projects this person has connected to
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A list model over a key file. Nothing secret is in it, but who works where is nobody
 * else's business either, so it is 0600.
 */

#define G_LOG_DOMAIN "kvar-core"

#include "config.h"

#include "session/kvar-project-list.h"

#define GROUP_LAST   "last"
#define GROUP_PREFIX "project "

struct _KvarProjectList
{
  GObject    parent_instance;

  char      *path;
  GPtrArray *projects;
  char      *last_id;       /* (nullable) */
  char      *last_email;    /* (nullable) */
};

static void kvar_project_list_iface_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (KvarProjectList, kvar_project_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL,
                                                      kvar_project_list_iface_init))

static GType
kvar_project_list_get_item_type (GListModel *model)
{
  return KVAR_TYPE_PROJECT;
}

static guint
kvar_project_list_get_n_items (GListModel *model)
{
  return KVAR_PROJECT_LIST (model)->projects->len;
}

static gpointer
kvar_project_list_get_item (GListModel *model,
                            guint       position)
{
  KvarProjectList *self = KVAR_PROJECT_LIST (model);

  if (position >= self->projects->len)
    return NULL;

  return g_object_ref (g_ptr_array_index (self->projects, position));
}

static void
kvar_project_list_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = kvar_project_list_get_item_type;
  iface->get_n_items = kvar_project_list_get_n_items;
  iface->get_item = kvar_project_list_get_item;
}

static void
kvar_project_list_finalize (GObject *object)
{
  KvarProjectList *self = KVAR_PROJECT_LIST (object);

  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->projects, g_ptr_array_unref);
  g_clear_pointer (&self->last_id, g_free);
  g_clear_pointer (&self->last_email, g_free);

  G_OBJECT_CLASS (kvar_project_list_parent_class)->finalize (object);
}

static void
kvar_project_list_class_init (KvarProjectListClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = kvar_project_list_finalize;
}

static void
kvar_project_list_init (KvarProjectList *self)
{
  self->projects = g_ptr_array_new_with_free_func (g_object_unref);
}

/* A damaged entry is left out, with a line in the log; the others are as good as before. */
static KvarProject *
read_project (GKeyFile   *file,
              const char *group)
{
  g_autofree char *url = g_key_file_get_string (file, group, "url", NULL);
  g_autofree char *key = g_key_file_get_string (file, group, "key", NULL);
  g_autofree char *name = g_key_file_get_string (file, group, "name", NULL);
  g_autoptr(GError) error = NULL;
  KvarProject *project;

  project = kvar_project_new (url != NULL ? url : "", key != NULL ? key : "", &error);
  if (project == NULL)
    {
      g_info ("Leaving out “%s”: %s", group, error->message);
      return NULL;
    }

  kvar_project_set_name (project, name);
  kvar_project_set_is_demo (project, g_key_file_get_boolean (file, group, "demo", NULL));

  return project;
}

static void
load (KvarProjectList *self)
{
  g_autoptr(GKeyFile) file = g_key_file_new ();
  g_autoptr(GError) error = NULL;
  g_auto(GStrv) groups = NULL;

  if (!g_key_file_load_from_file (file, self->path, G_KEY_FILE_NONE, &error))
    {
      if (!g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_NOENT))
        g_info ("Cannot read %s: %s", self->path, error->message);
      return;
    }

  groups = g_key_file_get_groups (file, NULL);
  for (guint i = 0; groups[i] != NULL; i++)
    {
      KvarProject *project;

      if (!g_str_has_prefix (groups[i], GROUP_PREFIX))
        continue;

      project = read_project (file, groups[i]);
      if (project != NULL)
        g_ptr_array_add (self->projects, project);
    }

  self->last_id = g_key_file_get_string (file, GROUP_LAST, "project", NULL);
  self->last_email = g_key_file_get_string (file, GROUP_LAST, "email", NULL);
}

/**
 * kvar_project_list_new:
 * @path: the key file, which need not be there
 */
KvarProjectList *
kvar_project_list_new (const char *path)
{
  KvarProjectList *self;

  g_return_val_if_fail (path != NULL, NULL);

  self = g_object_new (KVAR_TYPE_PROJECT_LIST, NULL);
  self->path = g_strdup (path);
  load (self);

  return self;
}

static gboolean
find_id (KvarProjectList *self,
         const char      *id,
         guint           *position)
{
  for (guint i = 0; i < self->projects->len; i++)
    {
      if (g_strcmp0 (kvar_project_get_id (g_ptr_array_index (self->projects, i)), id) == 0)
        {
          *position = i;
          return TRUE;
        }
    }

  return FALSE;
}

static void
save_or_warn (KvarProjectList *self)
{
  g_autoptr(GError) error = NULL;

  if (!kvar_project_list_save (self, &error))
    g_info ("Cannot write %s: %s", self->path, error->message);
}

/**
 * kvar_project_list_add:
 *
 * Adds @project, in place of one with the same id, and writes the list.
 */
void
kvar_project_list_add (KvarProjectList *self,
                       KvarProject     *project)
{
  guint position = 0;
  gboolean replaces;

  g_return_if_fail (KVAR_IS_PROJECT_LIST (self));
  g_return_if_fail (KVAR_IS_PROJECT (project));

  replaces = find_id (self, kvar_project_get_id (project), &position);
  if (replaces && g_ptr_array_index (self->projects, position) == project)
    {
      save_or_warn (self);
      return;
    }

  g_object_ref (project);
  if (replaces)
    g_ptr_array_remove_index (self->projects, position);
  else
    position = self->projects->len;
  g_ptr_array_insert (self->projects, (int)position, project);

  save_or_warn (self);
  g_list_model_items_changed (G_LIST_MODEL (self), position, replaces ? 1 : 0, 1);
}

/**
 * kvar_project_list_remove:
 *
 * Forgets @project; does nothing where it is not in the list.
 */
void
kvar_project_list_remove (KvarProjectList *self,
                          KvarProject     *project)
{
  guint position;

  g_return_if_fail (KVAR_IS_PROJECT_LIST (self));
  g_return_if_fail (KVAR_IS_PROJECT (project));

  if (!find_id (self, kvar_project_get_id (project), &position))
    return;

  if (g_strcmp0 (self->last_id, kvar_project_get_id (project)) == 0)
    {
      g_clear_pointer (&self->last_id, g_free);
      g_clear_pointer (&self->last_email, g_free);
    }

  g_ptr_array_remove_index (self->projects, position);
  save_or_warn (self);
  g_list_model_items_changed (G_LIST_MODEL (self), position, 1, 0);
}

/**
 * kvar_project_list_find:
 * @id: (nullable): a project's id
 *
 * Returns: (transfer none) (nullable): the project
 */
KvarProject *
kvar_project_list_find (KvarProjectList *self,
                        const char      *id)
{
  guint position;

  g_return_val_if_fail (KVAR_IS_PROJECT_LIST (self), NULL);

  return find_id (self, id, &position) ? g_ptr_array_index (self->projects, position) : NULL;
}

/**
 * kvar_project_list_get_last:
 *
 * Returns: (transfer none) (nullable): the project last signed in to
 */
KvarProject *
kvar_project_list_get_last (KvarProjectList *self)
{
  g_return_val_if_fail (KVAR_IS_PROJECT_LIST (self), NULL);

  return kvar_project_list_find (self, self->last_id);
}

/**
 * kvar_project_list_get_last_email:
 *
 * Returns: (nullable): who signed in there
 */
const char *
kvar_project_list_get_last_email (KvarProjectList *self)
{
  g_return_val_if_fail (KVAR_IS_PROJECT_LIST (self), NULL);

  return self->last_email;
}

/**
 * kvar_project_list_set_last:
 * @email: (nullable): who signed in
 *
 * Remembers @project, which has to be in the list, as the one to begin with next time.
 */
void
kvar_project_list_set_last (KvarProjectList *self,
                            KvarProject     *project,
                            const char      *email)
{
  g_autofree char *copy = NULL;
  const char *id;

  g_return_if_fail (KVAR_IS_PROJECT_LIST (self));
  g_return_if_fail (KVAR_IS_PROJECT (project));

  id = kvar_project_get_id (project);
  if (g_strcmp0 (self->last_id, id) == 0 && g_strcmp0 (self->last_email, email) == 0)
    return;

  copy = g_strdup (email);
  g_free (self->last_email);
  self->last_email = g_steal_pointer (&copy);
  g_free (self->last_id);
  self->last_id = g_strdup (id);
  save_or_warn (self);
}

/**
 * kvar_project_list_save:
 *
 * Writes the list; adding and removing do it by themselves, renaming does not.
 */
gboolean
kvar_project_list_save (KvarProjectList  *self,
                        GError          **error)
{
  g_autoptr(GKeyFile) file = g_key_file_new ();
  g_autofree char *text = NULL;

  g_return_val_if_fail (KVAR_IS_PROJECT_LIST (self), FALSE);

  if (self->last_id != NULL)
    g_key_file_set_string (file, GROUP_LAST, "project", self->last_id);
  if (self->last_email != NULL)
    g_key_file_set_string (file, GROUP_LAST, "email", self->last_email);

  for (guint i = 0; i < self->projects->len; i++)
    {
      KvarProject *project = g_ptr_array_index (self->projects, i);
      g_autofree char *group = g_strconcat (GROUP_PREFIX, kvar_project_get_id (project), NULL);

      g_key_file_set_string (file, group, "url", kvar_project_get_url (project));
      g_key_file_set_string (file, group, "key", kvar_project_get_key (project));
      g_key_file_set_string (file, group, "name", kvar_project_get_name (project));
      if (kvar_project_get_is_demo (project))
        g_key_file_set_boolean (file, group, "demo", TRUE);
    }

  text = g_key_file_to_data (file, NULL, NULL);

  return g_file_set_contents_full (self->path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600,
                                   error);
}
