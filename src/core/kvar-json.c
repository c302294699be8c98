/* kvar-json.c: safe readers over json-glib, for small control documents
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-core"

#include "config.h"

#include <string.h>

#include "kvar-error.h"
#include "kvar-json.h"
#include "records/kvar-json-text.h"

/* What Kvar is sent has a dozen levels at most. */
#define MAX_DEPTH 500

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

/* Whether JSON's escape at @p is a first half (D800 to DBFF), or a second one (DC00 to DFFF). */
static gboolean
is_half (const char *p,
         gboolean    second)
{
  return p[0] == '\\' && p[1] == 'u' && g_ascii_xdigit_value (p[2]) == 0xd &&
         (g_ascii_xdigit_value (p[3]) & 0xc) == (second ? 0xc : 0x8);
}

/* Half of what stands for a sign beyond the first 65,536: json-glib makes bytes of it that are no
 * UTF-8. */
static gboolean
has_half_pair (const char *json)
{
  for (const char *p = strchr (json, '\\'); p != NULL; p = strchr (p, '\\'))
    {
      if (is_half (p, TRUE) || (is_half (p, FALSE) && !is_half (p + 6, TRUE)))
        return TRUE;
      p += is_half (p, FALSE) ? 12 : 2;
    }

  return FALSE;
}

/* json-glib goes down by calling itself, and a server's brackets must not be what decides how far
 * down that is. It also takes what is no JSON. */
static gboolean
is_safe (GBytes *bytes)
{
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);
  g_autofree char *text = g_strndup (data, size);

  return strlen (text) == size && kvar_json_text_is_shallow (text, MAX_DEPTH) &&
         !has_half_pair (text);
}

/**
 * kvar_json_parse:
 * @type: what the document must be
 *
 * Returns: (transfer full) (nullable): the document's root; %NULL with %KVAR_ERROR_BAD_REPLY
 *   if it is no JSON, something else than @type, or deeper than anything that Kvar is sent
 */
JsonNode *
kvar_json_parse (GBytes        *bytes,
                 JsonNodeType   type,
                 GError       **error)
{
  g_autoptr(JsonParser) parser = json_parser_new_immutable ();
  const char *data;
  JsonNode *root;
  gsize size;

  g_return_val_if_fail (bytes != NULL, NULL);

  data = g_bytes_get_data (bytes, &size);
  if (size > 0 && is_safe (bytes) && json_parser_load_from_data (parser, data, size, NULL) &&
      (root = json_parser_get_root (parser)) != NULL && json_node_get_node_type (root) == type)
    return json_node_ref (root);

  g_set_error_literal (error, KVAR_ERROR, KVAR_ERROR_BAD_REPLY,
                       "the JSON that was promised was not given");

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
  g_autoptr(JsonNode) root = NULL;

  g_return_val_if_fail (bytes != NULL, NULL);

  root = kvar_json_parse (bytes, JSON_NODE_OBJECT, error);

  return root != NULL ? json_node_dup_object (root) : NULL;
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
