/* test-file-column.c: a column that names files: in the form and in the list
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define RECORDS_REMARK_COMMENT "\"@kvar({\\\"file\\\": \\\"drawings\\\"})\""

#include "kvar-files-fixture.h"
#include "pages/kvar-record-page.h"
#include "pages/kvar-records-page-private.h"
#include "storage/kvar-opened-files.h"
#include "widgets/grid/kvar-grid.h"
#include "widgets/kvar-file-line.h"

#define KEY "property-1/plan.txt"

static void
set_up (FilesFixture  *f,
        gconstpointer  path)
{
  const char *values[] = { "4", "Barn", "1.00", NULL, path, NULL, "811" };

  files_set_up (f, NULL);
  kvar_test_rows_add (f->r.rows, values);
}

static KvarField *
get_field (FilesFixture *f,
           const char   *column)
{
  return kvar_form_get_field (display_child (f->r.page, "form"), column);
}

/* (nullable): the one below the field of @column. */
static GtkWidget *
get_line (FilesFixture *f,
          const char   *column)
{
  GObject *box = gtk_widget_get_template_child (GTK_WIDGET (get_field (f, column)),
                                                KVAR_TYPE_FIELD, "editor_box");

  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (box)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (KVAR_IS_FILE_LINE (child))
      return child;

  return NULL;
}

static void
open_record (FilesFixture *f,
             const char   *key)
{
  g_autofree char *route = g_strconcat ("/records/jobs/", key, NULL);

  records_open (&f->r, KVAR_TYPE_RECORD_PAGE, route);
  kvar_test_wait_until (get_field (f, "remark") != NULL);
}

static char *
dup_copy_path (FilesFixture *f)
{
  g_autoptr(GFile) copy = kvar_opened_files_get (f->r.display.session, "drawings", KEY);

  return g_file_get_path (copy);
}

static void
test_form_shows_and_opens (FilesFixture  *f,
                           gconstpointer  unused)
{
  g_autofree char *copy = dup_copy_path (f);
  GtkWidget *line;

  open_record (f, "4");
  line = get_line (f, "remark");
  g_assert_cmpstr (display_label (line, "name_label"), ==, "plan.txt");
  kvar_test_wait_until (g_strcmp0 (display_label (line, "detail_label"), "5 bytes") == 0);
  g_assert_null (get_line (f, "title"));

  display_click (display_child (line, "open_button"));
  kvar_test_wait_until (f->opened != NULL);
  g_assert_cmpstr (f->opened, ==, copy);
  g_assert_cmpstr (display_label (line, "detail_label"), ==, "Downloaded. 5 bytes.");
}

/* Whoever types a path is not asked about at every letter. */
static void
test_form_follows_typing (FilesFixture  *f,
                          gconstpointer  unused)
{
  GtkWidget *line;

  open_record (f, "1");
  line = get_line (f, "remark");
  g_assert_false (gtk_widget_get_visible (line));

  kvar_field_commit_input (get_field (f, "remark"), "a");
  kvar_field_commit_input (get_field (f, "remark"), "a/b.pdf");
  g_assert_true (gtk_widget_get_visible (line));
  g_assert_cmpstr (display_label (line, "name_label"), ==, "b.pdf");
  g_assert_cmpuint (f->n_asked, ==, 0);
  kvar_clock_advance (f->r.display.clock, KVAR_CLOCK_SECOND);
  kvar_test_wait_until (g_strcmp0 (display_label (line, "detail_label"), "5 bytes") == 0);
  g_assert_cmpuint (f->n_asked, ==, 1);

  kvar_field_commit_input (get_field (f, "remark"), "../b.pdf");
  g_assert_false (gtk_widget_get_visible (line));
}

/* REST-117: it is not there, or hidden. */
static void
test_form_says_what_is_missing (FilesFixture  *f,
                                gconstpointer  unused)
{
  GtkWidget *line;

  f->missing = TRUE;
  open_record (f, "4");
  line = get_line (f, "remark");
  kvar_test_wait_until (g_strcmp0 (display_label (line, "detail_label"), "") != 0);
  g_assert_cmpstr (display_label (line, "detail_label"), ==,
                   "The file doesn't exist, or you don't have access to it.");
  g_assert_false (gtk_widget_get_sensitive (display_child (line, "open_button")));
  g_assert_cmpstr (display_label (line, "name_label"), ==, "plan.txt");
}

/* REST-121: what could run is never opened. */
static void
test_form_never_runs (FilesFixture  *f,
                      gconstpointer  unused)
{
  open_record (f, "4");
  g_assert_false (gtk_widget_get_visible (display_child (get_line (f, "remark"),
                                                         "open_button")));
  g_assert_true (gtk_widget_get_visible (display_child (get_line (f, "remark"),
                                                        "save_button")));
}

