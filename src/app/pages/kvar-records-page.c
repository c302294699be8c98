/* kvar-records-page.c: the records of one table as a list that loads as it is scrolled
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-records-page"

#include "config.h"

#include <glib/gi18n.h>

#include "kvar-records-page-private.h"

/* The server is asked when the person has paused for this long. */
#define TYPING_PAUSE (250 * KVAR_CLOCK_MILLISECOND)

G_DEFINE_FINAL_TYPE (KvarRecordsPage, kvar_records_page, KVAR_TYPE_PAGE)

KvarClock *
kvar_records_page_get_clock (KvarRecordsPage *self)
{
  KvarWorkspace *workspace = kvar_page_get_workspace (KVAR_PAGE (self));

  return kvar_session_get_clock (kvar_workspace_get_session (workspace));
}

guint
kvar_records_page_get_n_rows (KvarRecordsPage *self)
{
  return self->list != NULL ? g_list_model_get_n_items (G_LIST_MODEL (self->list)) : 0;
}

/* Whether the cursor is in the list's rows, rather than in those below that are being typed. */
static gboolean
is_in_list (KvarRecordsPage *self)
{
  guint row = kvar_grid_get_cursor_row (self->grid);

  return row == KVAR_GRID_NO_ROW || row < kvar_records_page_get_n_rows (self);
}

static gboolean
is_loaded (KvarRecordsPage *self,
           guint            first,
           guint            end)
{
  guint stretch_start, stretch_end;

  end = MIN (end, kvar_records_page_get_n_rows (self));

  return first >= end ||
         (kvar_record_list_get_stretch (self->list, first, &stretch_start, &stretch_end) &&
          stretch_end >= end);
}

/* What is in view is loaded, and what comes next: not where it could only push away the row
 * that is being typed below. */
static void
load_view (KvarRecordsPage *self)
{
  guint first, end;

  if (self->list == NULL)
    return;

  kvar_grid_get_rows_in_view (self->grid, &first, &end);
  if (!is_in_list (self) && is_loaded (self, first, end))
    return;

  kvar_record_list_set_view (self->list, first, end);
}

static void
list_changed_cb (KvarRecordsPage *self)
{
  gboolean focus_waits = kvar_load_status_has_focus (self->status);

  kvar_records_page_update_status (self);
  if (self->edits != NULL)
    kvar_row_edits_settle (self->edits, self->list);
  if (focus_waits && kvar_records_page_get_n_rows (self) > 0)
    gtk_widget_grab_focus (GTK_WIDGET (self->grid));
  kvar_records_page_restore_pending (self);
  load_view (self);
  kvar_records_page_find_sought (self);
}

static void
adopt_list (KvarRecordsPage *self,
            KvarRecordList  *list)
{
  g_autoptr(GListModel) rows = NULL;

  if (self->list != NULL && self->list != list)
    g_signal_handlers_disconnect_by_func (self->list, list_changed_cb, self);

  if (g_set_object (&self->list, list))
    {
      g_signal_connect_object (list, "notify", G_CALLBACK (list_changed_cb), self,
                               G_CONNECT_SWAPPED | G_CONNECT_AFTER);
      g_signal_connect_object (list, "items-changed", G_CALLBACK (list_changed_cb), self,
                               G_CONNECT_SWAPPED | G_CONNECT_AFTER);
    }
  rows = kvar_records_page_make_rows (self, list);
  kvar_records_page_leave_row (self);
  self->placing = TRUE;
  kvar_grid_set_model (self->grid, rows);
  self->placing = FALSE;
  kvar_records_page_enter_row (self);
  self->moved = FALSE;
  kvar_records_page_begin_news (self);
  kvar_workspace_set_list (kvar_page_get_workspace (KVAR_PAGE (self)), list);
  list_changed_cb (self);
}

/* The rows of before stay until the first new ones are there, or none will come. */
static void
next_list_changed_cb (KvarRecordsPage *self)
{
  g_autoptr(KvarRecordList) list = NULL;

  if (g_list_model_get_n_items (G_LIST_MODEL (self->next_list)) == 0 &&
      kvar_record_list_get_loading (self->next_list))
    return;

  list = g_steal_pointer (&self->next_list);
  g_signal_handlers_disconnect_by_func (list, next_list_changed_cb, self);
  adopt_list (self, list);
}

static void
drop_next_list (KvarRecordsPage *self)
{
  if (self->next_list == NULL)
    return;

  g_signal_handlers_disconnect_by_func (self->next_list, next_list_changed_cb, self);
  kvar_record_list_cancel (self->next_list);
  g_clear_object (&self->next_list);
}

