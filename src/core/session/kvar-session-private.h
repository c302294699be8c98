/* kvar-session-private.h: what the halves of the session share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "session/kvar-heartbeat.h"
#include "session/kvar-renewal-limit.h"
#include "session/kvar-session.h"
#include "session/kvar-session-machine.h"
#include "session/kvar-session-status.h"
#include "session/kvar-session-trace.h"
#include "session/kvar-token.h"
#include "session/kvar-verdict.h"

G_BEGIN_DECLS

#define KVAR_SESSION_N_SERVICES (KVAR_SERVICE_OTHER + 1)

typedef struct _KvarRenewal KvarRenewal;

struct _KvarSession
{
  GObject            parent_instance;

  KvarProject       *project;
  KvarTransport     *transport;
  KvarVault         *vault;
  KvarClock         *clock;
  char              *state_dir;

  KvarSessionState   machine;          /* changes in kvar_session_handle() only */
  KvarSessionState   state;            /* the same, as last notified */
  KvarSessionState   phase;            /* the same, SIGNED_IN for all states with a token */
  gboolean           unreachable;      /* the wire failed last */
  KvarToken         *token;            /* (nullable) */

  KvarReason         reason;
  char              *user_id;          /* (nullable): kept when the session expires */
  char              *email;            /* (nullable): the same */
  char              *session_id;       /* (nullable): the auth server's; kept like them */
  char              *verdict;          /* (nullable): the auth server's last word */
  gint64             verdict_at;       /* boottime, when it said so; 0 before */
  guint              generation;       /* one more for every session begun or ended */
  guint              departures;       /* one more whenever a person leaves */
  gboolean           signing_in;
  gboolean           signing_out;

  gboolean           stores_secrets;
  gboolean           vault_locked;     /* and that was said: memory is good enough */
  gboolean           unstored;         /* the newest rotation is not in the vault yet */
  gboolean           refresh_in_doubt; /* a second factor's answer was lost: see -step-up */
  guint              n_stepping_up;    /* second factors that wait for the lock or an answer */
  guint              store_id;
  guint              store_attempt;

  KvarRenewal       *renewal;          /* (nullable): the one under way */
  gboolean           renewal_wanted;
  GPtrArray         *waiters;          /* of Waiter */
  guint              due_id;
  guint              retry_id;
  gint64             retry_at;         /* boottime; before that nobody asks by chance */
  guint              attempt;          /* failed renewals in a row */
  KvarRenewalLimit   limit;
  gint64             refused_until[KVAR_SESSION_N_SERVICES];
  GRand             *rand;

  KvarHeartbeat     *heartbeat;
  gint64             used_at;          /* wall clock, when it last began */
  gint64             auth_seen_at;     /* boottime of the auth server's last good answer */
  GTask             *closing;          /* (nullable): the program wants to end */
  guint              closing_id;
  GFileMonitor      *monitor;          /* (nullable): our status file, as others write it */
  char              *saved_status;     /* (nullable): what we wrote last */
  GPtrArray         *revocations;      /* of KvarRevocation */

  KvarSessionTrace  *trace;
  guint              last_number;      /* of those who wait or send, for the trace */
};

/* kvar-session.c */
void      kvar_session_begin                (KvarSession          *self,
                                             KvarToken            *token);
void      kvar_session_adopt                (KvarSession          *self,
                                             KvarToken            *token);
void      kvar_session_end                  (KvarSession          *self,
                                             KvarSessionEvent      event,
                                             KvarReason            reason);
void      kvar_session_handle               (KvarSession          *self,
                                             KvarSessionEvent      event,
                                             KvarReason            reason);
void      kvar_session_set_unreachable      (KvarSession          *self,
                                             gboolean              unreachable);
void      kvar_session_set_stores_secrets   (KvarSession          *self,
                                             gboolean              stores_secrets);
void      kvar_session_set_signing_out      (KvarSession          *self,
                                             gboolean              signing_out);
void      kvar_session_set_who              (KvarSession          *self,
                                             const char           *user_id,
                                             const char           *email);
void      kvar_session_note_token           (KvarSession          *self);
gboolean  kvar_session_has_usable_token     (KvarSession          *self);
gboolean  kvar_session_must_not_renew       (KvarSession          *self);
GError   *kvar_session_make_error           (KvarSession          *self);

void      kvar_session_note_step            (KvarSession          *self,
                                             KvarSessionStep       step,
                                             guint                 number,
                                             guint                 detail,
                                             const char           *word);

/* kvar-session-waiters.c */
void      kvar_session_wait                 (KvarSession          *self,
                                             GTask                *task);
void      kvar_session_release_waiters      (KvarSession          *self,
                                             const GError         *error);

/* kvar-session-renewal.c */
void      kvar_session_ensure_token_async   (KvarSession          *self,
                                             GCancellable         *cancellable,
                                             GAsyncReadyCallback   callback,
                                             gpointer              user_data);
gboolean  kvar_session_ensure_token_finish  (KvarSession          *self,
                                             GAsyncResult         *result,
                                             GError              **error);
void      kvar_session_renew_async          (KvarSession          *self,
                                             GCancellable         *cancellable,
                                             GAsyncReadyCallback   callback,
                                             gpointer              user_data);
gboolean  kvar_session_renew_finish         (KvarSession          *self,
                                             GAsyncResult         *result,
                                             GError              **error);
gboolean  kvar_session_start_renewal        (KvarSession          *self);
void      kvar_session_drop_renewal         (KvarSession          *self);

/* kvar-session-close.c */
void      kvar_session_note_renewal_done    (KvarSession          *self);

/* kvar-session-pace.c */
void      kvar_session_schedule_renewal     (KvarSession          *self);
void      kvar_session_back_off             (KvarSession          *self,
                                             gint64                retry_after);
void      kvar_session_end_back_off         (KvarSession          *self);
void      kvar_session_try_again            (KvarSession          *self);
void      kvar_session_note_answer          (KvarSession          *self,
                                             KvarRequest          *request,
                                             KvarReply            *reply);
void      kvar_session_stop_timers          (KvarSession          *self);

/* kvar-session-store.c */
void      kvar_session_store_async          (KvarSession          *self,
                                             KvarToken            *token,
                                             GAsyncReadyCallback   callback,
                                             gpointer              user_data);
gboolean  kvar_session_store_finish         (KvarSession          *self,
                                             GAsyncResult         *result,
                                             GError              **error);
void      kvar_session_note_vault_error     (KvarSession          *self,
                                             const GError         *error);
void      kvar_session_store_now            (KvarSession          *self);

/* kvar-session-restore.c */
void      kvar_session_vault_unlocked       (KvarSession          *self);
void      kvar_session_unlock               (KvarSession          *self);

/* kvar-session-announce.c */
gboolean  kvar_session_have_others_left     (KvarSession          *self);
void      kvar_session_save_status          (KvarSession          *self);
void      kvar_session_watch_status         (KvarSession          *self);

/* kvar-revocation.c */
void      kvar_session_revoke_async         (KvarSession          *self,
                                             KvarToken            *token,
                                             KvarSignOutScope      scope,
                                             GAsyncReadyCallback   callback,
                                             gpointer              user_data);
gboolean  kvar_session_revoke_finish        (KvarSession          *self,
                                             GAsyncResult         *result,
                                             GError              **error);
void      kvar_session_load_revocations     (KvarSession          *self);
void      kvar_session_spare_user           (KvarSession          *self,
                                             const char           *user_id);
void      kvar_session_free_revocations     (KvarSession          *self);

G_END_DECLS
