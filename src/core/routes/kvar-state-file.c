/* kvar-state-file.c: the file that remembers where each window was, and each view in it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-core"

#include "config.h"

#include "routes/kvar-state-file.h"

struct _KvarStateFile { GObject parent_instance; };
G_DEFINE_FINAL_TYPE (KvarStateFile, kvar_state_file, G_TYPE_OBJECT)
static void kvar_state_file_class_init (KvarStateFileClass *klass) {}
static void kvar_state_file_init (KvarStateFile *self) {}

KvarStateFile *
kvar_state_file_new (const char *path, KvarClock *clock)
{
  return g_object_new (KVAR_TYPE_STATE_FILE, NULL);
}

guint
kvar_state_file_get_n_windows (KvarStateFile *self)
{
  return 0;
}

GVariant *
kvar_state_file_lookup_window (KvarStateFile *self, guint window)
{
  return 0;
}

void
kvar_state_file_set_window (KvarStateFile *self, guint window, GVariant *state)
{
}

void
kvar_state_file_remove_window (KvarStateFile *self, guint window)
{
}

GVariant *
kvar_state_file_get_view (KvarStateFile *self, guint window, const char *route)
{
  return 0;
}

void
kvar_state_file_set_view (KvarStateFile *self, guint window, const char *route, GVariant *view)
{
}

gboolean
kvar_state_file_flush (KvarStateFile *self, GError **error)
{
  return 0;
}
