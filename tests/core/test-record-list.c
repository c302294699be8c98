/* test-record-list.c: Lists load what is needed, end at the end and stay while they reload.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "kvar-session-fixture.h"
#include "kvar-test-rows.h"
#include "kvar-test-table.h"
#include "records/kvar-list-news.h"
#include "records/kvar-record-list.h"

typedef struct
{
  Fixture         s;
  KvarTable      *table;
  KvarTestRows   *rows;
  KvarQuery      *query;
  KvarRecordList *list;
  KvarDatabase   *database;    /* (nullable) */
  KvarCache      *cache;       /* (nullable) */
  gboolean        offline;
  gboolean        denied;
  guint           n_pages;
  guint           n_steps;
} ListFixture;

static KvarReply *
answer_cb (KvarRequest  *request,
           gpointer      user_data,
           GError      **error)
{
  ListFixture *f = user_data;

  g_assert_cmpint (kvar_request_get_lane (request), ==, KVAR_LANE_USER);
  if (f->offline)
    {
      *error = kvar_error_new_full (KVAR_ERROR_OFFLINE, 0, NULL, "The cable is out");
      return NULL;
    }

  if (f->denied)
    return kvar_test_reply_new (403, "{\"code\":\"42501\",\"message\":\"no\"}");

  if (kvar_request_get_header (request, "Prefer") == NULL)
    f->n_pages++;

  return kvar_test_rows_answer (f->rows, request);
}

static void
add_row (ListFixture *f,
         guint        id,
         const char  *title)
{
  g_autofree char *text = g_strdup_printf ("%u", id);
  const char *const values[] = { text, title, NULL, id % 3 ? "2026-11-20" : NULL };

  kvar_test_rows_add (f->rows, values);
}

static void
steps_cb (ListFixture *f)
{
  f->n_steps++;
}

static void
list_set_up (ListFixture   *f,
             gconstpointer  query)
{
  static const char *const columns[] = { "id", "title", "price", "due_on", NULL };

  fixture_set_up (&f->s, NULL);
  kvar_test_transport_on (f->s.transport, "GET", "/rest/v1/jobs", answer_cb, f);
  kvar_test_session_sign_in (f->s.session);

  f->table = kvar_test_table_new_jobs ();
  f->rows = kvar_test_rows_new (columns);
  f->query = kvar_query_parse (query != NULL ? query : "", NULL);
  f->list = kvar_record_list_new (f->s.session, f->table, f->query, NULL);
  g_signal_connect_swapped (f->list, "items-changed", G_CALLBACK (steps_cb), f);
}

static void
list_tear_down (ListFixture   *f,
                gconstpointer  unused)
{
  kvar_test_settle ();
  g_assert_finalize_object (f->list);
  if (f->cache != NULL)
    {
      kvar_database_close (f->database);
      kvar_test_settle ();
      g_assert_finalize_object (f->cache);
      g_assert_finalize_object (f->database);
    }
  kvar_query_unref (f->query);
  kvar_test_rows_free (f->rows);
  g_assert_finalize_object (f->table);
  fixture_tear_down (&f->s, NULL);
}

static guint
count (ListFixture *f)
{
  return g_list_model_get_n_items (G_LIST_MODEL (f->list));
}

static void
wait_loaded (ListFixture *f)
{
  kvar_test_wait_until (!kvar_record_list_get_loading (f->list));
  kvar_test_settle ();
}

static void
load (ListFixture *f)
{
  kvar_record_list_load_more (f->list);
  g_assert_true (kvar_record_list_get_loading (f->list));
  wait_loaded (f);
}

