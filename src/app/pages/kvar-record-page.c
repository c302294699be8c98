/* kvar-record-page.c: one record in a form generated from its table
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-record-page"

#include "config.h"

#include <glib/gi18n.h>

#include "kvar-error-text.h"
#include "kvar-error.h"
#include "kvar-form-memory.h"
#include "kvar-record-page-private.h"
#include "records/kvar-draft-outcome.h"
#include "records/kvar-draft-refusal.h"
#include "records/kvar-record-list.h"
#include "widgets/kvar-session-bar.h"

/* The route key of a record that is not there yet, as in /records/jobs/new. */
#define NEW_KEY "new"

G_DEFINE_FINAL_TYPE (KvarRecordPage, kvar_record_page, KVAR_TYPE_PAGE)

static KvarWorkspace *
get_workspace (KvarRecordPage *self)
{
  return kvar_page_get_workspace (KVAR_PAGE (self));
}

static const char *
get_key (KvarRecordPage *self)
{
  KvarRoute *route = kvar_page_get_route (KVAR_PAGE (self));

  return kvar_route_get_place (route) == KVAR_PLACE_NEW_RECORD ? NULL : kvar_route_get_key (route);
}

/* The list that the record was opened from, for its neighbours. */
KvarRecordList *
kvar_record_page_get_list (KvarRecordPage *self)
{
  return kvar_workspace_get_list (get_workspace (self),
                                  kvar_route_get_name (kvar_page_get_route (KVAR_PAGE (self))));
}

gboolean
kvar_record_page_find_position (KvarRecordPage *self,
                                guint          *position)
{
  KvarRecordList *list = kvar_record_page_get_list (self);
  const char *key = get_key (self);

  return list != NULL && key != NULL && kvar_record_list_find_key (list, key, position);
}

static void
draft_changed_cb (KvarRecordPage *self)
{
  self->edited = TRUE;
  self->carried = FALSE;
  if (kvar_draft_get_changed (self->draft))
    {
      self->discarded = FALSE;
      self->typed = TRUE;
    }
  kvar_record_page_update_state (self);
  kvar_record_page_update_actions (self);
}

static void
set_draft (KvarRecordPage *self,
           KvarDraft      *draft)
{
  if (self->draft == draft)
    return;

  if (self->draft != NULL)
    {
      kvar_record_page_drop_carried (self);
      g_signal_handlers_disconnect_by_data (self->draft, self);
    }
  g_set_object (&self->draft, draft);
  self->carried = FALSE;
  self->gone = FALSE;
  self->denied = FALSE;
  self->partial = FALSE;
  self->discarded = FALSE;
  self->typed = FALSE;
  self->asked = FALSE;
  self->saved_at = 0;
  self->as_of = 0;
  self->n_rounds = 0;
  gtk_widget_set_visible (self->conflict_button, FALSE);
  kvar_changes_view_set_draft (self->changes, NULL);
  if (draft == NULL)
    return;

  kvar_draft_forget_outcome (draft);
  g_signal_connect_object (draft, "notify::state", G_CALLBACK (kvar_record_page_follow_draft),
                           self, G_CONNECT_SWAPPED);

  g_signal_connect_object (draft, "column-changed", G_CALLBACK (draft_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (draft, "notify::theirs",
                           G_CALLBACK (kvar_record_page_update_actions), self, G_CONNECT_SWAPPED);
}

static void
restore_pending (KvarRecordPage *self)
{
  g_autoptr(GVariant) state = g_steal_pointer (&self->pending_state);
  const char *column = NULL;
  int cursor = -1;
  double scroll;

  /* The next new record begins at its beginning, wherever the last one was left. */
  if (state == NULL || (get_key (self) == NULL && !kvar_draft_get_changed (self->draft)))
    return;

  if (g_variant_lookup (state, "field", "&s", &column))
    {
      g_variant_lookup (state, "cursor", "i", &cursor);
      kvar_form_focus_field (self->form, column, cursor);
    }
  if (g_variant_lookup (state, "scroll", "d", &scroll))
    gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scrolled), scroll);
}

