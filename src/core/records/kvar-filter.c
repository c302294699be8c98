/* kvar-filter.c: One condition on a table's rows, or a group of them.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-filter"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "kvar-error.h"
#include "records/kvar-filter.h"
#include "records/kvar-query-text.h"

/* Deeper groups than this are nobody's question. */
#define MAX_DEPTH 16

struct _KvarFilter
{
  gatomicrefcount  ref_count;

  KvarFilterKind   kind;
  gboolean         negated;
  char            *column;    /* a condition's; NULL in a group */
  char            *path;      /* (nullable) "->a->>b" into a json column */
  char            *op;
  char            *value;
  GPtrArray       *members;   /* (element-type KvarFilter) a group's */
};

G_DEFINE_BOXED_TYPE (KvarFilter, kvar_filter, kvar_filter_ref, kvar_filter_unref)

static const char *const known_ops[] = {
  "adj", "cd", "cs", "eq", "fts", "gt", "gte", "ilike", "imatch", "in", "is", "isdistinct", "like",
  "lt", "lte", "match", "neq", "nxl", "nxr", "ov", "phfts", "plfts", "sl", "sr", "wfts", NULL
};

static KvarFilter *parse_nested (const char **cursor, guint depth, GError **error);

static gboolean
refuse (GError     **error,
        const char  *what)
{
  g_debug ("Not a condition: %s", what);
  g_set_error_literal (error, KVAR_ERROR, KVAR_ERROR_INVALID,
                       _("The conditions in this address can't be read."));

  return FALSE;
}

