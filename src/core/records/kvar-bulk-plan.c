/* kvar-bulk-plan.c: What a change of many rows will do, before anything is sent.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Every row carries the value with which it was seen as the condition of its change, so that
 * what somebody else has changed meanwhile is not overwritten. Rows with the same value go
 * together: a thousand rows are a few requests.
 */

#define G_LOG_DOMAIN "kvar-bulk"

#include "config.h"

#include <string.h>

#include "records/kvar-bulk-plan.h"
#include "records/kvar-query-text.h"
#include "records/kvar-rest-api.h"

/* Longer values would make the address too long. */
#define MAX_VALUE_BYTES 2048

/* How much of the address may be conditions. */
#define MAX_BYTES (KVAR_REST_MAX_URL - 1024)

/* More rows at once may take the database too long, and say nothing for too long. */
#define MAX_ROWS 200

/* What "and(…,column.eq.)" and its signs take, percent-encoded, beside names and values. */
#define GROUP_BYTES 48

KvarBulkRow *
kvar_bulk_row_new (KvarRecord *record)
{
  KvarBulkRow *row;

  g_return_val_if_fail (KVAR_IS_RECORD (record), NULL);

  row = g_new0 (KvarBulkRow, 1);
  row->key = kvar_record_dup_key (record);
  row->id = kvar_record_get_key_string (record);
  row->title = kvar_record_get_title (record);
  row->xmin = g_strdup (kvar_record_get_xmin (record));

  return row;
}

void
kvar_bulk_row_free (KvarBulkRow *row)
{
  g_strfreev (row->key);
  g_free (row->id);
  g_free (row->title);
  g_free (row->before);
  g_free (row->xmin);
  g_free (row->after);
  g_free (row->note_id);
  g_free (row);
}

static KvarBulkPlan *
plan_alloc (void)
{
  KvarBulkPlan *self = g_new0 (KvarBulkPlan, 1);

  self->rows = g_ptr_array_new_with_free_func ((GDestroyNotify)kvar_bulk_row_free);

  return self;
}

void
kvar_bulk_plan_free (KvarBulkPlan *self)
{
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_free (self);
}

/**
 * kvar_bulk_plan_can_change:
 *
 * Returns: whether @column of many rows can be given one value: by its privileges, and because
 *   what others have changed can be told
 */
gboolean
kvar_bulk_plan_can_change (KvarTable  *table,
                           KvarColumn *column)
{
  KvarType *type;
  guint n_key;

  g_return_val_if_fail (KVAR_IS_TABLE (table), FALSE);
  g_return_val_if_fail (KVAR_IS_COLUMN (column), FALSE);

  type = kvar_column_get_column_type (column);
  kvar_table_get_key (table, &n_key);

  return n_key > 0 && kvar_table_can_update (table) && kvar_column_get_can_update (column) &&
         kvar_column_get_can_select (column) && kvar_type_is_writable (type) &&
         !kvar_column_get_is_generated (column) &&
         kvar_column_get_identity (column) != KVAR_IDENTITY_ALWAYS &&
         !kvar_table_is_key_column (table, column) &&
         (kvar_type_has_equality (type) || kvar_table_can_use_xmin (table));
}

static int
find_index (KvarRecord *record,
            KvarColumn *column)
{
  int index = kvar_table_find_column_index (kvar_record_get_table (record),
                                            kvar_column_get_name (column));

  return index >= 0 && kvar_record_has_column (record, index) ? index : -1;
}

/**
 * kvar_bulk_plan_can_compare:
 * @text: (nullable): a value of @column
 *
 * Returns: whether an address can ask for the rows that have this very value
 */
gboolean
kvar_bulk_plan_can_compare (KvarColumn *column,
                            const char *text)
{
  g_return_val_if_fail (KVAR_IS_COLUMN (column), FALSE);

  return text == NULL || (kvar_type_has_equality (kvar_column_get_column_type (column)) &&
                          strlen (text) <= MAX_VALUE_BYTES);
}

/**
 * kvar_bulk_plan_needs_read:
 *
 * Returns: whether @record does not tell enough to change @column in it: the value is not
 *   loaded, or the row's version is what it takes
 */
