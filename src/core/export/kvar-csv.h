/* kvar-csv.h: Writes RFC 4180 CSV.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

void kvar_csv_append_field (GString    *csv,
                            char        delimiter,
                            const char *text,
                            gsize       length);
void kvar_csv_end_row      (GString    *csv);

G_END_DECLS