/* The fields as this person may type in them, and why not where they may not. */
void
kvar_record_page_show_fields (KvarRecordPage *self)
{
  gboolean can_change = kvar_draft_is_new (self->draft) ? kvar_table_can_insert (self->table)
                                                        : kvar_table_can_update (self->table);

  self->denied = kvar_draft_is_denied (self->draft);
  self->partial = !kvar_draft_is_new (self->draft) &&
                  !kvar_record_is_complete (kvar_draft_get_base (self->draft));
  kvar_form_set_draft (self->form, self->draft, get_workspace (self));
  gtk_label_set_label (self->read_only_label,
                       self->denied ? _("The server doesn't let you change this record. What you "
                                        "typed is kept as a draft.")
                                    : _("You can read this record, but not change it."));
  gtk_widget_set_visible (GTK_WIDGET (self->read_only_label), !can_change || self->denied);
}

static void
show_draft (KvarRecordPage *self,
            KvarDraft      *draft)
{
  g_autofree char *column = g_steal_pointer (&self->focus_column);
  gboolean focus_waits;

  set_draft (self, draft);
  kvar_record_page_carry_over (self);
  kvar_record_page_show_fields (self);
  kvar_record_page_update_errand (self);
  focus_waits = kvar_load_status_has_focus (self->status);
  kvar_load_status_stop (self->status);
  gtk_stack_set_visible_child_name (self->stack, "form");

  kvar_record_page_update_title (self);
  kvar_record_page_update_state (self);
  kvar_record_page_update_actions (self);
  if (kvar_draft_get_state (draft) == KVAR_DRAFT_PARKED)
    kvar_record_page_show_attention (self);

  if (column != NULL)
    kvar_form_focus_field (self->form, column, -1);
  else if (focus_waits)
    kvar_form_focus_first (self->form);
  restore_pending (self);
}

static void
loaded_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(KvarRecordPage) self = user_data;
  g_autoptr(KvarRecord) record = NULL;
  g_autoptr(KvarDraft) draft = NULL;
  g_autoptr(GError) error = NULL;
  gboolean shown = g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "status") != 0;
  gboolean edited = self->edited;    /* more of the record is known, but nobody has typed */

  record = kvar_store_load_finish (KVAR_STORE (object), result, &error);
  /* Disposed, or gone on to another record whose own answer comes. */
  if (self->cancellable == NULL ||
      g_task_get_cancellable (G_TASK (result)) != self->cancellable)
    return;

  if (record == NULL && shown && !(self->as_of != 0 && kvar_cache_is_denial (error)))
    {
      g_autofree char *sentence = kvar_error_text_for_table (error, self->table);

      /* A refresh that failed: what is on the screen stays. */
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) &&
          !kvar_session_bar_tells (error))
        kvar_record_page_set_problem (self, sentence);
      self->gone = g_error_matches (error, KVAR_ERROR, KVAR_ERROR_GONE);
      kvar_record_page_update_state (self);
      return;
    }
  if (record == NULL)
    {
      gtk_stack_set_visible_child_name (self->stack, "status");
      kvar_record_page_show_error (self, error);
      return;
    }

  draft = kvar_draft_store_open (kvar_workspace_get_drafts (get_workspace (self)),
                                 self->table, get_key (self), record);
  if (self->partial)
    kvar_record_page_show_fields (self);
  self->edited = edited;
  if (draft != self->draft || !shown)
    show_draft (self, draft);
  else
    kvar_record_page_update_title (self);
  kvar_record_page_take_theirs (self, record);
  self->as_of = 0;
  kvar_record_page_update_state (self);
}

static void
load_behind (KvarRecordPage *self)
{
  KvarWorkspace *workspace = get_workspace (self);

  kvar_store_load_async (kvar_workspace_get_store (workspace), self->table, get_key (self),
                         self->cancellable, loaded_cb, g_object_ref (self));
}

