/* test-function-batch.c: a function for many records: each once, whatever comes in between
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "functions/kvar-function-batch.h"
#include "functions/kvar-function-bind.h"
#include "kvar-session-fixture.h"
#include "kvar-test-table.h"

#define N_RECORDS 4

typedef struct
{
  Fixture            s;
  KvarTable         *table;
  KvarFunction      *function;
  KvarFunctionRuns  *runs;
  KvarFunctionBatch *batch;
  GPtrArray         *bodies;      /* of the calls that arrived, in their order */
  const char        *bad_id;      /* (nullable) whose call goes wrong */
  KvarError          bad_code;
  guint              n_bad;       /* how often */
} BatchFixture;

static KvarReply *
answer_cb (KvarRequest  *request,
           gpointer      user_data,
           GError      **error)
{
  BatchFixture *f = user_data;
  gsize size;
  const char *data = g_bytes_get_data (kvar_request_get_body (request), &size);
  g_autofree char *bearer = g_strconcat ("Bearer ", kvar_test_auth_get_access (f->s.auth), NULL);
  char *body = g_strndup (data, size);

  if (g_strcmp0 (kvar_request_get_header (request, "Authorization"), bearer) != 0)
    {
      g_free (body);
      return NULL;
    }

  g_ptr_array_add (f->bodies, body);
  if (f->bad_id == NULL || strstr (body, f->bad_id) == NULL || f->n_bad == 0)
    return kvar_test_reply_new (200, "7");

  f->n_bad--;
  if (f->bad_code == KVAR_ERROR_REFUSED)
    return kvar_test_reply_new (400, "{\"code\":\"P0001\",\"message\":\"It is closed already\"}");

  *error = kvar_error_new_full (f->bad_code, 0, NULL, "The cable is out");

  return NULL;
}

static GPtrArray *
make_records (BatchFixture *f)
{
  GPtrArray *records = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < N_RECORDS; i++)
    {
      KvarRecord *record = kvar_record_new (f->table);
      g_autofree char *id = g_strdup_printf ("id-%u", i + 1);
      g_autofree char *title = g_strdup_printf ("Job %u", i + 1);

      kvar_record_set_text (record, kvar_table_find_column_index (f->table, "id"), id);
      kvar_record_set_text (record, kvar_table_find_column_index (f->table, "title"), title);
      g_ptr_array_add (records, record);
    }

  return records;
}

static void
add_argument (BatchFixture *f,
              const char   *name,
              const char   *type_name)
{
  g_autoptr(KvarType) type = kvar_type_new (type_name, NULL);
  g_autoptr(KvarColumn) column = kvar_column_new (name, type);

  kvar_function_add_argument (f->function, column);
}

static void
set_up (BatchFixture *f,
        gconstpointer unused)
{
  g_autoptr(GPtrArray) records = NULL;

  fixture_set_up_signed_in (&f->s, NULL);
  kvar_test_transport_on (f->s.transport, "POST", "/rest/v1/rpc/", answer_cb, f);
  f->table = kvar_test_table_new_jobs ();
  f->bodies = g_ptr_array_new_with_free_func (g_free);
  f->runs = kvar_function_runs_new (f->s.session, f->s.state_dir);
  f->function = kvar_function_new ("close_job");
  kvar_function_set_volatility (f->function, KVAR_VOLATILITY_VOLATILE);
  kvar_function_set_result_type (f->function, "integer", FALSE);
  add_argument (f, "id", "uuid");
  add_argument (f, "reason", "text");

  records = make_records (f);
  f->batch = kvar_function_batch_new (f->s.session, f->runs, f->function, records);
  g_assert_true (kvar_function_batch_fits (f->batch));
  g_assert_cmpuint (kvar_function_count_open (kvar_function_batch_get_parameters (f->batch)), ==,
                    1);
  kvar_draft_set_input (kvar_function_batch_get_parameters (f->batch),
                        kvar_table_find_column (kvar_draft_get_table (
                          kvar_function_batch_get_parameters (f->batch)), "reason"), "Done");
}

static void
tear_down (BatchFixture *f,
           gconstpointer unused)
{
  kvar_test_settle ();
  g_assert_finalize_object (f->batch);
  g_object_unref (f->function);
  g_object_unref (f->runs);
  g_object_unref (f->table);
  g_ptr_array_unref (f->bodies);
  fixture_tear_down (&f->s, NULL);
}

static void
wait_for_state (BatchFixture   *f,
                KvarBatchState  state)
{
  kvar_test_wait_until (kvar_function_batch_get_state (f->batch) == state);
}

static const char *
get_text (BatchFixture *f,
          guint         index)
{
  g_autoptr(KvarBatchItem) item =
    g_list_model_get_item (kvar_function_batch_get_items (f->batch), index);

  return kvar_batch_item_get_text (item);
}

/* Every record was called for once, and in order. */
static void
assert_called_once (BatchFixture *f)
{
  g_assert_cmpuint (f->bodies->len, ==, N_RECORDS);
  for (guint i = 0; i < N_RECORDS; i++)
    {
      g_autofree char *expected = g_strdup_printf ("{\"id\":\"id-%u\",\"reason\":\"Done\"}", i + 1);

      g_assert_cmpstr (f->bodies->pdata[i], ==, expected);
    }
}

