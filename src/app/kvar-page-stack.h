/* kvar-page-stack.h: makes and keeps the pages of routes, with their focus and view state
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "kvar-page.h"
#include "kvar-workspace.h"
#include "routes/kvar-state-file.h"

G_BEGIN_DECLS

#define KVAR_TYPE_PAGE_STACK (kvar_page_stack_get_type ())

G_DECLARE_FINAL_TYPE (KvarPageStack, kvar_page_stack, KVAR, PAGE_STACK, AdwBin)

gboolean    kvar_page_stack_has_place        (KvarPlace      place);

void        kvar_page_stack_set_state_file   (KvarPageStack *self,
                                              KvarStateFile *file,
                                              guint          window);
void        kvar_page_stack_set_workspace    (KvarPageStack *self,
                                              KvarWorkspace *workspace);

KvarPage   *kvar_page_stack_get_page         (KvarPageStack *self);
KvarPage   *kvar_page_stack_get_cover        (KvarPageStack *self);
KvarPage   *kvar_page_stack_get_visible_page (KvarPageStack *self);
const char *kvar_page_stack_get_route        (KvarPageStack *self);

void        kvar_page_stack_show             (KvarPageStack *self,
                                              KvarRoute     *route);
void        kvar_page_stack_cover            (KvarPageStack *self,
                                              KvarRoute     *route);
void        kvar_page_stack_uncover          (KvarPageStack *self);
void        kvar_page_stack_show_opening     (KvarPageStack *self);
void        kvar_page_stack_clear_pages      (KvarPageStack *self);
void        kvar_page_stack_resume           (KvarPageStack *self);
void        kvar_page_stack_save_view        (KvarPageStack *self);

G_END_DECLS
