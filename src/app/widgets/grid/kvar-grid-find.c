/* kvar-grid-find.c: finds as you type in the column of a grid's cursor
 *
 * Letters that nobody else has taken go to the next row below whose cell begins with them. They
 * come through an input method, so that é can be typed as on any keyboard. A pause, Escape or
 * the cursor's moving on ends it. Where letters are to replace the cell, whoever wants that
 * takes the keys before they come here.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-grid"

#include "config.h"

#include "kvar-grid-find.h"
#include "kvar-grid-private.h"
#include "kvar-letter-fold.h"

#define TYPING_PAUSE (3 * KVAR_CLOCK_SECOND)

/* So many rows are looked at; the list says itself how many of all are loaded. */
#define MAX_SCAN 100000

struct _KvarGridFind
{
  GObject       parent_instance;

  KvarGrid     *grid;         /* (nullable) weak: it outlives us, or we it */
  KvarClock    *clock;
  GtkIMContext *im;
  guint         timer;
  char         *text;         /* (nullable) what was typed; NULL when nothing is looked for */
  gboolean      found;
  gboolean      moving;       /* the cursor goes to what was found */
};

enum {
  PROP_TEXT = 1,
  PROP_FOUND,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (KvarGridFind, kvar_grid_find, G_TYPE_OBJECT)

static gboolean
begins_with (KvarGrid       *grid,
             KvarGridColumn *column,
             guint           row,
             const char     *folded)
{
  g_autoptr(GObject) item = g_list_model_get_item (grid->model, row);
  g_autofree char *text = item != NULL ? kvar_grid_source_dup_text (grid->source, column, item)
                                       : NULL;
  g_autofree char *cell = NULL;

  if (text == NULL)
    return FALSE;

  cell = kvar_letter_fold (text, kvar_letter_fold_get_language ());

  return g_str_has_prefix (cell, folded);
}

/* Down to the end, and not from the top again: who looks further up goes there first. */
static gboolean
find (KvarGridFind *self,
      guint         first,
      guint        *found)
{
  KvarGrid *grid = self->grid;
  KvarGridColumn *column = kvar_grid_get_cursor_column (grid);
  g_autofree char *folded = kvar_letter_fold (self->text, kvar_letter_fold_get_language ());
  guint end = grid->n_rows - first > MAX_SCAN ? first + MAX_SCAN : grid->n_rows;

  for (guint row = first; column != NULL && row < end; row++)
    {
      if (!begins_with (grid, column, row, folded))
        continue;

      *found = row;
      return TRUE;
    }

  return FALSE;
}

static void
tell (KvarGridFind *self)
{
  g_object_freeze_notify (G_OBJECT (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TEXT]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FOUND]);
  g_object_thaw_notify (G_OBJECT (self));
}

static void
pause_cb (gpointer user_data)
{
  KvarGridFind *self = user_data;

  self->timer = 0;
  kvar_grid_find_stop (self);
}

static void
stop_timer (KvarGridFind *self)
{
  if (self->timer != 0)
    kvar_clock_remove_timer (self->clock, self->timer);
  self->timer = 0;
}

/* Looks for @text, which is taken over. */
static void
look_for (KvarGridFind *self,
          char         *text,
          guint         first)
{
  guint row;

  g_free (self->text);
  self->text = text;
  stop_timer (self);
  self->timer = kvar_clock_add_timer (self->clock, TYPING_PAUSE, pause_cb, self);

  self->found = first < self->grid->n_rows && find (self, first, &row);
  if (self->found)
    {
      self->moving = TRUE;
      kvar_grid_set_cursor (self->grid, row, NULL);
      self->moving = FALSE;
    }
  tell (self);
}

/* The last letter again; without any left nothing is looked for. */
static void
take_back (KvarGridFind *self)
{
  const char *end = g_utf8_find_prev_char (self->text, self->text + strlen (self->text));
  g_autofree char *shorter = g_strndup (self->text, end != NULL ? end - self->text : 0);

  if (*shorter == '\0')
    kvar_grid_find_stop (self);
  else
    look_for (self, g_steal_pointer (&shorter), kvar_grid_get_cursor_row (self->grid));
}

/* While something is looked for some keys belong to that, before they are the grid's. */
static gboolean
before_grid_cb (KvarGridFind    *self,
                guint            keyval,
                guint            keycode,
                GdkModifierType  modifiers)
{
  if (self->text == NULL || !kvar_grid_has_focus (self->grid) ||
      (modifiers & gtk_accelerator_get_default_mod_mask ()) != 0)
    return FALSE;

  switch (keyval)
    {
    case GDK_KEY_space:
    case GDK_KEY_KP_Space:
      kvar_grid_find_type (self, " ");
      return TRUE;

    case GDK_KEY_BackSpace:
      take_back (self);
      return TRUE;

    case GDK_KEY_Escape:
      kvar_grid_find_stop (self);
      return TRUE;

    default:
      return FALSE;
    }
}

static gboolean
filter_key (KvarGridFind       *self,
            GdkModifierType     modifiers,
            GtkEventController *keys)
{
  GdkEvent *event = gtk_event_controller_get_current_event (keys);

  if (event == NULL || !kvar_grid_has_focus (self->grid) ||
      (modifiers & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK | GDK_META_MASK)) != 0)
    return FALSE;

  return gtk_im_context_filter_keypress (self->im, event);
}

static gboolean
after_grid_cb (KvarGridFind       *self,
               guint               keyval,
               guint               keycode,
               GdkModifierType     modifiers,
               GtkEventController *keys)
{
  return filter_key (self, modifiers, keys);
}

static void
released_cb (KvarGridFind       *self,
             guint               keyval,
             guint               keycode,
             GdkModifierType     modifiers,
             GtkEventController *keys)
{
  filter_key (self, modifiers, keys);
}

