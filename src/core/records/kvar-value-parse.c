/* kvar-value-parse.c: what people type read into values
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-records"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "kvar-error.h"
#include "records/kvar-array-text.h"
#include "records/kvar-date-text.h"
#include "records/kvar-iso-time.h"
#include "records/kvar-json-text.h"
#include "records/kvar-number-text.h"
#include "records/kvar-plain-text.h"
#include "records/kvar-value-parse.h"
#include "schema/kvar-title.h"

static char *
fail (GError     **error,
      const char  *sentence)
{
  g_set_error_literal (error, KVAR_ERROR, KVAR_ERROR_INVALID, sentence);
  return NULL;
}

static char *
parse_text (KvarType    *type,
            const char  *typed,
            GError     **error)
{
  int most = kvar_type_get_max_length (type);

  if (most >= 0 && g_utf8_strlen (typed, -1) > most)
    {
      g_set_error (error, KVAR_ERROR, KVAR_ERROR_INVALID,
                   /* Translators: %d is how long the text in a field may be. */
                   ngettext ("At most %d character fits here.",
                             "At most %d characters fit here.", (gulong) most), most);
      return NULL;
    }

  return g_strdup (typed);
}

/* The words of both languages, PostgreSQL's own, and those of the translation. */
static char *
parse_boolean (const char  *typed,
               GError     **error)
{
  static const char *const yes[] = { "yes", "y", "true", "t", "on", "1", "ja", "j", "sant", NULL };
  static const char *const no[] = { "no", "n", "false", "f", "off", "0", "nej", "falskt", NULL };
  g_autofree char *word = g_utf8_strdown (typed, -1);
  g_autofree char *translated_yes = g_utf8_strdown (C_("value", "Yes"), -1);
  g_autofree char *translated_no = g_utf8_strdown (C_("value", "No"), -1);

  if (g_strv_contains (yes, word) || g_str_equal (word, translated_yes))
    return g_strdup ("true");
  if (g_strv_contains (no, word) || g_str_equal (word, translated_no))
    return g_strdup ("false");

  return fail (error, _("Write yes or no."));
}

static char *
parse_uuid (const char  *typed,
            GError     **error)
{
  GString *uuid = g_string_new (NULL);

  for (const char *p = typed; *p != '\0'; p++)
    {
      if (g_ascii_isxdigit (*p))
        {
          if (uuid->len == 8 || uuid->len == 13 || uuid->len == 18 || uuid->len == 23)
            g_string_append_c (uuid, '-');
          g_string_append_c (uuid, g_ascii_tolower (*p));
        }
      else if (strchr ("-{}", *p) == NULL)
        break;
    }

  if (uuid->len == 36 && g_uuid_string_is_valid (uuid->str) &&
      strspn (typed, "0123456789abcdefABCDEF-{}") == strlen (typed))
    return g_string_free (uuid, FALSE);

  g_string_free (uuid, TRUE);
  return fail (error, _("This is not a UUID: it has 32 digits and letters from a to f."));
}

/* The label itself, or how it is shown; the label wins where two are shown alike. */
static char *
parse_enum (KvarType    *type,
            const char  *typed,
            GError     **error)
{
  const char *const *labels = kvar_type_get_labels (type);
  g_autofree char *word = g_utf8_casefold (typed, -1);

  if (labels == NULL || g_strv_contains (labels, typed))
    return g_strdup (typed);

  for (guint i = 0; labels[i] != NULL; i++)
    {
      g_autofree char *title = kvar_title_from_label (labels[i]);
      g_autofree char *folded_title = g_utf8_casefold (title, -1);
      g_autofree char *folded_label = g_utf8_casefold (labels[i], -1);

      if (g_str_equal (word, folded_title) || g_str_equal (word, folded_label))
        return g_strdup (labels[i]);
    }

  return fail (error, _("Choose one of the values that are offered."));
}

static char *
parse_json (const char  *typed,
            GError     **error)
{
  gsize offset;
  glong position;

  if (kvar_json_text_check (typed, &offset))
    return g_strdup (typed);

  position = g_utf8_pointer_to_offset (typed, typed + offset) + 1;
  g_set_error (error, KVAR_ERROR, KVAR_ERROR_INVALID,
               /* Translators: JSON stays as it is; the number counts characters from 1. */
               _("This is not JSON: it goes wrong at character %ld."), position);
  return NULL;
}

static char *
parse_bytes (const char  *typed,
             GError     **error)
{
  gsize length = strlen (typed);

  if (g_str_has_prefix (typed, "\\x") && length % 2 == 0 &&
      strspn (typed + 2, "0123456789abcdefABCDEF") == length - 2)
    return g_strdup (typed);

  return fail (error, _("Write bytes as \\x and two digits for each."));
}

/* Arrays have the blank of PostgreSQL between date and time: what has that form stays. */
static gboolean
is_written_time (KvarKind    kind,
                 const char *typed)
{
  KvarIsoTime time;

  return (kind == KVAR_KIND_DATE || kind == KVAR_KIND_TIME || kind == KVAR_KIND_TIMESTAMP ||
          kind == KVAR_KIND_TIMESTAMPTZ) &&
         kvar_iso_time_parse (typed, &time) && time.has_date == (kind != KVAR_KIND_TIME) &&
         time.has_offset == (kind == KVAR_KIND_TIMESTAMPTZ);
}

