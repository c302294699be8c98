/* kvar-places.c: the views that a user keeps, and where they have been lately
 *
 * Views are work and stay. Where somebody has been names records, so that goes when they sign
 * out by hand.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-places"

#include "config.h"

#include "kvar-places.h"
#include "routes/kvar-route.h"

struct _KvarPlaces
{
  GObject           parent_instance;

  KvarSession      *session;
  KvarBookmarkList *views;     /* (nullable) until it is known whose */
  KvarBookmarkList *recent;    /* (nullable) until then */
};

G_DEFINE_FINAL_TYPE (KvarPlaces, kvar_places, G_TYPE_OBJECT)

/* Of the first user; for another one there is another workspace, and other places. */
static void
user_cb (KvarPlaces *self)
{
  KvarProject *project = kvar_session_get_project (self->session);
  const char *user_id = kvar_session_get_user_id (self->session);
  g_autofree char *views = NULL;
  g_autofree char *recent = NULL;

  if (self->views != NULL || user_id == NULL)
    return;

  views = kvar_bookmark_list_build_path (project, user_id, "views");
  recent = kvar_bookmark_list_build_path (project, user_id, "recent");
  self->views = kvar_bookmark_list_new (views);
  self->recent = kvar_bookmark_list_new (recent);
}

static void
signing_out_cb (KvarPlaces *self)
{
  if (kvar_session_get_signing_out (self->session) && self->recent != NULL)
    kvar_bookmark_list_clear (self->recent);
}

static void
kvar_places_dispose (GObject *object)
{
  KvarPlaces *self = KVAR_PLACES (object);

  g_clear_object (&self->session);
  g_clear_object (&self->views);
  g_clear_object (&self->recent);

  G_OBJECT_CLASS (kvar_places_parent_class)->dispose (object);
}

static void
kvar_places_class_init (KvarPlacesClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kvar_places_dispose;
}

static void
kvar_places_init (KvarPlaces *self)
{
}

KvarPlaces *
kvar_places_new (KvarSession *session)
{
  KvarPlaces *self;

  g_return_val_if_fail (KVAR_IS_SESSION (session), NULL);

  self = g_object_new (KVAR_TYPE_PLACES, NULL);
  self->session = g_object_ref (session);
  g_signal_connect_object (session, "notify::user-id", G_CALLBACK (user_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::signing-out", G_CALLBACK (signing_out_cb), self,
                           G_CONNECT_SWAPPED);
  user_cb (self);

  return self;
}

/**
 * kvar_places_get_views:
 *
 * Returns: (transfer none) (nullable): ways of looking at tables, each under its name
 */
KvarBookmarkList *
kvar_places_get_views (KvarPlaces *self)
{
  g_return_val_if_fail (KVAR_IS_PLACES (self), NULL);

  return self->views;
}

/**
 * kvar_places_get_recent:
 *
 * Returns: (transfer none) (nullable): tables, records and reports, the last one first
 */
KvarBookmarkList *
kvar_places_get_recent (KvarPlaces *self)
{
  g_return_val_if_fail (KVAR_IS_PLACES (self), NULL);

  return self->recent;
}

/**
 * kvar_places_visit:
 * @title: what the page of @route is called now
 *
 * Remembers what is worth going back to: a record, a report, or a table as a whole.
 */
void
kvar_places_visit (KvarPlaces *self,
                   const char *route,
                   const char *title)
{
  g_autoptr(KvarRoute) parsed = NULL;
  g_autoptr(KvarRoute) plain = NULL;
  g_autofree char *text = NULL;

  g_return_if_fail (KVAR_IS_PLACES (self));
  g_return_if_fail (route != NULL);
  g_return_if_fail (title != NULL);

  parsed = kvar_route_parse (route, NULL);
  if (self->recent == NULL || parsed == NULL || *title == '\0' ||
      kvar_session_get_signing_out (self->session))
    return;

  if (kvar_route_get_place (parsed) == KVAR_PLACE_RECORD)
    plain = kvar_route_new_record (kvar_route_get_name (parsed), kvar_route_get_key (parsed));
  else if (kvar_route_get_place (parsed) == KVAR_PLACE_TABLE)
    plain = kvar_route_new_table (kvar_route_get_name (parsed), NULL);
  else if (kvar_route_get_place (parsed) == KVAR_PLACE_REPORT)
    plain = kvar_route_new_report (kvar_route_get_name (parsed));
  else
    return;

  text = kvar_route_to_string (plain);
  kvar_bookmark_list_visit (self->recent, text, title);
}
