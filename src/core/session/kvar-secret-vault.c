/* kvar-secret-vault.c: the desktop's keyring as a vault
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Reading never asks the person anything: a locked keyring is an error that says so, and
 * only unlocking prompts. Every access has a limit, because keyrings that are restarted
 * under us have been seen to answer never.
 */

#define G_LOG_DOMAIN "kvar-core"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <libsecret/secret.h>

#include "session/kvar-secret-vault.h"
#include "session/kvar-token.h"

#define LIMIT_MS 10000

static const SecretSchema schema = {
  "io.github.kvarapp.Kvar.Session", SECRET_SCHEMA_NONE,
  {
    { "project", SECRET_SCHEMA_ATTRIBUTE_STRING },
    { "slot", SECRET_SCHEMA_ATTRIBUTE_STRING },
  }
};

struct _KvarSecretVault
{
  GObject           parent_instance;

  SecretCollection *watched;       /* (nullable): the locked one we wait for */
  gboolean          guessed;       /* said “unlocked” without having seen it happen */
  guint             limit_ms;      /* of one access */
};

/* One access: what to do, and its limit, which ends it through its own cancellable. */
typedef struct
{
  char         *project_id;
  char         *slot;
  char         *secret;            /* (nullable): to be stored */
  GList        *items;             /* found, and not read yet */
  SecretRetrievable *newest;       /* (nullable): of those that were read */
  char         *found;             /* (nullable): its secret */
  GCancellable *limited;
  guint         limit_id;
  gulong        chain_id;
} Access;

