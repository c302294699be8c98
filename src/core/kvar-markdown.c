/* kvar-markdown.c: Markdown as a list of blocks, each with its text as markup
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * CommonMark, without its HTML and images: of an image the text is left that stands for it, and
 * HTML is shown as it was written. A link is one only if it leads into the web or to a mail.
 */

#define G_LOG_DOMAIN "kvar-core"

#include "config.h"

#include <cmark.h>
#include <string.h>

#include "kvar-markdown.h"

typedef struct
{
  GPtrArray *blocks;
  KvarBlock *block;     /* (nullable) the one that is being written */
  GString   *markup;
  GString   *text;
  guint      depth;     /* how many lists this lies in */
  guint      number;    /* of the item that has just begun */
  gboolean   in_item;   /* its first paragraph is still to come */
} Writer;

static void
block_free (gpointer data)
{
  KvarBlock *block = data;

  g_free (block->markup);
  g_free (block->text);
  g_free (block);
}

static void
begin_block (Writer        *self,
             KvarBlockKind  kind,
             guint          level)
{
  self->block = g_new0 (KvarBlock, 1);
  self->block->kind = kind;
  self->block->level = level;
  g_string_truncate (self->markup, 0);
  g_string_truncate (self->text, 0);
}

static void
end_block (Writer *self)
{
  self->block->markup = g_strdup (self->markup->str);
  self->block->text = g_strdup (self->text->str);
  g_ptr_array_add (self->blocks, g_steal_pointer (&self->block));
}

static void
add_text (Writer     *self,
          const char *text)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  g_string_append (self->markup, escaped);
  g_string_append (self->text, text);
}

static void
add_code (Writer     *self,
          const char *text)
{
  g_string_append (self->markup, "<tt>");
  add_text (self, text);
  g_string_append (self->markup, "</tt>");
}

static gboolean
is_followed (const char *url)
{
  return g_str_has_prefix (url, "https://") || g_str_has_prefix (url, "http://") ||
         g_str_has_prefix (url, "mailto:");
}

static void
add_link (Writer     *self,
          const char *url,
          gboolean    begins)
{
  g_autofree char *escaped = NULL;

  if (!is_followed (url))
    return;

  escaped = g_markup_escape_text (url, -1);
  if (begins)
    g_string_append_printf (self->markup, "<a href=\"%s\">", escaped);
  else
    g_string_append (self->markup, "</a>");
}

static void
begin_paragraph (Writer *self)
{
  begin_block (self, self->in_item ? KVAR_BLOCK_ITEM : KVAR_BLOCK_PARAGRAPH, self->depth);
  self->block->number = self->in_item ? self->number : 0;
  self->in_item = FALSE;
}

static void
begin_item (Writer     *self,
            cmark_node *node)
{
  cmark_node *list = cmark_node_parent (node);

  self->in_item = TRUE;
  self->number = 0;
  if (cmark_node_get_list_type (list) != CMARK_ORDERED_LIST)
    return;

  self->number = cmark_node_get_list_start (list);
  while ((node = cmark_node_previous (node)) != NULL)
    self->number++;
}

/* A block of code has no children, so it begins and ends at once. */
static void
add_code_block (Writer     *self,
                const char *code)
{
  g_autofree char *text = g_strchomp (g_strdup (code));

  begin_block (self, KVAR_BLOCK_CODE, self->depth);
  add_code (self, text);
  end_block (self);
}

static void
enter (Writer     *self,
       cmark_node *node)
{
  switch (cmark_node_get_type (node))
    {
    case CMARK_NODE_LIST:       self->depth++; break;
    case CMARK_NODE_ITEM:       begin_item (self, node); break;
    case CMARK_NODE_HEADING:
      begin_block (self, KVAR_BLOCK_HEADING, cmark_node_get_heading_level (node));
      break;
    case CMARK_NODE_PARAGRAPH:  begin_paragraph (self); break;
    case CMARK_NODE_CODE_BLOCK: add_code_block (self, cmark_node_get_literal (node)); break;
    case CMARK_NODE_HTML_BLOCK: add_code_block (self, cmark_node_get_literal (node)); break;
    case CMARK_NODE_TEXT:       add_text (self, cmark_node_get_literal (node)); break;
    case CMARK_NODE_HTML_INLINE: add_text (self, cmark_node_get_literal (node)); break;
    case CMARK_NODE_CODE:       add_code (self, cmark_node_get_literal (node)); break;
    case CMARK_NODE_SOFTBREAK:  add_text (self, " "); break;
    case CMARK_NODE_LINEBREAK:  add_text (self, "\n"); break;
    case CMARK_NODE_STRONG:     g_string_append (self->markup, "<b>"); break;
    case CMARK_NODE_EMPH:       g_string_append (self->markup, "<i>"); break;
    case CMARK_NODE_LINK:       add_link (self, cmark_node_get_url (node), TRUE); break;
    default:                    break;
    }
}

static void
leave (Writer     *self,
       cmark_node *node)
{
  switch (cmark_node_get_type (node))
    {
    case CMARK_NODE_LIST:      self->depth--; break;
    case CMARK_NODE_ITEM:      self->in_item = FALSE; break;
    case CMARK_NODE_HEADING:
    case CMARK_NODE_PARAGRAPH: end_block (self); break;
    case CMARK_NODE_STRONG:    g_string_append (self->markup, "</b>"); break;
    case CMARK_NODE_EMPH:      g_string_append (self->markup, "</i>"); break;
    case CMARK_NODE_LINK:      add_link (self, cmark_node_get_url (node), FALSE); break;
    default:                   break;
    }
}

/**
 * kvar_markdown_read:
 * @text: CommonMark, whoever wrote it
 *
 * Returns: (transfer full) (element-type KvarBlock): what @text says, in its order
 */
GPtrArray *
kvar_markdown_read (const char *text)
{
  g_autofree char *valid = NULL;
  Writer writer = { 0 };
  cmark_node *document;
  cmark_iter *iter;
  cmark_event_type event;

  g_return_val_if_fail (text != NULL, NULL);

  valid = g_utf8_make_valid (text, -1);
  writer.blocks = g_ptr_array_new_with_free_func (block_free);
  writer.markup = g_string_new (NULL);
  writer.text = g_string_new (NULL);

  document = cmark_parse_document (valid, strlen (valid), CMARK_OPT_DEFAULT);
  iter = cmark_iter_new (document);
  while ((event = cmark_iter_next (iter)) != CMARK_EVENT_DONE)
    {
      if (event == CMARK_EVENT_ENTER)
        enter (&writer, cmark_iter_get_node (iter));
      else
        leave (&writer, cmark_iter_get_node (iter));
    }
  cmark_iter_free (iter);
  cmark_node_free (document);
  g_string_free (writer.markup, TRUE);
  g_string_free (writer.text, TRUE);

  return writer.blocks;
}
