/* kvar-records-page-copy.c: records on the clipboard, as a table for any other program
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-records-page"

#include "config.h"

#include <glib/gi18n.h>

#include "kvar-error-text.h"
#include "kvar-records-page-private.h"
#include "records/kvar-record-collect.h"
#include "widgets/kvar-count-text.h"

/* What is copied, both as tab-separated lines and as HTML. */
typedef struct
{
  GString *tsv;
  GString *html;
  gboolean first;    /* in its row */
} Table;

/* What is to be copied when it has been loaded. */
typedef struct
{
  KvarRecordsPage *page;
  GPtrArray       *columns;
  gboolean         with_titles;
} Copy;

static void
begin_row (Table *table)
{
  g_string_append (table->html, "<tr>");
  table->first = TRUE;
}

static void
end_row (Table *table)
{
  g_string_append_c (table->tsv, '\n');
  g_string_append (table->html, "</tr>");
}

/* As spreadsheets write and read it: in quotes where it would break the table. */
static void
append_tsv (GString    *tsv,
            const char *text)
{
  if (strpbrk (text, "\t\r\n\"") == NULL)
    {
      g_string_append (tsv, text);
      return;
    }

  g_string_append_c (tsv, '"');
  for (const char *p = text; *p != '\0'; p++)
    {
      if (*p == '"')
        g_string_append_c (tsv, '"');
      g_string_append_c (tsv, *p);
    }
  g_string_append_c (tsv, '"');
}

static void
append_cell (Table      *table,
             const char *tag,
             const char *text)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  if (!table->first)
    g_string_append_c (table->tsv, '\t');
  table->first = FALSE;
  append_tsv (table->tsv, text);
  g_string_append_printf (table->html, "<%s>%s</%s>", tag, escaped, tag);
}

static void
append_titles (Table     *table,
               GPtrArray *columns)
{
  begin_row (table);
  for (guint i = 0; i < columns->len; i++)
    append_cell (table, "th", kvar_grid_column_get_title (g_ptr_array_index (columns, i)));
  end_row (table);
}

static void
append_record (KvarRecordsPage *self,
               Table           *table,
               GPtrArray       *columns,
               KvarRecord      *record)
{
  begin_row (table);
  for (guint i = 0; i < columns->len; i++)
    {
      g_autofree char *text =
        kvar_record_source_dup_plain (self->source, g_ptr_array_index (columns, i), record);

      append_cell (table, "td", text);
    }
  end_row (table);
}

static void
append_row (KvarRecordsPage *self,
            Table           *table,
            GPtrArray       *columns,
            guint            row)
{
  g_autoptr(KvarRecord) record = g_list_model_get_item (G_LIST_MODEL (self->list), row);

  if (record != NULL)
    append_record (self, table, columns, record);
}

static void
append_selected (KvarRecordsPage *self,
                 Table           *table,
                 GPtrArray       *columns)
{
  GtkBitsetIter iter;
  guint row;

  for (gboolean more = gtk_bitset_iter_init_first (
         &iter, kvar_grid_selection_get_rows (kvar_grid_get_selection (self->grid)), &row);
       more;
       more = gtk_bitset_iter_next (&iter, &row))
    append_row (self, table, columns, row);
}

static GdkContentProvider *
make_content (Table *table)
{
  g_autoptr(GBytes) html = NULL;
  GdkContentProvider *both[2];

  /* One cell alone is no line. */
  if (g_str_has_suffix (table->tsv->str, "\n"))
    g_string_truncate (table->tsv, table->tsv->len - 1);
  g_string_prepend (table->html, "<meta charset=\"utf-8\"><table>");
  g_string_append (table->html, "</table>");

  html = g_bytes_new (table->html->str, table->html->len);
  both[0] = gdk_content_provider_new_for_bytes ("text/html", html);
  both[1] = gdk_content_provider_new_typed (G_TYPE_STRING, table->tsv->str);

  return gdk_content_provider_new_union (both, G_N_ELEMENTS (both));
}

static void
set_clipboard (KvarRecordsPage *self,
               Table           *table)
{
  g_autoptr(GdkContentProvider) content = make_content (table);

  gdk_clipboard_set_content (gtk_widget_get_clipboard (GTK_WIDGET (self)), content);
}

static void
say (KvarRecordsPage *self,
     const char      *text)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s", text);
}

