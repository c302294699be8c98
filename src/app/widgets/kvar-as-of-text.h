/* kvar-as-of-text.h: of when what is shown is
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kvar-clock.h"

G_BEGIN_DECLS

char *kvar_as_of_text (gint64     loaded_at,
                       KvarClock *clock);

G_END_DECLS
