/* kvar-draft-store.c: Every record's one draft in this process, kept on disk while it is changed.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-draft-store"

#include "config.h"

#include "records/kvar-draft-base.h"
#include "records/kvar-draft-store-private.h"

/* The route key of a record that is not there yet, as in /records/jobs/new. */
#define NEW_KEY "new"

static void list_model_init (GListModelInterface *iface);

enum {
  SIGNAL_STATE_CHANGED,
  SIGNAL_DRAFT_TOUCHED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

enum {
  PROP_LOADED = 1,
  PROP_PROBLEM,
  PROP_SET_ASIDE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE_WITH_CODE (KvarDraftStore, kvar_draft_store, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

/* The one that was changed last stands last. */
void
kvar_draft_store_list (KvarDraftStore *self,
                       KvarDraft      *draft)
{
  guint n = self->kept->len;
  guint position;

  if (!g_ptr_array_find (self->kept, draft, &position))
    {
      g_ptr_array_add (self->kept, g_object_ref (draft));
      g_list_model_items_changed (G_LIST_MODEL (self), n, 0, 1);
    }
  else if (position + 1 < n)
    {
      g_ptr_array_add (self->kept, g_ptr_array_steal_index (self->kept, position));
      g_list_model_items_changed (G_LIST_MODEL (self), position, n - position, n - position);
    }
}

static void
unlist_draft (KvarDraftStore *self,
              KvarDraft      *draft)
{
  g_autoptr(KvarDraft) keep = g_object_ref (draft);
  guint position;

  if (!g_ptr_array_find (self->kept, draft, &position))
    return;

  g_ptr_array_remove_index (self->kept, position);
  g_list_model_items_changed (G_LIST_MODEL (self), position, 1, 0);
}

static void
follow_draft (KvarDraftStore *self,
              KvarDraft      *draft)
{
  if (!kvar_draft_get_kept (draft))
    {
      g_hash_table_remove (self->dirty, draft);
      if (draft->on_disk)
        kvar_draft_store_mark_gone (self, kvar_draft_get_id (draft));
      draft->on_disk = FALSE;
      unlist_draft (self, draft);
      return;
    }

  kvar_draft_note_time (draft, kvar_clock_get_wall (self->clock));
  kvar_draft_store_mark_dirty (self, draft);
  kvar_draft_store_list (self, draft);
}

static void
draft_touched_cb (KvarDraftStore *self,
                  KvarDraft      *draft)
{
  g_autoptr(KvarDraft) keep = g_object_ref (draft);

  if (self->restoring)
    return;

  follow_draft (self, draft);
  g_signal_emit (self, signals[SIGNAL_DRAFT_TOUCHED], 0, draft);
}

/* A copy goes where Undo finds it, also in thirty days. */
static void
draft_discarding_cb (KvarDraftStore *self,
                     KvarDraft      *draft)
{
  g_autoptr(KvarKeptDraft) kept = kvar_draft_keep (draft);

  g_free (kept->id);
  kept->id = g_uuid_string_random ();
  kept->discarded_at = kvar_clock_get_wall (self->clock);
  g_free (draft->discarded_id);
  draft->discarded_id = g_strdup (kept->id);
  kvar_draft_store_mark_discard (self, kept);
}

/* What waits leaves its place to the next new record. */
static void
draft_state_cb (KvarDraftStore *self,
                GParamSpec     *pspec,
                KvarDraft      *draft)
{
  if (kvar_draft_get_state (draft) != KVAR_DRAFT_OPEN && draft->key == NULL && !draft->apart &&
      kvar_draft_is_new (draft))
    kvar_draft_store_place (self, draft, NULL, TRUE);
  g_signal_emit (self, signals[SIGNAL_STATE_CHANGED], 0, draft);
}

static gboolean
is_draft (gpointer place,
          gpointer draft,
          gpointer wanted)
{
  return draft == wanted;
}

/* Whatever the draft of a record is, it goes with the last page that shows it. */
static void
draft_gone_cb (gpointer  user_data,
               GObject  *where_it_was)
{
  KvarDraftStore *self = user_data;

  g_hash_table_foreach_remove (self->drafts, is_draft, where_it_was);
}

static void
watch_draft (KvarDraftStore *self,
             KvarDraft      *draft)
{
  g_object_weak_ref (G_OBJECT (draft), draft_gone_cb, self);
  g_signal_connect_swapped (draft, "touched", G_CALLBACK (draft_touched_cb), self);
  g_signal_connect_swapped (draft, "discarding", G_CALLBACK (draft_discarding_cb), self);
  g_signal_connect_swapped (draft, "notify::state", G_CALLBACK (draft_state_cb), self);
}

static void
unwatch_draft (KvarDraftStore *self,
               KvarDraft      *draft)
{
  g_object_weak_unref (G_OBJECT (draft), draft_gone_cb, self);
  g_signal_handlers_disconnect_by_data (draft, self);
}

static char *
place_of (const char *table,
          const char *key)
{
  return g_strconcat (table, "/", key, NULL);
}

/* No key has a question mark. */
static char *
place_of_draft (KvarDraft *draft)
{
  const char *table = kvar_table_get_name (kvar_draft_get_table (draft));

  if (draft->apart)
    return g_strconcat (table, "/" NEW_KEY "?", kvar_draft_get_id (draft), NULL);

  return place_of (table, draft->key != NULL ? draft->key : NEW_KEY);
}

/* A new record may turn out to be one that somebody has opened, and typed into, meanwhile. That
 * goes on being kept and sent: its guard tells it of the other. */
static void
step_aside (KvarDraftStore *self,
            KvarDraft      *draft)
{
  draft->apart = TRUE;
  g_hash_table_insert (self->drafts, place_of_draft (draft), draft);
}

/* Puts @draft, in a place or not yet, where @key (nullable) or, for a new record, @apart says. */
void
kvar_draft_store_place (KvarDraftStore *self,
                        KvarDraft      *draft,
                        const char     *key,
                        gboolean        apart)
{
  g_autofree char *copy = g_strdup (key);
  g_autofree char *place = NULL;
  KvarDraft *other;

  if (g_hash_table_foreach_remove (self->drafts, is_draft, draft) == 0)
    watch_draft (self, draft);

  g_free (draft->key);
  draft->key = g_steal_pointer (&copy);
  draft->apart = apart;
  place = place_of_draft (draft);
  other = g_hash_table_lookup (self->drafts, place);
  if (other != NULL)
    step_aside (self, other);
  g_hash_table_replace (self->drafts, g_steal_pointer (&place), draft);
}

void
kvar_draft_store_notify_loaded (KvarDraftStore *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADED]);
}

void
kvar_draft_store_notify_problem (KvarDraftStore *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PROBLEM]);
}

