/* kvar-test-demo.h: a kvar-demo of the test's own, with its faults and its log
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "kvar-clock.h"
#include "net/kvar-request.h"

G_BEGIN_DECLS

typedef struct _KvarTestDemo KvarTestDemo;

/* Starts the program in $KVAR_DEMO with --faults and @options (NULL-terminated) on a free
 * port, and waits until it serves. */
KvarTestDemo *kvar_test_demo_new      (const char *const *options);
void          kvar_test_demo_free     (KvarTestDemo      *self);

const char   *kvar_test_demo_get_url  (KvarTestDemo      *self);
const char   *kvar_test_demo_get_key  (KvarTestDemo      *self);

/* POST /demo/@what with @json; see kvar-demo-faults.h. */
void          kvar_test_demo_control  (KvarTestDemo      *self,
                                       const char        *what,
                                       const char        *json);

/* How many lines of the request log contain all of @first, … (NULL-terminated). */
guint         kvar_test_demo_count    (KvarTestDemo      *self,
                                       const char        *first,
                                       ...) G_GNUC_NULL_TERMINATED;

/* Fails the test when the request log breaks a promise of every session: kvar-test-log.h. */
void          kvar_test_demo_check_log (KvarTestDemo     *self);

/* A request with a number of its own, by which the log knows it when it is sent again. */
KvarRequest  *kvar_test_demo_new_request (const char     *method,
                                          const char     *path);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KvarTestDemo, kvar_test_demo_free)

G_END_DECLS
