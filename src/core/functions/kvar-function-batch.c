/* kvar-function-batch.c: runs a function for many records, one after the other
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Each record is called for once. Where nobody can know whether a call has had its effect, it
 * counts as failed and says so; the others go on. What the session or the network held up before
 * it was sent is sent when they are back.
 */

#define G_LOG_DOMAIN "kvar-functions"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "functions/kvar-function-batch.h"
#include "functions/kvar-function-bind.h"
#include "functions/kvar-function-call.h"
#include "kvar-backoff.h"
#include "kvar-error-text.h"
#include "kvar-error.h"

struct _KvarFunctionBatch
{
  GObject           parent_instance;

  KvarSession      *session;
  KvarFunctionRuns *runs;
  KvarFunction     *function;
  KvarDraft        *parameters;    /* what is the same for all */
  GListStore       *items;
  char             *user_id;       /* (nullable) whose calls they are */

  KvarBatchState    state;
  guint             next;          /* the first item that is not over */
  gboolean          stopping;
  guint             n_failures;    /* to reach the server, one after the other */
  guint             retry_timer;
};

enum {
  PROP_STATE = 1,
  PROP_PROGRESS,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_ENUM_TYPE (KvarBatchState, kvar_batch_state,
                    G_DEFINE_ENUM_VALUE (KVAR_BATCH_ASKING, "asking"),
                    G_DEFINE_ENUM_VALUE (KVAR_BATCH_RUNNING, "running"),
                    G_DEFINE_ENUM_VALUE (KVAR_BATCH_HELD, "held"),
                    G_DEFINE_ENUM_VALUE (KVAR_BATCH_PAUSED, "paused"),
                    G_DEFINE_ENUM_VALUE (KVAR_BATCH_ENDED, "ended"))

G_DEFINE_FINAL_TYPE (KvarFunctionBatch, kvar_function_batch, G_TYPE_OBJECT)

/* Call the next: send → judge → call the next. */
static void called_cb (GObject *object, GAsyncResult *result, gpointer user_data);
static void call_next (KvarFunctionBatch *self);

static void
set_state (KvarFunctionBatch *self,
           KvarBatchState     state)
{
  if (self->state == state)
    return;

  self->state = state;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
}

/* (transfer none): the list keeps it. */
static KvarBatchItem *
get_item (KvarFunctionBatch *self)
{
  g_autoptr(KvarBatchItem) item = g_list_model_get_item (G_LIST_MODEL (self->items), self->next);

  return item;
}

static void
end_item (KvarFunctionBatch  *self,
          KvarBatchItemState  state,
          const char         *text)
{
  kvar_batch_item_set_state (get_item (self), state, text);
  self->next++;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PROGRESS]);
}

/* (nullable): what the function is told of this record; NULL if it has no place for its key. */
static GPtrArray *
make_arguments (KvarFunctionBatch *self,
                KvarRecord        *record)
{
  g_autoptr(KvarTable) table = kvar_function_make_parameters (self->function);
  g_autoptr(KvarDraft) draft = kvar_draft_new (table, NULL);
  g_autoptr(GPtrArray) typed = kvar_draft_list_changes (self->parameters);

  if (!kvar_function_bind_record (draft, record))
    return NULL;

  for (guint i = 0; i < typed->len; i++)
    {
      KvarChange *change = g_ptr_array_index (typed, i);
      KvarColumn *column = kvar_table_find_column (table, kvar_column_get_name (change->column));

      if (kvar_column_get_can_insert (column))
        kvar_draft_set_value (draft, column, change->value);
    }

  return kvar_draft_list_changes (draft);
}

static const char *
get_table_name (KvarBatchItem *item)
{
  return kvar_table_get_name (kvar_record_get_table (kvar_batch_item_get_record (item)));
}

/* Whether a call for the next record is under way; if not, it is over. */
static gboolean
call_item (KvarFunctionBatch *self)
{
  KvarBatchItem *item = get_item (self);
  g_autoptr(GPtrArray) arguments = NULL;

  arguments = make_arguments (self, kvar_batch_item_get_record (item));
  if (arguments == NULL)
    {
      end_item (self, KVAR_BATCH_ITEM_FAILED,
                _("This can't be done with this record. Tell your administrator."));
      return FALSE;
    }
  if (!kvar_function_runs_claim (self->runs, get_table_name (item),
                                 kvar_batch_item_get_key (item)))
    {
      end_item (self, KVAR_BATCH_ITEM_FAILED, _("Something is already running for this record."));
      return FALSE;
    }

  kvar_batch_item_set_state (item, KVAR_BATCH_ITEM_RUNNING, NULL);
  set_state (self, KVAR_BATCH_RUNNING);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PROGRESS]);
  kvar_function_call_async (self->session, self->function, NULL, arguments, NULL, called_cb,
                            g_object_ref (self));

  return TRUE;
}

