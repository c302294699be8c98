/* kvar-records-page-find.c: says what is being looked for in a column, and whether it is there
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-records-page"

#include "config.h"

#include <glib/gi18n.h>

#include "kvar-records-page-private.h"

/* Only what is loaded is looked at, so that is said where more may follow. */
static char *
describe (KvarRecordsPage *self)
{
  const char *text = kvar_grid_find_get_text (self->find);

  if (kvar_grid_find_get_found (self->find))
    /* Translators: %s is what somebody types to find it in a column. */
    return g_strdup_printf (_("Begins with “%s”"), text);

  if (self->list != NULL && !kvar_record_list_get_complete (self->list))
    /* Translators: %s is what somebody types to find it in a column. */
    return g_strdup_printf (_("Nothing below begins with “%s” among the records loaded so far"),
                            text);

  /* Translators: %s is what somebody types to find it in a column. */
  return g_strdup_printf (_("Nothing below begins with “%s”"), text);
}

static void
changed_cb (KvarRecordsPage *self)
{
  g_autofree char *sentence = kvar_grid_find_get_text (self->find) != NULL ? describe (self) : NULL;

  gtk_label_set_label (self->find_label, sentence != NULL ? sentence : "");
  gtk_widget_set_visible (GTK_WIDGET (self->find_label), sentence != NULL);
}

void
kvar_records_page_install_find (KvarRecordsPage *self)
{
  self->find = kvar_grid_find_new (self->grid, kvar_records_page_get_clock (self));
  g_signal_connect_object (self->find, "notify", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
}
