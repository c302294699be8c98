/* kvar-keyset.h: How a table's rows are walked page by page without missing one.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "records/kvar-query.h"
#include "schema/kvar-table.h"

G_BEGIN_DECLS

typedef enum
{
  KVAR_KEYSET_KEY,     /* by the order, then the key */
  KVAR_KEYSET_CTID,    /* by the order, then where the row lies on disk */
  KVAR_KEYSET_OFFSET,  /* by counting; the order is all that can be sorted */
} KvarKeysetMode;

#define KVAR_TYPE_KEYSET (kvar_keyset_get_type ())

typedef struct _KvarKeyset KvarKeyset;

GType           kvar_keyset_get_type      (void);
KvarKeyset     *kvar_keyset_new           (KvarTable         *table,
                                           KvarQuery         *query);
KvarKeyset     *kvar_keyset_new_for_mode  (KvarTable         *table,
                                           KvarQuery         *query,
                                           KvarKeysetMode     mode);
KvarKeyset     *kvar_keyset_reverse       (KvarKeyset        *self);
KvarKeyset     *kvar_keyset_ref           (KvarKeyset        *self);
void            kvar_keyset_unref         (KvarKeyset        *self);
KvarKeysetMode  kvar_keyset_get_mode      (KvarKeyset        *self);
gboolean        kvar_keyset_is_key_only   (KvarKeyset        *self);
guint           kvar_keyset_get_n_terms   (KvarKeyset        *self);
const char     *kvar_keyset_get_term      (KvarKeyset        *self,
                                           guint              index);
char           *kvar_keyset_to_order      (KvarKeyset        *self);
GPtrArray      *kvar_keyset_after         (KvarKeyset        *self,
                                           const char *const *values);
GPtrArray      *kvar_keyset_at            (KvarKeyset        *self,
                                           const char *const *values);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KvarKeyset, kvar_keyset_unref)

G_END_DECLS
