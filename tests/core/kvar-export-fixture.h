/* kvar-export-fixture.h: an export of jobs that a script answers, with a fault in the middle
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <unistd.h>

#include "export/kvar-export-job.h"
#include "kvar-paths.h"
#include "kvar-session-fixture.h"
#include "kvar-test-rows.h"
#include "kvar-test-table.h"

typedef struct
{
  Fixture       s;
  KvarTable    *table;
  KvarTestRows *rows;
  KvarQuery    *query;
  char         *folder;
  char         *path;
  GFile        *target;
  /* Faults: what the n-th page gets instead, counted from 1. */
  guint         n_pages;
  guint         bad_page;
  int           bad_status;
  const char   *bad_body;
  gboolean      bad_for_ever;
  void        (*at_bad_page) (gpointer fixture);
} ExportFixture;

static inline gboolean
is_page (KvarRequest *request)
{
  return kvar_request_get_header (request, "Prefer") == NULL;
}

static inline KvarReply *
answer_cb (KvarRequest  *request,
           gpointer      user_data,
           GError      **error)
{
  ExportFixture *f = user_data;
  g_autofree char *bearer = NULL;

  /* An old token is the auth server's business. */
  bearer = g_strconcat ("Bearer ", kvar_test_auth_get_access (f->s.auth), NULL);
  if (g_strcmp0 (kvar_request_get_header (request, "Authorization"), bearer) != 0)
    return NULL;

  if (!is_page (request))
    return kvar_test_rows_answer (f->rows, request);

  g_assert_cmpint (kvar_request_get_lane (request), ==, KVAR_LANE_BULK);
  f->n_pages++;
  if (f->bad_page > 0 && (f->n_pages == f->bad_page || (f->bad_for_ever &&
                                                        f->n_pages > f->bad_page)))
    {
      if (f->at_bad_page != NULL)
        f->at_bad_page (f);
      if (f->bad_status > 0)
        return kvar_test_reply_new (f->bad_status, f->bad_body);
      if (f->at_bad_page != NULL)
        return NULL;

      *error = kvar_error_new_full (KVAR_ERROR_OFFLINE, 0, NULL, "The cable is out");
      return NULL;
    }

  return kvar_test_rows_answer (f->rows, request);
}

static inline void
add_rows (ExportFixture *f,
          guint          n_rows)
{
  static const char *const due[] = { NULL, "2026-11-20", "2026-11-21", "2026-11-20" };

  for (guint i = 0; i < n_rows; i++)
    {
      g_autofree char *id = g_strdup_printf ("%u", i + 1);
      g_autofree char *title = g_strdup_printf ("Job \"%u\", å", i + 1);
      const char *const values[] = {
        id, title, i % 3 == 0 ? NULL : "12.50", due[i % 4], NULL, i % 5 == 0 ? "" : "{}", "1",
      };

      kvar_test_rows_add (f->rows, values);
    }
}

static inline void
export_set_up (ExportFixture *f,
               gconstpointer  query)
{
  static const char *const columns[] = {
    "id", "title", "price", "due_on", "contact_id", "details", "total", NULL
  };

  fixture_set_up (&f->s, NULL);
  kvar_test_transport_on (f->s.transport, "GET", "/rest/v1/jobs", answer_cb, f);
  kvar_test_session_sign_in (f->s.session);

  f->table = kvar_test_table_new_jobs ();
  f->rows = kvar_test_rows_new (columns);
  kvar_test_rows_set_max_rows (f->rows, 7);
  add_rows (f, 50);
  f->query = kvar_query_parse (query != NULL ? query : "", NULL);

  f->folder = g_dir_make_tmp ("kvar-export-XXXXXX", NULL);
  f->path = g_build_filename (f->folder, "jobs.csv", NULL);
  f->target = g_file_new_for_path (f->path);
}

static inline guint
count_files (const char *folder)
{
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  guint n = 0;

  while (dir != NULL && g_dir_read_name (dir) != NULL)
    n++;

  return n;
}

/* Whatever happened, nothing half done lies about. */
static inline void
export_tear_down (ExportFixture *f,
                  gconstpointer  unused)
{
  g_autofree char *parts = g_build_filename (kvar_paths_get_data_dir (), "exports", NULL);

  g_assert_cmpuint (count_files (parts), ==, 0);
  g_assert_cmpuint (count_files (f->folder), <=, 1);
  g_unlink (f->path);
  g_assert_cmpint (g_rmdir (f->folder), ==, 0);
  g_free (f->folder);
  g_free (f->path);
  g_object_unref (f->target);
  kvar_query_unref (f->query);
  kvar_test_rows_free (f->rows);
  g_assert_finalize_object (f->table);
  fixture_tear_down (&f->s, NULL);
}

static inline char *
expected_csv (ExportFixture *f,
              const char    *order)
{
  g_autoptr(KvarQuery) query = kvar_query_with_order (f->query, order);
  GString *csv = g_string_new ("title,id,due_on,details\r\n");

  kvar_test_rows_sort (f->rows, query);
  for (guint i = 0; i < kvar_test_rows_get_size (f->rows); i++)
    {
      const char *id = kvar_test_rows_get (f->rows, i, "id");
      const char *due_on = kvar_test_rows_get (f->rows, i, "due_on");
      const char *details = kvar_test_rows_get (f->rows, i, "details");

      g_string_append_printf (csv, "\"Job \"\"%s\"\", å\",%s,%s,%s\r\n", id, id,
                              due_on != NULL ? due_on : "",
                              *details != '\0' ? details : "\"\"");
    }

  return g_string_free (csv, FALSE);
}

static inline KvarExportJob *
start (ExportFixture *f,
       GAsyncResult **result)
{
  static const char *const columns[] = { "title", "id", "due_on", "details", NULL };
  KvarExportJob *job;

  job = kvar_export_job_new (f->s.session, f->table, f->query, columns, KVAR_FILE_CSV,
                             f->target);
  kvar_export_job_run_async (job, NULL, kvar_test_keep_result, result);

  return job;
}

static inline gboolean
finish (KvarExportJob *job,
        GAsyncResult **result,
        GError       **error)
{
  g_autoptr(GAsyncResult) owned = NULL;

  kvar_test_wait_until (*result != NULL);
  owned = g_steal_pointer (result);

  return kvar_export_job_run_finish (job, owned, error);
}

static inline void
assert_file (ExportFixture *f,
             const char    *order)
{
  g_autofree char *expected = expected_csv (f, order);
  g_autofree char *contents = NULL;
  g_autoptr(GError) error = NULL;

  g_file_get_contents (f->path, &contents, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (contents, ==, expected);
}
