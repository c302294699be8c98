/* kvar-draft-kept.c: A draft as it is written to the disk, and how it comes back.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-draft"

#include "config.h"

#include "kvar-error.h"
#include "records/kvar-draft-private.h"

static GVariant *
save_base (KvarRecord *record)
{
  KvarTable *table = kvar_record_get_table (record);
  GVariantBuilder values;
  GVariantBuilder labels;

  g_variant_builder_init (&values, G_VARIANT_TYPE ("a{sms}"));
  g_variant_builder_init (&labels, G_VARIANT_TYPE ("a{ss}"));
  for (guint i = 0; i < kvar_table_get_n_columns (table); i++)
    {
      KvarColumn *column = kvar_table_get_column (table, i);
      const char *label = kvar_record_get_label_of (record, column);

      if (!kvar_record_has_column (record, i))
        continue;

      g_variant_builder_add (&values, "{sms}", kvar_column_get_name (column),
                             kvar_record_get_text (record, i));
      if (label != NULL)
        g_variant_builder_add (&labels, "{ss}", kvar_column_get_name (column), label);
    }

  return g_variant_new (KVAR_KEPT_BASE_TYPE, &values, &labels, kvar_record_get_xmin (record),
                        kvar_record_get_tableoid (record), kvar_record_get_ctid (record));
}

static KvarRecord *
load_base (KvarTable *table,
           GVariant  *base)
{
  KvarRecord *record = kvar_record_new (table);
  g_autoptr(GVariantIter) values = NULL;
  g_autoptr(GVariantIter) labels = NULL;
  const char *name;
  const char *text;
  const char *xmin;
  const char *tableoid;
  const char *ctid;

  g_variant_get (base, "(a{sms}a{ss}m&sm&sm&s)", &values, &labels, &xmin, &tableoid, &ctid);
  while (g_variant_iter_loop (values, "{&sm&s}", &name, &text))
    {
      int index = kvar_table_find_column_index (table, name);

      if (index >= 0)
        kvar_record_set_text (record, index, text);
    }
  while (g_variant_iter_loop (labels, "{&s&s}", &name, &text))
    {
      int index = kvar_table_find_column_index (table, name);

      if (index >= 0)
        kvar_record_set_label (record, index, text);
    }
  kvar_record_set_xmin (record, xmin);
  kvar_record_set_place (record, tableoid, ctid);

  return record;
}

/* A record that exists must not pass for a new one, whatever has become of its values. */
static KvarRecord *
base_from_key (KvarTable  *table,
               const char *key)
{
  KvarRecord *record = kvar_record_new (table);
  g_auto(GStrv) values = kvar_route_split_key (key);
  const guint *columns;
  guint n_key;

  columns = kvar_table_get_key (table, &n_key);
  if (values != NULL && g_strv_length (values) == n_key)
    for (guint i = 0; i < n_key; i++)
      kvar_record_set_text (record, columns[i], values[i]);

  return record;
}

static GVariant *
save_queued (GPtrArray *queued)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE (KVAR_KEPT_QUEUED_TYPE));
  for (guint i = 0; i < queued->len; i++)
    {
      KvarChange *change = g_ptr_array_index (queued, i);

      if (kvar_value_is_default (change->value))
        g_variant_builder_add (&builder, "{sms}", KVAR_KEPT_DEFAULT,
                               kvar_column_get_name (change->column));
      else
        g_variant_builder_add (&builder, "{sms}", kvar_column_get_name (change->column),
                               kvar_value_get_text (change->value));
    }

  return g_variant_builder_end (&builder);
}

