/* kvar-notice.c: decides which one sentence the bottom bar shows
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "kvar-notice.h"

/**
 * kvar_notice_choose:
 *
 * At most one message at a time: blocked or over, then the keyring, then the network. Only
 * when there is none does a page say that it has restored a draft. A short outage is nobody's
 * business.
 */
KvarNotice
kvar_notice_choose (const KvarNoticeFacts *facts)
{
  if (facts->blocked)
    return KVAR_NOTICE_BLOCKED;

  if (facts->session_over)
    return KVAR_NOTICE_SESSION_OVER;

  if (facts->keyring_locked)
    return KVAR_NOTICE_KEYRING_LOCKED;

  if (facts->no_keyring)
    return KVAR_NOTICE_NO_KEYRING;

  if (facts->offline_for >= KVAR_NOTICE_OFFLINE_AFTER)
    return KVAR_NOTICE_OFFLINE;

  return KVAR_NOTICE_NONE;
}
