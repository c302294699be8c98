/* kvar-bookmark.c: a place in the project, and what it is called
 *
 * It never changes: another name makes another bookmark.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-core"

#include "config.h"

#include "routes/kvar-bookmark.h"

struct _KvarBookmark
{
  GObject  parent_instance;

  char    *route;
  char    *title;
};

G_DEFINE_FINAL_TYPE (KvarBookmark, kvar_bookmark, G_TYPE_OBJECT)

static void
kvar_bookmark_finalize (GObject *object)
{
  KvarBookmark *self = KVAR_BOOKMARK (object);

  g_free (self->route);
  g_free (self->title);

  G_OBJECT_CLASS (kvar_bookmark_parent_class)->finalize (object);
}

static void
kvar_bookmark_class_init (KvarBookmarkClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = kvar_bookmark_finalize;
}

static void
kvar_bookmark_init (KvarBookmark *self)
{
}

KvarBookmark *
kvar_bookmark_new (const char *route,
                   const char *title)
{
  KvarBookmark *self;

  g_return_val_if_fail (route != NULL, NULL);
  g_return_val_if_fail (title != NULL, NULL);

  self = g_object_new (KVAR_TYPE_BOOKMARK, NULL);
  self->route = g_strdup (route);
  self->title = g_strdup (title);

  return self;
}

const char *
kvar_bookmark_get_route (KvarBookmark *self)
{
  g_return_val_if_fail (KVAR_IS_BOOKMARK (self), NULL);

  return self->route;
}

const char *
kvar_bookmark_get_title (KvarBookmark *self)
{
  g_return_val_if_fail (KVAR_IS_BOOKMARK (self), NULL);

  return self->title;
}
