/* kvar-child-vault.h: a vault that is asked by a short-lived process each time
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "session/kvar-vault.h"

G_BEGIN_DECLS

#define KVAR_TYPE_CHILD_VAULT (kvar_child_vault_get_type ())

G_DECLARE_FINAL_TYPE (KvarChildVault, kvar_child_vault, KVAR, CHILD_VAULT, GObject)

KvarVault *kvar_child_vault_new       (void);
gboolean   kvar_child_vault_is_needed (void);

G_END_DECLS
