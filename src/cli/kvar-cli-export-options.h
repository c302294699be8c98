/* kvar-cli-export-options.h: What the verb export is asked for.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kvar-cli-command.h"

#include "export/kvar-file-format.h"
#include "records/kvar-query.h"
#include "session/kvar-session.h"

G_BEGIN_DECLS

typedef struct
{
  char           *format_name;
  char           *preset;
  char           *view;       /* (nullable) one that was kept in the window */
  char           *columns_text;
  char          **where;
  char          **arguments;  /* (nullable) "name=value", for a function */
  char           *order;
  char           *output;     /* (nullable) */
  gboolean        resume;
  gboolean        titled;

  KvarFileFormat  format;
  char          **columns;    /* (nullable) */
  KvarQuery      *query;
  gboolean        to_stdout;
} KvarCliExportOptions;

gboolean kvar_cli_export_options_read         (KvarCliExportOptions   *self,
                                               int                    *argc,
                                               char                 ***argv,
                                               KvarCliExit            *exit_code);
gboolean kvar_cli_export_options_apply_preset (KvarCliExportOptions   *self,
                                               KvarSession            *session,
                                               const char             *table);
gboolean kvar_cli_export_options_apply_view   (KvarCliExportOptions   *self,
                                               KvarSession            *session,
                                               const char             *table);
void     kvar_cli_export_options_clear        (KvarCliExportOptions   *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (KvarCliExportOptions, kvar_cli_export_options_clear)

G_END_DECLS
