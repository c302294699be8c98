/* kvar-demo-bucket.h: a token bucket: so many at once, refilled at so many a second
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  double level;      /* what may be taken now */
  gint64 updated;    /* µs; 0 before the first take */
} KvarDemoBucket;

gboolean kvar_demo_bucket_take (KvarDemoBucket *self,
                                guint           burst,
                                double          per_second,
                                gint64          now);

G_END_DECLS
