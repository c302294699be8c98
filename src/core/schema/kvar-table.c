/* kvar-table.c: one table or view of the project, as the signed-in user may see it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-schema"

#include "config.h"

#include "kvar-text-replace.h"
#include "schema/kvar-table.h"
#include "schema/kvar-title.h"

struct _KvarTable
{
  GObject        parent_instance;

  char          *name;
  char          *title;
  char          *local_title;   /* (nullable): the person's own */
  char          *source;        /* (nullable): what all the rest was read from */
  char          *help;             /* (nullable) */
  GPtrArray     *columns;          /* of KvarColumn, in the table's order */
  GHashTable    *indices;          /* column name → index */
  GPtrArray     *references;       /* of KvarReference, those of several columns too */
  GArray        *key;              /* of guint: indices of columns */
  KvarColumn    *label_column;     /* (nullable) (unowned): one of columns, as the two below */
  KvarColumn    *version_column;
  KvarColumn    *body_column;
  KvarTableKind  kind;
  char          *call;             /* (nullable): a function's arguments as JSON */

  guint          calls_once : 1;
  guint          key_guessed : 1;
  guint          hidden : 1;
  guint          can_insert : 1;
  guint          can_update : 1;
  guint          can_delete : 1;
  guint          can_use_xmin : 1;
};

enum {
  PROP_NAME = 1,
  PROP_TITLE,
  PROP_HELP,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (KvarTable, kvar_table, G_TYPE_OBJECT)

static void
kvar_table_finalize (GObject *object)
{
  KvarTable *self = KVAR_TABLE (object);

  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->title, g_free);
  g_clear_pointer (&self->local_title, g_free);
  g_clear_pointer (&self->source, g_free);
  g_clear_pointer (&self->help, g_free);
  g_clear_pointer (&self->call, g_free);
  g_clear_pointer (&self->indices, g_hash_table_unref);
  g_clear_pointer (&self->columns, g_ptr_array_unref);
  g_clear_pointer (&self->references, g_ptr_array_unref);
  g_clear_pointer (&self->key, g_array_unref);

  G_OBJECT_CLASS (kvar_table_parent_class)->finalize (object);
}

static void
kvar_table_get_property (GObject    *object,
                          guint       prop_id,
                          GValue     *value,
                          GParamSpec *pspec)
{
  KvarTable *self = KVAR_TABLE (object);

  switch (prop_id)
    {
    case PROP_NAME:
      g_value_set_string (value, self->name);
      break;
    case PROP_TITLE:
      g_value_set_string (value, kvar_table_get_title (self));
      break;
    case PROP_HELP:
      g_value_set_string (value, self->help);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
kvar_table_class_init (KvarTableClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = kvar_table_finalize;
  object_class->get_property = kvar_table_get_property;

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
kvar_table_init (KvarTable *self)
{
  self->columns = g_ptr_array_new_with_free_func (g_object_unref);
  self->indices = g_hash_table_new (g_str_hash, g_str_equal);
  self->references = g_ptr_array_new_with_free_func ((GDestroyNotify) kvar_reference_unref);
  self->key = g_array_new (FALSE, FALSE, sizeof (guint));
}

/**
 * kvar_table_new:
 * @name: its name in the database
 *
 * Makes a table without columns that may be read only, whose title is made of its name. Whoever
 * knows more says so with the setters, before the table is handed out.
 */
KvarTable *
kvar_table_new (const char *name)
{
  KvarTable *self;

  g_return_val_if_fail (name != NULL, NULL);

  self = g_object_new (KVAR_TYPE_TABLE, NULL);
  self->name = g_strdup (name);
  self->title = kvar_title_from_name (name);
  return self;
}

const char *
kvar_table_get_name (KvarTable *self)
{
  g_return_val_if_fail (KVAR_IS_TABLE (self), NULL);

  return self->name;
}

/**
 * kvar_table_get_title:
 *
 * Returns: what people call it, in their language where the owner said so
 */
const char *
kvar_table_get_title (KvarTable *self)
{
  g_return_val_if_fail (KVAR_IS_TABLE (self), NULL);

  return self->local_title != NULL ? self->local_title : self->title;
}

void
kvar_table_set_title (KvarTable  *self,
                      const char *title)
{
  g_return_if_fail (KVAR_IS_TABLE (self));

  if (kvar_text_replace (&self->title, title))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TITLE]);
}

/**
 * kvar_table_set_local_title:
 * @title: (nullable): what the person calls it instead
 */
void
kvar_table_set_local_title (KvarTable  *self,
                            const char *title)
{
  g_return_if_fail (KVAR_IS_TABLE (self));

  if (kvar_text_replace (&self->local_title, title))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TITLE]);
}

