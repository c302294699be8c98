/* kvar-query-group.c: Conditions of which one is enough, put together one by one
 *
 * All of a query's conditions must hold. Each of them is a single one, or alternatives: members,
 * of which one is enough. Whatever else it may be, such as a negated group of a link, is one
 * member, which is taken or left as it is.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-query"

#include "config.h"

#include "records/kvar-query-private.h"

static gboolean
is_alternatives (KvarFilter *filter)
{
  return kvar_filter_get_kind (filter) == KVAR_FILTER_OR && !kvar_filter_get_negated (filter);
}

/**
 * kvar_query_get_n_members:
 * @index: which of the conditions, from 0
 *
 * Returns: how many alternatives it has, at least one
 */
guint
kvar_query_get_n_members (KvarQuery *self,
                          guint      index)
{
  KvarFilter *filter;

  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (index < self->filters->len, 0);

  filter = g_ptr_array_index (self->filters, index);

  return is_alternatives (filter) ? kvar_filter_get_n_members (filter) : 1;
}

KvarFilter *
kvar_query_get_member (KvarQuery *self,
                       guint      index,
                       guint      member)
{
  KvarFilter *filter;

  g_return_val_if_fail (member < kvar_query_get_n_members (self, index), NULL);

  filter = g_ptr_array_index (self->filters, index);

  return is_alternatives (filter) ? kvar_filter_get_member (filter, member) : filter;
}

static GPtrArray *
list_members (KvarQuery *self,
              guint      index)
{
  GPtrArray *members = g_ptr_array_new_with_free_func ((GDestroyNotify)kvar_filter_unref);

  for (guint i = 0; i < kvar_query_get_n_members (self, index); i++)
    g_ptr_array_add (members, kvar_filter_ref (kvar_query_get_member (self, index, i)));

  return members;
}

static KvarQuery *
with_members (KvarQuery *self,
              guint      index,
              GPtrArray *members)
{
  g_autoptr(GPtrArray) owned = members;
  g_autoptr(KvarFilter) filter = NULL;

  if (members->len == 0)
    return kvar_query_without_filter (self, index);

  filter = members->len == 1
             ? kvar_filter_ref (g_ptr_array_index (members, 0))
             : kvar_filter_new_group (KVAR_FILTER_OR, g_steal_pointer (&owned));

  return kvar_query_with_changed_filter (self, index, filter);
}

/**
 * kvar_query_put_member:
 * @index: which of the conditions; one that is not there yet adds one
 * @member: which of its alternatives is replaced; one that is not there yet adds one
 *
 * Returns: (transfer full): the changed question
 */
KvarQuery *
kvar_query_put_member (KvarQuery  *self,
                       guint       index,
                       guint       member,
                       KvarFilter *filter)
{
  GPtrArray *members;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (filter != NULL, NULL);

  if (index >= self->filters->len)
    return kvar_query_with_condition (self, filter);

  members = list_members (self, index);
  if (member < members->len)
    {
      kvar_filter_unref (g_ptr_array_index (members, member));
      g_ptr_array_index (members, member) = kvar_filter_ref (filter);
    }
  else
    {
      g_ptr_array_add (members, kvar_filter_ref (filter));
    }

  return with_members (self, index, members);
}

/**
 * kvar_query_take_member:
 *
 * Returns: (transfer full): a copy without that alternative, and without the condition if it
 *   was the last one
 */
KvarQuery *
kvar_query_take_member (KvarQuery *self,
                        guint      index,
                        guint      member)
{
  GPtrArray *members;

  g_return_val_if_fail (member < kvar_query_get_n_members (self, index), NULL);

  members = list_members (self, index);
  g_ptr_array_remove_index (members, member);

  return with_members (self, index, members);
}
