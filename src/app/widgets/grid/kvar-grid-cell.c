/* kvar-grid-cell.c: one cell of a grid: a line of text, and what marks its row in one of them
 *
 * A GtkLabel costs several times as much to bind, and takes no focus.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-grid"

#include "config.h"

#include "kvar-grid-cell.h"

/* No cell is so wide that more could be seen. */
#define MAX_BYTES 1024

#define ICON_SIZE 16
#define ICON_SPACING 6

struct _KvarGridCell
{
  GtkWidget       parent_instance;

  KvarGridColumn *column;       /* (nullable) while the cell is not in use */
  PangoLayout    *layout;
  GdkPaintable   *icon;         /* (nullable) */
  PangoLayout    *note;         /* (nullable) in a word what the icon says */
  int             note_space;
  const char     *icon_name;    /* (nullable) interned */
  const char     *css_class;    /* (nullable) interned */
  gboolean        cursor;
  gboolean        struck;       /* its row is about to go */
};

G_DEFINE_FINAL_TYPE (KvarGridCell, kvar_grid_cell, GTK_TYPE_WIDGET)

static int
get_icon_space (KvarGridCell *self)
{
  return self->icon != NULL ? ICON_SIZE + ICON_SPACING : 0;
}

/* The word may take half of the cell. */
static void
update_widths (KvarGridCell *self)
{
  int width = gtk_widget_get_width (GTK_WIDGET (self)) - get_icon_space (self);
  int natural;

  self->note_space = 0;
  if (self->note != NULL)
    {
      pango_layout_set_width (self->note, -1);
      pango_layout_get_pixel_size (self->note, &natural, NULL);
      self->note_space = CLAMP (natural + ICON_SPACING, 0, MAX (width / 2, 0));
      pango_layout_set_width (self->note,
                              MAX (self->note_space - ICON_SPACING, 0) * PANGO_SCALE);
    }
  pango_layout_set_width (self->layout, MAX (width - self->note_space, 0) * PANGO_SCALE);
}

static void
update_attributes (KvarGridCell *self)
{
  g_autoptr(PangoAttrList) attributes = pango_attr_list_new ();

  if (self->column != NULL && kvar_grid_column_get_numeric (self->column))
    pango_attr_list_insert (attributes, pango_attr_font_features_new ("tnum=1"));
  if (self->struck)
    pango_attr_list_insert (attributes, pango_attr_strikethrough_new (TRUE));
  pango_layout_set_attributes (self->layout, attributes);
}

static void
kvar_grid_cell_measure (GtkWidget      *widget,
                        GtkOrientation  orientation,
                        int             for_size,
                        int            *minimum,
                        int            *natural,
                        int            *minimum_baseline,
                        int            *natural_baseline)
{
  PangoContext *context = gtk_widget_get_pango_context (widget);
  PangoFontMetrics *metrics;

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = *natural = 0;
      return;
    }

  /* The font's, never the text's: all rows are equally high. */
  metrics = pango_context_get_metrics (context, NULL, NULL);
  *minimum = *natural = PANGO_PIXELS_CEIL (pango_font_metrics_get_height (metrics));
  pango_font_metrics_unref (metrics);
}

static void
kvar_grid_cell_size_allocate (GtkWidget *widget,
                              int        width,
                              int        height,
                              int        baseline)
{
  update_widths (KVAR_GRID_CELL (widget));
}

static void
snapshot_icon (KvarGridCell *self,
               GtkSnapshot  *snapshot,
               gboolean      rtl,
               int           width,
               int           height)
{
  GtkStyleContext *style = gtk_widget_get_style_context (GTK_WIDGET (self));
  GdkRGBA color;

  gtk_style_context_get_color (style, &color);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (rtl ? width - ICON_SIZE : 0,
                                                          (height - ICON_SIZE) / 2));
  gtk_symbolic_paintable_snapshot_symbolic (GTK_SYMBOLIC_PAINTABLE (self->icon), snapshot,
                                            ICON_SIZE, ICON_SIZE, &color, 1);
  gtk_snapshot_restore (snapshot);
}

