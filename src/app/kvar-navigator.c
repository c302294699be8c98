/* kvar-navigator.c: turns routes into pages, keeps them, and lays the login page above them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-navigator"

#include "config.h"

#include <glib/gi18n.h>

#include "kvar-focus-memory.h"
#include "kvar-navigator.h"
#include "pages/kvar-connect-page.h"
#include "pages/kvar-exports-page.h"
#include "pages/kvar-login-page.h"
#include "pages/kvar-record-page.h"
#include "pages/kvar-records-page.h"
#include "pages/kvar-tables-page.h"
#include "routes/kvar-history.h"

/* As many pages stay alive as they were left; older ones come back from their view state. */
#define MOST_KEPT 8

typedef struct
{
  KvarPage        *page;     /* owned by the stack */
  KvarFocusMemory *focus;    /* (nullable) where it was when the page was left */
} Kept;

struct _KvarNavigator
{
  AdwBin         parent_instance;

  GtkStack      *stack;
  GtkWidget     *opening;       /* before the session is known */
  KvarWorkspace *workspace;     /* (nullable) before a project is connected */
  KvarHistory   *history;
  KvarStateFile *state_file;    /* (nullable) */
  guint          window;        /* in the state file */

  GQueue         kept;          /* of Kept, the one shown last first */
  KvarPage      *page;          /* (nullable) the one that is, or lies below the cover */
  KvarPage      *cover;         /* (nullable) login or connect, above the page */
  KvarRoute     *pending;       /* (nullable) where to go once somebody is signed in */
  char          *route;         /* what is shown */
  gboolean       was_over;      /* somebody has to sign in before pages go on */
};

enum {
  PROP_VISIBLE_PAGE = 1,
  PROP_ROUTE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (KvarNavigator, kvar_navigator, ADW_TYPE_BIN)

static GType
page_type_for_place (KvarPlace place)
{
  switch (place)
    {
    case KVAR_PLACE_LOGIN:
      return KVAR_TYPE_LOGIN_PAGE;

    case KVAR_PLACE_CONNECT:
      return KVAR_TYPE_CONNECT_PAGE;

    case KVAR_PLACE_RECORDS:
      return KVAR_TYPE_TABLES_PAGE;

    case KVAR_PLACE_TABLE:
      return KVAR_TYPE_RECORDS_PAGE;

    case KVAR_PLACE_RECORD:
    case KVAR_PLACE_NEW_RECORD:
      return KVAR_TYPE_RECORD_PAGE;

    case KVAR_PLACE_EXPORTS:
      return KVAR_TYPE_EXPORTS_PAGE;

    default:
      return G_TYPE_INVALID;
    }
}

static void
kept_free (Kept *kept)
{
  g_clear_pointer (&kept->focus, kvar_focus_memory_free);
  g_free (kept);
}

static Kept *
find_kept (KvarNavigator *self,
           KvarPage      *page)
{
  for (GList *l = self->kept.head; l != NULL; l = l->next)
    {
      Kept *kept = l->data;

      if (kept->page == page)
        return kept;
    }

  return NULL;
}

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
update_route (KvarNavigator *self)
{
  KvarPage *page = kvar_navigator_get_visible_page (self);
  g_autofree char *route = NULL;

  if (page != NULL)
    route = kvar_route_to_string (kvar_page_get_route (page));
  else
    route = g_strdup ("");

  if (g_strcmp0 (self->route, route) == 0)
    return;

  g_free (self->route);
  self->route = g_steal_pointer (&route);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ROUTE]);
}

static void
show_child (KvarNavigator *self,
            GtkWidget     *child)
{
  gtk_stack_set_visible_child (self->stack, child);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_VISIBLE_PAGE]);
  update_route (self);
}

static void
save_page_view (KvarNavigator *self,
                KvarPage      *page)
{
  g_autofree char *route = kvar_route_to_string (kvar_page_get_route (page));
  g_autoptr(GVariant) state = NULL;

  if (self->state_file == NULL)
    return;

  state = kvar_page_save_state (page);
  if (state != NULL)
    kvar_state_file_set_view (self->state_file, self->window, route, state);
}

static void
save_history (KvarNavigator *self)
{
  g_autoptr(GVariant) state = NULL;

  if (self->state_file == NULL || self->workspace == NULL)
    return;

  state = g_variant_ref_sink (kvar_navigator_to_variant (self));
  kvar_state_file_set_window (self->state_file, self->window, state);
}

