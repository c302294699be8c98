/* kvar-demo-query.c: PostgREST's query string taken apart: columns, embeds, conditions, order
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-demo"

#include "config.h"

#include <string.h>

#include "kvar-demo-query-private.h"

/* A decoded parameter, its key split at points outside of quotes. */
typedef struct
{
  char      *key;
  char      *value;
  GPtrArray *path;
} Parameter;

static void
parameter_free (Parameter *self)
{
  g_free (self->key);
  g_free (self->value);
  g_clear_pointer (&self->path, g_ptr_array_unref);
  g_free (self);
}

static void
field_clear (KvarDemoField *self)
{
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->steps, g_ptr_array_unref);
}

void
kvar_demo_condition_free (KvarDemoCondition *self)
{
  if (self == NULL)
    return;

  field_clear (&self->field);
  g_free (self->value);
  g_clear_pointer (&self->values, g_ptr_array_unref);
  g_clear_pointer (&self->children, g_ptr_array_unref);
  g_free (self);
}

void
kvar_demo_order_free (KvarDemoOrder *self)
{
  g_free (self->relation);
  field_clear (&self->field);
  g_free (self);
}

void
kvar_demo_item_free (KvarDemoItem *self)
{
  g_free (self->alias);
  field_clear (&self->field);
  g_free (self->cast);
  g_free (self->hint);
  kvar_demo_query_free (self->embed);
  g_free (self);
}

KvarDemoQuery *
kvar_demo_query_new (void)
{
  KvarDemoQuery *self = g_new0 (KvarDemoQuery, 1);

  self->items = g_ptr_array_new_with_free_func ((GDestroyNotify)kvar_demo_item_free);
  self->conditions = g_ptr_array_new_with_free_func ((GDestroyNotify)kvar_demo_condition_free);
  self->orders = g_ptr_array_new_with_free_func ((GDestroyNotify)kvar_demo_order_free);
  self->arguments = g_ptr_array_new_with_free_func (g_free);
  self->limit = -1;

  return self;
}

void
kvar_demo_query_free (KvarDemoQuery *self)
{
  if (self == NULL)
    return;

  g_ptr_array_unref (self->items);
  g_ptr_array_unref (self->conditions);
  g_ptr_array_unref (self->orders);
  g_ptr_array_unref (self->arguments);
  g_clear_pointer (&self->columns, g_ptr_array_unref);
  g_clear_pointer (&self->on_conflict, g_ptr_array_unref);
  g_free (self);
}

static char *
decode (const char *text,
        gsize       length)
{
  g_autofree char *spaced = g_strndup (text, length);
  g_autofree char *decoded = NULL;

  g_strdelimit (spaced, "+", ' ');
  decoded = g_uri_unescape_string (spaced, NULL);

  return decoded != NULL ? g_utf8_make_valid (decoded, -1) : g_steal_pointer (&spaced);
}

/* An arrow's path belongs to the last piece: its keys may hold no point, as with PostgREST. */
static GPtrArray *
split_key (const char *key)
{
  GPtrArray *path = g_ptr_array_new_with_free_func (g_free);
  const char *start = key;
  gboolean quoted = FALSE;

  for (const char *p = key; ; p++)
    {
      if (*p == '"')
        quoted = !quoted;
      if (*p == '\0' || (*p == '.' && !quoted))
        {
          g_ptr_array_add (path, g_strndup (start, p - start));
          start = p + 1;
        }
      if (*p == '\0')
        return path;
    }
}

static GPtrArray *
split_parameters (const char *text)
{
  GPtrArray *parameters = g_ptr_array_new_with_free_func ((GDestroyNotify)parameter_free);
  g_auto(GStrv) pieces = g_strsplit (text != NULL ? text : "", "&", -1);

  for (guint i = 0; pieces[i] != NULL; i++)
    {
      gsize length = strcspn (pieces[i], "=");
      Parameter *parameter;

      if (*pieces[i] == '\0')
        continue;

      parameter = g_new0 (Parameter, 1);
      parameter->key = decode (pieces[i], length);
      parameter->value = decode (pieces[i] + length + (pieces[i][length] != '\0'),
                                 strlen (pieces[i] + length + (pieces[i][length] != '\0')));
      parameter->path = split_key (parameter->key);
      g_ptr_array_add (parameters, parameter);
    }

  return parameters;
}

