/* kvar-demo-rest.c: PostgREST's half of the demo: one exchange in, one reply out
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-demo"

#include "config.h"

#include "kvar-demo-rest.h"

struct _KvarDemoRest
{
  const KvarDemoConfig *config;
  KvarDemoDatabase     *database;
  KvarDemoClock        *clock;
};

/**
 * kvar_demo_rest_new:
 *
 * All three arguments outlive the object.
 */
KvarDemoRest *
kvar_demo_rest_new (const KvarDemoConfig *config,
                    KvarDemoDatabase     *database,
                    KvarDemoClock        *clock)
{
  KvarDemoRest *self = g_new0 (KvarDemoRest, 1);

  self->config = config;
  self->database = database;
  self->clock = clock;

  return self;
}

void
kvar_demo_rest_free (KvarDemoRest *self)
{
  g_free (self);
}

/**
 * kvar_demo_rest_handle:
 * @exchange: its token is already judged: the server answers PGRST301 and PGRST303 itself
 */
void
kvar_demo_rest_handle (KvarDemoRest     *self,
                       KvarDemoExchange *exchange)
{
  JsonObject *error = json_object_new ();

  json_object_set_string_member (error, "code", "PGRST205");
  json_object_set_null_member (error, "details");
  json_object_set_null_member (error, "hint");
  json_object_set_string_member (error, "message", "Could not find the table in the schema cache");
  kvar_demo_exchange_reply_json (exchange, 404, error);
}
