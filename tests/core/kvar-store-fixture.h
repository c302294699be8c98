/* kvar-store-fixture.h: a store, a draft to save, and the answers that a server will give
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kvar-session-fixture.h"
#include "kvar-test-table.h"
#include "records/kvar-store.h"

#define ID "11111111-1111-4111-8111-111111111111"

typedef struct _StoreFixture StoreFixture;

struct _StoreFixture
{
  Fixture     s;
  KvarTable  *table;
  KvarStore  *store;
  KvarRecord *record;
  KvarDraft  *draft;
  KvarColumn *title;
  KvarColumn *price;
  GPtrArray  *answers;      /* of KvarReply, or NULL for a lost answer; in order */
  guint       n_answered;
  guint       n_saved;
  guint       n_deleted;

  void      (*before_loss) (StoreFixture *f);   /* (nullable) while the answer is waited for */
};

static inline KvarReply *
answer_cb (KvarRequest  *request,
           gpointer      user_data,
           GError      **error)
{
  StoreFixture *f = user_data;
  KvarReply *reply;

  if (f->n_answered >= f->answers->len)
    g_error ("No answer for %s %s", kvar_request_get_method (request),
             kvar_request_get_path (request));

  reply = g_ptr_array_index (f->answers, f->n_answered++);
  if (reply != NULL)
    return kvar_reply_ref (reply);

  if (f->before_loss != NULL)
    f->before_loss (f);
  *error = kvar_error_new_full (kvar_request_get_repeatable (request)
                                ? KVAR_ERROR_OFFLINE : KVAR_ERROR_UNKNOWN_OUTCOME,
                                0, NULL, "The answer was lost");

  return NULL;
}

static inline void
answer (StoreFixture *f,
        int           status,
        const char   *body)
{
  g_ptr_array_add (f->answers, body != NULL ? kvar_test_reply_new (status, body) : NULL);
}

static inline void
lose_answer (StoreFixture *f)
{
  g_ptr_array_add (f->answers, NULL);
}

static inline void
free_reply (gpointer reply)
{
  if (reply != NULL)
    kvar_reply_unref (reply);
}

static inline void
saved_cb (StoreFixture *f)
{
  f->n_saved++;
}

static inline void
deleted_cb (StoreFixture *f)
{
  f->n_deleted++;
}

static inline void
store_set_up (StoreFixture  *f,
              gconstpointer  is_new)
{
  fixture_set_up (&f->s, NULL);
  f->answers = g_ptr_array_new_with_free_func (free_reply);
  kvar_test_transport_on (f->s.transport, NULL, "/rest/v1/jobs", answer_cb, f);
  kvar_test_session_sign_in (f->s.session);

  f->table = kvar_test_table_new_jobs ();
  f->title = kvar_table_find_column (f->table, "title");
  f->price = kvar_table_find_column (f->table, "price");
  f->store = kvar_store_new (f->s.session);
  g_signal_connect_swapped (f->store, "saved", G_CALLBACK (saved_cb), f);
  g_signal_connect_swapped (f->store, "deleted", G_CALLBACK (deleted_cb), f);

  f->record = kvar_record_new (f->table);
  kvar_record_set_text (f->record, 0, ID);
  kvar_record_set_text (f->record, 1, "Roof");
  kvar_record_set_text (f->record, 2, "12.50");
  kvar_record_set_text (f->record, 3, NULL);
  kvar_record_set_xmin (f->record, "811");
  f->draft = kvar_draft_new (f->table, GPOINTER_TO_INT (is_new) ? NULL : f->record);
  kvar_draft_set_input (f->draft, f->title, "Roofs");
}

static inline void
store_tear_down (StoreFixture  *f,
                 gconstpointer  unused)
{
  g_assert_cmpuint (f->n_answered, ==, f->answers->len);
  g_assert_finalize_object (f->draft);
  g_assert_finalize_object (f->record);
  g_assert_finalize_object (f->store);
  g_ptr_array_unref (f->answers);
  g_assert_finalize_object (f->table);
  fixture_tear_down (&f->s, NULL);
}

static inline KvarRecord *
save (StoreFixture  *f,
      GError       **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  kvar_store_save_async (f->store, f->draft, NULL, kvar_test_keep_result, &result);
  kvar_test_wait_until (result != NULL);

  return kvar_store_save_finish (f->store, result, error);
}

static inline void
assert_saves (StoreFixture *f,
              const char   *title)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(KvarRecord) saved = save (f, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (kvar_record_get_text (saved, 1), ==, title);
  g_assert_false (kvar_draft_get_changed (f->draft));
  g_assert_cmpuint (f->n_saved, ==, 1);
}

static inline void
assert_save_fails (StoreFixture *f,
                   int           code)
{
  g_autoptr(GError) error = NULL;

  g_assert_null (save (f, &error));
  g_assert_error (error, KVAR_ERROR, code);
  g_assert_true (kvar_draft_get_changed (f->draft));
  g_assert_cmpuint (f->n_saved, ==, 0);
}

/* The n-th request for jobs, counted from 0. */
static inline KvarRequest *
nth_request (StoreFixture *f,
             guint         n)
{
  for (guint i = 0; i < kvar_test_transport_get_n_requests (f->s.transport); i++)
    {
      KvarRequest *request = kvar_test_transport_get_request (f->s.transport, i);

      if (g_str_has_prefix (kvar_request_get_path (request), "/rest/v1/jobs") && n-- == 0)
        return request;
    }

  g_assert_not_reached ();
}

static inline void
assert_sent (StoreFixture *f,
             guint         n,
             const char   *method,
             const char   *in_path,
             const char   *body)
{
  KvarRequest *request = nth_request (f, n);
  g_autofree char *path = g_uri_unescape_string (kvar_request_get_path (request), NULL);
  gsize size;
  const char *data;

  g_assert_cmpstr (kvar_request_get_method (request), ==, method);
  if (strstr (path, in_path) == NULL)
    g_error ("%s is not in %s", in_path, path);
  if (body == NULL)
    return;

  data = g_bytes_get_data (kvar_request_get_body (request), &size);
  g_assert_cmpmem (data, size, body, strlen (body));
}

#define ROW(title, price, xmin) \
  "{\"id\":\"" ID "\",\"title\":\"" title "\",\"price\":\"" price "\",\"due_on\":null," \
  "\"contact_id\":null,\"details\":null,\"total\":null,\"xmin\":\"" xmin "\"}"
#define NO_ROW \
  "{\"code\":\"PGRST116\",\"details\":\"The result contains 0 rows\",\"message\":\"no\"}"

#define ADD(path, is_new, func) \
  g_test_add (path, StoreFixture, GINT_TO_POINTER (is_new), store_set_up, func, store_tear_down)
