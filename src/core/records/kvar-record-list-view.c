/* kvar-record-list-view.c: The half of the record list that loads what is looked at.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A full-length list has a place for every row that the server has counted. Pages come for
 * what is looked at, each one going on from rows that are there where that is not too far.
 */

#define G_LOG_DOMAIN "kvar-record-list"

#include "config.h"

#include "kvar-error.h"
#include "records/kvar-record-list-private.h"

/* Somebody who drags the scroll bar has stopped for this long, before rows are counted to. */
#define JUMP_PAUSE (80 * KVAR_CLOCK_MILLISECOND)

/* So many rows are kept at most, which is all that memory depends on. */
#define MAX_LOADED 12800

/* More rows would be too high for a widget. */
#define MAX_SIZE 50000000

/* A server that gives the same rows again and again is not asked for ever. */
#define MAX_BARREN 20

/* View: a page → its rows to their places → what is missing still. */
static void view_paged_cb (GObject *object, GAsyncResult *result, gpointer user_data);

static KvarClock *
get_clock (KvarRecordList *self)
{
  return kvar_session_get_clock (self->session);
}

static guint
get_page_size (KvarRecordList *self)
{
  return kvar_record_pager_get_page_size (self->pager);
}

/* The row at @position, or the next in the direction of what is known, which is not held. */
static KvarRecord *
find_landmark (KvarRecordList *self,
               guint           position,
               gboolean        backward)
{
  KvarRecord *record = kvar_record_set_get (self->records, position);

  while (record != NULL && kvar_record_list_is_held (self, record) && (backward || position > 0))
    {
      position = backward ? position + 1 : position - 1;
      record = kvar_record_set_get (self->records, position);
    }

  return record;
}

/* Where a row was among the others when it came. One that is held may be anywhere else by now:
 * what comes behind it, or before it if @backward, is asked for by its neighbour. */
GPtrArray *
kvar_record_list_dup_place (KvarRecordList *self,
                            guint           position,
                            gboolean        backward)
{
  KvarRecord *record = find_landmark (self, position, backward);
  GPtrArray *place;

  if (record == NULL)
    record = kvar_record_set_get (self->records, position);
  place = g_hash_table_lookup (self->places, record);

  return place != NULL ? g_ptr_array_ref (place)
                       : kvar_record_pager_get_place_of (self->pager, record);
}

/* The row is about to get other values here, while it stays where it is. */
void
kvar_record_list_keep_place (KvarRecordList *self,
                             KvarRecord     *record)
{
  GPtrArray *place = NULL;

  if (!self->full_length || g_hash_table_contains (self->places, record))
    return;

  place = kvar_record_pager_get_place_of (self->pager, record);
  if (place != NULL)
    g_hash_table_insert (self->places, g_object_ref (record), place);
}

static void
forget_places (KvarRecordList *self,
               GPtrArray      *fresh)
{
  for (guint i = 0; i < fresh->len && g_hash_table_size (self->places) > 0; i++)
    {
      g_autofree char *identity = kvar_record_get_identity (g_ptr_array_index (fresh, i));
      guint position;

      if (identity != NULL && !g_hash_table_contains (self->held, identity) &&
          kvar_record_set_find (self->records, identity, &position))
        g_hash_table_remove (self->places, kvar_record_set_get (self->records, position));
    }
}

/**
 * kvar_record_list_apply_total:
 *
 * Gives every row that was counted a place.
 */
void
kvar_record_list_apply_total (KvarRecordList *self)
{
  if (self->full_length && !self->from_cache && self->total >= 0 &&
      kvar_record_set_get_n_loaded (self->records) > 0)
    kvar_record_set_set_size (self->records, MIN (self->total, MAX_SIZE));
}

static void
stop_timer (KvarRecordList *self)
{
  if (self->jump_timer != 0)
    kvar_clock_remove_timer (get_clock (self), self->jump_timer);
  self->jump_timer = 0;
}

/**
 * kvar_record_list_stop_view:
 *
 * Something else is under way, or nothing is to be.
 */
void
kvar_record_list_stop_view (KvarRecordList *self)
{
  stop_timer (self);
  g_clear_object (&self->view_pager);
}

static KvarRecordPager *
make_pager (KvarRecordList *self,
            const KvarPlan *plan)
{
  gboolean counts = kvar_record_pager_get_counts (self->pager);
  guint size = kvar_record_set_get_size (self->records);
  guint page_size = get_page_size (self);
  g_autoptr(GPtrArray) place = NULL;
  KvarRecordPager *pager;
  guint n;

  switch (plan->kind)
    {
    case KVAR_PLAN_AFTER:
      if (counts)
        return kvar_record_pager_new_at (self->pager, NULL, plan->position, FALSE);
      if (plan->position > 0)
        place = kvar_record_list_dup_place (self, plan->position - 1, FALSE);
      return kvar_record_pager_new_at (self->pager, place, 0, FALSE);

    case KVAR_PLAN_BEFORE:
      if (counts)
        {
          n = MIN (MIN (page_size, plan->room), plan->position);
          pager = kvar_record_pager_new_at (self->pager, NULL, plan->position - n, FALSE);
          kvar_record_pager_set_page_size (pager, MAX (n, 1));
          return pager;
        }
      if (plan->position < size)
        place = kvar_record_list_dup_place (self, plan->position, TRUE);
      return kvar_record_pager_new_at (self->pager, place, 0, TRUE);

    default:
      if (counts || plan->position <= size / 2 || plan->position + page_size > size)
        return kvar_record_pager_new_at (self->pager, NULL, plan->position, FALSE);
      /* The end is nearer. */
      return kvar_record_pager_new_at (self->pager, NULL, size - plan->position - page_size,
                                       TRUE);
    }
}

