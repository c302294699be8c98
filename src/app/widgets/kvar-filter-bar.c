/* kvar-filter-bar.c: the conditions of a list as chips, each of which can be taken away
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-filter-bar"

#include "config.h"

#include <glib/gi18n.h>

#include "kvar-filter-bar.h"
#include "kvar-inner-name.h"
#include "records/kvar-filter-text.h"

struct _KvarFilterBar
{
  AdwBin       parent_instance;

  GtkRevealer *revealer;
  GtkBox      *box;
};

G_DEFINE_FINAL_TYPE (KvarFilterBar, kvar_filter_bar, ADW_TYPE_BIN)

/* Changes the condition. */
static GtkWidget *
create_change_button (const char *text,
                      guint       index,
                      guint       member)
{
  GtkWidget *label = gtk_label_new (text);
  GtkWidget *button = gtk_button_new ();
  g_autofree char *name = NULL;

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  /* Chips that don't fit are scrolled to, not squeezed until nothing can be read. */
  gtk_label_set_width_chars (GTK_LABEL (label), MIN (g_utf8_strlen (text, -1), 12));
  gtk_label_set_max_width_chars (GTK_LABEL (label), 40);
  /* Translators: %s is a condition such as "Status is open". */
  name = g_strdup_printf (_("Change Filter: %s"), text);
  gtk_button_set_child (GTK_BUTTON (button), label);
  gtk_widget_set_tooltip_text (button, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_widget_add_css_class (button, "chip");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "page.change-filter");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "(uu)", index, member);

  return button;
}

static GtkWidget *
create_remove_button (const char *text,
                      guint       index,
                      guint       member)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("window-close-symbolic");
  g_autofree char *name = NULL;

  /* Translators: %s is a condition such as "Status is open". */
  name = g_strdup_printf (_("Remove Filter: %s"), text);
  gtk_widget_set_tooltip_text (button, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_widget_add_css_class (button, "chip");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "page.remove-member");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "(uu)", index, member);

  return button;
}

static GtkWidget *
create_chip (KvarFilter *filter,
             KvarTable  *table,
             guint       index,
             guint       member)
{
  g_autofree char *text = kvar_filter_text (filter, table);
  GtkWidget *chip = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  gtk_widget_add_css_class (chip, "linked");
  gtk_box_append (GTK_BOX (chip), create_change_button (text, index, member));
  gtk_box_append (GTK_BOX (chip), create_remove_button (text, index, member));

  return chip;
}

/* The alternatives of one condition, with "or" between them. */
static void
append_condition (KvarFilterBar *self,
                  KvarTable     *table,
                  KvarQuery     *query,
                  guint          index)
{
  for (guint i = 0; i < kvar_query_get_n_members (query, index); i++)
    {
      if (i > 0)
        /* Translators: between two conditions of which one is enough. */
        gtk_box_append (self->box, gtk_label_new (C_("conditions", "or")));
      gtk_box_append (self->box, create_chip (kvar_query_get_member (query, index, i), table,
                                              index, i));
    }
}

static void
kvar_filter_bar_class_init (KvarFilterBarClass *klass)
{
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
kvar_filter_bar_init (KvarFilterBar *self)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  self->box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6));
  gtk_widget_add_css_class (GTK_WIDGET (self->box), "filter-bar");
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled),
                                  GTK_POLICY_EXTERNAL, GTK_POLICY_NEVER);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), GTK_WIDGET (self->box));

  self->revealer = GTK_REVEALER (gtk_revealer_new ());
  gtk_revealer_set_child (self->revealer, scrolled);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->revealer));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _("Filters"), -1);
}

void
kvar_filter_bar_show_query (KvarFilterBar *self,
                            KvarTable     *table,
                            KvarQuery     *query)
{
  GtkWidget *child;
  GtkWidget *clear;
  guint n;

  g_return_if_fail (KVAR_IS_FILTER_BAR (self));
  g_return_if_fail (KVAR_IS_TABLE (table));
  g_return_if_fail (query != NULL);

  n = kvar_query_get_n_filters (query);
  gtk_revealer_set_reveal_child (self->revealer, n > 0);
  if (n == 0)
    return;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->box))) != NULL)
    gtk_box_remove (self->box, child);
  for (guint i = 0; i < n; i++)
    append_condition (self, table, query, i);

  clear = gtk_button_new_with_mnemonic (_("_Clear Filter"));
  gtk_widget_add_css_class (clear, "flat");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (clear), "page.clear-filters");
  gtk_box_append (self->box, clear);
  kvar_inner_name_use_labels (GTK_WIDGET (self->box));
}