static void
snapshot_note (KvarGridCell *self,
               GtkSnapshot  *snapshot,
               gboolean      rtl,
               int           width,
               int           height)
{
  PangoRectangle text;

  pango_layout_get_pixel_extents (self->note, NULL, &text);
  gtk_snapshot_push_opacity (snapshot, 0.65);
  gtk_snapshot_render_layout (snapshot, gtk_widget_get_style_context (GTK_WIDGET (self)),
                              (rtl ? 0 : width - text.width) - text.x,
                              (height - text.height) / 2, self->note);
  gtk_snapshot_pop (snapshot);
}

static void
kvar_grid_cell_snapshot (GtkWidget   *widget,
                         GtkSnapshot *snapshot)
{
  KvarGridCell *self = KVAR_GRID_CELL (widget);
  gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int width = gtk_widget_get_width (widget);
  int height = gtk_widget_get_height (widget);
  int space = get_icon_space (self);
  int left = rtl ? self->note_space : space;
  int room = width - space - self->note_space;
  PangoRectangle text;
  float xalign;

  if (self->icon != NULL && width > ICON_SIZE)
    snapshot_icon (self, snapshot, rtl, width, height);
  if (self->note != NULL && width > space)
    snapshot_note (self, snapshot, rtl, width, height);
  if (self->column == NULL || width <= space || *pango_layout_get_text (self->layout) == '\0')
    return;

  xalign = kvar_grid_column_get_xalign (self->column);
  pango_layout_get_pixel_extents (self->layout, NULL, &text);
  gtk_snapshot_render_layout (snapshot, gtk_widget_get_style_context (widget),
                              left - text.x +
                              (int)((room - text.width) * (rtl ? 1 - xalign : xalign)),
                              (height - text.height) / 2, self->layout);
}

static void
kvar_grid_cell_css_changed (GtkWidget         *widget,
                            GtkCssStyleChange *change)
{
  KvarGridCell *self = KVAR_GRID_CELL (widget);

  GTK_WIDGET_CLASS (kvar_grid_cell_parent_class)->css_changed (widget, change);

  /* Font and scale come from the style. */
  pango_layout_context_changed (self->layout);
  if (self->note != NULL)
    pango_layout_context_changed (self->note);
  update_widths (self);
}

static void
kvar_grid_cell_direction_changed (GtkWidget        *widget,
                                  GtkTextDirection  before)
{
  pango_layout_context_changed (KVAR_GRID_CELL (widget)->layout);

  GTK_WIDGET_CLASS (kvar_grid_cell_parent_class)->direction_changed (widget, before);
}

static void
kvar_grid_cell_dispose (GObject *object)
{
  KvarGridCell *self = KVAR_GRID_CELL (object);

  g_clear_object (&self->column);
  g_clear_object (&self->icon);

  G_OBJECT_CLASS (kvar_grid_cell_parent_class)->dispose (object);
}

static void
kvar_grid_cell_finalize (GObject *object)
{
  KvarGridCell *self = KVAR_GRID_CELL (object);

  g_clear_object (&self->layout);
  g_clear_object (&self->note);

  G_OBJECT_CLASS (kvar_grid_cell_parent_class)->finalize (object);
}

static void
kvar_grid_cell_class_init (KvarGridCellClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = kvar_grid_cell_dispose;
  object_class->finalize = kvar_grid_cell_finalize;

  widget_class->measure = kvar_grid_cell_measure;
  widget_class->size_allocate = kvar_grid_cell_size_allocate;
  widget_class->snapshot = kvar_grid_cell_snapshot;
  widget_class->css_changed = kvar_grid_cell_css_changed;
  widget_class->direction_changed = kvar_grid_cell_direction_changed;

  gtk_widget_class_set_css_name (widget_class, "cell");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GRID_CELL);
}

static void
kvar_grid_cell_init (KvarGridCell *self)
{
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  self->layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), NULL);
  pango_layout_set_ellipsize (self->layout, PANGO_ELLIPSIZE_END);
  pango_layout_set_single_paragraph_mode (self->layout, TRUE);
}

KvarGridCell *
kvar_grid_cell_new (void)
{
  return g_object_new (KVAR_TYPE_GRID_CELL, NULL);
}

