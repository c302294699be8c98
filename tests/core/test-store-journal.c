/* test-store-journal.c: Nothing is asked of the server before the draft is on the disk.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <signal.h>

#include "journal/kvar-journal-tables.h"
#include "journal/kvar-sql.h"
#include "kvar-store-fixture.h"
#include "records/kvar-draft-edits.h"
#include "records/kvar-draft-store.h"

#define TAKEN "{\"code\":\"23505\",\"message\":\"duplicate key value\",\"details\":null}"

typedef struct
{
  StoreFixture    f;
  char           *folder;
  KvarDatabase   *database;
  KvarDraftStore *drafts;
  KvarSchema     *schema;
  GPtrArray      *seen;        /* of GPtrArrays: what was on the disk at each request */
} Kept;

static void
free_list (gpointer list)
{
  if (list != NULL)
    g_ptr_array_unref (list);
}

static GPtrArray *
read_disk (Kept *k)
{
  g_autofree char *path = g_build_filename (k->folder, "journal.sqlite", NULL);
  sqlite3 *database = NULL;
  GPtrArray *drafts = NULL;

  if (sqlite3_open_v2 (path, &database, SQLITE_OPEN_READONLY, NULL) == SQLITE_OK)
    drafts = kvar_journal_read_drafts (database, NULL, NULL, NULL);
  sqlite3_close (database);

  return drafts;
}

static KvarReply *
look_cb (KvarRequest  *request,
         gpointer      user_data,
         GError      **error)
{
  Kept *k = user_data;

  g_ptr_array_add (k->seen, read_disk (k));

  return NULL;
}

static KvarReply *
kill_cb (KvarRequest  *request,
         gpointer      user_data,
         GError      **error)
{
  raise (SIGKILL);

  return NULL;
}

/* Where a process has died before, what it left is loaded. */
static void
open_drafts (Kept *k)
{
  g_autoptr(KvarJournal) journal = NULL;
  g_autoptr(GAsyncResult) result = NULL;

  k->database = kvar_journal_new_database (k->folder);
  journal = kvar_journal_new (k->database, "project", "user");
  k->drafts = kvar_draft_store_new (journal, k->f.s.clock);
  kvar_store_set_drafts (k->f.store, k->drafts);
  kvar_draft_store_set_schema (k->drafts, k->schema);
  kvar_draft_store_load_async (k->drafts, NULL, kvar_test_keep_result, &result);
  kvar_test_wait_until (result != NULL);
  g_assert_true (kvar_draft_store_load_finish (k->drafts, result, NULL));
}

/* The folder is the test's own, or that of the process which this one was made by. */
static void
kept_set_up (Kept          *k,
             gconstpointer  is_new)
{
  const char *inherited = g_getenv ("KVAR_TEST_FOLDER");

  store_set_up (&k->f, is_new);
  k->folder = inherited != NULL ? g_strdup (inherited)
                                : g_dir_make_tmp ("kvar-kept-XXXXXX", NULL);
  k->schema = kvar_schema_new (KVAR_SCHEMA_FUNCTION);
  kvar_schema_add_table (k->schema, k->f.table);
  k->seen = g_ptr_array_new_with_free_func (free_list);
  open_drafts (k);

  g_object_unref (k->f.draft);
  k->f.draft = kvar_draft_store_open (k->drafts, k->f.table,
                                      GPOINTER_TO_INT (is_new) ? "new" : ID,
                                      GPOINTER_TO_INT (is_new) ? NULL : k->f.record);
  kvar_draft_set_input (k->f.draft, k->f.title, "Roofs");
  kvar_test_transport_on (k->f.s.transport, NULL, "/rest/v1/jobs", look_cb, k);
}

