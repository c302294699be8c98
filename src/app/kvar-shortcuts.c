/* kvar-shortcuts.c: the one table of keys, which feeds the accelerators and the shortcuts window
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-shortcuts"

#include "config.h"

#include <glib/gi18n.h>

#include "kvar-shortcuts.h"

/* Nothing on Ctrl+Alt or on what needs AltGr on a Swedish keyboard, nothing on Ctrl+. and
 * Ctrl+; (emoji), no single letters. */
static const KvarShortcut shortcuts[] = {
  { KVAR_KEYS_EVERYWHERE, "win.navigate::/records", "<Control>1", N_("Records") },
  { KVAR_KEYS_EVERYWHERE, "win.navigate::/reports", "<Control>2", N_("Reports") },
  { KVAR_KEYS_EVERYWHERE, "win.navigate::/exports", "<Control>3", N_("Exports") },
  { KVAR_KEYS_EVERYWHERE, "win.go-to", "<Control>k", N_("Go to…") },
  { KVAR_KEYS_EVERYWHERE, "page.search", "<Control>f", N_("Search in this page") },
  { KVAR_KEYS_EVERYWHERE, "page.refresh", "F5 <Control>r", N_("Refresh") },
  { KVAR_KEYS_EVERYWHERE, "page.new-record", "<Control>n", N_("New record in this table") },
  { KVAR_KEYS_EVERYWHERE, "page.duplicate", "<Control><Shift>n",
    N_("New record from this one") },
  { KVAR_KEYS_EVERYWHERE, "page.export", "<Control>e", N_("Export") },
  { KVAR_KEYS_EVERYWHERE, "app.new-window", "<Control>t", N_("New window") },
  { KVAR_KEYS_EVERYWHERE, "win.navigate::/drafts", "<Control><Shift>o", N_("Outbox and drafts") },
  { KVAR_KEYS_EVERYWHERE, "win.back", "<Alt>Left Back", N_("Back") },
  { KVAR_KEYS_EVERYWHERE, "win.forward", "<Alt>Right Forward", N_("Forward") },
  { KVAR_KEYS_EVERYWHERE, "win.next-pane", "F6", N_("Next pane") },
  { KVAR_KEYS_EVERYWHERE, "win.previous-pane", "<Shift>F6", N_("Previous pane") },
  { KVAR_KEYS_EVERYWHERE, "win.toggle-sidebar", "F9", N_("Sidebar") },
  { KVAR_KEYS_EVERYWHERE, "win.menu", "F10", N_("Main menu") },
  { KVAR_KEYS_EVERYWHERE, "win.fullscreen", "F11", N_("Fullscreen") },
  { KVAR_KEYS_EVERYWHERE, "win.preferences", "<Control>comma", N_("Preferences") },
  { KVAR_KEYS_EVERYWHERE, "win.help", "F1", N_("Help") },
  { KVAR_KEYS_EVERYWHERE, "win.shortcuts", "<Control>question", N_("Keyboard shortcuts") },
  { KVAR_KEYS_EVERYWHERE, "window.close", "<Control>w", N_("Close window") },
  { KVAR_KEYS_EVERYWHERE, "app.quit", "<Control>q", N_("Quit") },

  { KVAR_KEYS_RECORDS, NULL, "Return", N_("Open record") },
  { KVAR_KEYS_RECORDS, "page.follow-link", "<Control>Return",
    N_("Open the linked record or file") },
  { KVAR_KEYS_RECORDS, NULL, "<Control>Left <Control>Right <Control>Up <Control>Down",
    N_("Edge of filled cells") },
  { KVAR_KEYS_RECORDS, NULL, "<Control>Home <Control>End", N_("First or last cell") },
  { KVAR_KEYS_RECORDS, NULL, "a...z", N_("Find in this column by typing") },
  { KVAR_KEYS_RECORDS, NULL, "<Shift>Up <Shift>Down", N_("Select more records") },
  { KVAR_KEYS_RECORDS, NULL, "<Shift>space", N_("Select only this record") },
  { KVAR_KEYS_RECORDS, NULL, "<Control>space", N_("Select this record too, or no longer") },
  { KVAR_KEYS_RECORDS, NULL, "<Control>a", N_("Select all records, then all that match") },
  { KVAR_KEYS_RECORDS, NULL, "<Control><Shift>a", N_("Select nothing") },
  { KVAR_KEYS_RECORDS, NULL, "<Control>c", N_("Copy") },
  { KVAR_KEYS_RECORDS, NULL, "<Control><Shift>c", N_("Copy with column names") },
  { KVAR_KEYS_RECORDS, "page.change-selected", "<Control>h", N_("Change the selected records") },
  { KVAR_KEYS_RECORDS, NULL, "Delete", N_("Delete the selected records") },
  { KVAR_KEYS_RECORDS, "page.paste-rows", "<Control><Shift>v", N_("Paste rows") },
  { KVAR_KEYS_RECORDS, "page.filter", "<Control><Shift>f", N_("Filter") },
  { KVAR_KEYS_RECORDS, NULL, "Menu <Shift>F10", N_("Menu of the cell") },
  { KVAR_KEYS_RECORDS, "page.edit-in-list", "<Control>l", N_("Edit in the list, or browse") },
  { KVAR_KEYS_RECORDS, NULL, "F2", N_("Edit this cell") },
  { KVAR_KEYS_RECORDS, "page.undo-row", "<Control>z", N_("Undo the last change to a record") },
  { KVAR_KEYS_RECORDS, "page.redo-row", "<Control><Shift>z", N_("Redo it") },

  { KVAR_KEYS_EDITING, NULL, "Return", N_("Edit the cell; in it: keep, and go down") },
  { KVAR_KEYS_EDITING, NULL, "<Shift>Return", N_("Keep, and go up") },
  { KVAR_KEYS_EDITING, NULL, "Tab <Shift>Tab", N_("Keep, next or previous cell") },
  { KVAR_KEYS_EDITING, NULL, "Escape", N_("Give the cell its old value back") },
  { KVAR_KEYS_EDITING, NULL, "F4 <Alt>Down", N_("Open choices or calendar") },
  { KVAR_KEYS_EDITING, NULL, "Delete", N_("Clear the cell") },
  { KVAR_KEYS_EDITING, NULL, "<Control>d <Control>apostrophe", N_("Same as the cell above") },
  { KVAR_KEYS_EDITING, "page.save", "<Control>s", N_("Save the record now") },

  { KVAR_KEYS_TITLES, NULL, "Return", N_("Sort by this column") },
  { KVAR_KEYS_TITLES, NULL, "<Shift>Return", N_("Then sort by this column") },
  { KVAR_KEYS_TITLES, NULL, "<Shift>Left <Shift>Right", N_("Narrower or wider") },
  { KVAR_KEYS_TITLES, NULL, "<Control><Shift>Left <Control><Shift>Right", N_("Move the column") },
  { KVAR_KEYS_TITLES, NULL, "F2", N_("Rename the column here") },
  { KVAR_KEYS_TITLES, NULL, "Menu <Shift>F10", N_("Menu of the column") },

  { KVAR_KEYS_RECORD, "page.save", "<Control>s", N_("Save") },
  { KVAR_KEYS_RECORD, "page.save-and-next", "<Control>Return", N_("Save, next record") },
  { KVAR_KEYS_RECORD, "page.save-and-new", "<Control><Shift>Return", N_("Save, new record") },
  { KVAR_KEYS_RECORD, "page.fill-from-previous", "<Control>d <Control>apostrophe",
    N_("Value from the previous record") },
  { KVAR_KEYS_RECORD, NULL, "<Control>z", N_("Undo typing, or else the last save") },
  { KVAR_KEYS_RECORD, NULL, "Return", N_("Next field") },
  { KVAR_KEYS_RECORD, "page.next-record", "<Control>Page_Down", N_("Next record") },
  { KVAR_KEYS_RECORD, "page.previous-record", "<Control>Page_Up", N_("Previous record") },
  { KVAR_KEYS_RECORD, NULL, "F4 <Alt>Down", N_("Open choices or calendar") },
  { KVAR_KEYS_RECORD, NULL, "<Control>BackSpace", N_("No value, in an empty field") },
  { KVAR_KEYS_RECORD, "page.set-default", "<Control><Shift>BackSpace",
    N_("The server's default in this field") },
  { KVAR_KEYS_RECORD, "page.print", "<Control>p", N_("Print") },
  { KVAR_KEYS_RECORD, "page.menu", "<Control>m", N_("Record menu") },
  { KVAR_KEYS_RECORD, "page.next-problem", "F8", N_("Next problem") },
  { KVAR_KEYS_RECORD, "page.previous-problem", "<Shift>F8", N_("Previous problem") },

  { KVAR_KEYS_CONFLICT, NULL, "Up Down", N_("Previous or next field") },
  { KVAR_KEYS_CONFLICT, NULL, "Left", N_("Theirs") },
  { KVAR_KEYS_CONFLICT, NULL, "Right", N_("Yours") },
  { KVAR_KEYS_CONFLICT, NULL, "F2", N_("Edit the result") },
  { KVAR_KEYS_CONFLICT, NULL, "<Control>Return", N_("Save what is combined") },
  { KVAR_KEYS_CONFLICT, NULL, "Escape", N_("Back to the form, the draft is kept") },

  { KVAR_KEYS_REPORT, NULL, "<Control>Return", N_("Run, or run again") },

  { KVAR_KEYS_EXPORTS, NULL, "Return", N_("Open file") },
  { KVAR_KEYS_EXPORTS, NULL, "<Control>Return", N_("Show in Files") },
  { KVAR_KEYS_EXPORTS, NULL, "Delete", N_("Cancel, or remove from the list") },
  { KVAR_KEYS_EXPORTS, NULL, "<Control><Shift>Up <Control><Shift>Down",
    N_("Move a column up or down") },

  { KVAR_KEYS_FILES, NULL, "Return", N_("Open") },
  { KVAR_KEYS_FILES, NULL, "<Control>s", N_("Save the file as") },
  { KVAR_KEYS_FILES, NULL, "Delete", N_("Delete the file") },
  { KVAR_KEYS_FILES, "page.up", "<Alt>Up", N_("Folder above") },
  { KVAR_KEYS_FILES, "page.upload", "<Control>u", N_("Upload files") },

  { KVAR_KEYS_DRAFTS, NULL, "Return", N_("Open record") },
  { KVAR_KEYS_DRAFTS, NULL, "<Control><Shift>r", N_("Try again") },
  { KVAR_KEYS_DRAFTS, NULL, "Delete", N_("Discard") },

  { KVAR_KEYS_LOGIN, NULL, "Return", N_("Sign in") },
  { KVAR_KEYS_LOGIN, "win.not-now", "Escape", N_("Not now") },
};

