/* kvar-secret-vault.h: the desktop's keyring as a vault
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "session/kvar-vault.h"

G_BEGIN_DECLS

#define KVAR_TYPE_SECRET_VAULT (kvar_secret_vault_get_type ())

G_DECLARE_FINAL_TYPE (KvarSecretVault, kvar_secret_vault, KVAR, SECRET_VAULT, GObject)

KvarVault *kvar_secret_vault_new       (void);
void       kvar_secret_vault_set_limit (KvarSecretVault *self,
                                        guint            ms);

G_END_DECLS
