/* kvar-format-text.c: the kinds of file, as people call them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-format-text"

#include "config.h"

#include <glib/gi18n.h>

#include "kvar-format-text.h"

typedef struct
{
  const char *title;
  const char *description;
} Text;

static const Text texts[KVAR_N_FILE_FORMATS] = {
  [KVAR_FILE_CSV] = {
    N_("Standard CSV"),
    /* Translators: below "Standard CSV": what stands between values and in numbers. */
    N_("Commas and 1.5 · exactly what is stored"),
  },
  [KVAR_FILE_EXCEL_CSV] = {
    N_("For Excel (CSV)"),
    /* Translators: below "For Excel (CSV)": what stands between values and in numbers, and that
     * a text which begins like a formula gets an apostrophe. */
    N_("Semicolons and 1,5 · what looks like a formula is marked"),
  },
  [KVAR_FILE_XLSX] = {
    N_("Excel (XLSX)"),
    N_("A workbook with numbers and dates"),
  },
  [KVAR_FILE_JSON] = {
    N_("JSON"),
    N_("All records in one list"),
  },
  [KVAR_FILE_NDJSON] = {
    N_("JSON lines"),
    N_("A record on each line"),
  },
};

const char *
kvar_format_text_get_title (KvarFileFormat format)
{
  g_return_val_if_fail (format < KVAR_N_FILE_FORMATS, NULL);

  return _(texts[format].title);
}

/**
 * kvar_format_text_get_description:
 *
 * Returns: what somebody should know who chooses @format
 */
const char *
kvar_format_text_get_description (KvarFileFormat format)
{
  g_return_val_if_fail (format < KVAR_N_FILE_FORMATS, NULL);

  return _(texts[format].description);
}
