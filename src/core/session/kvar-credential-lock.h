/* kvar-credential-lock.h: lets one process at a time renew a credential
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kvar-clock.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define KVAR_CREDENTIAL_LOCK_LIMIT (20 * KVAR_CLOCK_SECOND)

#define KVAR_TYPE_CREDENTIAL_LOCK (kvar_credential_lock_get_type ())

G_DECLARE_FINAL_TYPE (KvarCredentialLock, kvar_credential_lock, KVAR, CREDENTIAL_LOCK, GObject)

KvarCredentialLock *kvar_credential_lock_new           (const char           *state_dir,
                                                        const char           *project_id,
                                                        const char           *user_id,
                                                        KvarClock            *clock);
void                kvar_credential_lock_take_async    (KvarCredentialLock   *self,
                                                        GCancellable         *cancellable,
                                                        GAsyncReadyCallback   callback,
                                                        gpointer              user_data);
gboolean            kvar_credential_lock_take_finish   (KvarCredentialLock   *self,
                                                        GAsyncResult         *result,
                                                        GError              **error);
void                kvar_credential_lock_release       (KvarCredentialLock   *self);

G_END_DECLS
