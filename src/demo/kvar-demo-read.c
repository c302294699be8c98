/* kvar-demo-read.c: a query over one relation and its embeds, read out row by row
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Each embed is a statement of its own, bound to the key of the row above it. Its first
 * parameter is that key.
 */

#define G_LOG_DOMAIN "kvar-demo"

#include "config.h"

#include <string.h>

#include "kvar-demo-database.h"
#include "kvar-demo-json.h"
#include "kvar-demo-read-private.h"
#include "kvar-demo-relation.h"
#include "kvar-demo-sql.h"

/* The parts of the statement while it is made. */
typedef struct
{
  sqlite3             *handle;
  const KvarDemoScope *scope;
  const KvarDemoTable *table;
  char                *alias;
  int                  depth;
  GString             *columns;
  int                  n_columns;
} Builder;

static KvarDemoReader *reader_new (sqlite3                 *handle,
                                   const KvarDemoSource    *source,
                                   const KvarDemoQuery     *query,
                                   const KvarDemoScope     *scope,
                                   const KvarDemoRelation  *relation,
                                   int                      depth,
                                   KvarDemoSqlError       **error);

static void
slot_free (KvarDemoSlot *slot)
{
  g_free (slot->name);
  g_free (slot->prefix);
  kvar_demo_reader_free (slot->embed);
  g_free (slot);
}

/* Where the rows of an embed come from, joined to the row above by ?1 or by @outer. */
static void
append_join (GString                *out,
             const KvarDemoRelation *relation,
             const char             *alias,
             const char             *key)
{
  const char *name = relation->target->name;

  if (relation->junction != NULL)
    g_string_append_printf (out, "\"public.%s\" %s JOIN \"public.%s\" j ON j.\"%s\" = %s.\"%s\" "
                            "WHERE j.\"%s\" = %s", name, alias, relation->junction->name,
                            relation->onward->column, alias, relation->onward->target_column,
                            relation->key->column, key);
  else
    g_string_append_printf (out, "\"public.%s\" %s WHERE %s.\"%s\" = %s", name, alias, alias,
                            relation->to_one ? relation->key->target_column
                                             : relation->key->column, key);
}

static const char *
relation_get_outer_column (const KvarDemoRelation *relation)
{
  return relation->to_one ? relation->key->column : relation->key->target_column;
}

static gboolean append_conditions (KvarDemoSql          *sql,
                                   const KvarDemoTable  *table,
                                   const char           *alias,
                                   const KvarDemoQuery  *query,
                                   const KvarDemoScope  *scope,
                                   int                   depth,
                                   KvarDemoSqlError    **error);

/* rel!inner(…): only rows that have such a related one */
static gboolean
append_inner (KvarDemoSql          *sql,
              const KvarDemoTable  *table,
              const char           *alias,
              const KvarDemoItem   *item,
              const KvarDemoScope  *scope,
              int                   depth,
              KvarDemoSqlError    **error)
{
  g_autofree char *inner = g_strdup_printf ("e%d", depth);
  g_autofree char *key = NULL;
  KvarDemoRelation relation;

  if (!kvar_demo_relation_find (table, item->field.name, item->hint, &relation, error))
    return FALSE;

  key = g_strdup_printf ("%s.\"%s\"", alias, relation_get_outer_column (&relation));
  g_string_append (sql->text, " AND EXISTS (SELECT 1 FROM ");
  append_join (sql->text, &relation, inner, key);
  if (!append_conditions (sql, relation.target, inner, item->embed, scope, depth + 1, error))
    return FALSE;
  g_string_append_c (sql->text, ')');

  return TRUE;
}

/* The query's conditions, its inner embeds, and the rows' ownership; each with AND before it */
static gboolean
append_conditions (KvarDemoSql          *sql,
                   const KvarDemoTable  *table,
                   const char           *alias,
                   const KvarDemoQuery  *query,
                   const KvarDemoScope  *scope,
                   int                   depth,
                   KvarDemoSqlError    **error)
{
  for (guint i = 0; i < query->conditions->len; i++)
    {
      g_string_append (sql->text, " AND ");
      if (!kvar_demo_sql_append_condition (sql, table, alias, query->conditions->pdata[i], error))
        return FALSE;
    }

  for (guint i = 0; i < query->items->len; i++)
    {
      const KvarDemoItem *item = query->items->pdata[i];

      if (item->embed != NULL && item->inner &&
          !append_inner (sql, table, alias, item, scope, depth, error))
        return FALSE;
    }

  if (kvar_demo_scope_owns_rows (scope, table))
    {
      g_string_append_printf (sql->text, " AND %s.\"%s\" = ?", alias, table->owner_column);
      kvar_demo_sql_add_text (sql, scope->user_id != NULL ? scope->user_id : "");
    }

  return TRUE;
}

