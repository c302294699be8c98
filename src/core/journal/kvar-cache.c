/* kvar-cache.c: what one user has seen of a project, kept to be shown before the server answers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * An entry is a list or a record of a table, as packed rows. What has not been used for longest
 * goes when there is no more room. Whatever goes wrong here costs a request, and nothing else.
 */

#define G_LOG_DOMAIN "kvar-cache"

#include "config.h"

#include "journal/kvar-cache.h"
#include "journal/kvar-sql.h"
#include "kvar-error.h"
#include "records/kvar-record-pack.h"

/* Of all users together. */
#define MAX_BYTES (64 * 1024 * 1024)

struct _KvarCache
{
  GObject       parent_instance;

  KvarDatabase *database;
  char         *owner;        /* whose: project and user */
  gint64        max_bytes;
  gboolean      closed;
};

G_DEFINE_FINAL_TYPE (KvarCache, kvar_cache, G_TYPE_OBJECT)

static const char *const steps[] = {
  "CREATE TABLE entry (owner TEXT NOT NULL, relation TEXT NOT NULL, what TEXT NOT NULL,"
  " loaded_at INTEGER NOT NULL, total INTEGER NOT NULL, exact INTEGER NOT NULL,"
  " used INTEGER NOT NULL, bytes INTEGER NOT NULL, rows BLOB NOT NULL,"
  " UNIQUE (owner, relation, what));"
  "CREATE INDEX entry_used ON entry (used, bytes)",
  NULL
};

static const KvarDatabaseKind kind = { .steps = steps };

/* One errand into the database's thread, whose it is until it comes back. */
typedef struct
{
  char      *owner;
  char      *relation;    /* (nullable) NULL for all */
  char      *what;        /* (nullable) NULL for all */
  KvarTable *table;       /* (nullable) to read the rows as */
  GBytes    *bytes;       /* (nullable) to be kept */
  gint64     loaded_at;
  gint64     total;
  gboolean   total_is_exact;
  gint64     max_bytes;
} Errand;

/* Find: ask the thread → rows, which have been used now. Keep and forget: tell the thread →
 * log what went wrong. Clear: tell the thread → say how that went. */
static void found_cb   (GObject *object, GAsyncResult *result, gpointer user_data);
static void done_cb    (GObject *object, GAsyncResult *result, gpointer user_data);
static void cleared_cb (GObject *object, GAsyncResult *result, gpointer user_data);

static void
errand_free (gpointer data)
{
  Errand *errand = data;

  g_free (errand->owner);
  g_free (errand->relation);
  g_free (errand->what);
  g_clear_object (&errand->table);
  g_clear_pointer (&errand->bytes, g_bytes_unref);
  g_free (errand);
}

static Errand *
errand_new (KvarCache  *self,
            KvarTable  *table,
            const char *what)
{
  Errand *errand = g_new0 (Errand, 1);

  errand->owner = g_strdup (self->owner);
  errand->relation = table != NULL ? g_strdup (kvar_table_get_name (table)) : NULL;
  errand->what = g_strdup (what);

  return errand;
}

static void
cached_rows_free (gpointer data)
{
  kvar_cached_rows_free (data);
}

static void
bind_place (KvarStatement *statement,
            Errand        *errand)
{
  kvar_sql_bind_text (statement, 1, errand->owner);
  kvar_sql_bind_text (statement, 2, errand->relation);
  kvar_sql_bind_text (statement, 3, errand->what);
}

static gboolean
run_at_place (sqlite3     *database,
              const char  *sql,
              Errand      *errand,
              GError     **error)
{
  g_autoptr(KvarStatement) statement = kvar_sql_prepare (database, sql, error);

  if (statement == NULL)
    return FALSE;

  bind_place (statement, errand);

  return kvar_sql_run (statement, error);
}

/* Drops the entries longest unused until the others fit. */
static gboolean
make_room (sqlite3  *database,
           gint64    max_bytes,
           GError  **error)
{
  g_autoptr(KvarStatement) statement = NULL;

  statement = kvar_sql_prepare (database,
                                "DELETE FROM entry"
                                " WHERE (SELECT sum (bytes) FROM entry) > ?1 AND used <="
                                " (SELECT max (used) FROM (SELECT used, sum (bytes)"
                                " OVER (ORDER BY used DESC) AS filled FROM entry)"
                                " WHERE filled > ?1)", error);
  if (statement == NULL)
    return FALSE;

  sqlite3_bind_int64 (statement, 1, max_bytes);

  return kvar_sql_run (statement, error);
}

