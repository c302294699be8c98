/* kvar-draft-changes.c: A draft's changes: judged, listed, sent and kept.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-draft"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "kvar-error.h"
#include "records/kvar-draft-private.h"

static void
change_free (KvarChange *change)
{
  g_object_unref (change->column);
  kvar_value_unref (change->value);
  g_free (change);
}

KvarChange *
kvar_draft_change_new (KvarColumn *column,
                       KvarValue  *value)
{
  KvarChange *change = g_new0 (KvarChange, 1);

  change->column = g_object_ref (column);
  change->value = kvar_value_ref (value);

  return change;
}

GPtrArray *
kvar_draft_changes_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify)change_free);
}

/* What the database would refuse for want of a value. */
static gboolean
lacks_value (KvarDraft  *self,
             KvarColumn *column)
{
  KvarDraftEntry *entry = kvar_draft_find_entry (self, column);

  if (kvar_column_get_nullable (column) || kvar_column_get_is_generated (column))
    return FALSE;

  if (entry != NULL && kvar_draft_is_entry_changed (self, column, entry))
    return entry->value != NULL && kvar_value_is_null (entry->value) &&
           !kvar_value_is_default (entry->value);

  return self->base == NULL && kvar_column_get_can_insert (column) &&
         !kvar_column_get_has_default (column) &&
         !(self->insert_key != NULL && self->insert_sent) &&
         kvar_column_get_identity (column) == KVAR_IDENTITY_NONE &&
         !(kvar_table_is_key_column (self->table, column) &&
           kvar_column_get_kind (column) == KVAR_KIND_UUID);
}

/* What the server once had against a value that can be read is for the server to say again:
 * it may have been mended elsewhere, in another column or another record. */
static void
forget_refusals (KvarDraft *self)
{
  for (guint i = 0; i < kvar_table_get_n_columns (self->table); i++)
    {
      KvarColumn *column = kvar_table_get_column (self->table, i);
      KvarDraftEntry *entry = kvar_draft_find_entry (self, column);

      if (entry != NULL && entry->problem != NULL &&
          (entry->value != NULL || entry->input == NULL) && !lacks_value (self, column))
        kvar_draft_set_problem (self, column, NULL);
    }
}

/**
 * kvar_draft_validate:
 * @first_problem: (out) (optional) (transfer none) (nullable): the first column in the way
 *
 * Looks for what the server would refuse, and notes it at the columns.
 *
 * Returns: whether the draft can be sent
 */
gboolean
kvar_draft_validate (KvarDraft   *self,
                     KvarColumn **first_problem)
{
  KvarColumn *first = NULL;

  g_return_val_if_fail (KVAR_IS_DRAFT (self), FALSE);

  forget_refusals (self);
  for (guint i = 0; i < kvar_table_get_n_columns (self->table); i++)
    {
      KvarColumn *column = kvar_table_get_column (self->table, i);
      KvarDraftEntry *entry;

      if (lacks_value (self, column))
        kvar_draft_set_problem (self, column, _("This field needs a value."));

      entry = kvar_draft_find_entry (self, column);
      if (first == NULL && entry != NULL && entry->problem != NULL)
        first = column;
    }

  if (first_problem != NULL)
    *first_problem = first;

  return first == NULL;
}

/**
 * kvar_draft_check:
 *
 * As kvar_draft_validate(), for those who are told by errors.
 *
 * Returns: whether the draft can be sent; else with %KVAR_ERROR_INVALID, the first field in the
 *   way and its sentence
 */
gboolean
kvar_draft_check (KvarDraft  *self,
                  GError    **error)
{
  KvarColumn *problem = NULL;
  GError *invalid = NULL;

  if (kvar_draft_validate (self, &problem))
    return TRUE;

  invalid = g_error_new_literal (KVAR_ERROR, KVAR_ERROR_INVALID,
                                 kvar_draft_get_problem (self, problem));
  kvar_error_set_field (invalid, kvar_column_get_name (problem));
  g_propagate_error (error, invalid);

  return FALSE;
}

/**
 * kvar_draft_list_changes:
 *
 * Returns: (transfer full) (element-type KvarChange): the changed columns and their values
 */
GPtrArray *
kvar_draft_list_changes (KvarDraft *self)
{
  GPtrArray *changes;

  g_return_val_if_fail (KVAR_IS_DRAFT (self), NULL);

  changes = kvar_draft_changes_new ();
  for (guint i = 0; i < kvar_table_get_n_columns (self->table); i++)
    {
      KvarColumn *column = kvar_table_get_column (self->table, i);
      KvarDraftEntry *entry = kvar_draft_find_entry (self, column);

      if (entry != NULL && entry->value != NULL &&
          kvar_draft_is_entry_changed (self, column, entry))
        g_ptr_array_add (changes, kvar_draft_change_new (column, entry->value));
    }

  return changes;
}

