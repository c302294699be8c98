/* kvar-load-status.c: what stands where content is not there yet: a spinner or one sentence
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-load-status"

#include "config.h"

#include <glib/gi18n.h>

#include "kvar-load-status.h"

/* After this it is said that the wait goes on, and it can be ended. */
#define SLOW (4 * KVAR_CLOCK_SECOND)

struct _KvarLoadStatus
{
  AdwBin         parent_instance;

  KvarClock     *clock;           /* (nullable) of slow_timer */
  guint          slow_timer;

  GtkStack      *stack;
  GtkSpinner    *spinner;
  GtkLabel      *slow_label;
  GtkWidget     *cancel_button;
  AdwStatusPage *message;
  GtkButton     *button;
};

G_DEFINE_FINAL_TYPE (KvarLoadStatus, kvar_load_status, ADW_TYPE_BIN)

static void
slow_cb (gpointer user_data)
{
  KvarLoadStatus *self = user_data;

  self->slow_timer = 0;
  gtk_label_set_label (self->slow_label,
                       _("Still loading. You can go on with something else."));
  gtk_widget_set_visible (self->cancel_button, TRUE);
}

static void
kvar_load_status_dispose (GObject *object)
{
  kvar_load_status_stop (KVAR_LOAD_STATUS (object));

  G_OBJECT_CLASS (kvar_load_status_parent_class)->dispose (object);
}

static void
kvar_load_status_class_init (KvarLoadStatusClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = kvar_load_status_dispose;

  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/kvarapp/Kvar/widgets/kvar-load-status.ui");
  gtk_widget_class_bind_template_child (widget_class, KvarLoadStatus, stack);
  gtk_widget_class_bind_template_child (widget_class, KvarLoadStatus, spinner);
  gtk_widget_class_bind_template_child (widget_class, KvarLoadStatus, slow_label);
  gtk_widget_class_bind_template_child (widget_class, KvarLoadStatus, cancel_button);
  gtk_widget_class_bind_template_child (widget_class, KvarLoadStatus, message);
  gtk_widget_class_bind_template_child (widget_class, KvarLoadStatus, button);
}

static void
kvar_load_status_init (KvarLoadStatus *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  /* Keeps the focus of a page that is not there yet, see kvar_load_status_has_focus(). */
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
}

/**
 * kvar_load_status_show_loading:
 *
 * Shows that content is on its way; after four seconds of @clock in words, with a button for
 * the action page.cancel-loading.
 */
void
kvar_load_status_show_loading (KvarLoadStatus *self,
                               KvarClock      *clock)
{
  g_return_if_fail (KVAR_IS_LOAD_STATUS (self));
  g_return_if_fail (KVAR_IS_CLOCK (clock));

  if (self->slow_timer != 0)
    return;

  kvar_load_status_stop (self);
  self->clock = g_object_ref (clock);
  self->slow_timer = kvar_clock_add_timer (clock, SLOW, slow_cb, self);

  gtk_label_set_label (self->slow_label, "");
  gtk_widget_set_visible (self->cancel_button, FALSE);
  gtk_spinner_start (self->spinner);
  gtk_stack_set_visible_child_name (self->stack, "loading");
}

/* The target first: an action that takes one complains of a button without. */
static void
set_action (GtkActionable *button,
            const char    *detailed_name)
{
  g_autofree char *name = NULL;
  g_autoptr(GVariant) target = NULL;

  gtk_actionable_set_action_name (button, NULL);
  if (!g_action_parse_detailed_name (detailed_name, &name, &target, NULL))
    g_return_if_reached ();

  gtk_actionable_set_action_target_value (button, target);
  gtk_actionable_set_action_name (button, name);
}

/**
 * kvar_load_status_show_message:
 * @icon_name: (nullable)
 * @description: (nullable)
 * @button: (nullable): with a mnemonic
 * @action: (nullable): what the button does, such as "page.refresh" or "win.navigate::/records"
 */
void
kvar_load_status_show_message (KvarLoadStatus *self,
                               const char     *icon_name,
                               const char     *title,
                               const char     *description,
                               const char     *button,
                               const char     *action)
{
  g_autofree char *escaped = NULL;

  g_return_if_fail (KVAR_IS_LOAD_STATUS (self));

  kvar_load_status_stop (self);

  adw_status_page_set_icon_name (self->message, icon_name);
  adw_status_page_set_title (self->message, title);
  /* The description is markup to AdwStatusPage, and text to us. */
  escaped = description != NULL ? g_markup_escape_text (description, -1) : NULL;
  adw_status_page_set_description (self->message, escaped);

  gtk_widget_set_visible (GTK_WIDGET (self->button), button != NULL);
  if (button != NULL)
    {
      gtk_button_set_label (self->button, button);
      set_action (GTK_ACTIONABLE (self->button), action);
    }
  gtk_stack_set_visible_child_name (self->stack, "message");
}

/* A link or another version of the project may know it. */
void
kvar_load_status_show_no_table (KvarLoadStatus *self,
                                const char     *name)
{
  kvar_load_status_show_message (self, "dialog-question-symbolic", _("There is no such table"),
                                 name, _("Show All _Tables"), "win.navigate::/records");
}

/* No longer waits; what is shown stays. */
void
kvar_load_status_stop (KvarLoadStatus *self)
{
  g_return_if_fail (KVAR_IS_LOAD_STATUS (self));

  if (self->slow_timer != 0)
    kvar_clock_remove_timer (self->clock, self->slow_timer);
  self->slow_timer = 0;
  g_clear_object (&self->clock);
  if (self->spinner != NULL)
    gtk_spinner_stop (self->spinner);
}

/**
 * kvar_load_status_has_focus:
 *
 * Returns: whether the focus still waits here for the content, or is nowhere: where a person
 *     has moved it meanwhile it stays
 */
gboolean
kvar_load_status_has_focus (KvarLoadStatus *self)
{
  GtkRoot *root;
  GtkWidget *focus;

  g_return_val_if_fail (KVAR_IS_LOAD_STATUS (self), FALSE);

  root = gtk_widget_get_root (GTK_WIDGET (self));
  focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return gtk_widget_get_mapped (GTK_WIDGET (self)) &&
         (focus == NULL || focus == GTK_WIDGET (self) || !gtk_widget_get_mapped (focus) ||
          gtk_widget_is_ancestor (focus, GTK_WIDGET (self)));
}
