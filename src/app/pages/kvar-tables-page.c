/* kvar-tables-page.c: all tables of the project, or the ones that a person names
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-tables-page"

#include "config.h"

#include <glib/gi18n.h>

#include "kvar-error-text.h"
#include "kvar-error.h"
#include "kvar-list-place.h"
#include "kvar-workspace.h"
#include "pages/kvar-tables-page.h"
#include "widgets/kvar-table-menu.h"

struct _KvarTablesPage
{
  KvarPage       parent_instance;

  GtkStack      *stack;
  AdwStatusPage *problem_page;
  GtkWidget     *typed_group;
  GtkEditable   *name_row;
  GtkEditable   *columns_row;
  GtkWidget     *problem_box;
  GtkLabel      *problem_label;
  GtkListBox    *tables_box;
  GtkWidget     *empty_label;
  GtkWidget     *administrator_group;
  GtkLabel      *copied_label;
  GtkLabel      *file_label;

  KvarSchema    *schema;          /* (nullable) the one the box is bound to */
  GVariant      *pending_state;   /* (nullable) to put back once there are tables */
  GtkFileChooserNative *chooser;  /* (nullable) while it is open */
  gboolean       adding;
};

G_DEFINE_FINAL_TYPE (KvarTablesPage, kvar_tables_page, KVAR_TYPE_PAGE)

static KvarWorkspace *
get_workspace (KvarTablesPage *self)
{
  return kvar_page_get_workspace (KVAR_PAGE (self));
}

static gboolean
is_typed (KvarTablesPage *self)
{
  return self->schema != NULL && kvar_schema_get_origin (self->schema) == KVAR_SCHEMA_TYPED;
}

static void
show_problem (KvarTablesPage *self,
              const char     *text)
{
  gtk_label_set_text (self->problem_label, text != NULL ? text : "");
  gtk_widget_set_visible (self->problem_box, text != NULL);
}

static void
remove_clicked_cb (GtkButton      *button,
                   KvarTablesPage *self)
{
  KvarTable *table = g_object_get_data (G_OBJECT (button), "kvar-table");

  kvar_schema_loader_remove_table (kvar_workspace_get_loader (get_workspace (self)),
                                   kvar_table_get_name (table));
}

static GtkWidget *
remove_button_new (KvarTablesPage *self,
                   KvarTable      *table)
{
  GtkWidget *button = g_object_new (GTK_TYPE_BUTTON,
                                    "icon-name", "list-remove-symbolic",
                                    "valign", GTK_ALIGN_CENTER,
                                    "tooltip-text", _("Take off the list"),
                                    NULL);

  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Take off the list"), -1);
  gtk_widget_add_css_class (button, "flat");
  g_object_set_data_full (G_OBJECT (button), "kvar-table", g_object_ref (table), g_object_unref);
  g_signal_connect_object (button, "clicked", G_CALLBACK (remove_clicked_cb), self, 0);

  return button;
}

/* Names the key while it is only a guess, since everything that is saved relies on it. */
static char *
dup_subtitle (KvarTable *table)
{
  g_autoptr(GString) names = g_string_new (NULL);
  const guint *key = NULL;
  guint n_key;

  if (!kvar_table_get_key_guessed (table))
    return g_strdup (kvar_table_get_help (table));

  key = kvar_table_get_key (table, &n_key);
  for (guint i = 0; i < n_key; i++)
    {
      if (i > 0)
        g_string_append (names, ", ");
      g_string_append (names, kvar_column_get_name (kvar_table_get_column (table, key[i])));
    }

  /* Translators: %s is the name of a column such as "id", or of several with commas. */
  return g_strdup_printf (_("Records are told apart by %s, at a guess."), names->str);
}

static GtkWidget *
create_row_cb (gpointer item,
               gpointer user_data)
{
  KvarTablesPage *self = user_data;
  KvarTable *table = item;
  g_autofree char *subtitle = dup_subtitle (table);
  GtkWidget *row = g_object_new (ADW_TYPE_ACTION_ROW,
                                 "use-markup", FALSE,
                                 "title", kvar_table_get_title (table),
                                 "subtitle", subtitle != NULL ? subtitle : "",
                                 "subtitle-lines", 2,
                                 "activatable", TRUE,
                                 NULL);

  if (is_typed (self))
    adw_action_row_add_suffix (ADW_ACTION_ROW (row), remove_button_new (self, table));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                             g_object_new (GTK_TYPE_IMAGE,
                                           "icon-name", "go-next-symbolic",
                                           "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION,
                                           NULL));
  g_object_set_data_full (G_OBJECT (row), "kvar-table", g_object_ref (table), g_object_unref);

  return row;
}

