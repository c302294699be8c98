/* kvar-bookmark-list.c: places that one user keeps, or has been at lately
 *
 * The file: {"version": 1, "places": [{"route": "/records/jobs?status=eq.open", "title": "Open"}]}.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-core"

#include "config.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <json-glib/json-glib.h>

#include "kvar-error.h"
#include "kvar-json.h"
#include "kvar-paths.h"
#include "routes/kvar-bookmark-list.h"
#include "routes/kvar-route.h"

#define VERSION 1

/* Of places that were visited. */
#define MAX_VISITED 100

struct _KvarBookmarkList
{
  GObject    parent_instance;

  char      *path;
  GPtrArray *bookmarks;    /* (element-type KvarBookmark) */
};

static GType
kvar_bookmark_list_get_item_type (GListModel *list)
{
  return KVAR_TYPE_BOOKMARK;
}

static guint
kvar_bookmark_list_get_n_items (GListModel *list)
{
  return KVAR_BOOKMARK_LIST (list)->bookmarks->len;
}

static gpointer
kvar_bookmark_list_get_item (GListModel *list,
                             guint       position)
{
  KvarBookmarkList *self = KVAR_BOOKMARK_LIST (list);

  return position < self->bookmarks->len
           ? g_object_ref (g_ptr_array_index (self->bookmarks, position)) : NULL;
}

static void
list_model_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = kvar_bookmark_list_get_item_type;
  iface->get_n_items = kvar_bookmark_list_get_n_items;
  iface->get_item = kvar_bookmark_list_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (KvarBookmarkList, kvar_bookmark_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_iface_init))

/* What somebody has put there that is no place is left out. */
static void
take_place (KvarBookmarkList *self,
            JsonObject       *place)
{
  const char *text = kvar_json_get_string (place, "route", NULL);
  const char *title = kvar_json_get_string (place, "title", NULL);
  g_autoptr(KvarRoute) route = text != NULL ? kvar_route_parse (text, NULL) : NULL;

  if (route != NULL && title != NULL)
    g_ptr_array_add (self->bookmarks, kvar_bookmark_new (text, title));
}

static void
read_file (KvarBookmarkList *self)
{
  g_autoptr(JsonObject) root = NULL;
  g_autoptr(GBytes) bytes = NULL;
  g_autofree char *data = NULL;
  JsonNode *places;
  gsize length;
  guint n;

  if (!g_file_get_contents (self->path, &data, &length, NULL))
    return;

  bytes = g_bytes_new_take (g_steal_pointer (&data), length);
  root = kvar_json_parse_object (bytes, NULL);
  places = root != NULL ? json_object_get_member (root, "places") : NULL;
  if (places == NULL || !JSON_NODE_HOLDS_ARRAY (places))
    return;

  n = json_array_get_length (json_node_get_array (places));
  for (guint i = 0; i < n; i++)
    {
      JsonNode *place = json_array_get_element (json_node_get_array (places), i);

      if (JSON_NODE_HOLDS_OBJECT (place))
        take_place (self, json_node_get_object (place));
    }
}

static char *
to_json (KvarBookmarkList *self)
{
  g_autoptr(JsonBuilder) builder = json_builder_new_immutable ();
  g_autoptr(JsonNode) root = NULL;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "version");
  json_builder_add_int_value (builder, VERSION);
  json_builder_set_member_name (builder, "places");
  json_builder_begin_array (builder);
  for (guint i = 0; i < self->bookmarks->len; i++)
    {
      KvarBookmark *bookmark = g_ptr_array_index (self->bookmarks, i);

      json_builder_begin_object (builder);
      json_builder_set_member_name (builder, "route");
      json_builder_add_string_value (builder, kvar_bookmark_get_route (bookmark));
      json_builder_set_member_name (builder, "title");
      json_builder_add_string_value (builder, kvar_bookmark_get_title (bookmark));
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);

  return json_to_string (root, TRUE);
}

