/* kvar-test-trace.h: the promises of a session, checked on everything it has done
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "session/kvar-session.h"

G_BEGIN_DECLS

/* Fails the test where the session, which must have kept its whole trace,
 * I2: ended without the auth server's word to /token or the person's will,
 * I5: took a token that was asked for in another generation,
 * I6: rotated again before the last rotation was stored, unmarked,
 * I7: sent a request more than three times, or renewed out of turn more than ten times in
 *     five minutes,
 * I8: let somebody wait for more than a minute, or for ever. */
void kvar_test_trace_check (KvarSession *session);

G_END_DECLS
