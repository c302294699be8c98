/* kvar-record-print.c: a record on paper, or in a PDF
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Everything is laid out once, as lines that know their page; drawing a page only puts them
 * down. So a text that is longer than a page goes on, line by line, on the next.
 */

#define G_LOG_DOMAIN "kvar-record-print"

#include "config.h"

#include <glib/gi18n.h>

#include "kvar-record-print.h"
#include "records/kvar-value-words.h"

#define FONT          "Cantarell, Sans 10"
#define TITLE_FONT    "Cantarell, Sans Bold 14"
#define NAME_FONT     "Cantarell, Sans Bold 10"
#define NAME_PART     0.3     /* of the width: the titles of the fields */
#define COLUMN_GAP    12.0
#define FIELD_GAP     6.0
#define HEADER_GAP    12.0
#define FOOTER_HEIGHT 24.0

typedef struct
{
  PangoLayout     *layout;    /* keeps the line alive */
  PangoLayoutLine *line;
  guint            page;
  double           x;
  double           y;         /* of the baseline */
} Line;

struct _KvarRecordPrint
{
  KvarDraft *draft;
  char      *printed_at;
  GArray    *lines;           /* of Line */
  guint      n_pages;
  double     width;
  double     height;
  double     header_height;
};

/* Where the next line goes. */
typedef struct
{
  guint  page;
  double y;
} Place;

static void
line_clear (gpointer data)
{
  Line *line = data;

  pango_layout_line_unref (line->line);
  g_object_unref (line->layout);
}

static PangoLayout *
layout_new (PangoContext *context,
            const char   *font,
            const char   *text,
            double        width)
{
  g_autoptr(PangoFontDescription) description = pango_font_description_from_string (font);
  PangoLayout *layout = pango_layout_new (context);

  pango_layout_set_font_description (layout, description);
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_width (layout, (int)(width * PANGO_SCALE));
  pango_layout_set_text (layout, text, -1);

  return layout;
}

static void
add_line (KvarRecordPrint *self,
          PangoLayout     *layout,
          PangoLayoutLine *layout_line,
          guint            page,
          double           x,
          double           y)
{
  Line line = { g_object_ref (layout), pango_layout_line_ref (layout_line), page, x, y };

  g_array_append_val (self->lines, line);
}

/* Puts down all lines of @layout from @place on; a line without room begins a page. */
static Place
add_layout (KvarRecordPrint *self,
            PangoLayout     *layout,
            Place            place,
            double           x)
{
  PangoLayoutIter *iter = pango_layout_get_iter (layout);
  int layout_width = pango_layout_get_width (layout);

  do
    {
      PangoLayoutLine *line = pango_layout_iter_get_line_readonly (iter);
      PangoRectangle extents;
      double top, height, ascent, indent;

      pango_layout_line_get_extents (line, NULL, &extents);
      height = extents.height / (double)PANGO_SCALE;
      ascent = -extents.y / (double)PANGO_SCALE;
      indent = line->resolved_dir == PANGO_DIRECTION_RTL
               ? (layout_width - extents.width) / (double)PANGO_SCALE : 0;
      top = place.y;
      if (top + height > self->height - FOOTER_HEIGHT && top > self->header_height)
        {
          place.page++;
          top = self->header_height;
        }
      add_line (self, layout, line, place.page, x + indent, top + ascent);
      place.y = top + height;
    }
  while (pango_layout_iter_next_line (iter));
  pango_layout_iter_free (iter);

  return place;
}

/* As it stands on the screen: what is typed and not saved as well. */
static char *
dup_text (KvarRecordPrint *self,
          KvarColumn      *column)
{
  KvarRecord *base = kvar_draft_get_base (self->draft);
  g_autoptr(KvarValue) value = kvar_draft_get_value (self->draft, column);
  const char *label = base != NULL ? kvar_record_get_label_of (base, column) : NULL;
  KvarKind kind = kvar_column_get_kind (column);

  if (label != NULL && !kvar_draft_is_column_changed (self->draft, column))
    return g_strdup (label);

  if (value != NULL && kvar_value_is_default (value))
    return g_strdup (kvar_default_in_words ());
  if (value == NULL || kvar_value_is_null (value))
    return g_strdup ("–");

  /* All of it: what a list shows is cut to a line. */
  return kind == KVAR_KIND_TEXT || kind == KVAR_KIND_JSON
         ? g_strdup (kvar_value_get_text (value)) : kvar_value_to_display (value);
}

