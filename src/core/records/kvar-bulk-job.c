/* kvar-bulk-job.c: Many rows changed, or deleted, in a few requests.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-bulk"

#include "config.h"

#include "records/kvar-bulk-job-private.h"

enum {
  PROP_STATE = 1,
  PROP_N_LEFT,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (KvarBulkJob, kvar_bulk_job, G_TYPE_OBJECT)

void
kvar_bulk_job_set_state (KvarBulkJob   *self,
                         KvarBulkState  state)
{
  if (self->state == state)
    return;

  self->state = state;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
}

void
kvar_bulk_job_notify_progress (KvarBulkJob *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_LEFT]);
}

static void
kvar_bulk_job_get_property (GObject    *object,
                            guint       prop_id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  KvarBulkJob *self = KVAR_BULK_JOB (object);

  switch (prop_id)
    {
    case PROP_STATE:
      g_value_set_uint (value, self->state);
      break;

    case PROP_N_LEFT:
      g_value_set_uint (value, self->counts[KVAR_BULK_PENDING]);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
kvar_bulk_job_dispose (GObject *object)
{
  KvarBulkJob *self = KVAR_BULK_JOB (object);

  kvar_bulk_run_clear (self);

  G_OBJECT_CLASS (kvar_bulk_job_parent_class)->dispose (object);
}

static void
kvar_bulk_job_finalize (GObject *object)
{
  KvarBulkJob *self = KVAR_BULK_JOB (object);

  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->user_id, g_free);
  g_clear_pointer (&self->note_id, g_free);
  g_clear_error (&self->refusal);
  g_clear_object (&self->column);
  g_clear_object (&self->table);
  g_clear_object (&self->drafts);
  g_clear_object (&self->store);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (kvar_bulk_job_parent_class)->finalize (object);
}

static void
kvar_bulk_job_class_init (KvarBulkJobClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->dispose = kvar_bulk_job_dispose;
  object_class->finalize = kvar_bulk_job_finalize;
  object_class->get_property = kvar_bulk_job_get_property;

  properties[PROP_STATE] =
    g_param_spec_uint ("state", NULL, NULL, KVAR_BULK_READY, KVAR_BULK_CUT_OFF,
                       KVAR_BULK_READY, flags);
  properties[PROP_N_LEFT] =
    g_param_spec_uint ("n-left", NULL, NULL, 0, G_MAXUINT, 0, flags);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
kvar_bulk_job_init (KvarBulkJob *self)
{
  g_queue_init (&self->chunks);
}

/**
 * kvar_bulk_job_new:
 * @column: (nullable): that is changed; %NULL if the rows are deleted
 * @rows: (transfer full) (element-type KvarBulkRow): of a plan
 */
KvarBulkJob *
kvar_bulk_job_new (KvarSession *session,
                   KvarTable   *table,
                   KvarColumn  *column,
                   GPtrArray   *rows)
{
  KvarBulkJob *self;

  g_return_val_if_fail (KVAR_IS_SESSION (session), NULL);
  g_return_val_if_fail (KVAR_IS_TABLE (table), NULL);
  g_return_val_if_fail (rows != NULL, NULL);

  self = g_object_new (KVAR_TYPE_BULK_JOB, NULL);
  self->session = g_object_ref (session);
  self->table = g_object_ref (table);
  g_set_object (&self->column, column);
  self->rows = rows;
  self->counts[KVAR_BULK_PENDING] = rows->len;
  self->user_id = g_strdup (kvar_session_get_user_id (session));
  g_signal_connect_object (session, "notify::state", G_CALLBACK (kvar_bulk_run_hurry), self,
                           G_CONNECT_SWAPPED);

  return self;
}

/**
 * kvar_bulk_job_set_drafts:
 * @drafts: where what was changed is noted, to be looked up and taken back
 */
void
kvar_bulk_job_set_drafts (KvarBulkJob    *self,
                          KvarDraftStore *drafts)
{
  g_return_if_fail (KVAR_IS_BULK_JOB (self));
  g_return_if_fail (KVAR_IS_DRAFT_STORE (drafts));

  g_set_object (&self->drafts, drafts);
}

/**
 * kvar_bulk_job_set_store:
 * @store: that tells every list of the rows when all is done, also those in other windows
 */
void
kvar_bulk_job_set_store (KvarBulkJob *self,
                         KvarStore   *store)
{
  g_return_if_fail (KVAR_IS_BULK_JOB (self));
  g_return_if_fail (KVAR_IS_STORE (store));

  g_set_object (&self->store, store);
}

/**
 * kvar_bulk_job_new_undo:
 *
 * Returns: (transfer full): what gives the rows that were changed their values of before, where
 *   nobody has changed them again since
 */
