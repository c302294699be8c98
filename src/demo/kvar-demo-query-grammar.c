/* kvar-demo-query-grammar.c: the grammar of select, order, filters and logic trees
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-demo"

#include "config.h"

#include <string.h>

#include "kvar-demo-array.h"
#include "kvar-demo-query-private.h"

static const struct
{
  const char       *name;
  KvarDemoOperator  operator;
  gboolean          quantifiable;
} operators[] = {
  { "eq", KVAR_DEMO_OPERATOR_EQ, TRUE },         { "neq", KVAR_DEMO_OPERATOR_NEQ },
  { "gt", KVAR_DEMO_OPERATOR_GT, TRUE },         { "gte", KVAR_DEMO_OPERATOR_GTE, TRUE },
  { "lt", KVAR_DEMO_OPERATOR_LT, TRUE },         { "lte", KVAR_DEMO_OPERATOR_LTE, TRUE },
  { "like", KVAR_DEMO_OPERATOR_LIKE, TRUE },     { "ilike", KVAR_DEMO_OPERATOR_ILIKE, TRUE },
  { "match", KVAR_DEMO_OPERATOR_MATCH, TRUE },   { "imatch", KVAR_DEMO_OPERATOR_IMATCH, TRUE },
  { "in", KVAR_DEMO_OPERATOR_IN },               { "is", KVAR_DEMO_OPERATOR_IS },
  { "isdistinct", KVAR_DEMO_OPERATOR_ISDISTINCT },
  { "fts", KVAR_DEMO_OPERATOR_FTS },             { "plfts", KVAR_DEMO_OPERATOR_FTS },
  { "phfts", KVAR_DEMO_OPERATOR_FTS },           { "wfts", KVAR_DEMO_OPERATOR_FTS },
  { "cs", KVAR_DEMO_OPERATOR_CS },               { "cd", KVAR_DEMO_OPERATOR_CD },
  { "ov", KVAR_DEMO_OPERATOR_OV },               { "sl", KVAR_DEMO_OPERATOR_RANGE },
  { "sr", KVAR_DEMO_OPERATOR_RANGE },            { "nxr", KVAR_DEMO_OPERATOR_RANGE },
  { "nxl", KVAR_DEMO_OPERATOR_RANGE },           { "adj", KVAR_DEMO_OPERATOR_RANGE },
};

/* Deeper trees and embeds are refused before they become deep statements. */
#define MAX_DEPTH 50

/* What is being read, for the words of an error. */
typedef struct
{
  const char        *what;
  const char        *text;
  const char        *p;
  KvarDemoSqlError **error;
  int                depth;
} Parser;

static gboolean
fail (Parser     *parser,
      const char *expecting)
{
  g_autofree char *found = NULL;
  g_autofree char *details = NULL;

  if (parser->error != NULL && *parser->error != NULL)
    return FALSE;

  found = g_utf8_substring (parser->p, 0, *parser->p != '\0' ? 1 : 0);
  details = *found != '\0' ? g_strdup_printf ("unexpected \"%s\" expecting %s", found, expecting)
                           : g_strdup_printf ("unexpected end of input expecting %s", expecting);
  kvar_demo_sql_error_set (parser->error, "PGRST100",
                           "\"failed to parse %s (%s)\" (line 1, column %ld)", parser->what,
                           parser->text, g_utf8_pointer_to_offset (parser->text, parser->p) + 1);
  kvar_demo_sql_error_explain (parser->error, details, NULL);

  return FALSE;
}

static gboolean
go_deeper (Parser *parser)
{
  if (parser->depth++ < MAX_DEPTH)
    return TRUE;

  if (parser->error != NULL && *parser->error == NULL)
    kvar_demo_sql_error_set (parser->error, "54001", "stack depth limit exceeded");

  return FALSE;
}

static gboolean
accept (Parser     *parser,
        const char *token)
{
  if (!g_str_has_prefix (parser->p, token))
    return FALSE;

  parser->p += strlen (token);

  return TRUE;
}

/* Behind the opening quote; a backslash escapes any sign. */
static char *
read_quoted (Parser *parser)
{
  g_autoptr(GString) out = g_string_new (NULL);

  while (*parser->p != '"')
    {
      if (*parser->p == '\\')
        parser->p++;
      if (*parser->p == '\0')
        return NULL;
      g_string_append_c (out, *parser->p++);
    }
  parser->p++;

  return g_string_free (g_steal_pointer (&out), FALSE);
}

