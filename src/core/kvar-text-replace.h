/* kvar-text-replace.h: one text in place of another, as GLib 2.76's g_set_str () does it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

/**
 * kvar_text_replace:
 * @place: where an owned text is kept
 * @text: (nullable): copied before the old one is freed, as it may be a part of it
 *
 * Returns: whether it has changed
 */
static inline gboolean
kvar_text_replace (char       **place,
                   const char  *text)
{
  char *copy;

  if (g_strcmp0 (*place, text) == 0)
    return FALSE;

  copy = g_strdup (text);
  g_free (*place);
  *place = copy;

  return TRUE;
}
