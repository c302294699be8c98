/* test-outbox-verdict.c: What becomes of a save that the server did not take
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <gio/gio.h>

#include "kvar-error.h"
#include "records/kvar-outbox-verdict.h"

typedef struct
{
  const char        *name;
  KvarError          error;
  int                status;
  const char        *code;         /* (nullable) */
  gboolean           repeatable;
  KvarOutboxVerdict  verdict;
} Case;

static const Case cases[] = {
  { "no-network", KVAR_ERROR_OFFLINE, 0, NULL, TRUE, KVAR_OUTBOX_WAIT },
  { "bad-gateway", KVAR_ERROR_OFFLINE, 502, NULL, TRUE, KVAR_OUTBOX_WAIT },
  { "too-many-requests", KVAR_ERROR_OFFLINE, 429, NULL, TRUE, KVAR_OUTBOX_WAIT },
  { "signed-out", KVAR_ERROR_SIGNED_OUT, 0, NULL, TRUE, KVAR_OUTBOX_WAIT },
  { "paused-account", KVAR_ERROR_BLOCKED, 0, NULL, TRUE, KVAR_OUTBOX_WAIT },
  { "key-refused", KVAR_ERROR_REFUSED, 401, NULL, TRUE, KVAR_OUTBOX_WAIT },
  { "project-restricted", KVAR_ERROR_REFUSED, 402, NULL, TRUE, KVAR_OUTBOX_WAIT },
  { "deadlock", KVAR_ERROR_REFUSED, 500, "40P01", TRUE, KVAR_OUTBOX_WAIT },
  { "lock-not-available", KVAR_ERROR_REFUSED, 500, "55P03", TRUE, KVAR_OUTBOX_WAIT },
  { "lost-update", KVAR_ERROR_UNKNOWN_OUTCOME, 0, NULL, TRUE, KVAR_OUTBOX_WAIT },

  { "lost-insert", KVAR_ERROR_UNKNOWN_OUTCOME, 0, NULL, FALSE, KVAR_OUTBOX_PARK },
  { "trigger-fails", KVAR_ERROR_REFUSED, 500, "XX000", TRUE, KVAR_OUTBOX_PARK },
  { "statement-too-slow", KVAR_ERROR_REFUSED, 500, "57014", TRUE, KVAR_OUTBOX_PARK },
  { "too-large", KVAR_ERROR_REFUSED, 413, NULL, TRUE, KVAR_OUTBOX_PARK },
  { "owner-says-no", KVAR_ERROR_REFUSED, 400, "P0001", TRUE, KVAR_OUTBOX_PARK },
  { "not-allowed", KVAR_ERROR_DENIED, 403, "42501", TRUE, KVAR_OUTBOX_PARK },
  { "already-there", KVAR_ERROR_INVALID, 409, "23505", TRUE, KVAR_OUTBOX_PARK },
  { "changed-by-others", KVAR_ERROR_CONFLICT, 0, NULL, TRUE, KVAR_OUTBOX_PARK },
  { "deleted-by-others", KVAR_ERROR_GONE, 0, NULL, TRUE, KVAR_OUTBOX_PARK },
  { "unreadable", KVAR_ERROR_BAD_REPLY, 200, NULL, TRUE, KVAR_OUTBOX_PARK },
};

static void
test_judge (gconstpointer data)
{
  const Case *c = data;
  g_autoptr(GError) error = kvar_error_new_full (c->error, c->status, c->code, "no");

  g_assert_cmpint (kvar_outbox_judge (error, c->repeatable), ==, c->verdict);
}

/* The program ends, or another user has come: nothing was wrong with the save. */
static void
test_cancelled (void)
{
  g_autoptr(GError) error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "over");

  g_assert_cmpint (kvar_outbox_judge (error, FALSE), ==, KVAR_OUTBOX_WAIT);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/outbox-verdict/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_judge);
    }
  g_test_add_func ("/outbox-verdict/cancelled", test_cancelled);

  return g_test_run ();
}
