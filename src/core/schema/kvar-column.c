/* kvar-column.c: one column of a table, as the signed-in user may see it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-schema"

#include "config.h"

#include "kvar-text-replace.h"
#include "schema/kvar-column.h"
#include "schema/kvar-title.h"

struct _KvarColumn
{
  GObject        parent_instance;

  char          *name;
  char          *title;
  char          *local_title;   /* (nullable): the person's own */
  char          *help;           /* (nullable) */
  KvarType      *type;
  char          *default_text;   /* (nullable): the default's expression */
  char          *bucket;         /* (nullable): where the files are that it names */
  KvarReference *reference;      /* (nullable): of this column alone */
  char          *label;          /* (nullable): what the row it points to is called by */
  KvarIdentity   identity;

  guint          nullable : 1;
  guint          generated : 1;
  guint          unique : 1;      /* no two rows have the same value in it */
  guint          can_select : 1;
  guint          can_insert : 1;
  guint          can_update : 1;
};

enum {
  PROP_NAME = 1,
  PROP_TITLE,
  PROP_HELP,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (KvarColumn, kvar_column, G_TYPE_OBJECT)

static void
kvar_column_finalize (GObject *object)
{
  KvarColumn *self = KVAR_COLUMN (object);

  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->title, g_free);
  g_clear_pointer (&self->local_title, g_free);
  g_clear_pointer (&self->help, g_free);
  g_clear_pointer (&self->type, kvar_type_unref);
  g_clear_pointer (&self->default_text, g_free);
  g_clear_pointer (&self->bucket, g_free);
  g_clear_pointer (&self->reference, kvar_reference_unref);
  g_clear_pointer (&self->label, g_free);

  G_OBJECT_CLASS (kvar_column_parent_class)->finalize (object);
}

static void
kvar_column_get_property (GObject    *object,
                           guint       prop_id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  KvarColumn *self = KVAR_COLUMN (object);

  switch (prop_id)
    {
    case PROP_NAME:
      g_value_set_string (value, self->name);
      break;
    case PROP_TITLE:
      g_value_set_string (value, kvar_column_get_title (self));
      break;
    case PROP_HELP:
      g_value_set_string (value, self->help);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
kvar_column_class_init (KvarColumnClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = kvar_column_finalize;
  object_class->get_property = kvar_column_get_property;

  properties[PROP_NAME] =
    g_param_spec_string ("name", NULL, NULL, NULL,
                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_TITLE] =
    g_param_spec_string ("title", NULL, NULL, NULL,
                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_HELP] =
    g_param_spec_string ("help", NULL, NULL, NULL,
                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
kvar_column_init (KvarColumn *self)
{
  self->nullable = TRUE;
  self->can_select = TRUE;
  self->can_insert = TRUE;
  self->can_update = TRUE;
}

/**
 * kvar_column_new:
 * @name: its name in the database
 * @type: what it holds
 *
 * Makes a nullable column that may be read and written, whose title is made of its name. Whoever
 * knows more says so with the setters, before the column is handed out.
 */
KvarColumn *
kvar_column_new (const char *name,
                 KvarType   *type)
{
  KvarColumn *self;

  g_return_val_if_fail (name != NULL, NULL);
  g_return_val_if_fail (type != NULL, NULL);

  self = g_object_new (KVAR_TYPE_COLUMN, NULL);
  self->name = g_strdup (name);
  self->title = kvar_title_from_name (name);
  self->type = kvar_type_ref (type);
  return self;
}

const char *
kvar_column_get_name (KvarColumn *self)
{
  g_return_val_if_fail (KVAR_IS_COLUMN (self), NULL);

  return self->name;
}

/**
 * kvar_column_get_title:
 *
 * Returns: what people call it, in their language where the owner said so
 */
const char *
kvar_column_get_title (KvarColumn *self)
{
  g_return_val_if_fail (KVAR_IS_COLUMN (self), NULL);

  return self->local_title != NULL ? self->local_title : self->title;
}

void
kvar_column_set_title (KvarColumn *self,
                       const char *title)
{
  g_return_if_fail (KVAR_IS_COLUMN (self));

  if (kvar_text_replace (&self->title, title))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TITLE]);
}

/**
 * kvar_column_set_local_title:
 * @title: (nullable): what the person calls it instead
 */
void
kvar_column_set_local_title (KvarColumn *self,
                             const char *title)
{
  g_return_if_fail (KVAR_IS_COLUMN (self));

  if (kvar_text_replace (&self->local_title, title))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TITLE]);
}

