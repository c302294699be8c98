/* kvar-storage-api.h: builds the requests to Storage and reads its answers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "net/kvar-reply.h"
#include "storage/kvar-file-entry.h"

G_BEGIN_DECLS

/* How many entries of a folder come at once. */
#define KVAR_STORAGE_PAGE 200

KvarRequest   *kvar_storage_api_list_buckets (void);
char         **kvar_storage_api_read_buckets (KvarReply     *reply,
                                              GError       **error);
KvarRequest   *kvar_storage_api_list         (const char    *bucket,
                                              const char    *folder,
                                              const char    *search,
                                              guint          offset);
KvarRequest   *kvar_storage_api_list_v2      (const char    *bucket,
                                              const char    *folder,
                                              const char    *cursor);
GPtrArray     *kvar_storage_api_read_list    (KvarReply     *reply,
                                              const char    *bucket,
                                              const char    *folder,
                                              gboolean      *more,
                                              GError       **error);
GPtrArray     *kvar_storage_api_read_list_v2 (KvarReply     *reply,
                                              const char    *bucket,
                                              const char    *folder,
                                              char         **next_cursor,
                                              GError       **error);
gboolean       kvar_storage_api_lacks_v2     (KvarReply     *reply);
KvarRequest   *kvar_storage_api_info         (const char    *bucket,
                                              const char    *key);
KvarFileEntry *kvar_storage_api_read_info    (KvarReply     *reply,
                                              const char    *bucket,
                                              const char    *key,
                                              char         **etag,
                                              GError       **error);
KvarRequest   *kvar_storage_api_delete       (const char    *bucket,
                                              const char    *key);
gboolean       kvar_storage_api_read_delete  (KvarReply     *reply,
                                              GError       **error);
KvarRequest   *kvar_storage_api_download     (const char    *bucket,
                                              const char    *key,
                                              gint64         first,
                                              gint64         last);
gboolean       kvar_storage_api_read_part    (KvarReply     *reply,
                                              gint64        *first,
                                              gint64        *total);
KvarRequest   *kvar_storage_api_upload       (const char    *bucket,
                                              const char    *key,
                                              const char    *content_type,
                                              const char    *original,
                                              gboolean       replace,
                                              GBytes        *data);
KvarRequest   *kvar_storage_api_tus_create   (const char    *bucket,
                                              const char    *key,
                                              const char    *content_type,
                                              const char    *original,
                                              gboolean       replace,
                                              gint64         size);
char          *kvar_storage_api_read_location (KvarReply    *reply);
KvarRequest   *kvar_storage_api_tus_ask      (const char    *location);
KvarRequest   *kvar_storage_api_tus_send     (const char    *location,
                                              gint64         offset,
                                              GBytes        *piece);
KvarRequest   *kvar_storage_api_tus_forget   (const char    *location);
gboolean       kvar_storage_api_read_offset  (KvarReply     *reply,
                                              gint64        *offset);

G_END_DECLS
