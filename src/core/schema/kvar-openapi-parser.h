/* kvar-openapi-parser.h: PostgREST's OpenAPI root document read into a KvarSchema
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "schema/kvar-schema.h"

G_BEGIN_DECLS

KvarSchema *kvar_openapi_parse (GBytes  *json,
                                GError **error);

G_END_DECLS
