/* kvar-reference-picker.c: the records a field can link to, found by typing
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-reference-picker"

#include "config.h"

#include <glib/gi18n.h>

#include "kvar-clock.h"
#include "kvar-error-text.h"
#include "kvar-reference-known.h"
#include "kvar-reference-picker.h"
#include "records/kvar-record-list.h"

/* The server is asked when the person has paused for this long. What was seen here already is
 * there with the keystroke. */
#define TYPING_PAUSE (200 * G_TIME_SPAN_MILLISECOND)

/* Who has typed enough to choose does not look through more. */
#define MOST_FOUND_HERE 50

/* A list of a million rows is not gone through, only where it begins. */
#define MOST_SEEN 5000

struct _KvarReferencePicker
{
  GtkPopover          parent_instance;

  KvarWorkspace      *workspace;
  KvarTable          *table;
  KvarColumn         *column;       /* what the link holds, owned by table */
  KvarReferenceKnown *known;
  GListStore         *found_here;   /* (nullable) what answers the text and was seen: comes first */
  GHashTable         *here;         /* links to these, which the server's answer is not to repeat */
  KvarRecordList     *list;         /* (nullable) until first opened */
  GListModel         *shown;        /* found_here, and the rest of list */
  GtkSingleSelection *selection;
  guint               typing_timer;

  GtkSearchEntry     *entry;
  GtkStack           *stack;
  GtkScrolledWindow  *scrolled;
  GtkListView        *view;
  GtkLabel           *message;
  GtkWidget          *create_button;
};

enum {
  PICKED,
  CREATE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KvarReferencePicker, kvar_reference_picker, GTK_TYPE_POPOVER)

static KvarSession *
get_session (KvarReferencePicker *self)
{
  return kvar_workspace_get_session (self->workspace);
}

static const char *
get_typed (KvarReferencePicker *self)
{
  return gtk_editable_get_text (GTK_EDITABLE (self->entry));
}

static guint
get_n_shown (KvarReferencePicker *self)
{
  return self->shown != NULL ? g_list_model_get_n_items (self->shown) : 0;
}

