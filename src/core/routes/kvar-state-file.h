/* kvar-state-file.h: the file that remembers where each window was, and each view in it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "kvar-clock.h"

G_BEGIN_DECLS

#define KVAR_TYPE_STATE_FILE (kvar_state_file_get_type ())

G_DECLARE_FINAL_TYPE (KvarStateFile, kvar_state_file, KVAR, STATE_FILE, GObject)

KvarStateFile *kvar_state_file_new           (const char     *path,
                                              KvarClock      *clock);

guint          kvar_state_file_get_n_windows (KvarStateFile  *self);
GVariant      *kvar_state_file_lookup_window (KvarStateFile  *self,
                                              guint           window);
void           kvar_state_file_set_window    (KvarStateFile  *self,
                                              guint           window,
                                              GVariant       *state);
void           kvar_state_file_remove_window (KvarStateFile  *self,
                                              guint           window);

GVariant      *kvar_state_file_get_view      (KvarStateFile  *self,
                                              guint           window,
                                              const char     *route);
void           kvar_state_file_set_view      (KvarStateFile  *self,
                                              guint           window,
                                              const char     *route,
                                              GVariant       *view);

gboolean       kvar_state_file_flush         (KvarStateFile  *self,
                                              GError        **error);

G_END_DECLS
