/* kvar-cli-export-options.c: What the verb export is asked for
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-cli"

#include "config.h"

#include "kvar-cli-export-options.h"

#include <glib/gi18n-lib.h>

#include "export/kvar-export-preset.h"
#include "kvar-paths.h"
#include "routes/kvar-bookmark-list.h"
#include "routes/kvar-route.h"

static KvarQuery *
build_query (KvarCliExportOptions  *self,
             GError               **error)
{
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint i = 0; self->where != NULL && self->where[i] != NULL; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? "&" : "", self->where[i]);
  if (self->order != NULL)
    g_string_append_printf (text, "%sorder=%s", text->len > 0 ? "&" : "", self->order);

  return kvar_query_parse (text->str, error);
}

/* What was said, else what the file's name tells, else CSV. A preset of the person's own is read
 * once it is known who they are. */
static gboolean
choose_format (KvarCliExportOptions *self)
{
  gboolean for_excel = g_strcmp0 (self->preset, "excel") == 0;
  KvarFileFormat guessed;

  self->format = for_excel ? KVAR_FILE_EXCEL_CSV : KVAR_FILE_CSV;
  if (self->format_name == NULL)
    {
      if (!for_excel && self->output != NULL &&
          kvar_file_format_guess (self->output, &guessed))
        self->format = guessed;
      return TRUE;
    }

  if (for_excel && !g_str_equal (self->format_name, "csv"))
    {
      kvar_cli_usage ("export", _("The preset excel is one of the format csv."));
      return FALSE;
    }

  if (for_excel)
    return TRUE;
  if (!g_str_equal (self->format_name, "excel") &&
      kvar_file_format_find (self->format_name, &self->format))
    return TRUE;

  kvar_cli_usage ("export", _("The formats are csv, ndjson, json and xlsx."));

  return FALSE;
}

/**
 * kvar_cli_export_options_read:
 * @self: all zero
 * @exit_code: (out): what to end with when it returns %FALSE
 *
 * Returns: whether the words make sense; if not, that has been said
 */
gboolean
kvar_cli_export_options_read (KvarCliExportOptions   *self,
                              int                    *argc,
                              char                 ***argv,
                              KvarCliExit            *exit_code)
{
  const GOptionEntry entries[] = {
    { "format", 0, 0, G_OPTION_ARG_STRING, &self->format_name,
      N_("csv, ndjson, json or xlsx; what FILE ends with if left out"), N_("FORMAT") },
    { "preset", 0, 0, G_OPTION_ARG_STRING, &self->preset,
      N_("excel for CSV as Excel reads it, with decimal commas; or one saved in the window"),
      N_("NAME") },
    { "view", 0, 0, G_OPTION_ARG_STRING, &self->view,
      N_("The conditions, the order and the columns of a view that was kept in the window"),
      N_("NAME") },
    { "titles", 0, 0, G_OPTION_ARG_NONE, &self->titled,
      N_("Head the columns with their titles, where people read them"), NULL },
    { "columns", 0, 0, G_OPTION_ARG_STRING, &self->columns_text,
      N_("The columns, in this order; all if left out"), "a,b" },
    { "where", 0, 0, G_OPTION_ARG_STRING_ARRAY, &self->where,
      N_("A condition; all hold where there are several"), "'status=eq.open'" },
    { "arg", 0, 0, G_OPTION_ARG_STRING_ARRAY, &self->arguments,
      N_("An argument of the function that returns the rows"), "'term=roof'" },
    { "order", 0, 0, G_OPTION_ARG_STRING, &self->order, N_("The order"), "due_on.desc" },
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &self->output,
      N_("The file, or - for standard output; one named after the table if left out"), N_("FILE") },
    { "resume", 0, 0, G_OPTION_ARG_NONE, &self->resume,
      N_("Go on where the same export was interrupted"), NULL },
    { NULL }
  };
  g_autoptr(GError) error = NULL;

  if (!kvar_cli_command_parse ("export", entries, argc, argv, exit_code))
    return FALSE;

  *exit_code = KVAR_CLI_USAGE;
  if (*argc != 2)
    {
      kvar_cli_usage ("export", _("It takes the name of one table, view or function."));
      return FALSE;
    }
  if (!choose_format (self))
    return FALSE;

  self->query = build_query (self, &error);
  if (self->query == NULL)
    {
      kvar_cli_usage ("export", error->message);
      return FALSE;
    }

  self->to_stdout = g_strcmp0 (self->output, "-") == 0;
  if (self->to_stdout && self->resume)
    {
      kvar_cli_usage ("export", _("What went to standard output can't be gone on with."));
      return FALSE;
    }
  if (self->columns_text != NULL)
    self->columns = g_strsplit (self->columns_text, ",", -1);

  return TRUE;
}

