/* test-hostile-replies.c: whatever a server says of records, nothing breaks, hangs or shows it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Everything that asks for records or for what they are gets one bad answer after the other:
 * listed ones, and good ones that were damaged at random. KVAR_TEST_SEED
 * takes other damage than usual.
 */

#include "config.h"

#include <string.h>

#include "functions/kvar-function-call.h"
#include "kvar-error-text.h"
#include "kvar-store-fixture.h"
#include "records/kvar-record-count.h"
#include "records/kvar-record-list.h"
#include "records/kvar-value-format.h"
#include "schema/kvar-schema-loader.h"

/* Stands wherever a server's own words are; people must not see it. */
#define LEAK "L3AK"

#define N_DAMAGED 60

typedef struct
{
  Fixture           s;
  KvarTable        *table;
  KvarStore        *store;
  KvarSchemaLoader *loader;
  KvarFunction     *function;
  KvarRecord       *record;
  GRand            *rand;

  int               status;
  GBytes           *body;
  const char       *type;     /* (nullable) */
  const char       *range;    /* (nullable) */
} HostileFixture;

/* Asks for something, waits, and looks at what became of it. */
typedef void (*Ask) (HostileFixture *f);

static KvarReply *
hostile_cb (KvarRequest  *request,
            gpointer      user_data,
            GError      **error)
{
  HostileFixture *f = user_data;
  KvarReply *reply = kvar_reply_new (f->status, f->body);

  if (f->type != NULL)
    kvar_reply_add_header (reply, "Content-Type", f->type);
  if (f->range != NULL)
    kvar_reply_add_header (reply, "Content-Range", f->range);

  return reply;
}

static void
hostile_set_up (HostileFixture *f,
                gconstpointer   unused)
{
  const char *chosen = g_getenv ("KVAR_TEST_SEED");
  guint32 seed = chosen != NULL ? (guint32)g_ascii_strtoull (chosen, NULL, 10) : 20261125;

  fixture_set_up (&f->s, NULL);
  kvar_test_transport_on (f->s.transport, NULL, "/rest/v1/", hostile_cb, f);
  kvar_test_session_sign_in (f->s.session);
  f->table = kvar_test_table_new_jobs ();
  f->store = kvar_store_new (f->s.session);
  f->loader = kvar_schema_loader_new (f->s.session, f->s.state_dir);
  f->function = kvar_function_new ("report");
  kvar_function_set_result_type (f->function, "text", FALSE);
  f->record = kvar_record_new (f->table);
  kvar_record_set_text (f->record, 0, ID);
  kvar_record_set_text (f->record, 1, "Roof");
  kvar_record_set_xmin (f->record, "811");

  g_test_message ("seed %u", seed);
  f->rand = g_rand_new_with_seed (seed);
}

static void
hostile_tear_down (HostileFixture *f,
                   gconstpointer   unused)
{
  kvar_test_settle ();
  g_rand_free (f->rand);
  g_clear_pointer (&f->body, g_bytes_unref);
  g_assert_finalize_object (f->record);
  g_assert_finalize_object (f->loader);
  g_assert_finalize_object (f->store);

  /* A thread that has read a reply lets go of these a little after its reader has it. */
  kvar_test_wait_until (g_atomic_int_get (&G_OBJECT (f->function)->ref_count) == 1 &&
                        g_atomic_int_get (&G_OBJECT (f->table)->ref_count) == 1);
  g_assert_finalize_object (f->function);
  g_assert_finalize_object (f->table);
  fixture_tear_down (&f->s, NULL);
}

