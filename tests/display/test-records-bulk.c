/* test-records-bulk.c: many records at once: all that match selected, copied, changed, deleted
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kvar-records-fixture.h"
#include "pages/kvar-records-page.h"
#include "widgets/grid/kvar-grid.h"

#define N_ROWS 3000

static KvarGrid *
get_grid (RecordsFixture *f)
{
  return display_child (f->page, "grid");
}

static KvarGridSelection *
get_selection (RecordsFixture *f)
{
  return kvar_grid_get_selection (get_grid (f));
}

static guint
get_n_rows (RecordsFixture *f)
{
  return g_list_model_get_n_items (kvar_grid_get_model (get_grid (f)));
}

static gboolean
press (GtkWidget       *widget,
       guint            keyval,
       GdkModifierType  state)
{
  g_autoptr(GListModel) controllers = gtk_widget_observe_controllers (widget);
  gboolean handled = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (controllers) && !handled; i++)
    {
      g_autoptr(GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_EVENT_CONTROLLER_KEY (controller))
        g_signal_emit_by_name (controller, "key-pressed", keyval, 0, state, &handled);
    }

  return handled;
}

static void
select_all (RecordsFixture *f)
{
  g_assert_true (press (GTK_WIDGET (get_grid (f)), GDK_KEY_a, GDK_CONTROL_MASK));
}

/* How many are selected, as the page says it. */
static void
assert_selected (RecordsFixture *f,
                 guint           n)
{
  g_autofree char *expected = g_strdup_printf ("· %u selected", n);
  const char *count = display_label (f->page, "count_label");
  g_autoptr(GString) plain = g_string_new (count);

  g_string_replace (plain, ",", "", 0);
  if (!g_str_has_suffix (plain->str, expected))
    g_error ("“%s” does not say “%s”", count, expected);
}

static gboolean
count_says (RecordsFixture *f,
            const char     *part)
{
  return strstr (display_label (f->page, "count_label"), part) != NULL;
}

/* More jobs than are loaded at first, whose number is known. */
static void
open_many (RecordsFixture *f)
{
  for (guint i = 4; i <= N_ROWS; i++)
    {
      g_autofree char *id = g_strdup_printf ("%u", i);

      records_add_row (f, id, "Wall", "1.00");
    }

  records_open (f, KVAR_TYPE_RECORDS_PAGE, "/records/jobs?select=title,price");
  kvar_test_wait_until (count_says (f, "of 3,000"));
  g_assert_cmpuint (get_n_rows (f), <, N_ROWS);
}

static char *
dup_copied (RecordsFixture *f)
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

static void
test_records_bulk_offers_all_that_match (RecordsFixture *f,
                                         gconstpointer   unused)
{
  GtkButton *button;

  open_many (f);
  button = display_child (f->page, "select_all_button");
  g_assert_false (records_action_enabled (f->page, "select-all-matching"));
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (button)));

  select_all (f);
  assert_selected (f, get_n_rows (f));
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (button)));
  g_assert_cmpstr (gtk_button_get_label (button), ==, "Select all 3,000 matching records");

  select_all (f);
  g_assert_true (kvar_grid_selection_get_all_matching (get_selection (f)));
  assert_selected (f, N_ROWS);
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (button)));

  /* One record less is no longer all that match. */
  g_assert_true (press (GTK_WIDGET (get_grid (f)), GDK_KEY_space, GDK_CONTROL_MASK));
  assert_selected (f, get_n_rows (f) - 1);
  g_assert_false (kvar_grid_selection_get_all_matching (get_selection (f)));
}

static void
test_records_bulk_selects_what_comes_later (RecordsFixture *f,
                                            gconstpointer   unused)
{
  guint n;

  open_many (f);
  select_all (f);
  records_activate (f->page, "select-all-matching", NULL);
  n = get_n_rows (f);
  kvar_grid_set_cursor (get_grid (f), n - 1, NULL);
  kvar_test_wait_until (get_n_rows (f) > n);

  g_assert_true (kvar_grid_selection_get_all_matching (get_selection (f)));
  g_assert_cmpuint (kvar_grid_selection_get_n_rows (get_selection (f)), ==, get_n_rows (f));
  assert_selected (f, N_ROWS);
}

static void
test_records_bulk_offers_nothing_more (RecordsFixture *f,
                                       gconstpointer   unused)
{
  records_open (f, KVAR_TYPE_RECORDS_PAGE, "/records/jobs");
  kvar_test_wait_until (count_says (f, "3 records"));
  select_all (f);
  select_all (f);

  g_assert_false (records_action_enabled (f->page, "select-all-matching"));
  g_assert_false (kvar_grid_selection_get_all_matching (get_selection (f)));
  assert_selected (f, 3);
}

static void
test_records_bulk_copies_all_that_match (RecordsFixture *f,
                                         gconstpointer   unused)
{
  g_autofree char *text = NULL;
  g_auto(GStrv) lines = NULL;

  open_many (f);
  select_all (f);
  select_all (f);
  g_signal_emit_by_name (get_grid (f), "copy", TRUE);
  kvar_test_wait_until (f->toasts->len == 2);

  g_assert_cmpstr (g_ptr_array_index (f->toasts, 0), ==, "Copying all records that match…");
  g_assert_cmpstr (g_ptr_array_index (f->toasts, 1), ==, "3,000 records copied");
  text = dup_copied (f);
  lines = g_strsplit (text, "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, N_ROWS + 1);
  g_assert_cmpstr (lines[0], ==, "Title\tPrice");
  g_assert_cmpstr (lines[N_ROWS], ==, "Wall\t1.00");
}

#define add(path, func) \
  g_test_add (path, RecordsFixture, NULL, records_set_up, func, records_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();

  add ("/records-bulk/GRID-13/offers-all-that-match", test_records_bulk_offers_all_that_match);
  add ("/records-bulk/GRID-13/selects-what-comes-later",
       test_records_bulk_selects_what_comes_later);
  add ("/records-bulk/GRID-13/offers-nothing-more", test_records_bulk_offers_nothing_more);
  add ("/records-bulk/GRID-11/copies-all-that-match", test_records_bulk_copies_all_that_match);

  return g_test_run ();
}
