/* kvar-session-bar.c: the one line at the bottom that says what is wrong with the session
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-session-bar"

#include "config.h"

#include <glib/gi18n.h>

#include "kvar-error.h"
#include "widgets/kvar-session-bar.h"

struct _KvarSessionBar
{
  AdwBin       parent_instance;

  GtkRevealer *revealer;
  GtkImage    *icon;
  GtkLabel    *label;
  GtkButton   *button;

  KvarSession *session;             /* (nullable) */
  gint64       offline_since;       /* boottime; -1: the server is there */
  guint        timer;               /* of the session's clock, until the outage counts */
  gboolean     keyring_seen;        /* "I see" was said to having no keyring */
  gboolean     hushed;              /* the login page says it already */
  KvarNotice   notice;
};

enum {
  PROP_SESSION = 1,
  PROP_NOTICE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (KvarSessionBar, kvar_session_bar, ADW_TYPE_BIN)

static void update (KvarSessionBar *self);

static void
clear_timer (KvarSessionBar *self)
{
  if (self->timer != 0)
    kvar_clock_remove_timer (kvar_session_get_clock (self->session), self->timer);
  self->timer = 0;
}

static void
offline_long_enough_cb (gpointer user_data)
{
  KvarSessionBar *self = user_data;

  self->timer = 0;
  update (self);
}

/* Retries go through "renewing", which is no sign of a server yet: only a state that the
 * server has had a part in ends the outage. */
static void
follow_outage (KvarSessionBar *self)
{
  KvarClock *clock = kvar_session_get_clock (self->session);
  KvarSessionState state = kvar_session_get_state (self->session);

  if (state == KVAR_SESSION_OFFLINE && self->offline_since < 0)
    {
      self->offline_since = kvar_clock_get_boottime (clock);
      self->timer = kvar_clock_add_timer (clock, KVAR_NOTICE_OFFLINE_AFTER,
                                          offline_long_enough_cb, self);
    }
  else if (state != KVAR_SESSION_OFFLINE && state != KVAR_SESSION_RENEWING)
    {
      clear_timer (self);
      self->offline_since = -1;
    }
}

/* A vault in memory that somebody asked for is nothing to tell them. */
static gboolean
lacks_keyring (KvarSessionBar *self)
{
  return kvar_session_is_usable (self->session) &&
         !kvar_session_get_stores_secrets (self->session) &&
         g_strcmp0 (g_getenv ("KVAR_VAULT"), "memory") != 0;
}

static KvarNotice
choose (KvarSessionBar *self)
{
  KvarNoticeFacts facts = { .offline_for = -1 };
  KvarSessionState state;

  if (self->session == NULL || self->hushed)
    return KVAR_NOTICE_NONE;

  state = kvar_session_get_state (self->session);
  facts.blocked = state == KVAR_SESSION_BLOCKED;
  facts.session_over = state == KVAR_SESSION_EXPIRED ||
                       (state == KVAR_SESSION_SIGNED_OUT &&
                        kvar_session_get_reason (self->session) != KVAR_REASON_NONE);
  facts.keyring_locked = state == KVAR_SESSION_LOCKED;
  facts.no_keyring = lacks_keyring (self) && !self->keyring_seen;
  if (self->offline_since >= 0)
    facts.offline_for = kvar_clock_get_boottime (kvar_session_get_clock (self->session)) -
                        self->offline_since;

  return kvar_notice_choose (&facts);
}

/* Returns what the bar says in words (transfer full), on its button and by its icon. */
static char *
describe (KvarSessionBar  *self,
          const char     **button,
          const char     **icon)
{
  *icon = "dialog-information-symbolic";

  switch (self->notice)
    {
    case KVAR_NOTICE_BLOCKED:
      *icon = "dialog-warning-symbolic";
      *button = _("Try Again");
      return g_strdup (kvar_reason_to_sentence (KVAR_REASON_BLOCKED));

    case KVAR_NOTICE_SESSION_OVER:
      *button = _("Sign In");
      return g_strdup (kvar_reason_to_sentence (kvar_session_get_reason (self->session)));

    case KVAR_NOTICE_KEYRING_LOCKED:
      *icon = "system-lock-screen-symbolic";
      *button = _("Unlock");
      return g_strdup (_("Unlock your keyring to stay signed in."));

    case KVAR_NOTICE_NO_KEYRING:
      *button = _("OK");
      return g_strdup (_("This computer can't store your sign-in safely, "
                         "so you'll sign in again next time."));

    case KVAR_NOTICE_OFFLINE:
      *icon = "network-offline-symbolic";
      *button = _("Try Again");
      return g_strdup (_("You're offline. Your changes are kept here and sent later."));

    case KVAR_NOTICE_NONE:
    default:
      g_assert_not_reached ();
    }
}

/* The text stays while the bar slides away, and the focus is never touched. */
static void
update (KvarSessionBar *self)
{
  KvarNotice notice = choose (self);
  g_autofree char *text = NULL;
  const char *button = NULL;
  const char *icon = NULL;

  if (self->notice != notice)
    {
      self->notice = notice;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NOTICE]);
    }
  gtk_revealer_set_reveal_child (self->revealer, self->notice != KVAR_NOTICE_NONE);
  gtk_widget_set_can_focus (GTK_WIDGET (self), self->notice != KVAR_NOTICE_NONE);
  if (self->notice == KVAR_NOTICE_NONE)
    return;

  text = describe (self, &button, &icon);
  gtk_label_set_text (self->label, text);
  gtk_button_set_label (self->button, button);
  gtk_image_set_from_icon_name (self->icon, icon);
}

