/* kvar-record-columns.c: the columns of a list of records: which, how wide, in which order
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-record-columns"

#include "config.h"

#include "kvar-record-columns.h"

#define MAX_COLUMNS 8

static gboolean
is_worth_a_column (KvarTable  *table,
                   KvarColumn *column)
{
  KvarKind kind = kvar_column_get_kind (column);

  if (!kvar_column_get_can_select (column) || column == kvar_table_get_body_column (table))
    return FALSE;
  if (kind == KVAR_KIND_JSON || kind == KVAR_KIND_BYTES || kind == KVAR_KIND_OTHER)
    return FALSE;

  /* A key that says nothing to people. */
  return kind != KVAR_KIND_UUID || kvar_column_get_reference (column) != NULL;
}

static void
choose (GPtrArray  *names,
        KvarColumn *column)
{
  const char *name = kvar_column_get_name (column);

  if (!g_ptr_array_find_with_equal_func (names, name, g_str_equal, NULL))
    g_ptr_array_add (names, g_strdup (name));
}

/**
 * kvar_record_columns_choose:
 *
 * Returns: (transfer full): the names of the columns to show: those that @query asks for, or
 *     the label first and then what fits of the table's order
 */
char **
kvar_record_columns_choose (KvarTable *table,
                            KvarQuery *query)
{
  const char *const *asked = kvar_query_get_columns (query);
  KvarColumn *label = kvar_table_get_label_column (table);
  g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; asked != NULL && asked[i] != NULL; i++)
    {
      KvarColumn *column = kvar_table_find_column (table, asked[i]);

      if (column != NULL)
        choose (names, column);
    }

  if (names->len == 0)
    {
      if (label != NULL)
        choose (names, label);
      for (guint i = 0; i < kvar_table_get_n_columns (table) && names->len < MAX_COLUMNS; i++)
        {
          if (is_worth_a_column (table, kvar_table_get_column (table, i)))
            choose (names, kvar_table_get_column (table, i));
        }
    }

  if (names->len == 0 && kvar_table_get_n_columns (table) > 0)
    choose (names, kvar_table_get_column (table, 0));
  g_ptr_array_add (names, NULL);

  return (char **)g_ptr_array_free (g_steal_pointer (&names), FALSE);
}

static int
choose_width (KvarTable  *table,
              KvarColumn *column)
{
  if (column == kvar_table_get_label_column (table))
    return 240;
  if (kvar_column_get_reference (column) != NULL)
    return 180;

  switch (kvar_column_get_kind (column))
    {
    case KVAR_KIND_BOOLEAN:
      return 90;

    case KVAR_KIND_INTEGER:
    case KVAR_KIND_DECIMAL:
    case KVAR_KIND_FLOAT:
    case KVAR_KIND_DATE:
    case KVAR_KIND_TIME:
    case KVAR_KIND_ENUM:
      return 120;

    case KVAR_KIND_TIMESTAMP:
    case KVAR_KIND_TIMESTAMPTZ:
      return 150;

    default:
      return 180;
    }
}

static gboolean
is_number (KvarColumn *column)
{
  KvarKind kind = kvar_column_get_kind (column);

  return kvar_column_get_reference (column) == NULL &&
         (kind == KVAR_KIND_INTEGER || kind == KVAR_KIND_DECIMAL || kind == KVAR_KIND_FLOAT);
}

static void
append_column (KvarGrid   *grid,
               KvarTable  *table,
               KvarColumn *column,
               gboolean    visible)
{
  g_autoptr(KvarGridColumn) shown = kvar_grid_column_new (kvar_column_get_name (column),
                                                          kvar_column_get_title (column));

  g_object_bind_property (column, "title", shown, "title", G_BINDING_DEFAULT);
  kvar_grid_column_set_width (shown, choose_width (table, column));
  kvar_grid_column_set_alignment (shown, is_number (column) ? 1 : 0,
                                  kvar_column_get_kind (column) != KVAR_KIND_TEXT);
  kvar_grid_column_set_sortable (shown,
                                 kvar_type_is_sortable (kvar_column_get_column_type (column)));
  kvar_grid_column_set_visible (shown, visible);
  /* Who tries it in vain is told why. */
  kvar_grid_column_set_editable (shown, TRUE);
  kvar_grid_append_column (grid, shown);
}

/**
 * kvar_record_columns_fill:
 * @names: the columns to show
 *
 * Gives @grid the columns of @table: those of @names in their order, then the others, hidden.
 */
void
kvar_record_columns_fill (KvarGrid          *grid,
                          KvarTable         *table,
                          const char *const *names)
{
  kvar_grid_remove_columns (grid);
  for (guint i = 0; names[i] != NULL; i++)
    append_column (grid, table, kvar_table_find_column (table, names[i]), TRUE);

  for (guint i = 0; i < kvar_table_get_n_columns (table); i++)
    {
      KvarColumn *column = kvar_table_get_column (table, i);

      if (kvar_column_get_can_select (column) &&
          !g_strv_contains (names, kvar_column_get_name (column)))
        append_column (grid, table, column, FALSE);
    }
}

/**
 * kvar_record_columns_show_order:
 *
 * Puts arrows where @query sorts, with the levels if there are several.
 */
void
kvar_record_columns_show_order (KvarGrid  *grid,
                                KvarQuery *query)
{
  guint n_orders = kvar_query_get_n_orders (query);

  for (guint i = 0; i < kvar_grid_get_n_columns (grid); i++)
    kvar_grid_column_set_sort (kvar_grid_get_column (grid, i), KVAR_GRID_UNSORTED, 0);

  for (guint i = 0; i < n_orders; i++)
    {
      const KvarOrder *order = kvar_query_get_order (query, i);
      KvarGridColumn *column = kvar_grid_find_column (grid, order->column);

      if (column != NULL)
        kvar_grid_column_set_sort (column,
                                   order->descending ? KVAR_GRID_DESCENDING : KVAR_GRID_ASCENDING,
                                   n_orders > 1 ? i + 1 : 0);
    }
}
