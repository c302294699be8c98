/* kvar-revocation.c: tells the auth server that somebody signed out, later if need be
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A job keeps nothing but the credential, in a slot of its own in the vault, and uses it
 * for nothing else: trade it in if its access token has died, unseen by the session, then
 * log out with that. A small file without secrets remembers the job across restarts.
 */

#define G_LOG_DOMAIN "kvar-core"

#include "config.h"

#include <glib/gstdio.h>

#include "kvar-backoff.h"
#include "session/kvar-auth-api.h"
#include "session/kvar-credential-lock.h"
#include "session/kvar-session-private.h"

#define PREFIX       "revocation-"
#define GROUP        "revocation"
#define SLOT_PREFIX  "revoke:"
#define FIRST_WAIT   (10 * KVAR_CLOCK_SECOND)     /* after a start */
#define LONG_WAIT    (10 * KVAR_CLOCK_MINUTE)     /* between tries when it takes long */
#define GIVE_UP      (30 * 24 * KVAR_CLOCK_HOUR)

typedef struct
{
  KvarSession        *session;     /* (nullable), unowned: NULL when the session is gone */
  KvarVault          *vault;
  KvarTransport      *transport;
  KvarClock          *clock;
  char               *project_id;
  char               *user_id;
  char               *id;
  char               *path;
  KvarToken          *token;       /* (nullable): still in the vault only */
  KvarSignOutScope    scope;
  gint64              since;       /* wall clock */
  gint64              asked_at;
  guint               attempt;
  guint               timer_id;
  KvarCredentialLock *lock;
  GTask              *task;        /* (nullable): who waits for the first try */
} KvarRevocation;

/* A job: lock → move to its own slot → (trade in) → log out → forget. */
static void revocation_locked_cb     (GObject *object, GAsyncResult *result, gpointer user_data);
static void revocation_kept_cb       (GObject *object, GAsyncResult *result, gpointer user_data);
static void revocation_moved_cb      (GObject *object, GAsyncResult *result, gpointer user_data);
static void revocation_traded_in_cb  (GObject *object, GAsyncResult *result, gpointer user_data);
static void revocation_logged_out_cb (GObject *object, GAsyncResult *result, gpointer user_data);
static void revocation_forgotten_cb  (GObject *object, GAsyncResult *result, gpointer user_data);
static void revocation_again_cb      (gpointer user_data);
static void revocation_relocked_cb   (GObject *object, GAsyncResult *result, gpointer user_data);
static void revocation_looked_up_cb  (GObject *object, GAsyncResult *result, gpointer user_data);

static void
revocation_free (KvarRevocation *job)
{
  if (job->timer_id != 0)
    kvar_clock_remove_timer (job->clock, job->timer_id);
  if (job->lock != NULL)
    kvar_credential_lock_release (job->lock);
  g_clear_object (&job->lock);
  g_clear_object (&job->task);
  g_clear_object (&job->vault);
  g_clear_object (&job->transport);
  g_clear_object (&job->clock);
  g_clear_pointer (&job->token, kvar_token_unref);
  g_free (job->project_id);
  g_free (job->user_id);
  g_free (job->id);
  g_free (job->path);
  g_free (job);
}

static KvarRevocation *
revocation_new (KvarSession *self,
                const char  *id,
                const char  *user_id)
{
  KvarRevocation *job = g_new0 (KvarRevocation, 1);
  g_autofree char *name = g_strconcat (PREFIX, id, ".conf", NULL);

  job->session = self;
  job->vault = g_object_ref (self->vault);
  job->transport = g_object_ref (self->transport);
  job->clock = g_object_ref (self->clock);
  job->project_id = g_strdup (kvar_project_get_id (self->project));
  job->user_id = g_strdup (user_id);
  job->id = g_strdup (id);
  job->path = g_build_filename (self->state_dir, name, NULL);
  job->lock = kvar_credential_lock_new (self->state_dir, job->project_id, user_id, self->clock);
  g_ptr_array_add (self->revocations, job);

  return job;
}

static char *
make_slot (KvarRevocation *job)
{
  return g_strconcat (SLOT_PREFIX, job->id, NULL);
}