/**
 * kvar_table_set_source:
 * @text: what the table was read from, all of it
 */
void
kvar_table_set_source (KvarTable  *self,
                       const char *text)
{
  g_return_if_fail (KVAR_IS_TABLE (self));

  kvar_text_replace (&self->source, text);
}

/**
 * kvar_table_is_same:
 *
 * Returns: whether both are known to be read from the very same text
 */
gboolean
kvar_table_is_same (KvarTable *self,
                    KvarTable *other)
{
  g_return_val_if_fail (KVAR_IS_TABLE (self), FALSE);
  g_return_val_if_fail (KVAR_IS_TABLE (other), FALSE);

  return self->source != NULL && g_strcmp0 (self->source, other->source) == 0;
}

/**
 * kvar_table_get_help:
 *
 * Returns: (nullable): the owner's words about it
 */
const char *
kvar_table_get_help (KvarTable *self)
{
  g_return_val_if_fail (KVAR_IS_TABLE (self), NULL);

  return self->help;
}

void
kvar_table_set_help (KvarTable  *self,
                     const char *help)
{
  g_return_if_fail (KVAR_IS_TABLE (self));

  if (kvar_text_replace (&self->help, help))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_HELP]);
}

KvarTableKind
kvar_table_get_kind (KvarTable *self)
{
  g_return_val_if_fail (KVAR_IS_TABLE (self), KVAR_TABLE_ORDINARY);

  return self->kind;
}

void
kvar_table_set_kind (KvarTable     *self,
                     KvarTableKind  kind)
{
  g_return_if_fail (KVAR_IS_TABLE (self));

  self->kind = kind;
}

/**
 * kvar_table_get_is_view:
 *
 * Returns: whether it has no system columns to page or guard by
 */
gboolean
kvar_table_get_is_view (KvarTable *self)
{
  g_return_val_if_fail (KVAR_IS_TABLE (self), FALSE);

  return self->kind == KVAR_TABLE_VIEW ||
         self->kind == KVAR_TABLE_MATERIALIZED_VIEW;
}

/**
 * kvar_table_get_is_partitioned:
 *
 * Returns: whether xmin must not be asked back from an insert
 */
gboolean
kvar_table_get_is_partitioned (KvarTable *self)
{
  g_return_val_if_fail (KVAR_IS_TABLE (self), FALSE);

  return self->kind == KVAR_TABLE_PARTITIONED;
}

/**
 * kvar_table_get_hidden:
 *
 * Returns: whether the owner wants it left out of lists of tables
 */
gboolean
kvar_table_get_hidden (KvarTable *self)
{
  g_return_val_if_fail (KVAR_IS_TABLE (self), FALSE);

  return self->hidden;
}

void
kvar_table_set_hidden (KvarTable *self,
                       gboolean   hidden)
{
  g_return_if_fail (KVAR_IS_TABLE (self));

  self->hidden = !!hidden;
}

guint
kvar_table_get_n_columns (KvarTable *self)
{
  g_return_val_if_fail (KVAR_IS_TABLE (self), 0);

  return self->columns->len;
}

/**
 * kvar_table_get_column:
 *
 * Returns: (transfer none): the column at @index in the table's order
 */
KvarColumn *
kvar_table_get_column (KvarTable *self,
                       guint      index)
{
  g_return_val_if_fail (KVAR_IS_TABLE (self), NULL);
  g_return_val_if_fail (index < self->columns->len, NULL);

  return g_ptr_array_index (self->columns, index);
}

/**
 * kvar_table_find_column:
 *
 * Returns: (transfer none) (nullable): the column called @name
 */
KvarColumn *
kvar_table_find_column (KvarTable  *self,
                        const char *name)
{
  int index = kvar_table_find_column_index (self, name);

  return index >= 0 ? g_ptr_array_index (self->columns, index) : NULL;
}

/**
 * kvar_table_find_column_index:
 *
 * Returns: where the column called @name is in the table's order, -1 if there is none
 */
