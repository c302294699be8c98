/* kvar-batch-item.h: one record of those that a function is run for, and what came of it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "records/kvar-record.h"

G_BEGIN_DECLS

typedef enum
{
  KVAR_BATCH_ITEM_WAITING,
  KVAR_BATCH_ITEM_RUNNING,
  KVAR_BATCH_ITEM_DONE,
  KVAR_BATCH_ITEM_FAILED,    /* or it may have: its text says so */
} KvarBatchItemState;

#define KVAR_TYPE_BATCH_ITEM_STATE (kvar_batch_item_state_get_type ())

GType kvar_batch_item_state_get_type (void);

#define KVAR_TYPE_BATCH_ITEM (kvar_batch_item_get_type ())

G_DECLARE_FINAL_TYPE (KvarBatchItem, kvar_batch_item, KVAR, BATCH_ITEM, GObject)

KvarBatchItem      *kvar_batch_item_new        (KvarRecord         *record);
KvarRecord         *kvar_batch_item_get_record (KvarBatchItem      *self);
const char         *kvar_batch_item_get_key    (KvarBatchItem      *self);
const char         *kvar_batch_item_get_title  (KvarBatchItem      *self);
KvarBatchItemState  kvar_batch_item_get_state  (KvarBatchItem      *self);
const char         *kvar_batch_item_get_text   (KvarBatchItem      *self);
void                kvar_batch_item_set_state  (KvarBatchItem      *self,
                                                KvarBatchItemState  state,
                                                const char         *text);

G_END_DECLS