static GType
kvar_draft_store_get_item_type (GListModel *model)
{
  return KVAR_TYPE_DRAFT;
}

static guint
kvar_draft_store_get_n_items (GListModel *model)
{
  return KVAR_DRAFT_STORE (model)->kept->len;
}

static gpointer
kvar_draft_store_get_item (GListModel *model,
                           guint       position)
{
  KvarDraftStore *self = KVAR_DRAFT_STORE (model);

  if (position >= self->kept->len)
    return NULL;

  return g_object_ref (g_ptr_array_index (self->kept, position));
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = kvar_draft_store_get_item_type;
  iface->get_n_items = kvar_draft_store_get_n_items;
  iface->get_item = kvar_draft_store_get_item;
}

static void
kvar_draft_store_get_property (GObject    *object,
                               guint       prop_id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  KvarDraftStore *self = KVAR_DRAFT_STORE (object);

  switch (prop_id)
    {
    case PROP_LOADED:
      g_value_set_boolean (value, self->loaded);
      break;

    case PROP_PROBLEM:
      g_value_set_boxed (value, self->problem);
      break;

    case PROP_SET_ASIDE:
      g_value_set_string (value, kvar_draft_store_get_set_aside (self));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
kvar_draft_store_dispose (GObject *object)
{
  KvarDraftStore *self = KVAR_DRAFT_STORE (object);
  GHashTableIter iter;
  gpointer draft;

  kvar_draft_store_stop_writing (self);
  g_hash_table_iter_init (&iter, self->drafts);
  while (g_hash_table_iter_next (&iter, NULL, &draft))
    {
      unwatch_draft (self, draft);
      g_hash_table_iter_remove (&iter);
    }
  g_ptr_array_set_size (self->kept, 0);

  G_OBJECT_CLASS (kvar_draft_store_parent_class)->dispose (object);
}

static void
kvar_draft_store_finalize (GObject *object)
{
  KvarDraftStore *self = KVAR_DRAFT_STORE (object);

  g_clear_pointer (&self->drafts, g_hash_table_unref);
  g_clear_pointer (&self->kept, g_ptr_array_unref);
  g_clear_pointer (&self->waiting, g_ptr_array_unref);
  g_clear_pointer (&self->discarded, g_ptr_array_unref);
  g_clear_pointer (&self->dirty, g_hash_table_unref);
  g_clear_pointer (&self->gone, g_hash_table_unref);
  g_clear_pointer (&self->bulks, g_hash_table_unref);
  g_clear_pointer (&self->discards, g_ptr_array_unref);
  g_clear_pointer (&self->edits, g_ptr_array_unref);
  g_clear_error (&self->problem);
  g_clear_object (&self->schema);
  g_clear_object (&self->journal);
  g_clear_object (&self->clock);

  G_OBJECT_CLASS (kvar_draft_store_parent_class)->finalize (object);
}

static void
kvar_draft_store_class_init (KvarDraftStoreClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->dispose = kvar_draft_store_dispose;
  object_class->finalize = kvar_draft_store_finalize;
  object_class->get_property = kvar_draft_store_get_property;

  /* Whether what an earlier run of Kvar has left is here, as far as it will ever be. */
  properties[PROP_LOADED] = g_param_spec_boolean ("loaded", NULL, NULL, FALSE, flags);

  /* Why what is typed cannot be stored, as long as that is so. */
  properties[PROP_PROBLEM] = g_param_spec_boxed ("problem", NULL, NULL, G_TYPE_ERROR, flags);

  /* Where the damaged file lies that was met in this run of Kvar. */
  properties[PROP_SET_ASIDE] = g_param_spec_string ("set-aside", NULL, NULL, NULL, flags);

  g_object_class_install_properties (object_class, N_PROPS, properties);

  /* A draft waits now, or needs a person, or neither any more. */
  signals[SIGNAL_STATE_CHANGED] =
    g_signal_new ("state-changed", KVAR_TYPE_DRAFT_STORE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, KVAR_TYPE_DRAFT);

  /* What a draft holds has changed. */
  signals[SIGNAL_DRAFT_TOUCHED] =
    g_signal_new ("draft-touched", KVAR_TYPE_DRAFT_STORE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, KVAR_TYPE_DRAFT);
}

static void
kvar_draft_store_init (KvarDraftStore *self)
{
  GDestroyNotify free_kept = (GDestroyNotify)kvar_kept_draft_free;

  self->drafts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->kept = g_ptr_array_new_with_free_func (g_object_unref);
  self->waiting = g_ptr_array_new_with_free_func (free_kept);
  self->discarded = g_ptr_array_new_with_free_func (free_kept);
  self->dirty = g_hash_table_new_full (NULL, NULL, g_object_unref, NULL);
  self->gone = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->bulks = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->discards = g_ptr_array_new_with_free_func (free_kept);
  self->edits = g_ptr_array_new_with_free_func ((GDestroyNotify)kvar_own_edit_free);
  self->loaded = TRUE;
}

/**
 * kvar_draft_store_new:
 * @journal: (nullable): where drafts are kept; %NULL for memory only, until there is one
 * @clock: for the times, and for when to write
 *
 * Every change of a draft is on the disk within a second.
 */
KvarDraftStore *
kvar_draft_store_new (KvarJournal *journal,
                      KvarClock   *clock)
{
  KvarDraftStore *self;

  g_return_val_if_fail (journal == NULL || KVAR_IS_JOURNAL (journal), NULL);
  g_return_val_if_fail (KVAR_IS_CLOCK (clock), NULL);

  self = g_object_new (KVAR_TYPE_DRAFT_STORE, NULL);
  self->clock = g_object_ref (clock);
  if (journal != NULL)
    kvar_draft_store_set_journal (self, journal);

  return self;
}

static void
set_aside_cb (KvarDraftStore *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SET_ASIDE]);
}

