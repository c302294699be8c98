/* kvar-grid-edit.c: decides what a key does to a cell, and which cell is the next to be edited
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-grid"

#include "config.h"

#include "kvar-grid-edit.h"

typedef struct
{
  guint            keyval;
  GdkModifierType  state;
  KvarGridEdit     edit;
} Key;

static const Key keys[] = {
  { GDK_KEY_Return, 0, KVAR_GRID_EDIT_BEGIN },
  { GDK_KEY_KP_Enter, 0, KVAR_GRID_EDIT_BEGIN },
  { GDK_KEY_ISO_Enter, 0, KVAR_GRID_EDIT_BEGIN },
  { GDK_KEY_F4, 0, KVAR_GRID_EDIT_CHOOSE },
  { GDK_KEY_Down, GDK_ALT_MASK, KVAR_GRID_EDIT_CHOOSE },
  { GDK_KEY_KP_Down, GDK_ALT_MASK, KVAR_GRID_EDIT_CHOOSE },
  { GDK_KEY_Delete, 0, KVAR_GRID_EDIT_CLEAR },
  { GDK_KEY_KP_Delete, 0, KVAR_GRID_EDIT_CLEAR },
  { GDK_KEY_d, GDK_CONTROL_MASK, KVAR_GRID_EDIT_FILL },
  { GDK_KEY_apostrophe, GDK_CONTROL_MASK, KVAR_GRID_EDIT_FILL },
  { GDK_KEY_Tab, 0, KVAR_GRID_EDIT_NEXT },
  { GDK_KEY_KP_Tab, 0, KVAR_GRID_EDIT_NEXT },
  { GDK_KEY_Tab, GDK_SHIFT_MASK, KVAR_GRID_EDIT_PREVIOUS },
  { GDK_KEY_ISO_Left_Tab, GDK_SHIFT_MASK, KVAR_GRID_EDIT_PREVIOUS },
};

/* Also what only begins a letter. Space is for selecting. */
static gboolean
is_typed (guint            keyval,
          GdkModifierType  state)
{
  if ((state & ~GDK_SHIFT_MASK) != 0)
    return FALSE;
  if ((keyval >= GDK_KEY_dead_grave && keyval <= GDK_KEY_dead_greek) ||
      keyval == GDK_KEY_Multi_key)
    return TRUE;

  return g_unichar_isgraph (gdk_keyval_to_unicode (keyval));
}

/**
 * kvar_grid_edit_choose:
 * @edit_mode: whether the grid is there for editing, rather than for looking through
 *
 * Only in edit mode does a key change anything by itself.
 */
KvarGridEdit
kvar_grid_edit_choose (gboolean         edit_mode,
                       guint            keyval,
                       GdkModifierType  state)
{
  if (keyval == GDK_KEY_F2 && state == 0)
    return KVAR_GRID_EDIT_BEGIN;
  if (!edit_mode)
    return KVAR_GRID_EDIT_NONE;

  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      if (keys[i].keyval == keyval && keys[i].state == state)
        return keys[i].edit;
    }

  return is_typed (keyval, state) ? KVAR_GRID_EDIT_TYPE : KVAR_GRID_EDIT_NONE;
}

/**
 * kvar_grid_edit_next:
 * @by: 1 or -1
 * @next: (out): where that is
 *
 * Goes on in the next row where there is none in this one, and no further: a grid in which
 * nothing can be edited is not searched to its end.
 *
 * Returns: whether there is another cell that can be edited
 */
gboolean
kvar_grid_edit_next (KvarGridPlace         from,
                     int                   by,
                     KvarGridPlace         size,
                     KvarGridEditableFunc  is_editable,
                     gpointer              user_data,
                     KvarGridPlace        *next)
{
  gint64 start = (gint64)from.row * size.column + from.column;

  for (guint i = 1; i < 2 * size.column; i++)
    {
      gint64 cell = start + (gint64)by * i;
      KvarGridPlace place;

      if (cell < 0 || cell >= (gint64)size.row * size.column)
        return FALSE;

      place = (KvarGridPlace) { cell / size.column, cell % size.column };
      if (is_editable (place, user_data))
        {
          *next = place;
          return TRUE;
        }
    }

  return FALSE;
}