static void
start_list (KvarRecordsPage *self)
{
  KvarWorkspace *workspace = kvar_page_get_workspace (KVAR_PAGE (self));

  drop_next_list (self);
  g_strfreev (self->asked);
  self->asked = g_strdupv (self->columns);
  self->next_list = kvar_record_list_new (kvar_workspace_get_session (workspace), self->table,
                                          self->query, (const char *const *)self->columns);
  kvar_record_list_set_full_length (self->next_list, TRUE);
  kvar_record_list_set_cache (self->next_list, kvar_workspace_get_cache (workspace));
  kvar_record_list_follow (self->next_list, kvar_workspace_get_store (workspace));
  g_signal_connect_object (self->next_list, "notify", G_CALLBACK (next_list_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->next_list, "items-changed", G_CALLBACK (next_list_changed_cb),
                           self, G_CONNECT_SWAPPED);
  kvar_record_list_load_more (self->next_list);
  kvar_records_page_update_status (self);
}

/* Header, chips and search entry say what the query says. */
static void
show_query (KvarRecordsPage *self)
{
  const char *search = kvar_query_get_search (self->query);

  self->showing = TRUE;
  kvar_filter_bar_show_query (self->filter_bar, self->table, self->query);
  kvar_filter_popover_set_query (self->filter_popover, self->query);
  kvar_records_page_update_columns (self);
  if (search != NULL || self->typing_timer == 0)
    {
      const char *shown = gtk_editable_get_text (GTK_EDITABLE (self->search_entry));

      if (g_strcmp0 (shown, search != NULL ? search : "") != 0)
        gtk_editable_set_text (GTK_EDITABLE (self->search_entry), search != NULL ? search : "");
    }
  if (search != NULL)
    gtk_search_bar_set_search_mode (self->search_bar, TRUE);
  self->showing = FALSE;
  kvar_records_page_update_views (self);
  kvar_records_page_update_sort_menu (self);
}

static void
take_query (KvarRecordsPage *self,
            KvarQuery       *query)
{
  g_autofree char *text = kvar_query_to_string (query);
  g_autoptr(KvarRoute) route =
    kvar_route_new_table (kvar_table_get_name (self->table), *text != '\0' ? text : NULL);
  KvarQuery *before = self->query;

  self->query = kvar_query_ref (query);
  g_clear_pointer (&before, kvar_query_unref);
  kvar_row_edits_set_query (self->edits, query);
  show_query (self);
  kvar_page_set_route (KVAR_PAGE (self), route);
  kvar_page_view_changed (KVAR_PAGE (self));
}

/**
 * kvar_records_page_show_as:
 *
 * The same rows and columns under another name: only the route says so.
 */
void
kvar_records_page_show_as (KvarRecordsPage *self,
                           KvarQuery       *query)
{
  if (kvar_query_get_columns (query) != NULL)
    {
      g_strfreev (self->chosen);
      self->chosen = g_strdupv ((char **)kvar_query_get_columns (query));
    }
  take_query (self, query);
}

/**
 * kvar_records_page_set_query:
 *
 * Asks for other rows, or the same in another order. The route says so, without a step in
 * the history.
 */
void
kvar_records_page_set_query (KvarRecordsPage *self,
                             KvarQuery       *query)
{
  gboolean searched = kvar_query_get_search (self->query) != NULL;
  gboolean searches = kvar_query_get_search (query) != NULL;

  if (kvar_query_equal (self->query, query))
    return;

  if (searches && !searched && self->list != NULL)
    {
      g_set_object (&self->list_before, self->list);
      g_clear_pointer (&self->query_before, kvar_query_unref);
      self->query_before = kvar_query_ref (self->query);
      g_free (self->key_before);
      self->key_before = kvar_records_page_dup_cursor_key (self);
      g_clear_pointer (&self->place_before, g_variant_unref);
      self->place_before = g_variant_ref_sink (kvar_grid_save_place (self->grid));
    }
  else if (!searches)
    {
      g_clear_object (&self->list_before);
    }

  take_query (self, query);
  start_list (self);
}

static void
stop_typing (KvarRecordsPage *self)
{
  if (self->typing_timer != 0)
    kvar_clock_remove_timer (kvar_records_page_get_clock (self), self->typing_timer);
  self->typing_timer = 0;
}

/* Out of the search, back to the row, or to the one that was found: the list of before was kept
 * for it. */
static void
show_list_before (KvarRecordsPage *self)
{
  g_autoptr(KvarRecordList) list = g_steal_pointer (&self->list_before);
  g_autoptr(KvarQuery) query = g_steal_pointer (&self->query_before);
  g_autofree char *key = self->moved ? kvar_records_page_dup_cursor_key (self)
                                     : g_strdup (self->key_before);

  stop_typing (self);
  if (list == NULL)
    {
      if (kvar_query_get_search (self->query) != NULL)
        {
          g_autoptr(KvarQuery) plain = kvar_query_with_search (self->query, NULL);

          kvar_records_page_set_query (self, plain);
        }
      return;
    }

  drop_next_list (self);
  take_query (self, query);
  adopt_list (self, list);
  kvar_records_page_go_to (self, self->place_before, key);
}

/* The same rows with more columns, in the same place. */
void
kvar_records_page_load_columns (KvarRecordsPage *self)
{
  GVariant *state = kvar_page_save_state (KVAR_PAGE (self));

  g_clear_pointer (&self->pending_state, g_variant_unref);
  self->pending_state = state;
  start_list (self);
}

void
kvar_records_page_reload (KvarRecordsPage *self)
{
  KvarWorkspace *workspace = kvar_page_get_workspace (KVAR_PAGE (self));

  if (self->table == NULL)
    kvar_workspace_load_schema (workspace);
  else if (self->list != NULL && kvar_records_page_get_n_rows (self) > 0)
    {
      kvar_list_news_clear (self->news);
      kvar_record_list_reload (self->list);
    }
  else
    start_list (self);
}

static void
row_activated_cb (KvarRecordsPage *self,
                  guint            row)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "page.open", NULL);
}

