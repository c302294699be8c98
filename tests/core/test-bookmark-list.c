/* test-bookmark-list.c: places under their names, and those that were visited lately
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib/gstdio.h>

#include "kvar-error.h"
#include "routes/kvar-bookmark-list.h"

#include "kvar-test.h"

typedef struct
{
  char             *folder;
  char             *path;
  KvarBookmarkList *list;
} Fixture;

static void
set_up (Fixture       *f,
        gconstpointer  unused)
{
  f->folder = g_dir_make_tmp ("kvar-bookmark-XXXXXX", NULL);
  f->path = g_build_filename (f->folder, "data", "views.json", NULL);
  f->list = kvar_bookmark_list_new (f->path);
}

static void
tear_down (Fixture       *f,
           gconstpointer  unused)
{
  g_autofree char *folder = g_path_get_dirname (f->path);

  g_assert_finalize_object (f->list);
  g_chmod (folder, 0700);
  g_unlink (f->path);
  g_rmdir (folder);
  g_rmdir (f->folder);
  g_free (f->path);
  g_free (f->folder);
}

static void
read_again (Fixture *f)
{
  g_assert_finalize_object (f->list);
  f->list = kvar_bookmark_list_new (f->path);
}

static KvarBookmark *
put (Fixture    *f,
     const char *route,
     const char *title)
{
  g_autoptr(KvarBookmark) bookmark = kvar_bookmark_new (route, title);
  g_autoptr(GError) error = NULL;

  kvar_bookmark_list_put (f->list, bookmark, &error);
  g_assert_no_error (error);

  return kvar_bookmark_list_find (f->list, "jobs", title);
}

/* Every place as "title=route", in order. */
static char *
dup_all (Fixture *f)
{
  GString *all = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (f->list)); i++)
    {
      g_autoptr(KvarBookmark) bookmark = g_list_model_get_item (G_LIST_MODEL (f->list), i);

      g_string_append_printf (all, "%s%s=%s", i > 0 ? " " : "",
                              kvar_bookmark_get_title (bookmark),
                              kvar_bookmark_get_route (bookmark));
    }

  return g_string_free (all, FALSE);
}

static void
assert_all (Fixture    *f,
            const char *expected)
{
  g_autofree char *all = dup_all (f);

  g_assert_cmpstr (all, ==, expected);
}

static void
test_bookmark_list_is_kept (Fixture       *f,
                            gconstpointer  unused)
{
  put (f, "/records/jobs?status=eq.open", "Open “å”");
  put (f, "/records/jobs?order=title", "All");
  read_again (f);
  assert_all (f, "Open “å”=/records/jobs?status=eq.open All=/records/jobs?order=title");
}

static void
test_bookmark_list_has_a_name_once (Fixture       *f,
                                    gconstpointer  unused)
{
  put (f, "/records/jobs?status=eq.open", "Open");
  put (f, "/records/jobs?order=title", "All");
  put (f, "/records/jobs?status=eq.done", "Open");
  put (f, "/records/contacts", "Open");
  assert_all (f, "Open=/records/jobs?status=eq.done All=/records/jobs?order=title "
                 "Open=/records/contacts");
}

static void
test_bookmark_list_is_renamed (Fixture       *f,
                               gconstpointer  unused)
{
  KvarBookmark *open = put (f, "/records/jobs?status=eq.open", "Open");
  g_autoptr(KvarBookmark) other = kvar_bookmark_new ("/records/jobs?status=eq.open", "All");
  g_autoptr(GError) error = NULL;

  put (f, "/records/jobs?order=title", "All");
  g_assert_true (kvar_bookmark_list_replace (f->list, open, other, &error));
  g_assert_no_error (error);
  assert_all (f, "All=/records/jobs?status=eq.open");
}

static void
test_bookmark_list_is_taken_away (Fixture       *f,
                                  gconstpointer  unused)
{
  KvarBookmark *open = put (f, "/records/jobs?status=eq.open", "Open");

  kvar_bookmark_list_remove (f->list, open);
  g_assert_null (kvar_bookmark_list_find (f->list, "jobs", "Open"));
  read_again (f);
  assert_all (f, "");
}

static void
test_bookmark_list_knows_the_last_visits (Fixture       *f,
                                          gconstpointer  unused)
{
  kvar_bookmark_list_visit (f->list, "/records/jobs/1", "1");
  kvar_bookmark_list_visit (f->list, "/records/jobs/1", "Roof");
  kvar_bookmark_list_visit (f->list, "/records/jobs/2", "Cellar");
  kvar_bookmark_list_visit (f->list, "/records/jobs/1", "Roof");
  assert_all (f, "Roof=/records/jobs/1 Cellar=/records/jobs/2");
  read_again (f);
  assert_all (f, "Roof=/records/jobs/1 Cellar=/records/jobs/2");

  for (guint i = 0; i < 120; i++)
    {
      g_autofree char *route = g_strdup_printf ("/records/jobs/%u", i + 100);

      kvar_bookmark_list_visit (f->list, route, "Many");
    }
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (f->list)), ==, 100);

  kvar_bookmark_list_clear (f->list);
  assert_all (f, "");
  g_assert_false (g_file_test (f->path, G_FILE_TEST_EXISTS));
}

/* What is no place is left out, and the rest is read. */
static void
test_bookmark_list_believes_nothing (Fixture       *f,
                                     gconstpointer  unused)
{
  static const char *const documents[] = {
    "", "[]", "{\"places\": 1}", "{\"places\": [1, {\"route\": 2, \"title\": \"x\"}]}",
    "{\"places\": [{\"route\": \"https://evil.example/\", \"title\": \"x\"}]}", "{\"pl",
  };
  g_autofree char *folder = g_path_get_dirname (f->path);

  g_mkdir_with_parents (folder, 0700);
  for (gsize i = 0; i < G_N_ELEMENTS (documents); i++)
    {
      g_assert_true (g_file_set_contents (f->path, documents[i], -1, NULL));
      read_again (f);
      assert_all (f, "");
    }

  g_assert_true (g_file_set_contents (f->path, "{\"places\": [{}, {\"route\": \"/records/jobs\","
                                               " \"title\": \"Jobs\", \"more\": []}]}", -1, NULL));
  read_again (f);
  assert_all (f, "Jobs=/records/jobs");
}

#define add(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  add ("/bookmark-list/SRCH-5/is-kept", test_bookmark_list_is_kept);
  add ("/bookmark-list/SRCH-5/has-a-name-once", test_bookmark_list_has_a_name_once);
  add ("/bookmark-list/SRCH-5/is-renamed", test_bookmark_list_is_renamed);
  add ("/bookmark-list/SRCH-5/is-taken-away", test_bookmark_list_is_taken_away);
  add ("/bookmark-list/KEY-7/knows-the-last-visits", test_bookmark_list_knows_the_last_visits);
  add ("/bookmark-list/believes-nothing", test_bookmark_list_believes_nothing);

  return g_test_run ();
}
