/* kvar-form-memory.h: the record that somebody has entered last in each table
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kvar-workspace.h"

G_BEGIN_DECLS

KvarDraft *kvar_form_memory_get_last (KvarWorkspace *workspace,
                                      const char    *table);
void       kvar_form_memory_set_last (KvarWorkspace *workspace,
                                      KvarDraft     *draft);

G_END_DECLS
