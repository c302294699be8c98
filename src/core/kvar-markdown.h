/* kvar-markdown.h: Markdown as a list of blocks, each with its text as markup
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  KVAR_BLOCK_HEADING,
  KVAR_BLOCK_PARAGRAPH,
  KVAR_BLOCK_ITEM,      /* of a list */
  KVAR_BLOCK_CODE,
} KvarBlockKind;

/**
 * KvarBlock:
 * @level: of a heading, from 1; how many lists anything else lies in
 * @number: of an item in a numbered list, else 0
 * @markup: the text, with b, i, tt and a as GMarkup; lines of code are kept
 * @text: the same without any markup
 */
typedef struct
{
  KvarBlockKind  kind;
  guint          level;
  guint          number;
  char          *markup;
  char          *text;
} KvarBlock;

GPtrArray *kvar_markdown_read (const char *text);

G_END_DECLS
