/* kvar-link-errand.h: a record that is entered so that another one can be linked to it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kvar-workspace.h"

G_BEGIN_DECLS

gboolean   kvar_link_errand_begin    (KvarWorkspace *workspace,
                                      KvarTable     *table,
                                      const char    *typed,
                                      KvarDraft     *origin,
                                      KvarColumn    *column);
char      *kvar_link_errand_describe (KvarWorkspace *workspace,
                                      KvarDraft     *wanted);
KvarRoute *kvar_link_errand_finish   (KvarWorkspace *workspace,
                                      KvarDraft     *wanted);

G_END_DECLS
