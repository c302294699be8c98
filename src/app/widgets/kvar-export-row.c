/* kvar-export-row.c: one export: its progress, and what can be done with it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-export-row"

#include "config.h"

#include <glib/gi18n.h>

#include "kvar-count-text.h"
#include "kvar-error-text.h"
#include "kvar-export-row.h"
#include "kvar-show-in-folder.h"

struct _KvarExportRow
{
  GtkListBoxRow   parent_instance;

  KvarExportJob  *job;

  GtkImage       *icon;
  GtkLabel       *title_label;
  GtkProgressBar *progress;
  GtkLabel       *state_label;
  GtkWidget      *sign_in_button;
  GtkButton      *again_button;
  GtkWidget      *open_button;
  GtkWidget      *show_button;
  GtkButton      *end_button;
};

enum {
  REMOVE,
  AGAIN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KvarExportRow, kvar_export_row, GTK_TYPE_LIST_BOX_ROW)

static gboolean
is_over (KvarExportState state)
{
  return state == KVAR_EXPORT_DONE || state == KVAR_EXPORT_FAILED ||
         state == KVAR_EXPORT_CANCELLED || state == KVAR_EXPORT_SUSPENDED;
}

static char *
describe_rows (KvarExportJob *job)
{
  guint64 rows = kvar_export_job_get_rows (job);
  gint64 total = kvar_export_job_get_total (job);
  g_autofree char *done = kvar_count_text (rows);
  g_autofree char *all = kvar_count_text (MAX (total, 0));

  /* Translators: %s is a number. */
  if (total < 0)
    return g_strdup_printf (ngettext ("%s row", "%s rows", rows), done);

  /* Translators: how many rows are exported, and how many there will be. */
  return g_strdup_printf (ngettext ("%1$s of %2$s row", "%1$s of %2$s rows", total), done, all);
}

/* "5,120 of 12,480 rows · about 2 minutes", once that can be told. */
static char *
describe_running (KvarExportJob *job)
{
  g_autofree char *rows = describe_rows (job);
  gint64 left = kvar_export_job_get_time_left (job);
  guint minutes = (left + KVAR_CLOCK_MINUTE - 1) / KVAR_CLOCK_MINUTE;
  g_autofree char *time = NULL;

  if (left < 0)
    return g_steal_pointer (&rows);

  if (left < KVAR_CLOCK_MINUTE)
    time = g_strdup (_("less than a minute"));
  else
    /* Translators: how long an export will take yet. */
    time = g_strdup_printf (ngettext ("about %u minute", "about %u minutes", minutes), minutes);

  return g_strdup_printf ("%s · %s", rows, time);
}

static char *
describe_state (KvarExportJob *job)
{
  switch (kvar_export_job_get_state (job))
    {
    case KVAR_EXPORT_WAITING:
      return g_strdup (_("Waiting for other exports."));

    case KVAR_EXPORT_RUNNING:
      return describe_running (job);

    case KVAR_EXPORT_HELD:
    case KVAR_EXPORT_SUSPENDED:
      return g_strdup (_("Waiting for sign-in. Nothing is lost."));

    case KVAR_EXPORT_PAUSED:
      return g_strdup (_("Paused. Continues when you're online."));

    case KVAR_EXPORT_DONE:
      return kvar_export_row_describe_done (job);

    case KVAR_EXPORT_FAILED:
      return kvar_export_job_get_error (job) != NULL
             ? kvar_error_text_for_table (kvar_export_job_get_error (job),
                                          kvar_export_job_get_table (job))
             : NULL;

    case KVAR_EXPORT_CANCELLED:
      return g_strdup (_("Export cancelled. No file was written."));
    }

  return NULL;
}

