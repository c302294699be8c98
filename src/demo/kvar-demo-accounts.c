/* kvar-demo-accounts.c: the users of the demo project, as rows and as GoTrue's JSON
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-demo"

#include "config.h"

#include <string.h>

#include "kvar-demo-accounts.h"
#include "kvar-demo-config.h"

/* Enough to be no plain text; the demo keeps nobody's real password. */
#define HASH_ROUNDS 100

struct _KvarDemoAccounts
{
  KvarDemoDatabase *database;
  KvarDemoClock    *clock;
};

static char *
hash_password (const char *salt,
               const char *password)
{
  g_autofree char *hash = g_strdup (password);

  for (int i = 0; i < HASH_ROUNDS; i++)
    {
      g_autofree char *input = g_strconcat (salt, "$", hash, NULL);

      g_free (hash);
      hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, input, -1);
    }

  return g_strconcat (salt, "$", hash, NULL);
}

static void
take_string (JsonObject *object,
             const char *name,
             char       *value)
{
  json_object_set_string_member (object, name, value);
  g_free (value);
}

static char *
column_text (sqlite3_stmt *row,
             int           column)
{
  return g_strdup ((const char *)sqlite3_column_text (row, column));
}

void
kvar_demo_user_free (KvarDemoUser *self)
{
  g_free (self->id);
  g_free (self->email);
  g_free (self->password);
  g_free (self->metadata);
  g_free (self->identity_id);
  g_free (self);
}

/**
 * kvar_demo_user_get_metadata:
 *
 * Returns: (transfer full): user_metadata, a copy
 */
JsonObject *
kvar_demo_user_get_metadata (KvarDemoUser *self)
{
  g_autoptr(JsonNode) node = json_from_string (self->metadata, NULL);

  return json_node_dup_object (node);
}

static JsonArray *
identities_to_json (KvarDemoUser *self)
{
  JsonArray *identities = json_array_new ();
  JsonObject *identity = json_object_new ();
  JsonObject *data = json_object_new ();

  json_object_set_string_member (data, "email", self->email);
  json_object_set_boolean_member (data, "email_verified", FALSE);
  json_object_set_boolean_member (data, "phone_verified", FALSE);
  json_object_set_string_member (data, "sub", self->id);

  json_object_set_string_member (identity, "identity_id", self->identity_id);
  json_object_set_string_member (identity, "id", self->id);
  json_object_set_string_member (identity, "user_id", self->id);
  json_object_set_object_member (identity, "identity_data", data);
  json_object_set_string_member (identity, "provider", "email");
  take_string (identity, "last_sign_in_at", kvar_demo_clock_format_iso (self->created_at));
  take_string (identity, "created_at", kvar_demo_clock_format_iso (self->created_at));
  take_string (identity, "updated_at", kvar_demo_clock_format_iso (self->created_at));
  json_object_set_string_member (identity, "email", self->email);
  json_array_add_object_element (identities, identity);

  return identities;
}

/**
 * kvar_demo_user_to_json:
 *
 * Returns: (transfer full): the user object of /user and of every session
 */
JsonObject *
kvar_demo_user_to_json (KvarDemoUser *self)
{
  JsonObject *user = json_object_new ();
  JsonObject *app_metadata = json_object_new ();
  JsonArray *providers = json_array_new ();

  json_array_add_string_element (providers, "email");
  json_object_set_string_member (app_metadata, "provider", "email");
  json_object_set_array_member (app_metadata, "providers", providers);

  json_object_set_string_member (user, "id", self->id);
  json_object_set_string_member (user, "aud", "authenticated");
  json_object_set_string_member (user, "role", "authenticated");
  json_object_set_string_member (user, "email", self->email);
  take_string (user, "email_confirmed_at", kvar_demo_clock_format_iso (self->created_at));
  json_object_set_string_member (user, "phone", "");
  take_string (user, "confirmed_at", kvar_demo_clock_format_iso (self->created_at));
  if (self->last_sign_in_at != 0)
    take_string (user, "last_sign_in_at", kvar_demo_clock_format_iso (self->last_sign_in_at));
  json_object_set_object_member (user, "app_metadata", app_metadata);
  json_object_set_object_member (user, "user_metadata", kvar_demo_user_get_metadata (self));
  json_object_set_array_member (user, "identities", identities_to_json (self));
  take_string (user, "created_at", kvar_demo_clock_format_iso (self->created_at));
  take_string (user, "updated_at", kvar_demo_clock_format_iso (self->updated_at));
  if (self->banned_until != 0)
    take_string (user, "banned_until", kvar_demo_clock_format_iso (self->banned_until));
  json_object_set_boolean_member (user, "is_anonymous", FALSE);

  return user;
}

