/* kvar-file-entry.c: one file or folder of a bucket
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-storage"

#include "config.h"

#include <string.h>

#include "storage/kvar-file-entry.h"

struct _KvarFileEntry
{
  GObject    parent_instance;

  char      *bucket;
  char      *key;           /* whole; without the slash at a folder's end */
  char      *content_type;  /* (nullable) */
  char      *original;      /* (nullable): what it was called where it came from */
  GDateTime *updated;       /* (nullable) */
  gint64     size;          /* -1: not known */
  gboolean   folder;
};

G_DEFINE_FINAL_TYPE (KvarFileEntry, kvar_file_entry, G_TYPE_OBJECT)

static void
kvar_file_entry_finalize (GObject *object)
{
  KvarFileEntry *self = KVAR_FILE_ENTRY (object);

  g_free (self->bucket);
  g_free (self->key);
  g_free (self->content_type);
  g_free (self->original);
  g_clear_pointer (&self->updated, g_date_time_unref);

  G_OBJECT_CLASS (kvar_file_entry_parent_class)->finalize (object);
}

static void
kvar_file_entry_class_init (KvarFileEntryClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = kvar_file_entry_finalize;
}

static void
kvar_file_entry_init (KvarFileEntry *self)
{
  self->size = -1;
}

KvarFileEntry *
kvar_file_entry_new_folder (const char *bucket,
                            const char *key)
{
  KvarFileEntry *self;

  g_return_val_if_fail (bucket != NULL && key != NULL, NULL);

  self = g_object_new (KVAR_TYPE_FILE_ENTRY, NULL);
  self->bucket = g_strdup (bucket);
  self->key = g_strdup (key);
  self->folder = TRUE;

  return self;
}

/**
 * kvar_file_entry_new_file:
 * @size: bytes; -1 if that is not known
 * @updated: (nullable): when it was stored, ISO 8601
 * @content_type: (nullable): what the server says it is
 */
KvarFileEntry *
kvar_file_entry_new_file (const char *bucket,
                          const char *key,
                          gint64      size,
                          const char *updated,
                          const char *content_type)
{
  g_autoptr(GTimeZone) utc = NULL;
  KvarFileEntry *self;

  g_return_val_if_fail (bucket != NULL && key != NULL, NULL);

  utc = g_time_zone_new_utc ();
  self = g_object_new (KVAR_TYPE_FILE_ENTRY, NULL);
  self->bucket = g_strdup (bucket);
  self->key = g_strdup (key);
  self->size = size;
  self->updated = updated != NULL ? g_date_time_new_from_iso8601 (updated, utc) : NULL;
  self->content_type = g_strdup (content_type);

  return self;
}

const char *
kvar_file_entry_get_bucket (KvarFileEntry *self)
{
  g_return_val_if_fail (KVAR_IS_FILE_ENTRY (self), NULL);

  return self->bucket;
}

const char *
kvar_file_entry_get_key (KvarFileEntry *self)
{
  g_return_val_if_fail (KVAR_IS_FILE_ENTRY (self), NULL);

  return self->key;
}

/* What it is called in its folder. */
const char *
kvar_file_entry_get_name (KvarFileEntry *self)
{
  const char *slash;

  g_return_val_if_fail (KVAR_IS_FILE_ENTRY (self), NULL);

  slash = strrchr (self->key, '/');

  return slash != NULL ? slash + 1 : self->key;
}

gboolean
kvar_file_entry_is_folder (KvarFileEntry *self)
{
  g_return_val_if_fail (KVAR_IS_FILE_ENTRY (self), FALSE);

  return self->folder;
}

/* Returns: bytes; -1 if that is not known */
gint64
kvar_file_entry_get_size (KvarFileEntry *self)
{
  g_return_val_if_fail (KVAR_IS_FILE_ENTRY (self), -1);

  return self->size;
}

/* Returns: (transfer none) (nullable) */
GDateTime *
kvar_file_entry_get_updated (KvarFileEntry *self)
{
  g_return_val_if_fail (KVAR_IS_FILE_ENTRY (self), NULL);

  return self->updated;
}

/* Returns: (nullable) */
const char *
kvar_file_entry_get_content_type (KvarFileEntry *self)
{
  g_return_val_if_fail (KVAR_IS_FILE_ENTRY (self), NULL);

  return self->content_type;
}

/**
 * kvar_file_entry_get_original:
 *
 * Returns: (nullable): what the file was called where it came from, if whoever uploaded it
 *   has kept that beside it
 */
const char *
kvar_file_entry_get_original (KvarFileEntry *self)
{
  g_return_val_if_fail (KVAR_IS_FILE_ENTRY (self), NULL);

  return self->original;
}

void
kvar_file_entry_set_original (KvarFileEntry *self,
                              const char    *original)
{
  g_autofree char *copy = g_strdup (original);

  g_return_if_fail (KVAR_IS_FILE_ENTRY (self));

  g_free (self->original);
  self->original = g_steal_pointer (&copy);
}
