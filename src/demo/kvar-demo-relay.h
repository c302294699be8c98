/* kvar-demo-relay.h: hands a stream on as the body of a reply, piece by piece
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* The stream broke off in the middle: the connection has to as well. */
typedef void (*KvarDemoRelayBroken) (gpointer user_data);

void kvar_demo_relay_start (SoupServerMessage   *message,
                            GInputStream        *stream,
                            GCancellable        *cancellable,
                            KvarDemoRelayBroken  broken,
                            gpointer             user_data);

G_END_DECLS
