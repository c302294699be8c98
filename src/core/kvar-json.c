/* kvar-json.c: safe readers over json-glib, for small control documents
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-core"

#include "config.h"

#include "kvar-error.h"
#include "kvar-json.h"

/* A member that is there and holds a plain value of that type, else NULL with @error. */
static JsonNode *
get_value (JsonObject  *object,
           const char  *name,
           GType        type,
           GError     **error)
{
  JsonNode *node = json_object_get_member (object, name);

  if (node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == type)
    return node;

  g_set_error (error, KVAR_ERROR, KVAR_ERROR_BAD_REPLY,
               "the JSON has no %s “%s”", g_type_name (type), name);

  return NULL;
}

/**
 * kvar_json_parse_object:
 *
 * Returns: (transfer full): the document's root, which must be an object; free with
 *   json_object_unref()
 */
JsonObject *
kvar_json_parse_object (GBytes  *bytes,
                        GError **error)
{
  g_autoptr(JsonParser) parser = json_parser_new_immutable ();
  const char *data;
  JsonNode *root;
  gsize size;

  g_return_val_if_fail (bytes != NULL, NULL);

  data = g_bytes_get_data (bytes, &size);
  if (size == 0 || !json_parser_load_from_data (parser, data, size, NULL) ||
      (root = json_parser_get_root (parser)) == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    {
      g_set_error_literal (error, KVAR_ERROR, KVAR_ERROR_BAD_REPLY,
                           "a JSON object was promised and not given");
      return NULL;
    }

  return json_node_dup_object (root);
}

/**
 * kvar_json_get_string:
 *
 * Returns: (nullable): the member, owned by @object, or %NULL with @error set
 */
const char *
kvar_json_get_string (JsonObject  *object,
                      const char  *name,
                      GError     **error)
{
  JsonNode *node;

  g_return_val_if_fail (object != NULL, NULL);

  node = get_value (object, name, G_TYPE_STRING, error);

  return node != NULL ? json_node_get_string (node) : NULL;
}

gboolean
kvar_json_get_int (JsonObject  *object,
                   const char  *name,
                   gint64      *value,
                   GError     **error)
{
  JsonNode *node;

  g_return_val_if_fail (object != NULL, FALSE);

  node = get_value (object, name, G_TYPE_INT64, error);
  if (node == NULL)
    return FALSE;

  *value = json_node_get_int (node);

  return TRUE;
}

/**
 * kvar_json_get_object:
 *
 * Returns: (transfer none) (nullable): the member, or %NULL with @error set
 */
JsonObject *
kvar_json_get_object (JsonObject  *object,
                      const char  *name,
                      GError     **error)
{
  JsonNode *node;

  g_return_val_if_fail (object != NULL, NULL);

  node = json_object_get_member (object, name);
  if (node != NULL && JSON_NODE_HOLDS_OBJECT (node))
    return json_node_get_object (node);

  g_set_error (error, KVAR_ERROR, KVAR_ERROR_BAD_REPLY, "the JSON has no object “%s”", name);

  return NULL;
}
