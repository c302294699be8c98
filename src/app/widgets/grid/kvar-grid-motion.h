/* kvar-grid-motion.h: where a step of the cell cursor leads
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Left and right are those of a grid that begins at the left. */
typedef enum
{
  KVAR_GRID_MOVE_UP,
  KVAR_GRID_MOVE_DOWN,
  KVAR_GRID_MOVE_LEFT,
  KVAR_GRID_MOVE_RIGHT,
  KVAR_GRID_MOVE_PAGE_UP,
  KVAR_GRID_MOVE_PAGE_DOWN,
  KVAR_GRID_MOVE_ROW_START,
  KVAR_GRID_MOVE_ROW_END,
  KVAR_GRID_MOVE_FIRST,
  KVAR_GRID_MOVE_LAST,
  KVAR_GRID_MOVE_EDGE_UP,
  KVAR_GRID_MOVE_EDGE_DOWN,
  KVAR_GRID_MOVE_EDGE_LEFT,
  KVAR_GRID_MOVE_EDGE_RIGHT,
} KvarGridMove;

typedef struct
{
  guint row;
  guint column;
} KvarGridPlace;

/* Whether the cell at @place holds anything. */
typedef gboolean (*KvarGridFilledFunc) (KvarGridPlace place,
                                        gpointer      user_data);

KvarGridPlace kvar_grid_motion_step (KvarGridPlace       from,
                                     KvarGridMove        move,
                                     KvarGridPlace       size,
                                     guint               page,
                                     KvarGridFilledFunc  is_filled,
                                     gpointer            user_data);

G_END_DECLS
