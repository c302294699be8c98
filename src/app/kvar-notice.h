/* kvar-notice.h: which one sentence the bottom bar shows
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How long a server may be silent before anybody is told, in microseconds. */
#define KVAR_NOTICE_OFFLINE_AFTER (5 * G_USEC_PER_SEC)

/* In falling order of weight: the first one that holds is shown. */
typedef enum
{
  KVAR_NOTICE_BLOCKED,
  KVAR_NOTICE_SESSION_OVER,
  KVAR_NOTICE_KEYRING_LOCKED,
  KVAR_NOTICE_NO_KEYRING,
  KVAR_NOTICE_OFFLINE,
  KVAR_NOTICE_NONE,
} KvarNotice;

typedef struct
{
  gboolean blocked;
  gboolean session_over;      /* with a reason: it ended without being asked to */
  gboolean keyring_locked;
  gboolean no_keyring;        /* and nobody has said "I see" yet */
  gint64   offline_for;       /* µs without the server; -1: it is there */
} KvarNoticeFacts;

KvarNotice kvar_notice_choose (const KvarNoticeFacts *facts);

G_END_DECLS
