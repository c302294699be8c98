/* kvar-batch-dialog.c: runs a function for the selected records, and says what came of each
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Not modal: while it waits for a sign-in the person signs in in the window below. When it is
 * closed the call that has begun ends, and there are no more.
 */

#define G_LOG_DOMAIN "kvar-batch-dialog"

#include "config.h"

#include <glib/gi18n.h>

#include "functions/kvar-function-bind.h"
#include "kvar-batch-dialog.h"
#include "widgets/kvar-count-text.h"
#include "widgets/kvar-form.h"
#include "widgets/kvar-inner-name.h"

struct _KvarBatchDialog
{
  AdwWindow          parent_instance;

  KvarWorkspace     *workspace;
  KvarTable         *table;
  KvarFunctionBatch *batch;
  KvarForm          *form;           /* (nullable) where something is to be typed */

  AdwWindowTitle    *title;
  GtkButton         *close_button;
  GtkWidget         *run_button;
  GtkWidget         *stop_button;
  GtkStack          *stack;
  GtkBox            *ask_box;
  GtkLabel          *question_label;
  GtkLabel          *status_label;
  GtkProgressBar    *progress;
  GtkWidget         *sign_in_button;
  GtkListView       *list_view;
};

G_DEFINE_FINAL_TYPE (KvarBatchDialog, kvar_batch_dialog, ADW_TYPE_WINDOW)

static guint
count_all (KvarBatchDialog *self)
{
  return g_list_model_get_n_items (kvar_function_batch_get_items (self->batch));
}

/* "38 of 40 records are done. 2 failed, and are still selected." */
static char *
describe_end (KvarBatchDialog *self)
{
  guint n_done = kvar_function_batch_count (self->batch, KVAR_BATCH_ITEM_DONE);
  guint n_failed = kvar_function_batch_count (self->batch, KVAR_BATCH_ITEM_FAILED);
  guint n_all = count_all (self);
  g_autofree char *done = kvar_count_text (n_done);
  g_autofree char *all = kvar_count_text (n_all);
  g_autofree char *left = kvar_count_text (n_all - n_done);
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  /* Translators: how many records are done, and how many there are. */
  first = g_strdup_printf (ngettext ("%1$s of %2$s record is done.",
                                     "%1$s of %2$s records are done.", n_all), done, all);
  if (n_done == n_all)
    return g_steal_pointer (&first);

  if (n_failed == 0)
    /* Translators: %s is a number of records. */
    second = g_strdup_printf (ngettext ("%s is left, and still selected.",
                                        "%s are left, and still selected.", n_all - n_done), left);
  else
    /* Translators: %s is a number of records. */
    second = g_strdup_printf (ngettext ("%s did not succeed, and is still selected.",
                                        "%s did not succeed, and are still selected.",
                                        n_all - n_done), left);

  return g_strconcat (first, " ", second, NULL);
}

static char *
describe_state (KvarBatchDialog *self)
{
  guint n_waiting = kvar_function_batch_count (self->batch, KVAR_BATCH_ITEM_WAITING);
  g_autofree char *over = kvar_count_text (count_all (self) - n_waiting);
  g_autofree char *all = kvar_count_text (count_all (self));

  switch (kvar_function_batch_get_state (self->batch))
    {
    case KVAR_BATCH_HELD:
      return g_strdup (_("Goes on when you've signed in."));

    case KVAR_BATCH_PAUSED:
      return g_strdup (_("Paused. Continues when you're online."));

    case KVAR_BATCH_ENDED:
      return describe_end (self);

    case KVAR_BATCH_ASKING:
    case KVAR_BATCH_RUNNING:
    default:
      /* Translators: the number of the record that something is done to, and of how many. */
      return g_strdup_printf (_("Record %1$s of %2$s"), over, all);
    }
}

static void
update (KvarBatchDialog *self)
{
  KvarBatchState state = kvar_function_batch_get_state (self->batch);
  guint n_waiting = kvar_function_batch_count (self->batch, KVAR_BATCH_ITEM_WAITING);
  gboolean asking = state == KVAR_BATCH_ASKING;
  gboolean ended = state == KVAR_BATCH_ENDED;
  g_autofree char *text = describe_state (self);

  gtk_stack_set_visible_child_name (self->stack, asking ? "ask" : "run");
  gtk_widget_set_visible (self->run_button, asking);
  gtk_widget_set_visible (self->stop_button, !asking && !ended);
  gtk_widget_set_visible (GTK_WIDGET (self->close_button), asking || ended);
  gtk_button_set_label (self->close_button, asking ? _("_Cancel") : _("_Close"));
  gtk_widget_set_visible (self->sign_in_button, state == KVAR_BATCH_HELD);
  gtk_label_set_label (self->status_label, text);
  gtk_widget_set_visible (GTK_WIDGET (self->progress), !ended);
  if (count_all (self) > 0)
    gtk_progress_bar_set_fraction (self->progress, 1 - n_waiting / (double)count_all (self));
}

