/* kvar-records-page-gone.c: a table that has been dropped while its records are shown
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-records-page"

#include "config.h"

#include <glib/gi18n.h>

#include "kvar-error.h"
#include "kvar-records-page-private.h"

static void
copy_loaded_cb (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       user_data)
{
  kvar_records_page_copy_loaded (user_data);
}

static const GActionEntry actions[] = {
  { "copy-loaded", copy_loaded_cb },
};

void
kvar_records_page_install_gone (KvarRecordsPage *self)
{
  g_action_map_add_action_entries (kvar_page_get_actions (KVAR_PAGE (self)),
                                   actions, G_N_ELEMENTS (actions), self);
}

/* PostgREST does not find it in what it has read of the database, or PostgreSQL does not. */
static gboolean
is_gone (const GError *error)
{
  const char *code = error != NULL && error->domain == KVAR_ERROR
                     ? kvar_error_get_provider_code (error) : NULL;

  return g_strcmp0 (code, "PGRST205") == 0 || g_strcmp0 (code, "42P01") == 0;
}

/* The records stay until the page is left; nobody could load them again. */
void
kvar_records_page_update_gone (KvarRecordsPage *self)
{
  gboolean gone = self->list != NULL && kvar_records_page_get_n_rows (self) > 0 &&
                  is_gone (kvar_record_list_get_error (self->list));

  if (!gone && gtk_widget_has_focus (self->gone_button))
    gtk_widget_grab_focus (GTK_WIDGET (self->grid));
  if (gone)
    gtk_label_set_label (self->gone_label,
                         _("This table is no longer in the project. The records that were "
                           "loaded stay here until you leave, and can be copied."));
  gtk_revealer_set_reveal_child (self->gone_revealer, gone);
}
