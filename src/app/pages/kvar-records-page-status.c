/* kvar-records-page-status.c: what the records page says: how many, of when, and why none
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-records-page"

#include "config.h"

#include <glib/gi18n.h>

#include "kvar-error-text.h"
#include "kvar-records-page-private.h"
#include "widgets/kvar-as-of-text.h"
#include "widgets/kvar-count-text.h"
#include "widgets/kvar-session-bar.h"

static gboolean
is_narrowed (KvarRecordsPage *self)
{
  return kvar_query_get_n_filters (self->query) > 0 || kvar_query_get_search (self->query) != NULL;
}

static char *
describe_count (KvarRecordsPage *self)
{
  guint n = kvar_record_list_get_n_loaded (self->list);
  gint64 total = kvar_record_list_get_total (self->list);
  g_autofree char *shown = kvar_count_text (n);
  g_autofree char *all = NULL;

  if (kvar_record_list_get_complete (self->list))
    /* Translators: %s is a number. */
    return g_strdup_printf (ngettext ("%s record", "%s records", n), shown);

  if (total < 0)
    /* Translators: %s is a number; more may follow. */
    return g_strdup_printf (ngettext ("%s record so far", "%s records so far", n), shown);

  all = kvar_count_text (total);
  if (kvar_record_list_get_total_is_exact (self->list))
    /* Translators: how many records are loaded, and how many there are. */
    return g_strdup_printf (_("%1$s of %2$s"), shown, all);

  /* Translators: how many records are loaded, and about how many there are. */
  return g_strdup_printf (_("%1$s of about %2$s"), shown, all);
}

/* How many rows are selected, behind how many there are. */
static char *
add_selected (KvarRecordsPage *self,
              char            *count)
{
  g_autofree char *before = count;
  g_autofree char *selected = kvar_records_page_describe_selected (self);

  if (selected == NULL)
    return g_steal_pointer (&before);

  return g_strconcat (before, " · ", selected, NULL);
}

static void
update_footer (KvarRecordsPage *self)
{
  g_autofree char *count = NULL;
  g_autofree char *as_of = NULL;
  g_autofree char *problem = NULL;
  const char *note = NULL;
  const GError *error = NULL;
  GDateTime *loaded_at = NULL;
  gboolean loading = self->next_list != NULL;

  if (self->list != NULL && kvar_records_page_get_n_rows (self) > 0)
    {
      count = add_selected (self, describe_count (self));
      error = kvar_record_list_get_error (self->list);
      loaded_at = kvar_record_list_get_loaded_at (self->list);
      loading = loading || kvar_record_list_get_loading (self->list);
    }
  if (error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) &&
      !kvar_session_bar_tells (error))
    problem = kvar_error_text_for_table (error, self->table);
  if (count != NULL && kvar_record_list_get_judged_here (self->list))
    /* Translators: the server cannot be reached; the list has the records that match among
     * those that were seen before. */
    note = _("Only among what is stored here");
  if (loaded_at != NULL)
    as_of = kvar_as_of_text (g_date_time_to_unix (loaded_at) * G_USEC_PER_SEC,
                             kvar_records_page_get_clock (self));

  gtk_label_set_label (self->count_label, count != NULL ? count : "");
  gtk_label_set_label (self->as_of_label, as_of != NULL ? as_of : "");
  if (note == NULL)
    note = problem != NULL ? problem : "";
  gtk_label_set_label (self->problem_label, note);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->problem_label), note);
  gtk_widget_set_visible (self->retry_button, problem != NULL);
  gtk_spinner_set_spinning (self->spinner, loading && count != NULL);
}

void
kvar_records_page_show_error (KvarRecordsPage *self,
                              const GError    *error)
{
  g_autofree char *sentence = NULL;

  if (kvar_records_page_show_missing_grant (self, error))
    return;

  sentence = kvar_error_text_for_table (error, self->table);
  kvar_load_status_show_message (self->status, "dialog-warning-symbolic",
                                 _("These records aren't stored here yet"), sentence,
                                 _("_Try Again"), "page.refresh");
}

static void
show_empty (KvarRecordsPage *self)
{
  const char *search = kvar_query_get_search (self->query);
  g_autofree char *title = NULL;

  if (search != NULL)
    /* Translators: %s is what was searched for. */
    title = g_strdup_printf (_("No records match “%s”."), search);
  else if (is_narrowed (self))
    title = g_strdup (_("No records match the filter."));

  if (title != NULL)
    kvar_load_status_show_message (self->status, "edit-find-symbolic", title, NULL,
                                   _("_Clear Filter"), "page.clear-filters");
  else
    kvar_load_status_show_message (self->status, "view-list-symbolic", _("No records yet"), NULL,
                                   kvar_table_can_insert (self->table) ? _("_New Record") : NULL,
                                   "page.new-record");
}

/* The list, a spinner, or the one sentence that explains why there is neither. */
void
kvar_records_page_update_status (KvarRecordsPage *self)
{
  KvarRecordList *list = self->next_list != NULL ? self->next_list : self->list;
  const GError *error = list != NULL ? kvar_record_list_get_error (list) : NULL;
  GListModel *rows = kvar_grid_get_model (self->grid);

  update_footer (self);
  kvar_records_page_update_gone (self);
  kvar_records_page_update_selection (self);
  if (rows != NULL && g_list_model_get_n_items (rows) > 0)
    {
      kvar_load_status_stop (self->status);
      gtk_stack_set_visible_child_name (self->stack, "list");
      return;
    }

  gtk_stack_set_visible_child_name (self->stack, "status");
  if (list == NULL || kvar_record_list_get_loading (list))
    kvar_load_status_show_loading (self->status, kvar_records_page_get_clock (self));
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    kvar_load_status_show_message (self->status, NULL, _("Loading was stopped"), NULL,
                                   _("_Try Again"), "page.refresh");
  else if (error != NULL)
    kvar_records_page_show_error (self, error);
  else if (kvar_record_list_get_complete (list))
    show_empty (self);
}
