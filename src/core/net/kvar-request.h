/* kvar-request.h: one request to the project, without credentials until it is sent
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

typedef enum
{
  KVAR_SERVICE_AUTH,
  KVAR_SERVICE_REST,
  KVAR_SERVICE_STORAGE,
  KVAR_SERVICE_OTHER,
} KvarService;

typedef enum
{
  KVAR_LANE_USER,    /* somebody waits for it */
  KVAR_LANE_BULK,    /* exports, downloads, prefetch: at most 3 of the 6 connections */
} KvarLane;

typedef void (*KvarHeaderFunc) (const char *name,
                                const char *value,
                                gpointer    user_data);

#define KVAR_TYPE_REQUEST (kvar_request_get_type ())

typedef struct _KvarRequest KvarRequest;

GType        kvar_request_get_type       (void) G_GNUC_CONST;

KvarRequest *kvar_request_new            (const char     *method,
                                          const char     *path);
KvarRequest *kvar_request_ref            (KvarRequest    *self);
void         kvar_request_unref          (KvarRequest    *self);
KvarRequest *kvar_request_with_bearer    (KvarRequest    *self,
                                          const char     *token);

void         kvar_request_add_query      (KvarRequest    *self,
                                          const char     *name,
                                          const char     *value);
void         kvar_request_set_header     (KvarRequest    *self,
                                          const char     *name,
                                          const char     *value);
void         kvar_request_set_body       (KvarRequest    *self,
                                          const char     *content_type,
                                          GBytes         *body);
void         kvar_request_set_repeatable (KvarRequest    *self,
                                          gboolean        repeatable);
void         kvar_request_set_lane       (KvarRequest    *self,
                                          KvarLane        lane);
void         kvar_request_set_timeout    (KvarRequest    *self,
                                          gint64          us);
void         kvar_request_set_answer_max (KvarRequest    *self,
                                          gsize           bytes);

const char  *kvar_request_get_method     (KvarRequest    *self);
const char  *kvar_request_get_path       (KvarRequest    *self);
const char  *kvar_request_get_header     (KvarRequest    *self,
                                          const char     *name);
void         kvar_request_foreach_header (KvarRequest    *self,
                                          KvarHeaderFunc  func,
                                          gpointer        user_data);
const char  *kvar_request_get_content_type (KvarRequest  *self);
GBytes      *kvar_request_get_body       (KvarRequest    *self);
gboolean     kvar_request_get_repeatable (KvarRequest    *self);
KvarService  kvar_request_get_service    (KvarRequest    *self);
KvarLane     kvar_request_get_lane       (KvarRequest    *self);
gint64       kvar_request_get_timeout    (KvarRequest    *self);
gint64       kvar_request_get_patience   (KvarRequest    *self);
gsize        kvar_request_get_answer_max (KvarRequest    *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KvarRequest, kvar_request_unref)

G_END_DECLS