static void
update_stack (KvarReferencePicker *self)
{
  const GError *error;
  g_autofree char *sentence = NULL;

  if (self->list == NULL || get_n_shown (self) > 0)
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
list_changed_cb (KvarReferencePicker *self,
                 guint                position,
                 guint                n_removed,
                 guint                n_added,
                 GListModel          *list)
{
  kvar_reference_known_add (self->known, list, position, n_added);
  update_stack (self);
}

/* Whether the server's row is not there already. Nothing that is looked at moves when the server
 * has answered: its rows come after those that were found here. */
static gboolean
is_news (gpointer item,
         gpointer user_data)
{
  KvarReferencePicker *self = user_data;
  g_autoptr(KvarValue) link = kvar_record_get_value (item, self->column);

  return link == NULL || kvar_value_is_null (link) ||
         !g_hash_table_contains (self->here, kvar_value_get_text (link));
}

static void
show_models (KvarReferencePicker *self)
{
  GtkFilter *filter = GTK_FILTER (gtk_custom_filter_new (is_news, self, NULL));
  GListStore *parts = g_list_store_new (G_TYPE_LIST_MODEL);
  g_autoptr(GtkFilterListModel) rest = NULL;

  g_list_store_append (parts, self->found_here);
  rest = gtk_filter_list_model_new (self->list != NULL ? g_object_ref (G_LIST_MODEL (self->list))
                                                       : NULL, filter);
  g_list_store_append (parts, rest);

  g_clear_object (&self->shown);
  self->shown = G_LIST_MODEL (gtk_flatten_list_model_new (G_LIST_MODEL (parts)));
  gtk_single_selection_set_model (self->selection, self->shown);
}

static void
drop_list (KvarReferencePicker *self)
{
  if (self->list == NULL)
    return;

  g_signal_handlers_disconnect_by_data (self->list, self);
  kvar_record_list_cancel (self->list);
  g_clear_object (&self->list);
}

/* Without anything typed, the server's order says more than what happened to be seen. */
static void
find_here (KvarReferencePicker *self)
{
  const char *typed = get_typed (self);
  g_autoptr(GPtrArray) found = NULL;

  drop_list (self);
  /* Another one: for the view, no row may be in two places at any time. */
  g_clear_object (&self->found_here);
  self->found_here = g_list_store_new (KVAR_TYPE_RECORD);
  g_hash_table_remove_all (self->here);
  if (*typed != '\0')
    found = kvar_reference_known_find (self->known, typed, MOST_FOUND_HERE);

  for (guint i = 0; found != NULL && i < found->len; i++)
    {
      KvarRecord *record = g_ptr_array_index (found, i);
      g_autoptr(KvarValue) link = kvar_record_get_value (record, self->column);

      g_list_store_append (self->found_here, record);
      g_hash_table_add (self->here, g_strdup (kvar_value_get_text (link)));
    }
  show_models (self);
  update_stack (self);
}

static void
ask_server (KvarReferencePicker *self)
{
  KvarColumn *label = kvar_table_get_label_column (self->table);
  const char *columns[] = {
    kvar_column_get_name (self->column), label != NULL ? kvar_column_get_name (label) : NULL, NULL
  };
  g_autoptr(KvarQuery) plain = kvar_query_new ();
  g_autoptr(KvarQuery) query = kvar_query_with_search (plain, get_typed (self));
  g_autoptr(KvarQuery) ordered =
    label != NULL ? kvar_query_with_column_order (query, kvar_column_get_name (label), FALSE)
                  : kvar_query_ref (query);

  drop_list (self);
  self->list = kvar_record_list_new (get_session (self), self->table, ordered, columns);
  if (*get_typed (self) == '\0')
    kvar_record_list_set_cache (self->list, kvar_workspace_get_cache (self->workspace));
  g_signal_connect_object (self->list, "notify", G_CALLBACK (update_stack), self,
                           G_CONNECT_SWAPPED);
  show_models (self);
  g_signal_connect_object (self->list, "items-changed", G_CALLBACK (list_changed_cb), self,
                           G_CONNECT_SWAPPED);
  kvar_record_list_load_more (self->list);
  update_stack (self);
}

static void
paused_cb (gpointer user_data)
{
  KvarReferencePicker *self = user_data;

  self->typing_timer = 0;
  ask_server (self);
}

static void
stop_timer (KvarReferencePicker *self)
{
  if (self->typing_timer != 0)
    kvar_clock_remove_timer (kvar_session_get_clock (get_session (self)), self->typing_timer);
  self->typing_timer = 0;
}

static void
typed_cb (KvarReferencePicker *self)
{
  if (!gtk_widget_get_visible (GTK_WIDGET (self)))
    return;

  stop_timer (self);
  find_here (self);
  if (*get_typed (self) == '\0')
    {
      ask_server (self);
      return;
    }
  self->typing_timer = kvar_clock_add_timer (kvar_session_get_clock (get_session (self)),
                                             TYPING_PAUSE, paused_cb, self);
}

static void
pick (KvarReferencePicker *self,
      guint                position)
{
  g_autoptr(KvarRecord) record = NULL;

  if (position >= get_n_shown (self))
    return;

  record = g_list_model_get_item (self->shown, position);
  if (record == NULL)
    return;

  gtk_popover_popdown (GTK_POPOVER (self));
  g_signal_emit (self, signals[PICKED], 0, record);
}

static void
create_clicked_cb (KvarReferencePicker *self)
{
  gtk_popover_popdown (GTK_POPOVER (self));
  g_signal_emit (self, signals[CREATE], 0, get_typed (self));
}

/* Enter chooses; where nothing is there to be chosen it asks at once, and then it creates. */
static void
activated_cb (KvarReferencePicker *self)
{
  guint position = gtk_single_selection_get_selected (self->selection);

  if (get_n_shown (self) > 0)
    {
      pick (self, position != GTK_INVALID_LIST_POSITION ? position : 0);
    }
  else if (self->typing_timer != 0)
    {
      stop_timer (self);
      ask_server (self);
    }
  else if (gtk_widget_get_visible (self->create_button) && self->list != NULL &&
           kvar_record_list_get_complete (self->list))
    {
      create_clicked_cb (self);
    }
}

static void
row_activated_cb (KvarReferencePicker *self,
                  guint                position,
                  GtkListView         *view)
{
  pick (self, position);
}

static void
load_more_at (KvarReferencePicker *self,
              guint                position)
{
  if (self->list != NULL && position + 20 > get_n_shown (self) &&
      !kvar_record_list_get_complete (self->list))
    kvar_record_list_load_more (self->list);
}

/* Up and Down choose in the list while the text is typed; what can be created comes last. */
static gboolean
key_pressed_cb (KvarReferencePicker   *self,
                guint                  keyval,
                guint                  keycode,
                GdkModifierType        state,
                GtkEventControllerKey *controller)
{
  guint position = gtk_single_selection_get_selected (self->selection);
  guint n = get_n_shown (self);

  if (keyval == GDK_KEY_Down && (n == 0 || position + 1 >= n) &&
      gtk_widget_get_visible (self->create_button))
    return gtk_widget_grab_focus (self->create_button);
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
  load_more_at (self, position);

  return GDK_EVENT_STOP;
}

/* Up goes back from what comes last to the text and its list. */
static gboolean
create_key_pressed_cb (KvarReferencePicker   *self,
                       guint                  keyval,
                       guint                  keycode,
                       GdkModifierType        state,
                       GtkEventControllerKey *controller)
{
  if (keyval != GDK_KEY_Up && keyval != GDK_KEY_KP_Up)
    return GDK_EVENT_PROPAGATE;

  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
  gtk_editable_set_position (GTK_EDITABLE (self->entry), -1);

  return GDK_EVENT_STOP;
}

static void
edge_reached_cb (KvarReferencePicker *self,
                 GtkPositionType      edge,
                 GtkScrolledWindow   *scrolled)
{
  if (edge == GTK_POS_BOTTOM)
    load_more_at (self, get_n_shown (self));
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

  if (self->workspace != NULL)
    stop_timer (self);
  drop_list (self);
  if (self->selection != NULL)
    gtk_single_selection_set_model (self->selection, NULL);
  g_clear_object (&self->shown);
  g_clear_object (&self->selection);
  g_clear_object (&self->workspace);

  G_OBJECT_CLASS (kvar_reference_picker_parent_class)->dispose (object);
}

static void
kvar_reference_picker_finalize (GObject *object)
{
  KvarReferencePicker *self = KVAR_REFERENCE_PICKER (object);

  g_clear_pointer (&self->known, kvar_reference_known_free);
  g_clear_pointer (&self->here, g_hash_table_unref);
  g_clear_object (&self->found_here);
  g_clear_object (&self->table);

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

  /* A record that is not there is wanted, with the text that was typed to find it. */
  signals[CREATE] =
    g_signal_new ("create", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/kvarapp/Kvar/widgets/kvar-reference-picker.ui");
  gtk_widget_class_bind_template_child (widget_class, KvarReferencePicker, entry);
  gtk_widget_class_bind_template_child (widget_class, KvarReferencePicker, stack);
  gtk_widget_class_bind_template_child (widget_class, KvarReferencePicker, scrolled);
  gtk_widget_class_bind_template_child (widget_class, KvarReferencePicker, view);
  gtk_widget_class_bind_template_child (widget_class, KvarReferencePicker, message);
  gtk_widget_class_bind_template_child (widget_class, KvarReferencePicker, create_button);
  gtk_widget_class_bind_template_callback (widget_class, create_clicked_cb);
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
  GtkEventController *create_keys = gtk_event_controller_key_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  self->here = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  g_signal_connect (factory, "setup", G_CALLBACK (setup_row_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_row_cb), NULL);
  gtk_list_view_set_factory (self->view, factory);

  self->selection = gtk_single_selection_new (NULL);
  gtk_list_view_set_model (self->view, GTK_SELECTION_MODEL (self->selection));

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->entry), keys);
  g_signal_connect_swapped (create_keys, "key-pressed", G_CALLBACK (create_key_pressed_cb), self);
  gtk_widget_add_controller (self->create_button, create_keys);
  g_signal_connect_swapped (self->scrolled, "edge-reached", G_CALLBACK (edge_reached_cb), self);
}

