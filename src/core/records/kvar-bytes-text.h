/* kvar-bytes-text.h: bytes as PostgreSQL writes them, and as people can tell them apart
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The largest file that goes into a field: it becomes twice as long in the draft, and in the
 * request. */
#define KVAR_BYTES_MAX (2 * 1024 * 1024)

GBytes *kvar_bytes_text_decode       (const char *text);
char   *kvar_bytes_text_encode       (GBytes     *bytes);
char   *kvar_bytes_text_preview      (GBytes     *bytes,
                                      gsize       max_bytes);
char   *kvar_bytes_text_describe     (GBytes     *bytes);
char   *kvar_bytes_text_suggest_name (GBytes     *bytes,
                                      const char *stem);

G_END_DECLS
