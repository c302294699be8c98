/* kvar-test-vault.h: a vault that lasts for the test, and can refuse
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "session/kvar-vault.h"

G_BEGIN_DECLS

#define KVAR_TYPE_TEST_VAULT (kvar_test_vault_get_type ())

G_DECLARE_FINAL_TYPE (KvarTestVault, kvar_test_vault, KVAR, TEST_VAULT, GObject)

KvarTestVault *kvar_test_vault_new           (void);

/* Every access gets KVAR_VAULT_ERROR_LOCKED; unlocking succeeds only with @willing. */
void           kvar_test_vault_lock          (KvarTestVault *self,
                                              gboolean       willing);
void           kvar_test_vault_unlock        (KvarTestVault *self);

/* Writes fail with @code from now on, or work again with -1. */
void           kvar_test_vault_refuse_writes (KvarTestVault *self,
                                              int            code);

const char    *kvar_test_vault_get           (KvarTestVault *self,
                                              const char    *slot);
void           kvar_test_vault_set           (KvarTestVault *self,
                                              const char    *slot,
                                              const char    *secret);
void           kvar_test_vault_remove        (KvarTestVault *self,
                                              const char    *slot);
guint          kvar_test_vault_get_n         (KvarTestVault *self);

G_END_DECLS
