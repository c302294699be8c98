/* test-record-moves.c: two hundred records one after the other, and nothing that was typed is lost
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kvar-records-fixture.h"
#include "pages/kvar-record-page.h"

static gboolean
form_is_shown (RecordsFixture *f)
{
  return g_str_equal (records_stack_page (f->page), "form");
}

static void
open_record (RecordsFixture *f,
             const char     *route)
{
  records_open (f, KVAR_TYPE_RECORD_PAGE, route);
  kvar_test_wait_until (form_is_shown (f));
}

static void
type (RecordsFixture *f,
      const char     *column,
      const char     *text)
{
  gtk_editable_set_text (records_entry (f->page, column), text);
}

/* The first three rows, in the list that records are opened from. */
static KvarRecordList *
add_list (RecordsFixture *f)
{
  KvarTable *table = kvar_schema_find_table (kvar_workspace_get_schema (f->display.workspace),
                                             "jobs");
  g_autoptr(KvarQuery) query = kvar_query_new ();
  KvarRecordList *list = kvar_record_list_new (f->display.session, table, query, NULL);

  kvar_record_list_load_more (list);
  kvar_test_wait_until (g_list_model_get_n_items (G_LIST_MODEL (list)) >= 3);
  kvar_workspace_set_list (f->display.workspace, list);

  return list;
}

/* Faster than the server: up and down, a value typed at each stop, some of which make no sense. */
static void
test_two_hundred_moves (RecordsFixture *f,
                        gconstpointer   unused)
{
  g_autoptr(KvarRecordList) list = add_list (f);
  KvarDraftStore *drafts = kvar_workspace_get_drafts (f->display.workspace);

  f->offline = FALSE;
  open_record (f, "/records/jobs/1");
  f->offline = TRUE;
  for (guint i = 0; i < 200; i++)
    {
      g_autofree char *title = g_strdup_printf ("Typed %u", i);

      kvar_test_wait_until (form_is_shown (f));
      type (f, "title", title);
      type (f, "price", i % 7 == 0 ? "1,x" : "5");
      records_activate (f->page, i % 4 < 2 ? "next-record" : "previous-record", NULL);
      if (i < 3)
        f->offline = FALSE;
      kvar_test_wait_until (form_is_shown (f));
      f->offline = TRUE;
    }

  for (guint i = 1; i <= 3; i++)
    {
      static const char *const last[] = { "Typed 196", "Typed 199", "Typed 198" };
      g_autofree char *key = g_strdup_printf ("%u", i);
      KvarDraft *draft = kvar_draft_store_lookup (drafts, "jobs", key);
      g_autofree char *title = NULL;

      g_assert_nonnull (draft);
      title = kvar_draft_get_input (draft, kvar_table_find_column (kvar_draft_get_table (draft),
                                                                   "title"));
      g_assert_cmpstr (title, ==, last[i - 1]);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add ("/record-moves/FORM-5/two-hundred", RecordsFixture, NULL, records_set_up,
              test_two_hundred_moves, records_tear_down);

  return g_test_run ();
}
