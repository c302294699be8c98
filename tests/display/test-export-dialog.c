/* test-export-dialog.c: which records, which columns in which order, and all that again
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib/gstdio.h>

#include "export/kvar-export-preset.h"
#include "kvar-show-in-folder.h"
#include "kvar-paths.h"
#include "kvar-records-fixture.h"
#include "pages/kvar-export-dialog.h"
#include "pages/kvar-records-page.h"
#include "widgets/grid/kvar-grid.h"
#include "widgets/kvar-export-columns.h"
#include "widgets/kvar-preset-row.h"

static void
dialog_set_up (RecordsFixture *f,
               gconstpointer   route)
{
  g_autofree char *presets = g_build_filename (kvar_paths_get_state_dir (), "presets.ini", NULL);

  g_unlink (presets);
  records_set_up (f, NULL);
  records_open (f, KVAR_TYPE_RECORDS_PAGE, route != NULL ? route : "/records/jobs");
  kvar_test_wait_until (g_str_has_suffix (display_label (f->page, "count_label"), "records") ||
                        g_str_equal (display_label (f->page, "count_label"), "1 record"));
}

static GtkWindow *
open_dialog (RecordsFixture *f)
{
  GListModel *windows = gtk_window_get_toplevels ();
  GtkWindow *dialog = NULL;

  records_activate (f->page, "export", NULL);
  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr(GtkWindow) window = g_list_model_get_item (windows, i);

      if (KVAR_IS_EXPORT_DIALOG (window) && gtk_widget_get_visible (GTK_WIDGET (window)))
        g_set_object (&dialog, window);
    }
  g_assert_nonnull (dialog);

  return dialog;
}

static const char *
get_rows (GtkWindow  *dialog,
          const char *scope)
{
  return adw_action_row_get_subtitle (display_child (dialog, scope));
}

static gboolean
is_active (GtkWindow  *dialog,
           const char *button)
{
  return gtk_check_button_get_active (display_child (dialog, button));
}

static char *
get_columns (GtkWindow *dialog)
{
  g_auto(GStrv) names = kvar_export_columns_dup_chosen (display_child (dialog, "columns_row"));

  return g_strjoinv (",", names);
}

#define assert_columns(dialog, expected) \
  G_STMT_START { \
    g_autofree char *_columns = get_columns (dialog); \
    g_assert_cmpstr (_columns, ==, expected); \
  } G_STMT_END

/* Presses Export, waits, and gives what the file holds. */
static char *
export (RecordsFixture *f,
        GtkWindow      *dialog)
{
  KvarErrandList *exports = kvar_workspace_get_exports (f->display.workspace);
  guint n_before = g_list_model_get_n_items (G_LIST_MODEL (exports));
  g_autoptr(KvarExportJob) job = NULL;
  char *contents = NULL;

  display_click (display_child (dialog, "export_button"));
  kvar_test_wait_until (g_list_model_get_n_items (G_LIST_MODEL (exports)) == n_before + 1);
  kvar_test_wait_until (kvar_errand_list_get_n_running (exports) == 0);
  job = g_list_model_get_item (G_LIST_MODEL (exports), 0);
  g_assert_cmpint (kvar_export_job_get_state (job), ==, KVAR_ERRAND_DONE);
  g_assert_true (g_file_load_contents (kvar_export_job_get_file (job), NULL, &contents, NULL,
                                       NULL, NULL));
  g_file_delete (kvar_export_job_get_file (job), NULL, NULL);

  return contents;
}

static KvarGridSelection *
get_selection (RecordsFixture *f)
{
  return kvar_grid_get_selection (display_child (f->page, "grid"));
}

static void
test_dialog_has_the_selection (RecordsFixture *f,
                               gconstpointer   unused)
{
  g_autoptr(GtkWindow) dialog = NULL;
  g_autofree char *csv = NULL;

  kvar_grid_selection_toggle (get_selection (f), 0);
  kvar_grid_selection_toggle (get_selection (f), 2);
  dialog = open_dialog (f);
  g_assert_cmpstr (get_rows (dialog, "selection_row"), ==, "2 rows");
  g_assert_cmpstr (get_rows (dialog, "view_row"), ==, "3 rows");
  g_assert_cmpstr (get_rows (dialog, "whole_row"), ==, "3 rows");
  g_assert_true (is_active (dialog, "selection_button"));

  csv = export (f, dialog);
  g_assert_nonnull (strstr (csv, "Roof"));
  g_assert_nonnull (strstr (csv, "Attic"));
  g_assert_null (strstr (csv, "Cellar"));
}

