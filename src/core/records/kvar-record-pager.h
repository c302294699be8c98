/* kvar-record-pager.h: Fetches the rows that answer a query, one page after the other.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "records/kvar-query.h"
#include "records/kvar-record.h"
#include "session/kvar-session.h"

G_BEGIN_DECLS

#define KVAR_TYPE_RECORD_PAGER (kvar_record_pager_get_type ())

G_DECLARE_FINAL_TYPE (KvarRecordPager, kvar_record_pager, KVAR, RECORD_PAGER, GObject)

KvarRecordPager *kvar_record_pager_new              (KvarSession          *session,
                                                     KvarTable            *table,
                                                     KvarQuery            *query,
                                                     const char *const    *columns);
KvarRecordPager *kvar_record_pager_new_at           (KvarRecordPager      *like,
                                                     GPtrArray            *place,
                                                     guint64               skip,
                                                     gboolean              backward);
gboolean         kvar_record_pager_get_backward     (KvarRecordPager      *self);
gboolean         kvar_record_pager_get_counts       (KvarRecordPager      *self);
guint            kvar_record_pager_get_page_size    (KvarRecordPager      *self);
void             kvar_record_pager_set_page_size    (KvarRecordPager      *self,
                                                     guint                 page_size);
GPtrArray       *kvar_record_pager_get_place_of     (KvarRecordPager      *self,
                                                     KvarRecord           *record);
gboolean         kvar_record_pager_get_complete     (KvarRecordPager      *self);
gboolean         kvar_record_pager_get_last_was_short
                                                    (KvarRecordPager      *self);
void             kvar_record_pager_next_async       (KvarRecordPager      *self,
                                                     GCancellable         *cancellable,
                                                     GAsyncReadyCallback   callback,
                                                     gpointer              user_data);
GPtrArray       *kvar_record_pager_next_finish      (KvarRecordPager      *self,
                                                     GAsyncResult         *result,
                                                     GError              **error);

G_END_DECLS
