/* kvar-fault.c: places at which a test may kill the process
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-core"

#include "config.h"

#include <signal.h>

#include "kvar-fault.h"

void
kvar_fault_point (const char *name)
{
  if (g_strcmp0 (g_getenv ("KVAR_FAULT"), name) == 0)
    raise (SIGKILL);
}
