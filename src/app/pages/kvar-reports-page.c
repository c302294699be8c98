/* kvar-reports-page.c: the project's reports: functions to run, and views to read
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-reports-page"

#include "config.h"

#include <glib/gi18n.h>

#include "kvar-error-text.h"
#include "kvar-workspace.h"
#include "pages/kvar-reports-page.h"
#include "widgets/kvar-load-status.h"

#define ROUTE_KEY "kvar-route"

struct _KvarReportsPage
{
  KvarPage        parent_instance;

  GtkStack       *stack;
  KvarLoadStatus *status;
  GtkListBox     *list_box;

  KvarSchema     *schema;    /* (nullable) the one that is listed */
};

G_DEFINE_FINAL_TYPE (KvarReportsPage, kvar_reports_page, KVAR_TYPE_PAGE)

static void
row_activated_cb (KvarReportsPage *self,
                  GtkListBoxRow   *row)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.navigate", "s",
                              g_object_get_data (G_OBJECT (row), ROUTE_KEY));
}

static GtkWidget *
row_new (const char *title,
         const char *help,
         KvarRoute  *route)
{
  GtkWidget *row = g_object_new (ADW_TYPE_ACTION_ROW,
                                 "use-markup", FALSE,
                                 "title", title,
                                 "subtitle", help != NULL ? help : "",
                                 "subtitle-lines", 2,
                                 "activatable", TRUE,
                                 NULL);

  adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                             g_object_new (GTK_TYPE_IMAGE,
                                           "icon-name", "go-next-symbolic",
                                           "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION,
                                           NULL));
  g_object_set_data_full (G_OBJECT (row), ROUTE_KEY, kvar_route_to_string (route), g_free);

  return row;
}

static int
sort_cb (GtkListBoxRow *a,
         GtkListBoxRow *b,
         gpointer       user_data)
{
  return g_utf8_collate (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (a)),
                         adw_preferences_row_get_title (ADW_PREFERENCES_ROW (b)));
}

static void
add_functions (KvarReportsPage *self,
               KvarSchema      *schema)
{
  g_autoptr(GPtrArray) reports = kvar_schema_list_reports (schema);

  for (guint i = 0; i < reports->len; i++)
    {
      KvarFunction *function = g_ptr_array_index (reports, i);
      g_autoptr(KvarRoute) route = kvar_route_new_report (kvar_function_get_name (function));

      gtk_list_box_append (self->list_box, row_new (kvar_function_get_title (function),
                                                    kvar_function_get_help (function), route));
    }
}

/* A view that nobody can write to is there to be read. */
static gboolean
is_report (KvarTable *table)
{
  return kvar_table_get_is_view (table) && !kvar_table_can_insert (table) &&
         !kvar_table_can_update (table) && !kvar_table_can_delete (table);
}

static void
add_views (KvarReportsPage *self,
           KvarSchema      *schema)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (schema)); i++)
    {
      g_autoptr(KvarTable) table = g_list_model_get_item (G_LIST_MODEL (schema), i);
      g_autoptr(KvarRoute) route = NULL;

      if (!is_report (table))
        continue;

      route = kvar_route_new_table (kvar_table_get_name (table), NULL);
      gtk_list_box_append (self->list_box, row_new (kvar_table_get_title (table),
                                                    kvar_table_get_help (table), route));
    }
}

static GtkListBoxRow *
find_row (KvarReportsPage *self,
          const char      *route)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list_box, i)) != NULL; i++)
    if (g_strcmp0 (g_object_get_data (G_OBJECT (row), ROUTE_KEY), route) == 0)
      return row;

  return NULL;
}

/* The focus stays on its report. */
static void
fill (KvarReportsPage *self,
      KvarSchema      *schema)
{
  GtkWidget *focus = gtk_widget_get_focus_child (GTK_WIDGET (self->list_box));
  g_autofree char *route = NULL;
  GtkListBoxRow *row;

  if (!g_set_object (&self->schema, schema))
    return;

  if (focus != NULL)
    route = g_strdup (g_object_get_data (G_OBJECT (focus), ROUTE_KEY));
  while ((row = gtk_list_box_get_row_at_index (self->list_box, 0)) != NULL)
    gtk_list_box_remove (self->list_box, GTK_WIDGET (row));
  add_functions (self, schema);
  add_views (self, schema);

  row = route != NULL ? find_row (self, route) : NULL;
  if (row != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (row));
}

