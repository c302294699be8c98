/* kvar-export-name.c: Suggests what an exported file is called.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-export-name"

#include "config.h"

#include <string.h>

#include "export/kvar-export-name.h"

/* The table's name, free of what some file system does not take. */
static char *
dup_stem (KvarTable *table)
{
  char *name = g_strdup (kvar_table_get_name (table));

  g_strdelimit (name, "/\\:*?\"<>|\n\r\t", '_');
  if (name[0] == '.')
    name[0] = '_';

  return name;
}

/**
 * kvar_export_name_suggest:
 * @wall_time: µs since 1970
 *
 * Returns: (transfer full): the table's name and the local date, "jobs 2026-11-20.csv", free
 *   of what some file system does not take
 */
char *
kvar_export_name_suggest (KvarTable      *table,
                          KvarFileFormat  format,
                          gint64          wall_time)
{
  g_autoptr(GDateTime) utc = NULL;
  g_autoptr(GDateTime) local = NULL;
  g_autofree char *name = NULL;
  g_autofree char *date = NULL;

  g_return_val_if_fail (KVAR_IS_TABLE (table), NULL);

  utc = g_date_time_new_from_unix_utc (wall_time / G_USEC_PER_SEC);
  local = g_date_time_to_local (utc);
  date = g_date_time_format (local, "%Y-%m-%d");

  name = dup_stem (table);

  return g_strdup_printf ("%s %s.%s", name, date,
                          kvar_file_format_get_extension (format));
}

/**
 * kvar_export_name_is_suggested:
 *
 * Returns: whether kvar_export_name_suggest() may have given @name, on whatever day
 */
gboolean
kvar_export_name_is_suggested (KvarTable      *table,
                               KvarFileFormat  format,
                               const char     *name)
{
  g_autofree char *stem = NULL;
  g_autofree char *pattern = NULL;

  g_return_val_if_fail (KVAR_IS_TABLE (table), FALSE);
  g_return_val_if_fail (name != NULL, FALSE);

  stem = dup_stem (table);
  pattern = g_strdup_printf (" ?\?\?\?-?\?-?\?.%s", kvar_file_format_get_extension (format));

  return g_str_has_prefix (name, stem) && g_pattern_match_simple (pattern, name + strlen (stem));
}
