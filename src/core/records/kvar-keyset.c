/* kvar-keyset.c: How a table's rows are walked page by page without missing one.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-keyset"

#include "config.h"

#include "records/kvar-keyset.h"
#include "records/kvar-query-text.h"

/* An order longer than this is cut: it only has to tell rows apart, and the address is short. */
#define MAX_ORDER_BYTES 2048

typedef struct
{
  char     *name;
  gboolean  descending;
  gboolean  nulls_first;
  gboolean  nullable;
} Term;

struct _KvarKeyset
{
  gatomicrefcount  ref_count;

  KvarKeysetMode   mode;
  gboolean         key_only;
  GPtrArray       *terms;    /* (element-type Term) */
};

G_DEFINE_BOXED_TYPE (KvarKeyset, kvar_keyset, kvar_keyset_ref, kvar_keyset_unref)

static void
term_free (Term *term)
{
  g_free (term->name);
  g_free (term);
}

static void
add_term (KvarKeyset *self,
          const char *name,
          gboolean    descending,
          gboolean    nulls_first,
          gboolean    nullable)
{
  Term *term;

  for (guint i = 0; i < self->terms->len; i++)
    {
      term = g_ptr_array_index (self->terms, i);
      if (g_str_equal (term->name, name))
        return;
    }

  term = g_new0 (Term, 1);
  term->name = g_strdup (name);
  term->descending = descending;
  term->nulls_first = nulls_first;
  term->nullable = nullable;
  g_ptr_array_add (self->terms, term);
}

static void
add_column (KvarKeyset *self,
            KvarColumn *column)
{
  if (column != NULL && kvar_column_get_can_select (column) &&
      kvar_type_is_sortable (kvar_column_get_column_type (column)))
    add_term (self, kvar_column_get_name (column), FALSE, FALSE,
              kvar_column_get_nullable (column));
}

/* What cannot be sorted, or is not among the table's columns, is no part of an order: its last
 * value could not be asked for. */
static void
add_orders (KvarKeyset *self,
            KvarTable  *table,
            KvarQuery  *query)
{
  for (guint i = 0; i < kvar_query_get_n_orders (query); i++)
    {
      const KvarOrder *order = kvar_query_get_order (query, i);
      KvarColumn *column = kvar_table_find_column (table, order->column);

      if (column != NULL && kvar_type_is_sortable (kvar_column_get_column_type (column)))
        add_term (self, order->column, order->descending, order->nulls_first,
                  kvar_column_get_nullable (column));
    }
}

static void
add_key (KvarKeyset *self,
         KvarTable  *table)
{
  guint n_key;
  const guint *key = kvar_table_get_key (table, &n_key);

  for (guint i = 0; i < n_key; i++)
    {
      KvarColumn *column = kvar_table_get_column (table, key[i]);

      add_term (self, kvar_column_get_name (column), FALSE, FALSE,
                kvar_column_get_nullable (column));
    }
}

static KvarKeysetMode
natural_mode (KvarTable *table)
{
  guint n_key;

  kvar_table_get_key (table, &n_key);
  if (n_key > 0 && !kvar_table_get_key_guessed (table))
    return KVAR_KEYSET_KEY;

  if (kvar_table_get_is_view (table) || kvar_table_get_kind (table) == KVAR_TABLE_FOREIGN)
    return KVAR_KEYSET_OFFSET;

  return KVAR_KEYSET_CTID;
}

/* "c comes after v", as up to two alternatives. */
static void
add_beyond (GPtrArray  *alternatives,
            Term       *term,
            const char *value)
{
  if (value == NULL)
    {
      if (term->nulls_first)
        g_ptr_array_add (alternatives, kvar_filter_new (term->name, "not.is", "null"));
      return;
    }

  g_ptr_array_add (alternatives,
                   kvar_filter_new (term->name, term->descending ? "lt" : "gt", value));
  if (term->nullable && !term->nulls_first)
    g_ptr_array_add (alternatives, kvar_filter_new (term->name, "is", "null"));
}

