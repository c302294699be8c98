/* kvar-schema-document.c: documents about a project's schema, read beside the main thread
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Nine hundred tables are 6 MB, which take longer to read than a window may stand still.
 */

#define G_LOG_DOMAIN "kvar-schema"

#include "config.h"

#include "schema/kvar-openapi-parser.h"
#include "schema/kvar-schema-document.h"
#include "schema/kvar-schema-parser.h"

/* Up to here reading takes less than handing over does. */
#define MAX_INLINE_BYTES (64 * 1024)

typedef struct
{
  GBytes              *document;
  KvarSchemaParseFunc  parse;
} Reading;

static void
reading_free (gpointer data)
{
  Reading *reading = data;

  g_bytes_unref (reading->document);
  g_free (reading);
}

/**
 * kvar_schema_document_parse:
 * @document: what kvar_schema() or the root document says
 *
 * Returns: (transfer full): the schema, or %NULL with %KVAR_ERROR_BAD_REPLY
 */
KvarSchema *
kvar_schema_document_parse (GBytes  *document,
                            GError **error)
{
  KvarSchema *schema;

  g_return_val_if_fail (document != NULL, NULL);

  schema = kvar_schema_parse (document, NULL);
  return schema != NULL ? schema : kvar_openapi_parse (document, error);
}

/**
 * kvar_schema_document_is_long:
 *
 * Returns: whether reading @document would be felt in a window
 */
gboolean
kvar_schema_document_is_long (GBytes *document)
{
  g_return_val_if_fail (document != NULL, FALSE);

  return g_bytes_get_size (document) > MAX_INLINE_BYTES;
}

static void
parse (GTask *task)
{
  Reading *reading = g_task_get_task_data (task);
  GError *error = NULL;
  KvarSchema *schema = reading->parse (reading->document, &error);

  if (schema != NULL)
    g_task_return_pointer (task, schema, g_object_unref);
  else
    g_task_return_error (task, error);
}

static void
parse_in_thread (GTask        *task,
                 gpointer      source,
                 gpointer      data,
                 GCancellable *cancellable)
{
  parse (task);
}

/**
 * kvar_schema_document_parse_async:
 * @parse_func: which kind of document it has to be
 *
 * Reads @document, in a thread of its own if it is long; nobody else has the schema until it is
 * handed over.
 */
void
kvar_schema_document_parse_async (GBytes              *document,
                                  KvarSchemaParseFunc  parse_func,
                                  GCancellable        *cancellable,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;
  Reading *reading;

  g_return_if_fail (document != NULL);
  g_return_if_fail (parse_func != NULL);

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, kvar_schema_document_parse_async);
  reading = g_new0 (Reading, 1);
  reading->document = g_bytes_ref (document);
  reading->parse = parse_func;
  g_task_set_task_data (task, reading, reading_free);

  if (kvar_schema_document_is_long (document))
    g_task_run_in_thread (task, parse_in_thread);
  else
    parse (task);
}

KvarSchema *
kvar_schema_document_parse_finish (GAsyncResult  *result,
                                   GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
