/* kvar-file-icon.c: the icon of a kind of file
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-file-icon"

#include "config.h"

#include <string.h>

#include "widgets/kvar-file-icon.h"

/**
 * kvar_file_icon_new:
 * @content_type: (nullable): as a server tells it, which may say the letters' code too
 */
GIcon *
kvar_file_icon_new (const char *content_type)
{
  g_autofree char *plain = NULL;
  g_autofree char *type = NULL;

  if (content_type != NULL)
    plain = g_strndup (content_type, strcspn (content_type, "; "));
  if (plain != NULL)
    type = g_content_type_from_mime_type (plain);

  return type != NULL ? g_content_type_get_symbolic_icon (type)
                      : g_themed_icon_new ("text-x-generic-symbolic");
}
