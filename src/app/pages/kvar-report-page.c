/* kvar-report-page.c: one report: what it is asked, and what it gives
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-report-page"

#include "config.h"

#include <glib/gi18n.h>

#include "kvar-error-text.h"
#include "kvar-error.h"
#include "kvar-workspace.h"
#include "pages/kvar-export-dialog.h"
#include "pages/kvar-report-page.h"
#include "records/kvar-body.h"
#include "schema/kvar-function-table.h"
#include "widgets/kvar-as-of-text.h"
#include "widgets/kvar-count-text.h"
#include "widgets/kvar-form.h"
#include "widgets/kvar-load-status.h"
#include "widgets/kvar-result-view.h"
#include "widgets/kvar-session-bar.h"

/* A run that takes longer gets a word that nobody has to wait for it. */
#define LONG_RUN (4 * KVAR_CLOCK_SECOND)

struct _KvarReportPage
{
  KvarPage        parent_instance;

  GtkStack       *stack;
  KvarLoadStatus *status;
  GtkWidget      *parameters;
  GtkLabel       *help_label;
  KvarForm       *form;
  KvarResultView *result_view;
  GtkWidget      *problem_box;
  GtkLabel       *problem_label;
  GtkLabel       *state_label;
  GtkLabel       *elapsed_label;
  GtkWidget      *cancel_button;

  KvarReport     *report;           /* (nullable) until the schema is there */
  GVariant       *pending_state;    /* (nullable) until the form is there */
  KvarClock      *clock;
  guint           timer;
  gboolean        asked;            /* the run under way was asked for on this page */
};

G_DEFINE_FINAL_TYPE (KvarReportPage, kvar_report_page, KVAR_TYPE_PAGE)

static void update (KvarReportPage *self);

static KvarWorkspace *
get_workspace (KvarReportPage *self)
{
  return kvar_page_get_workspace (KVAR_PAGE (self));
}

static void
stop_timer (KvarReportPage *self)
{
  if (self->timer != 0)
    kvar_clock_remove_timer (self->clock, self->timer);
  self->timer = 0;
}

static void
tick_cb (gpointer user_data)
{
  KvarReportPage *self = user_data;

  self->timer = 0;
  update (self);
}

static void
set_enabled (KvarReportPage *self,
             const char     *name,
             gboolean        enabled)
{
  GAction *action = g_action_map_lookup_action (kvar_page_get_actions (KVAR_PAGE (self)), name);

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), enabled);
}

static char *
describe_result (KvarReportPage *self)
{
  KvarFunctionResult *result = kvar_report_get_result (self->report);
  g_autofree char *as_of = kvar_as_of_text (kvar_report_get_as_of (self->report), self->clock);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (result));
  gint64 total = kvar_function_result_get_total (result);
  g_autofree char *shown = kvar_count_text (n);
  g_autofree char *all = NULL;

  if (kvar_function_result_get_kind (result) != KVAR_RESULT_ROWS || n == 0)
    return g_steal_pointer (&as_of);

  if (total <= n)
    /* Translators: the number of rows of a report, and "As of 14:32". */
    return g_strdup_printf (ngettext ("%1$s row. %2$s", "%1$s rows. %2$s", n), shown, as_of);

  all = kvar_count_text (total);
  /* Translators: how many rows of a report are shown, how many it has, and "As of 14:32". */
  return g_strdup_printf (_("%1$s of %2$s rows. %3$s"), shown, all, as_of);
}

static char *
describe_state (KvarReportPage *self)
{
  switch (kvar_report_get_state (self->report))
    {
    case KVAR_REPORT_RUNNING:
      return g_strdup (kvar_report_get_elapsed (self->report) < LONG_RUN
                       ? _("Running…")
                       : _("Still running. You can go on with something else."));

    case KVAR_REPORT_HELD:
      return g_strdup (_("Runs when you've signed in."));

    case KVAR_REPORT_CANCELLED:
      return g_strdup (_("Cancelled"));

    case KVAR_REPORT_DONE:
      return describe_result (self);

    case KVAR_REPORT_FAILED:
    case KVAR_REPORT_IDLE:
    default:
      return kvar_report_get_result (self->report) != NULL ? describe_result (self)
                                                           : g_strdup ("");
    }
}

