/* kvar-records-page-columns.c: the records page's columns: shown, ordered, frozen, sorted by
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-records-page"

#include "config.h"

#include <glib/gi18n.h>

#include "kvar-records-page-private.h"
#include "widgets/kvar-record-columns.h"

/* Which columns are shown now, in their order. */
static char **
list_shown (KvarRecordsPage *self)
{
  g_autoptr(GPtrArray) shown = kvar_grid_list_shown_columns (self->grid);
  g_autoptr(GStrvBuilder) names = g_strv_builder_new ();

  for (guint i = 0; i < shown->len; i++)
    g_strv_builder_add (names, kvar_grid_column_get_id (g_ptr_array_index (shown, i)));

  return g_strv_builder_end (names);
}

static gboolean
are_loaded (KvarRecordsPage *self)
{
  for (guint i = 0; self->columns[i] != NULL; i++)
    {
      if (!g_strv_contains ((const char *const *)self->asked, self->columns[i]))
        return FALSE;
    }

  return TRUE;
}

/* Other columns are shown. What was not loaded of them is asked for, in the same place. */
static void
columns_shown_cb (KvarRecordsPage *self)
{
  if (self->arranging)
    return;

  g_strfreev (self->columns);
  self->columns = list_shown (self);
  kvar_records_page_update_sort_menu (self);
  kvar_records_page_update_views (self);
  if (self->asked != NULL && !are_loaded (self))
    kvar_records_page_load_columns (self);
  kvar_page_view_changed (KVAR_PAGE (self));
}

/* One of them must stay; but on the way to a look that is put back, all may be hidden. */
static void
visible_cb (KvarRecordsPage *self,
            GParamSpec      *pspec,
            KvarGridColumn  *column)
{
  g_autoptr(GPtrArray) shown = kvar_grid_list_shown_columns (self->grid);

  if (shown->len == 0 && !self->arranging)
    kvar_grid_column_set_visible (column, TRUE);
  else
    columns_shown_cb (self);
}

/* Each column's visible and frozen as actions, for the check marks of the menus. */
static void
add_actions (KvarRecordsPage *self)
{
  g_autoptr(GSimpleActionGroup) group = g_simple_action_group_new ();

  for (guint i = 0; i < kvar_grid_get_n_columns (self->grid); i++)
    {
      KvarGridColumn *column = kvar_grid_get_column (self->grid, i);
      const char *id = kvar_grid_column_get_id (column);
      g_autofree char *visible = g_strconcat ("visible-", id, NULL);
      g_autofree char *frozen = g_strconcat ("frozen-", id, NULL);
      g_autoptr(GPropertyAction) show = g_property_action_new (visible, column, "visible");
      g_autoptr(GPropertyAction) freeze = g_property_action_new (frozen, column, "frozen");

      g_action_map_add_action (G_ACTION_MAP (group), G_ACTION (show));
      g_action_map_add_action (G_ACTION_MAP (group), G_ACTION (freeze));
    }
  gtk_widget_insert_action_group (GTK_WIDGET (self->grid), "column", G_ACTION_GROUP (group));
}

/* Somebody calls a column otherwise now: so do the conditions and the menus. */
static void
renamed_cb (KvarRecordsPage *self)
{
  kvar_filter_bar_show_query (self->filter_bar, self->table, self->query);
  kvar_filter_popover_set_table (self->filter_popover, self->table);
  kvar_filter_popover_set_query (self->filter_popover, self->query);
  kvar_records_page_update_sort_menu (self);
}

