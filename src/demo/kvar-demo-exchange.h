/* kvar-demo-exchange.h: one request and its reply as plain data, without HTTP around it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* What is wrong with the bearer token, judged by the server before the exchange is handled. */
typedef enum
{
  KVAR_DEMO_TOKEN_NONE,      /* no bearer, or the publishable key: anon */
  KVAR_DEMO_TOKEN_GOOD,
  KVAR_DEMO_TOKEN_MALFORMED, /* not a JWT */
  KVAR_DEMO_TOKEN_BAD,       /* wrong signature or key */
  KVAR_DEMO_TOKEN_EXPIRED,
  KVAR_DEMO_TOKEN_FUTURE,    /* issued in the server's future */
} KvarDemoTokenState;

/*
 * The handlers fill the reply half and the log half. Headers of the request are kept by their
 * lower-case name, repeated ones joined with ", ".
 */
typedef struct
{
  /* The request. */
  char               *method;     /* GET, HEAD, POST, … */
  char               *path;       /* raw, whole: /rest/v1/jobs */
  char               *query;      /* (nullable): raw, without the question mark */
  char              **segments;   /* decoded pieces below the service: { "rpc", "add_numbers" } */
  GHashTable         *headers;    /* lower-case name → value */
  GBytes             *body;       /* never NULL */

  /* The caller, from the bearer token. */
  KvarDemoTokenState  token_state;
  const char         *role;       /* "anon", "authenticated" or "service_role" */
  char               *user_id;    /* (nullable) */
  char               *session_id; /* (nullable) */
  JsonObject         *claims;     /* (nullable): all of the token's, when its signature is good */

  /* The reply. */
  guint               status;     /* 0 until a handler sets it */
  GPtrArray          *reply_headers; /* name, value, name, value, … */
  GBytes             *reply_body; /* (nullable) */
  guint               delay_ms;   /* the server waits so long before it sends the reply */

  /* For the request log. */
  const char         *grant;      /* (nullable) */
  gboolean            rotated;    /* a refresh token was exchanged for a new one */
  gboolean            parent;     /* the parent of the active token was accepted */
  gboolean            reused;     /* another old token was presented */
} KvarDemoExchange;

KvarDemoExchange *kvar_demo_exchange_new          (const char       *method,
                                                   const char       *target);
void              kvar_demo_exchange_free         (KvarDemoExchange *self);
const char       *kvar_demo_exchange_get_header   (KvarDemoExchange *self,
                                                   const char       *name);
void              kvar_demo_exchange_set_header   (KvarDemoExchange *self,
                                                   const char       *name,
                                                   const char       *value);
void              kvar_demo_exchange_set_body     (KvarDemoExchange *self,
                                                   const char       *text);
char             *kvar_demo_exchange_get_param    (KvarDemoExchange *self,
                                                   const char       *name);
void              kvar_demo_exchange_reply        (KvarDemoExchange *self,
                                                   guint             status,
                                                   const char       *content_type,
                                                   const char       *body,
                                                   gssize            length);
void              kvar_demo_exchange_reply_json   (KvarDemoExchange *self,
                                                   guint             status,
                                                   JsonObject       *object);
void              kvar_demo_exchange_add_header   (KvarDemoExchange *self,
                                                   const char       *name,
                                                   const char       *value);
const char       *kvar_demo_exchange_reply_header (KvarDemoExchange *self,
                                                   const char       *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KvarDemoExchange, kvar_demo_exchange_free)

G_END_DECLS
