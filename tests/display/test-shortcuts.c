/* test-shortcuts.c: the table of keys has no double meanings and no keys that some cannot press
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kvar-shortcuts.h"

#include <adwaita.h>

typedef struct
{
  guint           key;
  GdkModifierType modifiers;
} Key;

/* "a...z" is as good as its first key. */
static Key
parse (const char *accel)
{
  g_auto(GStrv) ends = g_strsplit (accel, "...", 2);
  Key key = { 0 };

  if (!gtk_accelerator_parse (ends[0], &key.key, &key.modifiers) || key.key == 0)
    g_error ("“%s” is no key", accel);

  return key;
}

/* Enter, Escape and arrows mean what they mean where the focus is. */
static gboolean
may_be_overloaded (Key key)
{
  return key.modifiers == 0 && (key.key == GDK_KEY_Return || key.key == GDK_KEY_Escape);
}

static void
check_pair (const KvarShortcut *a,
            const char         *accel_a,
            const KvarShortcut *b,
            const char         *accel_b)
{
  Key one = parse (accel_a);
  Key two = parse (accel_b);

  if (a->keys != b->keys && a->keys != KVAR_KEYS_EVERYWHERE && b->keys != KVAR_KEYS_EVERYWHERE)
    return;
  if (one.key != two.key || one.modifiers != two.modifiers || may_be_overloaded (one))
    return;

  g_error ("%s means both “%s” and “%s”", accel_a, a->label, b->label);
}

static void
test_shortcuts_mean_one_thing (void)
{
  guint n;
  const KvarShortcut *shortcuts = kvar_shortcuts_get (&n);

  for (guint i = 0; i < n; i++)
    for (guint j = i + 1; j < n; j++)
      {
        g_auto(GStrv) a = g_strsplit (shortcuts[i].accels, " ", -1);
        g_auto(GStrv) b = g_strsplit (shortcuts[j].accels, " ", -1);

        for (guint k = 0; a[k] != NULL; k++)
          for (guint l = 0; b[l] != NULL; l++)
            check_pair (&shortcuts[i], a[k], &shortcuts[j], b[l]);
      }
}

static void
check_reachable (const char *accel)
{
  const char *const altgr = "[]{}\\~@$|";
  Key key = parse (accel);
  gunichar sign = gdk_keyval_to_unicode (key.key);
  GdkModifierType both = GDK_CONTROL_MASK | GDK_ALT_MASK;

  if ((key.modifiers & both) == both)
    g_error ("%s is AltGr on many keyboards", accel);
  if (sign != 0 && sign < 128 && strchr (altgr, (int)sign) != NULL)
    g_error ("%s needs AltGr on a Swedish keyboard", accel);
  if (key.key == GDK_KEY_period || key.key == GDK_KEY_semicolon)
    g_error ("%s is GTK's key for emoji", accel);
  /* Typing to find is no command. */
  if (g_unichar_isgraph (sign) && (key.modifiers & both) == 0 && strstr (accel, "...") == NULL)
    g_error ("%s is a single letter", accel);
}

static void
test_shortcuts_can_be_pressed (void)
{
  guint n;
  const KvarShortcut *shortcuts = kvar_shortcuts_get (&n);

  for (guint i = 0; i < n; i++)
    {
      g_auto(GStrv) accels = g_strsplit (shortcuts[i].accels, " ", -1);

      for (guint k = 0; accels[k] != NULL; k++)
        check_reachable (accels[k]);
    }
}

static void
collect_titles (GtkWidget  *widget,
                GHashTable *titles)
{
  if (GTK_IS_SHORTCUTS_SHORTCUT (widget))
    {
      char *title = NULL;

      g_object_get (widget, "title", &title, NULL);
      g_hash_table_add (titles, title);
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    collect_titles (child, titles);
}

static void
test_shortcuts_are_all_in_the_window (void)
{
  g_autoptr(GHashTable) titles = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GtkWidget *window = kvar_shortcuts_window_new (NULL);
  guint n;
  const KvarShortcut *shortcuts = kvar_shortcuts_get (&n);

  collect_titles (window, titles);
  for (guint i = 0; i < n; i++)
    if (!g_hash_table_contains (titles, shortcuts[i].label))
      g_error ("The shortcuts window lacks “%s”", shortcuts[i].label);

  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_shortcuts_reach_the_application (void)
{
  g_autoptr(GtkApplication) application = gtk_application_new (NULL, G_APPLICATION_NON_UNIQUE);
  g_auto(GStrv) accels = NULL;

  g_assert_true (g_application_register (G_APPLICATION (application), NULL, NULL));
  kvar_shortcuts_install (application);

  accels = gtk_application_get_accels_for_action (application, "page.refresh");
  g_assert_cmpuint (g_strv_length (accels), ==, 2);
  g_assert_cmpstr (accels[0], ==, "F5");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add_func ("/shortcuts/mean-one-thing", test_shortcuts_mean_one_thing);
  g_test_add_func ("/shortcuts/can-be-pressed", test_shortcuts_can_be_pressed);
  g_test_add_func ("/shortcuts/are-all-in-the-window", test_shortcuts_are_all_in_the_window);
  g_test_add_func ("/shortcuts/reach-the-application", test_shortcuts_reach_the_application);

  return g_test_run ();
}
