/* kvar-filter-op.c: how a column can be compared, and the conditions that this makes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-filter"

#include "config.h"

#include <string.h>

#include "records/kvar-filter-op.h"
#include "records/kvar-value.h"

/* What stands for something else in a pattern, and in a regular expression. */
#define PATTERN_SIGNS "\\%_"
#define REGEX_SIGNS "\\^$.|?*+()[]{}"

static gboolean
is_search_vector (KvarColumn *column)
{
  KvarType *type = kvar_column_get_column_type (column);

  return g_str_equal (kvar_type_get_base_name (type), "tsvector");
}

static gboolean
is_ordered (KvarColumn *column)
{
  switch (kvar_column_get_kind (column))
    {
    case KVAR_KIND_INTEGER:
    case KVAR_KIND_DECIMAL:
    case KVAR_KIND_FLOAT:
    case KVAR_KIND_DATE:
    case KVAR_KIND_TIME:
    case KVAR_KIND_TIMESTAMP:
    case KVAR_KIND_TIMESTAMPTZ:
    case KVAR_KIND_INTERVAL:
      return TRUE;

    case KVAR_KIND_OTHER:
      return kvar_type_is_writable (kvar_column_get_column_type (column)) &&
             kvar_type_is_sortable (kvar_column_get_column_type (column));

    default:
      return FALSE;
    }
}

/**
 * kvar_filter_op_suits:
 *
 * Returns: whether it makes sense to compare @column in this way, and the server can
 */
gboolean
kvar_filter_op_suits (KvarFilterOp  op,
                      KvarColumn   *column)
{
  KvarType *type;
  KvarKind kind;

  g_return_val_if_fail (KVAR_IS_COLUMN (column), FALSE);

  type = kvar_column_get_column_type (column);
  kind = kvar_column_get_kind (column);
  switch (op)
    {
    case KVAR_FILTER_OP_CONTAINS:
      return kind == KVAR_KIND_TEXT || is_search_vector (column) ||
             (kind == KVAR_KIND_ARRAY && kvar_type_has_equality (type) &&
              kvar_type_is_writable (type));

    case KVAR_FILTER_OP_EQUALS:
    case KVAR_FILTER_OP_DIFFERS:
      return kvar_type_has_equality (type) && kvar_type_is_writable (type);

    case KVAR_FILTER_OP_AT_LEAST:
    case KVAR_FILTER_OP_AT_MOST:
      return is_ordered (column);

    case KVAR_FILTER_OP_NONE:
    case KVAR_FILTER_OP_ANY:
      return kvar_column_get_nullable (column);

    case KVAR_FILTER_N_OPS:
    default:
      return FALSE;
    }
}

gboolean
kvar_filter_op_takes_value (KvarFilterOp op)
{
  return op != KVAR_FILTER_OP_NONE && op != KVAR_FILTER_OP_ANY;
}

static char *
escape (const char *text,
        const char *signs)
{
  GString *escaped = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p++)
    {
      if (strchr (signs, *p) != NULL)
        g_string_append_c (escaped, '\\');
      g_string_append_c (escaped, *p);
    }

  return g_string_free (escaped, FALSE);
}

static char *
unescape (const char *text,
          gsize       length)
{
  GString *plain = g_string_new (NULL);

  for (gsize i = 0; i < length; i++)
    {
      if (text[i] == '\\' && i + 1 < length)
        i++;
      g_string_append_c (plain, text[i]);
    }

  return g_string_free (plain, FALSE);
}

/**
 * kvar_filter_new_contains:
 * @column: a text, or a search vector
 * @text: as it was typed
 *
 * "*" stands for anything in PostgREST's patterns and cannot be escaped: a text that contains one
 * is looked for as a regular expression. Search vectors are asked for words.
 *
 * Returns: (transfer full): the condition that @column contains @text in any case
 */
