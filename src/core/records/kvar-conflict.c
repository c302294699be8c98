/* kvar-conflict.c: A record that two people have changed, and what is to become of it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The result is a draft of its own on top of what the other one has saved, so that it is typed,
 * checked and said back like any record. What is typed there goes into the person's draft at
 * once, and with it to the disk; what they had typed before stays to be chosen.
 */

#define G_LOG_DOMAIN "kvar-records"

#include "config.h"

#include "records/kvar-conflict.h"
#include "records/kvar-draft-private.h"
#include "records/kvar-iso-time.h"
#include "records/kvar-merge.h"
#include "records/kvar-value-words.h"

struct _KvarConflict
{
  GObject     parent_instance;

  KvarDraft  *draft;
  KvarRecord *theirs;
  KvarRecord *before;     /* (nullable) what the draft was begun on */
  KvarDraft  *result;     /* on top of theirs */
  GPtrArray  *columns;    /* (element-type KvarColumn) both sides changed them */
  GHashTable *yours;      /* (element-type utf8 Yours) by column name */
  gboolean    copying;    /* what changes now is no news */
};

/* What was typed or chosen before the two met. */
typedef struct
{
  char      *input;       /* (nullable) NULL if it was chosen */
  KvarValue *value;       /* (nullable) NULL if it cannot be read */
} Yours;

enum {
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KvarConflict, kvar_conflict, G_TYPE_OBJECT)

static void
yours_free (Yours *yours)
{
  g_clear_pointer (&yours->input, g_free);
  g_clear_pointer (&yours->value, kvar_value_unref);
  g_free (yours);
}

static Yours *
yours_new (KvarDraft  *draft,
           KvarColumn *column)
{
  KvarDraftEntry *entry = kvar_draft_find_entry (draft, column);
  Yours *yours = g_new0 (Yours, 1);

  if (entry != NULL)
    yours->input = g_strdup (entry->input);
  yours->value = kvar_draft_get_value (draft, column);

  return yours;
}

static void
put (KvarDraft   *draft,
     KvarColumn  *column,
     const Yours *yours)
{
  g_autoptr(KvarValue) value = NULL;

  if (yours->input != NULL)
    kvar_draft_set_input (draft, column, yours->input);
  if (yours->value == NULL)
    return;

  /* Typed on top of something else, the same keys can mean something else. */
  value = kvar_draft_get_value (draft, column);
  if (value == NULL || !kvar_value_equal (value, yours->value))
    kvar_draft_set_value (draft, column, yours->value);
}

static Yours *
find_yours (KvarConflict *self,
            KvarColumn   *column)
{
  return g_hash_table_lookup (self->yours, kvar_column_get_name (column));
}

static void
copy (KvarConflict *self,
      KvarDraft    *to,
      KvarColumn   *column,
      const Yours  *yours)
{
  gboolean outer = self->copying;

  self->copying = TRUE;
  put (to, column, yours);
  self->copying = outer;
}

/* What is typed as the result is on the disk with the person's draft. */
static void
result_changed_cb (KvarConflict *self,
                   KvarColumn   *column,
                   KvarDraft    *result)
{
  if (find_yours (self, column) == NULL)
    return;

  if (!self->copying && kvar_conflict_get_side (self, column) == KVAR_SIDE_OWN)
    {
      Yours *typed = yours_new (result, column);

      copy (self, self->draft, column, typed);
      yours_free (typed);
    }
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0, column);
}

/* Typed on in another window. */
static void
draft_changed_cb (KvarConflict *self,
                  KvarColumn   *column,
                  KvarDraft    *draft)
{
  KvarSide side;

  if (self->copying || find_yours (self, column) == NULL)
    return;

  side = kvar_conflict_get_side (self, column);
  g_hash_table_replace (self->yours, (char *)kvar_column_get_name (column),
                        yours_new (draft, column));
  if (side == KVAR_SIDE_YOURS)
    copy (self, self->result, column, find_yours (self, column));
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0, column);
}

static void
kvar_conflict_finalize (GObject *object)
{
  KvarConflict *self = KVAR_CONFLICT (object);

  g_clear_pointer (&self->yours, g_hash_table_unref);
  g_clear_pointer (&self->columns, g_ptr_array_unref);
  g_clear_object (&self->result);
  g_clear_object (&self->before);
  g_clear_object (&self->theirs);
  g_clear_object (&self->draft);

  G_OBJECT_CLASS (kvar_conflict_parent_class)->finalize (object);
}