static void
view_changed_cb (KvarPage      *page,
                 KvarNavigator *self)
{
  save_page_view (self, page);
}

static void
page_route_cb (KvarPage      *page,
               GParamSpec    *pspec,
               KvarNavigator *self)
{
  if (page != self->page)
    return;

  kvar_history_replace (self->history, kvar_page_get_route (page));
  save_history (self);
  update_route (self);
}

static void
remove_page (KvarNavigator *self,
             KvarPage      *page)
{
  g_signal_handlers_disconnect_by_data (page, self);
  gtk_stack_remove (self->stack, GTK_WIDGET (page));
}

static void
drop_pages (KvarNavigator *self)
{
  Kept *kept = NULL;

  self->page = NULL;
  while ((kept = g_queue_pop_head (&self->kept)) != NULL)
    {
      remove_page (self, kept->page);
      kept_free (kept);
    }
}

static void
drop_cover (KvarNavigator *self)
{
  KvarPage *cover = g_steal_pointer (&self->cover);

  if (cover != NULL)
    remove_page (self, cover);
}

/* Something else is shown before the old cover goes, so that nothing shines through. */
static void
show_instead_of_cover (KvarNavigator *self,
                       KvarPage      *page,
                       KvarPage      *new_cover)
{
  KvarPage *cover = g_steal_pointer (&self->cover);

  self->cover = new_cover;
  show_child (self, GTK_WIDGET (page));
  if (cover != NULL)
    remove_page (self, cover);
}

static KvarPage *
create_page (KvarNavigator *self,
             KvarRoute     *route)
{
  GType type = page_type_for_place (kvar_route_get_place (route));
  KvarPage *page = NULL;

  g_assert (type != G_TYPE_INVALID);

  page = g_object_new (type, "route", route, "workspace", self->workspace, NULL);
  gtk_stack_add_child (self->stack, GTK_WIDGET (page));

  return page;
}

/* The state comes after load (), before the page is seen. */
static KvarPage *
open_page (KvarNavigator *self,
           KvarRoute     *route)
{
  g_autofree char *text = kvar_route_to_string (route);
  g_autoptr(GVariant) state = NULL;
  KvarPage *page = create_page (self, route);
  Kept *kept = g_new0 (Kept, 1);

  kept->page = page;
  g_queue_push_head (&self->kept, kept);

  g_signal_connect (page, "notify::route", G_CALLBACK (page_route_cb), self);
  g_signal_connect (page, "view-changed", G_CALLBACK (view_changed_cb), self);
  kvar_page_load (page);

  if (self->state_file != NULL)
    state = kvar_state_file_get_view (self->state_file, self->window, text);
  if (state != NULL)
    kvar_page_restore_state (page, state);

  return page;
}

static KvarPage *
find_page (KvarNavigator *self,
           KvarRoute     *route)
{
  for (GList *l = self->kept.head; l != NULL; l = l->next)
    {
      Kept *kept = l->data;

      if (kvar_route_equal (kvar_page_get_route (kept->page), route))
        {
          g_queue_unlink (&self->kept, l);
          g_queue_push_head_link (&self->kept, l);
          return kept->page;
        }
    }

  return NULL;
}

static void
drop_oldest (KvarNavigator *self)
{
  while (g_queue_get_length (&self->kept) > MOST_KEPT)
    {
      Kept *kept = g_queue_pop_tail (&self->kept);

      save_page_view (self, kept->page);
      remove_page (self, kept->page);
      kept_free (kept);
    }
}

static void
remember_focus (KvarNavigator *self)
{
  Kept *kept = self->page != NULL ? find_kept (self, self->page) : NULL;

  if (kept == NULL || self->cover != NULL)
    return;

  g_clear_pointer (&kept->focus, kvar_focus_memory_free);
  kept->focus = kvar_focus_memory_new (GTK_WIDGET (self->page));
}

static gboolean
has_focus_within (GtkWidget *widget)
{
  GtkRoot *root = gtk_widget_get_root (widget);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return focus != NULL && gtk_widget_is_ancestor (focus, widget);
}

/* A page that has been seen gets its focus and cursor back; a new one may have put it where
 * its view state says, else begins at its beginning. */
static void
focus_page (KvarNavigator *self)
{
  Kept *kept = find_kept (self, self->page);

  if (kept->focus != NULL && kvar_focus_memory_restore (kept->focus))
    return;

  if (!has_focus_within (GTK_WIDGET (self->page)))
    kvar_page_grab_default_focus (self->page);
}

