/* kvar-value-format.c: values written for people, to read and to edit
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-records"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "records/kvar-array-text.h"
#include "records/kvar-date-text.h"
#include "records/kvar-number-text.h"
#include "records/kvar-value-format.h"
#include "schema/kvar-title.h"

/* A cell shows no more anyway, and a line of a megabyte would stop the window. */
#define MAX_DISPLAY_CHARACTERS 200

/* One line: every run of blanks and line breaks becomes one blank. */
static char *
shorten (const char *text)
{
  GString *line = g_string_new (NULL);
  gboolean blank = FALSE;
  guint n = 0;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c == '\n' || c == '\r' || c == '\t' || c == ' ' || g_unichar_iscntrl (c))
        {
          blank = line->len > 0;
          continue;
        }
      if (n >= MAX_DISPLAY_CHARACTERS)
        {
          g_string_append (line, "…");
          break;
        }
      if (blank)
        g_string_append_c (line, ' ');
      g_string_append_unichar (line, c);
      n += 1 + blank;
      blank = FALSE;
    }

  return g_string_free (line, FALSE);
}

static gboolean
is_true (const char *text)
{
  return text[0] == 't';
}

static char *
display_boolean (const char *text)
{
  /* Translators: a value of a field that is either on or off. */
  return g_strdup (is_true (text) ? C_("value", "Yes") : C_("value", "No"));
}

static char *
display_bytes (const char *text)
{
  gulong n = g_str_has_prefix (text, "\\x") ? (strlen (text) - 2) / 2 : strlen (text);

  /* Translators: a field that holds a file or the like, which cannot be shown. */
  return g_strdup_printf (ngettext ("%lu byte", "%lu bytes", n), n);
}

/* Elements with decimal commas are set apart by semicolons. */
static char
list_separator (KvarType   *element,
                KvarLocale *locale)
{
  KvarKind kind = kvar_type_get_kind (element);
  gboolean decimals = kind == KVAR_KIND_DECIMAL || kind == KVAR_KIND_FLOAT;

  return decimals && kvar_locale_get_decimal (locale)[0] == ',' ? ';' : ',';
}

/* The elements of a plain list; NULL for what people read and edit as PostgreSQL writes it. */
static GPtrArray *
split_array (KvarType   *type,
             const char *text)
{
  return kvar_type_get_delimiter (type) == ',' ? kvar_array_text_split (text) : NULL;
}

static char *
display_array (KvarType   *type,
               const char *text,
               KvarLocale *locale)
{
  KvarType *element = kvar_type_get_element (type);
  g_autoptr(GPtrArray) elements = split_array (type, text);
  GString *line;

  if (elements == NULL)
    return shorten (text);

  line = g_string_new (NULL);
  for (guint i = 0; i < elements->len && line->len < 4 * MAX_DISPLAY_CHARACTERS; i++)
    {
      const char *element_text = g_ptr_array_index (elements, i);
      g_autoptr(KvarValue) value = kvar_value_new (element, element_text);
      g_autofree char *shown = kvar_value_format_display (value, locale);

      if (i > 0)
        g_string_append_printf (line, "%c ", list_separator (element, locale));
      g_string_append (line, element_text != NULL ? shown : "–");
    }

  return g_string_free (line, FALSE);
}

/* Numbers are localised in the list, everything else stays as PostgreSQL writes it. */
static char *
input_array (KvarType   *type,
             const char *text,
             KvarLocale *locale)
{
  KvarType *element = kvar_type_get_element (type);
  KvarKind kind = kvar_type_get_kind (element);
  g_autoptr(GPtrArray) elements = split_array (type, text);

  /* An empty list is not the same as nothing, which is null. */
  if (elements == NULL || elements->len == 0)
    return g_strdup (text);

  if (kind == KVAR_KIND_DECIMAL || kind == KVAR_KIND_FLOAT)
    {
      for (guint i = 0; i < elements->len; i++)
        {
          char *number = g_ptr_array_index (elements, i);

          if (number != NULL)
            elements->pdata[i] = kvar_number_text_format (number, locale, FALSE);
          g_free (number);
        }
    }

  return kvar_array_list_join (elements, list_separator (element, locale));
}

/**
 * kvar_value_format_display:
 *
 * Returns: (transfer full): @value for reading, in one line, "" for null
 */
char *
kvar_value_format_display (KvarValue  *value,
                           KvarLocale *locale)
{
  KvarType *type = kvar_value_get_type_of (value);
  const char *text = kvar_value_get_text (value);

  if (text == NULL)
    return g_strdup ("");

  switch (kvar_type_get_kind (type))
    {
    case KVAR_KIND_BOOLEAN:
      return display_boolean (text);

    /* Integers are mostly numbers of things, years and the like: they are not grouped. */
    case KVAR_KIND_INTEGER:
      return g_strdup (text);

    case KVAR_KIND_DECIMAL:
    case KVAR_KIND_FLOAT:
      return kvar_number_text_format (text, locale, TRUE);

    case KVAR_KIND_DATE:
    case KVAR_KIND_TIME:
    case KVAR_KIND_TIMESTAMP:
    case KVAR_KIND_TIMESTAMPTZ:
      return kvar_date_text_format (type, text, locale, TRUE);

    case KVAR_KIND_ENUM:
      return kvar_title_from_label (text);

    case KVAR_KIND_ARRAY:
      return display_array (type, text, locale);

    case KVAR_KIND_BYTES:
      return display_bytes (text);

    case KVAR_KIND_TEXT:
    case KVAR_KIND_INTERVAL:
    case KVAR_KIND_UUID:
    case KVAR_KIND_JSON:
    case KVAR_KIND_OTHER:
    default:
      return shorten (text);
    }
}

/**
 * kvar_value_format_input:
 *
 * Returns: (transfer full): @value for editing, complete; "" for null
 */
char *
kvar_value_format_input (KvarValue  *value,
                         KvarLocale *locale)
{
  KvarType *type = kvar_value_get_type_of (value);
  const char *text = kvar_value_get_text (value);

  if (text == NULL)
    return g_strdup ("");

  switch (kvar_type_get_kind (type))
    {
    case KVAR_KIND_BOOLEAN:
      return display_boolean (text);

    case KVAR_KIND_DECIMAL:
    case KVAR_KIND_FLOAT:
      return kvar_number_text_format (text, locale, FALSE);

    case KVAR_KIND_DATE:
    case KVAR_KIND_TIME:
    case KVAR_KIND_TIMESTAMP:
    case KVAR_KIND_TIMESTAMPTZ:
      return kvar_date_text_format (type, text, locale, FALSE);

    case KVAR_KIND_ARRAY:
      return input_array (type, text, locale);

    case KVAR_KIND_TEXT:
    case KVAR_KIND_INTEGER:
    case KVAR_KIND_INTERVAL:
    case KVAR_KIND_UUID:
    case KVAR_KIND_ENUM:
    case KVAR_KIND_JSON:
    case KVAR_KIND_BYTES:
    case KVAR_KIND_OTHER:
    default:
      return g_strdup (text);
    }
}
