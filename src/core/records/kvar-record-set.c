/* kvar-record-set.c: Rows in their order, of which some have not been loaded.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The rows that are there lie in runs. Between them are gaps, as long as is known or guessed;
 * nothing here costs more for a long one.
 */

#define G_LOG_DOMAIN "kvar-record-set"

#include "config.h"

#include "records/kvar-record-set-private.h"

static KvarRecordRun *
run_new (guint start)
{
  KvarRecordRun *run = g_new0 (KvarRecordRun, 1);

  run->start = start;
  run->records = g_ptr_array_new_with_free_func (g_object_unref);

  return run;
}

static void
run_free (KvarRecordRun *run)
{
  g_ptr_array_unref (run->records);
  g_free (run);
}

KvarRecordRun *
kvar_record_set_get_run (KvarRecordSet *self,
                         guint          index)
{
  return index < self->runs->len ? g_ptr_array_index (self->runs, index) : NULL;
}

/* The first run that ends behind @position. */
guint
kvar_record_set_find_run (KvarRecordSet *self,
                          guint          position)
{
  guint low = 0;
  guint high = self->runs->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (kvar_record_run_get_end (g_ptr_array_index (self->runs, middle)) <= position)
        low = middle + 1;
      else
        high = middle;
    }

  return low;
}

static void
awaited_gone_cb (gpointer  user_data,
                 GObject  *gone)
{
  KvarRecordSet *self = user_data;
  gpointer position = g_hash_table_lookup (self->awaited, gone);

  g_hash_table_remove (self->awaited, gone);
  g_hash_table_remove (self->awaited_at, position);
}

static void
await (KvarRecordSet *self,
       KvarRecord    *record,
       guint          position)
{
  g_hash_table_insert (self->awaited, record, GUINT_TO_POINTER (position));
  g_hash_table_insert (self->awaited_at, GUINT_TO_POINTER (position), record);
}

/* Those in the range are awaited no more; those behind it by another number. */
static void
shift_awaited (KvarRecordSet *self,
               guint          position,
               guint          n_removed,
               guint          n_added)
{
  g_autoptr(GHashTable) before = g_steal_pointer (&self->awaited);
  GHashTableIter iter;
  gpointer record, value;

  self->awaited = g_hash_table_new (NULL, NULL);
  g_hash_table_remove_all (self->awaited_at);
  g_hash_table_iter_init (&iter, before);
  while (g_hash_table_iter_next (&iter, &record, &value))
    {
      guint at = GPOINTER_TO_UINT (value);

      if (at < position)
        await (self, record, at);
      else if (at >= position + n_removed)
        await (self, record, at - n_removed + n_added);
      else
        g_object_weak_unref (G_OBJECT (record), awaited_gone_cb, self);
    }
}

/* Rows behind the change are known by another number. */
static void
shift (KvarRecordSet *self,
       guint          position,
       guint          n_removed,
       guint          n_added)
{
  for (guint i = kvar_record_set_find_run (self, position); i < self->runs->len; i++)
    {
      KvarRecordRun *run = g_ptr_array_index (self->runs, i);

      if (run->start >= position + n_removed)
        run->start = run->start - n_removed + n_added;
    }

  shift_awaited (self, position, n_removed, n_added);
  self->size = self->size - n_removed + n_added;
}

static void
forget_identity (KvarRecordSet *self,
                 KvarRecord    *record)
{
  g_autofree char *identity = kvar_record_get_identity (record);

  if (identity != NULL && g_hash_table_lookup (self->by_identity, identity) == record)
    g_hash_table_remove (self->by_identity, identity);
}

void
kvar_record_set_note_identity (KvarRecordSet *self,
                               KvarRecord    *record)
{
  char *identity = kvar_record_get_identity (record);

  if (identity != NULL)
    g_hash_table_replace (self->by_identity, identity, record);
}

/* A run that goes on behind @position goes on as another. */
static void
split (KvarRecordSet *self,
       guint          position)
{
  guint index = kvar_record_set_find_run (self, position);
  KvarRecordRun *run = kvar_record_set_get_run (self, index);
  KvarRecordRun *rest;
  guint kept;

  if (run == NULL || run->start >= position)
    return;

  kept = position - run->start;
  rest = run_new (position);
  for (guint i = kept; i < run->records->len; i++)
    g_ptr_array_add (rest->records, g_object_ref (g_ptr_array_index (run->records, i)));
  g_ptr_array_remove_range (run->records, kept, run->records->len - kept);
  g_ptr_array_insert (self->runs, index + 1, rest);
}