static void
parameters_changed_cb (KvarBatchDialog *self)
{
  gtk_widget_set_sensitive (self->run_button,
                            kvar_function_is_ready (
                              kvar_function_batch_get_parameters (self->batch)));
}

static void
run_clicked_cb (KvarBatchDialog *self)
{
  if (self->form != NULL)
    kvar_form_commit (self->form);
  if (!kvar_function_is_ready (kvar_function_batch_get_parameters (self->batch)))
    return;

  kvar_function_batch_start (self->batch);
  gtk_widget_grab_focus (gtk_widget_get_visible (self->stop_button)
                         ? self->stop_button : GTK_WIDGET (self->close_button));
}

static void
stop_clicked_cb (KvarBatchDialog *self)
{
  kvar_function_batch_stop (self->batch);
  gtk_widget_set_sensitive (self->stop_button, FALSE);
}

/* In the window below. */
static void
sign_in_clicked_cb (KvarBatchDialog *self)
{
  GtkWindow *window = gtk_window_get_transient_for (GTK_WINDOW (self));

  if (window != NULL)
    gtk_widget_activate_action (GTK_WIDGET (window), "win.sign-in", NULL);
}

static gboolean
kvar_batch_dialog_close_request (GtkWindow *window)
{
  KvarBatchDialog *self = KVAR_BATCH_DIALOG (window);

  kvar_function_batch_stop (self->batch);

  return GTK_WINDOW_CLASS (kvar_batch_dialog_parent_class)->close_request (window);
}

static char *
choose_icon (GtkListItem        *item,
             KvarBatchItemState  state)
{
  switch (state)
    {
    case KVAR_BATCH_ITEM_DONE:
      return g_strdup ("emblem-ok-symbolic");

    case KVAR_BATCH_ITEM_FAILED:
      return g_strdup ("dialog-warning-symbolic");

    case KVAR_BATCH_ITEM_RUNNING:
      return g_strdup ("content-loading-symbolic");

    case KVAR_BATCH_ITEM_WAITING:
    default:
      return g_strdup ("document-open-recent-symbolic");
    }
}

static void
bind (GtkListItem *item,
      const char  *property,
      GtkWidget   *widget,
      const char  *target)
{
  g_autoptr(GtkExpression) row = gtk_property_expression_new (GTK_TYPE_LIST_ITEM, NULL, "item");
  GtkExpression *value = gtk_property_expression_new (KVAR_TYPE_BATCH_ITEM,
                                                      g_steal_pointer (&row), property);

  gtk_expression_bind (value, widget, target, item);
}

static void
bind_icon (GtkListItem *item,
           GtkWidget   *icon)
{
  GtkExpression *row = gtk_property_expression_new (GTK_TYPE_LIST_ITEM, NULL, "item");
  GtkExpression *params[1];

  params[0] = gtk_property_expression_new (KVAR_TYPE_BATCH_ITEM, row, "state");
  gtk_expression_bind (gtk_cclosure_expression_new (G_TYPE_STRING, NULL, 1, params,
                                                    G_CALLBACK (choose_icon), NULL, NULL),
                       icon, "icon-name", item);
}

static GtkWidget *
create_label (GtkBox *box)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_box_append (box, label);

  return label;
}

static void
setup_cb (GtkSignalListItemFactory *factory,
          GtkListItem              *item)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *icon = gtk_image_new ();
  GtkWidget *title = create_label (GTK_BOX (texts));
  GtkWidget *text = create_label (GTK_BOX (texts));

  gtk_widget_add_css_class (text, "dim-label");
  gtk_widget_set_margin_start (row, 6);
  gtk_widget_set_margin_end (row, 6);
  gtk_widget_set_margin_top (row, 3);
  gtk_widget_set_margin_bottom (row, 3);
  gtk_box_append (GTK_BOX (row), icon);
  gtk_box_append (GTK_BOX (row), texts);
  gtk_list_item_set_child (item, row);
  gtk_list_item_set_activatable (item, FALSE);
  bind (item, "title", title, "label");
  bind (item, "text", text, "label");
  bind_icon (item, icon);
}

static void
kvar_batch_dialog_dispose (GObject *object)
{
  KvarBatchDialog *self = KVAR_BATCH_DIALOG (object);

  g_clear_object (&self->batch);
  g_clear_object (&self->table);
  g_clear_object (&self->workspace);

  G_OBJECT_CLASS (kvar_batch_dialog_parent_class)->dispose (object);
}