KvarFilter *
kvar_filter_new_contains (KvarColumn *column,
                          const char *text)
{
  const char *name;
  g_autofree char *escaped = NULL;
  g_autofree char *pattern = NULL;

  g_return_val_if_fail (KVAR_IS_COLUMN (column), NULL);
  g_return_val_if_fail (text != NULL, NULL);

  name = kvar_column_get_name (column);
  if (is_search_vector (column))
    return kvar_filter_new (name, "wfts", text);

  if (strchr (text, '*') != NULL)
    {
      escaped = escape (text, REGEX_SIGNS);
      return kvar_filter_new (name, "imatch", escaped);
    }

  escaped = escape (text, PATTERN_SIGNS);
  pattern = g_strconcat ("*", escaped, "*", NULL);
  return kvar_filter_new (name, "ilike", pattern);
}

/* Whether @text[0..length] is escaped all through: nothing in it stands for anything else. */
static gboolean
is_escaped (const char *text,
            gsize       length,
            const char *signs)
{
  for (gsize i = 0; i < length; i++)
    {
      if (text[i] == '\\' && i + 1 < length)
        i++;
      else if (strchr (signs, text[i]) != NULL)
        return FALSE;
    }

  return TRUE;
}

/**
 * kvar_filter_dup_contained:
 *
 * Returns: (transfer full) (nullable): what was given to kvar_filter_new_contains(); %NULL if
 *   @filter is another condition, or a pattern that says more
 */
char *
kvar_filter_dup_contained (KvarFilter *filter)
{
  const char *op;
  const char *value;
  gsize length;

  g_return_val_if_fail (filter != NULL, NULL);

  if (kvar_filter_get_kind (filter) != KVAR_FILTER_CONDITION)
    return NULL;

  op = kvar_filter_get_op (filter);
  value = kvar_filter_get_value (filter);
  length = strlen (value);
  if (g_str_equal (op, "wfts"))
    return g_strdup (value);
  if (g_str_equal (op, "imatch"))
    return is_escaped (value, length, REGEX_SIGNS) ? unescape (value, length) : NULL;
  if (!g_str_equal (op, "ilike") || length < 2 || value[0] != '*' || value[length - 1] != '*' ||
      !is_escaped (value + 1, length - 2, PATTERN_SIGNS "*"))
    return NULL;

  return unescape (value + 1, length - 2);
}

/**
 * kvar_filter_op_compare:
 * @op: one that takes a value
 * @value: of @column
 *
 * Returns: (transfer full): the condition that @column compares so with @value
 */
KvarFilter *
kvar_filter_op_compare (KvarFilterOp  op,
                        KvarColumn   *column,
                        KvarValue    *value)
{
  static const char *const names[] = { "eq", "neq", "cs", "gte", "lte" };
  const char *name;

  g_return_val_if_fail (op < G_N_ELEMENTS (names), NULL);
  g_return_val_if_fail (KVAR_IS_COLUMN (column), NULL);
  g_return_val_if_fail (value != NULL, NULL);

  name = names[op];
  /* Nothing typed is no value, which no comparison finds. */
  if (kvar_value_is_null (value))
    return kvar_filter_new (kvar_column_get_name (column),
                            op == KVAR_FILTER_OP_DIFFERS ? "not.is" : "is", "null");

  /* Rows without a value are not open either, and people miss them when they do not come. */
  if (op == KVAR_FILTER_OP_DIFFERS && kvar_column_get_nullable (column))
    name = "isdistinct";

  return kvar_filter_new (kvar_column_get_name (column), name, kvar_value_get_text (value));
}

static KvarFilter *
build_with_value (KvarFilterOp   op,
                  KvarColumn    *column,
                  const char    *typed,
                  GError       **error)
{
  g_autoptr(KvarValue) value = kvar_value_parse (kvar_column_get_column_type (column), typed,
                                                 error);

  return value != NULL ? kvar_filter_op_compare (op, column, value) : NULL;
}

/**
 * kvar_filter_op_build:
 * @typed: what a person typed, if @op takes a value
 *
 * Returns: (transfer full): the condition; or %NULL with %KVAR_ERROR_INVALID and a sentence
 */
