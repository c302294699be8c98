/* kvar-table-sidebar.c: the project's tables, reports, exports and drafts, at the window's side
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-table-sidebar"

#include "config.h"

#include <glib/gi18n.h>

#include "kvar-error-text.h"
#include "widgets/kvar-table-menu.h"
#include "widgets/kvar-table-sidebar.h"

/* More tables than fit a small window get a search entry. */
#define MANY_TABLES 12

struct _KvarTableSidebar
{
  AdwBin              parent_instance;

  GtkSearchEntry     *search_entry;
  GtkListBox         *tables_box;
  GtkSpinner         *spinner;
  GtkLabel           *empty_label;
  GtkListBox         *places_box;
  GtkListBoxRow      *reports_row;
  GtkListBoxRow      *files_row;
  GtkLabel           *files_count;
  GtkListBoxRow      *exports_row;
  GtkLabel           *exports_count;
  GtkListBoxRow      *drafts_row;
  GtkLabel           *drafts_count;
  GtkWidget          *demo_label;

  KvarWorkspace      *workspace;    /* (nullable) */
  KvarSchema         *schema;       /* (nullable) whose tables these are */
  GtkFilter          *filter;       /* by what is searched for */
  GtkFilterListModel *found;        /* the tables that match */
  char               *needle;       /* (nullable) folded; what is searched for */
  char               *table;        /* (nullable) the one that is shown */
};

G_DEFINE_FINAL_TYPE (KvarTableSidebar, kvar_table_sidebar, ADW_TYPE_BIN)

static KvarTable *
row_get_table (GtkListBoxRow *row)
{
  return g_object_get_data (G_OBJECT (row), "kvar-table");
}

/* How many records of the table are typed and not sent. */
static guint
count_drafts (KvarTableSidebar *self,
              KvarTable        *table)
{
  GListModel *drafts = NULL;
  guint n = 0;

  if (self->workspace == NULL)
    return 0;

  drafts = G_LIST_MODEL (kvar_workspace_get_drafts (self->workspace));
  for (guint i = 0; i < g_list_model_get_n_items (drafts); i++)
    {
      g_autoptr(KvarDraft) draft = g_list_model_get_item (drafts, i);

      n += g_strcmp0 (kvar_table_get_name (kvar_draft_get_table (draft)),
                      kvar_table_get_name (table)) == 0;
    }

  return n;
}

/* A number beside @row's name, which a screen reader says in words. */
static void
show_count (GtkWidget  *row,
            GtkLabel   *label,
            guint       n,
            const char *words)
{
  g_autofree char *text = g_strdup_printf ("%u", n);

  gtk_label_set_text (label, text);
  gtk_widget_set_visible (GTK_WIDGET (label), n > 0);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  n > 0 ? words : "", -1);
}

static char *
describe_drafts (guint n)
{
  /* Translators: what a screen reader says beside "Drafts" or a table's name. */
  return g_strdup_printf (ngettext ("%u draft", "%u drafts", n), n);
}

static void
update_mark (KvarTableSidebar *self,
             GtkListBoxRow    *row)
{
  guint n = count_drafts (self, row_get_table (row));
  g_autofree char *words = describe_drafts (n);

  show_count (GTK_WIDGET (row), g_object_get_data (G_OBJECT (row), "kvar-count"), n, words);
}

static GtkWidget *
create_row_cb (gpointer item,
               gpointer user_data)
{
  KvarTable *table = item;
  const char *help = kvar_table_get_help (table);
  GtkWidget *label = NULL;
  GtkWidget *count = NULL;
  GtkWidget *box = NULL;
  GtkWidget *row = NULL;

  label = g_object_new (GTK_TYPE_LABEL,
                        "label", kvar_table_get_title (table),
                        "xalign", 0.0f,
                        "hexpand", TRUE,
                        "ellipsize", PANGO_ELLIPSIZE_END,
                        NULL);
  count = g_object_new (GTK_TYPE_LABEL, "visible", FALSE, NULL);
  gtk_widget_add_css_class (count, "count");
  gtk_widget_add_css_class (count, "numeric");
  box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), count);
  row = g_object_new (GTK_TYPE_LIST_BOX_ROW,
                      "child", box,
                      "tooltip-text", help != NULL && *help != '\0' ? help : NULL,
                      NULL);
  g_object_set_data_full (G_OBJECT (row), "kvar-table", g_object_ref (table), g_object_unref);
  g_object_set_data (G_OBJECT (row), "kvar-count", count);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (row),
                                  GTK_ACCESSIBLE_RELATION_LABELLED_BY, label, NULL,
                                  -1);
  update_mark (user_data, GTK_LIST_BOX_ROW (row));

  return row;
}

