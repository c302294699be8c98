/* kvar-vault.h: a place that keeps secrets
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * KvarVaultError:
 * @KVAR_VAULT_ERROR_LOCKED: the vault is there but locked; nothing is known about the secret
 * @KVAR_VAULT_ERROR_ABSENT: there is no vault on this computer
 * @KVAR_VAULT_ERROR_FAILED: the vault did not do it, or not in time
 *
 * For the session only: it never hands these on.
 */
typedef enum
{
  KVAR_VAULT_ERROR_LOCKED,
  KVAR_VAULT_ERROR_ABSENT,
  KVAR_VAULT_ERROR_FAILED,
} KvarVaultError;

#define KVAR_VAULT_ERROR (kvar_vault_error_quark ())

GQuark kvar_vault_error_quark (void);

#define KVAR_TYPE_VAULT (kvar_vault_get_type ())

G_DECLARE_INTERFACE (KvarVault, kvar_vault, KVAR, VAULT, GObject)

/**
 * KvarVaultInterface:
 * @is_persistent: whether what is stored outlives the process
 *
 * A secret is a text under a project's id and a slot, which is a user's id or a name of
 * the session's own. Each access ends with a #GTask on the vault: of a boolean, or of the
 * secret for a look-up. The signal "unlocked" says that a vault which was locked can be
 * asked again.
 */
struct _KvarVaultInterface
{
  GTypeInterface parent_interface;

  gboolean   (*is_persistent) (KvarVault            *self);
  void       (*store_async)   (KvarVault            *self,
                               const char           *project_id,
                               const char           *slot,
                               const char           *secret,
                               GCancellable         *cancellable,
                               GAsyncReadyCallback   callback,
                               gpointer              user_data);
  void       (*lookup_async)  (KvarVault            *self,
                               const char           *project_id,
                               const char           *slot,
                               GCancellable         *cancellable,
                               GAsyncReadyCallback   callback,
                               gpointer              user_data);
  void       (*clear_async)   (KvarVault            *self,
                               const char           *project_id,
                               const char           *slot,
                               GCancellable         *cancellable,
                               GAsyncReadyCallback   callback,
                               gpointer              user_data);
  void       (*unlock_async)  (KvarVault            *self,
                               GCancellable         *cancellable,
                               GAsyncReadyCallback   callback,
                               gpointer              user_data);
};

KvarVault *kvar_vault_new_default   (void);
gboolean   kvar_vault_is_persistent (KvarVault            *self);
void       kvar_vault_store_async   (KvarVault            *self,
                                     const char           *project_id,
                                     const char           *slot,
                                     const char           *secret,
                                     GCancellable         *cancellable,
                                     GAsyncReadyCallback   callback,
                                     gpointer              user_data);
gboolean   kvar_vault_store_finish  (KvarVault            *self,
                                     GAsyncResult         *result,
                                     GError              **error);
void       kvar_vault_lookup_async  (KvarVault            *self,
                                     const char           *project_id,
                                     const char           *slot,
                                     GCancellable         *cancellable,
                                     GAsyncReadyCallback   callback,
                                     gpointer              user_data);
char      *kvar_vault_lookup_finish (KvarVault            *self,
                                     GAsyncResult         *result,
                                     GError              **error);
void       kvar_vault_clear_async   (KvarVault            *self,
                                     const char           *project_id,
                                     const char           *slot,
                                     GCancellable         *cancellable,
                                     GAsyncReadyCallback   callback,
                                     gpointer              user_data);
gboolean   kvar_vault_clear_finish  (KvarVault            *self,
                                     GAsyncResult         *result,
                                     GError              **error);
void       kvar_vault_unlock_async  (KvarVault            *self,
                                     GCancellable         *cancellable,
                                     GAsyncReadyCallback   callback,
                                     gpointer              user_data);
gboolean   kvar_vault_unlock_finish (KvarVault            *self,
                                     GAsyncResult         *result,
                                     GError              **error);

G_END_DECLS
