/* test-records-page.c: a list that keeps its place and says what it is waiting for
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kvar-records-fixture.h"
#include "pages/kvar-records-page.h"
#include "widgets/kvar-record-columns.h"

static GtkColumnView *
get_view (RecordsFixture *f)
{
  return display_child (f->page, "view");
}

static GtkSingleSelection *
get_selection (RecordsFixture *f)
{
  return GTK_SINGLE_SELECTION (gtk_column_view_get_model (get_view (f)));
}

static guint
get_n_rows (RecordsFixture *f)
{
  return g_list_model_get_n_items (G_LIST_MODEL (get_selection (f)));
}

static char *
dup_title (RecordsFixture *f,
           guint           position)
{
  g_autoptr(KvarRecord) record = g_list_model_get_item (G_LIST_MODEL (get_selection (f)),
                                                        position);

  return record != NULL ? kvar_record_get_title (record) : NULL;
}

static void
assert_route (RecordsFixture *f,
              const char     *expected)
{
  g_autofree char *route = kvar_route_to_string (kvar_page_get_route (f->page));

  g_assert_cmpstr (route, ==, expected);
}

static gboolean
is_complete (RecordsFixture *f)
{
  return g_str_has_suffix (display_label (f->page, "count_label"), " records") ||
         g_str_has_suffix (display_label (f->page, "count_label"), " record");
}

static void
open_jobs (RecordsFixture *f,
           const char     *route)
{
  records_open (f, KVAR_TYPE_RECORDS_PAGE, route);
  kvar_test_wait_until (is_complete (f));
}

static void
type_search (RecordsFixture *f,
             const char     *text)
{
  records_activate (f->page, "search", NULL);
  gtk_editable_set_text (display_child (f->page, "search_entry"), text);
  kvar_test_settle ();
  kvar_clock_advance (f->display.clock, KVAR_CLOCK_SECOND);
}

static void
test_records_page_shows_rows_and_their_number (RecordsFixture *f,
                                               gconstpointer   unused)
{
  g_autofree char *title = NULL;

  open_jobs (f, "/records/jobs");
  title = dup_title (f, 0);
  g_assert_cmpstr (title, ==, "Roof");
  g_assert_cmpstr (display_label (f->page, "count_label"), ==, "3 records");
  g_assert_true (g_str_has_prefix (display_label (f->page, "as_of_label"), "As of "));
  g_assert_cmpstr (kvar_page_get_title (f->page), ==, "Jobs");
  g_assert_true (display_has_focus (get_view (f)));
}

static void
test_records_page_sorts_on_the_server (RecordsFixture *f,
                                       gconstpointer   unused)
{
  g_autofree char *title = NULL;

  open_jobs (f, "/records/jobs");
  records_activate (f->page, "sort", g_variant_new ("(sb)", "title", TRUE));
  kvar_test_wait_until (records_count (f, "GET", "order=title.desc") > 0);
  kvar_test_settle ();

  assert_route (f, "/records/jobs?order=title.desc");
  kvar_test_wait_until (is_complete (f));
  title = dup_title (f, 2);
  g_assert_cmpstr (title, ==, "Attic");
}

static void
test_records_page_sorts_by_a_click_on_the_header (RecordsFixture *f,
                                                  gconstpointer   unused)
{
  GListModel *columns;
  g_autoptr(GtkColumnViewColumn) title = NULL;

  open_jobs (f, "/records/jobs");
  columns = gtk_column_view_get_columns (get_view (f));
  title = g_list_model_get_item (columns, 0);
  g_assert_cmpstr (gtk_column_view_column_get_title (title), ==, "Title");

  gtk_column_view_sort_by_column (get_view (f), title, GTK_SORT_ASCENDING);
  assert_route (f, "/records/jobs?order=title");
  gtk_column_view_sort_by_column (get_view (f), title, GTK_SORT_DESCENDING);
  assert_route (f, "/records/jobs?order=title.desc");
}

static void
test_records_page_shows_the_order_of_its_route (RecordsFixture *f,
                                                gconstpointer   unused)
{
  g_autofree char *column = NULL;
  gboolean descending = FALSE;

  open_jobs (f, "/records/jobs?order=price.desc");
  column = kvar_record_columns_read_order (get_view (f), &descending);
  g_assert_cmpstr (column, ==, "price");
  g_assert_true (descending);
}

static void
test_records_page_searches_after_a_pause (RecordsFixture *f,
                                          gconstpointer   unused)
{
  open_jobs (f, "/records/jobs");
  records_activate (f->page, "search", NULL);
  gtk_editable_set_text (display_child (f->page, "search_entry"), "cel");
  kvar_test_settle ();
  g_assert_cmpuint (records_count (f, "GET", "cel"), ==, 0);

  kvar_clock_advance (f->display.clock, KVAR_CLOCK_SECOND);
  kvar_test_wait_until (records_count (f, "GET", "ilike.*cel*") > 0);
  kvar_test_wait_until (get_n_rows (f) == 1);
  assert_route (f, "/records/jobs?q=cel");
}

static void
test_records_page_goes_back_from_the_search_to_the_row (RecordsFixture *f,
                                                        gconstpointer   unused)
{
  guint n_requests;

  open_jobs (f, "/records/jobs");
  gtk_single_selection_set_selected (get_selection (f), 2);
  type_search (f, "roof");
  kvar_test_wait_until (get_n_rows (f) == 1);
  kvar_test_settle ();

  n_requests = kvar_test_transport_get_n_requests (f->display.transport);
  gtk_search_bar_set_search_mode (display_child (f->page, "search_bar"), FALSE);
  kvar_test_settle ();

  g_assert_cmpuint (get_n_rows (f), ==, 3);
  g_assert_cmpuint (gtk_single_selection_get_selected (get_selection (f)), ==, 2);
  g_assert_cmpuint (kvar_test_transport_get_n_requests (f->display.transport), ==, n_requests);
  assert_route (f, "/records/jobs");
}

static void
test_records_page_says_that_nothing_matches (RecordsFixture *f,
                                             gconstpointer   unused)
{
  GtkWidget *status;

  records_open (f, KVAR_TYPE_RECORDS_PAGE, "/records/jobs?q=boat");
  status = display_child (f->page, "status");
  kvar_test_wait_until (display_is_shown (status, "message"));
  g_assert_cmpstr (adw_status_page_get_title (display_child (status, "message")), ==,
                   "No records match “boat”.");

  records_activate (f->page, "clear-filters", NULL);
  kvar_test_wait_until (get_n_rows (f) == 3);
  assert_route (f, "/records/jobs");
}

static void
test_records_page_takes_a_filter_away (RecordsFixture *f,
                                       gconstpointer   unused)
{
  open_jobs (f, "/records/jobs?title=eq.Roof");
  g_assert_cmpuint (get_n_rows (f), ==, 1);

  records_activate (f->page, "remove-filter", g_variant_new_uint32 (0));
  kvar_test_wait_until (get_n_rows (f) == 3);

  records_activate (f->page, "add-filter", g_variant_new ("(sss)", "title", "eq", "Attic"));
  kvar_test_wait_until (get_n_rows (f) == 1);
  assert_route (f, "/records/jobs?title=eq.Attic");
}

static void
test_records_page_keeps_the_rows_until_new_ones_come (RecordsFixture *f,
                                                      gconstpointer   unused)
{
  open_jobs (f, "/records/jobs");
  kvar_test_transport_hold (f->display.transport);
  records_activate (f->page, "sort", g_variant_new ("(sb)", "title", FALSE));
  kvar_test_settle ();
  g_assert_cmpuint (get_n_rows (f), ==, 3);
  g_assert_cmpstr (records_stack_page (f->page), ==, "list");

  kvar_test_transport_release (f->display.transport);
  kvar_test_wait_until (records_count (f, "GET", "order=title.asc") > 0);
}

static void
test_records_page_says_that_it_takes_long (RecordsFixture *f,
                                           gconstpointer   unused)
{
  GtkWidget *status;

  kvar_test_transport_hold (f->display.transport);
  records_open (f, KVAR_TYPE_RECORDS_PAGE, "/records/jobs");
  status = display_child (f->page, "status");
  kvar_test_settle ();
  g_assert_cmpstr (display_label (status, "slow_label"), ==, "");

  kvar_clock_advance (f->display.clock, 4 * KVAR_CLOCK_SECOND);
  g_assert_true (g_str_has_prefix (display_label (status, "slow_label"), "Still loading."));
  g_assert_true (gtk_widget_get_visible (display_child (status, "cancel_button")));

  records_activate (f->page, "cancel-loading", NULL);
  kvar_test_transport_release (f->display.transport);
  kvar_test_settle ();
  g_assert_true (display_is_shown (status, "message"));
}

static void
test_records_page_tries_again (RecordsFixture *f,
                               gconstpointer   unused)
{
  GtkWidget *status;

  f->offline = TRUE;
  records_open (f, KVAR_TYPE_RECORDS_PAGE, "/records/jobs");
  status = display_child (f->page, "status");
  kvar_test_wait_until (display_is_shown (status, "message"));
  g_assert_cmpstr (adw_status_page_get_title (display_child (status, "message")), ==,
                   "These records aren't stored here yet");

  f->offline = FALSE;
  records_activate (f->page, "refresh", NULL);
  kvar_test_wait_until (get_n_rows (f) == 3);
}

static void
test_records_page_refreshes_in_place (RecordsFixture *f,
                                      gconstpointer   unused)
{
  open_jobs (f, "/records/jobs");
  gtk_single_selection_set_selected (get_selection (f), 1);
  records_add_row (f, "4", "Garden", "1.00");

  records_activate (f->page, "refresh", NULL);
  kvar_test_wait_until (get_n_rows (f) == 4);
  g_assert_cmpuint (gtk_single_selection_get_selected (get_selection (f)), ==, 1);
}

static void
test_records_page_opens_the_selected_record (RecordsFixture *f,
                                             gconstpointer   unused)
{
  open_jobs (f, "/records/jobs");
  g_signal_emit_by_name (get_view (f), "activate", 1u);
  g_assert_cmpstr (f->navigated, ==, "/records/jobs/2");

  records_activate (f->page, "new-record", NULL);
  g_assert_cmpstr (f->navigated, ==, "/records/jobs/new");
}

static void
test_records_page_comes_back_to_its_place (RecordsFixture *f,
                                           gconstpointer   unused)
{
  g_autoptr(GtkColumnViewColumn) column = NULL;
  g_autoptr(GVariant) state = NULL;

  open_jobs (f, "/records/jobs");
  gtk_single_selection_set_selected (get_selection (f), 1);
  column = g_list_model_get_item (gtk_column_view_get_columns (get_view (f)), 0);
  gtk_column_view_column_set_fixed_width (column, 321);
  state = kvar_page_save_state (f->page);
  g_clear_object (&column);

  f->page = records_new_page (f, KVAR_TYPE_RECORDS_PAGE, "/records/jobs");
  display_show (&f->display, GTK_WIDGET (f->page));
  kvar_page_load (f->page);
  kvar_page_restore_state (f->page, state);
  kvar_test_wait_until (is_complete (f));

  column = g_list_model_get_item (gtk_column_view_get_columns (get_view (f)), 0);
  g_assert_cmpint (gtk_column_view_column_get_fixed_width (column), ==, 321);
  g_assert_cmpuint (gtk_single_selection_get_selected (get_selection (f)), ==, 1);
}

static void
test_records_page_knows_no_other_tables (RecordsFixture *f,
                                         gconstpointer   unused)
{
  GtkWidget *status;

  records_open (f, KVAR_TYPE_RECORDS_PAGE, "/records/boats");
  status = display_child (f->page, "status");
  g_assert_true (display_is_shown (status, "message"));
  g_assert_false (records_action_enabled (f->page, "export"));
}

#define add(path, func) \
  g_test_add (path, RecordsFixture, NULL, records_set_up, func, records_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();

  add ("/records-page/shows-rows-and-their-number", test_records_page_shows_rows_and_their_number);
  add ("/records-page/sort/on-the-server", test_records_page_sorts_on_the_server);
  add ("/records-page/sort/by-a-click-on-the-header",
       test_records_page_sorts_by_a_click_on_the_header);
  add ("/records-page/sort/shows-the-order-of-its-route",
       test_records_page_shows_the_order_of_its_route);
  add ("/records-page/search/after-a-pause", test_records_page_searches_after_a_pause);
  add ("/records-page/search/goes-back-to-the-row",
       test_records_page_goes_back_from_the_search_to_the_row);
  add ("/records-page/says-that-nothing-matches", test_records_page_says_that_nothing_matches);
  add ("/records-page/takes-a-filter-away", test_records_page_takes_a_filter_away);
  add ("/records-page/keeps-the-rows-until-new-ones-come",
       test_records_page_keeps_the_rows_until_new_ones_come);
  add ("/records-page/says-that-it-takes-long", test_records_page_says_that_it_takes_long);
  add ("/records-page/tries-again", test_records_page_tries_again);
  add ("/records-page/refreshes-in-place", test_records_page_refreshes_in_place);
  add ("/records-page/opens-the-selected-record", test_records_page_opens_the_selected_record);
  add ("/records-page/comes-back-to-its-place", test_records_page_comes_back_to_its_place);
  add ("/records-page/knows-no-other-tables", test_records_page_knows_no_other_tables);

  return g_test_run ();
}