/**
 * kvar_draft_store_set_journal:
 * @journal: of the user whose drafts these are
 *
 * Begins to keep drafts, those that are here already among them. Can be done once.
 */
void
kvar_draft_store_set_journal (KvarDraftStore *self,
                              KvarJournal    *journal)
{
  g_return_if_fail (KVAR_IS_DRAFT_STORE (self));
  g_return_if_fail (KVAR_IS_JOURNAL (journal));
  g_return_if_fail (self->journal == NULL);

  self->journal = g_object_ref (journal);
  self->loaded = FALSE;
  g_signal_connect_object (kvar_journal_get_database (journal), "notify::set-aside",
                           G_CALLBACK (set_aside_cb), self, G_CONNECT_SWAPPED);
  for (guint i = 0; i < self->kept->len; i++)
    kvar_draft_store_mark_dirty (self, g_ptr_array_index (self->kept, i));
}

static KvarDraft *
add_draft (KvarDraftStore *self,
           KvarTable      *table,
           const char     *key,
           KvarRecord     *base)
{
  KvarDraft *draft = kvar_draft_new (table, base);

  kvar_draft_store_place (self, draft, g_str_equal (key, NEW_KEY) ? NULL : key, FALSE);

  return draft;
}

/* What was loaded of the record by now, be it less than before: a list knows only some columns.
 * What somebody sees while they type stays, and what they did not see yet joins it. */
