/* kvar-session.c: one person signed in to one project; every request goes through it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * This half knows what the session is: its state, its token, whose it is. How it becomes
 * one and ends is in kvar-session-sign-in, -restore and -sign-out; how requests go out in
 * -send; how tokens are renewed in -renewal and when in -pace.
 */

#define G_LOG_DOMAIN "kvar-core"

#include "config.h"

#include "kvar-error.h"
#include "kvar-paths.h"
#include "net/kvar-http-transport.h"
#include "session/kvar-session-private.h"

enum {
  PROP_PROJECT = 1,
  PROP_STATE,
  PROP_REASON,
  PROP_USER_ID,
  PROP_EMAIL,
  PROP_SIGNING_OUT,
  PROP_STORES_SECRETS,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_ENUM_TYPE (KvarSessionState, kvar_session_state,
                    G_DEFINE_ENUM_VALUE (KVAR_SESSION_SIGNED_OUT, "signed-out"),
                    G_DEFINE_ENUM_VALUE (KVAR_SESSION_RESTORING, "restoring"),
                    G_DEFINE_ENUM_VALUE (KVAR_SESSION_SIGNED_IN, "signed-in"),
                    G_DEFINE_ENUM_VALUE (KVAR_SESSION_RENEWING, "renewing"),
                    G_DEFINE_ENUM_VALUE (KVAR_SESSION_OFFLINE, "offline"),
                    G_DEFINE_ENUM_VALUE (KVAR_SESSION_LOCKED, "locked"),
                    G_DEFINE_ENUM_VALUE (KVAR_SESSION_BLOCKED, "blocked"),
                    G_DEFINE_ENUM_VALUE (KVAR_SESSION_EXPIRED, "expired"))

G_DEFINE_FINAL_TYPE (KvarSession, kvar_session, G_TYPE_OBJECT)

/**
 * kvar_session_note_step:
 *
 * Adds to the trace what has just been done.
 */
void
kvar_session_note_step (KvarSession     *self,
                        KvarSessionStep  step,
                        guint            number,
                        guint            detail,
                        const char      *word)
{
  kvar_session_trace_add (self->trace, step, kvar_clock_get_boottime (self->clock),
                          self->generation, number, detail, word);
}

static void
set_generation (KvarSession *self,
                guint        generation)
{
  self->generation = generation;
  kvar_session_note_step (self, KVAR_SESSION_STEP_GENERATION, generation, 0, NULL);
}

static void
resumed_cb (KvarSession *self)
{
  kvar_session_note_step (self, KVAR_SESSION_STEP_RESUMED, 0, 0, NULL);
}

/* While a sign-out is under way the page stays as it was. */
static void
show_state (KvarSession *self)
{
  if (self->signing_out || self->state == self->machine)
    return;

  g_debug ("Session of %s: %s", kvar_project_get_id (self->project),
           kvar_session_state_to_string (self->machine));
  self->state = self->machine;
  kvar_session_save_status (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
}

/**
 * kvar_session_handle:
 * @reason: why, for events that end a session
 *
 * The only way in which the state changes.
 */
void
kvar_session_handle (KvarSession      *self,
                     KvarSessionEvent  event,
                     KvarReason        reason)
{
  KvarSessionState next = kvar_session_machine_next (self->machine, event);

  g_object_freeze_notify (G_OBJECT (self));

  if (self->machine != next)
    kvar_session_note_step (self, KVAR_SESSION_STEP_STATE, self->machine, next,
                            kvar_session_event_to_string (event));
  self->machine = next;
  self->phase = kvar_session_machine_has_token (self->machine) ? KVAR_SESSION_SIGNED_IN
                                                               : self->machine;
  if (self->reason != reason)
    {
      self->reason = reason;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_REASON]);
    }
  show_state (self);

  g_object_thaw_notify (G_OBJECT (self));
}

/**
 * kvar_session_note_token:
 *
 * To be called when the wire, the token's time or a renewal of it may have changed what
 * can be done with it.
 */
