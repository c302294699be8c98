/* kvar-go-sources.c: gathers what there is to go to
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-go"

#include "config.h"

#include <glib/gi18n.h>

#include "kvar-go-sources.h"
#include "kvar-shortcuts.h"
#include "widgets/kvar-draft-row.h"

/* Of each table; who wants others searches in its list. */
#define MAX_RECORDS 1000

/* Keys that mean something only as keys. */
static const char *const no_commands[] = {
  "win.go-to", "win.next-pane", "win.previous-pane", NULL
};

static void
take (KvarGoIndex *index,
      KvarGoEntry *entry)
{
  kvar_go_index_add (index, entry);
  g_object_unref (entry);
}

static void
add_tables (KvarGoIndex *index,
            KvarSchema  *schema)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (schema)); i++)
    {
      g_autoptr(KvarTable) table = g_list_model_get_item (G_LIST_MODEL (schema), i);
      g_autoptr(KvarRoute) route = kvar_route_new_table (kvar_table_get_name (table), NULL);
      g_autofree char *text = kvar_route_to_string (route);

      take (index, kvar_go_entry_new_place (KVAR_GO_TABLE, kvar_table_get_title (table),
                                            _("Records"), text));
    }
}

static void
add_reports (KvarGoIndex *index,
             KvarSchema  *schema)
{
  g_autoptr(GPtrArray) reports = kvar_schema_list_reports (schema);

  for (guint i = 0; i < reports->len; i++)
    {
      KvarFunction *function = g_ptr_array_index (reports, i);
      g_autoptr(KvarRoute) route = kvar_route_new_report (kvar_function_get_name (function));
      g_autofree char *text = kvar_route_to_string (route);

      take (index, kvar_go_entry_new_place (KVAR_GO_REPORT, kvar_function_get_title (function),
                                            _("Report"), text));
    }
}

/* The table that @bookmark leads to; NULL if this user has it no longer. */
static KvarTable *
find_table (KvarSchema   *schema,
            KvarBookmark *bookmark,
            KvarPlace    *place)
{
  g_autoptr(KvarRoute) route = kvar_route_parse (kvar_bookmark_get_route (bookmark), NULL);

  if (route == NULL)
    return NULL;

  *place = kvar_route_get_place (route);

  return kvar_route_get_name (route) != NULL
           ? kvar_schema_find_table (schema, kvar_route_get_name (route)) : NULL;
}

static void
add_views (KvarGoIndex *index,
           KvarSchema  *schema,
           GListModel  *views)
{
  for (guint i = 0; i < g_list_model_get_n_items (views); i++)
    {
      g_autoptr(KvarBookmark) view = g_list_model_get_item (views, i);
      g_autofree char *detail = NULL;
      KvarTable *table;
      KvarPlace place;

      table = find_table (schema, view, &place);
      if (table == NULL)
        continue;

      /* Translators: a way of looking at a table that somebody has kept; %s is the table. */
      detail = g_strdup_printf (_("View of %s"), kvar_table_get_title (table));
      take (index, kvar_go_entry_new_place (KVAR_GO_VIEW, kvar_bookmark_get_title (view), detail,
                                            kvar_bookmark_get_route (view)));
    }
}

/* Records, and when one was where: the last place comes first. */
static void
add_recent (KvarGoIndex *index,
            KvarSchema  *schema,
            GListModel  *recent)
{
  for (guint i = 0; i < g_list_model_get_n_items (recent); i++)
    {
      g_autoptr(KvarBookmark) bookmark = g_list_model_get_item (recent, i);
      const char *route = kvar_bookmark_get_route (bookmark);
      KvarTable *table;
      KvarPlace place = KVAR_PLACE_HOME;

      table = find_table (schema, bookmark, &place);
      if (place == KVAR_PLACE_RECORD && table != NULL)
        take (index, kvar_go_entry_new_place (KVAR_GO_RECORD, kvar_bookmark_get_title (bookmark),
                                              kvar_table_get_title (table), route));
      kvar_go_index_visited (index, route, i);
    }
}

static void
add_drafts (KvarGoIndex *index,
            GListModel  *drafts)
{
  for (guint i = 0; i < g_list_model_get_n_items (drafts); i++)
    {
      g_autoptr(KvarDraft) draft = g_list_model_get_item (drafts, i);
      g_autoptr(KvarRoute) route = kvar_draft_new_route (draft);
      g_autofree char *text = kvar_route_to_string (route);
      g_autofree char *title = kvar_draft_row_dup_title (draft);

      take (index, kvar_go_entry_new_place (KVAR_GO_DRAFT, title, _("Draft"), text));
    }
}

/**
 * kvar_go_sources_add_places:
 *
 * Adds what this user can go to in @workspace, as far as it is in memory.
 */