/* The one sentence that explains why there is no list. */
static void
show_status (KvarReportsPage *self)
{
  KvarWorkspace *workspace = kvar_page_get_workspace (KVAR_PAGE (self));
  const GError *error = kvar_workspace_get_error (workspace);
  g_autofree char *text = NULL;

  gtk_stack_set_visible_child_name (self->stack, "status");
  if (self->schema != NULL)
    {
      kvar_load_status_show_message (self->status, "x-office-document-symbolic",
                                     _("No reports yet"),
                                     _("Your administrator can mark functions and views of the "
                                       "project as reports."), NULL, NULL);
    }
  else if (error != NULL && !kvar_workspace_get_loading (workspace))
    {
      text = kvar_error_text (error);
      kvar_load_status_show_message (self->status, "dialog-warning-symbolic",
                                     _("The reports aren't stored here yet"), text,
                                     _("_Try Again"), "page.refresh");
    }
  else
    {
      kvar_load_status_show_loading (
        self->status, kvar_session_get_clock (kvar_workspace_get_session (workspace)));
    }
}

static void
workspace_changed_cb (KvarReportsPage *self)
{
  KvarSchema *schema = kvar_workspace_get_schema (kvar_page_get_workspace (KVAR_PAGE (self)));
  gboolean focus_waits = kvar_load_status_has_focus (self->status);

  if (schema != NULL)
    fill (self, schema);

  if (gtk_list_box_get_row_at_index (self->list_box, 0) == NULL)
    {
      show_status (self);
      return;
    }

  kvar_load_status_stop (self->status);
  gtk_stack_set_visible_child_name (self->stack, "list");
  if (focus_waits)
    gtk_widget_child_focus (GTK_WIDGET (self->list_box), GTK_DIR_TAB_FORWARD);
}

static void
refresh_activated (GSimpleAction *action,
                   GVariant      *parameter,
                   gpointer       user_data)
{
  KvarWorkspace *workspace = kvar_page_get_workspace (KVAR_PAGE (user_data));

  kvar_session_poke (kvar_workspace_get_session (workspace));
  kvar_workspace_load_schema (workspace);
}

static void
kvar_reports_page_load (KvarPage *page)
{
  KvarReportsPage *self = KVAR_REPORTS_PAGE (page);
  KvarWorkspace *workspace = kvar_page_get_workspace (page);

  g_signal_connect_object (workspace, "notify::schema", G_CALLBACK (workspace_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (workspace, "notify::error", G_CALLBACK (workspace_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (workspace, "notify::loading", G_CALLBACK (workspace_changed_cb), self,
                           G_CONNECT_SWAPPED);
  workspace_changed_cb (self);
}

static void
kvar_reports_page_dispose (GObject *object)
{
  g_clear_object (&KVAR_REPORTS_PAGE (object)->schema);

  G_OBJECT_CLASS (kvar_reports_page_parent_class)->dispose (object);
}

static void
kvar_reports_page_class_init (KvarReportsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kvar_reports_page_dispose;
  KVAR_PAGE_CLASS (klass)->load = kvar_reports_page_load;

  g_type_ensure (KVAR_TYPE_LOAD_STATUS);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/kvarapp/Kvar/pages/kvar-reports-page.ui");
  gtk_widget_class_bind_template_child (widget_class, KvarReportsPage, stack);
  gtk_widget_class_bind_template_child (widget_class, KvarReportsPage, status);
  gtk_widget_class_bind_template_child (widget_class, KvarReportsPage, list_box);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
}

static void
kvar_reports_page_init (KvarReportsPage *self)
{
  static const GActionEntry actions[] = {
    { "refresh", refresh_activated },
  };

  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_list_box_set_sort_func (self->list_box, sort_cb, NULL, NULL);
  g_action_map_add_action_entries (kvar_page_get_actions (KVAR_PAGE (self)), actions,
                                   G_N_ELEMENTS (actions), self);
}
