/* kvar-test-server.h: a server on loopback that misbehaves as a test asks
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* What it does is in the path, under /rest/v1 or /auth/v1: hold, bulk and rpc wait until
 * they are released; drip gives a byte whenever it is told to; echo, html, redirect, gzip,
 * cookie, big and cut speak for themselves. */
typedef struct
{
  SoupServer *server;
  char       *url;

  GPtrArray  *paused;       /* of SoupServerMessage, the oldest first */
  guint       n_seen;       /* requests that were held, ever */
  guint       n_now;        /* held at this moment */
  guint       most;         /* held at once, at most */
  guint       n_bulk;       /* of them, those for bulk */
  guint       most_bulk;
  guint       n_cut;        /* answers cut off in the middle */

  SoupServerMessage *dripping;    /* (nullable) */
  guint       n_dripping;   /* requests that were answered so, ever */
} KvarTestServer;

KvarTestServer *kvar_test_server_new     (void);
void            kvar_test_server_free    (KvarTestServer *self);

void            kvar_test_server_release (KvarTestServer *self);
void            kvar_test_server_forget  (KvarTestServer *self);
void            kvar_test_server_drip    (KvarTestServer *self);

G_END_DECLS
