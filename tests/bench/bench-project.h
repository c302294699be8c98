/* bench-project.h: a project whose one table has a million rows, and the page that lists them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The rows come as from a server, page by page, through the session; time is real.
 */

#pragma once

#include <stdlib.h>

#include "kvar-display-fixture.h"
#include "journal/kvar-journal.h"
#include "kvar-page.h"
#include "pages/kvar-records-page.h"
#include "widgets/grid/kvar-grid.h"

#define PROJECT_ROWS 1000000

#define PROJECT_COLUMN(name, type, nullable) \
  "{\"name\":\"" name "\",\"type\":\"" type "\",\"base_type\":\"" type "\"," \
  "\"nullable\":" nullable ",\"select\":true,\"insert\":true,\"update\":true," \
  "\"default\":null,\"identity\":null,\"generated\":false,\"enum\":null,\"comment\":null}"
#define PROJECT_TEXT(name) "," PROJECT_COLUMN (name, "text", "true")

static const char project_schema[] =
  "{\"version\":1,\"settings\":{},\"functions\":[],\"relations\":[{\"schema\":\"public\","
  "\"name\":\"jobs\",\"kind\":\"table\",\"comment\":null,\"insertable\":true,"
  "\"updatable\":true,\"deletable\":true,\"select_all\":true,\"primary_key\":[\"id\"],"
  "\"unique_keys\":[],\"foreign_keys\":[],\"columns\":["
  PROJECT_COLUMN ("id", "bigint", "false")
  PROJECT_TEXT ("b") PROJECT_TEXT ("c") PROJECT_TEXT ("d") PROJECT_TEXT ("e") PROJECT_TEXT ("f")
  PROJECT_TEXT ("g") PROJECT_TEXT ("h") PROJECT_TEXT ("i") PROJECT_TEXT ("j") PROJECT_TEXT ("k")
  PROJECT_TEXT ("l") "]}]}";

static inline gint64
project_find_number (const char *path,
                     const char *after,
                     gint64      otherwise)
{
  const char *found = strstr (path, after);

  return found != NULL ? g_ascii_strtoll (found + strlen (after), NULL, 10) : otherwise;
}

static inline void
project_append_row (GString *json,
                    gint64   id)
{
  g_string_append_printf (json, "%s{\"id\":\"%" G_GINT64_FORMAT "\",\"xmin\":\"811\"",
                          json->len > 1 ? "," : "", id);
  for (char column = 'b'; column <= 'l'; column++)
    g_string_append_printf (json, ",\"%c\":\"%" G_GINT64_FORMAT "/%c\"", column, id, column);
  g_string_append_c (json, '}');
}

/* Rows are numbered from 1, and sorted by that. */
static inline KvarReply *
project_answer_cb (KvarRequest  *request,
                   gpointer      user_data,
                   GError      **error)
{
  g_autofree char *path = g_uri_unescape_string (kvar_request_get_path (request), NULL);
  gboolean down = strstr (path, "id.desc") != NULL || strstr (path, "\"id\".desc") != NULL;
  gint64 limit = project_find_number (path, "limit=", 0);
  gint64 offset = project_find_number (path, "offset=", 0);
  gint64 id = down ? project_find_number (path, "lt.", PROJECT_ROWS + 1) - 1 - offset
                   : project_find_number (path, "gt.", 0) + 1 + offset;
  g_autoptr(GString) json = g_string_new ("[");
  g_autoptr(GBytes) body = NULL;
  KvarReply *reply;

  if (strstr (path, "rpc/kvar_schema") != NULL)
    return kvar_test_reply_new (200, project_schema);

  for (; limit > 0 && id >= 1 && id <= PROJECT_ROWS; limit--, id += down ? -1 : 1)
    project_append_row (json, id);
  g_string_append_c (json, ']');
  body = g_bytes_new (json->str, json->len);
  reply = kvar_reply_new (200, body);
  kvar_reply_add_header (reply, "Content-Type", "application/json; charset=utf-8");
  kvar_reply_add_header (reply, "Content-Range",
                         "*/" G_STRINGIFY (PROJECT_ROWS));

  return reply;
}

static inline void
project_set_up (DisplayFixture *f)
{
  g_autoptr(KvarDatabase) journal = NULL;

  f->state_dir = g_dir_make_tmp ("kvar-bench-XXXXXX", NULL);
  f->transport = kvar_test_transport_new ();
  f->vault = kvar_test_vault_new ();
  f->clock = kvar_clock_new ();
  f->auth = kvar_test_auth_new (f->transport, f->clock);
  f->session = kvar_test_session_new_plain (f->transport, KVAR_VAULT (f->vault), f->clock,
                                            f->state_dir);
  f->window = g_object_ref (GTK_WINDOW (gtk_window_new ()));
  kvar_test_transport_on (f->transport, NULL, "/rest/v1/", project_answer_cb, f);
  kvar_test_session_sign_in (f->session);
  display_add_workspace (f);
  journal = kvar_journal_new_database (f->state_dir);
  kvar_workspace_set_journal_database (f->workspace, journal);
  kvar_test_wait_until (kvar_workspace_get_schema (f->workspace) != NULL);
}

/* The page as the window shows it. */
static inline KvarPage *
project_new_page (KvarWorkspace *workspace)
{
  g_autoptr(KvarRoute) route =
    kvar_route_parse ("/records/jobs?select=id,b,c,d,e,f,g,h,i,j,k,l", NULL);

  return g_object_new (KVAR_TYPE_RECORDS_PAGE, "route", route, "workspace", workspace, NULL);
}
