/* test-conflict-view.c: both sides of a conflict, chosen from by keyboard, and saved once
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kvar-press.h"
#include "kvar-records-fixture.h"
#include "pages/kvar-record-page.h"
#include "widgets/kvar-conflict-row.h"

#define NO_ROW \
  "{\"code\":\"PGRST116\",\"details\":\"The result contains 0 rows\",\"message\":\"no\"}"
#define ROW(title, price, remark) \
  "{\"id\":\"2\",\"title\":\"" title "\",\"price\":\"" price "\",\"due_on\":\"2026-11-20\"," \
  "\"remark\":\"" remark "\",\"done\":null,\"xmin\":\"813\"}"

#define BEFORE "The old roof leaks over the kitchen, and has done so for years."
#define THEIRS "The old roof leaked over the kitchen, and has done so for years."
#define YOURS "The old roof leaks over the kitchen. It has done so for years."

static gboolean
conflict_is_shown (RecordsFixture *f)
{
  return g_str_equal (records_stack_page (f->page), "conflict");
}

static void
set_row (RecordsFixture *f,
         const char     *title,
         const char     *price,
         const char     *due_on,
         const char     *remark,
         const char     *xmin)
{
  const char *const values[] = { "2", title, price, due_on, remark, NULL, xmin };

  kvar_test_rows_clear (f->rows);
  kvar_test_rows_add (f->rows, values);
}

/* Title, price and a long remark are other ones on both sides, the day on theirs. */
static void
meet (RecordsFixture *f)
{
  GtkWidget *remark;

  f->status = 406;
  f->reply = NO_ROW;
  set_row (f, "Cellar", "7.00", NULL, BEFORE, "811");
  records_open (f, KVAR_TYPE_RECORD_PAGE, "/records/jobs/2");
  kvar_test_wait_until (g_str_equal (records_stack_page (f->page), "form"));
  gtk_editable_set_text (records_entry (f->page, "title"), "Mine");
  gtk_editable_set_text (records_entry (f->page, "price"), "8");
  remark = records_find_text (GTK_WIDGET (kvar_form_get_field (records_form (f->page), "remark")));
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (remark)), YOURS, -1);
  set_row (f, "Theirs", "9.00", "2026-11-20", THEIRS, "812");
  records_activate (f->page, "save", NULL);
  kvar_test_wait_until (conflict_is_shown (f));
}

static gpointer
view_of (RecordsFixture *f)
{
  return display_child (f->page, "conflict");
}

static KvarConflictRow *
nth_row (RecordsFixture *f,
         guint           n)
{
  GtkWidget *row = gtk_widget_get_first_child (display_child (view_of (f), "box"));

  while (n-- > 0)
    row = gtk_widget_get_next_sibling (row);

  return KVAR_CONFLICT_ROW (row);
}

static gboolean
is_chosen (KvarConflictRow *row,
           const char      *button)
{
  return gtk_check_button_get_active (display_child (row, button));
}

static GtkEditable *
result_of (KvarConflictRow *row)
{
  return GTK_EDITABLE (records_find_text (display_child (row, "result_box")));
}

static void
test_shows_all_sides (RecordsFixture *f,
                      gconstpointer   unused)
{
  KvarConflictRow *title;

  meet (f);
  title = nth_row (f, 0);
  g_assert_cmpstr (display_label (title, "title_label"), ==, "Title");
  g_assert_cmpstr (display_label (title, "before_label"), ==, "Cellar");
  g_assert_cmpstr (display_label (title, "their_label"), ==, "Theirs");
  g_assert_cmpstr (display_label (title, "your_label"), ==, "Mine");
  g_assert_cmpstr (gtk_editable_get_text (result_of (title)), ==, "Mine");
  g_assert_true (is_chosen (title, "your_button"));
  g_assert_true (display_has_focus (display_child (title, "your_button")));
  g_assert_cmpstr (display_label (view_of (f), "explanation"), ==,
                   "It was saved while you were editing. Choose what is to stay.");
}

