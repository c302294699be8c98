/* kvar-outbox-verdict.c: What becomes of a save that the server did not take
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-outbox"

#include "config.h"

#include "kvar-error.h"
#include "records/kvar-outbox-verdict.h"

/* The database's word on a collision with somebody else, which is over in a moment. That it
 * is out of reach, out of memory or shutting down is KVAR_ERROR_OFFLINE already. */
static gboolean
is_passing (const char *code)
{
  return g_str_has_prefix (code, "40") || g_str_equal (code, "55P03");
}

/* The gateway's refusals, of a key or of the whole project, have no code of the database's. One
 * that has speaks of the one row, whatever the status is: a trigger that fails must not hold
 * up everything else. */
static gboolean
concerns_everything (const GError *error)
{
  const char *code = kvar_error_get_provider_code (error);
  int status = kvar_error_get_status (error);

  return code != NULL ? is_passing (code) : status == 401 || status == 402;
}

/**
 * kvar_outbox_judge:
 * @error: why something was not saved, or not known to be
 * @repeatable: whether sending it again can do no harm: a guarded update, a delete, or an
 *   insert whose key was made here
 *
 * Returns: whether the line stops here, or goes on without this one
 */
KvarOutboxVerdict
kvar_outbox_judge (const GError *error,
                   gboolean      repeatable)
{
  if (error->domain != KVAR_ERROR)
    return KVAR_OUTBOX_WAIT;    /* cancelled: the program ends, or the user has changed */

  switch ((KvarError)error->code)
    {
    case KVAR_ERROR_OFFLINE:
    case KVAR_ERROR_SIGNED_OUT:
    case KVAR_ERROR_BLOCKED:
      return KVAR_OUTBOX_WAIT;

    case KVAR_ERROR_UNKNOWN_OUTCOME:
      return repeatable ? KVAR_OUTBOX_WAIT : KVAR_OUTBOX_PARK;

    case KVAR_ERROR_REFUSED:
      return concerns_everything (error) ? KVAR_OUTBOX_WAIT : KVAR_OUTBOX_PARK;

    case KVAR_ERROR_DENIED:
    case KVAR_ERROR_INVALID:
    case KVAR_ERROR_CONFLICT:
    case KVAR_ERROR_GONE:
    case KVAR_ERROR_BAD_REPLY:
    default:
      return KVAR_OUTBOX_PARK;
    }
}
