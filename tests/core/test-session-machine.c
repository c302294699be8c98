/* test-session-machine.c: the drawing in the header and the table say the same
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <gio/gio.h>

#include "kvar-test.h"
#include "session/kvar-session-machine.h"

#define ARROW_FROM "--"
#define ARROW_TO   "-->"

/* As drawn: which state follows, or -1 where no arrow leaves. */
typedef int Drawing[KVAR_SESSION_N_EVENTS][KVAR_SESSION_N_STATES];

static int
find_state (const char *name)
{
  for (int state = 0; state < KVAR_SESSION_N_STATES; state++)
    {
      if (g_str_equal (kvar_session_state_to_string (state), name))
        return state;
    }

  g_error ("The drawing has a state “%s”, which there is not", name);
}

static int
find_event (const char *name)
{
  for (int event = 0; event < KVAR_SESSION_N_EVENTS; event++)
    {
      if (g_str_equal (kvar_session_event_to_string (event), name))
        return event;
    }

  g_error ("The drawing has an event “%s”, which there is not", name);
}

static gboolean
stands_for (const char *word,
            int         state)
{
  if (g_str_equal (word, "any"))
    return TRUE;
  if (g_str_equal (word, "with-token"))
    return kvar_session_machine_has_token (state);

  return find_state (word) == state;
}

static void
draw_arrow (Drawing     drawing,
            const char *from,
            const char *event_name,
            const char *to)
{
  g_auto(GStrv) words = g_strsplit (from, "|", -1);
  int event = find_event (event_name);

  for (guint i = 0; words[i] != NULL; i++)
    {
      for (int state = 0; state < KVAR_SESSION_N_STATES; state++)
        {
          if (stands_for (words[i], state))
            drawing[event][state] = find_state (to);
        }
    }
}

/* A line is a chain: state --event--> state --event--> state. */
static guint
draw_line (Drawing     drawing,
           const char *line)
{
  g_auto(GStrv) words = g_strsplit (line, " ", -1);
  guint n = 0;

  for (guint i = 1; i + 1 < g_strv_length (words); i++)
    {
      g_autofree char *event = NULL;

      if (!g_str_has_prefix (words[i], ARROW_FROM) || !g_str_has_suffix (words[i], ARROW_TO))
        continue;

      event = g_strndup (words[i] + strlen (ARROW_FROM),
                         strlen (words[i]) - strlen (ARROW_FROM) - strlen (ARROW_TO));
      draw_arrow (drawing, words[i - 1], event, words[i + 1]);
      n++;
    }

  return n;
}

static guint
read_drawing (Drawing drawing)
{
  g_autofree char *path = NULL;
  g_autofree char *text = NULL;
  g_auto(GStrv) lines = NULL;
  g_autoptr(GError) error = NULL;
  guint n = 0;

  path = g_test_build_filename (G_TEST_DIST, "..", "src", "core", "session",
                                "kvar-session-machine.h", NULL);
  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);

  for (int event = 0; event < KVAR_SESSION_N_EVENTS; event++)
    for (int state = 0; state < KVAR_SESSION_N_STATES; state++)
      drawing[event][state] = -1;

  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    n += draw_line (drawing, lines[i]);

  return n;
}

static void
test_drawing (void)
{
  Drawing drawing;

  g_assert_cmpuint (read_drawing (drawing), >=, 10);

  for (int event = 0; event < KVAR_SESSION_N_EVENTS; event++)
    {
      for (int state = 0; state < KVAR_SESSION_N_STATES; state++)
        {
          int drawn = drawing[event][state];
          KvarSessionState next = kvar_session_machine_next (state, event);

          g_test_message ("%s --%s--> %s", kvar_session_state_to_string (state),
                          kvar_session_event_to_string (event),
                          kvar_session_state_to_string (next));
          g_assert_cmpint (drawn < 0 ? state : drawn, ==, (int)next);
        }
    }
}

/* The promises that hang on the table alone. */
static void
test_only_one_way_out (void)
{
  for (int event = 0; event < KVAR_SESSION_N_EVENTS; event++)
    {
      for (int state = 0; state < KVAR_SESSION_N_STATES; state++)
        {
          KvarSessionState next = kvar_session_machine_next (state, event);

          if (!kvar_session_machine_has_token (state) && state != KVAR_SESSION_BLOCKED)
            continue;

          /* I2: nothing but the auth server's word or the person ends a session. */
          if (next == KVAR_SESSION_EXPIRED)
            g_assert_cmpint (event, ==, KVAR_SESSION_EVENT_OVER);
          if (next == KVAR_SESSION_SIGNED_OUT)
            g_assert_cmpint (event, ==, KVAR_SESSION_EVENT_LEAVE);
        }
    }
}

/* What comes late for a session that is over finds nobody. */
static void
test_late_events (void)
{
  static const KvarSessionState over[] = { KVAR_SESSION_SIGNED_OUT, KVAR_SESSION_EXPIRED };
  static const KvarSessionEvent late[] = {
    KVAR_SESSION_EVENT_RENEW, KVAR_SESSION_EVENT_CUT_OFF, KVAR_SESSION_EVENT_BAN,
    KVAR_SESSION_EVENT_OVER, KVAR_SESSION_EVENT_KEYRING_LOCKED,
  };

  for (gsize i = 0; i < G_N_ELEMENTS (over); i++)
    for (gsize j = 0; j < G_N_ELEMENTS (late); j++)
      g_assert_cmpint (kvar_session_machine_next (over[i], late[j]), ==, over[i]);
}

/* From every state there is a way to be signed in again, and out. */
static void
test_no_dead_end (void)
{
  for (int state = 0; state < KVAR_SESSION_N_STATES; state++)
    {
      g_assert_cmpint (kvar_session_machine_next (state, KVAR_SESSION_EVENT_TOKEN), ==,
                       KVAR_SESSION_SIGNED_IN);
      g_assert_cmpint (kvar_session_machine_next (state, KVAR_SESSION_EVENT_LEAVE), ==,
                       KVAR_SESSION_SIGNED_OUT);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/session-machine/drawing-is-the-table", test_drawing);
  g_test_add_func ("/session-machine/only-one-way-out", test_only_one_way_out);
  g_test_add_func ("/session-machine/late-events-change-nothing", test_late_events);
  g_test_add_func ("/session-machine/no-dead-end", test_no_dead_end);

  return g_test_run ();
}