/* Up, Down, Left, Right and F2 are all it takes. */
static void
test_is_chosen_by_keys (RecordsFixture *f,
                        gconstpointer   unused)
{
  GtkWindow *window = f->display.window;

  meet (f);
  g_assert_true (press (window, GDK_KEY_Left, 0));
  g_assert_true (is_chosen (nth_row (f, 0), "their_button"));
  g_assert_cmpstr (gtk_editable_get_text (result_of (nth_row (f, 0))), ==, "Theirs");
  g_assert_true (press (window, GDK_KEY_Down, 0));
  g_assert_true (display_has_focus (display_child (nth_row (f, 1), "your_button")));
  g_assert_true (press (window, GDK_KEY_F2, 0));
  g_assert_true (display_has_focus (result_of (nth_row (f, 1))));

  /* In the result arrows belong to its text. */
  g_assert_false (press (window, GDK_KEY_Left, 0));
  gtk_editable_set_text (result_of (nth_row (f, 1)), "8.50");
  g_assert_false (is_chosen (nth_row (f, 1), "your_button"));
  g_assert_false (is_chosen (nth_row (f, 1), "their_button"));
  g_assert_true (press (window, GDK_KEY_Escape, 0));
  g_assert_true (conflict_is_shown (f));
  g_assert_true (press (window, GDK_KEY_Up, 0));
  g_assert_true (press (window, GDK_KEY_Up, 0));
  g_assert_true (display_has_focus (display_child (nth_row (f, 0), "their_button")));
  g_assert_true (press (window, GDK_KEY_Right, 0));
  g_assert_true (is_chosen (nth_row (f, 0), "your_button"));
}

/* Theirs is on the right where one writes from the right. */
static void
test_mirrors_its_keys (RecordsFixture *f,
                       gconstpointer   unused)
{
  meet (f);
  gtk_widget_set_direction (GTK_WIDGET (nth_row (f, 0)), GTK_TEXT_DIR_RTL);
  press (f->display.window, GDK_KEY_Right, 0);
  g_assert_true (is_chosen (nth_row (f, 0), "their_button"));
  press (f->display.window, GDK_KEY_Left, 0);
  g_assert_true (is_chosen (nth_row (f, 0), "your_button"));
}

static gboolean
has_attribute (PangoAttribute *attribute,
               gpointer        type)
{
  return attribute->klass->type == GPOINTER_TO_UINT (type);
}

static gboolean
is_marked (GtkLabel      *label,
           PangoAttrType  type)
{
  PangoAttrList *list = gtk_label_get_attributes (label);
  g_autoptr(PangoAttrList) copy = list != NULL ? pango_attr_list_copy (list) : NULL;
  g_autoptr(PangoAttrList) found = NULL;

  if (copy != NULL)
    found = pango_attr_list_filter (copy, has_attribute, GUINT_TO_POINTER (type));

  return found != NULL;
}

static void
test_marks_words (RecordsFixture *f,
                  gconstpointer   unused)
{
  KvarConflictRow *remark;

  meet (f);
  remark = nth_row (f, 2);
  g_assert_false (display_is_shown (remark, "before_label"));
  g_assert_cmpstr (display_label (remark, "their_label"), ==,
                   "The old roof leaksleaked over the kitchen, and has done so for years.");
  g_assert_true (is_marked (display_child (remark, "their_label"), PANGO_ATTR_STRIKETHROUGH));
  g_assert_true (is_marked (display_child (remark, "their_label"), PANGO_ATTR_UNDERLINE));
}

static void
test_saves_what_is_combined (RecordsFixture *f,
                             gconstpointer   unused)
{
  meet (f);
  kvar_conflict_row_choose (nth_row (f, 0), KVAR_SIDE_THEIRS);
  gtk_editable_set_text (result_of (nth_row (f, 1)), "8.50");
  kvar_conflict_row_choose (nth_row (f, 2), KVAR_SIDE_THEIRS);
  f->status = 200;
  f->reply = ROW ("Theirs", "8.50", THEIRS);

  records_activate (f->page, "save", NULL);
  kvar_test_wait_until (g_str_has_prefix (display_label (f->page, "state_label"), "Saved "));
  g_assert_cmpstr (f->sent, ==, "{\"price\":\"8.50\"}");
  g_assert_cmpuint (records_count (f, "PATCH", "xmin=eq.812"), ==, 1);
}

