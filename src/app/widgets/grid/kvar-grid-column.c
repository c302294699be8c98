/* kvar-grid-column.c: one column of a grid: its title, width and place, and what it allows
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-grid"

#include "config.h"

#include "kvar-grid-column.h"

#define DEFAULT_WIDTH 160

struct _KvarGridColumn
{
  GObject       parent_instance;

  char         *id;
  char         *title;
  int           width;
  float         xalign;
  gboolean      numeric;      /* digits of one width, below each other */
  gboolean      visible;
  gboolean      frozen;       /* stays at the start while the others scroll */
  gboolean      resizable;
  gboolean      sortable;
  gboolean      editable;
  KvarGridSort  sort;
  guint         sort_level;   /* 0 when it alone decides, else counted from 1 */
};

enum {
  PROP_ID = 1,
  PROP_TITLE,
  PROP_WIDTH,
  PROP_VISIBLE,
  PROP_FROZEN,
  PROP_SORT,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (KvarGridColumn, kvar_grid_column, G_TYPE_OBJECT)

static void
kvar_grid_column_finalize (GObject *object)
{
  KvarGridColumn *self = KVAR_GRID_COLUMN (object);

  g_clear_pointer (&self->id, g_free);
  g_clear_pointer (&self->title, g_free);

  G_OBJECT_CLASS (kvar_grid_column_parent_class)->finalize (object);
}

static void
kvar_grid_column_get_property (GObject    *object,
                               guint       prop_id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  KvarGridColumn *self = KVAR_GRID_COLUMN (object);

  switch (prop_id)
    {
    case PROP_ID:
      g_value_set_string (value, self->id);
      break;

    case PROP_TITLE:
      g_value_set_string (value, self->title);
      break;

    case PROP_WIDTH:
      g_value_set_int (value, self->width);
      break;

    case PROP_VISIBLE:
      g_value_set_boolean (value, self->visible);
      break;

    case PROP_FROZEN:
      g_value_set_boolean (value, self->frozen);
      break;

    case PROP_SORT:
      g_value_set_uint (value, self->sort);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
kvar_grid_column_set_property (GObject      *object,
                               guint         prop_id,
                               const GValue *value,
                               GParamSpec   *pspec)
{
  KvarGridColumn *self = KVAR_GRID_COLUMN (object);

  switch (prop_id)
    {
    case PROP_ID:
      self->id = g_value_dup_string (value);
      break;

    case PROP_TITLE:
      kvar_grid_column_set_title (self, g_value_get_string (value));
      break;

    case PROP_WIDTH:
      kvar_grid_column_set_width (self, g_value_get_int (value));
      break;

    case PROP_VISIBLE:
      kvar_grid_column_set_visible (self, g_value_get_boolean (value));
      break;

    case PROP_FROZEN:
      kvar_grid_column_set_frozen (self, g_value_get_boolean (value));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
kvar_grid_column_class_init (KvarGridColumnClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = kvar_grid_column_finalize;
  object_class->get_property = kvar_grid_column_get_property;
  object_class->set_property = kvar_grid_column_set_property;

  properties[PROP_ID] =
    g_param_spec_string ("id", NULL, NULL, NULL,
                         G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  properties[PROP_TITLE] =
    g_param_spec_string ("title", NULL, NULL, NULL,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_WIDTH] =
    g_param_spec_int ("width", NULL, NULL,
                      KVAR_GRID_COLUMN_MIN_WIDTH, KVAR_GRID_COLUMN_MAX_WIDTH, DEFAULT_WIDTH,
                      G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_VISIBLE] =
    g_param_spec_boolean ("visible", NULL, NULL, TRUE,
                          G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_FROZEN] =
    g_param_spec_boolean ("frozen", NULL, NULL, FALSE,
                          G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_SORT] =
    g_param_spec_uint ("sort", NULL, NULL, KVAR_GRID_UNSORTED, KVAR_GRID_DESCENDING,
                       KVAR_GRID_UNSORTED, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
kvar_grid_column_init (KvarGridColumn *self)
{
  self->width = DEFAULT_WIDTH;
  self->visible = TRUE;
  self->resizable = TRUE;
}

/**
 * kvar_grid_column_new:
 * @id: by which a saved view knows it again
 */
KvarGridColumn *
kvar_grid_column_new (const char *id,
                      const char *title)
{
  g_return_val_if_fail (id != NULL, NULL);
  g_return_val_if_fail (title != NULL, NULL);

  return g_object_new (KVAR_TYPE_GRID_COLUMN, "id", id, "title", title, NULL);
}

const char *
kvar_grid_column_get_id (KvarGridColumn *self)
{
  g_return_val_if_fail (KVAR_IS_GRID_COLUMN (self), NULL);

  return self->id;
}

const char *
kvar_grid_column_get_title (KvarGridColumn *self)
{
  g_return_val_if_fail (KVAR_IS_GRID_COLUMN (self), NULL);

  return self->title;
}

void
kvar_grid_column_set_title (KvarGridColumn *self,
                            const char     *title)
{
  g_autofree char *copy = g_strdup (title);

  g_return_if_fail (KVAR_IS_GRID_COLUMN (self));

  if (g_strcmp0 (self->title, title) == 0)
    return;

  g_free (self->title);
  self->title = g_steal_pointer (&copy);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TITLE]);
}

int
kvar_grid_column_get_width (KvarGridColumn *self)
{
  g_return_val_if_fail (KVAR_IS_GRID_COLUMN (self), 0);

  return self->width;
}

/**
 * kvar_grid_column_set_width:
 * @width: in pixels, brought between what is sensible
 */
void
kvar_grid_column_set_width (KvarGridColumn *self,
                            int             width)
{
  g_return_if_fail (KVAR_IS_GRID_COLUMN (self));

  width = CLAMP (width, KVAR_GRID_COLUMN_MIN_WIDTH, KVAR_GRID_COLUMN_MAX_WIDTH);
  if (self->width == width)
    return;

  self->width = width;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_WIDTH]);
}

gboolean
kvar_grid_column_get_visible (KvarGridColumn *self)
{
  g_return_val_if_fail (KVAR_IS_GRID_COLUMN (self), FALSE);

  return self->visible;
}

void
kvar_grid_column_set_visible (KvarGridColumn *self,
                              gboolean        visible)
{
  g_return_if_fail (KVAR_IS_GRID_COLUMN (self));

  if (self->visible == visible)
    return;

  self->visible = visible;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_VISIBLE]);
}

gboolean
kvar_grid_column_get_frozen (KvarGridColumn *self)
{
  g_return_val_if_fail (KVAR_IS_GRID_COLUMN (self), FALSE);

  return self->frozen;
}

void
kvar_grid_column_set_frozen (KvarGridColumn *self,
                             gboolean        frozen)
{
  g_return_if_fail (KVAR_IS_GRID_COLUMN (self));

  if (self->frozen == frozen)
    return;

  self->frozen = frozen;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FROZEN]);
}