static void
ask (KvarRecordList *self)
{
  kvar_record_pager_next_async (self->view_pager, self->cancellable, view_paged_cb,
                                g_object_ref (self));
}

static void
fetch (KvarRecordList *self,
       const KvarPlan *plan)
{
  kvar_record_list_begin (self);
  self->plan = *plan;
  self->view_pager = make_pager (self, plan);
  ask (self);
}

static guint
place_counted (KvarRecordList *self,
               GPtrArray      *records)
{
  guint position = self->plan.position;
  guint n_new;

  if (self->plan.kind == KVAR_PLAN_BEFORE)
    position -= MIN (MIN (get_page_size (self), self->plan.room), position);
  n_new = kvar_record_set_place_at (self->records, position, records);
  kvar_record_set_join_all (self->records);

  return n_new;
}

/* Counted to from the end: the last of them is where it was meant to be. */
static guint
place_backward_jump (KvarRecordList *self,
                     GPtrArray      *records)
{
  guint size = kvar_record_set_get_size (self->records);
  guint end = self->plan.position + get_page_size (self);

  if (records->len > 0)
    return kvar_record_set_place_at (self->records, end - MIN (records->len, end), records);

  kvar_record_set_set_size (self->records, size - MIN (end, size));

  return 0;
}

static guint
place (KvarRecordList  *self,
       KvarRecordPager *pager,
       GPtrArray       *records)
{
  if (kvar_record_pager_get_counts (self->pager))
    return place_counted (self, records);

  switch (self->plan.kind)
    {
    case KVAR_PLAN_AFTER:
      kvar_record_list_put_held (self, records, self->plan.position, records->len == 0);
      return kvar_record_set_place_after (self->records, self->plan.position, records);

    case KVAR_PLAN_BEFORE:
      kvar_record_list_put_held_before (self, records, self->plan.position);
      return kvar_record_set_place_before (self->records, self->plan.position, records);

    default:
      if (kvar_record_pager_get_backward (pager))
        return place_backward_jump (self, records);
      return kvar_record_set_place_at (self->records, self->plan.position, records);
    }
}

/* What is nearest to what is looked at stays, and what is kept for the next start. */
static void
let_go (KvarRecordList *self)
{
  guint size = kvar_record_set_get_size (self->records);
  guint around = MAX_LOADED / 3;

  if (kvar_record_set_get_n_loaded (self->records) <= MAX_LOADED)
    return;

  kvar_record_set_let_go (self->records, KVAR_CACHE_MAX_ROWS,
                          self->view_first - MIN (self->view_first, around));
  kvar_record_set_let_go (self->records, MAX (self->view_end + around, KVAR_CACHE_MAX_ROWS),
                          size);
}

static GError *
check_progress (KvarRecordList *self,
                guint           n_came,
                guint           n_new)
{
  self->n_barren = n_came > 0 && n_new == 0 ? self->n_barren + 1 : 0;
  if (self->n_barren < MAX_BARREN)
    return NULL;

  self->n_barren = 0;

  return g_error_new (KVAR_ERROR, KVAR_ERROR_BAD_REPLY, "The same rows came again and again");
}

/* A row is not found before all those above it are counted: that took the server too long,
 * which is nothing that trying again changes. */
static GError *
judge_failure (KvarRecordList *self,
               GError         *error)
{
  g_autoptr(GError) before = error;
  gboolean counted = self->plan.kind == KVAR_PLAN_AT || kvar_record_pager_get_counts (self->pager);

  if (!counted || self->plan.position == 0 ||
      g_strcmp0 (kvar_error_get_provider_code (before), "57014") != 0)
    return g_steal_pointer (&before);

  return kvar_error_new_full (KVAR_ERROR_REFUSED, kvar_error_get_status (before),
                              "KVAR_LIST_TOO_FAR", before->message);
}

static void
view_paged_cb (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(KvarRecordList) self = user_data;
  g_autoptr(GPtrArray) records = NULL;
  g_autoptr(GError) error = NULL;
  guint n_came, n_new;

  records = kvar_record_pager_next_finish (KVAR_RECORD_PAGER (object), result, &error);
  if (kvar_record_list_was_replaced (error))
    return;

  self->failed_first = self->view_first;
  if (records == NULL)
    {
      g_clear_object (&self->view_pager);
      kvar_record_list_end (self, judge_failure (self, g_steal_pointer (&error)));
      return;
    }

  n_came = records->len;
  if (!kvar_record_pager_get_counts (self->pager))
    kvar_record_list_take_held (self, records);
  /* None of them goes here, which is not the end. */
  if (n_came > 0 && records->len == 0)
    {
      ask (self);
      return;
    }

  g_clear_object (&self->view_pager);
  n_new = place (self, KVAR_RECORD_PAGER (object), records);
  forget_places (self, records);
  let_go (self);
  kvar_record_list_note_complete (self);
  kvar_record_list_note_loaded (self);
  kvar_record_list_end (self, check_progress (self, n_came, n_new));
  kvar_record_list_fill_view (self);
}

