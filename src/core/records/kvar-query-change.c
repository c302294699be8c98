/* kvar-query-change.c: Nearly the same question: in another order, with one condition more or less
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-query"

#include "config.h"

#include "records/kvar-query-private.h"

/**
 * kvar_query_with_order:
 * @order: (nullable): "due_on.desc,title", names quoted where they need it
 *
 * Returns: (transfer full): the same question in another order; in the old one if @order
 *   cannot be read
 */
KvarQuery *
kvar_query_with_order (KvarQuery  *self,
                       const char *order)
{
  KvarQuery *copy;
  GPtrArray *orders;

  g_return_val_if_fail (self != NULL, NULL);

  copy = kvar_query_copy (self);
  orders = kvar_query_parse_orders (order != NULL ? order : "", NULL);
  if (orders == NULL)
    return copy;

  g_ptr_array_unref (copy->orders);
  copy->orders = orders;

  return copy;
}

/**
 * kvar_query_with_column_order:
 * @column: the plain name of the one column to sort by
 */
KvarQuery *
kvar_query_with_column_order (KvarQuery  *self,
                              const char *column,
                              gboolean    descending)
{
  KvarQuery *copy;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (column != NULL, NULL);

  copy = kvar_query_copy (self);
  g_ptr_array_set_size (copy->orders, 0);
  g_ptr_array_add (copy->orders, kvar_order_new (column, descending, descending));

  return copy;
}

/**
 * kvar_query_with_added_order:
 * @column: the plain name of a column to sort by as well
 *
 * Sorts by @column after the columns of before, or turns it round where it stands among them.
 */
KvarQuery *
kvar_query_with_added_order (KvarQuery  *self,
                             const char *column,
                             gboolean    descending)
{
  KvarQuery *copy;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (column != NULL, NULL);

  copy = kvar_query_copy (self);
  for (guint i = 0; i < copy->orders->len; i++)
    {
      KvarOrder *order = g_ptr_array_index (copy->orders, i);

      if (g_str_equal (order->column, column))
        {
          order->descending = descending;
          order->nulls_first = descending;
          return copy;
        }
    }
  g_ptr_array_add (copy->orders, kvar_order_new (column, descending, descending));

  return copy;
}

KvarQuery *
kvar_query_with_filter (KvarQuery  *self,
                        const char *column,
                        const char *op,
                        const char *value)
{
  g_autoptr(KvarFilter) filter = kvar_filter_new (column, op, value);

  return kvar_query_with_condition (self, filter);
}

/**
 * kvar_query_with_condition:
 *
 * Returns: (transfer full): a copy that asks for @filter too
 */
KvarQuery *
kvar_query_with_condition (KvarQuery  *self,
                           KvarFilter *filter)
{
  KvarQuery *copy;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (filter != NULL, NULL);

  copy = kvar_query_copy (self);
  g_ptr_array_add (copy->filters, kvar_filter_ref (filter));

  return copy;
}

/**
 * kvar_query_without_filter:
 * @index: which of the conditions, from 0
 *
 * Returns: (transfer full): a copy that asks for one condition less
 */
KvarQuery *
kvar_query_without_filter (KvarQuery *self,
                           guint      index)
{
  KvarQuery *copy;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (index < self->filters->len, NULL);

  copy = kvar_query_copy (self);
  g_ptr_array_remove_index (copy->filters, index);

  return copy;
}

/**
 * kvar_query_without_filters:
 *
 * Returns: (transfer full): the same order and columns over all rows: no conditions, no search
 */
KvarQuery *
kvar_query_without_filters (KvarQuery *self)
{
  KvarQuery *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = kvar_query_copy (self);
  g_ptr_array_set_size (copy->filters, 0);
  g_clear_pointer (&copy->search, g_free);

  return copy;
}

/**
 * kvar_query_with_search:
 * @text: (nullable): what people typed; %NULL ends the search
 *
 * Returns: (transfer full): a copy that looks for @text
 */
KvarQuery *
kvar_query_with_search (KvarQuery  *self,
                        const char *text)
{
  KvarQuery *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = kvar_query_copy (self);
  g_free (copy->search);
  copy->search = text != NULL && *text != '\0' ? g_strdup (text) : NULL;

  return copy;
}

/**
 * kvar_query_with_changed_filter:
 * @index: which of the conditions, from 0
 *
 * Returns: (transfer full): a copy that asks for @filter in place of that one
 */
KvarQuery *
kvar_query_with_changed_filter (KvarQuery  *self,
                                guint       index,
                                KvarFilter *filter)
{
  KvarQuery *copy;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (index < self->filters->len, NULL);
  g_return_val_if_fail (filter != NULL, NULL);

  copy = kvar_query_copy (self);
  kvar_filter_unref (g_ptr_array_index (copy->filters, index));
  g_ptr_array_index (copy->filters, index) = kvar_filter_ref (filter);

  return copy;
}

/**
 * kvar_query_with_view:
 * @name: (nullable): what the whole is kept as
 * @columns: (nullable): the names of the columns to show; %NULL for those of before
 */
KvarQuery *
kvar_query_with_view (KvarQuery         *self,
                      const char        *name,
                      const char *const *columns)
{
  KvarQuery *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = kvar_query_copy (self);
  g_free (copy->view);
  copy->view = g_strdup (name);
  if (columns != NULL)
    {
      g_strfreev (copy->columns);
      copy->columns = g_strdupv ((char **)columns);
    }

  return copy;
}
