/* kvar-reference.c: a foreign key, by which one table's rows point at another's
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-schema"

#include "config.h"

#include "schema/kvar-reference.h"

struct _KvarReference
{
  char  *constraint;
  char **columns;
  char  *foreign_table;
  char **foreign_columns;
};

G_DEFINE_BOXED_TYPE (KvarReference, kvar_reference, kvar_reference_ref, kvar_reference_unref)

static void
kvar_reference_clear (KvarReference *self)
{
  g_clear_pointer (&self->constraint, g_free);
  g_clear_pointer (&self->columns, g_strfreev);
  g_clear_pointer (&self->foreign_table, g_free);
  g_clear_pointer (&self->foreign_columns, g_strfreev);
}

/**
 * kvar_reference_new:
 * @constraint: (nullable): the constraint's name, which is the hint for embedding; OpenAPI does
 *   not tell it
 * @columns: the referring columns
 * @foreign_table: the table referred to, in the same schema
 * @foreign_columns: its columns, in the order of @columns
 */
KvarReference *
kvar_reference_new (const char        *constraint,
                    const char *const *columns,
                    const char        *foreign_table,
                    const char *const *foreign_columns)
{
  KvarReference *self;

  g_return_val_if_fail (columns != NULL && foreign_columns != NULL, NULL);
  g_return_val_if_fail (foreign_table != NULL, NULL);

  self = g_atomic_rc_box_new0 (KvarReference);
  self->constraint = g_strdup (constraint);
  self->columns = g_strdupv ((char **) columns);
  self->foreign_table = g_strdup (foreign_table);
  self->foreign_columns = g_strdupv ((char **) foreign_columns);
  return self;
}

KvarReference *
kvar_reference_ref (KvarReference *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_atomic_rc_box_acquire (self);
}

void
kvar_reference_unref (KvarReference *self)
{
  g_return_if_fail (self != NULL);

  g_atomic_rc_box_release_full (self, (GDestroyNotify) kvar_reference_clear);
}

/**
 * kvar_reference_get_constraint:
 *
 * Returns: (nullable): the name of the constraint, unknown where OpenAPI was the source
 */
const char *
kvar_reference_get_constraint (KvarReference *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->constraint;
}

const char *const *
kvar_reference_get_columns (KvarReference *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return (const char *const *) self->columns;
}

const char *
kvar_reference_get_foreign_table (KvarReference *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->foreign_table;
}

const char *const *
kvar_reference_get_foreign_columns (KvarReference *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return (const char *const *) self->foreign_columns;
}