static void
kept_tear_down (Kept          *k,
                gconstpointer  unused)
{
  KvarTable *table = k->f.table;

  g_clear_object (&k->f.draft);
  g_clear_object (&k->drafts);
  g_clear_object (&k->schema);
  g_ptr_array_unref (k->seen);

  /* The store's fixture wants to see the last of these. */
  k->f.draft = kvar_draft_new (table, NULL);
  store_tear_down (&k->f, NULL);
  kvar_database_close (k->database);
  kvar_test_settle ();
  g_assert_finalize_object (k->database);
  fixture_remove_dir (k->folder);
  g_free (k->folder);
}

static const KvarKeptDraft *
seen (Kept  *k,
      guint  n)
{
  GPtrArray *drafts;

  g_assert_cmpuint (n, <, k->seen->len);
  drafts = g_ptr_array_index (k->seen, n);
  g_assert_nonnull (drafts);
  g_assert_cmpuint (drafts->len, ==, 1);

  return g_ptr_array_index (drafts, 0);
}

static void
assert_disk_is_empty (Kept *k)
{
  g_autoptr(GPtrArray) drafts = read_disk (k);

  g_assert_cmpuint (drafts->len, ==, 0);
}

static void
test_update_waits_for_the_disk (Kept          *k,
                                gconstpointer  unused)
{
  answer (&k->f, 200, ROW ("Roofs", "12.50", "812"));
  assert_saves (&k->f, "Roofs");
  g_assert_cmpstr (seen (k, 0)->key, ==, ID);
  assert_disk_is_empty (k);
}

static void
test_insert_waits_for_its_key (Kept          *k,
                               gconstpointer  unused)
{
  answer (&k->f, 201, ROW ("Roofs", "12.50", "812"));
  assert_saves (&k->f, "Roofs");
  g_assert_nonnull (seen (k, 0)->insert_key);
  g_assert_true (seen (k, 0)->insert_sent);
  assert_disk_is_empty (k);

  /* It is that record's draft from now on. */
  g_assert_cmpstr (kvar_draft_get_key (k->f.draft), ==, ID);
  g_assert_true (kvar_draft_store_lookup (k->drafts, "jobs", ID) == k->f.draft);
}

static void
test_full_disk_does_not_stop_it (Kept          *k,
                                 gconstpointer  unused)
{
  kvar_database_close (k->database);
  answer (&k->f, 200, ROW ("Roofs", "12.50", "812"));
  assert_saves (&k->f, "Roofs");
}

/* A key that has just been chosen is not mistaken for one that was sent before. */
static void
test_fresh_key_is_refused (Kept          *k,
                           gconstpointer  unused)
{
  answer (&k->f, 409, TAKEN);
  assert_save_fails (&k->f, KVAR_ERROR_INVALID);
  g_assert_nonnull (kvar_draft_get_insert_key (k->f.draft));
  g_assert_false (kvar_draft_get_insert_sent (k->f.draft));

  /* Again, with the same key, and still not ours. */
  answer (&k->f, 409, TAKEN);
  assert_save_fails (&k->f, KVAR_ERROR_INVALID);
}

static void
test_snapshot_is_sent (Kept          *k,
                       gconstpointer  unused)
{
  g_autoptr(KvarRecord) saved = NULL;
  g_autoptr(GError) error = NULL;

  kvar_draft_queue (k->f.draft, 1);
  kvar_draft_set_input (k->f.draft, k->f.title, "Roofs and floors");
  kvar_draft_set_input (k->f.draft, k->f.price, "not a number");
  answer (&k->f, 200, ROW ("Roofs", "12.50", "812"));
  saved = save (&k->f, &error);
  g_assert_no_error (error);
  assert_sent (&k->f, 0, "PATCH", "/rest/v1/jobs", "{\"title\":\"Roofs\"}");
  g_assert_cmpint (kvar_draft_get_state (k->f.draft), ==, KVAR_DRAFT_OPEN);
  g_assert_null (kvar_draft_get_queued (k->f.draft));
  g_assert_true (kvar_draft_is_column_changed (k->f.draft, k->f.title));
  g_assert_true (kvar_draft_is_column_changed (k->f.draft, k->f.price));
}