static void
save (KvarRevocation *job)
{
  g_autoptr(GKeyFile) file = g_key_file_new ();
  g_autofree char *text = NULL;
  g_autoptr(GError) error = NULL;

  g_key_file_set_string (file, GROUP, "project", job->project_id);
  g_key_file_set_string (file, GROUP, "user", job->user_id);
  g_key_file_set_boolean (file, GROUP, "everywhere", job->scope == KVAR_SIGN_OUT_GLOBAL);
  g_key_file_set_int64 (file, GROUP, "since", job->since);
  text = g_key_file_to_data (file, NULL, NULL);

  if (!g_file_set_contents_full (job->path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600,
                                 &error))
    g_message ("Cannot write %s: %s", job->path, error->message);
}

static void
return_to_caller (KvarRevocation *job,
                  gboolean        done)
{
  g_autoptr(GTask) task = g_steal_pointer (&job->task);

  if (task != NULL)
    g_task_return_boolean (task, done);
}

/* The job is over; frees it. */
static void
drop (KvarRevocation *job)
{
  if (job->session != NULL)
    g_ptr_array_remove (job->session->revocations, job);
  revocation_free (job);
}

/* The server could not be told. Without a session nobody is left to try again here; the
 * file reminds the next process. */
static void
try_later (KvarRevocation *job)
{
  kvar_credential_lock_release (job->lock);
  return_to_caller (job, FALSE);

  if (job->session == NULL)
    {
      drop (job);
      return;
    }

  job->timer_id = kvar_clock_add_timer (job->clock,
                                        job->attempt < 10
                                        ? kvar_backoff_delay (job->attempt, -1, NULL)
                                        : LONG_WAIT,
                                        revocation_again_cb, job);
  job->attempt++;
}

static void
forget (KvarRevocation *job)
{
  g_autofree char *slot = make_slot (job);

  g_unlink (job->path);
  kvar_vault_clear_async (job->vault, job->project_id, slot, NULL, revocation_forgotten_cb, job);
}

static void
revocation_forgotten_cb (GObject      *object,
                         GAsyncResult *result,
                         gpointer      user_data)
{
  KvarRevocation *job = user_data;
  g_autoptr(GError) error = NULL;

  if (!kvar_vault_clear_finish (KVAR_VAULT (object), result, &error))
    g_message ("A spent credential stays in the vault: %s", error->message);

  kvar_credential_lock_release (job->lock);
  return_to_caller (job, TRUE);
  drop (job);
}

static void
log_out (KvarRevocation *job)
{
  g_autoptr(KvarRequest) request = NULL;
  g_autoptr(KvarRequest) authorised = NULL;

  request = kvar_auth_api_new_sign_out (job->scope == KVAR_SIGN_OUT_GLOBAL ? "global" : "local");
  authorised = kvar_request_with_bearer (request, kvar_token_get_access (job->token));
  kvar_transport_send_async (job->transport, authorised, NULL, revocation_logged_out_cb, job);
}

static void
trade_in (KvarRevocation *job)
{
  g_autoptr(KvarRequest) request = NULL;

  request = kvar_auth_api_new_refresh (kvar_token_get_refresh (job->token));
  job->asked_at = kvar_clock_get_boottime (job->clock);
  kvar_transport_send_async (job->transport, request, NULL, revocation_traded_in_cb, job);
}

static void
tell_server (KvarRevocation *job)
{
  if (kvar_token_is_usable (job->token, kvar_clock_get_boottime (job->clock)))
    log_out (job);
  else
    trade_in (job);
}

static void
revocation_traded_in_cb (GObject      *object,
                         GAsyncResult *result,
                         gpointer      user_data)
{
  KvarRevocation *job = user_data;
  g_autoptr(KvarReply) reply = NULL;
  g_autoptr(KvarToken) token = NULL;
  g_autoptr(GError) error = NULL;

  reply = kvar_transport_send_finish (KVAR_TRANSPORT (object), result, &error);
  if (reply != NULL)
    token = kvar_token_new_from_reply (reply, job->asked_at,
                                       kvar_clock_get_server_time (job->clock), NULL);

  switch (kvar_verdict_judge (reply, error, token, job->user_id))
    {
    case KVAR_VERDICT_RENEWED:
      kvar_token_unref (job->token);
      job->token = g_steal_pointer (&token);
      log_out (job);
      break;

    case KVAR_VERDICT_DOUBTFUL:
    case KVAR_VERDICT_OVER:
      forget (job);
      break;

    case KVAR_VERDICT_LOST:
    case KVAR_VERDICT_NOT_NOW:
    case KVAR_VERDICT_BLOCKED:
    default:
      try_later (job);
      break;
    }
}

