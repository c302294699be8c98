/* kvar-demo-sql.c: fields, conditions and order of a query as SQLite's SQL with bound values
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Text sorts by its bytes, as in a database with the collation C.
 */

#define G_LOG_DOMAIN "kvar-demo"

#include "config.h"

#include <string.h>

#include "kvar-demo-sql.h"

/* By KvarDemoOperator: PostgreSQL's name, and SQLite's where it is a comparison. */
static const struct
{
  const char *postgres;
  const char *sqlite;
} operators[] = {
  [KVAR_DEMO_OPERATOR_EQ]         = { "=", "=" },
  [KVAR_DEMO_OPERATOR_NEQ]        = { "<>", "<>" },
  [KVAR_DEMO_OPERATOR_GT]         = { ">", ">" },
  [KVAR_DEMO_OPERATOR_GTE]        = { ">=", ">=" },
  [KVAR_DEMO_OPERATOR_LT]         = { "<", "<" },
  [KVAR_DEMO_OPERATOR_LTE]        = { "<=", "<=" },
  [KVAR_DEMO_OPERATOR_LIKE]       = { "~~" },
  [KVAR_DEMO_OPERATOR_ILIKE]      = { "~~*" },
  [KVAR_DEMO_OPERATOR_MATCH]      = { "~" },
  [KVAR_DEMO_OPERATOR_IMATCH]     = { "~*" },
  [KVAR_DEMO_OPERATOR_IN]         = { "=", "=" },
  [KVAR_DEMO_OPERATOR_IS]         = { "IS" },
  [KVAR_DEMO_OPERATOR_ISDISTINCT] = { "=", "IS NOT" },
  [KVAR_DEMO_OPERATOR_FTS]        = { "@@" },
  [KVAR_DEMO_OPERATOR_CS]         = { "@>" },
  [KVAR_DEMO_OPERATOR_CD]         = { "<@" },
  [KVAR_DEMO_OPERATOR_OV]         = { "&&" },
  [KVAR_DEMO_OPERATOR_RANGE]      = { "<<" },
};

KvarDemoSql *
kvar_demo_sql_new (gint64 now_usec)
{
  KvarDemoSql *self = g_new0 (KvarDemoSql, 1);

  self->text = g_string_new (NULL);
  self->values = kvar_demo_values_new ();
  self->now_usec = now_usec;

  return self;
}

void
kvar_demo_sql_free (KvarDemoSql *self)
{
  g_string_free (self->text, TRUE);
  g_array_unref (self->values);
  g_free (self);
}

/**
 * kvar_demo_sql_prepare:
 *
 * Returns: (transfer full) (nullable): the statement with its values bound; %NULL when it is
 *   larger than SQLite takes, in columns, values or nesting
 */
sqlite3_stmt *
kvar_demo_sql_prepare (KvarDemoSql       *self,
                       sqlite3           *handle,
                       KvarDemoSqlError **error)
{
  sqlite3_stmt *statement = NULL;

  if (sqlite3_prepare_v2 (handle, self->text->str, -1, &statement, NULL) != SQLITE_OK)
    {
      g_debug ("%s: %s", sqlite3_errmsg (handle), self->text->str);
      kvar_demo_sql_error_set (error, "54001", "stack depth limit exceeded");
      return NULL;
    }

  for (guint i = 0; i < self->values->len; i++)
    kvar_demo_value_bind (&g_array_index (self->values, KvarDemoValue, i), statement, i + 1);

  return statement;
}

static void
add_value (KvarDemoSql   *self,
           KvarDemoValue  value)
{
  g_array_append_val (self->values, value);
}

void
kvar_demo_sql_add_text (KvarDemoSql *self,
                        const char  *value)
{
  add_value (self, (KvarDemoValue) { .storage = SQLITE_TEXT, .text = g_strdup (value) });
}

/* Columns that every table of PostgreSQL has. */
static gboolean
resolve_system (const KvarDemoTable *table,
                const char          *alias,
                const char          *name,
                GString             *out,
                KvarDemoType        *type)
{
  if (table->oid == 0 || table->view_sql != NULL)
    return FALSE;

  if (strcmp (name, "xmin") == 0)
    {
      *type = (KvarDemoType) { .kind = KVAR_DEMO_KIND_XID };
      g_string_append_printf (out, "%s._xmin", alias);
    }
  else if (strcmp (name, "ctid") == 0)
    {
      *type = (KvarDemoType) { .kind = KVAR_DEMO_KIND_TID };
      g_string_append_printf (out, "%s.rowid", alias);
    }
  else if (strcmp (name, "tableoid") == 0)
    {
      *type = (KvarDemoType) { .kind = KVAR_DEMO_KIND_OID };
      g_string_append_printf (out, "(0 + %u)", table->oid);
    }
  else
    return FALSE;

  return TRUE;
}