static Place
add_field (KvarRecordPrint *self,
           PangoContext    *context,
           KvarColumn      *column,
           Place            place)
{
  double name_width = self->width * NAME_PART - COLUMN_GAP;
  double x = self->width * NAME_PART;
  g_autofree char *text = dup_text (self, column);
  g_autoptr(PangoLayout) name = layout_new (context, NAME_FONT, kvar_column_get_title (column),
                                            name_width);
  g_autoptr(PangoLayout) value = layout_new (context, FONT, text, self->width - x);
  int line_height;
  Place after_name, after_value;

  /* The title and the first line of the value stay together. */
  pango_layout_get_size (name, NULL, &line_height);
  if (place.y + line_height / (double)PANGO_SCALE > self->height - FOOTER_HEIGHT &&
      place.y > self->header_height)
    {
      place.page++;
      place.y = self->header_height;
    }

  after_name = add_layout (self, name, place, 0);
  after_value = add_layout (self, value, place, x);
  if (after_value.page > after_name.page)
    return after_value;

  after_name.y = MAX (after_name.y, after_value.y);

  return after_name;
}

/* The same on every page: which record of which table. */
static void
add_header (KvarRecordPrint *self,
            PangoContext    *context)
{
  KvarTable *table = kvar_draft_get_table (self->draft);
  KvarRecord *base = kvar_draft_get_base (self->draft);
  g_autofree char *title = base != NULL ? kvar_record_get_title (base) : g_strdup ("");
  g_autofree char *subtitle = NULL;
  g_autoptr(PangoLayout) first = layout_new (context, TITLE_FONT, title, self->width);
  g_autoptr(PangoLayout) second = NULL;
  guint n_before = self->lines->len;
  Place place = { 0, 0 };

  if (kvar_draft_get_changed (self->draft))
    /* Translators: %s is the title of a table; the printed record has changes not saved yet. */
    subtitle = g_strdup_printf (_("%s. Draft, not saved"), kvar_table_get_title (table));
  else
    subtitle = g_strdup (kvar_table_get_title (table));
  second = layout_new (context, FONT, subtitle, self->width);

  pango_layout_set_height (first, -1);
  pango_layout_set_ellipsize (first, PANGO_ELLIPSIZE_END);
  pango_layout_set_height (second, -1);
  pango_layout_set_ellipsize (second, PANGO_ELLIPSIZE_END);
  place = add_layout (self, first, place, 0);
  place = add_layout (self, second, place, 0);

  self->header_height = place.y + HEADER_GAP;
  for (guint i = n_before; i < self->lines->len; i++)
    g_array_index (self->lines, Line, i).page = G_MAXUINT;
}

static void
add_footer (KvarRecordPrint *self,
            PangoContext    *context,
            guint            page)
{
  g_autofree char *number = NULL;
  g_autoptr(PangoLayout) left = layout_new (context, FONT, self->printed_at, self->width / 2);
  g_autoptr(PangoLayout) right = NULL;
  double y = self->height - FOOTER_HEIGHT / 2;
  int right_width;

  /* Translators: the number of a printed page, and how many there are. */
  number = g_strdup_printf (_("Page %1$u of %2$u"), page + 1, self->n_pages);
  right = layout_new (context, FONT, number, self->width / 2);
  pango_layout_get_size (right, &right_width, NULL);

  add_line (self, left, pango_layout_get_line_readonly (left, 0), page, 0, y);
  add_line (self, right, pango_layout_get_line_readonly (right, 0), page,
            self->width - right_width / (double)PANGO_SCALE, y);
}

/**
 * kvar_record_print_new:
 * @printed_at: when, as people here write it
 */
KvarRecordPrint *
kvar_record_print_new (KvarDraft  *draft,
                       const char *printed_at)
{
  KvarRecordPrint *self;

  g_return_val_if_fail (KVAR_IS_DRAFT (draft), NULL);
  g_return_val_if_fail (printed_at != NULL, NULL);

  self = g_new0 (KvarRecordPrint, 1);
  self->draft = g_object_ref (draft);
  self->printed_at = g_strdup (printed_at);
  self->lines = g_array_new (FALSE, FALSE, sizeof (Line));
  g_array_set_clear_func (self->lines, line_clear);

  return self;
}

void
kvar_record_print_free (KvarRecordPrint *self)
{
  g_clear_object (&self->draft);
  g_clear_pointer (&self->printed_at, g_free);
  g_clear_pointer (&self->lines, g_array_unref);
  g_free (self);
}

/**
 * kvar_record_print_lay_out:
 * @width: of the paper inside its margins, in points
 *
 * Returns: how many pages it takes
 */