/* Makes room that nothing is known of. */
void
kvar_record_set_open (KvarRecordSet *self,
                      guint          position,
                      guint          n_rows)
{
  if (n_rows == 0)
    return;

  split (self, position);
  shift (self, position, 0, n_rows);
}

/* Takes out rows, known or not. Those before and behind are as near to each other as they were
 * with them. */
void
kvar_record_set_cut (KvarRecordSet *self,
                     guint          position,
                     guint          n_rows)
{
  guint end = position + n_rows;
  guint first, last;
  guint first_start, first_end, last_start, last_end;
  gboolean goes_on_before, goes_on_behind;

  if (n_rows == 0)
    return;

  goes_on_before = kvar_record_set_get_stretch (self, position, &first_start, &first_end) &&
                   first_start < position;
  goes_on_behind = kvar_record_set_get_stretch (self, end - 1, &last_start, &last_end) &&
                   last_end > end;
  self->begun = self->begun && (position > 0 || goes_on_behind);
  self->ended = self->ended && (end < self->size || goes_on_before);

  split (self, position);
  split (self, end);
  first = last = kvar_record_set_find_run (self, position);
  for (; last < self->runs->len; last++)
    {
      KvarRecordRun *run = g_ptr_array_index (self->runs, last);

      if (run->start >= end)
        break;

      for (guint i = 0; i < run->records->len; i++)
        forget_identity (self, g_ptr_array_index (run->records, i));
      self->n_loaded -= run->records->len;
    }
  g_ptr_array_remove_range (self->runs, first, last - first);

  shift (self, position, n_rows, 0);
  if (goes_on_before && goes_on_behind && first_start == last_start)
    kvar_record_set_join (self, position, position);
}

/* Puts rows where a gap is. */
void
kvar_record_set_fill (KvarRecordSet *self,
                      guint          position,
                      gpointer      *records,
                      guint          n_records)
{
  KvarRecordRun *run;

  if (n_records == 0)
    return;

  run = run_new (position);
  for (guint i = 0; i < n_records; i++)
    {
      g_ptr_array_add (run->records, g_object_ref (records[i]));
      kvar_record_set_note_identity (self, records[i]);
    }
  g_ptr_array_insert (self->runs, kvar_record_set_find_run (self, position), run);
  self->n_loaded += n_records;
  shift_awaited (self, position, n_records, n_records);
}

/* Rows on both sides of every border from @first to @last are known to be neighbours. */
void
kvar_record_set_join (KvarRecordSet *self,
                      guint          first,
                      guint          last)
{
  guint index = MAX (kvar_record_set_find_run (self, first), 1);

  while (index < self->runs->len)
    {
      KvarRecordRun *before = g_ptr_array_index (self->runs, index - 1);
      KvarRecordRun *run = g_ptr_array_index (self->runs, index);

      if (run->start > last)
        break;

      if (run->start < first || kvar_record_run_get_end (before) != run->start)
        {
          index++;
          continue;
        }

      for (guint i = 0; i < run->records->len; i++)
        g_ptr_array_add (before->records, g_object_ref (g_ptr_array_index (run->records, i)));
      g_ptr_array_remove_index (self->runs, index);
    }
}

KvarRecord *
kvar_record_set_lookup (KvarRecordSet *self,
                        const char    *identity)
{
  return identity != NULL ? g_hash_table_lookup (self->by_identity, identity) : NULL;
}

/* What has been handed out for a row that has not come yet. */
KvarRecord *
kvar_record_set_get_awaited (KvarRecordSet *self,
                             guint          position)
{
  return g_hash_table_lookup (self->awaited_at, GUINT_TO_POINTER (position));
}

