/* kvar-records-page-views.c: ways of looking at a table, kept under names
 *
 * A view is a route: its conditions, order, search and columns, and its name. So a link to it
 * says everything also where nobody has kept it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-records-page"

#include "config.h"

#include <glib/gi18n.h>

#include "kvar-error-text.h"
#include "kvar-records-page-private.h"
#include "kvar-view-dialog.h"

/* (nullable): until it is known whose they are */
static KvarBookmarkList *
get_views (KvarRecordsPage *self)
{
  KvarWorkspace *workspace = kvar_page_get_workspace (KVAR_PAGE (self));

  return workspace != NULL ? kvar_places_get_views (kvar_workspace_get_places (workspace)) : NULL;
}

/* The kept view that the page shows, perhaps changed since; NULL if it is none. */
static KvarBookmark *
get_current (KvarRecordsPage *self)
{
  const char *name = kvar_query_get_view (self->query);
  KvarBookmarkList *views = get_views (self);

  return self->table != NULL && name != NULL && views != NULL
           ? kvar_bookmark_list_find (views, kvar_table_get_name (self->table), name) : NULL;
}

/* What is seen now, as @name. */
static KvarBookmark *
make_view (KvarRecordsPage *self,
           const char      *name)
{
  g_autoptr(KvarQuery) query =
    kvar_query_with_view (self->query, name, (const char *const *)self->columns);
  g_autofree char *text = kvar_query_to_string (query);
  g_autoptr(KvarRoute) route = kvar_route_new_table (kvar_table_get_name (self->table), text);
  g_autofree char *spelled = kvar_route_to_string (route);

  return kvar_bookmark_new (spelled, name);
}

static void
say (KvarRecordsPage *self,
     const char      *text)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s", text);
}

static void
open_route (KvarRecordsPage *self,
            const char      *route)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.navigate", "s", route);
}

/* Keeps what is seen, in place of @before if that is given. */
static void
keep (KvarRecordsPage *self,
      KvarBookmark    *before,
      const char      *name)
{
  g_autoptr(KvarBookmark) view = make_view (self, name);
  g_autoptr(KvarBookmark) old = before != NULL ? g_object_ref (before) : NULL;
  g_autoptr(KvarQuery) query = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *problem = NULL;

  if (!(old != NULL ? kvar_bookmark_list_replace (get_views (self), old, view, &error)
                    : kvar_bookmark_list_put (get_views (self), view, &error)))
    problem = kvar_error_text (error);

  query = kvar_query_with_view (self->query, name, (const char *const *)self->columns);
  kvar_records_page_show_as (self, query);
  if (problem != NULL)
    say (self, problem);
}

static void
named_cb (const char *name,
          gpointer    user_data)
{
  keep (user_data, NULL, name);
}

static void
renamed_cb (const char *name,
            gpointer    user_data)
{
  KvarRecordsPage *self = user_data;
  KvarBookmark *current = get_current (self);

  if (current != NULL)
    keep (self, current, name);
}

static void
save_view_as_cb (GSimpleAction *action,
                 GVariant      *parameter,
                 gpointer       user_data)
{
  KvarRecordsPage *self = user_data;

  kvar_view_dialog_present (GTK_WIDGET (self), _("Save View"), NULL,
                            kvar_table_get_name (self->table), get_views (self), named_cb,
                            G_OBJECT (self));
}

static void
save_view_cb (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       user_data)
{
  KvarRecordsPage *self = user_data;
  g_autoptr(KvarBookmark) current = g_object_ref (get_current (self));

  keep (self, current, kvar_bookmark_get_title (current));
}

static void
rename_view_cb (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       user_data)
{
  KvarRecordsPage *self = user_data;

  kvar_view_dialog_present (GTK_WIDGET (self), _("Rename View"),
                            kvar_bookmark_get_title (get_current (self)),
                            kvar_table_get_name (self->table), get_views (self), renamed_cb,
                            G_OBJECT (self));
}

/* What is seen stays; only the name is gone, and comes back by Undo. */
static void
delete_view_cb (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       user_data)
{
  KvarRecordsPage *self = user_data;
  g_autoptr(KvarBookmark) current = g_object_ref (get_current (self));
  g_autoptr(KvarQuery) query = kvar_query_with_view (self->query, NULL, NULL);
  g_autoptr(GVariant) target = NULL;
  g_autofree char *undo = NULL;
  g_autofree char *text = NULL;

  target = g_variant_ref_sink (g_variant_new ("(ss)", kvar_bookmark_get_route (current),
                                              kvar_bookmark_get_title (current)));
  undo = g_action_print_detailed_name ("page.put-view", target);
  /* Translators: %s is the name of a view. */
  text = g_strdup_printf (_("View “%s” deleted."), kvar_bookmark_get_title (current));
  kvar_bookmark_list_remove (get_views (self), current);
  kvar_records_page_show_as (self, query);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.toast-undo", "(ss)", text, undo);
}

static void
put_view_cb (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       user_data)
{
  KvarRecordsPage *self = user_data;
  g_autoptr(KvarBookmark) view = NULL;
  const char *route, *title;

  g_variant_get (parameter, "(&s&s)", &route, &title);
  view = kvar_bookmark_new (route, title);
  kvar_bookmark_list_put (get_views (self), view, NULL);
  open_route (self, route);
}

static void
open_view_cb (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       user_data)
{
  KvarRecordsPage *self = user_data;
  KvarBookmark *view =
    kvar_bookmark_list_find (get_views (self), kvar_table_get_name (self->table),
                             g_variant_get_string (parameter, NULL));

  if (view != NULL)
    open_route (self, kvar_bookmark_get_route (view));
}

