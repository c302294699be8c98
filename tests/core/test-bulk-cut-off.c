/* test-bulk-cut-off.c: A change of many records that a crash cuts off is known afterwards.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <signal.h>

#include "kvar-store-fixture.h"
#include "records/kvar-bulk-kept.h"

typedef struct
{
  StoreFixture    f;
  char           *folder;
  KvarDatabase   *database;
  KvarDraftStore *drafts;
  guint           n_changes;
} Cut;

/* What is to be there afterwards tells the requests apart: there are three. */
static const struct
{
  const char *key;
  const char *after;
} changes[] = {
  { "1", "X" },
  { "2", "X" },
  { "3", "Y" },
  { "4", "Y" },
  { "5", "Y" },
  { "6", "Z" },
};

static void
open_drafts (Cut *c)
{
  g_autoptr(KvarJournal) journal = kvar_journal_new (c->database, "project", "user");

  g_clear_object (&c->drafts);
  c->drafts = kvar_draft_store_new (journal, c->f.s.clock);
}

static void
cut_set_up (Cut           *c,
            gconstpointer  unused)
{
  const char *inherited = g_getenv ("KVAR_TEST_FOLDER");

  store_set_up (&c->f, NULL);
  c->folder = inherited != NULL ? g_strdup (inherited)
                                : g_dir_make_tmp ("kvar-cut-off-XXXXXX", NULL);
  c->database = kvar_journal_new_database (c->folder);
  open_drafts (c);
}

static void
cut_tear_down (Cut           *c,
               gconstpointer  unused)
{
  g_clear_object (&c->drafts);
  kvar_test_settle ();
  store_tear_down (&c->f, NULL);
  kvar_database_close (c->database);
  kvar_test_settle ();
  g_assert_finalize_object (c->database);
  fixture_remove_dir (c->folder);
  g_free (c->folder);
}

static KvarBulkJob *
new_job (Cut *c)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify)kvar_bulk_row_free);
  KvarBulkJob *job;

  for (gsize i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      const char *const key[] = { changes[i].key, NULL };
      KvarBulkRow *row = g_new0 (KvarBulkRow, 1);

      row->key = g_strdupv ((char **)key);
      row->id = g_strdup (changes[i].key);
      row->title = g_strdup ("Roof");
      row->before = g_strdup ("Roof");
      row->after = g_strdup (changes[i].after);
      g_ptr_array_add (rows, row);
    }

  job = kvar_bulk_job_new (c->f.s.session, c->f.table, c->f.title, rows);
  kvar_bulk_job_set_drafts (job, c->drafts);

  return job;
}

static KvarReply *
change_cb (KvarRequest  *request,
           gpointer      user_data,
           GError      **error)
{
  Cut *c = user_data;

  if (c->n_changes++ > 0)
    raise (SIGKILL);

  return kvar_test_reply_new (200, "[{\"id\":\"1\",\"title\":\"X\",\"xmin\":\"901\"},"
                                   "{\"id\":\"2\",\"title\":\"x!\",\"xmin\":\"902\"}]");
}

/* Dies with its second request on its way, and the third one not sent. */
static void
test_die (Cut           *c,
          gconstpointer  unused)
{
  g_autoptr(KvarBulkJob) job = NULL;

  if (!g_test_subprocess ())
    return;

  job = new_job (c);
  kvar_test_transport_on (c->f.s.transport, "PATCH", "/rest/v1/", change_cb, c);
  kvar_bulk_job_start (job);
  kvar_test_wait_until (kvar_bulk_job_get_state (job) == KVAR_BULK_FINISHED);
}

static GPtrArray *
list_bulks (Cut *c)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  GPtrArray *bulks;

  kvar_draft_store_list_bulks_async (c->drafts, NULL, kvar_test_keep_result, &result);
  kvar_test_wait_until (result != NULL);
  bulks = kvar_draft_store_list_bulks_finish (c->drafts, result, &error);
  g_assert_no_error (error);

  return bulks;
}

static GPtrArray *
list_edits (Cut *c)
{
  g_autoptr(GAsyncResult) flushed = NULL;
  g_autoptr(GAsyncResult) result = NULL;

  kvar_draft_store_flush_async (c->drafts, NULL, kvar_test_keep_result, &flushed);
  kvar_test_wait_until (flushed != NULL);
  kvar_draft_store_list_edits_async (c->drafts, NULL, kvar_test_keep_result, &result);
  kvar_test_wait_until (result != NULL);

  return kvar_draft_store_list_edits_finish (c->drafts, result, NULL);
}

/* What another process was killed in the midst of, looked at: of the rows whose answer nobody
 * has heard, one was changed, one was not, and one is somebody else's by now. */
static KvarBulkJob *
take_over (Cut *c)
{
  g_autoptr(GPtrArray) bulks = NULL;
  KvarBulkJob *job;

  g_setenv ("KVAR_TEST_FOLDER", c->folder, TRUE);
  g_test_trap_subprocess ("/bulk-cut-off/subprocess", 0, 0);
  g_unsetenv ("KVAR_TEST_FOLDER");
  g_assert_false (g_test_trap_has_passed ());

  bulks = list_bulks (c);
  g_assert_cmpuint (bulks->len, ==, 1);
  job = kvar_bulk_job_new_kept (c->f.s.session, c->f.table, g_ptr_array_index (bulks, 0));
  g_assert_nonnull (job);
  kvar_bulk_job_set_drafts (job, c->drafts);

  answer (&c->f, 200, "[{\"id\":\"3\",\"title\":\"Y\",\"xmin\":\"903\"},"
                      "{\"id\":\"4\",\"title\":\"Roof\",\"xmin\":\"811\"},"
                      "{\"id\":\"5\",\"title\":\"Other\",\"xmin\":\"999\"}]");
  kvar_bulk_job_look (job);
  kvar_test_wait_until (kvar_bulk_job_get_state (job) == KVAR_BULK_CUT_OFF);
  g_assert_cmpuint (c->f.n_answered, ==, 1);

  return job;
}

