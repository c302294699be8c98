/* kvar-long-text-field.c: a field that grows with its text; Tab leaves it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-long-text-field"

#include "config.h"

#include "kvar-clean-paste.h"
#include "kvar-long-text-field.h"

struct _KvarLongTextField
{
  KvarField       parent_instance;

  GtkTextView    *view;
  GtkTextBuffer  *buffer;
  GtkLabel       *empty_label;
  gboolean        refreshing;
};

G_DEFINE_FINAL_TYPE (KvarLongTextField, kvar_long_text_field, KVAR_TYPE_FIELD)

static char *
get_text (KvarLongTextField *self)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (self->buffer, &start, &end);

  return gtk_text_buffer_get_text (self->buffer, &start, &end, TRUE);
}

static void
update_empty (KvarLongTextField *self)
{
  gboolean empty = gtk_text_buffer_get_char_count (self->buffer) == 0;

  gtk_label_set_label (self->empty_label,
                       empty ? kvar_field_get_empty_text (KVAR_FIELD (self)) : "");
}

static void
changed_cb (KvarLongTextField *self,
            GtkTextBuffer     *buffer)
{
  g_autofree char *text = NULL;

  if (self->refreshing)
    return;

  text = get_text (self);
  kvar_field_commit_input (KVAR_FIELD (self), text);
  update_empty (self);
}

static int
kvar_long_text_field_get_cursor (KvarField *field)
{
  GtkTextIter cursor;
  GtkTextBuffer *buffer = KVAR_LONG_TEXT_FIELD (field)->buffer;

  gtk_text_buffer_get_iter_at_mark (buffer, &cursor, gtk_text_buffer_get_insert (buffer));

  return gtk_text_iter_get_offset (&cursor);
}

static void
place_cursor (KvarLongTextField *self,
              int                offset)
{
  GtkTextIter cursor;

  gtk_text_buffer_get_iter_at_offset (self->buffer, &cursor, offset);
  gtk_text_buffer_place_cursor (self->buffer, &cursor);
}

static void
kvar_long_text_field_set_cursor (KvarField *field,
                                 int        offset)
{
  KvarLongTextField *self = KVAR_LONG_TEXT_FIELD (field);

  gtk_widget_grab_focus (GTK_WIDGET (self->view));
  place_cursor (self, offset);
  gtk_text_view_scroll_mark_onscreen (self->view, gtk_text_buffer_get_insert (self->buffer));
}

static void
kvar_long_text_field_refresh (KvarField *field)
{
  KvarLongTextField *self = KVAR_LONG_TEXT_FIELD (field);
  g_autofree char *input = kvar_draft_get_input (kvar_field_get_draft (field),
                                                 kvar_field_get_column (field));
  g_autofree char *shown = get_text (self);
  const char *text = input != NULL ? input : "";

  self->refreshing = TRUE;
  if (strcmp (shown, text) != 0)
    {
      int offset = kvar_long_text_field_get_cursor (field);

      gtk_text_buffer_set_text (self->buffer, text, -1);
      place_cursor (self, offset);
    }
  update_empty (self);
  self->refreshing = FALSE;
}

static void
kvar_long_text_field_constructed (GObject *object)
{
  KvarLongTextField *self = KVAR_LONG_TEXT_FIELD (object);
  GtkWidget *scrolled;
  GtkWidget *overlay;

  G_OBJECT_CLASS (kvar_long_text_field_parent_class)->constructed (object);

  self->view = GTK_TEXT_VIEW (gtk_text_view_new ());
  self->buffer = gtk_text_view_get_buffer (self->view);
  gtk_text_view_set_accepts_tab (self->view, FALSE);
  gtk_text_view_set_wrap_mode (self->view, GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_monospace (self->view,
                               kvar_column_get_kind (kvar_field_get_column (KVAR_FIELD (self))) ==
                               KVAR_KIND_JSON);
  gtk_text_view_set_left_margin (self->view, 9);
  gtk_text_view_set_right_margin (self->view, 9);
  gtk_text_view_set_top_margin (self->view, 7);
  gtk_text_view_set_bottom_margin (self->view, 7);

  scrolled = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled),
                                  GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scrolled), TRUE);
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (scrolled), 76);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scrolled), 320);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), GTK_WIDGET (self->view));

  self->empty_label = GTK_LABEL (gtk_label_new (NULL));
  gtk_widget_set_halign (GTK_WIDGET (self->empty_label), GTK_ALIGN_START);
  gtk_widget_set_valign (GTK_WIDGET (self->empty_label), GTK_ALIGN_START);
  gtk_widget_set_can_target (GTK_WIDGET (self->empty_label), FALSE);
  gtk_widget_add_css_class (GTK_WIDGET (self->empty_label), "placeholder");

  overlay = gtk_overlay_new ();
  gtk_widget_set_overflow (overlay, GTK_OVERFLOW_HIDDEN);
  gtk_widget_add_css_class (overlay, "long-text");
  gtk_overlay_set_child (GTK_OVERLAY (overlay), scrolled);
  gtk_overlay_add_overlay (GTK_OVERLAY (overlay), GTK_WIDGET (self->empty_label));

  kvar_clean_paste_attach (GTK_WIDGET (self->view));
  kvar_field_set_editor (KVAR_FIELD (self), overlay, GTK_WIDGET (self->view));
  g_signal_connect_object (self->buffer, "changed", G_CALLBACK (changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->buffer, "notify::cursor-position",
                           G_CALLBACK (kvar_field_note_cursor), self, G_CONNECT_SWAPPED);
}

static void
kvar_long_text_field_class_init (KvarLongTextFieldClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  KvarFieldClass *field_class = KVAR_FIELD_CLASS (klass);

  object_class->constructed = kvar_long_text_field_constructed;

  field_class->refresh = kvar_long_text_field_refresh;
  field_class->get_cursor = kvar_long_text_field_get_cursor;
  field_class->set_cursor = kvar_long_text_field_set_cursor;
  field_class->multiline = TRUE;
  field_class->typed = TRUE;
}

static void
kvar_long_text_field_init (KvarLongTextField *self)
{
}

KvarField *
kvar_long_text_field_new (KvarDraft  *draft,
                          KvarColumn *column)
{
  return g_object_new (KVAR_TYPE_LONG_TEXT_FIELD, "draft", draft, "column", column, NULL);
}
