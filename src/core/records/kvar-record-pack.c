/* kvar-record-pack.c: Records as bytes that can be kept, and read back.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The bytes begin with the table's columns and their types, so that values are never read as
 * something else after the table has changed.
 */

#define G_LOG_DOMAIN "kvar-record-pack"

#include "config.h"

#include "records/kvar-record-pack.h"

/* Columns by name and type; rows as loaded texts, labels, xmin, tableoid, ctid. */
#define PACK_TYPE   G_VARIANT_TYPE ("(a(ss)a(a(ums)a(us)msmsms))")
#define COLUMN_TYPE G_VARIANT_TYPE ("a(ss)")
#define ROWS_TYPE   G_VARIANT_TYPE ("a(a(ums)a(us)msmsms)")
#define TEXTS_TYPE  G_VARIANT_TYPE ("a(ums)")
#define LABELS_TYPE G_VARIANT_TYPE ("a(us)")

static const char *
type_name (KvarTable *table,
           guint      index)
{
  KvarColumn *column = kvar_table_get_column (table, index);
  const char *name = kvar_type_get_name (kvar_column_get_column_type (column));

  return name != NULL ? name : "";
}

static GVariant *
pack_columns (KvarTable *table)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, COLUMN_TYPE);
  for (guint i = 0; i < kvar_table_get_n_columns (table); i++)
    g_variant_builder_add (&builder, "(ss)",
                           kvar_column_get_name (kvar_table_get_column (table, i)),
                           type_name (table, i));

  return g_variant_builder_end (&builder);
}

static GVariant *
pack_record (KvarTable  *table,
             KvarRecord *record)
{
  GVariantBuilder texts;
  GVariantBuilder labels;

  g_variant_builder_init (&texts, TEXTS_TYPE);
  g_variant_builder_init (&labels, LABELS_TYPE);
  for (guint i = 0; i < kvar_table_get_n_columns (table); i++)
    {
      const char *label = kvar_record_get_label_of (record, kvar_table_get_column (table, i));

      if (kvar_record_has_column (record, i))
        g_variant_builder_add (&texts, "(ums)", i, kvar_record_get_text (record, i));
      if (label != NULL)
        g_variant_builder_add (&labels, "(us)", i, label);
    }

  return g_variant_new ("(a(ums)a(us)msmsms)", &texts, &labels, kvar_record_get_xmin (record),
                        kvar_record_get_tableoid (record), kvar_record_get_ctid (record));
}

static gboolean
has_same_columns (KvarTable *table,
                  GVariant  *columns)
{
  GVariantIter iter;
  const char *name;
  const char *type;
  guint i = 0;

  if (g_variant_n_children (columns) != kvar_table_get_n_columns (table))
    return FALSE;

  g_variant_iter_init (&iter, columns);
  while (g_variant_iter_next (&iter, "(&s&s)", &name, &type))
    {
      if (!g_str_equal (name, kvar_column_get_name (kvar_table_get_column (table, i))) ||
          !g_str_equal (type, type_name (table, i)))
        return FALSE;
      i++;
    }

  return TRUE;
}

static KvarRecord *
unpack_record (KvarTable *table,
               GVariant  *row)
{
  KvarRecord *record = kvar_record_new (table);
  guint n_columns = kvar_table_get_n_columns (table);
  g_autoptr(GVariantIter) texts = NULL;
  g_autoptr(GVariantIter) labels = NULL;
  const char *xmin;
  const char *tableoid;
  const char *ctid;
  const char *text;
  guint index;

  g_variant_get (row, "(a(ums)a(us)m&sm&sm&s)", &texts, &labels, &xmin, &tableoid, &ctid);
  while (g_variant_iter_next (texts, "(um&s)", &index, &text))
    if (index < n_columns)
      kvar_record_set_text (record, index, text);
  while (g_variant_iter_next (labels, "(u&s)", &index, &text))
    if (index < n_columns)
      kvar_record_set_label (record, index, text);
  kvar_record_set_xmin (record, xmin);
  kvar_record_set_place (record, tableoid, ctid);

  return record;
}

/**
 * kvar_record_pack:
 * @records: (element-type KvarRecord): rows of @table
 * @n_records: how many of them, from the first
 *
 * Returns: (transfer full): the rows with everything that is known of them
 */
GBytes *
kvar_record_pack (KvarTable *table,
                  GPtrArray *records,
                  guint      n_records)
{
  g_autoptr(GVariant) pack = NULL;
  GVariantBuilder rows;

  g_return_val_if_fail (KVAR_IS_TABLE (table), NULL);
  g_return_val_if_fail (records != NULL && n_records <= records->len, NULL);

  g_variant_builder_init (&rows, ROWS_TYPE);
  for (guint i = 0; i < n_records; i++)
    g_variant_builder_add_value (&rows, pack_record (table, g_ptr_array_index (records, i)));

  pack = g_variant_ref_sink (g_variant_new ("(@a(ss)a(a(ums)a(us)msmsms))", pack_columns (table),
                                            &rows));

  return g_variant_get_data_as_bytes (pack);
}

/**
 * kvar_record_unpack:
 * @bytes: what kvar_record_pack() has made, perhaps damaged since
 *
 * May be called on any thread.
 *
 * Returns: (transfer full) (element-type KvarRecord) (nullable): the rows; %NULL if they cannot
 *   be read, or @table has other columns by now
 */
GPtrArray *
kvar_record_unpack (KvarTable *table,
                    GBytes    *bytes)
{
  g_autoptr(GVariant) pack = NULL;
  g_autoptr(GVariant) columns = NULL;
  g_autoptr(GVariant) rows = NULL;
  GPtrArray *records;

  g_return_val_if_fail (KVAR_IS_TABLE (table), NULL);
  g_return_val_if_fail (bytes != NULL, NULL);

  pack = g_variant_ref_sink (g_variant_new_from_bytes (PACK_TYPE, bytes, FALSE));
  if (!g_variant_is_normal_form (pack))
    return NULL;

  columns = g_variant_get_child_value (pack, 0);
  rows = g_variant_get_child_value (pack, 1);
  if (!has_same_columns (table, columns))
    return NULL;

  records = g_ptr_array_new_with_free_func (g_object_unref);
  for (gsize i = 0; i < g_variant_n_children (rows); i++)
    {
      g_autoptr(GVariant) row = g_variant_get_child_value (rows, i);

      g_ptr_array_add (records, unpack_record (table, row));
    }

  return records;
}