/* A quoted name, or signs up to one of @stops or an arrow; NULL when there is none. */
static char *
read_name (Parser     *parser,
           const char *stops)
{
  const char *start = parser->p;

  if (accept (parser, "\""))
    {
      char *name = read_quoted (parser);

      if (name == NULL)
        fail (parser, "\"\\\"\"");
      return name;
    }

  while (*parser->p != '\0' && strchr (stops, *parser->p) == NULL &&
         !g_str_has_prefix (parser->p, "->"))
    parser->p++;

  if (parser->p == start)
    {
      fail (parser, "field name (* or [a..z0..9_$])");
      return NULL;
    }

  return g_strndup (start, parser->p - start);
}

static gboolean
read_field (Parser        *parser,
            const char    *stops,
            KvarDemoField *field)
{
  field->name = read_name (parser, stops);
  if (field->name == NULL)
    return FALSE;

  while (accept (parser, "->"))
    {
      char *step;

      field->as_text = accept (parser, ">");
      step = read_name (parser, stops);
      if (step == NULL)
        return FALSE;
      if (field->steps == NULL)
        field->steps = g_ptr_array_new_with_free_func (g_free);
      g_ptr_array_add (field->steps, step);
    }

  return TRUE;
}

static gboolean read_items (Parser        *parser,
                            KvarDemoQuery *query);

/* Behind the relation's name: "!hint!inner(…)" */
static gboolean
read_embed (Parser       *parser,
            KvarDemoItem *item)
{
  while (accept (parser, "!"))
    {
      g_autofree char *word = read_name (parser, "!(,)");

      if (word == NULL)
        return FALSE;
      if (strcmp (word, "inner") == 0)
        item->inner = TRUE;
      else if (strcmp (word, "left") != 0)
        {
          g_free (item->hint);
          item->hint = g_steal_pointer (&word);
        }
    }

  if (!accept (parser, "("))
    return fail (parser, "\"(\"");

  item->embed = kvar_demo_query_new ();
  if (!go_deeper (parser) || (*parser->p != ')' && !read_items (parser, item->embed)))
    return FALSE;

  parser->depth--;

  return accept (parser, ")") || fail (parser, "\")\"");
}

static gboolean
refuse_aggregate (Parser *parser)
{
  kvar_demo_sql_error_set (parser->error, "PGRST123",
                           "Use of aggregate functions is not allowed");

  return FALSE;
}

/* [alias:]name[->path][::cast] or [alias:]relation[!hint](…) */
static gboolean
read_item (Parser       *parser,
           KvarDemoItem *item)
{
  if (!read_field (parser, ",:()!.", &item->field))
    return FALSE;

  if (*parser->p == ':' && parser->p[1] != ':' && item->field.steps == NULL)
    {
      parser->p++;
      item->alias = g_steal_pointer (&item->field.name);
      if (!read_field (parser, ",:()!.", &item->field))
        return FALSE;
    }

  if (*parser->p == '.' || g_str_has_prefix (parser->p, "()"))
    return refuse_aggregate (parser);

  if (*parser->p == '!' || *parser->p == '(')
    return read_embed (parser, item);

  if (accept (parser, "::"))
    {
      item->cast = read_name (parser, ",)(");
      if (item->cast == NULL)
        return FALSE;
    }

  return TRUE;
}

static gboolean
read_items (Parser        *parser,
            KvarDemoQuery *query)
{
  do
    {
      g_autoptr(KvarDemoItem) item = g_new0 (KvarDemoItem, 1);

      if (!read_item (parser, item))
        return FALSE;
      g_ptr_array_add (query->items, g_steal_pointer (&item));
    }
  while (accept (parser, ","));

  return TRUE;
}

/**
 * kvar_demo_query_parse_select:
 *
 * Adds what @text names to @query; an empty text names nothing.
 */
gboolean
kvar_demo_query_parse_select (const char        *text,
                              KvarDemoQuery     *query,
                              KvarDemoSqlError **error)
{
  Parser parser = { "select parameter", text, text, error };

  if (*text == '\0')
    return TRUE;

  return read_items (&parser, query) &&
         (*parser.p == '\0' || fail (&parser, "\",\" or end of input"));
}

/* [relation(]field[)][.asc|.desc][.nullsfirst|.nullslast] */
static gboolean
read_order (Parser        *parser,
            KvarDemoOrder *order)
{
  if (!read_field (parser, ",.()", &order->field))
    return FALSE;

  if (accept (parser, "("))
    {
      order->relation = g_steal_pointer (&order->field.name);
      if (!read_field (parser, ",.()", &order->field))
        return FALSE;
      if (!accept (parser, ")"))
        return fail (parser, "\")\"");
    }

  if (accept (parser, ".desc"))
    order->descending = TRUE;
  else
    accept (parser, ".asc");

  if (accept (parser, ".nullsfirst"))
    order->nulls = KVAR_DEMO_NULLS_FIRST;
  else if (accept (parser, ".nullslast"))
    order->nulls = KVAR_DEMO_NULLS_LAST;

  return TRUE;
}

