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
  PROP_DONE = 1,
  N_PROPS,

  /* of KvarErrand */
  PROP_STATE
};

static GParamSpec *properties[N_PROPS];

static void errand_init (KvarErrandInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (KvarTransfer, kvar_transfer, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (KVAR_TYPE_ERRAND, errand_init))

static void
set_state (KvarTransfer      *self,
           KvarErrandState  state)
{
  if (self->state == state)
    return;

  self->state = state;
  g_object_notify (G_OBJECT (self), "state");
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
  if (self->state == KVAR_ERRAND_HELD ||
      (self->state == KVAR_ERRAND_PAUSED && self->retry_timer != 0))
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
      KvarErrandState  state)
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
  return !kvar_errand_is_over (KVAR_ERRAND (self));
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
      stop (self, KVAR_ERRAND_FAILED);
    }
  else if (verdict == KVAR_TRANSFER_IS_HELD &&
           kvar_session_get_state (self->session) != KVAR_SESSION_SIGNED_IN)
    set_state (self, KVAR_ERRAND_HELD);
  else
    {
      gint64 delay = kvar_backoff_delay (self->n_failures++, kvar_error_get_retry_after (own),
                                         NULL);

      stop_timer (self);
      self->retry_timer = kvar_clock_add_timer (kvar_session_get_clock (self->session), delay,
                                                retry_cb, self);
      set_state (self, KVAR_ERRAND_PAUSED);
    }
}

void
kvar_transfer_finish (KvarTransfer *self)
{
  stop (self, KVAR_ERRAND_DONE);
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
      set_state (self, KVAR_ERRAND_HELD);
      return;
    }

  set_state (self, KVAR_ERRAND_RUNNING);
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

  properties[PROP_DONE] =
    g_param_spec_int64 ("done", NULL, NULL, 0, G_MAXINT64, 0, flags);

  g_object_class_install_properties (object_class, N_PROPS, properties);
  g_object_class_override_property (object_class, PROP_STATE, "state");
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

static KvarErrandState
get_state (KvarErrand *errand)
{
  return KVAR_TRANSFER (errand)->state;
}

static const char *
get_title (KvarErrand *errand)
{
  return KVAR_TRANSFER (errand)->title;
}

static GFile *
get_file (KvarErrand *errand)
{
  return KVAR_TRANSFER (errand)->file;
}

static double
get_fraction (KvarErrand *errand)
{
  KvarTransfer *self = KVAR_TRANSFER (errand);

  return self->size > 0 ? MIN (1.0, (double)self->done / self->size) : -1;
}

static const GError *
get_error (KvarErrand *errand)
{
  return KVAR_TRANSFER (errand)->failure;
}

static void
start (KvarErrand *errand)
{
  KvarTransfer *self = KVAR_TRANSFER (errand);

  g_return_if_fail (self->state == KVAR_ERRAND_WAITING);

  g_signal_connect_object (self->session, "notify::state", G_CALLBACK (session_state_cb), self,
                           G_CONNECT_SWAPPED);
  set_state (self, KVAR_ERRAND_RUNNING);
  if (self->upload)
    kvar_transfer_upload_begin (self);
  else
    kvar_transfer_download_begin (self);
}

/* Takes away what has come so far, here and on the server. */
static void
cancel (KvarErrand *errand)
{
  KvarTransfer *self = KVAR_TRANSFER (errand);

  if (!kvar_transfer_may_go_on (self))
    return;

  g_cancellable_cancel (self->cancellable);
  kvar_transfer_upload_forget (self);
  stop (self, KVAR_ERRAND_CANCELLED);
}

static void
suspend (KvarErrand *errand)
{
  KvarTransfer *self = KVAR_TRANSFER (errand);

  if (!kvar_transfer_may_go_on (self))
    return;

  stop_timer (self);
  g_cancellable_cancel (self->cancellable);
  set_state (self, KVAR_ERRAND_SUSPENDED);
}

/* An upload that another file stood in the way of takes its place now: that is what the person
 * asks for who has been told so. */
static KvarErrand *
dup_again (KvarErrand *errand)
{
  KvarTransfer *self = KVAR_TRANSFER (errand);
  KvarTransfer *again = new_transfer (self->session, self->upload, self->bucket, self->key,
                                      self->file);

  again->replace = self->replace || g_error_matches (self->failure, KVAR_ERROR,
                                                     KVAR_ERROR_CONFLICT);

  return KVAR_ERRAND (again);
}

static gboolean
is_same (KvarErrand *errand,
         KvarErrand *other)
{
  return KVAR_IS_TRANSFER (other) &&
         g_str_equal (KVAR_TRANSFER (errand)->id, KVAR_TRANSFER (other)->id);
}

static void
errand_init (KvarErrandInterface *iface)
{
  iface->get_state = get_state;
  iface->get_title = get_title;
  iface->get_file = get_file;
  iface->get_fraction = get_fraction;
  iface->get_error = get_error;
  iface->start = start;
  iface->cancel = cancel;
  iface->suspend = suspend;
  iface->dup_again = dup_again;
  iface->is_same = is_same;
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

gboolean
kvar_transfer_is_upload (KvarTransfer *self)
{
  g_return_val_if_fail (KVAR_IS_TRANSFER (self), FALSE);

  return self->upload;
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
