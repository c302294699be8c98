/* kvar-rest-api.c: Builds the requests that read and write a table's rows.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-rest-api"

#include "config.h"

#include <string.h>

#include "records/kvar-filter-op.h"
#include "records/kvar-query-text.h"
#include "records/kvar-rest-api.h"

#define OBJECT_TYPE "application/vnd.pgrst.object+json"

/* The rows of a function are read by calling it. */
static KvarRequest *
call_request (KvarTable *table)
{
  const char *arguments = kvar_table_get_call (table);
  g_autofree char *name = g_uri_escape_string (kvar_table_get_name (table), NULL, FALSE);
  g_autofree char *path = g_strconcat ("/rest/v1/rpc/", name, NULL);
  g_autoptr(GBytes) body = g_bytes_new (arguments, strlen (arguments));
  KvarRequest *request = kvar_request_new ("POST", path);

  kvar_request_set_body (request, "application/json", body);

  return request;
}

static KvarRequest *
table_request (const char *method,
               KvarTable  *table)
{
  g_autofree char *name = NULL;
  g_autofree char *path = NULL;

  if (kvar_table_get_call (table) != NULL)
    return call_request (table);

  name = g_uri_escape_string (kvar_table_get_name (table), NULL, FALSE);
  path = g_strconcat ("/rest/v1/", name, NULL);

  return kvar_request_new (method, path);
}

static void
add_filter (KvarRequest *request,
            KvarFilter  *filter)
{
  g_autofree char *name = kvar_filter_to_name (filter);
  g_autofree char *value = kvar_filter_to_value (filter);

  kvar_request_add_query (request, name, value);
}

static void
add_filters (KvarRequest *request,
             GPtrArray   *filters)
{
  for (guint i = 0; filters != NULL && i < filters->len; i++)
    add_filter (request, g_ptr_array_index (filters, i));
}

static void
add_conditions (KvarRequest *request,
                KvarTable   *table,
                KvarQuery   *query)
{
  g_autoptr(KvarFilter) search = NULL;

  for (guint i = 0; i < kvar_query_get_n_filters (query); i++)
    add_filter (request, kvar_query_get_filter (query, i));

  if (kvar_query_get_search (query) == NULL)
    return;

  search = kvar_rest_api_search (table, kvar_query_get_search (query));
  if (search != NULL)
    add_filter (request, search);
}

static void
add_select (KvarRequest   *request,
            KvarSelection *selection)
{
  g_autofree char *select = kvar_selection_to_string (selection);

  kvar_request_add_query (request, "select", select);
}

static void
add_number (KvarRequest *request,
            const char  *name,
            guint64      number)
{
  g_autofree char *text = g_strdup_printf ("%" G_GUINT64_FORMAT, number);

  kvar_request_add_query (request, name, text);
}

/* Always the values that the row was loaded with, also when the key itself is edited. */
static void
add_key (KvarRequest       *request,
         KvarTable         *table,
         const char *const *values)
{
  guint n_key;
  const guint *key = kvar_table_get_key (table, &n_key);

  for (guint i = 0; i < n_key; i++)
    {
      const char *name = kvar_column_get_name (kvar_table_get_column (table, key[i]));
      g_autoptr(KvarFilter) filter = kvar_filter_new (name, "eq", values[i]);

      add_filter (request, filter);
    }
}

static gboolean
is_whole_key (KvarTable         *table,
              const char *const *values)
{
  guint n_key;

  kvar_table_get_key (table, &n_key);

  return n_key > 0 && values != NULL && g_strv_length ((char **)values) == n_key;
}

static void
set_body (KvarRequest *request,
          KvarBody    *body)
{
  g_autoptr(GBytes) bytes = kvar_body_to_bytes (body);

  kvar_request_set_body (request, "application/json", bytes);
}

/**
 * kvar_rest_api_select_page:
 * @after: (nullable): the values of the keyset's terms in the last row seen
 * @offset: how many rows to leave out, where the keyset only counts or there is no @after
 * @limit: how many rows to ask for; the server may give fewer. A function that is called once
 *   is asked for all, and their number.
 */
