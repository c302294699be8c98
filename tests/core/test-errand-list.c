/* test-errand-list.c: what is on its way, whatever it is
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kvar-errand-list.h"

#define TEST_TYPE_ERRAND (test_errand_get_type ())

G_DECLARE_FINAL_TYPE (TestErrand, test_errand, TEST, ERRAND, GObject)

/* Goes nowhere by itself. */
struct _TestErrand
{
  GObject          parent_instance;

  int              what;
  KvarErrandState  state;
};

static void test_errand_init_iface (KvarErrandInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (TestErrand, test_errand, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (KVAR_TYPE_ERRAND, test_errand_init_iface))

static void
set_state (KvarErrand      *errand,
           KvarErrandState  state)
{
  TEST_ERRAND (errand)->state = state;
  g_object_notify (G_OBJECT (errand), "state");
}

static KvarErrandState
get_state (KvarErrand *errand)
{
  return TEST_ERRAND (errand)->state;
}

static void
start (KvarErrand *errand)
{
  set_state (errand, KVAR_ERRAND_RUNNING);
}

static void
cancel (KvarErrand *errand)
{
  if (!kvar_errand_is_over (errand))
    set_state (errand, KVAR_ERRAND_CANCELLED);
}

static void
suspend (KvarErrand *errand)
{
  if (!kvar_errand_is_over (errand))
    set_state (errand, KVAR_ERRAND_SUSPENDED);
}

static KvarErrand *
make_errand (int what)
{
  TestErrand *self = g_object_new (TEST_TYPE_ERRAND, NULL);

  self->what = what;

  return KVAR_ERRAND (self);
}

static KvarErrand *
dup_again (KvarErrand *errand)
{
  return make_errand (TEST_ERRAND (errand)->what);
}

static gboolean
is_same (KvarErrand *errand,
         KvarErrand *other)
{
  return TEST_ERRAND (errand)->what == TEST_ERRAND (other)->what;
}

static void
test_errand_init_iface (KvarErrandInterface *iface)
{
  iface->get_state = get_state;
  iface->start = start;
  iface->cancel = cancel;
  iface->suspend = suspend;
  iface->dup_again = dup_again;
  iface->is_same = is_same;
}

static void
test_errand_get_property (GObject    *object,
                          guint       prop_id,
                          GValue     *value,
                          GParamSpec *pspec)
{
  g_value_set_enum (value, TEST_ERRAND (object)->state);
}

static void
test_errand_class_init (TestErrandClass *klass)
{
  G_OBJECT_CLASS (klass)->get_property = test_errand_get_property;
  g_object_class_override_property (G_OBJECT_CLASS (klass), 1, "state");
}

static void
test_errand_init (TestErrand *self)
{
}

typedef struct
{
  KvarErrandList *list;
  KvarErrand     *first;
  KvarErrand     *second;
  guint           n_ended;
} ListFixture;

static void
list_set_up (ListFixture   *f,
             gconstpointer  unused)
{
  f->list = kvar_errand_list_new ();
  f->first = make_errand (1);
  f->second = make_errand (2);
  kvar_errand_list_start (f->list, f->first);
  kvar_errand_list_start (f->list, f->second);
}

static void
list_tear_down (ListFixture   *f,
                gconstpointer  unused)
{
  g_assert_finalize_object (f->list);
  g_assert_finalize_object (f->first);
  g_assert_finalize_object (f->second);
}

#define assert_list(f, n_items, n_running) \
  G_STMT_START { \
    g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL ((f)->list)), ==, n_items); \
    g_assert_cmpuint (kvar_errand_list_get_n_running ((f)->list), ==, n_running); \
  } G_STMT_END

static void
count_cb (ListFixture *f)
{
  f->n_ended++;
}

static void
test_tells_what_ended (ListFixture   *f,
                       gconstpointer  unused)
{
  g_autoptr(KvarErrand) newest = g_list_model_get_item (G_LIST_MODEL (f->list), 0);

  g_assert_true (newest == f->second);
  assert_list (f, 2, 2);
  g_signal_connect_swapped (f->list, "ended", G_CALLBACK (count_cb), f);
  set_state (f->first, KVAR_ERRAND_HELD);
  assert_list (f, 2, 2);
  set_state (f->first, KVAR_ERRAND_DONE);
  set_state (f->second, KVAR_ERRAND_FAILED);
  assert_list (f, 2, 0);
  g_assert_cmpuint (f->n_ended, ==, 2);
}

static void
test_same_is_one (ListFixture   *f,
                  gconstpointer  unused)
{
  g_autoptr(KvarErrand) same = make_errand (1);

  kvar_errand_list_start (f->list, same);
  assert_list (f, 2, 2);
  g_assert_cmpint (kvar_errand_get_state (same), ==, KVAR_ERRAND_WAITING);

  set_state (f->first, KVAR_ERRAND_DONE);
  kvar_errand_list_start (f->list, same);
  assert_list (f, 3, 2);
}

static void
test_removes_what_runs (ListFixture   *f,
                        gconstpointer  unused)
{
  kvar_errand_list_remove (f->list, f->first);
  g_assert_cmpint (kvar_errand_get_state (f->first), ==, KVAR_ERRAND_CANCELLED);
  assert_list (f, 1, 1);
}

static void
test_runs_again_in_its_place (ListFixture   *f,
                              gconstpointer  unused)
{
  g_autoptr(KvarErrand) newest = NULL;

  set_state (f->first, KVAR_ERRAND_FAILED);
  kvar_errand_list_run_again (f->list, f->first);
  assert_list (f, 2, 2);
  newest = g_list_model_get_item (G_LIST_MODEL (f->list), 0);
  g_assert_true (is_same (newest, f->first));
  g_assert_true (newest != f->first);
}

static void
test_suspended_make_room (ListFixture   *f,
                          gconstpointer  unused)
{
  set_state (f->first, KVAR_ERRAND_DONE);
  kvar_errand_list_suspend (f->list);
  assert_list (f, 2, 0);
  kvar_errand_list_drop_suspended (f->list);
  assert_list (f, 1, 0);
  g_assert_cmpint (kvar_errand_get_state (f->second), ==, KVAR_ERRAND_SUSPENDED);
}

#define ADD(path, func) g_test_add (path, ListFixture, NULL, list_set_up, func, list_tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  ADD ("/errand-list/ended/tells", test_tells_what_ended);
  ADD ("/errand-list/start/same-is-one", test_same_is_one);
  ADD ("/errand-list/remove/cancels", test_removes_what_runs);
  ADD ("/errand-list/run-again/in-its-place", test_runs_again_in_its_place);
  ADD ("/errand-list/suspend/makes-room", test_suspended_make_room);

  return g_test_run ();
}
