/* kvar-row-mark.c: decides what a list says of a row that was edited
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>

#include "kvar-row-mark.h"

typedef struct
{
  const char *word;
  const char *icon_name;
} Look;

static const Look looks[] = {
  [KVAR_ROW_MARK_NONE] = { NULL, NULL },
  [KVAR_ROW_MARK_DRAFT] = { N_("Draft"), "document-edit-symbolic" },
  [KVAR_ROW_MARK_EDITED] = { N_("Edited"), "document-edit-symbolic" },
  [KVAR_ROW_MARK_PROBLEM] = { N_("Needs attention"), "dialog-error-symbolic" },
  [KVAR_ROW_MARK_CONFLICT] = { N_("Changed by someone else"), "dialog-warning-symbolic" },
  [KVAR_ROW_MARK_ATTENTION] = { N_("Not saved"), "dialog-warning-symbolic" },
  [KVAR_ROW_MARK_SAVING] = { N_("Saving…"), "emblem-synchronizing-symbolic" },
  [KVAR_ROW_MARK_OFFLINE] = { N_("Kept here"), "mail-send-symbolic" },
  [KVAR_ROW_MARK_SIGN_IN] = { N_("Kept here"), "mail-send-symbolic" },
  [KVAR_ROW_MARK_DELETING] = { N_("Will be deleted"), "edit-delete-symbolic" },
  [KVAR_ROW_MARK_NO_MATCH] = { N_("No longer matches the filter"), "action-unavailable-symbolic" },
  [KVAR_ROW_MARK_SAVED] = { N_("Saved"), "emblem-ok-symbolic" },
};

/**
 * kvar_row_mark_choose:
 *
 * One mark, whichever matters most: what needs a person, then where the text is, then the rest.
 */
KvarRowMark
kvar_row_mark_choose (const KvarRowFacts *facts)
{
  switch (facts->save)
    {
    case KVAR_SAVE_STATE_DELETING:
      return KVAR_ROW_MARK_DELETING;

    case KVAR_SAVE_STATE_SAVING:
      return KVAR_ROW_MARK_SAVING;

    case KVAR_SAVE_STATE_OFFLINE:
      return KVAR_ROW_MARK_OFFLINE;

    case KVAR_SAVE_STATE_SIGN_IN:
      return KVAR_ROW_MARK_SIGN_IN;

    case KVAR_SAVE_STATE_ATTENTION:
      if (facts->conflict)
        return KVAR_ROW_MARK_CONFLICT;

      return facts->n_problems > 0 ? KVAR_ROW_MARK_PROBLEM : KVAR_ROW_MARK_ATTENTION;

    case KVAR_SAVE_STATE_DRAFT:
      if (facts->n_problems > 0)
        return KVAR_ROW_MARK_PROBLEM;

      return facts->here ? KVAR_ROW_MARK_EDITED : KVAR_ROW_MARK_DRAFT;

    case KVAR_SAVE_STATE_SAVED:
      return facts->no_match ? KVAR_ROW_MARK_NO_MATCH : KVAR_ROW_MARK_SAVED;

    case KVAR_SAVE_STATE_AS_OF:
    case KVAR_SAVE_STATE_NONE:
    default:
      return facts->no_match ? KVAR_ROW_MARK_NO_MATCH : KVAR_ROW_MARK_NONE;
    }
}

/**
 * kvar_row_mark_get_word:
 *
 * Returns: (nullable): the mark in a word or two
 */
const char *
kvar_row_mark_get_word (KvarRowMark mark)
{
  g_return_val_if_fail (mark < G_N_ELEMENTS (looks), NULL);

  return looks[mark].word != NULL ? _(looks[mark].word) : NULL;
}

const char *
kvar_row_mark_get_icon (KvarRowMark mark)
{
  g_return_val_if_fail (mark < G_N_ELEMENTS (looks), NULL);

  return looks[mark].icon_name;
}