static const char *
choose_icon (KvarExportState state)
{
  switch (state)
    {
    case KVAR_EXPORT_DONE:
      return "emblem-ok-symbolic";

    case KVAR_EXPORT_FAILED:
      return "dialog-warning-symbolic";

    case KVAR_EXPORT_HELD:
      return "dialog-password-symbolic";

    case KVAR_EXPORT_PAUSED:
      return "media-playback-pause-symbolic";

    case KVAR_EXPORT_CANCELLED:
      return "process-stop-symbolic";

    default:
      return "document-save-symbolic";
    }
}

/* Words where it is what to do next, an icon where it only may be. */
static void
update_again_button (KvarExportRow   *self,
                     KvarExportState  state)
{
  const char *name = state == KVAR_EXPORT_DONE ? _("Run Again") : _("Try Again");

  if (state == KVAR_EXPORT_DONE)
    {
      gtk_button_set_icon_name (self->again_button, "view-refresh-symbolic");
      gtk_widget_add_css_class (GTK_WIDGET (self->again_button), "flat");
    }
  else
    {
      gtk_button_set_label (self->again_button, name);
      gtk_widget_remove_css_class (GTK_WIDGET (self->again_button), "flat");
    }

  gtk_widget_set_visible (GTK_WIDGET (self->again_button),
                          is_over (state) && state != KVAR_EXPORT_SUSPENDED);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->again_button),
                               state == KVAR_EXPORT_DONE ? name : NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->again_button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
update (KvarExportRow *self)
{
  KvarExportState state = kvar_export_job_get_state (self->job);
  gint64 total = kvar_export_job_get_total (self->job);
  gboolean over = is_over (state);
  const char *end_name = over ? _("Remove from the List") : _("Cancel Export");
  g_autofree char *text = describe_state (self->job);

  gtk_image_set_from_icon_name (self->icon, choose_icon (state));
  gtk_label_set_label (self->title_label, kvar_export_job_get_title (self->job));
  gtk_label_set_label (self->state_label, text != NULL ? text : "");

  gtk_widget_set_visible (GTK_WIDGET (self->progress), !over);
  if (total > 0)
    gtk_progress_bar_set_fraction (self->progress,
                                   MIN (1.0, (double)kvar_export_job_get_rows (self->job) / total));

  gtk_widget_set_visible (self->sign_in_button, state == KVAR_EXPORT_HELD);
  update_again_button (self, state);
  gtk_widget_set_visible (self->open_button, state == KVAR_EXPORT_DONE);
  gtk_widget_set_visible (self->show_button, state == KVAR_EXPORT_DONE);
  gtk_button_set_icon_name (self->end_button,
                            over ? "user-trash-symbolic" : "window-close-symbolic");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->end_button), end_name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->end_button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, end_name, -1);
}

static void
open_cb (GtkWidget  *widget,
         const char *action_name,
         GVariant   *parameter)
{
  kvar_export_row_open (KVAR_EXPORT_ROW (widget));
}

static void
show_cb (GtkWidget  *widget,
         const char *action_name,
         GVariant   *parameter)
{
  KvarExportRow *self = KVAR_EXPORT_ROW (widget);
  GFile *file = kvar_export_job_get_file (self->job);

  if (file != NULL && kvar_export_job_get_state (self->job) == KVAR_EXPORT_DONE)
    kvar_show_in_folder (GTK_WINDOW (gtk_widget_get_root (widget)), file);
}

/* A finished one too: what it holds may have changed since. */
static void
again_cb (GtkWidget  *widget,
          const char *action_name,
          GVariant   *parameter)
{
  KvarExportRow *self = KVAR_EXPORT_ROW (widget);

  if (is_over (kvar_export_job_get_state (self->job)))
    g_signal_emit (self, signals[AGAIN], 0);
}

/* Ends what runs; takes what is over off the list. The file stays. */
static void
end_cb (GtkWidget  *widget,
        const char *action_name,
        GVariant   *parameter)
{
  KvarExportRow *self = KVAR_EXPORT_ROW (widget);

  if (is_over (kvar_export_job_get_state (self->job)))
    g_signal_emit (self, signals[REMOVE], 0);
  else
    kvar_export_job_cancel (self->job);
}

