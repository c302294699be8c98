/* kvar-sleep-watch.c: hears from logind when the machine goes to sleep and when it is back
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * While it listens it holds a delay lock, so that a renewal under way can arrive before the
 * lid is shut on its answer. Where there is no logind, or no way to it, nothing is lost but
 * that: the clock notices by itself, within a minute, that the machine has slept.
 */

#define G_LOG_DOMAIN "kvar-core"

#include "config.h"

#include <gio/gunixfdlist.h>
#include <glib/gi18n-lib.h>
#include <unistd.h>

#include "session/kvar-sleep-watch.h"

#define LOGIND      "org.freedesktop.login1"
#define LOGIND_PATH "/org/freedesktop/login1"
#define MANAGER     LOGIND ".Manager"

struct _KvarSleepWatch
{
  GObject          parent_instance;

  GDBusConnection *bus;            /* (nullable): until it is reached */
  GCancellable    *cancellable;
  guint            name_id;
  guint            signal_id;
  GPtrArray       *sessions;       /* of GWeakRef */
  int              lock_fd;        /* -1: nothing delays the sleep */
  gboolean         sleeping;
  guint            n_closing;      /* sessions that the sleep waits for */
};

G_DEFINE_FINAL_TYPE (KvarSleepWatch, kvar_sleep_watch, G_TYPE_OBJECT)

/* Listen: connected → logind is there → lock taken. Sleep: closed → lock let go. */
static void connected_cb (GObject *object, GAsyncResult *result, gpointer user_data);
static void appeared_cb  (GDBusConnection *bus, const char *name, const char *owner,
                          gpointer user_data);
static void locked_cb    (GObject *object, GAsyncResult *result, gpointer user_data);
static void sleep_cb     (GDBusConnection *bus, const char *sender, const char *path,
                          const char *interface, const char *signal, GVariant *parameters,
                          gpointer user_data);
static void closed_cb    (GObject *object, GAsyncResult *result, gpointer user_data);

static void
clear_lock (KvarSleepWatch *self)
{
  if (self->lock_fd >= 0)
    close (self->lock_fd);
  self->lock_fd = -1;
}

static void
weak_ref_free (gpointer data)
{
  GWeakRef *ref = data;

  g_weak_ref_clear (ref);
  g_free (ref);
}

static void
take_lock (KvarSleepWatch *self)
{
  /* Translators: why Kvar delays the machine's sleep for a moment; logind lists it. */
  const char *why = _("Waits for an answer from the server");

  g_dbus_connection_call_with_unix_fd_list (self->bus, LOGIND, LOGIND_PATH, MANAGER, "Inhibit",
                                            g_variant_new ("(ssss)", "sleep", "Kvar", why,
                                                           "delay"),
                                            G_VARIANT_TYPE ("(h)"),
                                            G_DBUS_CALL_FLAGS_NO_AUTO_START, -1, NULL,
                                            self->cancellable, locked_cb, g_object_ref (self));
}

static void
locked_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(KvarSleepWatch) self = user_data;
  g_autoptr(GUnixFDList) fds = NULL;
  g_autoptr(GVariant) reply = NULL;
  g_autoptr(GError) error = NULL;
  int handle;
  int fd;

  reply = g_dbus_connection_call_with_unix_fd_list_finish (G_DBUS_CONNECTION (object), &fds,
                                                           result, &error);
  if (reply != NULL)
    g_variant_get (reply, "(h)", &handle);
  fd = reply != NULL && fds != NULL ? g_unix_fd_list_get (fds, handle, &error) : -1;
  if (fd < 0)
    {
      g_debug ("Nothing delays a sleep: %s", error != NULL ? error->message : "no lock");
      return;
    }

  clear_lock (self);
  self->lock_fd = fd;
}

/* The sleep may begin. */
static void
let_sleep (KvarSleepWatch *self)
{
  if (self->sleeping && self->n_closing == 0)
    clear_lock (self);
}

static void
closed_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(KvarSleepWatch) self = user_data;

  kvar_session_close_finish (KVAR_SESSION (object), result, NULL);
  self->n_closing--;
  let_sleep (self);
}

static void
note_sleep (KvarSleepWatch *self)
{
  g_debug ("The machine goes to sleep");
  self->sleeping = TRUE;
  for (guint i = 0; i < self->sessions->len; i++)
    {
      g_autoptr(KvarSession) session = g_weak_ref_get (g_ptr_array_index (self->sessions, i));

      if (session == NULL)
        continue;

      self->n_closing++;
      kvar_session_close_async (session, closed_cb, g_object_ref (self));
    }
  let_sleep (self);
}

