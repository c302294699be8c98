/* kvar-grid-editing.c: the one editor of a grid, on the cell of the cursor
 *
 * The editor is a child of the grid itself, not of a cell: whatever becomes of the rows below
 * it, it is never unmapped, and so never loses the focus or what an input method holds.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-grid"

#include "config.h"

#include "kvar-grid-private.h"

static void
preedit_changed_cb (KvarGrid   *self,
                    const char *preedit)
{
  self->composing = preedit != NULL && *preedit != '\0';
}

/* What is typed into: it holds the focus, the name, and what is being composed, and begins
 * where the cell's text does. */
static void
prepare_inner (KvarGrid  *self,
               GtkWidget *widget)
{
  if (GTK_IS_TEXT (widget) || GTK_IS_TEXT_VIEW (widget))
    g_signal_connect_object (widget, "preedit-changed", G_CALLBACK (preedit_changed_cb), self,
                             G_CONNECT_SWAPPED);
  if (GTK_IS_TEXT (widget))
    gtk_editable_set_alignment (GTK_EDITABLE (widget),
                                kvar_grid_column_get_xalign (self->edited_column));
  if (gtk_widget_get_focusable (widget))
    gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                    kvar_grid_column_get_title (self->edited_column), -1);

  for (GtkWidget *child = gtk_widget_get_first_child (widget);
       child != NULL;
       child = gtk_widget_get_next_sibling (child))
    prepare_inner (self, child);
}

/* Where somebody clicks outside, what was typed is kept. */
static void
focus_left_cb (KvarGrid *self)
{
  kvar_grid_commit (self);
}

