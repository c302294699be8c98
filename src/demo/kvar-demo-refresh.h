/* kvar-demo-refresh.h: what becomes of a presented refresh token, decided without a database
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  KVAR_DEMO_REFRESH_ROTATE,  /* it is the active token: exchange it for a new one */
  KVAR_DEMO_REFRESH_PARENT,  /* the last answer was lost: give the active token again */
  KVAR_DEMO_REFRESH_FORK,    /* older, but inside the interval: give a new child (opaque) */
  KVAR_DEMO_REFRESH_CURRENT, /* older, but inside the interval: give the active one (counter) */
  KVAR_DEMO_REFRESH_USED,    /* reuse: the whole family ends */
  KVAR_DEMO_REFRESH_AHEAD,   /* not issued by this database */
} KvarDemoRefreshVerdict;

typedef enum
{
  KVAR_DEMO_REFRESH_FORM_IMPOSSIBLE,
  KVAR_DEMO_REFRESH_FORM_OPAQUE,     /* v1: 12 signs, a row in the database */
  KVAR_DEMO_REFRESH_FORM_COUNTER,    /* v2: session, counter and signature */
} KvarDemoRefreshForm;

#define KVAR_DEMO_REFRESH_KEY_LENGTH 32

typedef struct
{
  char    session_id[37];
  guint64 counter;
  guint8  signature[16];
} KvarDemoRefreshCounter;

KvarDemoRefreshVerdict  kvar_demo_refresh_decide_opaque  (gboolean                      revoked,
                                                          gboolean                      parent,
                                                          gint64                        age,
                                                          gint64                        interval);
KvarDemoRefreshVerdict  kvar_demo_refresh_decide_counter (gint64                        behind,
                                                          gint64                        age,
                                                          gint64                        interval);
KvarDemoRefreshForm     kvar_demo_refresh_parse          (const char                   *token,
                                                          KvarDemoRefreshCounter       *counter);
gboolean                kvar_demo_refresh_verify         (const KvarDemoRefreshCounter *counter,
                                                          const guint8                 *key);
char                   *kvar_demo_refresh_make_counter   (const char                   *session_id,
                                                          guint64                       counter,
                                                          const guint8                 *key);
char                   *kvar_demo_refresh_make_opaque    (void);

G_END_DECLS
