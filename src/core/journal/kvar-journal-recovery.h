/* kvar-journal-recovery.h: takes out of a damaged journal what can still be read
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

struct sqlite3;

gboolean kvar_journal_salvage (const char      *damaged,
                               struct sqlite3  *fresh,
                               GError         **error);
gboolean kvar_journal_look    (const char      *damaged,
                               struct sqlite3  *fresh,
                               GError         **error);

G_END_DECLS
