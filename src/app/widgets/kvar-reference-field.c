/* kvar-reference-field.c: a link to a record of another table, shown by its label
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-reference-field"

#include "config.h"

#include <glib/gi18n.h>

#include "kvar-link-errand.h"
#include "kvar-page.h"
#include "kvar-reference-field.h"
#include "kvar-reference-picker.h"
#include "routes/kvar-route.h"

struct _KvarReferenceField
{
  KvarField       parent_instance;

  KvarWorkspace  *workspace;
  KvarTable      *table;          /* what is linked to */
  const char     *foreign_column; /* of table, owned by the column's reference */
  GCancellable   *cancellable;    /* of the look-up of a label */

  GtkWidget      *button;
  GtkLabel       *label;
  GtkLabel       *key_label;
  GtkWidget      *open_button;
  GtkWidget      *picker;

  char           *known_key;      /* (nullable) the link whose label is known */
  char           *known_label;
};

enum {
  PROP_WORKSPACE = 1,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (KvarReferenceField, kvar_reference_field, KVAR_TYPE_FIELD)

static void
remember_label (KvarReferenceField *self,
                const char         *key,
                const char         *label)
{
  g_autofree char *key_copy = g_strdup (key);
  g_autofree char *label_copy = g_strdup (label);

  g_free (self->known_key);
  g_free (self->known_label);
  self->known_key = g_steal_pointer (&key_copy);
  self->known_label = g_steal_pointer (&label_copy);
}

/* The label of the link to @key as far as it is known here: as loaded, or as picked. */
static const char *
find_label (KvarReferenceField *self,
            const char         *key)
{
  KvarField *field = KVAR_FIELD (self);
  KvarRecord *base = kvar_draft_get_base (kvar_field_get_draft (field));
  g_autoptr(KvarValue) value = NULL;

  if (g_strcmp0 (self->known_key, key) == 0)
    return self->known_label;

  if (base != NULL)
    value = kvar_record_get_value (base, kvar_field_get_column (field));
  if (value != NULL && g_strcmp0 (kvar_value_get_text (value), key) == 0)
    return kvar_record_get_label_of (base, kvar_field_get_column (field));

  return NULL;
}

static void
show_link (KvarReferenceField *self,
           const char         *key)
{
  const char *label = key != NULL ? find_label (self, key) : NULL;

  if (key == NULL)
    gtk_label_set_label (self->label, kvar_field_get_empty_text (KVAR_FIELD (self)));
  else
    gtk_label_set_label (self->label, label != NULL ? label : key);

  if (key == NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self->label), "dim-label");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->label), "dim-label");

  gtk_label_set_label (self->key_label, label != NULL ? key : "");
  gtk_widget_set_visible (GTK_WIDGET (self->key_label), label != NULL);
  gtk_widget_set_sensitive (self->open_button, key != NULL);
}

static void
label_loaded_cb (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(KvarReferenceField) self = user_data;
  g_autoptr(KvarRecord) record = NULL;
  g_autoptr(KvarValue) value = NULL;
  g_autofree char *title = NULL;
  g_autoptr(GError) error = NULL;
  KvarColumn *column;

  record = kvar_store_load_finish (KVAR_STORE (object), result, &error);
  if (record == NULL)
    {
      /* The key goes on standing for the record. */
      g_debug ("No label for a link: %s", error->message);
      return;
    }

  column = kvar_table_find_column (self->table, self->foreign_column);
  value = column != NULL ? kvar_record_get_value (record, column) : NULL;
  if (value == NULL || gtk_widget_get_parent (GTK_WIDGET (self)) == NULL)
    return;

  title = kvar_record_get_title (record);
  remember_label (self, kvar_value_get_text (value), title);
  KVAR_FIELD_GET_CLASS (self)->refresh (KVAR_FIELD (self));
}

