/* kvar-workspace.h: everything of one user in one project, shared by all windows
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "export/kvar-export-errand.h"
#include "functions/kvar-function-runs.h"
#include "journal/kvar-cache.h"
#include "kvar-places.h"
#include "records/kvar-draft-store.h"
#include "records/kvar-outbox.h"
#include "records/kvar-record-list.h"
#include "records/kvar-store.h"
#include "schema/kvar-schema-loader.h"
#include "session/kvar-session.h"
#include "storage/kvar-files.h"

G_BEGIN_DECLS

#define KVAR_TYPE_WORKSPACE (kvar_workspace_get_type ())

G_DECLARE_FINAL_TYPE (KvarWorkspace, kvar_workspace, KVAR, WORKSPACE, GObject)

KvarWorkspace    *kvar_workspace_new           (KvarSession   *session);

KvarSession      *kvar_workspace_get_session   (KvarWorkspace *self);
KvarProject      *kvar_workspace_get_project   (KvarWorkspace *self);
char             *kvar_workspace_dup_host      (KvarWorkspace *self);
gboolean          kvar_workspace_has_host      (KvarWorkspace *self,
                                                const char    *host);
const char       *kvar_workspace_get_user_id   (KvarWorkspace *self);
const char       *kvar_workspace_get_email     (KvarWorkspace *self);
void              kvar_workspace_set_email     (KvarWorkspace *self,
                                                const char    *email);
KvarSchemaLoader *kvar_workspace_get_loader    (KvarWorkspace *self);
KvarSchema       *kvar_workspace_get_schema    (KvarWorkspace *self);
const GError     *kvar_workspace_get_error     (KvarWorkspace *self);
gboolean          kvar_workspace_get_loading   (KvarWorkspace *self);
void              kvar_workspace_set_journal_database
                                               (KvarWorkspace *self,
                                                KvarDatabase  *database);
void              kvar_workspace_set_cache_database
                                               (KvarWorkspace *self,
                                                KvarDatabase  *database);
KvarCache        *kvar_workspace_get_cache     (KvarWorkspace *self);
KvarStore        *kvar_workspace_get_store     (KvarWorkspace *self);
KvarDraftStore   *kvar_workspace_get_drafts    (KvarWorkspace *self);
KvarOutbox       *kvar_workspace_get_outbox    (KvarWorkspace *self);
KvarErrandList   *kvar_workspace_get_exports   (KvarWorkspace *self);
KvarFiles        *kvar_workspace_get_files     (KvarWorkspace *self);
KvarRecordList   *kvar_workspace_get_list      (KvarWorkspace *self,
                                                const char    *table);
void              kvar_workspace_set_list      (KvarWorkspace *self,
                                                KvarRecordList *list);
KvarPlaces       *kvar_workspace_get_places    (KvarWorkspace *self);
KvarFunctionRuns *kvar_workspace_get_runs      (KvarWorkspace *self);
void              kvar_workspace_load_schema   (KvarWorkspace *self);

G_END_DECLS
