/* test-records-hostile.c: whatever is in a cell is shown as text, and a server's words never
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kvar-records-fixture.h"
#include "pages/kvar-record-page.h"
#include "pages/kvar-records-page.h"

/* Stands wherever a server's own words are. */
#define LEAK "L3AK"

static const char *const texts[] = {
  "<b>bold</b> &amp; <span size='999999'>x</span> & <",
  "\u202eright to left\u202c \u05e9\u05dc\u05d5\u05dd \u0645\u0631\u062d\u0628\u0627",
  "\U0001f469\u200d\U0001f680\U0001f1f8\U0001f1ea e\u0301\u0301\u0301\u0301",
  "a\nb\r\nc\td\x01\x7f\u2028\ufeff",
  "%s %n %d _(\"x\") \\u0000",
  "",
};

/* As above, then a line of 50,000 letters. */
static void
add_rows (RecordsFixture *f)
{
  g_autofree char *large = g_strnfill (50000, 'w');
  guint n = G_N_ELEMENTS (texts);

  kvar_test_rows_clear (f->rows);
  for (guint i = 0; i <= n; i++)
    {
      g_autofree char *id = g_strdup_printf ("%u", i + 1);

      records_add_row (f, id, i < n ? texts[i] : large, "1e400");
    }
}

static gboolean
says (GtkWidget  *widget,
      const char *text)
{
  gboolean found = GTK_IS_LABEL (widget) &&
                   strstr (gtk_label_get_text (GTK_LABEL (widget)), text) != NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget);
       child != NULL && !found;
       child = gtk_widget_get_next_sibling (child))
    found = says (child, text);

  return found;
}

static void
test_list_shows_texts (RecordsFixture *f,
                       gconstpointer   unused)
{
  add_rows (f);
  records_open (f, KVAR_TYPE_RECORDS_PAGE, "/records/jobs");
  kvar_test_wait_until (strstr (display_label (f->page, "count_label"), "7 records") != NULL);
  kvar_test_settle ();
}

static void
test_form_holds_texts (RecordsFixture *f,
                       gconstpointer   row)
{
  guint index = GPOINTER_TO_UINT (row);
  g_autofree char *route = g_strdup_printf ("/records/jobs/%u", index + 1);
  KvarField *title;
  g_autofree char *input = NULL;

  add_rows (f);
  records_open (f, KVAR_TYPE_RECORD_PAGE, route);
  kvar_test_wait_until (g_str_equal (records_stack_page (f->page), "form"));
  kvar_test_settle ();

  title = kvar_form_get_field (records_form (f->page), "title");
  input = kvar_draft_get_input (kvar_field_get_draft (title), kvar_field_get_column (title));
  g_assert_cmpstr (input, ==, texts[index]);
  g_assert_false (records_action_enabled (f->page, "save"));
}

/* Saved in vain, in every way that a server or what stands before it can say so. */
static void
test_refusals_are_not_quoted (RecordsFixture *f,
                              gconstpointer   unused)
{
  static const struct { int status; const char *reply; } cases[] = {
    { 409, "{\"code\":\"23505\",\"message\":\"" LEAK " <b>\",\"details\":\"Key (title)=(" LEAK
           ") already exists.\"}" },
    { 400, "{\"code\":\"" LEAK "\",\"message\":\"" LEAK "\",\"hint\":\"" LEAK "\"}" },
    { 502, "<html><body>" LEAK "</body></html>" },
    { 404, "[[[" LEAK },
    { 200, "{\"title\":{\"" LEAK "\":" },
  };

  records_open (f, KVAR_TYPE_RECORD_PAGE, "/records/jobs/2");
  kvar_test_wait_until (g_str_equal (records_stack_page (f->page), "form"));
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      f->status = cases[i].status;
      f->reply = cases[i].reply;
      f->n_sent = 0;
      gtk_editable_set_text (records_entry (f->page, "title"), i % 2 ? "Typed" : "Typed again");
      records_activate (f->page, "save", NULL);
      kvar_test_wait_until (f->n_sent >= 1);
      kvar_test_settle ();
      g_assert_false (says (GTK_WIDGET (f->display.window), LEAK));
      for (guint toast = 0; toast < f->toasts->len; toast++)
        g_assert_null (strstr (g_ptr_array_index (f->toasts, toast), LEAK));
      g_assert_true (g_str_has_prefix (gtk_editable_get_text (records_entry (f->page, "title")),
                                       "Typed"));
    }
}

#define ADD(path, data, func) \
  g_test_add ("/records-hostile/" path, RecordsFixture, GUINT_TO_POINTER (data), records_set_up, \
              func, records_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  adw_init ();

  ADD ("list/shows-texts", 0, test_list_shows_texts);
  ADD ("form/markup", 0, test_form_holds_texts);
  ADD ("form/right-to-left", 1, test_form_holds_texts);
  ADD ("form/emoji", 2, test_form_holds_texts);
  ADD ("form/control-signs", 3, test_form_holds_texts);
  ADD ("form/formats", 4, test_form_holds_texts);
  ADD ("form/refusals-are-not-quoted", 0, test_refusals_are_not_quoted);

  return g_test_run ();
}
