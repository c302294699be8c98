/* kvar-memory-vault.c: a vault that forgets when the process ends
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-core"

#include "config.h"

#include "session/kvar-memory-vault.h"

struct _KvarMemoryVault
{
  GObject     parent_instance;

  GHashTable *secrets;    /* "project\nslot" → secret */
};

static void kvar_memory_vault_iface_init (KvarVaultInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (KvarMemoryVault, kvar_memory_vault, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (KVAR_TYPE_VAULT,
                                                      kvar_memory_vault_iface_init))

static char *
make_key (const char *project_id,
          const char *slot)
{
  return g_strjoin ("\n", project_id, slot, NULL);
}

static void
wipe (gpointer data)
{
  char *secret = data;

  explicit_bzero (secret, strlen (secret));
  g_free (secret);
}

static gboolean
kvar_memory_vault_is_persistent (KvarVault *vault)
{
  return FALSE;
}

static void
kvar_memory_vault_store_async (KvarVault           *vault,
                               const char          *project_id,
                               const char          *slot,
                               const char          *secret,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  KvarMemoryVault *self = KVAR_MEMORY_VAULT (vault);
  g_autoptr(GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, kvar_memory_vault_store_async);
  if (g_task_return_error_if_cancelled (task))
    return;

  g_hash_table_insert (self->secrets, make_key (project_id, slot), g_strdup (secret));
  g_task_return_boolean (task, TRUE);
}

static void
kvar_memory_vault_lookup_async (KvarVault           *vault,
                                const char          *project_id,
                                const char          *slot,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  KvarMemoryVault *self = KVAR_MEMORY_VAULT (vault);
  g_autoptr(GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autofree char *key = make_key (project_id, slot);

  g_task_set_source_tag (task, kvar_memory_vault_lookup_async);
  if (g_task_return_error_if_cancelled (task))
    return;

  g_task_return_pointer (task, g_strdup (g_hash_table_lookup (self->secrets, key)), wipe);
}

static void
kvar_memory_vault_clear_async (KvarVault           *vault,
                               const char          *project_id,
                               const char          *slot,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  KvarMemoryVault *self = KVAR_MEMORY_VAULT (vault);
  g_autoptr(GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autofree char *key = make_key (project_id, slot);

  g_task_set_source_tag (task, kvar_memory_vault_clear_async);
  if (g_task_return_error_if_cancelled (task))
    return;

  g_hash_table_remove (self->secrets, key);
  g_task_return_boolean (task, TRUE);
}

static void
kvar_memory_vault_unlock_async (KvarVault           *vault,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (vault, cancellable, callback, user_data);

  g_task_set_source_tag (task, kvar_memory_vault_unlock_async);
  g_task_return_boolean (task, TRUE);
}

static void
kvar_memory_vault_iface_init (KvarVaultInterface *iface)
{
  iface->is_persistent = kvar_memory_vault_is_persistent;
  iface->store_async = kvar_memory_vault_store_async;
  iface->lookup_async = kvar_memory_vault_lookup_async;
  iface->clear_async = kvar_memory_vault_clear_async;
  iface->unlock_async = kvar_memory_vault_unlock_async;
}

static void
kvar_memory_vault_finalize (GObject *object)
{
  KvarMemoryVault *self = KVAR_MEMORY_VAULT (object);

  g_clear_pointer (&self->secrets, g_hash_table_unref);

  G_OBJECT_CLASS (kvar_memory_vault_parent_class)->finalize (object);
}

static void
kvar_memory_vault_class_init (KvarMemoryVaultClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = kvar_memory_vault_finalize;
}

static void
kvar_memory_vault_init (KvarMemoryVault *self)
{
  self->secrets = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, wipe);
}

KvarVault *
kvar_memory_vault_new (void)
{
  return g_object_new (KVAR_TYPE_MEMORY_VAULT, NULL);
}
