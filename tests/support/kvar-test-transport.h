/* kvar-test-transport.h: a transport with scripted answers that keeps every request
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "net/kvar-transport.h"

G_BEGIN_DECLS

#define KVAR_TYPE_TEST_TRANSPORT (kvar_test_transport_get_type ())

G_DECLARE_FINAL_TYPE (KvarTestTransport, kvar_test_transport, KVAR, TEST_TRANSPORT, GObject)

/* Returns a reply (transfer full), or NULL with @error set for a failure of the wire, or
 * NULL without one for "not me": then an older handler or the queue is asked. */
typedef KvarReply *(*KvarTestTransportHandler) (KvarRequest  *request,
                                                gpointer      user_data,
                                                GError      **error);

KvarTestTransport *kvar_test_transport_new            (void);

void               kvar_test_transport_answer         (KvarTestTransport        *self,
                                                       int                       status,
                                                       const char               *json_body);
void               kvar_test_transport_answer_reply   (KvarTestTransport        *self,
                                                       KvarReply                *reply);
void               kvar_test_transport_answer_error   (KvarTestTransport        *self,
                                                       GError                   *error);
void               kvar_test_transport_on             (KvarTestTransport        *self,
                                                       const char               *method,
                                                       const char               *prefix,
                                                       KvarTestTransportHandler  handler,
                                                       gpointer                  user_data);

guint              kvar_test_transport_get_n_requests (KvarTestTransport        *self);
KvarRequest       *kvar_test_transport_get_request    (KvarTestTransport        *self,
                                                       guint                     index);
guint              kvar_test_transport_count          (KvarTestTransport        *self,
                                                       const char               *method,
                                                       const char               *prefix);
guint              kvar_test_transport_get_n_held     (KvarTestTransport        *self);

guint              kvar_test_transport_get_most_renewals (KvarTestTransport     *self);

void               kvar_test_transport_forget         (KvarTestTransport        *self);
void               kvar_test_transport_hold           (KvarTestTransport        *self);
void               kvar_test_transport_release        (KvarTestTransport        *self);

KvarReply         *kvar_test_reply_new                (int                       status,
                                                       const char               *json_body);

G_END_DECLS