static void kvar_secret_vault_iface_init (KvarVaultInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (KvarSecretVault, kvar_secret_vault, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (KVAR_TYPE_VAULT,
                                                      kvar_secret_vault_iface_init))

static void
clear_secret (char **secret)
{
  if (*secret != NULL)
    explicit_bzero (*secret, strlen (*secret));
  g_clear_pointer (secret, g_free);
}

static void
access_free (gpointer data)
{
  Access *access = data;

  g_clear_handle_id (&access->limit_id, g_source_remove);
  g_free (access->project_id);
  g_free (access->slot);
  clear_secret (&access->secret);
  clear_secret (&access->found);
  g_list_free_full (access->items, g_object_unref);
  g_clear_object (&access->newest);
  g_clear_object (&access->limited);
  g_free (access);
}

static gboolean
limit_reached_cb (gpointer user_data)
{
  Access *access = user_data;

  access->limit_id = 0;
  g_cancellable_cancel (access->limited);

  return G_SOURCE_REMOVE;
}

static void
caller_cancelled_cb (GCancellable *cancellable,
                     gpointer      user_data)
{
  g_cancellable_cancel (G_CANCELLABLE (user_data));
}

/* The limit is real time, not a KvarClock's: what it guards against is another process. */
static GTask *
begin_access (KvarVault           *vault,
              const char          *project_id,
              const char          *slot,
              const char          *secret,
              GCancellable        *cancellable,
              GAsyncReadyCallback  callback,
              gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (vault, cancellable, callback, user_data);
  Access *access = g_new0 (Access, 1);

  access->project_id = g_strdup (project_id);
  access->slot = g_strdup (slot);
  access->secret = g_strdup (secret);
  access->limited = g_cancellable_new ();
  if (project_id != NULL)    /* a person who types a password has no limit */
    access->limit_id = g_timeout_add (KVAR_SECRET_VAULT (vault)->limit_ms, limit_reached_cb,
                                      access);
  if (cancellable != NULL)
    access->chain_id = g_cancellable_connect (cancellable, G_CALLBACK (caller_cancelled_cb),
                                              g_object_ref (access->limited),
                                              g_object_unref);
  g_task_set_task_data (task, access, access_free);

  return g_steal_pointer (&task);
}

static void
end_access (GTask *task)
{
  Access *access = g_task_get_task_data (task);

  g_clear_handle_id (&access->limit_id, g_source_remove);
  if (access->chain_id != 0)
    g_cancellable_disconnect (g_task_get_cancellable (task), access->chain_id);
  access->chain_id = 0;
}

static void watch_for_unlocking (KvarSecretVault *self);

/* What libsecret and the bus say, in our three words. An error that somebody on the bus
 * sent is no absence: a keyring that was started anew says that it has no session. */
static void
return_vault_error (GTask  *task,
                    GError *error)
{
  g_autoptr(GError) owned = error;
  KvarVaultError code = KVAR_VAULT_ERROR_FAILED;

  if (g_task_return_error_if_cancelled (task))
    return;

  if (g_error_matches (owned, SECRET_ERROR, SECRET_ERROR_IS_LOCKED))
    code = KVAR_VAULT_ERROR_LOCKED;
  else if (g_error_matches (owned, G_DBUS_ERROR, G_DBUS_ERROR_SERVICE_UNKNOWN) ||
           g_error_matches (owned, G_DBUS_ERROR, G_DBUS_ERROR_NAME_HAS_NO_OWNER) ||
           g_error_matches (owned, G_DBUS_ERROR, G_DBUS_ERROR_SPAWN_SERVICE_NOT_FOUND) ||
           (owned->domain == G_IO_ERROR && owned->code != G_IO_ERROR_CANCELLED &&
            owned->code != G_IO_ERROR_TIMED_OUT && owned->code != G_IO_ERROR_DBUS_ERROR))
    code = KVAR_VAULT_ERROR_ABSENT;

  if (code == KVAR_VAULT_ERROR_LOCKED)
    watch_for_unlocking (g_task_get_source_object (task));
  g_task_return_new_error (task, KVAR_VAULT_ERROR, code, "%s", owned->message);
}

static gboolean
kvar_secret_vault_is_persistent (KvarVault *vault)
{
  return TRUE;
}

/* Store */

static void
stored_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  GError *error = NULL;

  end_access (task);

  if (!secret_password_store_finish (result, &error))
    return_vault_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

static void
kvar_secret_vault_store_async (KvarVault           *vault,
                               const char          *project_id,
                               const char          *slot,
                               const char          *secret,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  g_autoptr(GTask) task = begin_access (vault, project_id, slot, secret, cancellable,
                                        callback, user_data);
  Access *access = g_task_get_task_data (task);
  g_autofree char *label = NULL;

  g_task_set_source_tag (task, kvar_secret_vault_store_async);

  /* Translators: what the keyring's own window calls the entry; the placeholder is a
   * project's address, such as norr.example.org. */
  label = g_strdup_printf (_("Kvar session at %s"), project_id);
  secret_password_store (&schema, SECRET_COLLECTION_DEFAULT, label, access->secret,
                         access->limited, stored_cb, g_steal_pointer (&task),
                         "project", project_id, "slot", slot, NULL);
}

/* Look up: search without unlocking → read what was found → the newest, of which there should
 * be one. Where two processes have stored for the first time at once, there may be two. */

static void retrieved_cb (GObject *object, GAsyncResult *result, gpointer user_data);

static void found_collection_cb (GObject *object, GAsyncResult *result, gpointer user_data);

static void
unlocked_cb (KvarSecretVault  *self,
             GParamSpec       *pspec,
             SecretCollection *collection)
{
  if (secret_collection_get_locked (collection))
    return;

  g_signal_handlers_disconnect_by_func (collection, unlocked_cb, self);
  g_clear_object (&self->watched);
  self->guessed = FALSE;
  g_signal_emit_by_name (self, "unlocked");
}

/* A gnome-keyring that the bus has started anew says only this, not which property it is
 * that has changed. */
static void
collection_changed_cb (KvarSecretVault *self)
{
  if (self->watched != NULL)
    secret_collection_refresh (self->watched);
}

static void
watch_for_unlocking (KvarSecretVault *self)
{
  if (self->watched == NULL)
    secret_collection_for_alias (NULL, SECRET_COLLECTION_DEFAULT, SECRET_COLLECTION_NONE, NULL,
                                 found_collection_cb, g_object_ref (self));
}

static void
found_collection_cb (GObject      *object,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  g_autoptr(KvarSecretVault) self = user_data;
  g_autoptr(SecretCollection) collection = NULL;
  SecretService *service;

  collection = secret_collection_for_alias_finish (result, NULL);
  if (collection == NULL || self->watched != NULL)
    return;

  /* Unlocked while we looked for it, so nothing is left to wait for. Believed once only:
   * it may be another keyring that is locked. */
  if (!secret_collection_get_locked (collection))
    {
      if (!self->guessed)
        {
          self->guessed = TRUE;
          g_signal_emit_by_name (self, "unlocked");
        }
      return;
    }

  self->watched = g_steal_pointer (&collection);
  g_signal_connect_object (self->watched, "notify::locked", G_CALLBACK (unlocked_cb), self,
                           G_CONNECT_SWAPPED);
  service = secret_collection_get_service (self->watched);
  g_signal_handlers_disconnect_by_func (service, collection_changed_cb, self);
  g_signal_connect_object (service, "g-signal::CollectionChanged",
                           G_CALLBACK (collection_changed_cb), self, G_CONNECT_SWAPPED);
}

static int
compare_modified (gconstpointer a,
                  gconstpointer b)
{
  guint64 one = secret_retrievable_get_modified ((SecretRetrievable *)a);
  guint64 other = secret_retrievable_get_modified ((SecretRetrievable *)b);

  return (one < other) - (one > other);
}

static gboolean
is_locked (SecretRetrievable *item)
{
  return SECRET_IS_ITEM (item) && secret_item_get_locked (SECRET_ITEM (item));
}

static void
forget_item (SecretRetrievable *item)
{
  if (!SECRET_IS_ITEM (item))
    return;

  g_message ("The keyring had an older item of the same session; it is deleted");
  secret_item_delete (SECRET_ITEM (item), NULL, NULL, NULL);
}

/* Keeps the newer of what was read so far and @text. The keyring's own times are whole seconds
 * and say only who came last, so that the secret itself has to tell. */
static void
keep_newer (Access            *access,
            SecretRetrievable *item,
            const char        *text)
{
  if (access->newest == NULL || kvar_token_secret_is_newer (text, access->found))
    {
      if (access->newest != NULL)
        forget_item (access->newest);
      g_set_object (&access->newest, item);
      clear_secret (&access->found);
      access->found = g_strdup (text);
    }
  else if (kvar_token_secret_is_newer (access->found, text))
    forget_item (item);
}

static void
retrieve_next (GTask *owned_task)
{
  g_autoptr(GTask) task = owned_task;
  Access *access = g_task_get_task_data (task);
  SecretRetrievable *item;

  if (access->items == NULL)
    {
      end_access (task);
      KVAR_SECRET_VAULT (g_task_get_source_object (task))->guessed = FALSE;
      g_task_return_pointer (task, g_steal_pointer (&access->found), g_free);
      return;
    }

  item = access->items->data;
  secret_retrievable_retrieve_secret (item, access->limited, retrieved_cb,
                                      g_steal_pointer (&task));
}

static void
retrieved_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  Access *access = g_task_get_task_data (task);
  g_autoptr(SecretValue) value = NULL;
  GError *error = NULL;
  const char *text;

  value = secret_retrievable_retrieve_secret_finish (SECRET_RETRIEVABLE (object), result, &error);
  if (error != NULL)
    {
      end_access (task);
      return_vault_error (task, error);
      return;
    }

  text = value != NULL ? secret_value_get_text (value) : NULL;
  if (text != NULL)
    keep_newer (access, SECRET_RETRIEVABLE (object), text);
  g_object_unref (object);
  access->items = g_list_delete_link (access->items, access->items);
  retrieve_next (g_steal_pointer (&task));
}

