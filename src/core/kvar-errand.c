/* kvar-errand.c: something on its way that somebody asked for: an export, or a file
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-errand"

#include "config.h"

#include "kvar-errand.h"

G_DEFINE_ENUM_TYPE (KvarErrandState, kvar_errand_state,
                    G_DEFINE_ENUM_VALUE (KVAR_ERRAND_WAITING, "waiting"),
                    G_DEFINE_ENUM_VALUE (KVAR_ERRAND_RUNNING, "running"),
                    G_DEFINE_ENUM_VALUE (KVAR_ERRAND_HELD, "held"),
                    G_DEFINE_ENUM_VALUE (KVAR_ERRAND_PAUSED, "paused"),
                    G_DEFINE_ENUM_VALUE (KVAR_ERRAND_DONE, "done"),
                    G_DEFINE_ENUM_VALUE (KVAR_ERRAND_FAILED, "failed"),
                    G_DEFINE_ENUM_VALUE (KVAR_ERRAND_CANCELLED, "cancelled"),
                    G_DEFINE_ENUM_VALUE (KVAR_ERRAND_SUSPENDED, "suspended"))

G_DEFINE_INTERFACE (KvarErrand, kvar_errand, G_TYPE_OBJECT)

static void
kvar_errand_default_init (KvarErrandInterface *iface)
{
  g_object_interface_install_property (
    iface, g_param_spec_enum ("state", NULL, NULL, KVAR_TYPE_ERRAND_STATE, KVAR_ERRAND_WAITING,
                              G_PARAM_READABLE | G_PARAM_STATIC_STRINGS));
}

KvarErrandState
kvar_errand_get_state (KvarErrand *self)
{
  g_return_val_if_fail (KVAR_IS_ERRAND (self), KVAR_ERRAND_FAILED);

  return KVAR_ERRAND_GET_IFACE (self)->get_state (self);
}

/* Whether nothing more will come of it. */
gboolean
kvar_errand_is_over (KvarErrand *self)
{
  switch (kvar_errand_get_state (self))
    {
    case KVAR_ERRAND_DONE:
    case KVAR_ERRAND_FAILED:
    case KVAR_ERRAND_CANCELLED:
    case KVAR_ERRAND_SUSPENDED:
      return TRUE;

    case KVAR_ERRAND_WAITING:
    case KVAR_ERRAND_RUNNING:
    case KVAR_ERRAND_HELD:
    case KVAR_ERRAND_PAUSED:
    default:
      return FALSE;
    }
}

/* Returns: what the file is called on this computer */
const char *
kvar_errand_get_title (KvarErrand *self)
{
  g_return_val_if_fail (KVAR_IS_ERRAND (self), NULL);

  return KVAR_ERRAND_GET_IFACE (self)->get_title (self);
}

/* Returns: (transfer none) (nullable): the file here that it becomes, or is made from */
GFile *
kvar_errand_get_file (KvarErrand *self)
{
  g_return_val_if_fail (KVAR_IS_ERRAND (self), NULL);

  return KVAR_ERRAND_GET_IFACE (self)->get_file (self);
}

/* Returns: how much of it is done, from 0 to 1; -1 if nobody can tell */
double
kvar_errand_get_fraction (KvarErrand *self)
{
  g_return_val_if_fail (KVAR_IS_ERRAND (self), -1);

  return KVAR_ERRAND_GET_IFACE (self)->get_fraction (self);
}

/* Returns: (nullable): why it has failed */
const GError *
kvar_errand_get_error (KvarErrand *self)
{
  g_return_val_if_fail (KVAR_IS_ERRAND (self), NULL);

  return KVAR_ERRAND_GET_IFACE (self)->get_error (self);
}

/**
 * kvar_errand_start:
 *
 * Begins, once, or goes on where the same one had to stop earlier.
 */
void
kvar_errand_start (KvarErrand *self)
{
  g_return_if_fail (KVAR_IS_ERRAND (self));

  KVAR_ERRAND_GET_IFACE (self)->start (self);
}

/**
 * kvar_errand_cancel:
 *
 * Ends it and leaves nothing behind. Does nothing once it is over.
 */
void
kvar_errand_cancel (KvarErrand *self)
{
  g_return_if_fail (KVAR_IS_ERRAND (self));

  KVAR_ERRAND_GET_IFACE (self)->cancel (self);
}

/**
 * kvar_errand_suspend:
 *
 * Stops it, and leaves what is needed to go on with it another time.
 */
void
kvar_errand_suspend (KvarErrand *self)
{
  g_return_if_fail (KVAR_IS_ERRAND (self));

  KVAR_ERRAND_GET_IFACE (self)->suspend (self);
}

/* Returns: (transfer full): one that does the same once more */
KvarErrand *
kvar_errand_dup_again (KvarErrand *self)
{
  g_return_val_if_fail (KVAR_IS_ERRAND (self), NULL);

  return KVAR_ERRAND_GET_IFACE (self)->dup_again (self);
}

/* Returns: whether both would do the very same, so that one is enough */
gboolean
kvar_errand_is_same (KvarErrand *self,
                     KvarErrand *other)
{
  KvarErrandInterface *iface;

  g_return_val_if_fail (KVAR_IS_ERRAND (self), FALSE);
  g_return_val_if_fail (KVAR_IS_ERRAND (other), FALSE);

  iface = KVAR_ERRAND_GET_IFACE (self);

  return iface->is_same != NULL && iface->is_same (self, other);
}