void
kvar_session_note_token (KvarSession *self)
{
  KvarSessionEvent event;

  if (self->phase != KVAR_SESSION_SIGNED_IN)
    return;

  if (self->unreachable)
    event = KVAR_SESSION_EVENT_CUT_OFF;
  else if (kvar_session_has_usable_token (self))
    event = KVAR_SESSION_EVENT_TOKEN;
  else
    event = self->renewal != NULL ? KVAR_SESSION_EVENT_RENEW : KVAR_SESSION_EVENT_CUT_OFF;

  kvar_session_handle (self, event, KVAR_REASON_NONE);
}

void
kvar_session_set_unreachable (KvarSession *self,
                              gboolean     unreachable)
{
  self->unreachable = unreachable;
  kvar_session_note_token (self);
}

void
kvar_session_set_stores_secrets (KvarSession *self,
                                 gboolean     stores_secrets)
{
  if (self->stores_secrets == stores_secrets)
    return;

  self->stores_secrets = stores_secrets;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STORES_SECRETS]);
}

void
kvar_session_set_signing_out (KvarSession *self,
                              gboolean     signing_out)
{
  if (self->signing_out == signing_out)
    return;

  self->signing_out = signing_out;
  show_state (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SIGNING_OUT]);
}

static void
set_text (KvarSession  *self,
          char        **field,
          const char   *text,
          guint         prop)
{
  char *copy;

  if (g_strcmp0 (*field, text) == 0)
    return;

  copy = g_strdup (text);
  g_free (*field);
  *field = copy;
  g_object_notify_by_pspec (G_OBJECT (self), properties[prop]);
}

void
kvar_session_set_who (KvarSession *self,
                      const char  *user_id,
                      const char  *email)
{
  set_text (self, &self->user_id, user_id, PROP_USER_ID);
  set_text (self, &self->email, email, PROP_EMAIL);
}

gboolean
kvar_session_has_usable_token (KvarSession *self)
{
  return self->phase == KVAR_SESSION_SIGNED_IN && self->token != NULL &&
         kvar_token_is_usable (self->token, kvar_clock_get_boottime (self->clock));
}

/**
 * kvar_session_must_not_renew:
 *
 * Returns: whether presenting the refresh token could end the session, while the access
 *   token is still good for asking for another
 */
gboolean
kvar_session_must_not_renew (KvarSession *self)
{
  return (self->refresh_in_doubt || self->n_stepping_up > 0) &&
         kvar_session_has_usable_token (self);
}

/**
 * kvar_session_adopt:
 * @token: the successor of the token we had
 *
 * The same session goes on with @token.
 */
void
kvar_session_adopt (KvarSession *self,
                    KvarToken   *token)
{
  gint64 now = kvar_clock_get_boottime (self->clock);

  g_object_freeze_notify (G_OBJECT (self));

  kvar_token_ref (token);
  g_clear_pointer (&self->token, kvar_token_unref);
  self->token = token;
  g_free (self->session_id);
  self->session_id = g_strdup (kvar_token_get_session_id (token));
  self->refresh_in_doubt = FALSE;
  self->renewal_wanted = FALSE;
  self->attempt = 0;
  kvar_session_set_who (self, kvar_token_get_user_id (token),
                        kvar_token_get_email (token) != NULL ? kvar_token_get_email (token)
                                                             : self->email);
  kvar_session_handle (self, kvar_token_is_usable (token, now) ? KVAR_SESSION_EVENT_TOKEN
                                                               : KVAR_SESSION_EVENT_SPENT_TOKEN,
                       KVAR_REASON_NONE);
  kvar_session_schedule_renewal (self);

  g_object_thaw_notify (G_OBJECT (self));
}

/**
 * kvar_session_begin:
 * @token: from a sign-in, or from the vault
 *
 * A session begins; what is left of one before can no longer do anything.
 */
