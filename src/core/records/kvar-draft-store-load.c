/* kvar-draft-store-load.c: Brings back what an earlier run of Kvar, or a person, has left.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-draft-store"

#include "config.h"

#include "records/kvar-draft-store-private.h"

/* Load: read the journal → drafts, as far as their tables are known. */
static void loaded_cb (GObject *object, GAsyncResult *result, gpointer user_data);

/* Whether both hold another text of the same column, or only @other a text, where @typed has the
 * default. */
static gboolean
overlap (GVariant *typed,
         GVariant *other)
{
  GVariantIter iter;
  GVariant *value;
  const char *name;
  gboolean found = FALSE;

  g_variant_iter_init (&iter, typed);
  while (g_variant_iter_next (&iter, "{&s@(msms)}", &name, &value))
    {
      g_autoptr(GVariant) mine = value;
      g_autoptr(GVariant) theirs = NULL;

      if (g_str_equal (name, KVAR_KEPT_DEFAULT))
        g_variant_get (mine, "(m&sm&s)", NULL, &name);
      theirs = g_variant_lookup_value (other, name, G_VARIANT_TYPE ("(msms)"));
      found = found || (theirs != NULL && !g_variant_equal (mine, theirs));
    }

  return found;
}

/* Somebody was quicker to type than the disk was to tell. What was typed now stands; the rest
 * comes back below it, on the older base: that may show a conflict, but overwrites nothing. */
static void
restore_below (KvarDraftStore      *self,
               KvarDraft           *draft,
               const KvarKeptDraft *kept)
{
  g_autoptr(GVariant) typed = g_variant_ref_sink (kvar_draft_save_changes (draft));
  g_autofree char *id = g_strdup (kvar_draft_get_id (draft));

  if (overlap (typed, kept->typed))
    {
      g_autoptr(KvarKeptDraft) copy = kvar_kept_draft_copy (kept);

      g_free (copy->id);
      copy->id = g_uuid_string_random ();
      copy->discarded_at = kvar_clock_get_wall (self->clock);
      kvar_draft_store_mark_discard (self, copy);
    }

  self->restoring = TRUE;
  kvar_draft_restore (draft, kept);
  kvar_draft_restore_changes (draft, typed);
  self->restoring = FALSE;
  kvar_draft_store_mark_gone (self, id);
  kvar_draft_store_mark_dirty (self, draft);
}

static KvarDraft *
find_place (KvarDraftStore      *self,
            const KvarKeptDraft *kept)
{
  if (kept->key == NULL && kept->apart)
    return NULL;

  return kvar_draft_store_lookup (self, kept->relation, kept->key != NULL ? kept->key : "new");
}

/* Takes over what lies on the disk as @kept. */
static void
bring_back (KvarDraftStore      *self,
            KvarTable           *table,
            const KvarKeptDraft *kept)
{
  KvarDraft *there = find_place (self, kept);
  g_autoptr(KvarDraft) draft = NULL;
  gboolean in_the_way = there != NULL && kvar_draft_get_kept (there);

  if (in_the_way && kept->key != NULL)
    {
      restore_below (self, there, kept);
      return;
    }

  if (there != NULL && !in_the_way)
    draft = g_object_ref (there);
  else
    draft = kvar_draft_new (table, NULL);

  self->restoring = TRUE;
  kvar_draft_restore (draft, kept);
  self->restoring = FALSE;
  if (draft != there)
    kvar_draft_store_place (self, draft, kept->key,
                            kept->key == NULL && (kept->apart || in_the_way));

  draft->on_disk = kvar_draft_get_kept (draft);
  if (draft->on_disk)
    kvar_draft_store_list (self, draft);
  else
    kvar_draft_store_mark_gone (self, kept->id);
}

/* What lies on the disk becomes drafts as soon as its table is known. */
static void
bring_back_waiting (KvarDraftStore *self)
{
  g_autoptr(GPtrArray) waiting = g_steal_pointer (&self->waiting);

  self->waiting = g_ptr_array_new_with_free_func ((GDestroyNotify)kvar_kept_draft_free);
  for (guint i = 0; i < waiting->len; i++)
    {
      KvarKeptDraft *kept = g_ptr_array_index (waiting, i);
      KvarTable *table = NULL;

      if (self->schema != NULL)
        table = kvar_schema_find_table (self->schema, kept->relation);
      if (table != NULL)
        bring_back (self, table, kept);
      else
        g_ptr_array_add (self->waiting, kvar_kept_draft_copy (kept));
    }
}

/**
 * kvar_draft_store_set_schema:
 * @schema: what is known of the tables now
 *
 * Drafts that an earlier run of Kvar has left become drafts when their table is known.
 */
