/* kvar-export-preset.c: How a table is exported, by a name that a person gave it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-export-preset"

#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "export/kvar-export-preset.h"

#define FILE_NAME "presets.ini"

G_DEFINE_BOXED_TYPE (KvarExportPreset, kvar_export_preset, kvar_export_preset_copy,
                     kvar_export_preset_free)

/**
 * kvar_export_preset_new:
 * @columns: (nullable): the columns in their order; %NULL for those that are shown
 */
KvarExportPreset *
kvar_export_preset_new (KvarFileFormat     format,
                        const char *const *columns,
                        gboolean           titled)
{
  KvarExportPreset *self = g_new0 (KvarExportPreset, 1);

  self->format = format;
  self->columns = g_strdupv ((char **)columns);
  self->titled = titled;

  return self;
}

KvarExportPreset *
kvar_export_preset_copy (const KvarExportPreset *self)
{
  KvarExportPreset *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = kvar_export_preset_new (self->format, (const char *const *)self->columns, self->titled);
  copy->whole = self->whole;
  copy->name = g_strdup (self->name);

  return copy;
}

void
kvar_export_preset_free (KvarExportPreset *self)
{
  g_strfreev (self->columns);
  g_free (self->name);
  g_free (self);
}

/* Names are free; those of groups and keys are not. */
static char *
dup_group (KvarSession *session,
           const char  *table)
{
  const char *user_id = kvar_session_get_user_id (session);
  const char *project = kvar_project_get_url (kvar_session_get_project (session));
  g_autofree char *text = NULL;

  if (user_id == NULL)
    return NULL;

  text = g_strjoin ("\n", project, user_id, table, NULL);

  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
}

static char *
dup_key (const char *name)
{
  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, name, -1);
}

static GKeyFile *
load_file (const char *state_dir)
{
  g_autofree char *path = g_build_filename (state_dir, FILE_NAME, NULL);
  g_autoptr(GError) error = NULL;
  GKeyFile *file = g_key_file_new ();

  if (!g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, &error) &&
      !g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_NOENT))
    g_debug ("The presets are not read: %s", error->message);

  return file;
}

static gboolean
save_file (GKeyFile    *file,
           const char  *state_dir,
           GError     **error)
{
  g_autofree char *path = g_build_filename (state_dir, FILE_NAME, NULL);
  g_autofree char *data = NULL;
  gsize length;

  g_mkdir_with_parents (state_dir, 0700);
  data = g_key_file_to_data (file, &length, NULL);

  return g_file_set_contents_full (path, data, (gssize)length, G_FILE_SET_CONTENTS_CONSISTENT,
                                   0600, error);
}

static GVariant *
preset_to_variant (const KvarExportPreset *preset,
                   const char             *name)
{
  GVariantDict dict;

  g_variant_dict_init (&dict, NULL);
  g_variant_dict_insert (&dict, "called", "s", name);
  g_variant_dict_insert (&dict, "format", "s", kvar_file_format_get_name (preset->format));
  g_variant_dict_insert (&dict, "titled", "b", preset->titled);
  g_variant_dict_insert (&dict, "whole", "b", preset->whole);
  if (preset->columns != NULL)
    g_variant_dict_insert (&dict, "columns", "^as", preset->columns);
  if (preset->name != NULL)
    g_variant_dict_insert (&dict, "preset", "s", preset->name);

  return g_variant_ref_sink (g_variant_dict_end (&dict));
}

static GVariant *
read_variant (GKeyFile   *file,
              const char *group,
              const char *key)
{
  g_autofree char *text = g_key_file_get_string (file, group, key, NULL);

  return text != NULL ? g_variant_parse (G_VARIANT_TYPE_VARDICT, text, NULL, NULL, NULL) : NULL;
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return g_utf8_collate (*(const char *const *)a, *(const char *const *)b);
}

/**
 * kvar_export_presets_list:
 * @table: a table's name
 *
 * Returns: (transfer full): what the signed-in person has named for @table, in alphabetical order
 */
