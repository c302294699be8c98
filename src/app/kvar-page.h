/* kvar-page.h: what the window shows for one route
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "routes/kvar-route.h"

G_BEGIN_DECLS

typedef struct _KvarWorkspace KvarWorkspace;

/* The member of a view state that is the same for all views of one table: what it says there
 * is kept for the user and the table, not for the route. */
#define KVAR_PAGE_LOOK "look"

#define KVAR_TYPE_PAGE (kvar_page_get_type ())

G_DECLARE_DERIVABLE_TYPE (KvarPage, kvar_page, KVAR, PAGE, AdwBin)

/**
 * KvarPageClass:
 * @load: the page has its route and workspace and is about to be shown for the first time
 * @save_state: scroll anchor, selection, field and cursor, as a floating `a{sv}`; or %NULL
 * @restore_state: puts back what @save_state gave; called once after @load, perhaps from a file
 *     of an older Kvar, so every member is optional
 * @grab_default_focus: moves the focus to where work begins
 * @session_resumed: somebody has signed in again; a held action goes on, once
 */
struct _KvarPageClass
{
  AdwBinClass parent_class;

  void      (*load)               (KvarPage *self);
  GVariant *(*save_state)         (KvarPage *self);
  void      (*restore_state)      (KvarPage *self,
                                   GVariant *state);
  gboolean  (*grab_default_focus) (KvarPage *self);
  void      (*session_resumed)    (KvarPage *self);

  gpointer padding[8];
};

const char     *kvar_page_get_title          (KvarPage      *self);
void            kvar_page_set_title          (KvarPage      *self,
                                              const char    *title);
const char     *kvar_page_get_subtitle       (KvarPage      *self);
void            kvar_page_set_subtitle       (KvarPage      *self,
                                              const char    *subtitle);
KvarRoute      *kvar_page_get_route          (KvarPage      *self);
void            kvar_page_set_route          (KvarPage      *self,
                                              KvarRoute     *route);
KvarWorkspace  *kvar_page_get_workspace      (KvarPage      *self);
GtkWidget      *kvar_page_get_header_start   (KvarPage      *self);
void            kvar_page_set_header_start   (KvarPage      *self,
                                              GtkWidget     *widget);
GtkWidget      *kvar_page_get_header_end     (KvarPage      *self);
void            kvar_page_set_header_end     (KvarPage      *self,
                                              GtkWidget     *widget);
gboolean        kvar_page_get_hushed         (KvarPage      *self);
void            kvar_page_set_hushed         (KvarPage      *self,
                                              gboolean       hushed);
GCancellable   *kvar_page_get_cancellable    (KvarPage      *self);
GActionMap     *kvar_page_get_actions        (KvarPage      *self);

void            kvar_page_load               (KvarPage      *self);
GVariant       *kvar_page_save_state         (KvarPage      *self);
void            kvar_page_restore_state      (KvarPage      *self,
                                              GVariant      *state);
gboolean        kvar_page_grab_default_focus (KvarPage      *self);
void            kvar_page_session_resumed    (KvarPage      *self);
void            kvar_page_view_changed       (KvarPage      *self);

G_END_DECLS
