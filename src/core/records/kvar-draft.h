/* kvar-draft.h: What is typed into one record: base values, changes and their problems.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "journal/kvar-kept-draft.h"
#include "records/kvar-lost-text.h"
#include "records/kvar-record.h"
#include "routes/kvar-route.h"

G_BEGIN_DECLS

/* One column's new value, as it was when the changes were listed. */
typedef struct
{
  KvarColumn *column;
  KvarValue  *value;
} KvarChange;

#define KVAR_TYPE_DRAFT (kvar_draft_get_type ())

G_DECLARE_FINAL_TYPE (KvarDraft, kvar_draft, KVAR, DRAFT, GObject)

KvarDraft   *kvar_draft_new               (KvarTable   *table,
                                           KvarRecord  *base);
KvarTable   *kvar_draft_get_table         (KvarDraft   *self);
KvarRecord  *kvar_draft_get_base          (KvarDraft   *self);
void         kvar_draft_set_base          (KvarDraft   *self,
                                           KvarRecord  *base);
KvarRecord  *kvar_draft_get_theirs        (KvarDraft   *self);
void         kvar_draft_set_theirs        (KvarDraft   *self,
                                           KvarRecord  *theirs);
gboolean     kvar_draft_is_new            (KvarDraft   *self);
gboolean     kvar_draft_get_changed       (KvarDraft   *self);
guint        kvar_draft_get_n_problems    (KvarDraft   *self);
gboolean     kvar_draft_is_column_changed (KvarDraft   *self,
                                           KvarColumn  *column);
char        *kvar_draft_get_input         (KvarDraft   *self,
                                           KvarColumn  *column);
void         kvar_draft_set_input         (KvarDraft   *self,
                                           KvarColumn  *column,
                                           const char  *typed);
KvarValue   *kvar_draft_get_value         (KvarDraft   *self,
                                           KvarColumn  *column);
void         kvar_draft_set_value         (KvarDraft   *self,
                                           KvarColumn  *column,
                                           KvarValue   *value);
const char  *kvar_draft_get_problem       (KvarDraft   *self,
                                           KvarColumn  *column);
void         kvar_draft_set_problem       (KvarDraft   *self,
                                           KvarColumn  *column,
                                           const char  *sentence);
gboolean     kvar_draft_validate          (KvarDraft   *self,
                                           KvarColumn **first_problem);
gboolean     kvar_draft_check             (KvarDraft   *self,
                                           GError     **error);
GPtrArray   *kvar_draft_list_changes      (KvarDraft   *self);
GPtrArray   *kvar_draft_copy_changes      (GPtrArray   *changes);
KvarChange  *kvar_draft_find_change       (GPtrArray   *changes,
                                           KvarColumn  *column);
void         kvar_draft_accept            (KvarDraft   *self,
                                           KvarRecord  *saved,
                                           GPtrArray   *sent);
void         kvar_draft_reset_column      (KvarDraft   *self,
                                           KvarColumn  *column);
void         kvar_draft_discard           (KvarDraft   *self);
GVariant    *kvar_draft_save_changes      (KvarDraft   *self);
void         kvar_draft_restore_changes   (KvarDraft   *self,
                                           GVariant    *changes);

/* Waiting to be sent. */
KvarDraftState
             kvar_draft_get_state         (KvarDraft   *self);
void         kvar_draft_queue             (KvarDraft   *self,
                                           gint64       position);
void         kvar_draft_park              (KvarDraft   *self,
                                           const GError *error);
void         kvar_draft_unqueue           (KvarDraft   *self);
GPtrArray   *kvar_draft_get_queued        (KvarDraft   *self);
gint64       kvar_draft_get_position      (KvarDraft   *self);
const GError *
             kvar_draft_get_attention     (KvarDraft   *self);
gboolean     kvar_draft_get_deletes       (KvarDraft   *self);
void         kvar_draft_set_deletes       (KvarDraft   *self,
                                           gboolean     deletes);
const char  *kvar_draft_get_insert_key    (KvarDraft   *self);
gboolean     kvar_draft_get_insert_sent   (KvarDraft   *self);
void         kvar_draft_note_insert       (KvarDraft   *self,
                                           const char  *key);
void         kvar_draft_note_refused      (KvarDraft   *self);
void         kvar_draft_forget_insert     (KvarDraft   *self);
gboolean     kvar_draft_get_unseen        (KvarDraft   *self);
void         kvar_draft_set_unseen        (KvarDraft   *self,
                                           gboolean     unseen);

/* Kept on disk. */
const char  *kvar_draft_get_id            (KvarDraft   *self);
const char  *kvar_draft_get_key           (KvarDraft   *self);
KvarRoute   *kvar_draft_new_route         (KvarDraft   *self);
gboolean     kvar_draft_get_kept          (KvarDraft   *self);
gboolean     kvar_draft_get_restored      (KvarDraft   *self);
gint64       kvar_draft_get_began_at      (KvarDraft   *self);
gint64       kvar_draft_get_changed_at    (KvarDraft   *self);
GPtrArray   *kvar_draft_list_lost         (KvarDraft   *self);

G_END_DECLS
