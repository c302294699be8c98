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

static SecretCollection *
find_keyring (void)
{
  g_autoptr(SecretService) service = NULL;
  g_autoptr(GError) error = NULL;
  SecretCollection *keyring;

  service = secret_service_get_sync (SECRET_SERVICE_NONE, NULL, &error);
  g_assert_no_error (error);
  keyring = secret_collection_for_alias_sync (service, SECRET_COLLECTION_DEFAULT,
                                              SECRET_COLLECTION_NONE, NULL, &error);
  g_assert_no_error (error);

  return keyring;
}

/* Adds an item of the slot, next to those that are there. Not in libsecret's synchronous way,
 * which leaks what it frees from a main loop that is gone by then. */
static void
add_item (SecretCollection *keyring,
          const char       *secret)
{
  g_autoptr(GHashTable) attributes = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr(SecretValue) value = secret_value_new (secret, -1, "text/plain");
  g_autoptr(SecretItem) item = NULL;
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  g_hash_table_insert (attributes, (char *)"xdg:schema",
                       (char *)"io.github.kvarapp.Kvar.Session");
  g_hash_table_insert (attributes, (char *)"project", (char *)PROJECT);
  g_hash_table_insert (attributes, (char *)"slot", (char *)SLOT);
  secret_item_create (keyring, NULL, attributes, "Kvar", value, SECRET_ITEM_CREATE_NONE, NULL,
                      kvar_test_keep_result, &result);
  kvar_test_wait_until (result != NULL);
  item = secret_item_create_finish (result, &error);
  g_assert_no_error (error);
}

static guint
count_items (void)
{
  static const SecretSchema schema = {
    "io.github.kvarapp.Kvar.Session", SECRET_SCHEMA_NONE,
    { { "slot", SECRET_SCHEMA_ATTRIBUTE_STRING } }
  };
  g_autolist(SecretRetrievable) items = NULL;
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  secret_password_search (&schema, SECRET_SEARCH_ALL, NULL, kvar_test_keep_result, &result,
                          "slot", SLOT, NULL);
  kvar_test_wait_until (result != NULL);
  items = secret_password_search_finish (result, &error);
  g_assert_no_error (error);

  return g_list_length (items);
}

#define SECRET(serial) \
  "{\"refresh_token\":\"r" #serial "\",\"user_id\":\"" SLOT "\",\"session_id\":\"s\"," \
  "\"serial\":" #serial "}"

/* Which came last says little: what counts is how far each is from the sign-in. The others
 * are deleted, so that none of them can come up again. */
static void
test_two_items (void)
{
  static const char *const secrets[] = { SECRET (3), SECRET (12), "{\"serial\":99", SECRET (5) };
  g_autoptr(SecretCollection) keyring = find_keyring ();
  g_autoptr(KvarVault) vault = kvar_secret_vault_new ();
  g_autofree char *secret = NULL;
  g_autofree char *again = NULL;
  g_autoptr(GError) error = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (secrets); i++)
    add_item (keyring, secrets[i]);
  g_assert_cmpuint (count_items (), ==, G_N_ELEMENTS (secrets));

  secret = look_up (vault, SLOT, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (secret, ==, SECRET (12));
  kvar_test_wait_until (count_items () == 1);
  again = look_up (vault, SLOT, &error);
  g_assert_cmpstr (again, ==, SECRET (12));
  g_assert_true (clear (vault, SLOT, &error));
}

/* Nobody can tell which of these is the better one: nothing is deleted. */
static void
test_two_strange_items (void)
{
  g_autoptr(SecretCollection) keyring = find_keyring ();
  g_autoptr(KvarVault) vault = kvar_secret_vault_new ();
  g_autofree char *secret = NULL;
  g_autoptr(GError) error = NULL;

  add_item (keyring, "strange");
  add_item (keyring, "stranger");
  secret = look_up (vault, SLOT, &error);
  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (secret, "strange"));
  g_assert_cmpuint (count_items (), ==, 2);
  g_assert_true (clear (vault, SLOT, &error));
  g_assert_cmpuint (count_items (), ==, 0);
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
  int result;

  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/secret-vault/round-trip", test_round_trip);
  g_test_add_func ("/secret-vault/cancelled", test_cancelled);
  g_test_add_func ("/secret-vault/I08/two-items", test_two_items);
  g_test_add_func ("/secret-vault/I08/two-strange-items", test_two_strange_items);
  g_test_add_func ("/secret-vault/I01/locked", test_locked);
  g_test_add_func ("/secret-vault/I02/absent", test_absent);
  result = g_test_run ();
  kvar_test_settle ();

  return result;
}
