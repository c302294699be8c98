/* kvar-record-set-place.c: Puts rows that have come where they belong among the others.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Whatever others insert and delete between two pages, no row is there twice, and none is left
 * out: where pages meet is found by the rows that are in both.
 */

#define G_LOG_DOMAIN "kvar-record-set"

#include "config.h"

#include "records/kvar-record-diff.h"
#include "records/kvar-record-set-private.h"

#define NOWHERE G_MAXUINT

/* Rows on their way in: each with what tells it apart and the object that it will be. */
typedef struct
{
  GPtrArray *identities;   /* (element-type utf8) NULL where it cannot be told apart */
  GPtrArray *came;         /* (element-type KvarRecord) */
  GPtrArray *records;      /* (element-type KvarRecord) those, or who stood for them before */
} Fresh;

static void
fresh_clear (Fresh *fresh)
{
  g_clear_pointer (&fresh->identities, g_ptr_array_unref);
  g_clear_pointer (&fresh->came, g_ptr_array_unref);
  g_clear_pointer (&fresh->records, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Fresh, fresh_clear)

/* A row whose order changed under way can come twice. */
static void
fresh_init (Fresh     *fresh,
            GPtrArray *records)
{
  g_autoptr(GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  fresh->identities = g_ptr_array_new_with_free_func (g_free);
  fresh->came = g_ptr_array_new_with_free_func (g_object_unref);
  fresh->records = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < records->len; i++)
    {
      KvarRecord *record = g_ptr_array_index (records, i);
      char *identity = kvar_record_get_identity (record);

      if (identity != NULL && g_hash_table_contains (seen, identity))
        {
          g_free (identity);
          continue;
        }

      if (identity != NULL)
        g_hash_table_add (seen, identity);
      g_ptr_array_add (fresh->identities, identity);
      g_ptr_array_add (fresh->came, g_object_ref (record));
      g_ptr_array_add (fresh->records, g_object_ref (record));
    }
}

static void
fresh_keep (Fresh *fresh,
            guint  first,
            guint  end)
{
  GPtrArray *arrays[] = { fresh->identities, fresh->came, fresh->records };

  for (guint i = 0; i < G_N_ELEMENTS (arrays); i++)
    {
      if (end < arrays[i]->len)
        g_ptr_array_remove_range (arrays[i], end, arrays[i]->len - end);
      if (first > 0)
        g_ptr_array_remove_range (arrays[i], 0, first);
    }
}

/* The row is known by an object already, which takes over what is new. */
static void
fresh_stand_in (Fresh      *fresh,
                guint       index,
                KvarRecord *known)
{
  g_object_ref (known);
  g_object_unref (fresh->records->pdata[index]);
  fresh->records->pdata[index] = known;
  kvar_record_update (known, g_ptr_array_index (fresh->came, index));
}

static guint
count_new (KvarRecordSet *self,
           Fresh         *fresh)
{
  guint n_new = 0;

  for (guint i = 0; i < fresh->records->len; i++)
    n_new += kvar_record_set_lookup (self, g_ptr_array_index (fresh->identities, i)) == NULL;

  return n_new;
}

static GPtrArray *
list_identities (KvarRecordSet *self,
                 guint          position,
                 guint          n_rows)
{
  GPtrArray *identities = g_ptr_array_new_with_free_func (g_free);

  for (guint i = position; i < position + n_rows; i++)
    {
      KvarRecord *record = kvar_record_set_get (self, i);

      g_ptr_array_add (identities, record != NULL ? kvar_record_get_identity (record) : NULL);
    }

  return identities;
}

/* Rows that came are known elsewhere. One of a run that they are neighbours of, because
 * @neighbour or @other is in it, has moved. A run that they are no neighbours of may be
 * somewhere else by now: it is let go of. */
static void
doubt_others (KvarRecordSet *self,
              Fresh         *fresh,
              guint          neighbour,
              guint          other)
{
  for (guint i = 0; i < fresh->records->len; i++)
    {
      KvarRecord *known =
        kvar_record_set_lookup (self, g_ptr_array_index (fresh->identities, i));
      guint at, start, end;

      if (known == NULL || !kvar_record_set_find_record (self, known, &at))
        continue;

      kvar_record_set_get_stretch (self, at, &start, &end);
      if ((neighbour < start || neighbour >= end) && (other < start || other >= end))
        kvar_record_set_let_go (self, start, end);
    }
}

/* Rows that have moved here from elsewhere are not there any more. Whoever is the first or the
 * last instead need not be it on the server. Returns where the range is without them. */
static guint
take_away_moved (KvarRecordSet *self,
                 guint          position,
                 guint          n_old,
                 Fresh         *fresh)
{
  for (guint i = 0; i < fresh->records->len; i++)
    {
      KvarRecord *known =
        kvar_record_set_lookup (self, g_ptr_array_index (fresh->identities, i));
      guint at;

      if (known == NULL || !kvar_record_set_find_record (self, known, &at) ||
          (at >= position && at < position + n_old))
        continue;

      fresh_stand_in (fresh, i, known);
      self->begun = self->begun && at > 0;
      self->ended = self->ended && at + 1 < self->size;
      kvar_record_set_remove (self, at, 1);
      if (at < position)
        position--;
    }

  return position;
}

/* Known rows keep their objects, and take over what is new. */
static void
renew_known (KvarRecordSet *self,
             Fresh         *fresh)
{
  for (guint i = 0; i < fresh->records->len; i++)
    {
      KvarRecord *known =
        kvar_record_set_lookup (self, g_ptr_array_index (fresh->identities, i));

      if (known != NULL)
        fresh_stand_in (fresh, i, known);
    }
}

/* Rows for a gap. What was handed out for one of them becomes it, without a step. */
static void
fill_gap (KvarRecordSet *self,
          guint          position,
          Fresh         *fresh,
          guint          first,
          guint          n_rows)
{
  g_autoptr(GArray) changed = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < n_rows; i++)
    {
      KvarRecord *awaited = kvar_record_set_get_awaited (self, position + i);
      guint at = position + i;

      /* A row from elsewhere is somebody's already, as may be the one that was awaited. */
      if (fresh->records->pdata[first + i] != fresh->came->pdata[first + i])
        g_array_append_val (changed, at);
      else if (awaited != NULL)
        fresh_stand_in (fresh, first + i, awaited);
    }

  kvar_record_set_fill (self, position, &fresh->records->pdata[first], n_rows);
  for (guint i = 0; i < changed->len; i++)
    kvar_record_set_emit (self, g_array_index (changed, guint, i), 1, 1);
}