static void
test_page_by_page (ListFixture   *f,
                   gconstpointer  unused)
{
  for (guint i = 1; i <= 450; i++)
    add_row (f, i, "x");

  load (f);
  g_assert_cmpuint (count (f), ==, 200);
  g_assert_false (kvar_record_list_get_complete (f->list));
  g_assert_cmpint (kvar_record_list_get_total (f->list), ==, 450);
  g_assert_true (kvar_record_list_get_total_is_exact (f->list));
  g_assert_nonnull (kvar_record_list_get_loaded_at (f->list));

  load (f);
  g_assert_cmpuint (count (f), ==, 400);
  load (f);
  g_assert_cmpuint (count (f), ==, 450);
  g_assert_true (kvar_record_list_get_complete (f->list));
  g_assert_cmpuint (f->n_steps, ==, 3);

  /* Nothing more is asked for. */
  f->n_pages = 0;
  kvar_record_list_load_more (f->list);
  kvar_test_settle ();
  g_assert_cmpuint (f->n_pages, ==, 0);
}

static void
test_server_cuts_pages (ListFixture   *f,
                        gconstpointer  unused)
{
  kvar_test_rows_set_max_rows (f->rows, 7);
  for (guint i = 1; i <= 40; i++)
    add_row (f, i, "x");

  /* A short page is no end; once the limit is known, it is a page. */
  load (f);
  g_assert_cmpuint (count (f), ==, 14);
  while (!kvar_record_list_get_complete (f->list))
    load (f);
  g_assert_cmpuint (count (f), ==, 40);
}

static void
test_empty (ListFixture   *f,
            gconstpointer  unused)
{
  load (f);
  g_assert_cmpuint (count (f), ==, 0);
  g_assert_true (kvar_record_list_get_complete (f->list));
  g_assert_cmpint (kvar_record_list_get_total (f->list), ==, 0);
}

static void
test_reload_keeps_rows (ListFixture   *f,
                        gconstpointer  unused)
{
  g_autoptr(KvarRecord) second = NULL;
  g_autoptr(KvarRecord) still = NULL;
  guint position;

  for (guint i = 1; i <= 5; i++)
    add_row (f, i * 10, "x");
  load (f);
  second = g_list_model_get_item (G_LIST_MODEL (f->list), 1);

  add_row (f, 5, "before");
  kvar_test_transport_hold (f->s.transport);
  kvar_record_list_reload (f->list);
  kvar_test_settle ();
  g_assert_true (kvar_record_list_get_loading (f->list));
  g_assert_cmpuint (count (f), ==, 5);

  f->n_steps = 0;
  kvar_test_transport_release (f->s.transport);
  wait_loaded (f);
  g_assert_cmpuint (count (f), ==, 6);
  g_assert_cmpuint (f->n_steps, ==, 1);
  g_assert_cmpint (kvar_record_list_get_total (f->list), ==, 6);

  g_assert_true (kvar_record_list_find_key (f->list, "20", &position));
  g_assert_cmpuint (position, ==, 2);
  still = g_list_model_get_item (G_LIST_MODEL (f->list), 2);
  g_assert_true (still == second);
}

static void
test_cancelled_page_is_asked_for_again (ListFixture   *f,
                                        gconstpointer  unused)
{
  for (guint i = 1; i <= 250; i++)
    add_row (f, i, "x");
  load (f);

  kvar_record_list_load_more (f->list);
  kvar_record_list_cancel (f->list);
  kvar_test_settle ();
  g_assert_false (kvar_record_list_get_loading (f->list));
  g_assert_null (kvar_record_list_get_error (f->list));
  g_assert_cmpuint (count (f), ==, 200);

  load (f);
  g_assert_cmpuint (count (f), ==, 250);
}

static void
test_rows_survive_an_error (ListFixture   *f,
                            gconstpointer  unused)
{
  for (guint i = 1; i <= 250; i++)
    add_row (f, i, "x");
  load (f);

  f->offline = TRUE;
  kvar_record_list_reload (f->list);
  wait_loaded (f);
  g_assert_cmpuint (count (f), ==, 200);
  g_assert_true (g_error_matches (kvar_record_list_get_error (f->list), KVAR_ERROR,
                                  KVAR_ERROR_OFFLINE));

  f->offline = FALSE;
  load (f);
  g_assert_null (kvar_record_list_get_error (f->list));
  g_assert_cmpuint (count (f), ==, 250);
}