static gpointer
keep_in_thread (sqlite3   *database,
                gpointer   data,
                GError   **error)
{
  Errand *errand = data;
  g_autoptr(KvarStatement) statement = NULL;
  gsize size;
  gconstpointer bytes = g_bytes_get_data (errand->bytes, &size);

  statement = kvar_sql_prepare (database,
                                "INSERT OR REPLACE INTO entry VALUES (?1, ?2, ?3, ?4, ?5, ?6,"
                                " 1 + (SELECT ifnull (max (used), 0) FROM entry), ?7, ?8)",
                                error);
  if (statement == NULL)
    return NULL;

  bind_place (statement, errand);
  sqlite3_bind_int64 (statement, 4, errand->loaded_at);
  sqlite3_bind_int64 (statement, 5, errand->total);
  sqlite3_bind_int (statement, 6, errand->total_is_exact);
  sqlite3_bind_int64 (statement, 7, (gint64)size);
  sqlite3_bind_blob64 (statement, 8, bytes, size, SQLITE_STATIC);
  if (kvar_sql_run (statement, error))
    make_room (database, errand->max_bytes, error);

  return NULL;
}

static KvarCachedRows *
read_rows (KvarStatement *statement,
           KvarTable     *table)
{
  g_autoptr(GBytes) bytes = g_bytes_new (sqlite3_column_blob (statement, 3),
                                         (gsize)sqlite3_column_bytes (statement, 3));
  g_autoptr(GPtrArray) records = kvar_record_unpack (table, bytes);
  KvarCachedRows *rows;

  if (records == NULL)
    return NULL;

  rows = g_new0 (KvarCachedRows, 1);
  rows->records = g_steal_pointer (&records);
  rows->loaded_at = sqlite3_column_int64 (statement, 0);
  rows->total = sqlite3_column_int64 (statement, 1);
  rows->total_is_exact = sqlite3_column_int (statement, 2) != 0;

  return rows;
}

static gpointer
find_in_thread (sqlite3   *database,
                gpointer   data,
                GError   **error)
{
  Errand *errand = data;
  g_autoptr(KvarStatement) statement = NULL;
  gboolean has_row;

  statement = kvar_sql_prepare (database,
                                "SELECT loaded_at, total, exact, rows FROM entry"
                                " WHERE owner = ?1 AND relation = ?2 AND what = ?3", error);
  if (statement == NULL)
    return NULL;

  bind_place (statement, errand);
  if (!kvar_sql_step (statement, &has_row, error) || !has_row)
    return NULL;

  return read_rows (statement, errand->table);
}

/* Takes of @rows what is not in @all yet. */
static void
add_rows (KvarCachedRows *all,
          GHashTable     *keys,
          KvarCachedRows *rows)
{
  for (guint i = 0; i < rows->records->len; i++)
    {
      KvarRecord *record = g_ptr_array_index (rows->records, i);
      char *key = kvar_record_get_identity (record);

      if (key == NULL || g_hash_table_add (keys, key))
        g_ptr_array_add (all->records, g_object_ref (record));
    }
  all->loaded_at = MIN (all->loaded_at, rows->loaded_at);
}

/* The newest of each record. */
static gpointer
find_all_in_thread (sqlite3   *database,
                    gpointer   data,
                    GError   **error)
{
  Errand *errand = data;
  g_autoptr(KvarStatement) statement = NULL;
  g_autoptr(KvarCachedRows) all = g_new0 (KvarCachedRows, 1);
  g_autoptr(GHashTable) keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gboolean has_row;

  all->records = g_ptr_array_new_with_free_func (g_object_unref);
  all->loaded_at = G_MAXINT64;
  all->total = -1;
  statement = kvar_sql_prepare (database,
                                "SELECT loaded_at, total, exact, rows FROM entry"
                                " WHERE owner = ?1 AND relation = ?2 AND ?3 IS NULL"
                                " ORDER BY loaded_at DESC", error);
  if (statement == NULL)
    return NULL;

  bind_place (statement, errand);
  while (kvar_sql_step (statement, &has_row, error) && has_row)
    {
      g_autoptr(KvarCachedRows) rows = read_rows (statement, errand->table);

      if (rows != NULL)
        add_rows (all, keys, rows);
    }

  return all->records->len > 0 ? g_steal_pointer (&all) : NULL;
}

static gpointer
use_in_thread (sqlite3   *database,
               gpointer   data,
               GError   **error)
{
  run_at_place (database,
                "UPDATE entry SET used = 1 + (SELECT max (used) FROM entry)"
                " WHERE owner = ?1 AND relation = ?2 AND what = ?3", data, error);

  return NULL;
}

static gpointer
forget_in_thread (sqlite3   *database,
                  gpointer   data,
                  GError   **error)
{
  run_at_place (database,
                "DELETE FROM entry WHERE owner = ?1 AND (?2 IS NULL OR relation = ?2)"
                " AND (?3 IS NULL OR what = ?3)", data, error);

  return NULL;
}

