/* kvar-demo-config.h: what the demo back end was told to be: ports, lives, limits, switches
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The key every client of the demo uses. */
#define KVAR_DEMO_PUBLISHABLE_KEY "sb_publishable_demo"

/* The owner's key: it runs as service_role, past every row rule. Kvar itself refuses such keys. */
#define KVAR_DEMO_SECRET_KEY      "sb_secret_demo"

/* What tokens are signed with unless --jwt-secret names another. The demo listens on loopback
 * only and holds sample data, so that it need not be a secret at all. */
#define KVAR_DEMO_JWT_SECRET      "super-secret-jwt-token-with-at-least-32-characters-long"

/* The two sample users; rows that belong to somebody name them. */
#define KVAR_DEMO_USER_DEMO "11111111-1111-4111-8111-111111111111"
#define KVAR_DEMO_USER_EVA  "22222222-2222-4222-8222-222222222222"

typedef enum
{
  KVAR_DEMO_OPENAPI_HOSTED,     /* 401 with the hosted gateway's texts */
  KVAR_DEMO_OPENAPI_SELFHOSTED, /* 403 */
  KVAR_DEMO_OPENAPI_OPEN,       /* the document, for everybody */
  KVAR_DEMO_OPENAPI_DISABLED,   /* 404 PGRST126 */
} KvarDemoOpenapiMode;

/*
 * One struct shared by all parts of a running demo. POST /demo/options changes the lives and
 * limits while it runs, so read them at each request and never copy them. Strings are owned by
 * whoever filled the struct and outlive the server.
 */
typedef struct
{
  guint                port;              /* 0: any free one */
  const char          *database;          /* a file, or ":memory:" */
  guint                rows;              /* jobs; contacts and objects in proportion */
  const char          *log_file;          /* (nullable) */
  const char          *state_file;        /* (nullable): where the one line is written too */
  const char          *hold_file;         /* (nullable): end when nobody else locks it */
  const char          *rest_upstream;     /* (nullable): URL of a PostgREST */
  const char          *jwt_secret;        /* (nullable): the secret itself, not its file */

  gint64               access_ttl;        /* s */
  gint64               reuse_interval;    /* s */
  gint64               jwt_leeway;        /* s, REST only; Auth has none */
  guint                max_rows;          /* of one page; 0: no limit */
  guint                rate_burst;        /* of /token; 0: no limit */
  double               rate_per_second;
  guint                latency_ms;        /* added to every reply */
  int                  refresh_algorithm; /* 1 opaque tokens in rows, 2 signed counters */

  KvarDemoOpenapiMode  openapi_mode;
  gboolean             faults;            /* serve /demo/… */
  gboolean             kvar_schema;       /* has the function kvar_schema() */
} KvarDemoConfig;

#define KVAR_DEMO_CONFIG_INIT \
  { .database = ":memory:", .rows = 1000, .access_ttl = 3600, .reuse_interval = 10, \
    .max_rows = 1000, .refresh_algorithm = 1, .kvar_schema = TRUE }

static inline const char *
kvar_demo_config_get_secret (const KvarDemoConfig *config)
{
  return config->jwt_secret != NULL ? config->jwt_secret : KVAR_DEMO_JWT_SECRET;
}

G_END_DECLS