static void
kvar_export_row_dispose (GObject *object)
{
  KvarExportRow *self = KVAR_EXPORT_ROW (object);

  g_clear_object (&self->job);

  G_OBJECT_CLASS (kvar_export_row_parent_class)->dispose (object);
}

static void
kvar_export_row_class_init (KvarExportRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = kvar_export_row_dispose;

  /* The person wants it off the list. */
  signals[REMOVE] =
    g_signal_new ("remove", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  /* The person wants the same once more. */
  signals[AGAIN] =
    g_signal_new ("again", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_install_action (widget_class, "export.open", NULL, open_cb);
  gtk_widget_class_install_action (widget_class, "export.show", NULL, show_cb);
  gtk_widget_class_install_action (widget_class, "export.end", NULL, end_cb);
  gtk_widget_class_install_action (widget_class, "export.again", NULL, again_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, GDK_CONTROL_MASK,
                                       "export.show", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Delete, 0, "export.end", NULL);

  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/kvarapp/Kvar/widgets/kvar-export-row.ui");
  gtk_widget_class_bind_template_child (widget_class, KvarExportRow, icon);
  gtk_widget_class_bind_template_child (widget_class, KvarExportRow, title_label);
  gtk_widget_class_bind_template_child (widget_class, KvarExportRow, progress);
  gtk_widget_class_bind_template_child (widget_class, KvarExportRow, state_label);
  gtk_widget_class_bind_template_child (widget_class, KvarExportRow, sign_in_button);
  gtk_widget_class_bind_template_child (widget_class, KvarExportRow, again_button);
  gtk_widget_class_bind_template_child (widget_class, KvarExportRow, open_button);
  gtk_widget_class_bind_template_child (widget_class, KvarExportRow, show_button);
  gtk_widget_class_bind_template_child (widget_class, KvarExportRow, end_button);
}

static void
kvar_export_row_init (KvarExportRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
kvar_export_row_new (KvarExportJob *job)
{
  KvarExportRow *self;

  g_return_val_if_fail (KVAR_IS_EXPORT_JOB (job), NULL);

  self = g_object_new (KVAR_TYPE_EXPORT_ROW, NULL);
  self->job = g_object_ref (job);
  g_signal_connect_object (job, "notify", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  kvar_export_job_get_title (job), -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->progress), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  kvar_export_job_get_title (job), -1);
  update (self);

  return GTK_WIDGET (self);
}

/**
 * kvar_export_row_describe_done:
 * @job: that is done
 *
 * Returns: (transfer full): that the file is there, and with how many rows
 */
char *
kvar_export_row_describe_done (KvarExportJob *job)
{
  g_autofree char *count = NULL;
  guint64 rows;

  g_return_val_if_fail (KVAR_IS_EXPORT_JOB (job), NULL);

  if (kvar_export_job_get_note (job) != NULL)
    return g_strdup (kvar_export_job_get_note (job));

  rows = kvar_export_job_get_rows (job);
  count = kvar_count_text (rows);
  /* Translators: a file's name, and how many rows it holds. */
  return g_strdup_printf (ngettext ("%s is ready. %s row.", "%s is ready. %s rows.", rows),
                          kvar_export_job_get_title (job), count);
}

KvarExportJob *
kvar_export_row_get_job (KvarExportRow *self)
{
  g_return_val_if_fail (KVAR_IS_EXPORT_ROW (self), NULL);

  return self->job;
}

/* Opens the file with what the desktop opens such files with. */
void
kvar_export_row_open (KvarExportRow *self)
{
  GFile *file;
  g_autofree char *uri = NULL;

  g_return_if_fail (KVAR_IS_EXPORT_ROW (self));

  file = kvar_export_job_get_file (self->job);
  if (file == NULL || kvar_export_job_get_state (self->job) != KVAR_EXPORT_DONE)
    return;

  uri = g_file_get_uri (file);
  gtk_show_uri (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), uri, GDK_CURRENT_TIME);
}