static gboolean
may_call (KvarFunctionBatch *self)
{
  return kvar_session_is_usable (self->session) &&
         g_strcmp0 (self->user_id, kvar_session_get_user_id (self->session)) == 0;
}

static void
call_next (KvarFunctionBatch *self)
{
  while (!self->stopping && self->next < g_list_model_get_n_items (G_LIST_MODEL (self->items)))
    {
      if (!may_call (self))
        {
          set_state (self, KVAR_BATCH_HELD);
          return;
        }
      if (call_item (self))
        return;
    }

  set_state (self, KVAR_BATCH_ENDED);
}

static void
retry_cb (gpointer user_data)
{
  KvarFunctionBatch *self = user_data;

  self->retry_timer = 0;
  call_next (self);
}

static void
drop_timer (KvarFunctionBatch *self)
{
  if (self->retry_timer != 0)
    kvar_clock_remove_timer (kvar_session_get_clock (self->session), self->retry_timer);
  self->retry_timer = 0;
}

/* It was not sent, or refused before it could run. */
static void
hold_up (KvarFunctionBatch *self,
         const GError      *error)
{
  gint64 delay;

  kvar_batch_item_set_state (get_item (self), KVAR_BATCH_ITEM_WAITING, NULL);
  if (self->stopping)
    {
      set_state (self, KVAR_BATCH_ENDED);
      return;
    }
  if (!may_call (self))
    {
      set_state (self, KVAR_BATCH_HELD);
      return;
    }

  delay = kvar_backoff_delay (self->n_failures++, kvar_error_get_retry_after (error), NULL);
  set_state (self, KVAR_BATCH_PAUSED);
  self->retry_timer = kvar_clock_add_timer (kvar_session_get_clock (self->session), delay,
                                            retry_cb, self);
}

static char *
describe (KvarFunctionResult *result)
{
  KvarValue *value = kvar_function_result_get_value (result);

  if (value == NULL || kvar_value_is_null (value))
    return g_strdup (_("Done"));

  return kvar_value_to_display (value);
}

static void
called_cb (GObject      *object,
           GAsyncResult *async_result,
           gpointer      user_data)
{
  g_autoptr(KvarFunctionBatch) self = user_data;
  KvarBatchItem *item = get_item (self);
  g_autoptr(KvarFunctionResult) result = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *text = NULL;

  kvar_function_runs_release (self->runs, get_table_name (item), kvar_batch_item_get_key (item));
  result = kvar_function_call_finish (KVAR_SESSION (object), async_result, &error);
  if (g_error_matches (error, KVAR_ERROR, KVAR_ERROR_SIGNED_OUT) ||
      g_error_matches (error, KVAR_ERROR, KVAR_ERROR_BLOCKED) ||
      g_error_matches (error, KVAR_ERROR, KVAR_ERROR_OFFLINE))
    {
      hold_up (self, error);
      return;
    }

  self->n_failures = 0;
  text = result != NULL ? describe (result) : kvar_error_text (error);
  end_item (self, result != NULL ? KVAR_BATCH_ITEM_DONE : KVAR_BATCH_ITEM_FAILED, text);
  call_next (self);
}

static void
session_state_cb (KvarSession       *session,
                  GParamSpec        *pspec,
                  KvarFunctionBatch *self)
{
  if ((self->state != KVAR_BATCH_HELD && self->state != KVAR_BATCH_PAUSED) ||
      kvar_session_get_state (session) != KVAR_SESSION_SIGNED_IN)
    return;

  drop_timer (self);
  call_next (self);
}

