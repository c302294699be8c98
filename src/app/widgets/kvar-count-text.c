/* kvar-count-text.c: how many, as people of this country write it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-count-text"

#include "config.h"

#include "kvar-count-text.h"
#include "records/kvar-locale.h"

/**
 * kvar_count_text:
 *
 * Returns: (transfer full): @count in groups of three digits. A locale without a separator is
 *     the machine's own, not a country's: its language is English, and so are its commas.
 */
char *
kvar_count_text (guint64 count)
{
  const char *group = kvar_locale_get_group (kvar_locale_get_default ());
  g_autofree char *digits = g_strdup_printf ("%" G_GUINT64_FORMAT, count);
  GString *text = g_string_new (NULL);
  gsize length = strlen (digits);

  if (group == NULL || *group == '\0')
    group = ",";

  for (gsize i = 0; i < length; i++)
    {
      if (i > 0 && (length - i) % 3 == 0)
        g_string_append (text, group);
      g_string_append_c (text, digits[i]);
    }

  return g_string_free (text, FALSE);
}
