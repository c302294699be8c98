/* kvar-grid-title.c: the title of one column in a grid's header, and how it is sorted
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-grid"

#include "config.h"

#include <glib/gi18n.h>

#include "kvar-grid-title.h"

struct _KvarGridTitle
{
  GtkWidget       parent_instance;

  KvarGridColumn *column;
  GtkLabel       *label;
  GtkWidget      *arrow;
  GtkLabel       *level;
};

G_DEFINE_FINAL_TYPE (KvarGridTitle, kvar_grid_title, GTK_TYPE_WIDGET)

static char *
describe_sort (KvarGridSort sort,
               guint        level)
{
  if (sort == KVAR_GRID_UNSORTED)
    return g_strdup ("");

  if (level == 0)
    return g_strdup (sort == KVAR_GRID_DESCENDING ? _("Sorted descending")
                                                  : _("Sorted ascending"));

  return g_strdup_printf (sort == KVAR_GRID_DESCENDING
                            /* Translators: %u is 1 for the column that is sorted by first. */
                            ? _("Sorted descending, level %u")
                            /* Translators: %u is 1 for the column that is sorted by first. */
                            : _("Sorted ascending, level %u"),
                          level);
}

static void
update_sort (KvarGridTitle *self)
{
  KvarGridSort sort = kvar_grid_column_get_sort (self->column);
  guint level = kvar_grid_column_get_sort_level (self->column);
  g_autofree char *description = describe_sort (sort, level);
  g_autofree char *number = level > 0 ? g_strdup_printf ("%u", level) : NULL;
  GtkAccessibleSort told = sort == KVAR_GRID_ASCENDING    ? GTK_ACCESSIBLE_SORT_ASCENDING
                           : sort == KVAR_GRID_DESCENDING ? GTK_ACCESSIBLE_SORT_DESCENDING
                                                          : GTK_ACCESSIBLE_SORT_NONE;

  gtk_widget_set_visible (self->arrow, sort != KVAR_GRID_UNSORTED);
  gtk_image_set_from_icon_name (GTK_IMAGE (self->arrow),
                                sort == KVAR_GRID_DESCENDING ? "pan-down-symbolic"
                                                             : "pan-up-symbolic");
  gtk_label_set_label (self->level, number != NULL ? number : "");
  gtk_widget_set_visible (GTK_WIDGET (self->level), number != NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_SORT, told,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, description, -1);
}

static void
update_title (KvarGridTitle *self)
{
  const char *title = kvar_grid_column_get_title (self->column);

  gtk_label_set_label (self->label, title);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
}

static void
kvar_grid_title_dispose (GObject *object)
{
  KvarGridTitle *self = KVAR_GRID_TITLE (object);
  GtkWidget *child;

  g_clear_object (&self->column);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (kvar_grid_title_parent_class)->dispose (object);
}

static void
kvar_grid_title_class_init (KvarGridTitleClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kvar_grid_title_dispose;

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "title");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_COLUMN_HEADER);
}

static void
kvar_grid_title_init (KvarGridTitle *self)
{
  GtkWidget *widget = GTK_WIDGET (self);

  gtk_widget_set_focusable (widget, TRUE);

  self->label = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_ellipsize (self->label, PANGO_ELLIPSIZE_END);
  gtk_label_set_single_line_mode (self->label, TRUE);
  gtk_widget_set_hexpand (GTK_WIDGET (self->label), TRUE);
  gtk_widget_set_parent (GTK_WIDGET (self->label), widget);

  self->arrow = gtk_image_new ();
  gtk_widget_set_parent (self->arrow, widget);

  self->level = GTK_LABEL (gtk_label_new (NULL));
  gtk_widget_add_css_class (GTK_WIDGET (self->level), "numeric");
  gtk_widget_set_parent (GTK_WIDGET (self->level), widget);
}

KvarGridTitle *
kvar_grid_title_new (KvarGridColumn *column)
{
  KvarGridTitle *self = g_object_new (KVAR_TYPE_GRID_TITLE, NULL);

  self->column = g_object_ref (column);
  gtk_label_set_xalign (self->label, kvar_grid_column_get_xalign (column));
  g_signal_connect_object (column, "notify::sort", G_CALLBACK (update_sort), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (column, "notify::title", G_CALLBACK (update_title), self,
                           G_CONNECT_SWAPPED);
  update_sort (self);
  update_title (self);

  return self;
}

KvarGridColumn *
kvar_grid_title_get_column (KvarGridTitle *self)
{
  return self->column;
}
