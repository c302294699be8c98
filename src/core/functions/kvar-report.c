/* kvar-report.c: a function that people run to read what it gives
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * It outlives the page that shows it, so that a long run goes on while somebody works
 * elsewhere. The last result stays until the next one is there.
 */

#define G_LOG_DOMAIN "kvar-functions"

#include "config.h"

#include "functions/kvar-report-memory.h"
#include "functions/kvar-report.h"
#include "kvar-error.h"

struct _KvarReport
{
  GObject             parent_instance;

  KvarSession        *session;
  KvarFunction       *function;
  KvarTable          *results;      /* (nullable) */
  KvarDraft          *parameters;
  char               *state_dir;

  KvarReportState     state;
  KvarFunctionResult *result;       /* (nullable) */
  GError             *error;        /* (nullable) */
  GCancellable       *cancellable;  /* (nullable) of the run under way */
  gint64              began;        /* boottime */
  gint64              took;         /* µs */
  gint64              as_of;        /* µs since 1970 */
};

enum {
  PROP_STATE = 1,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_ENUM_TYPE (KvarReportState, kvar_report_state,
                    G_DEFINE_ENUM_VALUE (KVAR_REPORT_IDLE, "idle"),
                    G_DEFINE_ENUM_VALUE (KVAR_REPORT_RUNNING, "running"),
                    G_DEFINE_ENUM_VALUE (KVAR_REPORT_HELD, "held"),
                    G_DEFINE_ENUM_VALUE (KVAR_REPORT_DONE, "done"),
                    G_DEFINE_ENUM_VALUE (KVAR_REPORT_FAILED, "failed"),
                    G_DEFINE_ENUM_VALUE (KVAR_REPORT_CANCELLED, "cancelled"))

G_DEFINE_FINAL_TYPE (KvarReport, kvar_report, G_TYPE_OBJECT)

static void start (KvarReport *self);

static void
set_state (KvarReport      *self,
           KvarReportState  state)
{
  if (self->state == state)
    return;

  self->state = state;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
}

static gboolean
reads_only (KvarReport *self)
{
  return kvar_function_get_volatility (self->function) != KVAR_VOLATILITY_VOLATILE;
}

/* A function that changes something may go on without anybody who listens. */
static void
show_cancelled (KvarReport *self)
{
  if (reads_only (self))
    {
      set_state (self, KVAR_REPORT_CANCELLED);
      return;
    }

  self->error = kvar_error_new_full (KVAR_ERROR_UNKNOWN_OUTCOME, 0, NULL,
                                     "Cancelled while it was running");
  set_state (self, KVAR_REPORT_FAILED);
}

static void
ran_cb (GObject      *object,
        GAsyncResult *result,
        gpointer      user_data)
{
  g_autoptr(KvarReport) self = user_data;
  g_autoptr(KvarFunctionResult) given = NULL;
  g_autoptr(GError) error = NULL;
  KvarClock *clock = kvar_session_get_clock (self->session);

  given = kvar_function_call_finish (KVAR_SESSION (object), result, &error);
  g_clear_object (&self->cancellable);
  self->took = kvar_clock_get_boottime (clock) - self->began;

  if (given != NULL)
    {
      g_set_object (&self->result, given);
      self->as_of = kvar_clock_get_wall (clock);
      set_state (self, KVAR_REPORT_DONE);
    }
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      show_cancelled (self);
    }
  else if (g_error_matches (error, KVAR_ERROR, KVAR_ERROR_SIGNED_OUT))
    {
      set_state (self, KVAR_REPORT_HELD);
    }
  else
    {
      self->error = g_steal_pointer (&error);
      set_state (self, KVAR_REPORT_FAILED);
    }
}

/* It was not run: the session was over before, and what the person asked for goes on now. */
static void
session_changed_cb (KvarReport *self)
{
  if (self->state == KVAR_REPORT_HELD && kvar_session_is_usable (self->session))
    start (self);
}

static void
remember (KvarReport *self)
{
  g_autoptr(GError) error = NULL;

  if (!kvar_report_memory_write (self->session, self->state_dir,
                                 kvar_function_get_name (self->function),
                                 kvar_draft_save_changes (self->parameters), &error))
    g_info ("What was asked of a report is not remembered: %s", error->message);
}

static void
start (KvarReport *self)
{
  g_autoptr(GPtrArray) arguments = kvar_draft_list_changes (self->parameters);

  g_clear_error (&self->error);
  self->cancellable = g_cancellable_new ();
  self->began = kvar_clock_get_boottime (kvar_session_get_clock (self->session));
  set_state (self, KVAR_REPORT_RUNNING);

  kvar_function_call_async (self->session, self->function, self->results, arguments,
                            self->cancellable, ran_cb, g_object_ref (self));
}

static void
kvar_report_finalize (GObject *object)
{
  KvarReport *self = KVAR_REPORT (object);

  g_clear_object (&self->session);
  g_clear_object (&self->function);
  g_clear_object (&self->results);
  g_clear_object (&self->parameters);
  g_clear_object (&self->result);
  g_clear_error (&self->error);
  g_clear_pointer (&self->state_dir, g_free);

  G_OBJECT_CLASS (kvar_report_parent_class)->finalize (object);
}

