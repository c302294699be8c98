/* kvar-error-text.c: the sentences that errors become, for the window and the command line
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-core"

#include "config.h"

#include "kvar-error-text.h"

char *
kvar_error_text (const GError *error)
{
  return kvar_error_text_for_table (error, NULL);
}

char *
kvar_error_text_for_table (const GError *error,
                           KvarTable    *table)
{
  return g_strdup (error->message);
}
