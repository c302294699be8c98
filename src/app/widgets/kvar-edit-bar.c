/* kvar-edit-bar.c: whether a list is edited, and where what was typed into it is
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-edit-bar"

#include "config.h"

#include <glib/gi18n.h>

#include "kvar-edit-bar.h"

struct _KvarEditBar
{
  AdwBin        parent_instance;

  GtkRevealer  *revealer;
  GtkImage     *icon;
  GtkLabel     *mode_label;
  GtkLabel     *text_label;
  GtkWidget    *undo_button;
};

G_DEFINE_FINAL_TYPE (KvarEditBar, kvar_edit_bar, ADW_TYPE_BIN)

static void
kvar_edit_bar_class_init (KvarEditBarClass *klass)
{
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
}

static GtkLabel *
make_label (void)
{
  GtkLabel *label = g_object_new (GTK_TYPE_LABEL,
                                  "accessible-role", GTK_ACCESSIBLE_ROLE_STATUS, NULL);

  gtk_label_set_xalign (label, 0);
  gtk_label_set_ellipsize (label, PANGO_ELLIPSIZE_END);

  return label;
}

static void
kvar_edit_bar_init (KvarEditBar *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);

  self->icon = GTK_IMAGE (gtk_image_new_from_icon_name ("document-edit-symbolic"));
  self->mode_label = make_label ();
  gtk_widget_add_css_class (GTK_WIDGET (self->mode_label), "heading");
  self->text_label = make_label ();
  gtk_widget_set_hexpand (GTK_WIDGET (self->text_label), TRUE);
  self->undo_button = gtk_button_new_with_mnemonic (_("_Undo"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->undo_button), "page.undo-row");

  gtk_widget_add_css_class (box, "state-bar");
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->icon));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->mode_label));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->text_label));
  gtk_box_append (GTK_BOX (box), self->undo_button);

  self->revealer = GTK_REVEALER (gtk_revealer_new ());
  gtk_revealer_set_transition_type (self->revealer, GTK_REVEALER_TRANSITION_TYPE_SLIDE_UP);
  gtk_revealer_set_child (self->revealer, box);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->revealer));
}

/**
 * kvar_edit_bar_show:
 * @editing: whether what is typed on a cell changes it
 * @sentence: (nullable): where what was typed into the cursor's row is, or what happened last
 * @can_undo: whether there is anything to be taken back
 *
 * The bar is there while it has anything to say; while nothing is edited, that is nothing.
 */
void
kvar_edit_bar_show (KvarEditBar *self,
                    gboolean     editing,
                    const char  *sentence,
                    gboolean     can_undo)
{
  g_return_if_fail (KVAR_IS_EDIT_BAR (self));

  gtk_label_set_label (self->mode_label, editing ? _("Editing in the list") : _("Browsing"));
  if (editing)
    gtk_widget_remove_css_class (GTK_WIDGET (self->mode_label), "dim-label");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self->mode_label), "dim-label");
  gtk_widget_set_visible (GTK_WIDGET (self->icon), editing);
  gtk_label_set_label (self->text_label, sentence != NULL ? sentence : "");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->text_label), sentence);
  gtk_widget_set_visible (self->undo_button, can_undo);
  gtk_revealer_set_reveal_child (self->revealer, editing || can_undo || sentence != NULL);
}

/* What it says beside the mode. */
const char *
kvar_edit_bar_get_text (KvarEditBar *self)
{
  g_return_val_if_fail (KVAR_IS_EDIT_BAR (self), "");

  return gtk_label_get_text (self->text_label);
}
