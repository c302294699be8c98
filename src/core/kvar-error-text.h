/* kvar-error-text.h: the sentences that errors become, for the window and the command line
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

#include "schema/kvar-table.h"

G_BEGIN_DECLS

char       *kvar_error_text           (const GError *error);
char       *kvar_error_text_for_table (const GError *error,
                                       KvarTable    *table);

G_END_DECLS
