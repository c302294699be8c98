/* kvar-exports-page.c: the exports of this user, newest first
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-exports-page"

#include "config.h"

#include "kvar-exports-page.h"
#include "kvar-list-place.h"
#include "kvar-workspace.h"
#include "widgets/kvar-errand-row.h"

struct _KvarExportsPage
{
  KvarPage    parent_instance;

  GtkStack   *stack;
  GtkListBox *list_box;
};

G_DEFINE_FINAL_TYPE (KvarExportsPage, kvar_exports_page, KVAR_TYPE_PAGE)

static KvarErrandList *
get_exports (KvarExportsPage *self)
{
  return kvar_workspace_get_exports (kvar_page_get_workspace (KVAR_PAGE (self)));
}

static void
remove_cb (KvarExportsPage *self,
           KvarErrandRow   *row)
{
  kvar_errand_list_remove (get_exports (self), kvar_errand_row_get_errand (row));
}

static void
again_cb (KvarExportsPage *self,
          KvarErrandRow   *row)
{
  g_autoptr(KvarErrand) errand = g_object_ref (kvar_errand_row_get_errand (row));

  kvar_errand_list_run_again (get_exports (self), errand);
  gtk_widget_grab_focus (GTK_WIDGET (gtk_list_box_get_row_at_index (self->list_box, 0)));
}

static GtkWidget *
create_row (gpointer item,
            gpointer user_data)
{
  GtkWidget *row = kvar_errand_row_new (item);

  g_signal_connect_object (row, "remove", G_CALLBACK (remove_cb), user_data, G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "again", G_CALLBACK (again_cb), user_data, G_CONNECT_SWAPPED);

  return row;
}

static void
update_stack (KvarExportsPage *self)
{
  gboolean empty = g_list_model_get_n_items (G_LIST_MODEL (get_exports (self))) == 0;

  gtk_stack_set_visible_child_name (self->stack, empty ? "empty" : "list");
}

static void
row_activated_cb (KvarExportsPage *self,
                  GtkListBoxRow   *row,
                  GtkListBox      *list_box)
{
  kvar_errand_row_open (KVAR_ERRAND_ROW (row));
}

static void
kvar_exports_page_load (KvarPage *page)
{
  KvarExportsPage *self = KVAR_EXPORTS_PAGE (page);
  GListModel *exports = G_LIST_MODEL (get_exports (self));

  gtk_list_box_bind_model (self->list_box, exports, create_row, self, NULL);
  g_signal_connect_object (exports, "items-changed", G_CALLBACK (update_stack), self,
                           G_CONNECT_SWAPPED);
  update_stack (self);
  kvar_list_place_follow (self->list_box, page);
}

static GVariant *
kvar_exports_page_save_state (KvarPage *page)
{
  GVariantDict dict;

  g_variant_dict_init (&dict, NULL);
  kvar_list_place_save (KVAR_EXPORTS_PAGE (page)->list_box, &dict);

  return g_variant_dict_end (&dict);
}

static void
kvar_exports_page_restore_state (KvarPage *page,
                                 GVariant *state)
{
  kvar_list_place_restore (KVAR_EXPORTS_PAGE (page)->list_box, state);
}

static void
kvar_exports_page_dispose (GObject *object)
{
  KvarExportsPage *self = KVAR_EXPORTS_PAGE (object);

  if (self->list_box != NULL)
    gtk_list_box_bind_model (self->list_box, NULL, NULL, NULL, NULL);

  G_OBJECT_CLASS (kvar_exports_page_parent_class)->dispose (object);
}

static void
kvar_exports_page_class_init (KvarExportsPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  KvarPageClass *page_class = KVAR_PAGE_CLASS (klass);

  object_class->dispose = kvar_exports_page_dispose;

  page_class->load = kvar_exports_page_load;
  page_class->save_state = kvar_exports_page_save_state;
  page_class->restore_state = kvar_exports_page_restore_state;

  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/kvarapp/Kvar/pages/kvar-exports-page.ui");
  gtk_widget_class_bind_template_child (widget_class, KvarExportsPage, stack);
  gtk_widget_class_bind_template_child (widget_class, KvarExportsPage, list_box);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
}

static void
kvar_exports_page_init (KvarExportsPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
