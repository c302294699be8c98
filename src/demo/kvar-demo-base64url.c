/* kvar-demo-base64url.c: bytes as unpadded URL-safe base64, as tokens carry them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "kvar-demo-base64url.h"

char *
kvar_demo_base64url_encode (const guint8 *data,
                            gsize         length)
{
  char *text = g_base64_encode (data, length);
  char *end = text;

  for (; *end != '\0' && *end != '='; end++)
    {
      if (*end == '+')
        *end = '-';
      else if (*end == '/')
        *end = '_';
    }
  *end = '\0';

  return text;
}

/**
 * kvar_demo_base64url_decode:
 * @length: how much of @text counts
 *
 * Returns: (transfer full) (nullable): the bytes, or %NULL when @text has a sign outside of the
 *   alphabet or an impossible length
 */
guint8 *
kvar_demo_base64url_decode (const char *text,
                            gsize       length,
                            gsize      *n_bytes)
{
  g_autoptr(GString) plain = g_string_sized_new (length + 4);

  for (gsize i = 0; i < length; i++)
    {
      if (!g_ascii_isalnum (text[i]) && text[i] != '-' && text[i] != '_')
        return NULL;

      g_string_append_c (plain, text[i] == '-' ? '+' : text[i] == '_' ? '/' : text[i]);
    }

  if (length % 4 == 1)
    return NULL;

  while (plain->len % 4 != 0)
    g_string_append_c (plain, '=');

  return g_base64_decode (plain->str, n_bytes);
}