static void
open_table (KvarTablesPage *self,
            KvarTable      *table)
{
  g_autoptr(KvarRoute) route = kvar_route_new_table (kvar_table_get_name (table), NULL);
  g_autofree char *text = kvar_route_to_string (route);

  gtk_widget_activate_action (GTK_WIDGET (self), "win.navigate", "s", text);
}

static void
row_activated_cb (KvarTablesPage *self,
                  GtkListBoxRow  *row)
{
  open_table (self, g_object_get_data (G_OBJECT (row), "kvar-table"));
}

static void
input_changed_cb (KvarTablesPage *self)
{
  show_problem (self, NULL);
  if (*gtk_editable_get_text (self->name_row) == '\0')
    gtk_widget_hide (GTK_WIDGET (self->columns_row));
  kvar_page_view_changed (KVAR_PAGE (self));
}

/* A table without rows keeps its columns to itself; then the person is asked for them. */
static void
added_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(KvarTablesPage) self = user_data;
  g_autoptr(KvarTable) table = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *text = NULL;

  table = kvar_schema_loader_add_table_finish (KVAR_SCHEMA_LOADER (object), result, &error);
  self->adding = FALSE;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (table != NULL)
    {
      gtk_editable_set_text (self->name_row, "");
      gtk_editable_set_text (self->columns_row, "");
      open_table (self, table);
      return;
    }

  text = kvar_error_text (error);
  if (g_strcmp0 (kvar_error_get_field (error), "columns") == 0)
    {
      gtk_widget_show (GTK_WIDGET (self->columns_row));
      gtk_widget_grab_focus (GTK_WIDGET (self->columns_row));
    }
  if (g_error_matches (error, KVAR_ERROR, KVAR_ERROR_SIGNED_OUT))
    gtk_widget_activate_action (GTK_WIDGET (self), "win.sign-in", NULL);
  show_problem (self, text);
}

static char **
dup_columns (KvarTablesPage *self)
{
  g_auto(GStrv) columns = NULL;

  if (!gtk_widget_get_visible (GTK_WIDGET (self->columns_row)))
    return NULL;

  columns = g_strsplit (gtk_editable_get_text (self->columns_row), ",", -1);
  for (guint i = 0; columns[i] != NULL; i++)
    g_strstrip (columns[i]);

  return g_steal_pointer (&columns);
}

static void
add_table_cb (KvarTablesPage *self)
{
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (self->name_row)));
  g_auto(GStrv) columns = dup_columns (self);

  if (*name == '\0' || self->adding)
    return;

  self->adding = TRUE;
  show_problem (self, NULL);
  kvar_schema_loader_add_table_async (kvar_workspace_get_loader (get_workspace (self)), name,
                                      (const char *const *)columns,
                                      kvar_page_get_cancellable (KVAR_PAGE (self)),
                                      added_cb, g_object_ref (self));
}

static void
restore_pending (KvarTablesPage *self)
{
  g_autoptr(GVariant) state = NULL;
  int cursor;

  if (self->pending_state == NULL || self->schema == NULL)
    return;

  state = g_steal_pointer (&self->pending_state);
  if (!kvar_list_place_restore (self->tables_box, state) &&
      g_variant_lookup (state, "cursor", "i", &cursor) && is_typed (self) &&
      gtk_widget_grab_focus (GTK_WIDGET (self->name_row)))
    gtk_editable_set_position (self->name_row, cursor);
}

static void
tables_changed_cb (KvarTablesPage *self)
{
  guint n_tables = g_list_model_get_n_items (G_LIST_MODEL (self->schema));

  gtk_widget_set_visible (GTK_WIDGET (self->tables_box), n_tables > 0);
  gtk_widget_set_visible (self->empty_label, n_tables == 0 && !is_typed (self));
}

