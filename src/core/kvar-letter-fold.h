/* kvar-letter-fold.h: texts compared letter by letter, as a language tells letters apart
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

char       *kvar_letter_fold              (const char *text,
                                           const char *language);
const char *kvar_letter_fold_get_language (void);

G_END_DECLS
