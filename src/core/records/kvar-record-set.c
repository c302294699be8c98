/* kvar-record-set.c: Rows in their order, found by what tells them apart.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-record-set"

#include "config.h"

#include "records/kvar-record-diff.h"
#include "records/kvar-record-set.h"

struct _KvarRecordSet
{
  GPtrArray  *records;       /* (element-type KvarRecord) */
  GHashTable *by_identity;   /* (element-type utf8 KvarRecord) rows without one are not in it */
};

static void
reindex (KvarRecordSet *self)
{
  g_hash_table_remove_all (self->by_identity);
  for (guint i = 0; i < self->records->len; i++)
    {
      KvarRecord *record = g_ptr_array_index (self->records, i);
      char *identity = kvar_record_get_identity (record);

      if (identity != NULL)
        g_hash_table_insert (self->by_identity, identity, record);
    }
}

static GPtrArray *
list_identities (GPtrArray *records)
{
  GPtrArray *identities = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < records->len; i++)
    g_ptr_array_add (identities, kvar_record_get_identity (g_ptr_array_index (records, i)));

  return identities;
}

/* The rows that are to be there: a known row's object stands for its newer self. Leaves in
 * @identities what tells them apart. */
static GPtrArray *
merge (KvarRecordSet *self,
       GPtrArray     *fresh,
       GPtrArray     *identities)
{
  GPtrArray *merged = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < fresh->len; i++)
    {
      KvarRecord *record = g_ptr_array_index (fresh, i);
      char *identity = kvar_record_get_identity (record);
      KvarRecord *known = NULL;

      if (identity != NULL && g_hash_table_contains (seen, identity))
        {
          g_free (identity);
          continue;
        }

      if (identity != NULL)
        {
          g_hash_table_add (seen, identity);
          known = g_hash_table_lookup (self->by_identity, identity);
        }
      if (known != NULL)
        kvar_record_update (known, record);

      g_ptr_array_add (identities, identity);
      g_ptr_array_add (merged, g_object_ref (known != NULL ? known : record));
    }

  return merged;
}

KvarRecordSet *
kvar_record_set_new (void)
{
  KvarRecordSet *self = g_new0 (KvarRecordSet, 1);

  self->records = g_ptr_array_new_with_free_func (g_object_unref);
  self->by_identity = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  return self;
}

void
kvar_record_set_free (KvarRecordSet *self)
{
  g_clear_pointer (&self->by_identity, g_hash_table_unref);
  g_clear_pointer (&self->records, g_ptr_array_unref);
  g_free (self);
}

guint
kvar_record_set_get_size (KvarRecordSet *self)
{
  return self->records->len;
}

KvarRecord *
kvar_record_set_get (KvarRecordSet *self,
                     guint          position)
{
  g_return_val_if_fail (position < self->records->len, NULL);

  return g_ptr_array_index (self->records, position);
}

gboolean
kvar_record_set_find (KvarRecordSet *self,
                      const char    *identity,
                      guint         *position)
{
  KvarRecord *record = g_hash_table_lookup (self->by_identity, identity);

  return record != NULL && g_ptr_array_find (self->records, record, position);
}

/**
 * kvar_record_set_append:
 *
 * Returns: %FALSE, and nothing done, if the row is among the others
 */
gboolean
kvar_record_set_append (KvarRecordSet *self,
                        KvarRecord    *record)
{
  char *identity = kvar_record_get_identity (record);

  if (identity != NULL && g_hash_table_contains (self->by_identity, identity))
    {
      g_free (identity);
      return FALSE;
    }

  if (identity != NULL)
    g_hash_table_insert (self->by_identity, identity, record);
  g_ptr_array_add (self->records, g_object_ref (record));

  return TRUE;
}

/**
 * kvar_record_set_update:
 * @identity: what the row was told apart by
 * @newer: the row as it is now, perhaps with another key
 *
 * Returns: %FALSE if there is no such row
 */
gboolean
kvar_record_set_update (KvarRecordSet *self,
                        const char    *identity,
                        KvarRecord    *newer)
{
  KvarRecord *known = g_hash_table_lookup (self->by_identity, identity);
  g_autofree char *new_identity = NULL;

  if (known == NULL)
    return FALSE;

  kvar_record_update (known, newer);
  new_identity = kvar_record_get_identity (known);
  if (g_strcmp0 (identity, new_identity) != 0)
    reindex (self);

  return TRUE;
}

void
kvar_record_set_remove (KvarRecordSet *self,
                        guint          position)
{
  g_return_if_fail (position < self->records->len);

  g_ptr_array_remove_index (self->records, position);
  reindex (self);
}

/**
 * kvar_record_set_renew:
 * @fresh: (element-type KvarRecord): the rows that are to be there
 * @spliced: called after each step, when the set is as the step says
 *
 * Becomes @fresh. Rows that stay keep their objects and their place among each other, so that
 * selection, focus and drafts hold on to them.
 */
void
kvar_record_set_renew (KvarRecordSet     *self,
                       GPtrArray         *fresh,
                       KvarRecordSetFunc  spliced,
                       gpointer           user_data)
{
  g_autoptr(GPtrArray) before = list_identities (self->records);
  g_autoptr(GPtrArray) after = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GPtrArray) merged = merge (self, fresh, after);
  g_autoptr(GArray) splices = kvar_record_diff (before, after);

  for (guint i = 0; i < splices->len; i++)
    {
      KvarSplice splice = g_array_index (splices, KvarSplice, i);

      if (splice.n_removed > 0)
        g_ptr_array_remove_range (self->records, splice.position, splice.n_removed);
      for (guint j = splice.position; j < splice.position + splice.n_added; j++)
        g_ptr_array_insert (self->records, j, g_object_ref (g_ptr_array_index (merged, j)));

      if (i + 1 == splices->len)
        reindex (self);
      spliced (splice.position, splice.n_removed, splice.n_added, user_data);
    }
}
