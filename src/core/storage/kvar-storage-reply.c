/* kvar-storage-reply.c: reads what Storage answers: lists, files' details, offsets
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-storage"

#include "config.h"

#include <string.h>

#include "kvar-error.h"
#include "kvar-json.h"
#include "storage/kvar-storage-api.h"

static JsonNode *
fail_reply (const char  *what,
            GError     **error)
{
  g_propagate_error (error, kvar_error_new_full (KVAR_ERROR_BAD_REPLY, 0, NULL, what));

  return NULL;
}

/* The checked answer as JSON of @type. */
static JsonNode *
parse (KvarReply     *reply,
       JsonNodeType   type,
       GError       **error)
{
  JsonNode *root;

  if (!kvar_reply_check (reply, KVAR_SERVICE_STORAGE, error))
    return NULL;

  root = kvar_json_parse (kvar_reply_get_body (reply), type, NULL);

  return root != NULL
         ? root : fail_reply ("Storage's answer is no JSON of the kind that was asked for", error);
}

/* (nullable): a member that is text */
static const char *
get_text (JsonObject *object,
          const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && json_node_get_value_type (node) == G_TYPE_STRING
         ? json_node_get_string (node) : NULL;
}

static gint64
get_number (JsonObject *object,
            const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && json_node_get_value_type (node) == G_TYPE_INT64
         ? json_node_get_int (node) : -1;
}

static JsonObject *
get_object (JsonObject *object,
            const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

static JsonObject *
get_element (JsonArray *array,
             guint      index)
{
  JsonNode *node = json_array_get_element (array, index);

  return JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

/**
 * kvar_storage_api_read_buckets:
 *
 * Returns: (transfer full) (nullable): their names, or %NULL with @error set
 */
char **
kvar_storage_api_read_buckets (KvarReply  *reply,
                               GError    **error)
{
  g_autoptr(JsonNode) root = parse (reply, JSON_NODE_ARRAY, error);
  g_autoptr(GStrvBuilder) names = NULL;
  JsonArray *array;

  if (root == NULL)
    return NULL;

  names = g_strv_builder_new ();
  array = json_node_get_array (root);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonObject *bucket = get_element (array, i);
      const char *name = bucket != NULL ? get_text (bucket, "id") : NULL;

      if (name != NULL && *name != '\0')
        g_strv_builder_add (names, name);
    }

  return g_strv_builder_end (names);
}

static char *
join_key (const char *folder,
          const char *name)
{
  return *folder == '\0' ? g_strdup (name) : g_strconcat (folder, "/", name, NULL);
}

static KvarFileEntry *
read_file (JsonObject *object,
           const char *bucket,
           const char *key)
{
  JsonObject *metadata = get_object (object, "metadata");

  return kvar_file_entry_new_file (bucket, key,
                                   metadata != NULL ? get_number (metadata, "size") : -1,
                                   get_text (object, "updated_at"),
                                   metadata != NULL ? get_text (metadata, "mimetype") : NULL);
}

/* The dashboard keeps empty folders by a file of this name. */
static gboolean
is_placeholder (const char *name)
{
  return strcmp (name, ".emptyFolderPlaceholder") == 0;
}

/**
 * kvar_storage_api_read_list:
 * @more: (out): whether there may be another page
 *
 * Returns: (transfer full) (element-type KvarFileEntry): what is in @folder
 */
GPtrArray *
kvar_storage_api_read_list (KvarReply   *reply,
                            const char  *bucket,
                            const char  *folder,
                            gboolean    *more,
                            GError     **error)
{
  g_autoptr(JsonNode) root = parse (reply, JSON_NODE_ARRAY, error);
  GPtrArray *entries;
  JsonArray *array;

  if (root == NULL)
    return NULL;

  entries = g_ptr_array_new_with_free_func (g_object_unref);
  array = json_node_get_array (root);
  *more = json_array_get_length (array) >= KVAR_STORAGE_PAGE;
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonObject *object = get_element (array, i);
      const char *name = object != NULL ? get_text (object, "name") : NULL;
      g_autofree char *key = NULL;

      if (name == NULL || *name == '\0' || is_placeholder (name))
        continue;

      key = join_key (folder, name);
      g_ptr_array_add (entries, get_text (object, "id") == NULL
                       ? kvar_file_entry_new_folder (bucket, key)
                       : read_file (object, bucket, key));
    }

  return entries;
}

/* A name of this list is the whole key; a folder's ends with a slash. */
static void
add_v2_entries (GPtrArray  *entries,
                JsonObject *page,
                const char *member,
                const char *bucket,
                gboolean    folders)
{
  JsonNode *node = json_object_get_member (page, member);
  JsonArray *array = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node)
                                                                  : NULL;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonObject *object = get_element (array, i);
      const char *name = object != NULL ? get_text (object, "name") : NULL;
      g_autofree char *key = g_strdup (name);

      if (key != NULL && g_str_has_suffix (key, "/"))
        key[strlen (key) - 1] = '\0';
      if (key == NULL || *key == '\0' || g_str_has_suffix (key, "/.emptyFolderPlaceholder") ||
          is_placeholder (key))
        continue;

      g_ptr_array_add (entries, folders ? kvar_file_entry_new_folder (bucket, key)
                                        : read_file (object, bucket, key));
    }
}

