/* kvar-kept-bulk.h: a change of many records that is under way, as it lies on disk
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The key, it as a route has it, the title, the text before, the version, whether that is the
 * condition, and the text after. */
#define KVAR_KEPT_BULK_ROW_TYPE "(asssmsmsbms)"

typedef struct
{
  char     *id;          /* a uuid */
  guint     position;
  char     *state;       /* a word: see kvar-bulk-kept.c */
  GVariant *data;        /* KVAR_KEPT_BULK_ROW_TYPE */
} KvarKeptBulkRow;

typedef struct
{
  char      *id;         /* a uuid */
  char      *relation;
  char      *column;     /* that is changed */
  gboolean   undoes;     /* it takes another change back */
  gint64     began_at;   /* µs since 1970 */
  GPtrArray *rows;       /* (element-type KvarKeptBulkRow) */
} KvarKeptBulk;

KvarKeptBulk    *kvar_kept_bulk_new      (void);
void             kvar_kept_bulk_free     (KvarKeptBulk    *self);
void             kvar_kept_bulk_row_free (KvarKeptBulkRow *row);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KvarKeptBulk, kvar_kept_bulk_free)

G_END_DECLS