static gboolean
has_asked (ListFixture *f,
           const char  *part)
{
  for (guint i = 0; i < kvar_test_transport_get_n_requests (f->s.transport); i++)
    {
      KvarRequest *request = kvar_test_transport_get_request (f->s.transport, i);

      if (strstr (kvar_request_get_path (request), part) != NULL)
        return TRUE;
    }

  return FALSE;
}

/* Ten rows of a megabyte come with 190 others, and are not asked for like that again. */
static void
test_heavy_pages_shrink (ListFixture   *f,
                         gconstpointer  unused)
{
  g_autofree char *megabyte = g_strnfill (1024 * 1024, 'x');

  for (guint i = 1; i <= 450; i++)
    add_row (f, i, i > 200 && i <= 210 ? megabyte : "x");
  load (f);
  load (f);
  g_assert_cmpuint (count (f), ==, 400);

  /* 4 MiB in rows of 52 KiB are 79 rows. */
  load (f);
  g_assert_cmpuint (count (f), ==, 450);
  g_assert_true (has_asked (f, "limit=79"));

  /* What is read anew begins as carefully. */
  kvar_record_list_reload (f->list);
  wait_loaded (f);
  g_assert_cmpuint (count (f), ==, 450);
}

static KvarReply *
slow_count_cb (KvarRequest  *request,
               gpointer      user_data,
               GError      **error)
{
  KvarReply *reply;

  if (g_strcmp0 (kvar_request_get_header (request, "Prefer"), "count=exact") == 0)
    return kvar_test_reply_new (500, "{\"code\":\"57014\",\"message\":\"timeout\"}");
  if (g_strcmp0 (kvar_request_get_header (request, "Prefer"), "count=planned") != 0)
    return NULL;

  reply = kvar_test_reply_new (206, "[{\"id\":\"1\"}]");
  kvar_reply_add_header (reply, "Content-Range", "0-0/3600000");

  return reply;
}

static void
test_slow_count_is_a_guess (ListFixture   *f,
                            gconstpointer  unused)
{
  add_row (f, 1, "x");
  kvar_test_transport_on (f->s.transport, "GET", "/rest/v1/jobs", slow_count_cb, f);
  load (f);
  kvar_test_wait_until (kvar_record_list_get_total (f->list) >= 0);
  g_assert_cmpint (kvar_record_list_get_total (f->list), ==, 3600000);
  g_assert_false (kvar_record_list_get_total_is_exact (f->list));
}

static KvarReply *
saved_cb (KvarRequest  *request,
          gpointer      user_data,
          GError      **error)
{
  return kvar_test_reply_new (200, "{\"id\":\"2\",\"title\":\"New\"}");
}

static void
test_follows_the_store (ListFixture   *f,
                        gconstpointer  unused)
{
  g_autoptr(KvarStore) store = kvar_store_new (f->s.session);
  g_autoptr(KvarRecord) record = NULL;
  g_autoptr(KvarDraft) draft = NULL;
  g_autoptr(GAsyncResult) saved = NULL;
  g_autoptr(GAsyncResult) deleted = NULL;
  g_autoptr(KvarRecord) result = NULL;

  for (guint i = 1; i <= 3; i++)
    add_row (f, i, "Old");
  load (f);
  kvar_record_list_follow (f->list, store);
  kvar_test_transport_on (f->s.transport, "PATCH", "/rest/v1/jobs", saved_cb, f);
  kvar_test_transport_on (f->s.transport, "DELETE", "/rest/v1/jobs", saved_cb, f);

  record = g_list_model_get_item (G_LIST_MODEL (f->list), 1);
  draft = kvar_draft_new (f->table, record);
  kvar_draft_set_input (draft, kvar_table_find_column (f->table, "title"), "New");
  kvar_store_save_async (store, draft, NULL, kvar_test_keep_result, &saved);
  kvar_test_wait_until (saved != NULL);
  result = kvar_store_save_finish (store, saved, NULL);
  g_assert_nonnull (result);
  g_assert_cmpstr (kvar_record_get_text (record, 1), ==, "New");
  g_assert_cmpuint (count (f), ==, 3);

  kvar_store_delete_async (store, record, NULL, kvar_test_keep_result, &deleted);
  kvar_test_wait_until (deleted != NULL);
  g_assert_true (kvar_store_delete_finish (store, deleted, NULL));
  g_assert_cmpuint (count (f), ==, 2);
  g_assert_false (kvar_record_list_find_key (f->list, "2", NULL));
  g_assert_cmpint (kvar_record_list_get_total (f->list), ==, 2);
}