static gboolean
tick_cb (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

/* Until it is done, while the time passes in which things are tried again. A thread may be at
 * work as well, whose time is not the clock's. */
static void
wait_while (HostileFixture *f,
            gboolean      (*is_busy) (gpointer what),
            gpointer        what)
{
  gint64 deadline = kvar_test_deadline ();
  guint tick;

  kvar_test_settle ();
  tick = g_timeout_add (1, tick_cb, NULL);
  while (is_busy (what))
    {
      kvar_test_iterate (deadline, "it has ended, well or not", __FILE__, __LINE__, G_STRFUNC);
      fixture_pass (&f->s, KVAR_CLOCK_SECOND);
    }
  g_source_remove (tick);
}

static gboolean
is_awaited (gpointer result)
{
  return *(GAsyncResult **)result == NULL;
}

static void
wait_for (HostileFixture *f,
          GAsyncResult  **result)
{
  wait_while (f, is_awaited, result);
}

static gboolean
is_loading (gpointer list)
{
  return kvar_record_list_get_loading (list);
}

/* People may read what becomes of @error. */
static void
assert_fit (HostileFixture *f,
            const GError   *error)
{
  g_autofree char *text = NULL;
  g_autofree char *table_text = NULL;

  if (error == NULL)
    return;

  g_assert_true (error->domain == KVAR_ERROR);
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
  text = kvar_error_text (error);
  table_text = kvar_error_text_for_table (error, f->table);
  for (guint i = 0; i < 2; i++)
    {
      const char *shown = i == 0 ? text : table_text;

      g_assert_null (strstr (shown, LEAK));
      g_assert_null (strchr (shown, '<'));
      g_assert_null (strchr (shown, '{'));
      g_assert_cmpint (strlen (shown), <, 300);
      g_assert_true (g_utf8_validate (shown, -1, NULL));
    }
}

/* As a list and a form show it. */
static void
look_at (HostileFixture *f,
         KvarRecord     *record)
{
  g_autofree char *title = kvar_record_get_title (record);
  g_autofree char *key = kvar_record_get_key_string (record);

  for (guint i = 0; i < kvar_table_get_n_columns (f->table); i++)
    {
      g_autoptr(KvarValue) value =
        kvar_record_get_value (record, kvar_table_get_column (f->table, i));
      g_autofree char *display = value != NULL ? kvar_value_to_display (value) : NULL;
      g_autofree char *input = value != NULL ? kvar_value_to_input (value) : NULL;

      if (value == NULL)
        continue;

      g_assert_true (g_utf8_validate (display, -1, NULL));
      g_assert_true (g_utf8_validate (input, -1, NULL));
      g_assert_null (strchr (display, '\n'));
      g_assert_cmpint (g_utf8_strlen (display, -1), <=, 1000);
    }
}

static void
look_at_all (HostileFixture *f,
             KvarRecordList *list)
{
  guint n = MIN (g_list_model_get_n_items (G_LIST_MODEL (list)), 300);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr(KvarRecord) record = g_list_model_get_item (G_LIST_MODEL (list), i);

      look_at (f, record);
    }
}

static void
ask_list (HostileFixture *f)
{
  g_autoptr(KvarQuery) query = kvar_query_new ();
  g_autoptr(KvarRecordList) list =
    kvar_record_list_new (f->s.session, f->table, query, NULL);

  kvar_record_list_load_more (list);
  wait_while (f, is_loading, list);
  assert_fit (f, kvar_record_list_get_error (list));
  look_at_all (f, list);
}

static void
ask_long_list (HostileFixture *f)
{
  g_autoptr(KvarQuery) query = kvar_query_new ();
  g_autoptr(KvarRecordList) list =
    kvar_record_list_new (f->s.session, f->table, query, NULL);

  kvar_record_list_set_full_length (list, TRUE);
  kvar_record_list_load_more (list);
  for (guint first = 0; first < 60; first += 30)
    {
      kvar_record_list_set_view (list, first, first + 30);
      wait_while (f, is_loading, list);
      look_at_all (f, list);
    }
  assert_fit (f, kvar_record_list_get_error (list));
}

static void
ask_count (HostileFixture *f)
{
  g_autoptr(KvarQuery) query = kvar_query_new ();
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  gboolean exact;

  kvar_record_count_async (f->s.session, f->table, query, NULL, kvar_test_keep_result, &result);
  wait_for (f, &result);
  g_assert_cmpint (kvar_record_count_finish (f->s.session, result, &exact, &error), >=, -1);
  assert_fit (f, error);
}

static void
ask_record (HostileFixture *f)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(KvarRecord) record = NULL;
  g_autoptr(GError) error = NULL;

  kvar_store_load_async (f->store, f->table, ID, NULL, kvar_test_keep_result, &result);
  wait_for (f, &result);
  record = kvar_store_load_finish (f->store, result, &error);
  assert_fit (f, error);
  g_assert_true ((record == NULL) == (error != NULL));
  if (record != NULL)
    look_at (f, record);
}