static void
watch_focus (KvarGrid *self)
{
  GtkEventController *focus = gtk_event_controller_focus_new ();

  g_signal_connect_object (focus, "leave", G_CALLBACK (focus_left_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (self->editor, focus);
}

/* Where the focus is in the editor; it may be made of several widgets. */
static GtkWidget *
get_focus (KvarGrid *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return focus != NULL && self->editor != NULL &&
         (focus == self->editor || gtk_widget_is_ancestor (focus, self->editor))
           ? focus : self->editor;
}

static void
put_text (GtkWidget  *editor,
          const char *text)
{
  if (!GTK_IS_EDITABLE (editor))
    return;

  if (text == NULL)
    {
      gtk_editable_select_region (GTK_EDITABLE (editor), 0, -1);
      return;
    }

  gtk_editable_set_text (GTK_EDITABLE (editor), text);
  gtk_editable_set_position (GTK_EDITABLE (editor), -1);
}

/**
 * kvar_grid_start_editing:
 * @text: (nullable): what takes the place of the value, as when somebody begins to type
 *
 * Opens the owner's editor on the cursor's cell.
 *
 * Returns: whether an editor is open now; the owner has none for what cannot be edited
 */
gboolean
kvar_grid_start_editing (KvarGrid   *self,
                         const char *text)
{
  KvarGridColumn *column = NULL;
  g_autoptr(GObject) item = NULL;
  GtkWidget *editor = NULL;

  g_return_val_if_fail (KVAR_IS_GRID (self), FALSE);

  if (self->editor != NULL)
    return TRUE;

  column = kvar_grid_get_cursor_column (self);
  item = kvar_grid_get_cursor_item (self);
  if (column == NULL || item == NULL || !kvar_grid_column_get_editable (column))
    return FALSE;

  editor = kvar_grid_source_create_editor (self->source, column, item);
  if (editor == NULL)
    return FALSE;

  self->edited_item = g_steal_pointer (&item);
  self->edited_column = g_object_ref (column);
  self->composing = FALSE;
  self->editor = g_object_ref_sink (editor);
  gtk_widget_add_css_class (self->editor, "cell-editor");
  gtk_widget_insert_before (self->editor, GTK_WIDGET (self), GTK_WIDGET (self->header));
  prepare_inner (self, self->editor);
  watch_focus (self);
  kvar_grid_scroll_to (self, self->cursor_row, column);
  gtk_widget_grab_focus (self->editor);
  put_text (get_focus (self), text);
  kvar_grid_notify_editor (self);

  return TRUE;
}

static gboolean
drop_editor_cb (gpointer user_data)
{
  g_autoptr(GtkWidget) editor = user_data;

  if (gtk_widget_get_parent (editor) != NULL)
    gtk_widget_unparent (editor);

  return G_SOURCE_REMOVE;
}

/* The owner gets the editor as it is, and the cell gets the focus back. The editor itself goes
 * a moment later: GTK may be in the middle of taking its focus away. */
static void
end (KvarGrid *self,
     gboolean  committed)
{
  g_autoptr(GtkWidget) editor = g_steal_pointer (&self->editor);
  g_autoptr(KvarGridColumn) column = g_steal_pointer (&self->edited_column);
  g_autoptr(GObject) item = g_steal_pointer (&self->edited_item);
  GtkRoot *root;
  GtkWidget *focus;

  if (editor == NULL)
    return;

  kvar_grid_source_edit_done (self->source, column, item, editor, committed);
  kvar_grid_notify_editor (self);

  root = gtk_widget_get_root (GTK_WIDGET (self));
  focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  if (focus != NULL && (focus == editor || gtk_widget_is_ancestor (focus, editor)) &&
      !kvar_grid_cursor_grab_focus (self))
    gtk_widget_grab_focus (GTK_WIDGET (self));
  gtk_widget_set_child_visible (editor, FALSE);
  g_idle_add_full (G_PRIORITY_HIGH_IDLE, drop_editor_cb, g_steal_pointer (&editor), NULL);
}

/**
 * kvar_grid_commit:
 *
 * Ends editing; what was typed counts. Does nothing when no editor is open.
 */
void
kvar_grid_commit (KvarGrid *self)
{
  g_return_if_fail (KVAR_IS_GRID (self));

  end (self, TRUE);
}

/**
 * kvar_grid_cancel:
 *
 * Ends editing; the cell keeps its value.
 */
void
kvar_grid_cancel (KvarGrid *self)
{
  g_return_if_fail (KVAR_IS_GRID (self));

  end (self, FALSE);
}

/**
 * kvar_grid_get_editor:
 *
 * Returns: (transfer none) (nullable): %NULL when nothing is edited
 */
GtkWidget *
kvar_grid_get_editor (KvarGrid *self)
{
  g_return_val_if_fail (KVAR_IS_GRID (self), NULL);

  return self->editor;
}

/* On its cell, and higher where it needs to be. */
void
kvar_grid_editing_allocate (KvarGrid *self)
{
  guint column = self->editor != NULL ? kvar_grid_find_shown (self, self->edited_column)
                                      : G_MAXUINT;
  GdkRectangle area;
  int width, height;

  if (column == G_MAXUINT)
    return;

  kvar_grid_layout_get_cell_area (self, self->cursor_row, column, &area);
  gtk_widget_measure (self->editor, GTK_ORIENTATION_HORIZONTAL, -1, &width, NULL, NULL, NULL);
  area.width = MAX (area.width, width);
  gtk_widget_measure (self->editor, GTK_ORIENTATION_VERTICAL, area.width, &height, NULL, NULL,
                      NULL);
  if (height > area.height)
    {
      area.y -= (height - area.height) / 2;
      area.height = height;
    }
  gtk_widget_size_allocate (self->editor, &area, -1);
}

static gboolean
is_editable_cb (KvarGridPlace place,
                gpointer      user_data)
{
  KvarGrid *self = user_data;
  g_autoptr(GObject) item = g_list_model_get_item (self->model, place.row);

  return kvar_grid_source_can_edit (self->source, kvar_grid_get_shown (self, place.column), item);
}

/* The next or previous cell that can be edited, in the next row when there is none in this. */
static gboolean
move_to_editable (KvarGrid      *self,
                  KvarGridPlace  from,
                  int            by)
{
  KvarGridPlace size = { self->n_rows, self->shown->len };
  KvarGridPlace next;

  if (from.row >= size.row ||
      !kvar_grid_edit_next (from, by, size, is_editable_cb, self, &next))
    return FALSE;

  kvar_grid_cursor_go (self, next, FALSE);

  return TRUE;
}

/**
 * kvar_grid_go_to_editable:
 *
 * Moves the cursor to the first cell of @row that can be edited.
 *
 * Returns: whether there is one
 */
gboolean
kvar_grid_go_to_editable (KvarGrid *self,
                          guint     row)
{
  g_return_val_if_fail (KVAR_IS_GRID (self), FALSE);

  for (guint column = 0; row < self->n_rows && column < self->shown->len; column++)
    {
      KvarGridPlace place = { row, column };

      if (is_editable_cb (place, self))
        {
          kvar_grid_cursor_go (self, place, FALSE);
          return TRUE;
        }
    }

  return FALSE;
}

gboolean
kvar_grid_get_edit_mode (KvarGrid *self)
{
  g_return_val_if_fail (KVAR_IS_GRID (self), FALSE);

  return self->edit_mode;
}

/**
 * kvar_grid_set_edit_mode:
 *
 * Whether what is typed on a cell changes it. An editor that is open keeps what was typed.
 */
void
kvar_grid_set_edit_mode (KvarGrid *self,
                         gboolean  edit_mode)
{
  g_return_if_fail (KVAR_IS_GRID (self));

  if (self->edit_mode == edit_mode)
    return;

  kvar_grid_commit (self);
  self->edit_mode = edit_mode;
  if (edit_mode)
    gtk_widget_add_css_class (GTK_WIDGET (self), "editing");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "editing");
}

/* The key that has opened the editor belongs to it, and to its input method. */
static void
hand_over_key (KvarGrid              *self,
               GtkEventControllerKey *controller)
{
  GtkWidget *editor = self->editor;

  if (gtk_event_controller_get_current_event (GTK_EVENT_CONTROLLER (controller)) == NULL)
    return;

  for (GtkWidget *widget = get_focus (self);
       widget != NULL && !gtk_event_controller_key_forward (controller, widget) &&
       widget != editor;
       widget = gtk_widget_get_parent (widget))
    ;
}

static void
choose (KvarGrid *self)
{
  if (kvar_grid_start_editing (self, NULL))
    kvar_grid_source_open_choices (self->source, self->editor);
}

static void
clear (KvarGrid *self)
{
  g_autoptr(GObject) item = kvar_grid_get_cursor_item (self);

  if (item != NULL && self->cursor_column < self->shown->len)
    kvar_grid_source_clear (self->source, kvar_grid_get_cursor_column (self), item);
}

static void
fill (KvarGrid *self)
{
  g_autoptr(GObject) item = kvar_grid_get_cursor_item (self);
  g_autoptr(GObject) above = NULL;

  if (item == NULL || self->cursor_row == 0 || self->cursor_column >= self->shown->len)
    return;

  above = g_list_model_get_item (self->model, self->cursor_row - 1);
  if (above != NULL)
    kvar_grid_source_fill (self->source, kvar_grid_get_cursor_column (self), item, above);
}

/**
 * kvar_grid_editing_begin_key:
 * @controller: that has the key
 *
 * What a key does to the cursor's cell while no editor is open.
 *
 * Returns: whether it was meant for that
 */
gboolean
kvar_grid_editing_begin_key (KvarGrid              *self,
                             guint                  keyval,
                             GdkModifierType        state,
                             GtkEventControllerKey *controller)
{
  KvarGridPlace place = { self->cursor_row, self->cursor_column };

  if (self->cursor_row >= self->n_rows)
    return FALSE;

  switch (kvar_grid_edit_choose (self->edit_mode, keyval, state))
    {
    case KVAR_GRID_EDIT_BEGIN:
      return kvar_grid_start_editing (self, NULL) || self->edit_mode;

    case KVAR_GRID_EDIT_TYPE:
      if (kvar_grid_start_editing (self, NULL))
        hand_over_key (self, controller);
      return TRUE;

    case KVAR_GRID_EDIT_CHOOSE:
      choose (self);
      return TRUE;

    case KVAR_GRID_EDIT_CLEAR:
      clear (self);
      return TRUE;

    case KVAR_GRID_EDIT_FILL:
      fill (self);
      return TRUE;

    case KVAR_GRID_EDIT_NEXT:
      return move_to_editable (self, place, 1);

    case KVAR_GRID_EDIT_PREVIOUS:
      return move_to_editable (self, place, -1);

    case KVAR_GRID_EDIT_NONE:
    default:
      return FALSE;
    }
}

/**
 * kvar_grid_editing_key:
 *
 * While an editor is open the grid takes only what ends it, and not even that while an input
 * method holds what is typed: there Enter and Escape are the input method's.
 */
gboolean
kvar_grid_editing_key (KvarGrid        *self,
                       guint            keyval,
                       GdkModifierType  state)
{
  if (self->composing || (state & ~GDK_SHIFT_MASK) != 0)
    return FALSE;

  switch (keyval)
    {
    case GDK_KEY_Escape:
      kvar_grid_cancel (self);
      return TRUE;

    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
    case GDK_KEY_ISO_Enter:
      kvar_grid_commit (self);
      kvar_grid_cursor_move (self, state == GDK_SHIFT_MASK ? KVAR_GRID_MOVE_UP
                                                           : KVAR_GRID_MOVE_DOWN, FALSE);
      return TRUE;

    case GDK_KEY_Tab:
    case GDK_KEY_KP_Tab:
    case GDK_KEY_ISO_Left_Tab:
      kvar_grid_commit (self);
      move_to_editable (self, (KvarGridPlace) { self->cursor_row, self->cursor_column },
                        state == GDK_SHIFT_MASK || keyval == GDK_KEY_ISO_Left_Tab ? -1 : 1);
      return TRUE;

    default:
      return FALSE;
    }
}
