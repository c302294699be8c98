/* kvar-files-fixture.h: a page on a project that keeps files, and what it asks of the window
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kvar-records-fixture.h"

typedef struct
{
  RecordsFixture  r;
  const char     *buckets;    /* what the server tells of them */
  const char     *folder;     /* what it tells of any folder */
  gboolean        offline;
  gboolean        exists;     /* what is uploaded is there already */
  gboolean        missing;    /* what is asked for is not there */
  guint           n_asked;    /* how often it was asked what a file is */
  guint           n_deleted;
  char           *uploaded;   /* (nullable) the path of the last upload */
  char           *opened;     /* (nullable) what the window was asked to open */
} FilesFixture;

#define FILES_OBJECT(name) "{\"name\":\"" name "\",\"id\":\"1\"," \
  "\"updated_at\":\"2026-11-20T10:00:00Z\"," \
  "\"metadata\":{\"size\":5,\"mimetype\":\"text/plain\"}}"

#define FILES_FOLDER "{\"hasNext\":false,\"folders\":[{\"name\":\"property-1/\"}]," \
  "\"objects\":[" FILES_OBJECT ("Read me.txt") "," FILES_OBJECT ("setup.exe") "]}"
#define FILES_EMPTY "{\"hasNext\":false,\"folders\":[],\"objects\":[]}"
#define FILES_EXISTS "{\"statusCode\":\"409\",\"code\":\"KeyAlreadyExists\"," \
  "\"error\":\"Duplicate\",\"message\":\"exists\"}"
#define FILES_MISSING "{\"statusCode\":\"404\",\"code\":\"NoSuchKey\"," \
  "\"error\":\"not_found\",\"message\":\"Object not found\"}"
#define FILES_INFO "{\"size\":5,\"content_type\":\"text/plain\"," \
  "\"last_modified\":\"2026-11-20T10:00:00Z\",\"etag\":\"e\",\"metadata\":{}}"

static inline KvarReply *
files_answer_part (void)
{
  KvarReply *reply = kvar_test_reply_new (206, "hello");

  kvar_reply_add_header (reply, "Content-Range", "bytes 0-4/5");
  kvar_reply_add_header (reply, "Content-Type", "text/plain");
  kvar_reply_add_header (reply, "ETag", "\"e\"");

  return reply;
}

static inline KvarReply *
files_answer_cb (KvarRequest  *request,
                 gpointer      user_data,
                 GError      **error)
{
  FilesFixture *f = user_data;
  const char *path = kvar_request_get_path (request);
  const char *method = kvar_request_get_method (request);

  if (f->offline)
    {
      *error = kvar_error_new_full (KVAR_ERROR_OFFLINE, 0, NULL, "The cable is out");
      return NULL;
    }

  if (g_str_has_prefix (path, "/storage/v1/bucket"))
    return kvar_test_reply_new (200, f->buckets);
  if (g_str_has_prefix (path, "/storage/v1/object/list-v2/"))
    return kvar_test_reply_new (200, strstr (path, "/nothing") != NULL ? FILES_EMPTY : f->folder);
  if (g_str_has_prefix (path, "/storage/v1/object/list/"))
    return kvar_test_reply_new (200, "[" FILES_OBJECT ("Read me.txt") "]");
  if (g_str_equal (method, "DELETE"))
    {
      f->n_deleted++;
      return kvar_test_reply_new (200, "[" FILES_OBJECT ("Read me.txt") "]");
    }
  if (f->missing)
    return kvar_test_reply_new (400, FILES_MISSING);
  if (strstr (path, "/object/info/") != NULL)
    {
      f->n_asked++;
      return kvar_test_reply_new (200, FILES_INFO);
    }
  if (g_str_equal (method, "GET"))
    return files_answer_part ();

  g_free (f->uploaded);
  f->uploaded = g_strdup (path);
  if (f->exists && g_str_equal (kvar_request_get_header (request, "x-upsert"), "false"))
    return kvar_test_reply_new (400, FILES_EXISTS);

  return kvar_test_reply_new (200, "{\"Id\":\"1\",\"Key\":\"k\"}");
}

static inline void
files_open_cb (GSimpleAction *action,
               GVariant      *parameter,
               gpointer       user_data)
{
  FilesFixture *f = user_data;

  g_free (f->opened);
  f->opened = g_variant_dup_string (parameter, NULL);
}

static inline void
files_set_up (FilesFixture  *f,
              gconstpointer  unused)
{
  g_autoptr(GSimpleAction) open_file = g_simple_action_new ("open-file",
                                                            G_VARIANT_TYPE_STRING);

  f->buckets = "[{\"id\":\"drawings\"},{\"id\":\"pictures\"}]";
  f->folder = FILES_FOLDER;
  records_set_up (&f->r, NULL);
  kvar_test_transport_on (f->r.display.transport, NULL, "/storage/v1/", files_answer_cb, f);
  g_signal_connect (open_file, "activate", G_CALLBACK (files_open_cb), f);
  g_action_map_add_action (G_ACTION_MAP (f->r.actions), G_ACTION (open_file));
}

static inline void
files_tear_down (FilesFixture  *f,
                 gconstpointer  unused)
{
  records_tear_down (&f->r, NULL);
  g_free (f->uploaded);
  g_free (f->opened);
}
