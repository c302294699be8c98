/* kvar-export-keys.c: Exports rows that were chosen one by one, some keys at a time
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The rows of each chunk come in the order of the whole, so that the file has them as they were
 * seen. A page with fewer rows than keys may have been cut by the server: then the rest is asked
 * for, until a page is empty.
 */

#define G_LOG_DOMAIN "kvar-export-keys"

#include "config.h"

#include "export/kvar-export-job-private.h"
#include "records/kvar-key-filter.h"

/* Of an address, beside the columns and where the page begins. */
#define MAX_KEY_BYTES 1500

static KvarQuery *
narrow (KvarExportJob *self,
        guint64        first,
        guint          n_keys)
{
  g_autoptr(KvarFilter) filter = NULL;

  filter = kvar_key_filter_new (self->table, (const char *const *)self->keys + first, n_keys);

  return kvar_query_with_condition (self->query, filter);
}

/**
 * kvar_export_job_dup_page_query:
 *
 * Returns: (transfer full): what the next page is one of
 */
KvarQuery *
kvar_export_job_dup_page_query (KvarExportJob *self)
{
  if (self->keys == NULL)
    return kvar_query_ref (self->query);

  if (self->n_chunk == 0)
    self->n_chunk = kvar_key_filter_fit (self->table,
                                         (const char *const *)self->keys + self->n_fetched,
                                         MAX_KEY_BYTES);

  return narrow (self, self->n_fetched, self->n_chunk);
}

/**
 * kvar_export_job_dup_last_query:
 *
 * Returns: (transfer full): what the last row written is found by
 */
KvarQuery *
kvar_export_job_dup_last_query (KvarExportJob *self)
{
  if (self->keys != NULL && self->n_of_chunk == 0 && self->n_fetched > 0)
    return narrow (self, self->n_fetched - 1, 1);

  return kvar_export_job_dup_page_query (self);
}

/**
 * kvar_export_job_get_offset:
 *
 * Returns: how many rows of what is asked for have come, for walks that count
 */
guint64
kvar_export_job_get_offset (KvarExportJob *self)
{
  return self->keys != NULL ? self->n_of_chunk : self->n_fetched;
}

/**
 * kvar_export_job_pass_keys:
 * @last: (transfer full) (nullable): the values that the rest of the chunk begins after; %NULL
 *   if there is none
 * @n_rows: of the page that has arrived
 */
void
kvar_export_job_pass_keys (KvarExportJob *self,
                           GPtrArray     *last,
                           guint          n_rows)
{
  g_autoptr(GPtrArray) owned = last;
  gboolean unique = !kvar_table_get_key_guessed (self->table);

  g_clear_pointer (&self->after, g_ptr_array_unref);
  self->n_of_chunk += n_rows;
  if (owned != NULL && !(unique && self->n_of_chunk >= self->n_chunk))
    {
      self->after = g_steal_pointer (&owned);
      return;
    }

  self->n_fetched += self->n_chunk;
  self->n_chunk = 0;
  self->n_of_chunk = 0;
  self->at_end = self->keys[self->n_fetched] == NULL;
}