/* The embed that the first @n pieces of a key name, by alias or by the relation's own name. */
static KvarDemoQuery *
find_embed (KvarDemoQuery *query,
            GPtrArray     *path,
            guint          n)
{
  for (guint i = 0; i < n && query != NULL; i++)
    {
      KvarDemoQuery *found = NULL;

      for (guint j = 0; j < query->items->len && found == NULL; j++)
        {
          KvarDemoItem *item = query->items->pdata[j];

          if (item->embed != NULL &&
              (g_strcmp0 (item->alias, path->pdata[i]) == 0 ||
               strcmp (item->field.name, path->pdata[i]) == 0))
            found = item->embed;
        }
      query = found;
    }

  return query;
}

static gboolean
take_bound (KvarDemoQuery     *query,
            const Parameter   *parameter,
            gboolean           limit,
            KvarDemoSqlError **error)
{
  char *end;
  gint64 number = g_ascii_strtoll (parameter->value, &end, 10);

  /* What is no number is ignored, as PostgREST does. */
  if (*parameter->value == '\0' || *end != '\0')
    return TRUE;

  if (limit && number < 0)
    {
      kvar_demo_sql_error_set (error, "PGRST103", "Requested range not satisfiable");
      kvar_demo_sql_error_explain (error, "Limit should be greater than or equal to zero.", NULL);
      return FALSE;
    }

  query->has_limit = TRUE;
  if (limit)
    query->limit = number;
  else
    query->offset = MAX (number, 0);

  return TRUE;
}

static gboolean
take_names (GPtrArray        **names,
            const Parameter   *parameter,
            KvarDemoSqlError **error)
{
  g_clear_pointer (names, g_ptr_array_unref);
  *names = kvar_demo_query_parse_names (parameter->value);
  if (*names != NULL)
    return TRUE;

  kvar_demo_sql_error_set (error, "PGRST100",
                           "\"failed to parse %s parameter (%s)\" (line 1, column 1)",
                           parameter->key, parameter->value);

  return FALSE;
}

static gboolean
take_condition (KvarDemoQuery     *query,
                KvarDemoCondition *condition)
{
  if (condition == NULL)
    return FALSE;

  if (query != NULL)
    g_ptr_array_add (query->conditions, condition);
  else
    kvar_demo_condition_free (condition);

  return TRUE;
}

/* A filter; or, for a function called with GET, an argument when it reads as no filter. */
static gboolean
take_filter (KvarDemoQuery     *top,
             KvarDemoQuery     *query,
             const Parameter   *parameter,
             gboolean           with_arguments,
             KvarDemoSqlError **error)
{
  const char *field = parameter->path->pdata[parameter->path->len - 1];
  g_autoptr(KvarDemoSqlError) local_error = NULL;
  KvarDemoCondition *condition;

  condition = kvar_demo_query_parse_filter (field, parameter->value, &local_error);
  if (condition == NULL && with_arguments && parameter->path->len == 1)
    {
      g_ptr_array_add (top->arguments, g_strdup (parameter->key));
      g_ptr_array_add (top->arguments, g_strdup (parameter->value));
      return TRUE;
    }

  if (condition == NULL)
    kvar_demo_sql_error_propagate (error, g_steal_pointer (&local_error));

  return take_condition (query, condition);
}

