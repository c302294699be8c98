/* kvar-test-rows.c: a table of texts in memory that answers reads as PostgREST does
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "kvar-test-rows.h"
#include "records/kvar-json-text.h"

struct _KvarTestRows
{
  char      **columns;
  GPtrArray  *rows;       /* of char **, as many as columns; NULL is null */
  guint       max_rows;   /* 0: as many as asked for */
};

typedef struct
{
  KvarTestRows *self;
  KvarQuery    *query;
} Sort;

static void
row_free (char **row)
{
  /* The end is marked apart from null. */
  for (guint i = 0; row[i] != (char *)-1; i++)
    g_free (row[i]);
  g_free (row);
}

static guint
find_column (KvarTestRows *self,
             const char   *name)
{
  for (guint i = 0; self->columns[i] != NULL; i++)
    if (g_str_equal (self->columns[i], name))
      return i;

  g_error ("There is no column %s", name);
}

/* Numbers as numbers, all else by its bytes. */
static int
compare_values (const char *a,
                const char *b)
{
  gint64 x;
  gint64 y;

  if (g_ascii_string_to_signed (a, 10, G_MININT64, G_MAXINT64, &x, NULL) &&
      g_ascii_string_to_signed (b, 10, G_MININT64, G_MAXINT64, &y, NULL))
    return (x > y) - (x < y);

  return strcmp (a, b);
}

/* SQL's logic: a comparison with null is never true. */
/* Of patterns, "*text*" is all that a search asks for. */
static gboolean
contains (const char *value,
          const char *pattern)
{
  g_autofree char *wanted = g_strndup (pattern + 1, strlen (pattern) - 2);
  g_autofree char *folded_value = g_utf8_casefold (value, -1);
  g_autofree char *folded = g_utf8_casefold (wanted, -1);

  return strstr (folded_value, folded) != NULL;
}

/* Whether @element stands between two of what parts a list: "(1,a,\"b c\")". */
static gboolean
has_element (const char *list,
             const char *element)
{
  const char *found = list;

  while ((found = strstr (found, element)) != NULL)
    {
      if (strchr ("(,", found[-1]) != NULL && strchr (",)", found[strlen (element)]) != NULL)
        return TRUE;
      found++;
    }

  return FALSE;
}

static gboolean
is_listed (const char *value,
           const char *list)
{
  g_autofree char *quoted = g_strconcat ("\"", value, "\"", NULL);

  return has_element (list, value) || has_element (list, quoted);
}

static gboolean
fits (KvarTestRows  *self,
      char         **row,
      KvarFilter    *filter)
{
  gboolean any = kvar_filter_get_kind (filter) == KVAR_FILTER_OR;
  const char *value;
  const char *op;
  gboolean is_true;
  int order;

  if (kvar_filter_get_kind (filter) != KVAR_FILTER_CONDITION)
    {
      for (guint i = 0; i < kvar_filter_get_n_members (filter); i++)
        if (fits (self, row, kvar_filter_get_member (filter, i)) == any)
          return any;
      return !any;
    }

  value = row[find_column (self, kvar_filter_get_column (filter))];
  op = kvar_filter_get_op (filter);
  if (g_str_equal (op, "is"))
    return (value == NULL) != kvar_filter_get_negated (filter);
  if (value == NULL)
    return FALSE;

  order = compare_values (value, kvar_filter_get_value (filter));
  if (g_str_equal (op, "eq"))
    is_true = order == 0;
  else if (g_str_equal (op, "gt"))
    is_true = order > 0;
  else if (g_str_equal (op, "gte"))
    is_true = order >= 0;
  else if (g_str_equal (op, "lt"))
    is_true = order < 0;
  else if (g_str_equal (op, "lte"))
    is_true = order <= 0;
  else if (g_str_equal (op, "in"))
    is_true = is_listed (value, kvar_filter_get_value (filter));
  else if (g_str_equal (op, "ilike"))
    is_true = contains (value, kvar_filter_get_value (filter));
  else
    is_true = FALSE;

  return is_true != kvar_filter_get_negated (filter);
}

static int
compare_rows (gconstpointer a,
              gconstpointer b,
              gpointer      user_data)
{
  Sort *sort = user_data;
  char **x = *(char ***)a;
  char **y = *(char ***)b;

  for (guint i = 0; i < kvar_query_get_n_orders (sort->query); i++)
    {
      const KvarOrder *order = kvar_query_get_order (sort->query, i);
      guint column = find_column (sort->self, order->column);
      int result;

      if (x[column] == NULL || y[column] == NULL)
        result = ((x[column] != NULL) - (y[column] != NULL)) * (order->nulls_first ? 1 : -1);
      else
        result = compare_values (x[column], y[column]) * (order->descending ? -1 : 1);
      if (result != 0)
        return result;
    }

  return 0;
}

KvarTestRows *
kvar_test_rows_new (const char *const *columns)
{
  KvarTestRows *self = g_new0 (KvarTestRows, 1);

  self->columns = g_strdupv ((char **)columns);
  self->rows = g_ptr_array_new_with_free_func ((GDestroyNotify)row_free);

  return self;
}

