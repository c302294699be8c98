/* kvar-navigator.c: walks through routes, and decides when the login page lies above the pages
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-navigator"

#include "config.h"

#include "kvar-navigator.h"
#include "kvar-page-stack.h"
#include "pages/kvar-connect-page.h"
#include "pages/kvar-login-page.h"
#include "routes/kvar-history.h"

struct _KvarNavigator
{
  AdwBin         parent_instance;

  KvarPageStack *stack;
  KvarWorkspace *workspace;     /* (nullable) before a project is connected */
  KvarHistory   *history;
  char          *history_user;  /* (nullable) whose it was when it was read from the state file */
  KvarStateFile *state_file;    /* (nullable) */
  guint          window;        /* in the state file */
  KvarRoute     *pending;       /* (nullable) where to go once somebody is signed in */
  gboolean       was_over;      /* somebody has to be signed in again before pages go on */
};

enum {
  PROP_VISIBLE_PAGE = 1,
  PROP_ROUTE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (KvarNavigator, kvar_navigator, ADW_TYPE_BIN)

static KvarSession *
get_session (KvarNavigator *self)
{
  return self->workspace != NULL ? kvar_workspace_get_session (self->workspace) : NULL;
}

/* Also asks whether it is still the user whose pages these are. */
static gboolean
is_usable (KvarNavigator *self)
{
  KvarSession *session = get_session (self);

  return session != NULL && kvar_session_is_usable (session) &&
         g_strcmp0 (kvar_session_get_user_id (session),
                    kvar_workspace_get_user_id (self->workspace)) == 0;
}

/* Nobody is signed in, and nothing was taken away from anybody. */
static gboolean
is_plainly_signed_out (KvarSession *session)
{
  return kvar_session_get_state (session) == KVAR_SESSION_SIGNED_OUT &&
         kvar_session_get_reason (session) == KVAR_REASON_NONE;
}

static gboolean
is_over (KvarSession *session)
{
  KvarSessionState state = kvar_session_get_state (session);

  return state == KVAR_SESSION_EXPIRED || state == KVAR_SESSION_SIGNED_OUT;
}

static void
save_history (KvarNavigator *self)
{
  g_autoptr(GVariant) state = NULL;
  GVariantDict dict;

  if (self->state_file == NULL || self->workspace == NULL)
    return;

  g_variant_dict_init (&dict, NULL);
  g_variant_dict_insert (&dict, "project", "s",
                         kvar_project_get_id (kvar_workspace_get_project (self->workspace)));
  if (kvar_workspace_get_user_id (self->workspace) != NULL)
    g_variant_dict_insert (&dict, "user", "s", kvar_workspace_get_user_id (self->workspace));
  g_variant_dict_insert_value (&dict, "history", kvar_history_to_variant (self->history));
  state = g_variant_ref_sink (g_variant_dict_end (&dict));
  kvar_state_file_set_window (self->state_file, self->window, state);
}

/* Places that this version has no page for lead to the tables. */
static KvarRoute *
normalize (KvarRoute *route)
{
  if (!kvar_page_stack_has_place (kvar_route_get_place (route)))
    return kvar_route_new_place (KVAR_PLACE_RECORDS);

  return kvar_route_ref (route);
}

static void
show_page (KvarNavigator *self,
           KvarRoute     *destination)
{
  g_autoptr(KvarRoute) route = normalize (destination);

  kvar_page_stack_show (self->stack, route);
  save_history (self);
}

static KvarPage *
get_page (KvarNavigator *self)
{
  return kvar_page_stack_get_page (self->stack);
}

static KvarPage *
get_cover (KvarNavigator *self)
{
  return kvar_page_stack_get_cover (self->stack);
}

static KvarRoute *
get_destination (KvarNavigator *self)
{
  if (self->pending != NULL)
    return self->pending;

  return kvar_history_get_current (self->history);
}

static void
show_login (KvarNavigator *self)
{
  KvarReason reason = kvar_session_get_reason (get_session (self));
  KvarRoute *destination = get_destination (self);
  g_autoptr(KvarRoute) login = NULL;
  g_autofree char *from = NULL;

  if (KVAR_IS_LOGIN_PAGE (get_cover (self)))
    return;

  if (destination != NULL)
    from = kvar_route_to_string (destination);
  login = kvar_route_new_login (reason != KVAR_REASON_NONE ? kvar_reason_to_string (reason) : NULL,
                                from);
  kvar_page_stack_cover (self->stack, login);
}

static void
show_connect (KvarNavigator *self)
{
  g_autoptr(KvarRoute) connect = NULL;

  if (KVAR_IS_CONNECT_PAGE (get_cover (self)))
    return;

  connect = kvar_route_new_place (KVAR_PLACE_CONNECT);
  kvar_page_stack_cover (self->stack, connect);
}

/* Goes where somebody wanted to go, else where they were, else to the tables. */
static void
show_destination (KvarNavigator *self)
{
  g_autoptr(KvarRoute) route = g_steal_pointer (&self->pending);

  if (route == NULL)
    {
      KvarRoute *current = kvar_history_get_current (self->history);

      route = current != NULL ? kvar_route_ref (current)
                              : kvar_route_new_place (KVAR_PLACE_RECORDS);
    }

  kvar_history_visit (self->history, route);
  show_page (self, route);
}

static void
settle_signed_in (KvarNavigator *self)
{
  if (get_page (self) == NULL || self->pending != NULL)
    show_destination (self);
  else if (KVAR_IS_LOGIN_PAGE (get_cover (self)))
    kvar_page_stack_uncover (self->stack);

  if (self->was_over)
    {
      self->was_over = FALSE;
      kvar_page_stack_resume (self->stack);
    }
}

/* Where somebody else was before this program started, and what they searched for there, is no
 * business of whoever signs in now. */
static void
forget_others_history (KvarNavigator *self)
{
  g_autofree char *user = NULL;

  if (kvar_workspace_get_user_id (self->workspace) == NULL)
    return;

  user = g_steal_pointer (&self->history_user);
  if (user == NULL || g_str_equal (user, kvar_workspace_get_user_id (self->workspace)))
    return;

  g_clear_object (&self->history);
  self->history = kvar_history_new ();
}

/* Over before there was a page: login at once, above what was seen last and can be read. */
static void
begin_over (KvarNavigator *self)
{
  if (kvar_session_get_state (get_session (self)) == KVAR_SESSION_EXPIRED &&
      get_destination (self) != NULL)
    show_destination (self);
  show_login (self);
}

/* Brings what is shown in line with the session, without ever taking a page away: only a
 * plain sign-out clears them. Whoever looks at a login or connect page is left alone. */
static void
settle (KvarNavigator *self)
{
  KvarSession *session = get_session (self);

  if (session == NULL)
    {
      show_connect (self);
      return;
    }

  forget_others_history (self);
  if (is_over (session) || kvar_session_get_state (session) == KVAR_SESSION_BLOCKED)
    self->was_over = TRUE;

  if (is_plainly_signed_out (session))
    {
      kvar_page_stack_clear_pages (self->stack);
      if (get_cover (self) == NULL)
        show_login (self);
    }
  else if (is_usable (self))
    {
      settle_signed_in (self);
    }
  else if (get_page (self) == NULL && get_cover (self) == NULL)
    {
      if (kvar_session_get_state (session) == KVAR_SESSION_RESTORING)
        kvar_page_stack_show_opening (self->stack);
      else if (is_over (session))
        begin_over (self);
      else if (!kvar_session_is_usable (session))
        show_destination (self);
    }
}

static void
session_changed_cb (KvarSession   *session,
                    GParamSpec    *pspec,
                    KvarNavigator *self)
{
  settle (self);
}

static void
moved_cb (KvarPageStack *stack,
          KvarRoute     *route,
          KvarNavigator *self)
{
  kvar_history_replace (self->history, route);
  save_history (self);
}

static void
visible_page_cb (KvarNavigator *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_VISIBLE_PAGE]);
}

