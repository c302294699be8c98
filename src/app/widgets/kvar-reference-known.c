/* kvar-reference-known.c: records that were seen here already, found without asking the server
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-reference-known"

#include "config.h"

#include "kvar-letter-fold.h"
#include "kvar-match.h"
#include "kvar-reference-known.h"

/* So many titles are looked through in a few milliseconds. */
#define MOST_KNOWN 5000

typedef struct
{
  KvarRecord *record;
  char       *title;      /* folded, as it is compared */
  KvarMatch   match;      /* with what was typed last */
} Known;

struct _KvarReferenceKnown
{
  KvarTable  *table;
  KvarColumn *column;     /* what a link holds, owned by table */
  GPtrArray  *records;    /* of Known, those that were seen first first */
  GHashTable *by_link;    /* the text in column → Known, owned by records */
};

static void
known_free (Known *known)
{
  g_clear_object (&known->record);
  g_clear_pointer (&known->title, g_free);
  g_free (known);
}

static int
compare_known (gconstpointer a,
               gconstpointer b)
{
  const Known *first = *(const Known *const *)a;
  const Known *second = *(const Known *const *)b;

  if (first->match != second->match)
    return first->match > second->match ? -1 : 1;

  return g_utf8_collate (first->title, second->title);
}

/* A record that was seen again may have another name by now. */
static void
add_record (KvarReferenceKnown *self,
            KvarRecord         *record)
{
  KvarColumn *label = kvar_table_get_label_column (self->table);
  g_autoptr(KvarValue) link = kvar_record_get_value (record, self->column);
  g_autoptr(KvarValue) name = label != NULL ? kvar_record_get_value (record, label) : NULL;
  g_autofree char *title = NULL;
  Known *known;

  if (link == NULL || kvar_value_is_null (link) || (label != NULL && name == NULL))
    return;

  known = g_hash_table_lookup (self->by_link, kvar_value_get_text (link));
  if (known == NULL)
    {
      if (self->records->len >= MOST_KNOWN)
        return;

      known = g_new0 (Known, 1);
      g_ptr_array_add (self->records, known);
      g_hash_table_insert (self->by_link, g_strdup (kvar_value_get_text (link)), known);
    }

  title = kvar_record_get_title (record);
  g_set_object (&known->record, record);
  g_free (known->title);
  known->title = kvar_letter_fold (title, kvar_letter_fold_get_language ());
}

/**
 * kvar_reference_known_new:
 * @table: whose records these are
 * @column: of @table, what a link to it holds
 */
KvarReferenceKnown *
kvar_reference_known_new (KvarTable  *table,
                          const char *column)
{
  KvarReferenceKnown *self;

  g_return_val_if_fail (KVAR_IS_TABLE (table), NULL);
  g_return_val_if_fail (kvar_table_find_column (table, column) != NULL, NULL);

  self = g_new0 (KvarReferenceKnown, 1);
  self->table = g_object_ref (table);
  self->column = kvar_table_find_column (table, column);
  self->records = g_ptr_array_new_with_free_func ((GDestroyNotify)known_free);
  self->by_link = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  return self;
}

void
kvar_reference_known_free (KvarReferenceKnown *self)
{
  g_clear_pointer (&self->by_link, g_hash_table_unref);
  g_clear_pointer (&self->records, g_ptr_array_unref);
  g_clear_object (&self->table);
  g_free (self);
}

/**
 * kvar_reference_known_add:
 * @records: of #KvarRecord, of which some may not have come yet
 *
 * Remembers @n of @records, as far as their names are known.
 */
void
kvar_reference_known_add (KvarReferenceKnown *self,
                          GListModel         *records,
                          guint               from,
                          guint               n)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (G_IS_LIST_MODEL (records));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr(KvarRecord) record = g_list_model_get_item (records, from + i);

      if (record != NULL)
        add_record (self, record);
    }
}

/**
 * kvar_reference_known_find:
 * @typed: what somebody is looking for
 * @most: how many are of use
 *
 * Returns: (transfer full) (element-type KvarRecord): those whose names answer that, the best
 *   first
 */
GPtrArray *
kvar_reference_known_find (KvarReferenceKnown *self,
                           const char         *typed,
                           guint               most)
{
  g_autofree char *folded = NULL;
  g_autoptr(GPtrArray) matches = NULL;
  GPtrArray *found;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (typed != NULL, NULL);

  folded = kvar_letter_fold (typed, kvar_letter_fold_get_language ());
  matches = g_ptr_array_new ();
  for (guint i = 0; i < self->records->len; i++)
    {
      Known *known = g_ptr_array_index (self->records, i);

      known->match = kvar_match_name (folded, known->title);
      if (known->match != KVAR_MATCH_NONE)
        g_ptr_array_add (matches, known);
    }
  g_ptr_array_sort (matches, compare_known);

  found = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < MIN (matches->len, most); i++)
    {
      Known *known = g_ptr_array_index (matches, i);

      g_ptr_array_add (found, g_object_ref (known->record));
    }

  return found;
}
