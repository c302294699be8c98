/* kvar-outbox.c: Saves that wait for a server or a session, sent in order and once
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Every save goes through here: it is put in line, on disk, and sent when its turn comes, which
 * is at once while all is well. What waits is the snapshot that the draft took when somebody
 * saved; what is typed afterwards is not part of it. One is under way at a time, in the order
 * of the saves, because one record may point at another that is sent before it.
 */

#define G_LOG_DOMAIN "kvar-outbox"

#include "config.h"

#include "kvar-backoff.h"
#include "kvar-error.h"
#include "records/kvar-outbox-private.h"
#include "records/kvar-outbox-verdict.h"

enum {
  PROP_N_WAITING = 1,
  PROP_N_PARKED,
  PROP_SENDING,
  PROP_HELD_UP,
  PROP_N_DELETES,
  N_PROPS
};

enum {
  SIGNAL_SENT,
  SIGNAL_DELETED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KvarOutbox, kvar_outbox, G_TYPE_OBJECT)

/* Send: the first in line → gone: the next one; the line stops: wait; parked: the next one. */
static void saved_cb (GObject *object, GAsyncResult *result, gpointer user_data);

static KvarClock *
get_clock (KvarOutbox *self)
{
  return kvar_session_get_clock (self->session);
}

/* Never as somebody else, and only while somebody is signed in. */
static gboolean
can_send (KvarOutbox *self)
{
  return self->user_id != NULL && kvar_session_is_usable (self->session) &&
         g_strcmp0 (kvar_session_get_user_id (self->session), self->user_id) == 0;
}

static KvarDraft *
find_first (KvarOutbox *self)
{
  GListModel *drafts = G_LIST_MODEL (self->drafts);
  g_autoptr(KvarDraft) first = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (drafts); i++)
    {
      g_autoptr(KvarDraft) draft = g_list_model_get_item (drafts, i);

      /* One that may be deleted is not saved before that is settled. */
      if (kvar_draft_get_state (draft) == KVAR_DRAFT_QUEUED &&
          !g_ptr_array_find (self->deletes, draft, NULL) &&
          (first == NULL || kvar_draft_get_position (draft) <
                            kvar_draft_get_position (first)))
        g_set_object (&first, draft);
    }

  return g_steal_pointer (&first);
}

void
kvar_outbox_emit_deleted (KvarOutbox  *self,
                          KvarBulkJob *job)
{
  g_signal_emit (self, signals[SIGNAL_DELETED], 0, job);
}

gint64
kvar_outbox_next_position (KvarOutbox *self)
{
  GListModel *drafts = G_LIST_MODEL (self->drafts);
  gint64 last = 0;

  for (guint i = 0; i < g_list_model_get_n_items (drafts); i++)
    {
      g_autoptr(KvarDraft) draft = g_list_model_get_item (drafts, i);

      last = MAX (last, kvar_draft_get_position (draft));
    }

  return last + 1;
}

static void
count (KvarOutbox *self)
{
  GListModel *drafts = G_LIST_MODEL (self->drafts);
  guint n_waiting = 0;
  guint n_parked = 0;

  for (guint i = 0; i < g_list_model_get_n_items (drafts); i++)
    {
      g_autoptr(KvarDraft) draft = g_list_model_get_item (drafts, i);

      n_waiting += kvar_draft_get_state (draft) == KVAR_DRAFT_QUEUED;
      n_parked += kvar_draft_get_state (draft) == KVAR_DRAFT_PARKED;
    }

  g_object_freeze_notify (G_OBJECT (self));
  if (self->n_waiting != n_waiting)
    {
      self->n_waiting = n_waiting;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_WAITING]);
    }
  if (self->n_parked != n_parked)
    {
      self->n_parked = n_parked;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_PARKED]);
    }
  g_object_thaw_notify (G_OBJECT (self));
}

