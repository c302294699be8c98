/* kvar-excel-text.h: What Excel makes of a text, and how it is kept from making too much.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "schema/kvar-type.h"

G_BEGIN_DECLS

gboolean kvar_excel_text_is_formula (const char  *text);
gboolean kvar_excel_text_is_number  (const char  *text,
                                     guint       *n_digits);
gboolean kvar_excel_text_to_days    (const char  *text,
                                     KvarKind     kind,
                                     GTimeZone   *zone,
                                     double      *days);
char    *kvar_excel_text_from_time  (const char  *text,
                                     GTimeZone   *zone);

G_END_DECLS
