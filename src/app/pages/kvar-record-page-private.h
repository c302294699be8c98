/* kvar-record-page-private.h: shared by the parts of the record page
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kvar-record-page.h"
#include "kvar-workspace.h"
#include "widgets/kvar-conflict-view.h"
#include "widgets/kvar-form.h"
#include "widgets/kvar-load-status.h"

G_BEGIN_DECLS

struct _KvarRecordPage
{
  KvarPage          parent_instance;

  KvarTable        *table;          /* (nullable) until the schema is there */
  KvarDraft        *draft;          /* (nullable) until the record is there */
  GCancellable     *cancellable;    /* of the load under way */
  GVariant         *pending_state;  /* (nullable) to put back once the form is there */
  GVariant         *discarded;      /* (nullable) what Undo brings back */
  char             *focus_column;   /* (nullable) where the next record's form begins */

  guint             saving : 1;
  guint             save_again : 1; /* asked for while saving */
  guint             held : 1;       /* a save waits for somebody to sign in */
  guint             edited : 1;     /* since the save under way began */
  guint             as_of : 1;      /* the state says of when the record is */

  GtkStack         *stack;
  KvarLoadStatus   *status;
  GtkScrolledWindow *scrolled;
  KvarForm         *form;
  KvarConflictView *conflict;
  GtkWidget        *read_only_label;
  GtkLabel         *state_label;
  GtkWidget        *undo_button;
  GtkWidget        *conflict_button;
  GtkWidget        *problem_box;
  GtkLabel         *problem_label;
  GtkLabel         *position_label;
  GtkWidget        *save_button;
};

void kvar_record_page_set_state      (KvarRecordPage *self,
                                      const char     *text);
void kvar_record_page_set_problem    (KvarRecordPage *self,
                                      const char     *sentence);
char *kvar_record_page_dup_time      (KvarRecordPage *self);
void kvar_record_page_update_title   (KvarRecordPage *self);
KvarRecordList *
     kvar_record_page_get_list       (KvarRecordPage *self);
gboolean
     kvar_record_page_find_position  (KvarRecordPage *self,
                                      guint          *position);
void kvar_record_page_update_position
                                     (KvarRecordPage *self);
void kvar_record_page_refresh        (KvarRecordPage *self);
void kvar_record_page_step           (KvarRecordPage *self,
                                      int             by);

/* kvar-record-page-actions.c */
void kvar_record_page_install_actions
                                     (KvarRecordPage *self);
void kvar_record_page_update_actions (KvarRecordPage *self);

/* kvar-record-page-save.c */
void kvar_record_page_save           (KvarRecordPage *self);
void kvar_record_page_save_behind    (KvarRecordPage *self);
void kvar_record_page_show_conflict  (KvarRecordPage *self);
void kvar_record_page_save_combined  (KvarRecordPage *self);
void kvar_record_page_use_theirs     (KvarRecordPage *self);
void kvar_record_page_discard        (KvarRecordPage *self);
void kvar_record_page_undo_discard   (KvarRecordPage *self);

G_END_DECLS
