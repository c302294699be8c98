/* kvar-database.h: one SQLite file, one connection to it, and the one thread that uses it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

struct sqlite3;

/* Stand where a server's code would: kvar-error-text has a sentence for each. */
#define KVAR_DATABASE_NO_SPACE "KVAR_DATABASE_NO_SPACE"
#define KVAR_DATABASE_NEWER    "KVAR_DATABASE_NEWER"
#define KVAR_DATABASE_DAMAGED  "KVAR_DATABASE_DAMAGED"
#define KVAR_DATABASE_FAILED   "KVAR_DATABASE_FAILED"

/* What a file holds. Static: the thread reads it too. */
typedef struct
{
  const char *const *steps;    /* NULL-terminated SQL: the n-th leads to version n */

  /* (nullable): copies what can still be read of the file at @damaged, which is no longer
   * used, into @fresh, which has the tables and no rows. A damaged file is then kept beside
   * the new one, and a file is checked as a whole when it is opened. Without this, what is
   * damaged is thrown away. Runs in the thread. */
  gboolean (*salvage) (const char      *damaged,
                       struct sqlite3  *fresh,
                       GError         **error);
} KvarDatabaseKind;

typedef enum
{
  KVAR_DATABASE_READ,
  KVAR_DATABASE_WRITE,
} KvarDatabaseAccess;

/**
 * KvarDatabaseWork:
 * @database: open, and inside of a transaction that ends after this: is rolled back if @error
 *   is set
 * @data: nobody else's until the work is done
 *
 * Runs in the thread. What it may share with the others is nothing.
 *
 * Returns: (nullable): what kvar_database_run_finish() gives
 */
typedef gpointer (*KvarDatabaseWork) (struct sqlite3  *database,
                                      gpointer         data,
                                      GError         **error);

#define KVAR_TYPE_DATABASE (kvar_database_get_type ())

G_DECLARE_FINAL_TYPE (KvarDatabase, kvar_database, KVAR, DATABASE, GObject)

KvarDatabase *kvar_database_new           (const char              *path,
                                           const KvarDatabaseKind  *kind);
const char   *kvar_database_get_path      (KvarDatabase            *self);
const char   *kvar_database_get_set_aside (KvarDatabase            *self);
void          kvar_database_run_async     (KvarDatabase            *self,
                                           KvarDatabaseAccess       access,
                                           KvarDatabaseWork         work,
                                           gpointer                 data,
                                           GDestroyNotify           free_data,
                                           GDestroyNotify           free_result,
                                           GCancellable            *cancellable,
                                           GAsyncReadyCallback      callback,
                                           gpointer                 user_data);
gpointer      kvar_database_run_finish    (KvarDatabase            *self,
                                           GAsyncResult            *result,
                                           GError                 **error);
void          kvar_database_close         (KvarDatabase            *self);

G_END_DECLS
