/* kvar-test-proxy.h: stands between a client and kvar-demo and breaks what passes, byte by byte
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * KvarTestFault:
 * @KVAR_TEST_FAULT_CUT_BEFORE: the request is read, not passed on, and the connection closed
 * @KVAR_TEST_FAULT_CUT_AFTER: passed on and carried out; the answer is lost
 * @KVAR_TEST_FAULT_CUT_BODY: carried out; half of the answer's body comes, then the end
 * @KVAR_TEST_FAULT_RESET_BEFORE: as CUT_BEFORE, with a TCP reset
 * @KVAR_TEST_FAULT_RESET_AFTER: as CUT_AFTER, with a TCP reset
 * @KVAR_TEST_FAULT_STALL: silence until the release, then closed; not passed on
 * @KVAR_TEST_FAULT_STALL_BODY: carried out; half of the body, then silence until the release
 * @KVAR_TEST_FAULT_DRIP: carried out; the answer comes in single bytes
 * @KVAR_TEST_FAULT_GARBAGE: what comes is no HTTP; not passed on
 * @KVAR_TEST_FAULT_REDIRECT: 302 to a hotel's sign-in page; not passed on
 * @KVAR_TEST_FAULT_HTML: 200 and the hotel's sign-in page itself; not passed on
 * @KVAR_TEST_FAULT_HUGE: JSON without an end; not passed on
 */
typedef enum
{
  KVAR_TEST_FAULT_CUT_BEFORE,
  KVAR_TEST_FAULT_CUT_AFTER,
  KVAR_TEST_FAULT_CUT_BODY,
  KVAR_TEST_FAULT_RESET_BEFORE,
  KVAR_TEST_FAULT_RESET_AFTER,
  KVAR_TEST_FAULT_STALL,
  KVAR_TEST_FAULT_STALL_BODY,
  KVAR_TEST_FAULT_DRIP,
  KVAR_TEST_FAULT_GARBAGE,
  KVAR_TEST_FAULT_REDIRECT,
  KVAR_TEST_FAULT_HTML,
  KVAR_TEST_FAULT_HUGE,
} KvarTestFault;

typedef struct _KvarTestProxy KvarTestProxy;

/* Stands before @upstream (http://127.0.0.1:PORT); with @certificate (nullable) it is reached
 * over TLS. */
KvarTestProxy *kvar_test_proxy_new          (const char      *upstream,
                                             GTlsCertificate *certificate);
void           kvar_test_proxy_free         (KvarTestProxy   *self);

const char    *kvar_test_proxy_get_url      (KvarTestProxy   *self);

/* Breaks the next @count requests (-1: all) that begin with @match, such as "POST /auth/v1/token".
 * What was asked first is used first. */
void           kvar_test_proxy_break        (KvarTestProxy   *self,
                                             KvarTestFault    fault,
                                             const char      *match,
                                             int              count);
void           kvar_test_proxy_mend         (KvarTestProxy   *self);

/* Stalled requests end. */
void           kvar_test_proxy_release      (KvarTestProxy   *self);

/* While it is down nobody listens, and connections that were open are closed. */
void           kvar_test_proxy_set_down     (KvarTestProxy   *self,
                                             gboolean         down);

/* Open connections end; new ones are greeted with @certificate. */
void           kvar_test_proxy_set_certificate (KvarTestProxy   *self,
                                                GTlsCertificate *certificate);

/* How many requests that begin with @match have come, and how many met a fault. */
guint          kvar_test_proxy_count_seen   (KvarTestProxy   *self,
                                             const char      *match);
guint          kvar_test_proxy_count_broken (KvarTestProxy   *self);

/* Blocks until @n requests in all have been answered, or their connections closed. */
void           kvar_test_proxy_wait_ended   (KvarTestProxy   *self,
                                             guint            n);

/* How many requests were under way at once, at most. */
guint          kvar_test_proxy_get_most     (KvarTestProxy   *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KvarTestProxy, kvar_test_proxy_free)

G_END_DECLS
