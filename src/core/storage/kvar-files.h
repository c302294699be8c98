/* kvar-files.h: one user's files in a project: its buckets, and what is on its way
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "storage/kvar-bucket-list.h"
#include "storage/kvar-transfer.h"

G_BEGIN_DECLS

#define KVAR_TYPE_FILES (kvar_files_get_type ())

G_DECLARE_FINAL_TYPE (KvarFiles, kvar_files, KVAR, FILES, GObject)

KvarFiles        *kvar_files_new           (KvarSession *session,
                                            const char  *state_dir);
KvarBucketList   *kvar_files_get_buckets   (KvarFiles   *self);
KvarErrandList   *kvar_files_get_transfers (KvarFiles   *self);

G_END_DECLS
