/* kvar-demo-sessions.c: signed-in sessions and their refresh tokens, as rows
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-demo"

#include "config.h"

#include <string.h>

#include "kvar-demo-sessions.h"

struct _KvarDemoSessions
{
  const KvarDemoConfig *config;
  KvarDemoDatabase     *database;
  KvarDemoClock        *clock;
};

/**
 * kvar_demo_sessions_new:
 *
 * All three arguments outlive the object. Makes the tables when they are missing.
 */
KvarDemoSessions *
kvar_demo_sessions_new (const KvarDemoConfig *config,
                        KvarDemoDatabase     *database,
                        KvarDemoClock        *clock)
{
  KvarDemoSessions *self = g_new0 (KvarDemoSessions, 1);

  self->config = config;
  self->database = database;
  self->clock = clock;

  kvar_demo_database_exec (database,
                           "CREATE TABLE IF NOT EXISTS auth_sessions ("
                           " id TEXT PRIMARY KEY,"
                           " user_id TEXT NOT NULL,"
                           " created_at INTEGER NOT NULL,"
                           " refreshed_at INTEGER NOT NULL,"
                           " counter INTEGER NOT NULL DEFAULT 0,"
                           " key BLOB NOT NULL);"
                           "CREATE INDEX IF NOT EXISTS auth_sessions_user_id"
                           " ON auth_sessions (user_id);"
                           "CREATE TABLE IF NOT EXISTS auth_refresh_tokens ("
                           " id INTEGER PRIMARY KEY,"
                           " token TEXT NOT NULL UNIQUE,"
                           " session_id TEXT NOT NULL"
                           "  REFERENCES auth_sessions (id) ON DELETE CASCADE,"
                           " parent TEXT,"
                           " revoked INTEGER NOT NULL DEFAULT 0,"
                           " updated_at INTEGER NOT NULL);"
                           "CREATE INDEX IF NOT EXISTS auth_refresh_tokens_session_id"
                           " ON auth_refresh_tokens (session_id);");

  return self;
}

void
kvar_demo_sessions_free (KvarDemoSessions *self)
{
  g_free (self);
}

void
kvar_demo_presented_free (KvarDemoPresented *self)
{
  g_free (self->token);
  g_free (self->session_id);
  g_free (self->user_id);
  g_free (self);
}

static char *
add_opaque (KvarDemoSessions *self,
            const char       *session_id,
            const char       *parent)
{
  char *token = kvar_demo_refresh_make_opaque ();

  kvar_demo_database_run (self->database,
                          "INSERT INTO auth_refresh_tokens (token, session_id, parent,"
                          " updated_at) VALUES (?, ?, ?, ?)",
                          "sssi", token, session_id, parent,
                          kvar_demo_clock_get_usec (self->clock));

  return token;
}

/**
 * kvar_demo_sessions_begin:
 * @token: (out): the session's first refresh token
 *
 * Returns: (transfer full): the id of a new session of @user_id
 */
char *
kvar_demo_sessions_begin (KvarDemoSessions  *self,
                          const char        *user_id,
                          char             **token)
{
  g_autofree char *id = g_uuid_string_random ();
  g_autofree char *key_hex = NULL;
  GString *hex = g_string_new (NULL);
  guint8 key[KVAR_DEMO_REFRESH_KEY_LENGTH];
  gint64 now = kvar_demo_clock_get_usec (self->clock);
  g_autofree char *sql = NULL;

  for (gsize i = 0; i < sizeof key; i++)
    {
      key[i] = g_random_int_range (0, 256);
      g_string_append_printf (hex, "%02x", key[i]);
    }
  key_hex = g_string_free (hex, FALSE);

  sql = g_strdup_printf ("INSERT INTO auth_sessions (id, user_id, created_at, refreshed_at, key)"
                         " VALUES (?, ?, ?, ?, x'%s')", key_hex);
  kvar_demo_database_run (self->database, sql, "ssii", id, user_id, now, now);

  if (self->config->refresh_algorithm == 2)
    *token = kvar_demo_refresh_make_counter (id, 0, key);
  else
    *token = add_opaque (self, id, NULL);

  return g_steal_pointer (&id);
}

/**
 * kvar_demo_sessions_get_created:
 *
 * Returns: µs since 1970, or 0 when there is no such session
 */
gint64
kvar_demo_sessions_get_created (KvarDemoSessions *self,
                                const char       *session_id)
{
  g_autoptr(sqlite3_stmt) row = NULL;

  row = kvar_demo_database_prepare (self->database,
                                    "SELECT created_at FROM auth_sessions WHERE id = ?",
                                    "s", session_id);

  return sqlite3_step (row) == SQLITE_ROW ? sqlite3_column_int64 (row, 0) : 0;
}