static KvarDemoSlot *
add_slot (Builder    *builder,
          GPtrArray  *slots,
          const char *name,
          const char *expression)
{
  KvarDemoSlot *slot = g_new0 (KvarDemoSlot, 1);
  g_autoptr(GString) prefix = g_string_new (NULL);

  kvar_demo_json_append_string (prefix, name, -1);
  g_string_append_c (prefix, ':');

  slot->name = g_strdup (name);
  slot->prefix = g_string_free (g_steal_pointer (&prefix), FALSE);
  slot->column = builder->n_columns++;
  g_string_append_printf (builder->columns, "%s%s", builder->columns->len > 0 ? ", " : "",
                          expression);
  g_ptr_array_add (slots, slot);

  return slot;
}

static gboolean
add_column (Builder             *builder,
            GPtrArray           *slots,
            const KvarDemoItem  *item,
            KvarDemoSqlError   **error)
{
  g_autoptr(GString) expression = g_string_new (NULL);
  const char *name = item->field.name;
  KvarDemoType type;
  KvarDemoSlot *slot;

  if (!kvar_demo_sql_resolve (builder->table, builder->alias, &item->field, expression, &type,
                              error))
    return FALSE;

  if (item->field.steps != NULL)
    name = item->field.steps->pdata[item->field.steps->len - 1];

  slot = add_slot (builder, slots, item->alias != NULL ? item->alias : name, expression->str);
  slot->type = type;
  if (item->cast != NULL && !kvar_demo_type_find (item->cast, &slot->cast))
    {
      kvar_demo_sql_error_set (error, "42704", "type \"%s\" does not exist", item->cast);
      return FALSE;
    }

  return TRUE;
}

static gboolean
add_star (Builder    *builder,
          GPtrArray  *slots)
{
  for (guint i = 0; i < builder->table->n_columns; i++)
    {
      const KvarDemoColumn *column = &builder->table->columns[i];
      g_autofree char *expression = g_strdup_printf ("%s.\"%s\"", builder->alias, column->name);

      add_slot (builder, slots, column->name, expression)->type = column->type;
    }

  return TRUE;
}

static gboolean
add_embed (Builder             *builder,
           GPtrArray           *slots,
           const KvarDemoItem  *item,
           KvarDemoSqlError   **error)
{
  KvarDemoRelation relation;
  KvarDemoSource source = { NULL };
  g_autofree char *expression = NULL;
  KvarDemoSlot *slot;

  if (!kvar_demo_relation_find (builder->table, item->field.name, item->hint, &relation, error))
    return FALSE;

  expression = g_strdup_printf ("%s.\"%s\"", builder->alias,
                                relation_get_outer_column (&relation));
  slot = add_slot (builder, slots, item->alias != NULL ? item->alias : item->field.name,
                   expression);

  source.table = relation.target;
  slot->embed = reader_new (builder->handle, &source, item->embed, builder->scope, &relation,
                            builder->depth + 1, error);

  return slot->embed != NULL;
}

/* Columns first, embeds behind them. */
static gboolean
add_items (Builder              *builder,
           GPtrArray            *slots,
           const KvarDemoQuery  *query,
           KvarDemoSqlError    **error)
{
  for (guint i = 0; i < query->items->len; i++)
    {
      const KvarDemoItem *item = query->items->pdata[i];

      if (item->embed != NULL)
        continue;
      if (strcmp (item->field.name, "*") == 0 ? !add_star (builder, slots)
                                              : !add_column (builder, slots, item, error))
        return FALSE;
    }

  for (guint i = 0; i < query->items->len; i++)
    {
      const KvarDemoItem *item = query->items->pdata[i];

      if (item->embed != NULL && item->embed->items->len > 0 &&
          !add_embed (builder, slots, item, error))
        return FALSE;
    }

  return TRUE;
}

/* order=contacts(full_name): by a column of a to-one relation */
static gboolean
get_related_key (const KvarDemoTable  *table,
                 const char           *alias,
                 const KvarDemoOrder  *order,
                 const KvarDemoQuery  *query,
                 KvarDemoSortKey      *key,
                 KvarDemoSqlError    **error)
{
  KvarDemoRelation relation;
  const KvarDemoItem *item = NULL;
  g_autofree char *inner = NULL;

  for (guint i = 0; i < query->items->len; i++)
    {
      const KvarDemoItem *candidate = query->items->pdata[i];

      if (candidate->embed != NULL && (g_strcmp0 (candidate->alias, order->relation) == 0 ||
                                       strcmp (candidate->field.name, order->relation) == 0))
        item = candidate;
    }

  if (item == NULL)
    {
      kvar_demo_sql_error_set (error, "PGRST108", "'%s' is not an embedded resource in this "
                               "request", order->relation);
      (*error)->status = 400;
      return FALSE;
    }

  if (!kvar_demo_relation_find (table, item->field.name, item->hint, &relation, error))
    return FALSE;

  if (!relation.to_one)
    {
      kvar_demo_sql_error_set (error, "PGRST118", "A related order on '%s' is not possible",
                               order->relation);
      return FALSE;
    }

  if (!kvar_demo_sql_get_sort_key (relation.target, "o", order, key, error))
    return FALSE;

  inner = g_steal_pointer (&key->expression);
  g_clear_pointer (&key->column, g_free);
  key->expression = g_strdup_printf ("(SELECT %s FROM \"public.%s\" o WHERE o.\"%s\" = %s.\"%s\")",
                                     inner, relation.target->name, relation.key->target_column,
                                     alias, relation.key->column);

  return TRUE;
}