static void
append_path (const char          *column,
             const KvarDemoField *field,
             KvarDemoType        *type,
             GString             *out)
{
  g_string_append (out, "kvar_json(");
  if (kvar_demo_type_is_array (type))
    g_string_append_printf (out, "kvar_array_json(%s, %d)", column,
                            type->kind == KVAR_DEMO_KIND_INTEGER_ARRAY);
  else
    g_string_append (out, column);
  g_string_append_printf (out, ", %d", field->as_text);

  for (guint i = 0; i < field->steps->len; i++)
    {
      char *step = sqlite3_mprintf ("%Q", field->steps->pdata[i]);

      g_string_append_printf (out, ", %s", step);
      sqlite3_free (step);
    }
  g_string_append_c (out, ')');

  *type = (KvarDemoType) {
    .kind = field->as_text ? KVAR_DEMO_KIND_TEXT :
            type->kind == KVAR_DEMO_KIND_JSON ? KVAR_DEMO_KIND_JSON : KVAR_DEMO_KIND_JSONB
  };
}

/**
 * kvar_demo_sql_resolve:
 * @alias: what the statement calls @table
 * @out: gets the expression
 * @type: (out)
 *
 * Returns: whether there is such a column
 */
gboolean
kvar_demo_sql_resolve (const KvarDemoTable  *table,
                       const char           *alias,
                       const KvarDemoField  *field,
                       GString              *out,
                       KvarDemoType         *type,
                       KvarDemoSqlError    **error)
{
  const KvarDemoColumn *column = kvar_demo_table_find_column (table, field->name);
  g_autofree char *name = NULL;

  if (column == NULL && field->steps == NULL &&
      resolve_system (table, alias, field->name, out, type))
    return TRUE;

  if (column == NULL)
    {
      kvar_demo_sql_error_set (error, "42703", "column %s.%s does not exist", table->name,
                               field->name);
      return FALSE;
    }

  *type = column->type;
  name = g_strdup_printf ("%s.\"%s\"", alias, column->name);
  if (field->steps == NULL)
    g_string_append (out, name);
  else
    append_path (name, field, type, out);

  return TRUE;
}

static gboolean
refuse_operator (const KvarDemoType  *type,
                 KvarDemoOperator     operator,
                 KvarDemoSqlError   **error)
{
  g_autofree char *name = kvar_demo_type_get_name (type, FALSE);

  kvar_demo_sql_error_set (error, "42883", "operator does not exist: %s %s unknown", name,
                           operators[operator].postgres);
  kvar_demo_sql_error_explain (error, NULL, "No operator matches the given name and argument "
                               "types. You might need to add explicit type casts.");

  return FALSE;
}

static const char *
get_collation (const KvarDemoType *type)
{
  if (type->kind == KVAR_DEMO_KIND_NUMERIC)
    return " COLLATE kvar_numeric";

  return kvar_demo_type_is_json (type) ? " COLLATE kvar_jsonb" : "";
}

/* A literal in a condition has the column's type, but not its size. */
static gboolean
add_literal (KvarDemoSql         *self,
             const KvarDemoType  *type,
             const char          *text,
             KvarDemoSqlError   **error)
{
  KvarDemoType unsized = *type;
  KvarDemoValue value = KVAR_DEMO_VALUE_NULL;

  unsized.size = 0;
  if (!kvar_demo_type_parse (&unsized, text, self->now_usec, &value, error))
    return FALSE;

  add_value (self, value);

  return TRUE;
}

static gboolean
append_comparison (KvarDemoSql              *self,
                   const char               *expression,
                   const KvarDemoType       *type,
                   const KvarDemoCondition  *condition,
                   const char               *value,
                   KvarDemoSqlError        **error)
{
  gboolean ordered = condition->operator >= KVAR_DEMO_OPERATOR_GT &&
                     condition->operator <= KVAR_DEMO_OPERATOR_LTE;

  if (type->kind == KVAR_DEMO_KIND_JSON || (ordered && type->kind == KVAR_DEMO_KIND_XID))
    return refuse_operator (type, condition->operator, error);

  g_string_append_printf (self->text, "%s%s %s ?", expression, get_collation (type),
                          operators[condition->operator].sqlite);

  return add_literal (self, type, value, error);
}

