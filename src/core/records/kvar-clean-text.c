/* kvar-clean-text.c: Bytes that are meant as text, without what no database takes.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-paste"

#include "config.h"

#include "records/kvar-clean-text.h"

/**
 * kvar_clean_text:
 * @bytes: as another program has put them on the clipboard
 * @n_removed: (out): how many signs were left out
 *
 * PostgreSQL stores neither NUL nor what is no UTF-8, and a C string ends at the first NUL.
 *
 * Returns: (transfer full): the rest, as one text
 */
char *
kvar_clean_text (GBytes *bytes,
                 guint  *n_removed)
{
  const char *p, *end;
  GString *text;
  gsize size;

  g_return_val_if_fail (bytes != NULL, NULL);
  g_return_val_if_fail (n_removed != NULL, NULL);

  p = g_bytes_get_data (bytes, &size);
  end = p + size;
  text = g_string_sized_new (size);
  *n_removed = 0;
  while (p < end)
    {
      const char *bad;

      g_utf8_validate_len (p, end - p, &bad);
      g_string_append_len (text, p, bad - p);
      *n_removed += bad < end;
      p = bad < end ? bad + 1 : end;
    }

  return g_string_free (text, FALSE);
}
