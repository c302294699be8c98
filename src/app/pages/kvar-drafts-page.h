/* kvar-drafts-page.h: what is typed and not on the server yet, and why
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kvar-page.h"

G_BEGIN_DECLS

#define KVAR_TYPE_DRAFTS_PAGE (kvar_drafts_page_get_type ())

G_DECLARE_FINAL_TYPE (KvarDraftsPage, kvar_drafts_page, KVAR, DRAFTS_PAGE, KvarPage)

G_END_DECLS
