/* kvar-demo-write.c: POST, PATCH, PUT and DELETE on a table: one transaction each
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-demo"

#include "config.h"

#include <string.h>

#include "kvar-demo-body.h"
#include "kvar-demo-rest-private.h"
#include "kvar-demo-row.h"
#include "kvar-demo-sequence.h"

typedef enum
{
  WRITE_POST,
  WRITE_PATCH,
  WRITE_PUT,
  WRITE_DELETE,
} Verb;

/* One write. The columns and values are those of the body, by the body's order of names. */
typedef struct
{
  KvarDemoRequest     *request;
  const KvarDemoTable *table;
  KvarDemoRowWriter    writer;
  Verb                 verb;
  KvarDemoBody        *body;         /* (nullable) */
  const KvarDemoKey   *conflict_key; /* (nullable): of an upsert */
  GArray              *ids;          /* of gint64: the rows that were written */
  guint                n_inserted;
  GString             *rows;         /* (nullable): the representation */
} Write;

static gboolean
is_upsert (const Write *write)
{
  return write->conflict_key != NULL;
}

/* Names of columns that do not exist, or may not be written. */
static gboolean
check_names (Write             *write,
             KvarDemoSqlError **error)
{
  gboolean inserts = write->verb != WRITE_PATCH;

  for (guint i = 0; i < write->body->names->len; i++)
    {
      const char *name = write->body->names->pdata[i];
      const KvarDemoColumn *column = kvar_demo_table_find_column (write->table, name);
      g_autofree char *details = NULL;

      if (column == NULL)
        {
          kvar_demo_sql_error_set (error, "PGRST204", "Could not find the '%s' column of '%s' in "
                                   "the schema cache", name, write->table->name);
          return FALSE;
        }

      if (!column->generated && column->identity != KVAR_DEMO_IDENTITY_ALWAYS)
        continue;

      details = g_strdup_printf ("Column \"%s\" is %s.", name,
                                 column->generated ? "a generated column"
                                                   : "an identity column defined as GENERATED "
                                                     "ALWAYS");
      if (inserts)
        kvar_demo_sql_error_set (error, "428C9", "cannot insert a non-DEFAULT value into column "
                                 "\"%s\"", name);
      else
        kvar_demo_sql_error_set (error, "428C9", "column \"%s\" can only be updated to DEFAULT",
                                 name);
      kvar_demo_sql_error_explain (error, details, inserts && !column->generated
                                   ? "Use OVERRIDING SYSTEM VALUE to override." : NULL);
      return FALSE;
    }

  return TRUE;
}

/* Puts what the body has for a row into @row. A name without a value is null, or the default
 * when that was preferred. */
static gboolean
apply_cells (Write             *write,
             GPtrArray         *cells,
             GArray            *row,
             KvarDemoSqlError **error)
{
  gboolean defaults = g_strcmp0 (write->request->prefer->missing, "default") == 0;

  for (guint i = 0; i < write->body->names->len; i++)
    {
      guint at = kvar_demo_row_get_position (write->table, write->body->names->pdata[i]);
      const KvarDemoType *type = &write->table->columns[at].type;
      KvarDemoValue value = KVAR_DEMO_VALUE_NULL;
      g_autofree char *text = NULL;

      if (cells->pdata[i] == NULL && defaults)
        {
          kvar_demo_row_set_default (&write->writer, row, at);
          continue;
        }

      if (cells->pdata[i] != NULL)
        text = kvar_demo_body_to_text (cells->pdata[i], type);
      if (text != NULL && !kvar_demo_type_parse (type, text, write->request->scope.now_usec,
                                                 &value, error))
        return FALSE;

      kvar_demo_row_set (row, at, &value);
      kvar_demo_value_clear (&value);
    }

  return TRUE;
}

static gboolean
is_named (Write      *write,
          const char *column)
{
  return g_ptr_array_find_with_equal_func (write->body->names, column, g_str_equal, NULL);
}

/* Only what is put in reads further default values, so only then a sequence moves. */
static GArray *
build_row (Write             *write,
           GPtrArray         *cells,
           KvarDemoSqlError **error)
{
  g_autoptr(GArray) row = kvar_demo_row_new (&write->writer);

  if (!apply_cells (write, cells, row, error))
    return NULL;

  for (guint i = 0; i < write->table->n_columns; i++)
    if (!is_named (write, write->table->columns[i].name))
      kvar_demo_row_set_default (&write->writer, row, i);

  return g_steal_pointer (&row);
}

