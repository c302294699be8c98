/* kvar-go-dialog.c: goes anywhere by a few letters of its name
 *
 * The focus stays in the entry, and Up and Down choose below it; what is chosen is said by a
 * status line too, as nothing else would tell a screen reader.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-go"

#include "config.h"

#include <glib/gi18n.h>

#include "kvar-go-dialog.h"

#define MAX_SHOWN 100

/* By Page Up and Page Down. */
#define PAGE 8

struct _KvarGoDialog
{
  AdwWindow           parent_instance;

  KvarGoIndex        *index;
  GListStore         *found;        /* of KvarGoEntry */
  GtkSingleSelection *selection;

  GtkSearchEntry     *entry;
  GtkStack           *stack;
  GtkListView        *view;
  GtkLabel           *status_label;
};

G_DEFINE_FINAL_TYPE (KvarGoDialog, kvar_go_dialog, ADW_TYPE_WINDOW)

static guint
get_n_found (KvarGoDialog *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->found));
}

static void
update_status (KvarGoDialog *self)
{
  KvarGoEntry *chosen = gtk_single_selection_get_selected_item (self->selection);
  guint n = get_n_found (self);
  g_autofree char *text = NULL;

  if (chosen == NULL)
    text = g_strdup (_("Nothing found"));
  else
    /* Translators: the number of a result, how many there are, its name, and what it is. */
    text = g_strdup_printf (_("%1$u of %2$u: %3$s, %4$s"),
                            gtk_single_selection_get_selected (self->selection) + 1, n,
                            kvar_go_entry_get_title (chosen), kvar_go_entry_get_detail (chosen));

  gtk_label_set_label (self->status_label, text);
  gtk_stack_set_visible_child_name (self->stack, n > 0 ? "list" : "nothing");
}

static void
choose (KvarGoDialog *self,
        guint         position)
{
  gtk_single_selection_set_selected (self->selection, position);
  gtk_widget_activate_action (GTK_WIDGET (self->view), "list.scroll-to-item", "u", position);
  update_status (self);
}

/* The window of before has its focus again before anything is done there. */
static void
go (KvarGoDialog *self,
    guint         position)
{
  g_autoptr(KvarGoEntry) entry = g_list_model_get_item (G_LIST_MODEL (self->found), position);
  g_autoptr(GtkWindow) window = NULL;

  if (entry == NULL)
    return;

  window = g_object_ref (gtk_window_get_transient_for (GTK_WINDOW (self)));
  gtk_window_destroy (GTK_WINDOW (self));
  gtk_widget_activate_action_variant (GTK_WIDGET (window), kvar_go_entry_get_action (entry),
                                      kvar_go_entry_get_target (entry));
}

static void
activated_cb (KvarGoDialog *self)
{
  go (self, gtk_single_selection_get_selected (self->selection));
}

static void
row_activated_cb (KvarGoDialog *self,
                  guint         position)
{
  go (self, position);
}

static gboolean
key_pressed_cb (KvarGoDialog    *self,
                guint            keyval,
                guint            keycode,
                GdkModifierType  state)
{
  guint position = gtk_single_selection_get_selected (self->selection);
  guint n = get_n_found (self);

  if (n == 0 || (state & gtk_accelerator_get_default_mod_mask ()) != 0)
    return GDK_EVENT_PROPAGATE;

  switch (keyval)
    {
    case GDK_KEY_Down:
    case GDK_KEY_KP_Down:
      choose (self, MIN (position + 1, n - 1));
      return GDK_EVENT_STOP;

    case GDK_KEY_Up:
    case GDK_KEY_KP_Up:
      choose (self, position > 0 ? position - 1 : 0);
      return GDK_EVENT_STOP;

    case GDK_KEY_Page_Down:
    case GDK_KEY_KP_Page_Down:
      choose (self, MIN (position + PAGE, n - 1));
      return GDK_EVENT_STOP;

    case GDK_KEY_Page_Up:
    case GDK_KEY_KP_Page_Up:
      choose (self, position > PAGE ? position - PAGE : 0);
      return GDK_EVENT_STOP;

    default:
      return GDK_EVENT_PROPAGATE;
    }
}

static void
setup_row_cb (GtkListItemFactory *factory,
              GtkListItem        *item)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *title = gtk_label_new (NULL);
  GtkWidget *detail = gtk_label_new (NULL);
  GtkWidget *keys = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_label_set_ellipsize (GTK_LABEL (title), PANGO_ELLIPSIZE_END);
  gtk_label_set_ellipsize (GTK_LABEL (detail), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (title, TRUE);
  gtk_widget_add_css_class (detail, "dim-label");
  gtk_widget_add_css_class (keys, "dim-label");
  gtk_box_append (GTK_BOX (row), title);
  gtk_box_append (GTK_BOX (row), detail);
  gtk_box_append (GTK_BOX (row), keys);
  gtk_list_item_set_child (item, row);
}

