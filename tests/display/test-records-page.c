/* test-records-page.c: a list that keeps its place and says what it is waiting for
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kvar-page-look.h"
#include "kvar-records-fixture.h"
#include "pages/kvar-records-page-private.h"
#include "widgets/grid/kvar-grid.h"

static KvarGrid *
get_grid (RecordsFixture *f)
{
  return display_child (f->page, "grid");
}

static GtkWidget *
find_chip (GtkWidget *widget)
{
  if (GTK_IS_BUTTON (widget))
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget);
       child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_chip (child);

      if (found != NULL)
        return found;
    }

  return NULL;
}

static KvarGridColumn *
get_column (RecordsFixture *f,
            const char     *id)
{
  KvarGridColumn *column = kvar_grid_find_column (get_grid (f), id);

  g_assert_nonnull (column);

  return column;
}

static guint
get_n_rows (RecordsFixture *f)
{
  return g_list_model_get_n_items (kvar_grid_get_model (get_grid (f)));
}

static char *
dup_title (RecordsFixture *f,
           guint           position)
{
  g_autoptr(KvarRecord) record = g_list_model_get_item (kvar_grid_get_model (get_grid (f)),
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
  g_assert_true (display_has_focus (get_grid (f)));
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
request_sort (RecordsFixture *f,
              const char     *id,
              gboolean        add)
{
  g_signal_emit_by_name (get_grid (f), "sort-requested", get_column (f, id), add);
}

static void
test_records_page_sorts_by_the_header (RecordsFixture *f,
                                       gconstpointer   unused)
{
  open_jobs (f, "/records/jobs");
  request_sort (f, "title", FALSE);
  assert_route (f, "/records/jobs?order=title");
  request_sort (f, "title", FALSE);
  assert_route (f, "/records/jobs?order=title.desc");

  /* One more level, and that one the other way round. */
  request_sort (f, "price", TRUE);
  assert_route (f, "/records/jobs?order=title.desc,price");
  request_sort (f, "price", TRUE);
  assert_route (f, "/records/jobs?order=title.desc,price.desc");
  g_assert_cmpuint (kvar_grid_column_get_sort_level (get_column (f, "price")), ==, 2);
  request_sort (f, "price", FALSE);
  assert_route (f, "/records/jobs?order=price");
}

