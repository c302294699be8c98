/* kvar-grid-source.h: what a grid's owner knows of its items
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "kvar-grid-column.h"

G_BEGIN_DECLS

#define KVAR_TYPE_GRID_SOURCE (kvar_grid_source_get_type ())

G_DECLARE_INTERFACE (KvarGridSource, kvar_grid_source, KVAR, GRID_SOURCE, GObject)

/**
 * KvarGridSourceInterface:
 * @dup_text: what @item has in @column, on one line or more; %NULL when it has nothing, or
 *     when its values are not there yet. Called for every cell that comes into view: quick.
 * @is_filled: (nullable): whether @dup_text would give something, without making it
 * @dup_title: what a screen reader calls the row
 * @get_state: (nullable): in a word what is special about the cell, such as "Edited"; its
 *     CSS class goes to @css_class
 * @get_mark: (nullable): in a word what is special about the whole row, such as "Draft", and
 *     the icon that stands for it; both are drawn in its first cell
 * @is_struck: (nullable): whether @item is about to go, and is drawn struck through
 * @create_editor: (nullable): a floating widget to edit the cell with, filled with its value;
 *     %NULL when this cell cannot be edited
 * @edit_done: (nullable): editing has ended; unless @committed the cell keeps its value. @editor
 *     goes away afterwards.
 * @can_edit: (nullable): whether there would be an editor; without it, wherever the column says
 *     so. Called for many cells: quick.
 * @open_choices: (nullable): opens what @editor chooses from; returns whether there is anything
 * @clear: (nullable): takes the cell's value away
 * @fill: (nullable): gives the cell the value that @above has in the same column
 *
 * Items that have a signal "changed" are read again when they emit it; for changes of marks
 * there is kvar_grid_update_item().
 */
struct _KvarGridSourceInterface
{
  GTypeInterface parent_iface;

  char       *(*dup_text)  (KvarGridSource  *self,
                            KvarGridColumn  *column,
                            gpointer         item);
  gboolean    (*is_filled) (KvarGridSource  *self,
                            KvarGridColumn  *column,
                            gpointer         item);
  char       *(*dup_title) (KvarGridSource  *self,
                            gpointer         item);
  const char *(*get_state) (KvarGridSource  *self,
                            KvarGridColumn  *column,
                            gpointer         item,
                            const char     **css_class);
  const char *(*get_mark)  (KvarGridSource  *self,
                            gpointer         item,
                            const char     **icon_name);
  gboolean    (*is_struck) (KvarGridSource  *self,
                            gpointer         item);
  GtkWidget  *(*create_editor)
                           (KvarGridSource  *self,
                            KvarGridColumn  *column,
                            gpointer         item);
  void        (*edit_done) (KvarGridSource  *self,
                            KvarGridColumn  *column,
                            gpointer         item,
                            GtkWidget       *editor,
                            gboolean         committed);
  gboolean    (*can_edit)  (KvarGridSource  *self,
                            KvarGridColumn  *column,
                            gpointer         item);
  gboolean    (*open_choices)
                           (KvarGridSource  *self,
                            GtkWidget       *editor);
  void        (*clear)     (KvarGridSource  *self,
                            KvarGridColumn  *column,
                            gpointer         item);
  void        (*fill)      (KvarGridSource  *self,
                            KvarGridColumn  *column,
                            gpointer         item,
                            gpointer         above);
};

char       *kvar_grid_source_dup_text      (KvarGridSource  *self,
                                            KvarGridColumn  *column,
                                            gpointer         item);
gboolean    kvar_grid_source_is_filled     (KvarGridSource  *self,
                                            KvarGridColumn  *column,
                                            gpointer         item);
char       *kvar_grid_source_dup_title     (KvarGridSource  *self,
                                            gpointer         item);
const char *kvar_grid_source_get_state     (KvarGridSource  *self,
                                            KvarGridColumn  *column,
                                            gpointer         item,
                                            const char     **css_class);
gboolean    kvar_grid_source_is_struck     (KvarGridSource  *self,
                                            gpointer         item);
const char *kvar_grid_source_get_mark      (KvarGridSource  *self,
                                            gpointer         item,
                                            const char     **icon_name);
GtkWidget  *kvar_grid_source_create_editor (KvarGridSource  *self,
                                            KvarGridColumn  *column,
                                            gpointer         item);
void        kvar_grid_source_edit_done     (KvarGridSource  *self,
                                            KvarGridColumn  *column,
                                            gpointer         item,
                                            GtkWidget       *editor,
                                            gboolean         committed);
gboolean    kvar_grid_source_can_edit      (KvarGridSource  *self,
                                            KvarGridColumn  *column,
                                            gpointer         item);
gboolean    kvar_grid_source_open_choices  (KvarGridSource  *self,
                                            GtkWidget       *editor);
void        kvar_grid_source_clear         (KvarGridSource  *self,
                                            KvarGridColumn  *column,
                                            gpointer         item);
void        kvar_grid_source_fill          (KvarGridSource  *self,
                                            KvarGridColumn  *column,
                                            gpointer         item,
                                            gpointer         above);

G_END_DECLS
