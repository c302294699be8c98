/* kvar-json.h: safe readers over json-glib, for small control documents
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Private to core: app and cli never see json-glib. Rows never pass here, since json-glib
 * turns numerics into doubles; kvar-json-rows reads those.
 */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

JsonNode   *kvar_json_parse        (GBytes       *bytes,
                                    JsonNodeType  type,
                                    GError       **error);
JsonObject *kvar_json_parse_object (GBytes      *bytes,
                                    GError     **error);
const char *kvar_json_get_string   (JsonObject  *object,
                                    const char  *name,
                                    GError     **error);
gboolean    kvar_json_get_int      (JsonObject  *object,
                                    const char  *name,
                                    gint64      *value,
                                    GError     **error);
JsonObject *kvar_json_get_object   (JsonObject  *object,
                                    const char  *name,
                                    GError     **error);

G_END_DECLS
