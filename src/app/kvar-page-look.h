/* kvar-page-look.h: how a table looks to one user, in all its views
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kvar-page.h"
#include "routes/kvar-state-file.h"

G_BEGIN_DECLS

void      kvar_page_look_keep (KvarStateFile *file,
                               KvarPage      *page,
                               GVariant      *state);
GVariant *kvar_page_look_add  (KvarStateFile *file,
                               KvarPage      *page,
                               GVariant      *state);

G_END_DECLS
