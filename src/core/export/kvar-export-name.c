/* kvar-export-name.c: Suggests what an exported file is called.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-export-name"

#include "config.h"

#include <string.h>

#include "export/kvar-export-name.h"

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

  name = g_strdup (kvar_table_get_name (table));
  g_strdelimit (name, "/\\:*?\"<>|\n\r\t", '_');
  if (name[0] == '.')
    name[0] = '_';

  return g_strdup_printf ("%s %s.%s", name, date,
                          kvar_file_format_get_extension (format));
}
