/* kvar-demo-jwt.c: access tokens: JWTs signed and read with HS256
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-demo"

#include "config.h"

#include <string.h>

#include "kvar-demo-base64url.h"
#include "kvar-demo-jwt.h"

#define HEADER "{\"alg\":\"HS256\",\"typ\":\"JWT\"}"

static char *
sign_text (const char *text,
           gsize       length,
           const char *secret)
{
  g_autoptr(GHmac) hmac = NULL;
  guint8 digest[32];
  gsize n_bytes = sizeof digest;

  hmac = g_hmac_new (G_CHECKSUM_SHA256, (const guchar *)secret, strlen (secret));
  g_hmac_update (hmac, (const guchar *)text, length);
  g_hmac_get_digest (hmac, digest, &n_bytes);

  return kvar_demo_base64url_encode (digest, n_bytes);
}

static JsonObject *
parse_part (const char *text,
            gsize       length)
{
  g_autoptr(JsonParser) parser = json_parser_new_immutable ();
  g_autofree guint8 *bytes = NULL;
  gsize n_bytes;
  JsonNode *root;

  bytes = kvar_demo_base64url_decode (text, length, &n_bytes);
  if (bytes == NULL || !json_parser_load_from_data (parser, (char *)bytes, n_bytes, NULL))
    return NULL;

  root = json_parser_get_root (parser);

  return root != NULL && JSON_NODE_HOLDS_OBJECT (root) ? json_node_dup_object (root) : NULL;
}

/**
 * kvar_demo_jwt_sign:
 *
 * Returns: (transfer full): @claims as a JWT
 */
char *
kvar_demo_jwt_sign (JsonObject *claims,
                    const char *secret)
{
  g_autoptr(JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autofree char *json = NULL;
  g_autofree char *header = NULL;
  g_autofree char *payload = NULL;
  g_autofree char *text = NULL;
  g_autofree char *signature = NULL;

  json_node_set_object (node, claims);
  json = json_to_string (node, FALSE);
  header = kvar_demo_base64url_encode ((const guint8 *)HEADER, strlen (HEADER));
  payload = kvar_demo_base64url_encode ((const guint8 *)json, strlen (json));
  text = g_strconcat (header, ".", payload, NULL);
  signature = sign_text (text, strlen (text), secret);

  return g_strconcat (text, ".", signature, NULL);
}

/**
 * kvar_demo_jwt_read:
 * @claims: (out) (transfer full) (nullable): set only when the signature is good
 *
 * Judges form and signature of @token, but no times.
 *
 * Returns: %KVAR_DEMO_TOKEN_GOOD, _MALFORMED or _BAD
 */
KvarDemoTokenState
kvar_demo_jwt_read (const char  *token,
                    const char  *secret,
                    JsonObject **claims)
{
  g_autoptr(JsonObject) header = NULL;
  g_autoptr(JsonObject) payload = NULL;
  g_autofree char *signature = NULL;
  const char *dot = strchr (token, '.');
  const char *last = strrchr (token, '.');

  *claims = NULL;

  if (dot == NULL || last == dot || strchr (dot + 1, '.') != last)
    return KVAR_DEMO_TOKEN_MALFORMED;

  header = parse_part (token, dot - token);
  payload = parse_part (dot + 1, last - dot - 1);
  if (header == NULL || payload == NULL)
    return KVAR_DEMO_TOKEN_MALFORMED;

  signature = sign_text (token, last - token, secret);
  if (g_strcmp0 (json_object_get_string_member_with_default (header, "alg", NULL), "HS256") != 0 ||
      strcmp (signature, last + 1) != 0)
    return KVAR_DEMO_TOKEN_BAD;

  *claims = g_steal_pointer (&payload);

  return KVAR_DEMO_TOKEN_GOOD;
}

/**
 * kvar_demo_jwt_check_times:
 * @now: µs since 1970
 * @leeway: s; how wrong the issuer's clock may be
 *
 * Returns: %KVAR_DEMO_TOKEN_GOOD, _EXPIRED or _FUTURE
 */
KvarDemoTokenState
kvar_demo_jwt_check_times (JsonObject *claims,
                           gint64      now,
                           gint64      leeway)
{
  gint64 exp = json_object_get_int_member_with_default (claims, "exp", G_MAXINT32);
  gint64 iat = json_object_get_int_member_with_default (claims, "iat", 0);
  gint64 nbf = json_object_get_int_member_with_default (claims, "nbf", 0);

  if (now >= (exp + leeway) * G_USEC_PER_SEC)
    return KVAR_DEMO_TOKEN_EXPIRED;

  if (now + leeway * G_USEC_PER_SEC < MAX (iat, nbf) * G_USEC_PER_SEC)
    return KVAR_DEMO_TOKEN_FUTURE;

  return KVAR_DEMO_TOKEN_GOOD;
}
