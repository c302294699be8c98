/* kvar-probe.h: asks for a table that nobody described, and what the answers say of it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "net/kvar-reply.h"
#include "net/kvar-request.h"
#include "schema/kvar-table.h"

G_BEGIN_DECLS

KvarRequest *kvar_probe_verbs         (const char  *table);
KvarRequest *kvar_probe_row           (const char  *table);
KvarRequest *kvar_probe_type          (const char  *table,
                                       const char  *column);
KvarRequest *kvar_probe_text          (const char  *table,
                                       const char  *column);
KvarRequest *kvar_probe_xmin          (const char  *table);

gboolean     kvar_probe_read_verbs    (KvarReply   *reply,
                                       KvarTable   *table,
                                       GError     **error);
gboolean     kvar_probe_read_row      (KvarReply   *reply,
                                       KvarTable   *table,
                                       GError     **error);
KvarType    *kvar_probe_read_type     (KvarReply   *reply,
                                       GError     **error);
void         kvar_probe_read_xmin     (KvarReply   *reply,
                                       KvarTable   *table);

G_END_DECLS