static void
kvar_conflict_class_init (KvarConflictClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = kvar_conflict_finalize;

  /* The result of a column is another one, or what was typed before. */
  signals[SIGNAL_CHANGED] =
    g_signal_new ("changed", KVAR_TYPE_CONFLICT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, KVAR_TYPE_COLUMN);
}

static void
kvar_conflict_init (KvarConflict *self)
{
  self->columns = g_ptr_array_new_with_free_func (g_object_unref);
  self->yours = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify)yours_free);
}

static void
add_column (KvarConflict *self,
            KvarColumn   *column)
{
  Yours *yours = yours_new (self->draft, column);

  g_ptr_array_add (self->columns, g_object_ref (column));
  g_hash_table_insert (self->yours, (char *)kvar_column_get_name (column), yours);
  put (self->result, column, yours);
}

/**
 * kvar_conflict_new:
 * @draft: with a base
 * @theirs: the record as somebody else has saved it
 *
 * To begin with, what @draft holds is the result.
 */
KvarConflict *
kvar_conflict_new (KvarDraft  *draft,
                   KvarRecord *theirs)
{
  KvarConflict *self;
  KvarTable *table;

  g_return_val_if_fail (KVAR_IS_DRAFT (draft), NULL);
  g_return_val_if_fail (KVAR_IS_RECORD (theirs), NULL);

  table = kvar_draft_get_table (draft);
  self = g_object_new (KVAR_TYPE_CONFLICT, NULL);
  self->draft = g_object_ref (draft);
  self->theirs = g_object_ref (theirs);
  g_set_object (&self->before, kvar_draft_get_base (draft));
  self->result = kvar_draft_new (table, theirs);

  for (guint i = 0; i < kvar_table_get_n_columns (table); i++)
    {
      KvarColumn *column = kvar_table_get_column (table, i);

      if (kvar_merge_judge (draft, theirs, column) == KVAR_MERGE_CONFLICT)
        add_column (self, column);
    }

  g_signal_connect_object (self->result, "column-changed", G_CALLBACK (result_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (draft, "column-changed", G_CALLBACK (draft_changed_cb), self,
                           G_CONNECT_SWAPPED);

  return self;
}

/**
 * kvar_conflict_get_result:
 *
 * Returns: (transfer none): what is to be saved in the columns of the conflict, to be typed in
 */
KvarDraft *
kvar_conflict_get_result (KvarConflict *self)
{
  g_return_val_if_fail (KVAR_IS_CONFLICT (self), NULL);

  return self->result;
}

guint
kvar_conflict_get_n_columns (KvarConflict *self)
{
  g_return_val_if_fail (KVAR_IS_CONFLICT (self), 0);

  return self->columns->len;
}

/**
 * kvar_conflict_get_column:
 *
 * Returns: (transfer none): one that both sides have changed
 */
KvarColumn *
kvar_conflict_get_column (KvarConflict *self,
                          guint         index)
{
  g_return_val_if_fail (KVAR_IS_CONFLICT (self), NULL);
  g_return_val_if_fail (index < self->columns->len, NULL);

  return g_ptr_array_index (self->columns, index);
}

/* What changes with every save says nothing to people. */
static gboolean
keeps_books (KvarTable  *table,
             KvarColumn *column)
{
  return column == kvar_table_get_version_column (table) || kvar_column_get_is_generated (column);
}

/**
 * kvar_conflict_list_combined:
 *
 * Returns: (transfer container) (element-type KvarColumn): what only the other side has changed
 */
GPtrArray *
kvar_conflict_list_combined (KvarConflict *self)
{
  GPtrArray *combined = g_ptr_array_new ();
  KvarTable *table;

  g_return_val_if_fail (KVAR_IS_CONFLICT (self), combined);

  table = kvar_draft_get_table (self->draft);
  for (guint i = 0; i < kvar_table_get_n_columns (table); i++)
    {
      KvarColumn *column = kvar_table_get_column (table, i);

      if (!keeps_books (table, column) &&
          kvar_merge_judge (self->draft, self->theirs, column) == KVAR_MERGE_THEIRS)
        g_ptr_array_add (combined, column);
    }

  return combined;
}

/**
 * kvar_conflict_get_before:
 *
 * Returns: (transfer full) (nullable): what @column held before anybody changed it
 */
KvarValue *
kvar_conflict_get_before (KvarConflict *self,
                          KvarColumn   *column)
{
  g_return_val_if_fail (KVAR_IS_CONFLICT (self), NULL);

  return self->before != NULL ? kvar_record_get_value (self->before, column) : NULL;
}

/**
 * kvar_conflict_get_theirs:
 *
 * Returns: (transfer full) (nullable): what the other side has saved in @column
 */
KvarValue *
kvar_conflict_get_theirs (KvarConflict *self,
                          KvarColumn   *column)
{
  g_return_val_if_fail (KVAR_IS_CONFLICT (self), NULL);

  return kvar_record_get_value (self->theirs, column);
}

/**
 * kvar_conflict_get_yours:
 *
 * Returns: (transfer full) (nullable): what was typed or chosen here before the two met; %NULL
 *   for no value
 */
char *
kvar_conflict_get_yours (KvarConflict *self,
                         KvarColumn   *column)
{
  Yours *yours;

  g_return_val_if_fail (KVAR_IS_CONFLICT (self), NULL);

  yours = find_yours (self, column);
  g_return_val_if_fail (yours != NULL, NULL);

  if (yours->value == NULL)
    return g_strdup (yours->input);
  if (kvar_value_is_default (yours->value))
    return g_strdup (kvar_default_in_words ());
  if (kvar_value_is_null (yours->value))
    return NULL;
  if (kvar_type_get_kind (kvar_value_get_type_of (yours->value)) == KVAR_KIND_TEXT)
    return g_strdup (kvar_value_get_text (yours->value));

  return kvar_value_to_display (yours->value);
}

static gboolean
is_yours (KvarConflict *self,
          KvarColumn   *column,
          KvarValue    *value)
{
  Yours *yours = find_yours (self, column);
  g_autofree char *input = NULL;

  if (value != NULL || yours->value != NULL)
    return value != NULL && yours->value != NULL && kvar_value_equal (value, yours->value);

  input = kvar_draft_get_input (self->result, column);

  return g_strcmp0 (input, yours->input) == 0;
}

/**
 * kvar_conflict_get_side:
 *
 * Returns: whose the result of @column is
 */
KvarSide
kvar_conflict_get_side (KvarConflict *self,
                        KvarColumn   *column)
{
  g_autoptr(KvarValue) value = NULL;

  g_return_val_if_fail (KVAR_IS_CONFLICT (self), KVAR_SIDE_THEIRS);

  if (!kvar_draft_is_column_changed (self->result, column))
    return KVAR_SIDE_THEIRS;

  value = kvar_draft_get_value (self->result, column);

  return is_yours (self, column, value) ? KVAR_SIDE_YOURS : KVAR_SIDE_OWN;
}

/**
 * kvar_conflict_choose:
 * @side: %KVAR_SIDE_THEIRS or %KVAR_SIDE_YOURS
 *
 * Makes the result of @column what @side has.
 */
void
kvar_conflict_choose (KvarConflict *self,
                      KvarColumn   *column,
                      KvarSide      side)
{
  g_return_if_fail (KVAR_IS_CONFLICT (self));
  g_return_if_fail (side == KVAR_SIDE_THEIRS || side == KVAR_SIDE_YOURS);
  g_return_if_fail (find_yours (self, column) != NULL);

  if (kvar_conflict_get_side (self, column) == side)
    return;

  if (side == KVAR_SIDE_THEIRS)
    {
      kvar_draft_reset_column (self->result, column);
      return;
    }

  copy (self, self->draft, column, find_yours (self, column));
  copy (self, self->result, column, find_yours (self, column));
}

/**
 * kvar_conflict_apply:
 *
 * Puts the person's draft on top of the other side's record, with the result in it. What only
 * one side has changed stays changed.
 *
 * Returns: whether anything is left to save
 */
gboolean
kvar_conflict_apply (KvarConflict *self)
{
  g_return_val_if_fail (KVAR_IS_CONFLICT (self), FALSE);

  self->copying = TRUE;
  kvar_draft_set_base (self->draft, self->theirs);
  kvar_draft_set_theirs (self->draft, NULL);
  for (guint i = 0; i < self->columns->len; i++)
    {
      KvarColumn *column = g_ptr_array_index (self->columns, i);
      Yours *result = yours_new (self->result, column);

      if (kvar_draft_is_column_changed (self->result, column))
        put (self->draft, column, result);
      else
        kvar_draft_reset_column (self->draft, column);
      yours_free (result);
    }
  self->copying = FALSE;

  return kvar_draft_get_changed (self->draft);
}

static gboolean
they_changed (KvarConflict *self,
              KvarColumn   *column)
{
  g_autoptr(KvarValue) before = kvar_conflict_get_before (self, column);
  g_autoptr(KvarValue) now = kvar_conflict_get_theirs (self, column);

  return now != NULL && !kvar_value_is_null (now) &&
         (before == NULL || !kvar_value_equal (before, now));
}

static KvarColumn *
find_named (KvarTable         *table,
            const char *const *names)
{
  for (gsize i = 0; names[i] != NULL; i++)
    {
      KvarColumn *column = kvar_table_find_column (table, names[i]);

      if (column != NULL)
        return column;
    }

  return NULL;
}

static KvarColumn *
find_time_column (KvarTable *table)
{
  static const char *const names[] = {
    "updated_at", "modified_at", "changed_at", "edited_at", "last_modified_at", NULL
  };
  KvarColumn *version = kvar_table_get_version_column (table);

  return version != NULL && kvar_column_get_kind (version) == KVAR_KIND_TIMESTAMPTZ
         ? version : find_named (table, names);
}

/**
 * kvar_conflict_get_author:
 *
 * Returns: (transfer full) (nullable): who has saved meanwhile, if the row tells. A name that the
 *   same person may have left there earlier counts when the row's time is another one.
 */
char *
kvar_conflict_get_author (KvarConflict *self)
{
  static const char *const names[] = {
    "updated_by", "modified_by", "changed_by", "edited_by", "last_modified_by",
    "last_edited_by", NULL
  };
  KvarTable *table;
  KvarColumn *column;
  KvarColumn *time;
  g_autoptr(KvarValue) value = NULL;

  g_return_val_if_fail (KVAR_IS_CONFLICT (self), NULL);

  table = kvar_draft_get_table (self->draft);
  column = find_named (table, names);
  time = find_time_column (table);
  if (column == NULL ||
      (!they_changed (self, column) && (time == NULL || !they_changed (self, time))))
    return NULL;

  if (kvar_column_get_reference (column) != NULL)
    return g_strdup (kvar_record_get_label_of (self->theirs, column));

  value = kvar_conflict_get_theirs (self, column);
  if (value == NULL || kvar_value_is_null (value) ||
      kvar_column_get_kind (column) != KVAR_KIND_TEXT || *kvar_value_get_text (value) == '\0')
    return NULL;

  return g_strdup (kvar_value_get_text (value));
}

/**
 * kvar_conflict_get_time:
 *
 * Returns: when it was saved meanwhile, as wall time in microseconds, if the row tells; else 0
 */
gint64
kvar_conflict_get_time (KvarConflict *self)
{
  KvarColumn *column;
  g_autoptr(KvarValue) value = NULL;
  g_autoptr(GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr(GDateTime) moment = NULL;
  KvarIsoTime time;

  g_return_val_if_fail (KVAR_IS_CONFLICT (self), 0);

  column = find_time_column (kvar_draft_get_table (self->draft));
  if (column == NULL || kvar_column_get_kind (column) != KVAR_KIND_TIMESTAMPTZ ||
      !they_changed (self, column))
    return 0;

  value = kvar_conflict_get_theirs (self, column);
  if (!kvar_iso_time_parse (kvar_value_get_text (value), &time) || !time.has_date ||
      !time.has_offset || !kvar_iso_time_move_to_zone (&time, utc))
    return 0;

  moment = g_date_time_new (utc, time.year, time.month, time.day, time.hour, time.minute,
                            time.second);

  return moment != NULL ? g_date_time_to_unix (moment) * G_TIME_SPAN_SECOND : 0;
}
