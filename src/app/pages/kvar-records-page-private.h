/* kvar-records-page-private.h: shared by the parts of the records page
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kvar-records-page.h"
#include "kvar-workspace.h"
#include "records/kvar-record-list.h"
#include "widgets/kvar-filter-bar.h"
#include "widgets/kvar-filter-popover.h"
#include "widgets/kvar-load-status.h"

G_BEGIN_DECLS

struct _KvarRecordsPage
{
  KvarPage            parent_instance;

  KvarTable          *table;          /* (nullable) until the schema is there */
  KvarQuery          *query;          /* what is asked for now */
  char              **columns;        /* (nullable) the names of the columns shown */
  KvarRecordList     *list;           /* (nullable) what is shown */
  KvarRecordList     *next_list;      /* (nullable) under way, to take the place of list */
  KvarRecordList     *list_before;    /* (nullable) where Esc in the search leads back to */
  KvarQuery          *query_before;
  char               *key_before;     /* (nullable) the row that was selected then */
  GtkSingleSelection *selection;
  GVariant           *pending_state;  /* (nullable) to put back once the rows are there */
  double              scroll_before;
  guint               typing_timer;
  gboolean            showing;        /* the widgets follow the query, not the person */

  GtkStack           *stack;
  KvarLoadStatus     *status;
  GtkSearchBar       *search_bar;
  GtkSearchEntry     *search_entry;
  KvarFilterBar      *filter_bar;
  KvarFilterPopover  *filter_popover;
  GtkMenuButton      *filter_button;
  GtkMenuButton      *sort_button;
  GtkMenuButton      *more_button;    /* for sort and export where it is narrow */
  GtkScrolledWindow  *scrolled;
  GtkColumnView      *view;
  GtkSpinner         *spinner;
  GtkLabel           *count_label;
  GtkLabel           *as_of_label;
  GtkLabel           *problem_label;
  GtkWidget          *retry_button;
};

KvarClock *kvar_records_page_get_clock   (KvarRecordsPage *self);
guint kvar_records_page_get_n_rows       (KvarRecordsPage *self);
void  kvar_records_page_set_query        (KvarRecordsPage *self,
                                          KvarQuery       *query);
void  kvar_records_page_reload           (KvarRecordsPage *self);
char *kvar_records_page_dup_selected_key (KvarRecordsPage *self);

/* kvar-records-page-status.c */
void  kvar_records_page_show_error       (KvarRecordsPage *self,
                                          const GError    *error);
void  kvar_records_page_update_status    (KvarRecordsPage *self);

/* kvar-records-page-actions.c */
void  kvar_records_page_install_actions  (KvarRecordsPage *self);
void  kvar_records_page_update_actions   (KvarRecordsPage *self);
void  kvar_records_page_update_sort_menu (KvarRecordsPage *self);

G_END_DECLS