/* What was typed is saved, or it is still there. */
static void
save_draft (HostileFixture *f,
            KvarDraft      *draft)
{
  KvarColumn *title = kvar_table_find_column (f->table, "title");
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(KvarRecord) saved = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *input = NULL;

  kvar_draft_set_input (draft, title, "Typed");
  kvar_store_save_async (f->store, draft, NULL, kvar_test_keep_result, &result);
  wait_for (f, &result);
  saved = kvar_store_save_finish (f->store, result, &error);
  assert_fit (f, error);
  g_assert_true ((saved == NULL) == (error != NULL));

  if (error != NULL)
    {
      g_assert_true (kvar_draft_get_changed (draft));
      input = kvar_draft_get_input (draft, title);
      g_assert_cmpstr (input, ==, "Typed");
    }
  for (guint i = 0; i < kvar_table_get_n_columns (f->table); i++)
    {
      const char *problem =
        kvar_draft_get_problem (draft, kvar_table_get_column (f->table, i));

      g_assert_true (problem == NULL || strstr (problem, LEAK) == NULL);
    }
}

static void
ask_save (HostileFixture *f)
{
  g_autoptr(KvarRecord) base = kvar_record_dup (f->record);
  g_autoptr(KvarDraft) draft = kvar_draft_new (f->table, base);

  save_draft (f, draft);
}

static void
ask_insert (HostileFixture *f)
{
  g_autoptr(KvarDraft) draft = kvar_draft_new (f->table, NULL);

  save_draft (f, draft);
}

static void
ask_delete (HostileFixture *f)
{
  g_autoptr(KvarRecord) record = kvar_record_dup (f->record);
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  kvar_store_delete_async (f->store, record, NULL, kvar_test_keep_result, &result);
  wait_for (f, &result);
  g_assert_true (kvar_store_delete_finish (f->store, result, &error) == (error == NULL));
  assert_fit (f, error);
}

static void
ask_schema (HostileFixture *f)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(KvarSchema) schema = NULL;
  g_autoptr(GError) error = NULL;

  kvar_schema_loader_load_async (f->loader, NULL, kvar_test_keep_result, &result);
  wait_for (f, &result);
  schema = kvar_schema_loader_load_finish (f->loader, result, &error);
  assert_fit (f, error);
  if (kvar_schema_loader_get_blocked (f->loader) != NULL)
    g_assert_null (strstr (kvar_schema_loader_get_blocked (f->loader), LEAK));
}

static void
ask_function (HostileFixture *f)
{
  g_autoptr(GPtrArray) arguments = g_ptr_array_new ();
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(KvarFunctionResult) found = NULL;
  g_autoptr(GError) error = NULL;

  kvar_function_call_async (f->s.session, f->function, NULL, arguments, NULL,
                            kvar_test_keep_result, &result);
  wait_for (f, &result);
  found = kvar_function_call_finish (f->s.session, result, &error);
  assert_fit (f, error);
}

static const struct { const char *name; Ask ask; const char *good; } asks[] = {
  { "list", ask_list, "[" ROW ("Roof", "12.50", "811") "," ROW ("å😀", "1e400", "9") "]" },
  { "long-list", ask_long_list, "[" ROW ("Roof", "12.50", "811") "]" },
  { "count", ask_count, "" },
  { "record", ask_record, "[" ROW ("Roof", "12.50", "811") "]" },
  { "save", ask_save, ROW ("Typed", "12.50", "812") },
  { "insert", ask_insert, ROW ("Typed", "12.50", "812") },
  { "delete", ask_delete, "[" ROW ("Roof", "12.50", "811") "]" },
  { "schema", ask_schema,
    "{\"version\":1,\"date_style\":\"ISO, MDY\",\"relations\":[{\"name\":\"jobs\","
    "\"kind\":\"table\",\"updatable\":true,\"primary_key\":[\"id\"],\"comment\":"
    "\"Work @kvar({\\\"title\\\":{\\\"sv\\\":\\\"Jobb\\\"}})\",\"columns\":[{\"name\":\"id\","
    "\"type\":\"integer\",\"nullable\":false},{\"name\":\"status\",\"type\":\"job_status\","
    "\"enum\":[\"draft\",\"open\"]}],\"foreign_keys\":[{\"name\":\"k\",\"columns\":[\"status\"],"
    "\"table\":\"jobs\",\"foreign_columns\":[\"id\"]}]}],\"functions\":[{\"name\":\"f\","
    "\"arguments\":[{\"name\":\"a\",\"type\":\"date\"}],\"result\":\"integer\"}]}" },
  { "function", ask_function, "[{\"a\":1,\"b\":[1,{\"c\":null}]},{\"a\":\"x\",\"b\":null}]" },
};

