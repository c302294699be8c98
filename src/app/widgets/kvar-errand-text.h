/* kvar-errand-text.h: what is said of an export or a file on its way
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kvar-errand.h"

G_BEGIN_DECLS

char       *kvar_errand_text       (KvarErrand *errand);
char       *kvar_errand_text_done  (KvarErrand *errand);
const char *kvar_errand_text_again (KvarErrand *errand);

G_END_DECLS
