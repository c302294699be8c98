/* kvar-draft-copy.h: A new record begun with another one's values.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "records/kvar-draft.h"

G_BEGIN_DECLS

typedef enum
{
  KVAR_COPY_DUPLICATE,   /* another record like it: nothing that is this one's alone */
  KVAR_COPY_AGAIN,       /* the same record once more, as it is gone */
} KvarCopy;

void     kvar_draft_copy_from    (KvarDraft         *self,
                                  KvarDraft         *from,
                                  KvarCopy           how);
gboolean kvar_draft_copy_column  (KvarDraft         *self,
                                  KvarDraft         *from,
                                  KvarColumn        *column);
char    *kvar_draft_copy_to_text (KvarDraft         *self);

G_END_DECLS