void
kvar_draft_store_set_schema (KvarDraftStore *self,
                             KvarSchema     *schema)
{
  g_return_if_fail (KVAR_IS_DRAFT_STORE (self));
  g_return_if_fail (KVAR_IS_SCHEMA (schema));

  if (g_set_object (&self->schema, schema))
    bring_back_waiting (self);
}

static void
take_loaded (KvarDraftStore *self,
             GPtrArray      *drafts)
{
  guint n_discarded = 0;

  for (guint i = 0; i < drafts->len; i++)
    {
      KvarKeptDraft *kept = kvar_kept_draft_copy (g_ptr_array_index (drafts, i));

      if (kept->discarded_at > 0)
        g_ptr_array_insert (self->discarded, n_discarded++, kept);
      else
        g_ptr_array_add (self->waiting, kept);
    }

  bring_back_waiting (self);
}

static void
loaded_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  g_autoptr(GPtrArray) drafts = NULL;
  GError *error = NULL;
  KvarDraftStore *self = g_task_get_source_object (task);

  drafts = kvar_journal_load_finish (KVAR_JOURNAL (object), result, &error);
  if (drafts != NULL)
    {
      take_loaded (self, drafts);
    }
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_clear_error (&self->problem);
      self->problem = g_error_copy (error);
      kvar_draft_store_notify_problem (self);
    }

  self->loaded = TRUE;
  kvar_draft_store_notify_loaded (self);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

/**
 * kvar_draft_store_load_async:
 *
 * Reads what an earlier run of Kvar has left. Called once, when the user is known.
 */
