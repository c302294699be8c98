/* kvar-body.c: the one writer of request bodies: a JSON object of columns and values
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-records"

#include "config.h"

#include "records/kvar-body.h"
#include "records/kvar-json-text.h"

struct _KvarBody
{
  GString *json;    /* without the brace that closes it */
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
  return self;
}

void
kvar_body_free (KvarBody *self)
{
  if (self == NULL)
    return;

  g_string_free (self->json, TRUE);
  g_free (self);
}

/**
 * kvar_body_add:
 * @column: a column that was not added before
 * @value: what it shall hold
 *
 * Adds a column: null as null, json as it stands, everything else as a string, which PostgreSQL
 * reads by its own rules. Text that is no JSON is sent as a string even for json, and refused
 * there: it must not be able to say anything else in the body.
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