static KvarReply *
no_place_cb (KvarRequest  *request,
             gpointer      user_data,
             GError      **error)
{
  guint *n_refused = user_data;

  if (strstr (kvar_request_get_path (request), "ctid") != NULL)
    {
      (*n_refused)++;
      return kvar_test_reply_new (400, "{\"code\":\"42703\",\"message\":\"no ctid\"}");
    }

  if (strstr (kvar_request_get_path (request), "offset=2") != NULL)
    return kvar_test_reply_new (200, "[]");

  return kvar_test_reply_new (200, "[{\"at\":\"2026-11-20\",\"line\":\"a\"},"
                                   "{\"at\":\"2026-11-20\",\"line\":\"a\"}]");
}

static void
test_counts_without_key_or_place (ListFixture   *f,
                                  gconstpointer  unused)
{
  g_autoptr(KvarTable) logs = kvar_test_table_new_logs ();
  g_autoptr(KvarRecordList) list = kvar_record_list_new (f->s.session, logs, f->query, NULL);
  guint n_refused = 0;

  kvar_test_transport_on (f->s.transport, "GET", "/rest/v1/logs", no_place_cb, &n_refused);
  kvar_record_list_load_more (list);
  kvar_test_wait_until (!kvar_record_list_get_loading (list));
  kvar_test_settle ();

  /* Rows that look alike are two. */
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 2);
  g_assert_true (kvar_record_list_get_complete (list));
  g_assert_cmpuint (n_refused, ==, 1);
}

/* The list as the next process finds it. */
static void
open_again (ListFixture *f,
            const char  *query)
{
  if (f->cache == NULL)
    {
      f->database = kvar_cache_open_database (g_get_user_cache_dir ());
      f->cache = kvar_cache_new (f->database, "norr", "anna");
    }

  g_assert_finalize_object (f->list);
  kvar_query_unref (f->query);
  f->query = kvar_query_parse (query, NULL);
  f->list = kvar_record_list_new (f->s.session, f->table, f->query, NULL);
  kvar_record_list_set_cache (f->list, f->cache);
  g_signal_connect_swapped (f->list, "items-changed", G_CALLBACK (steps_cb), f);
  f->n_steps = 0;
}

static void
wait_for_rows (ListFixture *f)
{
  kvar_record_list_load_more (f->list);
  kvar_test_wait_until (count (f) > 0);
}