void
kvar_draft_store_load_async (KvarDraftStore      *self,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;

  g_return_if_fail (KVAR_IS_DRAFT_STORE (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, kvar_draft_store_load_async);
  if (self->journal == NULL)
    g_task_return_boolean (task, TRUE);
  else
    kvar_journal_load_async (self->journal, kvar_clock_get_wall (self->clock), cancellable,
                             loaded_cb, g_steal_pointer (&task));
}

gboolean
kvar_draft_store_load_finish (KvarDraftStore  *self,
                              GAsyncResult    *result,
                              GError         **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * kvar_draft_store_get_loaded:
 *
 * Returns: whether the journal has been read, or there is none; "notify::loaded" tells. What is
 *   of a table that is not known yet is not here even so.
 */
gboolean
kvar_draft_store_get_loaded (KvarDraftStore *self)
{
  g_return_val_if_fail (KVAR_IS_DRAFT_STORE (self), FALSE);

  return self->loaded;
}

/**
 * kvar_draft_store_list_lost:
 *
 * Returns: (transfer full) (element-type KvarLostText): what was typed into columns and tables
 *   that no longer exist, to be copied out
 */
GPtrArray *
kvar_draft_store_list_lost (KvarDraftStore *self)
{
  GPtrArray *texts;

  g_return_val_if_fail (KVAR_IS_DRAFT_STORE (self), NULL);

  texts = kvar_lost_texts_new ();
  for (guint i = 0; i < self->kept->len; i++)
    g_ptr_array_extend_and_steal (texts, kvar_draft_list_lost (g_ptr_array_index (self->kept, i)));

  for (guint i = 0; self->schema != NULL && i < self->waiting->len; i++)
    {
      KvarKeptDraft *kept = g_ptr_array_index (self->waiting, i);

      kvar_lost_texts_add (texts, kept->relation, kept->key, kept->typed);
    }

  return texts;
}

/**
 * kvar_draft_store_discard_lost:
 * @relation: a table that no longer exists
 *
 * Discards what was typed into it.
 */
void
kvar_draft_store_discard_lost (KvarDraftStore *self,
                               const char     *relation)
{
  g_return_if_fail (KVAR_IS_DRAFT_STORE (self));
  g_return_if_fail (relation != NULL);

  for (guint i = self->waiting->len; i > 0; i--)
    {
      KvarKeptDraft *kept = g_ptr_array_index (self->waiting, i - 1);

      if (!g_str_equal (kept->relation, relation))
        continue;

      kept->discarded_at = kvar_clock_get_wall (self->clock);
      kvar_draft_store_mark_discard (self, kept);
      g_ptr_array_remove_index (self->waiting, i - 1);
    }
}

/**
 * kvar_draft_store_list_discarded:
 *
 * Returns: (transfer full) (element-type KvarKeptDraft): what was discarded in the last 30 days,
 *   the newest last
 */
GPtrArray *
kvar_draft_store_list_discarded (KvarDraftStore *self)
{
  GPtrArray *list;

  g_return_val_if_fail (KVAR_IS_DRAFT_STORE (self), NULL);

  list = g_ptr_array_new_with_free_func ((GDestroyNotify)kvar_kept_draft_free);
  for (guint i = 0; i < self->discarded->len; i++)
    g_ptr_array_add (list, kvar_kept_draft_copy (g_ptr_array_index (self->discarded, i)));

  return list;
}

static gboolean
find_discarded (KvarDraftStore *self,
                const char     *id,
                guint          *position)
{
  for (guint i = 0; i < self->discarded->len; i++)
    {
      KvarKeptDraft *kept = g_ptr_array_index (self->discarded, i);

      if (g_str_equal (kept->id, id))
        {
          *position = i;
          return TRUE;
        }
    }

  return FALSE;
}

/* What was discarded comes back to be looked at, never to be sent by itself. */
static void
undo (KvarDraftStore *self,
      KvarDraft      *draft,
      guint           position)
{
  g_autoptr(KvarKeptDraft) kept = NULL;

  kept = g_ptr_array_steal_index (self->discarded, position);

  for (guint i = 0; i < self->discards->len; i++)
    {
      KvarKeptDraft *pending = g_ptr_array_index (self->discards, i);

      if (g_str_equal (pending->id, kept->id))
        {
          g_ptr_array_remove_index (self->discards, i);
          break;
        }
    }

  /* The draft keeps the id by which it is found. */
  kvar_draft_store_mark_gone (self, kept->id);
  g_free (kept->id);
  kept->id = g_strdup (kvar_draft_get_id (draft));

  kept->state = KVAR_DRAFT_OPEN;
  kept->deletes = FALSE;
  g_clear_pointer (&kept->queued, g_variant_unref);
  g_clear_error (&kept->attention);
  kvar_draft_restore (draft, kept);
  kvar_draft_set_restored (draft, FALSE);
}

/**
 * kvar_draft_store_restore:
 * @id: of one that kvar_draft_store_list_discarded() names
 *
 * Takes a discard back.
 *
 * Returns: (transfer full) (nullable): the draft, on the base that it had; %NULL if its record
 *   has another draft by now, or its table is not known
 */
KvarDraft *
kvar_draft_store_restore (KvarDraftStore *self,
                          const char     *id)
{
  KvarKeptDraft *kept;
  KvarTable *table;
  KvarDraft *draft;
  guint position;

  g_return_val_if_fail (KVAR_IS_DRAFT_STORE (self), NULL);
  g_return_val_if_fail (id != NULL, NULL);

  if (!find_discarded (self, id, &position))
    return NULL;

  kept = g_ptr_array_index (self->discarded, position);
  table = self->schema != NULL ? kvar_schema_find_table (self->schema, kept->relation) : NULL;
  if (table == NULL)
    return NULL;

  if (kept->key != NULL)
    draft = kvar_draft_store_open (self, table, kept->key, NULL);
  else
    draft = kvar_draft_store_begin_new (self, table);
  if (kvar_draft_get_kept (draft))
    {
      g_object_unref (draft);
      return NULL;
    }

  undo (self, draft, position);

  return draft;
}

/**
 * kvar_draft_store_undo_discard:
 *
 * Takes the last kvar_draft_discard() of @draft back, unless something was typed since.
 *
 * Returns: whether that was possible
 */
gboolean
kvar_draft_store_undo_discard (KvarDraftStore *self,
                               KvarDraft      *draft)
{
  guint position;

  g_return_val_if_fail (KVAR_IS_DRAFT_STORE (self), FALSE);
  g_return_val_if_fail (KVAR_IS_DRAFT (draft), FALSE);

  if (kvar_draft_get_kept (draft) || draft->discarded_id == NULL ||
      !find_discarded (self, draft->discarded_id, &position))
    return FALSE;

  undo (self, draft, position);

  return TRUE;
}

static void
edits_listed_cb (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  GError *error = NULL;
  GPtrArray *edits = kvar_journal_list_edits_finish (KVAR_JOURNAL (object), result, &error);

  if (edits != NULL)
    g_task_return_pointer (task, edits, (GDestroyNotify)g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

/**
 * kvar_draft_store_list_edits_async:
 *
 * Reads what was saved from this computer in the last 30 days.
 */
void
kvar_draft_store_list_edits_async (KvarDraftStore      *self,
                                   GCancellable        *cancellable,
                                   GAsyncReadyCallback  callback,
                                   gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;

  g_return_if_fail (KVAR_IS_DRAFT_STORE (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, kvar_draft_store_list_edits_async);
  if (self->journal == NULL)
    g_task_return_pointer (task, g_ptr_array_new (), (GDestroyNotify)g_ptr_array_unref);
  else
    kvar_journal_list_edits_async (self->journal, cancellable, edits_listed_cb,
                                   g_steal_pointer (&task));
}

/**
 * kvar_draft_store_list_edits_finish:
 *
 * Returns: (transfer full) (nullable) (element-type KvarOwnEdit): the newest first;
 *   kvar_draft_undo_edit() takes one back
 */
GPtrArray *
kvar_draft_store_list_edits_finish (KvarDraftStore  *self,
                                    GAsyncResult    *result,
                                    GError         **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