static void
note_resume (KvarSleepWatch *self)
{
  self->sleeping = FALSE;
  for (guint i = 0; i < self->sessions->len; i++)
    {
      g_autoptr(KvarSession) session = g_weak_ref_get (g_ptr_array_index (self->sessions, i));

      if (session != NULL)
        kvar_clock_note_resume (kvar_session_get_clock (session));
    }
  take_lock (self);
}

static void
sleep_cb (GDBusConnection *bus,
          const char      *sender,
          const char      *path,
          const char      *interface,
          const char      *signal,
          GVariant        *parameters,
          gpointer         user_data)
{
  KvarSleepWatch *self = user_data;
  gboolean begins;

  if (!g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(b)")))
    return;

  g_variant_get (parameters, "(b)", &begins);
  if (begins)
    note_sleep (self);
  else
    note_resume (self);
}

/* Also after it was restarted, when the lock is gone. */
static void
appeared_cb (GDBusConnection *bus,
             const char      *name,
             const char      *owner,
             gpointer         user_data)
{
  take_lock (user_data);
}

static void
connected_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(KvarSleepWatch) self = user_data;
  g_autoptr(GError) error = NULL;

  self->bus = g_dbus_connection_new_for_address_finish (result, &error);
  if (self->bus == NULL)
    {
      g_debug ("No system bus: %s", error->message);
      return;
    }

  /* Not for a watch whose owner has gone meanwhile. */
  if (g_cancellable_is_cancelled (self->cancellable))
    return;

  self->signal_id = g_dbus_connection_signal_subscribe (self->bus, LOGIND, MANAGER,
                                                        "PrepareForSleep", LOGIND_PATH, NULL,
                                                        G_DBUS_SIGNAL_FLAGS_NONE, sleep_cb,
                                                        self, NULL);
  self->name_id = g_bus_watch_name_on_connection (self->bus, LOGIND,
                                                  G_BUS_NAME_WATCHER_FLAGS_NONE, appeared_cb,
                                                  NULL, self, NULL);
}

static void
kvar_sleep_watch_dispose (GObject *object)
{
  KvarSleepWatch *self = KVAR_SLEEP_WATCH (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->name_id, g_bus_unwatch_name);
  if (self->signal_id != 0)
    g_dbus_connection_signal_unsubscribe (self->bus, self->signal_id);
  self->signal_id = 0;
  g_clear_object (&self->bus);
  clear_lock (self);

  G_OBJECT_CLASS (kvar_sleep_watch_parent_class)->dispose (object);
}

static void
kvar_sleep_watch_finalize (GObject *object)
{
  KvarSleepWatch *self = KVAR_SLEEP_WATCH (object);

  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->sessions, g_ptr_array_unref);

  G_OBJECT_CLASS (kvar_sleep_watch_parent_class)->finalize (object);
}

static void
kvar_sleep_watch_class_init (KvarSleepWatchClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = kvar_sleep_watch_dispose;
  object_class->finalize = kvar_sleep_watch_finalize;
}

static void
kvar_sleep_watch_init (KvarSleepWatch *self)
{
  self->cancellable = g_cancellable_new ();
  self->sessions = g_ptr_array_new_with_free_func (weak_ref_free);
  self->lock_fd = -1;
}

/**
 * kvar_sleep_watch_new:
 *
 * Begins to listen. The connection is its own, so that the end of the system bus is not the
 * program's.
 */
KvarSleepWatch *
kvar_sleep_watch_new (void)
{
  KvarSleepWatch *self = g_object_new (KVAR_TYPE_SLEEP_WATCH, NULL);
  g_autofree char *address = NULL;
  g_autoptr(GError) error = NULL;

  address = g_dbus_address_get_for_bus_sync (G_BUS_TYPE_SYSTEM, NULL, &error);
  if (address == NULL)
    g_debug ("No system bus: %s", error->message);
  else
    g_dbus_connection_new_for_address (address,
                                       G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT |
                                       G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
                                       NULL, self->cancellable, connected_cb,
                                       g_object_ref (self));

  return self;
}

/**
 * kvar_sleep_watch_add:
 *
 * A renewal of @session is waited for before the machine sleeps, and its clock is told when
 * the machine is back. The session may go at any time.
 */
void
kvar_sleep_watch_add (KvarSleepWatch *self,
                      KvarSession    *session)
{
  GWeakRef *ref;

  g_return_if_fail (KVAR_IS_SLEEP_WATCH (self));
  g_return_if_fail (KVAR_IS_SESSION (session));

  ref = g_new0 (GWeakRef, 1);
  g_weak_ref_init (ref, session);
  g_ptr_array_add (self->sessions, ref);
}
