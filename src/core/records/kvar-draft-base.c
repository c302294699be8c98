/* kvar-draft-base.c: What a draft's base becomes when more of its record is known.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-draft"

#include "config.h"

#include "records/kvar-draft-base.h"

/* A list has loaded only some of a record's columns. Who types into one of its cells begins a
 * draft on that part, which the form is to show whole. What is missing may be taken from another
 * loading of the same record, but a save must never pass for one that has seen something newer,
 * or older, than what stood there:
 *
 * Where both are the same version of the record, they are put together and keep it. Where they
 * are not, or nobody can tell, what comes of them is no version of the record, and it says so:
 * without one, the guard of a save is the values themselves, each as it was seen. */

static int
find_version (KvarTable *table)
{
  KvarColumn *version = kvar_table_get_version_column (table);

  return version != NULL ? kvar_table_find_column_index (table, kvar_column_get_name (version))
                         : -1;
}

static gboolean
is_same_version (KvarRecord *seen,
                 KvarRecord *other)
{
  int version = find_version (kvar_record_get_table (seen));

  if (kvar_record_get_xmin (seen) != NULL && kvar_record_get_xmin (other) != NULL)
    return g_str_equal (kvar_record_get_xmin (seen), kvar_record_get_xmin (other));

  return kvar_record_get_xmin (seen) == NULL && version >= 0 &&
         kvar_record_get_text (seen, version) != NULL &&
         g_strcmp0 (kvar_record_get_text (seen, version),
                    kvar_record_get_text (other, version)) == 0;
}

static void
copy_column (KvarRecord *to,
             KvarRecord *from,
             guint       index)
{
  KvarColumn *column = kvar_table_get_column (kvar_record_get_table (from), index);
  const char *label = kvar_record_get_label_of (from, column);

  kvar_record_set_text (to, index, kvar_record_get_text (from, index));
  if (label != NULL)
    kvar_record_set_label (to, index, label);
}

/**
 * kvar_draft_base_complete:
 * @seen: as far as the record is loaded, what a person sees while they type
 * @other: the same record, loaded earlier or later
 *
 * Returns: (transfer full) (nullable): @seen with those columns of @other that it lacks; %NULL
 *   if it lacks none
 */
KvarRecord *
kvar_draft_base_complete (KvarRecord *seen,
                          KvarRecord *other)
{
  g_autoptr(KvarRecord) whole = NULL;
  KvarTable *table;
  gboolean same;
  guint n_added = 0;
  int version;

  g_return_val_if_fail (KVAR_IS_RECORD (seen), NULL);
  g_return_val_if_fail (KVAR_IS_RECORD (other), NULL);

  table = kvar_record_get_table (seen);
  whole = kvar_record_new (table);
  same = is_same_version (seen, other);
  version = same ? -1 : find_version (table);
  for (guint i = 0; i < kvar_table_get_n_columns (table); i++)
    {
      if (kvar_record_has_column (seen, i) && (int)i != version)
        {
          copy_column (whole, seen, i);
        }
      else if (!kvar_record_has_column (seen, i) && kvar_record_has_column (other, i) &&
               (int)i != version)
        {
          copy_column (whole, other, i);
          n_added++;
        }
    }

  if (n_added == 0)
    return NULL;

  kvar_record_set_place (whole, kvar_record_get_tableoid (seen), kvar_record_get_ctid (seen));
  if (same)
    kvar_record_set_xmin (whole, kvar_record_get_xmin (seen));

  return g_steal_pointer (&whole);
}