static const char *const titles[KVAR_N_KEYS] = {
  [KVAR_KEYS_EVERYWHERE] = N_("Everywhere"),
  [KVAR_KEYS_RECORDS] = N_("Records"),
  [KVAR_KEYS_EDITING] = N_("Editing in the List"),
  [KVAR_KEYS_TITLES] = N_("Column Titles"),
  [KVAR_KEYS_RECORD] = N_("Record"),
  [KVAR_KEYS_CONFLICT] = N_("Conflict"),
  [KVAR_KEYS_REPORT] = N_("Report"),
  [KVAR_KEYS_EXPORTS] = N_("Exports"),
  [KVAR_KEYS_FILES] = N_("Files"),
  [KVAR_KEYS_DRAFTS] = N_("Drafts"),
  [KVAR_KEYS_LOGIN] = N_("Sign In"),
};

const KvarShortcut *
kvar_shortcuts_get (guint *n_shortcuts)
{
  *n_shortcuts = G_N_ELEMENTS (shortcuts);

  return shortcuts;
}

/**
 * kvar_shortcuts_install:
 *
 * Gives @application the accelerators. Escape is left to the login page itself: as an
 * accelerator it would come before popovers and search entries.
 */
void
kvar_shortcuts_install (GtkApplication *application)
{
  g_return_if_fail (GTK_IS_APPLICATION (application));

  for (gsize i = 0; i < G_N_ELEMENTS (shortcuts); i++)
    {
      g_auto(GStrv) accels = NULL;

      if (shortcuts[i].action == NULL || shortcuts[i].keys == KVAR_KEYS_LOGIN)
        continue;

      accels = g_strsplit (shortcuts[i].accels, " ", -1);
      gtk_application_set_accels_for_action (application, shortcuts[i].action,
                                             (const char *const *)accels);
    }
}