/**
 * kvar_reference_picker_new:
 * @table: whose records can be chosen
 * @column: of @table, what the link holds
 */
GtkWidget *
kvar_reference_picker_new (KvarWorkspace *workspace,
                           KvarTable     *table,
                           const char    *column)
{
  KvarReferencePicker *self;

  g_return_val_if_fail (KVAR_IS_WORKSPACE (workspace), NULL);
  g_return_val_if_fail (KVAR_IS_TABLE (table), NULL);

  self = g_object_new (KVAR_TYPE_REFERENCE_PICKER, NULL);
  self->workspace = g_object_ref (workspace);
  self->table = g_object_ref (table);
  self->column = kvar_table_find_column (table, column);
  self->known = kvar_reference_known_new (table, column);

  return GTK_WIDGET (self);
}

/**
 * kvar_reference_picker_open:
 * @typed: (nullable): what has been typed already
 * @can_create: whether a record that is not there can be made from here
 */
void
kvar_reference_picker_open (KvarReferencePicker *self,
                            const char          *typed,
                            gboolean             can_create)
{
  KvarRecordList *seen;

  g_return_if_fail (KVAR_IS_REFERENCE_PICKER (self));

  seen = kvar_workspace_get_list (self->workspace, kvar_table_get_name (self->table));
  if (seen != NULL)
    kvar_reference_known_add (self->known, G_LIST_MODEL (seen), 0,
                              MIN (g_list_model_get_n_items (G_LIST_MODEL (seen)), MOST_SEEN));

  gtk_widget_set_visible (self->create_button, can_create);
  gtk_editable_set_text (GTK_EDITABLE (self->entry), typed != NULL ? typed : "");
  gtk_popover_popup (GTK_POPOVER (self));
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
  gtk_editable_set_position (GTK_EDITABLE (self->entry), -1);
  stop_timer (self);
  find_here (self);
  ask_server (self);
}
