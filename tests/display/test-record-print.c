/* test-record-print.c: a record on paper: every page says whose it is and where it ends
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib/gstdio.h>

#include "kvar-record-print.h"
#include "kvar-test-table.h"

#define WIDTH  500.0
#define HEIGHT 700.0

static KvarDraft *
new_draft (guint n_words)
{
  g_autoptr(KvarTable) table = kvar_test_table_new_jobs ();
  g_autoptr(KvarRecord) record = kvar_record_new (table);
  g_autoptr(GString) text = g_string_new ("Roof");

  for (guint i = 1; i < n_words; i++)
    g_string_append_printf (text, " word%u", i);
  for (guint i = 0; i < kvar_table_get_n_columns (table); i++)
    kvar_record_set_text (record, i, NULL);
  kvar_record_set_text (record, (guint)kvar_table_find_column_index (table, "title"), text->str);
  kvar_record_set_text (record, (guint)kvar_table_find_column_index (table, "price"), "1234.50");

  return kvar_draft_new (table, record);
}

static guint
lay_out (KvarRecordPrint *print)
{
  PangoContext *context = pango_font_map_create_context (pango_cairo_font_map_get_default ());
  guint n_pages = kvar_record_print_lay_out (print, context, WIDTH, HEIGHT);

  g_object_unref (context);

  return n_pages;
}

static void
test_record_print_is_one_page (void)
{
  g_autoptr(KvarDraft) draft = new_draft (1);
  g_autoptr(KvarRecordPrint) print = kvar_record_print_new (draft, "today");
  g_autofree char *text = NULL;

  g_assert_cmpuint (lay_out (print), ==, 1);
  text = kvar_record_print_dup_page_text (print, 0);
  g_assert_true (g_str_has_prefix (text, "Roof\nJobs\n"));
  g_assert_true (g_str_has_suffix (text, "today\nPage 1 of 1\n"));
  g_assert_nonnull (strstr (text, "\nPrice\n1234.50\n"));
}

static void
test_record_print_repeats_its_header (void)
{
  g_autoptr(KvarDraft) draft = new_draft (3000);
  g_autoptr(KvarRecordPrint) print = kvar_record_print_new (draft, "today");
  guint n_pages = lay_out (print);
  g_autoptr(GString) whole = g_string_new (NULL);

  g_assert_cmpuint (n_pages, >, 2);
  for (guint i = 0; i < n_pages; i++)
    {
      g_autofree char *text = kvar_record_print_dup_page_text (print, i);
      g_autofree char *end = g_strdup_printf ("Page %u of %u\n", i + 1, n_pages);

      g_assert_true (g_str_has_prefix (text, "Roof word1 "));
      g_assert_true (g_str_has_suffix (text, end));
      g_string_append (whole, strchr (text, '\n'));
    }

  /* Nothing is lost where a page ends. */
  for (guint i = 1; i < 3000; i += 97)
    {
      g_autofree char *word = g_strdup_printf ("word%u", i);

      g_assert_nonnull (strstr (whole->str, word));
    }
}

static void
test_record_print_says_that_it_is_a_draft (void)
{
  g_autoptr(KvarDraft) draft = new_draft (1);
  g_autoptr(KvarRecordPrint) print = kvar_record_print_new (draft, "today");
  g_autofree char *text = NULL;

  kvar_draft_set_input (draft, kvar_table_find_column (kvar_draft_get_table (draft), "price"),
                        "99");
  lay_out (print);
  text = kvar_record_print_dup_page_text (print, 0);
  g_assert_nonnull (strstr (text, "Jobs. Draft, not saved\n"));
  g_assert_nonnull (strstr (text, "\nPrice\n99"));
}

static void
test_record_print_makes_a_pdf (void)
{
  g_autoptr(KvarDraft) draft = new_draft (2000);
  g_autoptr(GtkPrintOperation) operation = kvar_record_print_new_operation (draft, "today");
  g_autofree char *folder = g_dir_make_tmp ("kvar-print-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "record.pdf", NULL);
  g_autofree char *pdf = NULL;
  g_autoptr(GError) error = NULL;
  gsize length;

  gtk_print_operation_set_export_filename (operation, path);
  g_assert_cmpint (gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_EXPORT, NULL,
                                            &error), ==, GTK_PRINT_OPERATION_RESULT_APPLY);
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, &pdf, &length, &error));
  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (pdf, "%PDF-"));
  g_assert_cmpuint (length, >, 4000);

  g_unlink (path);
  g_rmdir (folder);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  gtk_init ();

  g_test_add_func ("/record-print/REP-7/one-page", test_record_print_is_one_page);
  g_test_add_func ("/record-print/REP-7/repeats-its-header",
                   test_record_print_repeats_its_header);
  g_test_add_func ("/record-print/REP-7/draft", test_record_print_says_that_it_is_a_draft);
  g_test_add_func ("/record-print/REP-7/pdf", test_record_print_makes_a_pdf);

  return g_test_run ();
}
