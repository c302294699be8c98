/* kvar-records-fixture.h: a page on a project with one table, and what it asks of the window
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kvar-display-fixture.h"
#include "kvar-page.h"
#include "kvar-test-rows.h"
#include "widgets/kvar-form.h"

typedef struct
{
  DisplayFixture  display;
  KvarTestRows   *rows;
  KvarPage       *page;         /* (nullable) until records_open () */
  gboolean        offline;      /* the tables cannot be reached */
  int             status;       /* of a change, 200 when it is made */
  const char     *reply;        /* of a change that is refused */
  char           *sent;         /* (nullable) the body of the last change */
  guint           n_sent;
  char           *navigated;    /* (nullable) the route that was asked for last */
  guint           n_sign_ins;
  GPtrArray      *toasts;       /* what the window was asked to say */
  GActionMap     *actions;      /* the window's, as far as a test needs them */
} RecordsFixture;

#define RECORDS_COLUMN_SAID(name, type, base, nullable, more, comment) \
  "{\"name\":\"" name "\",\"type\":\"" type "\",\"base_type\":\"" base "\"," \
  "\"nullable\":" nullable ",\"select\":true,\"insert\":true,\"update\":true," \
  "\"default\":null,\"identity\":null,\"generated\":false,\"enum\":null," more \
  "\"comment\":" comment "}"
#define RECORDS_COLUMN(name, type, base, nullable, more) \
  RECORDS_COLUMN_SAID (name, type, base, nullable, more, "null")

/* A test of functions says which there are. */
#ifndef RECORDS_FUNCTIONS
#define RECORDS_FUNCTIONS ""
#endif

/* A test of directives says what the owner has said of a column. */
#ifndef RECORDS_REMARK_COMMENT
#define RECORDS_REMARK_COMMENT "null"
#endif

/* Nor of another table than this one. */
#ifndef RECORDS_SCHEMA
#define RECORDS_SCHEMA \
  "{\"version\":1,\"settings\":{},\"functions\":[" RECORDS_FUNCTIONS "]," \
  "\"relations\":[{\"schema\":\"public\"," \
  "\"name\":\"jobs\",\"kind\":\"table\",\"comment\":null,\"insertable\":true," \
  "\"updatable\":true,\"deletable\":true,\"select_all\":true,\"primary_key\":[\"id\"]," \
  "\"unique_keys\":[],\"foreign_keys\":[],\"columns\":[" \
  RECORDS_COLUMN ("id", "bigint", "bigint", "false", "") "," \
  RECORDS_COLUMN ("title", "text", "text", "false", "") "," \
  RECORDS_COLUMN ("price", "numeric(12,2)", "numeric(12,2)", "true", "") "," \
  RECORDS_COLUMN ("due_on", "date", "date", "true", "") "," \
  RECORDS_COLUMN_SAID ("remark", "text", "text", "true", "", RECORDS_REMARK_COMMENT) "," \
  RECORDS_COLUMN ("done", "boolean", "boolean", "true", "") "]}]}"
#endif

static inline KvarReply *
records_answer_cb (KvarRequest  *request,
                   gpointer      user_data,
                   GError      **error)
{
  RecordsFixture *f = user_data;
  const char *method = kvar_request_get_method (request);
  GBytes *body = kvar_request_get_body (request);
  gsize size = 0;
  const char *data = body != NULL ? g_bytes_get_data (body, &size) : "";

  if (f->offline)
    {
      *error = kvar_error_new_full (KVAR_ERROR_OFFLINE, 0, NULL, "The cable is out");
      return NULL;
    }

  if (strstr (kvar_request_get_path (request), "rpc/kvar_schema") != NULL)
    return kvar_test_reply_new (200, RECORDS_SCHEMA);
  if (g_str_equal (method, "GET"))
    return kvar_test_rows_answer (f->rows, request);

  g_free (f->sent);
  f->sent = g_strndup (data, size);
  f->n_sent++;

  return kvar_test_reply_new (f->status, f->reply);
}

static inline void
records_navigate_cb (GSimpleAction *action,
                     GVariant      *parameter,
                     gpointer       user_data)
{
  RecordsFixture *f = user_data;

  g_free (f->navigated);
  f->navigated = g_variant_dup_string (parameter, NULL);
}

static inline void
records_sign_in_cb (GSimpleAction *action,
                    GVariant      *parameter,
                    gpointer       user_data)
{
  RecordsFixture *f = user_data;

  f->n_sign_ins++;
}

static inline void
records_toast_cb (GSimpleAction *action,
                  GVariant      *parameter,
                  gpointer       user_data)
{
  RecordsFixture *f = user_data;

  g_ptr_array_add (f->toasts, g_variant_dup_string (parameter, NULL));
}

