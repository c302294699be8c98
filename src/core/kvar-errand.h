/* kvar-errand.h: something on its way that somebody asked for: an export, or a file
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum
{
  KVAR_ERRAND_WAITING,
  KVAR_ERRAND_RUNNING,
  KVAR_ERRAND_HELD,       /* until somebody has signed in */
  KVAR_ERRAND_PAUSED,     /* until the server can be reached */
  KVAR_ERRAND_DONE,
  KVAR_ERRAND_FAILED,
  KVAR_ERRAND_CANCELLED,
  KVAR_ERRAND_SUSPENDED,  /* another one goes on with it */
} KvarErrandState;

#define KVAR_TYPE_ERRAND_STATE (kvar_errand_state_get_type ())

GType kvar_errand_state_get_type (void);

#define KVAR_TYPE_ERRAND (kvar_errand_get_type ())

G_DECLARE_INTERFACE (KvarErrand, kvar_errand, KVAR, ERRAND, GObject)

/**
 * KvarErrandInterface:
 * @get_title: what the file is called on this computer
 * @get_file: (nullable): the file on this computer that it becomes, or is made from
 * @get_fraction: how much of it is done, from 0 to 1; -1 if nobody can tell
 * @get_error: (nullable): why it has failed
 * @start: begins, or goes on where the same one had to stop earlier
 * @cancel: ends it and leaves nothing behind; does nothing once it is over
 * @suspend: stops it and leaves what is needed to go on with it another time
 * @dup_again: one that does the same once more
 * @is_same: (nullable): whether both would do the very same, so that one is enough
 *
 * The property "state" is notified of at each change; whatever else changes has properties too.
 */
struct _KvarErrandInterface
{
  GTypeInterface    parent_iface;

  KvarErrandState (*get_state)    (KvarErrand *self);
  const char     *(*get_title)    (KvarErrand *self);
  GFile          *(*get_file)     (KvarErrand *self);
  double          (*get_fraction) (KvarErrand *self);
  const GError   *(*get_error)    (KvarErrand *self);
  void            (*start)        (KvarErrand *self);
  void            (*cancel)       (KvarErrand *self);
  void            (*suspend)      (KvarErrand *self);
  KvarErrand     *(*dup_again)    (KvarErrand *self);
  gboolean        (*is_same)      (KvarErrand *self,
                                   KvarErrand *other);
};

KvarErrandState  kvar_errand_get_state    (KvarErrand *self);
gboolean         kvar_errand_is_over      (KvarErrand *self);
const char      *kvar_errand_get_title    (KvarErrand *self);
GFile           *kvar_errand_get_file     (KvarErrand *self);
double           kvar_errand_get_fraction (KvarErrand *self);
const GError    *kvar_errand_get_error    (KvarErrand *self);
void             kvar_errand_start        (KvarErrand *self);
void             kvar_errand_cancel       (KvarErrand *self);
void             kvar_errand_suspend      (KvarErrand *self);
KvarErrand      *kvar_errand_dup_again    (KvarErrand *self);
gboolean         kvar_errand_is_same      (KvarErrand *self,
                                           KvarErrand *other);

G_END_DECLS
