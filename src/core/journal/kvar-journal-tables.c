/* kvar-journal-tables.c: the journal's tables, and the statements that read and write them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-journal"

#include "config.h"

#include "journal/kvar-journal-bulks.h"
#include "journal/kvar-journal-edits.h"
#include "journal/kvar-journal-tables.h"
#include "journal/kvar-sql.h"
#include "kvar-error.h"

#define DRAFT_COLUMNS \
  "id, project, user, relation, key, apart, base, typed, deletes, state, queued, position, " \
  "attention, attention_status, attention_code, attention_field, insert_key, insert_sent, " \
  "began_at, changed_at, discarded_at"

/* What has been released is never changed: a change is another step. */
const char *const kvar_journal_steps[] = {
  "CREATE TABLE drafts ("
  "  id TEXT NOT NULL PRIMARY KEY,"
  "  project TEXT NOT NULL,"
  "  user TEXT NOT NULL,"
  "  relation TEXT NOT NULL,"
  "  key TEXT,"
  "  apart INTEGER NOT NULL,"
  "  base BLOB,"
  "  typed BLOB NOT NULL,"
  "  deletes INTEGER NOT NULL,"
  "  state TEXT NOT NULL,"
  "  queued BLOB,"
  "  position INTEGER NOT NULL,"
  "  attention TEXT,"
  "  attention_status INTEGER NOT NULL,"
  "  attention_code TEXT,"
  "  attention_field TEXT,"
  "  insert_key TEXT,"
  "  insert_sent INTEGER NOT NULL,"
  "  began_at INTEGER NOT NULL,"
  "  changed_at INTEGER NOT NULL,"
  "  discarded_at INTEGER NOT NULL"
  ");"
  "CREATE INDEX drafts_of_user ON drafts (project, user)",
  KVAR_JOURNAL_EDITS_TABLE,
  KVAR_JOURNAL_BULKS_TABLES,
  NULL
};

static KvarDraftState
state_from_word (const char *word)
{
  g_autoptr(GEnumClass) klass = g_type_class_ref (KVAR_TYPE_DRAFT_STATE);
  GEnumValue *value = word != NULL ? g_enum_get_value_by_nick (klass, word) : NULL;

  return value != NULL ? (KvarDraftState)value->value : KVAR_DRAFT_OPEN;
}

/* In the order of DRAFT_COLUMNS. */
static void
bind_draft (KvarStatement       *statement,
            const KvarKeptDraft *draft)
{
  const GError *attention = draft->attention;
  int i = 1;

  kvar_sql_bind_text (statement, i++, draft->id);
  kvar_sql_bind_text (statement, i++, draft->project);
  kvar_sql_bind_text (statement, i++, draft->user);
  kvar_sql_bind_text (statement, i++, draft->relation);
  kvar_sql_bind_text (statement, i++, draft->key);
  sqlite3_bind_int (statement, i++, draft->apart);
  kvar_sql_bind_data (statement, i++, draft->base);
  kvar_sql_bind_data (statement, i++, draft->typed);
  sqlite3_bind_int (statement, i++, draft->deletes);
  kvar_sql_bind_text (statement, i++, kvar_draft_state_to_word (draft->state));
  kvar_sql_bind_data (statement, i++, draft->queued);
  sqlite3_bind_int64 (statement, i++, draft->position);
  kvar_sql_bind_text (statement, i++, kvar_kept_error_to_word (attention));
  sqlite3_bind_int (statement, i++, attention != NULL ? kvar_error_get_status (attention) : 0);
  kvar_sql_bind_text (statement, i++,
                      attention != NULL ? kvar_error_get_provider_code (attention) : NULL);
  kvar_sql_bind_text (statement, i++,
                      attention != NULL ? kvar_error_get_field (attention) : NULL);
  kvar_sql_bind_text (statement, i++, draft->insert_key);
  sqlite3_bind_int (statement, i++, draft->insert_sent);
  sqlite3_bind_int64 (statement, i++, draft->began_at);
  sqlite3_bind_int64 (statement, i++, draft->changed_at);
  sqlite3_bind_int64 (statement, i++, draft->discarded_at);
}

static GError *
read_attention (KvarStatement *statement,
                int            column)
{
  g_autofree char *word = kvar_sql_dup_text (statement, column);
  g_autofree char *code = kvar_sql_dup_text (statement, column + 2);
  g_autofree char *field = kvar_sql_dup_text (statement, column + 3);

  return kvar_kept_error_new (word, sqlite3_column_int (statement, column + 1), code, field);
}

static GVariant *
empty_data (const char *type)
{
  return g_variant_ref_sink (g_variant_new_array (g_variant_type_element (G_VARIANT_TYPE (type)),
                                                  NULL, 0));
}