/* Those who saved @draft, or with NULL everybody, hear what became of it. */
static void
tell_waiters (KvarOutbox   *self,
              KvarDraft    *draft,
              KvarRecord   *saved,
              const GError *error)
{
  for (GList *l = self->waiters.head, *next; l != NULL; l = next)
    {
      g_autoptr(GTask) task = NULL;

      next = l->next;
      if (draft != NULL && g_task_get_task_data (l->data) != draft)
        continue;

      task = l->data;
      g_queue_delete_link (&self->waiters, l);
      if (error != NULL)
        g_task_return_error (task, g_error_copy (error));
      else
        g_task_return_pointer (task, g_object_ref (saved), g_object_unref);
    }
}

static void
notify_held_up (KvarOutbox *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_HELD_UP]);
}

static void
clear_retry (KvarOutbox *self)
{
  if (self->retry_timer == 0)
    return;

  kvar_clock_remove_timer (get_clock (self), self->retry_timer);
  self->retry_timer = 0;
  notify_held_up (self);
}

static void
go_on (KvarOutbox *self)
{
  clear_retry (self);
  kvar_outbox_send_next (self);
}

static void
retry_cb (gpointer user_data)
{
  KvarOutbox *self = user_data;

  self->retry_timer = 0;
  notify_held_up (self);
  kvar_outbox_send_next (self);
}

/* The session tells when it, or the server, is back. Where only the data's half of the project
 * is out of order it has nothing to tell, so the line asks again by itself. */
static void
stop_line (KvarOutbox   *self,
           const GError *error)
{
  gint64 delay;

  tell_waiters (self, NULL, NULL, error);
  if (!can_send (self))
    return;

  delay = kvar_backoff_delay (self->n_failures++, kvar_error_get_retry_after (error), self->rand);
  self->retry_timer = kvar_clock_add_timer (get_clock (self), delay, retry_cb, self);
  notify_held_up (self);
}

/* An insert whose key the server makes cannot be told from another one like it. */
static gboolean
is_repeatable (KvarDraft *draft)
{
  return !kvar_draft_is_new (draft) || kvar_draft_get_insert_key (draft) != NULL;
}

KvarDraft *
kvar_outbox_end_sending (KvarOutbox *self)
{
  KvarDraft *draft = g_steal_pointer (&self->sending);

  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SENDING]);

  return draft;
}

void
kvar_outbox_not_sent (KvarOutbox   *self,
                      const GError *error)
{
  g_autoptr(KvarDraft) draft = kvar_outbox_end_sending (self);

  g_clear_pointer (&self->snapshot, g_ptr_array_unref);
  if (kvar_outbox_judge (error, is_repeatable (draft)) == KVAR_OUTBOX_WAIT)
    {
      stop_line (self, error);
      return;
    }

  g_info ("A save needs a person: %s", error->message);
  self->n_failures = 0;
  /* Discarded while it was under way, there is nothing left to look at. */
  if (kvar_draft_get_state (draft) == KVAR_DRAFT_QUEUED)
    kvar_draft_park (draft, error);
  tell_waiters (self, draft, NULL, error);
  kvar_outbox_send_next (self);
}

/* Saved again while it was under way, it stays in line: what is in it already is no change any
 * more. */
void
kvar_outbox_sent (KvarOutbox *self,
                  KvarRecord *saved)
{
  g_autoptr(KvarDraft) draft = kvar_outbox_end_sending (self);
  g_autoptr(GPtrArray) snapshot = g_steal_pointer (&self->snapshot);
  GPtrArray *queued = kvar_draft_get_queued (draft);

  self->n_failures = 0;
  if (queued == NULL || queued == snapshot)
    {
      kvar_draft_unqueue (draft);
      g_signal_emit (self, signals[SIGNAL_SENT], 0, draft);
      tell_waiters (self, draft, saved, NULL);
    }

  kvar_outbox_send_next (self);
}

static void
saved_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(KvarOutbox) self = user_data;
  g_autoptr(KvarRecord) saved = NULL;
  g_autoptr(GError) error = NULL;

  saved = kvar_store_save_finish (KVAR_STORE (object), result, &error);
  if (saved != NULL)
    kvar_outbox_sent (self, saved);
  else
    kvar_outbox_not_sent (self, error);
}

