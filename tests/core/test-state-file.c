/* test-state-file.c: what windows were like survives exits, crashes and damage
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gstdio.h>
#include <sys/stat.h>

#include "kvar-error.h"
#include "kvar-test.h"
#include "routes/kvar-state-file.h"

typedef struct
{
  char          *dir;
  char          *path;
  char          *aside;
  KvarClock     *clock;
  KvarStateFile *file;
} Fixture;

static void
set_up (Fixture       *f,
        gconstpointer  unused)
{
  f->dir = g_dir_make_tmp ("kvar-state-XXXXXX", NULL);
  f->path = g_build_filename (f->dir, "windows", NULL);
  f->aside = g_strconcat (f->path, ".broken", NULL);
  f->clock = kvar_clock_new_simulated ();
  f->file = kvar_state_file_new (f->path, f->clock);
}

static void
tear_down (Fixture       *f,
           gconstpointer  unused)
{
  g_assert_finalize_object (f->file);
  kvar_test_settle ();
  g_assert_finalize_object (f->clock);
  g_chmod (f->dir, 0700);
  g_unlink (f->path);
  g_unlink (f->aside);
  g_rmdir (f->dir);
  g_free (f->dir);
  g_free (f->path);
  g_free (f->aside);
}

static GVariant *
number (guint32 value)
{
  return g_variant_new_parsed ("{'n': <%u>}", value);
}

static void
assert_number (GVariant *state,
               guint32   value)
{
  guint32 found = 0;

  g_assert_nonnull (state);
  g_variant_lookup (state, "n", "u", &found);
  g_assert_cmpuint (found, ==, value);
}

static void
reopen (Fixture *f)
{
  g_assert_finalize_object (f->file);
  f->file = kvar_state_file_new (f->path, f->clock);
}

static gboolean
exists (const char *path)
{
  return g_file_test (path, G_FILE_TEST_EXISTS);
}

static void
test_begins_empty (Fixture       *f,
                   gconstpointer  unused)
{
  g_autoptr(GVariant) window = kvar_state_file_lookup_window (f->file, 0);

  g_assert_cmpuint (kvar_state_file_get_n_windows (f->file), ==, 0);
  g_assert_cmpuint (g_variant_n_children (window), ==, 0);
  g_assert_null (kvar_state_file_get_view (f->file, 0, "/records"));
  g_assert_false (exists (f->aside));
}

static void
test_survives_a_restart (Fixture       *f,
                         gconstpointer  unused)
{
  g_autoptr(GVariant) window = NULL;
  g_autoptr(GVariant) first = NULL;
  g_autoptr(GVariant) second = NULL;
  g_autoptr(GError) error = NULL;

  kvar_state_file_set_window (f->file, 1, number (7));
  kvar_state_file_set_view (f->file, 0, "/records/jobs", number (1));
  kvar_state_file_set_view (f->file, 1, "/records/jobs", number (2));
  g_assert_true (kvar_state_file_flush (f->file, &error));
  g_assert_no_error (error);
  reopen (f);

  g_assert_cmpuint (kvar_state_file_get_n_windows (f->file), ==, 2);
  window = kvar_state_file_lookup_window (f->file, 1);
  first = kvar_state_file_get_view (f->file, 0, "/records/jobs");
  second = kvar_state_file_get_view (f->file, 1, "/records/jobs");
  assert_number (window, 7);
  assert_number (first, 1);
  assert_number (second, 2);
}

static void
test_writes_a_second_after_a_change (Fixture       *f,
                                     gconstpointer  unused)
{
  kvar_state_file_set_view (f->file, 0, "/records", number (1));
  kvar_clock_advance (f->clock, 999 * KVAR_CLOCK_MILLISECOND);
  kvar_test_settle ();
  g_assert_false (exists (f->path));

  kvar_clock_advance (f->clock, KVAR_CLOCK_MILLISECOND);
  kvar_test_wait_until (exists (f->path));
}

/* Somebody who scrolls without a pause is written once a second, not never. */
static void
test_goes_on_writing_while_things_change (Fixture       *f,
                                          gconstpointer  unused)
{
  for (guint32 i = 0; i < 12; i++)
    {
      kvar_state_file_set_view (f->file, 0, "/records", number (i));
      kvar_clock_advance (f->clock, 100 * KVAR_CLOCK_MILLISECOND);
    }
  kvar_test_wait_until (exists (f->path));
}

