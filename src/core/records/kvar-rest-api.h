/* kvar-rest-api.h: Builds the requests that read and write a table's rows.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "net/kvar-request.h"
#include "records/kvar-body.h"
#include "records/kvar-keyset.h"
#include "records/kvar-selection.h"

G_BEGIN_DECLS

/* How long an address may become before it is split: servers and what stands before them
 * begin to refuse at 8 KiB. */
#define KVAR_REST_MAX_URL 6144

KvarRequest *kvar_rest_api_select_page (KvarSelection     *selection,
                                        KvarQuery         *query,
                                        KvarKeyset        *keyset,
                                        const char *const *after,
                                        guint64            offset,
                                        guint              limit);
KvarRequest *kvar_rest_api_count       (KvarTable         *table,
                                        KvarQuery         *query,
                                        gboolean           exact);
KvarRequest *kvar_rest_api_select_one  (KvarSelection     *selection,
                                        const char *const *key);
KvarRequest *kvar_rest_api_insert      (KvarSelection     *selection,
                                        KvarBody          *body);
KvarRequest *kvar_rest_api_insert_unseen
                                       (KvarTable         *table,
                                        KvarBody          *body);
KvarRequest *kvar_rest_api_update      (KvarSelection     *selection,
                                        const char *const *key,
                                        GPtrArray         *guard,
                                        KvarBody          *body);
KvarRequest *kvar_rest_api_try_default (KvarTable         *table,
                                        KvarBody          *body);
gboolean     kvar_rest_api_sets_default
                                       (const char        *applied);
KvarRequest *kvar_rest_api_delete      (KvarTable         *table,
                                        const char *const *key,
                                        GPtrArray         *guard);
KvarRequest *kvar_rest_api_select_many (KvarSelection     *selection,
                                        GPtrArray         *filters);
KvarRequest *kvar_rest_api_update_many (KvarSelection     *selection,
                                        GPtrArray         *filters,
                                        KvarBody          *body,
                                        guint              max_affected);
KvarRequest *kvar_rest_api_delete_many (KvarSelection     *selection,
                                        GPtrArray         *filters,
                                        guint              max_affected);
KvarFilter  *kvar_rest_api_search      (KvarTable         *table,
                                        const char        *text);

G_END_DECLS
