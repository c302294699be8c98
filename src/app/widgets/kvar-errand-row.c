/* kvar-errand-row.c: an export or a file on its way: its progress, and what can be done with it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-errand-row"

#include "config.h"

#include <glib/gi18n.h>

#include "kvar-show-in-folder.h"
#include "storage/kvar-file-name.h"
#include "storage/kvar-transfer.h"
#include "widgets/kvar-errand-row.h"
#include "widgets/kvar-errand-text.h"

struct _KvarErrandRow
{
  GtkListBoxRow   parent_instance;

  KvarErrand     *errand;

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

G_DEFINE_FINAL_TYPE (KvarErrandRow, kvar_errand_row, GTK_TYPE_LIST_BOX_ROW)

static const char *
choose_running_icon (KvarErrand *errand)
{
  if (!KVAR_IS_TRANSFER (errand))
    return "document-save-symbolic";

  return kvar_transfer_is_upload (KVAR_TRANSFER (errand)) ? "go-up-symbolic" : "go-down-symbolic";
}

static const char *
choose_icon (KvarErrand *errand)
{
  switch (kvar_errand_get_state (errand))
    {
    case KVAR_ERRAND_DONE:
      return "emblem-ok-symbolic";

    case KVAR_ERRAND_FAILED:
      return "dialog-warning-symbolic";

    case KVAR_ERRAND_HELD:
    case KVAR_ERRAND_SUSPENDED:
      return "dialog-password-symbolic";

    case KVAR_ERRAND_PAUSED:
      return "media-playback-pause-symbolic";

    case KVAR_ERRAND_CANCELLED:
      return "process-stop-symbolic";

    case KVAR_ERRAND_WAITING:
    case KVAR_ERRAND_RUNNING:
    default:
      return choose_running_icon (errand);
    }
}

/* (nullable): the file that has come to this computer. */
static GFile *
get_result (KvarErrandRow *self)
{
  if (kvar_errand_get_state (self->errand) != KVAR_ERRAND_DONE ||
      (KVAR_IS_TRANSFER (self->errand) &&
       kvar_transfer_is_upload (KVAR_TRANSFER (self->errand))))
    return NULL;

  return kvar_errand_get_file (self->errand);
}

/* What could run a program is only saved. */
static gboolean
may_open (KvarErrandRow *self)
{
  const char *type = KVAR_IS_TRANSFER (self->errand)
                     ? kvar_transfer_get_content_type (KVAR_TRANSFER (self->errand)) : NULL;

  return get_result (self) != NULL &&
         kvar_file_name_may_open (kvar_errand_get_title (self->errand), type);
}

