/* kvar-jwt.c: reads the claims of a token without checking who signed it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-core"

#include "config.h"

#include "kvar-json.h"
#include "session/kvar-jwt.h"

/* The part between the two dots, which is base64url without padding. */
static JsonObject *
read_claims (const char *token)
{
  g_auto(GStrv) parts = NULL;
  g_autoptr(GString) base64 = NULL;
  g_autoptr(GBytes) bytes = NULL;
  guchar *decoded;
  gsize size;

  parts = g_strsplit (token, ".", 4);
  if (g_strv_length (parts) != 3 || *parts[1] == '\0')
    return NULL;

  base64 = g_string_new (g_strdelimit (parts[1], "-", '+'));
  g_strdelimit (base64->str, "_", '/');
  while (base64->len % 4 != 0)
    g_string_append_c (base64, '=');

  decoded = g_base64_decode (base64->str, &size);
  bytes = g_bytes_new_take (decoded, size);

  return kvar_json_parse_object (bytes, NULL);
}

/**
 * kvar_jwt_get_string:
 * @token: perhaps a JWT, perhaps not
 *
 * Returns: (transfer full) (nullable): the claim, or %NULL where @token is opaque or does
 *   not have it as a string
 */
char *
kvar_jwt_get_string (const char *token,
                     const char *claim)
{
  g_autoptr(JsonObject) claims = NULL;

  g_return_val_if_fail (token != NULL, NULL);

  claims = read_claims (token);

  return claims != NULL ? g_strdup (kvar_json_get_string (claims, claim, NULL)) : NULL;
}

/**
 * kvar_jwt_get_time:
 * @seconds: (out): since 1970, by the clock of whoever made the token
 *
 * Returns: whether @token has the claim as a positive number
 */
gboolean
kvar_jwt_get_time (const char *token,
                   const char *claim,
                   gint64     *seconds)
{
  g_autoptr(JsonObject) claims = NULL;
  JsonNode *node;
  double value;

  g_return_val_if_fail (token != NULL, FALSE);

  claims = read_claims (token);
  node = claims != NULL ? json_object_get_member (claims, claim) : NULL;
  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node))
    return FALSE;

  value = json_node_get_double (node);
  if (!(value > 0 && value < 1e12))
    return FALSE;

  *seconds = (gint64)value;

  return TRUE;
}
