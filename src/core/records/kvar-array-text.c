/* kvar-array-text.c: PostgreSQL's array literals, and lists as people type them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A literal is {a,"b c",NULL}; a list is a, "b, c", NULL. Elements are strings, NULL for null.
 */

#define G_LOG_DOMAIN "kvar-records"

#include "config.h"

#include <string.h>

#include "records/kvar-array-text.h"

static gboolean
is_null_word (const char *text)
{
  return g_ascii_strcasecmp (text, "NULL") == 0;
}

/* Reads the quoted element whose quote is at @p into @element; returns the place after it. */
static const char *
read_quoted (const char *p,
             GString    *element)
{
  for (p++; *p != '"'; p++)
    {
      if (*p == '\\')
        p++;
      if (*p == '\0')
        return NULL;
      g_string_append_c (element, *p);
    }

  return p + 1;
}

/* An element of a literal up to its delimiter. */
static const char *
read_element (const char *p,
              GString    *element,
              gboolean   *quoted)
{
  p += strspn (p, " \t\n\r\v\f");
  *quoted = *p == '"';
  if (*quoted)
    {
      p = read_quoted (p, element);
      return p != NULL ? p + strspn (p, " \t\n\r\v\f") : NULL;
    }

  for (; *p != '\0' && strchr (",}", *p) == NULL; p++)
    {
      if (strchr ("{\"", *p) != NULL)
        return NULL;
      if (*p == '\\' && *++p == '\0')
        return NULL;
      g_string_append_c (element, *p);
    }

  while (element->len > 0 && g_ascii_isspace (element->str[element->len - 1]))
    g_string_truncate (element, element->len - 1);
  return element->len > 0 ? p : NULL;
}

/**
 * kvar_array_text_split:
 * @literal: an array as PostgreSQL writes it
 *
 * Returns: (transfer full) (nullable): its elements, of which some may be %NULL; or %NULL if it
 *   has several dimensions or bounds of its own, or is no literal
 */
GPtrArray *
kvar_array_text_split (const char *literal)
{
  g_autoptr(GPtrArray) elements = g_ptr_array_new_with_free_func (g_free);
  const char *p = literal;

  g_return_val_if_fail (literal != NULL, NULL);

  if (*p != '{')
    return NULL;
  p++;
  p += strspn (p, " \t\n\r\v\f");
  if (g_str_equal (p, "}"))
    return g_steal_pointer (&elements);

  for (;;)
    {
      g_autoptr(GString) element = g_string_new (NULL);
      gboolean quoted;

      p = read_element (p, element, &quoted);
      if (p == NULL || (*p != ',' && *p != '}'))
        return NULL;

      if (!quoted && is_null_word (element->str))
        g_ptr_array_add (elements, NULL);
      else
        g_ptr_array_add (elements, g_string_free (g_steal_pointer (&element), FALSE));

      if (*p == '}')
        return p[1] == '\0' ? g_steal_pointer (&elements) : NULL;
      p++;
    }
}

/* The same elements as PostgreSQL itself quotes, so that what is written back is what came. */
static gboolean
needs_quotes (const char *element)
{
  return *element == '\0' || strpbrk (element, "{},\"\\ \t\n\r\v\f") != NULL ||
         is_null_word (element);
}

static void
append_quoted (GString    *string,
               const char *element)
{
  g_string_append_c (string, '"');
  for (const char *p = element; *p != '\0'; p++)
    {
      if (*p == '"' || *p == '\\')
        g_string_append_c (string, '\\');
      g_string_append_c (string, *p);
    }
  g_string_append_c (string, '"');
}

/**
 * kvar_array_text_join:
 * @elements: strings, %NULL for null
 *
 * Returns: (transfer full): the literal, quoted as PostgreSQL quotes
 */
char *
kvar_array_text_join (GPtrArray *elements)
{
  GString *string = g_string_new ("{");

  for (guint i = 0; i < elements->len; i++)
    {
      const char *element = g_ptr_array_index (elements, i);

      if (i > 0)
        g_string_append_c (string, ',');
      if (element == NULL)
        g_string_append (string, "NULL");
      else if (needs_quotes (element))
        append_quoted (string, element);
      else
        g_string_append (string, element);
    }

  g_string_append_c (string, '}');
  return g_string_free (string, FALSE);
}