KvarBulkJob *
kvar_bulk_job_new_undo (KvarBulkJob *self)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify)kvar_bulk_row_free);
  KvarBulkJob *undo;

  g_return_val_if_fail (KVAR_IS_BULK_JOB (self), NULL);
  g_return_val_if_fail (self->column != NULL, NULL);

  for (guint i = 0; i < self->rows->len; i++)
    {
      KvarBulkRow *row = g_ptr_array_index (self->rows, i);
      KvarBulkRow *back;

      if (row->outcome != KVAR_BULK_DONE)
        continue;

      back = g_new0 (KvarBulkRow, 1);
      back->key = g_strdupv (row->key);
      back->id = g_strdup (row->id);
      back->title = g_strdup (row->title);
      back->before = g_strdup (row->after);
      back->xmin = g_strdup (row->xmin);
      back->by_version = !kvar_bulk_plan_can_compare (self->column, row->after) &&
                         row->xmin != NULL;
      back->after = g_strdup (row->before);
      g_ptr_array_add (rows, back);
    }

  undo = kvar_bulk_job_new (self->session, self->table, self->column, rows);
  undo->undoes = TRUE;
  g_set_object (&undo->drafts, self->drafts);
  g_set_object (&undo->store, self->store);

  return undo;
}

KvarTable *
kvar_bulk_job_get_table (KvarBulkJob *self)
{
  g_return_val_if_fail (KVAR_IS_BULK_JOB (self), NULL);

  return self->table;
}

gboolean
kvar_bulk_job_get_deletes (KvarBulkJob *self)
{
  g_return_val_if_fail (KVAR_IS_BULK_JOB (self), FALSE);

  return self->column == NULL;
}

gboolean
kvar_bulk_job_get_undoes (KvarBulkJob *self)
{
  g_return_val_if_fail (KVAR_IS_BULK_JOB (self), FALSE);

  return self->undoes;
}

KvarBulkState
kvar_bulk_job_get_state (KvarBulkJob *self)
{
  g_return_val_if_fail (KVAR_IS_BULK_JOB (self), KVAR_BULK_FINISHED);

  return self->state;
}

/**
 * kvar_bulk_job_get_note_id:
 *
 * Returns: (nullable): by what the disk knows it, since it was about to send something first
 */
const char *
kvar_bulk_job_get_note_id (KvarBulkJob *self)
{
  g_return_val_if_fail (KVAR_IS_BULK_JOB (self), NULL);

  return self->note_id;
}

/**
 * kvar_bulk_job_get_rows:
 *
 * Returns: (transfer none) (element-type KvarBulkRow): all of them, with what became of each
 */
GPtrArray *
kvar_bulk_job_get_rows (KvarBulkJob *self)
{
  g_return_val_if_fail (KVAR_IS_BULK_JOB (self), NULL);

  return self->rows;
}

guint
kvar_bulk_job_count (KvarBulkJob     *self,
                     KvarBulkOutcome  outcome)
{
  g_return_val_if_fail (KVAR_IS_BULK_JOB (self), 0);
  g_return_val_if_fail (outcome < KVAR_BULK_N_OUTCOMES, 0);

  return self->counts[outcome];
}

/**
 * kvar_bulk_job_get_refusal:
 *
 * Returns: (nullable): why the first row was refused that was
 */
const GError *
kvar_bulk_job_get_refusal (KvarBulkJob *self)
{
  g_return_val_if_fail (KVAR_IS_BULK_JOB (self), NULL);

  return self->refusal;
}

/**
 * kvar_bulk_job_start:
 *
 * Runs until all rows are settled, however long it has to wait, and keeps itself alive until then.
 */
void
kvar_bulk_job_start (KvarBulkJob *self)
{
  g_return_if_fail (KVAR_IS_BULK_JOB (self));
  g_return_if_fail (self->state == KVAR_BULK_READY || self->state == KVAR_BULK_CUT_OFF);

  kvar_bulk_run_begin (self);
}

/**
 * kvar_bulk_job_look:
 *
 * Of a job that was cut off: reads what has become of the rows that were sent and not answered.
 * Changes nothing. Is cut off again afterwards, now with its counts.
 */
void
kvar_bulk_job_look (KvarBulkJob *self)
{
  g_return_if_fail (KVAR_IS_BULK_JOB (self));
  g_return_if_fail (self->state == KVAR_BULK_READY);

  kvar_bulk_run_look (self);
}

/**
 * kvar_bulk_job_cancel:
 *
 * What is under way is heard out; what is not sent yet stays as it is.
 */
void
kvar_bulk_job_cancel (KvarBulkJob *self)
{
  g_return_if_fail (KVAR_IS_BULK_JOB (self));

  kvar_bulk_run_cancel (self);
}