void
kvar_outbox_send_next (KvarOutbox *self)
{
  g_autoptr(KvarDraft) draft = NULL;

  if (self->sending != NULL || self->retry_timer != 0 || !can_send (self))
    return;

  draft = find_first (self);
  if (draft == NULL)
    return;

  self->sending = g_steal_pointer (&draft);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SENDING]);
  if (kvar_draft_get_deletes (self->sending))
    {
      kvar_outbox_send_deletes (self);
      return;
    }

  self->snapshot = g_ptr_array_ref (kvar_draft_get_queued (self->sending));
  kvar_store_save_async (self->store, self->sending, NULL, saved_cb, g_object_ref (self));
}

static void
session_state_cb (KvarOutbox *self)
{
  notify_held_up (self);
  if (kvar_session_get_state (self->session) != KVAR_SESSION_SIGNED_IN)
    return;

  self->n_failures = 0;
  go_on (self);
}

static void
drafts_changed_cb (KvarOutbox *self)
{
  count (self);
  kvar_outbox_send_next (self);
}

static void
kvar_outbox_get_property (GObject    *object,
                          guint       prop_id,
                          GValue     *value,
                          GParamSpec *pspec)
{
  KvarOutbox *self = KVAR_OUTBOX (object);

  switch (prop_id)
    {
    case PROP_N_WAITING:
      g_value_set_uint (value, self->n_waiting);
      break;

    case PROP_N_PARKED:
      g_value_set_uint (value, self->n_parked);
      break;

    case PROP_SENDING:
      g_value_set_object (value, self->sending);
      break;

    case PROP_N_DELETES:
      g_value_set_uint (value, self->deletes->len);
      break;

    case PROP_HELD_UP:
      g_value_set_boolean (value, kvar_outbox_get_held_up (self));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
kvar_outbox_dispose (GObject *object)
{
  KvarOutbox *self = KVAR_OUTBOX (object);

  if (self->retry_timer != 0)
    kvar_clock_remove_timer (get_clock (self), self->retry_timer);
  self->retry_timer = 0;
  kvar_outbox_forget_deletes (self);
  kvar_outbox_drop_job (self);

  G_OBJECT_CLASS (kvar_outbox_parent_class)->dispose (object);
}

static void
kvar_outbox_finalize (GObject *object)
{
  KvarOutbox *self = KVAR_OUTBOX (object);

  g_assert (g_queue_is_empty (&self->waiters));
  g_clear_pointer (&self->deletes, g_ptr_array_unref);
  g_clear_pointer (&self->user_id, g_free);
  g_clear_pointer (&self->rand, g_rand_free);
  g_clear_object (&self->drafts);
  g_clear_object (&self->store);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (kvar_outbox_parent_class)->finalize (object);
}

static void
kvar_outbox_class_init (KvarOutboxClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->dispose = kvar_outbox_dispose;
  object_class->finalize = kvar_outbox_finalize;
  object_class->get_property = kvar_outbox_get_property;

  properties[PROP_N_WAITING] =
    g_param_spec_uint ("n-waiting", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_N_PARKED] =
    g_param_spec_uint ("n-parked", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_SENDING] =
    g_param_spec_object ("sending", NULL, NULL, KVAR_TYPE_DRAFT, flags);
  properties[PROP_HELD_UP] = g_param_spec_boolean ("held-up", NULL, NULL, FALSE, flags);

  properties[PROP_N_DELETES] =
    g_param_spec_uint ("n-deletes", NULL, NULL, 0, G_MAXUINT, 0, flags);

  g_object_class_install_properties (object_class, N_PROPS, properties);

  /* The server has what waited of a draft, which may have been typed on since. */
  signals[SIGNAL_SENT] =
    g_signal_new ("sent", KVAR_TYPE_OUTBOX, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, KVAR_TYPE_DRAFT);

  /* What has become of records that were to be deleted together. */
  signals[SIGNAL_DELETED] =
    g_signal_new ("deleted", KVAR_TYPE_OUTBOX, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, KVAR_TYPE_BULK_JOB);
}

static void
kvar_outbox_init (KvarOutbox *self)
{
  g_queue_init (&self->waiters);
  self->deletes = g_ptr_array_new_with_free_func (g_object_unref);
  self->rand = g_rand_new ();
}

KvarOutbox *
kvar_outbox_new (KvarSession    *session,
                 KvarStore      *store,
                 KvarDraftStore *drafts)
{
  KvarOutbox *self;

  g_return_val_if_fail (KVAR_IS_SESSION (session), NULL);
  g_return_val_if_fail (KVAR_IS_STORE (store), NULL);
  g_return_val_if_fail (KVAR_IS_DRAFT_STORE (drafts), NULL);

  self = g_object_new (KVAR_TYPE_OUTBOX, NULL);
  self->session = g_object_ref (session);
  self->store = g_object_ref (store);
  self->drafts = g_object_ref (drafts);
  g_signal_connect_object (session, "notify::state", G_CALLBACK (session_state_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (drafts, "items-changed", G_CALLBACK (drafts_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (drafts, "state-changed", G_CALLBACK (drafts_changed_cb), self,
                           G_CONNECT_SWAPPED);
  count (self);

  return self;
}

/**
 * kvar_outbox_set_user:
 * @user_id: (nullable): as whom the line is sent; while somebody else uses the session, or
 *   nobody, it waits
 */
void
kvar_outbox_set_user (KvarOutbox *self,
                      const char *user_id)
{
  g_autofree char *copy = g_strdup (user_id);

  g_return_if_fail (KVAR_IS_OUTBOX (self));

  g_free (self->user_id);
  self->user_id = g_steal_pointer (&copy);
  kvar_outbox_send_next (self);
}

guint
kvar_outbox_get_n_waiting (KvarOutbox *self)
{
  g_return_val_if_fail (KVAR_IS_OUTBOX (self), 0);

  return self->n_waiting;
}

guint
kvar_outbox_get_n_parked (KvarOutbox *self)
{
  g_return_val_if_fail (KVAR_IS_OUTBOX (self), 0);

  return self->n_parked;
}

/**
 * kvar_outbox_get_sending:
 *
 * Returns: (nullable) (transfer none): the draft that is under way
 */
KvarDraft *
kvar_outbox_get_sending (KvarOutbox *self)
{
  g_return_val_if_fail (KVAR_IS_OUTBOX (self), NULL);

  return self->sending;
}

/**
 * kvar_outbox_get_held_up:
 *
 * Returns: whether the line waits for the server rather than the other way round
 */
gboolean
kvar_outbox_get_held_up (KvarOutbox *self)
{
  g_return_val_if_fail (KVAR_IS_OUTBOX (self), FALSE);

  return self->retry_timer != 0 ||
         kvar_session_get_state (self->session) == KVAR_SESSION_OFFLINE;
}

/**
 * kvar_outbox_hurry:
 *
 * A person wants it now, which ends every back-off.
 */
void
kvar_outbox_hurry (KvarOutbox *self)
{
  g_return_if_fail (KVAR_IS_OUTBOX (self));

  self->n_failures = 0;
  kvar_session_poke (self->session);
  go_on (self);
}

/* Why what was just put in line is not being sent. */
static GError *
why_not (KvarOutbox *self)
{
  if (kvar_session_get_state (self->session) == KVAR_SESSION_BLOCKED)
    return g_error_new_literal (KVAR_ERROR, KVAR_ERROR_BLOCKED, "The account is paused");

  return g_error_new_literal (KVAR_ERROR, KVAR_ERROR_SIGNED_OUT, "Nobody is signed in");
}

/**
 * kvar_outbox_save_async:
 * @draft: (transfer none): with what somebody wants to be saved
 *
 * Puts @draft's changes in line and sends them when their turn comes. Fails with
 * %KVAR_ERROR_INVALID before that if they cannot be sent as they are. Fails with
 * %KVAR_ERROR_OFFLINE, %KVAR_ERROR_SIGNED_OUT or %KVAR_ERROR_BLOCKED when they have to wait:
 * they stay in line, and go by themselves, once. Whatever else the server says, the draft is
 * parked with it.
 */
void
kvar_outbox_save_async (KvarOutbox          *self,
                        KvarDraft           *draft,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;
  GError *error = NULL;

  g_return_if_fail (KVAR_IS_OUTBOX (self));
  g_return_if_fail (KVAR_IS_DRAFT (draft));

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, kvar_outbox_save_async);
  g_task_set_task_data (task, g_object_ref (draft), g_object_unref);

  if (!kvar_draft_check (draft, &error))
    {
      g_task_return_error (task, error);
      return;
    }

  kvar_outbox_commit_deletes (self);
  kvar_draft_queue (draft, kvar_outbox_next_position (self));
  if (!can_send (self))
    {
      g_task_return_error (task, why_not (self));
      return;
    }

  g_queue_push_tail (&self->waiters, g_steal_pointer (&task));
  kvar_outbox_hurry (self);
}

/**
 * kvar_outbox_save_finish:
 *
 * Returns: (transfer full) (nullable): the record as the server has it now
 */
KvarRecord *
kvar_outbox_save_finish (KvarOutbox    *self,
                         GAsyncResult  *result,
                         GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * kvar_outbox_retry:
 * @draft: that is parked, or waits
 *
 * Puts @draft in line again, at its end, as it is now; if that cannot be sent it stays parked.
 */
void
kvar_outbox_retry (KvarOutbox *self,
                   KvarDraft  *draft)
{
  g_autoptr(GError) error = NULL;

  g_return_if_fail (KVAR_IS_OUTBOX (self));
  g_return_if_fail (KVAR_IS_DRAFT (draft));

  kvar_outbox_commit_deletes (self);
  if (kvar_draft_get_state (draft) == KVAR_DRAFT_PARKED)
    {
      if (kvar_draft_get_deletes (draft) || kvar_draft_check (draft, &error))
        kvar_draft_queue (draft, kvar_outbox_next_position (self));
      else
        kvar_draft_park (draft, error);
    }
  kvar_outbox_hurry (self);
}

/**
 * kvar_outbox_discard:
 * @draft: what is typed and not sent
 *
 * Takes @draft out of the line and its changes back. What is under way may arrive all the
 * same.
 */
void
kvar_outbox_discard (KvarOutbox *self,
                     KvarDraft  *draft)
{
  g_autoptr(KvarDraft) keep = NULL;

  g_return_if_fail (KVAR_IS_OUTBOX (self));
  g_return_if_fail (KVAR_IS_DRAFT (draft));

  keep = g_object_ref (draft);
  g_ptr_array_remove (self->deletes, draft);
  if (!kvar_outbox_is_sending (self, draft))
    kvar_draft_unqueue (draft);
  kvar_draft_set_deletes (draft, FALSE);
  kvar_draft_discard (draft);
}

/* What may be on the server already, and would be there twice. */
static gboolean
has_to_be_looked_for (KvarDraft *draft)
{
  return kvar_draft_get_insert_sent (draft) && !is_repeatable (draft);
}

/* A copy: the list is in another order with every change. */
static GPtrArray *
list_unqueued (KvarOutbox *self)
{
  GListModel *drafts = G_LIST_MODEL (self->drafts);
  GPtrArray *unqueued = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < g_list_model_get_n_items (drafts); i++)
    {
      g_autoptr(KvarDraft) draft = g_list_model_get_item (drafts, i);

      if (kvar_draft_get_state (draft) != KVAR_DRAFT_QUEUED && !has_to_be_looked_for (draft))
        g_ptr_array_add (unqueued, g_steal_pointer (&draft));
    }

  return unqueued;
}

/**
 * kvar_outbox_send_all:
 *
 * Puts in line all that is typed and can be sent as it is, unless it may be there already.
 *
 * Returns: how many drafts are in line now
 */
guint
kvar_outbox_send_all (KvarOutbox *self)
{
  g_autoptr(GPtrArray) drafts = NULL;

  g_return_val_if_fail (KVAR_IS_OUTBOX (self), 0);

  kvar_outbox_commit_deletes (self);
  drafts = list_unqueued (self);
  for (guint i = 0; i < drafts->len; i++)
    if (kvar_draft_check (g_ptr_array_index (drafts, i), NULL))
      kvar_draft_queue (g_ptr_array_index (drafts, i), kvar_outbox_next_position (self));
  kvar_outbox_hurry (self);

  return self->n_waiting;
}
