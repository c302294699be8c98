/* kvar-directive.c: what a project's owner tells Kvar in a comment: @kvar({"title": "Jobs"})
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-schema"

#include "config.h"

#include <string.h>

#include "kvar-json.h"
#include "schema/kvar-directive.h"
#include "schema/kvar-schema-json.h"

#define OPENING "@kvar("

struct _KvarDirective
{
  JsonObject *object;    /* (nullable): no directive, or none that can be read */
  char       *rest;      /* (nullable): the comment without it */
};

/* The bracket that closes the directive: the first one that is outside strings and braces. */
static const char *
find_end (const char *p)
{
  int depth = 0;

  for (; *p != '\0'; p++)
    {
      if (*p == '"')
        {
          for (p++; *p != '"'; p++)
            {
              if (*p == '\\')
                p++;
              if (*p == '\0')
                return NULL;
            }
        }
      else if (*p == '{' || *p == '[')
        depth++;
      else if (*p == '}' || *p == ']')
        depth--;
      else if (*p == ')' && depth <= 0)
        return p;
    }

  return NULL;
}

static void
set_rest (KvarDirective *self,
          const char    *before,
          gsize          before_length,
          const char    *after)
{
  g_autofree char *head = g_strstrip (g_strndup (before, before_length));
  g_autofree char *tail = g_strstrip (g_strdup (after));

  if (*head != '\0' && *tail != '\0')
    self->rest = g_strconcat (head, "\n", tail, NULL);
  else if (*head != '\0' || *tail != '\0')
    self->rest = g_strdup (*head != '\0' ? head : tail);
}

/**
 * kvar_directive_parse:
 * @comment: (nullable): a comment of the database
 *
 * Reads the directive in @comment. One that is no JSON is left out and logged, since people who
 * only use the tables can do nothing about it.
 *
 * Returns: (transfer full): what it says; an empty one if it says nothing
 */
KvarDirective *
kvar_directive_parse (const char *comment)
{
  KvarDirective *self = g_new0 (KvarDirective, 1);
  const char *begin = comment != NULL ? strstr (comment, OPENING) : NULL;
  const char *end = begin != NULL ? find_end (begin + strlen (OPENING)) : NULL;
  g_autoptr(GBytes) json = NULL;
  g_autoptr(GError) error = NULL;

  if (end == NULL)
    {
      if (begin != NULL)
        g_info ("A directive has no end: %s", begin);
      if (comment != NULL)
        set_rest (self, comment, begin != NULL ? (gsize) (begin - comment) : strlen (comment), "");
      return self;
    }

  set_rest (self, comment, (gsize) (begin - comment), end + 1);
  begin += strlen (OPENING);
  json = g_bytes_new (begin, (gsize) (end - begin));
  self->object = kvar_json_parse_object (json, &error);
  if (self->object == NULL)
    g_info ("A directive is no JSON object: %s", error->message);

  return self;
}

void
kvar_directive_free (KvarDirective *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->object, json_object_unref);
  g_free (self->rest);
  g_free (self);
}

/**
 * kvar_directive_get_rest:
 *
 * Returns: (nullable): the words of the comment outside the directive
 */
const char *
kvar_directive_get_rest (KvarDirective *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->rest;
}

/**
 * kvar_directive_get_localized:
 *
 * Returns: (nullable): the text @name in the language that people have chosen, else in English,
 *   else in the first language there is; a plain string is for everybody
 */
const char *
kvar_directive_get_localized (KvarDirective *self,
                              const char    *name)
{
  const char *const *languages = g_get_language_names ();
  const char *plain;
  const char *text = NULL;
  JsonObject *texts;
  g_autoptr(GList) members = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  plain = kvar_schema_json_string (self->object, name);
  texts = kvar_schema_json_object (self->object, name);
  if (texts == NULL)
    return plain;

  for (guint i = 0; text == NULL && languages[i] != NULL; i++)
    text = kvar_schema_json_string (texts, languages[i]);

  if (text == NULL)
    text = kvar_schema_json_string (texts, "en");

  members = json_object_get_members (texts);
  if (text == NULL && members != NULL)
    text = kvar_schema_json_string (texts, members->data);

  return text;
}

const char *
kvar_directive_get_string (KvarDirective *self,
                           const char    *name)
{
  g_return_val_if_fail (self != NULL, NULL);

  return kvar_schema_json_string (self->object, name);
}

/**
 * kvar_directive_get_strings:
 *
 * Returns: (transfer full) (nullable): the strings of the array @name
 */
char **
kvar_directive_get_strings (KvarDirective *self,
                            const char    *name)
{
  g_return_val_if_fail (self != NULL, NULL);

  return kvar_schema_json_strings (self->object, name);
}

gboolean
kvar_directive_get_boolean (KvarDirective *self,
                            const char    *name,
                            gboolean       fallback)
{
  g_return_val_if_fail (self != NULL, fallback);

  return kvar_schema_json_boolean (self->object, name, fallback);
}
