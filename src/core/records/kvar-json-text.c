/* kvar-json-text.c: JSON as text: its syntax checked, a string quoted, nothing rewritten
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-records"

#include "config.h"

#include <string.h>

#include "records/kvar-json-text.h"

/* What may stand at the place that is read next. */
typedef enum
{
  EXPECT_VALUE,
  EXPECT_VALUE_OR_END,     /* after [ */
  EXPECT_NAME_OR_END,      /* after { */
  EXPECT_NAME,             /* after , in an object */
  EXPECT_COMMA_OR_END,
  EXPECT_NOTHING,          /* after the outermost value */
} Expectation;

static const char *
skip_blanks (const char *p)
{
  return p + strspn (p, " \t\r\n");
}

/* The place after a string's closing quote, or NULL and the place that is wrong. */
static const char *
skip_string (const char  *p,
             const char **wrong)
{
  for (p++; *p != '"'; p++)
    {
      *wrong = p;
      if ((guchar) *p < 0x20)
        return NULL;
      if (*p != '\\')
        continue;

      p++;
      if (*p == 'u')
        {
          for (int i = 0; i < 4; i++)
            {
              if (!g_ascii_isxdigit (*++p))
                return NULL;
            }
        }
      else if (*p == '\0' || strchr ("\"\\/bfnrt", *p) == NULL)
        return NULL;
    }

  return p + 1;
}

static const char *
skip_digits (const char *p)
{
  return p + strspn (p, "0123456789");
}

static const char *
skip_number (const char *p)
{
  const char *digits;

  if (*p == '-')
    p++;
  if (!g_ascii_isdigit (*p))
    return NULL;
  p = *p == '0' ? p + 1 : skip_digits (p);

  if (*p == '.')
    {
      digits = p + 1;
      p = skip_digits (digits);
      if (p == digits)
        return NULL;
    }
  if (*p == 'e' || *p == 'E')
    {
      p++;
      if (*p == '+' || *p == '-')
        p++;
      digits = p;
      p = skip_digits (digits);
      if (p == digits)
        return NULL;
    }

  return p;
}

/* A value that holds no others. */
static const char *
skip_scalar (const char  *p,
             const char **wrong)
{
  static const char *const words[] = { "true", "false", "null" };

  *wrong = p;
  if (*p == '"')
    return skip_string (p, wrong);
  if (*p == '-' || g_ascii_isdigit (*p))
    return skip_number (p);

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    {
      if (g_str_has_prefix (p, words[i]))
        return p + strlen (words[i]);
    }

  return NULL;
}

/* A name and its colon. */
static const char *
skip_name (const char  *p,
           const char **wrong)
{
  *wrong = p;
  if (*p != '"')
    return NULL;

  p = skip_string (p, wrong);
  if (p == NULL)
    return NULL;

  p = skip_blanks (p);
  *wrong = p;
  return *p == ':' ? p + 1 : NULL;
}

static Expectation
after_value (GString *open)
{
  return open->len > 0 ? EXPECT_COMMA_OR_END : EXPECT_NOTHING;
}

/* One step: reads what is at @p and says what may follow. @open has the bracket that closes each
 * container that is open, so that depth costs memory but never the stack. */
static const char *
step (const char   *p,
      GString      *open,
      Expectation  *expect,
      const char  **wrong)
{
  gboolean may_end = *expect == EXPECT_VALUE_OR_END || *expect == EXPECT_NAME_OR_END ||
                     *expect == EXPECT_COMMA_OR_END;

  *wrong = p;
  if (may_end && open->len > 0 && *p == open->str[open->len - 1])
    {
      g_string_truncate (open, open->len - 1);
      *expect = after_value (open);
      return p + 1;
    }

  switch (*expect)
    {
    case EXPECT_COMMA_OR_END:
      *expect = open->str[open->len - 1] == '}' ? EXPECT_NAME : EXPECT_VALUE;
      return *p == ',' ? p + 1 : NULL;

    case EXPECT_NAME:
    case EXPECT_NAME_OR_END:
      *expect = EXPECT_VALUE;
      return skip_name (p, wrong);

    case EXPECT_VALUE:
    case EXPECT_VALUE_OR_END:
      if (*p == '{' || *p == '[')
        {
          g_string_append_c (open, *p == '{' ? '}' : ']');
          *expect = *p == '{' ? EXPECT_NAME_OR_END : EXPECT_VALUE_OR_END;
          return p + 1;
        }
      *expect = after_value (open);
      return skip_scalar (p, wrong);

    case EXPECT_NOTHING:
    default:
      return NULL;
    }
}

/* The place where @text stops being JSON, or has more than @max_depth containers in each other;
 * NULL if it does neither. */