static gboolean
write_file (KvarBookmarkList       *self,
            GFileSetContentsFlags   flags,
            GError                **error)
{
  g_autofree char *text = to_json (self);
  g_autofree char *folder = g_path_get_dirname (self->path);
  g_autoptr(GError) problem = NULL;

  if (g_mkdir_with_parents (folder, 0700) == 0 &&
      g_file_set_contents_full (self->path, text, -1, flags, 0600, &problem))
    return TRUE;

  g_warning ("Could not keep a place: %s", problem != NULL ? problem->message
                                                           : g_strerror (errno));
  g_set_error_literal (error, KVAR_ERROR, KVAR_ERROR_REFUSED,
                       _("This name can't be kept: the disk refuses it."));

  return FALSE;
}

static void
kvar_bookmark_list_finalize (GObject *object)
{
  KvarBookmarkList *self = KVAR_BOOKMARK_LIST (object);

  g_free (self->path);
  g_ptr_array_unref (self->bookmarks);

  G_OBJECT_CLASS (kvar_bookmark_list_parent_class)->finalize (object);
}

static void
kvar_bookmark_list_class_init (KvarBookmarkListClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = kvar_bookmark_list_finalize;
}

static void
kvar_bookmark_list_init (KvarBookmarkList *self)
{
  self->bookmarks = g_ptr_array_new_with_free_func (g_object_unref);
}

/**
 * kvar_bookmark_list_build_path:
 * @what: "views" or "recent"
 *
 * Returns: (transfer full): a file of one user of @project
 */
char *
kvar_bookmark_list_build_path (KvarProject *project,
                               const char  *user_id,
                               const char  *what)
{
  g_autofree char *project_part = NULL;
  g_autofree char *user_part = NULL;
  g_autofree char *name = NULL;

  g_return_val_if_fail (KVAR_IS_PROJECT (project), NULL);
  g_return_val_if_fail (user_id != NULL, NULL);
  g_return_val_if_fail (what != NULL, NULL);

  project_part = g_uri_escape_string (kvar_project_get_id (project), NULL, FALSE);
  user_part = g_uri_escape_string (user_id, NULL, FALSE);
  name = g_strdup_printf ("%s %s %s.json", what, project_part, user_part);

  return g_build_filename (kvar_paths_get_data_dir (), name, NULL);
}

/**
 * kvar_bookmark_list_new:
 * @path: a file, which need not exist
 */
KvarBookmarkList *
kvar_bookmark_list_new (const char *path)
{
  KvarBookmarkList *self;

  g_return_val_if_fail (path != NULL, NULL);

  self = g_object_new (KVAR_TYPE_BOOKMARK_LIST, NULL);
  self->path = g_strdup (path);
  read_file (self);

  return self;
}

static gboolean
is_of_table (KvarBookmark *bookmark,
             const char   *table)
{
  g_autoptr(KvarRoute) route = kvar_route_parse (kvar_bookmark_get_route (bookmark), NULL);

  return route != NULL && g_strcmp0 (kvar_route_get_name (route), table) == 0;
}

static gboolean
find (KvarBookmarkList *self,
      const char       *table,
      const char       *title,
      guint            *position)
{
  for (guint i = 0; i < self->bookmarks->len; i++)
    {
      KvarBookmark *bookmark = g_ptr_array_index (self->bookmarks, i);

      if (!g_str_equal (kvar_bookmark_get_title (bookmark), title) ||
          !is_of_table (bookmark, table))
        continue;

      *position = i;
      return TRUE;
    }

  return FALSE;
}

/**
 * kvar_bookmark_list_find:
 *
 * Returns: (transfer none) (nullable): the place in @table that is called @title
 */
KvarBookmark *
kvar_bookmark_list_find (KvarBookmarkList *self,
                         const char       *table,
                         const char       *title)
{
  guint position;

  g_return_val_if_fail (KVAR_IS_BOOKMARK_LIST (self), NULL);
  g_return_val_if_fail (table != NULL, NULL);
  g_return_val_if_fail (title != NULL, NULL);

  return find (self, table, title, &position) ? g_ptr_array_index (self->bookmarks, position)
                                              : NULL;
}

static void
insert (KvarBookmarkList *self,
        guint             position,
        KvarBookmark     *bookmark)
{
  g_ptr_array_insert (self->bookmarks, (int)position, g_object_ref (bookmark));
  g_list_model_items_changed (G_LIST_MODEL (self), position, 0, 1);
}

