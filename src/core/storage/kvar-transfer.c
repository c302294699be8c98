/* kvar-transfer.c: one file on its way to this computer, or from it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Either way a file travels in pieces, each a request of its own with the token of its moment.
 * What has arrived is remembered beside it, so that a lost network, a sign-in or a restart
 * costs one piece.
 */

#define G_LOG_DOMAIN "kvar-storage"

#include "config.h"

#include "kvar-backoff.h"
#include "kvar-error.h"
#include "storage/kvar-transfer-private.h"

/* How many answers that make no sense are met with patience. */
#define MAX_ODD 5

enum {
  PROP_STATE = 1,
  PROP_DONE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (KvarTransfer, kvar_transfer, G_TYPE_OBJECT)

GType
kvar_transfer_state_get_type (void)
{
  static const GEnumValue values[] = {
    { KVAR_TRANSFER_RUNNING, "KVAR_TRANSFER_RUNNING", "running" },
    { KVAR_TRANSFER_HELD, "KVAR_TRANSFER_HELD", "held" },
    { KVAR_TRANSFER_PAUSED, "KVAR_TRANSFER_PAUSED", "paused" },
    { KVAR_TRANSFER_DONE, "KVAR_TRANSFER_DONE", "done" },
    { KVAR_TRANSFER_FAILED, "KVAR_TRANSFER_FAILED", "failed" },
    { KVAR_TRANSFER_CANCELLED, "KVAR_TRANSFER_CANCELLED", "cancelled" },
    { 0, NULL, NULL },
  };
  static GType type;

  if (g_once_init_enter (&type))
    g_once_init_leave (&type, g_enum_register_static ("KvarTransferState", values));

  return type;
}

static void
set_state (KvarTransfer      *self,
           KvarTransferState  state)
{
  if (self->state == state)
    return;

  self->state = state;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
}

static void
stop_timer (KvarTransfer *self)
{
  if (self->retry_timer != 0)
    kvar_clock_remove_timer (kvar_session_get_clock (self->session), self->retry_timer);
  self->retry_timer = 0;
}

/* Whether the one who is signed in is the one whose transfer it is. */
static gboolean
is_same_user (KvarTransfer *self)
{
  return self->user_id != NULL &&
         g_strcmp0 (self->user_id, kvar_session_get_user_id (self->session)) == 0;
}

static void
session_state_cb (KvarTransfer *self)
{
  if (kvar_session_get_state (self->session) != KVAR_SESSION_SIGNED_IN || !is_same_user (self))
    return;

  /* One that pauses has nothing under way. */
  if (self->state == KVAR_TRANSFER_HELD ||
      (self->state == KVAR_TRANSFER_PAUSED && self->retry_timer != 0))
    kvar_transfer_step (self);
}

static void
retry_cb (gpointer user_data)
{
  KvarTransfer *self = user_data;

  self->retry_timer = 0;
  kvar_transfer_step (self);
}

static void
stop (KvarTransfer      *self,
      KvarTransferState  state)
{
  stop_timer (self);
  g_clear_object (&self->part);
  g_clear_pointer (&self->piece, g_bytes_unref);
  kvar_transfer_drop (self);
  set_state (self, state);
}

/**
 * kvar_transfer_judge:
 * @n_odd: how many answers made no sense before this one
 *
 * Returns: what @error means for a file on its way
 */
KvarTransferVerdict
kvar_transfer_judge (const GError *error,
                     guint         n_odd)
{
  if (error->domain != KVAR_ERROR)
    return KVAR_TRANSFER_STOPS;

  switch ((KvarError)error->code)
    {
    case KVAR_ERROR_SIGNED_OUT:
    case KVAR_ERROR_BLOCKED:
      return KVAR_TRANSFER_IS_HELD;

    case KVAR_ERROR_OFFLINE:
    case KVAR_ERROR_UNKNOWN_OUTCOME:
      return KVAR_TRANSFER_PAUSES;

    case KVAR_ERROR_BAD_REPLY:
      return n_odd < MAX_ODD ? KVAR_TRANSFER_PAUSES : KVAR_TRANSFER_STOPS;

    case KVAR_ERROR_REFUSED:
    case KVAR_ERROR_DENIED:
    case KVAR_ERROR_INVALID:
    case KVAR_ERROR_CONFLICT:
    case KVAR_ERROR_GONE:
    default:
      return KVAR_TRANSFER_STOPS;
    }
}

/* Whether the step that has ended is still wanted. */
gboolean
kvar_transfer_may_go_on (KvarTransfer *self)
{
  return !self->suspended && !kvar_transfer_is_over (self);
}

/**
 * kvar_transfer_fail:
 * @error: (transfer full): what ended the step
 *
 * Waits for a better moment, or ends the transfer.
 */
void
kvar_transfer_fail (KvarTransfer *self,
                    GError       *error)
{
  g_autoptr(GError) own = error;
  KvarTransferVerdict verdict = kvar_transfer_judge (own, self->n_odd);

  if (!kvar_transfer_may_go_on (self))
    return;

  g_debug ("Transfer of %s: %s", self->title, own->message);
  if (own->domain == KVAR_ERROR && own->code == KVAR_ERROR_BAD_REPLY)
    self->n_odd++;
  if (own->domain == KVAR_ERROR && own->code == KVAR_ERROR_UNKNOWN_OUTCOME)
    self->unsure = TRUE;

  if (verdict == KVAR_TRANSFER_STOPS)
    {
      self->failure = g_steal_pointer (&own);
      stop (self, KVAR_TRANSFER_FAILED);
    }
  else if (verdict == KVAR_TRANSFER_IS_HELD &&
           kvar_session_get_state (self->session) != KVAR_SESSION_SIGNED_IN)
    set_state (self, KVAR_TRANSFER_HELD);
  else
    {
      gint64 delay = kvar_backoff_delay (self->n_failures++, kvar_error_get_retry_after (own),
                                         NULL);

      stop_timer (self);
      self->retry_timer = kvar_clock_add_timer (kvar_session_get_clock (self->session), delay,
                                                retry_cb, self);
      set_state (self, KVAR_TRANSFER_PAUSED);
    }
}

void
kvar_transfer_finish (KvarTransfer *self)
{
  stop (self, KVAR_TRANSFER_DONE);
}

/* A piece has arrived. */
void
kvar_transfer_set_progress (KvarTransfer *self,
                            gint64        done,
                            gint64        size)
{
  self->n_failures = 0;
  self->n_odd = 0;
  self->done = done;
  self->size = size;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DONE]);
}