/* The place after bounds such as [0:2][1:3]=, or @p itself. */
static const char *
skip_bounds (const char *p)
{
  const char *begin = p;

  if (*p != '[')
    return p;

  p += strspn (p, "[]:-+0123456789");
  return p[0] == '=' && p[-1] == ']' && p[1] == '{' ? p + 1 : begin;
}

/**
 * kvar_array_text_is_valid:
 *
 * Returns: whether @literal has the form of an array of any dimensions, with bounds or not
 */
gboolean
kvar_array_text_is_valid (const char *literal)
{
  const char *p;
  gsize depth = 0;

  g_return_val_if_fail (literal != NULL, FALSE);

  p = skip_bounds (literal);
  if (*p != '{')
    return FALSE;

  for (; *p != '\0'; p++)
    {
      if (*p == '"')
        {
          g_autoptr(GString) ignored = g_string_new (NULL);

          p = read_quoted (p, ignored);
          if (p == NULL)
            return FALSE;
          p--;
        }
      else if (*p == '\\' && *++p == '\0')
        return FALSE;
      else if (*p == '{')
        depth++;
      else if (*p == '}' && --depth == 0)
        return p[1] == '\0';
    }

  return FALSE;
}

/* In a list only the beginning of an element can be special, so that people can type quotes and
 * backslashes inside words as they are. */
static gboolean
needs_list_quotes (const char *element,
                   char        separator)
{
  gsize length = strlen (element);

  return length == 0 || strchr ("\"{[", element[0]) != NULL ||
         strchr (element, separator) != NULL || strpbrk (element, "\n\r\t\v\f") != NULL ||
         g_ascii_isspace (element[0]) || g_ascii_isspace (element[length - 1]) ||
         is_null_word (element);
}

/**
 * kvar_array_list_join:
 * @elements: strings, %NULL for null
 * @separator: a comma, or a semicolon where commas are in the elements
 *
 * Returns: (transfer full): a list for people to edit
 */
char *
kvar_array_list_join (GPtrArray *elements,
                      char       separator)
{
  GString *string = g_string_new (NULL);

  for (guint i = 0; i < elements->len; i++)
    {
      const char *element = g_ptr_array_index (elements, i);

      if (i > 0)
        g_string_append_printf (string, "%c ", separator);
      if (element == NULL)
        g_string_append (string, "NULL");
      else if (needs_list_quotes (element, separator))
        append_quoted (string, element);
      else
        g_string_append (string, element);
    }

  return g_string_free (string, FALSE);
}

/**
 * kvar_array_list_split:
 * @list: what kvar_array_list_join() wrote, or a person
 *
 * Returns: (transfer full) (nullable): the elements; %NULL if a quote is not closed, or something
 *   stands between it and the separator
 */
GPtrArray *
kvar_array_list_split (const char *list,
                       char        separator)
{
  g_autoptr(GPtrArray) elements = g_ptr_array_new_with_free_func (g_free);
  const char *p = list;

  g_return_val_if_fail (list != NULL, NULL);

  for (;;)
    {
      g_autoptr(GString) element = g_string_new (NULL);
      const char *end;

      while (g_ascii_isspace (*p))
        p++;

      if (*p == '"')
        {
          end = read_quoted (p, element);
          while (end != NULL && g_ascii_isspace (*end))
            end++;
          if (end == NULL || (*end != '\0' && *end != separator))
            return NULL;
          g_ptr_array_add (elements, g_string_free (g_steal_pointer (&element), FALSE));
        }
      else
        {
          char *word;

          end = strchr (p, separator);
          if (end == NULL)
            end = p + strlen (p);
          word = g_strchomp (g_strndup (p, (gsize) (end - p)));
          if (is_null_word (word))
            g_clear_pointer (&word, g_free);
          if (word == NULL || *word != '\0')
            g_ptr_array_add (elements, g_steal_pointer (&word));
          g_free (word);
        }

      if (*end == '\0')
        return g_steal_pointer (&elements);
      p = end + 1;
    }
}
