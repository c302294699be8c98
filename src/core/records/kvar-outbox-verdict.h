/* kvar-outbox-verdict.h: What becomes of a save that the server did not take
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  KVAR_OUTBOX_WAIT,   /* it and all behind it wait for a server or a session */
  KVAR_OUTBOX_PARK,   /* it needs a person; the others go on */
} KvarOutboxVerdict;

KvarOutboxVerdict kvar_outbox_judge (const GError *error,
                                     gboolean      repeatable);

G_END_DECLS
