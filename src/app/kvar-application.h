/* kvar-application.h: the window program: its projects, sessions and windows
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "kvar-workspace.h"

G_BEGIN_DECLS

#define KVAR_TYPE_APPLICATION (kvar_application_get_type ())

G_DECLARE_FINAL_TYPE (KvarApplication, kvar_application, KVAR, APPLICATION, AdwApplication)

KvarApplication *kvar_application_new          (void);
void             kvar_application_open_project (KvarApplication *self,
                                                KvarProject     *project);

G_END_DECLS
