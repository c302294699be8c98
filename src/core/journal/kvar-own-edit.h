/* kvar-own-edit.h: what a person has changed in a record and saved from this computer
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* By column: the text before, and the text after. */
#define KVAR_OWN_EDIT_CHANGES_TYPE "a{s(msms)}"

#define KVAR_TYPE_OWN_EDIT (kvar_own_edit_get_type ())

typedef struct
{
  char     *id;            /* a uuid */
  char     *relation;
  char     *key;           /* as a route's key, after the change */
  char     *title;         /* what the record was called then */
  GVariant *changes;       /* KVAR_OWN_EDIT_CHANGES_TYPE */
  gboolean  is_new;        /* the record was made by it */
  char     *old_version;   /* (nullable) xmin */
  char     *new_version;   /* (nullable) xmin */
  gint64    made_at;       /* µs since 1970 */
} KvarOwnEdit;

GType        kvar_own_edit_get_type (void) G_GNUC_CONST;

KvarOwnEdit *kvar_own_edit_copy     (const KvarOwnEdit *self);
void         kvar_own_edit_free     (KvarOwnEdit       *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KvarOwnEdit, kvar_own_edit_free)

G_END_DECLS