/* Places that this version has no page for lead to the tables. */
static KvarRoute *
normalize (KvarRoute *route)
{
  if (page_type_for_place (kvar_route_get_place (route)) == G_TYPE_INVALID)
    return kvar_route_new_place (KVAR_PLACE_RECORDS);

  return kvar_route_ref (route);
}

static void
show_page (KvarNavigator *self,
           KvarRoute     *destination)
{
  g_autoptr(KvarRoute) route = normalize (destination);
  KvarPage *page = NULL;

  if (self->page != NULL)
    {
      remember_focus (self);
      save_page_view (self, self->page);
    }

  page = find_page (self, route);
  if (page == NULL)
    page = open_page (self, route);
  self->page = page;

  show_instead_of_cover (self, page, NULL);
  drop_oldest (self);
  focus_page (self);
  save_history (self);
}

static void
show_cover (KvarNavigator *self,
            KvarRoute     *route)
{
  KvarPage *cover = NULL;

  remember_focus (self);
  cover = create_page (self, route);
  if (KVAR_IS_LOGIN_PAGE (cover) && self->page != NULL)
    kvar_login_page_set_return_title (KVAR_LOGIN_PAGE (cover), kvar_page_get_title (self->page));
  kvar_page_load (cover);

  show_instead_of_cover (self, cover, cover);
  kvar_page_grab_default_focus (cover);
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

  if (KVAR_IS_LOGIN_PAGE (self->cover))
    return;

  if (destination != NULL)
    from = kvar_route_to_string (destination);
  login = kvar_route_new_login (reason != KVAR_REASON_NONE ? kvar_reason_to_string (reason) : NULL,
                                from);
  show_cover (self, login);
}

static void
show_connect (KvarNavigator *self)
{
  g_autoptr(KvarRoute) connect = NULL;

  if (KVAR_IS_CONNECT_PAGE (self->cover))
    return;

  connect = kvar_route_new_place (KVAR_PLACE_CONNECT);
  show_cover (self, connect);
}

