/* test-project-list.c: the list of projects and its file
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gstdio.h>

#include "session/kvar-project-list.h"

typedef struct
{
  char            *dir;
  char            *path;
  KvarProjectList *list;
  guint            n_changes;
} Fixture;

static void
changed_cb (Fixture *f)
{
  f->n_changes++;
}

static void
open_list (Fixture *f)
{
  g_clear_object (&f->list);
  f->list = kvar_project_list_new (f->path);
  g_signal_connect_swapped (f->list, "items-changed", G_CALLBACK (changed_cb), f);
}

static void
fixture_set_up (Fixture       *f,
                gconstpointer  unused)
{
  f->dir = g_dir_make_tmp ("kvar-projects-XXXXXX", NULL);
  f->path = g_build_filename (f->dir, "projects.conf", NULL);
  open_list (f);
}

static void
fixture_tear_down (Fixture       *f,
                   gconstpointer  unused)
{
  g_assert_finalize_object (f->list);
  g_unlink (f->path);
  g_rmdir (f->dir);
  g_free (f->path);
  g_free (f->dir);
}

static KvarProject *
add (Fixture    *f,
     const char *url)
{
  g_autoptr(KvarProject) project = kvar_project_new (url, "sb_publishable_x", NULL);

  kvar_project_list_add (f->list, project);

  return kvar_project_list_find (f->list, kvar_project_get_id (project));
}

static guint
count (Fixture *f)
{
  return g_list_model_get_n_items (G_LIST_MODEL (f->list));
}

static void
test_keeps (Fixture       *f,
            gconstpointer  unused)
{
  KvarProject *project;
  GStatBuf info;

  add (f, "https://a.example.org");
  project = add (f, "https://b.example.org");
  kvar_project_set_name (project, "Föreningen Norr");
  kvar_project_list_add (f->list, project);
  kvar_project_list_set_last (f->list, project, "anna@example.org");
  g_assert_cmpint (g_stat (f->path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);

  open_list (f);
  g_assert_cmpuint (count (f), ==, 2);
  project = kvar_project_list_get_last (f->list);
  g_assert_cmpstr (kvar_project_get_url (project), ==, "https://b.example.org");
  g_assert_cmpstr (kvar_project_get_name (project), ==, "Föreningen Norr");
  g_assert_cmpstr (kvar_project_list_get_last_email (f->list), ==, "anna@example.org");
}

static void
test_adding_twice_replaces (Fixture       *f,
                            gconstpointer  unused)
{
  add (f, "https://a.example.org");
  g_assert_cmpuint (f->n_changes, ==, 1);
  add (f, "https://a.example.org/");

  g_assert_cmpuint (count (f), ==, 1);
  g_assert_cmpuint (f->n_changes, ==, 2);
}

static void
test_removing_forgets_last (Fixture       *f,
                            gconstpointer  unused)
{
  g_autoptr(KvarProject) project = g_object_ref (add (f, "https://a.example.org"));

  kvar_project_list_set_last (f->list, project, "anna@example.org");
  kvar_project_list_remove (f->list, project);

  open_list (f);
  g_assert_cmpuint (count (f), ==, 0);
  g_assert_null (kvar_project_list_get_last (f->list));
  g_assert_null (kvar_project_list_get_last_email (f->list));
}

static void
test_demo_survives_its_port (Fixture       *f,
                             gconstpointer  unused)
{
  g_autoptr(KvarProject) first = kvar_project_new ("http://127.0.0.1:1", "k", NULL);
  g_autoptr(KvarProject) second = kvar_project_new ("http://127.0.0.1:2", "k", NULL);

  kvar_project_set_is_demo (first, TRUE);
  kvar_project_set_is_demo (second, TRUE);
  kvar_project_list_add (f->list, first);
  kvar_project_list_add (f->list, second);

  open_list (f);
  g_assert_cmpuint (count (f), ==, 1);
  g_assert_cmpstr (kvar_project_get_url (kvar_project_list_find (f->list, "demo")), ==,
                   "http://127.0.0.1:2");
}

static void
test_damaged_file (Fixture       *f,
                   gconstpointer  unused)
{
  g_file_set_contents (f->path,
                       "[project a]\nurl=https://a.example.org\nkey=k\n"
                       "[project b]\nurl=nonsense://\n"
                       "[project c]\nurl=https://c.example.org\nkey=sb_secret_x\n", -1, NULL);
  open_list (f);
  g_assert_cmpuint (count (f), ==, 1);

  g_file_set_contents (f->path, "\x01\x02 no key file", -1, NULL);
  open_list (f);
  g_assert_cmpuint (count (f), ==, 0);
}

#define ADD(path, function) \
  g_test_add ("/project-list/" path, Fixture, NULL, fixture_set_up, function, fixture_tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  ADD ("file/keeps", test_keeps);
  ADD ("add/twice-replaces", test_adding_twice_replaces);
  ADD ("remove/forgets-last", test_removing_forgets_last);
  ADD ("demo/survives-its-port", test_demo_survives_its_port);
  ADD ("file/damaged", test_damaged_file);

  return g_test_run ();
}