static void
splice (KvarRecordSet *self,
        guint          position,
        guint          n_removed,
        Fresh         *fresh,
        guint          first,
        guint          n_added)
{
  guint n_filled = 0;

  if (kvar_record_set_is_gap (self, position, n_removed))
    n_filled = MIN (n_removed, n_added);
  fill_gap (self, position, fresh, first, n_filled);

  kvar_record_set_cut (self, position + n_filled, n_removed - n_filled);
  kvar_record_set_open (self, position + n_filled, n_added - n_filled);
  kvar_record_set_fill (self, position + n_filled, &fresh->records->pdata[first + n_filled],
                        n_added - n_filled);
  kvar_record_set_emit (self, position + n_filled, n_removed - n_filled, n_added - n_filled);
}

/* @n_old rows become @fresh. Returns where those begin. */
static guint
replace (KvarRecordSet *self,
         guint          position,
         guint          n_old,
         Fresh         *fresh)
{
  g_autoptr(GPtrArray) before = NULL;
  g_autoptr(GArray) splices = NULL;

  position = take_away_moved (self, position, n_old, fresh);
  renew_known (self, fresh);
  before = list_identities (self, position, n_old);
  splices = kvar_record_diff (before, fresh->identities);
  for (guint i = 0; i < splices->len; i++)
    {
      KvarSplice step = g_array_index (splices, KvarSplice, i);

      splice (self, position + step.position, step.n_removed, fresh, step.position, step.n_added);
    }
  /* A row that has moved within was put in and taken out, in whatever order. */
  for (guint i = 0; i < fresh->records->len; i++)
    kvar_record_set_note_identity (self, g_ptr_array_index (fresh->records, i));
  if (fresh->records->len > 1)
    kvar_record_set_join (self, position + 1, position + fresh->records->len - 1);

  return position;
}

