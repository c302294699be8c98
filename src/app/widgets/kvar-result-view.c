/* kvar-result-view.c: what a function gave, as a table, a document or a value
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-result-view"

#include "config.h"

#include <glib/gi18n.h>

#include "kvar-record-columns.h"
#include "kvar-result-view.h"
#include "widgets/grid/kvar-grid.h"

struct _KvarResultView
{
  AdwBin              parent_instance;

  GtkStack           *stack;
  KvarGrid           *grid;
  GtkTextView        *text_view;
  GtkLabel           *value_label;

  KvarFunctionResult *result;    /* (nullable) */
};

enum {
  RECORD_ACTIVATED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void grid_source_iface_init (KvarGridSourceInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (KvarResultView, kvar_result_view, ADW_TYPE_BIN,
                               G_IMPLEMENT_INTERFACE (KVAR_TYPE_GRID_SOURCE,
                                                      grid_source_iface_init))

static char *
dup_text (KvarGridSource *source,
          KvarGridColumn *grid_column,
          gpointer        item)
{
  KvarRecord *record = item;
  KvarColumn *column = kvar_table_find_column (kvar_record_get_table (record),
                                               kvar_grid_column_get_id (grid_column));
  const char *label = column != NULL ? kvar_record_get_label_of (record, column) : NULL;
  g_autoptr(KvarValue) value = NULL;

  if (label != NULL)
    return g_strdup (label);
  if (column != NULL)
    value = kvar_record_get_value (record, column);

  return value != NULL && !kvar_value_is_null (value) ? kvar_value_to_display (value) : NULL;
}

/* The first cell says more of a row of a report than a key that it seldom has. */
static char *
dup_title (KvarGridSource *source,
           gpointer        item)
{
  KvarResultView *self = KVAR_RESULT_VIEW (source);
  char *title = NULL;

  if (kvar_grid_get_n_columns (self->grid) > 0)
    title = dup_text (source, kvar_grid_get_column (self->grid, 0), item);

  return title != NULL ? title : g_strdup ("");
}

static void
grid_source_iface_init (KvarGridSourceInterface *iface)
{
  iface->dup_text = dup_text;
  iface->dup_title = dup_title;
}

static void
row_activated_cb (KvarResultView *self,
                  guint           row)
{
  g_autoptr(KvarRecord) record = g_list_model_get_item (G_LIST_MODEL (self->result), row);

  if (record != NULL)
    g_signal_emit (self, signals[RECORD_ACTIVATED], 0, record);
}

/* A cell of a table on the clipboard must not begin a new row or column. */
static void
append_cell (GString    *string,
             const char *text)
{
  for (const char *p = text != NULL ? text : ""; *p != '\0'; p++)
    g_string_append_c (string, strchr ("\t\r\n", *p) != NULL ? ' ' : *p);
}

static void
append_row (KvarResultView *self,
            GString        *string,
            guint           row)
{
  g_autoptr(GPtrArray) columns = kvar_grid_list_shown_columns (self->grid);
  g_autoptr(KvarRecord) record = g_list_model_get_item (G_LIST_MODEL (self->result), row);

  for (guint i = 0; i < columns->len; i++)
    {
      g_autofree char *text = dup_text (KVAR_GRID_SOURCE (self), columns->pdata[i], record);

      if (i > 0)
        g_string_append_c (string, '\t');
      append_cell (string, text);
    }
  g_string_append_c (string, '\n');
}

static void
append_titles (KvarResultView *self,
               GString        *string)
{
  g_autoptr(GPtrArray) columns = kvar_grid_list_shown_columns (self->grid);

  for (guint i = 0; i < columns->len; i++)
    {
      if (i > 0)
        g_string_append_c (string, '\t');
      append_cell (string, kvar_grid_column_get_title (columns->pdata[i]));
    }
  g_string_append_c (string, '\n');
}

static void
copy_rows (KvarResultView  *self,
           GString         *string,
           const GtkBitset *rows)
{
  GtkBitsetIter iter;
  guint row;

  for (gboolean more = gtk_bitset_iter_init_first (&iter, rows, &row); more;
       more = gtk_bitset_iter_next (&iter, &row))
    append_row (self, string, row);
}

static void
copy_cb (KvarResultView *self,
         gboolean        with_titles)
{
  KvarGridSelection *selection = kvar_grid_get_selection (self->grid);
  KvarGridColumn *column = kvar_grid_get_cursor_column (self->grid);
  g_autoptr(GString) string = g_string_new (NULL);

  if (with_titles)
    append_titles (self, string);

  if (kvar_grid_selection_get_n_rows (selection) > 0)
    {
      copy_rows (self, string, kvar_grid_selection_get_rows (selection));
    }
  else if (with_titles && column != NULL)
    {
      append_row (self, string, kvar_grid_get_cursor_row (self->grid));
    }
  else if (column != NULL)
    {
      g_autofree char *text = dup_text (KVAR_GRID_SOURCE (self), column,
                                        kvar_grid_get_cursor_item (self->grid));

      g_string_append (string, text != NULL ? text : "");
    }

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), string->str);
}

