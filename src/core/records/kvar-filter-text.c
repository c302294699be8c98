/* kvar-filter-text.c: a condition in words, as a chip says it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-filter-text"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "records/kvar-array-text.h"
#include "records/kvar-filter-op.h"
#include "records/kvar-filter-text.h"
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
  { "wfts", N_("%1$s contains %2$s"), N_("%1$s does not contain %2$s") },
  { "imatch", N_("%1$s contains %2$s"), N_("%1$s does not contain %2$s") },
  { "cs", N_("%1$s contains %2$s"), N_("%1$s does not contain %2$s") },
  { "isdistinct", N_("%1$s is not %2$s"), N_("%1$s is %2$s") },
  /* Translators: a column, then a value: "Status is one of open, done". */
  { "in", N_("%1$s is one of %2$s"),
    /* Translators: a column, then a value: "Status is none of open, done". */
    N_("%1$s is none of %2$s") },
};

/* "(open,\"in progress\")" with each value as people write it. */
static char *
describe_list (const char *text,
               KvarColumn *column)
{
  g_autoptr(GPtrArray) elements = NULL;
  GString *list = g_string_new (NULL);
  gsize length = strlen (text);

  if (length >= 2 && text[0] == '(' && text[length - 1] == ')')
    {
      g_autofree char *inner = g_strndup (text + 1, length - 2);

      elements = kvar_array_list_split (inner, ',');
    }
  if (elements == NULL)
    return g_string_free (g_string_assign (list, text), FALSE);

  for (guint i = 0; i < elements->len; i++)
    {
      const char *element = g_ptr_array_index (elements, i);
      g_autoptr(KvarValue) value =
        kvar_value_new (kvar_column_get_column_type (column), element != NULL ? element : "NULL");
      g_autofree char *display = kvar_value_to_display (value);

      g_string_append_printf (list, "%s%s", i > 0 ? ", " : "", display);
    }

  return g_string_free (list, FALSE);
}

/* NULL where there are no words for it. */
static char *
describe_value (KvarFilter *filter,
                KvarColumn *column)
{
  const char *text = kvar_filter_get_value (filter);
  const char *op = kvar_filter_get_op (filter);
  g_autoptr(KvarValue) value = NULL;

  if (g_str_equal (op, "ilike") || g_str_equal (op, "imatch") || g_str_equal (op, "wfts"))
    return kvar_filter_dup_contained (filter);
  if (column == NULL)
    return g_strdup (text);
  if (g_str_equal (op, "in"))
    return describe_list (text, column);

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
    return g_strdup_printf (negated ? _("%1$s is not %2$s") : _("%1$s is %2$s"), title,
                            C_("value", "Yes"));
  if (g_ascii_strcasecmp (value, "false") == 0)
    return g_strdup_printf (negated ? _("%1$s is not %2$s") : _("%1$s is %2$s"), title,
                            C_("value", "No"));

  return NULL;
}

/* NULL where there are no words for it. */
static char *
describe_condition (KvarFilter *filter,
                    KvarTable  *table)
{
  KvarColumn *column = kvar_table_find_column (table, kvar_filter_get_column (filter));
  const char *op = kvar_filter_get_op (filter);
  const char *title;

  if (kvar_filter_get_path (filter) != NULL)
    return NULL;

  title = column != NULL ? kvar_column_get_title (column) : kvar_filter_get_column (filter);
  if (g_str_equal (op, "is"))
    return describe_is (filter, title);

  for (gsize i = 0; i < G_N_ELEMENTS (phrases); i++)
    {
      g_autofree char *value = NULL;

      if (!g_str_equal (phrases[i].op, op))
        continue;

      value = describe_value (filter, column);
      if (value == NULL)
        return NULL;

      return g_strdup_printf (_(kvar_filter_get_negated (filter) ? phrases[i].negation
                                                                 : phrases[i].sentence),
                              title, value);
    }

  return NULL;
}

/* "Status is open or Price is above 100"; a group within a group stands in brackets. */
static char *
describe_group (KvarFilter *filter,
                KvarTable  *table,
                gboolean    within)
{
  gboolean any = kvar_filter_get_kind (filter) == KVAR_FILTER_OR;
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < kvar_filter_get_n_members (filter); i++)
    {
      KvarFilter *member = kvar_filter_get_member (filter, i);
      g_autofree char *words = kvar_filter_get_kind (member) == KVAR_FILTER_CONDITION
                                 ? kvar_filter_text (member, table)
                                 : describe_group (member, table, TRUE);

      if (i > 0)
        /* Translators: between two conditions, with blanks around it. */
        g_string_append (text, any ? C_("conditions", " or ") : C_("conditions", " and "));
      g_string_append (text, words);
    }

  if (within || kvar_filter_get_negated (filter))
    {
      g_string_prepend_c (text, '(');
      g_string_append_c (text, ')');
    }
  if (kvar_filter_get_negated (filter))
    /* Translators: before conditions in brackets: “not (Status is open or Price is 0)”. */
    g_string_prepend (text, C_("conditions", "not "));

  return g_string_free (text, FALSE);
}

/**
 * kvar_filter_text:
 *
 * Returns: (transfer full): what a person reads; a condition there are no words for as it
 *   stands in the route
 */
char *
kvar_filter_text (KvarFilter *filter,
                  KvarTable  *table)
{
  g_autofree char *value = NULL;
  g_autofree char *name = NULL;
  char *words;

  g_return_val_if_fail (filter != NULL, NULL);
  g_return_val_if_fail (KVAR_IS_TABLE (table), NULL);

  if (kvar_filter_get_kind (filter) != KVAR_FILTER_CONDITION)
    return describe_group (filter, table, FALSE);

  words = describe_condition (filter, table);
  if (words != NULL)
    return words;

  name = kvar_filter_to_name (filter);
  value = kvar_filter_to_value (filter);

  return g_strdup_printf ("%s=%s", name, value);
}
