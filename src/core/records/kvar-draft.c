/* kvar-draft.c: What is typed into one record: base values, changes and their problems.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-draft"

#include "config.h"

#include "records/kvar-draft-private.h"

enum {
  SIGNAL_COLUMN_CHANGED,
  SIGNAL_TOUCHED,
  SIGNAL_DISCARDING,
  N_SIGNALS
};

static GParamSpec *properties[KVAR_DRAFT_N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KvarDraft, kvar_draft, G_TYPE_OBJECT)

static void
entry_free (KvarDraftEntry *entry)
{
  g_clear_pointer (&entry->input, g_free);
  g_clear_pointer (&entry->value, kvar_value_unref);
  g_clear_pointer (&entry->problem, g_free);
  g_free (entry);
}

KvarDraftEntry *
kvar_draft_find_entry (KvarDraft  *self,
                       KvarColumn *column)
{
  return g_hash_table_lookup (self->entries, kvar_column_get_name (column));
}

/* (nullable): a new record has none, nor has a column that was not loaded */
static KvarValue *
base_value (KvarDraft  *self,
            KvarColumn *column)
{
  return self->base != NULL ? kvar_record_get_value (self->base, column) : NULL;
}

static gboolean
differs (KvarRecord     *base,
         KvarColumn     *column,
         KvarDraftEntry *entry)
{
  g_autoptr(KvarValue) value = NULL;

  if (entry->value == NULL)
    return entry->input != NULL;
  if (base != NULL)
    value = kvar_record_get_value (base, column);

  return value == NULL || !kvar_value_equal (value, entry->value);
}

/* Typing a value back to what it was is no change. */
gboolean
kvar_draft_is_entry_changed (KvarDraft      *self,
                             KvarColumn     *column,
                             KvarDraftEntry *entry)
{
  return entry != NULL && differs (self->base, column, entry);
}

/* Also a draft that is back to its base may have something to keep. */
static void
update_kept (KvarDraft *self)
{
  gboolean kept = self->changed || self->deletes || self->lost != NULL ||
                  self->state != KVAR_DRAFT_OPEN || self->insert_sent;

  if (self->kept == kept)
    return;

  self->kept = kept;
  if (!kept)
    {
      self->began_at = 0;
      self->changed_at = 0;
      kvar_draft_set_restored (self, FALSE);
    }
  kvar_draft_notify (self, KVAR_DRAFT_PROP_KEPT);
}

/* Whatever belongs on the disk has changed. */
void
kvar_draft_touch (KvarDraft *self)
{
  g_autoptr(KvarDraft) keep = g_object_ref (self);

  update_kept (self);
  g_signal_emit (self, signals[SIGNAL_TOUCHED], 0);
}

void
kvar_draft_notify (KvarDraft *self,
                   guint      property)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

static void
update_state (KvarDraft *self)
{
  gboolean changed = FALSE;
  guint n_problems = 0;

  for (guint i = 0; i < kvar_table_get_n_columns (self->table); i++)
    {
      KvarColumn *column = kvar_table_get_column (self->table, i);
      KvarDraftEntry *entry = kvar_draft_find_entry (self, column);

      if (entry == NULL)
        continue;

      changed = changed || kvar_draft_is_entry_changed (self, column, entry);
      if (entry->problem != NULL)
        n_problems++;
    }

  g_object_freeze_notify (G_OBJECT (self));
  if (self->changed != changed)
    {
      self->changed = changed;
      g_object_notify_by_pspec (G_OBJECT (self), properties[KVAR_DRAFT_PROP_CHANGED]);
    }
  if (self->n_problems != n_problems)
    {
      self->n_problems = n_problems;
      g_object_notify_by_pspec (G_OBJECT (self), properties[KVAR_DRAFT_PROP_N_PROBLEMS]);
    }
  g_object_thaw_notify (G_OBJECT (self));
}

static void
emit_column_changed (KvarDraft  *self,
                     KvarColumn *column)
{
  g_signal_emit (self, signals[SIGNAL_COLUMN_CHANGED], 0, column);
}

/* Takes @entry; NULL takes the change back. Whoever keeps changed drafts alive lets go of this
 * one when its last change goes. */
