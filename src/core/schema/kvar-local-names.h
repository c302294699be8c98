/* kvar-local-names.h: what a person calls tables and columns, and by what rows are told apart
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "schema/kvar-schema.h"

G_BEGIN_DECLS

typedef struct _KvarLocalNames KvarLocalNames;

KvarLocalNames *kvar_local_names_new     (const char          *path);
void            kvar_local_names_free    (KvarLocalNames      *self);

const char     *kvar_local_names_get     (KvarLocalNames      *self,
                                          const char          *table,
                                          const char          *column);
gboolean        kvar_local_names_set     (KvarLocalNames      *self,
                                          const char          *table,
                                          const char          *column,
                                          const char          *title,
                                          GError             **error);
gboolean        kvar_local_names_set_key (KvarLocalNames      *self,
                                          const char          *table,
                                          const char *const   *columns,
                                          GError             **error);
void            kvar_local_names_apply   (KvarLocalNames      *self,
                                          KvarSchema          *schema);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KvarLocalNames, kvar_local_names_free)

G_END_DECLS
