/* kvar-focus-memory.c: which widget had the focus, and where its cursor was
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-focus-memory"

#include "config.h"

#include "kvar-focus-memory.h"

struct _KvarFocusMemory
{
  GWeakRef widget;

  /* Of a GtkText: taking the focus selects all of it, which is undone on return. */
  int      start;
  int      end;
  int      cursor;
};

/**
 * kvar_focus_memory_new:
 * @within: only a focus in here counts
 *
 * Returns: (nullable): %NULL when the focus is somewhere else
 */
KvarFocusMemory *
kvar_focus_memory_new (GtkWidget *within)
{
  KvarFocusMemory *self = NULL;
  GtkRoot *root = NULL;
  GtkWidget *focus = NULL;

  g_return_val_if_fail (GTK_IS_WIDGET (within), NULL);

  root = gtk_widget_get_root (within);
  focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  if (focus == NULL || !(focus == within || gtk_widget_is_ancestor (focus, within)))
    return NULL;

  self = g_new0 (KvarFocusMemory, 1);
  g_weak_ref_init (&self->widget, focus);
  if (GTK_IS_EDITABLE (focus))
    {
      self->cursor = gtk_editable_get_position (GTK_EDITABLE (focus));
      if (!gtk_editable_get_selection_bounds (GTK_EDITABLE (focus), &self->start, &self->end))
        self->start = self->end = self->cursor;
    }

  return self;
}

/* What a page no longer shows would take the focus all the same, and then nobody could see it:
 * such as the place where it waited for rows that have come meanwhile. */
static gboolean
is_shown (GtkWidget *widget)
{
  for (; widget != NULL && !GTK_IS_ROOT (widget); widget = gtk_widget_get_parent (widget))
    {
      if (!gtk_widget_get_visible (widget) || !gtk_widget_get_child_visible (widget))
        return FALSE;
    }

  return widget != NULL;
}

/**
 * kvar_focus_memory_restore:
 *
 * Puts the focus back, and the cursor and selection with it.
 *
 * Returns: %FALSE when the widget is gone, is not shown or takes no focus any more
 */
gboolean
kvar_focus_memory_restore (KvarFocusMemory *self)
{
  g_autoptr(GtkWidget) widget = NULL;

  g_return_val_if_fail (self != NULL, FALSE);

  widget = g_weak_ref_get (&self->widget);
  if (widget == NULL || !is_shown (widget) || !gtk_widget_grab_focus (widget))
    return FALSE;

  /* The cursor is the end that select_region () is given last. */
  if (GTK_IS_EDITABLE (widget))
    gtk_editable_select_region (GTK_EDITABLE (widget),
                                self->cursor == self->start ? self->end : self->start,
                                self->cursor);

  return TRUE;
}

void
kvar_focus_memory_free (KvarFocusMemory *self)
{
  g_weak_ref_clear (&self->widget);
  g_free (self);
}