static void
search_now (KvarRecordsPage *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->search_entry));
  g_autoptr(KvarQuery) query = NULL;

  stop_typing (self);
  if (*text == '\0' && self->list_before != NULL)
    {
      show_list_before (self);
      return;
    }

  query = kvar_query_with_search (self->query, *text != '\0' ? text : NULL);
  kvar_records_page_set_query (self, query);
}

static void
typing_paused_cb (gpointer user_data)
{
  KvarRecordsPage *self = user_data;

  self->typing_timer = 0;
  search_now (self);
}

static void
search_typed_cb (KvarRecordsPage *self)
{
  if (self->showing || self->table == NULL)
    return;

  stop_typing (self);
  self->typing_timer = kvar_clock_add_timer (kvar_records_page_get_clock (self), TYPING_PAUSE,
                                             typing_paused_cb, self);
}

static void
search_activated_cb (KvarRecordsPage *self)
{
  search_now (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->grid));
}

static void
search_mode_cb (KvarRecordsPage *self)
{
  if (gtk_search_bar_get_search_mode (self->search_bar) || self->showing || self->table == NULL)
    return;

  show_list_before (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->grid));
}

static void
make_source (KvarRecordsPage *self)
{
  KvarDraftStore *drafts = kvar_workspace_get_drafts (kvar_page_get_workspace (KVAR_PAGE (self)));

  kvar_records_page_begin_editing (self);
  self->source = kvar_record_source_new (self->table, self->edits);
  kvar_new_drafts_bar_set_edits (self->new_drafts_bar, self->edits);
  kvar_grid_set_source (self->grid, KVAR_GRID_SOURCE (self->source));
  g_signal_connect_object (drafts, "items-changed", G_CALLBACK (kvar_grid_update_items),
                           self->grid, G_CONNECT_SWAPPED);
}

static void
show_title (KvarRecordsPage *self)
{
  const char *title = kvar_table_get_title (self->table);

  kvar_page_set_title (KVAR_PAGE (self), title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->grid), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  title, -1);
}

static void
begin (KvarRecordsPage *self)
{
  KvarRoute *route = kvar_page_get_route (KVAR_PAGE (self));
  const char *text = kvar_route_get_query (route);
  g_autoptr(KvarQuery) query = NULL;
  g_autoptr(GError) error = NULL;

  query = kvar_query_parse (text != NULL ? text : "", &error);
  if (query == NULL)
    {
      g_message ("The view of a link cannot be read: %s", error->message);
      query = kvar_query_new ();
    }

  show_title (self);
  g_signal_connect_object (self->table, "notify::title", G_CALLBACK (show_title), self,
                           G_CONNECT_SWAPPED);
  make_source (self);
  kvar_records_page_follow_deletes (self);
  kvar_records_page_offer_cut_off (self);
  kvar_filter_popover_set_table (self->filter_popover, self->table);
  take_query (self, query);
  kvar_records_page_update_actions (self);
  start_list (self);
}

