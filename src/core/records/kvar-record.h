/* kvar-record.h: A row of a table as far as it has been loaded.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "records/kvar-value.h"
#include "schema/kvar-table.h"

G_BEGIN_DECLS

#define KVAR_TYPE_RECORD (kvar_record_get_type ())

G_DECLARE_FINAL_TYPE (KvarRecord, kvar_record, KVAR, RECORD, GObject)

KvarRecord  *kvar_record_new            (KvarTable         *table);
KvarRecord  *kvar_record_dup            (KvarRecord        *self);
KvarTable   *kvar_record_get_table      (KvarRecord        *self);
gboolean     kvar_record_has_column     (KvarRecord        *self,
                                         guint              index);
gboolean     kvar_record_is_complete    (KvarRecord        *self);
KvarValue   *kvar_record_get_value      (KvarRecord        *self,
                                         KvarColumn        *column);
const char  *kvar_record_get_text       (KvarRecord        *self,
                                         guint              index);
const char  *kvar_record_get_label_of   (KvarRecord        *self,
                                         KvarColumn        *column);
const char  *kvar_record_get_xmin       (KvarRecord        *self);
const char  *kvar_record_get_ctid       (KvarRecord        *self);
const char  *kvar_record_get_tableoid   (KvarRecord        *self);
char       **kvar_record_dup_key        (KvarRecord        *self);
char        *kvar_record_get_key_string (KvarRecord        *self);
char        *kvar_record_get_identity   (KvarRecord        *self);
char        *kvar_record_get_title      (KvarRecord        *self);
void         kvar_record_set_text       (KvarRecord        *self,
                                         guint              index,
                                         const char        *text);
void         kvar_record_forget_text    (KvarRecord        *self,
                                         guint              index);
void         kvar_record_set_label      (KvarRecord        *self,
                                         guint              index,
                                         const char        *label);
void         kvar_record_set_xmin       (KvarRecord        *self,
                                         const char        *xmin);
void         kvar_record_set_place      (KvarRecord        *self,
                                         const char        *tableoid,
                                         const char        *ctid);
void         kvar_record_update         (KvarRecord        *self,
                                         KvarRecord        *newer);

G_END_DECLS
