/* kvar-export-preset.h: How a table is exported, by a name that a person gave it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "export/kvar-file-format.h"
#include "session/kvar-session.h"

G_BEGIN_DECLS

/* What the last export was like is kept under this name. */
#define KVAR_EXPORT_LAST ""

#define KVAR_TYPE_EXPORT_PRESET (kvar_export_preset_get_type ())

typedef struct
{
  KvarFileFormat   format;
  char           **columns;    /* (nullable): in their order; %NULL for those that are shown */
  gboolean         titled;     /* headed by titles, not by names */
  gboolean         whole;      /* of the last export: the whole table, not a view */
  char            *name;       /* (nullable): of the last export: the preset that it was */
} KvarExportPreset;

GType             kvar_export_preset_get_type (void);
KvarExportPreset *kvar_export_preset_new      (KvarFileFormat          format,
                                               const char *const      *columns,
                                               gboolean                titled);
KvarExportPreset *kvar_export_preset_copy     (const KvarExportPreset *self);
void              kvar_export_preset_free     (KvarExportPreset       *self);

char            **kvar_export_presets_list    (KvarSession            *session,
                                               const char             *state_dir,
                                               const char             *table);
KvarExportPreset *kvar_export_presets_read    (KvarSession            *session,
                                               const char             *state_dir,
                                               const char             *table,
                                               const char             *name);
gboolean          kvar_export_presets_write   (KvarSession            *session,
                                               const char             *state_dir,
                                               const char             *table,
                                               const char             *name,
                                               const KvarExportPreset *preset,
                                               GError                **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KvarExportPreset, kvar_export_preset_free)

G_END_DECLS