static gboolean
was_written (Write  *write,
             gint64  id)
{
  for (guint i = 0; i < write->ids->len; i++)
    if (g_array_index (write->ids, gint64, i) == id)
      return TRUE;

  return FALSE;
}

/* The row is there already: merges the body into it. */
static gboolean
merge_row (Write             *write,
           GPtrArray         *cells,
           gint64             id,
           KvarDemoSqlError **error)
{
  g_autoptr(GArray) row = kvar_demo_row_load (&write->writer, id);

  if (was_written (write, id))
    {
      kvar_demo_sql_error_set (error, "21000", "ON CONFLICT DO UPDATE command cannot affect row a "
                               "second time");
      kvar_demo_sql_error_explain (error, NULL, "Ensure that no rows proposed for insertion within "
                                   "the same command have duplicate constrained values.");
      return FALSE;
    }

  if (!kvar_demo_row_check (&write->writer, row, error) ||
      !apply_cells (write, cells, row, error) ||
      !kvar_demo_row_update (&write->writer, row, &id, error))
    return FALSE;

  g_array_append_val (write->ids, id);

  return TRUE;
}

static gboolean
insert_row (Write             *write,
            GPtrArray         *cells,
            KvarDemoSqlError **error)
{
  g_autoptr(GArray) row = build_row (write, cells, error);
  gint64 id = -1;

  if (row == NULL)
    return FALSE;

  if (is_upsert (write) && kvar_demo_row_find (&write->writer, row, write->conflict_key, &id))
    {
      if (write->request->prefer->resolution == KVAR_DEMO_RESOLUTION_IGNORE)
        return TRUE;
      return merge_row (write, cells, id, error);
    }

  if (!kvar_demo_row_insert (&write->writer, row, &id, error))
    return FALSE;

  g_array_append_val (write->ids, id);
  write->n_inserted++;

  return TRUE;
}

static gboolean
insert_rows (Write             *write,
             KvarDemoSqlError **error)
{
  for (guint i = 0; i < write->body->rows->len; i++)
    if (!insert_row (write, write->body->rows->pdata[i], error))
      return FALSE;

  return TRUE;
}

static GArray *
find_rows (Write             *write,
           KvarDemoSqlError **error)
{
  KvarDemoSource source = { write->table };

  return kvar_demo_read_row_ids (write->request->handle, &source, write->request->query,
                                 &write->request->scope, error);
}

/* The hosted service loads pg-safeupdate. */
static gboolean
check_where (Write             *write,
             KvarDemoSqlError **error)
{
  if (write->request->query->conditions->len > 0)
    return TRUE;

  kvar_demo_sql_error_set (error, "21000", "%s requires a WHERE clause",
                           write->verb == WRITE_PATCH ? "UPDATE" : "DELETE");
  (*error)->status = 400;

  return FALSE;
}

static gboolean
update_rows (Write             *write,
             KvarDemoSqlError **error)
{
  g_autoptr(GArray) found = NULL;
  g_autoptr(GArray) probe = kvar_demo_row_new (&write->writer);
  GPtrArray *cells;

  if (write->body->rows->len == 0 || write->body->names->len == 0)
    return TRUE;

  /* A value that cannot be read is refused even when no row matches. */
  cells = write->body->rows->pdata[0];
  if (!check_where (write, error) || !apply_cells (write, cells, probe, error))
    return FALSE;

  found = find_rows (write, error);
  for (guint i = 0; found != NULL && i < found->len; i++)
    {
      gint64 id = g_array_index (found, gint64, i);
      g_autoptr(GArray) row = kvar_demo_row_load (&write->writer, id);

      if (!apply_cells (write, cells, row, error) ||
          !kvar_demo_row_update (&write->writer, row, &id, error))
        return FALSE;
      g_array_append_val (write->ids, id);
    }

  return found != NULL;
}

