/* kvar-record-page-functions.c: what can be done with a record, as the project's owner set up
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A function that acts on a record runs once: when its answer is lost, a person looks before it
 * is run again. A call outlives its page; what it has to say then is a toast.
 */

#define G_LOG_DOMAIN "kvar-record-page"

#include "config.h"

#include <glib/gi18n.h>

#include "functions/kvar-function-bind.h"
#include "functions/kvar-function-call.h"
#include "kvar-error-text.h"
#include "kvar-error.h"
#include "kvar-record-page-private.h"

typedef struct
{
  KvarRecordPage *page;         /* (nullable) weak */
  KvarWorkspace  *workspace;
  KvarFunction   *function;
  KvarDraft      *parameters;
  char           *table;
  char           *key;
  char           *sentence;     /* (nullable) what came of it */
  gboolean        problem;
  gulong          held_id;      /* waits for somebody to sign in */
} Call;

static void send_call (Call *call);

static void
call_free (Call *call)
{
  g_clear_signal_handler (&call->held_id, kvar_workspace_get_session (call->workspace));
  g_clear_weak_pointer (&call->page);
  g_clear_object (&call->workspace);
  g_clear_object (&call->function);
  g_clear_object (&call->parameters);
  g_free (call->table);
  g_free (call->key);
  g_free (call->sentence);
  g_free (call);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Call, call_free)

static const char *
get_key (KvarRecordPage *self)
{
  return kvar_route_get_key (kvar_page_get_route (KVAR_PAGE (self)));
}

static Call *
call_new (KvarRecordPage *self,
          KvarFunction   *function)
{
  g_autoptr(KvarTable) parameters = kvar_function_make_parameters (function);
  Call *call = g_new0 (Call, 1);

  g_set_weak_pointer (&call->page, self);
  call->workspace = g_object_ref (kvar_page_get_workspace (KVAR_PAGE (self)));
  call->function = g_object_ref (function);
  call->parameters = kvar_draft_new (parameters, NULL);
  call->table = g_strdup (kvar_table_get_name (self->table));
  call->key = g_strdup (get_key (self));

  return call;
}

/* Whether the person still looks at the record that the call is about. */
static gboolean
is_in_view (Call *call)
{
  return call->page != NULL && call->page->table != NULL &&
         g_strcmp0 (kvar_table_get_name (call->page->table), call->table) == 0 &&
         g_strcmp0 (get_key (call->page), call->key) == 0;
}

static void
show_call (KvarRecordPage *self,
           const char     *sentence)
{
  g_free (self->call_key);
  self->call_key = g_strdup (get_key (self));
  gtk_label_set_label (self->call_label, sentence != NULL ? sentence : "");
  gtk_widget_set_visible (GTK_WIDGET (self->call_label), sentence != NULL);
}

/* Beside Save where the record is in view, else where the person is by now. */
static void
tell (Call       *call,
      const char *sentence,
      gboolean    problem)
{
  if (is_in_view (call) && problem)
    {
      kvar_record_page_set_problem (call->page, sentence);
      show_call (call->page, NULL);
    }
  else if (is_in_view (call))
    {
      show_call (call->page, sentence);
    }
  else if (call->page != NULL)
    {
      gtk_widget_activate_action (GTK_WIDGET (call->page), "win.toast", "s", sentence);
    }
}

static char *
describe_result (Call               *call,
                 KvarFunctionResult *result)
{
  const char *title = kvar_function_get_title (call->function);
  KvarValue *value = kvar_function_result_get_value (result);
  g_autofree char *text = NULL;

  if (value == NULL || kvar_value_is_null (value))
    /* Translators: %s is what was done, such as "Mark as looked at". */
    return g_strdup_printf (_("“%s” is done."), title);

  text = kvar_value_to_display (value);
  /* Translators: what was done, such as "Mark as looked at", and what came of it. */
  return g_strdup_printf (_("%1$s: %2$s"), title, text);
}

static void
release (Call *call)
{
  kvar_function_runs_release (kvar_workspace_get_runs (call->workspace), call->table, call->key);
  if (is_in_view (call))
    kvar_record_page_update_actions (call->page);
}

static void
reloaded_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(Call) call = user_data;
  g_autoptr(KvarRecord) record = NULL;
  g_autoptr(KvarDraft) draft = NULL;
  g_autoptr(GError) error = NULL;

  record = kvar_store_load_finish (KVAR_STORE (object), result, &error);
  if (record != NULL)
    draft = kvar_draft_store_open (kvar_workspace_get_drafts (call->workspace),
                                   kvar_record_get_table (record), call->key, record);
  else
    g_debug ("The record is not read again: %s", error->message);

  release (call);
  if (is_in_view (call))
    kvar_record_page_update_title (call->page);
  tell (call, call->sentence, call->problem);
}

