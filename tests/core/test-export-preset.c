/* test-export-preset.c: How somebody exports a table is kept for them and that table alone.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gstdio.h>

#include "export/kvar-export-preset.h"
#include "kvar-session-fixture.h"

static void
write_preset (Fixture    *f,
              const char *table,
              const char *name)
{
  static const char *const columns[] = { "title", "a,b'\"", "id", NULL };
  g_autoptr(KvarExportPreset) preset = kvar_export_preset_new (KVAR_FILE_XLSX, columns, TRUE);
  g_autoptr(GError) error = NULL;

  g_assert_true (kvar_export_presets_write (f->session, f->state_dir, table, name, preset,
                                            &error));
  g_assert_no_error (error);
}

static KvarExportPreset *
read_preset (Fixture    *f,
             const char *table,
             const char *name)
{
  return kvar_export_presets_read (f->session, f->state_dir, table, name);
}

static void
forget (Fixture    *f,
        const char *table,
        const char *name)
{
  g_assert_true (kvar_export_presets_write (f->session, f->state_dir, table, name, NULL, NULL));
}

static void
remove_file (Fixture *f)
{
  g_autofree char *path = g_build_filename (f->state_dir, "presets.ini", NULL);
  GStatBuf info;

  g_assert_cmpint (g_stat (path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
  g_unlink (path);
}

static void
test_presets_are_named (Fixture       *f,
                        gconstpointer  unused)
{
  g_autoptr(KvarExportPreset) preset = NULL;
  g_auto(GStrv) names = NULL;
  g_auto(GStrv) other = NULL;

  write_preset (f, "jobs", "To [the] bookkeeper = å");
  write_preset (f, "jobs", "Again");
  write_preset (f, "jobs", KVAR_EXPORT_LAST);
  write_preset (f, "contacts", "Others");

  names = kvar_export_presets_list (f->session, f->state_dir, "jobs");
  g_assert_cmpuint (g_strv_length (names), ==, 2);
  g_assert_cmpstr (names[0], ==, "Again");
  g_assert_cmpstr (names[1], ==, "To [the] bookkeeper = å");
  other = kvar_export_presets_list (f->session, f->state_dir, "reports");
  g_assert_cmpuint (g_strv_length (other), ==, 0);

  preset = read_preset (f, "jobs", names[1]);
  g_assert_nonnull (preset);
  g_assert_cmpint (preset->format, ==, KVAR_FILE_XLSX);
  g_assert_true (preset->titled);
  g_assert_cmpuint (g_strv_length (preset->columns), ==, 3);
  g_assert_cmpstr (preset->columns[1], ==, "a,b'\"");
  g_assert_null (preset->name);
  remove_file (f);
}

static void
test_presets_are_forgotten (Fixture       *f,
                            gconstpointer  unused)
{
  g_autoptr(KvarExportPreset) preset = NULL;

  write_preset (f, "jobs", "Again");
  forget (f, "jobs", "Again");
  preset = read_preset (f, "jobs", "Again");
  g_assert_null (preset);
  remove_file (f);
}

/* No columns of its own: those that are shown then. */
static void
test_presets_keep_the_last (Fixture       *f,
                            gconstpointer  unused)
{
  g_autoptr(KvarExportPreset) preset = kvar_export_preset_new (KVAR_FILE_CSV, NULL, FALSE);
  g_autoptr(KvarExportPreset) last = NULL;

  preset->whole = TRUE;
  preset->name = g_strdup ("Again");
  g_assert_true (kvar_export_presets_write (f->session, f->state_dir, "jobs", KVAR_EXPORT_LAST,
                                            preset, NULL));
  last = read_preset (f, "jobs", KVAR_EXPORT_LAST);
  g_assert_true (last->whole);
  g_assert_null (last->columns);
  g_assert_cmpstr (last->name, ==, "Again");
  remove_file (f);
}

/* Of one user nothing is told to another. */
static void
test_presets_are_a_users (Fixture       *f,
                          gconstpointer  unused)
{
  g_autoptr(GAsyncResult) left = NULL;
  g_autoptr(KvarExportPreset) preset = NULL;

  write_preset (f, "jobs", "Again");
  kvar_session_sign_out_async (f->session, KVAR_SIGN_OUT_LOCAL, NULL, kvar_test_keep_result,
                               &left);
  kvar_test_wait_until (left != NULL);
  kvar_test_auth_script_reply (f->auth, kvar_test_reply_new (200,
                               "{\"access_token\":\"a\",\"refresh_token\":\"b\","
                               "\"expires_in\":3600,\"user\":{\"id\":\"eva\"}}"));
  kvar_test_session_sign_in (f->session);
  preset = read_preset (f, "jobs", "Again");
  g_assert_null (preset);
  remove_file (f);
}

#define add(path, func) \
  g_test_add (path, Fixture, NULL, fixture_set_up_signed_in, func, fixture_tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  add ("/export/EXP-13/presets-are-named", test_presets_are_named);
  add ("/export/EXP-13/presets-are-forgotten", test_presets_are_forgotten);
  add ("/export/EXP-13/presets-keep-the-last", test_presets_keep_the_last);
  add ("/export/EXP-13/presets-are-a-users", test_presets_are_a_users);

  return g_test_run ();
}
