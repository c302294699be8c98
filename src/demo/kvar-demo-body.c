/* kvar-demo-body.c: request bodies: rows of columns with their values still as text
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-demo"

#include "config.h"

#include <string.h>

#include "kvar-demo-array.h"
#include "kvar-demo-body.h"

static KvarDemoBody *
body_new (GBytes *bytes)
{
  KvarDemoBody *self = g_new0 (KvarDemoBody, 1);
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);

  self->names = g_ptr_array_new_with_free_func (g_free);
  self->rows = g_ptr_array_new_with_free_func ((GDestroyNotify)g_ptr_array_unref);
  self->text = g_strndup (length > 0 ? data : "", length);

  return self;
}

void
kvar_demo_body_free (KvarDemoBody *self)
{
  if (self == NULL)
    return;

  g_ptr_array_unref (self->names);
  g_ptr_array_unref (self->rows);
  kvar_demo_json_free (self->tree);
  g_free (self->text);
  g_free (self);
}

static gboolean
has_name (GPtrArray  *names,
          const char *name)
{
  return g_ptr_array_find_with_equal_func (names, name, g_str_equal, NULL);
}

static gboolean
same_keys (GPtrArray          *names,
           const KvarDemoJson *row)
{
  guint n = 0;

  for (guint i = 0; i < row->keys->len; i++)
    {
      if (!has_name (names, row->keys->pdata[i]))
        return FALSE;
      n += kvar_demo_json_get_member (row, row->keys->pdata[i]) == row->children->pdata[i];
    }

  return n == names->len;
}

static gboolean
take_row (KvarDemoBody        *self,
          const KvarDemoJson  *row,
          gboolean             any_keys,
          KvarDemoSqlError   **error)
{
  GPtrArray *cells;

  if (row->kind != KVAR_DEMO_JSON_OBJECT || (!any_keys && !same_keys (self->names, row)))
    {
      kvar_demo_sql_error_set (error, "PGRST102", "All object keys must match");
      return FALSE;
    }

  cells = g_ptr_array_new ();
  for (guint i = 0; i < self->names->len; i++)
    g_ptr_array_add (cells, kvar_demo_json_get_member (row, self->names->pdata[i]));
  g_ptr_array_add (self->rows, cells);

  return TRUE;
}

static void
take_names (KvarDemoBody       *self,
            const KvarDemoJson *first,
            GPtrArray          *columns)
{
  GPtrArray *from = columns;

  if (from == NULL && first != NULL && first->kind == KVAR_DEMO_JSON_OBJECT)
    from = first->keys;

  for (guint i = 0; from != NULL && i < from->len; i++)
    if (!has_name (self->names, from->pdata[i]))
      g_ptr_array_add (self->names, g_strdup (from->pdata[i]));
}

static gboolean
parse_json (KvarDemoBody      *self,
            GPtrArray         *columns,
            KvarDemoSqlError **error)
{
  const KvarDemoJson *tree;

  if (g_utf8_validate (self->text, -1, NULL))
    self->tree = kvar_demo_json_parse (self->text, -1, NULL);
  tree = self->tree;
  if (tree == NULL || tree->children == NULL)
    {
      kvar_demo_sql_error_set (error, "PGRST102", "Empty or invalid json");
      return FALSE;
    }

  self->array = tree->kind == KVAR_DEMO_JSON_ARRAY;
  if (!self->array)
    {
      take_names (self, tree, columns);
      return take_row (self, tree, columns != NULL, error);
    }

  take_names (self, tree->children->len > 0 ? tree->children->pdata[0] : NULL, columns);
  for (guint i = 0; i < tree->children->len; i++)
    if (!take_row (self, tree->children->pdata[i], columns != NULL, error))
      return FALSE;

  return TRUE;
}

/* Reads one field of CSV; @quoted tells "" from nothing. */
static char *
read_csv_field (const char **p,
                gboolean    *quoted)
{
  GString *out = g_string_new (NULL);

  *quoted = **p == '"';
  if (*quoted)
    {
      for ((*p)++; **p != '\0'; (*p)++)
        {
          if (**p == '"' && (*p)[1] != '"')
            break;
          if (**p == '"')
            (*p)++;
          g_string_append_c (out, **p);
        }
      if (**p == '"')
        (*p)++;
    }
  else
    while (**p != '\0' && strchr (",\r\n", **p) == NULL)
      g_string_append_c (out, *(*p)++);

  return g_string_free (out, FALSE);
}

