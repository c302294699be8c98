/* kvar-sides-layout.c: children side by side, or one below the other where it is narrow
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-sides-layout"

#include "config.h"

#include "kvar-sides-layout.h"

/* From this width on each child has a share of it that a short value fits in. */
#define WIDE 480
#define GAP 18
#define STACKED_GAP 9

struct _KvarSidesLayout
{
  GtkLayoutManager  parent_instance;

  gboolean          stacked;    /* whatever the width */
};

G_DEFINE_FINAL_TYPE (KvarSidesLayout, kvar_sides_layout, GTK_TYPE_LAYOUT_MANAGER)

static GtkWidget *
next_shown (GtkWidget *child)
{
  while (child != NULL && !gtk_widget_should_layout (child))
    child = gtk_widget_get_next_sibling (child);

  return child;
}

static GtkWidget *
first_shown (GtkWidget *widget)
{
  return next_shown (gtk_widget_get_first_child (widget));
}

static int
count_shown (GtkWidget *widget)
{
  int n = 0;

  for (GtkWidget *child = first_shown (widget); child != NULL;
       child = next_shown (gtk_widget_get_next_sibling (child)))
    n++;

  return n;
}

static gboolean
is_stacked (KvarSidesLayout *self,
            int              width)
{
  return self->stacked || (width >= 0 && width < WIDE);
}

static int
share_of (int width,
          int n)
{
  return n > 0 && width >= 0 ? MAX (0, (width - (n - 1) * GAP) / n) : -1;
}

static GtkSizeRequestMode
kvar_sides_layout_get_request_mode (GtkLayoutManager *manager,
                                    GtkWidget        *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
kvar_sides_layout_measure (GtkLayoutManager *manager,
                           GtkWidget        *widget,
                           GtkOrientation    orientation,
                           int               for_size,
                           int              *minimum,
                           int              *natural,
                           int              *minimum_baseline,
                           int              *natural_baseline)
{
  KvarSidesLayout *self = KVAR_SIDES_LAYOUT (manager);
  int n = count_shown (widget);
  gboolean stacked = is_stacked (self, for_size);
  int width = stacked ? for_size : share_of (for_size, n);

  *minimum = 0;
  *natural = 0;
  for (GtkWidget *child = first_shown (widget); child != NULL;
       child = next_shown (gtk_widget_get_next_sibling (child)))
    {
      int child_minimum, child_natural;

      gtk_widget_measure (child, orientation,
                          orientation == GTK_ORIENTATION_VERTICAL ? width : -1,
                          &child_minimum, &child_natural, NULL, NULL);
      if (orientation == GTK_ORIENTATION_VERTICAL && stacked)
        {
          *minimum += child_minimum + (*minimum > 0 ? STACKED_GAP : 0);
          *natural += child_natural + (*natural > 0 ? STACKED_GAP : 0);
        }
      else
        {
          *minimum = MAX (*minimum, child_minimum);
          *natural = MAX (*natural, child_natural);
        }
    }

  /* It may always be narrow. */
  if (orientation == GTK_ORIENTATION_HORIZONTAL && n > 0)
    *natural = *natural * n + (n - 1) * GAP;
}

static void
kvar_sides_layout_allocate (GtkLayoutManager *manager,
                            GtkWidget        *widget,
                            int               width,
                            int               height,
                            int               baseline)
{
  KvarSidesLayout *self = KVAR_SIDES_LAYOUT (manager);
  int n = count_shown (widget);
  gboolean stacked = is_stacked (self, width);
  GtkAllocation area = { 0, 0, stacked ? width : share_of (width, n), height };
  gboolean mirrored = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;

  for (GtkWidget *child = first_shown (widget); child != NULL;
       child = next_shown (gtk_widget_get_next_sibling (child)))
    {
      GtkAllocation place = area;

      if (stacked)
        {
          gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, width, NULL, &place.height,
                              NULL, NULL);
          area.y += place.height + STACKED_GAP;
        }
      else
        {
          if (mirrored)
            place.x = width - area.x - area.width;
          area.x += area.width + GAP;
        }
      gtk_widget_size_allocate (child, &place, -1);
    }
}

static void
kvar_sides_layout_class_init (KvarSidesLayoutClass *klass)
{
  GtkLayoutManagerClass *layout_class = GTK_LAYOUT_MANAGER_CLASS (klass);

  layout_class->get_request_mode = kvar_sides_layout_get_request_mode;
  layout_class->measure = kvar_sides_layout_measure;
  layout_class->allocate = kvar_sides_layout_allocate;
}

static void
kvar_sides_layout_init (KvarSidesLayout *self)
{
}

/**
 * kvar_sides_layout_set_stacked:
 * @stacked: one below the other however wide it is, as long texts are read
 */
void
kvar_sides_layout_set_stacked (KvarSidesLayout *self,
                               gboolean         stacked)
{
  g_return_if_fail (KVAR_IS_SIDES_LAYOUT (self));

  if (self->stacked == stacked)
    return;

  self->stacked = stacked;
  gtk_layout_manager_layout_changed (GTK_LAYOUT_MANAGER (self));
}