/* Takes the call over. The record says what came of it, also where the answer was lost. */
static void
end_call (Call *call)
{
  KvarSchema *schema = kvar_workspace_get_schema (call->workspace);
  KvarTable *table = schema != NULL ? kvar_schema_find_table (schema, call->table) : NULL;

  if (table == NULL)
    {
      release (call);
      tell (call, call->sentence, call->problem);
      call_free (call);
      return;
    }

  kvar_store_load_async (kvar_workspace_get_store (call->workspace), table, call->key, NULL,
                         reloaded_cb, call);
}

static void
session_changed_cb (Call *call)
{
  KvarSession *session = kvar_workspace_get_session (call->workspace);

  if (!kvar_session_is_usable (session))
    return;

  g_clear_signal_handler (&call->held_id, session);
  if (is_in_view (call) &&
      g_strcmp0 (kvar_session_get_user_id (session),
                 kvar_workspace_get_user_id (call->workspace)) == 0)
    {
      send_call (call);
      return;
    }

  release (call);
  call_free (call);
}

/* It was not run: the session was over before. */
static void
hold_for_sign_in (Call *call)
{
  tell (call, _("Runs when you've signed in."), FALSE);
  call->held_id = g_signal_connect_swapped (kvar_workspace_get_session (call->workspace),
                                            "notify::state", G_CALLBACK (session_changed_cb),
                                            call);
  gtk_widget_activate_action (GTK_WIDGET (call->page), "win.sign-in", NULL);
}

static void
called_cb (GObject      *object,
           GAsyncResult *async_result,
           gpointer      user_data)
{
  g_autoptr(Call) call = user_data;
  g_autoptr(KvarFunctionResult) result = NULL;
  g_autoptr(GError) error = NULL;

  result = kvar_function_call_finish (KVAR_SESSION (object), async_result, &error);
  if (g_error_matches (error, KVAR_ERROR, KVAR_ERROR_SIGNED_OUT) && is_in_view (call))
    {
      hold_for_sign_in (g_steal_pointer (&call));
      return;
    }

  call->sentence = result != NULL ? describe_result (call, result) : kvar_error_text (error);
  call->problem = result == NULL;
  end_call (g_steal_pointer (&call));
}

/* Takes the call over. No cancellable: what has begun is not given up when its page goes. */
static void
send_call (Call *call)
{
  g_autoptr(GPtrArray) arguments = kvar_draft_list_changes (call->parameters);
  g_autofree char *sentence = NULL;

  /* Translators: %s is what is being done, such as "Mark as looked at". */
  sentence = g_strdup_printf (_("Running “%s”…"), kvar_function_get_title (call->function));
  if (is_in_view (call))
    kvar_record_page_set_problem (call->page, NULL);
  tell (call, sentence, FALSE);

  kvar_function_call_async (kvar_workspace_get_session (call->workspace), call->function, NULL,
                            arguments, NULL, called_cb, call);
}

/* Takes the call over. At most one at a time for each record, whichever window asked. */
static void
begin_call (Call *call_in)
{
  g_autoptr(Call) call = call_in;

  if (!kvar_function_runs_claim (kvar_workspace_get_runs (call->workspace),
                                 call->table, call->key))
    {
      tell (call, _("Something is already running for this record."), FALSE);
      return;
    }

  if (call->page != NULL)
    kvar_record_page_update_actions (call->page);
  send_call (g_steal_pointer (&call));
}

static void
response_cb (AdwMessageDialog *dialog,
             const char       *response,
             gpointer          user_data)
{
  Call **call = user_data;
  GtkWidget *form = adw_message_dialog_get_extra_child (dialog);

  if (g_strcmp0 (response, "run") != 0)
    return;

  if (form != NULL)
    kvar_form_commit (KVAR_FORM (form));
  if (kvar_function_is_ready ((*call)->parameters))
    begin_call (g_steal_pointer (call));
}

static void
parameters_changed_cb (AdwMessageDialog *dialog,
                       KvarColumn       *column,
                       KvarDraft        *parameters)
{
  adw_message_dialog_set_response_enabled (dialog, "run", kvar_function_is_ready (parameters));
}

static void
dialog_gone (gpointer  data,
             GClosure *closure)
{
  Call **call = data;

  g_clear_pointer (call, call_free);
  g_free (call);
}

