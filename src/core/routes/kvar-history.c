/* kvar-history.c: back and forward over routes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-core"

#include "config.h"

#include "routes/kvar-history.h"

#define LENGTH_MAX 100

#define VARIANT_TYPE G_VARIANT_TYPE ("(uas)")

struct _KvarHistory
{
  GObject    parent_instance;

  GPtrArray *routes;
  guint      position;    /* of the current one, when there is any */
};

enum {
  PROP_CURRENT = 1,
  PROP_CAN_BACK,
  PROP_CAN_FORWARD,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (KvarHistory, kvar_history, G_TYPE_OBJECT)

/* What of it has changed is a matter of comparing before and after. */
typedef struct
{
  gboolean can_back;
  gboolean can_forward;
} Reach;

static Reach
get_reach (KvarHistory *self)
{
  return (Reach) { kvar_history_get_can_back (self), kvar_history_get_can_forward (self) };
}

static void
notify (KvarHistory *self,
        Reach        before)
{
  Reach now = get_reach (self);

  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CURRENT]);
  if (now.can_back != before.can_back)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CAN_BACK]);
  if (now.can_forward != before.can_forward)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CAN_FORWARD]);
}

static GPtrArray *
new_routes (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify)kvar_route_unref);
}

static void
kvar_history_finalize (GObject *object)
{
  KvarHistory *self = KVAR_HISTORY (object);

  g_clear_pointer (&self->routes, g_ptr_array_unref);

  G_OBJECT_CLASS (kvar_history_parent_class)->finalize (object);
}