static void
show_opening (KvarNavigator *self)
{
  show_child (self, self->opening);
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
uncover_page (KvarNavigator *self)
{
  show_instead_of_cover (self, self->page, NULL);
  focus_page (self);
}

/* Held actions go on, first on the page that is seen. Pages may navigate while they do. */
static void
resume_pages (KvarNavigator *self)
{
  g_autoptr(GPtrArray) pages = g_ptr_array_new_with_free_func (g_object_unref);

  self->was_over = FALSE;
  for (GList *l = self->kept.head; l != NULL; l = l->next)
    g_ptr_array_add (pages, g_object_ref (((Kept *)l->data)->page));

  for (guint i = 0; i < pages->len; i++)
    kvar_page_session_resumed (g_ptr_array_index (pages, i));
}

static void
settle_signed_in (KvarNavigator *self)
{
  if (self->page == NULL || self->pending != NULL)
    show_destination (self);
  else if (KVAR_IS_LOGIN_PAGE (self->cover))
    uncover_page (self);

  if (self->was_over)
    resume_pages (self);
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

  if (is_over (session))
    self->was_over = TRUE;

  if (is_plainly_signed_out (session))
    {
      drop_pages (self);
      if (self->cover == NULL)
        show_login (self);
    }
  else if (is_usable (self))
    {
      settle_signed_in (self);
    }
  else if (self->page == NULL && self->cover == NULL)
    {
      if (kvar_session_get_state (session) == KVAR_SESSION_RESTORING)
        show_opening (self);
      else if (is_over (session))
        show_login (self);
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
kvar_navigator_dispose (GObject *object)
{
  KvarNavigator *self = KVAR_NAVIGATOR (object);

  if (self->workspace != NULL)
    g_signal_handlers_disconnect_by_func (get_session (self), session_changed_cb, self);
  if (self->stack != NULL)
    {
      drop_pages (self);
      drop_cover (self);
      self->stack = NULL;
    }
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
  g_clear_pointer (&self->route, g_free);

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
      g_value_set_string (value, self->route);
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
  GtkWidget *spinner = g_object_new (GTK_TYPE_SPINNER,
                                     "spinning", TRUE,
                                     "width-request", 32,
                                     "height-request", 32,
                                     "halign", GTK_ALIGN_CENTER,
                                     "valign", GTK_ALIGN_CENTER,
                                     NULL);

  gtk_accessible_update_property (GTK_ACCESSIBLE (spinner),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _("Opening…"), -1);

  g_queue_init (&self->kept);
  self->route = g_strdup ("");
  self->history = kvar_history_new ();
  self->opening = spinner;
  self->stack = g_object_new (GTK_TYPE_STACK,
                              "transition-type", GTK_STACK_TRANSITION_TYPE_CROSSFADE,
                              "transition-duration", 120,
                              "hhomogeneous", FALSE,
                              "vhomogeneous", FALSE,
                              NULL);
  gtk_stack_add_child (self->stack, spinner);
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
}

KvarWorkspace *
kvar_navigator_get_workspace (KvarNavigator *self)
{
  g_return_val_if_fail (KVAR_IS_NAVIGATOR (self), NULL);

  return self->workspace;
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
      g_set_object (&self->history, NULL);
      self->history = kvar_history_new ();
      g_clear_pointer (&self->pending, kvar_route_unref);
    }
  drop_pages (self);
  drop_cover (self);
  self->was_over = FALSE;

  g_set_object (&self->workspace, workspace);
  if (workspace != NULL)
    {
      g_signal_connect (get_session (self), "notify::state",
                        G_CALLBACK (session_changed_cb), self);
      g_signal_connect (get_session (self), "notify::user-id",
                        G_CALLBACK (session_changed_cb), self);
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

  return self->cover != NULL ? self->cover : self->page;
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

  return self->page;
}

const char *
kvar_navigator_get_route (KvarNavigator *self)
{
  g_return_val_if_fail (KVAR_IS_NAVIGATOR (self), NULL);

  return self->route;
}

gboolean
kvar_navigator_get_is_covered (KvarNavigator *self)
{
  g_return_val_if_fail (KVAR_IS_NAVIGATOR (self), FALSE);

  return self->cover != NULL;
}

gboolean
kvar_navigator_get_can_back (KvarNavigator *self)
{
  g_return_val_if_fail (KVAR_IS_NAVIGATOR (self), FALSE);

  if (self->cover != NULL)
    return kvar_navigator_get_can_uncover (self);

  return kvar_history_get_can_back (self->history);
}

gboolean
kvar_navigator_get_can_forward (KvarNavigator *self)
{
  g_return_val_if_fail (KVAR_IS_NAVIGATOR (self), FALSE);

  return self->cover == NULL && kvar_history_get_can_forward (self->history);
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

  if (self->cover == NULL)
    return FALSE;

  return self->page != NULL || (KVAR_IS_CONNECT_PAGE (self->cover) && self->workspace != NULL);
}

static gboolean
is_of_this_project (KvarNavigator *self,
                    KvarRoute     *route)
{
  const char *host = kvar_route_get_host (route);
  g_autofree char *own = NULL;

  if (host == NULL)
    return TRUE;

  if (self->workspace != NULL)
    own = kvar_workspace_dup_host (self->workspace);

  return own != NULL && g_ascii_strcasecmp (own, host) == 0;
}

static KvarRoute *
parse_destination (KvarNavigator *self,
                   const char    *text)
{
  g_autoptr(KvarRoute) route = kvar_route_parse (text, NULL);

  if (route == NULL || !is_of_this_project (self, route))
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
  if (self->page != NULL || (session != NULL && is_usable (self)))
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

  if (self->cover != NULL)
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

  if (self->page != NULL)
    uncover_page (self);
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

  if (self->page != NULL)
    save_page_view (self, self->page);
  save_history (self);
}

/**
 * kvar_navigator_to_variant:
 *
 * Returns: (transfer floating): an `a{sv}` with the project and the history
 */
GVariant *
kvar_navigator_to_variant (KvarNavigator *self)
{
  GVariantDict dict;

  g_return_val_if_fail (KVAR_IS_NAVIGATOR (self), NULL);

  g_variant_dict_init (&dict, NULL);
  if (self->workspace != NULL)
    g_variant_dict_insert (&dict, "project", "s",
                           kvar_project_get_id (kvar_workspace_get_project (self->workspace)));
  g_variant_dict_insert_value (&dict, "history", kvar_history_to_variant (self->history));

  return g_variant_dict_end (&dict);
}

/**
 * kvar_navigator_load_variant:
 * @variant: what kvar_navigator_to_variant() gave, perhaps to another version
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

  history = g_variant_lookup_value (variant, "history", NULL);
  if (history != NULL)
    kvar_history_load_variant (self->history, history);
}