static void
searched_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  KvarSecretVault *self = g_task_get_source_object (task);
  Access *access = g_task_get_task_data (task);
  GError *error = NULL;

  access->items = secret_password_search_finish (result, &error);
  if (error != NULL)
    {
      end_access (task);
      return_vault_error (task, error);
      return;
    }

  access->items = g_list_sort (access->items, compare_modified);
  if (access->items != NULL && is_locked (access->items->data))
    {
      end_access (task);
      watch_for_unlocking (self);
      g_task_return_new_error (task, KVAR_VAULT_ERROR, KVAR_VAULT_ERROR_LOCKED,
                               "the keyring is locked");
      return;
    }

  retrieve_next (g_steal_pointer (&task));
}

static void
kvar_secret_vault_lookup_async (KvarVault           *vault,
                                const char          *project_id,
                                const char          *slot,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  g_autoptr(GTask) task = begin_access (vault, project_id, slot, NULL, cancellable,
                                        callback, user_data);
  Access *access = g_task_get_task_data (task);

  g_task_set_source_tag (task, kvar_secret_vault_lookup_async);
  secret_password_search (&schema, SECRET_SEARCH_ALL, access->limited, searched_cb,
                          g_steal_pointer (&task), "project", project_id, "slot", slot, NULL);
}