gboolean
kvar_demo_sessions_exists (KvarDemoSessions *self,
                           const char       *session_id)
{
  return kvar_demo_sessions_get_created (self, session_id) != 0;
}

/**
 * kvar_demo_sessions_end:
 *
 * Returns: how many sessions that were
 */
int
kvar_demo_sessions_end (KvarDemoSessions *self,
                        const char       *session_id)
{
  return kvar_demo_database_run (self->database, "DELETE FROM auth_sessions WHERE id = ?",
                                 "s", session_id);
}

/**
 * kvar_demo_sessions_end_user:
 * @except: (nullable): the session that stays
 */
int
kvar_demo_sessions_end_user (KvarDemoSessions *self,
                             const char       *user_id,
                             const char       *except)
{
  return kvar_demo_database_run (self->database,
                                 "DELETE FROM auth_sessions WHERE user_id = ? AND id IS NOT ?",
                                 "ss", user_id, except);
}

int
kvar_demo_sessions_end_all (KvarDemoSessions *self)
{
  return kvar_demo_database_run (self->database, "DELETE FROM auth_sessions", "");
}

/* Fills what belongs to the session; gives the time of its last refresh, or -1 without one. */
static gint64
load_session (KvarDemoSessions  *self,
              const char        *session_id,
              KvarDemoPresented *presented)
{
  g_autoptr(sqlite3_stmt) row = NULL;

  row = kvar_demo_database_prepare (self->database,
                                    "SELECT user_id, counter, key, refreshed_at"
                                    " FROM auth_sessions WHERE id = ?",
                                    "s", session_id);
  if (sqlite3_step (row) != SQLITE_ROW)
    return -1;

  presented->session_id = g_strdup (session_id);
  presented->user_id = g_strdup ((const char *)sqlite3_column_text (row, 0));
  presented->counter = sqlite3_column_int64 (row, 1);
  memcpy (presented->key, sqlite3_column_blob (row, 2), sizeof presented->key);

  return sqlite3_column_int64 (row, 3);
}

static void
present_opaque (KvarDemoSessions  *self,
                KvarDemoPresented *presented,
                gint64             interval)
{
  g_autoptr(sqlite3_stmt) row = NULL;
  gint64 age;

  /* The active token is the session's newest one that is not revoked. */
  row = kvar_demo_database_prepare (self->database,
                                    "SELECT session_id, revoked, updated_at, token IS ("
                                    " SELECT a.parent FROM auth_refresh_tokens a"
                                    " WHERE a.session_id = t.session_id AND NOT a.revoked"
                                    " ORDER BY a.id DESC LIMIT 1)"
                                    " FROM auth_refresh_tokens t WHERE token = ?",
                                    "s", presented->token);
  if (sqlite3_step (row) != SQLITE_ROW)
    return;

  if (load_session (self, (const char *)sqlite3_column_text (row, 0), presented) < 0)
    return;

  presented->state = KVAR_DEMO_PRESENTED_FOUND;
  age = kvar_demo_clock_get_usec (self->clock) - sqlite3_column_int64 (row, 2);
  presented->verdict = kvar_demo_refresh_decide_opaque (sqlite3_column_int (row, 1),
                                                        sqlite3_column_int (row, 3),
                                                        age, interval);
}

static void
present_counter (KvarDemoSessions       *self,
                 KvarDemoPresented      *presented,
                 KvarDemoRefreshCounter *counter,
                 gint64                  interval)
{
  gint64 refreshed_at = load_session (self, counter->session_id, presented);
  gint64 age = kvar_demo_clock_get_usec (self->clock) - refreshed_at;
  gint64 behind = (gint64)presented->counter - (gint64)counter->counter;

  if (refreshed_at < 0 || !kvar_demo_refresh_verify (counter, presented->key))
    return;

  presented->state = KVAR_DEMO_PRESENTED_FOUND;
  presented->recent = ABS (age) < interval;
  presented->verdict = kvar_demo_refresh_decide_counter (behind, age, interval);
}

/**
 * kvar_demo_sessions_present:
 * @token: (nullable)
 *
 * Finds out whose @token is and what should become of it; changes nothing.
 *
 * Returns: (transfer full): the finding
 */
