/* kvar-test-person.c: somebody who is signed in to a kvar-demo, over real connections
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gstdio.h>

#include "kvar-test-person.h"
#include "kvar-test.h"
#include "net/kvar-http-transport.h"
#include "session/kvar-memory-vault.h"

KvarSession *
kvar_test_person_sign_in (KvarTestDemo *demo,
                          const char   *url,
                          const char   *email,
                          KvarClock    *clock,
                          const char   *dir)
{
  g_autoptr(KvarVault) vault = kvar_memory_vault_new ();
  g_autoptr(KvarProject) project = NULL;
  g_autoptr(KvarHttpTransport) transport = NULL;
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  KvarSession *session;

  project = kvar_project_new (url, kvar_test_demo_get_key (demo), &error);
  g_assert_no_error (error);
  transport = kvar_http_transport_new (kvar_project_get_url (project),
                                       kvar_project_get_key (project), clock);
  session = kvar_session_new (project, KVAR_TRANSPORT (transport), vault, clock, dir);
  kvar_session_sign_in_async (session, email, "demo", NULL, kvar_test_keep_result, &result);
  kvar_test_wait_until (result != NULL);
  kvar_session_sign_in_finish (session, result, &error);
  g_assert_no_error (error);

  return session;
}

KvarSchema *
kvar_test_person_load_schema (KvarSchemaLoader *loader)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  KvarSchema *schema;

  kvar_schema_loader_load_async (loader, NULL, kvar_test_keep_result, &result);
  kvar_test_wait_until (result != NULL);
  schema = kvar_schema_loader_load_finish (loader, result, &error);
  g_assert_no_error (error);

  return schema;
}

void
kvar_test_person_remove_dir (const char *path)
{
  g_autoptr(GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *file = g_build_filename (path, name, NULL);

      if (g_file_test (file, G_FILE_TEST_IS_DIR))
        kvar_test_person_remove_dir (file);
      else
        g_unlink (file);
    }
  g_rmdir (path);
}