static void
test_same_state_is_not_written (Fixture       *f,
                                gconstpointer  unused)
{
  kvar_state_file_set_view (f->file, 0, "/records", number (1));
  kvar_state_file_set_window (f->file, 0, number (1));
  kvar_state_file_flush (f->file, NULL);
  g_unlink (f->path);

  kvar_state_file_set_view (f->file, 0, "/records", number (1));
  kvar_state_file_set_window (f->file, 0, number (1));
  kvar_state_file_flush (f->file, NULL);
  g_assert_false (exists (f->path));
}

static void
test_flush_is_the_last_word (Fixture       *f,
                             gconstpointer  unused)
{
  g_autoptr(GVariant) view = NULL;

  for (guint32 i = 1; i <= 50; i++)
    {
      kvar_state_file_set_view (f->file, 0, "/records", number (i));
      kvar_clock_advance (f->clock, KVAR_CLOCK_SECOND);
    }
  kvar_state_file_set_view (f->file, 0, "/records", number (51));
  g_assert_true (kvar_state_file_flush (f->file, NULL));
  for (guint i = 0; i < 20; i++)
    {
      kvar_test_settle ();
      g_usleep (1000);
    }
  reopen (f);

  view = kvar_state_file_get_view (f->file, 0, "/records");
  assert_number (view, 51);
}

