/* kvar-bulk-bar.c: how far a change of many records is, and what became of it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-bulk-bar"

#include "config.h"

#include <glib/gi18n.h>

#include "kvar-bulk-bar.h"
#include "kvar-bulk-text.h"
#include "kvar-count-text.h"

struct _KvarBulkBar
{
  AdwBin          parent_instance;

  KvarBulkJob    *job;         /* (nullable) */
  guint           n_deletes;   /* that can be taken back */

  GtkRevealer    *revealer;
  GtkLabel       *label;
  GtkProgressBar *progress;
  GtkWidget      *stop_button;
  GtkWidget      *continue_button;
  GtkWidget      *undo_button;
  GtkWidget      *leave_button;
  GtkWidget      *close_button;
};

G_DEFINE_FINAL_TYPE (KvarBulkBar, kvar_bulk_bar, ADW_TYPE_BIN)

static gboolean
can_undo (KvarBulkBar *self)
{
  return !kvar_bulk_job_get_deletes (self->job) && !kvar_bulk_job_get_undoes (self->job) &&
         kvar_bulk_job_count (self->job, KVAR_BULK_DONE) > 0;
}

static void
show_deletes (KvarBulkBar *self)
{
  g_autofree char *number = kvar_count_text (self->n_deletes);
  g_autofree char *text = NULL;

  /* Translators: %s is a number of records. */
  text = g_strdup_printf (ngettext ("%s record deleted.", "%s records deleted.", self->n_deletes),
                          number);
  gtk_label_set_label (self->label, text);
  gtk_widget_set_visible (GTK_WIDGET (self->progress), FALSE);
  gtk_widget_set_visible (self->stop_button, FALSE);
  gtk_widget_set_visible (self->continue_button, FALSE);
  gtk_widget_set_visible (self->leave_button, FALSE);
  gtk_widget_set_visible (self->undo_button, TRUE);
  gtk_widget_set_visible (self->close_button, FALSE);
  gtk_revealer_set_reveal_child (self->revealer, TRUE);
}

static char *
describe (KvarBulkJob *job)
{
  switch (kvar_bulk_job_get_state (job))
    {
    case KVAR_BULK_CUT_OFF:
      return kvar_bulk_text_cut_off (job);

    case KVAR_BULK_FINISHED:
      return kvar_bulk_text_result (job);

    case KVAR_BULK_READY:
    case KVAR_BULK_RUNNING:
    case KVAR_BULK_WAITING:
    default:
      return kvar_bulk_text_progress (job);
    }
}

static void
update (KvarBulkBar *self)
{
  g_autofree char *text = NULL;
  gboolean finished;
  gboolean cut_off;
  guint n_all;

  if (self->n_deletes > 0)
    {
      show_deletes (self);
      return;
    }
  if (self->job == NULL)
    {
      gtk_revealer_set_reveal_child (self->revealer, FALSE);
      return;
    }

  finished = kvar_bulk_job_get_state (self->job) == KVAR_BULK_FINISHED;
  cut_off = kvar_bulk_job_get_state (self->job) == KVAR_BULK_CUT_OFF;
  n_all = kvar_bulk_job_get_rows (self->job)->len;
  text = describe (self->job);
  gtk_label_set_label (self->label, text);
  if (n_all > 0)
    gtk_progress_bar_set_fraction (
      self->progress, 1 - kvar_bulk_job_count (self->job, KVAR_BULK_PENDING) / (double)n_all);

  gtk_widget_set_visible (GTK_WIDGET (self->progress), !finished && !cut_off);
  gtk_widget_set_visible (self->stop_button, !finished && !cut_off);
  gtk_widget_set_visible (self->continue_button, cut_off);
  gtk_widget_set_visible (self->undo_button, (finished || cut_off) && can_undo (self));
  gtk_widget_set_visible (self->leave_button, cut_off);
  gtk_widget_set_visible (self->close_button, finished);
  gtk_revealer_set_reveal_child (self->revealer, TRUE);
}

static void
forget_job (KvarBulkBar *self)
{
  if (self->job != NULL)
    g_signal_handlers_disconnect_by_func (self->job, update, self);
  g_clear_object (&self->job);
}

static void
kvar_bulk_bar_dispose (GObject *object)
{
  forget_job (KVAR_BULK_BAR (object));

  G_OBJECT_CLASS (kvar_bulk_bar_parent_class)->dispose (object);
}

static void
kvar_bulk_bar_class_init (KvarBulkBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kvar_bulk_bar_dispose;

  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/kvarapp/Kvar/widgets/kvar-bulk-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, KvarBulkBar, revealer);
  gtk_widget_class_bind_template_child (widget_class, KvarBulkBar, label);
  gtk_widget_class_bind_template_child (widget_class, KvarBulkBar, progress);
  gtk_widget_class_bind_template_child (widget_class, KvarBulkBar, stop_button);
  gtk_widget_class_bind_template_child (widget_class, KvarBulkBar, continue_button);
  gtk_widget_class_bind_template_child (widget_class, KvarBulkBar, undo_button);
  gtk_widget_class_bind_template_child (widget_class, KvarBulkBar, leave_button);
  gtk_widget_class_bind_template_child (widget_class, KvarBulkBar, close_button);
}

static void
kvar_bulk_bar_init (KvarBulkBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * kvar_bulk_bar_get_job:
 *
 * Returns: (nullable) (transfer none): what is shown
 */
KvarBulkJob *
kvar_bulk_bar_get_job (KvarBulkBar *self)
{
  g_return_val_if_fail (KVAR_IS_BULK_BAR (self), NULL);

  return self->job;
}

/**
 * kvar_bulk_bar_set_job:
 * @job: (nullable): %NULL for nothing
 */
void
kvar_bulk_bar_set_job (KvarBulkBar *self,
                       KvarBulkJob *job)
{
  g_return_if_fail (KVAR_IS_BULK_BAR (self));
  g_return_if_fail (job == NULL || KVAR_IS_BULK_JOB (job));

  if (self->job == job)
    return;

  forget_job (self);
  g_set_object (&self->job, job);
  if (job != NULL)
    g_signal_connect_object (job, "notify", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}

/**
 * kvar_bulk_bar_set_n_deletes:
 * @n_deletes: how many records will be deleted unless that is taken back, which comes before a
 *   job
 */
void
kvar_bulk_bar_set_n_deletes (KvarBulkBar *self,
                             guint        n_deletes)
{
  g_return_if_fail (KVAR_IS_BULK_BAR (self));

  self->n_deletes = n_deletes;
  update (self);
}
