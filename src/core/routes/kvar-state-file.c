/* kvar-state-file.c: the file that remembers where each window was, and each view in it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A second after a change the whole state is written beside the file and renamed over it, so
 * that a crash leaves the state before or the state after. Nothing secret is ever in here.
 */

#define G_LOG_DOMAIN "kvar-core"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "kvar-error.h"
#include "routes/kvar-state-file.h"

#define VERSION 1
#define DELAY   KVAR_CLOCK_SECOND

/* The views longest unused are forgotten first. */
#define VIEWS_MAX 200

/* The file: a version, and in a box of its own what that version writes. */
#define FILE_TYPE   G_VARIANT_TYPE ("(uv)")
#define STATE_TYPE  G_VARIANT_TYPE ("a(a{sv}a(sa{sv}))")
#define WINDOW_TYPE G_VARIANT_TYPE ("(a{sv}a(sa{sv}))")
#define VIEWS_TYPE  G_VARIANT_TYPE ("a(sa{sv})")

typedef struct
{
  char     *route;
  GVariant *state;
} View;

typedef struct
{
  GVariant  *state;
  GPtrArray *views;    /* of View, the one used last at the end */
} Window;

/* What the writing threads share with the object, and may outlive it with. */
typedef struct
{
  char    *path;
  GMutex   mutex;
  guint64  written;    /* of the newest content that is in the file */
} Writer;

struct _KvarStateFile
{
  GObject    parent_instance;

  Writer    *writer;
  KvarClock *clock;
  GPtrArray *windows;    /* of Window */
  guint      timer;
  gboolean   changed;    /* since it was last given to be written */
  guint64    serial;     /* of the newest content that was given to be written */
};

/* One writing: the thread owns it. */
typedef struct
{
  Writer  *writer;
  GBytes  *bytes;
  guint64  serial;
} Content;

G_DEFINE_FINAL_TYPE (KvarStateFile, kvar_state_file, G_TYPE_OBJECT)

static void
view_free (gpointer data)
{
  View *view = data;

  g_free (view->route);
  g_variant_unref (view->state);
  g_free (view);
}

static void
window_free (gpointer data)
{
  Window *window = data;

  g_variant_unref (window->state);
  g_ptr_array_unref (window->views);
  g_free (window);
}

static void
writer_clear (gpointer data)
{
  Writer *writer = data;

  g_free (writer->path);
  g_mutex_clear (&writer->mutex);
}

static void
writer_unref (Writer *writer)
{
  g_atomic_rc_box_release_full (writer, writer_clear);
}

static void
content_free (gpointer data)
{
  Content *content = data;

  writer_unref (content->writer);
  g_bytes_unref (content->bytes);
  g_free (content);
}

static GVariant *
new_empty_state (void)
{
  return g_variant_ref_sink (g_variant_new_array (G_VARIANT_TYPE ("{sv}"), NULL, 0));
}

static Window *
window_new (void)
{
  Window *window = g_new0 (Window, 1);

  window->state = new_empty_state ();
  window->views = g_ptr_array_new_with_free_func (view_free);

  return window;
}

static Window *
get_window (KvarStateFile *self,
            guint          index)
{
  return index < self->windows->len ? g_ptr_array_index (self->windows, index) : NULL;
}

static Window *
ensure_window (KvarStateFile *self,
               guint          index)
{
  while (self->windows->len <= index)
    g_ptr_array_add (self->windows, window_new ());

  return g_ptr_array_index (self->windows, index);
}

static View *
find_view (Window     *window,
           const char *route,
           guint      *index)
{
  for (guint i = 0; i < window->views->len; i++)
    {
      View *view = g_ptr_array_index (window->views, i);

      if (g_str_equal (view->route, route))
        {
          *index = i;
          return view;
        }
    }

  return NULL;
}

static Window *
read_window (GVariant *variant)
{
  g_autoptr(GVariant) views = g_variant_get_child_value (variant, 1);
  Window *window = window_new ();
  GVariantIter iter;
  const char *route;
  GVariant *state;

  g_variant_unref (window->state);
  window->state = g_variant_get_child_value (variant, 0);

  g_variant_iter_init (&iter, views);
  while (g_variant_iter_next (&iter, "(&s@a{sv})", &route, &state))
    {
      View *view = g_new0 (View, 1);

      view->route = g_strdup (route);
      view->state = state;
      g_ptr_array_add (window->views, view);
    }

  return window;
}

