/* kvar-schema.c: what a project offers the signed-in user: tables, views and functions
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-schema"

#include "config.h"

#include "kvar-schema-resources.h"
#include "schema/kvar-schema.h"

struct _KvarSchema
{
  GObject           parent_instance;

  GHashTable       *tables;        /* name → KvarTable, hidden ones too */
  GPtrArray        *shown;         /* of KvarTable, unowned, by title */
  GPtrArray        *functions;     /* of KvarFunction, by name */
  KvarSchemaOrigin  origin;
  gint64            as_of;         /* µs since 1970, 0: not known */
};

static void list_model_iface_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (KvarSchema, kvar_schema, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL,
                                                      list_model_iface_init))

static GType
kvar_schema_get_item_type (GListModel *model)
{
  return KVAR_TYPE_TABLE;
}

static guint
kvar_schema_get_n_items (GListModel *model)
{
  return KVAR_SCHEMA (model)->shown->len;
}

static gpointer
kvar_schema_get_item (GListModel *model,
                      guint       position)
{
  KvarSchema *self = KVAR_SCHEMA (model);

  if (position >= self->shown->len)
    return NULL;

  return g_object_ref (g_ptr_array_index (self->shown, position));
}

static void
list_model_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = kvar_schema_get_item_type;
  iface->get_n_items = kvar_schema_get_n_items;
  iface->get_item = kvar_schema_get_item;
}

/* The names decide where the titles are the same, so that the order never depends on chance. */
static int
compare_tables (KvarTable *a,
                KvarTable *b)
{
  int by_title = g_utf8_collate (kvar_table_get_title (a), kvar_table_get_title (b));

  return by_title != 0 ? by_title : g_strcmp0 (kvar_table_get_name (a), kvar_table_get_name (b));
}

static void
kvar_schema_finalize (GObject *object)
{
  KvarSchema *self = KVAR_SCHEMA (object);

  g_clear_pointer (&self->shown, g_ptr_array_unref);
  g_clear_pointer (&self->tables, g_hash_table_unref);
  g_clear_pointer (&self->functions, g_ptr_array_unref);

  G_OBJECT_CLASS (kvar_schema_parent_class)->finalize (object);
}

static void
kvar_schema_class_init (KvarSchemaClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = kvar_schema_finalize;
}

static void
kvar_schema_init (KvarSchema *self)
{
  self->tables = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_object_unref);
  self->shown = g_ptr_array_new ();
  self->functions = g_ptr_array_new_with_free_func (g_object_unref);
}

/**
 * kvar_schema_new:
 * @origin: how it was found out
 *
 * Makes an empty schema.
 */
KvarSchema *
kvar_schema_new (KvarSchemaOrigin origin)
{
  KvarSchema *self = g_object_new (KVAR_TYPE_SCHEMA, NULL);

  self->origin = origin;
  return self;
}

KvarSchemaOrigin
kvar_schema_get_origin (KvarSchema *self)
{
  g_return_val_if_fail (KVAR_IS_SCHEMA (self), KVAR_SCHEMA_TYPED);

  return self->origin;
}

void
kvar_schema_set_origin (KvarSchema       *self,
                        KvarSchemaOrigin  origin)
{
  g_return_if_fail (KVAR_IS_SCHEMA (self));

  self->origin = origin;
}

/**
 * kvar_schema_get_as_of:
 *
 * Returns: when the project said so, in microseconds since 1970; 0 if that is not known
 */
gint64
kvar_schema_get_as_of (KvarSchema *self)
{
  g_return_val_if_fail (KVAR_IS_SCHEMA (self), 0);

  return self->as_of;
}

void
kvar_schema_set_as_of (KvarSchema *self,
                       gint64      as_of)
{
  g_return_if_fail (KVAR_IS_SCHEMA (self));

  self->as_of = as_of;
}

/**
 * kvar_schema_find_table:
 *
 * Returns: (transfer none) (nullable): the table called @name, a hidden one too
 */
KvarTable *
kvar_schema_find_table (KvarSchema *self,
                        const char *name)
{
  g_return_val_if_fail (KVAR_IS_SCHEMA (self), NULL);

  return name != NULL ? g_hash_table_lookup (self->tables, name) : NULL;
}

