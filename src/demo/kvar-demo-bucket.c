/* kvar-demo-bucket.c: a token bucket: so many at once, refilled at so many a second
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "kvar-demo-bucket.h"

/**
 * kvar_demo_bucket_take:
 * @burst: how much the bucket holds; 0 means that nothing is limited
 * @per_second: how much is refilled
 * @now: µs; never goes back
 *
 * Returns: %FALSE when the bucket is empty
 */
gboolean
kvar_demo_bucket_take (KvarDemoBucket *self,
                       guint           burst,
                       double          per_second,
                       gint64          now)
{
  if (burst == 0)
    return TRUE;

  if (self->updated == 0)
    self->level = burst;
  else
    self->level += per_second * (now - self->updated) / G_USEC_PER_SEC;

  self->level = MIN (self->level, burst);
  self->updated = now;

  if (self->level < 1)
    return FALSE;

  self->level -= 1;

  return TRUE;
}
