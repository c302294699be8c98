/* kvar-records-page-menu.c: what can be done with the cell of the cursor, as a menu
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-records-page"

#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "kvar-records-page-private.h"
#include "records/kvar-filter-op.h"

/* A longer value makes no address that every server takes. */
#define MAX_FILTERED_BYTES 1024

/* The condition that only rows like the cursor's fulfil, or @all_others. NULL where its column
 * cannot be compared. */
static KvarFilter *
make_filter (KvarRecordsPage *self,
             gboolean         all_others)
{
  KvarGridColumn *shown = kvar_grid_get_cursor_column (self->grid);
  g_autoptr(KvarRecord) record = kvar_grid_get_cursor_item (self->grid);
  g_autoptr(KvarValue) value = NULL;
  KvarFilterOp op = all_others ? KVAR_FILTER_OP_DIFFERS : KVAR_FILTER_OP_EQUALS;
  KvarColumn *column = NULL;

  if (record != NULL && shown != NULL)
    column = kvar_table_find_column (self->table, kvar_grid_column_get_id (shown));
  if (column != NULL)
    value = kvar_record_get_value (record, column);
  if (value == NULL)
    return NULL;

  if (!kvar_value_is_null (value) &&
      (!kvar_filter_op_suits (op, column) ||
       strlen (kvar_value_get_text (value)) > MAX_FILTERED_BYTES))
    return NULL;

  return kvar_filter_op_compare (op, column, value);
}

static gboolean
asks_for (KvarQuery  *query,
          KvarFilter *filter)
{
  for (guint i = 0; i < kvar_query_get_n_filters (query); i++)
    if (kvar_filter_equal (kvar_query_get_filter (query, i), filter))
      return TRUE;

  return FALSE;
}

static void
filter_by_cell_cb (GSimpleAction *action,
                   GVariant      *parameter,
                   gpointer       user_data)
{
  KvarRecordsPage *self = user_data;
  g_autoptr(KvarFilter) filter = make_filter (self, g_variant_get_boolean (parameter));
  g_autoptr(KvarQuery) query = NULL;

  if (filter == NULL || asks_for (self->query, filter))
    return;

  query = kvar_query_with_condition (self->query, filter);
  kvar_records_page_set_query (self, query);
}

static void
copy_cell_cb (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       user_data)
{
  g_signal_emit_by_name (KVAR_RECORDS_PAGE (user_data)->grid, "copy", FALSE);
}

static const GActionEntry actions[] = {
  { "filter-by-cell", filter_by_cell_cb, "b" },
  { "copy", copy_cell_cb },
};

static GMenuModel *
cell_menu_cb (KvarRecordsPage *self)
{
  g_autoptr(GMenu) menu = g_menu_new ();
  g_autoptr(GMenu) open = g_menu_new ();
  g_autoptr(GMenu) filters = g_menu_new ();
  g_autoptr(GMenu) clipboard = g_menu_new ();
  g_autoptr(KvarFilter) filter = make_filter (self, FALSE);
  g_autoptr(KvarRoute) link = kvar_records_page_make_link_route (self);

  g_menu_append (open, _("_Open Record"), "page.open");
  if (link != NULL)
    g_menu_append (open, _("Open _Linked Record"), "page.follow-link");
  else if (kvar_records_page_has_file (self))
    {
      g_menu_append (open, _("Open _File"), "page.follow-link");
      g_menu_append (open, _("_Save File As…"), "page.save-file");
    }
  g_menu_append_section (menu, NULL, G_MENU_MODEL (open));

  if (filter != NULL)
    {
      g_menu_append (filters, _("O_nly This Value"), "page.filter-by-cell(false)");
      g_menu_append (filters, _("No_t This Value"), "page.filter-by-cell(true)");
      g_menu_append_section (menu, NULL, G_MENU_MODEL (filters));
    }

  g_menu_append (clipboard, _("_Copy"), "page.copy");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (clipboard));

  return G_MENU_MODEL (g_steal_pointer (&menu));
}

void
kvar_records_page_install_menu (KvarRecordsPage *self)
{
  g_action_map_add_action_entries (kvar_page_get_actions (KVAR_PAGE (self)),
                                   actions, G_N_ELEMENTS (actions), self);
  g_signal_connect_object (self->grid, "cell-menu", G_CALLBACK (cell_menu_cb), self,
                           G_CONNECT_SWAPPED);
}
