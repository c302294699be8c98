/* kvar-record-set.h: Rows in their order, of which some have not been loaded.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "records/kvar-record.h"

G_BEGIN_DECLS

typedef struct _KvarRecordSet KvarRecordSet;

/* Called after each step, when the set is as the step says. */
typedef void (*KvarRecordSetFunc) (guint    position,
                                   guint    n_removed,
                                   guint    n_added,
                                   gpointer user_data);

KvarRecordSet *kvar_record_set_new          (KvarTable         *table,
                                             KvarRecordSetFunc  spliced,
                                             gpointer           user_data);
void           kvar_record_set_free         (KvarRecordSet     *self);
guint          kvar_record_set_get_size     (KvarRecordSet     *self);
guint          kvar_record_set_get_n_loaded (KvarRecordSet     *self);
gboolean       kvar_record_set_get_begun    (KvarRecordSet     *self);
gboolean       kvar_record_set_get_ended    (KvarRecordSet     *self);
gboolean       kvar_record_set_get_complete (KvarRecordSet     *self);
KvarRecord    *kvar_record_set_get          (KvarRecordSet     *self,
                                             guint              position);
KvarRecord    *kvar_record_set_dup_item     (KvarRecordSet     *self,
                                             guint              position);
gboolean       kvar_record_set_get_stretch  (KvarRecordSet     *self,
                                             guint              position,
                                             guint             *start,
                                             guint             *end);
gboolean       kvar_record_set_find         (KvarRecordSet     *self,
                                             const char        *identity,
                                             guint             *position);
void           kvar_record_set_set_size     (KvarRecordSet     *self,
                                             guint              size);
gboolean       kvar_record_set_update       (KvarRecordSet     *self,
                                             const char        *identity,
                                             KvarRecord        *newer);
void           kvar_record_set_remove       (KvarRecordSet     *self,
                                             guint              position,
                                             guint              n_rows);
void           kvar_record_set_join_all     (KvarRecordSet     *self);
void           kvar_record_set_let_go       (KvarRecordSet     *self,
                                             guint              from,
                                             guint              to);

/* kvar-record-set-place.c */
guint          kvar_record_set_place_after  (KvarRecordSet     *self,
                                             guint              position,
                                             GPtrArray         *fresh);
guint          kvar_record_set_place_before (KvarRecordSet     *self,
                                             guint              position,
                                             GPtrArray         *fresh);
guint          kvar_record_set_place_at     (KvarRecordSet     *self,
                                             guint              position,
                                             GPtrArray         *fresh);
void           kvar_record_set_renew        (KvarRecordSet     *self,
                                             guint              position,
                                             GPtrArray         *fresh,
                                             gboolean           ended,
                                             gboolean           dense);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KvarRecordSet, kvar_record_set_free)

G_END_DECLS
