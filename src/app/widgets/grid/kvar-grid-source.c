/* kvar-grid-source.c: what a grid's owner knows of its items, as an interface
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-grid"

#include "config.h"

#include "kvar-grid-source.h"

G_DEFINE_INTERFACE (KvarGridSource, kvar_grid_source, G_TYPE_OBJECT)

static void
kvar_grid_source_default_init (KvarGridSourceInterface *iface)
{
}

char *
kvar_grid_source_dup_text (KvarGridSource *self,
                           KvarGridColumn *column,
                           gpointer        item)
{
  return KVAR_GRID_SOURCE_GET_IFACE (self)->dup_text (self, column, item);
}

gboolean
kvar_grid_source_is_filled (KvarGridSource *self,
                            KvarGridColumn *column,
                            gpointer        item)
{
  KvarGridSourceInterface *iface = KVAR_GRID_SOURCE_GET_IFACE (self);
  g_autofree char *text = NULL;

  if (iface->is_filled != NULL)
    return iface->is_filled (self, column, item);

  text = iface->dup_text (self, column, item);

  return text != NULL && *text != '\0';
}

char *
kvar_grid_source_dup_title (KvarGridSource *self,
                            gpointer        item)
{
  return KVAR_GRID_SOURCE_GET_IFACE (self)->dup_title (self, item);
}

const char *
kvar_grid_source_get_state (KvarGridSource  *self,
                            KvarGridColumn  *column,
                            gpointer         item,
                            const char     **css_class)
{
  KvarGridSourceInterface *iface = KVAR_GRID_SOURCE_GET_IFACE (self);

  *css_class = NULL;

  return iface->get_state != NULL ? iface->get_state (self, column, item, css_class) : NULL;
}

gboolean
kvar_grid_source_is_struck (KvarGridSource *self,
                            gpointer        item)
{
  KvarGridSourceInterface *iface = KVAR_GRID_SOURCE_GET_IFACE (self);

  return iface->is_struck != NULL && iface->is_struck (self, item);
}

const char *
kvar_grid_source_get_mark (KvarGridSource  *self,
                           gpointer         item,
                           const char     **icon_name)
{
  KvarGridSourceInterface *iface = KVAR_GRID_SOURCE_GET_IFACE (self);

  *icon_name = NULL;

  return iface->get_mark != NULL ? iface->get_mark (self, item, icon_name) : NULL;
}

GtkWidget *
kvar_grid_source_create_editor (KvarGridSource *self,
                                KvarGridColumn *column,
                                gpointer        item)
{
  KvarGridSourceInterface *iface = KVAR_GRID_SOURCE_GET_IFACE (self);

  return iface->create_editor != NULL ? iface->create_editor (self, column, item) : NULL;
}

void
kvar_grid_source_edit_done (KvarGridSource *self,
                            KvarGridColumn *column,
                            gpointer        item,
                            GtkWidget      *editor,
                            gboolean        committed)
{
  KvarGridSourceInterface *iface = KVAR_GRID_SOURCE_GET_IFACE (self);

  if (iface->edit_done != NULL)
    iface->edit_done (self, column, item, editor, committed);
}

gboolean
kvar_grid_source_can_edit (KvarGridSource *self,
                           KvarGridColumn *column,
                           gpointer        item)
{
  KvarGridSourceInterface *iface = KVAR_GRID_SOURCE_GET_IFACE (self);

  return kvar_grid_column_get_editable (column) && iface->create_editor != NULL &&
         (iface->can_edit == NULL || iface->can_edit (self, column, item));
}

gboolean
kvar_grid_source_open_choices (KvarGridSource *self,
                               GtkWidget      *editor)
{
  KvarGridSourceInterface *iface = KVAR_GRID_SOURCE_GET_IFACE (self);

  return iface->open_choices != NULL && iface->open_choices (self, editor);
}

void
kvar_grid_source_clear (KvarGridSource *self,
                        KvarGridColumn *column,
                        gpointer        item)
{
  KvarGridSourceInterface *iface = KVAR_GRID_SOURCE_GET_IFACE (self);

  if (iface->clear != NULL)
    iface->clear (self, column, item);
}

void
kvar_grid_source_fill (KvarGridSource *self,
                       KvarGridColumn *column,
                       gpointer        item,
                       gpointer        above)
{
  KvarGridSourceInterface *iface = KVAR_GRID_SOURCE_GET_IFACE (self);

  if (iface->fill != NULL)
    iface->fill (self, column, item, above);
}