/* Appends the bounds of the order, and hands the ORDER BY back. */
static char *
append_order (KvarDemoSql           *sql,
              const KvarDemoSource  *source,
              const char            *alias,
              const KvarDemoQuery   *query,
              KvarDemoSqlError     **error)
{
  g_autoptr(GArray) keys = g_array_new (FALSE, TRUE, sizeof (KvarDemoSortKey));
  g_autoptr(GString) out = g_string_new (NULL);

  g_array_set_clear_func (keys, (GDestroyNotify)kvar_demo_sort_key_clear);
  for (guint i = 0; i < query->orders->len; i++)
    {
      const KvarDemoOrder *order = query->orders->pdata[i];
      KvarDemoSortKey key = { NULL };
      gboolean good;

      if (order->relation != NULL)
        good = get_related_key (source->table, alias, order, query, &key, error);
      else
        good = kvar_demo_sql_get_sort_key (source->table, alias, order, &key, error);

      if (!good)
        return NULL;

      g_array_append_val (keys, key);
      if (key.constant == NULL)
        g_string_append_printf (out, "%s%s%s", out->len > 0 ? ", " : " ORDER BY ",
                                key.expression, key.descending ? " DESC" : "");
    }

  kvar_demo_sql_append_keyset (sql, query->conditions, keys);

  if (query->orders->len == 0 && source->order != NULL)
    g_string_append_printf (out, " ORDER BY %s", source->order);
  else if (query->orders->len == 0 && source->table->oid != 0 && source->table->view_sql == NULL)
    g_string_append_printf (out, " ORDER BY %s.rowid", alias);

  return g_string_free (g_steal_pointer (&out), FALSE);
}

static void
add_source_values (KvarDemoSql          *sql,
                   const KvarDemoSource *source)
{
  for (guint i = 0; source->values != NULL && i < source->values->len; i++)
    {
      KvarDemoValue copy = kvar_demo_value_copy (&g_array_index (source->values, KvarDemoValue, i));

      g_array_append_val (sql->values, copy);
    }
}

/* FROM … WHERE … with all conditions; an embed's first value is bound for each row above. */
static gboolean
append_from (KvarDemoSql             *sql,
             const KvarDemoSource    *source,
             const KvarDemoRelation  *relation,
             const char              *alias,
             const KvarDemoQuery     *query,
             const KvarDemoScope     *scope,
             int                      depth,
             KvarDemoSqlError       **error)
{
  g_string_append (sql->text, " FROM ");

  if (relation != NULL)
    {
      KvarDemoValue none = KVAR_DEMO_VALUE_NULL;

      append_join (sql->text, relation, alias, "?");
      g_array_append_val (sql->values, none);
    }
  else if (source->from != NULL)
    g_string_append_printf (sql->text, "%s WHERE 1", source->from);
  else
    g_string_append_printf (sql->text, "\"public.%s\" %s WHERE 1", source->table->name, alias);

  add_source_values (sql, source);
  if (source->where != NULL)
    g_string_append_printf (sql->text, " AND (%s)", source->where);

  return append_conditions (sql, source->table, alias, query, scope, depth * 10, error);
}

static int
compare_slots (gconstpointer a,
               gconstpointer b)
{
  const KvarDemoSlot *x = *(KvarDemoSlot * const *)a, *y = *(KvarDemoSlot * const *)b;
  gsize n_x = strlen (x->name), n_y = strlen (y->name);

  if (n_x != n_y)
    return n_x < n_y ? -1 : 1;

  return strcmp (x->name, y->name);
}

static void
append_limit (KvarDemoSql         *sql,
              const KvarDemoQuery *query,
              const KvarDemoScope *scope)
{
  gint64 limit = query->limit;

  if (scope->max_rows > 0 && (limit < 0 || limit > scope->max_rows))
    limit = scope->max_rows;

  if (limit >= 0 || query->offset > 0)
    g_string_append_printf (sql->text, " LIMIT %" G_GINT64_FORMAT, limit);
  if (query->offset > 0)
    g_string_append_printf (sql->text, " OFFSET %" G_GINT64_FORMAT, query->offset);
}

