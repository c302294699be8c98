/* kvar-record-diff.c: How one list of rows becomes another with the fewest rows moved.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-record-diff"

#include "config.h"

#include "records/kvar-record-diff.h"

#define NOWHERE (-1)

static int *
find_old_positions (GPtrArray *before,
                    GPtrArray *after)
{
  g_autoptr(GHashTable) positions = g_hash_table_new (g_str_hash, g_str_equal);
  int *old = g_new (int, after->len + 1);

  for (guint i = 0; i < before->len; i++)
    if (g_ptr_array_index (before, i) != NULL)
      g_hash_table_insert (positions, g_ptr_array_index (before, i), GUINT_TO_POINTER (i + 1));

  for (guint i = 0; i < after->len; i++)
    {
      const char *id = g_ptr_array_index (after, i);
      guint position = 0;

      if (id != NULL)
        position = GPOINTER_TO_UINT (g_hash_table_lookup (positions, id));
      old[i] = position > 0 ? (int)position - 1 : NOWHERE;

      /* Whoever bears the same name a second time is new. */
      if (position > 0)
        g_hash_table_remove (positions, id);
    }

  return old;
}

/* Leaves in @old only the longest run of rows that kept their order: the others are moved,
 * which a list model can only say as removed and added. Patience sorting, O(n log n). */
static void
keep_longest_run (int   *old,
                  guint  n)
{
  g_autofree guint *tails = g_new (guint, n + 1);
  g_autofree int *previous = g_new (int, n + 1);
  guint length = 0;
  int walk = NOWHERE;

  for (guint i = 0; i < n; i++)
    {
      guint low = 0;
      guint high = length;

      if (old[i] == NOWHERE)
        continue;

      while (low < high)
        {
          guint middle = low + (high - low) / 2;

          if (old[tails[middle]] < old[i])
            low = middle + 1;
          else
            high = middle;
        }

      previous[i] = low > 0 ? (int)tails[low - 1] : NOWHERE;
      tails[low] = i;
      length = MAX (length, low + 1);
    }

  if (length > 0)
    walk = tails[length - 1];

  for (int i = (int)n - 1; i >= 0; i--)
    {
      if (i == walk)
        walk = previous[i];
      else
        old[i] = NOWHERE;
    }
}

/**
 * kvar_record_diff:
 * @before: (element-type utf8): what each row is told apart by; %NULL where it cannot be
 * @after: (element-type utf8): the same of the rows that are to be there
 *
 * Returns: (transfer full) (element-type KvarSplice): the steps, from the top down
 */
GArray *
kvar_record_diff (GPtrArray *before,
                  GPtrArray *after)
{
  GArray *splices = g_array_new (FALSE, FALSE, sizeof (KvarSplice));
  g_autofree int *old = NULL;
  guint next_old = 0;
  guint next_new = 0;

  g_return_val_if_fail (before != NULL, splices);
  g_return_val_if_fail (after != NULL, splices);

  old = find_old_positions (before, after);
  keep_longest_run (old, after->len);

  for (guint i = 0; i <= after->len; i++)
    {
      gboolean at_end = i == after->len;
      guint anchor;
      KvarSplice splice;

      if (!at_end && old[i] == NOWHERE)
        continue;

      anchor = at_end ? before->len : (guint)old[i];
      splice = (KvarSplice) { next_new, anchor - next_old, i - next_new };
      if (splice.n_removed > 0 || splice.n_added > 0)
        g_array_append_val (splices, splice);

      next_old = anchor + 1;
      next_new = i + 1;
    }

  return splices;
}
