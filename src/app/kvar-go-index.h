/* kvar-go-index.h: everything that one can go to, found by its name
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kvar-go-entry.h"

G_BEGIN_DECLS

typedef struct _KvarGoIndex KvarGoIndex;

KvarGoIndex *kvar_go_index_new  (const char  *language);
void         kvar_go_index_free (KvarGoIndex *self);
gboolean     kvar_go_index_add  (KvarGoIndex *self,
                                 KvarGoEntry *entry);
void         kvar_go_index_visited
                                (KvarGoIndex *self,
                                 const char  *route,
                                 guint        age);
GPtrArray   *kvar_go_index_find (KvarGoIndex *self,
                                 const char  *typed,
                                 guint        max);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KvarGoIndex, kvar_go_index_free)

G_END_DECLS
