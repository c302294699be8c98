/* test-save-state.c: in which words a form says where its text is
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "kvar-save-state.h"

typedef struct
{
  const char    *name;
  KvarSaveFacts  facts;
  KvarSaveState  state;
} Case;

#define SIGNED_IN .usable = TRUE

static const Case cases[] = {
  { "nothing", { SIGNED_IN }, KVAR_SAVE_STATE_NONE },
  { "typed", { SIGNED_IN, .changed = TRUE }, KVAR_SAVE_STATE_DRAFT },
  { "typed-after-save", { SIGNED_IN, .changed = TRUE, .was_saved = TRUE },
    KVAR_SAVE_STATE_DRAFT },
  { "saved", { SIGNED_IN, .was_saved = TRUE }, KVAR_SAVE_STATE_SAVED },
  { "saved-then-offline", { SIGNED_IN, .was_saved = TRUE, .held_up = TRUE },
    KVAR_SAVE_STATE_SAVED },
  { "on-its-way", { SIGNED_IN, .draft = KVAR_DRAFT_QUEUED, .changed = TRUE },
    KVAR_SAVE_STATE_SAVING },
  { "offline", { SIGNED_IN, .draft = KVAR_DRAFT_QUEUED, .changed = TRUE, .held_up = TRUE },
    KVAR_SAVE_STATE_OFFLINE },
  { "offline-though-saved-before",
    { SIGNED_IN, .draft = KVAR_DRAFT_QUEUED, .changed = TRUE, .held_up = TRUE, .was_saved = TRUE },
    KVAR_SAVE_STATE_OFFLINE },
  { "signed-out", { .draft = KVAR_DRAFT_QUEUED, .changed = TRUE }, KVAR_SAVE_STATE_SIGN_IN },
  { "signed-out-and-offline",
    { .draft = KVAR_DRAFT_QUEUED, .changed = TRUE, .held_up = TRUE },
    KVAR_SAVE_STATE_SIGN_IN },
  { "refused", { SIGNED_IN, .draft = KVAR_DRAFT_PARKED, .changed = TRUE, .was_saved = TRUE },
    KVAR_SAVE_STATE_ATTENTION },
  { "from-the-cache", { SIGNED_IN, .from_cache = TRUE }, KVAR_SAVE_STATE_AS_OF },
  { "typed-over-the-cache", { SIGNED_IN, .from_cache = TRUE, .changed = TRUE },
    KVAR_SAVE_STATE_DRAFT },
  { "deleting", { SIGNED_IN, .deletes = TRUE }, KVAR_SAVE_STATE_DELETING },
};

static void
test_choose (gconstpointer data)
{
  const Case *c = data;

  g_assert_cmpint (kvar_save_state_choose (&c->facts), ==, c->state);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/save-state/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_choose);
    }

  return g_test_run ();
}
