/* kvar-changed-words.h: a text with the words that are new or gone marked in it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void  kvar_changed_words_show     (GtkLabel   *label,
                                   const char *before,
                                   const char *after);
char *kvar_changed_words_describe (const char *before,
                                   const char *after);

G_END_DECLS