/* Every question gets this answer; but a long list would take what is large once for each of its
 * rows. */
static void
ask_all (HostileFixture *f)
{
  for (gsize i = 0; i < G_N_ELEMENTS (asks); i++)
    {
      if (asks[i].ask == ask_long_list && g_bytes_get_size (f->body) > 64 * 1024)
        continue;

      g_test_message ("%s", asks[i].name);
      asks[i].ask (f);
    }
}

#define REFUSED \
  "{\"code\":\"23505\",\"details\":\"Key (title)=(" LEAK ") already exists.\"," \
  "\"hint\":\"" LEAK "\",\"message\":\"duplicate key value violates unique constraint \\\"" \
  LEAK "<b>\\\"\"}"
#define PAGE \
  "<!DOCTYPE html><html><head><title>" LEAK "</title></head><body>" LEAK " {\"a\":1}</body></html>"

/* Besides 200 and 400, which go with everything. */
static const int statuses[] = {
  206, 300, 401, 403, 404, 406, 409, 416, 429, 500, 503, 504, 540,
};

static const struct { const char *body; gssize length; const char *type; const char *range; }
bodies[] = {
  { "", -1, NULL, "*/0" },
  { "", -1, "application/json", "0-18446744073709551615/99999999999999999999999" },
  { " \n", -1, "application/json", "-5--1/-7" },
  { "null", -1, "application/json", "0-0/1" },
  { "true", -1, "application/json", "bytes 0-9/10" },
  { "42", -1, "application/json", "/" },
  { "\"" LEAK "\"", -1, "application/json", "0-9/9223372036854775807" },
  { "{}", -1, "application/json", "0-9/9223372036854775808" },
  { "[]", -1, "application/json", "0-99/100" },
  { "[[]]", -1, "application/json", NULL },
  { "[null]", -1, "application/json", NULL },
  { "[{}]", -1, "application/json", NULL },
  { "[{}, {}, {}]", -1, "application/json", "0-2/3" },
  { "[{\"id\":", -1, "application/json", "0-0/1" },
  { "[{\"id\":1},", -1, "application/json", "0-0/1" },
  { "[{\"id\":1}]" LEAK, -1, "application/json", "0-0/1" },
  { "{\"id\":{\"a\":[]},\"title\":[1,2],\"price\":true,\"due_on\":{},\"xmin\":[]}", -1,
    "application/json", NULL },
  { "[{\"id\":null,\"title\":null,\"xmin\":null}]", -1, "application/json", NULL },
  { "[{\"id\":\"1\",\"id\":\"2\",\"title\":\"a\",\"title\":null}]", -1, "application/json", NULL },
  { "[{\"id\":1e99999,\"price\":-0.0e-0,\"title\":99999999999999999999999999999999}]", -1,
    "application/json", NULL },
  { "[{\"id\":\"1\",\"title\":\"a\\u0000b\",\"price\":\"\\u0000\"}]", -1,
    "application/json", NULL },
  { "[{\"id\":\"1\",\"title\":\"\\ud800\"}]", -1, "application/json", NULL },
  { "[{\"id\":\"1\",\"title\":\"\\udc00\\ud83d x\"}]", -1, "application/json", NULL },
  { "[{\"id\":\"1\",\"title\":\"\xff\xfe\"}]", -1, "application/json", NULL },
  { "[{\"id\":\"1\",\"title\":\"a\0b\"}]", 27, "application/json", NULL },
  { "[{\"id\":\"1\",\"title\":\"\u202e\u05e9\u05dc\u05d5\u05dd "
    "<b>&amp;\U0001f469\u200d\U0001f680\"}]", -1, "application/json", NULL },
  { "[{\"id\":\"1\",\"due_on\":\"99999999-99-99\",\"contact_id\":\"x\",\"details\":\"{[\"}]", -1,
    "application/json", NULL },
  { "\xef\xbb\xbf[]", -1, "application/json; charset=utf-16", NULL },
  { "[{\"id\":\"1\",\"title\":\"x\"}]", -1, "text/html", NULL },
  { "[{\"id\":\"1\",\"title\":\"x\"}]", -1, NULL, NULL },
  { PAGE, -1, "text/html; charset=utf-8", "0-9/10" },
  { PAGE, -1, "application/json", NULL },
  { LEAK " upstream connect error", -1, "text/plain", NULL },
  { REFUSED, -1, "application/json", NULL },
  { REFUSED, -1, "application/problem+json", NULL },
  { "{\"code\":[\"23505\"],\"message\":{\"a\":\"" LEAK "\"},\"details\":7,\"hint\":null}", -1,
    "application/json", NULL },
  { "{\"code\":\"" LEAK "\",\"message\":\"" LEAK "\",\"details\":\"Key (" LEAK ")=("
    LEAK ")\"}", -1, "application/json", NULL },
  { "{\"code\":\"23502\",\"message\":\"null value in column \\\"title\\\" of relation \\\"" LEAK
    "\\\"\",\"details\":\"Failing row contains (" LEAK ").\"}", -1, "application/json", NULL },
  { "{\"code\":\"23503\",\"message\":\"" LEAK "\",\"details\":\"Key (contact_id)=(" LEAK
    ") is not present in table \\\"" LEAK "\\\".\"}", -1, "application/json", NULL },
  { "{\"code\":\"PGRST116\",\"details\":\"The result contains " LEAK " rows\",\"message\":\""
    LEAK "\"}", -1, "application/json", NULL },
  { "{\"code\":\"42501\",\"message\":\"permission denied for " LEAK "\"}", -1, "application/json",
    NULL },
  { "{\"code\":\"42703\",\"message\":\"column " LEAK " does not exist\"}", -1, "application/json",
    NULL },
  { "{\"code\":\"22P02\",\"message\":\"invalid input syntax: " LEAK "\"}", -1, "application/json",
    NULL },
  { "{\"message\":\"" LEAK "\",\"hint\":\"" LEAK "\"}", -1, "application/json", NULL },
  { "{\"version\":1,\"relations\":{},\"functions\":\"" LEAK "\"}", -1, "application/json", NULL },
  { "{\"version\":99,\"relations\":[]}", -1, "application/json", NULL },
  { "{\"version\":1,\"relations\":[1,null,{\"name\":5},{\"name\":\"" LEAK "\","
    "\"columns\":[null]}]}", -1, "application/json", NULL },
  { "{\"version\":1,\"relations\":[{\"name\":\"t\",\"kind\":\"table\","
    "\"primary_key\":[\"a\",\"b\"],\"columns\":[{\"name\":\"a\",\"type\":\"text\"},"
    "{\"name\":\"a\",\"type\":\"date\"}]},"
    "{\"name\":\"t\",\"kind\":\"view\",\"columns\":[]}],\"functions\":[]}", -1,
    "application/json", NULL },
  { "{\"swagger\":\"2.0\",\"paths\":[],\"definitions\":{\"t\":{\"properties\":7}}}", -1,
    "application/openapi+json", NULL },
};