/**
 * kvar_column_get_help:
 *
 * Returns: (nullable): the owner's words about it
 */
const char *
kvar_column_get_help (KvarColumn *self)
{
  g_return_val_if_fail (KVAR_IS_COLUMN (self), NULL);

  return self->help;
}

void
kvar_column_set_help (KvarColumn *self,
                      const char *help)
{
  g_return_if_fail (KVAR_IS_COLUMN (self));

  if (kvar_text_replace (&self->help, help))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_HELP]);
}

/**
 * kvar_column_get_column_type:
 *
 * Returns: (transfer none): what it holds
 */
KvarType *
kvar_column_get_column_type (KvarColumn *self)
{
  g_return_val_if_fail (KVAR_IS_COLUMN (self), NULL);

  return self->type;
}

void
kvar_column_set_column_type (KvarColumn *self,
                             KvarType   *type)
{
  g_return_if_fail (KVAR_IS_COLUMN (self));

  g_return_if_fail (type != NULL);

  kvar_type_ref (type);
  kvar_type_unref (self->type);
  self->type = type;
}

KvarKind
kvar_column_get_kind (KvarColumn *self)
{
  g_return_val_if_fail (KVAR_IS_COLUMN (self), KVAR_KIND_OTHER);

  return kvar_type_get_kind (self->type);
}

gboolean
kvar_column_get_nullable (KvarColumn *self)
{
  g_return_val_if_fail (KVAR_IS_COLUMN (self), FALSE);

  return self->nullable;
}

void
kvar_column_set_nullable (KvarColumn *self,
                          gboolean    nullable)
{
  g_return_if_fail (KVAR_IS_COLUMN (self));

  self->nullable = !!nullable;
}

/**
 * kvar_column_get_has_default:
 *
 * Returns: whether the database fills it in when nothing is given
 */
gboolean
kvar_column_get_has_default (KvarColumn *self)
{
  g_return_val_if_fail (KVAR_IS_COLUMN (self), FALSE);

  return self->default_text != NULL || self->identity != KVAR_IDENTITY_NONE;
}

/**
 * kvar_column_get_default:
 *
 * Returns: (nullable): the default as an SQL expression, for people to read
 */
const char *
kvar_column_get_default (KvarColumn *self)
{
  g_return_val_if_fail (KVAR_IS_COLUMN (self), NULL);

  return self->default_text;
}

void
kvar_column_set_default (KvarColumn *self,
                         const char *expression)
{
  g_return_if_fail (KVAR_IS_COLUMN (self));

  if (g_strcmp0 (self->default_text, expression) == 0)
    return;

  kvar_text_replace (&self->default_text, expression);
}

KvarIdentity
kvar_column_get_identity (KvarColumn *self)
{
  g_return_val_if_fail (KVAR_IS_COLUMN (self), KVAR_IDENTITY_NONE);

  return self->identity;
}

void
kvar_column_set_identity (KvarColumn   *self,
                          KvarIdentity  identity)
{
  g_return_if_fail (KVAR_IS_COLUMN (self));

  self->identity = identity;
}

/**
 * kvar_column_get_is_generated:
 *
 * Returns: whether it is computed from other columns, so that no value may be given
 */
gboolean
kvar_column_get_is_generated (KvarColumn *self)
{
  g_return_val_if_fail (KVAR_IS_COLUMN (self), FALSE);

  return self->generated;
}

