/* kvar-export-dialog.c: which records, which columns, and where to
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-export-dialog"

#include "config.h"

#include <glib/gi18n.h>

#include "export/kvar-export-name.h"
#include "kvar-error-text.h"
#include "kvar-export-dialog.h"
#include "records/kvar-filter-text.h"
#include "records/kvar-locale.h"
#include "records/kvar-record-list.h"
#include "widgets/kvar-count-text.h"
#include "widgets/kvar-export-row.h"
#include "widgets/kvar-format-text.h"
#include "widgets/kvar-inner-name.h"

/* Somebody who started a longer one does something else meanwhile. */
#define LONG_EXPORT (10 * KVAR_CLOCK_SECOND)

struct _KvarExportDialog
{
  AdwWindow             parent_instance;

  KvarWorkspace        *workspace;
  KvarTable            *table;
  KvarQuery            *query;
  char                **columns;       /* of the view */
  KvarRecordList       *whole;         /* (nullable) asked only how many it would be */
  GSettings            *settings;
  GFile                *file;
  gboolean              named;         /* the person has chosen where */
  GtkFileChooserNative *chooser;       /* (nullable) while it is up */
  GPtrArray            *checks;        /* GtkCheckButton, one for each column of table */

  AdwWindowTitle       *title;
  AdwActionRow         *view_row;
  AdwActionRow         *whole_row;
  GtkCheckButton       *view_button;
  GtkCheckButton       *whole_button;
  GtkWidget            *columns_group;
  AdwExpanderRow       *columns_row;
  GtkWidget            *file_group;
  AdwActionRow         *format_row;
  GtkDropDown          *format_choice;
  AdwActionRow         *file_row;
  GtkWidget            *export_button;
};

/* Where the last export of this run went, and what it was of: Ctrl+E, Enter does it again. */
static GFile *last_folder;
static gboolean last_whole;

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

static guint
count_checked (KvarExportDialog *self)
{
  guint n = 0;

  for (guint i = 0; i < self->checks->len; i++)
    n += gtk_check_button_get_active (g_ptr_array_index (self->checks, i));

  return n;
}

static void
update_columns_row (KvarExportDialog *self)
{
  guint n = count_checked (self);
  g_autofree char *text = NULL;

  /* Translators: how many columns of a table are exported, and how many it has. */
  text = g_strdup_printf (_("%1$u of %2$u"), n, self->checks->len);
  adw_expander_row_set_subtitle (self->columns_row, text);
  gtk_widget_set_sensitive (self->export_button, n > 0);
}

/* A view is exported as it is seen; the whole table with all there is. */
static void
check_columns (KvarExportDialog *self)
{
  for (guint i = 0; i < self->checks->len; i++)
    {
      KvarColumn *column = kvar_table_get_column (self->table, i);
      gboolean checked = kvar_column_get_can_select (column) &&
                         (is_whole (self) ||
                          g_strv_contains ((const char *const *)self->columns,
                                           kvar_column_get_name (column)));

      gtk_check_button_set_active (g_ptr_array_index (self->checks, i), checked);
    }
  update_columns_row (self);
}

static void
scope_toggled_cb (KvarExportDialog *self)
{
  if (self->checks->len > 0)
    check_columns (self);
}

static void
add_column_rows (KvarExportDialog *self)
{
  for (guint i = 0; i < kvar_table_get_n_columns (self->table); i++)
    {
      KvarColumn *column = kvar_table_get_column (self->table, i);
      GtkWidget *row = adw_action_row_new ();
      GtkWidget *check = gtk_check_button_new ();

      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), kvar_column_get_title (column));
      gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      kvar_column_get_title (column), -1);
      gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
      gtk_widget_set_sensitive (row, kvar_column_get_can_select (column));
      adw_action_row_add_prefix (ADW_ACTION_ROW (row), check);
      adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), check);
      adw_expander_row_add_row (self->columns_row, row);
      g_ptr_array_add (self->checks, check);
      g_signal_connect_object (check, "toggled", G_CALLBACK (update_columns_row), self,
                               G_CONNECT_SWAPPED);
    }
  check_columns (self);
}

