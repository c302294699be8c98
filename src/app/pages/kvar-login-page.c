/* kvar-login-page.c: sign-in with e-mail and password, and why it is asked for
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-login-page"

#include "config.h"

#include <glib/gi18n.h>

#include "kvar-error-text.h"
#include "kvar-workspace.h"
#include "pages/kvar-login-page.h"
#include "widgets/kvar-inner-name.h"

struct _KvarLoginPage
{
  KvarPage    parent_instance;

  GtkLabel   *project_label;
  GtkLabel   *host_label;
  GtkWidget  *reason_box;
  GtkLabel   *reason_label;
  GtkLabel   *return_label;
  GtkEditable *email_row;
  GtkEditable *password_row;
  GtkWidget  *demo_label;
  GtkWidget  *problem_box;
  GtkLabel   *problem_label;
  GtkButton  *sign_in_button;

  gboolean    signing_in;
};

G_DEFINE_FINAL_TYPE (KvarLoginPage, kvar_login_page, KVAR_TYPE_PAGE)

static KvarSession *
get_session (KvarLoginPage *self)
{
  return kvar_workspace_get_session (kvar_page_get_workspace (KVAR_PAGE (self)));
}

static char *
dup_email (KvarLoginPage *self)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (self->email_row)));
}

static gboolean
is_filled_in (KvarLoginPage *self)
{
  g_autofree char *email = dup_email (self);

  return *email != '\0' && *gtk_editable_get_text (self->password_row) != '\0';
}

/* While somebody is being signed in the fields keep their focus and their text; only typing
 * is off. */
static void
update_sensitivity (KvarLoginPage *self)
{
  gboolean filled_in = is_filled_in (self);

  gtk_widget_set_sensitive (GTK_WIDGET (self->sign_in_button), filled_in && !self->signing_in);
  gtk_button_set_label (self->sign_in_button, self->signing_in ? _("Signing in…") : _("Sign In"));
  gtk_editable_set_editable (self->email_row, !self->signing_in);
  gtk_editable_set_editable (self->password_row, !self->signing_in);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self->sign_in_button),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  filled_in ? "" : _("Fill in e-mail and password to sign in."),
                                  -1);
}

static void
show_problem (KvarLoginPage *self,
              const char    *problem)
{
  gtk_label_set_text (self->problem_label, problem != NULL ? problem : "");
  gtk_widget_set_visible (self->problem_box, problem != NULL);
}

static void
input_changed_cb (KvarLoginPage *self)
{
  show_problem (self, NULL);
  update_sensitivity (self);
}

/* The page is gone by now when the sign-in worked, for then what was below is uncovered; and
 * nobody can take a sign-in back that was sent, so it is never cancelled. */
static void
signed_in_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(KvarLoginPage) self = user_data;
  g_autoptr(GError) error = NULL;
  gboolean signed_in;

  signed_in = kvar_session_sign_in_finish (KVAR_SESSION (object), result, &error);

  self->signing_in = FALSE;
  if (self->sign_in_button == NULL)
    return;

  update_sensitivity (self);
  if (signed_in)
    {
      gtk_editable_set_text (self->password_row, "");
    }
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_autofree char *text = kvar_error_text (error);

      show_problem (self, text);
      gtk_widget_grab_focus (GTK_WIDGET (self->password_row));
    }
}

static void
sign_in (KvarLoginPage *self)
{
  g_autofree char *email = dup_email (self);

  self->signing_in = TRUE;
  show_problem (self, NULL);
  update_sensitivity (self);
  kvar_session_sign_in_async (get_session (self), email,
                              gtk_editable_get_text (self->password_row), NULL,
                              signed_in_cb, g_object_ref (self));
}

static void
sign_in_clicked_cb (KvarLoginPage *self)
{
  if (is_filled_in (self) && !self->signing_in)
    sign_in (self);
}

/* Enter signs in as soon as both fields are filled, and goes to the empty one before that. */
static void
entry_activated_cb (KvarLoginPage *self)
{
  g_autofree char *email = dup_email (self);

  if (self->signing_in)
    return;

  if (is_filled_in (self))
    sign_in (self);
  else
    gtk_widget_grab_focus (GTK_WIDGET (*email == '\0' ? self->email_row : self->password_row));
}

