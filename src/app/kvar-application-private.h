/* kvar-application-private.h: what the application and its actions share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kvar-application.h"

G_BEGIN_DECLS

void kvar_application_install_actions   (KvarApplication *self);
void kvar_application_quit_when_settled (KvarApplication *self);

G_END_DECLS
