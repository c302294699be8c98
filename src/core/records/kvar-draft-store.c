/* kvar-draft-store.c: Every record's one draft in this process, and a list of the changed ones.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-draft-store"

#include "config.h"

#include "records/kvar-draft-store.h"

struct _KvarDraftStore
{
  GObject     parent_instance;

  GHashTable *drafts;     /* (element-type utf8 KvarDraft) by place; not owned */
  GPtrArray  *changed;    /* (element-type KvarDraft) the newest last; these are kept alive */
};

static void list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (KvarDraftStore, kvar_draft_store, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static void
draft_changed_cb (KvarDraftStore *self,
                  GParamSpec     *pspec,
                  KvarDraft      *draft)
{
  guint position;

  if (kvar_draft_get_changed (draft))
    {
      if (g_ptr_array_find (self->changed, draft, NULL))
        return;

      g_ptr_array_add (self->changed, g_object_ref (draft));
      g_list_model_items_changed (G_LIST_MODEL (self), self->changed->len - 1, 0, 1);
    }
  else if (g_ptr_array_find (self->changed, draft, &position))
    {
      g_autoptr(KvarDraft) keep = NULL;

      keep = g_object_ref (draft);
      g_ptr_array_remove_index (self->changed, position);
      g_list_model_items_changed (G_LIST_MODEL (self), position, 1, 0);
    }
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

static char *
place_of (const char *table,
          const char *key)
{
  return g_strconcat (table, "/", key, NULL);
}

static GType
kvar_draft_store_get_item_type (GListModel *model)
{
  return KVAR_TYPE_DRAFT;
}

static guint
kvar_draft_store_get_n_items (GListModel *model)
{
  return KVAR_DRAFT_STORE (model)->changed->len;
}

static gpointer
kvar_draft_store_get_item (GListModel *model,
                           guint       position)
{
  KvarDraftStore *self = KVAR_DRAFT_STORE (model);

  if (position >= self->changed->len)
    return NULL;

  return g_object_ref (g_ptr_array_index (self->changed, position));
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = kvar_draft_store_get_item_type;
  iface->get_n_items = kvar_draft_store_get_n_items;
  iface->get_item = kvar_draft_store_get_item;
}

static void
kvar_draft_store_dispose (GObject *object)
{
  KvarDraftStore *self = KVAR_DRAFT_STORE (object);
  GHashTableIter iter;
  gpointer draft;

  g_hash_table_iter_init (&iter, self->drafts);
  while (g_hash_table_iter_next (&iter, NULL, &draft))
    {
      g_object_weak_unref (draft, draft_gone_cb, self);
      g_signal_handlers_disconnect_by_func (draft, draft_changed_cb, self);
      g_hash_table_iter_remove (&iter);
    }
  g_ptr_array_set_size (self->changed, 0);

  G_OBJECT_CLASS (kvar_draft_store_parent_class)->dispose (object);
}

static void
kvar_draft_store_finalize (GObject *object)
{
  KvarDraftStore *self = KVAR_DRAFT_STORE (object);

  g_clear_pointer (&self->drafts, g_hash_table_unref);
  g_clear_pointer (&self->changed, g_ptr_array_unref);

  G_OBJECT_CLASS (kvar_draft_store_parent_class)->finalize (object);
}

static void
kvar_draft_store_class_init (KvarDraftStoreClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = kvar_draft_store_dispose;
  object_class->finalize = kvar_draft_store_finalize;
}

static void
kvar_draft_store_init (KvarDraftStore *self)
{
  self->drafts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->changed = g_ptr_array_new_with_free_func (g_object_unref);
}

KvarDraftStore *
kvar_draft_store_new (void)
{
  return g_object_new (KVAR_TYPE_DRAFT_STORE, NULL);
}

/**
 * kvar_draft_store_open:
 * @key: the record's route key, or "new"
 * @base: (nullable): the record as it has just been loaded
 *
 * Returns: (transfer full): the record's one draft, the same for whoever asks. One without
 *   changes is put onto @base.
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
  if (draft != NULL)
    {
      if (base != NULL && !kvar_draft_get_changed (draft))
        kvar_draft_set_base (draft, base);
      return g_object_ref (draft);
    }

  draft = kvar_draft_new (table, base);
  g_hash_table_insert (self->drafts, place_of (kvar_table_get_name (table), key), draft);
  g_object_weak_ref (G_OBJECT (draft), draft_gone_cb, self);
  g_signal_connect_swapped (draft, "notify::changed", G_CALLBACK (draft_changed_cb), self);

  return draft;
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
  const char *table;
  KvarDraft *other;

  g_return_if_fail (KVAR_IS_DRAFT_STORE (self));
  g_return_if_fail (KVAR_IS_DRAFT (draft));
  g_return_if_fail (key != NULL);

  table = kvar_table_get_name (kvar_draft_get_table (draft));
  other = kvar_draft_store_lookup (self, table, key);
  if (other == draft || g_hash_table_foreach_remove (self->drafts, is_draft, draft) == 0)
    return;

  if (other != NULL)
    {
      g_object_weak_unref (G_OBJECT (other), draft_gone_cb, self);
      g_signal_handlers_disconnect_by_func (other, draft_changed_cb, self);
    }

  g_hash_table_replace (self->drafts, place_of (table, key), draft);
}
