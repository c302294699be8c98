/* kvar-go-index.c: everything that one can go to, found by its name
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-go"

#include "config.h"

#include <string.h>

#include "kvar-go-index.h"
#include "kvar-letter-fold.h"
#include "kvar-match.h"

#define NEVER G_MAXUINT

typedef struct
{
  KvarGoEntry *entry;
  char        *folded;
  char        *collated;
  guint        age;        /* how many places were visited since; NEVER if it was not */
  KvarMatch    match;      /* with what is typed now */
} Item;

struct _KvarGoIndex
{
  char       *language;
  GPtrArray  *items;       /* (element-type Item) */
  GHashTable *routes;      /* route → Item */
};

static void
item_free (gpointer data)
{
  Item *item = data;

  g_object_unref (item->entry);
  g_free (item->folded);
  g_free (item->collated);
  g_free (item);
}

/**
 * kvar_go_index_new:
 * @language: by which letters are told apart
 */
KvarGoIndex *
kvar_go_index_new (const char *language)
{
  KvarGoIndex *self;

  g_return_val_if_fail (language != NULL, NULL);

  self = g_new0 (KvarGoIndex, 1);
  self->language = g_strdup (language);
  self->items = g_ptr_array_new_with_free_func (item_free);
  self->routes = g_hash_table_new (g_str_hash, g_str_equal);

  return self;
}

void
kvar_go_index_free (KvarGoIndex *self)
{
  if (self == NULL)
    return;

  g_hash_table_unref (self->routes);
  g_ptr_array_unref (self->items);
  g_free (self->language);
  g_free (self);
}

/**
 * kvar_go_index_add:
 *
 * Returns: %FALSE if something else leads there already
 */
gboolean
kvar_go_index_add (KvarGoIndex *self,
                   KvarGoEntry *entry)
{
  const char *route;
  Item *item;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (KVAR_IS_GO_ENTRY (entry), FALSE);

  route = kvar_go_entry_get_route (entry);
  if (route != NULL && g_hash_table_contains (self->routes, route))
    return FALSE;

  item = g_new0 (Item, 1);
  item->entry = g_object_ref (entry);
  item->folded = kvar_letter_fold (kvar_go_entry_get_title (entry), self->language);
  item->collated = g_utf8_collate_key (kvar_go_entry_get_title (entry), -1);
  item->age = NEVER;
  g_ptr_array_add (self->items, item);
  if (route != NULL)
    g_hash_table_insert (self->routes, (gpointer)route, item);

  return TRUE;
}

/**
 * kvar_go_index_visited:
 * @age: 0 for the place that was visited last
 */
void
kvar_go_index_visited (KvarGoIndex *self,
                       const char  *route,
                       guint        age)
{
  Item *item;

  g_return_if_fail (self != NULL);
  g_return_if_fail (route != NULL);

  item = g_hash_table_lookup (self->routes, route);
  if (item != NULL)
    item->age = age;
}

/* How well it answers, then how lately one was there, then what it is. */
static int
compare (gconstpointer a,
         gconstpointer b)
{
  const Item *one = *(const Item *const *)a;
  const Item *two = *(const Item *const *)b;
  KvarGoKind kind_one = kvar_go_entry_get_kind (one->entry);
  KvarGoKind kind_two = kvar_go_entry_get_kind (two->entry);

  if (one->match != two->match)
    return one->match > two->match ? -1 : 1;
  if (one->age != two->age)
    return one->age < two->age ? -1 : 1;
  if (kind_one != kind_two)
    return kind_one < kind_two ? -1 : 1;

  return strcmp (one->collated, two->collated);
}

/**
 * kvar_go_index_find:
 * @typed: nothing finds everything
 * @max: how many at most
 *
 * Returns: (transfer full) (element-type KvarGoEntry): the best first
 */
GPtrArray *
kvar_go_index_find (KvarGoIndex *self,
                    const char  *typed,
                    guint        max)
{
  g_autoptr(GPtrArray) found = g_ptr_array_new ();
  g_autofree char *folded = NULL;
  GPtrArray *entries;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (typed != NULL, NULL);

  folded = kvar_letter_fold (typed, self->language);
  g_strstrip (folded);
  for (guint i = 0; i < self->items->len; i++)
    {
      Item *item = g_ptr_array_index (self->items, i);

      item->match = kvar_match_name (folded, item->folded);
      if (item->match != KVAR_MATCH_NONE)
        g_ptr_array_add (found, item);
    }
  g_ptr_array_sort (found, compare);

  entries = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < MIN (found->len, max); i++)
    g_ptr_array_add (entries, g_object_ref (((Item *)g_ptr_array_index (found, i))->entry));

  return entries;
}
