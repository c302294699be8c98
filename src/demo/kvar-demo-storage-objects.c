/* kvar-demo-storage-objects.c: the demo's buckets, and files as rows of its database
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-demo"

#include "config.h"

#include <string.h>

#include "kvar-demo-storage-private.h"

#define MIB (G_GINT64_CONSTANT (1024) * 1024)

#define COLUMNS \
  "id, bucket, name, owner, type, etag, cache_control, metadata, size, created_at, updated_at"

/* What is not listed can be named all the same. */
static const KvarDemoStorageBucket buckets[] = {
  { .name = "drawings", .listed = TRUE, .policy = KVAR_DEMO_BUCKET_SHARED,
    .size_limit = 50 * MIB },
  { .name = "pictures", .is_public = TRUE, .listed = TRUE, .policy = KVAR_DEMO_BUCKET_SHARED,
    .size_limit = 5 * MIB, .mime_type = "image/" },
  { .name = "private", .policy = KVAR_DEMO_BUCKET_OWN },
};

const KvarDemoStorageBucket *
kvar_demo_storage_get_buckets (guint *n_buckets)
{
  *n_buckets = G_N_ELEMENTS (buckets);

  return buckets;
}

/* Returns: (nullable) */
const KvarDemoStorageBucket *
kvar_demo_storage_find_bucket (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (buckets); i++)
    if (strcmp (buckets[i].name, name) == 0)
      return &buckets[i];

  return NULL;
}

/* Whether the caller's policies let a row of this name be seen and written. */
gboolean
kvar_demo_storage_may_touch (KvarDemoExchange            *exchange,
                             const KvarDemoStorageBucket *bucket,
                             const char                  *name)
{
  gsize length;

  if (strcmp (exchange->role, "service_role") == 0)
    return TRUE;

  if (strcmp (exchange->role, "authenticated") != 0 || exchange->user_id == NULL)
    return FALSE;

  if (bucket->policy == KVAR_DEMO_BUCKET_SHARED)
    return TRUE;

  length = strlen (exchange->user_id);

  return strncmp (name, exchange->user_id, length) == 0 && name[length] == '/';
}

/* Returns: whether the table is new */
gboolean
kvar_demo_storage_create (KvarDemoStorage *self)
{
  g_autoptr(sqlite3_stmt) row = NULL;

  row = kvar_demo_database_prepare (self->database, "SELECT 1 FROM sqlite_master "
                                    "WHERE name = 'storage_objects'", "");
  if (sqlite3_step (row) == SQLITE_ROW)
    return FALSE;

  kvar_demo_database_exec (self->database,
                           "CREATE TABLE storage_objects (id TEXT NOT NULL, "
                           "bucket TEXT NOT NULL, name TEXT NOT NULL, owner TEXT, "
                           "type TEXT NOT NULL, etag TEXT NOT NULL, cache_control TEXT NOT NULL, "
                           "metadata TEXT, size INTEGER NOT NULL, created_at INTEGER NOT NULL, "
                           "updated_at INTEGER NOT NULL, data BLOB NOT NULL, "
                           "PRIMARY KEY (bucket, name))");

  return TRUE;
}

void
kvar_demo_object_free (KvarDemoObject *self)
{
  g_free (self->id);
  g_free (self->bucket);
  g_free (self->name);
  g_free (self->owner);
  g_free (self->type);
  g_free (self->etag);
  g_free (self->cache_control);
  g_free (self->metadata);
  g_clear_pointer (&self->data, g_bytes_unref);
  g_free (self);
}

static char *
dup_text (sqlite3_stmt *row,
          int           column)
{
  return g_strdup ((const char *)sqlite3_column_text (row, column));
}

static KvarDemoObject *
read_row (sqlite3_stmt *row,
          gboolean      data)
{
  KvarDemoObject *self = g_new0 (KvarDemoObject, 1);

  self->id = dup_text (row, 0);
  self->bucket = dup_text (row, 1);
  self->name = dup_text (row, 2);
  self->owner = dup_text (row, 3);
  self->type = dup_text (row, 4);
  self->etag = dup_text (row, 5);
  self->cache_control = dup_text (row, 6);
  self->metadata = dup_text (row, 7);
  self->size = sqlite3_column_int64 (row, 8);
  self->created_at = sqlite3_column_int64 (row, 9);
  self->updated_at = sqlite3_column_int64 (row, 10);
  if (data)
    self->data = g_bytes_new (sqlite3_column_blob (row, 11), sqlite3_column_bytes (row, 11));

  return self;
}

