/* kvar-record-page-status.c: the half of the record page that says why there is no record
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-record-page"

#include "config.h"

#include <glib/gi18n.h>

#include "kvar-error-text.h"
#include "kvar-error.h"
#include "kvar-record-page-private.h"

static void
show_gone (KvarRecordPage *self)
{
  g_autoptr(KvarRoute) route = kvar_route_new_table (kvar_table_get_name (self->table), NULL);
  g_autofree char *list = kvar_route_to_string (route);
  g_autofree char *action = g_strconcat ("win.navigate::", list, NULL);

  kvar_load_status_show_message (self->status, "edit-delete-symbolic",
                                 _("This record no longer exists"), NULL, _("Show the _List"),
                                 action);
}

void
kvar_record_page_show_error (KvarRecordPage *self,
                             const GError   *error)
{
  g_autofree char *sentence = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      kvar_load_status_show_message (self->status, NULL, _("Loading was stopped"), NULL,
                                     _("_Try Again"), "page.refresh");
      return;
    }

  /* A key that its type has no room for, as a link may hold it, belongs to no record either. */
  if (self->table != NULL && (g_error_matches (error, KVAR_ERROR, KVAR_ERROR_GONE) ||
                              g_error_matches (error, KVAR_ERROR, KVAR_ERROR_INVALID)))
    {
      show_gone (self);
      return;
    }

  sentence = kvar_error_text_for_table (error, self->table);
  kvar_load_status_show_message (self->status, "dialog-warning-symbolic",
                                 _("This record isn't stored here yet"), sentence,
                                 _("_Try Again"), "page.refresh");
}
