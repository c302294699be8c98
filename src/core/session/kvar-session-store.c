/* kvar-session-store.c: keeps the newest token in the vault, or knows why it cannot
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-core"

#include "config.h"

#include "kvar-backoff.h"
#include "session/kvar-session-private.h"

#define LIMIT (10 * KVAR_CLOCK_SECOND)    /* so long those who wait for a token wait for it */

/* One write: its limit may run out before the vault answers, and then the answer still
 * counts. */
typedef struct
{
  KvarSession *session;    /* unowned: the task holds it */
  KvarToken   *token;
  guint        limit_id;
} Store;

static void store_written_cb (GObject *object, GAsyncResult *result, gpointer user_data);
static void store_limit_cb   (gpointer user_data);
static void store_again_cb   (gpointer user_data);
static void stored_again_cb  (GObject *object, GAsyncResult *result, gpointer user_data);

static void
stop_limit (Store *store)
{
  if (store->limit_id != 0)
    kvar_clock_remove_timer (store->session->clock, store->limit_id);
  store->limit_id = 0;
}

static void
store_free (gpointer data)
{
  Store *store = data;

  stop_limit (store);
  kvar_token_unref (store->token);
  g_free (store);
}

/**
 * kvar_session_note_vault_error:
 *
 * A vault that is not there or is locked makes memory good enough, and that is said once.
 */
void
kvar_session_note_vault_error (KvarSession  *self,
                               const GError *error)
{
  g_message ("The vault: %s", error->message);

  if (g_error_matches (error, KVAR_VAULT_ERROR, KVAR_VAULT_ERROR_LOCKED))
    self->vault_locked = TRUE;
  if (g_error_matches (error, KVAR_VAULT_ERROR, KVAR_VAULT_ERROR_LOCKED) ||
      g_error_matches (error, KVAR_VAULT_ERROR, KVAR_VAULT_ERROR_ABSENT))
    kvar_session_set_stores_secrets (self, FALSE);
}

static gboolean
is_memory_by_decision (const GError *error)
{
  return g_error_matches (error, KVAR_VAULT_ERROR, KVAR_VAULT_ERROR_LOCKED) ||
         g_error_matches (error, KVAR_VAULT_ERROR, KVAR_VAULT_ERROR_ABSENT);
}

/* Until it succeeds no further rotation is asked for, if that can be helped. */
static void
write_later (KvarSession *self)
{
  if (self->store_id != 0)
    return;

  self->store_id = kvar_clock_add_timer (self->clock,
                                         kvar_backoff_delay (self->store_attempt++, -1,
                                                             self->rand),
                                         store_again_cb, self);
}

static void
store_again_cb (gpointer user_data)
{
  KvarSession *self = user_data;

  self->store_id = 0;
  if (self->unstored && self->token != NULL && self->renewal == NULL)
    kvar_session_store_async (self, self->token, stored_again_cb, NULL);
  else if (self->unstored && self->token != NULL)
    write_later (self);
}

static void
stored_again_cb (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  kvar_session_store_finish (KVAR_SESSION (object), result, NULL);
}

/**
 * kvar_session_store_now:
 *
 * The vault has become good again: what was kept in memory goes there.
 */
void
kvar_session_store_now (KvarSession *self)
{
  if (self->token == NULL)
    return;

  self->unstored = TRUE;
  self->store_attempt = 0;
  if (self->store_id != 0)
    kvar_clock_remove_timer (self->clock, self->store_id);
  store_again_cb (self);
}

/**
 * kvar_session_store_async:
 *
 * Writes @token to the vault. The caller has made sure that it is the newest.
 */
void
kvar_session_store_async (KvarSession         *self,
                          KvarToken           *token,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (self, NULL, callback, user_data);
  g_autofree char *secret = NULL;
  Store *store;

  g_task_set_source_tag (task, kvar_session_store_async);

  /* Asking again would make the desktop ask the person again. */
  if (self->vault_locked)
    {
      kvar_session_note_step (self, KVAR_SESSION_STEP_STORED, kvar_token_get_serial (token), 1,
                              NULL);
      g_task_return_boolean (task, TRUE);
      return;
    }

  kvar_session_note_step (self, KVAR_SESSION_STEP_STORING, kvar_token_get_serial (token), 0,
                          NULL);
  store = g_new0 (Store, 1);
  store->session = self;
  store->token = kvar_token_ref (token);
  store->limit_id = kvar_clock_add_timer (self->clock, LIMIT, store_limit_cb, task);
  g_task_set_task_data (task, store, store_free);

  secret = kvar_token_to_secret (token);
  kvar_vault_store_async (self->vault, kvar_project_get_id (self->project),
                          kvar_token_get_user_id (token), secret, NULL,
                          store_written_cb, g_steal_pointer (&task));
  explicit_bzero (secret, strlen (secret));
}

static void
store_limit_cb (gpointer user_data)
{
  GTask *task = user_data;
  Store *store = g_task_get_task_data (task);
  KvarSession *self = store->session;

  store->limit_id = 0;
  g_message ("The vault has not answered in time");
  kvar_session_note_step (self, KVAR_SESSION_STEP_NOT_STORED,
                          kvar_token_get_serial (store->token), 0, NULL);
  self->unstored = TRUE;
  write_later (self);
  g_task_return_boolean (task, FALSE);
}

static void
store_written_cb (GObject      *object,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  Store *store = g_task_get_task_data (task);
  KvarSession *self = store->session;
  g_autoptr(GError) error = NULL;
  gboolean in_time = store->limit_id != 0;
  gboolean good;

  stop_limit (store);
  kvar_vault_store_finish (KVAR_VAULT (object), result, &error);
  if (error != NULL)
    kvar_session_note_vault_error (self, error);
  else if (kvar_vault_is_persistent (self->vault))
    kvar_session_set_stores_secrets (self, TRUE);

  good = error == NULL || is_memory_by_decision (error);
  kvar_session_note_step (self, good ? KVAR_SESSION_STEP_STORED : KVAR_SESSION_STEP_NOT_STORED,
                          kvar_token_get_serial (store->token), error != NULL, NULL);
  if (!in_time)
    {
      if (good && self->token == store->token)
        self->unstored = FALSE;
      return;
    }

  self->unstored = !good;
  if (good)
    self->store_attempt = 0;
  else
    write_later (self);
  g_task_return_boolean (task, good);
}

/**
 * kvar_session_store_finish:
 *
 * Returns: whether the token is kept as well as it is meant to be
 */
gboolean
kvar_session_store_finish (KvarSession   *self,
                           GAsyncResult  *result,
                           GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
