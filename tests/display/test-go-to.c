/* test-go-to.c: anything is a few letters away
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kvar-go-sources.h"
#include "kvar-records-fixture.h"
#include "pages/kvar-records-page.h"
#include "widgets/kvar-go-dialog.h"

/* What is found, as "title" or "title (detail)", one a line. */
static char *
dup_found (KvarGoIndex *index,
           const char  *typed,
           gboolean     with_details)
{
  g_autoptr(GPtrArray) found = kvar_go_index_find (index, typed, 20);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < found->len; i++)
    {
      KvarGoEntry *entry = g_ptr_array_index (found, i);

      g_string_append (text, kvar_go_entry_get_title (entry));
      if (with_details)
        g_string_append_printf (text, " (%s)", kvar_go_entry_get_detail (entry));
      g_string_append_c (text, '\n');
    }

  return g_string_free (text, FALSE);
}

static void
assert_found (KvarGoIndex *index,
              const char  *typed,
              const char  *expected)
{
  g_autofree char *found = dup_found (index, typed, FALSE);

  g_assert_cmpstr (found, ==, expected);
}

static void
add_place (KvarGoIndex *index,
           KvarGoKind   kind,
           const char  *title,
           const char  *route)
{
  g_autoptr(KvarGoEntry) entry = kvar_go_entry_new_place (kind, title, "", route);

  kvar_go_index_add (index, entry);
}

static void
test_go_to_ranks (void)
{
  g_autoptr(KvarGoIndex) index = kvar_go_index_new ("sv");

  add_place (index, KVAR_GO_RECORD, "Jobs board", "/records/a/1");
  add_place (index, KVAR_GO_TABLE, "Jobs", "/records/jobs");
  add_place (index, KVAR_GO_VIEW, "Open jobs", "/records/jobs?status=eq.open");
  add_place (index, KVAR_GO_RECORD, "Hijobs", "/records/a/2");
  add_place (index, KVAR_GO_RECORD, "Åsa", "/records/a/3");
  add_place (index, KVAR_GO_RECORD, "Asa", "/records/a/4");
  add_place (index, KVAR_GO_RECORD, "Job", "/records/a/5");
  assert_found (index, "job", "Job\nJobs\nJobs board\nOpen jobs\nHijobs\n");
  assert_found (index, " JO op", "Open jobs\n");
  assert_found (index, "å", "Åsa\n");
  assert_found (index, "as", "Asa\n");
  assert_found (index, "zz", "");

  /* Where one was a moment ago comes before others that answer as well, not before better. */
  kvar_go_index_visited (index, "/records/a/1", 0);
  kvar_go_index_visited (index, "/records/a/2", 1);
  assert_found (index, "job", "Job\nJobs board\nJobs\nOpen jobs\nHijobs\n");

  /* A place is there once. */
  add_place (index, KVAR_GO_RECORD, "Jobs again", "/records/jobs");
  assert_found (index, "again", "");
}

static void
clear_places (RecordsFixture *f)
{
  KvarPlaces *places = kvar_workspace_get_places (f->display.workspace);

  kvar_bookmark_list_clear (kvar_places_get_views (places));
  kvar_bookmark_list_clear (kvar_places_get_recent (places));
}

static void
test_go_to_knows_places (RecordsFixture *f,
                         gconstpointer   unused)
{
  KvarPlaces *places = kvar_workspace_get_places (f->display.workspace);
  g_autoptr(KvarBookmark) view = kvar_bookmark_new ("/records/jobs?title=eq.Roof", "Roofs");
  g_autoptr(KvarBookmark) lost = kvar_bookmark_new ("/records/boats", "Roofless boats");
  g_autoptr(KvarGoIndex) index = kvar_go_index_new ("en");
  g_autofree char *found = NULL;
  g_autofree char *all = NULL;

  clear_places (f);
  records_open (f, KVAR_TYPE_RECORDS_PAGE, "/records/jobs");
  kvar_test_wait_until (records_count (f, "GET", "/rest/v1/jobs") > 0);
  kvar_test_settle ();
  kvar_bookmark_list_put (kvar_places_get_views (places), view, NULL);
  kvar_bookmark_list_put (kvar_places_get_views (places), lost, NULL);
  kvar_places_visit (places, "/records/jobs/77", "Roof of the mill");
  kvar_places_visit (places, "/records/jobs?order=title", "Jobs");
  kvar_places_visit (places, "/records/boats/1", "Roof of a boat");

  kvar_go_sources_add_places (index, f->display.workspace);
  kvar_go_sources_add_commands (index, f->display.window, f->page);
  found = dup_found (index, "roof", TRUE);
  g_assert_cmpstr (found, ==,
                   "Roof (Jobs)\nRoof of the mill (Jobs)\nRoofs (View of Jobs)\n");
  all = dup_found (index, "", TRUE);
  g_assert_true (g_str_has_prefix (all, "Jobs (Records)\nRoof of the mill (Jobs)\n"));
  clear_places (f);
}

