/* kvar-test-vault.c: a vault that lasts for the test, and can refuse
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "kvar-test-vault.h"

struct _KvarTestVault
{
  GObject     parent_instance;

  GHashTable *secrets;      /* slot → secret: tests have one project */
  gboolean    locked;
  gboolean    willing;
  int         refusal;      /* of writes; -1 none */
};

static void kvar_test_vault_iface_init (KvarVaultInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (KvarTestVault, kvar_test_vault, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (KVAR_TYPE_VAULT,
                                                      kvar_test_vault_iface_init))

static gboolean
refuse (KvarTestVault *self,
        GTask         *task,
        gboolean       writes)
{
  if (self->locked)
    g_task_return_new_error (task, KVAR_VAULT_ERROR, KVAR_VAULT_ERROR_LOCKED, "locked");
  else if (writes && self->refusal >= 0)
    g_task_return_new_error (task, KVAR_VAULT_ERROR, self->refusal, "refused");

  return self->locked || (writes && self->refusal >= 0);
}

static gboolean
kvar_test_vault_is_persistent (KvarVault *vault)
{
  return TRUE;
}

static void
kvar_test_vault_store_async (KvarVault           *vault,
                             const char          *project_id,
                             const char          *slot,
                             const char          *secret,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  KvarTestVault *self = KVAR_TEST_VAULT (vault);
  g_autoptr(GTask) task = g_task_new (self, cancellable, callback, user_data);

  if (refuse (self, task, TRUE))
    return;

  g_hash_table_insert (self->secrets, g_strdup (slot), g_strdup (secret));
  g_task_return_boolean (task, TRUE);
}

static void
kvar_test_vault_lookup_async (KvarVault           *vault,
                              const char          *project_id,
                              const char          *slot,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  KvarTestVault *self = KVAR_TEST_VAULT (vault);
  g_autoptr(GTask) task = g_task_new (self, cancellable, callback, user_data);

  if (!refuse (self, task, FALSE))
    g_task_return_pointer (task, g_strdup (g_hash_table_lookup (self->secrets, slot)), g_free);
}

static void
kvar_test_vault_clear_async (KvarVault           *vault,
                             const char          *project_id,
                             const char          *slot,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  KvarTestVault *self = KVAR_TEST_VAULT (vault);
  g_autoptr(GTask) task = g_task_new (self, cancellable, callback, user_data);

  if (refuse (self, task, TRUE))
    return;

  g_hash_table_remove (self->secrets, slot);
  g_task_return_boolean (task, TRUE);
}

static void
kvar_test_vault_unlock_async (KvarVault           *vault,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  KvarTestVault *self = KVAR_TEST_VAULT (vault);
  g_autoptr(GTask) task = g_task_new (self, cancellable, callback, user_data);

  if (self->willing)
    self->locked = FALSE;
  if (!refuse (self, task, FALSE))
    g_task_return_boolean (task, TRUE);
}

static void
kvar_test_vault_iface_init (KvarVaultInterface *iface)
{
  iface->is_persistent = kvar_test_vault_is_persistent;
  iface->store_async = kvar_test_vault_store_async;
  iface->lookup_async = kvar_test_vault_lookup_async;
  iface->clear_async = kvar_test_vault_clear_async;
  iface->unlock_async = kvar_test_vault_unlock_async;
}

static void
kvar_test_vault_finalize (GObject *object)
{
  KvarTestVault *self = KVAR_TEST_VAULT (object);

  g_clear_pointer (&self->secrets, g_hash_table_unref);

  G_OBJECT_CLASS (kvar_test_vault_parent_class)->finalize (object);
}

static void
kvar_test_vault_class_init (KvarTestVaultClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = kvar_test_vault_finalize;
}

static void
kvar_test_vault_init (KvarTestVault *self)
{
  self->secrets = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->refusal = -1;
}

KvarTestVault *
kvar_test_vault_new (void)
{
  return g_object_new (KVAR_TYPE_TEST_VAULT, NULL);
}

void
kvar_test_vault_lock (KvarTestVault *self,
                      gboolean       willing)
{
  self->locked = TRUE;
  self->willing = willing;
}

void
kvar_test_vault_unlock (KvarTestVault *self)
{
  self->locked = FALSE;
  g_signal_emit_by_name (self, "unlocked");
}

void
kvar_test_vault_refuse_writes (KvarTestVault *self,
                               int            code)
{
  self->refusal = code;
}

const char *
kvar_test_vault_get (KvarTestVault *self,
                     const char    *slot)
{
  return g_hash_table_lookup (self->secrets, slot);
}

void
kvar_test_vault_set (KvarTestVault *self,
                     const char    *slot,
                     const char    *secret)
{
  g_hash_table_insert (self->secrets, g_strdup (slot), g_strdup (secret));
}

void
kvar_test_vault_remove (KvarTestVault *self,
                        const char    *slot)
{
  g_hash_table_remove (self->secrets, slot);
}

guint
kvar_test_vault_get_n (KvarTestVault *self)
{
  return g_hash_table_size (self->secrets);
}