/* The record as it was when it was last seen stands there until the server has answered. */
static void
show_kept_record (KvarRecordPage *self,
                  KvarCachedRows *rows)
{
  KvarWorkspace *workspace = get_workspace (self);
  g_autoptr(KvarDraft) draft = NULL;

  draft = kvar_draft_store_open (kvar_workspace_get_drafts (workspace), self->table,
                                 get_key (self), g_ptr_array_index (rows->records, 0));
  show_draft (self, draft);
  self->as_of = rows->loaded_at;
  kvar_record_page_update_state (self);
}

static void
found_kept_cb (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(KvarRecordPage) self = user_data;
  g_autoptr(KvarCachedRows) rows = NULL;
  g_autoptr(GError) error = NULL;

  rows = kvar_store_find_kept_finish (KVAR_STORE (object), result, &error);
  if (error != NULL || self->cancellable == NULL ||
      g_task_get_cancellable (G_TASK (result)) != self->cancellable)
    return;

  if (rows != NULL && self->draft == NULL)
    show_kept_record (self, rows);
  load_behind (self);
}

static void
start_load (KvarRecordPage *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();

  if (self->draft != NULL)
    load_behind (self);
  else
    kvar_store_find_kept_async (kvar_workspace_get_store (get_workspace (self)), self->table,
                                get_key (self), self->cancellable, found_kept_cb,
                                g_object_ref (self));
}

static void
show_loading (KvarRecordPage *self)
{
  kvar_load_status_show_loading (
    self->status, kvar_session_get_clock (kvar_workspace_get_session (get_workspace (self))));
  gtk_stack_set_visible_child_name (self->stack, "status");
}

static void
show_new (KvarRecordPage *self)
{
  KvarDraftStore *drafts = kvar_workspace_get_drafts (get_workspace (self));
  g_autoptr(KvarDraft) draft = kvar_draft_store_open (drafts, self->table, NEW_KEY, NULL);

  show_draft (self, draft);
}

/* A draft that was left is there at once, whatever the network does. */
static gboolean
show_kept_draft (KvarRecordPage *self)
{
  KvarDraftStore *drafts = kvar_workspace_get_drafts (get_workspace (self));
  KvarDraft *draft = kvar_draft_store_lookup (drafts, kvar_table_get_name (self->table),
                                              get_key (self));

  if (draft == NULL || !kvar_draft_get_changed (draft))
    return FALSE;

  show_draft (self, draft);

  return TRUE;
}

static void
begin (KvarRecordPage *self)
{
  kvar_record_page_update_title (self);
  kvar_record_page_update_actions (self);

  if (get_key (self) == NULL)
    {
      show_new (self);
      return;
    }

  if (!show_kept_draft (self))
    show_loading (self);
  start_load (self);
}

void
kvar_record_page_refresh (KvarRecordPage *self)
{
  if (self->table == NULL)
    {
      kvar_workspace_load_schema (get_workspace (self));
      show_loading (self);
    }
  else if (get_key (self) != NULL)
    {
      if (self->draft == NULL)
        show_loading (self);
      start_load (self);
    }
}

/* Called until the schema is there and knows the table. */
static void
find_table (KvarRecordPage *self)
{
  KvarWorkspace *workspace = get_workspace (self);
  KvarSchema *schema = kvar_workspace_get_schema (workspace);
  const char *name = kvar_route_get_name (kvar_page_get_route (KVAR_PAGE (self)));
  KvarTable *table = schema != NULL ? kvar_schema_find_table (schema, name) : NULL;

  if (self->table != NULL)
    return;

  if (table != NULL)
    {
      g_set_object (&self->table, table);
      g_signal_connect_object (table, "notify::title",
                               G_CALLBACK (kvar_record_page_update_title), self,
                               G_CONNECT_SWAPPED);
      begin (self);
    }
  else if (schema != NULL)
    {
      kvar_load_status_show_no_table (self->status, name);
    }
  else if (kvar_workspace_get_error (workspace) != NULL)
    {
      kvar_record_page_show_error (self, kvar_workspace_get_error (workspace));
    }
  else
    {
      show_loading (self);
    }
}