static void
bind_schema (KvarTablesPage *self,
             KvarSchema     *schema)
{
  if (self->schema == schema)
    return;

  if (self->schema != NULL)
    g_signal_handlers_disconnect_by_func (self->schema, tables_changed_cb, self);
  g_set_object (&self->schema, schema);
  if (schema == NULL)
    return;

  gtk_widget_set_visible (self->typed_group, is_typed (self));
  gtk_widget_set_visible (self->administrator_group, is_typed (self));
  gtk_list_box_bind_model (self->tables_box, G_LIST_MODEL (schema), create_row_cb, self, NULL);
  g_signal_connect_object (schema, "items-changed", G_CALLBACK (tables_changed_cb), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  tables_changed_cb (self);
}

static void
workspace_changed_cb (KvarWorkspace  *workspace,
                      GParamSpec     *pspec,
                      KvarTablesPage *self)
{
  const GError *error = kvar_workspace_get_error (workspace);

  bind_schema (self, kvar_workspace_get_schema (workspace));

  if (self->schema != NULL)
    {
      gtk_stack_set_visible_child_name (self->stack, "tables");
      restore_pending (self);
    }
  else if (error != NULL && !kvar_workspace_get_loading (workspace))
    {
      g_autofree char *text = kvar_error_text (error);
      g_autofree char *markup = g_markup_escape_text (text, -1);

      adw_status_page_set_description (self->problem_page, markup);
      gtk_stack_set_visible_child_name (self->stack, "problem");
    }
  else
    {
      gtk_stack_set_visible_child_name (self->stack, "loading");
    }
}

static void
refresh_activated (GSimpleAction *action,
                   GVariant      *parameter,
                   gpointer       user_data)
{
  KvarTablesPage *self = KVAR_TABLES_PAGE (user_data);

  kvar_session_poke (kvar_workspace_get_session (get_workspace (self)));
  kvar_workspace_load_schema (get_workspace (self));
}

static void
copy_sql_activated (GSimpleAction *action,
                    GVariant      *parameter,
                    gpointer       user_data)
{
  KvarTablesPage *self = KVAR_TABLES_PAGE (user_data);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)),
                          kvar_schema_get_install_sql ());
  gtk_label_set_text (self->copied_label, _("Copied. Paste it into a message."));
}

static void
say_of_file (KvarTablesPage *self,
             const GError   *error)
{
  g_autofree char *text = kvar_error_text (error);

  gtk_label_set_text (self->file_label, text);
}

/* What was found in the file is seen by itself. */
static void
imported_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(KvarTablesPage) self = user_data;
  g_autoptr(GError) error = NULL;

  if (!kvar_schema_loader_import_finish (KVAR_SCHEMA_LOADER (object), result, &error))
    say_of_file (self, error);
}

static void
file_read_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(KvarTablesPage) self = user_data;
  g_autoptr(GBytes) document = NULL;
  g_autoptr(GError) error = NULL;

  document = g_file_load_bytes_finish (G_FILE (object), result, NULL, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (document == NULL)
    {
      g_info ("A schema cannot be read: %s", error->message);
      gtk_label_set_text (self->file_label, _("This file can't be read."));
      return;
    }

  kvar_schema_loader_import_async (kvar_workspace_get_loader (get_workspace (self)), document,
                                   kvar_page_get_cancellable (KVAR_PAGE (self)), imported_cb,
                                   g_object_ref (self));
}

static void
import_file (KvarTablesPage *self,
             GFile          *file)
{
  gtk_label_set_text (self->file_label, "");
  g_file_load_bytes_async (file, kvar_page_get_cancellable (KVAR_PAGE (self)), file_read_cb,
                           g_object_ref (self));
}

static void
file_chosen_cb (GtkNativeDialog *dialog,
                int              response,
                KvarTablesPage  *self)
{
  g_autoptr(GFile) file = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  if (file != NULL)
    import_file (self, file);
  g_clear_object (&self->chooser);
}

