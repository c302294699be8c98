/* kvar-drafts-page-private.h: shared by the parts of the drafts page
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kvar-drafts-page.h"
#include "kvar-workspace.h"

G_BEGIN_DECLS

/* One group of the page: the drafts of one state. */
typedef struct
{
  KvarDraftState  state;
  GtkFilter      *filter;
  GListModel     *drafts;
  GtkWidget      *group;
} KvarDraftsSection;

struct _KvarDraftsPage
{
  KvarPage           parent_instance;

  GtkStack          *stack;
  GtkWidget         *parked_group;
  GtkListBox        *parked_box;
  GtkWidget         *queued_group;
  GtkListBox        *queued_box;
  GtkWidget         *open_group;
  GtkListBox        *open_box;
  GtkWidget         *lost_group;
  GtkListBox        *lost_box;
  GtkWidget         *discarded_group;
  GtkListBox        *discarded_box;
  GtkWidget         *edits_group;
  GtkListBox        *edits_box;

  KvarDraftsSection  sections[3];
  gboolean           has_edits;
};

/* kvar-drafts-page.c */
void       kvar_drafts_page_update     (KvarDraftsPage *self);

/* kvar-drafts-page-past.c */
gboolean   kvar_drafts_page_show_past  (KvarDraftsPage *self);
void       kvar_drafts_page_clear_box  (GtkListBox     *box);
GtkWidget *kvar_drafts_page_create_row (const char     *title,
                                        const char     *subtitle,
                                        GtkWidget      *button);

/* kvar-drafts-page-edits.c */
void       kvar_drafts_page_list_edits (KvarDraftsPage *self);

G_END_DECLS
