/* kvar-query.c: What is asked of a table: its order, its conditions, a searched text.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-query"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "kvar-error.h"
#include "records/kvar-query-private.h"
#include "records/kvar-query-text.h"

G_DEFINE_BOXED_TYPE (KvarQuery, kvar_query, kvar_query_ref, kvar_query_unref)

/* Left readable in a route; everything else that is not a plain letter is percent-encoded. */
#define READABLE "!$'()*,:@/"

KvarOrder *
kvar_order_new (const char *column,
                gboolean    descending,
                gboolean    nulls_first)
{
  KvarOrder *order = g_new0 (KvarOrder, 1);

  order->column = g_strdup (column);
  order->descending = descending;
  order->nulls_first = nulls_first;

  return order;
}

static void
order_free (KvarOrder *order)
{
  g_free (order->column);
  g_free (order);
}

static gpointer
order_copy (gconstpointer source,
            gpointer      unused)
{
  const KvarOrder *order = source;

  return kvar_order_new (order->column, order->descending, order->nulls_first);
}

static gpointer
filter_copy_ref (gconstpointer source,
                 gpointer      unused)
{
  return kvar_filter_ref ((KvarFilter *)source);
}

static gboolean
refuse (GError     **error,
        const char  *what)
{
  g_debug ("Not a query: %s", what);
  g_set_error_literal (error, KVAR_ERROR, KVAR_ERROR_INVALID,
                       _("The conditions in this address can't be read."));

  return FALSE;
}

KvarQuery *
kvar_query_copy (KvarQuery *self)
{
  KvarQuery *copy = kvar_query_new ();

  g_ptr_array_unref (copy->orders);
  copy->orders = g_ptr_array_copy (self->orders, order_copy, NULL);
  g_ptr_array_set_free_func (copy->orders, (GDestroyNotify)order_free);
  g_ptr_array_unref (copy->filters);
  copy->filters = g_ptr_array_copy (self->filters, filter_copy_ref, NULL);
  g_ptr_array_set_free_func (copy->filters, (GDestroyNotify)kvar_filter_unref);
  copy->search = g_strdup (self->search);
  copy->view = g_strdup (self->view);
  copy->columns = g_strdupv (self->columns);

  return copy;
}

static gboolean
take_word (const char **cursor,
           const char  *word)
{
  gsize length = strlen (word);

  if (!g_str_has_prefix (*cursor, word) || strchr (".,", (*cursor)[length]) == NULL)
    return FALSE;

  *cursor += length;

  return TRUE;
}

/* "due_on.desc.nullslast,title" */
GPtrArray *
kvar_query_parse_orders (const char  *text,
                         GError     **error)
{
  g_autoptr(GPtrArray) orders = g_ptr_array_new_with_free_func ((GDestroyNotify)order_free);
  const char *cursor = text;

  while (*cursor != '\0')
    {
      g_autofree char *column = kvar_query_text_take_name (&cursor, error);
      gboolean descending = FALSE;
      gboolean nulls_first;

      if (column == NULL)
        return NULL;

      if (take_word (&cursor, ".desc"))
        descending = TRUE;
      else
        take_word (&cursor, ".asc");

      nulls_first = descending;
      if (take_word (&cursor, ".nullsfirst"))
        nulls_first = TRUE;
      else if (take_word (&cursor, ".nullslast"))
        nulls_first = FALSE;

      g_ptr_array_add (orders, kvar_order_new (column, descending, nulls_first));

      if (*cursor == ',' && cursor[1] != '\0')
        cursor++;
      else if (*cursor != '\0')
        {
          refuse (error, text);
          return NULL;
        }
    }

  return g_steal_pointer (&orders);
}

static char **
parse_columns (const char  *text,
               GError     **error)
{
  g_autoptr(GStrvBuilder) columns = g_strv_builder_new ();
  const char *cursor = text;

  if (*text == '\0')
    return NULL;

  while (TRUE)
    {
      g_autofree char *column = kvar_query_text_take_name (&cursor, error);

      if (column == NULL)
        return NULL;

      g_strv_builder_add (columns, column);
      if (*cursor != ',')
        break;
      cursor++;
    }

  if (*cursor == '\0')
    return g_strv_builder_end (columns);

  refuse (error, text);

  return NULL;
}