static KvarFilter *
filter_alloc (KvarFilterKind kind)
{
  KvarFilter *self = g_new0 (KvarFilter, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->kind = kind;

  return self;
}

/* The operator's word ends where its modifier begins: "like(any)", "fts(swedish)". */
static gboolean
is_known_op (const char *op)
{
  g_autofree char *word = g_strndup (op, strcspn (op, "("));

  return g_strv_contains (known_ops, word);
}

static gboolean
is_list_op (const char *op)
{
  return g_str_equal (op, "in") || g_str_equal (op, "is");
}

/* Reads "[not.]op." and leaves @cursor at the value. */
static gboolean
take_op (const char **cursor,
         gboolean    *negated,
         char       **op,
         GError     **error)
{
  const char *start = *cursor;
  const char *end;

  *negated = g_str_has_prefix (start, "not.");
  if (*negated)
    start += strlen ("not.");

  end = strchr (start, '.');
  if (end == NULL)
    return refuse (error, *cursor);

  *op = g_strndup (start, end - start);
  if (!is_known_op (*op))
    return refuse (error, *cursor);

  *cursor = end + 1;

  return TRUE;
}

/* "->a->>b" as it stands, up to a dot or the end. */
static char *
take_path (const char **cursor)
{
  const char *start = *cursor;
  const char *p = start;
  gboolean quoted = FALSE;

  if (!g_str_has_prefix (start, "->"))
    return NULL;

  for (; *p != '\0' && (quoted || strchr (".,()", *p) == NULL); p++)
    if (*p == '"')
      quoted = !quoted;

  *cursor = p;

  return g_strndup (start, p - start);
}

static char *
take_nested_value (const char **cursor,
                   const char  *op,
                   GError     **error)
{
  const char *start = *cursor;
  char *text = NULL;
  gsize length;

  if (*start == '"')
    return kvar_query_text_take_quoted (cursor, error);

  if (*start == '(' && g_str_equal (op, "in"))
    text = kvar_query_text_take_bracketed (cursor, '(', ')');
  else if (*start == '{')
    text = kvar_query_text_take_bracketed (cursor, '{', '}');

  if (text != NULL)
    return text;

  length = strcspn (start, ",)");
  *cursor = start + length;

  return g_strndup (start, length);
}

/* "(a.eq.1,or(b.is.null,c.gt.2))" */
static GPtrArray *
parse_members (const char **cursor,
               guint        depth,
               GError     **error)
{
  g_autoptr(GPtrArray) members = g_ptr_array_new_with_free_func ((GDestroyNotify)kvar_filter_unref);

  if (**cursor != '(' || depth > MAX_DEPTH)
    {
      refuse (error, *cursor);
      return NULL;
    }

  do
    {
      KvarFilter *member;

      (*cursor)++;
      member = parse_nested (cursor, depth + 1, error);
      if (member == NULL)
        return NULL;
      g_ptr_array_add (members, member);
    }
  while (**cursor == ',');

  if (**cursor != ')')
    {
      refuse (error, *cursor);
      return NULL;
    }

  (*cursor)++;

  return g_steal_pointer (&members);
}

static gboolean
take_group_word (const char     **cursor,
                 char             after,
                 KvarFilterKind  *kind,
                 gboolean        *negated)
{
  const char *p = *cursor;

  *negated = g_str_has_prefix (p, "not.");
  if (*negated)
    p += strlen ("not.");

  if (g_str_has_prefix (p, "and") && p[3] == after)
    {
      *kind = KVAR_FILTER_AND;
      *cursor = p + 3;
      return TRUE;
    }

  if (g_str_has_prefix (p, "or") && p[2] == after)
    {
      *kind = KVAR_FILTER_OR;
      *cursor = p + 2;
      return TRUE;
    }

  return FALSE;
}

static KvarFilter *
parse_nested (const char **cursor,
              guint        depth,
              GError     **error)
{
  g_autoptr(KvarFilter) self = filter_alloc (KVAR_FILTER_CONDITION);

  if (take_group_word (cursor, '(', &self->kind, &self->negated))
    {
      self->members = parse_members (cursor, depth, error);
      return self->members != NULL ? g_steal_pointer (&self) : NULL;
    }

  self->negated = FALSE;
  self->column = kvar_query_text_take_name (cursor, error);
  if (self->column == NULL)
    return NULL;

  self->path = take_path (cursor);
  if (**cursor != '.')
    {
      refuse (error, *cursor);
      return NULL;
    }

  (*cursor)++;
  if (!take_op (cursor, &self->negated, &self->op, error))
    return NULL;

  self->value = take_nested_value (cursor, self->op, error);

  return self->value != NULL ? g_steal_pointer (&self) : NULL;
}

static char *
condition_name (KvarFilter *self)
{
  g_autofree char *quoted = kvar_query_text_quote_name (self->column);

  return g_strconcat (quoted, self->path != NULL ? self->path : "", NULL);
}

static void
append_nested (KvarFilter *self,
               GString    *text)
{
  if (self->kind == KVAR_FILTER_CONDITION)
    {
      g_autofree char *name = condition_name (self);
      g_autofree char *value = NULL;

      value = is_list_op (self->op) ? g_strdup (self->value)
                                    : kvar_query_text_quote_value (self->value);
      g_string_append_printf (text, "%s.%s%s.%s", name, self->negated ? "not." : "",
                              self->op, value);
      return;
    }

  g_string_append (text, self->negated ? "not." : "");
  g_string_append (text, self->kind == KVAR_FILTER_AND ? "and(" : "or(");
  for (guint i = 0; i < self->members->len; i++)
    {
      if (i > 0)
        g_string_append_c (text, ',');
      append_nested (g_ptr_array_index (self->members, i), text);
    }
  g_string_append_c (text, ')');
}

static KvarFilter *
filter_copy (KvarFilter *self)
{
  KvarFilter *copy = filter_alloc (self->kind);

  copy->negated = self->negated;
  copy->column = g_strdup (self->column);
  copy->path = g_strdup (self->path);
  copy->op = g_strdup (self->op);
  copy->value = g_strdup (self->value);
  copy->members = self->members != NULL ? g_ptr_array_ref (self->members) : NULL;

  return copy;
}

/**
 * kvar_filter_new:
 * @column: the column's plain name
 * @op: PostgREST's operator, with "not." before it if negated
 * @value: the operand as it stands; lists and arrays in their brackets
 */
KvarFilter *
kvar_filter_new (const char *column,
                 const char *op,
                 const char *value)
{
  KvarFilter *self;

  g_return_val_if_fail (column != NULL, NULL);
  g_return_val_if_fail (op != NULL, NULL);
  g_return_val_if_fail (value != NULL, NULL);

  self = filter_alloc (KVAR_FILTER_CONDITION);
  self->negated = g_str_has_prefix (op, "not.");
  self->column = g_strdup (column);
  self->op = g_strdup (self->negated ? op + strlen ("not.") : op);
  self->value = g_strdup (value);

  return self;
}

/**
 * kvar_filter_new_group:
 * @kind: whether all or any of @members must hold
 * @members: (transfer full) (element-type KvarFilter): at least one; not changed afterwards
 */
KvarFilter *
kvar_filter_new_group (KvarFilterKind  kind,
                       GPtrArray      *members)
{
  KvarFilter *self;

  g_return_val_if_fail (kind != KVAR_FILTER_CONDITION, NULL);
  g_return_val_if_fail (members != NULL && members->len > 0, NULL);

  self = filter_alloc (kind);
  self->members = members;

  return self;
}

KvarFilter *
kvar_filter_new_negation (KvarFilter *filter)
{
  KvarFilter *self;

  g_return_val_if_fail (filter != NULL, NULL);

  self = filter_copy (filter);
  self->negated = !self->negated;

  return self;
}

/**
 * kvar_filter_parse:
 * @name: a query parameter's name, percent-decoded
 * @value: its value, percent-decoded
 *
 * Reads one condition or group as PostgREST's query strings and Kvar's routes write them.
 */
KvarFilter *
kvar_filter_parse (const char  *name,
                   const char  *value,
                   GError     **error)
{
  g_autoptr(KvarFilter) self = filter_alloc (KVAR_FILTER_CONDITION);
  const char *cursor = name;
  const char *operand = value;

  g_return_val_if_fail (name != NULL, NULL);
  g_return_val_if_fail (value != NULL, NULL);

  if (take_group_word (&cursor, '\0', &self->kind, &self->negated))
    {
      self->members = parse_members (&operand, 0, error);
      if (self->members == NULL)
        return NULL;
    }
  else
    {
      self->negated = FALSE;
      self->column = kvar_query_text_take_name (&cursor, error);
      if (self->column == NULL)
        return NULL;

      self->path = take_path (&cursor);
      if (!take_op (&operand, &self->negated, &self->op, error))
        return NULL;

      self->value = g_strdup (operand);
      operand = "";
    }

  if (*cursor != '\0' || *operand != '\0')
    {
      refuse (error, name);
      return NULL;
    }

  return g_steal_pointer (&self);
}

KvarFilter *
kvar_filter_ref (KvarFilter *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

void
kvar_filter_unref (KvarFilter *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_clear_pointer (&self->column, g_free);
  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->op, g_free);
  g_clear_pointer (&self->value, g_free);
  g_clear_pointer (&self->members, g_ptr_array_unref);
  g_free (self);
}

KvarFilterKind
kvar_filter_get_kind (KvarFilter *self)
{
  g_return_val_if_fail (self != NULL, KVAR_FILTER_CONDITION);

  return self->kind;
}

gboolean
kvar_filter_get_negated (KvarFilter *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->negated;
}

/**
 * kvar_filter_get_column:
 *
 * Returns: (nullable): the condition's column; %NULL for a group
 */
const char *
kvar_filter_get_column (KvarFilter *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->column;
}

/**
 * kvar_filter_get_path:
 *
 * Returns: (nullable): the way into a json column, such as "->>room"
 */
const char *
kvar_filter_get_path (KvarFilter *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->path;
}

/**
 * kvar_filter_get_op:
 *
 * Returns: (nullable): the operator without its negation; %NULL for a group
 */
const char *
kvar_filter_get_op (KvarFilter *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->op;
}

const char *
kvar_filter_get_value (KvarFilter *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->value;
}

guint
kvar_filter_get_n_members (KvarFilter *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->members != NULL ? self->members->len : 0;
}

KvarFilter *
kvar_filter_get_member (KvarFilter *self,
                        guint       index)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (index < kvar_filter_get_n_members (self), NULL);

  return g_ptr_array_index (self->members, index);
}