static gboolean
append_pattern (KvarDemoSql              *self,
                const char               *expression,
                const KvarDemoType       *type,
                const KvarDemoCondition  *condition,
                const char               *value,
                KvarDemoSqlError        **error)
{
  KvarDemoOperator operator = condition->operator;
  gboolean fold = operator == KVAR_DEMO_OPERATOR_ILIKE || operator == KVAR_DEMO_OPERATOR_IMATCH;
  gboolean regular = operator == KVAR_DEMO_OPERATOR_MATCH || operator == KVAR_DEMO_OPERATOR_IMATCH;
  g_autofree char *pattern = g_strdup (value);
  g_autoptr(GError) local_error = NULL;

  if (!kvar_demo_type_is_textual (type))
    return refuse_operator (type, operator, error);

  if (!regular)
    g_strdelimit (pattern, "*", '%');
  else
    {
      g_autoptr(GRegex) regex = g_regex_new (pattern, 0, 0, &local_error);

      if (regex == NULL)
        {
          kvar_demo_sql_error_set (error, "2201B", "invalid regular expression: %s",
                                   local_error->message);
          return FALSE;
        }
    }

  g_string_append_printf (self->text, "%s(%s, ?, %d)", regular ? "kvar_match" : "kvar_like",
                          expression, fold);
  kvar_demo_sql_add_text (self, pattern);

  return TRUE;
}

static gboolean
append_one (KvarDemoSql              *self,
            const char               *expression,
            const KvarDemoType       *type,
            const KvarDemoCondition  *condition,
            const char               *value,
            KvarDemoSqlError        **error)
{
  if (operators[condition->operator].sqlite != NULL)
    return append_comparison (self, expression, type, condition, value, error);

  return append_pattern (self, expression, type, condition, value, error);
}

