/* kvar-export-dialog.c: which records, which columns, and where to
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-export-dialog"

#include "config.h"

#include <glib/gi18n.h>

#include "export/kvar-export-name.h"
#include "kvar-export-dialog.h"
#include "kvar-export-news.h"
#include "kvar-paths.h"
#include "records/kvar-filter-text.h"
#include "records/kvar-locale.h"
#include "records/kvar-record-list.h"
#include "widgets/kvar-count-text.h"
#include "widgets/kvar-export-columns.h"
#include "widgets/kvar-format-text.h"
#include "widgets/kvar-inner-name.h"
#include "widgets/kvar-preset-row.h"

struct _KvarExportDialog
{
  AdwWindow             parent_instance;

  KvarWorkspace        *workspace;
  KvarTable            *table;
  KvarQuery            *query;
  char                **columns;       /* of the view */
  char                **keys;          /* (nullable) of the selected records */
  KvarRecordList       *whole;         /* (nullable) asked only how many it would be */
  GSettings            *settings;
  GFile                *file;
  gboolean              named;         /* the person has chosen where */
  GtkFileChooserNative *chooser;       /* (nullable) while it is up */
  gboolean              own_columns;   /* neither all nor those of the view */
  gboolean              altered;       /* since the preset was chosen */
  gboolean              filling_in;    /* not the person: what is chosen comes from a preset */

  AdwWindowTitle       *title;
  AdwActionRow         *selection_row;
  AdwActionRow         *view_row;
  AdwActionRow         *whole_row;
  GtkCheckButton       *selection_button;
  GtkCheckButton       *view_button;
  GtkCheckButton       *whole_button;
  GtkWidget            *columns_group;
  KvarPresetRow        *preset_row;
  KvarExportColumns    *columns_row;
  AdwActionRow         *header_row;
  GtkDropDown          *header_choice;
  GtkWidget            *file_group;
  AdwActionRow         *format_row;
  GtkDropDown          *format_choice;
  AdwActionRow         *file_row;
  GtkWidget            *export_button;
};

/* Where the last export of this run went. */
static GFile *last_folder;

G_DEFINE_FINAL_TYPE (KvarExportDialog, kvar_export_dialog, ADW_TYPE_WINDOW)

static char *
describe_rows (gint64 total)
{
  g_autofree char *number = kvar_count_text (total);

  /* Translators: %s is a number. */
  return g_strdup_printf (ngettext ("%s row", "%s rows", total), number);
}

static char *
describe_view (KvarExportDialog *self,
               gint64            total)
{
  g_autoptr(GString) text = g_string_new (NULL);
  const char *search = kvar_query_get_search (self->query);

  if (total >= 0)
    {
      g_autofree char *rows = describe_rows (total);

      g_string_append (text, rows);
    }

  if (search != NULL)
    g_string_append_printf (text, "%s“%s”", text->len > 0 ? " · " : "", search);
  for (guint i = 0; i < kvar_query_get_n_filters (self->query); i++)
    {
      g_autofree char *filter = kvar_filter_text (kvar_query_get_filter (self->query, i),
                                                  self->table);

      g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", filter);
    }

  return g_markup_escape_text (text->str, -1);
}

static gboolean
is_whole (KvarExportDialog *self)
{
  return gtk_check_button_get_active (self->whole_button);
}

static gboolean
is_selection (KvarExportDialog *self)
{
  return gtk_check_button_get_active (self->selection_button);
}

static gboolean
is_titled (KvarExportDialog *self)
{
  return gtk_drop_down_get_selected (self->header_choice) == 1;
}

static void
update_columns (KvarExportDialog *self)
{
  gtk_widget_set_sensitive (self->export_button,
                            kvar_export_columns_get_n_chosen (self->columns_row) > 0);
}

/* A view is exported as it is seen; the whole table with all there is. */
static void
choose_columns (KvarExportDialog *self)
{
  kvar_export_columns_choose (self->columns_row,
                              is_whole (self) ? NULL : (const char *const *)self->columns);
  self->own_columns = FALSE;
  update_columns (self);
}

static void
scope_toggled_cb (KvarExportDialog *self)
{
  if (self->table != NULL && !self->own_columns)
    choose_columns (self);
}

static void
columns_changed_cb (KvarExportDialog *self)
{
  self->own_columns = TRUE;
  self->altered = TRUE;
  update_columns (self);
}

static void
header_chosen_cb (KvarExportDialog *self)
{
  self->altered |= !self->filling_in;
}