static void
test_dialog_without_a_selection (RecordsFixture *f,
                                 gconstpointer   unused)
{
  g_autoptr(GtkWindow) dialog = open_dialog (f);

  g_assert_false (display_is_shown (dialog, "selection_row"));
  g_assert_true (is_active (dialog, "view_button"));
  gtk_window_close (dialog);
}

/* All that match, also those that are not loaded: that is the view. */
static void
test_dialog_all_matching_is_the_view (RecordsFixture *f,
                                      gconstpointer   unused)
{
  g_autoptr(GtkWindow) dialog = NULL;

  kvar_grid_selection_select_range (get_selection (f), 0, 3);
  kvar_grid_selection_set_all_matching (get_selection (f), TRUE);
  dialog = open_dialog (f);
  g_assert_false (display_is_shown (dialog, "selection_row"));
  g_assert_true (is_active (dialog, "view_button"));
  gtk_window_close (dialog);
}

static void
press (GtkWidget *widget,
       guint      keyval)
{
  g_autoptr(GListModel) controllers = gtk_widget_observe_controllers (widget);
  gboolean handled = FALSE;

  for (guint i = 0; !handled && i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr(GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_EVENT_CONTROLLER_KEY (controller))
        g_signal_emit_by_name (controller, "key-pressed", keyval, 0,
                               GDK_CONTROL_MASK | GDK_SHIFT_MASK, &handled);
    }
}

static GtkWidget *
find_row (GtkWidget  *widget,
          const char *title)
{
  if (ADW_IS_ACTION_ROW (widget) &&
      g_str_equal (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)), title))
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget);
       child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_row (child, title);

      if (found != NULL)
        return found;
    }

  return NULL;
}

static void
move_down (GtkWindow  *dialog,
           const char *title)
{
  GtkWidget *columns = display_child (dialog, "columns_row");
  GtkWidget *row;

  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (columns), TRUE);
  row = find_row (columns, title);
  g_assert_nonnull (row);
  kvar_test_wait_until (gtk_widget_get_mapped (row));
  g_assert_true (gtk_widget_grab_focus (row));
  press (columns, GDK_KEY_Down);
  g_assert_true (display_has_focus (row));
}

static void
test_dialog_orders_columns (RecordsFixture *f,
                            gconstpointer   unused)
{
  g_autoptr(GtkWindow) dialog = open_dialog (f);
  g_autofree char *csv = NULL;

  assert_columns (dialog, "title,id,price,due_on,remark,done");
  move_down (dialog, "Title");
  assert_columns (dialog, "id,title,price,due_on,remark,done");
  press (display_child (dialog, "columns_row"), GDK_KEY_Up);
  press (display_child (dialog, "columns_row"), GDK_KEY_Up);
  assert_columns (dialog, "title,id,price,due_on,remark,done");
  press (display_child (dialog, "columns_row"), GDK_KEY_Down);

  csv = export (f, dialog);
  g_assert_true (g_str_has_prefix (csv, "id,title,price,"));
}

static void
test_dialog_heads_with_titles (RecordsFixture *f,
                               gconstpointer   unused)
{
  g_autoptr(GtkWindow) dialog = open_dialog (f);
  g_autofree char *csv = NULL;

  gtk_drop_down_set_selected (display_child (dialog, "format_choice"), 3);
  g_assert_false (display_is_shown (dialog, "header_row"));
  gtk_drop_down_set_selected (display_child (dialog, "format_choice"), 2);
  gtk_drop_down_set_selected (display_child (dialog, "header_choice"), 1);
  csv = export (f, dialog);
  g_assert_true (g_str_has_prefix (csv, "Title,ID,Price,Due on,"));
}

/* What was set up by hand comes back, and so does the whole table; but as it is shown it follows
 * the view. */
static void
test_dialog_repeats_the_last (RecordsFixture *f,
                              gconstpointer   unused)
{
  g_autoptr(GtkWindow) dialog = open_dialog (f);
  g_autoptr(GtkWindow) again = NULL;
  g_autoptr(KvarExportPreset) last = NULL;
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  gtk_check_button_set_active (display_child (dialog, "whole_button"), TRUE);
  move_down (dialog, "Title");
  gtk_drop_down_set_selected (display_child (dialog, "header_choice"), 1);
  first = export (f, dialog);

  again = open_dialog (f);
  g_assert_true (is_active (again, "whole_button"));
  g_assert_true (display_has_focus (display_child (again, "export_button")));
  assert_columns (again, "id,price,title,due_on,remark,done");
  second = export (f, again);
  g_assert_cmpstr (first, ==, second);

  last = kvar_export_presets_read (f->display.session, kvar_paths_get_state_dir (), "jobs",
                                   KVAR_EXPORT_LAST);
  g_assert_nonnull (last->columns);
}