/* Words where it is what to do next, an icon where it only may be. */
static void
update_again_button (KvarErrandRow *self)
{
  gboolean done = kvar_errand_get_state (self->errand) == KVAR_ERRAND_DONE;
  const char *name = kvar_errand_text_again (self->errand);

  gtk_widget_set_visible (GTK_WIDGET (self->again_button), name != NULL);
  if (name == NULL)
    return;

  if (done)
    {
      gtk_button_set_icon_name (self->again_button, "view-refresh-symbolic");
      gtk_widget_add_css_class (GTK_WIDGET (self->again_button), "flat");
    }
  else
    {
      gtk_button_set_label (self->again_button, name);
      gtk_widget_remove_css_class (GTK_WIDGET (self->again_button), "flat");
    }

  gtk_widget_set_tooltip_text (GTK_WIDGET (self->again_button), done ? name : NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->again_button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
update (KvarErrandRow *self)
{
  gboolean over = kvar_errand_is_over (self->errand);
  double fraction = kvar_errand_get_fraction (self->errand);
  const char *end_name = over ? _("Remove from the List") : _("Cancel");
  g_autofree char *text = kvar_errand_text (self->errand);

  gtk_image_set_from_icon_name (self->icon, choose_icon (self->errand));
  gtk_label_set_label (self->state_label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->progress), !over);
  if (fraction >= 0)
    gtk_progress_bar_set_fraction (self->progress, fraction);

  gtk_widget_set_visible (self->sign_in_button,
                          kvar_errand_get_state (self->errand) == KVAR_ERRAND_HELD);
  update_again_button (self);
  gtk_widget_set_visible (self->open_button, may_open (self));
  gtk_widget_set_visible (self->show_button, get_result (self) != NULL);
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
  kvar_errand_row_open (KVAR_ERRAND_ROW (widget));
}

static void
show_cb (GtkWidget  *widget,
         const char *action_name,
         GVariant   *parameter)
{
  GFile *file = get_result (KVAR_ERRAND_ROW (widget));

  if (file != NULL)
    kvar_show_in_folder (GTK_WINDOW (gtk_widget_get_root (widget)), file);
}

static void
again_cb (GtkWidget  *widget,
          const char *action_name,
          GVariant   *parameter)
{
  KvarErrandRow *self = KVAR_ERRAND_ROW (widget);

  if (kvar_errand_text_again (self->errand) != NULL)
    g_signal_emit (self, signals[AGAIN], 0);
}

/* Ends what runs; takes what is over off the list. The file stays. */
static void
end_cb (GtkWidget  *widget,
        const char *action_name,
        GVariant   *parameter)
{
  KvarErrandRow *self = KVAR_ERRAND_ROW (widget);

  if (kvar_errand_is_over (self->errand))
    g_signal_emit (self, signals[REMOVE], 0);
  else
    kvar_errand_cancel (self->errand);
}

static void
kvar_errand_row_dispose (GObject *object)
{
  KvarErrandRow *self = KVAR_ERRAND_ROW (object);

  g_clear_object (&self->errand);

  G_OBJECT_CLASS (kvar_errand_row_parent_class)->dispose (object);
}

static void
kvar_errand_row_class_init (KvarErrandRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = kvar_errand_row_dispose;

  /* The person wants it off the list. */
  signals[REMOVE] =
    g_signal_new ("remove", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  /* The person wants the same once more. */
  signals[AGAIN] =
    g_signal_new ("again", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_install_action (widget_class, "errand.open", NULL, open_cb);
  gtk_widget_class_install_action (widget_class, "errand.show", NULL, show_cb);
  gtk_widget_class_install_action (widget_class, "errand.end", NULL, end_cb);
  gtk_widget_class_install_action (widget_class, "errand.again", NULL, again_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, GDK_CONTROL_MASK,
                                       "errand.show", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Delete, 0, "errand.end", NULL);

  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/kvarapp/Kvar/widgets/kvar-errand-row.ui");
  gtk_widget_class_bind_template_child (widget_class, KvarErrandRow, icon);
  gtk_widget_class_bind_template_child (widget_class, KvarErrandRow, title_label);
  gtk_widget_class_bind_template_child (widget_class, KvarErrandRow, progress);
  gtk_widget_class_bind_template_child (widget_class, KvarErrandRow, state_label);
  gtk_widget_class_bind_template_child (widget_class, KvarErrandRow, sign_in_button);
  gtk_widget_class_bind_template_child (widget_class, KvarErrandRow, again_button);
  gtk_widget_class_bind_template_child (widget_class, KvarErrandRow, open_button);
  gtk_widget_class_bind_template_child (widget_class, KvarErrandRow, show_button);
  gtk_widget_class_bind_template_child (widget_class, KvarErrandRow, end_button);
}

static void
kvar_errand_row_init (KvarErrandRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
kvar_errand_row_new (KvarErrand *errand)
{
  KvarErrandRow *self;
  const char *title;

  g_return_val_if_fail (KVAR_IS_ERRAND (errand), NULL);

  title = kvar_errand_get_title (errand);
  self = g_object_new (KVAR_TYPE_ERRAND_ROW, NULL);
  self->errand = g_object_ref (errand);
  g_signal_connect_object (errand, "notify", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  gtk_label_set_label (self->title_label, title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, title,
                                  -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->progress), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  title, -1);
  update (self);

  return GTK_WIDGET (self);
}

KvarErrand *
kvar_errand_row_get_errand (KvarErrandRow *self)
{
  g_return_val_if_fail (KVAR_IS_ERRAND_ROW (self), NULL);

  return self->errand;
}

/* Opens the file with what the desktop opens such files with. */
void
kvar_errand_row_open (KvarErrandRow *self)
{
  g_autofree char *uri = NULL;

  g_return_if_fail (KVAR_IS_ERRAND_ROW (self));

  if (!may_open (self))
    return;

  uri = g_file_get_uri (get_result (self));
  gtk_show_uri (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), uri, GDK_CURRENT_TIME);
}