static void
set_body (HostileFixture *f,
          const char     *body,
          gssize          length)
{
  g_clear_pointer (&f->body, g_bytes_unref);
  f->body = g_bytes_new (body, length >= 0 ? (gsize)length : strlen (body));
}

static void
test_listed (HostileFixture *f,
             gconstpointer   unused)
{
  for (gsize i = 0; i < G_N_ELEMENTS (bodies); i++)
    for (gsize n = 0; n < 3; n++)
      {
        set_body (f, bodies[i].body, bodies[i].length);
        f->type = bodies[i].type;
        f->range = bodies[i].range;
        f->status = n < 2 ? 200 + 200 * (int)n : statuses[i % G_N_ELEMENTS (statuses)];
        g_test_message ("%d with the body %" G_GSIZE_FORMAT, f->status, i);
        ask_all (f);
      }
}

/* One piece of the text is gone, doubled, or something else. */
static void
damage (GString *text,
        GRand   *rand)
{
  static const char *const pieces[] = {
    "\"", "\\", "{", "}", "[", "]", ",", ":", "null", "-", "1e999", "\\u0000", "\\ud800", "\xff",
    "\n", "true", "\"\"", "{\"a\":", "[[", "99999999999999999999", "\u202e", "\U0001f600",
  };
  gsize at = g_rand_int_range (rand, 0, (gint32)text->len + 1);
  gsize most = g_rand_int_range (rand, 1, 20);
  gsize n = MIN (most, text->len - at);
  g_autofree char *piece = g_strndup (text->str + at, n);

  switch (g_rand_int_range (rand, 0, 5))
    {
    case 0:
      g_string_truncate (text, at);
      break;
    case 1:
      g_string_erase (text, (gssize)at, (gssize)n);
      break;
    case 2:
      g_string_insert_len (text, (gssize)at, piece, (gssize)n);
      break;
    case 3:
      if (at < text->len)
        text->str[at] = (char)g_rand_int_range (rand, 1, 256);
      break;
    default:
      g_string_insert (text, (gssize)at, pieces[g_rand_int_range (rand, 0, G_N_ELEMENTS (pieces))]);
    }
}

