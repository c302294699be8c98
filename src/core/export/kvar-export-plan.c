/* kvar-export-plan.c: What an export is to hold, and how its pages are asked for.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-export-plan"

#include "config.h"

#include <string.h>

#include "export/kvar-export-job-private.h"
#include "records/kvar-rest-api.h"

static void
add_column (GStrvBuilder *columns,
            GHashTable   *known,
            KvarColumn   *column)
{
  const char *name = kvar_column_get_name (column);

  if (kvar_column_get_can_select (column) && g_hash_table_add (known, (gpointer)name))
    g_strv_builder_add (columns, name);
}

/* What was chosen; else the key first, then all others in the table's order. */
static char **
list_columns (KvarExportJob *self)
{
  g_autoptr(GStrvBuilder) columns = g_strv_builder_new ();
  g_autoptr(GHashTable) known = g_hash_table_new (g_str_hash, g_str_equal);
  const guint *key;
  guint n_key;

  for (gsize i = 0; self->columns != NULL && self->columns[i] != NULL; i++)
    {
      KvarColumn *column = kvar_table_find_column (self->table, self->columns[i]);

      if (column != NULL)
        add_column (columns, known, column);
    }

  if (self->columns != NULL)
    return g_strv_builder_end (columns);

  key = kvar_table_get_key (self->table, &n_key);
  for (guint i = 0; i < n_key; i++)
    add_column (columns, known, kvar_table_get_column (self->table, key[i]));
  for (guint i = 0; i < kvar_table_get_n_columns (self->table); i++)
    add_column (columns, known, kvar_table_get_column (self->table, i));

  return g_strv_builder_end (columns);
}

/* What tells rows apart, should the order bring one twice. */
static char **
list_identity (KvarExportJob *self)
{
  g_autoptr(GStrvBuilder) names = g_strv_builder_new ();
  const guint *key;
  guint n_key;

  switch (kvar_keyset_get_mode (self->keyset))
    {
    case KVAR_KEYSET_KEY:
      key = kvar_table_get_key (self->table, &n_key);
      for (guint i = 0; i < n_key; i++)
        g_strv_builder_add (names,
                            kvar_column_get_name (kvar_table_get_column (self->table, key[i])));
      break;

    case KVAR_KEYSET_CTID:
      g_strv_builder_add_many (names, "tableoid", "ctid", NULL);
      break;

    case KVAR_KEYSET_OFFSET:
    default:
      break;
    }

  return g_strv_builder_end (names);
}

static char **
list_terms (KvarExportJob *self)
{
  g_autoptr(GStrvBuilder) terms = g_strv_builder_new ();

  /* Counting needs no last row; it only has to be seen whether there is one. */
  if (kvar_keyset_get_mode (self->keyset) != KVAR_KEYSET_OFFSET)
    for (guint i = 0; i < kvar_keyset_get_n_terms (self->keyset); i++)
      g_strv_builder_add (terms, kvar_keyset_get_term (self->keyset, i));

  return g_strv_builder_end (terms);
}

static KvarExportFormat *
create_format (KvarExportJob      *self,
               const char *const  *names)
{
  g_autoptr(GPtrArray) columns = NULL;
  gboolean titled = self->titled && kvar_file_format_has_header (self->format);

  columns = g_ptr_array_new_with_free_func ((GDestroyNotify)kvar_export_column_free);
  for (gsize i = 0; names[i] != NULL; i++)
    {
      KvarColumn *column = kvar_table_find_column (self->table, names[i]);
      KvarType *type = kvar_column_get_column_type (column);
      const char *heading = titled ? kvar_column_get_title (column) : names[i];

      g_ptr_array_add (columns, kvar_export_column_new (heading, kvar_type_get_kind (type),
                                                        kvar_type_get_scale (type)));
    }

  return kvar_export_format_new (self->format, columns, kvar_table_get_title (self->table));
}

static KvarSelection *
choose_selection (KvarExportJob      *self,
                  const char *const  *columns)
{
  KvarSelectFlags flags = KVAR_SELECT_VALUES;
  g_autoptr(KvarSelection) selection = NULL;
  g_autofree char *select = NULL;
  g_autofree char *encoded = NULL;

  if (kvar_keyset_get_mode (self->keyset) == KVAR_KEYSET_CTID)
    flags |= KVAR_SELECT_PLACE;

  selection = kvar_selection_new_for_query (self->table, self->query, columns, flags);
  select = kvar_selection_to_string (selection);
  encoded = g_uri_escape_string (select, NULL, FALSE);
  if (strlen (encoded) <= KVAR_REST_MAX_URL / 2)
    return g_steal_pointer (&selection);

  return kvar_selection_new_for_query (self->table, self->query, columns,
                                       flags | KVAR_SELECT_UNCAST);
}

/* What two processes have to agree on to go on with the same file. */
static GVariant *
describe_route (KvarExportJob *self)
{
  g_autofree char *select = kvar_selection_to_string (self->selection);
  g_autofree char *order = kvar_keyset_to_order (self->keyset);

  return g_variant_ref_sink (g_variant_new ("(iss)", kvar_keyset_get_mode (self->keyset),
                                            select, order));
}

/**
 * kvar_export_job_plan_route:
 * @mode: a #KvarKeysetMode, or -1 for what suits the table
 *
 * Settles the columns and the way through the rows.
 */
void
kvar_export_job_plan_route (KvarExportJob *self,
                            int            mode)
{
  g_auto(GStrv) columns = list_columns (self);
  g_auto(GStrv) identity = NULL;
  g_autoptr(KvarExportFormat) format = create_format (self, (const char *const *)columns);

  g_clear_pointer (&self->keyset, kvar_keyset_unref);
  g_clear_pointer (&self->selection, kvar_selection_unref);
  g_clear_pointer (&self->terms, g_strfreev);
  g_clear_object (&self->writer);

  if (mode < 0)
    self->keyset = kvar_keyset_new (self->table, self->query);
  else
    self->keyset = kvar_keyset_new_for_mode (self->table, self->query, mode);

  self->selection = choose_selection (self, (const char *const *)columns);
  self->terms = list_terms (self);
  g_clear_pointer (&self->route, g_variant_unref);
  self->route = describe_route (self);
  identity = list_identity (self);
  self->writer = kvar_export_writer_new (self->target, self->fd, format,
                                         (const char *const *)columns,
                                         (const char *const *)identity,
                                         !kvar_keyset_is_key_only (self->keyset));
  if (self->commit_every >= 0)
    kvar_export_writer_set_commit_every (self->writer, self->commit_every);
}

/**
 * kvar_export_job_plan:
 * @mode: a #KvarKeysetMode, or -1 for what suits the table
 *
 * Settles the columns and the way through the rows, and begins the file.
 */
gboolean
kvar_export_job_plan (KvarExportJob  *self,
                      int             mode,
                      GError        **error)
{
  g_autoptr(GVariant) description = kvar_export_job_describe (self);

  kvar_export_job_plan_route (self, mode);

  return kvar_export_writer_open (self->writer, description, error);
}
