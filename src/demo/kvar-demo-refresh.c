/* kvar-demo-refresh.c: what becomes of a presented refresh token, decided without a database
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "kvar-demo-base64url.h"
#include "kvar-demo-refresh.h"

/* A counter token: version 0, session uuid, uvarint counter, truncated HMAC-SHA-256 of what is
 * before it, the first bytes of the SHA-256 of everything before it. */
#define UUID_LENGTH      16
#define SIGNATURE_LENGTH 16
#define CHECKSUM_LENGTH  4
#define MIN_LENGTH       (1 + UUID_LENGTH + 1 + SIGNATURE_LENGTH + CHECKSUM_LENGTH)

#define OPAQUE_LENGTH    12
#define OPAQUE_ALPHABET  "abcdefghijklmnopqrstuvwxyz234567"

/**
 * kvar_demo_refresh_decide_opaque:
 * @revoked: the presented token was exchanged already
 * @parent: it is the parent of the session's newest token that is not revoked
 * @age: µs since the presented token was last touched
 * @interval: µs in which reuse is tolerated
 */
KvarDemoRefreshVerdict
kvar_demo_refresh_decide_opaque (gboolean revoked,
                                 gboolean parent,
                                 gint64   age,
                                 gint64   interval)
{
  if (!revoked)
    return KVAR_DEMO_REFRESH_ROTATE;

  if (parent)
    return KVAR_DEMO_REFRESH_PARENT;

  if (interval > 0 && age <= interval)
    return KVAR_DEMO_REFRESH_FORK;

  return KVAR_DEMO_REFRESH_USED;
}

/**
 * kvar_demo_refresh_decide_counter:
 * @behind: the session's counter minus the token's
 * @age: µs since the session was last refreshed
 * @interval: µs in which reuse is tolerated
 */
KvarDemoRefreshVerdict
kvar_demo_refresh_decide_counter (gint64 behind,
                                  gint64 age,
                                  gint64 interval)
{
  if (behind < 0)
    return KVAR_DEMO_REFRESH_AHEAD;

  if (behind == 0)
    return KVAR_DEMO_REFRESH_ROTATE;

  if (behind == 1)
    return KVAR_DEMO_REFRESH_PARENT;

  return ABS (age) < interval ? KVAR_DEMO_REFRESH_CURRENT : KVAR_DEMO_REFRESH_USED;
}

static void
format_uuid (const guint8 *bytes,
             char         *text)
{
  for (int i = 0; i < UUID_LENGTH; i++)
    {
      if (i == 4 || i == 6 || i == 8 || i == 10)
        *text++ = '-';
      g_snprintf (text, 3, "%02x", bytes[i]);
      text += 2;
    }
}

static void
append_uuid (GByteArray *bytes,
             const char *text)
{
  while (text[0] != '\0' && text[1] != '\0')
    {
      guint8 byte;

      if (*text == '-')
        {
          text++;
          continue;
        }

      byte = g_ascii_xdigit_value (text[0]) << 4 | g_ascii_xdigit_value (text[1]);
      g_byte_array_append (bytes, &byte, 1);
      text += 2;
    }
}

static void
append_counter (GByteArray *bytes,
                guint64     counter)
{
  guint8 byte;

  for (; counter >= 0x80; counter >>= 7)
    {
      byte = (counter & 0x7f) | 0x80;
      g_byte_array_append (bytes, &byte, 1);
    }

  byte = counter;
  g_byte_array_append (bytes, &byte, 1);
}

static GByteArray *
signed_part (const char *session_id,
             guint64     counter)
{
  GByteArray *bytes = g_byte_array_new ();
  guint8 version = 0;

  g_byte_array_append (bytes, &version, 1);
  append_uuid (bytes, session_id);
  append_counter (bytes, counter);

  return bytes;
}

static void
sign (GByteArray   *bytes,
      const guint8 *key,
      guint8       *signature)
{
  g_autoptr(GHmac) hmac = g_hmac_new (G_CHECKSUM_SHA256, key, KVAR_DEMO_REFRESH_KEY_LENGTH);
  guint8 digest[32];
  gsize length = sizeof digest;

  g_hmac_update (hmac, bytes->data, bytes->len);
  g_hmac_get_digest (hmac, digest, &length);
  memcpy (signature, digest, SIGNATURE_LENGTH);
}

