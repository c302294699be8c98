/* kvar-grid-edit.h: what a key does to a cell, and which cell is the next to be edited
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gdk/gdk.h>

#include "kvar-grid-motion.h"

G_BEGIN_DECLS

typedef enum
{
  KVAR_GRID_EDIT_NONE,     /* nothing: it is a key for something else */
  KVAR_GRID_EDIT_BEGIN,    /* opens the editor on the value */
  KVAR_GRID_EDIT_TYPE,     /* opens the editor, and is typed in place of the value */
  KVAR_GRID_EDIT_CHOOSE,   /* opens the editor with its choices or its calendar */
  KVAR_GRID_EDIT_CLEAR,    /* takes the value away */
  KVAR_GRID_EDIT_FILL,     /* takes the value of the cell above */
  KVAR_GRID_EDIT_NEXT,     /* goes to the next cell that can be edited */
  KVAR_GRID_EDIT_PREVIOUS,
} KvarGridEdit;

/* Whether the cell at @place can be edited. */
typedef gboolean (*KvarGridEditableFunc) (KvarGridPlace place,
                                          gpointer      user_data);

KvarGridEdit kvar_grid_edit_choose (gboolean              edit_mode,
                                    guint                 keyval,
                                    GdkModifierType       state);
gboolean     kvar_grid_edit_next   (KvarGridPlace         from,
                                    int                   by,
                                    KvarGridPlace         size,
                                    KvarGridEditableFunc  is_editable,
                                    gpointer              user_data,
                                    KvarGridPlace        *next);

G_END_DECLS
