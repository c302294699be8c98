/* kvar-backoff.h: how long to wait before trying again
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

gint64 kvar_backoff_delay (guint   attempt,
                           gint64  retry_after_us,
                           GRand  *rand);

G_END_DECLS
