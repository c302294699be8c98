/* kvar-type.h: what a column holds, read from PostgreSQL's name of the type
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

typedef enum
{
  KVAR_KIND_TEXT,
  KVAR_KIND_BOOLEAN,
  KVAR_KIND_INTEGER,
  KVAR_KIND_DECIMAL,      /* numeric; money is KVAR_KIND_OTHER */
  KVAR_KIND_FLOAT,
  KVAR_KIND_DATE,
  KVAR_KIND_TIME,         /* with and without zone */
  KVAR_KIND_TIMESTAMP,
  KVAR_KIND_TIMESTAMPTZ,
  KVAR_KIND_INTERVAL,
  KVAR_KIND_UUID,
  KVAR_KIND_ENUM,
  KVAR_KIND_JSON,         /* json and jsonb */
  KVAR_KIND_ARRAY,
  KVAR_KIND_BYTES,
  KVAR_KIND_OTHER,
} KvarKind;

#define KVAR_TYPE_TYPE (kvar_type_get_type ())

typedef struct _KvarType KvarType;

GType              kvar_type_get_type       (void) G_GNUC_CONST;
KvarType          *kvar_type_new            (const char         *name,
                                             const char *const  *labels);
KvarType          *kvar_type_new_domain     (const char         *name,
                                             const char         *base_name,
                                             const char *const  *labels);
KvarType          *kvar_type_ref            (KvarType           *self);
void               kvar_type_unref          (KvarType           *self);

KvarKind           kvar_type_get_kind       (KvarType           *self);
const char        *kvar_type_get_name       (KvarType           *self);
const char        *kvar_type_get_base_name  (KvarType           *self);
KvarType          *kvar_type_get_element    (KvarType           *self);
const char *const *kvar_type_get_labels     (KvarType           *self);
int                kvar_type_get_precision  (KvarType           *self);
int                kvar_type_get_scale      (KvarType           *self);
int                kvar_type_get_max_length (KvarType           *self);
int                kvar_type_get_size       (KvarType           *self);
char               kvar_type_get_delimiter  (KvarType           *self);
gboolean           kvar_type_is_writable    (KvarType           *self);
gboolean           kvar_type_is_text_cast   (KvarType           *self);
gboolean           kvar_type_is_sortable    (KvarType           *self);
gboolean           kvar_type_has_equality   (KvarType           *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KvarType, kvar_type_unref)

G_END_DECLS
