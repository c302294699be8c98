/* test-help.c: the guide says the same in each language, and only keys that there are
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "kvar-display-fixture.h"
#include "kvar-help-window.h"
#include "kvar-markdown.h"
#include "kvar-shortcuts.h"

static char *
load (const char *language)
{
  g_autofree char *path = g_strdup_printf ("/io/github/kvarapp/Kvar/help/%s.md", language);
  g_autoptr(GBytes) bytes = g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  gsize length;
  const char *text;

  g_assert_nonnull (bytes);
  text = g_bytes_get_data (bytes, &length);

  return g_strndup (text, length);
}

/* The headings, paragraphs and items in their order. */
static char *
outline (const char *language)
{
  g_autofree char *text = load (language);
  g_autoptr(GPtrArray) blocks = kvar_markdown_read (text);
  GString *outline = g_string_new (NULL);

  for (guint i = 0; i < blocks->len; i++)
    {
      const KvarBlock *block = g_ptr_array_index (blocks, i);

      g_string_append_printf (outline, "%c%u ", "hpic"[block->kind], block->level);
    }

  return g_string_free (outline, FALSE);
}

static void
test_help_is_the_same_in_each_language (void)
{
  g_autofree char *english = outline ("en");
  g_autofree char *swedish = outline ("sv");

  g_assert_cmpstr (english, ==, swedish);
  g_assert_cmpint (strlen (english), >, 100);
}

/* A key as the guide names it, as GTK does: "Ctrl+Page Down" is <Control>Page_Down. */
static char *
parse_key (const char *name)
{
  static const char *const words[][2] = {
    { "Ctrl", "<Control>" }, { "Shift", "<Shift>" }, { "Skift", "<Shift>" }, { "Alt", "<Alt>" },
    { "Return", "Return" }, { "Retur", "Return" }, { "Page Down", "Page_Down" },
    { "Page Up", "Page_Up" }, { "Backspace", "BackSpace" }, { "Backsteg", "BackSpace" },
    { "Up", "Up" }, { "Upp", "Up" }, { "Down", "Down" }, { "Ned", "Down" }, { "Left", "Left" },
    { "Vänster", "Left" }, { "Right", "Right" }, { "Höger", "Right" }, { "Home", "Home" },
    { "End", "End" }, { ",", "comma" }, { "?", "question" },
  };
  g_auto(GStrv) parts = g_strsplit (name, "+", -1);
  g_autoptr(GString) accel = g_string_new (NULL);

  for (guint i = 0; parts[i] != NULL; i++)
    {
      const char *found = NULL;

      for (guint j = 0; j < G_N_ELEMENTS (words); j++)
        if (g_str_equal (parts[i], words[j][0]))
          found = words[j][1];
      if (found != NULL)
        g_string_append (accel, found);
      else if (parts[i + 1] == NULL && strlen (parts[i]) <= 3)
        g_string_append (accel, strlen (parts[i]) == 1
                                  ? (const char[]){ g_ascii_tolower (parts[i][0]), '\0' }
                                  : parts[i]);
      else
        return NULL;
    }

  return g_strdup (accel->str);
}

/* What stands in bold and is a key, and not the name of a button. */
static GPtrArray *
list_keys (const char *language)
{
  g_autofree char *text = load (language);
  g_autoptr(GRegex) regex = g_regex_new ("\\*\\*((?:Ctrl|Shift|Skift|Alt)\\+[^*]+|F\\d+|Returns?|"
                                         "Retur)\\*\\*", 0, 0, NULL);
  g_autoptr(GMatchInfo) match = NULL;
  GPtrArray *keys = g_ptr_array_new_with_free_func (g_free);

  g_regex_match (regex, text, 0, &match);
  while (g_match_info_matches (match))
    {
      g_autofree char *name = g_match_info_fetch (match, 1);
      char *key = parse_key (name);

      if (key == NULL)
        g_error ("“%s” is no key", name);
      g_ptr_array_add (keys, key);
      g_match_info_next (match, NULL);
    }

  return keys;
}

static gboolean
is_key (const char *accel)
{
  guint n;
  const KvarShortcut *shortcuts = kvar_shortcuts_get (&n);

  for (guint i = 0; i < n; i++)
    {
      g_auto(GStrv) accels = g_strsplit (shortcuts[i].accels, " ", -1);

      if (g_strv_contains ((const char *const *)accels, accel))
        return TRUE;
    }

  return FALSE;
}

static void
test_help_names_only_keys_that_there_are (void)
{
  g_autoptr(GPtrArray) keys = list_keys ("en");
  g_autoptr(GPtrArray) swedish = list_keys ("sv");

  g_assert_cmpuint (keys->len, >, 30);
  g_assert_cmpuint (keys->len, ==, swedish->len);
  for (guint i = 0; i < keys->len; i++)
    {
      g_assert_cmpstr (g_ptr_array_index (keys, i), ==, g_ptr_array_index (swedish, i));
      if (!is_key (g_ptr_array_index (keys, i)))
        g_error ("The guide names %s, which means nothing", (char *)g_ptr_array_index (keys, i));
    }
}

