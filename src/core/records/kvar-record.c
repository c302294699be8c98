/* kvar-record.c: A row of a table as far as it has been loaded.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-record"

#include "config.h"

#include "records/kvar-record.h"
#include "routes/kvar-route.h"

struct _KvarRecord
{
  GObject     parent_instance;

  KvarTable  *table;
  guint       n_columns;   /* the table's, when the record was made */
  char      **texts;       /* by column: PostgreSQL's text, NULL for null, or not_loaded */
  char      **labels;      /* (nullable) by column: of the row that it points to */
  char       *xmin;        /* (nullable) */
  char       *tableoid;    /* (nullable) */
  char       *ctid;        /* (nullable) */
};

enum {
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KvarRecord, kvar_record, G_TYPE_OBJECT)

/* Stands where a column has not been asked for, which is neither null nor empty. */
static char not_loaded[] = "";

static void
clear_text (char **text)
{
  if (*text != not_loaded)
    g_free (*text);
  *text = NULL;
}

static gboolean
replace_text (char       **place,
              const char  *text)
{
  char *copy;

  if (*place != not_loaded && g_strcmp0 (*place, text) == 0)
    return FALSE;

  copy = g_strdup (text);
  clear_text (place);
  *place = copy;

  return TRUE;
}

static void
kvar_record_finalize (GObject *object)
{
  KvarRecord *self = KVAR_RECORD (object);

  for (guint i = 0; i < self->n_columns; i++)
    {
      clear_text (&self->texts[i]);
      if (self->labels != NULL)
        g_free (self->labels[i]);
    }
  g_clear_pointer (&self->texts, g_free);
  g_clear_pointer (&self->labels, g_free);
  g_clear_pointer (&self->xmin, g_free);
  g_clear_pointer (&self->tableoid, g_free);
  g_clear_pointer (&self->ctid, g_free);
  g_clear_object (&self->table);

  G_OBJECT_CLASS (kvar_record_parent_class)->finalize (object);
}

static void
kvar_record_class_init (KvarRecordClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = kvar_record_finalize;

  /* What is known of the row has changed. */
  signals[SIGNAL_CHANGED] =
    g_signal_new ("changed", KVAR_TYPE_RECORD, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);
}

static void
kvar_record_init (KvarRecord *self)
{
}

/**
 * kvar_record_new:
 *
 * Returns: a record of @table of which nothing has been loaded yet
 */
KvarRecord *
kvar_record_new (KvarTable *table)
{
  KvarRecord *self;

  g_return_val_if_fail (KVAR_IS_TABLE (table), NULL);

  self = g_object_new (KVAR_TYPE_RECORD, NULL);
  self->table = g_object_ref (table);
  self->n_columns = kvar_table_get_n_columns (table);
  self->texts = g_new (char *, self->n_columns);
  for (guint i = 0; i < self->n_columns; i++)
    self->texts[i] = not_loaded;

  return self;
}

/**
 * kvar_record_dup:
 *
 * Returns: (transfer full): the record as it is now, whatever is loaded later
 */
KvarRecord *
kvar_record_dup (KvarRecord *self)
{
  KvarRecord *copy;

  g_return_val_if_fail (KVAR_IS_RECORD (self), NULL);

  copy = kvar_record_new (self->table);
  kvar_record_update (copy, self);

  return copy;
}

KvarTable *
kvar_record_get_table (KvarRecord *self)
{
  g_return_val_if_fail (KVAR_IS_RECORD (self), NULL);

  return self->table;
}

/**
 * kvar_record_has_column:
 *
 * Returns: whether the column's value has been loaded
 */
gboolean
kvar_record_has_column (KvarRecord *self,
                        guint       index)
{
  g_return_val_if_fail (KVAR_IS_RECORD (self), FALSE);

  return index < self->n_columns && self->texts[index] != not_loaded;
}

/**
 * kvar_record_is_complete:
 *
 * Returns: whether every column that may be seen has been loaded
 */
gboolean
kvar_record_is_complete (KvarRecord *self)
{
  g_return_val_if_fail (KVAR_IS_RECORD (self), FALSE);

  for (guint i = 0; i < kvar_table_get_n_columns (self->table); i++)
    if (!kvar_record_has_column (self, i) &&
        kvar_column_get_can_select (kvar_table_get_column (self->table, i)))
      return FALSE;

  return TRUE;
}

