/* kvar-record-list-reload.c: The half of the record list that reads its rows anew.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-record-list"

#include "config.h"

#include "records/kvar-record-list-private.h"

/* So many rows from the first are read anew at once, if they were there. */
#define MAX_HEAD 1000

/* Reload: pages until as many rows are there as before → the differences. */
static void reload_paged_cb (GObject *object, GAsyncResult *result, gpointer user_data);

static void
ask_fresh (KvarRecordList *self)
{
  kvar_record_pager_next_async (self->fresh_pager, self->cancellable, reload_paged_cb,
                                g_object_ref (self));
}

/* A row that is held goes on being where it was, also for the pages that come beside it. */
static gboolean
is_outdated (gpointer record,
             gpointer place,
             gpointer user_data)
{
  return !kvar_record_list_is_held (user_data, record);
}

static void
apply_fresh (KvarRecordList *self)
{
  g_autoptr(GPtrArray) fresh = g_steal_pointer (&self->fresh);
  g_autoptr(KvarRecordPager) pager = g_steal_pointer (&self->fresh_pager);
  gboolean complete = kvar_record_pager_get_complete (pager);

  self->from_cache = FALSE;
  g_hash_table_foreach_remove (self->places, is_outdated, self);
  kvar_record_list_take_held (self, fresh);
  kvar_record_list_put_held (self, fresh, self->fresh_start, complete || !self->full_length);
  kvar_record_set_renew (self->records, self->fresh_start, fresh, complete, !self->full_length);
  if (self->fresh_start == 0)
    g_set_object (&self->pager, pager);
  kvar_record_list_note_complete (self);
  kvar_record_list_apply_total (self);
}

static void
reload_paged_cb (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(KvarRecordList) self = user_data;
  g_autoptr(GPtrArray) records = NULL;
  g_autoptr(GError) error = NULL;

  records = kvar_record_pager_next_finish (KVAR_RECORD_PAGER (object), result, &error);
  if (kvar_record_list_was_replaced (error))
    return;

  if (records == NULL)
    {
      kvar_record_list_end (self, g_steal_pointer (&error));
      return;
    }

  for (guint i = 0; i < records->len; i++)
    g_ptr_array_add (self->fresh, g_object_ref (g_ptr_array_index (records, i)));

  if (!kvar_record_pager_get_complete (self->fresh_pager) &&
      (self->fresh->len < self->n_wanted ||
       kvar_record_pager_get_last_was_short (self->fresh_pager)))
    {
      ask_fresh (self);
      return;
    }

  apply_fresh (self);
  kvar_record_list_note_loaded (self);
  kvar_record_list_keep_soon (self);
  kvar_record_list_end (self, NULL);
  kvar_record_list_fill_view (self);
}

/* The first rows, if they are looked at; else those around what is. */
static void
choose_rows (KvarRecordList *self)
{
  guint size = kvar_record_set_get_size (self->records);
  guint margin = kvar_record_pager_get_page_size (self->pager) / 2;
  guint view_end = MIN (self->view_end, size);
  guint start, end;

  self->fresh_start = 0;
  self->n_wanted = size;
  if (!self->full_length)
    return;

  if (self->view_first >= MAX_HEAD && self->view_first < size &&
      kvar_record_set_get_stretch (self->records, self->view_first, &start, &end) &&
      end > start + 1)
    {
      self->fresh_start = MAX (start + 1, self->view_first - margin);
      self->n_wanted = view_end + margin - MIN (self->fresh_start, view_end);
      return;
    }

  if (!kvar_record_set_get_stretch (self->records, 0, &start, &end))
    end = 0;
  self->n_wanted = MAX (MIN (end, MAX_HEAD), MIN (end, view_end + margin));
}

static KvarRecordPager *
make_pager (KvarRecordList *self)
{
  g_autoptr(GPtrArray) place = NULL;

  if (self->fresh_start == 0)
    return kvar_record_pager_new_at (self->pager, NULL, 0, FALSE);

  if (kvar_record_pager_get_counts (self->pager))
    return kvar_record_pager_new_at (self->pager, NULL, self->fresh_start, FALSE);

  place = kvar_record_list_dup_place (self, self->fresh_start - 1, FALSE);

  return kvar_record_pager_new_at (self->pager, place, 0, FALSE);
}

/**
 * kvar_record_list_reload:
 *
 * Fetches all rows that are there anew; of a full-length list those that are looked at, and the
 * others when they are looked at again. The old ones stay until the new ones have come, and
 * those in both keep their objects.
 */
void
kvar_record_list_reload (KvarRecordList *self)
{
  g_return_if_fail (KVAR_IS_RECORD_LIST (self));

  kvar_record_list_begin (self);
  g_clear_object (&self->fresh_pager);
  g_clear_pointer (&self->fresh, g_ptr_array_unref);
  choose_rows (self);
  self->fresh_pager = make_pager (self);
  self->fresh = g_ptr_array_new_with_free_func (g_object_unref);

  kvar_record_list_count (self);
  ask_fresh (self);
}
