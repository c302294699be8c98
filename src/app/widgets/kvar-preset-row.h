/* kvar-preset-row.h: how a table is exported, chosen and kept by name
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "export/kvar-export-preset.h"

G_BEGIN_DECLS

#define KVAR_TYPE_PRESET_ROW (kvar_preset_row_get_type ())

G_DECLARE_FINAL_TYPE (KvarPresetRow, kvar_preset_row, KVAR, PRESET_ROW, AdwActionRow)

void              kvar_preset_row_set_table    (KvarPresetRow          *self,
                                                KvarSession            *session,
                                                const char             *state_dir,
                                                const char             *table);
KvarExportPreset *kvar_preset_row_get_chosen   (KvarPresetRow          *self);
KvarExportPreset *kvar_preset_row_get_last     (KvarPresetRow          *self);
const char       *kvar_preset_row_get_name     (KvarPresetRow          *self);
void              kvar_preset_row_keep         (KvarPresetRow          *self,
                                                const char             *name,
                                                const KvarExportPreset *preset);

G_END_DECLS
