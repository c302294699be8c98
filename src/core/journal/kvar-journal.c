/* kvar-journal.c: the drafts of one user in one project, on disk
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One file holds what all users of all projects have typed on this computer; each journal
 * sees only what is its own user's.
 */

#define G_LOG_DOMAIN "kvar-journal"

#include "config.h"

#include "journal/kvar-journal-bulks.h"
#include "journal/kvar-journal-edits.h"
#include "journal/kvar-journal-recovery.h"
#include "journal/kvar-journal-tables.h"
#include "journal/kvar-journal.h"
#include "journal/kvar-sql.h"
#include "kvar-clock.h"
#include "kvar-text-replace.h"

#define FILE_NAME "journal.sqlite"

struct _KvarJournal
{
  GObject       parent_instance;

  KvarDatabase *database;
  char         *project;
  char         *user;
};

G_DEFINE_FINAL_TYPE (KvarJournal, kvar_journal, G_TYPE_OBJECT)

static const KvarDatabaseKind kind = { kvar_journal_steps, kvar_journal_salvage };

typedef struct
{
  GPtrArray  *drafts;    /* (element-type KvarKeptDraft) */
  char      **gone;      /* ids */
  GPtrArray  *edits;     /* (element-type KvarOwnEdit) */
  char       *project;
  char       *user;
} Write;

typedef struct
{
  KvarKeptBulk *bulk;
  char         *project;
  char         *user;
} WriteBulk;

typedef struct
{
  char *project;
  char *user;
} Load;

static void
write_free (gpointer data)
{
  Write *write = data;

  g_ptr_array_unref (write->drafts);
  g_strfreev (write->gone);
  g_ptr_array_unref (write->edits);
  g_free (write->project);
  g_free (write->user);
  g_free (write);
}

static void
write_bulk_free (gpointer data)
{
  WriteBulk *write = data;

  kvar_kept_bulk_free (write->bulk);
  g_free (write->project);
  g_free (write->user);
  g_free (write);
}

static void
load_free (gpointer data)
{
  Load *load = data;

  g_free (load->project);
  g_free (load->user);
  g_free (load);
}

static void
kvar_journal_finalize (GObject *object)
{
  KvarJournal *self = KVAR_JOURNAL (object);

  g_clear_object (&self->database);
  g_clear_pointer (&self->project, g_free);
  g_clear_pointer (&self->user, g_free);

  G_OBJECT_CLASS (kvar_journal_parent_class)->finalize (object);
}

static void
kvar_journal_class_init (KvarJournalClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = kvar_journal_finalize;
}

static void
kvar_journal_init (KvarJournal *self)
{
}

/**
 * kvar_journal_dup_path:
 * @folder: where the file lies
 *
 * Returns: (transfer full): the file of all journals
 */
char *
kvar_journal_dup_path (const char *folder)
{
  g_return_val_if_fail (folder != NULL, NULL);

  return g_build_filename (folder, FILE_NAME, NULL);
}

/**
 * kvar_journal_new_database:
 * @folder: where the file lies
 *
 * Returns: (transfer full): the one file of all journals
 */
KvarDatabase *
kvar_journal_new_database (const char *folder)
{
  g_autofree char *path = NULL;

  g_return_val_if_fail (folder != NULL, NULL);

  path = kvar_journal_dup_path (folder);

  return kvar_database_new (path, &kind);
}

/**
 * kvar_journal_new:
 * @database: of kvar_journal_new_database()
 * @project: the project's id
 * @user: the user's id
 */
KvarJournal *
kvar_journal_new (KvarDatabase *database,
                  const char   *project,
                  const char   *user)
{
  KvarJournal *self;

  g_return_val_if_fail (KVAR_IS_DATABASE (database), NULL);
  g_return_val_if_fail (project != NULL && user != NULL, NULL);

  self = g_object_new (KVAR_TYPE_JOURNAL, NULL);
  self->database = g_object_ref (database);
  self->project = g_strdup (project);
  self->user = g_strdup (user);

  return self;
}

KvarDatabase *
kvar_journal_get_database (KvarJournal *self)
{
  g_return_val_if_fail (KVAR_IS_JOURNAL (self), NULL);

  return self->database;
}