static KvarDemoReader *
reader_new (sqlite3                 *handle,
            const KvarDemoSource    *source,
            const KvarDemoQuery     *query,
            const KvarDemoScope     *scope,
            const KvarDemoRelation  *relation,
            int                      depth,
            KvarDemoSqlError       **error)
{
  g_autoptr(KvarDemoReader) self = g_new0 (KvarDemoReader, 1);
  g_autoptr(KvarDemoSql) sql = kvar_demo_sql_new (scope->now_usec);
  g_autoptr(GString) columns = g_string_new (NULL);
  g_autofree char *alias = g_strdup_printf ("t%d", depth);
  g_autofree char *order = NULL;
  Builder builder = { handle, scope, source->table, alias, depth, columns, 0 };

  self->slots = g_ptr_array_new_with_free_func ((GDestroyNotify)slot_free);
  self->zone = scope->zone;
  self->nested = relation != NULL;
  self->to_one = relation != NULL && relation->to_one;

  if (!add_items (&builder, self->slots, query, error))
    return NULL;

  g_string_append_printf (sql->text, "SELECT %s", columns->len > 0 ? columns->str : "1");
  if (!append_from (sql, source, relation, alias, query, scope, depth, error))
    return NULL;
  order = append_order (sql, source, alias, query, error);
  if (order == NULL || !kvar_demo_scope_check (scope, source->table, KVAR_DEMO_MAY_SELECT, error))
    return NULL;

  g_string_append (sql->text, order);
  append_limit (sql, query, scope);
  self->statement = kvar_demo_sql_prepare (sql, handle, error);
  if (self->statement == NULL)
    return NULL;
  if (self->nested)
    g_ptr_array_sort (self->slots, compare_slots);

  return g_steal_pointer (&self);
}

/**
 * kvar_demo_reader_new:
 *
 * Makes the statements of @query over @source. Names are checked before privileges, as
 * PostgreSQL does.
 *
 * Returns: (transfer full) (nullable): a reader before its first row
 */
KvarDemoReader *
kvar_demo_reader_new (sqlite3               *handle,
                      const KvarDemoSource  *source,
                      const KvarDemoQuery   *query,
                      const KvarDemoScope   *scope,
                      KvarDemoSqlError     **error)
{
  return reader_new (handle, source, query, scope, NULL, 0, error);
}

void
kvar_demo_reader_free (KvarDemoReader *self)
{
  if (self == NULL)
    return;

  sqlite3_finalize (self->statement);
  g_ptr_array_unref (self->slots);
  g_free (self);
}

/**
 * kvar_demo_read_count:
 *
 * Returns: how many rows meet the conditions of @query, whatever its limit; -1 with @error set
 */
gint64
kvar_demo_read_count (sqlite3               *handle,
                      const KvarDemoSource  *source,
                      const KvarDemoQuery   *query,
                      const KvarDemoScope   *scope,
                      KvarDemoSqlError     **error)
{
  g_autoptr(KvarDemoSql) sql = kvar_demo_sql_new (scope->now_usec);
  g_autoptr(sqlite3_stmt) statement = NULL;

  g_string_append (sql->text, "SELECT count(*)");
  if (!append_from (sql, source, NULL, "t0", query, scope, 0, error))
    return -1;

  statement = kvar_demo_sql_prepare (sql, handle, error);
  if (statement == NULL)
    return -1;

  sqlite3_step (statement);

  return sqlite3_column_int64 (statement, 0);
}

/**
 * kvar_demo_read_row_ids:
 *
 * Returns: (transfer full) (nullable) (element-type gint64): the rows of a table that meet the
 *   conditions of @query, in the table's order
 */
GArray *
kvar_demo_read_row_ids (sqlite3               *handle,
                        const KvarDemoSource  *source,
                        const KvarDemoQuery   *query,
                        const KvarDemoScope   *scope,
                        KvarDemoSqlError     **error)
{
  g_autoptr(KvarDemoSql) sql = kvar_demo_sql_new (scope->now_usec);
  g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr(sqlite3_stmt) statement = NULL;

  g_string_append (sql->text, "SELECT t0.rowid");
  if (!append_from (sql, source, NULL, "t0", query, scope, 0, error))
    return NULL;

  g_string_append (sql->text, " ORDER BY t0.rowid");
  statement = kvar_demo_sql_prepare (sql, handle, error);
  if (statement == NULL)
    return NULL;

  while (sqlite3_step (statement) == SQLITE_ROW)
    {
      gint64 id = sqlite3_column_int64 (statement, 0);

      g_array_append_val (ids, id);
    }

  return g_steal_pointer (&ids);
}