KvarRequest *
kvar_rest_api_select_page (KvarSelection     *selection,
                           KvarQuery         *query,
                           KvarKeyset        *keyset,
                           const char *const *after,
                           guint64            offset,
                           guint              limit)
{
  KvarRequest *request;
  KvarTable *table;
  g_autofree char *order = NULL;

  g_return_val_if_fail (selection != NULL, NULL);
  g_return_val_if_fail (query != NULL, NULL);
  g_return_val_if_fail (keyset != NULL, NULL);

  table = kvar_selection_get_table (selection);
  request = table_request ("GET", table);
  add_select (request, selection);
  add_conditions (request, table, query);

  if (after != NULL && kvar_keyset_get_mode (keyset) != KVAR_KEYSET_OFFSET)
    {
      g_autoptr(GPtrArray) filters = kvar_keyset_after (keyset, after);

      add_filters (request, filters);
    }

  order = kvar_keyset_to_order (keyset);
  if (*order != '\0')
    kvar_request_add_query (request, "order", order);
  if (offset > 0 && (after == NULL || kvar_keyset_get_mode (keyset) == KVAR_KEYSET_OFFSET))
    add_number (request, "offset", offset);
  if (kvar_table_get_calls_once (table))
    kvar_request_set_header (request, "Prefer", "count=exact");
  else
    add_number (request, "limit", limit);

  return request;
}

/**
 * kvar_rest_api_count:
 * @exact: count the rows; else take the planner's word
 *
 * One row is asked for along with the count, since a reply without a body could not say why
 * the count was refused.
 */
KvarRequest *
kvar_rest_api_count (KvarTable *table,
                     KvarQuery *query,
                     gboolean   exact)
{
  KvarRequest *request;
  const guint *key;
  guint n_key;

  g_return_val_if_fail (KVAR_IS_TABLE (table), NULL);
  g_return_val_if_fail (query != NULL, NULL);

  request = table_request ("GET", table);
  key = kvar_table_get_key (table, &n_key);
  if (kvar_table_get_n_columns (table) > 0)
    {
      KvarColumn *column = kvar_table_get_column (table, n_key > 0 ? key[0] : 0);
      g_autofree char *name = kvar_query_text_quote_name (kvar_column_get_name (column));

      kvar_request_add_query (request, "select", name);
    }

  add_conditions (request, table, query);
  kvar_request_add_query (request, "limit", "1");
  kvar_request_set_header (request, "Prefer", exact ? "count=exact" : "count=planned");

  return request;
}

/**
 * kvar_rest_api_select_one:
 * @key: the values of the table's key
 *
 * Asks for the row with @key: an array of it, or an empty one.
 */
KvarRequest *
kvar_rest_api_select_one (KvarSelection     *selection,
                          const char *const *key)
{
  KvarRequest *request;

  g_return_val_if_fail (selection != NULL, NULL);
  g_return_val_if_fail (is_whole_key (kvar_selection_get_table (selection), key), NULL);

  request = table_request ("GET", kvar_selection_get_table (selection));
  add_select (request, selection);
  add_key (request, kvar_selection_get_table (selection), key);
  kvar_request_add_query (request, "limit", "2");

  return request;
}

/**
 * kvar_rest_api_insert:
 * @selection: what to hear back of the new row
 */
KvarRequest *
kvar_rest_api_insert (KvarSelection *selection,
                      KvarBody      *body)
{
  KvarRequest *request;

  g_return_val_if_fail (selection != NULL, NULL);
  g_return_val_if_fail (body != NULL, NULL);

  request = table_request ("POST", kvar_selection_get_table (selection));
  add_select (request, selection);
  set_body (request, body);
  kvar_request_set_header (request, "Accept", OBJECT_TYPE);
  kvar_request_set_header (request, "Prefer", "return=representation");

  return request;
}

/**
 * kvar_rest_api_insert_unseen:
 *
 * Adds a row without reading any of it, which takes the right to insert only. PostgreSQL refuses
 * the other one where a policy hides the new row (42501), as RETURNING would show it.
 */
KvarRequest *
kvar_rest_api_insert_unseen (KvarTable *table,
                             KvarBody  *body)
{
  KvarRequest *request;

  g_return_val_if_fail (KVAR_IS_TABLE (table), NULL);
  g_return_val_if_fail (body != NULL, NULL);

  request = table_request ("POST", table);
  set_body (request, body);
  kvar_request_set_header (request, "Prefer", "return=minimal");

  return request;
}