static gpointer
write_work (sqlite3   *database,
            gpointer   data,
            GError   **error)
{
  Write *write = data;

  for (guint i = 0; i < write->drafts->len; i++)
    if (!kvar_journal_put_draft (database, g_ptr_array_index (write->drafts, i), error))
      return NULL;

  for (guint i = 0; write->gone != NULL && write->gone[i] != NULL; i++)
    if (!kvar_journal_drop_draft (database, write->gone[i], error))
      return NULL;

  for (guint i = 0; i < write->edits->len; i++)
    if (!kvar_journal_put_edit (database, write->project, write->user,
                                g_ptr_array_index (write->edits, i), error))
      return NULL;

  return GINT_TO_POINTER (TRUE);
}

static void
written_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  GError *error = NULL;

  if (kvar_database_run_finish (KVAR_DATABASE (object), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/**
 * kvar_journal_write_async:
 * @drafts: (element-type KvarKeptDraft) (transfer full): copies, for the thread alone; whose
 *   project and user are set here
 * @gone: (nullable): ids of drafts that are no more
 * @edits: (element-type KvarOwnEdit) (transfer full): copies too
 *
 * Writes all of that, or nothing. It is on the disk, synced, when @callback is called.
 */
void
kvar_journal_write_async (KvarJournal         *self,
                          GPtrArray           *drafts,
                          const char *const   *gone,
                          GPtrArray           *edits,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;
  Write *write;

  g_return_if_fail (KVAR_IS_JOURNAL (self));
  g_return_if_fail (drafts != NULL && edits != NULL);

  for (guint i = 0; i < drafts->len; i++)
    {
      KvarKeptDraft *draft = g_ptr_array_index (drafts, i);

      kvar_text_replace (&draft->project, self->project);
      kvar_text_replace (&draft->user, self->user);
    }

  write = g_new0 (Write, 1);
  write->drafts = drafts;
  write->gone = g_strdupv ((char **)gone);
  write->edits = edits;
  write->project = g_strdup (self->project);
  write->user = g_strdup (self->user);
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, kvar_journal_write_async);
  kvar_database_run_async (self->database, KVAR_DATABASE_WRITE, write_work, write, write_free,
                           NULL, cancellable, written_cb, g_steal_pointer (&task));
}

gboolean
kvar_journal_write_finish (KvarJournal   *self,
                           GAsyncResult  *result,
                           GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static gpointer
load_work (sqlite3   *database,
           gpointer   data,
           GError   **error)
{
  Load *load = data;

  return kvar_journal_read_drafts (database, load->project, load->user, error);
}

static gpointer
purge_work (sqlite3   *database,
            gpointer   data,
            GError   **error)
{
  gint64 *oldest = data;

  return GINT_TO_POINTER (kvar_journal_purge_before (database, *oldest, error) &&
                          kvar_journal_purge_edits_before (database, *oldest, error) &&
                          kvar_journal_purge_bulks_before (database, *oldest, error));
}

static gpointer
list_edits_work (sqlite3   *database,
                 gpointer   data,
                 GError   **error)
{
  Load *load = data;

  return kvar_journal_read_edits (database, load->project, load->user, error);
}

static void
loaded_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  GError *error = NULL;
  GPtrArray *drafts = kvar_database_run_finish (KVAR_DATABASE (object), result, &error);

  if (drafts != NULL)
    g_task_return_pointer (task, drafts, (GDestroyNotify)g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

static Load *
load_new (KvarJournal *self)
{
  Load *load = g_new0 (Load, 1);

  load->project = g_strdup (self->project);
  load->user = g_strdup (self->user);

  return load;
}

/* Takes @task, which returns what @work has read of this user's. */
static void
read_own (KvarJournal      *self,
          KvarDatabaseWork  work,
          GTask            *task)
{
  kvar_database_run_async (self->database, KVAR_DATABASE_READ, work, load_new (self), load_free,
                           (GDestroyNotify)g_ptr_array_unref, g_task_get_cancellable (task),
                           loaded_cb, task);
}

/**
 * kvar_journal_load_async:
 * @now: the time by the wall clock, in µs
 *
 * Reads this user's drafts, those that were discarded in the last 30 days among them, and
 * forgets all that were discarded, or saved, earlier.
 */
void
kvar_journal_load_async (KvarJournal         *self,
                         gint64               now,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;
  gint64 oldest = now - KVAR_JOURNAL_DAYS * 24 * KVAR_CLOCK_HOUR;

  g_return_if_fail (KVAR_IS_JOURNAL (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, kvar_journal_load_async);

  /* Apart from the reading, which a full disk must not keep from happening. */
  kvar_database_run_async (self->database, KVAR_DATABASE_WRITE, purge_work,
                           g_memdup2 (&oldest, sizeof oldest), g_free, NULL, NULL, NULL, NULL);
  read_own (self, load_work, g_steal_pointer (&task));
}

/**
 * kvar_journal_load_finish:
 *
 * Returns: (transfer full) (nullable) (element-type KvarKeptDraft): the newest last
 */
GPtrArray *
kvar_journal_load_finish (KvarJournal   *self,
                          GAsyncResult  *result,
                          GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * kvar_journal_list_edits_async:
 *
 * Reads what this user has saved from this computer in the last 30 days.
 */
void
kvar_journal_list_edits_async (KvarJournal         *self,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;

  g_return_if_fail (KVAR_IS_JOURNAL (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, kvar_journal_list_edits_async);
  read_own (self, list_edits_work, g_steal_pointer (&task));
}

/**
 * kvar_journal_list_edits_finish:
 *
 * Returns: (transfer full) (nullable) (element-type KvarOwnEdit): the newest first
 */
GPtrArray *
kvar_journal_list_edits_finish (KvarJournal   *self,
                                GAsyncResult  *result,
                                GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static gpointer
write_bulk_work (sqlite3   *database,
                 gpointer   data,
                 GError   **error)
{
  WriteBulk *write = data;

  return GINT_TO_POINTER (kvar_journal_put_bulk (database, write->project, write->user,
                                                 write->bulk, error));
}

/**
 * kvar_journal_write_bulk_async:
 * @bulk: (transfer full): with those of its rows that are new, or have changed
 *
 * It is on the disk, synced, when @callback is called, and all that was written before it.
 */
void
kvar_journal_write_bulk_async (KvarJournal         *self,
                               KvarKeptBulk        *bulk,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;
  WriteBulk *write;

  g_return_if_fail (KVAR_IS_JOURNAL (self));
  g_return_if_fail (bulk != NULL);

  write = g_new0 (WriteBulk, 1);
  write->bulk = bulk;
  write->project = g_strdup (self->project);
  write->user = g_strdup (self->user);
  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, kvar_journal_write_bulk_async);
  kvar_database_run_async (self->database, KVAR_DATABASE_WRITE, write_bulk_work, write,
                           write_bulk_free, NULL, NULL, written_cb, g_steal_pointer (&task));
}

gboolean
kvar_journal_write_bulk_finish (KvarJournal   *self,
                                GAsyncResult  *result,
                                GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static gpointer
drop_bulk_work (sqlite3   *database,
                gpointer   data,
                GError   **error)
{
  return GINT_TO_POINTER (kvar_journal_drop_bulk_rows (database, data, error));
}

/**
 * kvar_journal_drop_bulk:
 *
 * Forgets a change that has ended. Where that cannot be written, it is offered once more.
 */
void
kvar_journal_drop_bulk (KvarJournal *self,
                        const char  *id)
{
  g_return_if_fail (KVAR_IS_JOURNAL (self));
  g_return_if_fail (id != NULL);

  kvar_database_run_async (self->database, KVAR_DATABASE_WRITE, drop_bulk_work, g_strdup (id),
                           g_free, NULL, NULL, NULL, NULL);
}

static gpointer
list_bulks_work (sqlite3   *database,
                 gpointer   data,
                 GError   **error)
{
  Load *load = data;

  return kvar_journal_read_bulks (database, load->project, load->user, error);
}

/**
 * kvar_journal_list_bulks_async:
 *
 * Reads what this user has begun to change and has not ended.
 */
void
kvar_journal_list_bulks_async (KvarJournal         *self,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;

  g_return_if_fail (KVAR_IS_JOURNAL (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, kvar_journal_list_bulks_async);
  read_own (self, list_bulks_work, g_steal_pointer (&task));
}

/**
 * kvar_journal_list_bulks_finish:
 *
 * Returns: (transfer full) (nullable) (element-type KvarKeptBulk): the oldest first
 */
GPtrArray *
kvar_journal_list_bulks_finish (KvarJournal   *self,
                                GAsyncResult  *result,
                                GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