gboolean
kvar_record_set_find_record (KvarRecordSet *self,
                             KvarRecord    *record,
                             guint         *position)
{
  for (guint i = 0; i < self->runs->len; i++)
    {
      KvarRecordRun *run = g_ptr_array_index (self->runs, i);
      guint index;

      if (!g_ptr_array_find (run->records, record, &index))
        continue;

      if (position != NULL)
        *position = run->start + index;
      return TRUE;
    }

  return FALSE;
}

gboolean
kvar_record_set_is_gap (KvarRecordSet *self,
                        guint          position,
                        guint          n_rows)
{
  KvarRecordRun *run = kvar_record_set_get_run (self, kvar_record_set_find_run (self, position));

  return run == NULL || run->start >= position + n_rows;
}

/**
 * kvar_record_set_new:
 * @spliced: called after each change of which rows are where
 */
KvarRecordSet *
kvar_record_set_new (KvarTable         *table,
                     KvarRecordSetFunc  spliced,
                     gpointer           user_data)
{
  KvarRecordSet *self = g_new0 (KvarRecordSet, 1);

  self->table = g_object_ref (table);
  self->spliced = spliced;
  self->user_data = user_data;
  self->runs = g_ptr_array_new_with_free_func ((GDestroyNotify)run_free);
  self->by_identity = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->awaited = g_hash_table_new (NULL, NULL);
  self->awaited_at = g_hash_table_new (NULL, NULL);

  return self;
}

void
kvar_record_set_free (KvarRecordSet *self)
{
  shift_awaited (self, 0, self->size, 0);
  g_clear_pointer (&self->awaited, g_hash_table_unref);
  g_clear_pointer (&self->awaited_at, g_hash_table_unref);
  g_clear_pointer (&self->by_identity, g_hash_table_unref);
  g_clear_pointer (&self->runs, g_ptr_array_unref);
  g_clear_object (&self->table);
  g_free (self);
}

/**
 * kvar_record_set_get_size:
 *
 * Returns: how many rows there are, loaded or not
 */
guint
kvar_record_set_get_size (KvarRecordSet *self)
{
  return self->size;
}

guint
kvar_record_set_get_n_loaded (KvarRecordSet *self)
{
  return self->n_loaded;
}

/**
 * kvar_record_set_get_begun:
 *
 * Returns: whether the first row is loaded, and nothing comes before it
 */
gboolean
kvar_record_set_get_begun (KvarRecordSet *self)
{
  return self->begun;
}

/**
 * kvar_record_set_get_ended:
 *
 * Returns: whether nothing comes after the last row
 */
gboolean
kvar_record_set_get_ended (KvarRecordSet *self)
{
  return self->ended;
}

/**
 * kvar_record_set_get_complete:
 *
 * Returns: whether all rows are loaded
 */
gboolean
kvar_record_set_get_complete (KvarRecordSet *self)
{
  return self->ended && self->n_loaded == self->size && self->runs->len <= 1 &&
         (self->begun || self->size == 0);
}

/**
 * kvar_record_set_get:
 *
 * Returns: (transfer none) (nullable): %NULL if the row has not been loaded
 */
KvarRecord *
kvar_record_set_get (KvarRecordSet *self,
                     guint          position)
{
  KvarRecordRun *run = kvar_record_set_get_run (self, kvar_record_set_find_run (self, position));

  if (run == NULL || run->start > position)
    return NULL;

  return g_ptr_array_index (run->records, position - run->start);
}

/**
 * kvar_record_set_dup_item:
 *
 * Returns: (transfer full): the row. One that has not been loaded is a record without values;
 *   it gets them, and says so, when they come while somebody has it.
 */
KvarRecord *
kvar_record_set_dup_item (KvarRecordSet *self,
                          guint          position)
{
  KvarRecord *record = kvar_record_set_get (self, position);

  if (record == NULL)
    record = kvar_record_set_get_awaited (self, position);
  if (record != NULL)
    return g_object_ref (record);

  record = kvar_record_new (self->table);
  g_object_weak_ref (G_OBJECT (record), awaited_gone_cb, self);
  await (self, record, position);

  return record;
}

/**
 * kvar_record_set_get_stretch:
 * @start: (out): where the run or the gap around @position begins
 * @end: (out): and where it ends
 *
 * Returns: whether it is a run
 */
