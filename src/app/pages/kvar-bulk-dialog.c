/* kvar-bulk-dialog.c: one value for many records, and what that will change
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-bulk-dialog"

#include "config.h"

#include <glib/gi18n.h>

#include "kvar-bulk-dialog.h"
#include "kvar-error-text.h"
#include "records/kvar-bulk-read.h"
#include "records/kvar-record-collect.h"
#include "widgets/kvar-count-text.h"
#include "widgets/kvar-form.h"
#include "widgets/kvar-inner-name.h"

/* So many records are shown as they are and as they will be. */
#define N_SAMPLES 5

struct _KvarBulkDialog
{
  AdwWindow             parent_instance;

  KvarWorkspace        *workspace;
  KvarTable            *table;
  GPtrArray            *columns;      /* (element-type KvarColumn) that can be changed */
  KvarColumn           *column;       /* the chosen one */
  KvarQuery            *query;        /* (nullable) all that match are meant */
  GPtrArray            *given;        /* (nullable) the records that are meant */
  GPtrArray            *records;      /* (nullable) the same with column, once it is known */
  KvarDraft            *draft;        /* of a record that has column alone */
  KvarBulkPlan         *plan;         /* (nullable) until the records are there */
  GPtrArray            *samples;      /* of rows in preview_group */
  GCancellable         *cancellable;

  AdwWindowTitle       *title;
  AdwPreferencesGroup  *column_group;
  AdwActionRow         *column_row;
  GtkDropDown          *column_choice;
  KvarForm             *form;
  AdwPreferencesGroup  *preview_group;
  GtkLabel             *count_label;
  GtkSpinner           *spinner;
  GtkWidget            *change_button;
};

enum {
  ACCEPTED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KvarBulkDialog, kvar_bulk_dialog, ADW_TYPE_WINDOW)

/* Prepare: load all that match → read the column where it is not known → show what will be. */
static void collected_cb (GObject *object, GAsyncResult *result, gpointer user_data);
static void read_cb      (GObject *object, GAsyncResult *result, gpointer user_data);

static KvarSession *
get_session (KvarBulkDialog *self)
{
  return kvar_workspace_get_session (self->workspace);
}

static void
clear_samples (KvarBulkDialog *self)
{
  for (guint i = 0; i < self->samples->len; i++)
    adw_preferences_group_remove (self->preview_group, g_ptr_array_index (self->samples, i));
  g_ptr_array_set_size (self->samples, 0);
}

static char *
dup_shown (KvarBulkDialog *self,
           const char     *text)
{
  g_autoptr(KvarValue) value = NULL;

  if (text == NULL)
    /* Translators: what stands for a value where there is none. */
    return g_strdup (_("no value"));

  value = kvar_value_new (kvar_column_get_column_type (self->column), text);

  return kvar_value_to_display (value);
}

static void
add_sample (KvarBulkDialog *self,
            KvarBulkRow    *row)
{
  GtkWidget *widget = adw_action_row_new ();
  g_autofree char *before = dup_shown (self, row->before);
  g_autofree char *after = dup_shown (self, row->after);
  g_autofree char *change = NULL;
  g_autofree char *escaped = NULL;

  /* Translators: a value as it is, and as it will be. */
  change = g_strdup_printf (_("%1$s → %2$s"), before, after);
  escaped = g_markup_escape_text (change, -1);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (widget), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (widget), row->title);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (widget), 1);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (widget), escaped);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (widget), 2);
  adw_preferences_group_add (self->preview_group, widget);
  g_ptr_array_add (self->samples, widget);
}

static void
add_line (GString    *text,
          const char *format,
          guint       n)
{
  g_autofree char *number = kvar_count_text (n);

  if (text->len > 0)
    g_string_append_c (text, '\n');
  g_string_append_printf (text, format, number);
}

static char *
describe_plan (KvarBulkPlan *plan)
{
  GString *text = g_string_new (NULL);
  guint n = plan->rows->len;

  /* Translators: %s is a number of records. */
  add_line (text, ngettext ("%s record will be changed.", "%s records will be changed.", n), n);
  n = plan->n_already;
  if (n > 0)
    /* Translators: %s is a number of records. */
    add_line (text, ngettext ("%s has this value already.", "%s have this value already.", n), n);
  n = plan->n_unable;
  if (n > 0)
    /* Translators: %s is a number of records. */
    add_line (text, ngettext ("%s can only be changed by itself, in its form.",
                              "%s can only be changed one by one, in their forms.", n), n);

  return g_string_free (text, FALSE);
}