static gboolean
match_table_cb (gpointer item,
                gpointer user_data)
{
  KvarTableSidebar *self = user_data;
  g_autofree char *title = NULL;

  if (self->needle == NULL)
    return TRUE;

  title = g_utf8_casefold (kvar_table_get_title (item), -1);

  return strstr (title, self->needle) != NULL;
}

static void
select_current (KvarTableSidebar *self)
{
  GtkListBoxRow *row = NULL;

  if (self->table == NULL)
    {
      gtk_list_box_unselect_all (self->tables_box);
      return;
    }

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->tables_box, i)) != NULL; i++)
    {
      if (g_strcmp0 (kvar_table_get_name (row_get_table (row)), self->table) == 0)
        {
          gtk_list_box_select_row (self->tables_box, row);
          return;
        }
    }
  gtk_list_box_unselect_all (self->tables_box);
}

static void
navigate (KvarTableSidebar *self,
          KvarRoute        *route)
{
  g_autofree char *text = kvar_route_to_string (route);

  gtk_widget_activate_action (GTK_WIDGET (self), "win.navigate", "s", text);
}

static void
table_activated_cb (KvarTableSidebar *self,
                    GtkListBoxRow    *row)
{
  g_autoptr(KvarRoute) route = NULL;

  route = kvar_route_new_table (kvar_table_get_name (row_get_table (row)), NULL);
  navigate (self, route);
}

static void
place_activated_cb (KvarTableSidebar *self,
                    GtkListBoxRow    *row)
{
  g_autoptr(KvarRoute) route = kvar_route_new_place (
    row == self->reports_row ? KVAR_PLACE_REPORTS :
    row == self->files_row ? KVAR_PLACE_FILES :
    row == self->drafts_row ? KVAR_PLACE_DRAFTS : KVAR_PLACE_EXPORTS);

  navigate (self, route);
}

static void
search_changed_cb (KvarTableSidebar *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->search_entry));

  g_clear_pointer (&self->needle, g_free);
  if (*text != '\0')
    self->needle = g_utf8_casefold (text, -1);
  gtk_filter_changed (self->filter, GTK_FILTER_CHANGE_DIFFERENT);
}

static void
tables_changed_cb (KvarTableSidebar *self)
{
  guint n_tables = self->schema != NULL
                     ? g_list_model_get_n_items (G_LIST_MODEL (self->schema)) : 0;

  gtk_widget_set_visible (GTK_WIDGET (self->search_entry), n_tables > MANY_TABLES);
  if (n_tables <= MANY_TABLES)
    gtk_editable_set_text (GTK_EDITABLE (self->search_entry), "");
  select_current (self);
}

static void
show_emptiness (KvarTableSidebar *self)
{
  gboolean loading = self->workspace != NULL && kvar_workspace_get_loading (self->workspace);
  const GError *error = self->workspace != NULL ? kvar_workspace_get_error (self->workspace) : NULL;
  g_autofree char *text = NULL;

  if (loading)
    text = g_strdup (_("Looking for tables…"));
  else if (error != NULL)
    text = kvar_error_text (error);
  else if (self->schema != NULL)
    text = g_strdup (_("No tables yet."));

  gtk_label_set_text (self->empty_label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), loading);
  gtk_spinner_set_spinning (self->spinner, loading);
}

static void
workspace_changed_cb (KvarWorkspace    *workspace,
                      GParamSpec       *pspec,
                      KvarTableSidebar *self)
{
  KvarSchema *schema = kvar_workspace_get_schema (workspace);

  if (schema != self->schema)
    {
      if (self->schema != NULL)
        g_signal_handlers_disconnect_by_func (self->schema, tables_changed_cb, self);
      g_set_object (&self->schema, schema);
      gtk_filter_list_model_set_model (self->found, G_LIST_MODEL (schema));
      if (schema != NULL)
        g_signal_connect_object (schema, "items-changed", G_CALLBACK (tables_changed_cb), self,
                                 G_CONNECT_SWAPPED | G_CONNECT_AFTER);
      tables_changed_cb (self);
    }
  show_emptiness (self);
}