static void
kvar_function_batch_get_property (GObject    *object,
                                  guint       prop_id,
                                  GValue     *value,
                                  GParamSpec *pspec)
{
  KvarFunctionBatch *self = KVAR_FUNCTION_BATCH (object);

  switch (prop_id)
    {
    case PROP_STATE:
      g_value_set_enum (value, self->state);
      break;

    case PROP_PROGRESS:
      g_value_set_uint (value, self->next);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
kvar_function_batch_dispose (GObject *object)
{
  KvarFunctionBatch *self = KVAR_FUNCTION_BATCH (object);

  if (self->session != NULL)
    drop_timer (self);
  g_clear_object (&self->items);
  g_clear_object (&self->parameters);
  g_clear_object (&self->function);
  g_clear_object (&self->runs);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (kvar_function_batch_parent_class)->dispose (object);
}

static void
kvar_function_batch_finalize (GObject *object)
{
  KvarFunctionBatch *self = KVAR_FUNCTION_BATCH (object);

  g_free (self->user_id);

  G_OBJECT_CLASS (kvar_function_batch_parent_class)->finalize (object);
}

static void
kvar_function_batch_class_init (KvarFunctionBatchClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->dispose = kvar_function_batch_dispose;
  object_class->finalize = kvar_function_batch_finalize;
  object_class->get_property = kvar_function_batch_get_property;

  properties[PROP_STATE] =
    g_param_spec_enum ("state", NULL, NULL, KVAR_TYPE_BATCH_STATE, KVAR_BATCH_ASKING, flags);
  properties[PROP_PROGRESS] =
    g_param_spec_uint ("progress", NULL, NULL, 0, G_MAXUINT, 0, flags);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
kvar_function_batch_init (KvarFunctionBatch *self)
{
  self->items = g_list_store_new (KVAR_TYPE_BATCH_ITEM);
}

/**
 * kvar_function_batch_new:
 * @runs: which tells what is running for a record
 * @records: (element-type KvarRecord): those without a key are left out
 */
KvarFunctionBatch *
kvar_function_batch_new (KvarSession      *session,
                         KvarFunctionRuns *runs,
                         KvarFunction     *function,
                         GPtrArray        *records)
{
  g_autoptr(KvarTable) table = NULL;
  KvarFunctionBatch *self;

  g_return_val_if_fail (KVAR_IS_SESSION (session), NULL);
  g_return_val_if_fail (KVAR_IS_FUNCTION (function), NULL);
  g_return_val_if_fail (records != NULL, NULL);

  self = g_object_new (KVAR_TYPE_FUNCTION_BATCH, NULL);
  self->session = g_object_ref (session);
  self->runs = g_object_ref (runs);
  self->function = g_object_ref (function);
  self->user_id = g_strdup (kvar_session_get_user_id (session));
  table = kvar_function_make_parameters (function);
  self->parameters = kvar_draft_new (table, NULL);
  for (guint i = 0; i < records->len; i++)
    {
      g_autoptr(KvarBatchItem) item = kvar_batch_item_new (g_ptr_array_index (records, i));

      if (kvar_batch_item_get_key (item) != NULL)
        g_list_store_append (self->items, item);
    }
  g_signal_connect_object (session, "notify::state", G_CALLBACK (session_state_cb), self, 0);

  return self;
}

/**
 * kvar_function_batch_fits:
 *
 * Takes the first record's key for an example, so that its parameters are none to be typed.
 *
 * Returns: whether the function has a place for a record, and there is one
 */
gboolean
kvar_function_batch_fits (KvarFunctionBatch *self)
{
  g_autoptr(KvarBatchItem) first = NULL;

  g_return_val_if_fail (KVAR_IS_FUNCTION_BATCH (self), FALSE);

  first = g_list_model_get_item (G_LIST_MODEL (self->items), 0);

  return first != NULL &&
         kvar_function_bind_record (self->parameters, kvar_batch_item_get_record (first));
}

/**
 * kvar_function_batch_start:
 *
 * Calls the function for every record, one after the other.
 */
void
kvar_function_batch_start (KvarFunctionBatch *self)
{
  g_return_if_fail (KVAR_IS_FUNCTION_BATCH (self));
  g_return_if_fail (self->state == KVAR_BATCH_ASKING);

  call_next (self);
}

/**
 * kvar_function_batch_stop:
 *
 * Calls it for no more records. What has begun ends by itself.
 */
void
kvar_function_batch_stop (KvarFunctionBatch *self)
{
  g_return_if_fail (KVAR_IS_FUNCTION_BATCH (self));

  self->stopping = TRUE;
  if (self->state == KVAR_BATCH_HELD || self->state == KVAR_BATCH_PAUSED)
    {
      drop_timer (self);
      set_state (self, KVAR_BATCH_ENDED);
    }
}

KvarFunction *
kvar_function_batch_get_function (KvarFunctionBatch *self)
{
  g_return_val_if_fail (KVAR_IS_FUNCTION_BATCH (self), NULL);

  return self->function;
}

/**
 * kvar_function_batch_get_parameters:
 *
 * Returns: (transfer none): what is the same for all records, to be typed before it starts
 */
KvarDraft *
kvar_function_batch_get_parameters (KvarFunctionBatch *self)
{
  g_return_val_if_fail (KVAR_IS_FUNCTION_BATCH (self), NULL);

  return self->parameters;
}

/**
 * kvar_function_batch_get_items:
 *
 * Returns: (transfer none): of #KvarBatchItem, in the order of the records
 */
GListModel *
kvar_function_batch_get_items (KvarFunctionBatch *self)
{
  g_return_val_if_fail (KVAR_IS_FUNCTION_BATCH (self), NULL);

  return G_LIST_MODEL (self->items);
}

KvarBatchState
kvar_function_batch_get_state (KvarFunctionBatch *self)
{
  g_return_val_if_fail (KVAR_IS_FUNCTION_BATCH (self), KVAR_BATCH_ENDED);

  return self->state;
}

guint
kvar_function_batch_count (KvarFunctionBatch  *self,
                           KvarBatchItemState  state)
{
  guint n = 0;

  g_return_val_if_fail (KVAR_IS_FUNCTION_BATCH (self), 0);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->items)); i++)
    {
      g_autoptr(KvarBatchItem) item = g_list_model_get_item (G_LIST_MODEL (self->items), i);

      n += kvar_batch_item_get_state (item) == state;
    }

  return n;
}