/* Why the value will not do, before anything is sent. */
static const char *
find_problem (KvarBulkDialog *self,
              KvarValue      *value)
{
  const char *problem = kvar_draft_get_problem (self->draft, self->column);

  if (problem == NULL && kvar_value_is_null (value) && !kvar_column_get_nullable (self->column))
    return _("This column needs a value.");

  return problem;
}

static void
say (KvarBulkDialog *self,
     const char     *text)
{
  gtk_label_set_label (self->count_label, text);
}

static void
update_preview (KvarBulkDialog *self)
{
  g_autoptr(KvarValue) value = kvar_draft_get_value (self->draft, self->column);
  const char *problem = NULL;
  g_autofree char *text = NULL;

  clear_samples (self);
  g_clear_pointer (&self->plan, kvar_bulk_plan_free);
  if (self->records != NULL)
    problem = value != NULL ? find_problem (self, value) : "";
  if (self->records != NULL && problem == NULL)
    {
      self->plan = kvar_bulk_plan_new (self->column, self->records, value);
      text = describe_plan (self->plan);
      say (self, text);
      for (guint i = 0; i < MIN (self->plan->rows->len, N_SAMPLES); i++)
        add_sample (self, g_ptr_array_index (self->plan->rows, i));
    }
  else if (self->records != NULL)
    {
      say (self, problem);
    }

  gtk_widget_set_visible (GTK_WIDGET (self->preview_group), self->samples->len > 0);
  gtk_widget_set_sensitive (self->change_button, self->plan != NULL && self->plan->rows->len > 0);
}

/* Takes @records. */
static void
take_records (KvarBulkDialog *self,
              GPtrArray      *records)
{
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), FALSE);
  self->records = records;
  update_preview (self);
}

static void
show_error (KvarBulkDialog *self,
            const GError   *error)
{
  g_autofree char *text = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  text = kvar_error_text_for_table (error, self->table);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), FALSE);
  say (self, text);
}

static void
read_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(KvarBulkDialog) self = user_data;
  g_autoptr(GError) error = NULL;
  GPtrArray *records = kvar_bulk_read_finish (KVAR_SESSION (object), result, &error);

  if (records != NULL)
    take_records (self, records);
  else
    show_error (self, error);
}

static void
read_if_needed (KvarBulkDialog *self,
                GPtrArray      *records)
{
  gboolean needs = FALSE;

  for (guint i = 0; i < records->len && !needs; i++)
    needs = kvar_bulk_plan_needs_read (self->column, g_ptr_array_index (records, i));

  if (needs)
    kvar_bulk_read_async (get_session (self), self->column, records, self->cancellable, read_cb,
                          g_object_ref (self));
  else
    take_records (self, g_ptr_array_ref (records));
}

static void
collected_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(KvarBulkDialog) self = user_data;
  g_autoptr(GPtrArray) records = NULL;
  g_autoptr(GError) error = NULL;

  records = kvar_record_collect_finish (KVAR_SESSION (object), result, &error);
  if (records != NULL)
    read_if_needed (self, records);
  else
    show_error (self, error);
}

static void
collect (KvarBulkDialog *self)
{
  KvarColumn *label = kvar_table_get_label_column (self->table);
  const char *columns[3] = { kvar_column_get_name (self->column) };

  if (label != NULL && label != self->column)
    columns[1] = kvar_column_get_name (label);
  kvar_record_collect_async (get_session (self), self->table, self->query, columns,
                             self->cancellable, collected_cb, g_object_ref (self));
}

static void
prepare (KvarBulkDialog *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  g_clear_pointer (&self->records, g_ptr_array_unref);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), TRUE);
  say (self, _("Looking at the records…"));
  update_preview (self);

  if (self->query != NULL)
    collect (self);
  else if (self->given != NULL)
    read_if_needed (self, self->given);
}

/* A record of one column, for the fields that forms have. */
static void
show_field (KvarBulkDialog *self)
{
  g_autoptr(KvarTable) table = kvar_table_new (kvar_table_get_name (self->table));
  g_autoptr(KvarRecord) record = NULL;

  kvar_table_add_column (table, self->column);
  kvar_table_set_privileges (table, FALSE, TRUE, FALSE);
  record = kvar_record_new (table);
  kvar_record_set_text (record, 0, NULL);
  if (self->draft != NULL)
    g_signal_handlers_disconnect_by_func (self->draft, update_preview, self);
  g_clear_object (&self->draft);
  self->draft = kvar_draft_new (table, record);
  g_signal_connect_object (self->draft, "column-changed", G_CALLBACK (update_preview), self,
                           G_CONNECT_SWAPPED);
  kvar_form_set_draft (self->form, self->draft, self->workspace);
}

