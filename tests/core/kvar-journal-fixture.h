/* kvar-journal-fixture.h: a journal in a folder of its own, and drafts that are kept in it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib/gstdio.h>

#include "journal/kvar-journal-tables.h"
#include "journal/kvar-sql.h"
#include "kvar-test-table.h"
#include "kvar-test.h"
#include "records/kvar-draft-store.h"

#define USER_ID  "user-a"
#define OTHER_ID "user-b"

typedef struct
{
  char           *folder;
  char           *path;
  KvarClock      *clock;
  KvarDatabase   *database;
  KvarDraftStore *store;
  KvarTable      *table;
  KvarColumn     *title;
  KvarColumn     *price;
  KvarColumn     *due_on;
  KvarSchema     *schema;
  KvarRecord     *record;
} JournalFixture;

static inline void
journal_open_store (JournalFixture *f,
                    const char     *user)
{
  g_autoptr(KvarJournal) journal = kvar_journal_new (f->database, "project", user);

  f->store = kvar_draft_store_new (journal, f->clock);
}

static inline void
journal_set_up (JournalFixture *f,
                gconstpointer   unused)
{
  const char *inherited = g_getenv ("KVAR_TEST_FOLDER");

  /* A test that is run by another one works in that one's folder. */
  f->folder = inherited != NULL ? g_strdup (inherited)
                                : g_dir_make_tmp ("kvar-journal-XXXXXX", NULL);
  f->path = g_build_filename (f->folder, "journal.sqlite", NULL);
  f->clock = kvar_clock_new_simulated ();
  f->database = kvar_journal_new_database (f->folder);

  f->table = kvar_test_table_new_jobs ();
  f->title = kvar_table_find_column (f->table, "title");
  f->price = kvar_table_find_column (f->table, "price");
  f->due_on = kvar_table_find_column (f->table, "due_on");
  f->schema = kvar_schema_new (KVAR_SCHEMA_FUNCTION);
  kvar_schema_add_table (f->schema, f->table);

  f->record = kvar_record_new (f->table);
  kvar_record_set_text (f->record, 0, "1");
  kvar_record_set_text (f->record, 1, "Roof");
  kvar_record_set_text (f->record, 2, "12.50");
  kvar_record_set_text (f->record, 3, NULL);
  kvar_record_set_text (f->record, 4, "7");
  kvar_record_set_label (f->record, 4, "Bo Ek");
  kvar_record_set_xmin (f->record, "811");
  kvar_record_set_place (f->record, "16400", "(0,1)");
  journal_open_store (f, USER_ID);
}

static inline void
journal_remove_dir (const char *path)
{
  g_autoptr(GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *file = g_build_filename (path, name, NULL);

      g_unlink (file);
    }
  g_rmdir (path);
}

static inline void
journal_close (JournalFixture *f)
{
  gpointer store = f->store;

  /* A write that is under way keeps it. */
  g_object_add_weak_pointer (store, &store);
  g_object_unref (f->store);
  kvar_test_wait_until (store == NULL);
  kvar_database_close (f->database);
  kvar_test_settle ();
  g_assert_finalize_object (f->database);
}

static inline void
journal_tear_down (JournalFixture *f,
                   gconstpointer   unused)
{
  journal_close (f);
  g_assert_finalize_object (f->record);
  g_assert_finalize_object (f->schema);
  g_assert_finalize_object (f->table);
  g_assert_finalize_object (f->clock);
  journal_remove_dir (f->folder);
  g_free (f->path);
  g_free (f->folder);
}

static inline gboolean
journal_load (JournalFixture  *f,
              GError         **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  kvar_draft_store_load_async (f->store, NULL, kvar_test_keep_result, &result);
  kvar_test_wait_until (result != NULL);

  return kvar_draft_store_load_finish (f->store, result, error);
}

static inline gboolean
journal_flush (JournalFixture  *f,
               GError         **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  kvar_draft_store_flush_async (f->store, NULL, kvar_test_keep_result, &result);
  kvar_test_wait_until (result != NULL);

  return kvar_draft_store_flush_finish (f->store, result, error);
}

/* Kvar ends and begins again, as @user. */
static inline void
journal_restart_as (JournalFixture *f,
                    const char     *user)
{
  journal_close (f);
  f->database = kvar_journal_new_database (f->folder);
  journal_open_store (f, user);
}

static inline void
journal_restart (JournalFixture *f)
{
  g_autoptr(GError) error = NULL;

  journal_restart_as (f, USER_ID);
  journal_load (f, &error);
  g_assert_no_error (error);
  kvar_draft_store_set_schema (f->store, f->schema);
}

/* What lies on the disk at this moment, of all users. */
static inline GPtrArray *
journal_read_disk (JournalFixture *f)
{
  sqlite3 *database = NULL;
  GPtrArray *drafts = NULL;

  if (sqlite3_open_v2 (f->path, &database, SQLITE_OPEN_READONLY, NULL) == SQLITE_OK)
    drafts = kvar_journal_read_drafts (database, NULL, NULL, NULL);
  sqlite3_close (database);

  return drafts != NULL ? drafts : g_ptr_array_new ();
}

static inline guint
journal_count_disk (JournalFixture *f)
{
  g_autoptr(GPtrArray) drafts = journal_read_disk (f);

  return drafts->len;
}

/* What was typed into the column, as it lies on the disk, of the first draft; NULL if none. */
static inline char *
journal_typed_on_disk (JournalFixture *f,
                       const char     *column)
{
  g_autoptr(GPtrArray) drafts = journal_read_disk (f);
  KvarKeptDraft *kept;
  g_autoptr(GVariant) entry = NULL;
  char *input = NULL;

  if (drafts->len == 0)
    return NULL;

  kept = g_ptr_array_index (drafts, 0);
  entry = g_variant_lookup_value (kept->typed, column, NULL);
  if (entry != NULL)
    g_variant_get (entry, "(msms)", &input, NULL);

  return input;
}

static inline guint
journal_count (JournalFixture *f)
{
  return g_list_model_get_n_items (G_LIST_MODEL (f->store));
}

static inline KvarDraft *
journal_nth (JournalFixture *f,
             guint           n)
{
  g_autoptr(KvarDraft) draft = g_list_model_get_item (G_LIST_MODEL (f->store), n);

  return draft;
}
