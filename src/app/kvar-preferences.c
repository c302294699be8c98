/* kvar-preferences.c: what a person may choose about Kvar, applied at once
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-preferences"

#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "export/kvar-file-format.h"
#include "kvar-debug-info.h"
#include "kvar-error-text.h"
#include "kvar-preferences.h"
#include "records/kvar-locale.h"
#include "widgets/kvar-format-text.h"
#include "widgets/kvar-inner-name.h"

struct _KvarPreferences
{
  AdwPreferencesWindow  parent_instance;

  GtkSwitch            *enter_switch;
  GtkDropDown          *format_choice;
  GtkWidget            *clear_button;
  GtkWidget            *account_group;
  AdwPreferencesRow    *account_row;
  GtkWidget            *sign_out_button;
  GtkWidget            *others_row;
  GtkWidget            *others_button;

  KvarWindow           *window;      /* (nullable) weak: whose preferences these are */
  KvarWorkspace        *workspace;   /* (nullable) */
  GSettings            *settings;
  GtkFileChooserNative *chooser;     /* (nullable) while it is open */
  GCancellable         *cancellable;
};

G_DEFINE_FINAL_TYPE (KvarPreferences, kvar_preferences, ADW_TYPE_PREFERENCES_WINDOW)

/* In this order, as in the dialog of an export. */
static const KvarFileFormat formats[] = {
  KVAR_FILE_EXCEL_CSV, KVAR_FILE_XLSX, KVAR_FILE_CSV, KVAR_FILE_JSON, KVAR_FILE_NDJSON,
};

static void
tell (KvarPreferences *self,
      const char      *text)
{
  AdwToast *toast = adw_toast_new (text);

  adw_toast_set_timeout (toast, 0);
  adw_preferences_window_add_toast (ADW_PREFERENCES_WINDOW (self), toast);
}

static void
tell_error (KvarPreferences *self,
            const GError    *error)
{
  g_autofree char *text = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  text = kvar_error_text (error);
  tell (self, text);
}

static void
show_format (KvarPreferences *self)
{
  g_autofree char *name = g_settings_get_string (self->settings, "export-format");
  const char *decimal = kvar_locale_get_decimal (kvar_locale_get_default ());
  KvarFileFormat format = g_str_equal (decimal, ",") ? KVAR_FILE_EXCEL_CSV : KVAR_FILE_CSV;

  kvar_file_format_find (name, &format);
  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    if (formats[i] == format)
      gtk_drop_down_set_selected (self->format_choice, i);
}

static void
format_chosen_cb (KvarPreferences *self)
{
  guint selected = gtk_drop_down_get_selected (self->format_choice);

  if (self->settings != NULL && selected < G_N_ELEMENTS (formats))
    g_settings_set_string (self->settings, "export-format",
                           kvar_file_format_get_name (formats[selected]));
}

static void
list_formats (KvarPreferences *self)
{
  g_autoptr(GtkStringList) titles = gtk_string_list_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    gtk_string_list_append (titles, kvar_format_text_get_title (formats[i]));
  gtk_drop_down_set_model (self->format_choice, G_LIST_MODEL (titles));
  kvar_inner_name_set (GTK_WIDGET (self->format_choice), GTK_TYPE_TOGGLE_BUTTON,
                       _("Default format"));
}

static void
cache_cleared_cb (GObject      *object,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr(KvarPreferences) self = user_data;
  g_autoptr(GError) error = NULL;

  if (kvar_cache_clear_finish (KVAR_CACHE (object), result, &error))
    tell (self, _("Cache cleared. Your drafts are still here."));
  else
    tell_error (self, error);
}

static void
clear_response_cb (KvarPreferences *self,
                   const char      *response)
{
  KvarCache *cache = kvar_workspace_get_cache (self->workspace);

  if (g_strcmp0 (response, "clear") == 0 && cache != NULL)
    kvar_cache_clear_async (cache, self->cancellable, cache_cleared_cb, g_object_ref (self));
}

static GtkWidget *
ask (KvarPreferences *self,
     const char      *heading,
     const char      *body,
     const char      *response,
     const char      *label)
{
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (self), heading, body);

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog),
                                    "cancel", _("_Cancel"),
                                    response, label,
                                    NULL);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  gtk_window_present (GTK_WINDOW (dialog));

  return dialog;
}