static void
kvar_history_get_property (GObject    *object,
                           guint       prop_id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  KvarHistory *self = KVAR_HISTORY (object);

  switch (prop_id)
    {
    case PROP_CURRENT:
      g_value_set_boxed (value, kvar_history_get_current (self));
      break;

    case PROP_CAN_BACK:
      g_value_set_boolean (value, kvar_history_get_can_back (self));
      break;

    case PROP_CAN_FORWARD:
      g_value_set_boolean (value, kvar_history_get_can_forward (self));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
kvar_history_class_init (KvarHistoryClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = kvar_history_finalize;
  object_class->get_property = kvar_history_get_property;

  properties[PROP_CURRENT] =
    g_param_spec_boxed ("current", NULL, NULL, KVAR_TYPE_ROUTE,
                        G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_CAN_BACK] =
    g_param_spec_boolean ("can-back", NULL, NULL, FALSE,
                          G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_CAN_FORWARD] =
    g_param_spec_boolean ("can-forward", NULL, NULL, FALSE,
                          G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
kvar_history_init (KvarHistory *self)
{
  self->routes = new_routes ();
}

KvarHistory *
kvar_history_new (void)
{
  return g_object_new (KVAR_TYPE_HISTORY, NULL);
}

/**
 * kvar_history_visit:
 *
 * Goes to @route. What lay ahead is forgotten; the place where one is already is not
 * visited twice.
 */
void
kvar_history_visit (KvarHistory *self,
                    KvarRoute   *route)
{
  KvarRoute *current;
  Reach before;

  g_return_if_fail (KVAR_IS_HISTORY (self));
  g_return_if_fail (route != NULL);

  current = kvar_history_get_current (self);
  if (current != NULL && kvar_route_equal (current, route))
    return;

  before = get_reach (self);
  if (current != NULL)
    g_ptr_array_set_size (self->routes, self->position + 1);
  g_ptr_array_add (self->routes, kvar_route_ref (route));
  if (self->routes->len > LENGTH_MAX)
    g_ptr_array_remove_index (self->routes, 0);
  self->position = self->routes->len - 1;
  notify (self, before);
}

/**
 * kvar_history_replace:
 *
 * Puts @route in the place of the current one: another order or filter of the same list is
 * not a step that Back should undo.
 */
void
kvar_history_replace (KvarHistory *self,
                      KvarRoute   *route)
{
  g_return_if_fail (KVAR_IS_HISTORY (self));
  g_return_if_fail (route != NULL);

  if (self->routes->len == 0)
    {
      kvar_history_visit (self, route);
      return;
    }

  if (kvar_route_equal (kvar_history_get_current (self), route))
    return;

  kvar_route_unref (g_ptr_array_index (self->routes, self->position));
  g_ptr_array_index (self->routes, self->position) = kvar_route_ref (route);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CURRENT]);
}

/**
 * kvar_history_back:
 *
 * Returns: (transfer none) (nullable): the route that is current now; %NULL when there was
 *   no way back
 */
KvarRoute *
kvar_history_back (KvarHistory *self)
{
  Reach before;

  g_return_val_if_fail (KVAR_IS_HISTORY (self), NULL);

  if (!kvar_history_get_can_back (self))
    return NULL;

  before = get_reach (self);
  self->position--;
  notify (self, before);

  return kvar_history_get_current (self);
}

/**
 * kvar_history_forward:
 *
 * Returns: (transfer none) (nullable): the route that is current now; %NULL when there was
 *   no way forward
 */
KvarRoute *
kvar_history_forward (KvarHistory *self)
{
  Reach before;

  g_return_val_if_fail (KVAR_IS_HISTORY (self), NULL);

  if (!kvar_history_get_can_forward (self))
    return NULL;

  before = get_reach (self);
  self->position++;
  notify (self, before);

  return kvar_history_get_current (self);
}

/**
 * kvar_history_get_current:
 *
 * Returns: (transfer none) (nullable): where one is
 */
KvarRoute *
kvar_history_get_current (KvarHistory *self)
{
  g_return_val_if_fail (KVAR_IS_HISTORY (self), NULL);

  if (self->routes->len == 0)
    return NULL;

  return g_ptr_array_index (self->routes, self->position);
}

gboolean
kvar_history_get_can_back (KvarHistory *self)
{
  g_return_val_if_fail (KVAR_IS_HISTORY (self), FALSE);

  return self->position > 0;
}

gboolean
kvar_history_get_can_forward (KvarHistory *self)
{
  g_return_val_if_fail (KVAR_IS_HISTORY (self), FALSE);

  return self->position + 1 < self->routes->len;
}

/**
 * kvar_history_to_variant:
 *
 * Returns: (transfer floating): the history for the state file, of type (uas)
 */
GVariant *
kvar_history_to_variant (KvarHistory *self)
{
  GVariantBuilder builder;

  g_return_val_if_fail (KVAR_IS_HISTORY (self), NULL);

  g_variant_builder_init (&builder, VARIANT_TYPE);
  g_variant_builder_add (&builder, "u", self->position);
  g_variant_builder_open (&builder, G_VARIANT_TYPE_STRING_ARRAY);
  for (guint i = 0; i < self->routes->len; i++)
    {
      g_autofree char *route = kvar_route_to_string (g_ptr_array_index (self->routes, i));

      g_variant_builder_add (&builder, "s", route);
    }
  g_variant_builder_close (&builder);

  return g_variant_builder_end (&builder);
}

/**
 * kvar_history_load_variant:
 * @variant: what kvar_history_to_variant() made, some time ago
 *
 * Takes the history from @variant. Routes that are none any more are left out, and so is
 * everything when it is of another type.
 */
void
kvar_history_load_variant (KvarHistory *self,
                           GVariant    *variant)
{
  g_autoptr(GPtrArray) routes = NULL;
  g_autoptr(GVariant) strings = NULL;
  guint32 position;
  guint kept = 0;
  Reach before;

  g_return_if_fail (KVAR_IS_HISTORY (self));
  g_return_if_fail (variant != NULL);

  if (!g_variant_is_of_type (variant, VARIANT_TYPE))
    return;

  before = get_reach (self);
  routes = new_routes ();
  g_variant_get_child (variant, 0, "u", &position);
  strings = g_variant_get_child_value (variant, 1);
  for (gsize i = 0; i < g_variant_n_children (strings) && routes->len < LENGTH_MAX; i++)
    {
      const char *string;
      KvarRoute *route;

      g_variant_get_child (strings, i, "&s", &string);
      route = kvar_route_parse (string, NULL);
      if (route == NULL)
        continue;

      if (i <= position)
        kept = routes->len;
      g_ptr_array_add (routes, route);
    }

  g_ptr_array_unref (self->routes);
  self->routes = g_steal_pointer (&routes);
  self->position = kept;
  notify (self, before);
}
