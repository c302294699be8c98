/* kvar-record-source.c: records as the rows of a grid, and what is being typed into them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-record-source"

#include "config.h"

#include <glib/gi18n.h>

#include "kvar-record-source.h"
#include "storage/kvar-storage-place.h"

struct _KvarRecordSource
{
  GObject         parent_instance;

  KvarTable      *table;
  KvarRowEdits   *edits;
  GHashTable     *leaving;    /* (nullable) keys of those that will be deleted if nobody minds */
};

static KvarColumn *
find_column (KvarRecordSource *self,
             KvarGridColumn   *column)
{
  return kvar_table_find_column (self->table, kvar_grid_column_get_id (column));
}

static char *
kvar_record_source_dup_text (KvarGridSource *source,
                             KvarGridColumn *shown,
                             gpointer        item)
{
  KvarRecordSource *self = KVAR_RECORD_SOURCE (source);
  KvarColumn *column = find_column (self, shown);
  g_autofree char *text = kvar_row_edits_dup_text (self->edits, item, column, FALSE);

  /* Of a file its name says more than where it lies. */
  if (text != NULL && *text != '\0' && kvar_column_get_bucket (column) != NULL)
    return kvar_storage_place_dup_name (text);

  return g_steal_pointer (&text);
}

static gboolean
kvar_record_source_is_filled (KvarGridSource *source,
                              KvarGridColumn *shown,
                              gpointer        item)
{
  KvarRecordSource *self = KVAR_RECORD_SOURCE (source);
  KvarColumn *column = find_column (self, shown);
  KvarDraft *draft = kvar_row_edits_find_draft (self->edits, item);
  g_autoptr(KvarValue) value = NULL;

  if (draft != NULL && kvar_draft_is_column_changed (draft, column))
    value = kvar_draft_get_value (draft, column);
  else
    value = kvar_record_get_value (item, column);

  return value != NULL && !kvar_value_is_null (value) && *kvar_value_get_text (value) != '\0';
}

static char *
kvar_record_source_dup_title (KvarGridSource *source,
                              gpointer        item)
{
  KvarRecordSource *self = KVAR_RECORD_SOURCE (source);
  KvarDraft *draft = kvar_row_edits_find_draft (self->edits, item);
  const char *word = kvar_row_mark_get_word (kvar_row_edits_get_mark (self->edits, item));
  g_autofree char *title = NULL;

  if (draft != NULL && kvar_draft_is_new (draft))
    title = g_strdup (_("New Record"));
  else
    title = kvar_record_get_title (item);

  return word != NULL ? g_strconcat (title, ", ", word, NULL) : g_steal_pointer (&title);
}

static const char *
kvar_record_source_get_state (KvarGridSource  *source,
                              KvarGridColumn  *shown,
                              gpointer         item,
                              const char     **css_class)
{
  KvarRecordSource *self = KVAR_RECORD_SOURCE (source);
  KvarDraft *draft = kvar_row_edits_find_draft (self->edits, item);
  KvarColumn *column = NULL;

  if (draft == NULL)
    return NULL;

  column = find_column (self, shown);
  if (kvar_draft_get_problem (draft, column) != NULL)
    {
      *css_class = "problem";
      return kvar_draft_get_problem (draft, column);
    }
  if (kvar_draft_is_column_changed (draft, column))
    {
      *css_class = "changed";
      return kvar_draft_is_new (draft) ? NULL : _("Edited");
    }
  if (kvar_draft_is_new (draft))
    *css_class = "default";

  return NULL;
}

/* Also one whose deletion waits to be sent. */
static gboolean
kvar_record_source_is_struck (KvarGridSource *source,
                              gpointer        item)
{
  KvarRecordSource *self = KVAR_RECORD_SOURCE (source);
  KvarDraft *draft = kvar_row_edits_find_draft (self->edits, item);
  g_autofree char *key = NULL;

  if (draft != NULL && kvar_draft_get_deletes (draft))
    return TRUE;
  if (self->leaving == NULL)
    return FALSE;

  key = kvar_record_get_key_string (item);

  return key != NULL && g_hash_table_contains (self->leaving, key);
}

static const char *
kvar_record_source_get_mark (KvarGridSource  *source,
                             gpointer         item,
                             const char     **icon_name)
{
  KvarRecordSource *self = KVAR_RECORD_SOURCE (source);
  KvarRowMark mark = kvar_row_edits_get_mark (self->edits, item);

  if (kvar_record_source_is_struck (source, item))
    {
      *icon_name = "user-trash-symbolic";
      return _("To be deleted");
    }

  *icon_name = kvar_row_mark_get_icon (mark);

  return kvar_row_mark_get_word (mark);
}

