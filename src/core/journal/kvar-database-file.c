/* kvar-database-file.c: a database's file: made, opened, and replaced when it is damaged
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A damaged file gives way in two steps, so that a crash between them loses nothing: what can
 * be read of it is copied into a file called .partial, which is called .new once it is whole;
 * then the old one is put aside, and the new one takes its place. Whoever opens the file
 * finishes a second step that was not.
 */

#define G_LOG_DOMAIN "kvar-database"

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "journal/kvar-database-file.h"
#include "journal/kvar-migrations.h"
#include "journal/kvar-sql.h"
#include "kvar-error.h"

/* How long another process may hold the file. */
#define BUSY_TIMEOUT_MS 5000

typedef sqlite3 Connection;

static void
connection_close (Connection *connection)
{
  sqlite3_close (connection);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Connection, connection_close)

static gboolean
fail_from_errno (const char  *path,
                 int          saved_errno,
                 GError     **error)
{
  const char *code = saved_errno == ENOSPC || saved_errno == EDQUOT ? KVAR_DATABASE_NO_SPACE
                                                                    : KVAR_DATABASE_FAILED;
  g_autofree char *message = g_strdup_printf ("%s: %s", path, g_strerror (saved_errno));

  g_propagate_error (error, kvar_error_new_full (KVAR_ERROR_REFUSED, 0, code, message));

  return FALSE;
}

/* SQLite gives its helper files the rights of the file itself. One that exists is not opened
 * here: closing it again would drop the locks of whoever else in this process has it open. */
static gboolean
ensure_file (const char  *path,
             GError     **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  int fd;

  if (g_mkdir_with_parents (folder, 0700) != 0)
    return fail_from_errno (folder, errno, error);

  if (g_file_test (path, G_FILE_TEST_EXISTS))
    return g_chmod (path, 0600) == 0 || errno == EPERM || errno == EROFS
           ? TRUE : fail_from_errno (path, errno, error);

  fd = g_open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (fd < 0)
    return fail_from_errno (path, errno, error);

  g_close (fd, NULL);

  return TRUE;
}

static Connection *
connect_to (const char  *path,
            GError     **error)
{
  g_autoptr(Connection) connection = NULL;

  if (sqlite3_open_v2 (path, &connection, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX,
                       NULL) != SQLITE_OK)
    {
      kvar_sql_fail (connection, error);
      return NULL;
    }

  sqlite3_busy_timeout (connection, BUSY_TIMEOUT_MS);

  return g_steal_pointer (&connection);
}

static gboolean
check_whole (Connection  *connection,
             GError     **error)
{
  g_autoptr(KvarStatement) statement = kvar_sql_prepare (connection, "PRAGMA quick_check(1)",
                                                         error);
  const char *word;

  if (statement == NULL)
    return FALSE;
  if (sqlite3_step (statement) != SQLITE_ROW)
    return kvar_sql_fail (connection, error);

  word = (const char *)sqlite3_column_text (statement, 0);
  if (g_strcmp0 (word, "ok") == 0)
    return TRUE;

  g_propagate_error (error, kvar_error_new_full (KVAR_ERROR_REFUSED, 0, KVAR_DATABASE_DAMAGED,
                                                 word));

  return FALSE;
}

/* What SQLite calls another format, or takes for a file that is only to be read, is damage:
 * only this program writes here. Zeros are what a header has while the rest is in the log. */
static gboolean
has_sound_header (const char *path)
{
  guint8 header[100];
  gboolean sound;
  int fd = g_open (path, O_RDONLY | O_CLOEXEC, 0);
  gssize n;

  if (fd < 0)
    return TRUE;

  n = read (fd, header, sizeof header);
  g_close (fd, NULL);
  if (n == 0)
    return TRUE;

  sound = n == sizeof header && header[18] <= 2 && header[19] <= 2 && header[20] == 0 &&
          header[47] <= 4 && header[59] <= 1 &&
          memcmp (header + 44, "\0\0", 3) == 0 && memcmp (header + 56, "\0\0", 3) == 0;

  return sound;
}

/* Of a file that has been cut off to nothing SQLite would throw the log away. */
static gboolean
is_cut_off (const char *path)
{
  g_autofree char *log = g_strconcat (path, "-wal", NULL);
  GStatBuf info;

  return g_stat (path, &info) == 0 && info.st_size == 0 &&
         g_stat (log, &info) == 0 && info.st_size > 0;
}

static char *
suffixed (const char *path,
          const char *suffix)
{
  return g_strconcat (path, suffix, NULL);
}

/* What was written but not yet brought into the file goes with it, and goes first: beside
 * another file it would be taken for that one's. */
