/* kvar-page-stack.c: makes and keeps the pages of routes, with their focus and view state
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-page-stack"

#include "config.h"

#include <glib/gi18n.h>

#include "kvar-focus-memory.h"
#include "kvar-page-look.h"
#include "kvar-page-stack.h"
#include "pages/kvar-connect-page.h"
#include "pages/kvar-drafts-page.h"
#include "pages/kvar-exports-page.h"
#include "pages/kvar-files-page.h"
#include "pages/kvar-login-page.h"
#include "pages/kvar-record-page.h"
#include "pages/kvar-records-page.h"
#include "pages/kvar-report-page.h"
#include "pages/kvar-reports-page.h"
#include "pages/kvar-tables-page.h"

/* As many pages stay alive as they were left; older ones come back from their view state. */
#define MOST_KEPT 8

typedef struct
{
  KvarPage        *page;     /* owned by the GtkStack */
  KvarFocusMemory *focus;    /* (nullable) where it was when the page was left */
} Kept;

struct _KvarPageStack
{
  AdwBin         parent_instance;

  GtkStack      *stack;
  GtkWidget     *opening;       /* before the session is known */
  KvarWorkspace *workspace;     /* (nullable) that new pages belong to */
  KvarStateFile *state_file;    /* (nullable) */
  guint          window;        /* in the state file */

  GQueue         kept;          /* of Kept, the one shown last first */
  KvarPage      *page;          /* (nullable) the one that is, or lies below the cover */
  KvarPage      *cover;         /* (nullable) login or connect, above the page */
  char          *route;         /* what is shown */
};

enum {
  PROP_VISIBLE_PAGE = 1,
  PROP_ROUTE,
  N_PROPS
};

enum {
  MOVED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KvarPageStack, kvar_page_stack, ADW_TYPE_BIN)

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

    case KVAR_PLACE_REPORTS:
      return KVAR_TYPE_REPORTS_PAGE;

    case KVAR_PLACE_REPORT:
      return KVAR_TYPE_REPORT_PAGE;

    case KVAR_PLACE_EXPORTS:
      return KVAR_TYPE_EXPORTS_PAGE;

    case KVAR_PLACE_FILES:
    case KVAR_PLACE_FILE:
      return KVAR_TYPE_FILES_PAGE;

    case KVAR_PLACE_DRAFTS:
      return KVAR_TYPE_DRAFTS_PAGE;

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
find_kept (KvarPageStack *self,
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

static void
update_route (KvarPageStack *self)
{
  KvarPage *page = kvar_page_stack_get_visible_page (self);
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

static gboolean
has_focus_within (GtkWidget *widget)
{
  GtkRoot *root = gtk_widget_get_root (widget);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return focus != NULL && gtk_widget_is_ancestor (focus, widget);
}

/* GtkStack would hand the focus on to whatever comes first in the new child. */
static void
release_focus (KvarPageStack *self)
{
  GtkWidget *before = gtk_stack_get_visible_child (self->stack);

  if (before != NULL && has_focus_within (before))
    gtk_root_set_focus (gtk_widget_get_root (before), NULL);
}

static void
show_child (KvarPageStack *self,
            GtkWidget     *child)
{
  if (child != gtk_stack_get_visible_child (self->stack))
    release_focus (self);
  gtk_stack_set_visible_child (self->stack, child);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_VISIBLE_PAGE]);
  update_route (self);
}

static void
save_page_view (KvarPageStack *self,
                KvarPage      *page)
{
  g_autofree char *route = kvar_route_to_string (kvar_page_get_route (page));
  g_autoptr(GVariant) state = NULL;

  if (self->state_file == NULL)
    return;

  state = kvar_page_save_state (page);
  if (state == NULL)
    return;

  kvar_state_file_set_view (self->state_file, self->window, route, state);
  kvar_page_look_keep (self->state_file, page, state);
}

/* The state comes after load (), before the page is seen. It is looked up before: a page that
 * finds all it needs at once saves what it shows, which is the beginning. */
static void
load_page (KvarPageStack *self,
           KvarPage      *page)
{
  g_autofree char *route = kvar_route_to_string (kvar_page_get_route (page));
  g_autoptr(GVariant) state = NULL;

  if (self->state_file != NULL)
    {
      g_autoptr(GVariant) view = kvar_state_file_get_view (self->state_file, self->window, route);

      state = kvar_page_look_add (self->state_file, page, view);
    }

  kvar_page_load (page);
  if (state != NULL)
    kvar_page_restore_state (page, state);
}

static void
view_changed_cb (KvarPage      *page,
                 KvarPageStack *self)
{
  save_page_view (self, page);
}

static void
page_route_cb (KvarPage      *page,
               GParamSpec    *pspec,
               KvarPageStack *self)
{
  if (page != self->page)
    return;

  g_signal_emit (self, signals[MOVED], 0, kvar_page_get_route (page));
  update_route (self);
}