/* Whether what is under way will be looked at, or nearly. */
static gboolean
is_useful (KvarRecordList *self)
{
  guint page_size = get_page_size (self);
  guint start = self->plan.position;

  if (self->plan.kind == KVAR_PLAN_BEFORE)
    start -= MIN (start, page_size);

  return start < self->view_end + page_size && start + 2 * page_size > self->view_first;
}

static void
paused_cb (gpointer user_data)
{
  KvarRecordList *self = user_data;
  KvarPlan plan;

  self->jump_timer = 0;
  plan = kvar_record_plan (self->records, self->view_first, self->view_end,
                           get_page_size (self));
  if (plan.kind != KVAR_PLAN_NOTHING)
    fetch (self, &plan);
}

/**
 * kvar_record_list_fill_view:
 *
 * Has what is missing of what is looked at loaded, one page after the other. What is under way
 * for rows that have been scrolled past is given up.
 */
void
kvar_record_list_fill_view (KvarRecordList *self)
{
  KvarPlan plan;

  if (!self->full_length || self->from_cache || self->error != NULL ||
      kvar_record_set_get_n_loaded (self->records) == 0)
    return;

  /* The first rows, or all anew, are under way: they come first. */
  if (self->cancellable != NULL && (self->view_pager == NULL || is_useful (self)))
    return;

  if (self->view_pager != NULL)
    kvar_record_list_cancel (self);
  /* Who heard of that may have asked again. */
  if (self->cancellable != NULL)
    return;

  plan = kvar_record_plan (self->records, self->view_first, self->view_end,
                           get_page_size (self));
  if (plan.kind == KVAR_PLAN_AT && self->jump_timer == 0)
    self->jump_timer = kvar_clock_add_timer (get_clock (self), JUMP_PAUSE, paused_cb, self);
  else if (plan.kind == KVAR_PLAN_AFTER || plan.kind == KVAR_PLAN_BEFORE)
    fetch (self, &plan);
}

/**
 * kvar_record_list_go_on:
 *
 * Loads what is missing, or else the rows that come after the first ones.
 */
void
kvar_record_list_go_on (KvarRecordList *self)
{
  guint start, end;
  KvarPlan plan;

  kvar_record_list_set_error (self, NULL);
  plan = kvar_record_plan (self->records, self->view_first, self->view_end,
                           get_page_size (self));
  if (plan.kind == KVAR_PLAN_NOTHING)
    {
      if (!kvar_record_set_get_stretch (self->records, 0, &start, &end))
        end = 0;
      plan = (KvarPlan) { KVAR_PLAN_AFTER, end, 0 };
    }
  fetch (self, &plan);
}

/**
 * kvar_record_list_set_full_length:
 * @full_length: whether there are items for all rows that the server counted
 *
 * To be set before the first rows are loaded. Items of rows that have not come are records
 * without values and without a key; they get both, and emit #KvarRecord::changed, without a step
 * of the model. Those that kvar_record_list_set_view() names are loaded.
 */
void
kvar_record_list_set_full_length (KvarRecordList *self,
                                  gboolean        full_length)
{
  g_return_if_fail (KVAR_IS_RECORD_LIST (self));

  self->full_length = full_length;
}

/**
 * kvar_record_list_set_view:
 * @first: the first row that is looked at
 * @end: the row behind the last one
 *
 * Has a full-length list load these rows, and some beside them.
 */
void
kvar_record_list_set_view (KvarRecordList *self,
                           guint           first,
                           guint           end)
{
  guint far = 2 * get_page_size (self);

  g_return_if_fail (KVAR_IS_RECORD_LIST (self));

  if (self->view_first != first || self->view_end != end)
    stop_timer (self);
  self->view_first = first;
  self->view_end = end;

  /* What could not be had there may be had here. */
  if (g_error_matches (self->error, KVAR_ERROR, KVAR_ERROR_REFUSED) &&
      MAX (first, self->failed_first) - MIN (first, self->failed_first) > far)
    kvar_record_list_set_error (self, NULL);
  kvar_record_list_fill_view (self);
}

/**
 * kvar_record_list_get_stretch:
 * @start: (out): where those around @position begin that are loaded, or are not
 * @end: (out): and where they end
 *
 * Returns: whether they are loaded
 */
gboolean
kvar_record_list_get_stretch (KvarRecordList *self,
                              guint           position,
                              guint          *start,
                              guint          *end)
{
  g_return_val_if_fail (KVAR_IS_RECORD_LIST (self), FALSE);

  return kvar_record_set_get_stretch (self->records, position, start, end);
}
