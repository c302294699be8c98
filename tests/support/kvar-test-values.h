/* kvar-test-values.h: values of every type as PostgreSQL writes them, made up at random
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "schema/kvar-type.h"

G_BEGIN_DECLS

extern const char *const kvar_test_labels[];

guint       kvar_test_values_get_n_types   (void);
const char *kvar_test_values_get_type_name (guint     index);
KvarType   *kvar_test_values_new_type      (guint     index,
                                            gboolean  is_array);
char       *kvar_test_values_make          (guint     index,
                                            GRand    *rand);
char       *kvar_test_values_make_array    (guint     index,
                                            GRand    *rand);

G_END_DECLS