static inline void
records_add_row (RecordsFixture *f,
                 const char     *id,
                 const char     *title,
                 const char     *price)
{
  const char *const values[] = { id, title, price, NULL, NULL, NULL, "811" };

  kvar_test_rows_add (f->rows, values);
}

static inline void
records_set_up (RecordsFixture *f,
                gconstpointer   unused)
{
  static const char *const columns[] = {
    "id", "title", "price", "due_on", "remark", "done", "xmin", NULL
  };
  static const GActionEntry actions[] = {
    { "navigate", records_navigate_cb, "s" },
    { "sign-in", records_sign_in_cb },
    { "toast", records_toast_cb, "s" },
  };
  g_autoptr(GSimpleActionGroup) group = g_simple_action_group_new ();

  display_set_up (&f->display);
  f->rows = kvar_test_rows_new (columns);
  f->status = 200;
  f->toasts = g_ptr_array_new_with_free_func (g_free);
  records_add_row (f, "1", "Roof", "12.50");
  records_add_row (f, "2", "Cellar", "7.00");
  records_add_row (f, "3", "Attic", NULL);

  f->actions = G_ACTION_MAP (group);
  g_action_map_add_action_entries (f->actions, actions, G_N_ELEMENTS (actions), f);
  gtk_widget_insert_action_group (GTK_WIDGET (f->display.window), "win", G_ACTION_GROUP (group));

  kvar_test_transport_on (f->display.transport, NULL, "/rest/v1/", records_answer_cb, f);
  kvar_test_session_sign_in (f->display.session);
  display_add_workspace (&f->display);
  kvar_test_wait_until (kvar_workspace_get_schema (f->display.workspace) != NULL);
}

static inline void
records_tear_down (RecordsFixture *f,
                   gconstpointer   unused)
{
  f->page = NULL;
  display_tear_down (&f->display);
  kvar_test_rows_free (f->rows);
  g_free (f->navigated);
  g_free (f->sent);
  g_ptr_array_unref (f->toasts);
}

static inline KvarPage *
records_new_page (RecordsFixture *f,
                  GType           type,
                  const char     *route)
{
  g_autoptr(KvarRoute) parsed = kvar_route_parse (route, NULL);

  g_assert_nonnull (parsed);

  return g_object_new (type, "route", parsed, "workspace", f->display.workspace, NULL);
}

/* Opens a page of @type as the navigator does, in the window. */
static inline KvarPage *
records_open (RecordsFixture *f,
              GType           type,
              const char     *route)
{
  f->page = records_new_page (f, type, route);
  display_show (&f->display, GTK_WIDGET (f->page));
  kvar_page_load (f->page);
  kvar_page_grab_default_focus (f->page);

  return f->page;
}

static inline void
records_activate (KvarPage   *page,
                  const char *action,
                  GVariant   *parameter)
{
  g_autoptr(GVariant) sunk = parameter != NULL ? g_variant_ref_sink (parameter) : NULL;

  g_action_group_activate_action (G_ACTION_GROUP (kvar_page_get_actions (page)), action, sunk);
}

static inline gboolean
records_action_enabled (KvarPage   *page,
                        const char *action)
{
  return g_action_group_get_action_enabled (G_ACTION_GROUP (kvar_page_get_actions (page)), action);
}

static inline const char *
records_stack_page (KvarPage *page)
{
  return gtk_stack_get_visible_child_name (GTK_STACK (display_child (page, "stack")));
}

static inline KvarForm *
records_form (KvarPage *page)
{
  return KVAR_FORM (display_child (page, "form"));
}

/* The widget that is typed into. */
static inline GtkWidget *
records_find_text (GtkWidget *widget)
{
  if (GTK_IS_ENTRY (widget) || GTK_IS_TEXT_VIEW (widget))
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget);
       child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = records_find_text (child);

      if (found != NULL)
        return found;
    }

  return NULL;
}

static inline GtkEditable *
records_entry (KvarPage   *page,
               const char *column)
{
  KvarField *field = kvar_form_get_field (records_form (page), column);

  g_assert_nonnull (field);

  return GTK_EDITABLE (records_find_text (GTK_WIDGET (field)));
}

/* How many requests for the table there were with @part in their unescaped path. */
static inline guint
records_count (RecordsFixture *f,
               const char     *method,
               const char     *part)
{
  guint n = 0;

  for (guint i = 0; i < kvar_test_transport_get_n_requests (f->display.transport); i++)
    {
      KvarRequest *request = kvar_test_transport_get_request (f->display.transport, i);
      g_autofree char *path = g_uri_unescape_string (kvar_request_get_path (request), NULL);

      n += g_str_equal (kvar_request_get_method (request), method) &&
           strstr (path, "/rest/v1/jobs") != NULL && strstr (path, part) != NULL;
    }

  return n;
}
