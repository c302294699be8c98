/* kvar-load-status.h: what stands where content is not there yet
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "kvar-clock.h"

G_BEGIN_DECLS

#define KVAR_TYPE_LOAD_STATUS (kvar_load_status_get_type ())

G_DECLARE_FINAL_TYPE (KvarLoadStatus, kvar_load_status, KVAR, LOAD_STATUS, AdwBin)

void kvar_load_status_show_loading (KvarLoadStatus *self,
                                    KvarClock      *clock);
void kvar_load_status_show_message (KvarLoadStatus *self,
                                    const char     *icon_name,
                                    const char     *title,
                                    const char     *description,
                                    const char     *button,
                                    const char     *action);
void kvar_load_status_show_no_table
                                   (KvarLoadStatus *self,
                                    const char     *name);
void kvar_load_status_stop         (KvarLoadStatus *self);

gboolean kvar_load_status_has_focus (KvarLoadStatus *self);

G_END_DECLS