gboolean
kvar_demo_user_has_password (KvarDemoUser *self,
                             const char   *password)
{
  g_autofree char *salt = g_strndup (self->password, strcspn (self->password, "$"));
  g_autofree char *hashed = hash_password (salt, password);

  return strcmp (hashed, self->password) == 0;
}

static void
add_sample_user (KvarDemoAccounts *self,
                 const char       *id,
                 const char       *email,
                 const char       *name)
{
  g_autoptr(KvarDemoUser) there = kvar_demo_accounts_find (self, id);
  g_autofree char *metadata = NULL;

  if (there != NULL)
    return;

  metadata = g_strdup_printf ("{\"full_name\":\"%s\"}", name);
  kvar_demo_accounts_add (self, id, email, "demo", metadata);
}

/**
 * kvar_demo_accounts_new:
 * @database: outlives the object, as @clock does
 *
 * Makes the table and the two sample users when they are missing.
 */
KvarDemoAccounts *
kvar_demo_accounts_new (KvarDemoDatabase *database,
                        KvarDemoClock    *clock)
{
  KvarDemoAccounts *self = g_new0 (KvarDemoAccounts, 1);

  self->database = database;
  self->clock = clock;

  kvar_demo_database_exec (database,
                           "CREATE TABLE IF NOT EXISTS auth_users ("
                           " id TEXT PRIMARY KEY,"
                           " email TEXT NOT NULL UNIQUE COLLATE NOCASE,"
                           " password TEXT NOT NULL,"
                           " metadata TEXT NOT NULL,"
                           " identity_id TEXT NOT NULL,"
                           " banned_until INTEGER NOT NULL DEFAULT 0,"
                           " created_at INTEGER NOT NULL,"
                           " updated_at INTEGER NOT NULL,"
                           " last_sign_in_at INTEGER NOT NULL DEFAULT 0)");

  add_sample_user (self, KVAR_DEMO_USER_DEMO, "demo@kvar.example", "Dag Ekström");
  add_sample_user (self, KVAR_DEMO_USER_EVA, "eva@kvar.example", "Eva Lindqvist");

  return self;
}

void
kvar_demo_accounts_free (KvarDemoAccounts *self)
{
  g_free (self);
}

static KvarDemoUser *
find (KvarDemoAccounts *self,
      const char       *column,
      const char       *value)
{
  g_autoptr(sqlite3_stmt) row = NULL;
  g_autofree char *sql = NULL;
  KvarDemoUser *user;

  sql = g_strdup_printf ("SELECT id, email, password, metadata, identity_id, banned_until,"
                         " created_at, updated_at, last_sign_in_at FROM auth_users"
                         " WHERE %s = ?", column);
  row = kvar_demo_database_prepare (self->database, sql, "s", value);
  if (sqlite3_step (row) != SQLITE_ROW)
    return NULL;

  user = g_new0 (KvarDemoUser, 1);
  user->id = column_text (row, 0);
  user->email = column_text (row, 1);
  user->password = column_text (row, 2);
  user->metadata = column_text (row, 3);
  user->identity_id = column_text (row, 4);
  user->banned_until = sqlite3_column_int64 (row, 5);
  user->created_at = sqlite3_column_int64 (row, 6);
  user->updated_at = sqlite3_column_int64 (row, 7);
  user->last_sign_in_at = sqlite3_column_int64 (row, 8);

  return user;
}