static void
exports_changed_cb (KvarErrandList   *exports,
                    GParamSpec       *pspec,
                    KvarTableSidebar *self)
{
  guint n_running = kvar_errand_list_get_n_running (exports);
  g_autofree char *words = NULL;

  /* Translators: what a screen reader says beside "Exports". */
  words = g_strdup_printf (ngettext ("%u export is running", "%u exports are running", n_running),
                           n_running);
  show_count (GTK_WIDGET (self->exports_row), self->exports_count, n_running, words);
}

static KvarFiles *
get_files (KvarTableSidebar *self)
{
  return kvar_workspace_get_files (self->workspace);
}

/* A project that keeps no files has no row for them. */
static void
buckets_changed_cb (KvarTableSidebar *self)
{
  KvarBucketList *buckets = kvar_files_get_buckets (get_files (self));

  gtk_widget_set_visible (GTK_WIDGET (self->files_row),
                          kvar_bucket_list_get_listed (buckets) ||
                          g_list_model_get_n_items (G_LIST_MODEL (buckets)) > 0);
}

static void
transfers_changed_cb (KvarTableSidebar *self)
{
  KvarErrandList *transfers = kvar_files_get_transfers (get_files (self));
  guint n_running = kvar_errand_list_get_n_running (transfers);
  g_autofree char *words = NULL;

  /* Translators: what a screen reader says beside "Files". */
  words = g_strdup_printf (ngettext ("%u file is on its way", "%u files are on their way",
                                     n_running), n_running);
  show_count (GTK_WIDGET (self->files_row), self->files_count, n_running, words);
}

static void
follow_files (KvarTableSidebar *self)
{
  KvarFiles *files = get_files (self);

  g_signal_connect_object (kvar_files_get_buckets (files), "notify::loading",
                           G_CALLBACK (buckets_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (kvar_files_get_buckets (files), "items-changed",
                           G_CALLBACK (buckets_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (kvar_files_get_transfers (files), "notify::n-running",
                           G_CALLBACK (transfers_changed_cb), self, G_CONNECT_SWAPPED);
  buckets_changed_cb (self);
  transfers_changed_cb (self);
}

static void
drafts_changed_cb (KvarTableSidebar *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (kvar_workspace_get_drafts (self->workspace)));
  g_autofree char *words = describe_drafts (n);
  GtkListBoxRow *row = NULL;

  show_count (GTK_WIDGET (self->drafts_row), self->drafts_count, n, words);
  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->tables_box, i)) != NULL; i++)
    update_mark (self, row);
}

static void
kvar_table_sidebar_dispose (GObject *object)
{
  KvarTableSidebar *self = KVAR_TABLE_SIDEBAR (object);

  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), KVAR_TYPE_TABLE_SIDEBAR);
  g_clear_object (&self->found);
  g_clear_object (&self->filter);
  g_clear_object (&self->schema);
  g_clear_object (&self->workspace);

  G_OBJECT_CLASS (kvar_table_sidebar_parent_class)->dispose (object);
}

static void
kvar_table_sidebar_finalize (GObject *object)
{
  KvarTableSidebar *self = KVAR_TABLE_SIDEBAR (object);

  g_clear_pointer (&self->needle, g_free);
  g_clear_pointer (&self->table, g_free);

  G_OBJECT_CLASS (kvar_table_sidebar_parent_class)->finalize (object);
}

static void
kvar_table_sidebar_class_init (KvarTableSidebarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = kvar_table_sidebar_dispose;
  object_class->finalize = kvar_table_sidebar_finalize;

  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/kvarapp/Kvar/widgets/kvar-table-sidebar.ui");
  gtk_widget_class_bind_template_child (widget_class, KvarTableSidebar, search_entry);
  gtk_widget_class_bind_template_child (widget_class, KvarTableSidebar, tables_box);
  gtk_widget_class_bind_template_child (widget_class, KvarTableSidebar, spinner);
  gtk_widget_class_bind_template_child (widget_class, KvarTableSidebar, empty_label);
  gtk_widget_class_bind_template_child (widget_class, KvarTableSidebar, places_box);
  gtk_widget_class_bind_template_child (widget_class, KvarTableSidebar, reports_row);
  gtk_widget_class_bind_template_child (widget_class, KvarTableSidebar, files_row);
  gtk_widget_class_bind_template_child (widget_class, KvarTableSidebar, files_count);
  gtk_widget_class_bind_template_child (widget_class, KvarTableSidebar, exports_row);
  gtk_widget_class_bind_template_child (widget_class, KvarTableSidebar, exports_count);
  gtk_widget_class_bind_template_child (widget_class, KvarTableSidebar, drafts_row);
  gtk_widget_class_bind_template_child (widget_class, KvarTableSidebar, drafts_count);
  gtk_widget_class_bind_template_child (widget_class, KvarTableSidebar, demo_label);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, table_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, place_activated_cb);
}

