/* kvar-own-edit.c: what a person has changed in a record and saved from this computer
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-journal"

#include "config.h"

#include "journal/kvar-own-edit.h"

G_DEFINE_BOXED_TYPE (KvarOwnEdit, kvar_own_edit, kvar_own_edit_copy, kvar_own_edit_free)

KvarOwnEdit *
kvar_own_edit_copy (const KvarOwnEdit *self)
{
  KvarOwnEdit *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_memdup2 (self, sizeof *self);
  copy->id = g_strdup (self->id);
  copy->relation = g_strdup (self->relation);
  copy->key = g_strdup (self->key);
  copy->title = g_strdup (self->title);
  copy->changes = g_variant_ref (self->changes);
  copy->old_version = g_strdup (self->old_version);
  copy->new_version = g_strdup (self->new_version);

  return copy;
}

void
kvar_own_edit_free (KvarOwnEdit *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->id);
  g_free (self->relation);
  g_free (self->key);
  g_free (self->title);
  g_clear_pointer (&self->changes, g_variant_unref);
  g_free (self->old_version);
  g_free (self->new_version);
  g_free (self);
}
