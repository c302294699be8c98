/* kvar-demo-read-private.h: a prepared query: its statement, its columns and its embeds
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kvar-demo-read.h"

G_BEGIN_DECLS

/* One column of the statement, or an embed that hangs on one. */
typedef struct
{
  char           *name;
  char           *prefix;  /* the quoted name and colon */
  KvarDemoType    type;
  KvarDemoType    cast;    /* kind NONE: as it is */
  KvarDemoReader *embed;   /* (nullable) */
  int             column;  /* in the statement; of an embed: the key it hangs on */
} KvarDemoSlot;

struct _KvarDemoReader
{
  sqlite3_stmt *statement;
  GPtrArray    *slots;
  GTimeZone    *zone;      /* (nullable) (not owned) */
  gboolean      nested;    /* written as jsonb is: with spaces, keys by length */
  gboolean      to_one;
};

G_END_DECLS
