/* kvar-reference-picker.c: the records a field can link to, found by typing
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-reference-picker"

#include "config.h"

#include <glib/gi18n.h>

#include "kvar-clock.h"
#include "kvar-error-text.h"
#include "kvar-reference-picker.h"
#include "records/kvar-record-list.h"

/* The server is asked when the person has paused for this long. */
#define TYPING_PAUSE (200 * G_TIME_SPAN_MILLISECOND)

struct _KvarReferencePicker
{
  GtkPopover          parent_instance;

  KvarSession        *session;
  KvarTable          *table;
  char               *column;       /* what the link holds, of table */
  KvarRecordList     *list;         /* (nullable) until first opened */
  GtkSingleSelection *selection;
  guint               typing_timer;

  GtkSearchEntry     *entry;
  GtkStack           *stack;
  GtkScrolledWindow  *scrolled;
  GtkListView        *view;
  GtkLabel           *message;
};

enum {
  PICKED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KvarReferencePicker, kvar_reference_picker, GTK_TYPE_POPOVER)

static void
update_stack (KvarReferencePicker *self)
{
  const GError *error;
  g_autofree char *sentence = NULL;

  if (self->list == NULL || g_list_model_get_n_items (G_LIST_MODEL (self->list)) > 0)
    {
      gtk_stack_set_visible_child_name (self->stack, "list");
      return;
    }

  error = kvar_record_list_get_error (self->list);
  if (error != NULL)
    sentence = kvar_error_text (error);
  else if (kvar_record_list_get_loading (self->list))
    sentence = g_strdup (_("Loading…"));
  else
    sentence = g_strdup (_("No records found."));

  gtk_label_set_label (self->message, sentence);
  gtk_stack_set_visible_child_name (self->stack, "message");
}

static void
search (KvarReferencePicker *self)
{
  KvarColumn *label = kvar_table_get_label_column (self->table);
  const char *columns[] = {
    self->column, label != NULL ? kvar_column_get_name (label) : NULL, NULL
  };
  g_autoptr(KvarQuery) plain = kvar_query_new ();
  g_autoptr(KvarQuery) query =
    kvar_query_with_search (plain, gtk_editable_get_text (GTK_EDITABLE (self->entry)));
  g_autoptr(KvarQuery) ordered =
    label != NULL ? kvar_query_with_column_order (query, kvar_column_get_name (label), FALSE)
                  : kvar_query_ref (query);

  if (self->list != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->list, self);
      kvar_record_list_cancel (self->list);
    }
  g_clear_object (&self->list);

  self->list = kvar_record_list_new (self->session, self->table, ordered, columns);
  g_signal_connect_object (self->list, "notify", G_CALLBACK (update_stack), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->list, "items-changed", G_CALLBACK (update_stack), self,
                           G_CONNECT_SWAPPED);
  gtk_single_selection_set_model (self->selection, G_LIST_MODEL (self->list));
  kvar_record_list_load_more (self->list);
  update_stack (self);
}

static void
paused_cb (gpointer user_data)
{
  KvarReferencePicker *self = user_data;

  self->typing_timer = 0;
  search (self);
}

static void
stop_timer (KvarReferencePicker *self)
{
  if (self->typing_timer != 0)
    kvar_clock_remove_timer (kvar_session_get_clock (self->session), self->typing_timer);
  self->typing_timer = 0;
}

static void
typed_cb (KvarReferencePicker *self)
{
  if (!gtk_widget_get_visible (GTK_WIDGET (self)))
    return;

  stop_timer (self);
  self->typing_timer = kvar_clock_add_timer (kvar_session_get_clock (self->session),
                                             TYPING_PAUSE, paused_cb, self);
}

static void
pick (KvarReferencePicker *self,
      guint                position)
{
  g_autoptr(KvarRecord) record = NULL;

  if (self->list == NULL)
    return;

  record = g_list_model_get_item (G_LIST_MODEL (self->list), position);
  if (record == NULL)
    return;

  gtk_popover_popdown (GTK_POPOVER (self));
  g_signal_emit (self, signals[PICKED], 0, record);
}

static void
activated_cb (KvarReferencePicker *self)
{
  guint position = gtk_single_selection_get_selected (self->selection);

  /* What is shown answers an earlier text until the pause is over. */
  if (self->typing_timer != 0)
    {
      stop_timer (self);
      search (self);
    }
  else
    {
      pick (self, position != GTK_INVALID_LIST_POSITION ? position : 0);
    }
}

static void
row_activated_cb (KvarReferencePicker *self,
                  guint                position,
                  GtkListView         *view)
{
  pick (self, position);
}