KvarDemoPresented *
kvar_demo_sessions_present (KvarDemoSessions *self,
                            const char       *token)
{
  KvarDemoPresented *presented = g_new0 (KvarDemoPresented, 1);
  gint64 interval = self->config->reuse_interval * G_USEC_PER_SEC;
  KvarDemoRefreshCounter counter;

  presented->token = g_strdup (token);
  presented->state = KVAR_DEMO_PRESENTED_UNKNOWN;
  presented->form = kvar_demo_refresh_parse (token, &counter);

  switch (presented->form)
    {
    case KVAR_DEMO_REFRESH_FORM_OPAQUE:
      present_opaque (self, presented, interval);
      break;

    case KVAR_DEMO_REFRESH_FORM_COUNTER:
      present_counter (self, presented, &counter, interval);
      break;

    case KVAR_DEMO_REFRESH_FORM_IMPOSSIBLE:
    default:
      presented->state = KVAR_DEMO_PRESENTED_IMPOSSIBLE;
      break;
    }

  return presented;
}

static char *
get_active_opaque (KvarDemoSessions *self,
                   const char       *session_id)
{
  g_autoptr(sqlite3_stmt) row = NULL;

  row = kvar_demo_database_prepare (self->database,
                                    "SELECT token FROM auth_refresh_tokens"
                                    " WHERE session_id = ? AND NOT revoked"
                                    " ORDER BY id DESC LIMIT 1",
                                    "s", session_id);

  return sqlite3_step (row) == SQLITE_ROW
           ? g_strdup ((const char *)sqlite3_column_text (row, 0)) : NULL;
}

static char *
exchange_opaque (KvarDemoSessions  *self,
                 KvarDemoPresented *presented,
                 gint64             now)
{
  switch (presented->verdict)
    {
    case KVAR_DEMO_REFRESH_PARENT:
      return get_active_opaque (self, presented->session_id);

    case KVAR_DEMO_REFRESH_ROTATE:
    case KVAR_DEMO_REFRESH_FORK:
      kvar_demo_database_run (self->database,
                              "UPDATE auth_refresh_tokens SET revoked = 1, updated_at = ?"
                              " WHERE token = ?", "is", now, presented->token);
      return add_opaque (self, presented->session_id, presented->token);

    case KVAR_DEMO_REFRESH_CURRENT:
    case KVAR_DEMO_REFRESH_USED:
    case KVAR_DEMO_REFRESH_AHEAD:
    default:
      /* The family ends, but its session row stays: access tokens live on. */
      kvar_demo_database_run (self->database,
                              "UPDATE auth_refresh_tokens SET revoked = 1, updated_at = ?"
                              " WHERE session_id = ? AND NOT revoked",
                              "is", now, presented->session_id);
      return NULL;
    }
}

static char *
exchange_counter (KvarDemoSessions  *self,
                  KvarDemoPresented *presented)
{
  switch (presented->verdict)
    {
    case KVAR_DEMO_REFRESH_ROTATE:
      presented->counter++;
      kvar_demo_database_run (self->database,
                              "UPDATE auth_sessions SET counter = counter + 1 WHERE id = ?",
                              "s", presented->session_id);
      break;

    case KVAR_DEMO_REFRESH_PARENT:
    case KVAR_DEMO_REFRESH_CURRENT:
      break;

    case KVAR_DEMO_REFRESH_AHEAD:
      return NULL;

    case KVAR_DEMO_REFRESH_FORK:
    case KVAR_DEMO_REFRESH_USED:
    default:
      kvar_demo_sessions_end (self, presented->session_id);
      return NULL;
    }

  return kvar_demo_refresh_make_counter (presented->session_id, presented->counter,
                                         presented->key);
}

/**
 * kvar_demo_sessions_exchange:
 * @presented: a finding in the state found; its counter is brought up to date
 *
 * Carries the verdict out. The whole step is one transaction, as GoTrue's is.
 *
 * Returns: (transfer full) (nullable): the refresh token to answer, or %NULL when the verdict
 *   ended the family or refused the token
 */
char *
kvar_demo_sessions_exchange (KvarDemoSessions  *self,
                             KvarDemoPresented *presented)
{
  gint64 now = kvar_demo_clock_get_usec (self->clock);
  char *token;

  kvar_demo_database_exec (self->database, "BEGIN IMMEDIATE");

  if (presented->form == KVAR_DEMO_REFRESH_FORM_COUNTER)
    token = exchange_counter (self, presented);
  else
    token = exchange_opaque (self, presented, now);

  if (token != NULL)
    kvar_demo_database_run (self->database,
                            "UPDATE auth_sessions SET refreshed_at = ? WHERE id = ?",
                            "is", now, presented->session_id);

  kvar_demo_database_exec (self->database, "COMMIT");

  return token;
}
