/* test-http-offline-day.c: a day's work without a network, and what becomes of it afterwards
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * 200 records are edited, of which Eva changes ten meanwhile and the database refuses five, and
 * 40 are new. In the middle the program ends and starts again. When the network is back, the
 * server has what the script expects, or the draft is under "Needs attention" with its reason.
 */

#include "config.h"

#include <glib/gstdio.h>
#include <json-glib/json-glib.h>

#include "kvar-error.h"
#include "kvar-test-demo.h"
#include "kvar-test-person.h"
#include "kvar-test-proxy.h"
#include "kvar-test.h"
#include "records/kvar-outbox.h"

#define N_EDITS     200
#define N_CONFLICTS 10
#define N_REFUSALS  5
#define N_NEW       40

/* One person's half: a session, its drafts and the line in which they wait. */
typedef struct
{
  KvarSession      *session;
  KvarSchemaLoader *loader;
  KvarSchema       *schema;
  KvarTable        *jobs;
  KvarStore        *store;
  KvarJournal      *journal;
  KvarDraftStore   *drafts;
  KvarOutbox       *outbox;
} Work;

typedef struct
{
  KvarTestDemo  *demo;
  KvarTestProxy *proxy;
  KvarClock     *clock;
  KvarDatabase  *database;
  char          *dir;
  GPtrArray     *records;       /* of KvarRecord, as they were opened before */
  Work           mine;
  KvarSession   *eva;
} Fixture;

static KvarSession *
open_session (Fixture    *f,
              const char *url,
              const char *email)
{
  return kvar_test_person_sign_in (f->demo, url, email, f->clock, f->dir);
}

static void
load_schema (Fixture *f)
{
  Work *work = &f->mine;

  work->loader = kvar_schema_loader_new (work->session, f->dir);
  work->schema = kvar_test_person_load_schema (work->loader);
  work->jobs = kvar_schema_find_table (work->schema, "jobs");
  g_assert_nonnull (work->jobs);
}

/* What a start of the program does once somebody is signed in. */
static void
begin_work (Fixture *f)
{
  Work *work = &f->mine;
  const char *user = kvar_session_get_user_id (work->session);
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  f->database = kvar_journal_new_database (f->dir);
  work->journal = kvar_journal_new (f->database, "project", user);
  work->drafts = kvar_draft_store_new (work->journal, f->clock);
  work->store = kvar_store_new (work->session);
  kvar_store_set_drafts (work->store, work->drafts);
  work->outbox = kvar_outbox_new (work->session, work->store, work->drafts);
  kvar_draft_store_set_schema (work->drafts, work->schema);
  kvar_draft_store_load_async (work->drafts, NULL, kvar_test_keep_result, &result);
  kvar_test_wait_until (result != NULL);
  kvar_draft_store_load_finish (work->drafts, result, &error);
  g_assert_no_error (error);
  kvar_outbox_set_user (work->outbox, user);
}

static void
end_work (Fixture *f)
{
  Work *work = &f->mine;

  kvar_outbox_set_user (work->outbox, NULL);
  kvar_test_wait_until (kvar_outbox_get_sending (work->outbox) == NULL);
  kvar_test_settle ();
  g_assert_finalize_object (g_steal_pointer (&work->outbox));
  g_assert_finalize_object (g_steal_pointer (&work->store));
  g_assert_finalize_object (g_steal_pointer (&work->drafts));
  g_assert_finalize_object (g_steal_pointer (&work->journal));
  g_assert_finalize_object (g_steal_pointer (&f->database));
}

static KvarReply *
ask (KvarSession *session,
     const char  *method,
     const char  *path,
     const char  *json)
{
  g_autoptr(KvarRequest) request = kvar_request_new (method, path);
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) body = json != NULL ? g_bytes_new (json, strlen (json)) : NULL;
  KvarReply *reply;

  if (body != NULL)
    kvar_request_set_body (request, "application/json", body);
  kvar_session_send_async (session, request, NULL, kvar_test_keep_result, &result);
  kvar_test_wait_until (result != NULL);
  reply = kvar_session_send_finish (session, result, &error);
  g_assert_no_error (error);
  g_assert_cmpint (kvar_reply_get_status (reply), <, 300);

  return reply;
}

static KvarRecord *
load (Fixture    *f,
      const char *key)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  KvarRecord *record;

  kvar_store_load_async (f->mine.store, f->mine.jobs, key, NULL, kvar_test_keep_result, &result);
  kvar_test_wait_until (result != NULL);
  record = kvar_store_load_finish (f->mine.store, result, &error);
  g_assert_no_error (error);

  return record;
}