static gboolean
move_with_helpers (const char  *path,
                   const char  *target,
                   GError     **error)
{
  static const char *const suffixes[] = { "-wal", "-shm", "-journal", "" };

  for (gsize i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *from = suffixed (path, suffixes[i]);
      g_autofree char *to = target != NULL ? suffixed (target, suffixes[i]) : NULL;
      int result = to != NULL ? g_rename (from, to) : g_unlink (from);

      if (result != 0 && errno != ENOENT)
        return fail_from_errno (from, errno, error);
    }

  return TRUE;
}

static char *
name_aside (const char *path)
{
  g_autoptr(GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *time = g_date_time_format (now, "%Y%m%d-%H%M%S");
  char *name = g_strdup_printf ("%s.damaged-%s", path, time);

  for (guint i = 2; g_file_test (name, G_FILE_TEST_EXISTS); i++)
    {
      g_free (name);
      name = g_strdup_printf ("%s.damaged-%s-%u", path, time, i);
    }

  return name;
}

/* The second step, if the first one has been taken. */
static gboolean
take_new (const char  *path,
          char       **set_aside,
          GError     **error)
{
  g_autofree char *fresh = suffixed (path, ".new");
  g_autofree char *aside = NULL;

  if (!g_file_test (fresh, G_FILE_TEST_EXISTS))
    return TRUE;

  if (g_file_test (path, G_FILE_TEST_EXISTS))
    {
      aside = name_aside (path);
      if (!move_with_helpers (path, aside, error))
        return FALSE;
      g_warning ("A damaged file was set aside as %s", aside);
    }
  if (g_rename (fresh, path) != 0)
    return fail_from_errno (fresh, errno, error);
  if (set_aside != NULL)
    *set_aside = g_steal_pointer (&aside);

  return TRUE;
}

/* The first step. */
static gboolean
make_new (const char              *path,
          const KvarDatabaseKind  *kind,
          GError                 **error)
{
  g_autofree char *partial = suffixed (path, ".partial");
  g_autofree char *fresh = suffixed (path, ".new");
  g_autoptr(Connection) connection = NULL;

  if (!move_with_helpers (partial, NULL, error) || !ensure_file (partial, error))
    return FALSE;

  connection = connect_to (partial, error);
  if (connection == NULL ||
      !kvar_migrations_run (connection, kind->steps, error) ||
      !kvar_sql_exec (connection, "BEGIN IMMEDIATE", error) ||
      !kind->salvage (path, connection, error) ||
      !kvar_sql_exec (connection, "COMMIT", error))
    return FALSE;

  g_clear_pointer (&connection, connection_close);
  if (g_rename (partial, fresh) != 0)
    return fail_from_errno (partial, errno, error);

  return TRUE;
}

/**
 * kvar_database_file_open:
 *
 * Opens the file, made if need be, whole and of this Kvar's version.
 *
 * Returns: (transfer full) (nullable): the connection, for sqlite3_close()
 */
sqlite3 *
kvar_database_file_open (const char              *path,
                         const KvarDatabaseKind  *kind,
                         GError                 **error)
{
  static const char settings[] = "PRAGMA journal_mode = WAL;"
                                 "PRAGMA synchronous = FULL;"
                                 "PRAGMA foreign_keys = ON;"
                                 "PRAGMA secure_delete = ON;";
  g_autoptr(Connection) connection = NULL;

  if (!take_new (path, NULL, error) || !ensure_file (path, error))
    return NULL;

  if (is_cut_off (path) || !has_sound_header (path))
    {
      g_propagate_error (error, kvar_error_new_full (KVAR_ERROR_REFUSED, 0,
                                                     KVAR_DATABASE_DAMAGED, "No header"));
      return NULL;
    }

  connection = connect_to (path, error);
  if (connection == NULL)
    return NULL;
  if (!kvar_migrations_check (connection, kind->steps, error))
    {
      sqlite3_db_config (connection, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
      return NULL;
    }

  if ((kind->salvage != NULL && (!check_whole (connection, error) ||
                                 !kvar_migrations_compare (connection, kind->steps, error))) ||
      !kvar_sql_exec (connection, settings, error) ||
      !kvar_migrations_run (connection, kind->steps, error))
    return NULL;

  return g_steal_pointer (&connection);
}

/**
 * kvar_database_file_replace:
 * @set_aside: (out): where the damaged file lies now
 *
 * Puts a file in the place of a damaged one that nobody here has open, with all that can
 * still be read of it.
 */
gboolean
kvar_database_file_replace (const char              *path,
                            const KvarDatabaseKind  *kind,
                            char                   **set_aside,
                            GError                 **error)
{
  if (kind->salvage == NULL)
    {
      g_warning ("A damaged file was thrown away: %s", path);
      return move_with_helpers (path, NULL, error);
    }

  return make_new (path, kind, error) && take_new (path, set_aside, error);
}