/* Called until the schema is there and knows the table. */
static void
find_table (KvarRecordsPage *self)
{
  KvarWorkspace *workspace = kvar_page_get_workspace (KVAR_PAGE (self));
  KvarSchema *schema = kvar_workspace_get_schema (workspace);
  const char *name = kvar_route_get_name (kvar_page_get_route (KVAR_PAGE (self)));
  KvarTable *table = schema != NULL ? kvar_schema_find_table (schema, name) : NULL;

  if (self->table != NULL)
    return;

  if (table != NULL)
    {
      self->table = g_object_ref (table);
      kvar_new_drafts_bar_set_table (self->new_drafts_bar, kvar_workspace_get_drafts (workspace),
                                     table);
      begin (self);
    }
  else if (schema != NULL)
    {
      kvar_load_status_show_no_table (self->status, name);
    }
  else if (kvar_workspace_get_error (workspace) != NULL)
    {
      kvar_records_page_show_error (self, kvar_workspace_get_error (workspace));
    }
  else
    {
      kvar_load_status_show_loading (self->status, kvar_records_page_get_clock (self));
    }
}

static void
kvar_records_page_load (KvarPage *page)
{
  KvarRecordsPage *self = KVAR_RECORDS_PAGE (page);
  KvarWorkspace *workspace = kvar_page_get_workspace (page);

  g_signal_connect_object (workspace, "notify::schema", G_CALLBACK (find_table), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (workspace, "notify::error", G_CALLBACK (find_table), self,
                           G_CONNECT_SWAPPED);
  kvar_page_set_title (page, kvar_route_get_name (kvar_page_get_route (page)));
  kvar_records_page_update_actions (self);
  kvar_records_page_install_file (self);
  kvar_records_page_install_find (self);
  find_table (self);
}

static gboolean
kvar_records_page_grab_default_focus (KvarPage *page)
{
  KvarRecordsPage *self = KVAR_RECORDS_PAGE (page);

  if (kvar_records_page_get_n_rows (self) > 0)
    return gtk_widget_grab_focus (GTK_WIDGET (self->grid));

  return gtk_widget_grab_focus (GTK_WIDGET (self->status));
}

static void
kvar_records_page_session_resumed (KvarPage *page)
{
  kvar_records_page_reload (KVAR_RECORDS_PAGE (page));
}

static void
kvar_records_page_dispose (GObject *object)
{
  KvarRecordsPage *self = KVAR_RECORDS_PAGE (object);

  if (self->typing_timer != 0)
    stop_typing (self);
  drop_next_list (self);
  kvar_records_page_end_news (self);
  g_clear_object (&self->functions_schema);
  g_clear_object (&self->list);
  g_clear_object (&self->list_before);
  g_clear_object (&self->source);
  g_clear_object (&self->edits);
  g_clear_object (&self->find);
  g_clear_object (&self->views);
  g_clear_object (&self->table);
  g_clear_pointer (&self->query, kvar_query_unref);
  g_clear_pointer (&self->query_before, kvar_query_unref);
  g_clear_pointer (&self->key_before, g_free);
  g_clear_pointer (&self->told, g_free);
  g_clear_pointer (&self->sought, g_free);
  g_clear_pointer (&self->selected, g_ptr_array_unref);
  g_clear_pointer (&self->place_before, g_variant_unref);
  g_clear_pointer (&self->columns, g_strfreev);
  g_clear_pointer (&self->chosen, g_strfreev);
  g_clear_pointer (&self->asked, g_strfreev);
  g_clear_pointer (&self->leaving, g_hash_table_unref);
  g_clear_pointer (&self->look, g_variant_unref);
  g_clear_pointer (&self->pending_state, g_variant_unref);

  G_OBJECT_CLASS (kvar_records_page_parent_class)->dispose (object);
}

static void
kvar_records_page_class_init (KvarRecordsPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  KvarPageClass *page_class = KVAR_PAGE_CLASS (klass);

  object_class->dispose = kvar_records_page_dispose;

  page_class->load = kvar_records_page_load;
  page_class->save_state = kvar_records_page_save_state;
  page_class->restore_state = kvar_records_page_restore_state;
  page_class->grab_default_focus = kvar_records_page_grab_default_focus;
  page_class->session_resumed = kvar_records_page_session_resumed;

  g_type_ensure (KVAR_TYPE_BULK_BAR);
  g_type_ensure (KVAR_TYPE_EDIT_BAR);
  g_type_ensure (KVAR_TYPE_FILTER_BAR);
  g_type_ensure (KVAR_TYPE_FILTER_POPOVER);
  g_type_ensure (KVAR_TYPE_GRID);
  g_type_ensure (KVAR_TYPE_LOAD_STATUS);

  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/kvarapp/Kvar/pages/kvar-records-page.ui");
  gtk_widget_class_bind_template_child (widget_class, KvarRecordsPage, stack);
  gtk_widget_class_bind_template_child (widget_class, KvarRecordsPage, status);
  gtk_widget_class_bind_template_child (widget_class, KvarRecordsPage, search_bar);
  gtk_widget_class_bind_template_child (widget_class, KvarRecordsPage, search_entry);
  gtk_widget_class_bind_template_child (widget_class, KvarRecordsPage, new_drafts_bar);
  gtk_widget_class_bind_template_child (widget_class, KvarRecordsPage, filter_bar);
  gtk_widget_class_bind_template_child (widget_class, KvarRecordsPage, filter_popover);
  gtk_widget_class_bind_template_child (widget_class, KvarRecordsPage, filter_button);
  gtk_widget_class_bind_template_child (widget_class, KvarRecordsPage, sort_button);
  gtk_widget_class_bind_template_child (widget_class, KvarRecordsPage, narrow_sort_button);
  gtk_widget_class_bind_template_child (widget_class, KvarRecordsPage, views_button);
  gtk_widget_class_bind_template_child (widget_class, KvarRecordsPage, more_button);
  gtk_widget_class_bind_template_child (widget_class, KvarRecordsPage, narrow_more_button);
  gtk_widget_class_bind_template_child (widget_class, KvarRecordsPage, scrolled);
  gtk_widget_class_bind_template_child (widget_class, KvarRecordsPage, grid);
  gtk_widget_class_bind_template_child (widget_class, KvarRecordsPage, find_label);
  gtk_widget_class_bind_template_child (widget_class, KvarRecordsPage, spinner);
  gtk_widget_class_bind_template_child (widget_class, KvarRecordsPage, count_label);
  gtk_widget_class_bind_template_child (widget_class, KvarRecordsPage, select_all_button);
  gtk_widget_class_bind_template_child (widget_class, KvarRecordsPage, selected_button);
  gtk_widget_class_bind_template_child (widget_class, KvarRecordsPage, bulk_bar);
  gtk_widget_class_bind_template_child (widget_class, KvarRecordsPage, functions_section);
  gtk_widget_class_bind_template_child (widget_class, KvarRecordsPage, as_of_label);
  gtk_widget_class_bind_template_child (widget_class, KvarRecordsPage, problem_label);
  gtk_widget_class_bind_template_child (widget_class, KvarRecordsPage, retry_button);
  gtk_widget_class_bind_template_child (widget_class, KvarRecordsPage, edit_bar);
  gtk_widget_class_bind_template_child (widget_class, KvarRecordsPage, gone_revealer);
  gtk_widget_class_bind_template_child (widget_class, KvarRecordsPage, gone_label);
  gtk_widget_class_bind_template_child (widget_class, KvarRecordsPage, gone_button);
  gtk_widget_class_bind_template_child (widget_class, KvarRecordsPage, news_revealer);
  gtk_widget_class_bind_template_child (widget_class, KvarRecordsPage, news_label);
  gtk_widget_class_bind_template_child (widget_class, KvarRecordsPage, news_button);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_typed_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_mode_cb);
}