gboolean
kvar_record_set_get_stretch (KvarRecordSet *self,
                             guint          position,
                             guint         *start,
                             guint         *end)
{
  guint index = kvar_record_set_find_run (self, position);
  KvarRecordRun *run = kvar_record_set_get_run (self, index);

  if (run != NULL && run->start <= position)
    {
      *start = run->start;
      *end = kvar_record_run_get_end (run);
      return TRUE;
    }

  *start = index > 0 ? kvar_record_run_get_end (kvar_record_set_get_run (self, index - 1)) : 0;
  *end = run != NULL ? run->start : self->size;

  return FALSE;
}

gboolean
kvar_record_set_find (KvarRecordSet *self,
                      const char    *identity,
                      guint         *position)
{
  KvarRecord *record = kvar_record_set_lookup (self, identity);

  return record != NULL && kvar_record_set_find_record (self, record, position);
}

/**
 * kvar_record_set_set_size:
 * @size: how many rows there are, as far as anybody knows
 *
 * Makes the last gap longer or shorter. Rows that are loaded stay, whatever was counted.
 */
void
kvar_record_set_set_size (KvarRecordSet *self,
                          guint          size)
{
  guint index = self->runs->len;
  guint start;
  guint end = self->size;

  if (self->ended && index > 0)
    end = kvar_record_set_get_run (self, --index)->start;
  if (self->ended && index == 0)
    return;

  start = index > 0 ? kvar_record_run_get_end (kvar_record_set_get_run (self, index - 1)) : 0;
  if (size > self->size)
    {
      guint n_added = size - self->size;

      kvar_record_set_open (self, end, n_added);
      kvar_record_set_emit (self, end, 0, n_added);
    }
  else if (size < self->size && end > start)
    {
      guint n_removed = MIN (self->size - size, end - start);

      kvar_record_set_remove (self, end - n_removed, n_removed);
    }
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
  KvarRecord *known = kvar_record_set_lookup (self, identity);

  if (known == NULL)
    return FALSE;

  forget_identity (self, known);
  kvar_record_update (known, newer);
  kvar_record_set_note_identity (self, known);

  return TRUE;
}

void
kvar_record_set_remove (KvarRecordSet *self,
                        guint          position,
                        guint          n_rows)
{
  kvar_record_set_cut (self, position, n_rows);
  kvar_record_set_emit (self, position, n_rows, 0);
}

/**
 * kvar_record_set_join_all:
 *
 * Nothing is between rows of which one has the number after the other's: they are only counted.
 */
void
kvar_record_set_join_all (KvarRecordSet *self)
{
  kvar_record_set_join (self, 0, self->size);
}

/* Somebody has the row: a widget shows it, a draft began with it. It must stay the same object
 * for them. */
static gboolean
is_held (KvarRecord *record)
{
  return G_OBJECT (record)->ref_count > 1;
}

/**
 * kvar_record_set_let_go:
 * @from: the first row
 * @to: the one behind the last
 *
 * Forgets the rows between, except those that somebody has. They are loaded again when they are
 * wanted.
 */
void
kvar_record_set_let_go (KvarRecordSet *self,
                        guint          from,
                        guint          to)
{
  guint index;

  if (from >= to)
    return;

  split (self, from);
  split (self, to);
  index = kvar_record_set_find_run (self, from);
  while (index < self->runs->len && kvar_record_set_get_run (self, index)->start < to)
    {
      g_autoptr(GPtrArray) records =
        g_ptr_array_ref (kvar_record_set_get_run (self, index)->records);
      guint start = kvar_record_set_get_run (self, index)->start;

      g_ptr_array_remove_index (self->runs, index);
      for (guint i = 0; i < records->len; i++)
        {
          KvarRecord *record = g_ptr_array_index (records, i);
          KvarRecordRun *kept;

          if (!is_held (record))
            {
              forget_identity (self, record);
              self->n_loaded--;
              continue;
            }

          kept = run_new (start + i);
          g_ptr_array_add (kept->records, g_object_ref (record));
          g_ptr_array_insert (self->runs, index++, kept);
        }
    }

  kvar_record_set_join (self, from + 1, to - 1);
  self->begun = self->begun && kvar_record_set_get (self, 0) != NULL;
  self->ended = self->ended && self->size > 0 &&
                kvar_record_set_get (self, self->size - 1) != NULL;
}