/**
 * kvar_draft_copy_changes:
 * @changes: (element-type KvarChange): as kvar_draft_list_changes() gave them
 *
 * Returns: (transfer full) (element-type KvarChange): a copy of the list, to be added to
 */
GPtrArray *
kvar_draft_copy_changes (GPtrArray *changes)
{
  GPtrArray *copy;

  g_return_val_if_fail (changes != NULL, NULL);

  copy = kvar_draft_changes_new ();
  for (guint i = 0; i < changes->len; i++)
    {
      KvarChange *change = g_ptr_array_index (changes, i);

      g_ptr_array_add (copy, kvar_draft_change_new (change->column, change->value));
    }

  return copy;
}

/**
 * kvar_draft_find_change:
 * @changes: (element-type KvarChange): as kvar_draft_list_changes() gave them
 *
 * Returns: (nullable) (transfer none): the change of @column
 */
KvarChange *
kvar_draft_find_change (GPtrArray  *changes,
                        KvarColumn *column)
{
  g_return_val_if_fail (changes != NULL, NULL);
  g_return_val_if_fail (KVAR_IS_COLUMN (column), NULL);

  for (guint i = 0; i < changes->len; i++)
    {
      KvarChange *change = g_ptr_array_index (changes, i);

      if (g_str_equal (kvar_column_get_name (change->column), kvar_column_get_name (column)))
        return change;
    }

  return NULL;
}

/* Typed back to what it was while the change was under way: that was no change then, but it is
 * one to what is saved now. */
static void
keep_taken_back (KvarDraft  *self,
                 KvarColumn *column)
{
  g_autoptr(GError) error = NULL;
  KvarDraftEntry *entry;

  /* The key of a new record is made on the way, not typed. */
  if (self->base == NULL && kvar_table_is_key_column (self->table, column))
    return;

  entry = g_new0 (KvarDraftEntry, 1);
  if (self->base != NULL)
    {
      entry->value = kvar_record_get_value (self->base, column);
    }
  else
    {
      entry->input = g_strdup ("");
      entry->value = kvar_value_parse (kvar_column_get_column_type (column), "", &error);
      entry->problem = error != NULL ? g_strdup (error->message) : NULL;
    }

  g_hash_table_replace (self->entries, g_strdup (kvar_column_get_name (column)), entry);
}

/* Put in the queue once more while it was under way: what arrived just now is done, the rest
 * waits on. Returns whether there is any. */
static gboolean
drop_sent (KvarDraft *self,
           GPtrArray *sent)
{
  for (guint i = self->queued != NULL ? self->queued->len : 0; i > 0; i--)
    {
      KvarChange *change = g_ptr_array_index (self->queued, i - 1);
      KvarChange *done = kvar_draft_find_change (sent, change->column);

      if (done != NULL && kvar_value_equal (change->value, done->value))
        g_ptr_array_remove_index (self->queued, i - 1);
    }

  return self->queued != NULL && self->queued->len > 0;
}

/**
 * kvar_draft_accept:
 * @saved: (nullable): the record as the server has it now; %NULL for a new one that nobody may
 *   read here
 * @sent: (element-type KvarChange): what was sent
 *
 * Drops the changes that are saved, and ends the waiting. What was typed after they were sent
 * stays, in the second case as the beginning of another record.
 */
void
kvar_draft_accept (KvarDraft  *self,
                   KvarRecord *saved,
                   GPtrArray  *sent)
{
  g_return_if_fail (KVAR_IS_DRAFT (self));
  g_return_if_fail (saved == NULL ? self->base == NULL : KVAR_IS_RECORD (saved));

  for (guint i = 0; i < sent->len; i++)
    {
      KvarChange *change = g_ptr_array_index (sent, i);
      KvarDraftEntry *entry = kvar_draft_find_entry (self, change->column);

      if (entry == NULL)
        keep_taken_back (self, change->column);
      else if (entry->value != NULL && kvar_value_equal (entry->value, change->value))
        g_hash_table_remove (self->entries, kvar_column_get_name (change->column));
    }

  g_clear_pointer (&self->insert_key, g_free);
  self->insert_sent = FALSE;
  self->unseen = FALSE;
  self->deletes = FALSE;
  if (!drop_sent (self, sent))
    kvar_draft_leave_queue (self);
  kvar_draft_set_theirs (self, NULL);
  if (saved != NULL)
    kvar_draft_put_base (self, saved, sent);
  else
    kvar_draft_update_all (self);
  kvar_draft_touch (self);
}

