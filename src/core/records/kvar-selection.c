/* kvar-selection.c: Which columns a request asks for, and where they land in a record.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-selection"

#include "config.h"

#include <string.h>

#include "kvar-error.h"
#include "records/kvar-json-rows.h"
#include "records/kvar-keyset.h"
#include "records/kvar-query-text.h"
#include "records/kvar-selection.h"

#define LABEL_PREFIX "kvar_label_of_"

/* What a cell of a reply is, where it is no column's value. */
enum {
  CELL_UNKNOWN = -1,
  CELL_XMIN = -2,
  CELL_TABLEOID = -3,
  CELL_CTID = -4,
  CELL_LABEL = -100,    /* and, below it, one for every column */
};

struct _KvarSelection
{
  gatomicrefcount  ref_count;

  KvarTable       *table;
  guint            n_columns;
  gboolean        *wanted;    /* by column */
  KvarSelectFlags  flags;
};

G_DEFINE_BOXED_TYPE (KvarSelection, kvar_selection, kvar_selection_ref, kvar_selection_unref)

static void
want (KvarSelection *self,
      const char    *name)
{
  int index = kvar_table_find_column_index (self->table, name);

  if (index >= 0 && (guint)index < self->n_columns)
    self->wanted[index] = TRUE;
}

/* What saving, paging and opening need goes along whatever was chosen. */
static void
want_identity (KvarSelection *self)
{
  KvarColumn *version = kvar_table_get_version_column (self->table);
  guint n_key;
  const guint *key = kvar_table_get_key (self->table, &n_key);

  for (guint i = 0; i < n_key; i++)
    self->wanted[key[i]] = TRUE;

  if (version != NULL)
    want (self, kvar_column_get_name (version));
}

