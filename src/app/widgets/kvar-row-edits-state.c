/* kvar-row-edits-state.c: what is seen of a row that was edited in a list
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-row-edits"

#include "config.h"

#include <glib/gi18n.h>

#include "kvar-error-text.h"
#include "kvar-error.h"
#include "kvar-row-edits-private.h"
#include "records/kvar-record-count.h"
#include "records/kvar-value-words.h"

/* Match: ask the server how many rows with this key answer the list's query → none: say so. */
typedef struct
{
  KvarRowEdits *edits;
  char         *key;
} Match;

static void counted_cb (GObject *object, GAsyncResult *result, gpointer user_data);

static void
match_free (Match *match)
{
  g_object_unref (match->edits);
  g_free (match->key);
  g_free (match);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Match, match_free)

static char *
label_key (KvarColumn *column,
           const char *key)
{
  return g_strconcat (kvar_column_get_name (column), "\n", key, NULL);
}

/* A link that was chosen here is shown by its label, which no answer has told yet. */
void
kvar_row_edits_note_label (KvarRowEdits *self,
                           KvarColumn   *column,
                           const char   *key,
                           const char   *label)
{
  g_hash_table_insert (self->labels, label_key (column, key), g_strdup (label));
}

/**
 * kvar_row_edits_find_draft:
 *
 * Returns: (transfer none) (nullable): the draft of @row, if there is one
 */
KvarDraft *
kvar_row_edits_find_draft (KvarRowEdits *self,
                           KvarRecord   *row)
{
  g_autofree char *key = NULL;
  KvarDraft *draft;

  g_return_val_if_fail (KVAR_IS_ROW_EDITS (self), NULL);

  draft = g_hash_table_lookup (self->new_drafts, row);
  if (draft != NULL)
    return draft;
  if (row == self->row && self->draft != NULL)
    return self->draft;
  if (g_list_model_get_n_items (G_LIST_MODEL (self->drafts)) == 0)
    return NULL;

  key = kvar_record_get_key_string (row);

  return key != NULL ? kvar_draft_store_lookup (self->drafts, kvar_table_get_name (self->table),
                                                key)
                     : NULL;
}

static char *
format (KvarValue *value,
        gboolean   plain)
{
  return plain ? kvar_value_to_input (value) : kvar_value_to_display (value);
}

static char *
dup_drafted (KvarRowEdits *self,
             KvarDraft    *draft,
             KvarColumn   *column,
             gboolean      plain)
{
  g_autoptr(KvarValue) value = kvar_draft_get_value (draft, column);
  const char *key = value != NULL ? kvar_value_get_text (value) : NULL;
  g_autofree char *name = NULL;
  const char *label = NULL;

  if (value == NULL && kvar_draft_is_column_changed (draft, column))
    return kvar_draft_get_input (draft, column);
  if (value != NULL && kvar_value_is_default (value))
    return plain ? NULL : g_strdup (kvar_default_in_words ());
  if (key == NULL)
    return NULL;

  if (kvar_column_get_reference (column) != NULL)
    {
      name = label_key (column, key);
      label = g_hash_table_lookup (self->labels, name);
    }

  return label != NULL ? g_strdup (label) : format (value, plain);
}

/**
 * kvar_row_edits_dup_text:
 * @plain: as other programs read it
 *
 * Returns: (transfer full) (nullable): what stands in a cell: what was typed, or else what is
 *   saved
 */
char *
kvar_row_edits_dup_text (KvarRowEdits *self,
                         KvarRecord   *row,
                         KvarColumn   *column,
                         gboolean      plain)
{
  KvarDraft *draft;
  g_autoptr(KvarValue) value = NULL;
  const char *linked;

  g_return_val_if_fail (KVAR_IS_ROW_EDITS (self), NULL);

  draft = kvar_row_edits_find_draft (self, row);
  if (draft != NULL && kvar_draft_is_column_changed (draft, column))
    return dup_drafted (self, draft, column, plain);
  if (draft != NULL && kvar_draft_is_new (draft))
    return !plain && (kvar_column_get_has_default (column) ||
                      kvar_column_get_is_generated (column) ||
                      kvar_column_get_identity (column) != KVAR_IDENTITY_NONE)
             ? g_strdup (_("Set by the server")) : NULL;

  linked = kvar_record_get_label_of (row, column);
  if (linked != NULL)
    return g_strdup (linked);

  value = kvar_record_get_value (row, column);

  return value != NULL && !kvar_value_is_null (value) ? format (value, plain) : NULL;
}

static gboolean
is_conflict (KvarDraft *draft)
{
  return g_error_matches (kvar_draft_get_attention (draft), KVAR_ERROR, KVAR_ERROR_CONFLICT);
}