static void
column_chosen_cb (KvarBulkDialog *self)
{
  guint selected = gtk_drop_down_get_selected (self->column_choice);

  if (selected >= self->columns->len ||
      !g_set_object (&self->column, g_ptr_array_index (self->columns, selected)))
    return;

  show_field (self);
  prepare (self);
}

static void
change_clicked_cb (KvarBulkDialog *self)
{
  g_autoptr(KvarBulkJob) job = NULL;

  kvar_form_commit (self->form);
  if (self->plan == NULL || self->plan->rows->len == 0)
    {
      kvar_form_show_problems (self->form);
      return;
    }

  job = kvar_bulk_job_new (get_session (self), self->table, self->column,
                           g_ptr_array_ref (self->plan->rows));
  g_signal_emit (self, signals[ACCEPTED], 0, job);
  gtk_window_close (GTK_WINDOW (self));
}

/* Ctrl+Return everywhere, and Enter in a field that has one line. */
static gboolean
key_pressed_cb (KvarBulkDialog  *self,
                guint            keyval,
                guint            keycode,
                GdkModifierType  modifiers)
{
  GdkModifierType state = modifiers & gtk_accelerator_get_default_mod_mask ();
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));

  if (keyval != GDK_KEY_Return && keyval != GDK_KEY_KP_Enter && keyval != GDK_KEY_ISO_Enter)
    return GDK_EVENT_PROPAGATE;
  if (state != GDK_CONTROL_MASK && (state != 0 || !GTK_IS_TEXT (focus)))
    return GDK_EVENT_PROPAGATE;
  if (focus != NULL && gtk_widget_get_native (focus) != GTK_NATIVE (self))
    return GDK_EVENT_PROPAGATE;

  change_clicked_cb (self);

  return GDK_EVENT_STOP;
}

static void
list_columns (KvarBulkDialog *self)
{
  g_autoptr(GtkStringList) titles = gtk_string_list_new (NULL);

  for (guint i = 0; i < kvar_table_get_n_columns (self->table); i++)
    {
      KvarColumn *column = kvar_table_get_column (self->table, i);

      if (!kvar_bulk_plan_can_change (self->table, column))
        continue;

      g_ptr_array_add (self->columns, g_object_ref (column));
      gtk_string_list_append (titles, kvar_column_get_title (column));
    }
  gtk_drop_down_set_model (self->column_choice, G_LIST_MODEL (titles));
}

static void
kvar_bulk_dialog_dispose (GObject *object)
{
  KvarBulkDialog *self = KVAR_BULK_DIALOG (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->draft);
  g_clear_object (&self->column);
  g_clear_object (&self->table);
  g_clear_object (&self->workspace);

  G_OBJECT_CLASS (kvar_bulk_dialog_parent_class)->dispose (object);
}

static void
kvar_bulk_dialog_finalize (GObject *object)
{
  KvarBulkDialog *self = KVAR_BULK_DIALOG (object);

  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->columns, g_ptr_array_unref);
  g_clear_pointer (&self->query, kvar_query_unref);
  g_clear_pointer (&self->given, g_ptr_array_unref);
  g_clear_pointer (&self->records, g_ptr_array_unref);
  g_clear_pointer (&self->plan, kvar_bulk_plan_free);
  g_clear_pointer (&self->samples, g_ptr_array_unref);

  G_OBJECT_CLASS (kvar_bulk_dialog_parent_class)->finalize (object);
}

static void
kvar_bulk_dialog_class_init (KvarBulkDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = kvar_bulk_dialog_dispose;
  object_class->finalize = kvar_bulk_dialog_finalize;

  /**
   * KvarBulkDialog::accepted:
   * @job: not started yet
   */
  signals[ACCEPTED] = g_signal_new ("accepted", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                    0, NULL, NULL, NULL, G_TYPE_NONE, 1, KVAR_TYPE_BULK_JOB);

  g_type_ensure (KVAR_TYPE_FORM);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);

  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/kvarapp/Kvar/pages/kvar-bulk-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, KvarBulkDialog, title);
  gtk_widget_class_bind_template_child (widget_class, KvarBulkDialog, column_group);
  gtk_widget_class_bind_template_child (widget_class, KvarBulkDialog, column_row);
  gtk_widget_class_bind_template_child (widget_class, KvarBulkDialog, column_choice);
  gtk_widget_class_bind_template_child (widget_class, KvarBulkDialog, form);
  gtk_widget_class_bind_template_child (widget_class, KvarBulkDialog, preview_group);
  gtk_widget_class_bind_template_child (widget_class, KvarBulkDialog, count_label);
  gtk_widget_class_bind_template_child (widget_class, KvarBulkDialog, spinner);
  gtk_widget_class_bind_template_child (widget_class, KvarBulkDialog, change_button);
  gtk_widget_class_bind_template_callback (widget_class, column_chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, change_clicked_cb);
}