gboolean
kvar_demo_query_parse_order (const char        *text,
                             KvarDemoQuery     *query,
                             KvarDemoSqlError **error)
{
  Parser parser = { "order", text, text, error };

  do
    {
      g_autoptr(KvarDemoOrder) order = g_new0 (KvarDemoOrder, 1);

      if (!read_order (&parser, order))
        return FALSE;
      g_ptr_array_add (query->orders, g_steal_pointer (&order));
    }
  while (accept (&parser, ","));

  return *parser.p == '\0' ||
         fail (&parser, "\"asc\", \"desc\", \"nullsfirst\", \"nullslast\", \",\" or end of input");
}

/* "not.", the operator with its modifier, and the point behind it */
static gboolean
read_operator (Parser            *parser,
               KvarDemoCondition *condition)
{
  const char *start = parser->p;
  gsize length;

  if (accept (parser, "not."))
    {
      condition->negated = TRUE;
      start = parser->p;
    }

  length = strspn (start, "abcdefghijklmnopqrstuvwxyz");
  for (guint i = 0; i < G_N_ELEMENTS (operators); i++)
    {
      if (strlen (operators[i].name) != length ||
          strncmp (operators[i].name, start, length) != 0)
        continue;

      condition->operator = operators[i].operator;
      parser->p = start + length;
      if (operators[i].quantifiable && accept (parser, "(any)"))
        condition->quantifier = KVAR_DEMO_QUANTIFIER_ANY;
      else if (operators[i].quantifiable && accept (parser, "(all)"))
        condition->quantifier = KVAR_DEMO_QUANTIFIER_ALL;
      else if (operators[i].operator == KVAR_DEMO_OPERATOR_FTS && *parser->p == '(')
        parser->p += strcspn (parser->p, ")") + (strchr (parser->p, ')') != NULL);

      return accept (parser, ".") || fail (parser, "\".\"");
    }

  parser->p = start;

  return fail (parser, "\"not\" or operator (eq, gt, ...)");
}

/* "(a,"b c",…)" */
static gboolean
read_list (Parser    *parser,
           GPtrArray *values)
{
  if (!accept (parser, "("))
    return fail (parser, "\"(\"");

  if (accept (parser, ")"))
    return TRUE;

  do
    {
      const char *start = parser->p;

      if (accept (parser, "\""))
        {
          char *value = read_quoted (parser);

          if (value == NULL)
            return fail (parser, "\"\\\"\"");
          g_ptr_array_add (values, value);
        }
      else
        {
          parser->p += strcspn (parser->p, ",)");
          g_ptr_array_add (values, g_strndup (start, parser->p - start));
        }
    }
  while (accept (parser, ","));

  return accept (parser, ")") || fail (parser, "\",\" or \")\"");
}

static gboolean
check_is (Parser     *parser,
          const char *word)
{
  static const char * const words[] = { "null", "not_null", "true", "false", "unknown", NULL };
  g_autofree char *lower = g_ascii_strdown (word, -1);

  return g_strv_contains (words, lower) ||
         fail (parser, "null, not_null, true, false or unknown");
}

static gboolean
take_value (Parser            *parser,
            KvarDemoCondition *condition,
            char              *value)
{
  condition->value = value;

  if (condition->operator == KVAR_DEMO_OPERATOR_IS)
    return check_is (parser, value);

  if (condition->quantifier != KVAR_DEMO_QUANTIFIER_NONE)
    {
      condition->values = kvar_demo_array_parse (value);
      if (condition->values == NULL)
        return fail (parser, "an array literal");
    }

  return TRUE;
}

/**
 * kvar_demo_query_parse_filter:
 * @field: the parameter's key without the embed's path
 * @text: "not.eq.5": to the end everything is the value
 *
 * Returns: (transfer full) (nullable): the condition
 */
KvarDemoCondition *
kvar_demo_query_parse_filter (const char        *field,
                              const char        *text,
                              KvarDemoSqlError **error)
{
  g_autoptr(KvarDemoCondition) condition = g_new0 (KvarDemoCondition, 1);
  Parser name = { "field", field, field, error };
  Parser parser = { "filter", text, text, error };

  if (!read_field (&name, "", &condition->field) || !read_operator (&parser, condition))
    return NULL;

  if (condition->operator == KVAR_DEMO_OPERATOR_IN)
    {
      condition->values = g_ptr_array_new_with_free_func (g_free);
      if (!read_list (&parser, condition->values))
        return NULL;
      if (*parser.p != '\0')
        {
          fail (&parser, "end of input");
          return NULL;
        }
    }
  else if (!take_value (&parser, condition, g_strdup (parser.p)))
    return NULL;

  return g_steal_pointer (&condition);
}

