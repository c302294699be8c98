/* test-records-focus.c: a list that loads slowly has the focus, unless somebody has moved it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kvar-page-stack.h"
#include "kvar-records-fixture.h"

static KvarPageStack *
open_stack (RecordsFixture *f)
{
  KvarPageStack *stack = g_object_new (KVAR_TYPE_PAGE_STACK, NULL);

  kvar_page_stack_set_workspace (stack, f->display.workspace);
  display_show (&f->display, GTK_WIDGET (stack));

  return stack;
}

static void
show (RecordsFixture *f,
      KvarPageStack  *stack,
      const char     *route)
{
  g_autoptr(KvarRoute) parsed = kvar_route_parse (route, NULL);

  kvar_page_stack_show (stack, parsed);
  f->page = kvar_page_stack_get_page (stack);
  kvar_test_settle ();
}

/* As soon as its answers come. */
static void
show_list (RecordsFixture *f)
{
  kvar_test_transport_release (f->display.transport);
  kvar_test_wait_until (g_str_equal (records_stack_page (f->page), "list"));
  kvar_test_settle ();
}

static gboolean
child_has_focus (RecordsFixture *f,
                 const char     *name)
{
  return display_has_focus (display_child (f->page, name));
}

static void
test_records_focus_waits_for_rows (RecordsFixture *f,
                                   gconstpointer   unused)
{
  KvarPageStack *stack = open_stack (f);

  show (f, stack, "/records/jobs/1");
  kvar_test_transport_hold (f->display.transport);
  show (f, stack, "/records/jobs");
  g_assert_true (child_has_focus (f, "status"));
  show_list (f);
  g_assert_true (child_has_focus (f, "grid"));
}

static void
test_records_focus_stays_elsewhere (RecordsFixture *f,
                                    gconstpointer   unused)
{
  KvarPageStack *stack = open_stack (f);

  kvar_test_transport_hold (f->display.transport);
  show (f, stack, "/records/jobs");
  records_activate (f->page, "search", NULL);
  kvar_test_wait_until (gtk_widget_get_mapped (display_child (f->page, "search_entry")));
  g_assert_true (child_has_focus (f, "search_entry"));
  show_list (f);
  g_assert_true (child_has_focus (f, "search_entry"));
}

/* Its rows come while another page is shown, whose focus is its own. */
static void
test_records_focus_after_coming_back (RecordsFixture *f,
                                      gconstpointer   unused)
{
  KvarPageStack *stack = open_stack (f);
  KvarPage *list;

  kvar_test_transport_hold (f->display.transport);
  show (f, stack, "/records/jobs");
  list = f->page;
  g_assert_true (child_has_focus (f, "status"));
  show (f, stack, "/records/jobs/new");
  gtk_widget_grab_focus (GTK_WIDGET (records_entry (f->page, "title")));

  kvar_test_transport_release (f->display.transport);
  kvar_test_wait_until (g_str_equal (records_stack_page (list), "list"));
  g_assert_true (display_has_focus (records_entry (f->page, "title")));

  show (f, stack, "/records/jobs");
  g_assert_true (f->page == list);
  g_assert_true (child_has_focus (f, "grid"));
}

#define add(path, func) \
  g_test_add (path, RecordsFixture, NULL, records_set_up, func, records_tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();

  add ("/records-focus/waits-for-rows", test_records_focus_waits_for_rows);
  add ("/records-focus/KEY-10/stays-elsewhere", test_records_focus_stays_elsewhere);
  add ("/records-focus/KEY-10/after-coming-back", test_records_focus_after_coming_back);

  return g_test_run ();
}