/* A column that is named, and has no key in the body, gets its default: where the server knows
 * the preference (PostgREST 11). Where it doesn't, the column gets null. */
static void
set_body_with_defaults (KvarRequest *request,
                        KvarBody    *body,
                        const char  *prefer)
{
  g_autofree char *columns = kvar_body_list_columns (body);
  g_autofree char *preference = g_strconcat (prefer, ", missing=default", NULL);

  set_body (request, body);
  kvar_request_add_query (request, "columns", columns);
  kvar_request_set_header (request, "Prefer", preference);
}

/**
 * kvar_rest_api_try_default:
 * @body: that of the change that is meant
 *
 * The change to no row at all: what the answer says was applied tells whether the server would
 * put defaults, before it can have put null.
 */
KvarRequest *
kvar_rest_api_try_default (KvarTable *table,
                           KvarBody  *body)
{
  KvarRequest *request;
  g_autofree char *name = NULL;
  const guint *key;
  guint n_key;

  g_return_val_if_fail (KVAR_IS_TABLE (table), NULL);
  g_return_val_if_fail (body != NULL, NULL);

  key = kvar_table_get_key (table, &n_key);
  g_return_val_if_fail (n_key > 0, NULL);

  name = kvar_query_text_quote_name (kvar_column_get_name (kvar_table_get_column (table, key[0])));
  request = table_request ("PATCH", table);
  kvar_request_add_query (request, name, "is.null");
  kvar_request_add_query (request, name, "not.is.null");
  set_body_with_defaults (request, body, "return=minimal");
  kvar_request_set_repeatable (request, TRUE);

  return request;
}

/**
 * kvar_rest_api_sets_default:
 * @applied: (nullable): the reply's "Preference-Applied"
 *
 * Returns: whether a column without a key in the body has got its default; else it got null
 */
gboolean
kvar_rest_api_sets_default (const char *applied)
{
  g_auto(GStrv) words = NULL;

  if (applied == NULL)
    return FALSE;

  words = g_strsplit (applied, ",", -1);
  for (guint i = 0; words[i] != NULL; i++)
    if (g_str_equal (g_strstrip (words[i]), "missing=default"))
      return TRUE;

  return FALSE;
}

/**
 * kvar_rest_api_update:
 * @key: the key's values as the row was loaded
 * @guard: (nullable) (element-type KvarFilter): what must still hold of the row
 *
 * Anything but exactly one changed row is refused by the server, and rolled back. Where @body
 * has defaults, kvar_rest_api_try_default() comes first.
 */
KvarRequest *
kvar_rest_api_update (KvarSelection     *selection,
                      const char *const *key,
                      GPtrArray         *guard,
                      KvarBody          *body)
{
  KvarRequest *request;
  KvarTable *table;

  g_return_val_if_fail (selection != NULL, NULL);
  g_return_val_if_fail (body != NULL, NULL);

  table = kvar_selection_get_table (selection);
  g_return_val_if_fail (is_whole_key (table, key), NULL);

  request = table_request ("PATCH", table);
  add_select (request, selection);
  add_key (request, table, key);
  add_filters (request, guard);
  kvar_request_set_header (request, "Accept", OBJECT_TYPE);
  if (kvar_body_has_defaults (body))
    {
      set_body_with_defaults (request, body, "return=representation");
    }
  else
    {
      set_body (request, body);
      kvar_request_set_header (request, "Prefer", "return=representation");
    }

  return request;
}

/**
 * kvar_rest_api_delete:
 * @key: the key's values
 * @guard: (nullable) (element-type KvarFilter): what must still hold of the row
 */
KvarRequest *
kvar_rest_api_delete (KvarTable         *table,
                      const char *const *key,
                      GPtrArray         *guard)
{
  KvarRequest *request;
  KvarColumn *first;
  g_autofree char *name = NULL;
  guint n_key;

  g_return_val_if_fail (KVAR_IS_TABLE (table), NULL);
  g_return_val_if_fail (is_whole_key (table, key), NULL);

  first = kvar_table_get_column (table, kvar_table_get_key (table, &n_key)[0]);
  name = kvar_query_text_quote_name (kvar_column_get_name (first));

  request = table_request ("DELETE", table);
  kvar_request_add_query (request, "select", name);
  add_key (request, table, key);
  add_filters (request, guard);
  kvar_request_set_header (request, "Accept", OBJECT_TYPE);
  kvar_request_set_header (request, "Prefer", "return=representation");

  return request;
}