static void
append_column (KvarResultView *self,
               KvarColumn     *column)
{
  KvarKind kind = kvar_column_get_kind (column);
  gboolean is_number = kvar_column_get_reference (column) == NULL &&
                       (kind == KVAR_KIND_INTEGER || kind == KVAR_KIND_DECIMAL ||
                        kind == KVAR_KIND_FLOAT);
  g_autoptr(KvarGridColumn) shown = kvar_grid_column_new (kvar_column_get_name (column),
                                                          kvar_column_get_title (column));

  kvar_grid_column_set_alignment (shown, is_number ? 1 : 0, kind != KVAR_KIND_TEXT);
  kvar_grid_column_set_width (shown, is_number || kind == KVAR_KIND_ENUM ? 140 : 200);
  kvar_grid_append_column (self->grid, shown);
}

/* Rows of a table of the project are shown as there; else everything that was given. */
static void
fill_columns (KvarResultView *self,
              KvarTable      *table)
{
  g_autoptr(KvarQuery) query = kvar_query_new ();
  g_auto(GStrv) names = NULL;
  guint n_key;

  kvar_grid_remove_columns (self->grid);
  kvar_table_get_key (table, &n_key);
  if (n_key > 0)
    names = kvar_record_columns_choose (table, query);

  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    append_column (self, kvar_table_find_column (table, names[i]));
  for (guint i = 0; names == NULL && i < kvar_table_get_n_columns (table); i++)
    append_column (self, kvar_table_get_column (table, i));
}

static void
show_rows (KvarResultView *self)
{
  KvarTable *table = kvar_function_result_get_table (self->result);
  g_autofree char *before = g_strdup (gtk_stack_get_visible_child_name (self->stack));

  if (g_list_model_get_n_items (G_LIST_MODEL (self->result)) == 0)
    {
      gtk_stack_set_visible_child_name (self->stack, "empty");
      return;
    }

  /* Widths stay as somebody has made them when the same report is run again. */
  if (g_strcmp0 (before, "rows") != 0 || kvar_grid_get_n_columns (self->grid) == 0 ||
      kvar_table_find_column (table, kvar_grid_column_get_id (
                                kvar_grid_get_column (self->grid, 0))) == NULL)
    fill_columns (self, table);
  kvar_grid_set_model (self->grid, G_LIST_MODEL (self->result));
  gtk_stack_set_visible_child_name (self->stack, "rows");
}

static void
show_value (KvarResultView *self)
{
  KvarValue *value = kvar_function_result_get_value (self->result);
  g_autofree char *text = NULL;

  /* All of a text: what a list shows is cut to a line. */
  if (kvar_type_get_kind (kvar_value_get_type_of (value)) == KVAR_KIND_TEXT)
    text = g_strdup (kvar_value_get_text (value));
  else if (!kvar_value_is_null (value))
    text = kvar_value_to_display (value);
  gtk_label_set_label (self->value_label, text != NULL ? text : _("No value"));
  if (text != NULL && strlen (text) < 40)
    gtk_widget_add_css_class (GTK_WIDGET (self->value_label), "title-1");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->value_label), "title-1");
  gtk_stack_set_visible_child_name (self->stack, "value");
}

static void
kvar_result_view_dispose (GObject *object)
{
  KvarResultView *self = KVAR_RESULT_VIEW (object);

  if (self->grid != NULL)
    {
      kvar_grid_set_model (self->grid, NULL);
      kvar_grid_set_source (self->grid, NULL);
      self->grid = NULL;
    }
  g_clear_object (&self->result);

  G_OBJECT_CLASS (kvar_result_view_parent_class)->dispose (object);
}

static void
kvar_result_view_class_init (KvarResultViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = kvar_result_view_dispose;

  /* A row was opened. */
  signals[RECORD_ACTIVATED] =
    g_signal_new ("record-activated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL, G_TYPE_NONE, 1, KVAR_TYPE_RECORD);

  g_type_ensure (KVAR_TYPE_GRID);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/kvarapp/Kvar/widgets/kvar-result-view.ui");
  gtk_widget_class_bind_template_child (widget_class, KvarResultView, stack);
  gtk_widget_class_bind_template_child (widget_class, KvarResultView, grid);
  gtk_widget_class_bind_template_child (widget_class, KvarResultView, text_view);
  gtk_widget_class_bind_template_child (widget_class, KvarResultView, value_label);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, copy_cb);
}

static void
kvar_result_view_init (KvarResultView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  kvar_grid_set_source (self->grid, KVAR_GRID_SOURCE (self));
}

/**
 * kvar_result_view_set_result:
 * @result: (nullable): shown from now on
 */
void
kvar_result_view_set_result (KvarResultView     *self,
                             KvarFunctionResult *result)
{
  g_return_if_fail (KVAR_IS_RESULT_VIEW (self));

  if (!g_set_object (&self->result, result))
    return;

  if (result == NULL)
    {
      gtk_stack_set_visible_child_name (self->stack, "none");
      return;
    }

  switch (kvar_function_result_get_kind (result))
    {
    case KVAR_RESULT_ROWS:
      show_rows (self);
      break;

    case KVAR_RESULT_VALUE:
      show_value (self);
      break;

    case KVAR_RESULT_DOCUMENT:
      gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->text_view),
                                kvar_function_result_get_text (result), -1);
      gtk_stack_set_visible_child_name (self->stack, "document");
      break;

    case KVAR_RESULT_NOTHING:
      gtk_stack_set_visible_child_name (self->stack, "nothing");
      break;
    }
}