int
kvar_table_find_column_index (KvarTable  *self,
                              const char *name)
{
  gpointer index;

  g_return_val_if_fail (KVAR_IS_TABLE (self), -1);

  if (name == NULL || !g_hash_table_lookup_extended (self->indices, name, NULL, &index))
    return -1;

  return GPOINTER_TO_INT (index);
}

/**
 * kvar_table_add_column:
 *
 * Adds a column after the others. A server may name two alike, of which only the first one could
 * be asked for: the other is left out.
 */
void
kvar_table_add_column (KvarTable  *self,
                       KvarColumn *column)
{
  const char *name;

  g_return_if_fail (KVAR_IS_TABLE (self));
  g_return_if_fail (KVAR_IS_COLUMN (column));

  name = kvar_column_get_name (column);
  if (g_hash_table_contains (self->indices, name))
    return;

  g_hash_table_insert (self->indices, (gpointer) name, GUINT_TO_POINTER (self->columns->len));
  g_ptr_array_add (self->columns, g_object_ref (column));
}

/**
 * kvar_table_get_key:
 * @n_columns: (out): how many columns the key has, 0: there is none
 *
 * Returns: (array length=n_columns): the key's columns, as indices, in the key's own order
 */
const guint *
kvar_table_get_key (KvarTable *self,
                    guint     *n_columns)
{
  g_return_val_if_fail (KVAR_IS_TABLE (self), NULL);
  g_return_val_if_fail (n_columns != NULL, NULL);

  *n_columns = self->key->len;
  return (const guint *) (gpointer) self->key->data;
}

/**
 * kvar_table_get_key_guessed:
 *
 * Returns: whether nobody said that the key is unique: it finds rows, but pages are not cut by it
 */
gboolean
kvar_table_get_key_guessed (KvarTable *self)
{
  g_return_val_if_fail (KVAR_IS_TABLE (self), FALSE);

  return self->key_guessed;
}

/**
 * kvar_table_set_key:
 * @columns: (nullable): the key's columns by name
 * @guessed: whether it is only a guess
 *
 * Says by what rows are told apart.
 *
 * Returns: %FALSE, with nothing changed, if the table lacks one of @columns
 */
gboolean
kvar_table_set_key (KvarTable         *self,
                    const char *const *columns,
                    gboolean           guessed)
{
  g_autoptr(GArray) key = g_array_new (FALSE, FALSE, sizeof (guint));

  g_return_val_if_fail (KVAR_IS_TABLE (self), FALSE);

  for (guint i = 0; columns != NULL && columns[i] != NULL; i++)
    {
      int found = kvar_table_find_column_index (self, columns[i]);
      guint index = (guint) found;

      if (found < 0)
        return FALSE;
      g_array_append_val (key, index);
    }

  g_array_unref (self->key);
  self->key = g_steal_pointer (&key);
  self->key_guessed = guessed && self->key->len > 0;
  return TRUE;
}

gboolean
kvar_table_is_key_column (KvarTable  *self,
                          KvarColumn *column)
{
  g_return_val_if_fail (KVAR_IS_TABLE (self), FALSE);

  for (guint i = 0; i < self->key->len; i++)
    {
      guint index = g_array_index (self->key, guint, i);

      if (g_ptr_array_index (self->columns, index) == column)
        return TRUE;
    }

  return FALSE;
}

guint
kvar_table_get_n_references (KvarTable *self)
{
  g_return_val_if_fail (KVAR_IS_TABLE (self), 0);

  return self->references->len;
}

/**
 * kvar_table_add_reference:
 * @reference: a foreign key; if it has one column, that column is given it as well
 *
 * Adds a foreign key. The first one of a column wins.
 */
void
kvar_table_add_reference (KvarTable     *self,
                          KvarReference *reference)
{
  const char *const *columns;
  KvarColumn *column;

  g_return_if_fail (KVAR_IS_TABLE (self));
  g_return_if_fail (reference != NULL);

  g_ptr_array_add (self->references, kvar_reference_ref (reference));

  columns = kvar_reference_get_columns (reference);
  column = columns[0] != NULL && columns[1] == NULL
             ? kvar_table_find_column (self, columns[0]) : NULL;
  if (column != NULL && kvar_column_get_reference (column) == NULL)
    kvar_column_set_reference (column, reference);
}

