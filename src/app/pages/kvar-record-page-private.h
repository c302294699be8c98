/* kvar-record-page-private.h: shared by the parts of the record page
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kvar-record-page.h"
#include "kvar-workspace.h"
#include "widgets/kvar-changes-view.h"
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
  GStrv             pins;           /* columns whose values the next new record begins with */
  char             *focus_column;   /* (nullable) where the next record's form begins */

  KvarField        *saved_from;     /* (unowned) compared only: where Save was pressed */
  gint64            saved_at;       /* wall time; 0: not since the record is shown */
  guint             n_rounds;       /* how often in a row a combined save was to be made */
  gint64            as_of;          /* wall time of what the cache has; 0: it is the server's */

  KvarSchema       *functions_schema;  /* (nullable) that the menu is made of */
  char             *call_key;       /* (nullable) the record that call_label is about */

  guint             asked : 1;      /* somebody waits for the save to be over */
  guint             edited : 1;     /* since they saved */
  guint             typed : 1;      /* since it was saved or discarded: fields undo that */
  guint             carried : 1;    /* all that a new record holds is from the one before */
  guint             gone : 1;       /* the server has no such record any more */
  guint             denied : 1;     /* its fields are not there to be typed in */
  guint             partial : 1;    /* some of them, as their values are not loaded */
  guint             discarded : 1;  /* just now: Undo brings it back */

  GtkStack         *stack;
  KvarLoadStatus   *status;
  GtkScrolledWindow *scrolled;
  KvarForm         *form;
  KvarConflictView *conflict;
  KvarChangesView  *changes;
  GtkWidget        *restored_box;
  GtkLabel         *restored_label;
  GtkLabel         *read_only_label;
  GtkLabel         *errand_label;
  GtkLabel         *state_label;
  GtkWidget        *kept_box;
  GtkWidget        *again_button;
  GtkWidget        *undo_button;
  GtkWidget        *conflict_button;
  GtkWidget        *others_button;
  GtkWidget        *unseen_button;
  GtkWidget        *problem_box;
  GtkLabel         *problem_label;
  GtkLabel         *position_label;
  GtkWidget        *save_button;
  GtkLabel         *call_label;
  GMenu            *functions_section;
  GtkMenuButton    *menu_button;
};

void kvar_record_page_update_title   (KvarRecordPage *self);
KvarRecordList *
     kvar_record_page_get_list       (KvarRecordPage *self);
gboolean
     kvar_record_page_find_position  (KvarRecordPage *self,
                                      guint          *position);
void kvar_record_page_update_position
                                     (KvarRecordPage *self);
void kvar_record_page_refresh        (KvarRecordPage *self);
void kvar_record_page_show_new       (KvarRecordPage *self);
void kvar_record_page_show_fields    (KvarRecordPage *self);
void kvar_record_page_update_errand  (KvarRecordPage *self);
void kvar_record_page_finish_errand  (KvarRecordPage *self);
void kvar_record_page_step           (KvarRecordPage *self,
                                      int             by);

/* kvar-record-page-actions.c */
void kvar_record_page_install_actions
                                     (KvarRecordPage *self);
void kvar_record_page_update_actions (KvarRecordPage *self);

/* kvar-record-page-entry.c */
void kvar_record_page_duplicate      (KvarRecordPage *self);
void kvar_record_page_create_again   (KvarRecordPage *self);
void kvar_record_page_copy_draft     (KvarRecordPage *self);
void kvar_record_page_save_and_new   (KvarRecordPage *self);
void kvar_record_page_save_and_next  (KvarRecordPage *self);
void kvar_record_page_fill_from_previous
                                     (KvarRecordPage *self);
void kvar_record_page_set_default    (KvarRecordPage *self);
void kvar_record_page_toggle_pin     (KvarRecordPage *self,
                                      const char     *column);
void kvar_record_page_set_pins       (KvarRecordPage *self,
                                      const char *const *pins);
void kvar_record_page_carry_over     (KvarRecordPage *self);
void kvar_record_page_drop_carried   (KvarRecordPage *self);

/* kvar-record-page-state.c */
void kvar_record_page_update_state   (KvarRecordPage *self);
void kvar_record_page_set_problem    (KvarRecordPage *self,
                                      const char     *sentence);
void kvar_record_page_tell_problems  (KvarRecordPage *self,
                                      guint           n);

/* kvar-record-page-status.c */
void kvar_record_page_show_error     (KvarRecordPage *self,
                                      const GError   *error);

/* kvar-record-page-save.c */
void kvar_record_page_save           (KvarRecordPage *self);
void kvar_record_page_save_unseen    (KvarRecordPage *self);
void kvar_record_page_save_behind    (KvarRecordPage *self);
void kvar_record_page_follow_draft   (KvarRecordPage *self);
void kvar_record_page_sent_cb        (KvarRecordPage *self,
                                      KvarDraft      *draft);
void kvar_record_page_show_attention (KvarRecordPage *self);

/* kvar-record-page-functions.c */
void kvar_record_page_call           (KvarRecordPage *self,
                                      const char     *name);
void kvar_record_page_update_functions
                                     (KvarRecordPage *self);

/* kvar-record-page-drafts.c */
void kvar_record_page_compare        (KvarRecordPage *self);
void kvar_record_page_leave_compare  (KvarRecordPage *self);
void kvar_record_page_show_conflict  (KvarRecordPage *self);
void kvar_record_page_take_theirs    (KvarRecordPage *self,
                                      KvarRecord     *record);
void kvar_record_page_save_combined  (KvarRecordPage *self);
void kvar_record_page_use_theirs     (KvarRecordPage *self);
void kvar_record_page_discard        (KvarRecordPage *self);
void kvar_record_page_delete         (KvarRecordPage *self);
void kvar_record_page_undo           (KvarRecordPage *self);
void kvar_record_page_take_undo_key  (KvarRecordPage *self);

G_END_DECLS