/**
 * kvar_filter_to_name:
 *
 * Returns: (transfer full): the query parameter's name, not percent-encoded
 */
char *
kvar_filter_to_name (KvarFilter *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  if (self->kind == KVAR_FILTER_CONDITION)
    return condition_name (self);

  return g_strconcat (self->negated ? "not." : "",
                      self->kind == KVAR_FILTER_AND ? "and" : "or", NULL);
}

/**
 * kvar_filter_to_value:
 *
 * Returns: (transfer full): the query parameter's value, not percent-encoded
 */
char *
kvar_filter_to_value (KvarFilter *self)
{
  g_autoptr(GString) text = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  if (self->kind == KVAR_FILTER_CONDITION)
    return g_strconcat (self->negated ? "not." : "", self->op, ".", self->value, NULL);

  text = g_string_new (NULL);
  append_nested (self, text);
  g_string_erase (text, 0, strchr (text->str, '(') - text->str);

  return g_string_free (g_steal_pointer (&text), FALSE);
}

gboolean
kvar_filter_equal (KvarFilter *a,
                   KvarFilter *b)
{
  g_autofree char *name_a = kvar_filter_to_name (a);
  g_autofree char *name_b = kvar_filter_to_name (b);
  g_autofree char *value_a = kvar_filter_to_value (a);
  g_autofree char *value_b = kvar_filter_to_value (b);

  return g_strcmp0 (name_a, name_b) == 0 && g_strcmp0 (value_a, value_b) == 0;
}