/* A link that another window picked, or a draft that was kept: ask who it is. */
static void
look_up_label (KvarReferenceField *self,
               const char         *key)
{
  guint n_key = 0;
  const guint *key_columns = kvar_table_get_key (self->table, &n_key);
  const char *values[] = { key, NULL };
  g_autofree char *route_key = NULL;

  if (n_key != 1 ||
      strcmp (kvar_column_get_name (kvar_table_get_column (self->table, key_columns[0])),
              self->foreign_column) != 0)
    return;

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();

  route_key = kvar_route_join_key (values);
  kvar_store_load_async (kvar_workspace_get_store (self->workspace), self->table, route_key,
                         self->cancellable, label_loaded_cb, g_object_ref (self));
}

static void
kvar_reference_field_refresh (KvarField *field)
{
  KvarReferenceField *self = KVAR_REFERENCE_FIELD (field);
  g_autoptr(KvarValue) value = kvar_draft_get_value (kvar_field_get_draft (field),
                                                     kvar_field_get_column (field));
  const char *key = value != NULL ? kvar_value_get_text (value) : NULL;

  show_link (self, key);
  if (key != NULL && find_label (self, key) == NULL)
    {
      remember_label (self, key, NULL);
      look_up_label (self, key);
    }
}

static void
picked_cb (KvarReferenceField  *self,
           KvarRecord          *record,
           KvarReferencePicker *picker)
{
  KvarColumn *column = kvar_table_find_column (self->table, self->foreign_column);
  g_autoptr(KvarValue) value = kvar_record_get_value (record, column);
  g_autofree char *title = kvar_record_get_title (record);

  if (value == NULL || kvar_value_is_null (value))
    return;

  remember_label (self, kvar_value_get_text (value), title);
  kvar_field_commit_value (KVAR_FIELD (self), kvar_value_get_text (value));
  gtk_widget_grab_focus (self->button);
  kvar_field_note_picked (KVAR_FIELD (self));
}

/* From a form, which stays as it is meanwhile. A row of a list would be saved by leaving it. */
static void
open_picker (KvarReferenceField *self,
             const char         *typed)
{
  kvar_reference_picker_open (KVAR_REFERENCE_PICKER (self->picker), typed,
                              kvar_table_can_insert (self->table) &&
                              !kvar_field_get_compact (KVAR_FIELD (self)));
}

static gboolean
kvar_reference_field_open_picker (KvarField *field)
{
  open_picker (KVAR_REFERENCE_FIELD (field), NULL);

  return TRUE;
}

static void
clicked_cb (KvarReferenceField *self)
{
  open_picker (self, NULL);
}

/* The focus is here again when the person comes back. */
static void
create_cb (KvarReferenceField  *self,
           const char          *typed,
           KvarReferencePicker *picker)
{
  KvarField *field = KVAR_FIELD (self);
  GtkWidget *page = gtk_widget_get_ancestor (GTK_WIDGET (self), KVAR_TYPE_PAGE);
  g_autoptr(KvarRoute) route = NULL;
  g_autofree char *text = NULL;

  gtk_widget_grab_focus (self->button);
  if (page == NULL || !kvar_link_errand_begin (self->workspace, self->table, typed,
                                               kvar_field_get_draft (field),
                                               kvar_field_get_column (field)))
    {
      gtk_widget_error_bell (GTK_WIDGET (self));
      return;
    }

  /* Another new record of the same table has taken its place. */
  route = kvar_draft_new_route (kvar_field_get_draft (field));
  kvar_page_set_route (KVAR_PAGE (page), route);
  g_clear_pointer (&route, kvar_route_unref);

  route = kvar_route_new_new_record (kvar_table_get_name (self->table));
  text = kvar_route_to_string (route);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.navigate", "s", text);
}

