/* kvar-value.c: null, PostgreSQL's text of a value with its column's type, or the default
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-records"

#include "config.h"

#include "records/kvar-value-format.h"
#include "records/kvar-value-parse.h"
#include "records/kvar-value.h"

struct _KvarValue
{
  KvarType *type;
  char     *text;         /* (nullable): null, or the default */
  gboolean  is_default;   /* only the server knows its text */
};

G_DEFINE_BOXED_TYPE (KvarValue, kvar_value, kvar_value_ref, kvar_value_unref)

static void
kvar_value_clear (KvarValue *self)
{
  g_clear_pointer (&self->type, kvar_type_unref);
  g_clear_pointer (&self->text, g_free);
}

/**
 * kvar_value_new:
 * @type: the type of the column
 * @text: (nullable): the value as PostgreSQL writes it, %NULL for null
 */
KvarValue *
kvar_value_new (KvarType   *type,
                const char *text)
{
  KvarValue *self;

  g_return_val_if_fail (type != NULL, NULL);

  self = g_atomic_rc_box_new0 (KvarValue);
  self->type = kvar_type_ref (type);
  self->text = g_strdup (text);
  return self;
}

/**
 * kvar_value_new_default:
 * @type: the type of the column
 *
 * What a draft holds where the server is to put the column's default: it has no text here, and
 * equals nothing but itself. It is no null: who sends it leaves the column out of the body.
 */
KvarValue *
kvar_value_new_default (KvarType *type)
{
  KvarValue *self = kvar_value_new (type, NULL);

  g_return_val_if_fail (self != NULL, NULL);

  self->is_default = TRUE;
  return self;
}

KvarValue *
kvar_value_ref (KvarValue *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_atomic_rc_box_acquire (self);
}

void
kvar_value_unref (KvarValue *self)
{
  g_return_if_fail (self != NULL);

  g_atomic_rc_box_release_full (self, (GDestroyNotify) kvar_value_clear);
}

/**
 * kvar_value_get_text:
 *
 * Returns: (nullable): PostgreSQL's text, %NULL for null and for the default
 */
const char *
kvar_value_get_text (KvarValue *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->text;
}

/**
 * kvar_value_is_null:
 *
 * Returns: whether there is no text; also of the default, which kvar_value_is_default() tells
 */
gboolean
kvar_value_is_null (KvarValue *self)
{
  g_return_val_if_fail (self != NULL, TRUE);

  return self->text == NULL;
}

gboolean
kvar_value_is_default (KvarValue *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->is_default;
}

/**
 * kvar_value_equal:
 *
 * Returns: whether both are null, or the default, or have the very same text; 12.5 and 12.50
 *   differ
 */
gboolean
kvar_value_equal (KvarValue *self,
                  KvarValue *other)
{
  g_return_val_if_fail (self != NULL && other != NULL, FALSE);

  return self->is_default == other->is_default && g_strcmp0 (self->text, other->text) == 0;
}

KvarType *
kvar_value_get_type_of (KvarValue *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->type;
}

/**
 * kvar_value_to_display:
 *
 * Returns: (transfer full): the value for reading: one line, shortened, as people write it where
 *   they are; "" for null
 */
char *
kvar_value_to_display (KvarValue *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return kvar_value_format_display (self, kvar_locale_get_default ());
}

/**
 * kvar_value_to_input:
 *
 * Returns: (transfer full): the value for editing: complete, as people write it where they are;
 *   kvar_value_parse() makes the same value of it; "" for null
 */
char *
kvar_value_to_input (KvarValue *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return kvar_value_format_input (self, kvar_locale_get_default ());
}

/**
 * kvar_value_parse:
 * @typed: what a person typed
 *
 * Reads @typed as people write where they are. Nothing typed is null, except in a text.
 *
 * Returns: (transfer full): the value; or %NULL with %KVAR_ERROR_INVALID, whose message is a
 *   sentence to show at the field
 */
KvarValue *
kvar_value_parse (KvarType    *type,
                  const char  *typed,
                  GError     **error)
{
  g_return_val_if_fail (type != NULL && typed != NULL, NULL);

  return kvar_value_parse_typed (type, typed, kvar_locale_get_default (), error);
}

/**
 * kvar_value_parse_over:
 * @base: what was there
 * @typed: what stands there now
 *
 * Like kvar_value_parse(), but where @typed is what was shown for @base, the value is @base to
 * the letter: a time written with another offset is not changed by being looked at.
 *
 * Returns: (transfer full): the value, or %NULL with %KVAR_ERROR_INVALID
 */
KvarValue *
kvar_value_parse_over (KvarValue   *base,
                       const char  *typed,
                       GError     **error)
{
  g_autofree char *shown = NULL;

  g_return_val_if_fail (base != NULL && typed != NULL, NULL);

  shown = kvar_value_to_input (base);
  if (g_str_equal (shown, typed))
    return kvar_value_ref (base);

  return kvar_value_parse (base->type, typed, error);
}
