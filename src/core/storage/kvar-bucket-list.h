/* kvar-bucket-list.h: the buckets that a user can look into: listed, or named by hand
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "session/kvar-session.h"

G_BEGIN_DECLS

#define KVAR_TYPE_BUCKET_LIST (kvar_bucket_list_get_type ())

G_DECLARE_FINAL_TYPE (KvarBucketList, kvar_bucket_list, KVAR, BUCKET_LIST, GObject)

KvarBucketList *kvar_bucket_list_new         (KvarSession     *session,
                                              const char      *state_dir);
void            kvar_bucket_list_refresh     (KvarBucketList  *self);
gboolean        kvar_bucket_list_add         (KvarBucketList  *self,
                                              const char      *name,
                                              GError         **error);
void            kvar_bucket_list_forget      (KvarBucketList  *self,
                                              const char      *name);
gboolean        kvar_bucket_list_is_typed    (KvarBucketList  *self,
                                              const char      *name);
gboolean        kvar_bucket_list_get_loading (KvarBucketList  *self);
gboolean        kvar_bucket_list_get_listed  (KvarBucketList  *self);
const GError   *kvar_bucket_list_get_error   (KvarBucketList  *self);

G_END_DECLS
