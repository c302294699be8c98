/* kvar-records-page-private.h: shared by the parts of the records page
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kvar-records-page.h"
#include "kvar-workspace.h"
#include "records/kvar-list-news.h"
#include "records/kvar-record-list.h"
#include "widgets/grid/kvar-grid-find.h"
#include "widgets/grid/kvar-grid.h"
#include "widgets/kvar-bulk-bar.h"
#include "widgets/kvar-edit-bar.h"
#include "widgets/kvar-filter-bar.h"
#include "widgets/kvar-new-drafts-bar.h"
#include "widgets/kvar-filter-popover.h"
#include "widgets/kvar-load-status.h"
#include "widgets/kvar-record-source.h"

G_BEGIN_DECLS

struct _KvarRecordsPage
{
  KvarPage            parent_instance;

  KvarTable          *table;          /* (nullable) until the schema is there */
  KvarQuery          *query;          /* what is asked for now */
  char              **columns;        /* (nullable) the names of the columns shown */
  char              **chosen;         /* (nullable) of those shown unless somebody arranges them */
  char              **asked;          /* (nullable) of those that the newest list loads */
  KvarSchema         *functions_schema;  /* (nullable) whose functions the menu has */
  GVariant           *look;           /* (nullable) how this user has arranged them */
  KvarRecordSource   *source;         /* (nullable) until there is a table */
  KvarRowEdits       *edits;          /* (nullable) until then */
  char               *told;           /* (nullable) what happened last to what was typed */
  KvarRecordList     *list;           /* (nullable) what is shown */
  KvarRecordList     *next_list;      /* (nullable) under way, to take the place of list */
  KvarRecordList     *list_before;    /* (nullable) where Esc in the search leads back to */
  KvarQuery          *query_before;
  GPtrArray          *selected;       /* the selected records, as far as they are here */
  char               *sought;         /* (nullable) the record that the cursor is to be on */
  char               *key_before;     /* (nullable) the record that the cursor was on then */
  GVariant           *place_before;
  GVariant           *pending_state;  /* (nullable) to put back once the rows are there */
  KvarGridFind       *find;           /* (nullable) until the page is loaded */
  GMenu              *views;          /* the menu of kept views */
  KvarListNews       *news;           /* (nullable) of list */
  gint64              looked_at;      /* for news, last */
  guint               news_timer;
  guint               typing_timer;
  gboolean            showing;        /* the widgets follow the query, not the person */
  gboolean            arranging;      /* so do the columns */
  gboolean            placing;        /* so does the cursor */
  gboolean            moved;          /* by the person, since this list is shown */

  GtkStack           *stack;
  KvarLoadStatus     *status;
  GtkSearchBar       *search_bar;
  GtkSearchEntry     *search_entry;
  KvarNewDraftsBar   *new_drafts_bar;
  KvarFilterBar      *filter_bar;
  KvarFilterPopover  *filter_popover;
  GtkMenuButton      *filter_button;
  GtkMenuButton      *sort_button;
  GtkMenuButton      *narrow_sort_button;    /* the same, where the header is narrow */
  GtkMenuButton      *views_button;
  GtkMenuButton      *more_button;    /* for sort and export where it is narrow */
  GtkMenuButton      *narrow_more_button;
  GtkScrolledWindow  *scrolled;
  KvarGrid           *grid;
  GtkLabel           *find_label;
  GtkSpinner         *spinner;
  GtkLabel           *count_label;
  GtkButton          *select_all_button;
  GtkWidget          *selected_button;
  KvarBulkBar        *bulk_bar;
  GMenu              *functions_section;
  GHashTable         *leaving;        /* (nullable) keys of what will be deleted unless undone */
  GtkLabel           *as_of_label;
  GtkLabel           *problem_label;
  GtkWidget          *retry_button;
  KvarEditBar        *edit_bar;
  GtkRevealer        *gone_revealer;
  GtkLabel           *gone_label;
  GtkWidget          *gone_button;
  GtkRevealer        *news_revealer;
  GtkLabel           *news_label;
  GtkWidget          *news_button;
};

KvarClock *kvar_records_page_get_clock       (KvarRecordsPage *self);
guint      kvar_records_page_get_n_rows      (KvarRecordsPage *self);
void       kvar_records_page_set_query       (KvarRecordsPage *self,
                                              KvarQuery       *query);
void       kvar_records_page_show_as         (KvarRecordsPage *self,
                                              KvarQuery       *query);
void       kvar_records_page_reload          (KvarRecordsPage *self);
void       kvar_records_page_load_columns    (KvarRecordsPage *self);

/* kvar-records-page-place.c */
void       kvar_records_page_install_place   (KvarRecordsPage *self);
char      *kvar_records_page_dup_cursor_key  (KvarRecordsPage *self);
void       kvar_records_page_go_to           (KvarRecordsPage *self,
                                              GVariant        *place,
                                              const char      *key);
void       kvar_records_page_find_sought     (KvarRecordsPage *self);
void       kvar_records_page_restore_pending (KvarRecordsPage *self);
GVariant  *kvar_records_page_save_state      (KvarPage        *page);
void       kvar_records_page_restore_state   (KvarPage        *page,
                                              GVariant        *state);

/* kvar-records-page-gone.c */
void       kvar_records_page_install_gone    (KvarRecordsPage *self);
void       kvar_records_page_update_gone     (KvarRecordsPage *self);