KvarFilter *
kvar_filter_op_build (KvarFilterOp   op,
                      KvarColumn    *column,
                      const char    *typed,
                      GError       **error)
{
  g_return_val_if_fail (KVAR_IS_COLUMN (column), NULL);
  g_return_val_if_fail (typed != NULL, NULL);

  switch (op)
    {
    case KVAR_FILTER_OP_NONE:
      return kvar_filter_new (kvar_column_get_name (column), "is", "null");

    case KVAR_FILTER_OP_ANY:
      return kvar_filter_new (kvar_column_get_name (column), "not.is", "null");

    case KVAR_FILTER_OP_CONTAINS:
      if (kvar_column_get_kind (column) != KVAR_KIND_ARRAY)
        return kvar_filter_new_contains (column, typed);
      return build_with_value (op, column, typed, error);

    case KVAR_FILTER_OP_EQUALS:
    case KVAR_FILTER_OP_DIFFERS:
    case KVAR_FILTER_OP_AT_LEAST:
    case KVAR_FILTER_OP_AT_MOST:
    case KVAR_FILTER_N_OPS:
    default:
      return build_with_value (op, column, typed, error);
    }
}

/* NULL if it is no value of @column. */
static char *
dup_typed (KvarFilter *filter,
           KvarColumn *column)
{
  g_autoptr(KvarValue) value = kvar_value_new (kvar_column_get_column_type (column),
                                               kvar_filter_get_value (filter));

  return kvar_value_to_input (value);
}

/**
 * kvar_filter_op_read:
 * @typed: (out) (transfer full): what a person would type for it, "" if nothing
 *
 * The other way round than kvar_filter_op_build().
 *
 * Returns: %FALSE for a condition that cannot be put together so
 */
gboolean
kvar_filter_op_read (KvarFilter    *filter,
                     KvarColumn    *column,
                     KvarFilterOp  *op,
                     char         **typed)
{
  static const struct { const char *name; KvarFilterOp op; } ops[] = {
    { "eq", KVAR_FILTER_OP_EQUALS },    { "neq", KVAR_FILTER_OP_DIFFERS },
    { "isdistinct", KVAR_FILTER_OP_DIFFERS }, { "gte", KVAR_FILTER_OP_AT_LEAST },
    { "lte", KVAR_FILTER_OP_AT_MOST },  { "cs", KVAR_FILTER_OP_CONTAINS },
  };
  g_autoptr(KvarFilter) built = NULL;
  g_autofree char *text = NULL;
  const char *name;

  g_return_val_if_fail (filter != NULL, FALSE);
  g_return_val_if_fail (KVAR_IS_COLUMN (column), FALSE);

  if (kvar_filter_get_kind (filter) != KVAR_FILTER_CONDITION ||
      kvar_filter_get_path (filter) != NULL)
    return FALSE;

  name = kvar_filter_get_op (filter);
  *op = KVAR_FILTER_N_OPS;
  if (g_str_equal (name, "is"))
    *op = kvar_filter_get_negated (filter) ? KVAR_FILTER_OP_ANY : KVAR_FILTER_OP_NONE;
  for (gsize i = 0; i < G_N_ELEMENTS (ops); i++)
    if (g_str_equal (name, ops[i].name))
      *op = ops[i].op;

  if (*op == KVAR_FILTER_N_OPS)
    {
      *op = KVAR_FILTER_OP_CONTAINS;
      text = kvar_filter_dup_contained (filter);
    }
  else
    {
      text = kvar_filter_op_takes_value (*op) ? dup_typed (filter, column) : g_strdup ("");
    }

  /* Only what would be the same condition again. */
  built = text != NULL && kvar_filter_op_suits (*op, column)
            ? kvar_filter_op_build (*op, column, text, NULL) : NULL;
  if (built == NULL || !kvar_filter_equal (built, filter))
    return FALSE;

  *typed = g_steal_pointer (&text);

  return TRUE;
}
