/* kvar-export-list.h: The exports of this process, the newest first.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "export/kvar-export-job.h"
#include "schema/kvar-schema.h"

G_BEGIN_DECLS

#define KVAR_TYPE_EXPORT_LIST (kvar_export_list_get_type ())

G_DECLARE_FINAL_TYPE (KvarExportList, kvar_export_list, KVAR, EXPORT_LIST, GObject)

KvarExportList *kvar_export_list_new            (void);
void            kvar_export_list_restore        (KvarExportList *self,
                                                 KvarSession    *session,
                                                 KvarSchema     *schema);
void            kvar_export_list_start          (KvarExportList *self,
                                                 KvarExportJob  *job);
void            kvar_export_list_remove         (KvarExportList *self,
                                                 KvarExportJob  *job);
void            kvar_export_list_run_again      (KvarExportList *self,
                                                 KvarExportJob  *job);
guint           kvar_export_list_get_n_running  (KvarExportList *self);

G_END_DECLS
