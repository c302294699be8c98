/* kvar-grid-header.c: the titles of a grid's columns, by which they are sorted and sized
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-grid"

#include "config.h"

#include <glib/gi18n.h>

#include "kvar-grid-private.h"
#include "kvar-grid-title.h"

/* So near to a column's end the pointer sizes it. */
#define EDGE 5

/* By so much one press of a key does. */
#define KEY_STEP 10

struct _KvarGridHeader
{
  GtkWidget       parent_instance;

  KvarGrid       *grid;           /* (not owned) the parent */
  GPtrArray      *titles;         /* (not owned) children, as the grid's columns are shown */
  KvarGridColumn *sized;          /* (nullable) while it is dragged */
  int             sized_from;
};

G_DEFINE_FINAL_TYPE (KvarGridHeader, kvar_grid_header, GTK_TYPE_WIDGET)

static KvarGridTitle *
find_title (KvarGridHeader *self,
            KvarGridColumn *column)
{
  for (guint i = 0; i < self->titles->len; i++)
    {
      KvarGridTitle *title = g_ptr_array_index (self->titles, i);

      if (kvar_grid_title_get_column (title) == column)
        return title;
    }

  return NULL;
}

static gboolean
is_rtl (KvarGridHeader *self)
{
  return gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
}

static double
to_logical (KvarGridHeader *self,
            double          x)
{
  return is_rtl (self) ? gtk_widget_get_width (GTK_WIDGET (self)) - x : x;
}

/* The column whose end is at @x, if it can be sized. */
static KvarGridColumn *
find_edge (KvarGridHeader *self,
           double          x)
{
  double at = to_logical (self, x);

  for (guint i = 0; i < self->titles->len; i++)
    {
      KvarGridColumn *column = kvar_grid_get_shown (self->grid, i);
      int end = kvar_grid_get_column_x (self->grid, i) +
                kvar_grid_get_column_width (self->grid, i);

      if (ABS (end - at) <= EDGE && kvar_grid_column_get_resizable (column) &&
          (i < self->grid->n_frozen || end >= self->grid->frozen_width))
        return column;
    }

  return NULL;
}

static KvarGridColumn *
find_column (KvarGridHeader *self,
             double          x)
{
  guint index = kvar_grid_find_column_at (self->grid, to_logical (self, x));

  return index != G_MAXUINT ? kvar_grid_get_shown (self->grid, index) : NULL;
}

static void
drag_begin_cb (KvarGridHeader *self,
               double          x,
               double          y,
               GtkGesture     *gesture)
{
  self->sized = find_edge (self, x);
  if (self->sized == NULL)
    {
      gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_DENIED);
      return;
    }

  /* As it is seen: the last one may be wider than it asks for. */
  self->sized_from = kvar_grid_get_column_width (self->grid,
                                                 kvar_grid_find_shown (self->grid, self->sized));
  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
}

static void
drag_update_cb (KvarGridHeader *self,
                double          x,
                double          y,
                GtkGesture     *gesture)
{
  if (self->sized != NULL)
    kvar_grid_column_set_width (self->sized, self->sized_from + (int)(is_rtl (self) ? -x : x));
}

static void
drag_end_cb (KvarGridHeader *self)
{
  self->sized = NULL;
}

static void
released_cb (KvarGridHeader *self,
             int             n_press,
             double          x,
             double          y,
             GtkGesture     *gesture)
{
  GdkModifierType state =
    gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (gesture));
  KvarGridColumn *column = find_column (self, x);

  if (column != NULL && kvar_grid_column_get_sortable (column) &&
      gtk_widget_contains (GTK_WIDGET (self), x, y))
    kvar_grid_emit_sort_requested (self->grid, column, (state & GDK_SHIFT_MASK) != 0);
}

static void
menu_pressed_cb (KvarGridHeader *self,
                 int             n_press,
                 double          x,
                 double          y,
                 GtkGesture     *gesture)
{
  KvarGridColumn *column = find_column (self, x);

  if (column != NULL)
    kvar_grid_header_popup_menu (self, column);
}

static void
motion_cb (KvarGridHeader *self,
           double          x,
           double          y)
{
  gboolean edge = self->sized != NULL || find_edge (self, x) != NULL;

  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), edge ? "col-resize" : NULL);
}

static void
resize_by (KvarGridColumn *column,
           int             by)
{
  if (kvar_grid_column_get_resizable (column))
    kvar_grid_column_set_width (column, kvar_grid_column_get_width (column) + by);
}

/* Past its neighbour that is shown; a frozen one stays among the frozen ones. */
static void
move_by (KvarGridHeader *self,
         guint           index,
         int             by)
{
  KvarGridColumn *column = kvar_grid_get_shown (self->grid, index);
  KvarGridColumn *other;
  guint position;

  if ((by < 0 && index == 0) || index + by >= self->titles->len)
    return;

  other = kvar_grid_get_shown (self->grid, index + by);
  if (kvar_grid_column_get_frozen (other) != kvar_grid_column_get_frozen (column) ||
      !g_ptr_array_find (self->grid->columns, other, &position))
    return;

  kvar_grid_move_column (self->grid, column, position);
  kvar_grid_header_focus (self, column);
}

