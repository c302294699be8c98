/* kvar-grid-keys.c: the keys of a grid's cells, in one table
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-grid"

#include "config.h"

#include "kvar-grid-private.h"

typedef struct
{
  guint         keyval;
  gboolean      control;
  KvarGridMove  move;
} Motion;

/* With Shift, what moves to another row also extends the selection. */
static const Motion motions[] = {
  { GDK_KEY_Up, FALSE, KVAR_GRID_MOVE_UP },
  { GDK_KEY_Down, FALSE, KVAR_GRID_MOVE_DOWN },
  { GDK_KEY_Left, FALSE, KVAR_GRID_MOVE_LEFT },
  { GDK_KEY_Right, FALSE, KVAR_GRID_MOVE_RIGHT },
  { GDK_KEY_Page_Up, FALSE, KVAR_GRID_MOVE_PAGE_UP },
  { GDK_KEY_Page_Down, FALSE, KVAR_GRID_MOVE_PAGE_DOWN },
  { GDK_KEY_Home, FALSE, KVAR_GRID_MOVE_ROW_START },
  { GDK_KEY_End, FALSE, KVAR_GRID_MOVE_ROW_END },
  { GDK_KEY_Home, TRUE, KVAR_GRID_MOVE_FIRST },
  { GDK_KEY_End, TRUE, KVAR_GRID_MOVE_LAST },
  { GDK_KEY_Up, TRUE, KVAR_GRID_MOVE_EDGE_UP },
  { GDK_KEY_Down, TRUE, KVAR_GRID_MOVE_EDGE_DOWN },
  { GDK_KEY_Left, TRUE, KVAR_GRID_MOVE_EDGE_LEFT },
  { GDK_KEY_Right, TRUE, KVAR_GRID_MOVE_EDGE_RIGHT },
};

/* The same keys on the keypad, which are told apart only here. */
static guint
normalise (guint keyval)
{
  switch (keyval)
    {
    case GDK_KEY_KP_Up:
      return GDK_KEY_Up;

    case GDK_KEY_KP_Down:
      return GDK_KEY_Down;

    case GDK_KEY_KP_Left:
      return GDK_KEY_Left;

    case GDK_KEY_KP_Right:
      return GDK_KEY_Right;

    case GDK_KEY_KP_Page_Up:
      return GDK_KEY_Page_Up;

    case GDK_KEY_KP_Page_Down:
      return GDK_KEY_Page_Down;

    case GDK_KEY_KP_Home:
      return GDK_KEY_Home;

    case GDK_KEY_KP_End:
      return GDK_KEY_End;

    case GDK_KEY_KP_Enter:
    case GDK_KEY_ISO_Enter:
      return GDK_KEY_Return;

    case GDK_KEY_KP_Space:
      return GDK_KEY_space;

    default:
      return gdk_keyval_to_lower (keyval);
    }
}

/* Left is where the eye sees it. */
static guint
mirror (KvarGrid *self,
        guint     keyval)
{
  if (gtk_widget_get_direction (GTK_WIDGET (self)) != GTK_TEXT_DIR_RTL)
    return keyval;

  return keyval == GDK_KEY_Left    ? GDK_KEY_Right
         : keyval == GDK_KEY_Right ? GDK_KEY_Left
                                   : keyval;
}

static gboolean
move_pressed (KvarGrid        *self,
              guint            keyval,
              GdkModifierType  state)
{
  gboolean control = (state & GDK_CONTROL_MASK) != 0;
  guint mirrored = mirror (self, keyval);

  if ((state & ~(GDK_CONTROL_MASK | GDK_SHIFT_MASK)) != 0)
    return FALSE;

  for (gsize i = 0; i < G_N_ELEMENTS (motions); i++)
    {
      if (motions[i].keyval != mirrored || motions[i].control != control)
        continue;

      kvar_grid_cursor_move (self, motions[i].move, (state & GDK_SHIFT_MASK) != 0);
      return TRUE;
    }

  return FALSE;
}

static gboolean
select_pressed (KvarGrid        *self,
                guint            keyval,
                GdkModifierType  state)
{
  switch (keyval)
    {
    case GDK_KEY_space:
      if (self->cursor_row >= self->n_rows)
        return FALSE;
      if (state == GDK_SHIFT_MASK)
        kvar_grid_cursor_select (self);
      else if (state == 0 || state == GDK_CONTROL_MASK)
        kvar_grid_selection_toggle (self->selection, self->cursor_row);
      else
        return FALSE;
      return TRUE;

    case GDK_KEY_a:
      if (state == GDK_CONTROL_MASK)
        kvar_grid_cursor_select_all (self);
      else if (state == (GDK_CONTROL_MASK | GDK_SHIFT_MASK))
        kvar_grid_selection_clear (self->selection);
      else
        return FALSE;
      return TRUE;

    case GDK_KEY_c:
      if ((state & ~GDK_SHIFT_MASK) != GDK_CONTROL_MASK)
        return FALSE;
      kvar_grid_emit_copy (self, (state & GDK_SHIFT_MASK) != 0);
      return TRUE;

    default:
      return FALSE;
    }
}

/* A calendar or a list that belongs to the editor has its keys for itself. */
static gboolean
is_in_popover (KvarGrid *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return focus != NULL &&
         gtk_widget_get_native (focus) != gtk_widget_get_native (GTK_WIDGET (self));
}

static gboolean
key_pressed_cb (KvarGrid              *self,
                guint                  pressed,
                guint                  keycode,
                GdkModifierType        modifiers,
                GtkEventControllerKey *controller)
{
  GdkModifierType state = modifiers & gtk_accelerator_get_default_mod_mask ();
  guint keyval = normalise (pressed);

  if (self->editor != NULL)
    return !is_in_popover (self) && kvar_grid_editing_key (self, pressed, state);
  if (!kvar_grid_has_focus (self))
    return FALSE;
  if (kvar_grid_editing_begin_key (self, pressed, state, controller))
    return TRUE;

  if (state == 0 && keyval == GDK_KEY_Return)
    {
      if (self->cursor_row >= self->n_rows)
        return FALSE;
      kvar_grid_emit_row_activated (self, self->cursor_row);
      return TRUE;
    }
  if ((state == 0 && keyval == GDK_KEY_Menu) || (state == GDK_SHIFT_MASK && pressed == GDK_KEY_F10))
    return kvar_grid_menu_popup_at_cursor (self);

  return move_pressed (self, keyval, state) || select_pressed (self, keyval, state);
}

/* Before the scrolled window, which takes some of these keys, and before an editor, from which
 * the grid takes only what ends it. */
void
kvar_grid_keys_install (KvarGrid *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}
