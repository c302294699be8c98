/* kvar-test-log.h: the promises of every session, checked on what kvar-demo has noted
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Goes through the lines of a request log (NDJSON) of sessions whose requests have an
 * X-Request-Id each, and returns what is wrong with the first line that breaks a promise
 * (transfer full), or NULL:
 * I1: two renewals of one session were under way together,
 * I3: something was asked as nobody, at other doors than those that are there for that,
 * I4: a change was made more than once for one request,
 * I7: a request was refused for its token more than twice, or there were more than ten
 *     renewals in five minutes that no token of @access_ttl seconds called for. */
char *kvar_test_log_find_breach (const char *text,
                                 guint       access_ttl);

G_END_DECLS
