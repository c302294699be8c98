/* kvar-changed-words.c: a text with the words that are new or gone marked in it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-changed-words"

#include "config.h"

#include <glib/gi18n.h>

#include "kvar-changed-words.h"
#include "records/kvar-text-diff.h"

/* Long texts are shown where they differ, with what tells the place. */
#define CHARS_AROUND 120
#define CHARS_CHANGED 2000

static GPtrArray *
find_pieces (const char *before,
             const char *after)
{
  g_autoptr(GPtrArray) pieces = kvar_text_diff (before, after);

  return kvar_text_diff_shorten (pieces, CHARS_AROUND, CHARS_CHANGED);
}

static void
add_attribute (PangoAttrList  *list,
               PangoAttribute *attribute,
               gsize           start,
               gsize           end)
{
  attribute->start_index = start;
  attribute->end_index = end;
  pango_attr_list_insert (list, attribute);
}

/**
 * kvar_changed_words_show:
 *
 * Shows @after in @label, and in it what of @before is gone: that is struck out, what is new is
 * underlined and bold. Neither needs a colour to be seen.
 */
void
kvar_changed_words_show (GtkLabel   *label,
                         const char *before,
                         const char *after)
{
  g_autoptr(GPtrArray) pieces = NULL;
  g_autoptr(GString) text = g_string_new (NULL);
  g_autoptr(PangoAttrList) list = pango_attr_list_new ();

  g_return_if_fail (GTK_IS_LABEL (label));

  pieces = find_pieces (before, after);
  for (guint i = 0; i < pieces->len; i++)
    {
      const KvarTextPiece *piece = g_ptr_array_index (pieces, i);
      gsize start = text->len;

      g_string_append (text, piece->text);
      if (piece->change == KVAR_TEXT_DELETED)
        {
          add_attribute (list, pango_attr_strikethrough_new (TRUE), start, text->len);
          add_attribute (list, pango_attr_foreground_alpha_new (G_MAXUINT16 / 10 * 6),
                         start, text->len);
        }
      else if (piece->change == KVAR_TEXT_INSERTED)
        {
          add_attribute (list, pango_attr_underline_new (PANGO_UNDERLINE_SINGLE),
                         start, text->len);
          add_attribute (list, pango_attr_weight_new (PANGO_WEIGHT_BOLD), start, text->len);
        }
    }

  gtk_label_set_label (label, text->str);
  gtk_label_set_attributes (label, list);
}

/**
 * kvar_changed_words_describe:
 *
 * Returns: (transfer full): the same for those who hear it
 */
char *
kvar_changed_words_describe (const char *before,
                             const char *after)
{
  g_autoptr(GPtrArray) pieces = find_pieces (before, after);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < pieces->len; i++)
    {
      const KvarTextPiece *piece = g_ptr_array_index (pieces, i);

      if (text->len > 0)
        g_string_append_c (text, ' ');
      if (piece->change == KVAR_TEXT_DELETED)
        /* Translators: read aloud; %s are words that are no longer in a text. */
        g_string_append_printf (text, _("Deleted: “%s”."), piece->text);
      else if (piece->change == KVAR_TEXT_INSERTED)
        /* Translators: read aloud; %s are words that are new in a text. */
        g_string_append_printf (text, _("Inserted: “%s”."), piece->text);
      else
        g_string_append (text, piece->text);
    }

  return g_string_free (text, FALSE);
}