static void
kvar_bulk_dialog_init (KvarBulkDialog *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->columns = g_ptr_array_new_with_free_func (g_object_unref);
  self->samples = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  kvar_inner_name_use_labels (GTK_WIDGET (self));

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  kvar_inner_name_set (GTK_WIDGET (self->column_choice), GTK_TYPE_TOGGLE_BUTTON, _("Column"));
  kvar_inner_name_set (GTK_WIDGET (self->column_row), GTK_TYPE_LIST_VIEW, _("Column"));
  kvar_inner_name_set (GTK_WIDGET (self->column_group), GTK_TYPE_LIST_BOX, _("Column"));
  kvar_inner_name_set (GTK_WIDGET (self->preview_group), GTK_TYPE_LIST_BOX, _("Preview"));
}

/**
 * kvar_bulk_dialog_can_change:
 *
 * Returns: whether @table has any column that many records can be given a value in
 */
gboolean
kvar_bulk_dialog_can_change (KvarTable *table)
{
  g_return_val_if_fail (KVAR_IS_TABLE (table), FALSE);

  for (guint i = 0; i < kvar_table_get_n_columns (table); i++)
    if (kvar_bulk_plan_can_change (table, kvar_table_get_column (table, i)))
      return TRUE;

  return FALSE;
}

static void
begin (KvarBulkDialog *self,
       const char     *title)
{
  gtk_window_set_title (GTK_WINDOW (self), title);
  adw_window_title_set_title (self->title, title);
  adw_window_title_set_subtitle (self->title, kvar_table_get_title (self->table));
  prepare (self);
  gtk_window_present (GTK_WINDOW (self));
  kvar_form_focus_first (self->form);
}

/**
 * kvar_bulk_dialog_new:
 * @column: (nullable): the one to begin with, if it can be changed
 *
 * The dialog is shown once it is said which records are meant.
 */
KvarBulkDialog *
kvar_bulk_dialog_new (GtkWidget     *parent,
                      KvarWorkspace *workspace,
                      KvarTable     *table,
                      KvarColumn    *column)
{
  KvarBulkDialog *self;
  guint chosen = 0;

  g_return_val_if_fail (KVAR_IS_WORKSPACE (workspace), NULL);
  g_return_val_if_fail (KVAR_IS_TABLE (table) && kvar_bulk_dialog_can_change (table), NULL);

  self = g_object_new (KVAR_TYPE_BULK_DIALOG,
                       "transient-for", GTK_WINDOW (gtk_widget_get_root (parent)),
                       NULL);
  self->workspace = g_object_ref (workspace);
  self->table = g_object_ref (table);
  list_columns (self);
  if (column != NULL)
    g_ptr_array_find (self->columns, column, &chosen);
  gtk_drop_down_set_selected (self->column_choice, MIN (chosen, self->columns->len - 1));
  column_chosen_cb (self);

  return self;
}

/**
 * kvar_bulk_dialog_set_query:
 *
 * All records that match @query are meant.
 */
void
kvar_bulk_dialog_set_query (KvarBulkDialog *self,
                            KvarQuery      *query)
{
  g_return_if_fail (KVAR_IS_BULK_DIALOG (self));
  g_return_if_fail (query != NULL);

  self->query = kvar_query_ref (query);
  begin (self, _("Change All That Match"));
}

/**
 * kvar_bulk_dialog_set_records:
 * @records: (element-type KvarRecord): that are meant
 */
void
kvar_bulk_dialog_set_records (KvarBulkDialog *self,
                              GPtrArray      *records)
{
  g_autofree char *number = NULL;
  g_autofree char *title = NULL;

  g_return_if_fail (KVAR_IS_BULK_DIALOG (self));
  g_return_if_fail (records != NULL && records->len > 0);

  self->given = g_ptr_array_ref (records);
  number = kvar_count_text (records->len);
  /* Translators: %s is a number. */
  title = g_strdup_printf (ngettext ("Change %s Record", "Change %s Records", records->len),
                           number);
  begin (self, title);
}
