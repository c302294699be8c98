/* kvar-demo-accounts.h: the users of the demo project, as rows and as GoTrue's JSON
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <json-glib/json-glib.h>

#include "kvar-demo-clock.h"
#include "kvar-demo-database.h"

G_BEGIN_DECLS

typedef struct _KvarDemoAccounts KvarDemoAccounts;

typedef struct
{
  char   *id;
  char   *email;
  char   *password;        /* salt and hash */
  char   *metadata;        /* JSON object: user_metadata */
  char   *identity_id;
  gint64  banned_until;    /* µs, 0: not banned */
  gint64  created_at;
  gint64  updated_at;
  gint64  last_sign_in_at; /* 0: never */
} KvarDemoUser;

void              kvar_demo_user_free             (KvarDemoUser     *self);
JsonObject       *kvar_demo_user_get_metadata     (KvarDemoUser     *self);
JsonObject       *kvar_demo_user_to_json          (KvarDemoUser     *self);
gboolean          kvar_demo_user_has_password     (KvarDemoUser     *self,
                                                   const char       *password);

KvarDemoAccounts *kvar_demo_accounts_new          (KvarDemoDatabase *database,
                                                   KvarDemoClock    *clock);
void              kvar_demo_accounts_free         (KvarDemoAccounts *self);
KvarDemoUser     *kvar_demo_accounts_find         (KvarDemoAccounts *self,
                                                   const char       *id);
KvarDemoUser     *kvar_demo_accounts_find_email   (KvarDemoAccounts *self,
                                                   const char       *email);
void              kvar_demo_accounts_add          (KvarDemoAccounts *self,
                                                   const char       *id,
                                                   const char       *email,
                                                   const char       *password,
                                                   const char       *metadata);
void              kvar_demo_accounts_set_password (KvarDemoAccounts *self,
                                                   const char       *id,
                                                   const char       *password);
void              kvar_demo_accounts_set_metadata (KvarDemoAccounts *self,
                                                   const char       *id,
                                                   JsonObject       *metadata);
void              kvar_demo_accounts_set_banned   (KvarDemoAccounts *self,
                                                   const char       *id,
                                                   gint64            until);
void              kvar_demo_accounts_touch        (KvarDemoAccounts *self,
                                                   const char       *id);
void              kvar_demo_accounts_remove       (KvarDemoAccounts *self,
                                                   const char       *id);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KvarDemoUser, kvar_demo_user_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KvarDemoAccounts, kvar_demo_accounts_free)

G_END_DECLS
