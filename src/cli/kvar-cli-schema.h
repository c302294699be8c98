/* kvar-cli-schema.h: how verbs find the tables that they work on.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kvar-cli-context.h"
#include "schema/kvar-schema-loader.h"

G_BEGIN_DECLS

KvarTable  *kvar_cli_load_table  (KvarSession         *session,
                                  const char          *name,
                                  GError             **error);
KvarTable  *kvar_cli_load_rows   (KvarSession         *session,
                                  const char          *name,
                                  const char *const   *arguments,
                                  GError             **error);

G_END_DECLS
