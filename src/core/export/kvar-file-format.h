/* kvar-file-format.h: The kinds of file that rows can be exported to, by their names.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  KVAR_FILE_CSV,        /* RFC 4180, exact */
  KVAR_FILE_EXCEL_CSV,  /* as Excel reads it where the comma is a decimal one */
  KVAR_FILE_XLSX,
  KVAR_FILE_JSON,       /* one array */
  KVAR_FILE_NDJSON,     /* an object a line */
} KvarFileFormat;

#define KVAR_N_FILE_FORMATS 5

const char *kvar_file_format_get_name      (KvarFileFormat  format);
const char *kvar_file_format_get_extension (KvarFileFormat  format);
gboolean    kvar_file_format_has_header   (KvarFileFormat  format);
gboolean    kvar_file_format_find          (const char     *name,
                                            KvarFileFormat *format);
gboolean    kvar_file_format_guess         (const char     *file_name,
                                            KvarFileFormat *format);

G_END_DECLS