/* Older servers do not know how to hold a change back that reaches further than it should, and
 * say so before they do anything. */
static void
prefer_rows (KvarRequest *request,
             guint        max_affected)
{
  g_autofree char *prefer = NULL;

  if (max_affected > 0)
    prefer = g_strdup_printf ("handling=strict, max-affected=%u, return=representation, "
                              "count=exact", max_affected);
  else
    prefer = g_strdup ("return=representation, count=exact");
  kvar_request_set_header (request, "Prefer", prefer);
}

/**
 * kvar_rest_api_select_many:
 * @filters: (element-type KvarFilter): what finds the rows
 *
 * Their number is asked for too: the server cuts what is longer than it likes.
 */
KvarRequest *
kvar_rest_api_select_many (KvarSelection *selection,
                           GPtrArray     *filters)
{
  KvarRequest *request;

  g_return_val_if_fail (selection != NULL, NULL);
  g_return_val_if_fail (filters != NULL && filters->len > 0, NULL);

  request = table_request ("GET", kvar_selection_get_table (selection));
  add_select (request, selection);
  add_filters (request, filters);
  kvar_request_set_header (request, "Prefer", "count=exact");

  return request;
}

/**
 * kvar_rest_api_update_many:
 * @selection: what to hear back of the rows that were changed
 * @filters: (element-type KvarFilter): what finds the rows, and must still hold of them
 * @max_affected: how many rows at most, else the server is to refuse; 0 where it cannot
 */
KvarRequest *
kvar_rest_api_update_many (KvarSelection *selection,
                           GPtrArray     *filters,
                           KvarBody      *body,
                           guint          max_affected)
{
  KvarRequest *request;

  g_return_val_if_fail (selection != NULL, NULL);
  g_return_val_if_fail (filters != NULL && filters->len > 0, NULL);
  g_return_val_if_fail (body != NULL, NULL);

  request = table_request ("PATCH", kvar_selection_get_table (selection));
  add_select (request, selection);
  add_filters (request, filters);
  set_body (request, body);
  prefer_rows (request, max_affected);

  return request;
}

/**
 * kvar_rest_api_delete_many:
 * @selection: what to hear back of the rows that are gone
 * @filters: (element-type KvarFilter): what finds the rows
 * @max_affected: as kvar_rest_api_update_many() has it
 */
KvarRequest *
kvar_rest_api_delete_many (KvarSelection *selection,
                           GPtrArray     *filters,
                           guint          max_affected)
{
  KvarRequest *request;

  g_return_val_if_fail (selection != NULL, NULL);
  g_return_val_if_fail (filters != NULL && filters->len > 0, NULL);

  request = table_request ("DELETE", kvar_selection_get_table (selection));
  add_select (request, selection);
  add_filters (request, filters);
  prefer_rows (request, max_affected);

  return request;
}

/**
 * kvar_rest_api_search:
 * @text: what is searched for
 *
 * Returns: (transfer full) (nullable): the condition that some text column contains @text in
 *   any case, or some search vector its words; one that nothing fulfils if @table has neither
 */
KvarFilter *
kvar_rest_api_search (KvarTable  *table,
                      const char *text)
{
  g_autoptr(GPtrArray) members = NULL;

  g_return_val_if_fail (KVAR_IS_TABLE (table), NULL);
  g_return_val_if_fail (text != NULL, NULL);

  members = g_ptr_array_new_with_free_func ((GDestroyNotify)kvar_filter_unref);
  for (guint i = 0; i < kvar_table_get_n_columns (table); i++)
    {
      KvarColumn *column = kvar_table_get_column (table, i);

      if (kvar_column_get_kind (column) != KVAR_KIND_ARRAY &&
          kvar_filter_op_suits (KVAR_FILTER_OP_CONTAINS, column) &&
          kvar_column_get_can_select (column))
        g_ptr_array_add (members, kvar_filter_new_contains (column, text));
    }

  if (members->len > 0)
    return kvar_filter_new_group (KVAR_FILTER_OR, g_steal_pointer (&members));
  if (kvar_table_get_n_columns (table) > 0)
    return kvar_filter_new (kvar_column_get_name (kvar_table_get_column (table, 0)), "in", "()");

  return NULL;
}
