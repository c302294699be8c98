/* kvar-session-trace.c: what a session has done lately, step by step and without secrets
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Cheap enough to be kept always: a few numbers a step. Tests keep all of it and check the
 * promises of the session on it.
 */

#define G_LOG_DOMAIN "kvar-core"

#include "config.h"

#include "session/kvar-session-trace.h"

#define LIMIT 256

struct _KvarSessionTrace
{
  GArray   *entries;     /* of KvarSessionTraceEntry, the oldest first */
  gboolean  keeps_all;
};

KvarSessionTrace *
kvar_session_trace_new (void)
{
  KvarSessionTrace *self = g_new0 (KvarSessionTrace, 1);

  self->entries = g_array_new (FALSE, TRUE, sizeof (KvarSessionTraceEntry));

  return self;
}

void
kvar_session_trace_free (KvarSessionTrace *self)
{
  g_array_unref (self->entries);
  g_free (self);
}

/**
 * kvar_session_trace_keep_all:
 *
 * From now on nothing is forgotten; otherwise at least the last 256 steps are kept.
 */
void
kvar_session_trace_keep_all (KvarSessionTrace *self)
{
  self->keeps_all = TRUE;
}

/**
 * kvar_session_trace_add:
 * @word: (nullable): a code or a name, never a secret
 */
void
kvar_session_trace_add (KvarSessionTrace *self,
                        KvarSessionStep   step,
                        gint64            at,
                        guint             generation,
                        guint             number,
                        guint             detail,
                        const char       *word)
{
  KvarSessionTraceEntry entry = { step, at, generation, number, detail,
                                  g_intern_string (word) };

  /* Rarely and much at once, so that most steps move nothing. */
  if (!self->keeps_all && self->entries->len >= 2 * LIMIT)
    g_array_remove_range (self->entries, 0, LIMIT);

  g_array_append_val (self->entries, entry);
}

guint
kvar_session_trace_get_n (KvarSessionTrace *self)
{
  return self->entries->len;
}

/**
 * kvar_session_trace_get:
 *
 * Returns: (transfer none): the step at @position, valid until the next one is added
 */
const KvarSessionTraceEntry *
kvar_session_trace_get (KvarSessionTrace *self,
                        guint             position)
{
  g_return_val_if_fail (position < self->entries->len, NULL);

  return &g_array_index (self->entries, KvarSessionTraceEntry, position);
}
