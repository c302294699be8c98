/* kvar-bulk-kept.c: A bulk job as it is written to the disk, and how it comes back.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-bulk"

#include "config.h"

#include "records/kvar-bulk-job-private.h"
#include "records/kvar-bulk-kept.h"

/* On its way, or done and not noted as that any more. */
#define SENT "sent"

/* As they are written: the numbers are this version's own affair. */
static const char *const words[KVAR_BULK_N_OUTCOMES] = {
  [KVAR_BULK_PENDING] = "pending",
  [KVAR_BULK_DONE] = "done",
  [KVAR_BULK_OVERTAKEN] = "overtaken",
  [KVAR_BULK_GONE] = "gone",
  [KVAR_BULK_DENIED] = "denied",
  [KVAR_BULK_REFUSED] = "refused",
};

/**
 * kvar_bulk_kept_state_word:
 *
 * Returns: how the disk calls what is known of @row
 */
const char *
kvar_bulk_kept_state_word (const KvarBulkRow *row)
{
  if (row->outcome == KVAR_BULK_PENDING && row->sent)
    return SENT;

  return words[row->outcome];
}

/**
 * kvar_bulk_kept_read_state:
 * @word: (nullable): from the disk
 * @sent: (out): whether the row has to be read to know what became of it
 *
 * A word that this version does not know may mean anything: the row is looked at.
 */
KvarBulkOutcome
kvar_bulk_kept_read_state (const char *word,
                           gboolean   *sent)
{
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_strcmp0 (word, words[i]) == 0)
      {
        *sent = FALSE;
        return (KvarBulkOutcome)i;
      }

  *sent = TRUE;

  return KVAR_BULK_PENDING;
}

static KvarKeptBulkRow *
keep_row (KvarBulkRow *row,
          guint        position)
{
  KvarKeptBulkRow *kept = g_new0 (KvarKeptBulkRow, 1);

  if (row->note_id == NULL)
    row->note_id = g_uuid_string_random ();
  kept->id = g_strdup (row->note_id);
  kept->position = position;
  kept->state = g_strdup (kvar_bulk_kept_state_word (row));
  kept->data = g_variant_ref_sink (g_variant_new ("(^asssmsmsbms)", row->key, row->id,
                                                  row->title != NULL ? row->title : "",
                                                  row->before, row->xmin, row->by_version,
                                                  row->after));
  row->unnoted = FALSE;

  return kept;
}

/**
 * kvar_bulk_kept_new:
 * @job: that changes a column
 *
 * Returns: (transfer full): what the disk does not have of @job yet; from now on it is taken to
 *   have it
 */
KvarKeptBulk *
kvar_bulk_kept_new (KvarBulkJob *job)
{
  KvarKeptBulk *kept = kvar_kept_bulk_new ();

  if (job->note_id == NULL)
    {
      job->note_id = g_uuid_string_random ();
      job->began_at = kvar_clock_get_wall (kvar_session_get_clock (job->session));
    }
  kept->id = g_strdup (job->note_id);
  kept->relation = g_strdup (kvar_table_get_name (job->table));
  kept->column = g_strdup (kvar_column_get_name (job->column));
  kept->undoes = job->undoes;
  kept->began_at = job->began_at;
  for (guint i = 0; i < job->rows->len; i++)
    {
      KvarBulkRow *row = g_ptr_array_index (job->rows, i);

      if (row->unnoted || row->note_id == NULL)
        g_ptr_array_add (kept->rows, keep_row (row, i));
    }

  return kept;
}

/**
 * kvar_bulk_kept_mark_sent:
 * @rows: (element-type KvarBulkRow): that are about to be sent
 */
void
kvar_bulk_kept_mark_sent (GPtrArray *rows)
{
  for (guint i = 0; i < rows->len; i++)
    {
      KvarBulkRow *row = g_ptr_array_index (rows, i);

      row->sent = TRUE;
      row->unnoted = TRUE;
    }
}

/**
 * kvar_bulk_kept_note_edit:
 *
 * Makes an own edit of @row, which is done; the same one again if it was noted before.
 */
void
kvar_bulk_kept_note_edit (KvarBulkJob       *job,
                          const KvarBulkRow *row)
{
  g_autoptr(KvarOwnEdit) edit = NULL;
  GVariantBuilder changes;

  if (job->drafts == NULL || job->column == NULL)
    return;

  g_variant_builder_init (&changes, G_VARIANT_TYPE (KVAR_OWN_EDIT_CHANGES_TYPE));
  g_variant_builder_add (&changes, "{s(msms)}", kvar_column_get_name (job->column),
                         row->before, row->after);
  edit = g_new0 (KvarOwnEdit, 1);
  edit->id = row->note_id != NULL ? g_strdup (row->note_id) : g_uuid_string_random ();
  edit->relation = g_strdup (kvar_table_get_name (job->table));
  edit->key = g_strdup (row->id);
  edit->title = g_strdup (row->title);
  edit->changes = g_variant_ref_sink (g_variant_builder_end (&changes));
  kvar_draft_store_note_edit (job->drafts, edit);
}

static KvarBulkRow *
restore_row (const KvarKeptBulkRow *kept)
{
  KvarBulkRow *row = g_new0 (KvarBulkRow, 1);

  g_variant_get (kept->data, "(^asssmsmsbms)", &row->key, &row->id, &row->title,
                 &row->before, &row->xmin, &row->by_version, &row->after);
  row->note_id = g_strdup (kept->id);
  row->outcome = kvar_bulk_kept_read_state (kept->state, &row->sent);

  return row;
}

static gboolean
fits (const KvarBulkRow *row,
      KvarTable         *table)
{
  guint n_key;

  kvar_table_get_key (table, &n_key);

  return g_strv_length (row->key) == n_key;
}

/**
 * kvar_bulk_job_new_kept:
 * @kept: what an earlier run of Kvar has left
 *
 * Returns: (transfer full) (nullable): the job, which kvar_bulk_job_look() has to be called for;
 *   %NULL where the table no longer has the column or the key
 */
KvarBulkJob *
kvar_bulk_job_new_kept (KvarSession        *session,
                        KvarTable          *table,
                        const KvarKeptBulk *kept)
{
  g_autoptr(GPtrArray) rows = NULL;
  KvarColumn *column;
  KvarBulkJob *self;

  g_return_val_if_fail (KVAR_IS_SESSION (session), NULL);
  g_return_val_if_fail (KVAR_IS_TABLE (table), NULL);
  g_return_val_if_fail (kept != NULL, NULL);

  column = kvar_table_find_column (table, kept->column);
  if (column == NULL || kept->rows->len == 0)
    return NULL;

  rows = g_ptr_array_new_with_free_func ((GDestroyNotify)kvar_bulk_row_free);
  for (guint i = 0; i < kept->rows->len; i++)
    {
      KvarBulkRow *row = restore_row (g_ptr_array_index (kept->rows, i));

      g_ptr_array_add (rows, row);
      if (!fits (row, table))
        return NULL;
    }

  self = kvar_bulk_job_new (session, table, column, g_steal_pointer (&rows));
  self->note_id = g_strdup (kept->id);
  self->began_at = kept->began_at;
  self->undoes = kept->undoes;
  self->counts[KVAR_BULK_PENDING] = 0;
  for (guint i = 0; i < self->rows->len; i++)
    self->counts[((KvarBulkRow *)g_ptr_array_index (self->rows, i))->outcome]++;

  return self;
}