void
kvar_go_sources_add_places (KvarGoIndex   *index,
                            KvarWorkspace *workspace)
{
  KvarSchema *schema = kvar_workspace_get_schema (workspace);
  KvarPlaces *places = kvar_workspace_get_places (workspace);

  add_drafts (index, G_LIST_MODEL (kvar_workspace_get_drafts (workspace)));
  if (schema == NULL)
    return;

  add_tables (index, schema);
  add_reports (index, schema);
  if (kvar_places_get_views (places) != NULL)
    add_views (index, schema, G_LIST_MODEL (kvar_places_get_views (places)));
  if (kvar_places_get_recent (places) != NULL)
    add_recent (index, schema, G_LIST_MODEL (kvar_places_get_recent (places)));

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (schema)); i++)
    {
      g_autoptr(KvarTable) table = g_list_model_get_item (G_LIST_MODEL (schema), i);
      KvarRecordList *list = kvar_workspace_get_list (workspace, kvar_table_get_name (table));

      if (list != NULL)
        kvar_go_sources_add_records (index, table, G_LIST_MODEL (list));
    }
}

static gboolean
is_enabled (GtkWindow  *window,
            KvarPage   *page,
            const char *name)
{
  GtkApplication *application = gtk_window_get_application (window);
  GActionGroup *group = NULL;

  if (g_str_has_prefix (name, "win.") && G_IS_ACTION_GROUP (window))
    group = G_ACTION_GROUP (window);
  else if (g_str_has_prefix (name, "page.") && page != NULL)
    group = G_ACTION_GROUP (kvar_page_get_actions (page));
  else if (g_str_has_prefix (name, "app.") && application != NULL)
    group = G_ACTION_GROUP (application);

  /* What GTK itself has can always be done. */
  return group != NULL ? g_action_group_get_action_enabled (group, strchr (name, '.') + 1)
                       : g_str_has_prefix (name, "window.");
}

static void
add_command (KvarGoIndex        *index,
             const KvarShortcut *shortcut,
             const char         *action,
             GVariant           *target)
{
  g_auto(GStrv) accels = g_strsplit (shortcut->accels, " ", -1);
  gboolean is_page = g_str_equal (action, "win.navigate");
  KvarGoEntry *entry = kvar_go_entry_new (is_page ? KVAR_GO_PAGE : KVAR_GO_COMMAND,
                                          _(shortcut->label),
                                          is_page ? _("Page") : _("Command"), action, target);

  kvar_go_entry_set_keys (entry, accels[0]);
  take (index, entry);
}

/* What the project's owner set up for the record that is shown, or for those that are selected. */
static void
add_functions (KvarGoIndex *index,
               GtkWindow   *window,
               KvarPage    *page,
               const char  *action)
{
  KvarWorkspace *workspace = kvar_page_get_workspace (page);
  KvarSchema *schema = workspace != NULL ? kvar_workspace_get_schema (workspace) : NULL;
  const char *table = kvar_route_get_name (kvar_page_get_route (page));
  g_autoptr(GPtrArray) functions = NULL;

  if (schema == NULL || table == NULL || !is_enabled (window, page, action))
    return;

  functions = kvar_schema_list_actions (schema, table);
  for (guint i = 0; i < functions->len; i++)
    {
      KvarFunction *function = g_ptr_array_index (functions, i);
      g_autoptr(GVariant) target = NULL;

      target = g_variant_ref_sink (g_variant_new_string (kvar_function_get_name (function)));
      take (index, kvar_go_entry_new (KVAR_GO_COMMAND, kvar_function_get_title (function),
                                      _("Command"), action, target));
    }
}

/**
 * kvar_go_sources_add_commands:
 * @page: (nullable): the one that is shown
 *
 * Adds what can be done now, as the table of keys says.
 */
void
kvar_go_sources_add_commands (KvarGoIndex *index,
                              GtkWindow   *window,
                              KvarPage    *page)
{
  guint n;
  const KvarShortcut *shortcuts = kvar_shortcuts_get (&n);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *action = NULL;
      g_autoptr(GVariant) target = NULL;

      if (shortcuts[i].action == NULL || shortcuts[i].keys == KVAR_KEYS_LOGIN ||
          g_strv_contains (no_commands, shortcuts[i].action) ||
          !g_action_parse_detailed_name (shortcuts[i].action, &action, &target, NULL) ||
          !is_enabled (window, page, action))
        continue;

      add_command (index, &shortcuts[i], action, target);
    }

  if (page != NULL)
    {
      add_functions (index, window, page, "page.call-function");
      add_functions (index, window, page, "page.call-selected");
    }
}

/**
 * kvar_go_sources_add_records:
 * @records: (element-type KvarRecord): of @table
 */
void
kvar_go_sources_add_records (KvarGoIndex *index,
                             KvarTable   *table,
                             GListModel  *records)
{
  guint n = MIN (g_list_model_get_n_items (records), MAX_RECORDS);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr(KvarRecord) record = g_list_model_get_item (records, i);
      g_autofree char *key = record != NULL ? kvar_record_get_key_string (record) : NULL;
      g_autofree char *title = key != NULL ? kvar_record_get_title (record) : NULL;
      g_autoptr(KvarRoute) route = NULL;
      g_autofree char *text = NULL;

      if (title == NULL)
        continue;

      route = kvar_route_new_record (kvar_table_get_name (table), key);
      text = kvar_route_to_string (route);
      take (index, kvar_go_entry_new_place (KVAR_GO_RECORD, title, kvar_table_get_title (table),
                                            text));
    }
}
