/* kvar-paste-dialog.c: what pasted rows will become
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-paste-dialog"

#include "config.h"

#include <glib/gi18n.h>

#include "kvar-paste-dialog.h"
#include "records/kvar-paste-labels.h"
#include "records/kvar-paste-text.h"
#include "widgets/kvar-count-text.h"
#include "widgets/kvar-inner-name.h"

/* More are imported by other means: each of them is a draft of its own. */
#define MAX_ROWS 500

/* So many rows, and so many problems, are shown. */
#define N_SHOWN 8

struct _KvarPasteDialog
{
  AdwWindow             parent_instance;

  KvarWorkspace        *workspace;
  KvarTable            *table;
  KvarPastePlan        *plan;
  GCancellable         *cancellable;
  guint                 n_removed;     /* characters that no database takes */

  AdwWindowTitle       *title;
  GtkLabel             *count_label;
  AdwPreferencesGroup  *problems_group;
  AdwPreferencesGroup  *rows_group;
  GtkWidget            *add_button;
};

G_DEFINE_FINAL_TYPE (KvarPasteDialog, kvar_paste_dialog, ADW_TYPE_WINDOW)

static void
add_row (AdwPreferencesGroup *group,
         const char          *title,
         const char          *subtitle)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *escaped = g_markup_escape_text (subtitle, -1);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 1);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), escaped);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 3);
  adw_preferences_group_add (group, row);
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
describe (KvarPasteDialog *self)
{
  GString *text = g_string_new (NULL);
  guint n = self->plan->rows->len;

  if (n > MAX_ROWS)
    /* Translators: %s is a number. */
    add_line (text, _("These are more than %s rows, which is too many to paste at once."),
              MAX_ROWS);
  else if (n == 0)
    g_string_append (text, _("There are no rows on the clipboard."));
  else
    /* Translators: %s is a number of records. */
    add_line (text, ngettext ("%s new record.", "%s new records.", n), n);

  n = self->plan->n_bad;
  if (n > 0)
    /* Translators: %s is a number of records. */
    add_line (text, ngettext ("%s has a problem and is kept as a draft to be completed.",
                              "%s have problems and are kept as drafts to be completed.", n), n);
  if (self->n_removed > 0)
    /* Translators: %s is a number of characters. */
    add_line (text, ngettext ("%s character that no database takes was left out.",
                              "%s characters that no database takes were left out.",
                              self->n_removed), self->n_removed);

  return g_string_free (text, FALSE);
}

static void
show_problems (KvarPasteDialog *self)
{
  for (guint i = 0; i < MIN (self->plan->problems->len, N_SHOWN); i++)
    {
      KvarPasteProblem *problem = g_ptr_array_index (self->plan->problems, i);
      g_autofree char *title = NULL;

      /* Translators: the number of a row, and the title of a column. */
      title = g_strdup_printf (_("Row %1$u, %2$s"), problem->row,
                               kvar_column_get_title (problem->column));
      add_row (self->problems_group, title, problem->sentence);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->problems_group), self->plan->problems->len > 0);
}

/* "Title: Roof · Price: 12.50" */
static char *
describe_row (KvarPasteDialog *self,
              guint            row)
{
  char **cells = g_ptr_array_index (self->plan->rows, row);
  GString *text = g_string_new (NULL);

  for (guint i = 0; cells[i] != NULL && i < self->plan->columns->len; i++)
    {
      KvarColumn *column = g_ptr_array_index (self->plan->columns, i);

      if (column == NULL || *cells[i] == '\0')
        continue;
      g_string_append_printf (text, "%s%s: %s", text->len > 0 ? " · " : "",
                              kvar_column_get_title (column), cells[i]);
    }
  g_string_replace (text, "\n", " ", 0);

  return g_string_free (text, FALSE);
}

static void
show_rows (KvarPasteDialog *self)
{
  for (guint i = 0; i < MIN (self->plan->rows->len, N_SHOWN); i++)
    {
      g_autofree char *text = describe_row (self, i);
      g_autofree char *number = NULL;

      /* Translators: the number of a row that was pasted. */
      number = g_strdup_printf (_("Row %u"), i + 1 + self->plan->has_titles);
      add_row (self->rows_group, number, text);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->rows_group), self->plan->rows->len > 0);
}

static void
show_plan (KvarPasteDialog *self)
{
  g_autofree char *text = describe (self);

  gtk_label_set_label (self->count_label, text);
  show_problems (self);
  show_rows (self);
  gtk_widget_set_sensitive (self->add_button, self->plan->rows->len > 0 &&
                            self->plan->rows->len <= MAX_ROWS);
  gtk_widget_grab_focus (self->add_button);
}

/* Without an answer the labels are told of as what they are not: keys. */
static void
looked_up_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(KvarPasteDialog) self = user_data;
  g_autoptr(GError) error = NULL;

  if (!kvar_paste_labels_finish (KVAR_SESSION (object), result, &error) &&
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (error != NULL)
    g_message ("The labels that were pasted cannot be looked up: %s", error->message);
  kvar_paste_plan_check (self->plan);
  show_plan (self);
}