static char *
dup_question (KvarRecordPage *self,
              KvarFunction   *function)
{
  const char *help = kvar_function_get_help (function);
  g_autofree char *record = kvar_record_get_title (kvar_draft_get_base (self->draft));
  g_autofree char *what = NULL;

  /* Translators: the title of a record, and of its table, such as "Jobs". */
  what = g_strdup_printf (_("This is done to one record: “%1$s” in %2$s."), record,
                          kvar_table_get_title (self->table));

  return help != NULL ? g_strconcat (help, "\n\n", what, NULL) : g_steal_pointer (&what);
}

/* Says what will be done, and to what; asks for what the function still wants to know. */
static void
ask (KvarRecordPage *self,
     Call           *call_in)
{
  Call **call = g_new0 (Call *, 1);
  GtkWidget *dialog = adw_message_dialog_new (
    GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
    kvar_function_get_title (call_in->function), NULL);
  g_autofree char *question = dup_question (self, call_in->function);

  *call = call_in;
  adw_message_dialog_set_body (ADW_MESSAGE_DIALOG (dialog), question);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog),
                                    "cancel", _("_Cancel"),
                                    "run", _("_Run"),
                                    NULL);
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_response_enabled (ADW_MESSAGE_DIALOG (dialog), "run",
                                           kvar_function_is_ready ((*call)->parameters));

  if (kvar_function_count_open ((*call)->parameters) > 0)
    {
      GtkWidget *form = g_object_new (KVAR_TYPE_FORM, NULL);

      kvar_form_set_draft (KVAR_FORM (form), (*call)->parameters, (*call)->workspace);
      adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), form);
      g_signal_connect_object ((*call)->parameters, "column-changed",
                               G_CALLBACK (parameters_changed_cb), dialog, G_CONNECT_SWAPPED);
    }

  g_signal_connect_data (dialog, "response", G_CALLBACK (response_cb), call, dialog_gone, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

/**
 * kvar_record_page_call:
 * @name: a function's
 *
 * Runs what acts on the record that is shown, after asking where its owner or its parameters
 * want that.
 */
void
kvar_record_page_call (KvarRecordPage *self,
                       const char     *name)
{
  KvarSchema *schema = kvar_workspace_get_schema (kvar_page_get_workspace (KVAR_PAGE (self)));
  KvarFunction *function = schema != NULL ? kvar_schema_find_function (schema, name) : NULL;
  g_autoptr(Call) call = NULL;

  if (function == NULL || self->draft == NULL || kvar_draft_is_new (self->draft))
    return;

  call = call_new (self, function);
  if (!kvar_function_bind_record (call->parameters, kvar_draft_get_base (self->draft)))
    {
      tell (call, _("This can't be done with this record. Tell your administrator."), TRUE);
      return;
    }

  if (kvar_function_get_confirm (function) || kvar_function_count_open (call->parameters) > 0)
    ask (self, g_steal_pointer (&call));
  else
    begin_call (g_steal_pointer (&call));
}

static char *
escape_mnemonic (const char *title)
{
  g_auto(GStrv) parts = g_strsplit (title, "_", -1);

  return g_strjoinv ("__", parts);
}

/* The menu follows the schema. */
void
kvar_record_page_update_functions (KvarRecordPage *self)
{
  KvarWorkspace *workspace = kvar_page_get_workspace (KVAR_PAGE (self));
  KvarSchema *schema = kvar_workspace_get_schema (workspace);
  g_autoptr(GPtrArray) functions = NULL;
  gboolean can_call = self->draft != NULL && !kvar_draft_is_new (self->draft) &&
                      self->table != NULL && get_key (self) != NULL &&
                      !kvar_function_runs_is_claimed (kvar_workspace_get_runs (workspace),
                                                      kvar_table_get_name (self->table),
                                                      get_key (self));
  GAction *action = g_action_map_lookup_action (kvar_page_get_actions (KVAR_PAGE (self)),
                                                "call-function");

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), can_call);
  if (g_strcmp0 (self->call_key, get_key (self)) != 0)
    show_call (self, NULL);
  if (schema == NULL || self->table == NULL || !g_set_object (&self->functions_schema, schema))
    return;

  g_menu_remove_all (self->functions_section);
  functions = kvar_schema_list_actions (schema, kvar_table_get_name (self->table));
  for (guint i = 0; i < functions->len; i++)
    {
      KvarFunction *function = g_ptr_array_index (functions, i);
      g_autofree char *label = escape_mnemonic (kvar_function_get_title (function));
      g_autofree char *ellipsis = NULL;
      g_autoptr(GMenuItem) item = NULL;

      if (kvar_function_get_confirm (function))
        ellipsis = g_strconcat (label, "…", NULL);
      item = g_menu_item_new (ellipsis != NULL ? ellipsis : label, NULL);
      g_menu_item_set_action_and_target (item, "page.call-function", "s",
                                         kvar_function_get_name (function));
      g_menu_append_item (self->functions_section, item);
    }
}