static void
add_all (GVariantBuilder *builder,
         GVariant        *entries)
{
  GVariantIter iter;
  GVariant *entry;

  g_variant_iter_init (&iter, entries);
  while (g_variant_iter_loop (&iter, "@{s(msms)}", &entry))
    g_variant_builder_add_value (builder, entry);
}

/* What belongs to no column is kept for a person to copy. */
static void
keep_lost (KvarDraft       *self,
           GVariantBuilder *lost)
{
  g_autoptr(GVariant) entries = g_variant_ref_sink (g_variant_builder_end (lost));

  if (g_variant_n_children (entries) == 0)
    return;

  g_clear_pointer (&self->lost, g_variant_unref);
  self->lost = g_steal_pointer (&entries);
}

/**
 * kvar_draft_save_changes:
 *
 * Returns: (transfer floating): the changes, for kvar_draft_restore_changes(): per column
 *   what was typed, else the text of what was chosen, else nothing for null; the default as
 *   %KVAR_KEPT_DEFAULT has it
 */
GVariant *
kvar_draft_save_changes (KvarDraft *self)
{
  GVariantBuilder builder;
  GHashTableIter iter;
  gpointer name;
  gpointer data;

  g_return_val_if_fail (KVAR_IS_DRAFT (self), NULL);

  g_variant_builder_init (&builder, G_VARIANT_TYPE (KVAR_KEPT_TYPED_TYPE));
  if (self->lost != NULL)
    add_all (&builder, self->lost);
  g_hash_table_iter_init (&iter, self->entries);
  while (g_hash_table_iter_next (&iter, &name, &data))
    {
      KvarDraftEntry *entry = data;
      const char *text = NULL;

      if (entry->input == NULL && entry->value == NULL)
        continue;
      if (entry->value != NULL && kvar_value_is_default (entry->value))
        {
          g_variant_builder_add (&builder, "{s(msms)}", KVAR_KEPT_DEFAULT, NULL, name);
          continue;
        }
      if (entry->value != NULL)
        text = kvar_value_get_text (entry->value);

      g_variant_builder_add (&builder, "{s(msms)}", (const char *)name, entry->input, text);
    }

  return g_variant_builder_end (&builder);
}

/* On another day, in another time zone or another language the same keys can mean something else
 * than they did when they were typed, and were shown to mean. */
static void
restore_typed (KvarDraft  *self,
               KvarColumn *column,
               const char *input,
               const char *text)
{
  g_autoptr(KvarValue) meant = NULL;
  g_autoptr(KvarValue) value = NULL;

  kvar_draft_set_input (self, column, input);
  if (text == NULL)
    return;

  meant = kvar_value_new (kvar_column_get_column_type (column), text);
  value = kvar_draft_get_value (self, column);
  if (value != NULL && !kvar_value_equal (value, meant))
    kvar_draft_set_value (self, column, meant);
}

/**
 * kvar_draft_restore_changes:
 * @changes: what kvar_draft_save_changes() gave
 *
 * Brings changes back. What was typed into columns that no longer exist is kept for
 * kvar_draft_list_lost().
 */
void
kvar_draft_restore_changes (KvarDraft *self,
                            GVariant  *changes)
{
  GVariantBuilder lost;
  GVariantIter iter;
  const char *name;
  const char *input;
  const char *text;

  g_return_if_fail (KVAR_IS_DRAFT (self));
  g_return_if_fail (g_variant_is_of_type (changes, G_VARIANT_TYPE (KVAR_KEPT_TYPED_TYPE)));

  g_variant_builder_init (&lost, G_VARIANT_TYPE (KVAR_KEPT_TYPED_TYPE));

  g_variant_iter_init (&iter, changes);
  while (g_variant_iter_loop (&iter, "{&s(m&sm&s)}", &name, &input, &text))
    {
      gboolean is_default = g_str_equal (name, KVAR_KEPT_DEFAULT) && text != NULL;
      KvarColumn *column = kvar_table_find_column (self->table, is_default ? text : name);
      g_autoptr(KvarValue) value = NULL;

      /* That a column is gone takes nothing with it that was typed. */
      if (column == NULL && is_default)
        continue;
      if (column == NULL)
        {
          g_variant_builder_add (&lost, "{s(msms)}", name, input, text);
          continue;
        }

      if (input != NULL)
        {
          restore_typed (self, column, input, text);
          continue;
        }

      if (is_default)
        value = kvar_value_new_default (kvar_column_get_column_type (column));
      else
        value = kvar_value_new (kvar_column_get_column_type (column), text);
      kvar_draft_set_value (self, column, value);
    }

  keep_lost (self, &lost);
  kvar_draft_touch (self);
}
