/* kvar-route.c: where somebody is: a place, a table, a record, a way of looking at it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A route has exactly one spelling: what was understood is always written the same way.
 */

#define G_LOG_DOMAIN "kvar-core"

#include "config.h"

#include <string.h>

#include "routes/kvar-route-private.h"

static const char *const reasons[] = { "expired", "policy", "blocked", "signed-out", NULL };

G_DEFINE_BOXED_TYPE (KvarRoute, kvar_route, kvar_route_ref, kvar_route_unref)

static void
clear_route (gpointer data)
{
  KvarRoute *self = data;

  g_free (self->host);
  g_free (self->name);
  g_free (self->key);
  g_free (self->query);
  g_free (self->draft);
  g_free (self->reason);
  g_free (self->from);
}

KvarRoute *
kvar_route_new_blank (KvarPlace place)
{
  KvarRoute *self = g_atomic_rc_box_new0 (KvarRoute);

  self->place = place;

  return self;
}

gboolean
kvar_route_is_reason (const char *reason)
{
  return g_strv_contains (reasons, reason);
}

/**
 * kvar_route_new_place:
 * @place: one that needs no name
 */
KvarRoute *
kvar_route_new_place (KvarPlace place)
{
  return kvar_route_new_blank (place);
}

static KvarRoute *
new_named (KvarPlace   place,
           const char *name,
           const char *query)
{
  KvarRoute *self = kvar_route_new_blank (place);

  self->name = g_strdup (name);
  if (query != NULL && *query != '\0')
    self->query = kvar_route_dup_query (query);

  return self;
}

/* What is no key as it stands is the one value of a key. */
static void
set_key (KvarRoute  *self,
         const char *key)
{
  const char *values[] = { key, NULL };

  self->key = kvar_route_dup_canonical_key (key);
  if (self->key == NULL)
    self->key = kvar_route_join_key (values);
}

/**
 * kvar_route_new_table:
 * @query: (nullable): order, filters and search, as KvarQuery writes them
 */
KvarRoute *
kvar_route_new_table (const char *table,
                      const char *query)
{
  g_return_val_if_fail (table != NULL, NULL);

  return new_named (KVAR_PLACE_TABLE, table, query);
}

/**
 * kvar_route_new_record:
 * @key: as kvar_route_join_key() makes it
 */
KvarRoute *
kvar_route_new_record (const char *table,
                       const char *key)
{
  KvarRoute *self;

  g_return_val_if_fail (table != NULL && key != NULL, NULL);

  self = new_named (KVAR_PLACE_RECORD, table, NULL);
  set_key (self, key);

  return self;
}

/**
 * kvar_route_new_new_record:
 *
 * Returns: the route of the empty form, which is no record's key: one called "new" is written
 *   otherwise
 */
KvarRoute *
kvar_route_new_new_record (const char *table)
{
  g_return_val_if_fail (table != NULL, NULL);

  return new_named (KVAR_PLACE_NEW_RECORD, table, NULL);
}

KvarRoute *
kvar_route_new_report (const char *function)
{
  g_return_val_if_fail (function != NULL, NULL);

  return new_named (KVAR_PLACE_REPORT, function, NULL);
}

/**
 * kvar_route_new_file:
 * @key: (nullable): of a file or folder; %NULL for the bucket itself
 */
KvarRoute *
kvar_route_new_file (const char *bucket,
                     const char *key)
{
  KvarRoute *self;

  g_return_val_if_fail (bucket != NULL, NULL);

  self = new_named (KVAR_PLACE_FILE, bucket, NULL);
  if (key != NULL && *key != '\0')
    self->key = g_strdup (key);

  return self;
}

/**
 * kvar_route_new_kept_record:
 * @draft: a draft's id
 *
 * Returns: the route of one new record among several that are not saved
 */
KvarRoute *
kvar_route_new_kept_record (const char *table,
                            const char *draft)
{
  g_autofree char *query = NULL;
  KvarRoute *self;

  g_return_val_if_fail (table != NULL && draft != NULL, NULL);
  g_return_val_if_fail (g_uuid_string_is_valid (draft), NULL);

  query = g_strconcat ("draft=", draft, NULL);
  self = new_named (KVAR_PLACE_NEW_RECORD, table, query);
  self->draft = g_strdup (draft);

  return self;
}

/**
 * kvar_route_new_login:
 * @reason: (nullable): why, as KvarReason is written; %NULL for a link that was opened
 *   while signed out
 * @from: (nullable): the route to come back to; one that is too long loses its query
 */