static const char *
find_wrong (const char *text,
            gsize       max_depth)
{
  g_autoptr(GString) open = g_string_new (NULL);
  Expectation expect = EXPECT_VALUE;
  const char *wrong = text;
  const char *p = skip_blanks (text);

  while (*p != '\0')
    {
      p = step (p, open, &expect, &wrong);
      if (p == NULL)
        return wrong;
      if (open->len > max_depth)
        return p;
      p = skip_blanks (p);
    }

  return expect == EXPECT_NOTHING ? NULL : p;
}

/**
 * kvar_json_text_check:
 * @text: what should be one JSON value, with blanks around it or not
 * @error_offset: (out) (optional): the byte where it stops being JSON
 *
 * Checks syntax only (RFC 8259); duplicate names and any number of digits are fine.
 *
 * Returns: whether @text is JSON
 */
gboolean
kvar_json_text_check (const char *text,
                      gsize      *error_offset)
{
  const char *wrong;

  g_return_val_if_fail (text != NULL, FALSE);

  wrong = find_wrong (text, G_MAXSIZE);
  if (wrong != NULL && error_offset != NULL)
    *error_offset = (gsize) (wrong - text);

  return wrong == NULL;
}

/**
 * kvar_json_text_is_shallow:
 * @max_depth: how many containers may be in each other
 *
 * Returns: whether @text is JSON that can be gone through level by level
 */
gboolean
kvar_json_text_is_shallow (const char *text,
                           guint       max_depth)
{
  g_return_val_if_fail (text != NULL, FALSE);

  return find_wrong (text, max_depth) == NULL;
}

/**
 * kvar_json_text_append_quoted:
 * @string: where to write
 * @text: UTF-8
 *
 * Appends @text as a JSON string, quotes included.
 */
void
kvar_json_text_append_quoted (GString    *string,
                              const char *text)
{
  g_return_if_fail (string != NULL);
  g_return_if_fail (text != NULL);

  g_string_append_c (string, '"');
  for (const char *p = text; *p != '\0'; p++)
    {
      switch (*p)
        {
        case '"':
        case '\\':
          g_string_append_c (string, '\\');
          g_string_append_c (string, *p);
          break;
        case '\n':
          g_string_append (string, "\\n");
          break;
        case '\r':
          g_string_append (string, "\\r");
          break;
        case '\t':
          g_string_append (string, "\\t");
          break;
        default:
          if ((guchar) *p < 0x20)
            g_string_append_printf (string, "\\u%04x", (guint) (guchar) *p);
          else
            g_string_append_c (string, *p);
        }
    }
  g_string_append_c (string, '"');
}

/* Below twenty levels lines begin where those do: a megabyte of brackets would become a
 * terabyte. */
static void
append_line (GString *string,
             guint    depth)
{
  static const char blanks[] = "                                        ";
  gsize indent = MIN (2 * (gsize) depth, sizeof blanks - 1);

  g_string_append_c (string, '\n');
  g_string_append_len (string, blanks, (gssize) indent);
}

/* Appends what stands at @p, with the blanks that belong around it; returns the place after. */
static const char *
append_indented (GString    *string,
                 const char *p,
                 guint      *depth)
{
  const char *wrong;
  const char *end = p + 1;
  const char *next;

  switch (*p)
    {
    case '[':
    case '{':
      next = skip_blanks (end);
      g_string_append_c (string, *p);
      if (*next == ']' || *next == '}')
        {
          g_string_append_c (string, *next);
          return next + 1;
        }
      append_line (string, ++*depth);
      return end;

    case ']':
    case '}':
      append_line (string, --*depth);
      g_string_append_c (string, *p);
      return end;

    case ',':
      g_string_append_c (string, ',');
      append_line (string, *depth);
      return end;

    case ':':
      g_string_append (string, ": ");
      return end;

    case '"':
      end = skip_string (p, &wrong);
      break;

    default:
      end = p + strcspn (p, ",:[]{}\" \t\r\n");
    }

  g_string_append_len (string, p, end - p);

  return end;
}

/**
 * kvar_json_text_indent:
 * @text: JSON that kvar_json_text_check() has found right
 *
 * Returns: (transfer full): the same, a member a line; strings and numbers stay as they are
 */
char *
kvar_json_text_indent (const char *text)
{
  g_autoptr(GString) string = g_string_new (NULL);
  guint depth = 0;

  g_return_val_if_fail (text != NULL, NULL);

  for (const char *p = skip_blanks (text); *p != '\0'; p = skip_blanks (p))
    p = append_indented (string, p, &depth);

  return g_string_free (g_steal_pointer (&string), FALSE);
}