/* In the order of the list. */
static const KvarFileFormat formats[] = {
  KVAR_FILE_EXCEL_CSV, KVAR_FILE_XLSX, KVAR_FILE_CSV, KVAR_FILE_JSON, KVAR_FILE_NDJSON,
};

static KvarFileFormat
get_format (KvarExportDialog *self)
{
  guint selected = gtk_drop_down_get_selected (self->format_choice);

  return formats[MIN (selected, G_N_ELEMENTS (formats) - 1)];
}

static void
show_format (KvarExportDialog *self,
             KvarFileFormat    format)
{
  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    if (formats[i] == format)
      gtk_drop_down_set_selected (self->format_choice, i);
}

/* The last one; at first the one that Excel reads here. */
static void
choose_format (KvarExportDialog *self)
{
  g_autofree char *name = g_settings_get_string (self->settings, "export-format");
  const char *decimal = kvar_locale_get_decimal (kvar_locale_get_default ());
  KvarFileFormat format = g_str_equal (decimal, ",") ? KVAR_FILE_EXCEL_CSV : KVAR_FILE_CSV;

  kvar_file_format_find (name, &format);
  show_format (self, format);
}

static void
list_formats (KvarExportDialog *self)
{
  g_autoptr(GtkStringList) titles = gtk_string_list_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    gtk_string_list_append (titles, kvar_format_text_get_title (formats[i]));
  gtk_drop_down_set_model (self->format_choice, G_LIST_MODEL (titles));
  kvar_inner_name_set (GTK_WIDGET (self->format_choice), GTK_TYPE_TOGGLE_BUTTON, _("Format"));
  kvar_inner_name_set (GTK_WIDGET (self->header_choice), GTK_TYPE_TOGGLE_BUTTON,
                       _("Column headers"));
}

/* As it is set up in the dialog now. */
static KvarExportPreset *
make_preset (KvarExportDialog *self)
{
  g_auto(GStrv) columns = kvar_export_columns_dup_chosen (self->columns_row);

  return kvar_export_preset_new (get_format (self), (const char *const *)columns,
                                 is_titled (self));
}

/* Without a preset the columns are those that are shown, or all. */
static void
preset_chosen_cb (KvarExportDialog *self)
{
  KvarExportPreset *preset = kvar_preset_row_get_chosen (self->preset_row);

  self->filling_in = TRUE;
  if (preset == NULL || preset->columns == NULL)
    {
      choose_columns (self);
    }
  else
    {
      kvar_export_columns_choose (self->columns_row, (const char *const *)preset->columns);
      self->own_columns = TRUE;
      update_columns (self);
    }
  if (preset != NULL)
    {
      show_format (self, preset->format);
      gtk_drop_down_set_selected (self->header_choice, preset->titled);
    }
  self->filling_in = FALSE;
  self->altered = FALSE;
}

static void
save_preset_cb (KvarExportDialog *self,
                const char       *name)
{
  g_autoptr(KvarExportPreset) preset = make_preset (self);

  kvar_preset_row_keep (self->preset_row, name, preset);
  self->own_columns = TRUE;
  self->altered = FALSE;
}

/* Ctrl+E, Enter does it again. */
static void
remember (KvarExportDialog *self)
{
  const char *name = kvar_preset_row_get_name (self->preset_row);
  g_autoptr(KvarExportPreset) last = make_preset (self);

  last->whole = is_whole (self);
  if (!self->own_columns)
    g_clear_pointer (&last->columns, g_strfreev);
  else if (!self->altered && name != NULL && *name != '\0')
    last->name = g_strdup (name);
  kvar_preset_row_keep (self->preset_row, KVAR_EXPORT_LAST, last);
  g_settings_set_string (self->settings, "export-format",
                         kvar_file_format_get_name (get_format (self)));
}

static GFile *
choose_folder (void)
{
  const char *folder = g_get_user_special_dir (G_USER_DIRECTORY_DOWNLOAD);

  if (last_folder != NULL)
    return g_object_ref (last_folder);
  if (folder == NULL)
    folder = g_get_user_special_dir (G_USER_DIRECTORY_DOCUMENTS);
  if (folder == NULL)
    folder = g_get_home_dir ();

  return g_file_new_for_path (folder);
}

/* "jobs 2026-11-20.csv", or with a number while such a file is there: what was exported
 * before is not replaced without a word. */
