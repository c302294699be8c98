/* kvar-export-error.h: What can go wrong with an exported file.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Stand where a server's code would: kvar-error-text has a sentence for each. */
#define KVAR_EXPORT_NO_SPACE     "KVAR_EXPORT_NO_SPACE"
#define KVAR_EXPORT_NO_FOLDER    "KVAR_EXPORT_NO_FOLDER"
#define KVAR_EXPORT_UNWRITABLE   "KVAR_EXPORT_UNWRITABLE"
#define KVAR_EXPORT_WRITE_FAILED "KVAR_EXPORT_WRITE_FAILED"
#define KVAR_EXPORT_BROKEN_OFF   "KVAR_EXPORT_BROKEN_OFF"

GError *kvar_export_error_new        (const char   *code,
                                      const char   *message);
GError *kvar_export_error_from_errno (int           saved_errno);
GError *kvar_export_error_from_gio   (const GError *error);

G_END_DECLS