static void
open_schema_activated (GSimpleAction *action,
                       GVariant      *parameter,
                       gpointer       user_data)
{
  KvarTablesPage *self = KVAR_TABLES_PAGE (user_data);

  if (self->chooser != NULL)
    return;

  self->chooser = gtk_file_chooser_native_new (
    _("Open Schema File"), GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
    GTK_FILE_CHOOSER_ACTION_OPEN, NULL, NULL);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (file_chosen_cb), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

/* For scripts and tests: a path instead of a chooser. */
static void
open_schema_file_activated (GSimpleAction *action,
                            GVariant      *parameter,
                            gpointer       user_data)
{
  g_autoptr(GFile) file = g_file_new_for_path (g_variant_get_string (parameter, NULL));

  import_file (KVAR_TABLES_PAGE (user_data), file);
}

static const GActionEntry actions[] = {
  { "refresh", refresh_activated },
  { "copy-sql", copy_sql_activated },
  { "open-schema", open_schema_activated },
  { "open-schema-file", open_schema_file_activated, "s" },
};

static void
kvar_tables_page_load (KvarPage *page)
{
  KvarWorkspace *workspace = kvar_page_get_workspace (page);

  g_signal_connect_object (workspace, "notify", G_CALLBACK (workspace_changed_cb), page, 0);
  workspace_changed_cb (workspace, NULL, KVAR_TABLES_PAGE (page));
  kvar_list_place_follow (KVAR_TABLES_PAGE (page)->tables_box, page);
}

static gboolean
kvar_tables_page_grab_default_focus (KvarPage *page)
{
  KvarTablesPage *self = KVAR_TABLES_PAGE (page);

  if (is_typed (self))
    return gtk_widget_grab_focus (GTK_WIDGET (self->name_row));

  return gtk_widget_child_focus (GTK_WIDGET (self->stack), GTK_DIR_TAB_FORWARD);
}

static GVariant *
kvar_tables_page_save_state (KvarPage *page)
{
  KvarTablesPage *self = KVAR_TABLES_PAGE (page);
  GtkWidget *focus_child = gtk_widget_get_focus_child (GTK_WIDGET (self->name_row));
  GVariantDict dict;

  if (self->pending_state != NULL)
    return g_variant_ref (self->pending_state);

  g_variant_dict_init (&dict, NULL);
  g_variant_dict_insert (&dict, "name", "s", gtk_editable_get_text (self->name_row));
  if (focus_child != NULL)
    g_variant_dict_insert (&dict, "cursor", "i", gtk_editable_get_position (self->name_row));
  if (gtk_widget_get_visible (GTK_WIDGET (self->columns_row)))
    g_variant_dict_insert (&dict, "columns", "s", gtk_editable_get_text (self->columns_row));
  kvar_list_place_save (self->tables_box, &dict);

  return g_variant_dict_end (&dict);
}

static void
kvar_tables_page_restore_state (KvarPage *page,
                                GVariant *state)
{
  KvarTablesPage *self = KVAR_TABLES_PAGE (page);
  const char *name = NULL;
  const char *columns = NULL;

  if (g_variant_lookup (state, "name", "&s", &name))
    gtk_editable_set_text (self->name_row, name);
  if (g_variant_lookup (state, "columns", "&s", &columns))
    {
      gtk_editable_set_text (self->columns_row, columns);
      gtk_widget_show (GTK_WIDGET (self->columns_row));
    }

  g_clear_pointer (&self->pending_state, g_variant_unref);
  self->pending_state = g_variant_ref (state);
  restore_pending (self);
}

static void
kvar_tables_page_dispose (GObject *object)
{
  KvarTablesPage *self = KVAR_TABLES_PAGE (object);

  g_cancellable_cancel (kvar_page_get_cancellable (KVAR_PAGE (self)));
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), KVAR_TYPE_TABLES_PAGE);
  g_clear_object (&self->schema);
  g_clear_object (&self->chooser);
  g_clear_pointer (&self->pending_state, g_variant_unref);

  G_OBJECT_CLASS (kvar_tables_page_parent_class)->dispose (object);
}

static void
kvar_tables_page_class_init (KvarTablesPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  KvarPageClass *page_class = KVAR_PAGE_CLASS (klass);

  object_class->dispose = kvar_tables_page_dispose;

  page_class->load = kvar_tables_page_load;
  page_class->grab_default_focus = kvar_tables_page_grab_default_focus;
  page_class->save_state = kvar_tables_page_save_state;
  page_class->restore_state = kvar_tables_page_restore_state;

  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/kvarapp/Kvar/pages/kvar-tables-page.ui");
  gtk_widget_class_bind_template_child (widget_class, KvarTablesPage, stack);
  gtk_widget_class_bind_template_child (widget_class, KvarTablesPage, problem_page);
  gtk_widget_class_bind_template_child (widget_class, KvarTablesPage, typed_group);
  gtk_widget_class_bind_template_child (widget_class, KvarTablesPage, name_row);
  gtk_widget_class_bind_template_child (widget_class, KvarTablesPage, columns_row);
  gtk_widget_class_bind_template_child (widget_class, KvarTablesPage, problem_box);
  gtk_widget_class_bind_template_child (widget_class, KvarTablesPage, problem_label);
  gtk_widget_class_bind_template_child (widget_class, KvarTablesPage, tables_box);
  gtk_widget_class_bind_template_child (widget_class, KvarTablesPage, empty_label);
  gtk_widget_class_bind_template_child (widget_class, KvarTablesPage, administrator_group);
  gtk_widget_class_bind_template_child (widget_class, KvarTablesPage, copied_label);
  gtk_widget_class_bind_template_child (widget_class, KvarTablesPage, file_label);
  gtk_widget_class_bind_template_callback (widget_class, input_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, add_table_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
}

static void
kvar_tables_page_init (KvarTablesPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  kvar_table_menu_install (self->tables_box);
  g_action_map_add_action_entries (kvar_page_get_actions (KVAR_PAGE (self)),
                                   actions, G_N_ELEMENTS (actions), self);
}
