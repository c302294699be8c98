/* kvar-record-diff.h: How one list of rows becomes another with the fewest rows moved.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* At @position, once the splices before it are done, @n_removed rows make room for @n_added. */
typedef struct
{
  guint position;
  guint n_removed;
  guint n_added;
} KvarSplice;

GArray *kvar_record_diff (GPtrArray *before,
                          GPtrArray *after);

G_END_DECLS
