/* kvar-form-memory.c: the record that somebody has entered last in each table
 *
 * It is for "the same as before" in the next one, and lives as long as the program.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-form-memory"

#include "config.h"

#include "kvar-form-memory.h"

#define MEMORY "kvar-form-memory"

/* Nobody is shown what another one has entered. */
static char *
key_of (KvarWorkspace *workspace,
        const char    *table)
{
  const char *user = kvar_workspace_get_user_id (workspace);

  return g_strconcat (user != NULL ? user : "", "/", table, NULL);
}

/**
 * kvar_form_memory_get_last:
 *
 * Returns: (transfer none) (nullable): the draft of the record that was left or saved last
 */
KvarDraft *
kvar_form_memory_get_last (KvarWorkspace *workspace,
                           const char    *table)
{
  g_autofree char *key = NULL;
  GHashTable *drafts;

  g_return_val_if_fail (KVAR_IS_WORKSPACE (workspace), NULL);
  g_return_val_if_fail (table != NULL, NULL);

  drafts = g_object_get_data (G_OBJECT (workspace), MEMORY);
  key = key_of (workspace, table);

  return drafts != NULL ? g_hash_table_lookup (drafts, key) : NULL;
}

/**
 * kvar_form_memory_set_last:
 * @draft: whose values the next record may take over
 */
void
kvar_form_memory_set_last (KvarWorkspace *workspace,
                           KvarDraft     *draft)
{
  GHashTable *drafts;

  g_return_if_fail (KVAR_IS_WORKSPACE (workspace));
  g_return_if_fail (KVAR_IS_DRAFT (draft));

  drafts = g_object_get_data (G_OBJECT (workspace), MEMORY);
  if (drafts == NULL)
    {
      drafts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
      g_object_set_data_full (G_OBJECT (workspace), MEMORY, drafts,
                              (GDestroyNotify)g_hash_table_unref);
    }

  g_hash_table_replace (drafts,
                        key_of (workspace, kvar_table_get_name (kvar_draft_get_table (draft))),
                        g_object_ref (draft));
}
