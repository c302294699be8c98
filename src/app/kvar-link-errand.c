/* kvar-link-errand.c: a record that is entered so that another one can be linked to it
 *
 * It lives as long as the program. Whatever becomes of it, both drafts are kept by themselves.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-link-errand"

#include "config.h"

#include <glib/gi18n.h>

#include "kvar-link-errand.h"
#include "widgets/kvar-field.h"

#define ERRANDS "kvar-link-errands"

typedef struct
{
  KvarWorkspace *workspace;   /* not owned: it owns the errands */
  KvarOutbox    *outbox;
  gulong         sent_id;
  KvarDraft     *origin;      /* what is to point at the new record */
  KvarColumn    *column;      /* of origin */
  char          *input;       /* what was in column when the person left */
} Errand;

static void
errand_free (Errand *errand)
{
  g_clear_signal_handler (&errand->sent_id, errand->outbox);
  g_clear_object (&errand->outbox);
  g_clear_object (&errand->origin);
  g_clear_object (&errand->column);
  g_clear_pointer (&errand->input, g_free);
  g_free (errand);
}

/* By the new records' drafts. */
static GHashTable *
get_errands (KvarWorkspace *workspace)
{
  GHashTable *errands = g_object_get_data (G_OBJECT (workspace), ERRANDS);

  if (errands == NULL)
    {
      errands = g_hash_table_new_full (NULL, NULL, g_object_unref, (GDestroyNotify)errand_free);
      g_object_set_data_full (G_OBJECT (workspace), ERRANDS, errands,
                              (GDestroyNotify)g_hash_table_unref);
    }

  return errands;
}

/* Nobody looks at the new record any more, but it was saved all the same. */
static void
sent_cb (KvarOutbox *outbox,
         KvarDraft  *draft,
         Errand     *errand)
{
  g_autoptr(KvarRoute) back = kvar_link_errand_finish (errand->workspace, draft);
}

/* A name that was looked for in vain is most likely the new record's. */
static void
begin_with_name (KvarDraft  *wanted,
                 const char *typed)
{
  KvarColumn *label = kvar_table_get_label_column (kvar_draft_get_table (wanted));

  if (*typed != '\0' && label != NULL && kvar_field_can_edit (wanted, label) &&
      kvar_column_get_kind (label) == KVAR_KIND_TEXT)
    kvar_draft_set_input (wanted, label, typed);
}

/**
 * kvar_link_errand_begin:
 * @table: in which a record is missing
 * @typed: by which it was looked for
 * @origin: the draft that is to point at it
 * @column: in which @origin points at @table
 *
 * Begins a new record in @table, as the one that is typed there from now on. When it has been
 * saved, @origin links to it, unless somebody has chosen otherwise in the meantime.
 *
 * Returns: %FALSE if @origin is such a new record itself, and nothing is typed in it yet
 */
gboolean
kvar_link_errand_begin (KvarWorkspace *workspace,
                        KvarTable     *table,
                        const char    *typed,
                        KvarDraft     *origin,
                        KvarColumn    *column)
{
  g_autoptr(KvarDraft) wanted = NULL;
  Errand *errand;

  g_return_val_if_fail (KVAR_IS_WORKSPACE (workspace), FALSE);
  g_return_val_if_fail (KVAR_IS_TABLE (table), FALSE);
  g_return_val_if_fail (KVAR_IS_DRAFT (origin), FALSE);
  g_return_val_if_fail (typed != NULL, FALSE);

  wanted = kvar_draft_store_begin_new (kvar_workspace_get_drafts (workspace), table);
  if (wanted == origin)
    return FALSE;

  errand = g_new0 (Errand, 1);
  errand->workspace = workspace;
  errand->outbox = g_object_ref (kvar_workspace_get_outbox (workspace));
  errand->origin = g_object_ref (origin);
  errand->column = g_object_ref (column);
  errand->input = kvar_draft_get_input (origin, column);
  /* After the page that shows it, which goes back by itself. */
  errand->sent_id = g_signal_connect_after (errand->outbox, "sent", G_CALLBACK (sent_cb), errand);
  g_hash_table_replace (get_errands (workspace), g_object_ref (wanted), errand);
  begin_with_name (wanted, typed);

  return TRUE;
}

/**
 * kvar_link_errand_describe:
 *
 * Returns: (transfer full) (nullable): what saving @wanted will lead to; %NULL for a record that
 *   nobody waits for
 */
char *
kvar_link_errand_describe (KvarWorkspace *workspace,
                           KvarDraft     *wanted)
{
  Errand *errand;

  g_return_val_if_fail (KVAR_IS_WORKSPACE (workspace), NULL);
  g_return_val_if_fail (KVAR_IS_DRAFT (wanted), NULL);

  errand = g_hash_table_lookup (get_errands (workspace), wanted);
  if (errand == NULL)
    return NULL;

  /* Translators: %1$s is the title of a column, such as "Contact", %2$s of its table, "Jobs". */
  return g_strdup_printf (_("Once it is saved, it is chosen as “%1$s” in %2$s, and you are back "
                            "there."), kvar_column_get_title (errand->column),
                          kvar_table_get_title (kvar_draft_get_table (errand->origin)));
}

/**
 * kvar_link_errand_finish:
 * @wanted: a record that the server has by now
 *
 * Links what waited for @wanted to it.
 *
 * Returns: (transfer full) (nullable): where that is; %NULL if nothing waited
 */
KvarRoute *
kvar_link_errand_finish (KvarWorkspace *workspace,
                         KvarDraft     *wanted)
{
  KvarReference *reference;
  KvarColumn *foreign;
  g_autoptr(KvarValue) link = NULL;
  g_autofree char *input = NULL;
  KvarRoute *back;
  Errand *errand;

  g_return_val_if_fail (KVAR_IS_WORKSPACE (workspace), NULL);
  g_return_val_if_fail (KVAR_IS_DRAFT (wanted), NULL);

  errand = g_hash_table_lookup (get_errands (workspace), wanted);
  if (errand == NULL || kvar_draft_is_new (wanted))
    return NULL;

  reference = kvar_column_get_reference (errand->column);
  foreign = kvar_table_find_column (kvar_draft_get_table (wanted),
                                    kvar_reference_get_foreign_columns (reference)[0]);
  if (foreign != NULL)
    link = kvar_record_get_value (kvar_draft_get_base (wanted), foreign);
  input = kvar_draft_get_input (errand->origin, errand->column);
  if (link != NULL && !kvar_value_is_null (link) && g_str_equal (input, errand->input))
    {
      g_autoptr(KvarValue) value = kvar_value_new (kvar_column_get_column_type (errand->column),
                                                   kvar_value_get_text (link));

      kvar_draft_set_value (errand->origin, errand->column, value);
    }

  back = kvar_draft_new_route (errand->origin);
  g_hash_table_remove (get_errands (workspace), wanted);

  return back;
}