/* in.(…), (any) and (all): one comparison for each value */
static gboolean
append_several (KvarDemoSql              *self,
                const char               *expression,
                const KvarDemoType       *type,
                const KvarDemoCondition  *condition,
                KvarDemoSqlError        **error)
{
  gboolean all = condition->quantifier == KVAR_DEMO_QUANTIFIER_ALL;

  if (condition->values->len == 0)
    {
      g_string_append (self->text, all ? "1" : "0");
      return TRUE;
    }

  if (condition->operator == KVAR_DEMO_OPERATOR_IN)
    {
      if (type->kind == KVAR_DEMO_KIND_JSON)
        return refuse_operator (type, condition->operator, error);

      g_string_append_printf (self->text, "%s%s IN (", expression, get_collation (type));
      for (guint i = 0; i < condition->values->len; i++)
        {
          g_string_append (self->text, i > 0 ? ",?" : "?");
          if (!add_literal (self, type, condition->values->pdata[i], error))
            return FALSE;
        }
      g_string_append_c (self->text, ')');
      return TRUE;
    }

  for (guint i = 0; i < condition->values->len; i++)
    {
      const char *value = condition->values->pdata[i];

      if (i > 0)
        g_string_append (self->text, all ? " AND " : " OR ");
      if (!append_one (self, expression, type, condition, value != NULL ? value : "", error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
append_is (KvarDemoSql              *self,
           const char               *expression,
           const KvarDemoType       *type,
           const KvarDemoCondition  *condition,
           KvarDemoSqlError        **error)
{
  g_autofree char *word = g_ascii_strup (condition->value, -1);
  g_autofree char *name = kvar_demo_type_get_name (type, FALSE);

  if (strcmp (word, "NULL") == 0)
    g_string_append_printf (self->text, "%s IS NULL", expression);
  else if (strcmp (word, "NOT_NULL") == 0)
    g_string_append_printf (self->text, "%s IS NOT NULL", expression);
  else if (type->kind != KVAR_DEMO_KIND_BOOLEAN)
    {
      kvar_demo_sql_error_set (error, "42804", "argument of IS %s must be type boolean, not type "
                               "%s", word, name);
      return FALSE;
    }
  else
    g_string_append_printf (self->text, "%s IS %s", expression,
                            strcmp (word, "TRUE") == 0 ? "1" :
                            strcmp (word, "FALSE") == 0 ? "0" : "NULL");

  return TRUE;
}

/* cs, cd and ov */
static gboolean
append_containment (KvarDemoSql              *self,
                    const char               *expression,
                    const KvarDemoType       *type,
                    const KvarDemoCondition  *condition,
                    KvarDemoSqlError        **error)
{
  gboolean overlaps = condition->operator == KVAR_DEMO_OPERATOR_OV;
  gboolean reversed = condition->operator == KVAR_DEMO_OPERATOR_CD;
  gboolean json = type->kind == KVAR_DEMO_KIND_JSONB;

  if (!kvar_demo_type_is_array (type) && (!json || overlaps))
    return refuse_operator (type, condition->operator, error);

  g_string_append_printf (self->text, "%s(%s, %s", json ? "kvar_json_contains" : "kvar_array",
                          reversed ? "?" : expression, reversed ? expression : "?");
  if (!json)
    g_string_append_printf (self->text, ", %d", !overlaps);
  g_string_append_c (self->text, ')');

  return add_literal (self, type, condition->value, error);
}

static gboolean
append_filter (KvarDemoSql              *self,
               const KvarDemoTable      *table,
               const char               *alias,
               const KvarDemoCondition  *condition,
               KvarDemoSqlError        **error)
{
  g_autoptr(GString) expression = g_string_new (NULL);
  KvarDemoType type;

  if (!kvar_demo_sql_resolve (table, alias, &condition->field, expression, &type, error))
    return FALSE;

  if (condition->values != NULL)
    return append_several (self, expression->str, &type, condition, error);

  switch (condition->operator)
    {
    case KVAR_DEMO_OPERATOR_IS:
      return append_is (self, expression->str, &type, condition, error);

    case KVAR_DEMO_OPERATOR_FTS:
      if (!kvar_demo_type_is_textual (&type))
        return refuse_operator (&type, condition->operator, error);
      g_string_append_printf (self->text, "kvar_words(%s, ?)", expression->str);
      kvar_demo_sql_add_text (self, condition->value);
      return TRUE;

    case KVAR_DEMO_OPERATOR_CS:
    case KVAR_DEMO_OPERATOR_CD:
    case KVAR_DEMO_OPERATOR_OV:
      return append_containment (self, expression->str, &type, condition, error);

    case KVAR_DEMO_OPERATOR_RANGE:
      return refuse_operator (&type, condition->operator, error);

    default:
      return append_one (self, expression->str, &type, condition, condition->value, error);
    }
}

/**
 * kvar_demo_sql_append_condition:
 * @alias: what the statement calls @table
 *
 * Appends @condition in parentheses.
 */
gboolean
kvar_demo_sql_append_condition (KvarDemoSql              *self,
                                const KvarDemoTable      *table,
                                const char               *alias,
                                const KvarDemoCondition  *condition,
                                KvarDemoSqlError        **error)
{
  g_string_append (self->text, condition->negated ? "NOT (" : "(");

  if (condition->kind == KVAR_DEMO_CONDITION_FILTER)
    {
      if (!append_filter (self, table, alias, condition, error))
        return FALSE;
    }
  else
    {
      const char *glue = condition->kind == KVAR_DEMO_CONDITION_AND ? " AND " : " OR ";

      for (guint i = 0; i < condition->children->len; i++)
        {
          if (i > 0)
            g_string_append (self->text, glue);
          if (!kvar_demo_sql_append_condition (self, table, alias, condition->children->pdata[i],
                                               error))
            return FALSE;
        }
    }

  g_string_append_c (self->text, ')');

  return TRUE;
}

void
kvar_demo_sort_key_clear (KvarDemoSortKey *key)
{
  g_clear_pointer (&key->expression, g_free);
  g_clear_pointer (&key->column, g_free);
  g_clear_pointer (&key->constant, g_free);
}

/**
 * kvar_demo_sql_get_sort_key:
 * @key: (out): to be cleared
 *
 * Null sorts as a blob, above everything, or as minus infinity, below everything; the indexes of
 * kvar-demo-schema have the same expressions.
 */
gboolean
kvar_demo_sql_get_sort_key (const KvarDemoTable  *table,
                            const char           *alias,
                            const KvarDemoOrder  *order,
                            KvarDemoSortKey      *key,
                            KvarDemoSqlError    **error)
{
  const KvarDemoColumn *column = kvar_demo_table_find_column (table, order->field.name);
  g_autoptr(GString) expression = g_string_new (NULL);
  g_autofree char *name = NULL;
  gboolean nulls_last;

  if (!kvar_demo_sql_resolve (table, alias, &order->field, expression, &key->type, error))
    return FALSE;

  if (key->type.kind == KVAR_DEMO_KIND_JSON || key->type.kind == KVAR_DEMO_KIND_XID)
    {
      name = kvar_demo_type_get_name (&key->type, FALSE);
      kvar_demo_sql_error_set (error, "42883", "could not identify an ordering operator for type "
                               "%s", name);
      kvar_demo_sql_error_explain (error, NULL, "Use an explicit ordering operator or modify the "
                                   "query.");
      return FALSE;
    }

  nulls_last = order->nulls == KVAR_DEMO_NULLS_LAST ||
               (order->nulls == KVAR_DEMO_NULLS_DEFAULT && !order->descending);
  key->descending = order->descending;
  key->nulls_high = nulls_last != order->descending;
  key->nullable = order->field.steps != NULL || (column != NULL && !column->not_null);
  key->column = order->field.steps == NULL ? g_strdup (order->field.name) : NULL;

  if (column == NULL && key->type.kind == KVAR_DEMO_KIND_OID)
    key->constant = g_strdup_printf ("%u", table->oid);

  if (key->nullable)
    key->expression = g_strdup_printf ("ifnull(%s, %s)%s", expression->str,
                                       key->nulls_high ? "x'ff'" : "-9e999",
                                       get_collation (&key->type));
  else
    key->expression = g_string_free (g_steal_pointer (&expression), FALSE);

  return TRUE;
}
