/* kvar-diagnostics.h: what somebody needs who is to find out what went wrong, without secrets
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "schema/kvar-schema.h"
#include "session/kvar-session.h"

G_BEGIN_DECLS

void  kvar_diagnostics_add_program (GString      *text);
void  kvar_diagnostics_add_session (GString      *text,
                                    KvarSession  *session,
                                    KvarSchema   *schema);
void  kvar_diagnostics_add_trace   (GString      *text,
                                    KvarSession  *session);
void  kvar_diagnostics_add_log     (GString      *text,
                                    const char   *state_dir);
char *kvar_diagnostics_clean_line  (const char   *line);

G_END_DECLS