void
kvar_column_set_is_generated (KvarColumn *self,
                              gboolean    generated)
{
  g_return_if_fail (KVAR_IS_COLUMN (self));

  self->generated = !!generated;
}

/**
 * kvar_column_get_is_unique:
 *
 * Returns: whether no two rows may have the same value in this column alone
 */
gboolean
kvar_column_get_is_unique (KvarColumn *self)
{
  g_return_val_if_fail (KVAR_IS_COLUMN (self), FALSE);

  return self->unique;
}

void
kvar_column_set_is_unique (KvarColumn *self,
                           gboolean    unique)
{
  g_return_if_fail (KVAR_IS_COLUMN (self));

  self->unique = unique;
}

/**
 * kvar_column_get_can_select:
 *
 * Returns: whether it may be asked for at all; one unreadable column refuses a whole request
 */
gboolean
kvar_column_get_can_select (KvarColumn *self)
{
  g_return_val_if_fail (KVAR_IS_COLUMN (self), FALSE);

  return self->can_select;
}

/**
 * kvar_column_get_can_insert:
 *
 * Returns: whether a value may be given in a new row
 */
gboolean
kvar_column_get_can_insert (KvarColumn *self)
{
  g_return_val_if_fail (KVAR_IS_COLUMN (self), FALSE);

  return self->can_insert && !self->generated &&
         self->identity != KVAR_IDENTITY_ALWAYS;
}

/**
 * kvar_column_get_can_update:
 *
 * Returns: whether its value may be changed in a row
 */
gboolean
kvar_column_get_can_update (KvarColumn *self)
{
  g_return_val_if_fail (KVAR_IS_COLUMN (self), FALSE);

  return self->can_update && !self->generated &&
         self->identity != KVAR_IDENTITY_ALWAYS;
}

void
kvar_column_set_privileges (KvarColumn *self,
                            gboolean    can_select,
                            gboolean    can_insert,
                            gboolean    can_update)
{
  g_return_if_fail (KVAR_IS_COLUMN (self));

  self->can_select = !!can_select;
  self->can_insert = !!can_insert;
  self->can_update = !!can_update;
}

/**
 * kvar_column_get_bucket:
 *
 * Returns: (nullable): the storage bucket of the files that it names
 */
const char *
kvar_column_get_bucket (KvarColumn *self)
{
  g_return_val_if_fail (KVAR_IS_COLUMN (self), NULL);

  return self->bucket;
}

void
kvar_column_set_bucket (KvarColumn *self,
                        const char *bucket)
{
  g_return_if_fail (KVAR_IS_COLUMN (self));

  if (g_strcmp0 (self->bucket, bucket) == 0)
    return;

  kvar_text_replace (&self->bucket, bucket);
}

/**
 * kvar_column_get_reference:
 *
 * Returns: (transfer none) (nullable): the foreign key of this column alone; those of several
 *   columns are their table's
 */
KvarReference *
kvar_column_get_reference (KvarColumn *self)
{
  g_return_val_if_fail (KVAR_IS_COLUMN (self), NULL);

  return self->reference;
}

void
kvar_column_set_reference (KvarColumn    *self,
                           KvarReference *reference)
{
  g_return_if_fail (KVAR_IS_COLUMN (self));

  if (reference != NULL)
    kvar_reference_ref (reference);
  g_clear_pointer (&self->reference, kvar_reference_unref);
  self->reference = reference;
}

/**
 * kvar_column_get_reference_label:
 *
 * Returns: (nullable): the name of the foreign table's column that tells its rows apart for
 *   people; %NULL if that table is not known, or must not be read
 */
const char *
kvar_column_get_reference_label (KvarColumn *self)
{
  g_return_val_if_fail (KVAR_IS_COLUMN (self), NULL);

  return self->label;
}

void
kvar_column_set_reference_label (KvarColumn *self,
                                 const char *column)
{
  char *copy;

  g_return_if_fail (KVAR_IS_COLUMN (self));

  copy = g_strdup (column);
  g_free (self->label);
  self->label = copy;
}
