/* kvar-schema-writer.h: tables that were typed, written in the format of kvar_schema()
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "schema/kvar-schema.h"

G_BEGIN_DECLS

char *kvar_schema_write (GPtrArray *tables);

G_END_DECLS
