/* kvar-connect-page.c: the first page: connect to a project, or try the demo
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-connect-page"

#include "config.h"

#include <glib/gi18n.h>

#include "kvar-demo-runner.h"
#include "kvar-error-text.h"
#include "kvar-error.h"
#include "net/kvar-http-transport.h"
#include "pages/kvar-connect-page.h"
#include "session/kvar-project.h"

typedef enum
{
  IDLE,
  CHECKING,
  STARTING_DEMO,
} Activity;

struct _KvarConnectPage
{
  KvarPage       parent_instance;

  GtkEditable   *address_row;
  GtkEditable   *key_row;
  GtkWidget     *problem_box;
  GtkLabel      *problem_label;
  GtkButton     *connect_button;
  GtkButton     *demo_button;

  KvarTransport *transport;    /* (nullable) instead of HTTP, in tests */
  Activity       activity;
};

G_DEFINE_FINAL_TYPE (KvarConnectPage, kvar_connect_page, KVAR_TYPE_PAGE)

static char *
dup_text (GtkEditable *row)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (row)));
}

/* People type "norr.example.org"; on this computer there is rarely a certificate. */
static char *
dup_address (KvarConnectPage *self)
{
  g_autofree char *text = dup_text (self->address_row);
  gboolean is_here = g_str_has_prefix (text, "localhost") || g_str_has_prefix (text, "127.0.0.1");

  if (*text == '\0' || strstr (text, "://") != NULL)
    return g_steal_pointer (&text);

  return g_strconcat (is_here ? "http://" : "https://", text, NULL);
}

static gboolean
is_filled_in (KvarConnectPage *self)
{
  g_autofree char *address = dup_text (self->address_row);
  g_autofree char *key = dup_text (self->key_row);

  return *address != '\0' && *key != '\0';
}

static void
update_sensitivity (KvarConnectPage *self)
{
  gboolean idle = self->activity == IDLE;

  gtk_widget_set_sensitive (GTK_WIDGET (self->connect_button), idle && is_filled_in (self));
  gtk_button_set_label (self->connect_button,
                        self->activity == CHECKING ? _("Connecting…") : _("Connect"));
  gtk_widget_set_sensitive (GTK_WIDGET (self->demo_button), idle);
  gtk_button_set_label (self->demo_button, self->activity == STARTING_DEMO
                                             ? _("Starting the demo…") : _("Try the Demo"));
  gtk_editable_set_editable (self->address_row, idle);
  gtk_editable_set_editable (self->key_row, idle);
}

static void
set_activity (KvarConnectPage *self,
              Activity         activity)
{
  self->activity = activity;
  update_sensitivity (self);
}

static void
show_problem (KvarConnectPage *self,
              const GError    *error)
{
  g_autofree char *text = error != NULL ? kvar_error_text (error) : NULL;
  const char *field = error != NULL ? kvar_error_get_field (error) : NULL;
  gboolean is_key = g_strcmp0 (field, "key") == 0;
  gboolean is_address = g_strcmp0 (field, "url") == 0;

  gtk_label_set_text (self->problem_label, text != NULL ? text : "");
  gtk_widget_set_visible (self->problem_box, text != NULL);

  if (is_key)
    gtk_widget_add_css_class (GTK_WIDGET (self->key_row), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->key_row), "error");
  if (is_address)
    gtk_widget_add_css_class (GTK_WIDGET (self->address_row), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->address_row), "error");

  if (is_key || is_address)
    gtk_widget_grab_focus (GTK_WIDGET (is_key ? self->key_row : self->address_row));
}

static void
input_changed_cb (KvarConnectPage *self)
{
  show_problem (self, NULL);
  update_sensitivity (self);
  kvar_page_view_changed (KVAR_PAGE (self));
}

static void
open_project (KvarConnectPage *self,
              KvarProject     *project)
{
  /* The next time it is about another project. */
  gtk_editable_set_text (self->address_row, "");
  gtk_widget_activate_action (GTK_WIDGET (self), "app.open-project", "(ssb)",
                              kvar_project_get_url (project), kvar_project_get_key (project),
                              kvar_project_get_is_demo (project));
}

static void
checked_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(KvarConnectPage) self = user_data;
  KvarProject *project = KVAR_PROJECT (object);
  g_autoptr(GError) error = NULL;
  gboolean fits;

  fits = kvar_project_check_finish (project, result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  set_activity (self, IDLE);
  if (fits)
    open_project (self, project);
  else
    show_problem (self, error);
}

static void
connect_clicked_cb (KvarConnectPage *self)
{
  g_autofree char *address = dup_address (self);
  g_autofree char *key = dup_text (self->key_row);
  g_autoptr(KvarProject) project = NULL;
  g_autoptr(KvarTransport) transport = NULL;
  g_autoptr(KvarClock) clock = NULL;
  g_autoptr(GError) error = NULL;

  if (self->activity != IDLE || !is_filled_in (self))
    return;

  show_problem (self, NULL);
  project = kvar_project_new (address, key, &error);
  if (project == NULL)
    {
      show_problem (self, error);
      return;
    }

  if (self->transport != NULL)
    {
      transport = g_object_ref (self->transport);
    }
  else
    {
      clock = kvar_clock_new ();
      transport = KVAR_TRANSPORT (kvar_http_transport_new (kvar_project_get_url (project),
                                                           kvar_project_get_key (project),
                                                           clock));
    }
  set_activity (self, CHECKING);
  kvar_project_check_async (project, transport, kvar_page_get_cancellable (KVAR_PAGE (self)),
                            checked_cb, g_object_ref (self));
}

