/* kvar-test.c: waiting for something in a test, with a limit and a name
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "kvar-test.h"

#define LIMIT_US (60 * G_USEC_PER_SEC)

gint64
kvar_test_deadline (void)
{
  return g_get_monotonic_time () + LIMIT_US;
}

static gboolean
wake_cb (gpointer user_data)
{
  gboolean *woken = user_data;

  *woken = TRUE;

  return G_SOURCE_REMOVE;
}

void
kvar_test_iterate (gint64      deadline,
                   const char *condition,
                   const char *file,
                   int         line,
                   const char *function)
{
  gint64 left = deadline - g_get_monotonic_time ();
  gboolean woken = FALSE;
  guint id;

  if (left <= 0)
    {
      g_autofree char *message = g_strdup_printf ("waited a minute in vain until %s", condition);

      g_assertion_message ("kvar-test", file, line, function, message);
    }

  id = g_timeout_add (left / 1000 + 1, wake_cb, &woken);
  g_main_context_iteration (NULL, TRUE);
  if (!woken)
    g_source_remove (id);
}

/**
 * kvar_test_settle:
 *
 * Lets everything happen that can happen now without waiting.
 */
void
kvar_test_settle (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

/**
 * kvar_test_keep_result:
 * @user_data: a `GAsyncResult **` that is %NULL
 *
 * A #GAsyncReadyCallback that keeps a reference to the result.
 */
void
kvar_test_keep_result (GObject      *object,
                       GAsyncResult *result,
                       gpointer      user_data)
{
  GAsyncResult **place = user_data;

  g_assert_null (*place);
  *place = g_object_ref (result);
}
