/* kvar-journal-file.c: reads the journal of a Kvar that may be running, or may be no more
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-journal"

#include "config.h"

#include <glib/gstdio.h>

#include "journal/kvar-journal-recovery.h"
#include "journal/kvar-journal-tables.h"
#include "journal/kvar-journal.h"
#include "journal/kvar-migrations.h"
#include "journal/kvar-sql.h"
#include "kvar-error.h"

#define BUSY_TIMEOUT_MS 5000

static gboolean
is_damage (const GError *error)
{
  return g_strcmp0 (kvar_error_get_provider_code (error), KVAR_DATABASE_DAMAGED) == 0;
}

/* Only reads; a window that runs meanwhile does not notice. */
static GPtrArray *
read_whole (const char  *path,
            const char  *project,
            const char  *user,
            GError     **error)
{
  sqlite3 *database = NULL;
  GPtrArray *drafts = NULL;

  if (sqlite3_open_v2 (path, &database, SQLITE_OPEN_READONLY, NULL) != SQLITE_OK)
    {
      kvar_sql_fail (database, error);
    }
  else
    {
      sqlite3_busy_timeout (database, BUSY_TIMEOUT_MS);
      if (kvar_migrations_check (database, kvar_journal_steps, error))
        drafts = kvar_journal_read_drafts (database, project, user, error);
    }
  sqlite3_close (database);

  return drafts;
}

/* To mend a damaged file is the window's affair: here it is only looked into. */
static GPtrArray *
read_damaged (const char  *path,
              const char  *project,
              const char  *user,
              GError     **error)
{
  sqlite3 *memory = NULL;
  GPtrArray *drafts = NULL;

  if (sqlite3_open (":memory:", &memory) != SQLITE_OK)
    kvar_sql_fail (memory, error);
  else if (kvar_migrations_run (memory, kvar_journal_steps, error) &&
           kvar_journal_look (path, memory, error))
    drafts = kvar_journal_read_drafts (memory, project, user, error);
  sqlite3_close (memory);

  return drafts;
}

/**
 * kvar_journal_read_file:
 * @path: of kvar_journal_dup_path()
 * @project: (nullable): a project's id; %NULL for all
 * @user: (nullable): a user's id; %NULL for all
 *
 * Reads drafts at once, without a database's thread, and changes nothing.
 *
 * Returns: (transfer full) (nullable) (element-type KvarKeptDraft): the drafts, those that were
 *   discarded among them, the newest last; none if there is no file
 */
GPtrArray *
kvar_journal_read_file (const char  *path,
                        const char  *project,
                        const char  *user,
                        GError     **error)
{
  g_autoptr(GError) local = NULL;
  GPtrArray *drafts = NULL;
  GStatBuf info;

  g_return_val_if_fail (path != NULL, NULL);

  if (g_stat (path, &info) != 0)
    return g_ptr_array_new_with_free_func ((GDestroyNotify)kvar_kept_draft_free);

  /* Even to read it, SQLite would throw away the log of a file that was cut off. */
  if (info.st_size > 0)
    drafts = read_whole (path, project, user, &local);
  if (drafts != NULL)
    return drafts;
  if (local == NULL || is_damage (local))
    return read_damaged (path, project, user, error);

  g_propagate_error (error, g_steal_pointer (&local));

  return NULL;
}