static GtkWidget *
kvar_record_source_create_editor (KvarGridSource *source,
                                  KvarGridColumn *shown,
                                  gpointer        item)
{
  KvarRecordSource *self = KVAR_RECORD_SOURCE (source);

  if (kvar_record_source_is_struck (source, item))
    return NULL;

  return kvar_row_edits_begin_cell (self->edits, item, find_column (self, shown));
}

static void
kvar_record_source_edit_done (KvarGridSource *source,
                              KvarGridColumn *shown,
                              gpointer        item,
                              GtkWidget      *editor,
                              gboolean        committed)
{
  kvar_row_edits_end_cell (KVAR_RECORD_SOURCE (source)->edits, editor, committed);
}

static gboolean
kvar_record_source_can_edit (KvarGridSource *source,
                             KvarGridColumn *shown,
                             gpointer        item)
{
  KvarRecordSource *self = KVAR_RECORD_SOURCE (source);

  return !kvar_record_source_is_struck (source, item) &&
         kvar_row_edits_judge (self->edits, item, find_column (self, shown)) == KVAR_CELL_FREE;
}

static gboolean
kvar_record_source_open_choices (KvarGridSource *source,
                                 GtkWidget      *editor)
{
  return kvar_field_open_picker (KVAR_FIELD (editor));
}

static void
kvar_record_source_clear (KvarGridSource *source,
                          KvarGridColumn *shown,
                          gpointer        item)
{
  KvarRecordSource *self = KVAR_RECORD_SOURCE (source);

  if (!kvar_record_source_is_struck (source, item))
    kvar_row_edits_clear_cell (self->edits, item, find_column (self, shown));
}

static void
kvar_record_source_fill (KvarGridSource *source,
                         KvarGridColumn *shown,
                         gpointer        item,
                         gpointer        above)
{
  KvarRecordSource *self = KVAR_RECORD_SOURCE (source);

  if (!kvar_record_source_is_struck (source, item))
    kvar_row_edits_fill_cell (self->edits, item, find_column (self, shown), above);
}

static void
source_iface_init (KvarGridSourceInterface *iface)
{
  iface->dup_text = kvar_record_source_dup_text;
  iface->is_filled = kvar_record_source_is_filled;
  iface->dup_title = kvar_record_source_dup_title;
  iface->get_state = kvar_record_source_get_state;
  iface->get_mark = kvar_record_source_get_mark;
  iface->is_struck = kvar_record_source_is_struck;
  iface->create_editor = kvar_record_source_create_editor;
  iface->edit_done = kvar_record_source_edit_done;
  iface->can_edit = kvar_record_source_can_edit;
  iface->open_choices = kvar_record_source_open_choices;
  iface->clear = kvar_record_source_clear;
  iface->fill = kvar_record_source_fill;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (KvarRecordSource, kvar_record_source, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (KVAR_TYPE_GRID_SOURCE, source_iface_init))

static void
kvar_record_source_finalize (GObject *object)
{
  KvarRecordSource *self = KVAR_RECORD_SOURCE (object);

  g_clear_object (&self->table);
  g_clear_object (&self->edits);
  g_clear_pointer (&self->leaving, g_hash_table_unref);

  G_OBJECT_CLASS (kvar_record_source_parent_class)->finalize (object);
}

static void
kvar_record_source_class_init (KvarRecordSourceClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = kvar_record_source_finalize;
}

static void
kvar_record_source_init (KvarRecordSource *self)
{
}

KvarRecordSource *
kvar_record_source_new (KvarTable    *table,
                        KvarRowEdits *edits)
{
  KvarRecordSource *self;

  g_return_val_if_fail (KVAR_IS_TABLE (table), NULL);
  g_return_val_if_fail (KVAR_IS_ROW_EDITS (edits), NULL);

  self = g_object_new (KVAR_TYPE_RECORD_SOURCE, NULL);
  self->table = g_object_ref (table);
  self->edits = g_object_ref (edits);

  return self;
}

/**
 * kvar_record_source_dup_plain:
 *
 * The cell as other programs read it: numbers without what groups their digits.
 *
 * Returns: (transfer full)
 */
char *
kvar_record_source_dup_plain (KvarRecordSource *self,
                              KvarGridColumn   *column,
                              KvarRecord       *record)
{
  char *text = kvar_row_edits_dup_text (self->edits, record, find_column (self, column), TRUE);

  return text != NULL ? text : g_strdup ("");
}

/**
 * kvar_record_source_set_leaving:
 * @keys: (nullable) (element-type utf8): of the records that will be deleted, unless that is
 *   taken back; the owner shows its rows anew afterwards
 */
void
kvar_record_source_set_leaving (KvarRecordSource *self,
                                GHashTable       *keys)
{
  g_return_if_fail (KVAR_IS_RECORD_SOURCE (self));

  if (keys != NULL)
    g_hash_table_ref (keys);
  g_clear_pointer (&self->leaving, g_hash_table_unref);
  self->leaving = keys;
}