static void
open_clicked_cb (KvarReferenceField *self)
{
  KvarField *field = KVAR_FIELD (self);
  g_autoptr(KvarValue) value = kvar_draft_get_value (kvar_field_get_draft (field),
                                                     kvar_field_get_column (field));
  const char *values[] = { value != NULL ? kvar_value_get_text (value) : NULL, NULL };
  g_autoptr(KvarRoute) route = NULL;
  g_autofree char *key = NULL;
  g_autofree char *text = NULL;

  if (values[0] == NULL)
    return;

  key = kvar_route_join_key (values);
  route = kvar_route_new_record (kvar_table_get_name (self->table), key);
  text = kvar_route_to_string (route);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.navigate", "s", text);
}

/* Letters typed on the button begin the search. */
static gboolean
key_pressed_cb (KvarReferenceField    *self,
                guint                  keyval,
                guint                  keycode,
                GdkModifierType        state,
                GtkEventControllerKey *controller)
{
  gunichar typed = gdk_keyval_to_unicode (keyval);
  char text[7] = { 0 };

  if (!g_unichar_isalnum (typed) ||
      (state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK)) != 0)
    return GDK_EVENT_PROPAGATE;

  g_unichar_to_utf8 (typed, text);
  open_picker (self, text);

  return GDK_EVENT_STOP;
}

static GtkWidget *
build_button (KvarReferenceField *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *arrow = gtk_image_new_from_icon_name ("pan-down-symbolic");
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->label = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (self->label, 0);
  gtk_label_set_ellipsize (self->label, PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (GTK_WIDGET (self->label), TRUE);
  self->key_label = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_ellipsize (self->key_label, PANGO_ELLIPSIZE_MIDDLE);
  gtk_label_set_max_width_chars (self->key_label, 12);
  gtk_widget_add_css_class (GTK_WIDGET (self->key_label), "dim-label");
  gtk_widget_add_css_class (GTK_WIDGET (self->key_label), "numeric");

  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->label));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->key_label));
  gtk_box_append (GTK_BOX (box), arrow);

  self->button = gtk_button_new ();
  gtk_button_set_child (GTK_BUTTON (self->button), box);
  gtk_widget_set_hexpand (self->button, TRUE);
  gtk_widget_add_css_class (self->button, "link-choice");
  g_signal_connect_swapped (self->button, "clicked", G_CALLBACK (clicked_cb), self);

  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  gtk_widget_add_controller (self->button, keys);

  return self->button;
}