guint
kvar_record_print_lay_out (KvarRecordPrint *self,
                           PangoContext    *context,
                           double           width,
                           double           height)
{
  KvarTable *table;
  Place place = { 0, 0 };

  g_return_val_if_fail (self != NULL, 0);

  g_array_set_size (self->lines, 0);
  self->width = width;
  self->height = height;
  self->header_height = 0;
  add_header (self, context);

  table = kvar_draft_get_table (self->draft);
  place.y = self->header_height;
  for (guint i = 0; i < kvar_table_get_n_columns (table); i++)
    {
      KvarColumn *column = kvar_table_get_column (table, i);

      if (!kvar_column_get_can_select (column))
        continue;

      place = add_field (self, context, column, place);
      place.y += FIELD_GAP;
    }

  self->n_pages = place.page + 1;
  for (guint page = 0; page < self->n_pages; page++)
    add_footer (self, context, page);

  return self->n_pages;
}

static gboolean
is_on_page (const Line *line,
            guint       page)
{
  return line->page == page || line->page == G_MAXUINT;
}

/**
 * kvar_record_print_dup_page_text:
 *
 * Returns: (transfer full): what stands on @page, a line a line, in the order it was laid out
 */
char *
kvar_record_print_dup_page_text (KvarRecordPrint *self,
                                 guint            page)
{
  GString *text = g_string_new (NULL);

  g_return_val_if_fail (self != NULL, NULL);

  for (guint i = 0; i < self->lines->len; i++)
    {
      const Line *line = &g_array_index (self->lines, Line, i);

      if (!is_on_page (line, page))
        continue;

      g_string_append_len (text, pango_layout_get_text (line->layout) + line->line->start_index,
                           line->line->length);
      g_string_append_c (text, '\n');
    }

  return g_string_free (text, FALSE);
}

void
kvar_record_print_draw_page (KvarRecordPrint *self,
                             cairo_t         *cr,
                             guint            page)
{
  double rule;

  g_return_if_fail (self != NULL);

  for (guint i = 0; i < self->lines->len; i++)
    {
      const Line *line = &g_array_index (self->lines, Line, i);

      if (!is_on_page (line, page))
        continue;

      cairo_move_to (cr, line->x, line->y);
      pango_cairo_show_layout_line (cr, line->line);
    }

  rule = self->header_height - HEADER_GAP / 2;
  cairo_set_line_width (cr, 0.5);
  cairo_move_to (cr, 0, rule);
  cairo_line_to (cr, self->width, rule);
  cairo_stroke (cr);
}

static void
begin_print_cb (GtkPrintOperation *operation,
                GtkPrintContext   *context,
                gpointer           user_data)
{
  PangoContext *pango = gtk_print_context_create_pango_context (context);
  guint n_pages = kvar_record_print_lay_out (user_data, pango,
                                             gtk_print_context_get_width (context),
                                             gtk_print_context_get_height (context));

  g_object_unref (pango);
  gtk_print_operation_set_n_pages (operation, (int)n_pages);
}

static void
draw_page_cb (GtkPrintOperation *operation,
              GtkPrintContext   *context,
              int                page,
              gpointer           user_data)
{
  kvar_record_print_draw_page (user_data, gtk_print_context_get_cairo_context (context),
                               (guint)page);
}

static void
print_gone (gpointer  data,
            GClosure *closure)
{
  kvar_record_print_free (data);
}

/**
 * kvar_record_print_new_operation:
 *
 * Returns: (transfer full): an operation that prints @draft; GTK's own dialog also offers a PDF
 */
GtkPrintOperation *
kvar_record_print_new_operation (KvarDraft  *draft,
                                 const char *printed_at)
{
  KvarRecord *base;
  g_autofree char *title = NULL;
  GtkPrintOperation *operation;
  KvarRecordPrint *print;

  g_return_val_if_fail (KVAR_IS_DRAFT (draft), NULL);

  base = kvar_draft_get_base (draft);
  title = base != NULL ? kvar_record_get_title (base)
                       : g_strdup (kvar_table_get_title (kvar_draft_get_table (draft)));
  operation = gtk_print_operation_new ();
  print = kvar_record_print_new (draft, printed_at);
  gtk_print_operation_set_unit (operation, GTK_UNIT_POINTS);
  gtk_print_operation_set_job_name (operation, title);
  gtk_print_operation_set_embed_page_setup (operation, TRUE);
  g_signal_connect (operation, "begin-print", G_CALLBACK (begin_print_cb), print);
  g_signal_connect_data (operation, "draw-page", G_CALLBACK (draw_page_cb), print, print_gone, 0);

  return operation;
}