/* Goes on to a new record in this page. */
void
kvar_record_page_show_new (KvarRecordPage *self)
{
  g_autoptr(KvarRoute) route = kvar_route_new_new_record (kvar_table_get_name (self->table));

  g_clear_pointer (&self->focus_column, g_free);
  g_clear_pointer (&self->pending_state, g_variant_unref);
  kvar_record_page_set_problem (self, NULL);
  set_draft (self, NULL);
  kvar_page_set_route (KVAR_PAGE (self), route);
  begin (self);
}

/* Shows another record in this page: the history gets no step for each of two hundred. */
static void
show_record (KvarRecordPage *self,
             const char     *key)
{
  KvarField *field = kvar_form_get_last_field (self->form);
  g_autoptr(KvarRoute) route = NULL;

  if (field != NULL)
    {
      g_free (self->focus_column);
      self->focus_column = g_strdup (kvar_column_get_name (kvar_field_get_column (field)));
    }

  g_clear_pointer (&self->pending_state, g_variant_unref);
  kvar_record_page_set_problem (self, NULL);
  set_draft (self, NULL);
  kvar_record_page_update_state (self);

  route = kvar_route_new_record (kvar_table_get_name (self->table), key);
  kvar_page_set_route (KVAR_PAGE (self), route);
  begin (self);
}

void
kvar_record_page_step (KvarRecordPage *self,
                       int             by)
{
  KvarRecordList *list = kvar_record_page_get_list (self);
  g_autoptr(KvarRecord) record = NULL;
  g_autofree char *key = NULL;
  guint position;

  if (!kvar_record_page_find_position (self, &position) || (by < 0 && position == 0))
    return;

  record = g_list_model_get_item (G_LIST_MODEL (list), position + by);
  /* More rows are read well before they are reached. */
  kvar_record_list_set_view (list, position - MIN (position, 20), position + 20);
  if (record == NULL)
    return;

  key = kvar_record_get_key_string (record);
  if (key == NULL)
    return;

  if (self->draft != NULL)
    {
      kvar_record_page_save_behind (self);
      kvar_form_memory_set_last (get_workspace (self), self->draft);
    }
  show_record (self, key);
}

/* The line in which the draft may stand moves, or stops. */
static void
line_changed_cb (KvarRecordPage *self)
{
  kvar_record_page_update_state (self);
  kvar_record_page_update_actions (self);
}