/* What is typed now may agree with what others have saved; what is sent does not. */
static void
test_snapshot_overwrites_nothing (Kept          *k,
                                  gconstpointer  unused)
{
  g_autoptr(GError) error = NULL;

  kvar_draft_queue (k->f.draft, 1);
  kvar_draft_set_input (k->f.draft, k->f.title, "Theirs");
  answer (&k->f, 406, NO_ROW);
  answer (&k->f, 200, "[" ROW ("Theirs", "12.50", "812") "]");
  g_assert_null (save (&k->f, &error));
  g_assert_error (error, KVAR_ERROR, KVAR_ERROR_CONFLICT);
}

static GPtrArray *
list_edits (Kept *k)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  GPtrArray *edits;

  kvar_draft_store_list_edits_async (k->drafts, NULL, kvar_test_keep_result, &result);
  kvar_test_wait_until (result != NULL);
  edits = kvar_draft_store_list_edits_finish (k->drafts, result, &error);
  g_assert_no_error (error);

  return edits;
}

static void
test_edit_is_kept (Kept          *k,
                   gconstpointer  unused)
{
  g_autoptr(GPtrArray) edits = NULL;
  g_autofree char *input = NULL;
  const KvarOwnEdit *edit;

  answer (&k->f, 200, ROW ("Roofs", "12.50", "812"));
  assert_saves (&k->f, "Roofs");
  edits = list_edits (k);
  g_assert_cmpuint (edits->len, ==, 1);
  edit = g_ptr_array_index (edits, 0);
  g_assert_cmpstr (edit->relation, ==, "jobs");
  g_assert_cmpstr (edit->key, ==, ID);
  g_assert_cmpstr (edit->title, ==, "Roofs");
  g_assert_cmpstr (edit->old_version, ==, "811");
  g_assert_cmpstr (edit->new_version, ==, "812");
  g_assert_cmpint (edit->made_at, ==, kvar_clock_get_wall (k->f.s.clock));
  g_assert_false (edit->is_new);
  g_assert_cmpuint (g_variant_n_children (edit->changes), ==, 1);

  g_assert_true (kvar_draft_undo_edit (k->f.draft, edit));
  input = kvar_draft_get_input (k->f.draft, k->f.title);
  g_assert_cmpstr (input, ==, "Roof");
  g_assert_true (kvar_draft_get_changed (k->f.draft));

  /* Changed again since, it is left alone. */
  g_assert_false (kvar_draft_undo_edit (k->f.draft, edit));
}

static void
test_edit_goes_after_thirty_days (Kept          *k,
                                  gconstpointer  unused)
{
  g_autoptr(GPtrArray) edits = NULL;
  g_autoptr(GPtrArray) none = NULL;
  g_autoptr(GAsyncResult) result = NULL;

  answer (&k->f, 201, ROW ("Roofs", "12.50", "812"));
  assert_saves (&k->f, "Roofs");
  edits = list_edits (k);
  g_assert_cmpuint (edits->len, ==, 1);
  g_assert_true (((KvarOwnEdit *)g_ptr_array_index (edits, 0))->is_new);
  g_assert_false (kvar_draft_undo_edit (k->f.draft, g_ptr_array_index (edits, 0)));

  kvar_clock_set_wall (k->f.s.clock, kvar_clock_get_wall (k->f.s.clock) +
                                     31 * 24 * KVAR_CLOCK_HOUR);
  kvar_draft_store_load_async (k->drafts, NULL, kvar_test_keep_result, &result);
  kvar_test_wait_until (result != NULL);
  none = list_edits (k);
  g_assert_cmpuint (none->len, ==, 0);
}

static void
kill_a_child_in_mid_post (Kept *k)
{
  g_autofree char *path = g_strconcat (g_test_get_path (), "/subprocess", NULL);

  g_setenv ("KVAR_TEST_FOLDER", k->folder, TRUE);
  g_test_trap_subprocess (path, 0, 0);
  g_unsetenv ("KVAR_TEST_FOLDER");
  g_assert_false (g_test_trap_has_passed ());
}

