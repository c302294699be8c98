/* test-records-views.c: ways of looking at a table, kept under names
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kvar-records-fixture.h"
#include "pages/kvar-records-page-private.h"
#include "pages/kvar-view-dialog.h"

static KvarBookmarkList *
get_views (RecordsFixture *f)
{
  return kvar_places_get_views (kvar_workspace_get_places (f->display.workspace));
}

static void
views_set_up (RecordsFixture *f,
              gconstpointer   unused)
{
  records_set_up (f, unused);
  kvar_bookmark_list_clear (get_views (f));
}

static void
views_tear_down (RecordsFixture *f,
                 gconstpointer   unused)
{
  kvar_bookmark_list_clear (get_views (f));
  records_tear_down (f, unused);
}

static void
open_page (RecordsFixture *f,
           const char     *route)
{
  records_open (f, KVAR_TYPE_RECORDS_PAGE, route);
  kvar_test_wait_until (KVAR_RECORDS_PAGE (f->page)->list != NULL);
  kvar_test_settle ();
}

static void
keep_view (RecordsFixture *f,
           const char     *name,
           const char     *route)
{
  g_autoptr(KvarBookmark) view = kvar_bookmark_new (route, name);

  kvar_bookmark_list_put (get_views (f), view, NULL);
}

static void
assert_view (RecordsFixture *f,
             const char     *name,
             const char     *route)
{
  KvarBookmark *view = kvar_bookmark_list_find (get_views (f), "jobs", name);

  g_assert_nonnull (view);
  g_assert_cmpstr (kvar_bookmark_get_route (view), ==, route);
}

static AdwMessageDialog *
find_dialog (void)
{
  g_autoptr(GList) windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l != NULL; l = l->next)
    if (ADW_IS_MESSAGE_DIALOG (l->data))
      return l->data;

  return NULL;
}

static void
answer (const char *name,
        const char *response)
{
  AdwMessageDialog *dialog = find_dialog ();

  g_assert_nonnull (dialog);
  gtk_editable_set_text (GTK_EDITABLE (adw_message_dialog_get_extra_child (dialog)), name);
  adw_message_dialog_response (dialog, response);
  kvar_test_settle ();
}

static void
test_records_views_are_saved (RecordsFixture *f,
                              gconstpointer   unused)
{
  open_page (f, "/records/jobs?order=title.desc&title=eq.Roof&q=oo&select=title,price");
  g_assert_false (records_action_enabled (f->page, "save-view"));
  records_activate (f->page, "save-view-as", NULL);
  g_assert_false (adw_message_dialog_get_response_enabled (find_dialog (), "save"));
  answer ("  Roofs & such ", "save");
  assert_view (f, "Roofs & such", "/records/jobs?order=title.desc&title=eq.Roof&q=oo"
                                  "&view=Roofs%20%26%20such&select=title,price");
  g_assert_cmpstr (kvar_page_get_subtitle (f->page), ==, "Roofs & such");
  g_assert_false (records_action_enabled (f->page, "save-view"));
  g_assert_true (records_action_enabled (f->page, "rename-view"));
}

static void
test_records_views_are_opened (RecordsFixture *f,
                               gconstpointer   unused)
{
  keep_view (f, "Roofs", "/records/jobs?title=eq.Roof&view=Roofs&select=title");
  open_page (f, "/records/jobs");
  records_activate (f->page, "open-view", g_variant_new_string ("Roofs"));
  g_assert_cmpstr (f->navigated, ==, "/records/jobs?title=eq.Roof&view=Roofs&select=title");
}

/* What is changed says so, and is kept only when it is asked for. */
static void
test_records_views_are_changed (RecordsFixture *f,
                                gconstpointer   unused)
{
  keep_view (f, "Roofs", "/records/jobs?title=eq.Roof&view=Roofs&select=title");
  open_page (f, "/records/jobs?title=eq.Roof&view=Roofs&select=title");
  g_assert_false (records_action_enabled (f->page, "save-view"));

  records_activate (f->page, "sort", g_variant_new ("(sb)", "price", FALSE));
  g_assert_true (records_action_enabled (f->page, "save-view"));
  assert_view (f, "Roofs", "/records/jobs?title=eq.Roof&view=Roofs&select=title");
  records_activate (f->page, "save-view", NULL);
  assert_view (f, "Roofs", "/records/jobs?order=price&title=eq.Roof&view=Roofs&select=title");
  g_assert_false (records_action_enabled (f->page, "save-view"));
}