/* Numbers are little-endian in the file, wherever it was written. */
static GVariant *
swap_if_needed (GVariant *variant)
{
#if G_BYTE_ORDER == G_BIG_ENDIAN
  return g_variant_byteswap (variant);
#else
  return g_variant_ref (variant);
#endif
}

static gboolean
read_content (KvarStateFile *self,
              GBytes        *bytes)
{
  g_autoptr(GVariant) stored = NULL;
  g_autoptr(GVariant) file = NULL;
  g_autoptr(GVariant) box = NULL;
  g_autoptr(GVariant) state = NULL;
  guint32 version;

  stored = g_variant_ref_sink (g_variant_new_from_bytes (FILE_TYPE, bytes, FALSE));
  if (!g_variant_is_normal_form (stored))
    return FALSE;

  file = swap_if_needed (stored);
  g_variant_get_child (file, 0, "u", &version);
  box = g_variant_get_child_value (file, 1);
  state = g_variant_get_variant (box);
  if (version != VERSION || !g_variant_is_of_type (state, STATE_TYPE))
    return FALSE;

  for (gsize i = 0; i < g_variant_n_children (state); i++)
    {
      g_autoptr(GVariant) window = g_variant_get_child_value (state, i);

      g_ptr_array_add (self->windows, read_window (window));
    }

  return TRUE;
}

static void
set_aside (KvarStateFile *self,
           const char    *why)
{
  g_autofree char *aside = g_strconcat (self->writer->path, ".broken", NULL);

  if (g_rename (self->writer->path, aside) == 0)
    g_message ("Setting the window state aside as %s: %s", aside, why);
  else
    g_message ("Cannot read the window state: %s", why);
}

static void
load (KvarStateFile *self)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) bytes = NULL;
  char *data;
  gsize size;

  if (!g_file_get_contents (self->writer->path, &data, &size, &error))
    {
      if (!g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_NOENT))
        set_aside (self, error->message);
      return;
    }

  bytes = g_bytes_new_take (data, size);
  if (!read_content (self, bytes))
    set_aside (self, "it is not what this version writes");
}

static GBytes *
build_content (KvarStateFile *self)
{
  g_autoptr(GVariant) file = NULL;
  g_autoptr(GVariant) stored = NULL;
  GVariantBuilder builder;

  g_variant_builder_init (&builder, STATE_TYPE);
  for (guint i = 0; i < self->windows->len; i++)
    {
      Window *window = g_ptr_array_index (self->windows, i);

      g_variant_builder_open (&builder, WINDOW_TYPE);
      g_variant_builder_add_value (&builder, window->state);
      g_variant_builder_open (&builder, VIEWS_TYPE);
      for (guint k = 0; k < window->views->len; k++)
        {
          View *view = g_ptr_array_index (window->views, k);

          g_variant_builder_add (&builder, "(s@a{sv})", view->route, view->state);
        }
      g_variant_builder_close (&builder);
      g_variant_builder_close (&builder);
    }

  file = g_variant_ref_sink (g_variant_new ("(uv)", (guint32)VERSION,
                                            g_variant_builder_end (&builder)));
  stored = swap_if_needed (file);

  return g_variant_get_data_as_bytes (stored);
}

/* In whatever thread; an older content never overtakes a newer one. */
static gboolean
write_content (Writer   *writer,
               GBytes   *bytes,
               guint64   serial,
               GError  **error)
{
  gboolean done = TRUE;
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);

  g_mutex_lock (&writer->mutex);
  if (serial > writer->written)
    {
      done = g_file_set_contents_full (writer->path, data, size,
                                       G_FILE_SET_CONTENTS_CONSISTENT, 0600, error);
      if (done)
        writer->written = serial;
    }
  g_mutex_unlock (&writer->mutex);

  return done;
}

