/* kvar-demo-query.h: PostgREST's query string taken apart: columns, embeds, conditions, order
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

#include "kvar-demo-sql-error.h"

G_BEGIN_DECLS

typedef enum
{
  KVAR_DEMO_OPERATOR_EQ,
  KVAR_DEMO_OPERATOR_NEQ,
  KVAR_DEMO_OPERATOR_GT,
  KVAR_DEMO_OPERATOR_GTE,
  KVAR_DEMO_OPERATOR_LT,
  KVAR_DEMO_OPERATOR_LTE,
  KVAR_DEMO_OPERATOR_LIKE,
  KVAR_DEMO_OPERATOR_ILIKE,
  KVAR_DEMO_OPERATOR_MATCH,
  KVAR_DEMO_OPERATOR_IMATCH,
  KVAR_DEMO_OPERATOR_IN,
  KVAR_DEMO_OPERATOR_IS,
  KVAR_DEMO_OPERATOR_ISDISTINCT,
  KVAR_DEMO_OPERATOR_FTS,
  KVAR_DEMO_OPERATOR_CS,
  KVAR_DEMO_OPERATOR_CD,
  KVAR_DEMO_OPERATOR_OV,
  KVAR_DEMO_OPERATOR_RANGE, /* sl sr nxr nxl adj: no column of the sample has them */
} KvarDemoOperator;

typedef enum
{
  KVAR_DEMO_QUANTIFIER_NONE,
  KVAR_DEMO_QUANTIFIER_ANY,
  KVAR_DEMO_QUANTIFIER_ALL,
} KvarDemoQuantifier;

/* A column, or a path into one: details->a->>b */
typedef struct
{
  char      *name;
  GPtrArray *steps;    /* (nullable) */
  gboolean   as_text;  /* the last arrow was ->> */
} KvarDemoField;

typedef enum
{
  KVAR_DEMO_CONDITION_FILTER,
  KVAR_DEMO_CONDITION_AND,
  KVAR_DEMO_CONDITION_OR,
} KvarDemoConditionKind;

typedef struct
{
  KvarDemoConditionKind  kind;
  gboolean               negated;
  KvarDemoField          field;
  KvarDemoOperator       operator;
  KvarDemoQuantifier     quantifier;
  char                  *value;    /* (nullable): of a filter with one */
  GPtrArray             *values;   /* (nullable): of in, (any) and (all) */
  GPtrArray             *children; /* (nullable): of and, or */
} KvarDemoCondition;

typedef enum
{
  KVAR_DEMO_NULLS_DEFAULT, /* ascending: last; descending: first */
  KVAR_DEMO_NULLS_FIRST,
  KVAR_DEMO_NULLS_LAST,
} KvarDemoNulls;

typedef struct
{
  char          *relation;   /* (nullable): of a to-one embed */
  KvarDemoField  field;
  gboolean       descending;
  KvarDemoNulls  nulls;
} KvarDemoOrder;

typedef struct _KvarDemoQuery KvarDemoQuery;

/* One thing in select: a column, the star, or an embedded relation. */
typedef struct
{
  char          *alias;      /* (nullable) */
  KvarDemoField  field;      /* of an embed: the relation's name */
  char          *cast;       /* (nullable) */
  char          *hint;       /* (nullable): of an embed */
  gboolean       inner;
  KvarDemoQuery *embed;      /* (nullable) */
} KvarDemoItem;

struct _KvarDemoQuery
{
  GPtrArray *items;          /* of KvarDemoItem */
  GPtrArray *conditions;     /* of KvarDemoCondition; all must hold */
  GPtrArray *orders;         /* of KvarDemoOrder */
  gint64     limit;          /* -1: none */
  gint64     offset;
  gboolean   has_limit;      /* limit or offset was given */
  GPtrArray *columns;        /* (nullable): of a write */
  GPtrArray *on_conflict;    /* (nullable): of an upsert */
  GPtrArray *arguments;      /* name, value, …: of a function called with GET */
};

KvarDemoQuery *kvar_demo_query_parse     (const char           *text,
                                          gboolean              with_arguments,
                                          KvarDemoSqlError    **error);
void           kvar_demo_query_free      (KvarDemoQuery        *self);
char          *kvar_demo_query_normalise (const char           *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KvarDemoQuery, kvar_demo_query_free)

G_END_DECLS