/* What nobody can read is said beside the result, and nothing is sent. */
static void
test_checks_the_result (RecordsFixture *f,
                        gconstpointer   unused)
{
  meet (f);
  gtk_editable_set_text (result_of (nth_row (f, 1)), "8,x");
  records_activate (f->page, "save-combined", NULL);
  g_assert_true (conflict_is_shown (f));
  g_assert_true (display_has_focus (result_of (nth_row (f, 1))));
  g_assert_cmpuint (f->n_sent, ==, 1);
}

static void
test_takes_all_of_theirs (RecordsFixture *f,
                          gconstpointer   unused)
{
  meet (f);
  for (guint i = 0; i < 3; i++)
    kvar_conflict_row_choose (nth_row (f, i), KVAR_SIDE_THEIRS);
  records_activate (f->page, "save-combined", NULL);
  g_assert_cmpstr (records_stack_page (f->page), ==, "form");
  g_assert_cmpstr (gtk_editable_get_text (records_entry (f->page, "title")), ==, "Theirs");
  g_assert_cmpuint (kvar_outbox_get_n_parked (kvar_workspace_get_outbox (f->display.workspace)),
                    ==, 0);
}

static void
test_keeps_the_draft (RecordsFixture *f,
                      gconstpointer   unused)
{
  meet (f);
  gtk_editable_set_text (result_of (nth_row (f, 0)), "Both");
  records_activate (f->page, "leave-compare", NULL);
  g_assert_cmpstr (records_stack_page (f->page), ==, "form");
  g_assert_cmpstr (gtk_editable_get_text (records_entry (f->page, "title")), ==, "Both");
  g_assert_cmpstr (gtk_editable_get_text (records_entry (f->page, "price")), ==, "8");
  g_assert_true (display_is_shown (f->page, "conflict_button"));
}

static void
test_shows_what_was_combined (RecordsFixture *f,
                              gconstpointer   unused)
{
  GtkListBox *list;

  meet (f);
  g_assert_cmpstr (display_label (view_of (f), "combined_label"), ==,
                   "1 other change was combined without conflict.");
  list = display_child (view_of (f), "combined_list");
  g_assert_false (gtk_widget_get_mapped (GTK_WIDGET (list)));
  gtk_toggle_button_set_active (display_child (view_of (f), "combined_button"), TRUE);
  kvar_test_wait_until (gtk_widget_get_mapped (GTK_WIDGET (list)));
  g_assert_cmpstr (adw_preferences_row_get_title (
                     ADW_PREFERENCES_ROW (gtk_list_box_get_row_at_index (list, 0))),
                   ==, "Due on");
}

/* Somebody is faster every time. */
static void
test_explains_after_three_rounds (RecordsFixture *f,
                                  gconstpointer   unused)
{
  meet (f);
  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *title = g_strdup_printf ("Theirs %u", i);
      g_autofree char *xmin = g_strdup_printf ("%u", 820 + i);
      guint n_sent = f->n_sent;

      g_assert_null (strstr (display_label (view_of (f), "explanation"), "go on saving"));
      set_row (f, title, "9.00", NULL, THEIRS, xmin);
      records_activate (f->page, "save-combined", NULL);
      kvar_test_wait_until (f->n_sent > n_sent && conflict_is_shown (f));
    }
  g_assert_nonnull (strstr (display_label (view_of (f), "explanation"), "go on saving"));
}

#define add(path, func) \
  g_test_add (path, RecordsFixture, NULL, records_set_up, func, records_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();

  add ("/conflict-view/DRF-6/shows-all-sides", test_shows_all_sides);
  add ("/conflict-view/DRF-6/is-chosen-by-keys", test_is_chosen_by_keys);
  add ("/conflict-view/DRF-6/mirrors-its-keys", test_mirrors_its_keys);
  add ("/conflict-view/DRF-6/marks-words", test_marks_words);
  add ("/conflict-view/DRF-6/saves-what-is-combined", test_saves_what_is_combined);
  add ("/conflict-view/DRF-6/checks-the-result", test_checks_the_result);
  add ("/conflict-view/DRF-6/takes-all-of-theirs", test_takes_all_of_theirs);
  add ("/conflict-view/DRF-6/keeps-the-draft", test_keeps_the_draft);
  add ("/conflict-view/DRF-5/shows-what-was-combined", test_shows_what_was_combined);
  add ("/conflict-view/DRF-6/explains-after-three-rounds", test_explains_after_three_rounds);

  return g_test_run ();
}
