/* kvar-text-diff.h: How one text becomes another, word by word.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  KVAR_TEXT_KEPT,
  KVAR_TEXT_DELETED,
  KVAR_TEXT_INSERTED,
} KvarTextChange;

/* A stretch of whole words that fares alike. */
typedef struct
{
  KvarTextChange  change;
  char           *text;
} KvarTextPiece;

GPtrArray *kvar_text_diff         (const char *before,
                                   const char *after);
GPtrArray *kvar_text_diff_shorten (GPtrArray  *pieces,
                                   guint       n_kept,
                                   guint       n_changed);

G_END_DECLS
