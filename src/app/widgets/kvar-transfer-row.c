/* kvar-transfer-row.c: one file on its way: its progress, and what can be done with it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-transfer-row"

#include "config.h"

#include <glib/gi18n.h>

#include "kvar-error-text.h"
#include "kvar-error.h"
#include "kvar-show-in-folder.h"
#include "storage/kvar-file-name.h"
#include "widgets/kvar-transfer-row.h"

struct _KvarTransferRow
{
  GtkListBoxRow   parent_instance;

  KvarTransfer   *transfer;

  GtkImage       *icon;
  GtkLabel       *title_label;
  GtkProgressBar *progress;
  GtkLabel       *state_label;
  GtkWidget      *sign_in_button;
  GtkWidget      *replace_button;
  GtkWidget      *open_button;
  GtkWidget      *show_button;
  GtkButton      *end_button;
};

enum {
  REMOVE,
  REPLACE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KvarTransferRow, kvar_transfer_row, GTK_TYPE_LIST_BOX_ROW)

static char *
describe_progress (KvarTransfer *transfer)
{
  g_autofree char *done = g_format_size (kvar_transfer_get_done (transfer));
  g_autofree char *all = NULL;

  if (kvar_transfer_get_size (transfer) < 0)
    return g_strdup (_("Beginning…"));

  all = g_format_size (kvar_transfer_get_size (transfer));

  /* Translators: how much of a file has arrived, and how large it is: "1.2 MB of 5 MB". */
  return g_strdup_printf (_("%1$s of %2$s"), done, all);
}

static char *
describe_done (KvarTransfer *transfer)
{
  g_autofree char *size = g_format_size (kvar_transfer_get_size (transfer));

  if (kvar_transfer_is_upload (transfer))
    /* Translators: the name of a bucket, and the size of a file: "1.2 MB". */
    return g_strdup_printf (_("Uploaded to %1$s. %2$s."), kvar_transfer_get_bucket (transfer),
                            size);

  /* Translators: the size of a file: "1.2 MB". */
  return g_strdup_printf (_("Downloaded. %s."), size);
}

static char *
describe_state (KvarTransfer *transfer)
{
  switch (kvar_transfer_get_state (transfer))
    {
    case KVAR_TRANSFER_RUNNING:
      return describe_progress (transfer);

    case KVAR_TRANSFER_HELD:
      return g_strdup (_("Waiting for sign-in. Nothing is lost."));

    case KVAR_TRANSFER_PAUSED:
      return g_strdup (_("Paused. Continues when you're online."));

    case KVAR_TRANSFER_DONE:
      return describe_done (transfer);

    case KVAR_TRANSFER_FAILED:
      return kvar_error_text (kvar_transfer_get_error (transfer));

    case KVAR_TRANSFER_CANCELLED:
    default:
      return g_strdup (_("Cancelled."));
    }
}

static const char *
choose_icon (KvarTransfer *transfer)
{
  switch (kvar_transfer_get_state (transfer))
    {
    case KVAR_TRANSFER_DONE:
      return "emblem-ok-symbolic";

    case KVAR_TRANSFER_FAILED:
      return "dialog-warning-symbolic";

    case KVAR_TRANSFER_HELD:
      return "dialog-password-symbolic";

    case KVAR_TRANSFER_PAUSED:
      return "media-playback-pause-symbolic";

    case KVAR_TRANSFER_CANCELLED:
      return "process-stop-symbolic";

    case KVAR_TRANSFER_RUNNING:
    default:
      return kvar_transfer_is_upload (transfer) ? "go-up-symbolic" : "go-down-symbolic";
    }
}

/* One that is only saved: it could run. */
static gboolean
may_open (KvarTransfer *transfer)
{
  return kvar_file_name_may_open (kvar_transfer_get_title (transfer),
                                  kvar_transfer_get_content_type (transfer));
}

static void
update (KvarTransferRow *self)
{
  KvarTransferState state = kvar_transfer_get_state (self->transfer);
  const GError *error = kvar_transfer_get_error (self->transfer);
  gboolean over = kvar_transfer_is_over (self->transfer);
  gboolean here = state == KVAR_TRANSFER_DONE && !kvar_transfer_is_upload (self->transfer);
  const char *end_name = over ? _("Remove from the List") : _("Cancel");
  g_autofree char *text = describe_state (self->transfer);
  gint64 size = kvar_transfer_get_size (self->transfer);

  gtk_image_set_from_icon_name (self->icon, choose_icon (self->transfer));
  gtk_label_set_label (self->state_label, text);
  gtk_widget_set_visible (GTK_WIDGET (self->progress), !over);
  if (size > 0)
    gtk_progress_bar_set_fraction (self->progress,
                                   (double)kvar_transfer_get_done (self->transfer) / size);

  gtk_widget_set_visible (self->sign_in_button, state == KVAR_TRANSFER_HELD);
  gtk_widget_set_visible (self->replace_button,
                          g_error_matches (error, KVAR_ERROR, KVAR_ERROR_CONFLICT));
  gtk_widget_set_visible (self->open_button, here && may_open (self->transfer));
  gtk_widget_set_visible (self->show_button, here);
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
  kvar_transfer_row_open (KVAR_TRANSFER_ROW (widget));
}