static KvarSelection *
selection_alloc (KvarTable       *table,
                 KvarSelectFlags  flags)
{
  KvarSelection *self = g_new0 (KvarSelection, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->table = g_object_ref (table);
  self->n_columns = kvar_table_get_n_columns (table);
  self->wanted = g_new0 (gboolean, self->n_columns);
  self->flags = flags;

  return self;
}

/* A column that bears the label's own name goes before it: no name may come twice in a row. */
static gboolean
has_label (KvarSelection *self,
           guint          index)
{
  KvarColumn *column = kvar_table_get_column (self->table, index);
  g_autofree char *alias = NULL;

  if (!(self->flags & KVAR_SELECT_LABELS) || !self->wanted[index] ||
      kvar_column_get_reference (column) == NULL ||
      kvar_column_get_reference_label (column) == NULL)
    return FALSE;

  alias = g_strconcat (LABEL_PREFIX, kvar_column_get_name (column), NULL);
  return kvar_table_find_column_index (self->table, alias) < 0;
}

/* JSON keeps the digits of numbers and writes text, uuids and truth as PostgreSQL does; it
 * rewrites arrays and composites. */
static gboolean
needs_cast (KvarSelection *self,
            KvarColumn    *column)
{
  if (!kvar_type_is_text_cast (kvar_column_get_column_type (column)))
    return FALSE;

  if (!(self->flags & KVAR_SELECT_UNCAST))
    return TRUE;

  switch (kvar_column_get_kind (column))
    {
    case KVAR_KIND_ARRAY:
    case KVAR_KIND_JSON:
    case KVAR_KIND_FLOAT:
    case KVAR_KIND_OTHER:
      return TRUE;

    default:
      return FALSE;
    }
}

static void
append_item (GString    *select,
             const char *item)
{
  if (select->len > 0)
    g_string_append_c (select, ',');
  g_string_append (select, item);
}

static void
append_column (KvarSelection *self,
               GString       *select,
               guint          index)
{
  KvarColumn *column = kvar_table_get_column (self->table, index);
  g_autofree char *name = kvar_query_text_quote_name (kvar_column_get_name (column));

  append_item (select, name);
  if (needs_cast (self, column))
    g_string_append (select, "::text");
}

/* The constraint tells the way where there are several. A table that points to itself has two
 * ways along each constraint, one down and one up; there, as where no constraint is known, the
 * column tells. */
static const char *
label_hint (KvarSelection *self,
            KvarColumn    *column)
{
  KvarReference *reference = kvar_column_get_reference (column);
  const char *constraint = kvar_reference_get_constraint (reference);

  if (constraint == NULL || g_str_equal (kvar_reference_get_foreign_table (reference),
                                         kvar_table_get_name (self->table)))
    return kvar_column_get_name (column);

  return constraint;
}

/* "kvar_label_of_contact_id:contacts!jobs_contact_id_fkey(full_name::text)" */
static void
append_label (KvarSelection *self,
              GString       *select,
              guint          index)
{
  KvarColumn *column = kvar_table_get_column (self->table, index);
  KvarReference *reference = kvar_column_get_reference (column);
  g_autofree char *plain = g_strconcat (LABEL_PREFIX, kvar_column_get_name (column), NULL);
  g_autofree char *alias = kvar_query_text_quote_name (plain);
  g_autofree char *table = NULL;
  g_autofree char *hint = kvar_query_text_quote_name (label_hint (self, column));
  g_autofree char *label = NULL;
  g_autofree char *item = NULL;

  table = kvar_query_text_quote_name (kvar_reference_get_foreign_table (reference));
  label = kvar_query_text_quote_name (kvar_column_get_reference_label (column));
  item = g_strdup_printf ("%s:%s!%s(%s::text)", alias, table, hint, label);
  append_item (select, item);
}

static int
identify_cell (KvarSelection *self,
               const char    *name)
{
  int index = kvar_table_find_column_index (self->table, name);

  if (index >= 0 && (guint)index < self->n_columns)
    return index;
  if (g_str_equal (name, "xmin"))
    return CELL_XMIN;
  if (g_str_equal (name, "tableoid"))
    return CELL_TABLEOID;
  if (g_str_equal (name, "ctid"))
    return CELL_CTID;

  if (g_str_has_prefix (name, LABEL_PREFIX))
    {
      index = kvar_table_find_column_index (self->table, name + strlen (LABEL_PREFIX));
      if (index >= 0 && (guint)index < self->n_columns)
        return CELL_LABEL - index;
    }

  return CELL_UNKNOWN;
}

/* The linked row is an object with the one column that names it; null if it is hidden. */
static void
set_label (KvarRecord *record,
           guint       index,
           const char *object)
{
  g_autoptr(GBytes) bytes = NULL;
  g_autoptr(KvarJsonRows) rows = NULL;

  if (object == NULL)
    return;

  bytes = g_bytes_new_static (object, strlen (object));
  rows = kvar_json_rows_new (bytes, NULL);
  if (rows != NULL && kvar_json_rows_next (rows, NULL) && kvar_json_rows_get_n_cells (rows) > 0)
    kvar_record_set_label (record, index, kvar_json_rows_get_text (rows, 0, NULL));
}

/* What the cells of rows of this shape are. Of a name that comes twice the last cell counts, as
 * PostgreSQL's jsonb has it. */
static void
identify_cells (KvarSelection *self,
                KvarJsonRows  *rows,
                GArray        *cells)
{
  g_autoptr(GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);
  guint n_cells = kvar_json_rows_get_n_cells (rows);

  g_array_set_size (cells, n_cells);
  for (guint i = 0; i < n_cells; i++)
    {
      const char *name = kvar_json_rows_get_name (rows, i);

      if (!g_hash_table_add (names, (gpointer) name))
        g_debug ("The rows of %s have two cells called “%s”",
                 kvar_table_get_name (self->table), name);
      g_array_index (cells, int, i) = identify_cell (self, name);
    }
}

static void
set_cell (KvarRecord *record,
          int         what,
          const char *text)
{
  if (what >= 0)
    kvar_record_set_text (record, what, text);
  else if (what == CELL_XMIN)
    kvar_record_set_xmin (record, text);
  else if (what == CELL_TABLEOID)
    kvar_record_set_place (record, text, kvar_record_get_ctid (record));
  else if (what == CELL_CTID)
    kvar_record_set_place (record, kvar_record_get_tableoid (record), text);
  else if (what <= CELL_LABEL)
    set_label (record, CELL_LABEL - what, text);
}

/**
 * kvar_selection_new:
 * @columns: (nullable): names of columns; %NULL for all that may be seen
 *
 * Makes a selection of @columns, with the key and the version column in any case.
 */
KvarSelection *
kvar_selection_new (KvarTable         *table,
                    const char *const *columns,
                    KvarSelectFlags    flags)
{
  KvarSelection *self;

  g_return_val_if_fail (KVAR_IS_TABLE (table), NULL);

  self = selection_alloc (table, flags);
  want_identity (self);

  for (guint i = 0; columns == NULL && i < self->n_columns; i++)
    if (kvar_column_get_can_select (kvar_table_get_column (table, i)))
      self->wanted[i] = TRUE;

  for (gsize i = 0; columns != NULL && columns[i] != NULL; i++)
    want (self, columns[i]);

  return self;
}

/**
 * kvar_selection_new_for_query:
 *
 * As kvar_selection_new(), with the columns that @query sorts by, as paging needs them.
 */
KvarSelection *
kvar_selection_new_for_query (KvarTable         *table,
                              KvarQuery         *query,
                              const char *const *columns,
                              KvarSelectFlags    flags)
{
  KvarSelection *self = kvar_selection_new (table, columns, flags);

  g_return_val_if_fail (query != NULL, self);

  for (guint i = 0; i < kvar_query_get_n_orders (query); i++)
    want (self, kvar_query_get_order (query, i)->column);

  return self;
}

KvarSelection *
kvar_selection_ref (KvarSelection *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

void
kvar_selection_unref (KvarSelection *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_clear_object (&self->table);
  g_clear_pointer (&self->wanted, g_free);
  g_free (self);
}

KvarTable *
kvar_selection_get_table (KvarSelection *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->table;
}

gboolean
kvar_selection_has_column (KvarSelection *self,
                           guint          index)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return index < self->n_columns && self->wanted[index];
}

/**
 * kvar_selection_to_string:
 *
 * Returns: (transfer full): the value of PostgREST's "select", not percent-encoded
 */
char *
kvar_selection_to_string (KvarSelection *self)
{
  g_autoptr(GString) select = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  select = g_string_new (NULL);
  for (guint i = 0; i < self->n_columns; i++)
    if (self->wanted[i])
      append_column (self, select, i);

  if (self->flags & KVAR_SELECT_VERSION && kvar_table_can_use_xmin (self->table))
    append_item (select, "xmin");
  if (self->flags & KVAR_SELECT_PLACE)
    append_item (select, "tableoid,ctid");

  for (guint i = 0; i < self->n_columns; i++)
    if (has_label (self, i))
      append_label (self, select, i);

  if (select->len == 0)
    g_string_append_c (select, '*');

  return g_string_free (g_steal_pointer (&select), FALSE);
}

static gsize
encoded_length (KvarSelection *self)
{
  g_autofree char *select = kvar_selection_to_string (self);
  g_autofree char *encoded = g_uri_escape_string (select, NULL, FALSE);

  return strlen (encoded);
}

/**
 * kvar_selection_split:
 * @max_bytes: how long "select" may be in an address
 *
 * Returns: (transfer full) (element-type KvarSelection): selections that each keep to
 *   @max_bytes, have the key and the version, and ask for everything together
 */
GPtrArray *
kvar_selection_split (KvarSelection *self,
                      gsize          max_bytes)
{
  g_autoptr(GPtrArray) parts = NULL;
  KvarSelection *part = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  parts = g_ptr_array_new_with_free_func ((GDestroyNotify)kvar_selection_unref);
  if (encoded_length (self) <= max_bytes)
    {
      g_ptr_array_add (parts, kvar_selection_ref (self));
      return g_steal_pointer (&parts);
    }

  for (guint i = 0; i < self->n_columns; i++)
    {
      if (!self->wanted[i])
        continue;

      if (part == NULL)
        {
          part = selection_alloc (self->table, self->flags);
          want_identity (part);
          g_ptr_array_add (parts, part);
        }

      if (part->wanted[i])
        continue;

      part->wanted[i] = TRUE;
      if (encoded_length (part) > max_bytes)
        {
          part->wanted[i] = FALSE;
          part = selection_alloc (self->table, self->flags);
          want_identity (part);
          part->wanted[i] = TRUE;
          g_ptr_array_add (parts, part);
        }
    }

  return g_steal_pointer (&parts);
}

/**
 * kvar_selection_read:
 * @body: PostgREST's array of rows
 *
 * Returns: (transfer full) (element-type KvarRecord): the records; %NULL with
 *   %KVAR_ERROR_BAD_REPLY if @body is anything else
 */
GPtrArray *
kvar_selection_read (KvarSelection  *self,
                     GBytes         *body,
                     GError        **error)
{
  g_autoptr(GPtrArray) records = NULL;
  g_autoptr(KvarJsonRows) rows = NULL;
  g_autoptr(GArray) cells = g_array_new (FALSE, FALSE, sizeof (int));
  g_autoptr(GError) local_error = NULL;
  guint shape = G_MAXUINT;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (body != NULL, NULL);

  rows = kvar_json_rows_new (body, error);
  if (rows == NULL)
    return NULL;

  records = g_ptr_array_new_with_free_func (g_object_unref);
  while (kvar_json_rows_next (rows, &local_error))
    {
      KvarRecord *record = kvar_record_new (self->table);
      guint n_cells = kvar_json_rows_get_n_cells (rows);

      if (shape != kvar_json_rows_get_shape (rows))
        {
          shape = kvar_json_rows_get_shape (rows);
          identify_cells (self, rows, cells);
        }

      for (guint i = 0; i < n_cells; i++)
        set_cell (record, g_array_index (cells, int, i),
                  kvar_json_rows_get_text (rows, i, NULL));
      g_ptr_array_add (records, record);
    }

  if (local_error == NULL)
    return g_steal_pointer (&records);

  g_propagate_error (error, g_steal_pointer (&local_error));

  return NULL;
}

/**
 * kvar_selection_read_one:
 * @body: one row as an object
 *
 * Returns: (transfer full): the record
 */
KvarRecord *
kvar_selection_read_one (KvarSelection  *self,
                         GBytes         *body,
                         GError        **error)
{
  g_autoptr(GPtrArray) records = kvar_selection_read (self, body, error);

  if (records == NULL)
    return NULL;

  if (records->len != 1)
    {
      g_set_error (error, KVAR_ERROR, KVAR_ERROR_BAD_REPLY, "%u rows where one was due",
                   records->len);
      return NULL;
    }

  return g_object_ref (g_ptr_array_index (records, 0));
}