static gpointer
clear_in_thread (sqlite3   *database,
                 gpointer   data,
                 GError   **error)
{
  g_autoptr(KvarStatement) statement = kvar_sql_prepare (database, "DELETE FROM entry", error);

  if (statement != NULL)
    kvar_sql_run (statement, error);

  return NULL;
}

/* Takes @errand. */
static void
tell (KvarCache        *self,
      KvarDatabaseWork  work,
      Errand           *errand)
{
  kvar_database_run_async (self->database, KVAR_DATABASE_WRITE, work, errand, errand_free, NULL,
                           NULL, done_cb, NULL);
}

static void
found_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  g_autoptr(GError) error = NULL;
  KvarCache *self = g_task_get_source_object (task);
  Errand *find = g_task_get_task_data (task);
  KvarCachedRows *rows;

  rows = kvar_database_run_finish (KVAR_DATABASE (object), result, &error);
  if (error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_message ("The cache cannot be read: %s", error->message);
  if (rows != NULL && find->what != NULL)
    tell (self, use_in_thread, errand_new (self, find->table, find->what));

  g_task_return_pointer (task, rows, cached_rows_free);
}

static void
done_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(GError) error = NULL;

  kvar_database_run_finish (KVAR_DATABASE (object), result, &error);
  if (error != NULL)
    g_message ("The cache cannot be written: %s", error->message);
}

static void
cleared_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  GError *error = NULL;

  kvar_database_run_finish (KVAR_DATABASE (object), result, &error);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

static void
kvar_cache_finalize (GObject *object)
{
  KvarCache *self = KVAR_CACHE (object);

  g_clear_object (&self->database);
  g_clear_pointer (&self->owner, g_free);

  G_OBJECT_CLASS (kvar_cache_parent_class)->finalize (object);
}

static void
kvar_cache_class_init (KvarCacheClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = kvar_cache_finalize;
}

static void
kvar_cache_init (KvarCache *self)
{
}

void
kvar_cached_rows_free (KvarCachedRows *rows)
{
  g_clear_pointer (&rows->records, g_ptr_array_unref);
  g_free (rows);
}

/**
 * kvar_cache_open_database:
 * @folder: where the file of all projects and users is; a damaged one is thrown away
 */
KvarDatabase *
kvar_cache_open_database (const char *folder)
{
  g_autofree char *path = NULL;

  g_return_val_if_fail (folder != NULL, NULL);

  path = g_build_filename (folder, "cache.sqlite", NULL);

  return kvar_database_new (path, &kind);
}

/**
 * kvar_cache_new:
 *
 * The part of @database that belongs to one user of one project, and is shown to nobody else.
 */
KvarCache *
kvar_cache_new (KvarDatabase *database,
                const char   *project_id,
                const char   *user_id)
{
  KvarCache *self;

  g_return_val_if_fail (KVAR_IS_DATABASE (database), NULL);
  g_return_val_if_fail (project_id != NULL, NULL);
  g_return_val_if_fail (user_id != NULL, NULL);

  self = g_object_new (KVAR_TYPE_CACHE, NULL);
  self->database = g_object_ref (database);
  self->owner = g_strconcat (project_id, "/", user_id, NULL);
  self->max_bytes = MAX_BYTES;

  return self;
}

/**
 * kvar_cache_set_max_bytes:
 *
 * How much all users' rows may take. One entry may take an eighth of it.
 */
void
kvar_cache_set_max_bytes (KvarCache *self,
                          gint64     max_bytes)
{
  g_return_if_fail (KVAR_IS_CACHE (self));
  g_return_if_fail (max_bytes > 0);

  self->max_bytes = max_bytes;
}

/**
 * kvar_cache_keep:
 * @what: which rows of @table: any words that ask for the same ones again
 * @rows: as they are now
 *
 * Keeps @rows in place of what was kept as @what before.
 */
void
kvar_cache_keep (KvarCache            *self,
                 KvarTable            *table,
                 const char           *what,
                 const KvarCachedRows *rows)
{
  g_autoptr(GBytes) bytes = NULL;
  Errand *errand;

  g_return_if_fail (KVAR_IS_CACHE (self));
  g_return_if_fail (KVAR_IS_TABLE (table));
  g_return_if_fail (what != NULL);
  g_return_if_fail (rows != NULL && rows->records != NULL);

  if (self->closed)
    return;

  bytes = kvar_record_pack (table, rows->records, rows->records->len);
  if ((gint64)g_bytes_get_size (bytes) > self->max_bytes / 8)
    {
      kvar_cache_forget (self, table, what);
      return;
    }

  errand = errand_new (self, table, what);
  errand->bytes = g_steal_pointer (&bytes);
  errand->loaded_at = rows->loaded_at;
  errand->total = rows->total;
  errand->total_is_exact = rows->total_is_exact;
  errand->max_bytes = self->max_bytes;
  tell (self, keep_in_thread, errand);
}

