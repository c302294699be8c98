/* kvar-demo-array.c: one-dimensional PostgreSQL arrays as text: {a,"b c",NULL}
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-demo"

#include "config.h"

#include <string.h>

#include "kvar-demo-array.h"
#include "kvar-demo-json.h"

static const char *
skip_space (const char *p)
{
  while (g_ascii_isspace (*p))
    p++;

  return p;
}

/* Reads one element up to its comma or brace; NULL at a syntax error. */
static const char *
read_element (const char *p,
              GPtrArray  *elements)
{
  g_autoptr(GString) text = g_string_new (NULL);
  gboolean quoted = *p == '"';

  if (quoted)
    {
      for (p++; *p != '"'; p++)
        {
          if (*p == '\\')
            p++;
          if (*p == '\0')
            return NULL;
          g_string_append_c (text, *p);
        }
      p++;
    }
  else
    {
      for (; *p != ',' && *p != '}'; p++)
        {
          if (*p == '\\')
            p++;
          if (*p == '\0' || *p == '{' || *p == '"')
            return NULL;
          g_string_append_c (text, *p);
        }
      g_strchomp (text->str);
    }

  if (!quoted && *text->str == '\0')
    return NULL;

  if (!quoted && g_ascii_strcasecmp (text->str, "null") == 0)
    g_ptr_array_add (elements, NULL);
  else
    g_ptr_array_add (elements, g_strdup (text->str));

  return skip_space (p);
}

/**
 * kvar_demo_array_parse:
 *
 * Returns: (transfer full) (nullable) (element-type utf8): the elements, %NULL for NULL ones; or
 *   %NULL when @text is malformed
 */
GPtrArray *
kvar_demo_array_parse (const char *text)
{
  g_autoptr(GPtrArray) elements = g_ptr_array_new_with_free_func (g_free);
  const char *p = skip_space (text);

  if (*p != '{')
    return NULL;

  p = skip_space (p + 1);
  if (*p != '}')
    {
      for (;;)
        {
          p = read_element (p, elements);
          if (p == NULL || (*p != ',' && *p != '}'))
            return NULL;
          if (*p == '}')
            break;
          p = skip_space (p + 1);
        }
    }

  if (*skip_space (p + 1) != '\0')
    return NULL;

  return g_steal_pointer (&elements);
}

/**
 * kvar_demo_array_append_element:
 * @element: (nullable)
 *
 * Appends one element, quoted where PostgreSQL would quote it.
 */
void
kvar_demo_array_append_element (GString    *out,
                                const char *element)
{
  if (element == NULL)
    {
      g_string_append (out, "NULL");
      return;
    }

  if (*element != '\0' && strpbrk (element, "{},\"\\ \t\n\r\v\f") == NULL &&
      g_ascii_strcasecmp (element, "null") != 0)
    {
      g_string_append (out, element);
      return;
    }

  g_string_append_c (out, '"');
  for (const char *p = element; *p != '\0'; p++)
    {
      if (*p == '"' || *p == '\\')
        g_string_append_c (out, '\\');
      g_string_append_c (out, *p);
    }
  g_string_append_c (out, '"');
}

/**
 * kvar_demo_array_to_text:
 *
 * Returns: (transfer full): PostgreSQL's text of @elements
 */
char *
kvar_demo_array_to_text (GPtrArray *elements)
{
  GString *out = g_string_new ("{");

  for (guint i = 0; i < elements->len; i++)
    {
      if (i > 0)
        g_string_append_c (out, ',');
      kvar_demo_array_append_element (out, elements->pdata[i]);
    }
  g_string_append_c (out, '}');

  return g_string_free (out, FALSE);
}

/**
 * kvar_demo_array_append_json:
 * @text: a canonical array
 * @raw_elements: whether the elements are numbers
 */
void
kvar_demo_array_append_json (GString    *out,
                             const char *text,
                             gboolean    raw_elements)
{
  g_autoptr(GPtrArray) elements = NULL;

  if (strcmp (text, "{}") == 0)
    {
      g_string_append (out, "[]");
      return;
    }

  elements = kvar_demo_array_parse (text);
  g_assert (elements != NULL);

  g_string_append_c (out, '[');
  for (guint i = 0; i < elements->len; i++)
    {
      const char *element = elements->pdata[i];

      if (i > 0)
        g_string_append_c (out, ',');
      if (element == NULL)
        g_string_append (out, "null");
      else if (raw_elements)
        g_string_append (out, element);
      else
        kvar_demo_json_append_string (out, element, -1);
    }
  g_string_append_c (out, ']');
}
