/* kvar-directive.h: what a project's owner tells Kvar in a comment: @kvar({"title": "Jobs"})
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _KvarDirective KvarDirective;

KvarDirective *kvar_directive_parse         (const char    *comment);
void           kvar_directive_free          (KvarDirective *self);

const char    *kvar_directive_get_rest      (KvarDirective *self);
const char    *kvar_directive_get_localized (KvarDirective *self,
                                             const char    *name);
const char    *kvar_directive_get_string    (KvarDirective *self,
                                             const char    *name);
char         **kvar_directive_get_strings   (KvarDirective *self,
                                             const char    *name);
gboolean       kvar_directive_get_boolean   (KvarDirective *self,
                                             const char    *name,
                                             gboolean       fallback);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KvarDirective, kvar_directive_free)

G_END_DECLS