static void
append_property (GString    *xml,
                 const char *name,
                 const char *value)
{
  g_autofree char *line = g_markup_printf_escaped ("<property name=\"%s\">%s</property>",
                                                   name, value);

  g_string_append (xml, line);
}

static void
append_group (GString  *xml,
              KvarKeys  keys)
{
  gboolean begun = FALSE;

  for (gsize i = 0; i < G_N_ELEMENTS (shortcuts); i++)
    {
      if (shortcuts[i].keys != keys)
        continue;

      if (!begun)
        {
          g_string_append (xml, "<child><object class=\"GtkShortcutsGroup\">");
          append_property (xml, "title", _(titles[keys]));
          begun = TRUE;
        }

      g_string_append (xml, "<child><object class=\"GtkShortcutsShortcut\">");
      append_property (xml, "accelerator", shortcuts[i].accels);
      append_property (xml, "title", _(shortcuts[i].label));
      g_string_append (xml, "</object></child>");
    }

  if (begun)
    g_string_append (xml, "</object></child>");
}

/**
 * kvar_shortcuts_window_new:
 *
 * The window is made by way of GtkBuilder, as GTK has no other way to fill one.
 *
 * Returns: (transfer full): a toplevel
 */
GtkWidget *
kvar_shortcuts_window_new (GtkWindow *transient_for)
{
  g_autoptr(GString) xml = g_string_new ("<interface>"
                                         "<object class=\"GtkShortcutsWindow\" id=\"window\">"
                                         "<property name=\"modal\">1</property>"
                                         "<child><object class=\"GtkShortcutsSection\">"
                                         "<property name=\"section-name\">kvar</property>"
                                         "<property name=\"max-height\">16</property>");
  g_autoptr(GtkBuilder) builder = NULL;
  GtkWidget *window = NULL;

  for (KvarKeys keys = 0; keys < KVAR_N_KEYS; keys++)
    append_group (xml, keys);
  g_string_append (xml, "</object></child></object></interface>");

  builder = gtk_builder_new_from_string (xml->str, xml->len);
  window = GTK_WIDGET (gtk_builder_get_object (builder, "window"));
  gtk_window_set_transient_for (GTK_WINDOW (window), transient_for);

  return window;
}
