/* kvar-bookmark.h: a place in the project, and what it is called
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define KVAR_TYPE_BOOKMARK (kvar_bookmark_get_type ())

G_DECLARE_FINAL_TYPE (KvarBookmark, kvar_bookmark, KVAR, BOOKMARK, GObject)

KvarBookmark *kvar_bookmark_new       (const char   *route,
                                       const char   *title);
const char   *kvar_bookmark_get_route (KvarBookmark *self);
const char   *kvar_bookmark_get_title (KvarBookmark *self);

G_END_DECLS