/* REST-121: an address of the project's files needs no directive. */
static void
test_form_knows_addresses (FilesFixture  *f,
                           gconstpointer  unused)
{
  const char *url = kvar_project_get_url (kvar_session_get_project (f->r.display.session));
  g_autofree char *address = g_strconcat (url, "/storage/v1/object/public/pictures/r%20o.png",
                                          NULL);
  const char *values[] = { "5", address, "1.00", NULL, NULL, NULL, "811" };

  kvar_test_rows_add (f->r.rows, values);
  open_record (f, "5");
  g_assert_cmpstr (display_label (get_line (f, "title"), "name_label"), ==, "r o.png");
}

static KvarGrid *
open_list (FilesFixture *f)
{
  KvarGrid *grid;

  records_open (&f->r, KVAR_TYPE_RECORDS_PAGE, "/records/jobs?select=title,remark");
  grid = display_child (f->r.page, "grid");
  kvar_test_wait_until (kvar_grid_get_model (grid) != NULL &&
                        g_list_model_get_n_items (kvar_grid_get_model (grid)) == 4);

  return grid;
}

static void
test_list_names_and_opens (FilesFixture  *f,
                           gconstpointer  unused)
{
  g_autofree char *copy = dup_copy_path (f);
  KvarGrid *grid = open_list (f);
  KvarGridColumn *column = kvar_grid_find_column (grid, "remark");
  g_autofree char *text = NULL;
  g_autoptr(GObject) item = NULL;

  kvar_grid_set_cursor (grid, 3, column);
  item = kvar_grid_get_cursor_item (grid);
  text = kvar_grid_source_dup_text (KVAR_GRID_SOURCE (KVAR_RECORDS_PAGE (f->r.page)->source),
                                    column, item);
  g_assert_cmpstr (text, ==, "plan.txt");

  records_activate (f->r.page, "follow-link", NULL);
  kvar_test_wait_until (f->opened != NULL);
  g_assert_cmpstr (f->opened, ==, copy);
  g_assert_cmpuint (f->r.toasts->len, ==, 0);
}

static void
test_list_says_why_not (FilesFixture  *f,
                        gconstpointer  unused)
{
  KvarGrid *grid = open_list (f);

  f->missing = TRUE;
  kvar_grid_set_cursor (grid, 3, kvar_grid_find_column (grid, "remark"));
  records_activate (f->r.page, "follow-link", NULL);
  kvar_test_wait_until (f->r.toasts->len == 1);
  g_assert_cmpstr (f->r.toasts->pdata[0], ==,
                   "The file doesn't exist, or you don't have access to it.");
}

/* (nullable): the action of the item that is called @label in @menu or its sections. */
static char *
find_in_menu (GMenuModel *menu,
              const char *label)
{
  char *action = NULL;

  for (int i = 0; i < g_menu_model_get_n_items (menu) && action == NULL; i++)
    {
      g_autoptr(GMenuModel) section = g_menu_model_get_item_link (menu, i, G_MENU_LINK_SECTION);
      g_autofree char *found = NULL;

      if (section != NULL)
        action = find_in_menu (section, label);
      else if (g_menu_model_get_item_attribute (menu, i, "label", "s", &found) &&
               g_str_equal (found, label))
        g_menu_model_get_item_attribute (menu, i, "action", "s", &action);
    }

  return action;
}

static void
assert_in_menu (KvarGrid   *grid,
                const char *label,
                const char *action)
{
  g_autoptr(GMenuModel) menu = NULL;
  g_autofree char *found = NULL;

  g_signal_emit_by_name (grid, "cell-menu", &menu);
  found = find_in_menu (menu, label);
  g_assert_cmpstr (found, ==, action);
}

static void
test_list_has_a_menu (FilesFixture  *f,
                      gconstpointer  unused)
{
  KvarGrid *grid = open_list (f);

  kvar_grid_set_cursor (grid, 3, kvar_grid_find_column (grid, "remark"));
  assert_in_menu (grid, "Open _File", "page.follow-link");
  assert_in_menu (grid, "_Save File As…", "page.save-file");
  kvar_grid_set_cursor (grid, 0, kvar_grid_find_column (grid, "remark"));
  assert_in_menu (grid, "Open _File", NULL);
}

#define ADD(path, key, func) g_test_add (path, FilesFixture, key, set_up, func, files_tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();

  ADD ("/file-column/form/shows-and-opens", KEY, test_form_shows_and_opens);
  ADD ("/file-column/form/follows-typing", KEY, test_form_follows_typing);
  ADD ("/file-column/REST-117/says-what-is-missing", KEY, test_form_says_what_is_missing);
  ADD ("/file-column/REST-121/never-runs", "setup.exe", test_form_never_runs);
  ADD ("/file-column/REST-121/knows-addresses", KEY, test_form_knows_addresses);
  ADD ("/file-column/list/names-and-opens", KEY, test_list_names_and_opens);
  ADD ("/file-column/list/says-why-not", KEY, test_list_says_why_not);
  ADD ("/file-column/list/has-a-menu", KEY, test_list_has_a_menu);

  return g_test_run ();
}