static gboolean
parse_parameter (KvarQuery   *self,
                 const char  *name,
                 const char  *value,
                 GError     **error)
{
  KvarFilter *filter;

  if (g_str_equal (name, "order"))
    {
      GPtrArray *orders = kvar_query_parse_orders (value, error);

      if (orders == NULL)
        return FALSE;

      g_ptr_array_unref (self->orders);
      self->orders = orders;
      return TRUE;
    }

  if (g_str_equal (name, "q") || g_str_equal (name, "view"))
    {
      char **place = name[0] == 'q' ? &self->search : &self->view;

      g_free (*place);
      *place = *value != '\0' ? g_strdup (value) : NULL;
      return TRUE;
    }

  if (g_str_equal (name, "select"))
    {
      g_strfreev (self->columns);
      self->columns = parse_columns (value, error);
      return self->columns != NULL || *value == '\0';
    }

  if (g_str_equal (name, "limit") || g_str_equal (name, "offset") ||
      g_str_equal (name, "columns") || g_str_equal (name, "on_conflict") ||
      g_str_equal (name, "not"))
    return refuse (error, name);

  filter = kvar_filter_parse (name, value, error);
  if (filter == NULL)
    return FALSE;

  g_ptr_array_add (self->filters, filter);

  return TRUE;
}

/* Forms write a space as '+', and so may whoever types a route. */
static char *
decode (const char  *text,
        gsize        length,
        GError     **error)
{
  g_autofree char *encoded = g_strndup (text, length);
  g_autofree char *decoded = NULL;

  g_strdelimit (encoded, "+", ' ');
  decoded = g_uri_unescape_string (encoded, NULL);
  if (decoded == NULL || !g_utf8_validate (decoded, -1, NULL))
    {
      refuse (error, "broken percent-encoding");
      return NULL;
    }

  return g_steal_pointer (&decoded);
}

KvarQuery *
kvar_query_new (void)
{
  KvarQuery *self = g_new0 (KvarQuery, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->orders = g_ptr_array_new_with_free_func ((GDestroyNotify)order_free);
  self->filters = g_ptr_array_new_with_free_func ((GDestroyNotify)kvar_filter_unref);

  return self;
}

/**
 * kvar_query_parse:
 * @query_string: a route's query, percent-encoded: "order=due_on.desc&status=eq.open&q=roof"
 *
 * Reads what a route asks of its table. %KVAR_ERROR_INVALID if it asks what Kvar does not know.
 */
KvarQuery *
kvar_query_parse (const char  *query_string,
                  GError     **error)
{
  g_autoptr(KvarQuery) self = kvar_query_new ();
  g_auto(GStrv) parameters = NULL;

  g_return_val_if_fail (query_string != NULL, NULL);

  parameters = g_strsplit (query_string, "&", -1);
  for (gsize i = 0; parameters[i] != NULL; i++)
    {
      const char *equals = strchr (parameters[i], '=');
      g_autofree char *name = NULL;
      g_autofree char *value = NULL;

      if (*parameters[i] == '\0')
        continue;

      if (equals == NULL)
        {
          refuse (error, parameters[i]);
          return NULL;
        }

      name = decode (parameters[i], equals - parameters[i], error);
      value = name != NULL ? decode (equals + 1, strlen (equals + 1), error) : NULL;
      if (value == NULL || !parse_parameter (self, name, value, error))
        return NULL;
    }

  return g_steal_pointer (&self);
}

KvarQuery *
kvar_query_ref (KvarQuery *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

void
kvar_query_unref (KvarQuery *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_clear_pointer (&self->orders, g_ptr_array_unref);
  g_clear_pointer (&self->filters, g_ptr_array_unref);
  g_clear_pointer (&self->search, g_free);
  g_clear_pointer (&self->view, g_free);
  g_clear_pointer (&self->columns, g_strfreev);
  g_free (self);
}

guint
kvar_query_get_n_orders (KvarQuery *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->orders->len;
}

const KvarOrder *
kvar_query_get_order (KvarQuery *self,
                      guint      index)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (index < self->orders->len, NULL);

  return g_ptr_array_index (self->orders, index);
}

guint
kvar_query_get_n_filters (KvarQuery *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->filters->len;
}

KvarFilter *
kvar_query_get_filter (KvarQuery *self,
                       guint      index)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (index < self->filters->len, NULL);

  return g_ptr_array_index (self->filters, index);
}

