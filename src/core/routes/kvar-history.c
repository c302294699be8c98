/* kvar-history.c: back and forward over routes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-core"

#include "config.h"

#include "routes/kvar-history.h"

struct _KvarHistory { GObject parent_instance; };
G_DEFINE_FINAL_TYPE (KvarHistory, kvar_history, G_TYPE_OBJECT)
static void kvar_history_class_init (KvarHistoryClass *klass) {}
static void kvar_history_init (KvarHistory *self) {}

KvarHistory *
kvar_history_new (void)
{
  return g_object_new (KVAR_TYPE_HISTORY, NULL);
}

void
kvar_history_visit (KvarHistory *self, KvarRoute *route)
{
}

void
kvar_history_replace (KvarHistory *self, KvarRoute *route)
{
}

KvarRoute *
kvar_history_back (KvarHistory *self)
{
  return 0;
}

KvarRoute *
kvar_history_forward (KvarHistory *self)
{
  return 0;
}

KvarRoute *
kvar_history_get_current (KvarHistory *self)
{
  return 0;
}

gboolean
kvar_history_get_can_back (KvarHistory *self)
{
  return 0;
}

gboolean
kvar_history_get_can_forward (KvarHistory *self)
{
  return 0;
}

GVariant *
kvar_history_to_variant (KvarHistory *self)
{
  return 0;
}

void
kvar_history_load_variant (KvarHistory *self, GVariant *variant)
{
}
