/* kvar-file-format.c: The kinds of file that rows can be exported to, by their names.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-file-format"

#include "config.h"

#include "export/kvar-file-format.h"

typedef struct
{
  const char *name;
  const char *extension;
} Names;

static const Names all_names[KVAR_N_FILE_FORMATS] = {
  [KVAR_FILE_CSV] = { "csv", "csv" },
  [KVAR_FILE_EXCEL_CSV] = { "excel", "csv" },
  [KVAR_FILE_XLSX] = { "xlsx", "xlsx" },
  [KVAR_FILE_JSON] = { "json", "json" },
  [KVAR_FILE_NDJSON] = { "ndjson", "ndjson" },
};

/**
 * kvar_file_format_get_name:
 *
 * Returns: the name that commands and settings know @format by
 */
const char *
kvar_file_format_get_name (KvarFileFormat format)
{
  g_return_val_if_fail (format < KVAR_N_FILE_FORMATS, NULL);

  return all_names[format].name;
}

/**
 * kvar_file_format_get_extension:
 *
 * Returns: how names of such files end, without the dot
 */
const char *
kvar_file_format_get_extension (KvarFileFormat format)
{
  g_return_val_if_fail (format < KVAR_N_FILE_FORMATS, NULL);

  return all_names[format].extension;
}

/**
 * kvar_file_format_has_header:
 *
 * Returns: whether the columns have their names above them, for people; not beside each value
 */
gboolean
kvar_file_format_has_header (KvarFileFormat format)
{
  return format == KVAR_FILE_CSV || format == KVAR_FILE_EXCEL_CSV || format == KVAR_FILE_XLSX;
}

/**
 * kvar_file_format_find:
 * @name: as kvar_file_format_get_name() has it
 *
 * Returns: whether there is such a format
 */
gboolean
kvar_file_format_find (const char     *name,
                       KvarFileFormat *format)
{
  g_return_val_if_fail (name != NULL, FALSE);

  for (guint i = 0; i < KVAR_N_FILE_FORMATS; i++)
    if (g_str_equal (name, all_names[i].name))
      {
        *format = i;
        return TRUE;
      }

  return FALSE;
}

/**
 * kvar_file_format_guess:
 *
 * Returns: whether the end of @file_name tells a format
 */
gboolean
kvar_file_format_guess (const char     *file_name,
                        KvarFileFormat *format)
{
  g_autofree char *name = NULL;

  g_return_val_if_fail (file_name != NULL, FALSE);

  name = g_ascii_strdown (file_name, -1);
  for (guint i = 0; i < KVAR_N_FILE_FORMATS; i++)
    {
      g_autofree char *end = g_strconcat (".", all_names[i].extension, NULL);

      if (g_str_has_suffix (name, end))
        {
          *format = i;
          return TRUE;
        }
    }

  return FALSE;
}
