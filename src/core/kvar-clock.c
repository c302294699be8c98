/* kvar-clock.c: the machine's clock or a simulated one; every wait in Kvar is a timer of it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Time is counted on CLOCK_BOOTTIME, which goes on while the machine sleeps; a token that
 * expired in a closed bag is known to be expired when the bag opens. GLib's own timeouts
 * stop meanwhile, so that a timerfd wakes us instead.
 */

#define G_LOG_DOMAIN "kvar-core"

#include "config.h"

#include <errno.h>
#include <glib-unix.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

#include "kvar-clock.h"

/* The longest sleep of the timerfd: how late a resume is noticed at worst. All clocks of all
 * programs tick together, so that the processor wakes once for all of them. */
#define TICK (60 * KVAR_CLOCK_SECOND)

/* Boottime that monotonic time did not count, from here on, was a suspend; less of it where
 * somebody says that there was one. */
#define SUSPEND_MIN      (2 * KVAR_CLOCK_SECOND)
#define SUSPEND_TOLD_MIN (100 * KVAR_CLOCK_MILLISECOND)

/* The Date header counts whole seconds, and the answer was under way. */
#define DATE_SLACK (2 * KVAR_CLOCK_SECOND)

/* Where a simulated clock begins: 2026-01-15 12:00:00 UTC, one hour after boot. */
#define SIMULATED_WALL     (G_GINT64_CONSTANT (1768478400) * KVAR_CLOCK_SECOND)
#define SIMULATED_BOOTTIME (KVAR_CLOCK_HOUR)

typedef struct
{
  guint            id;
  gint64           due;    /* boottime */
  GSourceOnceFunc  callback;
  gpointer         user_data;
} Timer;

struct _KvarClock
{
  GObject    parent_instance;

  gboolean   simulated;
  gint64     boottime;        /* simulated only */
  gint64     wall;            /* simulated only */

  GSequence *timers;          /* of Timer, the next one first */
  guint      last_id;

  gboolean   has_server;
  gint64     server_base;     /* server's time when boottime was 0 */

  gint64     asleep;          /* boottime - monotonic, as last seen */
  int        wake_fd;
  gint64     armed;           /* when wake_fd wakes us, at the latest */
  int        jump_fd;
  GSource   *wake_source;
  GSource   *jump_source;
};

enum {
  PROP_SIMULATED = 1,
  N_PROPS
};

enum {
  RESUMED,
  WALL_JUMPED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KvarClock, kvar_clock, G_TYPE_OBJECT)

static gint64
read_system_clock (clockid_t id)
{
  struct timespec now;

  clock_gettime (id, &now);

  return now.tv_sec * KVAR_CLOCK_SECOND + now.tv_nsec / 1000;
}

static gint64
read_asleep (void)
{
  gint64 monotonic = read_system_clock (CLOCK_MONOTONIC);

  return read_system_clock (CLOCK_BOOTTIME) - monotonic;
}

/* By time, and among equals by age. */
static int
compare_timers (gconstpointer a,
                gconstpointer b,
                gpointer      user_data)
{
  const Timer *first = a;
  const Timer *second = b;

  if (first->due != second->due)
    return first->due < second->due ? -1 : 1;

  return first->id < second->id ? -1 : first->id > second->id;
}

static Timer *
peek_next (KvarClock *self)
{
  GSequenceIter *iter = g_sequence_get_begin_iter (self->timers);

  return g_sequence_iter_is_end (iter) ? NULL : g_sequence_get (iter);
}

static void
arm_timerfd (int    fd,
             int    flags,
             gint64 when)
{
  struct itimerspec spec = { 0 };

  /* All zero would disarm it. */
  when = MAX (when, 1);
  spec.it_value.tv_sec = when / KVAR_CLOCK_SECOND;
  spec.it_value.tv_nsec = (when % KVAR_CLOCK_SECOND) * 1000;

  if (timerfd_settime (fd, TFD_TIMER_ABSTIME | flags, &spec, NULL) != 0)
    g_warning ("Cannot set a timer: %s", g_strerror (errno));
}

static void
arm_wake (KvarClock *self)
{
  gint64 when;
  Timer *next;

  if (self->simulated)
    return;

  when = (read_system_clock (CLOCK_BOOTTIME) / TICK + 1) * TICK;
  next = peek_next (self);
  if (next != NULL)
    when = MIN (when, next->due);

  /* Waking once too often is cheaper than telling the kernel every time. */
  if (when >= self->armed)
    return;

  self->armed = when;
  arm_timerfd (self->wake_fd, 0, when);
}

