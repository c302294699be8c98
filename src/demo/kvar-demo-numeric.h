/* kvar-demo-numeric.h: PostgreSQL's numeric as decimal text: exact, never a double
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

char    *kvar_demo_numeric_parse       (const char *text);
char    *kvar_demo_numeric_round       (const char *numeric,
                                        int         precision,
                                        int         scale);
int      kvar_demo_numeric_compare     (const char *a,
                                        gsize       a_length,
                                        const char *b,
                                        gsize       b_length);
gboolean kvar_demo_numeric_to_scaled   (const char *numeric,
                                        int         scale,
                                        gint64     *scaled);
char    *kvar_demo_numeric_from_scaled (gint64      scaled,
                                        int         scale);
char    *kvar_demo_numeric_multiply    (const char *a,
                                        const char *b,
                                        int         scale);

G_END_DECLS
