/* kvar-demo-sequence.h: counters kept in the database: identities and transaction numbers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

#include "kvar-demo-database.h"

G_BEGIN_DECLS

/* The counter that xmin shows. */
#define KVAR_DEMO_SEQUENCE_XID "xid"

void   kvar_demo_sequence_set  (KvarDemoDatabase *database,
                                const char       *name,
                                gint64            value);
gint64 kvar_demo_sequence_get  (KvarDemoDatabase *database,
                                const char       *name);
gint64 kvar_demo_sequence_next (KvarDemoDatabase *database,
                                const char       *name);

G_END_DECLS