static void
join_base (KvarDraft  *draft,
           KvarRecord *base)
{
  KvarRecord *before = kvar_draft_get_base (draft);
  gboolean keeps = kvar_draft_get_kept (draft);
  g_autoptr(KvarRecord) whole = NULL;

  if (before != NULL && !kvar_record_is_complete (keeps ? before : base))
    whole = keeps ? kvar_draft_base_complete (before, base)
                  : kvar_draft_base_complete (base, before);

  if (whole != NULL)
    kvar_draft_set_base (draft, whole);
  else if (!keeps)
    kvar_draft_set_base (draft, base);
}

/* The project has told anew of the draft's table. */
static void
follow_table (KvarDraftStore *self,
              KvarDraft      *draft,
              KvarTable      *table)
{
  if (kvar_draft_get_table (draft) == table)
    return;

  self->restoring = TRUE;
  kvar_draft_set_table (draft, table);
  self->restoring = FALSE;
  draft_touched_cb (self, draft);
}

/**
 * kvar_draft_store_open:
 * @key: the record's route key, or "new" for the new record that is being typed
 * @base: (nullable): the record as it has just been loaded, or as much of it as a list has
 *
 * Returns: (transfer full): the record's one draft, the same for whoever asks. One that has
 *   nothing to lose is put onto @base; any other keeps the base that it was typed on. Where
 *   that is only a part of the record, see kvar_draft_base_complete(). From now on it is one
 *   of @table, as the project tells of it now: what was typed into a column that @table has
 *   not is kept for kvar_draft_list_lost().
 */
