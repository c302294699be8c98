/* kvar-store-private.h: what the parts of the store share.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "records/kvar-store.h"

G_BEGIN_DECLS

struct _KvarStore
{
  GObject      parent_instance;

  KvarSession    *session;
  KvarCache      *cache;   /* (nullable) */
  KvarDraftStore *drafts;  /* (nullable) where the drafts are kept on disk */
  GQueue          saves;   /* (element-type GTask) under way, and those that wait for them */
};

/* kvar-store-kept.c */
char *kvar_store_what_of       (const char *key);
void  kvar_store_forget_record (KvarStore  *self,
                                KvarTable  *table,
                                const char *key);

G_END_DECLS