static void
kvar_records_page_init (KvarRecordsPage *self)
{
  GtkAdjustment *adjustment;

  self->query = kvar_query_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  kvar_records_page_install_actions (self);
  gtk_search_bar_connect_entry (self->search_bar, GTK_EDITABLE (self->search_entry));
  kvar_records_page_install_columns (self);
  kvar_records_page_install_gone (self);
  kvar_records_page_install_grant (self);
  kvar_records_page_install_key (self);
  kvar_records_page_install_place (self);
  kvar_records_page_install_delete (self);
  kvar_records_page_install_paste (self);
  kvar_records_page_install_bulk (self);
  kvar_records_page_install_functions (self);
  kvar_records_page_install_selection (self);
  kvar_records_page_install_copy (self);
  kvar_records_page_install_menu (self);
  kvar_records_page_install_views (self);
  kvar_records_page_install_editing (self);
  kvar_records_page_install_news (self);
  g_signal_connect_object (kvar_grid_get_selection (self->grid), "changed",
                           G_CALLBACK (kvar_records_page_update_status), self, G_CONNECT_SWAPPED);

  adjustment = gtk_scrolled_window_get_vadjustment (self->scrolled);
  g_signal_connect_object (adjustment, "value-changed", G_CALLBACK (load_view), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (adjustment, "changed", G_CALLBACK (load_view), self,
                           G_CONNECT_SWAPPED);
}
