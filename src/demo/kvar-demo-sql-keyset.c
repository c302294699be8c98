/* kvar-demo-sql-keyset.c: the bound that a keyset condition implies, so that an index finds it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A client's next page is or=(a.gt.5,and(a.eq.5,id.gt.7),a.is.null). SQLite would walk the index
 * from its beginning for that. What follows from every branch is (a, id) >= (5, 7), with null in
 * its place in the order; said beside the condition, it lets SQLite begin in the right place.
 * Nothing depends on it but speed.
 */

#define G_LOG_DOMAIN "kvar-demo"

#include "config.h"

#include <string.h>

#include "kvar-demo-sql.h"

typedef struct
{
  const KvarDemoSortKey *first;
  const KvarDemoSortKey *second;       /* (nullable) */
  const char            *first_value;  /* (nullable): still unknown */
  const char            *second_value; /* (nullable) */
  gboolean               null_only;    /* all branches so far are "is null" */
} Bound;

static gboolean
is_plain_filter (const KvarDemoCondition *condition,
                 const char              *column)
{
  return condition->kind == KVAR_DEMO_CONDITION_FILTER && !condition->negated &&
         condition->field.steps == NULL && condition->quantifier == KVAR_DEMO_QUANTIFIER_NONE &&
         strcmp (condition->field.name, column) == 0;
}

/* The filter on @column that every row of @branch meets. */
static const KvarDemoCondition *
find_filter (const KvarDemoCondition *branch,
             const char              *column)
{
  if (is_plain_filter (branch, column))
    return branch;

  if (branch->kind != KVAR_DEMO_CONDITION_AND || branch->negated)
    return NULL;

  for (guint i = 0; i < branch->children->len; i++)
    if (is_plain_filter (branch->children->pdata[i], column))
      return branch->children->pdata[i];

  return NULL;
}

static gboolean
is_beyond (const KvarDemoCondition *filter,
           gboolean                 descending)
{
  KvarDemoOperator operator = filter->operator;

  return descending ? operator == KVAR_DEMO_OPERATOR_LT || operator == KVAR_DEMO_OPERATOR_LTE
                    : operator == KVAR_DEMO_OPERATOR_GT || operator == KVAR_DEMO_OPERATOR_GTE;
}

static gboolean
agree (const char **known,
       const char  *value)
{
  if (*known == NULL)
    *known = value;

  return strcmp (*known, value) == 0;
}

/* Whether every row of @branch is at or behind the bound, in the order. */
static gboolean
branch_fits (Bound                   *bound,
             const KvarDemoCondition *branch)
{
  const KvarDemoCondition *filter = find_filter (branch, bound->first->column);
  const KvarDemoCondition *next = NULL;

  if (filter == NULL)
    return FALSE;

  if (filter->operator == KVAR_DEMO_OPERATOR_IS)
    return g_ascii_strcasecmp (filter->value, "null") == 0 &&
           bound->first->nulls_high != bound->first->descending;

  bound->null_only = FALSE;
  if (filter->operator == KVAR_DEMO_OPERATOR_EQ)
    {
      if (bound->second != NULL)
        next = find_filter (branch, bound->second->column);
      if (next == NULL ||
          !(is_beyond (next, bound->second->descending) ||
            next->operator == KVAR_DEMO_OPERATOR_EQ) ||
          !agree (&bound->second_value, next->value))
        bound->second = NULL;
    }
  else if (!is_beyond (filter, bound->first->descending))
    return FALSE;

  return agree (&bound->first_value, filter->value);
}

static void
append_value (KvarDemoSql           *self,
              const KvarDemoSortKey *key,
              const char            *text)
{
  KvarDemoType unsized = key->type;
  KvarDemoValue value = KVAR_DEMO_VALUE_NULL;

  /* The condition itself has been read already, so this can be read too. */
  unsized.size = 0;
  kvar_demo_type_parse (&unsized, text, self->now_usec, &value, NULL);
  g_array_append_val (self->values, value);
}

/* All rows have the same tableoid, so for it the bound is that of the second column. */
static void
append_bound (KvarDemoSql *self,
              const Bound *bound)
{
  const char *comparison = bound->first->descending ? "<=" : ">=";
  gboolean both = bound->second != NULL && bound->second_value != NULL &&
                  bound->second->descending == bound->first->descending;

  if (bound->first->constant != NULL && both &&
      g_strcmp0 (bound->first->constant, bound->first_value) == 0)
    {
      g_string_append_printf (self->text, " AND %s %s ?", bound->second->expression, comparison);
      append_value (self, bound->second, bound->second_value);
    }
  else if (bound->null_only)
    g_string_append_printf (self->text, " AND %s = %s", bound->first->expression,
                            bound->first->nulls_high ? "x'ff'" : "-9e999");
  else if (both && !bound->first->nullable)
    {
      /* An index on an expression serves no pairs, only its first column. */
      g_string_append_printf (self->text, " AND (%s, %s) %s (?, ?)", bound->first->expression,
                              bound->second->expression, comparison);
      append_value (self, bound->first, bound->first_value);
      append_value (self, bound->second, bound->second_value);
    }
  else
    {
      g_string_append_printf (self->text, " AND %s %s ?", bound->first->expression, comparison);
      append_value (self, bound->first, bound->first_value);
    }
}

/**
 * kvar_demo_sql_append_keyset:
 * @conditions: of the query, already appended to the statement
 * @sort_keys: (element-type KvarDemoSortKey): the order
 *
 * Appends the bounds that follow from @conditions for the first sort keys.
 */
void
kvar_demo_sql_append_keyset (KvarDemoSql *self,
                             GPtrArray   *conditions,
                             GArray      *sort_keys)
{
  const KvarDemoSortKey *first, *second = NULL;

  if (sort_keys->len == 0)
    return;

  first = &g_array_index (sort_keys, KvarDemoSortKey, 0);
  if (sort_keys->len > 1)
    second = &g_array_index (sort_keys, KvarDemoSortKey, 1);
  if (first->column == NULL)
    return;
  if (second != NULL && (second->column == NULL || second->nullable))
    second = NULL;

  for (guint i = 0; i < conditions->len; i++)
    {
      const KvarDemoCondition *condition = conditions->pdata[i];
      Bound bound = { first, second, NULL, NULL, first->nullable };
      gboolean fits = !condition->negated;

      if (condition->kind == KVAR_DEMO_CONDITION_OR)
        for (guint j = 0; fits && j < condition->children->len; j++)
          fits = branch_fits (&bound, condition->children->pdata[j]);
      else
        fits = fits && first->nullable && branch_fits (&bound, condition);

      if (fits && (bound.null_only || bound.first_value != NULL))
        append_bound (self, &bound);
    }
}
