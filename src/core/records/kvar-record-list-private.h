/* kvar-record-list-private.h: what the halves of the record list share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "records/kvar-record-list.h"
#include "records/kvar-record-pager.h"
#include "records/kvar-record-plan.h"
#include "records/kvar-record-set.h"

G_BEGIN_DECLS

struct _KvarRecordList
{
  GObject           parent_instance;

  KvarSession      *session;
  KvarTable        *table;
  KvarQuery        *query;
  char            **columns;       /* (nullable) */

  KvarRecordSet    *records;
  KvarRecordPager  *pager;         /* stands behind the first rows, unless from_cache */
  gboolean          was_complete;  /* as it was said last */

  GCancellable     *cancellable;   /* (nullable) of the page under way */
  GCancellable     *count_cancellable;
  GError           *error;         /* (nullable) */
  GDateTime        *loaded_at;     /* (nullable) */
  gint64            total;
  gboolean          total_is_exact;

  /* kvar-record-list-reload.c */
  KvarRecordPager  *fresh_pager;   /* (nullable) while reloading */
  GPtrArray        *fresh;         /* (nullable) what it has brought so far */
  guint             fresh_start;   /* where that is to go */
  guint             n_wanted;      /* how many rows a reload brings back */

  /* kvar-record-list-view.c */
  gboolean          full_length;   /* rows that have not come have their places */
  guint             view_first;    /* what is looked at */
  guint             view_end;
  KvarRecordPager  *view_pager;    /* (nullable) while a page for it is under way */
  KvarPlan          plan;          /* which */
  guint             jump_timer;
  guint             failed_first;  /* what was looked at when a page did not come */
  guint             n_barren;      /* pages in a row that brought nothing new */
  GHashTable       *places;        /* (element-type KvarRecord GPtrArray) where rows were when
                                    * they came, if they were changed since */

  /* kvar-record-list-hold.c */
  GHashTable       *held;          /* the keys of rows that stay where they are */

  /* kvar-record-list-cache.c */
  KvarCache        *cache;         /* (nullable) */
  guint             keep_idle;     /* the rows go there before long */
  gboolean          looked;        /* for rows in the cache */
  gboolean          from_cache;    /* nothing has come from the server yet */
  gboolean          judged_here;   /* and the rows were found among all that is kept */
  gboolean          fell_back;     /* on those, if there were any */
};

void          kvar_record_list_set_error     (KvarRecordList      *self,
                                              GError              *error);
void          kvar_record_list_set_total     (KvarRecordList      *self,
                                              gint64               total,
                                              gboolean             exact);
void          kvar_record_list_set_loaded_at (KvarRecordList      *self,
                                              gint64               time);
GCancellable *kvar_record_list_begin         (KvarRecordList      *self);
void          kvar_record_list_end           (KvarRecordList      *self,
                                              GError              *error);
void          kvar_record_list_count         (KvarRecordList      *self);
void          kvar_record_list_note_loaded   (KvarRecordList      *self);
void          kvar_record_list_note_complete (KvarRecordList      *self);

/* An interrupted page is over; whoever replaced it has set another cancellable. */
static inline gboolean
kvar_record_list_was_replaced (GError *error)
{
  return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* kvar-record-list-view.c */
void          kvar_record_list_apply_total   (KvarRecordList      *self);
void          kvar_record_list_fill_view     (KvarRecordList      *self);
void          kvar_record_list_go_on         (KvarRecordList      *self);
void          kvar_record_list_stop_view     (KvarRecordList      *self);
GPtrArray    *kvar_record_list_dup_place     (KvarRecordList      *self,
                                              guint                position,
                                              gboolean             backward);
void          kvar_record_list_keep_place    (KvarRecordList      *self,
                                              KvarRecord          *record);

/* kvar-record-list-hold.c */
gboolean      kvar_record_list_is_held       (KvarRecordList      *self,
                                              KvarRecord          *record);
void          kvar_record_list_take_held     (KvarRecordList      *self,
                                              GPtrArray           *fresh);
void          kvar_record_list_put_held      (KvarRecordList      *self,
                                              GPtrArray           *fresh,
                                              guint                start,
                                              gboolean             is_last);
void          kvar_record_list_put_held_before
                                             (KvarRecordList      *self,
                                              GPtrArray           *fresh,
                                              guint                end);

/* kvar-record-list-cache.c */
gboolean      kvar_record_list_look          (KvarRecordList      *self,
                                              GAsyncReadyCallback  callback);
void          kvar_record_list_show_kept     (KvarRecordList       *self,
                                              const KvarCachedRows *rows);
gboolean      kvar_record_list_fall_back     (KvarRecordList      *self,
                                              GError              *error);
void          kvar_record_list_keep_soon     (KvarRecordList      *self);
void          kvar_record_list_keep_now      (KvarRecordList      *self);
void          kvar_record_list_forget        (KvarRecordList      *self);

G_END_DECLS
