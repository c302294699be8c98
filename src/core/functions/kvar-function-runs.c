/* kvar-function-runs.c: what one person has run, and what is running
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-functions"

#include "config.h"

#include "functions/kvar-function-runs.h"

struct _KvarFunctionRuns
{
  GObject      parent_instance;

  KvarSession *session;
  char        *state_dir;
  GHashTable  *reports;    /* function name → KvarReport, with what it gave last */
  GHashTable  *claimed;    /* "table/key" of records that something is running for */
};

G_DEFINE_FINAL_TYPE (KvarFunctionRuns, kvar_function_runs, G_TYPE_OBJECT)

static char *
dup_place (const char *table,
           const char *key)
{
  return g_strconcat (table, "/", key, NULL);
}

static void
kvar_function_runs_dispose (GObject *object)
{
  KvarFunctionRuns *self = KVAR_FUNCTION_RUNS (object);

  kvar_function_runs_cancel (self);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (kvar_function_runs_parent_class)->dispose (object);
}

static void
kvar_function_runs_finalize (GObject *object)
{
  KvarFunctionRuns *self = KVAR_FUNCTION_RUNS (object);

  g_clear_pointer (&self->reports, g_hash_table_unref);
  g_clear_pointer (&self->claimed, g_hash_table_unref);
  g_clear_pointer (&self->state_dir, g_free);

  G_OBJECT_CLASS (kvar_function_runs_parent_class)->finalize (object);
}

static void
kvar_function_runs_class_init (KvarFunctionRunsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = kvar_function_runs_dispose;
  object_class->finalize = kvar_function_runs_finalize;
}

static void
kvar_function_runs_init (KvarFunctionRuns *self)
{
  self->reports = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self->claimed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

/**
 * kvar_function_runs_new:
 * @state_dir: where the reports' last parameters are remembered
 */
KvarFunctionRuns *
kvar_function_runs_new (KvarSession *session,
                        const char  *state_dir)
{
  KvarFunctionRuns *self;

  g_return_val_if_fail (KVAR_IS_SESSION (session), NULL);
  g_return_val_if_fail (state_dir != NULL, NULL);

  self = g_object_new (KVAR_TYPE_FUNCTION_RUNS, NULL);
  self->session = g_object_ref (session);
  self->state_dir = g_strdup (state_dir);

  return self;
}

/**
 * kvar_function_runs_get_report:
 * @schema: (nullable): where @function is from
 *
 * Returns: (transfer none): its report, which may be running, or have a result from before
 */
KvarReport *
kvar_function_runs_get_report (KvarFunctionRuns *self,
                               KvarSchema       *schema,
                               KvarFunction     *function)
{
  const char *name;
  KvarReport *report;

  g_return_val_if_fail (KVAR_IS_FUNCTION_RUNS (self), NULL);
  g_return_val_if_fail (KVAR_IS_FUNCTION (function), NULL);

  name = kvar_function_get_name (function);
  report = g_hash_table_lookup (self->reports, name);

  /* A schema that was loaded anew may want other parameters. */
  if (report != NULL && (kvar_report_get_function (report) == function ||
                         kvar_report_get_state (report) == KVAR_REPORT_RUNNING ||
                         kvar_report_get_state (report) == KVAR_REPORT_HELD))
    return report;

  report = kvar_report_new (self->session, schema, function, self->state_dir);
  g_hash_table_replace (self->reports, g_strdup (name), report);

  return report;
}

/**
 * kvar_function_runs_claim:
 * @key: the record's route key
 *
 * Returns: %FALSE if something is running for this record already
 */
gboolean
kvar_function_runs_claim (KvarFunctionRuns *self,
                          const char       *table,
                          const char       *key)
{
  g_return_val_if_fail (KVAR_IS_FUNCTION_RUNS (self), FALSE);
  g_return_val_if_fail (table != NULL && key != NULL, FALSE);

  return g_hash_table_add (self->claimed, dup_place (table, key));
}

void
kvar_function_runs_release (KvarFunctionRuns *self,
                            const char       *table,
                            const char       *key)
{
  g_autofree char *place = NULL;

  g_return_if_fail (KVAR_IS_FUNCTION_RUNS (self));

  place = dup_place (table, key);
  g_hash_table_remove (self->claimed, place);
}

gboolean
kvar_function_runs_is_claimed (KvarFunctionRuns *self,
                               const char       *table,
                               const char       *key)
{
  g_autofree char *place = NULL;

  g_return_val_if_fail (KVAR_IS_FUNCTION_RUNS (self), FALSE);

  place = dup_place (table, key);

  return g_hash_table_contains (self->claimed, place);
}

/**
 * kvar_function_runs_cancel:
 *
 * Gives up all reports, and forgets what they gave: somebody else uses the session now. What
 * was begun for a record ends by itself.
 */
void
kvar_function_runs_cancel (KvarFunctionRuns *self)
{
  GHashTableIter iter;
  gpointer report;

  g_return_if_fail (KVAR_IS_FUNCTION_RUNS (self));

  g_hash_table_iter_init (&iter, self->reports);
  while (g_hash_table_iter_next (&iter, NULL, &report))
    kvar_report_cancel (report);
  g_hash_table_remove_all (self->reports);
}