gboolean
kvar_bulk_plan_needs_read (KvarColumn *column,
                           KvarRecord *record)
{
  int index = find_index (record, column);

  if (index < 0)
    return TRUE;

  return !kvar_bulk_plan_can_compare (column, kvar_record_get_text (record, index)) &&
         kvar_record_get_xmin (record) == NULL &&
         kvar_table_can_use_xmin (kvar_record_get_table (record));
}

/* 12.5 and 12.50 are the same number. */
static gsize
significant_length (const char *text)
{
  gsize length = strlen (text);

  if (strchr (text, '.') == NULL || strpbrk (text, "eE") != NULL)
    return length;

  while (length > 0 && text[length - 1] == '0')
    length--;

  return length > 0 && text[length - 1] == '.' ? length - 1 : length;
}

/**
 * kvar_bulk_plan_same:
 * @a: (nullable): PostgreSQL's text of a value
 *
 * Returns: whether both are the same value to the database
 */
gboolean
kvar_bulk_plan_same (KvarColumn *column,
                     const char *a,
                     const char *b)
{
  gsize length;

  if (a == NULL || b == NULL || kvar_column_get_kind (column) != KVAR_KIND_DECIMAL)
    return g_strcmp0 (a, b) == 0;

  length = significant_length (a);

  return length == significant_length (b) && strncmp (a, b, length) == 0;
}

/**
 * kvar_bulk_plan_new:
 * @records: (element-type KvarRecord): with @column as it was seen
 * @value: what all of them are to have
 */
KvarBulkPlan *
kvar_bulk_plan_new (KvarColumn *column,
                    GPtrArray  *records,
                    KvarValue  *value)
{
  KvarBulkPlan *self;

  g_return_val_if_fail (KVAR_IS_COLUMN (column), NULL);
  g_return_val_if_fail (records != NULL, NULL);
  g_return_val_if_fail (value != NULL, NULL);

  self = plan_alloc ();
  for (guint i = 0; i < records->len; i++)
    {
      KvarRecord *record = g_ptr_array_index (records, i);
      int index = find_index (record, column);
      const char *text = index >= 0 ? kvar_record_get_text (record, index) : NULL;
      g_autofree char *id = kvar_record_get_key_string (record);
      gboolean by_value = kvar_bulk_plan_can_compare (column, text);
      KvarBulkRow *row;

      if (id == NULL || index < 0 || (!by_value && kvar_record_get_xmin (record) == NULL))
        {
          self->n_unable++;
          continue;
        }
      if (kvar_bulk_plan_same (column, text, kvar_value_get_text (value)))
        {
          self->n_already++;
          continue;
        }

      row = kvar_bulk_row_new (record);
      row->before = g_strdup (text);
      row->after = g_strdup (kvar_value_get_text (value));
      row->by_version = !by_value;
      g_ptr_array_add (self->rows, row);
    }

  return self;
}

/**
 * kvar_bulk_plan_new_delete:
 * @records: (element-type KvarRecord): that are to go
 */
KvarBulkPlan *
kvar_bulk_plan_new_delete (GPtrArray *records)
{
  KvarBulkPlan *self;

  g_return_val_if_fail (records != NULL, NULL);

  self = plan_alloc ();
  for (guint i = 0; i < records->len; i++)
    {
      KvarBulkRow *row = kvar_bulk_row_new (g_ptr_array_index (records, i));

      if (row->id != NULL)
        {
          g_ptr_array_add (self->rows, row);
          continue;
        }

      kvar_bulk_row_free (row);
      self->n_unable++;
    }

  return self;
}

/* Rows that are to have the same value are together, and among them those that have. */
static int
compare_rows (gconstpointer a,
              gconstpointer b)
{
  const KvarBulkRow *x = *(KvarBulkRow *const *)a;
  const KvarBulkRow *y = *(KvarBulkRow *const *)b;
  int result = g_strcmp0 (x->after, y->after);

  if (result == 0)
    result = x->by_version - y->by_version;
  if (result != 0)
    return result;

  return x->by_version ? g_strcmp0 (x->xmin, y->xmin) : g_strcmp0 (x->before, y->before);
}