/* For whoever may see the table: the link says the whole view. */
static void
copy_link_cb (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       user_data)
{
  KvarRecordsPage *self = user_data;
  g_autofree char *host = kvar_workspace_dup_host (kvar_page_get_workspace (KVAR_PAGE (self)));
  g_autoptr(KvarBookmark) view = NULL;
  g_autofree char *link = NULL;

  if (kvar_query_get_view (self->query) != NULL)
    view = make_view (self, kvar_query_get_view (self->query));
  if (view != NULL)
    link = g_strdup_printf ("kvar://%s%s", host, kvar_bookmark_get_route (view));
  else
    {
      g_autofree char *route = kvar_route_to_string (kvar_page_get_route (KVAR_PAGE (self)));

      link = g_strdup_printf ("kvar://%s%s", host, route);
    }

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), link);
  say (self, _("Link copied"));
}

static const GActionEntry actions[] = {
  { "open-view", open_view_cb, "s", "''", NULL },
  { "save-view-as", save_view_as_cb },
  { "save-view", save_view_cb },
  { "rename-view", rename_view_cb },
  { "delete-view", delete_view_cb },
  { "put-view", put_view_cb, "(ss)" },
  { "copy-link", copy_link_cb },
};

static void
set_enabled (KvarRecordsPage *self,
             const char      *name,
             gboolean         enabled)
{
  GActionMap *map = kvar_page_get_actions (KVAR_PAGE (self));

  g_simple_action_set_enabled (G_SIMPLE_ACTION (g_action_map_lookup_action (map, name)), enabled);
}

static int
compare_titles (gconstpointer a,
                gconstpointer b)
{
  return g_utf8_collate (kvar_bookmark_get_title (*(KvarBookmark *const *)a),
                         kvar_bookmark_get_title (*(KvarBookmark *const *)b));
}

/* Those of the page's table, by name. */
static GPtrArray *
list_views (KvarRecordsPage *self)
{
  GListModel *views = (GListModel *)get_views (self);
  GPtrArray *ours = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; views != NULL && i < g_list_model_get_n_items (views); i++)
    {
      g_autoptr(KvarBookmark) view = g_list_model_get_item (views, i);
      g_autoptr(KvarRoute) route = kvar_route_parse (kvar_bookmark_get_route (view), NULL);

      if (route != NULL && self->table != NULL &&
          g_strcmp0 (kvar_route_get_name (route), kvar_table_get_name (self->table)) == 0)
        g_ptr_array_add (ours, g_steal_pointer (&view));
    }
  g_ptr_array_sort (ours, compare_titles);

  return ours;
}

/* A menu would take "_" for the sign before an access key. */
static char *
escape_mnemonics (const char *title)
{
  g_auto(GStrv) parts = g_strsplit (title, "_", -1);

  return g_strjoinv ("__", parts);
}

static void
fill_menu (KvarRecordsPage *self)
{
  g_autoptr(GPtrArray) views = list_views (self);
  g_autoptr(GMenu) kept = g_menu_new ();
  g_autoptr(GMenu) this = g_menu_new ();
  g_autoptr(GMenu) link = g_menu_new ();

  for (guint i = 0; i < views->len; i++)
    {
      const char *title = kvar_bookmark_get_title (g_ptr_array_index (views, i));
      g_autofree char *escaped = escape_mnemonics (title);
      g_autoptr(GMenuItem) item = g_menu_item_new (escaped, NULL);

      g_menu_item_set_action_and_target (item, "page.open-view", "s", title);
      g_menu_append_item (kept, item);
    }
  g_menu_append (this, _("Save View _As…"), "page.save-view-as");
  g_menu_append (this, _("_Save Changes to the View"), "page.save-view");
  g_menu_append (this, _("_Rename View…"), "page.rename-view");
  g_menu_append (this, _("_Delete View"), "page.delete-view");
  g_menu_append (link, _("_Copy Link"), "page.copy-link");

  g_menu_remove_all (self->views);
  g_menu_append_section (self->views, NULL, G_MENU_MODEL (kept));
  g_menu_append_section (self->views, NULL, G_MENU_MODEL (this));
  g_menu_append_section (self->views, NULL, G_MENU_MODEL (link));
}

/**
 * kvar_records_page_update_views:
 *
 * Says which view this is, and what can be done with it.
 */
void
kvar_records_page_update_views (KvarRecordsPage *self)
{
  const char *name = kvar_query_get_view (self->query);
  KvarBookmark *current = get_current (self);
  gboolean ready = self->table != NULL && get_views (self) != NULL;
  g_autoptr(KvarBookmark) now = current != NULL && self->columns != NULL ? make_view (self, name)
                                                                         : NULL;
  GAction *open = g_action_map_lookup_action (kvar_page_get_actions (KVAR_PAGE (self)),
                                              "open-view");

  set_enabled (self, "save-view-as", ready);
  set_enabled (self, "copy-link", ready);
  set_enabled (self, "save-view", now != NULL &&
               g_strcmp0 (kvar_bookmark_get_route (now), kvar_bookmark_get_route (current)) != 0);
  set_enabled (self, "rename-view", current != NULL);
  set_enabled (self, "delete-view", current != NULL);
  g_simple_action_set_state (G_SIMPLE_ACTION (open),
                             g_variant_new_string (current != NULL ? name : ""));
  kvar_page_set_subtitle (KVAR_PAGE (self), name);
  fill_menu (self);
}

void
kvar_records_page_install_views (KvarRecordsPage *self)
{
  self->views = g_menu_new ();
  g_action_map_add_action_entries (kvar_page_get_actions (KVAR_PAGE (self)),
                                   actions, G_N_ELEMENTS (actions), self);
  gtk_menu_button_set_menu_model (self->views_button, G_MENU_MODEL (self->views));
}
