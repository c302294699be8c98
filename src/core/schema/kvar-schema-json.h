/* kvar-schema-json.h: members of a JSON object read forgivingly: what is missing or odd is NULL
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Private to core: app and cli never see json-glib.
 */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

const char  *kvar_schema_json_string  (JsonObject *object,
                                       const char *name);
gboolean     kvar_schema_json_boolean (JsonObject *object,
                                       const char *name,
                                       gboolean    fallback);
gint64       kvar_schema_json_int     (JsonObject *object,
                                       const char *name,
                                       gint64      fallback);
char       **kvar_schema_json_strings (JsonObject *object,
                                       const char *name);
JsonObject  *kvar_schema_json_object  (JsonObject *object,
                                       const char *name);
guint        kvar_schema_json_length  (JsonObject *object,
                                       const char *name);
JsonObject  *kvar_schema_json_element (JsonObject *object,
                                       const char *name,
                                       guint       index);

G_END_DECLS