KvarRowMark
kvar_row_edits_get_mark (KvarRowEdits *self,
                         KvarRecord   *row)
{
  KvarSession *session = kvar_workspace_get_session (self->workspace);
  KvarDraft *draft = kvar_row_edits_find_draft (self, row);
  g_autofree char *key = NULL;
  KvarSaveFacts save = { 0 };
  KvarRowFacts facts = { 0 };

  if (draft == NULL && g_hash_table_size (self->saved) == 0)
    return KVAR_ROW_MARK_NONE;

  key = kvar_record_get_key_string (row);
  save.was_saved = key != NULL && g_hash_table_contains (self->saved, key);
  facts.no_match = key != NULL && g_hash_table_contains (self->unmatched, key);
  if (draft != NULL)
    {
      save.draft = kvar_draft_get_state (draft);
      save.changed = kvar_draft_get_changed (draft);
      save.deletes = kvar_draft_get_deletes (draft);
      save.usable = kvar_session_is_usable (session);
      save.held_up = kvar_outbox_get_held_up (self->outbox);
      facts.here = row == self->row && (self->edited || self->cell != NULL);
      facts.conflict = is_conflict (draft);
      facts.n_problems = kvar_draft_get_n_problems (draft);
    }
  facts.save = kvar_save_state_choose (&save);

  return kvar_row_mark_choose (&facts);
}

static char *
describe_problem (KvarRowEdits *self,
                  KvarDraft    *draft)
{
  for (guint i = 0; i < kvar_table_get_n_columns (self->table); i++)
    {
      KvarColumn *column = kvar_table_get_column (self->table, i);
      const char *problem = kvar_draft_get_problem (draft, column);

      if (problem != NULL)
        /* Translators: the name of a field, and what is wrong with what it holds. */
        return g_strdup_printf (_("%1$s: %2$s"), kvar_column_get_title (column), problem);
    }

  return NULL;
}

/**
 * kvar_row_edits_describe:
 *
 * Returns: (transfer full) (nullable): where what was typed into @row is, in a sentence
 */
char *
kvar_row_edits_describe (KvarRowEdits *self,
                         KvarRecord   *row)
{
  KvarDraft *draft = kvar_row_edits_find_draft (self, row);
  const GError *attention = draft != NULL ? kvar_draft_get_attention (draft) : NULL;

  switch (kvar_row_edits_get_mark (self, row))
    {
    case KVAR_ROW_MARK_NONE:
      return NULL;

    case KVAR_ROW_MARK_PROBLEM:
      return describe_problem (self, draft);

    case KVAR_ROW_MARK_CONFLICT:
      return g_strdup (_("Someone else changed this record. Press Enter to see both versions."));

    case KVAR_ROW_MARK_ATTENTION:
      return attention != NULL ? kvar_error_text_for_table (attention, self->table) : NULL;

    case KVAR_ROW_MARK_OFFLINE:
      return g_strdup (_("Kept here, will be sent when you're online."));

    case KVAR_ROW_MARK_SIGN_IN:
      return g_strdup (_("Will be saved when you've signed in."));

    default:
      return g_strdup (kvar_row_mark_get_word (kvar_row_edits_get_mark (self, row)));
    }
}

static gboolean
is_narrowed (KvarQuery *query)
{
  return query != NULL &&
         (kvar_query_get_n_filters (query) > 0 || kvar_query_get_search (query) != NULL);
}

static void
counted_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(Match) match = user_data;
  gboolean exact = FALSE;
  gint64 total;

  total = kvar_record_count_finish (KVAR_SESSION (object), result, &exact, NULL);
  if (g_cancellable_is_cancelled (g_task_get_cancellable (G_TASK (result))) || !exact ||
      total < 0)
    return;

  if (total == 0)
    g_hash_table_add (match->edits->unmatched, g_strdup (match->key));
  else
    g_hash_table_remove (match->edits->unmatched, match->key);
  kvar_row_edits_emit_changed (match->edits, NULL);
}

/* What a filter means is the server's to say: it knows the types and the sorting of letters. */
static void
look_for_match (KvarRowEdits *self,
                KvarRecord   *record,
                const char   *key)
{
  g_autoptr(KvarQuery) query = kvar_query_ref (self->query);
  const guint *columns;
  guint n_columns;
  Match *match;

  columns = kvar_table_get_key (self->table, &n_columns);
  for (guint i = 0; i < n_columns; i++)
    {
      const char *name = kvar_column_get_name (kvar_table_get_column (self->table, columns[i]));
      KvarQuery *narrower = kvar_query_with_filter (query, name, "eq",
                                                    kvar_record_get_text (record, columns[i]));

      kvar_query_unref (query);
      query = narrower;
    }

  match = g_new0 (Match, 1);
  match->edits = g_object_ref (self);
  match->key = g_strdup (key);
  kvar_record_count_async (kvar_workspace_get_session (self->workspace), self->table, query,
                           self->cancellable, counted_cb, match);
}

/* A row has arrived. */
void
kvar_row_edits_note_saved (KvarRowEdits *self,
                           KvarDraft    *draft)
{
  KvarRecord *base = kvar_draft_get_base (draft);
  KvarRecord *new_row = kvar_row_edits_find_new_row (self, draft);
  g_autofree char *key = kvar_record_get_key_string (base);

  if (new_row != NULL)
    kvar_record_update (new_row, base);
  if (key == NULL)
    return;

  g_hash_table_add (self->saved, g_strdup (key));
  if (is_narrowed (self->query))
    look_for_match (self, base, key);
}