static void
say_which (KvarSession *session,
           const char  *state_dir,
           const char  *table,
           const char  *name)
{
  g_auto(GStrv) names = kvar_export_presets_list (session, state_dir, table);
  g_autofree char *all = g_strjoinv (", ", names);
  g_autofree char *text = NULL;

  if (names[0] == NULL)
    /* Translators: %s is the name of a preset. */
    text = g_strdup_printf (_("There is no preset “%s” for this table."), name);
  else
    /* Translators: the name of a preset, and a list of names. */
    text = g_strdup_printf (_("There is no preset “%1$s” for this table. There are: %2$s."),
                            name, all);
  kvar_cli_usage ("export", text);
}

/* A file that is called "jobs.json" is not meant to be a workbook. */
static gboolean
fits_output (KvarCliExportOptions *self,
             KvarFileFormat        format)
{
  KvarFileFormat guessed;

  return self->output == NULL || !kvar_file_format_guess (self->output, &guessed) ||
         g_str_equal (kvar_file_format_get_extension (guessed),
                      kvar_file_format_get_extension (format));
}

/**
 * kvar_cli_export_options_apply_preset:
 * @table: a table's name
 *
 * Fills in what was not said from the preset that the signed-in person has named for @table.
 *
 * Returns: whether there is such a preset; if not, that has been said
 */
gboolean
kvar_cli_export_options_apply_preset (KvarCliExportOptions *self,
                                      KvarSession          *session,
                                      const char           *table)
{
  const char *state_dir = kvar_paths_get_state_dir ();
  g_autoptr(KvarExportPreset) preset = NULL;

  if (self->preset == NULL || g_str_equal (self->preset, "excel"))
    return TRUE;

  if (*self->preset != '\0')
    preset = kvar_export_presets_read (session, state_dir, table, self->preset);
  if (preset == NULL)
    {
      say_which (session, state_dir, table, self->preset);
      return FALSE;
    }

  if (self->columns == NULL)
    self->columns = g_steal_pointer (&preset->columns);
  if (self->format_name == NULL && fits_output (self, preset->format))
    self->format = preset->format;
  self->titled |= preset->titled;

  return TRUE;
}

/* (nullable): what the view asks for. */
static KvarQuery *
read_view (KvarCliExportOptions *self,
           KvarSession          *session,
           const char           *table)
{
  const char *user_id = kvar_session_get_user_id (session);
  g_autofree char *path = NULL;
  g_autoptr(KvarBookmarkList) views = NULL;
  g_autoptr(KvarRoute) route = NULL;
  KvarBookmark *view;
  const char *query;

  if (user_id == NULL)
    return NULL;

  path = kvar_bookmark_list_build_path (kvar_session_get_project (session), user_id, "views");
  views = kvar_bookmark_list_new (path);
  view = kvar_bookmark_list_find (views, table, self->view);
  if (view != NULL)
    route = kvar_route_parse (kvar_bookmark_get_route (view), NULL);
  if (route == NULL)
    return NULL;

  query = kvar_route_get_query (route);

  return kvar_query_parse (query != NULL ? query : "", NULL);
}

/**
 * kvar_cli_export_options_apply_view:
 * @table: a table's name
 *
 * Starts from a view that the signed-in person has kept: what was said besides narrows it down,
 * or puts it in another order.
 *
 * Returns: whether there is such a view; if not, that has been said
 */
gboolean
kvar_cli_export_options_apply_view (KvarCliExportOptions *self,
                                    KvarSession          *session,
                                    const char           *table)
{
  g_autoptr(KvarQuery) query = NULL;

  if (self->view == NULL)
    return TRUE;

  query = read_view (self, session, table);
  if (query == NULL)
    {
      /* Translators: %s is the name of a view. */
      g_autofree char *text = g_strdup_printf (_("There is no view “%s” of this table."),
                                               self->view);

      kvar_cli_usage ("export", text);
      return FALSE;
    }

  if (self->columns == NULL && kvar_query_get_columns (query) != NULL)
    self->columns = g_strdupv ((char **)kvar_query_get_columns (query));
  for (guint i = 0; i < kvar_query_get_n_filters (self->query); i++)
    {
      KvarQuery *narrower = kvar_query_with_condition (query,
                                                       kvar_query_get_filter (self->query, i));

      kvar_query_unref (query);
      query = narrower;
    }
  if (self->order != NULL)
    {
      KvarQuery *ordered = kvar_query_with_order (query, self->order);

      kvar_query_unref (query);
      query = ordered;
    }
  kvar_query_unref (self->query);
  self->query = g_steal_pointer (&query);

  return TRUE;
}

void
kvar_cli_export_options_clear (KvarCliExportOptions *self)
{
  g_free (self->format_name);
  g_free (self->preset);
  g_free (self->view);
  g_free (self->columns_text);
  g_strfreev (self->where);
  g_strfreev (self->arguments);
  g_free (self->order);
  g_free (self->output);
  g_strfreev (self->columns);
  g_clear_pointer (&self->query, kvar_query_unref);
}