static gsize
escaped_length (const char *text)
{
  g_autofree char *escaped = text != NULL ? g_uri_escape_string (text, NULL, FALSE) : NULL;

  return escaped != NULL ? strlen (escaped) : 0;
}

/* With the signs between them, and a name for each where the key has several columns. */
static gsize
key_length (KvarTable   *table,
            KvarBulkRow *row)
{
  guint n_key;
  const guint *key = kvar_table_get_key (table, &n_key);
  gsize length = 9;

  for (guint i = 0; i < n_key; i++)
    {
      length += escaped_length (row->key[i]);
      if (n_key > 1)
        length += escaped_length (kvar_column_get_name (kvar_table_get_column (table, key[i]))) + 9;
    }

  return length;
}

static const char *
guard_of (KvarBulkRow *row)
{
  return row->by_version ? row->xmin : row->before;
}

/* Whether the rows have one condition in common. */
static gboolean
is_same_group (KvarBulkRow *a,
               KvarBulkRow *b)
{
  return a->by_version == b->by_version && g_strcmp0 (guard_of (a), guard_of (b)) == 0;
}

/**
 * kvar_bulk_plan_chunks:
 * @rows: (element-type KvarBulkRow): is sorted
 *
 * Returns: (transfer full) (element-type GPtrArray): what goes together: rows that are to have
 *   the same value, no more than an address can name. They borrow the rows.
 */
GQueue *
kvar_bulk_plan_chunks (KvarTable *table,
                       GPtrArray *rows)
{
  GQueue *chunks = g_queue_new ();
  GPtrArray *chunk = NULL;
  gsize n_bytes = 0;

  g_return_val_if_fail (KVAR_IS_TABLE (table), chunks);
  g_return_val_if_fail (rows != NULL, chunks);

  g_ptr_array_sort (rows, compare_rows);
  for (guint i = 0; i < rows->len; i++)
    {
      KvarBulkRow *row = g_ptr_array_index (rows, i);
      KvarBulkRow *last = chunk != NULL ? g_ptr_array_index (chunk, chunk->len - 1) : NULL;
      gsize length = key_length (table, row);

      if (last == NULL || !is_same_group (last, row))
        length += escaped_length (guard_of (row)) + GROUP_BYTES;
      if (last == NULL || chunk->len == MAX_ROWS || n_bytes + length > MAX_BYTES ||
          g_strcmp0 (last->after, row->after) != 0)
        {
          chunk = g_ptr_array_new ();
          g_queue_push_tail (chunks, chunk);
          n_bytes = escaped_length (guard_of (row)) + GROUP_BYTES;
        }

      g_ptr_array_add (chunk, row);
      n_bytes += length;
    }

  return chunks;
}

static KvarFilter *
condition (const char *name,
           const char *text)
{
  return text != NULL ? kvar_filter_new (name, "eq", text) : kvar_filter_new (name, "is", "null");
}

static GPtrArray *
filters_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify)kvar_filter_unref);
}

/* "id.in.(1,2)" */
static KvarFilter *
one_column_keys (KvarTable *table,
                 GPtrArray *rows,
                 guint      first,
                 guint      n)
{
  guint n_key;
  const guint *key = kvar_table_get_key (table, &n_key);
  g_autoptr(GString) list = g_string_new ("(");

  for (guint i = first; i < first + n; i++)
    {
      KvarBulkRow *row = g_ptr_array_index (rows, i);
      g_autofree char *quoted = kvar_query_text_quote_value (row->key[0]);

      if (i > first)
        g_string_append_c (list, ',');
      g_string_append (list, quoted);
    }
  g_string_append_c (list, ')');

  return kvar_filter_new (kvar_column_get_name (kvar_table_get_column (table, key[0])), "in",
                          list->str);
}

/* "or(and(a.eq.1,b.eq.2),and(a.eq.1,b.eq.3))" */
static KvarFilter *
several_column_keys (KvarTable *table,
                     GPtrArray *rows,
                     guint      first,
                     guint      n)
{
  guint n_key;
  const guint *key = kvar_table_get_key (table, &n_key);
  GPtrArray *any = filters_new ();

  for (guint i = first; i < first + n; i++)
    {
      KvarBulkRow *row = g_ptr_array_index (rows, i);
      GPtrArray *all = filters_new ();

      for (guint j = 0; j < n_key; j++)
        g_ptr_array_add (all, condition (kvar_column_get_name (
                                           kvar_table_get_column (table, key[j])), row->key[j]));
      g_ptr_array_add (any, kvar_filter_new_group (KVAR_FILTER_AND, all));
    }

  return kvar_filter_new_group (KVAR_FILTER_OR, any);
}