static void
say_copied (KvarRecordsPage *self,
            guint            n)
{
  g_autofree char *number = kvar_count_text (n);
  g_autofree char *text = NULL;

  /* Translators: %s is a number. */
  text = g_strdup_printf (ngettext ("%s record copied", "%s records copied", n), number);
  say (self, text);
}

/* Copy all that match: load them → to the clipboard. */
static void
collected_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autofree Copy *copy = user_data;
  g_autoptr(KvarRecordsPage) self = copy->page;
  g_autoptr(GPtrArray) columns = copy->columns;
  g_autoptr(GPtrArray) records = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(GString) tsv = g_string_new (NULL);
  g_autoptr(GString) html = g_string_new (NULL);
  g_autofree char *text = NULL;
  Table table = { tsv, html, TRUE };

  records = kvar_record_collect_finish (KVAR_SESSION (object), result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->source == NULL)
    return;

  if (records == NULL)
    {
      text = kvar_error_text_for_table (error, self->table);
      say (self, text);
      return;
    }

  if (copy->with_titles)
    append_titles (&table, columns);
  for (guint i = 0; i < records->len; i++)
    append_record (self, &table, columns, g_ptr_array_index (records, i));
  set_clipboard (self, &table);

  say_copied (self, records->len);
}

static void
copy_all_matching (KvarRecordsPage *self,
                   gboolean         with_titles)
{
  KvarWorkspace *workspace = kvar_page_get_workspace (KVAR_PAGE (self));
  GCancellable *cancellable = kvar_page_get_cancellable (KVAR_PAGE (self));
  Copy *copy = g_new0 (Copy, 1);

  copy->page = g_object_ref (self);
  copy->columns = kvar_grid_list_shown_columns (self->grid);
  copy->with_titles = with_titles;
  say (self, _("Copying all records that match…"));
  kvar_record_collect_async (kvar_workspace_get_session (workspace), self->table, self->query,
                             (const char *const *)self->columns, cancellable,
                             collected_cb, copy);
}

/* The selected records with the columns that are shown; without a selection the cursor's cell. */
static void
copy_cb (KvarRecordsPage *self,
         gboolean         with_titles)
{
  g_autoptr(GString) tsv = g_string_new (NULL);
  g_autoptr(GString) html = g_string_new (NULL);
  g_autoptr(GPtrArray) columns = NULL;
  Table table = { tsv, html, TRUE };

  if (self->list == NULL || kvar_grid_get_cursor_row (self->grid) == KVAR_GRID_NO_ROW)
    return;
  if (kvar_records_page_get_all_matching (self))
    {
      copy_all_matching (self, with_titles);
      return;
    }

  columns = kvar_grid_list_shown_columns (self->grid);
  if (kvar_grid_selection_get_n_rows (kvar_grid_get_selection (self->grid)) > 0)
    {
      if (with_titles)
        append_titles (&table, columns);
      append_selected (self, &table, columns);
    }
  else
    {
      g_ptr_array_set_size (columns, 0);
      g_ptr_array_add (columns, g_object_ref (kvar_grid_get_cursor_column (self->grid)));
      if (with_titles)
        append_titles (&table, columns);
      append_row (self, &table, columns, kvar_grid_get_cursor_row (self->grid));
    }

  set_clipboard (self, &table);
}

void
kvar_records_page_install_copy (KvarRecordsPage *self)
{
  g_signal_connect_object (self->grid, "copy", G_CALLBACK (copy_cb), self, G_CONNECT_SWAPPED);
}

/**
 * kvar_records_page_copy_loaded:
 *
 * Copies the records that are here, with their titles, without asking the server for anything.
 */
void
kvar_records_page_copy_loaded (KvarRecordsPage *self)
{
  guint size = self->list != NULL ? g_list_model_get_n_items (G_LIST_MODEL (self->list)) : 0;
  g_autoptr(GString) tsv = g_string_new (NULL);
  g_autoptr(GString) html = g_string_new (NULL);
  g_autoptr(GPtrArray) columns = NULL;
  Table table = { tsv, html, TRUE };
  guint n = 0;
  guint start, end;

  if (size == 0 || self->source == NULL)
    return;

  columns = kvar_grid_list_shown_columns (self->grid);
  append_titles (&table, columns);
  for (guint row = 0; row < size; row = end)
    {
      gboolean loaded = kvar_record_list_get_stretch (self->list, row, &start, &end);

      if (end <= row)
        break;
      for (guint i = row; loaded && i < end; i++)
        append_row (self, &table, columns, i);
      n += loaded ? end - row : 0;
    }

  set_clipboard (self, &table);
  say_copied (self, n);
}