KvarGridColumn *
kvar_grid_cell_get_column (KvarGridCell *self)
{
  return self->column;
}

void
kvar_grid_cell_set_column (KvarGridCell   *self,
                           KvarGridColumn *column)
{
  if (g_set_object (&self->column, column))
    update_attributes (self);
}

const char *
kvar_grid_cell_get_text (KvarGridCell *self)
{
  return pango_layout_get_text (self->layout);
}

/* Whether not all of the text can be seen. */
gboolean
kvar_grid_cell_is_cut (KvarGridCell *self)
{
  return pango_layout_is_ellipsized (self->layout);
}

static gboolean
set_text (KvarGridCell *self,
          const char   *text)
{
  gsize length = strlen (text);
  const char *end = text + length;

  if (length > MAX_BYTES)
    end = g_utf8_find_prev_char (text, text + MAX_BYTES);
  if (strncmp (pango_layout_get_text (self->layout), text, end - text) == 0 &&
      pango_layout_get_text (self->layout)[end - text] == '\0')
    return FALSE;

  pango_layout_set_text (self->layout, text, end - text);

  return TRUE;
}

static void
set_css_class (KvarGridCell *self,
               const char   *css_class)
{
  if (self->css_class != NULL)
    gtk_widget_remove_css_class (GTK_WIDGET (self), self->css_class);
  self->css_class = g_intern_string (css_class);
  if (self->css_class != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self), self->css_class);
}

static void
set_icon (KvarGridCell *self,
          const char   *icon_name)
{
  GtkWidget *widget = GTK_WIDGET (self);
  GtkIconTheme *theme = gtk_icon_theme_get_for_display (gtk_widget_get_display (widget));

  g_clear_object (&self->icon);
  self->icon_name = g_intern_string (icon_name);
  if (icon_name != NULL)
    self->icon = GDK_PAINTABLE (
      gtk_icon_theme_lookup_icon (theme, icon_name, NULL, ICON_SIZE,
                                  gtk_widget_get_scale_factor (widget),
                                  gtk_widget_get_direction (widget),
                                  GTK_ICON_LOOKUP_FORCE_SYMBOLIC));
}

static gboolean
set_note (KvarGridCell *self,
          const char   *note)
{
  if (g_strcmp0 (self->note != NULL ? pango_layout_get_text (self->note) : NULL, note) == 0)
    return FALSE;

  g_clear_object (&self->note);
  if (note != NULL)
    {
      self->note = gtk_widget_create_pango_layout (GTK_WIDGET (self), note);
      pango_layout_set_ellipsize (self->note, PANGO_ELLIPSIZE_END);
      pango_layout_set_single_paragraph_mode (self->note, TRUE);
    }

  return TRUE;
}

/**
 * kvar_grid_cell_show:
 * @css_class: (nullable): of the cell's state
 * @icon_name: (nullable): a symbolic icon before the text
 * @note: (nullable): a word behind the text, what the icon means
 *
 * Draws anew when something is different, and never asks for another size.
 */
void
kvar_grid_cell_show (KvarGridCell *self,
                     const char   *text,
                     const char   *css_class,
                     const char   *icon_name,
                     const char   *note)
{
  gboolean changed = set_text (self, text != NULL ? text : "");

  gboolean moved = set_note (self, note);

  if (g_strcmp0 (css_class, self->css_class) != 0)
    set_css_class (self, css_class);
  if (g_strcmp0 (icon_name, self->icon_name) != 0)
    {
      set_icon (self, icon_name);
      moved = TRUE;
    }

  if (moved)
    update_widths (self);
  if (changed || moved)
    gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
kvar_grid_cell_set_struck (KvarGridCell *self,
                           gboolean      struck)
{
  if (self->struck == struck)
    return;

  self->struck = struck;
  update_attributes (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
kvar_grid_cell_set_cursor (KvarGridCell *self,
                           gboolean      cursor)
{
  if (self->cursor == cursor)
    return;

  self->cursor = cursor;
  if (cursor)
    gtk_widget_add_css_class (GTK_WIDGET (self), "cursor");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "cursor");
}
