/* kvar-records-page-news.c: says that somebody else has changed what the list shows
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-records-page"

#include "config.h"

#include <glib/gi18n.h>

#include "kvar-records-page-private.h"
#include "widgets/kvar-count-text.h"

/* While somebody works in the window; and when they come back to it, unless that is often. */
#define INTERVAL     (2 * KVAR_CLOCK_MINUTE)
#define MIN_INTERVAL (20 * KVAR_CLOCK_SECOND)

static void
show_news (KvarRecordsPage *self)
{
  guint n = self->news != NULL ? kvar_list_news_get_n_changed (self->news) : 0;
  g_autofree char *number = kvar_count_text (n);
  g_autofree char *text = NULL;

  if (n == 0 && gtk_widget_has_focus (self->news_button))
    gtk_widget_grab_focus (GTK_WIDGET (self->grid));
  if (n > 0)
    {
      /* Translators: %s is a number: how many rows of a list others have changed. */
      text = g_strdup_printf (ngettext ("%s row changed", "%s rows changed", n), number);
      gtk_label_set_label (self->news_label, text);
    }
  gtk_revealer_set_reveal_child (self->news_revealer, n > 0);
}

/**
 * kvar_records_page_look_for_news:
 *
 * Asks whether the rows in view are still as they are shown. What is under the cursor stays as
 * it is in any case.
 */
void
kvar_records_page_look_for_news (KvarRecordsPage *self)
{
  guint first, end;

  if (self->news == NULL)
    return;

  self->looked_at = kvar_clock_get_boottime (kvar_records_page_get_clock (self));
  kvar_grid_get_rows_in_view (self->grid, &first, &end);
  kvar_list_news_look (self->news, first, end);
}

static void
stop_timer (KvarRecordsPage *self)
{
  if (self->news_timer != 0)
    kvar_clock_remove_timer (kvar_records_page_get_clock (self), self->news_timer);
  self->news_timer = 0;
}

static void
timer_cb (gpointer user_data)
{
  KvarRecordsPage *self = user_data;

  self->news_timer = kvar_clock_add_timer (kvar_records_page_get_clock (self), INTERVAL, timer_cb,
                                           self);
  kvar_records_page_look_for_news (self);
}

/* Nobody is told in a window that nobody looks at, and nothing wakes for it. */
static void
active_cb (KvarRecordsPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  KvarClock *clock = kvar_records_page_get_clock (self);

  stop_timer (self);
  if (!GTK_IS_WINDOW (root) || !gtk_window_is_active (GTK_WINDOW (root)) ||
      !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;

  self->news_timer = kvar_clock_add_timer (clock, INTERVAL, timer_cb, self);
  if (kvar_clock_get_boottime (clock) - self->looked_at >= MIN_INTERVAL)
    kvar_records_page_look_for_news (self);
}

static void
mapped_cb (KvarRecordsPage *self)
{
  g_signal_connect_object (gtk_widget_get_root (GTK_WIDGET (self)), "notify::is-active",
                           G_CALLBACK (active_cb), self, G_CONNECT_SWAPPED);
  active_cb (self);
}

static void
unmapped_cb (KvarRecordsPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (root != NULL)
    g_signal_handlers_disconnect_by_func (root, active_cb, self);
  stop_timer (self);
}

void
kvar_records_page_install_news (KvarRecordsPage *self)
{
  g_signal_connect (self, "map", G_CALLBACK (mapped_cb), NULL);
  g_signal_connect (self, "unmap", G_CALLBACK (unmapped_cb), NULL);
}

/* Other rows are shown, which have just come. */
void
kvar_records_page_begin_news (KvarRecordsPage *self)
{
  KvarWorkspace *workspace = kvar_page_get_workspace (KVAR_PAGE (self));

  self->looked_at = kvar_clock_get_boottime (kvar_records_page_get_clock (self));
  g_clear_object (&self->news);
  self->news = kvar_list_news_new (kvar_workspace_get_session (workspace), self->list,
                                   self->query, (const char *const *)self->asked);
  g_signal_connect_object (self->news, "notify::n-changed", G_CALLBACK (show_news), self,
                           G_CONNECT_SWAPPED);
  show_news (self);
}

void
kvar_records_page_end_news (KvarRecordsPage *self)
{
  stop_timer (self);
  g_clear_object (&self->news);
}
