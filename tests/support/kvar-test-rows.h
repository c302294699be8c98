/* kvar-test-rows.h: a table of texts in memory that answers reads as PostgREST does
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "net/kvar-reply.h"
#include "records/kvar-query.h"

G_BEGIN_DECLS

typedef struct _KvarTestRows KvarTestRows;

KvarTestRows *kvar_test_rows_new          (const char *const *columns);
void          kvar_test_rows_free         (KvarTestRows      *self);
void          kvar_test_rows_add          (KvarTestRows      *self,
                                           const char *const *values);
void          kvar_test_rows_clear        (KvarTestRows      *self);
guint         kvar_test_rows_get_size     (KvarTestRows      *self);
const char   *kvar_test_rows_get          (KvarTestRows      *self,
                                           guint              row,
                                           const char        *column);
void          kvar_test_rows_sort         (KvarTestRows      *self,
                                           KvarQuery         *query);
gboolean      kvar_test_rows_fits         (KvarTestRows      *self,
                                           guint              row,
                                           KvarFilter        *filter);
void          kvar_test_rows_set_max_rows (KvarTestRows      *self,
                                           guint              max_rows);
KvarReply    *kvar_test_rows_answer       (KvarTestRows      *self,
                                           KvarRequest       *request);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KvarTestRows, kvar_test_rows_free)

G_END_DECLS