/* In the order of the view, or else the key first and then the table's order. */
static char **
list_columns (KvarExportDialog *self)
{
  g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  guint n_key = 0;
  const guint *key = kvar_table_get_key (self->table, &n_key);

  for (guint i = 0; !is_whole (self) && self->columns[i] != NULL; i++)
    {
      int index = kvar_table_find_column_index (self->table, self->columns[i]);

      if (index >= 0 && gtk_check_button_get_active (g_ptr_array_index (self->checks, index)))
        g_ptr_array_add (names, g_strdup (self->columns[i]));
    }

  for (guint pass = 0; pass < 2; pass++)
    {
      for (guint i = 0; i < self->checks->len; i++)
        {
          const char *name = kvar_column_get_name (kvar_table_get_column (self->table, i));
          gboolean is_key = FALSE;

          for (guint j = 0; j < n_key; j++)
            is_key = is_key || key[j] == i;
          if (is_key != (pass == 0) ||
              !gtk_check_button_get_active (g_ptr_array_index (self->checks, i)) ||
              g_ptr_array_find_with_equal_func (names, name, g_str_equal, NULL))
            continue;

          g_ptr_array_add (names, g_strdup (name));
        }
    }
  g_ptr_array_add (names, NULL);

  return (char **)g_ptr_array_free (g_steal_pointer (&names), FALSE);
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

/* The last one; at first the one that Excel reads here. */
static void
choose_format (KvarExportDialog *self)
{
  g_autofree char *name = g_settings_get_string (self->settings, "export-format");
  const char *decimal = kvar_locale_get_decimal (kvar_locale_get_default ());
  KvarFileFormat format = g_str_equal (decimal, ",") ? KVAR_FILE_EXCEL_CSV : KVAR_FILE_CSV;

  kvar_file_format_find (name, &format);
  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    if (formats[i] == format)
      gtk_drop_down_set_selected (self->format_choice, i);
}

static void
list_formats (KvarExportDialog *self)
{
  g_autoptr(GtkStringList) titles = gtk_string_list_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    gtk_string_list_append (titles, kvar_format_text_get_title (formats[i]));
  gtk_drop_down_set_model (self->format_choice, G_LIST_MODEL (titles));
  kvar_inner_name_set (GTK_WIDGET (self->format_choice), GTK_TYPE_TOGGLE_BUTTON, _("Format"));
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

  adw_action_row_set_subtitle (self->format_row, kvar_format_text_get_description (format));
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

static void
export_clicked_cb (KvarExportDialog *self)
{
  g_auto(GStrv) columns = list_columns (self);
  g_autoptr(KvarQuery) everything = kvar_query_new ();

  /* A folder that is reached through a network is asked for again: looking for a free name there
   * would hold up the window. */
  g_clear_object (&last_folder);
  if (g_file_is_native (self->file))
    last_folder = g_file_get_parent (self->file);
  last_whole = is_whole (self);
  g_settings_set_string (self->settings, "export-format",
                         kvar_file_format_get_name (get_format (self)));

  kvar_export_dialog_start (GTK_WIDGET (gtk_window_get_transient_for (GTK_WINDOW (self))),
                            self->workspace, self->table, last_whole ? everything : self->query,
                            (const char *const *)columns, get_format (self), self->file);
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
  g_clear_pointer (&self->checks, g_ptr_array_unref);

  G_OBJECT_CLASS (kvar_export_dialog_parent_class)->finalize (object);
}

static void
kvar_export_dialog_class_init (KvarExportDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = kvar_export_dialog_dispose;
  object_class->finalize = kvar_export_dialog_finalize;

  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);

  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/kvarapp/Kvar/pages/kvar-export-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, KvarExportDialog, title);
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
  gtk_widget_class_bind_template_callback (widget_class, choose_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, format_chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, export_clicked_cb);
}

static void
kvar_export_dialog_init (KvarExportDialog *self)
{
  self->checks = g_ptr_array_new ();
  self->settings = g_settings_new (APPLICATION_ID);

  gtk_widget_init_template (GTK_WIDGET (self));
  list_formats (self);
  choose_format (self);
  kvar_inner_name_set (self->columns_group, GTK_TYPE_LIST_BOX, _("Columns"));
  kvar_inner_name_set (self->file_group, GTK_TYPE_LIST_BOX, _("Save Export As"));
  kvar_inner_name_set (GTK_WIDGET (self->format_row), GTK_TYPE_LIST_VIEW,
                       adw_preferences_row_get_title (ADW_PREFERENCES_ROW (self->format_row)));
}

