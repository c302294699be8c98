/* kvar-navigator.h: walks through routes, and decides when the login page lies above the pages
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "kvar-page.h"
#include "kvar-workspace.h"
#include "routes/kvar-state-file.h"

G_BEGIN_DECLS

#define KVAR_TYPE_NAVIGATOR (kvar_navigator_get_type ())

G_DECLARE_FINAL_TYPE (KvarNavigator, kvar_navigator, KVAR, NAVIGATOR, AdwBin)

KvarNavigator *kvar_navigator_new              (void);

void           kvar_navigator_set_state_file   (KvarNavigator *self,
                                                KvarStateFile *file,
                                                guint          window);
void           kvar_navigator_set_workspace    (KvarNavigator *self,
                                                KvarWorkspace *workspace);

KvarPage      *kvar_navigator_get_visible_page (KvarNavigator *self);
KvarPage      *kvar_navigator_get_page         (KvarNavigator *self);
const char    *kvar_navigator_get_route        (KvarNavigator *self);
gboolean       kvar_navigator_get_is_covered   (KvarNavigator *self);
gboolean       kvar_navigator_get_can_back     (KvarNavigator *self);
gboolean       kvar_navigator_get_can_forward  (KvarNavigator *self);
gboolean       kvar_navigator_get_can_uncover  (KvarNavigator *self);

gboolean       kvar_navigator_navigate         (KvarNavigator *self,
                                                const char    *route);
void           kvar_navigator_back             (KvarNavigator *self);
void           kvar_navigator_forward          (KvarNavigator *self);
void           kvar_navigator_sign_in          (KvarNavigator *self);
void           kvar_navigator_connect          (KvarNavigator *self);
void           kvar_navigator_uncover          (KvarNavigator *self);

void           kvar_navigator_save_view        (KvarNavigator *self);
void           kvar_navigator_load_variant     (KvarNavigator *self,
                                                GVariant      *variant);

G_END_DECLS
