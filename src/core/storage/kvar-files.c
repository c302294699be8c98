/* kvar-files.c: one user's files in a project: its buckets, and what is on its way
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-storage"

#include "config.h"

#include "storage/kvar-files.h"
#include "storage/kvar-opened-files.h"

struct _KvarFiles
{
  GObject           parent_instance;

  KvarSession      *session;
  char             *user_id;    /* (nullable) whose they are, once that is known */
  KvarBucketList   *buckets;
  KvarErrandList   *transfers;
  gboolean          moving;     /* what an earlier process had under way goes on */
};

G_DEFINE_FINAL_TYPE (KvarFiles, kvar_files, G_TYPE_OBJECT)

/* What was interrupted goes on by itself once its user is there, and waits while another is. */
static void
session_changed_cb (KvarFiles *self)
{
  const char *user_id = kvar_session_get_user_id (self->session);

  if (self->user_id == NULL)
    self->user_id = g_strdup (user_id);
  if (user_id == NULL)
    return;

  if (g_strcmp0 (user_id, self->user_id) != 0)
    {
      self->moving = FALSE;
      kvar_errand_list_suspend (self->transfers);
    }
  else if (!self->moving)
    {
      self->moving = TRUE;
      kvar_transfer_restore (self->transfers, self->session);
    }
}

/* Somebody who signs out by hand leaves nothing to be looked at. */
static void
signing_out_cb (KvarFiles *self)
{
  if (kvar_session_get_signing_out (self->session) && self->user_id != NULL &&
      g_strcmp0 (self->user_id, kvar_session_get_user_id (self->session)) == 0)
    kvar_opened_files_forget (self->session);
}

static void
kvar_files_dispose (GObject *object)
{
  KvarFiles *self = KVAR_FILES (object);

  if (self->transfers != NULL)
    kvar_errand_list_suspend (self->transfers);
  g_clear_object (&self->buckets);
  g_clear_object (&self->transfers);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (kvar_files_parent_class)->dispose (object);
}

static void
kvar_files_finalize (GObject *object)
{
  KvarFiles *self = KVAR_FILES (object);

  g_free (self->user_id);

  G_OBJECT_CLASS (kvar_files_parent_class)->finalize (object);
}

static void
kvar_files_class_init (KvarFilesClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = kvar_files_dispose;
  object_class->finalize = kvar_files_finalize;
}

static void
kvar_files_init (KvarFiles *self)
{
  self->transfers = kvar_errand_list_new ();
}

/**
 * kvar_files_new:
 * @state_dir: where the names of buckets are remembered
 */
KvarFiles *
kvar_files_new (KvarSession *session,
                const char  *state_dir)
{
  KvarFiles *self;

  g_return_val_if_fail (KVAR_IS_SESSION (session), NULL);
  g_return_val_if_fail (state_dir != NULL, NULL);

  self = g_object_new (KVAR_TYPE_FILES, NULL);
  self->session = g_object_ref (session);
  self->buckets = kvar_bucket_list_new (session, state_dir);
  g_signal_connect_object (session, "notify::user-id", G_CALLBACK (session_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::state", G_CALLBACK (session_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::signing-out", G_CALLBACK (signing_out_cb), self,
                           G_CONNECT_SWAPPED);
  session_changed_cb (self);

  return self;
}

/* Returns: (transfer none): where files are kept; empty until somebody refreshes it */
KvarBucketList *
kvar_files_get_buckets (KvarFiles *self)
{
  g_return_val_if_fail (KVAR_IS_FILES (self), NULL);

  return self->buckets;
}

/* Returns: (transfer none): what is on its way */
KvarErrandList *
kvar_files_get_transfers (KvarFiles *self)
{
  g_return_val_if_fail (KVAR_IS_FILES (self), NULL);

  return self->transfers;
}
