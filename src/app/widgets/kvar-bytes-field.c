/* kvar-bytes-field.c: a field that holds a file or the like: saved as one, or taken from one
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-bytes-field"

#include "config.h"

#include <glib/gi18n.h>

#include "kvar-bytes-field.h"
#include "records/kvar-bytes-text.h"
#include "records/kvar-value-words.h"

/* As many as fit on a line. */
#define PREVIEW_BYTES 16

struct _KvarBytesField
{
  KvarField             parent_instance;

  GtkLabel             *label;      /* what it is, and how large */
  GtkLabel             *preview;
  GtkWidget            *save_button;
  GtkFileChooserNative *chooser;    /* (nullable) while it is open */
  GCancellable         *cancellable;
};

G_DEFINE_FINAL_TYPE (KvarBytesField, kvar_bytes_field, KVAR_TYPE_FIELD)

/* Take: how large is it → its bytes → the draft. Save: written. */
static void sized_cb  (GObject *object, GAsyncResult *result, gpointer user_data);
static void loaded_cb (GObject *object, GAsyncResult *result, gpointer user_data);
static void saved_cb  (GObject *object, GAsyncResult *result, gpointer user_data);

static void
say (KvarBytesField *self,
     const char     *sentence)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s", sentence);
}

/* (nullable): what the draft holds now */
static GBytes *
dup_bytes (KvarBytesField *self)
{
  KvarField *field = KVAR_FIELD (self);
  g_autoptr(KvarValue) value = kvar_draft_get_value (kvar_field_get_draft (field),
                                                     kvar_field_get_column (field));

  return value != NULL && !kvar_value_is_null (value)
         ? kvar_bytes_text_decode (kvar_value_get_text (value)) : NULL;
}

static gboolean
has_default (KvarBytesField *self)
{
  KvarField *field = KVAR_FIELD (self);
  g_autoptr(KvarValue) value = kvar_draft_get_value (kvar_field_get_draft (field),
                                                     kvar_field_get_column (field));

  return value != NULL && kvar_value_is_default (value);
}

static void
kvar_bytes_field_refresh (KvarField *field)
{
  KvarBytesField *self = KVAR_BYTES_FIELD (field);
  g_autoptr(GBytes) bytes = dup_bytes (self);
  g_autofree char *text = bytes != NULL ? kvar_bytes_text_describe (bytes) : NULL;
  g_autofree char *preview = bytes != NULL ? kvar_bytes_text_preview (bytes, PREVIEW_BYTES) : NULL;

  gtk_label_set_label (self->label, text != NULL ? text
                                    : has_default (self) ? kvar_default_in_words ()
                                                         : _("No value"));
  gtk_label_set_label (self->preview, preview != NULL ? preview : "");
  gtk_widget_set_visible (GTK_WIDGET (self->preview), preview != NULL && *preview != '\0');
  gtk_widget_set_sensitive (self->save_button, bytes != NULL);
}

static void
refuse_large (KvarBytesField *self)
{
  g_autofree char *most = g_format_size (KVAR_BYTES_MAX);
  /* Translators: %s is the size of a file, "2.1 MB". */
  g_autofree char *sentence = g_strdup_printf (_("The file is larger than %s, which is the most "
                                                 "that this field takes here."), most);

  say (self, sentence);
}

static gboolean
was_cancelled (const GError *error)
{
  return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
sized_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(KvarBytesField) self = user_data;
  g_autoptr(GFileInfo) info = NULL;
  g_autoptr(GError) error = NULL;

  info = g_file_query_info_finish (G_FILE (object), result, &error);
  if (info != NULL && g_file_info_get_size (info) > KVAR_BYTES_MAX)
    refuse_large (self);
  else if (info != NULL)
    g_file_load_bytes_async (G_FILE (object), self->cancellable, loaded_cb, g_object_ref (self));
  else if (!was_cancelled (error))
    say (self, _("The file couldn't be read."));
}

static void
loaded_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(KvarBytesField) self = user_data;
  g_autoptr(GBytes) bytes = NULL;
  g_autoptr(GError) error = NULL;

  bytes = g_file_load_bytes_finish (G_FILE (object), result, NULL, &error);
  if (bytes == NULL)
    {
      if (!was_cancelled (error))
        say (self, _("The file couldn't be read."));
      return;
    }

  /* It may have grown. */
  if (g_bytes_get_size (bytes) > KVAR_BYTES_MAX)
    {
      refuse_large (self);
    }
  else
    {
      g_autofree char *text = kvar_bytes_text_encode (bytes);

      kvar_field_commit_value (KVAR_FIELD (self), text);
    }
}

static void
saved_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(KvarBytesField) self = user_data;
  g_autoptr(GError) error = NULL;

  if (g_file_replace_contents_finish (G_FILE (object), result, NULL, &error))
    say (self, _("The file is saved."));
  else if (!was_cancelled (error))
    say (self, _("The file couldn't be saved there."));
}

static void
chosen_cb (GtkNativeDialog *dialog,
           int              response,
           KvarBytesField  *self)
{
  GtkFileChooser *chooser = GTK_FILE_CHOOSER (dialog);
  g_autoptr(GFile) file = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (chooser);
  if (file != NULL && gtk_file_chooser_get_action (chooser) == GTK_FILE_CHOOSER_ACTION_SAVE)
    kvar_bytes_field_save (self, file);
  else if (file != NULL)
    kvar_bytes_field_take (self, file);
  g_clear_object (&self->chooser);
}