static void
test_records_page_shows_the_order_of_its_route (RecordsFixture *f,
                                                gconstpointer   unused)
{
  open_jobs (f, "/records/jobs?order=price.desc");
  g_assert_cmpint (kvar_grid_column_get_sort (get_column (f, "price")), ==,
                   KVAR_GRID_DESCENDING);
  g_assert_cmpint (kvar_grid_column_get_sort (get_column (f, "title")), ==, KVAR_GRID_UNSORTED);
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
  kvar_grid_set_cursor (get_grid (f), 2, get_column (f, "price"));
  type_search (f, "roof");
  kvar_test_wait_until (get_n_rows (f) == 1);
  kvar_test_settle ();

  n_requests = kvar_test_transport_get_n_requests (f->display.transport);
  gtk_search_bar_set_search_mode (display_child (f->page, "search_bar"), FALSE);
  kvar_test_settle ();

  g_assert_cmpuint (get_n_rows (f), ==, 3);
  g_assert_cmpuint (kvar_grid_get_cursor_row (get_grid (f)), ==, 2);
  g_assert_true (kvar_grid_get_cursor_column (get_grid (f)) == get_column (f, "price"));
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

/* SRCH-7: a search without the server finds what was seen before, and says what it is. */
static void
test_records_page_searches_offline (RecordsFixture *f,
                                    gconstpointer   unused)
{
  display_add_cache (&f->display);
  open_jobs (f, "/records/jobs");
  kvar_test_settle ();
  f->offline = TRUE;
  records_open (f, KVAR_TYPE_RECORDS_PAGE, "/records/jobs?q=roof&order=title.desc");
  kvar_test_wait_until (kvar_grid_get_model (get_grid (f)) != NULL && get_n_rows (f) == 1);
  kvar_test_settle ();
  g_assert_cmpstr (display_label (f->page, "problem_label"), ==,
                   "Only among what is stored here");

  f->offline = FALSE;
  records_activate (f->page, "retry", NULL);
  kvar_test_wait_until (*display_label (f->page, "problem_label") == '\0');
  g_assert_cmpuint (get_n_rows (f), ==, 1);
}

static void
test_records_page_refreshes_in_place (RecordsFixture *f,
                                      gconstpointer   unused)
{
  open_jobs (f, "/records/jobs");
  kvar_grid_set_cursor (get_grid (f), 1, NULL);
  records_add_row (f, "4", "Garden", "1.00");

  records_activate (f->page, "refresh", NULL);
  kvar_test_wait_until (get_n_rows (f) == 4);
  g_assert_cmpuint (kvar_grid_get_cursor_row (get_grid (f)), ==, 1);
}

static void
test_records_page_opens_the_selected_record (RecordsFixture *f,
                                             gconstpointer   unused)
{
  open_jobs (f, "/records/jobs");
  kvar_grid_set_cursor (get_grid (f), 1, NULL);
  g_signal_emit_by_name (get_grid (f), "row-activated", 1u);
  g_assert_cmpstr (f->navigated, ==, "/records/jobs/2");

  records_activate (f->page, "new-record", NULL);
  g_assert_cmpstr (f->navigated, ==, "/records/jobs/new");
}

static void
test_records_page_comes_back_to_its_place (RecordsFixture *f,
                                           gconstpointer   unused)
{
  g_autoptr(GVariant) state = NULL;

  open_jobs (f, "/records/jobs");
  kvar_grid_set_cursor (get_grid (f), 1, get_column (f, "price"));
  kvar_grid_column_set_width (get_column (f, "title"), 321);
  kvar_grid_column_set_visible (get_column (f, "remark"), FALSE);
  state = kvar_page_save_state (f->page);

  f->page = records_new_page (f, KVAR_TYPE_RECORDS_PAGE, "/records/jobs");
  display_show (&f->display, GTK_WIDGET (f->page));
  kvar_page_load (f->page);
  kvar_page_restore_state (f->page, state);
  kvar_test_wait_until (is_complete (f));

  g_assert_cmpint (kvar_grid_column_get_width (get_column (f, "title")), ==, 321);
  g_assert_false (kvar_grid_column_get_visible (get_column (f, "remark")));
  g_assert_cmpuint (kvar_grid_get_cursor_row (get_grid (f)), ==, 1);
  g_assert_true (kvar_grid_get_cursor_column (get_grid (f)) == get_column (f, "price"));

  records_activate (f->page, "reset-columns", NULL);
  g_assert_cmpint (kvar_grid_column_get_width (get_column (f, "title")), ==, 240);
  g_assert_true (kvar_grid_column_get_visible (get_column (f, "remark")));
}

static void
test_records_page_comes_back_with_one_column (RecordsFixture *f,
                                              gconstpointer   unused)
{
  g_autoptr(GVariant) state = NULL;
  g_autoptr(GPtrArray) shown = NULL;

  open_jobs (f, "/records/jobs");
  kvar_grid_column_set_visible (get_column (f, "remark"), FALSE);
  for (guint i = 0; i < kvar_grid_get_n_columns (get_grid (f)); i++)
    kvar_grid_column_set_visible (kvar_grid_get_column (get_grid (f), i), i == 4);
  shown = kvar_grid_list_shown_columns (get_grid (f));
  g_assert_cmpuint (shown->len, ==, 1);
  state = kvar_page_save_state (f->page);

  f->page = records_new_page (f, KVAR_TYPE_RECORDS_PAGE, "/records/jobs");
  display_show (&f->display, GTK_WIDGET (f->page));
  kvar_page_load (f->page);
  kvar_page_restore_state (f->page, state);
  g_clear_pointer (&shown, g_ptr_array_unref);
  shown = kvar_grid_list_shown_columns (get_grid (f));
  g_assert_cmpuint (shown->len, ==, 1);
}

/* Columns are arranged once for a table, not for each of its views. */
static void
test_records_page_looks_alike_in_all_views (RecordsFixture *f,
                                            gconstpointer   unused)
{
  g_autofree char *path = g_build_filename (f->display.state_dir, "windows", NULL);
  g_autoptr(KvarStateFile) file = kvar_state_file_new (path, f->display.clock);
  g_autoptr(GVariant) state = NULL;
  g_autoptr(GVariant) view = NULL;

  open_jobs (f, "/records/jobs?order=title");
  kvar_grid_column_set_width (get_column (f, "title"), 321);
  state = kvar_page_save_state (f->page);
  kvar_page_look_keep (file, f->page, state);

  open_jobs (f, "/records/jobs?title=eq.Roof");
  g_assert_cmpint (kvar_grid_column_get_width (get_column (f, "title")), ==, 240);
  view = kvar_page_look_add (file, f->page, NULL);
  g_assert_nonnull (view);
  kvar_page_restore_state (f->page, view);
  g_assert_cmpint (kvar_grid_column_get_width (get_column (f, "title")), ==, 321);
}

/* A column that is shown only now is asked for, and nobody loses their place. */
static void
test_records_page_loads_a_column_that_is_shown (RecordsFixture *f,
                                                gconstpointer   unused)
{
  guint n_requests;

  open_jobs (f, "/records/jobs?select=title");
  g_assert_false (kvar_grid_column_get_visible (get_column (f, "price")));
  kvar_grid_set_cursor (get_grid (f), 2, NULL);

  kvar_grid_column_set_visible (get_column (f, "price"), TRUE);
  kvar_test_wait_until (records_count (f, "GET", "price::text") > 0);
  kvar_test_wait_until (is_complete (f));
  kvar_test_settle ();
  g_assert_cmpuint (get_n_rows (f), ==, 3);
  g_assert_cmpuint (kvar_grid_get_cursor_row (get_grid (f)), ==, 2);

  /* What is there already is not asked for again; one column stays. */
  n_requests = kvar_test_transport_get_n_requests (f->display.transport);
  kvar_grid_column_set_visible (get_column (f, "price"), FALSE);
  kvar_grid_column_set_visible (get_column (f, "price"), TRUE);
  kvar_grid_column_set_visible (get_column (f, "price"), FALSE);
  kvar_grid_column_set_visible (get_column (f, "title"), FALSE);
  kvar_test_settle ();
  g_assert_true (kvar_grid_column_get_visible (get_column (f, "title")));
  g_assert_cmpuint (kvar_test_transport_get_n_requests (f->display.transport), ==, n_requests);
}

static void
test_records_page_counts_what_is_selected (RecordsFixture *f,
                                           gconstpointer   unused)
{
  open_jobs (f, "/records/jobs");
  kvar_grid_selection_select_range (kvar_grid_get_selection (get_grid (f)), 0, 2);
  g_assert_cmpstr (display_label (f->page, "count_label"), ==, "3 records · 2 selected");
  kvar_grid_selection_clear (kvar_grid_get_selection (get_grid (f)));
  g_assert_cmpstr (display_label (f->page, "count_label"), ==, "3 records");
}

static char *
dup_copied_text (RecordsFixture *f)
{
  GdkClipboard *clipboard = gtk_widget_get_clipboard (GTK_WIDGET (f->page));
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  char *text;

  gdk_clipboard_read_text_async (clipboard, NULL, kvar_test_keep_result, &result);
  kvar_test_wait_until (result != NULL);
  text = gdk_clipboard_read_text_finish (clipboard, result, &error);
  g_assert_no_error (error);

  return text;
}

static char *
dup_copied_html (RecordsFixture *f)
{
  GdkClipboard *clipboard = gtk_widget_get_clipboard (GTK_WIDGET (f->page));
  g_autoptr(GOutputStream) stream = g_memory_output_stream_new_resizable ();
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  gdk_content_provider_write_mime_type_async (gdk_clipboard_get_content (clipboard), "text/html",
                                              stream, G_PRIORITY_DEFAULT, NULL,
                                              kvar_test_keep_result, &result);
  kvar_test_wait_until (result != NULL);
  gdk_content_provider_write_mime_type_finish (gdk_clipboard_get_content (clipboard), result,
                                               &error);
  g_assert_no_error (error);
  g_output_stream_write_all (stream, "", 1, NULL, NULL, &error);
  g_assert_no_error (error);
  g_output_stream_close (stream, NULL, NULL);

  return g_memory_output_stream_steal_data (G_MEMORY_OUTPUT_STREAM (stream));
}

static void
test_records_page_copies_a_table (RecordsFixture *f,
                                  gconstpointer   unused)
{
  g_autofree char *text = NULL;
  g_autofree char *html = NULL;
  g_autofree char *cell = NULL;

  records_add_row (f, "4", "A \"good\" <roof>\nwith two lines", "1234.50");
  open_jobs (f, "/records/jobs?select=title,price");
  kvar_grid_set_cursor (get_grid (f), 0, get_column (f, "price"));
  g_signal_emit_by_name (get_grid (f), "copy", FALSE);
  cell = dup_copied_text (f);
  g_assert_cmpstr (cell, ==, "12.50");

  kvar_grid_selection_select_range (kvar_grid_get_selection (get_grid (f)), 2, 2);
  g_signal_emit_by_name (get_grid (f), "copy", TRUE);
  text = dup_copied_text (f);
  g_assert_cmpstr (text, ==,
                   "Title\tPrice\nAttic\t\n\"A \"\"good\"\" <roof>\nwith two lines\"\t1234.50");
  html = dup_copied_html (f);
  g_assert_cmpstr (html, ==,
                   "<meta charset=\"utf-8\"><table><tr><th>Title</th><th>Price</th></tr>"
                   "<tr><td>Attic</td><td></td></tr>"
                   "<tr><td>A &quot;good&quot; &lt;roof&gt;\nwith two lines</td>"
                   "<td>1234.50</td></tr></table>");
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

static void
test_records_page_filters_by_cell (RecordsFixture *f,
                                   gconstpointer   unused)
{
  GMenuModel *menu = NULL;

  open_jobs (f, "/records/jobs");
  kvar_grid_set_cursor (get_grid (f), 1, get_column (f, "title"));
  g_signal_emit_by_name (get_grid (f), "cell-menu", &menu);
  g_assert_cmpint (g_menu_model_get_n_items (menu), ==, 3);
  g_clear_object (&menu);

  records_activate (f->page, "filter-by-cell", g_variant_new_boolean (FALSE));
  kvar_test_wait_until (get_n_rows (f) == 1);
  assert_route (f, "/records/jobs?title=eq.Cellar");
  records_activate (f->page, "filter-by-cell", g_variant_new_boolean (FALSE));
  assert_route (f, "/records/jobs?title=eq.Cellar");

  records_activate (f->page, "clear-filters", NULL);
  kvar_test_wait_until (get_n_rows (f) == 3);
  kvar_grid_set_cursor (get_grid (f), 0, get_column (f, "price"));
  records_activate (f->page, "filter-by-cell", g_variant_new_boolean (TRUE));
  assert_route (f, "/records/jobs?price=isdistinct.12.50");
}

/* A cell without a value is told from the others by that. */
static void
test_records_page_filters_by_an_empty_cell (RecordsFixture *f,
                                            gconstpointer   unused)
{
  open_jobs (f, "/records/jobs");
  kvar_grid_set_cursor (get_grid (f), 2, get_column (f, "price"));
  records_activate (f->page, "filter-by-cell", g_variant_new_boolean (FALSE));
  assert_route (f, "/records/jobs?price=is.null");
  records_activate (f->page, "clear-filters", NULL);
  kvar_grid_set_cursor (get_grid (f), 2, get_column (f, "price"));
  records_activate (f->page, "filter-by-cell", g_variant_new_boolean (TRUE));
  assert_route (f, "/records/jobs?price=not.is.null");
}

/* Only what is loaded is looked through, and that is said. */
static void
test_records_page_says_what_is_typed (RecordsFixture *f,
                                      gconstpointer   unused)
{
  KvarRecordsPage *page = NULL;

  open_jobs (f, "/records/jobs");
  page = KVAR_RECORDS_PAGE (f->page);
  kvar_grid_find_type (page->find, "CÉ");
  g_assert_cmpuint (kvar_grid_get_cursor_row (get_grid (f)), ==, 1);
  g_assert_cmpstr (display_label (f->page, "find_label"), ==, "Begins with “CÉ”");
  g_assert_true (gtk_widget_get_visible (display_child (f->page, "find_label")));

  kvar_grid_find_type (page->find, "z");
  g_assert_cmpstr (display_label (f->page, "find_label"), ==, "Nothing below begins with “CÉz”");
  g_assert_cmpuint (kvar_grid_get_cursor_row (get_grid (f)), ==, 1);

  kvar_clock_advance (f->display.clock, 5 * KVAR_CLOCK_SECOND);
  g_assert_false (gtk_widget_get_visible (display_child (f->page, "find_label")));
}

/* In a window of 1000 pixels with the sidebar beside it. */
static void
test_records_page_has_its_verbs_at_hand (RecordsFixture *f,
                                         gconstpointer   unused)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  AdwHeaderBar *header = ADW_HEADER_BAR (adw_header_bar_new ());

  f->page = records_new_page (f, KVAR_TYPE_RECORDS_PAGE, "/records/jobs");
  adw_header_bar_set_title_widget (header, adw_window_title_new ("Jobs", NULL));
  adw_header_bar_set_decoration_layout (header, ":minimize,maximize,close");
  adw_header_bar_pack_start (header, gtk_button_new_from_icon_name ("go-previous-symbolic"));
  adw_header_bar_pack_start (header, gtk_button_new_from_icon_name ("go-next-symbolic"));
  adw_header_bar_pack_start (header, kvar_page_get_header_start (f->page));
  adw_header_bar_pack_end (header, gtk_button_new_from_icon_name ("open-menu-symbolic"));
  adw_header_bar_pack_end (header, kvar_page_get_header_end (f->page));
  gtk_widget_set_margin_end (GTK_WIDGET (header), 52);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (header));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (f->page));
  display_show (&f->display, box);
  kvar_page_load (f->page);
  kvar_test_settle ();

  g_assert_true (display_is_shown (f->page, "filter_button"));
  g_assert_true (display_is_shown (f->page, "narrow_sort_button"));
  g_assert_true (gtk_widget_get_mapped (gtk_widget_get_next_sibling (
                   display_child (f->page, "narrow_sort_button"))));
}

