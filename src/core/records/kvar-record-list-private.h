/* kvar-record-list-private.h: what the halves of the record list share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "records/kvar-record-list.h"
#include "records/kvar-record-pager.h"
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
  KvarRecordPager  *pager;         /* stands behind the last of records, unless from_cache */

  KvarRecordPager  *fresh_pager;   /* (nullable) while reloading */
  GPtrArray        *fresh;         /* (nullable) what it has brought so far */
  guint             n_wanted;      /* how many rows a reload brings back */

  GCancellable     *cancellable;   /* (nullable) of the page under way */
  GCancellable     *count_cancellable;
  GError           *error;         /* (nullable) */
  GDateTime        *loaded_at;     /* (nullable) */
  gint64            total;
  gboolean          total_is_exact;

  GHashTable       *held;          /* the keys of rows that stay where they are */

  KvarCache        *cache;         /* (nullable) */
  guint             keep_idle;     /* the rows go there before long */
  gboolean          looked;        /* for rows in the cache */
  gboolean          from_cache;    /* nothing has come from the server yet */
};

void     kvar_record_list_set_total (KvarRecordList      *self,
                                     gint64               total,
                                     gboolean             exact);

/* kvar-record-list-hold.c */
void     kvar_record_list_put_held  (KvarRecordList      *self,
                                     GPtrArray           *fresh);

/* kvar-record-list-cache.c */
gboolean kvar_record_list_look      (KvarRecordList      *self,
                                     GAsyncReadyCallback  callback);
void     kvar_record_list_keep_soon (KvarRecordList      *self);
void     kvar_record_list_keep_now  (KvarRecordList      *self);
void     kvar_record_list_forget    (KvarRecordList      *self);

G_END_DECLS
