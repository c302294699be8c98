/* kvar-bulk-plan.h: What a change of many rows will do, before anything is sent.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "records/kvar-filter.h"
#include "records/kvar-record.h"

G_BEGIN_DECLS

/* What has become of one row. */
typedef enum
{
  KVAR_BULK_PENDING,     /* not sent yet */
  KVAR_BULK_DONE,        /* changed, or deleted */
  KVAR_BULK_OVERTAKEN,   /* somebody else has changed it meanwhile: left alone */
  KVAR_BULK_GONE,        /* somebody else has deleted it */
  KVAR_BULK_DENIED,      /* it is as it was, but is not ours to change */
  KVAR_BULK_REFUSED,     /* the database does not take it */
  KVAR_BULK_N_OUTCOMES,
} KvarBulkOutcome;

/* One row that is to be changed, or deleted. */
typedef struct
{
  char            **key;
  char             *id;       /* the key as a route has it */
  char             *title;    /* what the record is called */
  char             *before;   /* (nullable) its value when it was seen: the change's condition */
  char             *xmin;     /* (nullable) its version when it was seen */
  gboolean          by_version;   /* @xmin is the condition: values have no equality, or are long */
  char             *after;    /* (nullable) what is to be there; once it is done, what is there */
  KvarBulkOutcome   outcome;
  char             *note_id;  /* (nullable) a uuid: of its note, and of the own edit it becomes */
  gboolean          sent;     /* while it is pending: what became of it is not known */
  gboolean          unnoted;  /* the disk has less of it than this */
} KvarBulkRow;

typedef struct
{
  GPtrArray *rows;        /* (element-type KvarBulkRow) that will be sent */
  guint      n_already;   /* have the value */
  guint      n_unable;    /* have no key, or nothing that can be compared */
} KvarBulkPlan;

gboolean      kvar_bulk_plan_can_change (KvarTable        *table,
                                         KvarColumn       *column);
gboolean      kvar_bulk_plan_can_compare (KvarColumn       *column,
                                          const char       *text);
gboolean      kvar_bulk_plan_needs_read (KvarColumn       *column,
                                         KvarRecord       *record);
KvarBulkPlan *kvar_bulk_plan_new        (KvarColumn       *column,
                                         GPtrArray        *records,
                                         KvarValue        *value);
KvarBulkPlan *kvar_bulk_plan_new_delete (GPtrArray        *records);
void          kvar_bulk_plan_free       (KvarBulkPlan     *self);

KvarBulkRow  *kvar_bulk_row_new         (KvarRecord       *record);
void          kvar_bulk_row_free        (KvarBulkRow      *row);

GQueue       *kvar_bulk_plan_chunks     (KvarTable        *table,
                                         GPtrArray        *rows);
GPtrArray    *kvar_bulk_plan_filters    (KvarTable        *table,
                                         KvarColumn       *column,
                                         GPtrArray        *rows);
gboolean      kvar_bulk_plan_same       (KvarColumn       *column,
                                         const char       *a,
                                         const char       *b);
KvarBulkOutcome
              kvar_bulk_plan_judge      (KvarColumn       *column,
                                         KvarBulkRow      *row,
                                         KvarRecord       *now,
                                         gboolean          lost);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KvarBulkPlan, kvar_bulk_plan_free)

G_END_DECLS