/**
 * kvar_demo_accounts_find:
 *
 * Returns: (transfer full) (nullable): the user as it is now, a copy
 */
KvarDemoUser *
kvar_demo_accounts_find (KvarDemoAccounts *self,
                         const char       *id)
{
  return find (self, "id", id);
}

KvarDemoUser *
kvar_demo_accounts_find_email (KvarDemoAccounts *self,
                               const char       *email)
{
  return find (self, "email", email);
}

/**
 * kvar_demo_accounts_add:
 * @metadata: (nullable): the person's own members of user_metadata, a JSON object
 */
void
kvar_demo_accounts_add (KvarDemoAccounts *self,
                        const char       *id,
                        const char       *email,
                        const char       *password,
                        const char       *metadata)
{
  g_autoptr(JsonNode) node = json_from_string (metadata != NULL ? metadata : "{}", NULL);
  g_autofree char *salt = g_strdup_printf ("%08x", g_random_int ());
  g_autofree char *hash = hash_password (salt, password);
  g_autofree char *identity_id = g_uuid_string_random ();
  g_autofree char *text = NULL;
  JsonObject *object = json_node_get_object (node);
  gint64 now = kvar_demo_clock_get_usec (self->clock);

  json_object_set_string_member (object, "email", email);
  json_object_set_boolean_member (object, "email_verified", TRUE);
  json_object_set_boolean_member (object, "phone_verified", FALSE);
  json_object_set_string_member (object, "sub", id);
  text = json_to_string (node, FALSE);

  kvar_demo_database_run (self->database,
                          "INSERT INTO auth_users (id, email, password, metadata, identity_id,"
                          " created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?, ?)",
                          "sssssii", id, email, hash, text, identity_id, now, now);
}

void
kvar_demo_accounts_set_password (KvarDemoAccounts *self,
                                 const char       *id,
                                 const char       *password)
{
  g_autofree char *salt = g_strdup_printf ("%08x", g_random_int ());
  g_autofree char *hash = hash_password (salt, password);

  kvar_demo_database_run (self->database,
                          "UPDATE auth_users SET password = ?, updated_at = ? WHERE id = ?",
                          "sis", hash, kvar_demo_clock_get_usec (self->clock), id);
}

void
kvar_demo_accounts_set_metadata (KvarDemoAccounts *self,
                                 const char       *id,
                                 JsonObject       *metadata)
{
  g_autoptr(JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autofree char *text = NULL;

  json_node_set_object (node, metadata);
  text = json_to_string (node, FALSE);
  kvar_demo_database_run (self->database,
                          "UPDATE auth_users SET metadata = ?, updated_at = ? WHERE id = ?",
                          "sis", text, kvar_demo_clock_get_usec (self->clock), id);
}

/**
 * kvar_demo_accounts_set_banned:
 * @until: µs since 1970, or 0 to end the ban
 */
void
kvar_demo_accounts_set_banned (KvarDemoAccounts *self,
                               const char       *id,
                               gint64            until)
{
  kvar_demo_database_run (self->database, "UPDATE auth_users SET banned_until = ? WHERE id = ?",
                          "is", until, id);
}

/**
 * kvar_demo_accounts_touch:
 *
 * Notes that the user signed in just now.
 */
void
kvar_demo_accounts_touch (KvarDemoAccounts *self,
                          const char       *id)
{
  gint64 now = kvar_demo_clock_get_usec (self->clock);

  kvar_demo_database_run (self->database,
                          "UPDATE auth_users SET last_sign_in_at = ?, updated_at = ?"
                          " WHERE id = ?",
                          "iis", now, now, id);
}

void
kvar_demo_accounts_remove (KvarDemoAccounts *self,
                           const char       *id)
{
  kvar_demo_database_run (self->database, "DELETE FROM auth_users WHERE id = ?", "s", id);
}
