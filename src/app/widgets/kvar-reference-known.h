/* kvar-reference-known.h: records that were seen here already, found without asking the server
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "records/kvar-record.h"

G_BEGIN_DECLS

typedef struct _KvarReferenceKnown KvarReferenceKnown;

KvarReferenceKnown *kvar_reference_known_new  (KvarTable          *table,
                                               const char         *column);
void                kvar_reference_known_free (KvarReferenceKnown *self);
void                kvar_reference_known_add  (KvarReferenceKnown *self,
                                               GListModel         *records,
                                               guint               from,
                                               guint               n);
GPtrArray          *kvar_reference_known_find (KvarReferenceKnown *self,
                                               const char         *typed,
                                               guint               most);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KvarReferenceKnown, kvar_reference_known_free)

G_END_DECLS