static void
fill (KvarRecordsPage *self)
{
  self->arranging = TRUE;
  kvar_record_columns_fill (self->grid, self->table, (const char *const *)self->chosen);
  for (guint i = 0; i < kvar_grid_get_n_columns (self->grid); i++)
    {
      KvarGridColumn *column = kvar_grid_get_column (self->grid, i);

      g_signal_connect_object (column, "notify::visible", G_CALLBACK (visible_cb), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (column, "notify::title", G_CALLBACK (renamed_cb), self,
                               G_CONNECT_SWAPPED);
    }
  if (self->look != NULL && kvar_query_get_columns (self->query) == NULL)
    kvar_grid_restore_columns (self->grid, self->look);
  self->arranging = FALSE;

  add_actions (self);
  g_strfreev (self->columns);
  self->columns = list_shown (self);
}

/**
 * kvar_records_page_update_columns:
 *
 * The columns that the query asks for, or else as this user has arranged them in this table.
 */
void
kvar_records_page_update_columns (KvarRecordsPage *self)
{
  g_auto(GStrv) chosen = kvar_record_columns_choose (self->table, self->query);

  if (self->chosen == NULL ||
      !g_strv_equal ((const char *const *)self->chosen, (const char *const *)chosen))
    {
      g_strfreev (self->chosen);
      self->chosen = g_steal_pointer (&chosen);
      fill (self);
    }
  kvar_record_columns_show_order (self->grid, self->query);
}

/**
 * kvar_records_page_set_look:
 * @look: (nullable): as kvar_grid_save_columns() gave it; %NULL as at the very beginning
 */
void
kvar_records_page_set_look (KvarRecordsPage *self,
                            GVariant        *look)
{
  g_clear_pointer (&self->look, g_variant_unref);
  self->look = look != NULL ? g_variant_ref (look) : NULL;
  if (self->chosen == NULL)
    return;

  fill (self);
  kvar_record_columns_show_order (self->grid, self->query);
  columns_shown_cb (self);
}

static void
reset_columns_activated_cb (GSimpleAction *action,
                            GVariant      *parameter,
                            gpointer       user_data)
{
  kvar_records_page_set_look (user_data, NULL);
}

static void
sort (KvarRecordsPage *self,
      const char      *column,
      gboolean         descending,
      gboolean         add)
{
  g_autoptr(KvarQuery) query = NULL;

  if (self->table == NULL || kvar_table_find_column (self->table, column) == NULL)
    return;

  query = add ? kvar_query_with_added_order (self->query, column, descending)
              : kvar_query_with_column_order (self->query, column, descending);
  kvar_records_page_set_query (self, query);
}

static void
sort_activated_cb (GSimpleAction *action,
                   GVariant      *parameter,
                   gpointer       user_data)
{
  gboolean descending;
  const char *column;

  g_variant_get (parameter, "(&sb)", &column, &descending);
  sort (user_data, column, descending, FALSE);
}

static void
add_sort_activated_cb (GSimpleAction *action,
                       GVariant      *parameter,
                       gpointer       user_data)
{
  gboolean descending;
  const char *column;

  g_variant_get (parameter, "(&sb)", &column, &descending);
  sort (user_data, column, descending, TRUE);
}

/* By the header: once, and the other way round. */
static void
sort_requested_cb (KvarRecordsPage *self,
                   KvarGridColumn  *column,
                   gboolean         add)
{
  sort (self, kvar_grid_column_get_id (column),
        kvar_grid_column_get_sort (column) == KVAR_GRID_ASCENDING, add);
}

static const GActionEntry actions[] = {
  { "sort", sort_activated_cb, "(sb)", "('', false)", NULL },
  { "add-sort", add_sort_activated_cb, "(sb)" },
  { "reset-columns", reset_columns_activated_cb },
};

static void
append_sort (GMenu      *menu,
             const char *label,
             const char *action,
             const char *column,
             gboolean    descending)
{
  g_autoptr(GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target (item, action, "(sb)", column, descending);
  g_menu_append_item (menu, item);
}

static void
append_toggle (GMenu          *menu,
               const char     *label,
               const char     *what,
               KvarGridColumn *column)
{
  g_autofree char *action = g_strconcat ("column.", what, "-", kvar_grid_column_get_id (column),
                                         NULL);
  g_autoptr(GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target_value (item, action, NULL);
  g_menu_append_item (menu, item);
}

static void
append_rename (GMenu      *menu,
               KvarTable  *table,
               const char *column)
{
  g_autoptr(GMenuItem) item = g_menu_item_new (_("_Rename Here…"), NULL);

  g_menu_item_set_action_and_target (item, "win.rename", "(ss)", kvar_table_get_name (table),
                                     column);
  g_menu_append_item (menu, item);
}

static void
rename_requested_cb (KvarRecordsPage *self,
                     KvarGridColumn  *column)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.rename", "(ss)",
                              kvar_table_get_name (self->table),
                              kvar_grid_column_get_id (column));
}

static GMenuModel *
column_menu_cb (KvarRecordsPage *self,
                KvarGridColumn  *column)
{
  g_autoptr(GMenu) menu = g_menu_new ();
  g_autoptr(GMenu) sorting = g_menu_new ();
  g_autoptr(GMenu) columns = g_menu_new ();
  g_autoptr(GMenu) all = g_menu_new ();
  const char *id = kvar_grid_column_get_id (column);

  if (kvar_grid_column_get_sortable (column))
    {
      append_sort (sorting, _("Sort _Ascending"), "page.sort", id, FALSE);
      append_sort (sorting, _("Sort _Descending"), "page.sort", id, TRUE);
      if (kvar_query_get_n_orders (self->query) > 0)
        append_sort (sorting, _("_Then Sort by This Column"), "page.add-sort", id, FALSE);
      g_menu_append_section (menu, NULL, G_MENU_MODEL (sorting));
    }

  for (guint i = 0; i < kvar_grid_get_n_columns (self->grid); i++)
    {
      KvarGridColumn *other = kvar_grid_get_column (self->grid, i);

      append_toggle (all, kvar_grid_column_get_title (other), "visible", other);
    }
  append_rename (columns, self->table, id);
  append_toggle (columns, _("_Keep in View"), "frozen", column);
  g_menu_append_submenu (columns, _("_Columns"), G_MENU_MODEL (all));
  g_menu_append (columns, _("_Reset Columns"), "page.reset-columns");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (columns));

  return G_MENU_MODEL (g_steal_pointer (&menu));
}