/* Reads the written rows into the representation. */
static gboolean
read_rows (Write             *write,
           KvarDemoSqlError **error)
{
  KvarDemoRequest *request = write->request;
  g_autoptr(KvarDemoReader) reader = NULL;
  g_autoptr(GPtrArray) none = g_ptr_array_new ();
  g_autofree char *from = NULL;
  KvarDemoQuery query = *request->query;
  KvarDemoScope scope = request->scope;
  KvarDemoSource source = { .table = write->table, .order = "w.n" };

  from = g_strdup_printf ("temp.rest_written w JOIN \"public.%s\" t0 ON t0.rowid = w.id",
                          write->table->name);
  source.from = from;
  query.conditions = none;
  query.orders = none;
  query.limit = -1;
  query.offset = 0;
  scope.max_rows = 0;

  kvar_demo_database_exec (request->database, "CREATE TEMP TABLE IF NOT EXISTS rest_written "
                           "(n INTEGER PRIMARY KEY, id INTEGER); DELETE FROM temp.rest_written;");
  for (guint i = 0; i < write->ids->len; i++)
    {
      g_autoptr(sqlite3_stmt) statement = NULL;

      statement = kvar_demo_database_prepare (request->database, "INSERT INTO temp.rest_written "
                                              "(id) VALUES (?)", "i",
                                              g_array_index (write->ids, gint64, i));
      sqlite3_step (statement);
    }

  reader = kvar_demo_reader_new (request->handle, &source, &query, &scope, error);
  if (reader == NULL)
    return FALSE;

  write->rows = g_string_new (NULL);
  kvar_demo_request_append_rows (request, reader, write->rows);

  return TRUE;
}

static gboolean
delete_rows (Write             *write,
             KvarDemoSqlError **error)
{
  if (!check_where (write, error))
    return FALSE;

  g_clear_pointer (&write->ids, g_array_unref);
  write->ids = find_rows (write, error);
  if (write->ids == NULL)
    return FALSE;

  /* What is gone cannot be read any more. */
  if (write->request->prefer->answer == KVAR_DEMO_RETURN_REPRESENTATION &&
      !read_rows (write, error))
    return FALSE;

  for (guint i = 0; i < write->ids->len; i++)
    if (!kvar_demo_row_delete (&write->writer, g_array_index (write->ids, gint64, i), error))
      return FALSE;

  return TRUE;
}

static gboolean
same_columns (const KvarDemoKey *key,
              GPtrArray         *names)
{
  guint n = 0;

  for (; n < KVAR_DEMO_KEY_COLUMNS && key->columns[n] != NULL; n++)
    if (!g_ptr_array_find_with_equal_func (names, key->columns[n], g_str_equal, NULL))
      return FALSE;

  return n > 0 && n == names->len;
}

/* Which key decides whether a row is there already. */
static gboolean
find_conflict_key (Write             *write,
                   KvarDemoSqlError **error)
{
  const KvarDemoTable *table = write->table;
  GPtrArray *names = write->request->query->on_conflict;

  if (write->verb == WRITE_POST &&
      write->request->prefer->resolution == KVAR_DEMO_RESOLUTION_NONE)
    return TRUE;

  if (names == NULL)
    {
      write->conflict_key = table->primary_key.name != NULL ? &table->primary_key : NULL;
      return TRUE;
    }

  if (same_columns (&table->primary_key, names))
    write->conflict_key = &table->primary_key;
  for (guint i = 0; i < table->n_unique_keys; i++)
    if (same_columns (&table->unique_keys[i], names))
      write->conflict_key = &table->unique_keys[i];

  if (is_upsert (write))
    return TRUE;

  kvar_demo_sql_error_set (error, "42P10", "there is no unique or exclusion constraint matching "
                           "the ON CONFLICT specification");

  return FALSE;
}