static KvarFilter *
keys (KvarTable *table,
      GPtrArray *rows,
      guint      first,
      guint      n)
{
  guint n_key;

  kvar_table_get_key (table, &n_key);

  return n_key == 1 ? one_column_keys (table, rows, first, n)
                    : several_column_keys (table, rows, first, n);
}

static GPtrArray *
group_filters (KvarTable  *table,
               KvarColumn *column,
               GPtrArray  *rows,
               guint       first,
               guint       n)
{
  KvarBulkRow *row = g_ptr_array_index (rows, first);
  GPtrArray *filters = filters_new ();

  g_ptr_array_add (filters, keys (table, rows, first, n));
  g_ptr_array_add (filters, condition (row->by_version ? "xmin" : kvar_column_get_name (column),
                                       guard_of (row)));

  return filters;
}

/**
 * kvar_bulk_plan_filters:
 * @column: (nullable): whose value must still be as it was seen; %NULL for the keys alone
 * @rows: (element-type KvarBulkRow): a chunk
 *
 * Returns: (transfer full) (element-type KvarFilter): what finds these rows, for an address
 */
GPtrArray *
kvar_bulk_plan_filters (KvarTable  *table,
                        KvarColumn *column,
                        GPtrArray  *rows)
{
  GPtrArray *filters;
  GPtrArray *any;

  g_return_val_if_fail (KVAR_IS_TABLE (table), NULL);
  g_return_val_if_fail (rows != NULL && rows->len > 0, NULL);

  if (column == NULL)
    {
      filters = filters_new ();
      g_ptr_array_add (filters, keys (table, rows, 0, rows->len));
      return filters;
    }

  any = filters_new ();
  for (guint first = 0, n; first < rows->len; first += n)
    {
      n = 1;
      while (first + n < rows->len && is_same_group (g_ptr_array_index (rows, first),
                                                     g_ptr_array_index (rows, first + n)))
        n++;

      filters = group_filters (table, column, rows, first, n);
      if (n == rows->len)
        {
          g_ptr_array_unref (any);
          return filters;
        }
      g_ptr_array_add (any, kvar_filter_new_group (KVAR_FILTER_AND, filters));
    }

  filters = filters_new ();
  g_ptr_array_add (filters, kvar_filter_new_group (KVAR_FILTER_OR, any));

  return filters;
}

/**
 * kvar_bulk_plan_judge:
 * @column: (nullable): %NULL where rows are deleted
 * @row: that the server did not say it has changed
 * @now: (nullable): the row as it is there, read afterwards
 * @lost: whether that may be because its answer was lost
 *
 * Returns: what has become of the row; %KVAR_BULK_PENDING if it can be sent again
 */
KvarBulkOutcome
kvar_bulk_plan_judge (KvarColumn  *column,
                      KvarBulkRow *row,
                      KvarRecord  *now,
                      gboolean     lost)
{
  const char *text;
  gboolean is_moved;
  int index;

  if (now == NULL)
    return lost && column == NULL ? KVAR_BULK_DONE : KVAR_BULK_GONE;
  if (column == NULL)
    return lost ? KVAR_BULK_PENDING : KVAR_BULK_DENIED;

  index = find_index (now, column);
  text = index >= 0 ? kvar_record_get_text (now, index) : NULL;
  if (kvar_bulk_plan_same (column, text, row->after))
    return lost ? KVAR_BULK_DONE : KVAR_BULK_OVERTAKEN;
  if (!kvar_bulk_plan_same (column, text, row->before))
    return KVAR_BULK_OVERTAKEN;

  /* Another column of it was changed: the version is another, the value is the same. */
  is_moved = row->by_version && g_strcmp0 (row->xmin, kvar_record_get_xmin (now)) != 0;

  return lost || is_moved ? KVAR_BULK_PENDING : KVAR_BULK_DENIED;
}
