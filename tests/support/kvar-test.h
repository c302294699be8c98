/* kvar-test.h: waiting for something in a test, with a limit and a name
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Iterates the default main context until @condition holds; fails the test after 10 s. */
#define kvar_test_wait_until(condition) \
  G_STMT_START { \
    gint64 kvar_test_deadline_ = kvar_test_deadline (); \
    while (!(condition)) \
      kvar_test_iterate (kvar_test_deadline_, #condition, __FILE__, __LINE__, G_STRFUNC); \
  } G_STMT_END

gint64 kvar_test_deadline    (void);
void   kvar_test_iterate     (gint64        deadline,
                              const char   *condition,
                              const char   *file,
                              int           line,
                              const char   *function);
void   kvar_test_settle      (void);

void   kvar_test_keep_result (GObject      *object,
                              GAsyncResult *result,
                              gpointer      user_data);

G_END_DECLS