static void
test_is_readable_by_nobody_else (Fixture       *f,
                                 gconstpointer  unused)
{
  struct stat info;

  g_file_set_contents (f->path, "", 0, NULL);
  g_chmod (f->path, 0644);
  kvar_state_file_set_view (f->file, 0, "/records", number (1));
  kvar_state_file_flush (f->file, NULL);
  g_assert_cmpint (stat (f->path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
}

static void
test_forgets_views_longest_unused (Fixture       *f,
                                   gconstpointer  unused)
{
  g_autoptr(GVariant) kept = NULL;
  g_autoptr(GVariant) newest = NULL;

  for (guint32 i = 0; i < 300; i++)
    {
      g_autofree char *route = g_strdup_printf ("/records/jobs/%u", i);

      kvar_state_file_set_view (f->file, 0, route, number (i));
      kvar_state_file_set_view (f->file, 0, "/records/jobs", number (i));
    }

  kept = kvar_state_file_get_view (f->file, 0, "/records/jobs");
  newest = kvar_state_file_get_view (f->file, 0, "/records/jobs/299");
  assert_number (kept, 299);
  assert_number (newest, 299);
  g_assert_null (kvar_state_file_get_view (f->file, 0, "/records/jobs/0"));
}

static void
test_removed_window_lets_others_move_up (Fixture       *f,
                                         gconstpointer  unused)
{
  g_autoptr(GVariant) window = NULL;

  kvar_state_file_set_window (f->file, 0, number (1));
  kvar_state_file_set_window (f->file, 1, number (2));
  kvar_state_file_remove_window (f->file, 0);
  kvar_state_file_remove_window (f->file, 5);

  g_assert_cmpuint (kvar_state_file_get_n_windows (f->file), ==, 1);
  window = kvar_state_file_lookup_window (f->file, 0);
  assert_number (window, 2);
}

static void
test_removed_window_passes_on_what_all_share (Fixture       *f,
                                              gconstpointer  unused)
{
  g_autoptr(GVariant) look = NULL;

  kvar_state_file_set_view (f->file, 0, "/records/jobs", number (1));
  kvar_state_file_set_view (f->file, 0, "look:norr/anna/jobs", number (2));
  kvar_state_file_set_view (f->file, 1, "/exports", number (3));
  kvar_state_file_remove_window (f->file, 0);

  look = kvar_state_file_get_view (f->file, 0, "look:norr/anna/jobs");
  assert_number (look, 2);
  g_assert_null (kvar_state_file_get_view (f->file, 0, "/records/jobs"));
}

static void
assert_set_aside (Fixture    *f,
                  const char *data,
                  gsize       size)
{
  g_autofree char *kept = NULL;
  gsize kept_size;

  g_unlink (f->aside);
  g_assert_true (g_file_set_contents (f->path, data, size, NULL));
  reopen (f);

  g_assert_cmpuint (kvar_state_file_get_n_windows (f->file), ==, 0);
  g_assert_false (exists (f->path));
  g_assert_true (g_file_get_contents (f->aside, &kept, &kept_size, NULL));
  g_assert_cmpmem (kept, kept_size, data, size);
}

static void
test_damage_is_set_aside (Fixture       *f,
                          gconstpointer  unused)
{
  g_autoptr(GVariant) newer =
    g_variant_ref_sink (g_variant_new ("(uv)", 2, g_variant_new_string ("from the future")));
  g_autoptr(GVariant) other =
    g_variant_ref_sink (g_variant_new ("(uv)", 1, g_variant_new_string ("not windows")));

  assert_set_aside (f, "", 0);
  assert_set_aside (f, "{\"windows\": []}", 15);
  assert_set_aside (f, g_variant_get_data (newer), g_variant_get_size (newer));
  assert_set_aside (f, g_variant_get_data (other), g_variant_get_size (other));
}

/* A file cut or changed anywhere is read or set aside, and never does harm. */
static void
test_any_damage_is_survived (Fixture       *f,
                             gconstpointer  unused)
{
  g_autofree char *data = NULL;
  gsize size;

  kvar_state_file_set_window (f->file, 0, number (7));
  kvar_state_file_set_view (f->file, 0, "/records/jobs?order=due_on.desc", number (1));
  kvar_state_file_flush (f->file, NULL);
  g_assert_true (g_file_get_contents (f->path, &data, &size, NULL));

  for (int n = 0; n < 500; n++)
    {
      g_autofree char *damaged = g_memdup2 (data, size);
      gsize length = n % 3 == 0 ? (gsize)g_test_rand_int_range (0, size) : size;

      damaged[g_test_rand_int_range (0, size)] ^= 1 << g_test_rand_int_range (0, 8);
      g_assert_true (g_file_set_contents (f->path, damaged, length, NULL));
      reopen (f);
      g_variant_unref (kvar_state_file_lookup_window (f->file, 0));
    }
}

static void
test_unwritable_folder_is_an_error (Fixture       *f,
                                    gconstpointer  unused)
{
  g_autofree char *nowhere = g_build_filename (f->dir, "missing", "windows", NULL);
  g_autoptr(KvarStateFile) file = kvar_state_file_new (nowhere, f->clock);
  g_autoptr(GError) error = NULL;

  kvar_state_file_set_window (file, 0, number (1));
  g_assert_false (kvar_state_file_flush (file, &error));
  g_assert_error (error, KVAR_ERROR, KVAR_ERROR_REFUSED);
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

  add ("/state-file/new/begins-empty", test_begins_empty);
  add ("/state-file/new/damage-is-set-aside", test_damage_is_set_aside);
  add ("/state-file/new/any-damage-is-survived", test_any_damage_is_survived);
  add ("/state-file/flush/survives-a-restart", test_survives_a_restart);
  add ("/state-file/flush/is-the-last-word", test_flush_is_the_last_word);
  add ("/state-file/flush/unwritable-folder", test_unwritable_folder_is_an_error);
  add ("/state-file/write/a-second-after-a-change", test_writes_a_second_after_a_change);
  add ("/state-file/write/while-things-change", test_goes_on_writing_while_things_change);
  add ("/state-file/write/same-state-is-not", test_same_state_is_not_written);
  add ("/state-file/write/readable-by-nobody-else", test_is_readable_by_nobody_else);
  add ("/state-file/view/longest-unused-are-forgotten", test_forgets_views_longest_unused);
  add ("/state-file/window/others-move-up", test_removed_window_lets_others_move_up);
  add ("/state-file/window/passes-on-what-all-share",
       test_removed_window_passes_on_what_all_share);

  return g_test_run ();
}