static KvarDemoJson *
new_cell (char     *text,
          gboolean  quoted)
{
  KvarDemoJson *cell = g_new0 (KvarDemoJson, 1);

  cell->kind = !quoted && strcmp (text, "NULL") == 0 ? KVAR_DEMO_JSON_NULL
                                                     : KVAR_DEMO_JSON_STRING;
  cell->text = text;

  return cell;
}

/* The word NULL is null, an empty field the empty text. The cells hang in a tree that owns them. */
static gboolean
parse_csv (KvarDemoBody      *self,
           KvarDemoSqlError **error)
{
  const char *p = self->text;
  GPtrArray *cells = NULL;
  gboolean header = TRUE;

  self->array = TRUE;
  self->tree = g_new0 (KvarDemoJson, 1);
  self->tree->kind = KVAR_DEMO_JSON_ARRAY;
  self->tree->children = g_ptr_array_new_with_free_func ((GDestroyNotify)kvar_demo_json_free);

  while (*p != '\0')
    {
      gboolean quoted;
      char *field = read_csv_field (&p, &quoted);

      if (header)
        g_ptr_array_add (self->names, field);
      else
        {
          if (cells == NULL)
            {
              cells = g_ptr_array_new ();
              g_ptr_array_add (self->rows, cells);
            }
          g_ptr_array_add (self->tree->children, new_cell (field, quoted));
          g_ptr_array_add (cells, self->tree->children->pdata[self->tree->children->len - 1]);
        }

      if (*p == ',')
        {
          p++;
          continue;
        }

      p += strspn (p, "\r\n");
      if (!header && cells->len != self->names->len)
        {
          kvar_demo_sql_error_set (error, "PGRST102", "All lines must have same number of fields");
          return FALSE;
        }
      header = FALSE;
      cells = NULL;
    }

  return TRUE;
}

/**
 * kvar_demo_body_parse:
 * @content_type: (nullable)
 * @columns: (nullable): of columns=; then rows may have other keys
 *
 * Returns: (transfer full) (nullable): the rows
 */
KvarDemoBody *
kvar_demo_body_parse (GBytes            *bytes,
                      const char        *content_type,
                      GPtrArray         *columns,
                      KvarDemoSqlError **error)
{
  g_autoptr(KvarDemoBody) self = body_new (bytes);
  g_autofree char *type = g_strdup (content_type != NULL ? content_type : "application/json");
  gboolean good;

  type[strcspn (type, ";")] = '\0';
  g_strstrip (type);

  if (strcmp (type, "text/csv") == 0)
    good = parse_csv (self, error);
  else if (strcmp (type, "application/json") == 0 ||
           g_str_has_prefix (type, "application/vnd.pgrst"))
    good = parse_json (self, columns, error);
  else
    {
      kvar_demo_sql_error_set (error, "PGRST102", "Content-Type not acceptable: %s", type);
      good = FALSE;
    }

  return good ? g_steal_pointer (&self) : NULL;
}

static char *
to_array_text (const KvarDemoJson *cell)
{
  g_autoptr(GPtrArray) elements = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < cell->children->len; i++)
    {
      const KvarDemoJson *element = cell->children->pdata[i];

      if (element->kind == KVAR_DEMO_JSON_NULL)
        g_ptr_array_add (elements, NULL);
      else if (element->children == NULL)
        g_ptr_array_add (elements, g_strdup (element->text));
      else
        g_ptr_array_add (elements, kvar_demo_json_to_jsonb (element));
    }

  return kvar_demo_array_to_text (elements);
}

/**
 * kvar_demo_body_to_text:
 *
 * Returns: (transfer full) (nullable): what json_populate_record() hands to the type's input
 *   function; %NULL for null
 */
char *
kvar_demo_body_to_text (const KvarDemoJson *cell,
                        const KvarDemoType *type)
{
  /* A field of CSV has no source: it is the JSON document itself. */
  if (kvar_demo_type_is_json (type) && cell->start != NULL)
    return cell->kind == KVAR_DEMO_JSON_NULL ? NULL : g_strndup (cell->start, cell->length);

  if (cell->kind == KVAR_DEMO_JSON_NULL)
    return NULL;

  if (cell->children == NULL)
    return g_strdup (cell->text);

  if (cell->kind == KVAR_DEMO_JSON_ARRAY && kvar_demo_type_is_array (type))
    return to_array_text (cell);

  return g_strndup (cell->start, cell->length);
}
