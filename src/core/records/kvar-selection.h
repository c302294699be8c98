/* kvar-selection.h: Which columns a request asks for, and where they land in a record.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "records/kvar-query.h"
#include "records/kvar-record.h"

G_BEGIN_DECLS

typedef enum
{
  KVAR_SELECT_VALUES = 0,
  KVAR_SELECT_VERSION = 1 << 0,  /* the row's xmin */
  KVAR_SELECT_PLACE = 1 << 1,    /* tableoid and ctid */
  KVAR_SELECT_LABELS = 1 << 2,   /* of the rows that foreign keys point to */
  KVAR_SELECT_UNCAST = 1 << 3,   /* casts only where JSON would change the text */
} KvarSelectFlags;

#define KVAR_TYPE_SELECTION (kvar_selection_get_type ())

typedef struct _KvarSelection KvarSelection;

GType          kvar_selection_get_type    (void);
KvarSelection *kvar_selection_new         (KvarTable         *table,
                                           const char *const *columns,
                                           KvarSelectFlags    flags);
KvarSelection *kvar_selection_new_for_query
                                          (KvarTable         *table,
                                           KvarQuery         *query,
                                           const char *const *columns,
                                           KvarSelectFlags    flags);
KvarSelection *kvar_selection_ref         (KvarSelection     *self);
void           kvar_selection_unref       (KvarSelection     *self);
KvarTable     *kvar_selection_get_table   (KvarSelection     *self);
gboolean       kvar_selection_has_column  (KvarSelection     *self,
                                           guint              index);
char          *kvar_selection_to_string   (KvarSelection     *self);
GPtrArray     *kvar_selection_split       (KvarSelection     *self,
                                           gsize              max_bytes);
GPtrArray     *kvar_selection_read        (KvarSelection     *self,
                                           GBytes            *body,
                                           GError           **error);
KvarRecord    *kvar_selection_read_one    (KvarSelection     *self,
                                           GBytes            *body,
                                           GError           **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KvarSelection, kvar_selection_unref)

G_END_DECLS