static void
test_records_views_are_renamed (RecordsFixture *f,
                                gconstpointer   unused)
{
  keep_view (f, "Roofs", "/records/jobs?title=eq.Roof&view=Roofs&select=title");
  keep_view (f, "Others", "/records/jobs?title=neq.Roof&view=Others&select=title");
  open_page (f, "/records/jobs?title=eq.Roof&view=Roofs&select=title");

  records_activate (f->page, "rename-view", NULL);
  gtk_editable_set_text (
    GTK_EDITABLE (adw_message_dialog_get_extra_child (find_dialog ())), "Others");
  g_assert_cmpstr (adw_message_dialog_get_body (find_dialog ()), ==,
                   "There is a view with this name. It will be replaced.");
  answer ("Tiles", "save");
  assert_view (f, "Tiles", "/records/jobs?title=eq.Roof&view=Tiles&select=title");
  g_assert_null (kvar_bookmark_list_find (get_views (f), "jobs", "Roofs"));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (get_views (f))), ==, 2);

  records_activate (f->page, "rename-view", NULL);
  answer ("Bricks", "cancel");
  assert_view (f, "Tiles", "/records/jobs?title=eq.Roof&view=Tiles&select=title");
}

static char *undo;

static void
toast_undo_cb (GSimpleAction *action,
               GVariant      *parameter,
               gpointer       user_data)
{
  g_free (undo);
  g_variant_get (parameter, "(ss)", NULL, &undo);
}

static void
test_records_views_are_deleted (RecordsFixture *f,
                                gconstpointer   unused)
{
  static const GActionEntry entries[] = { { "toast-undo", toast_undo_cb, "(ss)" } };
  g_autoptr(GSimpleActionGroup) group = g_simple_action_group_new ();
  g_autoptr(GVariant) target = NULL;
  g_autofree char *name = NULL;

  keep_view (f, "Ro'o\"fs", "/records/jobs?title=eq.Roof&view=Ro'o%22fs&select=title");
  open_page (f, "/records/jobs?title=eq.Roof&view=Ro'o%22fs&select=title");
  g_action_map_add_action_entries (G_ACTION_MAP (group), entries, 1, f);
  gtk_widget_insert_action_group (GTK_WIDGET (f->page), "win", G_ACTION_GROUP (group));

  records_activate (f->page, "delete-view", NULL);
  g_assert_null (kvar_bookmark_list_find (get_views (f), "jobs", "Ro'o\"fs"));
  g_assert_false (records_action_enabled (f->page, "delete-view"));

  gtk_widget_insert_action_group (GTK_WIDGET (f->page), "win", NULL);
  g_assert_true (g_action_parse_detailed_name (undo, &name, &target, NULL));
  g_assert_cmpstr (name, ==, "page.put-view");
  records_activate (f->page, "put-view", target);
  assert_view (f, "Ro'o\"fs", "/records/jobs?title=eq.Roof&view=Ro'o%22fs&select=title");
  g_clear_pointer (&undo, g_free);
}

/* With everything in it, for somebody who has not kept the view. */
static void
test_records_views_have_links (RecordsFixture *f,
                               gconstpointer   unused)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autofree char *link = NULL;
  GdkClipboard *clipboard;

  open_page (f, "/records/jobs?title=eq.Roof&view=Roofs&select=title");
  records_activate (f->page, "copy-link", NULL);
  clipboard = gtk_widget_get_clipboard (GTK_WIDGET (f->page));
  gdk_clipboard_read_text_async (clipboard, NULL, kvar_test_keep_result, &result);
  kvar_test_wait_until (result != NULL);
  link = gdk_clipboard_read_text_finish (clipboard, result, NULL);
  g_assert_true (g_str_has_prefix (link, "kvar://"));
  g_assert_true (g_str_has_suffix (link,
                                   "/records/jobs?title=eq.Roof&view=Roofs&select=title"));
  g_assert_false (records_action_enabled (f->page, "rename-view"));
}

#define add(path, func) \
  g_test_add (path, RecordsFixture, NULL, views_set_up, func, views_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();

  add ("/records-views/SRCH-5/are-saved", test_records_views_are_saved);
  add ("/records-views/SRCH-5/are-opened", test_records_views_are_opened);
  add ("/records-views/SRCH-5/are-changed", test_records_views_are_changed);
  add ("/records-views/SRCH-5/are-renamed", test_records_views_are_renamed);
  add ("/records-views/SRCH-5/are-deleted", test_records_views_are_deleted);
  add ("/records-views/SRCH-5/have-links", test_records_views_have_links);

  return g_test_run ();
}