static void
show_project (KvarLoginPage *self)
{
  KvarWorkspace *workspace = kvar_page_get_workspace (KVAR_PAGE (self));
  KvarProject *project = kvar_workspace_get_project (workspace);
  gboolean is_demo = kvar_project_get_is_demo (project);
  g_autofree char *host = kvar_workspace_dup_host (workspace);

  gtk_label_set_text (self->project_label,
                      is_demo ? _("Demo") : kvar_project_get_name (project));
  gtk_label_set_text (self->host_label, host);
  gtk_widget_set_visible (GTK_WIDGET (self->host_label),
                          !is_demo && g_strcmp0 (host, kvar_project_get_name (project)) != 0);
  gtk_widget_set_visible (self->demo_label, is_demo);
}

static void
kvar_login_page_load (KvarPage *page)
{
  KvarLoginPage *self = KVAR_LOGIN_PAGE (page);
  KvarReason reason = kvar_reason_from_string (kvar_route_get_reason (kvar_page_get_route (page)));
  const char *email = kvar_workspace_get_email (kvar_page_get_workspace (page));

  show_project (self);
  if (reason != KVAR_REASON_NONE)
    gtk_label_set_text (self->reason_label, kvar_reason_to_sentence (reason));
  gtk_widget_set_visible (self->reason_box, reason != KVAR_REASON_NONE);

  if (email != NULL)
    gtk_editable_set_text (self->email_row, email);
  update_sensitivity (self);
}

static gboolean
kvar_login_page_grab_default_focus (KvarPage *page)
{
  KvarLoginPage *self = KVAR_LOGIN_PAGE (page);
  g_autofree char *email = dup_email (self);

  /* The stack may have been here first, which selects. */
  gtk_editable_select_region (self->email_row, -1, -1);

  return gtk_widget_grab_focus (GTK_WIDGET (*email == '\0' ? self->email_row
                                                           : self->password_row));
}

static void
kvar_login_page_dispose (GObject *object)
{
  adw_bin_set_child (ADW_BIN (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), KVAR_TYPE_LOGIN_PAGE);

  G_OBJECT_CLASS (kvar_login_page_parent_class)->dispose (object);
}

static void
kvar_login_page_class_init (KvarLoginPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  KvarPageClass *page_class = KVAR_PAGE_CLASS (klass);

  object_class->dispose = kvar_login_page_dispose;

  page_class->load = kvar_login_page_load;
  page_class->grab_default_focus = kvar_login_page_grab_default_focus;

  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/kvarapp/Kvar/pages/kvar-login-page.ui");
  gtk_widget_class_bind_template_child (widget_class, KvarLoginPage, project_label);
  gtk_widget_class_bind_template_child (widget_class, KvarLoginPage, host_label);
  gtk_widget_class_bind_template_child (widget_class, KvarLoginPage, reason_box);
  gtk_widget_class_bind_template_child (widget_class, KvarLoginPage, reason_label);
  gtk_widget_class_bind_template_child (widget_class, KvarLoginPage, return_label);
  gtk_widget_class_bind_template_child (widget_class, KvarLoginPage, email_row);
  gtk_widget_class_bind_template_child (widget_class, KvarLoginPage, password_row);
  gtk_widget_class_bind_template_child (widget_class, KvarLoginPage, demo_label);
  gtk_widget_class_bind_template_child (widget_class, KvarLoginPage, problem_box);
  gtk_widget_class_bind_template_child (widget_class, KvarLoginPage, problem_label);
  gtk_widget_class_bind_template_child (widget_class, KvarLoginPage, sign_in_button);
  gtk_widget_class_bind_template_callback (widget_class, input_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, entry_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, sign_in_clicked_cb);
}

static void
kvar_login_page_init (KvarLoginPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  kvar_inner_name_set (GTK_WIDGET (self), GTK_TYPE_LIST_BOX, _("Sign In"));
  kvar_inner_name_use_tooltip (GTK_WIDGET (self->password_row), GTK_TYPE_BUTTON);
}

/**
 * kvar_login_page_set_return_title:
 * @title: (nullable): of the page that is kept below, shown beside the reason
 */
void
kvar_login_page_set_return_title (KvarLoginPage *self,
                                  const char    *title)
{
  g_autofree char *text = NULL;

  g_return_if_fail (KVAR_IS_LOGIN_PAGE (self));

  if (title != NULL && *title != '\0')
    /* Translators: %s is the title of the page that opens again, such as "Contacts". */
    text = g_strdup_printf (_("You'll be back in %s."), title);
  gtk_label_set_text (self->return_label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->return_label), text != NULL);
}
