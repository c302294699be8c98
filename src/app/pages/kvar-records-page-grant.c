/* kvar-records-page-grant.c: a table that is listed, and that the server lets nobody read
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-records-page"

#include "config.h"

#include <glib/gi18n.h>

#include "kvar-records-page-private.h"
#include "schema/kvar-grant-sql.h"

/* Requests name no schema, and so are about this one; a token of Auth makes one this role. */
#define SCHEMA "public"
#define ROLE   "authenticated"

static void
copy_grant_cb (GSimpleAction *action,
               GVariant      *parameter,
               gpointer       user_data)
{
  KvarRecordsPage *self = user_data;
  g_autofree char *sql = NULL;

  if (self->table == NULL)
    return;

  sql = kvar_grant_sql_new (SCHEMA, kvar_table_get_name (self->table), ROLE);
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), sql);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s",
                              _("Copied. Paste it into a message."));
}

static const GActionEntry actions[] = {
  { "copy-grant", copy_grant_cb },
};

void
kvar_records_page_install_grant (KvarRecordsPage *self)
{
  g_action_map_add_action_entries (kvar_page_get_actions (KVAR_PAGE (self)),
                                   actions, G_N_ELEMENTS (actions), self);
}

/**
 * kvar_records_page_show_missing_grant:
 *
 * Says in place of the records what is missing, and offers it for the project's owner.
 *
 * Returns: %FALSE where @error is about something else
 */
gboolean
kvar_records_page_show_missing_grant (KvarRecordsPage *self,
                                      const GError    *error)
{
  if (self->table == NULL || !kvar_grant_sql_helps (error, kvar_table_get_name (self->table)))
    return FALSE;

  kvar_load_status_show_message (
    self->status, "changes-prevent-symbolic", _("You may not read this table"),
    _("The project lists the table, but doesn't let you read it. Your administrator can allow "
      "that with one line of SQL. It's for everybody who signs in; what each of them sees is "
      "then up to the rules of the table."),
    _("Copy the SQL for Your Administrator"), "page.copy-grant");

  return TRUE;
}
