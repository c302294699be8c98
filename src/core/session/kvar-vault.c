/* kvar-vault.c: a place that keeps secrets
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-core"

#include "config.h"

#include "session/kvar-child-vault.h"
#include "session/kvar-memory-vault.h"
#include "session/kvar-secret-vault.h"
#include "session/kvar-vault.h"

G_DEFINE_QUARK (kvar-vault-error-quark, kvar_vault_error)

G_DEFINE_INTERFACE (KvarVault, kvar_vault, G_TYPE_OBJECT)

static void
kvar_vault_default_init (KvarVaultInterface *iface)
{
  /**
   * KvarVault::unlocked:
   *
   * A vault that was locked can be asked again.
   */
  g_signal_new ("unlocked", KVAR_TYPE_VAULT, G_SIGNAL_RUN_LAST,
                0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

/**
 * kvar_vault_new_default:
 *
 * Returns: (transfer full): the desktop's keyring, the sandbox's file, or with
 *   KVAR_VAULT=memory in the environment one that forgets
 */
KvarVault *
kvar_vault_new_default (void)
{
  if (g_strcmp0 (g_getenv ("KVAR_VAULT"), "memory") == 0)
    return kvar_memory_vault_new ();

  return kvar_child_vault_is_needed () ? kvar_child_vault_new () : kvar_secret_vault_new ();
}

/**
 * kvar_vault_is_persistent:
 *
 * Returns: whether what is stored outlives the process
 */
gboolean
kvar_vault_is_persistent (KvarVault *self)
{
  g_return_val_if_fail (KVAR_IS_VAULT (self), FALSE);

  return KVAR_VAULT_GET_IFACE (self)->is_persistent (self);
}

/**
 * kvar_vault_store_async:
 * @slot: a user's id, or a name of the session's own
 *
 * Stores @secret, in place of what was there.
 */
void
kvar_vault_store_async (KvarVault           *self,
                        const char          *project_id,
                        const char          *slot,
                        const char          *secret,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  g_return_if_fail (KVAR_IS_VAULT (self));
  g_return_if_fail (project_id != NULL && slot != NULL && secret != NULL);
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  KVAR_VAULT_GET_IFACE (self)->store_async (self, project_id, slot, secret, cancellable,
                                            callback, user_data);
}

gboolean
kvar_vault_store_finish (KvarVault     *self,
                         GAsyncResult  *result,
                         GError       **error)
{
  g_return_val_if_fail (KVAR_IS_VAULT (self), FALSE);
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

void
kvar_vault_lookup_async (KvarVault           *self,
                         const char          *project_id,
                         const char          *slot,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  g_return_if_fail (KVAR_IS_VAULT (self));
  g_return_if_fail (project_id != NULL && slot != NULL);
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  KVAR_VAULT_GET_IFACE (self)->lookup_async (self, project_id, slot, cancellable,
                                             callback, user_data);
}

/**
 * kvar_vault_lookup_finish:
 *
 * Returns: (transfer full) (nullable): the secret; %NULL without @error where there is none
 */
char *
kvar_vault_lookup_finish (KvarVault     *self,
                          GAsyncResult  *result,
                          GError       **error)
{
  g_return_val_if_fail (KVAR_IS_VAULT (self), NULL);
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

void
kvar_vault_clear_async (KvarVault           *self,
                        const char          *project_id,
                        const char          *slot,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  g_return_if_fail (KVAR_IS_VAULT (self));
  g_return_if_fail (project_id != NULL && slot != NULL);
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  KVAR_VAULT_GET_IFACE (self)->clear_async (self, project_id, slot, cancellable,
                                            callback, user_data);
}

gboolean
kvar_vault_clear_finish (KvarVault     *self,
                         GAsyncResult  *result,
                         GError       **error)
{
  g_return_val_if_fail (KVAR_IS_VAULT (self), FALSE);
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * kvar_vault_unlock_async:
 *
 * Asks the person to unlock the vault, in the desktop's own way. May take as long as
 * people take.
 */
void
kvar_vault_unlock_async (KvarVault           *self,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  g_return_if_fail (KVAR_IS_VAULT (self));
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  KVAR_VAULT_GET_IFACE (self)->unlock_async (self, cancellable, callback, user_data);
}

gboolean
kvar_vault_unlock_finish (KvarVault     *self,
                          GAsyncResult  *result,
                          GError       **error)
{
  g_return_val_if_fail (KVAR_IS_VAULT (self), FALSE);
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