static void
take_out (KvarBookmarkList *self,
          guint             position)
{
  g_ptr_array_remove_index (self->bookmarks, position);
  g_list_model_items_changed (G_LIST_MODEL (self), position, 1, 0);
}

static void
put (KvarBookmarkList *self,
     KvarBookmark     *bookmark)
{
  g_autoptr(KvarRoute) route = kvar_route_parse (kvar_bookmark_get_route (bookmark), NULL);
  guint position = self->bookmarks->len;

  if (route != NULL && find (self, kvar_route_get_name (route), kvar_bookmark_get_title (bookmark),
                             &position))
    take_out (self, position);
  insert (self, position, bookmark);
}

/**
 * kvar_bookmark_list_put:
 *
 * Keeps @bookmark, in place of the one of the same table and title. It is there even where the
 * disk refuses it, and gone then after a restart.
 */
gboolean
kvar_bookmark_list_put (KvarBookmarkList  *self,
                        KvarBookmark      *bookmark,
                        GError           **error)
{
  g_return_val_if_fail (KVAR_IS_BOOKMARK_LIST (self), FALSE);
  g_return_val_if_fail (KVAR_IS_BOOKMARK (bookmark), FALSE);

  put (self, bookmark);

  return write_file (self, G_FILE_SET_CONTENTS_CONSISTENT, error);
}

/**
 * kvar_bookmark_list_replace:
 * @after: as @before is to be, perhaps under another name
 */
gboolean
kvar_bookmark_list_replace (KvarBookmarkList  *self,
                            KvarBookmark      *before,
                            KvarBookmark      *after,
                            GError           **error)
{
  guint position;

  g_return_val_if_fail (KVAR_IS_BOOKMARK_LIST (self), FALSE);
  g_return_val_if_fail (KVAR_IS_BOOKMARK (after), FALSE);

  if (g_ptr_array_find (self->bookmarks, before, &position))
    take_out (self, position);
  put (self, after);

  return write_file (self, G_FILE_SET_CONTENTS_CONSISTENT, error);
}

void
kvar_bookmark_list_remove (KvarBookmarkList *self,
                           KvarBookmark     *bookmark)
{
  guint position;

  g_return_if_fail (KVAR_IS_BOOKMARK_LIST (self));

  if (!g_ptr_array_find (self->bookmarks, bookmark, &position))
    return;

  take_out (self, position);
  write_file (self, G_FILE_SET_CONTENTS_CONSISTENT, NULL);
}

/**
 * kvar_bookmark_list_visit:
 * @title: what the place is called now
 *
 * Puts a place first; those longest not visited are forgotten.
 */
void
kvar_bookmark_list_visit (KvarBookmarkList *self,
                          const char       *route,
                          const char       *title)
{
  g_autoptr(KvarBookmark) bookmark = NULL;

  g_return_if_fail (KVAR_IS_BOOKMARK_LIST (self));

  bookmark = kvar_bookmark_new (route, title);
  for (guint i = 0; i < self->bookmarks->len; i++)
    {
      KvarBookmark *other = g_ptr_array_index (self->bookmarks, i);

      if (!g_str_equal (kvar_bookmark_get_route (other), route))
        continue;
      if (i == 0 && g_str_equal (kvar_bookmark_get_title (other), title))
        return;

      take_out (self, i);
      break;
    }
  insert (self, 0, bookmark);
  while (self->bookmarks->len > MAX_VISITED)
    take_out (self, self->bookmarks->len - 1);

  /* Not worth a wait for the disk. */
  write_file (self, G_FILE_SET_CONTENTS_NONE, NULL);
}

/**
 * kvar_bookmark_list_clear:
 *
 * Forgets everything, and the file.
 */
void
kvar_bookmark_list_clear (KvarBookmarkList *self)
{
  guint n;

  g_return_if_fail (KVAR_IS_BOOKMARK_LIST (self));

  n = self->bookmarks->len;
  g_ptr_array_set_size (self->bookmarks, 0);
  g_list_model_items_changed (G_LIST_MODEL (self), 0, n, 0);
  if (g_unlink (self->path) != 0 && errno != ENOENT)
    g_warning ("Could not remove a list of places: %s", g_strerror (errno));
}