static void
session_changed_cb (KvarSession    *session,
                    GParamSpec     *pspec,
                    KvarSessionBar *self)
{
  follow_outage (self);
  update (self);
}

static void
button_clicked_cb (KvarSessionBar *self)
{
  switch (self->notice)
    {
    case KVAR_NOTICE_SESSION_OVER:
      gtk_widget_activate_action (GTK_WIDGET (self), "win.sign-in", NULL);
      break;

    case KVAR_NOTICE_BLOCKED:
    case KVAR_NOTICE_KEYRING_LOCKED:
    case KVAR_NOTICE_OFFLINE:
      kvar_session_poke (self->session);
      break;

    case KVAR_NOTICE_NO_KEYRING:
      self->keyring_seen = TRUE;
      update (self);
      break;

    case KVAR_NOTICE_NONE:
    default:
      break;
    }
}

static void
kvar_session_bar_dispose (GObject *object)
{
  KvarSessionBar *self = KVAR_SESSION_BAR (object);

  kvar_session_bar_set_session (self, NULL);
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), KVAR_TYPE_SESSION_BAR);

  G_OBJECT_CLASS (kvar_session_bar_parent_class)->dispose (object);
}

static void
kvar_session_bar_get_property (GObject    *object,
                               guint       prop_id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  KvarSessionBar *self = KVAR_SESSION_BAR (object);

  switch (prop_id)
    {
    case PROP_SESSION:
      g_value_set_object (value, self->session);
      break;

    case PROP_NOTICE:
      g_value_set_uint (value, self->notice);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
kvar_session_bar_set_property (GObject      *object,
                               guint         prop_id,
                               const GValue *value,
                               GParamSpec   *pspec)
{
  KvarSessionBar *self = KVAR_SESSION_BAR (object);

  switch (prop_id)
    {
    case PROP_SESSION:
      kvar_session_bar_set_session (self, g_value_get_object (value));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
kvar_session_bar_class_init (KvarSessionBarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = kvar_session_bar_dispose;
  object_class->get_property = kvar_session_bar_get_property;
  object_class->set_property = kvar_session_bar_set_property;

  properties[PROP_SESSION] =
    g_param_spec_object ("session", NULL, NULL, KVAR_TYPE_SESSION,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_NOTICE] =
    g_param_spec_uint ("notice", NULL, NULL, KVAR_NOTICE_BLOCKED, KVAR_NOTICE_NONE,
                       KVAR_NOTICE_NONE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/kvarapp/Kvar/widgets/kvar-session-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, KvarSessionBar, revealer);
  gtk_widget_class_bind_template_child (widget_class, KvarSessionBar, icon);
  gtk_widget_class_bind_template_child (widget_class, KvarSessionBar, label);
  gtk_widget_class_bind_template_child (widget_class, KvarSessionBar, button);
  gtk_widget_class_bind_template_callback (widget_class, button_clicked_cb);
}

static void
kvar_session_bar_init (KvarSessionBar *self)
{
  self->offline_since = -1;
  self->notice = KVAR_NOTICE_NONE;
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_can_focus (GTK_WIDGET (self), FALSE);
}

KvarSessionBar *
kvar_session_bar_new (void)
{
  return g_object_new (KVAR_TYPE_SESSION_BAR, NULL);
}

/**
 * kvar_session_bar_set_session:
 * @session: (nullable): whose state the bar shows
 */
void
kvar_session_bar_set_session (KvarSessionBar *self,
                              KvarSession    *session)
{
  g_return_if_fail (KVAR_IS_SESSION_BAR (self));
  g_return_if_fail (session == NULL || KVAR_IS_SESSION (session));

  if (self->session == session)
    return;

  if (self->session != NULL)
    {
      clear_timer (self);
      g_signal_handlers_disconnect_by_func (self->session, session_changed_cb, self);
    }
  self->offline_since = -1;
  g_set_object (&self->session, session);

  if (session != NULL)
    {
      g_signal_connect_object (session, "notify::state",
                               G_CALLBACK (session_changed_cb), self, 0);
      g_signal_connect_object (session, "notify::reason",
                               G_CALLBACK (session_changed_cb), self, 0);
      g_signal_connect_object (session, "notify::stores-secrets",
                               G_CALLBACK (session_changed_cb), self, 0);
      follow_outage (self);
    }
  if (self->revealer != NULL)
    update (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SESSION]);
}

/**
 * kvar_session_bar_set_hushed:
 *
 * While the login page is up it says the sentence, and the bar does not say it again.
 */
void
kvar_session_bar_set_hushed (KvarSessionBar *self,
                             gboolean        hushed)
{
  g_return_if_fail (KVAR_IS_SESSION_BAR (self));

  if (self->hushed == !!hushed)
    return;

  self->hushed = !!hushed;
  update (self);
}

KvarNotice
kvar_session_bar_get_notice (KvarSessionBar *self)
{
  g_return_val_if_fail (KVAR_IS_SESSION_BAR (self), KVAR_NOTICE_NONE);

  return self->notice;
}

const char *
kvar_session_bar_get_text (KvarSessionBar *self)
{
  g_return_val_if_fail (KVAR_IS_SESSION_BAR (self), NULL);

  return gtk_label_get_text (self->label);
}

/**
 * kvar_session_bar_tells:
 *
 * Returns: whether @error is one that the bar speaks of, so that a page need not say it again
 *     about something that went on in the background
 */
gboolean
kvar_session_bar_tells (const GError *error)
{
  return g_error_matches (error, KVAR_ERROR, KVAR_ERROR_SIGNED_OUT) ||
         g_error_matches (error, KVAR_ERROR, KVAR_ERROR_BLOCKED);
}