static void
bind_row_cb (GtkListItemFactory *factory,
             GtkListItem        *item)
{
  KvarGoEntry *entry = gtk_list_item_get_item (item);
  GtkWidget *title = gtk_widget_get_first_child (gtk_list_item_get_child (item));
  GtkWidget *detail = gtk_widget_get_next_sibling (title);
  GtkWidget *keys = gtk_widget_get_next_sibling (detail);
  const char *accel = kvar_go_entry_get_keys (entry);
  g_autofree char *shown = NULL;
  GdkModifierType modifiers;
  guint key;

  if (accel != NULL && gtk_accelerator_parse (accel, &key, &modifiers))
    shown = gtk_accelerator_get_label (key, modifiers);

  gtk_label_set_label (GTK_LABEL (title), kvar_go_entry_get_title (entry));
  gtk_label_set_label (GTK_LABEL (detail), kvar_go_entry_get_detail (entry));
  gtk_label_set_label (GTK_LABEL (keys), shown != NULL ? shown : "");
  gtk_widget_set_visible (keys, shown != NULL);
}

static void
kvar_go_dialog_dispose (GObject *object)
{
  g_clear_object (&KVAR_GO_DIALOG (object)->selection);
  g_clear_object (&KVAR_GO_DIALOG (object)->found);

  G_OBJECT_CLASS (kvar_go_dialog_parent_class)->dispose (object);
}

static void
kvar_go_dialog_finalize (GObject *object)
{
  g_clear_pointer (&KVAR_GO_DIALOG (object)->index, kvar_go_index_free);

  G_OBJECT_CLASS (kvar_go_dialog_parent_class)->finalize (object);
}

static void
kvar_go_dialog_class_init (KvarGoDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = kvar_go_dialog_dispose;
  object_class->finalize = kvar_go_dialog_finalize;

  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/kvarapp/Kvar/widgets/kvar-go-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, KvarGoDialog, entry);
  gtk_widget_class_bind_template_child (widget_class, KvarGoDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, KvarGoDialog, view);
  gtk_widget_class_bind_template_child (widget_class, KvarGoDialog, status_label);
  gtk_widget_class_bind_template_callback (widget_class, kvar_go_dialog_refresh);
  gtk_widget_class_bind_template_callback (widget_class, activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, gtk_window_destroy);
}

static void
kvar_go_dialog_init (KvarGoDialog *self)
{
  g_autoptr(GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_widget_init_template (GTK_WIDGET (self));

  g_signal_connect (factory, "setup", G_CALLBACK (setup_row_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_row_cb), NULL);
  gtk_list_view_set_factory (self->view, factory);

  self->found = g_list_store_new (KVAR_TYPE_GO_ENTRY);
  self->selection = gtk_single_selection_new (G_LIST_MODEL (g_object_ref (self->found)));
  gtk_list_view_set_model (self->view, GTK_SELECTION_MODEL (self->selection));

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->entry), keys);
}

/**
 * kvar_go_dialog_new:
 * @transient_for: whose actions the entries of @index name
 * @index: (transfer full): what there is to go to
 */
GtkWidget *
kvar_go_dialog_new (GtkWindow   *transient_for,
                    KvarGoIndex *index)
{
  KvarGoDialog *self;

  g_return_val_if_fail (GTK_IS_WINDOW (transient_for), NULL);
  g_return_val_if_fail (index != NULL, NULL);

  self = g_object_new (KVAR_TYPE_GO_DIALOG, "transient-for", transient_for, NULL);
  self->index = index;
  kvar_go_dialog_refresh (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));

  return GTK_WIDGET (self);
}

KvarGoIndex *
kvar_go_dialog_get_index (KvarGoDialog *self)
{
  g_return_val_if_fail (KVAR_IS_GO_DIALOG (self), NULL);

  return self->index;
}

/**
 * kvar_go_dialog_refresh:
 *
 * Finds what is typed again, as when there is more in the index.
 */
void
kvar_go_dialog_refresh (KvarGoDialog *self)
{
  g_autoptr(GPtrArray) found = NULL;

  g_return_if_fail (KVAR_IS_GO_DIALOG (self));

  if (self->index == NULL)
    return;

  found = kvar_go_index_find (self->index, gtk_editable_get_text (GTK_EDITABLE (self->entry)),
                              MAX_SHOWN);
  g_list_store_splice (self->found, 0, get_n_found (self), found->pdata, found->len);
  if (found->len > 0)
    choose (self, 0);
  else
    update_status (self);
}
