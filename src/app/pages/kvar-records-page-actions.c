/* kvar-records-page-actions.c: the records page's verbs: open, sort, filter, search, export
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-records-page"

#include "config.h"

#include <glib/gi18n.h>

#include "kvar-export-dialog.h"
#include "kvar-export-news.h"
#include "kvar-records-page-private.h"
#include "records/kvar-query-text.h"

static void
navigate (KvarRecordsPage *self,
          KvarRoute       *route)
{
  g_autofree char *text = kvar_route_to_string (route);

  gtk_widget_activate_action (GTK_WIDGET (self), "win.navigate", "s", text);
}

static void
search_activated_cb (GSimpleAction *action,
                     GVariant      *parameter,
                     gpointer       user_data)
{
  KvarRecordsPage *self = user_data;

  gtk_search_bar_set_search_mode (self->search_bar, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->search_entry));
}

static void
refresh_activated_cb (GSimpleAction *action,
                      GVariant      *parameter,
                      gpointer       user_data)
{
  kvar_records_page_forget_edits (user_data);
  kvar_records_page_reload (user_data);
}

static void
retry_activated_cb (GSimpleAction *action,
                    GVariant      *parameter,
                    gpointer       user_data)
{
  KvarRecordsPage *self = user_data;

  if (self->list != NULL && g_list_model_get_n_items (G_LIST_MODEL (self->list)) > 0)
    kvar_record_list_load_more (self->list);
  else
    kvar_records_page_reload (self);
}

static void
cancel_activated_cb (GSimpleAction *action,
                     GVariant      *parameter,
                     gpointer       user_data)
{
  KvarRecordsPage *self = user_data;

  if (self->next_list != NULL)
    kvar_record_list_cancel (self->next_list);
  else if (self->list != NULL)
    kvar_record_list_cancel (self->list);
  kvar_load_status_show_message (self->status, NULL, _("Loading was stopped"), NULL,
                                 _("_Try Again"), "page.refresh");
}

static void
open_activated_cb (GSimpleAction *action,
                   GVariant      *parameter,
                   gpointer       user_data)
{
  KvarRecordsPage *self = user_data;
  g_autofree char *key = kvar_records_page_dup_cursor_key (self);
  g_autoptr(KvarRoute) route = NULL;

  if (key == NULL)
    {
      if (kvar_records_page_can_choose_key (self))
        kvar_records_page_tell_no_key (self);
      return;
    }

  route = kvar_route_new_record (kvar_table_get_name (self->table), key);
  navigate (self, route);
}

/* The record that @key points at; where that is not the key of its table, those that have it. */
static KvarRoute *
make_link_route (KvarTable  *table,
                 const char *column,
                 const char *key)
{
  const char *values[] = { key, NULL };
  g_autofree char *joined = kvar_route_join_key (values);
  g_autofree char *text = NULL;
  g_autoptr(KvarQuery) all = kvar_query_new ();
  g_autoptr(KvarQuery) query = NULL;
  const guint *key_columns;
  guint n_key = 0;

  key_columns = kvar_table_get_key (table, &n_key);
  if (n_key == 1 &&
      kvar_table_get_column (table, key_columns[0]) == kvar_table_find_column (table, column))
    return kvar_route_new_record (kvar_table_get_name (table), joined);

  query = kvar_query_with_filter (all, column, "eq", key);
  text = kvar_query_to_string (query);

  return kvar_route_new_table (kvar_table_get_name (table), text);
}

/**
 * kvar_records_page_make_link_route:
 *
 * Returns: (transfer full) (nullable): where the cursor's cell leads, if it is a link
 */
KvarRoute *
kvar_records_page_make_link_route (KvarRecordsPage *self)
{
  KvarSchema *schema = kvar_workspace_get_schema (kvar_page_get_workspace (KVAR_PAGE (self)));
  KvarGridColumn *shown = kvar_grid_get_cursor_column (self->grid);
  g_autoptr(KvarRecord) record = kvar_grid_get_cursor_item (self->grid);
  g_autoptr(KvarValue) value = NULL;
  KvarReference *reference = NULL;
  KvarColumn *column = NULL;
  KvarTable *table = NULL;

  if (record != NULL && shown != NULL)
    column = kvar_table_find_column (self->table, kvar_grid_column_get_id (shown));
  if (column != NULL)
    reference = kvar_column_get_reference (column);
  /* A key of several columns is no link of a single cell. */
  if (reference != NULL && kvar_reference_get_columns (reference)[1] == NULL)
    table = kvar_schema_find_table (schema, kvar_reference_get_foreign_table (reference));
  if (table == NULL)
    return NULL;

  value = kvar_record_get_value (record, column);
  if (value == NULL || kvar_value_is_null (value))
    return NULL;

  return make_link_route (table, kvar_reference_get_foreign_columns (reference)[0],
                          kvar_value_get_text (value));
}