static void
clear_clicked_cb (KvarPreferences *self)
{
  GtkWidget *dialog = ask (self, _("Clear the cache?"),
                           _("What you have read is loaded again when you open it. "
                             "Without a network it can't be shown. Your drafts stay."),
                           "clear", _("_Clear Cache"));

  g_signal_connect_object (dialog, "response", G_CALLBACK (clear_response_cb), self,
                           G_CONNECT_SWAPPED);
}

/* The window asks what is to become of unsent work; this one would lie above the question. */
static void
sign_out_clicked_cb (KvarPreferences *self)
{
  if (self->window != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self->window), "win.sign-out", NULL);
  gtk_window_close (GTK_WINDOW (self));
}

static void
others_signed_out_cb (GObject      *object,
                      GAsyncResult *result,
                      gpointer      user_data)
{
  g_autoptr(KvarPreferences) self = user_data;
  g_autoptr(GError) error = NULL;

  gtk_widget_set_sensitive (self->others_button, TRUE);
  if (kvar_session_sign_out_finish (KVAR_SESSION (object), result, &error))
    tell (self, _("Your other devices are signed out."));
  else
    tell_error (self, error);
}

static void
others_response_cb (KvarPreferences *self,
                    const char      *response)
{
  if (g_strcmp0 (response, "sign-out") != 0)
    return;

  gtk_widget_set_sensitive (self->others_button, FALSE);
  kvar_session_sign_out_async (kvar_workspace_get_session (self->workspace), KVAR_SIGN_OUT_OTHERS,
                               self->cancellable, others_signed_out_cb, g_object_ref (self));
}

static void
others_clicked_cb (KvarPreferences *self)
{
  GtkWidget *dialog = ask (self, _("Sign out your other devices?"),
                           _("You'll have to sign in there again. This computer stays signed in."),
                           "sign-out", _("Sign Out _Other Devices"));

  g_signal_connect_object (dialog, "response", G_CALLBACK (others_response_cb), self,
                           G_CONNECT_SWAPPED);
}

static void
report_saved_cb (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(KvarPreferences) self = user_data;
  g_autofree char *name = g_file_get_basename (G_FILE (object));
  g_autofree char *text = NULL;
  g_autoptr(GError) error = NULL;

  if (g_file_replace_contents_finish (G_FILE (object), result, NULL, &error))
    {
      /* Translators: %s is a file's name. */
      text = g_strdup_printf (_("%s is saved."), name);
    }
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_message ("The diagnostics could not be saved: %s", error->message);
      /* Translators: %s is a file's name. */
      text = g_strdup_printf (_("%s couldn't be saved there. Choose another folder."), name);
    }

  if (text != NULL)
    tell (self, text);
}

/**
 * kvar_preferences_save_report:
 *
 * Writes the diagnostics into @file, whatever is there.
 */
void
kvar_preferences_save_report (KvarPreferences *self,
                              GFile           *file)
{
  g_autofree char *text = NULL;
  g_autoptr(GBytes) bytes = NULL;
  gsize length;

  g_return_if_fail (KVAR_IS_PREFERENCES (self));
  g_return_if_fail (G_IS_FILE (file));

  text = kvar_debug_info_write (self->workspace);
  length = strlen (text);
  bytes = g_bytes_new_take (g_steal_pointer (&text), length);
  g_file_replace_contents_bytes_async (file, bytes, NULL, FALSE, G_FILE_CREATE_PRIVATE,
                                       self->cancellable, report_saved_cb, g_object_ref (self));
}

static void
report_chosen_cb (KvarPreferences *self,
                  int              response,
                  GtkNativeDialog *dialog)
{
  g_autoptr(GFile) file = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  if (file != NULL)
    kvar_preferences_save_report (self, file);
  g_clear_object (&self->chooser);
}

