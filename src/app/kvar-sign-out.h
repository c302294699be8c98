/* kvar-sign-out.h: asks what is to become of unsent work before somebody is signed out
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kvar-window.h"

G_BEGIN_DECLS

void kvar_sign_out_begin (KvarWindow *window);

G_END_DECLS
