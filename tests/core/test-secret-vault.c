/* test-secret-vault.c: the keyring as a vault, against a real gnome-keyring
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Run by build-aux/headless, which brings a session bus and an unlocked keyring.
 */

#include "config.h"

#include <libsecret/secret.h>

#include "kvar-test.h"
#include "session/kvar-secret-vault.h"

#define PROJECT "norr.example.org"
#define SLOT    "11111111-1111-4111-8111-111111111111"

static gboolean
store (KvarVault   *vault,
       const char  *slot,
       const char  *secret,
       GError     **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  kvar_vault_store_async (vault, PROJECT, slot, secret, NULL, kvar_test_keep_result, &result);
  kvar_test_wait_until (result != NULL);

  return kvar_vault_store_finish (vault, result, error);
}

static char *
look_up (KvarVault   *vault,
         const char  *slot,
         GError     **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  kvar_vault_lookup_async (vault, PROJECT, slot, NULL, kvar_test_keep_result, &result);
  kvar_test_wait_until (result != NULL);

  return kvar_vault_lookup_finish (vault, result, error);
}

static gboolean
clear (KvarVault   *vault,
       const char  *slot,
       GError     **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  kvar_vault_clear_async (vault, PROJECT, slot, NULL, kvar_test_keep_result, &result);
  kvar_test_wait_until (result != NULL);

  return kvar_vault_clear_finish (vault, result, error);
}

static void
test_round_trip (void)
{
  g_autoptr(KvarVault) vault = kvar_secret_vault_new ();
  g_autoptr(GError) error = NULL;
  g_autofree char *nothing = NULL;
  g_autofree char *secret = NULL;
  g_autofree char *other = NULL;
  g_autofree char *gone = NULL;

  g_assert_true (kvar_vault_is_persistent (vault));
  nothing = look_up (vault, SLOT, &error);
  g_assert_no_error (error);
  g_assert_null (nothing);

  g_assert_true (store (vault, SLOT, "{\"refresh_token\":\"å\"}", &error));
  g_assert_true (store (vault, "revoke:x", "another", &error));
  g_assert_no_error (error);
  secret = look_up (vault, SLOT, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (secret, ==, "{\"refresh_token\":\"å\"}");

  g_assert_true (store (vault, SLOT, "newer", &error));
  g_free (secret);
  secret = look_up (vault, SLOT, &error);
  g_assert_cmpstr (secret, ==, "newer");

  g_assert_true (clear (vault, SLOT, &error));
  g_assert_true (clear (vault, SLOT, &error));
  g_assert_no_error (error);
  gone = look_up (vault, SLOT, &error);
  g_assert_null (gone);
  other = look_up (vault, "revoke:x", &error);
  g_assert_cmpstr (other, ==, "another");
  g_assert_true (clear (vault, "revoke:x", &error));
}

static void
lock_keyring (void)
{
  g_autoptr(SecretService) service = NULL;
  g_autoptr(SecretCollection) collection = NULL;
  g_autoptr(GList) collections = NULL;
  g_autoptr(GError) error = NULL;

  service = secret_service_get_sync (SECRET_SERVICE_NONE, NULL, &error);
  g_assert_no_error (error);
  collection = secret_collection_for_alias_sync (service, SECRET_COLLECTION_DEFAULT,
                                                 SECRET_COLLECTION_NONE, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (collection);
  collections = g_list_prepend (NULL, collection);
  g_assert_cmpint (secret_service_lock_sync (service, collections, NULL, NULL, &error), ==, 1);
  g_assert_no_error (error);
}

/* Last, since the keyring stays locked: nobody is there who could unlock it. */
static void
test_locked (void)
{
  g_autoptr(KvarVault) vault = kvar_secret_vault_new ();
  g_autoptr(GError) error = NULL;
  g_autofree char *secret = NULL;

  g_assert_true (store (vault, SLOT, "kept", &error));
  g_assert_no_error (error);
  lock_keyring ();

  secret = look_up (vault, SLOT, &error);
  g_assert_null (secret);
  g_assert_error (error, KVAR_VAULT_ERROR, KVAR_VAULT_ERROR_LOCKED);
}

static void
test_cancelled (void)
{
  g_autoptr(KvarVault) vault = kvar_secret_vault_new ();
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  kvar_vault_lookup_async (vault, PROJECT, SLOT, cancellable, kvar_test_keep_result, &result);
  g_cancellable_cancel (cancellable);
  kvar_test_wait_until (result != NULL);

  g_assert_null (kvar_vault_lookup_finish (vault, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_absent (void)
{
  g_autoptr(GError) error = NULL;

  if (g_test_subprocess ())
    {
      g_autoptr(KvarVault) vault = kvar_secret_vault_new ();

      g_assert_null (look_up (vault, SLOT, &error));
      g_assert_error (error, KVAR_VAULT_ERROR, KVAR_VAULT_ERROR_ABSENT);
      return;
    }

  g_setenv ("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus", TRUE);
  g_test_trap_subprocess (NULL, 20 * G_USEC_PER_SEC, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_passed ();
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/secret-vault/round-trip", test_round_trip);
  g_test_add_func ("/secret-vault/cancelled", test_cancelled);
  g_test_add_func ("/secret-vault/I01/locked", test_locked);
  g_test_add_func ("/secret-vault/I02/absent", test_absent);

  return g_test_run ();
}