static void
choose (KvarBytesField       *self,
        const char           *title,
        GtkFileChooserAction  action,
        const char           *suggested)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (self->chooser != NULL)
    return;

  self->chooser = gtk_file_chooser_native_new (title, GTK_WINDOW (root), action, NULL, NULL);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  if (suggested != NULL)
    gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (self->chooser), suggested);
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (chosen_cb), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static void
save_clicked_cb (KvarBytesField *self)
{
  KvarColumn *column = kvar_field_get_column (KVAR_FIELD (self));
  g_autoptr(GBytes) bytes = dup_bytes (self);
  g_autofree char *name = NULL;

  if (bytes == NULL)
    return;

  name = kvar_bytes_text_suggest_name (bytes, kvar_column_get_title (column));
  choose (self, _("Save File As"), GTK_FILE_CHOOSER_ACTION_SAVE, name);
}

static void
take_clicked_cb (KvarBytesField *self)
{
  choose (self, _("Choose a File"), GTK_FILE_CHOOSER_ACTION_OPEN, NULL);
}

static GtkWidget *
make_button (KvarBytesField *self,
             const char     *label,
             GCallback       clicked)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  g_signal_connect_swapped (button, "clicked", clicked, self);

  return button;
}

static GtkLabel *
make_label (const char *style)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, style);

  return GTK_LABEL (label);
}

static void
kvar_bytes_field_constructed (GObject *object)
{
  KvarBytesField *self = KVAR_BYTES_FIELD (object);
  KvarField *field = KVAR_FIELD (self);
  GtkBox *box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 6));
  GtkBox *buttons = GTK_BOX (gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6));
  GtkWidget *take_button;
  gboolean may_take;

  G_OBJECT_CLASS (kvar_bytes_field_parent_class)->constructed (object);

  may_take = kvar_field_is_editable (field);
  self->label = make_label ("fixed-value");
  self->preview = make_label ("monospace");
  gtk_widget_add_css_class (GTK_WIDGET (self->preview), "dim-label");
  self->save_button = make_button (self, _("_Save as File…"), G_CALLBACK (save_clicked_cb));
  take_button = make_button (self, _("_Choose File…"), G_CALLBACK (take_clicked_cb));
  gtk_widget_set_visible (take_button, may_take);

  gtk_box_append (buttons, self->save_button);
  gtk_box_append (buttons, take_button);
  gtk_box_append (box, GTK_WIDGET (self->label));
  gtk_box_append (box, GTK_WIDGET (self->preview));
  gtk_box_append (box, GTK_WIDGET (buttons));
  kvar_field_set_editor (field, GTK_WIDGET (box), may_take ? take_button : self->save_button);
}

static void
kvar_bytes_field_dispose (GObject *object)
{
  KvarBytesField *self = KVAR_BYTES_FIELD (object);

  g_cancellable_cancel (self->cancellable);
  if (self->chooser != NULL)
    gtk_native_dialog_destroy (GTK_NATIVE_DIALOG (self->chooser));
  g_clear_object (&self->chooser);

  G_OBJECT_CLASS (kvar_bytes_field_parent_class)->dispose (object);
}

static void
kvar_bytes_field_finalize (GObject *object)
{
  KvarBytesField *self = KVAR_BYTES_FIELD (object);

  g_clear_object (&self->cancellable);

  G_OBJECT_CLASS (kvar_bytes_field_parent_class)->finalize (object);
}

static void
kvar_bytes_field_class_init (KvarBytesFieldClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  KvarFieldClass *field_class = KVAR_FIELD_CLASS (klass);

  object_class->constructed = kvar_bytes_field_constructed;
  object_class->dispose = kvar_bytes_field_dispose;
  object_class->finalize = kvar_bytes_field_finalize;

  field_class->refresh = kvar_bytes_field_refresh;
}

static void
kvar_bytes_field_init (KvarBytesField *self)
{
  self->cancellable = g_cancellable_new ();
}

KvarField *
kvar_bytes_field_new (KvarDraft  *draft,
                      KvarColumn *column)
{
  return g_object_new (KVAR_TYPE_BYTES_FIELD, "draft", draft, "column", column, NULL);
}

/**
 * kvar_bytes_field_save:
 *
 * Writes what the field holds to @file, whole or not at all, and says what became of it.
 */
void
kvar_bytes_field_save (KvarBytesField *self,
                       GFile          *file)
{
  g_autoptr(GBytes) bytes = NULL;

  g_return_if_fail (KVAR_IS_BYTES_FIELD (self));
  g_return_if_fail (G_IS_FILE (file));

  bytes = dup_bytes (self);
  if (bytes != NULL)
    g_file_replace_contents_bytes_async (file, bytes, NULL, FALSE, G_FILE_CREATE_NONE,
                                         self->cancellable, saved_cb, g_object_ref (self));
}

/**
 * kvar_bytes_field_take:
 *
 * Puts the bytes of @file into the draft, unless they are more than %KVAR_BYTES_MAX.
 */
void
kvar_bytes_field_take (KvarBytesField *self,
                       GFile          *file)
{
  g_return_if_fail (KVAR_IS_BYTES_FIELD (self));
  g_return_if_fail (G_IS_FILE (file));

  g_file_query_info_async (file, G_FILE_ATTRIBUTE_STANDARD_SIZE, G_FILE_QUERY_INFO_NONE,
                           G_PRIORITY_DEFAULT, self->cancellable, sized_cb, g_object_ref (self));
}