static void
kvar_record_page_load (KvarPage *page)
{
  KvarRecordPage *self = KVAR_RECORD_PAGE (page);
  KvarWorkspace *workspace = kvar_page_get_workspace (page);

  g_signal_connect_object (workspace, "notify::schema", G_CALLBACK (find_table), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (workspace, "notify::error", G_CALLBACK (find_table), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (kvar_workspace_get_outbox (workspace), "notify",
                           G_CALLBACK (line_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (kvar_workspace_get_outbox (workspace), "sent",
                           G_CALLBACK (kvar_record_page_sent_cb), self, G_CONNECT_SWAPPED);
  kvar_record_page_update_title (self);
  find_table (self);
}

static GVariant *
kvar_record_page_save_state (KvarPage *page)
{
  KvarRecordPage *self = KVAR_RECORD_PAGE (page);
  KvarField *field = kvar_form_get_last_field (self->form);
  GVariantBuilder builder;
  double scroll;

  if (self->pending_state != NULL)
    return g_variant_ref (self->pending_state);

  g_variant_builder_init (&builder, G_VARIANT_TYPE_VARDICT);
  if (field != NULL)
    {
      const char *name = kvar_column_get_name (kvar_field_get_column (field));

      g_variant_builder_add (&builder, "{sv}", "field", g_variant_new_string (name));
      g_variant_builder_add (&builder, "{sv}", "cursor",
                             g_variant_new_int32 (kvar_field_get_cursor (field)));
    }
  scroll = gtk_adjustment_get_value (gtk_scrolled_window_get_vadjustment (self->scrolled));
  g_variant_builder_add (&builder, "{sv}", "scroll", g_variant_new_double (scroll));
  g_variant_builder_add (&builder, "{sv}", KVAR_PAGE_LOOK,
                         g_variant_new_strv ((const char *const *)self->pins, -1));

  return g_variant_builder_end (&builder);
}

static void
kvar_record_page_restore_state (KvarPage *page,
                                GVariant *state)
{
  KvarRecordPage *self = KVAR_RECORD_PAGE (page);
  g_autofree const char **pins = NULL;

  if (g_variant_lookup (state, KVAR_PAGE_LOOK, "^a&s", &pins))
    kvar_record_page_set_pins (self, pins);
  g_clear_pointer (&self->pending_state, g_variant_unref);
  self->pending_state = g_variant_ref (state);
  if (self->draft != NULL)
    restore_pending (self);
}

static gboolean
kvar_record_page_grab_default_focus (KvarPage *page)
{
  KvarRecordPage *self = KVAR_RECORD_PAGE (page);
  KvarField *last = kvar_form_get_last_field (self->form);

  if (last != NULL)
    {
      kvar_field_set_cursor (last, kvar_field_get_cursor (last));
      return TRUE;
    }

  if (kvar_form_focus_first (self->form))
    return TRUE;

  return gtk_widget_grab_focus (GTK_WIDGET (self->status));
}

/* What waits in line goes by itself. */
static void
kvar_record_page_session_resumed (KvarPage *page)
{
  KvarRecordPage *self = KVAR_RECORD_PAGE (page);

  if (self->draft == NULL && self->table != NULL)
    begin (self);
}

/* Another new record may have been begun, or this one for another, while nobody looked here. */
static void
kvar_record_page_map (GtkWidget *widget)
{
  KvarRecordPage *self = KVAR_RECORD_PAGE (widget);
  KvarDraft *meant = NULL;

  if (self->draft != NULL && get_key (self) == NULL)
    meant = kvar_draft_store_lookup (kvar_workspace_get_drafts (get_workspace (self)),
                                     kvar_table_get_name (self->table), NEW_KEY);
  if (meant != NULL && meant != self->draft)
    kvar_record_page_show_new (self);
  else if (self->draft != NULL)
    kvar_record_page_update_errand (self);

  GTK_WIDGET_CLASS (kvar_record_page_parent_class)->map (widget);
}

/* Leaving the record makes up somebody's mind about deleting it. */
static void
kvar_record_page_unmap (GtkWidget *widget)
{
  kvar_outbox_commit_deletes (kvar_workspace_get_outbox (
    kvar_page_get_workspace (KVAR_PAGE (widget))));

  GTK_WIDGET_CLASS (kvar_record_page_parent_class)->unmap (widget);
}

static void
kvar_record_page_dispose (GObject *object)
{
  KvarRecordPage *self = KVAR_RECORD_PAGE (object);

  kvar_record_page_drop_carried (self);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->pending_state, g_variant_unref);
  g_clear_pointer (&self->focus_column, g_free);
  g_clear_pointer (&self->call_key, g_free);
  g_clear_object (&self->functions_schema);
  g_clear_object (&self->draft);
  g_clear_object (&self->table);

  G_OBJECT_CLASS (kvar_record_page_parent_class)->dispose (object);
}

static void
kvar_record_page_finalize (GObject *object)
{
  g_strfreev (KVAR_RECORD_PAGE (object)->pins);

  G_OBJECT_CLASS (kvar_record_page_parent_class)->finalize (object);
}

static void
kvar_record_page_class_init (KvarRecordPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  KvarPageClass *page_class = KVAR_PAGE_CLASS (klass);

  object_class->dispose = kvar_record_page_dispose;
  object_class->finalize = kvar_record_page_finalize;

  widget_class->map = kvar_record_page_map;
  widget_class->unmap = kvar_record_page_unmap;

  page_class->load = kvar_record_page_load;
  page_class->save_state = kvar_record_page_save_state;
  page_class->restore_state = kvar_record_page_restore_state;
  page_class->grab_default_focus = kvar_record_page_grab_default_focus;
  page_class->session_resumed = kvar_record_page_session_resumed;

  g_type_ensure (KVAR_TYPE_CHANGES_VIEW);
  g_type_ensure (KVAR_TYPE_CONFLICT_VIEW);
  g_type_ensure (KVAR_TYPE_FORM);
  g_type_ensure (KVAR_TYPE_LOAD_STATUS);

  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/kvarapp/Kvar/pages/kvar-record-page.ui");
  gtk_widget_class_bind_template_child (widget_class, KvarRecordPage, stack);
  gtk_widget_class_bind_template_child (widget_class, KvarRecordPage, status);
  gtk_widget_class_bind_template_child (widget_class, KvarRecordPage, scrolled);
  gtk_widget_class_bind_template_child (widget_class, KvarRecordPage, form);
  gtk_widget_class_bind_template_child (widget_class, KvarRecordPage, conflict);
  gtk_widget_class_bind_template_child (widget_class, KvarRecordPage, changes);
  gtk_widget_class_bind_template_child (widget_class, KvarRecordPage, restored_box);
  gtk_widget_class_bind_template_child (widget_class, KvarRecordPage, restored_label);
  gtk_widget_class_bind_template_child (widget_class, KvarRecordPage, read_only_label);
  gtk_widget_class_bind_template_child (widget_class, KvarRecordPage, errand_label);
  gtk_widget_class_bind_template_child (widget_class, KvarRecordPage, state_label);
  gtk_widget_class_bind_template_child (widget_class, KvarRecordPage, kept_box);
  gtk_widget_class_bind_template_child (widget_class, KvarRecordPage, again_button);
  gtk_widget_class_bind_template_child (widget_class, KvarRecordPage, undo_button);
  gtk_widget_class_bind_template_child (widget_class, KvarRecordPage, conflict_button);
  gtk_widget_class_bind_template_child (widget_class, KvarRecordPage, others_button);
  gtk_widget_class_bind_template_child (widget_class, KvarRecordPage, unseen_button);
  gtk_widget_class_bind_template_child (widget_class, KvarRecordPage, problem_box);
  gtk_widget_class_bind_template_child (widget_class, KvarRecordPage, problem_label);
  gtk_widget_class_bind_template_child (widget_class, KvarRecordPage, position_label);
  gtk_widget_class_bind_template_child (widget_class, KvarRecordPage, save_button);
  gtk_widget_class_bind_template_child (widget_class, KvarRecordPage, call_label);
  gtk_widget_class_bind_template_child (widget_class, KvarRecordPage, functions_section);
  gtk_widget_class_bind_template_child (widget_class, KvarRecordPage, menu_button);
}

static void
kvar_record_page_init (KvarRecordPage *self)
{
  self->pins = g_new0 (char *, 1);
  gtk_widget_init_template (GTK_WIDGET (self));

  kvar_record_page_install_actions (self);
  kvar_record_page_take_undo_key (self);
  g_signal_connect (self, "notify::hushed", G_CALLBACK (kvar_record_page_update_state), NULL);
  g_signal_connect_object (self->form, "moved", G_CALLBACK (kvar_page_view_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (gtk_scrolled_window_get_vadjustment (self->scrolled), "value-changed",
                           G_CALLBACK (kvar_page_view_changed), self, G_CONNECT_SWAPPED);
}