/**
 * kvar_record_get_value:
 *
 * Returns: (transfer full) (nullable): the column's value; %NULL if it has not been loaded
 */
KvarValue *
kvar_record_get_value (KvarRecord *self,
                       KvarColumn *column)
{
  int index;

  g_return_val_if_fail (KVAR_IS_RECORD (self), NULL);
  g_return_val_if_fail (KVAR_IS_COLUMN (column), NULL);

  index = kvar_table_find_column_index (self->table, kvar_column_get_name (column));
  if (index < 0 || !kvar_record_has_column (self, index))
    return NULL;

  return kvar_value_new (kvar_column_get_column_type (column), self->texts[index]);
}

/**
 * kvar_record_get_text:
 *
 * Returns: (nullable): PostgreSQL's text; %NULL for null and for what has not been loaded
 */
const char *
kvar_record_get_text (KvarRecord *self,
                      guint       index)
{
  g_return_val_if_fail (KVAR_IS_RECORD (self), NULL);

  return kvar_record_has_column (self, index) ? self->texts[index] : NULL;
}

/**
 * kvar_record_get_label_of:
 *
 * Returns: (nullable): what the row that @column points to is called
 */
const char *
kvar_record_get_label_of (KvarRecord *self,
                          KvarColumn *column)
{
  int index;

  g_return_val_if_fail (KVAR_IS_RECORD (self), NULL);
  g_return_val_if_fail (KVAR_IS_COLUMN (column), NULL);

  index = kvar_table_find_column_index (self->table, kvar_column_get_name (column));
  if (index < 0 || (guint)index >= self->n_columns || self->labels == NULL)
    return NULL;

  return self->labels[index];
}

/**
 * kvar_record_get_xmin:
 *
 * Returns: (nullable): the row's version in the database
 */
const char *
kvar_record_get_xmin (KvarRecord *self)
{
  g_return_val_if_fail (KVAR_IS_RECORD (self), NULL);

  return self->xmin;
}

const char *
kvar_record_get_ctid (KvarRecord *self)
{
  g_return_val_if_fail (KVAR_IS_RECORD (self), NULL);

  return self->ctid;
}

const char *
kvar_record_get_tableoid (KvarRecord *self)
{
  g_return_val_if_fail (KVAR_IS_RECORD (self), NULL);

  return self->tableoid;
}

/**
 * kvar_record_dup_key:
 *
 * Returns: (transfer full) (nullable): the values of the table's key; %NULL if it has none or
 *   they are not all known
 */
char **
kvar_record_dup_key (KvarRecord *self)
{
  g_autoptr(GStrvBuilder) values = g_strv_builder_new ();
  const guint *key;
  guint n_key;

  g_return_val_if_fail (KVAR_IS_RECORD (self), NULL);

  key = kvar_table_get_key (self->table, &n_key);
  if (n_key == 0)
    return NULL;

  for (guint i = 0; i < n_key; i++)
    {
      const char *text = kvar_record_get_text (self, key[i]);

      if (text == NULL)
        return NULL;
      g_strv_builder_add (values, text);
    }

  return g_strv_builder_end (values);
}

/**
 * kvar_record_get_key_string:
 *
 * Returns: (transfer full) (nullable): the key as a route's segment
 */
char *
kvar_record_get_key_string (KvarRecord *self)
{
  g_auto(GStrv) values = kvar_record_dup_key (self);
  g_autofree char *key = NULL;

  if (values == NULL)
    return NULL;

  key = kvar_route_join_key ((const char *const *)values);

  return *key != '\0' ? g_steal_pointer (&key) : NULL;
}

/**
 * kvar_record_get_identity:
 *
 * Returns: (transfer full) (nullable): what tells this row from the others of its table: the
 *   key, else its place
 */
char *
kvar_record_get_identity (KvarRecord *self)
{
  char *key;

  g_return_val_if_fail (KVAR_IS_RECORD (self), NULL);

  key = kvar_record_get_key_string (self);
  if (key != NULL || self->ctid == NULL)
    return key;

  return g_strdup_printf ("%s %s", self->tableoid != NULL ? self->tableoid : "", self->ctid);
}