void
kvar_session_begin (KvarSession *self,
                    KvarToken   *token)
{
  g_object_freeze_notify (G_OBJECT (self));

  kvar_session_drop_renewal (self);
  kvar_session_stop_timers (self);
  set_generation (self, self->generation + 1);
  if (self->user_id != NULL &&
      g_strcmp0 (self->user_id, kvar_token_get_user_id (token)) != 0)
    {
      self->departures++;
      g_clear_pointer (&self->email, g_free);
    }
  self->unreachable = FALSE;
  memset (self->refused_until, 0, sizeof self->refused_until);
  memset (&self->limit, 0, sizeof self->limit);
  g_clear_pointer (&self->verdict, g_free);
  self->verdict_at = 0;
  kvar_session_adopt (self, token);
  self->used_at = kvar_clock_get_wall (self->clock);
  kvar_session_save_status (self);
  kvar_session_watch_status (self);
  kvar_heartbeat_start (self->heartbeat);

  g_object_thaw_notify (G_OBJECT (self));
  if (kvar_session_has_usable_token (self))
    kvar_session_release_waiters (self, NULL);
  else
    kvar_session_start_renewal (self);
}

/**
 * kvar_session_end:
 * @event: %KVAR_SESSION_EVENT_OVER or %KVAR_SESSION_EVENT_LEAVE
 *
 * The session is over. Whose it was stays known, so that the person finds their e-mail
 * filled in; nothing else of theirs is touched.
 */
void
kvar_session_end (KvarSession      *self,
                  KvarSessionEvent  event,
                  KvarReason        reason)
{
  g_autoptr(GError) error = NULL;

  g_object_ref (self);
  g_object_freeze_notify (G_OBJECT (self));

  kvar_session_drop_renewal (self);
  kvar_session_stop_timers (self);
  kvar_heartbeat_stop (self->heartbeat);
  set_generation (self, self->generation + 1);
  self->renewal_wanted = FALSE;
  self->attempt = 0;
  self->unreachable = FALSE;
  self->unstored = FALSE;
  self->refresh_in_doubt = FALSE;
  kvar_session_handle (self, event, reason);
  kvar_session_save_status (self);    /* also while the state is kept for signing out */
  g_clear_pointer (&self->token, kvar_token_unref);

  g_object_thaw_notify (G_OBJECT (self));

  error = kvar_session_make_error (self);
  kvar_session_release_waiters (self, error);
  g_object_unref (self);
}

/**
 * kvar_session_make_error:
 *
 * Returns: (transfer full): why a request cannot be sent now
 */
GError *
kvar_session_make_error (KvarSession *self)
{
  switch (self->phase)
    {
    case KVAR_SESSION_SIGNED_OUT:
    case KVAR_SESSION_EXPIRED:
      return kvar_error_new_full (KVAR_ERROR_SIGNED_OUT, 0, self->verdict,
                                  "nobody is signed in");

    case KVAR_SESSION_BLOCKED:
      return kvar_error_new_full (KVAR_ERROR_BLOCKED, 0, self->verdict,
                                  "the account is paused");

    case KVAR_SESSION_LOCKED:
      return kvar_error_new_full (KVAR_ERROR_OFFLINE, 0, NULL, "the keyring is locked");

    case KVAR_SESSION_RESTORING:
    case KVAR_SESSION_SIGNED_IN:
    case KVAR_SESSION_RENEWING:
    case KVAR_SESSION_OFFLINE:
    default:
      return kvar_error_new_full (KVAR_ERROR_OFFLINE, 0, NULL,
                                  "there is no usable token now");
    }
}