static GPtrArray *
load_queued (KvarTable *table,
             GVariant  *queued)
{
  GPtrArray *changes = kvar_draft_changes_new ();
  GVariantIter iter;
  const char *name;
  const char *text;

  g_variant_iter_init (&iter, queued);
  while (g_variant_iter_loop (&iter, "{&sm&s}", &name, &text))
    {
      gboolean is_default = g_str_equal (name, KVAR_KEPT_DEFAULT) && text != NULL;
      KvarColumn *column = kvar_table_find_column (table, is_default ? text : name);
      g_autoptr(KvarValue) value = NULL;

      if (column == NULL)
        continue;

      if (is_default)
        value = kvar_value_new_default (kvar_column_get_column_type (column));
      else
        value = kvar_value_new (kvar_column_get_column_type (column), text);
      g_ptr_array_add (changes, kvar_draft_change_new (column, value));
    }

  return changes;
}

void
kvar_draft_note_time (KvarDraft *self,
                      gint64     now)
{
  if (self->began_at == 0)
    self->began_at = now;
  self->changed_at = now;
}

void
kvar_draft_set_restored (KvarDraft *self,
                         gboolean   restored)
{
  if (self->restored == restored)
    return;

  self->restored = restored;
  kvar_draft_notify (self, KVAR_DRAFT_PROP_RESTORED);
}

/* Everything but whose it is. */
KvarKeptDraft *
kvar_draft_keep (KvarDraft *self)
{
  KvarKeptDraft *kept = kvar_kept_draft_new ();

  kept->id = g_strdup (self->id);
  kept->relation = g_strdup (kvar_table_get_name (self->table));
  kept->key = g_strdup (self->key);
  kept->apart = self->apart;
  kept->base = self->base != NULL ? g_variant_ref_sink (save_base (self->base)) : NULL;
  kept->typed = g_variant_ref_sink (kvar_draft_save_changes (self));
  kept->deletes = self->deletes && self->delete_queued;
  kept->state = self->state;
  kept->queued = self->queued != NULL ? g_variant_ref_sink (save_queued (self->queued)) : NULL;
  kept->position = self->position;
  kept->attention = self->attention != NULL ? g_error_copy (self->attention) : NULL;
  kept->insert_key = g_strdup (self->insert_key);
  kept->insert_sent = self->insert_sent;
  kept->began_at = self->began_at;
  kept->changed_at = self->changed_at;

  return kept;
}

/* What was sent without a key made here, and never answered, cannot be looked for: only a
 * person can tell whether it has arrived. */
static void
park_unknown (KvarDraft *self)
{
  g_clear_error (&self->attention);
  self->attention = g_error_new_literal (KVAR_ERROR, KVAR_ERROR_UNKNOWN_OUTCOME,
                                         "Kvar ended before the answer came");
  self->state = KVAR_DRAFT_PARKED;
}

/* Takes over all of @kept. What is here must be worth nothing. */
void
kvar_draft_restore (KvarDraft           *self,
                    const KvarKeptDraft *kept)
{
  g_autoptr(KvarDraft) keep = g_object_ref (self);
  g_autoptr(KvarRecord) base = NULL;

  if (kept->base != NULL)
    base = load_base (self->table, kept->base);
  else if (kept->key != NULL)
    base = base_from_key (self->table, kept->key);

  g_free (self->id);
  self->id = g_strdup (kept->id);
  self->deletes = self->delete_queued = kept->deletes;
  self->state = kept->state;
  g_clear_pointer (&self->queued, g_ptr_array_unref);
  self->queued = kept->queued != NULL ? load_queued (self->table, kept->queued) : NULL;
  self->position = kept->position;
  g_clear_error (&self->attention);
  self->attention = kept->attention != NULL ? g_error_copy (kept->attention) : NULL;
  g_free (self->insert_key);
  self->insert_key = g_strdup (kept->insert_key);
  self->insert_sent = kept->insert_sent;
  if (self->insert_sent && self->insert_key == NULL && base == NULL &&
      self->state != KVAR_DRAFT_PARKED)
    park_unknown (self);

  kvar_draft_set_base (self, base);
  kvar_draft_restore_changes (self, kept->typed);
  self->began_at = kept->began_at;
  self->changed_at = kept->changed_at;
  kvar_draft_notify (self, KVAR_DRAFT_PROP_STATE);
  kvar_draft_set_restored (self, self->kept);
}

