/* kvar-insert-key.c: The key that a new record is sent with.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-insert-key"

#include "config.h"

#include "records/kvar-insert-key.h"
#include "routes/kvar-route.h"

static gboolean
can_make (KvarColumn *column)
{
  return kvar_column_get_kind (column) == KVAR_KIND_UUID &&
         kvar_column_get_can_insert (column) && !kvar_column_get_is_generated (column) &&
         kvar_column_get_reference (column) == NULL;
}

/* A uuid, which stays the same when the draft is sent again. */
static KvarChange *
make (KvarDraft  *draft,
      KvarColumn *column)
{
  KvarChange *change = g_new0 (KvarChange, 1);
  g_autofree char *uuid = g_uuid_string_random ();
  g_auto(GStrv) earlier = NULL;

  if (kvar_draft_get_insert_key (draft) != NULL)
    earlier = kvar_route_split_key (kvar_draft_get_insert_key (draft));

  change->column = g_object_ref (column);
  change->value = kvar_value_new (kvar_column_get_column_type (column),
                                  earlier != NULL ? earlier[0] : uuid);

  return change;
}

/**
 * kvar_insert_key_choose:
 * @sent: (element-type KvarChange): what is to be sent; a key that is made here is added
 * @is_typed: (out): whether a person has typed the key, so that a row that bears it already
 *   may be somebody else's
 *
 * Returns: (transfer full) (nullable): the key that the row will have, as far as that is
 *   settled here
 */
char **
kvar_insert_key_choose (KvarDraft *draft,
                        GPtrArray *sent,
                        gboolean  *is_typed)
{
  g_autoptr(GStrvBuilder) values = g_strv_builder_new ();
  KvarTable *table;
  const guint *key;
  guint n_key;

  g_return_val_if_fail (KVAR_IS_DRAFT (draft), NULL);
  g_return_val_if_fail (sent != NULL, NULL);
  g_return_val_if_fail (is_typed != NULL, NULL);

  *is_typed = TRUE;
  table = kvar_draft_get_table (draft);
  key = kvar_table_get_key (table, &n_key);
  for (guint i = 0; i < n_key; i++)
    {
      KvarColumn *column = kvar_table_get_column (table, key[i]);
      KvarChange *change = kvar_draft_find_change (sent, column);

      if (change == NULL && n_key == 1 && can_make (column))
        {
          change = make (draft, column);
          g_ptr_array_add (sent, change);
          *is_typed = FALSE;
        }

      if (change == NULL || kvar_value_is_null (change->value))
        return NULL;

      g_strv_builder_add (values, kvar_value_get_text (change->value));
    }

  return n_key > 0 ? g_strv_builder_end (values) : NULL;
}