/* A refusal by the auth server's own word says that the session is gone already. */
static void
revocation_logged_out_cb (GObject      *object,
                          GAsyncResult *result,
                          gpointer      user_data)
{
  KvarRevocation *job = user_data;
  g_autoptr(KvarReply) reply = NULL;
  int status;

  reply = kvar_transport_send_finish (KVAR_TRANSPORT (object), result, NULL);
  status = reply != NULL ? kvar_reply_get_status (reply) : 0;

  if (status == 204 || status == 200 || (reply != NULL && kvar_verdict_suspicion (reply)))
    {
      forget (job);
    }
  else if (reply != NULL && kvar_reply_token_problem (reply, KVAR_SERVICE_AUTH) !=
           KVAR_TOKEN_PROBLEM_NONE && job->attempt == 0)
    {
      job->attempt++;
      trade_in (job);
    }
  else
    {
      try_later (job);
    }
}

/**
 * kvar_session_revoke_async:
 * @token: what the person's session was
 *
 * Takes @token out of use and tells the server. It cannot be cancelled: once somebody has
 * signed out, the job goes on by itself until the server knows.
 */
void
kvar_session_revoke_async (KvarSession         *self,
                           KvarToken           *token,
                           KvarSignOutScope     scope,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  g_autofree char *id = g_uuid_string_random ();
  KvarRevocation *job = revocation_new (self, id, kvar_token_get_user_id (token));

  job->token = kvar_token_ref (token);
  job->scope = scope;
  job->since = kvar_clock_get_wall (self->clock);
  job->task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (job->task, kvar_session_revoke_async);

  kvar_credential_lock_take_async (job->lock, NULL, revocation_locked_cb, job);
}

/**
 * kvar_session_revoke_finish:
 *
 * Returns: whether the server knows; otherwise it will be told later
 */
