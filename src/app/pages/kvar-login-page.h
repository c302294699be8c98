/* kvar-login-page.h: sign-in with e-mail and password, and why it is asked for
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kvar-page.h"

G_BEGIN_DECLS

#define KVAR_TYPE_LOGIN_PAGE (kvar_login_page_get_type ())

G_DECLARE_FINAL_TYPE (KvarLoginPage, kvar_login_page, KVAR, LOGIN_PAGE, KvarPage)

void kvar_login_page_set_return_title (KvarLoginPage *self,
                                       const char    *title);

G_END_DECLS
