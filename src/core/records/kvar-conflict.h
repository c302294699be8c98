/* kvar-conflict.h: A record that two people have changed, and what is to become of it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "records/kvar-draft.h"

G_BEGIN_DECLS

typedef enum
{
  KVAR_SIDE_THEIRS,
  KVAR_SIDE_YOURS,
  KVAR_SIDE_OWN,      /* neither: typed as the result */
} KvarSide;

#define KVAR_TYPE_CONFLICT (kvar_conflict_get_type ())

G_DECLARE_FINAL_TYPE (KvarConflict, kvar_conflict, KVAR, CONFLICT, GObject)

KvarConflict *kvar_conflict_new           (KvarDraft    *draft,
                                           KvarRecord   *theirs);
KvarDraft    *kvar_conflict_get_result    (KvarConflict *self);
guint         kvar_conflict_get_n_columns (KvarConflict *self);
KvarColumn   *kvar_conflict_get_column    (KvarConflict *self,
                                           guint         index);
GPtrArray    *kvar_conflict_list_combined (KvarConflict *self);
KvarValue    *kvar_conflict_get_before    (KvarConflict *self,
                                           KvarColumn   *column);
KvarValue    *kvar_conflict_get_theirs    (KvarConflict *self,
                                           KvarColumn   *column);
char         *kvar_conflict_get_yours     (KvarConflict *self,
                                           KvarColumn   *column);
KvarSide      kvar_conflict_get_side      (KvarConflict *self,
                                           KvarColumn   *column);
void          kvar_conflict_choose        (KvarConflict *self,
                                           KvarColumn   *column,
                                           KvarSide      side);
gboolean      kvar_conflict_apply         (KvarConflict *self);
char         *kvar_conflict_get_author    (KvarConflict *self);
gint64        kvar_conflict_get_time      (KvarConflict *self);

G_END_DECLS
