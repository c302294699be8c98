/* test-sleep-watch.c: what logind says of a sleep, told by a logind of our own on a private bus
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <gio/gunixfdlist.h>
#include <glib-unix.h>
#include <poll.h>
#include <unistd.h>

#include "kvar-session-fixture.h"
#include "session/kvar-sleep-watch.h"

#define LOGIND      "org.freedesktop.login1"
#define LOGIND_PATH "/org/freedesktop/login1"
#define MANAGER     LOGIND ".Manager"

static const char interface_xml[] =
  "<node><interface name='" MANAGER "'>"
  "  <method name='Inhibit'>"
  "    <arg direction='in' type='s'/><arg direction='in' type='s'/>"
  "    <arg direction='in' type='s'/><arg direction='in' type='s'/>"
  "    <arg direction='out' type='h'/>"
  "  </method>"
  "  <signal name='PrepareForSleep'><arg type='b'/></signal>"
  "</interface></node>";

typedef struct
{
  Fixture          session;
  GTestDBus       *daemon;
  GDBusConnection *logind;      /* (nullable): while there is one */
  GDBusNodeInfo   *info;
  guint            object_id;
  guint            name_id;
  gboolean         has_name;
  guint            n_locks;     /* that were taken so far */
  int              lock_fd;     /* our end of the last one */
  KvarSleepWatch  *watch;
} SleepFixture;

/* A lock is a pipe, as logind's is: it is let go when the other end is closed. */
static void
inhibit_cb (GDBusConnection       *connection,
            const char            *sender,
            const char            *path,
            const char            *interface,
            const char            *method,
            GVariant              *parameters,
            GDBusMethodInvocation *invocation,
            gpointer               user_data)
{
  SleepFixture *f = user_data;
  g_autoptr(GUnixFDList) list = g_unix_fd_list_new ();
  g_autoptr(GError) error = NULL;
  const char *what;
  const char *mode;
  int fds[2];

  g_variant_get (parameters, "(&s&s&s&s)", &what, NULL, NULL, &mode);
  g_assert_cmpstr (what, ==, "sleep");
  g_assert_cmpstr (mode, ==, "delay");

  g_unix_open_pipe (fds, FD_CLOEXEC, &error);
  g_assert_no_error (error);
  g_unix_fd_list_append (list, fds[1], &error);
  g_assert_no_error (error);
  close (fds[1]);
  if (f->lock_fd >= 0)
    close (f->lock_fd);
  f->lock_fd = fds[0];
  f->n_locks++;
  g_dbus_method_invocation_return_value_with_unix_fd_list (invocation,
                                                           g_variant_new ("(h)", 0), list);
}

static void
acquired_cb (GDBusConnection *connection,
             const char      *name,
             gpointer         user_data)
{
  ((SleepFixture *)user_data)->has_name = TRUE;
}

static void
logind_begin (SleepFixture *f)
{
  static const GDBusInterfaceVTable vtable = { .method_call = inhibit_cb };
  g_autoptr(GError) error = NULL;

  f->logind = g_dbus_connection_new_for_address_sync (
    g_test_dbus_get_bus_address (f->daemon),
    G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT |
    G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION, NULL, NULL, &error);
  g_assert_no_error (error);
  f->object_id = g_dbus_connection_register_object (f->logind, LOGIND_PATH,
                                                    f->info->interfaces[0], &vtable, f, NULL,
                                                    &error);
  g_assert_no_error (error);
  f->has_name = FALSE;
  f->name_id = g_bus_own_name_on_connection (f->logind, LOGIND, G_BUS_NAME_OWNER_FLAGS_NONE,
                                             acquired_cb, NULL, f, NULL);
  kvar_test_wait_until (f->has_name);
}

static void
logind_end (SleepFixture *f)
{
  g_bus_unown_name (f->name_id);
  g_dbus_connection_unregister_object (f->logind, f->object_id);
  g_dbus_connection_close_sync (f->logind, NULL, NULL);
  g_clear_object (&f->logind);
}

static void
set_up (SleepFixture  *f,
        gconstpointer  unused)
{
  f->lock_fd = -1;
  f->info = g_dbus_node_info_new_for_xml (interface_xml, NULL);
  f->daemon = g_test_dbus_new (G_TEST_DBUS_NONE);
  g_test_dbus_up (f->daemon);
  g_setenv ("DBUS_SYSTEM_BUS_ADDRESS", g_test_dbus_get_bus_address (f->daemon), TRUE);
  fixture_set_up_signed_in (&f->session, NULL);
}

static void
tear_down (SleepFixture  *f,
           gconstpointer  unused)
{
  /* What it has asked of the bus holds it until the answer. */
  g_object_add_weak_pointer (G_OBJECT (f->watch), (gpointer *)&f->watch);
  g_object_unref (f->watch);
  kvar_test_wait_until (f->watch == NULL);
  fixture_tear_down (&f->session, NULL);
  if (f->logind != NULL)
    logind_end (f);
  if (f->lock_fd >= 0)
    close (f->lock_fd);
  g_unsetenv ("DBUS_SYSTEM_BUS_ADDRESS");
  g_test_dbus_down (f->daemon);
  g_object_unref (f->daemon);
  g_dbus_node_info_unref (f->info);
}

static void
watch (SleepFixture *f)
{
  f->watch = kvar_sleep_watch_new ();
  kvar_sleep_watch_add (f->watch, f->session.session);
}

static gboolean
is_locked (SleepFixture *f)
{
  struct pollfd file = { .fd = f->lock_fd, .events = POLLIN };

  return f->lock_fd >= 0 && poll (&file, 1, 0) == 0;
}