static void
write_in_thread (GTask        *task,
                 gpointer      source,
                 gpointer      task_data,
                 GCancellable *cancellable)
{
  Content *content = task_data;
  g_autoptr(GError) error = NULL;

  if (!write_content (content->writer, content->bytes, content->serial, &error))
    g_message ("Cannot keep the window state: %s", error->message);

  g_task_return_boolean (task, TRUE);
}

static void
delay_over_cb (gpointer user_data)
{
  KvarStateFile *self = user_data;
  g_autoptr(GTask) task = g_task_new (NULL, NULL, NULL, NULL);
  Content *content = g_new0 (Content, 1);

  self->timer = 0;
  self->changed = FALSE;
  content->writer = g_atomic_rc_box_acquire (self->writer);
  content->bytes = build_content (self);
  content->serial = ++self->serial;

  g_task_set_source_tag (task, delay_over_cb);
  g_task_set_task_data (task, content, content_free);
  g_task_run_in_thread (task, write_in_thread);
}

static void
note_change (KvarStateFile *self)
{
  self->changed = TRUE;
  if (self->timer == 0)
    self->timer = kvar_clock_add_timer (self->clock, DELAY, delay_over_cb, self);
}

static void
kvar_state_file_dispose (GObject *object)
{
  KvarStateFile *self = KVAR_STATE_FILE (object);

  if (self->timer != 0)
    kvar_clock_remove_timer (self->clock, self->timer);
  self->timer = 0;

  G_OBJECT_CLASS (kvar_state_file_parent_class)->dispose (object);
}

static void
kvar_state_file_finalize (GObject *object)
{
  KvarStateFile *self = KVAR_STATE_FILE (object);

  g_clear_object (&self->clock);
  g_clear_pointer (&self->windows, g_ptr_array_unref);
  g_clear_pointer (&self->writer, writer_unref);

  G_OBJECT_CLASS (kvar_state_file_parent_class)->finalize (object);
}

static void
kvar_state_file_class_init (KvarStateFileClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = kvar_state_file_dispose;
  object_class->finalize = kvar_state_file_finalize;
}

static void
kvar_state_file_init (KvarStateFile *self)
{
  self->writer = g_atomic_rc_box_new0 (Writer);
  g_mutex_init (&self->writer->mutex);
  self->windows = g_ptr_array_new_with_free_func (window_free);
}

/**
 * kvar_state_file_new:
 * @path: the file; it need not be there yet
 * @clock: counts the second between a change and its writing
 *
 * Reads the state. A file that cannot be read is set aside beside itself, and Kvar begins
 * as on its first day.
 */
KvarStateFile *
kvar_state_file_new (const char *path,
                     KvarClock  *clock)
{
  KvarStateFile *self;

  g_return_val_if_fail (path != NULL, NULL);
  g_return_val_if_fail (KVAR_IS_CLOCK (clock), NULL);

  self = g_object_new (KVAR_TYPE_STATE_FILE, NULL);
  self->writer->path = g_strdup (path);
  self->clock = g_object_ref (clock);
  load (self);

  return self;
}

guint
kvar_state_file_get_n_windows (KvarStateFile *self)
{
  g_return_val_if_fail (KVAR_IS_STATE_FILE (self), 0);

  return self->windows->len;
}

/**
 * kvar_state_file_lookup_window:
 * @window: from 0
 *
 * Returns: (transfer full): what that window was like, an a{sv}, possibly empty
 */
GVariant *
kvar_state_file_lookup_window (KvarStateFile *self,
                               guint          window)
{
  Window *found;

  g_return_val_if_fail (KVAR_IS_STATE_FILE (self), NULL);

  found = get_window (self, window);

  return found != NULL ? g_variant_ref (found->state) : new_empty_state ();
}

/**
 * kvar_state_file_set_window:
 * @state: an a{sv}; a floating one is taken over
 */
void
kvar_state_file_set_window (KvarStateFile *self,
                            guint          window,
                            GVariant      *state)
{
  g_autoptr(GVariant) taken = NULL;
  Window *found;

  g_return_if_fail (KVAR_IS_STATE_FILE (self));
  g_return_if_fail (state != NULL && g_variant_is_of_type (state, G_VARIANT_TYPE_VARDICT));

  taken = g_variant_ref_sink (state);
  if (window < self->windows->len &&
      g_variant_equal (get_window (self, window)->state, taken))
    return;

  found = ensure_window (self, window);
  g_variant_unref (found->state);
  found->state = g_steal_pointer (&taken);
  note_change (self);
}