static GFile *
suggest_file (KvarExportDialog *self)
{
  KvarClock *clock = kvar_session_get_clock (kvar_workspace_get_session (self->workspace));
  g_autofree char *name = kvar_export_name_suggest (self->table, get_format (self),
                                                    kvar_clock_get_wall (clock));
  g_autoptr(GFile) folder = choose_folder ();
  g_autoptr(GFile) file = g_file_get_child (folder, name);
  char *dot = strrchr (name, '.');

  for (guint n = 2; n < 1000 && g_file_query_exists (file, NULL); n++)
    {
      g_autofree char *numbered =
        g_strdup_printf ("%.*s (%u)%s", (int)(dot != NULL ? (gsize)(dot - name) : strlen (name)),
                         name, n, dot != NULL ? dot : "");

      g_clear_object (&file);
      file = g_file_get_child (folder, numbered);
    }

  return g_steal_pointer (&file);
}

static void
show_file (KvarExportDialog *self)
{
  g_autofree char *name = g_file_get_basename (self->file);
  g_autoptr(GFile) folder = g_file_get_parent (self->file);
  g_autofree char *place = folder != NULL ? g_file_get_parse_name (folder) : NULL;
  g_autofree char *escaped = g_markup_escape_text (place != NULL ? place : "", -1);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self->file_row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->file_row), name);
  adw_action_row_set_subtitle (self->file_row, escaped);
}

/* The chosen name stays, but for how it ends. */
static void
rename_file (KvarExportDialog *self)
{
  const char *extension = kvar_file_format_get_extension (get_format (self));
  g_autofree char *name = g_file_get_basename (self->file);
  g_autofree char *renamed = NULL;
  g_autoptr(GFile) folder = g_file_get_parent (self->file);
  KvarFileFormat guessed;

  if (!kvar_file_format_guess (name, &guessed) ||
      g_str_equal (kvar_file_format_get_extension (guessed), extension))
    return;

  *strrchr (name, '.') = '\0';
  renamed = g_strdup_printf ("%s.%s", name, extension);
  g_clear_object (&self->file);
  self->file = g_file_get_child (folder, renamed);
}

static void
format_chosen_cb (KvarExportDialog *self)
{
  KvarFileFormat format = get_format (self);

  self->altered |= !self->filling_in;
  adw_action_row_set_subtitle (self->format_row, kvar_format_text_get_description (format));
  gtk_widget_set_visible (GTK_WIDGET (self->header_row), kvar_file_format_has_header (format));
  if (self->file == NULL)
    return;

  if (self->named)
    {
      rename_file (self);
    }
  else
    {
      g_clear_object (&self->file);
      self->file = suggest_file (self);
    }
  show_file (self);
}

static void
chosen_cb (KvarExportDialog *self,
           int               response,
           GtkNativeDialog  *dialog)
{
  if (response == GTK_RESPONSE_ACCEPT)
    {
      g_clear_object (&self->file);
      self->file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
      self->named = TRUE;
      show_file (self);
    }
  g_clear_object (&self->chooser);
}

