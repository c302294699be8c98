/* kvar-cli-command.h: the verbs of kvar-cli.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kvar-cli-context.h"

G_BEGIN_DECLS

/* Runs one verb; argv[0] is the verb's name. */
typedef KvarCliExit (*KvarCliRun) (KvarCliContext  *context,
                                   int              argc,
                                   char           **argv);

typedef struct
{
  const char *name;
  const char *arguments;    /* as shown in the help */
  const char *summary;      /* marked with N_() */
  KvarCliRun  run;
  const char *details;      /* (nullable), marked with N_(): what the help ends with */
} KvarCliCommand;

const KvarCliCommand *kvar_cli_command_find      (const char       *name);
char                 *kvar_cli_command_summaries (void);
gboolean              kvar_cli_command_parse     (const char       *name,
                                                  const GOptionEntry *entries,
                                                  int              *argc,
                                                  char           ***argv,
                                                  KvarCliExit      *exit_code);

KvarCliExit kvar_cli_sign_in  (KvarCliContext  *context,
                               int              argc,
                               char           **argv);
KvarCliExit kvar_cli_sign_out (KvarCliContext  *context,
                               int              argc,
                               char           **argv);
KvarCliExit kvar_cli_status   (KvarCliContext  *context,
                               int              argc,
                               char           **argv);
KvarCliExit kvar_cli_api      (KvarCliContext  *context,
                               int              argc,
                               char           **argv);
KvarCliExit kvar_cli_tables   (KvarCliContext  *context,
                               int              argc,
                               char           **argv);
KvarCliExit kvar_cli_schema   (KvarCliContext  *context,
                               int              argc,
                               char           **argv);
KvarCliExit kvar_cli_export   (KvarCliContext  *context,
                               int              argc,
                               char           **argv);
KvarCliExit kvar_cli_drafts   (KvarCliContext  *context,
                               int              argc,
                               char           **argv);

G_END_DECLS