/* Goes on with whatever is next. */
void
kvar_transfer_step (KvarTransfer *self)
{
  stop_timer (self);
  if (!kvar_transfer_may_go_on (self))
    return;

  if (!kvar_session_is_usable (self->session) || !is_same_user (self))
    {
      set_state (self, KVAR_TRANSFER_HELD);
      return;
    }

  set_state (self, KVAR_TRANSFER_RUNNING);
  if (self->upload)
    kvar_transfer_upload_step (self);
  else
    kvar_transfer_download_step (self);
}

static void
kvar_transfer_get_property (GObject    *object,
                            guint       prop_id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  KvarTransfer *self = KVAR_TRANSFER (object);

  switch (prop_id)
    {
    case PROP_STATE:
      g_value_set_enum (value, self->state);
      break;

    case PROP_DONE:
      g_value_set_int64 (value, self->done);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
kvar_transfer_dispose (GObject *object)
{
  KvarTransfer *self = KVAR_TRANSFER (object);

  if (self->session != NULL)
    stop_timer (self);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (kvar_transfer_parent_class)->dispose (object);
}

static void
kvar_transfer_finalize (GObject *object)
{
  KvarTransfer *self = KVAR_TRANSFER (object);

  g_clear_object (&self->part);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->file);
  g_clear_pointer (&self->piece, g_bytes_unref);
  g_clear_error (&self->failure);
  g_free (self->user_id);
  g_free (self->bucket);
  g_free (self->key);
  g_free (self->title);
  g_free (self->content_type);
  g_free (self->id);
  g_free (self->etag);
  g_free (self->location);

  G_OBJECT_CLASS (kvar_transfer_parent_class)->finalize (object);
}

static void
kvar_transfer_class_init (KvarTransferClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = kvar_transfer_get_property;
  object_class->dispose = kvar_transfer_dispose;
  object_class->finalize = kvar_transfer_finalize;

  properties[PROP_STATE] =
    g_param_spec_enum ("state", NULL, NULL, KVAR_TYPE_TRANSFER_STATE, KVAR_TRANSFER_RUNNING,
                       flags);
  properties[PROP_DONE] =
    g_param_spec_int64 ("done", NULL, NULL, 0, G_MAXINT64, 0, flags);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
kvar_transfer_init (KvarTransfer *self)
{
  self->size = -1;
  self->cancellable = g_cancellable_new ();
}

/* The same wish by the same person finds what an earlier one has left. */
static char *
dup_id (KvarTransfer *self)
{
  g_autofree char *uri = g_file_get_uri (self->file);
  g_autofree char *text = NULL;

  text = g_strjoin ("\n", self->upload ? "up" : "down",
                    kvar_project_get_url (kvar_session_get_project (self->session)),
                    self->user_id != NULL ? self->user_id : "", self->bucket, self->key, uri,
                    NULL);

  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
}

static KvarTransfer *
new_transfer (KvarSession *session,
              gboolean     upload,
              const char  *bucket,
              const char  *key,
              GFile       *file)
{
  KvarTransfer *self = g_object_new (KVAR_TYPE_TRANSFER, NULL);

  self->session = g_object_ref (session);
  self->user_id = g_strdup (kvar_session_get_user_id (session));
  self->upload = upload;
  self->bucket = g_strdup (bucket);
  self->key = g_strdup (key);
  self->file = g_object_ref (file);
  self->title = g_file_get_basename (file);
  self->id = dup_id (self);

  return self;
}

/**
 * kvar_transfer_new_download:
 * @target: the file to be; what is there stays until the new one is whole
 */
KvarTransfer *
kvar_transfer_new_download (KvarSession *session,
                            const char  *bucket,
                            const char  *key,
                            GFile       *target)
{
  g_return_val_if_fail (KVAR_IS_SESSION (session), NULL);
  g_return_val_if_fail (bucket != NULL && key != NULL, NULL);
  g_return_val_if_fail (G_IS_FILE (target), NULL);

  return new_transfer (session, FALSE, bucket, key, target);
}

/**
 * kvar_transfer_new_upload:
 * @key: what it is to be called there, which Storage must take: kvar_file_name_for_key()
 * @replace: whether it may take the place of a file that is there
 */
KvarTransfer *
kvar_transfer_new_upload (KvarSession *session,
                          const char  *bucket,
                          const char  *key,
                          GFile       *source,
                          gboolean     replace)
{
  KvarTransfer *self;

  g_return_val_if_fail (KVAR_IS_SESSION (session), NULL);
  g_return_val_if_fail (bucket != NULL && key != NULL, NULL);
  g_return_val_if_fail (G_IS_FILE (source), NULL);

  self = new_transfer (session, TRUE, bucket, key, source);
  self->replace = replace;

  return self;
}

/**
 * kvar_transfer_start:
 *
 * Begins, or goes on from where the same transfer had to stop earlier.
 */
void
kvar_transfer_start (KvarTransfer *self)
{
  g_return_if_fail (KVAR_IS_TRANSFER (self));
  g_return_if_fail (!self->started);

  self->started = TRUE;
  g_signal_connect_object (self->session, "notify::state", G_CALLBACK (session_state_cb), self,
                           G_CONNECT_SWAPPED);
  if (self->upload)
    kvar_transfer_upload_begin (self);
  else
    kvar_transfer_download_begin (self);
}

/**
 * kvar_transfer_cancel:
 *
 * Ends it, and takes away what has come so far, here and on the server.
 */
void
kvar_transfer_cancel (KvarTransfer *self)
{
  g_return_if_fail (KVAR_IS_TRANSFER (self));

  if (kvar_transfer_is_over (self))
    return;

  g_cancellable_cancel (self->cancellable);
  kvar_transfer_upload_forget (self);
  stop (self, KVAR_TRANSFER_CANCELLED);
}

/**
 * kvar_transfer_suspend:
 *
 * Stops where it is, and leaves what is needed to go on with it another time.
 */
void
kvar_transfer_suspend (KvarTransfer *self)
{
  g_return_if_fail (KVAR_IS_TRANSFER (self));

  if (kvar_transfer_is_over (self))
    return;

  self->suspended = TRUE;
  stop_timer (self);
  g_cancellable_cancel (self->cancellable);
}

gboolean
kvar_transfer_is_upload (KvarTransfer *self)
{
  g_return_val_if_fail (KVAR_IS_TRANSFER (self), FALSE);

  return self->upload;
}

/* Whether nothing more will come of it. */
gboolean
kvar_transfer_is_over (KvarTransfer *self)
{
  g_return_val_if_fail (KVAR_IS_TRANSFER (self), TRUE);

  return self->state == KVAR_TRANSFER_DONE || self->state == KVAR_TRANSFER_FAILED ||
         self->state == KVAR_TRANSFER_CANCELLED;
}

KvarTransferState
kvar_transfer_get_state (KvarTransfer *self)
{
  g_return_val_if_fail (KVAR_IS_TRANSFER (self), KVAR_TRANSFER_FAILED);

  return self->state;
}

const char *
kvar_transfer_get_bucket (KvarTransfer *self)
{
  g_return_val_if_fail (KVAR_IS_TRANSFER (self), NULL);

  return self->bucket;
}

const char *
kvar_transfer_get_key (KvarTransfer *self)
{
  g_return_val_if_fail (KVAR_IS_TRANSFER (self), NULL);

  return self->key;
}

/* What the file is called on this computer. */
const char *
kvar_transfer_get_title (KvarTransfer *self)
{
  g_return_val_if_fail (KVAR_IS_TRANSFER (self), NULL);

  return self->title;
}

/* Returns: (transfer none): the target of a download, or the source of an upload */
GFile *
kvar_transfer_get_file (KvarTransfer *self)
{
  g_return_val_if_fail (KVAR_IS_TRANSFER (self), NULL);

  return self->file;
}

/* Returns: how many bytes have arrived */
gint64
kvar_transfer_get_done (KvarTransfer *self)
{
  g_return_val_if_fail (KVAR_IS_TRANSFER (self), 0);

  return self->done;
}

/* Returns: how many bytes there are; -1 while that is not known */
gint64
kvar_transfer_get_size (KvarTransfer *self)
{
  g_return_val_if_fail (KVAR_IS_TRANSFER (self), -1);

  return self->size;
}

/* Returns: (nullable): what the file is said to be */
const char *
kvar_transfer_get_content_type (KvarTransfer *self)
{
  g_return_val_if_fail (KVAR_IS_TRANSFER (self), NULL);

  return self->content_type;
}

/* Returns: (nullable): why it has failed */
const GError *
kvar_transfer_get_error (KvarTransfer *self)
{
  g_return_val_if_fail (KVAR_IS_TRANSFER (self), NULL);

  return self->failure;
}