static gboolean
take_parameter (KvarDemoQuery     *top,
                const Parameter   *parameter,
                gboolean           with_arguments,
                KvarDemoSqlError **error)
{
  GPtrArray *path = parameter->path;
  guint n = path->len - 1;
  const char *last = path->pdata[n];
  gboolean tree = strcmp (last, "and") == 0 || strcmp (last, "or") == 0;
  gboolean negated = tree && n > 0 && strcmp (path->pdata[n - 1], "not") == 0;
  KvarDemoQuery *query = find_embed (top, path, negated ? n - 1 : n);

  if (strcmp (parameter->key, "columns") == 0)
    return take_names (&top->columns, parameter, error);
  if (strcmp (parameter->key, "on_conflict") == 0)
    return take_names (&top->on_conflict, parameter, error);

  if (query == NULL)
    {
      kvar_demo_sql_error_set (error, "PGRST108",
                               "'%s' is not an embedded resource in this request",
                               (char *)path->pdata[0]);
      kvar_demo_sql_error_explain (error, NULL, "Verify that the name is included in the "
                                   "'select' query parameter.");
      (*error)->status = 400;
      return FALSE;
    }

  if (strcmp (last, "order") == 0)
    return kvar_demo_query_parse_order (parameter->value, query, error);
  if (strcmp (last, "limit") == 0 || strcmp (last, "offset") == 0)
    return take_bound (query, parameter, strcmp (last, "limit") == 0, error);
  if (tree)
    return take_condition (query, kvar_demo_query_parse_logic (negated, strcmp (last, "or") == 0,
                                                               parameter->value, error));

  return take_filter (top, query, parameter, with_arguments, error);
}

static void
add_star (KvarDemoQuery *query)
{
  KvarDemoItem *item = g_new0 (KvarDemoItem, 1);

  item->field.name = g_strdup ("*");
  g_ptr_array_add (query->items, item);
}

/**
 * kvar_demo_query_parse:
 * @text: (nullable): the raw query string
 * @with_arguments: for a function called with GET: what is no filter is an argument
 *
 * Returns: (transfer full) (nullable): the query
 */
KvarDemoQuery *
kvar_demo_query_parse (const char        *text,
                       gboolean           with_arguments,
                       KvarDemoSqlError **error)
{
  g_autoptr(KvarDemoQuery) query = kvar_demo_query_new ();
  g_autoptr(GPtrArray) parameters = split_parameters (text);
  gboolean has_select = FALSE;

  g_return_val_if_fail (error != NULL, NULL);

  for (guint i = 0; i < parameters->len; i++)
    {
      const Parameter *parameter = parameters->pdata[i];

      if (strcmp (parameter->key, "select") != 0)
        continue;
      has_select = TRUE;
      if (!kvar_demo_query_parse_select (parameter->value, query, error))
        return NULL;
    }

  if (!has_select)
    add_star (query);

  for (guint i = 0; i < parameters->len; i++)
    {
      const Parameter *parameter = parameters->pdata[i];

      if (strcmp (parameter->key, "select") != 0 && strcmp (parameter->key, "apikey") != 0 &&
          !take_parameter (query, parameter, with_arguments, error))
        return NULL;
    }

  return g_steal_pointer (&query);
}

static int
compare_parameters (gconstpointer a,
                    gconstpointer b)
{
  const Parameter *x = *(Parameter * const *)a, *y = *(Parameter * const *)b;
  int result = strcmp (x->key, y->key);

  return result != 0 ? result : strcmp (x->value, y->value);
}

/**
 * kvar_demo_query_normalise:
 * @text: (nullable): the raw query string
 *
 * Returns: (transfer full): the parameters sorted and encoded anew, as Content-Location has them
 */
char *
kvar_demo_query_normalise (const char *text)
{
  g_autoptr(GPtrArray) parameters = split_parameters (text);
  GString *out = g_string_new (NULL);

  g_ptr_array_sort (parameters, compare_parameters);
  for (guint i = 0; i < parameters->len; i++)
    {
      const Parameter *parameter = parameters->pdata[i];

      if (strcmp (parameter->key, "apikey") == 0)
        continue;
      if (out->len > 0)
        g_string_append_c (out, '&');
      g_string_append_uri_escaped (out, parameter->key, NULL, FALSE);
      g_string_append_c (out, '=');
      g_string_append_uri_escaped (out, parameter->value, NULL, FALSE);
    }

  return g_string_free (out, FALSE);
}