static void
replace_entry (KvarDraft      *self,
               KvarColumn     *column,
               KvarDraftEntry *entry)
{
  g_autoptr(KvarDraft) keep = NULL;

  keep = g_object_ref (self);
  if (entry != NULL)
    g_hash_table_replace (self->entries, g_strdup (kvar_column_get_name (column)), entry);
  else if (!g_hash_table_remove (self->entries, kvar_column_get_name (column)))
    return;

  update_state (self);
  emit_column_changed (self, column);
  kvar_draft_touch (self);
}

static char *
base_input (KvarDraft  *self,
            KvarColumn *column)
{
  g_autoptr(KvarValue) value = base_value (self, column);

  return value != NULL ? kvar_value_to_input (value) : g_strdup ("");
}

/* Fields whose value is the base's have to hear of a new base as well. */
static void
emit_all_changed (KvarDraft *self)
{
  for (guint i = 0; i < kvar_table_get_n_columns (self->table); i++)
    emit_column_changed (self, kvar_table_get_column (self->table, i));
}

/* All columns may be others now. */
void
kvar_draft_update_all (KvarDraft *self)
{
  update_state (self);
  emit_all_changed (self);
}

static KvarDraftEntry *
parse_entry (KvarDraft  *self,
             KvarColumn *column,
             const char *typed)
{
  KvarType *type = kvar_column_get_column_type (column);
  g_autoptr(KvarValue) base = base_value (self, column);
  g_autoptr(GError) error = NULL;
  KvarDraftEntry *entry = g_new0 (KvarDraftEntry, 1);

  entry->input = g_strdup (typed);
  if (base != NULL)
    entry->value = kvar_value_parse_over (base, typed, &error);
  else
    entry->value = kvar_value_parse (type, typed, &error);
  if (entry->value == NULL)
    entry->problem = g_strdup (error->message);

  return entry;
}