static void
update_problem (KvarReportPage *self)
{
  const GError *error = kvar_report_get_error (self->report);
  g_autofree char *sentence = NULL;

  if (error != NULL && !kvar_session_bar_tells (error))
    sentence = kvar_error_text (error);
  gtk_label_set_label (self->problem_label, sentence != NULL ? sentence : "");
  gtk_widget_set_visible (self->problem_box, sentence != NULL);
}

/* The seconds are beside the sentence, not in it: a screen reader says that it runs, once. */
static void
update_elapsed (KvarReportPage *self)
{
  gint64 seconds = kvar_report_get_elapsed (self->report) / KVAR_CLOCK_SECOND;
  gboolean running = kvar_report_get_state (self->report) == KVAR_REPORT_RUNNING;
  g_autofree char *text = NULL;

  stop_timer (self);
  gtk_widget_set_visible (GTK_WIDGET (self->elapsed_label), running);
  if (!running)
    return;

  /* Translators: minutes and seconds that something has been running. */
  text = g_strdup_printf (_("%1$d:%2$02d"), (int)(seconds / 60), (int)(seconds % 60));
  gtk_label_set_label (self->elapsed_label, text);
  self->timer = kvar_clock_add_timer (self->clock, KVAR_CLOCK_SECOND, tick_cb, self);
}

/* What is exported is read anew, from the first row to the last: only what reads may be. */
static gboolean
can_export (KvarReportPage *self)
{
  KvarFunctionResult *result = kvar_report_get_result (self->report);
  KvarFunction *function = kvar_report_get_function (self->report);

  return result != NULL && kvar_function_result_get_kind (result) == KVAR_RESULT_ROWS &&
         kvar_function_get_volatility (function) != KVAR_VOLATILITY_VOLATILE &&
         kvar_function_get_returns_set (function) && kvar_function_get_n_results (function) > 0;
}

static void
update (KvarReportPage *self)
{
  KvarReportState state = kvar_report_get_state (self->report);
  g_autofree char *text = describe_state (self);
  gboolean busy = state == KVAR_REPORT_RUNNING || state == KVAR_REPORT_HELD;

  gtk_label_set_label (self->state_label, text);
  gtk_widget_set_visible (self->cancel_button, busy);
  set_enabled (self, "run", !busy);
  set_enabled (self, "refresh", !busy);
  set_enabled (self, "cancel", busy);
  set_enabled (self, "export", can_export (self));
  update_problem (self);
  update_elapsed (self);
  kvar_result_view_set_result (self->result_view, kvar_report_get_result (self->report));
}

/* The project has changed since it was asked what it offers: it is asked again. */
static void
learn_of_changes (KvarReportPage *self)
{
  const GError *error = kvar_report_get_error (self->report);

  if (error != NULL && g_strcmp0 (kvar_error_get_provider_code (error), "PGRST202") == 0)
    kvar_workspace_load_schema (get_workspace (self));
}

static void
state_changed_cb (KvarReportPage *self)
{
  gboolean focus_goes = gtk_widget_has_focus (self->cancel_button);

  if (kvar_report_get_state (self->report) == KVAR_REPORT_HELD && self->asked)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.sign-in", NULL);
  self->asked = FALSE;
  update (self);
  learn_of_changes (self);

  /* The button that was pressed is gone. */
  if (focus_goes && !gtk_widget_get_visible (self->cancel_button))
    kvar_page_grab_default_focus (KVAR_PAGE (self));
}

static void
run (KvarReportPage *self)
{
  KvarReportState state = kvar_report_get_state (self->report);

  if (state == KVAR_REPORT_RUNNING || state == KVAR_REPORT_HELD)
    return;

  kvar_form_commit (self->form);
  if (kvar_report_run (self->report))
    self->asked = TRUE;
  else
    kvar_form_show_problems (self->form);
}

static void
parameters_changed_cb (KvarReportPage *self)
{
  kvar_page_view_changed (KVAR_PAGE (self));
}

