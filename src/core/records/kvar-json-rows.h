/* kvar-json-rows.h: PostgREST's JSON array of rows, read row by row into text
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _KvarJsonRows KvarJsonRows;

KvarJsonRows *kvar_json_rows_new         (GBytes        *body,
                                          GError       **error);
void          kvar_json_rows_free        (KvarJsonRows  *self);

gboolean      kvar_json_rows_next        (KvarJsonRows  *self,
                                          GError       **error);
guint         kvar_json_rows_get_n_cells (KvarJsonRows  *self);
const char   *kvar_json_rows_get_name    (KvarJsonRows  *self,
                                          guint          cell);
const char   *kvar_json_rows_get_text    (KvarJsonRows  *self,
                                          guint          cell,
                                          gsize         *length);
gboolean      kvar_json_rows_get_is_raw  (KvarJsonRows  *self,
                                          guint          cell);
guint         kvar_json_rows_get_shape   (KvarJsonRows  *self);
int           kvar_json_rows_find        (KvarJsonRows  *self,
                                          const char    *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KvarJsonRows, kvar_json_rows_free)

G_END_DECLS
