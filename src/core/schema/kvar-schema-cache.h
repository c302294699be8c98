/* kvar-schema-cache.h: documents about a project's schema, kept for each of its users
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "session/kvar-session.h"

G_BEGIN_DECLS

char   *kvar_schema_cache_build_path (KvarSession *session,
                                      const char  *user_id,
                                      const char  *cache_dir,
                                      const char  *what);
GBytes *kvar_schema_cache_read       (KvarSession *session,
                                      const char  *cache_dir,
                                      const char  *what,
                                      gint64      *as_of);
void    kvar_schema_cache_write      (KvarSession *session,
                                      const char  *cache_dir,
                                      const char  *what,
                                      GBytes      *document);
void    kvar_schema_cache_remove     (KvarSession *session,
                                      const char  *user_id,
                                      const char  *cache_dir,
                                      const char  *what);

G_END_DECLS
