/* kvar-field-layout.c: a field's title beside its editor, or above it where it is narrow
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-field-layout"

#include "config.h"

#include "kvar-field-layout.h"

/* From this width on the title stands beside the editor. */
#define WIDE 480
#define TITLE_WIDTH 168
#define GAP 18
#define NARROW_GAP 4

/* The height of an entry: the title's middle is level with the editor's first line. */
#define FIRST_LINE 34

struct _KvarFieldLayout
{
  GtkLayoutManager  parent_instance;
};

G_DEFINE_FINAL_TYPE (KvarFieldLayout, kvar_field_layout, GTK_TYPE_LAYOUT_MANAGER)

static GtkSizeRequestMode
kvar_field_layout_get_request_mode (GtkLayoutManager *manager,
                                    GtkWidget        *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static int
title_height (GtkWidget *title,
              int        width)
{
  int natural = 0;

  gtk_widget_measure (title, GTK_ORIENTATION_VERTICAL, width, NULL, &natural, NULL, NULL);

  return natural;
}

static void
kvar_field_layout_measure (GtkLayoutManager *manager,
                           GtkWidget        *widget,
                           GtkOrientation    orientation,
                           int               for_size,
                           int              *minimum,
                           int              *natural,
                           int              *minimum_baseline,
                           int              *natural_baseline)
{
  GtkWidget *title = gtk_widget_get_first_child (widget);
  GtkWidget *editor = gtk_widget_get_next_sibling (title);
  int editor_min, editor_nat, title_min, title_nat;
  gboolean wide = for_size < 0 || for_size >= WIDE;

  if (!gtk_widget_get_visible (title))
    {
      gtk_widget_measure (editor, orientation, for_size, minimum, natural, NULL, NULL);
      return;
    }

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      gtk_widget_measure (title, orientation, -1, &title_min, &title_nat, NULL, NULL);
      gtk_widget_measure (editor, orientation, -1, &editor_min, &editor_nat, NULL, NULL);
      *minimum = MAX (title_min, editor_min);
      *natural = TITLE_WIDTH + GAP + editor_nat;
      return;
    }

  if (wide)
    {
      int width = for_size < 0 ? -1 : for_size - TITLE_WIDTH - GAP;

      gtk_widget_measure (editor, orientation, width, &editor_min, &editor_nat, NULL, NULL);
      title_nat = MAX (FIRST_LINE, title_height (title, TITLE_WIDTH));
      *minimum = MAX (editor_min, title_nat);
      *natural = MAX (editor_nat, title_nat);
    }
  else
    {
      gtk_widget_measure (editor, orientation, for_size, &editor_min, &editor_nat, NULL, NULL);
      title_nat = title_height (title, for_size);
      *minimum = title_nat + NARROW_GAP + editor_min;
      *natural = title_nat + NARROW_GAP + editor_nat;
    }
}

static void
kvar_field_layout_allocate (GtkLayoutManager *manager,
                            GtkWidget        *widget,
                            int               width,
                            int               height,
                            int               baseline)
{
  GtkWidget *title = gtk_widget_get_first_child (widget);
  GtkWidget *editor = gtk_widget_get_next_sibling (title);
  GtkAllocation title_area = { 0, 0, width, 0 };
  GtkAllocation editor_area = { 0, 0, width, 0 };

  if (!gtk_widget_get_visible (title))
    {
      gtk_widget_size_allocate (editor, &(GtkAllocation) { 0, 0, width, height }, -1);
      return;
    }

  if (width >= WIDE)
    {
      title_area.width = TITLE_WIDTH;
      title_area.height = MAX (FIRST_LINE, title_height (title, TITLE_WIDTH));
      editor_area.x = TITLE_WIDTH + GAP;
      editor_area.width = width - editor_area.x;
      editor_area.height = height;

      if (gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL)
        {
          title_area.x = width - TITLE_WIDTH;
          editor_area.x = 0;
        }
    }
  else
    {
      title_area.height = title_height (title, width);
      editor_area.y = title_area.height + NARROW_GAP;
      editor_area.height = MAX (0, height - editor_area.y);
    }

  gtk_widget_size_allocate (title, &title_area, -1);
  gtk_widget_size_allocate (editor, &editor_area, -1);
}

static void
kvar_field_layout_class_init (KvarFieldLayoutClass *klass)
{
  GtkLayoutManagerClass *layout_class = GTK_LAYOUT_MANAGER_CLASS (klass);

  layout_class->get_request_mode = kvar_field_layout_get_request_mode;
  layout_class->measure = kvar_field_layout_measure;
  layout_class->allocate = kvar_field_layout_allocate;
}

static void
kvar_field_layout_init (KvarFieldLayout *self)
{
}