/* Only what can be done now, with its key. */
static void
test_go_to_knows_commands (RecordsFixture *f,
                           gconstpointer   unused)
{
  g_autoptr(KvarGoIndex) index = kvar_go_index_new ("en");
  g_autoptr(GPtrArray) found = NULL;
  KvarGoEntry *entry = NULL;

  records_open (f, KVAR_TYPE_RECORDS_PAGE, "/records/jobs");
  kvar_test_settle ();
  kvar_go_sources_add_commands (index, f->display.window, f->page);
  found = kvar_go_index_find (index, "exp", 5);
  g_assert_cmpuint (found->len, ==, 1);
  entry = g_ptr_array_index (found, 0);
  g_assert_cmpstr (kvar_go_entry_get_action (entry), ==, "page.export");
  g_assert_cmpstr (kvar_go_entry_get_keys (entry), ==, "<Control>e");

  /* There is nothing to be saved in a list. */
  assert_found (index, "save", "");
}

static void
test_go_to_goes (RecordsFixture *f,
                 gconstpointer   unused)
{
  KvarGoIndex *index = kvar_go_index_new ("en");
  GtkWidget *dialog = NULL;
  gboolean handled = FALSE;

  add_place (index, KVAR_GO_RECORD, "Roof", "/records/jobs/1");
  add_place (index, KVAR_GO_RECORD, "Root", "/records/jobs/2");
  records_open (f, KVAR_TYPE_RECORDS_PAGE, "/records/jobs");
  dialog = kvar_go_dialog_new (f->display.window, index);
  gtk_window_present (GTK_WINDOW (dialog));
  kvar_test_wait_until (gtk_widget_get_mapped (dialog));
  gtk_editable_set_text (display_child (dialog, "entry"), "ro");
  g_assert_cmpstr (display_label (dialog, "status_label"), ==, "1 of 2: Roof, ");

  for (guint i = 0; !handled; i++)
    {
      g_autoptr(GListModel) controllers =
        gtk_widget_observe_controllers (display_child (dialog, "entry"));
      g_autoptr(GtkEventController) controller = g_list_model_get_item (controllers, i);

      g_assert_nonnull (controller);
      if (GTK_IS_EVENT_CONTROLLER_KEY (controller))
        g_signal_emit_by_name (controller, "key-pressed", GDK_KEY_Down, 0, 0, &handled);
    }
  g_assert_cmpstr (display_label (dialog, "status_label"), ==, "2 of 2: Root, ");
  g_signal_emit_by_name (display_child (dialog, "entry"), "activate");
  g_assert_cmpstr (f->navigated, ==, "/records/jobs/2");
  kvar_test_settle ();
}

static void
test_go_to_says_that_there_is_nothing (RecordsFixture *f,
                                       gconstpointer   unused)
{
  GtkWidget *dialog = NULL;

  records_open (f, KVAR_TYPE_RECORDS_PAGE, "/records/jobs");
  dialog = kvar_go_dialog_new (f->display.window, kvar_go_index_new ("en"));
  gtk_editable_set_text (display_child (dialog, "entry"), "x");
  g_assert_cmpstr (display_label (dialog, "status_label"), ==, "Nothing found");
  g_signal_emit_by_name (display_child (dialog, "entry"), "activate");
  g_assert_null (f->navigated);
  g_signal_emit_by_name (display_child (dialog, "entry"), "stop-search");
  kvar_test_settle ();
}

#define add(path, func) \
  g_test_add (path, RecordsFixture, NULL, records_set_up, func, records_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add_func ("/go-to/KEY-7/ranks", test_go_to_ranks);
  add ("/go-to/KEY-7/knows-places", test_go_to_knows_places);
  add ("/go-to/KEY-7/knows-commands", test_go_to_knows_commands);
  add ("/go-to/KEY-7/goes", test_go_to_goes);
  add ("/go-to/KEY-7/says-that-there-is-nothing", test_go_to_says_that_there_is_nothing);

  return g_test_run ();
}