static void
kvar_session_get_property (GObject    *object,
                           guint       prop_id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  KvarSession *self = KVAR_SESSION (object);

  switch (prop_id)
    {
    case PROP_PROJECT:
      g_value_set_object (value, self->project);
      break;

    case PROP_STATE:
      g_value_set_enum (value, self->state);
      break;

    case PROP_REASON:
      g_value_set_enum (value, self->reason);
      break;

    case PROP_USER_ID:
      g_value_set_string (value, self->user_id);
      break;

    case PROP_EMAIL:
      g_value_set_string (value, self->email);
      break;

    case PROP_SIGNING_OUT:
      g_value_set_boolean (value, self->signing_out);
      break;

    case PROP_STORES_SECRETS:
      g_value_set_boolean (value, self->stores_secrets);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
kvar_session_dispose (GObject *object)
{
  KvarSession *self = KVAR_SESSION (object);

  if (self->heartbeat != NULL)
    kvar_heartbeat_stop (self->heartbeat);
  if (self->clock != NULL)
    kvar_session_stop_timers (self);
  kvar_session_free_revocations (self);
  g_clear_pointer (&self->heartbeat, kvar_heartbeat_free);
  g_clear_object (&self->monitor);
  g_clear_object (&self->project);
  g_clear_object (&self->transport);
  g_clear_object (&self->vault);
  g_clear_object (&self->clock);

  G_OBJECT_CLASS (kvar_session_parent_class)->dispose (object);
}

static void
kvar_session_finalize (GObject *object)
{
  KvarSession *self = KVAR_SESSION (object);

  g_clear_pointer (&self->token, kvar_token_unref);
  g_clear_pointer (&self->waiters, g_ptr_array_unref);
  g_clear_pointer (&self->rand, g_rand_free);
  g_clear_pointer (&self->trace, kvar_session_trace_free);
  g_clear_pointer (&self->state_dir, g_free);
  g_clear_pointer (&self->user_id, g_free);
  g_clear_pointer (&self->email, g_free);
  g_clear_pointer (&self->session_id, g_free);
  g_clear_pointer (&self->verdict, g_free);
  g_clear_pointer (&self->saved_status, g_free);

  G_OBJECT_CLASS (kvar_session_parent_class)->finalize (object);
}

static void
kvar_session_class_init (KvarSessionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = kvar_session_dispose;
  object_class->finalize = kvar_session_finalize;
  object_class->get_property = kvar_session_get_property;

  properties[PROP_PROJECT] =
    g_param_spec_object ("project", NULL, NULL, KVAR_TYPE_PROJECT,
                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_STATE] =
    g_param_spec_enum ("state", NULL, NULL, KVAR_TYPE_SESSION_STATE, KVAR_SESSION_SIGNED_OUT,
                       G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_REASON] =
    g_param_spec_enum ("reason", NULL, NULL, KVAR_TYPE_REASON, KVAR_REASON_NONE,
                       G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_USER_ID] =
    g_param_spec_string ("user-id", NULL, NULL, NULL,
                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_EMAIL] =
    g_param_spec_string ("email", NULL, NULL, NULL,
                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_SIGNING_OUT] =
    g_param_spec_boolean ("signing-out", NULL, NULL, FALSE,
                          G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_STORES_SECRETS] =
    g_param_spec_boolean ("stores-secrets", NULL, NULL, FALSE,
                          G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
kvar_session_init (KvarSession *self)
{
  self->state = self->machine = self->phase = KVAR_SESSION_SIGNED_OUT;
  self->rand = g_rand_new ();
  self->trace = kvar_session_trace_new ();
  self->revocations = g_ptr_array_new ();
}

/**
 * kvar_session_new:
 * @state_dir: a folder that all processes of this person share, for locks and statuses
 *
 * Returns: (transfer full): a session in which nobody is signed in yet
 */
KvarSession *
kvar_session_new (KvarProject   *project,
                  KvarTransport *transport,
                  KvarVault     *vault,
                  KvarClock     *clock,
                  const char    *state_dir)
{
  KvarSession *self;

  g_return_val_if_fail (KVAR_IS_PROJECT (project), NULL);
  g_return_val_if_fail (KVAR_IS_TRANSPORT (transport), NULL);
  g_return_val_if_fail (KVAR_IS_VAULT (vault), NULL);
  g_return_val_if_fail (KVAR_IS_CLOCK (clock), NULL);
  g_return_val_if_fail (state_dir != NULL, NULL);

  self = g_object_new (KVAR_TYPE_SESSION, NULL);
  self->project = g_object_ref (project);
  self->transport = g_object_ref (transport);
  self->vault = g_object_ref (vault);
  self->clock = g_object_ref (clock);
  self->state_dir = g_strdup (state_dir);
  self->stores_secrets = kvar_vault_is_persistent (vault);
  self->heartbeat = kvar_heartbeat_new (self);
  g_signal_connect_object (vault, "unlocked", G_CALLBACK (kvar_session_vault_unlocked), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (clock, "resumed", G_CALLBACK (resumed_cb), self, G_CONNECT_SWAPPED);
  kvar_session_load_revocations (self);

  return self;
}

/**
 * kvar_session_open:
 *
 * Returns: (transfer full): a session over the network, with the desktop's keyring and the
 *   machine's clock
 */
KvarSession *
kvar_session_open (KvarProject *project)
{
  g_autoptr(KvarClock) clock = NULL;
  g_autoptr(KvarVault) vault = NULL;
  g_autoptr(KvarHttpTransport) transport = NULL;

  g_return_val_if_fail (KVAR_IS_PROJECT (project), NULL);

  clock = kvar_clock_new ();
  vault = kvar_vault_new_default ();
  transport = kvar_http_transport_new (kvar_project_get_url (project),
                                       kvar_project_get_key (project), clock);

  return kvar_session_new (project, KVAR_TRANSPORT (transport), vault, clock,
                           kvar_paths_get_state_dir ());
}

/**
 * kvar_session_state_to_string:
 *
 * Returns: the word that the status file and win.session-state use
 */
const char *
kvar_session_state_to_string (KvarSessionState state)
{
  GEnumClass *states = g_type_class_ref (KVAR_TYPE_SESSION_STATE);
  GEnumValue *value = g_enum_get_value (states, (int)state);
  const char *nick = value != NULL ? value->value_nick : "signed-out";

  g_type_class_unref (states);

  return nick;
}

KvarProject *
kvar_session_get_project (KvarSession *self)
{
  g_return_val_if_fail (KVAR_IS_SESSION (self), NULL);

  return self->project;
}

KvarClock *
kvar_session_get_clock (KvarSession *self)
{
  g_return_val_if_fail (KVAR_IS_SESSION (self), NULL);

  return self->clock;
}

/**
 * kvar_session_get_transport:
 *
 * Returns: (transfer none): the wire under the session, for what is asked before anybody is
 *   signed in
 */
KvarTransport *
kvar_session_get_transport (KvarSession *self)
{
  g_return_val_if_fail (KVAR_IS_SESSION (self), NULL);

  return self->transport;
}

/**
 * kvar_session_get_trace:
 *
 * Returns: (transfer none): what the session has done lately
 */
KvarSessionTrace *
kvar_session_get_trace (KvarSession *self)
{
  g_return_val_if_fail (KVAR_IS_SESSION (self), NULL);

  return self->trace;
}

KvarSessionState
kvar_session_get_state (KvarSession *self)
{
  g_return_val_if_fail (KVAR_IS_SESSION (self), KVAR_SESSION_SIGNED_OUT);

  return self->state;
}

KvarReason
kvar_session_get_reason (KvarSession *self)
{
  g_return_val_if_fail (KVAR_IS_SESSION (self), KVAR_REASON_NONE);

  return self->reason;
}

/**
 * kvar_session_get_user_id:
 *
 * Returns: (nullable): whose session it is, or was when it expired
 */
const char *
kvar_session_get_user_id (KvarSession *self)
{
  g_return_val_if_fail (KVAR_IS_SESSION (self), NULL);

  return self->user_id;
}

const char *
kvar_session_get_email (KvarSession *self)
{
  g_return_val_if_fail (KVAR_IS_SESSION (self), NULL);

  return self->email;
}

/**
 * kvar_session_get_generation:
 *
 * Returns: a number that changes with every session begun or ended, by which late results
 *   of an earlier one are known
 */
guint
kvar_session_get_generation (KvarSession *self)
{
  g_return_val_if_fail (KVAR_IS_SESSION (self), 0);

  return self->generation;
}

gboolean
kvar_session_get_signing_out (KvarSession *self)
{
  g_return_val_if_fail (KVAR_IS_SESSION (self), FALSE);

  return self->signing_out;
}

/**
 * kvar_session_get_stores_secrets:
 *
 * Returns: whether the sign-in outlives this process
 */
gboolean
kvar_session_get_stores_secrets (KvarSession *self)
{
  g_return_val_if_fail (KVAR_IS_SESSION (self), FALSE);

  return self->stores_secrets;
}

/**
 * kvar_session_is_usable:
 *
 * Returns: whether somebody is signed in as far as anybody knows: requests are worth
 *   making, now or when the server can be reached
 */
gboolean
kvar_session_is_usable (KvarSession *self)
{
  g_return_val_if_fail (KVAR_IS_SESSION (self), FALSE);

  return self->phase == KVAR_SESSION_SIGNED_IN && !self->signing_out;
}