static void
remove_page (KvarPageStack *self,
             KvarPage      *page)
{
  g_signal_handlers_disconnect_by_data (page, self);
  gtk_stack_remove (self->stack, GTK_WIDGET (page));
}

/* Something else is shown before the old cover goes, so that nothing shines through. */
static void
show_instead_of_cover (KvarPageStack *self,
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
create_page (KvarPageStack *self,
             KvarRoute     *route)
{
  GType type = page_type_for_place (kvar_route_get_place (route));
  KvarPage *page = NULL;

  g_assert (type != G_TYPE_INVALID);

  page = g_object_new (type, "route", route, "workspace", self->workspace, NULL);
  gtk_stack_add_child (self->stack, GTK_WIDGET (page));

  return page;
}

static KvarPage *
open_page (KvarPageStack *self,
           KvarRoute     *route)
{
  KvarPage *page = create_page (self, route);
  Kept *kept = g_new0 (Kept, 1);

  kept->page = page;
  g_queue_push_head (&self->kept, kept);

  g_signal_connect (page, "notify::route", G_CALLBACK (page_route_cb), self);
  g_signal_connect (page, "view-changed", G_CALLBACK (view_changed_cb), self);
  load_page (self, page);

  return page;
}

static KvarPage *
find_page (KvarPageStack *self,
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
drop_oldest (KvarPageStack *self)
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
remember_focus (KvarPageStack *self)
{
  Kept *kept = self->page != NULL ? find_kept (self, self->page) : NULL;

  if (kept == NULL || self->cover != NULL)
    return;

  g_clear_pointer (&kept->focus, kvar_focus_memory_free);
  kept->focus = kvar_focus_memory_new (GTK_WIDGET (self->page));
}

/* A page that has been seen gets its focus and cursor back; a new one may have put it where
 * its view state says, else begins at its beginning. */
static void
focus_page (KvarPageStack *self)
{
  Kept *kept = find_kept (self, self->page);

  if (kept->focus != NULL && kvar_focus_memory_restore (kept->focus))
    return;

  if (!has_focus_within (GTK_WIDGET (self->page)))
    kvar_page_grab_default_focus (self->page);
}

/* Removes all pages, and what covers them. */
static void
clear (KvarPageStack *self)
{
  KvarPage *cover = g_steal_pointer (&self->cover);

  kvar_page_stack_clear_pages (self);
  if (cover != NULL)
    remove_page (self, cover);
}

static void
kvar_page_stack_dispose (GObject *object)
{
  KvarPageStack *self = KVAR_PAGE_STACK (object);

  if (self->stack != NULL)
    {
      clear (self);
      self->stack = NULL;
    }
  g_clear_object (&self->workspace);
  g_clear_object (&self->state_file);

  G_OBJECT_CLASS (kvar_page_stack_parent_class)->dispose (object);
}

static void
kvar_page_stack_finalize (GObject *object)
{
  KvarPageStack *self = KVAR_PAGE_STACK (object);

  g_clear_pointer (&self->route, g_free);

  G_OBJECT_CLASS (kvar_page_stack_parent_class)->finalize (object);
}

static void
kvar_page_stack_get_property (GObject    *object,
                              guint       prop_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  KvarPageStack *self = KVAR_PAGE_STACK (object);

  switch (prop_id)
    {
    case PROP_VISIBLE_PAGE:
      g_value_set_object (value, kvar_page_stack_get_visible_page (self));
      break;

    case PROP_ROUTE:
      g_value_set_string (value, self->route);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
kvar_page_stack_class_init (KvarPageStackClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = kvar_page_stack_dispose;
  object_class->finalize = kvar_page_stack_finalize;
  object_class->get_property = kvar_page_stack_get_property;

  properties[PROP_VISIBLE_PAGE] =
    g_param_spec_object ("visible-page", NULL, NULL, KVAR_TYPE_PAGE,
                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_ROUTE] =
    g_param_spec_string ("route", NULL, NULL, NULL,
                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);

  /* The page itself shows another route now: another order, the key of a new record. */
  signals[MOVED] =
    g_signal_new ("moved", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL, G_TYPE_NONE, 1, KVAR_TYPE_ROUTE);
}

static void
kvar_page_stack_init (KvarPageStack *self)
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

/**
 * kvar_page_stack_has_place:
 *
 * Returns: whether this version has a page for @place
 */
gboolean
kvar_page_stack_has_place (KvarPlace place)
{
  return page_type_for_place (place) != G_TYPE_INVALID;
}

void
kvar_page_stack_set_state_file (KvarPageStack *self,
                                KvarStateFile *file,
                                guint          window)
{
  g_return_if_fail (KVAR_IS_PAGE_STACK (self));
  g_return_if_fail (KVAR_IS_STATE_FILE (file));

  g_set_object (&self->state_file, file);
  self->window = window;
}

/**
 * kvar_page_stack_set_workspace:
 * @workspace: (nullable): that pages belong to from now on; those of another one are gone
 */
void
kvar_page_stack_set_workspace (KvarPageStack *self,
                               KvarWorkspace *workspace)
{
  g_return_if_fail (KVAR_IS_PAGE_STACK (self));
  g_return_if_fail (workspace == NULL || KVAR_IS_WORKSPACE (workspace));

  clear (self);
  g_set_object (&self->workspace, workspace);
}

/**
 * kvar_page_stack_get_page:
 *
 * Returns: (transfer none) (nullable): the page of the current route, also while it is covered
 */
KvarPage *
kvar_page_stack_get_page (KvarPageStack *self)
{
  g_return_val_if_fail (KVAR_IS_PAGE_STACK (self), NULL);

  return self->page;
}

/**
 * kvar_page_stack_get_cover:
 *
 * Returns: (transfer none) (nullable): the login or connect page, while one is up
 */
KvarPage *
kvar_page_stack_get_cover (KvarPageStack *self)
{
  g_return_val_if_fail (KVAR_IS_PAGE_STACK (self), NULL);

  return self->cover;
}

KvarPage *
kvar_page_stack_get_visible_page (KvarPageStack *self)
{
  g_return_val_if_fail (KVAR_IS_PAGE_STACK (self), NULL);

  return self->cover != NULL ? self->cover : self->page;
}

const char *
kvar_page_stack_get_route (KvarPageStack *self)
{
  g_return_val_if_fail (KVAR_IS_PAGE_STACK (self), NULL);

  return self->route;
}

/**
 * kvar_page_stack_show:
 *
 * Shows the page of @route: the one that was kept, or a new one with its view state.
 */
void
kvar_page_stack_show (KvarPageStack *self,
                      KvarRoute     *route)
{
  KvarPage *page = NULL;

  g_return_if_fail (KVAR_IS_PAGE_STACK (self));
  g_return_if_fail (route != NULL);

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
}

/**
 * kvar_page_stack_cover:
 * @route: of the login or the connect page
 *
 * Lays that page above everything else; what is below stays as it is.
 */
void
kvar_page_stack_cover (KvarPageStack *self,
                       KvarRoute     *route)
{
  KvarPage *cover = NULL;

  g_return_if_fail (KVAR_IS_PAGE_STACK (self));
  g_return_if_fail (route != NULL);

  remember_focus (self);
  cover = create_page (self, route);
  if (KVAR_IS_LOGIN_PAGE (cover) && self->page != NULL)
    kvar_login_page_set_return_title (KVAR_LOGIN_PAGE (cover), kvar_page_get_title (self->page));
  g_signal_connect (cover, "view-changed", G_CALLBACK (view_changed_cb), self);
  load_page (self, cover);

  show_instead_of_cover (self, cover, cover);
  kvar_page_grab_default_focus (cover);
}

/**
 * kvar_page_stack_uncover:
 *
 * Shows the page below again, with the focus and the cursor where they were.
 */
void
kvar_page_stack_uncover (KvarPageStack *self)
{
  g_return_if_fail (KVAR_IS_PAGE_STACK (self));
  g_return_if_fail (self->page != NULL);

  show_instead_of_cover (self, self->page, NULL);
  focus_page (self);
}

/**
 * kvar_page_stack_show_opening:
 *
 * Shows that something is about to come, while there is no page yet.
 */
void
kvar_page_stack_show_opening (KvarPageStack *self)
{
  g_return_if_fail (KVAR_IS_PAGE_STACK (self));

  show_child (self, self->opening);
}

/**
 * kvar_page_stack_clear_pages:
 *
 * Drops every page but the cover. Their view state was saved when they were left.
 */
void
kvar_page_stack_clear_pages (KvarPageStack *self)
{
  Kept *kept = NULL;

  g_return_if_fail (KVAR_IS_PAGE_STACK (self));

  self->page = NULL;
  while ((kept = g_queue_pop_head (&self->kept)) != NULL)
    {
      remove_page (self, kept->page);
      kept_free (kept);
    }
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_VISIBLE_PAGE]);
}

/**
 * kvar_page_stack_resume:
 *
 * Somebody has signed in again: held actions go on, first on the page that is seen. Pages may
 * navigate while they do.
 */
void
kvar_page_stack_resume (KvarPageStack *self)
{
  g_autoptr(GPtrArray) pages = g_ptr_array_new_with_free_func (g_object_unref);

  g_return_if_fail (KVAR_IS_PAGE_STACK (self));

  for (GList *l = self->kept.head; l != NULL; l = l->next)
    g_ptr_array_add (pages, g_object_ref (((Kept *)l->data)->page));

  for (guint i = 0; i < pages->len; i++)
    kvar_page_session_resumed (g_ptr_array_index (pages, i));
}

/**
 * kvar_page_stack_save_view:
 *
 * Puts the page's view state into the state file, as before the window closes.
 */
void
kvar_page_stack_save_view (KvarPageStack *self)
{
  g_return_if_fail (KVAR_IS_PAGE_STACK (self));

  if (self->page != NULL)
    save_page_view (self, self->page);
}