static void
test_batch_runs_for_each (BatchFixture *f,
                          gconstpointer unused)
{
  kvar_function_batch_start (f->batch);
  wait_for_state (f, KVAR_BATCH_ENDED);
  assert_called_once (f);
  g_assert_cmpuint (kvar_function_batch_count (f->batch, KVAR_BATCH_ITEM_DONE), ==, N_RECORDS);
  g_assert_cmpstr (get_text (f, 0), ==, "7");
}

static void
test_batch_tells_what_failed (BatchFixture *f,
                              gconstpointer unused)
{
  f->bad_id = "id-2";
  f->bad_code = KVAR_ERROR_REFUSED;
  f->n_bad = 1;
  kvar_function_batch_start (f->batch);
  wait_for_state (f, KVAR_BATCH_ENDED);
  assert_called_once (f);
  g_assert_cmpuint (kvar_function_batch_count (f->batch, KVAR_BATCH_ITEM_DONE), ==, 3);
  g_assert_cmpuint (kvar_function_batch_count (f->batch, KVAR_BATCH_ITEM_FAILED), ==, 1);
  g_assert_nonnull (strstr (get_text (f, 1), "It is closed already"));
}

/* Nobody knows what became of it: it is said, and not tried again. */
static void
test_batch_repeats_nothing (BatchFixture *f,
                            gconstpointer unused)
{
  f->bad_id = "id-3";
  f->bad_code = KVAR_ERROR_UNKNOWN_OUTCOME;
  f->n_bad = 1;
  kvar_function_batch_start (f->batch);
  wait_for_state (f, KVAR_BATCH_ENDED);
  assert_called_once (f);
  g_assert_cmpstr (get_text (f, 2), ==,
                   "It may already have run. Check before running it again.");
}

/* What was never sent is sent when the network is back, and then once. */
static void
test_batch_waits_for_the_network (BatchFixture *f,
                                  gconstpointer unused)
{
  f->bad_id = "id-2";
  f->bad_code = KVAR_ERROR_OFFLINE;
  f->n_bad = 2;
  kvar_function_batch_start (f->batch);
  wait_for_state (f, KVAR_BATCH_PAUSED);
  g_assert_cmpuint (kvar_function_batch_count (f->batch, KVAR_BATCH_ITEM_WAITING), ==, 3);
  fixture_pass (&f->s, KVAR_CLOCK_MINUTE);
  fixture_pass (&f->s, KVAR_CLOCK_MINUTE);
  wait_for_state (f, KVAR_BATCH_ENDED);
  g_assert_cmpuint (f->bodies->len, ==, N_RECORDS + 2);
  g_assert_cmpuint (kvar_function_batch_count (f->batch, KVAR_BATCH_ITEM_DONE), ==, N_RECORDS);
}

static void
test_batch_waits_for_sign_in (BatchFixture *f,
                              gconstpointer unused)
{
  kvar_test_auth_revoke (f->s.auth);
  kvar_clock_advance (f->s.clock, KVAR_CLOCK_HOUR);
  kvar_test_wait_until (kvar_session_get_state (f->s.session) == KVAR_SESSION_EXPIRED);
  kvar_function_batch_start (f->batch);
  g_assert_cmpint (kvar_function_batch_get_state (f->batch), ==, KVAR_BATCH_HELD);
  g_assert_cmpuint (f->bodies->len, ==, 0);

  kvar_test_session_sign_in (f->s.session);
  wait_for_state (f, KVAR_BATCH_ENDED);
  assert_called_once (f);
}

/* What has begun ends; the others are left as they are. */
static void
test_batch_stops (BatchFixture *f,
                  gconstpointer unused)
{
  kvar_test_transport_hold (f->s.transport);
  kvar_function_batch_start (f->batch);
  g_assert_cmpuint (kvar_function_batch_count (f->batch, KVAR_BATCH_ITEM_RUNNING), ==, 1);
  kvar_function_batch_stop (f->batch);
  kvar_test_transport_release (f->s.transport);
  wait_for_state (f, KVAR_BATCH_ENDED);
  g_assert_cmpuint (f->bodies->len, ==, 1);
  g_assert_cmpuint (kvar_function_batch_count (f->batch, KVAR_BATCH_ITEM_DONE), ==, 1);
  g_assert_cmpuint (kvar_function_batch_count (f->batch, KVAR_BATCH_ITEM_WAITING), ==, 3);
}

static void
test_batch_one_at_a_time (BatchFixture *f,
                          gconstpointer unused)
{
  g_assert_true (kvar_function_runs_claim (f->runs, "jobs", "id-2"));
  kvar_function_batch_start (f->batch);
  wait_for_state (f, KVAR_BATCH_ENDED);
  g_assert_cmpuint (f->bodies->len, ==, 3);
  g_assert_cmpstr (get_text (f, 1), ==, "Something is already running for this record.");
  g_assert_false (kvar_function_runs_is_claimed (f->runs, "jobs", "id-1"));
}

#define add(path, func) g_test_add (path, BatchFixture, NULL, set_up, func, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  add ("/function-batch/REP-9/runs-for-each", test_batch_runs_for_each);
  add ("/function-batch/REP-9/tells-what-failed", test_batch_tells_what_failed);
  add ("/function-batch/REP-9/repeats-nothing", test_batch_repeats_nothing);
  add ("/function-batch/REP-9/waits-for-the-network", test_batch_waits_for_the_network);
  add ("/function-batch/REP-9/waits-for-sign-in", test_batch_waits_for_sign_in);
  add ("/function-batch/REP-9/stops", test_batch_stops);
  add ("/function-batch/REP-9/one-at-a-time", test_batch_one_at_a_time);

  return g_test_run ();
}