/* PUT names one row by its key, in the URL and in the body alike. */
static gboolean
check_put (Write             *write,
           KvarDemoSqlError **error)
{
  const KvarDemoQuery *query = write->request->query;
  const KvarDemoKey *key = &write->table->primary_key;
  guint n_key = 0;

  while (n_key < KVAR_DEMO_KEY_COLUMNS && key->columns[n_key] != NULL)
    n_key++;

  if (query->has_limit)
    {
      kvar_demo_sql_error_set (error, "PGRST114", "limit/offset querystring parameters are not "
                               "allowed for PUT");
      return FALSE;
    }

  for (guint i = 0; i < query->conditions->len; i++)
    {
      const KvarDemoCondition *condition = query->conditions->pdata[i];

      if (query->conditions->len != n_key || condition->kind != KVAR_DEMO_CONDITION_FILTER ||
          condition->negated || condition->operator != KVAR_DEMO_OPERATOR_EQ ||
          !kvar_demo_table_has_key_column (write->table, condition->field.name))
        n_key = 0;
    }

  if (n_key == 0 || query->conditions->len != n_key)
    {
      kvar_demo_sql_error_set (error, "PGRST105", "Filters must include all and only primary key "
                               "columns with 'eq' operators");
      return FALSE;
    }

  for (guint i = 0; i < query->conditions->len; i++)
    {
      const KvarDemoCondition *condition = query->conditions->pdata[i];
      g_autofree char *text = NULL;
      guint at = 0;

      if (write->body->rows->len == 1 &&
          g_ptr_array_find_with_equal_func (write->body->names, condition->field.name, g_str_equal,
                                            &at))
        text = kvar_demo_body_to_text (g_ptr_array_index ((GPtrArray *)write->body->rows->pdata[0],
                                                          at),
                                       &(KvarDemoType) { .kind = KVAR_DEMO_KIND_TEXT });
      if (g_strcmp0 (text, condition->value) != 0)
        {
          kvar_demo_sql_error_set (error, "PGRST115", "Payload values do not match URL in primary "
                                   "key column(s)");
          return FALSE;
        }
    }

  return TRUE;
}

static gboolean
check_privileges (Write             *write,
                  KvarDemoSqlError **error)
{
  static const KvarDemoPrivileges needed[] = {
    [WRITE_POST] = KVAR_DEMO_MAY_INSERT, [WRITE_PATCH] = KVAR_DEMO_MAY_UPDATE,
    [WRITE_PUT] = KVAR_DEMO_MAY_INSERT, [WRITE_DELETE] = KVAR_DEMO_MAY_DELETE,
  };
  const KvarDemoScope *scope = &write->request->scope;

  if (!kvar_demo_scope_check (scope, write->table, needed[write->verb], error))
    return FALSE;

  if (write->table->view_sql != NULL)
    {
      kvar_demo_sql_error_set (error, "55000", "cannot write to view \"%s\"", write->table->name);
      return FALSE;
    }

  return !is_upsert (write) ||
         kvar_demo_scope_check (scope, write->table, KVAR_DEMO_MAY_UPDATE, error);
}

static gboolean
run (Write             *write,
     KvarDemoSqlError **error)
{
  switch (write->verb)
    {
    case WRITE_POST:
    case WRITE_PUT:
      return insert_rows (write, error);

    case WRITE_PATCH:
      return update_rows (write, error);

    case WRITE_DELETE:
      return delete_rows (write, error);

    default:
      g_assert_not_reached ();
    }
}

/* How many rows there may be: one for a single object, so many for max-affected. */
static gboolean
check_affected (Write             *write,
                KvarDemoSqlError **error)
{
  KvarDemoRequest *request = write->request;
  g_autofree char *details = NULL;

  if (request->media == KVAR_DEMO_MEDIA_OBJECT && write->ids->len != 1)
    {
      details = g_strdup_printf ("The result contains %u rows", write->ids->len);
      kvar_demo_sql_error_set (error, "PGRST116", "Cannot coerce the result to a single JSON "
                               "object");
    }
  else if (request->prefer->max_affected >= 0 && write->verb != WRITE_POST &&
           write->ids->len > request->prefer->max_affected)
    {
      details = g_strdup_printf ("The query affects %u rows", write->ids->len);
      kvar_demo_sql_error_set (error, "PGRST124", "Query result exceeds max-affected preference "
                               "constraint");
    }
  else
    return TRUE;

  kvar_demo_sql_error_explain (error, details, NULL);

  return FALSE;
}

static void
add_range (Write *write)
{
  gboolean counted = write->request->prefer->count != NULL;
  g_autofree char *total = counted ? g_strdup_printf ("%u", write->ids->len) : g_strdup ("*");
  g_autofree char *range = NULL;

  if (write->verb == WRITE_PUT)
    return;

  if (write->verb == WRITE_PATCH && write->ids->len > 0)
    range = g_strdup_printf ("0-%u/%s", write->ids->len - 1, total);
  else
    range = g_strdup_printf ("*/%s", total);

  kvar_demo_exchange_add_header (write->request->exchange, "Content-Range", range);
}