static void
kvar_batch_dialog_class_init (KvarBatchDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = kvar_batch_dialog_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = kvar_batch_dialog_close_request;

  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);

  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/kvarapp/Kvar/pages/kvar-batch-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, KvarBatchDialog, title);
  gtk_widget_class_bind_template_child (widget_class, KvarBatchDialog, close_button);
  gtk_widget_class_bind_template_child (widget_class, KvarBatchDialog, run_button);
  gtk_widget_class_bind_template_child (widget_class, KvarBatchDialog, stop_button);
  gtk_widget_class_bind_template_child (widget_class, KvarBatchDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, KvarBatchDialog, ask_box);
  gtk_widget_class_bind_template_child (widget_class, KvarBatchDialog, question_label);
  gtk_widget_class_bind_template_child (widget_class, KvarBatchDialog, status_label);
  gtk_widget_class_bind_template_child (widget_class, KvarBatchDialog, progress);
  gtk_widget_class_bind_template_child (widget_class, KvarBatchDialog, sign_in_button);
  gtk_widget_class_bind_template_child (widget_class, KvarBatchDialog, list_view);
  gtk_widget_class_bind_template_callback (widget_class, run_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, sign_in_clicked_cb);
}

static void
kvar_batch_dialog_init (KvarBatchDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  kvar_inner_name_use_labels (GTK_WIDGET (self));
}

/* Says what will be done, and to how many. */
static void
fill_in_question (KvarBatchDialog *self)
{
  KvarFunction *function = kvar_function_batch_get_function (self->batch);
  const char *title = kvar_function_get_title (function);
  const char *help = kvar_function_get_help (function);
  g_autofree char *number = kvar_count_text (count_all (self));
  g_autofree char *what = NULL;
  g_autofree char *question = NULL;

  /* Translators: a number of records, and the name of their table, such as "Jobs". */
  what = g_strdup_printf (ngettext ("This is done to %1$s record in %2$s.",
                                    "This is done to %1$s records in %2$s.", count_all (self)),
                          number, kvar_table_get_title (self->table));
  question = help != NULL ? g_strconcat (help, "\n\n", what, NULL) : g_steal_pointer (&what);
  gtk_label_set_label (self->question_label, question);
  gtk_window_set_title (GTK_WINDOW (self), title);
  adw_window_title_set_title (self->title, title);
}

static void
fill_in_form (KvarBatchDialog *self)
{
  KvarDraft *parameters = kvar_function_batch_get_parameters (self->batch);

  parameters_changed_cb (self);
  if (kvar_function_count_open (parameters) == 0)
    return;

  self->form = g_object_new (KVAR_TYPE_FORM, NULL);
  kvar_form_set_draft (self->form, parameters, self->workspace);
  gtk_box_append (self->ask_box, GTK_WIDGET (self->form));
  g_signal_connect_object (parameters, "column-changed", G_CALLBACK (parameters_changed_cb), self,
                           G_CONNECT_SWAPPED);
}

static void
fill_in_list (KvarBatchDialog *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GListModel *items = g_object_ref (kvar_function_batch_get_items (self->batch));
  g_autoptr(GtkSelectionModel) model = GTK_SELECTION_MODEL (gtk_no_selection_new (items));

  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  gtk_list_view_set_factory (self->list_view, factory);
  gtk_list_view_set_model (self->list_view, model);
  g_object_unref (factory);
}

/**
 * kvar_batch_dialog_present:
 * @table: that the records are of
 * @batch: not yet started, which has a place for the records
 *
 * Asks, runs, and says what came of each record.
 *
 * Returns: (transfer none): the dialog
 */
GtkWindow *
kvar_batch_dialog_present (GtkWidget         *parent,
                           KvarWorkspace     *workspace,
                           KvarTable         *table,
                           KvarFunctionBatch *batch)
{
  KvarBatchDialog *self;

  g_return_val_if_fail (KVAR_IS_WORKSPACE (workspace), NULL);
  g_return_val_if_fail (KVAR_IS_FUNCTION_BATCH (batch), NULL);

  self = g_object_new (KVAR_TYPE_BATCH_DIALOG,
                       "transient-for", GTK_WINDOW (gtk_widget_get_root (parent)),
                       NULL);
  self->workspace = g_object_ref (workspace);
  self->table = g_object_ref (table);
  self->batch = g_object_ref (batch);
  fill_in_question (self);
  fill_in_form (self);
  fill_in_list (self);
  g_signal_connect_object (batch, "notify", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);

  gtk_window_present (GTK_WINDOW (self));
  gtk_widget_grab_focus (self->form != NULL ? GTK_WIDGET (self->form)
                                            : GTK_WIDGET (self->close_button));

  return GTK_WINDOW (self);
}