char **
kvar_export_presets_list (KvarSession *session,
                          const char  *state_dir,
                          const char  *table)
{
  g_autofree char *group = NULL;
  g_autoptr(GKeyFile) file = NULL;
  g_autoptr(GPtrArray) names = NULL;
  g_auto(GStrv) keys = NULL;

  g_return_val_if_fail (KVAR_IS_SESSION (session), NULL);
  g_return_val_if_fail (state_dir != NULL && table != NULL, NULL);

  names = g_ptr_array_new_with_free_func (g_free);
  group = dup_group (session, table);
  file = load_file (state_dir);
  if (group != NULL)
    keys = g_key_file_get_keys (file, group, NULL, NULL);

  for (guint i = 0; keys != NULL && keys[i] != NULL; i++)
    {
      g_autoptr(GVariant) found = read_variant (file, group, keys[i]);
      const char *name = KVAR_EXPORT_LAST;

      if (found != NULL)
        g_variant_lookup (found, "called", "&s", &name);
      if (*name != '\0')
        g_ptr_array_add (names, g_strdup (name));
    }
  g_ptr_array_sort (names, compare_names);
  g_ptr_array_add (names, NULL);

  return (char **)g_ptr_array_free (g_steal_pointer (&names), FALSE);
}

/**
 * kvar_export_presets_read:
 * @name: as kvar_export_presets_list() has it, or %KVAR_EXPORT_LAST
 *
 * Returns: (transfer full) (nullable): what was kept under @name
 */
KvarExportPreset *
kvar_export_presets_read (KvarSession *session,
                          const char  *state_dir,
                          const char  *table,
                          const char  *name)
{
  g_autofree char *group = NULL;
  g_autofree char *key = NULL;
  g_autoptr(GKeyFile) file = NULL;
  g_autoptr(GVariant) found = NULL;
  g_autoptr(KvarExportPreset) self = NULL;
  const char *format = "";

  g_return_val_if_fail (KVAR_IS_SESSION (session), NULL);
  g_return_val_if_fail (state_dir != NULL && table != NULL && name != NULL, NULL);

  group = dup_group (session, table);
  if (group == NULL)
    return NULL;

  file = load_file (state_dir);
  key = dup_key (name);
  found = read_variant (file, group, key);
  if (found == NULL)
    return NULL;

  self = g_new0 (KvarExportPreset, 1);
  g_variant_lookup (found, "format", "&s", &format);
  g_variant_lookup (found, "titled", "b", &self->titled);
  g_variant_lookup (found, "whole", "b", &self->whole);
  g_variant_lookup (found, "columns", "^as", &self->columns);
  g_variant_lookup (found, "preset", "s", &self->name);
  if (!kvar_file_format_find (format, &self->format))
    return NULL;

  return g_steal_pointer (&self);
}

/**
 * kvar_export_presets_write:
 * @name: what the person calls it, or %KVAR_EXPORT_LAST
 * @preset: (nullable): %NULL to forget it
 *
 * Keeps how the signed-in person exports @table, in a file that only they can read.
 */
gboolean
kvar_export_presets_write (KvarSession             *session,
                           const char              *state_dir,
                           const char              *table,
                           const char              *name,
                           const KvarExportPreset  *preset,
                           GError                 **error)
{
  g_autofree char *group = NULL;
  g_autofree char *key = NULL;
  g_autoptr(GKeyFile) file = NULL;

  g_return_val_if_fail (KVAR_IS_SESSION (session), FALSE);
  g_return_val_if_fail (state_dir != NULL && table != NULL && name != NULL, FALSE);

  group = dup_group (session, table);
  if (group == NULL)
    return TRUE;

  file = load_file (state_dir);
  key = dup_key (name);
  if (preset != NULL)
    {
      g_autoptr(GVariant) value = preset_to_variant (preset, name);
      g_autofree char *text = g_variant_print (value, TRUE);

      g_key_file_set_string (file, group, key, text);
    }
  else
    {
      g_key_file_remove_key (file, group, key, NULL);
    }

  return save_file (file, state_dir, error);
}
