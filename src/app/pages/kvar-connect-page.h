/* kvar-connect-page.h: the first page: connect to a project, or try the demo
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kvar-page.h"
#include "net/kvar-transport.h"

G_BEGIN_DECLS

#define KVAR_TYPE_CONNECT_PAGE (kvar_connect_page_get_type ())

G_DECLARE_FINAL_TYPE (KvarConnectPage, kvar_connect_page, KVAR, CONNECT_PAGE, KvarPage)

void kvar_connect_page_set_transport (KvarConnectPage *self,
                                      KvarTransport   *transport);
void kvar_connect_page_connect_to    (KvarConnectPage *self,
                                      const char      *url,
                                      const char      *key);
void kvar_connect_page_try_demo      (KvarConnectPage *self);

G_END_DECLS