static gboolean
is_known (KvarRecordSet *self,
          Fresh         *fresh,
          guint          index,
          KvarRecord    *record)
{
  return kvar_record_set_lookup (self, g_ptr_array_index (fresh->identities, index)) == record;
}

static guint
count_gap_behind (KvarRecordSet *self,
                  guint          position)
{
  KvarRecordRun *run = kvar_record_set_get_run (self, kvar_record_set_find_run (self, position));

  return (run != NULL ? run->start : self->size) - position;
}

static KvarRecordRun *
get_run_before (KvarRecordSet *self,
                guint          position)
{
  guint index = kvar_record_set_find_run (self, MAX (position, 1) - 1);
  KvarRecordRun *run = kvar_record_set_get_run (self, index);

  if (run != NULL && run->start < position)
    return run;

  return index > 0 ? kvar_record_set_get_run (self, index - 1) : NULL;
}

static guint
count_gap_before (KvarRecordSet *self,
                  guint          position)
{
  KvarRecordRun *run = get_run_before (self, position);

  return position - (run != NULL ? kvar_record_run_get_end (run) : 0);
}

/* Whether what came has reached the next run, and how many of its rows came along. One row that
 * has moved is no meeting, or rows that nobody has seen yet would be left out: either more of
 * the run follows, or it is a run of one, exactly where it was expected. */
static guint
meet_start (KvarRecordSet *self,
            Fresh         *fresh,
            guint          position)
{
  KvarRecordRun *run = kvar_record_set_get_run (self, kvar_record_set_find_run (self, position));
  guint n = fresh->records->len;
  guint first = 0;
  guint n_met = 0;

  if (run == NULL)
    return 0;

  while (first < n && !is_known (self, fresh, first, g_ptr_array_index (run->records, 0)))
    first++;
  while (first + n_met < n && n_met < run->records->len &&
         is_known (self, fresh, first + n_met, g_ptr_array_index (run->records, n_met)))
    n_met++;

  if (n_met < MIN (n - first, run->records->len) ||
      (n_met == 1 && (run->records->len > 1 || first != run->start - position)))
    return 0;

  if (n_met > 0)
    fresh_keep (fresh, 0, first + n_met);

  return n_met;
}

/* The same from the other side. */
static guint
meet_end (KvarRecordSet *self,
          Fresh         *fresh,
          guint          position)
{
  KvarRecordRun *run = get_run_before (self, position);
  guint n = fresh->records->len;
  guint end = n;
  guint n_met = 0;
  guint n_run;

  if (run == NULL)
    return 0;

  n_run = run->records->len;
  while (end > 0 && !is_known (self, fresh, end - 1, g_ptr_array_index (run->records, n_run - 1)))
    end--;
  while (n_met < end && n_met < n_run &&
         is_known (self, fresh, end - 1 - n_met,
                   g_ptr_array_index (run->records, n_run - 1 - n_met)))
    n_met++;

  if (n_met < MIN (end, n_run) ||
      (n_met == 1 && (n_run > 1 || n - end != position - kvar_record_run_get_end (run))))
    return 0;

  if (n_met > 0)
    fresh_keep (fresh, end - n_met, n);

  return n_met;
}

static void
end_at (KvarRecordSet *self,
        guint          position)
{
  kvar_record_set_remove (self, position, self->size - position);
  self->ended = TRUE;
}

/**
 * kvar_record_set_place_after:
 * @position: behind the row before this one, or at 0
 * @fresh: (element-type KvarRecord): the rows that come directly after it; none at the end
 *
 * Returns: how many of them were not there before, wherever
 */
guint
kvar_record_set_place_after (KvarRecordSet *self,
                             guint          position,
                             GPtrArray     *fresh)
{
  gboolean at_start = position == 0;
  g_auto(Fresh) rows = { NULL };
  guint n_new, n_met, n_old, gap;

  if (fresh->len == 0)
    {
      end_at (self, position);
      return 0;
    }

  fresh_init (&rows, fresh);
  n_new = count_new (self, &rows);
  n_met = meet_start (self, &rows, position);
  doubt_others (self, &rows, at_start ? NOWHERE : position - 1,
                n_met > 0 ? position + count_gap_behind (self, position) : NOWHERE);
  if (kvar_record_set_find_run (self, position) == self->runs->len)
    self->ended = FALSE;

  gap = count_gap_behind (self, position);
  n_old = n_met > 0 ? gap + n_met : MIN (gap, rows.records->len);
  position = replace (self, position, n_old, &rows);
  kvar_record_set_join (self, position, position);
  self->begun = self->begun || at_start;

  return n_new;
}

