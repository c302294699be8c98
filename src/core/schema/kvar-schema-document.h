/* kvar-schema-document.h: documents about a project's schema, read beside the main thread
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "schema/kvar-schema.h"

G_BEGIN_DECLS

typedef KvarSchema *(*KvarSchemaParseFunc) (GBytes  *document,
                                            GError **error);

KvarSchema *kvar_schema_document_parse        (GBytes              *document,
                                               GError             **error);
gboolean    kvar_schema_document_is_long      (GBytes              *document);
void        kvar_schema_document_parse_async  (GBytes              *document,
                                               KvarSchemaParseFunc  parse,
                                               GCancellable        *cancellable,
                                               GAsyncReadyCallback  callback,
                                               gpointer             user_data);
KvarSchema *kvar_schema_document_parse_finish (GAsyncResult        *result,
                                               GError             **error);

G_END_DECLS