/* By id: what the server has, as "ref|title". */
static GHashTable *
read_server (Fixture *f)
{
  g_autoptr(KvarReply) reply = ask (f->eva, "GET", "/rest/v1/jobs?select=id,ref,title", NULL);
  g_autoptr(JsonParser) parser = json_parser_new ();
  g_autoptr(GError) error = NULL;
  gsize size;
  const char *data = g_bytes_get_data (kvar_reply_get_body (reply), &size);
  GHashTable *rows = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  JsonArray *array;

  json_parser_load_from_data (parser, data, size, &error);
  g_assert_no_error (error);
  array = json_node_get_array (json_parser_get_root (parser));
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonObject *row = json_array_get_object_element (array, i);

      g_hash_table_insert (rows, g_strdup (json_object_get_string_member (row, "id")),
                           g_strdup_printf ("%s|%s", json_object_get_string_member (row, "ref"),
                                            json_object_get_string_member (row, "title")));
    }

  return rows;
}

static void
fixture_set_up (Fixture       *f,
                gconstpointer  unused)
{
  const char *const options[] = { "--rows", "250", "--max-rows", "1000", NULL };
  g_autoptr(GHashTable) rows = NULL;
  GHashTableIter iter;
  gpointer id;

  f->demo = kvar_test_demo_new (options);
  f->proxy = kvar_test_proxy_new (kvar_test_demo_get_url (f->demo), NULL);
  f->clock = kvar_clock_new ();
  f->dir = g_dir_make_tmp ("kvar-offline-XXXXXX", NULL);
  f->eva = open_session (f, kvar_test_demo_get_url (f->demo), "eva@kvar.example");
  f->mine.session = open_session (f, kvar_test_proxy_get_url (f->proxy), "demo@kvar.example");
  load_schema (f);
  begin_work (f);

  f->records = g_ptr_array_new_with_free_func (g_object_unref);
  rows = read_server (f);
  g_hash_table_iter_init (&iter, rows);
  while (f->records->len < N_EDITS && g_hash_table_iter_next (&iter, &id, NULL))
    g_ptr_array_add (f->records, load (f, id));
  g_assert_cmpuint (f->records->len, ==, N_EDITS);
}

static void
fixture_tear_down (Fixture       *f,
                   gconstpointer  unused)
{
  end_work (f);
  g_assert_cmpuint (kvar_test_demo_count (f->demo, "\"role\":\"anon\"", "/rest/v1/", NULL), ==, 0);
  g_ptr_array_unref (f->records);
  g_clear_object (&f->mine.schema);
  g_clear_object (&f->mine.loader);
  kvar_test_wait_until (G_OBJECT (f->mine.session)->ref_count == 1 &&
                        G_OBJECT (f->eva)->ref_count == 1);
  g_assert_finalize_object (f->mine.session);
  g_assert_finalize_object (f->eva);
  kvar_test_proxy_free (f->proxy);
  g_assert_finalize_object (f->clock);
  kvar_test_demo_free (f->demo);
  kvar_test_person_remove_dir (f->dir);
  g_free (f->dir);
}

/* What the person does: types, presses Save, and goes on. */
static void
save (Fixture   *f,
      KvarDraft *draft)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  kvar_outbox_save_async (f->mine.outbox, draft, kvar_test_keep_result, &result);
  kvar_test_wait_until (result != NULL);
  g_assert_null (kvar_outbox_save_finish (f->mine.outbox, result, &error));
  g_assert_error (error, KVAR_ERROR, KVAR_ERROR_OFFLINE);
  g_assert_cmpint (kvar_draft_get_state (draft), ==, KVAR_DRAFT_QUEUED);
}

static void
type (Fixture    *f,
      KvarDraft  *draft,
      const char *column,
      const char *text)
{
  kvar_draft_set_input (draft, kvar_table_find_column (f->mine.jobs, column), text);
}

static void
edit (Fixture *f,
      guint    i)
{
  KvarRecord *record = g_ptr_array_index (f->records, i);
  g_autofree char *key = kvar_record_get_key_string (record);
  g_autofree char *title = g_strdup_printf ("Edited %u", i);
  g_autoptr(KvarDraft) draft = NULL;

  draft = kvar_draft_store_open (f->mine.drafts, f->mine.jobs, key, record);
  type (f, draft, "title", title);
  if (i >= N_CONFLICTS && i < N_CONFLICTS + N_REFUSALS)
    type (f, draft, "price", "-1");
  save (f, draft);
}

static void
add (Fixture *f,
     guint    i)
{
  g_autofree char *ref = g_strdup_printf ("NEW-%u", i);
  g_autofree char *title = g_strdup_printf ("New %u", i);
  g_autoptr(KvarDraft) draft = kvar_draft_store_begin_new (f->mine.drafts, f->mine.jobs);

  type (f, draft, "ref", ref);
  type (f, draft, "title", title);
  save (f, draft);
}

static void
interfere (Fixture *f,
           guint    i)
{
  KvarRecord *record = g_ptr_array_index (f->records, i);
  g_autofree char *key = kvar_record_get_key_string (record);
  g_autofree char *path = g_strconcat ("/rest/v1/jobs?id=eq.", key, NULL);
  g_autofree char *json = g_strdup_printf ("{\"title\":\"Eva %u\"}", i);
  g_autoptr(KvarReply) reply = ask (f->eva, "PATCH", path, json);
}