/**
 * kvar_query_get_search:
 *
 * Returns: (nullable): the text that any text column should contain
 */
const char *
kvar_query_get_search (KvarQuery *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->search;
}

/**
 * kvar_query_get_view:
 *
 * Returns: (nullable): the name of the kept view that this is, or was before it was changed
 */
const char *
kvar_query_get_view (KvarQuery *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->view;
}

/**
 * kvar_query_get_columns:
 *
 * Returns: (nullable) (transfer none): the names of the columns to show; %NULL: as usual
 */
const char *const *
kvar_query_get_columns (KvarQuery *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return (const char *const *)self->columns;
}

static void
append_parameter (GString    *text,
                  const char *name,
                  const char *value)
{
  if (text->len > 0)
    g_string_append_c (text, '&');
  g_string_append_uri_escaped (text, name, READABLE, FALSE);
  g_string_append_c (text, '=');
  g_string_append_uri_escaped (text, value, READABLE, FALSE);
}

static char *
orders_to_string (KvarQuery *self)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < self->orders->len; i++)
    {
      const KvarOrder *order = g_ptr_array_index (self->orders, i);
      g_autofree char *name = kvar_query_text_quote_name (order->column);

      g_string_append_printf (text, "%s%s%s", i > 0 ? "," : "", name,
                              order->descending ? ".desc" : "");
      if (order->nulls_first != order->descending)
        g_string_append (text, order->nulls_first ? ".nullsfirst" : ".nullslast");
    }

  return g_string_free (text, FALSE);
}

static char *
columns_to_string (KvarQuery *self)
{
  GString *text = g_string_new (NULL);

  for (gsize i = 0; self->columns[i] != NULL; i++)
    {
      g_autofree char *name = kvar_query_text_quote_name (self->columns[i]);

      g_string_append_printf (text, "%s%s", i > 0 ? "," : "", name);
    }

  return g_string_free (text, FALSE);
}

/**
 * kvar_query_to_string:
 *
 * Returns: (transfer full): the query as a route carries it, percent-encoded; "" if it asks
 *   for all rows as they come
 */
char *
kvar_query_to_string (KvarQuery *self)
{
  g_autoptr(GString) text = g_string_new (NULL);

  g_return_val_if_fail (self != NULL, NULL);

  if (self->orders->len > 0)
    {
      g_autofree char *orders = orders_to_string (self);

      append_parameter (text, "order", orders);
    }

  for (guint i = 0; i < self->filters->len; i++)
    {
      KvarFilter *filter = g_ptr_array_index (self->filters, i);
      g_autofree char *name = kvar_filter_to_name (filter);
      g_autofree char *value = kvar_filter_to_value (filter);

      append_parameter (text, name, value);
    }

  if (self->search != NULL)
    append_parameter (text, "q", self->search);
  if (self->view != NULL)
    append_parameter (text, "view", self->view);
  if (self->columns != NULL)
    {
      g_autofree char *columns = columns_to_string (self);

      append_parameter (text, "select", columns);
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

gboolean
kvar_query_equal (KvarQuery *a,
                  KvarQuery *b)
{
  g_autofree char *text_a = NULL;
  g_autofree char *text_b = NULL;

  g_return_val_if_fail (a != NULL, FALSE);
  g_return_val_if_fail (b != NULL, FALSE);

  if (a == b)
    return TRUE;

  text_a = kvar_query_to_string (a);
  text_b = kvar_query_to_string (b);

  return g_str_equal (text_a, text_b);
}
