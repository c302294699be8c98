/* kvar-log.h: where messages go: the journal and a small file, with secrets taken out
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

void  kvar_log_open   (const char *state_dir);
char *kvar_log_redact (const char *text);

G_END_DECLS