#define add(path, func) \
  g_test_add (path, RecordsFixture, NULL, records_set_up, func, records_tear_down)

/* A new record that is not saved yet stands above the list, and its chip leads to it. */
static void
test_records_page_lists_new_drafts (RecordsFixture *f,
                                    gconstpointer   unused)
{
  KvarDraftStore *drafts = kvar_workspace_get_drafts (f->display.workspace);
  KvarTable *table = NULL;
  GtkWidget *chip = NULL;
  g_autoptr(KvarDraft) draft = NULL;

  records_open (f, KVAR_TYPE_RECORDS_PAGE, "/records/jobs");
  table = kvar_schema_find_table (kvar_workspace_get_schema (f->display.workspace), "jobs");
  draft = kvar_draft_store_begin_new (drafts, table);
  kvar_draft_set_input (draft, kvar_table_find_column (table, "title"), "Boat");

  chip = find_chip (display_child (f->page, "new_drafts_bar"));
  g_assert_nonnull (chip);
  g_assert_cmpstr (gtk_widget_get_tooltip_text (chip), ==, "Open Draft: Boat");
  display_click (chip);
  g_assert_cmpstr (f->navigated, ==, "/records/jobs/new");

  kvar_draft_discard (draft);
  g_assert_null (find_chip (display_child (f->page, "new_drafts_bar")));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();

  add ("/records-page/shows-rows-and-their-number", test_records_page_shows_rows_and_their_number);
  add ("/records-page/sort/on-the-server", test_records_page_sorts_on_the_server);
  add ("/records-page/sort/by-the-header", test_records_page_sorts_by_the_header);
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
  add ("/records-page/SRCH-7/searches-offline", test_records_page_searches_offline);
  add ("/records-page/refreshes-in-place", test_records_page_refreshes_in_place);
  add ("/records-page/opens-the-selected-record", test_records_page_opens_the_selected_record);
  add ("/records-page/comes-back-to-its-place", test_records_page_comes_back_to_its_place);
  add ("/records-page/comes-back-with-one-column",
       test_records_page_comes_back_with_one_column);
  add ("/records-page/looks-alike-in-all-views", test_records_page_looks_alike_in_all_views);
  add ("/records-page/loads-a-column-that-is-shown",
       test_records_page_loads_a_column_that_is_shown);
  add ("/records-page/counts-what-is-selected", test_records_page_counts_what_is_selected);
  add ("/records-page/DRF-13/lists-new-drafts", test_records_page_lists_new_drafts);
  add ("/records-page/SRCH-4/filters-by-cell", test_records_page_filters_by_cell);
  add ("/records-page/SRCH-4/filters-by-an-empty-cell",
       test_records_page_filters_by_an_empty_cell);
  add ("/records-page/says-what-is-typed", test_records_page_says_what_is_typed);
  add ("/records-page/copies-a-table", test_records_page_copies_a_table);
  add ("/records-page/knows-no-other-tables", test_records_page_knows_no_other_tables);
  add ("/records-page/header/verbs-at-hand", test_records_page_has_its_verbs_at_hand);

  return g_test_run ();
}
