/* kvar-record-source.c: records as the rows of a grid, with a mark for those that have a draft
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-record-source"

#include "config.h"

#include <glib/gi18n.h>

#include "kvar-record-source.h"

struct _KvarRecordSource
{
  GObject         parent_instance;

  KvarTable      *table;
  KvarDraftStore *drafts;
  GHashTable     *leaving;    /* (nullable) keys of those that will be deleted if nobody minds */
};

static KvarColumn *
find_column (KvarRecordSource *self,
             KvarGridColumn   *column)
{
  return kvar_table_find_column (self->table, kvar_grid_column_get_id (column));
}

static char *
kvar_record_source_dup_text (KvarGridSource *source,
                             KvarGridColumn *shown,
                             gpointer        item)
{
  KvarColumn *column = find_column (KVAR_RECORD_SOURCE (source), shown);
  const char *linked = kvar_record_get_label_of (item, column);
  g_autoptr(KvarValue) value = NULL;

  if (linked != NULL)
    return g_strdup (linked);

  value = kvar_record_get_value (item, column);
  if (value == NULL || kvar_value_is_null (value))
    return NULL;

  return kvar_value_to_display (value);
}

static gboolean
kvar_record_source_is_filled (KvarGridSource *source,
                              KvarGridColumn *shown,
                              gpointer        item)
{
  KvarColumn *column = find_column (KVAR_RECORD_SOURCE (source), shown);
  g_autoptr(KvarValue) value = kvar_record_get_value (item, column);

  return value != NULL && !kvar_value_is_null (value) && *kvar_value_get_text (value) != '\0';
}

static char *
kvar_record_source_dup_title (KvarGridSource *source,
                              gpointer        item)
{
  return kvar_record_get_title (item);
}

static KvarDraft *
find_draft (KvarRecordSource *self,
            const char       *key)
{
  if (g_list_model_get_n_items (G_LIST_MODEL (self->drafts)) == 0)
    return NULL;

  return kvar_draft_store_lookup (self->drafts, kvar_table_get_name (self->table), key);
}

/* Also one whose deletion waits to be sent. */
static gboolean
kvar_record_source_is_struck (KvarGridSource *source,
                              gpointer        item)
{
  KvarRecordSource *self = KVAR_RECORD_SOURCE (source);
  g_autofree char *key = NULL;
  KvarDraft *draft;

  if (self->leaving == NULL && g_list_model_get_n_items (G_LIST_MODEL (self->drafts)) == 0)
    return FALSE;

  key = kvar_record_get_key_string (item);
  if (key == NULL)
    return FALSE;
  if (self->leaving != NULL && g_hash_table_contains (self->leaving, key))
    return TRUE;

  draft = find_draft (self, key);

  return draft != NULL && kvar_draft_get_deletes (draft);
}

static const char *
kvar_record_source_get_mark (KvarGridSource  *source,
                             gpointer         item,
                             const char     **icon_name)
{
  KvarRecordSource *self = KVAR_RECORD_SOURCE (source);
  g_autofree char *key = NULL;
  KvarDraft *draft = NULL;

  if (kvar_record_source_is_struck (source, item))
    {
      *icon_name = "user-trash-symbolic";
      return _("To be deleted");
    }
  if (g_list_model_get_n_items (G_LIST_MODEL (self->drafts)) == 0)
    return NULL;

  key = kvar_record_get_key_string (item);
  if (key != NULL)
    draft = find_draft (self, key);
  if (draft == NULL || !kvar_draft_get_changed (draft))
    return NULL;

  *icon_name = "document-edit-symbolic";

  return _("Draft");
}

static void
source_iface_init (KvarGridSourceInterface *iface)
{
  iface->dup_text = kvar_record_source_dup_text;
  iface->is_filled = kvar_record_source_is_filled;
  iface->dup_title = kvar_record_source_dup_title;
  iface->get_mark = kvar_record_source_get_mark;
  iface->is_struck = kvar_record_source_is_struck;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (KvarRecordSource, kvar_record_source, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (KVAR_TYPE_GRID_SOURCE, source_iface_init))

static void
kvar_record_source_finalize (GObject *object)
{
  KvarRecordSource *self = KVAR_RECORD_SOURCE (object);

  g_clear_object (&self->table);
  g_clear_object (&self->drafts);
  g_clear_pointer (&self->leaving, g_hash_table_unref);

  G_OBJECT_CLASS (kvar_record_source_parent_class)->finalize (object);
}

static void
kvar_record_source_class_init (KvarRecordSourceClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = kvar_record_source_finalize;
}

static void
kvar_record_source_init (KvarRecordSource *self)
{
}

KvarRecordSource *
kvar_record_source_new (KvarTable      *table,
                        KvarDraftStore *drafts)
{
  KvarRecordSource *self;

  g_return_val_if_fail (KVAR_IS_TABLE (table), NULL);
  g_return_val_if_fail (KVAR_IS_DRAFT_STORE (drafts), NULL);

  self = g_object_new (KVAR_TYPE_RECORD_SOURCE, NULL);
  self->table = g_object_ref (table);
  self->drafts = g_object_ref (drafts);

  return self;
}

/**
 * kvar_record_source_dup_plain:
 *
 * The cell as other programs read it: numbers without what groups their digits.
 *
 * Returns: (transfer full)
 */
char *
kvar_record_source_dup_plain (KvarRecordSource *self,
                              KvarGridColumn   *column,
                              KvarRecord       *record)
{
  KvarColumn *of = find_column (self, column);
  const char *linked = kvar_record_get_label_of (record, of);
  g_autoptr(KvarValue) value = NULL;

  if (linked != NULL)
    return g_strdup (linked);

  value = kvar_record_get_value (record, of);
  if (value == NULL || kvar_value_is_null (value))
    return g_strdup ("");

  return kvar_value_to_input (value);
}

/**
 * kvar_record_source_set_leaving:
 * @keys: (nullable) (element-type utf8): of the records that will be deleted, unless that is
 *   taken back; the owner shows its rows anew afterwards
 */
void
kvar_record_source_set_leaving (KvarRecordSource *self,
                                GHashTable       *keys)
{
  g_return_if_fail (KVAR_IS_RECORD_SOURCE (self));

  if (keys != NULL)
    g_hash_table_ref (keys);
  g_clear_pointer (&self->leaving, g_hash_table_unref);
  self->leaving = keys;
}