/* Beyond in this term; or equal in it and beyond in the next. */
static GPtrArray *
alternatives_from (KvarKeyset        *self,
                   guint              index,
                   const char *const *values)
{
  GPtrArray *alternatives = g_ptr_array_new_with_free_func ((GDestroyNotify)kvar_filter_unref);
  Term *term = g_ptr_array_index (self->terms, index);
  g_autoptr(GPtrArray) rest = NULL;
  GPtrArray *both;

  add_beyond (alternatives, term, values[index]);
  if (index + 1 == self->terms->len)
    return alternatives;

  rest = alternatives_from (self, index + 1, values);
  if (rest->len == 0)
    return alternatives;

  both = g_ptr_array_new_with_free_func ((GDestroyNotify)kvar_filter_unref);
  if (values[index] == NULL)
    g_ptr_array_add (both, kvar_filter_new (term->name, "is", "null"));
  else
    g_ptr_array_add (both, kvar_filter_new (term->name, "eq", values[index]));

  if (rest->len == 1)
    g_ptr_array_add (both, kvar_filter_ref (g_ptr_array_index (rest, 0)));
  else
    g_ptr_array_add (both, kvar_filter_new_group (KVAR_FILTER_OR, g_steal_pointer (&rest)));
  g_ptr_array_add (alternatives, kvar_filter_new_group (KVAR_FILTER_AND, both));

  return alternatives;
}

/* The database sees through "a >= v" at once and uses its index, through an "or" rarely. */
static void
add_bound (KvarKeyset        *self,
           GPtrArray         *filters,
           const char *const *values)
{
  Term *term = g_ptr_array_index (self->terms, 0);

  if (values[0] != NULL && (!term->nullable || term->nulls_first))
    g_ptr_array_add (filters,
                     kvar_filter_new (term->name, term->descending ? "lte" : "gte", values[0]));
}

/**
 * kvar_keyset_new:
 * @query: the order that the rows are seen in
 *
 * Chooses how @table is walked: by its key, by the place of its rows, or by counting.
 */
KvarKeyset *
kvar_keyset_new (KvarTable *table,
                 KvarQuery *query)
{
  g_return_val_if_fail (KVAR_IS_TABLE (table), NULL);

  return kvar_keyset_new_for_mode (table, query, natural_mode (table));
}

/**
 * kvar_keyset_new_for_mode:
 *
 * As kvar_keyset_new(), when the server has refused the natural way.
 */