static void
test_kept_rows_come_first (ListFixture   *f,
                           gconstpointer  unused)
{
  g_autoptr(GDateTime) loaded_at = NULL;
  g_autoptr(KvarRecord) second = NULL;
  g_autoptr(KvarRecord) still = NULL;

  for (guint i = 1; i <= 450; i++)
    add_row (f, i * 10, "x");
  open_again (f, "");
  load (f);
  load (f);
  loaded_at = g_date_time_ref (kvar_record_list_get_loaded_at (f->list));
  kvar_clock_advance (f->s.clock, 2 * KVAR_CLOCK_HOUR);
  open_again (f, "");

  kvar_test_transport_hold (f->s.transport);
  wait_for_rows (f);
  g_assert_cmpuint (count (f), ==, 400);
  g_assert_cmpint (kvar_record_list_get_total (f->list), ==, 450);
  g_assert_true (g_date_time_equal (kvar_record_list_get_loaded_at (f->list), loaded_at));
  g_assert_true (kvar_record_list_get_loading (f->list));
  second = g_list_model_get_item (G_LIST_MODEL (f->list), 1);

  /* The fresh rows take their places without moving those that stay. */
  add_row (f, 5, "before");
  f->n_steps = 0;
  kvar_test_transport_release (f->s.transport);
  wait_loaded (f);
  still = g_list_model_get_item (G_LIST_MODEL (f->list), 2);
  g_assert_true (still == second);
  g_assert_cmpuint (f->n_steps, ==, 2);
  g_assert_cmpint (g_date_time_compare (kvar_record_list_get_loaded_at (f->list), loaded_at), >, 0);

  while (!kvar_record_list_get_complete (f->list))
    load (f);
  g_assert_cmpuint (count (f), ==, 451);
}

static void
test_kept_rows_need_no_server (ListFixture   *f,
                               gconstpointer  unused)
{
  for (guint i = 1; i <= 3; i++)
    add_row (f, i, "x");
  open_again (f, "");
  load (f);
  open_again (f, "");

  f->offline = TRUE;
  wait_for_rows (f);
  wait_loaded (f);
  g_assert_cmpuint (count (f), ==, 3);
  g_assert_true (g_error_matches (kvar_record_list_get_error (f->list), KVAR_ERROR,
                                  KVAR_ERROR_OFFLINE));

  /* More is not asked for behind rows that nobody knows to be there still. */
  f->offline = FALSE;
  add_row (f, 4, "x");
  load (f);
  g_assert_cmpuint (count (f), ==, 4);
  g_assert_null (kvar_record_list_get_error (f->list));
}

/* SRCH-7: what was seen in other lists answers a query that the server cannot be asked. */
static void
test_kept_rows_answer_offline (ListFixture   *f,
                               gconstpointer  unused)
{
  for (guint i = 1; i <= 4; i++)
    add_row (f, i, i % 2 ? "odd" : "even");
  open_again (f, "id=lt.3");
  load (f);
  open_again (f, "id=gt.1");
  load (f);
  g_assert_false (kvar_record_list_get_judged_here (f->list));

  f->offline = TRUE;
  open_again (f, "title=eq.even&order=id.desc");
  wait_for_rows (f);
  wait_loaded (f);
  g_assert_cmpuint (count (f), ==, 2);
  g_assert_true (kvar_record_list_get_judged_here (f->list));
  g_assert_cmpint (kvar_record_list_get_total (f->list), ==, -1);
  g_assert_true (g_error_matches (kvar_record_list_get_error (f->list), KVAR_ERROR,
                                  KVAR_ERROR_OFFLINE));

  /* The server has the last word. */
  f->offline = FALSE;
  add_row (f, 6, "even");
  load (f);
  g_assert_cmpuint (count (f), ==, 3);
  g_assert_false (kvar_record_list_get_judged_here (f->list));
}

static void
test_kept_rows_are_no_guess (ListFixture   *f,
                             gconstpointer  unused)
{
  add_row (f, 1, "x");
  open_again (f, "");
  load (f);

  f->offline = TRUE;
  open_again (f, "title=wfts.x");
  kvar_record_list_load_more (f->list);
  wait_loaded (f);
  g_assert_cmpuint (count (f), ==, 0);
}

/* OFF-7: whoever may not read a table any more sees nothing of it, here or later. */
static void
test_kept_rows_go_when_denied (ListFixture   *f,
                               gconstpointer  unused)
{
  for (guint i = 1; i <= 3; i++)
    add_row (f, i, "x");
  open_again (f, "order=title");
  load (f);
  open_again (f, "");
  load (f);
  open_again (f, "");

  f->denied = TRUE;
  wait_for_rows (f);
  wait_loaded (f);
  g_assert_cmpuint (count (f), ==, 0);
  g_assert_true (g_error_matches (kvar_record_list_get_error (f->list), KVAR_ERROR,
                                  KVAR_ERROR_DENIED));

  f->denied = FALSE;
  f->offline = TRUE;
  open_again (f, "order=title");
  kvar_record_list_load_more (f->list);
  wait_loaded (f);
  g_assert_cmpuint (count (f), ==, 0);
}