static gboolean
arrow_pressed (KvarGridHeader  *self,
               guint            index,
               int              by,
               GdkModifierType  state)
{
  KvarGridColumn *column = kvar_grid_get_shown (self->grid, index);

  if (state == GDK_SHIFT_MASK)
    resize_by (column, by * KEY_STEP);
  else if (state == (GDK_SHIFT_MASK | GDK_CONTROL_MASK))
    move_by (self, index, by);
  else if (state != 0)
    return FALSE;
  else if ((by > 0 || index > 0) && index + by < self->titles->len)
    kvar_grid_header_focus (self, kvar_grid_get_shown (self->grid, index + by));

  return TRUE;
}

static gboolean
rename_pressed (KvarGridHeader  *self,
                guint            index,
                GdkModifierType  state)
{
  if (state != 0)
    return FALSE;

  kvar_grid_emit_rename_requested (self->grid, kvar_grid_get_shown (self->grid, index));
  return TRUE;
}

static gboolean
key_pressed_cb (KvarGridHeader  *self,
                guint            keyval,
                guint            keycode,
                GdkModifierType  modifiers)
{
  GtkWidget *focus = gtk_widget_get_focus_child (GTK_WIDGET (self));
  GdkModifierType state = modifiers & gtk_accelerator_get_default_mod_mask ();
  guint index;

  if (!g_ptr_array_find (self->titles, focus, &index))
    return FALSE;

  switch (keyval)
    {
    case GDK_KEY_Left:
    case GDK_KEY_KP_Left:
      return arrow_pressed (self, index, is_rtl (self) ? 1 : -1, state);

    case GDK_KEY_Right:
    case GDK_KEY_KP_Right:
      return arrow_pressed (self, index, is_rtl (self) ? -1 : 1, state);

    case GDK_KEY_Home:
    case GDK_KEY_KP_Home:
      return kvar_grid_header_focus (self, kvar_grid_get_shown (self->grid, 0));

    case GDK_KEY_End:
    case GDK_KEY_KP_End:
      return kvar_grid_header_focus (self,
                                     kvar_grid_get_shown (self->grid, self->titles->len - 1));

    case GDK_KEY_Down:
    case GDK_KEY_KP_Down:
      if (self->grid->n_rows == 0)
        return FALSE;
      kvar_grid_cursor_go (self->grid, (KvarGridPlace) { self->grid->cursor_row, index }, FALSE);
      return kvar_grid_cursor_grab_focus (self->grid);

    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
    case GDK_KEY_ISO_Enter:
    case GDK_KEY_space:
      if ((state & ~GDK_SHIFT_MASK) != 0 ||
          !kvar_grid_column_get_sortable (kvar_grid_get_shown (self->grid, index)))
        return FALSE;
      kvar_grid_emit_sort_requested (self->grid, kvar_grid_get_shown (self->grid, index),
                                     state == GDK_SHIFT_MASK);
      return TRUE;

    case GDK_KEY_F2:
      return rename_pressed (self, index, state);

    case GDK_KEY_Menu:
    case GDK_KEY_F10:
      if ((keyval == GDK_KEY_F10) != (state == GDK_SHIFT_MASK))
        return FALSE;
      kvar_grid_header_popup_menu (self, kvar_grid_get_shown (self->grid, index));
      return TRUE;

    default:
      return FALSE;
    }
}

static void
kvar_grid_header_measure (GtkWidget      *widget,
                          GtkOrientation  orientation,
                          int             for_size,
                          int            *minimum,
                          int            *natural,
                          int            *minimum_baseline,
                          int            *natural_baseline)
{
  KvarGridHeader *self = KVAR_GRID_HEADER (widget);

  *minimum = *natural = 0;
  for (guint i = 0; i < self->titles->len && orientation == GTK_ORIENTATION_VERTICAL; i++)
    {
      int height;

      gtk_widget_measure (g_ptr_array_index (self->titles, i), orientation, -1, NULL, &height,
                          NULL, NULL);
      *minimum = *natural = MAX (*natural, height);
    }
}