static void
entry_activated_cb (KvarConnectPage *self)
{
  g_autofree char *address = dup_text (self->address_row);

  if (is_filled_in (self))
    connect_clicked_cb (self);
  else
    gtk_widget_grab_focus (GTK_WIDGET (*address == '\0' ? self->address_row : self->key_row));
}

static void
demo_started_cb (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(KvarConnectPage) self = user_data;
  g_autoptr(KvarProject) project = NULL;
  g_autoptr(GError) error = NULL;

  project = kvar_demo_runner_start_finish (result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  set_activity (self, IDLE);
  if (project != NULL)
    open_project (self, project);
  else
    show_problem (self, error);
}

static gboolean
kvar_connect_page_grab_default_focus (KvarPage *page)
{
  KvarConnectPage *self = KVAR_CONNECT_PAGE (page);

  return gtk_widget_grab_focus (GTK_WIDGET (self->address_row));
}

static GVariant *
kvar_connect_page_save_state (KvarPage *page)
{
  KvarConnectPage *self = KVAR_CONNECT_PAGE (page);
  GVariantDict dict;

  g_variant_dict_init (&dict, NULL);
  g_variant_dict_insert (&dict, "address", "s", gtk_editable_get_text (self->address_row));

  return g_variant_dict_end (&dict);
}

static void
kvar_connect_page_restore_state (KvarPage *page,
                                 GVariant *state)
{
  KvarConnectPage *self = KVAR_CONNECT_PAGE (page);
  const char *address = NULL;

  if (g_variant_lookup (state, "address", "&s", &address))
    gtk_editable_set_text (self->address_row, address);
}

static void
kvar_connect_page_dispose (GObject *object)
{
  KvarConnectPage *self = KVAR_CONNECT_PAGE (object);

  g_cancellable_cancel (kvar_page_get_cancellable (KVAR_PAGE (self)));
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), KVAR_TYPE_CONNECT_PAGE);
  g_clear_object (&self->transport);

  G_OBJECT_CLASS (kvar_connect_page_parent_class)->dispose (object);
}

static void
kvar_connect_page_class_init (KvarConnectPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  KvarPageClass *page_class = KVAR_PAGE_CLASS (klass);

  object_class->dispose = kvar_connect_page_dispose;
  page_class->grab_default_focus = kvar_connect_page_grab_default_focus;
  page_class->save_state = kvar_connect_page_save_state;
  page_class->restore_state = kvar_connect_page_restore_state;

  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/kvarapp/Kvar/pages/kvar-connect-page.ui");
  gtk_widget_class_bind_template_child (widget_class, KvarConnectPage, address_row);
  gtk_widget_class_bind_template_child (widget_class, KvarConnectPage, key_row);
  gtk_widget_class_bind_template_child (widget_class, KvarConnectPage, problem_box);
  gtk_widget_class_bind_template_child (widget_class, KvarConnectPage, problem_label);
  gtk_widget_class_bind_template_child (widget_class, KvarConnectPage, connect_button);
  gtk_widget_class_bind_template_child (widget_class, KvarConnectPage, demo_button);
  gtk_widget_class_bind_template_callback (widget_class, input_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, entry_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, connect_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, kvar_connect_page_try_demo);
}

static void
kvar_connect_page_init (KvarConnectPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * kvar_connect_page_set_transport:
 * @transport: asked instead of the address that is typed
 */
void
kvar_connect_page_set_transport (KvarConnectPage *self,
                                 KvarTransport   *transport)
{
  g_return_if_fail (KVAR_IS_CONNECT_PAGE (self));

  g_set_object (&self->transport, transport);
}

/**
 * kvar_connect_page_connect_to:
 *
 * Fills in an address and a key that somebody has agreed to, and connects as by hand.
 */
void
kvar_connect_page_connect_to (KvarConnectPage *self,
                              const char      *url,
                              const char      *key)
{
  g_return_if_fail (KVAR_IS_CONNECT_PAGE (self));

  if (self->activity != IDLE)
    return;

  gtk_editable_set_text (self->address_row, url);
  gtk_editable_set_text (self->key_row, key);
  connect_clicked_cb (self);
}

/**
 * kvar_connect_page_try_demo:
 *
 * Starts the demo, as the button does, and opens it.
 */
void
kvar_connect_page_try_demo (KvarConnectPage *self)
{
  g_return_if_fail (KVAR_IS_CONNECT_PAGE (self));

  if (self->activity != IDLE)
    return;

  show_problem (self, NULL);
  set_activity (self, STARTING_DEMO);
  kvar_demo_runner_start_async (kvar_page_get_cancellable (KVAR_PAGE (self)),
                                demo_started_cb, g_object_ref (self));
}