static void
committed_cb (KvarGridFind *self,
              const char   *text)
{
  if (self->grid != NULL && g_unichar_isprint (g_utf8_get_char (text)))
    kvar_grid_find_type (self, text);
}

static void
focus_entered_cb (KvarGridFind *self)
{
  gtk_im_context_focus_in (self->im);
}

static void
focus_left_cb (KvarGridFind *self)
{
  gtk_im_context_reset (self->im);
  gtk_im_context_focus_out (self->im);
  kvar_grid_find_stop (self);
}

static void
cursor_moved_cb (KvarGridFind *self)
{
  if (!self->moving)
    kvar_grid_find_stop (self);
}

static void
add_controllers (KvarGridFind *self)
{
  GtkEventController *before = gtk_event_controller_key_new ();
  GtkEventController *after = gtk_event_controller_key_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();

  gtk_event_controller_set_propagation_phase (before, GTK_PHASE_CAPTURE);
  g_signal_connect_object (before, "key-pressed", G_CALLBACK (before_grid_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (after, "key-pressed", G_CALLBACK (after_grid_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (after, "key-released", G_CALLBACK (released_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (focus, "enter", G_CALLBACK (focus_entered_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (focus, "leave", G_CALLBACK (focus_left_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self->grid), before);
  gtk_widget_add_controller (GTK_WIDGET (self->grid), after);
  gtk_widget_add_controller (GTK_WIDGET (self->grid), focus);
}

static void
kvar_grid_find_dispose (GObject *object)
{
  KvarGridFind *self = KVAR_GRID_FIND (object);

  if (self->clock != NULL)
    stop_timer (self);
  if (self->im != NULL)
    {
      gtk_im_context_set_client_widget (self->im, NULL);
      g_signal_handlers_disconnect_by_func (self->im, committed_cb, self);
    }
  g_clear_object (&self->im);
  g_clear_object (&self->clock);
  g_clear_weak_pointer (&self->grid);

  G_OBJECT_CLASS (kvar_grid_find_parent_class)->dispose (object);
}

static void
kvar_grid_find_finalize (GObject *object)
{
  g_free (KVAR_GRID_FIND (object)->text);

  G_OBJECT_CLASS (kvar_grid_find_parent_class)->finalize (object);
}

static void
kvar_grid_find_get_property (GObject    *object,
                             guint       prop_id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  KvarGridFind *self = KVAR_GRID_FIND (object);

  switch (prop_id)
    {
    case PROP_TEXT:
      g_value_set_string (value, self->text);
      break;

    case PROP_FOUND:
      g_value_set_boolean (value, self->found);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
kvar_grid_find_class_init (KvarGridFindClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = kvar_grid_find_dispose;
  object_class->finalize = kvar_grid_find_finalize;
  object_class->get_property = kvar_grid_find_get_property;

  properties[PROP_TEXT] =
    g_param_spec_string ("text", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_FOUND] =
    g_param_spec_boolean ("found", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
kvar_grid_find_init (KvarGridFind *self)
{
}

/**
 * kvar_grid_find_new:
 * @grid: whose letters it listens to, for as long as both are there
 */
KvarGridFind *
kvar_grid_find_new (KvarGrid  *grid,
                    KvarClock *clock)
{
  KvarGridFind *self;

  g_return_val_if_fail (KVAR_IS_GRID (grid), NULL);
  g_return_val_if_fail (KVAR_IS_CLOCK (clock), NULL);

  self = g_object_new (KVAR_TYPE_GRID_FIND, NULL);
  g_set_weak_pointer (&self->grid, grid);
  self->clock = g_object_ref (clock);
  self->im = gtk_im_multicontext_new ();
  gtk_im_context_set_client_widget (self->im, GTK_WIDGET (grid));
  gtk_im_context_set_use_preedit (self->im, FALSE);
  g_signal_connect_swapped (self->im, "commit", G_CALLBACK (committed_cb), self);
  g_signal_connect_object (grid, "cursor-moved", G_CALLBACK (cursor_moved_cb), self,
                           G_CONNECT_SWAPPED);
  add_controllers (self);

  return self;
}

/**
 * kvar_grid_find_get_text:
 *
 * Returns: (nullable): what was typed; %NULL when nothing is looked for
 */
const char *
kvar_grid_find_get_text (KvarGridFind *self)
{
  g_return_val_if_fail (KVAR_IS_GRID_FIND (self), NULL);

  return self->text;
}

/**
 * kvar_grid_find_get_found:
 *
 * Returns: whether the cursor's cell begins with what was typed
 */
gboolean
kvar_grid_find_get_found (KvarGridFind *self)
{
  g_return_val_if_fail (KVAR_IS_GRID_FIND (self), FALSE);

  return self->found;
}

/**
 * kvar_grid_find_type:
 *
 * What is typed first is looked for below the cursor; what is added, from its row on.
 */
void
kvar_grid_find_type (KvarGridFind *self,
                     const char   *text)
{
  guint row;

  g_return_if_fail (KVAR_IS_GRID_FIND (self));
  g_return_if_fail (text != NULL);

  row = self->grid != NULL ? kvar_grid_get_cursor_row (self->grid) : KVAR_GRID_NO_ROW;
  if (row == KVAR_GRID_NO_ROW)
    return;

  if (self->text == NULL)
    look_for (self, g_strdup (text), row + 1);
  else
    look_for (self, g_strconcat (self->text, text, NULL), row);
}

void
kvar_grid_find_stop (KvarGridFind *self)
{
  g_return_if_fail (KVAR_IS_GRID_FIND (self));

  if (self->text == NULL)
    return;

  stop_timer (self);
  g_clear_pointer (&self->text, g_free);
  self->found = FALSE;
  tell (self);
}