static void
damage_answers (HostileFixture *f,
                Ask             ask,
                const char     *good)
{
  for (int i = 0; i < N_DAMAGED; i++)
    {
      gboolean refused = i % 3 == 2;
      g_autoptr(GString) text = g_string_new (refused ? REFUSED : good);
      g_autofree char *escaped = NULL;

      for (int n = g_rand_int_range (f->rand, 0, 4); n >= 0; n--)
        damage (text, f->rand);
      set_body (f, text->str, (gssize)text->len);
      f->type = "application/json";
      f->range = "0-0/1";
      f->status = refused ? 409 : 200;
      escaped = g_strescape (text->str, NULL);
      g_test_message ("%s", escaped);
      ask (f);
    }
}

static void
test_damaged (HostileFixture *f,
              gconstpointer   unused)
{
  for (gsize i = 0; i < G_N_ELEMENTS (asks); i++)
    {
      g_test_message ("%s", asks[i].name);
      damage_answers (f, asks[i].ask, asks[i].good);
    }
}

/* So deep that whoever goes down step by step falls off the stack; open, and closed again. */
static void
test_deep (HostileFixture *f,
           gconstpointer   unused)
{
  static const struct { const char *begin, *end; } around[] = {
    { "", "" },
    { "{\"code\":", "}" },
    { "[{\"id\":\"1\",\"details\":", "}]" },
    { "{\"version\":1,\"relations\":", "}" },
  };
  static const struct { const char *open; char close; } levels[] = {
    { "[", ']' }, { "{\"a\":", '}' },
  };

  for (gsize i = 0; i < 4 * G_N_ELEMENTS (around); i++)
    {
      g_autoptr(GString) text = g_string_new (around[i / 4].begin);
      guint n = 200000 / strlen (levels[i % 2].open);

      for (guint level = 0; level < n; level++)
        g_string_append (text, levels[i % 2].open);
      if (i / 2 % 2)
        {
          g_autofree char *closed = g_strnfill (n, levels[i % 2].close);

          g_string_append_printf (text, "1%s%s", closed, around[i / 4].end);
        }
      set_body (f, text->str, (gssize)text->len);
      f->type = "application/json";
      f->range = NULL;
      for (f->status = 200; f->status <= 500; f->status += 300)
        ask_all (f);
    }
}

/* Ten megabytes in a cell, and a row of three hundred columns that nobody asked for. */
static void
test_large (HostileFixture *f,
            gconstpointer   unused)
{
  g_autoptr(GString) text = g_string_new ("[{\"id\":\"" ID "\",\"title\":\"");
  g_autoptr(GString) wide = g_string_new ("[{\"id\":\"" ID "\"");

  while (text->len < 10 * 1024 * 1024)
    g_string_append (text, "😀\\n<b>x\\u0300 ");
  g_string_append (text, "\"}]");
  for (int i = 0; i < 300; i++)
    g_string_append_printf (wide, ",\"column %d\":\"" LEAK "\"", i);
  g_string_append (wide, "}]");

  f->type = "application/json";
  f->range = "0-0/1";
  for (int i = 0; i < 4; i++)
    {
      GString *body = i % 2 == 0 ? text : wide;

      set_body (f, body->str, (gssize)body->len);
      f->status = i < 2 ? 200 : 409;
      ask_all (f);
    }
}

#define ADD_HOSTILE(path, test) \
  g_test_add ("/hostile-replies/" path, HostileFixture, NULL, hostile_set_up, test, \
              hostile_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  ADD_HOSTILE ("listed", test_listed);
  ADD_HOSTILE ("damaged", test_damaged);
  ADD_HOSTILE ("deep", test_deep);
  ADD_HOSTILE ("large", test_large);

  return g_test_run ();
}
