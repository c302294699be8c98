/* kvar-kept-bulk.c: a change of many records that is under way, as it lies on disk
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-journal"

#include "config.h"

#include "journal/kvar-kept-bulk.h"

KvarKeptBulk *
kvar_kept_bulk_new (void)
{
  KvarKeptBulk *self = g_new0 (KvarKeptBulk, 1);

  self->rows = g_ptr_array_new_with_free_func ((GDestroyNotify)kvar_kept_bulk_row_free);

  return self;
}

void
kvar_kept_bulk_row_free (KvarKeptBulkRow *row)
{
  g_return_if_fail (row != NULL);

  g_free (row->id);
  g_free (row->state);
  g_clear_pointer (&row->data, g_variant_unref);
  g_free (row);
}

void
kvar_kept_bulk_free (KvarKeptBulk *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->id);
  g_free (self->relation);
  g_free (self->column);
  g_ptr_array_unref (self->rows);
  g_free (self);
}