/**
 * kvar_record_set_place_before:
 * @position: of the row that they come before; the size for the end
 * @fresh: (element-type KvarRecord): the rows that come directly before it; none at the start
 *
 * Returns: how many of them were not there before, wherever
 */
guint
kvar_record_set_place_before (KvarRecordSet *self,
                              guint          position,
                              GPtrArray     *fresh)
{
  gboolean at_end = position == self->size;
  g_auto(Fresh) rows = { NULL };
  guint n_new, n_met, n_old, gap;

  if (fresh->len == 0)
    {
      kvar_record_set_remove (self, 0, position);
      self->begun = self->size > 0;
      self->ended = self->ended || at_end;
      return 0;
    }

  fresh_init (&rows, fresh);
  n_new = count_new (self, &rows);
  n_met = meet_end (self, &rows, position);
  doubt_others (self, &rows, position,
                n_met > 0 ? position - count_gap_before (self, position) - 1 : NOWHERE);

  gap = count_gap_before (self, position);
  n_old = n_met > 0 ? gap + n_met : MIN (gap, rows.records->len);
  position = replace (self, position - n_old, n_old, &rows);
  kvar_record_set_join (self, position + rows.records->len, position + rows.records->len);
  self->ended = self->ended || at_end;

  return n_new;
}

/**
 * kvar_record_set_place_at:
 * @position: where the first of them is, as far as anybody knows: in a gap
 * @fresh: (element-type KvarRecord): rows that follow each other; none behind the end
 *
 * Returns: how many of them were not there before, wherever
 */
guint
kvar_record_set_place_at (KvarRecordSet *self,
                          guint          position,
                          GPtrArray     *fresh)
{
  g_auto(Fresh) rows = { NULL };
  guint start, end, n_new;

  if (fresh->len == 0)
    {
      end_at (self, position);
      return 0;
    }

  fresh_init (&rows, fresh);
  n_new = count_new (self, &rows);
  doubt_others (self, &rows, NOWHERE, NOWHERE);
  if (!kvar_record_set_get_stretch (self, position, &start, &end))
    replace (self, position, MIN (end - position, rows.records->len), &rows);

  return n_new;
}

/* So many rows become @fresh that as many are behind them as before, as far as the same rows
 * are known. */
static guint
count_old (KvarRecordSet *self,
           guint          position,
           Fresh         *fresh)
{
  guint start, end;

  kvar_record_set_get_stretch (self, position, &start, &end);
  for (guint i = fresh->records->len; i > 0; i--)
    {
      KvarRecord *known =
        kvar_record_set_lookup (self, g_ptr_array_index (fresh->identities, i - 1));
      guint at;

      if (known != NULL && kvar_record_set_find_record (self, known, &at) &&
          at >= position && at < end)
        return at + 1 - position + fresh->records->len - i;
    }

  return fresh->records->len;
}

/**
 * kvar_record_set_renew:
 * @position: where @fresh begins
 * @fresh: (element-type KvarRecord): rows as they are now
 * @ended: whether they are the last
 * @dense: whether there is nothing but them
 *
 * Becomes @fresh, as far as that goes. Rows that stay keep their objects and their place among
 * each other, so that selection, focus and drafts hold on to them. What lies elsewhere is as it
 * was, not as it is, and let go of.
 */
void
kvar_record_set_renew (KvarRecordSet *self,
                       guint          position,
                       GPtrArray     *fresh,
                       gboolean       ended,
                       gboolean       dense)
{
  g_auto(Fresh) rows = { NULL };
  guint n_old;

  fresh_init (&rows, fresh);
  n_old = MIN (count_old (self, position, &rows), self->size - position);
  if (ended || dense)
    n_old = self->size - position;
  if (!dense)
    {
      kvar_record_set_let_go (self, 0, position);
      kvar_record_set_let_go (self, position + n_old, self->size);
    }

  replace (self, position, n_old, &rows);
  self->begun = self->begun || (position == 0 && fresh->len > 0);
  self->ended = ended;
}
