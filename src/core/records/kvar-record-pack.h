/* kvar-record-pack.h: Records as bytes that can be kept, and read back.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "records/kvar-record.h"

G_BEGIN_DECLS

GBytes    *kvar_record_pack   (KvarTable *table,
                               GPtrArray *records,
                               guint      n_records);
GPtrArray *kvar_record_unpack (KvarTable *table,
                               GBytes    *bytes);

G_END_DECLS