static void
test_looks (Cut           *c,
            gconstpointer  unused)
{
  g_autoptr(KvarBulkJob) job = take_over (c);
  g_autoptr(GPtrArray) edits = list_edits (c);

  g_assert_cmpuint (kvar_bulk_job_count (job, KVAR_BULK_DONE), ==, 3);
  g_assert_cmpuint (kvar_bulk_job_count (job, KVAR_BULK_OVERTAKEN), ==, 1);
  g_assert_cmpuint (kvar_bulk_job_count (job, KVAR_BULK_PENDING), ==, 2);

  /* Each once, whether its answer was heard or not. */
  g_assert_cmpuint (edits->len, ==, 3);
}

static void
test_continues (Cut           *c,
                gconstpointer  unused)
{
  g_autoptr(KvarBulkJob) job = take_over (c);
  g_autoptr(GPtrArray) offered = NULL;
  g_autoptr(GPtrArray) left = NULL;
  g_autoptr(GPtrArray) edits = NULL;

  g_assert_true (kvar_draft_store_claim_bulk (c->drafts, kvar_bulk_job_get_note_id (job)));
  g_assert_false (kvar_draft_store_claim_bulk (c->drafts, kvar_bulk_job_get_note_id (job)));
  offered = list_bulks (c);
  g_assert_cmpuint (offered->len, ==, 0);

  answer (&c->f, 200, "[{\"id\":\"4\",\"title\":\"Y\",\"xmin\":\"904\"}]");
  answer (&c->f, 200, "[{\"id\":\"6\",\"title\":\"Z\",\"xmin\":\"905\"}]");
  kvar_bulk_job_start (job);
  kvar_test_wait_until (kvar_bulk_job_get_state (job) == KVAR_BULK_FINISHED);
  g_assert_cmpuint (kvar_test_transport_count (c->f.s.transport, "PATCH", "/rest/v1/jobs"), ==, 2);
  g_assert_cmpuint (kvar_bulk_job_count (job, KVAR_BULK_DONE), ==, 5);
  g_assert_cmpuint (kvar_bulk_job_count (job, KVAR_BULK_OVERTAKEN), ==, 1);
  edits = list_edits (c);
  g_assert_cmpuint (edits->len, ==, 5);

  /* Nothing is left for the next one either. */
  open_drafts (c);
  left = list_bulks (c);
  g_assert_cmpuint (left->len, ==, 0);
}

/* Undo knows what was there before, and what the server made of what was sent. */
static void
test_undoes (Cut           *c,
             gconstpointer  unused)
{
  g_autoptr(KvarBulkJob) job = take_over (c);
  g_autoptr(KvarBulkJob) undo = kvar_bulk_job_new_undo (job);
  GPtrArray *rows = kvar_bulk_job_get_rows (undo);
  const char *const before[] = { "X", "x!", "Y" };

  g_assert_cmpuint (rows->len, ==, 3);
  for (guint i = 0; i < rows->len; i++)
    {
      KvarBulkRow *row = g_ptr_array_index (rows, i);
      guint n = (guint)g_ascii_strtoull (row->id, NULL, 10);

      g_assert_cmpuint (n, >=, 1);
      g_assert_cmpuint (n, <=, 3);
      g_assert_cmpstr (row->before, ==, before[n - 1]);
      g_assert_cmpstr (row->after, ==, "Roof");
    }
}

static void
test_states (void)
{
  static const struct
  {
    KvarBulkOutcome  outcome;
    gboolean         sent;
    const char      *word;
  } cases[] = {
    { KVAR_BULK_PENDING, FALSE, "pending" },
    { KVAR_BULK_PENDING, TRUE, "sent" },
    { KVAR_BULK_DONE, FALSE, "done" },
    { KVAR_BULK_OVERTAKEN, FALSE, "overtaken" },
    { KVAR_BULK_GONE, FALSE, "gone" },
    { KVAR_BULK_DENIED, FALSE, "denied" },
    { KVAR_BULK_REFUSED, FALSE, "refused" },
  };
  gboolean sent;

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      KvarBulkRow row = { .outcome = cases[i].outcome, .sent = cases[i].sent };

      g_assert_cmpstr (kvar_bulk_kept_state_word (&row), ==, cases[i].word);
      g_assert_cmpint (kvar_bulk_kept_read_state (cases[i].word, &sent), ==, cases[i].outcome);
      g_assert_cmpint (sent, ==, cases[i].sent);
    }

  /* A row that is done was sent, too: that is not asked again. */
  g_assert_cmpstr (kvar_bulk_kept_state_word (&(KvarBulkRow) { .outcome = KVAR_BULK_DONE,
                                                               .sent = TRUE }), ==, "done");

  /* A later version's word may mean anything. */
  g_assert_cmpint (kvar_bulk_kept_read_state ("half-done", &sent), ==, KVAR_BULK_PENDING);
  g_assert_true (sent);
  g_assert_cmpint (kvar_bulk_kept_read_state (NULL, &sent), ==, KVAR_BULK_PENDING);
  g_assert_true (sent);
}

#define CUT(path, func) g_test_add (path, Cut, NULL, cut_set_up, func, cut_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/bulk-cut-off/states", test_states);
  CUT ("/bulk-cut-off/looks", test_looks);
  CUT ("/bulk-cut-off/continues", test_continues);
  CUT ("/bulk-cut-off/undoes", test_undoes);
  CUT ("/bulk-cut-off/subprocess", test_die);

  return g_test_run ();
}