/* A day from now is as good as any time: what counts is that a jump cancels it. */
static void
arm_jump (KvarClock *self)
{
  arm_timerfd (self->jump_fd, TFD_TIMER_CANCEL_ON_SET,
               read_system_clock (CLOCK_REALTIME) + 24 * KVAR_CLOCK_HOUR);
}

static void
fire_due_timers (KvarClock *self)
{
  gint64 now = kvar_clock_get_boottime (self);
  Timer *timer;

  while ((timer = peek_next (self)) != NULL && timer->due <= now)
    {
      Timer due = *timer;

      g_sequence_remove (g_sequence_get_begin_iter (self->timers));
      due.callback (due.user_data);
    }
}

static void
notice_suspend (KvarClock *self,
                gint64     least)
{
  gint64 asleep = read_asleep ();
  gint64 slept = asleep - self->asleep;

  self->asleep = asleep;
  if (slept < least)
    return;

  g_debug ("Resumed after %" G_GINT64_FORMAT " s", slept / KVAR_CLOCK_SECOND);
  g_signal_emit (self, signals[RESUMED], 0);
}

static gboolean
woken_cb (int          fd,
          GIOCondition condition,
          gpointer     user_data)
{
  g_autoptr(KvarClock) self = g_object_ref (KVAR_CLOCK (user_data));
  guint64 expirations;

  if (read (fd, &expirations, sizeof expirations) < 0 && errno != EAGAIN)
    g_warning ("Cannot read a timer: %s", g_strerror (errno));

  self->armed = G_MAXINT64;
  notice_suspend (self, SUSPEND_MIN);
  fire_due_timers (self);
  arm_wake (self);

  return G_SOURCE_CONTINUE;
}

static gboolean
jumped_cb (int          fd,
           GIOCondition condition,
           gpointer     user_data)
{
  g_autoptr(KvarClock) self = g_object_ref (KVAR_CLOCK (user_data));
  guint64 expirations;
  gboolean cancelled = read (fd, &expirations, sizeof expirations) < 0 && errno == ECANCELED;

  arm_jump (self);
  notice_suspend (self, SUSPEND_MIN);
  if (cancelled)
    g_signal_emit (self, signals[WALL_JUMPED], 0);

  return G_SOURCE_CONTINUE;
}

static GSource *
watch_fd (KvarClock         *self,
          int                fd,
          GUnixFDSourceFunc  callback)
{
  GSource *source = g_unix_fd_source_new (fd, G_IO_IN);

  g_source_set_callback (source, G_SOURCE_FUNC (callback), self, NULL);
  g_source_set_static_name (source, "kvar-clock");
  g_source_attach (source, NULL);

  return source;
}

static void
kvar_clock_constructed (GObject *object)
{
  KvarClock *self = KVAR_CLOCK (object);

  G_OBJECT_CLASS (kvar_clock_parent_class)->constructed (object);

  if (self->simulated)
    return;

  self->wake_fd = timerfd_create (CLOCK_BOOTTIME, TFD_CLOEXEC | TFD_NONBLOCK);
  self->jump_fd = timerfd_create (CLOCK_REALTIME, TFD_CLOEXEC | TFD_NONBLOCK);
  if (self->wake_fd < 0 || self->jump_fd < 0)
    g_error ("Cannot create a timer: %s", g_strerror (errno));

  self->asleep = read_asleep ();
  self->wake_source = watch_fd (self, self->wake_fd, woken_cb);
  self->jump_source = watch_fd (self, self->jump_fd, jumped_cb);
  arm_wake (self);
  arm_jump (self);
}

static void
clear_source (GSource **source)
{
  if (*source != NULL)
    {
      g_source_destroy (*source);
      g_clear_pointer (source, g_source_unref);
    }
}

static void
clear_fd (int *fd)
{
  if (*fd >= 0)
    close (*fd);
  *fd = -1;
}

static void
kvar_clock_finalize (GObject *object)
{
  KvarClock *self = KVAR_CLOCK (object);

  clear_source (&self->wake_source);
  clear_source (&self->jump_source);
  clear_fd (&self->wake_fd);
  clear_fd (&self->jump_fd);
  g_clear_pointer (&self->timers, g_sequence_free);

  G_OBJECT_CLASS (kvar_clock_parent_class)->finalize (object);
}