KvarRoute *
kvar_route_new_login (const char *reason,
                      const char *from)
{
  KvarRoute *self = kvar_route_new_blank (KVAR_PLACE_LOGIN);

  if (reason != NULL && kvar_route_is_reason (reason))
    self->reason = g_strdup (reason);

  if (from != NULL && strlen (from) > KVAR_ROUTE_FROM_MAX)
    {
      g_autofree char *path = g_strndup (from, strcspn (from, "?"));

      self->from = kvar_route_safe_from (path);
    }
  else if (from != NULL)
    self->from = kvar_route_safe_from (from);

  return self;
}

KvarRoute *
kvar_route_ref (KvarRoute *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_atomic_rc_box_acquire (self);
}

void
kvar_route_unref (KvarRoute *self)
{
  g_return_if_fail (self != NULL);

  g_atomic_rc_box_release_full (self, clear_route);
}

static void
append_login (KvarRoute *self,
              GString   *string)
{
  char mark = '?';

  if (self->reason != NULL)
    {
      g_string_append_printf (string, "?reason=%s", self->reason);
      mark = '&';
    }
  if (self->from != NULL)
    {
      g_string_append_printf (string, "%cfrom=", mark);
      g_string_append_uri_escaped (string, self->from, NULL, FALSE);
    }
}

/**
 * kvar_route_to_string:
 *
 * Returns: (transfer full): the one way this route is written; a kvar: URI when it names
 *   its project's host
 */
char *
kvar_route_to_string (KvarRoute *self)
{
  GString *string;

  g_return_val_if_fail (self != NULL, NULL);

  string = g_string_new (NULL);
  if (self->host != NULL)
    g_string_append_printf (string, "kvar://%s", self->host);
  g_string_append_printf (string, "/%s", kvar_route_first_segment (self->place));

  if (self->name != NULL)
    {
      g_string_append_c (string, '/');
      kvar_route_append_value (string, self->name);
    }
  if (self->place == KVAR_PLACE_NEW_RECORD)
    g_string_append (string, "/new");
  if (self->key != NULL)
    {
      g_string_append_c (string, '/');
      if (self->place == KVAR_PLACE_FILE)
        g_string_append_uri_escaped (string, self->key, "/", FALSE);
      else
        g_string_append (string, self->key);
    }

  if (self->place == KVAR_PLACE_LOGIN)
    append_login (self, string);
  else if (self->query != NULL)
    g_string_append_printf (string, "?%s", self->query);

  return g_string_free (string, FALSE);
}

KvarPlace
kvar_route_get_place (KvarRoute *self)
{
  g_return_val_if_fail (self != NULL, KVAR_PLACE_HOME);

  return self->place;
}

/**
 * kvar_route_get_name:
 *
 * Returns: (nullable): the table, function or bucket
 */
const char *
kvar_route_get_name (KvarRoute *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->name;
}

/**
 * kvar_route_get_key:
 *
 * Returns: (nullable): the record's key as it stands in the route, for
 *   kvar_route_split_key(); for a file its path, plain
 */
const char *
kvar_route_get_key (KvarRoute *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->key;
}

/**
 * kvar_route_get_draft:
 *
 * Returns: (nullable): which of the new records, by its draft's id; %NULL for the one that is
 *   being typed
 */
const char *
kvar_route_get_draft (KvarRoute *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->draft;
}

/**
 * kvar_route_get_query:
 *
 * Returns: (nullable): what follows the question mark, encoded
 */
const char *
kvar_route_get_query (KvarRoute *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->query;
}

/**
 * kvar_route_get_reason:
 *
 * Returns: (nullable): why somebody has to sign in, one of the words of the design
 */
const char *
kvar_route_get_reason (KvarRoute *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->reason;
}

/**
 * kvar_route_get_from:
 *
 * Returns: (nullable): where to go after signing in: always a safe route
 */
const char *
kvar_route_get_from (KvarRoute *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->from;
}

/**
 * kvar_route_get_host:
 *
 * Returns: (nullable): the project's host, in small letters; %NULL for the current project
 */
const char *
kvar_route_get_host (KvarRoute *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->host;
}

gboolean
kvar_route_equal (KvarRoute *a,
                  KvarRoute *b)
{
  g_return_val_if_fail (a != NULL && b != NULL, FALSE);

  return a->place == b->place &&
         g_strcmp0 (a->host, b->host) == 0 &&
         g_strcmp0 (a->name, b->name) == 0 &&
         g_strcmp0 (a->key, b->key) == 0 &&
         g_strcmp0 (a->query, b->query) == 0 &&
         g_strcmp0 (a->reason, b->reason) == 0 &&
         g_strcmp0 (a->from, b->from) == 0;
}