/* Returns: (transfer full) (nullable): whoever asks */
KvarDemoObject *
kvar_demo_storage_find (KvarDemoStorage *self,
                        const char      *bucket,
                        const char      *name,
                        gboolean         data)
{
  g_autoptr(sqlite3_stmt) row = NULL;
  const char *sql = data ? "SELECT " COLUMNS ", data FROM storage_objects "
                           "WHERE bucket = ? AND name = ?"
                         : "SELECT " COLUMNS " FROM storage_objects "
                           "WHERE bucket = ? AND name = ?";

  row = kvar_demo_database_prepare (self->database, sql, "ss", bucket, name);

  return sqlite3_step (row) == SQLITE_ROW ? read_row (row, data) : NULL;
}

/* Returns: (transfer full): all objects whose key begins with @prefix, by key, without data */
GPtrArray *
kvar_demo_storage_list_below (KvarDemoStorage *self,
                              const char      *bucket,
                              const char      *prefix)
{
  GPtrArray *objects = g_ptr_array_new_with_free_func ((GDestroyNotify)kvar_demo_object_free);
  g_autoptr(sqlite3_stmt) row = NULL;

  row = kvar_demo_database_prepare (self->database, "SELECT " COLUMNS " FROM storage_objects "
                                    "WHERE bucket = ?1 AND substr (name, 1, length (?2)) = ?2 "
                                    "ORDER BY name", "ss", bucket, prefix);
  while (sqlite3_step (row) == SQLITE_ROW)
    g_ptr_array_add (objects, read_row (row, FALSE));

  return objects;
}

static char *
make_etag (GBytes *data)
{
  g_autofree char *sum = g_compute_checksum_for_bytes (G_CHECKSUM_MD5, data);

  return g_strdup_printf ("\"%s\"", sum);
}

/**
 * kvar_demo_storage_put:
 * @owner: (nullable)
 *
 * Stores a new object, or the new content of one that is there.
 *
 * Returns: (transfer full): the object, without its data
 */
KvarDemoObject *
kvar_demo_storage_put (KvarDemoStorage       *self,
                       const char            *bucket,
                       const char            *name,
                       const char            *owner,
                       const KvarDemoArrival *arrival)
{
  const char *sql = "INSERT INTO storage_objects (id, bucket, name, owner, type, etag, "
                    "cache_control, metadata, size, created_at, updated_at, data) "
                    "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?10, ?11) "
                    "ON CONFLICT (bucket, name) DO UPDATE SET type = excluded.type, "
                    "etag = excluded.etag, cache_control = excluded.cache_control, "
                    "metadata = excluded.metadata, size = excluded.size, "
                    "updated_at = excluded.updated_at, data = excluded.data";
  g_autofree char *id = g_uuid_string_random ();
  g_autofree char *etag = make_etag (arrival->data);
  g_autoptr(sqlite3_stmt) statement = NULL;
  const char *type = arrival->type != NULL ? arrival->type : "application/octet-stream";
  const char *cache = arrival->cache_control != NULL ? arrival->cache_control : "no-cache";
  gint64 now = kvar_demo_clock_get_usec (self->clock);
  gsize size;
  const void *data = g_bytes_get_data (arrival->data, &size);

  statement = kvar_demo_database_prepare (self->database, sql, "ssssssssii", id, bucket, name,
                                          owner, type, etag, cache, arrival->metadata,
                                          (gint64)size, now);
  sqlite3_bind_blob64 (statement, 11, size > 0 ? data : "", size, SQLITE_STATIC);
  if (sqlite3_step (statement) != SQLITE_DONE)
    g_error ("%s", sqlite3_errmsg (kvar_demo_database_get_handle (self->database)));

  return kvar_demo_storage_find (self, bucket, name, FALSE);
}

/* Returns: whether there was such an object */
gboolean
kvar_demo_storage_remove (KvarDemoStorage *self,
                          const char      *bucket,
                          const char      *name)
{
  return kvar_demo_database_run (self->database, "DELETE FROM storage_objects "
                                 "WHERE bucket = ? AND name = ?", "ss", bucket, name) > 0;
}
