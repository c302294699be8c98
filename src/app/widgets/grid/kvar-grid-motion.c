/* kvar-grid-motion.c: decides where a step of the cell cursor leads
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-grid"

#include "config.h"

#include "kvar-grid-motion.h"

/* So many cells are looked at for an edge; the next press goes on from there. */
#define MAX_SCAN 100000

static guint
step_back (guint from,
           guint by)
{
  return from > by ? from - by : 0;
}

static guint
step_on (guint from,
         guint by,
         guint n)
{
  return n - 1 - from > by ? from + by : n - 1;
}

static gboolean
advance (KvarGridPlace *place,
         KvarGridMove   move,
         KvarGridPlace  size)
{
  switch (move)
    {
    case KVAR_GRID_MOVE_EDGE_UP:
      return place->row > 0 && place->row--;

    case KVAR_GRID_MOVE_EDGE_DOWN:
      return place->row + 1 < size.row && ++place->row;

    case KVAR_GRID_MOVE_EDGE_LEFT:
      return place->column > 0 && place->column--;

    default:
      return place->column + 1 < size.column && ++place->column;
    }
}

/* As a spreadsheet does it: to the last filled cell before a gap; from there, or from an
 * empty one, to the next filled one; with none left, to the end. */
static KvarGridPlace
find_edge (KvarGridPlace      from,
           KvarGridMove       move,
           KvarGridPlace      size,
           KvarGridFilledFunc is_filled,
           gpointer           user_data)
{
  KvarGridPlace place = from;
  KvarGridPlace next = from;
  gboolean inside;

  if (!advance (&next, move, size))
    return from;

  inside = is_filled (from, user_data) && is_filled (next, user_data);
  for (guint i = 0; i < MAX_SCAN; i++)
    {
      next = place;
      if (!advance (&next, move, size))
        break;
      if (inside && !is_filled (next, user_data))
        break;
      place = next;
      if (!inside && is_filled (place, user_data))
        break;
    }

  return place;
}

/**
 * kvar_grid_motion_step:
 * @from: a cell of the grid
 * @size: how many rows and columns there are, one of each at least
 * @page: how many rows a page has
 *
 * Nothing wraps: at a border the cursor stays.
 */
KvarGridPlace
kvar_grid_motion_step (KvarGridPlace      from,
                       KvarGridMove       move,
                       KvarGridPlace      size,
                       guint              page,
                       KvarGridFilledFunc is_filled,
                       gpointer           user_data)
{
  KvarGridPlace to = from;

  g_return_val_if_fail (from.row < size.row && from.column < size.column, from);

  switch (move)
    {
    case KVAR_GRID_MOVE_UP:
      to.row = step_back (from.row, 1);
      break;

    case KVAR_GRID_MOVE_DOWN:
      to.row = step_on (from.row, 1, size.row);
      break;

    case KVAR_GRID_MOVE_LEFT:
      to.column = step_back (from.column, 1);
      break;

    case KVAR_GRID_MOVE_RIGHT:
      to.column = step_on (from.column, 1, size.column);
      break;

    case KVAR_GRID_MOVE_PAGE_UP:
      to.row = step_back (from.row, page);
      break;

    case KVAR_GRID_MOVE_PAGE_DOWN:
      to.row = step_on (from.row, page, size.row);
      break;

    case KVAR_GRID_MOVE_FIRST:
      to.row = 0;
      to.column = 0;
      break;

    case KVAR_GRID_MOVE_LAST:
      to.row = size.row - 1;
      to.column = size.column - 1;
      break;

    case KVAR_GRID_MOVE_ROW_START:
      to.column = 0;
      break;

    case KVAR_GRID_MOVE_ROW_END:
      to.column = size.column - 1;
      break;

    default:
      to = find_edge (from, move, size, is_filled, user_data);
      break;
    }

  return to;
}
