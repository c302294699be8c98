/* kvar-body.h: the one writer of request bodies: a JSON object of columns and values
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "records/kvar-value.h"

G_BEGIN_DECLS

typedef struct _KvarBody KvarBody;

KvarBody *kvar_body_new          (void);
void      kvar_body_free         (KvarBody   *self);
void      kvar_body_add          (KvarBody   *self,
                                  const char *column,
                                  KvarValue  *value);
gboolean  kvar_body_has_defaults (KvarBody   *self);
char     *kvar_body_list_columns (KvarBody   *self);
GBytes   *kvar_body_to_bytes     (KvarBody   *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KvarBody, kvar_body_free)

G_END_DECLS