static void
look_up_labels (KvarPasteDialog *self)
{
  KvarSchema *schema = kvar_workspace_get_schema (self->workspace);

  if (schema == NULL || self->plan->rows->len > MAX_ROWS ||
      !kvar_paste_labels_are_there (schema, self->plan))
    {
      show_plan (self);
      return;
    }

  gtk_widget_set_sensitive (self->add_button, FALSE);
  gtk_label_set_label (self->count_label, _("Still loading…"));
  kvar_paste_labels_async (kvar_workspace_get_session (self->workspace), schema, self->plan,
                           self->cancellable, looked_up_cb, g_object_ref (self));
}

/* Each is a draft first, on the disk; those that can be saved wait in line, whatever the
 * network and the session do, and nothing of them is lost if the database refuses one. */
static void
add_clicked_cb (KvarPasteDialog *self)
{
  KvarDraftStore *drafts = kvar_workspace_get_drafts (self->workspace);
  KvarOutbox *outbox = kvar_workspace_get_outbox (self->workspace);
  g_autoptr(KvarDraft) next G_GNUC_UNUSED = NULL;

  for (guint i = 0; i < self->plan->rows->len; i++)
    {
      g_autoptr(KvarDraft) draft = kvar_draft_store_begin_new (drafts, self->table);

      if (kvar_paste_plan_fill (self->plan, i, draft))
        kvar_outbox_save_async (outbox, draft, NULL, NULL);
    }

  /* The next new record is none of these. */
  next = kvar_draft_store_begin_new (drafts, self->table);
  gtk_window_close (GTK_WINDOW (self));
}

/* Closed before the labels are known. */
static gboolean
kvar_paste_dialog_close_request (GtkWindow *window)
{
  g_cancellable_cancel (KVAR_PASTE_DIALOG (window)->cancellable);

  return GTK_WINDOW_CLASS (kvar_paste_dialog_parent_class)->close_request (window);
}

static void
kvar_paste_dialog_finalize (GObject *object)
{
  KvarPasteDialog *self = KVAR_PASTE_DIALOG (object);

  g_clear_pointer (&self->plan, kvar_paste_plan_free);
  g_clear_object (&self->table);
  g_clear_object (&self->workspace);
  g_clear_object (&self->cancellable);

  G_OBJECT_CLASS (kvar_paste_dialog_parent_class)->finalize (object);
}

static void
kvar_paste_dialog_class_init (KvarPasteDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = kvar_paste_dialog_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = kvar_paste_dialog_close_request;

  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/kvarapp/Kvar/pages/kvar-paste-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, KvarPasteDialog, title);
  gtk_widget_class_bind_template_child (widget_class, KvarPasteDialog, count_label);
  gtk_widget_class_bind_template_child (widget_class, KvarPasteDialog, problems_group);
  gtk_widget_class_bind_template_child (widget_class, KvarPasteDialog, rows_group);
  gtk_widget_class_bind_template_child (widget_class, KvarPasteDialog, add_button);
  gtk_widget_class_bind_template_callback (widget_class, add_clicked_cb);
}

static void
kvar_paste_dialog_init (KvarPasteDialog *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  kvar_inner_name_use_labels (GTK_WIDGET (self));
  kvar_inner_name_set (GTK_WIDGET (self->problems_group), GTK_TYPE_LIST_BOX, _("Problems"));
  kvar_inner_name_set (GTK_WIDGET (self->rows_group), GTK_TYPE_LIST_BOX, _("Preview"));
}

/**
 * kvar_paste_dialog_new:
 * @shown: (element-type KvarColumn): that the cells go to, from the cursor's on
 * @bytes: what is on the clipboard
 */
KvarPasteDialog *
kvar_paste_dialog_new (GtkWidget     *parent,
                       KvarWorkspace *workspace,
                       KvarTable     *table,
                       GPtrArray     *shown,
                       GBytes        *bytes)
{
  KvarPasteDialog *self;
  g_autoptr(GPtrArray) rows = NULL;

  g_return_val_if_fail (KVAR_IS_WORKSPACE (workspace), NULL);
  g_return_val_if_fail (KVAR_IS_TABLE (table), NULL);
  g_return_val_if_fail (shown != NULL && bytes != NULL, NULL);

  self = g_object_new (KVAR_TYPE_PASTE_DIALOG,
                       "transient-for", GTK_WINDOW (gtk_widget_get_root (parent)),
                       NULL);
  self->workspace = g_object_ref (workspace);
  self->table = g_object_ref (table);
  rows = kvar_paste_text_read (bytes, &self->n_removed);
  self->plan = kvar_paste_plan_new (table, shown, rows);

  adw_window_title_set_subtitle (self->title, kvar_table_get_title (table));
  gtk_window_present (GTK_WINDOW (self));
  look_up_labels (self);

  return self;
}
