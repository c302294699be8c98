/* test-cli-drafts.c: What was typed can be rescued by kvar-cli alone.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <json-glib/json-glib.h>
#include <string.h>

#include "kvar-error.h"
#include "kvar-journal-fixture.h"

/* Kvar's own folder inside of the data folder. */
static char *
data_dir (JournalFixture *f)
{
  return g_build_filename (f->folder, "data", "kvar", NULL);
}

static void
set_up (JournalFixture *f,
        gconstpointer   unused)
{
  g_autofree char *folder = NULL;

  journal_set_up (f, unused);
  journal_close (f);
  folder = data_dir (f);
  f->database = kvar_journal_new_database (folder);
  g_free (f->path);
  f->path = g_build_filename (folder, "journal.sqlite", NULL);
  journal_open_store (f, USER_ID);
}

static int
run (JournalFixture  *f,
     const char      *verb,
     const char      *option,
     char           **out,
     char           **err)
{
  g_autoptr(GSubprocessLauncher) launcher = g_subprocess_launcher_new (
    G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE);
  g_autofree char *data = g_build_filename (f->folder, "data", NULL);
  g_autoptr(GSubprocess) process = NULL;
  g_autoptr(GError) error = NULL;

  g_subprocess_launcher_setenv (launcher, "XDG_DATA_HOME", data, TRUE);
  g_subprocess_launcher_setenv (launcher, "XDG_CONFIG_HOME", data, TRUE);
  g_subprocess_launcher_setenv (launcher, "XDG_STATE_HOME", data, TRUE);
  g_subprocess_launcher_setenv (launcher, "LANGUAGE", "en", TRUE);
  g_subprocess_launcher_setenv (launcher, "TZ", "UTC", TRUE);
  process = g_subprocess_launcher_spawn (launcher, &error, g_getenv ("KVAR_CLI"), "drafts", verb,
                                         option, NULL);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, NULL, NULL, out, err, &error);
  g_assert_no_error (error);

  return g_subprocess_get_exit_status (process);
}

static void
type (JournalFixture *f)
{
  g_autoptr(KvarDraft) one = kvar_draft_store_open (f->store, f->table, "1", f->record);
  g_autoptr(KvarDraft) new = kvar_draft_store_begin_new (f->store, f->table);
  g_autoptr(KvarDraft) gone = kvar_draft_store_open (f->store, f->table, "2", f->record);
  g_autoptr(GError) refusal = kvar_error_new_full (KVAR_ERROR_INVALID, 400, "23514", "no");

  kvar_draft_set_input (one, f->title, "Roofs\nand floors");
  kvar_draft_set_input (one, f->price, "12,x");
  kvar_draft_set_input (new, f->title, "New");
  kvar_draft_queue (new, 1);
  kvar_draft_park (new, refusal);
  kvar_draft_set_input (gone, f->title, "Gone");
  kvar_draft_discard (gone);
  g_assert_true (journal_flush (f, NULL));
}

static void
test_list (JournalFixture *f,
           gconstpointer   unused)
{
  g_autofree char *out = NULL;
  g_autofree char *err = NULL;

  type (f);

  /* While the window is running. */
  g_assert_cmpint (run (f, NULL, NULL, &out, &err), ==, 0);
  g_assert_nonnull (strstr (out, "\tjobs/1\tdraft\t"));
  g_assert_nonnull (strstr (out, "title: Roofs and floors"));
  g_assert_nonnull (strstr (out, "price: 12,x"));
  g_assert_nonnull (strstr (out, "\tjobs/new\tneeds attention\ttitle: New\n"));
  g_assert_null (strstr (out, "Gone"));

  /* It goes on undisturbed. */
  kvar_draft_set_input (journal_nth (f, 0), f->title, "More");
  g_assert_true (journal_flush (f, NULL));
}

