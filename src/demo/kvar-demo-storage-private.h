/* kvar-demo-storage-private.h: what the files of the demo's Storage share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kvar-demo-storage.h"

G_BEGIN_DECLS

struct _KvarDemoStorage
{
  const KvarDemoConfig *config;
  KvarDemoDatabase     *database;
  KvarDemoClock        *clock;
};

/* Who sees what is in a bucket, as policies on storage.objects would say it. */
typedef enum
{
  KVAR_DEMO_BUCKET_SHARED, /* everybody who is signed in */
  KVAR_DEMO_BUCKET_OWN,    /* each user below a folder with the user's id */
} KvarDemoBucketPolicy;

typedef struct
{
  const char           *name;
  gboolean              is_public;  /* also readable without a token */
  gboolean              listed;     /* shown to users; a project's usually are not */
  KvarDemoBucketPolicy  policy;
  gint64                size_limit; /* bytes; 0: none */
  const char           *mime_type;  /* (nullable): prefix of what may be uploaded */
} KvarDemoStorageBucket;

typedef struct
{
  char   *id;
  char   *bucket;
  char   *name;          /* the whole key */
  char   *owner;         /* (nullable) */
  char   *type;
  char   *etag;          /* with its quotes */
  char   *cache_control;
  char   *metadata;      /* (nullable): the user's own, a JSON object */
  gint64  size;
  gint64  created_at;    /* µs */
  gint64  updated_at;    /* µs */
  GBytes *data;          /* (nullable): when it was asked for */
} KvarDemoObject;

/* What arrives to be stored. */
typedef struct
{
  char     *type;          /* (nullable) */
  char     *cache_control; /* (nullable) */
  char     *metadata;      /* (nullable) */
  GBytes   *data;
  gboolean  upsert;
} KvarDemoArrival;

/* kvar-demo-storage.c */
void     kvar_demo_storage_fail        (KvarDemoExchange *exchange,
                                        const char       *status_code,
                                        const char       *code,
                                        const char       *error,
                                        const char       *message);
void     kvar_demo_storage_fail_missing (KvarDemoExchange *exchange);
void     kvar_demo_storage_fail_policy (KvarDemoExchange *exchange);
void     kvar_demo_storage_fail_token  (KvarDemoExchange *exchange,
                                        const char       *code);
JsonNode *kvar_demo_storage_parse_body (KvarDemoExchange *exchange);
char    *kvar_demo_storage_join_path   (KvarDemoExchange *exchange,
                                        guint             first);

/* kvar-demo-storage-objects.c */
const KvarDemoStorageBucket *kvar_demo_storage_get_buckets (guint                       *n_buckets);
const KvarDemoStorageBucket *kvar_demo_storage_find_bucket (const char                  *name);
gboolean                     kvar_demo_storage_may_touch   (KvarDemoExchange            *exchange,
                                                            const KvarDemoStorageBucket *bucket,
                                                            const char                  *name);
gboolean                     kvar_demo_storage_create      (KvarDemoStorage             *self);
KvarDemoObject              *kvar_demo_storage_find        (KvarDemoStorage             *self,
                                                            const char                  *bucket,
                                                            const char                  *name,
                                                            gboolean                     data);
GPtrArray                   *kvar_demo_storage_list_below  (KvarDemoStorage             *self,
                                                            const char                  *bucket,
                                                            const char                  *prefix);
KvarDemoObject              *kvar_demo_storage_put         (KvarDemoStorage             *self,
                                                            const char                  *bucket,
                                                            const char                  *name,
                                                            const char                  *owner,
                                                            const KvarDemoArrival       *arrival);
gboolean                     kvar_demo_storage_remove      (KvarDemoStorage             *self,
                                                            const char                  *bucket,
                                                            const char                  *name);
void                         kvar_demo_object_free         (KvarDemoObject              *self);

/* kvar-demo-storage-download.c */
void     kvar_demo_storage_download     (KvarDemoStorage       *self,
                                         KvarDemoExchange      *exchange,
                                         const char            *bucket,
                                         const char            *name);
void     kvar_demo_storage_info         (KvarDemoStorage       *self,
                                         KvarDemoExchange      *exchange,
                                         const char            *bucket,
                                         const char            *name);

/* kvar-demo-storage-list.c */
void     kvar_demo_storage_list_buckets (KvarDemoStorage       *self,
                                         KvarDemoExchange      *exchange);
void     kvar_demo_storage_show_bucket  (KvarDemoStorage       *self,
                                         KvarDemoExchange      *exchange,
                                         const char            *name);
void     kvar_demo_storage_list         (KvarDemoStorage       *self,
                                         KvarDemoExchange      *exchange,
                                         const char            *bucket);
void     kvar_demo_storage_list_v2      (KvarDemoStorage       *self,
                                         KvarDemoExchange      *exchange,
                                         const char            *bucket);
JsonObject *kvar_demo_object_to_json    (const KvarDemoObject  *object,
                                         const char            *name);

/* kvar-demo-storage-upload.c */
void     kvar_demo_storage_upload       (KvarDemoStorage       *self,
                                         KvarDemoExchange      *exchange,
                                         const char            *bucket,
                                         const char            *name);
gboolean kvar_demo_storage_check_upload (KvarDemoStorage       *self,
                                         KvarDemoExchange      *exchange,
                                         const char            *bucket,
                                         const char            *name,
                                         const char            *type,
                                         gint64                 size,
                                         gboolean               upsert);
void     kvar_demo_storage_read_arrival (KvarDemoExchange      *exchange,
                                         KvarDemoArrival       *arrival);
void     kvar_demo_arrival_clear        (KvarDemoArrival       *self);

/* kvar-demo-storage-move.c */
void     kvar_demo_storage_delete_one   (KvarDemoStorage       *self,
                                         KvarDemoExchange      *exchange,
                                         const char            *bucket,
                                         const char            *name);
void     kvar_demo_storage_delete_many  (KvarDemoStorage       *self,
                                         KvarDemoExchange      *exchange,
                                         const char            *bucket);
void     kvar_demo_storage_move         (KvarDemoStorage       *self,
                                         KvarDemoExchange      *exchange,
                                         gboolean               keep);

/* kvar-demo-storage-sign.c */
void     kvar_demo_storage_sign         (KvarDemoStorage       *self,
                                         KvarDemoExchange      *exchange,
                                         const char            *bucket,
                                         const char            *name);
gboolean kvar_demo_storage_check_signed (KvarDemoStorage       *self,
                                         KvarDemoExchange      *exchange,
                                         const char            *bucket,
                                         const char            *name);

/* kvar-demo-storage-tus.c */
void     kvar_demo_storage_tus_create   (KvarDemoStorage       *self);
void     kvar_demo_storage_tus          (KvarDemoStorage       *self,
                                         KvarDemoExchange      *exchange);

/* kvar-demo-storage-data.c */
void     kvar_demo_storage_add_samples  (KvarDemoStorage       *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KvarDemoObject, kvar_demo_object_free)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (KvarDemoArrival, kvar_demo_arrival_clear)

G_END_DECLS
