/* kvar-bookmark-list.h: places that one user keeps, or has been at lately
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "routes/kvar-bookmark.h"
#include "session/kvar-project.h"

G_BEGIN_DECLS

#define KVAR_TYPE_BOOKMARK_LIST (kvar_bookmark_list_get_type ())

G_DECLARE_FINAL_TYPE (KvarBookmarkList, kvar_bookmark_list, KVAR, BOOKMARK_LIST, GObject)

char             *kvar_bookmark_list_build_path (KvarProject       *project,
                                                 const char        *user_id,
                                                 const char        *what);

KvarBookmarkList *kvar_bookmark_list_new        (const char        *path);
KvarBookmark     *kvar_bookmark_list_find       (KvarBookmarkList  *self,
                                                 const char        *table,
                                                 const char        *title);
gboolean          kvar_bookmark_list_put        (KvarBookmarkList  *self,
                                                 KvarBookmark      *bookmark,
                                                 GError           **error);
gboolean          kvar_bookmark_list_replace    (KvarBookmarkList  *self,
                                                 KvarBookmark      *before,
                                                 KvarBookmark      *after,
                                                 GError           **error);
void              kvar_bookmark_list_remove     (KvarBookmarkList  *self,
                                                 KvarBookmark      *bookmark);
void              kvar_bookmark_list_visit      (KvarBookmarkList  *self,
                                                 const char        *route,
                                                 const char        *title);
void              kvar_bookmark_list_clear      (KvarBookmarkList  *self);

G_END_DECLS