static void
kvar_grid_header_size_allocate (GtkWidget *widget,
                                int        width,
                                int        height,
                                int        baseline)
{
  KvarGridHeader *self = KVAR_GRID_HEADER (widget);

  for (guint i = 0; i < self->titles->len; i++)
    {
      GtkWidget *title = g_ptr_array_index (self->titles, i);
      int title_width = kvar_grid_get_column_width (self->grid, i);
      int x = kvar_grid_get_column_x (self->grid, i);
      int least;

      gtk_widget_measure (title, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
      title_width = MAX (title_width, least);
      gtk_widget_size_allocate (title, &(GtkAllocation) { is_rtl (self) ? width - x - title_width
                                                                        : x,
                                                          0, title_width, height }, -1);
    }
}

static void
kvar_grid_header_snapshot (GtkWidget   *widget,
                           GtkSnapshot *snapshot)
{
  KvarGridHeader *self = KVAR_GRID_HEADER (widget);
  int frozen = self->grid->frozen_width;
  int width = gtk_widget_get_width (widget);

  gtk_snapshot_push_clip (snapshot, &GRAPHENE_RECT_INIT (is_rtl (self) ? 0 : frozen, 0,
                                                         width - frozen,
                                                         gtk_widget_get_height (widget)));
  for (guint i = self->grid->n_frozen; i < self->titles->len; i++)
    gtk_widget_snapshot_child (widget, g_ptr_array_index (self->titles, i), snapshot);
  gtk_snapshot_pop (snapshot);
  for (guint i = 0; i < self->grid->n_frozen && i < self->titles->len; i++)
    gtk_widget_snapshot_child (widget, g_ptr_array_index (self->titles, i), snapshot);
}

static void
kvar_grid_header_dispose (GObject *object)
{
  KvarGridHeader *self = KVAR_GRID_HEADER (object);
  GtkWidget *child;

  g_ptr_array_set_size (self->titles, 0);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (kvar_grid_header_parent_class)->dispose (object);
}

static void
kvar_grid_header_finalize (GObject *object)
{
  g_clear_pointer (&KVAR_GRID_HEADER (object)->titles, g_ptr_array_unref);

  G_OBJECT_CLASS (kvar_grid_header_parent_class)->finalize (object);
}

static void
kvar_grid_header_class_init (KvarGridHeaderClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = kvar_grid_header_dispose;
  object_class->finalize = kvar_grid_header_finalize;

  widget_class->measure = kvar_grid_header_measure;
  widget_class->size_allocate = kvar_grid_header_size_allocate;
  widget_class->snapshot = kvar_grid_header_snapshot;

  gtk_widget_class_set_css_name (widget_class, "header");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_ROW);
}

static void
add_pointer (KvarGridHeader *self)
{
  GtkGesture *drag = gtk_gesture_drag_new ();
  GtkGesture *click = gtk_gesture_click_new ();
  GtkGesture *menu = gtk_gesture_click_new ();
  GtkEventController *motion = gtk_event_controller_motion_new ();

  /* Sizing comes first: what it takes is no click. */
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (drag), GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (drag, "drag-begin", G_CALLBACK (drag_begin_cb), self);
  g_signal_connect_swapped (drag, "drag-update", G_CALLBACK (drag_update_cb), self);
  g_signal_connect_swapped (drag, "drag-end", G_CALLBACK (drag_end_cb), self);
  g_signal_connect_swapped (click, "released", G_CALLBACK (released_cb), self);
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (menu), GDK_BUTTON_SECONDARY);
  g_signal_connect_swapped (menu, "pressed", G_CALLBACK (menu_pressed_cb), self);
  g_signal_connect_swapped (motion, "motion", G_CALLBACK (motion_cb), self);

  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (menu));
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
}

static void
kvar_grid_header_init (KvarGridHeader *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->titles = g_ptr_array_new ();
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Columns"), -1);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  add_pointer (self);
}

KvarGridHeader *
kvar_grid_header_new (KvarGrid *grid)
{
  KvarGridHeader *self = g_object_new (KVAR_TYPE_GRID_HEADER, NULL);

  self->grid = grid;

  return self;
}

/* A title for each shown column, in their order; those that stay keep the focus. */
void
kvar_grid_header_sync (KvarGridHeader *self)
{
  g_autoptr(GPtrArray) titles = g_ptr_array_new ();
  GtkWidget *before = NULL;

  for (guint i = 0; i < self->grid->shown->len; i++)
    {
      KvarGridColumn *column = kvar_grid_get_shown (self->grid, i);
      KvarGridTitle *title = find_title (self, column);

      if (title != NULL)
        g_ptr_array_remove_fast (self->titles, title);
      else
        title = kvar_grid_title_new (column);
      g_ptr_array_add (titles, title);
      gtk_widget_insert_after (GTK_WIDGET (title), GTK_WIDGET (self), before);
      before = GTK_WIDGET (title);
    }

  for (guint i = 0; i < self->titles->len; i++)
    gtk_widget_unparent (g_ptr_array_index (self->titles, i));
  g_ptr_array_unref (self->titles);
  self->titles = g_steal_pointer (&titles);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

/**
 * kvar_grid_header_focus:
 * @column: (nullable): the first one if it is %NULL or not shown
 */
gboolean
kvar_grid_header_focus (KvarGridHeader *self,
                        KvarGridColumn *column)
{
  KvarGridTitle *title = find_title (self, column);

  if (title == NULL && self->titles->len > 0)
    title = g_ptr_array_index (self->titles, 0);
  if (title == NULL)
    return FALSE;

  kvar_grid_scroll_to (self->grid, KVAR_GRID_NO_ROW, kvar_grid_title_get_column (title));

  return gtk_widget_grab_focus (GTK_WIDGET (title));
}

/**
 * kvar_grid_header_popup_menu:
 *
 * Shows the menu that the owner has for @column, if any.
 */
void
kvar_grid_header_popup_menu (KvarGridHeader *self,
                             KvarGridColumn *column)
{
  KvarGridTitle *title = find_title (self, column);

  if (title != NULL)
    kvar_grid_menu_popup_at_title (self->grid, column, GTK_WIDGET (title));
}