/* kvar-records-page-grant.c */
void       kvar_records_page_install_grant   (KvarRecordsPage *self);
gboolean   kvar_records_page_show_missing_grant
                                             (KvarRecordsPage *self,
                                              const GError    *error);

/* kvar-records-page-key.c */
void       kvar_records_page_install_key     (KvarRecordsPage *self);
gboolean   kvar_records_page_can_choose_key  (KvarRecordsPage *self);
void       kvar_records_page_tell_no_key     (KvarRecordsPage *self);

/* kvar-records-page-columns.c */
void       kvar_records_page_install_columns (KvarRecordsPage *self);
void       kvar_records_page_update_columns  (KvarRecordsPage *self);
void       kvar_records_page_set_look        (KvarRecordsPage *self,
                                              GVariant        *look);
void       kvar_records_page_update_sort_menu
                                             (KvarRecordsPage *self);

/* kvar-records-page-selection.c */
void       kvar_records_page_install_selection
                                             (KvarRecordsPage *self);
void       kvar_records_page_update_selection
                                             (KvarRecordsPage *self);
gboolean   kvar_records_page_get_all_matching
                                             (KvarRecordsPage *self);
gint64     kvar_records_page_get_n_selected  (KvarRecordsPage *self);
char      *kvar_records_page_describe_selected
                                             (KvarRecordsPage *self);

/* kvar-records-page-bulk.c */
void       kvar_records_page_install_bulk    (KvarRecordsPage *self);
void       kvar_records_page_update_bulk     (KvarRecordsPage *self);
void       kvar_records_page_run_bulk        (KvarRecordsPage *self,
                                              KvarBulkJob     *job);
GPtrArray *kvar_records_page_list_selected   (KvarRecordsPage *self);
gboolean   kvar_records_page_get_busy        (KvarRecordsPage *self);

/* kvar-records-page-cut-off.c */
void       kvar_records_page_install_cut_off (KvarRecordsPage *self);
void       kvar_records_page_update_cut_off  (KvarRecordsPage *self);
void       kvar_records_page_offer_cut_off   (KvarRecordsPage *self);
gboolean   kvar_records_page_undo_cut_off    (KvarRecordsPage *self);

/* kvar-records-page-functions.c */
void       kvar_records_page_install_functions
                                             (KvarRecordsPage *self);
void       kvar_records_page_update_functions
                                             (KvarRecordsPage *self);

/* kvar-records-page-delete.c */
void       kvar_records_page_install_delete  (KvarRecordsPage *self);
void       kvar_records_page_update_delete   (KvarRecordsPage *self);
void       kvar_records_page_follow_deletes  (KvarRecordsPage *self);
gboolean   kvar_records_page_undo_delete     (KvarRecordsPage *self);

/* kvar-records-page-paste.c */
void       kvar_records_page_install_paste   (KvarRecordsPage *self);
void       kvar_records_page_update_paste    (KvarRecordsPage *self);

/* kvar-records-page-copy.c */
void       kvar_records_page_install_copy    (KvarRecordsPage *self);
void       kvar_records_page_copy_loaded     (KvarRecordsPage *self);

/* kvar-records-page-editing.c */
void        kvar_records_page_install_editing (KvarRecordsPage *self);
void        kvar_records_page_begin_editing   (KvarRecordsPage *self);
void        kvar_records_page_update_editing  (KvarRecordsPage *self);
void        kvar_records_page_set_edit_mode   (KvarRecordsPage *self,
                                               gboolean         editing);
GListModel *kvar_records_page_make_rows       (KvarRecordsPage *self,
                                               KvarRecordList  *list);
void        kvar_records_page_leave_row       (KvarRecordsPage *self);
void        kvar_records_page_enter_row       (KvarRecordsPage *self);
void        kvar_records_page_forget_edits    (KvarRecordsPage *self);
void        kvar_records_page_add_row         (KvarRecordsPage *self);

/* kvar-records-page-file.c */
void       kvar_records_page_install_file    (KvarRecordsPage *self);
gboolean   kvar_records_page_has_file        (KvarRecordsPage *self);
gboolean   kvar_records_page_open_file       (KvarRecordsPage *self);

/* kvar-records-page-find.c */
void       kvar_records_page_install_find    (KvarRecordsPage *self);

/* kvar-records-page-menu.c */
void       kvar_records_page_install_menu    (KvarRecordsPage *self);

/* kvar-records-page-news.c */
void       kvar_records_page_install_news    (KvarRecordsPage *self);
void       kvar_records_page_begin_news      (KvarRecordsPage *self);
void       kvar_records_page_end_news        (KvarRecordsPage *self);
void       kvar_records_page_look_for_news   (KvarRecordsPage *self);

/* kvar-records-page-views.c */
void       kvar_records_page_install_views   (KvarRecordsPage *self);
void       kvar_records_page_update_views    (KvarRecordsPage *self);

/* kvar-records-page-status.c */
void       kvar_records_page_show_error      (KvarRecordsPage *self,
                                              const GError    *error);
void       kvar_records_page_update_status   (KvarRecordsPage *self);

/* kvar-records-page-actions.c */
KvarRoute *kvar_records_page_make_link_route (KvarRecordsPage *self);
void       kvar_records_page_install_actions (KvarRecordsPage *self);
void       kvar_records_page_update_actions  (KvarRecordsPage *self);

G_END_DECLS