static void
kvar_reference_field_constructed (GObject *object)
{
  KvarReferenceField *self = KVAR_REFERENCE_FIELD (object);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  KvarReference *reference;
  g_autofree char *open_name = NULL;

  G_OBJECT_CLASS (kvar_reference_field_parent_class)->constructed (object);

  reference = kvar_column_get_reference (kvar_field_get_column (KVAR_FIELD (self)));
  self->foreign_column = kvar_reference_get_foreign_columns (reference)[0];
  self->table = g_object_ref (
    kvar_reference_field_find_table (self->workspace, kvar_field_get_column (KVAR_FIELD (self))));

  gtk_box_append (GTK_BOX (box), build_button (self));

  /* Translators: %s is the name of a table. */
  open_name = g_strdup_printf (_("Open in %s"), kvar_table_get_title (self->table));
  self->open_button = gtk_button_new_from_icon_name ("go-next-symbolic");
  gtk_widget_set_tooltip_text (self->open_button, open_name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->open_button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, open_name, -1);
  gtk_widget_add_css_class (self->open_button, "flat");
  g_signal_connect_swapped (self->open_button, "clicked", G_CALLBACK (open_clicked_cb), self);
  gtk_box_append (GTK_BOX (box), self->open_button);

  self->picker = kvar_reference_picker_new (self->workspace, self->table, self->foreign_column);
  gtk_widget_set_parent (self->picker, box);
  g_signal_connect_object (self->picker, "picked", G_CALLBACK (picked_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->picker, "create", G_CALLBACK (create_cb), self, G_CONNECT_SWAPPED);

  kvar_field_set_editor (KVAR_FIELD (self), box, self->button);
}

static void
kvar_reference_field_dispose (GObject *object)
{
  KvarReferenceField *self = KVAR_REFERENCE_FIELD (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);

  G_OBJECT_CLASS (kvar_reference_field_parent_class)->dispose (object);
}

static void
kvar_reference_field_finalize (GObject *object)
{
  KvarReferenceField *self = KVAR_REFERENCE_FIELD (object);

  g_clear_object (&self->workspace);
  g_clear_object (&self->table);
  g_clear_pointer (&self->known_key, g_free);
  g_clear_pointer (&self->known_label, g_free);

  G_OBJECT_CLASS (kvar_reference_field_parent_class)->finalize (object);
}

static void
kvar_reference_field_set_property (GObject      *object,
                                   guint         prop_id,
                                   const GValue *value,
                                   GParamSpec   *pspec)
{
  KvarReferenceField *self = KVAR_REFERENCE_FIELD (object);

  switch (prop_id)
    {
    case PROP_WORKSPACE:
      self->workspace = g_value_dup_object (value);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
kvar_reference_field_class_init (KvarReferenceFieldClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  KvarFieldClass *field_class = KVAR_FIELD_CLASS (klass);

  object_class->constructed = kvar_reference_field_constructed;
  object_class->dispose = kvar_reference_field_dispose;
  object_class->finalize = kvar_reference_field_finalize;
  object_class->set_property = kvar_reference_field_set_property;

  field_class->refresh = kvar_reference_field_refresh;
  field_class->open_picker = kvar_reference_field_open_picker;

  properties[PROP_WORKSPACE] =
    g_param_spec_object ("workspace", NULL, NULL, KVAR_TYPE_WORKSPACE,
                         G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
kvar_reference_field_init (KvarReferenceField *self)
{
}

/**
 * kvar_reference_field_find_table:
 *
 * Returns: (transfer none) (nullable): the table that @column links to by itself, if the
 *     person may see it; %NULL for no link, a hidden table, or a link of several columns
 */
KvarTable *
kvar_reference_field_find_table (KvarWorkspace *workspace,
                                 KvarColumn    *column)
{
  KvarReference *reference;
  KvarSchema *schema;
  KvarTable *table;

  g_return_val_if_fail (KVAR_IS_WORKSPACE (workspace), NULL);
  g_return_val_if_fail (KVAR_IS_COLUMN (column), NULL);

  reference = kvar_column_get_reference (column);
  schema = kvar_workspace_get_schema (workspace);
  if (reference == NULL || schema == NULL ||
      g_strv_length ((GStrv)kvar_reference_get_foreign_columns (reference)) != 1)
    return NULL;

  table = kvar_schema_find_table (schema, kvar_reference_get_foreign_table (reference));
  if (table == NULL ||
      kvar_table_find_column (table, kvar_reference_get_foreign_columns (reference)[0]) == NULL)
    return NULL;

  return table;
}

/**
 * kvar_reference_field_new:
 * @column: one for which kvar_reference_field_find_table() finds a table
 */
KvarField *
kvar_reference_field_new (KvarDraft     *draft,
                          KvarColumn    *column,
                          KvarWorkspace *workspace)
{
  return g_object_new (KVAR_TYPE_REFERENCE_FIELD,
                       "draft", draft,
                       "column", column,
                       "workspace", workspace,
                       NULL);
}

/**
 * kvar_reference_field_get_label:
 *
 * Returns: (nullable): what the linked record is called, as far as that is known here
 */
const char *
kvar_reference_field_get_label (KvarReferenceField *self)
{
  g_autoptr(KvarValue) value = NULL;

  g_return_val_if_fail (KVAR_IS_REFERENCE_FIELD (self), NULL);

  value = kvar_draft_get_value (kvar_field_get_draft (KVAR_FIELD (self)),
                                kvar_field_get_column (KVAR_FIELD (self)));

  return value != NULL && !kvar_value_is_null (value)
           ? find_label (self, kvar_value_get_text (value)) : NULL;
}
