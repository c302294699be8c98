/* kvar-draft-base.h: What a draft's base becomes when more of its record is known.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "records/kvar-record.h"

G_BEGIN_DECLS

KvarRecord *kvar_draft_base_complete (KvarRecord *seen,
                                      KvarRecord *other);

G_END_DECLS
