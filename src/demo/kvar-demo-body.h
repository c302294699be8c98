/* kvar-demo-body.h: request bodies: rows of columns with their values still as text
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kvar-demo-json.h"
#include "kvar-demo-type.h"

G_BEGIN_DECLS

/*
 * The names are those of columns=, or else of the first row. A cell is NULL when its row lacks
 * the name.
 */
typedef struct
{
  GPtrArray    *names;
  GPtrArray    *rows;   /* of GPtrArray of KvarDemoJson, not owned */
  gboolean      array;  /* the body was an array, or a table of CSV */
  char         *text;   /* what the tree points into */
  KvarDemoJson *tree;
} KvarDemoBody;

KvarDemoBody *kvar_demo_body_parse   (GBytes              *bytes,
                                      const char          *content_type,
                                      GPtrArray           *columns,
                                      KvarDemoSqlError   **error);
void          kvar_demo_body_free    (KvarDemoBody        *self);
char         *kvar_demo_body_to_text (const KvarDemoJson  *cell,
                                      const KvarDemoType  *type);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KvarDemoBody, kvar_demo_body_free)

G_END_DECLS
