/* kvar-inner-name.c: names for what GTK builds inside its own widgets
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-inner-name"

#include "config.h"

#include "kvar-inner-name.h"

static void
set_name (GtkWidget  *widget,
          const char *name)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  -1);
}

/**
 * kvar_inner_name_set:
 * @outer: a widget that others are built into
 * @type: of the one that takes the focus
 *
 * Names every @type in @outer. A screen reader would say its class instead, since the name
 * of @outer does not reach it.
 */
void
kvar_inner_name_set (GtkWidget  *outer,
                     GType       type,
                     const char *name)
{
  g_return_if_fail (GTK_IS_WIDGET (outer));
  g_return_if_fail (name != NULL);

  for (GtkWidget *child = gtk_widget_get_first_child (outer);
       child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      if (G_TYPE_CHECK_INSTANCE_TYPE (child, type))
        set_name (child, name);
      kvar_inner_name_set (child, type, name);
    }
}

static void
tooltip_changed_cb (GtkWidget *widget)
{
  const char *tooltip = gtk_widget_get_tooltip_text (widget);

  if (tooltip != NULL)
    set_name (widget, tooltip);
}

/**
 * kvar_inner_name_use_tooltip:
 *
 * Names every @type in @outer as its tooltip does, now and whenever that changes.
 */
void
kvar_inner_name_use_tooltip (GtkWidget *outer,
                             GType      type)
{
  g_return_if_fail (GTK_IS_WIDGET (outer));

  for (GtkWidget *child = gtk_widget_get_first_child (outer);
       child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      if (G_TYPE_CHECK_INSTANCE_TYPE (child, type))
        {
          tooltip_changed_cb (child);
          g_signal_connect (child, "notify::tooltip-text", G_CALLBACK (tooltip_changed_cb), NULL);
        }
      else
        {
          kvar_inner_name_use_tooltip (child, type);
        }
    }
}

static void
label_changed_cb (GtkWidget *button)
{
  gtk_accessible_reset_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL);
}

/**
 * kvar_inner_name_use_labels:
 *
 * Names every button in @outer as its label reads, now and whenever that changes. On this floor
 * GTK names one with a mnemonic twice, the first time with the underscore: "_Undo Undo".
 */
void
kvar_inner_name_use_labels (GtkWidget *outer)
{
  g_return_if_fail (GTK_IS_WIDGET (outer));

  for (GtkWidget *child = gtk_widget_get_first_child (outer);
       child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      if (GTK_IS_BUTTON (child) && gtk_button_get_use_underline (GTK_BUTTON (child)))
        {
          label_changed_cb (child);
          g_signal_connect (child, "notify::label", G_CALLBACK (label_changed_cb), NULL);
        }
      else
        {
          kvar_inner_name_use_labels (child);
        }
    }
}