static void
kvar_table_sidebar_init (KvarTableSidebar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->filter = GTK_FILTER (gtk_custom_filter_new (match_table_cb, self, NULL));
  self->found = gtk_filter_list_model_new (NULL, g_object_ref (self->filter));
  gtk_list_box_bind_model (self->tables_box, G_LIST_MODEL (self->found), create_row_cb, self, NULL);
  kvar_table_menu_install (self->tables_box);
}

/**
 * kvar_table_sidebar_set_workspace:
 * @workspace: (nullable): whose tables and exports are listed
 */
void
kvar_table_sidebar_set_workspace (KvarTableSidebar *self,
                                  KvarWorkspace    *workspace)
{
  g_return_if_fail (KVAR_IS_TABLE_SIDEBAR (self));

  if (self->workspace == workspace)
    return;

  if (self->workspace != NULL)
    {
      g_signal_handlers_disconnect_by_func (self->workspace, workspace_changed_cb, self);
      g_signal_handlers_disconnect_by_func (kvar_workspace_get_exports (self->workspace),
                                            exports_changed_cb, self);
      g_signal_handlers_disconnect_by_func (kvar_workspace_get_drafts (self->workspace),
                                            drafts_changed_cb, self);
      g_signal_handlers_disconnect_by_data (kvar_files_get_buckets (get_files (self)), self);
      g_signal_handlers_disconnect_by_data (kvar_files_get_transfers (get_files (self)), self);
    }
  g_set_object (&self->workspace, workspace);
  if (workspace == NULL)
    {
      gtk_filter_list_model_set_model (self->found, NULL);
      g_clear_object (&self->schema);
      return;
    }

  g_signal_connect_object (workspace, "notify", G_CALLBACK (workspace_changed_cb), self, 0);
  g_signal_connect_object (kvar_workspace_get_exports (workspace), "notify::n-running",
                           G_CALLBACK (exports_changed_cb), self, 0);
  g_signal_connect_object (kvar_workspace_get_drafts (workspace), "items-changed",
                           G_CALLBACK (drafts_changed_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_set_visible (self->demo_label,
                          kvar_project_get_is_demo (kvar_workspace_get_project (workspace)));
  workspace_changed_cb (workspace, NULL, self);
  exports_changed_cb (kvar_workspace_get_exports (workspace), NULL, self);
  drafts_changed_cb (self);
  follow_files (self);
}

/**
 * kvar_table_sidebar_set_route:
 * @route: (nullable): where the window is; its table or place is marked
 */
void
kvar_table_sidebar_set_route (KvarTableSidebar *self,
                              KvarRoute        *route)
{
  KvarPlace place = route != NULL ? kvar_route_get_place (route) : KVAR_PLACE_HOME;

  g_return_if_fail (KVAR_IS_TABLE_SIDEBAR (self));

  g_clear_pointer (&self->table, g_free);
  if (place == KVAR_PLACE_TABLE || place == KVAR_PLACE_RECORD || place == KVAR_PLACE_NEW_RECORD)
    self->table = g_strdup (kvar_route_get_name (route));
  select_current (self);

  if (place == KVAR_PLACE_FILES || place == KVAR_PLACE_FILE)
    gtk_list_box_select_row (self->places_box, self->files_row);
  else if (place == KVAR_PLACE_EXPORTS)
    gtk_list_box_select_row (self->places_box, self->exports_row);
  else if (place == KVAR_PLACE_DRAFTS)
    gtk_list_box_select_row (self->places_box, self->drafts_row);
  else if (place == KVAR_PLACE_REPORTS || place == KVAR_PLACE_REPORT)
    gtk_list_box_select_row (self->places_box, self->reports_row);
  else
    gtk_list_box_unselect_all (self->places_box);
}
