/* kvar-demo-json.h: JSON that keeps every digit: a small tree, and jsonb's canonical text
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  KVAR_DEMO_JSON_NULL,
  KVAR_DEMO_JSON_STRING,
  KVAR_DEMO_JSON_NUMBER,
  KVAR_DEMO_JSON_BOOLEAN,
  KVAR_DEMO_JSON_ARRAY,
  KVAR_DEMO_JSON_OBJECT,
} KvarDemoJsonKind;

typedef struct _KvarDemoJson KvarDemoJson;

struct _KvarDemoJson
{
  KvarDemoJsonKind  kind;
  char             *text;     /* a string's content, a number's digits, "true" or "false" */
  GPtrArray        *keys;     /* (nullable): of an object, in its order */
  GPtrArray        *children; /* (nullable): of an array or object */
  const char       *start;    /* its source inside the parsed text */
  gsize             length;
};

KvarDemoJson *kvar_demo_json_parse         (const char         *text,
                                            gssize              length,
                                            const char        **error_at);
void          kvar_demo_json_free          (KvarDemoJson       *self);
KvarDemoJson *kvar_demo_json_get_member    (const KvarDemoJson *self,
                                            const char         *key);
KvarDemoJson *kvar_demo_json_get_step      (const KvarDemoJson *self,
                                            const char         *step);
void          kvar_demo_json_append_jsonb  (GString            *out,
                                            const KvarDemoJson *self);
char         *kvar_demo_json_to_jsonb      (const KvarDemoJson *self);
int           kvar_demo_json_compare       (const KvarDemoJson *a,
                                            const KvarDemoJson *b);
gboolean      kvar_demo_json_contains      (const KvarDemoJson *self,
                                            const KvarDemoJson *part);
void          kvar_demo_json_append_string (GString            *out,
                                            const char         *text,
                                            gssize              length);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KvarDemoJson, kvar_demo_json_free)

G_END_DECLS