/* Columns of @from that point to @to learn what @to's rows are called by. */
static void
link_labels (KvarTable *from,
             KvarTable *to)
{
  KvarColumn *label;

  if (kvar_table_get_n_references (from) == 0)
    return;

  label = kvar_table_get_label_column (to);
  if (label != NULL && !kvar_column_get_can_select (label))
    label = NULL;

  for (guint i = 0; i < kvar_table_get_n_columns (from); i++)
    {
      KvarColumn *column = kvar_table_get_column (from, i);
      KvarReference *reference = kvar_column_get_reference (column);

      if (reference != NULL && g_str_equal (kvar_reference_get_foreign_table (reference),
                                            kvar_table_get_name (to)))
        kvar_column_set_reference_label (column,
                                         label != NULL ? kvar_column_get_name (label) : NULL);
    }
}

static void
link_table (KvarSchema *self,
            KvarTable  *table)
{
  GHashTableIter iter;
  gpointer other;

  g_hash_table_iter_init (&iter, self->tables);
  while (g_hash_table_iter_next (&iter, NULL, &other))
    {
      link_labels (table, other);
      link_labels (other, table);
    }
}

/* Where @table belongs; comparing titles as people do is dear, so few are compared. */
static guint
find_place (KvarSchema *self,
            KvarTable  *table)
{
  guint first = 0;
  guint end = self->shown->len;

  while (first < end)
    {
      guint middle = first + (end - first) / 2;

      if (compare_tables (g_ptr_array_index (self->shown, middle), table) < 0)
        first = middle + 1;
      else
        end = middle;
    }

  return first;
}

/**
 * kvar_schema_add_table:
 * @table: replaces one of the same name
 *
 * Adds a table; it is listed by its title unless it is hidden.
 */
void
kvar_schema_add_table (KvarSchema *self,
                       KvarTable  *table)
{
  guint position;

  g_return_if_fail (KVAR_IS_SCHEMA (self));
  g_return_if_fail (KVAR_IS_TABLE (table));

  kvar_schema_remove_table (self, kvar_table_get_name (table));
  g_hash_table_insert (self->tables, (gpointer) kvar_table_get_name (table),
                       g_object_ref (table));
  link_table (self, table);

  if (kvar_table_get_hidden (table))
    return;

  position = find_place (self, table);
  g_ptr_array_insert (self->shown, (int) position, table);
  g_list_model_items_changed (G_LIST_MODEL (self), position, 0, 1);
}

void
kvar_schema_remove_table (KvarSchema *self,
                          const char *name)
{
  g_autoptr(KvarTable) table = NULL;
  guint position;

  g_return_if_fail (KVAR_IS_SCHEMA (self));
  g_return_if_fail (name != NULL);

  if (!g_hash_table_steal_extended (self->tables, name, NULL, (gpointer *) &table))
    return;

  if (g_ptr_array_find (self->shown, table, &position))
    {
      g_ptr_array_remove_index (self->shown, position);
      g_list_model_items_changed (G_LIST_MODEL (self), position, 1, 0);
    }
}

/**
 * kvar_schema_list_tables:
 *
 * Returns: (transfer container) (element-type KvarTable): all tables, hidden ones too
 */
GPtrArray *
kvar_schema_list_tables (KvarSchema *self)
{
  GPtrArray *tables;
  GHashTableIter iter;
  gpointer table;

  g_return_val_if_fail (KVAR_IS_SCHEMA (self), NULL);

  tables = g_ptr_array_new ();
  g_hash_table_iter_init (&iter, self->tables);
  while (g_hash_table_iter_next (&iter, NULL, &table))
    g_ptr_array_add (tables, table);

  return tables;
}

static int
compare_places (gconstpointer a,
                gconstpointer b)
{
  return compare_tables (*(KvarTable *const *)a, *(KvarTable *const *)b);
}

/**
 * kvar_schema_sort:
 *
 * Puts the tables in order after titles have changed, and has whoever lists them read them again.
 */
void
kvar_schema_sort (KvarSchema *self)
{
  g_return_if_fail (KVAR_IS_SCHEMA (self));

  g_ptr_array_sort (self->shown, compare_places);
  g_list_model_items_changed (G_LIST_MODEL (self), 0, self->shown->len, self->shown->len);
}

