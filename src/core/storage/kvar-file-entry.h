/* kvar-file-entry.h: one file or folder of a bucket
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define KVAR_TYPE_FILE_ENTRY (kvar_file_entry_get_type ())

G_DECLARE_FINAL_TYPE (KvarFileEntry, kvar_file_entry, KVAR, FILE_ENTRY, GObject)

KvarFileEntry *kvar_file_entry_new_folder      (const char    *bucket,
                                                const char    *key);
KvarFileEntry *kvar_file_entry_new_file        (const char    *bucket,
                                                const char    *key,
                                                gint64         size,
                                                const char    *updated,
                                                const char    *content_type);
const char    *kvar_file_entry_get_bucket      (KvarFileEntry *self);
const char    *kvar_file_entry_get_key         (KvarFileEntry *self);
const char    *kvar_file_entry_get_name        (KvarFileEntry *self);
gboolean       kvar_file_entry_is_folder       (KvarFileEntry *self);
gint64         kvar_file_entry_get_size        (KvarFileEntry *self);
GDateTime     *kvar_file_entry_get_updated     (KvarFileEntry *self);
const char    *kvar_file_entry_get_content_type (KvarFileEntry *self);
const char    *kvar_file_entry_get_original    (KvarFileEntry *self);
void           kvar_file_entry_set_original    (KvarFileEntry *self,
                                                const char    *original);

G_END_DECLS