static void
route_cb (KvarNavigator *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ROUTE]);
}

static void
kvar_navigator_dispose (GObject *object)
{
  KvarNavigator *self = KVAR_NAVIGATOR (object);

  if (self->workspace != NULL)
    g_signal_handlers_disconnect_by_func (get_session (self), session_changed_cb, self);
  g_clear_object (&self->workspace);
  g_clear_object (&self->history);
  g_clear_object (&self->state_file);

  G_OBJECT_CLASS (kvar_navigator_parent_class)->dispose (object);
}

static void
kvar_navigator_finalize (GObject *object)
{
  KvarNavigator *self = KVAR_NAVIGATOR (object);

  g_clear_pointer (&self->pending, kvar_route_unref);
  g_clear_pointer (&self->history_user, g_free);

  G_OBJECT_CLASS (kvar_navigator_parent_class)->finalize (object);
}

static void
kvar_navigator_get_property (GObject    *object,
                             guint       prop_id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  KvarNavigator *self = KVAR_NAVIGATOR (object);

  switch (prop_id)
    {
    case PROP_VISIBLE_PAGE:
      g_value_set_object (value, kvar_navigator_get_visible_page (self));
      break;

    case PROP_ROUTE:
      g_value_set_string (value, kvar_navigator_get_route (self));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
kvar_navigator_class_init (KvarNavigatorClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = kvar_navigator_dispose;
  object_class->finalize = kvar_navigator_finalize;
  object_class->get_property = kvar_navigator_get_property;

  properties[PROP_VISIBLE_PAGE] =
    g_param_spec_object ("visible-page", NULL, NULL, KVAR_TYPE_PAGE,
                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_ROUTE] =
    g_param_spec_string ("route", NULL, NULL, NULL,
                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
kvar_navigator_init (KvarNavigator *self)
{
  self->history = kvar_history_new ();
  self->stack = g_object_new (KVAR_TYPE_PAGE_STACK, NULL);
  g_signal_connect_object (self->stack, "moved", G_CALLBACK (moved_cb), self, 0);
  g_signal_connect_object (self->stack, "notify::visible-page", G_CALLBACK (visible_page_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->stack, "notify::route", G_CALLBACK (route_cb), self,
                           G_CONNECT_SWAPPED);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->stack));
}

KvarNavigator *
kvar_navigator_new (void)
{
  return g_object_new (KVAR_TYPE_NAVIGATOR, NULL);
}

/**
 * kvar_navigator_set_state_file:
 * @window: the number of this window in @file
 *
 * From now on the history and every page's view state are kept there.
 */
void
kvar_navigator_set_state_file (KvarNavigator *self,
                               KvarStateFile *file,
                               guint          window)
{
  g_return_if_fail (KVAR_IS_NAVIGATOR (self));
  g_return_if_fail (KVAR_IS_STATE_FILE (file));

  g_set_object (&self->state_file, file);
  self->window = window;
  kvar_page_stack_set_state_file (self->stack, file, window);
}

/**
 * kvar_navigator_set_workspace:
 * @workspace: (nullable): another user's, or another project's
 *
 * The pages of the workspace before are gone; its drafts are not, they are its own.
 */
void
kvar_navigator_set_workspace (KvarNavigator *self,
                              KvarWorkspace *workspace)
{
  g_return_if_fail (KVAR_IS_NAVIGATOR (self));
  g_return_if_fail (workspace == NULL || KVAR_IS_WORKSPACE (workspace));

  if (self->workspace == workspace)
    return;

  if (self->workspace != NULL)
    {
      g_signal_handlers_disconnect_by_func (get_session (self), session_changed_cb, self);
      g_clear_object (&self->history);
      self->history = kvar_history_new ();
      g_clear_pointer (&self->pending, kvar_route_unref);
    }
  self->was_over = FALSE;

  g_set_object (&self->workspace, workspace);
  kvar_page_stack_set_workspace (self->stack, workspace);
  if (workspace != NULL)
    {
      g_signal_connect_object (get_session (self), "notify::state",
                               G_CALLBACK (session_changed_cb), self, 0);
      g_signal_connect_object (get_session (self), "notify::user-id",
                               G_CALLBACK (session_changed_cb), self, 0);
    }
  settle (self);
}

/**
 * kvar_navigator_get_visible_page:
 *
 * Returns: (transfer none) (nullable): the login or connect page where one is up
 */
KvarPage *
kvar_navigator_get_visible_page (KvarNavigator *self)
{
  g_return_val_if_fail (KVAR_IS_NAVIGATOR (self), NULL);

  return kvar_page_stack_get_visible_page (self->stack);
}

/**
 * kvar_navigator_get_page:
 *
 * Returns: (transfer none) (nullable): the page of the current route, also while it is covered
 */
KvarPage *
kvar_navigator_get_page (KvarNavigator *self)
{
  g_return_val_if_fail (KVAR_IS_NAVIGATOR (self), NULL);

  return get_page (self);
}

const char *
kvar_navigator_get_route (KvarNavigator *self)
{
  g_return_val_if_fail (KVAR_IS_NAVIGATOR (self), NULL);

  return kvar_page_stack_get_route (self->stack);
}

gboolean
kvar_navigator_get_is_covered (KvarNavigator *self)
{
  g_return_val_if_fail (KVAR_IS_NAVIGATOR (self), FALSE);

  return get_cover (self) != NULL;
}

gboolean
kvar_navigator_get_can_back (KvarNavigator *self)
{
  g_return_val_if_fail (KVAR_IS_NAVIGATOR (self), FALSE);

  if (get_cover (self) != NULL)
    return kvar_navigator_get_can_uncover (self);

  return kvar_history_get_can_back (self->history);
}

gboolean
kvar_navigator_get_can_forward (KvarNavigator *self)
{
  g_return_val_if_fail (KVAR_IS_NAVIGATOR (self), FALSE);

  return get_cover (self) == NULL && kvar_history_get_can_forward (self->history);
}

/**
 * kvar_navigator_get_can_uncover:
 *
 * Whether "Not Now" leads anywhere: to the page below, or from the connect page back to login.
 */
gboolean
kvar_navigator_get_can_uncover (KvarNavigator *self)
{
  g_return_val_if_fail (KVAR_IS_NAVIGATOR (self), FALSE);

  if (get_cover (self) == NULL)
    return FALSE;

  return get_page (self) != NULL ||
         (KVAR_IS_CONNECT_PAGE (get_cover (self)) && self->workspace != NULL);
}

static KvarRoute *
parse_destination (KvarNavigator *self,
                   const char    *text)
{
  g_autoptr(KvarRoute) route = kvar_route_parse (text, NULL);

  if (route == NULL)
    return NULL;

  if (kvar_route_get_host (route) != NULL &&
      (self->workspace == NULL ||
       !kvar_workspace_has_host (self->workspace, kvar_route_get_host (route))))
    return NULL;

  if (kvar_route_get_place (route) == KVAR_PLACE_LOGIN)
    {
      g_autofree char *from = kvar_route_safe_from (kvar_route_get_from (route));
      g_autoptr(KvarRoute) inner = kvar_route_parse (from, NULL);

      return normalize (inner);
    }

  return normalize (route);
}

/**
 * kvar_navigator_navigate:
 * @route: a route or a kvar: URI; "/login?from=…" leads to where it comes from
 *
 * Goes there now, or as soon as somebody is signed in.
 *
 * Returns: %FALSE when @route is none, or one of another project
 */
gboolean
kvar_navigator_navigate (KvarNavigator *self,
                         const char    *route)
{
  g_autoptr(KvarRoute) destination = NULL;
  KvarSession *session = NULL;

  g_return_val_if_fail (KVAR_IS_NAVIGATOR (self), FALSE);
  g_return_val_if_fail (route != NULL, FALSE);

  destination = parse_destination (self, route);
  if (destination == NULL)
    return FALSE;

  if (kvar_route_get_place (destination) == KVAR_PLACE_CONNECT)
    {
      show_connect (self);
      return TRUE;
    }

  session = get_session (self);
  if (get_page (self) != NULL || (session != NULL && is_usable (self)))
    {
      kvar_history_visit (self->history, destination);
      show_page (self, destination);
    }
  else
    {
      g_clear_pointer (&self->pending, kvar_route_unref);
      self->pending = g_steal_pointer (&destination);
      settle (self);
    }

  return TRUE;
}

void
kvar_navigator_back (KvarNavigator *self)
{
  KvarRoute *route = NULL;

  g_return_if_fail (KVAR_IS_NAVIGATOR (self));

  if (get_cover (self) != NULL)
    {
      kvar_navigator_uncover (self);
      return;
    }

  if (!kvar_history_get_can_back (self->history))
    return;

  route = kvar_history_back (self->history);
  if (route != NULL)
    show_page (self, route);
}

void
kvar_navigator_forward (KvarNavigator *self)
{
  KvarRoute *route = NULL;

  g_return_if_fail (KVAR_IS_NAVIGATOR (self));

  if (!kvar_navigator_get_can_forward (self))
    return;

  route = kvar_history_forward (self->history);
  if (route != NULL)
    show_page (self, route);
}

/**
 * kvar_navigator_sign_in:
 *
 * The soft redirect: lays the login page above the page, which stays as it is. Does nothing
 * while somebody is signed in.
 */
void
kvar_navigator_sign_in (KvarNavigator *self)
{
  g_return_if_fail (KVAR_IS_NAVIGATOR (self));

  if (self->workspace != NULL && !kvar_session_is_usable (get_session (self)))
    show_login (self);
}

/**
 * kvar_navigator_connect:
 *
 * Lays the connect page above everything else.
 */
void
kvar_navigator_connect (KvarNavigator *self)
{
  g_return_if_fail (KVAR_IS_NAVIGATOR (self));

  show_connect (self);
}

/**
 * kvar_navigator_uncover:
 *
 * "Not Now": back to reading and drafting, or from the connect page to what was before it.
 */
void
kvar_navigator_uncover (KvarNavigator *self)
{
  g_return_if_fail (KVAR_IS_NAVIGATOR (self));

  if (!kvar_navigator_get_can_uncover (self))
    return;

  if (get_page (self) != NULL)
    kvar_page_stack_uncover (self->stack);
  else
    show_login (self);
}

/**
 * kvar_navigator_save_view:
 *
 * Puts the visible page's view state into the state file, as before the window closes.
 */
void
kvar_navigator_save_view (KvarNavigator *self)
{
  g_return_if_fail (KVAR_IS_NAVIGATOR (self));

  kvar_page_stack_save_view (self->stack);
  save_history (self);
}

/**
 * kvar_navigator_load_variant:
 * @variant: what the state file kept of a window, perhaps by another version
 *
 * Takes the history over; what it ends at is shown once the session is known.
 */
void
kvar_navigator_load_variant (KvarNavigator *self,
                             GVariant      *variant)
{
  g_autoptr(GVariant) history = NULL;

  g_return_if_fail (KVAR_IS_NAVIGATOR (self));
  g_return_if_fail (variant != NULL);

  if (!g_variant_is_of_type (variant, G_VARIANT_TYPE_VARDICT))
    return;

  g_clear_pointer (&self->history_user, g_free);
  g_variant_lookup (variant, "user", "s", &self->history_user);
  history = g_variant_lookup_value (variant, "history", NULL);
  if (history != NULL)
    kvar_history_load_variant (self->history, history);
}
