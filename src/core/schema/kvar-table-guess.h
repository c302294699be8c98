/* kvar-table-guess.h: what the owner's directives say of a table, and guesses for the rest
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "schema/kvar-table.h"

G_BEGIN_DECLS

void     kvar_column_apply_comment (KvarColumn *self,
                                    const char *comment);
void     kvar_table_apply_comment  (KvarTable  *self,
                                    const char *comment);
void     kvar_table_guess_titles   (KvarTable  *self);
void     kvar_table_guess_label    (KvarTable  *self);
gboolean kvar_table_guess_key      (KvarTable  *self);

G_END_DECLS
