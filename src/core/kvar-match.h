/* kvar-match.h: how well a name answers what somebody types to find it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* From bad to good. */
typedef enum
{
  KVAR_MATCH_NONE,
  KVAR_MATCH_INSIDE,      /* somewhere in it */
  KVAR_MATCH_WORDS,       /* each typed word begins one of its words */
  KVAR_MATCH_BEGINNING,
  KVAR_MATCH_WHOLE,
} KvarMatch;

KvarMatch kvar_match_name (const char *typed,
                           const char *name);

G_END_DECLS
