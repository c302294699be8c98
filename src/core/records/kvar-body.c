/* kvar-body.c: the one writer of request bodies: a JSON object of columns and values
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-records"

#include "config.h"

#include "records/kvar-body.h"
#include "records/kvar-json-text.h"
#include "records/kvar-query-text.h"

struct _KvarBody
{
  GString   *json;          /* without the brace that closes it */
  GPtrArray *columns;       /* (element-type utf8) all that were added, as addresses have them */
  gboolean   has_defaults;  /* some of them have no key in the body */
};

/**
 * kvar_body_new:
 *
 * Begins an empty body. It is made of text only: no number passes through a double, and no
 * document is written anew.
 */
KvarBody *
kvar_body_new (void)
{
  KvarBody *self = g_new0 (KvarBody, 1);

  self->json = g_string_new ("{");
  self->columns = g_ptr_array_new_with_free_func (g_free);
  return self;
}

void
kvar_body_free (KvarBody *self)
{
  if (self == NULL)
    return;

  g_string_free (self->json, TRUE);
  g_ptr_array_unref (self->columns);
  g_free (self);
}

/**
 * kvar_body_add:
 * @column: a column that was not added before
 * @value: what it shall hold
 *
 * Adds a column: null as null, json as it stands, everything else as a string, which PostgreSQL
 * reads by its own rules. Text that is no JSON is sent as a string even for json, and refused
 * there: it must not be able to say anything else in the body. The default is no key at all:
 * the request has to name the columns instead, see kvar_body_list_columns().
 */
void
kvar_body_add (KvarBody   *self,
               const char *column,
               KvarValue  *value)
{
  const char *text;

  g_return_if_fail (self != NULL);
  g_return_if_fail (column != NULL);
  g_return_if_fail (value != NULL);

  g_ptr_array_add (self->columns, kvar_query_text_quote_name (column));
  if (kvar_value_is_default (value))
    {
      self->has_defaults = TRUE;
      return;
    }

  if (self->json->len > 1)
    g_string_append_c (self->json, ',');
  kvar_json_text_append_quoted (self->json, column);
  g_string_append_c (self->json, ':');

  text = kvar_value_get_text (value);
  if (text == NULL)
    g_string_append (self->json, "null");
  else if (kvar_type_get_kind (kvar_value_get_type_of (value)) == KVAR_KIND_JSON &&
           kvar_json_text_check (text, NULL))
    g_string_append (self->json, text);
  else
    kvar_json_text_append_quoted (self->json, text);
}

gboolean
kvar_body_has_defaults (KvarBody *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->has_defaults;
}

/**
 * kvar_body_list_columns:
 *
 * Returns: (transfer full): all columns that were added, for "columns=": where one of them has
 *   no key in the body, the server is told so that it is meant
 */
char *
kvar_body_list_columns (KvarBody *self)
{
  g_autoptr(GString) list = g_string_new (NULL);

  g_return_val_if_fail (self != NULL, NULL);

  for (guint i = 0; i < self->columns->len; i++)
    g_string_append_printf (list, "%s%s", i > 0 ? "," : "",
                            (const char *)g_ptr_array_index (self->columns, i));

  return g_string_free (g_steal_pointer (&list), FALSE);
}

/**
 * kvar_body_to_bytes:
 *
 * Returns: (transfer full): the body so far, as JSON
 */
GBytes *
kvar_body_to_bytes (KvarBody *self)
{
  g_autoptr(GString) whole = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  whole = g_string_new_len (self->json->str, (gssize) self->json->len);
  g_string_append_c (whole, '}');
  return g_string_free_to_bytes (g_steal_pointer (&whole));
}