/* Two others are at work: one row is changed, one is gone, and one is new. */
static void
test_news_of_others (ListFixture   *f,
                     gconstpointer  unused)
{
  g_autoptr(KvarListNews) news = NULL;
  g_autoptr(KvarRecord) second = NULL;

  for (guint i = 1; i <= 5; i++)
    add_row (f, i, "x");
  load (f);
  second = g_list_model_get_item (G_LIST_MODEL (f->list), 1);
  news = kvar_list_news_new (f->s.session, f->list, f->query, NULL);
  kvar_list_news_look (news, 0, 5);
  kvar_test_settle ();
  g_assert_cmpuint (kvar_list_news_get_n_changed (news), ==, 0);

  kvar_test_rows_clear (f->rows);
  for (guint i = 1; i <= 6; i++)
    if (i != 4)
      add_row (f, i, i == 2 ? "y" : "x");
  f->n_steps = 0;
  kvar_list_news_look (news, 0, 5);
  kvar_test_wait_until (kvar_list_news_get_n_changed (news) == 3);
  g_assert_cmpuint (f->n_steps, ==, 0);
  g_assert_cmpuint (count (f), ==, 5);
  g_assert_cmpstr (kvar_record_get_text (second, 1), ==, "x");

  kvar_list_news_clear (news);
  g_assert_cmpuint (kvar_list_news_get_n_changed (news), ==, 0);
  g_clear_object (&news);

  /* Offline there is nothing to tell, and nothing to complain of. */
  news = kvar_list_news_new (f->s.session, f->list, f->query, NULL);
  f->offline = TRUE;
  kvar_list_news_look (news, 0, 5);
  kvar_test_settle ();
  g_assert_cmpuint (kvar_list_news_get_n_changed (news), ==, 0);
}

#define ADD(path, query, func) \
  g_test_add (path, ListFixture, query, list_set_up, func, list_tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  ADD ("/record-list/load-more/page-by-page", NULL, test_page_by_page);
  ADD ("/record-list/load-more/server-cuts-pages", "order=due_on", test_server_cuts_pages);
  ADD ("/record-list/REST-40/heavy-pages-shrink", NULL, test_heavy_pages_shrink);
  ADD ("/record-list/load-more/no-rows", NULL, test_empty);
  ADD ("/record-list/load-more/without-key-or-place", NULL, test_counts_without_key_or_place);
  ADD ("/record-list/reload/keeps-rows", NULL, test_reload_keeps_rows);
  ADD ("/record-list/cancel/page-is-asked-for-again", NULL,
       test_cancelled_page_is_asked_for_again);
  ADD ("/record-list/error/rows-stay", NULL, test_rows_survive_an_error);
  ADD ("/record-list/total/slow-count-is-a-guess", NULL, test_slow_count_is_a_guess);
  ADD ("/record-list/follow/shows-what-is-saved", NULL, test_follows_the_store);
  ADD ("/record-list/kept-rows/come-first", NULL, test_kept_rows_come_first);
  ADD ("/record-list/kept-rows/need-no-server", NULL, test_kept_rows_need_no_server);
  ADD ("/record-list/SRCH-7/kept-rows-answer-offline", NULL, test_kept_rows_answer_offline);
  ADD ("/record-list/SRCH-7/kept-rows-are-no-guess", NULL, test_kept_rows_are_no_guess);
  ADD ("/record-list/kept-rows/go-when-denied", NULL, test_kept_rows_go_when_denied);
  ADD ("/list-news/GRID-15/of-others", NULL, test_news_of_others);

  return g_test_run ();
}