KvarKeyset *
kvar_keyset_new_for_mode (KvarTable      *table,
                          KvarQuery      *query,
                          KvarKeysetMode  mode)
{
  KvarKeyset *self;
  guint n_key;

  g_return_val_if_fail (KVAR_IS_TABLE (table), NULL);
  g_return_val_if_fail (query != NULL, NULL);

  self = g_new0 (KvarKeyset, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->mode = mode;
  self->terms = g_ptr_array_new_with_free_func ((GDestroyNotify)term_free);

  add_orders (self, table, query);

  switch (mode)
    {
    case KVAR_KEYSET_KEY:
      add_key (self, table);
      kvar_table_get_key (table, &n_key);
      self->key_only = self->terms->len == n_key;
      break;

    case KVAR_KEYSET_CTID:
      self->key_only = self->terms->len == 0;
      add_term (self, "tableoid", FALSE, FALSE, FALSE);
      add_term (self, "ctid", FALSE, FALSE, FALSE);
      break;

    case KVAR_KEYSET_OFFSET:
      add_key (self, table);
      for (guint i = 0; i < kvar_table_get_n_columns (table); i++)
        add_column (self, kvar_table_get_column (table, i));
      break;

    default:
      g_assert_not_reached ();
    }

  return self;
}

/**
 * kvar_keyset_reverse:
 *
 * Returns: (transfer full): the same walk from the other end. Only for what is not counted.
 */
KvarKeyset *
kvar_keyset_reverse (KvarKeyset *self)
{
  KvarKeyset *reversed;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (self->mode != KVAR_KEYSET_OFFSET, NULL);

  reversed = g_new0 (KvarKeyset, 1);
  g_atomic_ref_count_init (&reversed->ref_count);
  reversed->mode = self->mode;
  reversed->key_only = self->key_only;
  reversed->terms = g_ptr_array_new_with_free_func ((GDestroyNotify)term_free);
  for (guint i = 0; i < self->terms->len; i++)
    {
      Term *term = g_ptr_array_index (self->terms, i);

      add_term (reversed, term->name, !term->descending, !term->nulls_first, term->nullable);
    }

  return reversed;
}

KvarKeyset *
kvar_keyset_ref (KvarKeyset *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

void
kvar_keyset_unref (KvarKeyset *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_clear_pointer (&self->terms, g_ptr_array_unref);
  g_free (self);
}

KvarKeysetMode
kvar_keyset_get_mode (KvarKeyset *self)
{
  g_return_val_if_fail (self != NULL, KVAR_KEYSET_OFFSET);

  return self->mode;
}

/**
 * kvar_keyset_is_key_only:
 *
 * Returns: whether nothing but what tells rows apart is in the order. Such a walk cannot meet
 *   a row twice, as a key does not change under way.
 */
gboolean
kvar_keyset_is_key_only (KvarKeyset *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->key_only;
}

guint
kvar_keyset_get_n_terms (KvarKeyset *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->terms->len;
}

/**
 * kvar_keyset_get_term:
 *
 * Returns: the plain name of the column whose last value the next page needs
 */
const char *
kvar_keyset_get_term (KvarKeyset *self,
                      guint       index)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (index < self->terms->len, NULL);

  return ((Term *)g_ptr_array_index (self->terms, index))->name;
}

/**
 * kvar_keyset_to_order:
 *
 * Returns: (transfer full): the value of PostgREST's "order"; "" if nothing can be sorted by
 */
char *
kvar_keyset_to_order (KvarKeyset *self)
{
  g_autoptr(GString) order = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  order = g_string_new (NULL);
  for (guint i = 0; i < self->terms->len; i++)
    {
      Term *term = g_ptr_array_index (self->terms, i);
      g_autofree char *name = kvar_query_text_quote_name (term->name);

      if (self->mode == KVAR_KEYSET_OFFSET && order->len > MAX_ORDER_BYTES)
        break;

      g_string_append_printf (order, "%s%s.%s", i > 0 ? "," : "", name,
                              term->descending ? "desc" : "asc");
      if (term->nullable)
        g_string_append (order, term->nulls_first ? ".nullsfirst" : ".nullslast");
    }

  return g_string_free (g_steal_pointer (&order), FALSE);
}

/**
 * kvar_keyset_after:
 * @values: the last row's value of every term; %NULL where it is null
 *
 * Returns: (transfer full) (element-type KvarFilter): conditions that together leave exactly
 *   the rows that come after that row
 */
GPtrArray *
kvar_keyset_after (KvarKeyset        *self,
                   const char *const *values)
{
  g_autoptr(GPtrArray) filters = NULL;
  g_autoptr(GPtrArray) alternatives = NULL;
  Term *first;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (self->mode != KVAR_KEYSET_OFFSET, NULL);

  filters = g_ptr_array_new_with_free_func ((GDestroyNotify)kvar_filter_unref);
  alternatives = alternatives_from (self, 0, values);
  first = g_ptr_array_index (self->terms, 0);

  if (alternatives->len == 0)
    {
      g_ptr_array_add (filters, kvar_filter_new (first->name, "in", "()"));
    }
  else if (alternatives->len == 1)
    {
      g_ptr_array_add (filters, kvar_filter_ref (g_ptr_array_index (alternatives, 0)));
    }
  else
    {
      add_bound (self, filters, values);
      g_ptr_array_add (filters,
                       kvar_filter_new_group (KVAR_FILTER_OR, g_steal_pointer (&alternatives)));
    }

  return g_steal_pointer (&filters);
}

/**
 * kvar_keyset_at:
 * @values: a row's value of every term; %NULL where it is null
 *
 * Returns: (transfer full) (element-type KvarFilter): conditions that leave that row, if it is
 *   still where it was
 */
GPtrArray *
kvar_keyset_at (KvarKeyset        *self,
                const char *const *values)
{
  GPtrArray *filters;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (values != NULL, NULL);

  filters = g_ptr_array_new_with_free_func ((GDestroyNotify)kvar_filter_unref);
  for (guint i = 0; i < self->terms->len; i++)
    {
      Term *term = g_ptr_array_index (self->terms, i);

      g_ptr_array_add (filters, values[i] != NULL
                                ? kvar_filter_new (term->name, "eq", values[i])
                                : kvar_filter_new (term->name, "is", "null"));
    }

  return filters;
}
