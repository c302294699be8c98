/* kvar-bytes-text.c: bytes as PostgreSQL writes them, and as people can tell them apart
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-records"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "records/kvar-bytes-text.h"
#include "storage/kvar-file-name.h"

/* What files of a kind begin with. */
static const struct { const char *magic; gsize length; const char *name; const char *suffix; }
kinds[] = {
  { "\x89PNG\r\n\x1a\n", 8, N_("PNG image"), ".png" },
  { "\xff\xd8\xff", 3, N_("JPEG image"), ".jpg" },
  { "GIF8", 4, N_("GIF image"), ".gif" },
  { "%PDF-", 5, N_("PDF document"), ".pdf" },
  { "PK\x03\x04", 4, N_("ZIP archive"), ".zip" },
  { "\x1f\x8b", 2, N_("Gzip file"), ".gz" },
  { "<?xml", 5, N_("XML document"), ".xml" },
};

static int
find_kind (GBytes *bytes)
{
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (size >= kinds[i].length && memcmp (data, kinds[i].magic, kinds[i].length) == 0)
      return (int)i;

  return -1;
}

static GBytes *
decode_hex (const char *digits)
{
  gsize length = strlen (digits);
  guint8 *data;

  if (length % 2 != 0 || strspn (digits, "0123456789abcdefABCDEF") != length)
    return NULL;

  data = g_malloc (MAX (length / 2, 1));
  for (gsize i = 0; i < length / 2; i++)
    data[i] = (guint8)(g_ascii_xdigit_value (digits[2 * i]) << 4 |
                       g_ascii_xdigit_value (digits[2 * i + 1]));

  return g_bytes_new_take (data, length / 2);
}

static gboolean
is_octal (const char *p)
{
  return p[0] >= '0' && p[0] <= '3' && p[1] >= '0' && p[1] <= '7' && p[2] >= '0' && p[2] <= '7';
}

/* The older form, which a project may have chosen by bytea_output: \\ and \ooo, and the rest as
 * it is. */
static GBytes *
decode_escapes (const char *text)
{
  g_autoptr(GByteArray) data = g_byte_array_new ();

  for (const char *p = text; *p != '\0'; p++)
    {
      guint8 byte = (guint8)*p;

      if (*p == '\\' && p[1] == '\\')
        {
          p++;
        }
      else if (*p == '\\')
        {
          if (!is_octal (p + 1))
            return NULL;
          byte = (guint8)((p[1] - '0') << 6 | (p[2] - '0') << 3 | (p[3] - '0'));
          p += 3;
        }
      g_byte_array_append (data, &byte, 1);
    }

  return g_byte_array_free_to_bytes (g_steal_pointer (&data));
}

/**
 * kvar_bytes_text_decode:
 * @text: PostgreSQL's text of a bytea
 *
 * Returns: (transfer full) (nullable): its bytes; %NULL if it is no such text
 */
GBytes *
kvar_bytes_text_decode (const char *text)
{
  g_return_val_if_fail (text != NULL, NULL);

  return g_str_has_prefix (text, "\\x") ? decode_hex (text + 2) : decode_escapes (text);
}

/**
 * kvar_bytes_text_encode:
 *
 * Returns: (transfer full): @bytes as PostgreSQL reads them
 */
char *
kvar_bytes_text_encode (GBytes *bytes)
{
  static const char digits[] = "0123456789abcdef";
  const guint8 *data;
  gsize size;
  char *text;

  g_return_val_if_fail (bytes != NULL, NULL);

  data = g_bytes_get_data (bytes, &size);
  text = g_malloc (2 * size + 3);
  text[0] = '\\';
  text[1] = 'x';
  for (gsize i = 0; i < size; i++)
    {
      text[2 + 2 * i] = digits[data[i] >> 4];
      text[3 + 2 * i] = digits[data[i] & 0xf];
    }
  text[2 + 2 * size] = '\0';

  return text;
}

/**
 * kvar_bytes_text_preview:
 * @max_bytes: how many to show
 *
 * Returns: (transfer full): the first of @bytes, two digits each, for reading only
 */
char *
kvar_bytes_text_preview (GBytes *bytes,
                         gsize   max_bytes)
{
  GString *text;
  const guint8 *data;
  gsize size;

  g_return_val_if_fail (bytes != NULL, NULL);

  text = g_string_new (NULL);
  data = g_bytes_get_data (bytes, &size);
  for (gsize i = 0; i < MIN (size, max_bytes); i++)
    g_string_append_printf (text, "%s%02x", i > 0 ? " " : "", data[i]);
  if (size > max_bytes)
    g_string_append (text, " …");

  return g_string_free (text, FALSE);
}

/**
 * kvar_bytes_text_describe:
 *
 * Returns: (transfer full): what kind of file @bytes seem to be, if that can be told, and how
 *   large they are
 */
char *
kvar_bytes_text_describe (GBytes *bytes)
{
  g_autofree char *size = NULL;
  int found;

  g_return_val_if_fail (bytes != NULL, NULL);

  size = g_format_size (g_bytes_get_size (bytes));
  found = find_kind (bytes);
  if (found < 0)
    return g_steal_pointer (&size);

  /* Translators: a kind of file, and how large it is: "PNG image, 4.2 kB". */
  return g_strdup_printf (_("%1$s, %2$s"), _(kinds[found].name), size);
}

/**
 * kvar_bytes_text_suggest_name:
 * @stem: what the bytes are of, in anybody's words
 *
 * Returns: (transfer full): a name for a file that is to hold @bytes
 */
char *
kvar_bytes_text_suggest_name (GBytes     *bytes,
                              const char *stem)
{
  g_autofree char *name = NULL;
  int found;

  g_return_val_if_fail (bytes != NULL && stem != NULL, NULL);

  found = find_kind (bytes);
  name = g_strconcat (stem, found >= 0 ? kinds[found].suffix : ".bin", NULL);

  return kvar_file_name_for_disk (name);
}