static void
kvar_draft_get_property (GObject    *object,
                         guint       prop_id,
                         GValue     *value,
                         GParamSpec *pspec)
{
  KvarDraft *self = KVAR_DRAFT (object);

  switch (prop_id)
    {
    case KVAR_DRAFT_PROP_BASE:
      g_value_set_object (value, self->base);
      break;

    case KVAR_DRAFT_PROP_THEIRS:
      g_value_set_object (value, self->theirs);
      break;

    case KVAR_DRAFT_PROP_CHANGED:
      g_value_set_boolean (value, self->changed);
      break;

    case KVAR_DRAFT_PROP_N_PROBLEMS:
      g_value_set_uint (value, self->n_problems);
      break;

    case KVAR_DRAFT_PROP_STATE:
      g_value_set_enum (value, self->state);
      break;

    case KVAR_DRAFT_PROP_KEPT:
      g_value_set_boolean (value, self->kept);
      break;

    case KVAR_DRAFT_PROP_RESTORED:
      g_value_set_boolean (value, self->restored);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
kvar_draft_finalize (GObject *object)
{
  KvarDraft *self = KVAR_DRAFT (object);

  g_clear_pointer (&self->entries, g_hash_table_unref);
  g_clear_pointer (&self->lost, g_variant_unref);
  g_clear_pointer (&self->set_by_server, g_hash_table_unref);
  g_clear_pointer (&self->last_edit, kvar_own_edit_free);
  g_clear_pointer (&self->queued, g_ptr_array_unref);
  g_clear_error (&self->attention);
  g_clear_pointer (&self->insert_key, g_free);
  g_clear_pointer (&self->id, g_free);
  g_clear_pointer (&self->key, g_free);
  g_clear_pointer (&self->discarded_id, g_free);
  g_clear_object (&self->theirs);
  g_clear_object (&self->base);
  g_clear_object (&self->table);

  G_OBJECT_CLASS (kvar_draft_parent_class)->finalize (object);
}

static void
kvar_draft_class_init (KvarDraftClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->finalize = kvar_draft_finalize;
  object_class->get_property = kvar_draft_get_property;

  properties[KVAR_DRAFT_PROP_BASE] =
    g_param_spec_object ("base", NULL, NULL, KVAR_TYPE_RECORD, flags);
  properties[KVAR_DRAFT_PROP_THEIRS] =
    g_param_spec_object ("theirs", NULL, NULL, KVAR_TYPE_RECORD, flags);
  properties[KVAR_DRAFT_PROP_CHANGED] =
    g_param_spec_boolean ("changed", NULL, NULL, FALSE, flags);
  properties[KVAR_DRAFT_PROP_N_PROBLEMS] =
    g_param_spec_uint ("n-problems", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[KVAR_DRAFT_PROP_STATE] =
    g_param_spec_enum ("state", NULL, NULL, KVAR_TYPE_DRAFT_STATE, KVAR_DRAFT_OPEN, flags);

  /* Whether there is anything that must not be lost: changes, what waits to be sent, a delete. */
  properties[KVAR_DRAFT_PROP_KEPT] =
    g_param_spec_boolean ("kept", NULL, NULL, FALSE, flags);

  /* Whether what is typed comes from an earlier run of Kvar. */
  properties[KVAR_DRAFT_PROP_RESTORED] =
    g_param_spec_boolean ("restored", NULL, NULL, FALSE, flags);

  g_object_class_install_properties (object_class, KVAR_DRAFT_N_PROPS, properties);

  /* A column's input, value or problem is another one now. */
  signals[SIGNAL_COLUMN_CHANGED] =
    g_signal_new ("column-changed", KVAR_TYPE_DRAFT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, KVAR_TYPE_COLUMN);

  /* What belongs on the disk has changed. */
  signals[SIGNAL_TOUCHED] =
    g_signal_new ("touched", KVAR_TYPE_DRAFT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);

  /* All of it is about to go: the last moment to put it where Undo finds it. */
  signals[SIGNAL_DISCARDING] =
    g_signal_new ("discarding", KVAR_TYPE_DRAFT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);
}

static void
kvar_draft_init (KvarDraft *self)
{
  self->entries = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                         (GDestroyNotify)entry_free);
  self->set_by_server = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->id = g_uuid_string_random ();
}

/**
 * kvar_draft_new:
 * @base: (nullable): the record as it was loaded; %NULL for a new one
 *
 * The draft keeps a copy of @base: what is loaded later must not pass for what somebody saw
 * when they began to type.
 */
KvarDraft *
kvar_draft_new (KvarTable  *table,
                KvarRecord *base)
{
  KvarDraft *self;

  g_return_val_if_fail (KVAR_IS_TABLE (table), NULL);
  g_return_val_if_fail (base == NULL || KVAR_IS_RECORD (base), NULL);

  self = g_object_new (KVAR_TYPE_DRAFT, NULL);
  self->table = g_object_ref (table);
  self->base = base != NULL ? kvar_record_dup (base) : NULL;

  return self;
}

KvarTable *
kvar_draft_get_table (KvarDraft *self)
{
  g_return_val_if_fail (KVAR_IS_DRAFT (self), NULL);

  return self->table;
}

/**
 * kvar_draft_get_base:
 *
 * Returns: (transfer none) (nullable): the record that the changes are made to
 */
KvarRecord *
kvar_draft_get_base (KvarDraft *self)
{
  g_return_val_if_fail (KVAR_IS_DRAFT (self), NULL);

  return self->base;
}

/* What was no change to @older is none to the base: it is what somebody else has changed there
 * since. What was sent is another matter, as @older knows nothing of that. */
static void
forget_unchanged (KvarDraft  *self,
                  KvarRecord *older,
                  GPtrArray  *sent)
{
  for (guint i = 0; i < kvar_table_get_n_columns (self->table); i++)
    {
      KvarColumn *column = kvar_table_get_column (self->table, i);
      KvarDraftEntry *entry = kvar_draft_find_entry (self, column);

      if (entry != NULL && !differs (older, column, entry) &&
          differs (self->base, column, entry) &&
          (sent == NULL || kvar_draft_find_change (sent, column) == NULL))
        g_hash_table_remove (self->entries, kvar_column_get_name (column));
    }
}

/* @sent: (nullable) (element-type KvarChange): what has just been saved */
void
kvar_draft_put_base (KvarDraft  *self,
                     KvarRecord *base,
                     GPtrArray  *sent)
{
  g_autoptr(KvarDraft) keep = NULL;
  g_autoptr(KvarRecord) older = NULL;

  if (base == self->base)
    return;

  keep = g_object_ref (self);
  older = g_steal_pointer (&self->base);
  self->base = base != NULL ? kvar_record_dup (base) : NULL;
  forget_unchanged (self, older, sent);

  g_object_notify_by_pspec (G_OBJECT (self), properties[KVAR_DRAFT_PROP_BASE]);
  kvar_draft_update_all (self);
  kvar_draft_touch (self);
}

/**
 * kvar_draft_set_base:
 * @base: (nullable): the record, loaded again
 *
 * Puts the changes on top of another state of the record.
 */
void
kvar_draft_set_base (KvarDraft  *self,
                     KvarRecord *base)
{
  g_return_if_fail (KVAR_IS_DRAFT (self));
  g_return_if_fail (base == NULL || KVAR_IS_RECORD (base));

  kvar_draft_put_base (self, base, NULL);
}

/**
 * kvar_draft_get_theirs:
 *
 * Returns: (transfer none) (nullable): the record as somebody else has saved it, while that is
 *   in the way
 */
KvarRecord *
kvar_draft_get_theirs (KvarDraft *self)
{
  g_return_val_if_fail (KVAR_IS_DRAFT (self), NULL);

  return self->theirs;
}

void
kvar_draft_set_theirs (KvarDraft  *self,
                       KvarRecord *theirs)
{
  g_return_if_fail (KVAR_IS_DRAFT (self));
  g_return_if_fail (theirs == NULL || KVAR_IS_RECORD (theirs));

  if (g_set_object (&self->theirs, theirs))
    g_object_notify_by_pspec (G_OBJECT (self), properties[KVAR_DRAFT_PROP_THEIRS]);
}

gboolean
kvar_draft_is_new (KvarDraft *self)
{
  g_return_val_if_fail (KVAR_IS_DRAFT (self), FALSE);

  return self->base == NULL;
}

/**
 * kvar_draft_get_changed:
 *
 * Returns: whether anything differs from the base
 */
gboolean
kvar_draft_get_changed (KvarDraft *self)
{
  g_return_val_if_fail (KVAR_IS_DRAFT (self), FALSE);

  return self->changed;
}

guint
kvar_draft_get_n_problems (KvarDraft *self)
{
  g_return_val_if_fail (KVAR_IS_DRAFT (self), 0);

  return self->n_problems;
}

gboolean
kvar_draft_is_column_changed (KvarDraft  *self,
                              KvarColumn *column)
{
  g_return_val_if_fail (KVAR_IS_DRAFT (self), FALSE);
  g_return_val_if_fail (KVAR_IS_COLUMN (column), FALSE);

  return kvar_draft_is_entry_changed (self, column, kvar_draft_find_entry (self, column));
}

/**
 * kvar_draft_get_input:
 *
 * Returns: (transfer full): what the column's entry shows: exactly what was typed, else the
 *   value for editing
 */
char *
kvar_draft_get_input (KvarDraft  *self,
                      KvarColumn *column)
{
  KvarDraftEntry *entry;

  g_return_val_if_fail (KVAR_IS_DRAFT (self), NULL);
  g_return_val_if_fail (KVAR_IS_COLUMN (column), NULL);

  entry = kvar_draft_find_entry (self, column);
  if (entry == NULL)
    return base_input (self, column);
  if (entry->input != NULL)
    return g_strdup (entry->input);

  return entry->value != NULL ? kvar_value_to_input (entry->value) : base_input (self, column);
}

/**
 * kvar_draft_set_input:
 * @typed: what is in the column's entry
 *
 * Keeps exactly what was typed, and notes the problem if it cannot be read.
 */
void
kvar_draft_set_input (KvarDraft  *self,
                      KvarColumn *column,
                      const char *typed)
{
  g_autofree char *current = NULL;
  g_autofree char *unchanged = NULL;

  g_return_if_fail (KVAR_IS_DRAFT (self));
  g_return_if_fail (KVAR_IS_COLUMN (column));
  g_return_if_fail (typed != NULL);

  current = kvar_draft_get_input (self, column);
  if (g_str_equal (current, typed))
    return;

  unchanged = base_input (self, column);
  if (g_str_equal (unchanged, typed))
    replace_entry (self, column, NULL);
  else
    replace_entry (self, column, parse_entry (self, column, typed));
}

/**
 * kvar_draft_get_value:
 *
 * Returns: (transfer full) (nullable): the column's value; %NULL if what was typed cannot be
 *   read, or if a new record does not have one yet
 */
KvarValue *
kvar_draft_get_value (KvarDraft  *self,
                      KvarColumn *column)
{
  KvarDraftEntry *entry;

  g_return_val_if_fail (KVAR_IS_DRAFT (self), NULL);
  g_return_val_if_fail (KVAR_IS_COLUMN (column), NULL);

  entry = kvar_draft_find_entry (self, column);
  if (entry == NULL || (entry->value == NULL && entry->input == NULL))
    return base_value (self, column);

  return entry->value != NULL ? kvar_value_ref (entry->value) : NULL;
}

/**
 * kvar_draft_set_value:
 * @value: what was chosen, rather than typed; the default too, which in a new record is the same
 *   as to leave the column alone
 */
void
kvar_draft_set_value (KvarDraft  *self,
                      KvarColumn *column,
                      KvarValue  *value)
{
  g_autoptr(KvarValue) base = NULL;
  KvarDraftEntry *entry;

  g_return_if_fail (KVAR_IS_DRAFT (self));
  g_return_if_fail (KVAR_IS_COLUMN (column));
  g_return_if_fail (value != NULL);

  base = base_value (self, column);
  if ((base != NULL && kvar_value_equal (base, value)) ||
      (self->base == NULL && kvar_value_is_default (value)))
    {
      replace_entry (self, column, NULL);
      return;
    }

  entry = g_new0 (KvarDraftEntry, 1);
  entry->value = kvar_value_ref (value);
  replace_entry (self, column, entry);
}

/**
 * kvar_draft_get_problem:
 *
 * Returns: (nullable): a sentence for a person
 */
const char *
kvar_draft_get_problem (KvarDraft  *self,
                        KvarColumn *column)
{
  KvarDraftEntry *entry;

  g_return_val_if_fail (KVAR_IS_DRAFT (self), NULL);
  g_return_val_if_fail (KVAR_IS_COLUMN (column), NULL);

  entry = kvar_draft_find_entry (self, column);

  return entry != NULL ? entry->problem : NULL;
}

/**
 * kvar_draft_set_problem:
 * @sentence: (nullable): what the server has against the value; gone with the next keystroke
 */
void
kvar_draft_set_problem (KvarDraft  *self,
                        KvarColumn *column,
                        const char *sentence)
{
  KvarDraftEntry *entry;

  g_return_if_fail (KVAR_IS_DRAFT (self));
  g_return_if_fail (KVAR_IS_COLUMN (column));

  entry = kvar_draft_find_entry (self, column);
  if (g_strcmp0 (entry != NULL ? entry->problem : NULL, sentence) == 0)
    return;

  if (entry == NULL)
    {
      entry = g_new0 (KvarDraftEntry, 1);
      entry->value = base_value (self, column);
      g_hash_table_replace (self->entries, g_strdup (kvar_column_get_name (column)), entry);
    }

  g_free (entry->problem);
  entry->problem = g_strdup (sentence);
  update_state (self);
  emit_column_changed (self, column);
}

/**
 * kvar_draft_reset_column:
 *
 * Takes one column's change back.
 */
void
kvar_draft_reset_column (KvarDraft  *self,
                         KvarColumn *column)
{
  g_return_if_fail (KVAR_IS_DRAFT (self));
  g_return_if_fail (KVAR_IS_COLUMN (column));

  replace_entry (self, column, NULL);
}

/**
 * kvar_draft_discard:
 *
 * Takes all changes back, and what waited to be sent.
 */
void
kvar_draft_discard (KvarDraft *self)
{
  g_autoptr(KvarDraft) keep = NULL;

  g_return_if_fail (KVAR_IS_DRAFT (self));

  keep = g_object_ref (self);
  if (self->changed || self->lost != NULL)
    g_signal_emit (self, signals[SIGNAL_DISCARDING], 0);

  g_hash_table_remove_all (self->entries);
  g_clear_pointer (&self->lost, g_variant_unref);
  g_clear_pointer (&self->insert_key, g_free);
  self->insert_sent = FALSE;
  self->deletes = FALSE;
  kvar_draft_leave_queue (self);
  kvar_draft_set_theirs (self, NULL);
  kvar_draft_update_all (self);
  kvar_draft_touch (self);
}