/**
 * kvar_record_get_title:
 *
 * Returns: (transfer full): what the record is called
 */
char *
kvar_record_get_title (KvarRecord *self)
{
  g_auto(GStrv) key = NULL;
  KvarColumn *label;

  g_return_val_if_fail (KVAR_IS_RECORD (self), NULL);

  label = kvar_table_get_label_column (self->table);
  if (label != NULL)
    {
      g_autoptr(KvarValue) value = kvar_record_get_value (self, label);
      const char *text = value != NULL ? kvar_value_get_text (value) : NULL;

      if (text != NULL && *text != '\0')
        return kvar_value_to_display (value);
    }

  key = kvar_record_dup_key (self);
  if (key != NULL)
    return g_strjoinv (", ", key);

  return g_strdup (kvar_table_get_title (self->table));
}

/**
 * kvar_record_forget_text:
 *
 * Makes a column one that has not been loaded: what was there is no longer true.
 */
void
kvar_record_forget_text (KvarRecord *self,
                         guint       index)
{
  g_return_if_fail (KVAR_IS_RECORD (self));
  g_return_if_fail (index < self->n_columns);

  clear_text (&self->texts[index]);
  self->texts[index] = not_loaded;
}

/**
 * kvar_record_set_text:
 * @text: (nullable): PostgreSQL's text; %NULL for null
 *
 * Sets what was loaded, while the record is being made; does not emit #KvarRecord::changed.
 */
void
kvar_record_set_text (KvarRecord *self,
                      guint       index,
                      const char *text)
{
  g_return_if_fail (KVAR_IS_RECORD (self));
  g_return_if_fail (index < self->n_columns);

  replace_text (&self->texts[index], text);
}

void
kvar_record_set_label (KvarRecord *self,
                       guint       index,
                       const char *label)
{
  g_return_if_fail (KVAR_IS_RECORD (self));
  g_return_if_fail (index < self->n_columns);

  if (self->labels == NULL)
    self->labels = g_new0 (char *, self->n_columns);
  replace_text (&self->labels[index], label);
}

void
kvar_record_set_xmin (KvarRecord *self,
                      const char *xmin)
{
  g_return_if_fail (KVAR_IS_RECORD (self));

  replace_text (&self->xmin, xmin);
}

void
kvar_record_set_place (KvarRecord *self,
                       const char *tableoid,
                       const char *ctid)
{
  g_return_if_fail (KVAR_IS_RECORD (self));

  replace_text (&self->tableoid, tableoid);
  replace_text (&self->ctid, ctid);
}

/* A label that came along replaces the old one; one that belongs to a value since changed would
 * name the wrong row. */
static gboolean
update_label (KvarRecord *self,
              KvarRecord *newer,
              guint       index,
              gboolean    text_changed)
{
  const char *label = newer->labels != NULL ? newer->labels[index] : NULL;

  if (label == NULL && !text_changed)
    return FALSE;
  if (self->labels == NULL && label == NULL)
    return FALSE;
  if (self->labels == NULL)
    self->labels = g_new0 (char *, self->n_columns);

  return replace_text (&self->labels[index], label);
}

/**
 * kvar_record_update:
 * @newer: the same row, loaded later
 *
 * Takes over everything that @newer knows.
 */
void
kvar_record_update (KvarRecord *self,
                    KvarRecord *newer)
{
  gboolean changed = FALSE;
  guint n_columns;

  g_return_if_fail (KVAR_IS_RECORD (self));
  g_return_if_fail (KVAR_IS_RECORD (newer));

  if (self == newer)
    return;

  n_columns = MIN (self->n_columns, newer->n_columns);
  for (guint i = 0; i < n_columns; i++)
    {
      gboolean text_changed;

      if (newer->texts[i] == not_loaded)
        continue;

      text_changed = replace_text (&self->texts[i], newer->texts[i]);
      if (update_label (self, newer, i, text_changed) || text_changed)
        changed = TRUE;
    }

  if (newer->xmin != NULL && replace_text (&self->xmin, newer->xmin))
    changed = TRUE;
  if (newer->ctid != NULL)
    kvar_record_set_place (self, newer->tableoid, newer->ctid);

  if (changed)
    g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}
