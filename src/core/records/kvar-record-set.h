/* kvar-record-set.h: Rows in their order, found by what tells them apart.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "records/kvar-record.h"

G_BEGIN_DECLS

typedef struct _KvarRecordSet KvarRecordSet;

typedef void (*KvarRecordSetFunc) (guint    position,
                                   guint    n_removed,
                                   guint    n_added,
                                   gpointer user_data);

KvarRecordSet *kvar_record_set_new      (void);
void           kvar_record_set_free     (KvarRecordSet     *self);
guint          kvar_record_set_get_size (KvarRecordSet     *self);
KvarRecord    *kvar_record_set_get      (KvarRecordSet     *self,
                                         guint              position);
gboolean       kvar_record_set_find     (KvarRecordSet     *self,
                                         const char        *identity,
                                         guint             *position);
gboolean       kvar_record_set_append   (KvarRecordSet     *self,
                                         KvarRecord        *record);
gboolean       kvar_record_set_update   (KvarRecordSet     *self,
                                         const char        *identity,
                                         KvarRecord        *newer);
void           kvar_record_set_remove   (KvarRecordSet     *self,
                                         guint              position);
void           kvar_record_set_renew    (KvarRecordSet     *self,
                                         GPtrArray         *fresh,
                                         KvarRecordSetFunc  spliced,
                                         gpointer           user_data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KvarRecordSet, kvar_record_set_free)

G_END_DECLS