void
kvar_records_page_install_columns (KvarRecordsPage *self)
{
  g_action_map_add_action_entries (kvar_page_get_actions (KVAR_PAGE (self)),
                                   actions, G_N_ELEMENTS (actions), self);
  g_signal_connect_object (self->grid, "sort-requested", G_CALLBACK (sort_requested_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->grid, "rename-requested", G_CALLBACK (rename_requested_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->grid, "column-menu", G_CALLBACK (column_menu_cb), self,
                           G_CONNECT_SWAPPED);
}

/* The sort order by keyboard: the columns, then the direction. Both are radio items of the
 * one action, whose state is the order. */
void
kvar_records_page_update_sort_menu (KvarRecordsPage *self)
{
  g_autoptr(GMenu) menu = g_menu_new ();
  g_autoptr(GMenu) more = g_menu_new ();
  g_autoptr(GMenu) columns = g_menu_new ();
  g_autoptr(GMenu) directions = g_menu_new ();
  const KvarOrder *order =
    kvar_query_get_n_orders (self->query) > 0 ? kvar_query_get_order (self->query, 0) : NULL;
  const char *sorted = order != NULL ? order->column : "";
  gboolean descending = order != NULL && order->descending;
  GAction *action = g_action_map_lookup_action (kvar_page_get_actions (KVAR_PAGE (self)), "sort");

  for (guint i = 0; self->columns != NULL && self->columns[i] != NULL; i++)
    {
      KvarColumn *column = kvar_table_find_column (self->table, self->columns[i]);

      if (kvar_type_is_sortable (kvar_column_get_column_type (column)))
        append_sort (columns, kvar_column_get_title (column), "page.sort", self->columns[i],
                     descending);
    }
  if (order != NULL)
    {
      append_sort (directions, _("Ascending"), "page.sort", sorted, FALSE);
      append_sort (directions, _("Descending"), "page.sort", sorted, TRUE);
    }

  g_menu_append_section (menu, NULL, G_MENU_MODEL (columns));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (directions));
  gtk_menu_button_set_menu_model (self->sort_button, G_MENU_MODEL (menu));
  gtk_menu_button_set_menu_model (self->narrow_sort_button, G_MENU_MODEL (menu));
  g_menu_append (more, _("_New Record"), "page.new-record");
  g_menu_append (more, _("Edit in the _List"), "page.edit-in-list");
  g_menu_append_submenu (more, _("_Sort"), G_MENU_MODEL (menu));
  g_menu_append_submenu (more, _("_Views"), G_MENU_MODEL (self->views));
  g_menu_append (more, _("_Paste Rows…"), "page.paste-rows");
  g_menu_append (more, _("_Change Selected…"), "page.change-selected");
  g_menu_append (more, _("_Delete Selected"), "page.delete-selected");
  g_menu_append (more, _("_Export…"), "page.export");
  if (kvar_records_page_can_choose_key (self))
    g_menu_append (more, _("_Key of the Records…"), "page.choose-key");
  if (self->table != NULL)
    append_rename (more, self->table, "");
  gtk_menu_button_set_menu_model (self->more_button, G_MENU_MODEL (more));
  gtk_menu_button_set_menu_model (self->narrow_more_button, G_MENU_MODEL (more));
  g_simple_action_set_state (G_SIMPLE_ACTION (action),
                             g_variant_new ("(sb)", sorted, descending));
}