static void
restore_pending (KvarReportPage *self)
{
  g_autoptr(GVariant) state = g_steal_pointer (&self->pending_state);
  g_autoptr(GVariant) values = NULL;
  const char *column = NULL;
  int cursor = -1;

  if (state == NULL)
    return;

  values = g_variant_lookup_value (state, "values", G_VARIANT_TYPE ("a{s(msms)}"));
  if (values != NULL && kvar_report_get_state (self->report) == KVAR_REPORT_IDLE)
    kvar_draft_restore_changes (kvar_report_get_parameters (self->report), values);
  if (g_variant_lookup (state, "field", "&s", &column))
    {
      g_variant_lookup (state, "cursor", "i", &cursor);
      kvar_form_focus_field (self->form, column, cursor);
    }
}

/* What only reads, and asks nothing, is there without being asked for. */
static gboolean
runs_by_itself (KvarReportPage *self)
{
  KvarFunction *function = kvar_report_get_function (self->report);

  return kvar_function_get_n_arguments (function) == 0 &&
         kvar_function_get_volatility (function) != KVAR_VOLATILITY_VOLATILE &&
         kvar_report_get_state (self->report) == KVAR_REPORT_IDLE;
}

static void
show_report (KvarReportPage *self,
             KvarFunction   *function)
{
  KvarDraft *draft;
  const char *help = kvar_function_get_help (function);
  gboolean has_arguments = kvar_function_get_n_arguments (function) > 0;
  gboolean focus_waits = kvar_load_status_has_focus (self->status);

  self->report = g_object_ref (
    kvar_function_runs_get_report (kvar_workspace_get_runs (get_workspace (self)),
                                   kvar_workspace_get_schema (get_workspace (self)), function));
  draft = kvar_report_get_parameters (self->report);
  kvar_page_set_title (KVAR_PAGE (self), kvar_function_get_title (function));

  gtk_label_set_label (self->help_label, help != NULL ? help : "");
  gtk_widget_set_visible (GTK_WIDGET (self->help_label), help != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->form), has_arguments);
  gtk_widget_set_visible (self->parameters, has_arguments || help != NULL);
  kvar_form_set_draft (self->form, draft, get_workspace (self));

  g_signal_connect_object (self->report, "notify::state", G_CALLBACK (state_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (draft, "column-changed", G_CALLBACK (parameters_changed_cb), self,
                           G_CONNECT_SWAPPED);
  kvar_load_status_stop (self->status);
  gtk_stack_set_visible_child_name (self->stack, "report");
  update (self);
  if (focus_waits)
    kvar_page_grab_default_focus (KVAR_PAGE (self));
  restore_pending (self);
  if (runs_by_itself (self))
    kvar_report_run (self->report);
}

/* Called until the schema is there and knows the function. */
static void
find_function (KvarReportPage *self)
{
  KvarWorkspace *workspace = get_workspace (self);
  KvarSchema *schema = kvar_workspace_get_schema (workspace);
  const char *name = kvar_route_get_name (kvar_page_get_route (KVAR_PAGE (self)));
  KvarFunction *function = schema != NULL ? kvar_schema_find_function (schema, name) : NULL;
  g_autofree char *sentence = NULL;

  if (self->report != NULL)
    return;

  if (function != NULL)
    {
      show_report (self, function);
    }
  else if (schema != NULL)
    {
      kvar_load_status_show_message (self->status, "dialog-question-symbolic",
                                     _("There is no such report"), name,
                                     _("Show All _Reports"), "win.navigate::/reports");
    }
  else if (kvar_workspace_get_error (workspace) != NULL)
    {
      sentence = kvar_error_text (kvar_workspace_get_error (workspace));
      kvar_load_status_show_message (self->status, "dialog-warning-symbolic",
                                     _("This report isn't stored here yet"), sentence,
                                     _("_Try Again"), "page.refresh");
    }
  else
    {
      kvar_load_status_show_loading (self->status, self->clock);
    }
}

static void
record_activated_cb (KvarReportPage *self,
                     KvarRecord     *record)
{
  g_autofree char *key = kvar_record_get_key_string (record);
  g_autoptr(KvarRoute) route = NULL;
  g_autofree char *text = NULL;

  if (key == NULL)
    return;

  route = kvar_route_new_record (kvar_table_get_name (kvar_record_get_table (record)), key);
  text = kvar_route_to_string (route);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.navigate", "s", text);
}

static void
run_activated (GSimpleAction *action,
               GVariant      *parameter,
               gpointer       user_data)
{
  KvarReportPage *self = user_data;

  if (self->report != NULL)
    run (self);
  else
    kvar_workspace_load_schema (get_workspace (self));
}

static void
cancel_activated (GSimpleAction *action,
                  GVariant      *parameter,
                  gpointer       user_data)
{
  kvar_report_cancel (KVAR_REPORT_PAGE (user_data)->report);
}

static char *
dup_arguments (KvarReportPage *self)
{
  g_autoptr(GPtrArray) arguments =
    kvar_draft_list_changes (kvar_report_get_parameters (self->report));
  g_autoptr(KvarBody) body = kvar_body_new ();
  g_autoptr(GBytes) bytes = NULL;
  gsize size;
  const char *data;

  for (guint i = 0; i < arguments->len; i++)
    {
      KvarChange *argument = g_ptr_array_index (arguments, i);

      kvar_body_add (body, kvar_column_get_name (argument->column), argument->value);
    }
  bytes = kvar_body_to_bytes (body);
  data = g_bytes_get_data (bytes, &size);

  return g_strndup (data, size);
}

static void
export_activated (GSimpleAction *action,
                  GVariant      *parameter,
                  gpointer       user_data)
{
  KvarReportPage *self = user_data;
  KvarFunctionResult *result = kvar_report_get_result (self->report);
  gint64 total = kvar_function_result_get_total (result);
  g_autofree char *arguments = NULL;
  g_autoptr(KvarTable) table = NULL;
  g_autoptr(KvarQuery) query = kvar_query_new ();
  g_autoptr(GStrvBuilder) columns = g_strv_builder_new ();
  g_auto(GStrv) names = NULL;

  kvar_form_commit (self->form);
  if (!kvar_draft_validate (kvar_report_get_parameters (self->report), NULL))
    {
      kvar_form_show_problems (self->form);
      return;
    }

  arguments = dup_arguments (self);
  table = kvar_function_table_new (kvar_report_get_function (self->report), arguments);
  for (guint i = 0; i < kvar_table_get_n_columns (table); i++)
    g_strv_builder_add (columns, kvar_column_get_name (kvar_table_get_column (table, i)));
  names = g_strv_builder_end (columns);

  kvar_export_dialog_present (GTK_WIDGET (self), get_workspace (self), table, query,
                              (const char *const *)names, NULL,
                              MAX (total, g_list_model_get_n_items (G_LIST_MODEL (result))));
}

static void
kvar_report_page_load (KvarPage *page)
{
  KvarReportPage *self = KVAR_REPORT_PAGE (page);
  KvarWorkspace *workspace = kvar_page_get_workspace (page);

  self->clock = g_object_ref (kvar_session_get_clock (kvar_workspace_get_session (workspace)));
  kvar_page_set_title (page, kvar_route_get_name (kvar_page_get_route (page)));
  g_signal_connect_object (workspace, "notify::schema", G_CALLBACK (find_function), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (workspace, "notify::error", G_CALLBACK (find_function), self,
                           G_CONNECT_SWAPPED);
  find_function (self);
}

static GVariant *
kvar_report_page_save_state (KvarPage *page)
{
  KvarReportPage *self = KVAR_REPORT_PAGE (page);
  KvarField *field = kvar_form_get_last_field (self->form);
  GVariantBuilder builder;

  if (self->report == NULL)
    return self->pending_state != NULL ? g_variant_ref (self->pending_state) : NULL;

  g_variant_builder_init (&builder, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&builder, "{sv}", "values",
                         kvar_draft_save_changes (kvar_report_get_parameters (self->report)));
  if (field != NULL)
    {
      const char *name = kvar_column_get_name (kvar_field_get_column (field));

      g_variant_builder_add (&builder, "{sv}", "field", g_variant_new_string (name));
      g_variant_builder_add (&builder, "{sv}", "cursor",
                             g_variant_new_int32 (kvar_field_get_cursor (field)));
    }

  return g_variant_builder_end (&builder);
}

static void
kvar_report_page_restore_state (KvarPage *page,
                                GVariant *state)
{
  KvarReportPage *self = KVAR_REPORT_PAGE (page);

  g_clear_pointer (&self->pending_state, g_variant_unref);
  self->pending_state = g_variant_ref (state);
  if (self->report != NULL)
    restore_pending (self);
}

static gboolean
kvar_report_page_grab_default_focus (KvarPage *page)
{
  KvarReportPage *self = KVAR_REPORT_PAGE (page);

  if (self->report != NULL && gtk_widget_get_visible (GTK_WIDGET (self->form)))
    return kvar_form_focus_first (self->form);

  return gtk_widget_child_focus (GTK_WIDGET (self), GTK_DIR_TAB_FORWARD);
}

static void
kvar_report_page_dispose (GObject *object)
{
  KvarReportPage *self = KVAR_REPORT_PAGE (object);

  stop_timer (self);
  g_clear_object (&self->report);
  g_clear_object (&self->clock);
  g_clear_pointer (&self->pending_state, g_variant_unref);

  G_OBJECT_CLASS (kvar_report_page_parent_class)->dispose (object);
}

static void
kvar_report_page_class_init (KvarReportPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  KvarPageClass *page_class = KVAR_PAGE_CLASS (klass);

  object_class->dispose = kvar_report_page_dispose;

  page_class->load = kvar_report_page_load;
  page_class->save_state = kvar_report_page_save_state;
  page_class->restore_state = kvar_report_page_restore_state;
  page_class->grab_default_focus = kvar_report_page_grab_default_focus;

  g_type_ensure (KVAR_TYPE_FORM);
  g_type_ensure (KVAR_TYPE_LOAD_STATUS);
  g_type_ensure (KVAR_TYPE_RESULT_VIEW);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/kvarapp/Kvar/pages/kvar-report-page.ui");
  gtk_widget_class_bind_template_child (widget_class, KvarReportPage, stack);
  gtk_widget_class_bind_template_child (widget_class, KvarReportPage, status);
  gtk_widget_class_bind_template_child (widget_class, KvarReportPage, parameters);
  gtk_widget_class_bind_template_child (widget_class, KvarReportPage, help_label);
  gtk_widget_class_bind_template_child (widget_class, KvarReportPage, form);
  gtk_widget_class_bind_template_child (widget_class, KvarReportPage, result_view);
  gtk_widget_class_bind_template_child (widget_class, KvarReportPage, problem_box);
  gtk_widget_class_bind_template_child (widget_class, KvarReportPage, problem_label);
  gtk_widget_class_bind_template_child (widget_class, KvarReportPage, state_label);
  gtk_widget_class_bind_template_child (widget_class, KvarReportPage, elapsed_label);
  gtk_widget_class_bind_template_child (widget_class, KvarReportPage, cancel_button);
  gtk_widget_class_bind_template_callback (widget_class, record_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, parameters_changed_cb);
}

/* Before the fields: a long text would take Ctrl+Return for a new line. */
static void
add_keys (KvarReportPage *self)
{
  GtkEventController *keys = gtk_shortcut_controller_new ();

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  gtk_shortcut_controller_add_shortcut (
    GTK_SHORTCUT_CONTROLLER (keys),
    gtk_shortcut_new (gtk_shortcut_trigger_parse_string ("<Control>Return|<Control>KP_Enter"),
                      gtk_named_action_new ("page.run")));
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

static void
kvar_report_page_init (KvarReportPage *self)
{
  static const GActionEntry actions[] = {
    { "run", run_activated },
    { "refresh", run_activated },
    { "cancel", cancel_activated },
    { "export", export_activated },
  };

  gtk_widget_init_template (GTK_WIDGET (self));
  g_action_map_add_action_entries (kvar_page_get_actions (KVAR_PAGE (self)), actions,
                                   G_N_ELEMENTS (actions), self);
  set_enabled (self, "run", FALSE);
  set_enabled (self, "cancel", FALSE);
  set_enabled (self, "export", FALSE);
  add_keys (self);
}