gboolean
kvar_session_revoke_finish (KvarSession   *self,
                            GAsyncResult  *result,
                            GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
revocation_locked_cb (GObject      *object,
                      GAsyncResult *result,
                      gpointer      user_data)
{
  KvarRevocation *job = user_data;
  g_autofree char *slot = make_slot (job);
  g_autofree char *secret = kvar_token_to_secret (job->token);

  kvar_credential_lock_take_finish (KVAR_CREDENTIAL_LOCK (object), result, NULL);

  if (kvar_vault_is_persistent (job->vault))
    save (job);
  kvar_vault_store_async (job->vault, job->project_id, slot, secret, NULL,
                          revocation_kept_cb, job);
  explicit_bzero (secret, strlen (secret));
}

static void
revocation_kept_cb (GObject      *object,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  KvarRevocation *job = user_data;
  g_autoptr(GError) error = NULL;

  if (!kvar_vault_store_finish (KVAR_VAULT (object), result, &error))
    g_message ("The revocation is kept in memory only: %s", error->message);

  kvar_vault_clear_async (job->vault, job->project_id, job->user_id, NULL,
                          revocation_moved_cb, job);
}

static void
revocation_moved_cb (GObject      *object,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  KvarRevocation *job = user_data;
  g_autoptr(GError) error = NULL;

  if (!kvar_vault_clear_finish (KVAR_VAULT (object), result, &error))
    g_message ("The vault was not cleared: %s", error->message);

  tell_server (job);
}

static void
revocation_again_cb (gpointer user_data)
{
  KvarRevocation *job = user_data;

  job->timer_id = 0;
  if (kvar_clock_get_wall (job->clock) > job->since + GIVE_UP)
    forget (job);
  else
    kvar_credential_lock_take_async (job->lock, NULL, revocation_relocked_cb, job);
}

static void
revocation_relocked_cb (GObject      *object,
                        GAsyncResult *result,
                        gpointer      user_data)
{
  KvarRevocation *job = user_data;
  g_autofree char *slot = make_slot (job);

  kvar_credential_lock_take_finish (KVAR_CREDENTIAL_LOCK (object), result, NULL);

  if (job->token != NULL)
    tell_server (job);
  else
    kvar_vault_lookup_async (job->vault, job->project_id, slot, NULL,
                             revocation_looked_up_cb, job);
}

static void
revocation_looked_up_cb (GObject      *object,
                         GAsyncResult *result,
                         gpointer      user_data)
{
  KvarRevocation *job = user_data;
  g_autofree char *secret = NULL;
  g_autoptr(GError) error = NULL;

  secret = kvar_vault_lookup_finish (KVAR_VAULT (object), result, &error);
  if (secret != NULL)
    {
      job->token = kvar_token_parse (secret, job->clock, NULL);
      explicit_bzero (secret, strlen (secret));
    }

  if (job->token != NULL)
    tell_server (job);
  else if (error != NULL)
    try_later (job);
  else
    forget (job);    /* another process has done it */
}

static void
load_job (KvarSession *self,
          const char  *name)
{
  g_autoptr(GKeyFile) file = g_key_file_new ();
  g_autofree char *path = g_build_filename (self->state_dir, name, NULL);
  g_autofree char *project_id = NULL;
  g_autofree char *user_id = NULL;
  g_autofree char *id = NULL;
  KvarRevocation *job;

  if (!g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, NULL))
    return;

  project_id = g_key_file_get_string (file, GROUP, "project", NULL);
  user_id = g_key_file_get_string (file, GROUP, "user", NULL);
  if (g_strcmp0 (project_id, kvar_project_get_id (self->project)) != 0 || user_id == NULL)
    return;

  id = g_strndup (name + strlen (PREFIX), strlen (name) - strlen (PREFIX) - strlen (".conf"));
  job = revocation_new (self, id, user_id);
  job->scope = g_key_file_get_boolean (file, GROUP, "everywhere", NULL) ? KVAR_SIGN_OUT_GLOBAL
                                                                        : KVAR_SIGN_OUT_LOCAL;
  job->since = g_key_file_get_int64 (file, GROUP, "since", NULL);
  job->timer_id = kvar_clock_add_timer (self->clock, FIRST_WAIT, revocation_again_cb, job);
}

/**
 * kvar_session_load_revocations:
 *
 * Takes up the jobs that earlier processes could not finish for this project.
 */
void
kvar_session_load_revocations (KvarSession *self)
{
  g_autoptr(GDir) dir = NULL;
  const char *name;

  if (!kvar_vault_is_persistent (self->vault))
    return;

  dir = g_dir_open (self->state_dir, 0, NULL);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      if (g_str_has_prefix (name, PREFIX) && g_str_has_suffix (name, ".conf"))
        load_job (self, name);
    }
}

/**
 * kvar_session_spare_user:
 *
 * The person is back: a job that was to sign them out everywhere must not take the new
 * session with it.
 */
void
kvar_session_spare_user (KvarSession *self,
                         const char  *user_id)
{
  for (guint i = 0; i < self->revocations->len; i++)
    {
      KvarRevocation *job = g_ptr_array_index (self->revocations, i);

      if (job->scope != KVAR_SIGN_OUT_GLOBAL || !g_str_equal (job->user_id, user_id))
        continue;

      job->scope = KVAR_SIGN_OUT_LOCAL;
      if (kvar_vault_is_persistent (job->vault))
        save (job);
    }
}

/**
 * kvar_session_free_revocations:
 *
 * The session goes. Jobs that only wait for their time go with it; one that is asking
 * finishes by itself.
 */
void
kvar_session_free_revocations (KvarSession *self)
{
  g_autoptr(GPtrArray) jobs = g_steal_pointer (&self->revocations);

  for (guint i = 0; jobs != NULL && i < jobs->len; i++)
    {
      KvarRevocation *job = g_ptr_array_index (jobs, i);

      job->session = NULL;
      if (job->timer_id != 0)
        revocation_free (job);
    }
}