static void
follow_link_activated_cb (GSimpleAction *action,
                          GVariant      *parameter,
                          gpointer       user_data)
{
  KvarRecordsPage *self = user_data;
  g_autoptr(KvarRoute) route = kvar_records_page_make_link_route (self);

  if (route != NULL)
    navigate (self, route);
  else
    kvar_records_page_open_file (self);
}

static void
new_activated_cb (GSimpleAction *action,
                  GVariant      *parameter,
                  gpointer       user_data)
{
  KvarRecordsPage *self = user_data;
  g_autoptr(KvarRoute) route = kvar_route_new_new_record (kvar_table_get_name (self->table));

  if (kvar_grid_get_edit_mode (self->grid) && kvar_grid_get_model (self->grid) != NULL)
    kvar_records_page_add_row (self);
  else
    navigate (self, route);
}

static void
filter_activated_cb (GSimpleAction *action,
                     GVariant      *parameter,
                     gpointer       user_data)
{
  gtk_menu_button_popup (KVAR_RECORDS_PAGE (user_data)->filter_button);
}

static void
add_filter_activated_cb (GSimpleAction *action,
                         GVariant      *parameter,
                         gpointer       user_data)
{
  KvarRecordsPage *self = user_data;
  const char *column, *op, *value;
  g_autofree char *condition = NULL;
  g_autofree char *name = NULL;
  g_autoptr(KvarFilter) filter = NULL;
  g_autoptr(KvarQuery) query = NULL;
  g_autoptr(GError) error = NULL;

  g_variant_get (parameter, "(&s&s&s)", &column, &op, &value);
  name = kvar_query_text_quote_name (column);
  condition = g_strdup_printf ("%s.%s", op, value);
  filter = kvar_filter_parse (name, condition, &error);
  if (filter == NULL)
    {
      g_warning ("No filter “%s=%s”: %s", name, condition, error->message);
      return;
    }

  query = kvar_query_with_condition (self->query, filter);
  kvar_records_page_set_query (self, query);
}

/* One more condition, or another one in place of one that is there. */
static void
put_filter_activated_cb (GSimpleAction *action,
                         GVariant      *parameter,
                         gpointer       user_data)
{
  KvarRecordsPage *self = user_data;
  g_autoptr(KvarFilter) filter = NULL;
  g_autoptr(KvarQuery) query = NULL;
  g_autoptr(GError) error = NULL;
  const char *name, *value;
  guint index, member;

  g_variant_get (parameter, "(uu&s&s)", &index, &member, &name, &value);
  filter = kvar_filter_parse (name, value, &error);
  if (filter == NULL)
    {
      g_warning ("No filter “%s=%s”: %s", name, value, error->message);
      return;
    }

  query = kvar_query_put_member (self->query, index, member, filter);
  kvar_records_page_set_query (self, query);
}

static gboolean
has_member (KvarRecordsPage *self,
            guint            index,
            guint            member)
{
  return index < kvar_query_get_n_filters (self->query) &&
         member < kvar_query_get_n_members (self->query, index);
}

static void
change_filter_activated_cb (GSimpleAction *action,
                            GVariant      *parameter,
                            gpointer       user_data)
{
  KvarRecordsPage *self = user_data;
  guint index, member;

  g_variant_get (parameter, "(uu)", &index, &member);
  if (!has_member (self, index, member))
    return;

  kvar_filter_popover_change (self->filter_popover, index, member);
  gtk_menu_button_popup (self->filter_button);
}

static void
remove_member_activated_cb (GSimpleAction *action,
                            GVariant      *parameter,
                            gpointer       user_data)
{
  KvarRecordsPage *self = user_data;
  g_autoptr(KvarQuery) query = NULL;
  guint index, member;

  g_variant_get (parameter, "(uu)", &index, &member);
  if (!has_member (self, index, member))
    return;

  query = kvar_query_take_member (self->query, index, member);
  kvar_records_page_set_query (self, query);
  gtk_widget_grab_focus (GTK_WIDGET (self->grid));
}

static void
remove_filter_activated_cb (GSimpleAction *action,
                            GVariant      *parameter,
                            gpointer       user_data)
{
  KvarRecordsPage *self = user_data;
  guint index = g_variant_get_uint32 (parameter);
  g_autoptr(KvarQuery) query = NULL;

  if (index >= kvar_query_get_n_filters (self->query))
    return;

  query = kvar_query_without_filter (self->query, index);
  kvar_records_page_set_query (self, query);
  gtk_widget_grab_focus (GTK_WIDGET (self->grid));
}