gboolean
kvar_grid_column_get_resizable (KvarGridColumn *self)
{
  g_return_val_if_fail (KVAR_IS_GRID_COLUMN (self), FALSE);

  return self->resizable;
}

void
kvar_grid_column_set_resizable (KvarGridColumn *self,
                                gboolean        resizable)
{
  g_return_if_fail (KVAR_IS_GRID_COLUMN (self));

  self->resizable = resizable;
}

gboolean
kvar_grid_column_get_sortable (KvarGridColumn *self)
{
  g_return_val_if_fail (KVAR_IS_GRID_COLUMN (self), FALSE);

  return self->sortable;
}

void
kvar_grid_column_set_sortable (KvarGridColumn *self,
                               gboolean        sortable)
{
  g_return_if_fail (KVAR_IS_GRID_COLUMN (self));

  self->sortable = sortable;
}

gboolean
kvar_grid_column_get_editable (KvarGridColumn *self)
{
  g_return_val_if_fail (KVAR_IS_GRID_COLUMN (self), FALSE);

  return self->editable;
}

void
kvar_grid_column_set_editable (KvarGridColumn *self,
                               gboolean        editable)
{
  g_return_if_fail (KVAR_IS_GRID_COLUMN (self));

  self->editable = editable;
}

gboolean
kvar_grid_column_get_numeric (KvarGridColumn *self)
{
  g_return_val_if_fail (KVAR_IS_GRID_COLUMN (self), FALSE);

  return self->numeric;
}

float
kvar_grid_column_get_xalign (KvarGridColumn *self)
{
  g_return_val_if_fail (KVAR_IS_GRID_COLUMN (self), 0);

  return self->xalign;
}

/**
 * kvar_grid_column_set_alignment:
 * @xalign: 0 for the start of the cell, 1 for its end
 * @numeric: whether digits have one width
 *
 * To be set before the column is added to a grid.
 */
void
kvar_grid_column_set_alignment (KvarGridColumn *self,
                                float           xalign,
                                gboolean        numeric)
{
  g_return_if_fail (KVAR_IS_GRID_COLUMN (self));
  g_return_if_fail (xalign >= 0 && xalign <= 1);

  self->xalign = xalign;
  self->numeric = numeric;
}

KvarGridSort
kvar_grid_column_get_sort (KvarGridColumn *self)
{
  g_return_val_if_fail (KVAR_IS_GRID_COLUMN (self), KVAR_GRID_UNSORTED);

  return self->sort;
}

guint
kvar_grid_column_get_sort_level (KvarGridColumn *self)
{
  g_return_val_if_fail (KVAR_IS_GRID_COLUMN (self), 0);

  return self->sort_level;
}

/**
 * kvar_grid_column_set_sort:
 * @level: which of several sorted columns this one is, counted from 1; 0 when it is the only one
 *
 * What the header shows. The grid sorts nothing: rows come as the model has them.
 */
void
kvar_grid_column_set_sort (KvarGridColumn *self,
                           KvarGridSort    sort,
                           guint           level)
{
  g_return_if_fail (KVAR_IS_GRID_COLUMN (self));

  if (self->sort == sort && self->sort_level == level)
    return;

  self->sort = sort;
  self->sort_level = level;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SORT]);
}