void
kvar_test_rows_free (KvarTestRows *self)
{
  g_strfreev (self->columns);
  g_ptr_array_unref (self->rows);
  g_free (self);
}

/* As many values as there are columns; NULL is null. */
void
kvar_test_rows_add (KvarTestRows      *self,
                    const char *const *values)
{
  guint n_columns = g_strv_length (self->columns);
  char **row = g_new (char *, n_columns + 1);

  for (guint i = 0; i < n_columns; i++)
    row[i] = g_strdup (values[i]);
  row[n_columns] = (char *)-1;
  g_ptr_array_add (self->rows, row);
}

void
kvar_test_rows_clear (KvarTestRows *self)
{
  g_ptr_array_set_size (self->rows, 0);
}

guint
kvar_test_rows_get_size (KvarTestRows *self)
{
  return self->rows->len;
}

const char *
kvar_test_rows_get (KvarTestRows *self,
                    guint         row,
                    const char   *column)
{
  return ((char **)g_ptr_array_index (self->rows, row))[find_column (self, column)];
}

void
kvar_test_rows_sort (KvarTestRows *self,
                     KvarQuery    *query)
{
  Sort sort = { self, query };

  g_ptr_array_sort_with_data (self->rows, compare_rows, &sort);
}

gboolean
kvar_test_rows_fits (KvarTestRows *self,
                     guint         row,
                     KvarFilter   *filter)
{
  return fits (self, g_ptr_array_index (self->rows, row), filter);
}

/* Cuts every page without a word, as PostgREST's db-max-rows does. */
void
kvar_test_rows_set_max_rows (KvarTestRows *self,
                             guint         max_rows)
{
  self->max_rows = max_rows;
}

/* Takes "select", "limit" and "offset" out; what is left is conditions and an order. */
static KvarQuery *
read_query (const char *path,
            guint64    *limit,
            guint64    *offset)
{
  const char *query = strchr (path, '?');
  g_auto(GStrv) parameters = g_strsplit (query != NULL ? query + 1 : "", "&", -1);
  g_autoptr(GString) rest = g_string_new (NULL);
  g_autoptr(GError) error = NULL;
  KvarQuery *result;

  for (guint i = 0; parameters[i] != NULL; i++)
    {
      if (g_str_has_prefix (parameters[i], "limit="))
        *limit = g_ascii_strtoull (parameters[i] + strlen ("limit="), NULL, 10);
      else if (g_str_has_prefix (parameters[i], "offset="))
        *offset = g_ascii_strtoull (parameters[i] + strlen ("offset="), NULL, 10);
      else if (!g_str_has_prefix (parameters[i], "select="))
        g_string_append_printf (rest, "%s%s", rest->len > 0 ? "&" : "", parameters[i]);
    }

  result = kvar_query_parse (rest->str, &error);
  g_assert_no_error (error);

  return result;
}

static gboolean
fits_all (KvarTestRows  *self,
          char         **row,
          KvarQuery     *query)
{
  for (guint i = 0; i < kvar_query_get_n_filters (query); i++)
    if (!fits (self, row, kvar_query_get_filter (query, i)))
      return FALSE;

  return TRUE;
}

static void
append_row (KvarTestRows  *self,
            char         **row,
            GString       *json)
{
  g_string_append (json, json->len > 1 ? ", \n {" : "{");
  for (guint i = 0; self->columns[i] != NULL; i++)
    {
      if (i > 0)
        g_string_append_c (json, ',');
      kvar_json_text_append_quoted (json, self->columns[i]);
      g_string_append_c (json, ':');
      if (row[i] != NULL)
        kvar_json_text_append_quoted (json, row[i]);
      else
        g_string_append (json, "null");
    }
  g_string_append_c (json, '}');
}

KvarReply *
kvar_test_rows_answer (KvarTestRows *self,
                       KvarRequest  *request)
{
  const char *prefer = kvar_request_get_header (request, "Prefer");
  guint64 limit = G_MAXUINT64;
  guint64 offset = 0;
  g_autoptr(KvarQuery) query = NULL;
  g_autoptr(GString) json = g_string_new ("[");
  g_autoptr(GBytes) body = NULL;
  guint64 n_found = 0;
  guint64 n_given = 0;
  KvarReply *reply;

  query = read_query (kvar_request_get_path (request), &limit, &offset);
  if (self->max_rows > 0)
    limit = MIN (limit, self->max_rows);
  kvar_test_rows_sort (self, query);

  for (guint i = 0; i < self->rows->len; i++)
    {
      char **row = g_ptr_array_index (self->rows, i);

      if (!fits_all (self, row, query) || n_found++ < offset || n_given == limit)
        continue;

      append_row (self, row, json);
      n_given++;
    }
  g_string_append_c (json, ']');

  body = g_string_free_to_bytes (g_steal_pointer (&json));
  reply = kvar_reply_new (200, body);
  kvar_reply_add_header (reply, "Content-Type", "application/json; charset=utf-8");
  if (prefer != NULL && strstr (prefer, "count=exact") != NULL)
    {
      g_autofree char *range = g_strdup_printf ("*/%" G_GUINT64_FORMAT, n_found);

      kvar_reply_add_header (reply, "Content-Range", range);
    }

  return reply;
}