/* In the order of DRAFT_COLUMNS. */
static KvarKeptDraft *
read_draft (KvarStatement *statement)
{
  KvarKeptDraft *draft = kvar_kept_draft_new ();
  g_autofree char *state = NULL;
  int i = 0;

  draft->id = kvar_sql_dup_text (statement, i++);
  draft->project = kvar_sql_dup_text (statement, i++);
  draft->user = kvar_sql_dup_text (statement, i++);
  draft->relation = kvar_sql_dup_text (statement, i++);
  draft->key = kvar_sql_dup_text (statement, i++);
  draft->apart = sqlite3_column_int (statement, i++) != 0;
  draft->base = kvar_sql_dup_data (statement, i++, KVAR_KEPT_BASE_TYPE);
  draft->typed = kvar_sql_dup_data (statement, i++, KVAR_KEPT_TYPED_TYPE);
  draft->deletes = sqlite3_column_int (statement, i++) != 0;
  state = kvar_sql_dup_text (statement, i++);
  draft->state = state_from_word (state);
  draft->queued = kvar_sql_dup_data (statement, i++, KVAR_KEPT_QUEUED_TYPE);
  draft->position = sqlite3_column_int64 (statement, i++);
  draft->attention = read_attention (statement, i);
  i += 4;
  draft->insert_key = kvar_sql_dup_text (statement, i++);
  draft->insert_sent = sqlite3_column_int (statement, i++) != 0;
  draft->began_at = sqlite3_column_int64 (statement, i++);
  draft->changed_at = sqlite3_column_int64 (statement, i++);
  draft->discarded_at = sqlite3_column_int64 (statement, i++);

  if (draft->typed == NULL)
    draft->typed = empty_data (KVAR_KEPT_TYPED_TYPE);

  return draft;
}

gboolean
kvar_journal_put_draft (sqlite3              *database,
                        const KvarKeptDraft  *draft,
                        GError              **error)
{
  static const char sql[] =
    "INSERT OR REPLACE INTO drafts (" DRAFT_COLUMNS ") VALUES "
    "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
  g_autoptr(KvarStatement) statement = kvar_sql_prepare (database, sql, error);

  if (statement == NULL)
    return FALSE;

  bind_draft (statement, draft);

  return kvar_sql_run (statement, error);
}

gboolean
kvar_journal_drop_draft (sqlite3     *database,
                         const char  *id,
                         GError     **error)
{
  g_autoptr(KvarStatement) statement = NULL;

  statement = kvar_sql_prepare (database, "DELETE FROM drafts WHERE id = ?", error);
  if (statement == NULL)
    return FALSE;

  kvar_sql_bind_text (statement, 1, id);

  return kvar_sql_run (statement, error);
}

/**
 * kvar_journal_read_drafts:
 * @project: (nullable): %NULL for all
 * @user: (nullable): %NULL for all
 *
 * Returns: (transfer full) (nullable) (element-type KvarKeptDraft): the drafts, the newest last
 */
GPtrArray *
kvar_journal_read_drafts (sqlite3     *database,
                          const char  *project,
                          const char  *user,
                          GError     **error)
{
  static const char sql[] =
    "SELECT " DRAFT_COLUMNS " FROM drafts "
    "WHERE (?1 IS NULL OR project = ?1) AND (?2 IS NULL OR user = ?2) "
    "ORDER BY changed_at, id";
  g_autoptr(KvarStatement) statement = kvar_sql_prepare (database, sql, error);
  g_autoptr(GPtrArray) drafts = NULL;
  gboolean has_row;

  if (statement == NULL)
    return NULL;

  kvar_sql_bind_text (statement, 1, project);
  kvar_sql_bind_text (statement, 2, user);
  drafts = g_ptr_array_new_with_free_func ((GDestroyNotify)kvar_kept_draft_free);
  for (;;)
    {
      if (!kvar_sql_step (statement, &has_row, error))
        return NULL;
      if (!has_row)
        return g_steal_pointer (&drafts);

      g_ptr_array_add (drafts, read_draft (statement));
    }
}

/**
 * kvar_journal_purge_before:
 * @time: in µs since 1970
 *
 * Forgets what was discarded before @time.
 */
gboolean
kvar_journal_purge_before (sqlite3  *database,
                           gint64    time,
                           GError  **error)
{
  g_autoptr(KvarStatement) statement = NULL;

  statement = kvar_sql_prepare (database, "DELETE FROM drafts WHERE discarded_at > 0 AND "
                                          "discarded_at < ?", error);
  if (statement == NULL)
    return FALSE;

  sqlite3_bind_int64 (statement, 1, time);

  return kvar_sql_run (statement, error);
}