static void
choose_clicked_cb (KvarExportDialog *self)
{
  g_autofree char *name = g_file_get_basename (self->file);
  g_autoptr(GFile) folder = g_file_get_parent (self->file);

  if (self->chooser != NULL)
    return;

  self->chooser = gtk_file_chooser_native_new (_("Save Export As"), GTK_WINDOW (self),
                                               GTK_FILE_CHOOSER_ACTION_SAVE, _("_Save"), NULL);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  gtk_file_chooser_set_current_folder (GTK_FILE_CHOOSER (self->chooser), folder, NULL);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (self->chooser), name);
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (chosen_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

/* What is selected comes in the order of the view; that it fits its conditions was seen. */
static KvarQuery *
dup_query (KvarExportDialog *self)
{
  if (is_whole (self))
    return kvar_query_new ();
  if (is_selection (self))
    return kvar_query_without_filters (self->query);

  return kvar_query_ref (self->query);
}

static void
export_clicked_cb (KvarExportDialog *self)
{
  g_auto(GStrv) columns = kvar_export_columns_dup_chosen (self->columns_row);
  g_autoptr(KvarQuery) query = dup_query (self);
  g_autoptr(KvarExportJob) job = NULL;

  /* A folder that is reached through a network is asked for again: looking for a free name there
   * would hold up the window. */
  g_clear_object (&last_folder);
  if (g_file_is_native (self->file))
    last_folder = g_file_get_parent (self->file);
  remember (self);

  job = kvar_export_job_new (kvar_workspace_get_session (self->workspace), self->table, query,
                             (const char *const *)columns, get_format (self), self->file);
  kvar_export_job_set_titled (job, is_titled (self));
  if (is_selection (self))
    kvar_export_job_set_keys (job, (const char *const *)self->keys);
  kvar_export_news_start (GTK_WIDGET (gtk_window_get_transient_for (GTK_WINDOW (self))),
                          self->workspace, job);
  gtk_window_close (GTK_WINDOW (self));
}

static void
whole_counted_cb (KvarExportDialog *self)
{
  gint64 total = kvar_record_list_get_total (self->whole);
  g_autofree char *rows = NULL;

  if (total < 0)
    return;

  rows = describe_rows (total);
  adw_action_row_set_subtitle (self->whole_row, rows);
}

/* The list counts when its first page is asked for. */
static void
count_whole (KvarExportDialog *self,
             gint64            view_total)
{
  g_autoptr(KvarQuery) everything = kvar_query_new ();

  if (kvar_query_get_n_filters (self->query) == 0 && kvar_query_get_search (self->query) == NULL)
    {
      g_autofree char *rows = view_total >= 0 ? describe_rows (view_total) : NULL;

      adw_action_row_set_subtitle (self->whole_row, rows);
      return;
    }

  self->whole = kvar_record_list_new (kvar_workspace_get_session (self->workspace), self->table,
                                      everything, NULL);
  g_signal_connect_object (self->whole, "notify::total", G_CALLBACK (whole_counted_cb), self,
                           G_CONNECT_SWAPPED);
  kvar_record_list_load_more (self->whole);
}

static void
kvar_export_dialog_dispose (GObject *object)
{
  KvarExportDialog *self = KVAR_EXPORT_DIALOG (object);

  if (self->whole != NULL)
    kvar_record_list_cancel (self->whole);
  if (self->chooser != NULL)
    gtk_native_dialog_destroy (GTK_NATIVE_DIALOG (self->chooser));
  g_clear_object (&self->chooser);
  g_clear_object (&self->whole);
  g_clear_object (&self->settings);
  g_clear_object (&self->file);
  g_clear_object (&self->table);
  g_clear_object (&self->workspace);

  G_OBJECT_CLASS (kvar_export_dialog_parent_class)->dispose (object);
}

static void
kvar_export_dialog_finalize (GObject *object)
{
  KvarExportDialog *self = KVAR_EXPORT_DIALOG (object);

  g_clear_pointer (&self->query, kvar_query_unref);
  g_clear_pointer (&self->columns, g_strfreev);
  g_clear_pointer (&self->keys, g_strfreev);

  G_OBJECT_CLASS (kvar_export_dialog_parent_class)->finalize (object);
}

static void
kvar_export_dialog_class_init (KvarExportDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = kvar_export_dialog_dispose;
  object_class->finalize = kvar_export_dialog_finalize;

  g_type_ensure (KVAR_TYPE_EXPORT_COLUMNS);
  g_type_ensure (KVAR_TYPE_PRESET_ROW);

  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);

  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/kvarapp/Kvar/pages/kvar-export-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, KvarExportDialog, title);
  gtk_widget_class_bind_template_child (widget_class, KvarExportDialog, selection_row);
  gtk_widget_class_bind_template_child (widget_class, KvarExportDialog, selection_button);
  gtk_widget_class_bind_template_child (widget_class, KvarExportDialog, preset_row);
  gtk_widget_class_bind_template_child (widget_class, KvarExportDialog, header_row);
  gtk_widget_class_bind_template_child (widget_class, KvarExportDialog, header_choice);
  gtk_widget_class_bind_template_child (widget_class, KvarExportDialog, view_row);
  gtk_widget_class_bind_template_child (widget_class, KvarExportDialog, whole_row);
  gtk_widget_class_bind_template_child (widget_class, KvarExportDialog, view_button);
  gtk_widget_class_bind_template_child (widget_class, KvarExportDialog, whole_button);
  gtk_widget_class_bind_template_child (widget_class, KvarExportDialog, columns_group);
  gtk_widget_class_bind_template_child (widget_class, KvarExportDialog, columns_row);
  gtk_widget_class_bind_template_child (widget_class, KvarExportDialog, file_group);
  gtk_widget_class_bind_template_child (widget_class, KvarExportDialog, file_row);
  gtk_widget_class_bind_template_child (widget_class, KvarExportDialog, format_row);
  gtk_widget_class_bind_template_child (widget_class, KvarExportDialog, format_choice);
  gtk_widget_class_bind_template_child (widget_class, KvarExportDialog, export_button);
  gtk_widget_class_bind_template_callback (widget_class, scope_toggled_cb);
  gtk_widget_class_bind_template_callback (widget_class, columns_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, header_chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, preset_chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, save_preset_cb);
  gtk_widget_class_bind_template_callback (widget_class, choose_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, format_chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, export_clicked_cb);
}