KvarDraft *
kvar_draft_store_open (KvarDraftStore *self,
                       KvarTable      *table,
                       const char     *key,
                       KvarRecord     *base)
{
  KvarDraft *draft;

  g_return_val_if_fail (KVAR_IS_DRAFT_STORE (self), NULL);
  g_return_val_if_fail (KVAR_IS_TABLE (table), NULL);
  g_return_val_if_fail (key != NULL, NULL);

  draft = kvar_draft_store_lookup (self, kvar_table_get_name (table), key);
  if (draft == NULL)
    return add_draft (self, table, key, base);

  follow_table (self, draft, table);
  if (base != NULL && kvar_draft_get_table (draft) == table)
    join_base (draft, base);

  return g_object_ref (draft);
}

/**
 * kvar_draft_store_begin_new:
 *
 * Begins another new record: one that is being typed is kept, and found by its id from now on.
 *
 * Returns: (transfer full): an empty draft, which "new" means now
 */
KvarDraft *
kvar_draft_store_begin_new (KvarDraftStore *self,
                            KvarTable      *table)
{
  KvarDraft *draft;

  g_return_val_if_fail (KVAR_IS_DRAFT_STORE (self), NULL);
  g_return_val_if_fail (KVAR_IS_TABLE (table), NULL);

  draft = kvar_draft_store_lookup (self, kvar_table_get_name (table), NEW_KEY);
  if (draft != NULL && kvar_draft_get_kept (draft))
    {
      kvar_draft_store_place (self, draft, NULL, TRUE);
      kvar_draft_store_mark_dirty (self, draft);
    }

  return kvar_draft_store_open (self, table, NEW_KEY, NULL);
}

/**
 * kvar_draft_store_lookup:
 * @table: a table's name
 *
 * Returns: (nullable) (transfer none): the record's draft, if somebody has opened it
 */
KvarDraft *
kvar_draft_store_lookup (KvarDraftStore *self,
                         const char     *table,
                         const char     *key)
{
  g_autofree char *place = NULL;

  g_return_val_if_fail (KVAR_IS_DRAFT_STORE (self), NULL);
  g_return_val_if_fail (table != NULL, NULL);
  g_return_val_if_fail (key != NULL, NULL);

  place = place_of (table, key);

  return g_hash_table_lookup (self->drafts, place);
}

/**
 * kvar_draft_store_lookup_id:
 * @id: kvar_draft_get_id(), as a route's kvar_route_get_draft() has it
 *
 * Returns: (nullable) (transfer none): that draft, if it is open or kept
 */
KvarDraft *
kvar_draft_store_lookup_id (KvarDraftStore *self,
                            const char     *id)
{
  GHashTableIter iter;
  gpointer draft;

  g_return_val_if_fail (KVAR_IS_DRAFT_STORE (self), NULL);
  g_return_val_if_fail (id != NULL, NULL);

  g_hash_table_iter_init (&iter, self->drafts);
  while (g_hash_table_iter_next (&iter, NULL, &draft))
    if (g_str_equal (kvar_draft_get_id (draft), id))
      return draft;

  return NULL;
}

/**
 * kvar_draft_store_rekey:
 * @key: the key that the record has now
 *
 * Keeps @draft in its record's new place: a new one has been saved, or its key was changed.
 */
void
kvar_draft_store_rekey (KvarDraftStore *self,
                        KvarDraft      *draft,
                        const char     *key)
{
  g_return_if_fail (KVAR_IS_DRAFT_STORE (self));
  g_return_if_fail (KVAR_IS_DRAFT (draft));
  g_return_if_fail (key != NULL);

  if (g_strcmp0 (draft->key, key) == 0 ||
      g_hash_table_find (self->drafts, is_draft, draft) == NULL)
    return;

  kvar_draft_store_place (self, draft, key, FALSE);
  if (kvar_draft_get_kept (draft))
    kvar_draft_store_mark_dirty (self, draft);
}