/* Up and Down choose in the list while the text is typed. */
static gboolean
key_pressed_cb (KvarReferencePicker   *self,
                guint                  keyval,
                guint                  keycode,
                GdkModifierType        state,
                GtkEventControllerKey *controller)
{
  guint position = gtk_single_selection_get_selected (self->selection);
  guint n = self->list != NULL ? g_list_model_get_n_items (G_LIST_MODEL (self->list)) : 0;

  if (n == 0)
    return GDK_EVENT_PROPAGATE;

  if (keyval == GDK_KEY_Down && position + 1 < n)
    position++;
  else if (keyval == GDK_KEY_Up && position > 0)
    position--;
  else
    return GDK_EVENT_PROPAGATE;

  gtk_single_selection_set_selected (self->selection, position);
  gtk_widget_activate_action (GTK_WIDGET (self->view), "list.scroll-to-item", "u", position);
  if (position + 20 > n && !kvar_record_list_get_complete (self->list))
    kvar_record_list_load_more (self->list);

  return GDK_EVENT_STOP;
}

static void
edge_reached_cb (KvarReferencePicker *self,
                 GtkPositionType      edge,
                 GtkScrolledWindow   *scrolled)
{
  if (edge == GTK_POS_BOTTOM && self->list != NULL &&
      !kvar_record_list_get_complete (self->list))
    kvar_record_list_load_more (self->list);
}

static void
setup_row_cb (GtkListItemFactory *factory,
              GtkListItem        *item)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_list_item_set_child (item, label);
}

static void
bind_row_cb (GtkListItemFactory *factory,
             GtkListItem        *item)
{
  KvarRecord *record = gtk_list_item_get_item (item);
  g_autofree char *title = kvar_record_get_title (record);

  gtk_label_set_label (GTK_LABEL (gtk_list_item_get_child (item)), title);
}

static void
kvar_reference_picker_dispose (GObject *object)
{
  KvarReferencePicker *self = KVAR_REFERENCE_PICKER (object);

  if (self->session != NULL)
    stop_timer (self);
  if (self->list != NULL)
    kvar_record_list_cancel (self->list);
  g_clear_object (&self->list);
  g_clear_object (&self->selection);
  g_clear_object (&self->session);
  g_clear_object (&self->table);

  G_OBJECT_CLASS (kvar_reference_picker_parent_class)->dispose (object);
}

static void
kvar_reference_picker_finalize (GObject *object)
{
  KvarReferencePicker *self = KVAR_REFERENCE_PICKER (object);

  g_clear_pointer (&self->column, g_free);

  G_OBJECT_CLASS (kvar_reference_picker_parent_class)->finalize (object);
}

static void
kvar_reference_picker_class_init (KvarReferencePickerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = kvar_reference_picker_dispose;
  object_class->finalize = kvar_reference_picker_finalize;

  /* The record that was chosen. */
  signals[PICKED] =
    g_signal_new ("picked", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL, G_TYPE_NONE, 1, KVAR_TYPE_RECORD);

  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/kvarapp/Kvar/widgets/kvar-reference-picker.ui");
  gtk_widget_class_bind_template_child (widget_class, KvarReferencePicker, entry);
  gtk_widget_class_bind_template_child (widget_class, KvarReferencePicker, stack);
  gtk_widget_class_bind_template_child (widget_class, KvarReferencePicker, scrolled);
  gtk_widget_class_bind_template_child (widget_class, KvarReferencePicker, view);
  gtk_widget_class_bind_template_child (widget_class, KvarReferencePicker, message);
  gtk_widget_class_bind_template_callback (widget_class, typed_cb);
  gtk_widget_class_bind_template_callback (widget_class, activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, gtk_popover_popdown);
}

static void
kvar_reference_picker_init (KvarReferencePicker *self)
{
  g_autoptr(GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_widget_init_template (GTK_WIDGET (self));

  g_signal_connect (factory, "setup", G_CALLBACK (setup_row_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_row_cb), NULL);
  gtk_list_view_set_factory (self->view, factory);

  self->selection = gtk_single_selection_new (NULL);
  gtk_list_view_set_model (self->view, GTK_SELECTION_MODEL (self->selection));

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->entry), keys);
  g_signal_connect_swapped (self->scrolled, "edge-reached", G_CALLBACK (edge_reached_cb), self);
}

/**
 * kvar_reference_picker_new:
 * @table: whose records can be chosen
 * @column: of @table, what the link holds
 */
GtkWidget *
kvar_reference_picker_new (KvarSession *session,
                           KvarTable   *table,
                           const char  *column)
{
  KvarReferencePicker *self;

  g_return_val_if_fail (KVAR_IS_SESSION (session), NULL);
  g_return_val_if_fail (KVAR_IS_TABLE (table), NULL);

  self = g_object_new (KVAR_TYPE_REFERENCE_PICKER, NULL);
  self->session = g_object_ref (session);
  self->table = g_object_ref (table);
  self->column = g_strdup (column);

  return GTK_WIDGET (self);
}

/**
 * kvar_reference_picker_open:
 * @typed: (nullable): what has been typed already
 */
void
kvar_reference_picker_open (KvarReferencePicker *self,
                            const char          *typed)
{
  g_return_if_fail (KVAR_IS_REFERENCE_PICKER (self));

  gtk_editable_set_text (GTK_EDITABLE (self->entry), typed != NULL ? typed : "");
  gtk_popover_popup (GTK_POPOVER (self));
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
  gtk_editable_set_position (GTK_EDITABLE (self->entry), -1);
  stop_timer (self);
  search (self);
}