static void
kvar_export_dialog_init (KvarExportDialog *self)
{
  self->settings = g_settings_new (APPLICATION_ID);

  gtk_widget_init_template (GTK_WIDGET (self));
  kvar_inner_name_use_labels (GTK_WIDGET (self));
  list_formats (self);
  choose_format (self);
  kvar_inner_name_set (self->columns_group, GTK_TYPE_LIST_BOX, _("Columns"));
  kvar_inner_name_set (self->file_group, GTK_TYPE_LIST_BOX, _("Save Export As"));
  kvar_inner_name_set (GTK_WIDGET (self->format_row), GTK_TYPE_LIST_VIEW,
                       adw_preferences_row_get_title (ADW_PREFERENCES_ROW (self->format_row)));
}

/* What is selected was selected for something; else it is what it was last time. */
static void
choose_scope (KvarExportDialog *self)
{
  KvarExportPreset *last = kvar_preset_row_get_last (self->preset_row);

  gtk_widget_set_visible (GTK_WIDGET (self->selection_row), self->keys != NULL);
  if (self->keys != NULL)
    {
      g_autofree char *rows = describe_rows (g_strv_length (self->keys));

      adw_action_row_set_subtitle (self->selection_row, rows);
      gtk_check_button_set_active (self->selection_button, TRUE);
    }
  else if (last != NULL && last->whole)
    {
      gtk_check_button_set_active (self->whole_button, TRUE);
    }
}

static void
fill_in (KvarExportDialog *self,
         gint64            total)
{
  KvarExportPreset *last;
  g_autofree char *title = NULL;
  g_autofree char *view = NULL;

  /* Translators: %s is the name of a table. */
  title = g_strdup_printf (_("Export %s"), kvar_table_get_title (self->table));
  gtk_window_set_title (GTK_WINDOW (self), title);
  adw_window_title_set_title (self->title, title);
  view = describe_view (self, total);
  adw_action_row_set_subtitle (self->view_row, view);

  kvar_export_columns_set_table (self->columns_row, self->table);
  kvar_preset_row_set_table (self->preset_row, kvar_workspace_get_session (self->workspace),
                             kvar_paths_get_state_dir (), kvar_table_get_name (self->table));
  choose_scope (self);
  last = kvar_preset_row_get_last (self->preset_row);
  preset_chosen_cb (self);
  if (last != NULL && kvar_preset_row_get_chosen (self->preset_row) == NULL)
    {
      show_format (self, last->format);
      gtk_drop_down_set_selected (self->header_choice, last->titled);
      self->altered = FALSE;
    }
  count_whole (self, total);
}

/**
 * kvar_export_dialog_present:
 * @query: of the view
 * @columns: of the view
 * @keys: (nullable): of the records that are selected, in the order of the view; %NULL for none
 * @total: how many rows the view has, -1 if that is not known
 */
void
kvar_export_dialog_present (GtkWidget         *parent,
                            KvarWorkspace     *workspace,
                            KvarTable         *table,
                            KvarQuery         *query,
                            const char *const *columns,
                            const char *const *keys,
                            gint64             total)
{
  KvarExportDialog *self;

  g_return_if_fail (KVAR_IS_WORKSPACE (workspace));
  g_return_if_fail (KVAR_IS_TABLE (table));

  self = g_object_new (KVAR_TYPE_EXPORT_DIALOG,
                       "transient-for", GTK_WINDOW (gtk_widget_get_root (parent)),
                       NULL);
  self->workspace = g_object_ref (workspace);
  self->table = g_object_ref (table);
  self->query = kvar_query_ref (query);
  self->columns = g_strdupv ((GStrv)columns);
  self->keys = g_strdupv ((GStrv)keys);
  self->file = suggest_file (self);
  fill_in (self, total);
  show_file (self);

  gtk_window_present (GTK_WINDOW (self));
  gtk_widget_grab_focus (self->export_button);
}
