/* kvar-store.h: Reads, saves and deletes single records, and tells who shows them.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "journal/kvar-cache.h"
#include "records/kvar-draft-store.h"
#include "session/kvar-session.h"

G_BEGIN_DECLS

#define KVAR_TYPE_STORE (kvar_store_get_type ())

G_DECLARE_FINAL_TYPE (KvarStore, kvar_store, KVAR, STORE, GObject)

KvarStore   *kvar_store_new           (KvarSession          *session);
void         kvar_store_set_cache     (KvarStore            *self,
                                       KvarCache            *cache);
void         kvar_store_set_drafts    (KvarStore            *self,
                                       KvarDraftStore       *drafts);
gboolean     kvar_store_get_saving    (KvarStore            *self);
void         kvar_store_find_kept_async
                                      (KvarStore            *self,
                                       KvarTable            *table,
                                       const char           *key,
                                       GCancellable         *cancellable,
                                       GAsyncReadyCallback   callback,
                                       gpointer              user_data);
KvarCachedRows *
             kvar_store_find_kept_finish
                                      (KvarStore            *self,
                                       GAsyncResult         *result,
                                       GError              **error);
void         kvar_store_load_async    (KvarStore            *self,
                                       KvarTable            *table,
                                       const char           *key,
                                       GCancellable         *cancellable,
                                       GAsyncReadyCallback   callback,
                                       gpointer              user_data);
KvarRecord  *kvar_store_load_finish   (KvarStore            *self,
                                       GAsyncResult         *result,
                                       GError              **error);
void         kvar_store_save_async    (KvarStore            *self,
                                       KvarDraft            *draft,
                                       GCancellable         *cancellable,
                                       GAsyncReadyCallback   callback,
                                       gpointer              user_data);
KvarRecord  *kvar_store_save_finish   (KvarStore            *self,
                                       GAsyncResult         *result,
                                       GError              **error);
void         kvar_store_delete_async  (KvarStore            *self,
                                       KvarRecord           *record,
                                       GCancellable         *cancellable,
                                       GAsyncReadyCallback   callback,
                                       gpointer              user_data);
gboolean     kvar_store_delete_finish (KvarStore            *self,
                                       GAsyncResult         *result,
                                       GError              **error);
void         kvar_store_note_many     (KvarStore            *self,
                                       KvarTable            *table,
                                       GPtrArray            *keys);

G_END_DECLS
