/* kvar-insert-key.h: The key that a new record is sent with.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "records/kvar-draft.h"

G_BEGIN_DECLS

char **kvar_insert_key_choose (KvarDraft *draft,
                               GPtrArray *sent,
                               gboolean  *is_typed);

G_END_DECLS
