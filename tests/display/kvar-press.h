/* kvar-press.h: keys pressed where the focus is, as widgets' own controllers get them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

static inline gboolean
press_offer (GtkWidget           *widget,
             GtkPropagationPhase  phase,
             guint                keyval,
             GdkModifierType      state)
{
  g_autoptr(GListModel) controllers = gtk_widget_observe_controllers (widget);
  gboolean handled = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (controllers) && !handled; i++)
    {
      g_autoptr(GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_EVENT_CONTROLLER_KEY (controller) &&
          gtk_event_controller_get_propagation_phase (controller) == phase)
        g_signal_emit_by_name (controller, "key-pressed", keyval, 0, state, &handled);
    }

  return handled;
}

static inline gboolean
press_capture (GtkWidget       *widget,
               guint            keyval,
               GdkModifierType  state)
{
  GtkWidget *parent = gtk_widget_get_parent (widget);

  return (parent != NULL && press_capture (parent, keyval, state)) ||
         press_offer (widget, GTK_PHASE_CAPTURE, keyval, state);
}

/* Returns whether somebody took it. Bindings and accelerators are not asked. */
static inline gboolean
press (GtkWindow       *window,
       guint            keyval,
       GdkModifierType  state)
{
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (window));

  g_assert_nonnull (focus);
  if (press_capture (focus, keyval, state))
    return TRUE;

  for (GtkWidget *widget = focus; widget != NULL; widget = gtk_widget_get_parent (widget))
    {
      if (press_offer (widget, GTK_PHASE_BUBBLE, keyval, state))
        return TRUE;
    }

  return FALSE;
}