/**
 * kvar_export_dialog_present:
 * @query: of the view
 * @columns: of the view
 * @total: how many rows the view has, -1 if that is not known
 */
void
kvar_export_dialog_present (GtkWidget         *parent,
                            KvarWorkspace     *workspace,
                            KvarTable         *table,
                            KvarQuery         *query,
                            const char *const *columns,
                            gint64             total)
{
  KvarExportDialog *self;
  g_autofree char *title = NULL;
  g_autofree char *view = NULL;

  g_return_if_fail (KVAR_IS_WORKSPACE (workspace));
  g_return_if_fail (KVAR_IS_TABLE (table));

  self = g_object_new (KVAR_TYPE_EXPORT_DIALOG,
                       "transient-for", GTK_WINDOW (gtk_widget_get_root (parent)),
                       NULL);
  self->workspace = g_object_ref (workspace);
  self->table = g_object_ref (table);
  self->query = kvar_query_ref (query);
  self->columns = g_strdupv ((GStrv)columns);
  self->file = suggest_file (self);

  /* Translators: %s is the name of a table. */
  title = g_strdup_printf (_("Export %s"), kvar_table_get_title (table));
  gtk_window_set_title (GTK_WINDOW (self), title);
  adw_window_title_set_title (self->title, title);
  view = describe_view (self, total);
  adw_action_row_set_subtitle (self->view_row, view);
  gtk_check_button_set_active (last_whole ? self->whole_button : self->view_button, TRUE);
  add_column_rows (self);
  count_whole (self, total);
  show_file (self);

  gtk_window_present (GTK_WINDOW (self));
  gtk_widget_grab_focus (self->export_button);
}

/* Who waits elsewhere hears of it from the desktop. */
static void
notify_person (GtkWindow     *window,
               KvarExportJob *job,
               const char    *text)
{
  GtkApplication *application = gtk_window_get_application (window);
  g_autoptr(GNotification) notification = NULL;

  if (application == NULL || gtk_window_is_active (window) ||
      kvar_export_job_get_elapsed (job) < LONG_EXPORT)
    return;

  notification = g_notification_new (kvar_export_job_get_title (job));
  g_notification_set_body (notification, text);
  g_application_send_notification (G_APPLICATION (application), "export", notification);
}

/* Wherever the person has gone meanwhile: the file is there. Whatever else came of it is said
 * on the page of exports. */
static void
state_changed_cb (GtkWidget     *window,
                  GParamSpec    *pspec,
                  KvarExportJob *job)
{
  g_autofree char *text = NULL;

  switch (kvar_export_job_get_state (job))
    {
    case KVAR_EXPORT_DONE:
      text = kvar_export_row_describe_done (job);
      gtk_widget_activate_action (window, "win.toast", "s", text);
      break;

    case KVAR_EXPORT_FAILED:
      text = kvar_error_text_for_table (kvar_export_job_get_error (job),
                                        kvar_export_job_get_table (job));
      break;

    default:
      return;
    }

  notify_person (GTK_WINDOW (window), job, text);
}

/**
 * kvar_export_dialog_start:
 *
 * @parent: in the window that says so
 * @columns: (nullable): %NULL for all, the key first
 *
 * Exports to @file. The export is the workspace's: it goes on when the page is left.
 */
void
kvar_export_dialog_start (GtkWidget         *parent,
                          KvarWorkspace     *workspace,
                          KvarTable         *table,
                          KvarQuery         *query,
                          const char *const *columns,
                          KvarFileFormat     format,
                          GFile             *file)
{
  g_autoptr(KvarExportJob) job = NULL;
  g_autofree char *text = NULL;

  g_return_if_fail (KVAR_IS_WORKSPACE (workspace));
  g_return_if_fail (KVAR_IS_TABLE (table));
  g_return_if_fail (G_IS_FILE (file));

  job = kvar_export_job_new (kvar_workspace_get_session (workspace), table, query, columns,
                             format, file);
  g_signal_connect_object (job, "notify::state", G_CALLBACK (state_changed_cb),
                           gtk_widget_get_root (parent), G_CONNECT_SWAPPED);
  kvar_export_list_start (kvar_workspace_get_exports (workspace), job);

  /* Translators: %s is the name of a file. */
  text = g_strdup_printf (_("Exporting %s. You can keep working."),
                          kvar_export_job_get_title (job));
  gtk_widget_activate_action (parent, "win.toast", "s", text);
}