static void
checksum (const guint8 *data,
          gsize         length,
          guint8       *sum)
{
  g_autoptr(GChecksum) sha256 = g_checksum_new (G_CHECKSUM_SHA256);
  guint8 digest[32];
  gsize n_bytes = sizeof digest;

  g_checksum_update (sha256, data, length);
  g_checksum_get_digest (sha256, digest, &n_bytes);
  memcpy (sum, digest, CHECKSUM_LENGTH);
}

static gboolean
parse_counter (const char             *token,
               KvarDemoRefreshCounter *counter)
{
  g_autofree guint8 *bytes = NULL;
  guint8 sum[CHECKSUM_LENGTH];
  gsize length, at = 1 + UUID_LENGTH;
  guint shift = 0;

  bytes = kvar_demo_base64url_decode (token, strlen (token), &length);
  if (bytes == NULL || length < MIN_LENGTH || bytes[0] != 0)
    return FALSE;

  checksum (bytes, length - CHECKSUM_LENGTH, sum);
  if (memcmp (sum, bytes + length - CHECKSUM_LENGTH, CHECKSUM_LENGTH) != 0)
    return FALSE;

  format_uuid (bytes + 1, counter->session_id);

  counter->counter = 0;
  do
    {
      counter->counter |= (guint64)(bytes[at] & 0x7f) << shift;
      shift += 7;
    }
  while ((bytes[at++] & 0x80) != 0 && shift < 63 && at < length);

  if (at + SIGNATURE_LENGTH + CHECKSUM_LENGTH != length)
    return FALSE;

  memcpy (counter->signature, bytes + at, SIGNATURE_LENGTH);

  return TRUE;
}

/**
 * kvar_demo_refresh_parse:
 * @token: (nullable)
 * @counter: filled for %KVAR_DEMO_REFRESH_FORM_COUNTER; its signature is not checked yet
 */
KvarDemoRefreshForm
kvar_demo_refresh_parse (const char             *token,
                         KvarDemoRefreshCounter *counter)
{
  gsize length = token != NULL ? strlen (token) : 0;

  if (length < OPAQUE_LENGTH)
    return KVAR_DEMO_REFRESH_FORM_IMPOSSIBLE;

  if (length > OPAQUE_LENGTH)
    return parse_counter (token, counter) ? KVAR_DEMO_REFRESH_FORM_COUNTER
                                          : KVAR_DEMO_REFRESH_FORM_IMPOSSIBLE;

  for (gsize i = 0; i < length; i++)
    if (!g_ascii_islower (token[i]) && !g_ascii_isdigit (token[i]))
      return KVAR_DEMO_REFRESH_FORM_IMPOSSIBLE;

  return KVAR_DEMO_REFRESH_FORM_OPAQUE;
}

/**
 * kvar_demo_refresh_verify:
 * @key: the session's, %KVAR_DEMO_REFRESH_KEY_LENGTH bytes
 */
gboolean
kvar_demo_refresh_verify (const KvarDemoRefreshCounter *counter,
                          const guint8                 *key)
{
  g_autoptr(GByteArray) bytes = signed_part (counter->session_id, counter->counter);
  guint8 signature[SIGNATURE_LENGTH];

  sign (bytes, key, signature);

  return memcmp (signature, counter->signature, SIGNATURE_LENGTH) == 0;
}

char *
kvar_demo_refresh_make_counter (const char   *session_id,
                                guint64       counter,
                                const guint8 *key)
{
  g_autoptr(GByteArray) bytes = signed_part (session_id, counter);
  guint8 signature[SIGNATURE_LENGTH];
  guint8 sum[CHECKSUM_LENGTH];

  sign (bytes, key, signature);
  g_byte_array_append (bytes, signature, SIGNATURE_LENGTH);
  checksum (bytes->data, bytes->len, sum);
  g_byte_array_append (bytes, sum, CHECKSUM_LENGTH);

  return kvar_demo_base64url_encode (bytes->data, bytes->len);
}

char *
kvar_demo_refresh_make_opaque (void)
{
  char *token = g_malloc (OPAQUE_LENGTH + 1);

  for (int i = 0; i < OPAQUE_LENGTH; i++)
    token[i] = OPAQUE_ALPHABET[g_random_int_range (0, 32)];
  token[OPAQUE_LENGTH] = '\0';

  return token;
}