/**
 * kvar_table_get_label_column:
 *
 * Returns: (transfer none) (nullable): the column that tells its rows apart for people
 */
KvarColumn *
kvar_table_get_label_column (KvarTable *self)
{
  g_return_val_if_fail (KVAR_IS_TABLE (self), NULL);

  return self->label_column;
}

void
kvar_table_set_label_column (KvarTable  *self,
                             KvarColumn *column)
{
  g_return_if_fail (KVAR_IS_TABLE (self));

  self->label_column = column;
}

/**
 * kvar_table_get_version_column:
 *
 * Returns: (transfer none) (nullable): the column that, as the owner says, changes with every
 *   change of a row
 */
KvarColumn *
kvar_table_get_version_column (KvarTable *self)
{
  g_return_val_if_fail (KVAR_IS_TABLE (self), NULL);

  return self->version_column;
}

void
kvar_table_set_version_column (KvarTable  *self,
                               KvarColumn *column)
{
  g_return_if_fail (KVAR_IS_TABLE (self));

  self->version_column = column;
}

/**
 * kvar_table_get_body_column:
 *
 * Returns: (transfer none) (nullable): the long text to read, which makes the table a place to read
 */
KvarColumn *
kvar_table_get_body_column (KvarTable *self)
{
  g_return_val_if_fail (KVAR_IS_TABLE (self), NULL);

  return self->body_column;
}

void
kvar_table_set_body_column (KvarTable  *self,
                            KvarColumn *column)
{
  g_return_if_fail (KVAR_IS_TABLE (self));

  self->body_column = column;
}

/**
 * kvar_table_can_insert:
 *
 * Returns: whether the table's privileges let the caller; row-level security may still refuse
 */
gboolean
kvar_table_can_insert (KvarTable *self)
{
  g_return_val_if_fail (KVAR_IS_TABLE (self), FALSE);

  return self->can_insert;
}

/**
 * kvar_table_can_update:
 *
 * Returns: as kvar_table_can_insert() does, for some column at least
 */
gboolean
kvar_table_can_update (KvarTable *self)
{
  g_return_val_if_fail (KVAR_IS_TABLE (self), FALSE);

  return self->can_update;
}

gboolean
kvar_table_can_delete (KvarTable *self)
{
  g_return_val_if_fail (KVAR_IS_TABLE (self), FALSE);

  return self->can_delete;
}

void
kvar_table_set_privileges (KvarTable *self,
                           gboolean   can_insert,
                           gboolean   can_update,
                           gboolean   can_delete)
{
  g_return_if_fail (KVAR_IS_TABLE (self));

  self->can_insert = !!can_insert;
  self->can_update = !!can_update;
  self->can_delete = !!can_delete;
}

/**
 * kvar_table_can_use_xmin:
 *
 * Returns: whether xmin may be asked for and filtered by, as the guard of a save
 */
gboolean
kvar_table_can_use_xmin (KvarTable *self)
{
  g_return_val_if_fail (KVAR_IS_TABLE (self), FALSE);

  return self->can_use_xmin;
}

void
kvar_table_set_can_use_xmin (KvarTable *self,
                             gboolean   can_use)
{
  g_return_if_fail (KVAR_IS_TABLE (self));

  self->can_use_xmin = !!can_use;
}

/**
 * kvar_table_set_call:
 * @arguments: a JSON object
 * @once: whether calling may have an effect, so that it must not be repeated
 *
 * Makes a table whose rows come from calling the function that it is named after.
 */
void
kvar_table_set_call (KvarTable  *self,
                     const char *arguments,
                     gboolean    once)
{
  g_return_if_fail (KVAR_IS_TABLE (self));
  g_return_if_fail (arguments != NULL);

  g_free (self->call);
  self->call = g_strdup (arguments);
  self->calls_once = once;
}

/**
 * kvar_table_get_call:
 *
 * Returns: (nullable): the arguments to call with; %NULL for a table or view
 */
const char *
kvar_table_get_call (KvarTable *self)
{
  g_return_val_if_fail (KVAR_IS_TABLE (self), NULL);

  return self->call;
}

gboolean
kvar_table_get_calls_once (KvarTable *self)
{
  g_return_val_if_fail (KVAR_IS_TABLE (self), FALSE);

  return self->calls_once;
}
