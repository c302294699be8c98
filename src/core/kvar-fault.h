/* kvar-fault.h: places at which a test may kill the process
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * KVAR_FAULT_POINT:
 * @name: what KVAR_FAULT in the environment calls it
 *
 * A process that comes here while KVAR_FAULT is @name dies as if by `kill -9`. Only in
 * builds of the type debug, which are for tests; elsewhere it is nothing.
 */
#if KVAR_FAULT_POINTS
#define KVAR_FAULT_POINT(name) kvar_fault_point (name)
#else
#define KVAR_FAULT_POINT(name) G_STMT_START { } G_STMT_END
#endif

void kvar_fault_point (const char *name);

G_END_DECLS
