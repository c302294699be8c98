/* test-records-filters.c: conditions added, changed and taken away, and alternatives to them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kvar-records-fixture.h"
#include "pages/kvar-records-page-private.h"

static void
open_page (RecordsFixture *f,
           const char     *route)
{
  records_open (f, KVAR_TYPE_RECORDS_PAGE, route);
  kvar_test_wait_until (KVAR_RECORDS_PAGE (f->page)->list != NULL);
  kvar_test_settle ();
}

static void
assert_route (RecordsFixture *f,
              const char     *expected)
{
  g_autofree char *route = kvar_route_to_string (kvar_page_get_route (f->page));

  g_assert_cmpstr (route, ==, expected);
}

static void
put (RecordsFixture *f,
     guint           index,
     guint           member,
     const char     *name,
     const char     *value)
{
  records_activate (f->page, "put-filter", g_variant_new ("(uuss)", index, member, name, value));
}

static void
test_records_filters_have_alternatives (RecordsFixture *f,
                                        gconstpointer   unused)
{
  open_page (f, "/records/jobs?title=eq.Roof");
  put (f, 0, G_MAXUINT, "title", "eq.Attic");
  assert_route (f, "/records/jobs?or=(title.eq.Roof,title.eq.Attic)");
  put (f, G_MAXUINT, G_MAXUINT, "price", "gte.5");
  assert_route (f, "/records/jobs?or=(title.eq.Roof,title.eq.Attic)&price=gte.5");

  records_activate (f->page, "remove-member", g_variant_new ("(uu)", 0, 0));
  assert_route (f, "/records/jobs?title=eq.Attic&price=gte.5");
  records_activate (f->page, "remove-member", g_variant_new ("(uu)", 0, 0));
  assert_route (f, "/records/jobs?price=gte.5");
  records_activate (f->page, "remove-member", g_variant_new ("(uu)", 3, 0));
  assert_route (f, "/records/jobs?price=gte.5");
}

/* What is there is filled in, and takes the place that it had. */
static void
test_records_filters_are_changed (RecordsFixture *f,
                                  gconstpointer   unused)
{
  KvarFilterPopover *popover = NULL;

  open_page (f, "/records/jobs?or=(title.eq.Roof,price.gte.5)&done=is.null");
  popover = KVAR_RECORDS_PAGE (f->page)->filter_popover;
  kvar_filter_popover_change (popover, 0, 1);
  g_assert_cmpuint (gtk_drop_down_get_selected (display_child (popover, "column_choice")), ==, 2);
  g_assert_cmpstr (gtk_editable_get_text (display_child (popover, "entry")), ==, "5");

  put (f, 0, 1, "price", "gte.7");
  assert_route (f, "/records/jobs?or=(title.eq.Roof,price.gte.7)&done=is.null");
}

#define add(path, func) \
  g_test_add (path, RecordsFixture, NULL, records_set_up, func, records_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();

  add ("/records-filters/SRCH-2/have-alternatives", test_records_filters_have_alternatives);
  add ("/records-filters/SRCH-2/are-changed", test_records_filters_are_changed);

  return g_test_run ();
}
