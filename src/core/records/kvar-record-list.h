/* kvar-record-list.h: The rows that answer a query, loaded page by page as they are needed.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "journal/kvar-cache.h"
#include "records/kvar-query.h"
#include "records/kvar-record.h"
#include "records/kvar-store.h"
#include "session/kvar-session.h"

G_BEGIN_DECLS

#define KVAR_TYPE_RECORD_LIST (kvar_record_list_get_type ())

G_DECLARE_FINAL_TYPE (KvarRecordList, kvar_record_list, KVAR, RECORD_LIST, GObject)

KvarRecordList *kvar_record_list_new          (KvarSession       *session,
                                               KvarTable         *table,
                                               KvarQuery         *query,
                                               const char *const *columns);
void            kvar_record_list_set_cache    (KvarRecordList    *self,
                                               KvarCache         *cache);
gboolean        kvar_record_list_get_judged_here
                                              (KvarRecordList    *self);
void            kvar_record_list_set_full_length
                                              (KvarRecordList    *self,
                                               gboolean           full_length);
void            kvar_record_list_set_view     (KvarRecordList    *self,
                                               guint              first,
                                               guint              end);
guint           kvar_record_list_get_n_loaded (KvarRecordList    *self);
gboolean        kvar_record_list_get_stretch  (KvarRecordList    *self,
                                               guint              position,
                                               guint             *start,
                                               guint             *end);
KvarTable      *kvar_record_list_get_table    (KvarRecordList    *self);
gboolean        kvar_record_list_get_loading  (KvarRecordList    *self);
gboolean        kvar_record_list_get_complete (KvarRecordList    *self);
const GError   *kvar_record_list_get_error    (KvarRecordList    *self);
gint64          kvar_record_list_get_total    (KvarRecordList    *self);
gboolean        kvar_record_list_get_total_is_exact
                                              (KvarRecordList    *self);
GDateTime      *kvar_record_list_get_loaded_at
                                              (KvarRecordList    *self);
void            kvar_record_list_load_more    (KvarRecordList    *self);
void            kvar_record_list_reload       (KvarRecordList    *self);
void            kvar_record_list_cancel       (KvarRecordList    *self);
gboolean        kvar_record_list_find_key     (KvarRecordList    *self,
                                               const char        *key,
                                               guint             *position);
void            kvar_record_list_hold         (KvarRecordList    *self,
                                               const char        *key);
void            kvar_record_list_follow       (KvarRecordList    *self,
                                               KvarStore         *store);

G_END_DECLS
