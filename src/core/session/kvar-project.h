/* kvar-project.h: a Supabase project: its address and its public key
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "net/kvar-transport.h"

G_BEGIN_DECLS

/* The demo's port is another one every time. */
#define KVAR_PROJECT_DEMO_ID "demo"

#define KVAR_TYPE_PROJECT (kvar_project_get_type ())

G_DECLARE_FINAL_TYPE (KvarProject, kvar_project, KVAR, PROJECT, GObject)

KvarProject *kvar_project_new          (const char           *url,
                                        const char           *key,
                                        GError              **error);
const char  *kvar_project_get_id       (KvarProject          *self);
const char  *kvar_project_get_name     (KvarProject          *self);
void         kvar_project_set_name     (KvarProject          *self,
                                        const char           *name);
const char  *kvar_project_get_url      (KvarProject          *self);
const char  *kvar_project_get_key      (KvarProject          *self);
gboolean     kvar_project_get_is_demo  (KvarProject          *self);
void         kvar_project_set_is_demo  (KvarProject          *self,
                                        gboolean              is_demo);
void         kvar_project_check_async  (KvarProject          *self,
                                        KvarTransport        *transport,
                                        GCancellable         *cancellable,
                                        GAsyncReadyCallback   callback,
                                        gpointer              user_data);
gboolean     kvar_project_check_finish (KvarProject          *self,
                                        GAsyncResult         *result,
                                        GError              **error);

G_END_DECLS
