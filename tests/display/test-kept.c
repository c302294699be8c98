/* test-kept.c: what was seen is there before the server answers, and goes when it should
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kvar-records-fixture.h"
#include "pages/kvar-record-page.h"
#include "pages/kvar-records-page.h"

static void
set_up (RecordsFixture *f,
        gconstpointer   unused)
{
  records_set_up (f, NULL);
  display_add_cache (&f->display);
}

static gboolean
shows (RecordsFixture *f,
       const char     *child)
{
  return g_str_equal (records_stack_page (f->page), child);
}

static gboolean
title_is (RecordsFixture *f,
          const char     *text)
{
  return g_str_equal (gtk_editable_get_text (records_entry (f->page, "title")), text);
}

static gboolean
state_begins_with (RecordsFixture *f,
                   const char     *text)
{
  return g_str_has_prefix (display_label (f->page, "state_label"), text);
}

static gboolean
says (RecordsFixture *f,
      const char     *title)
{
  AdwStatusPage *message = display_child (display_child (f->page, "status"), "message");

  return g_strcmp0 (adw_status_page_get_title (message), title) == 0;
}

static void
open_cellar (RecordsFixture *f)
{
  records_open (f, KVAR_TYPE_RECORD_PAGE, "/records/jobs/2");
}

/* Once seen; an hour later the page is opened anew, and no answer comes. */
static void
reopen_cellar (RecordsFixture *f)
{
  open_cellar (f);
  kvar_test_wait_until (shows (f, "form"));
  kvar_test_settle ();
  gtk_window_set_child (f->display.window, NULL);
  kvar_test_settle ();
  kvar_clock_advance (f->display.clock, KVAR_CLOCK_MINUTE);
}

static void
test_kept_record_comes_first (RecordsFixture *f,
                              gconstpointer   unused)
{
  reopen_cellar (f);
  kvar_test_rows_clear (f->rows);
  records_add_row (f, "2", "Vault", "7.00");

  kvar_test_transport_hold (f->display.transport);
  open_cellar (f);
  kvar_test_wait_until (shows (f, "form"));
  g_assert_true (title_is (f, "Cellar"));
  g_assert_cmpstr (kvar_page_get_title (f->page), ==, "Cellar");
  g_assert_true (state_begins_with (f, "As of "));

  kvar_test_transport_release (f->display.transport);
  kvar_test_wait_until (title_is (f, "Vault"));
  kvar_test_settle ();
  g_assert_cmpstr (display_label (f->page, "state_label"), ==, "");
}

static void
test_kept_record_stays_without_network (RecordsFixture *f,
                                        gconstpointer   unused)
{
  reopen_cellar (f);
  f->offline = TRUE;
  open_cellar (f);
  kvar_test_wait_until (shows (f, "form"));
  kvar_test_settle ();
  g_assert_true (shows (f, "form"));
  g_assert_true (state_begins_with (f, "As of "));
  g_assert_cmpuint (f->n_sign_ins, ==, 0);
}

/* Who types into the kept record keeps what it was typed on: the save notices what changed. */
static void
test_refresh_leaves_a_draft_alone (RecordsFixture *f,
                                   gconstpointer   unused)
{
  GtkEditable *entry;

  reopen_cellar (f);
  kvar_test_rows_clear (f->rows);
  records_add_row (f, "2", "Vault", "9.00");

  kvar_test_transport_hold (f->display.transport);
  open_cellar (f);
  kvar_test_wait_until (shows (f, "form"));
  entry = records_entry (f->page, "title");
  gtk_widget_grab_focus (GTK_WIDGET (entry));
  gtk_editable_set_text (entry, "Cellar door");
  gtk_editable_set_position (entry, 6);

  kvar_test_transport_release (f->display.transport);
  kvar_test_settle ();
  g_assert_cmpstr (gtk_editable_get_text (entry), ==, "Cellar door");
  g_assert_cmpint (gtk_editable_get_position (entry), ==, 6);
  g_assert_cmpstr (gtk_editable_get_text (records_entry (f->page, "price")), ==, "7.00");
  g_assert_true (state_begins_with (f, "Draft kept"));
}

static void
test_unseen_record_says_so (RecordsFixture *f,
                            gconstpointer   unused)
{
  f->offline = TRUE;
  open_cellar (f);
  kvar_test_wait_until (shows (f, "status"));
  kvar_test_wait_until (says (f, "This record isn't stored here yet"));
  g_assert_cmpstr (kvar_page_get_title (f->page), ==, "2");
  g_assert_cmpuint (f->n_sign_ins, ==, 0);
}

static void
open_list (RecordsFixture *f)
{
  records_open (f, KVAR_TYPE_RECORDS_PAGE, "/records/jobs");
}

static void
test_kept_list_comes_first (RecordsFixture *f,
                            gconstpointer   unused)
{
  open_list (f);
  kvar_test_wait_until (shows (f, "list"));
  kvar_test_settle ();
  gtk_window_set_child (f->display.window, NULL);
  kvar_test_settle ();
  kvar_clock_advance (f->display.clock, 25 * KVAR_CLOCK_HOUR);
  kvar_test_wait_until (kvar_session_get_state (f->display.session) == KVAR_SESSION_SIGNED_IN);

  f->offline = TRUE;
  open_list (f);
  kvar_test_wait_until (shows (f, "list"));
  kvar_test_settle ();
  g_assert_true (shows (f, "list"));
  g_assert_cmpstr (display_label (f->page, "count_label"), ==, "3 of 3");
  /* From another day, and it says so. */
  g_assert_true (g_str_has_prefix (display_label (f->page, "as_of_label"), "As of "));
  g_assert_cmpuint (strlen (display_label (f->page, "as_of_label")), >, strlen ("As of 14:32"));
}

static void
test_signing_out_clears (RecordsFixture *f,
                         gconstpointer   unused)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  reopen_cellar (f);
  kvar_session_sign_out_async (f->display.session, KVAR_SIGN_OUT_LOCAL, NULL,
                               kvar_test_keep_result, &result);
  g_assert_null (kvar_workspace_get_cache (f->display.workspace));
  kvar_test_wait_until (result != NULL);
  g_assert_true (kvar_session_sign_out_finish (f->display.session, result, &error));

  kvar_test_session_sign_in (f->display.session);
  g_assert_nonnull (kvar_workspace_get_cache (f->display.workspace));
  f->offline = TRUE;
  open_cellar (f);
  kvar_test_wait_until (says (f, "This record isn't stored here yet"));
}

/* A session that ends by itself takes nothing away. */
static void
test_expiry_clears_nothing (RecordsFixture *f,
                            gconstpointer   unused)
{
  reopen_cellar (f);
  display_end_session (&f->display);
  open_cellar (f);
  kvar_test_wait_until (shows (f, "form"));
  kvar_test_settle ();
  g_assert_true (title_is (f, "Cellar"));
  g_assert_cmpuint (f->n_sign_ins, ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();

#define ADD(path, func) \
  g_test_add ("/kept/" path, RecordsFixture, NULL, set_up, func, records_tear_down)

  ADD ("record-comes-first", test_kept_record_comes_first);
  ADD ("record-stays-without-network", test_kept_record_stays_without_network);
  ADD ("refresh-leaves-a-draft-alone", test_refresh_leaves_a_draft_alone);
  ADD ("unseen-record-says-so", test_unseen_record_says_so);
  ADD ("list-comes-first", test_kept_list_comes_first);
  ADD ("signing-out-clears", test_signing_out_clears);
  ADD ("expiry-clears-nothing", test_expiry_clears_nothing);

  return g_test_run ();
}