/* Booleans have one letter inside arrays. */
static char *
parse_element (KvarType    *type,
               const char  *typed,
               KvarLocale  *locale,
               GError     **error)
{
  KvarKind kind = kvar_type_get_kind (type);
  g_autoptr(KvarValue) value = NULL;

  if (is_written_time (kind, typed))
    return g_strdup (typed);
  if (kind == KVAR_KIND_JSON)
    return parse_json (typed, error);

  value = kvar_value_parse_typed (type, typed, locale, error);
  if (value == NULL)
    return NULL;
  if (kvar_value_is_null (value))
    return fail (error, _("Something is missing between two separators."));
  if (kind == KVAR_KIND_BOOLEAN)
    return g_strndup (kvar_value_get_text (value), 1);

  return g_strdup (kvar_value_get_text (value));
}

static char *
parse_list (KvarType    *element,
            const char  *typed,
            KvarLocale  *locale,
            GError     **error)
{
  KvarKind kind = kvar_type_get_kind (element);
  gboolean decimals = (kind == KVAR_KIND_DECIMAL || kind == KVAR_KIND_FLOAT) &&
                      kvar_locale_get_decimal (locale)[0] == ',';
  g_autoptr(GPtrArray) elements = kvar_array_list_split (typed, decimals ? ';' : ',');

  if (elements == NULL)
    return fail (error, _("A quotation mark is not closed."));

  for (guint i = 0; i < elements->len; i++)
    {
      char *text = g_ptr_array_index (elements, i);
      char *parsed = NULL;

      if (text == NULL)
        continue;
      parsed = parse_element (element, text, locale, error);
      if (parsed == NULL)
        return NULL;
      g_free (text);
      elements->pdata[i] = parsed;
    }

  return kvar_array_text_join (elements);
}

/* Braces mean PostgreSQL's own form, in which everything can be said; it stays as it is typed. */
static char *
parse_array (KvarType    *type,
             const char  *typed,
             KvarLocale  *locale,
             GError     **error)
{
  if (kvar_array_text_is_valid (typed))
    return g_strdup (typed);
  if (*typed == '{' || kvar_type_get_delimiter (type) != ',')
    return fail (error, _("A list in braces must end with a brace, and have its quotes closed."));

  return parse_list (kvar_type_get_element (type), typed, locale, error);
}

static char *
parse_kind (KvarType    *type,
            const char  *typed,
            const char  *stripped,
            KvarLocale  *locale,
            GError     **error)
{
  switch (kvar_type_get_kind (type))
    {
    case KVAR_KIND_TEXT:
      return parse_text (type, typed, error);

    case KVAR_KIND_BOOLEAN:
      return parse_boolean (stripped, error);

    case KVAR_KIND_INTEGER:
    case KVAR_KIND_DECIMAL:
    case KVAR_KIND_FLOAT:
      return kvar_number_text_parse (type, stripped, locale, error);

    case KVAR_KIND_DATE:
    case KVAR_KIND_TIME:
    case KVAR_KIND_TIMESTAMP:
    case KVAR_KIND_TIMESTAMPTZ:
      return kvar_date_text_parse (type, stripped, locale, error);

    case KVAR_KIND_UUID:
      return parse_uuid (stripped, error);

    case KVAR_KIND_ENUM:
      return parse_enum (type, typed, error);

    case KVAR_KIND_JSON:
      return parse_json (typed, error);

    case KVAR_KIND_ARRAY:
      return parse_array (type, stripped, locale, error);

    case KVAR_KIND_BYTES:
      return parse_bytes (stripped, error);

    case KVAR_KIND_INTERVAL:
    case KVAR_KIND_OTHER:
    default:
      return kvar_plain_text_parse (type, typed, error);
    }
}

/* The null of JSON cannot be sent: PostgREST makes no value of it. So it means that here too. */
static gboolean
means_null (KvarType   *type,
            const char *typed,
            const char *stripped)
{
  switch (kvar_type_get_kind (type))
    {
    case KVAR_KIND_TEXT:
      return FALSE;
    case KVAR_KIND_ENUM:
      return *typed == '\0';
    case KVAR_KIND_JSON:
      return *stripped == '\0' || g_str_equal (stripped, "null");
    default:
      return *stripped == '\0';
    }
}

/**
 * kvar_value_parse_typed:
 * @typed: UTF-8
 *
 * Reads what a person typed, by the rules of @locale. Nothing typed is null, except in a text.
 *
 * Returns: (transfer full): the value, or %NULL with %KVAR_ERROR_INVALID and a sentence
 */
KvarValue *
kvar_value_parse_typed (KvarType    *type,
                        const char  *typed,
                        KvarLocale  *locale,
                        GError     **error)
{
  g_autofree char *stripped = NULL;
  g_autofree char *text = NULL;

  g_return_val_if_fail (type != NULL && typed != NULL && locale != NULL, NULL);

  stripped = g_strstrip (g_strdup (typed));
  if (means_null (type, typed, stripped))
    return kvar_value_new (type, NULL);

  text = parse_kind (type, typed, stripped, locale, error);
  return text != NULL ? kvar_value_new (type, text) : NULL;
}
