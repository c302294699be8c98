/* kvar-test-zip.h: one member of a zip archive, as an .xlsx is
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *kvar_test_zip_read (const char *path,
                          const char *member);

G_END_DECLS