static void
kvar_clock_get_property (GObject    *object,
                         guint       prop_id,
                         GValue     *value,
                         GParamSpec *pspec)
{
  KvarClock *self = KVAR_CLOCK (object);

  switch (prop_id)
    {
    case PROP_SIMULATED:
      g_value_set_boolean (value, self->simulated);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
kvar_clock_set_property (GObject      *object,
                         guint         prop_id,
                         const GValue *value,
                         GParamSpec   *pspec)
{
  KvarClock *self = KVAR_CLOCK (object);

  switch (prop_id)
    {
    case PROP_SIMULATED:
      self->simulated = g_value_get_boolean (value);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
kvar_clock_class_init (KvarClockClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->constructed = kvar_clock_constructed;
  object_class->finalize = kvar_clock_finalize;
  object_class->get_property = kvar_clock_get_property;
  object_class->set_property = kvar_clock_set_property;

  properties[PROP_SIMULATED] =
    g_param_spec_boolean ("simulated", NULL, NULL, FALSE,
                          G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY |
                          G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * KvarClock::resumed:
   *
   * The machine has slept. Timers that fell due meanwhile fire after this.
   */
  signals[RESUMED] =
    g_signal_new ("resumed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  /**
   * KvarClock::wall-jumped:
   *
   * Somebody has set the wall clock. Timers do not care.
   */
  signals[WALL_JUMPED] =
    g_signal_new ("wall-jumped", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
kvar_clock_init (KvarClock *self)
{
  self->timers = g_sequence_new (g_free);
  self->boottime = SIMULATED_BOOTTIME;
  self->wall = SIMULATED_WALL;
  self->wake_fd = -1;
  self->armed = G_MAXINT64;
  self->jump_fd = -1;
}

/**
 * kvar_clock_new:
 *
 * Returns: (transfer full): the machine's clock
 */
KvarClock *
kvar_clock_new (void)
{
  return g_object_new (KVAR_TYPE_CLOCK, NULL);
}

/**
 * kvar_clock_new_simulated:
 *
 * Returns: (transfer full): a clock that stands still until it is advanced
 */
KvarClock *
kvar_clock_new_simulated (void)
{
  return g_object_new (KVAR_TYPE_CLOCK, "simulated", TRUE, NULL);
}

/**
 * kvar_clock_get_boottime:
 *
 * Returns: µs since the machine was started, its sleep included. Nobody can set this clock.
 */
gint64
kvar_clock_get_boottime (KvarClock *self)
{
  g_return_val_if_fail (KVAR_IS_CLOCK (self), 0);

  return self->simulated ? self->boottime : read_system_clock (CLOCK_BOOTTIME);
}

/**
 * kvar_clock_get_wall:
 *
 * Returns: µs since 1970, as this computer believes
 */
gint64
kvar_clock_get_wall (KvarClock *self)
{
  g_return_val_if_fail (KVAR_IS_CLOCK (self), 0);

  return self->simulated ? self->wall : read_system_clock (CLOCK_REALTIME);
}

/**
 * kvar_clock_get_server_time:
 *
 * Returns: µs since 1970, as the server believes; this computer's belief until the server
 *   has been heard
 */
gint64
kvar_clock_get_server_time (KvarClock *self)
{
  g_return_val_if_fail (KVAR_IS_CLOCK (self), 0);

  if (self->has_server)
    return self->server_base + kvar_clock_get_boottime (self);

  return kvar_clock_get_wall (self);
}

/**
 * kvar_clock_note_server_date:
 * @date: a reply's Date
 *
 * Corrects what kvar_clock_get_server_time() says. It is kept relative to the boot, so that
 * a jump of the wall clock does not touch it.
 */
void
kvar_clock_note_server_date (KvarClock *self,
                             GDateTime *date)
{
  gint64 server;

  g_return_if_fail (KVAR_IS_CLOCK (self));
  g_return_if_fail (date != NULL);

  server = g_date_time_to_unix (date) * KVAR_CLOCK_SECOND;
  if (ABS (server - kvar_clock_get_server_time (self)) <= DATE_SLACK)
    return;

  self->server_base = server - kvar_clock_get_boottime (self);
  self->has_server = TRUE;
}

/**
 * kvar_clock_add_timer:
 * @delay_us: how long from now; 0 fires when the main loop is next free
 *
 * Calls @callback once, on the main context.
 *
 * Returns: an id for kvar_clock_remove_timer(), never 0
 */
guint
kvar_clock_add_timer (KvarClock       *self,
                      gint64           delay_us,
                      GSourceOnceFunc  callback,
                      gpointer         user_data)
{
  Timer *timer;

  g_return_val_if_fail (KVAR_IS_CLOCK (self), 0);
  g_return_val_if_fail (callback != NULL, 0);

  timer = g_new0 (Timer, 1);
  timer->id = ++self->last_id;
  timer->due = kvar_clock_get_boottime (self) + MAX (delay_us, 0);
  timer->callback = callback;
  timer->user_data = user_data;

  g_sequence_insert_sorted (self->timers, timer, compare_timers, NULL);
  if (peek_next (self) == timer)
    arm_wake (self);

  return timer->id;
}

/**
 * kvar_clock_remove_timer:
 * @id: a timer that has not fired yet
 *
 * Takes a timer back. One that has fired, or 0, is passed over.
 */
void
kvar_clock_remove_timer (KvarClock *self,
                         guint      id)
{
  GSequenceIter *iter;

  g_return_if_fail (KVAR_IS_CLOCK (self));

  for (iter = g_sequence_get_begin_iter (self->timers);
       !g_sequence_iter_is_end (iter);
       iter = g_sequence_iter_next (iter))
    {
      Timer *timer = g_sequence_get (iter);

      if (timer->id == id)
        {
          g_sequence_remove (iter);
          return;
        }
    }
}

/**
 * kvar_clock_get_next_timer:
 *
 * Returns: the boottime at which the next timer is due; %G_MAXINT64 when there is none
 */
gint64
kvar_clock_get_next_timer (KvarClock *self)
{
  Timer *next;

  g_return_val_if_fail (KVAR_IS_CLOCK (self), G_MAXINT64);

  next = peek_next (self);

  return next != NULL ? next->due : G_MAXINT64;
}

/**
 * kvar_clock_note_resume:
 *
 * Somebody who knows says that the machine is back from a sleep: #KvarClock::resumed comes
 * now rather than with the next timer, but once only.
 */
void
kvar_clock_note_resume (KvarClock *self)
{
  g_autoptr(KvarClock) hold = NULL;

  g_return_if_fail (KVAR_IS_CLOCK (self));

  hold = g_object_ref (self);
  if (self->simulated)
    g_signal_emit (self, signals[RESUMED], 0);
  else
    notice_suspend (self, SUSPEND_TOLD_MIN);
  fire_due_timers (self);
  arm_wake (self);
}

/**
 * kvar_clock_advance:
 *
 * Moves a simulated clock, and on the way calls every timer at its own time.
 */
void
kvar_clock_advance (KvarClock *self,
                    gint64     us)
{
  g_autoptr(KvarClock) hold = NULL;
  gint64 end;
  Timer *next;

  g_return_if_fail (KVAR_IS_CLOCK (self) && self->simulated);
  g_return_if_fail (us >= 0);

  hold = g_object_ref (self);
  end = self->boottime + us;
  while ((next = peek_next (self)) != NULL && next->due <= end)
    {
      gint64 step = MAX (next->due - self->boottime, 0);

      self->boottime += step;
      self->wall += step;
      fire_due_timers (self);
    }

  self->wall += end - self->boottime;
  self->boottime = end;
}

/**
 * kvar_clock_suspend:
 *
 * Lets the machine of a simulated clock sleep: the time passes at once, then comes
 * #KvarClock::resumed, then the timers that are overdue.
 */
void
kvar_clock_suspend (KvarClock *self,
                    gint64     us)
{
  g_autoptr(KvarClock) hold = NULL;

  g_return_if_fail (KVAR_IS_CLOCK (self) && self->simulated);
  g_return_if_fail (us >= 0);

  hold = g_object_ref (self);
  self->boottime += us;
  self->wall += us;
  g_signal_emit (self, signals[RESUMED], 0);
  fire_due_timers (self);
}

/**
 * kvar_clock_set_wall:
 *
 * Sets the wall clock of a simulated clock, as a person or a time server would.
 */
void
kvar_clock_set_wall (KvarClock *self,
                     gint64     us)
{
  g_return_if_fail (KVAR_IS_CLOCK (self) && self->simulated);

  self->wall = us;
  g_signal_emit (self, signals[WALL_JUMPED], 0);
}
