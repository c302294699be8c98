/* kvar-form.h: a record's fields, generated from its table
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "kvar-field.h"
#include "kvar-workspace.h"

G_BEGIN_DECLS

#define KVAR_TYPE_FORM (kvar_form_get_type ())

G_DECLARE_FINAL_TYPE (KvarForm, kvar_form, KVAR, FORM, AdwBin)

KvarField *kvar_form_new_field        (KvarDraft     *draft,
                                       KvarColumn    *column,
                                       KvarWorkspace *workspace);
void       kvar_form_set_draft        (KvarForm      *self,
                                       KvarDraft     *draft,
                                       KvarWorkspace *workspace);
KvarField *kvar_form_get_field        (KvarForm      *self,
                                       const char    *column);
KvarField *kvar_form_get_last_field   (KvarForm      *self);
void       kvar_form_set_pins         (KvarForm      *self,
                                       const char *const *pins);
gboolean   kvar_form_focus_field      (KvarForm      *self,
                                       const char    *column,
                                       int            cursor);
gboolean   kvar_form_focus_first      (KvarForm      *self);
gboolean   kvar_form_focus_problem    (KvarForm      *self,
                                       gboolean       backwards);
guint      kvar_form_show_problems    (KvarForm      *self);
void       kvar_form_commit           (KvarForm      *self);

G_END_DECLS