/**
 * kvar_schema_keep_tables:
 * @older: the schema that @self takes the place of
 *
 * Takes over the objects of the tables that have not changed, so that pages and drafts of old
 * and new are about the same table.
 */
void
kvar_schema_keep_tables (KvarSchema *self,
                         KvarSchema *older)
{
  g_autoptr(GPtrArray) tables = NULL;

  g_return_if_fail (KVAR_IS_SCHEMA (self));
  g_return_if_fail (KVAR_IS_SCHEMA (older));

  tables = kvar_schema_list_tables (older);
  for (guint i = 0; i < tables->len; i++)
    {
      KvarTable *table = g_ptr_array_index (tables, i);
      KvarTable *newer = kvar_schema_find_table (self, kvar_table_get_name (table));

      if (newer != NULL && kvar_table_is_same (newer, table))
        kvar_schema_add_table (self, table);
    }
}

/**
 * kvar_schema_find_function:
 *
 * Returns: (transfer none) (nullable): the first function called @name
 */
KvarFunction *
kvar_schema_find_function (KvarSchema *self,
                           const char *name)
{
  g_return_val_if_fail (KVAR_IS_SCHEMA (self), NULL);

  for (guint i = 0; i < self->functions->len; i++)
    {
      KvarFunction *function = g_ptr_array_index (self->functions, i);

      if (g_strcmp0 (kvar_function_get_name (function), name) == 0)
        return function;
    }

  return NULL;
}

void
kvar_schema_add_function (KvarSchema   *self,
                          KvarFunction *function)
{
  g_return_if_fail (KVAR_IS_SCHEMA (self));
  g_return_if_fail (KVAR_IS_FUNCTION (function));

  g_ptr_array_add (self->functions, g_object_ref (function));
}

static int
compare_titles (gconstpointer a,
                gconstpointer b)
{
  KvarFunction *first = *(KvarFunction *const *)a;
  KvarFunction *second = *(KvarFunction *const *)b;

  return g_utf8_collate (kvar_function_get_title (first), kvar_function_get_title (second));
}

/**
 * kvar_schema_list_reports:
 *
 * Returns: (transfer full) (element-type KvarFunction): the functions that are reports, by title
 */
GPtrArray *
kvar_schema_list_reports (KvarSchema *self)
{
  GPtrArray *reports;

  g_return_val_if_fail (KVAR_IS_SCHEMA (self), NULL);

  reports = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < self->functions->len; i++)
    if (kvar_function_get_is_report (g_ptr_array_index (self->functions, i)))
      g_ptr_array_add (reports, g_object_ref (g_ptr_array_index (self->functions, i)));
  g_ptr_array_sort (reports, compare_titles);

  return reports;
}

/**
 * kvar_schema_list_actions:
 * @table: a table's name
 *
 * Returns: (transfer full) (element-type KvarFunction): the functions that act on a record of
 *   @table, by title
 */
GPtrArray *
kvar_schema_list_actions (KvarSchema *self,
                          const char *table)
{
  GPtrArray *found;

  g_return_val_if_fail (KVAR_IS_SCHEMA (self), NULL);
  g_return_val_if_fail (table != NULL, NULL);

  found = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < self->functions->len; i++)
    {
      KvarFunction *function = g_ptr_array_index (self->functions, i);

      if (g_strcmp0 (kvar_function_get_action_table (function), table) == 0)
        g_ptr_array_add (found, g_object_ref (function));
    }
  g_ptr_array_sort (found, compare_titles);

  return found;
}

/**
 * kvar_schema_get_install_sql:
 *
 * Returns: the SQL that a project's owner runs once, so that Kvar sees all the schema
 */
const char *
kvar_schema_get_install_sql (void)
{
  static GBytes *sql = NULL;

  /* The compiler of resources ends every file's data with a zero byte. */
  if (g_once_init_enter (&sql))
    {
      GBytes *data = g_resource_lookup_data (kvar_schema_get_resource (),
                                             "/io/github/kvarapp/Kvar/supabase/kvar.sql",
                                             G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);

      g_assert (data != NULL);
      g_once_init_leave (&sql, data);
    }

  return g_bytes_get_data (sql, NULL);
}