/* @table is what the project says of the draft's table by now: another object, perhaps with
 * other columns. What waits in line stays as it was put there. */
void
kvar_draft_set_table (KvarDraft *self,
                      KvarTable *table)
{
  g_autoptr(KvarKeptDraft) kept = NULL;
  gboolean restored = self->restored;
  gboolean delete_queued = self->delete_queued;

  if (self->table == table || self->insert_sent ||
      (self->state != KVAR_DRAFT_OPEN && self->state != KVAR_DRAFT_PARKED))
    return;

  kept = kvar_draft_keep (self);
  kept->deletes = self->deletes;
  g_set_object (&self->table, table);
  g_hash_table_remove_all (self->entries);
  g_clear_pointer (&self->lost, g_variant_unref);
  kvar_draft_set_theirs (self, NULL);
  kvar_draft_restore (self, kept);
  self->delete_queued = delete_queued;
  kvar_draft_set_restored (self, restored && self->kept);
}

/**
 * kvar_draft_get_id:
 *
 * Returns: what tells this draft from all others, on the disk too
 */
const char *
kvar_draft_get_id (KvarDraft *self)
{
  g_return_val_if_fail (KVAR_IS_DRAFT (self), NULL);

  return self->id;
}

/**
 * kvar_draft_get_key:
 *
 * Returns: (nullable): the record's key as a route has it; %NULL for a new record, and for a
 *   draft that is in no store
 */
const char *
kvar_draft_get_key (KvarDraft *self)
{
  g_return_val_if_fail (KVAR_IS_DRAFT (self), NULL);

  return self->key;
}

/**
 * kvar_draft_new_route:
 *
 * Returns: (transfer full): where the draft can be seen
 */
KvarRoute *
kvar_draft_new_route (KvarDraft *self)
{
  const char *table;

  g_return_val_if_fail (KVAR_IS_DRAFT (self), NULL);

  table = kvar_table_get_name (self->table);
  if (self->key != NULL)
    return kvar_route_new_record (table, self->key);
  if (self->apart)
    return kvar_route_new_kept_record (table, self->id);

  return kvar_route_new_new_record (table);
}

/**
 * kvar_draft_get_kept:
 *
 * Returns: whether there is anything that must not be lost: changes, what waits to be sent,
 *   a delete
 */
gboolean
kvar_draft_get_kept (KvarDraft *self)
{
  g_return_val_if_fail (KVAR_IS_DRAFT (self), FALSE);

  return self->kept;
}

/**
 * kvar_draft_get_restored:
 *
 * Returns: whether what is typed comes from an earlier run of Kvar; until it is saved or
 *   discarded
 */
gboolean
kvar_draft_get_restored (KvarDraft *self)
{
  g_return_val_if_fail (KVAR_IS_DRAFT (self), FALSE);

  return self->restored;
}

/**
 * kvar_draft_get_began_at:
 *
 * Returns: when the first of the changes was made, by the wall clock in µs; 0 if there are none
 */
gint64
kvar_draft_get_began_at (KvarDraft *self)
{
  g_return_val_if_fail (KVAR_IS_DRAFT (self), 0);

  return self->began_at;
}

/**
 * kvar_draft_get_changed_at:
 *
 * Returns: when the last of the changes was made, by the wall clock in µs; 0 if there are none
 */
gint64
kvar_draft_get_changed_at (KvarDraft *self)
{
  g_return_val_if_fail (KVAR_IS_DRAFT (self), 0);

  return self->changed_at;
}

/**
 * kvar_draft_list_lost:
 *
 * Returns: (transfer full) (element-type KvarLostText): what was typed into columns that no
 *   longer exist, to be copied out
 */
GPtrArray *
kvar_draft_list_lost (KvarDraft *self)
{
  GPtrArray *texts;

  g_return_val_if_fail (KVAR_IS_DRAFT (self), NULL);

  texts = kvar_lost_texts_new ();
  if (self->lost != NULL)
    kvar_lost_texts_add (texts, kvar_table_get_name (self->table), self->key, self->lost);

  return texts;
}
