/* test-markdown.c: Markdown becomes blocks, and nothing in it becomes more than text
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "kvar-markdown.h"

typedef struct
{
  const char *name;
  const char *text;
  const char *blocks;    /* a line each: kind, level, number, markup */
} Case;

static const Case cases[] = {
  { "nothing", "", "" },
  { "headings", "# One\n\nSetext\n------\n", "h 1 0 One\nh 2 0 Setext\n" },
  { "paragraphs", "a\nb\n\nc", "p 0 0 a b\np 0 0 c\n" },
  { "line-break", "a  \nb", "p 0 0 a\nb\n" },
  { "inline", "**Ctrl+S** *saves* `x<y`",
    "p 0 0 <b>Ctrl+S</b> <i>saves</i> <tt>x&lt;y</tt>\n" },
  { "list", "- a\n- b\n  - c\n", "i 1 0 a\ni 1 0 b\ni 2 0 c\n" },
  { "numbers", "3. a\n4. b\n", "i 1 3 a\ni 1 4 b\n" },
  { "two-paragraphs-of-an-item", "- a\n\n  b\n", "i 1 0 a\np 1 0 b\n" },
  { "after-a-list", "- a\n\nb\n", "i 1 0 a\np 0 0 b\n" },
  { "code", "```\na <b\n c\n```\n", "c 0 0 <tt>a &lt;b\n c</tt>\n" },
  { "quote", "> a\n", "p 0 0 a\n" },
  { "link", "[a](https://example.org/?x&y)",
    "p 0 0 <a href=\"https://example.org/?x&amp;y\">a</a>\n" },
  { "no-link", "[a](javascript:alert(1)) [b](file:///etc/passwd)", "p 0 0 a b\n" },
  { "image", "![a picture](https://example.org/x.png)", "p 0 0 a picture\n" },
  { "html", "a <b onclick=x>b</b>", "p 0 0 a &lt;b onclick=x&gt;b&lt;/b&gt;\n" },
  { "html-block", "<script>\nx\n</script>\n",
    "c 0 0 <tt>&lt;script&gt;\nx\n&lt;/script&gt;</tt>\n" },
  { "bad-utf-8", "a\xff", "p 0 0 a\xef\xbf\xbd\n" },
};

static void
test_markdown_case (gconstpointer data)
{
  const Case *c = data;
  g_autoptr(GPtrArray) blocks = kvar_markdown_read (c->text);
  g_autoptr(GString) seen = g_string_new (NULL);

  for (guint i = 0; i < blocks->len; i++)
    {
      const KvarBlock *block = g_ptr_array_index (blocks, i);

      g_string_append_printf (seen, "%c %u %u %s\n", "hpic"[block->kind], block->level,
                              block->number, block->markup);
    }
  g_assert_cmpstr (seen->str, ==, c->blocks);
}

static void
test_markdown_has_plain_text (void)
{
  g_autoptr(GPtrArray) blocks = kvar_markdown_read ("a **b** `<c>` & [d](https://e.org)");
  const KvarBlock *block = g_ptr_array_index (blocks, 0);

  g_assert_cmpstr (block->text, ==, "a b <c> & d");
}

/* Whatever is written, the markup is well-formed. */
static void
test_markdown_is_total (void)
{
  static const char signs[] = "#*_`[]()<>!&\\-1. \n\t\"'ax:/=~|>";

  for (guint n = 0; n < 3000; n++)
    {
      g_autoptr(GString) text = g_string_new (NULL);
      g_autoptr(GPtrArray) blocks = NULL;
      int length = g_test_rand_int_range (0, 60);

      for (int i = 0; i < length; i++)
        g_string_append_c (text, signs[g_test_rand_int_range (0, sizeof signs - 1)]);

      blocks = kvar_markdown_read (text->str);
      for (guint i = 0; i < blocks->len; i++)
        {
          const KvarBlock *block = g_ptr_array_index (blocks, i);
          g_autofree char *whole = g_strconcat ("<x>", block->markup, "</x>", NULL);
          const GMarkupParser parser = { 0 };
          g_autoptr(GMarkupParseContext) context = g_markup_parse_context_new (&parser, 0, NULL,
                                                                               NULL);
          g_autoptr(GError) error = NULL;

          if (!g_markup_parse_context_parse (context, whole, -1, &error))
            g_error ("“%s” → %s: %s", text->str, block->markup, error->message);
        }
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/markdown/read/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_markdown_case);
    }
  g_test_add_func ("/markdown/has-plain-text", test_markdown_has_plain_text);
  g_test_add_func ("/markdown/is-total", test_markdown_is_total);

  return g_test_run ();
}
