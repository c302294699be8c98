/* kvar-preferences.h: what a person may choose about Kvar, applied at once
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "kvar-window.h"

G_BEGIN_DECLS

#define KVAR_TYPE_PREFERENCES (kvar_preferences_get_type ())

G_DECLARE_FINAL_TYPE (KvarPreferences, kvar_preferences, KVAR, PREFERENCES, AdwPreferencesWindow)

KvarPreferences *kvar_preferences_new         (KvarWindow      *window);
void             kvar_preferences_save_report (KvarPreferences *self,
                                               GFile           *file);

G_END_DECLS