static void
work_offline (Fixture *f)
{
  kvar_test_proxy_set_down (f->proxy, TRUE);
  for (guint i = 0; i < N_EDITS; i++)
    {
      edit (f, i);
      if (i % (N_EDITS / N_NEW) == 0)
        add (f, i / (N_EDITS / N_NEW));
      if (i == N_EDITS / 2)
        {
          end_work (f);
          begin_work (f);
        }
    }
}

/* Returns how many drafts are parked with @code, and checks that they still say what was typed. */
static guint
count_parked (Fixture *f,
              int      code)
{
  GListModel *drafts = G_LIST_MODEL (f->mine.drafts);
  guint n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (drafts); i++)
    {
      g_autoptr(KvarDraft) draft = g_list_model_get_item (drafts, i);
      g_autofree char *title = NULL;

      g_assert_cmpint (kvar_draft_get_state (draft), ==, KVAR_DRAFT_PARKED);
      title = kvar_draft_get_input (draft, kvar_table_find_column (f->mine.jobs, "title"));
      g_assert_true (g_str_has_prefix (title, "Edited "));
      n += g_error_matches (kvar_draft_get_attention (draft), KVAR_ERROR, code);
    }

  return n;
}

static void
check_edit (Fixture    *f,
            GHashTable *rows,
            guint       i)
{
  KvarRecord *record = g_ptr_array_index (f->records, i);
  KvarColumn *ref = kvar_table_find_column (f->mine.jobs, "ref");
  KvarColumn *title = kvar_table_find_column (f->mine.jobs, "title");
  g_autofree char *key = kvar_record_get_key_string (record);
  g_autoptr(KvarValue) ref_value = kvar_record_get_value (record, ref);
  g_autoptr(KvarValue) before = kvar_record_get_value (record, title);
  g_autofree char *expected = NULL;

  if (i < N_CONFLICTS)
    expected = g_strdup_printf ("%s|Eva %u", kvar_value_get_text (ref_value), i);
  else if (i < N_CONFLICTS + N_REFUSALS)
    expected = g_strdup_printf ("%s|%s", kvar_value_get_text (ref_value),
                                kvar_value_get_text (before));
  else
    expected = g_strdup_printf ("%s|Edited %u", kvar_value_get_text (ref_value), i);

  g_assert_cmpstr (g_hash_table_lookup (rows, key), ==, expected);
}

static guint
count_rows (GHashTable *rows,
            const char *wanted)
{
  GHashTableIter iter;
  gpointer row;
  guint n = 0;

  g_hash_table_iter_init (&iter, rows);
  while (g_hash_table_iter_next (&iter, NULL, &row))
    n += g_strcmp0 (row, wanted) == 0;

  return n;
}

static void
test_offline_day (Fixture       *f,
                  gconstpointer  unused)
{
  g_autoptr(GHashTable) before = read_server (f);
  g_autoptr(GHashTable) rows = NULL;
  guint n_before = g_hash_table_size (before);

  work_offline (f);
  g_assert_cmpuint (kvar_outbox_get_n_waiting (f->mine.outbox), ==, N_EDITS + N_NEW);
  for (guint i = 0; i < N_CONFLICTS; i++)
    interfere (f, i);

  kvar_test_proxy_set_down (f->proxy, FALSE);
  kvar_outbox_hurry (f->mine.outbox);
  while (kvar_outbox_get_n_waiting (f->mine.outbox) > 0)
    {
      guint n = kvar_outbox_get_n_waiting (f->mine.outbox);

      kvar_test_wait_until (kvar_outbox_get_n_waiting (f->mine.outbox) < n);
    }

  g_assert_cmpuint (count_parked (f, KVAR_ERROR_CONFLICT), ==, N_CONFLICTS);
  g_assert_cmpuint (count_parked (f, KVAR_ERROR_INVALID), ==, N_REFUSALS);
  g_assert_cmpuint (kvar_outbox_get_n_parked (f->mine.outbox), ==, N_CONFLICTS + N_REFUSALS);

  rows = read_server (f);
  g_assert_cmpuint (g_hash_table_size (rows), ==, n_before + N_NEW);
  for (guint i = 0; i < N_EDITS; i++)
    check_edit (f, rows, i);
  for (guint i = 0; i < N_NEW; i++)
    {
      g_autofree char *wanted = g_strdup_printf ("NEW-%u|New %u", i, i);

      g_assert_cmpuint (count_rows (rows, wanted), ==, 1);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add ("/offline-day/OFF-3/all-arrives-or-needs-attention", Fixture, NULL,
              fixture_set_up, test_offline_day, fixture_tear_down);

  return g_test_run ();
}