static void
report_clicked_cb (KvarPreferences *self)
{
  if (self->chooser != NULL)
    return;

  self->chooser = gtk_file_chooser_native_new (_("Save Diagnostics"), GTK_WINDOW (self),
                                               GTK_FILE_CHOOSER_ACTION_SAVE, _("_Save"), NULL);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (self->chooser), "kvar-diagnostics.txt");
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (report_chosen_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static void
session_changed_cb (KvarPreferences *self)
{
  KvarSession *session = kvar_workspace_get_session (self->workspace);
  KvarProject *project = kvar_session_get_project (session);
  const char *email = kvar_session_get_email (session);
  gboolean usable = kvar_session_is_usable (session);

  adw_preferences_row_set_title (self->account_row, email != NULL ? email : _("Signed out"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->account_row),
                               kvar_project_get_is_demo (project)
                                 ? _("Demo. Changes stay on this computer.")
                                 : kvar_project_get_name (project));
  gtk_widget_set_visible (self->sign_out_button, usable);
  gtk_widget_set_visible (self->others_row, usable);
  gtk_widget_set_sensitive (self->clear_button,
                            kvar_workspace_get_cache (self->workspace) != NULL);
}

static void
kvar_preferences_dispose (GObject *object)
{
  KvarPreferences *self = KVAR_PREFERENCES (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->chooser != NULL)
    gtk_native_dialog_destroy (GTK_NATIVE_DIALOG (self->chooser));
  g_clear_object (&self->chooser);
  g_clear_object (&self->settings);
  g_clear_object (&self->workspace);
  g_clear_weak_pointer (&self->window);
  gtk_widget_dispose_template (GTK_WIDGET (self), KVAR_TYPE_PREFERENCES);

  G_OBJECT_CLASS (kvar_preferences_parent_class)->dispose (object);
}

static void
kvar_preferences_class_init (KvarPreferencesClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = kvar_preferences_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/kvarapp/Kvar/kvar-preferences.ui");
  gtk_widget_class_bind_template_child (widget_class, KvarPreferences, enter_switch);
  gtk_widget_class_bind_template_child (widget_class, KvarPreferences, format_choice);
  gtk_widget_class_bind_template_child (widget_class, KvarPreferences, clear_button);
  gtk_widget_class_bind_template_child (widget_class, KvarPreferences, account_group);
  gtk_widget_class_bind_template_child (widget_class, KvarPreferences, account_row);
  gtk_widget_class_bind_template_child (widget_class, KvarPreferences, sign_out_button);
  gtk_widget_class_bind_template_child (widget_class, KvarPreferences, others_row);
  gtk_widget_class_bind_template_child (widget_class, KvarPreferences, others_button);
  gtk_widget_class_bind_template_callback (widget_class, format_chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, clear_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, sign_out_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, others_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, report_clicked_cb);
}

static void
kvar_preferences_init (KvarPreferences *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  kvar_inner_name_use_labels (GTK_WIDGET (self));

  self->cancellable = g_cancellable_new ();
  list_formats (self);
  self->settings = g_settings_new (APPLICATION_ID);
  show_format (self);
  g_settings_bind (self->settings, "enter-moves-on", self->enter_switch, "active",
                   G_SETTINGS_BIND_DEFAULT);
  g_signal_connect_object (self->settings, "changed::export-format", G_CALLBACK (show_format),
                           self, G_CONNECT_SWAPPED);
}

/**
 * kvar_preferences_new:
 * @window: whose account and project these are about
 */
KvarPreferences *
kvar_preferences_new (KvarWindow *window)
{
  KvarPreferences *self = NULL;
  KvarWorkspace *workspace = kvar_window_get_workspace (window);

  g_return_val_if_fail (KVAR_IS_WINDOW (window), NULL);

  self = g_object_new (KVAR_TYPE_PREFERENCES, "transient-for", window, NULL);
  g_set_weak_pointer (&self->window, window);
  gtk_widget_set_visible (self->account_group, workspace != NULL);
  gtk_widget_set_sensitive (self->clear_button, FALSE);
  if (workspace != NULL)
    {
      self->workspace = g_object_ref (workspace);
      g_signal_connect_object (kvar_workspace_get_session (workspace), "notify",
                               G_CALLBACK (session_changed_cb), self, G_CONNECT_SWAPPED);
      session_changed_cb (self);
    }

  return self;
}
