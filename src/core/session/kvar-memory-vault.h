/* kvar-memory-vault.h: a vault that forgets when the process ends
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "session/kvar-vault.h"

G_BEGIN_DECLS

#define KVAR_TYPE_MEMORY_VAULT (kvar_memory_vault_get_type ())

G_DECLARE_FINAL_TYPE (KvarMemoryVault, kvar_memory_vault, KVAR, MEMORY_VAULT, GObject)

KvarVault *kvar_memory_vault_new (void);

G_END_DECLS
