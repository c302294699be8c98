/* test-history.c: back and forward over routes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "routes/kvar-history.h"

typedef struct
{
  KvarHistory *history;
  guint        n_current;    /* notifications of "current" */
  guint        n_back;       /* and of "can-back" */
} Fixture;

static void
count_cb (guint *counter)
{
  (*counter)++;
}

static void
set_up (Fixture       *f,
        gconstpointer  unused)
{
  f->history = kvar_history_new ();
  g_signal_connect_swapped (f->history, "notify::current", G_CALLBACK (count_cb),
                            &f->n_current);
  g_signal_connect_swapped (f->history, "notify::can-back", G_CALLBACK (count_cb), &f->n_back);
}

static void
tear_down (Fixture       *f,
           gconstpointer  unused)
{
  g_assert_finalize_object (f->history);
}

static void
visit (KvarHistory *history,
       const char  *text)
{
  g_autoptr(KvarRoute) route = kvar_route_parse (text, NULL);

  kvar_history_visit (history, route);
}

static void
assert_at (KvarHistory *history,
           const char  *text)
{
  g_autofree char *current = kvar_route_to_string (kvar_history_get_current (history));

  g_assert_cmpstr (current, ==, text);
}

static void
test_begins_nowhere (Fixture       *f,
                     gconstpointer  unused)
{
  g_assert_null (kvar_history_get_current (f->history));
  g_assert_null (kvar_history_back (f->history));
  g_assert_null (kvar_history_forward (f->history));
}

static void
test_walks (Fixture       *f,
            gconstpointer  unused)
{
  visit (f->history, "/records");
  visit (f->history, "/records/jobs");
  visit (f->history, "/records/jobs/1");

  g_assert_nonnull (kvar_history_back (f->history));
  assert_at (f->history, "/records/jobs");
  g_assert_nonnull (kvar_history_back (f->history));
  assert_at (f->history, "/records");
  g_assert_false (kvar_history_get_can_back (f->history));
  g_assert_nonnull (kvar_history_forward (f->history));
  assert_at (f->history, "/records/jobs");
  g_assert_true (kvar_history_get_can_forward (f->history));
}

static void
test_visit_forgets_what_lay_ahead (Fixture       *f,
                                   gconstpointer  unused)
{
  visit (f->history, "/records");
  visit (f->history, "/exports");
  kvar_history_back (f->history);
  visit (f->history, "/drafts");

  g_assert_false (kvar_history_get_can_forward (f->history));
  kvar_history_back (f->history);
  assert_at (f->history, "/records");
}

static void
test_visit_folds_duplicates (Fixture       *f,
                             gconstpointer  unused)
{
  visit (f->history, "/records");
  visit (f->history, "/records/");

  g_assert_false (kvar_history_get_can_back (f->history));
  g_assert_cmpuint (f->n_current, ==, 1);
}

static void
test_visit_notifies_what_changed (Fixture       *f,
                                  gconstpointer  unused)
{
  visit (f->history, "/records");
  g_assert_cmpuint (f->n_back, ==, 0);
  visit (f->history, "/exports");
  g_assert_cmpuint (f->n_back, ==, 1);
  visit (f->history, "/drafts");
  g_assert_cmpuint (f->n_back, ==, 1);
}

static void
test_replace_is_no_step (Fixture       *f,
                         gconstpointer  unused)
{
  g_autoptr(KvarRoute) sorted = kvar_route_parse ("/records/jobs?order=id.desc", NULL);

  visit (f->history, "/records");
  visit (f->history, "/records/jobs");
  kvar_history_replace (f->history, sorted);

  assert_at (f->history, "/records/jobs?order=id.desc");
  kvar_history_back (f->history);
  assert_at (f->history, "/records");
}

static void
test_keeps_the_last_hundred (Fixture       *f,
                             gconstpointer  unused)
{
  guint steps = 0;

  for (int i = 0; i < 250; i++)
    {
      g_autofree char *text = g_strdup_printf ("/records/jobs/%d", i);

      visit (f->history, text);
    }
  assert_at (f->history, "/records/jobs/249");
  while (kvar_history_back (f->history) != NULL)
    steps++;
  g_assert_cmpuint (steps, ==, 99);
  assert_at (f->history, "/records/jobs/150");
}

static void
test_survives_a_restart (Fixture       *f,
                         gconstpointer  unused)
{
  g_autoptr(KvarHistory) again = kvar_history_new ();
  g_autoptr(GVariant) variant = NULL;

  visit (f->history, "/records");
  visit (f->history, "/records/jobs");
  visit (f->history, "/exports");
  kvar_history_back (f->history);
  variant = g_variant_ref_sink (kvar_history_to_variant (f->history));
  kvar_history_load_variant (again, variant);

  assert_at (again, "/records/jobs");
  g_assert_true (kvar_history_get_can_forward (again));
  g_assert_true (kvar_history_get_can_back (again));
}

static void
test_load_leaves_out_what_is_no_route (Fixture       *f,
                                       gconstpointer  unused)
{
  const char *strings[] = { "//evil", "/records", "nonsense", "/exports", NULL };
  g_autoptr(GVariant) variant =
    g_variant_ref_sink (g_variant_new ("(u^as)", 2, strings));
  g_autoptr(GVariant) far = g_variant_ref_sink (g_variant_new ("(u^as)", G_MAXUINT32, strings));
  g_autoptr(GVariant) other = g_variant_ref_sink (g_variant_new_string ("other"));

  kvar_history_load_variant (f->history, variant);
  assert_at (f->history, "/records");
  g_assert_true (kvar_history_get_can_forward (f->history));

  kvar_history_load_variant (f->history, far);
  assert_at (f->history, "/exports");
  g_assert_false (kvar_history_get_can_forward (f->history));

  kvar_history_load_variant (f->history, other);
  assert_at (f->history, "/exports");
}

static void
add (const char  *path,
     void       (*test) (Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, NULL, set_up, test, tear_down);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  add ("/history/new/begins-nowhere", test_begins_nowhere);
  add ("/history/back/walks", test_walks);
  add ("/history/visit/forgets-what-lay-ahead", test_visit_forgets_what_lay_ahead);
  add ("/history/visit/folds-duplicates", test_visit_folds_duplicates);
  add ("/history/visit/notifies-what-changed", test_visit_notifies_what_changed);
  add ("/history/replace/is-no-step", test_replace_is_no_step);
  add ("/history/visit/keeps-the-last-hundred", test_keeps_the_last_hundred);
  add ("/history/variant/survives-a-restart", test_survives_a_restart);
  add ("/history/variant/leaves-out-what-is-no-route", test_load_leaves_out_what_is_no_route);

  return g_test_run ();
}
