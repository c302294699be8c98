/* kvar-places.h: the views that a user keeps, and where they have been lately
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "routes/kvar-bookmark-list.h"
#include "session/kvar-session.h"

G_BEGIN_DECLS

#define KVAR_TYPE_PLACES (kvar_places_get_type ())

G_DECLARE_FINAL_TYPE (KvarPlaces, kvar_places, KVAR, PLACES, GObject)

KvarPlaces       *kvar_places_new        (KvarSession *session);
KvarBookmarkList *kvar_places_get_views  (KvarPlaces  *self);
KvarBookmarkList *kvar_places_get_recent (KvarPlaces  *self);
void              kvar_places_visit      (KvarPlaces  *self,
                                          const char  *route,
                                          const char  *title);

G_END_DECLS
