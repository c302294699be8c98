/* kvar-lost-text.h: What was typed into a column or a table that no longer exists.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  char *relation;
  char *key;        /* (nullable) of the record; NULL for a new one */
  char *column;
  char *text;       /* (nullable) NULL for null */
} KvarLostText;

GPtrArray *kvar_lost_texts_new (void);
void       kvar_lost_texts_add (GPtrArray   *texts,
                                const char  *relation,
                                const char  *key,
                                GVariant    *typed);

G_END_DECLS
