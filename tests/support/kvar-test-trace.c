/* kvar-test-trace.c: the promises of a session, checked on everything it has done
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "kvar-clock.h"
#include "kvar-test-trace.h"
#include "session/kvar-session-machine.h"
#include "session/kvar-verdict.h"

#define MOST_SENT    3    /* once, again with a new token, again when the server's clock is ready */
#define MOST_UNDUE   10
#define UNDUE_WINDOW (5 * KVAR_CLOCK_MINUTE - 2 * KVAR_CLOCK_SECOND)    /* counted at the start */
#define LONGEST_WAIT KVAR_CLOCK_MINUTE

typedef const KvarSessionTraceEntry Entry;

static Entry *
find_before (KvarSessionTrace *trace,
             guint             position,
             KvarSessionStep   step)
{
  while (position > 0)
    {
      Entry *entry = kvar_session_trace_get (trace, --position);

      if (entry->step == step)
        return entry;
    }

  return NULL;
}

static void
check_end (KvarSessionTrace *trace,
           guint             position)
{
  Entry *entry = kvar_session_trace_get (trace, position);
  Entry *verdict = find_before (trace, position, KVAR_SESSION_STEP_VERDICT);

  if (!kvar_session_machine_has_token (entry->number) && entry->number != KVAR_SESSION_BLOCKED)
    return;

  if (entry->detail == KVAR_SESSION_SIGNED_OUT)
    g_assert_cmpstr (entry->word, ==, "leave");

  if (entry->detail == KVAR_SESSION_EXPIRED)
    {
      g_assert_cmpstr (entry->word, ==, "over");
      g_assert_nonnull (verdict);
      g_assert_true (verdict->detail == KVAR_VERDICT_OVER ||
                     verdict->detail == KVAR_VERDICT_DOUBTFUL);
    }
}

/* What was last heard of the vault about the token that is now traded in; nothing, where it
 * came out of the vault. */
static void
check_stored (KvarSessionTrace *trace,
              guint             position)
{
  Entry *asked = kvar_session_trace_get (trace, position);

  while (position > 0)
    {
      Entry *entry = kvar_session_trace_get (trace, --position);

      if (entry->number != asked->number || entry->generation != asked->generation)
        continue;

      if (entry->step == KVAR_SESSION_STEP_STORED)
        return;
      if (entry->step == KVAR_SESSION_STEP_NOT_STORED || entry->step == KVAR_SESSION_STEP_STORING)
        {
          g_assert_true (asked->detail & KVAR_SESSION_ASK_AT_RISK);
          return;
        }
    }
}

/* A question of which the server never heard is no burden to it. */
static gboolean
is_undue (KvarSessionTrace *trace,
          guint             position)
{
  Entry *asked = kvar_session_trace_get (trace, position);

  if (asked->step != KVAR_SESSION_STEP_ASKED || (asked->detail & KVAR_SESSION_ASK_UNDUE) == 0)
    return FALSE;

  while (++position < kvar_session_trace_get_n (trace))
    {
      Entry *entry = kvar_session_trace_get (trace, position);

      if (entry->step == KVAR_SESSION_STEP_VERDICT)
        return g_strcmp0 (entry->word, "not reached") != 0;
      if (entry->step == KVAR_SESSION_STEP_ASKED)
        break;
    }

  return TRUE;
}

static void
check_undue (KvarSessionTrace *trace,
             guint             position)
{
  Entry *last = kvar_session_trace_get (trace, position);
  guint n = 1;

  while (position > 0)
    {
      Entry *entry = kvar_session_trace_get (trace, --position);

      if (entry->step == KVAR_SESSION_STEP_GENERATION || entry->at < last->at - UNDUE_WINDOW)
        break;
      if (is_undue (trace, position))
        n++;
    }

  g_assert_cmpuint (n, <=, MOST_UNDUE);
}

static void
check_served (KvarSessionTrace *trace,
              guint             position)
{
  Entry *served = kvar_session_trace_get (trace, position);
  gboolean slept = FALSE;

  while (position > 0)
    {
      Entry *entry = kvar_session_trace_get (trace, --position);

      slept |= entry->step == KVAR_SESSION_STEP_RESUMED;
      if (entry->step != KVAR_SESSION_STEP_WAITING || entry->number != served->number)
        continue;

      if (!slept)
        g_assert_cmpint (served->at - entry->at, <=, LONGEST_WAIT);
      return;
    }

  g_assert_not_reached ();
}

void
kvar_test_trace_check (KvarSession *session)
{
  KvarSessionTrace *trace = kvar_session_get_trace (session);
  g_autoptr(GHashTable) sent = g_hash_table_new (NULL, NULL);
  int n_waiting = 0;

  for (guint i = 0; i < kvar_session_trace_get_n (trace); i++)
    {
      Entry *entry = kvar_session_trace_get (trace, i);
      gpointer number = GUINT_TO_POINTER (entry->number);
      guint n = GPOINTER_TO_UINT (g_hash_table_lookup (sent, number));

      if (entry->step == KVAR_SESSION_STEP_STATE)
        check_end (trace, i);
      else if (entry->step == KVAR_SESSION_STEP_ADOPTED)
        g_assert_cmpuint (entry->detail, ==, entry->generation);
      else if (entry->step == KVAR_SESSION_STEP_ASKED)
        {
          check_stored (trace, i);
          if (is_undue (trace, i))
            check_undue (trace, i);
        }
      else if (entry->step == KVAR_SESSION_STEP_SENT)
        {
          g_assert_cmpuint (n + 1, <=, MOST_SENT);
          g_hash_table_insert (sent, number, GUINT_TO_POINTER (n + 1));
        }
      else if (entry->step == KVAR_SESSION_STEP_WAITING)
        n_waiting++;
      else if (entry->step == KVAR_SESSION_STEP_SERVED)
        {
          n_waiting--;
          check_served (trace, i);
        }
    }

  g_assert_cmpint (n_waiting, ==, 0);
}
