/* kvar-guard.h: What must still hold of a row for a change to it to be no lost update.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "records/kvar-draft.h"
#include "records/kvar-filter.h"

G_BEGIN_DECLS

GPtrArray *kvar_guard_new (KvarRecord *base,
                           GPtrArray  *changes,
                           gboolean   *whole);

G_END_DECLS
