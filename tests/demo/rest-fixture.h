/* rest-fixture.h: the demo's REST half in memory, asked without HTTP
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kvar-demo-rest.h"

G_BEGIN_DECLS

/* The time at which the fixture's clock stands: 2026-11-20 12:00 UTC. */
#define REST_FIXTURE_NOW (G_GINT64_CONSTANT (1795176000) * G_USEC_PER_SEC)

typedef struct
{
  KvarDemoConfig    config;
  KvarDemoDatabase *database;
  KvarDemoClock    *clock;
  KvarDemoRest     *rest;
  const char       *role;     /* who asks from here on */
  KvarDemoExchange *exchange; /* (nullable): the last one */
} RestFixture;

void        rest_fixture_set_up    (RestFixture   *self,
                                    gconstpointer  unused);
void        rest_fixture_tear_down (RestFixture   *self,
                                    gconstpointer  unused);
const char *rest_fixture_ask       (RestFixture   *self,
                                    const char    *request,
                                    const char    *headers,
                                    const char    *body);

#define rest_assert_status(f, expected) \
  g_assert_cmpuint ((f)->exchange->status, ==, expected)

#define rest_assert_header(f, name, expected) \
  g_assert_cmpstr (kvar_demo_exchange_reply_header ((f)->exchange, name), ==, expected)

G_END_DECLS