static void
save_as (GtkWindow  *dialog,
         const char *name)
{
  KvarPresetRow *row = display_child (dialog, "preset_row");
  GtkEditable *entry = display_child (row, "name_entry");

  g_assert_false (gtk_widget_is_sensitive (display_child (row, "keep_button")));
  gtk_editable_set_text (entry, name);
  display_click (display_child (row, "keep_button"));
  g_assert_cmpstr (kvar_preset_row_get_name (row), ==, name);
}

static void
test_dialog_names_presets (RecordsFixture *f,
                           gconstpointer   unused)
{
  g_autoptr(GtkWindow) dialog = open_dialog (f);
  g_autoptr(GtkWindow) again = NULL;
  g_autofree char *csv = NULL;
  KvarPresetRow *row;

  move_down (dialog, "Title");
  save_as (dialog, "For the bookkeeper");
  csv = export (f, dialog);

  again = open_dialog (f);
  row = display_child (again, "preset_row");
  g_assert_cmpstr (kvar_preset_row_get_name (row), ==, "For the bookkeeper");
  assert_columns (again, "id,title,price,due_on,remark,done");

  gtk_drop_down_set_selected (display_child (row, "choice"), 0);
  assert_columns (again, "title,id,price,due_on,remark,done");
  gtk_drop_down_set_selected (display_child (row, "choice"), 1);
  assert_columns (again, "id,title,price,due_on,remark,done");

  display_click (display_child (row, "forget_button"));
  g_assert_null (kvar_preset_row_get_name (row));
  g_assert_cmpuint (g_list_model_get_n_items (gtk_drop_down_get_model (
                      display_child (row, "choice"))), ==, 1);
  gtk_window_close (again);
}

/* The file manager of the desktop. */
static void
show_items_cb (GDBusConnection       *connection,
               const char            *sender,
               const char            *path,
               const char            *interface,
               const char            *method,
               GVariant              *parameters,
               GDBusMethodInvocation *invocation,
               gpointer               user_data)
{
  g_autofree const char **uris = NULL;

  g_variant_get (parameters, "(^a&s&s)", &uris, NULL);
  *(char **)user_data = g_strjoinv (" ", (char **)uris);
  g_dbus_method_invocation_return_value (invocation, NULL);
}

static void
test_dialog_shows_in_files (RecordsFixture *f,
                            gconstpointer   unused)
{
  static const GDBusInterfaceVTable vtable = { .method_call = show_items_cb };
  g_autoptr(GDBusConnection) bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  g_autoptr(GDBusNodeInfo) info = g_dbus_node_info_new_for_xml (
    "<node><interface name='org.freedesktop.FileManager1'><method name='ShowItems'>"
    "<arg type='as' direction='in'/><arg type='s' direction='in'/></method></interface></node>",
    NULL);
  g_autoptr(GFile) file = g_file_new_for_path ("/tmp/jobs å.csv");
  g_autofree char *shown = NULL;
  guint object;
  guint name;

  object = g_dbus_connection_register_object (bus, "/org/freedesktop/FileManager1",
                                              info->interfaces[0], &vtable, &shown, NULL, NULL);
  name = g_bus_own_name_on_connection (bus, "org.freedesktop.FileManager1",
                                       G_BUS_NAME_OWNER_FLAGS_NONE, NULL, NULL, NULL, NULL);
  kvar_show_in_folder (f->display.window, file);
  kvar_test_wait_until (shown != NULL);
  g_assert_cmpstr (shown, ==, "file:///tmp/jobs%20%C3%A5.csv");

  g_bus_unown_name (name);
  g_dbus_connection_unregister_object (bus, object);
}

#define add(path, func) \
  g_test_add (path, RecordsFixture, NULL, dialog_set_up, func, records_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();

  add ("/export/EXP-4/dialog-has-the-selection", test_dialog_has_the_selection);
  add ("/export/EXP-4/dialog-without-a-selection", test_dialog_without_a_selection);
  add ("/export/EXP-4/all-matching-is-the-view", test_dialog_all_matching_is_the_view);
  add ("/export/EXP-5/dialog-orders-columns", test_dialog_orders_columns);
  add ("/export/EXP-5/dialog-heads-with-titles", test_dialog_heads_with_titles);
  add ("/export/EXP-13/repeats-the-last", test_dialog_repeats_the_last);
  add ("/export/EXP-13/dialog-names-presets", test_dialog_names_presets);
  add ("/export/EXP-12/shows-in-files", test_dialog_shows_in_files);

  return g_test_run ();
}