/* What is kept under no route, such as how a table looks everywhere, is not of this window. */
static void
pass_on (Window *from,
         Window *to)
{
  for (guint i = 0; i < from->views->len; i++)
    {
      View *view = g_ptr_array_index (from->views, i);

      if (view->route[0] != '/')
        g_ptr_array_add (to->views, g_ptr_array_steal_index (from->views, i--));
    }
}

/**
 * kvar_state_file_remove_window:
 *
 * Forgets a window that was closed; those after it move up. What was kept in the first one
 * under something that is no route passes to the next.
 */
void
kvar_state_file_remove_window (KvarStateFile *self,
                               guint          window)
{
  g_return_if_fail (KVAR_IS_STATE_FILE (self));

  if (window >= self->windows->len)
    return;

  if (window == 0 && self->windows->len > 1)
    pass_on (get_window (self, 0), get_window (self, 1));
  g_ptr_array_remove_index (self->windows, window);
  note_change (self);
}

/**
 * kvar_state_file_get_view:
 *
 * Returns: (transfer full) (nullable): how @route was last looked at, an a{sv}
 */
GVariant *
kvar_state_file_get_view (KvarStateFile *self,
                          guint          window,
                          const char    *route)
{
  Window *found;
  View *view;
  guint index;

  g_return_val_if_fail (KVAR_IS_STATE_FILE (self), NULL);
  g_return_val_if_fail (route != NULL, NULL);

  found = get_window (self, window);
  view = found != NULL ? find_view (found, route, &index) : NULL;

  return view != NULL ? g_variant_ref (view->state) : NULL;
}

/**
 * kvar_state_file_set_view:
 * @view: an a{sv}; a floating one is taken over
 */
void
kvar_state_file_set_view (KvarStateFile *self,
                          guint          window,
                          const char    *route,
                          GVariant      *view)
{
  g_autoptr(GVariant) taken = NULL;
  Window *found;
  View *earlier;
  View *added;
  guint index;

  g_return_if_fail (KVAR_IS_STATE_FILE (self));
  g_return_if_fail (route != NULL && g_utf8_validate (route, -1, NULL));
  g_return_if_fail (view != NULL && g_variant_is_of_type (view, G_VARIANT_TYPE_VARDICT));

  taken = g_variant_ref_sink (view);
  found = ensure_window (self, window);
  earlier = find_view (found, route, &index);
  if (earlier != NULL && g_variant_equal (earlier->state, taken))
    return;

  added = g_new0 (View, 1);
  added->route = g_strdup (route);
  added->state = g_steal_pointer (&taken);
  if (earlier != NULL)
    g_ptr_array_remove_index (found->views, index);
  else if (found->views->len >= VIEWS_MAX)
    g_ptr_array_remove_index (found->views, 0);
  g_ptr_array_add (found->views, added);
  note_change (self);
}

/**
 * kvar_state_file_flush:
 *
 * Writes now what is not written yet, before this returns: at exit.
 */
gboolean
kvar_state_file_flush (KvarStateFile  *self,
                       GError        **error)
{
  g_autoptr(GBytes) bytes = NULL;
  g_autoptr(GError) local = NULL;

  g_return_val_if_fail (KVAR_IS_STATE_FILE (self), FALSE);

  if (self->timer != 0)
    kvar_clock_remove_timer (self->clock, self->timer);
  self->timer = 0;

  /* One that a thread has not got round to counts as not written. */
  g_mutex_lock (&self->writer->mutex);
  self->changed = self->changed || self->writer->written < self->serial;
  g_mutex_unlock (&self->writer->mutex);
  if (!self->changed)
    return TRUE;

  bytes = build_content (self);
  if (!write_content (self->writer, bytes, ++self->serial, &local))
    {
      g_message ("Cannot keep the window state: %s", local->message);
      g_set_error_literal (error, KVAR_ERROR, KVAR_ERROR_REFUSED,
                           _("Where you are couldn't be kept for the next start."));
      return FALSE;
    }

  self->changed = FALSE;

  return TRUE;
}