/* Inside a tree a value ends at a comma or parenthesis, unless quoted or an array. */
static gboolean
read_tree_value (Parser            *parser,
                 KvarDemoCondition *condition)
{
  const char *start = parser->p;

  if (condition->operator == KVAR_DEMO_OPERATOR_IN)
    {
      condition->values = g_ptr_array_new_with_free_func (g_free);
      return read_list (parser, condition->values);
    }

  if (accept (parser, "\""))
    {
      char *value = read_quoted (parser);

      if (value != NULL && (*parser->p == ',' || *parser->p == ')'))
        return take_value (parser, condition, value);
      g_free (value);
      parser->p = start;
    }

  if (*start == '{' && strchr (start, '}') != NULL)
    parser->p = strchr (start, '}') + 1;
  parser->p += strcspn (parser->p, ",)");

  return take_value (parser, condition, g_strndup (start, parser->p - start));
}

static KvarDemoCondition *read_tree (Parser   *parser,
                                     gboolean  negated,
                                     gboolean  any);

/* and(…), not.or(…) or field.operator.value */
static KvarDemoCondition *
read_branch (Parser *parser)
{
  static const struct { const char *token; gboolean negated, any; } trees[] = {
    { "and(", FALSE, FALSE }, { "or(", FALSE, TRUE },
    { "not.and(", TRUE, FALSE }, { "not.or(", TRUE, TRUE },
  };
  g_autoptr(KvarDemoCondition) condition = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (trees); i++)
    if (accept (parser, trees[i].token))
      {
        parser->p--;
        return read_tree (parser, trees[i].negated, trees[i].any);
      }

  condition = g_new0 (KvarDemoCondition, 1);
  if (!read_field (parser, ".,()", &condition->field))
    return NULL;
  if (!accept (parser, "."))
    {
      fail (parser, "\".\"");
      return NULL;
    }
  if (!read_operator (parser, condition) || !read_tree_value (parser, condition))
    return NULL;

  return g_steal_pointer (&condition);
}

static KvarDemoCondition *
read_tree (Parser   *parser,
           gboolean  negated,
           gboolean  any)
{
  g_autoptr(KvarDemoCondition) condition = g_new0 (KvarDemoCondition, 1);

  condition->kind = any ? KVAR_DEMO_CONDITION_OR : KVAR_DEMO_CONDITION_AND;
  condition->negated = negated;
  condition->children = g_ptr_array_new_with_free_func ((GDestroyNotify)kvar_demo_condition_free);

  if (!go_deeper (parser))
    return NULL;

  if (!accept (parser, "("))
    {
      fail (parser, "\"(\"");
      return NULL;
    }

  do
    {
      KvarDemoCondition *child = read_branch (parser);

      if (child == NULL)
        return NULL;
      g_ptr_array_add (condition->children, child);
    }
  while (accept (parser, ","));

  if (!accept (parser, ")"))
    {
      fail (parser, "\",\" or \")\"");
      return NULL;
    }

  parser->depth--;

  return g_steal_pointer (&condition);
}

/**
 * kvar_demo_query_parse_logic:
 * @any: "or" rather than "and"
 * @text: "(a.eq.1,not.or(…))"
 *
 * Returns: (transfer full) (nullable): the tree
 */
KvarDemoCondition *
kvar_demo_query_parse_logic (gboolean           negated,
                             gboolean           any,
                             const char        *text,
                             KvarDemoSqlError **error)
{
  Parser parser = { "logic tree", text, text, error };
  g_autoptr(KvarDemoCondition) condition = read_tree (&parser, negated, any);

  if (condition != NULL && *parser.p != '\0')
    {
      fail (&parser, "end of input");
      return NULL;
    }

  return g_steal_pointer (&condition);
}

/**
 * kvar_demo_query_parse_names:
 *
 * Returns: (transfer full) (nullable): the names in a list like that of columns=
 */
GPtrArray *
kvar_demo_query_parse_names (const char *text)
{
  g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(KvarDemoSqlError) error = NULL;
  Parser parser = { "columns parameter", text, text, &error };

  do
    {
      char *name = read_name (&parser, ",");

      if (name == NULL)
        return NULL;
      g_ptr_array_add (names, name);
    }
  while (accept (&parser, ","));

  return *parser.p == '\0' ? g_steal_pointer (&names) : NULL;
}