static void
test_die (Kept          *k,
          gconstpointer  unused)
{
  g_autoptr(GAsyncResult) result = NULL;

  if (!g_test_subprocess ())
    return;

  kvar_test_transport_on (k->f.s.transport, "POST", "/rest/v1/", kill_cb, k);
  kvar_store_save_async (k->f.store, k->f.draft, NULL, kvar_test_keep_result, &result);
  kvar_test_wait_until (result != NULL);
}

/* Kvar begins again, after the other one has died. */
static void
take_over (Kept *k)
{
  gpointer drafts = k->drafts;

  kvar_draft_set_input (k->f.draft, k->f.title, "");
  g_clear_object (&k->f.draft);
  g_object_unref (k->f.store);
  g_object_add_weak_pointer (drafts, &drafts);
  g_clear_object (&k->drafts);
  kvar_test_wait_until (drafts == NULL);
  k->f.store = kvar_store_new (k->f.s.session);
  g_signal_connect_swapped (k->f.store, "saved", G_CALLBACK (saved_cb), &k->f);
  kvar_database_close (k->database);
  kvar_test_settle ();
  g_assert_finalize_object (k->database);

  kill_a_child_in_mid_post (k);
  open_drafts (k);
}

static void
test_killed_in_mid_post (Kept          *k,
                         gconstpointer  unused)
{
  g_autofree char *key = NULL;
  g_autofree char *body = NULL;
  g_autofree char *row = NULL;

  take_over (k);
  k->f.draft = kvar_draft_store_open (k->drafts, k->f.table, "new", NULL);
  g_assert_true (kvar_draft_get_restored (k->f.draft));
  g_assert_true (kvar_draft_get_insert_sent (k->f.draft));
  key = g_strdup (kvar_draft_get_insert_key (k->f.draft));
  g_assert_nonnull (key);

  /* It had arrived. */
  row = g_strdup_printf ("[{\"id\":\"%s\",\"title\":\"Roofs\",\"price\":null,\"due_on\":null,"
                         "\"contact_id\":null,\"details\":null,\"total\":null,\"xmin\":\"9\"}]",
                         key);
  answer (&k->f, 409, TAKEN);
  answer (&k->f, 200, row);
  assert_saves (&k->f, "Roofs");
  body = g_strdup_printf ("{\"title\":\"Roofs\",\"id\":\"%s\"}", key);
  assert_sent (&k->f, 0, "POST", "/rest/v1/jobs", body);
  assert_sent (&k->f, 1, "GET", key, NULL);
  assert_disk_is_empty (k);
}

#define KEEP(path, is_new, func) \
  g_test_add (path, Kept, GINT_TO_POINTER (is_new), kept_set_up, func, kept_tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  KEEP ("/store-journal/update/waits-for-the-disk", FALSE, test_update_waits_for_the_disk);
  KEEP ("/store-journal/update/without-a-disk", FALSE, test_full_disk_does_not_stop_it);
  KEEP ("/store-journal/insert/waits-for-its-key", TRUE, test_insert_waits_for_its_key);
  KEEP ("/store-journal/insert/fresh-key-is-refused", TRUE, test_fresh_key_is_refused);
  KEEP ("/store-journal/insert/killed-in-mid-post", TRUE, test_killed_in_mid_post);
  KEEP ("/store-journal/insert/killed-in-mid-post/subprocess", TRUE, test_die);
  KEEP ("/store-journal/queued/snapshot-is-sent", FALSE, test_snapshot_is_sent);
  KEEP ("/store-journal/queued/overwrites-nothing", FALSE, test_snapshot_overwrites_nothing);
  KEEP ("/store-journal/edits/kept", FALSE, test_edit_is_kept);
  KEEP ("/store-journal/edits/go-after-thirty-days", TRUE, test_edit_goes_after_thirty_days);

  return g_test_run ();
}
