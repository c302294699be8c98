/* kvar-pin-button.c: keeps what a field holds for the next new record
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-pin-button"

#include "config.h"

#include <glib/gi18n.h>

#include "kvar-pin-button.h"

static void
clicked_cb (GtkButton *button)
{
  gtk_widget_activate_action (GTK_WIDGET (button), "page.toggle-pin", "s",
                              gtk_widget_get_name (GTK_WIDGET (button)));
}

/**
 * kvar_pin_button_new:
 * @column: whose field it stands beside
 *
 * Tab passes it by, or it would cost a key in every field: the record's menu has it too.
 */
GtkWidget *
kvar_pin_button_new (KvarColumn *column)
{
  GtkWidget *pin = gtk_toggle_button_new ();
  g_autofree char *label = NULL;

  /* Translators: %s is the title of a field, whose value the next new record begins with. */
  label = g_strdup_printf (_("Keep %s for New Records"), kvar_column_get_title (column));
  gtk_widget_set_name (pin, kvar_column_get_name (column));
  gtk_button_set_icon_name (GTK_BUTTON (pin), "view-pin-symbolic");
  gtk_widget_set_tooltip_text (pin, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (pin), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_widget_set_focusable (pin, FALSE);
  gtk_widget_set_valign (pin, GTK_ALIGN_START);
  gtk_widget_add_css_class (pin, "flat");
  gtk_widget_add_css_class (pin, "pin");
  g_signal_connect (pin, "clicked", G_CALLBACK (clicked_cb), NULL);

  return pin;
}