/* @what is NULL for whatever is kept of @table. */
static void
find_async (KvarCache           *self,
            KvarTable           *table,
            const char          *what,
            KvarDatabaseWork     work,
            GTask               *task)
{
  GCancellable *cancellable = g_task_get_cancellable (task);
  Errand *errand;

  if (self->closed)
    {
      g_task_return_pointer (task, NULL, NULL);
      return;
    }

  errand = errand_new (self, table, what);
  errand->table = g_object_ref (table);
  g_task_set_task_data (task, errand, errand_free);
  kvar_database_run_async (self->database, KVAR_DATABASE_READ, work, errand, NULL,
                           cached_rows_free, cancellable, found_cb, g_object_ref (task));
}

/**
 * kvar_cache_find_async:
 *
 * Looks for what kvar_cache_keep() has kept, perhaps in an earlier process.
 */
void
kvar_cache_find_async (KvarCache           *self,
                       KvarTable           *table,
                       const char          *what,
                       GCancellable        *cancellable,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;

  g_return_if_fail (KVAR_IS_CACHE (self));
  g_return_if_fail (KVAR_IS_TABLE (table));
  g_return_if_fail (what != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, kvar_cache_find_async);
  find_async (self, table, what, find_in_thread, task);
}

/**
 * kvar_cache_find_all_async:
 *
 * Looks for every record of @table that is kept, in whatever list it was: the newest of each,
 * loaded when the oldest of them was. Ends with kvar_cache_find_finish().
 */
void
kvar_cache_find_all_async (KvarCache           *self,
                           KvarTable           *table,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;

  g_return_if_fail (KVAR_IS_CACHE (self));
  g_return_if_fail (KVAR_IS_TABLE (table));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, kvar_cache_find_all_async);
  find_async (self, table, NULL, find_all_in_thread, task);
}

/**
 * kvar_cache_find_finish:
 *
 * Returns: (transfer full) (nullable): the rows; %NULL without an error if there are none.
 *   The only error is that it was cancelled.
 */
KvarCachedRows *
kvar_cache_find_finish (KvarCache     *self,
                        GAsyncResult  *result,
                        GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * kvar_cache_forget:
 *
 * Drops what is kept as @what.
 */
void
kvar_cache_forget (KvarCache  *self,
                   KvarTable  *table,
                   const char *what)
{
  g_return_if_fail (KVAR_IS_CACHE (self));
  g_return_if_fail (KVAR_IS_TABLE (table));
  g_return_if_fail (what != NULL);

  tell (self, forget_in_thread, errand_new (self, table, what));
}

/**
 * kvar_cache_forget_table:
 *
 * Drops every list and record of @table: the user may not read it any more.
 */
void
kvar_cache_forget_table (KvarCache *self,
                         KvarTable *table)
{
  g_return_if_fail (KVAR_IS_CACHE (self));
  g_return_if_fail (KVAR_IS_TABLE (table));

  tell (self, forget_in_thread, errand_new (self, table, NULL));
}

/**
 * kvar_cache_close_and_forget:
 *
 * Drops everything of the user, who has signed out, and keeps nothing from now on, whoever
 * may still hold rows.
 */
void
kvar_cache_close_and_forget (KvarCache *self)
{
  g_return_if_fail (KVAR_IS_CACHE (self));

  self->closed = TRUE;
  tell (self, forget_in_thread, errand_new (self, NULL, NULL));
}

/**
 * kvar_cache_clear_async:
 *
 * Forgets what anybody has seen of any project, @self's user and all others. What is seen from
 * now on is kept again.
 */
void
kvar_cache_clear_async (KvarCache           *self,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;

  g_return_if_fail (KVAR_IS_CACHE (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, kvar_cache_clear_async);
  kvar_database_run_async (self->database, KVAR_DATABASE_WRITE, clear_in_thread, NULL, NULL, NULL,
                           cancellable, cleared_cb, g_steal_pointer (&task));
}

gboolean
kvar_cache_clear_finish (KvarCache     *self,
                         GAsyncResult  *result,
                         GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * kvar_cache_is_denial:
 * @error: (nullable): of a request that reads
 *
 * Returns: whether the server no longer lets the user read what was asked for
 */
gboolean
kvar_cache_is_denial (const GError *error)
{
  return g_error_matches (error, KVAR_ERROR, KVAR_ERROR_DENIED) &&
         (kvar_error_get_status (error) == 403 ||
          g_strcmp0 (kvar_error_get_provider_code (error), "42501") == 0);
}
