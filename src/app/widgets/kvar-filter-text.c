/* kvar-filter-text.c: a condition in words, as a chip says it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-filter-text"

#include "config.h"

#include <glib/gi18n.h>

#include "kvar-filter-text.h"
#include "records/kvar-value.h"

typedef struct
{
  const char *op;
  const char *sentence;
  const char *negation;
} Phrase;

/* Each names a column, then a value. */
static const Phrase phrases[] = {
  /* Translators: a column, then a value: "Status is open". */
  { "eq", N_("%1$s is %2$s"), N_("%1$s is not %2$s") },
  /* Translators: a column, then a value: "Status is not open". */
  { "neq", N_("%1$s is not %2$s"), N_("%1$s is %2$s") },
  /* Translators: a column, then a value: "Price is above 100". */
  { "gt", N_("%1$s is above %2$s"),
    /* Translators: a column, then a value: "Price is not above 100". */
    N_("%1$s is not above %2$s") },
  /* Translators: a column, then a value: "Price is at least 100". */
  { "gte", N_("%1$s is at least %2$s"), N_("%1$s is below %2$s") },
  /* Translators: a column, then a value: "Price is below 100". */
  { "lt", N_("%1$s is below %2$s"), N_("%1$s is at least %2$s") },
  /* Translators: a column, then a value: "Price is at most 100". */
  { "lte", N_("%1$s is at most %2$s"),
    /* Translators: a column, then a value: "Price is not at most 100". */
    N_("%1$s is not at most %2$s") },
  /* Translators: a column, then a value: "Title contains roof". */
  { "ilike", N_("%1$s contains %2$s"),
    /* Translators: a column, then a value: "Title does not contain roof". */
    N_("%1$s does not contain %2$s") },
  /* Translators: a column, then a value: "Title contains roof". */
  { "like", N_("%1$s contains %2$s"),
    /* Translators: a column, then a value: "Title does not contain roof". */
    N_("%1$s does not contain %2$s") },
  /* Translators: a column, then a value: "Status is one of open, done". */
  { "in", N_("%1$s is one of %2$s"),
    /* Translators: a column, then a value: "Status is none of open, done". */
    N_("%1$s is none of %2$s") },
};

static char *
describe_value (KvarFilter *filter,
                KvarColumn *column)
{
  const char *text = kvar_filter_get_value (filter);
  const char *op = kvar_filter_get_op (filter);
  g_autoptr(KvarValue) value = NULL;

  if (g_str_has_suffix (op, "like"))
    {
      gsize length = strlen (text);
      gboolean begins = *text == '*' || *text == '%';
      gboolean ends = length > 1 && (text[length - 1] == '*' || text[length - 1] == '%');

      return g_strndup (text + begins, length - begins - ends);
    }

  if (strcmp (op, "in") == 0 || column == NULL)
    return g_strdup (text);

  value = kvar_value_new (kvar_column_get_column_type (column), text);

  return kvar_value_to_display (value);
}

static char *
describe_is (KvarFilter *filter,
             const char *title)
{
  const char *value = kvar_filter_get_value (filter);
  gboolean negated = kvar_filter_get_negated (filter);

  if (g_ascii_strcasecmp (value, "null") == 0)
    {
      /* Translators: %s is the name of a column. */
      const char *has_value = _("%s has a value");
      /* Translators: %s is the name of a column. */
      const char *has_no_value = _("%s has no value");

      return g_strdup_printf (negated ? has_value : has_no_value, title);
    }
  if (g_ascii_strcasecmp (value, "true") == 0)
    return g_strdup_printf (negated ? _("%1$s is not %2$s") : _("%1$s is %2$s"), title, _("Yes"));
  if (g_ascii_strcasecmp (value, "false") == 0)
    return g_strdup_printf (negated ? _("%1$s is not %2$s") : _("%1$s is %2$s"), title, _("No"));

  return NULL;
}

/**
 * kvar_filter_text:
 *
 * Returns: (transfer full): what a person reads; a condition there are no words for as it
 *     stands in the route
 */
char *
kvar_filter_text (KvarFilter *filter,
                  KvarTable  *table)
{
  g_autofree char *value = NULL;
  g_autofree char *name = NULL;
  KvarColumn *column;
  const char *title;

  g_return_val_if_fail (filter != NULL, NULL);
  g_return_val_if_fail (KVAR_IS_TABLE (table), NULL);

  if (kvar_filter_get_kind (filter) == KVAR_FILTER_CONDITION &&
      kvar_filter_get_path (filter) == NULL)
    {
      const char *op = kvar_filter_get_op (filter);

      column = kvar_table_find_column (table, kvar_filter_get_column (filter));
      title = column != NULL ? kvar_column_get_title (column) : kvar_filter_get_column (filter);
      if (strcmp (op, "is") == 0)
        {
          char *text = describe_is (filter, title);

          if (text != NULL)
            return text;
        }

      for (gsize i = 0; i < G_N_ELEMENTS (phrases); i++)
        {
          if (strcmp (phrases[i].op, op) != 0)
            continue;

          value = describe_value (filter, column);
          return g_strdup_printf (_(kvar_filter_get_negated (filter) ? phrases[i].negation
                                                                     : phrases[i].sentence),
                                  title, value);
        }
    }

  name = kvar_filter_to_name (filter);
  value = kvar_filter_to_value (filter);

  return g_strdup_printf ("%s=%s", name, value);
}