static void
clear_filters_activated_cb (GSimpleAction *action,
                            GVariant      *parameter,
                            gpointer       user_data)
{
  KvarRecordsPage *self = user_data;
  g_autoptr(KvarQuery) unfiltered = kvar_query_without_filters (self->query);
  g_autoptr(KvarQuery) query = kvar_query_with_search (unfiltered, NULL);

  kvar_records_page_set_query (self, query);
  gtk_widget_grab_focus (GTK_WIDGET (self->grid));
}

/* (nullable): of the records that are selected, as they are seen. All that match are the view. */
static char **
dup_selected_keys (KvarRecordsPage *self)
{
  g_autoptr(GStrvBuilder) keys = g_strv_builder_new ();
  g_autoptr(GPtrArray) records = NULL;
  guint n = 0;

  if (self->list == NULL || kvar_records_page_get_all_matching (self))
    return NULL;

  records = kvar_records_page_list_selected (self);
  for (guint i = 0; i < records->len; i++)
    {
      g_autofree char *key = kvar_record_get_key_string (g_ptr_array_index (records, i));

      if (key == NULL)
        continue;
      g_strv_builder_add (keys, key);
      n++;
    }

  return n > 0 ? g_strv_builder_end (keys) : NULL;
}

static void
export_activated_cb (GSimpleAction *action,
                     GVariant      *parameter,
                     gpointer       user_data)
{
  KvarRecordsPage *self = user_data;
  gint64 total = self->list != NULL ? kvar_record_list_get_total (self->list) : -1;
  g_auto(GStrv) keys = dup_selected_keys (self);

  kvar_export_dialog_present (GTK_WIDGET (self), kvar_page_get_workspace (KVAR_PAGE (self)),
                              self->table, self->query, (const char *const *)self->columns,
                              (const char *const *)keys, total);
}

/* For scripts, and for the tour: the rows of this view with all their columns, without asking. */
static void
export_to_activated_cb (GSimpleAction *action,
                        GVariant      *parameter,
                        gpointer       user_data)
{
  KvarRecordsPage *self = user_data;
  const char *path = g_variant_get_string (parameter, NULL);
  g_autoptr(GFile) file = g_file_new_for_commandline_arg (path);
  KvarWorkspace *workspace = kvar_page_get_workspace (KVAR_PAGE (self));
  KvarFileFormat format = KVAR_FILE_CSV;
  g_autoptr(KvarExportJob) job = NULL;

  kvar_file_format_guess (path, &format);
  job = kvar_export_job_new (kvar_workspace_get_session (workspace), self->table, self->query,
                             NULL, format, file);
  kvar_export_news_start (GTK_WIDGET (self), workspace, job);
}

static const GActionEntry actions[] = {
  { "search", search_activated_cb },
  { "refresh", refresh_activated_cb },
  { "retry", retry_activated_cb },
  { "cancel-loading", cancel_activated_cb },
  { "open", open_activated_cb },
  { "follow-link", follow_link_activated_cb },
  { "new-record", new_activated_cb },
  { "filter", filter_activated_cb },
  { "add-filter", add_filter_activated_cb, "(sss)" },
  { "put-filter", put_filter_activated_cb, "(uuss)" },
  { "change-filter", change_filter_activated_cb, "(uu)" },
  { "remove-filter", remove_filter_activated_cb, "u" },
  { "remove-member", remove_member_activated_cb, "(uu)" },
  { "clear-filters", clear_filters_activated_cb },
  { "export", export_activated_cb },
  { "export-to", export_to_activated_cb, "s" },
};

void
kvar_records_page_install_actions (KvarRecordsPage *self)
{
  g_action_map_add_action_entries (kvar_page_get_actions (KVAR_PAGE (self)),
                                   actions, G_N_ELEMENTS (actions), self);
}

static GSimpleAction *
find_action (KvarRecordsPage *self,
             const char      *name)
{
  return G_SIMPLE_ACTION (
    g_action_map_lookup_action (kvar_page_get_actions (KVAR_PAGE (self)), name));
}

void
kvar_records_page_update_actions (KvarRecordsPage *self)
{
  gboolean ready = self->table != NULL;

  g_simple_action_set_enabled (find_action (self, "new-record"),
                               ready && kvar_table_can_insert (self->table));
  g_simple_action_set_enabled (find_action (self, "export"), ready);
  g_simple_action_set_enabled (find_action (self, "export-to"), ready);
  g_simple_action_set_enabled (find_action (self, "filter"), ready);
  gtk_widget_set_sensitive (GTK_WIDGET (self->filter_button), ready);
  gtk_widget_set_sensitive (GTK_WIDGET (self->sort_button), ready);
  gtk_widget_set_sensitive (GTK_WIDGET (self->narrow_sort_button), ready);
}
