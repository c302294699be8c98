/* kvar-file-list.h: what is in one folder of a bucket, loaded page by page
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "session/kvar-session.h"
#include "storage/kvar-file-entry.h"

G_BEGIN_DECLS

#define KVAR_TYPE_FILE_LIST (kvar_file_list_get_type ())

G_DECLARE_FINAL_TYPE (KvarFileList, kvar_file_list, KVAR, FILE_LIST, GObject)

KvarFileList *kvar_file_list_new           (KvarSession         *session,
                                            const char          *bucket,
                                            const char          *folder);
const char   *kvar_file_list_get_bucket    (KvarFileList        *self);
const char   *kvar_file_list_get_folder    (KvarFileList        *self);
void          kvar_file_list_set_search    (KvarFileList        *self,
                                            const char          *search);
const char   *kvar_file_list_get_search    (KvarFileList        *self);
void          kvar_file_list_load_more     (KvarFileList        *self);
void          kvar_file_list_refresh       (KvarFileList        *self);
gboolean      kvar_file_list_get_loading   (KvarFileList        *self);
gboolean      kvar_file_list_get_complete  (KvarFileList        *self);
const GError *kvar_file_list_get_error     (KvarFileList        *self);
void          kvar_file_list_delete_async  (KvarFileList        *self,
                                            KvarFileEntry       *entry,
                                            GAsyncReadyCallback  callback,
                                            gpointer             user_data);
gboolean      kvar_file_list_delete_finish (KvarFileList        *self,
                                            GAsyncResult        *result,
                                            GError             **error);

G_END_DECLS
