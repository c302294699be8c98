/* kvar-record-columns.c: the columns of a list of records: which, how wide, in which order
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-record-columns"

#include "config.h"

#include "kvar-record-cell.h"
#include "kvar-record-columns.h"

#define MAX_COLUMNS 8

#define NAME_KEY "kvar-column-name"

/* The column whose sorter was asked first, see kvar_record_columns_read_order(). */
static const char *asked_first;

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

static void
setup_cell_cb (GtkListItemFactory *factory,
               GtkListItem        *item,
               gpointer            user_data)
{
  KvarColumn *column = user_data;
  KvarDraftStore *drafts = g_object_get_data (G_OBJECT (factory), "drafts");

  gtk_list_item_set_child (item, kvar_record_cell_new (column, drafts));
}

static void
bind_cell_cb (GtkListItemFactory *factory,
              GtkListItem        *item)
{
  kvar_record_cell_set_record (KVAR_RECORD_CELL (gtk_list_item_get_child (item)),
                               gtk_list_item_get_item (item));
}

static void
unbind_cell_cb (GtkListItemFactory *factory,
                GtkListItem        *item)
{
  kvar_record_cell_set_record (KVAR_RECORD_CELL (gtk_list_item_get_child (item)), NULL);
}

/* Rows come sorted from the server. The sorter only makes the header clickable, and tells
 * which column the view sorts by first, which GTK 4.8 does not say otherwise. */
static int
note_first_cb (gconstpointer a,
               gconstpointer b,
               gpointer      user_data)
{
  if (asked_first == NULL)
    asked_first = user_data;

  return GTK_ORDERING_SMALLER;
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

static void
append_column (GtkColumnView  *view,
               KvarTable      *table,
               KvarColumn     *column,
               KvarDraftStore *drafts,
               gboolean        expand)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  g_autoptr(GtkColumnViewColumn) shown = NULL;

  if (drafts != NULL)
    g_object_set_data_full (G_OBJECT (factory), "drafts", g_object_ref (drafts), g_object_unref);
  g_signal_connect_data (factory, "setup", G_CALLBACK (setup_cell_cb), g_object_ref (column),
                         (GClosureNotify)g_object_unref, 0);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cell_cb), NULL);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cell_cb), NULL);

  shown = gtk_column_view_column_new (kvar_column_get_title (column), factory);
  g_object_set_data_full (G_OBJECT (shown), NAME_KEY,
                          g_strdup (kvar_column_get_name (column)), g_free);
  gtk_column_view_column_set_resizable (shown, TRUE);
  gtk_column_view_column_set_fixed_width (shown, choose_width (table, column));
  gtk_column_view_column_set_expand (shown, expand);

  if (kvar_type_is_sortable (kvar_column_get_column_type (column)))
    {
      g_autoptr(GtkSorter) sorter = GTK_SORTER (
        gtk_custom_sorter_new (note_first_cb, g_strdup (kvar_column_get_name (column)), g_free));

      gtk_column_view_column_set_sorter (shown, sorter);
    }
  gtk_column_view_append_column (view, shown);
}

/**
 * kvar_record_columns_fill:
 * @drafts: of whose records the first column bears a mark
 */
void
kvar_record_columns_fill (GtkColumnView     *view,
                          KvarTable         *table,
                          const char *const *names,
                          KvarDraftStore    *drafts)
{
  GListModel *columns = gtk_column_view_get_columns (view);

  while (g_list_model_get_n_items (columns) > 0)
    {
      g_autoptr(GtkColumnViewColumn) column = g_list_model_get_item (columns, 0);

      gtk_column_view_remove_column (view, column);
    }

  for (guint i = 0; names[i] != NULL; i++)
    append_column (view, table, kvar_table_find_column (table, names[i]),
                   i == 0 ? drafts : NULL, names[i + 1] == NULL);
}

static GtkColumnViewColumn *
find_shown (GtkColumnView *view,
            const char    *name)
{
  GListModel *columns = gtk_column_view_get_columns (view);

  for (guint i = 0; i < g_list_model_get_n_items (columns); i++)
    {
      g_autoptr(GtkColumnViewColumn) column = g_list_model_get_item (columns, i);

      if (g_strcmp0 (g_object_get_data (G_OBJECT (column), NAME_KEY), name) == 0)
        return column;
    }

  return NULL;
}

/**
 * kvar_record_columns_show_order:
 *
 * Puts the arrow where @query sorts. The view's sorter says that it has changed.
 */
void
kvar_record_columns_show_order (GtkColumnView *view,
                                KvarQuery     *query)
{
  GtkColumnViewColumn *column = NULL;
  const KvarOrder *order = NULL;

  if (kvar_query_get_n_orders (query) > 0)
    {
      order = kvar_query_get_order (query, 0);
      column = find_shown (view, order->column);
    }

  gtk_column_view_sort_by_column (view, column,
                                  order != NULL && order->descending ? GTK_SORT_DESCENDING
                                                                     : GTK_SORT_ASCENDING);
}

/**
 * kvar_record_columns_read_order:
 *
 * To be called when the view's sorter has changed.
 *
 * Returns: (transfer full) (nullable): the column that the view sorts by first
 */
char *
kvar_record_columns_read_order (GtkColumnView *view,
                                gboolean      *descending)
{
  GtkSorter *sorter = gtk_column_view_get_sorter (view);

  /* What is compared is never looked at, but must not be one and the same. */
  asked_first = NULL;
  *descending = gtk_sorter_compare (sorter, view, sorter) == GTK_ORDERING_LARGER;

  return g_strdup (asked_first);
}

/**
 * kvar_record_columns_save_widths:
 *
 * Returns: (transfer floating): an `a{si}`
 */
GVariant *
kvar_record_columns_save_widths (GtkColumnView *view)
{
  GListModel *columns = gtk_column_view_get_columns (view);
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a{si}"));
  for (guint i = 0; i < g_list_model_get_n_items (columns); i++)
    {
      g_autoptr(GtkColumnViewColumn) column = g_list_model_get_item (columns, i);

      g_variant_builder_add (&builder, "{si}", g_object_get_data (G_OBJECT (column), NAME_KEY),
                             gtk_column_view_column_get_fixed_width (column));
    }

  return g_variant_builder_end (&builder);
}

void
kvar_record_columns_restore_widths (GtkColumnView *view,
                                    GVariant      *widths)
{
  GVariantIter iter;
  const char *name;
  int width;

  g_variant_iter_init (&iter, widths);
  while (g_variant_iter_next (&iter, "{&si}", &name, &width))
    {
      GtkColumnViewColumn *column = find_shown (view, name);

      if (column != NULL && width >= 20 && width <= 4000)
        gtk_column_view_column_set_fixed_width (column, width);
    }
}

/**
 * kvar_record_columns_scroll_to:
 *
 * The action works on the view's inner list only; on the view itself GTK 4.8 ignores it.
 */
void
kvar_record_columns_scroll_to (GtkColumnView *view,
                               guint          position)
{
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (view));
       child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      if (GTK_IS_LIST_VIEW (child))
        gtk_widget_activate_action (child, "list.scroll-to-item", "u", position);
    }
}