/* There is no warning because there is nothing to warn of; somebody has to say so. */
static void
test_help_says_what_is_kept (void)
{
  g_autofree char *english = load ("en");
  g_autofree char *swedish = load ("sv");

  g_assert_nonnull (strstr (english, "Drafts are kept without a time limit"));
  g_assert_nonnull (strstr (english, "Kvar gives no warning before a session ends, on purpose"));
  g_assert_nonnull (strstr (swedish, "Utkast sparas utan tidsgräns"));
  g_assert_nonnull (strstr (swedish, "Kvar varnar inte innan en session tar slut"));
}

typedef struct
{
  GtkWindow      *parent;
  KvarHelpWindow *help;
} Fixture;

static KvarHelpWindow *
find_help (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr(GtkWindow) window = g_list_model_get_item (windows, i);

      if (KVAR_IS_HELP_WINDOW (window))
        return KVAR_HELP_WINDOW (window);
    }

  return NULL;
}

static void
fixture_set_up (Fixture       *f,
                gconstpointer  unused)
{
  f->parent = g_object_ref (GTK_WINDOW (gtk_window_new ()));
  gtk_window_present (f->parent);
  kvar_help_window_show (f->parent);
  f->help = g_object_ref (find_help ());
  kvar_test_wait_until (gtk_widget_get_mapped (GTK_WIDGET (f->help)));
}

static void
fixture_tear_down (Fixture       *f,
                   gconstpointer  unused)
{
  gtk_window_destroy (GTK_WINDOW (f->help));
  gtk_window_destroy (f->parent);
  kvar_test_settle ();
  g_assert_finalize_object (f->help);
  g_assert_finalize_object (f->parent);
}

static void
test_help_is_shown_once (Fixture       *f,
                         gconstpointer  unused)
{
  kvar_help_window_show (f->parent);
  g_assert_cmpuint (g_list_model_get_n_items (gtk_window_get_toplevels ()), ==, 2);
}

static void
search (Fixture    *f,
        const char *text)
{
  GtkSearchEntry *entry = display_child (f->help, "search_entry");

  gtk_widget_activate_action (GTK_WIDGET (f->help), "help.search", NULL);
  gtk_editable_set_text (GTK_EDITABLE (entry), text);
}

static void
test_help_finds_what_is_searched_for (Fixture       *f,
                                      gconstpointer  unused)
{
  GtkSearchEntry *entry = display_child (f->help, "search_entry");
  GtkAdjustment *place = gtk_scrolled_window_get_vadjustment (display_child (f->help, "scroller"));

  search (f, "DIAGNOSTICS");
  kvar_test_wait_until (g_str_equal (display_label (f->help, "matches_label"), "1 of 1"));
  g_assert_cmpfloat (gtk_adjustment_get_value (place), >, 100);

  search (f, "ctrl+a");
  kvar_test_wait_until (g_str_has_prefix (display_label (f->help, "matches_label"), "1 of "));
  g_signal_emit_by_name (entry, "previous-match");
  g_assert_false (g_str_has_prefix (display_label (f->help, "matches_label"), "2"));

  search (f, "Zweihänder");
  kvar_test_wait_until (g_str_equal (display_label (f->help, "matches_label"), "Not found"));
}

static void
test_help_goes_to_a_section (Fixture       *f,
                             gconstpointer  unused)
{
  GtkListBox *sections = display_child (f->help, "sections");
  GtkAdjustment *place = gtk_scrolled_window_get_vadjustment (display_child (f->help, "scroller"));
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (sections, 3);

  kvar_test_wait_until (gtk_adjustment_get_upper (place) > 1000);
  g_signal_emit_by_name (sections, "row-activated", row);
  g_assert_cmpfloat (gtk_adjustment_get_value (place), >, 100);
  g_assert_true (GTK_IS_LABEL (gtk_root_get_focus (GTK_ROOT (f->help))));
}

#define add(path, func) \
  g_test_add ("/help/" path, Fixture, NULL, fixture_set_up, func, fixture_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add_func ("/help/is-the-same-in-each-language", test_help_is_the_same_in_each_language);
  g_test_add_func ("/help/names-only-keys-that-there-are",
                   test_help_names_only_keys_that_there_are);
  g_test_add_func ("/help/A11-5/says-what-is-kept", test_help_says_what_is_kept);
  add ("is-shown-once", test_help_is_shown_once);
  add ("finds-what-is-searched-for", test_help_finds_what_is_searched_for);
  add ("goes-to-a-section", test_help_goes_to_a_section);

  return g_test_run ();
}