/* Where the one new row is to be found, by its key. */
static void
add_location (Write *write)
{
  const KvarDemoKey *key = &write->table->primary_key;
  g_autoptr(GString) location = g_string_new (NULL);
  g_autoptr(GArray) row = NULL;

  if (write->ids->len != 1 || key->name == NULL)
    return;

  row = kvar_demo_row_load (&write->writer, g_array_index (write->ids, gint64, 0));
  g_string_printf (location, "/%s", write->table->name);
  for (guint i = 0; i < KVAR_DEMO_KEY_COLUMNS && key->columns[i] != NULL; i++)
    {
      guint at = kvar_demo_row_get_position (write->table, key->columns[i]);
      g_autofree char *text = NULL;

      text = kvar_demo_type_to_text (&write->table->columns[at].type,
                                     &g_array_index (row, KvarDemoValue, at));
      g_string_append_printf (location, "%c%s=eq.", i == 0 ? '?' : '&', key->columns[i]);
      g_string_append_uri_escaped (location, text, NULL, FALSE);
    }

  kvar_demo_exchange_add_header (write->request->exchange, "Location", location->str);
}

static guint
get_status (Write *write)
{
  gboolean represented = write->rows != NULL;

  if (write->verb == WRITE_POST)
    return write->request->prefer->resolution == KVAR_DEMO_RESOLUTION_MERGE &&
           write->n_inserted == 0 && write->ids->len > 0 ? 200 : 201;

  if (write->verb == WRITE_PUT && represented)
    return write->n_inserted > 0 ? 201 : 200;

  return represented ? 200 : 204;
}

static gboolean
reply (Write             *write,
       KvarDemoSqlError **error)
{
  KvarDemoRequest *request = write->request;
  guint status = get_status (write);

  if (write->rows != NULL)
    {
      if (!kvar_demo_request_reply_rows (request, status, g_steal_pointer (&write->rows),
                                         write->ids->len, error))
        return FALSE;
    }
  else
    kvar_demo_exchange_reply (request->exchange, status, NULL, NULL, 0);

  if (write->verb == WRITE_POST && request->prefer->answer == KVAR_DEMO_RETURN_HEADERS_ONLY)
    add_location (write);
  add_range (write);
  kvar_demo_request_add_applied (request, TRUE);

  return TRUE;
}

/* Everything between BEGIN and COMMIT. */
static gboolean
run_in_transaction (Write             *write,
                    KvarDemoSqlError **error)
{
  gboolean represents = write->request->prefer->answer == KVAR_DEMO_RETURN_REPRESENTATION;
  gboolean good;

  kvar_demo_database_exec (write->request->database, "BEGIN IMMEDIATE");
  write->writer.xid = kvar_demo_sequence_next (write->request->database, KVAR_DEMO_SEQUENCE_XID);

  good = run (write, error) &&
         (!represents || write->rows != NULL || read_rows (write, error)) &&
         check_affected (write, error) && reply (write, error);

  kvar_demo_database_exec (write->request->database, good ? "COMMIT" : "ROLLBACK");

  return good;
}

/**
 * kvar_demo_request_write:
 *
 * Does what POST, PATCH, PUT or DELETE ask of @table.
 */
gboolean
kvar_demo_request_write (KvarDemoRequest      *self,
                         const KvarDemoTable  *table,
                         KvarDemoSqlError    **error)
{
  static const char * const verbs[] = { "POST", "PATCH", "PUT", "DELETE" };
  g_autoptr(KvarDemoBody) body = NULL;
  Write write = { self, table, { self->database, table, &self->scope, 0 } };
  gboolean good;

  while (strcmp (verbs[write.verb], self->exchange->method) != 0)
    write.verb++;

  if (write.verb != WRITE_DELETE)
    {
      body = kvar_demo_body_parse (self->exchange->body,
                                   kvar_demo_exchange_get_header (self->exchange, "Content-Type"),
                                   self->query->columns, error);
      write.body = body;
      if (body == NULL || !check_names (&write, error) || !find_conflict_key (&write, error) ||
          (write.verb == WRITE_PUT && !check_put (&write, error)))
        return FALSE;
    }

  if (!check_privileges (&write, error))
    return FALSE;

  write.ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  good = run_in_transaction (&write, error);

  g_clear_pointer (&write.ids, g_array_unref);
  if (write.rows != NULL)
    g_string_free (write.rows, TRUE);

  return good;
}
