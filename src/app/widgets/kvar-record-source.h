/* kvar-record-source.h: records as the rows of a grid
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "grid/kvar-grid-source.h"
#include "kvar-row-edits.h"

G_BEGIN_DECLS

#define KVAR_TYPE_RECORD_SOURCE (kvar_record_source_get_type ())

G_DECLARE_FINAL_TYPE (KvarRecordSource, kvar_record_source, KVAR, RECORD_SOURCE, GObject)

KvarRecordSource *kvar_record_source_new      (KvarTable        *table,
                                               KvarRowEdits     *edits);
char             *kvar_record_source_dup_plain
                                              (KvarRecordSource *self,
                                               KvarGridColumn   *column,
                                               KvarRecord       *record);
void              kvar_record_source_set_leaving
                                              (KvarRecordSource *self,
                                               GHashTable       *keys);

G_END_DECLS