static void
prepare_for_sleep (SleepFixture *f,
                   gboolean      begins)
{
  g_autoptr(GError) error = NULL;

  g_dbus_connection_emit_signal (f->logind, NULL, LOGIND_PATH, MANAGER, "PrepareForSleep",
                                 g_variant_new ("(b)", begins), &error);
  g_assert_no_error (error);
  g_dbus_connection_flush_sync (f->logind, NULL, NULL);
}

static void
count_cb (guint *counter)
{
  (*counter)++;
}

/* Nothing is under way: the sleep is not delayed, and the next one is waited for again. */
static void
test_lets_sleep (SleepFixture  *f,
                 gconstpointer  unused)
{
  logind_begin (f);
  watch (f);
  kvar_test_wait_until (f->n_locks == 1);
  g_assert_true (is_locked (f));

  prepare_for_sleep (f, TRUE);
  kvar_test_wait_until (!is_locked (f));
  prepare_for_sleep (f, FALSE);
  kvar_test_wait_until (f->n_locks == 2);
  g_assert_true (is_locked (f));
}

/* The lid closes on a renewal: its answer arrives and is stored before the machine sleeps. */
static void
test_waits_for_a_renewal (SleepFixture  *f,
                          gconstpointer  unused)
{
  g_autoptr(GAsyncResult) result = NULL;

  logind_begin (f);
  watch (f);
  kvar_test_wait_until (f->n_locks == 1);

  fixture_spend_token (&f->session);
  kvar_test_transport_hold (f->session.transport);
  fixture_send (&f->session, "/rest/v1/jobs", &result);
  kvar_test_wait_until (kvar_test_transport_get_n_held (f->session.transport) == 1);
  prepare_for_sleep (f, TRUE);
  for (guint i = 0; i < 20; i++)
    kvar_test_settle ();
  g_assert_true (is_locked (f));

  kvar_test_transport_release (f->session.transport);
  kvar_test_wait_until (!is_locked (f));
  fixture_assert_stored (&f->session);
  g_assert_cmpint (fixture_finish (&f->session, &result, NULL), ==, 200);
}

/* A server that does not answer keeps no lid open: logind would not wait much longer. */
static void
test_does_not_wait_for_ever (SleepFixture  *f,
                             gconstpointer  unused)
{
  g_autoptr(GAsyncResult) result = NULL;

  logind_begin (f);
  watch (f);
  kvar_test_wait_until (f->n_locks == 1);
  kvar_test_transport_hold (f->session.transport);
  fixture_spend_token (&f->session);
  fixture_send (&f->session, "/rest/v1/jobs", &result);
  kvar_test_wait_until (kvar_test_transport_get_n_held (f->session.transport) == 1);

  prepare_for_sleep (f, TRUE);
  while (is_locked (f))
    fixture_pass (&f->session, 100 * KVAR_CLOCK_MILLISECOND);
  g_assert_null (result);
  kvar_test_transport_release (f->session.transport);
  g_assert_cmpint (fixture_finish (&f->session, &result, NULL), ==, 200);
}

/* Back again: known at once, and the auth server is asked within seconds. */
static void
test_wakes_the_clock (SleepFixture  *f,
                      gconstpointer  unused)
{
  guint n_resumed = 0;

  logind_begin (f);
  watch (f);
  kvar_test_wait_until (f->n_locks == 1);
  fixture_pass (&f->session, KVAR_CLOCK_MINUTE);
  g_signal_connect_swapped (f->session.clock, "resumed", G_CALLBACK (count_cb), &n_resumed);

  prepare_for_sleep (f, TRUE);
  prepare_for_sleep (f, FALSE);
  kvar_test_wait_until (n_resumed == 1);
  fixture_pass (&f->session, 6 * KVAR_CLOCK_SECOND);
  g_assert_cmpuint (kvar_test_transport_count (f->session.transport, "GET", "/auth/v1/user"), ==,
                    1);
}

/* logind comes later, goes, and comes back: each time there is a lock again. */
static void
test_logind_restarts (SleepFixture  *f,
                      gconstpointer  unused)
{
  watch (f);
  kvar_test_settle ();
  g_assert_cmpuint (f->n_locks, ==, 0);

  logind_begin (f);
  kvar_test_wait_until (f->n_locks == 1);
  logind_end (f);
  logind_begin (f);
  kvar_test_wait_until (f->n_locks == 2);
  kvar_test_settle ();
  g_assert_true (is_locked (f));
}

/* In a sandbox or a container there is no such bus; nothing is said and nothing fails. */
static void
test_no_bus (SleepFixture  *f,
             gconstpointer  unused)
{
  g_setenv ("DBUS_SYSTEM_BUS_ADDRESS", "unix:path=/nonexistent/bus", TRUE);
  watch (f);
  assert_signed_in (&f->session);
}

/* The system bus is restarted under us: the program goes on. */
static void
test_bus_ends (SleepFixture  *f,
               gconstpointer  unused)
{
  logind_begin (f);
  watch (f);
  kvar_test_wait_until (f->n_locks == 1);
  logind_end (f);
  g_test_dbus_stop (f->daemon);
  kvar_test_settle ();
  assert_signed_in (&f->session);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

#define ADD(path, function) \
  g_test_add ("/sleep-watch/" path, SleepFixture, NULL, set_up, function, tear_down)
  ADD ("lets-sleep", test_lets_sleep);
  ADD ("waits-for-a-renewal", test_waits_for_a_renewal);
  ADD ("does-not-wait-for-ever", test_does_not_wait_for_ever);
  ADD ("wakes-the-clock", test_wakes_the_clock);
  ADD ("logind-restarts", test_logind_restarts);
  ADD ("no-bus", test_no_bus);
  ADD ("bus-ends", test_bus_ends);

  return g_test_run ();
}
