/* main.c: starts the window program
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>
#include <locale.h>

#include "kvar-application.h"
#include "kvar-log.h"
#include "kvar-paths.h"

int
main (int   argc,
      char *argv[])
{
  g_autoptr(KvarApplication) app = NULL;
  int status;

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);

  g_set_application_name ("Kvar");
  kvar_log_open (kvar_paths_get_state_dir ());

  app = kvar_application_new ();
  status = g_application_run (G_APPLICATION (app), argc, argv);

  return status;
}
