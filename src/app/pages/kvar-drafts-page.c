/* kvar-drafts-page.c: what is typed and not on the server yet, and why
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-drafts-page"

#include "config.h"

#include <glib/gi18n.h>

#include "kvar-drafts-page-private.h"
#include "widgets/kvar-draft-row.h"

G_DEFINE_FINAL_TYPE (KvarDraftsPage, kvar_drafts_page, KVAR_TYPE_PAGE)

static KvarWorkspace *
get_workspace (KvarDraftsPage *self)
{
  return kvar_page_get_workspace (KVAR_PAGE (self));
}

static gboolean
is_in_section (gpointer item,
               gpointer user_data)
{
  return kvar_draft_get_state (item) == ((KvarDraftsSection *)user_data)->state;
}

void
kvar_drafts_page_update (KvarDraftsPage *self)
{
  gboolean any = kvar_drafts_page_show_past (self) || self->has_edits;

  for (gsize i = 0; i < G_N_ELEMENTS (self->sections); i++)
    {
      guint n = 0;

      gtk_filter_changed (self->sections[i].filter, GTK_FILTER_CHANGE_DIFFERENT);
      n = g_list_model_get_n_items (self->sections[i].drafts);
      gtk_widget_set_visible (self->sections[i].group, n > 0);
      any = any || n > 0;
    }

  gtk_stack_set_visible_child_name (self->stack, any ? "list" : "empty");
}

static void
discard_cb (KvarDraftsPage *self,
            KvarDraftRow   *row)
{
  kvar_outbox_discard (kvar_workspace_get_outbox (get_workspace (self)),
                       kvar_draft_row_get_draft (row));
}

static GtkWidget *
create_row (gpointer item,
            gpointer user_data)
{
  KvarDraftsPage *self = user_data;
  GtkWidget *row = kvar_draft_row_new (item, kvar_workspace_get_outbox (get_workspace (self)));

  g_signal_connect_object (row, "discard", G_CALLBACK (discard_cb), self, G_CONNECT_SWAPPED);

  return row;
}

static void
row_activated_cb (KvarDraftsPage *self,
                  GtkListBoxRow  *row,
                  GtkListBox     *list_box)
{
  KvarDraft *draft = kvar_draft_row_get_draft (KVAR_DRAFT_ROW (row));
  g_autoptr(KvarRoute) route = kvar_draft_new_route (draft);
  g_autofree char *text = kvar_route_to_string (route);

  gtk_widget_activate_action (GTK_WIDGET (self), "win.navigate", "s", text);
}

static void
add_section (KvarDraftsPage    *self,
             KvarDraftsSection *section,
             KvarDraftState     state,
             GtkWidget         *group,
             GtkListBox        *box)
{
  GListModel *all = G_LIST_MODEL (kvar_workspace_get_drafts (get_workspace (self)));
  GtkFilter *filter = GTK_FILTER (gtk_custom_filter_new (is_in_section, section, NULL));

  section->state = state;
  section->filter = g_object_ref (filter);
  section->drafts = G_LIST_MODEL (gtk_filter_list_model_new (g_object_ref (all), filter));
  section->group = group;
  gtk_list_box_bind_model (box, section->drafts, create_row, self, NULL);
}

static void
kvar_drafts_page_load (KvarPage *page)
{
  KvarDraftsPage *self = KVAR_DRAFTS_PAGE (page);
  KvarDraftStore *drafts = kvar_workspace_get_drafts (get_workspace (self));

  add_section (self, &self->sections[0], KVAR_DRAFT_PARKED, self->parked_group, self->parked_box);
  add_section (self, &self->sections[1], KVAR_DRAFT_QUEUED, self->queued_group, self->queued_box);
  add_section (self, &self->sections[2], KVAR_DRAFT_OPEN, self->open_group, self->open_box);

  g_signal_connect_object (drafts, "items-changed", G_CALLBACK (kvar_drafts_page_update), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_object (drafts, "state-changed", G_CALLBACK (kvar_drafts_page_update), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (kvar_workspace_get_outbox (get_workspace (self)), "sent",
                           G_CALLBACK (kvar_drafts_page_list_edits), self, G_CONNECT_SWAPPED);
  kvar_drafts_page_update (self);
  kvar_drafts_page_list_edits (self);
}

static void
kvar_drafts_page_dispose (GObject *object)
{
  KvarDraftsPage *self = KVAR_DRAFTS_PAGE (object);
  GtkListBox *boxes[] = { self->parked_box, self->queued_box, self->open_box };

  for (gsize i = 0; i < G_N_ELEMENTS (self->sections); i++)
    {
      if (boxes[i] != NULL)
        gtk_list_box_bind_model (boxes[i], NULL, NULL, NULL, NULL);
      g_clear_object (&self->sections[i].drafts);
      g_clear_object (&self->sections[i].filter);
    }

  G_OBJECT_CLASS (kvar_drafts_page_parent_class)->dispose (object);
}

static void
kvar_drafts_page_class_init (KvarDraftsPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  KvarPageClass *page_class = KVAR_PAGE_CLASS (klass);

  object_class->dispose = kvar_drafts_page_dispose;

  page_class->load = kvar_drafts_page_load;

  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/kvarapp/Kvar/pages/kvar-drafts-page.ui");
  gtk_widget_class_bind_template_child (widget_class, KvarDraftsPage, stack);
  gtk_widget_class_bind_template_child (widget_class, KvarDraftsPage, parked_group);
  gtk_widget_class_bind_template_child (widget_class, KvarDraftsPage, parked_box);
  gtk_widget_class_bind_template_child (widget_class, KvarDraftsPage, queued_group);
  gtk_widget_class_bind_template_child (widget_class, KvarDraftsPage, queued_box);
  gtk_widget_class_bind_template_child (widget_class, KvarDraftsPage, open_group);
  gtk_widget_class_bind_template_child (widget_class, KvarDraftsPage, open_box);
  gtk_widget_class_bind_template_child (widget_class, KvarDraftsPage, lost_group);
  gtk_widget_class_bind_template_child (widget_class, KvarDraftsPage, lost_box);
  gtk_widget_class_bind_template_child (widget_class, KvarDraftsPage, discarded_group);
  gtk_widget_class_bind_template_child (widget_class, KvarDraftsPage, discarded_box);
  gtk_widget_class_bind_template_child (widget_class, KvarDraftsPage, edits_group);
  gtk_widget_class_bind_template_child (widget_class, KvarDraftsPage, edits_box);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
}

static void
kvar_drafts_page_init (KvarDraftsPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