/**
 * kvar_storage_api_read_list_v2:
 * @next_cursor: (out) (nullable): where the next page begins, if there is one
 *
 * Returns: (transfer full) (element-type KvarFileEntry): what is in @folder, folders first
 */
GPtrArray *
kvar_storage_api_read_list_v2 (KvarReply   *reply,
                               const char  *bucket,
                               const char  *folder,
                               char       **next_cursor,
                               GError     **error)
{
  g_autoptr(JsonNode) root = parse (reply, JSON_NODE_OBJECT, error);
  GPtrArray *entries;
  JsonObject *page;
  JsonNode *more;

  *next_cursor = NULL;
  if (root == NULL)
    return NULL;

  page = json_node_get_object (root);
  entries = g_ptr_array_new_with_free_func (g_object_unref);
  add_v2_entries (entries, page, "folders", bucket, TRUE);
  add_v2_entries (entries, page, "objects", bucket, FALSE);

  more = json_object_get_member (page, "hasNext");
  if (more != NULL && json_node_get_value_type (more) == G_TYPE_BOOLEAN &&
      json_node_get_boolean (more))
    *next_cursor = g_strdup (get_text (page, "nextCursor"));

  return entries;
}

/**
 * kvar_storage_api_lacks_v2:
 *
 * Returns: whether @reply says that the server has only the list by offset
 */
gboolean
kvar_storage_api_lacks_v2 (KvarReply *reply)
{
  const char *code = kvar_reply_get_code (reply);
  int status = kvar_reply_get_status (reply);

  return (status == 404 && g_strcmp0 (code, "NoSuchBucket") != 0) ||
         (status == 400 && g_strcmp0 (code, "FeatureNotEnabled") == 0);
}

/**
 * kvar_storage_api_read_info:
 * @etag: (out) (optional) (nullable): without its quotes
 *
 * Returns: (transfer full): the file, and what it was called where it came from
 */
KvarFileEntry *
kvar_storage_api_read_info (KvarReply   *reply,
                            const char  *bucket,
                            const char  *key,
                            char       **etag,
                            GError     **error)
{
  g_autoptr(JsonNode) root = parse (reply, JSON_NODE_OBJECT, error);
  JsonObject *object, *metadata;
  const char *found;
  KvarFileEntry *entry;

  if (root == NULL)
    return NULL;

  object = json_node_get_object (root);
  entry = kvar_file_entry_new_file (bucket, key, get_number (object, "size"),
                                    get_text (object, "last_modified"),
                                    get_text (object, "content_type"));
  metadata = get_object (object, "metadata");
  if (metadata != NULL)
    kvar_file_entry_set_original (entry, get_text (metadata, "filename"));

  found = get_text (object, "etag");
  if (etag != NULL)
    {
      *etag = g_strdup (found);
      if (found != NULL)
        g_strdelimit (*etag, "\"", ' ');
      if (found != NULL)
        g_strstrip (*etag);
    }

  return entry;
}

/**
 * kvar_storage_api_read_delete:
 *
 * What a policy keeps from being deleted is left out of the answer, like what is not there.
 */
gboolean
kvar_storage_api_read_delete (KvarReply  *reply,
                              GError    **error)
{
  g_autoptr(JsonNode) root = parse (reply, JSON_NODE_ARRAY, error);

  if (root == NULL)
    return FALSE;

  if (json_array_get_length (json_node_get_array (root)) > 0)
    return TRUE;

  g_propagate_error (error, kvar_error_new_full (KVAR_ERROR_DENIED, 400, "NoSuchKey",
                                                 "nothing was deleted"));

  return FALSE;
}

/**
 * kvar_storage_api_read_part:
 * @first: (out): which byte the body begins with
 * @total: (out): how many the whole file has
 *
 * Returns: whether @reply is a part of a file, and all of that part
 */
gboolean
kvar_storage_api_read_part (KvarReply *reply,
                            gint64    *first,
                            gint64    *total)
{
  const char *range = kvar_reply_get_header (reply, "Content-Range");
  gint64 size = (gint64)g_bytes_get_size (kvar_reply_get_body (reply));
  gint64 last;
  char *end;

  if (kvar_reply_get_status (reply) != 206 || range == NULL ||
      !g_str_has_prefix (range, "bytes "))
    return FALSE;

  *first = g_ascii_strtoll (range + strlen ("bytes "), &end, 10);
  if (*end != '-')
    return FALSE;

  last = g_ascii_strtoll (end + 1, &end, 10);
  if (*end != '/' || !g_ascii_isdigit (end[1]))
    return FALSE;

  *total = g_ascii_strtoll (end + 1, NULL, 10);

  return *first >= 0 && last >= *first && *total > last && last - *first + 1 == size;
}

/* How much of an upload in pieces has arrived. */
gboolean
kvar_storage_api_read_offset (KvarReply *reply,
                              gint64    *offset)
{
  const char *text = kvar_reply_get_header (reply, "Upload-Offset");
  guint64 value;

  if (text == NULL || !g_ascii_string_to_unsigned (text, 10, 0, G_MAXINT64, &value, NULL))
    return FALSE;

  *offset = (gint64)value;

  return TRUE;
}