static void
kvar_report_get_property (GObject    *object,
                          guint       prop_id,
                          GValue     *value,
                          GParamSpec *pspec)
{
  KvarReport *self = KVAR_REPORT (object);

  switch (prop_id)
    {
    case PROP_STATE:
      g_value_set_enum (value, self->state);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
kvar_report_class_init (KvarReportClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = kvar_report_finalize;
  object_class->get_property = kvar_report_get_property;

  properties[PROP_STATE] =
    g_param_spec_enum ("state", NULL, NULL, KVAR_TYPE_REPORT_STATE, KVAR_REPORT_IDLE,
                       G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
kvar_report_init (KvarReport *self)
{
}

/**
 * kvar_report_new:
 * @schema: (nullable): where the tables are whose rows @function may give
 * @state_dir: where the last parameters are remembered
 *
 * A report with the parameters that this person ran it with last.
 */
KvarReport *
kvar_report_new (KvarSession  *session,
                 KvarSchema   *schema,
                 KvarFunction *function,
                 const char   *state_dir)
{
  g_autoptr(KvarTable) table = NULL;
  g_autoptr(GVariant) values = NULL;
  KvarReport *self;

  g_return_val_if_fail (KVAR_IS_SESSION (session), NULL);
  g_return_val_if_fail (KVAR_IS_FUNCTION (function), NULL);
  g_return_val_if_fail (state_dir != NULL, NULL);

  self = g_object_new (KVAR_TYPE_REPORT, NULL);
  self->session = g_object_ref (session);
  self->function = g_object_ref (function);
  self->results = kvar_function_find_results (function, schema);
  self->state_dir = g_strdup (state_dir);

  table = kvar_function_make_parameters (function);
  self->parameters = kvar_draft_new (table, NULL);
  values = kvar_report_memory_read (session, state_dir, kvar_function_get_name (function));
  if (values != NULL)
    kvar_draft_restore_changes (self->parameters, values);

  g_signal_connect_object (session, "notify::state", G_CALLBACK (session_changed_cb), self,
                           G_CONNECT_SWAPPED);

  return self;
}

KvarFunction *
kvar_report_get_function (KvarReport *self)
{
  g_return_val_if_fail (KVAR_IS_REPORT (self), NULL);

  return self->function;
}

/**
 * kvar_report_get_parameters:
 *
 * Returns: (transfer none): what it is asked, to be typed into
 */
KvarDraft *
kvar_report_get_parameters (KvarReport *self)
{
  g_return_val_if_fail (KVAR_IS_REPORT (self), NULL);

  return self->parameters;
}

KvarReportState
kvar_report_get_state (KvarReport *self)
{
  g_return_val_if_fail (KVAR_IS_REPORT (self), KVAR_REPORT_IDLE);

  return self->state;
}

/**
 * kvar_report_get_result:
 *
 * Returns: (transfer none) (nullable): what came last, however the runs since have ended
 */
KvarFunctionResult *
kvar_report_get_result (KvarReport *self)
{
  g_return_val_if_fail (KVAR_IS_REPORT (self), NULL);

  return self->result;
}

/**
 * kvar_report_get_error:
 *
 * Returns: (nullable): why the last run gave nothing
 */
const GError *
kvar_report_get_error (KvarReport *self)
{
  g_return_val_if_fail (KVAR_IS_REPORT (self), NULL);

  return self->error;
}

/**
 * kvar_report_get_elapsed:
 *
 * Returns: how long it has been running, or how long the last run took, in µs
 */
gint64
kvar_report_get_elapsed (KvarReport *self)
{
  g_return_val_if_fail (KVAR_IS_REPORT (self), 0);

  if (self->state != KVAR_REPORT_RUNNING)
    return self->took;

  return kvar_clock_get_boottime (kvar_session_get_clock (self->session)) - self->began;
}

/**
 * kvar_report_get_as_of:
 *
 * Returns: when the result came, in µs since 1970
 */
gint64
kvar_report_get_as_of (KvarReport *self)
{
  g_return_val_if_fail (KVAR_IS_REPORT (self), 0);

  return self->as_of;
}

/**
 * kvar_report_run:
 *
 * Runs it with its parameters, and remembers them. Does nothing while it is running.
 *
 * Returns: %FALSE if a parameter needs attention first; its problem is in the draft then
 */
gboolean
kvar_report_run (KvarReport *self)
{
  g_return_val_if_fail (KVAR_IS_REPORT (self), FALSE);

  if (self->state == KVAR_REPORT_RUNNING)
    return TRUE;
  if (!kvar_draft_validate (self->parameters, NULL))
    return FALSE;

  remember (self);
  start (self);

  return TRUE;
}

/**
 * kvar_report_cancel:
 *
 * Gives up waiting, for the result or for somebody to sign in.
 */
void
kvar_report_cancel (KvarReport *self)
{
  g_return_if_fail (KVAR_IS_REPORT (self));

  if (self->state == KVAR_REPORT_HELD)
    set_state (self, KVAR_REPORT_CANCELLED);
  else
    g_cancellable_cancel (self->cancellable);
}