static void
test_export (JournalFixture *f,
             gconstpointer   unused)
{
  g_autofree char *out = NULL;
  g_autofree char *err = NULL;
  g_autoptr(JsonNode) root = NULL;
  JsonArray *drafts;
  JsonObject *draft;

  type (f);
  journal_close (f);
  g_assert_cmpint (run (f, "export", NULL, &out, &err), ==, 0);
  root = json_from_string (out, NULL);
  g_assert_nonnull (root);
  drafts = json_node_get_array (root);
  g_assert_cmpuint (json_array_get_length (drafts), ==, 3);
  for (guint i = 0; i < 3; i++)
    {
      draft = json_array_get_object_element (drafts, i);
      g_assert_cmpstr (json_object_get_string_member (draft, "table"), ==, "jobs");
      g_assert_cmpint (json_object_get_int_member (draft, "changed"), >, 0);
      if (g_strcmp0 (json_object_get_string_member_with_default (draft, "key", NULL), "1") != 0)
        continue;

      g_assert_cmpstr (json_object_get_string_member (draft, "state"), ==, "open");
      g_assert_cmpstr (json_object_get_string_member (
        json_object_get_object_member (draft, "typed"), "title"), ==, "Roofs\nand floors");
      draft = json_object_get_object_member (draft, "base");
      g_assert_cmpstr (json_object_get_string_member (draft, "title"), ==, "Roof");
      g_assert_true (json_object_get_null_member (draft, "due_on"));
    }

  f->database = kvar_journal_new_database (f->folder);
  journal_open_store (f, USER_ID);
}

static void
test_nothing (JournalFixture *f,
              gconstpointer   unused)
{
  g_autofree char *out = NULL;
  g_autofree char *err = NULL;

  g_assert_cmpint (run (f, "list", NULL, &out, &err), ==, 0);
  g_assert_cmpstr (out, ==, "");
  g_assert_cmpstr (err, ==, "There are no drafts.\n");
  g_assert_false (g_file_test (f->path, G_FILE_TEST_EXISTS));
  g_clear_pointer (&out, g_free);
  g_clear_pointer (&err, g_free);

  g_assert_cmpint (run (f, "list", "--json", &out, &err), ==, 0);
  g_assert_cmpstr (out, ==, "[]\n");
  g_clear_pointer (&out, g_free);
  g_clear_pointer (&err, g_free);

  g_assert_cmpint (run (f, "burn", NULL, &out, &err), ==, 2);
}

static void
test_damaged (JournalFixture *f,
              gconstpointer   unused)
{
  g_autofree char *file = NULL;
  g_autofree char *after = NULL;
  g_autofree char *out = NULL;
  g_autofree char *err = NULL;
  gsize length;
  gsize length_after;

  type (f);
  journal_close (f);
  g_assert_true (g_file_get_contents (f->path, &file, &length, NULL));
  memset (file, 0xa5, 100);
  g_assert_true (g_file_set_contents (f->path, file, length, NULL));
  g_assert_cmpint (run (f, "list", NULL, &out, &err), ==, 0);
  g_assert_nonnull (strstr (out, "title: Roofs and floors"));

  /* To mend it is the window's affair. */
  g_assert_true (g_file_get_contents (f->path, &after, &length_after, NULL));
  g_assert_cmpmem (file, length, after, length_after);

  f->database = kvar_journal_new_database (f->folder);
  journal_open_store (f, USER_ID);
}

static void
tear_down (JournalFixture *f,
           gconstpointer   unused)
{
  g_autofree char *folder = data_dir (f);
  g_autofree char *data = g_path_get_dirname (folder);

  journal_close (f);
  f->database = kvar_journal_new_database (f->folder);
  journal_open_store (f, USER_ID);
  journal_remove_dir (folder);
  journal_remove_dir (data);
  journal_tear_down (f, unused);
}

#define ADD(path, func) g_test_add (path, JournalFixture, NULL, set_up, func, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  ADD ("/cli-drafts/list", test_list);
  ADD ("/cli-drafts/export", test_export);
  ADD ("/cli-drafts/nothing", test_nothing);
  ADD ("/cli-drafts/damaged", test_damaged);

  return g_test_run ();
}
