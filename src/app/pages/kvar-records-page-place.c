/* kvar-records-page-place.c: where one is in the list, kept and put back exactly
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-records-page"

#include "config.h"

#include "kvar-records-page-private.h"

char *
kvar_records_page_dup_cursor_key (KvarRecordsPage *self)
{
  g_autoptr(KvarRecord) record = kvar_grid_get_cursor_item (self->grid);

  return record != NULL ? kvar_record_get_key_string (record) : NULL;
}

/**
 * kvar_records_page_go_to:
 * @place: (nullable): as kvar_grid_save_place() gave it
 * @key: (nullable): of the record that the cursor was on
 *
 * Scrolls to @place. The cursor goes to the record, if it has moved to another row meanwhile.
 */
void
kvar_records_page_go_to (KvarRecordsPage *self,
                         GVariant        *place,
                         const char      *key)
{
  g_autofree char *sought = g_strdup (key);

  self->placing = TRUE;
  if (place != NULL)
    kvar_grid_restore_place (self->grid, place);
  self->placing = FALSE;

  g_free (self->sought);
  self->sought = g_steal_pointer (&sought);
  kvar_records_page_find_sought (self);
}

/* To the record, as soon as the rows there are loaded: others may have come before it. */
void
kvar_records_page_find_sought (KvarRecordsPage *self)
{
  guint row = kvar_grid_get_cursor_row (self->grid);
  g_autofree char *sought = NULL;
  guint position, start, end;

  if (self->sought == NULL || self->list == NULL)
    return;

  if (!kvar_record_list_find_key (self->list, self->sought, &position))
    {
      /* It is not where it was. */
      if (kvar_record_list_get_stretch (self->list, row, &start, &end))
        g_clear_pointer (&self->sought, g_free);
      return;
    }

  sought = g_steal_pointer (&self->sought);
  self->placing = TRUE;
  if (position != row)
    kvar_grid_set_cursor (self->grid, position, NULL);
  self->placing = FALSE;
}

/* Goes back to the place once it is known that there are so many rows. */
void
kvar_records_page_restore_pending (KvarRecordsPage *self)
{
  g_autoptr(GVariant) state = NULL;
  g_autoptr(GVariant) place = NULL;
  const char *key = NULL;
  guint n_rows = 0;

  if (self->pending_state == NULL || self->list == NULL || kvar_records_page_get_n_rows (self) == 0)
    return;

  g_variant_lookup (self->pending_state, "rows", "u", &n_rows);
  if (kvar_records_page_get_n_rows (self) < n_rows &&
      !kvar_record_list_get_complete (self->list) &&
      kvar_record_list_get_error (self->list) == NULL)
    {
      kvar_record_list_load_more (self->list);
      return;
    }

  state = g_steal_pointer (&self->pending_state);
  place = g_variant_lookup_value (state, "place", G_VARIANT_TYPE_VARDICT);
  g_variant_lookup (state, "selected", "&s", &key);
  kvar_records_page_go_to (self, place, key);
}

GVariant *
kvar_records_page_save_state (KvarPage *page)
{
  KvarRecordsPage *self = KVAR_RECORDS_PAGE (page);
  g_autofree char *key = kvar_records_page_dup_cursor_key (self);
  GVariantBuilder builder;
  guint first, end;

  if (self->pending_state != NULL)
    return g_variant_ref (self->pending_state);
  if (self->columns == NULL)
    return NULL;

  kvar_grid_get_rows_in_view (self->grid, &first, &end);
  g_variant_builder_init (&builder, G_VARIANT_TYPE_VARDICT);
  if (key != NULL)
    g_variant_builder_add (&builder, "{sv}", "selected", g_variant_new_string (key));
  g_variant_builder_add (&builder, "{sv}", "rows",
                         g_variant_new_uint32 (MIN (end, kvar_records_page_get_n_rows (self))));
  g_variant_builder_add (&builder, "{sv}", "place", kvar_grid_save_place (self->grid));
  if (kvar_query_get_columns (self->query) == NULL)
    g_variant_builder_add (&builder, "{sv}", KVAR_PAGE_LOOK,
                           g_variant_new ("(@*b)", kvar_grid_save_columns (self->grid),
                                          kvar_grid_get_edit_mode (self->grid)));

  return g_variant_builder_end (&builder);
}

/* The columns, and whether they are typed into; only the columns once. */
static void
restore_look (KvarRecordsPage *self,
              GVariant        *look)
{
  g_autoptr(GVariant) columns = NULL;
  gboolean editing;

  if (!g_variant_is_of_type (look, G_VARIANT_TYPE ("(*b)")))
    {
      kvar_records_page_set_look (self, look);
      return;
    }

  g_variant_get (look, "(@*b)", &columns, &editing);
  kvar_records_page_set_look (self, columns);
  kvar_records_page_set_edit_mode (self, editing);
}

void
kvar_records_page_restore_state (KvarPage *page,
                                 GVariant *state)
{
  KvarRecordsPage *self = KVAR_RECORDS_PAGE (page);
  g_autoptr(GVariant) look = g_variant_lookup_value (state, KVAR_PAGE_LOOK, NULL);

  g_clear_pointer (&self->pending_state, g_variant_unref);
  self->pending_state = g_variant_ref (state);
  if (look != NULL)
    restore_look (self, look);
  kvar_records_page_restore_pending (self);
}

/* Somebody goes on from here: nothing takes them back any more. */
static void
cursor_moved_cb (KvarRecordsPage *self)
{
  if (self->placing)
    return;

  self->moved = TRUE;
  g_clear_pointer (&self->pending_state, g_variant_unref);
  g_clear_pointer (&self->sought, g_free);
}

static void
view_changed_cb (KvarRecordsPage *self)
{
  if (!self->placing && !self->arranging)
    kvar_page_view_changed (KVAR_PAGE (self));
}

void
kvar_records_page_install_place (KvarRecordsPage *self)
{
  g_signal_connect_object (self->grid, "cursor-moved", G_CALLBACK (cursor_moved_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->grid, "view-changed", G_CALLBACK (view_changed_cb), self,
                           G_CONNECT_SWAPPED);
}