/* Clear */

static void
cleared_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  GError *error = NULL;

  end_access (task);

  /* "Nothing was there" is as good as "cleared". */
  secret_password_clear_finish (result, &error);
  if (error != NULL)
    return_vault_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

static void
kvar_secret_vault_clear_async (KvarVault           *vault,
                               const char          *project_id,
                               const char          *slot,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  g_autoptr(GTask) task = begin_access (vault, project_id, slot, NULL, cancellable,
                                        callback, user_data);
  Access *access = g_task_get_task_data (task);

  g_task_set_source_tag (task, kvar_secret_vault_clear_async);
  secret_password_clear (&schema, access->limited, cleared_cb, g_steal_pointer (&task),
                         "project", project_id, "slot", slot, NULL);
}

/* Unlock: find the keyring → prompt. */

static void unlock_found_cb  (GObject *object, GAsyncResult *result, gpointer user_data);
static void unlock_asked_cb  (GObject *object, GAsyncResult *result, gpointer user_data);

static void
kvar_secret_vault_unlock_async (KvarVault           *vault,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  g_autoptr(GTask) task = begin_access (vault, NULL, NULL, NULL, cancellable, callback,
                                        user_data);
  Access *access = g_task_get_task_data (task);

  g_task_set_source_tag (task, kvar_secret_vault_unlock_async);
  secret_collection_for_alias (NULL, SECRET_COLLECTION_DEFAULT, SECRET_COLLECTION_NONE,
                               access->limited, unlock_found_cb, g_steal_pointer (&task));
}

static void
unlock_found_cb (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  g_autoptr(SecretCollection) collection = NULL;
  g_autoptr(GList) collections = NULL;
  Access *access = g_task_get_task_data (task);
  GError *error = NULL;

  collection = secret_collection_for_alias_finish (result, &error);
  if (error != NULL)
    {
      end_access (task);
      return_vault_error (task, error);
      return;
    }

  if (collection == NULL || !secret_collection_get_locked (collection))
    {
      end_access (task);
      g_task_return_boolean (task, TRUE);
      return;
    }

  collections = g_list_prepend (NULL, collection);
  secret_service_unlock (NULL, collections, access->limited, unlock_asked_cb,
                         g_steal_pointer (&task));
}

static void
unlock_asked_cb (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  g_autolist(GDBusProxy) unlocked = NULL;
  GError *error = NULL;
  int n_unlocked;

  end_access (task);

  n_unlocked = secret_service_unlock_finish (NULL, result, &unlocked, &error);
  if (error != NULL)
    return_vault_error (task, error);
  else if (n_unlocked == 0)
    g_task_return_new_error (task, KVAR_VAULT_ERROR, KVAR_VAULT_ERROR_LOCKED,
                             "the keyring was not unlocked");
  else
    g_task_return_boolean (task, TRUE);
}

static void
kvar_secret_vault_iface_init (KvarVaultInterface *iface)
{
  iface->is_persistent = kvar_secret_vault_is_persistent;
  iface->store_async = kvar_secret_vault_store_async;
  iface->lookup_async = kvar_secret_vault_lookup_async;
  iface->clear_async = kvar_secret_vault_clear_async;
  iface->unlock_async = kvar_secret_vault_unlock_async;
}

static void
kvar_secret_vault_dispose (GObject *object)
{
  KvarSecretVault *self = KVAR_SECRET_VAULT (object);

  g_clear_object (&self->watched);

  G_OBJECT_CLASS (kvar_secret_vault_parent_class)->dispose (object);
}

static void
kvar_secret_vault_class_init (KvarSecretVaultClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kvar_secret_vault_dispose;
}

static void
kvar_secret_vault_init (KvarSecretVault *self)
{
  self->limit_ms = LIMIT_MS;
}

KvarVault *
kvar_secret_vault_new (void)
{
  return g_object_new (KVAR_TYPE_SECRET_VAULT, NULL);
}

/**
 * kvar_secret_vault_set_limit:
 *
 * Says how long a keyring may keep an access waiting, for those who cannot wait 10 s.
 */
void
kvar_secret_vault_set_limit (KvarSecretVault *self,
                             guint            ms)
{
  g_return_if_fail (KVAR_IS_SECRET_VAULT (self));

  self->limit_ms = ms;
}