static void
show_cb (GtkWidget  *widget,
         const char *action_name,
         GVariant   *parameter)
{
  KvarTransferRow *self = KVAR_TRANSFER_ROW (widget);

  if (kvar_transfer_get_state (self->transfer) == KVAR_TRANSFER_DONE)
    kvar_show_in_folder (GTK_WINDOW (gtk_widget_get_root (widget)),
                         kvar_transfer_get_file (self->transfer));
}

/* Ends what is on its way; takes what is over off the list. The file stays. */
static void
end_cb (GtkWidget  *widget,
        const char *action_name,
        GVariant   *parameter)
{
  KvarTransferRow *self = KVAR_TRANSFER_ROW (widget);

  if (kvar_transfer_is_over (self->transfer))
    g_signal_emit (self, signals[REMOVE], 0);
  else
    kvar_transfer_cancel (self->transfer);
}

static void
replace_cb (GtkWidget  *widget,
            const char *action_name,
            GVariant   *parameter)
{
  g_signal_emit (widget, signals[REPLACE], 0);
}

static void
kvar_transfer_row_dispose (GObject *object)
{
  KvarTransferRow *self = KVAR_TRANSFER_ROW (object);

  g_clear_object (&self->transfer);

  G_OBJECT_CLASS (kvar_transfer_row_parent_class)->dispose (object);
}

static void
kvar_transfer_row_class_init (KvarTransferRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = kvar_transfer_row_dispose;

  /* The person wants it off the list. */
  signals[REMOVE] =
    g_signal_new ("remove", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  /* The file that is there already is to be replaced. */
  signals[REPLACE] =
    g_signal_new ("replace", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_install_action (widget_class, "transfer.open", NULL, open_cb);
  gtk_widget_class_install_action (widget_class, "transfer.show", NULL, show_cb);
  gtk_widget_class_install_action (widget_class, "transfer.end", NULL, end_cb);
  gtk_widget_class_install_action (widget_class, "transfer.replace", NULL, replace_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, GDK_CONTROL_MASK,
                                       "transfer.show", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Delete, 0, "transfer.end", NULL);

  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/kvarapp/Kvar/widgets/kvar-transfer-row.ui");
  gtk_widget_class_bind_template_child (widget_class, KvarTransferRow, icon);
  gtk_widget_class_bind_template_child (widget_class, KvarTransferRow, title_label);
  gtk_widget_class_bind_template_child (widget_class, KvarTransferRow, progress);
  gtk_widget_class_bind_template_child (widget_class, KvarTransferRow, state_label);
  gtk_widget_class_bind_template_child (widget_class, KvarTransferRow, sign_in_button);
  gtk_widget_class_bind_template_child (widget_class, KvarTransferRow, replace_button);
  gtk_widget_class_bind_template_child (widget_class, KvarTransferRow, open_button);
  gtk_widget_class_bind_template_child (widget_class, KvarTransferRow, show_button);
  gtk_widget_class_bind_template_child (widget_class, KvarTransferRow, end_button);
}

static void
kvar_transfer_row_init (KvarTransferRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
kvar_transfer_row_new (KvarTransfer *transfer)
{
  KvarTransferRow *self;
  const char *title;

  g_return_val_if_fail (KVAR_IS_TRANSFER (transfer), NULL);

  title = kvar_transfer_get_title (transfer);
  self = g_object_new (KVAR_TYPE_TRANSFER_ROW, NULL);
  self->transfer = g_object_ref (transfer);
  g_signal_connect_object (transfer, "notify", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  gtk_label_set_label (self->title_label, title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, title,
                                  -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->progress), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  title, -1);
  update (self);

  return GTK_WIDGET (self);
}

KvarTransfer *
kvar_transfer_row_get_transfer (KvarTransferRow *self)
{
  g_return_val_if_fail (KVAR_IS_TRANSFER_ROW (self), NULL);

  return self->transfer;
}

/* Opens what has come with what the desktop opens such files with. */
void
kvar_transfer_row_open (KvarTransferRow *self)
{
  g_autofree char *uri = NULL;

  g_return_if_fail (KVAR_IS_TRANSFER_ROW (self));

  if (kvar_transfer_is_upload (self->transfer) || !may_open (self->transfer) ||
      kvar_transfer_get_state (self->transfer) != KVAR_TRANSFER_DONE)
    return;

  uri = g_file_get_uri (kvar_transfer_get_file (self->transfer));
  gtk_show_uri (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), uri, GDK_CURRENT_TIME);
}
